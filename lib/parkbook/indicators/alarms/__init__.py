"""Lamps (红黄绿灯): rule sets as data, what they measure, and what they say of a park.

    sets = chosen_rule_sets(["yinchuan-2025", "sanya-2022"])
    found = park_alarms(view.index, view.rows, view.subject_rows, view.period, sets)
    found.alarms[0].judgement.lamp.label          红灯; None where the rule leaves the case undefined

The rules themselves are data (data/alarms), each set with place and year; the page names the rule set beside every lamp.
"""

from __future__ import annotations

from parkbook.indicators.alarms.item import Item
from parkbook.indicators.alarms.judge import Judgement, judge, judge_case, judge_months
from parkbook.indicators.alarms.park import Alarm, ParkAlarms, check_exemptions, concerns, park_alarms
from parkbook.indicators.alarms.rules import Band, Gap, Lamp, Rule, RuleSet, alarm_ids, chosen_rule_sets, rule_sets

__all__ = [
    "Alarm",
    "Band",
    "Gap",
    "Item",
    "Judgement",
    "Lamp",
    "ParkAlarms",
    "Rule",
    "RuleSet",
    "alarm_ids",
    "check_exemptions",
    "chosen_rule_sets",
    "concerns",
    "judge",
    "judge_case",
    "judge_months",
    "park_alarms",
    "rule_sets",
]
