"""What was applied for and what came of it, told by the verbs of the labels: with figures as the reader of reports gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from parkbook.catalogue import Catalogue, catalogue
from parkbook.errors import Severity
from parkbook.model import Observation, ObsStatus, Source, SourceKind
from parkbook.observations.reconcile import AuditFinding, Certainty, CheckKind, Identities, reconcile
from parkbook.observations.reconcile.declared import Order
from parkbook.sources.text.extract import extract_file

Figure = Callable[..., Observation]
Read = Callable[[str], list[AuditFinding]]
LEDGER = Source(source_id="a.xlsx", kind=SourceKind.LEDGER)


def orders(
    figures: Sequence[Observation], known: Catalogue, declared: Identities | None = None
) -> list[tuple[str, Certainty]]:
    found = reconcile(list(figures), known, declared or Identities()).findings
    return [(item.difference, item.certainty) for item in found if item.kind is CheckKind.ORDERS]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The findings on stages in a sentence of a report of 2025."""

    def findings(sentence: str) -> list[AuditFinding]:
        path = tmp_path / "report.txt"
        path.write_text(f"园区2025年工作总结\n\n2025年，{sentence}\n", encoding="utf-8")
        figures = [figure.observation for figure in extract_file(path, "alpha").figures]
        return [item for item in reconcile(figures, catalogue()).findings if item.kind is CheckKind.ORDERS]

    return findings


@pytest.mark.parametrize(
    ("sentence", "gap"),
    [
        ("申报高企13家、获评15家。", "多 2家"),
        ("申报专精特新20家，入选25家。", "多 5家"),
        ("申报人才项目13个，入选15个。", "多 2个"),
        ("科技型中小企业申报20家、入库25家。", "多 5家"),
        ("申报项目20个，获批25个。", "多 5个"),
        ("推荐省级专精特新企业20家，通过认定25家。", "多 5家"),
        ("组织推荐人才30人，入选35人。", "多 5人"),
        ("共有13家企业申报高新技术企业，15家通过认定。", "多 2家"),
    ],
)
def test_the_bare_verb_speaks_of_the_thing_before_it(read: Read, sentence: str, gap: str) -> None:
    [item] = read(sentence)
    assert (item.finding.code, item.difference, item.certainty) == ("order", gap, Certainty.LIKELY)
    assert item.finding.severity is Severity.WARNING
    assert len(item.observations) == 2


def test_the_sentence_names_both_sides(read: Read) -> None:
    [item] = read("申报高企13家、获评15家。")
    assert item.finding.what == "获评 2025年 大于申报高企"
    assert (item.finding.expected, item.finding.found) == ("不大于 13家", "15家，多 2家")
    assert len(item.finding.where.split("、")) == 2


@pytest.mark.parametrize(
    ("sentence", "gap"),
    [
        ("申报市级项目20个，获批市级项目25个。", "多 5个"),
        ("组织企业申报瞪羚企业10家，获评瞪羚企业12家，获评独角兽企业3家。", "多 2家"),
        ("申报瞪羚企业10家。走访企业30家。全年获评瞪羚企业12家。", "多 2家"),
    ],
)
def test_labels_that_name_one_thing_are_certain(read: Read, sentence: str, gap: str) -> None:
    [item] = read(sentence)
    assert (item.difference, item.certainty) == (gap, Certainty.CERTAIN)


def test_several_pairs_in_one_paragraph(read: Read) -> None:
    found = read("申报高企13家、获评15家；申报专精特新20家，入选25家；申报人才项目13个，入选15个。")
    assert [item.difference for item in found] == ["多 2家", "多 5家", "多 2个"]


@pytest.mark.parametrize(
    "sentence",
    [
        "申报高企15家、获评13家。",
        "申报高企15家、获评15家。",
        "申报高企约20家，获评25家。",  # 10 to 30
        "申报国家级项目2个、省级项目5个，获批6个。",  # of seven
        "申报高企20家。入选省级人才50人，获评先进单位30家。",  # another thing, another unit
        "申报项目20个，上年获批25个。",
        "申报项目20个。全年获批25个。",
        "申报专精特新20家，累计认定专精特新150家。",
        "申报高企20家，高企重新认定25家。",
        "申报项目20个，获批资金2500万元。",
        "申报国家级人才项目3个，入选省级人才项目5个。",
    ],
)
def test_what_fits_or_is_another_count_is_no_finding(read: Read, sentence: str) -> None:
    assert read(sentence) == []


def test_cells_of_a_ledger_are_held_against_each_other_by_their_thing(say: Figure, known: Catalogue) -> None:
    def cell(label: str, said: str, **given: Any) -> Observation:
        return say("smes", said, reported_label=label, indicator_id="", source=LEDGER, locator=f"1!{label}", **given)

    applied = cell("瞪羚企业申报数", "20家")
    assert orders([applied, cell("瞪羚企业认定数", "25家")], known) == [("多 5家", Certainty.CERTAIN)]
    assert orders([applied, cell("认定数", "25家")], known) == []  # of what, the cell does not say
    assert orders([applied, cell("瞪羚企业认定数", "25家", period="2024")], known) == []
    assert orders([applied, cell("瞪羚企业认定数", "25家", subject="甲街道")], known) == []
    assert orders([applied, cell("瞪羚企业认定数", "家", obs_status=ObsStatus.MASKED)], known) == []
    assert orders([applied, cell("瞪羚企业申报认定数", "25家")], known) == []
    more = cell("瞪羚企业申报", "30家")
    assert orders([applied, more, cell("瞪羚企业认定数", "25家")], known) == []


def test_a_declared_pair_is_said_once(say: Figure, known: Catalogue) -> None:
    declared = Identities(orders=(Order(smaller="people", larger="applied"),))
    figures = [
        say("applied", "10人", reported_label="工程申报人数"),
        say("people", "12人", reported_label="工程入选人数"),
    ]
    assert orders(figures, known, declared) == [("多 2人", Certainty.LIKELY)]
