"""Which park has which indicator: value, masked, withheld, missing; and what of it could be compared, or why not.

A park *has* an indicator when a figure says what was reached: a level, share or completion, or a rate. A target says what was
wanted and a rank where the park stands; both are told as such, and only where nothing is known of the figure itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parkbook.catalogue import Catalogue, Comparability, Indicator
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Observation, ObsStatus, SourceGrade, Transformation
from parkbook.periods import Basis
from parkbook.units import dimension


class CellState(StrEnum):
    VALUE = "value"
    GROWTH_ONLY = "growth_only"
    TARGET_ONLY = "target_only"
    RANK_ONLY = "rank_only"
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
    CellState.TARGET_ONLY: "只有目标",
    CellState.RANK_ONLY: "只有位次",
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
WITH_FIGURES = frozenset({CellState.VALUE, CellState.GROWTH_ONLY})
"""What of the park itself is known by a located number."""
_MENTIONED = {
    CellState.TARGET_ONLY: "{}只有目标",
    CellState.RANK_ONLY: "{}只有位次",
    CellState.UNLOCATED: "{}未核对原文",
    CellState.MASKED: "数值{}隐去",
    CellState.WITHHELD: "数值{}未公布",
    CellState.MISSING: "{}缺报",
    CellState.ERROR: "数据{}有误或存疑",
}
"""What is said of one park, or of parks that are all (均) like this, that only mention an indicator."""


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
            cells = {park_id: _cell(members, indicator) for park_id, members in figures.items()}
            real = {park_id: members for park_id, members in figures.items() if park_id not in synthetic}
            states = [cells[park_id].state for park_id in real]
            rows.append(CoverageRow(indicator, cells, _comparable(indicator, real, states)))
    return rows


def _cell(observations: list[Observation], indicator: Indicator) -> CoverageCell:
    if not observations:
        return CoverageCell(CellState.NONE)
    numbers = [o for o in observations if _numeric(o)]
    pool = numbers or observations
    latest = max(
        (o.period for o in pool if o.period.known),
        key=lambda p: (str(p.end), p.basis is not Basis.MONTH),
        default=pool[0].period,
    )
    return CoverageCell(_state(observations, indicator), len(observations), latest.label_zh)


def _numeric(observation: Observation) -> bool:
    return observation.is_number or observation.value_low is not None


def _state(observations: list[Observation], indicator: Indicator) -> CellState:
    """The best of what is known of the figure itself; only then its target or rank. A masked figure beside a rank is masked."""
    beside = [o for o in observations if o.transformation in _beside(indicator)]
    own = [o for o in observations if o.transformation not in _beside(indicator)]
    numbers = [o for o in own if _numeric(o)]
    located = [o for o in numbers if o.source.grade is not SourceGrade.UNLOCATED]
    if located:
        rates = all(o.transformation is Transformation.GROWTH for o in located)
        return CellState.GROWTH_ONLY if rates else CellState.VALUE
    if numbers:
        return CellState.UNLOCATED
    hidden = _without_number(own)
    if hidden is not CellState.NONE:
        return hidden
    known = [o for o in beside if _numeric(o)]
    kinds = {o.transformation for o in known if o.source.grade is not SourceGrade.UNLOCATED}
    if kinds:
        return CellState.RANK_ONLY if kinds == {Transformation.RANK} else CellState.TARGET_ONLY
    return CellState.UNLOCATED if known else _without_number(beside)


def _beside(indicator: Indicator) -> frozenset[Transformation]:
    """Kinds of figures that do not say how much was reached; of an indicator that is itself a place, the rank does."""
    wanted = frozenset({Transformation.TARGET, Transformation.THRESHOLD})
    return wanted if dimension(indicator.parsed_unit) == "rank" else wanted | {Transformation.RANK}


def _without_number(observations: list[Observation]) -> CellState:
    """Why there is no number; `none` where nothing was said at all."""
    statuses = {o.obs_status for o in observations if not _numeric(o)}
    return next((state for status, state in _STATUS_STATE.items() if status in statuses), CellState.NONE)


def _comparable(indicator: Indicator, figures: Mapping[str, list[Observation]], states: Collection[CellState]) -> str:
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
        return _too_few(states, len(holders))
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


def _too_few(states: Collection[CellState], usable: int) -> str:
    """Why fewer than two parks have what a comparison takes; a park that hides a figure does not have it."""
    present = [state for state in states if state is not CellState.NONE]
    having = sum(state in WITH_FIGURES for state in present)
    if not present:
        return "仅示例园区有此指标"
    if having > 1:
        return f"{'仅1个' if usable else '没有'}真实园区有载明报告期的数值或增速"
    if having:
        return "仅1个真实园区有此指标" if len(present) == 1 else "仅1个真实园区有已核对的数"
    if len(present) == 1:
        return f"仅1个真实园区提及，{_MENTIONED[present[0]].format('')}"
    alike = len(set(present)) == 1
    return f"{len(present)}个真实园区提及，{_MENTIONED[present[0]].format('均') if alike else '均无已核对的数'}"
