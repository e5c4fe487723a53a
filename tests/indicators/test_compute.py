"""Which figures answer for a period, and what a row says."""

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.indicators.compute import Verdict, page_rows
from parkbook.indicators.figures import FigureIndex, answering, default_period
from parkbook.model import Comparison, ObsStatus, SourceGrade, Transformation
from parkbook.periods import parse_period, unknown_period

YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}


def rows(observations, period="2023年1-9月"):
    return page_rows(FigureIndex(observations), catalogue(), parse_period(period) if period else None)


@pytest.mark.parametrize(
    ("have", "chosen"),
    [
        (["2023年1-8月", "2023年1-9月", "2023年9月"], "2023-M1-9"),
        (["2023年1-8月", "2023年8月"], "2023-M1-8"),  # lagged: the last cumulative inside the period
        (["2023年1-10月", "2022年1-9月"], None),  # later, or another year
        (["2023年9月末"], "2023-09-30"),
        (["2023年9月"], None),  # a single month never answers for a cumulative
    ],
)
def test_the_answer_for_a_cumulative_period(observe, have, chosen):
    found = answering([observe("1", period=text) for text in have], parse_period("2023年1-9月"))
    assert (found.period.time_period if found else None) == chosen


def test_a_report_without_a_period_answers_only_as_unstated(observe):
    unstated = observe("7", period="")
    assert answering([unstated], None) is unstated
    assert answering([unstated, observe("8", period="2025")], parse_period("2025")).obs_value == Decimal(8)


def test_a_row_says_ahead_or_behind_before_it_says_rising(observe):
    (row,) = rows(
        [
            observe("70", period="2023年1-9月"),
            observe("-3.2", period="2023年1-9月", **YOY),
            observe("90", period="2023", transformation=Transformation.TARGET),
        ]
    )
    assert row.verdict is Verdict.AHEAD
    assert row.completion.computed
    assert row.missing == ""


def test_a_published_completion_is_not_recomputed(observe):
    (row,) = rows(
        [
            observe("39577", period="2025", unit="万美元"),
            observe("316.6", period="2025", unit="%", transformation=Transformation.COMPLETION),
        ],
        "2025",
    )
    assert (row.completion.value, row.completion.computed) == (Decimal("316.6"), False)


def test_a_row_without_growth_and_target_names_what_is_missing(observe):
    (row,) = rows([observe("70", period="2023年1-9月")])
    assert (row.verdict, row.missing) == (Verdict.UNKNOWN, "同比增速、年度目标")


def test_a_masked_growth_is_no_verdict_and_is_listed(observe):
    masked = observe(None, period="2023年1-9月", obs_status=ObsStatus.MASKED, **YOY)
    (row,) = rows([observe("70", period="2023年1-9月"), masked])
    assert row.verdict is Verdict.UNKNOWN
    assert row.hidden == (masked,)


def test_a_revised_target_is_used_and_the_old_one_kept(observe):
    (row,) = rows(
        [
            observe("45", period="2023年1-6月"),
            observe("100", period="2023", transformation=Transformation.TARGET, vintage="2023-01"),
            observe("90", period="2023", transformation=Transformation.TARGET, vintage="2023-07"),
        ],
        "2023年1-6月",
    )
    assert (row.target.value, row.earlier_target.value, row.completion.value) == (
        Decimal(90),
        Decimal(100),
        Decimal(50),
    )


def test_month_of_a_cumulative_is_published_or_the_difference(observe):
    (given_month,) = rows([observe("50", period="2023年1-9月"), observe("6", period="2023年9月")])
    assert (given_month.month.value, given_month.month.computed) == (Decimal(6), False)
    (derived,) = rows([observe("50", period="2023年1-9月"), observe("43", period="2023年1-8月")])
    assert (derived.month.value, derived.month.computed) == (Decimal(7), True)


def test_two_labels_of_one_indicator_and_period_are_two_rows(observe):
    found = rows(
        [
            observe("50", period="2023年1-9月", reported_label="甲"),
            observe("60", period="2023年1-9月", reported_label="乙"),
        ]
    )
    assert [(row.label, row.level.value) for row in found] == [("甲", Decimal(50)), ("乙", Decimal(60))]


def test_one_stage_of_two_projects_is_two_rows(observe):
    observations = [
        observe("30", period="2023年1-9月", unit="天", subject="用地报批", parent=project) for project in ("甲", "乙")
    ]
    found = page_rows(FigureIndex(observations), catalogue(), parse_period("2023年1-9月"), subjects=True)
    assert [row.key.subject for row in found] == ["甲·用地报批", "乙·用地报批"]


def test_a_part_beside_its_whole_gets_its_share(observe):
    """二产 1210.4 of 3029.6 is 40.0 %."""
    whole = observe("3029.6", period="2023年1-9月", indicator_id="gdp")
    part = observe("1210.4", period="2023年1-9月", indicator_id="value_added_secondary")
    shares = {row.indicator.id: row.shares for row in rows([whole, part])}
    assert shares["gdp"] == ()
    assert round(shares["value_added_secondary"][0].value, 1) == Decimal("40.0")


def test_the_default_period_is_the_latest_located_one(observe):
    found = default_period(
        [observe("1", period="2023年上半年"), observe("1", period="2024", grade=SourceGrade.UNLOCATED)]
    )
    assert found.time_period == "2023-S1"
    assert (
        default_period(
            [
                observe("1", period=""),
            ]
        )
        is None
    )
    assert unknown_period().label_zh == "报告期未载明"
