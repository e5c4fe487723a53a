"""Workbooks as offices keep them, and the truth about every figure in them.

A table is a list of rows under columns; a column makes, from a row, either words or a `Figure`. Writing a figure puts
its value into a cell and a line into the truth. A planted error changes the cell afterwards and leaves the truth.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Row = TypeVar("Row")
STAMP = (2026, 1, 8, 9, 0, 0)
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
SENTINEL_STATUS = {"—": "missing", "/": "missing", "缺报": "missing", "*": "masked", "#DIV/0!": "error"}


@dataclass(frozen=True)
class Figure:
    """What one cell should say. `value` is None where the office has none; the cell then shows `sentinel`.

    `words`: the cell shows these instead; the figure is the row itself, counted as one.
    """

    indicator: str
    period: str
    value: Decimal | None
    unit: str
    transformation: str = "level"
    comparison: str = ""
    target_kind: str = ""
    subject: str = ""
    parent: str = ""
    scope_basis: str = ""
    price_basis: str = ""
    sentinel: str = "—"
    words: str = ""
    estimated: bool = False

    @property
    def status(self) -> str:
        if self.value is None:
            return SENTINEL_STATUS[self.sentinel]
        return "estimated" if self.estimated else "reported"


Content = Figure | datetime.date | str | int | None
"""What a column makes of a row."""


@dataclass(frozen=True)
class Truth:
    """One line of truth.csv. `as_read` and `read_status` say what a faithful reader finds before any correction, where a
    planted error makes that differ from the truth."""

    file: str
    sheet: str
    cell: str
    figure: Figure
    as_read: str = ""
    read_status: str = ""
    expected_unread: bool = False
    planted: str = ""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its header from top to bottom, and what it says of a row."""

    header: tuple[str, ...]
    say: Callable[[Row], Content]
    width: int = 11


