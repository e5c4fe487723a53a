"""重点项目: the register, milestones and obstacles.

A project's plan and completion are the register's own; 完成率 that the register does not print is computed, the gap to 序时进度
is taken as elsewhere. 投资进度 is what was invested since the start over the total investment, 形象进度 what is built: a gap
between the two is a question to ask (prepaid equipment, unpaid work), never a judgement.

Attributes of a row: level, type, sector, office, nature, image_progress, obstacle; of a milestone: planned, actual, expected.
Dates of the future are those the office declares; none is extrapolated.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from parkbook.catalogue import Catalogue
from parkbook.indicators import formulas
from parkbook.indicators.formulas import PERCENT, POINTS
from parkbook.indicators.image_progress import ImageProgress, image_progress
from parkbook.indicators.register_rows import RegisterRow, derived, register_rows
from parkbook.indicators.targets import schedule_gap
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.periods import Period
from parkbook.schedule import USUAL, Schedule
from parkbook.units import Unit, convert

DAYS = Unit("天")
NODE_ORDER = ("拿地", "开工", "纳统", "封顶", "竣工", "投产")
_ATTRIBUTE_NODES = (
    ("拿地", "", "land_acquired"),
    ("开工", "planned_start", "started"),
    ("封顶", "", "topped_out"),
    ("竣工", "planned_completion", "completed"),
    ("投产", "", "commissioned"),
)


class NodeState(StrEnum):
    """What became of a milestone by the register's date."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    AHEAD_OF_DATE = "ahead_of_date"
    """Not due yet."""
    UNPLANNED = "unplanned"
    """No planned date is stated, so that nothing can be said."""


STATE_ZH = {
    NodeState.EARLY: "提前完成",
    NodeState.ON_TIME: "按期完成",
    NodeState.LATE: "延期完成",
    NodeState.OVERDUE: "到期未完成",
    NodeState.AHEAD_OF_DATE: "未到期",
    NodeState.UNPLANNED: "计划日期未填",
}
GRACE_DAYS = 7
"""A date within a week of the plan is on time: registers print a day where the plan means a month."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone of one project; `anchor` is the figure of the row that states it."""

    project: str
    name: str
    planned: datetime.date | None
    actual: datetime.date | None
    expected: datetime.date | None
    as_of: datetime.date
    anchor: Observation
    office: str = ""

    @property
    def late_days(self) -> int | None:
        """Days after the plan: of the day it happened, else of the register's date once the plan has passed."""
        if self.planned is None:
            return None
        if self.actual is not None:
            return (self.actual - self.planned).days
        return (self.as_of - self.planned).days if self.as_of > self.planned else None

    @property
    def state(self) -> NodeState:
        late = self.late_days
        if self.planned is None:
            return NodeState.UNPLANNED
        if self.actual is None:
            return NodeState.OVERDUE if late is not None else NodeState.AHEAD_OF_DATE
        if late is None or abs(late) <= GRACE_DAYS:
            return NodeState.ON_TIME
        return NodeState.LATE if late > 0 else NodeState.EARLY

    def value(self) -> IndicatorValue | None:
        """The delay as a figure with its source."""
        if self.late_days is None:
            return None
        words = "实际日期 − 计划日期" if self.actual is not None else "报告期末 − 计划日期（尚未完成）"
        dates = f"{self.actual or self.as_of} − {self.planned}"
        return derived(
            f"{self.project}{self.name}与计划相差天数",
            Decimal(self.late_days),
            DAYS,
            Transformation.LEVEL,
            f"{words}：{dates}",
            [self.anchor],
            subject=self.project,
        )


@dataclass(frozen=True)
class Project:
    """One project of the register at its date."""

    row: RegisterRow
    completion: IndicatorValue | None
    gap: IndicatorValue | None
    image: ImageProgress | None
    milestones: tuple[Milestone, ...]

    @property
    def name(self) -> str:
        return self.row.subject

    def attribute(self, name: str) -> str:
        return self.row.attribute(name)

    def number(self, indicator_id: str) -> Observation | None:
        return self.row.number(indicator_id)

    @property
    def foreseen(self) -> Observation | None:
        """The office's own forecast of the whole year."""
        return self.row.number("project_investment_done", foreseen=True)

    @cached_property
    def invested(self) -> IndicatorValue | None:
        """投资进度: 开工以来累计完成投资 / 总投资, in %."""
        return _ratio(
            f"{self.name}投资进度",
            self.number("project_investment_cumulative"),
            self.number("project_total_investment"),
            "开工以来累计完成投资 ÷ 总投资 × 100%",
        )

    @cached_property
    def image_value(self) -> IndicatorValue | None:
        """形象进度: weighted over the components where they are reported and their weights add up, else as the register prints it."""
        if self.image is not None and self.image.value is not None:
            return self.image.value
        printed = self.number("image_progress")
        return formulas.published(printed, None) if printed is not None else None

    @cached_property
    def image_gap(self) -> IndicatorValue | None:
        """投资进度 less 形象进度 in 个百分点, from unrounded values; positive where the money is ahead of the work."""
        invested, built = self.invested, self.image_value
        if invested is None or built is None or invested.value is None or built.value is None:
            return None
        return derived(
            f"{self.name}投资进度与形象进度之差",
            invested.value - built.value,
            POINTS,
            Transformation.CHANGE,
            "投资进度 − 形象进度",
            [*invested.inputs, *built.inputs],
            subject=self.name,
        )

    @cached_property
    def shortfall(self) -> IndicatorValue | None:
        """What is missing to the schedule in money: plan × 序时进度 − done, positive where the project is behind."""
        plan, gap = self.number("project_annual_plan"), self.gap
        if plan is None or plan.obs_value is None or gap is None or gap.value is None:
            return None
        return derived(
            f"{self.name}与序时进度相差投资额",
            -gap.value * plan.obs_value / 100,
            plan.unit,
            Transformation.LEVEL,
            "年度计划投资 ×（序时进度 − 完成率）",
            [plan, *gap.inputs],
            subject=self.name,
            period=gap.period,
        )

    @property
    def obstacle(self) -> str:
        return self.attribute("obstacle")

    @property
    def is_finished(self) -> bool:
        return any(node.name == "竣工" and node.actual is not None for node in self.milestones)


