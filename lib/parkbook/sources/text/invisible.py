"""Characters that are no part of what is read: a report is read without them, positions stay those of the text.

固定资产投资3<U+200B>4亿元     34亿元: nobody sees a character of no width
利润3²亿元, 税收12①亿元        3亿元, 12亿元: the mark of a footnote, so the figure is doubtful
3×10⁴吨                     as it stands: a power
税收**12.5亿元**             12.5亿元: the signs of bold letters (see `emphasis`)
2024 年 6 月                2024年6月: blanks inside words of time (`spacing`)
20<CR><LF>亿元              a line end is one sign, as in all other files
营 收 5 6 . 7 亿 元          营收56.7亿元, where all characters of a line are spaced out
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain
from typing import NamedTuple

from parkbook.sources.text.emphasis import BEGUN, NONE, UNCLEAR, Emphasis, emphasis, is_markdown
from parkbook.sources.text.spacing import closed_up, gaps

ZERO_WIDTH = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
_MARKS = "¹²³⁰⁴-⁹①-⑳㉑-㉟㊱-㊿"
_MARK = re.compile(rf"(?<=[0-9０-９])(?<![×xX*]10)[{_MARKS}]+")
_LEFT_OUT = re.compile(rf"{ZERO_WIDTH.pattern}+|{_MARK.pattern}")
_ODD = re.compile(f"{ZERO_WIDTH.pattern[:-1]}{_MARKS}*_](?:(?<![*_])|{BEGUN})")
"""One of these is in all that is left out, but for the emphasis of words in Markdown."""
_APART = re.compile(r" [^\s\d] [^\s\d] ")
"""Two characters with spaces around each: in all lines that are spaced out."""
_PIECE = r"(?:[^\s0-9０-９|]|[0-9０-９][0-9０-９.．,%％]*)"
_SPACED_LINE = re.compile(rf"(?m)^[ \t]*{_PIECE}(?: {_PIECE}){{5,400}}[ \t]*$")
_GAP = re.compile(
    r"(?<=[^\s0-9０-９.．%％]) (?=\S)|(?<=\S) (?=[^\s0-9０-９])|(?<=[ .．][0-9０-９]) (?=[0-9０-９](?:[ .．]|$))"
)
"""Spaces of a line that is spaced out; those between numbers of several digits stay."""
_MIN_WORDS = 4
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


_RETURN = re.compile(r"\r(?=\n)")
_ALONE = re.compile(r"\r(?!\n)")


def visible(text: str, markdown: bool = False) -> Visible | None:
    """The text as it is read; None when nothing is to be left out of it or read as something else.

    `markdown`: the file says that it is such.
    """
    returns = "\r" in text
    read = _ALONE.sub("\n", text) if returns else text
    looked = _ODD.search(text) is not None
    odd = [found.span() for found in _LEFT_OUT.finditer(text)] if looked else []
    starred = _starred(text, markdown, looked)
    left_out = odd + starred.signs + ([found.span() for found in _RETURN.finditer(text)] if returns else [])
    if left_out:
        kept, places = _kept(read, tuple(range(len(text))), sorted(left_out))
        kept, places = _kept(kept, places, _blanks(kept))
    else:
        kept, places = read, ()
        if blanks := _blanks(read):
            kept, places = _kept(read, tuple(range(len(text))), blanks)
    if not kept or (kept == text and not starred.unclear):
        return None
    marks = frozenset(
        place for start, end in odd for place in range(start, end) if ZERO_WIDTH.match(text[place]) is None
    )
    places = places or tuple(range(len(text)))
    return Visible(kept, places, marks, tuple(starred.signs), tuple(starred.unclear))


def _starred(text: str, markdown: bool, looked: bool) -> Emphasis:
    """What emphasises; `looked`: whether a figure may be emphasised in it."""
    if "*" not in text and "_" not in text:
        return NONE
    markdown = markdown or is_markdown(text)
    return (emphasis(text, markdown) if looked or markdown else None) or NONE


def _kept(text: str, places: tuple[int, ...], left_out: list[tuple[int, int]]) -> tuple[str, tuple[int, ...]]:
    """A text and the places of its characters without some spans."""
    ends = [0, *(end for _, end in left_out)]
    starts = [*(start for start, _ in left_out), len(text)]
    spans = list(zip(ends, starts, strict=True))
    kept = "".join([text[start:end] for start, end in spans])
    return kept, tuple(chain.from_iterable(places[start:end] for start, end in spans))


def _blanks(text: str) -> list[tuple[int, int]]:
    """The spans of the blanks that are read as nothing, in order: inside words of time, and in lines that are spaced out."""
    spans = list(gaps(text))
    if _APART.search(text) is None:
        return spans
    kept: list[tuple[int, int]] = []
    for start, end in sorted({*spans, *_gaps(text)}):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _gaps(text: str) -> list[tuple[int, int]]:
    """The spaces of lines every character of which has one behind it, when most of them are words: 营 收 5 6 . 7 亿 元."""
    gaps = []
    for line in _SPACED_LINE.finditer(text):
        words = sum("一" <= sign <= "龥" for sign in line[0])
        if words >= _MIN_WORDS and 3 * words >= len(line[0].split()):
            gaps += [found.span() for found in _GAP.finditer(text, line.start(), line.end())]
    return gaps


def without_zero_width(text: str) -> str:
    """A text that needs no places, such as a cell: without characters of no width and without blanks inside words of time."""
    return closed_up(ZERO_WIDTH.sub("", text))
