"""The signs of bold and slanted letters in Markdown, told from the stars of what was masked.

**12.5亿元**, *下降2.1%*, **320.5**亿元, __3__家      emphasis: a pair of the same run of signs around a figure
完成**亿元，引进*家，增长**%                         masks: words that begin with a unit were not emphasised
*12*家, **12**家                                    either: emphasis where the text shows that it is Markdown and masks nothing,
                                                    else it stays masked, and is doubtful

A text shows that it is Markdown by its ending, its headings (## 二、) or other emphasis that can be nothing else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

EMPHASIS = "加粗的记号"
UNCLEAR = "星号是隐去的数还是强调的记号不明，须核对"

_OPEN = r"(?<![\\*_0-9０-９.．])(?P<mark>\*{1,3}|_{1,3})(?![*_\s])"
_CLOSE = r"(?<![\s\\])(?P=mark)(?![*_0-9０-９]|[.．]\d)"
_NUMBER = r"[0-9０-９](?:[0-9０-９,.．]*[0-9０-９])?"
_MOVING = "(?:同比|环比|累计|约|近|超过?|逾|突破|达到?|为|共|第|实现|完成|增长|下降|上升|回落|减少|增加|提高|降低|扩大|收窄|[+＋－-])"
_MEASURE = r"\s?[^\s*_0-9０-９,.，。；;、：:（）()|]{0,10}"
_FIGURE = re.compile(
    rf"{_OPEN}(?P<inner>{_MOVING}{{0,4}}{_NUMBER}{_MEASURE}(?:[-—–~至]{_NUMBER}{_MEASURE})?(?:以上|左右|以内)?){_CLOSE}"
)
"""A pair around one figure and nothing else."""
BEGUN = f"{_MOVING}{{0,4}}[0-9０-９]"
"""What follows the first sign of each of these."""
_WORDS = re.compile(rf"{_OPEN}(?P<inner>[^*_\n|\t]{{1,120}}?)(?<![\s\\])(?P=mark)(?![*_])")
_LABEL = re.compile(r"(?<![\\*])(?P<mark>\*{2,3})[一-龥]{1,12}(?P=mark)(?=[0-9０-９])")
"""**出口**3亿元: of a text that does not show what it is, the stars before the figure may be masked digits."""
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6} \S")
_DIGIT, _STARS = re.compile("[0-9０-９]"), re.compile(r"(?<!\\)\*+")
_ENDS_IN_DIGIT = re.compile(r"[0-9０-９]\Z")
_EXACT = re.compile(r"[.．][0-9０-９]|[0-9０-９],[0-9０-９]{3}")
_BULLET = re.compile(r"(?m)^[ \t]*\*(?=[ \t])")
_UNIT = re.compile(
    r"\s?(?:[十百千]?万?亿?(?:亿|万)?(?:元(?!旦|宇宙|以上)|美元|平方|公里|吨|件|套|台|倍|次|亩|辆|笔|宗|座|栋|[%％‰]|家(?!庭)|户(?!籍|均)|项(?!目)|个(?!体|人|别|税)"
    r"|人(?!均|才|口|民|力)|名(?!单|义|牌)|位(?!于|列|居)|年(?!度|产|均|内|底|初)|月(?!均|度)|日(?!均|产)|季度)|[亿万](?![元亩]))"
)
_PAUSE = re.compile(r"[，。；、：,;:）)]")
_WORD = re.compile("[一-龥A-Za-z0-9０-９“《（(+＋－-]")
"""What emphasised words begin with."""
_FREE = re.compile(r"\s*(?:[，。；、：,.;:）)（(！？\n]|\Z|的|左右|以上|以内)")
"""What can follow slanted letters: no word that a mask could begin."""
_NAMED = re.compile("园区|公司|集团|企业|街道|[镇县区市省局乡村厂]")


class Emphasis(NamedTuple):
    """The spans of the signs that only emphasise, and of what may be either."""

    signs: list[tuple[int, int]]
    unclear: list[tuple[int, int]]


NONE = Emphasis([], [])


def is_markdown(text: str) -> bool:
    return "#" in text and _HEADING.search(text) is not None


def emphasis(text: str, markdown: bool = False) -> Emphasis | None:
    """The emphasis of a text; None where it has none. `markdown`: the file or its headings say that it is Markdown."""
    sure, unsure = _figures(text)
    labels = list(_LABEL.finditer(text))
    if not (sure or unsure or labels or markdown):
        return None
    markdown = markdown or any(len(found["mark"]) > 1 for found in sure)
    if markdown:
        sure += _words(text, [found.span() for found in (*sure, *unsure)])
    if unsure:
        taken = sum(2 * len(found["mark"]) for found in (*sure, *unsure) if found["mark"][0] == "*")
        masked = sum(len(stars[0]) for stars in _STARS.finditer(text)) - len(_BULLET.findall(text)) > taken
        if markdown and not masked:
            sure, unsure = [*sure, *unsure], []
    unsure += [] if markdown else labels
    if not (sure or unsure):
        return None
    signs = [span for found in sure for span in _signs(found)]
    return Emphasis(sorted(signs), [found.span() for found in unsure])


def _figures(text: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Pairs around one figure: those that can be nothing else, and those that may be masked digits (*12*家)."""
    sure: list[re.Match[str]] = []
    unsure: list[re.Match[str]] = []
    position = 0
    while (found := _FIGURE.search(text, position)) is not None:
        (sure if _is_sure(found, text) else unsure).append(found)
        position = found.end()
    return sure, unsure


def _is_sure(found: re.Match[str], text: str) -> bool:
    mark, inner = found["mark"], found["inner"]
    if mark[0] == "_":
        return True
    if _ENDS_IN_DIGIT.search(inner):
        return len(mark) > 1 and _EXACT.search(inner) is not None
    if len(mark) > 1:
        return _UNIT.match(text, found.end()) is None
    return _FREE.match(text, found.end()) is not None


def _words(text: str, taken: list[tuple[int, int]]) -> list[re.Match[str]]:
    """Pairs around words of a Markdown text, those around single figures left out."""
    pairs, position = [], 0
    while (found := _WORDS.search(text, position)) is not None:
        position = found.end("mark")
        crossing = any(start < found.end() and end > found.start() for start, end in taken)
        if not crossing and _is_emphasised(found, text):
            pairs.append(found)
            position = found.end()
    return pairs


def _is_emphasised(found: re.Match[str], text: str) -> bool:
    mark, inner = found["mark"], found["inner"]
    if mark[0] == "_":
        return _DIGIT.search(inner) is not None or len(mark) > 1
    if _UNIT.match(inner) or _WORD.match(inner) is None:
        return False
    if len(mark) == 1 and _PAUSE.search(inner):
        return False
    behind = found.end()
    if _DIGIT.match(text, behind) and (len(mark) == 1 or _ENDS_IN_DIGIT.search(inner)):
        return False
    if _UNIT.match(text, behind) and not (_ENDS_IN_DIGIT.search(inner) and len(mark) > 1):
        return False
    return not (_NAMED.match(inner) and _NAMED.match(text, behind))


def _signs(found: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    size = len(found["mark"])
    return (found.start(), found.start() + size), (found.end() - size, found.end())
