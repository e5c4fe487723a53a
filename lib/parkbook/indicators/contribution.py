"""What made a total change, in amounts: each enterprise, project or sector, and a waterfall that adds up.

For a part with this year's figure x and last year's x0 in a total of X and X0: 增量 = x − x0; 拉动 = (x − x0) / X0 in 个百分点;
贡献率 = (x − x0) / (X − X0), which means nothing where the total falls or hardly moves, and is then not given. All of it is computed from
published levels, so it is 推算（按公布数，非可比口径） and carries the weakest status of its inputs. A part whose base is not known is a line
of its own, its base counted as zero. Growth without named parts (剔除) is in `exclusion`.
Definitions: 拉动 and 贡献率 as in the statistics bureau's releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from parkbook.catalogue import Catalogue
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.drivers import LEAST_COVERED, TOLERANCE, base_of, catalogue_parts, levels_like, register_parts
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import IMPLIED_NOTE, PERCENT, POINTS, computed_value, published
from parkbook.indicators.rounding import decimals, half_up
from parkbook.model import Comparison, IndicatorValue, Observation, ObsStatus, Transformation
from parkbook.units import Unit, convert

LEAST_GROWTH = Decimal("0.5")
"""A total that grew by less (in %) stands still: shares of its growth would be of any size."""
MOST_OF_CHANGE = 1
REST, ROUNDING = "其余合计", "尾差"
NO_BASE = "上年同期无数据"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part, or the total itself: this year, last year, the difference, and what it did to the total. Amounts in the total's unit."""

    name: str
    current: IndicatorValue
    base: IndicatorValue
    change: IndicatorValue
    pull: IndicatorValue
    share: IndicatorValue | None
    sector: str = ""
    members: int = 1

    @property
    def size(self) -> Decimal:
        return self.change.value or Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """A total and its parts, the largest change first. `newcomers`: parts that lack last year's figure, which counts as zero for them
    (`without_base` are their names, and of those that would exceed the total); `without_current`: that lack this year's, in the rest."""

    row: IndicatorRow
    total: Part
    parts: tuple[Part, ...]
    without_base: tuple[str, ...]
    without_current: tuple[str, ...]
    of_subjects: bool
    newcomers: tuple[Part, ...] = ()

    @property
    def unit(self) -> Unit:
        return self.total.current.unit

    @property
    def shares_make_sense(self) -> bool:
        """Whether the total grew, and not by the mere remainder of larger moves that cancel out."""
        return self.total.share is not None and not self.cancelling

    @property
    def cancelling(self) -> bool:
        """One part moved by more than MOST_OF_CHANGE times the total's change: its 贡献率 would exceed 100 %."""
        moved = (*self.parts, *self.newcomers)
        return any(abs(part.size) > MOST_OF_CHANGE * abs(self.total.size) for part in moved)

    @property
    def places(self) -> int:
        """Decimals that amounts are shown with: those of the total, two for 亿元."""
        printed = max(
            decimals(value.value) for value in (self.total.current, self.total.base) if value.value is not None
        )
        return max(2 if self.unit.mult >= 8 else 0, min(printed, 2))

    def rest(self, named: Sequence[Part]) -> Part:
        """Everything that is not named. Taken from figures as shown, so that each column of named, rest and total adds up exactly."""
        shown = self.places
        change = half_up(self.total.current.value or Decimal(0), shown) - half_up(
            self.total.base.value or Decimal(0), shown
        )
        change -= sum((half_up(part.size, shown) for part in named), Decimal(0))
        shares = [part.share for part in named if part.share is not None]
        left = (
            _left(self.total.share, shares, "100% − 已列各项贡献率", places=1) if self.total.share is not None else None
        )
        return Part(
            name=self._rest_name(named, change),
            current=_left(self.total.current, [part.current for part in named], "总体本期数 − 已列各项本期数", shown),
            base=_left(self.total.base, [part.base for part in named], "总体上年同期数 − 已列各项上年同期数", shown),
            change=replace(
                self.total.change,
                label_zh=REST,
                value=change,
                inputs=_inputs([self.total.change, *(part.change for part in named)]),
                formula="总体增量 − 已列各项增量（按表列位数，使各项相加等于总体）",
            ),
            pull=_left(self.total.pull, [part.pull for part in named], "总体增速（推算）− 已列各项拉动", places=1),
            share=left,
        )

    def _rest_name(self, named: Sequence[Part], change: Decimal) -> str:
        """尾差 where so little is left, now and then, that it is the rounding of the figures named; 其余合计 else."""
        unit = Decimal(1).scaleb(-self.places)
        allowed = unit * (len(named) + 1) / 2
        left = [
            half_up(whole.value or Decimal(0), self.places)
            - sum((half_up(value.value or Decimal(0), self.places) for value in parts), Decimal(0))
            for whole, parts in (
                (self.total.current, [part.current for part in named]),
                (self.total.base, [part.base for part in named]),
            )
        ]
        return ROUNDING if max(abs(value) for value in (*left, change)) <= allowed else REST


