"""exemptions.yaml: read, refused with the entry that is wrong, and in force only where and when it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from parkbook.errors import DataError
from parkbook.periods import Month
from parkbook.sources.exemptions import read_exemptions
from parkbook.sources.park import list_parks

GOOD = "- {subject: 甲, rules: [yinchuan-2025.start], reason: 停工令, by: 某人, until: '2025-06'}\n"


@pytest.fixture
def park(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data" / "catalogue").mkdir(parents=True)
    folder = tmp_path / "data" / "parks" / "mine"
    folder.mkdir(parents=True)
    monkeypatch.setenv("PARKBOOK_HOME", str(tmp_path))
    return folder


def test_every_file_of_the_project_is_read() -> None:
    found = {park: read_exemptions(park) for park in list_parks()}
    assert [e.subject for e in found["demo"]] == ["样例检测认证平台"]
    assert all(e.reason and e.by for exemptions in found.values() for e in exemptions)


def test_no_file_is_no_exemption(park: Path) -> None:
    assert read_exemptions("mine") == ()


def test_an_exemption_holds_for_its_subject_rule_and_time(park: Path) -> None:
    (park / "exemptions.yaml").write_text(GOOD, encoding="utf-8")
    [item] = read_exemptions("mine")
    assert item.holds("甲", "yinchuan-2025.start", Month(2025, 6))
    assert not item.holds("甲", "yinchuan-2025.start", Month(2025, 7))
    assert not item.holds("甲", "yinchuan-2025.progress", Month(2025, 6))
    assert not item.holds("乙", "yinchuan-2025.start", Month(2025, 6))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {subject: 甲, rules: [wuhan], by: 某人}\n", r"第 1 项.*reason"),
        (GOOD + "- {subject: 乙, rules: [], reason: 因, by: 某人}\n", r"第 2 项.*rules"),
        ("- {subject: 甲, rules: [wuhan], reason: 因, by: 某人, until: 2025年6月}\n", r"第 1 项.*until"),
        ("subject: 甲\n", "不是列表"),
    ],
)
def test_a_wrong_entry_is_named(park: Path, text: str, said: str) -> None:
    (park / "exemptions.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_exemptions("mine")
