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
LARGE_POWERS = (3, 4, 8)
LARGE_BAND = (Decimal("0.4"), Decimal("2.5"))
ALIKE = Decimal("1.25")
FEWEST_ALIKE = 3
"""A slip of 10^3 and more is also claimed of a series whose other figures, three at least, are within `ALIKE` of each other."""


def check_slips(series: Iterable[AllSeries]) -> Check:
    """Figures that are a power of ten off the neighbours of their series."""
    lines = [line for kind in series for line in kind.values() if len(line) > 2]
    return Check.of(CheckKind.SLIPS, (_slip(number, line) for line in lines for number in line.values()))


def _slip(number: Number, line: Series) -> list[AuditFinding] | None:
    """Off the neighbours in time, else by 10^3 and more off a short series that is otherwise as good as constant."""
    near = [abs(other.value) for other in _neighbours(number, line) if other.value]
    steady = len(near) > 1 and max(near) <= STEADY * min(near)
    alike = [abs(other.value) for other in _others(number, line) if other.value]
    even = len(alike) >= FEWEST_ALIKE and max(alike) <= ALIKE * min(alike)
    if not number.value or not (steady or even):
        return None
    usual, power, whose = median(near or alike), 0, "相邻各期"
    if steady:
        power = slip_power(abs(number.value) / usual)
    if not power and even:
        usual, whose = median(alike), "其余各期"
        power = large_power(abs(number.value) / usual)
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
            expected=f"约 {plain(usual.quantize(Decimal(1).scaleb(usual.adjusted() - 3)), unit)}（{whose}）",
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


def _others(number: Number, line: Series) -> list[Number]:
    """All other figures of the series for periods of the same kind and length."""
    kind = _kind(number.observation.period)
    return [other for other in line.values() if other is not number and _kind(other.observation.period) == kind]


def _kind(period: Period) -> tuple[Basis | None, int]:
    """What makes two figures of a series comparable: basis and length in months."""
    if period.start is None or period.end is None:
        return period.basis, 0
    return period.basis, (period.end.year - period.start.year) * 12 + period.end.month - period.start.month


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
    return _power(ratio, SLIP_POWERS, SLIP_BAND)


def large_power(ratio: Decimal) -> int:
    """The same of 10^3 and more, in a wider band: no figure grows a thousandfold, whatever its own change."""
    return _power(ratio, LARGE_POWERS, LARGE_BAND)


def _power(ratio: Decimal, powers: Iterable[int], band: tuple[Decimal, Decimal]) -> int:
    low, high = band
    for power in powers:
        for sign in (1, -1):
            if low <= ratio.scaleb(-sign * power) <= high:
                return sign * power
    return 0
