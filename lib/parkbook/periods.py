"""Reporting periods: what span of months a figure speaks of, and how.

The key of a period is (start, end, basis). 上半年, 1-6月 and H1 are one key: 01..06, ytd; 前三季度 and Q1-Q3 are
01..09, ytd; 三季度 is 07..09, period; 9月 is 09..09, month; 截至9月底 is 09..09, point. `time_period` (2025, 2022-S1,
2023-Q3, 2023-09, 2023-M1-9, 2023-09-30) is only its display form, and parses back to the same key.

A report may state no year or a masked month: then start and end stay empty, and the period is shown as
报告期未载明 and never compared or put into a trend.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from parkbook.errors import PeriodError


class Basis(StrEnum):
    MONTH = "month"
    YTD = "ytd"
    PERIOD = "period"
    POINT = "point"


class PeriodStatus(StrEnum):
    STATED = "stated"
    INFERRED = "inferred"
    MASKED = "masked"
    UNKNOWN = "unknown"


class Month(NamedTuple):
    """A calendar month; compares in time order."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> Month:
        year, month = text.split("-")
        return cls(int(year), int(month))

    def shift(self, months: int) -> Month:
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)


UNSTATED_ZH = "报告期未载明"


@dataclass(frozen=True, slots=True)
class Period:
    """Start and end month, both inclusive, and the basis; both months are None when the period is not known."""

    start: Month | None
    end: Month | None
    basis: Basis | None
    status: PeriodStatus = PeriodStatus.STATED
    text: str = ""

    @property
    def key(self) -> tuple[Month | None, Month | None, Basis | None]:
        """What two figures must share to be of one period."""
        return (self.start, self.end, self.basis)

    @property
    def known(self) -> bool:
        return self.start is not None and self.end is not None

    @property
    def kind(self) -> str:
        """The part of the key that figures of different years may share: months and basis, without the year."""
        if self.start is None or self.end is None:
            return "unknown"
        return f"{self.start.month:02d}-{self.end.month:02d}-{self.basis}"

    @property
    def time_period(self) -> str:
        if self.start is None or self.end is None:
            return ""
        year, first, last = self.end.year, self.start.month, self.end.month
        if self.basis is Basis.POINT:
            return f"{year:04d}-{last:02d}-{calendar.monthrange(year, last)[1]}"
        if self.basis is Basis.MONTH:
            return str(self.end)
        if self.start.year != year:
            return f"{self.start}..{self.end}"
        return f"{year:04d}" + _SPAN_CODES.get((first, last), f"-M{first}-{last}")

    @property
    def label_zh(self) -> str:
        """2022年上半年, 2023年1—9月, 2017年5月, 2023年9月末."""
        if self.start is None or self.end is None:
            return UNSTATED_ZH
        year, first, last = self.end.year, self.start.month, self.end.month
        if self.basis is Basis.POINT:
            return f"{year}年末" if last == 12 else f"{year}年{last}月末"
        if self.basis is Basis.MONTH:
            return f"{year}年{last}月"
        if self.start.year != year:
            return f"{self.start.year}年{first}月至{year}年{last}月"
        return f"{year}年" + _SPAN_ZH.get((first, last), f"{last}月" if first == last else f"{first}—{last}月")

    def shift_years(self, years: int) -> Period:
        """The same months of another year."""
        if self.start is None or self.end is None:
            return self
        return Period(
            self.start.shift(12 * years), self.end.shift(12 * years), self.basis, PeriodStatus.INFERRED, self.text
        )

    def __str__(self) -> str:
        return self.time_period or UNSTATED_ZH


_SPAN_CODES = {(1, 12): "", (1, 6): "-S1", (7, 12): "-S2", (1, 3): "-Q1", (4, 6): "-Q2", (7, 9): "-Q3", (10, 12): "-Q4"}
_SPAN_ZH = {
    (1, 12): "",
    (1, 6): "上半年",
    (7, 12): "下半年",
    (1, 3): "一季度",
    (4, 6): "二季度",
    (7, 9): "三季度",
    (10, 12): "四季度",
}


