"""What scoring gives back: per unit and item the score, how it came about, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from parkbook.comparison.scoring.schema import Adjustment, Framework, Item
from parkbook.indicators.rounding import half_up

WEIGHT_WANTED = "官方权重待补"
SHOWN_PLACES = 4


def figure(value: Decimal) -> str:
    """A number inside the words of a formula: as it is, or with four decimals where it has more."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -SHOWN_PLACES:
        value = half_up(value, SHOWN_PLACES)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the table gives it. `value` is None when it is missing; `status` then says how (原文隐去, 缺报 …).

    `target`, `base`, `low`, `high` and `weight` come with the value where the framework leaves them open; `score` is given by people
    and goes before the rule. `place` is a published rank, for rules by place: the value is then the place itself.
    """

    value: Decimal | None
    status: str = ""
    target: Decimal | None = None
    base: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    place: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """One item of one unit. `score` is None when it cannot be computed, and `reason` says why.

    `fraction` is the score as a share of the weight, there also when the weight is not known. `trial`: scored by a way that is
    not the document's own.
    """

    item: Item
    value: Decimal | None
    weight: Decimal | None
    score: Decimal | None = None
    fraction: Decimal | None = None
    formula: str = ""
    reason: str = ""
    made_from: str = ""
    notes: tuple[str, ...] = ()
    trial: bool = False
    by_missing_rule: bool = False
    left_out: bool = False
    """Not scored by the framework's missing-value rule: the other items are scaled up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentScore:
    adjustment: Adjustment
    count: Decimal | None
    points: Decimal | None
    """Signed: deductions are negative."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScore:
    """A unit in one column. `total` is None unless every item (and adjustment) has a score; `scored` sums what there is."""

    unit: str
    column: str
    group: str
    items: tuple[ItemScore, ...]
    adjustments: tuple[AdjustmentScore, ...] = ()
    scored: Decimal = Decimal(0)
    scored_weight: Decimal = Decimal(0)
    full_weight: Decimal | None = None
    total: Decimal | None = None
    reason: str = ""
    vetoes: tuple[str, ...] = ()
    veto_grade: str = ""
    exempt: bool = False
    sort_value: Decimal | None = None
    rank: int | None = None
    ranked_of: int | None = None
    grade: str = ""
    grade_reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[ItemScore, ...]:
        return tuple(item for item in self.items if item.score is None and not item.left_out)

    @property
    def trial(self) -> bool:
        return any(item.trial and item.score is not None for item in self.items)

    def of_group(self, group: str) -> tuple[Decimal, Decimal | None, int]:
        """Sum of the scores there are, the weight of the group where it is known, and how many items have none."""
        members = [item for item in self.items if item.item.group == group]
        weights = [item.weight for item in members]
        known = [weight for weight in weights if weight is not None]
        full = sum(known, Decimal(0)) if len(known) == len(weights) else None
        scores = [item.score for item in members if item.score is not None]
        return sum(scores, Decimal(0)), full, len(members) - len(scores)

    def item(self, item_id: str) -> ItemScore:
        return next(item for item in self.items if item.item.id == item_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnScores:
    """The units of one column, in table order."""

    column: str
    label: str
    units: tuple[UnitScore, ...]
    grade_counts: Mapping[str, int] = field(default_factory=dict)
    """Grade to number of units, in the order of the grades; with those that have none they sum to all units."""
    ungraded: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A table scored by a framework."""

    framework: Framework
    columns: tuple[ColumnScores, ...]
    combined: Mapping[str, Decimal | None] = field(default_factory=dict)
    """Unit to the columns' totals by their shares, where the framework has shares."""
    notes: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[UnitScore, ...]:
        return tuple(unit for column in self.columns for unit in column.units)

    def unit(self, name: str, column: str = "") -> UnitScore:
        return next(u for u in self.units if u.unit == name and column in ("", u.column))
