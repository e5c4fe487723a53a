"""招商漏斗: leads with dated steps, how long each step takes, and conversion by cohort.

A conversion rate is of a *cohort*: of the leads first met in a quarter, how many signed, landed, started. Young cohorts are not
finished: those still in talks are shown apart and no rate is taken as final. Rates within a fixed time (12 months) are given
only for cohorts of which every lead has been watched that long, so that no lead's time was cut short.

Without dated leads there is only 同期落地洽谈比: landed over negotiated of one period. The two counts are of different projects, it
is no conversion rate (69 of 214 is 32.2% and says nothing about the 214).

Attributes of a row: channel, sector, origin, state, and the dates negotiated, signed, landed, started, commissioned.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from parkbook.catalogue import Indicator
from parkbook.indicators import formulas
from parkbook.indicators.formulas import PERCENT
from parkbook.indicators.register_rows import RegisterRow, by_attribute, count_of, derived, median, register_rows
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.periods import Period
from parkbook.units import Unit

PROJECTS, DAYS = Unit("个"), Unit("天")
WINDOW_DAYS = 365
CLOSED_WORDS = ("搁置", "终止", "放弃", "流失", "中止")
"""States whose words say that a lead is no longer pursued."""
NOT_CONVERSION = "同期落地数与洽谈数不是同一批项目，不是转化率"


class Step(StrEnum):
    """What a lead goes through, by the attribute that holds its date."""

    NEGOTIATED = "negotiated"
    SIGNED = "signed"
    LANDED = "landed"
    STARTED = "started"
    COMMISSIONED = "commissioned"


STEPS = tuple(Step)
STEP_ZH = {
    Step.NEGOTIATED: "首次对接",
    Step.SIGNED: "签约",
    Step.LANDED: "落地",
    Step.STARTED: "开工",
    Step.COMMISSIONED: "投产",
}


@dataclass(frozen=True)
class Lead:
    """One lead; a step without a date has not been taken by the register's date."""

    row: RegisterRow
    dates: dict[Step, datetime.date]

    @property
    def first(self) -> datetime.date:
        return self.dates[Step.NEGOTIATED]

    @property
    def is_closed(self) -> bool:
        return any(word in self.row.attribute("state") for word in CLOSED_WORDS)

    def reached(self, step: Step) -> bool:
        """A lead that landed has also signed, whether or not that date was written down."""
        return any(later in self.dates for later in STEPS[STEPS.index(step) :])

    @property
    def last_step(self) -> Step:
        return max(self.dates, key=STEPS.index)

    @property
    def is_open(self) -> bool:
        """Still on its way: neither in production nor given up."""
        return not self.is_closed and self.last_step is not Step.COMMISSIONED

    def days(self, before: Step, after: Step) -> int | None:
        """Days from one step to another; None unless both are dated."""
        if before not in self.dates or after not in self.dates:
            return None
        return (self.dates[after] - self.dates[before]).days

    @property
    def waiting_days(self) -> int:
        """Days since the last step, as at the register's date."""
        return (self.row.as_of_day - self.dates[self.last_step]).days

    def within(self, step: Step, days: int) -> bool:
        taken = self.days(Step.NEGOTIATED, step)
        return taken is not None and taken <= days


@dataclass(frozen=True)
class Duration:
    """How long the leads of a group took between two steps, and how many have not taken the second yet."""

    before: Step
    after: Step
    taken: tuple[Lead, ...]
    waiting: tuple[Lead, ...]

    @property
    def days(self) -> IndicatorValue | None:
        middle = median(d for lead in self.taken if (d := lead.days(self.before, self.after)) is not None)
        if middle is None:
            return None
        return derived(
            f"{STEP_ZH[self.before]}到{STEP_ZH[self.after]}用时中位数",
            middle,
            DAYS,
            Transformation.LEVEL,
            f"已{STEP_ZH[self.after]}项目从{STEP_ZH[self.before]}到{STEP_ZH[self.after]}天数的中位数",
            [lead.row.anchor for lead in self.taken],
        )

    @property
    def waiting_days(self) -> Decimal | None:
        """The median time that the open ones have waited so far; it is a lower bound of what they will take."""
        return median(lead.waiting_days for lead in self.waiting)


@dataclass(frozen=True)
class Group:
    """Leads that share a channel, a sector or a quarter of first contact."""

    name: str
    leads: tuple[Lead, ...]

    def reached(self, step: Step) -> list[Lead]:
        return [lead for lead in self.leads if lead.reached(step)]

    @property
    def open(self) -> list[Lead]:
        """Not signed, and not given up."""
        return [lead for lead in self.leads if lead.last_step is Step.NEGOTIATED and not lead.is_closed]

    @property
    def closed(self) -> list[Lead]:
        return [lead for lead in self.leads if lead.is_closed]

    def count(self, step: Step) -> IndicatorValue | None:
        return _count(f"{self.name}{STEP_ZH[step]}项目数", self.reached(step), f"台账中已{STEP_ZH[step]}的项目逐行计数")

    def count_of(self, leads: Sequence[Lead], words: str) -> IndicatorValue | None:
        return _count(f"{self.name}{words}项目数", leads, f"台账中{words}的项目逐行计数")

    def duration(self, before: Step, after: Step) -> Duration:
        at_step = [lead for lead in self.leads if before in lead.dates]
        return Duration(
            before,
            after,
            tuple(lead for lead in at_step if lead.days(before, after) is not None),
            tuple(lead for lead in at_step if lead.last_step is before and lead.is_open),
        )


