"""Counts against lists: 重点项目 23 个 against the projects that are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parkbook.errors import Severity
from parkbook.model import Observation, SourceKind
from parkbook.observations.reconcile.declared import Listing
from parkbook.observations.reconcile.interval import is_count
from parkbook.observations.reconcile.result import AuditFinding, Certainty, Check, CheckKind, found, plain, titled
from parkbook.observations.reconcile.series import AllSeries, Number
from parkbook.periods import Month


def check_lists(levels: AllSeries, observations: Iterable[Observation], lists: Sequence[Listing]) -> Check:
    """A printed count against the subjects that are listed for the same date. A list in prose may be open (等): only one that
    is longer than the count is wrong; a ledger's list is closed."""
    compared, findings = 0, list[AuditFinding]()
    named = _subjects(observations, {listing.members for listing in lists})
    for listing in lists:
        for key, line in levels.items():
            if key.indicator_id != listing.count or key.subject:
                continue
            for number in line.values():
                members = named.get((key.ref_area, listing.members, number.observation.period.end), {})
                if members and is_count(number.unit):
                    compared += 1
                    findings += _count(number, list(members.values()))
    return Check(CheckKind.LISTS, compared, tuple(findings))


def _subjects(
    observations: Iterable[Observation], wanted: set[str]
) -> dict[tuple[str, str, Month | None], dict[str, Observation]]:
    """The named things, by area, indicator and date; whether their figure is hidden makes no difference."""
    named: dict[tuple[str, str, Month | None], dict[str, Observation]] = {}
    for o in observations:
        if o.indicator_id in wanted and o.subject and o.period.known:
            named.setdefault((o.ref_area, o.indicator_id, o.period.end), {}).setdefault(o.subject, o)
    return named


def _count(number: Number, members: Sequence[Observation]) -> list[AuditFinding]:
    listed, said = len(members), number.value
    closed = all(member.source.kind is SourceKind.LEDGER for member in members)
    if listed == said or (listed < said and not closed):
        return []
    gap = f"名单{'多' if listed > said else '少'} {plain(abs(said - listed), number.unit)}"
    return [
        found(
            CheckKind.LISTS,
            f"{titled(number.observation)} 的个数与名单不符",
            [number.observation, members[0]],
            "count_list",
            expected=f"{plain(said, number.unit)}",
            said=f"名单列出 {plain(number.value * 0 + listed, number.unit)}，{gap}",
            difference=gap,
            cause="个数或名单未更新，或同一对象有两个名称",
            certainty=Certainty.LIKELY,
            severity=Severity.WARNING,
        )
    ]
