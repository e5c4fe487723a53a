"""An Excel workbook as plain cells with addresses: what stands where, how it is shown, and what is hidden.

Out of scope: what the cells mean (`ledger`, `cells`), `.xls` and `.csv` (next version). Values are those that Excel
stored; a formula without a stored value is kept as such, never as a blank. Merged areas are known but not filled:
only headers and declared group columns ask for the words of a merged area.
"""

from __future__ import annotations

import hashlib
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl on styles and extensions, which do not concern values
            grids = tuple(_grids(path))
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        LookupError,
        TypeError,
        ValueError,
        OSError,
        ElementTree.ParseError,
    ) as error:
        raise DataError(
            "Excel 文件无法打开",
            where=place,
            cause="文件损坏、加密，或实为其他格式而改了扩展名",
            found=type(error).__name__,
            remedy="在 Excel 或 WPS 中打开并另存为不加密的 .xlsx",
        ) from error
    return Workbook(path.name, place, hashlib.sha256(content).hexdigest(), grids)


def _grids(path: Path) -> Iterator[Grid]:
    """Each worksheet, parsed once. openpyxl reads strings, styles, the list of sheets and the cells; its worksheet
    objects, which cost most of its time, are not made."""
    reader = ExcelReader(path, read_only=True, data_only=True, keep_links=False)
    try:
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        for sheet, part in reader.parser.find_sheets():
            if "chartsheet" not in part.Type and part.target in reader.valid_files:
                with reader.archive.open(part.target) as source:
                    yield _grid(sheet.name, sheet.state != "visible", _SheetParser(source, reader))
    finally:
        reader.archive.close()


class _SheetParser(WorkSheetParser):
    """The cells of a worksheet as dictionaries; with `uncached` where a formula has no stored value."""

    def __init__(self, source: IO[bytes], reader: ExcelReader) -> None:
        book: Any = reader.wb  # its tables of styles are not in the stubs
        self.book = book
        super().__init__(
            source,
            reader.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )

    def parse_cell(self, element: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_cell(element)
        if found["value"] is None and element.find(FORMULA_TAG) is not None:
            found["uncached"] = True
        return found

    def cells(self) -> Iterator[Cell]:
        for _, row in self.parse():
            for found in row:
                missing = found.get("uncached", False)
                if found["value"] is not None or missing:
                    yield Cell(found["row"], found["column"], found["value"], *self.style(found["style_id"]), missing)

    def style(self, number: int) -> tuple[str, int]:
        """The number format and the indent of a style."""
        style = self.book._cell_styles[number]
        builtin = style.numFmtId < BUILTIN_FORMATS_MAX_SIZE
        formats = self.book._number_formats
        number_format = (
            BUILTIN_FORMATS.get(style.numFmtId, "General")
            if builtin
            else formats[style.numFmtId - BUILTIN_FORMATS_MAX_SIZE]
        )
        return number_format, int(self.book._alignments[style.alignmentId].indent or 0)


def _grid(name: str, hidden: bool, parser: _SheetParser) -> Grid:
    cells = {(cell.row, cell.column): cell for cell in parser.cells()}
    areas = parser.merged_cells.mergeCell if parser.merged_cells is not None else []
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for area in areas:
        corner, _, opposite = area.ref.partition(":")
        (top, left), (bottom, right) = position(corner), position(opposite or corner)
        for row in range(top, bottom + 1):
            anchors.update({(row, column): (top, left) for column in range(left, right + 1)})
    visible = {place: cell for place, cell in cells.items() if anchors.get(place, place) == place}
    return Grid(name, visible, anchors, _hidden_rows(parser), _hidden_columns(parser), hidden)


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def _hidden_rows(parser: _SheetParser) -> frozenset[int]:
    rows = parser.row_dimensions.items()
    return frozenset(int(number) for number, row in rows if _is_true(row.get("hidden")) or row.get("ht") == "0")


def _hidden_columns(parser: _SheetParser) -> frozenset[int]:
    hidden: set[int] = set()
    for column in parser.column_dimensions.values():
        if _is_true(column.get("hidden")):
            hidden.update(range(int(column["min"]), int(column["max"]) + 1))
    return frozenset(hidden)
