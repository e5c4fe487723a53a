"""How far a rank can be relied on: rank bands from weight noise, dropped indicators, dropped parks and other methods.

`weight_noise` draws ten thousand sets of weights around the composite's own and ranks all parks under each; the draws are
matrix products in chunks, so that 2,500 parks x 50 indicators x 10,000 draws need seconds and no more memory than the ranks
themselves (two bytes each). The others rebuild the composite from its recipe with one thing changed. All is seeded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from parkbook.comparison.composite.aggregate import kernel
from parkbook.comparison.composite.build import Composite, build, rank_scores
from parkbook.comparison.composite.compare import Variant, compare
from parkbook.comparison.composite.matrix import CompositeError, Floats
from parkbook.comparison.composite.recipe import Recipe

SEED: Final = 20_240_101
DRAWS: Final = 10_000
NOISE: Final = 0.25
CELLS_A_CHUNK: Final = 1_250_000
"""Scores held at a time: 500 draws of 2,500 parks, 10 MB."""
BAND: Final = (5.0, 95.0)
NORMALISATIONS: Final = ("minmax", "zscore", "rank", "percentile", "efficacy")
AGGREGATIONS: Final = ("arithmetic", "geometric", "topsis", "gra")


@dataclass(frozen=True)
class Bands:
    """For each park in the order of `parks`: its rank, and the ranks between which 90% of the draws lie."""

    parks: tuple[str, ...]
    ranks: NDArray[np.int64]
    low: NDArray[np.int64]
    """The better end (the smaller number)."""
    high: NDArray[np.int64]
    draws: int

    @property
    def firm(self) -> tuple[str, ...]:
        """Parks whose rank is the same at both ends."""
        return tuple(park for park, low, high in zip(self.parks, self.low, self.high, strict=True) if low == high)


@dataclass(frozen=True)
class Dropped:
    """What happens to the ranks of the others without one indicator or park; `refused` says why there is no composite then."""

    what: str
    variant: Variant | None
    refused: str = ""


@dataclass(frozen=True)
class MethodSwap:
    """Ranks under every normalisation and aggregation that works on these figures, and why the others do not."""

    ranks: dict[tuple[str, str], tuple[int, ...]]
    refused: dict[tuple[str, str], str]
    parks: tuple[str, ...]

    def band(self, park: str) -> tuple[int, int]:
        """Best and worst rank over the methods."""
        place = self.parks.index(park)
        found = [ranks[place] for ranks in self.ranks.values()]
        return min(found), max(found)


def weight_noise(
    composite: Composite,
    *,
    noise: float = NOISE,
    draws: int = DRAWS,
    seed: int = SEED,
    band: tuple[float, float] = BAND,
) -> Bands:
    """Each weight times a number drawn evenly from 1 - noise to 1 + noise, scaled to 1 again; ranks under each draw."""
    if not 0 < noise < 1 or draws < 1:
        raise CompositeError(
            "权重扰动的参数不对", expected="扰动幅度在0与1之间，次数至少为1", found=f"{noise:g}，{draws}次"
        )
    scorer = kernel(composite.normalised, composite.recipe)
    parks, generator = len(composite.parks), np.random.default_rng(seed)
    ranks = np.empty((parks, draws), dtype=np.uint16 if parks < 2**16 else np.uint32)
    chunk = max(1, CELLS_A_CHUNK // parks)
    for start in range(0, draws, chunk):
        stop = min(start + chunk, draws)
        factors = 1 + noise * (2 * generator.random((stop - start, len(composite.weights))).T - 1)
        weights = composite.weights[:, None] * factors
        ranks[:, start:stop] = ranks_of_draws(scorer.scores(weights / weights.sum(axis=0)))
    low, high = _percentiles(ranks, band)
    return Bands(composite.parks, composite.ranks, low, high, draws)


def ranks_of_draws(scores: Floats, tolerance: float = 1e-11) -> NDArray[np.int64]:
    """Competition ranks down each column of scores (parks x draws); scores equal to within rounding share a rank."""
    draws_first = np.ascontiguousarray(scores.T)
    order = np.argsort(-draws_first, axis=1)
    ordered = np.take_along_axis(draws_first, order, axis=1)
    slack = tolerance * np.maximum(1.0, np.abs(ordered).max(axis=1, keepdims=True))
    places = np.broadcast_to(np.arange(1, ordered.shape[1] + 1), ordered.shape)
    tied = np.zeros(ordered.shape, dtype=np.bool_)
    tied[:, 1:] = ordered[:, :-1] - ordered[:, 1:] <= slack
    shared = np.maximum.accumulate(np.where(tied, 0, places), axis=1)
    ranks = np.empty_like(shared)
    np.put_along_axis(ranks, order, shared, axis=1)
    result: NDArray[np.int64] = ranks.T
    return result


def _percentiles(
    ranks: NDArray[np.unsignedinteger], band: tuple[float, float]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ranks at the ends of the band: the lower end rounded down and the upper up, so that the band holds what it says."""
    draws = ranks.shape[1]
    places = int(np.floor(band[0] / 100 * (draws - 1))), int(np.ceil(band[1] / 100 * (draws - 1)))
    low, high = np.empty(len(ranks), dtype=np.int64), np.empty(len(ranks), dtype=np.int64)
    for i, row in enumerate(ranks):  # a row at a time: a partition of the whole would double the memory
        parted = np.partition(row, places)
        low[i], high[i] = parted[places[0]], parted[places[1]]
    return low, high


