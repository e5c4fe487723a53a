"""Only the same thing is ranked; everything else says why not."""

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.comparison.comparability import compare
from parkbook.comparison.coverage import CellState, coverage
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, ObsStatus, ScopeBasis, SourceGrade, Transformation
from parkbook.periods import parse_period

INDICATOR = catalogue().get("gross_industrial_output")
PERIOD = parse_period("2016-S1")
YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}


def result(parks, transformation=Transformation.LEVEL):
    compared = compare(INDICATOR, transformation, PERIOD, {name: FigureIndex(o) for name, o in parks.items()})
    return {entry.park_id: entry for entry in compared.entries}


def test_ranks_are_taken_in_one_unit_on_full_precision(observe):
    entries = result(
        {
            "a": [observe("1.2", period="2016-S1")],
            "b": [observe("12001", period="2016-S1", unit="万元")],
            "c": [observe("1.20", period="2016-S1")],
        }
    )
    assert {name: entry.rank for name, entry in entries.items()} == {"b": 1, "a": 2, "c": 2}


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda o: [], "未见该指标"),
        (lambda o: [o("9", period="2017")], "报告期不同（有2017年）"),
        (lambda o: [o(None, period="2016-S1", obs_status=ObsStatus.MASKED)], "原文隐去"),
        (lambda o: [o(None, period="2016-S1", obs_status=ObsStatus.WITHHELD)], "未公布"),
        (lambda o: [o("9", period="2016-S1", grade=SourceGrade.UNLOCATED)], "媒体报道，未核对原文，不参与排名"),
        (lambda o: [o("9", period="2016-S1", unit="亿美元")], "计量单位不能换算"),
        (lambda o: [o("9", period="2016-S1", scope="规上")], "统计范围不同（规上）"),
        (lambda o: [o("9", period="2016-S1", subject="某企业")], "未见该指标"),
    ],
)
def test_what_cannot_be_ranked_says_why(observe, make, reason):
    entries = result({"a": [observe("1", period="2016-S1")], "b": [observe("2", period="2016-S1")], "x": make(observe)})
    assert entries["x"].reason == reason
    assert entries["x"].rank == 0
    assert (entries["b"].rank, entries["a"].rank) == (1, 2)


def test_growth_on_another_scope_basis_is_another_kind(observe):
    entries = result(
        {
            "a": [observe("1", period="2016-S1", **YOY)],
            "b": [observe("2", period="2016-S1", **YOY)],
            "x": [observe("9", period="2016-S1", scope_basis=ScopeBasis.COMPARABLE, **YOY)],
        },
        Transformation.GROWTH,
    )
    assert entries["x"].reason == "增速口径不同"


def test_a_single_park_is_not_ranked(observe):
    assert result({"a": [observe("1", period="2016-S1")], "b": []})["a"].reason == "可比园区不足两个，不排名"


def test_the_order_of_parks_changes_nothing(observe):
    parks = {name: [observe(value, period="2016-S1")] for name, value in (("a", "3"), ("b", "1"), ("c", "2"))}
    backwards = dict(reversed(parks.items()))
    assert (
        {n: e.rank for n, e in result(parks).items()}
        == {n: e.rank for n, e in result(backwards).items()}
        == {"a": 1, "c": 2, "b": 3}
    )


def test_coverage_tells_value_masked_withheld_missing_and_why_nothing_compares(observe):
    parks = {
        "a": [observe("1", period="2016-S1")],
        "b": [observe(None, period="2016-S1", obs_status=ObsStatus.MASKED)],
        "c": [observe("2", period="2017")],
        "d": [observe("2", period="2017", grade=SourceGrade.UNLOCATED)],
        "e": [],
    }
    (row,) = coverage(catalogue(), {name: FigureIndex(o) for name, o in parks.items()})
    assert [row.cells[name].state for name in parks] == [
        CellState.VALUE,
        CellState.MASKED,
        CellState.VALUE,
        CellState.UNLOCATED,
        CellState.NONE,
    ]
    assert row.comparable == "报告期或口径各不相同"
    (both,) = coverage(catalogue(), {"a": FigureIndex([observe("1", period="2017")]), "c": FigureIndex(parks["c"])})
    assert both.comparable == "2017年数值：2个园区可比"
    assert Decimal(2) == parks["c"][0].obs_value
