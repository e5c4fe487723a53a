"""The line of `parkbook extract FILE --format jsonl`: one observation, reports and ledgers alike.

`start` and `end` are code points of a report's text, `cell` is `Sheet!D17` of a table; the others are null. `value` is
signed, null unless it is a number; codes are those of `model`; empty words mean not stated.
"""

from __future__ import annotations

import json
from decimal import Decimal

from parkbook.catalogue import catalogue
from parkbook.model import Observation


def observation_record(
    observation: Observation,
    *,
    start: int | None = None,
    end: int | None = None,
    cell: str = "",
    unit: str | None = None,
    doubtful: str = "",
) -> dict[str, object]:
    """The fields of a line. `unit` is as printed, where that is not how the observation would print it."""
    o = observation
    return {
        "start": start,
        "end": end,
        "cell": cell or None,
        "source_text": o.source_text,
        "value": plain_number(o.obs_value),
        "unit": unit if unit is not None else str(o.unit) if o.unit_measure else "",
        "transformation": o.transformation,
        "comparison": o.comparison,
        "indicator_id": o.indicator_id,
        "indicator_label": o.attribute("indicator_label") or indicator_label(o.indicator_id),
        "label": o.reported_label,
        "subject": o.subject,
        "parent": o.parent,
        "time_period": o.period.time_period,
        "period_text": o.period.text,
        "period_status": o.period.status,
        "basis": o.period.basis,
        "obs_status": o.obs_status,
        "qualifier": o.qualifier,
        "value_low": plain_number(o.value_low),
        "value_high": plain_number(o.value_high),
        "target_kind": o.target_kind,
        "rank_scope": o.rank_scope,
        "base_period": o.base_period,
        "price_basis": o.price_basis,
        "scope_basis": o.scope_basis,
        "fiscal_basis": o.fiscal_basis,
        "unit_inferred": o.unit_inferred,
        "locator": o.locator,
        "header_cells": list(o.header_cells),
        "confidence": float(o.confidence),
        "rule": o.rule,
        "doubtful": doubtful,
    }


_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_line(record: dict[str, object]) -> str:
    return _encode(record)


def ledger_record(observation: Observation) -> dict[str, object]:
    """The line of a figure in a cell."""
    return observation_record(observation, cell=observation.locator)


def indicator_label(indicator_id: str) -> str:
    """The catalogue's label; empty where there is no such code."""
    known = catalogue()
    return known.get(indicator_id).label_zh if indicator_id in known else ""


def plain_number(value: Decimal | None) -> int | float | None:
    """A number as JSON has it."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else float(value)
