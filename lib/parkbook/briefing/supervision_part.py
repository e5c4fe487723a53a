"""督查通报: all projects in one line of totals, then the projects from low to high completion, the total first.

Figures of projects are those of the register (`indicators.projects`); 从计划进度看 is investment against the year's plan, 从形象进度看
what is built. Customs as in published bulletins: sorted low to high, first row 合计.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from parkbook.briefing.alarm_problems import still_counted
from parkbook.briefing.alarm_words import lamp_text, set_words
from parkbook.briefing.alarms_part import found_alarms
from parkbook.briefing.blocks import Block, Column, Heading, Runs, present
from parkbook.briefing.claims import Sentence, paragraph
from parkbook.briefing.format import marked_text, number_text, value_text
from parkbook.briefing.kinds import Part
from parkbook.briefing.pages import numbered
from parkbook.briefing.projects_part import spent_cell
from parkbook.briefing.row_words import implied_once, spoken
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.indicators.alarms import Alarm, ParkAlarms
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.formulas import published
from parkbook.indicators.projects import Project, project_register
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue, Observation, Transformation

WHOLE_YEAR = Decimal(100)

PLAN = "project_annual_plan"
PROJECT_KINDS = ("project_plan", "project_start", "project_entry", "project_delay")
STARTS = ("projects_due_to_start", "projects_not_started_as_planned", "projects_started_early", "projects_started")
RATE_OF_STARTS = ("project_start_rate", "projects_planned_to_start")
OVERVIEW = (
    "key_projects",
    "provincial_key_projects",
    "municipal_key_projects",
    "project_total_investment",
    "project_annual_plan",
    "project_investment_done",
    "projects_started",
    "projects_under_construction",
    "projects_completed",
    "projects_commissioned",
)


def project_overview(view: ParkView, part: Part) -> list[Block]:
    """The totals of the projects, in one paragraph, and how the started ones add up."""
    by_id = {row.indicator.id: row for row in view.numeric_rows}
    rows = [by_id[name] for name in OVERVIEW if name in by_id]
    if not rows:
        return []
    period = view.period if view.period is not None and view.period.known else None
    head = Sentence(f"{period.label_zh}，" if period is not None else "")
    clauses = [spoken(row, period) for row in rows]
    said = implied_once(Sentence.join(clauses, "；"))
    starts = _starts(by_id)
    return [paragraph(head.extend(said).say("。").extend(starts))]


def _starts(rows: Mapping[str, IndicatorRow]) -> Sentence:
    """截至期末计划开工11个，未按计划开工3个，提前开工0个，与实际开工8个相符: only where the ledger's own figures add up (11 − 3 + 0 = 8); then
    the rate of starts, with what it is a share of."""
    levels = {name: row.level for name in (*STARTS, *RATE_OF_STARTS) if (row := rows.get(name)) is not None}
    known = {name: level for name, level in levels.items() if level is not None and level.value is not None}
    sentence = Sentence()
    if set(STARTS) <= set(known):
        due, missed, early, started = (known[name].value or Decimal(0) for name in STARTS)
        if due - missed + early == started:
            words = ("截至期末计划开工", "未按计划开工", "提前开工", "与实际开工")
            clauses = [
                Sentence(word).figure(known[name], value_text(known[name]))
                for word, name in zip(words, STARTS, strict=True)
            ]
            sentence.extend(Sentence.join(clauses, "，")).say("相符")
    if set(RATE_OF_STARTS) <= set(known):
        rate, planned = (known[name] for name in RATE_OF_STARTS)
        sentence.say("；" if sentence else "").say("开工率").figure(rate, value_text(rate))
        sentence.say("（开工项目数与本年计划开工").figure(planned, value_text(planned)).say("之比）")
    return sentence.say("。") if sentence else sentence


def project_progress(view: ParkView, part: Part) -> list[Block]:
    """从计划进度看, with the table, and 从形象进度看, each where the register has it."""
    register = project_register(view.data.observations, view.catalogue, view.period, view.schedule)
    projects = register.projects if register is not None else ()
    planned = sorted((p for p in projects if p.completion is not None), key=_completed)
    pieces = [("从计划进度看", _by_plan(view, planned)), ("从形象进度看", _by_image(projects))]
    filled = [(title, blocks) for title, blocks in pieces if blocks]
    return [
        block
        for number, (title, blocks) in enumerate(filled)
        for block in (Heading(level=2, text=numbered(number, title)), *blocks)
    ]


def _completed(project: Project) -> Decimal:
    value = project.completion.value if project.completion is not None else None
    return value if value is not None else Decimal(-1)


PLAN_LABEL, LAMP_LABEL, OFFICE_LABEL = "年度计划", "灯色", "责任单位"
PLAN_COLUMNS = (
    Column(label="项目", weight=2.2),
    Column(label=OFFICE_LABEL, weight=1.3),
    Column(label=PLAN_LABEL, align="right", weight=1),
    Column(label="完成投资", align="right", weight=1),
    Column(label="完成率", align="right", weight=0.9),
    Column(label=LAMP_LABEL, weight=0.8),
    Column(label="卡点", weight=1.6),
)


def _by_plan(view: ParkView, projects: Sequence[Project]) -> list[Block]:
    if not projects:
        return []
    done = [p for p in projects if _completed(p) >= 100]
    plans = {p.name: plan for p in projects if (plan := _plan_of(view, p)) is not None}
    found = found_alarms(view)
    lamps = _lamps(found)
    offices = {p.name: office for p in projects if (office := p.attribute("office"))}
    absent = {
        label
        for label, told in zip((PLAN_LABEL, LAMP_LABEL, OFFICE_LABEL), (plans, lamps, offices), strict=True)
        if not told
    }
    columns = [column for column in PLAN_COLUMNS if column.label not in absent]
    builder = TableBuilder("重点项目年度投资计划完成情况", columns)
    _total_line(builder, view, columns, lamps)
    for project in projects:
        spent, lamp = project.number("project_investment_done"), lamps.get(project.name)
        cells: dict[str, Runs | str] = {
            "项目": project.name,
            OFFICE_LABEL: offices.get(project.name, "—"),
            PLAN_LABEL: _published_cell(builder, plans.get(project.name)),
            "完成投资": spent_cell(builder, spent),
            "完成率": builder.figure(project.completion, marked_text(project.completion))
            if project.completion
            else "—",
            LAMP_LABEL: lamp_text(lamp) if lamp is not None else "—",
            "卡点": project.obstacle or "—",
        }
        builder.row(*(cells[column.label] for column in columns))
    said = _plan_sentence(projects, done)
    table = builder.build(notes=("按完成率由低到高排列，首行为合计", *_lamp_note(lamps), *_excused(view, found)))
    return [paragraph(said.say("。")), *present(table)]


def _lamps(found: ParkAlarms) -> dict[str, Alarm]:
    """The heaviest lamp of each project's progress, and of the total under its own name."""
    lamps: dict[str, Alarm] = {}
    for alarm in found.of(("project_plan",)):
        held = lamps.get(alarm.item.name)
        known = alarm.judgement.lamp is not None and not alarm.rules.reversed
        if known and (held is None or alarm.weight > held.weight):
            lamps[alarm.item.name] = alarm
    return lamps


