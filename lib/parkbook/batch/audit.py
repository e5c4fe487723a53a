"""`parkbook audit PARK`: what was read of a park, what was refused or is doubtful, what does not fit, and what is implied.

`--format json` prints one object with `park`, `sources`, `reading`, `compared`, `findings`, `implied` and `hidden`; numbers are
texts, as exact as they were read. `--format text` prints the same in words, the summary last.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from parkbook.batch.forms import check_form
from parkbook.catalogue import catalogue
from parkbook.codelists import label_zh
from parkbook.errors import SEVERITY_ZH, Finding, Severity
from parkbook.model import NUMERIC, Observation
from parkbook.observations.read import ParkData, read_park
from parkbook.observations.reconcile import CERTAINTY_ZH, KIND_ZH, AuditFinding, Reconciliation, implied_text, reconcile
from parkbook.parameters import check_park
from parkbook.sources.plausibility import place_of

FORMATS: Final = ("text", "json")


@dataclass(frozen=True)
class Audit:
    """A park as it was read, and its figures against each other."""

    data: ParkData
    reconciliation: Reconciliation

    @property
    def reading(self) -> list[Finding]:
        """What was met while reading, without what the comparisons say again."""
        return self.reconciliation.others(self.data.findings)

    @property
    def hidden(self) -> list[Observation]:
        return [o for o in self.data.observations if o.obs_status not in NUMERIC]

    @property
    def ok(self) -> bool:
        """Nothing was refused and nothing is wrong; notes do not count."""
        items = [*self.reading, *(item.finding for item in self.reconciliation.findings)]
        return all(finding.severity is Severity.NOTE for finding in items)


def audit_park(park_id: str) -> Audit:
    """Read a park and reconcile it; UnknownCodeError with the nearest ids for a park that is not there."""
    data = read_park(check_park(park_id, "parkbook audit"))
    return Audit(data, reconcile(data.observations, catalogue()))


def audit_lines(audit: Audit, form: str = "text") -> Iterator[str]:
    """The audit in words, or as JSON."""
    check_form(form, FORMATS)
    if form == "json":
        yield json.dumps(as_json(audit), ensure_ascii=False, indent=1)
    else:
        yield from _text(audit)


# -- in words ---------------------------------------------------------------------------------------------------------


def _text(audit: Audit) -> Iterator[str]:
    yield f"{audit.data.park.name}（{audit.data.park.id}）数据核对"
    for name, members in _by_source(audit.data.observations).items():
        counts = Counter(label_zh(o.obs_status) for o in members)
        yield f"来源 {name}：{len(members)} 条（{'，'.join(f'{status} {count}' for status, count in counts.items())}）"
    for finding in audit.reading:
        yield f"{SEVERITY_ZH[finding.severity]} {finding}"
    for item in sorted(audit.reconciliation.findings, key=lambda item: item.finding.severity is not Severity.NOTE):
        yield _finding_line(item)
    for o in audit.reconciliation.implied:
        kind = f"（{label_zh(o.transformation)}）" if o.transformation.value != "level" else ""
        yield (
            f"推算 {o.period.label_zh}{o.subject}{o.reported_label}{kind}：{implied_text(o)}"
            f"；算法：{o.attribute('formula')}；{o.source.source_id}，{o.locator}"
        )
    yield _summary(audit)


def _finding_line(item: AuditFinding) -> str:
    word = "提示" if item.finding.severity is Severity.NOTE else "不符"
    return f"{word} [{KIND_ZH[item.kind]}，{CERTAINTY_ZH[item.certainty]}] {item.finding}"


def _summary(audit: Audit) -> str:
    findings = audit.reconciliation.findings
    notes = sum(item.finding.severity is Severity.NOTE for item in findings)
    compared = sum(audit.reconciliation.compared.values())
    return (
        f"读取 {len(audit.data.observations)} 条数据，其中 {len(audit.hidden)} 条没有数字；读取中的问题 {len(audit.reading)} 项；"
        f"核对 {compared} 组，{len(findings) - notes} 项不符，{notes} 项提示；推算 {len(audit.reconciliation.implied)} 个数。"
    )


def _by_source(observations: tuple[Observation, ...]) -> dict[str, list[Observation]]:
    sources: dict[str, list[Observation]] = {}
    for o in observations:
        sources.setdefault(o.source.source_id, []).append(o)
    return sources


# -- as JSON ----------------------------------------------------------------------------------------------------------


def as_json(audit: Audit) -> dict[str, Any]:
    """The audit as plain data."""
    result = audit.reconciliation
    return {
        "park": {"id": audit.data.park.id, "name": audit.data.park.name},
        "sources": [
            {
                "source_id": name,
                "title": members[0].source.title,
                "grade": members[0].source.grade.value,
                "kind": members[0].source.kind.value,
                "observations": len(members),
                "by_status": dict(Counter(o.obs_status.value for o in members)),
            }
            for name, members in _by_source(audit.data.observations).items()
        ],
        "reading": [_finding(finding) for finding in audit.reading],
        "compared": {kind.value: count for kind, count in result.compared.items()},
        "findings": [
            {
                **_finding(item.finding),
                "kind": item.kind.value,
                "certainty": item.certainty.value,
                "difference": item.difference,
                "observations": [_observation(o) for o in item.observations],
            }
            for item in result.findings
        ],
        "implied": [
            {**_observation(o), "formula": o.attribute("formula"), "inputs": _inputs(o)} for o in result.implied
        ],
        "hidden": [_observation(o) for o in audit.hidden],
    }


def _inputs(implied: Observation) -> list[str]:
    return [name for name in implied.attribute("inputs").split(",") if name]


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "what": finding.what,
        "where": finding.where,
        "expected": finding.expected,
        "found": finding.found,
        "cause": finding.cause,
        "remedy": finding.remedy,
    }


def _observation(o: Observation) -> dict[str, str | None]:
    return {
        "obs_id": o.obs_id,
        "indicator_id": o.indicator_id,
        "label": o.reported_label,
        "subject": o.subject,
        "time_period": o.period.time_period,
        "transformation": o.transformation.value,
        "value": None if o.obs_value is None else format(o.obs_value, "f"),
        "value_low": None if o.value_low is None else format(o.value_low, "f"),
        "value_high": None if o.value_high is None else format(o.value_high, "f"),
        "unit": str(o.unit) if o.unit_measure else "",
        "obs_status": o.obs_status.value,
        "rule": o.rule,
        "place": place_of(o),
        "source_text": o.source_text,
    }
