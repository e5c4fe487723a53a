"""The same figure said more than once, in one source or several: `observations.duplicates` with both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parkbook.errors import Finding, UnitError
from parkbook.model import Observation
from parkbook.observations.duplicates import duplicate_findings, grouped
from parkbook.observations.reconcile.result import AuditFinding, Certainty, Check, CheckKind, plain
from parkbook.observations.reconcile.slips import slip_power
from parkbook.sources.plausibility import place_of
from parkbook.units import Unit, convert


def check_sayings(observations: Iterable[Observation]) -> Check:
    """Every figure that is said twice, by its key; a difference between vintages is a revision, any other a conflict."""
    compared, findings = 0, list[AuditFinding]()
    for sayings in grouped(observations).values():
        if sum(saying.obs_value is not None for saying in sayings) > 1:
            compared += 1
            findings += [_with_sides(finding, sayings) for finding in duplicate_findings(sayings)]
    return Check(CheckKind.SAYINGS, compared, tuple(findings))


def _with_sides(finding: Finding, sayings: Sequence[Observation]) -> AuditFinding:
    places = set(finding.where.split("；"))
    sides = [saying for saying in sayings if place_of(saying) in places]
    return AuditFinding(
        finding=replace(finding, cause=_slip_words(sides) or finding.cause),
        kind=CheckKind.SAYINGS,
        certainty=Certainty.CERTAIN if finding.code == "revision" else Certainty.LIKELY,
        observations=tuple(sides),
        difference=_spread(sides),
    )


def _spread(sides: Sequence[Observation]) -> str:
    """How far the sayings are apart, in the unit of the first."""
    try:
        values = [convert(o.obs_value, o.unit, sides[0].unit) for o in sides if o.obs_value is not None]
    except (UnitError, KeyError):
        return "计量单位不同，无法相减"
    if not values:
        return ""
    return f"相差 {plain(max(values) - min(values), _points(sides[0].unit))}"


def _slip_words(sides: Sequence[Observation]) -> str:
    """Of two sayings that are a power of ten apart: 相差约 10^4 倍."""
    try:
        values = sorted(abs(convert(o.obs_value, o.unit, sides[0].unit)) for o in sides if o.obs_value)
    except (UnitError, KeyError):
        return ""
    power = slip_power(values[-1] / values[0]) if len(values) > 1 else 0
    return f"相差约 {f'10^{power}' if power > 1 else '10'} 倍，计量单位或小数点疑似填错" if power else ""


def _points(unit: Unit) -> str:
    return " 个百分点" if unit.measure == "%" else str(unit)
