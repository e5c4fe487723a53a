"""Intervals: what a printed figure may have been before it was rounded, and what follows from two of them.

A printed number x with its last decimal at 10^-d stands for [x - h, x + h], h half a unit of that decimal. Both ends are
included: 四舍五入 takes the lower one, GB/T 8170 (half to even) either. Of the numbers as they stand:

- a count (家, 人, 项 … without 万 or 亿) and a whole number of five significant digits and more (39577万美元) is the figure on
  record: it is exact, the rate beside it was computed from it;
- 约 x is off by up to a whole unit of its last digit that is not zero (约8000亩: 7000 to 9000);
- 超 x is more than x, 余 and 以上 x are x or more, 近 x is less than x: the other end is open (None); a range keeps its own ends.

Ends are exact fractions; `outward` turns them into decimals that still contain them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

from parkbook.errors import UnitError
from parkbook.model import NUMERIC, Observation, Qualifier
from parkbook.observations.duplicates import half_unit
from parkbook.units import Unit, dimension, unit_definitions

COUNTS = frozenset({
    "enterprise", "household", "item", "item_listed", "person", "event", "session", "case", "incident", "lot", "copy", "record",
    "machine", "set", "vehicle", "fund", "transaction", "building", "storey", "institution", "sheet", "piece", "course", "kind",
    "batch", "round", "group", "pair", "site", "structure", "room",
})  # fmt: skip
"""Dimensions of things that come whole."""
DIGITS_ON_RECORD = 5
FINENESS = 100
"""Stored ends are given to a hundredth of the interval's width."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high; None is no end at all. An end belongs to it unless it is said to be `_open`."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: Interval) -> bool:
        """Whether one number could be in both."""
        return _below(self.low, other.high, self.low_open or other.high_open) and _below(
            other.low, self.high, other.low_open or self.high_open
        )

    def above(self, other: Interval) -> Fraction | None:
        """By how much every number of it is more than any of the other, at least; None where it need not be."""
        if self.low is None or other.high is None or self.low <= other.high:
            return None
        return self.low - other.high

    def scaled(self, factor: Fraction) -> Interval:
        """All of it times a positive number."""
        return replace(
            self,
            low=None if self.low is None else self.low * factor,
            high=None if self.high is None else self.high * factor,
        )

    def plus(self, number: int) -> Interval:
        return replace(
            self,
            low=None if self.low is None else self.low + number,
            high=None if self.high is None else self.high + number,
        )

    def within(self, low: Fraction | None, high: Fraction | None) -> Interval:
        """The part of it between two natural bounds, which belong to it."""
        cut = self
        if low is not None and (self.low is None or self.low < low):
            cut = replace(cut, low=low, low_open=False)
        if high is not None and (self.high is None or self.high > high):
            cut = replace(cut, high=high, high_open=False)
        return cut

    def whole(self) -> Interval:
        """The whole numbers in it, first and last; the last is below the first where there are none."""
        low = None if self.low is None else floor(self.low) + 1 if self.low_open else ceil(self.low)
        high = None if self.high is None else ceil(self.high) - 1 if self.high_open else floor(self.high)
        return Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))

    @property
    def empty(self) -> bool:
        return self.low is not None and self.high is not None and self.low > self.high


def _below(low: Fraction | None, high: Fraction | None, strictly: bool) -> bool:
    return low is None or high is None or low < high or (low == high and not strictly)


def quotient(top: Interval, bottom: Interval) -> Interval:
    """All values of top / bottom, both of them positive; an end is open where it depends on an open one."""
    low = None if top.low is None or not bottom.high else top.low / bottom.high
    high = None if top.high is None or not bottom.low else top.high / bottom.low
    return Interval(low, high, top.low_open or bottom.high_open, top.high_open or bottom.low_open)


def product(one: Interval, other: Interval) -> Interval:
    """All values of one times other, both positive."""
    low = None if one.low is None or other.low is None else one.low * other.low
    high = None if one.high is None or other.high is None else one.high * other.high
    return Interval(low, high, one.low_open or other.low_open, one.high_open or other.high_open)


