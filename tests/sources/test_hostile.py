"""Files made to break a reader: each gets one sentence that names it and the remedy, and the others are read."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import InvalidOperation
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet as Sheet

from parkbook.errors import DataError, UnitError
from parkbook.sources.extract_ledger import extract_ledger
from parkbook.sources.files import read_workbook
from parkbook.sources.layout import Layout
from parkbook.sources.ledger import read_ledgers
from parkbook.sources.table import Table
from parkbook.sources.worksheet import area_of, checked_areas
from parkbook.sources.xls_child import MEMORY

Package = Callable[..., Path]
Worksheet = Callable[..., str]
LINK = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(30):
            part.write(b" " * 1_000_000)
    with pytest.raises(DataError, match=r"解压后过大.*台账\.xlsx.*压缩比.*删去多余"):
        read_workbook(path)


def test_a_size_that_the_directory_claims_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"x")
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = (2_000_000_000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(DataError, match="解压后过大"):
        read_workbook(path)


def test_too_many_parts_are_refused_by_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parkbook.sources.package.MAX_PARTS", 20)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for number in range(21):
            archive.writestr(f"xl/media/{number}.png", b"")
    with pytest.raises(DataError, match=r"部件过多，未打开；位置：a\.xlsx；应为：不超过 20 个部件；实为：21 个部件"):
        read_workbook(tmp_path / "a.xlsx")


def test_a_part_that_is_too_large_is_named_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"x")
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02") + 20
    content[place : place + 8] = (10_000_000).to_bytes(4, "little") + (800_000_000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"单个部件不超过 700 MB.*最大的部件 800 MB"):
        read_workbook(path)


def test_far_cells_and_ten_thousand_columns_are_read_or_explained(package: Package, worksheet: Worksheet) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    cells = "".join(f'<c r="{get_column_letter(column)}1"><v>1</v></c>' for column in range(1, 10_001))
    for rows in (far, f'<row r="1">{cells}</row>'):
        found = extract_ledger(package(worksheet(rows)))
        assert (found.observations, found.proposal) == ([], None)
        [finding] = found.findings
        assert "多于 400 列" in finding.cause
        assert finding.remedy


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_entity_bombs_are_refused(package: Package, worksheet: Worksheet, part: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(DataError, match=r"实体声明.*a\.xlsx.*重新导出"):
        read_workbook(package(worksheet(""), parts={part: bomb}))


def test_an_entity_bomb_after_a_long_comment(package: Package) -> None:
    bomb = "<!--" + "x" * 200_000 + '--><!DOCTYPE x [<!ENTITY a "a">]><worksheet/>'
    with pytest.raises(DataError, match="实体声明"):
        read_workbook(package(bomb))


def test_truncated_and_encrypted_files(package: Package, worksheet: Worksheet) -> None:
    path = package(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"不完整.*a\.xlsx.*重发"):
        read_workbook(path)
    place = whole.rindex(b"PK\x01\x02") + 8
    path.write_bytes(whole[:place] + b"\x01\x00" + whole[place + 2 :])
    with pytest.raises(DataError, match=r"已加密.*取消密码"):
        read_workbook(path)


def test_a_part_that_does_not_match_its_checksum(package: Package, worksheet: Worksheet) -> None:
    path = package(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    content = bytearray(path.read_bytes())
    place = content.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml") + 20
    content[place] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"a\.xlsx"):
        read_workbook(path)


def test_links_are_not_followed_and_macros_not_run(package: Package, worksheet: Worksheet) -> None:
    rows = '<row r="1"><c r="A1"><f>[1]表!A1</f><v>3</v></c></row>'
    book = read_workbook(package(worksheet(rows), "a.xlsm", {**LINK, "xl/vbaProject.bin": b"\0"}))
    assert book.grids[0].at("A1").value == 3
    assert [finding.code for finding in book.findings] == ["macro", "external_link"]
    assert all("a.xlsm" in finding.where and finding.remedy for finding in book.findings)


def test_absurd_merged_areas_and_spans(package: Package, worksheet: Worksheet, tmp_path: Path) -> None:
    areas = "".join(f'<mergeCell ref="A{row}:XFD1048576"/>' for row in range(1, 1000))
    with pytest.raises(
        DataError, match=r"合并单元格过多.*应为：4096 行以上的不超过 500 处；实为：4096 行以上的 999 处"
    ):
        read_workbook(package(worksheet("", f"<mergeCells>{areas}</mergeCells>")))
    with pytest.raises(DataError, match="应为：不超过 200000 处；实为：200001 处"):
        checked_areas([area_of("A1:B1")] * 200_001, "a.xlsx")
    page = "<html><table>" + ("<tr>" + "<td rowspan=65535 colspan=16384>a" * 3) * 500
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    with pytest.raises(DataError, match="网页表格过大"):
        read_workbook(tmp_path / "a.xls")


def test_the_run_goes_on_with_the_other_files(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Callable[[Sheet], None]
) -> None:
    path = ledger("02好.xlsx", **{"9月": monthly_form})
    for name, content in {"01坏.xlsx": b"PK\x03\x04", "03空.xls": b"", "04乱.csv": bytes(range(256)) * 9}.items():
        (path.parent / name).write_bytes(content)
    reading = read_ledgers(path.parent, "alpha", [economy(file="0*")])
    assert {observation.source.source_id for observation in reading.observations} == {"02好.xlsx"}
    broken = [finding for finding in reading.findings if finding.code == "file"]
    assert [finding.where for finding in broken] == ["01坏.xlsx", "03空.xls", "04乱.csv"]
    assert all(finding.what and finding.remedy for finding in broken)


def test_a_span_that_is_a_digit_and_no_number(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("<html><table><tr><td colspan=\"②\">a<td rowspan='²'>b</table>", encoding="utf-8")
    [grid] = read_workbook(tmp_path / "a.xls").grids
    assert [grid.at(address).text for address in ("A1", "B1")] == ["a", "b"]


def test_an_error_that_nobody_foresaw_is_a_finding_of_its_file(
    ledger: Callable[..., Path],
    economy: Callable[..., Layout],
    monthly_form: Callable[[Sheet], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = ledger("02好.xlsx", **{"9月": monthly_form})
    (path.parent / "01坏.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    def fails(*_: object) -> None:
        raise ValueError("invalid literal for int()")

    monkeypatch.setattr("parkbook.sources.files.read_delimited", fails)
    reading = read_ledgers(path.parent, "alpha", [economy(file="0*")])
    assert {observation.source.source_id for observation in reading.observations} == {"02好.xlsx"}
    [finding] = [finding for finding in reading.findings if finding.code == "file"]
    assert (finding.what, finding.where, finding.found) == ("文件内容无法读取", "01坏.csv", "ValueError")


@pytest.mark.parametrize("error", [KeyError("x"), InvalidOperation(), UnitError("未知的计量单位")])
def test_an_error_in_one_sheet_is_a_finding_of_that_sheet(
    ledger: Callable[..., Path],
    economy: Callable[..., Layout],
    monthly_form: Callable[[Sheet], None],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    path = ledger("01经济.xlsx", **{"8月": monthly_form, "9月": monthly_form})
    read = Table.read

    def fails_in_august(table: Table) -> None:
        read(table)
        if table.grid.name == "8月":
            raise error

    monkeypatch.setattr(Table, "read", fails_in_august)
    reading = read_ledgers(path.parent, "alpha", [economy()])
    assert {observation.locator.partition("!")[0] for observation in reading.observations} == {"9月"}
    [finding] = [finding for finding in reading.findings if finding.where == "01经济.xlsx 8月"]
    assert "出错，未读" in finding.what or "未知的计量单位" in finding.what


@pytest.mark.skipif(sys.platform == "win32", reason="the platform has no memory limit")
def test_the_child_that_reads_xls_has_a_memory_limit() -> None:
    script = (
        "import importlib.util, sys; spec = importlib.util.spec_from_file_location('child', sys.argv[1]);"
        "child = importlib.util.module_from_spec(spec); spec.loader.exec_module(child); child._limit_memory(); bytearray(int(sys.argv[2]))"
    )
    child = Path(read_workbook.__code__.co_filename).with_name("xls_child.py")
    done = subprocess.run(
        [sys.executable, "-c", script, str(child), str(2 * MEMORY)],
        capture_output=True,
        env=dict(os.environ),
        check=False,
    )
    assert b"MemoryError" in done.stderr
