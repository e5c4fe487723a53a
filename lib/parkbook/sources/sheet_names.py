"""Which period does a sheet's name say, and is it the one its title says?

9月  ·  2025年1—9月      alike: both end with September 2025
9月  ·  2025年1—8月      not: copied from the month before, and one of the two forgotten
2024年  ·  2025年1—9月   not
汇总, Sheet1             no period
"""

from __future__ import annotations

import re

from parkbook.errors import PeriodError
from parkbook.periods import Period
from parkbook.sources.title_period import find_period

_MONTHS = re.compile(r"月|季|半年")


def named_period(name: str, year: int) -> Period | None:
    """The period in a sheet's name, completed by the year; None when it names none."""
    try:
        period = find_period(name, year)
    except PeriodError:
        return None
    return period if period.known else None


def ends_alike(named: Period, taken: Period) -> bool:
    """Whether two periods end with the same month; a name of a bare year (2025年) holds every period of that year."""
    if named.end is None or taken.end is None:
        return True
    if named.kind == "01-12-ytd" and not _MONTHS.search(named.text):
        return named.end.year == taken.end.year
    return named.end == taken.end
