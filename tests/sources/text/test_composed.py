"""Numbers in unusual writing: doubtful where they may be another, never their tail alone, and bounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkbook.sources.text import composed
from parkbook.sources.text.extract import extract_text


@pytest.mark.parametrize(
    ("text", "words", "value", "doubt"),
    [
        ("税金1,2345万元。", "1,2345万元", 12345, composed.GROUPED),
        ("税金12,34万元。", "12,34万元", 1234, composed.GROUPED),
        ("税金1,23,456万元。", "1,23,456万元", 123456, composed.GROUPED),
        ("捐款2.345.678元。", "2.345.678元", 2345678, composed.GROUPED),
        ("入园企业5，300家。", "5，300家", 5300, composed.ONE_OR_TWO),
        ("用电量增长12，345万吨。", "12，345万吨", 12345, composed.ONE_OR_TWO),
        ("利润.5亿元。", ".5亿元", 0.5, composed.POINTED),
        ("利润12·5亿元。", "12·5亿元", 12.5, composed.POINTED),
        ("企业3 0家。", "3 0家", 30, composed.SPACED),
        ("产值达到12 34.5亿元。", "12 34.5亿元", 1234.5, composed.SPACED),
        ("造价1.5亿2000万元。", "1.5亿2000万元", 1.7, composed.NOT_SMALLER),
        ("用工3万50000人。", "3万50000人", 8, composed.NOT_SMALLER),
    ],
)
def test_what_may_be_another_number_is_doubtful(text: str, words: str, value: float, doubt: str) -> None:
    (figure,) = extract_text(text).figures
    record = figure.record()
    assert text[record["start"] : record["end"]] == words  # type: ignore[misc]
    assert (record["value"], figure.doubtful) == (value, doubt)
    assert figure.observation.confidence < Decimal("0.5")


def test_a_hyphen_behind_a_range_that_begins_below_zero() -> None:
    figure, sure = extract_text("增速为-5%-3%，增幅为-5%—3%。").figures
    assert (figure.observation.value_low, figure.observation.value_high) == (-5, 3)
    assert figure.doubtful == composed.HYPHENED and not sure.doubtful


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("新增企业分别为3,5,8家。", [8]),
        ("名录见表3 15家企业。", [15]),
        ("2024 12家企业。", [12]),
        ("造价12.5.6亿元。", []),
        ("产值12万元，345家企业。", [12, 345]),
    ],
)
def test_what_is_no_single_number_stays_apart(text: str, values: list[float]) -> None:
    assert [figure.record()["value"] for figure in extract_text(text).figures] == values


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("比分88:75。", "比分或比例"),
        ("提供7×24服务。", "全天候服务"),
        ("平均气温18.5℃。", "温度"),
        ("15时30分开会。", "时刻"),
        ("表2 分季度情况。", "图表的编号"),
        ("每10万人拥有。", "每若干"),
        ("造价12.5.6亿元。", "小数点多于一个"),
        ("采用x86架构。", "字母与数字组成的名称"),
    ],
)
def test_reasons_in_the_ledger(text: str, reason: str) -> None:
    assert reason in [entry.reason for entry in extract_text(text).coverage]


@pytest.mark.parametrize(
    "text",
    [
        "九" * 4400 + "家",
        "9" * 5000 + "家",
        "1亿" * 500 + "元",
        "1 " * 500 + "家",
        "1,234" * 500 + "元",
        "百分之" + "九" * 4400,
        "第" + "9" * 5000 + "位",
        "一点" + "五" * 3000 + "倍",
    ],
)
def test_endless_numbers_are_none(text: str) -> None:
    extraction = extract_text(text)
    assert all(len(line) < 6000 for line in extraction.jsonl())


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("一亿两千万", 120_000_000),
        ("三万亿", 3 * 10**12),
        ("十二亿零五百万", 1_205_000_000),
        ("一百二十三点四", "123.4"),
    ],
)
def test_chinese_numbers(words: str, value: int | str) -> None:
    assert composed.chinese_number(words) == Decimal(value)


def test_spaces_of_a_row_of_numbers_stay() -> None:
    text = "指 标 1 2 3 4 5 6 7 8 9 10 11 12"
    assert [entry.text for entry in extract_text(text).coverage][:2] == ["1", "2"]
