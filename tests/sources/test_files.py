"""Formats: each becomes the same grid, or one sentence that names the file and the remedy.

specimens/ledgers/*.xls were written with xlwt: a monthly form with percentages, an error cell, a formula without a
result, a hidden row, column and sheet; and a date in the 1904 epoch.
"""

from __future__ import annotations

import datetime
import tracemalloc
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.errors import DataError, Severity
from parkbook.sources.delimited import read_delimited
from parkbook.sources.files import read_workbook
from parkbook.sources.formats import REFUSED
from parkbook.sources.grid import Area, Grid

SPECIMENS = Path(__file__).resolve().parents[1] / "specimens" / "ledgers"
TABLE = "指标名称,本月\n工业总产值,12.50\n  其中：甲,8%\n"
PAGE = """<html><head><style>td{}</style></head><body><table>
<tr><td colspan="3">示例园区2025年9月</td></tr>
<tr><td rowspan=2>指标名称</td><td colspan=2>本月</td></tr><tr><td>绝对量</td><td>同比（%）</td></tr>
<tr><td>&nbsp;&nbsp;工业总产值</td><td>1,234.50</td><td>-3.2</td></tr>
<tr style="display:none"><td>旧</td><td>1</td></tr></table><script>x = "<table>"</script></body></html>"""


def filled(grid: Grid) -> dict[str, object]:
    return {cell.address: cell.value for cell in grid.cells()}


# -- .xls -------------------------------------------------------------------------------------------------------------


def test_an_xls_keeps_what_calamine_drops() -> None:
    book = read_workbook(SPECIMENS / "monthly.xls")
    first, second = book.grids
    assert (book.kind, first.name, first.hidden, second.name, second.hidden) == ("xls", "9月", False, "旧表", True)
    assert (first.at("D5").value, first.at("D5").number_format) == (0.123, "0.0%")
    assert (first.at("D7").value, first.at("E7").uncached, first.at("E7").value) == ("#DIV/0!", True, None)
    assert (first.at("A6").text, first.at("A6").indent) == ("其中：高新技术产业产值", 1)
    assert (first.hidden_rows, first.hidden_columns) == ({6}, {4})
    assert first.at("D3").text == "本月"
    assert first.at("F7").value == datetime.datetime(2025, 9, 30)


def test_an_xls_of_the_1904_epoch() -> None:
    [grid] = read_workbook(SPECIMENS / "epoch1904.xls").grids
    assert filled(grid) == {"C5": datetime.datetime(2025, 9, 30)}


def test_an_xls_cut_short_is_refused(tmp_path: Path) -> None:
    content = (SPECIMENS / "monthly.xls").read_bytes()
    for length in (600, 2000, len(content) - 600):
        (tmp_path / "a.xls").write_bytes(content[:length])
        with pytest.raises(DataError, match=r"a\.xls.*另存为"):
            read_workbook(tmp_path / "a.xls")


# -- separated values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_separated_values_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "9月.csv"
    path.write_bytes(TABLE.encode(encoding))
    book = read_workbook(path)
    [grid] = book.grids
    assert (book.kind, grid.name, grid.textual, book.findings) == ("csv", "9月", True, ())
    assert filled(grid) == {
        "A1": "指标名称",
        "B1": "本月",
        "A2": "工业总产值",
        "B2": "12.50",
        "A3": "  其中：甲",
        "B3": "8%",
    }


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE.replace(",", separator) + f'"多行\n文字"{separator}"1,234.5"', encoding="utf-8")
    [grid] = read_workbook(path).grids
    assert (grid.at("B2").value, grid.at("A4").value, grid.at("B4").value) == ("12.50", "多行\n文字", "1,234.5")


def test_tab_separated_text_named_xls_is_read_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes(TABLE.replace(",", "\t").encode("gb18030"))
    book = read_workbook(path)
    [note] = book.findings
    assert (book.kind, book.grids[0].at("B2").value, note.severity) == ("tsv", "12.50", Severity.NOTE)
    assert "制表符分隔的文本" in note.what
    assert note.remedy


