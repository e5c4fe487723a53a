"""Peers of a park, where it stands among them, and what can be said of a group.

Peers are those the analyst names (parameter `peers`), else those of park.yaml, else the parks of the same type and level;
the basis of the choice is told. Percentile: the share of the *other* parks that a park is ahead of, level ones counted half.
The median is that of the whole group, the park among it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from parkbook.codelists import AdminLevel, ParkType, label_zh
from parkbook.comparison.comparability import Entry, IndicatorComparison
from parkbook.errors import DataError
from parkbook.indicators.formulas import PERCENT, POINTS
from parkbook.model import IndicatorValue, Observation, Transformation, weakest
from parkbook.sources.park import Park
from parkbook.units import Unit, convert

REGION = re.compile(r"^(.+?(?:自治区|特别行政区|省|市))")
SIZE_FACTOR = Decimal(3)


class Feature(StrEnum):
    """By what parks may be called alike."""

    TYPE = "type"
    LEVEL = "level"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class PeerChoice:
    """Peers and, in words, why these."""

    ids: tuple[str, ...]
    basis: str


def region_of(park: Park) -> str:
    """The province (or city of that rank) that the park's area begins with; empty when none is stated."""
    found = REGION.match(park.area)
    return found.group(1) if found else ""


def alike(park: Park, others: Iterable[Park], *features: Feature) -> tuple[str, ...]:
    """Parks whose every named feature is stated and the same; a synthetic park is like synthetic ones only."""
    own = [_feature(park, feature) for feature in features]
    if not all(own):
        return ()
    return tuple(
        other.id
        for other in others
        if other.id != park.id
        and other.synthetic == park.synthetic
        and [_feature(other, feature) for feature in features] == own
    )


def _feature(park: Park, feature: Feature) -> str:
    """The park's code or words for a feature; empty when it is not stated."""
    if feature is Feature.TYPE:
        return "" if park.type is ParkType.UNSTATED else park.type.value
    if feature is Feature.LEVEL:
        return "" if park.level is AdminLevel.UNSTATED else park.level.value
    return region_of(park)


def of_like_size(sizes: Mapping[str, Decimal], park_id: str, factor: Decimal = SIZE_FACTOR) -> tuple[str, ...]:
    """Parks whose size (one indicator, one unit, one period) is between a `factor`th of the park's and `factor` times it."""
    own = sizes.get(park_id)
    if own is None or own <= 0:
        return ()
    return tuple(other for other, size in sizes.items() if other != park_id and own / factor <= size <= own * factor)


def choose_peers(park: Park, others: Mapping[str, Park], named: Sequence[str] = ()) -> PeerChoice:
    """The first of: named ones, those of park.yaml, the same type and level, the same type; with the basis in words."""
    if named:
        return PeerChoice(tuple(name for name in dict.fromkeys(named) if name != park.id), "分析人员指定")
    if park.peers:
        known = tuple(peer for peer in park.peers if peer in others and peer != park.id)
        return PeerChoice(known, "园区档案中列明的可比园区")
    for features in ((Feature.TYPE, Feature.LEVEL), (Feature.TYPE,)):
        found = alike(park, others.values(), *features)
        if found:
            words = [label_zh(park.type)] + ([label_zh(park.level)] if Feature.LEVEL in features else [])
            return PeerChoice(found, f"同为{'、'.join(words)}")
    return PeerChoice((), "")


# --- where a park stands --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Position:
    """One ranked park among the ranked ones. Gaps are its figure minus the other: in the unit of the ranking, rates in 个百分点."""

    entry: Entry
    of: int
    ahead_of: int
    level_with: int
    percentile: Decimal
    to_median: IndicatorValue
    to_best: IndicatorValue | None
    """None for the best itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All ranked parks of one comparison, with the group's median."""

    compared: IndicatorComparison
    median: IndicatorValue
    positions: tuple[Position, ...]

    def of(self, park_id: str) -> Position | None:
        return next((position for position in self.positions if position.entry.park_id == park_id), None)


def standing(compared: IndicatorComparison) -> Standing | None:
    """Percentiles and gaps of a ranking; None where nothing is ranked."""
    ranked = compared.ranked
    if not ranked:
        return None
    sizes = {entry.park_id: compared.magnitude(entry) for entry in ranked}
    middle = median(sizes.values())
    first = _value_of(ranked[0])
    everyone = tuple(_value_of(entry).inputs[0] for entry in ranked)
    central = _computed(
        first, middle, first.unit, compared.transformation, f"{len(ranked)}个可比园区的中位数", everyone
    )
    positions = tuple(_position(compared, entry, sizes, middle, everyone) for entry in ranked)
    return Standing(compared, central, positions)


