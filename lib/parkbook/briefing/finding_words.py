"""What is doubtful in the sources, in words for readers: the numbers with where they come from, no ids of the project.

新能源汽车产量（2023年上半年）公布增长23%（媒体报道，未核对原文），按36.85万辆与34.4万辆推算增长7.1%
"""

from __future__ import annotations

import re

from parkbook.briefing.blocks import Block
from parkbook.briefing.claims import Sentence, bullets, words
from parkbook.briefing.format import direction_words, value_text
from parkbook.briefing.provenance import grade_words
from parkbook.briefing.view import ParkView
from parkbook.catalogue import Catalogue
from parkbook.errors import Finding
from parkbook.indicators.compute import shown_name
from parkbook.indicators.formulas import implied_growth, published
from parkbook.model import Observation
from parkbook.observations.read import ParkData
from parkbook.observations.reconcile.growth import check_growth

GROWTH_CODES = frozenset({"growth_sign", "growth_level"})


def finding_words(data: ParkData, catalogue: Catalogue, finding: Finding) -> Sentence:
    """A finding as a clause; a published rate that its levels do not bear out, with all three figures."""
    told = _growth_words(data, catalogue, finding) if finding.code in GROWTH_CODES else Sentence()
    if told:
        return told
    where = _without_ids(data, finding.where)
    return Sentence(f"{finding.what}（{where}）" if where else finding.what)


def _growth_words(data: ParkData, catalogue: Catalogue, finding: Finding) -> Sentence:
    """Empty when the finding is not one of this park's figures or no growth can be computed."""
    same = [
        audited
        for audited in check_growth(data.observations).findings
        if (audited.finding.what, audited.finding.where) == (finding.what, finding.where)
    ]
    if not same or len(same[0].observations) != 3:
        return Sentence()
    rate, now, before = same[0].observations
    indicator = catalogue.get(rate.indicator_id) if rate.indicator_id in catalogue else None
    computed = implied_growth(indicator, now, before, rate) if indicator is not None else None
    if indicator is None or computed is None:
        return Sentence()
    shown = [published(o, indicator) for o in (rate, now, before)]
    sentence = Sentence(f"{rate.subject}{shown_name(indicator, rate)}（{rate.period.label_zh}）公布")
    sentence.figure(shown[0], direction_words(shown[0])).say(f"（{grade_words(rate.source)}），按")
    sentence.figure(shown[1], value_text(shown[1])).say(f"{_grade_beside(now, rate)}与")
    sentence.figure(shown[2], value_text(shown[2])).say(f"{_grade_beside(before, rate)}推算")
    return sentence.figure(computed, direction_words(computed))


def _grade_beside(level: Observation, rate: Observation) -> str:
    """The grade of a level, where it is not that of the rate."""
    grade = grade_words(level.source)
    return "" if grade == grade_words(rate.source) else f"（{grade}）"


def _without_ids(data: ParkData, where: str) -> str:
    """Places with the documents under their names in place of the ids of park.yaml."""
    names = {source_id: source.label_zh for source_id, source in data.park.source_by_id.items()}
    for source_id in sorted(names, key=len, reverse=True):
        where = re.sub(rf"(?<![\w-]){re.escape(source_id)}(?![\w-])", names[source_id], where)
    return where


def findings_list(view: ParkView, most: int = 20) -> list[Block]:
    """What is doubtful in the sources, as met while reading."""
    listed = [finding_words(view.data, view.catalogue, finding) for finding in view.data.findings]
    blocks: list[Block] = [bullets(listed[:most])] if listed else []
    if len(listed) > most:
        blocks.append(words(f"另有{len(listed) - most}条，见核对清单。", "note"))
    return blocks
