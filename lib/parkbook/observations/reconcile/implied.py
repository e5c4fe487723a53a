"""Figures that others imply, as intervals: a total from a part and its share, a target from a result and its completion, the
base from a level and its growth, a part from a total and the part's share.

Each is a new observation: status estimated, `value_low` and `value_high` and no value, rule `implied`. Its attributes hold the
formula and the obs_ids of its inputs; an end that the inputs leave open stays empty. A figure that is printed is not implied,
and nothing is implied from one that cannot be (a share of 120 %).
Counts come whole: 4 people at 57 % are 4 of 7 (7.02 to 6.96 holds one whole number).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from parkbook.catalogue import Catalogue, Indicator
from parkbook.errors import UnitError
from parkbook.model import Comparison, Observation, ObsStatus, Qualifier, TargetKind, Transformation
from parkbook.observations.reconcile.growth import (
    Key,
    growth_factor,
    is_yearly_growth,
    level_beside,
    level_key,
    levels_by_key,
    nearest,
    year_before,
)
from parkbook.observations.reconcile.interval import (
    Interval,
    factor_between,
    fine_places,
    is_count,
    outward,
    printed,
    product,
    quotient,
    rounded,
)
from parkbook.observations.reconcile.limits import is_impossible
from parkbook.observations.reconcile.result import AuditFinding, Check, CheckKind, found, plain, titled
from parkbook.observations.reconcile.tables import is_target
from parkbook.periods import Basis, Period, PeriodStatus, point_period, year_period, ytd_period

RULE = "implied"
SHOWN_FINENESS = 10
"""Shown ends are given to a tenth of the interval's width."""
PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class _Implied:
    """What two figures imply: of what, for which period, within which bounds."""

    like: Observation
    inputs: tuple[Observation, ...]
    interval: Interval
    formula: str
    label: str
    period: Period
    subject: str
    transformation: Transformation = Transformation.LEVEL
    indicator_id: str = ""
    target_kind: TargetKind | None = None


def implied_figures(
    observations: Sequence[Observation], known: Catalogue, result_of: Mapping[str, str]
) -> tuple[tuple[Observation, ...], Check]:
    """All implied figures, and the counts that no whole total fits. `result_of` names figures that are the target of another."""
    levels = levels_by_key(observations)
    figures: dict[tuple[object, ...], Observation] = {}
    findings: list[AuditFinding] = []
    candidates = [
        *_totals(observations, levels),
        *_targets(observations, levels, result_of),
        *_bases(observations, levels),
        *_of_rates(observations, levels, known),
    ]
    candidates = [
        candidate
        for candidate in candidates
        if not candidate.interval.empty and not any(is_impossible(o, known) for o in candidate.inputs)
    ]
    for candidate in candidates:
        interval = candidate.interval.whole() if is_count(candidate.like.unit) else candidate.interval
        if interval.empty:
            findings += _no_whole_number(candidate)
        elif interval.low is not None or interval.high is not None:
            figure = _observation(candidate, interval)
            figures.setdefault(_sameness(figure), figure)
    counted = sum(is_count(candidate.like.unit) and _is_share(candidate) for candidate in candidates)
    return tuple(figures.values()), Check(CheckKind.IMPLIED, counted, tuple(findings))


def _sameness(o: Observation) -> tuple[object, ...]:
    """What makes two implied figures one: a figure that is printed in two editions implies the same twice."""
    return o.indicator_id or o.reported_label, o.subject, o.period.key, o.transformation, o.value_low, o.value_high


def _is_share(implied: _Implied) -> bool:
    return implied.inputs[-1].transformation is Transformation.SHARE


def _observation(implied: _Implied, interval: Interval) -> Observation:
    low, high = _whole_ends(interval) if is_count(implied.like.unit) else outward(interval)
    return replace(
        implied.like,
        reported_label=implied.label,
        indicator_id=implied.indicator_id or implied.like.indicator_id,
        subject=implied.subject,
        parent="",
        period=implied.period,
        transformation=implied.transformation,
        comparison=None,
        target_kind=implied.target_kind,
        locator=f"由{'；'.join(dict.fromkeys(o.locator for o in implied.inputs))}推算",
        obs_value=None,
        value_low=low,
        value_high=high,
        obs_status=ObsStatus.ESTIMATED,
        qualifier=Qualifier.RANGE,
        note=f"推算：{implied.formula}；区间由原数的四舍五入得出",
        rule=RULE,
        confidence=Decimal(1),
        header_cells=(),
        corrected_from="",
        attributes=(("formula", implied.formula), ("inputs", ",".join(o.obs_id for o in implied.inputs))),
    )


