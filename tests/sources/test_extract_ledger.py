"""A ledger file as JSON lines: under its layout, without one, and when it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from parkbook.sources.extract_ledger import extract_ledger
from parkbook.sources.jsonl import json_line, ledger_record
from parkbook.sources.layout import Layout

Fill = Callable[[Worksheet], None]
FIELDS = {
    *(
        "cell",
        "source_text",
        "value",
        "unit",
        "transformation",
        "comparison",
        "indicator_id",
        "indicator_label",
        "label",
    ),
    *("subject", "parent", "time_period", "period_text", "period_status", "basis", "obs_status", "qualifier"),
    *("confidence", "rule", "header_cells"),
}


def test_a_line_says_what_where_and_how_sure(
    home: Path, ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    found = extract_ledger(ledger("01经济.xlsx", **{"9月": monthly_form}), [economy()], "alpha")
    assert found.proposal is None
    lines = {str(record["cell"]): record for record in map(ledger_record, found.observations)}
    line = json.loads(json_line(lines["9月!F6"]))
    assert set(line) >= FIELDS
    assert (line["value"], line["unit"], line["transformation"], line["comparison"]) == (-3.2, "%", "growth", "yoy")
    assert (line["indicator_label"], line["parent"], line["time_period"]) == (
        "高新技术产业产值",
        "工业总产值",
        "2025-M1-9",
    )
    assert line["header_cells"] == ["E3 本月止累计", "F4 同比增长（%）", "A6 其中：高新技术产业产值"]
    assert (line["start"], line["end"], line["confidence"], line["rule"]) == (None, None, 1.0, "layout:economy")
    assert (lines["9月!B7"]["value"], lines["9月!B7"]["obs_status"]) == (None, "masked")
    assert lines["9月!E7"]["value"] == 50


def test_without_a_layout_one_is_proposed(home: Path, ledger: Callable[..., Path], monthly_form: Fill) -> None:
    found = extract_ledger(ledger("01经济.xlsx", **{"9月": monthly_form}))
    assert found.proposal is not None
    assert len(found.observations) > 10
    assert all(observation.rule == "inferred:inferred_1" for observation in found.observations)


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.et").write_bytes(b"x")
    found = extract_ledger(tmp_path / "a.et")
    assert (found.observations, found.proposal, len(found.findings)) == ([], None, 1)
    assert "WPS" in found.findings[0].remedy


def test_a_web_page_is_read_like_a_sheet(home: Path, tmp_path: Path) -> None:
    page = (
        "<html><table><tr><td colspan=3>2025年9月</td></tr><tr><th>指标<th>计量单位<th>本月</tr>"
        "<tr><td>工业总产值<td>亿元<td>1,234.50</tr></table></html>"
    )
    (tmp_path / "导出.xls").write_text(page, encoding="gb18030")
    found = extract_ledger(tmp_path / "导出.xls")
    [line] = map(ledger_record, found.observations)
    assert (line["cell"], line["value"], line["unit"], line["indicator_id"]) == ("表1!C3", 1234.5, "亿元", "output")
    assert not [finding for finding in found.findings if finding.code == "text_number"]
