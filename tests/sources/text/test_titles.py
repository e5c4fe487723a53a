"""What is no part of a label: numbers of items, brackets around titles; and what follows a title that closes like a sentence."""

from __future__ import annotations

import pytest

from parkbook.sources.text.extract import extract_text


def labelled(text: str) -> list[tuple[str, str]]:
    return [(one.observation.reported_label, one.observation.indicator_id) for one in extract_text(text).figures]


@pytest.mark.parametrize(
    "before",
    ["1.", "1．", "1、", "12. ", "①", "⑴", "（一）", "(2)", "二、", "十一、", "- ", "* ", "2)"],
)
def test_numbers_of_items(before: str) -> None:
    assert labelled(f"{before}营业收入120亿元，税收3亿元。") == [
        ("营业收入", "operating_revenue"),
        ("税收", "tax_revenue"),
    ]


def test_items_of_a_list() -> None:
    text = "1.营业收入120亿元；\n2.税收3亿元；\n11. 引进企业30家。\n"
    assert [label for label, _ in labelled(text)] == ["营业收入", "税收", "引进企业"]
    entries = [(entry.text, entry.reason) for entry in extract_text(text).coverage if entry.outcome == "excluded"]
    assert entries == [("1.", "序号"), ("2.", "序号"), ("11.", "序号")]


@pytest.mark.parametrize(
    "words", ["【营业收入】120亿元", "【营业收入】完成120亿元", "【营业收入】：120亿元", "- 【营业收入】约120亿元"]
)
def test_titles_in_brackets(words: str) -> None:
    assert labelled(words) == [("营业收入", "operating_revenue")]


@pytest.mark.parametrize("title", ["1.营业收入。", "（一）营业收入。", "营业收入。"])
def test_a_title_that_closes_like_a_sentence(title: str) -> None:
    assert labelled(f"{title}1-6月完成620.5亿元，同比增长6.8%。") == [("营业收入", "operating_revenue")] * 2


@pytest.mark.parametrize("words", ["1.5亿元", "3.2万平方米", "十大项目投资12亿元", "三、四季度税收12亿元"])
def test_numbers_that_are_none_of_an_item(words: str) -> None:
    before = extract_text(words).figures[0].observation
    assert before.reported_label in ("", "十大项目投资", "税收")


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("增速居全市第二位", "全市"),
        ("总量位居全省第3位", "全省"),
        ("增速列全国第5位", "全国"),
        ("税收居江苏省第2位", "江苏省"),
        ("总量排南京市第4位", "南京市"),
        ("增速列石家庄市第1位", "石家庄市"),
        ("综合实力位列中西部第一位", "中西部"),
    ],
)
def test_the_scope_of_a_rank(words: str, scope: str) -> None:
    assert extract_text(f"2024年，{words}。").figures[0].observation.rank_scope == scope
