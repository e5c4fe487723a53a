"""Figures that a finding doubts, and cells that were not due: neither is used as a number nor called 缺报."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkbook.briefing.forecast_part import forecast_part
from parkbook.briefing.view import park_view
from parkbook.catalogue import catalogue
from parkbook.errors import Finding
from parkbook.indicators.formulas import completion, implied_growth, share
from parkbook.model import Comparison, ObsStatus, SourceKind, Transformation
from parkbook.observations.absent import BASE_ZERO, NO_BASE, NO_PLAN, with_reasons
from parkbook.observations.doubtful import DOUBTED, with_doubts
from parkbook.observations.read import read_park
from parkbook.periods import parse_period


def finding(code, where="s1 9月!D6、s1 9月!F6"):
    return Finding(what="工业投资 2025年9月 大于其总数", where=where, code=code)


@pytest.mark.parametrize("code", DOUBTED)
def test_the_first_place_of_a_finding_is_no_number_any_more(observe, code):
    slip, other = (
        observe("65300", period="2025-09", locator="9月!D6"),
        observe("50", period="2025年1-9月", locator="9月!F6"),
    )
    doubted, kept = with_doubts((slip, other), (finding(code),))
    assert doubted.obs_status is ObsStatus.DOUBTFUL and not doubted.is_number
    assert doubted.note.startswith("待核实：工业投资 2025年9月 大于其总数")
    assert kept is other


def test_a_finding_that_names_what_it_doubts_is_followed(observe):
    month, total = observe("2.6", period="2025-06", locator="6月!D20"), observe("14.67", locator="6月!F20")
    told = Finding(what="不符", where="s1 6月!D20、s1 6月!F20", code="month_ytd", doubted=("s1 6月!F20",), cause="孰误")
    kept, doubted = with_doubts((month, total), (told,))
    assert kept is month
    assert doubted.obs_status is ObsStatus.DOUBTFUL and doubted.note.startswith("待核实：不符（孰误），")


def test_the_planted_cumulative_of_the_demo_park_is_not_used():
    """14.67 for 14.37 = 11.77 + 2.60 = 16.73 − 2.36: the cumulative is doubted, the months stand; 48.2 % and 4.1 % are cells."""
    view = park_view(read_park("demo"), catalogue(), parse_period("2025-S1"))
    row = next(row for row in view.rows if row.indicator.id == "general_public_budget_revenue")
    assert row.level is not None and row.level.value is None and row.level.status is ObsStatus.DOUBTFUL
    assert (row.completion.value, row.growth.value) == (Decimal("48.2"), Decimal("4.1"))
    assert not row.completion.computed and row.shares == () and row.implied is None
    months = {o.locator: o.obs_value for o in view.data.observations if o.is_number and "!D20" in o.locator}
    assert (months["6月!D20"], months["7月!D20"]) == (Decimal("2.6"), Decimal("2.36"))
    told = "".join(
        run.text for block in forecast_part(view) for row in getattr(block, "rows", ()) for c in row for run in c
    )
    assert "税收" in told and "一般公共预算收入" not in told
    assert all(item.indicator.id != row.indicator.id for item in view.headline_rows)


def test_other_findings_doubt_nothing_and_a_corrected_park_has_none(observe):
    slip = observe("65300", period="2025-09", locator="9月!D6")
    assert with_doubts((slip,), (finding("revision"), finding("growth_level"))) == (slip,)
    assert with_doubts((slip,), ()) == (slip,)


def test_a_doubted_figure_enters_no_formula(observe):
    indicator = catalogue().get("industrial_investment")
    slip = observe("65300", period="2025-09", locator="9月!D6")
    (doubted,) = with_doubts((slip,), (finding("unit_slip"),))
    assert share(indicator, doubted, observe("70000", period="2025-09")) is None
    assert completion(indicator, doubted, observe("70000", period="2025")) is None
    assert implied_growth(indicator, doubted, observe("5.77", period="2024-09"), None) is None


def test_no_share_above_the_whole_and_no_month_above_the_year(observe):
    indicator = catalogue().get("industrial_investment")
    assert share(indicator, observe("101", period="2025-09"), observe("100", period="2025-09")) is None
    assert share(indicator, observe("50", period="2025-09"), observe("100", period="2025-09")).value == 50
    assert completion(indicator, observe("101", period="2025-09"), observe("100")) is None
    assert (
        completion(indicator, observe("101", period="2025"), observe("100")).value == 101
    )  # a year may pass its target


def test_the_planted_slip_of_the_demo_park_is_not_used():
    """04固定资产投资2025.xlsx 9月!D6 has 65300 under 亿元; its growth, another cell, stands."""
    view = park_view(read_park("demo"), catalogue(), parse_period("2025-09"))
    row = next(row for row in view.rows if row.indicator.id == "industrial_investment")
    assert row.level is not None and row.level.value is None and row.level.status is ObsStatus.DOUBTFUL
    assert row.shares == () and row.completion is None and row.implied is None
    assert row.growth is not None and row.growth.value is not None
    for one in (*view.rows, *view.subject_rows):
        assert all(value.value <= 100 for value in one.shares if value.computed), one.label


def cell(observe, value, **fields):
    made = observe(value, **fields)
    return made.__class__(**{name: getattr(made, name) for name in made.__dataclass_fields__} | {
        "source": made.source.__class__(source_id="s1", kind=SourceKind.LEDGER)
    })  # fmt: skip


def missing(observe, transformation, **fields):
    known = {"transformation": transformation, "obs_status": ObsStatus.MISSING, "unit": "%", "source_text": "—"}
    return cell(observe, None, **(known | fields))


@pytest.mark.parametrize(("base", "reason"), [("0", BASE_ZERO), (None, NO_BASE)])
def test_a_rate_without_a_base_is_not_missing(observe, base, reason):
    rate = missing(observe, Transformation.GROWTH, comparison=Comparison.YOY, subject="甲")
    before = [cell(observe, base, period="2024", subject="甲")] if base is not None else []
    *_, told = with_reasons([cell(observe, "5", subject="甲"), *before, rate])
    assert (told.obs_status, told.note) == (ObsStatus.NOT_APPLICABLE, reason)


def test_a_rate_that_was_due_is_missing(observe):
    rate = missing(observe, Transformation.GROWTH, comparison=Comparison.YOY, subject="甲")
    *_, told = with_reasons([cell(observe, "4", period="2024", subject="甲"), rate])
    assert told.obs_status is ObsStatus.MISSING
    of_park = missing(observe, Transformation.GROWTH, comparison=Comparison.YOY)
    assert with_reasons([of_park]) == (of_park,)


def test_a_project_without_a_plan_has_no_completion_and_a_dash_is_not_filled_in(observe):
    done = missing(observe, Transformation.COMPLETION, subject="项目甲")
    planned = cell(observe, "3", transformation=Transformation.TARGET, subject="项目乙")
    late = missing(observe, Transformation.COMPLETION, subject="项目乙")
    value = missing(observe, Transformation.LEVEL, subject="项目甲", unit="亿元")
    first, _, second, third = with_reasons([done, planned, late, value])
    assert (first.obs_status, first.note) == (ObsStatus.NOT_APPLICABLE, NO_PLAN)
    assert second.obs_status is ObsStatus.MISSING
    assert third.obs_status is ObsStatus.NOT_STATED
