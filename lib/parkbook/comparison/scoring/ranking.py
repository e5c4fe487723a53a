"""Ranks and grades of the units of a column.

Ranked are units with a total that no veto keeps out. Where no unit has one but all could be scored on the same items, they are ranked
on those, and the note says so. Equal scores share a rank; each rank carries how many were ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from parkbook.comparison.scoring.grading import Graded, grade_by_bands, grade_by_quota
from parkbook.comparison.scoring.result import ColumnScores, UnitScore
from parkbook.comparison.scoring.schema import Framework, Grading

ON_COMMON_ITEMS = "各单位均有指标不可计算，按共同可计的指标排位"
NOT_ALIKE = "各单位可计的指标不同，不排位"


def ranked_column(framework: Framework, column: str, label: str, units: Sequence[UnitScore]) -> ColumnScores:
    """The units with ranks and grades, in the order they came."""
    keys, notes = _keys(units)
    grading = framework.grading_of(column)
    exempt = [unit.unit for unit in units if unit.exempt]
    apart = exempt if grading is not None and grading.exempt is not None and not grading.exempt.counted else []
    in_rank = {name: key for name, key in keys.items() if name not in apart}
    ordered = sorted(in_rank.values(), reverse=True)
    places = {key: place for place, key in reversed(list(enumerate(ordered, start=1)))}
    ranked = [
        replace(unit, rank=places[in_rank[unit.unit]], ranked_of=len(ordered)) if unit.unit in in_rank else unit
        for unit in units
    ]
    if grading is None:
        return ColumnScores(column=column, label=label, units=tuple(ranked), ungraded=len(ranked), notes=tuple(notes))
    graded = _grades(grading, ranked, keys, exempt)
    with_grade = tuple(_graded(unit, graded, grading) for unit in ranked)
    counts = dict.fromkeys(graded.counts, 0)
    for unit in with_grade:
        if unit.grade:
            counts[unit.grade] = counts.get(unit.grade, 0) + 1
    return ColumnScores(
        column=column,
        label=label,
        units=with_grade,
        grade_counts=counts,
        ungraded=sum(not unit.grade for unit in with_grade),
        notes=(*notes, *graded.notes),
    )


def _keys(units: Sequence[UnitScore]) -> tuple[dict[str, Decimal], list[str]]:
    """What each unit is ordered by, higher better, and what must be said of it."""
    able = [unit for unit in units if not unit.vetoes]
    sortable = {unit.unit: unit.sort_value for unit in able if unit.sort_value is not None}
    if sortable:
        return sortable, []
    totals = {unit.unit: unit.total for unit in able if unit.total is not None}
    if totals or len(able) < 2:
        return totals, []
    common = {frozenset(item.item.id for item in unit.items if item.score is not None) for unit in able}
    if len(common) == 1 and next(iter(common)):
        return {unit.unit: unit.scored for unit in able}, [ON_COMMON_ITEMS]
    return {}, [NOT_ALIKE] if any(common) else []


def _grades(grading: Grading, units: Sequence[UnitScore], keys: dict[str, Decimal], exempt: Sequence[str]) -> Graded:
    if grading.bands:
        return grade_by_bands(grading, {unit.unit: unit.total for unit in units if unit.total is not None})
    if not grading.within_group:
        return grade_by_quota(grading, keys, exempt)
    parts = []
    for group in dict.fromkeys(unit.group for unit in units):
        members = {unit.unit for unit in units if unit.group == group}
        parts.append(
            grade_by_quota(
                grading,
                {name: key for name, key in keys.items() if name in members},
                [name for name in exempt if name in members],
            )
        )
    grades = {name: grade for part in parts for name, grade in part.grades.items()}
    counts = {quota.grade: sum(part.counts.get(quota.grade, 0) for part in parts) for quota in grading.quotas}
    return Graded(grades, counts, tuple(dict.fromkeys(note for part in parts for note in part.notes)))


def _graded(unit: UnitScore, graded: Graded, grading: Grading) -> UnitScore:
    if unit.vetoes:
        return replace(unit, grade=unit.veto_grade, grade_reason="一票否决")
    grade = graded.grades.get(unit.unit, "")
    if not grade:
        return replace(unit, grade_reason="没有总分，不定档")
    reason = grading.exempt.label_zh if unit.exempt and grading.exempt is not None else ""
    return replace(unit, grade=grade, grade_reason=reason)
