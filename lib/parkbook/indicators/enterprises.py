"""Enterprises: the ladder of titles, candidates for 升规, the key list, and the largest falls.

The ladder (科小, 创新型中小企业, 高企, 专精特新, 小巨人, 规上) is counted from a library of enterprises with a sheet a year; gains and
losses compare the same enterprises in both years, and those new in the library are told apart. The library is not the park.

Attributes of a row: tech_sme, innovative_sme, hightech, specialised, little_giant, above_size (√ or 是), statistical_sector, sector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.indicators.formulas import PERCENT, POINTS
from parkbook.indicators.register_rows import RegisterRow, as_printed, count_of, derived, register_rows
from parkbook.indicators.size_thresholds import SizeThreshold, size_threshold
from parkbook.model import Comparison, IndicatorValue, Observation, Transformation
from parkbook.periods import Period
from parkbook.units import Unit, convert

ENTERPRISES = Unit("家")
NEAR_SHARE = Decimal("0.8")
"""From this part of the threshold on an enterprise is a candidate for 升规."""
YES = frozenset({"√", "是", "有", "1", "Y", "y"})
FALL_RATE = Decimal("-20")
FALL_PULL = Decimal("-0.5")
"""A fall to look at: output down by this rate (%) or more, or the park's total pulled down by this (points) or more."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder: the attribute that holds it, and the park's own count of it in the catalogue."""

    attribute: str
    label_zh: str
    park_indicator: str = ""


RUNGS = (
    Rung("tech_sme", "科技型中小企业"),
    Rung("innovative_sme", "创新型中小企业"),
    Rung("hightech", "高新技术企业", "hightech_enterprises"),
    Rung("specialised", "专精特新中小企业", "specialised_smes"),
    Rung("little_giant", "专精特新“小巨人”企业", "little_giants"),
    Rung("above_size", "规上企业", "enterprises_above_size"),
)


@dataclass(frozen=True)
class RungFlow:
    """A rung at the end of a year and what happened on it since the year before (None where there is no earlier sheet)."""

    rung: Rung
    holders: tuple[RegisterRow, ...]
    gained: tuple[RegisterRow, ...] | None
    arrived: tuple[RegisterRow, ...] | None
    """New in the library and holding the title already."""
    lost: tuple[RegisterRow, ...] | None
    """Held a year before, in the library still, and holding it no more."""
    gone: tuple[RegisterRow, ...] | None
    """Held a year before and no longer in the library."""
    before: tuple[RegisterRow, ...] | None

    def count(self, rows: Sequence[RegisterRow], words: str) -> IndicatorValue | None:
        return count_of(f"{self.rung.label_zh}{words}", rows, "培育库逐家计数", ENTERPRISES)


@dataclass(frozen=True)
class Candidate:
    """An enterprise below size whose revenue is near the threshold, or above it."""

    row: RegisterRow
    revenue: Observation
    threshold: SizeThreshold
    share: IndicatorValue
    """Revenue over threshold, in %."""

    @property
    def is_reached(self) -> bool:
        return self.share.value is not None and self.share.value >= 100


@dataclass(frozen=True)
class Ladder:
    """The library at the end of a year, and at the end of the year before."""

    rows: tuple[RegisterRow, ...]
    before: tuple[RegisterRow, ...]

    @property
    def year(self) -> int:
        return self.rows[0].as_of.year

    def flows(self) -> list[RungFlow]:
        return [self._flow(rung) for rung in RUNGS if any(holds(row, rung) for row in (*self.rows, *self.before))]

    def _flow(self, rung: Rung) -> RungFlow:
        now = {row.subject: row for row in self.rows}
        then = {row.subject: row for row in self.before}
        holders = tuple(row for row in self.rows if holds(row, rung))
        if not self.before:
            return RungFlow(rung, holders, None, None, None, None, None)
        held = {name for name, row in then.items() if holds(row, rung)}
        return RungFlow(
            rung,
            holders,
            gained=tuple(row for row in holders if row.subject in then and row.subject not in held),
            arrived=tuple(row for row in holders if row.subject not in then),
            lost=tuple(now[name] for name in then if name in held and name in now and not holds(now[name], rung)),
            gone=tuple(then[name] for name in then if name in held and name not in now),
            before=tuple(row for row in self.before if holds(row, rung)),
        )

    def candidates(self) -> list[Candidate]:
        """Enterprises not above size yet from 80% of their sector's threshold on, the nearest to it (or furthest above) first."""
        found = [c for row in self.rows if (c := _candidate(row)) is not None]
        return sorted(found, key=lambda c: c.share.value or Decimal(0), reverse=True)

    def unknown_sectors(self) -> list[str]:
        """Sectors for which no threshold is registered: their enterprises cannot be judged."""
        named = dict.fromkeys(row.attribute("statistical_sector") or "未填写" for row in self.rows)
        return [name for name in named if size_threshold(name) is None]

    def without_revenue(self) -> list[RegisterRow]:
        """Enterprises below size whose revenue is no number."""
        below = [row for row in self.rows if not holds(row, RUNGS[-1])]
        return [row for row in below if row.number("main_business_revenue") is None]


