"""The synthetic park against its generator's truth: every figure at its cell, nothing else, every planted error reported.

The truth was written by build/make_demo.py, which imports nothing of parkbook.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from parkbook.errors import Finding
from parkbook.model import NUMERIC, Observation, ObsStatus
from parkbook.observations.doubtful import with_doubts
from parkbook.observations.duplicates import FigureKey, agree, figure_key, grouped, preference
from parkbook.observations.read import ParkData, read_park
from parkbook.sources.plausibility import place_of

TRUTH = Path(__file__).resolve().parents[1] / "specimens" / "demo"
PLANTED: list[dict[str, Any]] = yaml.safe_load((TRUTH / "planted_errors.yaml").read_text(encoding="utf-8"))
REPORTED = [planted for planted in PLANTED if planted["report"] and not planted["corrected"]]
CORRECTED = [planted for planted in PLANTED if planted["corrected"]]
NOT_BY_CELL = {"drifted_header", "hidden_row", "hidden_sheet"}
"""Kinds whose finding names the sheet, the header or the row, not the cells of the figures."""
FIELDS = (
    "indicator_id",
    "subject",
    "parent",
    "transformation",
    "comparison",
    "target_kind",
    "scope_basis",
    "price_basis",
)
Place = tuple[str, str, str]


@pytest.fixture(scope="module")
def demo() -> ParkData:
    return read_park("demo")


@pytest.fixture(scope="module")
def truth() -> dict[Place, dict[str, str]]:
    with (TRUTH / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["file"], row["sheet"], row["cell"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def read(demo: ParkData) -> dict[Place, list[Observation]]:
    found: dict[Place, list[Observation]] = {}
    for observation in demo.observations:
        sheet, _, cell = observation.locator.rpartition("!")
        found.setdefault((observation.source.source_id, sheet, cell), []).append(observation)
    return found


def described(observation: Observation) -> dict[str, str]:
    """An observation in the columns of the truth table."""
    said = {name: str(getattr(observation, name) or "") for name in FIELDS}
    return said | {
        "period": observation.period.time_period,
        "unit": str(observation.unit),
        "status": str(observation.obs_status),
    }


def due(row: dict[str, str]) -> dict[str, str]:
    """What a faithful reader says of a row of the truth table."""
    status = row["obs_status"] if is_corrected(row) else row["read_status"] or row["obs_status"]
    return {name: row[name] for name in (*FIELDS, "period", "unit")} | {"status": status}


def is_corrected(row: dict[str, str]) -> bool:
    return row["planted"] in {planted["id"] for planted in CORRECTED}


def due_value(row: dict[str, str]) -> Decimal | None:
    """The value as the cell says it; as it should be, where corrections.yaml mends it."""
    if due(row)["status"] not in NUMERIC:
        return None
    return Decimal(row["value"] if is_corrected(row) else row["as_read"] or row["value"])


def test_every_figure_is_found_at_its_cell_and_nothing_else(
    truth: dict[Place, dict[str, str]], read: dict[Place, list[Observation]]
) -> None:
    wanted = {place for place, row in truth.items() if not row["expected_unread"]}
    assert len(wanted) > 10000
    assert sorted(wanted - read.keys())[:5] == []
    assert sorted(read.keys() - wanted)[:5] == []
    assert {place: len(found) for place, found in read.items() if len(found) > 1} == {}


def test_every_figure_says_what_the_truth_says(
    truth: dict[Place, dict[str, str]], read: dict[Place, list[Observation]]
) -> None:
    different = {
        place: (due(truth[place]), described(found[0]))
        for place, found in read.items()
        if due(truth[place]) != described(found[0])
    }
    assert dict(list(different.items())[:3]) == {}


def test_every_value_is_exact(truth: dict[Place, dict[str, str]], read: dict[Place, list[Observation]]) -> None:
    different = {
        place: (due_value(truth[place]), found[0].obs_value)
        for place, found in read.items()
        if due_value(truth[place]) != found[0].obs_value
    }
    assert dict(list(different.items())[:5]) == {}


def test_every_figure_leads_back_to_its_headers_and_file(demo: ParkData) -> None:
    assert all(observation.header_cells and len(observation.source.sha256) == 64 for observation in demo.observations)
    assert all(0 < len(observation.source_text) <= 30 for observation in demo.observations)
    ids = Counter(observation.obs_id for observation in demo.observations)
    assert [obs_id for obs_id, times in ids.items() if times > 1] == []


def reports(finding: Finding, planted: dict[str, Any]) -> bool:
    """Whether a finding is the one that a planted error calls for."""
    sheet = f"{planted['file']} {planted['sheet']}"
    if finding.code != planted["report"] or sheet not in finding.where:
        return False
    if planted["kind"] in NOT_BY_CELL:
        return True
    enough = all if planted["kind"] == "text_number" else any
    return enough(re.search(rf"!(?:[A-Z]+\d+、)*{cell}(?!\d)", finding.where) for cell in planted["cells"])


@pytest.mark.parametrize("planted", REPORTED, ids=lambda planted: planted["id"])
def test_planted_errors_are_reported(demo: ParkData, planted: dict[str, Any]) -> None:
    found = [finding for finding in demo.findings if reports(finding, planted)]
    assert found, [str(finding) for finding in demo.findings if planted["file"] in finding.where]
    assert all(finding.remedy for finding in found)


@pytest.mark.parametrize("planted", CORRECTED, ids=lambda planted: planted["id"])
def test_corrected_errors_are_mended_and_remembered(
    demo: ParkData, read: dict[Place, list[Observation]], planted: dict[str, Any]
) -> None:
    for cell in planted["cells"]:
        assert read[planted["file"], planted["sheet"], cell][0].corrected_from
    assert not [finding for finding in demo.findings if reports(finding, planted)]


def test_nothing_is_reported_that_was_not_planted(demo: ParkData) -> None:
    """Beside the planted places, only the sheets that repeat a revised target say so."""
    places = [f"{planted['file']} {planted['sheet']}" for planted in PLANTED]
    others = [
        str(finding)
        for finding in demo.findings
        if finding.code != "revision" and not any(place in finding.where for place in places)
    ]
    assert others == []


def test_a_revised_target_keeps_both_and_prefers_the_later(
    demo: ParkData, read: dict[Place, list[Observation]]
) -> None:
    [planted] = [planted for planted in PLANTED if planted["kind"] == "revised_target"]
    revised = read[planted["file"], planted["sheet"], planted["cells"][0]][0]
    sayings = grouped(demo.observations)[key_of(revised)]
    best = max(sayings, key=preference)
    assert best.obs_value == revised.obs_value
    assert sum(agree(best, saying) for saying in sayings) > 1
    assert not all(agree(best, saying) for saying in sayings)


def key_of(observation: Observation) -> FigureKey:
    key = figure_key(observation)
    assert key is not None
    return key


def test_the_wrong_cell_of_each_contradiction_is_doubted_and_no_other(demo: ParkData) -> None:
    """Of the figures that do not fit together, those that were planted; the total of a register stands beside its second saying."""
    kinds = ("month_ytd", "part_total", "unit_slip")
    planted = {
        f"{entry['file']} {entry['sheet']}!{cell}"
        for entry in REPORTED
        for cell in entry["cells"]
        if entry["report"] in kinds
    }
    marked = with_doubts(demo.observations, demo.findings)
    assert {place_of(o) for o in marked if o.obs_status is ObsStatus.DOUBTFUL} == planted
    assert len(planted) == 3
