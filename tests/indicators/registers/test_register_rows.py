"""Rows of registers put together from their figures, and the sheet that answers for a period."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.indicators.register_rows import by_attribute, count_of, median, read_day, register_rows
from parkbook.model import ObsStatus, SourceKind, Transformation
from parkbook.periods import Month, parse_period
from parkbook.units import Unit


@pytest.mark.parametrize("text", ["2025-01-18", "2025年1月18日", "2025/1/18", "2025.01.18", " 2025-1-18 "])
def test_dates_as_offices_print_them(text):
    assert read_day(text) == datetime.date(2025, 1, 18)


@pytest.mark.parametrize("text", ["", "2025年1月", "待定", "2025-02-30", "去年底", "18-01-2025"])
def test_what_is_no_date_is_none(text):
    assert read_day(text) is None


def test_a_row_is_its_figures_of_one_line(ledger_row):
    observations = [
        *ledger_row("甲", 5, {"plot_land_area": ("10", "亩"), "tax_revenue": ("7", "万元", "2025")}, user="某厂"),
        *ledger_row("乙", 6, {"plot_land_area": ("20", "亩"), "tax_revenue": (None, "万元", "2025")}),
    ]
    rows = register_rows(observations, ("plot_land_area",), parse_period("2025"))
    assert [row.subject for row in rows] == ["甲", "乙"]
    assert rows[0].number("tax_revenue").obs_value == 7
    assert rows[0].attribute("user") == "某厂"
    assert rows[1].figure("tax_revenue").obs_status is ObsStatus.MISSING
    assert rows[1].number("tax_revenue") is None  # missing is no number, and never zero


def test_the_latest_sheet_not_after_the_period_answers(ledger_row):
    sheets = [("一季度", "2025年3月末"), ("二季度", "2025年6月末"), ("三季度", "2025年9月末")]
    observations = [
        o for sheet, end in sheets for o in ledger_row("甲", 5, {"plot_land_area": ("10", "亩", end)}, sheet=sheet)
    ]
    asked = {"2025年1-6月": Month(2025, 6), "2025年1-8月": Month(2025, 6), "2025": Month(2025, 9)}
    for period, month in asked.items():
        assert [row.as_of for row in register_rows(observations, ("plot_land_area",), parse_period(period))] == [month]
    assert register_rows(observations, ("plot_land_area",), parse_period("2024")) == []
    assert register_rows(observations, ("plot_land_area",), None)[0].as_of == Month(2025, 9)


def test_a_row_that_left_the_register_is_not_in_it(ledger_row):
    observations = [
        *ledger_row("走了", 5, {"plot_land_area": ("10", "亩", "2025年3月末")}, sheet="一季度"),
        *ledger_row("还在", 6, {"plot_land_area": ("10", "亩", "2025年3月末")}, sheet="一季度"),
        *ledger_row("还在", 5, {"plot_land_area": ("10", "亩", "2025年6月末")}, sheet="二季度"),
    ]
    assert [r.subject for r in register_rows(observations, ("plot_land_area",), parse_period("2025"))] == ["还在"]


def test_the_date_of_a_row_is_of_its_figures_at_a_date_not_of_its_plan(ledger_row):
    figures = {"project_total_investment": ("5", "亿元", "2025年6月末"), "project_annual_plan": ("3", "亿元", "2025")}
    [row] = register_rows(ledger_row("甲", 5, figures), ("project_total_investment",), parse_period("2025年1-6月"))
    assert row.as_of == Month(2025, 6)
    assert row.number("project_annual_plan").obs_value == 3


def test_last_years_column_and_the_forecast_are_told_apart(ledger_row):
    figures = {
        "operating_revenue": ("5", "亿元", "2025"),
        "operating_revenue/before": ("4", "亿元", "2024"),
        "operating_revenue/foreseen": ("9", "亿元", "2025", Transformation.LEVEL, ObsStatus.ESTIMATED),
    }
    [row] = register_rows(ledger_row("甲", 5, figures), ("operating_revenue",), parse_period("2025"))
    assert row.number("operating_revenue").obs_value == 5
    assert row.number("operating_revenue", years_back=1).obs_value == 4
    assert row.number("operating_revenue", foreseen=True).obs_value == 9


def test_figures_of_a_publication_are_no_rows(observe):
    one = observe("3", subject="甲", indicator_id="plot_land_area", unit="亩")
    assert one.source.kind is SourceKind.PUBLICATION
    assert register_rows([one], ("plot_land_area",), None) == []


def test_a_count_leads_to_its_rows(ledger_row):
    observations = [
        *ledger_row("甲", 5, {"plot_land_area": ("10", "亩")}, district="东"),
        *ledger_row("乙", 6, {"plot_land_area": ("20", "亩")}),
    ]
    rows = register_rows(observations, ("plot_land_area",), None)
    value = count_of("地块", rows, "逐行计数", Unit("宗"))
    assert (value.value, len(value.inputs), value.formula) == (Decimal(2), 2, "逐行计数")
    assert count_of("地块", [], "逐行计数", Unit("宗")) is None
    assert {name: len(members) for name, members in by_attribute(rows, "district").items()} == {"东": 1, "未填写": 1}


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=30))
def test_half_of_the_values_lie_on_each_side_of_the_median(values):
    middle = median(values)
    assert sum(v <= middle for v in values) * 2 >= len(values)
    assert sum(v >= middle for v in values) * 2 >= len(values)
    assert min(values) <= middle <= max(values)


def test_the_median_of_nothing_is_none():
    assert median([]) is None
    assert median([4, 9]) == Decimal("6.5")
