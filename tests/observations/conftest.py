"""A small project of its own, and a builder of observations, for the tests of the layer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from parkbook.catalogue import Catalogue, Indicator
from parkbook.model import Observation, Source, SourceKind
from parkbook.periods import Period, parse_period
from parkbook.units import parse_unit

UNITS = Path(__file__).resolve().parents[2] / "data" / "codelists" / "units.csv"
LEDGER = Source(source_id="01.xlsx", kind=SourceKind.LEDGER, title="01.xlsx", sha256="0" * 64)


def entry(name: str, label: str, **given: Any) -> dict[str, Any]:
    base = {
        "id": name,
        "label_zh": label,
        "label_en": name,
        "system": "S1",
        "unit": "亿元",
        "basis": "flow",
        "direction": "higher",
        "release": "monthly",
        "comparability": "level",
    }
    return base | given


INDICATORS = [
    entry("output", "工业总产值", minimum=0),
    entry("high_tech_output", "高新技术产业产值", part_of="output"),
    entry("firms", "企业数", unit="家", basis="stock"),
    entry("rate", "入驻率", unit="%", basis="rate"),
]


@pytest.fixture
def known() -> Catalogue:
    return Catalogue([Indicator.model_validate(item) for item in INDICATORS], {})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one park, alpha, and no data."""
    root = tmp_path / "项目"
    for folder in ("catalogue", "codelists", "parks/alpha", "context"):
        (root / "data" / folder).mkdir(parents=True)
    content = yaml.safe_dump({"indicators": INDICATORS}, allow_unicode=True)
    (root / "data" / "catalogue" / "test.yaml").write_text(content, encoding="utf-8")
    shutil.copy(UNITS, root / "data" / "codelists" / "units.csv")
    park = {"id": "alpha", "name": "甲园", "relation": "own", "sources": [{"id": "alpha-2025", "kind": "report"}]}
    (root / "data" / "parks" / "alpha" / "park.yaml").write_text(
        yaml.safe_dump(park, allow_unicode=True), encoding="utf-8"
    )
    monkeypatch.setenv("PARKBOOK_HOME", str(root))
    return root


@pytest.fixture
def figure() -> Callable[..., Observation]:
    """One figure: `figure("12.3亿元", "2025年9月", "9月!C5", …)`, the rest as in most."""

    def make(said: str, period: str | Period = "2025年9月", locator: str = "9月!C5", **given: Any) -> Observation:
        number = said.rstrip("亿万元家%美")
        unit = parse_unit(said[len(number) :])
        base: dict[str, Any] = {
            "ref_area": "alpha",
            "reported_label": "工业总产值",
            "indicator_id": "output",
            "period": parse_period(period) if isinstance(period, str) else period,
            "source": LEDGER,
            "locator": locator,
            "obs_value": Decimal(number) if number else None,
            "unit_measure": unit.measure,
            "unit_mult": unit.mult,
            "rule": "layout:economy",
        }
        return Observation(**base | given)

    return make