def _inputs(values: Iterable[IndicatorValue]) -> tuple[Observation, ...]:
    return tuple(dict.fromkeys(o for value in values for o in value.inputs))


def _left(total: IndicatorValue, named: Sequence[IndicatorValue], formula: str, places: int) -> IndicatorValue:
    """A total less what is named, each as shown."""
    exact = (half_up(value.value or Decimal(0), places) for value in named)
    return replace(
        total,
        label_zh=REST,
        value=half_up(total.value or Decimal(0), places) - sum(exact, Decimal(0)),
        inputs=_inputs([total, *named]),
        formula=formula,
        computed=True,
        flags=(IMPLIED_NOTE,),
        status=ObsStatus.ESTIMATED,
    )


def decompose(
    index: FigureIndex, catalogue: Catalogue, row: IndicatorRow, *, subjects: bool = True
) -> Decomposition | None:
    """The parts of a row's level: enterprises or projects of one register, or (not `subjects`) its parts in the catalogue.

    None where the row has no level and base, the parts cover too little of the base to explain it, or together exceed the total
    (then they are of another scope).
    """
    if row.level is None or row.level.value is None or row.level.computed or not row.period.known:
        return None
    total = row.level.inputs[0]
    base = base_of([o for o in index.of_indicator(row.indicator.id) if not o.subject], total, total.unit)
    if base is None or base[0] <= 0:
        return None
    whole = _part(row, row.label, total, base[1], base[0], total, base)
    groups = register_parts(index, row.indicator.id) if subjects else [catalogue_parts(index, catalogue, row)]
    found = [_parts(row, group, total, base) for group in groups]
    parts, new, silent = max(found, key=lambda group: _sum(part.base for part in group[0]), default=([], [], ()))
    covered, now = _sum(part.base for part in parts), _sum(part.current for part in parts)
    if len(parts) < 2 or covered < base[0] * LEAST_COVERED:
        return None
    if covered > base[0] * TOLERANCE or now > (whole.current.value or Decimal(0)) * TOLERANCE:
        return None
    parts.sort(key=lambda part: abs(part.size), reverse=True)
    new.sort(key=lambda part: part.size, reverse=True)
    fits = now + _sum(part.current for part in new) <= (whole.current.value or Decimal(0)) * TOLERANCE
    return Decomposition(
        row=row,
        total=whole,
        parts=tuple(parts),
        without_base=tuple(part.name for part in new),
        without_current=silent,
        of_subjects=subjects,
        newcomers=tuple(new) if fits else (),
    )


def _sum(values: Iterable[IndicatorValue]) -> Decimal:
    return sum((value.value for value in values if value.value is not None), Decimal(0))


def _parts(
    row: IndicatorRow, group: dict[str, list[Observation]], total: Observation, base: tuple[Decimal, Observation]
) -> tuple[list[Part], list[Part], tuple[str, ...]]:
    """The parts, those without a base, and the names of those whose figure of this period is hidden or missing."""
    parts: list[Part] = []
    new: list[Part] = []
    silent: list[str] = []
    for name, members in group.items():
        levels = levels_like(members, total)
        if not levels:
            if any(o.period.key == total.period.key for o in members):
                silent.append(name)
            continue
        before = base_of(members, levels[-1], total.unit)
        if before is None:
            new.append(_newcomer(row, name, levels[-1], total, base))
        else:
            parts.append(_part(row, name, levels[-1], before[1], before[0], total, base))
    return parts, new, tuple(silent)


def _newcomer(
    row: IndicatorRow, name: str, level: Observation, total: Observation, base: tuple[Decimal, Observation]
) -> Part:
    """A part without last year's figure: all of this year's is its increment, which its formulas say."""
    made = _part(row, name, level, level, Decimal(0), total, base)

    def said(value: IndicatorValue) -> IndicatorValue:
        formula = value.formula.replace("本期数 − 上年同期数", "本期数 − 0").replace("部分增量", "部分本期数")
        return replace(value, formula=f"{formula}（{NO_BASE}，按零计）")

    nothing = replace(
        said(made.change), value=Decimal(0), transformation=Transformation.LEVEL, formula=f"{NO_BASE}，按零计"
    )
    return replace(
        made,
        base=nothing,
        change=said(made.change),
        pull=said(made.pull),
        share=said(made.share) if made.share is not None else None,
    )


