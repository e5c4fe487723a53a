"""How firm a published ranking is: the ranks that the rounding of the printed figures leaves possible, and ranks among other sets.

A value printed as 12.3 may have been anything from 12.25 to 12.35 (`observations.reconcile.interval`). A park's best possible rank
counts only the parks that are certainly ahead of it, its worst all that may be. Counts of things are exact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from parkbook.catalogue import Direction
from parkbook.comparison.comparability import Entry, IndicatorComparison
from parkbook.errors import DataError
from parkbook.model import Observation, SourceGrade, Transformation
from parkbook.observations.reconcile.interval import Interval, factor_between, printed


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Between which ranks a park may be; `level_with` are parks that share its rank as printed."""

    park_id: str
    rank: int
    best: int
    worst: int
    level_with: tuple[str, ...] = ()

    @property
    def firm(self) -> bool:
        return self.best == self.worst


def rank_intervals(compared: IndicatorComparison) -> tuple[RankInterval, ...]:
    """For each ranked park, in the order of the ranking."""
    ranked = compared.ranked
    spans = {entry.park_id: _span(entry, compared) for entry in ranked}
    found = []
    for entry in ranked:
        own = spans[entry.park_id]
        others = [spans[other.park_id] for other in ranked if other is not entry]
        certainly = sum(_surely_above(other, own) for other in others)
        maybe = sum(_maybe_above(other, own) for other in others)
        level = tuple(other.park_id for other in ranked if other is not entry and other.rank == entry.rank)
        found.append(RankInterval(entry.park_id, entry.rank, 1 + certainly, 1 + maybe, level))
    return tuple(found)


def _surely_above(one: Interval, other: Interval) -> bool:
    """Whether `one` is ahead whatever the figures were. Rounded ones that only touch are: 12.4 begins where 12.3 ends, and
    四舍五入 gives that point to the upper one."""
    if one.low is None or other.high is None:
        return False
    exact = one.low == one.high and other.low == other.high
    return one.low > other.high or (one.low == other.high and not exact)


def _maybe_above(one: Interval, other: Interval) -> bool:
    return one.high is None or other.low is None or one.high > other.low


def _span(entry: Entry, compared: IndicatorComparison) -> Interval:
    """What the figure may have been, in the first park's unit, turned so that more is better."""
    first = compared.ranked[0].value
    span = printed(entry.value.inputs[0]) if entry.value is not None else None
    if span is None or entry.value is None or first is None:
        raise DataError("参加排名的不是数字", where=entry.park_id, remedy="核对该园区的数据")
    span = span.scaled(factor_between(entry.value.unit, first.unit))
    if compared.indicator.direction is not Direction.LOWER:
        return span
    turned = [None if end is None else -end for end in (span.high, span.low)]
    return Interval(turned[0], turned[1])


def rank_among(compared: IndicatorComparison, park_id: str, among: Collection[str]) -> tuple[int, int] | None:
    """The park's rank when only it and `among` are counted, and of how many; None when it is not ranked or stands alone."""
    kept = [entry for entry in compared.ranked if entry.park_id == park_id or entry.park_id in among]
    own = next((entry for entry in kept if entry.park_id == park_id), None)
    if own is None or len(kept) < 2:
        return None
    return 1 + sum(entry.rank < own.rank for entry in kept), len(kept)


# --- published ranks over the years ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RankChange:
    """A park's published ranks in one evaluation, oldest first. A place among 200 is not the same place among 100."""

    indicator_id: str
    ranks: tuple[Observation, ...]

    @property
    def comparable(self) -> bool:
        """Whether every year tells how many were ranked."""
        return all(o.rank_denominator for o in self.ranks)


def published_ranks(observations: Iterable[Observation], park_id: str) -> tuple[RankChange, ...]:
    """Ranks of one park in the same evaluation in two years and more. The evaluations are told apart by their printed words
    without the years; unlocated ones are left out."""
    series: dict[tuple[str, ...], dict[tuple[object, ...], Observation]] = {}
    for o in observations:
        located = o.source.grade is not SourceGrade.UNLOCATED and o.period.known
        if (
            o.ref_area == park_id
            and o.transformation is Transformation.RANK
            and o.is_number
            and located
            and not o.subject
        ):
            words = re.sub(r"[0-9（()）年度\s]", "", o.reported_label)
            series.setdefault((o.indicator_id, o.rank_scope, o.scope, words), {})[o.period.key] = o
    changes = (
        RankChange(key[0], tuple(sorted(by_period.values(), key=lambda o: str(o.period.end))))
        for key, by_period in series.items()
        if len(by_period) > 1
    )
    return tuple(changes)
