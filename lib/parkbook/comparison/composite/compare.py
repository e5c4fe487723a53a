"""Two composites side by side: whose rank and score moved, and how alike the rankings are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parkbook.comparison.composite.build import Composite
from parkbook.comparison.composite.matrix import Floats


@dataclass(frozen=True)
class Variant:
    """What changed from one composite to another, over the parks that both scored."""

    parks: tuple[str, ...]
    ranks_before: tuple[int, ...]
    ranks_after: tuple[int, ...]
    scores_before: tuple[float, ...]
    scores_after: tuple[float, ...]
    changed_entries: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    spearman: float | None
    """None for fewer than three parks, or where all share a rank."""

    @property
    def moved(self) -> tuple[str, ...]:
        pairs = zip(self.parks, self.ranks_before, self.ranks_after, strict=True)
        return tuple(park for park, before, after in pairs if before != after)

    @property
    def reversals(self) -> tuple[tuple[str, str], ...]:
        """Pairs of parks whose order turned round, the one that was ahead first."""
        found = []
        for i, park in enumerate(self.parks):
            for j, other in enumerate(self.parks):
                if self.ranks_before[i] < self.ranks_before[j] and self.ranks_after[i] > self.ranks_after[j]:
                    found.append((park, other))
        return tuple(found)


def compare(before: Composite, after: Composite) -> Variant:
    """How `after` differs from `before`; entries of the recipe that differ are named (normalise.method, say)."""
    both = tuple(park for park in before.parks if park in after.parks)
    rows = [(before.parks.index(park), after.parks.index(park)) for park in both]
    first = np.array([before.ranks[i] for i, _ in rows])
    second = np.array([after.ranks[j] for _, j in rows])
    return Variant(
        both,
        tuple(int(rank) for rank in first),
        tuple(int(rank) for rank in second),
        tuple(float(before.scores[i]) for i, _ in rows),
        tuple(float(after.scores[j]) for _, j in rows),
        _changed_entries(before, after),
        tuple(park for park in before.parks if park not in both),
        tuple(park for park in after.parks if park not in both),
        _correlation(first, second),
    )


def _changed_entries(before: Composite, after: Composite) -> tuple[str, ...]:
    old, new = before.recipe.model_dump(), after.recipe.model_dump()
    found = []
    for step, entries in old.items():
        if step == "groups":
            found += ["groups"] if entries != new["groups"] else []
        else:
            found += [f"{step}.{name}" for name, value in entries.items() if new[step][name] != value]
    return tuple(found)


def _correlation(first: NDArray[np.int64], second: NDArray[np.int64]) -> float | None:
    """Spearman's rank correlation: Pearson's on average ranks."""
    if len(first) < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return float(np.corrcoef(_average(first), _average(second))[0, 1])


def _average(ranks: NDArray[np.int64]) -> Floats:
    """Tied ranks as the mean of the places they take."""
    return np.array([(ranks < rank).sum() + ((ranks == rank).sum() + 1) / 2 for rank in ranks], dtype=np.float64)
