"""Months and cumulatives of one flow: 上月止累计 + 本月 = 本月止累计, and a cumulative figure does not fall."""

from __future__ import annotations

from parkbook.catalogue import Catalogue, IndicatorBasis
from parkbook.model import ObsStatus
from parkbook.observations.reconcile.result import AuditFinding, Check, CheckKind, found, name_of, note, plain, titled
from parkbook.observations.reconcile.series import AllSeries, Number, Series, is_sum, never_negative
from parkbook.periods import Basis, Month, ytd_period


def check_months(levels: AllSeries, known: Catalogue) -> Check:
    """Every month against its cumulatives, and every cumulative figure against the one before."""
    results = []
    for key, line in levels.items():
        if not is_sum(key.indicator_id, known, (IndicatorBasis.FLOW,)):
            continue
        for period, number in line.items():
            if period[2] is Basis.MONTH and period[1] is not None:
                results.append(_month(number, period[1], line))
            elif period[2] is Basis.YTD and period[1] is not None and never_negative(key.indicator_id, known):
                results.append(_rising(number, period[1], line))
    return Check.of(CheckKind.MONTHS, results)


def _month(month: Number, end: Month, line: Series) -> list[AuditFinding] | None:
    """Where cumulative(m) - cumulative(m-1) is not the month m; None when they are not all there."""
    now = line.get(ytd_period(end.year, end.month).key)
    before = line.get(ytd_period(end.year, end.month - 1).key) if end.month > 1 else None
    if now is None or (before is None and end.month > 1):
        return None
    implied = now.value - (before.value if before else 0)
    allowed = now.rounding + month.rounding + (before.rounding if before else 0)
    if abs(implied - month.value) <= allowed:
        return []
    unit = month.unit
    gap = f"相差 {plain(month.value - implied, unit)}"
    return [
        found(
            CheckKind.MONTHS,
            f"{name_of(month.observation)} {month.observation.period.label_zh} 的当月数与累计数之差不符",
            [number.observation for number in (month, now, before) if number],
            "month_ytd",
            expected=f"{plain(implied, unit)}（累计 {plain(now.value)} 减上月累计 {plain(before.value) if before else 0}）",
            said=f"当月 {plain(month.value, unit)}，{gap}",
            difference=f"相差 {plain(abs(month.value - implied), unit)}",
            cause="当月数或累计数填错，或累计数作过修订",
        )
    ]


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
