"""Spaces and line ends inside words of time: a report with the spacing of a word processor is read without them.

2024 年 1 — 6 月      2024年1—6月        比 2019 年         比2019年
2024 年 6 月底        2024年6月底        由 2022 年的 3%    由2022年的3%

Where a text sets its numbers apart as a habit, the blanks around all of them are closed up: 居全市第 6 位, 培训班 9 期.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

_BLANKS = " \u3000\xa0\u2000-\u200a\u202f\u205f"
_S = f"[{_BLANKS}]*"
_D, _M, _C = "[0-9０-９]", "[0-9０-９*＊×○xX]", "[一二三四五六七八九十]"
_DASH = "[-－—–~～至到]"
_NO_SPAN = "(?![均度报台球饼薪租票])"
"""月均产值, 月度: no month in front of them."""
_MONTHS = (
    rf"(?:{_M}{{1,2}}|{_C}{{1,2}}){_S}(?:月?份?{_S}{_DASH}{{1,2}}{_S}(?:{_M}{{1,2}}|{_C}{{1,2}}){_S})?月{_NO_SPAN}"
)
_PART = rf"(?:{_MONTHS}|[上下]{_S}半年|第?{_S}[一二三四1-4]{_S}季度|前{_S}(?:{_D}{{1,2}}|{_C}){_S}个?{_S}[月季]|全年|[底末初])"
_SPELT_YEAR = "[〇零○一二三四五六七八九]{4}"
_RULES = tuple(
    (re.compile(rf"(?:{before})\Z"), re.compile(after))
    for before, after in (
        (rf"{_D}{{4}}|{_D}{{2}}[*＊×○xX]{{2}}|{_SPELT_YEAR}", rf"年(?!产{_S}{_D})"),
        (rf"(?<!{_D})[’'‘]?{_D}{{2}}", rf"年{_S}(?:{_PART})"),
        (rf"近{_S}{_D}{{1,2}}|[近这两三前]{_S}{_C}", "年"),
        (_D, "日(?![均元])|个?季度|个月"),
        (_M, f"月{_NO_SPAN}"),
        (f"(?:[年元至到—–~-]{_S}|\\A|[^一-龥]){_C}{{1,2}}", f"月{_NO_SPAN}"),
        ("[一二三四]", "季度(?!报)"),
        ("[上下]", "半年"),
        (
            f"(?:{_D}|{_SPELT_YEAR}){_S}年|[今去上本当明前]年",
            rf"{_PART}|以来|以前|之前|同期|至今|期间|[QH][1-4]",
        ),
        (rf"(?:{_M}|{_C}|元){_S}月", rf"[底末初]|份(?!额)|[上中下]旬|[当单]月|以来|{_D}{{1,2}}{_S}日"),
        (rf"(?:{_M}|{_C}){_S}月?", rf"{_DASH}{{1,2}}{_S}(?:{_M}{{1,2}}|{_C}{{1,2}}){_S}[月日]{_NO_SPAN}"),
        (rf"(?:{_M}|{_C}){_S}(?:月|日)?{_S}{_DASH}{{1,2}}", rf"(?:{_M}{{1,2}}|{_C}{{1,2}}){_S}[月日]{_NO_SPAN}"),
        (rf"{_D}{{4}}{_S}年?", rf"{_DASH}{{1,2}}{_S}(?:19|20|１９|２０){_D}{{2}}{_S}年"),
        (rf"{_D}{{4}}{_S}年?{_S}{_DASH}{{1,2}}", rf"(?:19|20|１９|２０){_D}{{2}}{_S}年"),
        ("[比较同与和于超至到由从截止在自为是近]", rf"(?:{_D}{{4}}|{_SPELT_YEAR}){_S}年|{_MONTHS}"),
        ("近", rf"{_D}{{1,2}}{_S}年"),
        ("前", rf"{_D}{{1,2}}{_S}个{_S}月|[二两三四]{_S}个?季度"),
        ("第", rf"[一二三四1-4]{_S}季度|{_D}{{1,3}}{_S}[位名]"),
        ("[年月末底期度]的", rf"{_D}"),
        ("[(（]", rf"{_D}{{4}}|{_MONTHS}|[今去上]年"),
        ("[年月度末底期]", "[)）]"),
        (f"{_C}五”?", "规划|期间|时期|末|收官|开局|以来|”"),
        ("“", f"{_C}{{1,2}}五"),
    )
)
"""What stands before and behind a space that is none."""
_LEFT = "0-9０-９*＊×○xX一二三四五六七八九十年月日上下度末底期五比较同与和于超至到由从截止在自为是近前第的(（“”—–~～－-"
_RIGHT = (
    "0-9０-９*＊×○xX〇零一二三四五六七八九十年月日季个上下第前全去今半底末初份以之同至到期当单中规时收开”)）—–~～－QH-"
)
_GAP = re.compile(
    rf"(?:[{_BLANKS}](?<=[{_LEFT}][{_BLANKS}])|\n(?<=[0-9０-９—–~～－-]\n))[{_BLANKS}]{{0,3}}(?=[{_RIGHT}])"
)
_WRAPPED = tuple(
    (re.compile(rf"(?:{before})\Z"), re.compile(after))
    for before, after in (
        (f"(?<!{_D})(?:19|20|１９|２０){_D}{{2}}", "年(?![均产])"),
        (f"(?:年|{_DASH}){_D}{{1,2}}", f"月{_NO_SPAN}"),
        (f"(?:年|月){_D}{{0,2}}[-－—–~～]{{1,2}}|年{_D}{{1,2}}月?[-－—–~～]{{1,2}}", f"{_D}{{1,2}}{_S}月{_NO_SPAN}"),
    )
)
"""The same of a line end: fewer, for a line may also begin with a number of its own."""
_WINDOW = 12


_BESIDE = re.compile(r"[ \xa0](?:(?<=[一-龥][ \xa0])(?=[0-9０-９])|(?<=[0-9０-９%％][ \xa0])(?=[一-龥]))")
"""A blank between a word and a number."""
_CLOSE = re.compile(r"[一-龥](?=[0-9０-９])|[0-9０-９%％](?=[一-龥])")
_LEADS = re.compile(r"\s*[0-9０-９]{1,2}[ \xa0]?\Z")
_SENTENCE = re.compile(r"[，。；,;]")
_HABIT = 4
"""So many blanks beside numbers, more than there are numbers without, are a habit."""


def gaps(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the blanks that are read as nothing, in order."""
    beside = _beside_numbers(text)
    if not beside:
        yield from _in_time(text)
    else:
        yield from sorted({span[0]: span for span in chain(beside, _in_time(text))}.values())


