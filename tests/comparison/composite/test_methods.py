"""Every normalisation, weighting and aggregation against values computed by hand; pymcdm as oracle on clean matrices."""

from __future__ import annotations

import numpy as np
import pymcdm
import pytest
from pymcdm.weights.subjective import AHP

from parkbook.comparison.composite import Aggregate, CompositeError, Normalise, Recipe, Weight, build
from parkbook.comparison.composite.ahp import ahp_weights
from parkbook.comparison.composite.weight import critic_weights, entropy_weights, kmo, pca_weights


def normalised(matrix, **how):
    return build(matrix, Recipe(normalise=Normalise(**how))).normalised.values.tolist()


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"method": "minmax"}, [[0, 0], [50, 100], [100, 50]]),
        ({"method": "minmax", "low": 1}, [[1, 1], [50.5, 100], [100, 50.5]]),
        ({"method": "zscore"}, [[-1, -1], [0, 1], [1, 0]]),
        ({"method": "rank"}, [[1, 1], [2, 3], [3, 2]]),
        ({"method": "percentile"}, [[0, 0], [50, 100], [100, 50]]),
        ({"method": "efficacy"}, [[60, 60], [80, 100], [100, 80]]),
        ({"method": "efficacy", "floor": 20}, [[20, 20], [60, 100], [100, 60]]),
        ({"method": "goalposts", "bounds": {"i0": (0, 4), "i1": (15, 25)}}, [[25, 0], [50, 100], [75, 50]]),
        ({"method": "efficacy", "bounds": {"i0": (0, 4)}}, [[70, 60], [80, 100], [90, 80]]),
        ({"method": "distance", "targets": {"i0": 5, "i1": 20}}, [[0, 0], [25, 100], [50, 100]]),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, dict) else "",
)
def test_normalisation_by_hand(small, how, expected):
    assert np.array(normalised(small, **how)) == pytest.approx(np.array(expected, dtype=float))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"method": "minmax"}, [100, 50, 0]),
        ({"method": "zscore"}, [1, 0, -1]),
        ({"method": "rank"}, [3, 2, 1]),
        ({"method": "efficacy", "bounds": {"i0": (0, 4)}}, [90, 80, 70]),
        ({"method": "distance", "targets": {"i0": -1}}, [50, 25, 0]),
    ],
    ids=lambda value: value["method"] if isinstance(value, dict) else "",
)
def test_lower_is_better_flips_the_fraction(matrix_of, how, expected):
    matrix = matrix_of([[1], [2], [3]], higher=[False])
    assert [row[0] for row in normalised(matrix, **how)] == pytest.approx(expected)


def test_ties_share_rank_and_percentile(matrix_of):
    matrix = matrix_of([[1], [2], [2], [3]])
    assert [row[0] for row in normalised(matrix, method="rank")] == [1, 2.5, 2.5, 4]
    assert [row[0] for row in normalised(matrix, method="percentile")] == pytest.approx([0, 50, 50, 100])


@pytest.mark.parametrize(
    ("aggregate", "low", "expected"),
    [
        ("arithmetic", 0, [0, 75, 75]),
        ("geometric", 1, [1, 71.0633520177595, 71.0633520177595]),  # sqrt(50.5 * 100)
        ("topsis", 0, [0, 69.0983005625053, 69.0983005625053]),  # sqrt(12500) / (sqrt(12500) + 50)
        ("gra", 0, [33.3333333333333, 75, 75]),  # (50/100 + 50/50) / 2
    ],
)
def test_aggregation_by_hand(small, aggregate, low, expected):
    composite = build(small, Recipe(normalise=Normalise(low=low), aggregate=Aggregate(method=aggregate)))
    assert composite.scores.tolist() == pytest.approx(expected)
    assert composite.ranks.tolist() == [3, 1, 1]


def test_weights_by_hand(small):
    given = build(small, Recipe(weight=Weight(method="given", values={"i0": 3, "i1": 1})))
    assert given.weights.tolist() == [0.75, 0.25]
    assert given.scores.tolist() == pytest.approx([0, 62.5, 87.5])
    # shares 1/6, 2/6, 3/6 and 1/4, 1/4, 2/4: entropies 0.920620 and 0.946395 of ln 3
    assert entropy_weights(np.array([[1.0, 1], [2, 1], [3, 2]])).tolist() == pytest.approx(
        [0.079380 / 0.132985, 0.053605 / 0.132985], abs=1e-5
    )
    # standard deviations 1/2 and 1/2, one correlation for both: equal
    assert critic_weights(np.array([[0.0, 0], [1, 2], [2, 1]])).tolist() == pytest.approx([0.5, 0.5])


