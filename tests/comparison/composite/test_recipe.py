"""A recipe is the whole of a composite: it goes to text and back, rebuilds to the last bit, and a variant is one changed entry."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkbook.comparison.composite import (
    Aggregate,
    CompositeError,
    IndicatorColumn,
    Matrix,
    Normalise,
    Recipe,
    Treat,
    Weight,
    build,
    compare,
)
from parkbook.comparison.composite.build import rank_scores

FULL = """
screen: {threshold: 0.5, constant: drop}
impute: {method: median}
treat: {method: winsorise, log: [i1]}
normalise: {method: goalposts, bounds: {i0: [0, 4], i1: [1, 9]}}
weight: {method: given, values: {i0: 1, i1: 2}, groups: {规模: 0.4, 速度: 0.6}}
aggregate: {method: arithmetic}
groups: {i0: 规模, i1: 速度}
"""


def test_text_and_back():
    recipe = Recipe.from_text(FULL)
    assert Recipe.from_text(recipe.to_yaml()) == recipe
    assert Recipe.from_text(recipe.to_json()) == recipe
    assert Recipe.from_text("") == Recipe()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("normalise: {method: zcore}", "normalise.method"),
        ("weights: {}", "weights"),
        ("normalise: {low: 5, high: 5}", "high 应大于 low"),
        ("normalise: {bounds: {i0: [4, 1]}}", "上限应大于下限"),
        ("weight: {values: {i0: -1}}", "weight.values.i0"),
        ("a: [", "无法解析"),
    ],
)
def test_a_broken_recipe_names_its_fault(text, words):
    with pytest.raises(CompositeError, match=words):
        Recipe.from_text(text)


def test_two_levels_by_hand(matrix_of):
    matrix = matrix_of([[1, 10, 5], [2, 30, 1], [3, 20, 3]])
    groups = {"i0": "规模", "i1": "规模", "i2": "速度"}
    composite = build(matrix, Recipe(groups=groups, weight=Weight(groups={"规模": 1, "速度": 3})))
    assert composite.weights.tolist() == pytest.approx([0.125, 0.125, 0.75])
    assert composite.group_scores["规模"].tolist() == pytest.approx([0, 75, 75])
    assert composite.group_scores["速度"].tolist() == pytest.approx([100, 0, 50])
    assert composite.scores.tolist() == pytest.approx([75, 18.75, 56.25])  # 1/4 and 3/4 of the groups
    by_members = build(matrix, Recipe(groups=groups))
    assert by_members.weights.tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_the_geometric_mean_of_groups_is_that_of_all(matrix_of):
    matrix = matrix_of([[1, 10, 5], [2, 30, 1], [3, 20, 3]])
    recipe = Recipe(
        groups={"i0": "规模", "i1": "规模", "i2": "速度"},
        weight=Weight(groups={"规模": 1, "速度": 3}),
        normalise=Normalise(low=1),
        aggregate=Aggregate(method="geometric"),
    )
    composite = build(matrix, recipe)
    scale, speed = composite.group_scores["规模"], composite.group_scores["速度"]
    assert composite.scores.tolist() == pytest.approx((scale**0.25 * speed**0.75).tolist())


def test_a_variant_is_one_changed_entry(matrix_of):
    first = build(matrix_of([[1, 30], [2, 20], [4, 10]]), Recipe())
    second = build(first.matrix, first.recipe.varied(weight=Weight(method="given", values={"i0": 1, "i1": 9})))
    variant = compare(first, second)
    assert variant.changed_entries == ("weight.method", "weight.values")
    assert (variant.ranks_before, variant.ranks_after) == ((1, 3, 1), (1, 2, 3))
    assert variant.moved == ("b", "c")
    assert variant.reversals == (("c", "b"),)
    assert compare(first, first).moved == ()


def test_a_variant_over_other_parks(matrix_of):
    matrix = matrix_of([[1, 30], [2, 20], [4, 10]])
    variant = compare(build(matrix, Recipe()), build(matrix.rows([0, 1]), Recipe()))
    assert (variant.parks, variant.only_before, variant.only_after) == (("a", "b"), ("c",), ())


def test_ranks_of_machine_noise_are_ties():
    assert rank_scores(np.array([0.1 + 0.2, 0.3, np.nan, 0.5])).tolist() == [2, 2, 0, 1]


# --- properties -----------------------------------------------------------------------------------------------------

numbers = st.integers(-1000, 1000).map(float)
RECIPES = [
    Recipe(),
    Recipe(normalise=Normalise(method="zscore")),
    Recipe(normalise=Normalise(method="rank"), aggregate=Aggregate(method="gra")),
    Recipe(normalise=Normalise(method="percentile")),
    Recipe(normalise=Normalise(low=1), aggregate=Aggregate(method="geometric")),
    Recipe(normalise=Normalise(method="efficacy"), aggregate=Aggregate(method="topsis")),
    Recipe(treat=Treat(method="winsorise")),
    Recipe(weight=Weight(method="critic")),
    Recipe(weight=Weight(method="entropy")),
]


def label(recipe):
    return "-".join((recipe.treat.method, recipe.normalise.method, recipe.weight.method, recipe.aggregate.method))


@st.composite
def matrices(draw, least=3):
    rows, columns = draw(st.integers(least, 8)), draw(st.integers(2, 4))
    values = np.array(draw(st.lists(numbers, min_size=rows * columns, max_size=rows * columns))).reshape(rows, columns)
    directions = draw(st.lists(st.booleans(), min_size=columns, max_size=columns))
    indicators = tuple(IndicatorColumn(f"i{j}", higher=up) for j, up in enumerate(directions))
    return Matrix(tuple(f"p{i}" for i in range(rows)), indicators, values)


def built(matrix, recipe):
    """The composite, or None where it is refused."""
    try:
        return build(matrix, recipe)
    except CompositeError:
        return None


@pytest.mark.parametrize("recipe", RECIPES, ids=label)
def test_properties(recipe):
    seen = []

    @settings(max_examples=40)
    @given(matrices(), st.data())
    def holds(matrix, data):
        composite = built(matrix, recipe)
        if composite is None:
            return
        seen.append(composite)
        assert build(composite.matrix, composite.recipe) == composite
        assert float(composite.weights.sum()) == pytest.approx(1)
        assert not np.isnan(composite.scores).any()
        # another order of parks changes nothing but the order
        order = data.draw(st.permutations(range(len(matrix.parks))))
        shuffled = build(matrix.rows(order), recipe)
        assert {p: shuffled.rank_of(p) for p in matrix.parks} == {p: composite.rank_of(p) for p in matrix.parks}
        # another unit (a factor and a shift) changes nothing
        scaled = matrix.with_values(matrix.values * np.array([10.0 ** (j - 1) for j in range(len(matrix.ids))]) + 7)
        again = build(scaled, recipe)
        assert again.scores == pytest.approx(composite.scores, abs=1e-6)

    holds()
    assert len(seen) > 10  # the recipe was built, not refused, often enough to mean something


@given(matrices(), st.data())
def test_the_score_of_a_mean_adds_up(matrix, data):
    composite = built(matrix, Recipe())
    if composite is not None:
        assert (composite.normalised.values @ composite.weights).tolist() == pytest.approx(composite.scores.tolist())
        parts = {f"i{j}": data.draw(st.sampled_from("甲乙")) for j in range(len(matrix.ids))}
        grouped = build(matrix, Recipe(groups=parts))
        shares = {g: sum(w for w, i in zip(grouped.weights, grouped.normalised.ids, strict=True) if parts[i] == g) for g in parts.values()}  # fmt: skip
        whole = sum(shares[group] * scores for group, scores in grouped.group_scores.items())
        assert np.asarray(whole).tolist() == pytest.approx(composite.scores.tolist())


@pytest.mark.parametrize(
    ("method", "normalisation"),
    [
        ("arithmetic", "minmax"),
        ("arithmetic", "rank"),
        ("geometric", "minmax"),
        ("topsis", "goalposts"),
        ("gra", "goalposts"),
    ],
)
def test_better_figures_never_mean_a_worse_score(method, normalisation):
    recipe = Recipe(
        normalise=Normalise(method=normalisation, low=1, bounds={f"i{j}": (-1301, 1301) for j in range(4)}),
        aggregate=Aggregate(method=method),
    )

    @settings(max_examples=60)
    @given(matrices(), st.data())
    def holds(matrix, data):
        row = data.draw(st.integers(0, len(matrix.parks) - 1))
        column = data.draw(st.integers(0, len(matrix.ids) - 1))
        step = float(data.draw(st.integers(1, 300)))
        values = matrix.values.copy()
        values[row, column] += step if matrix.indicators[column].higher else -step
        before, after = built(matrix, recipe), built(matrix.with_values(values), recipe)
        if before is not None and after is not None:
            assert after.score_of(matrix.parks[row]) >= before.score_of(matrix.parks[row]) - 1e-9

    holds()


def test_exact_fractions_agree(matrix_of):
    """Arithmetic in fractions gives the same as in floats: 2/3 and 1/3 of the way, weights 3 to 2."""
    composite = build(
        matrix_of([[0, 9], [2, 3], [3, 0]]), Recipe(weight=Weight(method="given", values={"i0": 3, "i1": 2}))
    )
    exact = [Fraction(2, 5), Fraction(3, 5) * Fraction(2, 3) + Fraction(2, 5) * Fraction(1, 3), Fraction(3, 5)]
    assert composite.scores.tolist() == pytest.approx([float(100 * e) for e in exact])
