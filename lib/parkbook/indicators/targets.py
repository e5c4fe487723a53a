"""Targets of a year: 完成率 against 序时进度, the monthly pace still needed, the version of a target in force.

序时进度差 = 完成率 − 序时进度, in 个百分点, positive is ahead. The order of rounding is stated in the formula: the unrounded
completion is the default (629.0 of 647.4 by October is 13.8 ahead); `rounded` takes the completion as a table shows it (97.2 %, 13.9
ahead). A published completion is taken as published, rounded as it is.
A level and a target meet only in one scope (在地 with 在地, 考核 with 考核) and one kind of unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from parkbook.catalogue import Indicator
from parkbook.indicators.formulas import POINTS, comparable_units, computed_value
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue, Observation, SourceKind, TargetKind, Transformation
from parkbook.periods import Basis, Period, year_period
from parkbook.schedule import USUAL, Schedule
from parkbook.units import convert

MONTHS = 12
BASE = re.compile("(?:全年|年度|年初|预期)?(?:目标|任务|计划|预算)")
"""What a report says a completion is measured by."""


def stated_base(done: IndicatorValue) -> str:
    """年度任务, 目标: the words of a report's own sentence on what was completed; empty where it has none."""
    first = done.inputs[0]
    found = BASE.search(f"{first.reported_label} {first.source_text}")
    return found[0] if found and first.source.kind is SourceKind.REPORT else ""


def states_base(done: IndicatorValue) -> bool:
    """Whether a completion is known to be of a target: computed from one, a form's column, or said in so many words.

    投资完成率140% of a report may be of a plan, a contract or a total: it is no lead over any target.
    """
    return done.computed or done.inputs[0].source.kind is not SourceKind.REPORT or bool(stated_base(done))


def schedule_gap(
    indicator: Indicator, done: IndicatorValue, schedule: Schedule = USUAL, *, lagging: bool = False
) -> IndicatorValue | None:
    """完成率 minus 序时进度 in 个百分点; `lagging`: the data end before the page's period, so its cut-off is not theirs."""
    passed = schedule.share(done.period, lagging=lagging)
    if passed is None or done.value is None:
        return None
    rounds = schedule.places is not None and done.computed
    completed = half_up(done.value, schedule.places or 0) if rounds else done.value
    order = f"（保留{schedule.places}位小数）" if rounds else ""
    return computed_value(
        indicator,
        done.period,
        Transformation.CHANGE,
        completed - passed,
        POINTS,
        f"完成率{order} − 序时进度（{schedule.formula(done.period, lagging=lagging)}）",
        *done.inputs,
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """What is still to be done a month, and what was done a month so far; `months` are those left."""

    months: int
    needed: IndicatorValue
    so_far: IndicatorValue

    @property
    def ratio(self) -> Decimal | None:
        """The needed pace as a multiple of the pace so far; None where nothing was done so far."""
        if self.needed.value is None or self.so_far.value is None or self.so_far.value <= 0:
            return None
        return self.needed.value / self.so_far.value


def required_pace(indicator: Indicator, done: Observation, target: Observation) -> Pace | None:
    """(目标 − 完成数) / months left, beside 完成数 / months passed, in the unit of the level.

    None at the year's end, once the target is met, for a period that does not begin in January, or where either is no number.
    """
    period = done.period
    if period.end is None or period.start is None or period.basis is not Basis.YTD or period.end.month == MONTHS:
        return None
    if done.obs_value is None or target.obs_value is None or not (done.is_number and target.is_number):
        return None
    if target.period.key != year_period(period.end.year).key or not comparable_units(done, target):
        return None
    left = convert(target.obs_value, target.unit, done.unit) - done.obs_value
    if left <= 0:
        return None
    months = MONTHS - period.end.month
    needed = computed_value(
        indicator,
        period,
        Transformation.LEVEL,
        left / months,
        done.unit,
        f"（年度目标 − 完成数）÷ 余下{months}个月",
        done,
        target,
    )
    passed = computed_value(
        indicator,
        period,
        Transformation.LEVEL,
        done.obs_value / period.end.month,
        done.unit,
        f"完成数 ÷ 已过{period.end.month}个月",
        done,
    )
    return Pace(months, needed, passed)


def targets_in_force(
    targets: list[Observation], period: Period | None
) -> tuple[Observation | None, Observation | None]:
    """The year's target in force at the period's end (latest vintage known by then; 确保 before 力争) and the one it replaced."""
    if period is None or period.end is None:
        of_year = [o for o in targets if not o.period.known]
    else:
        yearly = [o for o in targets if o.period.key == year_period(period.end.year).key]
        of_year = [o for o in yearly if known_by(o, period)] or yearly
    levels = [o for o in of_year if o.target_kind is not TargetKind.GROWTH]
    levels = [o for o in levels if o.unit_measure != "%"] or levels
    if not levels:
        return None, None
    ordered = sorted(levels, key=lambda o: (o.target_kind is not TargetKind.STRETCH, o.vintage))
    current = ordered[-1]
    earlier = [o for o in ordered[:-1] if o.target_kind is current.target_kind and o.obs_value != current.obs_value]
    return current, earlier[-1] if earlier else None


def known_by(observation: Observation, period: Period) -> bool:
    """Whether a figure was out when the period was reported on: a publication in the month after its end, a sheet of a ledger
    for its own month only, since next month's sheet may hold a revised target."""
    if not observation.vintage or period.end is None:
        return True
    last = period.end if observation.source.kind is SourceKind.LEDGER else period.end.shift(1)
    return observation.vintage[:7] <= str(last)


def growth_target_gap(indicator: Indicator, growth: IndicatorValue, target: Observation) -> IndicatorValue | None:
    """A growth rate less the growth aimed at, in 个百分点; None unless both are numbers in % and the target is one of growth."""
    if growth.value is None or growth.unit.measure != "%" or target.target_kind is not TargetKind.GROWTH:
        return None
    if target.obs_value is None or not target.is_number or target.unit_measure != "%":
        return None
    value = computed_value(
        indicator,
        growth.period,
        Transformation.CHANGE,
        growth.value - target.obs_value,
        POINTS,
        "同比增速 − 年度增长目标",
        *growth.inputs,
        target,
    )
    return replace(value, flags=growth.flags)
