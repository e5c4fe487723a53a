"""运行预警与督办: the lamps of an own park under the chosen rule sets, side by side, and a draft of what to press for.

The rule set is named beside every lamp and the colour is said in words; a case that a rule leaves open is shown as 未规定. Of a
third-party park nothing is said: lamps are an office's word about its own park.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parkbook.briefing.alarm_words import (
    SIGNS,
    item_name,
    lamp_text,
    measure_words,
    rule_name,
    run_words,
    set_words,
    shown_figure,
)
from parkbook.briefing.blocks import Block, Column, Heading, Runs, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import DASH, value_text
from parkbook.briefing.sections import CHINESE_NUMERALS
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.codelists import Audience
from parkbook.indicators.alarms import (
    Alarm,
    Lamp,
    ParkAlarms,
    Rule,
    RuleSet,
    alarm_ids,
    check_exemptions,
    chosen_rule_sets,
    park_alarms,
)
from parkbook.sources.exemptions import Exemption, read_exemptions

SCHEDULED = ("annual_target", "project_plan")
MOST_ROWS, MOST_PRESSED = 40, 30
RED = 3
OPEN_WORDS = "待明确"


def found_alarms(view: ParkView) -> ParkAlarms:
    """The lamps of an own park, for readers outside those of the park as a whole; none for other parks."""
    rule_sets = chosen_rule_sets(view.choices.rules)
    if not view.own:
        return ParkAlarms(rule_sets, (), ())
    subjects = view.subject_rows if view.choices.audience is Audience.INTERNAL else ()
    return park_alarms(view.index, view.rows, subjects, view.period, rule_sets, _exemptions(view))


def _exemptions(view: ParkView) -> tuple[Exemption, ...]:
    return read_exemptions(view.data.park.id)


def alarms(view: ParkView) -> list[Block]:
    """The part, for internal readers: a summary, the schedule lamps side by side, the other lamps, the list to press for, and the
    rules used."""
    found = found_alarms(view)
    if not found.alarms or view.choices.audience is not Audience.INTERNAL:
        return []
    parts = (
        ("进度预警", _schedule_table(found, view)),
        ("其他预警", _other_table(found, view)),
        ("督办清单（草稿）", pressing(view, found)),
        ("规则说明", _rule_notes(found, view)),
    )
    blocks: list[Block] = [paragraph(sentence) for sentence in _summary(found)]
    for title, part in parts:
        if part:
            number = CHINESE_NUMERALS[sum(isinstance(block, Heading) for block in blocks)]
            blocks += [Heading(level=2, text=f"（{number}）{title}"), *part]
    return blocks


# -- summary ----------------------------------------------------------------------------------------------------------


def _summary(found: ParkAlarms) -> list[Sentence]:
    """One sentence a rule set: how many lamps of each colour, how many cases it leaves open."""
    told = []
    for rules in found.rule_sets:
        mine = [alarm for alarm in found.alarms if alarm.rules is rules]
        if mine:
            sense = "（红色表示超额完成，与红黄绿灯含义相反）" if rules.reversed else ""
            told.append(Sentence(f"按{set_words(rules)}，{_counted(mine)}{sense}。"))
    return [Sentence.join(told, "")] if told else []


def _counted(mine: Sequence[Alarm]) -> str:
    lamps = [a.judgement.lamp for a in mine if a.exemption is None and a.judgement.lamp is not None]
    order = {lamp.label: lamp.weight for lamp in lamps}
    counts = Counter(lamp.label for lamp in lamps)
    clauses = [f"{label}{counts[label]}项" for label in sorted(counts, key=lambda name: -order[name])]
    told = f"评{len(mine)}项" + (f"，其中{'、'.join(clauses)}" if clauses else "")
    undefined = sum(bool(a.judgement.undefined) and a.exemption is None for a in mine)
    unknown = sum(bool(a.judgement.unknown) and a.exemption is None for a in mine)
    exempt = sum(a.exemption is not None for a in mine)
    rest = ((undefined, "规则未规定"), (unknown, "数据不足、无从判断"), (exempt, "有正当理由、不亮灯"))
    return told + "".join(f"，{words}{number}项" for number, words in rest if number)


# -- tables -----------------------------------------------------------------------------------------------------------


def _schedule_table(found: ParkAlarms, view: ParkView) -> list[Block]:
    """Targets and projects against the time passed, a column for each rule set that judges them; worst first."""
    mine = found.of(SCHEDULED)
    columns = [rules for rules in found.rule_sets if any(alarm.rules is rules for alarm in mine)]
    by_item: dict[tuple[str, str], list[Alarm]] = {}
    for alarm in mine:
        by_item.setdefault((alarm.item.kind, alarm.item.name), []).append(alarm)
    telling = [group for group in by_item.values() if any(_tells(alarm) for alarm in group)]
    if not telling:
        return []
    telling.sort(key=_order)
    builder = TableBuilder(
        f"进度预警（{view.period_label}）",
        (
            Column(label="事项", weight=2),
            Column(label="完成率", align=RIGHT, weight=0.8),
            Column(label="时间进度", align=RIGHT, weight=0.8),
            *(Column(label=rules.name, group="灯色和依据", weight=2) for rules in columns),
        ),
    )
    for group in telling[:MOST_ROWS]:
        item = group[0].item
        cells = [_lamp_cell(builder, next((a for a in group if a.rules is rules), None)) for rules in columns]
        passed = builder.figure(item.passed, value_text(item.passed).replace(".0%", "%"))
        builder.row(item_name(item, view.period), _cell(builder, shown_figure(item.figure)), passed, *cells)
    silent = len(by_item) - len(telling)
    notes = ["序时按全年均摊，未计各项目自身的分月计划"]
    notes += [f"另有{silent}项按所列规则没有亮灯，且不慢于序时，不列"] if silent else []
    if len(telling) > MOST_ROWS:
        notes.append(f"按灯色和完成率列出前{MOST_ROWS}项，另有{len(telling) - MOST_ROWS}项见台账")
    table = builder.build(notes=notes)
    return present(table)


def _tells(alarm: Alarm) -> bool:
    """A lamp that is lit, one that is not lit for a reason, a case that is not known, or not defined though it is behind."""
    judgement = alarm.judgement
    below = alarm.item.measures.get("points_below")
    behind = below is None or below.value is None or below.value > 0
    return bool(alarm.lit or (judgement.undefined and behind) or judgement.unknown or alarm.exemption)


def _order(group: Sequence[Alarm]) -> tuple[object, ...]:
    figure = group[0].item.figure
    return (
        -max(alarm.weight for alarm in group),
        figure.value if figure.value is not None else 0,
    )


def _cell(builder: TableBuilder, sentence: Sentence) -> Runs:
    builder.refs.update(sentence.refs)
    return tuple(sentence.runs)


def _lamp_cell(builder: TableBuilder, alarm: Alarm | None) -> Runs | str:
    """■红灯：低于序时55.9个百分点."""
    if alarm is None:
        return DASH
    sentence = Sentence(lamp_text(alarm) + run_words(alarm))
    told = measure_words(alarm)
    return _cell(builder, sentence.say("：").extend(told) if told else sentence)


def _other_table(found: ParkAlarms, view: ParkView) -> list[Block]:
    """Starts, approvals, declines, enterprises, rates, idle space, accidents: one lamp a row, its rule named."""
    rows = [alarm for alarm in found.alarms if alarm.item.kind not in SCHEDULED and _tells(alarm)]
    rows.sort(key=lambda alarm: -alarm.weight)
    builder = TableBuilder(
        "其他预警",
        (
            Column(label="事项", weight=2.2),
            Column(label="数值", align=RIGHT, weight=1),
            Column(label="依据", weight=2.4),
            Column(label="灯色", weight=1.3),
            Column(label="规则", weight=1.9),
        ),
    )
    for alarm in rows[:MOST_ROWS]:
        measured = measure_words(alarm)
        own = alarm.measure is alarm.item.figure  # the measure is the figure: not said twice
        told = measured if measured and not own else Sentence(_band_words(alarm))
        figure = measured if own and measured else shown_figure(alarm.item.figure)
        builder.row(
            item_name(alarm.item, view.period),
            _cell(builder, figure),
            _cell(builder, told) or DASH,
            lamp_text(alarm) + run_words(alarm),
            rule_name(alarm.rules, alarm.rule) + ("（比照使用）" if alarm.borrowed else ""),
        )
    notes = [f"另有{len(rows) - MOST_ROWS}项未列"] if len(rows) > MOST_ROWS else []
    table = builder.build(notes=notes)
    return present(table)


def _band_words(alarm: Alarm) -> str:
    judgement = alarm.judgement
    if judgement.lamp is not None:
        return judgement.lamp.words
    return judgement.undefined or judgement.unknown


# -- what to press for ------------------------------------------------------------------------------------------------


def pressing(view: ParkView, found: ParkAlarms) -> list[Block]:
    """督办清单: every item with a red lamp; who is responsible and until when only where a ledger says so."""
    groups: dict[str, list[Alarm]] = {}
    for alarm in found.alarms:
        if alarm.weight == RED:
            groups.setdefault(alarm.item.name, []).append(alarm)
    ordered = sorted(groups.items(), key=lambda group: _pressing_order(group[1]))
    builder = TableBuilder(
        "督办清单（草稿）",
        (
            Column(label="事项", weight=2),
            Column(label="差距", weight=2.4),
            Column(label="红灯依据", weight=1.8),
            Column(label="责任单位", weight=1.3),
            Column(label="时限", weight=1.6),
        ),
    )
    for _, group in ordered[:MOST_PRESSED]:
        gaps = [sentence for sentence in (_gap_sentence(alarm) for alarm in _distinct(group)) if sentence]
        offices = list(dict.fromkeys(alarm.item.office for alarm in group if alarm.item.office))
        builder.row(
            item_name(group[0].item, view.period),
            _cell(builder, Sentence.join(gaps, "；")),
            "、".join(dict.fromkeys(rule_name(alarm.rules, alarm.rule) for alarm in group)),
            "、".join(offices) or OPEN_WORDS,
            _deadline(view, group),
        )
    notes = ["红灯事项全部列入；责任单位和时限取自台账，台账没有的为待明确，由办公室填写"]
    excused = dict.fromkeys(a.exemption for a in found.alarms if a.exemption is not None)
    notes += [f"{e.subject}未列入：{e.reason}（{e.by}提出）" for e in excused]
    if len(groups) > MOST_PRESSED:
        notes.append(f"另有{len(groups) - MOST_PRESSED}项未列")
    table = builder.build(notes=notes)
    return present(table)


def _pressing_order(group: Sequence[Alarm]) -> tuple[object, ...]:
    """Projects and targets by completion, lowest first; the rest as it comes."""
    scheduled = next((alarm for alarm in group if alarm.item.kind in SCHEDULED), None)
    figure = scheduled.item.figure if scheduled is not None else None
    return (scheduled is None, figure.value if figure is not None and figure.value is not None else 0)


def _distinct(group: Sequence[Alarm]) -> list[Alarm]:
    """One alarm a kind of item: two rule sets measure one gap, the first one's words stand for it."""
    first: dict[str, Alarm] = {}
    for alarm in group:
        first.setdefault(alarm.item.kind, alarm)
    return list(first.values())


