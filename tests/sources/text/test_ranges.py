"""Ranges: both ends in the unit of the second half, and ranges that only say which things are counted."""

from __future__ import annotations

import pytest

from parkbook.sources.text.extract import extract_text


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("总投资10亿—20亿元。", 10, 20, "亿元"),
        ("总投资5000万元—1亿元。", 0.5, 1, "亿元"),
        ("总投资5000万至1亿元。", 0.5, 1, "亿元"),
        ("月薪6000元至1.2万元。", 0.6, 1.2, "万元"),
        ("用工800—1.2万人。", 0.08, 1.2, "万人"),
        ("纳税3000万—5,000万元。", 3000, 5000, "万元"),
        ("建设厂房2万—3万平方米。", 2, 3, "万平方米"),
        ("奖励5000—10000元。", 5000, 10000, "元"),
        ("增长8%—10%。", 8, 10, "%"),
    ],
)
def test_range(text: str, low: float, high: float, unit: str) -> None:
    (figure,) = extract_text(text).figures
    record = figure.record()
    assert (record["value"], record["value_low"], record["value_high"], record["unit"]) == (None, low, high, unit)
    assert record["qualifier"] == "range"


def test_from_one_value_to_another_is_no_range() -> None:
    assert [figure.record()["value"] for figure in extract_text("产值由5000万元到1亿元。").figures] == [5000, 1]


@pytest.mark.parametrize(
    "text",
    [
        "签约项目中，20亿元以上4个、10亿—20亿元6个、10亿元以下43个。",
        "签约项目中，20亿元及以上的4个，10亿元—20亿元的6个，10亿元以下的43个。",
    ],
)
def test_sizes_of_what_is_counted_are_no_figures(text: str) -> None:
    figures = extract_text(text).figures
    assert [figure.record()["value"] for figure in figures] == [4, 6, 43]
    assert [figure.record()["subject"] for figure in figures] == ["", "", ""]


def test_small_projects_are_counted_by_their_range() -> None:
    (figure,) = extract_text("5000万—1亿元项目3个。").figures
    assert figure.record()["value"] == 3