def _ratio(label: str, part: Observation | None, whole: Observation | None, formula: str) -> IndicatorValue | None:
    if part is None or whole is None or part.obs_value is None or whole.obs_value is None:
        return None
    base = convert(whole.obs_value, whole.unit, part.unit)
    if base <= 0:
        return None
    return derived(
        label,
        part.obs_value / base * 100,
        PERCENT,
        Transformation.SHARE,
        formula,
        [part, whole],
        subject=part.subject,
        period=part.period,
    )


@dataclass(frozen=True)
class ProjectRegister:
    """Projects in the order of the ledger."""

    projects: tuple[Project, ...]

    @property
    def behind(self) -> list[Project]:
        """Projects behind the schedule of the year, the one that lacks most money first."""
        return [p for p in self.by_shortfall() if p.gap is not None and p.gap.value is not None and p.gap.value < 0]

    def by_shortfall(self) -> list[Project]:
        """Projects with a plan for the year, by what they lack to the schedule."""
        judged = [p for p in self.projects if p.shortfall is not None]
        return sorted(judged, key=_lacking, reverse=True)

    @property
    def stuck(self) -> list[Project]:
        return [p for p in self.projects if p.obstacle]

    @property
    def milestones(self) -> list[Milestone]:
        return [node for p in self.projects for node in p.milestones]

    def milestone_names(self) -> list[str]:
        present = {node.name for node in self.milestones}
        return [name for name in NODE_ORDER if name in present] + sorted(present - set(NODE_ORDER))

    def expected(self, name: str, until: datetime.date | None = None) -> list[Milestone]:
        """Milestones of this name that offices expect (预计), by date; only dates they state."""
        ahead = [n for n in self.milestones if n.name == name and n.actual is None and n.expected is not None]
        wanted = [n for n in ahead if until is None or (n.expected is not None and n.expected <= until)]
        return sorted(wanted, key=lambda n: n.expected or datetime.date.max)

    def unforeseen(self, name: str) -> list[Milestone]:
        """Milestones not reached for which the office states no expected date."""
        return [n for n in self.milestones if n.name == name and n.actual is None and n.expected is None]


def _lacking(project: Project) -> Decimal:
    short = project.shortfall
    return short.value if short is not None and short.value is not None else Decimal(0)


def project_register(
    observations: Sequence[Observation], catalogue: Catalogue, period: Period | None, schedule: Schedule = USUAL
) -> ProjectRegister | None:
    """The register that answers for the period; None where no ledger has rows with a project's total investment."""
    rows = register_rows(observations, ("project_total_investment",), period)
    if not rows:
        return None
    nodes = _by_parent(register_rows(observations, ("project_milestones",), period))
    images = image_progress(observations, period)
    made = []
    for row in rows:
        completion = _completion(row, catalogue)
        made.append(
            Project(
                row,
                completion,
                schedule_gap(catalogue.get("project_investment_done"), completion, schedule) if completion else None,
                images.get(row.subject),
                tuple(_milestones(row, nodes.get(row.subject, []))),
            )
        )
    return ProjectRegister(tuple(made))


def _completion(row: RegisterRow, catalogue: Catalogue) -> IndicatorValue | None:
    """占年度计划 as printed, else computed from plan and investment; None for a year without a plan."""
    indicator = catalogue.get("project_investment_done")
    printed = row.number("project_investment_done", transformation=Transformation.COMPLETION)  # type: ignore[arg-type]
    if printed is not None:
        return formulas.published(printed, indicator)
    done, plan = row.number("project_investment_done"), row.number("project_annual_plan")
    return formulas.completion(indicator, done, plan) if done is not None and plan is not None else None


def _by_parent(rows: Iterable[RegisterRow]) -> dict[str, list[RegisterRow]]:
    grouped: dict[str, list[RegisterRow]] = {}
    for row in rows:
        grouped.setdefault(row.parent, []).append(row)
    return grouped


def _milestones(row: RegisterRow, nodes: Sequence[RegisterRow]) -> list[Milestone]:
    """From the ledger of milestones where there is one, else from the dates in the project's own row."""
    if nodes:
        return [
            Milestone(
                row.subject,
                node.subject,
                node.day("planned"),
                node.day("actual"),
                node.day("expected"),
                node.as_of_day,
                node.anchor,
                node.attribute("office"),
            )
            for node in nodes
        ]
    found = []
    for name, planned, actual in _ATTRIBUTE_NODES:
        days = (row.day(planned) if planned else None, row.day(actual))
        if any(days):
            found.append(Milestone(row.subject, name, *days, None, row.as_of_day, row.anchor, row.attribute("office")))
    return found
