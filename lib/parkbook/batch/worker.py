"""What a worker process does with one job: execute the notebook, export it, and leave all files in a folder of its own.

A worker never raises: whatever goes wrong is in the result, and the files made until then are kept.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Final

from parkbook.batch.execute import Failure, Limits, execute
from parkbook.batch.plan import Job
from parkbook.errors import ParkbookError
from parkbook.project import project_root

STAGES_ZH: Final = {"plan": "检查参数", "start": "启动内核", "execute": "运行分析本", "html": "导出 HTML", "pdf": "导出 PDF", "move": "写入结果",
             "worker": "工作进程"}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """How a job ended. `files` are relative to the run folder; seconds per stage go to timings.json, nowhere else."""

    job: Job
    failure: Failure | None = None
    files: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    starts: int = 0

    @property
    def ok(self) -> bool:
        return self.failure is None


def run_job(job: Job, folder: Path, limits: Limits) -> JobResult:
    """Do one job; its files are in `folder` under their final names."""
    if job.problem:
        return JobResult(job=job, failure=Failure("plan", job.problem))
    seconds: dict[str, float] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        notebook = folder / f"{job.stem}.ipynb"
        execution = execute(project_root() / "notebooks" / f"{job.notebook}.ipynb", notebook, job.parameters, job.origins, limits)
        seconds |= {"kernel": execution.kernel_seconds, "notebook": execution.notebook_seconds}
        failure = execution.failure or _export(job, notebook, seconds)
        starts = execution.starts
    except Exception as error:
        failure, starts = failure_of("execute", error), 0
    files = tuple(sorted(f"{job.folder}/{path.name}" for path in folder.glob(f"{job.stem}.*"))) if folder.is_dir() else ()
    return JobResult(job=job, failure=failure, files=files, seconds=seconds, starts=starts)


def _export(job: Job, notebook: Path, seconds: dict[str, float]) -> Failure | None:
    """Export to every format; the first failure is reported, the other formats are made all the same."""
    failures: list[Failure] = []
    for suffix in job.formats:
        begun = time.monotonic()
        target = notebook.with_suffix(f".{suffix}")
        try:
            exporter(suffix)(notebook, target)
        except Exception as error:
            target.unlink(missing_ok=True)
            failures.append(failure_of(suffix, error))
        seconds[suffix] = time.monotonic() - begun
    return failures[0] if failures else None


def exporter(suffix: str) -> Callable[[Path, Path], object]:
    """The function that renders an executed notebook to a file; imported here, in the worker, where it is needed."""
    function: Callable[[Path, Path], object] = getattr(import_module("parkbook.export.exporters"), f"export_{suffix}")
    return function


def failure_of(stage: str, error: Exception) -> Failure:
    """An exception as a reader should meet it."""
    if isinstance(error, ParkbookError):
        return Failure(stage, str(error), 0, type(error).__name__)
    if isinstance(error, OSError) and error.errno in OS_CAUSES:
        return Failure(stage, f"无法写入结果：{os_cause(error)}", 0, "OutputError")
    return Failure(stage, f"{type(error).__name__}: {error}", 0, type(error).__name__)


OS_CAUSES: Final = {errno.ENOSPC: "磁盘空间不足", getattr(errno, "EDQUOT", -1): "磁盘配额已满", errno.EACCES: "没有写入权限",
                    errno.EPERM: "没有写入权限", errno.EROFS: "磁盘是只读的", errno.ENOTDIR: "路径中有一段不是目录",
                    errno.EEXIST: "路径中有一段不是目录", errno.ENAMETOOLONG: "路径过长"}


def os_cause(error: OSError) -> str:
    """Why the system refused, in words."""
    return OS_CAUSES.get(error.errno or 0, error.strerror or type(error).__name__)
