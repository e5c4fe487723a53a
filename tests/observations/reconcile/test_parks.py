"""The committed parks: the planted errors of demo with both sides, and what is worth knowing of real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from parkbook.catalogue import catalogue
from parkbook.errors import Severity
from parkbook.observations.read import ParkData, read_park
from parkbook.observations.reconcile import Certainty, CheckKind, Reconciliation, implied_text, reconcile

PLANTED: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "specimens" / "demo" / "planted_errors.yaml").read_text(encoding="utf-8")
)
RECONCILED = {"unit_slip", "month_ytd", "part_total", "conflict", "revision"}
DUE = [planted for planted in PLANTED if planted["report"] in RECONCILED and not planted["corrected"]]


@pytest.fixture(scope="module")
def demo() -> ParkData:
    return read_park("demo")


@pytest.fixture(scope="module")
def audited(demo: ParkData) -> Reconciliation:
    return reconcile(demo.observations, catalogue())


def of_park(park_id: str) -> Reconciliation:
    return reconcile(read_park(park_id).observations, catalogue())


@pytest.mark.parametrize("planted", DUE, ids=lambda planted: planted["id"])
def test_planted_errors_are_found_at_their_cells(audited: Reconciliation, planted: dict[str, Any]) -> None:
    places = {f"{planted['sheet']}!{cell}" for cell in planted["cells"]}
    mine = [
        item
        for item in audited.findings
        if item.finding.code == planted["report"]
        and any(o.source.source_id == planted["file"] and o.locator in places for o in item.observations)
    ]
    assert mine
    assert all(item.difference and item.finding.remedy for item in mine)


def test_the_first_side_is_the_doubtful_one(audited: Reconciliation) -> None:
    [part] = [item for item in audited.findings if item.finding.code == "part_total" and "信访" in item.finding.what]
    assert [o.locator for o in part.observations] == ["2025年3季度!C8", "2025年3季度!C5"]
    assert (part.difference, part.certainty) == ("多 59件", Certainty.CERTAIN)


def test_what_the_reader_reports_is_found_here_too(demo: ParkData, audited: Reconciliation) -> None:
    """One implementation: the findings of the reading that are no notes are those of the reconciliation."""
    left = audited.others(demo.findings)
    assert {finding.code for finding in left} & {item.finding.code for item in audited.findings} == set()
    warned = {item.finding.what for item in audited.findings if item.finding.severity is not Severity.NOTE}
    assert warned <= {finding.what for finding in demo.findings}


def test_most_kinds_of_checks_are_made_on_a_full_park(audited: Reconciliation) -> None:
    unmade = {kind for kind, count in audited.compared.items() if not count}
    # no ledger of it counts one thing in two ways or words a distance from the schedule
    assert unmade <= {CheckKind.IMPLIED, CheckKind.DEFINITIONS, CheckKind.UNIT_WORDS}


def test_implied_figures_are_new_and_carry_their_inputs(demo: ParkData, audited: Reconciliation) -> None:
    known = {o.obs_id for o in demo.observations}
    ids = [o.obs_id for o in audited.implied]
    assert len(set(ids)) == len(ids)
    assert not known & set(ids)
    for o in audited.implied:
        assert o.obs_value is None
        assert set(o.attribute("inputs").split(",")) <= known


def test_qilu_implies_what_the_report_leaves_out() -> None:
    said = {f"{o.subject}{o.reported_label}{o.transformation}": implied_text(o) for o in of_park("qilu").implied}
    assert said["全区科技型中小企业评价通过level"] == "3056—3059家"
    assert said["全区入选国家级海外引才计划level"] == "7人"
    assert said["实际利用外资target"] == "12498.7—12502.6万美元"
    assert said["市级重点项目完成投资target"] == "44.31—44.70亿元"
    assert said["智能算力规模level"] == "1974.4—1977.6PFlops"


def test_chongqing_adds_up() -> None:
    result = of_park("chongqing-htz")
    assert (result.findings, result.compared[CheckKind.SUMS]) == ((), 6)


def test_xian_vehicles_do_not_grow_as_published() -> None:
    [item] = [item for item in of_park("xian-htz").findings if item.finding.severity is Severity.WARNING]
    assert item.finding.what == "新能源汽车产量 2023年上半年 的公布增速与两期数值推算的不一致"
    assert item.difference == "相差 15.9 个百分点"
    assert item.certainty is Certainty.LIKELY


def test_wangchun_cannot_be_checked_and_says_so() -> None:
    [item] = of_park("wangchun").findings
    assert (item.finding.code, item.finding.where) == (
        "not_checkable",
        "wangchun-2023 字符 811-813、wangchun-2023 字符 837-839",
    )