def _gap_sentence(alarm: Alarm) -> Sentence:
    told = measure_words(alarm)
    if alarm.item.kind in SCHEDULED:
        goal = "年度计划" if alarm.item.kind == "project_plan" else "年度目标"
        return Sentence(f"完成{goal}的").extend(shown_figure(alarm.item.figure)).say("，").extend(told)
    if alarm.measure is alarm.item.figure:
        return told
    return shown_figure(alarm.item.figure).say("，").extend(told)


def _deadline(view: ParkView, group: Sequence[Alarm]) -> str:
    """A date that the ledger sets, said to be past where it is; the year's end for a target of a running year."""
    expected = list(dict.fromkeys(a.item.expected for a in group if a.item.expected))
    if expected:
        return f"责任单位预计{'、'.join(expected)}"
    ends = {"project_start": "计划开工", "approval": "承诺办结", "project_delay": "计划", "project_entry": "计划入库"}
    dated = [f"{ends[a.item.kind]}{a.item.due}（已过）" for a in group if a.item.kind in ends and a.item.due]
    if dated:
        return "；".join(dict.fromkeys(dated)) + "，新时限待明确"
    planned = next((a.item.due for a in group if a.item.kind == "project_plan" and a.item.due), "")
    if planned:
        return f"计划竣工{planned}，追赶时限待明确"
    end = view.period.end if view.period is not None else None
    if end is not None and end.month < 12 and any(alarm.item.kind in SCHEDULED for alarm in group):
        return f"{end.year}年12月31日（目标年度末）"
    return OPEN_WORDS


