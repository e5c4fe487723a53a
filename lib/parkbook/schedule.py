"""序时进度: the part of a year's target that should be done by the end of a period, and the ways offices count it.

Ways (parameter `progress`), all in % of the year's target:

    month                     months passed / 12 (the default; 9月 is 75 %)
    half_month                the last month counts as a half: 1–8月上半月 is 7.5/12
    day, day:2025-08-15       day of the year / days of the year, rounded up to a whole percent; without a date, the period's last day
    day_of_month:2025-08-15   full months plus day / days of the cut-off month, over 12; at a month's end the same as `month`
    window:3:8                a spending window: from month 3 over 8 months, in equal parts; nothing before, all after

`rounded` behind a way (`month rounded`, `month rounded:2`) takes the gap from the completion rounded to 1 (or 2) decimals instead
of the unrounded one; the share of time itself is never rounded first, and the gap once, when shown.
A row that lags behind the page's period counts full months: its data end at a month's end, whatever the cut-off.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from functools import lru_cache

from parkbook.errors import ParameterError, did_you_mean
from parkbook.periods import Basis, Month, Period


class Way(StrEnum):
    MONTH = "month"
    HALF_MONTH = "half_month"
    DAY = "day"
    DAY_OF_MONTH = "day_of_month"
    WINDOW = "window"


_SPELLINGS = {way.value: way for way in Way} | {
    "按月": Way.MONTH,
    "半月": Way.HALF_MONTH,
    "按日": Way.DAY,
    "月内按日": Way.DAY_OF_MONTH,
    "窗口": Way.WINDOW,
}
_ROUNDED = ("rounded", "先取整")
EXPECTED = "month、half_month、day[:日期]、day_of_month:日期、window:起始月:月数，其后可加 rounded[:小数位]"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A way of counting, with what it needs. `places` is None where the gap is taken from the unrounded completion."""

    way: Way = Way.MONTH
    cutoff: date | None = None
    start: int = 1
    months: int = 12
    places: int | None = None

    @property
    def usual(self) -> bool:
        """The default way, of which sentences need not speak."""
        return self.way is Way.MONTH and self.places is None

    def share(self, period: Period, *, lagging: bool = False) -> Decimal | None:
        """What should be done at the end of a cumulative period of one year, in %, unrounded; None for any other period."""
        end = _end(period)
        if end is None:
            return None
        if self.way is Way.WINDOW:
            passed = min(max(end.month - self.start + 1, 0), self.months)
            return Decimal(100 * passed) / self.months
        if self.way is Way.DAY:
            days = 366 if calendar.isleap(end.year) else 365
            ordinal = self._last_day(end, lagging).timetuple().tm_yday
            return (Decimal(100 * ordinal) / days).to_integral_value(ROUND_CEILING)
        return self._months_passed(end, lagging) * 100 / 12

    def _months_passed(self, end: Month, lagging: bool) -> Decimal:
        if self.way is Way.HALF_MONTH and not lagging:
            return end.month - Decimal("0.5")
        if self.way is Way.DAY_OF_MONTH:
            last = self._last_day(end, lagging)
            return end.month - 1 + Decimal(last.day) / calendar.monthrange(end.year, end.month)[1]
        return Decimal(end.month)

    def _last_day(self, end: Month, lagging: bool) -> date:
        """The cut-off where it lies in the period's last month, else that month's last day."""
        if self.cutoff is not None and not lagging and (self.cutoff.year, self.cutoff.month) == tuple(end):
            return self.cutoff
        return date(end.year, end.month, calendar.monthrange(end.year, end.month)[1])

    def formula(self, period: Period, *, lagging: bool = False) -> str:
        """How the share comes about, for the provenance: 9/12, 7.5/12, 第227天 ÷ 365天，进位到整数."""
        end = _end(period)
        if end is None:
            return ""
        if self.way is Way.WINDOW:
            return f"{self.start}月起{self.months}个月内均匀完成"
        if self.way is Way.DAY:
            last = self._last_day(end, lagging)
            days = 366 if calendar.isleap(end.year) else 365
            return f"第{last.timetuple().tm_yday}天 ÷ {days}天，百分数进位到整数"
        if self.way is Way.DAY_OF_MONTH and self._last_day(end, lagging).day < _days(end):
            return f"（{end.month - 1} + {self._last_day(end, lagging).day}/{_days(end)}）/12"
        return f"{self._months_passed(end, lagging).normalize():f}/12"

    @property
    def name_zh(self) -> str:
        """For a note: 序时进度按…计."""
        return {
            Way.MONTH: "“月份数÷12”",
            Way.HALF_MONTH: "“（月份数−0.5）÷12”（末月按半月）",
            Way.DAY: "“已过天数÷全年天数”（百分数进位到整数）",
            Way.DAY_OF_MONTH: "“（整月数＋截止日÷当月天数）÷12”",
            Way.WINDOW: f"“{self.start}月起{self.months}个月内均匀完成”",
        }[self.way]

    @property
    def short_zh(self) -> str:
        """For a sentence, where the way is not the usual one; empty when it is."""
        if self.usual:
            return ""
        name = {
            Way.MONTH: "",
            Way.HALF_MONTH: "末月按半月计",
            Way.DAY: "按天数计",
            Way.DAY_OF_MONTH: "按截止日计",
            Way.WINDOW: f"{self.start}月起{self.months}个月",
        }[self.way]
        return "，".join(filter(None, (name, "完成率先舍入" if self.places is not None else "")))

    def applies(self, period: Period) -> Schedule:
        """The same, or the usual way where the cut-off is a month's end and the two say the same."""
        end = _end(period)
        if end is not None and self.way is Way.DAY_OF_MONTH and self._last_day(end, False).day == _days(end):
            return replace(self, way=Way.MONTH, cutoff=None)
        return self