def _lamp_note(lamps: Mapping[str, Alarm]) -> list[str]:
    """By which rules: 灯色按银川2025年规则、三亚2022年规则，两者不同的取较重的."""
    names = list(dict.fromkeys(set_words(alarm.rules) for alarm in lamps.values()))
    if not names:
        return []
    return [f"灯色按{'、'.join(names)}" + ("，各规则灯色不同的取较重的" if len(names) > 1 else "")]


def _plan_sentence(projects: Sequence[Project], done: Sequence[Project]) -> Sentence:
    """列入年度投资计划的项目共21个，已完成全年计划5个；其余16个中13个低于序时进度（75%）; at the year's end 未完成 instead."""
    rest = [p for p in projects if p not in done]
    said = Sentence("列入年度投资计划的项目共").count(
        len(projects), "个", "列入年度投资计划的项目", [p.name for p in projects]
    )
    said.say("，已完成全年计划").count(len(done), "个", "完成年度计划的项目", [p.name for p in done])
    passed = next((_passed(p) for p in rest if p.gap is not None), None)
    if passed is None or passed >= WHOLE_YEAR:
        return said.say("，未完成").count(len(rest), "个", "未完成年度计划的项目", [p.name for p in rest])
    late = [p for p in rest if p.gap is not None and p.gap.value is not None and p.gap.value < 0]
    said.say("；其余").count(len(rest), "个", "未完成全年计划的项目", [p.name for p in rest]).say("中")
    said.count(len(late), "个", "低于序时进度的项目", [p.name for p in late])
    return said.say(f"低于序时进度（{half_up(passed, 1).normalize():f}%）")


