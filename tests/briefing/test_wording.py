"""Every generated phrase, as it is read aloud."""

from decimal import Decimal

import pytest

from parkbook.briefing.format import arrow_text, direction_words, value_text
from parkbook.briefing.wording import rank_words, row_sentence, schedule_words, verdict_words
from parkbook.catalogue import catalogue
from parkbook.indicators import formulas
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, ObsStatus, Qualifier, Transformation
from parkbook.periods import parse_period

INDICATOR = catalogue().get("gross_industrial_output")
YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}


def shown(observation):
    return formulas.published(observation, INDICATOR)


@pytest.mark.parametrize(
    ("value", "fields", "words", "arrow"),
    [
        ("38.8", {}, "增长38.8%", "▲38.8%"),
        ("-8.8", {}, "下降8.8%", "▼8.8%"),
        ("0", {}, "持平", "持平"),
        ("1.7", {"unit": "倍"}, "增长1.7倍", "▲1.7倍"),
        ("500", {}, "增长500%", "▲500%"),
        ("2.5", {"unit": "百分点", "transformation": Transformation.CHANGE}, "提高2.5个百分点", "▲2.5个百分点"),
        ("-3", {"unit": "家", "transformation": Transformation.CHANGE}, "减少3家", "▼3家"),
        ("-17.28", {}, "下降17.28%", "▼17.28%"),
    ],
)
def test_signs_are_words_and_published_forms_stay(observe, value, fields, words, arrow):
    value = shown(observe(value, **(YOY | fields)))
    assert direction_words(value) == words
    assert arrow_text(value) == arrow


def test_multiples_are_used_for_computed_growth_of_a_hundred_per_cent_and_more(observe):
    computed = formulas.implied_growth(INDICATOR, observe("25", period="2025"), observe("10", period="2024"), None)
    assert direction_words(computed) == "增长1.5倍"


@pytest.mark.parametrize(
    ("value", "fields", "text"),
    [
        ("1769.6", {}, "1769.6亿元"),
        ("7000", {"unit": "万条", "qualifier": Qualifier.ABOVE, "source_text": "7000余万条"}, "超7000万条"),
        ("85", {"unit": "%", "qualifier": Qualifier.ABOVE, "source_text": "提升85%以上"}, "85%以上"),
        ("60", {"unit": "万平方米", "qualifier": Qualifier.ABOUT}, "约60万平方米"),
        ("10", {"qualifier": Qualifier.BELOW}, "近10亿元"),
        (None, {"obs_status": ObsStatus.MASKED}, "原文隐去"),
        (None, {"obs_status": ObsStatus.WITHHELD}, "未公布"),
        (
            None,
            {"value_low": Decimal(8), "value_high": Decimal(10), "unit": "%", "qualifier": Qualifier.RANGE},
            "8—10%",
        ),
        ("0.00", {}, "0.00亿元"),
    ],
)
def test_values_keep_their_printed_form(observe, value, fields, text):
    assert value_text(shown(observe(value, **fields))) == text


def sentence(observations, period="2025"):
    parsed = parse_period(period)
    (row,) = page_rows(FigureIndex(observations), catalogue(), parsed)
    return row, row_sentence(row, parsed).text


def test_level_and_growth(observe):
    _, text = sentence([observe("1769.6"), observe("38.8", **YOY)])
    assert text == "工业总产值1769.6亿元，同比增长38.8%"


def test_a_fall_and_an_estimate(observe):
    _, text = sentence([observe("62.3", obs_status=ObsStatus.ESTIMATED), observe("-3.2", **YOY)])
    assert text == "工业总产值预计62.3亿元，同比下降3.2%"


def test_behind_schedule(observe):
    row, text = sentence(
        [observe("60", period="2025年1-9月"), observe("100", transformation=Transformation.TARGET)], "2025年1-9月"
    )
    assert text == "工业总产值60亿元，完成年度目标的60.0%，慢于序时进度15.0个百分点"
    assert schedule_words(row).text == verdict_words(row) == "慢于序时进度15.0个百分点"


def test_a_whole_year_passes_or_misses_its_target(observe):
    row, _ = sentence([observe("110"), observe("100", transformation=Transformation.TARGET)])
    assert verdict_words(row) == "超出年度目标10.0个百分点"
    row, _ = sentence([observe("90"), observe("100", transformation=Transformation.TARGET)])
    assert verdict_words(row) == "距年度目标差10.0个百分点"


def test_a_lagging_figure_says_its_own_period(observe):
    _, text = sentence([observe("60", period="2025年1-8月")], "2025年1-9月")
    assert text == "工业总产值（2025年1—8月）60亿元"


def test_masked_figures_are_not_spoken(observe):
    _, text = sentence([observe(None, obs_status=ObsStatus.MASKED), observe("38.8", **YOY)])
    assert text == "工业总产值同比增长38.8%"


@pytest.mark.parametrize(
    ("denominator", "words"), [(None, "居全国第4位（参评数未公布）"), (229, "居全国第4位（参评229个）")]
)
def test_a_rank_carries_its_denominator(observe, denominator, words):
    rank = shown(
        observe("4", unit="名次", transformation=Transformation.RANK, rank_scope="全国", rank_denominator=denominator)
    )
    assert rank_words(rank).text == words


def test_every_number_of_a_sentence_is_a_figure_with_its_source(observe):
    (row,) = page_rows(FigureIndex([observe("1769.6"), observe("38.8", **YOY)]), catalogue(), parse_period("2025"))
    made = row_sentence(row, parse_period("2025"))
    for run in made.runs:
        assert run.ref in made.refs if run.ref else not any(c.isdigit() for c in run.text)


def test_nothing_to_say_better_or_worse_names_what_is_missing(observe):
    row, _ = sentence([observe("5")])
    assert verdict_words(row) == "缺同比增速、年度目标"
