"""The year of a document: what completes 上半年 and 9月, and where it is said.

2024年工作总结                         2024: the title
9月工作情况 … （2023年10月8日）         2023: the date it is signed with
占地2010亩 … 2022年完成投资             2022: the first year told; 2010亩 is none
"""

from __future__ import annotations

import re

from parkbook.sources.text.lex import Kind, Token, tokenise
from parkbook.sources.text.patterns import YEAR_AS_NAME
from parkbook.sources.text.when import is_base, is_event, is_origin, is_spoken

_CODED = r"(?=[QqHh][1-4](?![A-Za-z\d])|\.\d{1,2}[-—–~至]\d{1,2}(?![\d.])|/\d\d(?![\d/]))"
_TITLE_YEAR = re.compile(rf"(?<![\d.])((?:19|20)\d\d)(?:年|(?=[一-龥丨])|{_CODED})")
_STATED_YEAR = re.compile(r"(?:截至|截止到?|到|至)?((?:19|20)\d\d)(?:年|(?=[QqHh./-]))")
_NUMBERED_YEAR = re.compile(r"[〔\[(]((?:19|20)\d\d)[〕\])](?:第?\d+号)?")
_SIGNED = re.compile(
    r"^[^\S\n]*[(]?(?P<year>(?:19|20)\d\d|[二〇零○一九]{2}[〇零○一二三四五六七八九]{2})[年./-]"
    r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])(?:月(?:[^\n月]{1,3}日)?|[./-]\d{1,2}日?)[)]?(?:印发|,[^\n。]{2,8}[)])?[^\S\n]*$",
    re.MULTILINE,
)
_NAMED_BY_YEAR = "冠以年份的名称"


def name_by_years(plain: str, tokens: list[Token]) -> None:
    """推介2022年科技城 … 《2022年科技城方案》: where a year stands for the name of a place, it does so all over the text."""
    named = [token for token in tokens if token.rule == _NAMED_BY_YEAR]
    if not named:
        return
    names = {plain[token.start : token.end + 3] for token in named}
    for token in tokens:
        if token.kind is Kind.PERIOD and plain[token.start : token.end + 3] in names:
            token.kind, token.rule = Kind.NAME, _NAMED_BY_YEAR


_TITLE_MONTHS = re.compile(
    r"(?P<month>\d{1,2})月(?!\d)|(?P<quarter>[一二三四])季度|(?P<half>上半年|下半年)|(?P<year>全年|年度|总结)"
)
_AIMED = re.compile(
    r"[,，]?[^,，。;；\n\d]{0,14}?(?:力争|(?<!年度)计划(?!的)|目标[是为]|确保|将|(?<![主需重首])要(?![求素点])|争取|打算|预算)"
)
_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


def document_year(plain: str, tokens: list[Token]) -> int | None:
    """The year that completes 上半年 and 9月.

    It is that of the title or the first words; else of the date that the text is signed with or numbered by; else the
    first year that the text speaks of, but for when something came to be and what is aimed at.
    """
    signed = _signed_year(plain)
    if signed is not None and is_spoken(plain[: plain.find("\n")]):
        return signed
    for head in _TITLE_YEAR.finditer(plain, 0, 60):
        start, end = head.span()
        beside = plain[start - 1 : start] in ("比", "较", "同", "与", "从", "由") or _SIGNED.match(
            plain, plain.rfind("\n", 0, start) + 1
        )
        said = plain[end - 1] == "年" or plain[end] < "一" or _is_bare_year(plain, start, end)
        if (
            said
            and not beside
            and not is_event(plain, start, end)
            and not _is_aim(plain, start, end)
            and not is_named_by(plain, start)
            and not _SINCE_THEN.match(plain, end)
        ):
            return int(head[1])
    return signed or _first_year(plain, tokens)


_SINCE_THEN = re.compile(r"(?:\d{1,2}月)?(?:以来|至今|以前|之前|起)")
_HOUSE = re.compile(r"[万亿千百余多来几号弄室幢楼层座栋单路线街巷房股]|个|年级")
_SPEAKS = re.compile(r"[^\n]*。")


def _is_bare_year(plain: str, start: int, end: int) -> bool:
    """2024招商工作总结: a year without 年 stands in a title; 占地2010亩 and 建设路2018号 are none."""
    if _HOUSE.match(plain, end) is not None or any(token.is_figure for token in tokenise(plain[start : end + 6])[:1]):
        return False
    begin = plain.rfind("\n", 0, start) + 1
    return not plain[begin:start].strip() or _SPEAKS.match(plain, begin) is None


