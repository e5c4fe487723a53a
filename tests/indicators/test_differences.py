"""This year less last year, where a rate would mislead."""

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, Transformation
from parkbook.periods import parse_period

STARTED = {"indicator_id": "projects_started", "reported_label": "开工项目数", "unit": "个"}
GROWING = {"indicator_id": "growing_enterprise_share", "reported_label": "企业增长面", "unit": "%"}
PLACE = {"indicator_id": "evaluation_rank", "reported_label": "综合考评位次", "unit": "名次"}


def row_of(observations, period="2025"):
    (row,) = page_rows(FigureIndex(observations), catalogue(), parse_period(period))
    return row


@pytest.mark.parametrize(
    ("fields", "now", "before", "change", "unit"),
    [
        (STARTED, "6", "1", "5", "个"),
        (STARTED, "24", "19", "5", "个"),
        (STARTED, "4", "0", "4", "个"),
        (STARTED, "8", "8", "0", "个"),
        (GROWING, "58.3", "66.7", "-8.4", "百分点"),
        (PLACE, "11", "12", "-1", "名次"),
    ],
)
def test_the_difference_is_in_the_unit_of_the_figures(observe, fields, now, before, change, unit):
    row = row_of([observe(now, **fields), observe(before, period="2024", **fields)])
    assert row.change is not None
    assert (row.change.value, str(row.change.unit)) == (Decimal(change), unit)
    assert [o.obs_value for o in row.change.inputs] == [Decimal(now), Decimal(before)]
    assert row.change.formula == "本期数 − 上年同期数"


@pytest.mark.parametrize(
    ("fields", "now", "before"),
    [
        (STARTED, "24", "20"),  # a rate says it
        ({}, "6", "5"),  # an amount of money
    ],
)
def test_where_a_rate_says_it_there_is_no_difference(observe, fields, now, before):
    assert row_of([observe(now, **fields), observe(before, period="2024", **fields)]).change is None


def test_without_last_year_there_is_no_difference(observe):
    assert row_of([observe("6", **STARTED), observe("1", period="2023", **STARTED)]).change is None
    assert (
        row_of(
            [observe("6", period="2025年上半年", **STARTED), observe("1", period="2024", **STARTED)], "2025年上半年"
        ).change
        is None
    )


def test_places_among_other_numbers_are_not_compared(observe):
    now, before = {"rank_denominator": 20}, {"rank_denominator": 12}
    assert row_of([observe("11", **PLACE, **now), observe("12", period="2024", **PLACE, **before)]).change is None


def test_a_published_change_stands_alone(observe):
    published = observe(
        "-8.3", transformation=Transformation.CHANGE, comparison=Comparison.YOY, **GROWING | {"unit": "百分点"}
    )
    row = row_of([observe("58.3", **GROWING), observe("66.7", period="2024", **GROWING), published])
    assert row.change is None
    assert [value.value for value in row.others] == [Decimal("-8.3")]
