"""Headers against the layout: every difference is named with its cell, and the table is then not read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.errors import Finding, Severity
from parkbook.sources.files import read_workbook
from parkbook.sources.headers import Headers, match_headers
from parkbook.sources.layout import Layout

Fill = Callable[[Worksheet], None]


@pytest.fixture
def match(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> Callable[..., tuple[Headers | None, list[Finding]]]:
    """Match the monthly form, after a change, with its layout."""

    def run(change: Fill, **changes: object) -> tuple[Headers | None, list[Finding]]:
        def fill(sheet: Worksheet) -> None:
            monthly_form(sheet)
            change(sheet)

        grid = read_workbook(ledger("01.xlsx", **{"9月": fill})).grids[0]
        return match_headers(grid, economy(**changes), "01.xlsx 9月")

    return run


def nothing(sheet: Worksheet) -> None:
    """The form as it is."""


def test_a_form_that_fits(match: Callable[..., tuple[Headers | None, list[Finding]]]) -> None:
    headers, findings = match(nothing)
    assert findings == []
    assert headers is not None
    assert [column.header.column for column in headers.columns] == [2, 3, 4, 5, 6]
    assert headers.columns[1].header.cells_with_words == ("C3 本月", "C4 绝对量")
    assert headers.column_of(["指标名称"]) == 1


def rename(sheet: Worksheet) -> None:
    sheet["D4"] = "比上年同期增长（%）"


def rename_group(sheet: Worksheet) -> None:
    sheet["E3"] = "1—本月累计"


def add_column(sheet: Worksheet) -> None:
    sheet["G3"] = "备注"


def remove_column(sheet: Worksheet) -> None:
    sheet.unmerge_cells("B3:B4")
    sheet["B3"] = None


def swap(sheet: Worksheet) -> None:
    sheet["C3"], sheet["E3"] = "本月止累计", "本月"


def repeat(sheet: Worksheet) -> None:
    sheet["F4"] = "绝对量"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (rename, [("01.xlsx 9月!D4", "本月/同比增长（%）", "本月/比上年同期增长（%）")]),
        (
            rename_group,
            [
                ("01.xlsx 9月!E3", "本月止累计/绝对量", "1—本月累计/绝对量"),
                ("01.xlsx 9月!F3", "本月止累计/同比增长（%）", "1—本月累计/同比增长（%）"),
            ],
        ),
        (add_column, [("01.xlsx 9月!G3", "（没有这一列）", "备注")]),
        (remove_column, [("01.xlsx 9月!B", "年度目标", "（没有这一列）")]),
        (
            swap,
            [
                ("01.xlsx 9月!C4", "本月/绝对量", "本月止累计/绝对量"),
                ("01.xlsx 9月!D4", "本月/同比增长（%）", "本月止累计/同比增长 (％)"),
                ("01.xlsx 9月!E4", "本月止累计/绝对量", "本月/绝对量"),
                ("01.xlsx 9月!F4", "本月止累计/同比增长（%）", "本月/同比增长（%）"),
            ],
        ),
    ],
)
def test_each_difference_is_named_with_its_cell(
    match: Callable[..., tuple[Headers | None, list[Finding]]], change: Fill, expected: list[tuple[str, str, str]]
) -> None:
    headers, findings = match(change)
    assert headers is None
    assert [(finding.where, finding.expected, finding.found) for finding in findings] == expected
    assert {(finding.code, finding.severity) for finding in findings} == {("layout", Severity.ERROR)}
    assert all("未读" in finding.what and finding.remedy for finding in findings)


def test_two_equally_good_headers_are_an_error(match: Callable[..., tuple[Headers | None, list[Finding]]]) -> None:
    headers, findings = match(repeat)
    assert headers is None
    assert any(finding.what.startswith("同一表头出现两次") and finding.found == "E4、F4" for finding in findings)


def test_a_header_that_moved_down_is_one_finding_with_its_cause(
    match: Callable[..., tuple[Headers | None, list[Finding]]],
) -> None:
    headers, findings = match(nothing, header_rows=[2, 3], first_row=4)
    assert headers is None
    assert [(finding.where, finding.expected, finding.found, finding.cause) for finding in findings] == [
        ("01.xlsx 9月!A3", "表头在第 2—3 行", "表头在第 3—4 行", "整个表头下移了 1 行")
    ]


def test_a_header_that_moved_right_is_one_finding_with_its_cause(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    def moved(sheet: Worksheet) -> None:
        monthly_form(sheet)
        for area in [str(area) for area in sheet.merged_cells.ranges if area.min_row > 2]:
            sheet.unmerge_cells(area)
        sheet.move_range("A3:F9", cols=1)
        for area in ("B3:B4", "C3:C4", "D3:E3", "F3:G3"):
            sheet.merge_cells(area)

    grid = read_workbook(ledger("01.xlsx", **{"9月": moved})).grids[0]
    headers, findings = match_headers(grid, economy(), "01.xlsx 9月")
    assert headers is None
    assert [(finding.where, finding.cause) for finding in findings] == [("01.xlsx 9月!B3", "整个表头右移了 1 列")]
    assert match_headers(grid, economy(first_column="B"), "")[1] == []


def test_words_found_elsewhere_are_named_as_the_cause(
    match: Callable[..., tuple[Headers | None, list[Finding]]],
) -> None:
    def moved_away(sheet: Worksheet) -> None:
        remove_column(sheet)
        sheet["H9"] = "年度目标"

    assert match(moved_away)[1][0].cause == "“年度目标”在 H9"


def test_optional_and_ignored_columns_may_be_absent(
    match: Callable[..., tuple[Headers | None, list[Finding]]], economy: Callable[..., Layout]
) -> None:
    columns = [column.model_dump(exclude_defaults=True) for column in economy().columns]
    columns[0]["optional"] = True
    headers, findings = match(remove_column, columns=columns, ignore_columns=[["备注"]])
    assert findings == []
    assert headers is not None
    assert len(headers.columns) == 4
    assert match(add_column, ignore_columns=[["备注"]])[1] == []


def test_a_letter_fixes_a_column(match: Callable[..., tuple[Headers | None, list[Finding]]]) -> None:
    headers, findings = match(nothing, key={"header": ["指标名称"], "at": "B"})
    assert headers is None
    assert (findings[0].where, findings[0].expected) == ("01.xlsx 9月!A3", "指标名称 在 B 列")


def test_unmerged_group_headers_are_filled_only_on_request(
    match: Callable[..., tuple[Headers | None, list[Finding]]],
) -> None:
    def unmerge(sheet: Worksheet) -> None:
        sheet.unmerge_cells("C3:D3")
        sheet.unmerge_cells("E3:F3")

    assert match(unmerge)[0] is None
    assert match(unmerge, header_fill="left")[1] == []


def test_a_column_for_every_month(ledger: Callable[..., Path], economy: Callable[..., Layout]) -> None:
    def matrix(sheet: Worksheet) -> None:
        for column, words in enumerate(["指标名称", "2025年1—2月", "2025年1—3月", "2025年1月—4月"], start=1):
            sheet.cell(1, column, words)

    grid = read_workbook(ledger("m.xlsx", 表=matrix)).grids[0]
    layout = economy(header_rows=[1], first_row=2, period={"from": "header"}, columns=[{"header": ["{period}"]}])
    headers, findings = match_headers(grid, layout, "m.xlsx 表")
    assert findings == []
    assert headers is not None
    assert [column.period_words for column in headers.columns] == ["2025年1-2月", "2025年1-3月", "2025年1月-4月"]


def test_a_header_that_is_no_period_does_not_fit_a_month_column(
    ledger: Callable[..., Path], economy: Callable[..., Layout]
) -> None:
    def matrix(sheet: Worksheet) -> None:
        for column, words in enumerate(["指标名称", "2025年1—2月", "合计"], start=1):
            sheet.cell(1, column, words)

    grid = read_workbook(ledger("m.xlsx", 表=matrix)).grids[0]
    layout = economy(header_rows=[1], first_row=2, period={"from": "header"}, columns=[{"header": ["{period}"]}])
    headers, findings = match_headers(grid, layout, "m.xlsx 表")
    assert headers is None
    assert [(finding.where, finding.found) for finding in findings] == [("m.xlsx 表!C1", "合计")]
