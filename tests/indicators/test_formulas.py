"""Indicator arithmetic against values worked out by hand from published figures."""

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.indicators import formulas
from parkbook.indicators.rounding import half_up
from parkbook.model import Comparison, ObsStatus, Transformation
from parkbook.periods import parse_period

INDICATOR = catalogue().get("gross_industrial_output")


def test_a_ratio_of_levels_with_another_sign_than_the_published_rate_is_flagged(observe):
    """FAI 2021 H1: the levels say -9.1 %, the published rate is +12.6 %."""
    now, before = observe("255900", period="2021年上半年"), observe("281603", period="2020年上半年")
    stated = observe(
        "12.6", period="2021年上半年", unit="%", transformation=Transformation.GROWTH, comparison=Comparison.YOY
    )
    implied = formulas.implied_growth(INDICATOR, now, before, stated)
    assert half_up(implied.value, 1) == Decimal("-9.1")
    assert implied.status is ObsStatus.ESTIMATED
    assert implied.flags == ("推算（按公布数，非可比口径）", "与公布增速方向相反")


@pytest.mark.parametrize(("now", "before"), [("10", "0"), ("10", "-3"), (None, "8")])
def test_no_rate_without_a_positive_base_or_a_number(observe, now, before):
    status = {} if now else {"obs_status": ObsStatus.MASKED}
    assert formulas.implied_growth(INDICATOR, observe(now, **status), observe(before, period="2024"), None) is None


def test_yuan_and_dollars_never_meet(observe):
    assert (
        formulas.completion(INDICATOR, observe("3", unit="亿美元"), observe("20", transformation=Transformation.TARGET))
        is None
    )


def test_units_of_one_kind_do(observe):
    completed = formulas.completion(
        INDICATOR, observe("15000", unit="万元"), observe("3", transformation=Transformation.TARGET)
    )
    assert completed.value == Decimal(50)


def test_the_weakest_status_is_carried(observe):
    done = observe("62.3", obs_status=ObsStatus.ESTIMATED)
    assert (
        formulas.completion(INDICATOR, done, observe("44.5", transformation=Transformation.TARGET)).status
        is ObsStatus.ESTIMATED
    )


def test_a_share_needs_one_period(observe):
    assert formulas.share(INDICATOR, observe("5"), observe("20", period="2024")) is None
    assert formulas.share(INDICATOR, observe("5"), observe("20")).value == Decimal(25)


def test_a_month_is_the_difference_of_two_cumulatives_and_says_so(observe):
    month = formulas.month_from_cumulatives(
        INDICATOR, observe("130.5", period="2023年1-9月"), observe("112.2", period="2023年1-8月")
    )
    assert month.value == Decimal("18.3")
    assert month.period == parse_period("2023-09") or month.period.key == parse_period("2023-09").key
    assert "由累计数推得" in month.formula


@pytest.mark.parametrize(
    ("value", "places", "expected"), [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.05", 1, "0.1"), ("2.675", 2, "2.68")]
)
def test_rounding_is_half_up_on_the_exact_decimal(value, places, expected):
    assert half_up(Decimal(value), places) == Decimal(expected)
