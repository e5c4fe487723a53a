"""Periods, units and dates in the words around a table."""

from __future__ import annotations

import datetime

import pytest

from parkbook.errors import PeriodError, UnitError
from parkbook.periods import Month, PeriodStatus, month_period, parse_period, point_period, year_period, ytd_period
from parkbook.sources.grid import Cell, Grid, rows_of
from parkbook.sources.layout import ColumnBasis, PeriodRule
from parkbook.sources.words import (
    as_vintage,
    cell_period,
    derived_period,
    find_period,
    find_unit,
    header_unit,
    sheet_period,
)


@pytest.mark.parametrize(
    ("text", "year", "time_period"),
    [
        ("示例园区2025年9月主要经济指标", None, "2025-09"),
        ("示例园区2025年1—9月经济运行月报", None, "2025-M1-9"),
        ("2025年经济运行月报（1-9月）", None, "2025-M1-9"),
        ("园区2025年上半年情况", None, "2025-S1"),
        ("2024年度企业名录", None, "2024"),
        ("截至2025年9月底在库项目", None, "2025-09-30"),
        ("二〇二五年三月报表", None, "2025-03"),
        ("2025-03报表", None, "2025-03"),
        ("9月", 2025, "2025-09"),
        ("1-9月报表", 2025, "2025-M1-9"),
        ("三季度", 2025, "2025-Q3"),
        ("2025年3季度", None, "2025-Q3"),
        ("对照2024年目标，2025年9月完成情况", None, "2025-09"),
        ("2021—2025年规划，2025年9月完成情况", None, "2025-09"),
        ("示例园区2025.6主要指标", None, "2025-06"),
        ("示例园区202506主要指标", None, "2025-06"),
        ("示例园区2025/6主要指标", None, "2025-06"),
        ("2025_09月报", None, "2025-09"),
        ("2025.1-6月主要指标", None, "2025-S1"),
        ("2025年前6个月", None, "2025-S1"),
        ("2025年前十个月", None, "2025-M1-10"),
        ("2025年1、2月主要指标", None, "2025-M1-2"),
        ("2025年1-3季度", None, "2025-M1-9"),
        ("2025年12家企业名录", None, "2025"),
        ("2025年1-100强企业", None, "2025"),
        ("2025年9月XX月报", None, "2025-09"),
        ("主要指标（月）2025年9月", None, "2025-09"),
        ("2025年9月①主要指标", None, "2025-09"),
        ("2025年①主要指标", None, "2025"),
        ("2025年9", None, "2025-09"),
        ("2025年 月报（1-9月）", None, "2025-M1-9"),
    ],
)
def test_find_period(text: str, year: int | None, time_period: str) -> None:
    assert find_period(text, year).time_period == time_period


@pytest.mark.parametrize("text", ["", "主要经济指标", "共12345家"])
def test_no_period_is_an_error(text: str) -> None:
    with pytest.raises(PeriodError, match="找不到报告期"):
        find_period(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("示例园区2025年*月主要指标", PeriodStatus.MASKED),
        ("示例园区2025年X月主要指标", PeriodStatus.MASKED),
        ("示例园区2025年1-**月主要指标", PeriodStatus.MASKED),
        ("2025年1*月", PeriodStatus.MASKED),
        ("2025xx月", PeriodStatus.MASKED),
        ("某某园区2025年某月", PeriodStatus.MASKED),
        ("20XX年6月", PeriodStatus.MASKED),
        ("2025-**", PeriodStatus.MASKED),
        ("示例园区2025年__月主要指标", PeriodStatus.UNKNOWN),
        ("示例园区2025年   月主要指标", PeriodStatus.UNKNOWN),
        ("2025年   月报表", PeriodStatus.UNKNOWN),
        ("2025年主要指标（  月）", PeriodStatus.UNKNOWN),
        ("2025年（  ）月主要指标", PeriodStatus.UNKNOWN),
    ],
)
def test_a_month_that_is_masked_or_blank_is_not_known(text: str, status: PeriodStatus) -> None:
    period = find_period(text)
    assert (period.key, period.status, period.text) == ((None, None, None), status, text)


@pytest.mark.parametrize(
    "text",
    [
        "2025年13月",
        "2025年0月",
        "2025年00月",
        "2025年1-13月",
        "2025年6-1月",
        "2025年1、3月",
        "202513主要指标",
        "2024-2025年主要指标",
        "2024—25年主要指标",
        "2025年6月-2026年2月",
        "2025年6月1日至12月31日",
        "2025年上半年及7月",
        "2025年1-9主要指标",
        "2025年9主要指标",
    ],
)
def test_what_is_no_single_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="报告期的写法不成立或不止一个"):
        find_period(text)