def holds(row: RegisterRow, rung: Rung) -> bool:
    return row.attribute(rung.attribute) in YES


def _candidate(row: RegisterRow) -> Candidate | None:
    threshold = size_threshold(row.attribute("statistical_sector"))
    revenue = row.number("main_business_revenue")
    if threshold is None or revenue is None or revenue.obs_value is None or holds(row, RUNGS[-1]):
        return None
    share = convert(revenue.obs_value, revenue.unit, threshold.parsed_unit) / threshold.amount
    if share < NEAR_SHARE:
        return None
    value = derived(
        f"{row.subject}主营业务收入相当于规模标准",
        share * 100,
        PERCENT,
        Transformation.SHARE,
        f"主营业务收入 ÷ {threshold.kind}标准（{threshold.words}，{threshold.source}，{threshold.edition}）× 100%",
        [revenue],
        subject=row.subject,
    )
    return Candidate(row, revenue, threshold, value)


def ladder(observations: Sequence[Observation], period: Period | None) -> Ladder | None:
    """The library that answers for the period, with the one of the year before; None where no ledger keeps one."""
    rows = [row for row in register_rows(observations, ("main_business_revenue",), period) if _is_library(row)]
    if not rows:
        return None
    previous = period.shift_years(-1) if period is not None and period.known else None
    before = (
        [row for row in register_rows(observations, ("main_business_revenue",), previous) if _is_library(row)]
        if previous is not None
        else []
    )
    return Ladder(tuple(rows), tuple(before))


def _is_library(row: RegisterRow) -> bool:
    return bool(row.attribute("above_size")) and bool(row.attribute("statistical_sector"))


# -- key enterprises ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mover:
    """An enterprise's change of one indicator over a year, and what it did to the park's total."""

    row: RegisterRow
    current: Observation
    previous: Observation
    change: IndicatorValue
    growth: IndicatorValue | None
    pull: IndicatorValue | None

    @property
    def is_alarming(self) -> bool:
        """A fall by the rate or by the pull that make it one to look at."""
        if self.change.value is None or self.change.value >= 0:
            return False
        rate = self.growth.value if self.growth is not None else None
        pull = self.pull.value if self.pull is not None else None
        return (rate is not None and rate <= FALL_RATE) or (pull is not None and pull <= FALL_PULL)


