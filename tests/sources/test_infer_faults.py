"""Ledgers as offices really send them, read without a layout: nothing is dropped, nothing is taken for something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from parkbook.errors import Finding, Severity
from parkbook.sources.extract_ledger import LedgerExtract, extract_ledger

Lines = Sequence[Sequence[Any]]
Read = Callable[..., LedgerExtract]
TITLE, UNIT, HEAD = ["示例园区2025年1-6月主要经济指标"], ["单位：亿元"], ["指标", "当月", "累计"]
TOP: list[list[Any]] = [TITLE, UNIT, HEAD]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write lines into a sheet (or, with the name of one, a .csv file) and read them without a layout."""

    def make(lines: Lines, sheet: str = "Sheet1", name: str = "a.xlsx") -> LedgerExtract:
        path = tmp_path / name
        if path.suffix == ".csv":
            path.write_text("\n".join(",".join(map(str, line)) for line in lines), encoding="utf-8")
        else:
            book = Workbook()
            book.worksheets[0].title = sheet
            for line in lines:
                book.worksheets[0].append(list(line))
            book.save(path)
        return extract_ledger(path)

    return make


def said(found: LedgerExtract) -> dict[str, tuple[str, str, str, str]]:
    """By cell: indicator, period, transformation, value with unit; `error` for a cell that is not a figure."""
    return {
        observation.locator.rpartition("!")[2]: (
            observation.indicator_id,
            observation.period.time_period,
            observation.transformation.value,
            f"{observation.obs_value}{observation.unit}"
            if observation.obs_value is not None
            else observation.obs_status.value,
        )
        for observation in found.observations
    }


def coded(found: LedgerExtract, code: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.code == code]


# -- the end of the table ---------------------------------------------------------------------------------------------


def test_a_note_is_told_from_registered_capital(read: Read) -> None:
    lines = [["工业总产值", 1, 6], ["注册资本", 2, 7], ["注册企业数（家）", 3, 8], ["固定资产投资", 4, 9]]
    found = read([*TOP, *lines, ["注：口径调整"], ["进出口总额", 5, 10]])
    assert set(said(found)) == {"B4", "C4", "B7", "C7"}
    assert [finding.found for finding in coded(found, "unknown_row")] == ["注册资本", "注册企业数（家）"]
    assert [finding.where[-2:] for finding in coded(found, "below_end")] == ["A9"]


@pytest.mark.parametrize("note", [[], [["注：口径调整"]]])
def test_a_second_table_is_reported_and_not_read_in_the_first_ones_unit(read: Read, note: Lines) -> None:
    second = [["二、财税指标（单位：万元）"], HEAD, ["税收收入", 5, 10]]
    found = read([*TOP, ["工业总产值", 1, 6], *note, *second])
    assert set(said(found)) == {"B4", "C4"}
    [finding] = coded(found, "below_end")
    assert finding.found == "税收收入 5 10"


# -- the first row of data --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["5亿元", "待核", "增长5%", "按上年同期", "（目标）"])
def test_a_first_row_of_words_is_not_header(read: Read, words: str) -> None:
    found = read([*TOP, ["工业总产值", words, words], ["固定资产投资", 1, 6], ["进出口总额", 2, 7]])
    values = said(found)
    assert values["B4"] == ("gross_industrial_output", "2025-06", "level", "error")
    assert values["C5"] == ("fixed_asset_investment", "2025-S1", "level", "6亿元")
    assert {finding.where[-2:] for finding in coded(found, "cell")} == {"B4", "C4"}


@pytest.mark.parametrize(("words", "status"), [("未公布", "withheld"), ("29XX6", "masked")])
def test_a_first_row_without_numbers_is_not_header(read: Read, words: str, status: str) -> None:
    values = said(read([*TOP, ["工业总产值", words, words], ["固定资产投资", 1, 6], ["进出口总额", 2, 7]]))
    assert values["B4"] == ("gross_industrial_output", "2025-06", "level", status)
    assert values["C5"] == ("fixed_asset_investment", "2025-S1", "level", "6亿元")


