"""What is said of growth, schedule and pace in sentences."""

import pytest

from parkbook.briefing.wording import pace_words, row_sentence, schedule_words, swing_words
from parkbook.catalogue import catalogue
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, Transformation
from parkbook.periods import parse_period
from parkbook.schedule import parse_schedule

YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
TARGET = {"transformation": Transformation.TARGET}


def row_of(observations, period="2025", progress=""):
    schedule = parse_schedule(progress)
    (row, *_) = page_rows(FigureIndex(observations), catalogue(), parse_period(period), schedule=schedule)
    return row


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("3.1", "2.3", "同比增长3.1%，比1—11月加快0.8个百分点"),
        ("2.3", "3.1", "同比增长2.3%，比1—11月回落0.8个百分点"),
        ("-1.2", "-3", "同比下降1.2%，降幅比1—11月收窄1.8个百分点"),
        ("-3", "-1.2", "同比下降3%，降幅比1—11月扩大1.8个百分点"),
        ("1", "-0.4", "同比增长1%，由降转增（1—11月下降0.4%）"),
        ("-1", "0.4", "同比下降1%，由增转降（1—11月增长0.4%）"),
        ("-1", "0", "同比下降1%（1—11月持平）"),
        ("0", "0.4", "同比持平（1—11月增长0.4%）"),
        ("0.4", "0.4", "同比增长0.4%，增速与1—11月持平"),
        ("-0.4", "-0.4", "同比下降0.4%，降幅与1—11月持平"),
        ("0", "0", "同比持平（1—11月也持平）"),
    ],
)
def test_growth_is_set_against_the_period_before(observe, now, before, words):
    row = row_of([observe("50"), observe(now, **YOY), observe(before, period="2025年1-11月", **YOY)])
    assert row_sentence(row, parse_period("2025")).text == f"工业总产值50亿元，{words}"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("27.6", "206", "同比增长27.6%"),  # no 回落178.4个百分点
        ("74.2", "49", "同比增长74.2%"),
        ("49", "48", "同比增长49%，比1—11月加快1个百分点"),
        ("-30.7", "189", "同比下降30.7%，由增转降"),
        ("60", "-3", "同比增长60%，由降转增（1—11月下降3%）"),
    ],
)
def test_rates_on_a_small_base_have_no_pace(observe, now, before, words):
    row = row_of([observe("50"), observe(now, **YOY), observe(before, period="2025年1-11月", **YOY)])
    said = row_sentence(row, parse_period("2025")).text
    assert said.replace("1.0个", "1个") == f"工业总产值50亿元，{words}"


@pytest.mark.parametrize(("last_year", "said"), [("-9.9", False), ("-10", True)])
def test_an_average_needs_an_unusual_base(observe, last_year, said):
    row = row_of([observe("50"), observe("30", **YOY), observe(last_year, period="2024", **YOY)])
    assert ("两年平均" in row_sentence(row, parse_period("2025")).text) is said


def test_a_part_is_set_against_the_period_before_only_where_it_turns(observe):
    def said(before):
        fields = {"indicator_id": "exports", "reported_label": "出口总额"}
        known = [observe("50", **fields), observe("5", **fields, **YOY)]
        earlier = observe(before, period="2025年1-11月", **fields, **YOY)
        return row_sentence(row_of([*known, earlier]), parse_period("2025")).text

    assert said("4") == said("5") == "出口总额50亿元，同比增长5%"
    assert said("-4") == "出口总额50亿元，同比增长5%，由降转增（1—11月下降4%）"


def test_an_average_is_said_after_a_shock(observe):
    row = row_of([observe("50"), observe("30", **YOY), observe("-15", period="2024", **YOY)])
    said = row_sentence(row, parse_period("2025")).text
    assert said.endswith("同比增长30%，两年平均增长5.1%（按公布增速推算）")


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("148", "-46", "扭亏为盈，比上年同期增加194亿元（推算）"),
        ("-5", "20", "由盈转亏，比上年同期减少25亿元（推算）"),
        ("-5", "-20", "减亏15亿元（推算）"),
        ("-20", "-5", "增亏15亿元（推算）"),
        ("3", "0", "上年同期为零，比上年同期增加3亿元（推算）"),
    ],
)
def test_profit_and_loss_have_words_and_no_rate(observe, now, before, words):
    fields = {"indicator_id": "total_profit", "reported_label": "利润总额"}
    row = row_of([observe(now, **fields), observe(before, period="2024", **fields)])
    assert swing_words(row).text == words
    level = f"利润总额{'' if not now.startswith('-') else '为亏损'}{now.removeprefix('-')}亿元"
    assert row_sentence(row, parse_period("2025")).text == f"{level}，{words}"


@pytest.mark.parametrize(
    ("progress", "period", "words"),
    [
        ("", "2025年1-8月", "慢于序时进度4.7个百分点"),
        ("half_month", "2025年1-8月", "慢于序时进度（末月按半月计）0.5个百分点"),
        ("window:3:8", "2025年1-8月", "慢于序时进度（3月起8个月）13.0个百分点"),
        ("", "2025", "距年度目标差38.0个百分点"),
        (
            "day:2025-12-20",
            "2025",
            "慢于序时进度（按天数计）35.0个百分点",
        ),  # day 354 of 365: 97 %; the year is not over
    ],
)
def test_a_way_that_is_not_the_usual_one_is_named(observe, progress, period, words):
    row = row_of([observe("62", period=period), observe("100", period="2025", **TARGET)], period, progress)
    assert schedule_words(row).text == words


@pytest.mark.parametrize(
    ("done", "period", "words"),
    [
        ("140", "2025年1-9月", "，余下3个月月均需完成20亿元（前9个月月均16亿元）"),
        ("139.6", "2025年1-9月", "，余下3个月月均需完成20.1亿元（前9个月月均15.5亿元）"),
        ("140", "2025", ""),
        ("200", "2025年1-9月", ""),
    ],
)
def test_what_the_target_still_takes(observe, done, period, words):
    row = row_of([observe(done, period=period), observe("200", period="2025", **TARGET)], period)
    assert pace_words(row).text == words


def test_a_revised_target_is_named_as_revised(observe):
    observations = [
        observe("45", period="2025年上半年"),
        observe("100", period="2025", vintage="2025-01", **TARGET),
        observe("90", period="2025", vintage="2025-07", **TARGET),
    ]
    said = row_sentence(row_of(observations, "2025年上半年"), parse_period("2025年上半年")).text
    assert "完成调整后年度目标的50.0%，与序时进度持平" in said