def _part(
    row: IndicatorRow,
    name: str,
    level: Observation,
    before: Observation,
    before_value: Decimal,
    total: Observation,
    base: tuple[Decimal, Observation],
) -> Part:
    """One part with its amounts in the total's unit."""
    current = convert(level.obs_value or Decimal(0), level.unit, total.unit)
    change = current - before_value
    growth = _total_growth(total, base[0])
    shared = growth >= LEAST_GROWTH
    pull_inputs = (level, before) if level is total else (level, before, total, base[1])

    def computed(
        kind: Transformation, value: Decimal, unit: Unit, formula: str, *inputs: Observation
    ) -> IndicatorValue:
        made = computed_value(row.indicator, total.period, kind, value, unit, formula, *inputs, flags=(IMPLIED_NOTE,))
        return replace(made, label_zh=name, comparison=Comparison.YOY)

    return Part(
        name=name,
        current=_in_unit(row, level, total.unit),
        base=_base_value(row, level, before, before_value, total.unit),
        change=computed(Transformation.CHANGE, change, total.unit, "本期数 − 上年同期数", level, before),
        pull=computed(
            Transformation.CONTRIBUTION,
            change / base[0] * 100,
            POINTS,
            "（本期数 − 上年同期数）÷ 总体上年同期数",
            *pull_inputs,
        ),
        share=computed(
            Transformation.CONTRIBUTION,
            change / ((total.obs_value or Decimal(0)) - base[0]) * 100,
            PERCENT,
            "部分增量 ÷ 总体增量 × 100%",
            *pull_inputs,
        )
        if shared
        else None,
        sector=level.attribute("sector"),
    )


def _total_growth(total: Observation, base: Decimal) -> Decimal:
    return ((total.obs_value or Decimal(0)) / base - 1) * 100


def _in_unit(row: IndicatorRow, observation: Observation, unit: Unit) -> IndicatorValue:
    """An observation in the total's unit: as published, or converted."""
    if observation.unit == unit:
        return published(observation, row.indicator)
    value = convert(observation.obs_value or Decimal(0), observation.unit, unit)
    return computed_value(
        row.indicator,
        observation.period,
        Transformation.LEVEL,
        value,
        unit,
        f"由{observation.unit}换算为{unit}",
        observation,
    )


def _base_value(
    row: IndicatorRow, level: Observation, before: Observation, value: Decimal, unit: Unit
) -> IndicatorValue:
    """Last year's figure: as published, else implied by the rate."""
    if before.transformation is Transformation.LEVEL:
        return _in_unit(row, before, unit)
    return computed_value(
        row.indicator,
        level.period.shift_years(-1),
        Transformation.LEVEL,
        value,
        unit,
        "本期数 ÷（1 + 同比增速）",
        level,
        before,
        flags=(IMPLIED_NOTE,),
    )


def by_sector(found: Decomposition) -> tuple[Part, ...]:
    """The parts added up by the sector their register gives, the largest change first; empty where fewer than two have one."""
    groups: dict[str, list[Part]] = {}
    for part in found.parts:
        if part.sector:
            groups.setdefault(part.sector, []).append(part)
    if len(groups) < 2:
        return ()
    made = [together(name, members) for name, members in groups.items()]
    return tuple(sorted(made, key=lambda part: abs(part.size), reverse=True))


def together(name: str, members: Sequence[Part]) -> Part:
    """Several parts as one, its figures their sums."""

    def added(values: Sequence[IndicatorValue]) -> IndicatorValue:
        return replace(
            values[0],
            label_zh=name,
            value=_sum(values),
            inputs=_inputs(values),
            formula=f"各项之和（{values[0].formula or '本期数'}）",
            computed=True,
            subject="",
            flags=(IMPLIED_NOTE,),
            status=ObsStatus.ESTIMATED,
        )

    shares = [part.share for part in members if part.share is not None]
    return Part(
        name=name,
        current=added([part.current for part in members]),
        base=added([part.base for part in members]),
        change=added([part.change for part in members]),
        pull=added([part.pull for part in members]),
        share=added(shares) if len(shares) == len(members) else None,
        sector=name,
        members=len(members),
    )