# -- web pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["导出.xls", "导出.xlsx"])
def test_a_web_page_named_xls_is_read_and_said_so(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(PAGE, encoding="utf-8")
    book = read_workbook(path)
    [grid] = book.grids
    assert "网页表格" in book.findings[0].what
    assert (grid.at("C2").text, grid.at("A3").text, grid.at("C3").text) == ("本月", "指标名称", "同比（%）")
    assert (grid.at("A4").value, grid.at("B4").value, grid.hidden_rows) == ("  工业总产值", "1,234.50", {5})
    assert Area(2, 1, 3, 1) in grid.merged


def test_a_page_without_a_table_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("<html><body>请登录</body></html>", encoding="utf-8")
    with pytest.raises(DataError, match=r"没有表格.*登录页"):
        read_workbook(tmp_path / "a.xls")


# -- .xlsx ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("epoch", ["1900", "1904"])
def test_dates_of_both_epochs_and_chinese_formats(tmp_path: Path, epoch: str) -> None:
    book = Book()
    if epoch == "1904":
        book.epoch = MAC_EPOCH
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError
    sheet["C5"] = datetime.date(2025, 9, 30)
    sheet["C5"].number_format = "yyyy-mm-dd"
    sheet["D5"] = datetime.date(2025, 9, 30)
    sheet["D5"].number_format = 'yyyy"年"m"月"'
    sheet["E5"] = 45930.5
    sheet["F5"] = 12.3
    sheet["F5"].number_format = "0.00_ "
    book.save(tmp_path / "a.xlsx")
    [grid] = read_workbook(tmp_path / "a.xlsx").grids
    day = datetime.datetime(2025, 9, 30)
    assert filled(grid) == {"C5": day, "D5": day, "E5": 45930.5, "F5": 12.3}


# -- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", sorted(REFUSED))
def test_other_formats_are_refused_by_name(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"台账{ending}"
    path.write_bytes(b"anything")
    with pytest.raises(DataError, match=f"台账格式 \\{ending} 不能读取") as raised:
        read_workbook(path)
    assert raised.value.finding.where == path.name
    assert len(raised.value.finding.remedy) > 5


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"%PDF-1.7", "Excel 文件无法打开.*PDF"),
        ("a.xlsx", b"\x89PNG\r\n", "Excel 文件无法打开.*图片"),
        ("a.xlsx", b"", "文件是空的.*重发"),
        ("a.xlsx", b"\0" * 100, "文件是空的"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "Excel 文件无法打开"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 50, "Excel 文件不完整"),
        ("a.xlsx", "指标,值".encode(), "Excel 文件无法打开.*改了扩展名"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "Excel 文件无法打开"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "文件已加密.*取消密码"),
        ("a.xls", b"MIME-Version: 1.0\r\n", r"\.mht.*另存为"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML 表格 2003",
        ),
        ("a.csv", bytes(range(256)) * 20, "不是文字"),
        ("a.csv", b"PK\x03\x04" + b"\0" * 50, "不完整"),
        ("a.csv", b'"' + b"a" * 1_500_000, "无法拆分成单元格"),
        ("a.csv", b"1," * 20_000, "超出工作表的行列数"),
    ],
)
def test_files_that_cannot_be_read_say_what_to_do(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=message) as raised:
        read_workbook(tmp_path / name)
    assert name in raised.value.finding.where
    assert raised.value.finding.remedy


def test_a_missing_file_is_the_projects_own_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="文件无法打开"):
        read_workbook(tmp_path / "没有.xlsx")


@pytest.mark.parametrize("quoted", ["", '"a\nb",2\n'])
def test_too_many_rows_are_refused_before_they_are_kept(tmp_path: Path, quoted: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(quoted + "1,2\n" * 1_200_000, encoding="utf-8")
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=rf"超出工作表的行列数.*实为：{1_200_000 + bool(quoted)} 行"):
            read_workbook(path)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_line_breaks_in_cells_are_no_rows() -> None:
    text = '"a\nb",2\n'
    assert read_delimited(text * 3, "a", "a.csv").last_row == 3
    cell = "\n" * 1_100_000
    with pytest.raises(DataError, match="无法拆分成单元格"):
        read_delimited(f'"{cell}",2\n', "a", "a.csv")
    assert read_delimited("".join(f'"{cell[:900_000]}",{number}\n' for number in range(2)), "a", "a.csv").last_row == 2