def plain(value: Decimal) -> str:
    """A number without exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_value(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass
class Page:
    """One worksheet and the truth of its figures, by address."""

    file: str
    sheet: Worksheet
    truth: dict[str, Truth] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.sheet.title)

    def put(self, row: int, column: int, content: Content) -> None:
        cell = self.sheet.cell(row, column)
        if not isinstance(content, Figure):
            cell.value = content
            cell.style = "day" if isinstance(content, datetime.date) else "figure"
            return
        cell.style = "figure"
        cell.value = content.words or (content.sentinel if content.value is None else cell_value(content.value))
        self.truth[cell.coordinate] = Truth(self.file, self.name, cell.coordinate, content)

    def head(self, title: str, unit_line: str, width: int) -> None:
        """The title over all columns, and the line of the unit at the right under it."""
        self.sheet.cell(1, 1, title).font = Font(bold=True, size=16)
        self.sheet.cell(1, 1).alignment = CENTRE
        self.sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        self.sheet.row_dimensions[1].height = 28
        if unit_line:
            self.sheet.cell(2, width, unit_line).alignment = Alignment(horizontal="right")

    def header(self, first_row: int, paths: Sequence[tuple[str, ...]]) -> int:
        """Merged headers of one or more rows; the number of the first row below them."""
        depth = max(len(path) for path in paths)
        for column, path in enumerate(paths, start=1):
            for level in range(depth):
                self._header_cell(first_row, level, column, paths, path, depth)
        for row in range(first_row, first_row + depth):
            for column in range(1, len(paths) + 1):
                self.sheet.cell(row, column).style = "header"
        return first_row + depth

    def _header_cell(
        self,
        first_row: int,
        level: int,
        column: int,
        paths: Sequence[tuple[str, ...]],
        path: tuple[str, ...],
        depth: int,
    ) -> None:
        if level >= len(path):
            return
        left = paths[column - 2] if column > 1 else ()
        if level < len(path) - 1 and left[: level + 1] == path[: level + 1]:
            return
        self.sheet.cell(first_row + level, column, path[level])
        last = column
        while level < len(path) - 1 and last < len(paths) and paths[last][: level + 1] == path[: level + 1]:
            last += 1
        bottom = first_row + (depth - 1 if level == len(path) - 1 else level)
        if last > column or bottom > first_row + level:
            self.sheet.merge_cells(start_row=first_row + level, start_column=column, end_row=bottom, end_column=last)

    def table(self, first_row: int, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> int:
        """Headers and rows; the number of the first free row."""
        top = self.header(first_row, [column.header for column in columns])
        for offset, row in enumerate(rows):
            for number, column in enumerate(columns, start=1):
                self.put(top + offset, number, column.say(row))
        for number, column in enumerate(columns, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width
        self.sheet.freeze_panes = f"B{top}"
        return top + len(rows)

    def notes(self, row: int, lines: Sequence[str]) -> None:
        for offset, line in enumerate(lines):
            self.sheet.cell(row + offset, 1, line)

    def where(self, **wanted: str) -> str:
        """The address of the one figure that fits."""
        found = [
            cell
            for cell, truth in self.truth.items()
            if all(getattr(truth.figure, name) == value for name, value in wanted.items())
        ]
        if len(found) != 1:
            raise LookupError(f"{self.file} {self.name}: {wanted} fits {found}")
        return found[0]

    def spoil(
        self, cell: str, shown: str | int | float, planted: str, *, as_read: str = "", read_status: str = ""
    ) -> None:
        """Make a cell say something else; the truth keeps what it should say."""
        self.sheet[cell].value = shown
        self.truth[cell] = replace(self.truth[cell], as_read=as_read, read_status=read_status, planted=planted)

    def restate(self, cell: str, planted: str, **changes: Any) -> None:
        """Say something else in truth: what the office then meant, which is not what it said elsewhere or before."""
        figure = replace(self.truth[cell].figure, **changes)
        self.sheet[cell].value = figure.sentinel if figure.value is None else cell_value(figure.value)
        self.truth[cell] = replace(self.truth[cell], figure=figure, planted=planted)

    def unread(self, planted: str, cells: Iterable[str] = ()) -> list[str]:
        """These figures, or all of the sheet, cannot be read by the layout; their addresses."""
        chosen = list(cells) or list(self.truth)
        for cell in chosen:
            self.truth[cell] = replace(self.truth[cell], expected_unread=True, planted=planted)
        return chosen

    def row(self, number: int) -> list[str]:
        """The figures of a row."""
        return [cell for cell in self.truth if re.sub(r"\D", "", cell) == str(number)]


class Book:
    """One file of ledgers."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.pages: dict[str, Page] = {}
        for style in (
            NamedStyle("figure", border=BOX),
            NamedStyle("day", border=BOX, number_format="yyyy-mm-dd"),
            NamedStyle("header", border=BOX, alignment=CENTRE, font=Font(bold=True)),
        ):
            self.workbook.add_named_style(style)

    def page(self, name: str) -> Page:
        self.pages[name] = Page(self.file, self.workbook.create_sheet(name))
        return self.pages[name]

    def explain(self, lines: Sequence[str]) -> None:
        """A sheet 说明, as many files have one: words only."""
        sheet = self.workbook.create_sheet("说明")
        for number, line in enumerate(lines, start=1):
            sheet.cell(number, 1, line)

    def write(self, folder: Path) -> None:
        """Equal bytes for equal content: openpyxl stamps the time of saving, so the archive is packed anew."""
        buffer = io.BytesIO()
        self.workbook.properties.creator = "示例数据"
        self.workbook.save(buffer)
        with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(folder / self.file, "w") as fixed:
            for name in made.namelist():
                fixed.writestr(
                    member(name), still(name, made.read(name)), compress_type=zipfile.ZIP_DEFLATED, compresslevel=9
                )


def member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, STAMP)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def still(name: str, content: bytes) -> bytes:
    """The document properties with a fixed date."""
    if name != "docProps/core.xml":
        return content
    moment = "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*STAMP).encode()
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, content)
