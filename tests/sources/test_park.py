"""Park folders and park.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from parkbook.codelists import ParkType, Relation
from parkbook.errors import DataError, UnknownCodeError
from parkbook.periods import parse_period
from parkbook.sources.park import list_parks, park_folder, read_park_file, read_sources_file

GOOD = """id: alpha
name: 甲园
relation: third_party
type: software
period: 2025
sources:
  - {id: alpha-2025, kind: report, published: 2025-12-31}
"""


def make(home: Path, name: str, text: str | None = GOOD) -> Path:
    folder = home / "data" / "parks" / name
    folder.mkdir()
    if text is not None:
        (folder / "park.yaml").write_text(text, encoding="utf-8")
    return folder


def test_reads_a_park(home: Path) -> None:
    park = read_park_file(make(home, "alpha"))
    assert (park.name, park.relation, park.type, park.period) == (
        "甲园",
        Relation.THIRD_PARTY,
        ParkType.SOFTWARE,
        "2025",
    )
    assert park.default_period == parse_period("2025")
    assert park.source_by_id["alpha-2025"].published == "2025-12-31"
    assert park.source_by_id["alpha-2025"].title == ""


def test_lists_parks_but_no_folders_that_are_none(home: Path) -> None:
    make(home, "beta", None)
    make(home, "alpha")
    assert list_parks() == ["alpha"]


def test_unknown_park_suggests_a_near_one(home: Path) -> None:
    make(home, "alpha")
    with pytest.raises(UnknownCodeError, match=r"没有园区“alhpa”.*您是不是要用 alpha？"):
        park_folder("alhpa")


def test_folder_without_park_file_says_so(home: Path) -> None:
    make(home, "beta", None)
    with pytest.raises(DataError, match=r"园区目录“beta”没有 park\.yaml.*data/parks/beta/park\.yaml"):
        park_folder("beta")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("id: alpha\n", "id: beta\n"), "园区代码与目录名不同.*应为：alpha；实为：beta"),
        (GOOD.replace("software", "sofware"), "type"),
        (GOOD.replace("period: 2025", "period: 上半年"), "没有写明年份"),
        (GOOD.replace("period: 2025", "period: 明年"), "无法识别的报告期"),
        (GOOD + "perod: 2024\n", "perod.*您是不是要用 period、"),
        (GOOD.replace("kind: report", "kind: memo"), r"sources\.0\.kind"),
        (GOOD + "  - {id: alpha-2025, kind: report}\n", "来源代码重复.*alpha-2025"),
        ("- 1\n", "不是一组字段"),
        (GOOD.replace("relation: third_party\n", ""), "relation"),
    ],
)
def test_broken_park_files_are_refused_with_the_field(home: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_park_file(make(home, "alpha", text))


def test_sources_of_the_context(home: Path) -> None:
    path = home / "sources.yaml"
    path.write_text("sources:\n  - {id: a, kind: publication, address: 'http://x'}\n", encoding="utf-8")
    assert read_sources_file(path)["a"].address == "http://x"
    path.write_text("sources:\n  - {id: a, kind: publication}\n  - {id: a, kind: report}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"来源代码重复.*第 2 项"):
        read_sources_file(path)
