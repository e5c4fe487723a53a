"""Units as printed, and exact conversion."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.errors import UnitError
from parkbook.units import Unit, convert, parse_unit, unit_definitions


@pytest.mark.parametrize(
    ("text", "measure", "mult"),
    [
        ("亿元", "元", 8),
        ("万美元", "美元", 4),
        ("个百分点", "百分点", 0),
        ("％", "%", 0),
        ("万平方米", "平方米", 4),
        ("万元/亩", "元/亩", 4),
        ("千瓦时", "千瓦时", 0),
        ("万千瓦时", "千瓦时", 4),
        ("亿度", "千瓦时", 8),
        ("PFlops", "PFlops", 0),
        ("万亿元", "元", 12),
        ("名", "人", 0),
    ],
)
def test_printed_units(text, measure, mult):
    assert parse_unit(text) == Unit(measure, mult)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("1411.61", "万元", "元", "14116100"),
        ("39577", "万美元", "亿美元", "3.9577"),
        ("1", "平方公里", "亩", "1500"),
        ("1", "公顷", "亩", "15"),
        ("1", "万元/亩", "万元/公顷", "15"),
        ("13123685", "万元", "亿元", "1312.3685"),
    ],
)
def test_conversions_are_exact(value, source, target, expected):
    assert convert(Decimal(value), parse_unit(source), parse_unit(target)) == Decimal(expected)


@pytest.mark.parametrize(
    ("source", "target"), [("%", "百分点"), ("人", "人次"), ("亿元", "亿美元"), ("户", "家"), ("万千瓦时", "吨标准煤")]
)
def test_different_dimensions_never_meet(source, target):
    with pytest.raises(UnitError, match="不能换算"):
        convert(Decimal(1), parse_unit(source), parse_unit(target))


def test_an_unknown_unit_names_itself():
    with pytest.raises(UnitError, match="未知的计量单位“亿圆”"):
        parse_unit("亿圆")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_conversion_there_and_back_loses_nothing_between_powers_of_ten(value):
    there = convert(value, Unit("元", 8), Unit("元", 0))
    assert convert(there, Unit("元", 0), Unit("元", 8)) == value


def test_every_base_unit_is_a_unit_with_factor_one_of_its_dimension():
    definitions = unit_definitions()
    for definition in set(definitions.values()):
        base = definitions.get(definition.base_unit)
        if base is not None:
            assert (base.dimension, base.factor) == (definition.dimension, Fraction(1))
