"""A park as park.yaml and its form describe it together.

What only one of them says counts; what both say and is equal is fine; where they differ park.yaml wins and a finding names
both. park.yaml says nothing with an empty field, `unstated`, `synthetic: false`, and a name that only repeats the id
(`parkbook new-park` without --name writes that). Peers are united, those of park.yaml first.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from parkbook.codelists import AdminLevel, ParkType, label_zh
from parkbook.errors import Finding, Severity
from parkbook.sources.form.park_sheet import FormField
from parkbook.sources.form.parts import FIELDS, FORM_FILE
from parkbook.sources.form.read import Form
from parkbook.sources.park import PARK_FILE, Park

_SINGLE: Final = ("name", "relation", "type", "level", "area", "period", "synthetic", "note")
_LABELS: Final = {field.key: field.label for field in FIELDS}
PRECEDENCE: Final = "precedence"


def with_form(park: Park, form: Form) -> tuple[Park, list[Finding]]:
    """The park with what only the form says, and a finding for every field in which the two differ."""
    changes: dict[str, Any] = {}
    findings: list[Finding] = []
    for key in _SINGLE:
        said = form.fields.get(key)
        if said is None or said.value == getattr(park, key):
            continue
        if _unsaid(park, key):
            changes[key] = said.value
        elif said.value is not False:
            findings.append(_differs(park, key, said, form.place))
    peers = [said.value for key, said in form.fields.items() if key.startswith("peer")]
    peers = [peer for peer in dict.fromkeys((*park.peers, *peers)) if peer != park.id]
    if tuple(peers) != park.peers:
        changes["peers"] = tuple(peers)
    return (park.model_copy(update=changes) if changes else park), findings


def _unsaid(park: Park, key: str) -> bool:
    value = getattr(park, key)
    return value in ("", False, ParkType.UNSTATED, AdminLevel.UNSTATED) or (key == "name" and value == park.id)


def _differs(park: Park, key: str, said: FormField, place: str) -> Finding:
    return Finding(
        what=f"{_LABELS[key]}在 {PARK_FILE} 和{FORM_FILE}中不同，采用 {PARK_FILE}",
        where=f"{place} {said.cell}",
        expected=f"{PARK_FILE} 的 {key}：{_words(getattr(park, key))}",
        found=f"{FORM_FILE}：{said.text}",
        remedy=f"改正其中一处，使两者相同；以填报表为准的，请分析人员修改 {PARK_FILE}",
        code=PRECEDENCE,
        severity=Severity.WARNING,
    )


def _words(value: object) -> str:
    return label_zh(value) if isinstance(value, StrEnum) else "是" if value is True else str(value)
