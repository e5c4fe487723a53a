"""What a run was made from: hashes of every input, parameters with their origin, versions, and how each job ended.

Equal inputs give an equal manifest; times are in timings.json.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import parkbook
from parkbook.batch.result import JobResult
from parkbook.project import data_directory, data_files, file_hash, project_root

PACKAGES: Final = (
    "duckdb",
    "ipykernel",
    "ipython",
    "jinja2",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "numpy",
    "openpyxl",
    "pandas",
    "papermill",
    "pyarrow",
    "pydantic",
    "python-calamine",
    "python-docx",
    "PyYAML",
    "seaborn",
    "typst",
)


def manifest(results: Sequence[JobResult], previous: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of these results; jobs that only an earlier run into the same folder did are kept."""
    jobs = dict(previous.get("jobs", {})) | {result.job.job_id: job_entry(result) for result in results}
    notebooks = sorted({entry["notebook"] for entry in jobs.values()})
    return {
        "parkbook": parkbook.__version__,
        "python": platform.python_version(),
        "packages": versions(),
        "library": library_hash(),
        "inputs": input_hashes(notebooks),
        "jobs": jobs,
    }


def job_entry(result: JobResult) -> dict[str, Any]:
    job, failure = result.job, result.failure
    entry: dict[str, Any] = {
        "notebook": job.notebook,
        "subject": job.subject,
        "label": job.label,
        "parks": list(job.parks),
        "parameters": job.effective,
        "files": list(result.files),
        "status": "ok" if result.ok else "failed",
    }
    if failure is not None:
        entry["error"] = {
            "stage": failure.stage,
            "cell": failure.cell,
            "kind": failure.kind,
            "message": failure.message,
        }
    return entry


def versions() -> dict[str, str]:
    """The packages that shape the results."""
    found: dict[str, str] = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def library_hash() -> str:
    """One hash over the package's sources and templates."""
    root = Path(parkbook.__file__).resolve().parent
    total = hashlib.sha256()
    for path in data_files(root):
        if path.suffix in (".py", ".j2", ".typ", ".css", ".html", ".xml"):
            total.update(f"{path.relative_to(root).as_posix()} {file_hash(path)}\n".encode())
    return total.hexdigest()


def input_hashes(notebooks: Iterable[str]) -> dict[str, str]:
    """Every file under data/ (a page may name peers and context besides its own park), and the notebooks."""
    root = project_root()
    paths = [root / "notebooks" / f"{name}.ipynb" for name in notebooks] + data_files(data_directory())
    return {path.relative_to(root).as_posix(): file_hash(path) for path in sorted(paths) if path.is_file()}


def timings(results: Sequence[JobResult], total: float, begun: str) -> dict[str, Any]:
    """All that differs between two equal runs: seconds per job and stage, kernel starts, when."""
    return {
        "begun": begun,
        "seconds": round(total, 2),
        "jobs": {
            result.job.job_id: {
                "seconds": {stage: round(value, 3) for stage, value in result.seconds.items()},
                "kernel_starts": result.starts,
            }
            for result in results
        },
    }
