"""The words of a stretch of a document without its periods and durations, which the clock hears."""

from __future__ import annotations

import re
from bisect import bisect_left

from parkbook.sources.text import when
from parkbook.sources.text.around import Document
from parkbook.sources.text.lex import Kind, Token

_PERIOD = Kind.PERIOD
_LIKEWISE = re.compile(r"\((?:[^()]{1,12}[,，])?(?:以下|下)同\)")
"""占全市进出口总值的（下同）30%: how all that follows is to be read, no word of the figure."""
_JOINS = ("、", "和", "及", "与")
"""Between two times: 2022年、2023年, 一、二季度."""


def spoken(plain: str, start: int, end: int, tokens: list[Token]) -> tuple[str, int]:
    """The words, and where in them a period was taken out, or 0; the periods of a comparison stay."""
    pieces, position, cut = [], start, 0
    last = -1
    for token in tokens:
        period = token.kind is _PERIOD and not when.is_base(plain, token)
        duration = token.rule == "时长" and not token.is_figure
        if (period or duration) and token.start >= position and token.end <= end:
            if not (period and position == last and plain[position : token.start] in _JOINS):
                pieces.append(plain[position : token.start + (plain[token.start] in "到至")])
            position = token.end + (plain.startswith("前", token.end) and period)
            last = position if period else last
            cut = cut or (len("".join(pieces)) if period else 0)
    pieces.append(plain[position:end])
    return "".join(pieces), cut


def between(document: Document, begin: int, end: int) -> tuple[str, int]:
    """The spoken words between two places of a document."""
    starts = document.starts
    last = bisect_left(starts, end)
    if not last or starts[last - 1] < begin:
        words, cut = document.plain[begin:end], 0
    else:
        words, cut = spoken(document.plain, begin, end, document.tokens[bisect_left(starts, begin, 0, last) : last])
    aside = _LIKEWISE.search(words) if "同)" in words else None
    if aside is None:
        return words, cut
    return words[: aside.start()] + words[aside.end() :], cut - len(aside[0]) if cut >= aside.end() else cut