# -- what the rules are -----------------------------------------------------------------------------------------------


def _rule_notes(found: ParkAlarms, view: ParkView) -> list[Block]:
    """Every rule used with its lamps in words and its origin or reason; what it leaves open; what could not be judged."""
    builder = TableBuilder(
        "所用规则",
        (
            Column(label="规则", weight=1.3),
            Column(label="灯色规定", weight=3.4),
            Column(label="来源、理由和说明", weight=3),
        ),
    )
    for rules in found.rule_sets:
        for rule in rules.rules:
            mine = [alarm for alarm in found.alarms if alarm.rules is rules and alarm.rule is rule]
            if mine:
                builder.row(rule_name(rules, rule), _lamps_said(rule), _origin_said(rules, rule, mine))
    table = builder.build()
    blocks: list[Block] = present(table)
    return blocks + [words(f"{line}。", "note") for line in _remarks(found, view)]


def _lamps_said(rule: Rule) -> str:
    lamps = [(SIGNS[lamp.colour] + lamp.label, lamp.words) for lamp in _lamps(rule)]
    if rule.escalate is not None:
        lamps.append((SIGNS[rule.escalate.colour] + rule.escalate.label, rule.escalate.words))
    return "；".join(f"{label}：{said}" for label, said in (*lamps, *(("未规定", said) for said in _open(rule))))


