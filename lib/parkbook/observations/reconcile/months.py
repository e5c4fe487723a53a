"""Months and cumulatives of one flow: 上月止累计 + 本月 = 本月止累计, and a cumulative figure does not fall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from parkbook.catalogue import Catalogue, IndicatorBasis
from parkbook.model import ObsStatus
from parkbook.observations.reconcile.growth import stated_basis
from parkbook.observations.reconcile.result import (
    AuditFinding,
    Certainty,
    Check,
    CheckKind,
    found,
    name_of,
    note,
    plain,
    titled,
)
from parkbook.observations.reconcile.series import AllSeries, Number, Series, is_sum, never_negative
from parkbook.periods import Basis, Month, month_period, ytd_period
from parkbook.sources.plausibility import place_of

YEAR_END: Final = 12
LEVEL_AT: Final = {"completion": 1, "growth_level": 1, "growth_sign": 1, "unit_slip": 0, "part_total": 0}
"""Where the level stands among the figures of the findings of other checks."""


def check_months(levels: AllSeries, known: Catalogue, others: Iterable[AuditFinding] = ()) -> Check:
    """Every month against its cumulatives, and every cumulative figure against the one before. What `others` found helps to tell
    which of the figures of a broken identity is the wrong one."""
    results = []
    suspected = _Suspects.of(others)
    for key, line in levels.items():
        if not is_sum(key.indicator_id, known, (IndicatorBasis.FLOW,)):
            continue
        for period, number in line.items():
            if period[2] is Basis.MONTH and period[1] is not None:
                results.append(_month(period[1], line, suspected))
            elif period[2] is Basis.YTD and period[1] is not None and never_negative(key.indicator_id, known):
                results.append(_rising(number, period[1], line))
    return Check.of(CheckKind.MONTHS, results)


@dataclass(frozen=True, slots=True)
class _Suspects:
    """Places of levels that other checks found not to hold: for certain, or unless prices or 口径 explain it."""

    sure: frozenset[str]
    maybe: frozenset[str]

    @classmethod
    def of(cls, findings: Iterable[AuditFinding]) -> _Suspects:
        sure, maybe = set[str](), set[str]()
        for item in findings:
            at = LEVEL_AT.get(item.finding.code)
            if at is not None and item.certainty is not Certainty.POSSIBLE:
                sure.add(place_of(item.observations[at]))
            elif at is not None and not stated_basis(item.observations[0]):
                maybe.add(place_of(item.observations[at]))
        return cls(frozenset(sure), frozenset(sure | maybe))


@dataclass(frozen=True, slots=True)
class _Identity:
    """上月止累计 + 本月 = 本月止累计 of one month; of January without the first term."""

    month: Number
    now: Number
    before: Number | None

    @property
    def gap(self) -> Decimal:
        """By how much the month is more than the difference of its cumulatives."""
        return self.month.value - self.implied

    @property
    def implied(self) -> Decimal:
        return self.now.value - (self.before.value if self.before else 0)

    @property
    def allowed(self) -> Decimal:
        """What rounding may account for."""
        return self.now.rounding + self.month.rounding + (self.before.rounding if self.before else 0)

    @property
    def holds(self) -> bool:
        return abs(self.gap) <= self.allowed


def _identity(line: Series, end: Month) -> _Identity | None:
    """The identity of a month; None when its figures are not all there."""
    month, now = line.get(month_period(end.year, end.month).key), line.get(ytd_period(end.year, end.month).key)
    before = line.get(ytd_period(end.year, end.month - 1).key) if end.month > 1 else None
    if month is None or now is None or (before is None and end.month > 1):
        return None
    return _Identity(month, now, before)


def _month(end: Month, line: Series, suspected: _Suspects) -> list[AuditFinding] | None:
    """Where cumulative(m) - cumulative(m-1) is not the month m; None when they are not all there."""
    broken = _identity(line, end)
    if broken is None:
        return None
    if broken.holds:
        return []
    month, now, before, unit = broken.month, broken.now, broken.before, broken.month.unit
    doubted, cause = _wrong(broken, end, line, suspected)
    return [
        found(
            CheckKind.MONTHS,
            f"{name_of(month.observation)} {month.observation.period.label_zh} 的当月数与累计数之差不符",
            [n.observation for n in (*doubted, *(n for n in (month, now, before) if n and n not in doubted))],
            "month_ytd",
            expected=f"{plain(broken.implied, unit)}（累计 {plain(now.value)} 减上月累计 {plain(before.value) if before else 0}）",
            said=f"当月 {plain(month.value, unit)}，相差 {plain(broken.gap, unit)}",
            difference=f"相差 {plain(abs(broken.gap), unit)}",
            cause=cause,
            doubted=[number.observation for number in doubted],
        )
    ]


def _wrong(broken: _Identity, end: Month, line: Series, suspected: _Suspects) -> tuple[list[Number], str]:
    """Which figures of a broken identity are not to be used, and why: one where the identities of the months before and after or
    other checks single it out, else all that they do not clear.

    A wrong cumulative figure breaks two identities by the same amount in opposite directions, a wrong month only its own.
    """
    later = _identity(line, end.shift(1)) if end.month < YEAR_END else None
    earlier = _identity(line, end.shift(-1)) if end.month > 1 else None
    cumulatives = [(broken.now, later), *([(broken.before, earlier)] if broken.before else [])]
    for number, other in cumulatives:
        if other is not None and not other.holds and abs(broken.gap + other.gap) <= broken.allowed + other.allowed:
            return [number], f"{_called(number)}存疑：其前后两个月的当月数与累计数之差差额相同、方向相反"
    left = [broken.month, *(number for number, other in cumulatives if other is None or not other.holds)]
    for candidates, places in (((*left, broken.now), suspected.sure), (left, suspected.maybe)):
        hinted = list(dict.fromkeys(n.observation.obs_id for n in candidates if place_of(n.observation) in places))
        if len(hinted) == 1:
            number = next(n for n in candidates if n.observation.obs_id == hinted[0])
            return [number], f"{_called(number)}存疑：与完成率、增速等也不相符"
    if len(left) == 1:
        return left, f"{_called(broken.month)}存疑：前后各月的当月数与累计数相符"
    return left, f"{'、'.join(_called(number) for number in left)}孰误不能判定，均存疑"


def _called(number: Number) -> str:
    """2025年6月当月数, 2025年1—6月累计数."""
    period = number.observation.period
    return f"{period.label_zh}{'当月数' if period.basis is Basis.MONTH else '累计数'}"


def _rising(now: Number, end: Month, line: Series) -> list[AuditFinding] | None:
    """Where a cumulative figure is below an earlier one of the same year and the same source."""
    before = next(
        (line[key] for m in range(end.month - 1, 0, -1) if (key := ytd_period(end.year, m).key) in line), None
    )
    if before is None or before.observation.source.source_id != now.observation.source.source_id:
        return None
    if ObsStatus.ESTIMATED in (now.observation.obs_status, before.observation.obs_status):
        return None  # a forecast for the year may well be missed
    if now.value >= before.value - now.rounding - before.rounding:
        return []
    gap = f"少 {plain(before.value - now.value, now.unit)}"
    report = note if now.observation.subject else found  # one enterprise's tax or sales may be returned
    return [
        report(
            CheckKind.MONTHS,
            f"{titled(now.observation)} 的累计数小于前期累计数",
            [now.observation, before.observation],
            "ytd_falls",
            expected=f"不小于 {plain(before.value, now.unit)}（{before.observation.period.label_zh}）",
            said=f"{plain(now.value, now.unit)}，{gap}",
            difference=gap,
            cause="其中一期填错，或前期数已核减而未追溯",
        )
    ]
