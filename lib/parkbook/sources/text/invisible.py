"""Characters that stand inside a number and are no part of it: a report is read without them, positions stay those of the text.

固定资产投资3<U+200B>4亿元     34亿元: nobody sees a character of no width
利润3²亿元, 税收12①亿元        3亿元, 12亿元: the mark of a footnote, so the figure is doubtful
3×10⁴吨                     as it stands: a power
税收**12.5亿元**             12.5亿元: the signs of bold letters (see `emphasis`)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from parkbook.sources.text.emphasis import BEGUN, UNCLEAR, emphasis, is_markdown

ZERO_WIDTH = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
_MARKS = "¹²³⁰⁴-⁹①-⑳㉑-㉟㊱-㊿"
_MARK = re.compile(rf"(?<=[0-9０-９])(?<![×xX*]10)[{_MARKS}]+")
_LEFT_OUT = re.compile(rf"{ZERO_WIDTH.pattern}+|{_MARK.pattern}")
_ODD = re.compile(f"{ZERO_WIDTH.pattern[:-1]}{_MARKS}*_](?:(?<![*_])|{BEGUN})")
"""One of these is in all that is left out, but for the emphasis of words in Markdown."""
MARKED = "数后有上标或带圈的注码，已按去掉注码的数读入"


class Visible(NamedTuple):
    """A text without what is left out. `places`: where each of its characters stands in the text; `marks`: where the
    marks of footnotes do; `signs`: the spans of what only emphasises; `unclear`: those of stars that may hide digits or only emphasise."""

    text: str
    places: tuple[int, ...]
    marks: frozenset[int]
    signs: tuple[tuple[int, int], ...] = ()
    unclear: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the visible text in the text as given."""
        first = self.places[start] if start < len(self.places) else self.places[-1] + 1
        return first, (self.places[end - 1] + 1 if end > start else first)

    def inner(self, start: int, end: int) -> tuple[int, int]:
        """A span of the text as given in the visible text."""
        return bisect_left(self.places, start), bisect_left(self.places, end)

    def doubt(self, start: int, end: int) -> str:
        """Why what stands at a span of the text as given is doubtful."""
        if self.is_marked(start, end):
            return MARKED
        return UNCLEAR if any(begin < end and stop > start for begin, stop in self.unclear) else ""

    def is_marked(self, start: int, end: int) -> bool:
        """Whether a mark stands inside or right behind a span of the text as given."""
        return any(place in self.marks for place in range(start, end + 1))


def visible(text: str, markdown: bool = False) -> Visible | None:
    """The text as it is read; None when nothing is to be left out of it. `markdown`: the file says that it is such."""
    markdown = markdown or is_markdown(text)
    if not markdown and _ODD.search(text) is None:
        return None
    starred = emphasis(text, markdown) if "*" in text or "_" in text else None
    left_out = [found.span() for found in _LEFT_OUT.finditer(text)]
    signs = starred.signs if starred is not None else []
    if not (left_out or starred) or sum(end - start for start, end in left_out) == len(text):
        return None
    emphasised = {place for start, end in signs for place in range(start, end)}
    gone = emphasised.union(place for start, end in left_out for place in range(start, end))
    places = tuple(place for place in range(len(text)) if place not in gone)
    marks = frozenset(place for place in gone - emphasised if ZERO_WIDTH.match(text[place]) is None)
    unclear = tuple(starred.unclear) if starred is not None else ()
    return Visible("".join([text[place] for place in places]), places, marks, tuple(signs), unclear)


def without_zero_width(text: str) -> str:
    return ZERO_WIDTH.sub("", text)
