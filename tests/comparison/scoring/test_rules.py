"""Every family of rules on values worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from parkbook.comparison.scoring import Cell, score_table

D = Decimal


def one(framework_of, item, cell, **others):
    """The first item's score of a unit, with others beside it."""
    table = {"甲": {"i1": cell}} | {name: {"i1": D(value)} for name, value in others.items()}
    return score_table(framework_of(item), table).unit("甲").items[0]


@pytest.mark.parametrize(
    ("item", "value", "score"),
    [
        ({"rule": {"family": "min_max", "low": 0, "high": 50}}, "20", "4"),
        ({"rule": {"family": "min_max", "low": 0, "high": 50}}, "80", "10"),  # clipped
        ({"rule": {"family": "min_max", "low": 10, "high": 50}}, "5", "0"),
        ({"rule": {"family": "min_max", "low": 0, "high": 50}, "direction": "lower"}, "20", "6"),
        ({"rule": {"family": "efficacy", "start": 20, "low": 0, "high": 50}}, "25", "6"),  # 10 × (20 + 80 × 0.5) / 100
        ({"rule": {"family": "efficacy", "start": 60, "low": 0, "high": 50}}, "25", "8"),
        ({"rule": {"family": "efficacy", "start": 20, "low": 0, "high": 50}, "direction": "lower"}, "50", "2"),
        ({"rule": {"family": "ratio", "base": 24.097}, "weight": 30}, "24.097", "30"),
        ({"rule": {"family": "ratio", "base": 20}}, "50", "25"),  # no cap where none is stated
        ({"rule": {"family": "ratio", "base": 20}, "cap": {"times_weight": 2}}, "50", "20"),
        ({"rule": {"family": "ratio", "base": 20}, "cap": {"times_weight": 1.5}}, "28", "14"),
        ({"rule": {"family": "ratio", "base": 20}, "cap": {"points": 12}}, "50", "12"),
        ({"rule": {"family": "ratio", "base": 20}, "floor": {"points": 1}}, "0", "1"),
        ({"rule": {"family": "ratio", "base": 20}, "floor": {"points": 0}}, "-5", "0"),
        ({"rule": {"family": "completion", "target": 40}}, "30", "7.5"),
        ({"rule": {"family": "count", "points": 5}, "cap": {"points": 12}}, "2", "10"),
        ({"rule": {"family": "count", "points": 5}, "cap": {"points": 12}}, "3", "12"),
        ({"rule": {"family": "reverse_ratio", "base": 4}, "direction": "lower"}, "3", "12.5"),  # (2 − 0.75) × 10
        ({"rule": {"family": "reverse_ratio", "base": 4}, "direction": "lower"}, "8", "0"),
        ({"rule": {"family": "reverse_ratio", "base": 4}, "direction": "lower"}, "80", "0"),
    ],
)
def test_a_rule_gives_the_score_worked_out_by_hand(framework_of, item, value, score) -> None:
    assert one(framework_of, item, D(value)).score == D(score)


@pytest.mark.parametrize(
    ("value", "score"),
    [("1.499", "0"), ("1.5", "2"), ("1.999", "2"), ("2", "4"), ("3.5", "10"), ("9", "10")],
)
def test_ends_of_bins_belong_to_the_bin_that_says_so(framework_of, value, score) -> None:
    bins = [
        {"high": 1.5, "high_included": False, "points": 0},
        {"low": 1.5, "low_included": True, "high": 2, "high_included": False, "points": 2},
        {"low": 2, "low_included": True, "high": 3.5, "high_included": False, "points": 4},
        {"low": 3.5, "low_included": True, "points": 10},
    ]
    assert one(framework_of, {"rule": {"family": "bins", "bins": bins}}, D(value)).score == D(score)


def test_a_value_that_no_bin_holds_has_no_score_and_says_so(framework_of) -> None:
    item = {"rule": {"family": "bins", "bins": [{"low": 10, "low_included": False, "points": 1}]}}
    for value in ("10", "3"):
        found = one(framework_of, item, D(value))
        assert found.score is None
        assert "规则未载该区间的分值" in found.reason


