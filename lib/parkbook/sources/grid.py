"""An Excel workbook as plain cells with addresses: what stands where, how it is shown, and what is hidden.

Out of scope: what the cells mean (`ledger`, `cells`), `.xls` and `.csv` (next version). Values are those that Excel
stored; a formula without a stored value is kept as such, never as a blank. Merged areas are known but not filled:
only headers and declared group columns ask for the words of a merged area.
"""

from __future__ import annotations

import hashlib
import re
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.errors import DataError
from parkbook.project import relative_name

REFUSED = {
    ".xls": "在 Excel 或 WPS 中另存为 .xlsx",
    ".csv": "在 Excel 或 WPS 中另存为 .xlsx",
    ".et": "在 WPS 中另存为 .xlsx",
    ".xlsm": "另存为不含宏的 .xlsx",
    ".xlsb": "在 Excel 中另存为 .xlsx",
    ".ods": "另存为 .xlsx",
}


@dataclass(frozen=True, slots=True)
class Cell:
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
        """The words of the cell, empty when it is blank."""
        return "" if self.value is None else str(self.value).strip()


@dataclass(frozen=True)
class Grid:
    """One worksheet. `anchors` leads from every place of a merged area to its upper left cell."""

    name: str
    cells: dict[tuple[int, int], Cell]
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False

    @cached_property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The filled cells of every row, from left to right."""
        rows: dict[int, list[Cell]] = {}
        for (row, _), cell in sorted(self.cells.items()):
            rows.setdefault(row, []).append(cell)
        return rows

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself; a blank one where nothing stands."""
        return self.cells.get((row, column)) or Cell(row, column, None)

    def filled(self, row: int, column: int) -> Cell:
        """The cell, or the one whose merged area covers it."""
        return self.cell(*self.anchors.get((row, column), (row, column)))

    def at(self, address: str) -> Cell:
        """The cell of an address such as F2, or the one whose merged area covers it."""
        return self.filled(*position(address))


@dataclass(frozen=True)
class Workbook:
    """All worksheets of one file, with its fingerprint."""

    name: str
    place: str
    sha256: str
    grids: tuple[Grid, ...]


def position(address: str) -> tuple[int, int]:
    """(row, column) of an address such as D17."""
    letters, row = coordinate_from_string(address)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return row, number


def read_workbook(path: Path) -> Workbook:
    """Every worksheet of an .xlsx file, opened once; DataError with a remedy when it cannot be read."""
    place = relative_name(path)
    if path.suffix.lower() != ".xlsx":
        raise DataError(
            f"台账格式 {path.suffix or '（无扩展名）'} 暂不能读取",
            where=place,
            expected=".xlsx",
            remedy=REFUSED.get(path.suffix.lower(), "另存为 .xlsx"),
        )
    try:
        content = path.read_bytes()
        reader = ExcelReader(path, data_only=True, keep_links=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl on styles and extensions, which do not concern values
            reader.read()
        parts = {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
        uncached = _uncached_formulas(path, parts)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, ElementTree.ParseError) as error:
        raise DataError(
            "Excel 文件无法打开",
            where=place,
            cause="文件损坏、加密，或实为其他格式而改了扩展名",
            found=type(error).__name__,
            remedy="在 Excel 或 WPS 中打开并另存为不加密的 .xlsx",
        ) from error
    grids = tuple(_grid(sheet, uncached.get(sheet.title, set())) for sheet in reader.wb.worksheets)
    return Workbook(path.name, place, hashlib.sha256(content).hexdigest(), grids)


def _grid(sheet: Worksheet, uncached: set[str]) -> Grid:
    cells = {(cell.row, cell.column): cell for cell in _cells(sheet, uncached)}
    anchors = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    return Grid(
        sheet.title, cells, anchors, _hidden_rows(sheet), _hidden_columns(sheet), sheet.sheet_state != "visible"
    )


def _cells(sheet: Worksheet, uncached: set[str]) -> Iterator[Cell]:
    for (
        row,
        column,
    ), found in sheet._cells.items():  # only the cells that are there: a far cell must not make a million
        missing = found.coordinate in uncached
        if found.value is not None or missing:
            indent = int(found.alignment.indent or 0) if found.has_style else 0
            yield Cell(row, column, found.value, str(found.number_format), indent, missing)


def _hidden_rows(sheet: Worksheet) -> frozenset[int]:
    return frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0)


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min and column.max:
            hidden.update(range(column.min, column.max + 1))
    return frozenset(hidden)


def _uncached_formulas(path: Path, parts: dict[str, str]) -> dict[str, set[str]]:
    """Addresses of formulas without a stored value, by sheet: openpyxl gives them as blanks."""
    found: dict[str, set[str]] = {}
    with zipfile.ZipFile(path) as archive:
        for name, part in parts.items():
            if "worksheets" in part and re.search(rb"<(?:\w+:)?f[\s/>]", archive.read(part)):
                found[name] = _uncached_in(archive, part)
    return found


def _uncached_in(archive: zipfile.ZipFile, part: str) -> set[str]:
    addresses: set[str] = set()
    with archive.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                children = {child.tag.rpartition("}")[2]: child for child in element}
                value = children.get("v")
                if "f" in children and (value is None or not value.text):
                    addresses.add(element.get("r", ""))
            if tag == "row":
                element.clear()
    return addresses
