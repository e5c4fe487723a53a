"""缺报清单: what is owed by release pattern, and what counts as delivered."""

from __future__ import annotations

import pytest

from parkbook.catalogue import Release, catalogue
from parkbook.errors import Finding
from parkbook.indicators.deliveries import Delivery, deliveries
from parkbook.model import ObsStatus, Source, SourceKind
from parkbook.observations.read import read_park
from parkbook.periods import parse_period


def ledger(title="01主要经济指标2025.xlsx"):
    return Source(source_id=title, kind=SourceKind.LEDGER, title=title)


def month(observe, number, indicator="tax_revenue", *, year=2025, value="1", **more):
    return observe(
        value,
        indicator_id=indicator,
        period=f"{year}年1-{number}月" if number > 1 else f"{year}M1-1",
        **({"source": ledger(), "locator": f"{year}-{number}", "reported_label": "累计"} | more),
    )


def owed(observations, period="2025年1-6月", findings=()):
    found = deliveries(observations, findings, catalogue(), parse_period(period))
    return {(item.indicator_id, item.subject): item for item in found}


def states(item):
    return {number: state.value for number, state in item.months.items() if state is not Delivery.DELIVERED}


def test_patterns_of_the_catalogue_that_the_tests_rest_on():
    releases = {name: catalogue().get(name).release for name in ("tax_revenue", "industrial_output_above_size")}
    assert releases == {"tax_revenue": Release.MONTHLY, "industrial_output_above_size": Release.JAN_FEB_JOINT}
    assert catalogue().get("services_revenue_above_size").release is Release.LAGGED_1


def test_a_month_that_never_came_is_missing(observe):
    item = owed([month(observe, n) for n in (1, 2, 3, 5, 6)])["tax_revenue", ""]
    assert list(item.months) == [1, 2, 3, 4, 5, 6]
    assert states(item) == {4: "missing"}


def test_production_owes_no_january(observe):
    item = owed([month(observe, n, "industrial_output_above_size") for n in (2, 3, 4, 5, 6)])
    assert states(item["industrial_output_above_size", ""]) == {}
    assert list(item["industrial_output_above_size", ""].months) == [2, 3, 4, 5, 6]


def test_rolling_services_lag_a_month(observe):
    item = owed([month(observe, n, "services_revenue_above_size") for n in (2, 3, 4)])[
        "services_revenue_above_size", ""
    ]
    assert list(item.months) == [2, 3, 4, 5]
    assert states(item) == {5: "missing"}


def test_a_quarterly_ledger_owes_quarters(observe):
    item = owed([month(observe, n) for n in (3, 9)], "2025年1-11月")["tax_revenue", ""]
    assert (item.step, list(item.months), states(item)) == (3, [3, 6, 9], {6: "missing"})


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (ObsStatus.MASKED, "not_published"),
        (ObsStatus.WITHHELD, "not_published"),
        (ObsStatus.ERROR, "error"),
        (ObsStatus.MISSING, "missing"),
    ],
)
def test_what_was_delivered_without_a_number_is_not_missing(observe, status, state):
    empty = month(observe, 4, value=None, obs_status=status)
    item = owed([*(month(observe, n) for n in (1, 2, 3, 5, 6)), empty])["tax_revenue", ""]
    assert states(item) == {4: state}


def test_a_sheet_that_could_not_be_read_was_delivered(observe):
    finding = Finding(what="整张表未读", where="01主要经济指标2025.xlsx 2025年4月!C4", code="layout")
    other = Finding(what="整张表未读", where="别的.xlsx 2025年5月!C4", code="layout")
    item = owed([month(observe, n) for n in (1, 2, 3, 6)], findings=[finding, other])["tax_revenue", ""]
    assert states(item) == {4: "unreadable", 5: "missing"}


def test_last_years_column_is_no_delivery(observe):
    column = {"header_cells": ("D4 上年同期",), "source": ledger("01主要经济指标2026.xlsx")}
    later = [month(observe, n, **column) for n in range(1, 7)]
    item = owed([month(observe, 1), month(observe, 2), *later])["tax_revenue", ""]
    assert states(item) == {3: "missing", 4: "missing", 5: "missing", 6: "missing"}


def test_a_ledger_that_stopped_after_last_year_is_owed(observe):
    earlier = [month(observe, n, year=2024, source=ledger("01主要经济指标2024.xlsx")) for n in range(1, 13)]
    item = owed(earlier, "2025年1-2月")["tax_revenue", ""]
    assert states(item) == {1: "missing", 2: "missing"}


def test_an_enterprise_owes_from_its_first_month(observe):
    common = {"indicator": "industrial_output_above_size", "source": ledger("03重点企业.xlsx")}
    old = [month(observe, n, subject="甲", **common) for n in (2, 3, 4, 6)]
    new = [month(observe, n, subject="乙", **common) for n in (4, 5, 6)]
    rest = [month(observe, 2, subject="其他企业", **common)]
    item = owed([*old, *new, *rest])
    assert states(item["industrial_output_above_size", "甲"]) == {5: "missing"}
    assert list(item["industrial_output_above_size", "乙"].months) == [4, 5, 6]
    assert ("industrial_output_above_size", "其他企业") not in item


def test_nothing_is_owed_for_a_period_that_is_not_known():
    assert deliveries([], [], catalogue(), None) == []


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (
            "2025",
            {
                "02商贸.xlsx": (5, {5: "unreadable"}),  # a column was put into the header of the sheet of May
                "02规上服务业.xlsx": (4, {8: "unreadable"}),  # columns of August were swapped
            },
        ),
        (
            "2024",
            {
                "14安全.xlsx": (1, {6: "missing"}),  # the cell of 安全生产处罚金额 is empty in June
                "19党建群团.xlsx": (1, {9: "unreadable"}),  # a row of September was renamed
            },
        ),
    ],
)
def test_the_planted_gaps_of_demo_are_found_and_no_others(period, expected):
    data = read_park("demo")
    found = [d for d in deliveries(data.observations, data.findings, catalogue(), parse_period(period)) if d.incomplete]
    assert {item.ledger for item in found} == set(expected)
    for name, (number, said) in expected.items():
        mine = [item for item in found if item.ledger == name]
        assert (len(mine), [states(item) for item in mine]) == (number, [said] * number)
