"""A cell says a number exactly as shown, or a status; never a guess."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.model import ObsStatus, Qualifier
from parkbook.sources.cells import exact, read_figure, shown
from parkbook.sources.grid import Cell


def cell(value: Any, number_format: str = "General", *, uncached: bool = False) -> Cell:
    return Cell(1, 1, value, number_format, uncached=uncached)


@pytest.mark.parametrize(
    ("value", "number_format", "expected", "words"),
    [
        (12.3, "General", "12.3", "12.3"),
        (0.123, "0.0%", "12.3", "12.3%"),
        (-0.088, "0.00%", "-8.80", "-8.80%"),
        (0.07, "0%", "7", "7%"),
        (0.1234, "[Red]0.00%;[Blue]-0.00%", "12.34", "12.34%"),
        (12, "0.0", "12.0", "12.0"),
        (0, "0.0", "0.0", "0.0"),
        (1234567.5, "#,##0.00", "1234567.50", "1,234,567.50"),
        (1234.5, "#,##0_);(#,##0)", "1234.5", "1,235"),
        (0.1 + 0.2, "General", "0.3", "0.3"),
        (12.299999999999999, "0.0", "12.3", "12.3"),
        (1e16, "General", "10000000000000000", "10000000000000000"),
        (1e-7, "General", "0.0000001", "0.0000001"),
        (2275, "General", "2275", "2275"),
    ],
)
def test_numbers_are_exact_and_keep_printed_decimals(
    value: float, number_format: str, expected: str, words: str
) -> None:
    reading = read_figure(cell(value, number_format))
    assert reading.value == Decimal(expected)
    assert reading.value is not None
    assert reading.value.as_tuple().exponent == Decimal(expected).as_tuple().exponent
    assert reading.percent is ("%" in number_format)
    assert shown(cell(value, number_format)) == words


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "status"),
    [
        ("１２３４．５", "1234.5", Qualifier.EXACT, ObsStatus.REPORTED),
        ("1,234,567.5", "1234567.5", Qualifier.EXACT, ObsStatus.REPORTED),
        (" -3.2 ", "-3.2", Qualifier.EXACT, ObsStatus.REPORTED),
        ("-3.2%", "-3.2", Qualifier.EXACT, ObsStatus.REPORTED),
        ("约12.3", "12.3", Qualifier.ABOUT, ObsStatus.REPORTED),
        ("近500", "500", Qualifier.BELOW, ObsStatus.REPORTED),
        ("超过500", "500", Qualifier.ABOVE, ObsStatus.REPORTED),
        ("500余", "500", Qualifier.ABOVE, ObsStatus.REPORTED),
        ("预计75", "75", Qualifier.EXACT, ObsStatus.ESTIMATED),
    ],
)
def test_numbers_as_text(text: str, value: str, qualifier: Qualifier, status: ObsStatus) -> None:
    reading = read_figure(cell(text, "@"))
    assert (reading.value, reading.qualifier, reading.status) == (Decimal(value), qualifier, status)


def test_only_bare_numbers_count_as_numbers_stored_as_text() -> None:
    assert read_figure(cell("１２")).as_text
    assert not read_figure(cell("约12")).as_text
    assert not read_figure(cell(12)).as_text


@pytest.mark.parametrize("text", ["8-10", "8%-10%", "8—10%"])
def test_ranges_have_bounds_and_no_value(text: str) -> None:
    reading = read_figure(cell(text))
    assert (reading.value, reading.low, reading.high, reading.qualifier) == (None, 8, 10, Qualifier.RANGE)


@pytest.mark.parametrize(
    ("value", "status", "problem"),
    [
        ("—", ObsStatus.MISSING, ""),
        ("*", ObsStatus.MASKED, ""),
        ("xx", ObsStatus.MASKED, ""),
        ("/", ObsStatus.MISSING, ""),
        ("未报", ObsStatus.MISSING, ""),
        (None, ObsStatus.MISSING, ""),
        ("#DIV/0!", ObsStatus.ERROR, "是公式错误值"),
        ("#N/A", ObsStatus.ERROR, "是公式错误值"),
        ("详见附件", ObsStatus.ERROR, "是文字，不是数"),
        ("1,23", ObsStatus.ERROR, "是文字，不是数"),
        (True, ObsStatus.ERROR, "是逻辑值，不是数"),
        (datetime.datetime(2025, 3, 5), ObsStatus.ERROR, "是日期或时间，不是数"),
    ],
)
def test_what_is_no_number_is_a_status(value: Any, status: ObsStatus, problem: str) -> None:
    reading = read_figure(cell(value))
    assert (reading.value, reading.status, reading.problem) == (None, status, problem)


@pytest.mark.parametrize("text", ["29XX6", "12.**", "**.*%", "***%", "**万元", "-X", "**.*", "１２××", "○○家"])
def test_hidden_digits_are_masked(text: str) -> None:
    reading = read_figure(cell(text))
    assert (reading.value, reading.status, reading.problem) == (None, ObsStatus.MASKED, "")


def test_what_is_not_published_is_withheld() -> None:
    assert read_figure(cell("未公布")).status is ObsStatus.WITHHELD


@pytest.mark.parametrize("text", ["3×4", "**路", "5xy", "*某某"])
def test_other_words_with_stars_are_no_masks(text: str) -> None:
    assert read_figure(cell(text)).status is ObsStatus.ERROR


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [
        ("100①", "100", "①"),
        ("12.5²", "12.5", "²"),
        ("12³ ", "12", "³"),
        ("５①", "5", "①"),
        ("7㉑", "7", "㉑"),
        ("8.5%⑴", "8.5", "⑴"),
        ("约100①②", "100", "①②"),
    ],
)
def test_the_mark_of_a_footnote_is_no_digit(text: str, value: str, mark: str) -> None:
    reading = read_figure(cell(text))
    assert (reading.value, reading.status) == (Decimal(value), ObsStatus.REPORTED)
    assert reading.problem == f"数后带注码“{mark}”"


@pytest.mark.parametrize("text", ["①", "㉑", "①100", "1²3", "3½", "½", "²"])
def test_small_and_circled_numbers_alone_are_no_figures(text: str) -> None:
    reading = read_figure(cell(text))
    assert (reading.value, reading.status) == (None, ObsStatus.ERROR)
    assert reading.problem == "有上标、带圈数字或分数，不能确定是什么数"


@pytest.mark.parametrize(
    "text", ["12\n34", "5 8", "1 2 3", "12 34", "1234 567", "12\t345", "12 345 6", "1.5 234", "5\n-3"]
)
def test_several_numbers_in_a_cell_are_not_glued(text: str) -> None:
    reading = read_figure(cell(text))
    assert (reading.value, reading.problem) == (None, "中有不止一个数")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234", "1234"),
        ("12\u00a0345.6", "12345.6"),
        ("-1 234 567", "-1234567"),
        ("１　２３４", "1234"),
        ("- 5", "-5"),
    ],
)
def test_a_space_before_three_digits_separates_thousands(text: str, value: str) -> None:
    assert read_figure(cell(text)).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2025-06", "像是日期，不是数"),
        ("2025-12", "像是日期，不是数"),
        ("06-30", "像是日期，不是数"),
        ("8-5", "中范围的起点大于终点"),
        ("-3--5", "中范围的起点大于终点"),
    ],
)
def test_dates_and_falling_ranges_are_no_ranges(text: str, problem: str) -> None:
    reading = read_figure(cell(text))
    assert (reading.low, reading.high, reading.status) == (None, None, ObsStatus.ERROR)
    assert reading.problem == problem


def test_a_range_below_zero_rises_too() -> None:
    reading = read_figure(cell("-5--3"))
    assert (reading.low, reading.high) == (-5, -3)


def test_formula_without_stored_value_is_an_error_not_a_blank() -> None:
    reading = read_figure(cell(None, uncached=True))
    assert reading.status is ObsStatus.ERROR
    assert reading.problem == "公式没有保存计算结果"


@pytest.mark.parametrize("number_format", ["#,##0,", '0!.0,"万"', "0.0,,"])
def test_formats_that_divide_by_thousands_are_marked(number_format: str) -> None:
    reading = read_figure(cell(12345, number_format))
    assert reading.scaled
    assert reading.value == 12345


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime.datetime(2025, 3, 5), "2025-03-05"),
        (datetime.date(2025, 3, 5), "2025-03-05"),
        (datetime.datetime(2025, 3, 5, 8, 30), "2025-03-05 08:30"),
        ("  已开工 ", "已开工"),
        (None, ""),
    ],
)
def test_dates_and_words_as_shown(value: Any, words: str) -> None:
    assert shown(cell(value)) == words


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_typed_into_a_cell_comes_back_exactly(number: Decimal) -> None:
    assert exact(float(number)) == number


@given(st.decimals(min_value=-1000, max_value=1000, places=2))
def test_a_per_cent_typed_into_a_cell_comes_back_exactly(number: Decimal) -> None:
    assert read_figure(cell(float(number / 100), "0.00%")).value == number


@given(st.text(max_size=12))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    reading = read_figure(cell(text))
    assert (reading.value is None) or reading.status in (ObsStatus.REPORTED, ObsStatus.ESTIMATED)
