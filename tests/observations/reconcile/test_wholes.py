"""Parts that are more than their whole, with the `parent` that the reader of reports gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parkbook.catalogue import catalogue
from parkbook.observations.reconcile import AuditFinding, Certainty, CheckKind, reconcile
from parkbook.sources.text.extract import extract_file

Read = Callable[[str], list[AuditFinding]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The findings on parts and orders in a sentence of a report of 2025."""

    def findings(sentence: str) -> list[AuditFinding]:
        path = tmp_path / "report.txt"
        path.write_text(f"园区2025年工作总结\n\n2025年，{sentence}\n", encoding="utf-8")
        figures = [figure.observation for figure in extract_file(path, "alpha").figures]
        made = reconcile(figures, catalogue()).findings
        return [item for item in made if item.kind in (CheckKind.PARTS, CheckKind.ORDERS)]

    return findings


@pytest.mark.parametrize(
    ("sentence", "gap"),
    [
        ("企业总数100家，其中规上企业60家，上市公司120家。", "多 20家"),
        ("企业总数100家，其中规上企业60家、限额以上企业20家、高新技术企业30家、上市公司120家。", "多 20家"),
        ("引进企业100家，其中上市公司120家。", "多 20家"),
        ("申报项目20个，其中省级项目25个。", "多 5个"),
        ("从业人员1.2万人，其中研发人员15000人。", "多 0.3万人"),
        ("实现营业收入20亿元，其中甲公司营业收入25亿元。", "多 5亿元"),
        ("固定资产投资45亿元，其中工业投资60亿元。", "多 15亿元"),  # part and total of the catalogue: said once
        ("企业总量达到100家，其中高企101家、上市2家。", "多 1家"),  # a declared order: said once
    ],
)
def test_a_part_is_no_more_than_its_whole(read: Read, sentence: str, gap: str) -> None:
    [item] = read(sentence)
    assert (item.finding.code, item.kind, item.certainty) == ("part_total", CheckKind.PARTS, Certainty.CERTAIN)
    assert (item.difference, len(item.observations)) == (gap, 2)


def test_the_finding_names_both_sides(read: Read) -> None:
    [item] = read("企业总数100家，其中规上企业60家，上市公司120家。")
    assert item.finding.what == "上市公司 2025年 大于其总数企业总数"
    assert (item.finding.expected, item.finding.found) == ("不大于 100家", "120家，多 20家")
    assert [str(o.obs_value) for o in item.observations] == ["120", "100"]


@pytest.mark.parametrize(
    "sentence",
    [
        "企业总数100家，其中规上企业60家，上市公司100家。",
        "从业人员1.2万人，其中研发人员12040人。",  # 11500 to 12500
        "引进企业约100家，其中上市公司105家。",
        "利润总额5亿元，其中制造业利润总额6亿元。",  # others may have lost
        "总投资30亿元的甲项目开工，其中产值40亿元。",
        "新引进项目9个。全年签约的64个项目中，已开工43个。",
        "企业总数100家，其中规上企业占比60%，人才120人。",
        "企业总数*家，其中上市公司120家。",
        "引进企业100家，其中上市公司12家。服务企业300家。",
    ],
)
def test_what_fits_or_cannot_be_compared_is_no_finding(read: Read, sentence: str) -> None:
    assert read(sentence) == []
