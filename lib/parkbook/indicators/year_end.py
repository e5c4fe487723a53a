"""The arithmetic of a year-end forecast from cumulative figures, without any data of a park; `build/backtest.py` tests it.

Method (chosen by the back-test that `docs/forecast.md` reports): what is still to come is last year's rest, grown at r,

    year end = C(m) + [Y' − C'(m)] × (1 + r),    r = ½ g + ½ g₂

with C(m) the cumulative figure to month m, C' and Y' those of last year, g the growth of the cumulative figure and g₂ that of the last
two months alone (of the last quarter in a quarterly series; g where no two months lie behind). The naive forecast it has to beat is
last year's share of progress, Y = C(m) × Y' / C'(m), which is r = g (weight 0). A park whose own past years were foreseen better by
that uses it.

Errors are relative: e = forecast / actual − 1. A year is a mapping of month to cumulative figure; surveys without a January begin at 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import exp, log

from parkbook.indicators.rounding import half_up

Year = Mapping[int, Decimal]
LAST = 12
RECENT_MONTHS = 2
RECENT_WEIGHT = Decimal("0.5")
OWN_YEARS = 3

FROM_MONTH = 2


def _monthly(figures: str) -> Mapping[int, Decimal]:
    return {FROM_MONTH + number: Decimal(figure) for number, figure in enumerate(figures.split())}


TYPICAL_ERROR = _monthly("2.81 2.23 1.68 1.46 1.23 1.04 0.88 0.71 0.55 0.40")
"""Mean absolute error in % of forecasts made at the end of a month (February on), over the national series without 2020 and 2021."""
HALF_WIDTH = _monthly("4.49 3.71 2.29 1.75 1.35 1.10 0.90 0.84 0.69 0.38")
"""80 % of those errors lie within so many %. Both tables are printed, and compared with these, by `build/backtest.py`."""
LEAST_WIDENING = Decimal("1.8")
"""A park is held to be no surer than the most volatile national series, whose errors are so many times those of all."""


def cumulative_growth(now: Year, before: Year, month: int, since: int = 0) -> Decimal | None:
    """Growth of the months after `since` up to `month` on the same months of the year before; None without a positive base."""
    if month not in now or month not in before or (since and (since not in now or since not in before)):
        return None
    base = before[month] - (before[since] if since else 0)
    return (now[month] - (now[since] if since else 0)) / base - 1 if base > 0 else None


def remaining_growth(now: Year, before: Year, month: int, weight: Decimal = RECENT_WEIGHT) -> Decimal | None:
    """r: the growth that the rest of the year is given."""
    overall = cumulative_growth(now, before, month)
    if overall is None:
        return None
    behind = [m for m in now if m <= month - RECENT_MONTHS and m in before]
    recent = cumulative_growth(now, before, month, max(behind)) if behind else None
    return overall if recent is None else overall + weight * (recent - overall)


def year_end(now: Year, before: Year, month: int, weight: Decimal = RECENT_WEIGHT) -> Decimal | None:
    """The forecast of the year's total at the end of `month`; None without last year's total and cumulative figure."""
    rate = remaining_growth(now, before, month, weight)
    if rate is None or LAST not in before or before[LAST] < before[month]:
        return None
    return now[month] + (before[LAST] - before[month]) * (1 + rate)


def naive_year_end(now: Year, before: Year, month: int) -> Decimal | None:
    """Last year's share of progress: what the method is held against."""
    if month not in now or LAST not in before or before.get(month, Decimal(0)) <= 0:
        return None
    return now[month] * before[LAST] / before[month]


def path(now: Year, before: Year, month: int, weight: Decimal = RECENT_WEIGHT) -> dict[int, Decimal]:
    """The cumulative figures that the forecast implies for the months after `month` that last year has."""
    rate = remaining_growth(now, before, month, weight)
    if rate is None:
        return {}
    return {m: now[month] + (before[m] - before[month]) * (1 + rate) for m in sorted(before) if m > month}


def own_errors(years: Mapping[int, tuple[Year, Year]], weight: Decimal = RECENT_WEIGHT) -> list[tuple[int, Decimal]]:
    """(month, relative error) of the forecasts that could have been made in past complete years; keys are the years."""
    errors = []
    for _, (now, before) in sorted(years.items()):
        actual = now.get(LAST)
        if actual is None or actual <= 0:
            continue
        for month in sorted(now):
            seen = {m: value for m, value in now.items() if m <= month}
            forecast = year_end(seen, before, month, weight) if month in TYPICAL_ERROR else None
            if forecast is not None:
                errors.append((month, forecast / actual - 1))
    return errors


def own_weight(years: Mapping[int, tuple[Year, Year]]) -> Decimal:
    """The weight of recent growth: RECENT_WEIGHT, or none where the naive forecast erred less in the last OWN_YEARS of these years."""
    latest = {year: years[year] for year in sorted(years)[-OWN_YEARS:]}
    naive, recent = (
        sum((abs(error) for _, error in own_errors(latest, weight)), Decimal(0))
        for weight in (Decimal(0), RECENT_WEIGHT)
    )
    return Decimal(0) if naive < recent else RECENT_WEIGHT


def widening(errors: Sequence[tuple[int, Decimal]]) -> Decimal | None:
    """How many times a park's own errors are those of the national series, at least LEAST_WIDENING; None without own errors."""
    known = [(month, error) for month, error in errors if month in TYPICAL_ERROR]
    if not known:
        return None
    own = sum((abs(error) for _, error in known), Decimal(0)) * 100
    national = sum((TYPICAL_ERROR[month] for month, _ in known), Decimal(0))
    return max(LEAST_WIDENING, own / national)


def half_width(month: int, factor: Decimal) -> Decimal | None:
    """Half of the 80 % interval at the end of `month`, relative, for a park whose errors are `factor` times the national ones."""
    return HALF_WIDTH[month] * factor / 100 if month in HALF_WIDTH else None


def interval(forecast: Decimal, done: Decimal, width: Decimal) -> tuple[Decimal, Decimal]:
    """The actual values that a relative error within ±width leaves; never below what is already done."""
    wide = min(width, Decimal("0.9"))
    return max(forecast / (1 + wide), min(done, forecast)), forecast / (1 - wide)


def probability(forecast: Decimal, target: Decimal, width: Decimal) -> Decimal:
    """How likely the year ends at the target or above, in %: errors follow a Laplace law whose 80 % lies within ±width."""
    if target <= 0 or width <= 0:
        return Decimal(100) if forecast >= target else Decimal(0)
    slack = float(forecast / target - 1)
    tail = 0.5 * exp(-abs(slack) / (float(width) / log(5)))
    return half_up(Decimal(repr(100 * (1 - tail if slack >= 0 else tail))), 1)
