"""Rule sets of lamps (红黄绿灯) as data: data/alarms/*.yaml, one file a set, its name the set's id.

    id: wuhan                    name: 武汉    place: 武汉    year: 2022    document: ""
    rules:
      - {id: progress, label: 进度, measure: schedule_ratio, applies_to: [project_plan], bands: […], gaps: […]}

A rule measures one thing (`measure`, see `measures`) of some kinds of items (`applies_to`; `borrowed_for` are kinds it was
not made for and is used on by analogy, which the page says). Its bands have inclusive or exclusive ends; what no band covers
must be declared as a gap with its words, so that every number falls into exactly one band or gap: a lamp that a rule does not
define is reported, never guessed. Rules of several inputs name cases instead of bands. Official sets carry place, year and
document as far as known; `official: false` marks the office's own thresholds, each with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from parkbook.datafiles import read_model, require_same_name
from parkbook.errors import UnknownCodeError, did_you_mean
from parkbook.project import data_directory
from parkbook.units import parse_unit

Colour = Literal["green", "blue", "yellow", "orange", "red", "none"]
SEVERITY: dict[str, int] = {"green": 0, "blue": 0, "none": 0, "yellow": 1, "orange": 2, "red": 3}

NUMERIC_MEASURES = (
    "points_below",
    "schedule_ratio",
    "schedule_shortfall",
    "window_shortfall",
    "months_due",
    "months_unentered",
    "days_late",
    "days_overdue",
    "task_ratio",
    "completion_rate",
    "score_ratio",
    "growth",
    "points_change",
    "places_lost",
    "count",
)
CASES: dict[str, tuple[str, ...]] = {
    "growth_plan_mean": ("meets_both", "grows_below", "falls_below", "flat_below", "falls_meets_both"),
    "pay_rate": ("as_planned", "between", "below_required"),
    "done_and_schedule": ("over_target", "above_schedule", "not_above"),
}
"""Measures of several inputs, and the cases that each distinguishes."""
KINDS = (
    "annual_target",
    "project_plan",
    "project_start",
    "project_entry",
    "project_funds",
    "project_delay",
    "month_task",
    "district_growth",
    "special_bond",
    "energy_saving",
    "kpi_score",
    "indicator_growth",
    "enterprise_growth",
    "approval",
    "rate",
    "idle_stock",
    "lower_rate",
    "rank",
    "accident",
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Lamp(_Part):
    """A lamp with its colour in words; `severity` orders lamps (3 red, 2 orange, 1 yellow, 0 good) unless given."""

    colour: Colour
    label: Annotated[str, Field(min_length=1)]
    words: Annotated[str, Field(min_length=1)]
    severity: Annotated[int, Field(ge=0, le=3)] = -1

    @property
    def weight(self) -> int:
        return SEVERITY[self.colour] if self.severity < 0 else self.severity


class Span(_Part):
    """An interval of numbers; an end that is absent is infinite, an end is excluded unless said otherwise."""

    low: Decimal | None = None
    low_inclusive: bool = False
    high: Decimal | None = None
    high_inclusive: bool = False

    def holds(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (self.low_inclusive and value == self.low)
        below = self.high is None or value < self.high or (self.high_inclusive and value == self.high)
        return above and below


class Band(Lamp, Span):
    """A lamp and the numbers it is lit for."""


class Gap(Span):
    """Numbers for which the rule says nothing, and how the page says so."""

    words: Annotated[str, Field(min_length=1)]


class Case(_Part):
    """One case of a measure of several inputs: a lamp, or (without colour) one that the rule leaves undefined."""

    case: str
    words: Annotated[str, Field(min_length=1)]
    colour: Colour | None = None
    label: str = ""
    severity: Annotated[int, Field(ge=0, le=3)] = -1

    def outcome(self) -> Lamp | Gap:
        if self.colour is None:
            return Gap(words=self.words)
        extra = {} if self.severity < 0 else {"severity": self.severity}
        return Lamp.model_validate({"colour": self.colour, "label": self.label, "words": self.words} | extra)


class Escalation(Lamp):
    """The lamp when a lamp of any severity stood for `after` months running, the last one included."""

    after: Annotated[int, Field(ge=2)]


class LeastInvestment(_Part):
    """A rule that only concerns projects from this total investment on."""

    value: Decimal
    unit: str

    @model_validator(mode="after")
    def _unit_is_known(self) -> LeastInvestment:
        parse_unit(self.unit)
        return self


class Rule(_Part):
    """One rule of a set; `key` (set.rule) is its id everywhere else."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str
    measure: str
    applies_to: Annotated[tuple[str, ...], Field(min_length=1)]
    borrowed_for: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    least_total_investment: LeastInvestment | None = None
    window_months: Annotated[int, Field(ge=1)] | None = None
    bands: tuple[Band, ...] = ()
    gaps: tuple[Gap, ...] = ()
    cases: tuple[Case, ...] = ()
    escalate: Escalation | None = None
    consequences: tuple[str, ...] = ()
    note: str = ""
    needs: str = ""
    reason: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Rule:
        unknown = sorted({*self.applies_to, *self.borrowed_for} - set(KINDS))
        if unknown:
            raise ValueError(f"未知的事项类别：{'、'.join(unknown)}")
        if self.measure in CASES:
            _cases_cover(self)
        elif self.measure in NUMERIC_MEASURES:
            _bands_cover(self)
        else:
            raise ValueError(f"未知的计量方法“{self.measure}”")
        return self

    def of_value(self, value: Decimal) -> Band | Gap:
        """The one band or gap that holds a number (the schema sees to it that there is just one)."""
        spans: tuple[Band | Gap, ...] = (*self.bands, *self.gaps)
        return next(span for span in spans if span.holds(value))

    def of_case(self, case: str) -> Lamp | Gap:
        return next(item for item in self.cases if item.case == case).outcome()


