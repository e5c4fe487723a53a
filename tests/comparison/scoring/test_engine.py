"""Totals, missing values, additions, vetoes, columns, groups and ranks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from parkbook.comparison.scoring import Cell, score_table
from parkbook.errors import ParameterError

from .conftest import make_framework, table_of

D = Decimal
RATIO = {"rule": {"family": "ratio", "base": 10}}


@pytest.mark.parametrize(
    ("missing", "total", "words"),
    [
        ({"rule": "peer_mean", "stated": True}, "22.5", "按2个单位本项平均得分计12.5分"),  # 10 + (10 + 15) / 2
        ({"rule": "zero", "stated": True}, "10", "按规则计0分"),
        ({"rule": "penalty", "points": -3, "stated": True}, "7", "按规则计-3分"),
        ({"rule": "not_scored", "stated": True}, "20", "按规则不计分"),  # 10 of 10 points, scaled to 20
    ],
)
def test_missing_values_follow_the_rule_of_the_framework(framework_of, table, missing, total, words) -> None:
    framework = framework_of(RATIO, RATIO, missing=missing)
    unit = score_table(framework, table(甲=(10, None), 乙=(10, 10), 丙=(10, 15))).unit("甲")
    assert unit.total == D(total)
    assert words in unit.items[1].formula
    assert unit.items[1].value is None


def test_a_missing_value_without_a_rule_leaves_no_total(framework_of, table) -> None:
    unit = score_table(framework_of(RATIO, RATIO), table(甲=(10, None))).unit("甲")
    assert (unit.total, unit.scored, unit.scored_weight, unit.full_weight) == (None, 10, 10, 20)
    assert unit.reason == "1项不可计算：指标2"


def test_masked_is_not_missing_is_not_zero(framework_of) -> None:
    scores = score_table(framework_of(RATIO), {"甲": {"i1": Cell(None, "原文隐去")}, "乙": {"i1": D(0)}, "丙": {}})
    assert [(u.total, u.items[0].reason) for u in scores.units] == [
        (None, "缺数（原文隐去）"),
        (D(0), ""),
        (None, "缺数（未提供）"),
    ]


def test_the_mean_of_peers_is_of_those_with_a_value_only(framework_of, table) -> None:
    framework = framework_of(RATIO, missing={"rule": "peer_mean", "stated": True})
    scores = score_table(framework, table(甲=(None,), 乙=(None,), 丙=(15,)))
    assert [u.total for u in scores.units] == [15, 15, 15]
    assert "没有其他单位" in score_table(framework, table(甲=(None,), 乙=(None,))).unit("甲").items[0].reason


def test_additions_and_deductions_by_the_time_with_a_cap(framework_of) -> None:
    framework = framework_of(
        RATIO,
        adjustments=[
            {"id": "plus", "label_zh": "加分", "kind": "add", "points": 2, "cap": 5},
            {"id": "minus", "label_zh": "中央督察问题", "kind": "deduct", "points": 0.3},
            {"id": "open", "label_zh": "分值未取得的扣分", "kind": "deduct"},
        ],
    )
    row = {"i1": D(10), "加分": D(3), "中央督察问题": D(2)}
    assert score_table(framework, {"甲": row}).unit("甲").total == D("14.4")  # 10 + 5 − 0.6
    unknown = score_table(framework, {"甲": row | {"open": D(1)}}).unit("甲")
    assert unknown.total is None
    assert "分值未取得的扣分" in unknown.reason
    blank = score_table(framework, {"甲": {"i1": D(10), "加分": None}}).unit("甲")
    assert blank.total is None


def test_a_veto_takes_the_unit_out_of_ranks_and_grades(framework_of) -> None:
    framework = framework_of(
        RATIO,
        vetoes=[{"id": "accident", "label_zh": "重大事故", "effect": "取消当年评价资格"}],
        grading=[{"quotas": [{"grade": "A", "share": 0.5, "rounding": "floor"}, {"grade": "B", "rounding": "rest"}]}],
    )
    column = score_table(
        framework, {"甲": {"i1": D(30), "重大事故": D(1)}, "乙": {"i1": D(20)}, "丙": {"i1": D(10)}}
    ).columns[0]
    first = column.units[0]
    assert (first.rank, first.grade, first.vetoes) == (None, "", ("重大事故：取消当年评价资格",))
    assert [(u.rank, u.ranked_of, u.grade) for u in column.units[1:]] == [(1, 2, "A"), (2, 2, "B")]
    assert (dict(column.grade_counts), column.ungraded) == ({"A": 1, "B": 1}, 1)


def test_multipliers_share_out_the_weight_of_a_group(framework_of) -> None:
    groups = [{"id": "g", "label_zh": "组", "weight": 15}]
    rule = {"rule": {"family": "min_max", "low": 0, "high": 1}, "weight": None, "group": "g"}
    framework = framework_of(rule | {"multiplier": 0.8}, rule | {"multiplier": 1.2}, groups=groups)
    unit = score_table(framework, {"甲": {"i1": D(1), "i2": D("0.5")}}).unit("甲")
    assert [item.weight for item in unit.items] == [6, 9]
    assert unit.total == D("10.5")
    half = framework_of(rule | {"multiplier": 0.8}, rule, groups=groups)
    reasons = [item.reason for item in score_table(half, {"甲": {"i1": D(1), "i2": D(1)}}).unit("甲").items]
    assert all("官方权重待补" in reason for reason in reasons)


def test_types_pick_the_column_and_its_own_weights(framework_of) -> None:
    columns = [{"id": "above", "label_zh": "规上"}, {"id": "below", "label_zh": "规下", "aliases": ["规模以下"]}]
    framework = framework_of(
        RATIO | {"column": "above", "weight": 30},
        RATIO | {"id": "i1", "label_zh": "指标1", "column": "below", "weight": 50},
        columns_by="type",
        columns=columns,
    )
    scores = score_table(framework, table_of(甲=(10,), 乙=(10,)), types={"乙": "规模以下"})
    assert {u.unit: (u.column, u.total) for u in scores.units} == {"甲": ("above", D(30)), "乙": ("below", D(50))}
    with pytest.raises(ParameterError, match="规上"):
        score_table(framework, table_of(甲=(10,)), types={"甲": "规中"})


def test_both_sides_of_an_evaluation_and_their_shares(framework_of) -> None:
    framework = framework_of(
        RATIO | {"column": "target"},
        RATIO | {"id": "i1", "label_zh": "指标1", "column": "effect", "weight": 20},
        columns_by="each",
        columns=[
            {"id": "target", "label_zh": "目标", "share": 0.2},
            {"id": "effect", "label_zh": "成效", "share": 0.8},
        ],
    )
    scores = score_table(framework, table_of(甲=(10,), 乙=(None,)))
    assert dict(scores.combined) == {"甲": D("18"), "乙": None}  # 0.2 × 10 + 0.8 × 20


def test_peers_are_of_the_same_group_where_the_framework_says_so(framework_of, table) -> None:
    framework = framework_of({"rule": {"family": "ratio", "peers": "mean"}}, peers_within_group=True)
    units = table(甲=(10,), 乙=(30,), 丙=(100,), 丁=(300,))
    scores = score_table(framework, units, groups={"甲": "制造", "乙": "制造", "丙": "服务", "丁": "服务"})
    assert [u.total for u in scores.units] == [5, 15, 5, 15]


def test_the_mean_of_a_ratio_is_the_ratio_of_sums(framework_of) -> None:
    item = {
        "unit": "倍",
        "rule": {"family": "count", "points": 1},
        "formula": {"family": "relative", "arguments": {"numerator": "tax", "denominator": "land"}},
    }
    parts = [{"id": "tax", "label_zh": "税收", "unit": "万元"}, {"id": "land", "label_zh": "用地", "unit": "亩"}]
    framework = framework_of(item, ingredients=parts)
    rows = {"甲": {"税收": D(3000), "用地": D(100)}, "乙": {"税收": D(1000), "用地": D(300)}}
    # 30 万元/亩 against 4000 / 400 = 10; the mean of the ratios would be 16.67
    assert score_table(framework, rows).unit("甲").total == 3


def test_without_any_total_units_are_ranked_on_the_items_they_share(framework_of, table) -> None:
    framework = framework_of(RATIO, RATIO)
    alike = score_table(framework, table(甲=(10, None), 乙=(20, None))).columns[0]
    assert [(u.rank, u.ranked_of, u.total) for u in alike.units] == [(2, 2, None), (1, 2, None)]
    assert "共同可计" in alike.notes[0]
    unlike = score_table(framework, table(甲=(10, None), 乙=(None, 20))).columns[0]
    assert [u.rank for u in unlike.units] == [None, None]
    assert "不排位" in unlike.notes[0]


def test_part_of_a_system_has_no_total_of_the_system(framework_of, table) -> None:
    unit = score_table(framework_of(RATIO, covers="part"), table(甲=(10,))).unit("甲")
    assert "不是该体系的总分" in unit.notes[0]


def test_a_total_may_be_given_to_be_ranked_and_graded(framework_of) -> None:
    grading = [{"quotas": [{"grade": "A", "share": 0.5, "rounding": "floor"}, {"grade": "B", "rounding": "rest"}]}]
    scores = score_table(framework_of(RATIO, grading=grading), {"甲": {"总分": D(80)}, "乙": {"总分": D(90)}})
    assert {u.unit: (u.total, u.rank, u.grade) for u in scores.units} == {"甲": (D(80), 2, "B"), "乙": (D(90), 1, "A")}


def test_unknown_and_repeated_names_are_refused(framework_of) -> None:
    framework = framework_of(RATIO | {"label_zh": "亩均税收"})
    with pytest.raises(ParameterError, match="您是不是要用 亩均税收"):
        score_table(framework, {"甲": {"亩均税": D(1)}})
    with pytest.raises(ParameterError, match="给了两次"):
        score_table(framework, {"甲": {"亩均税收": D(1), "i1": D(2)}})
    with pytest.raises(ParameterError, match="没有可计分的单位"):
        score_table(framework, {})


def test_a_framework_whose_parts_do_not_fit_is_refused() -> None:
    for fields in (
        {"columns_by": "type"},
        {"groups": [], "items": [{"id": "a", "label_zh": "甲", "group": "none"}]},
        {"items": [{"id": "a", "label_zh": "甲"}, {"id": "a", "label_zh": "甲"}]},
        {"grading": [{"quotas": [{"grade": "A", "share": 0.5, "rounding": "floor"}]}]},
        {"unknown_field": 1},
    ):
        with pytest.raises(ValidationError):
            make_framework(**fields)


# --- laws -----------------------------------------------------------------------------------------------------------

values = st.decimals(min_value="0.1", max_value="1000", places=2)
MONOTONE = [
    {"rule": {"family": "min_max"}},
    {"rule": {"family": "efficacy", "start": 60}},
    {"rule": {"family": "ratio", "base": 7}},
    {"rule": {"family": "ratio", "peers": "best"}},
    {"rule": {"family": "completion", "target": 9}},
    {"rule": {"family": "rank", "step": 0.2}},
    {"rule": {"family": "count", "points": 0.5}, "cap": {"points": 20}},
    {"rule": {"family": "reverse_ratio", "base": 90}, "direction": "lower"},
    {"rule": {"family": "min_max"}, "direction": "lower"},
    {"rule": {"family": "rank", "step": 0.2}, "direction": "lower"},
    {
        "rule": {
            "family": "hold",
            "measure": "difference",
            "base": 60,
            "at_base": 3,
            "step": 2,
            "per_step": 0.1,
            "whole_steps": True,
        },
        "cap": {"points": 5},
    },
]


@pytest.mark.parametrize("item", MONOTONE, ids=lambda item: item["rule"]["family"] + item.get("direction", ""))
@given(st.lists(values, min_size=3, max_size=6, unique=True))
def test_a_better_value_never_scores_less(item, numbers) -> None:
    """Among units scored together, the order of scores follows the order of values in the better direction."""
    framework = make_framework(item)
    scores = score_table(framework, {f"u{n}": {"i1": number} for n, number in enumerate(numbers)})
    ordered = sorted(zip(numbers, (u.total for u in scores.units), strict=True))
    totals = [total for _, total in ordered]
    assert totals == sorted(totals, reverse=item.get("direction") == "lower")
    assert totals[0] is not None


@given(st.lists(values, min_size=2, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(numbers, random) -> None:
    framework = make_framework(
        *MONOTONE[:7],
        grading=[
            {
                "quotas": [
                    {"grade": "A", "share": 0.2, "rounding": "floor"},
                    {"grade": "B", "rounding": "rest"},
                    {"grade": "C", "share": 0.05, "rounding": "ceil"},
                ]
            }
        ],
    )
    table = {f"u{n}": {f"i{k}": number for k in range(1, 8)} for n, number in enumerate(numbers)}
    shuffled = list(table.items())
    random.shuffle(shuffled)
    first = {u.unit: (u.total, u.rank, u.grade) for u in score_table(framework, table).units}
    second = {u.unit: (u.total, u.rank, u.grade) for u in score_table(framework, dict(shuffled)).units}
    assert first == second


@given(st.lists(values, min_size=2, max_size=5), st.lists(values, min_size=2, max_size=5))
def test_totals_are_the_sums_of_their_items(one, other) -> None:
    framework = make_framework({"rule": {"family": "ratio", "base": 7}}, {"rule": {"family": "count", "points": 2}})
    table = {f"u{n}": {"i1": a, "i2": b} for n, (a, b) in enumerate(zip(one, other, strict=False))}
    for unit in score_table(framework, table).units:
        assert unit.total == unit.items[0].score + unit.items[1].score == unit.scored