def printed(observation: Observation) -> Interval | None:
    """What the figure may have been, in its own unit; None when it is no number."""
    if observation.obs_status not in NUMERIC:
        return None
    value = observation.obs_value
    if value is None:
        low, high = observation.value_low, observation.value_high
        return None if low is None and high is None else Interval(_fraction(low), _fraction(high))
    if observation.qualifier in (Qualifier.ABOVE, Qualifier.BELOW):
        end, strictly = Fraction(value), not reached(observation)
        if (observation.qualifier is Qualifier.ABOVE) == (value >= 0):
            return Interval(end, None, low_open=strictly)
        return Interval(None, end, high_open=strictly)
    slack = Fraction(last_digit(value)) if observation.qualifier is Qualifier.ABOUT else rounding(observation)
    return Interval(Fraction(value) - slack, Fraction(value) + slack)


def reached(observation: Observation) -> bool:
    """Whether the printed bound itself may be the figure: 85%以上 and 1000余家 may be 85 and 1000, 超50% and 近50% are not 50."""
    return any(word in observation.source_text for word in ("以上", "余", "多", "以下", "以内"))


def rounding(observation: Observation) -> Fraction:
    """Half a unit of the last printed decimal; nothing for a figure on record."""
    value = observation.obs_value
    return Fraction(0) if value is None or on_record(observation) else Fraction(half_unit(value))


def on_record(observation: Observation) -> bool:
    """Whether a figure is the recorded one and not a rounded one."""
    value = observation.obs_value
    if value is None or is_whole_count(observation):
        return value is not None
    exponent = value.as_tuple().exponent
    whole = isinstance(exponent, int) and exponent >= 0
    return whole and len(str(abs(int(value))).rstrip("0")) >= DIGITS_ON_RECORD


def is_whole_count(observation: Observation) -> bool:
    """A number of things: nothing about it was rounded."""
    value = observation.obs_value
    return value is not None and value == value.to_integral_value() and is_count(observation.unit)


def is_count(unit: Unit) -> bool:
    return unit.mult == 0 and unit.measure in unit_definitions() and dimension(unit) in COUNTS


def last_digit(value: Decimal) -> Decimal:
    """A unit of the last digit that is not zero: 1000 of 8000, 0.1 of 12.3."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) and value else 0)


def factor_between(source: Unit, target: Unit) -> Fraction:
    """One of `source` in `target`, exactly; UnitError when they do not convert."""
    definitions = unit_definitions()
    if source.measure not in definitions or target.measure not in definitions:
        raise UnitError(f"未知的计量单位“{source if source.measure not in definitions else target}”")
    old, new = definitions[source.measure], definitions[target.measure]
    if old.dimension != new.dimension:
        raise UnitError(f"{source}不能换算为{target}", expected=new.dimension, found=old.dimension)
    return old.factor / new.factor * Fraction(10) ** (source.mult - target.mult)


def outward(interval: Interval) -> tuple[Decimal | None, Decimal | None]:
    """The ends as decimals that contain them, fine enough for the interval's width and no finer."""
    places = fine_places(interval)
    return (
        None if interval.low is None else _scaled(floor(interval.low * _ten(places)), places),
        None if interval.high is None else _scaled(ceil(interval.high * _ten(places)), places),
    )


def fine_places(interval: Interval, fineness: int = FINENESS) -> int:
    """Decimals whose unit is at most the width (or, with one end, that end) over `fineness`; negative for tens and hundreds."""
    ends = [end for end in (interval.low, interval.high) if end is not None]
    width = abs(ends[-1] - ends[0]) or (abs(ends[0]) if ends else Fraction(0))
    return -_decimal(width / fineness).adjusted() if width else 0


def rounded(number: Fraction, places: int) -> Decimal:
    """The nearest decimal, a half away from zero; for showing."""
    whole = floor(abs(number) * _ten(places) + Fraction(1, 2))
    return _scaled(-whole if number < 0 else whole, places)


def _ten(places: int) -> Fraction:
    return Fraction(10) ** places


def _scaled(whole: int, places: int) -> Decimal:
    """whole / 10^places, written without an exponent."""
    return Decimal(whole * 10**-places) if places < 0 else Decimal(whole).scaleb(-places)


def _decimal(number: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return Decimal(number.numerator) / Decimal(number.denominator)


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
