"""The arithmetic of indicators on observations: each result carries formula, inputs and the weakest status.

Conventions: a growth rate that is published is never replaced; the ratio of two published levels is an estimate
(推算，按公布数，非可比口径). 完成率 = 完成数 / 目标 x 100; 序时进度 and its gap are in `targets`.
"""

from __future__ import annotations

from decimal import Decimal

from parkbook.catalogue import Indicator
from parkbook.model import Comparison, IndicatorValue, Observation, ObsStatus, Transformation, weakest
from parkbook.observations.reconcile.interval import is_count
from parkbook.periods import Basis, Period
from parkbook.units import Unit, convert, dimension

PERCENT = Unit("%")
POINTS = Unit("百分点")
SMALL_COUNT = 20
"""Below this many things a rate of change misleads: none is computed."""
IMPLIED_NOTE = "推算（按公布数，非可比口径）"


def published(observation: Observation, indicator: Indicator | None) -> IndicatorValue:
    """An observation as an indicator value, unchanged; one that no catalogue entry matches goes by its printed words."""
    return IndicatorValue(
        ref_area=observation.ref_area,
        indicator_id=indicator.id if indicator else "",
        label_zh=indicator.label_zh if indicator else observation.reported_label,
        period=observation.period,
        transformation=observation.transformation,
        value=observation.obs_value if observation.is_number else None,
        unit=observation.unit,
        status=observation.obs_status,
        inputs=(observation,),
        comparison=observation.comparison,
        subject=observation.subject,
        low=observation.value_low,
        high=observation.value_high,
        absent="" if observation.is_number else observation.obs_status.value,
    )


def comparable_units(first: Observation, second: Observation) -> bool:
    return dimension(first.unit) == dimension(second.unit)


def _rate_makes_sense(unit: Unit, base: Decimal) -> bool:
    kind = dimension(unit)
    if kind in ("rank", "score", "percent", "percent_point"):
        return False
    return not (is_count(unit) and base < SMALL_COUNT)


def computed_value(
    indicator: Indicator,
    period: Period,
    transformation: Transformation,
    value: Decimal,
    unit: Unit,
    formula: str,
    *inputs: Observation,
    flags: tuple[str, ...] = (),
    comparison: Comparison | None = None,
) -> IndicatorValue:
    status = (
        weakest([ObsStatus.ESTIMATED, *(o.obs_status for o in inputs)])
        if IMPLIED_NOTE in flags
        else weakest([o.obs_status for o in inputs])
    )
    return IndicatorValue(
        ref_area=inputs[0].ref_area,
        indicator_id=indicator.id,
        label_zh=indicator.label_zh,
        period=period,
        transformation=transformation,
        value=value,
        unit=unit,
        status=status,
        inputs=inputs,
        formula=formula,
        flags=flags,
        computed=True,
        comparison=comparison,
        subject=inputs[0].subject,
    )


def implied_growth(
    indicator: Indicator, current: Observation, previous: Observation, stated: Observation | None
) -> IndicatorValue | None:
    """Ratio of two published levels a year apart, minus one, in %; flagged where its sign is not that of the stated rate.

    None when a level is no number, the units do not convert, the base is not positive or the figure is negative (no rate exists then), or the figure
    is a place, a score or a count from a base below SMALL_COUNT (one case more is no growth of 100 %).
    """
    if current.obs_value is None or previous.obs_value is None or not (current.is_number and previous.is_number):
        return None
    if not comparable_units(current, previous):
        return None
    base = convert(previous.obs_value, previous.unit, current.unit)
    if base <= 0 or current.obs_value < 0 or not _rate_makes_sense(current.unit, base):
        return None
    rate = (current.obs_value / base - 1) * 100
    flags = [IMPLIED_NOTE]
    if (
        stated is not None
        and stated.obs_value is not None
        and stated.unit_measure == "%"
        and (stated.obs_value > 0) != (rate > 0)
        and stated.obs_value != 0
        and rate != 0
    ):
        flags.append("与公布增速方向相反")
    return computed_value(
        indicator,
        current.period,
        Transformation.GROWTH,
        rate,
        PERCENT,
        "本期数 ÷ 上年同期数 − 1",
        current,
        previous,
        flags=tuple(flags),
        comparison=Comparison.YOY,
    )


def completion(indicator: Indicator, done: Observation, target: Observation) -> IndicatorValue | None:
    """完成数 / 目标 x 100; None when either is no number, the units differ in kind, or the target is not positive.

    A single month above the target of its year is a slip of unit rather than an achievement, and gives none either.
    """
    if done.obs_value is None or target.obs_value is None or not (done.is_number and target.is_number):
        return None
    if not comparable_units(done, target):
        return None
    goal = convert(target.obs_value, target.unit, done.unit)
    if goal <= 0 or (done.period.basis is Basis.MONTH and done.obs_value > goal):
        return None
    return computed_value(
        indicator,
        done.period,
        Transformation.COMPLETION,
        done.obs_value / goal * 100,
        PERCENT,
        "完成数 ÷ 年度目标 × 100%",
        done,
        target,
    )


def share(indicator: Indicator, part: Observation, total: Observation) -> IndicatorValue | None:
    """部分 / 总体 x 100, from published levels of one period; none for a part that is more than its whole."""
    if part.obs_value is None or total.obs_value is None or not (part.is_number and total.is_number):
        return None
    if part.period.key != total.period.key or not comparable_units(part, total):
        return None
    whole = convert(total.obs_value, total.unit, part.unit)
    if whole <= 0 or part.obs_value > whole:
        return None
    return computed_value(
        indicator,
        part.period,
        Transformation.SHARE,
        part.obs_value / whole * 100,
        PERCENT,
        "部分 ÷ 总体 × 100%",
        part,
        total,
    )


def month_from_cumulatives(indicator: Indicator, current: Observation, before: Observation) -> IndicatorValue | None:
    """A month as the difference of two cumulative figures; says so in its formula."""
    if current.obs_value is None or before.obs_value is None or not (current.is_number and before.is_number):
        return None
    if not comparable_units(current, before) or current.period.end is None:
        return None
    end = current.period.end
    value = current.obs_value - convert(before.obs_value, before.unit, current.unit)
    return computed_value(
        indicator,
        Period(end, end, Basis.MONTH),
        Transformation.LEVEL,
        value,
        current.unit,
        "本月止累计 − 上月止累计（由累计数推得）",
        current,
        before,
    )