def unknown_period(text: str = "", *, masked: bool = False) -> Period:
    """A period that the source does not state, or hides."""
    return Period(None, None, None, PeriodStatus.MASKED if masked else PeriodStatus.UNKNOWN, text)


def year_period(year: int) -> Period:
    return Period(Month(year, 1), Month(year, 12), Basis.YTD)


def month_period(year: int, month: int) -> Period:
    return Period(Month(year, month), Month(year, month), Basis.MONTH)


def ytd_period(year: int, last_month: int) -> Period:
    return Period(Month(year, 1), Month(year, last_month), Basis.YTD)


def point_period(year: int, month: int) -> Period:
    return Period(Month(year, month), Month(year, month), Basis.POINT)


def span_period(year: int, first: int, last: int) -> Period:
    """Months first..last: cumulative when they begin in January, a single month, or a period of its own."""
    if not 1 <= first <= last <= 12:
        raise PeriodError(
            "月份范围不成立",
            expected="1 至 12 月，起始不晚于结束",
            found=f"{first}-{last}月",
            remedy="核对报告期的写法，例如 1-9月",
        )
    if first == last:
        return month_period(year, first)
    return Period(Month(year, first), Month(year, last), Basis.YTD if first == 1 else Basis.PERIOD)


_CN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_CN_MONTHS = {"十二": 12, "十一": 11, "十": 10} | {c: i for c, i in _CN_DIGITS.items() if 1 <= i <= 9}
_MASKS = "*×xX○某＊"
_VAGUE = re.compile(r"近年来|今年以来|近年|目前|一直以来|截至目前")

_YEAR = r"(?P<year>\d{4})"
_DASH = r"[-—–~～至到]"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern + r"\Z"), kind)
    for pattern, kind in (
        (_YEAR + r"(?:年度?|年?全年)?", "year"),
        (_YEAR + r"-?[Mm]0?1-[Mm]?0?1", "january"),
        (_YEAR + r"[-年]?(?:M|m)(?P<first>\d{1,2})" + _DASH + r"(?:M|m)?(?P<last>\d{1,2})月?", "span"),
        (_YEAR + r"(?:-?[Hh]1|-?[Ss]1|年?上半年)", "h1"),
        (_YEAR + r"(?:-?[Hh]2|-?[Ss]2|年?下半年)", "h2"),
        (_YEAR + r"-?[Qq]1" + _DASH + r"[Qq]?(?P<lastq>[234])", "ytdq"),
        (_YEAR + r"年?前(?P<lastq>[234]|二|两|三|四)(?:个)?季度", "ytdq"),
        (_YEAR + r"-?[Qq](?P<quarter>[1-4])", "quarter"),
        (_YEAR + r"年?第?(?P<quarter>[1-4]|一|二|三|四)季度", "quarter"),
        (_YEAR + r"年?(?P<first>\d{1,2})月?" + _DASH + r"(?P<last>\d{1,2})月份?", "span"),
        (_YEAR + r"-(?P<month>\d{1,2})-(?P<day>\d{1,2})", "day"),
        (r"(?:截至|截止)?" + _YEAR + r"年?(?P<month>\d{1,2})月?(?:底|末)", "point"),
        (r"(?:截至|截止)?" + _YEAR + r"年(?:底|末)", "year_end"),
        (_YEAR + r"-(?P<month>\d{1,2})", "month"),
        (_YEAR + r"(?:年|[Mm])(?P<month>\d{1,2})月?份?(?:当月|单月)?", "month"),
    )
)
_RELATIVE = re.compile(
    r"(?:截至|截止)?(?P<rest>全年|上半年|下半年|前[二两三四234]个?季度|第?[一二三四1-4]季度|\d{1,2}月?"
    + _DASH
    + r"\d{1,2}月份?|M\d{1,2}"
    + _DASH
    + r"M?\d{1,2}|[Qq][1-4](?:"
    + _DASH
    + r"[Qq]?[2-4])?|[Hh][12]|"
    r"\d{1,2}月(?:份|底|末)?(?:当月|单月)?|年[底末])\Z"
)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _CN_DIGITS[text]


