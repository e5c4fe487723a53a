"""The layout format: what it takes, what it refuses, and that its documentation is an example of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from parkbook.errors import DataError, Finding, Severity
from parkbook.sources.layout import ColumnSpec, EmptyLayout, Layout, Origin, PeriodRule, normal_words, read_layouts

ROOT = Path(__file__).resolve().parents[2]


def test_the_example_in_the_documentation_is_a_layout() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    start = text.index("```yaml", text.index("## Layout of a ledger")) + 7
    layout = Layout.model_validate(yaml.safe_load(text[start : text.index("```", start)]))
    assert layout.id == "economy"
    assert layout.indicators["一般公共预算收入"].indicator == "budget_revenue"


@pytest.mark.parametrize(
    ("given", "origin", "text"),
    [
        ({"fixed": "2025年9月"}, Origin.FIXED, "2025年9月"),
        ("2025", Origin.FIXED, "2025"),
        (2025, Origin.FIXED, "2025"),
        ({"from": "fixed", "text": 2025}, Origin.FIXED, "2025"),
        ({"from": "sheet", "year": 2025}, Origin.SHEET, ""),
    ],
)
def test_short_forms_of_rules(given: Any, origin: Origin, text: str) -> None:
    rule = PeriodRule.model_validate(given)
    assert (rule.origin, rule.text) == (origin, text)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"header_rows": [4, 3]}, "header_rows 须由上到下"),
        ({"first_row": 4}, "都在 first_row 之上"),
        ({"indicators": {}}, "须写明 indicators"),
        ({"count_rows": {"indicator": "honours"}}, "count_rows 只用于 rows: subjects"),
        ({"period": {"from": "title"}}, "须同时写明 cell"),
        ({"period": {"from": "cell", "cell": "1A"}}, "单元格地址“1A”不成立"),
        ({"columns": [{"header": ["本月"], "indicator": "output"}]}, "由行名决定"),
        ({"rows": "subjects"}, "写明 indicator、attribute 或 ignore"),
        ({"columns": [{"header": ["甲"]}, {"header": "甲 "}]}, "表头“甲 ”写了两次"),
        ({"columns": [{"header": ["甲"], "unit": "亿圆"}]}, "未知的计量单位“亿圆”"),
        ({"columns": [{"header": ["甲"], "period": "某年"}]}, "某年"),
        ({"rows": "periods", "columns": [{"header": ["产值"], "indicator": "output"}]}, "rows: periods 的 period 须为"),
    ],
)
def test_inconsistent_layouts_are_refused(
    economy: Callable[..., Layout], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        economy(**changes)


def test_a_column_says_one_thing() -> None:
    with pytest.raises(ValidationError, match="只能写其一"):
        ColumnSpec.model_validate({"header": ["甲"], "indicator": "output", "attribute": "甲"})


def write(home: Path, name: str, text: str) -> None:
    folder = home / "data" / "layouts" / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


MINIMAL = """id: {id}
file: "*.xlsx"
period: "2025"
unit: 万元
header_rows: [1]
first_row: 2
rows: subjects
key: {{header: [企业]}}
columns: [{{header: [产值], indicator: output}}]
"""


def test_layouts_of_a_park_in_file_order(home: Path) -> None:
    write(home, "b.yaml", MINIMAL.format(id="b"))
    write(home, "a.yaml", MINIMAL.format(id="a"))
    assert [layout.id for layout in read_layouts("demo")] == ["a", "b"]
    assert read_layouts("other") == []


def test_unknown_field_names_file_field_and_suggestion(home: Path) -> None:
    write(home, "a.yaml", MINIMAL.format(id="a") + "colums: []\n")
    with pytest.raises(DataError) as caught:
        read_layouts("demo")
    assert caught.value.finding.where == "data/layouts/demo/a.yaml"
    assert "colums" in caught.value.finding.found
    assert "columns" in caught.value.finding.cause


def test_unknown_field_of_a_column_is_named_by_its_place(home: Path) -> None:
    write(home, "a.yaml", MINIMAL.format(id="a").replace("indicator: output", "indicator: output, unti: 万元"))
    with pytest.raises(DataError, match=r"columns\.0\.unti"):
        read_layouts("demo")


def test_two_layouts_of_one_id_are_refused(home: Path) -> None:
    write(home, "a.yaml", MINIMAL.format(id="a"))
    write(home, "b.yaml", MINIMAL.format(id="a"))
    with pytest.raises(DataError, match=r"版式代码“a”重复.*b\.yaml.*a\.yaml"):
        read_layouts("demo")


def test_broken_yaml_names_the_line(home: Path) -> None:
    write(home, "a.yaml", "id: a\ncolumns: [\n")
    with pytest.raises(DataError, match=r"a\.yaml 第 \d+ 行"):
        read_layouts("demo")


@pytest.mark.parametrize("text", ["同比增长（％）", "同比增长(%)", "同比\n增长 (%)"])
def test_headers_compare_without_space_and_width(text: str) -> None:
    assert normal_words(text) == "同比增长(%)"


@pytest.mark.parametrize("text", ["", "\n", "# 没有要确认的版式\n---\n"])
def test_a_file_without_content_is_refused_or_passed_over(home: Path, text: str) -> None:
    folder = home / "data" / "layouts" / "demo"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EmptyLayout, match="是空的"):
        read_layouts("demo")
    empty: list[Finding] = []
    assert read_layouts("demo", empty) == []
    [finding] = empty
    assert (finding.severity, finding.where) == (Severity.WARNING, "data/layouts/demo/a.yaml")


def test_what_is_missing_is_said_in_chinese(home: Path) -> None:
    folder = home / "data" / "layouts" / "demo"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("id: a\nperiod: 2025\ncolums: []\nrows: rows\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_layouts("demo")
    found = raised.value.finding.found
    assert "header_rows：缺少这个字段" in found
    assert "colums：没有这个字段" in found
    assert "rows：应为 'indicators', 'subjects'、'periods' 之一" in found
    assert not re.search(r"[A-Z][a-z]+ [a-z]+", found)
