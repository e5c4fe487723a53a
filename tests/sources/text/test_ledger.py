"""The coverage ledger: what became of every digit run, mask and Chinese numeral."""

from __future__ import annotations

import pytest

from parkbook.sources.text import ledger
from parkbook.sources.text.extract import extract_text
from parkbook.sources.text.patterns import half_width


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("2024年完成产值12亿元。", [("2024年", "period", "报告期"), ("12亿元", "figure", "数值")]),
        ("*园区引进企业*家。", [("*", "name", "隐去的名称"), ("*家", "figure", "数值")]),
        ("建设5G基站，统一部署。", [("5G", "name", "字母与数字组成的名称"), ("一", "excluded", "词语中的数字")]),
        ("一是抓招商，电话0755-88886666。", [("一", "excluded", "序号"), ("0755-88886666", "excluded", "电话号码")]),
        ("于3月15日召开会议，会期24小时。", [("3月15日", "period", "日期"), ("24小时", "excluded", "时长")]),
        ("对接2022年商会。", [("2022年", "name", "冠以年份的名称")]),
        ("编号为17。", [("17", "excluded", "无单位的数")]),
    ],
)
def test_entries(text: str, entries: list[tuple[str, str, str]]) -> None:
    assert [(entry.text, entry.outcome, entry.reason) for entry in extract_text(text).coverage] == entries


def test_a_gap_is_seen() -> None:
    text = "产值12亿元。"
    assert ledger.is_closed(half_width(text), extract_text(text).coverage)
    assert not ledger.is_closed(half_width(text), ())


def test_as_csv() -> None:
    assert (
        ledger.as_csv(extract_text("产值12亿元。").coverage)
        == "start,end,text,outcome,reason\n2,6,12亿元,figure,数值\n"
    )
