"""Subject, 其中 parent and period: labelled on sentences of our own, and on the reports by their transcriptions (offsets and values only)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from parkbook.sources.text.extract import extract_text

TEXTS = yaml.safe_load((Path(__file__).parent / "scopes.yaml").read_text(encoding="utf-8"))
BARS = {"subject": 0.85, "parent": 0.80, "time_period": 0.95}


@pytest.mark.parametrize("column", range(3), ids=list(BARS))
def test_rates(column: int) -> None:
    name = list(BARS)[column]
    found = [
        (text, labels[column], figure.record()[name], index)
        for text, rows in TEXTS
        for index, (figure, labels) in enumerate(zip(extract_text(text).figures, rows, strict=True))
    ]
    wrong = [row for row in found if row[1] != row[2]]
    assert 1 - len(wrong) / len(found) >= BARS[name], wrong


def test_every_figure_is_labelled() -> None:
    assert all(len(extract_text(text).figures) == len(rows) for text, rows in TEXTS)


FRESH = {
    "scopes_a.yaml": (0.98, 0.97, 0.95),
    "scopes_b.yaml": (0.98, 0.97, 0.95),
    "scopes_c.yaml": (0.98, 0.97, 0.95),
    "scopes_d.yaml": (0.97, 0.98, 0.95),
    "scopes_e.yaml": (0.84, 0.95, 0.92),
}
"""Sentences labelled by readers who did not know the rules. The rules were improved on a to d since; e was run once, at the end:
0.845, 0.954 and 0.924 of all figures, with two texts whose figures are not those labelled counted as missed; 0.858, 0.985 and 0.954
without that. These are floors: a change may only raise them."""


def rates(file: str) -> list[float]:
    """The shares of labels met; a text in which the figures found are not those labelled has none of its labels met."""
    met, total = [0, 0, 0], 0
    for text, rows in yaml.safe_load((Path(__file__).parent / file).read_text(encoding="utf-8")):
        figures = [figure.record() for figure in extract_text(text).figures]
        total += len(rows)
        if len(figures) == len(rows):
            for column, name in enumerate(BARS):
                met[column] += sum(record[name] == labels[column] for record, labels in zip(figures, rows, strict=True))
    return [count / total for count in met]


@pytest.mark.parametrize("file", FRESH)
def test_rates_on_sentences_the_rules_were_not_written_for(file: str) -> None:
    for name, rate, floor in zip(BARS, rates(file), FRESH[file], strict=True):
        assert rate >= floor, (name, rate)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("2024年前十个月，园区产值3亿元。", "time_period", ["2024-M1-10"]),
        ("科创基金总规模20亿元。2023年累计投出9亿元。园区产值3亿元。", "subject", ["科创基金", "科创基金", ""]),
        (
            "产值100亿元，其中德诺精工60亿元、汉岳涂料40亿元，分别占60%、40%。",
            "subject",
            ["", "德诺精工", "汉岳涂料", "德诺精工", "汉岳涂料"],
        ),
        ("景和能源、亨泰热电供汽量分别为12万吨、9万吨。", "subject", ["景和能源", "亨泰热电"]),
        ("税收26亿元，由增值税14亿元、所得税12亿元构成。", "parent", ["", "税收", "税收"]),
        ("青禾计划入选118人；首席技师计划入选30人。", "subject", ["青禾计划", "首席技师计划"]),
        ("市场监管局新培育企业30家。", "subject", ["市场监管局"]),
    ],
    ids=[
        "months in words",
        "carried on",
        "dealt to names before",
        "joint in a name",
        "made up of",
        "alike",
        "department",
    ],
)
def test_rule(text: str, column: str, expected: list[str]) -> None:
    assert [figure.record()[column] for figure in extract_text(text).figures] == expected


def test_a_name_is_not_of_a_smaller_whole() -> None:
    """494亿元 is no part of 348亿元: the name is of the figure before that, and the reading is doubtful."""
    figures = extract_text(
        "主营业务收入1524亿元；工业增加值348亿元。过百亿园区2个：松溪经开区494亿元；柳城经开区125亿元。"
    ).figures
    assert [figure.record()["label"] for figure in figures[-2:]] == ["主营业务收入"] * 2
    assert figures[-2].doubtful
