"""One thing counted in two ways: 重点项目 444 个, 打包拆分后 569 个. Two definitions, declared in identities.yaml, no contradiction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from parkbook.model import Observation
from parkbook.observations.reconcile.declared import Definition
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
from parkbook.observations.reconcile.series import AllSeries

_CLAUSE = re.compile(r"[，,；;。、（(]")


def defined(observations: Iterable[Observation], definitions: Sequence[Definition]) -> list[Observation]:
    """The figures, those counted in another way with its name as their scope; a scope that is stated stays."""
    of_indicator: dict[str, list[Definition]] = {}
    for definition in definitions:
        of_indicator.setdefault(definition.indicator, []).append(definition)
    return [
        _scoped(o, of_indicator.get(o.indicator_id, ())) if o.indicator_id in of_indicator else o for o in observations
    ]


def _scoped(observation: Observation, definitions: Iterable[Definition]) -> Observation:
    """Its label has the words, or the clause that the figure itself stands in has."""
    clause = _CLAUSE.split(observation.source_text)[-1]
    said = f"{observation.reported_label} {clause}"
    for definition in definitions:
        if not observation.scope and any(words in said for words in definition.words):
            return replace(observation, scope=definition.name)
    return observation


def check_definitions(levels: AllSeries, definitions: Sequence[Definition]) -> Check:
    """A note for every period in which an indicator is there in both ways, so that nobody adds or mixes them."""
    compared, findings = 0, list[AuditFinding]()
    for definition in definitions:
        for key, line in levels.items():
            if key.indicator_id != definition.indicator or key.scope != definition.name:
                continue
            other = levels.get(key._replace(scope=""), {})
            for period, number in line.items():
                if period not in other:
                    continue
                compared += 1
                base = other[period]
                findings.append(
                    note(
                        CheckKind.DEFINITIONS,
                        f"{titled(base.observation)} 有两种计法，不是矛盾",
                        [base.observation, number.observation],
                        "two_definitions",
                        expected=f"{plain(base.value, base.unit)}；{definition.name} {plain(number.value, number.unit)}",
                        cause=definition.why,
                        remedy=NOTHING_TO_DO,
                        certainty=Certainty.CERTAIN,
                    )
                )
    return Check(CheckKind.DEFINITIONS, compared, tuple(findings))
