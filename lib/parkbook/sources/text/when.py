"""Reporting periods of a report: from its clause to its sentence, its paragraph, its section, the whole document.

"2023年工作总结 … 上半年完成…"   2023-S1, inferred       "*-*月"    masked
"目前", "近年来"                 unknown                 "比2019年"  the base of a comparison, no period of a figure
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.errors import PeriodError
from parkbook.periods import Basis, Month, Period, PeriodStatus, parse_period, point_period, unknown_period
from parkbook.sources.text.lex import Kind, Token

_BASE_BEFORE = re.compile(r"(?:比|较|同|与|相比|和|高于|低于|快于|好于|超|超过|恢复[至到]?|相当于)\Z")
_BASE_SIGNS = frozenset("比较同与和于超过至到复")
_BASE_WORDS = re.compile(r"(?:上年|去年)(?:同期|度)?\Z|上月\Z|同期\Z")
_MASKED_MONTHS = re.compile(r"[*xX×○]{1,2}月?(?:-|—|–|~|至|到)[*xX×○]{1,2}月")
_SHIFTS = {"今年": 0, "本年": 0, "当年": 0, "本年度": 0, "去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1}
_SHIFTED = re.compile(r"(?P<word>今年|本年度|本年|当年|去年|上年度|上年|前年|明年)(?P<rest>.*)")
_YEARS = re.compile(r"(?P<first>\d{4})年?(?:-|—|–|~|至|到|、)(?P<last>\d{4})年")
_TO_MONTH = re.compile(r"前(\d{1,2})个?月")
_VAGUE = frozenset(
    {"目前", "当前", "截至目前", "截止目前", "近年来", "近年", "当月", "本月", "单月", "上月", "次年", "头一年", "同年"}
)


def is_base(plain: str, token: Token) -> bool:
    """Whether a period is what a figure is compared with (比2019年, 上年同期), not what it speaks of."""
    words = plain[token.start : token.end]
    before = plain[max(0, token.start - 3) : token.start]
    if before[-1:] in _BASE_SIGNS and _BASE_BEFORE.search(before):
        return True
    if words.endswith("同期"):
        return True
    return _BASE_WORDS.search(words) is not None and plain[token.end : token.end + 1] in ("相", "的") and "由" in before


def year_before(period: Period) -> Period:
    """The same span a year ago (去年同期为13亿元)."""
    start, end = (month and Month(month.year - 1, month.month) for month in (period.start, period.end))
    return Period(start, end, period.basis, period.status, period.text)


def is_origin(plain: str, token: Token) -> bool:
    """Whether a year is what something came from: 由2022年的3.8%提高到4.2% has one figure of 2022."""
    return plain[token.start - 1 : token.start] in ("由", "从") and plain[token.end : token.end + 1] in (
        "的",
        "末",
        "底",
    )


def has_masked_months(plain: str) -> bool:
    """A report that hides its months does not say what span it covers."""
    return _MASKED_MONTHS.search(plain) is not None


_MONTHS = {
    word: number
    for number, word in enumerate(["二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 2)
} | {"两": 2}
_SPELT_MONTHS = re.compile(r"前(十[一二]?|[二两三四五六七八九])个?月")


@lru_cache(maxsize=8192)
def resolve(words: str, year: int | None) -> Period:
    """The period of words as they stand in a report whose year is `year` (None when it states none)."""
    plain = _SPELT_MONTHS.sub(lambda found: f"前{_MONTHS[found[1]]}个月", re.sub(r"\s", "", words))
    try:
        found = _resolve(plain, year)
    except (PeriodError, ValueError):
        found = unknown_period(words)
    return Period(found.start, found.end, found.basis, found.status, words)


def _resolve(plain: str, year: int | None) -> Period:
    pointed = plain.startswith(("截至", "截止"))
    plain = re.sub(r"^(?:截至|截止到?|[到至])", "", plain)
    if plain in _VAGUE or plain.endswith(("以来", "以前", "之前")):
        return unknown_period(plain)
    shifted = _SHIFTED.fullmatch(plain)
    if shifted is not None:
        if year is None:
            return unknown_period(plain)
        year += _SHIFTS[shifted["word"]]
        found = _dated(shifted["rest"].replace("同期", "") or "全年", year)
        return Period(found.start, found.end, found.basis, PeriodStatus.INFERRED, plain)
    years = _YEARS.match(plain)
    if years is not None:
        return Period(Month(int(years["first"]), 1), Month(int(years["last"]), 12), Basis.PERIOD)
    found = _dated(plain, year)
    if pointed and found.basis in (Basis.MONTH, Basis.YTD) and found.end is not None:
        return Period(found.end, found.end, Basis.POINT, found.status)
    return found


_MONTHS = {word: number for number, word in enumerate("一二三四五六七八九", start=1)} | {"十": 10, "十一": 11}
_QUARTER_END = re.compile(r"([一二三四])季度末")
_CHINESE_SPAN = re.compile(r"(?<![前第])([一二三四五六七八九]|十一?)(至|到|-)(?=[一二三四五六七八九十]{1,2}月)")


def _dated(plain: str, year: int | None) -> Period:
    """Words without 今年 and 去年, in the spelling that `parse_period` knows."""
    plain = _CHINESE_SPAN.sub(lambda m: f"{_MONTHS[m[1]]}{m[2]}", plain)
    plain = plain.replace("元至", "1至").replace("元月", "1月").replace("月中旬", "月").replace("年度", "年")
    plain = re.sub(r"首季度?", "一季度", plain)
    plain = re.sub(r"^半年", "上半年", plain)
    plain = re.sub(r"(?<=[\d月])、(?=\d)", "-", plain)
    plain = re.sub(r"(?:当月|单月)$", "", plain)
    plain = _TO_MONTH.sub(lambda m: "1月" if m[1] == "1" else f"1-{m[1]}月", plain)
    plain = _QUARTER_END.sub(lambda m: f"{_MONTHS[m[1]] * 3}月底", plain)
    start_of_year = re.fullmatch(r"(\d{4})?年初", plain)
    if start_of_year is not None:
        stated = int(start_of_year[1]) if start_of_year[1] else year
        return point_period(stated - 1, 12) if stated else unknown_period(plain)
    return parse_period(plain, year)


_CAME_TO_BE = re.compile(
    r"年?(?:\d{1,2}月)?(?:正式)?(?:(?:成立|创立|创办|建园|建校|建院|始建)|(?:组建|设立|开园|建成|投用|启动|运营|运行|挂牌|获批|开业|投产|实施)以来)"
)
_CAME_TO_BE_IN = re.compile(
    r"(?:成立|创建|始建|创立|创办|建成|注册|落户|组建|设立|诞生|起步|投产|投用|[筹新]?建)(?:于|时间为?|日期为?)\Z"
)


def is_event(plain: str, start: int, end: int) -> bool:
    """Whether a date is when something came to be or since when it is: no period of a figure."""
    if _CAME_TO_BE.match(plain, end) is not None:
        return True
    return (
        plain[start - 1 : start] in ("于", "为", "间", "期")
        and _CAME_TO_BE_IN.search(plain[max(0, start - 6) : start]) is not None
    )


_TITLE_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?:年|(?=[一-龥|丨]))")


def document_year(plain: str, tokens: list[Token]) -> int | None:
    """The year that completes 上半年 and 9月: of the title or the first words, else the first year of the text."""
    for head in _TITLE_YEAR.finditer(plain, 0, 60):
        if not is_event(plain, head.start(), head.end()):
            return int(head[1])
    for token in tokens:
        if token.kind is not Kind.PERIOD or token.rule != "报告期" or is_base(plain, token):
            continue
        if not is_event(plain, token.start, token.end):
            found = re.match(r"(?:截至|截止到?|到|至)?((?:19|20)\d\d)年", plain[token.start : token.end])
            if found is not None:
                return int(found[1])
    return None