def _cases_cover(rule: Rule) -> None:
    wanted, given = CASES[rule.measure], [case.case for case in rule.cases]
    if sorted(given) != sorted(wanted) or rule.bands or rule.gaps:
        raise ValueError(f"{rule.measure} 的情形须为 {'、'.join(wanted)}，每种恰好一次，不用 bands 和 gaps")
    if any(case.colour is not None and not case.label for case in rule.cases):
        raise ValueError("亮灯的情形须写明 label（灯色文字）")


def _bands_cover(rule: Rule) -> None:
    """Bands and gaps, sorted, must join without overlap or hole from minus to plus infinity."""
    if not rule.bands or rule.cases:
        raise ValueError("须有 bands，不用 cases")
    spans: list[Span] = sorted((*rule.bands, *rule.gaps), key=lambda s: (s.low is not None, s.low or Decimal(0)))
    if spans[0].low is not None:
        raise ValueError(f"{spans[0].low} 以下没有归属：补一个 band 或 gap")
    if spans[-1].high is not None:
        raise ValueError(f"{spans[-1].high} 以上没有归属：补一个 band 或 gap")
    for before, after in pairwise(spans):
        if before.high is None or before.high != after.low:
            raise ValueError(f"{before.high} 与 {after.low} 之间有空缺或重叠")
        if before.high_inclusive == after.low_inclusive:
            raise ValueError(f"端点 {before.high} 须恰好归一边")


class RuleSet(_Part):
    """The rules of one place and time. What is not known of its origin stays empty and is shown as such."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    name: str
    place: str = ""
    year: int | None = None
    document: str = ""
    official: bool = True
    reversed: bool = False
    default: int | None = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rules_are_fit(self) -> RuleSet:
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) != len(ids):
            raise ValueError("规则代码重复")
        if not self.official and not all(rule.reason for rule in self.rules):
            raise ValueError("非官方规则须逐条写明理由（reason）")
        return self

    def key(self, rule: Rule) -> str:
        return f"{self.id}.{rule.id}"

    @property
    def origin(self) -> str:
        """Where the rules are from, in words; what is not known is said to be so."""
        if not self.official:
            return "本系统初设，无官方依据，阈值由办公室修改"
        where = f"{self.place or '地区未载明'}，{f'{self.year}年' if self.year else '年份未载明'}"
        return f"{where}，{f'《{self.document}》' if self.document else '文件名称未载明'}"


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[RuleSet, ...]:
    found = []
    for path in sorted(folder.glob("*.yaml")):
        rules = read_model(
            RuleSet,
            path,
            what="预警规则不合规则",
            expected="每个数值恰好归入一个 band 或 gap，其余见同目录各文件",
            remedy="按 parkbook.indicators.alarms.rules 开头的格式修改",
        )
        require_same_name(rules.id, path, what="规则集代码与文件名不同")
        found.append(rules)
    return tuple(found)


def rule_sets() -> tuple[RuleSet, ...]:
    """Every rule set of the project, by id."""
    return _read(data_directory() / "alarms")


def chosen_rule_sets(names: Sequence[str] = ()) -> tuple[RuleSet, ...]:
    """The sets of these ids or names in the order given; the default ones for none."""
    known = rule_sets()
    if not names:
        return tuple(sorted((s for s in known if s.default is not None), key=lambda s: s.default or 0))
    spellings = {name: rules for rules in known for name in (rules.id, rules.name)}
    for name in names:
        if name not in spellings:
            raise UnknownCodeError(
                f"没有名为“{name}”的预警规则",
                expected="、".join(f"{rules.id}（{rules.name}）" for rules in known),
                cause=did_you_mean(name, spellings),
                remedy="改用上列代码或名称；新规则写入 data/alarms",
            )
    return tuple(dict.fromkeys(spellings[name] for name in names))


def alarm_ids() -> tuple[str, ...]:
    """The stable ids of all rules (yinchuan-2025.progress, office.decline, …), as other data files name them."""
    return tuple(rules.key(rule) for rules in rule_sets() for rule in rules.rules)
