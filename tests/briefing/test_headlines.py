"""The first page: what misses its target, then the main indicators, one of a family; and it agrees with 存在问题."""

from __future__ import annotations

from functools import cache

import pytest

from parkbook.briefing import headlines
from parkbook.briefing.blocks import KeyFigures
from parkbook.briefing.headlines import FAMILIES, MAIN, MOST_BEHIND, NAMED_TARGETS, one_of_each, related
from parkbook.catalogue import catalogue
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import Verdict
from parkbook.workbook import open_park


@cache
def view_of(period):
    return open_park({"park": "demo", "period": period}, "briefing").view


PERIODS = ("2025", "2025-S1", "2025年1-9月", "2025年1-2月")


def test_families_and_main_indicators_are_of_the_catalogue():
    named = [*MAIN, *(name for family in FAMILIES for name in family)]
    assert [name for name in named if name not in catalogue()] == []
    members = [name for family in FAMILIES for name in family]
    assert len(members) == len(set(members))


def test_the_year_shows_its_worst_then_the_main_ones():
    assert [row.label for row in view_of("2025").headline_rows] == [
        "实际利用外资",
        "项目完成投资",
        "规上工业总产值",
        "建安投资",
        "固定资产投资",
        "税收",
        "一般公共预算收入",
        "地区生产总值",
    ]


@pytest.mark.parametrize("period", PERIODS)
def test_the_targets_that_problems_name_are_on_the_first_page(period):
    view = view_of(period)
    missed = [row for row in view.numeric_rows if row.verdict is Verdict.BEHIND and row.indicator.id != PROJECT_DONE]
    worst = sorted(missed, key=lambda row: row.gap.value)[:NAMED_TARGETS]
    shown = view.headline_rows
    assert len(shown) == headlines.MOST_HEADLINES
    assert {row.label for row in worst} <= {row.label for row in shown}
    assert shown[0].label == worst[0].label


@pytest.mark.parametrize("period", PERIODS)
def test_targets_before_growth_and_one_of_a_family(period):
    shown = view_of(period).headline_rows
    targeted = [row.gap is not None for row in shown]
    assert targeted == sorted(targeted, reverse=True)
    rest = shown[MOST_BEHIND:]
    assert not any(related(row, other) for row in rest for other in shown)
    assert "新能源汽车产量" not in {row.label for row in shown}


@pytest.mark.parametrize("period", PERIODS)
def test_a_card_says_nothing_that_its_arrow_says(period):
    [cards] = [
        b for b in open_park({"park": "demo", "period": period}, "briefing").front() if isinstance(b, KeyFigures)
    ]
    assert not any(item.verdict.startswith("较上年同期") for item in cards.items)
    for item in cards.items:
        assert all(run.ref in cards.refs for run in (item.value, *item.details) if run.ref)


def test_a_card_without_a_target_says_how_its_growth_moved():
    """2.2 % in the year after 1.5 % in nine months."""
    [cards] = [
        b for b in open_park({"park": "demo", "period": "2025"}, "briefing").front() if isinstance(b, KeyFigures)
    ]
    [gdp] = [item for item in cards.items if item.label == "地区生产总值"]
    assert gdp.verdict == "增速比1—9月加快0.7个百分点"


def test_the_first_of_a_family_stands_for_it():
    rows = [row for row in view_of("2025").numeric_rows if row.indicator.id in ("income_total", "total_income", "gdp")]
    assert [row.indicator.id for row in one_of_each(rows)] == ["gdp", "income_total"]
