"""A small project of its own, and a builder of observations, for the tests of the layer."""

from __future__ import annotations

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

LEDGER = Source(source_id="01.xlsx", kind=SourceKind.LEDGER, title="01.xlsx", sha256="0" * 64)


INDICATORS: list[dict[str, Any]] = [
    {"id": "output", "label_zh": "工业总产值", "minimum": 0},
    {"id": "high_tech_output", "label_zh": "高新技术产业产值", "part_of": "output"},
    {"id": "firms", "label_zh": "企业数", "unit": "家", "basis": "stock"},
    {"id": "rate", "label_zh": "入驻率", "unit": "%", "basis": "rate"},
]


@pytest.fixture
def known(entry: Callable[..., dict[str, Any]]) -> Catalogue:
    return Catalogue([Indicator.model_validate(entry(given)) for given in INDICATORS], {})


@pytest.fixture
def home(project: Callable[..., Path]) -> Path:
    """A project with one park, alpha, and no data."""
    root = project(INDICATORS)
    park = {"id": "alpha", "name": "甲园", "relation": "own", "sources": [{"id": "alpha-2025", "kind": "report"}]}
    (root / "data" / "parks" / "alpha").mkdir()
    (root / "data" / "context").mkdir()
    (root / "data" / "parks" / "alpha" / "park.yaml").write_text(
        yaml.safe_dump(park, allow_unicode=True), encoding="utf-8"
    )
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
