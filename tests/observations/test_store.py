"""Observations to Parquet and back: equal, exact, and equal bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parkbook.errors import DataError
from parkbook.model import (
    Comparison,
    FiscalBasis,
    Observation,
    ObsStatus,
    PriceBasis,
    Qualifier,
    ScopeBasis,
    Source,
    SourceGrade,
    SourceKind,
    TargetKind,
    Transformation,
)
from parkbook.observations.store import read_observations, write_observations
from parkbook.periods import parse_period, unknown_period

FULL = Observation(
    ref_area="alpha",
    reported_label="工业产值\t“甲”",
    period=parse_period("上半年", 2025),
    locator="月报!D17",
    indicator_id="output",
    subject="甲公司",
    source=Source(
        source_id="s",
        kind=SourceKind.PUBLICATION,
        title="题",
        publisher="处",
        published="2025",
        address="http://x",
        sha256="0" * 64,
        grade=SourceGrade.OFFICIAL_REPRINT,
    ),
    parent="总额",
    transformation=Transformation.GROWTH,
    comparison=Comparison.VS_BASE,
    base_period="2019",
    price_basis=PriceBasis.CONSTANT,
    scope_basis=ScopeBasis.COMPARABLE,
    fiscal_basis=FiscalBasis.REFUND_ADJUSTED,
    seasonally_adjusted=True,
    target_kind=TargetKind.STRETCH,
    rank_scope="全区",
    rank_denominator=10,
    obs_value=Decimal("-8.80"),
    value_low=Decimal("-9"),
    value_high=Decimal("1E+3"),
    unit_measure="%",
    unit_mult=0,
    unit_inferred=True,
    obs_status=ObsStatus.ESTIMATED,
    qualifier=Qualifier.ABOUT,
    scope="规上",
    vintage="2025-07",
    header_cells=("D3 本月", "D4 绝对量"),
    source_text="词",
    note="注",
    rule="layout:x",
    confidence=Decimal("0.9"),
    corrected_from="1（错）",
    attributes=(("stage", "在建"), ("date", "2025-03-05")),
)


def test_every_field_comes_back(tmp_path: Path, figure: Callable[..., Observation]) -> None:
    plain = [
        FULL,
        figure("1亿元", period=unknown_period("x月", masked=True)),
        figure("亿元", obs_status=ObsStatus.MASKED),
    ]
    write_observations(plain, tmp_path / "o.parquet")
    back = read_observations(tmp_path / "o.parquet")
    assert back == plain
    assert [str(observation.obs_value) for observation in back] == ["-8.80", "1", "None"]
    assert [observation.obs_id for observation in back] == [observation.obs_id for observation in plain]


def test_no_observations_is_a_file_too(tmp_path: Path) -> None:
    write_observations([], tmp_path / "o.parquet")
    assert read_observations(tmp_path / "o.parquet") == []


def test_equal_observations_are_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_observations([FULL, FULL], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert str(tmp_path).encode() not in (tmp_path / "a").read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.decimals(allow_nan=False, allow_infinity=False), max_size=5),
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
)
def test_any_number_and_text_come_back_exactly(tmp_path: Path, numbers: list[Decimal], text: str) -> None:
    observations = [replace(FULL, obs_value=number, reported_label=text) for number in numbers]
    write_observations(observations, tmp_path / "o.parquet")
    back = read_observations(tmp_path / "o.parquet")
    assert back == observations
    assert [str(observation.obs_value) for observation in back] == [str(number) for number in numbers]


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        ("12.30", "12.3"),
        ("-8.8", "-8.8"),
        ("1E+27", "1E+27"),
        ("1E+28", None),
        ("0.0000000001", "1E-10"),
        ("1E-11", None),
        ("0E-30", "0"),
        ("12345678901234567890123456789", None),
    ],
)
def test_numbers_are_also_stored_as_decimals_where_they_fit(tmp_path: Path, number: str, stored: str | None) -> None:
    write_observations([replace(FULL, obs_value=Decimal(number))], tmp_path / "o.parquet")
    [value] = pq.read_table(tmp_path / "o.parquet")["obs_value_decimal"].to_pylist()
    assert value == (None if stored is None else Decimal(stored))


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "o.parquet").write_bytes(b"no")
    with pytest.raises(DataError, match=r"数据文件无法读取.*o\.parquet"):
        read_observations(tmp_path / "o.parquet")
    with pytest.raises(DataError, match="数据文件无法读取"):
        read_observations(tmp_path / "none.parquet")
    table = pq.read_table
    write_observations([FULL], tmp_path / "o.parquet")
    pq.write_table(table(tmp_path / "o.parquet").drop(["unit_mult"]), tmp_path / "p.parquet")
    with pytest.raises(DataError, match=r"数据文件缺少列.*缺 unit_mult"):
        read_observations(tmp_path / "p.parquet")
