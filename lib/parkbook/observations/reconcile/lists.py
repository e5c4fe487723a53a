"""Counts against lists: 重点项目 23 个 against the projects that are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from parkbook.errors import Severity
from parkbook.model import Observation, Qualifier, SourceKind
from parkbook.observations.reconcile.declared import Listing
from parkbook.observations.reconcile.interval import is_count
from parkbook.observations.reconcile.result import AuditFinding, Certainty, Check, CheckKind, found, plain, titled
from parkbook.observations.reconcile.series import AllSeries, Number
from parkbook.periods import Month

LISTED: Final = "名单"
"""The attribute of a count that holds the names after it as printed (`observations.listed`)."""
_IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|“[^“”]*”|《[^《》]*》")
_JOINED = re.compile(r"以及|[和及与]")
_OPEN = re.compile(r"等|如|包括|其中|之一")
"""Words of a list that leaves names out."""


def check_lists(levels: AllSeries, observations: Sequence[Observation], lists: Sequence[Listing]) -> Check:
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
    after = Check.of(CheckKind.LISTS, (_names_after(o) for o in observations if o.attribute(LISTED)))
    return Check(CheckKind.LISTS, compared + after.compared, (*findings, *after.findings))


def _names_after(o: Observation) -> list[AuditFinding] | None:
    """A count of a report against the names that follow it. 和 may join two names or stand in one: both readings count."""
    if (
        o.obs_value is None
        or not o.is_number
        or o.qualifier is not Qualifier.EXACT
        or o.source.kind is SourceKind.LEDGER
    ):
        return None
    words = _IN_BRACKETS.sub("名", o.attribute(LISTED))
    least = len([name for name in words.split("、") if name.strip()])
    most = least + len(_JOINED.findall(words))
    is_open = _OPEN.search(words) is not None
    if least <= o.obs_value and (is_open or o.obs_value <= most):
        return []
    listed = Decimal(least if o.obs_value < least else most)
    gap = f"名单{'多' if listed > o.obs_value else '少'} {plain(abs(o.obs_value - listed), o.unit)}"
    return [_differs(o, [o], listed, f"{gap}（{o.attribute(LISTED)}）", gap)]


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
    return [_differs(number.observation, [number.observation, members[0]], said * 0 + listed, gap, gap)]


def _differs(
    count: Observation, figures: Sequence[Observation], listed: Decimal, told: str, difference: str
) -> AuditFinding:
    return found(
        CheckKind.LISTS,
        f"{titled(count)} 的个数与名单不符",
        figures,
        "count_list",
        expected=plain(count.obs_value or Decimal(0), count.unit),
        said=f"名单列出 {plain(listed, count.unit)}，{told}",
        difference=difference,
        cause="个数或名单未更新，或同一对象有两个名称",
        certainty=Certainty.LIKELY,
        severity=Severity.WARNING,
    )
