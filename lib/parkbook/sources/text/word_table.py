"""The body of a Word file: its paragraphs, boxes and tables in the order in which they stand, written into a `Layout`.

A text box follows the paragraph that it hangs on; a table inside a cell follows the table that it is in, under the cell's
address (表1!B2内表1). A cell that was merged over several places is one. What only wraps others (content controls,
revisions) is opened; a table of contents repeats the headings and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from parkbook.sources.text.layout import CellWords, Layout
from parkbook.sources.text.read import letters
from parkbook.sources.text.word_text import W, WordText

_WRAPS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_CONTENTS = "Table of Contents"
_MAX_DEPTH = 8
"""Of tables and boxes inside one another."""
_MAX_SPAN = 200


@dataclass(slots=True)
class WordBody:
    """What is written of one document, and how many paragraphs and tables were."""

    reader: WordText
    layout: Layout = field(default_factory=Layout)
    paragraphs: int = 0
    tables: int = 0

    def read(self, holder: Any) -> None:
        """The paragraphs and tables of a body."""
        for child in opened(holder):
            if child.tag == W + "tbl":
                self.paragraphs += 1
                self.tables += 1
                self._table(child, f"表{self.tables}", 0)
            else:
                for line in self.reader.words(child).split("\n"):
                    self.paragraphs += 1
                    self.layout.line(line, f"第{self.paragraphs}段")
                self._boxes(child, f"第{self.paragraphs}段文本框", 0)

    def _boxes(self, paragraph: Any, place: str, depth: int) -> None:
        """The boxes that hang on a paragraph."""
        number = 0
        for box in self.reader.boxes(paragraph):
            for child in opened(box):
                if child.tag == W + "tbl":
                    number += 1
                    if depth < _MAX_DEPTH:
                        self._table(child, f"{place}内表{number}", depth + 1)
                    continue
                for line in self.reader.words(child).split("\n"):
                    self.layout.line(line, place)
                if depth < _MAX_DEPTH:
                    self._boxes(child, place, depth + 1)

    def _table(self, table: Any, place: str, depth: int) -> None:
        inner: dict[int, list[Any]] = {}
        rows = self._rows(table, inner)
        heads = sum(_is_header(row) for row in _rows_of(table))
        self.layout.table(place, rows, heads)
        if depth >= _MAX_DEPTH:
            return
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                for index, one in enumerate(inner.pop(id(cell), ()), start=1):
                    self._table(one, f"{place}!{letters(column)}{number}内表{index}", depth + 1)

    def _rows(self, table: Any, inner: dict[int, list[Any]]) -> list[list[CellWords]]:
        """The rows of a table; a merged cell is the same object in each place that it covers."""
        rows: list[list[CellWords]] = []
        for row in _rows_of(table):
            cells: list[CellWords] = [CellWords("") for _ in range(_number(row, "trPr", "gridBefore", 0))]
            for cell in opened(row):
                if cell.tag != W + "tc":
                    continue
                above = rows[-1][len(cells)] if rows and len(cells) < len(rows[-1]) else None
                made = above if above is not None and _goes_on(cell) else self._cell(cell, inner)
                cells += [made] * max(1, _number(cell, "tcPr", "gridSpan", 1))
            rows.append(cells)
        return rows

    def _cell(self, cell: Any, inner: dict[int, list[Any]]) -> CellWords:
        lines, tables = [], []
        for child in opened(cell):
            if child.tag == W + "tbl":
                tables.append(child)
            elif child.tag == W + "p":
                lines.append(self.reader.words(child))
                lines += self._boxed(child, 0)
        made = CellWords("\n".join(lines).strip())
        if tables:
            inner[id(made)] = tables
        return made

    def _boxed(self, paragraph: Any, depth: int) -> Iterator[str]:
        """The lines of the boxes inside a cell, tables in them too, one cell after the other."""
        for box in self.reader.boxes(paragraph):
            for one in box.iter(W + "p"):
                yield self.reader.words(one)


def opened(holder: Any) -> Iterator[Any]:
    """The paragraphs, tables, rows or cells right inside, through what only wraps them."""
    for child in holder:
        if child.tag in _WRAPS:
            if child.tag != W + "sdt" or not _is_contents(child):
                yield from opened(child)
        elif child.tag in (W + "p", W + "tbl", W + "tr", W + "tc"):
            yield child


def _rows_of(table: Any) -> Iterator[Any]:
    for row in opened(table):
        if row.tag == W + "tr" and row.find(f"{W}trPr/{W}del") is None:
            yield row


def _is_contents(control: Any) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == _CONTENTS


def _is_header(row: Any) -> bool:
    """Whether a row is set to be repeated at the head of each page."""
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(W + "val", "1") not in ("0", "false", "off")


def _goes_on(cell: Any) -> bool:
    """Whether a cell is part of the one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(W + "val", "continue") == "continue"


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{W}{properties}/{W}{name}")
    words = str(found.get(W + "val", "")) if found is not None else ""
    return min(int(words), _MAX_SPAN) if words.isascii() and words.isdecimal() else default
