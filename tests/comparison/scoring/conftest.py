"""Builders: a framework of a few items, and tables of plain numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkbook.comparison.scoring.schema import Framework

BASE = {
    "id": "made-up",
    "name": "虚构体系",
    "short": "虚构",
    "source": "测试",
    "status": "complete",
    "missing": {"rule": "refused", "stated": False},
}


def make_framework(*items, **fields):
    """A framework of the given items; each may leave out all but its rule."""
    filled = [
        {"id": f"i{number}", "label_zh": f"指标{number}", "direction": "higher", "weight": 10} | item
        for number, item in enumerate(items, start=1)
    ]
    return Framework.model_validate(BASE | {"items": filled} | fields)


@pytest.fixture
def framework_of():
    return make_framework


def table_of(**units):
    """甲=(1, 2) to {甲: {i1: 1, i2: 2}}; None stays None."""
    return {
        unit: {f"i{n}": None if v is None else Decimal(str(v)) for n, v in enumerate(values, start=1)}
        for unit, values in units.items()
    }


@pytest.fixture
def table():
    return table_of
