"""What a rule measures: plain arithmetic on full precision; nothing is rounded before a lamp is chosen.

points_below        时间进度 − 完成率, 个百分点        (银川)
schedule_ratio      完成率 ÷ 时间进度, %               (武汉)
schedule_shortfall  (时间进度 − 完成率) ÷ 时间进度, %   (三亚: the same as (序时计划额 − 完成额) ÷ 序时计划额)
window_shortfall    the same against a spending window (天津专项债)
months_due          months for which a start has been due, first and last counted; 0 once started (银川)
months_unentered    months since the start of a project that has not entered the statistics, by days; 0 once it has (银川)
days_overdue        days past a promised date
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

from parkbook.periods import Month

_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2}))?")


def points_below(done: Decimal, passed: Decimal) -> Decimal:
    """Points of completion below the schedule; negative is ahead. Both in %."""
    return passed - done


def schedule_ratio(done: Decimal, passed: Decimal) -> Decimal | None:
    """Completion as a per cent of the time passed; None before any has."""
    return done / passed * 100 if passed > 0 else None


def schedule_shortfall(done: Decimal, passed: Decimal) -> Decimal | None:
    """By how many per cent of the scheduled amount it is missed; negative is ahead."""
    return (passed - done) / passed * 100 if passed > 0 else None


def window_passed(issued: Month, end: Month, months: int) -> Decimal:
    """The part of a spending window that has passed, in %: it opens in the month after issue and spends evenly."""
    gone = (end.year - issued.year) * 12 + end.month - issued.month
    return Decimal(min(max(gone, 0), months)) / months * 100


def months_due(planned: Month, started: Month | None, end: Month) -> int:
    """Months for which a planned start has been due by the end of `end`; 0 when started by then or not yet due."""
    if started is not None and started <= end:
        return 0
    return max(0, (end.year - planned.year) * 12 + end.month - planned.month + 1)


def months_elapsed(start: date, end: date) -> Decimal:
    """Months from a day to the end of another, both counted, parts of a month by its days: 3 to 30 June are 28/30."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return whole + Decimal(end.day - start.day + 1) / calendar.monthrange(end.year, end.month)[1]


def days_overdue(due: date, finished: date | None, end: date) -> int | None:
    """Days past `due` of what is still open at `end`; None for what was finished by then."""
    if finished is not None and finished <= end:
        return None
    return (end - due).days


def growth_plan_mean(growth: Decimal, plan: Decimal, mean: Decimal) -> str:
    """The case of a growth rate against its plan and the mean of all (天津2022)."""
    meets = growth >= plan and growth >= mean
    if growth < 0:
        return "falls_meets_both" if meets else "falls_below"
    if meets:
        return "meets_both"
    return "grows_below" if growth > 0 else "flat_below"


def pay_rate(paid: Decimal, planned: Decimal, required: Decimal) -> str:
    """The case of a pay rate against the payment plan and what is required from above (银川 资金)."""
    if paid < required:
        return "below_required"
    return "as_planned" if paid >= planned else "between"


def done_and_schedule(done: Decimal, passed: Decimal) -> str:
    """The case of a completion in a 达成表."""
    if done > 100:
        return "over_target"
    return "above_schedule" if done > passed else "not_above"


def read_day(text: str) -> date | None:
    """A printed date with its day (2025-03-03, 2025年3月3日); None where there is none, or the day is not given."""
    found = _DATE.match(text.strip())
    if found is None or found[3] is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_month(text: str) -> Month | None:
    """The month of a printed date, whether or not its day is given."""
    found = _DATE.match(text.strip())
    return Month(int(found[1]), int(found[2])) if found is not None and 1 <= int(found[2]) <= 12 else None


def last_day(month: Month) -> date:
    return date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