@pytest.mark.parametrize("basis", [ColumnBasis.MONTH, ColumnBasis.QUARTER])
@pytest.mark.parametrize("title", ["2025年主要指标", "2025年度主要指标"])
def test_a_year_has_no_month_of_its_own(title: str, basis: ColumnBasis) -> None:
    with pytest.raises(PeriodError, match="报告期只写了年份"):
        derived_period(find_period(title), basis)


def test_the_months_of_a_year_end_with_december() -> None:
    assert derived_period(find_period("2025年1-12月主要指标"), ColumnBasis.MONTH).key == month_period(2025, 12).key


def test_a_month_stored_as_a_number_has_lost_its_last_nought() -> None:
    with pytest.raises(PeriodError, match="不能确定是 1 月还是 10 月"):
        cell_period(Cell(1, 1, 2025.1), None)
    assert cell_period(Cell(1, 1, 2025.1, "0.00"), None).key == month_period(2025, 10).key
    assert cell_period(Cell(1, 1, 2025.6), None).key == month_period(2025, 6).key


@pytest.mark.parametrize("value", [datetime.datetime(2025, 6, 1), datetime.date(2025, 6, 30), 2025.06])
def test_a_title_that_is_a_date_is_its_month(value: object) -> None:
    grid = Grid("表", rows_of([("主要指标", value)]))
    rule = PeriodRule.model_validate({"from": "title", "cell": "B1"})
    assert sheet_period(rule, grid, "").key == month_period(2025, 6).key


@pytest.mark.parametrize(
    ("value", "year", "expected"),
    [
        (9, 2025, month_period(2025, 9)),
        ("1-2月", 2025, ytd_period(2025, 2)),
        (202509, None, month_period(2025, 9)),
        (datetime.datetime(2025, 9, 1), None, month_period(2025, 9)),
        ("2025年9月", None, month_period(2025, 9)),
        (2025, None, year_period(2025)),
    ],
)
def test_periods_of_rows(value: object, year: int | None, expected: object) -> None:
    assert cell_period(Cell(1, 1, value), year).key == expected.key  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("basis", "years", "expected"),
    [
        (ColumnBasis.STATED, 0, ytd_period(2025, 9)),
        (ColumnBasis.MONTH, 0, month_period(2025, 9)),
        (ColumnBasis.YTD, 0, ytd_period(2025, 9)),
        (ColumnBasis.YTD, -1, ytd_period(2024, 9)),
        (ColumnBasis.YEAR, 0, year_period(2025)),
        (ColumnBasis.POINT, 0, point_period(2025, 9)),
        (ColumnBasis.LAST_YEAR_END, 0, point_period(2024, 12)),
        (ColumnBasis.QUARTER, 0, parse_period("2025年三季度")),
    ],
)
def test_months_of_a_column(basis: ColumnBasis, years: int, expected: object) -> None:
    stated = find_period("2025年1-9月")
    assert derived_period(stated, basis, years).key == expected.key  # type: ignore[attr-defined]


def test_first_quarter_is_cumulative() -> None:
    assert derived_period(month_period(2025, 3), ColumnBasis.QUARTER).key == (Month(2025, 1), Month(2025, 3), "ytd")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("计量单位:亿元", "亿元"),
        ("（单位：万美元）", "万美元"),
        ("产值（万元）", "万元"),
        ("家", "家"),
        ("（%）", "%"),
    ],
)
def test_units_of_words(text: str, unit: str) -> None:
    assert str(find_unit(text)) == unit


def test_unit_line_with_several_units_is_refused() -> None:
    with pytest.raises(UnitError, match="未知的计量单位“万元、家”"):
        find_unit("单位：万元、家")


def test_unit_of_a_header() -> None:
    assert str(header_unit(("营业收入（万元）", "本月"))) == "万元"


@pytest.mark.parametrize(
    ("text", "vintage"),
    [
        ("报送日期：2025年8月6日", "2025-08-06"),
        ("2025-08", "2025-08"),
        ("2025.8.6", "2025-08-06"),
        ("次月10日", "次月10日"),
    ],
)
def test_vintage_sorts(text: str, vintage: str) -> None:
    assert as_vintage(text) == vintage
