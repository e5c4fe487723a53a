"""Targets against published cases: 调度 reports of 江门, 三明, 攀枝花, 云浮 and two districts."""

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.indicators import formulas
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.rounding import half_up
from parkbook.indicators.targets import growth_target_gap, required_pace, schedule_gap
from parkbook.model import Comparison, TargetKind, Transformation
from parkbook.periods import parse_period
from parkbook.schedule import parse_schedule

INDICATOR = catalogue().get("gross_industrial_output")
TARGET = {"transformation": Transformation.TARGET}


def gap_of(observe, done, target, period, way=""):
    schedule = parse_schedule(way)
    completed = formulas.completion(
        INDICATOR, observe(done, period=period), observe(target, period=period[:4], **TARGET)
    )
    return completed, schedule_gap(INDICATOR, completed, schedule)


@pytest.mark.parametrize(
    ("done", "target", "period", "rate", "gap"),
    [
        ("126.02", "193.22", "2023年1-6月", "65.22", "15.22"),
        ("194.54", "211.83", "2023年1-9月", "91.84", "16.84"),
        ("629.0", "647.4", "2023年1-10月", "97.16", "13.82"),
    ],
)
def test_completion_and_gap_from_levels(observe, done, target, period, rate, gap):
    completed, behind = gap_of(observe, done, target, period)
    assert half_up(completed.value, 2) == Decimal(rate)
    assert half_up(behind.value, 2) == Decimal(gap)
    assert str(behind.unit) == "百分点"


@pytest.mark.parametrize(
    ("stated", "period", "way", "gap"),
    [
        ("74", "2023年1-8月", "", "7.33"),  # 三明
        ("85.1", "2023年1-10月", "", "1.77"),  # printed as 1.8
        ("125.64", "2023年1-10月", "", "42.31"),  # 攀枝花, 超
        ("70.41", "2023年1-10月", "", "-12.92"),  # 攀枝花, 欠
        ("61.14", "2017年1-8月", "half_month", "-1.36"),  # 云浮, 1–8月上半月
        ("47.8", "2023年上半年", "", "-2.2"),  # a district's analysis
    ],
)
def test_the_gap_of_a_published_completion(observe, stated, period, way, gap):
    completion = observe(stated, period=period, unit="%", transformation=Transformation.COMPLETION)
    done = formulas.published(completion, INDICATOR)
    assert half_up(schedule_gap(INDICATOR, done, parse_schedule(way)).value, 2) == Decimal(gap)


def test_the_order_of_rounding_is_chosen_and_said(observe):
    """629.0 of 647.4: 97.158 − 83.333 is 13.8; from the rounded 97.2 it is 13.9."""
    _, unrounded = gap_of(observe, "629.0", "647.4", "2023年1-10月")
    _, rounded = gap_of(observe, "629.0", "647.4", "2023年1-10月", "month rounded")
    assert (half_up(unrounded.value, 1), half_up(rounded.value, 1)) == (Decimal("13.8"), Decimal("13.9"))
    assert unrounded.formula == "完成率 − 序时进度（10/12）"
    assert rounded.formula == "完成率（保留1位小数） − 序时进度（10/12）"


def test_the_page_rows_follow_the_way_and_carry_it(observe):
    observations = [observe("62", period="2025年1-8月"), observe("100", period="2025", **TARGET)]
    schedule = parse_schedule("half_month")
    (row,) = page_rows(FigureIndex(observations), catalogue(), parse_period("2025年1-8月"), schedule=schedule)
    assert (row.gap.value, row.passed, row.schedule.short_zh) == (Decimal("-0.5"), Decimal("62.5"), "末月按半月计")
    assert "7.5/12" in row.gap.formula


def test_a_row_that_lags_behind_the_cut_off_counts_full_months(observe):
    observations = [observe("62", period="2025年1-7月"), observe("100", period="2025", **TARGET)]
    schedule = parse_schedule("half_month")
    (row,) = page_rows(FigureIndex(observations), catalogue(), parse_period("2025年1-8月"), schedule=schedule)
    assert half_up(row.gap.value, 2) == Decimal("3.67")  # 62 − 7/12


def test_the_pace_that_the_target_still_takes(observe):
    """140 of 200 by September: 60 left over three months, 15.56 a month before."""
    pace = required_pace(INDICATOR, observe("140", period="2025年1-9月"), observe("200", period="2025", **TARGET))
    assert (pace.months, pace.needed.value) == (3, Decimal(20))
    assert half_up(pace.so_far.value, 2) == Decimal("15.56")
    assert half_up(pace.ratio, 2) == Decimal("1.29")


@pytest.mark.parametrize(
    ("done", "period", "target", "year", "unit"),
    [
        ("140", "2025", "200", "2025", "亿元"),  # the year is over
        ("210", "2025年1-9月", "200", "2025", "亿元"),  # met
        ("140", "2025-09", "200", "2025", "亿元"),  # a month
        ("140", "2025年1-9月", "200", "2024", "亿元"),  # another year's target
        ("140", "2025年1-9月", "200", "2025", "万美元"),
        (None, "2025年1-9月", "200", "2025", "亿元"),
    ],
)
def test_no_pace_where_there_is_nothing_left_or_nothing_comparable(observe, done, period, target, year, unit):
    assert (
        required_pace(INDICATOR, observe(done, period=period), observe(target, period=year, unit=unit, **TARGET))
        is None
    )


def test_a_level_meets_only_a_target_of_its_own_scope(observe):
    """在地 and 考核 are two rows: neither is measured with the other's target."""
    observations = [
        observe("50", period="2025年上半年", scope="在地"),
        observe("45", period="2025年上半年", scope="考核"),
        observe("100", period="2025", scope="考核", **TARGET),
    ]
    found = page_rows(FigureIndex(observations), catalogue(), parse_period("2025年上半年"))
    by_scope = {row.key.scope: row for row in found}
    assert by_scope["在地"].completion is None
    assert (by_scope["考核"].completion.value, by_scope["考核"].gap.value) == (Decimal(45), Decimal(-5))
    assert by_scope["考核"].label == "工业总产值（考核）"


def test_growth_against_the_growth_aimed_at(observe):
    yoy = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
    growth = formulas.published(observe("-1", **yoy), INDICATOR)
    aim = observe("6.5", unit="%", target_kind=TargetKind.GROWTH, **TARGET)
    assert growth_target_gap(INDICATOR, growth, aim).value == Decimal("-7.5")
    assert growth_target_gap(INDICATOR, growth, observe("6.5", unit="%", **TARGET)) is None