def test_a_value_in_two_bins_of_different_points_is_reported(framework_of) -> None:
    bins = [
        {"low": 80, "low_included": True, "points": 3},
        {"low": 20, "low_included": False, "high": 80, "high_included": True, "points": 2.4},
    ]
    assert "自相矛盾" in one(framework_of, {"rule": {"family": "bins", "bins": bins}}, D(80)).reason


@pytest.mark.parametrize(
    ("value", "score"), [("60", "3"), ("66", "3.3"), ("100", "5"), ("130", "5"), ("56", "2.8"), ("61", "3.05")]
)
def test_holding_a_base_in_steps(framework_of, value, score) -> None:
    rule = {"family": "hold", "measure": "difference", "base": 60, "at_base": 3, "step": 2, "per_step": 0.1}
    item = {"rule": rule | {"whole_steps": False}, "unit": "%", "cap": {"points": 5}}
    assert one(framework_of, item, D(value)).score == D(score)


def test_whole_steps_drop_what_is_over(framework_of) -> None:
    rule = {"family": "hold", "measure": "difference", "base": 50, "at_base": 0, "step": 10, "per_step": 1}
    item = {"rule": rule | {"whole_steps": True, "below_base": "undefined"}}
    assert one(framework_of, item, D("79.9")).score == 2
    assert "未载" in one(framework_of, item, D("49.9")).reason
    zero = {"rule": rule | {"whole_steps": True, "below_base": "zero"}}
    assert one(framework_of, zero, D("49.9")).score == 0


@pytest.mark.parametrize(("growth", "score"), [("0", "2"), ("10", "2.5"), ("-4", "1.8"), ("60", "4"), ("40", "4")])
def test_growth_over_last_year_from_the_rate_or_from_two_levels(framework_of, growth, score) -> None:
    rule = {"family": "hold", "measure": "growth", "at_base": 2, "step": 2, "per_step": 0.1, "whole_steps": False}
    item = {"rule": rule, "unit": "%", "cap": {"points": 4}}
    assert one(framework_of, item, D(growth)).score == D(score)
    level = Cell(D(50) * (1 + D(growth) / 100), base=D(50))
    assert one(framework_of, item, level).score == D(score)


def test_a_share_of_the_points_for_holding_the_base(framework_of) -> None:
    # a Jiangsu city: 80% of the points for the level of the base year, +1 for each 5%, at most half of the points more
    rule = {"family": "hold", "measure": "growth", "at_base_share": 0.8, "step": 5, "per_step": 1, "whole_steps": True}
    item = {"rule": rule, "weight": 10, "cap": {"times_weight": 1.3}}
    assert [one(framework_of, item, D(v)).score for v in (0, 12, 100, -5)] == [8, 10, 13, 7]


def test_places_cost_points_and_equal_values_share_a_place(framework_of, table) -> None:
    framework = framework_of({"rule": {"family": "rank", "step": 0.2}, "weight": 3})
    scores = score_table(framework, table(甲=(9,), 乙=(12,), 丙=(9,), 丁=(1,)))
    assert {u.unit: u.total for u in scores.units} == {"乙": D(3), "甲": D("2.8"), "丙": D("2.8"), "丁": D("2.4")}
    lower = framework_of({"rule": {"family": "rank", "step": 0.2}, "weight": 3, "direction": "lower"})
    assert score_table(lower, table(甲=(9,), 乙=(12,))).unit("甲").total == 3


