"""Settings and builders that hold for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

from parkbook.model import Observation, Source, SourceGrade, SourceKind, Transformation
from parkbook.periods import parse_period
from parkbook.units import parse_unit

# The same examples on every run and machine, however slow: a test turns red by a change of the code only.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")

UNITS = Path(__file__).resolve().parents[1] / "data" / "codelists" / "units.csv"


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


def catalogue_entry(given: dict[str, Any]) -> dict[str, Any]:
    """An entry of the catalogue that says only what is not usual: `{"id": "output", "label_zh": "工业总产值"}`."""
    base = {
        "label_en": given["id"],
        "system": "S1",
        "unit": "亿元",
        "basis": "flow",
        "direction": "higher",
        "release": "monthly",
        "comparability": "level",
    }
    return base | given


@pytest.fixture
def entry() -> Callable[[dict[str, Any]], dict[str, Any]]:
    return catalogue_entry


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[dict[str, Any]]], Path]:
    """Make a project without parks, of a catalogue of these entries and the units, and work in it."""

    def make(indicators: Sequence[dict[str, Any]]) -> Path:
        root = tmp_path / "项目"
        for folder in ("catalogue", "codelists", "parks"):
            (root / "data" / folder).mkdir(parents=True)
        content = yaml.safe_dump({"indicators": [catalogue_entry(given) for given in indicators]}, allow_unicode=True)
        (root / "data" / "catalogue" / "test.yaml").write_text(content, encoding="utf-8")
        shutil.copy(UNITS, root / "data" / "codelists" / "units.csv")
        monkeypatch.setenv("PARKBOOK_HOME", str(root))
        return root

    return make
