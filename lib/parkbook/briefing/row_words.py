"""A row as a document says it: `wording.row_sentence` where the usual words would say too much or the wrong thing.

Investment in projects is held against a plan, not a target; a single month is no part of a target done; a place is held, not had;
what is computed from published figures is said to be so once a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from parkbook.briefing.claims import Sentence
from parkbook.briefing.format import value_text
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import growth_words, row_sentence, span_words
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.formulas import computed_value
from parkbook.indicators.growth import AVERAGE_NOTE
from parkbook.indicators.rounding import decimals
from parkbook.indicators.targets import MONTHS
from parkbook.model import Comparison, Transformation
from parkbook.observations.reconcile.interval import is_count
from parkbook.periods import Basis, Period

IMPLIED: Final = "（推算）"
CHANGED: Final = "（推算，项目清单有变动）"
REGISTERS_CHANGE: Final = (PROJECT_DONE, "project_total_investment", "project_annual_plan")
"""Sums over a list of projects, which is another one every year."""
HONOURS: Final = "honours"
HONOURS_NAMED: Final = 2
SMALL_COUNT: Final = 10


def spoken(row: IndicatorRow, period: Period | None, *, full: bool = True) -> Sentence:
    """The row as a clause, in the words that fit it."""
    sentence = row_sentence(row, period, full=full)
    if row.indicator.id in REGISTERS_CHANGE:
        sentence = reworded(sentence, lambda text: text.replace(IMPLIED, CHANGED))
    if row.label.endswith("位次"):
        sentence = reworded(sentence, lambda text: text.replace("位次", "居") if text.endswith("位次") else text)
    return reworded(sentence, lambda text: goal_words(row, text))


def goal_words(row: IndicatorRow, text: str) -> str:
    """年度计划 instead of 年度目标 for the investment in projects; 当月完成数相当于 for a single month."""
    if row.indicator.id == PROJECT_DONE:
        text = text.replace("完成年度目标的", "完成年度计划投资的").replace("年度目标", "年度计划")
    if row.completion is not None and row.completion.period.basis is Basis.MONTH:
        text = text.replace("完成", "当月完成数相当于") if "目标的" in text or "计划投资的" in text else text
    return text


def reworded(sentence: Sentence, words: Callable[[str], str]) -> Sentence:
    """The sentence with its words changed; figures stay as they are."""
    sentence.runs = [
        run if run.ref else run.model_copy(update={"text": words(run.text)}) for run in sentence.runs if run.text
    ]
    return sentence


def implied_once(sentence: Sentence) -> Sentence:
    """（推算） and （按公布增速推算） behind the first figure only, where they stand behind several."""
    for mark in (IMPLIED, CHANGED, f"（{AVERAGE_NOTE}）"):
        if sentence.text.count(mark) > 1:
            sentence = _once(sentence, mark)
    return sentence


def _once(sentence: Sentence, mark: str) -> Sentence:
    met = False

    def once(text: str) -> str:
        nonlocal met
        if mark not in text:
            return text
        first, met = not met, True
        head, _, tail = text.partition(mark)
        return head + (mark.replace("）", "，下同）") if first else "") + tail.replace(mark, "")

    return reworded(sentence, once)


def honours_sentence(view: ParkView, row: IndicatorRow) -> Sentence:
    """获示例省优质开发区、…等荣誉称号5项，比上年增加1项; empty where the honours are not listed by name."""
    names = [other.key.subject for other in view.subject_rows if other.indicator.id == HONOURS]
    level = row.level
    if not names or level is None or level.value is None:
        return Sentence()
    more = "等" if len(names) > HONOURS_NAMED else ""
    sentence = Sentence(f"获{'、'.join(names[:HONOURS_NAMED])}{more}荣誉称号").figure(level, value_text(level))
    return sentence.extend(change_words(view, row))


def change_words(view: ParkView, row: IndicatorRow) -> Sentence:
    """，比上年增加1项 from the figures of both years; empty where last year's is not known."""
    level = row.level
    if level is None or level.value is None or not level.period.known:
        return Sentence()
    before = [
        o
        for o in view.index.series(row.key, Transformation.LEVEL)
        if o.is_number and o.period.key == level.period.shift_years(-1).key and o.unit == level.unit
    ]
    if not before or before[-1].obs_value is None:
        return Sentence()
    change = level.value - before[-1].obs_value
    year = level.period.end is not None and level.period.end.month == MONTHS
    against = "上年" if year and level.period.basis is not Basis.MONTH else "上年同期"
    if not change:
        return Sentence(f"，与{against}持平")
    value = computed_value(
        row.indicator,
        level.period,
        Transformation.CHANGE,
        change,
        level.unit,
        "本期数 − 上年同期数",
        level.inputs[0],
        before[-1],
        comparison=Comparison.YOY,
    )
    shown = f"{abs(change):.{decimals(change)}f}{level.unit}"
    return Sentence(f"，比{against}{'增加' if change > 0 else '减少'}").figure(value, shown)


def small_count_sentence(view: ParkView, row: IndicatorRow, period: Period | None) -> Sentence:
    """竣工项目数6个，比上年增加5个: of a handful of things a rate of change misleads. Empty for other rows."""
    level = row.level
    if level is None or level.value is None or not is_count(level.unit) or level.value >= SMALL_COUNT:
        return Sentence()
    if row.growth is None or row.growth.value is None or row.completion is not None or row.others:
        return Sentence()
    change = change_words(view, row)
    if not change:
        return Sentence()
    return spoken(replace(row, growth=None, implied=None, average=None, turning=None, swing=None), period).extend(
        change
    )


def month_sentence(row: IndicatorRow, period: Period | None) -> Sentence:
    """…，其中5月2824855万元，同比增长33.6%: a row with the published figures of its last month; empty for other rows."""
    month, rate = row.month, row.month_growth
    if month is None or month.computed or month.value is None:
        return Sentence()
    sentence = spoken(row, period).say(f"，其中{span_words(month.period, row.period)}").figure(month, value_text(month))
    return sentence.say("，").extend(growth_words(rate)) if rate is not None and rate.value is not None else sentence


def small_part(row: IndicatorRow, least: Decimal = Decimal(1)) -> bool:
    """A part of less than one per cent of its whole: said in the table only."""
    return any(share.computed and share.value is not None and share.value < least for share in row.shares)
