"""A whole park: all sources together, corrected, checked; what cannot be read is found, never fatal."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from parkbook.errors import DataError, UnknownCodeError
from parkbook.observations.read import read_context, read_park
from parkbook.sources.published import AREA_COLUMN, COLUMNS

LAYOUT = """id: economy
file: "01*.xlsx"
period: "2025年9月"
unit: 亿元
header_rows: [1]
first_row: 2
rows: indicators
key: {header: [指标名称]}
indicators: {工业总产值: output, 别的: outptu}
columns: [{header: [本月]}]
"""


def published(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> None:
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    (folder / "published.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


ROW = {
    "source": "alpha-2025",
    "reported_label": "工业总产值",
    "indicator_id": "output",
    "period": "2025年9月",
    "period_status": "stated",
    "value": "12.8",
    "unit": "亿元",
    "locator": "字符 1-4",
}


@pytest.fixture
def park(home: Path) -> Path:
    folder = home / "data" / "parks" / "alpha"
    (folder / "ledgers").mkdir()
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (("指标名称", "本月"), ("工业总产值", 12.3), ("别的", 1)):
        sheet.append(line)
    book.save(folder / "ledgers" / "01.xlsx")
    (home / "data" / "layouts" / "alpha").mkdir(parents=True)
    (home / "data" / "layouts" / "alpha" / "economy.yaml").write_text(LAYOUT, encoding="utf-8")
    published(folder, ROW)
    return folder


def test_published_and_ledgers_meet(park: Path) -> None:
    data = read_park("alpha")
    assert data.park.name == "甲园"
    assert [(o.indicator_id, o.obs_value, o.locator) for o in data.observations] == [
        ("output", Decimal("12.8"), "字符 1-4"),
        ("output", Decimal("12.3"), "Sheet!B2"),
        ("", Decimal(1), "Sheet!B3"),
    ]
    assert sorted(finding.code for finding in data.findings) == ["conflict", "unknown_code"]
    unknown = next(finding for finding in data.findings if finding.code == "unknown_code")
    assert (unknown.where, unknown.cause) == ("data/layouts/alpha/economy.yaml", "您是不是要用 output？")


def test_corrections_come_before_comparison(park: Path) -> None:
    entry = {
        "id": "c",
        "source": "alpha-2025",
        "locator": "字符 1-4",
        "expect": {"value": "12.8"},
        "set": {"value": "12.3"},
        "reason": "误抄",
    }
    (park / "corrections.yaml").write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    data = read_park("alpha")
    assert data.observations[0].corrected_from == "12.8亿元（误抄）"
    assert "conflict" not in {finding.code for finding in data.findings}


def test_a_broken_layout_is_a_finding_and_the_rest_is_read(park: Path, home: Path) -> None:
    (home / "data" / "layouts" / "alpha" / "bad.yaml").write_text("id: bad\nfiel: x\n", encoding="utf-8")
    data = read_park("alpha")
    assert len(data.observations) == 3
    assert any(finding.where == "data/layouts/alpha/bad.yaml" and "fiel" in finding.found for finding in data.findings)


def test_a_report_that_cannot_be_read_is_a_finding_of_its_park(park: Path) -> None:
    (park / "reports").mkdir()
    (park / "reports" / "总结.docx").write_bytes(b"")
    found = [f for f in read_park("alpha").findings if f.code == "report"]
    assert [f.severity for f in found] == ["error"]
    assert "总结.docx" in found[0].where + found[0].what


def test_a_park_without_data_has_no_observations(home: Path) -> None:
    data = read_park("alpha")
    assert (data.observations, data.findings) == ((), ())


def test_unknown_and_empty_folders_are_raised(home: Path) -> None:
    (home / "data" / "parks" / "beta").mkdir()
    with pytest.raises(UnknownCodeError, match="您是不是要用 alpha？"):
        read_park("alpah")
    with pytest.raises(DataError, match=r"没有 park\.yaml"):
        read_park("beta")


def test_context_has_areas_and_corrections(home: Path) -> None:
    folder = home / "data" / "context"
    assert read_context().observations == ()
    (folder / "areas.yaml").write_text("areas:\n  - {id: beijing, name: 全市, kind: aggregate}\n", encoding="utf-8")
    (folder / "sources.yaml").write_text("sources:\n  - {id: alpha-2025, kind: publication}\n", encoding="utf-8")
    published(
        folder,
        ROW | {AREA_COLUMN: "beijing"},
        ROW | {AREA_COLUMN: "alpha"},
        ROW | {AREA_COLUMN: "beijng"},
        columns=(AREA_COLUMN, *COLUMNS),
    )
    context = read_context()
    assert [area.name for area in context.areas] == ["全市"]
    assert len(context.observations) == 3
    assert [(finding.what, finding.cause) for finding in context.findings] == [
        ("未登记的区域“beijng”", "您是不是要用 beijing？")
    ]


def test_a_broken_areas_file_is_refused(home: Path) -> None:
    (home / "data" / "context" / "areas.yaml").write_text(
        "areas:\n  - {id: x, name: y, kind: town}\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"areas\.yaml 第 1 项.*kind"):
        read_context()
