"""The Excel file: numbers are numbers, everything else is text, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.briefing.blocks import Paragraph, Run, Sheet, SheetColumn, Workbook, parse_block
from parkbook.briefing.fragments import block_html, block_text, clean_text
from parkbook.errors import RenderError
from parkbook.export.annex import CUT, LONGEST, column_letters, render_xlsx, workbook_bytes
from parkbook.export.document import Document
from parkbook.export.docx import render_docx
from parkbook.export.html import render_html
from parkbook.export.pdf import render_pdf

Make = Callable[..., Document]
COLUMNS = (
    SheetColumn(label="指标", width=20),
    SheetColumn(label="数值", number=True),
    SheetColumn(label="说明", width=40),
)


def sheet(*rows: tuple[str, str, str], name: str = "指标") -> Sheet:
    return Sheet.of(name, COLUMNS, rows)


def read(content: bytes) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets


@pytest.mark.parametrize(("text", "value", "shown"), [
    ("676.2", 676.2, "0.0"), ("676.20", 676.2, "0.00"), ("39577", 39577, "0"), ("-8.8", -8.8, "0.0"), ("0", 0, "0"), ("1E+3", 1000, "0"),
    ("0.00000000001", 1e-11, "0.0000000000"),
])  # fmt: skip
def test_numbers_are_numbers_with_their_decimals(text: str, value: float, shown: str) -> None:
    (page,) = read(workbook_bytes([sheet(("甲", text, ""))], title="x"))
    cell = page["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (value, "n", shown)


@pytest.mark.parametrize("text", ["原文隐去", "12345678901234567890", "NaN", "Infinity", "—", "1_000.5.1"])
def test_what_is_no_number_that_excel_can_hold_is_text(text: str) -> None:
    (page,) = read(workbook_bytes([sheet(("甲", text, ""))], title="x"))
    assert (page["B2"].value, page["B2"].data_type) == (text, "s")


def test_an_absent_number_is_an_empty_cell_and_never_zero() -> None:
    (page,) = read(workbook_bytes([sheet(("甲", "", "原文隐去"))], title="x"))
    assert page["B2"].value is None and page["C2"].value == "原文隐去"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_text_that_begins_like_a_formula_stays_text(sign: str) -> None:
    text = f'{sign}HYPERLINK("https://example.org","x")'
    (page,) = read(workbook_bytes([sheet((text, "1", text))], title="x"))
    for cell in (page["A2"], page["C2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix, cell.number_format) == (text, "s", True, "@")


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "TRUE", "2026-01", "1-9月", "0012", " 前后 "])
def test_text_is_kept_as_it_is(text: str) -> None:
    (page,) = read(workbook_bytes([sheet((text, "", text))], title="x"))
    assert (page["A2"].value, page["A2"].data_type) == (text, "s")


@given(st.lists(st.tuples(*(st.text(max_size=30),) * 2), max_size=4))
def test_any_words_come_back_clean(pairs: list[tuple[str, str]]) -> None:
    made = Sheet.of("表", COLUMNS[::2], pairs)
    (page,) = read(workbook_bytes([made], title="x"))
    shown = [[clean_text(cell) for cell in row] for row in made.cells()]
    read_back = [[page.cell(row, column).value or "" for column in (1, 2)] for row in range(2, len(shown) + 2)]
    assert read_back == shown


def test_a_cell_is_one_line_and_one_row_is_one_text() -> None:
    made = sheet(("甲\t乙\n丙", "1", "丁\r\n戊"))
    assert made.rows == ("甲 乙 丙\t1\t丁 戊",) and list(made.cells()) == [["甲 乙 丙", "1", "丁 戊"]]


def test_hostile_words_stay_words(hostile: str) -> None:
    made = Sheet.of(hostile, (SheetColumn(label=hostile), SheetColumn(label="数", number=True)), [(hostile, hostile)])
    content = workbook_bytes([made, made], title=hostile)
    pages = read(content)
    assert len({page.title for page in pages}) == 2 and all(len(page.title) <= 31 for page in pages)
    wanted = clean_text(" ".join(hostile.split()) if any(mark in hostile for mark in "\t\n\r") else hostile)
    assert (pages[0]["A2"].value or "") == wanted


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    (page,) = read(workbook_bytes([sheet(("长" * 40_000, "", ""))], title="x"))
    assert page["A2"].value == "长" * LONGEST + CUT


def test_the_header_stays_in_sight_with_a_filter_and_wraps() -> None:
    (page,) = read(workbook_bytes([sheet(*[("甲", "1", "说明")] * 300)], title="x"))
    assert page.freeze_panes == "A2" and page.auto_filter.ref == "A1:C301" and page.print_title_rows == "$1:$1"
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [20, 14, 40]
    assert page["A1"].value == "指标" and page["A1"].alignment.wrap_text and page["C2"].alignment.wrap_text
    assert (
        page.page_setup.orientation == "landscape" and page["A1"].font.name == "黑体" and page["A2"].font.name == "宋体"
    )


@pytest.mark.parametrize(("place", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_are_named_as_excel_names_them(place: int, letters: str) -> None:
    assert column_letters(place) == letters


def test_it_is_the_same_twice_and_tells_nothing_of_the_moment() -> None:
    content = workbook_bytes([sheet(("甲", "1", ""))], title="附表")
    assert content == workbook_bytes([sheet(("甲", "1", ""))], title="附表")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert properties.title == "附表" and not properties.creator and properties.modified.year == 2000


def test_the_sheets_of_a_notebook_go_into_the_file_and_nowhere_else(make: Make, samples: SimpleNamespace) -> None:
    book = Workbook(sheets=(sheet(("只在附表里", "1", "")), sheet(name="观测值")))
    document = make([samples.cover(), Paragraph(runs=(Run(text="正文"),)), book])
    assert [one.name for one in document.sheets] == ["指标", "观测值"] and len(document.items) == 1
    pages = read(render_xlsx(document))
    assert [page.title for page in pages] == ["指标", "观测值"] and pages[0]["A2"].value == "只在附表里"
    assert "只在附表里" not in render_html(document)
    without = make([samples.cover(), Paragraph(runs=(Run(text="正文"),))])
    assert render_pdf(document) == render_pdf(without) and render_docx(document) == render_docx(without)


def test_in_a_notebook_it_says_what_it_holds() -> None:
    book = Workbook(sheets=(sheet(("甲", "1", "")), sheet(name="未公布")))
    assert block_text(book) == "随附 Excel 附表：指标 1 行、未公布 0 行"
    assert "随附 Excel 附表：指标 1 行" in block_html(book)
    assert parse_block(book.model_dump(mode="json")) == book


def test_a_document_without_sheets_is_refused(make: Make, samples: SimpleNamespace) -> None:
    with pytest.raises(RenderError, match=r"该文档没有 Excel 附表；位置：park"):
        render_xlsx(make([samples.cover()]))


def test_it_can_be_read_by_the_other_reader(tmp_path: Path) -> None:
    """python-calamine, which reads what Excel writes and is stricter than openpyxl about a file's parts."""
    import python_calamine

    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_bytes([sheet(("甲", "1.5", "=1+1"))], title="x"))
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("指标").to_python()
    assert rows == [["指标", "数值", "说明"], ["甲", 1.5, "=1+1"]]
