"""A table of cells with addresses, whatever the file was: what stands where, how it is shown, and what is hidden.

Every format (`files`) ends here, and everything that reads tables (`ledger`, `infer`) begins here. Values are those that
were stored; a formula without a stored value is kept as such, never as a blank. Merged areas are known but not filled:
only headers and declared group columns ask for the words of a merged area.

Rows are stored as tuples of columns, values and styles, which a sheet of like rows shares; a `Cell` is made when it is
asked for. A sheet of 100,000 x 20 cells takes some 200 MB that way, a tenth of what as many objects would.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

from parkbook.errors import Finding

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The bounds of a worksheet."""


class Uncached:
    """The value of a formula that was saved without its result."""

    def __repr__(self) -> str:
        return "UNCACHED"


UNCACHED: Final = Uncached()


class Cell(NamedTuple):
    """One filled cell: the stored value and how it is shown."""

    row: int
    column: int
    value: object
    number_format: str = "General"
    indent: int = 0
    uncached: bool = False

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The words of the cell, empty when it is blank; a date that is shown as a month is that month: 2024年1月."""
        if isinstance(self.value, datetime.date) and _shows_month(self.number_format):
            return f"{self.value.year}年{self.value.month}月"
        return "" if self.value is None else str(self.value).strip()


def _shows_month(number_format: str) -> bool:
    """Whether a format of dates shows year and month and no day: yyyy"年"m"月", mmm-yy."""
    letters = set(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.split(";")[0].lower()))
    return {"y", "m"} <= letters and not letters & {"d", "h", "s"}


class Style(NamedTuple):
    """How a cell is shown."""

    number_format: str = "General"
    indent: int = 0


PLAIN: Final = (Style(),)


class RowCells(NamedTuple):
    """The filled cells of a row: columns ascending, values, and numbers of styles."""

    columns: tuple[int, ...]
    values: tuple[object, ...]
    styles: tuple[int, ...]

    def only(self, places: Sequence[int]) -> RowCells:
        """The cells at these places of the row."""
        return RowCells(
            tuple(self.columns[place] for place in places),
            tuple(self.values[place] for place in places),
            tuple(self.styles[place] for place in places),
        )


class Area(NamedTuple):
    """A rectangle of cells, bounds inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Grid:
    """One worksheet. `textual`: the file stores words only (csv, html), so that a number is never `stored as text`."""

    name: str
    records: Mapping[int, RowCells]
    styles: Sequence[Style] = PLAIN
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    textual: bool = False

    @cached_property
    def row_numbers(self) -> tuple[int, ...]:
        """The rows that have a filled cell, from top to bottom."""
        return tuple(sorted(number for number, record in self.records.items() if record.columns))

    @cached_property
    def last_row(self) -> int:
        return self.row_numbers[-1] if self.row_numbers else 0

    @cached_property
    def last_column(self) -> int:
        return max((record.columns[-1] for record in self.records.values() if record.columns), default=0)

    @cached_property
    def size(self) -> int:
        """How many cells are filled."""
        return sum(len(record.columns) for record in self.records.values())

    def row(self, number: int) -> list[Cell]:
        """The filled cells of a row, from left to right."""
        record = self.records.get(number)
        if record is None:
            return []
        styles, most = self.styles, len(self.styles)
        return [
            Cell(number, column, value, *styles[style if style < most else 0])
            if value is not UNCACHED
            else Cell(number, column, None, *styles[style if style < most else 0], True)
            for column, value, style in zip(*record, strict=True)
        ]

    def cells(self) -> Iterator[Cell]:
        """All filled cells, row by row."""
        for number in self.row_numbers:
            yield from self.row(number)

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself; a blank one where nothing stands."""
        record = self.records.get(row)
        if record is not None:
            place = bisect_left(record.columns, column)
            if place < len(record.columns) and record.columns[place] == column:
                return self._made(row, column, record.values[place], record.styles[place])
        return Cell(row, column, None)

    def _made(self, row: int, column: int, value: object, style: int) -> Cell:
        number_format, indent = self.styles[style] if style < len(self.styles) else self.styles[0]
        if value is UNCACHED:
            return Cell(row, column, None, number_format, indent, True)
        return Cell(row, column, value, number_format, indent)

    def filled(self, row: int, column: int) -> Cell:
        """The cell, or the one whose merged area covers it."""
        area = self.area(row, column)
        return self.cell(area.top, area.left) if area is not None else self.cell(row, column)

    def area(self, row: int, column: int) -> Area | None:
        """The merged area that covers a place."""
        if not self.merged:
            return None
        near = self._areas_by_band.get(row // _BAND, ())
        return next((area for area in (*near, *self._tall_areas) if area.covers(row, column)), None)

    @cached_property
    def _areas_by_band(self) -> dict[int, list[Area]]:
        bands: dict[int, list[Area]] = {}
        for area in self.merged:
            if area.bottom - area.top < _TALL:
                for band in range(area.top // _BAND, area.bottom // _BAND + 1):
                    bands.setdefault(band, []).append(area)
        return bands

    @cached_property
    def _tall_areas(self) -> tuple[Area, ...]:
        return tuple(area for area in self.merged if area.bottom - area.top >= _TALL)

    def at(self, address: str) -> Cell:
        """The cell of an address such as F2, or the one whose merged area covers it."""
        return self.filled(*position(address))


_BAND, _TALL = 32, 4096
"""Merged areas are looked up by bands of rows; the few that are taller than _TALL one by one."""


@dataclass(frozen=True)
class Workbook:
    """All worksheets of one file, with its fingerprint, what the file really is, and what was noticed on opening it."""

    name: str
    place: str
    sha256: str
    grids: tuple[Grid, ...]
    kind: str = "xlsx"
    findings: tuple[Finding, ...] = field(default=())


def position(address: str) -> tuple[int, int]:
    """(row, column) of an address such as D17. ValueError when it is none."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index_from_string(letters.replace("$", ""))


def uncovered(records: dict[int, RowCells], merged: Sequence[Area]) -> dict[int, RowCells]:
    """The rows without what older versions of a form left under merged areas, where no reader sees it."""
    numbers = sorted(records)
    for area in merged:
        first, last = bisect_left(numbers, area.top), bisect_left(numbers, area.bottom + 1)
        for number in numbers[first:last]:
            record = records[number]
            kept = [
                place
                for place, column in enumerate(record.columns)
                if not area.covers(number, column) or (number, column) == (area.top, area.left)
            ]
            if len(kept) < len(record.columns):
                records[number] = record.only(kept)
    return records


def rows_of(lines: Sequence[Sequence[object]]) -> dict[int, RowCells]:
    """Rows of plain values from A1 on; empty words and None are blanks."""
    records = {}
    for number, line in enumerate(lines, start=1):
        filled = [(column, value) for column, value in enumerate(line, start=1) if value is not None and value != ""]
        if filled:
            columns, values = zip(*filled, strict=True)
            records[number] = RowCells(columns, values, (0,) * len(columns))
    return records
