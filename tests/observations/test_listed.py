"""Names that follow a count in a report: kept as printed, counted by `reconcile.lists`."""

from __future__ import annotations

from pathlib import Path

import pytest

from parkbook.catalogue import catalogue
from parkbook.model import Observation
from parkbook.observations.narrative import read_reports
from parkbook.observations.reconcile import AuditFinding, Certainty, CheckKind, reconcile
from parkbook.observations.reconcile.lists import LISTED
from parkbook.sources.park import Park


def read(folder: Path, sentence: str) -> list[Observation]:
    (folder / "reports").mkdir()
    (folder / "reports" / "report.txt").write_text(f"园区2025年工作总结\n\n2025年，{sentence}\n", encoding="utf-8")
    park = Park.model_validate({"id": "alpha", "name": "甲园", "relation": "own"})
    return read_reports(folder, park, [])[0]


def lists(observations: list[Observation]) -> list[AuditFinding]:
    return [item for item in reconcile(observations, catalogue()).findings if item.kind is CheckKind.LISTS]


def test_the_names_stay_with_the_count_as_printed(tmp_path: Path) -> None:
    [count] = read(tmp_path, "引进项目5个，分别是甲项目、乙项目（二期）和“丙”项目。")
    assert count.attribute(LISTED) == "甲项目、乙项目（二期）和“丙”项目"


@pytest.mark.parametrize(
    ("sentence", "listed", "gap"),
    [
        ("引进项目3个：甲项目、乙项目。", "名单列出 2个", "名单少 1个"),
        ("引进项目5个，分别是A项目、B项目、C项目。", "名单列出 3个", "名单少 2个"),
        ("获批省级平台2个，即甲实验室、乙工程中心、丙技术中心。", "名单列出 3个", "名单多 1个"),
        ("引进项目2个：甲项目、乙项目、丙项目等。", "名单列出 3个", "名单多 1个"),
        ("引进项目4个：“甲”、“乙”、“丙”。", "名单列出 3个", "名单少 1个"),
        ("引进项目6个：甲项目、乙项目和丙项目。", "名单列出 3个", "名单少 3个"),
    ],
)
def test_a_count_is_held_against_the_names_after_it(tmp_path: Path, sentence: str, listed: str, gap: str) -> None:
    [item] = lists(read(tmp_path, sentence))
    assert (item.finding.code, item.difference, item.certainty) == ("count_list", gap, Certainty.LIKELY)
    assert item.finding.found.startswith(f"{listed}，{gap}（")


@pytest.mark.parametrize(
    "sentence",
    [
        "引进项目3个：甲项目、乙项目、丙项目。",
        "引进项目3个：甲项目、乙项目和丙项目。",
        "引进项目2个：和平路项目、和谐路项目。",
        "引进项目2个：“甲、乙”项目、丙项目（一期、二期）。",
        "引进项目9个，分别为甲项目、乙项目等。",
        "引进项目约9个：甲项目、乙项目。",
        "引进项目3个：制造业2个、服务业1个。",
        "引进项目3个：甲项目、乙项目，总投资5亿元。",
        "引进项目3个，甲项目、乙项目进展顺利。",
        "固定资产投资3亿元：甲项目、乙项目。",
    ],
)
def test_lists_that_fit_are_open_or_are_none(tmp_path: Path, sentence: str) -> None:
    assert lists(read(tmp_path, sentence)) == []