def test_a_formula_as_text_in_a_csv_is_not_header(read: Read) -> None:
    found = read([*TOP, ["工业总产值", "=1+1", "=1+1"], ["固定资产投资", 1, 6]], name="a.csv")
    assert said(found)["B4"][3] == "error"


def test_an_unknown_name_with_words_is_reported(read: Read) -> None:
    found = read([*TOP, ["神秘指标", "待核", "待核"], ["固定资产投资", 1, 6]])
    assert set(said(found)) == {"B5", "C5"}
    assert [(finding.where[-2:], finding.found) for finding in coded(found, "unknown_row")] == [("A4", "神秘指标")]


def test_an_enterprise_with_a_number_and_words_is_a_row(read: Read) -> None:
    head = ["序号", "企业名称", "营业收入"]
    found = read([["2025年6月"], ["单位：万元"], head, [1, "甲公司", "停产"], [2, "乙公司", 6], [3, "丙公司", 7]])
    assert {cell: value[3] for cell, value in said(found).items()} == {"C4": "error", "C5": "6万元", "C6": "7万元"}


def test_figures_like_years_are_figures_under_a_header(read: Read) -> None:
    found = read([*TOP, ["工业总产值", 1999, 2050], ["固定资产投资", 4.5, 9]])
    assert said(found)["B4"] == ("gross_industrial_output", "2025-06", "level", "1999亿元")
    assert said(found)["C5"] == ("fixed_asset_investment", "2025-S1", "level", "9亿元")


def test_years_of_the_header_are_years(read: Read) -> None:
    found = read([["主要指标"], UNIT, ["指标", 2023, 2024], ["工业总产值", 1999, 2050]])
    assert said(found)["C4"] == ("gross_industrial_output", "2024", "level", "2050亿元")


@pytest.mark.parametrize("second", [["（亿元）", "（亿元）", "（亿元）"], ["Indicator", "Month", "Year to date"]])
def test_a_second_row_of_units_or_of_another_language_is_header(read: Read, second: list[str]) -> None:
    found = read([*TOP, second, ["工业总产值", 1, 6]])
    assert not coded(found, "cell")
    assert "A4" not in {finding.where[-2:] for finding in found.findings}


# -- what columns mean --------------------------------------------------------------------------------------------------


def test_last_month_and_changes_in_amounts_are_not_read(read: Read) -> None:
    head = ["指标", "单位", "1-6月累计", "上月累计", "比上年增减（亿元）", "同比增减"]
    found = read([TITLE, head, ["工业总产值", "亿元", 66, 55, 2, 3], ["固定资产投资", "亿元", 12, 10, -1, 4]])
    assert set(said(found)) == {"C3", "C4"}
    assert found.proposal is not None
    assert [word in found.proposal for word in ("上月或上期的数", "增减的绝对数（亿元）", "没有写明是百分数")] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("header", "period", "doubtful"),
    [("1-6月完成", "2025-S1", False), ("6月完成", "2025-06", False), ("1-5月累计", "2025-M1-5", True)],
)
def test_months_in_a_header_are_heard(read: Read, header: str, period: str, doubtful: bool) -> None:
    found = read([["2025年6月主要指标"], ["指标", "单位", header], ["工业总产值", "亿元", 66]])
    assert said(found)["C3"] == ("gross_industrial_output", period, "level", "66亿元")
    assert ("表头的月份与表名" in (found.proposal or "")) is doubtful


def test_one_place_for_a_period_does_not_join_two_kinds_of_column(read: Read) -> None:
    found = read([["2025年6月"], ["指标", "单位", "2024年1-6月", "6月末"], ["工业总产值", "亿元", 1, 2]])
    assert [value[1] for value in said(found).values()] == ["2024-S1", "2025-06-30"]


# -- units --------------------------------------------------------------------------------------------------------------

ROWS = [["工业总产值", 1, 6], ["固定资产投资", 2, 7]]


