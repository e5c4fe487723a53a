"""A part of a report that is more than the whole it is said to be of (其中), where the catalogue knows no such part and total.

A part has as its `parent` the words of the figure before 其中, often the last of them (企业总数 is 总数). Of things that come whole
any part counts the same things as its whole. Of money that is sure only where the part's label ends in the whole's (甲公司营业收入
of 营业收入): 产值 after 其中 may be said of a project, not of the 总投资 before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from parkbook.errors import UnitError
from parkbook.model import Observation, Transformation
from parkbook.observations.reconcile.interval import COUNTS, factor_between, printed
from parkbook.observations.reconcile.result import (
    AuditFinding,
    Certainty,
    Check,
    CheckKind,
    found,
    name_of,
    plain,
    titled,
)
from parkbook.observations.reconcile.stages import CLAUSE, span_of, text_between
from parkbook.units import Unit, dimension, unit_definitions

REACH = 60
"""So many characters are at most between a whole and 其中 with its first part."""
_OPENING = re.compile(r"其中[^。；;\n]*\Z")
_CAN_FALL = re.compile(r"净|利润|盈|亏|差额|增加|减少|变动")
"""Where parts may be below zero, another may be more than the whole."""


def check_wholes(observations: Sequence[Observation], already: Iterable[AuditFinding] = ()) -> Check:
    """Every part whose whole stands before it in the same report; parts of `already` are said."""
    said = {item.observations[0].obs_id for item in already}
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for o in observations:
        if o.transformation is Transformation.LEVEL and span_of(o):
            groups.setdefault(_key(o), []).append(o)
    pairs = (pair for group in groups.values() for pair in _pairs(sorted(group, key=span_of)))
    return Check.of(CheckKind.PARTS, (_part(part, whole) for part, whole in pairs if part.obs_id not in said))


def _key(o: Observation) -> tuple[object, ...]:
    return o.ref_area, o.source.source_id, o.scope, o.period.key, "" if o.period.known else o.period.text


def _pairs(figures: Sequence[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Part and whole, from the figures of a report in their order: 其中 opens a list of parts, the next figures go on with it."""
    last: Observation | None = None
    whole: Observation | None = None
    for at, part in enumerate(figures):
        goes_on = last is not None and part.parent == last.parent and _next_clause(last, part)
        if not part.parent or not goes_on:
            whole = _whole(part, figures[:at]) if part.parent and _OPENING.search(part.source_text) else None
        last = part
        if whole is not None and _same_kind(part, whole):
            yield part, whole


def _next_clause(first: Observation, second: Observation) -> bool:
    return len(CLAUSE.findall(text_between(first, second))) == 1


def _whole(part: Observation, before: Sequence[Observation]) -> Observation | None:
    """The nearest figure that its parent names, within the reach of 其中."""
    for whole in reversed(before):
        if span_of(part)[0] - span_of(whole)[1] > REACH:
            return None
        if whole.reported_label.endswith(part.parent):
            return whole
    return None


def _same_kind(part: Observation, whole: Observation) -> bool:
    """Whether the part can be no more than the whole. A count that has another owner (某中心新增窗口6个) may be of other things."""
    if part.subject == whole.subject and part.unit.measure == whole.unit.measure and _comes_whole(whole.unit):
        return True
    if _CAN_FALL.search(whole.reported_label) or part.unit.measure == "%" or "/" in part.unit.measure:
        return False
    try:
        factor_between(part.unit, whole.unit)
    except UnitError:
        return False
    return part.reported_label.endswith(whole.reported_label)


def _comes_whole(unit: Unit) -> bool:
    """Persons as well as 万人: the things, not how they are written."""
    return unit.measure in unit_definitions() and dimension(unit) in COUNTS


def _part(part: Observation, whole: Observation) -> list[AuditFinding] | None:
    small, large = printed(part), printed(whole)  # None for what is hidden
    if small is None or large is None or part.obs_value is None or whole.obs_value is None:
        return None
    factor = factor_between(part.unit, whole.unit)
    small = small.scaled(factor)
    if small.above(large) is None:
        return []
    exact = part.obs_value * factor.numerator / factor.denominator
    gap = f"多 {plain(exact - whole.obs_value, whole.unit)}"
    return [
        found(
            CheckKind.PARTS,
            f"{titled(part)} 大于其总数{name_of(whole)}",
            [part, whole],
            "part_total",
            expected=f"不大于 {plain(whole.obs_value, whole.unit)}",
            said=f"{plain(part.obs_value, part.unit)}，{gap}",
            difference=gap,
            cause="分项或总数填错，或口径不同",
            certainty=Certainty.CERTAIN,
        )
    ]
