"""The reporting period somewhere in the words of a title, a sheet name or a file name. Nothing is guessed.

    园区2025年1—9月月报, 2025年月报（1-9月）     2025, 01..09
    2025.6主要指标, 202506主要指标             June
    2025年*月, 2025年1-**月                  masked
    2025年   月, 2025年__月                   a form whose month was not filled in: unknown
    2025年13月, 2025年6-1月, 2024-2025年       refused
The longest words from a year on that are a period count only when what follows them does not go on with the date: of
2025年13月 neither 2025年1 nor 2025年 is the period.
"""

from __future__ import annotations

import re
import unicodedata

from parkbook.errors import NoPeriodError, PeriodError
from parkbook.periods import Period, parse_period, unknown_period
from parkbook.sources.marks import is_mark

_YEAR = re.compile(r"(?:截至|截止)?(?:(?<!\d)(?:19|20)\d{2}(?!\d{3})|[〇○零一二三四五六七八九]{4}(?=年))")
_PART = re.compile(
    r"全年|上半年|下半年|前[二两三四234]个?季度|前[\d一二三四五六七八九十]{1,2}个月|第?[一二三四1-4]季度"
    r"|(?<![\d.])\d{1,2}月?[-—–~～至到]\d{1,2}月份?|(?<![\d.])\d{1,2}月(?:份|底|末)?"
)
_LONGEST = 20
_DASH = "[-—–~～至到]"
_MASK = "[*×xX○□某]"
_MONTHS = rf"(?:\d{{1,2}}月?{_DASH})?(?:\d?{_MASK}+|{_MASK}+\d|{_MASK}+{_DASH}[\d*×xX○□]+)"
_MASKED = re.compile(
    rf"(?:19|20)\d\d[-./年]?度?{_MONTHS}(?:月|季度)|(?:19|20)\d\d[-./](?:[*×○□]+|[xX]+(?![A-Za-z一-龥]))"
    rf"|(?<![A-Za-z\d]){_MONTHS}(?:月(?!报|度|均)|季度)|(?:19|20)\d?[*×xX○□]{{1,2}}年"
)
_BLANK = re.compile(
    rf"年度?\s*(?:\d{{1,2}}月?{_DASH})?(?:_+月|\s*月(?!报|度|均|计|[^月]*\d月))|年度?\s{{2,}}月(?![^月]*\d月)"
    r"|[(（][\s_]+月份?[)）]|年[(（][\s_]*[)）]月"
)
_YEARS = re.compile(rf"(?<!\d)(?:19|20)\d{{2}}年?{_DASH}(?:(?:19|20)\d{{2}}(?!\d)年?|\d{{2}}年)(?!\d{{1,2}}月)")
_COUNTERS = "%个家户项名强号亿万元人次条批大类种期位届"
_GOES_ON = re.compile(
    rf"(?<=\d)\d|[./]\d|[-—–~～至到、./及和与]?\d{{1,2}}月?(?:[-—–~～至到、]\d{{1,2}}月?)*(?<=月)"
    rf"|{_DASH}(?:19|20)\d{{2}}|[、及和与](?:第?[一二三四1-4]季度|[上下]半年)"
    rf"|(?:(?<=年)\d{{1,2}}(?!{_DASH}\d)|(?:\d{{1,2}})?{_DASH}\d{{1,2}})(?![\d.,{_COUNTERS}])"
    rf"|\d{{1,2}}日{_DASH}(?:\d{{1,2}}月|(?:19|20)\d{{2}})"
)
"""What shows that the words before it are not all of the date."""
_COUNTED = re.compile(rf"[\d.,{_COUNTERS}]|{_DASH}\d|(?<=年\d)[一-龥]|(?<=年\d\d)[一-龥]")
"""What shows that digits without 月 are no month: 2025年12家企业."""
_DOTTED = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:[./_](0?[1-9]|1[0-2])|(0[1-9]|1[0-2]))(?![\d亿万元%家])(?![./]\d)月?")
_DOTTED_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[./](\d{1,2})[./](\d{1,2})(?!\d)")
_QUARTERS = re.compile(rf"第?([1-4一二三四]){_DASH}第?([1-4一二三四])季度")
_LIST = re.compile(r"(?<!\d)\d{1,2}月?(?:、\d{1,2}月?)+(?<=月)")


