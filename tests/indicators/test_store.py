"""Indicator values as a file: what goes in comes out, in one order, whatever the order it came in."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.errors import DataError
from parkbook.indicators.formulas import implied_growth, published
from parkbook.indicators.store import SCHEMA, Shown, read_indicators, write_indicators
from parkbook.model import Comparison, ObsStatus, Transformation

INDICATOR = catalogue().get("gross_industrial_output")


@pytest.fixture
def values(observe):
    level, before = observe("12.30", period="2025", scope="规上"), observe("10", period="2024", locator="表2")
    rate = observe("5", period="2025", transformation=Transformation.GROWTH, comparison=Comparison.YOY, unit="%")
    masked = observe(None, period="2025", obs_status=ObsStatus.MASKED, subject="某企业")
    computed = implied_growth(INDICATOR, level, before, rate)
    found = [published(level, INDICATOR), published(rate, INDICATOR), published(masked, INDICATOR), computed]
    return [Shown("park", "p", value, "", {"period": "2025"}) for value in found]


def test_what_goes_in_comes_out(values, tmp_path):
    write_indicators(values, tmp_path / "i.parquet")
    rows = read_indicators(tmp_path / "i.parquet")
    assert list(rows[0]) == SCHEMA.names
    by_kind = {(row["transformation"], row["computed"], row["subject"]): row for row in rows}
    level = by_kind["level", False, ""]
    assert (level["value"], level["unit"], level["scope"], level["time_period"]) == ("12.30", "亿元", "规上", "2025")
    assert level["value_decimal"] == Decimal("12.3") and len(level["inputs"]) == 1
    assert json.loads(level["parameters"]) == {"period": "2025"}
    hidden = by_kind["level", False, "某企业"]
    assert (hidden["value"], hidden["status"], hidden["value_decimal"]) == ("", "masked", None)
    implied = by_kind["growth", True, ""]
    assert (implied["formula"], implied["status"], len(implied["inputs"])) == (
        "本期数 ÷ 上年同期数 − 1",
        "estimated",
        2,
    )


def test_equal_values_give_equal_bytes(values, tmp_path):
    write_indicators(values, tmp_path / "a.parquet")
    write_indicators(values[::-1], tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_a_run_without_the_file_says_what_to_do(tmp_path):
    with pytest.raises(DataError, match=r"指标值文件无法读取.*重新运行"):
        read_indicators(tmp_path / "none.parquet")


def test_another_file_is_refused(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"x": [1]}), tmp_path / "x.parquet")
    with pytest.raises(DataError, match="缺少列"):
        read_indicators(tmp_path / "x.parquet")