@pytest.mark.parametrize(
    "line", ["单位：万元、%", "单位：人民币万元", "单位：万元（人民币）", "万元", "（单位：万元）", "单位：万元 户"]
)
def test_lines_that_say_the_unit(read: Read, line: str) -> None:
    values = said(read([TITLE, [line], HEAD, *ROWS]))
    assert [value[3] for value in values.values()] == ["1万元", "6万元", "2万元", "7万元"]


@pytest.mark.parametrize(
    ("title", "head"),
    [
        (TITLE[0], ["指标", "当月（万元）", "累计（万元）"]),
        (TITLE[0], ["指标（万元）", "当月", "累计"]),
        (f"{TITLE[0]}（万元）", HEAD),
    ],
)
def test_headers_and_titles_that_say_the_unit(read: Read, title: str, head: list[str]) -> None:
    values = said(read([[title], head, *ROWS]))
    assert [value[3] for value in values.values()] == ["1万元", "6万元", "2万元", "7万元"]


def test_columns_of_two_units_and_a_row_of_a_third(read: Read) -> None:
    found = read([TITLE, ["指标", "当月（万元）", "累计（亿元）"], ROWS[0], ["“四上”企业数（家）", 1, 2]])
    assert [value[3] for value in said(found).values()] == ["1万元", "6亿元"]
    assert "单位列写家，表头写万元" in (found.proposal or "")


def test_a_row_that_contradicts_its_header_is_not_read(read: Read) -> None:
    found = read([TITLE, UNIT, ["指标", "当月（万元）", "累计（万元）"], ["工业总产值（亿元）", 1, 6], ROWS[1]])
    assert [value[3] for value in said(found).values()] == ["2万元", "7万元"]
    assert "行名或单位列写亿元，表头写万元" in (found.proposal or "")
    assert "表头写万元，A2写亿元" in (found.proposal or "")


@pytest.mark.parametrize(
    ("line", "cause"),
    [([], "没有计量单位"), (["单位：金币"], "A2的单位未登记"), (["单位：万元、亿元"], "写了几个单位")],
)
def test_a_unit_that_is_missing_is_the_cause_and_not_the_names(read: Read, line: list[str], cause: str) -> None:
    for head, rows in ((HEAD, ROWS), (["序号", "企业名称", "营业收入"], [[1, "甲公司", 5], [2, "乙公司", 6]])):
        found = read([TITLE, line, head, *rows])
        assert not found.observations
        assert cause in found.findings[0].cause


# -- what is not read is named -------------------------------------------------------------------------------------------


def test_columns_that_are_not_read_are_named_with_their_cells(read: Read) -> None:
    head = ["序号", "指标", "单位", "1-6月累计", "上月累计", "杂项", "备注"]
    lines = [[1, "工业总产值", "亿元", 66, 55, 5, "初步"], [2, "固定资产投资", "亿元", 6, 5], [3, "合计", "亿元", 7, 6]]
    found = read([TITLE, head, *lines], sheet="6月")
    unread = coded(found, "inferred_unread")
    assert [(finding.where, finding.found, finding.severity) for finding in unread] == [
        ("a.xlsx 6月!E2", "上月累计", Severity.WARNING),
        ("a.xlsx 6月!F2", "杂项", Severity.WARNING),
        ("a.xlsx 6月!G2", "备注", Severity.NOTE),
    ]
    assert all(finding.cause and finding.remedy for finding in unread)
    assert [(finding.where, finding.found) for finding in coded(found, "unknown_row")] == [("a.xlsx 6月!B5", "合计")]


def test_a_row_that_is_not_read_says_why(read: Read) -> None:
    found = read([TITLE, UNIT, ["指标", "当月（万元）", "累计（万元）"], ["工业总产值（亿元）", 1, 6], ROWS[1]])
    [finding] = coded(found, "unknown_row")
    assert (finding.where[-2:], finding.cause) == ("A4", "行名或单位列写亿元，表头写万元，不一致")


