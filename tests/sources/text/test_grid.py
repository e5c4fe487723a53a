"""Tables inside a plain text: Markdown, pipes and tabs, read as the tables of Word are, each cell a span of the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parkbook.sources.text import ledger
from parkbook.sources.text.extract import Extraction, extract_file, extract_text
from parkbook.sources.text.grid import find_grids
from parkbook.sources.text.patterns import half_width

INDICATORS = """2024年运行情况如下。
表1 2024年1-9月主要指标（单位：亿元）

| 指标 | 1-9月 | 同比（%） | 完成年度目标（%） |
|------|------:|:--------:|---|
| 规上工业总产值 | 512.3 | 6.4 | 78.2 |
| 其中：数字经济 | **120.6** | -2.1 | |
| 固定资产投资 | １,280.5 | *.* | xx |
| 新增企业数 | 35 | | 70% |

园区新引进项目12个。
"""
THINGS = """| 园区 | 规上工业总产值（亿元） | 同比（%） | 税收（万元） | 排名 |
|---|---|---|---|---|
| 东片区 | 120.5 | 3.2 | 8600 | 1 |
| 西片区 | ** | -0.4 | 5,200 |
"""
UNIT_COLUMN = """指标\t单位\t2024年上半年\t同比增长（%）
税收收入\t亿元\t6.8\t4.5
规上企业数\t家\t132\t8.2
研发投入强度\t%\t3.1\t
"""
YEARS = "年份\t税收（亿元）\t出口额（亿美元）\r\n2021\t5.2\t1.1\r\n2022年\t约6.4\t8-10\r\n"
TWO_HEADERS = """| 月份 | 规上工业总产值 | | 税收 | |
|---|---|---|---|---|
| | 绝对值（亿元） | 同比（%） | 绝对值（万元） | 环比（%） |
| 1-6月 | 300 | 2.1 | 900 | 3 |
"""
PROJECTS = r"""| 序号 | 项目\|名称 | 总投资（亿元） | 进展 |
| 1 | 远图数据中心 | 12 | 完成投资3亿元，增长5% |
| 2 | 明川二期 | 8500万元 | 未开工 |
"""
Row = tuple[str, Any, str, str, str, str]


def rows(text: str, extraction: Extraction | None = None) -> list[Row]:
    """(words in the text, value, unit, transformation with comparison, label, subject or parent) of every figure."""
    found = []
    for figure in (extraction or extract_text(text)).figures:
        record = figure.record()
        kind = str(record["transformation"]) + (f":{record['comparison']}" if record["comparison"] else "")
        owner = str(record["subject"] or record["parent"] or "")
        words = text[figure.start : figure.end]
        found.append((words, record["value"], str(record["unit"]), kind, str(record["label"]), owner))
    return found


def test_indicators_in_rows() -> None:
    assert rows(INDICATORS) == [
        ("512.3", 512.3, "亿元", "level", "规上工业总产值", ""),
        ("6.4", 6.4, "%", "growth:yoy", "规上工业总产值", ""),
        ("78.2", 78.2, "%", "completion", "规上工业总产值", ""),
        ("120.6", 120.6, "亿元", "level", "数字经济", "规上工业总产值"),
        ("-2.1", -2.1, "%", "growth:yoy", "数字经济", "规上工业总产值"),
        ("１,280.5", 1280.5, "亿元", "level", "固定资产投资", ""),
        ("*.*", None, "%", "growth:yoy", "固定资产投资", ""),
        ("xx", None, "%", "completion", "固定资产投资", ""),
        ("35", 35, "", "level", "新增企业数", ""),
        ("70%", 70, "%", "completion", "新增企业数", ""),
        ("12个", 12, "个", "level", "新引进项目", ""),
    ]
    extraction = extract_text(INDICATORS)
    assert {figure.observation.period.text for figure in extraction.figures[:10]} == {"1-9月"}
    assert {str(figure.observation.period.end) for figure in extraction.figures[:10]} == {"2024-09"}
    assert [figure.record()["obs_status"] for figure in extraction.figures].count("masked") == 2
    assert [figure.cell for figure in extraction.figures[:3]] == ["表1!B2", "表1!C2", "表1!D2"]


def test_things_in_rows() -> None:
    assert rows(THINGS) == [
        ("120.5", 120.5, "亿元", "level", "规上工业总产值", "东片区"),
        ("3.2", 3.2, "%", "growth:yoy", "规上工业总产值", "东片区"),
        ("8600", 8600, "万元", "level", "税收", "东片区"),
        ("1", 1, "", "rank", "排名", "东片区"),
        ("**", None, "亿元", "level", "规上工业总产值", "西片区"),
        ("-0.4", -0.4, "%", "growth:yoy", "规上工业总产值", "西片区"),
        ("5,200", 5200, "万元", "level", "税收", "西片区"),
    ]


def test_unit_column_behind_tabs() -> None:
    assert rows(UNIT_COLUMN) == [
        ("6.8", 6.8, "亿元", "level", "税收收入", ""),
        ("4.5", 4.5, "%", "growth:yoy", "税收收入", ""),
        ("132", 132, "家", "level", "规上企业数", ""),
        ("8.2", 8.2, "%", "growth:yoy", "规上企业数", ""),
        ("3.1", 3.1, "%", "level", "研发投入强度", ""),
    ]


def test_periods_in_rows() -> None:
    extraction = extract_text(YEARS)
    assert rows(YEARS, extraction) == [
        ("5.2", 5.2, "亿元", "level", "税收", ""),
        ("1.1", 1.1, "亿美元", "level", "出口额", ""),
        ("约6.4", 6.4, "亿元", "level", "税收", ""),
        ("8-10", None, "亿美元", "level", "出口额", ""),
    ]
    periods = [str(figure.observation.period.end) for figure in extraction.figures]
    assert periods == ["2021-12", "2021-12", "2022-12", "2022-12"]
    assert extraction.figures[2].observation.qualifier == "about"
    last = extraction.figures[3].record()
    assert (last["value_low"], last["value_high"], last["qualifier"]) == (8, 10, "range")


def test_two_header_rows() -> None:
    assert rows(TWO_HEADERS) == [
        ("300", 300, "亿元", "level", "规上工业总产值", ""),
        ("2.1", 2.1, "%", "growth:yoy", "规上工业总产值", ""),
        ("900", 900, "万元", "level", "税收", ""),
        ("3", 3, "%", "growth:mom", "税收", ""),
    ]


def test_words_in_a_cell_are_prose() -> None:
    assert rows(PROJECTS) == [
        ("12", 12, "亿元", "level", "总投资", "远图数据中心"),
        ("3亿元", 3, "亿元", "level", "完成投资", "远图数据中心"),
        ("5%", 5, "%", "growth:yoy", "完成投资", "远图数据中心"),
        ("8500万元", 8500, "万元", "level", "总投资", "明川二期"),
    ]
    (grid,) = find_grids(PROJECTS)
    assert grid.table.rows[0][1] == "项目|名称"


@pytest.mark.parametrize(
    ("line", "unit"),
    [("单位：万元", "万元"), ("（单位：亿元、%）", "亿元"), ("单位：亿元、家", ""), ("以万元计", "")],
)
def test_the_line_above_says_the_unit(line: str, unit: str) -> None:
    text = f"{line}\n| 指标 | 本期 | 同比 |\n|---|---|---|\n| 税收 | 120 | 3.5 |\n"
    assert [(figure.unit, figure.observation.unit_inferred) for figure in extract_text(text).figures] == [
        (unit, False),
        ("%", True),
    ]


def test_a_unit_line_is_not_for_numbers_of_things() -> None:
    text = "单位：万元\n| 指标 | 本期 |\n|---|---|\n| 税收 | 120 |\n| 企业数 | 31 |\n| 项目（个） | 4 |\n"
    assert [figure.unit for figure in extract_text(text).figures] == ["万元", "", "个"]


@pytest.mark.parametrize(
    "text",
    [
        "导航 | 首页 | 新闻\n完成产值12亿元 | 同比增长3%\n",
        "\t全年完成产值12亿元。\n\t税收增长3%。\n",
        "一、总体情况\t3\n",
        "| 任务 | 进展 |\n|---|---|\n| 招商 | 引进企业12家，增长3% |\n",
        "| 产值12亿元 |\n",
    ],
)
def test_what_only_looks_like_a_table(text: str) -> None:
    figures = extract_text(text).figures
    assert all(not figure.cell for figure in figures)
    assert [figure.observation.obs_value for figure in figures] == [
        figure.observation.obs_value for figure in extract_text(text, gridded=False).figures
    ]


def test_stars_are_bold_letters_only_in_markdown() -> None:
    with_rule = "| 指标 | 本期（亿元） |\n|---|---|\n| 税收 | **12** |\n"
    assert rows(with_rule) == [("12", 12, "亿元", "level", "税收", "")]
    without = with_rule.replace("|---|---|\n", "")
    assert rows(without) == [("**12**", None, "亿元", "level", "税收", "")]
    assert extract_text(without).figures[0].doubtful == "星号是隐去的数还是强调的记号不明，须核对"
    assert rows(without.replace("12", "12.5")) == [("12.5", 12.5, "亿元", "level", "税收", "")]


def test_ticks_and_codes_are_no_figures() -> None:
    text = "| 园区 | 是否达标 | 代码 | 建成时间 | 税收（万元） |\n|---|---|---|---|---|\n| 东 | × | 1001 | 2019 | 860 |\n| 西 | √ | 1002 | 2020 | ○ |\n"
    assert [(row[0], row[1]) for row in rows(text)] == [("860", 860), ("○", None)]


@pytest.mark.parametrize("text", [INDICATORS, THINGS, UNIT_COLUMN, YEARS, TWO_HEADERS, PROJECTS])
def test_coverage_closes(text: str) -> None:
    extraction = extract_text(text)
    assert ledger.is_closed(half_width(text), extraction.coverage)
    starts = [entry.start for entry in extraction.coverage]
    assert starts == sorted(starts)
    ends = [entry.end for entry in extraction.coverage]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert sum(entry.outcome == "figure" for entry in extraction.coverage) == len(extraction.figures)


def test_a_file_with_a_table(tmp_path: Path) -> None:
    path = tmp_path / "指标.md"
    path.write_bytes(INDICATORS.replace("\n", "\r\n").encode())
    records = [figure.record() for figure in extract_file(path).figures]
    text = path.read_bytes().decode()
    assert [text[record["start"] : record["end"]] for record in records][:3] == ["512.3", "6.4", "78.2"]
    assert records[0]["locator"] == f"表1!B2 字符 {records[0]['start']}-{records[0]['end']}"
