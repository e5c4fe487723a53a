"""The tables of a plain text: their figures, what of the text is left to be read as prose, and what the ledger says of the rest.

Header cells, row names, row numbers and figures are taken out; a cell of words (本月完成投资3亿元) stays, as a sentence of
its own. Everything keeps its place: `prose` is as long as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parkbook.errors import Finding, Severity
from parkbook.sources.text import tables
from parkbook.sources.text.document_year import document_year
from parkbook.sources.text.emphasis import EMPHASIS
from parkbook.sources.text.grid import Grid, find_grids
from parkbook.sources.text.ledger import Taken
from parkbook.sources.text.lex import Kind, tokenise
from parkbook.sources.text.read import letters
from parkbook.sources.text.tables import Cell

NAMED = "表头或行名中的数"
NUMBERED = "表格的序号"
UNREAD = "表格中读不出的数"
MERGED = "合并单元格中的数，所指的行列须核对"
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_MARKS = re.compile(r"\*{2,3}")
_SEPARATORS = "|\t"
_SHOWN = 40
_CHINESE, _FEW, _STOPS = re.compile("[一-龥]"), 5, ",，。;；、"
_BEGINS_WITH_FIGURE = re.compile(r"(?:约|近|超过?|逾|突破|不足|达)?[+-]?[0-9*×○]")
"""A cell that is no plain figure but begins with one has no words of its own to say what it is."""


@dataclass(slots=True)
class Inline:
    """`tokens`: those of the cells that were taken out; `unread`: addresses and words of cells whose figures could not be read."""

    prose: str
    cells: list[Cell] = field(default_factory=list)
    tokens: list[Taken] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def findings(self) -> tuple[Finding, ...]:
        """What of the tables was not read though it holds a number."""
        if not self.unread:
            return ()
        count = len(self.unread)
        return (
            Finding(
                what=f"表格中有{count}格的数没有读出",
                found="；".join(cell[:_SHOWN] for cell in self.unread[:6]) + (" 等" if count > 6 else ""),
                cause="一格中写了几个数，或写法无法识别",
                remedy="对照原表核对；需要的数拆开填写，一格一个数",
                code="report",
                severity=Severity.WARNING,
            ),
        )


def read_inline(text: str, plain: str, grids: Sequence[Grid] | None = None) -> Inline:
    """The tables of a text; `plain` is the text with its full-width signs made half-width. `grids`: where they are known."""
    grids = find_grids(text) if grids is None else grids
    if not grids:
        return Inline(plain)
    inline = Inline(plain)
    outside = _without(plain, [(grid.start, grid.end, "") for grid in grids])
    year = document_year(outside, tokenise(outside))
    pieces = []
    for grid in grids:
        cells = _once(tables.read_table(grid.table, year))
        if cells or grid.known:
            pieces.append((grid.start, grid.end, _remainder(plain, grid, cells, inline)))
            inline.cells += cells
    inline.prose = _without(plain, pieces)
    return inline


def _once(cells: Iterable[Cell]) -> list[Cell]:
    """The cells that are figures, one that was merged over several places once; doubtful when each place calls it something else."""
    found: dict[tuple[int, int] | None, Cell] = {}
    for cell in cells:
        first = found.setdefault(cell.span, cell)
        if first is not cell and _said(first) != _said(cell):
            found[cell.span] = replace(first, doubtful=MERGED)
    return list(found.values())


def _said(cell: Cell) -> tuple[object, ...]:
    return cell.label, cell.subject, cell.parent, cell.transformation, cell.quantity.unit, cell.period


def _without(plain: str, pieces: list[tuple[int, int, str]]) -> str:
    """The text with stretches replaced, by blanks where nothing is given; line ends stay."""
    parts, position = [], 0
    for start, end, words in pieces:
        parts += [plain[position:start], words or _blank(plain, start, end)]
        position = end
    return "".join([*parts, plain[position:]])


def _blank(plain: str, start: int, end: int) -> str:
    return "".join("\n" if character == "\n" else " " for character in plain[start:end])


def _remainder(plain: str, grid: Grid, cells: list[Cell], inline: Inline) -> str:
    """The stretch of a table with its cells of words only, each closed like a sentence; the others go to `inline`."""
    left = ["\n" if sign == "\n" else "。" if sign in _SEPARATORS else " " for sign in plain[grid.start : grid.end]]
    body, key = (cells[0].body, cells[0].key) if cells else (0, -1)
    figures: dict[tuple[int, int], list[Cell]] = {}
    for cell in cells:
        figures.setdefault(grid.table.spans[cell.row][cell.column], []).append(cell)
    named = {cell.row for cell in cells}
    done: set[tuple[int, int]] = set()
    for number, row in enumerate(grid.table.spans):
        for column, (start, end) in enumerate(row):
            if start == end or (start, end) in done:
                continue
            done.add((start, end))
            words = plain[start:end]
            reason = _reason(words, number < body, number in named and column == key, column < key)
            if (start, end) in figures:
                inline.tokens += _taken(plain, start, end, figures[start, end])
            elif reason:
                aside = list(_set_aside(words, start, reason))
                inline.tokens += aside
                if any(token.rule == UNREAD for token in aside):
                    inline.unread.append(f"{grid.table.place}!{letters(column)}{number + 1} {words}")
            elif column == key and _YEAR.match(words):
                inline.tokens.append(Taken(Kind.PERIOD, start, end, "报告期"))
            else:
                left[start - grid.start : end - grid.start] = words
    covered = {place for row in grid.table.spans for start, end in row for place in range(start, end)}
    for mark in _MARKS.finditer(plain, grid.start, grid.end):
        if mark.start() not in covered:
            inline.tokens.append(Taken(Kind.EXCLUDED, mark.start(), mark.end(), EMPHASIS))
    return "".join(left)


def _reason(words: str, header: bool, name: bool, before: bool) -> str:
    """Why a cell is taken out of the prose; a row's name without a number stays: the words behind it are about it."""
    if header or (name and any(token.is_figure for token in tokenise(words))):
        return NAMED
    if _BEGINS_WITH_FIGURE.match(words) and not (name and _YEAR.match(words)) and not _is_prose(words):
        return NUMBERED if before else UNREAD
    return ""


def _is_prose(words: str) -> bool:
    """Whether a cell that begins with a figure goes on as a text: 2024年投产, 35家企业入驻，投资12亿元."""
    if len(_CHINESE.findall(words)) < _FEW:
        return False
    if any(stop in words for stop in _STOPS):
        return True
    first = next(iter(tokenise(words)), None)
    return first is not None and first.kind is Kind.PERIOD and first.start == 0


def _taken(plain: str, start: int, end: int, cells: list[Cell]) -> Iterator[Taken]:
    """The figures of a cell, and what stands around them in it."""
    for cell in cells:
        begin, stop = cell.span or (start, end)
        yield from _set_aside(plain[start:begin], start, UNREAD)
        yield Taken(Kind.NUMBER, begin, stop, cell.rule)
        start = stop
    yield from _set_aside(plain[start:end], start, UNREAD)


def _set_aside(words: str, start: int, reason: str) -> Iterator[Taken]:
    """The tokens of a cell that is not read: periods and names stay what they are, what would be a figure gets the reason."""
    for token in tokenise(words):
        plain = token.is_figure or token.rule == "无单位的数"
        kind, rule = (Kind.EXCLUDED, reason) if plain else (token.kind, token.rule)
        yield Taken(kind, start + token.start, start + token.end, rule)
