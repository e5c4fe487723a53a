"""A run from its plan to its landing page.

    outcome = run(plan([], None, {}), out=default_run_folder())

Jobs fail one by one; tables, manifest and landing page are written whatever failed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parkbook.batch.folder import MANIFEST, TIMINGS, RunFolder
from parkbook.batch.landing import site_of
from parkbook.batch.manifest import manifest, timings
from parkbook.batch.plan import Job
from parkbook.batch.pool import default_workers, ending, new_pool, run_jobs
from parkbook.batch.result import DEFAULT_LIMITS, JobResult, Limits, failure_of
from parkbook.batch.shown import Document
from parkbook.batch.tables import BOOK, INDICATORS, OBSERVATIONS, Tables, write_tables
from parkbook.codelists import Audience
from parkbook.errors import OutputError
from parkbook.export.site import render_site
from parkbook.parameters import known_parks

Report = Callable[[JobResult, int, int], None]
"""Called when a job has ended, with how many have and how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `problems` are those of the run as a whole."""

    folder: Path
    results: tuple[JobResult, ...]
    problems: tuple[str, ...]

    @property
    def failures(self) -> tuple[JobResult, ...]:
        return tuple(result for result in self.results if not result.ok)

    @property
    def ok(self) -> bool:
        return not self.failures and not self.problems


def _silent(result: JobResult, done: int, total: int) -> None:
    """Reports nothing."""


def run(
    jobs: Sequence[Job],
    out: Path,
    workers: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    report: Report = _silent,
) -> Outcome:
    """Do all jobs into `out`. OutputError when the folder cannot be written; failures of jobs are in the outcome."""
    begun, clock = time.strftime("%Y-%m-%dT%H:%M:%S%z"), time.monotonic()
    folder = RunFolder(out)
    try:
        folder.refuse_final(list(jobs))
        with _tables(jobs, folder) as tables_ready:
            results = _do(jobs, folder, workers or default_workers(), limits, report)
            tables = tables_ready()
        problems = _describe(results, tables, folder)
        folder.write_json(TIMINGS, timings(results, time.monotonic() - clock, begun))
        folder.point_to()
    finally:
        folder.close()
    return Outcome(folder.path, tuple(results), problems)


def _do(jobs: Sequence[Job], folder: RunFolder, workers: int, limits: Limits, report: Report) -> list[JobResult]:
    """All results, in the order of the plan."""
    ended: dict[str, JobResult] = {}

    def take(result: JobResult) -> None:
        try:
            folder.take(result)
        except OutputError as error:
            result = JobResult(
                job=result.job, failure=failure_of("move", error), seconds=result.seconds, starts=result.starts
            )
        ended[result.job.job_id] = result
        report(result, len(ended), len(jobs))

    run_jobs(jobs, folder.folder_of, workers, limits, take)
    return [ended[job.job_id] for job in jobs]


@contextmanager
def _tables(jobs: Sequence[Job], folder: RunFolder) -> Iterator[Callable[[], Tables]]:
    """Have the table made beside the notebooks, over the parks of this run and of earlier runs into the same folder."""
    wanted = {park for job in jobs for park in job.parks}
    wanted |= {park for entry in folder.previous.get("jobs", {}).values() for park in entry["parks"]}
    parks = [park for park in known_parks() if park in wanted]
    with ending(new_pool(1)) as pool:
        future = pool.submit(write_tables, parks, folder.scratch, _audience(jobs, folder), _documents(jobs, folder))
        yield lambda: _place_tables(future, folder)


def _documents(jobs: Sequence[Job], folder: RunFolder) -> list[Document]:
    """The documents of this run, and of earlier runs into the same folder, in a fixed order."""
    earlier = folder.previous.get("jobs", {})
    made = {job_id: Document(e["notebook"], e["subject"], e.get("parameters", {})) for job_id, e in earlier.items()}
    made |= {job.job_id: Document(job.notebook, job.subject, job.effective) for job in jobs}
    return [made[job_id] for job_id in sorted(made)]


def _audience(jobs: Sequence[Job], folder: RunFolder) -> Audience:
    """Who reads the run's tables: readers outside as soon as one of its documents is for them."""
    earlier = [entry.get("parameters", {}) for entry in folder.previous.get("jobs", {}).values()]
    told = [values.get("audience", {}).get("value") for values in (*earlier, *(job.effective for job in jobs))]
    return Audience.EXTERNAL if Audience.EXTERNAL in told else Audience.INTERNAL


def _place_tables(future: Future[Tables], folder: RunFolder) -> Tables:
    try:
        tables = future.result()
    except BrokenProcessPool:
        return Tables((), "观测值表没有写成：工作进程意外退出，可能是内存不足")
    if not tables.problem:
        folder.move(OBSERVATIONS)
        folder.move(INDICATORS)
        if not tables.book_problem:
            folder.move(BOOK)
    return tables


def _describe(results: Sequence[JobResult], tables: Tables, folder: RunFolder) -> tuple[str, ...]:
    """Write manifest and landing page; the problems of the run as a whole."""
    content = manifest(results, folder.previous)
    problems = tuple(filter(None, (tables.problem, tables.book_problem)))
    folder.write_json(MANIFEST, content)
    folder.write("index.html", render_site(site_of(content, tables.parks, problems)))
    return problems
