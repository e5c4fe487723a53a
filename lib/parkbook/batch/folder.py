"""The folder of a run: made beforehand or refused, filled by whole files, described by its manifest.

    <run>/index.html                       the landing page
    <run>/parks/<id>/park.ipynb .html      and briefing.ipynb .html .pdf .docx .xlsx
    <run>/comparison/<id>.ipynb .html .pdf .docx
    <run>/coverage/coverage.ipynb .html
    <run>/observations.parquet             every figure that was read, with its source
    <run>/tables.xlsx                      the values shown and every figure, for Excel
    <run>/indicators.parquet               every indicator value that the pages show, with formula and inputs
    <run>/manifest.json                    input hashes, parameters with origin, versions, how each job ended
    <run>/timings.json                     all that differs between two equal runs

A job's files are written beside the run folder and moved in when they are complete.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from parkbook.batch.plan import KNOWN_FORMATS, Job
from parkbook.batch.result import JobResult, os_cause
from parkbook.errors import OutputError
from parkbook.project import project_root

MANIFEST: Final = "manifest.json"
TIMINGS: Final = "timings.json"
LATEST: Final = "latest.txt"


def default_run_folder() -> Path:
    """outputs/run-<local date and time>."""
    return project_root() / "outputs" / time.strftime("run-%Y%m%d-%H%M%S")


@contextmanager
def writing(where: str) -> Iterator[None]:
    """Turn a disk that is full or a folder that cannot be written into an OutputError in words."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            "无法写入结果",
            where=where,
            cause=os_cause(error),
            remedy="腾出磁盘空间或检查目录权限，或用 --out 指定另一个目录",
        ) from error


class RunFolder:
    """A run folder that can be written; `scratch` beside it is removed in the end."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.shown = path.as_posix() if not path.is_absolute() else path.name
        self.previous = self._open()

    def _open(self) -> dict[str, Any]:
        """Make the folder, or take an earlier run's; what that run's manifest says."""
        with writing(self.shown):
            self.path.mkdir(parents=True, exist_ok=True)
            manifest = self.path / MANIFEST
            if not manifest.is_file() and any(self.path.iterdir()):
                raise OutputError(
                    "输出目录不是空的，也不是一次运行的结果",
                    where=self.shown,
                    expected=f"空目录，或含 {MANIFEST} 的目录",
                    remedy="用 --out 指定另一个目录",
                )
            self.scratch = Path(tempfile.mkdtemp(prefix=".parkbook-", dir=self.path.parent))
            with tempfile.TemporaryFile(dir=self.path):
                pass
            if not manifest.is_file():  # a run that is interrupted can be started again
                manifest.write_text('{"jobs": {}}\n', encoding="utf-8")
            content: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
            return content

    def refuse_final(self, jobs: list[Job]) -> None:
        """A document that is 已定稿 is never overwritten."""
        for job in jobs:
            earlier = self.previous.get("jobs", {}).get(job.job_id, {})
            if earlier.get("status") == "ok" and earlier.get("parameters", {}).get("state", {}).get("value") == "final":
                raise OutputError(
                    "该目录中的文件已定稿，不能覆盖",
                    where=f"{self.shown}/{job.folder}/{job.stem}",
                    remedy="用 --out 指定另一个目录",
                )

    def folder_of(self, job: Job) -> Path:
        """Where a job writes until it is done."""
        return self.scratch / job.notebook / job.subject

    def take(self, result: JobResult) -> None:
        """Move a job's files into place and remove what an earlier run of the same job left."""
        job = result.job
        target = self.path / job.folder
        with writing(f"{self.shown}/{job.folder}"):
            target.mkdir(parents=True, exist_ok=True)
            made = {Path(name).name for name in result.files}
            for name in sorted(made):
                (self.folder_of(job) / name).replace(target / name)
            for suffix in ("ipynb", *KNOWN_FORMATS):
                if f"{job.stem}.{suffix}" not in made:
                    (target / f"{job.stem}.{suffix}").unlink(missing_ok=True)

    def write(self, name: str, content: str) -> None:
        """A text file of the run, whole or not at all."""
        with writing(f"{self.shown}/{name}"):
            made = self.scratch / name
            made.write_text(content, encoding="utf-8", newline="\n")
            made.replace(self.path / name)

    def move(self, name: str) -> None:
        """A file made in the scratch folder, into place."""
        with writing(f"{self.shown}/{name}"):
            (self.scratch / name).replace(self.path / name)

    def write_json(self, name: str, content: object) -> None:
        self.write(name, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")

    def point_to(self) -> None:
        """outputs/latest.txt names the latest run there."""
        outputs = project_root() / "outputs"
        if self.path.parent == outputs.absolute():
            with writing(LATEST):
                (outputs / LATEST).write_text(self.path.name + "\n", encoding="utf-8")

    def close(self) -> None:
        shutil.rmtree(self.scratch, ignore_errors=True)