def _whole_ends(interval: Interval) -> tuple[Decimal | None, Decimal | None]:
    return (
        None if interval.low is None else rounded(interval.low, 0),
        None if interval.high is None else rounded(interval.high, 0),
    )


def _no_whole_number(implied: _Implied) -> list[AuditFinding]:
    """A count and its share that fit no whole total."""
    if not _is_share(implied):
        return []
    count, share = implied.inputs
    low, high = (end and rounded(end, 2) for end in (implied.interval.low, implied.interval.high))
    return [
        found(
            CheckKind.IMPLIED,
            f"{titled(count)} 与其占比对不上：没有一个整数总数符合",
            [count, share],
            "share_count",
            expected=f"总数为整数；按公布数推算在 {low} 至 {high} 之间",
            said=f"{plain(count.obs_value or Decimal(0), count.unit)}，占 {plain(share.obs_value or Decimal(0), share.unit)}",
            difference="没有相符的整数",
            cause="占比截去了尾数，或个数与占比口径不同",
        )
    ]


# -- totals from shares -----------------------------------------------------------------------------------------------


def _totals(observations: Iterable[Observation], levels: dict[Key, list[Observation]]) -> Iterator[_Implied]:
    for share in observations:
        if share.transformation is not Transformation.SHARE or share.unit_measure != "%":
            continue
        part, said = level_beside(share, levels), printed(share)
        amount = printed(part) if part is not None else None
        if part is None or said is None or amount is None or (amount.low or 0) <= 0:
            continue
        whole = share.parent or "总体"
        total = quotient(amount, said.within(Fraction(0), Fraction(100)).scaled(PERCENT)).within(amount.low, None)
        yield _Implied(part, (part, share), total, "部分 ÷ 占比", part.reported_label, part.period, whole)


# -- targets from completion ------------------------------------------------------------------------------------------


def _targets(
    observations: Sequence[Observation], levels: dict[Key, list[Observation]], result_of: Mapping[str, str]
) -> Iterator[_Implied]:
    printed_targets = {
        _target_key(o, result_of.get(o.indicator_id, o.indicator_id)) for o in observations if is_target(o, result_of)
    }
    for completion in observations:
        if completion.transformation is not Transformation.COMPLETION or completion.unit_measure != "%":
            continue
        level, said = level_beside(completion, levels), printed(completion)
        amount = printed(level) if level is not None else None
        if level is None or said is None or amount is None or (amount.low or 0) <= 0 or (said.low or 0) <= 0:
            continue
        if _target_key(completion, completion.indicator_id) in printed_targets:
            continue
        yield _Implied(
            level,
            (level, completion),
            quotient(amount, said.scaled(PERCENT)),
            "完成数 ÷ 完成率",
            level.reported_label,
            _year_of(level.period),
            level.subject,
            Transformation.TARGET,
        )


def _target_key(o: Observation, indicator_id: str) -> tuple[object, ...]:
    return o.ref_area, indicator_id or o.reported_label, o.subject, o.scope, o.period.end.year if o.period.end else None


def _year_of(period: Period) -> Period:
    """A target is for the year of a cumulative result."""
    if period.end is None or period.basis is not Basis.YTD:
        return period
    return replace(year_period(period.end.year), status=PeriodStatus.INFERRED)


# -- bases from growth ------------------------------------------------------------------------------------------------


def _bases(observations: Iterable[Observation], levels: dict[Key, list[Observation]]) -> Iterator[_Implied]:
    for growth in observations:
        if not is_yearly_growth(growth) or growth.comparison is not Comparison.YOY:
            continue
        before = growth.period.shift_years(-1)
        level, factor = level_beside(growth, levels), growth_factor(growth)
        amount = printed(level) if level is not None else None
        if level is None or factor is None or amount is None or (amount.low or 0) <= 0 or (factor.low or 0) <= 0:
            continue
        if level_key(growth, year_before(growth)) in levels:
            continue
        base = quotient(amount, factor)
        yield _Implied(level, (level, growth), base, "本期数 ÷（1＋增速）", level.reported_label, before, level.subject)