@dataclass(frozen=True)
class Cohort(Group):
    """Leads first met in one quarter."""

    quarter: tuple[int, int] = (0, 0)

    @property
    def is_watched(self) -> bool:
        """Whether every lead could have taken its steps within the window before the register's date."""
        return all((lead.row.as_of_day - lead.first).days >= WINDOW_DAYS for lead in self.leads)

    def rate(self, step: Step) -> IndicatorValue | None:
        """Within 12 months, of a cohort watched that long; None for a younger one."""
        return window_rate(f"{self.name}首次对接项目", self.leads, step) if self.is_watched else None


def window_rate(label: str, leads: Sequence[Lead], step: Step) -> IndicatorValue | None:
    """Of these leads, the share that took a step within the window; the caller sees to it that all were watched so long."""
    if not leads:
        return None
    taken = [lead for lead in leads if lead.within(step, WINDOW_DAYS)]
    return derived(
        f"{label}12个月内{STEP_ZH[step]}转化率",
        Decimal(len(taken)) * 100 / len(leads),
        PERCENT,
        Transformation.SHARE,
        f"首次对接后{WINDOW_DAYS}天内{STEP_ZH[step]}{len(taken)}个 ÷ 同批首次对接{len(leads)}个 × 100%",
        [lead.row.anchor for lead in leads],
    )


def _count(label: str, leads: Sequence[Lead], formula: str) -> IndicatorValue | None:
    return count_of(label, [lead.row for lead in leads], formula, PROJECTS)


@dataclass(frozen=True)
class Funnel:
    """All dated leads of a register; `undated` are rows without a date of first contact, which belong to no cohort."""

    leads: tuple[Lead, ...]
    undated: tuple[RegisterRow, ...]
    disorder: tuple[Lead, ...]
    """Leads whose dates are not in order; they are counted, their durations are not."""

    @property
    def whole(self) -> Group:
        return Group("全部", self.leads)

    @property
    def as_of(self) -> datetime.date:
        return max(lead.row.as_of_day for lead in self.leads)

    def by(self, attribute: str) -> list[Group]:
        """Groups by an attribute (channel, sector, origin), the largest first."""
        of_row = {id(lead.row): lead for lead in self.leads}
        grouped = by_attribute([lead.row for lead in self.leads], attribute)
        groups = [Group(name, tuple(of_row[id(row)] for row in rows)) for name, rows in grouped.items()]
        return sorted(groups, key=lambda group: (-len(group.leads), group.name))

    def cohorts(self) -> list[Cohort]:
        """By quarter of first contact, in time."""
        grouped: dict[tuple[int, int], list[Lead]] = {}
        for lead in self.leads:
            grouped.setdefault((lead.first.year, (lead.first.month + 2) // 3), []).append(lead)
        return [
            Cohort(f"{year}年{'一二三四'[quarter - 1]}季度", tuple(leads), (year, quarter))
            for (year, quarter), leads in sorted(grouped.items())
        ]

    def watched(self) -> list[Lead]:
        """Leads of all cohorts that were watched for the whole window."""
        return [lead for cohort in self.cohorts() if cohort.is_watched for lead in cohort.leads]


def funnel(observations: Sequence[Observation], period: Period | None) -> Funnel | None:
    """The register of leads that answers for the period; None where no ledger has leads with a date of first contact."""
    rows = register_rows(observations, ("projects_negotiated",), period)
    leads, undated = [], []
    for row in rows:
        dates = {step: day for step in STEPS if (day := row.day(step)) is not None and day <= row.as_of_day}
        if Step.NEGOTIATED in dates:
            leads.append(Lead(row, dates))
        else:
            undated.append(row)
    if not leads:
        return None
    return Funnel(tuple(leads), tuple(undated), tuple(lead for lead in leads if not _in_order(lead)))


def _in_order(lead: Lead) -> bool:
    days = [lead.dates[step] for step in STEPS if step in lead.dates]
    return days == sorted(days)


def same_period_ratio(indicator: Indicator, landed: Observation, negotiated: Observation) -> IndicatorValue | None:
    """同期落地洽谈比 of two published counts of one period, in %; flagged as no conversion rate."""
    value = formulas.share(indicator, landed, negotiated)
    if value is None:
        return None
    return derived(
        indicator.label_zh,
        value.value,
        PERCENT,
        Transformation.RATIO,
        "同期落地项目数 ÷ 同期洽谈项目数 × 100%",
        [landed, negotiated],
        indicator_id=indicator.id,
        flags=(NOT_CONVERSION,),
    )