def _in_time(text: str) -> Iterator[tuple[int, int]]:
    """The blanks inside words of time."""
    for place in _GAP.finditer(text):
        start, end = place.span()
        rules = _WRAPPED if text[start] == "\n" else _RULES
        before = text[max(0, start - _WINDOW) : start]
        if any(first.search(before) and behind.match(text, end) for first, behind in rules):
            yield start, end


def _beside_numbers(text: str) -> list[tuple[int, int]]:
    """The blanks between words and numbers, where they are a habit; not behind the number of an item (1 园区概况), nor in
    lines that are no sentences."""
    blanks = [found.span() for found in _BESIDE.finditer(text)]
    if len(blanks) < _HABIT or len(blanks) < len(_CLOSE.findall(text)):
        return []
    kept, end, spoken = [], -1, False
    for start, stop in blanks:
        if start > end:
            begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
            end = end if end >= 0 else len(text)
            spoken = _SENTENCE.search(text, begin, end) is not None
        if spoken and not (start - begin < 6 and _LEADS.match(text, begin, start)):
            kept.append((start, stop))
    return kept


def closed_up(words: str) -> str:
    """The words without these blanks."""
    pieces, position = [], 0
    for start, end in gaps(words):
        pieces.append(words[position:start])
        position = end
    return "".join([*pieces, words[position:]]) if pieces else words
