"""A catalogue with totals, parts, rates and counts, and a builder of figures from a report."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from parkbook.catalogue import Catalogue, Indicator
from parkbook.model import Observation, Source, SourceKind, Transformation
from parkbook.periods import Period, parse_period
from parkbook.units import parse_unit

REPORT = Source(source_id="report-2025", kind=SourceKind.REPORT, sha256="1" * 64)
Figure = Callable[..., Observation]

COUNTED = {"unit": "个", "basis": "flow"}
ENTRIES: list[dict[str, Any]] = [
    {"id": "output", "label_zh": "工业总产值", "minimum": 0},
    {"id": "high_tech_output", "label_zh": "高新技术产业产值", "part_of": "output"},
    {"id": "other_output", "label_zh": "其他产业产值", "part_of": "output"},
    {"id": "smes", "label_zh": "科技型中小企业", "unit": "家"},
    {"id": "people", "label_zh": "入选人数", "unit": "人"},
    {"id": "applied", "label_zh": "申报人数", "unit": "人"},
    {"id": "fdi", "label_zh": "实际利用外资", "unit": "万美元", "minimum": 0},
    {"id": "vehicles", "label_zh": "汽车产量", "unit": "万辆"},
    {"id": "planned", "label_zh": "计划开工项目", **COUNTED},
    {"id": "delayed", "label_zh": "未按计划开工项目", **COUNTED},
    {"id": "early", "label_zh": "提前开工项目", **COUNTED},
    {"id": "started", "label_zh": "实际开工项目", **COUNTED},
    {
        "id": "start_rate",
        "label_zh": "开工率",
        "unit": "%",
        "basis": "rate",
        "maximum": 100,
        "formula": {"family": "share", "arguments": {"numerator": "started", "denominator": "planned"}},
    },
    {"id": "mu", "label_zh": "用地面积", "unit": "亩", "basis": "stock"},
    {"id": "tax", "label_zh": "税收"},
    {
        "id": "tax_per_mu",
        "label_zh": "亩均税收",
        "unit": "万元/亩",
        "basis": "rate",
        "formula": {"family": "ratio", "arguments": {"numerator": "tax", "denominator": "mu"}},
    },
    {"id": "projects", "label_zh": "重点项目", "unit": "个", "basis": "stock"},
    {"id": "project_investment", "label_zh": "项目总投资", "basis": "stock"},
    {"id": "done", "label_zh": "完成投资"},
    {"id": "plan", "label_zh": "年度计划投资", "basis": "stock"},
]
DEFAULTS = {
    "system": "S1",
    "unit": "亿元",
    "basis": "flow",
    "direction": "higher",
    "release": "monthly",
    "comparability": "level",
}


@pytest.fixture
def known() -> Catalogue:
    return Catalogue([Indicator.model_validate(DEFAULTS | {"label_en": e["id"]} | e) for e in ENTRIES], {})


@pytest.fixture
def say() -> Figure:
    """A figure of the report, each at its own place: `say("smes", "2275家")`, `say("smes", "74.4%", Transformation.SHARE)`."""
    count = 0

    def make(
        indicator: str,
        said: str,
        transformation: Transformation = Transformation.LEVEL,
        period: str | Period = "2025",
        **given: Any,
    ) -> Observation:
        nonlocal count
        count += 1
        number = said[: len(said) - len(said.lstrip("-0123456789."))]
        unit = parse_unit(said[len(number) :])
        label = next(entry["label_zh"] for entry in ENTRIES if entry["id"] == indicator)
        base: dict[str, Any] = {
            "ref_area": "alpha",
            "reported_label": label,
            "indicator_id": indicator,
            "transformation": transformation,
            "period": parse_period(period) if isinstance(period, str) else period,
            "source": REPORT,
            "locator": f"字符 {count * 10}-{count * 10 + 5}",
            "obs_value": Decimal(number) if number else None,
            "unit_measure": unit.measure,
            "unit_mult": unit.mult,
        }
        return Observation(**base | given)

    return make
