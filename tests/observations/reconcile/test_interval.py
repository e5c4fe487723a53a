"""What a printed figure may have been, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.errors import UnitError
from parkbook.model import Observation, ObsStatus, Qualifier, Transformation
from parkbook.observations.reconcile.interval import (
    Interval,
    factor_between,
    fine_places,
    outward,
    printed,
    product,
    quotient,
    rounded,
)
from parkbook.units import parse_unit

Figure = Callable[..., Observation]


def bounds(interval: Interval | None) -> tuple[object, ...]:
    assert interval is not None
    return interval.low, interval.high, interval.low_open, interval.high_open


@pytest.mark.parametrize(
    ("indicator", "said", "fields", "low", "high", "low_open", "high_open"),
    [
        ("output", "62.3亿元", {}, "62.25", "62.35", False, False),
        ("output", "62.30亿元", {}, "62.295", "62.305", False, False),
        ("output", "75亿元", {}, "74.5", "75.5", False, False),
        ("output", "-8.8%", {}, "-8.85", "-8.75", False, False),
        ("output", "80%", {}, "79.5", "80.5", False, False),
        ("smes", "2275家", {}, "2275", "2275", False, False),  # a count is exact
        ("fdi", "39577万美元", {}, "39577", "39577", False, False),  # five digits: the figure on record
        ("fdi", "12500万美元", {}, "12499.5", "12500.5", False, False),  # three digits
        ("vehicles", "36.85万辆", {}, "36.845", "36.855", False, False),
        ("mu", "8000亩", {"qualifier": Qualifier.ABOUT}, "7000", "9000", False, False),
        ("mu", "12.3亩", {"qualifier": Qualifier.ABOUT}, "12.2", "12.4", False, False),
        ("smes", "50%", {"qualifier": Qualifier.ABOVE, "source_text": "均超过50%"}, "50", None, True, False),
        ("smes", "85%", {"qualifier": Qualifier.ABOVE, "source_text": "85%以上"}, "85", None, False, False),
        ("smes", "1000家", {"qualifier": Qualifier.ABOVE, "source_text": "1000余家"}, "1000", None, False, False),
        ("output", "5亿元", {"qualifier": Qualifier.BELOW, "source_text": "近5亿元"}, None, "5", False, True),
        ("output", "-5%", {"qualifier": Qualifier.ABOVE, "source_text": "下降超5%"}, None, "-5", False, True),
    ],
)
def test_printed(
    say: Figure,
    indicator: str,
    said: str,
    fields: dict[str, object],
    low: str | None,
    high: str | None,
    low_open: bool,
    high_open: bool,
) -> None:
    wanted = (Fraction(low) if low else None, Fraction(high) if high else None, low_open, high_open)
    assert bounds(printed(say(indicator, said, **fields))) == wanted


def test_ranges_keep_their_ends_and_hidden_figures_are_none(say: Figure) -> None:
    two_digits = say("output", "%", Transformation.GROWTH, value_low=Decimal(10), value_high=Decimal(100))
    assert bounds(printed(two_digits))[:2] == (10, 100)
    assert printed(say("output", "亿元", obs_status=ObsStatus.MASKED)) is None
    assert printed(say("output", "亿元")) is None


def test_both_ends_belong_because_the_two_rules_of_rounding_differ() -> None:
    """0.25 prints 0.3 by 四舍五入 and 0.2 by GB/T 8170: both readings must hold it."""
    half = Decimal("0.25")
    for rule, said in ((ROUND_HALF_UP, "0.3"), (ROUND_HALF_EVEN, "0.2")):
        value = half.quantize(Decimal("0.1"), rounding=rule)
        assert str(value) == said
        assert abs(value - half) <= Decimal("0.05")


def test_whole_numbers_respect_open_ends() -> None:
    def whole(low: str, high: str, **ends: bool) -> tuple[object, ...]:
        return bounds(Interval(Fraction(low), Fraction(high), **ends).whole())[:2]

    assert whole("13", "26") == (13, 26)
    assert whole("13", "26", high_open=True) == (13, 25)
    assert whole("13", "26", low_open=True) == (14, 26)
    assert whole("6.96", "7.08") == (7, 7)
    assert Interval(Fraction("7.1"), Fraction("7.9")).whole().empty


def test_quotient_and_product_keep_open_ends_open() -> None:
    four, above_half = Interval(Fraction(4), Fraction(4)), Interval(Fraction(1, 2), None, low_open=True)
    assert bounds(quotient(four, above_half)) == (None, 8, False, True)
    assert bounds(product(four, above_half)) == (2, None, True, False)
    assert bounds(above_half.within(None, Fraction(1))) == (Fraction(1, 2), 1, True, False)


@pytest.mark.parametrize(
    ("low", "high", "stored", "places"),
    [
        ("12498.6578", "12502.6062", ("12498.65", "12502.61"), 1),
        ("44.3060", "44.6953", ("44.306", "44.696"), 2),
        ("10044917.3", "10052612.6", ("10044910", "10052620"), -2),
        ("1.4", "4.5", ("1.40", "4.50"), 1),
    ],
)
def test_ends_are_no_finer_than_the_width_bears(low: str, high: str, stored: tuple[str, str], places: int) -> None:
    interval = Interval(Fraction(low), Fraction(high))
    assert tuple(str(end) for end in outward(interval)) == stored
    assert fine_places(interval, 10) == places


def test_shown_ends_are_the_nearest() -> None:
    assert str(rounded(Fraction("12498.65"), 1)) == "12498.7"
    assert str(rounded(Fraction("10044917.3"), -2)) == "10044900"
    assert str(rounded(Fraction("-2.5"), 0)) == "-3"


def test_units_that_do_not_convert_are_refused() -> None:
    assert factor_between(parse_unit("亿元"), parse_unit("万元")) == 10000
    with pytest.raises(UnitError, match="不能换算"):
        factor_between(parse_unit("亿元"), parse_unit("万美元"))
    with pytest.raises(UnitError, match="未知的计量单位"):
        factor_between(parse_unit("亿元"), type(parse_unit("亿元"))("斗"))


@given(
    st.fractions(min_value=1, max_value=10**7),
    st.fractions(min_value=Fraction(1, 1000), max_value=1000),
)
def test_outward_contains(low: Fraction, width: Fraction) -> None:
    below, above = outward(Interval(low, low + width))
    assert below is not None
    assert above is not None
    assert Fraction(below) <= low
    assert low + width <= Fraction(above)
    assert Fraction(above - below) <= width * Fraction(102, 100)
