"""Cells that say more than a number, units of headers, totals, and tables without a header."""

from __future__ import annotations

from typing import Any

import pytest

from parkbook.sources.text.cells import BRACKETED, EITHER, FALLING, NOTED
from parkbook.sources.text.extract import Extraction, extract_text
from parkbook.sources.text.tables import NO_HEADER, TOTAL_OF


def table(*rows: str) -> str:
    """Rows whose cells are set apart by a stroke, as a table of tabs."""
    return "".join("\t".join(cell.strip() for cell in row.split("|")) + "\n" for row in rows)


def cells(text: str) -> dict[str, dict[str, Any]]:
    """The records of the figures of a table, by their words."""
    return {text[figure.start : figure.end]: figure.record() for figure in extract_text(text).figures}


def said(extraction: Extraction) -> list[tuple[Any, ...]]:
    return [
        (record["label"], record["subject"], record["value"], record["doubtful"])
        for record in (figure.record() for figure in extraction.figures)
    ]


@pytest.mark.parametrize(
    ("words", "value", "doubtful"),
    [
        ("▼3.5", -3.5, ""),
        ("▽ 3.5%", -3.5, ""),
        ("↓2%", -2, ""),
        ("2.1↓", -2.1, ""),
        ("↓-2.1", -2.1, ""),
        ("↑2.3", 2.3, ""),
        ("▲3.1", 3.1, EITHER),
        ("△3.1", 3.1, EITHER),
        ("(1.2)", 1.2, BRACKETED),
        ("（1.2）", 1.2, BRACKETED),
        ("（-1.2）", -1.2, ""),
        ("(+1.2)", 1.2, ""),
    ],
)
def test_signs_of_a_column_of_growth(words: str, value: float, doubtful: str) -> None:
    text = table("指标 | 2024年 | 同比（%）", f"税收（万元） | 120 | {words}")
    record = cells(text)[words]
    assert (record["value"], record["transformation"], record["unit"]) == (value, "growth", "%")
    assert record["doubtful"] == doubtful
    assert (record["confidence"] < 0.5) == bool(doubtful)


def test_an_arrow_down_elsewhere_shows_what_the_one_up_is() -> None:
    text = table("指标 | 同比（%）", "税收 | ▲3.1", "利润 | ▼2.1")
    assert [(one["value"], one["doubtful"]) for one in cells(text).values()] == [(3.1, ""), (-2.1, "")]


def test_an_arrow_beside_a_level_is_doubtful() -> None:
    record = cells(table("指标 | 2024年", "税收（万元） | 12.3↓"))["12.3↓"]
    assert (record["value"], record["doubtful"]) == (12.3, FALLING)


@pytest.mark.parametrize("line", ["（括号内为负数）", "括号中的数表示亏损", "注：负数用括号表示"])
def test_brackets_are_negative_where_the_table_says_so(line: str) -> None:
    text = f"单位：万元\n{table('企业 | 利润', '青禾公司 | (1.2)', '蓝汀公司 | 3.4')}{line}\n"
    text = text if line.startswith("注") else line + "\n" + text
    assert [(one["value"], one["doubtful"]) for one in cells(text).values()] == [(-1.2, ""), (3.4, "")]


@pytest.mark.parametrize(
    ("words", "value"), [("第1", 1), ("第三", 3), ("并列第2", 2), ("第4位", 4), ("1/12", 1), ("5", 5)]
)
def test_places(words: str, value: int) -> None:
    record = cells(table("园区 | 税收（万元） | 排名", f"东片区 | 860 | {words}"))[words]
    assert (record["value"], record["transformation"], record["subject"]) == (value, "rank", "东片区")


def test_ranges_need_a_unit() -> None:
    measured = cells(table("指标 | 目标", "税收（亿元） | 8-10", "企业（家） | 30～40"))
    assert [(one["value_low"], one["value_high"], one["unit"]) for one in measured.values()] == [
        (8, 10, "亿元"),
        (30, 40, "家"),
    ]
    extraction = extract_text(table("指标 | 目标 | 备注", "名称 | 8-10 | 3", "税收 | 10-8 | 4"))
    assert [figure.record()["value"] for figure in extraction.figures] == [3, 4]
    assert [finding.what for finding in extraction.findings] == ["表格中有2格的数没有读出"]
    assert extraction.findings[0].found == "表1!B2 8-10；表1!B3 10-8"


def test_a_part_in_brackets() -> None:
    whole, part = extract_text(table("指标 | 单位 | 数值", "入驻企业 | 家 | 120（其中外资8）")).figures
    assert (whole.record()["value"], whole.unit, whole.doubtful) == (120, "家", "")
    record = part.record()
    assert (record["value"], record["label"], record["parent"], record["unit"]) == (8, "外资", "入驻企业", "家")


@pytest.mark.parametrize("words", ["120（预计）", "86.5（-2.1%）", "35（含续建）"])
def test_other_brackets_make_it_doubtful(words: str) -> None:
    text = table("指标 | 2024年", f"税收（万元） | {words}", "利润（万元） | 5")
    first = extract_text(text).figures[0]
    assert (str(first.record()["value"]), first.doubtful) == (words.split("（")[0], NOTED)


