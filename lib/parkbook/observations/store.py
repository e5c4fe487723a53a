"""Observations as a Parquet file: every field, exact, and equal bytes for equal observations.

Numbers are stored twice: as text, which is exact whatever its length and is what `read_observations` reads, and as
decimal(38, 10) where they fit, for queries. No time, path or host is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from decimal import Context, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from parkbook.errors import DataError
from parkbook.model import CODE_FIELDS, Observation, Source, SourceGrade, SourceKind
from parkbook.periods import Basis, Month, Period, PeriodStatus
from parkbook.project import relative_name

QUERY_DECIMAL = pa.decimal128(38, 10)
NUMBERS = ("obs_value", "value_low", "value_high", "confidence")
FLAGS = ("seasonally_adjusted", "unit_inferred")
INTEGERS = ("rank_denominator", "unit_mult")
SOURCE_FIELDS = tuple(field.name for field in fields(Source))
PERIOD_FIELDS = ("period_start", "period_end", "basis", "period_status", "period_text", "time_period")
NESTED = ("period", "source")
LISTS: dict[str, pa.DataType] = {
    "header_cells": pa.list_(pa.string()),
    "attributes": pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())])),
}
Code = TypeVar("Code", bound=StrEnum)
_EXACT = Context(prec=10_000)


def _column_name(name: str) -> str:
    """Source fields carry their table's name, as `source_id` already does."""
    return name if name.startswith("source_") else f"source_{name}"


def _fields() -> list[str]:
    """The plain fields of an observation, in the order of the model."""
    return [field.name for field in fields(Observation) if field.name not in NESTED]


def schema() -> pa.Schema:
    """The columns of the file: the key, source and period first, then the fields of the model."""
    columns: list[tuple[str, pa.DataType]] = [("obs_id", pa.string())]
    columns += [(name, pa.string()) for name in PERIOD_FIELDS]
    columns += [(_column_name(name), pa.string()) for name in SOURCE_FIELDS]
    for name in _fields():
        kind = LISTS.get(name) or (pa.bool_() if name in FLAGS else pa.int64() if name in INTEGERS else pa.string())
        columns.append((name, kind))
    return pa.schema([*columns, *((f"{name}_decimal", QUERY_DECIMAL) for name in NUMBERS)])


def _record(observation: Observation) -> dict[str, Any]:
    period, source = observation.period, observation.source
    record: dict[str, Any] = {
        "obs_id": observation.obs_id,
        "period_start": _text(period.start),
        "period_end": _text(period.end),
        "basis": _text(period.basis),
        "period_status": str(period.status),
        "period_text": period.text,
        "time_period": period.time_period,
    }
    record |= {_column_name(name): str(getattr(source, name)) for name in SOURCE_FIELDS}
    for name in _fields():
        value = getattr(observation, name)
        record[name] = value if name in (*FLAGS, *INTEGERS) else _text(value)
    record["header_cells"] = list(observation.header_cells)
    record["attributes"] = [{"name": name, "value": value} for name, value in observation.attributes]
    return record | {f"{name}_decimal": fitting(getattr(observation, name)) for name in NUMBERS}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def fitting(value: Decimal | None) -> Decimal | None:
    """The number where decimal(38, 10) holds it exactly."""
    if value is None or not value.is_finite():
        return None
    exponent = value.normalize(_EXACT).as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -10 and value.adjusted() < 28
    return value.normalize(_EXACT) if fits else None


def write_observations(observations: Iterable[Observation], path: Path) -> None:
    """Write a Parquet file; the folder must exist."""
    table = pa.Table.from_pylist([_record(observation) for observation in observations], schema=schema())
    pq.write_table(table, path, compression="zstd", use_dictionary=True, write_statistics=True)


def read_observations(path: Path) -> list[Observation]:
    """The observations of a file that `write_observations` made."""
    records = read_records(path, schema(), "数据文件", remedy="重新运行以生成该文件")
    sources: dict[Source, Source] = {}
    return [_observation(record, sources) for record in records]


def read_records(path: Path, wanted: pa.Schema, what: str, *, remedy: str) -> list[dict[str, Any]]:
    """The rows of a Parquet file that has all columns of a schema, as plain values; DataError when it is none."""
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(
            f"{what}无法读取",
            where=relative_name(path),
            found=type(error).__name__,
            cause="文件不存在或已损坏，或由早先的版本写出",
            remedy=remedy,
        ) from error
    missing = [name for name in wanted.names if name not in table.column_names]
    if missing:
        raise DataError(
            f"{what}缺少列",
            where=relative_name(path),
            expected="本版本写出的 Parquet 文件",
            found=f"缺 {'、'.join(missing)}",
            remedy=remedy,
        )
    records: list[dict[str, Any]] = table.to_pylist()
    return records


def _observation(record: dict[str, Any], sources: dict[Source, Source]) -> Observation:
    values: dict[str, Any] = {name: record[name] for name in _fields()}
    values |= {name: _code(kind, record[name]) for name, kind in CODE_FIELDS.items()}
    values |= {name: None if record[name] is None else Decimal(record[name]) for name in NUMBERS}
    values["header_cells"] = tuple(record["header_cells"])
    values["attributes"] = tuple((item["name"], item["value"]) for item in record["attributes"])
    source = _source(record)
    return Observation(period=_period(record), source=sources.setdefault(source, source), **values)


def _code(kind: type[Code], text: str | None) -> Code | None:
    return None if text is None else kind(text)


def _month(text: str | None) -> Month | None:
    return None if text is None else Month.parse(text)


def _period(record: dict[str, Any]) -> Period:
    return Period(
        _month(record["period_start"]),
        _month(record["period_end"]),
        _code(Basis, record["basis"]),
        PeriodStatus(record["period_status"]),
        record["period_text"],
    )


def _source(record: dict[str, Any]) -> Source:
    words: dict[str, Any] = {name: record[_column_name(name)] for name in SOURCE_FIELDS}
    return Source(**{**words, "kind": SourceKind(words["kind"]), "grade": SourceGrade(words["grade"])})
