"""`parkbook audit PARK`: in words and as JSON."""

from __future__ import annotations

import json

import pytest

from parkbook.batch.audit import Audit, audit_lines, audit_park
from parkbook.errors import ParkbookError


@pytest.fixture(scope="module")
def qilu() -> Audit:
    return audit_park("qilu")


def test_the_words_end_with_the_summary(qilu: Audit) -> None:
    lines = list(audit_lines(qilu))
    assert lines[0] == "齐鲁软件园（qilu）数据核对"
    assert lines[-1].startswith("读取 57 条数据，其中 0 条没有数字；读取中的问题 0 项；核对 ")
    assert lines[-1].endswith("0 项不符，0 项提示；推算 10 个数。")
    assert any(
        "实际利用外资（目标）：12498.7—12502.6万美元；算法：完成数 ÷ 完成率；qilu-2025，由字符 941-949" in line
        for line in lines
    )
    assert qilu.ok


def test_a_finding_says_kind_and_certainty() -> None:
    audit = audit_park("xian-htz")
    [line] = [line for line in audit_lines(audit) if line.startswith("不符")]
    assert line.startswith("不符 [增速与两期数值，很可能] 新能源汽车产量 2023年上半年")
    assert "；位置：xian-htz-s2 报告期2023H1、xian-htz-s5 报告期2022H1；" in line
    assert not audit.ok


def test_json_holds_all_of_it(qilu: Audit) -> None:
    [content] = audit_lines(qilu, "json")
    said = json.loads(content)
    assert said["park"] == {"id": "qilu", "name": "齐鲁软件园"}
    assert said["sources"][0]["by_status"] == {"reported": 53, "estimated": 4}
    target = next(item for item in said["implied"] if item["transformation"] == "target")
    assert (target["value"], target["value_low"], target["value_high"]) == (None, "12498.65", "12502.61")
    assert (target["obs_status"], target["rule"], len(target["inputs"])) == ("estimated", "implied", 2)
    assert said["findings"] == []
    assert said["compared"]["orders"] == 3


def test_json_of_a_finding_has_both_sides() -> None:
    [content] = audit_lines(audit_park("xian-htz"), "json")
    finding = next(item for item in json.loads(content)["findings"] if item["severity"] == "warning")
    assert (finding["kind"], finding["certainty"], finding["difference"]) == ("growth", "likely", "相差 15.9 个百分点")
    assert [o["place"] for o in finding["observations"]] == [
        "xian-htz-s2 报告期2023H1",
        "xian-htz-s2 报告期2023H1",
        "xian-htz-s5 报告期2022H1",
    ]


def test_hidden_figures_are_never_numbers() -> None:
    [content] = audit_lines(audit_park("wangchun"), "json")
    hidden = json.loads(content)["hidden"]
    assert len(hidden) == 102
    assert {item["value"] for item in hidden} == {None}


def test_an_unknown_park_and_an_unknown_format_are_refused(qilu: Audit) -> None:
    with pytest.raises(ParkbookError, match=r"没有园区“qulu”.*qilu"):
        audit_park("qulu")
    with pytest.raises(ParkbookError, match="不支持的格式“yaml”"):
        next(audit_lines(qilu, "yaml"))
