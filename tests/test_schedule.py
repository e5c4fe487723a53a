"""序时进度: the ways of counting it, against published cases worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.errors import ParameterError
from parkbook.parameters import resolve
from parkbook.periods import parse_period, ytd_period
from parkbook.schedule import USUAL, Schedule, Way, parse_schedule


@pytest.mark.parametrize(
    ("way", "period", "share"),
    [
        ("", "2023年1-9月", "75"),
        ("month", "2023年上半年", "50"),
        ("half_month", "2017年1-8月", "62.5"),  # 1–8月上半月: 7.5/12
        ("day", "2025年1-9月", "75"),  # day 273 of 365 is 74.79, rounded up
        ("day:2025-08-15", "2025年1-8月", "63"),  # day 227 of 365 is 62.19
        ("day:2024-02-29", "2024年1-2月", "17"),  # day 60 of 366 is 16.39
        ("day:2025-08-15", "2025年1-9月", "75"),  # the cut-off is not in this period's last month
        ("day_of_month:2025-08-31", "2025年1-8月", "66.67"),
        ("window:3:8", "2025年1-2月", "0"),
        ("window:3:8", "2025年上半年", "50"),
        ("窗口：3：8", "2025年1-11月", "100"),
    ],
)
def test_the_share_of_the_year_that_should_be_done(way, period, share):
    assert round(parse_schedule(way).share(parse_period(period)), 2) == round(Decimal(share), 2)


def test_a_cut_off_inside_a_month_counts_its_days():
    """Seven full months and 15 of 31 days of August: 7.4839/12 = 62.37 %."""
    schedule = parse_schedule("day_of_month:2025-08-15")
    august = parse_period("2025年1-8月")
    assert round(schedule.share(august), 2) == Decimal("62.37")
    assert schedule.formula(august) == "（7 + 15/31）/12"
    assert schedule.applies(august).short_zh == "按截止日计"
    at_the_end = parse_schedule("day_of_month:2025-08-31")
    assert at_the_end.applies(august).usual
    assert at_the_end.formula(august) == "8/12"


def test_a_lagging_row_counts_full_months():
    july = parse_period("2025年1-7月")
    assert round(parse_schedule("half_month").share(july, lagging=True), 2) == Decimal("58.33")
    assert parse_schedule("half_month").formula(july) == "6.5/12"


@pytest.mark.parametrize("text", ["2025-09", "2025年三季度", "2025年末", "近年来"])
def test_only_a_cumulative_period_of_one_year_has_a_share(text):
    assert USUAL.share(parse_period(text)) is None


@given(st.sampled_from([*Way]), st.integers(1, 12), st.integers(2000, 2030))
def test_the_share_lies_between_nothing_and_all_and_the_year_ends_at_all(way, month, year):
    schedule = Schedule(way, start=3, months=6)
    share = schedule.share(ytd_period(year, month))
    assert 0 <= share <= 100
    if way is not Way.HALF_MONTH:
        assert schedule.share(ytd_period(year, 12)) == 100


@given(st.sampled_from([*Way]), st.integers(1, 11))
def test_the_share_never_falls(way, month):
    schedule = Schedule(way, start=4, months=5)
    assert schedule.share(ytd_period(2025, month)) <= schedule.share(ytd_period(2025, month + 1))


def test_ways_are_read_in_english_and_chinese_with_the_order_of_rounding():
    assert parse_schedule("半月 先取整:2") == Schedule(Way.HALF_MONTH, places=2)
    assert parse_schedule("day:2025-08-15") == Schedule(Way.DAY, date(2025, 8, 15))
    assert parse_schedule("month rounded").short_zh == "完成率先舍入"
    assert parse_schedule("  ").usual


@pytest.mark.parametrize(
    "text",
    ["moth", "day:八月", "day_of_month", "window:3", "window:13:1", "window:6:8", "month:3", "rounded:9", "month;drop"],
)
def test_an_unknown_way_is_refused_with_the_known_ones(text):
    with pytest.raises(ParameterError) as error:
        parse_schedule(text)
    assert "half_month" in str(error.value) and text in str(error.value)


def test_the_parameter_is_checked_before_anything_runs():
    with pytest.raises(ParameterError) as error:
        resolve("park", {"park": "demo", "progress": "half_mnth"}, {})
    assert "您是不是要用 half_month" in str(error.value)
    assert resolve("briefing", {"park": "demo", "progress": "半月"}, {}).progress == "半月"
