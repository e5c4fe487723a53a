"""Whether the figures of several parks may stand in one ranking, and if not, why.

Same indicator, transformation, unit kind, period key, kind of growth and scope; located at an official page, report or ledger.
Ranks are computed on full precision over the parks that qualify, and carry their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.catalogue import Comparability, Direction, Indicator
from parkbook.codelists import label_zh
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import published
from parkbook.model import Comparison, IndicatorValue, Observation, SourceGrade, Transformation
from parkbook.periods import Period
from parkbook.units import convert, dimension


@dataclass(frozen=True, slots=True)
class Entry:
    """One park's part in a comparison: its figure, its rank among the comparable, or the reason it has none."""

    park_id: str
    value: IndicatorValue | None
    reason: str = ""
    rank: int = 0

    @property
    def ranked(self) -> bool:
        return self.rank > 0


@dataclass(frozen=True, slots=True)
class IndicatorComparison:
    """One indicator over several parks in one period, best-ranked first, then those that cannot be ranked."""

    indicator: Indicator
    transformation: Transformation
    period: Period
    entries: tuple[Entry, ...]

    @property
    def ranked(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.ranked)

    @property
    def unranked(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.ranked)

    def magnitude(self, entry: Entry) -> Decimal:
        """The entry's value in the unit of the first ranked one, in full precision."""
        return _common(entry, self.ranked[0])


def _common(entry: Entry, first: Entry) -> Decimal:
    if entry.value is None or entry.value.value is None or first.value is None:
        return Decimal(0)
    return convert(entry.value.value, entry.value.unit, first.value.unit)


def compare(
    indicator: Indicator,
    transformation: Transformation,
    period: Period,
    parks: Mapping[str, FigureIndex],
    outside: Collection[str] = (),
) -> IndicatorComparison:
    """Compare one indicator over parks; rank 1 is the largest value, the smallest where lower is better. Parks `outside` are shown
    without a rank."""
    chosen = {park_id: _candidate(index, indicator, transformation, period) for park_id, index in parks.items()}
    for park_id in outside:
        chosen[park_id] = (chosen[park_id][0], chosen[park_id][1] or "示例数据，不与真实园区比较")
    numbers = [o for o, reason in chosen.values() if o is not None and not reason]
    kinds = Counter((o.growth_kind, dimension(o.unit), o.scope) for o in numbers)
    standard = kinds.most_common(1)[0][0] if kinds else None
    entries = [_entry(park_id, indicator, o, reason, standard) for park_id, (o, reason) in chosen.items()]
    return IndicatorComparison(
        indicator, transformation, period, _ranked(entries, indicator.direction is Direction.LOWER)
    )


def _candidate(
    index: FigureIndex, indicator: Indicator, transformation: Transformation, period: Period
) -> tuple[Observation | None, str]:
    """The park's figure for the period, or the nearest thing to it and why it does not serve."""
    mine = [
        o
        for o in index.of_indicator(indicator.id, transformation)
        if not o.subject and (transformation is not Transformation.GROWTH or o.comparison is Comparison.YOY)
    ]
    if not mine:
        return None, "未见同比增速" if transformation is Transformation.GROWTH else "未见该指标"
    here = [o for o in mine if o.period.key == period.key]
    if not here:
        known = sorted({o.period.label_zh for o in mine})
        return None, f"报告期不同（有{'、'.join(known[:3])}{'等' if len(known) > 3 else ''}）"
    observation = max(here, key=lambda o: (o.is_number, o.source.grade is not SourceGrade.UNLOCATED))
    if not observation.is_number:
        return observation, label_zh(observation.obs_status)
    if observation.source.grade is SourceGrade.UNLOCATED:
        return observation, "媒体报道，未核对原文，不参与排名"
    if transformation is Transformation.LEVEL and indicator.comparability is Comparability.NONE:
        return observation, "该指标不作园区间比较"
    return observation, ""


def _entry(
    park_id: str,
    indicator: Indicator,
    observation: Observation | None,
    reason: str,
    standard: tuple[tuple[str, ...], str, str] | None,
) -> Entry:
    value = published(observation, indicator) if observation is not None else None
    if observation is None or reason or standard is None:
        return Entry(park_id, value, reason)
    kind, unit_kind, scope = standard
    if dimension(observation.unit) != unit_kind:
        return Entry(park_id, value, "计量单位不能换算")
    if observation.growth_kind != kind:
        return Entry(park_id, value, "增速口径不同")
    if observation.scope != scope:
        return Entry(park_id, value, f"统计范围不同（{observation.scope or '未载明'}）")
    return Entry(park_id, value)


def _ranked(entries: Sequence[Entry], lower_first: bool) -> tuple[Entry, ...]:
    """Competition ranks (equal values share one); a single comparable park has no rank."""
    able = [entry for entry in entries if not entry.reason]
    rest = [entry for entry in entries if entry.reason]
    if len(able) < 2:
        return (*(Entry(e.park_id, e.value, "可比园区不足两个，不排名") for e in able), *rest)
    ordered = sorted(able, key=lambda e: _common(e, able[0]), reverse=not lower_first)
    values = [_common(e, able[0]) for e in ordered]
    ranked = tuple(
        Entry(e.park_id, e.value, "", 1 + sum((other < value) if lower_first else (other > value) for other in values))
        for e, value in zip(ordered, values, strict=True)
    )
    return ranked + tuple(rest)
