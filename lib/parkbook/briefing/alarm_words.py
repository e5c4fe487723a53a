"""Lamps in words: their signs (told apart in grey as well), what a measure says, and how a rule set is named."""

from __future__ import annotations

from parkbook.briefing.claims import Sentence
from parkbook.briefing.format import number_text, value_text
from parkbook.indicators.alarms import Alarm, Item, Rule, RuleSet
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue
from parkbook.periods import Period

SIGNS = {"red": "■", "orange": "◆", "yellow": "▲", "green": "●", "blue": "○", "none": "△"}
"""Another shape for each colour, so that a lamp can be read on a grey print."""
UNDEFINED, UNKNOWN, EXEMPT = "未规定", "不明", "不亮灯"

MEASURED = {
    "points_below": ("低于序时", "个百分点", "快于序时", "与序时进度持平"),
    "schedule_ratio": ("为时间进度的", "%", "", ""),
    "schedule_shortfall": ("低于序时计划", "%", "超序时计划", "与序时计划持平"),
    "window_shortfall": ("低于预期进度", "%", "超预期进度", "与预期进度持平"),
    "months_due": ("应开未开", "个月", "", "按计划开工"),
    "months_unentered": ("开工后未入库", "个月", "", "已入库"),
    "days_late": ("滞后", "天", "提前", "没有滞后"),
    "days_overdue": ("逾期", "天", "距承诺办结还有", "承诺办结当日"),
    "growth": ("增长", "%", "下降", "持平"),
    "points_change": ("提高", "个百分点", "降低", "持平"),
    "places_lost": ("退后", "位", "前移", "持平"),
}
"""Words before a positive measure, its unit, words before a negative one, and the words for none."""


def lamp_text(alarm: Alarm) -> str:
    """■红灯; 未规定 where the rule leaves the case open; 不亮灯 where there is a reason not to."""
    if alarm.exemption is not None:
        return EXEMPT
    lamp = alarm.judgement.lamp
    if lamp is None:
        return UNDEFINED if alarm.judgement.undefined else UNKNOWN
    turned = f"（{lamp.words}）" if alarm.rules.reversed else ""
    return f"{SIGNS[lamp.colour]}{lamp.label}{turned}"


def measure_words(alarm: Alarm) -> Sentence:
    """低于序时7个百分点, 应开未开7个月, 较上年同期降低2.5个百分点; empty for measures of cases."""
    value = alarm.measure
    if value is None or value.value is None or alarm.rule.measure not in MEASURED:
        return (
            Sentence().figure(value, value_text(value)) if value is not None and value.value is not None else Sentence()
        )
    positive, unit, negative, none = MEASURED[alarm.rule.measure]
    if alarm.item.kind == "idle_stock":
        positive, negative = "增加", "减少"
    if alarm.item.kind == "lower_rate":
        positive, negative = "上升", "下降"
    shown = number_text(value)
    if half_up(value.value, 1) == 0 and none:
        return Sentence().figure(value, none)
    head = positive if value.value > 0 or not negative else negative
    return Sentence(_against(alarm) + head).figure(value, f"{shown.removeprefix('-').removesuffix('.0')}{unit}")


def _against(alarm: Alarm) -> str:
    """What a change is taken against."""
    kinds = {
        "indicator_growth": "同比",
        "enterprise_growth": "同比",
        "rate": "较上年同期",
        "idle_stock": "较上年同期",
        "lower_rate": "较上年同期",
        "rank": "较上年同期",
    }
    return kinds.get(alarm.item.kind, "")


def set_words(rules: RuleSet) -> str:
    """银川2025年规则; 本系统规则（非官方）."""
    return rules.name if not rules.official else f"{rules.name}规则"


def rule_name(rules: RuleSet, rule: Rule) -> str:
    """For tables: 银川2025年·进度, 本系统（非官方）·指标下降."""
    return f"{rules.name.replace('规则', '')}·{rule.label}"


def run_words(alarm: Alarm) -> str:
    """（连续6个月） behind a lamp that a run of months lit, or what could not be told of the run."""
    if alarm.judgement.escalated:
        return f"（连续{alarm.judgement.escalated}个月）"
    return f"（{alarm.judgement.remark}）" if alarm.judgement.remark else ""


def shown_figure(value: IndicatorValue) -> Sentence:
    """The figure of an item as the page prints it."""
    return Sentence().figure(value, value_text(value))


def item_name(item: Item, period: Period | None) -> str:
    """The item, with its own date where it is not the page's: 样例项目（2025年上半年）."""
    same = period is None or (item.period.end == period.end and item.period.known)
    return item.name if same else f"{item.name}（{item.period.label_zh}）"
