"""The whole way, as a user goes it: data in, documents out, and a figure followed from the page back to its words."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from parkbook.cli import main
from parkbook.project import HOME_VARIABLE

ROOT = Path(__file__).resolve().parents[1]
NAME = "镕垚玥昇翀创新园"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """One run over a real park and a new one whose name is not in GB2312, in a folder with a space and Chinese characters."""
    home = tmp_path_factory.mktemp("新 园区") / "工作簿"
    shutil.copytree(ROOT / "data", home / "data", ignore=shutil.ignore_patterns("demo"))
    (home / "notebooks").symlink_to(ROOT / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home))
        assert main(["new-park", "xin", "--name", NAME]) == 0
        _add_figures(home / "data/parks/xin")
        out = home / "outputs" / "运行 1"
        assert main(["run", "briefing", "--park", "qilu", "--park", "xin", "--jobs", "2", "--out", str(out)]) == 0
    return out


def _add_figures(folder: Path) -> None:
    park = folder / "park.yaml"
    sources = "sources:\n  - {id: xin-s1, kind: publication, title: 年度公报, address: 'http://example.org/1', grade: official}\n"
    park.write_text(re.sub(r"sources: *\[\]\n?", sources, park.read_text(encoding="utf-8")), encoding="utf-8")
    with (ROOT / "data/parks/qilu/published.csv").open(encoding="utf-8", newline="") as file:
        columns = csv.DictReader(file).fieldnames
    figures = [
        ("gross_industrial_output", "工业产值", "120.5", "亿元", "level"),
        ("gross_industrial_output", "工业产值", "-3.2", "%", "growth"),
        ("total_trade", "进出口总额", "33", "亿元", "level"),
        ("tax_revenue", "税收", "8.1", "亿元", "level"),
        ("fixed_asset_investment", "固定资产投资", "54", "亿元", "level"),
    ]
    with (folder / "published.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for number, (indicator, label, value, unit, kind) in enumerate(figures, start=1):
            writer.writerow(
                {
                    "source": "xin-s1",
                    "reported_label": label,
                    "indicator_id": indicator,
                    "period": "2024年",
                    "period_status": "stated",
                    "transformation": kind,
                    "comparison": "yoy" if kind == "growth" else "",
                    "value": value,
                    "unit": unit,
                    "obs_status": "reported",
                    "qualifier": "exact",
                    "locator": f"表1第{number}行",
                    "source_text": f"{label}{value}",
                }
            )


def pdf_text(path: Path) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(path).pages))


def test_a_name_outside_gb2312_is_drawn(outputs):
    text = pdf_text(outputs / "parks/xin/briefing.pdf")
    assert NAME in text
    assert "工业产值120.5亿元，同比下降3.2%" in text


def test_a_figure_leads_from_the_page_to_the_words_it_came_from(outputs):
    page = (outputs / "parks/qilu/briefing.html").read_text(encoding="utf-8")
    target = re.search(r"popovertarget=(\w+)[^>]*>39577万美元<", page)
    assert target, "the figure is not a button that opens its source"
    panel = page[page.index(f"id={target[1]}>") :][:2500]
    with (ROOT / "data/parks/qilu/published.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["value"] == "39577")
    for words in (row["locator"], row["source_text"], "2025年", "足迹2025"):
        assert words in panel


def test_the_page_stands_alone_and_speaks_for_nobody(outputs):
    page = (outputs / "parks/qilu/briefing.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert 'lang="zh-CN"' in page and "根据公开资料整理，非官方文件" in page
    assert str(ROOT) not in page and str(outputs) not in page
    for sheet in PdfReader(outputs / "parks/qilu/briefing.pdf").pages:
        assert "根据公开资料整理，非官方文件" in re.sub(r"\s", "", sheet.extract_text())


def test_what_a_run_leaves(outputs):
    for name in (
        "index.html",
        "manifest.json",
        "observations.parquet",
        "indicators.parquet",
        "parks/qilu/briefing.ipynb",
        "parks/xin/briefing.html",
    ):
        assert (outputs / name).stat().st_size > 0
    assert NAME in (outputs / "index.html").read_text(encoding="utf-8")