def drop_each_indicator(composite: Composite) -> tuple[Dropped, ...]:
    """The composite without each indicator in turn, its weights scaled up again."""
    found = []
    for j, indicator in enumerate(composite.matrix.indicators):
        if indicator.id in composite.normalised.ids:
            kept = [k for k in range(len(composite.matrix.indicators)) if k != j]
            found.append(_rebuilt(composite, indicator.id, columns=kept))
    return tuple(found)


def drop_each_park(composite: Composite) -> tuple[Dropped, ...]:
    """The composite without each park in turn; `variant.reversals` are the others whose order turned round."""
    found = []
    for i, key in enumerate(composite.matrix.keys):
        if key in composite.parks:
            found.append(_rebuilt(composite, key, rows=[k for k in range(len(composite.matrix.parks)) if k != i]))
    return tuple(found)


def _rebuilt(
    composite: Composite, what: str, *, rows: list[int] | None = None, columns: list[int] | None = None
) -> Dropped:
    matrix = composite.matrix
    matrix = matrix.rows(rows) if rows is not None else matrix
    try:
        matrix = matrix.columns(columns) if columns is not None else matrix
        return Dropped(what, compare(_without(composite, what), build(matrix, composite.recipe)))
    except CompositeError as error:
        return Dropped(what, None, error.finding.what)


def _without(composite: Composite, what: str) -> Composite:
    """The composite as it is, but ranked without the park that is dropped: its leaving alone reverses nothing."""
    if what not in composite.parks:
        return composite
    kept = [i for i, park in enumerate(composite.parks) if park != what]
    scores = composite.scores[kept]
    return replace(
        composite, normalised=composite.normalised.rows(kept), scores=scores, ranks=rank_scores(scores), group_scores={}
    )


def swap_methods(composite: Composite) -> MethodSwap:
    """The same figures and weights under other normalisations and aggregations. Weights that come from the figures are found anew."""
    ranks: dict[tuple[str, str], tuple[int, ...]] = {}
    refused: dict[tuple[str, str], str] = {}
    for normalisation, aggregation in product(NORMALISATIONS, AGGREGATIONS):
        try:
            variant = build(composite.matrix, _with_methods(composite.recipe, normalisation, aggregation))
        except CompositeError as error:
            refused[normalisation, aggregation] = error.finding.what
            continue
        if variant.parks == composite.parks:
            ranks[normalisation, aggregation] = tuple(int(rank) for rank in variant.ranks)
        else:
            refused[normalisation, aggregation] = "参加计算的园区不同"
    return MethodSwap(ranks, refused, composite.parks)


def _with_methods(recipe: Recipe, normalisation: str, aggregation: str) -> Recipe:
    """A geometric mean starts at 1, since a zero would make everything zero."""
    changed = recipe.normalise.model_copy(update={"method": normalisation})
    if aggregation == "geometric" and normalisation in ("minmax", "percentile") and changed.low <= 0:
        changed = changed.model_copy(update={"low": 1.0})
    return recipe.varied(normalise=changed, aggregate=recipe.aggregate.model_copy(update={"method": aggregation}))