_AS_NAME = re.compile(YEAR_AS_NAME)


def is_named_by(plain: str, start: int) -> bool:
    """推介2022年科技城: a year that stands for the name of a place."""
    return _AS_NAME.match(plain, start) is not None


def said_at(plain: str, year: int | None) -> int:
    """Where the document's year is said first; 0 where it is not (a signature in Chinese numerals)."""
    number = str(year)
    place = plain.find(number)
    while place >= 0:
        end = place + 4
        if plain[place - 1 : place].isdigit() or plain[end : end + 1].isdigit():
            pass
        elif (
            plain[end : end + 1] == "年"
            or not ("一" <= plain[end : end + 1] <= "龥")
            or _is_bare_year(plain, place, end)
        ):
            return place
        place = plain.find(number, end)
    return 0


def _is_aim(plain: str, start: int, end: int) -> bool:
    """到2027年, and 2025年力争 in a sentence: a year ahead; the title of a plan is of its year."""
    if plain[start - 1 : start] in ("到", "至") and plain[start - 2 : start - 1] not in ("截", "止"):
        return True
    stop = plain.find("\n", end)
    return _AIMED.match(plain, end) is not None and "。" in plain[start : stop if stop >= 0 else len(plain)]


def _signed_year(plain: str) -> int | None:
    """The year of a line that only holds a date, at the end or below the title; a title of later months is of the year before."""
    lines = [found for found in _SIGNED.finditer(plain) if found.end() > len(plain) - 400 or found.start() < 200]
    if not lines:
        numbered = _NUMBERED_YEAR.search(plain, 0, 200)
        return int(numbered[1]) if numbered is not None else None
    signed = lines[-1]
    year = int("".join(_DIGITS.get(sign, sign) for sign in signed["year"]))
    written = signed["month"]
    month = (
        int(written) if written.isdigit() else {"十": 10, "十一": 11, "十二": 12}.get(written) or int(_DIGITS[written])
    )
    title = plain[: plain.find("\n") if "\n" in plain else 0]
    last = _last_title_month(title)
    return year - 1 if last > month or (not last and month < 4 and _looks_back(plain, signed.end(), year)) else year


def _looks_back(plain: str, start: int, year: int) -> bool:
    """（2023年1月） above a text whose first year is 2022年: it tells of the year before, but where a speaker counts from it."""
    if "去年" in plain or "今年" in plain:
        return False
    told = _STATED_SPAN.search(plain, start, start + 400)
    return told is not None and int(told[1]) == year - 1


def _last_title_month(title: str) -> int:
    """The last month that a title without a year speaks of."""
    last = 0
    for found in _TITLE_MONTHS.finditer(title):
        if found["month"]:
            last = max(last, int(found["month"]))
        elif found["quarter"]:
            last = max(last, "一二三四".index(found["quarter"]) * 3 + 3)
        else:
            last = max(last, 6 if found["half"] == "上半年" else 12 if found["half"] or found["year"] != "总结" else 3)
    return last


def _first_year(plain: str, tokens: list[Token]) -> int | None:
    """The first year told; the year before the one aimed at, where no other is."""
    aimed: int | None = None
    dated: int | None = None
    for token in tokens:
        if token.kind is not Kind.PERIOD or is_base(plain, token) or is_event(plain, token.start, token.end):
            continue
        found = _STATED_YEAR.match(plain, token.start, token.end)
        if found is None or plain.startswith(("以来", "以前", "之前", "至今"), token.end - 2):
            continue
        if _SINCE_THEN.match(plain, token.end):
            continue
        if token.rule == "日期":
            dated = dated or int(found[1])
        elif found[0].startswith(("到", "至")):
            continue
        elif _AIMED.match(plain, token.end):
            aimed = aimed or int(found[1])
        elif not is_origin(plain, token):
            return int(found[1])
    return dated or (aimed - 1 if aimed is not None else None)


_STATED_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?=[,，]|度|全年|以来|工作)")


_MONTHLY = re.compile(r"月报|快报|简报|运行|月度")


def is_date_line(line: str, title: str) -> bool:
    """（2024年8月） below a title: when it was written, but in a monthly report."""
    found = _SIGNED.match(line)
    if found is None:
        return False
    return "日" in line or _MONTHLY.search(title) is None or _TITLE_MONTHS.search(title) is not None
