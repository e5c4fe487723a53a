"""What stays together on paper: a number with its unit and marks on one line, a signature with the text above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil
from typing import Any, Final

from parkbook.export.measure import text_width

_AMOUNT: Final = re.compile(
    r"(\d{1,2}—\d{1,2}月|[▲▼]?\d[\d.,]*%?(?:[万亿]+(?:美元|元|家|人|个|件|条|次|亩)?|[元家人个件项亩次条%]))"
)
"""A span of months, or a number with its unit; of 个百分点 only 个 stays with the number, or lines become too loose."""
_CLOSING: Final = "，。；：、）”》"
_OPENING: Final = "（“《"
TOGETHER: Final = 3
"""Rows of a table that a page's end does not part from its header, or from its end."""
MOST_LINES: Final = 20
"""Lines of a table that are kept on one page, less than a half of it."""
_SHORT_TABLE: Final = 15
"""Rows of a table that is moved to the next page with the signature below it."""


def whole_pieces(texts: Iterable[tuple[str, bool]], width: float) -> list[dict[str, Any]]:
    """Texts, strong or not, as pieces for the template; `whole` ones, never wider than `width` em, stay on one line.

    A line may break on either side of a whole piece, so it takes the marks beside it along.
    """
    pieces: list[dict[str, Any]] = [
        {"text": piece, "strong": strong, "whole": bool(place % 2) and text_width(piece) <= width}
        for text, strong in texts
        for place, piece in enumerate(_AMOUNT.split(text))
        if piece
    ]
    for before, behind in pairwise(pieces):
        _take_marks(before, behind)
    for piece in pieces:
        piece["marks"] = piece["whole"] and (piece["text"][-1] in _CLOSING or piece["text"][0] in _OPENING)
    return [piece for piece in pieces if piece["text"]]


def _take_marks(before: dict[str, Any], behind: dict[str, Any]) -> None:
    """The marks between two pieces, to the one that is kept whole."""
    if before["whole"]:
        rest = behind["text"].lstrip(_CLOSING)
        before["text"] += behind["text"][: len(behind["text"]) - len(rest)]
        behind["text"] = rest
    if behind["whole"]:
        rest = before["text"].rstrip(_OPENING)
        behind["text"] = before["text"][len(rest) :] + behind["text"]
        before["text"] = rest


def kept_rows(count: int, *, noted: bool) -> set[int]:
    """The rows that stay on one page with what is below them: a break leaves `TOGETHER` rows on either side, and the notes of
    a table that is `noted` with its last ones."""
    last = count - 1
    together = {*range(min(TOGETHER - 1, last)), *range(max(count - TOGETHER, 0), last)}
    return together | {last} if noted and count else together


def row_spans(rows: Sequence[float], notes: Sequence[float]) -> list[dict[str, Any]]:
    """The rows of a table as spans, those that a page's end does not part and the `free` ones between; of each where it
    begins and how many rows it has. Notes are one more row. Given are the lines that each is about to take: what would
    take too much of a page is free.
    """
    heights = [max(1, ceil(lines)) for lines in rows] + ([sum(max(1, ceil(lines)) for lines in notes)] if notes else [])
    kept = kept_rows(len(rows), noted=bool(notes))
    spans: list[dict[str, Any]] = []
    for at in range(len(heights)):
        if spans and (at - 1 in kept or (spans[-1]["free"] and at not in kept)):
            spans[-1]["count"] += 1
        else:
            spans.append({"at": at, "count": 1, "free": at not in kept})
    for span in spans:
        span["free"] |= sum(heights[span["at"] : span["at"] + span["count"]]) > MOST_LINES
    return spans


def kept_with_closing(body: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The body with its last piece bound to what follows it: a signature does not stand on a page without text. Of a list
    that is the last entry; a figure may come behind (the template sees to that), and a long table reaches over the page anyway."""
    place = next((at for at in reversed(range(len(body))) if body[at]["kind"] != "figure"), None)
    if place is None:
        return body
    last = body[place]
    if last["kind"] == "bullets" and not last["title"] and len(last["items"]) > 1:
        *before, final = last["items"]
        parted = [last | {"items": before}, last | {"items": [final], "start": len(before) + 1, "keep": True}]
        return [*body[:place], *parted, *body[place + 1 :]]
    keep = len(last.get("rows", ())) <= _SHORT_TABLE
    return [*body[:place], last | {"keep": keep}, *body[place + 1 :]]