def _passed(project: Project) -> Decimal | None:
    """The share of the year that had passed, as the project's gap was taken against it."""
    done, gap = project.completion, project.gap
    if done is None or gap is None or done.value is None or gap.value is None:
        return None
    return done.value - gap.value


def _excused(view: ParkView, found: ParkAlarms) -> list[str]:
    """Projects that the analyst named as late for a good reason, what that excuses from, and the reason."""
    excused = {a.item.name: a for a in found.alarms if a.exemption is not None and a.item.kind in PROJECT_KINDS}
    return [
        f"{name}有正当理由，{still_counted(found, alarm)}：{alarm.exemption.reason}（{alarm.exemption.by}提出）"
        for name, alarm in excused.items()
        if alarm.exemption is not None
    ]


def _plan_of(view: ParkView, project: Project) -> Observation | None:
    """The year's plan: the register's own column, else one of the same year stated elsewhere (a plan of January holds all year),
    else the target that the investment is held against."""
    stated = project.number(PLAN)
    if stated is not None:
        return stated
    year = project.row.as_of.year
    others = [
        o
        for o in view.index.of_indicator(PLAN, Transformation.LEVEL)
        if o.subject == project.name and o.is_number and o.period.end is not None and o.period.end.year == year
    ]
    target = project.row.figure(PROJECT_DONE, Transformation.TARGET)
    return others[-1] if others else target if target is not None and target.is_number else None


def _published_cell(builder: TableBuilder, observation: Observation | None) -> Runs | str:
    if observation is None:
        return "—"
    return builder.figure(published(observation, None), value_text(published(observation, None)))


def _total_line(builder: TableBuilder, view: ParkView, columns: Sequence[Column], lamps: Mapping[str, Alarm]) -> None:
    """The park's own total as the ledgers give it; never a sum made here, since projects may stand in it twice."""
    rows: dict[str, IndicatorRow] = {row.indicator.id: row for row in view.numeric_rows}
    plan, done = rows.get(PLAN), rows.get(PROJECT_DONE)
    total = plan.level if plan is not None else done.target if done is not None else None
    spent = done.level if done is not None else None
    completion = done.completion if done is not None else None
    if total is None and spent is None:
        return
    lamp = next((alarm for alarm in lamps.values() if not alarm.item.subject), None)
    cells: dict[str, Runs | str] = {
        "项目": "合计",
        PLAN_LABEL: builder.figure(total, value_text(total)) if total is not None else "—",
        "完成投资": builder.figure(spent, value_text(spent)) if spent is not None else "—",
        "完成率": builder.figure(completion, marked_text(completion)) if completion is not None else "—",
        LAMP_LABEL: lamp_text(lamp) if lamp is not None else "—",
    }
    builder.row(*(cells.get(column.label, "—") for column in columns))


def _by_image(projects: Sequence[Project]) -> list[Block]:
    """Projects whose building is reported, least built first; the gap to the money spent beside it."""
    built = [p for p in projects if p.image_value is not None and p.image_value.value is not None]
    if not built:
        return []
    columns = (
        Column(label="项目", weight=2),
        Column(label="形象进度", align="right"),
        Column(label="投资进度", align="right"),
        Column(label="投资进度与形象进度相比", align="right", weight=1.4),
    )
    builder = TableBuilder("重点项目形象进度", columns)
    for project in sorted(built, key=_built):
        builder.row(
            project.name,
            builder.figure(project.image_value, marked_text(project.image_value)) if project.image_value else "—",
            builder.figure(project.invested, marked_text(project.invested)) if project.invested else "—",
            builder.figure(project.image_gap, _image_words(project.image_gap)) if project.image_gap else "—",
        )
    table = builder.build(notes=("按形象进度由低到高排列；“点”为个百分点",))
    return present(table)


def _image_words(gap: IndicatorValue) -> str:
    """投资快25.1点, 投资慢14.3点, 一致."""
    if gap.value is None or half_up(gap.value, 1) == 0:
        return "一致"
    return f"投资{'快' if gap.value > 0 else '慢'}{number_text(gap).removeprefix('-')}点"


def _built(project: Project) -> Decimal:
    value = project.image_value.value if project.image_value is not None else None
    return value if value is not None else Decimal(-1)
