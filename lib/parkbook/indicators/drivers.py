"""Why a total changed: what each part, or each enterprise, added to its growth (拉动, in 百分点).

Shares of growth (贡献率) are not given: they mean nothing when the total stands still or falls. All results are estimates from
published levels; a part whose base is not known is left out and falls into the remainder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from parkbook.catalogue import Catalogue
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import IMPLIED_NOTE, POINTS, comparable_units
from parkbook.indicators.register_rows import REMAINDER
from parkbook.model import Comparison, IndicatorValue, Observation, ObsStatus, Transformation
from parkbook.units import Unit, convert

TOLERANCE = Decimal("1.001")
"""Parts may exceed their total by rounding only."""
LEAST_COVERED = Decimal("0.3")
"""Enterprises or plots that make up less of the total's base than this do not explain it."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One part's pull on the total."""

    name: str
    pull: IndicatorValue


@dataclass(frozen=True, slots=True)
class Drivers:
    """Parts by pull, strongest first, and the pull of the whole: its change over its own base."""

    drivers: tuple[Driver, ...]
    total: IndicatorValue

    def remainder(self, named: tuple[IndicatorValue, ...]) -> IndicatorValue | None:
        """What everything that is not named pulled, so that named and remainder add up to the whole."""
        if self.total.value is None:
            return None
        rest = self.total.value - sum((pull.value for pull in named if pull.value is not None), Decimal(0))
        inputs = self.total.inputs + tuple(o for pull in named for o in pull.inputs[:2])
        return replace(
            self.total,
            label_zh="其余合计",
            value=rest,
            inputs=inputs,
            formula="总体增速（按公布数推算）− 已列各部分拉动之和",
        )


def levels_like(members: list[Observation], total: Observation) -> list[Observation]:
    """The levels of a part that may be held against a total: numbers of its period, in units that convert into its unit."""
    return [
        o
        for o in members
        if o.transformation is Transformation.LEVEL
        and o.period.key == total.period.key
        and o.is_number
        and comparable_units(o, total)
    ]


def base_of(observations: list[Observation], current: Observation, unit: Unit) -> tuple[Decimal, Observation] | None:
    """Last year's figure of the same months: as published, else implied by level and growth."""
    if current.obs_value is None:
        return None
    before = [
        o
        for o in observations
        if o.transformation is Transformation.LEVEL
        and o.is_number
        and o.period.key == current.period.shift_years(-1).key
    ]
    before.sort(
        key=lambda o: o.source == current.source
    )  # the document's own 上年同期 stands in the scope of its current figure
    if before and before[-1].obs_value is not None and comparable_units(before[-1], current):
        return convert(before[-1].obs_value, before[-1].unit, unit), before[-1]
    rates = [
        o
        for o in observations
        if o.transformation is Transformation.GROWTH
        and o.comparison is Comparison.YOY
        and o.period.key == current.period.key
        and o.unit_measure == "%"
        and o.is_number
    ]
    if rates and rates[-1].obs_value is not None and rates[-1].obs_value > -100:
        value = convert(current.obs_value, current.unit, unit)
        return value / (1 + rates[-1].obs_value / 100), rates[-1]
    return None


def drivers(index: FigureIndex, catalogue: Catalogue, row: IndicatorRow) -> Drivers | None:
    """Pulls of the enterprises of an indicator, else of its parts in the catalogue; None where neither is known."""
    if row.level is None or row.level.value is None or not row.period.known:
        return None
    total = row.level.inputs[0]
    own = [o for o in index.of_indicator(row.indicator.id) if not o.subject]
    base = base_of(own, total, total.unit)
    if base is None or base[0] <= 0:
        return None
    registers = [_drivers(parts, total, base) for parts in register_parts(index, row.indicator.id)]
    subjects = max(registers, key=_covered, default=[])
    enough = _covered(subjects) >= base[0] * LEAST_COVERED
    found = subjects if enough else _drivers(catalogue_parts(index, catalogue, row), total, base)
    if not found or _exceed(found, total, base[0]):
        return None
    pulled = [driver for driver, _ in found]
    ordered = sorted(pulled, key=lambda d: d.pull.value or Decimal(0), reverse=True)
    return Drivers(
        tuple(ordered),
        _pull(row.indicator.label_zh, total, base[1], total, base, base[0], total.obs_value or Decimal(0)),
    )