def _lamps(rule: Rule) -> list[Lamp]:
    return [*rule.bands, *(lamp for case in rule.cases if isinstance(lamp := case.outcome(), Lamp))]


def _open(rule: Rule) -> list[str]:
    """What the rule leaves undefined, without the words that say so."""
    said = [gap.words for gap in rule.gaps] + [case.words for case in rule.cases if case.colour is None]
    return [text.removeprefix("该规则未规定") for text in said]


def _origin_said(rules: RuleSet, rule: Rule, mine: Sequence[Alarm]) -> str:
    told = [rules.origin if rules.official else f"本系统初设，由办公室修改。{rule.reason.removeprefix('初设：')}"]
    told += [rule.note] if rule.note else []
    told += ["原用于重点项目，年度目标为比照使用"] if any(alarm.borrowed for alarm in mine) else []
    told += ["红色表示超额完成，与红黄绿灯含义相反"] if rules.reversed and "相反" not in rule.note else []
    told += [f"后果：{'、'.join(rule.consequences)}"] if rule.consequences else ["后果资料未载明"]
    return "；".join(told)


def _remarks(found: ParkAlarms, view: ParkView) -> list[str]:
    lines = [f"{rule_name(rules, rule)}未评，台账中没有{rule.needs or '相应数据'}" for rules, rule in found.unused]
    exempted: dict[Exemption, None] = dict.fromkeys(a.exemption for a in found.alarms if a.exemption is not None)
    lines += [f"{e.subject}不亮灯：{e.reason}（{e.by}提出）" for e in exempted]
    unknown = check_exemptions(_exemptions(view), alarm_ids())
    return lines + [f"exemptions.yaml 中的规则代码“{name}”不存在，该项未起作用" for name in unknown]
