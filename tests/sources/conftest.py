"""A small project of its own (catalogue, units) and a maker of ledgers, for the tests of the sources."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.sources.layout import Layout

INDICATORS: list[dict[str, Any]] = [
    {"id": "output", "label_zh": "工业总产值", "minimum": 0, "maximum": 100000},
    {"id": "high_tech_output", "label_zh": "高新技术产业产值", "part_of": "output"},
    {"id": "investment", "label_zh": "固定资产投资"},
    {"id": "foreign_capital", "label_zh": "实到外资", "unit": "万美元"},
    {"id": "share", "label_zh": "占比", "unit": "%", "basis": "rate", "minimum": 0, "maximum": 100},
    {"id": "firms", "label_zh": "企业数", "unit": "家", "basis": "stock"},
    {"id": "honours", "label_zh": "荣誉", "unit": "项", "basis": "stock"},
]

ECONOMY: dict[str, Any] = {
    "id": "economy",
    "file": "01*.xlsx",
    "sheets": "*月",
    "ignore": ["说明"],
    "period": {"from": "title", "cell": "A1"},
    "unit": {"from": "cell", "cell": "F2"},
    "header_rows": [3, 4],
    "first_row": 5,
    "stop_at": ["注"],
    "rows": "indicators",
    "key": {"header": ["指标名称"]},
    "indicators": {"工业总产值": "output", "高新技术产业产值": "high_tech_output", "固定资产投资": "investment"},
    "columns": [
        {"header": ["年度目标"], "transformation": "target", "target_kind": "base", "basis": "year"},
        {"header": ["本月", "绝对量"], "basis": "month"},
        {"header": ["本月", "同比增长（%）"], "transformation": "growth", "comparison": "yoy", "basis": "month"},
        {"header": ["本月止累计", "绝对量"], "basis": "ytd"},
        {"header": ["本月止累计", "同比增长（%）"], "transformation": "growth", "comparison": "yoy", "basis": "ytd"},
    ],
}


@pytest.fixture
def home(project: Callable[..., Path]) -> Path:
    """A project of a few indicators and no parks."""
    return project(INDICATORS)


@pytest.fixture
def economy() -> Callable[..., Layout]:
    """The layout of the monthly form, with fields overridden."""
    return lambda **changes: Layout.model_validate(ECONOMY | changes)


def fill_economy(sheet: Worksheet) -> None:
    """A monthly form as offices keep it: title, unit line, merged two-row header, 其中 row, notes."""
    sheet["A1"] = "示例园区2025年9月主要经济指标"
    sheet.merge_cells("A1:F1")
    sheet["F2"] = "单位：万元"
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:F3"):
        sheet.merge_cells(area)
    for address, words in {
        "A3": "指标名称",
        "B3": "年度目标",
        "C3": "本月",
        "E3": "本月止累计",
        "C4": "绝对量",
        "D4": "同比增长\n(％)",
        "E4": "绝对量",
        "F4": "同比增长（%）",
    }.items():
        sheet[address] = words
    rows = [
        ("一、工业总产值", 1200, 100.5, 0.123, 900.25, 8.8),
        ("  其中：高新技术产业产值", "—", "１２３．５", 0.05, "1,234.5", "-3.2"),
        ("固定资产投资", "*", None, "#DIV/0!", 50, "详见附件"),
        ("注：1.本表为示例", None, None, None, None, None),
        ("工业总产值", 1, 1, 1, 1, 1),
    ]
    for number, row in enumerate(rows, start=5):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    sheet["D5"].number_format = sheet["D6"].number_format = "0.0%"
    sheet["E5"].number_format = "#,##0.000"


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    """Make a workbook: sheet names with what fills them."""

    def make(name: str, **sheets: Callable[[Worksheet], None]) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, fill in sheets.items():
            fill(book.create_sheet(title))
        folder = tmp_path / "ledgers"
        folder.mkdir(exist_ok=True)
        book.save(folder / name)
        return folder / name

    return make


@pytest.fixture
def monthly_form() -> Callable[[Worksheet], None]:
    return fill_economy


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Make an .xlsx of one sheet from its XML, which may be anything; `parts` adds or replaces parts by name."""

    def make(sheet: str | bytes, name: str = "a.xlsx", parts: dict[str, str | bytes] | None = None) -> Path:
        relations = f'<Relationships xmlns="{_PACKAGE}">'
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="表" sheetId="1" r:id="worksheet"/></sheets></workbook>'
        inner = (
            _relation("worksheet", "worksheets/sheet1.xml")
            + _relation("sharedStrings", "sharedStrings.xml")
            + _relation("styles", "styles.xml")
        )
        content: dict[str, str | bytes] = {
            "_rels/.rels": relations + _relation("officeDocument", "xl/workbook.xml") + "</Relationships>",
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations + inner + "</Relationships>",
            "xl/worksheets/sheet1.xml": sheet,
        }
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, words in (content | (parts or {})).items():
                archive.writestr(part, words)
        return path

    return make


@pytest.fixture
def worksheet() -> Callable[..., str]:
    """The XML of a worksheet around its rows."""
    return lambda rows, after="": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
