"""A printed ratio against its recomputation (开工率 = 已开工 ÷ 计划开工), naming truncation where that explains it:
129 of 270 are 47.78 %, printed 47 %."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from parkbook.catalogue import Catalogue, Indicator
from parkbook.errors import ParkbookError
from parkbook.observations.reconcile.interval import Interval, factor_between, quotient, rounded
from parkbook.observations.reconcile.result import (
    NOTHING_TO_DO,
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
from parkbook.observations.reconcile.series import AllSeries, Number, at, beside, decimals
from parkbook.units import Unit, parse_unit

RATIO_FAMILIES = ("share", "ratio")


def check_ratios(levels: AllSeries, known: Catalogue) -> Check:
    """Every rate whose numerator and denominator (formula of the catalogue) are printed for the same period and subject."""
    results = []
    for key, line in levels.items():
        indicator = known.get(key.indicator_id) if key.indicator_id in known else None
        if indicator is None or indicator.formula is None or indicator.formula.family not in RATIO_FAMILIES:
            continue
        arguments = indicator.formula.arguments
        tops, bottoms = (beside(levels, key, arguments[name]) for name in ("numerator", "denominator"))
        for rate in line.values():
            period = rate.observation.period
            results.append(_ratio(rate, at(tops, period), at(bottoms, period), indicator))
    return Check.of(CheckKind.RATIOS, results)


def _ratio(rate: Number, top: Number | None, bottom: Number | None, indicator: Indicator) -> list[AuditFinding] | None:
    if top is None or bottom is None or bottom.value <= bottom.rounding or top.value < 0:
        return None
    factor = ratio_factor(top.unit, bottom.unit, rate.unit, indicator)
    if factor is None:
        return None
    computed = quotient(interval_of(top), interval_of(bottom)).scaled(factor)
    if computed.meets(interval_of(rate)):
        return []
    exact = Fraction(top.value) / Fraction(bottom.value) * factor
    return [_difference(rate, top, bottom, exact, computed)]


def interval_of(number: Number) -> Interval:
    value, slack = Fraction(number.value), Fraction(number.rounding)
    return Interval(value - slack, value + slack)


def ratio_factor(top: Unit, bottom: Unit, rate: Unit, indicator: Indicator) -> Fraction | None:
    """What turns top / bottom into the rate's unit; None where the units do not fit."""
    try:
        if indicator.formula is not None and indicator.formula.family == "share":
            return factor_between(top, bottom) * factor_between(Unit("%"), rate) * 100
        above, _, below = rate.measure.partition("/")
        if not below:
            return None
        above_unit = Unit(parse_unit(above).measure, rate.mult)
        return factor_between(top, above_unit) / factor_between(bottom, parse_unit(below))
    except (ParkbookError, KeyError):
        return None


def truncated(exact: Fraction, rate: Number) -> bool:
    """Whether cutting off instead of rounding gives the printed figure."""
    places = decimals(rate.observation.obs_value or rate.value)
    return Fraction(floor(exact * 10**places), 10**places) == Fraction(rate.value)


def _difference(rate: Number, top: Number, bottom: Number, exact: Fraction, computed: Interval) -> AuditFinding:
    cut = truncated(exact, rate)
    places = decimals(rate.observation.obs_value or rate.value) + 2
    unit = "个百分点" if rate.unit.measure == "%" else str(rate.unit)
    shown = f"{rounded(exact, places)}{rate.unit}"
    gap = f"相差 {rounded(abs(Fraction(rate.value) - exact), places)} {unit}"
    figures = [number.observation for number in (rate, top, bottom)]
    expected = f"{shown}（{name_of(top.observation)} {plain(top.value, top.unit)} ÷ {name_of(bottom.observation)} {plain(bottom.value, bottom.unit)}）"
    said = f"{plain(rate.value, rate.unit)}，{gap}"
    if cut:
        return note(
            CheckKind.RATIOS,
            f"{titled(rate.observation)} 截去了尾数，没有四舍五入",
            figures,
            "ratio_truncated",
            expected=expected,
            said=said,
            cause="按截尾取数",
            difference=gap,
            remedy=NOTHING_TO_DO,
            certainty=Certainty.LIKELY,
        )
    return found(
        CheckKind.RATIOS,
        f"{titled(rate.observation)} 与分子、分母推算的结果不符",
        figures,
        "ratio",
        expected=expected,
        said=said,
        cause="比率、分子、分母之一填错，或三者时点、口径不同",
        difference=gap,
    )
