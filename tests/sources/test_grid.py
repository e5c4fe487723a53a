"""Workbooks as cells: address, format, hidden rows, merged areas, formulas without values."""

from __future__ import annotations

import datetime
import hashlib
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.sources.files import read_workbook
from parkbook.sources.grid import Cell, position


def fill(sheet: Worksheet) -> None:
    sheet["C5"] = 12.5
    sheet["C5"].number_format = "0.0%"
    sheet["C6"] = "=C5*2"
    sheet["A1"] = "标题"
    sheet.merge_cells("A1:C2")
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["C"].hidden = True


def hide(sheet: Worksheet) -> None:
    sheet["A1"] = 1
    sheet.sheet_state = "hidden"


def test_cells_keep_address_format_and_absolute_place(ledger: Callable[..., Path]) -> None:
    path = ledger("a.xlsx", 表一=fill, 旧表=hide)
    book = read_workbook(path)
    assert book.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    first, second = book.grids
    assert (first.name, first.hidden, second.name, second.hidden) == ("表一", False, "旧表", True)
    assert (first.at("C5").value, first.at("C5").number_format, first.at("C5").address) == (12.5, "0.0%", "C5")
    assert (first.at("C2").address, first.cell(2, 3).value) == ("A1", None)
    assert (first.hidden_rows, first.hidden_columns) == ({6}, {3})


def test_a_formula_without_stored_value_is_marked(ledger: Callable[..., Path]) -> None:
    cell = read_workbook(ledger("a.xlsx", 表一=fill)).grids[0].at("C6")
    assert (cell.uncached, cell.value, cell.text) == (True, None, "")


def test_a_formula_with_stored_value_is_that_value(ledger: Callable[..., Path], tmp_path: Path) -> None:
    path, stored = ledger("a.xlsx", 表一=fill), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stored, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb"(<f>.*?</f>)<v ?(?:/>|></v>)", rb"\1<v>25</v>", content)
            target.writestr(name, content)
    cell = read_workbook(stored).grids[0].at("C6")
    assert (cell.uncached, cell.value) == (False, 25)


def test_a_far_cell_costs_nothing(ledger: Callable[..., Path]) -> None:
    def far(sheet: Worksheet) -> None:
        sheet["A1"] = 1
        sheet["XFD1048576"] = 2

    grid = read_workbook(ledger("a.xlsx", 表=far)).grids[0]
    assert grid.size == 2
    assert grid.last_row == 1048576


def test_position() -> None:
    assert position("D17") == (17, 4)
    assert position("AA1") == (1, 27)


@pytest.mark.parametrize(
    ("number_format", "words"),
    [
        ('yyyy"年"m"月"', "2025年6月"),
        ("mmm-yy", "2025年6月"),
        ("yyyy\\-mm;@", "2025年6月"),
        ('yyyy"年"m"月"d"日"', "2025-06-01 00:00:00"),
    ],
)
def test_a_date_shown_as_a_month_is_that_month(number_format: str, words: str) -> None:
    assert Cell(1, 1, datetime.datetime(2025, 6, 1), number_format).text == words
