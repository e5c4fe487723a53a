"""The same figure said more than once: which sayings agree, which differ, and which one to show.

Both are always kept. Figures of different sources agree when they are equal within the rounding of the coarser one,
whatever their units (1769.6亿元 and 17695812万元). A difference between vintages is a revision, any other a conflict.
A forecast (预计) is expected to move: it is held only against other sayings of its own vintage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from parkbook.errors import Finding, Severity, UnitError
from parkbook.model import STRENGTH, Observation, ObsStatus, SourceGrade, SourceKind, Transformation
from parkbook.periods import Basis, Month
from parkbook.sources.plausibility import place_of
from parkbook.units import convert

GRADES = {SourceGrade.OFFICIAL: 2, SourceGrade.OFFICIAL_REPRINT: 1, SourceGrade.UNLOCATED: 0}


class FigureKey(NamedTuple):
    """What two sayings of one figure share."""

    ref_area: str
    indicator_id: str
    subject: str
    parent: str
    period: tuple[Month | None, Month | None, Basis | None]
    transformation: str
    growth_kind: tuple[str, ...]
    scope: str
    target_kind: str
    rank_scope: str


def figure_key(observation: Observation) -> FigureKey | None:
    """The key of a figure; None when its indicator or its period is not known, and it cannot be compared."""
    if not observation.indicator_id or not observation.period.known:
        return None
    return FigureKey(
        observation.ref_area,
        observation.indicator_id,
        observation.subject,
        observation.parent if observation.subject else "",
        observation.period.key,
        observation.transformation,
        observation.growth_kind,
        observation.scope,
        observation.target_kind or "",
        observation.rank_scope,
    )


def grouped(observations: Iterable[Observation]) -> dict[FigureKey, list[Observation]]:
    """All sayings of each figure, in the order they were read."""
    groups: dict[FigureKey, list[Observation]] = {}
    for observation in observations:
        key = figure_key(observation)
        if key is not None:
            groups.setdefault(key, []).append(observation)
    return groups


def preference(observation: Observation) -> tuple[bool, bool, int, str, int, bool, str]:
    """Sorts sayings, the one to show last: corrected, a number, a result rather than a forecast, latest vintage, better
    grade, a ledger, later edition."""
    return (
        bool(observation.corrected_from),
        observation.is_number,
        STRENGTH[observation.obs_status],
        observation.vintage,
        GRADES[observation.source.grade],
        observation.source.kind is SourceKind.LEDGER,
        observation.source.source_id,
    )


def settled(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """One saying for each figure, as pages use them, in the order given; a revised target stays beside the one in force.

    Of sayings that agree, the one of the source that says most of the series (the monthly ledger, not next year's plan that
    quotes its result), so that a level and its growth come from one place.
    """
    all_of_them = tuple(observations)
    said = Counter(_series_in_source(o) for o in all_of_them)
    chosen: set[int] = set()
    for sayings in grouped(all_of_them).values():
        best = max(sayings, key=preference)
        same = [o for o in sayings if o.obs_status is best.obs_status and agree(best, o)]
        chosen.add(id(max(same, key=lambda o: said[_series_in_source(o)])))
    return tuple(
        o for o in all_of_them if id(o) in chosen or o.transformation is Transformation.TARGET or figure_key(o) is None
    )


def _series_in_source(observation: Observation) -> tuple[str, str, str]:
    return (observation.indicator_id, observation.subject, observation.source.source_id)


def half_unit(value: Decimal) -> Decimal:
    """Half a unit of the last printed decimal: what rounding may hide."""
    exponent = value.as_tuple().exponent
    return Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)


def agree(one: Observation, other: Observation) -> bool:
    """Whether two sayings do not contradict: both the same number within rounding, or one of them no number."""
    if one.obs_value is None or other.obs_value is None:
        return not (one.is_number and other.is_number) or (one.value_low, one.value_high) == (
            other.value_low,
            other.value_high,
        )
    if one.source.source_id == other.source.source_id and one.unit == other.unit:
        return one.obs_value == other.obs_value
    try:
        value, rounding = (
            convert(number, other.unit, one.unit) for number in (other.obs_value, half_unit(other.obs_value))
        )
    except (UnitError, KeyError):
        return False
    return value == one.obs_value or abs(value - one.obs_value) < max(half_unit(one.obs_value), rounding)


def duplicate_findings(observations: Iterable[Observation]) -> list[Finding]:
    """A finding for every figure that is said with different values: both places, both values."""
    findings = []
    for sayings in grouped(observations).values():
        for comparable in _comparable(saying for saying in sayings if saying.obs_value is not None):
            camps = _camps(comparable)
            if len(camps) > 1:
                findings.append(_difference(camps))
    return findings


def _comparable(sayings: Iterable[Observation]) -> list[list[Observation]]:
    """Results together, and the forecasts of each vintage."""
    groups: dict[str | None, list[Observation]] = {}
    for saying in sayings:
        groups.setdefault(saying.vintage if saying.obs_status is ObsStatus.ESTIMATED else None, []).append(saying)
    return list(groups.values())


def _camps(sayings: Sequence[Observation]) -> list[list[Observation]]:
    """Sayings that agree, together."""
    camps: list[list[Observation]] = []
    for saying in sayings:
        camp = next((camp for camp in camps if agree(camp[0], saying)), None)
        if camp is None:
            camps.append([saying])
        else:
            camp.append(saying)
    return camps


def _difference(camps: Sequence[Sequence[Observation]]) -> Finding:
    best = max((saying for camp in camps for saying in camp), key=preference)
    vintages = [{saying.vintage for saying in camp} for camp in camps]
    revised = all("" not in camp for camp in vintages) and not set.intersection(*vintages)
    words = "；".join(f"{_value(camp[0])}（{_places(camp)}）" for camp in camps)
    return Finding(
        what=f"{best.reported_label}{best.subject and '·' + best.subject} {best.period.label_zh} 的数{'有修订' if revised else '前后不一'}",
        where="；".join(place_of(camp[0]) for camp in camps),
        expected="同一指标、同一报告期只有一个数",
        found=words,
        cause="后期报表修订了前期数" if revised else "两处填报口径不同，或其中一处有误",
        remedy=f"页面采用 {_value(best)}（{place_of(best)}），其余保留；有误的写入 corrections.yaml",
        code="revision" if revised else "conflict",
        severity=Severity.NOTE if revised else Severity.WARNING,
    )


def _value(observation: Observation) -> str:
    value = observation.obs_value
    return f"{'' if value is None else format(value, 'f')}{observation.unit}"


def _places(camp: Sequence[Observation]) -> str:
    more = f" 等 {len(camp)} 处" if len(camp) > 1 else ""
    vintages = sorted({saying.vintage for saying in camp if saying.vintage})
    when = f"，{vintages[0]}{'—' + vintages[-1] if len(vintages) > 1 else ''}" if vintages else ""
    return f"{place_of(camp[0])}{more}{when}"