# -- parts and totals from rates --------------------------------------------------------------------------------------


def _of_rates(
    observations: Iterable[Observation], levels: dict[Key, list[Observation]], known: Catalogue
) -> Iterator[_Implied]:
    """The numerator or the denominator of a share in the catalogue, where only the other is printed."""
    for rate in observations:
        indicator = known.get(rate.indicator_id) if rate.indicator_id in known else None
        if indicator is None or indicator.formula is None or indicator.formula.family != "share":
            continue
        said = printed(rate) if rate.transformation is Transformation.LEVEL and rate.unit_measure == "%" else None
        if said is None or not rate.is_number:
            continue
        sides = {
            name: _argument(rate, indicator_id, levels) for name, indicator_id in indicator.formula.arguments.items()
        }
        if (sides.get("numerator") is None) != (sides.get("denominator") is None):
            yield from _other_side(rate, said, sides, indicator, known)


def _argument(rate: Observation, indicator_id: str, levels: dict[Key, list[Observation]]) -> Observation | None:
    """A level that the rate is made of, of the rate's source: of its period, or as at its end."""
    like = replace(rate, indicator_id=indicator_id)
    for period in _spans(rate.period):
        mine = [o for o in levels.get(level_key(replace(like, period=period)), []) if o.source == rate.source]
        if mine:
            return nearest(mine, rate)
    return None


def _spans(period: Period) -> list[Period]:
    if period.end is None or period.basis is Basis.MONTH:
        return [period]
    end = period.end
    return [period, point_period(end.year, end.month), ytd_period(end.year, end.month)]


def _other_side(
    rate: Observation, said: Interval, sides: dict[str, Observation | None], indicator: Indicator, known: Catalogue
) -> Iterator[_Implied]:
    top, bottom = sides.get("numerator"), sides.get("denominator")
    there, missing = (bottom, "numerator") if bottom is not None else (top, "denominator")
    amount = printed(there) if there is not None else None
    arguments = indicator.formula.arguments if indicator.formula is not None else {}
    if (
        there is None
        or amount is None
        or (amount.low or 0) <= 0
        or (said.low or 0) <= 0
        or arguments[missing] not in known
    ):
        return
    other = known.get(arguments[missing])
    try:
        factor_between(there.unit, other.parsed_unit)
    except UnitError:
        return
    share = said.within(Fraction(0), Fraction(100)).scaled(PERCENT)
    interval = product(amount, share) if missing == "numerator" else quotient(amount, share)
    formula = "总体 × 占比" if missing == "numerator" else "部分 ÷ 占比"
    yield _Implied(
        there,
        (there, rate),
        interval,
        formula,
        other.label_zh,
        there.period,
        there.subject,
        indicator_id=other.id,
    )


# -- in words ---------------------------------------------------------------------------------------------------------


def shown_ends(observation: Observation) -> tuple[Decimal | None, Decimal | None]:
    """The ends of an implied figure as they are shown: rounded to no more than the interval can bear."""
    low, high = observation.value_low, observation.value_high
    ends = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))
    places = 0 if is_count(observation.unit) else fine_places(ends, SHOWN_FINENESS)
    return (
        None if ends.low is None else rounded(ends.low, places),
        None if ends.high is None else rounded(ends.high, places),
    )


def implied_text(observation: Observation) -> str:
    """12498.7—12502.6万美元, 7人, 不少于26家, 不超过75亿元."""
    low, high = shown_ends(observation)
    unit = str(observation.unit)
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"不超过{high}{unit}" if low is None else f"不少于{low}{unit}"
    return f"{low}{unit}" if low == high else f"{low}—{high}{unit}"


def inputs_of(implied: Observation, observations: dict[str, Observation]) -> tuple[Observation, ...]:
    """The figures that imply it, from an index by obs_id."""
    return tuple(observations[name] for name in implied.attribute("inputs").split(",") if name in observations)
