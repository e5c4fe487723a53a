"""Periods as offices write them, and their keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.errors import PeriodError
from parkbook.periods import Basis, Month, PeriodStatus, parse_period, span_period


@pytest.mark.parametrize(
    ("text", "start", "end", "basis", "time_period"),
    [
        ("2025", (2025, 1), (2025, 12), Basis.YTD, "2025"),
        ("2025年全年", (2025, 1), (2025, 12), Basis.YTD, "2025"),
        ("2022年上半年", (2022, 1), (2022, 6), Basis.YTD, "2022-S1"),
        ("2022年1-6月", (2022, 1), (2022, 6), Basis.YTD, "2022-S1"),
        ("2017H1", (2017, 1), (2017, 6), Basis.YTD, "2017-S1"),
        ("2023年下半年", (2023, 7), (2023, 12), Basis.PERIOD, "2023-S2"),
        ("2016Q1", (2016, 1), (2016, 3), Basis.YTD, "2016-Q1"),
        ("2023年三季度", (2023, 7), (2023, 9), Basis.PERIOD, "2023-Q3"),
        ("2020Q1-Q3", (2020, 1), (2020, 9), Basis.YTD, "2020-M1-9"),
        ("2023年前三季度", (2023, 1), (2023, 9), Basis.YTD, "2023-M1-9"),
        ("2023年１－９月", (2023, 1), (2023, 9), Basis.YTD, "2023-M1-9"),
        ("2018M1-10", (2018, 1), (2018, 10), Basis.YTD, "2018-M1-10"),
        ("2017-05", (2017, 5), (2017, 5), Basis.MONTH, "2017-05"),
        ("2023年9月", (2023, 9), (2023, 9), Basis.MONTH, "2023-09"),
        ("截至2023年9月底", (2023, 9), (2023, 9), Basis.POINT, "2023-09-30"),
        ("二〇二四年末", (2024, 12), (2024, 12), Basis.POINT, "2024-12-31"),
    ],
)
def test_stated_periods(text, start, end, basis, time_period):
    period = parse_period(text)
    assert (period.start, period.end, period.basis) == (Month(*start), Month(*end), basis)
    assert period.time_period == time_period
    assert period.status is PeriodStatus.STATED
    assert period.text == text


@pytest.mark.parametrize(
    ("text", "time_period"),
    [
        ("全年", "2023"),
        ("上半年", "2023-S1"),
        ("一季度", "2023-Q1"),
        ("前三季度", "2023-M1-9"),
        ("1-9月", "2023-M1-9"),
        ("截至9月底", "2023-09-30"),
        ("M1-10", "2023-M1-10"),
        ("Q1-Q3", "2023-M1-9"),
        ("9月", "2023-09"),
        ("十一月", "2023-11"),
        ("年底", "2023-12-31"),
        ("三季度", "2023-Q3"),
    ],
)
def test_words_without_a_year_take_the_given_one_and_say_so(text, time_period):
    period = parse_period(text, 2023)
    assert period.time_period == time_period
    assert period.status is PeriodStatus.INFERRED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("近年来", PeriodStatus.UNKNOWN),
        ("今年以来", PeriodStatus.UNKNOWN),
        ("", PeriodStatus.UNKNOWN),
        ("上半年", PeriodStatus.UNKNOWN),
        ("*-*月", PeriodStatus.MASKED),
        ("2022年x月", PeriodStatus.MASKED),
    ],
)
def test_unstated_and_masked_periods_have_no_months(text, status):
    period = parse_period(text)
    assert (period.start, period.end, period.basis, period.status) == (None, None, None, status)
    assert period.label_zh == "报告期未载明"


@pytest.mark.parametrize("text", ["2023年13月", "2023M9-2", "五年规划", "2023Q5", "abc"])
def test_words_that_are_no_period_are_refused(text):
    with pytest.raises(PeriodError):
        parse_period(text)


@given(year=st.integers(1990, 2060), first=st.integers(1, 12), last=st.integers(1, 12))
def test_display_forms_parse_back_to_the_same_key(year, first, last):
    if first > last:
        with pytest.raises(PeriodError):
            span_period(year, first, last)
        return
    period = span_period(year, first, last)
    assert parse_period(period.time_period).key == period.key
    assert parse_period(period.label_zh).key == period.key


def test_the_same_months_of_the_year_before():
    assert parse_period("2023年1-9月").shift_years(-1).time_period == "2022-M1-9"
