"""超进度42.31%: a distance from the schedule is a difference of two percentages, in 个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parkbook.model import Observation
from parkbook.observations.reconcile.result import (
    NOTHING_TO_DO,
    AuditFinding,
    Certainty,
    Check,
    CheckKind,
    note,
    plain,
    titled,
)

_GAP = re.compile(
    r"(?:超|欠|落后|滞后|快于|慢于|低于|高于|超前|提前)(?:于|了|出)?(?:全年|年度)?(?:序时|时间|时序|均衡|计划)?进度(?:约|近)?"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[%％]|个?百分点)"
)


def check_unit_words(observations: Iterable[Observation]) -> Check:
    """Every printed distance from the schedule; a note where it is said in % instead of 个百分点."""
    compared, findings = 0, list[AuditFinding]()
    for o in observations:
        for said in _GAP.finditer(o.source_text):
            if o.obs_value is None or plain(o.obs_value).lstrip("-") != _number(said["number"]):
                continue
            compared += 1
            if said["unit"] in "%％":
                findings.append(_wrong_word(o, said[0], said["number"]))
    return Check(CheckKind.UNIT_WORDS, compared, tuple(findings))


def _number(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _wrong_word(o: Observation, said: str, number: str) -> AuditFinding:
    return note(
        CheckKind.UNIT_WORDS,
        f"{titled(o)} 的进度差写成了百分比",
        [o],
        "unit_word",
        expected=f"{number}个百分点",
        said=said,
        cause="进度差是两个百分数之差，单位应为个百分点；写成%会被读作相对差",
        difference="单位用词",
        remedy=NOTHING_TO_DO,
        certainty=Certainty.LIKELY,
    )
