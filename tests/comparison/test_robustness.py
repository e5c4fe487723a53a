"""Rank bands, dropped indicators and parks, other methods: against brute force, seeded, and with a rank reversal known by hand."""

from __future__ import annotations

import numpy as np
import pytest

from parkbook.comparison.composite import (
    Aggregate,
    CompositeError,
    IndicatorColumn,
    Matrix,
    Normalise,
    Recipe,
    Weight,
    build,
)
from parkbook.comparison.composite.build import rank_scores
from parkbook.comparison.robustness import (
    drop_each_indicator,
    drop_each_park,
    ranks_of_draws,
    swap_methods,
    weight_noise,
)


def composite_of(values, recipe=None, **fields):
    values = np.array(values, dtype=float)
    parks = tuple(f"p{i}" for i in range(len(values)))
    indicators = tuple(IndicatorColumn(f"i{j}") for j in range(values.shape[1]))
    return build(Matrix(parks, indicators, values, **fields), recipe or Recipe())


RANDOM = np.random.default_rng(3).lognormal(size=(40, 6))


def test_ranks_of_draws_are_those_of_one_at_a_time():
    scores = np.random.default_rng(0).integers(0, 8, size=(30, 50)).astype(float)
    fast = ranks_of_draws(scores)
    assert all((fast[:, k] == rank_scores(scores[:, k])).all() for k in range(50))


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "topsis", "gra"])
def test_bands_against_brute_force(method):
    recipe = Recipe(normalise=Normalise(low=1), aggregate=Aggregate(method=method))
    composite = composite_of(RANDOM, recipe)
    bands = weight_noise(composite, draws=200, seed=9)
    factors = 1 + 0.25 * (2 * np.random.default_rng(9).random((200, 6)) - 1)
    ranks = []
    for factor in factors:
        weights = composite.weights * factor
        given = {f"i{j}": float(w) for j, w in enumerate(weights / weights.sum())}
        ranks.append(build(composite.matrix, recipe.varied(weight=Weight(method="given", values=given))).ranks)
    ordered = np.sort(np.array(ranks), axis=0)
    assert bands.low.tolist() == ordered[9].tolist()  # 5% of 199 steps: 9.95, rounded down
    assert bands.high.tolist() == ordered[190].tolist()  # 189.05, rounded up


def test_equal_seeds_give_equal_bands_and_others_may_not():
    composite = composite_of(RANDOM)
    first, again = (weight_noise(composite, draws=500, seed=1) for _ in range(2))
    assert (first.low == again.low).all() and (first.high == again.high).all()
    assert ((first.low <= composite.ranks) & (composite.ranks <= first.high)).mean() > 0.9


def test_a_park_that_leads_in_everything_is_firm():
    values = np.vstack([RANDOM, RANDOM.max(axis=0) + 1])
    bands = weight_noise(composite_of(values), draws=300)
    assert "p40" in bands.firm
    assert (int(bands.low[40]), int(bands.high[40])) == (1, 1)


def test_chunks_change_nothing(monkeypatch):
    composite = composite_of(RANDOM)
    whole = weight_noise(composite, draws=300)
    monkeypatch.setattr("parkbook.comparison.robustness.CELLS_A_CHUNK", 40 * 7)
    pieces = weight_noise(composite, draws=300)
    assert (whole.low == pieces.low).all() and (whole.high == pieces.high).all()


@pytest.mark.parametrize("wrong", [{"noise": 0}, {"noise": 1}, {"draws": 0}])
def test_noise_out_of_range_is_refused(wrong):
    with pytest.raises(CompositeError, match="权重扰动的参数不对"):
        weight_noise(composite_of(RANDOM), **wrong)


def test_without_each_indicator():
    composite = composite_of([[1, 3, 5], [2, 2, 2], [3, 1, 4]])
    dropped = drop_each_indicator(composite)
    assert [item.what for item in dropped] == ["i0", "i1", "i2"]
    # i0 and i1 cancel out; without i0 what is left is i1 and i2: p0 100 + 100, p1 50 + 0, p2 0 + 66.7
    assert dropped[0].variant.ranks_after == (1, 3, 2)
    assert dropped[2].variant.ranks_after == (1, 1, 1)


def test_without_the_only_indicator_there_is_no_composite():
    (dropped,) = drop_each_indicator(composite_of([[1], [2]]))
    assert dropped.variant is None and "没有指标" in dropped.refused


def test_a_rank_reversal_known_by_hand():
    # p0 (0 + 61) / 2 = 30.5 is ahead of p1 (10 + 50) / 2 = 30. Without p2, which sets the scale of both columns,
    # p0 has (0 + 22) / 2 = 11 and p1 (100 + 0) / 2 = 50: the two turn round though neither has changed.
    composite = composite_of([[0, 61], [10, 50], [100, 0], [0, 100]])
    without = {item.what: item.variant for item in drop_each_park(composite)}
    assert composite.scores.tolist() == pytest.approx([30.5, 30, 50, 50])
    assert without["p2"].reversals == (("p0", "p1"),)
    assert without["p2"].scores_after == pytest.approx((11, 50, 50))
    assert without["p0"].reversals == ()


def test_dropping_a_park_alone_reverses_nothing_where_bounds_are_fixed():
    recipe = Recipe(normalise=Normalise(method="goalposts", bounds={f"i{j}": (0, 50) for j in range(6)}))
    assert all(
        not item.variant.reversals and not item.variant.moved for item in drop_each_park(composite_of(RANDOM, recipe))
    )


def test_other_methods_with_reasons_for_those_that_do_not_work():
    swap = swap_methods(composite_of(RANDOM))
    assert len(swap.ranks) + len(swap.refused) == 20
    assert set(swap.refused) == {("zscore", "geometric")}
    assert swap.ranks["minmax", "arithmetic"] == tuple(composite_of(RANDOM).ranks.tolist())
    low, high = swap.band("p0")
    assert 1 <= low <= high <= 40
