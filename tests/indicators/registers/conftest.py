"""A maker of register rows: `ledger_row("甲", 5, {"plot_land_area": ("100", "亩")}, user="某厂")` gives its observations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkbook.model import Observation, ObsStatus, Source, SourceKind, Transformation
from parkbook.periods import parse_period
from parkbook.units import parse_unit

POINT, YEAR = "2025年末", "2025"


def make_row(subject, number, figures, *, sheet="2025年", source="book.xlsx", parent="", period=POINT, **attributes):
    """Observations of one row, a column each; a figure is (value, unit[, period[, transformation[, status]]]), None is missing."""
    made = []
    for column, (indicator, figure) in enumerate(figures.items(), start=2):
        value, unit, when, transformation, status = (*figure, *(None,) * (5 - len(figure)))
        parsed = parse_unit(unit)
        indicator_id = indicator.split("/")[0]
        made.append(
            Observation(
                ref_area="p",
                reported_label=indicator_id,
                indicator_id=indicator_id,
                subject=subject,
                parent=parent,
                period=parse_period(when or period),
                source=Source(source_id=source, kind=SourceKind.LEDGER, title=source, sha256=source),
                locator=f"{sheet}!{chr(64 + column)}{number}",
                transformation=transformation or Transformation.LEVEL,
                obs_value=None if value is None else Decimal(value),
                unit_measure=parsed.measure,
                unit_mult=parsed.mult,
                obs_status=status or (ObsStatus.MISSING if value is None else ObsStatus.REPORTED),
                attributes=tuple(attributes.items()),
            )
        )
    return made


@pytest.fixture
def ledger_row():
    return make_row
