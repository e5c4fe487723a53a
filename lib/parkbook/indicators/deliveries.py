"""缺报清单: which ledger, indicator or enterprise has not delivered which month of the year, up to the page's period.

What is expected follows the release pattern of the catalogue (production and investment have no January, rolling services lag
a month), unless the ledger itself comes less often: a register kept by quarters owes four sheets, not twelve. A masked or
withheld figure was delivered and is not published; an error cell was delivered and is wrong; a sheet that could not be read
was delivered too. Only what is not there at all, or an empty cell, is 缺报.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parkbook.catalogue import Catalogue, Release
from parkbook.errors import Finding, ParkbookError
from parkbook.indicators.register_rows import ENTERPRISE_FIGURES, REMAINDER
from parkbook.model import Observation, ObsStatus, SourceKind, Transformation
from parkbook.periods import Basis, Period, parse_period


class Delivery(StrEnum):
    """What came of an indicator for a month."""

    DELIVERED = "delivered"
    NOT_PUBLISHED = "not_published"
    ERROR = "error"
    UNREADABLE = "unreadable"
    MISSING = "missing"


DELIVERED_AS = {
    ObsStatus.MASKED: Delivery.NOT_PUBLISHED,
    ObsStatus.WITHHELD: Delivery.NOT_PUBLISHED,
    ObsStatus.CONFIDENTIAL: Delivery.NOT_PUBLISHED,
    ObsStatus.ERROR: Delivery.ERROR,
    ObsStatus.MISSING: Delivery.MISSING,
    ObsStatus.NOT_STATED: Delivery.MISSING,
}
UNREAD_CODES = frozenset({"layout", "unknown_row", "hidden"})
"""Findings after which a sheet, or a row of it, was there and not read."""
STEPS = {Release.QUARTERLY: 3, Release.HALF_YEARLY: 6, Release.ANNUAL: 12}


@dataclass(frozen=True, slots=True)
class Deliveries:
    """One series of a ledger over the months of a year; `step` is the number of months between two deliveries."""

    ledger: str
    indicator_id: str
    subject: str
    release: Release
    step: int
    months: Mapping[int, Delivery]

    @property
    def incomplete(self) -> bool:
        return any(state is not Delivery.DELIVERED for state in self.months.values())

    def of(self, state: Delivery) -> tuple[int, ...]:
        return tuple(month for month, found in self.months.items() if found is state)


def deliveries(
    observations: Iterable[Observation], findings: Sequence[Finding], catalogue: Catalogue, period: Period | None
) -> list[Deliveries]:
    """Every monthly or quarterly series of the ledgers, in catalogue order, then enterprises; none without a known period.

    A series counts as owed when any month of the year or of the year before has it; an enterprise from its first month on.
    """
    if period is None or period.end is None:
        return []
    year, last = period.end.year, period.end.month
    series: dict[tuple[str, str, str], list[Observation]] = {}
    for o in observations:
        if _counts(o, catalogue) and o.period.end is not None and o.period.end.year in (year - 1, year):
            series.setdefault((o.subject, o.indicator_id, _family(o.source.title)), []).append(o)
    order = {indicator.id: place for place, indicator in enumerate(catalogue)}
    unread = _unread(findings, year)
    found = []
    for (subject, indicator_id, _), members in sorted(series.items(), key=lambda s: (s[0][0], order[s[0][1]], s[0][2])):
        release = catalogue.get(indicator_id).release
        if release is not Release.IRREGULAR:
            found.append(_deliveries(indicator_id, subject, release, members, year, last, unread))
    return [item for item in found if item.months]


def _family(title: str) -> str:
    """The ledger without its year: 01主要经济指标2024.xlsx and …2025.xlsx are one."""
    return re.sub(r"(?:19|20)\d{2}", "", title)


def _counts(o: Observation, catalogue: Catalogue) -> bool:
    """A figure of a ledger's own period: no target, no forecast, not last year's column."""
    return (
        o.source.kind is SourceKind.LEDGER
        and o.indicator_id in catalogue
        and o.transformation in (Transformation.LEVEL, Transformation.GROWTH)
        and o.obs_status is not ObsStatus.ESTIMATED
        and not any("上年" in words for words in o.header_cells)
        and (not o.subject or (o.indicator_id in ENTERPRISE_FIGURES and not o.subject.startswith(REMAINDER)))
    )


def _deliveries(
    indicator_id: str,
    subject: str,
    release: Release,
    members: Sequence[Observation],
    year: int,
    last: int,
    unread: Mapping[str, set[int]],
) -> Deliveries:
    numbers = {o.period.end for o in members if o.period.end is not None and o.obs_status is not ObsStatus.MISSING}
    step = max(_step_of({end.month for end in numbers}), STEPS.get(release, 1))
    mine = [o for o in members if o.period.end is not None and o.period.end.year == year]
    ledger = (mine or list(members))[-1].source.title
    january = any(end.month == 1 for end in numbers)
    expected = _expected(release, step, last, january=january)
    if subject:
        ends = sorted(end for end in numbers)
        first = ends[0].month if ends and ends[0].year == year else 1
        expected = [month for month in expected if month >= first]
    states = {month: _state(mine, month, unread.get(ledger, set())) for month in expected}
    return Deliveries(ledger, indicator_id, subject, release, step, states)


def _step_of(months: set[int]) -> int:
    """How often a ledger comes: 12 when only in December, 6, 3, else every month."""
    return next((step for step in (12, 6, 3) if months and all(month % step == 0 for month in months)), 1)


def _expected(release: Release, step: int, last: int, *, january: bool) -> list[int]:
    if step > 1:
        return list(range(step, last + 1, step))
    if release is Release.JAN_FEB_JOINT:
        return list(range(2, last + 1))
    if release is Release.LAGGED_1:
        return list(range(1 if january else 2, last))
    return list(range(1, last + 1))


def _state(members: Iterable[Observation], month: int, unread: set[int]) -> Delivery:
    here = [o for o in members if o.period.end is not None and o.period.end.month == month]
    cumulative = [o for o in here if o.period.basis is not Basis.MONTH] or here  # 2月 has no month of its own
    if any(o.is_number or o.value_low is not None for o in cumulative):
        return Delivery.DELIVERED
    states = {DELIVERED_AS.get(o.obs_status, Delivery.DELIVERED) for o in cumulative}
    for state in (Delivery.DELIVERED, Delivery.NOT_PUBLISHED, Delivery.ERROR):
        if state in states:
            return state
    return Delivery.UNREADABLE if month in unread else Delivery.MISSING


def _unread(findings: Iterable[Finding], year: int) -> dict[str, set[int]]:
    """Months of which a ledger had a sheet, or a row, that was not read."""
    months: dict[str, set[int]] = {}
    for finding in findings:
        if finding.code not in UNREAD_CODES:
            continue
        ledger, _, place = finding.where.partition(" ")
        try:
            end = parse_period(place.partition("!")[0], year).end
        except ParkbookError:
            continue
        if end is not None and end.year == year:
            months.setdefault(ledger, set()).add(end.month)
    return months
