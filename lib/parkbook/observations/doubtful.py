"""Figures that an open finding shows to be wrong: 存疑, and no number until the finding is settled.

A month or a cumulative figure that does not fit its neighbours (`reconcile.months` says which of them), a figure a power of ten
off, a part larger than its whole: such a figure is shown as 存疑 with what was found, and enters no ratio, share, completion or
growth. It is a number again once the ledger is mended or corrections.yaml says which value holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from parkbook.errors import Finding
from parkbook.model import Observation, ObsStatus, Transformation
from parkbook.observations.read import ParkData
from parkbook.sources.plausibility import place_of

DOUBTED: Final = ("month_ytd", "unit_slip", "part_total")
"""Codes of findings of figures that cannot hold: those it names as doubted, else the one at its first place."""
PLACES_APART: Final = "、"


def doubted_places(findings: Iterable[Finding]) -> dict[str, str]:
    """The doubted places of each such finding, with what was found there."""
    told: dict[str, str] = {}
    for finding in findings:
        if finding.code in DOUBTED and finding.where:
            for place in finding.doubted or (finding.where.partition(PLACES_APART)[0],):
                told.setdefault(place, _told(finding))
    return told


def _told(finding: Finding) -> str:
    """What was found, and why this figure and not another, where the finding says so."""
    return f"{finding.what}（{finding.cause}）" if finding.doubted and finding.cause else finding.what


def with_doubts(observations: Iterable[Observation], findings: Iterable[Finding]) -> tuple[Observation, ...]:
    """The observations in their order, those that a finding doubts marked 存疑; rates and targets stand for themselves."""
    places = doubted_places(findings)
    return tuple(_doubted(o, places) for o in observations) if places else tuple(observations)


def usable(data: ParkData) -> ParkData:
    """The park with its doubted figures marked."""
    return replace(data, observations=with_doubts(data.observations, data.findings))


def _doubted(observation: Observation, places: dict[str, str]) -> Observation:
    told = places.get(place_of(observation))
    if told is None or not observation.is_number or observation.transformation is not Transformation.LEVEL:
        return observation
    note = f"{observation.note}；" if observation.note else ""
    return replace(
        observation, obs_status=ObsStatus.DOUBTFUL, note=f"{note}待核实：{told}，台账所填为{observation.source_text}"
    )