def test_bounds_and_bases_of_the_units_scored_together(framework_of, table) -> None:
    units = table(甲=(10,), 乙=(20,), 丙=(60,))
    wanted = {
        "min_max": {"甲": "0", "乙": "2", "丙": "10"},
        "efficacy": {"甲": "2", "乙": "3.6", "丙": "10"},
    }
    for family, scores in wanted.items():
        rule = {"family": family} | ({"start": 20} if family == "efficacy" else {})
        found = score_table(framework_of({"rule": rule}), units)
        assert {u.unit: u.total for u in found.units} == {name: D(score) for name, score in scores.items()}
    best = score_table(framework_of({"rule": {"family": "ratio", "peers": "best"}}), units)
    assert best.unit("甲").total == D(10) / 60 * 10
    mean = score_table(framework_of({"rule": {"family": "reverse_ratio"}, "direction": "lower"}), units)
    assert [u.total for u in mean.units] == [(2 - D(10) / 30) * 10, (2 - D(20) / 30) * 10, 0]  # 60 = 2 × 30


@pytest.mark.parametrize(
    ("item", "cell", "words"),
    [
        ({"rule": {"family": "min_max"}}, D(1), "不足2个"),
        ({"rule": {"family": "rank", "step": 1}}, D(1), "不足2个"),
        ({"rule": {"family": "ratio"}}, D(1), "缺基准值"),
        ({"rule": {"family": "ratio"}}, Cell(D(1), base=D(0)), "不能作除数"),
        ({"rule": {"family": "completion"}}, D(1), "缺目标值"),
        ({"rule": {"family": "completion"}}, Cell(D(1), target=D(-2)), "不大于零"),
        ({"rule": {"family": "min_max", "low": 5, "high": 5}}, D(5), "分母为零"),
        ({"rule": None}, D(5), "计分方法未取得"),
        ({"rule": {"family": "ratio", "base": 2}, "weight": None}, D(1), "官方权重待补"),
    ],
)
def test_what_cannot_be_computed_says_why(framework_of, item, cell, words) -> None:
    found = one(framework_of, item, cell)
    assert found.score is None
    assert words in found.reason


def test_equal_bounds_may_be_zero_or_full_where_a_framework_says_so(framework_of) -> None:
    for when, score in (("zero", 0), ("full", 10)):
        item = {"rule": {"family": "min_max", "when_equal": when}}
        assert one(framework_of, item, D(3), 乙="3").score == score


def test_without_a_weight_the_fraction_is_still_there(framework_of) -> None:
    item = {"rule": {"family": "efficacy", "start": 20}, "weight": None}
    found = one(framework_of, item, D(15), 乙="10", 丙="20")
    assert found.score is None
    assert found.fraction == D("0.6")
    weighed = one(framework_of, item, Cell(D(15), weight=D(40)), 乙="10", 丙="20")
    assert weighed.score == 24


def test_a_score_given_by_people_goes_before_the_rule(framework_of) -> None:
    item = {"rule": {"family": "ratio", "base": 20}}
    assert one(framework_of, item, Cell(D(20), score=D(7))).score == 7


def test_the_formula_tells_the_sum(framework_of) -> None:
    assert one(framework_of, {"rule": {"family": "ratio", "base": 24.097}, "weight": 30}, D(30)).formula == (
        "30 ÷ 24.097 × 30 = 37.349分"
    )
    rank = one(framework_of, {"rule": {"family": "rank", "step": 0.2}, "weight": 3}, D(1), 乙="2")
    assert rank.formula == "第2位（2个单位），满分 − 0.2 × (2 − 1) = 2.8分"


@pytest.mark.parametrize(
    "item",
    [
        {"rule": {"family": "ratio", "base": 0}},
        {"rule": {"family": "ratio", "base": 2}, "direction": "lower"},
        {"rule": {"family": "reverse_ratio"}},
        {"rule": {"family": "min_max"}, "direction": None},
        {"rule": {"family": "bins", "bins": [{"low": 1, "points": 2}]}},
        {"rule": {"family": "hold", "measure": "growth", "step": 2, "per_step": 1, "whole_steps": True}},
        {"rule": {"family": "none_such"}},
        {"rule": {"family": "ratio", "base": 2}, "cap": {"points": 1, "times_weight": 2}},
        {"missing": {"rule": "penalty", "stated": True}},
    ],
)
def test_a_rule_that_cannot_work_is_refused_before_it_touches_data(framework_of, item) -> None:
    with pytest.raises(ValidationError):
        framework_of(item)