def test_several_numbers_in_a_cell_are_reported() -> None:
    extraction = extract_text(table("指标 | 2024年", "面积（平方米） | 12.5/15", "排名 | 3→2", "税收（万元） | 5"))
    assert [figure.record()["value"] for figure in extraction.figures] == [5]
    assert extraction.findings[0].found == "表1!B2 12.5/15；表1!B3 3→2"
    assert [entry.reason for entry in extraction.coverage].count("表格中读不出的数") == 4


@pytest.mark.parametrize(
    ("header", "unit", "kind"),
    [
        ("完成目标%", "%", "completion"),
        ("完成率（%）", "%", "completion"),
        ("占比%", "%", "share"),
        ("同比±%", "%", "growth"),
        ("增速/%", "%", "growth"),
        ("金额/亿元", "亿元", "level"),
        ("数量/个", "个", "level"),
    ],
)
def test_the_unit_of_the_column_wins(header: str, unit: str, kind: str) -> None:
    text = table(f"指标 | 单位 | 1-9月 | {header}", "税收 | 万元 | 35,600 | 72.3")
    record = cells(text)["72.3"]
    assert (record["value"], record["unit"], record["transformation"]) == (72.3, unit, kind)
    assert cells(text)["35,600"]["unit"] == "万元"


# ---------------------------------------------------------------- rows
def test_totals_are_no_subjects() -> None:
    text = table("企业 | 税收（万元）", "青禾公司 | 3", "小计 | 3", "蓝汀公司 | 4", "平均 | 3.5", "合 计 | 7")
    assert said(extract_text(text)) == [
        ("税收", "青禾公司", 3, ""),
        ("税收", "", 3, TOTAL_OF),
        ("税收", "蓝汀公司", 4, ""),
        ("平均税收", "", 3.5, ""),
        ("税收", "", 7, ""),
    ]


def test_a_total_of_years_is_of_no_year() -> None:
    figures = extract_text(table("年份 | 税收", "2021 | 5亿元", "2022 | 6亿元", "合计 | 11亿元")).figures
    assert [figure.record()["time_period"] for figure in figures] == ["2021", "2022", ""]
    assert [figure.observation.reported_label for figure in figures] == ["税收"] * 3


def test_the_first_row_of_a_table_without_a_header() -> None:
    known = extract_text(table("营业收入 | 120亿元", "税收 | 12亿元", "高新技术企业 | 30家"))
    assert said(known) == [("营业收入", "", 120, ""), ("税收", "", 12, ""), ("高新技术企业", "", 30, "")]
    unknown = extract_text(table("1 | 青禾公司 | 12.5亿元", "2 | 蓝汀公司 | 3.2亿元"))
    assert said(unknown) == [("青禾公司", "", 12.5, NO_HEADER), ("蓝汀公司", "", 3.2, NO_HEADER)]


@pytest.mark.parametrize(
    "header", ["规模 | 500万元以上 | 1000万元以上", "指标 | 2023 | 2024", "指标 | 2023 年 | 2024年度"]
)
def test_a_header_with_numbers_is_one(header: str) -> None:
    text = table(header, "企业数（家） | 12 | 5", "项目数（个） | 14 | 6")
    assert [figure.record()["value"] for figure in extract_text(text).figures] == [12, 5, 14, 6]


def test_a_row_that_numbers_the_columns_is_part_of_the_header() -> None:
    text = table("指标 | 单位 | 本期 | 同比（%）", "甲 | 乙 | 1 | 2=1/3", "税收 | 万元 | 120 | 3.5")
    assert [figure.record()["value"] for figure in extract_text(text).figures] == [120, 3.5]
    assert extract_text(text).figures[0].observation.reported_label == "税收"


def test_rows_that_are_numbered() -> None:
    text = table("指标 | 2024年", "1.税收（万元） | 120", "（二）利润（万元） | 30", "③ 出口（万元） | 5")
    assert [figure.observation.reported_label for figure in extract_text(text).figures] == ["税收", "利润", "出口"]


def test_a_cell_of_words_that_begins_with_a_figure_is_prose() -> None:
    text = table(
        "项目 | 进展", "华光项目 | 2024年完成投资3亿元，增长5%", "星禾项目 | 35家企业入驻，投资12亿元", "合计 | 5亿元"
    )
    found = [(figure.cell, figure.record()["value"]) for figure in extract_text(text).figures]
    assert found == [("", 3), ("", 5), ("", 35), ("", 12), ("表1!B4", 5)]


def test_a_caption_is_not_that_of_the_table_before() -> None:
    first = table("指标 | 合计", "税收（万元） | 120")
    text = f"2024年1-9月主要指标\n{first}\n企业情况\n{first}"
    assert [figure.record()["period_status"] for figure in extract_text(text).figures] == ["stated", "unknown"]
    assert extract_text(text).figures[1].record()["time_period"] == ""


def test_things_without_a_measure_have_no_label() -> None:
    figures = extract_text(table("企业 | 2024年 | 2023年", "青禾公司 | 12 | 10", "蓝汀公司 | 5 | 4")).figures
    assert [(figure.observation.reported_label, figure.observation.subject) for figure in figures] == [
        ("", "青禾公司"),
        ("", "青禾公司"),
        ("", "蓝汀公司"),
        ("", "蓝汀公司"),
    ]
    assert all(figure.observation.confidence < 0.5 for figure in figures)
