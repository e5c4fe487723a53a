"""A composite from a matrix and a recipe, with its log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parkbook.comparison.composite.aggregate import WORDS, kernel, scores_of_available
from parkbook.comparison.composite.impute import impute
from parkbook.comparison.composite.log import Step
from parkbook.comparison.composite.matrix import CompositeError, Floats, Matrix
from parkbook.comparison.composite.normalise import normalise
from parkbook.comparison.composite.recipe import Recipe
from parkbook.comparison.composite.screen import screen
from parkbook.comparison.composite.treat import treat
from parkbook.comparison.composite.weight import weigh


@dataclass(frozen=True, eq=False)
class Composite:
    """Scores and ranks of the parks that could be scored, in the order of the matrix; `unscored` says why the others were not."""

    recipe: Recipe
    matrix: Matrix
    """As it went in."""
    normalised: Matrix
    weights: Floats
    scores: Floats
    ranks: NDArray[np.int64]
    group_scores: dict[str, Floats]
    unscored: dict[str, str]
    log: tuple[Step, ...]

    @property
    def parks(self) -> tuple[str, ...]:
        return self.normalised.keys

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(step.what for step in self.log if step.warning)

    def score_of(self, park: str) -> float | None:
        return float(self.scores[self.parks.index(park)]) if park in self.parks else None

    def rank_of(self, park: str) -> int | None:
        return int(self.ranks[self.parks.index(park)]) if park in self.parks else None

    def __eq__(self, other: object) -> bool:
        """Equal recipes and equal results, to the last bit."""
        return (
            isinstance(other, Composite)
            and self.recipe == other.recipe
            and self.parks == other.parks
            and self.normalised.ids == other.normalised.ids
            and np.array_equal(self.scores, other.scores, equal_nan=True)
            and np.array_equal(self.weights, other.weights)
            and self.log == other.log
        )

    __hash__ = None  # type: ignore[assignment]


def build(matrix: Matrix, recipe: Recipe) -> Composite:
    """Run the recipe's steps in order. CompositeError where a step cannot be done honestly on these figures."""
    _require_groups(matrix, recipe)
    screened, screen_log = screen(matrix, recipe.screen)
    filled, impute_log = impute(screened, recipe.impute)
    whole, unscored, gap_log = _without_gaps(filled, recipe)
    treated, treat_log = treat(whole, recipe.treat)
    normalised, normalise_log = normalise(treated, recipe.normalise)
    weights, weight_log = weigh(normalised, recipe.weight, recipe.groups)
    scores = _scores(normalised, weights, recipe)
    log = (*screen_log, *impute_log, *gap_log, *treat_log, *normalise_log, *weight_log, _aggregated(normalised, recipe))
    left = {park: "有数的指标不足，未参加计算" for park in matrix.keys if park not in screened.keys}
    return Composite(
        recipe,
        matrix,
        normalised,
        weights,
        scores,
        rank_scores(scores),
        _group_scores(normalised, weights, recipe),
        left | unscored,
        log,
    )


def _require_groups(matrix: Matrix, recipe: Recipe) -> None:
    absent = [column.name for column in matrix.indicators if column.id not in recipe.groups] if recipe.groups else []
    if absent:
        raise CompositeError(
            f"指标“{'、'.join(absent)}”没有分组", where="综合指数的配方 groups", remedy="每项指标都写明所属的组"
        )


def _without_gaps(matrix: Matrix, recipe: Recipe) -> tuple[Matrix, dict[str, str], tuple[Step, ...]]:
    """Parks with a gap get no score and leave, unless the recipe takes what is available."""
    gaps = np.isnan(matrix.values)
    if recipe.aggregate.missing == "available" or not gaps.any():
        return matrix, {}, ()
    why = {
        matrix.keys[i]: "缺" + "、".join(matrix.indicators[j].name for j in np.flatnonzero(gaps[i])) + "，不计分"
        for i in np.flatnonzero(gaps.any(axis=1))
    }
    kept = np.flatnonzero(~gaps.any(axis=1)).tolist()
    names = "、".join(matrix.park_name(int(i)) for i in np.flatnonzero(gaps.any(axis=1)))
    if len(kept) < 2:
        raise CompositeError(
            "没有缺数的园区不足2个，不能计算综合指数", found=f"{len(kept)}个", remedy="补充数据，或插补、减少指标"
        )
    left = Step("impute", f"{names}有缺数，不计分，也不参加定标", parks=tuple(why), warning=True)
    matrix = matrix.rows(kept)
    again, told = screen(matrix, recipe.screen)  # an indicator may be constant over those that stay
    return again, why, (left, *told)


def _scores(matrix: Matrix, weights: Floats, recipe: Recipe) -> Floats:
    if np.isnan(matrix.values).any():
        return scores_of_available(matrix, weights, recipe.aggregate)
    return kernel(matrix, recipe).scores(weights)


def _aggregated(matrix: Matrix, recipe: Recipe) -> Step:
    words = WORDS[recipe.aggregate.method]
    if recipe.aggregate.method == "gra":
        words += f"，分辨系数{recipe.aggregate.rho:g}"
    if np.isnan(matrix.values).any():
        words += "；有缺数的园区按有数的指标重新分配权重"
    if recipe.groups and len(set(recipe.groups.values())) > 1:
        together = recipe.aggregate.method in ("topsis", "gra")
        words += "；组的权重已乘入各指标，一次合成" if together else "；先在组内、再在组间合成"
    return Step("aggregate", words, parks=matrix.parks, warning=bool(np.isnan(matrix.values).any()))


def _group_scores(matrix: Matrix, weights: Floats, recipe: Recipe) -> dict[str, Floats]:
    """The first level: each group's score by the weights inside it; the means of topsis and gra are arithmetic."""
    found: dict[str, Floats] = {}
    mean = recipe.aggregate.model_copy(
        update={"method": "geometric" if recipe.aggregate.method == "geometric" else "arithmetic"}
    )
    for group in dict.fromkeys(recipe.groups.get(identifier, "") for identifier in matrix.ids):
        members = [j for j, identifier in enumerate(matrix.ids) if recipe.groups.get(identifier, "") == group]
        inside = weights[members]
        if group and inside.sum() > 0:
            found[group] = scores_of_available(matrix.columns(members), inside / inside.sum(), mean)
    return found


def rank_scores(scores: Floats, tolerance: float = 1e-11) -> NDArray[np.int64]:
    """Competition ranks on full precision, 1 the highest; scores that differ by rounding of the machine only share a rank.
    A park without a score has rank 0."""
    ranks = np.zeros(len(scores), dtype=np.int64)
    known = np.flatnonzero(~np.isnan(scores))
    order = known[np.argsort(-scores[known], kind="stable")]
    if not order.size:
        return ranks
    ordered = scores[order]
    slack = tolerance * max(1.0, float(np.abs(ordered).max()))
    new = np.concatenate(([True], ordered[:-1] - ordered[1:] > slack))
    ranks[order] = np.maximum.accumulate(np.where(new, np.arange(1, len(order) + 1), 0))
    return ranks
