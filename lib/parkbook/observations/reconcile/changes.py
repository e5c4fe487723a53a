"""A printed change against the level and the growth printed with it: 45亿元，增长10% is 3.9 to 4.3 more than the year before.

Only changes that the words say to be over a year (同比, 比上年) count: 比年初, 环比 and 比全区平均 have another base. Sums of money may
differ for prices and 口径, so a small difference is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Final

from parkbook.errors import Severity, UnitError
from parkbook.model import Comparison, Observation, Transformation
from parkbook.observations.reconcile.growth import (
    PRICED,
    Key,
    growth_factor,
    is_yearly_growth,
    level_beside,
    level_key,
    levels_by_key,
    stated_basis,
)
from parkbook.observations.reconcile.interval import (
    Interval,
    factor_between,
    fine_places,
    is_count,
    printed,
    quotient,
    rounded,
)
from parkbook.observations.reconcile.result import AuditFinding, Certainty, Check, CheckKind, found, plain, titled
from parkbook.units import dimension

PRICES_EXPLAIN: Final = Decimal(20)
"""So many percentage points apart, two rates of one sum of money may be for prices or 口径; more no price index makes."""
_OVER_A_YEAR = re.compile(r"(?:同比|[比较](?:上年|去年|上一年)(?![末底])(?:同期|全年)?)[^，,；;。、]*\Z")


def check_changes(observations: Sequence[Observation]) -> Check:
    """Every yearly change that is printed in one source with its level and its growth."""
    levels, growths = levels_by_key(observations), dict[Key, list[Observation]]()
    for o in observations:
        if is_yearly_growth(o):
            growths.setdefault(level_key(o), []).append(o)
    return Check.of(CheckKind.GROWTH, (_change(*three) for three in _threes(observations, levels, growths)))


def _threes(
    observations: Sequence[Observation], levels: dict[Key, list[Observation]], growths: dict[Key, list[Observation]]
) -> Iterator[tuple[Observation, Observation, Observation]]:
    for change in observations:
        if _is_yearly_change(change):
            now, growth = level_beside(change, levels), level_beside(change, growths)
            if now is not None and growth is not None and growth.source.source_id == change.source.source_id:
                yield change, now, growth


def _is_yearly_change(o: Observation) -> bool:
    return (
        o.transformation is Transformation.CHANGE
        and o.comparison is Comparison.YOY
        and o.is_number
        and o.period.known
        and _OVER_A_YEAR.search(o.source_text) is not None
    )


def _change(change: Observation, now: Observation, growth: Observation) -> list[AuditFinding] | None:
    amount, factor, said = printed(now), growth_factor(growth), printed(change)
    if amount is None or factor is None or said is None or not (factor.low and factor.low > 0):
        return None
    try:
        said = said.scaled(factor_between(change.unit, now.unit))
    except UnitError:
        return None
    base, due = quotient(amount, factor), _due(amount, factor)
    if due is None:
        return None
    if due.meets(said):
        return []
    if is_count(now.unit) and not base.whole().empty and not due.whole().empty:  # for showing: counts come whole
        base, due = base.whole(), due.whole()
    return [_difference((change, now, growth), due, base, said)]


def _due(amount: Interval, factor: Interval) -> Interval | None:
    """By how much a level of `amount` grew that is `factor` times its base: all values of amount * (1 - 1 / factor)."""
    if amount.low is None or amount.high is None or not factor.low or not factor.high:
        return None
    corners = [end * (1 - 1 / times) for end, times in product((amount.low, amount.high), (factor.low, factor.high))]
    return Interval(min(corners), max(corners))


def _difference(
    three: tuple[Observation, Observation, Observation], due: Interval, base: Interval, said: Interval
) -> AuditFinding:
    change, now, growth = three
    possible = bool(stated_basis(growth)) or (_is_priced(now) and _near(change, now, growth))
    sure = Certainty.POSSIBLE if possible else Certainty.LIKELY if _is_priced(now) else None
    gap = f"至少相差 {plain(rounded(_apart(due, said), max(fine_places(due, 10), 0)), now.unit)}"
    rate = f"{'下降' if (growth.obs_value or 0) < 0 else '增长'}{_size(growth)}"
    return found(
        CheckKind.GROWTH,
        f"{titled(change)} 的增减额与数值和增速不符",
        list(three),
        "growth_change",
        expected=f"{_change_words(due)}{now.unit}（{_size(now)}，{rate}，上年同期应为 {_ends(base)}{now.unit}）",
        said=f"{'减少' if (change.obs_value or 0) < 0 else '增加'} {_size(change)}，{gap}",
        difference=gap,
        cause="增速可能按可比价格或可比口径计算" if possible else "增减额、数值、增速之一填错",
        certainty=sure,
        severity=Severity.NOTE if possible else Severity.WARNING,
    )


def _is_priced(o: Observation) -> bool:
    return dimension(o.unit) in PRICED


def _apart(due: Interval, said: Interval) -> Fraction:
    """The distance of two intervals that do not meet."""
    above = said.low - due.high if said.low is not None and due.high is not None else Fraction(0)
    below = due.low - said.high if said.high is not None and due.low is not None else Fraction(0)
    return max(above, below)


def _near(change: Observation, now: Observation, growth: Observation) -> bool:
    """Whether the growth that the change makes is of the printed one's sign and not far from it."""
    value, more = Fraction(now.obs_value or 0), Fraction(change.obs_value or 0) * factor_between(change.unit, now.unit)
    times = 1 if growth.unit_measure == "%" else 100
    rate = Fraction(growth.obs_value or 0) * times
    if value <= more:
        return False
    made = more / (value - more) * 100
    return made * rate >= 0 and abs(made - rate) <= PRICES_EXPLAIN


def _change_words(due: Interval) -> str:
    """增加 3.86—4.32, 减少 0.47—0.65; with both signs as they are."""
    if due.low is not None and due.low >= 0:
        return f"增加 {_ends(due)}"
    if due.low is not None and due.high is not None and due.high <= 0:
        return f"减少 {_ends(Interval(-due.high, -due.low))}"
    return f"增减 {_ends(due, ' 至 ')}"


def _ends(interval: Interval, between: str = "—") -> str:
    places = fine_places(interval, 10)
    ends = (str(rounded(end, places)) for end in (interval.low, interval.high) if end is not None)
    return between.join(dict.fromkeys(ends))


def _size(o: Observation) -> str:
    """A number without its sign, which the words say."""
    return plain(abs(o.obs_value or Decimal(0)), o.unit)
