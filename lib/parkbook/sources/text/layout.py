"""The text of a Word or PDF file put together line by line: its tables stand in it, every cell at a place of its own.

    全年完成投资30亿元。           第1段
    指标<tab>1-9月                表1!A1, 表1!B1
    税收<tab>86.5                 表1!A2, 表1!B2
    引进企业46家。                第3段

A cell that covers several places (merged) is written once, where it begins; in the rows of the table it stands in each place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parkbook.sources.text.read import NOTE, Block, Table, letters

_ABOVE = 3
"""How many lines before a table can say its caption and its unit."""


@dataclass(slots=True, eq=False)
class CellWords:
    """The words of a cell; `span`: where they were written."""

    words: str
    span: tuple[int, int] | None = None


class Layout:
    """Lines and tables in reading order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._lines: list[str] = []
        self._above: list[str] = []
        self._position = 0
        self._behind_table = False

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def line(self, words: str, place: str) -> None:
        """A paragraph, or a line of one."""
        self._begin(place)
        self._write(words)
        if not words.strip():
            return
        if self._behind_table and NOTE.match(words):
            self.tables[-1] = replace(self.tables[-1], below=(words.strip(),))
        self._behind_table = False
        self._above.append(words.strip())

    def table(self, place: str, rows: Sequence[Sequence[CellWords]], heads: int = 0) -> None:
        """A table: a line for each of its rows."""
        above = tuple(reversed(self._above[-_ABOVE:]))
        for number, row in enumerate(rows, start=1):
            self._row(place, number, row)
        words = tuple(tuple(cell.words for cell in row) for row in rows)
        spans = tuple(tuple(cell.span or (0, 0) for cell in row) for row in rows)
        self.tables.append(Table(place, words, spans, heads, above))
        self._above, self._behind_table = [], True

    def _row(self, place: str, number: int, row: Sequence[CellWords]) -> None:
        written: list[str] = []
        position = self._position
        for column, cell in enumerate(row):
            if cell.span is None:
                position += 1 if written else 0
                cell.span = (position, position + len(cell.words))
                self.blocks.append(Block(position, f"{place}!{letters(column)}{number}"))
                written.append(cell.words)
                position = cell.span[1]
        self._write("\t".join(written))

    def _begin(self, place: str) -> None:
        if not self.blocks or self.blocks[-1].place != place:
            self.blocks.append(Block(self._position, place))

    def _write(self, words: str) -> None:
        self._lines.append(words)
        self._position += len(words) + 1
