"""Periods, units and dates in the words around a table."""

from __future__ import annotations

import datetime

import pytest

from parkbook.errors import PeriodError, UnitError
from parkbook.periods import Month, month_period, parse_period, point_period, year_period, ytd_period
from parkbook.sources.grid import Cell
from parkbook.sources.layout import ColumnBasis
from parkbook.sources.words import as_vintage, cell_period, derived_period, find_period, find_unit, header_unit


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
    ],
)
def test_find_period(text: str, year: int | None, time_period: str) -> None:
    assert find_period(text, year).time_period == time_period


@pytest.mark.parametrize("text", ["", "主要经济指标", "共12345家"])
def test_no_period_is_an_error(text: str) -> None:
    with pytest.raises(PeriodError, match="找不到报告期"):
        find_period(text)


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
