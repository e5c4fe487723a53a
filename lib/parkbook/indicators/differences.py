"""This year less last year, where a rate of growth would mislead or means nothing: a handful of things, a rate, a place.

竣工6个 against 1 is 增加5个, not 增长500%; 58.3 % against 66.7 % is 降低8.4个百分点; the 11th place against the 12th is one place
further ahead, if it is known that as many took part or nobody says how many did.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from parkbook.catalogue import Indicator, IndicatorBasis
from parkbook.indicators.formulas import POINTS, SMALL_COUNT, computed_value
from parkbook.model import Comparison, IndicatorValue, Observation, SourceKind, Transformation
from parkbook.observations.reconcile.interval import is_count
from parkbook.units import Unit, dimension

FORMULA: Final = "本期数 − 上年同期数"


def difference(indicator: Indicator, level: Observation | None, levels: Sequence[Observation]) -> IndicatorValue | None:
    """The change against the same months a year before, in the unit of the level (百分点 for %).

    None where a rate of growth says it well, where last year's figure is not known in the same unit, and for figures of reports,
    which have words of their own.
    """
    if level is None or level.obs_value is None or not level.is_number or not level.period.known:
        return None
    wanted = level.period.shift_years(-1).key
    before = [o for o in levels if o.is_number and o.period.key == wanted and o.unit == level.unit]
    if not before or before[-1].obs_value is None:
        return None
    unit = _unit_of_change(indicator, level, before[-1])
    if unit is None:
        return None
    return computed_value(
        indicator,
        level.period,
        Transformation.CHANGE,
        level.obs_value - before[-1].obs_value,
        unit,
        FORMULA,
        level,
        before[-1],
        comparison=Comparison.YOY,
    )


def _unit_of_change(indicator: Indicator, level: Observation, before: Observation) -> Unit | None:
    """The unit in which the two may be told apart; None where they should not be."""
    if SourceKind.REPORT in (level.source.kind, before.source.kind):
        return None
    if is_count(level.unit):
        return level.unit if min(level.obs_value or Decimal(0), before.obs_value or Decimal(0)) < SMALL_COUNT else None
    kind = dimension(level.unit)
    if kind == "rank":
        return level.unit if level.rank_denominator == before.rank_denominator else None
    if indicator.basis is not IndicatorBasis.RATE or kind == "score":
        return None
    return POINTS if kind == "percent" else level.unit
