"""A run from its plan to its landing page.

    outcome = run(plan([], None, {}), out=default_run_folder())

Jobs fail one by one; tables, manifest and landing page are written whatever failed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from parkbook.batch.execute import Limits
from parkbook.batch.folder import MANIFEST, TIMINGS, RunFolder
from parkbook.batch.landing import site_of
from parkbook.batch.manifest import manifest, timings
from parkbook.batch.plan import Job
from parkbook.batch.pool import default_workers, new_pool, run_jobs
from parkbook.batch.tables import OBSERVATIONS, Tables, write_tables
from parkbook.batch.worker import JobResult, failure_of
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


def run(jobs: Sequence[Job], out: Path, workers: int | None = None, limits: Limits = Limits(), report: Report = _silent) -> Outcome:
    """Do all jobs into `out`. OutputError when the folder cannot be written; failures of jobs are in the outcome."""
    begun, clock = time.strftime("%Y-%m-%dT%H:%M:%S%z"), time.monotonic()
    folder = RunFolder(out)
    try:
        folder.refuse_final(list(jobs))
        results = _do(jobs, folder, workers or default_workers(), limits, report)
        tables = _tables(results, folder)
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
            result = JobResult(job=result.job, failure=failure_of("move", error), seconds=result.seconds, starts=result.starts)
        ended[result.job.job_id] = result
        report(result, len(ended), len(jobs))

    run_jobs(jobs, folder.folder_of, workers, limits, take)
    return [ended[job.job_id] for job in jobs]


def _tables(results: Sequence[JobResult], folder: RunFolder) -> Tables:
    """The table over the parks of this run and of earlier runs into the same folder."""
    wanted = {park for result in results for park in result.job.parks}
    wanted |= {park for entry in folder.previous.get("jobs", {}).values() for park in entry["parks"]}
    parks = [park for park in known_parks() if park in wanted]
    with new_pool(1) as pool:
        tables = pool.submit(write_tables, parks, folder.scratch).result()
    if not tables.problem:
        folder.move(OBSERVATIONS)
    return tables


def _describe(results: Sequence[JobResult], tables: Tables, folder: RunFolder) -> tuple[str, ...]:
    """Write manifest and landing page; the problems of the run as a whole."""
    content = manifest(results, folder.previous)
    problems = tuple(filter(None, (tables.problem,)))
    folder.write_json(MANIFEST, content)
    folder.write("index.html", render_site(site_of(content, tables.parks, problems)))
    return problems
