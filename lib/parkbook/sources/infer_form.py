"""What a sheet without a layout is understood to be: its parts while it is looked at, and the form that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from parkbook.sources.grid import Cell, Grid
from parkbook.sources.headers import Header
from parkbook.sources.infer_block import Block
from parkbook.sources.infer_names import Names
from parkbook.sources.infer_row import NUMBER_WORDS, is_figure
from parkbook.sources.infer_yaml import Doubts
from parkbook.sources.layout import Layout, normal_words

SAMPLE = 500
"""Cells that are looked at to tell what a column of a long register holds."""
Columns = dict[tuple[str, ...], dict[str, Any] | None]
"""The columns of a form by header path, in order; None for one that is not read."""


@dataclass(frozen=True)
class Unread:
    """A column or row of a sheet that is not read: its address behind the sheet's name, its words, the reason."""

    place: str
    words: str
    reason: str
    figures: bool = True


@dataclass(frozen=True)
class Proposal:
    """A layout that nobody has confirmed, its text as a file, and what is doubtful: columns by letter, rows by label."""

    layout: Layout
    text: str
    doubtful_columns: frozenset[str] = frozenset()
    doubtful_rows: frozenset[str] = frozenset()
    sheets: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    unread_rows: dict[str, str] = field(default_factory=dict)
    """Why a row is not read, by its label as printed."""


@dataclass
class Form:
    """What one or more sheets are understood to be: fields that all share, lists that are joined, rows and columns."""

    fields: dict[str, Any]
    lists: dict[str, list[str]]
    indicators: dict[str, Any]
    columns: Columns
    doubts: Doubts
    sheets: list[str]
    unread: list[Unread] = field(default_factory=list)

    def takes(self, other: Form) -> bool:
        """Joins a sheet of the same form. A column that is empty in one of the sheets is what it is in the other."""
        if self.fields != other.fields or list(self.columns) != list(other.columns) or not self._agrees(other):
            return False
        self.columns = {path: _joined(spec, other.columns[path]) for path, spec in self.columns.items()}
        self.lists = {name: list(dict.fromkeys([*words, *other.lists[name]])) for name, words in self.lists.items()}
        self.indicators |= {name: said for name, said in other.indicators.items() if name not in self.indicators}
        self.doubts.merge(other.doubts)
        self.sheets += other.sheets
        self.unread += other.unread
        return True

    def _agrees(self, other: Form) -> bool:
        for path, spec in self.columns.items():
            said = other.columns[path]
            blank = (spec is None and path in self.doubts.blank) or (said is None and path in other.doubts.blank)
            if _said(spec) != _said(said) and not blank:
                return False
        shared = self.indicators.keys() & other.indicators.keys()
        return all(self.indicators[name] == other.indicators[name] for name in shared)

    def content(self) -> dict[str, Any]:
        """The fields of a layout, without id, file and sheets."""
        columns = [spec for spec in self.columns.values() if spec is not None]
        unread = [list(path) for path, spec in self.columns.items() if spec is None]
        whole = {
            **self.fields,
            **self.lists,
            "indicators": self.indicators,
            "columns": columns,
            "ignore_columns": unread,
        }
        return {name: value for name, value in whole.items() if value not in (None, [], {})}


def _said(spec: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a column means, without what its empty cells do."""
    return None if spec is None else {name: value for name, value in spec.items() if name != "blank"}


def _joined(spec: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    """One column for two sheets. Where it is empty as a whole in one of them, its empty cells are nothing to report."""
    return other if spec is None or (other is not None and "blank" in other) else spec


@dataclass
class Sheet:
    """One sheet while it is looked at."""

    grid: Grid
    block: Block
    headers: list[Header]
    file: str
    names: Names
    doubts: Doubts = field(default_factory=Doubts)

    @cached_property
    def data_rows(self) -> list[int]:
        """The rows of the table that hold something."""
        return [number for number in self.grid.row_numbers if self.block.first_row <= number <= self.block.last_row]

    def column(self, number: int) -> list[Cell]:
        """The filled cells of a column of data."""
        return self._filled(number, self.data_rows)

    def sample(self, number: int) -> list[Cell]:
        """Filled cells that show what a column holds: all of them in a form, some hundreds of a long register."""
        rows = self.data_rows
        found = self._filled(number, rows[:: max(1, len(rows) // SAMPLE)])
        return found or self._filled(number, rows)

    def _filled(self, number: int, rows: Sequence[int]) -> list[Cell]:
        cells = (self.grid.cell(row, number) for row in rows)
        return [cell for cell in cells if has_content(cell)]


def unread_columns(sheet: Sheet, columns: Columns) -> list[Unread]:
    """The columns with content that are not read, but for those of numbers and units of rows."""
    found = []
    for header in sheet.headers:
        cells = sheet.sample(header.column)
        if columns.get(header.words, {}) is not None or not cells or NUMBER_WORDS.match(normal_words(header.words[-1])):
            continue
        figures = any(is_figure(cell) for cell in cells)
        reason = sheet.doubts.unread.get(header.words) or ("说明或备注列" if not figures else "多为文字，不是一列数")
        place = f"{sheet.grid.name}!{header.cells[-1]}"
        found.append(Unread(place, "/".join(header.words), reason, figures))
    return found


@dataclass
class Column:
    """A column of figures while its months are settled."""

    header: Header
    fields: dict[str, Any]
    unread: bool = False

    @property
    def is_level(self) -> bool:
        return "transformation" not in self.fields and "year_offset" not in self.fields

    @property
    def beside(self) -> tuple[str, ...]:
        return self.header.words[:-1]


class NotUnderstood(Exception):
    """Too little of a sheet is understood; says what is missing."""


def blank_rule(sheet: Sheet, headers: Sequence[Header], fields: dict[str, Any]) -> dict[str, Any]:
    """What an empty cell of columns means. A level that is not there is missing (docs/numbers.md); a rate, rank or target
    need not be there, nor what stands in a column that is empty from top to bottom, such as a month to come."""
    filled = all(sheet.sample(header.column) for header in headers)
    return {} if filled and "transformation" not in fields else {"blank": "skip"}


def has_figures(sheet: Sheet, cell: Cell) -> bool:
    return any(is_figure(other) for other in sheet.grid.row(cell.row) if other.column > cell.column)


def has_content(cell: Cell) -> bool:
    """Whether a cell holds anything: a figure, a sign or words in its place."""
    return bool(cell.text) or cell.uncached
