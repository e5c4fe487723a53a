"""What a worker process does with one job: execute the notebook, export it, and leave all files in a folder of its own.

A worker never raises: whatever goes wrong is in the result, and the files made until then are kept.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from parkbook.batch.plan import Job
from parkbook.batch.result import Failure, JobResult, Limits, failure_of
from parkbook.project import project_root


def run_job(job: Job, folder: Path, limits: Limits) -> JobResult:
    """Do one job; its files are in `folder` under their final names."""
    if job.problem:
        return JobResult(job=job, failure=Failure("plan", job.problem))
    from parkbook.batch.execute import execute  # papermill and nbformat take seconds to import: not in the parent

    seconds: dict[str, float] = {}
    try:
        shutil.rmtree(folder, ignore_errors=True)  # what an attempt that crashed has left
        folder.mkdir(parents=True)
        notebook = folder / f"{job.stem}.ipynb"
        execution = execute(
            project_root() / "notebooks" / f"{job.notebook}.ipynb", notebook, job.parameters, job.origins, limits
        )
        seconds |= {"kernel": execution.kernel_seconds, "notebook": execution.notebook_seconds}
        failure = execution.failure or _export(job, notebook, seconds)
        starts = execution.starts
    except Exception as error:
        failure, starts = failure_of("execute", error), 0
    files = (
        tuple(sorted(f"{job.folder}/{path.name}" for path in folder.glob(f"{job.stem}.*"))) if folder.is_dir() else ()
    )
    return JobResult(job=job, failure=failure, files=files, seconds=seconds, starts=starts)


def _export(job: Job, notebook: Path, seconds: dict[str, float]) -> Failure | None:
    """Export to every format; the first failure is reported, the other formats are made all the same."""
    from parkbook.export.annex import NoSheetsError

    failures: list[Failure] = []
    for suffix in job.formats:
        begun = time.monotonic()
        target = notebook.with_suffix(f".{suffix}")
        try:
            exporter(suffix)(notebook, target)
        except NoSheetsError:
            continue  # a notebook without figures to check has no Excel file
        except Exception as error:
            target.unlink(missing_ok=True)
            failures.append(failure_of(suffix, error))
        seconds[suffix] = time.monotonic() - begun
    return failures[0] if failures else None


def exporter(suffix: str) -> Callable[[Path, Path], object]:
    """The function that renders an executed notebook to a file; imported here, in the worker, where it is needed."""
    from parkbook.export import files

    return {
        "html": files.export_html,
        "pdf": files.export_pdf,
        "docx": files.export_docx,
        "xlsx": files.export_xlsx,
    }[suffix]
