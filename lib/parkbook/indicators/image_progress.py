"""形象进度 of a project from its lots and components, weighted by their share of the work.

A component's weight is its part of the whole project's work, in %; 形象进度 = Σ(weight × done) / 100. Weights that do not add
up to 100 make no total: the sum is reported instead of being scaled away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.errors import Finding, Severity
from parkbook.indicators.formulas import PERCENT
from parkbook.indicators.register_rows import RegisterRow, derived, register_rows
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.periods import Period

WHOLE = Decimal(100)
FORMULA = "Σ（部位工作量权重 × 部位完成比例）÷ 100"


@dataclass(frozen=True, slots=True)
class Component:
    """One component of one lot: its weight in the project's work and how much of it is done, both in %."""

    lot: str
    name: str
    weight: Observation
    done: Observation


@dataclass(frozen=True, slots=True)
class ImageProgress:
    """A project's components; `value` is None where the weights do not add up, and `finding` says so."""

    project: str
    components: tuple[Component, ...]
    value: IndicatorValue | None
    finding: Finding | None = None

    @property
    def lots(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.lot for part in self.components))

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.name for part in self.components))

    def of_lot(self, lot: str) -> IndicatorValue | None:
        """The lot's own progress: weighted inside the lot."""
        return _weighted(f"{self.project}{lot}形象进度", self.project, [c for c in self.components if c.lot == lot])


def _weighted(label: str, project: str, parts: Sequence[Component]) -> IndicatorValue | None:
    whole = _sum_of_weights(parts)
    if not parts or whole <= 0:
        return None
    done = sum((_number(part.weight) * _number(part.done) for part in parts), Decimal(0))
    inputs = [o for part in parts for o in (part.weight, part.done)]
    if len(parts) == 1:
        formula = "该部位的完成比例"
        inputs = [parts[0].done]
    else:
        formula = "Σ（部位工作量权重 × 部位完成比例）÷ Σ部位工作量权重"
    return derived(label, done / whole, PERCENT, Transformation.SHARE, formula, inputs, subject=project)


def _sum_of_weights(parts: Sequence[Component]) -> Decimal:
    return sum((_number(part.weight) for part in parts), Decimal(0))


def _number(observation: Observation) -> Decimal:
    """Components are made from numbers only."""
    return observation.obs_value if observation.obs_value is not None else Decimal(0)


def image_progress(observations: Sequence[Observation], period: Period | None) -> dict[str, ImageProgress]:
    """By project, for the sheet that answers for the period; a row without both numbers makes the project's total impossible."""
    grouped: dict[str, list[RegisterRow]] = {}
    for row in register_rows(observations, ("component_weight", "component_progress"), period):
        grouped.setdefault(row.parent, []).append(row)
    return {project: _project(project, rows) for project, rows in grouped.items()}


def _project(project: str, rows: Sequence[RegisterRow]) -> ImageProgress:
    parts, missing = [], []
    for row in rows:
        weight, done = row.number("component_weight"), row.number("component_progress")
        if weight is None or done is None:
            missing.append(row.subject)
            continue
        parts.append(Component(row.attribute("lot"), row.attribute("component") or row.subject, weight, done))
    finding = _finding(project, rows, parts, missing)
    value = None
    if finding is None:
        built = sum((_number(part.weight) * _number(part.done) for part in parts), Decimal(0))
        inputs = [o for part in parts for o in (part.weight, part.done)]
        value = derived(
            f"{project}形象进度", built / WHOLE, PERCENT, Transformation.SHARE, FORMULA, inputs, subject=project
        )
    return ImageProgress(project, tuple(parts), value, finding)


def _finding(
    project: str, rows: Sequence[RegisterRow], parts: Sequence[Component], missing: Sequence[str]
) -> Finding | None:
    where = f"{rows[0].anchor.source.title} {rows[0].anchor.locator}"
    if missing:
        return Finding(
            what=f"{project}的{'、'.join(missing)}缺权重或完成比例，形象进度不加总",
            where=where,
            remedy="补报后重算",
            code="image_progress",
            severity=Severity.WARNING,
        )
    total = _sum_of_weights(parts)
    if total == WHOLE:
        return None
    return Finding(
        what=f"{project}各部位工作量权重合计{total.normalize():f}%，形象进度不加总",
        where=where,
        expected="100%",
        found=f"{total.normalize():f}%",
        remedy="核对各部位权重后重报",
        code="image_progress",
        severity=Severity.WARNING,
    )
