"""Series of figures over 2023 to 2025: months that add up to cumulatives, and stocks at the ends of months.

A month's level is last year's level times a growth that runs through four quarterly knots, with some noise; 2023 has
seasonal weights. Months are rounded first and cumulatives are their sums, so that 上月止累计 + 本月 = 本月止累计 holds
exactly. A survey without a January has January and February as one figure.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

YEARS = (2023, 2024, 2025)
SEASON = (0.86, 0.78, 1.06, 0.98, 0.99, 1.07, 0.97, 0.98, 1.05, 1.0, 1.03, 1.23)
Knots = tuple[float, float, float, float]


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Half up, as offices round."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(new: Decimal, old: Decimal, decimals: int = 1) -> Decimal | None:
    """The growth of `new` on `old` in per cent; none on a base that is not positive."""
    return rounded((new / old - 1) * 100, decimals) if old > 0 else None


def growth_at(knots: Knots, month: int) -> float:
    """Growth in per cent in a month, on the line through the knots at months 2, 5, 8 and 11."""
    position = min(max((month - 2) / 3, 0.0), 3.0)
    left = min(int(position), 2)
    return knots[left] + (knots[left + 1] - knots[left]) * (position - left)


@dataclass(frozen=True)
class Flow:
    """A quantity that adds up over months. `base` is its mean month of 2023; `joint`: the survey has no January."""

    indicator: str
    label: str
    unit: str
    base: float
    growth_2024: Knots = (6.0, 6.0, 6.0, 6.0)
    growth_2025: Knots = (5.0, 5.0, 5.0, 5.0)
    decimals: int = 2
    joint: bool = False
    comparable: float = 0.0
    target: float = 0.0
    parent: str = ""
    price_basis: str = ""


@dataclass
class Series:
    """A flow with its months. `part_of`: the label of the total it is a part of."""

    flow: Flow
    part_of: str = ""
    months: dict[tuple[int, int], Decimal] = field(default_factory=dict)

    def has(self, month: int) -> bool:
        """Is there a cumulative figure to the end of this month?"""
        return month > 1 or not self.flow.joint

    def month(self, year: int, month: int) -> Decimal | None:
        """The month alone: none for January and February of a joint survey."""
        if self.flow.joint and month < 3:
            return None
        return self.months[year, month]

    def ytd(self, year: int, month: int) -> Decimal | None:
        if not self.has(month):
            return None
        return sum((self.months[year, m] for m in range(1, month + 1)), Decimal(0))

    def month_growth(self, year: int, month: int) -> Decimal | None:
        new, old = self.month(year, month), self.month(year - 1, month)
        return None if new is None or old is None else self._shown(percent(new, old))

    def ytd_growth(self, year: int, month: int) -> Decimal | None:
        new, old = self.ytd(year, month), self.ytd(year - 1, month)
        return None if new is None or old is None else self._shown(percent(new, old))

    def _shown(self, ratio: Decimal | None) -> Decimal | None:
        return None if ratio is None else ratio + rounded(self.flow.comparable, 1)


def difference(flow: Flow, total: Series, part: Series, part_of: str = "") -> Series:
    """What of a total is not in a part, so that the two add up exactly."""
    return Series(flow, part_of, {month: value - part.months[month] for month, value in total.months.items()})


@dataclass
class Share(Series):
    """A part in per cent of its total: a level without growth and target."""

    part: Series | None = None
    total: Series | None = None

    def month(self, year: int, month: int) -> Decimal | None:
        part, total = self._sides()
        return self._share(part.month(year, month), total.month(year, month))

    def ytd(self, year: int, month: int) -> Decimal | None:
        part, total = self._sides()
        return self._share(part.ytd(year, month), total.ytd(year, month))

    def _sides(self) -> tuple[Series, Series]:
        if self.part is None or self.total is None:
            raise ValueError(f"{self.flow.indicator}: a share needs a part and a total")
        return self.part, self.total

    @staticmethod
    def _share(part: Decimal | None, total: Decimal | None) -> Decimal | None:
        return rounded(part / total * 100, 1) if part is not None and total else None


def make_series(flow: Flow, part_of: str = "") -> Series:
    """The same flow always gives the same figures, whatever else is made."""
    chance = random.Random(f"demo {flow.indicator}")
    series = Series(flow, part_of)
    for month in range(1, 13):
        level = flow.base * SEASON[month - 1] * chance.uniform(0.97, 1.03)
        for year in YEARS:
            if year > 2023:
                knots = flow.growth_2024 if year == 2024 else flow.growth_2025
                level *= 1 + (growth_at(knots, month) + chance.uniform(-1.2, 1.2)) / 100
            series.months[year, month] = rounded(level, flow.decimals)
    return series


def ytd_code(year: int, month: int) -> str:
    """2025-M1-1, 2025-M1-2, 2025-Q1, 2025-S1, 2025-M1-9, 2025: the canonical name of a cumulative period."""
    special = {3: f"{year}-Q1", 6: f"{year}-S1", 12: f"{year}"}
    return special.get(month, f"{year}-M1-{month}")


def month_code(year: int, month: int) -> str:
    return f"{year}-{month:02d}"


def point_code(year: int, month: int) -> str:
    last = {1: 31, 2: 29 if year % 4 == 0 else 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    return f"{year}-{month:02d}-{last}"


def month_words(year: int, month: int) -> str:
    return f"{year}年{month}月"


def ytd_words(year: int, month: int) -> str:
    return f"{year}年1月" if month == 1 else f"{year}年1—{month}月"
