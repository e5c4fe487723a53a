"""A printed growth against the two levels a year apart.

The ratio of two printed levels is 推算（按公布数，非可比口径）: it never replaces the printed rate. Sums of money may differ from it
for prices and revisions, so a difference is a note; a difference in sign, and one in things that have no price, is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from parkbook.errors import Severity, UnitError
from parkbook.model import Comparison, Observation, PriceBasis, ScopeBasis, SourceKind, Transformation
from parkbook.observations.duplicates import agree
from parkbook.observations.reconcile.interval import (
    Interval,
    factor_between,
    fine_places,
    is_count,
    printed,
    quotient,
    rounded,
)
from parkbook.observations.reconcile.result import AuditFinding, Certainty, Check, CheckKind, found, note, titled
from parkbook.observations.reconcile.slips import slip_power
from parkbook.periods import PeriodStatus
from parkbook.units import dimension

Key = tuple[object, ...]
PRICED = ("currency_cny", "currency_usd", "currency_eur", "cny_per_area", "cny_per_person")


def level_key(o: Observation, period_key: object = None) -> Key:
    """What a level shares with the growth, share or completion that is printed of it; without an indicator, its words."""
    return (
        o.ref_area,
        o.indicator_id or f"“{o.reported_label}”",
        o.subject,
        o.parent if o.subject else "",
        o.scope,
        o.fiscal_basis,
        period_key or (o.period.key, "" if o.period.known else o.period.text),
    )


def year_before(o: Observation) -> Key:
    """The period part of the key of the same months a year earlier."""
    return (o.period.shift_years(-1).key, "")


def levels_by_key(observations: Iterable[Observation]) -> dict[Key, list[Observation]]:
    """All printed levels, every saying of each."""
    levels: dict[Key, list[Observation]] = {}
    for o in observations:
        if o.transformation is Transformation.LEVEL and o.obs_value is not None and o.is_number:
            levels.setdefault(level_key(o), []).append(o)
    return levels


def nearest(sayings: Sequence[Observation], to: Observation) -> Observation | None:
    """The saying that was printed with another figure: in its source and vintage, its source, else the first published."""
    if not sayings:
        return None
    return min(
        sayings,
        key=lambda o: (o.source.source_id != to.source.source_id, o.vintage != to.vintage, o.vintage),
    )


def level_beside(figure: Observation, levels: dict[Key, list[Observation]]) -> Observation | None:
    """The level that a share, completion or growth speaks of, of one source; None where a report has two that differ."""
    sayings = [o for o in levels.get(level_key(figure), []) if o.source.source_id == figure.source.source_id]
    if figure.source.kind is SourceKind.REPORT and any(not agree(sayings[0], other) for other in sayings[1:]):
        return None
    return nearest(sayings, figure)


def is_yearly_growth(o: Observation) -> bool:
    """A number that says by how much a figure of a known period grew over a year."""
    return (
        o.transformation is Transformation.GROWTH
        and o.comparison is Comparison.YOY
        and o.is_number
        and bool(o.indicator_id)
        and o.period.known
        and o.unit_measure in ("%", "倍")
    )


def growth_factor(growth: Observation) -> Interval | None:
    """1 + g, from 8.2 % as from 1.7 倍."""
    rate = printed(growth)
    return None if rate is None else rate.scaled(Fraction(1, 100 if growth.unit_measure == "%" else 1)).plus(1)


def check_growth(observations: Sequence[Observation]) -> Check:
    """Every printed growth whose two levels are printed too."""
    levels = levels_by_key(observations)
    return Check.of(CheckKind.GROWTH, (_growth(o, levels) for o in observations if is_yearly_growth(o)))


def _growth(growth: Observation, levels: dict[Key, list[Observation]]) -> list[AuditFinding] | None:
    now = nearest(levels.get(level_key(growth), []), growth)
    before = nearest(levels.get(level_key(growth, year_before(growth)), []), growth)
    if now is None or before is None:
        return None
    ratio, factor = _ratio(now, before), growth_factor(growth)
    if ratio is None or factor is None:
        return None
    return [] if ratio.meets(factor) else [_difference(growth, now, before, ratio)]


def _ratio(now: Observation, before: Observation) -> Interval | None:
    """The interval of now / before; None when they have no ratio."""
    top, bottom = printed(now), printed(before)
    if top is None or bottom is None or not bottom.low or bottom.low <= 0 or top.low is None or top.low < 0:
        return None
    try:
        return quotient(top, bottom.scaled(factor_between(before.unit, now.unit)))
    except UnitError:
        return None


def _difference(growth: Observation, now: Observation, before: Observation, ratio: Interval) -> AuditFinding:
    middle = _middle(now, before)
    rate = (middle - 1) * 100
    said = (growth.obs_value or Decimal(0)) * (1 if growth.unit_measure == "%" else 100)
    opposite = said * rate < 0
    power = slip_power(middle / (1 + said / 100)) if said > -100 and middle else 0
    sure = (opposite and not stated_basis(growth)) or bool(power) or not _explained(growth, now, before)
    report = found if sure else note
    times = f"10^{abs(power)}" if abs(power) > 1 else "10"
    gap = f"相差约 {times} 倍" if power else f"相差 {abs(said - rate):.1f} 个百分点"
    return report(
        CheckKind.GROWTH,
        f"{titled(growth)} 的公布增速与两期数值推算的{'方向相反' if opposite else '不一致'}",
        [growth, now, before],
        "growth_sign" if opposite else "growth_level",
        expected=f"推算 {rate:.1f}%（{_shown(now)} ÷ {_shown(before)} − 1）{'' if power else _base_words(growth, now)}",
        said=f"公布 {_shown(growth)}，{gap}",
        difference=gap,
        cause=_cause(growth, now, before, power),
        certainty=Certainty.LIKELY if sure else Certainty.POSSIBLE,
        severity=Severity.WARNING if sure else Severity.NOTE,
        remedy="核对两期数值的口径和来源；仍以公布增速为准，推算的增速只供核对",
    )


def _middle(now: Observation, before: Observation) -> Decimal:
    factor = factor_between(before.unit, now.unit)
    base = (before.obs_value or Decimal(0)) * factor.numerator / factor.denominator
    return (now.obs_value or Decimal(0)) / base


def _base_words(growth: Observation, now: Observation) -> str:
    """What the base would have to be for the printed growth."""
    amount, factor = printed(now), growth_factor(growth)
    if amount is None or factor is None or not factor.low or factor.low <= 0:
        return ""
    counted = is_count(now.unit)
    base = quotient(amount, factor).whole() if counted else quotient(amount, factor)
    if base.empty:
        return ""
    places = 0 if counted else fine_places(base, 10)
    ends = [str(rounded(end, places)) for end in (base.low, base.high) if end is not None]
    return f"；按公布增速，上年同期应为 {'—'.join(dict.fromkeys(ends))}{now.unit}" if len(ends) == 2 else ""


def _shown(o: Observation) -> str:
    return f"{'' if o.obs_value is None else format(o.obs_value, 'f')}{o.unit}"


def stated_basis(growth: Observation) -> str:
    """The basis on which the source says that the rate was computed; empty when it says nothing."""
    if growth.price_basis is PriceBasis.CONSTANT:
        return "可比价格"
    return "可比口径" if growth.scope_basis is ScopeBasis.COMPARABLE else ""


def _explained(growth: Observation, now: Observation, before: Observation) -> bool:
    """Whether prices, 口径 or a guessed year may account for a difference."""
    inferred = PeriodStatus.INFERRED in (now.period.status, before.period.status) and now.source != before.source
    return bool(stated_basis(growth)) or inferred or dimension(now.unit) in PRICED


def _cause(growth: Observation, now: Observation, before: Observation, power: int) -> str:
    if power:
        return f"两期数值之一疑似错了 {f'10^{abs(power)}' if abs(power) > 1 else '10'} 倍"
    if stated_basis(growth):
        return f"来源载明增速按{stated_basis(growth)}计算，两期数值不是；未见错误的迹象"
    if _explained(growth, now, before):
        return "增速可能按可比价格或可比口径计算，也可能上年数后来作过修订"
    return "其中一数填错，或上年数作过修订，或两期口径、范围不同；该指标不受价格影响"
