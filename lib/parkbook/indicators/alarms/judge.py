"""A rule on a number: the lamp, the gap that the rule leaves, or why it cannot be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.indicators.alarms.rules import Gap, Lamp, Rule


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says: a lamp; or nothing, and why (`undefined` by the rule itself, `unknown` for want of data)."""

    lamp: Lamp | None = None
    undefined: str = ""
    unknown: str = ""
    escalated: int = 0
    """Months running that made the lamp what it is; 0 where the last figure alone did."""
    remark: str = ""

    @property
    def weight(self) -> int:
        return self.lamp.weight if self.lamp is not None else 0


def judge(rule: Rule, value: Decimal | None) -> Judgement:
    """The band or gap of a number."""
    if value is None:
        return Judgement(unknown="没有数")
    return _judgement(rule.of_value(value))


def judge_case(rule: Rule, case: str) -> Judgement:
    """The lamp or gap of a case of a measure of several inputs."""
    return _judgement(rule.of_case(case))


def _judgement(found: Lamp | Gap) -> Judgement:
    return Judgement(lamp=found) if isinstance(found, Lamp) else Judgement(undefined=found.words)


def judge_months(rule: Rule, months: Sequence[Decimal | None]) -> Judgement:
    """The last of consecutive months, raised where the rule has a consecutive-month clause and it is met.

    A month without a figure ends the run: a streak across it is not known, which is remarked upon where it would matter.
    """
    last = judge(rule, months[-1] if months else None)
    clause = rule.escalate
    if clause is None or last.weight == 0:
        return last
    run, broken = 0, False
    for value in reversed(months):
        if value is None:
            broken = True
            break
        if judge(rule, value).weight == 0:
            break
        run += 1
    if run >= clause.after:
        return Judgement(lamp=clause, escalated=run)
    if broken or run == len(months):  # the months before are not there
        return Judgement(lamp=last.lamp, remark="此前月份无数，是否连续不明")
    return last
