"""What a method cannot do honestly is refused in words: zero, negative, constant, gap, few parks, near-binary."""

from __future__ import annotations

import numpy as np
import pytest

from parkbook.comparison.composite import (
    Aggregate,
    CompositeError,
    Impute,
    Normalise,
    Recipe,
    Screen,
    Treat,
    Weight,
    build,
)
from parkbook.comparison.composite.treat import excess_kurtosis, skewness

AVAILABLE = Aggregate(missing="available")
AVAILABLE_TOPSIS = Aggregate(method="topsis", missing="available")


def outlier(matrix_of):
    return matrix_of([[1, 3], [2, 1], [3, 2], [2.5, 5], [1.5, 4], [100, 6]])


@pytest.mark.parametrize(
    ("values", "recipe", "words"),
    [
        ([[1, 5], [2, 5], [3, 5]], {}, "数值相同，不能区分园区"),
        ([[1], [2]], {"aggregate": Aggregate(method="geometric")}, "标准化后有零或负数，不能用几何平均"),
        (
            [[1, 3], [2, 1], [3, 2]],
            {"normalise": Normalise(method="zscore"), "weight": Weight(method="entropy")},
            "标准化后有负数，不能用熵权法",
        ),
        ([[1, 3], [2, 1]], {"weight": Weight(method="entropy")}, "园区太少，不能用熵权法"),
        ([[1, 3], [2, 1]], {"weight": Weight(method="critic")}, "园区太少，不能用CRITIC 法"),
        ([[1, 3], [2, 1], [3, 2]], {"weight": Weight(method="entropy", few="refuse")}, "至少10个园区"),
        ([[1, 3], [2, 1], [3, 2]], {"weight": Weight(method="pca")}, "园区太少，不能用主成分法"),
        ([[0, 3], [0, 1], [1, 2], [1, 5], [1, 4]], {"weight": Weight(method="entropy")}, "近于两值"),
        ([[1, 2], [2, 4], [3, 6]], {"weight": Weight(method="critic")}, "各指标完全相关"),
        ([[np.nan, 1], [np.nan, 2]], {"screen": Screen(by="none")}, "没有缺数的园区不足2个"),
        ([[1, np.nan], [2, 4], [3, 6]], {"aggregate": AVAILABLE_TOPSIS, "screen": Screen(by="none")}, "有缺数，不能用TOPSIS"),
        ([[1, np.nan], [2, 4], [3, 6]], {"weight": Weight(method="entropy"), "aggregate": AVAILABLE, "screen": Screen(by="none")}, "有缺数，不能用熵权法"),
        ([[1], [2]], {"normalise": Normalise(method="goalposts")}, "没有固定的上下限"),
        ([[1], [2]], {"normalise": Normalise(method="distance")}, "没有目标值"),
        ([[1], [2]], {"normalise": Normalise(method="distance", targets={"i0": 1})}, "目标值不好于最差的园区"),
        ([[1], [2]], {"weight": Weight(method="given", values={})}, "权重中缺少指标“i0”"),
        ([[1], [2]], {"weight": Weight(method="given", values={"i0": 0})}, "权重之和为零"),
        ([[1], [2]], {"weight": Weight(method="equal", groups={"乙": 1}), "groups": {"i0": "甲"}}, "没有给出组“甲”的权重"),
        ([[1, 2], [2, 1]], {"groups": {"i0": "甲"}}, "指标“i1”没有分组"),
        ([[0], [2]], {"treat": Treat(log=("i0",))}, "不能取对数"),
        ([[1, np.nan], [2, 3], [3, 4]], {"screen": Screen(by="none"), "impute": Impute(method="group_mean")}, "园区没有分组"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_stated_refusal(matrix_of, values, recipe, words):
    with pytest.raises(CompositeError, match=words):
        build(matrix_of(values), Recipe(**recipe))


def test_pca_with_more_indicators_than_parks(matrix_of):
    values = np.random.default_rng(1).random((11, 12))
    with pytest.raises(CompositeError, match="园区少于指标"):
        build(matrix_of(values), Recipe(weight=Weight(method="pca")))


def test_repeated_parks_infinity_and_wrong_shape_are_refused(matrix_of):
    with pytest.raises(CompositeError, match="园区重复"):
        matrix_of([[1], [2]], parks=("a", "a"))
    with pytest.raises(CompositeError, match="无穷大"):
        matrix_of([[1], [np.inf]])
    with pytest.raises(CompositeError, match="大小与园区、指标的个数不符"):
        matrix_of([[1], [2]], parks=("a",))


def test_few_parks_are_told(matrix_of):
    composite = build(matrix_of([[1, 3], [2, 1], [3, 2]]), Recipe(weight=Weight(method="entropy")))
    assert composite.warnings == ("只有3个园区，熵权法的权重不稳定，增减一个园区就可能明显变化",)


def test_a_park_with_a_gap_gets_no_score_and_the_reason(matrix_of):
    matrix = matrix_of([[1, 10], [2, 30], [3, np.nan], [4, 20]])
    composite = build(matrix, Recipe(screen=Screen(threshold=0.5)))
    assert composite.parks == ("a", "b", "d")
    assert composite.unscored == {"c": "缺i1，不计分"}
    assert composite.normalised.values[:, 0].tolist() == pytest.approx([0, 100 / 3, 100])  # c does not set the scale


def test_what_is_available_when_asked_for(matrix_of):
    matrix = matrix_of([[1, 10], [2, 30], [3, np.nan]])
    composite = build(matrix, Recipe(screen=Screen(by="none"), aggregate=Aggregate(missing="available")))
    assert composite.scores.tolist() == pytest.approx([0, 75, 100])
    assert "有缺数的园区按有数的指标重新分配权重" in composite.log[-1].what


def test_screening_by_availability(matrix_of):
    gap = np.nan
    matrix = matrix_of([[1, gap, 3, 1], [2, gap, 1, 2], [3, 1, 2, 3], [gap, gap, gap, 1]])
    composite = build(matrix, Recipe())
    assert composite.normalised.ids == ("i0", "i2", "i3")  # i1: one in four
    assert composite.unscored == {"d": "有数的指标不足，未参加计算"}
    assert [step.indicators for step in composite.log[:1]] == [("i1",)]


@pytest.mark.parametrize(("method", "filled"), [("mean", 7), ("median", 4), ("group_mean", 3), ("group_median", 3)])
def test_imputed_figures_are_listed(matrix_of, method, filled):
    matrix = matrix_of([[2], [4], [np.nan], [15]], groups=("x", "x", "x", "y"))
    composite = build(matrix, Recipe(screen=Screen(by="none"), impute=Impute(method=method)))
    (step,) = [step for step in composite.log if step.step == "impute"]
    assert [(c.park, c.indicator, c.before, c.after) for c in step.changes] == [("c", "i0", None, filled)]
    assert step.warning and "1个缺数以" in step.what


def test_winsorising_by_skew_and_kurtosis(matrix_of):
    composite = build(outlier(matrix_of), Recipe(treat=Treat(method="winsorise")))
    (step,) = [step for step in composite.log if step.step == "treat"]
    assert [(c.park, c.before, c.after) for c in step.changes] == [("f", 100, 3)]
    assert dict(step.numbers)["处理前偏度"] > 2 and dict(step.numbers)["处理后偏度"] < 2
    untouched = build(outlier(matrix_of), Recipe())
    assert untouched.normalised.values[:, 0].max() == 100


def test_skewness_and_kurtosis_by_hand():
    # 1, 2, 3, 6: mean 3, deviations -2 -1 0 3; m2 3.5, m3 4.5, m4 24.5
    column = np.array([1.0, 2, 3, 6])
    assert skewness(column) == pytest.approx(4.5 / 3.5**1.5 * 12**0.5 / 2)
    assert excess_kurtosis(column) == pytest.approx(3 / 2 * (5 * (24.5 / 3.5**2 - 3) + 6))
    assert skewness(np.array([5.0, 5, 5])) == 0


def test_a_constant_column_leaves_when_asked_to(matrix_of):
    composite = build(matrix_of([[1, 5], [2, 5], [3, 5]]), Recipe(screen=Screen(constant="drop")))
    assert composite.normalised.ids == ("i0",)
    assert "i1在各园区的数值相同，不能区分园区，不参加计算" in [step.what for step in composite.log]


def test_periods_are_scaled_apart_unless_pooled(matrix_of):
    matrix = matrix_of([[1], [2], [2], [5]], parks=("a", "b", "a", "b"), periods=("2023", "2023", "2024", "2024"))
    assert build(matrix, Recipe()).normalised.values[:, 0].tolist() == [0, 100, 0, 100]
    pooled = build(matrix, Recipe(normalise=Normalise(pooled=True)))
    assert pooled.normalised.values[:, 0].tolist() == [0, 25, 25, 100]
    assert pooled.parks == ("a@2023", "b@2023", "a@2024", "b@2024")