def find_period(text: str, year: int | None = None) -> Period:
    """The period somewhere in the words, which may be masked or not filled in; `year` completes months without one.

    PeriodError when there is none, or when what is written is no period (2025年13月, 2024-2025年).
    """
    spaced = unicodedata.normalize("NFKC", "".join(sign for sign in text if not is_mark(sign)))
    hidden = _hidden_month(spaced, text)
    if hidden is not None:
        return hidden
    plain, years = _YEARS.subn("；", _as_usual(re.sub(r"\s", "", spaced)))
    dated = [period for start in _YEAR.finditer(plain) for period in _from(plain, start, text)]
    partial = next((period for period in dated if names_months(period)), None)
    if partial is not None:
        return partial
    whole = dated[0] if dated else None
    part = _part(plain, whole.end.year if whole is not None and whole.end is not None else year, text) or whole
    if part is None and years:
        raise _no_period(text)
    if part is None:
        raise NoPeriodError(
            "找不到报告期",
            found=text,
            expected="如 2025年9月、2025年1—9月",
            remedy="在表名中写明年月，或在版式中用 fixed 写明",
        )
    return part


def names_months(period: Period) -> bool:
    """Whether a period's words say months: 2024年1—12月 and 2024年底, but not 2024年, 2024年度 or 2024年全年."""
    return period.kind != "01-12-ytd" or re.search(r"月|季|半年|[MmQq]\d", period.text) is not None


def _hidden_month(spaced: str, text: str) -> Period | None:
    """The unknown period of words whose month is masked or was left blank."""
    if _MASKED.search(re.sub(r"\s", "", spaced)):
        return unknown_period(text, masked=True)
    return unknown_period(text) if _BLANK.search(spaced) else None


def _as_usual(plain: str) -> str:
    """2025.6, 2025/6 and 202506 written 2025年6月; 2025.6.30 written 2025-6-30; 1、2月 written 1-2月; 1-3季度 written 1-9月."""
    plain = _DOTTED.sub(lambda found: f"{found[1]}年{int(found[2] or found[3])}月", _DOTTED_DAY.sub(r"\1-\2-\3", plain))
    return _QUARTERS.sub(_months_of_quarters, _LIST.sub(_span_of_list, plain))


def _months_of_quarters(found: re.Match[str]) -> str:
    first, last = ("1234".find(sign) + "一二三四".find(sign) + 2 for sign in found.groups())
    return f"{3 * first - 2}-{3 * last}月"


def _span_of_list(found: re.Match[str]) -> str:
    """Months in a row as a span; others as they stand, which is no period."""
    months = [int(month) for month in re.findall(r"\d+", found[0])]
    in_a_row = months == list(range(months[0], months[-1] + 1))
    return f"{months[0]}-{months[-1]}月" if in_a_row else found[0]


def _from(plain: str, start: re.Match[str], text: str) -> list[Period]:
    """The period that begins with a year: the longest words that are one; empty for other numbers of four digits."""
    for end in range(min(len(plain), start.start() + _LONGEST), start.end() - 1, -1):
        words = plain[start.start() : end]
        if words[-1].isdecimal() and end > start.end() and _COUNTED.match(plain, end):
            continue
        period = _period_or_none(words)
        if period is not None:
            if _GOES_ON.match(plain, end):
                raise _no_period(text)
            return [period]
    return []


def _no_period(text: str) -> PeriodError:
    return PeriodError(
        "报告期的写法不成立或不止一个",
        found=text,
        expected="如 2025年9月、2025年1—9月",
        cause="月份不在 1 至 12 之间、起始晚于结束、跨年度或列举了几个时期",
        remedy="在表名中写明一个报告期，或在版式中用 fixed 写明",
    )


def _period_or_none(words: str, year: int | None = None) -> Period | None:
    try:
        period = parse_period(words, year)
    except PeriodError:
        return None
    return period if period.known else None


def _part(plain: str, year: int | None, text: str) -> Period | None:
    """The first words without a year that are a period, in the given year; PeriodError when they cannot be one."""
    if year is None:
        return None
    found = _PART.search(plain)
    if found is None:
        return None
    period = _period_or_none(found[0], year)
    if period is None or _GOES_ON.match(plain, found.end()):
        raise _no_period(text)
    return period
