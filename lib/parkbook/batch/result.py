"""How a job ended, in values that travel between processes; nothing heavy is imported here."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from typing import Final

from parkbook.batch.plan import Job
from parkbook.errors import ParkbookError


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: for a kernel to answer, for a cell, for its output to arrive, for the whole notebook."""

    start: int = 60
    cell: int = 300
    iopub: int = 60
    notebook: int = 900


DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a notebook did not run to its end: which cell (its In number, 0: none), and the message."""

    stage: str
    message: str
    cell: int = 0
    kind: str = ""


STAGES_ZH: Final = {
    "plan": "检查参数",
    "start": "启动内核",
    "execute": "运行分析本",
    "html": "导出 HTML",
    "pdf": "导出 PDF",
    "docx": "导出 Word",
    "xlsx": "导出 Excel",
    "move": "写入结果",
    "worker": "工作进程",
}


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


def failure_of(stage: str, error: Exception) -> Failure:
    """An exception as a reader should meet it."""
    if isinstance(error, ParkbookError):
        return Failure(stage, str(error), 0, type(error).__name__)
    if isinstance(error, OSError) and error.errno in OS_CAUSES:
        return Failure(stage, f"无法写入结果：{os_cause(error)}", 0, "OutputError")
    return Failure(stage, f"{type(error).__name__}: {error}", 0, type(error).__name__)


OS_CAUSES: Final = {
    errno.ENOSPC: "磁盘空间不足",
    getattr(errno, "EDQUOT", -1): "磁盘配额已满",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EEXIST: "路径中有一段不是目录",
    errno.ENAMETOOLONG: "路径过长",
}


def os_cause(error: OSError) -> str:
    """Why the system refused, in words."""
    return OS_CAUSES.get(error.errno or 0, error.strerror or type(error).__name__)
