"""The coverage ledger: what became of every digit run, mask and Chinese numeral of a text.

    588  596  1280.5亿元  figure    数
    8    12   2025        period    报告期
    1041 1043 5G          name      字母与数字组成的名称
    30   31   一           excluded  词语中的数字
It closes when nothing of the text that could be a number lies outside an entry; `close` makes it so and says what it added.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from parkbook.sources.text.lex import Kind, Token

_NUMBERLIKE = re.compile(r"[0-9]+|[*×○□]+|(?<![A-Za-z])[xX]+(?![A-Za-z])|某+|[〇零一二三四五六七八九十百千万亿两]+")
_SIGNS = re.compile("[0-9*×○□xX某〇零一二三四五六七八九十百千万亿两]")
OUTCOMES = {Kind.PERIOD: "period", Kind.NAME: "name", Kind.EXCLUDED: "excluded"}


class Entry(NamedTuple):
    """A stretch of the text, what it is, and by which rule or for which reason; `place`: its paragraph, page or cell."""

    start: int
    end: int
    text: str
    outcome: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch of a table that is not read as prose: a figure's cell, or what a header or a row's name holds."""

    kind: Kind
    start: int
    end: int
    rule: str


def coverage(
    plain: str, original: str, tokens: Sequence[Token | Taken], figures: dict[int, str], limits: dict[int, str]
) -> tuple[Entry, ...]:
    """The ledger of a text; `figures` maps the start of every figure to its rule, `limits` that of every number that only
    says which enterprises or projects are meant (500万元以上企业) to its reason."""
    entries: list[Entry] = []
    position, left = 0, _leaves_signs(plain, tokens)
    for token in tokens:
        start, end = token.start, token.end
        if left and position < start and _SIGNS.search(plain, position, start) is not None:
            entries += _missed(plain, original, position, start)
        if start in figures:
            entries.append(Entry(start, end, original[start:end], "figure", figures[start]))
        elif start in limits:
            entries.append(Entry(start, end, original[start:end], "excluded", limits[start]))
        elif _NUMBERLIKE.search(plain, start, end):
            outcome = OUTCOMES.get(token.kind, "excluded")
            entries.append(Entry(start, end, original[start:end], outcome, token.rule))
        position = end
    entries += _missed(plain, original, position, len(plain))
    return tuple(entries)


def _leaves_signs(plain: str, tokens: Sequence[Token | Taken]) -> bool:
    """Whether any sign of a number stands between the tokens."""
    ends = chain((0,), (token.end for token in tokens))
    between = "".join([plain[end : token.start] for end, token in zip(ends, tokens, strict=False)])
    return _SIGNS.search(between) is not None


def _missed(plain: str, original: str, start: int, end: int) -> Iterator[Entry]:
    """What no rule of the lexicon took."""
    for found in _NUMBERLIKE.finditer(plain, start, end):
        yield Entry(found.start(), found.end(), original[found.start() : found.end()], "excluded", "没有规则认得")


def is_closed(plain: str, entries: Iterable[Entry]) -> bool:
    """Whether everything that could be a number lies inside an entry."""
    covered = bytearray(len(plain))
    for entry in entries:
        covered[entry.start : entry.end] = b"\x01" * (entry.end - entry.start)
    return all(all(covered[found.start() : found.end()]) for found in _NUMBERLIKE.finditer(plain))


def as_csv(entries: Iterable[Entry]) -> str:
    """The ledger as a table; with the places where the file has such."""
    rows = list(entries)
    columns = 6 if any(entry.place for entry in rows) else 5
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(Entry._fields[:columns])
    writer.writerows(entry[:columns] for entry in rows)
    return output.getvalue()
