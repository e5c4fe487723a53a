"""Any bytes and any cells: nothing but the project's own errors, and findings that say what and what to do."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from parkbook.sources.extract_ledger import LedgerExtract, extract_ledger
from parkbook.sources.files import read_workbook
from parkbook.sources.grid import Grid, Workbook, rows_of
from parkbook.sources.infer import propose
from parkbook.sources.jsonl import json_line, ledger_record
from parkbook.sources.ledger import read_workbook_tables

ROOT = Path(__file__).resolve().parents[2]
XLSX = (ROOT / "data" / "parks" / "demo" / "ledgers" / "18荣誉考评.xlsx").read_bytes()
XLS = (ROOT / "tests" / "specimens" / "ledgers" / "monthly.xls").read_bytes()
SLOW = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
WORDS = st.sampled_from(
    (
        *(
            "指标名称",
            "计量单位",
            "单位：万元",
            "2025年9月",
            "1-9月",
            "本月",
            "本月止累计",
            "绝对量",
            "同比增长（%）",
            "年度目标",
        ),
        *(
            "企业名称",
            "合计",
            "其中：税收",
            "税收",
            "工业总产值",
            "固定资产投资",
            "亿元",
            "家",
            "上年同期",
            "排名",
            "2024年",
        ),
        *("*", "—", "#DIV/0!", "12.3%", "１２．５", "=A1+1", "注：无", "序号", "甲", "乙", "{period}", "[a]", "'", '"'),
        *("\u202e", "\ufeff"),
    )
)
VALUES = st.one_of(
    WORDS,
    st.none(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2100, 1, 1)),
    st.text(max_size=12),
)


def checked(found: LedgerExtract) -> None:
    for observation in found.observations:
        json_line(ledger_record(observation))
    assert all(finding.what and finding.remedy for finding in found.findings)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@seed(20250930)
@SLOW
@given(lines=st.lists(st.lists(VALUES, max_size=8), max_size=14))
def test_any_cells(lines: list[list[Any]]) -> None:
    book = Workbook("a.xlsx", "a.xlsx", "0" * 64, (Grid("2025年9月", rows_of(lines)),))
    proposals, findings = propose(book)
    reading = read_workbook_tables(book, "alpha", [proposal.layout for proposal in proposals])
    checked(LedgerExtract(reading.observations, [*findings, *reading.findings], None))


@seed(20250930)
@SLOW
@given(
    rows=st.lists(st.lists(VALUES, min_size=4, max_size=4), min_size=1, max_size=8),
    header=st.permutations(["指标名称", "计量单位", "本月", "累计"]),
)
def test_any_rows_under_a_header(rows: list[list[Any]], header: list[str]) -> None:
    lines = [["示例园区2025年9月"], header, ["税收", "亿元", 1, 2], *rows]
    book = Workbook("a.xlsx", "a.xlsx", "0" * 64, (Grid("表", rows_of(lines)),))
    proposals, _ = propose(book)
    checked(LedgerExtract(*_read(book, proposals), None))


def _read(book: Workbook, proposals: list[Any]) -> tuple[list[Any], list[Any]]:
    reading = read_workbook_tables(book, "alpha", [proposal.layout for proposal in proposals])
    return reading.observations, reading.findings


@seed(20250930)
@SLOW
@given(data=st.data())
def test_any_change_to_the_xml(tmp_path: Path, data: st.DataObject) -> None:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(part for part in parts if part.endswith((".xml", ".rels")))))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(parts[name]) - 1))
        change = data.draw(
            st.one_of(
                st.binary(max_size=6), st.sampled_from([b"<", b"&", b"'", b'"', b"/>", b"<!--", b"99999999", b"</row>"])
            )
        )
        parts[name][place : place + data.draw(st.integers(0, 4))] = change
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, bytes(content))
    checked(extract_ledger(written(tmp_path, "a.xlsx", target.getvalue())))


@seed(20250930)
@SLOW
@given(data=st.data(), whole=st.sampled_from([XLSX, XLS]))
def test_any_change_to_the_bytes(tmp_path: Path, data: st.DataObject, whole: bytes) -> None:
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    checked(extract_ledger(written(tmp_path, "a.xlsx" if whole is XLSX else "a.xls", bytes(content))))


@seed(20250930)
@SLOW
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
    name=st.sampled_from(["a.csv", "a.xls", "a.xlsx", "a.tsv", "a.xlsm"]),
)
def test_any_bytes(tmp_path: Path, content: bytes, name: str) -> None:
    checked(extract_ledger(written(tmp_path, name, content)))


@seed(20250930)
@SLOW
@given(
    pieces=st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "<table>",
                    "</table>",
                    "<tr>",
                    "<td>",
                    "<td colspan=3>",
                    "<td rowspan=2>",
                    "</td>",
                    "<br>",
                    "<style>",
                    "<x:Name>",
                    "&nbsp;",
                    "<!--",
                ]
            ),
            WORDS,
        ),
        max_size=40,
    )
)
def test_any_page(tmp_path: Path, pieces: list[str]) -> None:
    checked(extract_ledger(written(tmp_path, "a.xls", ("<html><table>" + "".join(pieces)).encode())))


@pytest.mark.parametrize("length", range(0, len(XLSX), max(1, len(XLSX) // 20)))
def test_any_truncation(tmp_path: Path, length: int) -> None:
    checked(extract_ledger(written(tmp_path, "a.xlsx", XLSX[:length])))
    assert read_workbook(written(tmp_path, "b.xlsx", XLSX)).grids
