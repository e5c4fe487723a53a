"""The indicator values that a run's pages show, as a Parquet file: what, of whom, when, how much, from which figures, by which formula.

One row for each value and notebook. Numbers are stored twice, as exact text and, where they fit, as decimal(38, 10). Equal values
give equal bytes: rows are sorted, and no time, path or host is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from parkbook.model import IndicatorValue
from parkbook.observations.store import QUERY_DECIMAL, fitting, read_records

TEXTS: Final = (
    "notebook", "document", "ref_area", "indicator_id", "label_zh", "subject", "scope", "series", "time_period",
    "period_start", "period_end", "basis", "transformation", "comparison", "base_period", "rank_scope", "target_kind",
    "value", "low", "high", "unit", "status", "formula", "absent", "parameters",
)  # fmt: skip
SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in TEXTS),
        ("computed", pa.bool_()),
        ("flags", pa.list_(pa.string())),
        ("inputs", pa.list_(pa.string())),
        ("value_decimal", QUERY_DECIMAL),
    ]
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with where it is shown: the notebook, its document (park or comparison), the parameters that shape its figures."""

    notebook: str
    document: str
    value: IndicatorValue
    series: str = ""
    parameters: Mapping[str, Any] | None = None


def _record(shown: Shown) -> dict[str, Any]:
    value = shown.value
    first = value.inputs[0] if value.inputs else None
    period = value.period
    return {
        "notebook": shown.notebook,
        "document": shown.document,
        "ref_area": value.ref_area,
        "indicator_id": value.indicator_id,
        "label_zh": value.label_zh,
        "subject": value.subject,
        "scope": first.scope if first else "",
        "series": shown.series,
        "time_period": period.time_period,
        "period_start": _text(period.start),
        "period_end": _text(period.end),
        "basis": _text(period.basis),
        "transformation": str(value.transformation),
        "comparison": _text(value.comparison),
        "base_period": first.base_period if first else "",
        "rank_scope": first.rank_scope if first else "",
        "target_kind": _text(first.target_kind) if first else "",
        "value": _number(value.value),
        "low": _number(value.low),
        "high": _number(value.high),
        "unit": str(value.unit) if value.unit.measure else "",
        "status": str(value.status),
        "formula": value.formula,
        "absent": value.absent,
        "parameters": json.dumps(shown.parameters or {}, ensure_ascii=False, sort_keys=True),
        "computed": value.computed,
        "flags": list(value.flags),
        "inputs": [o.obs_id for o in value.inputs],
        "value_decimal": None if value.value is None else fitting(value.value),
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def write_indicators(values: Iterable[Shown], path: Path) -> None:
    """Write a Parquet file; the folder must exist."""
    records = sorted((_record(shown) for shown in values), key=_order)
    pq.write_table(pa.Table.from_pylist(records, schema=SCHEMA), path, compression="zstd", use_dictionary=True)


def _order(record: dict[str, Any]) -> tuple[object, ...]:
    return (*(record[name] for name in TEXTS), record["inputs"])


def read_indicators(path: Path) -> list[dict[str, Any]]:
    """The rows of a file that `write_indicators` made, as plain values; DataError when it is none."""
    return read_records(path, SCHEMA, "指标值文件", remedy="用本版本重新运行，再作比较")
