"""The observations of a run as one Parquet file, the indicator values of its pages as another, and what the landing page needs to know of its parks.

Read in a worker while the notebooks run. Parks that cannot be read are left out with their problem; the tables are
written even when some parks or some notebooks failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from parkbook.batch.inventory import ParkSummary, read_one
from parkbook.batch.result import failure_of
from parkbook.batch.shown import Document, shown_values
from parkbook.codelists import Audience
from parkbook.model import IndicatorValue, Observation
from parkbook.observations.read import read_park

OBSERVATIONS = "observations.parquet"
INDICATORS = "indicators.parquet"
BOOK = "tables.xlsx"
"""Both as an Excel workbook."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The parks' lines in the order asked for, and why there is no table, or no Excel workbook, if there is none."""

    parks: tuple[ParkSummary, ...]
    problem: str = ""
    book_problem: str = ""


def write_tables(
    parks: Sequence[str],
    folder: Path,
    audience: Audience = Audience.INTERNAL,
    documents: Sequence[Document] = (),
) -> Tables:
    """Read the parks, write their observations and the values that the documents show, as the audience may see them."""
    from parkbook.indicators.store import write_indicators
    from parkbook.observations.store import write_observations  # pyarrow: not in the parent

    read = lru_cache(maxsize=None)(read_park)  # a park is read once, however many documents are about it
    readings = [read_one(park, audience, read) for park in parks]
    summaries = tuple(summary for summary, _ in readings)
    observations = [observation for _, found in readings for observation in found]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_observations(observations, folder / OBSERVATIONS)
        shown = shown_values(documents, read, audience)
        write_indicators(shown, folder / INDICATORS)
    except Exception as error:
        return Tables(summaries, f"观测值表没有写成：{failure_of('tables', error).message}")
    try:
        _write_book([one.value for one in shown], observations, summaries, folder / BOOK)
    except Exception as error:
        return Tables(summaries, book_problem=f"Excel 汇总表没有写成：{failure_of('tables', error).message}")
    return Tables(summaries)


def _write_book(
    values: Sequence[IndicatorValue],
    observations: Sequence[Observation],
    parks: Sequence[ParkSummary],
    path: Path,
) -> None:
    """The same for who has Excel and nothing else: the values shown, each once, and all observations."""
    from parkbook.briefing.annex_sheets import observation_sheet, value_sheet
    from parkbook.export.annex import workbook_bytes

    names = {park.park_id: park.name for park in parks}
    path.write_bytes(
        workbook_bytes([value_sheet(values, names), observation_sheet(observations, names)], title="园区数据汇总")
    )