def _first_months(found: re.Match[str]) -> str:
    """前6个月 as 1-6月; 前1个月 is January."""
    last = int(found[1]) if found[1].isdecimal() else _CN_MONTHS.get(found[1], 2)
    return f"1-{last}月"


def _normalise(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    plain = re.sub(r"前(\d{1,2}|十[一二]?|[一二三四五六七八九两])个月", _first_months, plain)
    plain = re.sub(r"(十[一二]?|[一二三四五六七八九])月", lambda m: f"{_CN_MONTHS[m[1]]}月", plain)
    return re.sub(r"[〇零一二三四五六七八九]{4}(?=年)", lambda m: "".join(str(_CN_DIGITS[c]) for c in m[0]), plain)


def parse_period(text: str, default_year: int | None = None) -> Period:
    """Read a period as offices write it: 全年, 上半年, 1-9月, 截至9月底, 2018M1-10, 2020Q1-Q3, 2017-05.

    `default_year` completes words without a year (the result is then `inferred`); without it they give an unknown
    period, as do 近年来 and masked months. Words that are no period at all raise PeriodError.
    """
    result = _parse(text, default_year)
    return Period(result.start, result.end, result.basis, result.status, text)


@lru_cache(maxsize=4096)
def _parse(text: str, default_year: int | None) -> Period:
    plain = _normalise(text)
    if not plain or _VAGUE.search(plain):
        return unknown_period(text)
    if any(c in _MASKS for c in plain):
        return unknown_period(text, masked=True)
    absolute = _match(plain)
    if absolute is not None:
        return absolute
    relative = _RELATIVE.match(plain)
    if relative is None:
        raise PeriodError(
            "无法识别的报告期",
            found=text,
            expected="如 2025、2022年上半年、2023年1-9月、2023-09、截至2023年9月底",
            remedy="按上列写法改写报告期",
        )
    if default_year is None:
        return unknown_period(text)
    rest = relative["rest"]
    pointed = plain.startswith(("截至", "截止")) or rest.endswith(("底", "末"))
    found = _match(f"{default_year}年{rest}") or _match(f"{default_year}{rest}")
    if found is None:  # 截至9月 without 底
        raise PeriodError("无法识别的报告期", found=text, remedy="补全年份，例如 2023年9月末")
    if pointed and found.basis is Basis.MONTH and found.end is not None:
        found = point_period(found.end.year, found.end.month)
    return Period(found.start, found.end, found.basis, PeriodStatus.INFERRED, text)


def _match(plain: str) -> Period | None:
    for pattern, kind in _PATTERNS:
        found = pattern.match(plain)
        if found:
            return _build(kind, found)
    return None


def _build(kind: str, found: re.Match[str]) -> Period:
    group = found.groupdict()
    year = int(group["year"])
    if kind == "year":
        return year_period(year)
    if kind == "january":
        return ytd_period(year, 1)
    if kind == "h1":
        return ytd_period(year, 6)
    if kind == "h2":
        return span_period(year, 7, 12)
    if kind == "ytdq":
        return ytd_period(year, 3 * _number(group["lastq"]))
    if kind == "quarter":
        quarter = _number(group["quarter"])
        return span_period(year, 3 * quarter - 2, 3 * quarter)
    if kind == "span":
        return span_period(year, int(group["first"]), int(group["last"]))
    month = 12 if kind == "year_end" else int(group["month"])
    if not 1 <= month <= 12:
        raise PeriodError("月份不成立", found=found.group(), expected="1 至 12 月")
    if kind in ("point", "year_end", "day"):
        return point_period(year, month)
    return month_period(year, month)
