"""Figures of the same months of another year: shown as such beside a comparison, never ranked in it.

The rule is explicit: H1 stands against H1, 1-9月 against 1-9月, a year against a year; no other period answers for one that is
missing, and what stands in from another year carries its year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parkbook.catalogue import Indicator
from parkbook.comparison.comparability import IndicatorComparison
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import published
from parkbook.model import Comparison, IndicatorValue, Observation, SourceGrade, Transformation
from parkbook.periods import Period


@dataclass(frozen=True, slots=True)
class OtherYear:
    """What a park has for the same months of another year."""

    park_id: str
    value: IndicatorValue

    @property
    def period(self) -> Period:
        return self.value.period


def same_months(one: Period, other: Period) -> bool:
    """Whether two periods are the same months in the same way (累计, 期末), whatever the year."""
    if one.start is None or one.end is None or other.start is None or other.end is None or one.basis is not other.basis:
        return False
    shift = one.end.year - other.end.year
    return other.shift_years(shift).key == one.key


def other_years(compared: IndicatorComparison, parks: Mapping[str, FigureIndex]) -> tuple[OtherYear, ...]:
    """For parks without a figure of the period: the located number of the nearest other year, the earlier of two as near."""
    found = []
    for entry in compared.unranked:
        if entry.value is not None or entry.park_id not in parks:
            continue
        nearest = _nearest(parks[entry.park_id], compared.indicator, compared.transformation, compared.period)
        if nearest is not None:
            found.append(OtherYear(entry.park_id, published(nearest, compared.indicator)))
    return tuple(found)


def _nearest(
    index: FigureIndex, indicator: Indicator, transformation: Transformation, period: Period
) -> Observation | None:
    wanted = period.end
    if wanted is None:
        return None
    able = [
        (abs(o.period.end.year - wanted.year), o.period.end.year, position, o)
        for position, o in enumerate(index.of_indicator(indicator.id, transformation))
        if o.is_number
        and not o.subject
        and o.source.grade is not SourceGrade.UNLOCATED
        and o.period.end is not None
        and o.period.key != period.key
        and same_months(o.period, period)
        and (transformation is not Transformation.GROWTH or o.comparison is Comparison.YOY)
    ]
    return min(able)[3] if able else None
