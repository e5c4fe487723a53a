"""Settings and builders that hold for every test."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import settings

from parkbook.model import Observation, Source, SourceGrade, SourceKind, Transformation
from parkbook.periods import parse_period
from parkbook.units import parse_unit

# The same examples on every run and machine, however slow: a test turns red by a change of the code only.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")


def make_observation(value=None, *, period="2025", unit="亿元", grade=SourceGrade.OFFICIAL, **fields):
    """An observation with sensible defaults; a test says only what it is about."""
    parsed = parse_unit(unit)
    source = Source(source_id="s1", kind=SourceKind.PUBLICATION, address="example", grade=grade)
    known = {
        "ref_area": "p",
        "reported_label": "工业总产值",
        "indicator_id": "gross_industrial_output",
        "locator": "表1",
        "transformation": Transformation.LEVEL,
        "source": source,
    }
    return Observation(
        **(
            known
            | {
                "period": parse_period(period),
                "obs_value": None if value is None else Decimal(value),
                "unit_measure": parsed.measure,
                "unit_mult": parsed.mult,
            }
            | fields
        )
    )


@pytest.fixture
def observe():
    """The builder of observations: `observe("12.3", period="2025", unit="%")`."""
    return make_observation
