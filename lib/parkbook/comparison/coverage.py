"""Which park has which indicator: value, masked, withheld, missing; and what of it could be compared, or why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parkbook.catalogue import Catalogue, Comparability, Indicator
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Observation, ObsStatus, SourceGrade, Transformation
from parkbook.periods import Basis


class CellState(StrEnum):
    VALUE = "value"
    GROWTH_ONLY = "growth_only"
    UNLOCATED = "unlocated"
    MASKED = "masked"
    WITHHELD = "withheld"
    CONFIDENTIAL = "confidential"
    MISSING = "missing"
    ERROR = "error"
    NONE = "none"


CELL_WORDS = {
    CellState.VALUE: "有数",
    CellState.GROWTH_ONLY: "只有增速",
    CellState.UNLOCATED: "未核对",
    CellState.MASKED: "隐去",
    CellState.WITHHELD: "未公布",
    CellState.CONFIDENTIAL: "不对外列示",
    CellState.MISSING: "缺报",
    CellState.ERROR: "错误",
    CellState.NONE: "—",
}
_STATUS_STATE = {
    ObsStatus.MASKED: CellState.MASKED,
    ObsStatus.WITHHELD: CellState.WITHHELD,
    ObsStatus.CONFIDENTIAL: CellState.CONFIDENTIAL,
    ObsStatus.MISSING: CellState.MISSING,
    ObsStatus.ERROR: CellState.ERROR,
    ObsStatus.DOUBTFUL: CellState.ERROR,
    ObsStatus.NOT_STATED: CellState.MISSING,
    ObsStatus.NOT_APPLICABLE: CellState.NONE,
}


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """What a park has of an indicator: the best state over its figures, and their number and latest period."""

    state: CellState
    figures: int = 0
    latest: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    indicator: Indicator
    cells: dict[str, CoverageCell]
    comparable: str
    """In words: which parks could be compared in which period, or why none can."""


def coverage(
    catalogue: Catalogue, parks: Mapping[str, FigureIndex], synthetic: Collection[str] = ()
) -> list[CoverageRow]:
    """A row for each indicator that any park has figures of, in catalogue order; synthetic parks are never comparable."""
    rows = []
    for indicator in catalogue:
        figures = {park_id: index.of_indicator(indicator.id) for park_id, index in parks.items()}
        if any(figures.values()):
            cells = {park_id: _cell(members) for park_id, members in figures.items()}
            real = {park_id: members for park_id, members in figures.items() if park_id not in synthetic}
            rows.append(CoverageRow(indicator, cells, _comparable(indicator, real)))
    return rows


def _cell(observations: list[Observation]) -> CoverageCell:
    if not observations:
        return CoverageCell(CellState.NONE)
    numbers = [o for o in observations if o.is_number or o.value_low is not None]
    pool = numbers or observations
    latest = max(
        (o.period for o in pool if o.period.known),
        key=lambda p: (str(p.end), p.basis is not Basis.MONTH),
        default=pool[0].period,
    )
    return CoverageCell(_state(observations, numbers), len(observations), latest.label_zh)


def _state(observations: list[Observation], numbers: list[Observation]) -> CellState:
    located = [o for o in numbers if o.source.grade is not SourceGrade.UNLOCATED]
    if located:
        rates = all(o.transformation is Transformation.GROWTH for o in located)
        return CellState.GROWTH_ONLY if rates else CellState.VALUE
    if numbers:
        return CellState.UNLOCATED
    return next(_STATUS_STATE[status] for status in _STATUS_STATE if any(o.obs_status is status for o in observations))


def _comparable(indicator: Indicator, figures: Mapping[str, list[Observation]]) -> str:
    """The period and transformation in which most parks can be compared, else the first reason that stands against it."""
    if indicator.comparability is Comparability.NONE:
        return "该指标不作园区间比较"
    usable = {
        park_id: [
            o
            for o in members
            if o.is_number
            and not o.subject
            and o.period.known
            and o.source.grade is not SourceGrade.UNLOCATED
            and o.transformation in (Transformation.LEVEL, Transformation.GROWTH)
        ]
        for park_id, members in figures.items()
    }
    holders = {park_id: members for park_id, members in usable.items() if members}
    if len(holders) < 2:
        present = sum(1 for members in figures.values() if members)
        if not present:
            return "仅示例园区有此指标"
        if present < 2:
            return "仅1个真实园区有此指标"
        return "已核对且载明报告期的园区不足2个"
    meeting: dict[tuple[object, ...], set[str]] = {}
    labels: dict[tuple[object, ...], str] = {}
    for park_id, members in holders.items():
        for o in members:
            key = (o.transformation, o.period.key, o.growth_kind, o.scope)
            meeting.setdefault(key, set()).add(park_id)
            labels[key] = f"{o.period.label_zh}{'增速' if o.transformation is Transformation.GROWTH else '数值'}"
    best = max(meeting, key=lambda key: len(meeting[key]))
    if len(meeting[best]) < 2:
        return "报告期或口径各不相同"
    return f"{labels[best]}：{len(meeting[best])}个园区可比"
