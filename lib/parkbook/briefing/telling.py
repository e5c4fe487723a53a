"""What of an own park's figures a report says: those with a target or a rank, those that turned, those that moved, the headlines.

A report that says a hundred and fifty figures is not read. What is not said stands in the page for analysts and in the Excel file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from parkbook.briefing.sections import Section
from parkbook.briefing.view import CONDITIONS
from parkbook.briefing.wording import steady_turning
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.growth import Turn
from parkbook.model import Transformation
from parkbook.observations.reconcile.interval import is_count

MOVED: Final = Decimal(10)
"""From this growth or fall on (in %) an indicator is said though it is no headline."""
MOVED_COUNT: Final = Decimal(5)
"""The same for a handful of things, in things."""
LEAST_MOVE: Final = Decimal("0.5")
"""Points by which a rate must have moved for the period before to be told; less is within what later revisions change."""
SIGNS: Final = (Turn.FALL_TO_RISE, Turn.RISE_TO_FALL)


def telling_rows(part: Section, rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows of a section that are said, in their order: all with a target or rank and all that turned, then headlines, then
    those that moved most, up to the section's number; each trimmed to what tells something."""
    able = [row for row in rows if row.indicator.id not in CONDITIONS and not _nothing(row)]
    must = [row for row in able if _aimed(row) or _turned(row)]
    rest = [row for row in able if row not in must]
    headlines = [row for row in rest if row.indicator.id in part.headlines]
    moved = sorted((row for row in rest if row not in headlines and has_moved(row)), key=_size, reverse=True)
    chosen = [*must, *[*headlines, *moved][: max(part.most, len(headlines))]]
    return [trimmed(row) for row in able if row in chosen]


def _nothing(row: IndicatorRow) -> bool:
    """None this year and none last year, of anything but a headline's own silence: 提前开工0个, 上年0个."""
    silent = row.level is not None and row.level.value == 0 and row.change is not None and row.change.value == 0
    return silent and row.indicator.direction != "lower"


def _aimed(row: IndicatorRow) -> bool:
    ranked = any(value.transformation is Transformation.RANK for value in row.others)
    return row.completion is not None or row.target is not None or ranked


def _turned(row: IndicatorRow) -> bool:
    """由增转降 or 由降转增; the parts of a whole turn with it, and a handful of things turns every month."""
    counted = row.level is not None and is_count(row.level.unit)
    return row.turning is not None and row.turning.turn in SIGNS and not row.indicator.part_of and not counted


def has_moved(row: IndicatorRow) -> bool:
    """By MOVED per cent, of a handful of things by MOVED_COUNT; a rate and a place are said as headlines only."""
    if row.change is not None:
        counted = is_count(row.change.unit)
        return counted and row.change.value is not None and abs(row.change.value) >= MOVED_COUNT
    return _size(row) >= MOVED


def _size(row: IndicatorRow) -> Decimal:
    """How far it moved by what is published, in %; of a handful of things the number itself."""
    value = row.change if row.change is not None else row.growth
    return abs(value.value) if value is not None and value.value is not None else Decimal(0)


def trimmed(row: IndicatorRow) -> IndicatorRow:
    """Without a move of the rate that is no news."""
    found = steady_turning(row)
    if found is None or found.turn in (*SIGNS, Turn.TO_FLAT) or found.change.value is None:
        return row
    return replace(row, turning=None) if abs(found.change.value) < LEAST_MOVE else row


__all__ = ["has_moved", "telling_rows", "trimmed"]
