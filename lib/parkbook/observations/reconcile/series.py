"""Figures in series: by what they measure, of whom and in which 口径, then by period, all in one unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from parkbook.catalogue import Catalogue, IndicatorBasis
from parkbook.errors import UnitError
from parkbook.model import Observation, Transformation
from parkbook.observations.duplicates import half_unit
from parkbook.observations.reconcile.interval import is_whole_count
from parkbook.periods import Basis, Month, Period, point_period, ytd_period
from parkbook.units import Unit, convert

TYPED_DECIMALS = 4
"""More decimals than anyone types: a computed number, which says nothing of how its neighbours were rounded."""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in the unit of its series, and what rounding may hide of it."""

    observation: Observation
    value: Decimal
    rounding: Decimal
    unit: Unit


PeriodKey = tuple[Month | None, Month | None, Basis | None]
Series = dict[PeriodKey, Number]


class SeriesKey(NamedTuple):
    ref_area: str
    indicator_id: str
    subject: str
    parent: str
    scope: str
    price_basis: str
    fiscal_basis: str


AllSeries = dict[SeriesKey, Series]


def series_key(observation: Observation) -> SeriesKey:
    return SeriesKey(
        observation.ref_area,
        observation.indicator_id,
        observation.subject,
        observation.parent if observation.subject else "",
        observation.scope,
        observation.price_basis or "",
        observation.fiscal_basis or "",
    )


def series_of(observations: Iterable[Observation], transformation: Transformation = Transformation.LEVEL) -> AllSeries:
    """Numbers by indicator, subject and 口径, then by period. Of several sayings the first published counts: figures that
    were published together fit together, a later revision of one of them need not."""
    series: AllSeries = {}
    for observation in observations:
        if (
            observation.obs_value is None
            or not observation.is_number
            or not observation.indicator_id
            or not observation.period.known
            or observation.transformation is not transformation
        ):
            continue
        line = series.setdefault(series_key(observation), {})
        number = _number(observation, next(iter(line.values()), None))
        earlier = line.get(observation.period.key)
        if number is not None and (earlier is None or observation.vintage < earlier.observation.vintage):
            line[observation.period.key] = number
    return {key: _evenly_rounded(line) for key, line in series.items()}


def _evenly_rounded(line: Series) -> Series:
    """The series with the rounding that each source shows over all of it: a 12 beside 12.4 is 12.0."""
    finest: dict[tuple[str, Unit], Decimal] = {}
    for number in line.values():
        key = (number.observation.source.source_id, number.observation.unit)
        if decimals(number.observation.obs_value or Decimal(0)) <= TYPED_DECIMALS:
            finest[key] = min(number.rounding, finest.get(key, number.rounding))
    return {
        period: replace(number, rounding=min(number.rounding, finest.get(key, number.rounding)))
        for period, number in line.items()
        for key in [(number.observation.source.source_id, number.observation.unit)]
    }


def decimals(value: Decimal) -> int:
    """How many decimals are printed."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _number(observation: Observation, first: Number | None) -> Number | None:
    """The figure in the unit of the first of its series; None when the units do not convert."""
    unit = first.unit if first is not None else observation.unit
    value = observation.obs_value or Decimal(0)
    slack = Decimal(0) if is_whole_count(observation) else half_unit(value)
    try:
        return Number(observation, convert(value, observation.unit, unit), convert(slack, observation.unit, unit), unit)
    except (UnitError, KeyError):
        return None


def in_unit(number: Number, unit: Unit) -> Number | None:
    """The same figure said in another unit; None when it cannot be."""
    try:
        return replace(
            number,
            value=convert(number.value, number.unit, unit),
            rounding=convert(number.rounding, number.unit, unit),
            unit=unit,
        )
    except (UnitError, KeyError):
        return None


def beside(series: AllSeries, key: SeriesKey, indicator_id: str) -> Series:
    """The series of another indicator of the same subject and 口径, else of no stated 口径."""
    same = key._replace(indicator_id=indicator_id)
    return series.get(same) or series.get(same._replace(scope="")) or {}


def at(line: Series, period: Period) -> Number | None:
    """The figure of a period; for a cumulative one also the state at its end, and for a state the cumulative one."""
    exact = line.get(period.key)
    if exact is not None or period.end is None:
        return exact
    if period.basis is Basis.YTD:
        return line.get(point_period(period.end.year, period.end.month).key)
    if period.basis is Basis.POINT:
        return line.get(ytd_period(period.end.year, period.end.month).key)
    return None


def is_sum(indicator_id: str, known: Catalogue, bases: Sequence[IndicatorBasis]) -> bool:
    """Whether an indicator adds up, of the given bases."""
    return indicator_id in known and known.get(indicator_id).basis in bases


ADDITIVE = (IndicatorBasis.FLOW, IndicatorBasis.STOCK)


def never_negative(indicator_id: str, known: Catalogue) -> bool:
    if indicator_id not in known:
        return False
    least = known.get(indicator_id).minimum
    return least is not None and least >= 0
