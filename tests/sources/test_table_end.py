"""Where a table ends: the words of a stop, the head of another table, and the rows below that are not read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.errors import Severity
from parkbook.sources.layout import Layout
from parkbook.sources.ledger import LedgerReading, read_ledger
from parkbook.sources.table_end import begins_with


@pytest.mark.parametrize(
    "words", ["注", "注：", "注1.", "注 本表为快报", "注（1）", "注一：", "注释：", "注\n口径", "注."]
)
def test_a_note_ends_the_table(words: str) -> None:
    assert begins_with(words, "注")


@pytest.mark.parametrize("words", ["注册资本", "注册企业数（家）", "注一公司", "备注", "", "注释本数"])
def test_a_name_that_begins_with_the_character_does_not(words: str) -> None:
    assert not begins_with(words, "注")


def test_longer_stops_are_beginnings() -> None:
    assert begins_with("填表 人：张三", "填表")
    assert begins_with("填表人 张三", "填表人")
    assert not begins_with("表", "填表")


HEAD: list[list[Any]] = [["示例园区2025年1-6月主要经济指标"], ["单位：亿元"], ["指标", "当月", "累计"]]


@pytest.fixture
def read(ledger: Callable[..., Path], economy: Callable[..., Layout]) -> Callable[..., LedgerReading]:
    """Read lines under a declared layout of the form 指标 | 当月 | 累计."""

    def make(lines: list[list[Any]], **changes: Any) -> LedgerReading:
        def fill(sheet: Worksheet) -> None:
            for line in [*HEAD, *lines]:
                sheet.append(line)

        fields = {
            "unit": {"from": "cell", "cell": "A2"},
            "header_rows": [3],
            "first_row": 4,
            "key": {"header": ["指标"]},
            "columns": [{"header": ["当月"], "basis": "month"}, {"header": ["累计"], "basis": "ytd"}],
        }
        return read_ledger(ledger("01a.xlsx", **{"6月": fill}), "alpha", [economy(**fields | changes)])

    return make


def cells(found: LedgerReading) -> list[str]:
    return [observation.locator.rpartition("!")[2] for observation in found.observations]


def test_names_that_begin_like_a_stop_are_rows(read: Callable[..., LedgerReading]) -> None:
    found = read([["注册资本", 2, 7], ["固定资产投资", 4, 9], ["注：口径调整"]])
    assert cells(found) == ["B5", "C5"]
    [finding] = found.findings
    assert (finding.code, finding.found) == ("unknown_row", "注册资本")


def test_rows_with_figures_below_the_end_are_reported(read: Callable[..., LedgerReading]) -> None:
    found = read(
        [
            ["工业总产值", 1, 6],
            ["注：口径调整"],
            ["二、财税指标（单位：万元）"],
            ["指标", "当月", "累计"],
            ["固定资产投资", 5, 10],
            ["填表人：张三", "联系电话", 5550100],
        ]
    )
    assert cells(found) == ["B4", "C4"]
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("below_end", Severity.WARNING)
    assert finding.where.endswith("!A8")
    assert "固定资产投资 5 10" in finding.found
    assert "A5" in finding.cause


@pytest.mark.parametrize("head", [["二、财税指标（单位：万元）"], ["指标", "当月", "同比（%）"]])
def test_another_table_is_not_read_in_the_columns_of_this_one(
    read: Callable[..., LedgerReading], head: list[str]
) -> None:
    found = read([["工业总产值", 1, 6], head, ["固定资产投资", 5, 10]])
    assert cells(found) == ["B4", "C4"]
    assert [(finding.code, finding.where[-2:]) for finding in found.findings] == [("below_end", "A6")]


def test_a_heading_of_the_layout_and_a_header_printed_again_do_not_end_it(read: Callable[..., LedgerReading]) -> None:
    again = ["指标", "当月", "累计"]
    found = read(
        [["工业总产值", 1, 6], ["二、投资（单位：万元）"], again, ["固定资产投资", 5, 10]],
        headings=["二、投资（单位：万元）"],
    )
    assert cells(found) == ["B4", "C4", "B7", "C7"]


def test_rows_that_another_layout_reads_are_not_reported(
    ledger: Callable[..., Path], economy: Callable[..., Layout]
) -> None:
    def fill(sheet: Worksheet) -> None:
        for line in [*HEAD, ["工业总产值", 1, 6], ["注：甲"], ["指标", "当月"], ["固定资产投资", 5]]:
            sheet.append(line)

    shared: dict[str, Any] = {"unit": {"from": "cell", "cell": "A2"}, "key": {"header": ["指标"]}}
    month, ytd = {"header": ["当月"], "basis": "month"}, {"header": ["累计"], "basis": "ytd"}
    upper = economy(**shared, header_rows=[3], first_row=4, columns=[month, ytd])
    lower = economy(**shared, id="lower", header_rows=[6], first_row=7, columns=[month])
    found = read_ledger(ledger("01a.xlsx", **{"6月": fill}), "alpha", [upper, lower])
    assert cells(found) == ["B4", "C4", "B7"]
    assert not found.findings
