"""前期手续: the stages of a project before its start, the days they take against those promised, and what is overdue.

Attributes of a row: office, accepted, due, finished, state; the row's figure is the days in the stage, counted to the register's
date where it is not finished. The project is the row's group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.indicators.register_rows import RegisterRow, derived, median, register_rows
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.periods import Period
from parkbook.units import Unit

DAYS = Unit("天")


@dataclass(frozen=True)
class Stage:
    """One stage of one project's procedures."""

    row: RegisterRow
    days: Observation

    @property
    def project(self) -> str:
        return self.row.parent

    @property
    def name(self) -> str:
        return self.row.subject

    @property
    def limit(self) -> int | None:
        """Days that were promised; None where a date is not stated."""
        accepted, due = self.row.day("accepted"), self.row.day("due")
        return (due - accepted).days if accepted is not None and due is not None else None

    @property
    def is_open(self) -> bool:
        return self.row.day("finished") is None

    @property
    def overrun(self) -> int | None:
        """Days in the stage beyond those promised; negative within them."""
        if self.limit is None or self.days.obs_value is None:
            return None
        return int(self.days.obs_value) - self.limit

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.overrun is not None and self.overrun > 0

    def overrun_value(self) -> IndicatorValue | None:
        if self.overrun is None:
            return None
        return derived(
            f"{self.project}{self.name}超过承诺天数",
            Decimal(self.overrun),
            DAYS,
            Transformation.LEVEL,
            f"在办天数 − 承诺天数（{self.row.attribute('accepted')}受理，{self.row.attribute('due')}承诺办结）",
            [self.days],
            subject=self.project,
        )


@dataclass(frozen=True)
class StageTime:
    """How long a stage took where it is finished, and how many are open in it."""

    name: str
    finished: tuple[Stage, ...]
    open: tuple[Stage, ...]

    @property
    def days(self) -> IndicatorValue | None:
        """The median of the finished ones, in days."""
        middle = median(int(s.days.obs_value) for s in self.finished if s.days.obs_value is not None)
        if middle is None:
            return None
        inputs = [s.days for s in self.finished]
        return derived(
            f"{self.name}办结用时中位数", middle, DAYS, Transformation.LEVEL, "已办结各项在办天数的中位数", inputs
        )


def procedure_stages(observations: Sequence[Observation], period: Period | None) -> tuple[Stage, ...]:
    """The stages that the period's sheet lists, in its order; rows whose days are no number are left out."""
    return tuple(
        Stage(row, days)
        for row in register_rows(observations, ("days_in_stage",), period)
        if (days := row.number("days_in_stage")) is not None
    )


def overdue_stages(stages: Sequence[Stage]) -> list[Stage]:
    """Open stages beyond their promised days, the longest overrun first."""
    return sorted((stage for stage in stages if stage.is_overdue), key=lambda stage: -(stage.overrun or 0))


def stage_times(stages: Sequence[Stage]) -> list[StageTime]:
    """By stage, in order of first appearance."""
    names = dict.fromkeys(stage.name for stage in stages)
    return [
        StageTime(
            name,
            tuple(s for s in stages if s.name == name and not s.is_open),
            tuple(s for s in stages if s.name == name and s.is_open),
        )
        for name in names
    ]
