"""A row as a document says it: `wording.row_sentence` where the usual words would say too much or the wrong thing.

Investment in projects is held against a plan, not a target; a single month is no part of a target done; a place is held, not had;
what is computed from published figures is said to be so once a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from parkbook.briefing.claims import Sentence
from parkbook.briefing.format import value_text
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import change_words, growth_words, row_sentence, span_words
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.formulas import published
from parkbook.indicators.growth import AVERAGE_NOTE
from parkbook.periods import Basis, Period

IMPLIED: Final = "（推算）"
CHANGED: Final = "（推算，项目清单有变动）"
REGISTERS_CHANGE: Final = (PROJECT_DONE, "project_total_investment", "project_annual_plan")
"""Sums over a list of projects, which is another one every year."""
HONOURS: Final = "honours"
HONOURS_NAMED: Final = 2
ACCIDENTS: Final = "safety_accidents"


def spoken(row: IndicatorRow, period: Period | None, *, full: bool = True) -> Sentence:
    """The row as a clause, in the words that fit it."""
    if row.indicator.id == ACCIDENTS and row.level is not None and row.level.value is not None:
        return accident_words(row)
    sentence = row_sentence(row, period, full=full)
    if row.indicator.id in REGISTERS_CHANGE:
        sentence = reworded(sentence, lambda text: text.replace(IMPLIED, CHANGED))
    if row.label.endswith("位次"):
        sentence = reworded(sentence, lambda text: text.replace("位次", "居") if text.endswith("位次") else text)
    return reworded(sentence, lambda text: goal_words(row, text))


def accident_words(row: IndicatorRow) -> Sentence:
    """发生安全生产事故1起，上年同期未发生; 未发生安全生产事故: none of them is told too."""
    name = row.label.removesuffix("起数").removesuffix("数")
    if row.level is None or not row.level.value:
        happened = Sentence(f"未发生{name}")
    else:
        happened = Sentence(f"发生{name}").figure(row.level, value_text(row.level))
    if row.change is None or not row.change.value:
        return happened
    before = published(row.change.inputs[1], row.indicator)
    happened.say("，上年同期")
    return happened.say("发生").figure(before, value_text(before)) if before.value else happened.say("未发生")


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
    change = change_words(row)
    return sentence.say("，").extend(change) if change else sentence


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
