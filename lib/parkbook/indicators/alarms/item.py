"""A thing that may carry a lamp, and the pieces that its measures are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.rounding import decimals
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.periods import Period
from parkbook.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing a lamp may be lit for. `figure` is what the page shows of it, `measures` what rules look at."""

    kind: str
    name: str
    system: str
    indicator_id: str
    figure: IndicatorValue
    period: Period
    """Of what date the figures are: a quarterly register answers for a later month, and is judged as at its own date."""
    measures: dict[str, IndicatorValue] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    months: dict[str, tuple[Decimal | None, ...]] = field(default_factory=dict)
    """Earlier months of a measure up to the last, for consecutive-month clauses."""
    passed: IndicatorValue | None = None
    """Time passed in %, of things with a schedule."""
    subject: bool = False
    office: str = ""
    due: str = ""
    """A date that the ledger itself sets (承诺办结, 计划开工, 计划竣工), as printed."""
    expected: str = ""
    """The date that the responsible office itself expects, as printed."""
    total_investment: Observation | None = None


def measured(
    base: IndicatorValue, value: Decimal | None, unit: Unit, formula: str, kind: Transformation, *more: Observation
) -> IndicatorValue | None:
    """A measure of a figure, with its inputs; None where it cannot be computed."""
    if value is None:
        return None
    return replace(
        base,
        value=value,
        unit=unit,
        formula=formula,
        transformation=kind,
        inputs=(*base.inputs, *more),
        computed=True,
        absent="",
        low=None,
        high=None,
    )


def only(**found: IndicatorValue | None) -> dict[str, IndicatorValue]:
    return {name: value for name, value in found.items() if value is not None}


def attribute(row: IndicatorRow, name: str) -> str:
    return next((o.attribute(name) for value in row.values for o in value.inputs if o.attribute(name)), "")


def latest(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows of the latest sheet: a project that is no longer listed has no lamp."""
    ends = [row.period.end for row in rows if row.period.end is not None]
    return [row for row in rows if ends and row.period.end == max(ends)]


def counted(rows: Sequence[IndicatorRow], value: Decimal, unit: Unit, formula: str) -> IndicatorValue | None:
    """Months or days from the dates of a register's row; its input is a whole number of that row, so that it prints as one."""
    levels = [row.level for row in rows if row.level is not None and row.level.value is not None]
    if not levels:
        return None
    base = min(levels, key=lambda level: decimals(level.value or Decimal(0)))
    named = replace(base, label_zh=formula.partition("：")[0].partition("（")[0])
    return measured(named, value, unit, formula, Transformation.LEVEL)
