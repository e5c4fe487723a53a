"""The observations of a run as one Parquet file, and what the landing page needs to know of its parks.

Read in a worker while the notebooks run. Parks that cannot be read are left out with their problem; the table is
written even when some parks or some notebooks failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parkbook.batch.inventory import ParkSummary, read_one
from parkbook.batch.result import failure_of
from parkbook.codelists import Audience

OBSERVATIONS = "observations.parquet"


@dataclass(frozen=True, slots=True)
class Tables:
    """The parks' lines in the order asked for, and why there is no table, if there is none."""

    parks: tuple[ParkSummary, ...]
    problem: str = ""


def write_tables(parks: Sequence[str], folder: Path, audience: Audience = Audience.INTERNAL) -> Tables:
    """Read the parks, write their observations, as the audience may see them, to `folder`."""
    from parkbook.observations.store import write_observations  # pandas and pyarrow: not in the parent

    readings = [read_one(park, audience) for park in parks]
    summaries = tuple(summary for summary, _ in readings)
    observations = [observation for _, found in readings for observation in found]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_observations(observations, folder / OBSERVATIONS)
    except Exception as error:
        return Tables(summaries, f"观测值表没有写成：{failure_of('tables', error).message}")
    return Tables(summaries)
