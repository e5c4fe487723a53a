"""What is built of a project: its lots and components, the weight of each in the work, and how far each is.

Weights are per cent of the whole project's work and add up to 100. A component advances evenly inside its window of the
construction time, so that the weighted progress differs a little from the S of the investment; `LEAN` makes two projects
differ much: one whose equipment was paid ahead, one whose owner pays late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from demo.series import rounded

BUILDING = (
    ("桩基", 10, 0.0, 0.15),
    ("底板", 15, 0.1, 0.25),
    ("主体结构", 45, 0.25, 0.7),
    ("安装装修", 22, 0.6, 0.95),
    ("室外工程", 8, 0.8, 1.0),
)
WORKS = (
    ("基础工程", 20, 0.0, 0.3),
    ("主体工程", 50, 0.2, 0.75),
    ("设备及管线", 22, 0.5, 0.95),
    ("调试验收", 8, 0.9, 1.0),
)
LEAN = {"演示算力中心一期": 0.78, "范例光电显示模组项目": 1.25}
TWO_LOTS = 8.0
"""Projects of this total investment (亿元) and more are built in two lots, the second a little later."""


class Built(Protocol):
    """What is asked of a project here."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def total(self) -> float: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    def started(self, month: int) -> bool: ...
    def completed(self, month: int) -> bool: ...


@dataclass(frozen=True)
class Component:
    """A component of a lot: weight in the whole work, per cent, and when in the construction time it is built."""

    lot: str
    part: str
    weight: Decimal
    first: float
    last: float

    @property
    def name(self) -> str:
        return f"{self.lot}{self.part}"

    def done(self, position: float) -> Decimal:
        """Progress in per cent at this part of the construction time."""
        share = (position - self.first) / (self.last - self.first)
        return rounded(min(max(share, 0.0), 1.0) * 100, 0)


def components(project: Built) -> list[Component]:
    """A lot, or two of 60 and 40 per cent of the work; a component ends in both at the same time."""
    parts = WORKS if project.kind == "基础设施" else BUILDING
    lots = (("一标段", 0.6, 0.0), ("二标段", 0.4, 0.04)) if project.total >= TWO_LOTS else (("一标段", 1.0, 0.0),)
    return [
        Component(lot, part, rounded(weight * share, 1), first + late, last)
        for lot, share, late in lots
        for part, weight, first, last in parts
    ]


def position(project: Built, month: int) -> float:
    """The part of the construction time that has passed, as the building site sees it."""
    if project.completed(month):
        return 1.0
    if not project.started(month):
        return 0.0
    passed = (month + 1 - project.start) / (project.end - project.start)
    return min(passed * LEAN.get(project.name, 1.0), 0.99)


def image(project: Built, month: int, parts: Sequence[Component] = ()) -> Decimal:
    """Weighted progress in per cent of these components, or of all."""
    chosen = parts or components(project)
    whole = sum((one.weight for one in chosen), Decimal(0))
    at = position(project, month)
    return rounded(sum((one.weight * one.done(at) for one in chosen), Decimal(0)) / whole, 0)


def part_progress(project: Built, month: int, part: str) -> Decimal:
    """Weighted progress of one component over the lots."""
    return image(project, month, [one for one in components(project) if one.part == part])