def _drivers(
    parts: dict[str, list[Observation]], total: Observation, base: tuple[Decimal, Observation]
) -> list[tuple[Driver, Decimal]]:
    """The parts whose pull can be told, each with its base."""
    found = (_driver(name, members, total, base) for name, members in parts.items())
    return [driver for driver in found if driver is not None]


def _driver(
    name: str, members: list[Observation], total: Observation, base: tuple[Decimal, Observation]
) -> tuple[Driver, Decimal] | None:
    levels = levels_like(members, total)
    if not levels or levels[-1].obs_value is None:
        return None
    part_base = base_of(members, levels[-1], total.unit)
    current = convert(levels[-1].obs_value, levels[-1].unit, total.unit)
    if part_base is None:
        pull = _pull(name, levels[-1], levels[-1], total, base, Decimal(0), current)
        pull = replace(pull, formula="本期数 ÷ 总体上年同期数（上年同期无数据，按零计）")
        return Driver(f"{name}（{NO_BASE}）", pull), Decimal(0)
    return Driver(name, _pull(name, levels[-1], part_base[1], total, base, part_base[0], current)), part_base[0]


def _pull(
    name: str,
    level: Observation,
    before: Observation,
    total: Observation,
    base: tuple[Decimal, Observation],
    part_base: Decimal,
    current: Decimal,
) -> IndicatorValue:
    return IndicatorValue(
        ref_area=total.ref_area,
        indicator_id=level.indicator_id,
        label_zh=name,
        period=total.period,
        transformation=Transformation.CONTRIBUTION,
        value=(current - part_base) / base[0] * 100,
        unit=POINTS,
        status=ObsStatus.ESTIMATED,
        inputs=(level, before, total, base[1]),
        computed=True,
        formula="（本期数 − 上年同期数）÷ 总体上年同期数",
        flags=(IMPLIED_NOTE,),
    )


def _exceed(found: list[tuple[Driver, Decimal]], total: Observation, base: Decimal) -> bool:
    """Whether the parts together are more than the total, now or then: they are of another scope, or one is wrong."""
    bases = _covered(found)
    now = bases + sum((driver.pull.value or Decimal(0)) * base / 100 for driver, _ in found)
    return bases > base * TOLERANCE or now > (total.obs_value or Decimal(0)) * TOLERANCE


def _covered(found: list[tuple[Driver, Decimal]]) -> Decimal:
    """The base of the parts together."""
    return sum((part_base for _, part_base in found), Decimal(0))


NO_BASE = "上年同期无数据"


def register_parts(index: FigureIndex, indicator_id: str) -> list[dict[str, list[Observation]]]:
    """For each register (enterprises, projects, plots: one document each) its subjects with all their figures of the indicator.

    Registers are never mixed: an enterprise's tax is also the tax of its plot. A base may stand in another year's document.
    """
    by_subject: dict[str, list[Observation]] = {}
    documents: dict[str, dict[str, list[Observation]]] = {}
    for o in index.of_indicator(indicator_id):
        if o.subject and not o.subject.startswith(REMAINDER):
            by_subject.setdefault(o.subject, []).append(o)
            documents.setdefault(o.source.source_id, {}).setdefault(o.subject, [])
    return [{name: by_subject[name] for name in names} for names in documents.values()]


def catalogue_parts(index: FigureIndex, catalogue: Catalogue, row: IndicatorRow) -> dict[str, list[Observation]]:
    parts = {}
    for indicator in catalogue:
        if indicator.part_of == row.indicator.id and not indicator.split:
            members = [o for o in index.of_indicator(indicator.id) if not o.subject]
            if members:
                parts[indicator.label_zh] = members
    return parts
