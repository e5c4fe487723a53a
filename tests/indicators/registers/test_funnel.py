"""招商漏斗: steps, durations, cohorts; no conversion rate without dated leads."""

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.indicators.funnel import NOT_CONVERSION, Step, funnel, same_period_ratio, window_rate
from parkbook.indicators.rounding import half_up
from parkbook.model import Transformation
from parkbook.periods import parse_period

PERIOD = parse_period("2025")


@pytest.fixture
def leads(ledger_row):
    def lead(number, channel, state="在谈", **dates):
        return ledger_row(
            f"项目{number}",
            number,
            {"projects_negotiated": ("1", "个")},
            sheet="在册",
            channel=channel,
            state=state,
            **dates,
        )

    return [
        *lead(5, "外出", "已落地", negotiated="2024-02-01", signed="2024-03-02", landed="2024-05-01"),
        *lead(6, "外出", "已签约", negotiated="2024-03-01", signed="2025-03-15"),
        *lead(7, "外出", "已搁置", negotiated="2024-03-10"),
        *lead(8, "外出", "在谈", negotiated="2024-03-20"),
        *lead(9, "接待", "已签约", negotiated="2025-10-01", signed="2025-12-10"),
        *lead(10, "接待", "在谈", negotiated="2025-11-01"),
        *lead(11, "接待", "在谈"),
        *lead(12, "接待", "已落地", negotiated="2025-02-01", landed="2025-06-01"),
    ]


def test_steps_are_counted_once_each_and_landed_means_signed(leads):
    found = funnel(leads, PERIOD)
    assert len(found.leads) == 7
    assert [row.subject for row in found.undated] == ["项目11"]
    counts = {step: len(found.whole.reached(step)) for step in Step}
    assert counts == {"negotiated": 7, "signed": 4, "landed": 2, "started": 0, "commissioned": 0}
    assert len(found.whole.open) == 2
    assert [lead.row.subject for lead in found.whole.closed] == ["项目7"]


def test_durations_are_of_those_who_took_the_step(leads):
    """30, 379 and 70 days to signing: the middle one is 70; two still wait, one has given up."""
    duration = funnel(leads, PERIOD).whole.duration(Step.NEGOTIATED, Step.SIGNED)
    assert duration.days.value == 70
    assert len(duration.taken) == 3
    assert sorted(lead.row.subject for lead in duration.waiting) == ["项目10", "项目8"]
    assert duration.waiting_days == Decimal((651 + 60) / 2)


def test_rates_are_only_of_cohorts_watched_for_a_year(leads):
    """Of four leads met in the first quarter of 2024 one signed within 365 days (the other took 379): 25%."""
    cohorts = funnel(leads, PERIOD).cohorts()
    assert [(c.name, len(c.leads), c.is_watched) for c in cohorts] == [
        ("2024年一季度", 4, True),
        ("2025年一季度", 1, False),
        ("2025年四季度", 2, False),
    ]
    assert cohorts[0].rate(Step.SIGNED).value == 25
    assert cohorts[0].rate(Step.LANDED).value == 25
    assert cohorts[1].rate(Step.LANDED) is None  # landed, but its cohort is young: no rate
    assert [lead.row.subject for lead in funnel(leads, PERIOD).watched()] == ["项目5", "项目6", "项目7", "项目8"]


def test_a_rate_says_how_many_of_how_many(leads):
    watched = funnel(leads, PERIOD).watched()
    rate = window_rate("甲", watched, Step.SIGNED)
    assert "1个 ÷ 同批首次对接4个" in rate.formula
    assert rate.transformation is Transformation.SHARE
    assert window_rate("甲", [], Step.SIGNED) is None


def test_groups_by_channel_the_largest_first(leads):
    assert [(g.name, len(g.leads)) for g in funnel(leads, PERIOD).by("channel")] == [("外出", 4), ("接待", 3)]


def test_dates_out_of_order_are_named(ledger_row):
    rows = ledger_row("乱", 5, {"projects_negotiated": ("1", "个")}, negotiated="2025-05-01", signed="2025-04-01")
    assert [lead.row.subject for lead in funnel(rows, PERIOD).disorder] == ["乱"]


def test_a_step_after_the_register_is_not_taken_yet(ledger_row):
    rows = ledger_row(
        "甲", 5, {"projects_negotiated": ("1", "个", "2025年6月末")}, negotiated="2025-05-01", signed="2025-08-01"
    )
    [lead] = funnel(rows, parse_period("2025年1-6月")).leads
    assert not lead.reached(Step.SIGNED)


def test_without_dated_leads_there_is_no_funnel(ledger_row):
    assert funnel(ledger_row("甲", 5, {"projects_negotiated": ("1", "个")}), PERIOD) is None


def test_the_same_period_ratio_is_named_as_no_conversion(observe):
    """69 of 214 in one year is 32.2%, and no conversion rate."""
    indicator = catalogue().get("landed_to_negotiated_ratio")
    landed = observe("69", unit="个", indicator_id="projects_landed", reported_label="落地项目")
    talks = observe("214", unit="个", indicator_id="projects_negotiated", reported_label="对接洽谈项目")
    value = same_period_ratio(indicator, landed, talks)
    assert half_up(value.value, 1) == Decimal("32.2")
    assert NOT_CONVERSION in value.flags
    assert value.transformation is Transformation.RATIO
    other = observe("214", unit="个", period="2024")
    assert same_period_ratio(indicator, landed, other) is None  # two periods are no ratio of one
