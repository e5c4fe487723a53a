"""The scan of a worksheet: what it keeps, that it agrees with openpyxl, and that unusual writing costs speed, not cells."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from parkbook.errors import DataError
from parkbook.sources.files import read_workbook
from parkbook.sources.grid import Grid
from parkbook.sources.xml_text import text_of

Package = Callable[..., Path]
Worksheet = Callable[..., str]
LEDGERS = Path(__file__).resolve().parents[2] / "data" / "parks" / "demo" / "ledgers"
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="176" formatCode="0.0%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="31"/><xf numFmtId="0"><alignment indent="2"/></xf><xf numFmtId="46"/></cellXfs></styleSheet>'
)
STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>甲</t></si>'
    '<si><r><t>乙</t></r><r><t xml:space="preserve"> 丙</t></r><rPh><t>yi</t></rPh></si><si><t>a&amp;b&#x20;&lt;</t></si></sst>'
)
PARTS = {"xl/styles.xml": STYLES, "xl/sharedStrings.xml": STRINGS}


def filled(grid: Grid) -> dict[str, Any]:
    return {cell.address: "UNCACHED" if cell.uncached else cell.value for cell in grid.cells()}


@pytest.mark.parametrize("name", ["01主要经济指标2025.xlsx", "04重点项目.xlsx", "05前期手续.xlsx", "07土地与载体.xlsx"])
def test_the_scan_agrees_with_openpyxl(name: str) -> None:
    theirs = load_workbook(LEDGERS / name, data_only=True)
    for grid in read_workbook(LEDGERS / name).grids:
        cells = [cell for row in theirs[grid.name].iter_rows() for cell in row if cell.value is not None]
        assert {cell.coordinate: (cell.value, cell.number_format) for cell in cells} == {
            cell.address: (cell.value, cell.number_format) for cell in grid.cells() if not cell.uncached
        }
        assert len(grid.merged) == len(theirs[grid.name].merged_cells.ranges)


def test_kinds_of_cells(package: Package, worksheet: Worksheet) -> None:
    rows = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>'
        '<c r="D2" s="1"><v>0.123</v></c><c r="E2" s="2"><v>45930</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2" t="b"><v>1</v></c></row>'
        '<row r="3" hidden="1"><c r="A3"><f>A1</f></c><c r="B3" t="str"><f>""</f><v></v></c><c r="C3"><f>1+1</f><v>2</v></c>'
        '<c r="D3" s="3" t="inlineStr"><is><t>丁</t></is></c><c r="E3" s="4"><v>1.5</v></c><c r="F3" t="str"><f>X</f><v>字_x000D_</v></c>'
        '<c r="H3" s="1"/></row>'
        '<row r="4" ht="0"/><row r="7"><c r="A7"><v>1E-3</v></c><c r="B7"><v>1e999</v></c></row>'
    )
    [grid] = read_workbook(package(worksheet(rows), parts=PARTS)).grids
    assert filled(grid) == {
        "A2": "甲", "B2": "乙 丙", "C2": "a&b <", "D2": 0.123, "E2": datetime.datetime(2025, 9, 30), "F2": "#N/A", "G2": True,
        "A3": "UNCACHED", "C3": 2, "D3": "丁", "E3": datetime.timedelta(days=1, hours=12), "F3": "字\r",
        "A7": 0.001, "B7": "#NUM!",
    }  # fmt: skip
    assert (grid.at("D2").number_format, grid.at("E2").number_format, grid.at("D3").indent) == (
        "0.0%",
        'yyyy"年"m"月"d"日"',
        2,
    )
    assert grid.hidden_rows == {3, 4}
    assert (grid.last_row, grid.last_column) == (7, 7)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c s="0" r="B2" ><v>1.5</v></c><c r="C2"><f>B2</f></c></row>',
        "<row r='2'><c r='B2'><v>1.5</v></c><c r='C2'><f>B2</f></c></row>",
        '<!-- x --><row r="2"><c r="B2"><v>1.5</v></c><c r="C2"><f>B2</f></c></row>',
        '<row r="2">\n  <c r="B2">\n <v>1.5</v>\n</c>\n  <c r="C2"><f>B2</f></c>\n</row>',
        '<row r="2"><c r="C2"><f>B2</f></c><c r="B2"><v>1.5</v></c></row>',
        "<row/><row><c/><c><v>1.5</v></c><c><f>B2</f></c></row>",
        '<row r="2"><c r="B2" cm="1"><v>1.5</v></c><c r="C2"><f t="shared" si="0"/></c></row>',
        '<row r="2"><c r="B2"><v><![CDATA[1.5]]></v></c><c r="C2"><f>B2</f><v/></c></row>',
    ],
    ids=["order", "quotes", "comment", "spaces", "unsorted", "no addresses", "attributes", "cdata"],
)
def test_unusual_writing_is_read_alike(package: Package, worksheet: Worksheet, rows: str) -> None:
    [grid] = read_workbook(package(worksheet(rows))).grids
    assert filled(grid) == {"B2": 1.5, "C2": "UNCACHED"}


def test_another_prefix_and_encoding(package: Package) -> None:
    content = (
        '<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:cols>'
        '<x:col min="2" max="3" hidden="1"/></x:cols><x:sheetData><x:row r="2" hidden="true"><x:c r="B2"><x:v>1.5</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="B2:C3"/></x:mergeCells></x:worksheet>'
    )
    [grid] = read_workbook(package(content.encode("utf-16"))).grids
    assert filled(grid) == {"B2": 1.5}
    assert (grid.hidden_rows, grid.hidden_columns, grid.at("C3").address) == ({2}, {2, 3}, "B2")


def test_words_left_under_a_merged_area_are_not_read(package: Package, worksheet: Worksheet) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c><c r="C2"><v>4</v></c></row>'
    [grid] = read_workbook(package(worksheet(rows, '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'))).grids
    assert filled(grid) == {"A1": 1, "C2": 4}
    assert grid.filled(2, 2).address == "A1"


def test_a_sheet_longer_than_a_block(package: Package, worksheet: Worksheet) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="inlineStr"><is><t>{"字" * 30}</t></is></c></row>'
        for row in range(1, 60_000)
    )
    [grid] = read_workbook(package(worksheet(rows))).grids
    assert (grid.size, grid.at("A59999").value) == (2 * 59_999, 59_999)


def test_a_far_cell_costs_nothing(package: Package, worksheet: Worksheet) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    [grid] = read_workbook(package(worksheet(rows, '<mergeCells><mergeCell ref="B2:XFD1048575"/></mergeCells>'))).grids
    assert (grid.size, grid.last_row, grid.last_column) == (2, 1048576, 16384)
    assert grid.filled(500_000, 9).address == "B2"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>abc</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="12345678"><c r="A12345678"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&nbsp;</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&#0;</t></is></c></row>',
        '<row r="1"><c r="A1"><v>1</c></row>',
        '<row r="1"><c r="A1" t="zz"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="9999999999"><v>1</v></c>',
    ],
)
def test_contradictions_are_refused(package: Package, worksheet: Worksheet, rows: str) -> None:
    with pytest.raises(DataError, match=r"Excel 文件无法打开.*a\.xlsx.*另存为"):
        read_workbook(package(worksheet(rows), parts=PARTS))


def test_a_workbook_that_was_never_calculated(package: Package, worksheet: Worksheet) -> None:
    """xlsxwriter and others store 0 for every formula and ask Excel to calculate: that 0 is no figure."""
    rows = (
        '<row r="1"><c r="A1"><v>0</v></c><c r="B1"><f>A1</f><v>0</v></c><c r="C1"><f>A1+5</f><v>5</v></c>'
        '<c r="D1" t="str"><f>A1</f></c></row><row r="2"><c r="B2" cm="1"><f>A1</f><v>0</v></c></row>'
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (
        f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="表" sheetId="1" r:id="worksheet"/></sheets>'
        '<calcPr fullCalcOnLoad="1"/></workbook>'
    )
    [grid] = read_workbook(package(worksheet(rows), parts={"xl/workbook.xml": book})).grids
    assert filled(grid) == {"A1": 0, "B1": "UNCACHED", "C1": 5, "D1": "UNCACHED", "B2": "UNCACHED"}
    [calculated] = read_workbook(package(worksheet(rows))).grids
    assert filled(calculated) == {"A1": 0, "B1": 0, "C1": 5, "D1": "UNCACHED", "B2": 0}


def test_references_in_texts() -> None:
    assert text_of(b"a&lt;b&#20013;&#x56FD;&quot;") == 'a<b中国"'
