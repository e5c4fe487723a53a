"""Counts of one thing at two stages, known by their verbs: of what was applied for (申报, 提报, 推荐) no more can be selected or
passed (入选, 获评, 获批, 入库, 认定, 通过). Pairs that identities.yaml declares are left to `parts.check_orders`.

The labels name the same thing and differ by the verb only: certain. Or one of them is the bare verb and its thing is understood
from the figure just before it (申报高企13家、获评15家): likely, and only where the two stand side by side in one sentence, and where
the one before is not itself one of several (申报国家级2个、省级5个，获评6个 speaks of all seven).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from parkbook.model import Observation, Transformation
from parkbook.observations.reconcile.declared import Order
from parkbook.observations.reconcile.interval import Interval, is_count, printed, rounded
from parkbook.observations.reconcile.result import AuditFinding, Certainty, Check, CheckKind, found, plain

_APPLIED = re.compile(r"(?:新增?|组织|集中|推动|协助)?(?:申报|提报|推荐)")
# The reader of reports takes 获 for the verb of 获评 and leaves 评 as the label.
_PASSED = re.compile(r"(?:新增?|成功|顺利)?(?:入选|获评|获批|入库|通过|认定|\A评(?!价))(?:评价)?|评价(?=通过|入库)")
# A stock holds what was applied for in other years; a renewal and a refusal are no success of an application.
_ANOTHER_COUNT = re.compile(r"累计|现有|拥有|已有|总数|总量|存量|历年|以来|达|复审|复核|重新|续|未(?!来)|拟|预计|计划")
_ENDINGS = re.compile(r"\A(?:企业|项目|单位|人才|人员)+|(?:企业|项目|单位|人才|人员|家数|人数|个数|数量|数)+\Z")
CLAUSE = re.compile(r"[，,；;。、！!\n]")
_SENTENCE = re.compile(r"[；;。！!\n]")
_SPAN = re.compile(r"字符 (\d+)-(\d+)\Z")


@dataclass(frozen=True, slots=True)
class _Stage:
    """A count at one of the two stages; `thing` is what is counted, empty where the label has the verb alone."""

    observation: Observation
    passed: bool
    thing: str


def check_stages(observations: Iterable[Observation], orders: Sequence[Order]) -> Check:
    """Every pair of counts of one source, subject, period and unit that names its stages."""
    declared = {(order.smaller, order.larger) for order in orders}
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for o in observations:
        if o.transformation is Transformation.LEVEL and is_count(o.unit):
            groups.setdefault(_key(o), []).append(o)
    return Check.of(
        CheckKind.ORDERS,
        (
            _more(passed.observation, applied.observation, certainty)
            for group in groups.values()
            for passed, applied, certainty in (*_same_thing(group), *_understood(group))
            if (passed.observation.indicator_id, applied.observation.indicator_id) not in declared
        ),
    )


def _key(o: Observation) -> tuple[object, ...]:
    period = (o.period.key, "" if o.period.known else o.period.text)
    return o.ref_area, o.source.source_id, o.subject, o.parent, o.scope, o.unit, period


def _stage(o: Observation) -> _Stage | None:
    """The stage that the label names; None where it names none or both, or counts something else than this year's successes."""
    applied, passed = _APPLIED.search(o.reported_label), _PASSED.search(o.reported_label)
    if (applied is None) == (passed is None):
        return None
    clause = CLAUSE.split(o.source_text)[-1]
    if passed is not None and _ANOTHER_COUNT.search(f"{o.reported_label} {clause}"):
        return None
    words = _PASSED.sub("", _APPLIED.sub("", o.reported_label))
    return _Stage(o, passed is not None, _ENDINGS.sub("", words))


def _same_thing(group: Sequence[Observation]) -> Iterator[tuple[_Stage, _Stage, Certainty]]:
    """Pairs whose labels name one thing; of several sayings of what was applied for the largest."""
    stages = [stage for o in group if (stage := _stage(o)) is not None and stage.thing and o.is_number]
    largest: dict[str, _Stage] = {}
    for stage in stages:
        if not stage.passed and stage.observation.obs_value is not None:
            other = largest.get(stage.thing)
            if other is None or stage.observation.obs_value > (other.observation.obs_value or Decimal(0)):
                largest[stage.thing] = stage
    for stage in stages:
        if stage.passed and stage.thing in largest:
            yield stage, largest[stage.thing], Certainty.CERTAIN


def _understood(group: Sequence[Observation]) -> Iterator[tuple[_Stage, _Stage, Certainty]]:
    """Neighbours in the text of which one is the bare verb."""
    figures = sorted((o for o in group if span_of(o)), key=span_of)
    before: Observation | None = None
    for first, second in pairwise(figures):
        one, other = _stage(first), _stage(second)
        pair = one is not None and other is not None and one.passed != other.passed and not (one.thing and other.thing)
        if one is not None and other is not None and pair and len(CLAUSE.findall(text_between(first, second))) == 1:
            listed = before is not None and _in_one_sentence(before, first) and _is_stage(before, one.passed)
            if not listed:
                yield (one, other, Certainty.LIKELY) if one.passed else (other, one, Certainty.LIKELY)
        before = first


def _is_stage(o: Observation, passed: bool) -> bool:
    stage = _stage(o)
    return stage is not None and stage.passed == passed


def span_of(o: Observation) -> tuple[int, ...]:
    """First and last character of the figure in its report; empty for a cell."""
    span = _SPAN.search(o.locator)
    return tuple(int(end) for end in span.groups()) if span else ()


def text_between(first: Observation, second: Observation) -> str:
    """The words from a figure to the end of the next; a full stop where they do not reach back to it."""
    length = span_of(second)[1] - span_of(first)[1]
    said = second.source_text[:-length] if 0 < length < len(second.source_text) else ""
    joined = said and (first.source_text.endswith(said) or said.endswith(first.source_text))
    return second.source_text[-length:] if joined else "。。"


def _in_one_sentence(first: Observation, second: Observation) -> bool:
    return not _SENTENCE.search(text_between(first, second))


def _more(passed: Observation, applied: Observation, certainty: Certainty) -> list[AuditFinding] | None:
    small, large = printed(passed), printed(applied)
    if small is None or large is None:
        return None
    gap = _gap(small, large)
    if gap is None:
        return []
    unit = applied.unit
    words = f"多 {plain(gap, unit)}"
    return [
        found(
            CheckKind.ORDERS,
            f"{_name(passed)} {passed.period.label_zh} 大于{_name(applied)}",
            [passed, applied],
            "order",
            expected=f"不大于 {_shown(applied)}",
            said=f"{_shown(passed)}，{words}",
            difference=words,
            cause="其中一个填错，或两数所指事项、时段不同（如含往年申报的）",
            certainty=certainty,
        )
    ]


def _gap(small: Interval, large: Interval) -> Decimal | None:
    """By how much the first is the larger at least; None where it need not be."""
    gap = small.above(large)
    return None if gap is None else rounded(gap, 0)


def _name(o: Observation) -> str:
    """The words of a label, with the 获 that the reader takes off."""
    return f"{o.subject}{'获' if o.reported_label.startswith('评') else ''}{o.reported_label}"


def _shown(o: Observation) -> str:
    return plain(o.obs_value, o.unit) if o.obs_value is not None else f"{o.value_low}—{o.value_high}{o.unit}"