def test_zero_is_a_share_without_entropy():
    # 0, 1/2, 1/2: entropy ln 2 / ln 3 = 0.630930; 1/4, 1/4, 2/4: 0.946395
    weights = entropy_weights(np.array([[0.0, 1], [1, 1], [1, 2]]))
    assert weights.tolist() == pytest.approx([0.369070 / 0.422675, 0.053605 / 0.422675], abs=1e-5)


def test_analytic_hierarchy_by_hand():
    weights, ratio = ahp_weights(np.array([[1, 3], [1 / 3, 1]]))
    assert (weights.tolist(), ratio) == (pytest.approx([0.75, 0.25]), 0)
    weights, ratio = ahp_weights(np.array([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]))
    assert weights.tolist() == pytest.approx([0.636986, 0.258285, 0.104729], abs=1e-6)
    assert ratio == pytest.approx((3.038511 - 3) / 2 / 0.5799, abs=1e-5)


def test_contradicting_judgements_are_refused():
    with pytest.raises(CompositeError, match=r"判断矩阵不一致.*CR 为"):
        ahp_weights(np.array([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]]))
    with pytest.raises(CompositeError, match="不是互反矩阵"):
        ahp_weights(np.array([[1, 3], [3, 1]]))


def test_principal_components_by_hand():
    # Two columns: eigenvalues 1 + r and 1 - r, one is kept, and both load alike on it; KMO of two variables is 1/2.
    values = np.array([[1.0, 2], [2, 1], [3, 4], [4, 3], [5, 6]])
    weights, numbers = pca_weights(values)
    r = np.corrcoef(values, rowvar=False)[0, 1]
    assert weights.tolist() == pytest.approx([0.5, 0.5])
    assert dict(numbers)["解释的方差（%）"] == pytest.approx(50 * (1 + r))
    assert dict(numbers)["Bartlett 统计量"] == pytest.approx(-(5 - 1 - 9 / 6) * np.log(1 - r**2))
    assert kmo(np.array([[1, 0.6], [0.6, 1]])) == pytest.approx(0.5)


def clean_matrices():
    generator = np.random.default_rng(7)
    return [generator.lognormal(size=(rows, columns)) for rows, columns in ((12, 3), (30, 6), (200, 20))]


@pytest.mark.parametrize("values", clean_matrices(), ids=lambda values: "x".join(map(str, values.shape)))
def test_oracle(matrix_of, values):
    """pymcdm computes the same on figures without zeros, gaps and constants."""
    count = values.shape[1]
    assert np.allclose(entropy_weights(values), pymcdm.weights.entropy_weights(values), rtol=0, atol=1e-9)
    assert np.allclose(critic_weights(values), pymcdm.weights.critic_weights(values), rtol=0, atol=1e-9)
    higher = [j % 3 != 0 for j in range(count)]
    weights = np.arange(1, count + 1) / np.arange(1, count + 1).sum()
    recipe = Recipe(
        weight=Weight(method="given", values={f"i{j}": float(w) for j, w in enumerate(weights)}),
        aggregate=Aggregate(method="topsis"),
    )
    ours = build(matrix_of(values, higher=higher), recipe).scores
    theirs = pymcdm.methods.TOPSIS()(values, weights, np.where(higher, 1, -1))
    assert np.allclose(ours / 100, theirs, rtol=0, atol=1e-9)


@pytest.mark.parametrize("count", [3, 5, 9])
def test_oracle_of_the_analytic_hierarchy(count):
    scale = np.arange(1, count + 1)
    judgements = np.maximum(1, np.round(scale[:, None] / scale[None, :]))
    judgements = np.where(scale[:, None] >= scale[None, :], judgements, 1 / judgements.T)
    weights, ratio = ahp_weights(judgements)
    oracle = AHP(matrix=judgements)
    assert np.allclose(weights, oracle(), rtol=0, atol=1e-9)
    assert ratio == pytest.approx(oracle.get_cr(), abs=1e-9)
