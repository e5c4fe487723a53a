"""Slips of a power of ten: a figure in 万元 where its neighbours are in 亿元, a decimal point one place off."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from statistics import median

from parkbook.observations.reconcile.result import AuditFinding, Certainty, Check, CheckKind, found, plain, titled
from parkbook.observations.reconcile.series import AllSeries, Number, Series
from parkbook.periods import Basis, Period, ytd_period

SLIP_POWERS = (1, 2, 3, 4, 8)
SLIP_BAND = (Decimal("0.8"), Decimal("1.25"))
STEADY = Decimal(3)
"""A slip is only claimed where the neighbours are within this factor of each other."""


def check_slips(series: Iterable[AllSeries]) -> Check:
    """Figures that are a power of ten off the neighbours of their series."""
    lines = [line for kind in series for line in kind.values() if len(line) > 2]
    return Check.of(CheckKind.SLIPS, (_slip(number, line) for line in lines for number in line.values()))


def _slip(number: Number, line: Series) -> list[AuditFinding] | None:
    neighbours = _neighbours(number, line)
    values = [abs(other.value) for other in neighbours if other.value]
    if len(values) < 2 or not number.value or max(values) > STEADY * min(values):
        return None
    usual = median(values)
    power = slip_power(abs(number.value) / usual)
    if not power:
        return []
    unit = number.unit
    times = f"10^{abs(power)}" if abs(power) > 1 else "10"
    gap = f"{'大' if power > 0 else '小'} {times} 倍上下"
    return [
        found(
            CheckKind.SLIPS,
            f"{titled(number.observation)} 的数疑似错了 {times} 倍",
            [number.observation],
            "unit_slip",
            expected=f"约 {plain(usual.quantize(Decimal(1).scaleb(usual.adjusted() - 3)), unit)}（相邻各期）",
            said=f"{plain(number.value, unit)}，{gap}",
            difference=gap,
            cause="计量单位或小数点填错",
            certainty=Certainty.LIKELY,
        )
    ]


def _neighbours(number: Number, line: Series) -> list[Number]:
    """The same months a year before and after, and for months, points and years the adjacent ones."""
    period = number.observation.period
    found_lines = [line.get(other.key) for other in _near_periods(period)]
    return [other for other in found_lines if other is not None]


def _near_periods(period: Period) -> list[Period]:
    if period.start is None or period.end is None:
        return []
    years = [period.shift_years(-1), period.shift_years(1)]
    step = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if period.basis is Basis.YTD:
        ends = [month for month in (period.end.month - 1, period.end.month + 1) if 1 <= month <= 12]
        return years + [ytd_period(period.end.year, month) for month in ends if step < 12 or month < 12]
    return years + [Period(period.start.shift(n * step), period.end.shift(n * step), period.basis) for n in (-1, 1)]


def slip_power(ratio: Decimal) -> int:
    """The power of ten that a ratio is near to, signed; 0 when it is near none."""
    low, high = SLIP_BAND
    for power in SLIP_POWERS:
        for sign in (1, -1):
            if low <= ratio.scaleb(-sign * power) <= high:
                return sign * power
    return 0
