"""The year-end forecast: its arithmetic by hand, its interval and probability, and what a park must have for them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.catalogue import catalogue
from parkbook.indicators import year_end as method
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.forecast import forecast, look_back
from parkbook.indicators.rounding import half_up
from parkbook.model import Comparison, ObsStatus, Transformation
from parkbook.periods import parse_period

D = Decimal
YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
BEFORE = {3: D(20), 6: D(45), 9: D(70), 12: D(100)}


def test_the_rest_of_last_year_grows_at_the_mean_of_overall_and_recent_growth():
    """To September 77 after 70: +10 %; since June 33 of 25 … here 29 after 25: +16 %; the rest 30 grows at 13 %: 77 + 33.9."""
    now = {3: D(22), 6: D(48), 9: D(77)}
    assert method.cumulative_growth(now, BEFORE, 9) == D("0.1")
    assert method.cumulative_growth(now, BEFORE, 9, 6) == D("0.16")
    assert method.remaining_growth(now, BEFORE, 9) == D("0.13")
    assert method.year_end(now, BEFORE, 9) == D("110.9")
    assert method.naive_year_end(now, BEFORE, 9) == D("110")
    assert method.path(now, BEFORE, 9) == {12: D("110.9")}


def test_the_first_figure_of_a_year_has_no_recent_months():
    assert method.year_end({3: D(22)}, BEFORE, 3) == D(110)
    assert method.year_end({2: D(11), 3: D(22)}, {2: D(10), **BEFORE}, 3) == D(110)  # 2月 is not two months behind 3月


@pytest.mark.parametrize(
    "before", [{}, {9: D(70)}, {9: D(0), 12: D(100)}, {9: D(-5), 12: D(100)}, {9: D(110), 12: D(100)}]
)
def test_no_forecast_without_a_sound_year_before(before):
    assert method.year_end({9: D(77)}, before, 9) is None


@given(
    st.lists(st.decimals("0.5", 50, places=2), min_size=12, max_size=12),
    st.decimals("0.5", "1.5", places=3),
    st.integers(2, 11),
)
def test_a_year_that_grows_evenly_is_foreseen_exactly(months, factor, month):
    before = {m: sum(months[:m]) for m in range(2, 13)}
    now = {m: value * factor for m, value in before.items() if m <= month}
    assert abs(method.year_end(now, before, month) - before[12] * factor) < D("1e-18")


def test_own_errors_widen_and_never_narrow():
    """A year foreseen 10 % too high in June and 5 % in September, against 1.23 and 0.71 % nationally: 15/1.94 = 7.7 times."""
    errors = [(6, D("0.10")), (9, D("-0.05"))]
    assert half_up(method.widening(errors), 1) == D("7.7")
    assert method.widening([(6, D("0.001"))]) == method.LEAST_WIDENING
    assert method.widening([]) is None
    assert method.half_width(6, D(2)) == D("0.0270")


def test_own_errors_come_from_complete_years_only():
    now = {3: D(22), 6: D(48), 9: D(77), 12: D(110)}
    months = dict(method.own_errors({2024: (now, BEFORE)}))
    assert set(months) == {3, 6, 9}
    assert half_up(months[9] * 100, 2) == D("0.82")  # 110.9 for 110
    assert method.own_errors({2024: ({3: D(22)}, BEFORE)}) == []


def test_the_interval_holds_the_forecast_and_not_less_than_is_done():
    low, high = method.interval(D(100), D(95), D("0.1"))
    assert (low, half_up(high, 2)) == (D(95), D("111.11"))
    assert half_up(method.interval(D(100), D(50), D("0.1"))[0], 2) == D("90.91")


def test_the_probability_is_a_half_at_the_forecast_and_ninety_at_the_edge():
    assert method.probability(D(100), D(100), D("0.05")) == 50
    # a tenth lies beyond either end of an 80 % interval
    assert method.probability(D(105), D(100), D("0.05")) == 90
    assert method.probability(D(95), D(100), D("0.05")) == 10


@given(st.decimals(50, 150, places=2), st.decimals(50, 150, places=2), st.decimals("0.01", "0.3", places=3))
def test_the_probability_rises_with_the_forecast(first, second, width):
    low, high = sorted((first, second))
    assert 0 <= method.probability(low, D(100), width) <= method.probability(high, D(100), width) <= 100


def year(observe, year, growth, *, months=range(2, 13), wobble=1):
    """Cumulative levels that grow evenly on 10 a month, the later months `wobble` times as much."""
    made = []
    for month in months:
        level = D(10 * month) * D(growth) * (D(wobble) if month > 6 else 1)
        made.append(observe(str(level), period=f"{year}年1-{month}月", locator=f"{year}-{month}"))
    return made


def row_of(observations, period):
    index = FigureIndex(observations)
    (row,) = page_rows(index, catalogue(), parse_period(period))
    return index, row


def target(observe, value, year="2025"):
    return observe(value, period=year, transformation=Transformation.TARGET)


def test_a_park_with_three_years_gets_point_interval_and_probability(observe):
    known = [*year(observe, 2023, "1"), *year(observe, 2024, "1.1"), *year(observe, 2025, "1.21", months=range(2, 10))]
    index, row = row_of([*known, target(observe, "150")], "2025年1-9月")
    found = forecast(index, row)
    assert half_up(found.point.value, 2) == D("145.20")  # 120 × 1.21
    assert found.point.status is ObsStatus.ESTIMATED
    assert found.factor == method.LEAST_WIDENING  # its past was foreseen exactly
    assert found.months == 33
    assert half_up(found.low.value, 1) == D("143.0") and half_up(found.high.value, 1) == D("147.4")  # ±1.5 %
    assert found.probability.value < 5
    assert half_up(found.completion.value, 1) == D("96.8")
    assert half_up(found.pace.needed.value, 2) == D("13.70")  # (150 − 108.9) / 3


def test_a_park_whose_past_was_hard_to_foresee_gets_a_wide_interval(observe):
    known = [
        *year(observe, 2023, "1"),
        *year(observe, 2024, "1.1", wobble="1.2"),
        *year(observe, 2025, "1.21", months=range(2, 10)),
    ]
    index, row = row_of([*known, target(observe, "150")], "2025年1-9月")
    found = forecast(index, row)
    assert found.factor > 3
    assert found.high.value - found.low.value > 10


def test_less_than_two_years_give_a_point_and_say_why_not_more(observe):
    known = [*year(observe, 2024, "1.1"), *year(observe, 2025, "1.21", months=range(2, 10))]
    index, row = row_of([*known, target(observe, "150")], "2025年1-9月")
    found = forecast(index, row)
    assert half_up(found.point.value, 2) == D("145.20")
    assert found.low is found.probability is None
    assert found.reason == "数据只有21个月，不足24个月，无法检验预计的误差，只列预计数"


def test_last_years_base_may_be_implied_by_its_published_growth(observe):
    """2023 is known by the rates of 2024 only; that is enough to test the method on 2024."""
    rates = [observe("10", period=f"2024年1-{m}月", locator=f"g{m}", **YOY) for m in range(2, 13)]
    known = [*year(observe, 2024, "1.1"), *rates, *year(observe, 2025, "1.21", months=range(2, 10))]
    index, row = row_of([*known, target(observe, "150")], "2025年1-9月")
    assert forecast(index, row).probability is not None


@pytest.mark.parametrize("period", ["2025", "2025年1月"])
def test_a_year_that_is_over_or_has_hardly_begun_is_not_forecast(observe, period):
    known = [*year(observe, 2024, "1.1", months=range(1, 13)), *year(observe, 2025, "1.21", months=range(1, 13))]
    index, row = row_of([*known, target(observe, "150")], period)
    assert forecast(index, row) is None


def test_no_forecast_without_target_and_none_from_figures_that_are_not_yet_out(observe):
    known = [*year(observe, 2023, "1"), *year(observe, 2024, "1.1"), *year(observe, 2025, "1.21")]
    index, row = row_of(known, "2025年1-9月")
    assert forecast(index, row) is None
    late = [o for o in known if o.locator not in ("2025-10", "2025-11", "2025-12")]
    with_later, without = (
        forecast(*row_of([*obs, target(observe, "150")], "2025年1-9月")).point.value for obs in (known, late)
    )
    assert with_later == without


def test_a_target_already_met_needs_no_probability(observe):
    known = [*year(observe, 2023, "1"), *year(observe, 2024, "1.1"), *year(observe, 2025, "1.21", months=range(2, 10))]
    index, row = row_of([*known, target(observe, "100")], "2025年1-9月")
    found = forecast(index, row)
    assert found.met and found.probability is None and found.pace is None


def test_looking_back_says_what_would_have_been_foreseen(observe):
    known = [*year(observe, 2024, "1"), *year(observe, 2025, "1.1", wobble="1.2")]
    index, row = row_of([*known, target(observe, "150")], "2025")
    june, september = look_back(index, row)
    assert half_up(june.point.value, 1) == D("132.0")  # 66 + 60 × 1.1
    assert half_up(june.error.value, 1) == D("-16.7")  # 132 for 158.4
    assert abs(september.error.value) < abs(june.error.value)


def test_a_park_that_was_foreseen_better_without_recent_growth_is_forecast_without_it():
    """Months that jump and fall back: the last two say nothing of the rest, so the naive forecast erred less."""
    before = {m: D(10 * m) for m in range(2, 13)}
    jumpy = {m: D(10 * m + (6 if m in (5, 8) else 0)) for m in range(2, 13)}
    assert method.own_weight({2024: (jumpy, before)}) == 0
    turning = {m: D(10 * m) * (1 + D(m) / 100) for m in range(2, 13)}
    assert method.own_weight({2024: (turning, before)}) == method.RECENT_WEIGHT
    assert method.own_weight({}) == method.RECENT_WEIGHT
    assert method.year_end({6: D(66), 4: D(40)}, before, 6, D(0)) == method.naive_year_end({6: D(66)}, before, 6)


def test_the_tables_of_errors_fall_towards_the_years_end():
    for table in (method.TYPICAL_ERROR, method.HALF_WIDTH):
        assert sorted(table) == list(range(2, 12))
        assert list(table.values()) == sorted(table.values(), reverse=True)
