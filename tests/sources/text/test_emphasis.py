"""Bold and slanted letters of Markdown are no masks, and masks are no letters."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from parkbook.sources.text import ledger
from parkbook.sources.text.emphasis import UNCLEAR
from parkbook.sources.text.extract import Extraction, extract_file, extract_text
from parkbook.sources.text.patterns import half_width


def read(text: str, markdown: bool = False) -> list[tuple[str, Any]]:
    """The words of every figure and its value; what is masked has none."""
    return values(text, extract_text(text, markdown=markdown))


def values(text: str, extraction: Extraction) -> list[tuple[str, Any]]:
    return [(text[figure.start : figure.end], figure.record()["value"]) for figure in extraction.figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("营收**12.5亿元**，税收**3.2** 亿元", [("12.5亿元", 12.5), ("3.2** 亿元", 3.2)]),
        ("营收**320.5**亿元，增长**8.6%**。", [("320.5**亿元", 320.5), ("8.6%", 8.6)]),
        ("税收增长*5.6%*，利润*下降2.1%*。", [("5.6%", 5.6), ("2.1%", -2.1)]),
        ("入驻企业__3__家，高企_12_家", [("3__家", 3), ("12_家", 12)]),
        ("***重点***工作12项，投资***3.5亿元***", [("12项", 12), ("3.5亿元", 3.5)]),
        ("出口**1,280**万美元", [("1,280**万美元", 1280)]),
    ],
)
def test_emphasised_figures_are_numbers(text: str, expected: list[tuple[str, Any]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "完成产值**亿元，新引进*家，增长**%。",
        "完成产值**亿元，同比增长5%，完成税收**万元。",
        "产值*亿元，同比增长5%，引进*家。",
        "税收29**6万元，产值*3.5亿元，企业3*家，项目1*2个，占**.27%。",
        "*园区新增企业5家，*公司投资12亿元。",
        "完成\\*\\*亿元，增长5%，引进\\*\\*家",
    ],
)
@pytest.mark.parametrize("markdown", [False, True])
def test_masks_stay_masks(text: str, markdown: bool) -> None:
    masked = [words for words, value in read(text, markdown) if value is None]
    assert all("*" in words for words in masked)
    assert len(masked) == sum(text.count(mark) for mark in ("*亿", "*万", "*家", "*%", "29*", "*3", "1*", "*."))
    assert {value for _, value in read(text, markdown)} <= {None, 5, 12}


def test_what_may_be_either_is_masked_and_doubtful() -> None:
    for text in ("企业*12*家。", "引进**12**家企业，利润*亿元。", "# 运行情况\n引进*12*家，利润*亿元。"):
        figure = extract_text(text).figures[0]
        assert (figure.record()["value"], figure.doubtful) == (None, UNCLEAR)
        assert figure.observation.obs_status == "masked"
        assert figure.observation.confidence < 1 / 2


def test_markdown_that_masks_nothing_settles_it() -> None:
    assert read("# 运行情况\n引进*12*家企业，税收**5亿元**。") == [("引进*12*家"[3:6] + "家", 12), ("5亿元", 5)]
    assert read("引进**12**家企业，税收**5亿元**。") == [("12**家", 12), ("5亿元", 5)]


def test_emphasised_words_of_markdown() -> None:
    text = "## 二、税收\n**全年实现税收收入12亿元，增长5%**，利润*亿元。**出口**3亿元，其中**软件业**2亿元。"
    found = [(f.observation.reported_label, f.record()["value"]) for f in extract_text(text).figures]
    assert found == [("税收收入", 12), ("税收收入", 5), ("利润", None), ("出口", 3), ("软件业出口", 2)]


def test_bullets_are_no_masks_and_no_labels() -> None:
    text = "# 运行情况\n* 引进企业12家\n* 投资*亿元\n- 新增项目3个\n"
    found = [(f.observation.reported_label, f.record()["value"]) for f in extract_text(text).figures]
    assert found == [("引进企业", 12), ("投资", None), ("新增项目", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "营收**12.5亿元**，税收**3.2** 亿元，***重点***工作，企业*12*家，利润**亿元",
        "| 指标 | 本期 |\n|---|---|\n| **税收** | **12.5亿元** |\n| 合计 | *3* |\n",
        "# 题\n**出口**3\u200b亿元，**3**²亿元",
    ],
)
def test_the_ledger_closes(text: str) -> None:
    entries = extract_text(text).coverage
    assert ledger.is_closed(half_width(text), entries)
    assert all(first.end <= second.start for first, second in pairwise(entries))
    assert all(text[entry.start : entry.end] == entry.text for entry in entries)


def test_the_ending_of_the_file_says_so(tmp_path: Path) -> None:
    text = "园区引进**12**家企业，**出口**3亿元。"
    for name, expected in (("简报.md", [12, 3]), ("简报.txt", [None, None])):
        (tmp_path / name).write_text(text, encoding="utf-8")
        figures = extract_file(tmp_path / name).figures
        assert [figure.record()["value"] for figure in figures] == expected
        assert {figure.doubtful for figure in figures} == ({""} if name.endswith(".md") else {UNCLEAR})
