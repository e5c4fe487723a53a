"""Year-end forecast of an indicator with a target: point, 80 % interval, probability of meeting the target, monthly pace needed.

The method and its back-test are in `year_end`. What is the park's own here: last year's cumulative figures (as published; where only this
year's level and rate are, last year's is implied by them), and how many times larger than the national series' its own past errors were,
which widens the interval. With less than 24 months, or without a past year to test on, there is a point but neither interval nor probability,
and the row says why. A forecast is never a figure of the park: its status is estimated, and it takes no known event into account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from parkbook.catalogue import IndicatorBasis
from parkbook.indicators import year_end as method
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.figures import FigureIndex, SeriesKey
from parkbook.indicators.formulas import PERCENT, computed_value
from parkbook.indicators.rounding import half_up
from parkbook.indicators.targets import Pace, required_pace
from parkbook.model import Comparison, IndicatorValue, Observation, ObsStatus, Transformation
from parkbook.observations.reconcile.interval import is_count
from parkbook.periods import Basis, year_period
from parkbook.units import Unit, convert, dimension

HISTORY_MONTHS = 24
FORECAST_NOTE = "模型预计：按上年余下月份和近期增速外推，未计入已知的项目投产、停产等变动"
LEAST_FORECAST, MOST_HISTORY = 2, 5
"""The first month that a forecast is made at, and how many earlier years are looked at."""


@dataclass(frozen=True, slots=True)
class Cumulative:
    """One year's cumulative figures in one unit, with the observations behind them."""

    values: Mapping[int, Decimal]
    sources: Mapping[int, Observation]

    def until(self, month: int) -> dict[int, Decimal]:
        return {m: value for m, value in self.values.items() if m <= month}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The year's end as foreseen at the end of `row.period`. `reason` says why there is no interval and no probability."""

    row: IndicatorRow
    month: int
    point: IndicatorValue
    low: IndicatorValue | None = None
    high: IndicatorValue | None = None
    completion: IndicatorValue | None = None
    probability: IndicatorValue | None = None
    pace: Pace | None = None
    met: bool = False
    factor: Decimal | None = None
    months: int = 0
    reason: str = ""
    weight: Decimal = method.RECENT_WEIGHT
    now: Cumulative
    before: Cumulative

    def path(self) -> dict[int, Decimal]:
        """The cumulative figures foreseen for the months still to come."""
        return method.path(self.now.until(self.month), self.before.values, self.month, self.weight)


def cumulative(index: FigureIndex, key: SeriesKey, year: int, unit: Unit) -> Cumulative:
    """The published cumulative levels of a year, the last vintage of each month."""
    found: dict[int, Observation] = {}
    for o in index.series(key, Transformation.LEVEL):
        end = o.period.end
        if end is None or o.period.basis is not Basis.YTD or end.year != year or o.period.start != (year, 1):
            continue
        newest = end.month not in found or found[end.month].vintage <= o.vintage
        if newest and o.is_number and dimension(o.unit) == dimension(unit):
            found[end.month] = o
    values = {m: convert(o.obs_value or Decimal(0), o.unit, unit) for m, o in found.items()}
    return Cumulative(values, found)


def year_before(index: FigureIndex, key: SeriesKey, year: int, unit: Unit, now: Cumulative) -> Cumulative:
    """The cumulative figures of the year before `year`: published, or all implied by this year's levels and published growth."""
    published = cumulative(index, key, year - 1, unit)
    if method.LAST in published.values:
        return published
    rates = {
        o.period.end.month: o
        for o in index.series(key, Transformation.GROWTH)
        if o.comparison is Comparison.YOY
        and o.period.basis is Basis.YTD
        and o.period.end is not None
        and o.period.end.year == year
        and o.unit_measure == "%"
        and o.is_number
        and o.obs_value is not None
        and o.obs_value > -100
    }
    implied = {
        m: value / (1 + (rates[m].obs_value or Decimal(0)) / 100) for m, value in now.values.items() if m in rates
    }
    return Cumulative(implied, {m: rates[m] for m in implied}) if method.LAST in implied else published


def past_years(index: FigureIndex, key: SeriesKey, year: int, unit: Unit) -> dict[int, tuple[Cumulative, Cumulative]]:
    """Complete years before `year`, each with the year before it; what the park's own errors are measured on."""
    found = {}
    for earlier in range(year - 1, year - 1 - MOST_HISTORY, -1):
        now = cumulative(index, key, earlier, unit)
        before = year_before(index, key, earlier, unit, now)
        if method.LAST not in now.values or method.LAST not in before.values:
            break
        found[earlier] = (now, before)
    return found


def forecast(index: FigureIndex, row: IndicatorRow) -> Forecast | None:
    """The forecast of a row with a target, at the end of its cumulative period; None where there is nothing to foresee or to rest on."""
    end = row.period.end
    if end is None or not _can_be_foreseen(row) or not LEAST_FORECAST <= end.month < method.LAST:
        return None
    if row.level is None or row.level.value is None or row.target is None or row.target.value is None:
        return None
    unit = row.level.unit
    now = cumulative(index, row.key, end.year, unit)
    before = cumulative(index, row.key, end.year - 1, unit)
    past = past_years(index, row.key, end.year, unit)
    weight = own_weight(past)
    value = _foreseen(now, before, end.month, unit, weight)
    if value is None or dimension(row.target.unit) != dimension(unit):
        return None
    base = _with_point(row, now, before, value, end.month, weight)
    months = 12 * (len(past) + 1) + end.month if past else 12 + end.month
    errors = method.own_errors({year: (n.values, b.values) for year, (n, b) in past.items()}, weight)
    factor = method.widening(errors)
    width = method.half_width(end.month, factor) if factor is not None else None
    if months < HISTORY_MONTHS or width is None:
        return replace(base, months=months, reason=_why_not(months))
    return _with_interval(base, value, width, factor, months)


