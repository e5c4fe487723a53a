"""督查通报: all projects in one line of totals, then the projects from low to high completion, the total first.

Figures of projects are those of the register (`indicators.projects`); 从计划进度看 is investment against the year's plan, 从形象进度看
what is built. Customs as in published bulletins: sorted low to high, first row 合计.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing.blocks import Block, Column, Heading, Runs, present
from parkbook.briefing.claims import Sentence, paragraph
from parkbook.briefing.format import marked_text, number_text, value_text
from parkbook.briefing.kinds import Part
from parkbook.briefing.pages import numbered
from parkbook.briefing.projects_part import spent_cell
from parkbook.briefing.row_words import implied_once, spoken
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.codelists import Audience
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.formulas import published
from parkbook.indicators.projects import Project, project_register
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.sources.exemptions import read_exemptions

WHOLE_YEAR = Decimal(100)

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
    """The totals of the projects, in one paragraph."""
    by_id = {row.indicator.id: row for row in view.numeric_rows}
    rows = [by_id[name] for name in OVERVIEW if name in by_id]
    if not rows:
        return []
    period = view.period if view.period is not None and view.period.known else None
    head = Sentence(f"{period.label_zh}，" if period is not None else "")
    said = implied_once(Sentence.join([spoken(row, period) for row in rows], "；"))
    return [paragraph(head.extend(said).say("。"))]


def project_progress(view: ParkView, part: Part) -> list[Block]:
    """从计划进度看, with the table, and 从形象进度看, each where the register has it."""
    register = project_register(view.index.all, view.catalogue, view.period)
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


PLAN_LABEL = "年度计划"
PLAN_COLUMNS = (
    Column(label="项目", weight=2),
    Column(label=PLAN_LABEL, align="right", weight=1.1),
    Column(label="完成投资", align="right", weight=1.1),
    Column(label="完成率", align="right"),
    Column(label="卡点", weight=1.6),
)


def _by_plan(view: ParkView, projects: Sequence[Project]) -> list[Block]:
    if not projects:
        return []
    done = [p for p in projects if _completed(p) >= 100]
    plans = {p.name: plan for p in projects if (plan := _plan_of(p)) is not None}
    columns = [column for column in PLAN_COLUMNS if plans or column.label != PLAN_LABEL]
    builder = TableBuilder("重点项目年度投资计划完成情况", columns)
    _total_line(builder, view, planned=bool(plans))
    for project in projects:
        plan, spent = plans.get(project.name), project.number("project_investment_done")
        builder.row(
            project.name,
            *([_published_cell(builder, plan)] if plans else []),
            spent_cell(builder, spent),
            builder.figure(project.completion, marked_text(project.completion)) if project.completion else "—",
            project.obstacle or "—",
        )
    said = _plan_sentence(projects, done)
    table = builder.build(notes=("按完成率由低到高排列，首行为合计", *_excused(view)))
    return [paragraph(said.say("。")), *present(table)]


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


def _excused(view: ParkView) -> list[str]:
    """Projects that the analyst named as late for a good reason, with the reason."""
    if not view.own or view.choices.audience is not Audience.INTERNAL:
        return []
    return [
        f"{e.subject}有正当理由、相应预警不亮灯：{e.reason}（{e.by}提出）" for e in read_exemptions(view.data.park.id)
    ]


def _plan_of(project: Project) -> Observation | None:
    """The year's plan: the register's own column, else the target that the investment is held against."""
    target = project.row.figure(PROJECT_DONE, Transformation.TARGET)
    return project.number("project_annual_plan") or (target if target is not None and target.is_number else None)


def _published_cell(builder: TableBuilder, observation: Observation | None) -> Runs | str:
    if observation is None:
        return "—"
    return builder.figure(published(observation, None), value_text(published(observation, None)))


def _total_line(builder: TableBuilder, view: ParkView, *, planned: bool) -> None:
    """The park's own total as the ledgers give it; never a sum made here, since projects may stand in it twice."""
    rows: dict[str, IndicatorRow] = {row.indicator.id: row for row in view.numeric_rows}
    plan, done = rows.get("project_annual_plan"), rows.get("project_investment_done")
    total = plan.level if plan is not None else done.target if done is not None else None
    spent = done.level if done is not None else None
    completion = done.completion if done is not None else None
    if total is None and spent is None:
        return
    builder.row(
        "合计",
        *([builder.figure(total, value_text(total)) if total is not None else "—"] if planned else []),
        builder.figure(spent, value_text(spent)) if spent is not None else "—",
        builder.figure(completion, marked_text(completion)) if completion is not None else "—",
        "—",
    )


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