USUAL = Schedule()


def _end(period: Period) -> Month | None:
    """The last month of a cumulative period that begins in January of one year."""
    if period.end is None or period.start is None or period.basis is not Basis.YTD:
        return None
    return period.end if period.start.year == period.end.year else None


def _days(end: Month) -> int:
    return calendar.monthrange(end.year, end.month)[1]


@lru_cache(maxsize=64)
def parse_schedule(text: str, where: str = "") -> Schedule:
    """The way a parameter asks for; ParameterError with the known ways when it is none. Empty text is the usual way."""
    words = [word for word in re.split(r"[\s+，,]+", text.strip().replace("：", ":")) if word]
    result = USUAL
    for word in words:
        name, *arguments = word.split(":")
        if name in _ROUNDED:
            result = replace(result, places=_integer(arguments[0], 0, 4, text, where) if arguments else 1)
        elif name in _SPELLINGS:
            result = _way(_SPELLINGS[name], arguments, result, text, where)
        else:
            raise _refused(text, where, did_you_mean(name, [*_SPELLINGS, *_ROUNDED]))
    return result


def _way(way: Way, arguments: list[str], before: Schedule, text: str, where: str) -> Schedule:
    allowed = {Way.DAY: (0, 1), Way.DAY_OF_MONTH: (1,), Way.WINDOW: (2,)}.get(way, (0,))
    if len(arguments) not in allowed:
        raise _refused(text, where, f"{way.value} 后面的内容不对")
    if way is Way.WINDOW:
        start, months = _integer(arguments[0], 1, 12, text, where), _integer(arguments[1], 1, 12, text, where)
        if start + months > 13:
            raise _refused(text, where, "窗口超出了年末，年度目标须在当年完成")
        return replace(before, way=way, start=start, months=months)
    if not arguments:
        return replace(before, way=way)
    try:
        return replace(before, way=way, cutoff=date.fromisoformat(arguments[0]))
    except ValueError as error:
        raise _refused(text, where, f"{arguments[0]} 不是 2025-08-15 这样的日期") from error


def _integer(word: str, low: int, high: int, text: str, where: str) -> int:
    if not (word.isdecimal() and low <= int(word) <= high):
        raise _refused(text, where, f"{word} 应为 {low} 至 {high} 的整数")
    return int(word)


def _refused(text: str, where: str, cause: str) -> ParameterError:
    return ParameterError(
        f"不认识的序时进度算法“{text}”",
        where=where or "参数 progress",
        expected=EXPECTED,
        found=text,
        cause=cause,
        remedy="改用上列写法，如 half_month、day:2025-08-15、window:3:8、month rounded",
    )