def own_weight(past: Mapping[int, tuple[Cumulative, Cumulative]]) -> Decimal:
    """How much recent growth counts, as the park's past years say."""
    return method.own_weight({year: (now.values, before.values) for year, (now, before) in past.items()})


def _foreseen(now: Cumulative, before: Cumulative, month: int, unit: Unit, weight: Decimal) -> Decimal | None:
    """The year's end; whole things are foreseen whole."""
    value = method.year_end(now.until(month), before.values, month, weight)
    return half_up(value, 0) if value is not None and is_count(unit) else value


def _can_be_foreseen(row: IndicatorRow) -> bool:
    whole = row.period.basis is Basis.YTD and row.period.start is not None and row.period.start.month == 1
    return whole and row.indicator.basis is IndicatorBasis.FLOW and not row.key.subject


def _why_not(months: int) -> str:
    if months < HISTORY_MONTHS:
        return f"数据只有{months}个月，不足{HISTORY_MONTHS}个月，无法检验预计的误差，只列预计数"
    return "没有可供检验误差的完整年度，只列预计数"


def _with_point(
    row: IndicatorRow, now: Cumulative, before: Cumulative, value: Decimal, month: int, weight: Decimal
) -> Forecast:
    inputs = [now.sources[month], before.sources[month], before.sources[method.LAST]]
    behind = [m for m in now.values if m <= month - method.RECENT_MONTHS and m in before.values and weight]
    if behind:
        inputs += [now.sources[max(behind)], before.sources[max(behind)]]
    formula = (
        f"1—{month}月累计 + 上年余下月份数 ×（1 + r），r＝累计增速与1—{max(behind)}月以后各月增速的平均"
        if behind
        else f"1—{month}月累计 + 上年余下月份数 ×（1 + 累计增速）"
    )
    point = replace(
        computed_value(
            row.indicator,
            year_period(row.period.end.year if row.period.end else 0),
            Transformation.LEVEL,
            value,
            row.level.unit if row.level is not None else Unit(""),
            formula,
            *inputs,
            flags=(FORECAST_NOTE,),
        ),
        status=ObsStatus.ESTIMATED,
        label_zh=f"{row.label}全年预计",
    )
    target = row.target
    goal = convert(target.value, target.unit, point.unit) if target is not None and target.value is not None else None
    done = row.level.value if row.level is not None else None
    met = goal is not None and done is not None and done >= goal
    completion = _derived(point, value / goal * 100, PERCENT, "全年预计 ÷ 年度目标 × 100%", target) if goal else None
    pace = (
        required_pace(row.indicator, row.level.inputs[0], target.inputs[0])
        if row.level is not None and target is not None
        else None
    )
    return Forecast(
        row=row,
        month=month,
        weight=weight,
        point=point,
        completion=completion,
        pace=pace,
        met=met,
        now=now,
        before=before,
    )


def _derived(
    point: IndicatorValue, value: Decimal, unit: Unit, formula: str, target: IndicatorValue | None = None
) -> IndicatorValue:
    inputs = (*point.inputs, *(target.inputs if target is not None else ()))
    kind = Transformation.COMPLETION if unit == PERCENT else Transformation.LEVEL
    return replace(point, value=value, unit=unit, formula=formula, inputs=inputs, transformation=kind)


def _with_interval(base: Forecast, value: Decimal, width: Decimal, factor: Decimal | None, months: int) -> Forecast:
    row = base.row
    done = row.level.value if row.level is not None and row.level.value is not None else Decimal(0)
    low, high = method.interval(value, done, width)
    times = f"{(factor or Decimal(1)):.1f}"
    how = f"回测误差的80%界（±{width * 100:.1f}%，为全国序列的{times}倍，按本园区历年误差放宽）"
    target = row.target
    goal = convert(target.value, target.unit, base.point.unit) if target is not None and target.value else None
    chance = None
    if goal is not None and not base.met:
        chance = _derived(
            base.point,
            method.probability(value, goal, width),
            PERCENT,
            "误差服从拉普拉斯分布，尺度取自80%区间；全年数不低于年度目标的概率",
            target,
        )
    return replace(
        base,
        low=_derived(base.point, low, base.point.unit, f"预计区间下限：{how}"),
        high=_derived(base.point, high, base.point.unit, f"预计区间上限：{how}"),
        probability=chance,
        factor=factor,
        months=months,
    )


@dataclass(frozen=True, slots=True)
class LookBack:
    """A past forecast of a year that is over: made at the end of `month`, beside what came."""

    month: int
    point: IndicatorValue
    error: IndicatorValue


def look_back(index: FigureIndex, row: IndicatorRow, months: tuple[int, ...] = (6, 9)) -> list[LookBack]:
    """What the method would have foreseen in a year that is over, from the figures to each of `months`; empty before the year's end."""
    end = row.period.end
    if end is None or end.month != method.LAST or not _can_be_foreseen(row) or row.level is None or not row.level.value:
        return []
    now = cumulative(index, row.key, end.year, row.level.unit)
    before = cumulative(index, row.key, end.year - 1, row.level.unit)
    weight = own_weight(past_years(index, row.key, end.year, row.level.unit))
    found = []
    for month in months:
        value = _foreseen(now, before, month, row.level.unit, weight)
        if value is None or row.level.value <= 0:
            continue
        point = _with_point(row, now, before, value, month, weight).point
        error = (value / row.level.value - 1) * 100
        found.append(LookBack(month, point, _derived(point, error, PERCENT, "当时预计 ÷ 全年实际 − 1", row.level)))
    return found
