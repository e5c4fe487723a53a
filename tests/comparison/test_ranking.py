"""Which ranks the rounding of the printed figures leaves possible."""

from __future__ import annotations

import pytest

from parkbook.catalogue import catalogue
from parkbook.comparison.comparability import compare
from parkbook.comparison.ranking import published_ranks, rank_among, rank_intervals
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Qualifier, SourceGrade, Transformation
from parkbook.periods import parse_period

INDICATOR = catalogue().get("gross_industrial_output")
PERIOD = parse_period("2016-S1")


def intervals(parks, indicator=INDICATOR):
    indexes = {name: FigureIndex([o]) for name, o in parks.items()}
    result = compare(indicator, Transformation.LEVEL, PERIOD, indexes)
    return {item.park_id: (item.rank, item.best, item.worst) for item in rank_intervals(result)}


def printed(observe, values, **fields):
    return {name: observe(value, period="2016-S1", **fields) for name, value in values.items()}


def test_a_printed_figure_is_an_interval(observe):
    # 12.3 is 12.25 to 12.35 and may be the larger of 12.30 (12.295 to 12.305); 12.5 is ahead of both
    found = intervals(printed(observe, {"a": "12.3", "b": "12.30", "c": "12.5", "d": "12.2"}))
    assert found == {"c": (1, 1, 1), "a": (2, 2, 3), "b": (2, 2, 3), "d": (4, 4, 4)}


def test_figures_that_touch_only_may_tie(observe):
    # 12.3 ends at 12.35 where 12.4 begins: they may be level, never turned round
    assert intervals(printed(observe, {"a": "12.3", "b": "12.4"})) == {"b": (1, 1, 1), "a": (2, 2, 2)}


def test_units_are_brought_together_before(observe):
    # 1.2亿元 is 11,500 to 12,500万元
    parks = {"a": observe("1.2", period="2016-S1"), "b": observe("12100.5", period="2016-S1", unit="万元")}
    assert intervals(parks) == {"b": (1, 1, 2), "a": (2, 1, 2)}


def test_counts_are_exact(observe):
    assert intervals(printed(observe, {"a": "625", "b": "626"}, unit="家")) == {"b": (1, 1, 1), "a": (2, 2, 2)}


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        (Qualifier.ABOVE, {"b": (1, 1, 2), "a": (2, 1, 2)}),  # 超10 may be more than 12
        (Qualifier.ABOUT, {"b": (1, 1, 2), "a": (2, 1, 2)}),  # 约10: 0 to 20
        (Qualifier.BELOW, {"b": (1, 1, 1), "a": (2, 2, 2)}),
    ],
)
def test_about_and_above_have_their_own_ends(observe, qualifier, expected):
    parks = printed(observe, {"b": "12"}) | printed(observe, {"a": "10"}, qualifier=qualifier)
    assert intervals(parks) == expected


def test_where_lower_is_better(observe):
    lower = next(i for i in catalogue() if i.direction == "lower" and i.comparability != "none")
    parks = printed(observe, {"a": "1.0", "b": "1.04", "c": "3"}, indicator_id=lower.id, unit=lower.unit)
    found = intervals(parks, lower)
    assert found["c"] == (3, 3, 3)
    assert found["a"][0] == 1 and found["b"][0] == 2


def test_ranks_among_fewer_parks_carry_their_number(observe):
    parks = printed(observe, {"a": "1", "b": "2", "c": "3", "d": "4"})
    result = compare(INDICATOR, Transformation.LEVEL, PERIOD, {k: FigureIndex([o]) for k, o in parks.items()})
    assert rank_among(result, "a", {"b", "c", "d"}) == (4, 4)
    assert rank_among(result, "a", {"c"}) == (2, 2)
    assert rank_among(result, "a", set()) is None
    assert rank_among(result, "x", {"a", "b"}) is None


def test_published_ranks_of_one_evaluation_over_the_years(observe):
    def rank(value, year, label="国家级经开区{}考核 综合", **fields):
        return observe(
            value, period=year, unit="名次", transformation=Transformation.RANK, rank_scope="国家级经开区",
            indicator_id="evaluation_rank", reported_label=label.format(year), **fields,
        )  # fmt: skip

    observations = [
        rank("4", "2019", rank_denominator=218),
        rank("3", "2017", rank_denominator=219),
        rank("9", "2019", label="国家级经开区{}考核 利用外资"),
        rank("1", "2010", grade=SourceGrade.UNLOCATED),
        rank("7", "2019", ref_area="other"),
    ]
    (change,) = published_ranks(observations, "p")
    assert [(o.period.label_zh, o.obs_value, o.rank_denominator) for o in change.ranks] == [
        ("2017年", 3, 219),
        ("2019年", 4, 218),
    ]
    assert change.comparable
    (unstated,) = published_ranks([*observations[:1], rank("3", "2017")], "p")
    assert not unstated.comparable
