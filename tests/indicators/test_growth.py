"""Conventions of growth against published examples, worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.catalogue import catalogue
from parkbook.indicators import growth
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.growth import Swing, Turn
from parkbook.indicators.rounding import half_up
from parkbook.model import Comparison, ObsStatus, PriceBasis, Transformation
from parkbook.periods import parse_period

INDICATOR = catalogue().get("gross_industrial_output")
YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
rates = st.decimals(Decimal("-99"), Decimal("400"), places=1)


def rows(observations, period):
    return page_rows(FigureIndex(observations), catalogue(), parse_period(period))


@pytest.mark.parametrize(("total", "yearly"), [("72.1", "31.2"), ("45.5", "20.6"), ("-19", "-10")])
def test_two_year_averages_as_published(total, yearly):
    assert half_up(growth.average_growth(Decimal(total), 2), 1) == Decimal(yearly)


def test_a_published_average_lies_within_the_rounding_of_its_total():
    """9.1 % over two years was published as 4.4 %: 9.1 itself gives 4.45, so the office rounded from more decimals."""
    low, high = growth.average_interval(Decimal("9.1"), 2)
    assert (half_up(low, 1), half_up(high, 1)) == (Decimal("4.4"), Decimal("4.5"))
    assert low < growth.average_growth(Decimal("9.1"), 2) < high


def test_published_rates_are_chained():
    """FAI 2021 H1: (1 + 12.6 %)(1 − 3.1 %) = 1.091, the official 比2019年1—6月增长9.1%."""
    assert half_up(growth.chain([Decimal("12.6"), Decimal("-3.1")]), 1) == Decimal("9.1")


@given(rates, st.integers(1, 6))
def test_the_average_of_equal_years_is_the_rate(rate, years):
    assert abs(growth.average_growth(growth.chain([rate] * years), years) - rate) < Decimal("1e-15")


def test_no_average_of_nothing_left():
    assert growth.average_growth(Decimal(-100), 2) is None
    assert growth.average_growth(Decimal(10), 0) is None


def test_the_average_of_two_published_rates_names_its_inputs(observe):
    now = observe("12.6", period="2021年上半年", **YOY)
    before = observe("-3.1", period="2020年上半年", **YOY)
    average = growth.two_year_average(INDICATOR, now, before)
    assert half_up(average.value, 1) == Decimal("4.5")  # √1.0911 − 1 = 4.45 %
    assert (average.comparison, average.inputs) == (Comparison.AVG_N, (now, before))


def test_rates_of_two_kinds_are_never_chained(observe):
    now = observe("12.6", period="2021年上半年", price_basis=PriceBasis.CONSTANT, **YOY)
    assert growth.two_year_average(INDICATOR, now, observe("-3.1", period="2020年上半年", **YOY)) is None
    assert growth.two_year_average(INDICATOR, now, observe("-3.1", period="2019年上半年", **YOY)) is None


def test_a_page_tells_the_average_after_a_shock_and_only_then(observe):
    def row(last_year):
        observations = [
            observe("30", period="2021年上半年", **YOY),
            observe(last_year, period="2020年上半年", **YOY),
        ]
        return rows(observations, "2021年上半年")[0]

    assert half_up(row("-15").average.value, 1) == Decimal("5.1")  # √(1.3 × 0.85) = 1.0512
    assert row("15").average is None


@pytest.mark.parametrize(
    ("rate", "times", "to_base"), [("179", "1.79", "2.79"), ("100", "1", "2"), ("790", "7.9", "8.9")]
)
def test_grown_by_and_grown_to(rate, times, to_base):
    """增长1.79倍 is +179 %, which is 2.79 times the base."""
    assert (growth.times_grown(Decimal(rate)), growth.ratio_to_base(Decimal(rate))) == (
        Decimal(times),
        Decimal(to_base),
    )


@pytest.mark.parametrize(
    ("now", "before", "turn"),
    [
        ("3.1", "2.3", Turn.FASTER),
        ("2.3", "3.1", Turn.SLOWER),
        ("2.3", "0", Turn.FASTER),
        ("-1", "-3", Turn.FALL_NARROWS),
        ("-3", "-1", Turn.FALL_WIDENS),
        ("1", "-1", Turn.FALL_TO_RISE),
        ("-1", "1", Turn.RISE_TO_FALL),
        ("-1", "0", Turn.RISE_TO_FALL),
        ("0", "-1", Turn.TO_FLAT),
        ("-2", "-2", Turn.SAME),
    ],
)
def test_how_a_rate_moved(now, before, turn):
    assert growth.turn_of(Decimal(now), Decimal(before)) is turn


@given(rates, rates)
def test_a_turn_agrees_with_the_signs(now, before):
    turn = growth.turn_of(now, before)
    assert (turn in (Turn.FALL_NARROWS, Turn.FALL_WIDENS)) == (now < 0 and before < 0 and now != before)
    if turn in (Turn.FASTER, Turn.FALL_NARROWS, Turn.FALL_TO_RISE):
        assert now > before


def test_a_cumulative_rate_meets_the_nearest_earlier_cumulative_one_of_the_year(observe):
    now = observe("3.1", period="2025", **YOY)
    others = [
        observe("2.3", period="2025年1-11月", **YOY),
        observe("9", period="2025年1-10月", **YOY),
        observe("14.1", period="2025-12", **YOY),  # a month
        observe("8", period="2024", **YOY),  # another year
        observe("7", period="2025年1-11月", price_basis=PriceBasis.CONSTANT, **YOY),  # another kind
    ]
    found = growth.turning(INDICATOR, now, [now, *others])
    assert (found.turn, found.change.value, found.previous) == (Turn.FASTER, Decimal("0.8"), others[0])


def test_january_and_february_alone_say_nothing_of_a_turn(observe):
    now = observe("3.1", period="2025年1-2月", **YOY)
    january = observe("9", period="2025M1-1", **YOY)
    assert january.period.end.month == 1 and january.period.basis == now.period.basis
    assert growth.turning(INDICATOR, now, [january]) is None
    march = observe("3.1", period="2025-03", **YOY)
    assert growth.turning(INDICATOR, march, [observe("9", period="2025-02", **YOY)]) is None


def test_a_month_meets_the_month_before_only(observe):
    now = observe("3.1", period="2025-09", **YOY)
    assert growth.turning(INDICATOR, now, [observe("2", period="2025-07", **YOY)]) is None
    assert growth.turning(INDICATOR, now, [observe("2", period="2025-08", **YOY)]).change.value == Decimal("1.1")


@pytest.mark.parametrize(
    ("now", "before", "swing"),
    [
        ("148", "-46", Swing.LOSS_TO_PROFIT),  # 由上年净亏损46亿元转为盈利148亿元
        ("-5", "20", Swing.PROFIT_TO_LOSS),
        ("-5", "-20", Swing.LOSS_SHRINKS),
        ("-20", "-5", Swing.LOSS_GROWS),
        ("3", "0", Swing.FROM_ZERO),
        ("0", "0", Swing.SAME),
        ("148", "46", None),
        ("0", "46", None),
    ],
)
def test_no_rate_on_a_base_that_is_not_positive(now, before, swing):
    assert growth.swing_of(Decimal(now), Decimal(before)) is swing


def test_a_row_without_a_rate_gets_the_change(observe):
    fields = {"indicator_id": "total_profit", "reported_label": "利润总额"}
    observations = [observe("148", period="2025", **fields), observe("-46", period="2024", **fields)]
    (row,) = rows(observations, "2025")
    assert row.implied is None
    assert (row.swing.swing, row.swing.change.value) == (Swing.LOSS_TO_PROFIT, Decimal(194))
    assert row.swing.change.status is ObsStatus.ESTIMATED


@pytest.mark.parametrize(("month", "released"), [(1, False), (2, False), (3, True), (12, True)])
def test_january_and_february_have_no_month_in_a_joint_survey(month, released):
    joint, taxes = catalogue().get("fixed_asset_investment"), catalogue().get("tax_revenue")
    assert growth.month_is_released(joint, month) is released
    assert growth.month_is_released(taxes, month)


def test_a_joint_survey_shows_no_february_even_where_a_ledger_has_one(observe):
    fields = {"indicator_id": "fixed_asset_investment"}
    february = [observe("14", period="2025年1-2月", **fields), observe("6", period="2025-02", **fields)]
    assert rows(february, "2025年1-2月")[0].month is None
    march = [observe("14", period="2025年1-2月", **fields), observe("23.5", period="2025年1-3月", **fields)]
    assert rows(march, "2025年1-3月")[0].month.value == Decimal("9.5")


def test_a_published_month_that_the_cumulatives_do_not_give_is_flagged(observe):
    """130.5 − 112.2 is 18.3: 18.4 may be rounding, 18.9 is not."""

    def month(stated):
        observations = [
            observe("130.5", period="2023年1-9月"),
            observe("112.2", period="2023年1-8月"),
            observe(stated, period="2023-09"),
        ]
        return rows(observations, "2023年1-9月")[0].month

    assert month("18.4").flags == ()
    assert month("18.9").flags == (growth.REVISED,)
    assert month("18.9").value == Decimal("18.9")