@dataclass(frozen=True)
class KeyEnterprises:
    """The enterprise table of a period, largest first by `indicator_id`, with the park's own total where it is known."""

    indicator_id: str
    rows: tuple[RegisterRow, ...]
    total: Observation | None
    total_before: Observation | None

    def value(self, row: RegisterRow) -> Observation | None:
        return row.number(self.indicator_id)

    def share(self, rows: Sequence[RegisterRow]) -> IndicatorValue | None:
        """What these enterprises make up of the park, in %."""
        values = [o for row in rows if (o := self.value(row)) is not None]
        if self.total is None or self.total.obs_value is None or self.total.obs_value <= 0 or not values:
            return None
        part = _sum(values, self.total.unit)
        return derived(
            f"前{len(rows)}家合计占比",
            part / self.total.obs_value * 100,
            PERCENT,
            Transformation.SHARE,
            f"{len(values)}家合计 ÷ 园区合计 × 100%",
            [*values, self.total],
            period=self.total.period,
        )

    def movers(self) -> list[Mover]:
        """Enterprises with both years, the largest fall first."""
        found = [mover for row in self.rows if (mover := self._mover(row)) is not None]
        return sorted(found, key=lambda mover: mover.change.value or Decimal(0))

    def _mover(self, row: RegisterRow) -> Mover | None:
        current, previous = self.value(row), row.number(self.indicator_id, years_back=1)
        if current is None or previous is None or current.obs_value is None or previous.obs_value is None:
            return None
        base = convert(previous.obs_value, previous.unit, current.unit)
        difference = current.obs_value - base
        inputs = [current, previous]
        change = derived(
            f"{row.subject}增减额",
            difference,
            current.unit,
            Transformation.CHANGE,
            "本期 − 上年同期",
            inputs,
            subject=row.subject,
            comparison=Comparison.YOY,
        )
        printed = row.figure(self.indicator_id, Transformation.GROWTH)
        growth = as_printed(printed) if printed is not None and printed.is_number else None
        return Mover(row, current, previous, change, growth, self._pull(row, difference, inputs))

    def _pull(self, row: RegisterRow, difference: Decimal, inputs: Sequence[Observation]) -> IndicatorValue | None:
        before = self.total_before
        if before is None or before.obs_value is None or before.obs_value <= 0:
            return None
        base = convert(before.obs_value, before.unit, inputs[0].unit)
        return derived(
            f"{row.subject}拉动",
            difference / base * 100,
            POINTS,
            Transformation.CONTRIBUTION,
            "（企业本期 − 企业上年同期）÷ 园区上年同期",
            [*inputs, before],
            subject=row.subject,
        )


def _sum(observations: Sequence[Observation], unit: Unit) -> Decimal:
    return sum((convert(o.obs_value, o.unit, unit) for o in observations if o.obs_value is not None), Decimal(0))


def key_enterprises(
    observations: Sequence[Observation], period: Period | None, indicator_id: str
) -> KeyEnterprises | None:
    """The enterprise table of the period by one indicator; None with fewer than two enterprises that have it as a number.

    Rows without a sector are no enterprises (其他企业 is what is left) and stay out of the list.
    """
    rows = [
        row
        for row in register_rows(observations, (indicator_id,), period)
        if row.attribute("sector") and row.attribute("size") and row.number(indicator_id) is not None
    ]
    if len(rows) < 2:
        return None
    figures = {id(row): row.number(indicator_id) for row in rows}
    rows.sort(key=lambda row: _size(figures[id(row)]), reverse=True)
    first = figures[id(rows[0])]
    totals = [
        o
        for o in observations
        if o.indicator_id == indicator_id
        and not o.subject
        and o.is_number
        and o.transformation is Transformation.LEVEL
        and first is not None
        and o.source.source_id == first.source.source_id
    ]
    now = [o for o in totals if first is not None and o.period.key == first.period.key]
    before = [o for o in totals if first is not None and o.period.key == first.period.shift_years(-1).key]
    return KeyEnterprises(indicator_id, tuple(rows), now[-1] if now else None, before[-1] if before else None)


def _size(observation: Observation | None) -> Decimal:
    if observation is None or observation.obs_value is None:
        return Decimal("-Infinity")
    return convert(observation.obs_value, observation.unit, Unit(observation.unit_measure))
