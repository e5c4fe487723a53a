"""published.csv: every bad row is named by file, line and column, and the others are read."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from parkbook.errors import Finding, Severity
from parkbook.model import Comparison, Observation, ObsStatus, Source, SourceKind, Transformation
from parkbook.periods import PeriodStatus
from parkbook.sources.published import AREA_COLUMN, COLUMNS, read_published

SOURCES = {"alpha-2025": Source(source_id="alpha-2025", kind=SourceKind.REPORT, published="2026-01-10")}
GOOD = {
    "source": "alpha-2025",
    "reported_label": "工业产值",
    "indicator_id": "output",
    "period": "2025年",
    "period_status": "stated",
    "transformation": "level",
    "value": "1769.6",
    "unit": "亿元",
    "obs_status": "reported",
    "locator": "字符 588-596",
    "source_text": "工业产值1769.6亿元",
}


def write(home: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    path = home / "data" / "published.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(home: Path, **changes: str) -> tuple[list[Observation], list[Finding]]:
    """The good row and, in line 3, one that differs from it."""
    return read_published(write(home, GOOD, GOOD | changes), "alpha", SOURCES)


def test_reads_a_figure_with_all_it_says(home: Path) -> None:
    observations, findings = read(
        home,
        transformation="growth",
        comparison="yoy",
        value="-8.8",
        unit="％",
        period="",
        period_status="masked",
        unit_inferred="true",
        subject="某企业",
        scope="规上",
        note="注",
    )
    assert findings == []
    first, second = observations
    assert (first.obs_value, str(first.unit), first.period.time_period, first.vintage) == (
        Decimal("1769.6"),
        "亿元",
        "2025",
        "2026-01-10",
    )
    assert (second.transformation, second.comparison, second.obs_value) == (
        Transformation.GROWTH,
        Comparison.YOY,
        Decimal("-8.8"),
    )
    assert (second.period.status, second.period.known, second.unit_inferred) == (PeriodStatus.MASKED, False, True)
    assert (second.subject, second.scope, second.locator) == ("某企业", "规上", "字符 588-596")


def test_masked_figure_is_kept_without_a_number(home: Path) -> None:
    observations, findings = read(home, value="", obs_status="masked")
    assert findings == []
    assert (observations[1].obs_value, observations[1].obs_status) == (None, ObsStatus.MASKED)


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"unit": "亿圆"}, "unit", "未知的计量单位“亿圆”"),
        ({"unit": ""}, "unit", "有数而没有单位"),
        ({"period": "去年"}, "period", "无法识别的报告期"),
        ({"period": ""}, "period_status", "没有报告期"),
        ({"period": "上半年"}, "period", "报告期没有年份"),
        ({"period_status": "unknown"}, "period_status", "矛盾"),
        ({"period_status": "guessed"}, "period_status", "未知代码“guessed”"),
        ({"source": "alpha-2024"}, "source", "未登记的来源“alpha-2024”"),
        ({"value": "1,769.6"}, "value", "不是数"),
        ({"value": "1769.6亿"}, "value", "不是数"),
        ({"value": ""}, "value", "状态为 reported 却没有数"),
        ({"obs_status": "masked"}, "value", "状态为 masked 却有数"),
        ({"obs_status": "withheld", "value": "", "value_low": "1"}, "value_low", "状态为 withheld 却有数"),
        ({"value_low": "1"}, "value_low", "既有数又有范围"),
        ({"value": "", "value_low": "9", "value_high": "8"}, "value_low", "下限大于上限"),
        ({"transformation": "grwoth"}, "transformation", "您是不是要用 growth"),
        ({"comparison": "同期"}, "comparison", "未知代码“同期”"),
        ({"qualifier": "大约"}, "qualifier", "未知代码“大约”"),
        ({"unit_inferred": "maybe"}, "unit_inferred", "不是 true 或 false"),
        ({"reported_label": ""}, "reported_label", "没有原文名称"),
    ],
)
def test_a_bad_row_is_left_out_and_named(home: Path, changes: dict[str, str], column: str, message: str) -> None:
    observations, findings = read(home, **changes)
    assert [observation.obs_value for observation in observations] == [Decimal("1769.6")]
    assert [finding.where for finding in findings] == [f"data/published.csv 第3行 列 {column}"]
    assert message in str(findings[0])
    assert findings[0].severity is Severity.ERROR


def test_all_faults_of_a_row_are_named(home: Path) -> None:
    _, findings = read(home, unit="亿圆", value="x", source="beta")
    assert sorted(finding.where.split(" 列 ")[1] for finding in findings) == ["source", "unit", "value"]


def test_unknown_indicator_leaves_the_figure_without_one(home: Path) -> None:
    observations, findings = read(home, indicator_id="outptu")
    assert observations[1].indicator_id == ""
    assert observations[1].obs_value == Decimal("1769.6")
    assert findings[0].where == "data/published.csv 第3行 列 indicator_id"
    assert "您是不是要用 output？" in findings[0].cause


@pytest.mark.parametrize("value", ["100001", "-1"])
def test_a_value_out_of_range_is_kept_and_reported(home: Path, value: str) -> None:
    observations, findings = read(home, value=value)
    assert observations[1].obs_value == Decimal(value)
    assert (findings[0].code, findings[0].severity) == ("range", Severity.WARNING)
    assert findings[0].where == "data/published.csv 第3行 列 value"
    assert findings[0].expected == "0 至 100000 亿元"


def test_range_is_checked_in_the_unit_of_the_catalogue(home: Path) -> None:
    assert read(home, value="100001", unit="万元")[1] == []
    assert read(home, value="1000010000", unit="万元")[1] != []


def test_growth_is_not_held_to_the_range_of_levels(home: Path) -> None:
    assert read(home, transformation="growth", value="-8.8", unit="%")[1] == []


def test_unit_of_another_kind_is_reported(home: Path) -> None:
    observations, findings = read(home, unit="万美元")
    assert len(observations) == 2
    assert findings[0].where.endswith("第3行 列 unit")
    assert "工业总产值的单位与指标目录不同" in findings[0].what


def test_long_source_text_is_cut_and_reported(home: Path) -> None:
    observations, findings = read(home, source_text="字" * 31)
    assert observations[1].source_text == "字" * 30
    assert findings[0].where == "data/published.csv 第3行 列 source_text"
    assert findings[0].found == "31 字"


def test_columns_must_be_those_of_the_format(home: Path) -> None:
    columns = (*(name for name in COLUMNS if name != "unit"), "unti")
    observations, findings = read_published(write(home, GOOD, columns=columns), "alpha", SOURCES)
    assert observations == []
    assert [finding.what for finding in findings] == ["缺少列 unit", "多出未知的列 unti"]
    assert findings[0].where == "data/published.csv 第1行"


def test_a_row_with_another_number_of_fields_is_named(home: Path) -> None:
    path = write(home, GOOD)
    with path.open("a", encoding="utf-8") as file:
        file.write("alpha-2025,产值,多\n")
        file.write(",".join(["alpha-2025"] * (len(COLUMNS) + 1)) + "\n")
    observations, findings = read_published(path, "alpha", SOURCES)
    assert len(observations) == 1
    assert [finding.where for finding in findings] == [
        "data/published.csv 第3行 列 source",
        "data/published.csv 第4行 列 source",
    ]


def test_lines_are_counted_as_an_editor_counts_them(home: Path) -> None:
    path = write(home, GOOD | {"note": "两行\n的注"}, GOOD | {"unit": "亿圆", "note": "两行\n的注"})
    findings = read_published(path, "alpha", SOURCES)[1]
    assert findings[0].where == "data/published.csv 第4行 列 unit"


def test_context_rows_name_their_area(home: Path) -> None:
    path = write(home, GOOD | {AREA_COLUMN: "beijing"}, GOOD, columns=(AREA_COLUMN, *COLUMNS))
    observations, findings = read_published(path, None, SOURCES)
    assert [observation.ref_area for observation in observations] == ["beijing"]
    assert findings[0].where == "data/published.csv 第3行 列 ref_area"


def test_a_file_in_another_encoding_is_one_finding(home: Path) -> None:
    path = home / "data" / "published.csv"
    path.write_bytes("来源,指标".encode("gb18030"))
    observations, findings = read_published(path, "alpha", SOURCES)
    assert observations == []
    assert "UTF-8" in findings[0].expected
