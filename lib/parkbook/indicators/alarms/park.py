"""The lamps of a park: every item of its page under the chosen rule sets, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.errors import UnitError
from parkbook.indicators.alarms.item import Item
from parkbook.indicators.alarms.items import items
from parkbook.indicators.alarms.judge import Judgement, judge, judge_case, judge_months
from parkbook.indicators.alarms.rules import CASES, Rule, RuleSet
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.figures import FigureIndex
from parkbook.model import IndicatorValue
from parkbook.periods import Period
from parkbook.sources.exemptions import Exemption
from parkbook.units import convert, parse_unit


@dataclass(frozen=True, slots=True)
class Alarm:
    """One item under one rule. An exempted one keeps what the rule says of it, and is not lit."""

    item: Item
    rules: RuleSet
    rule: Rule
    judgement: Judgement
    measure: IndicatorValue | None = None
    exemption: Exemption | None = None

    @property
    def key(self) -> str:
        return self.rules.key(self.rule)

    @property
    def borrowed(self) -> bool:
        """The rule was made for another kind of thing."""
        return self.item.kind in self.rule.borrowed_for

    @property
    def lit(self) -> bool:
        """A lamp that calls for something."""
        return self.exemption is None and self.judgement.weight > 0

    @property
    def weight(self) -> int:
        return self.judgement.weight if self.exemption is None else 0


@dataclass(frozen=True, slots=True)
class ParkAlarms:
    """All lamps, those that say nothing included, and the rules for which the park has no figures."""

    rule_sets: tuple[RuleSet, ...]
    alarms: tuple[Alarm, ...]
    unused: tuple[tuple[RuleSet, Rule], ...]

    def of(self, kinds: Sequence[str]) -> list[Alarm]:
        return [alarm for alarm in self.alarms if alarm.item.kind in kinds]


def park_alarms(
    index: FigureIndex,
    rows: Sequence[IndicatorRow],
    subjects: Sequence[IndicatorRow],
    period: Period | None,
    rule_sets: Sequence[RuleSet],
    exemptions: Sequence[Exemption] = (),
) -> ParkAlarms:
    """Every item under every rule that is about it; nothing for a period that is not known."""
    if period is None or period.end is None:
        return ParkAlarms(tuple(rule_sets), (), ())
    things = items(index, rows, subjects, period)
    alarms = [
        _alarm(item, rules, rule, exemptions)
        for item in things
        for rules in rule_sets
        for rule in rules.rules
        if concerns(rule, item)
    ]
    used = {alarm.key for alarm in alarms}
    unused = [(rules, rule) for rules in rule_sets for rule in rules.rules if rules.key(rule) not in used]
    return ParkAlarms(tuple(rule_sets), tuple(alarms), tuple(unused))


def concerns(rule: Rule, item: Item) -> bool:
    """Whether a rule is about an item."""
    return (
        item.kind in (*rule.applies_to, *rule.borrowed_for)
        and (rule.measure in item.measures or rule.measure in item.cases)
        and (not rule.systems or item.system in rule.systems)
        and (not rule.indicators or item.indicator_id in rule.indicators)
        and _large_enough(rule, item) is not False
    )


def _large_enough(rule: Rule, item: Item) -> bool | None:
    """Whether a project is as large as a rule asks; None where its size is not known or no question (a target, a total)."""
    least, size = rule.least_total_investment, item.total_investment
    if least is None or size is None or size.obs_value is None:
        return None
    try:
        return convert(size.obs_value, size.unit, parse_unit(least.unit)) >= least.value
    except UnitError:
        return None


def _alarm(item: Item, rules: RuleSet, rule: Rule, exemptions: Sequence[Exemption]) -> Alarm:
    measure = item.measures.get(rule.measure)
    end = item.period.end
    held = (e for e in exemptions if end is not None and e.holds(item.name, rules.key(rule), end))
    exemption = next(held, None)
    return Alarm(item, rules, rule, _judged(item, rule, measure), measure, exemption)


def _judged(item: Item, rule: Rule, measure: IndicatorValue | None) -> Judgement:
    if rule.measure in CASES:
        return judge_case(rule, item.cases[rule.measure])
    if item.subject and rule.least_total_investment is not None and _large_enough(rule, item) is None:
        least = rule.least_total_investment
        return Judgement(unknown=f"总投资不明，是否达到{least.value}{least.unit}无从判断")
    if rule.escalate is not None and item.months.get(rule.measure):
        return judge_months(rule, item.months[rule.measure])
    value: Decimal | None = measure.value if measure is not None else None
    return judge(rule, value)


def check_exemptions(exemptions: Sequence[Exemption], known: Sequence[str]) -> list[str]:
    """Rule ids in exemptions that no rule or set has."""
    sets = {name.partition(".")[0] for name in known}
    return sorted({name for e in exemptions for name in e.rules if name not in {*known, *sets}})
