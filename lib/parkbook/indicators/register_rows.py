"""Registers: what one row of a ledger says of an enterprise, a project, a lead or a plot, as at a date.

The figures of a row carry its other columns as attributes; a row is put together again here from its observations, by
document, sheet and row number. Of several sheets (one a quarter) only the one that answers for the asked period is taken:
the latest that is not after it, in the same year.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from parkbook.indicators.formulas import published
from parkbook.model import Comparison, IndicatorValue, Observation, ObsStatus, SourceKind, Transformation, weakest
from parkbook.periods import Basis, Month, Period, point_period
from parkbook.units import Unit

ENTERPRISE_FIGURES = ("industrial_output_above_size", "operating_revenue")
"""What enterprises report for themselves, and are watched by: output, else revenue. Projects and plots leave a register when they
are done."""
REMAINDER = ("其他", "其余", "合计", "小计")
"""Lines of a register that are no enterprise or project: they stay in the remainder."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")


def read_day(text: str) -> datetime.date | None:
    """A date as printed (2025-01-18, 2025年1月18日, 2025/1/18); None for anything else."""
    found = _DAY.match(text.strip())
    if found is None:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def month_end(month: Month) -> datetime.date:
    return datetime.date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of a register; `as_of` is the month whose end it describes."""

    subject: str
    parent: str
    as_of: Month
    observations: tuple[Observation, ...]

    def figure(
        self,
        indicator_id: str,
        transformation: Transformation = Transformation.LEVEL,
        *,
        years_back: int = 0,
        foreseen: bool = False,
    ) -> Observation | None:
        """The row's figure of an indicator, a number or not; `years_back` picks last year's column, `foreseen` the forecast."""
        year = self.as_of.year - years_back
        found = [
            o
            for o in self.observations
            if o.indicator_id == indicator_id
            and o.transformation is transformation
            and o.period.end is not None
            and o.period.end.year == year
            and (o.obs_status is ObsStatus.ESTIMATED) == foreseen
        ]
        return found[0] if found else None

    def number(self, indicator_id: str, **choice: int | bool) -> Observation | None:
        """The same, only when it is a number."""
        found = self.figure(indicator_id, **choice)  # type: ignore[arg-type]
        return found if found is not None and found.is_number else None

    def attribute(self, name: str) -> str:
        return next((text for o in self.observations if (text := o.attribute(name))), "")

    def day(self, name: str) -> datetime.date | None:
        return read_day(self.attribute(name))

    @property
    def as_of_day(self) -> datetime.date:
        return month_end(self.as_of)

    @property
    def anchor(self) -> Observation:
        """The figure that stands for the row where something is counted."""
        return self.observations[0]


def register_rows(
    observations: Iterable[Observation], marks: Sequence[str], period: Period | None
) -> list[RegisterRow]:
    """Rows of the registers whose rows have a figure of every one of `marks`, in the order of the ledger.

    Of each document the sheet that answers for `period` (without a known period: the latest). Figures of publications and
    reports are no rows: there is no telling which of them stand together.
    """
    grouped: dict[tuple[str, str, str], list[Observation]] = {}
    for o in observations:
        sheet, _, cell = o.locator.rpartition("!")
        row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if o.source.kind is SourceKind.LEDGER and o.subject and row.isdigit():
            grouped.setdefault((o.source.source_id, sheet, row), []).append(o)
    rows: dict[str, list[RegisterRow]] = {}
    for (source, _, _), members in grouped.items():
        if set(marks) <= {o.indicator_id for o in members}:
            as_of = _as_of(members)
            if as_of is not None and _answers(as_of, period):
                first = members[0]
                rows.setdefault(source, []).append(RegisterRow(first.subject, first.parent, as_of, tuple(members)))
    found: list[RegisterRow] = []
    for listed in rows.values():
        latest = max(row.as_of for row in listed)
        found += [row for row in listed if row.as_of == latest]
    return found


def _as_of(members: Sequence[Observation]) -> Month | None:
    """The month at whose end the row stands: of its figures as at a date, else the latest of the others (a plan is of December)."""
    points = [o.period.end for o in members if o.period.basis is Basis.POINT and o.period.end is not None]
    others = [o.period.end for o in members if o.period.end is not None]
    return max(points or others, default=None)


def _answers(as_of: Month, period: Period | None) -> bool:
    if period is None or period.end is None:
        return True
    return as_of <= period.end and as_of.year == period.end.year


def as_printed(observation: Observation, label: str = "") -> IndicatorValue:
    """A figure of a row as it stands there, under its header's words or `label`."""
    value = published(observation, None)
    return replace(value, indicator_id=observation.indicator_id, label_zh=label or observation.reported_label)


def derived(
    label: str,
    value: Decimal | None,
    unit: Unit,
    transformation: Transformation,
    formula: str,
    inputs: Sequence[Observation],
    *,
    period: Period | None = None,
    subject: str = "",
    indicator_id: str = "",
    absent: str = "",
    flags: tuple[str, ...] = (),
    comparison: Comparison | None = None,
) -> IndicatorValue:
    """A value computed from the figures of rows: carries its formula, its inputs and the weakest status among them."""
    first = inputs[0]
    return IndicatorValue(
        ref_area=first.ref_area,
        indicator_id=indicator_id,
        label_zh=label,
        period=period or first.period,
        transformation=transformation,
        value=value,
        unit=unit,
        status=weakest([o.obs_status for o in inputs]),
        inputs=tuple(inputs),
        formula=formula,
        absent=absent,
        flags=flags,
        comparison=comparison,
        subject=subject,
        computed=True,
    )


def count_of(label: str, rows: Sequence[RegisterRow], formula: str, unit: Unit) -> IndicatorValue | None:
    """How many rows, each an input; None for none, since nothing can be pointed at."""
    if not rows:
        return None
    inputs = [row.anchor for row in rows]
    as_of = max(row.as_of for row in rows)
    return derived(
        label,
        Decimal(len(rows)),
        unit,
        Transformation.LEVEL,
        formula,
        inputs,
        period=point_period(as_of.year, as_of.month),
    )


def by_attribute(rows: Iterable[RegisterRow], name: str, unknown: str = "未填写") -> dict[str, list[RegisterRow]]:
    """Rows by the words of an attribute, in order of first appearance; blank ones together under `unknown`."""
    grouped: dict[str, list[RegisterRow]] = {}
    for row in rows:
        grouped.setdefault(row.attribute(name) or unknown, []).append(row)
    return grouped


def median(values: Iterable[int]) -> Decimal | None:
    """The middle of whole numbers, exact; None for none."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Decimal(ordered[middle])
    return Decimal(ordered[middle - 1] + ordered[middle]) / 2
