"""Grades from ranks by quota, or from totals by bands; the counts of the grades are checked against the number of units.

Positions are of units ordered by score, best first. Units with equal scores get one grade, that of the last of their
positions, so that a quota of good grades is never exceeded by a tie; a tie over the edge of a quota is noted.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from parkbook.comparison.scoring.result import figure
from parkbook.comparison.scoring.schema import Grading, Quota
from parkbook.errors import DataError


@dataclass(frozen=True, slots=True)
class Graded:
    """Unit to grade, the number of units by grade in the order of the grades, and what must be said beside them."""

    grades: Mapping[str, str]
    counts: Mapping[str, int]
    notes: tuple[str, ...] = ()


def quota_sizes(grading: Grading, n: int) -> list[int]:
    """How many of `n` units each grade takes; they sum to `n`.

    Floored and ceiled quotas of a handful of units may claim more than there are: the better grade is served first, then the worst.
    """
    if grading.cumulative:
        return _cumulative(grading.quotas, n)
    quotas = grading.quotas
    exact = [None if quota.share is None else quota.share * n for quota in quotas]
    sizes = [
        0 if size is None else int(size.to_integral_value(ROUND_FLOOR if q.rounding == "floor" else ROUND_CEILING))
        for q, size in zip(quotas, exact, strict=True)
    ]
    left = n
    for position, size in enumerate(sizes):
        sizes[position] = min(size, left)
        left -= sizes[position]
    rest = next(position for position, quota in enumerate(quotas) if quota.rounding == "rest")
    sizes[rest] += left
    if sum(sizes) != n:
        raise DataError("各档数量之和不等于参评总数", expected=str(n), found=str(sum(sizes)), remedy="检查档次配额")
    return sizes


def grade_by_quota(grading: Grading, scores: Mapping[str, Decimal], exempt: Sequence[str] = ()) -> Graded:
    """Grade units (name to score, higher better). Exempt units get their own grade; counted ones hold a place in the base."""
    apart = grading.exempt
    held = [name for name in exempt if apart is not None and not apart.counted]
    ranked = {name: value for name, value in scores.items() if name not in held}
    order = sorted(ranked, key=lambda name: -ranked[name])
    limits = _limits(quota_sizes(grading, len(order)))
    grades: dict[str, str] = {}
    notes: list[str] = _small(grading, len(order))
    begin = 0
    for value, tied in itertools.groupby(order, key=lambda name: ranked[name]):
        names = list(tied)
        first, last = _grade_at(limits, begin), _grade_at(limits, begin + len(names) - 1)
        begin += len(names)
        grades |= dict.fromkeys(names, grading.quotas[last].grade)
        if first != last:
            notes.append(f"{len(names)}个单位同为{figure(value)}，跨档，按靠后一档{grading.quotas[last].grade}定")
    for name in exempt:
        if apart is not None:
            grades[name] = apart.grade
    return _counted(grades, [quota.grade for quota in grading.quotas], len(set(scores) | set(exempt)), notes)


def grade_by_bands(grading: Grading, totals: Mapping[str, Decimal]) -> Graded:
    grades: dict[str, str] = {}
    notes: list[str] = []
    for name, total in totals.items():
        held = [band for band in grading.bands if band.holds(total)]
        if len(held) == 1:
            grades[name] = held[0].grade
        else:
            notes.append(f"{name}总分{figure(total)}不在所列各档之内，未定档")
    graded = {name: total for name, total in totals.items() if name in grades}
    return _counted(grades, [band.grade for band in grading.bands], len(graded), notes)


def _cumulative(quotas: Sequence[Quota], n: int) -> list[int]:
    """Sizes where a grade reaches up to a share of the positions: position / n <= share."""
    reached = [n if q.share is None else int((q.share * n).to_integral_value(ROUND_FLOOR)) for q in quotas]
    return [upto - before for upto, before in zip(reached, [0, *reached[:-1]], strict=True)]


def _limits(sizes: Sequence[int]) -> list[int]:
    """Up to which position each grade reaches."""
    return [sum(sizes[: position + 1]) for position in range(len(sizes))]


def _grade_at(limits: Sequence[int], place: int) -> int:
    return next(position for position, limit in enumerate(limits) if place < limit)


def _small(grading: Grading, n: int) -> list[str]:
    """A quota of less than one unit is filled, or left empty, by its rounding: that is said."""
    if grading.cumulative:
        shares = [q.share for q in grading.quotas if q.share is not None]
        left = 1 - max(shares)
        filled = 0 < n * left < 1
        last = grading.quotas[-1].grade
        return [f"定档单位{n}个，后{figure(left * 100)}%不足1个，按位次占比{last}档仍为1个"] if filled else []
    short = [q for q in grading.quotas if q.share is not None and 0 < q.share * n < 1]
    return [
        f"定档单位{n}个，{quota.grade}档{figure((quota.share or Decimal(0)) * 100)}%不足1个，"
        f"{'向上取整为1个' if quota.rounding == 'ceil' else '向下取整为0个'}"
        for quota in short
    ]


def _counted(grades: Mapping[str, str], names: Sequence[str], n: int, notes: list[str]) -> Graded:
    wanted = dict.fromkeys([*names, *grades.values()], 0)
    for grade in grades.values():
        wanted[grade] += 1
    if sum(wanted.values()) != n:
        raise DataError("各档数量之和不等于参评总数", expected=str(n), found=str(sum(wanted.values())))
    return Graded(dict(grades), wanted, tuple(notes))
