"""How long each stage of a run takes: `make bench`.

Runs some parks through the batch, one job at a time, and prints seconds per park and stage, and each stage as a share of
the whole; then seconds per document and format, cold and warm (`bench_documents.py`), and how fast reports are read
(`bench_text.py`). Nothing is gated: machines differ, shares say where the time goes.

    make bench                         three parks of different size
    make bench ARGS='qilu demo'        these parks
    make bench ARGS=--all              all of them, in parallel as `make briefings` does
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

from bench_documents import PARKS, briefing, print_documents
from bench_text import print_reading

from parkbook.batch.plan import plan
from parkbook.batch.pool import default_workers
from parkbook.batch.run import Outcome, run

STAGES = ("kernel", "notebook", "html", "pdf", "docx")
HEADINGS = ("job", *STAGES, "sum", "share of kernel start")


def main() -> int:
    """Run, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parks", nargs="*", default=["ningbo-software", "qilu", "demo"])
    options.add_argument("--all", action="store_true")
    chosen = options.parse_args()
    jobs = plan([], None if chosen.all else chosen.parks, {})
    workers = default_workers() if chosen.all else 1
    with tempfile.TemporaryDirectory(prefix="parkbook-bench-") as folder:
        begun = time.monotonic()
        outcome = run(jobs, Path(folder) / "run", workers)
        total = time.monotonic() - begun
        size = sum(path.stat().st_size for path in outcome.folder.rglob("*") if path.is_file())
        print_table(outcome)
        print_total(outcome, total, workers, size)
        print_documents([briefing(park, Path(folder)) for park in PARKS])
    print_reading()
    return 0 if outcome.ok else 1


def print_table(outcome: Outcome) -> None:
    """Seconds per job and stage."""
    print(f"{HEADINGS[0]:32}" + "".join(f"{name:>10}" for name in HEADINGS[1:-1]) + f"{HEADINGS[-1]:>24}")
    for result in outcome.results:
        whole = sum(result.seconds.values())
        cells = "".join(
            f"{result.seconds[stage]:10.2f}" if stage in result.seconds else f"{'-':>10}" for stage in STAGES
        )
        share = result.seconds.get("kernel", 0) / whole if whole else 0
        print(f"{result.job.job_id:32}{cells}{whole:10.2f}{share:>23.0%}")
        if result.failure is not None:
            print(f"    failed in {result.failure.stage}: {result.failure.message}")


def print_total(outcome: Outcome, total: float, workers: int, size: int) -> None:
    """The stages over all jobs, and the run as a whole."""
    busy = sum(sum(result.seconds.values()) for result in outcome.results)
    parks = {park for result in outcome.results for park in result.job.parks}
    for stage in STAGES:
        seconds = [result.seconds[stage] for result in outcome.results if stage in result.seconds]
        if seconds:
            print(f"{stage:10} {sum(seconds) / busy:5.0%} of the work, {sum(seconds) / len(seconds):.2f} s on average")
    print(
        json.dumps(
            {
                "seconds": round(total, 1),
                "jobs": len(outcome.results),
                "parks": len(parks),
                "workers": workers,
                "seconds_per_park": round(total / max(1, len(parks)), 2),
                "megabytes": round(size / 1e6, 1),
            }
        )
    )


if __name__ == "__main__":
    sys.exit(main())