def test_rows_worked_out_from_the_others_are_no_enterprises(read: Read) -> None:
    head = ["序号", "企业名称", "营业收入", "工业总产值", "从业人数"]
    lines = [[1, "甲公司", 5, 6, 2], [2, "乙公司", 6, 4, 4], [None, "小计", 11, 1, 1], [None, "占比（%）", 50, 0, 0]]
    found = read([["2025年6月"], ["单位：万元"], head, *lines])
    assert [observation.subject for observation in found.observations] == ["甲公司", "乙公司"]
    unread = {finding.where.rpartition("!")[2]: finding.cause for finding in coded(found, "inferred_unread")}
    assert set(unread) == {"D3", "E3", "B6", "B7"}
    assert unread["D3"].count("规上工业总产值") == 1


# -- odd characters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["❶", "²", "①", "9" * 5000])
def test_digits_that_are_no_numbers_do_not_stop_the_reading(read: Read, number: str) -> None:
    head = ["序号", "企业名称", "营业收入"]
    found = read([["2025年1-6月重点企业"], ["单位：万元"], head, [number, "甲公司", 1], ["❷", "乙公司", 2]])
    assert [observation.subject for observation in found.observations] == ["甲公司", "乙公司"]


# -- a copied sheet -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["9月", "1-8月", "2024年", "一季度"])
def test_a_sheet_named_for_another_period_than_its_title_says_is_a_finding(read: Read, name: str) -> None:
    found = read([*TOP, *ROWS], sheet=name)
    assert {value[1] for value in said(found).values()} == {"2025-06", "2025-S1"}
    [finding] = coded(found, "period")
    assert finding.where == f"a.xlsx {name}!A1"
    assert name in finding.expected
    assert "2025-S1" in finding.found


@pytest.mark.parametrize("name", ["6月", "1-6月", "2025年", "上半年", "二季度", "Sheet1", "表1"])
def test_a_sheet_named_for_the_same_period_is_not(read: Read, name: str) -> None:
    assert not coded(read([*TOP, *ROWS], sheet=name), "period")


# -- empty cells --------------------------------------------------------------------------------------------------------


def test_an_empty_level_is_missing_and_an_empty_rate_is_not(read: Read) -> None:
    found = read([TITLE, UNIT, [*HEAD, "累计同比（%）"], ["工业总产值", None, 6, None], ["固定资产投资", 2, 7, 5]])
    assert said(found)["B4"] == ("gross_industrial_output", "2025-06", "level", "missing")
    assert "D4" not in said(found)


def test_an_empty_cell_of_an_enterprise_is_missing(read: Read) -> None:
    head = ["序号", "企业名称", "营业收入", "利润总额"]
    found = read([["2025年6月"], ["单位：万元"], head, [1, "甲公司", 5, None], [2, "乙公司", None, 4]])
    assert {cell: value[3] for cell, value in said(found).items()} == {
        "C4": "5万元",
        "D4": "missing",
        "C5": "missing",
        "D5": "4万元",
    }


def test_months_that_have_not_come_are_not_missing(read: Read) -> None:
    found = read([["2025年指标"], UNIT, ["指标", "1月", "2月", "3月"], ["工业总产值", 1, 2, None]])
    assert set(said(found)) == {"B4", "C4"}


def test_in_a_form_of_flows_and_stocks_an_empty_cell_is_nothing_to_report(read: Read) -> None:
    found = read(
        [["2025年6月"], UNIT, ["指标", "本年累计", "期末数"], ["工业总产值", 6, None], ["固定资产投资", None, 7]]
    )
    assert set(said(found)) == {"B4", "C5"}


@pytest.mark.parametrize("months", ["*月", "__月", "13月"])
def test_a_title_that_hides_its_months_is_not_replaced_by_the_files_year(read: Read, months: str) -> None:
    rows = [[f"某某园区2025年{months}主要经济指标"], ["单位：亿元"], HEAD, ["工业总产值", 1, 6], ["固定资产投资", 4, 9]]
    found = read(rows, name="2025年报表.xlsx", sheet="Sheet1")
    assert not said(found)
    assert any("表名中的报告期被隐去" in finding.cause for finding in found.findings)
