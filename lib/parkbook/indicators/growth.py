"""Conventions of growth rates: chains and averages over years, multiples, signs, turning points, months.

All rates are in %, signed, and exact: rounding is for showing. Definitions are those of the statistics bureau's releases:

- over several years published rates are chained, never taken from levels: (1 + 12.6 %)(1 − 3.1 %) = 1.091;
- 两年平均增速 is geometric: 72.1 % over two years is 31.2 % a year; n is the number of growth years, not of calendar years named; taken from
  rounded rates it may differ from the published one in the last place;
- 增长N倍 is +N × 100 %, 是…的N倍 is the ratio N; falls have no 倍;
- on a base that is zero or negative there is no rate: 扭亏为盈, 由盈转亏, 减亏, 增亏 with the absolute change;
- January and February are one figure where a survey has no January; a later month is the difference of two cumulatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from parkbook.catalogue import Indicator, Release
from parkbook.indicators.formulas import IMPLIED_NOTE, PERCENT, POINTS, comparable_units, computed_value
from parkbook.model import Comparison, IndicatorValue, Observation, Transformation
from parkbook.periods import Basis, Month, Period
from parkbook.units import convert

AVERAGE_NOTE = "按公布增速推算"
DIGITS = 28


def chain(rates: Iterable[Decimal]) -> Decimal:
    """Growth in % over all the years whose rates are given: 12.6 and -3.1 make 9.1."""
    product = Decimal(1)
    for rate in rates:
        product *= 1 + rate / 100
    return (product - 1) * 100


def average_growth(total: Decimal, years: int) -> Decimal | None:
    """The yearly rate in % that makes `total` % over `years` years; None when nothing is left of the base or years < 1."""
    ratio = 1 + total / 100
    if ratio <= 0 or years < 1:
        return None
    with localcontext() as context:
        context.prec = DIGITS
        return ((ratio.ln() / years).exp() - 1) * 100


def average_interval(total: Decimal, years: int, places: int = 1) -> tuple[Decimal, Decimal] | None:
    """The yearly rates that a total rounded to `places` allows: 9.1 % over two years is 4.43 to 4.47, printed as 4.4 or as 4.5."""
    half = Decimal(1).scaleb(-places) / 2
    low, high = average_growth(total - half, years), average_growth(total + half, years)
    return (low, high) if low is not None and high is not None else None


def times_grown(rate: Decimal) -> Decimal:
    """N of 增长N倍 for a growth in %: 179 is 1.79. Only for growth; there is no 下降N倍."""
    return rate / 100


def ratio_to_base(rate: Decimal) -> Decimal:
    """N of 是上年同期的N倍 (增长到N倍) for a growth in %: 179 is 2.79."""
    return 1 + rate / 100


def rates_of_one_kind(first: Observation, second: Observation) -> bool:
    """Whether two growth rates may be chained or compared: same comparison, price, scope and fiscal basis, both numbers in %."""
    return (
        first.growth_kind == second.growth_kind
        and first.unit_measure == second.unit_measure == "%"
        and first.is_number
        and second.is_number
    )


def two_year_average(indicator: Indicator, current: Observation, previous: Observation) -> IndicatorValue | None:
    """两年平均增速 of two published rates of the same months in successive years; None when they are of different kinds."""
    if not rates_of_one_kind(current, previous) or current.comparison is not Comparison.YOY:
        return None
    if current.obs_value is None or previous.obs_value is None:
        return None
    if not current.period.known or previous.period.key != current.period.shift_years(-1).key:
        return None
    rate = average_growth(chain((current.obs_value, previous.obs_value)), 2)
    if rate is None:
        return None
    return computed_value(
        indicator,
        current.period,
        Transformation.GROWTH,
        rate,
        PERCENT,
        "√[（1 + 本年增速）×（1 + 上年增速）] − 1",
        current,
        previous,
        flags=(AVERAGE_NOTE,),
        comparison=Comparison.AVG_N,
    )


class Turn(StrEnum):
    """How a growth rate moved against that of an earlier period."""

    FASTER = "faster"
    SLOWER = "slower"
    FALL_NARROWS = "fall_narrows"
    FALL_WIDENS = "fall_widens"
    FALL_TO_RISE = "fall_to_rise"
    RISE_TO_FALL = "rise_to_fall"
    TO_FLAT = "to_flat"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Turning:
    """A rate against the one before it; `change` is their difference in 个百分点, `previous` the earlier rate."""

    turn: Turn
    change: IndicatorValue
    previous: Observation


def turn_of(current: Decimal, previous: Decimal) -> Turn:
    """The words of two rates: 由降转增, 降幅收窄, 加快 …"""
    if current == previous:
        return Turn.SAME
    if current == 0:
        return Turn.TO_FLAT
    if previous < 0 < current:
        return Turn.FALL_TO_RISE
    if current < 0 <= previous:
        return Turn.RISE_TO_FALL
    if current < 0:
        return Turn.FALL_NARROWS if current > previous else Turn.FALL_WIDENS
    return Turn.FASTER if current > previous else Turn.SLOWER


FESTIVAL_MONTHS = 2
"""The Spring Festival moves between January and February: neither alone says how growth turned."""


def turning(indicator: Indicator, current: Observation, rates: Sequence[Observation]) -> Turning | None:
    """The rate against the nearest earlier one of the same year, series, kind and basis.

    Cumulative rates meet cumulative rates (1—12月 with 1—11月, or with 前三季度 in a quarterly series); a month only meets the month
    before. January alone, and February alone, are no base. None for stocks, ranges, rates of other kinds, and where there is no earlier one.
    """
    earlier = [o for o in rates if _earlier_in_year(current, o) and rates_of_one_kind(current, o)]
    if not earlier or current.obs_value is None or current.comparison is not Comparison.YOY:
        return None
    before = max(earlier, key=lambda o: (o.period.end or Month(0, 1), o.vintage))
    if before.obs_value is None:
        return None
    change = computed_value(
        indicator,
        current.period,
        Transformation.CHANGE,
        current.obs_value - before.obs_value,
        POINTS,
        f"本期增速 − {before.period.label_zh}增速",
        current,
        before,
        comparison=current.comparison,
    )
    return Turning(turn_of(current.obs_value, before.obs_value), change, before)


def _earlier_in_year(current: Observation, other: Observation) -> bool:
    now, then = current.period, other.period
    if now.basis is not then.basis or now.end is None or then.end is None or now.basis is Basis.POINT:
        return False
    if now.basis is Basis.MONTH:
        return then.end == now.end.shift(-1) and then.end.month > FESTIVAL_MONTHS
    return now.basis is Basis.YTD and then.start == now.start and FESTIVAL_MONTHS <= then.end.month < now.end.month


class Swing(StrEnum):
    """What happened to a figure whose base was zero or negative, where no rate exists."""

    LOSS_TO_PROFIT = "扭亏为盈"
    PROFIT_TO_LOSS = "由盈转亏"
    LOSS_SHRINKS = "减亏"
    LOSS_GROWS = "增亏"
    FROM_ZERO = "上年同期为零"
    SAME = "持平"


@dataclass(frozen=True, slots=True)
class SwingOf:
    """A level against a base without a rate, with the absolute change."""

    swing: Swing
    change: IndicatorValue
    current: Observation
    previous: Observation


def swing_of(current: Decimal, previous: Decimal) -> Swing | None:
    """None where a rate exists: a positive base and a figure that is not negative."""
    if previous > 0:
        return Swing.PROFIT_TO_LOSS if current < 0 else None
    if current == previous:
        return Swing.SAME
    if previous == 0:
        return Swing.FROM_ZERO
    if current > 0:
        return Swing.LOSS_TO_PROFIT
    return Swing.LOSS_SHRINKS if current > previous else Swing.LOSS_GROWS


def swing(indicator: Indicator, current: Observation, previous: Observation) -> SwingOf | None:
    """The change against a zero or negative base a year earlier; None where a rate exists or the two do not meet."""
    if current.obs_value is None or previous.obs_value is None or not (current.is_number and previous.is_number):
        return None
    if not current.period.known or previous.period.key != current.period.shift_years(-1).key:
        return None
    if not comparable_units(current, previous):
        return None
    base = convert(previous.obs_value, previous.unit, current.unit)
    kind = swing_of(current.obs_value, base)
    if kind is None:
        return None
    change = computed_value(
        indicator,
        current.period,
        Transformation.CHANGE,
        current.obs_value - base,
        current.unit,
        "本期数 − 上年同期数（基数不为正，不计算增速）",
        current,
        previous,
        flags=(IMPLIED_NOTE,),
        comparison=Comparison.YOY,
    )
    return SwingOf(kind, change, current, previous)


def month_is_released(indicator: Indicator, month: int) -> bool:
    """January and February have no month of their own in a survey that joins them; of every other month there may be one."""
    return not (indicator.release is Release.JAN_FEB_JOINT and month <= 2)


REVISED = "公布的当月数与累计数之差不等，此前各月可能有修订"


def revised(stated: Observation, current: Observation, before: Observation) -> bool:
    """Whether a published month differs from the difference of the cumulatives by more than their rounding."""
    figures = [(o, o.obs_value) for o in (stated, current, before)]
    if any(value is None or not o.is_number or not comparable_units(o, stated) for o, value in figures):
        return False
    month, now, then = (convert(value or Decimal(0), o.unit, stated.unit) for o, value in figures)
    return abs(month - (now - then)) > sum((_half_unit(o, stated) for o, _ in figures), Decimal(0))


def _half_unit(observation: Observation, wanted: Observation) -> Decimal:
    """Half of the last printed place, in the unit of `wanted`."""
    exponent = observation.obs_value.as_tuple().exponent if observation.obs_value is not None else 0
    place = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0) / 2
    return convert(place, observation.unit, wanted.unit)


BASE_EFFECT = Decimal(20)
"""两年平均 is told where this year's and last year's rates lie at least so many points apart on either side of zero."""
UNUSUAL_BASE = Decimal(10)
"""And where last year's own rate went beyond so many per cent: only then is the base what is unusual."""


def base_effect(current: Observation, previous: Observation) -> bool:
    """A rise after a fall, or a fall after a rise, so far apart that one year's rate alone misleads."""
    if current.obs_value is None or previous.obs_value is None:
        return False
    opposite = (current.obs_value > 0) != (previous.obs_value > 0)
    unusual = abs(previous.obs_value) >= UNUSUAL_BASE
    return opposite and unusual and abs(current.obs_value - previous.obs_value) >= BASE_EFFECT


def same_months_last_year(period: Period, rates: Sequence[Observation]) -> Observation | None:
    """The rate of the same months a year earlier, the latest vintage of it."""
    wanted = period.shift_years(-1).key
    found = [o for o in rates if o.period.key == wanted and o.period.known and o.is_number]
    return max(found, key=lambda o: o.vintage) if found else None
