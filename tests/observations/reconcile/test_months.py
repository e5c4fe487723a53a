"""Which figure of a broken identity 上月止累计 + 本月 = 本月止累计 is not to be used. All sums are worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from parkbook.catalogue import Catalogue
from parkbook.model import Comparison, Observation, Transformation
from parkbook.observations.reconcile import reconcile
from parkbook.observations.reconcile.result import AuditFinding
from parkbook.periods import month_period, year_period, ytd_period

Figure = Callable[..., Observation]
MONTHS = ("10.0", "9.0", "11.0", "8.0")
"""Cumulative: 10.0, 19.0, 30.0, 38.0."""


@pytest.fixture
def year(say: Figure) -> Callable[..., list[Observation]]:
    """Months and cumulatives of four months; `month={2: …}` and `total={2: …}` put in what the ledger has instead, None nothing."""

    def make(month: dict[int, str | None] | None = None, total: dict[int, str | None] | None = None, last: int = 4):
        made, running = [], Decimal(0)
        for number, value in enumerate(MONTHS[:last], start=1):
            running += Decimal(value)
            for text, period, said in (
                ((month or {}).get(number, value), month_period(2025, number), "月"),
                ((total or {}).get(number, str(running)), ytd_period(2025, number), "累计"),
            ):
                if text is not None:
                    made.append(say("tax", f"{text}亿元", period=period, locator=f"{number}{said}"))
        return made

    return make


def broken(figures: Sequence[Observation], known: Catalogue) -> list[AuditFinding]:
    return [item for item in reconcile(figures, known).findings if item.finding.code == "month_ytd"]


def doubted(figures: Sequence[Observation], known: Catalogue) -> list[set[str]]:
    """The cells that each finding doubts."""
    return [{place.split()[-1] for place in item.finding.doubted} for item in broken(figures, known)]


def test_two_breaks_of_one_size_in_opposite_directions_doubt_the_cumulative_figure_between(
    year: Callable[..., list[Observation]], known: Catalogue
) -> None:
    """19.3 for 19.0: 19.3 − 10.0 = 9.3 against 9.0, 30.0 − 19.3 = 10.7 against 11.0."""
    found = broken(year(total={2: "19.3"}), known)
    assert [item.difference for item in found] == ["相差 0.3亿元", "相差 0.3亿元"]
    assert doubted(year(total={2: "19.3"}), known) == [{"2累计"}, {"2累计"}]
    assert all(item.finding.where.startswith(item.finding.doubted[0]) for item in found)
    assert all("2025年1—2月累计数存疑" in item.finding.cause for item in found)


def test_a_break_between_identities_that_hold_doubts_the_month(
    year: Callable[..., list[Observation]], known: Catalogue
) -> None:
    assert doubted(year(month={2: "9.3"}), known) == [{"2月"}]
    assert doubted(year(month={3: "11.3"}), known) == [{"3月"}]


def test_the_first_month(year: Callable[..., list[Observation]], known: Catalogue) -> None:
    """January has no cumulative before it: 10.3 as month alone; as cumulative also 19.0 − 10.3 = 8.7 against 9.0."""
    assert doubted(year(month={1: "10.3"}), known) == [{"1月"}]
    assert doubted(year(total={1: "10.3"}), known) == [{"1累计"}, {"1累计"}]


def test_the_last_month_cannot_be_decided(year: Callable[..., list[Observation]], known: Catalogue) -> None:
    """38.3 − 30.0 = 8.3 against 8.0, and no May that would tell; 30.0 is borne out by March."""
    for figures in (year(total={4: "38.3"}), year(month={4: "7.7"})):
        [item] = broken(figures, known)
        assert {place.split()[-1] for place in item.finding.doubted} == {"4月", "4累计"}
        assert "孰误不能判定，均存疑" in item.finding.cause


def test_without_a_january_the_first_cumulative_is_not_borne_out(
    year: Callable[..., list[Observation]], known: Catalogue
) -> None:
    """January and February come as one: March is not 30.0 − 19.3, and nothing else speaks for 19.3."""
    none: dict[int, str | None] = {1: None, 2: None}
    figures = year(month=none | {3: "11.0"}, total={1: None, 2: "19.3"})
    assert doubted(figures, known) == [{"3月", "2累计"}]


@pytest.mark.parametrize(
    ("completion", "cells"),
    [("38.0%", {"4累计"}), ("38.3%", {"4月", "4累计"})],
)
def test_a_completion_that_does_not_fit_tells_the_cumulative_figure(
    completion: str, cells: set[str], year: Callable[..., list[Observation]], say: Figure, known: Catalogue
) -> None:
    """Of a target of 100: 38.3 is 38.3 %, so that 38.0 % speaks against 38.3; 38.3 % says nothing of the month."""
    figures = [
        *year(total={4: "38.3"}),
        say("tax", "100.0亿元", Transformation.TARGET, period=year_period(2025)),
        say("tax", completion, Transformation.COMPLETION, period=ytd_period(2025, 4)),
    ]
    assert doubted(figures, known) == [cells]


def test_a_growth_rate_that_does_not_fit_tells_too(
    year: Callable[..., list[Observation]], say: Figure, known: Catalogue
) -> None:
    """38.0 is 4.1 % more than 36.5, 38.3 is 4.9 % more."""
    figures = [
        *year(total={4: "38.3"}),
        say("tax", "36.5亿元", period=ytd_period(2024, 4)),
        say("tax", "4.1%", Transformation.GROWTH, period=ytd_period(2025, 4), comparison=Comparison.YOY),
    ]
    assert doubted(figures, known) == [{"4累计"}]


def test_two_breaks_of_other_sizes_leave_it_open(year: Callable[..., list[Observation]], known: Catalogue) -> None:
    """February and March are both off, by 0.3 and 0.5 the same way: each month, or the cumulative between."""
    assert doubted(year(month={2: "9.3", 3: "11.5"}), known) == [{"2月", "2累计"}, {"3月", "2累计"}]
