"""Jobs over worker processes: in parallel, in any order, none able to take another down.

Workers are spawned on every platform, so nothing is inherited by accident. When a worker dies (killed by the system, a
crash in a library), the pool is broken and every job under way is lost with it: those are run again, one
at a time, and only the one that kills its worker a second time has failed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path

from parkbook.batch.plan import Job
from parkbook.batch.result import Failure, JobResult, Limits
from parkbook.batch.worker import run_job

Report = Callable[[JobResult], None]

CRASHED = Failure("worker", "工作进程两次意外退出，可能是内存不足", 0, "BrokenProcessPool")


def default_workers() -> int:
    """As many as there are processors, at most eight: each worker has a kernel beside it."""
    return max(1, min(8, os.cpu_count() or 1))


def new_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_set_up_worker)


def _set_up_worker() -> None:
    """Ctrl-C is the parent's to handle. A worker that is told to end, or whose parent is gone, takes its kernel with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_worker)
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _end_worker()


def _end_worker(*_: object) -> None:
    kernels = sys.modules.get("parkbook.batch.kernels")
    if kernels is not None:
        kernels.end_kernels()
    os._exit(1)


def run_jobs(
    jobs: Sequence[Job], folder_of: Callable[[Job], Path], workers: int, limits: Limits, report: Report
) -> None:
    """Run all jobs and report each as it ends."""
    if not jobs:
        return
    lost = _round(new_pool(min(workers, len(jobs))), jobs, folder_of, limits, report)
    while lost:
        lost = _round(new_pool(1), lost, folder_of, limits, report)
        if lost:  # one worker, so the first of them was under way
            report(JobResult(job=lost.pop(0), failure=CRASHED))


def _round(
    pool: ProcessPoolExecutor, jobs: Sequence[Job], folder_of: Callable[[Job], Path], limits: Limits, report: Report
) -> list[Job]:
    """Run jobs in a pool; the ones lost because a worker died."""
    ended: set[str] = set()
    futures: list[Future[JobResult]] = []
    with ending(pool):
        with suppress(BrokenProcessPool):
            futures.extend(pool.submit(run_job, job, folder_of(job), limits) for job in jobs)
        for future in as_completed(futures):
            with suppress(BrokenProcessPool):
                result = future.result()
                ended.add(result.job.job_id)
                report(result)
    return [job for job in jobs if job.job_id not in ended]


@contextmanager
def ending(pool: ProcessPoolExecutor) -> Iterator[ProcessPoolExecutor]:
    """The pool; when something is raised (Ctrl-C, a full disk) its workers are ended at once, and their kernels notice."""
    try:
        yield pool
    except BaseException:
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        raise
    pool.shutdown()
