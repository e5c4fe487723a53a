r"""Tables inside a plain text: Markdown or pipe tables, and lines whose cells are set apart by tabs.

    表1 主要指标（单位：亿元）
    | 指标 | 1-9月 | 同比（%） |
    |------|------:|:--------:|
    | 规上工业总产值 | 512.3 | 6.4 |

A cell is a span of the text as read. What looks like a table and holds no figure is prose and stays so. An escaped pipe (\|)
separates nothing. Two lines are needed at least, each with as many cells; where a delimiter row stands, short rows are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from parkbook.sources.text.invisible import Visible, without_zero_width
from parkbook.sources.text.read import NOTE, Table

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")
_TAB = re.compile(r"\t")
_TABS = re.compile(r"\t+")
_BOLD = re.compile(r"(?P<mark>\*\*\*|\*\*|__)(?P<inner>[^*_\n]*[^*_\s])(?P=mark)\Z")
_MAX_COLUMNS = 200
_ABOVE = 3
"""How many lines before a table can say its caption and its unit."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a text: its stretch (whole lines), its cells, and the places of the signs between them.

    `known`: of a Word or PDF file, where it need not be told from prose.
    """

    start: int
    end: int
    table: Table
    rules: tuple[Span, ...]
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str


def grid_of(table: Table, text: str, seen: Visible | None = None) -> Grid:
    """The grid of a table that is known to stand in a text; `seen`: what is visible of the text, then the grid is of that."""
    table = replace(table, above=tuple(map(without_zero_width, table.above)))
    if seen is not None:
        spans = tuple(tuple(seen.inner(*span) for span in row) for row in table.spans)
        words = tuple(tuple(seen.text[start:end] for start, end in row) for row in spans)
        table, text = replace(table, rows=words, spans=spans), seen.text
    places = [place for row in table.spans for span in row for place in span]
    start, end = min(places), max(places)
    return Grid(text.rfind("\n", 0, start) + 1, end, table, (), True)


def find_grids(text: str) -> list[Grid]:
    """The tables of a text in order; a text without pipes and tabs has none."""
    if "|" not in text and "\t" not in text:
        return []
    lines, position = [], 0
    for words in text.split("\n"):
        lines.append(_Line(position, words))
        position += len(words) + 1
    grids: list[Grid] = []
    index = 0
    while index < len(lines):
        grid, taken = _at(lines, index, len(grids) + 1)
        if grid is not None:
            grids.append(grid)
        index += max(1, taken)
    return grids


def _at(lines: list[_Line], index: int, number: int) -> tuple[Grid | None, int]:
    """The table that begins with a line, and how many lines were looked at in vain or taken."""
    words = lines[index].text
    if "|" in words and _PIPE.search(words):
        block = _block(lines, index, _PIPE)
        marked = len(block) > 1 and _is_delimiter(block[1].text)
        body = [block[0], *block[2:]] if marked else block
        fenced = all(line.text.strip().startswith("|") and line.text.rstrip().endswith("|") for line in block)
        if not (marked or fenced):
            return None, len(block)
        cells = [_piped(line) for line in body]
        rules = [(block[1].start, block[1].start + len(block[1].text))] if marked else []
    elif "\t" in words.strip():
        block = body = _block(lines, index, _TAB)
        marked = False
        cells = [_tabbed(line, _TAB) for line in body]
        if len({len(row) for row in cells}) > 1:
            cells = [_tabbed(line, _TABS) for line in body]
        rules = []
    else:
        return None, 1
    width = len(cells[0])
    even = all(len(row) == width for row in cells)
    if len(body) < 2 or not 2 <= width <= _MAX_COLUMNS or not (even or (marked and all(row for row in cells))):
        return None, len(block)
    cells = [(row + [(row[-1][1], row[-1][1])] * width)[:width] for row in cells]
    spans = tuple(
        tuple(_unmarked(line, span) if marked else span for span in row) for line, row in zip(body, cells, strict=True)
    )
    texts = tuple(tuple(_words(line, span) for span in row) for line, row in zip(body, spans, strict=True))
    place = f"表{number}"
    behind = index + len(block)
    below = tuple(line.text.strip() for line in lines[behind : behind + 2] if NOTE.match(line.text))
    table = Table(place, _filled(texts), spans, int(marked), tuple(_above(lines, index)), below[:1])
    return Grid(block[0].start, block[-1].start + len(block[-1].text), table, tuple(rules)), len(block)


def _block(lines: list[_Line], index: int, sign: re.Pattern[str]) -> list[_Line]:
    """The lines from one on that hold the sign."""
    return list(takewhile(lambda line: bool(sign.search(line.text.strip())), _from(lines, index)))


def _from(lines: list[_Line], index: int) -> Iterator[_Line]:
    for place in range(index, len(lines)):
        yield lines[place]


def _is_delimiter(words: str) -> bool:
    return "|" in words and "-" in words and _DELIMITERS.match(words) is not None


def _piped(line: _Line) -> list[Span]:
    """The cells of a line with pipes, without those outside the first and last."""
    marks = [found.start() for found in _PIPE.finditer(line.text)]
    if line.text[: marks[0]].strip():
        marks.insert(0, -1)
    if line.text[marks[-1] + 1 :].strip():
        marks.append(len(line.text))
    return [_stripped(line, left + 1, right) for left, right in pairwise(marks)]


def _tabbed(line: _Line, sign: re.Pattern[str]) -> list[Span]:
    cells, begin = [], 0
    words = line.text.rstrip() if sign is _TABS else line.text.rstrip("\r")
    for mark in sign.finditer(words):
        cells.append(_stripped(line, begin, mark.start()))
        begin = mark.end()
    return [*cells, _stripped(line, begin, len(words))]


def _stripped(line: _Line, begin: int, end: int) -> Span:
    """The span of a cell's words, in the text."""
    words = line.text[begin:end]
    left = len(words) - len(words.lstrip())
    begin = line.start + begin + left
    return begin, begin + len(words.strip())


def _unmarked(line: _Line, span: Span) -> Span:
    """The span inside the signs of bold letters: **512.3** is no mask in a table of Markdown."""
    found = _BOLD.match(line.text[span[0] - line.start : span[1] - line.start])
    return span if found is None else (span[0] + found.start("inner"), span[0] + found.end("inner"))


def _words(line: _Line, span: Span) -> str:
    return line.text[span[0] - line.start : span[1] - line.start].replace("\\|", "|")


def _filled(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """A first row whose words stand over several columns (规上工业总产值 | | 税收 |) repeats them, when a second header follows."""
    if len(rows) < 3 or all(rows[0]) or not rows[0][0] or rows[1][0]:
        return rows
    first, spoken = [], rows[0][0]
    for column, words in enumerate(rows[0]):
        spoken = words or (spoken if column > 1 and rows[1][column] else "")
        first.append(spoken)
    return (tuple(first), *rows[1:])


def _above(lines: list[_Line], index: int) -> Iterator[str]:
    """The last lines before a table, nearest first, up to a row of another."""
    for line in reversed(lines[max(0, index - _ABOVE) : index]):
        words = line.text.strip()
        if "|" in words or "\t" in words:
            return
        if words:
            yield words
