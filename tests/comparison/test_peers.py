"""Who the peers are and why; where a park stands; what may be said of a group."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parkbook.catalogue import catalogue
from parkbook.comparison.alignment import other_years
from parkbook.comparison.comparability import compare
from parkbook.comparison.declared import declared_comparisons
from parkbook.comparison.peers import (
    Feature,
    alike,
    choose_peers,
    group_growth,
    of_like_size,
    ratio_of_sums,
    region_of,
    standing,
)
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import published
from parkbook.model import Comparison, Transformation
from parkbook.periods import parse_period
from parkbook.sources.park import Park
from parkbook.units import parse_unit

INDICATOR = catalogue().get("gross_industrial_output")
PERIOD = parse_period("2016-S1")
YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}


def park(park_id, **fields):
    return Park.model_validate({"id": park_id, "name": park_id, "relation": "third_party"} | fields)


def compared(observe, values, transformation=Transformation.LEVEL, indicator=INDICATOR, **fields):
    kind = YOY if transformation is Transformation.GROWTH else {}
    indexes = {
        name: FigureIndex([observe(value, period="2016-S1", indicator_id=indicator.id, **(kind | fields))])
        for name, value in values.items()
    }
    return compare(indicator, transformation, PERIOD, indexes)


# --- who ------------------------------------------------------------------------------------------------------------

PARKS = {
    "a": park("a", type="high_tech", level="national", area="云南省昆明市", peers=["c", "gone"]),
    "b": park("b", type="high_tech", level="national", area="云南省楚雄州"),
    "c": park("c", type="high_tech", level="provincial", area="北京市"),
    "d": park("d", type="high_tech", level="national", synthetic=True),
    "e": park("e", area="内蒙古自治区呼和浩特市新城区"),
}


@pytest.mark.parametrize(
    ("name", "named", "ids", "basis"),
    [
        ("a", ("b", "a", "b"), ("b",), "分析人员指定"),
        ("a", (), ("c",), "园区档案中列明的可比园区"),
        ("b", (), ("a",), "同为高新区、国家级"),
        ("c", (), ("a", "b"), "同为高新区"),
        ("d", (), (), ""),
        ("e", (), (), ""),
    ],
)
def test_peers_and_the_basis_of_their_choice(name, named, ids, basis):
    choice = choose_peers(PARKS[name], PARKS, named)
    assert (choice.ids, choice.basis) == (ids, basis)


def test_region_is_the_province_stated():
    assert [region_of(PARKS[name]) for name in "ace"] == ["云南省", "北京市", "内蒙古自治区"]
    assert region_of(PARKS["d"]) == ""
    assert alike(PARKS["a"], PARKS.values(), Feature.REGION) == ("b",)
    assert alike(PARKS["e"], PARKS.values(), Feature.TYPE) == ()  # not stated is not alike


def test_like_size_is_within_a_factor():
    sizes = {"a": Decimal(30), "b": Decimal(10), "c": Decimal(90), "d": Decimal("9.9"), "e": Decimal(91)}
    assert of_like_size(sizes, "a") == ("b", "c")
    assert of_like_size({"a": Decimal(0), "b": Decimal(1)}, "a") == ()
    assert of_like_size(sizes, "z") == ()


# --- where ----------------------------------------------------------------------------------------------------------


def test_percentile_and_gaps_by_hand(observe):
    found = standing(compared(observe, {"a": "10", "b": "20", "c": "20", "d": "40", "e": "5"}))
    assert found.median.value == 20
    place = {position.entry.park_id: position for position in found.positions}
    assert {name: place[name].percentile for name in "abcde"} == {"a": 25, "b": Decimal("62.5"), "c": Decimal("62.5"), "d": 100, "e": 0}  # fmt: skip
    assert (place["b"].ahead_of, place["b"].level_with, place["b"].of) == (2, 1, 5)
    assert (place["a"].to_median.value, place["a"].to_best.value) == (-10, -30)
    assert place["d"].to_best is None
    assert len(place["a"].to_median.inputs) == 5 and place["a"].to_median.inputs[0].obs_value == 10


def test_gaps_of_rates_are_percentage_points(observe):
    found = standing(compared(observe, {"a": "15.4", "b": "-8.2", "c": "4.5"}, Transformation.GROWTH))
    (_, _, last) = found.positions
    assert (str(last.to_best.unit), last.to_best.value) == ("百分点", Decimal("-23.6"))
    assert (str(found.median.unit), found.median.value) == ("%", Decimal("4.5"))


def test_where_lower_is_better_the_smallest_is_ahead(observe):
    lower = next(i for i in catalogue() if i.direction == "lower" and i.comparability != "none")
    values = {"a": "1", "b": "2", "c": "3"}
    found = standing(compared(observe, values, indicator=lower, unit=lower.unit))
    assert [p.entry.park_id for p in found.positions] == ["a", "b", "c"]
    assert [p.percentile for p in found.positions] == [100, 50, 0]


def test_nothing_ranked_has_no_standing(observe):
    assert standing(compared(observe, {"a": "1"})) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the fixture is a plain function
@given(values=st.lists(st.integers(-50, 50), min_size=2, max_size=8), random=st.randoms(use_true_random=False))
def test_standing_does_not_depend_on_order_or_unit(observe, values, random):
    named = {f"p{i}": str(v) for i, v in enumerate(values)}
    shuffled = list(named.items())
    random.shuffle(shuffled)
    first = standing(compared(observe, named))
    second = standing(compared(observe, {k: str(Decimal(v) * 10000) for k, v in shuffled}, unit="万元"))
    assert {p.entry.park_id: (p.entry.rank, p.percentile) for p in first.positions} == {
        p.entry.park_id: (p.entry.rank, p.percentile) for p in second.positions
    }
    assert sum(p.percentile for p in first.positions) == pytest.approx(Decimal(50) * len(values))


# --- groups ---------------------------------------------------------------------------------------------------------


def growth_of(observe, overlapping, levels=("110", "90"), rates=("10", "-10")):
    names = "ab"
    level = compared(observe, dict(zip(names, levels, strict=True)))
    growth = compared(observe, dict(zip(names, rates, strict=True)), Transformation.GROWTH)
    return group_growth(level, growth, overlapping)


def test_the_growth_of_a_group_is_that_of_its_sum(observe):
    found = growth_of(observe, False)  # 200 now, 100 + 100 before
    assert (found.value.value, found.summed, found.n) == (0, True, 2)
    assert len(found.value.inputs) == 4
    # 330 now, 300 + 20 before: not the mean of 10 and 50
    assert growth_of(observe, False, ("330", "30"), ("10", "50")).value.value == Decimal("12.5")


@pytest.mark.parametrize(("overlapping", "words"), [(True, "相互重叠"), (None, "是否重叠未载明")])
def test_overlapping_parks_are_not_added(observe, overlapping, words):
    found = growth_of(observe, overlapping, rates=("10", "-5"))
    assert (found.value.value, found.summed, found.n) == (Decimal("2.5"), False, 2)
    assert words in found.why and "2个园区增速的中位数" in found.why


def test_a_rate_without_its_level_is_not_added(observe):
    level = compared(observe, {"a": "100", "b": "100"})
    growth = compared(observe, {"a": "10", "b": "20", "c": "30"}, Transformation.GROWTH)
    found = group_growth(level, growth, False)
    assert (found.value.value, found.summed) == (20, False)


def test_the_six_zones_of_beijing_are_declared_as_overlapping():
    assert {c.id: c.overlapping for c in declared_comparisons()}["beijing-2016-s1"] is True


def test_the_mean_of_a_ratio_is_the_ratio_of_sums(observe):
    def pair(top, bottom):
        return published(observe(top), INDICATOR), published(observe(bottom, unit="亩"), INDICATOR)

    # 100 per 10 and 10 per 10: 110 / 20 = 5.5, not (10 + 1) / 2; the same here, since the denominators are equal
    assert ratio_of_sums([pair("100", "10"), pair("10", "10")], parse_unit("亿元"), "亩均").value == Decimal("5.5")
    # 100 per 10 and 10 per 100: 110 / 110 = 1, not 5.05
    assert ratio_of_sums([pair("100", "10"), pair("10", "100")], parse_unit("亿元"), "亩均").value == 1
    assert ratio_of_sums([pair("1", "0")], parse_unit("亿元"), "亩均") is None
    assert ratio_of_sums([], parse_unit("亿元"), "亩均") is None


# --- alignment ------------------------------------------------------------------------------------------------------


def test_the_same_months_of_another_year_are_shown_and_not_ranked(observe):
    indexes = {
        "a": FigureIndex([observe("1", period="2016-S1")]),
        "b": FigureIndex([observe("2", period="2016-S1")]),
        "h1": FigureIndex([observe("3", period=p, locator=p) for p in ("2013-S1", "2015-S1", "2017-S1")]),
        "year": FigureIndex([observe("4", period="2016")]),
        "quarter": FigureIndex([observe("5", period="2016-Q1")]),
    }
    result = compare(INDICATOR, Transformation.LEVEL, PERIOD, indexes)
    (stand_in,) = other_years(result, indexes)
    assert (stand_in.park_id, stand_in.period.label_zh) == ("h1", "2015年上半年")
    assert [entry.park_id for entry in result.ranked] == ["b", "a"]