def _position(
    compared: IndicatorComparison,
    entry: Entry,
    sizes: Mapping[str, Decimal],
    middle: Decimal,
    everyone: tuple[Observation, ...],
) -> Position:
    ranked, own, first = compared.ranked, _value_of(entry), _value_of(compared.ranked[0])
    behind = sum(other.rank > entry.rank for other in ranked)
    level = sum(other.rank == entry.rank for other in ranked) - 1
    unit = POINTS if first.unit == PERCENT else first.unit
    inputs = (own.inputs[0], *(o for o in everyone if o is not own.inputs[0]))
    best = ranked[0]
    return Position(
        entry,
        len(ranked),
        behind,
        level,
        (Decimal(behind) + Decimal(level) / 2) / (len(ranked) - 1) * 100,
        _computed(
            own, sizes[entry.park_id] - middle, unit, Transformation.CHANGE, "该园区 − 中位数（含该园区）", inputs
        ),
        None
        if entry.rank == 1
        else _computed(
            own,
            sizes[entry.park_id] - sizes[best.park_id],
            unit,
            Transformation.CHANGE,
            "该园区 − 第1位的园区",
            (own.inputs[0], _value_of(best).inputs[0]),
        ),
    )


def _value_of(entry: Entry) -> IndicatorValue:
    if entry.value is None:
        raise DataError("参加排名的不是数字", where=entry.park_id, remedy="核对该园区的数据")
    return entry.value


def _computed(
    own: IndicatorValue,
    value: Decimal,
    unit: Unit,
    transformation: Transformation,
    formula: str,
    inputs: tuple[Observation, ...],
) -> IndicatorValue:
    return IndicatorValue(
        ref_area=own.ref_area,
        indicator_id=own.indicator_id,
        label_zh=own.label_zh,
        period=own.period,
        transformation=transformation,
        value=value,
        unit=unit,
        status=weakest([o.obs_status for o in inputs]),
        inputs=inputs,
        formula=formula,
        computed=True,
        comparison=own.comparison,
    )


# --- a group as a whole ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupGrowth:
    """The growth of a group: of its sum where the parts may be added, else the median rate; `why` says which and why."""

    value: IndicatorValue
    summed: bool
    n: int
    why: str


def group_growth(
    level: IndicatorComparison, growth: IndicatorComparison, overlapping: bool | None
) -> GroupGrowth | None:
    """sum(level) / sum(level / (1 + g)) - 1 over parks that do not overlap and all have level and rate of one kind, else the
    median of the rates with its n. Whether parks overlap must be known: None (not stated) is treated as if they did."""
    rates = {entry.park_id: _value_of(entry) for entry in growth.ranked}
    if not rates:
        return None
    levels = {entry.park_id: _value_of(entry) for entry in level.ranked}
    missing = set(rates) ^ set(levels)
    why = ""
    if overlapping is None:
        why = "各园区的范围是否重叠未载明"
    elif overlapping:
        why = "各园区的范围相互重叠"
    elif missing:
        why = "有的园区只有数值或只有增速"
    elif any(rate.value is None or rate.value <= -100 for rate in rates.values()):
        why = "有的园区基数不为正"
    n, first = len(rates), next(iter(rates.values()))
    if why:
        inputs = tuple(value.inputs[0] for value in rates.values())
        middle = median(value.value for value in rates.values() if value.value is not None)
        told = f"{why}，不按总量合成，取{n}个园区增速的中位数"
        value = _computed(first, middle, PERCENT, Transformation.GROWTH, f"{n}个园区同比增速的中位数", inputs)
        return GroupGrowth(value, False, n, told)
    total, base = Decimal(0), Decimal(0)
    unit = next(iter(levels.values())).unit
    for park_id, rate in rates.items():
        size = levels[park_id]
        if rate.value is not None and size.value is not None:
            amount = convert(size.value, size.unit, unit)
            total, base = total + amount, base + amount / (1 + rate.value / 100)
    if base <= 0:
        return None
    inputs = tuple(o for park_id in rates for o in (levels[park_id].inputs[0], rates[park_id].inputs[0]))
    formula = "∑本期数 ÷ ∑（本期数 ÷（1＋同比增速））− 1"
    value = _computed(first, (total / base - 1) * 100, PERCENT, Transformation.GROWTH, formula, inputs)
    return GroupGrowth(value, True, n, f"{n}个园区按总量合成，以各自公布的同比增速还原上年同期数")


def ratio_of_sums(
    pairs: Sequence[tuple[IndicatorValue, IndicatorValue]], unit: Unit, label: str
) -> IndicatorValue | None:
    """The mean of a ratio over parks: the sum of the numerators over the sum of the denominators, in numerator unit per
    denominator unit said as `unit`; never the mean of the ratios. None without pairs of numbers or with a sum that is not positive."""
    known = [(top, bottom) for top, bottom in pairs if top.value is not None and bottom.value is not None]
    if not known:
        return None
    over, under = known[0][0].unit, known[0][1].unit
    tops = sum((convert(top.value, top.unit, over) for top, _ in known if top.value is not None), Decimal(0))
    bottoms = sum((convert(low.value, low.unit, under) for _, low in known if low.value is not None), Decimal(0))
    if bottoms <= 0:
        return None
    inputs = tuple(o for top, bottom in known for o in (top.inputs[0], bottom.inputs[0]))
    return _computed(known[0][0], tops / bottoms, unit, Transformation.RATIO, f"{label}：∑分子 ÷ ∑分母", inputs)
