"""重点项目 on a page: how the register stands, which projects are behind and why, what is built, milestones, procedures.

Planned and expected dates are the office's; the page says 预计 of them and extrapolates none. The gap between 投资进度 and 形象进度 is
a question to ask, and is named as one.
"""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.briefing.blocks import Block, Column, Heading, Runs, present
from parkbook.briefing.claims import Sentence, bullets, paragraph, words
from parkbook.briefing.format import DASH, number_text, value_text
from parkbook.briefing.projects_progress import image_blocks, milestone_blocks
from parkbook.briefing.register_words import MOST_ROWS, cell, count_cell, counted, names, rest_note, right, shown
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.indicators.formulas import published
from parkbook.indicators.procedures import Stage, overdue_stages, procedure_stages, stage_times
from parkbook.indicators.projects import Project, ProjectRegister, project_register
from parkbook.indicators.register_rows import by_attribute
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue, Observation

NOTHING_SPENT = "尚无投资"


def projects_blocks(view: ParkView) -> list[Block]:
    """The whole part; empty where no ledger lists projects."""
    register = project_register(view.data.observations, view.catalogue, view.period, view.schedule)
    if register is None:
        return []
    return [
        Heading(level=3, text="重点项目登记情况"),
        paragraph(_register_sentence(register)),
        *([paragraph(sentence)] if (sentence := _behind_sentence(register)) else []),
        *_progress_table(register),
        *_obstacle_table(register),
        *image_blocks(register),
        *milestone_blocks(register),
        *_procedure_blocks(procedure_stages(view.data.observations, view.period)),
    ]


def _register_sentence(register: ProjectRegister) -> Sentence:
    """重点项目23个，其中省级5个、市级8个、区级10个；续建14个、新开工9个."""
    rows = [project.row for project in register.projects]
    sentence = Sentence("登记在册的重点项目").extend(counted(rows, "个", "登记在册"))
    levels = by_attribute(rows, "level")
    if len(levels) > 1:
        parts = [Sentence(name).extend(counted(members, "个", name)) for name, members in levels.items()]
        sentence.say("，其中").extend(Sentence.join(parts, "、"))
    natures = by_attribute(rows, "nature")
    if len(natures) > 1:
        parts = [Sentence(name).extend(counted(members, "个", name)) for name, members in natures.items()]
        sentence.say("；按建设性质分，").extend(Sentence.join(parts, "、"))
    finished = [project.row for project in register.projects if project.is_finished]
    if finished:
        sentence.say("；已竣工").extend(counted(finished, "个", "已竣工"))
    return sentence.say("。")


def _behind_sentence(register: ProjectRegister) -> Sentence:
    """Which projects are behind, the worst three by name, and how many of them have an open obstacle."""
    behind = register.behind
    judged = [p for p in register.projects if p.gap is not None]
    if not judged:
        return Sentence("登记表没有年度计划投资，进度快慢无从判断。")
    whole = judged[0].gap is not None and judged[0].gap.period.end is not None and judged[0].gap.period.end.month == 12
    sentence = (
        Sentence("有年度计划投资的").extend(counted([p.row for p in judged], "个", "有年度计划投资")).say("项目中，")
    )
    if not behind:
        return sentence.say("均完成年度计划。" if whole else "均不慢于序时进度。")
    sentence.extend(counted([p.row for p in behind], "个", "未完成年度计划" if whole else "慢于序时进度"))
    sentence.say("未完成年度计划" if whole else "慢于序时进度").say("，按投资额计缺口较大的是")
    told = [
        Sentence(f"{p.name}（").extend(_completed(p)).say("，距年度计划还差" if whole else "，比序时进度少")
        .figure(p.shortfall, value_text(p.shortfall)).say("）")
        for p in behind[:3]
        if p.shortfall is not None
    ]  # fmt: skip
    sentence.extend(Sentence.join(told, "、"))
    stuck = [p for p in behind if p.obstacle]
    if stuck:
        sentence.say("；其中").extend(counted([p.row for p in stuck], "个", "有未解决卡点")).say("有未解决的卡点")
    return sentence.say("。")


def _completed(project: Project) -> Sentence:
    if project.completion is None:
        return Sentence("未填完成率")
    return Sentence("完成年度计划的").figure(project.completion, value_text(project.completion))


def _size(value: IndicatorValue) -> str:
    return number_text(value).removeprefix("-")


def _progress_table(register: ProjectRegister) -> list[Block]:
    """Projects with a plan, those that lack most money first."""
    chosen = register.by_shortfall()[:MOST_ROWS]
    if not chosen:
        return []
    whole = chosen[0].gap is not None and chosen[0].gap.period.end is not None and chosen[0].gap.period.end.month == 12
    foreseen = any(p.foreseen is not None for p in chosen)
    columns = [
        Column(label="项目", weight=2.6),
        Column(label="级别", weight=0.8),
        Column(label="类型", weight=1),
        right("年度计划投资", 1.2),
        right("完成投资", 1.2),
        right("完成率", 1),
        right("与计划之差" if whole else "序时进度差", 1.2),
        *([right("全年预计", 1.2)] if foreseen else []),
        Column(label="形象进度", weight=1.8),
    ]
    builder = TableBuilder("重点项目年度投资进度", columns)
    for p in chosen:
        builder.row(
            p.name,
            p.attribute("level") or DASH,
            p.attribute("type") or DASH,
            cell(builder, p.number("project_annual_plan")),
            spent_cell(builder, p.number("project_investment_done")),
            shown(builder, p.completion),
            DASH if p.gap is None else builder.figure(p.gap, _gap_cell(p.gap)),
            *([cell(builder, p.foreseen)] if foreseen else []),
            p.attribute("image_progress") or DASH,
        )
    notes = rest_note(
        len(register.projects),
        len(chosen),
        f"按与{'年度计划' if whole else '序时进度'}相差的投资额从大到小列出前{len(chosen)}个项目",
    )
    notes.append("“点”为个百分点")
    if foreseen:
        notes.append("全年预计为责任单位填报的预计数")
    table = builder.build(notes=notes)
    return present(table)


def spent_cell(builder: TableBuilder, spent: Observation | None) -> Runs | str:
    """尚无投资 instead of 0亿元."""
    if spent is None or spent.obs_value != 0:
        return cell(builder, spent)
    return builder.figure(published(spent, None), NOTHING_SPENT)


def _gap_cell(gap: IndicatorValue) -> str:
    whole = gap.period.end is not None and gap.period.end.month == 12
    if gap.value is None or half_up(gap.value, 1) == 0:
        return "完成" if whole else "持平"
    word = ("超" if gap.value > 0 else "差") if whole else ("快" if gap.value > 0 else "慢")
    return f"{word}{_size(gap)}点"


def _obstacle_table(register: ProjectRegister) -> list[Block]:
    """卡点: project, obstacle, responsible office; those that lack most money first."""
    stuck = [p for p in register.by_shortfall() if p.obstacle]
    stuck += [p for p in register.stuck if p not in stuck]
    if not stuck:
        return []
    builder = TableBuilder(
        "未解决卡点清单",
        (
            Column(label="项目", weight=2.2),
            Column(label="卡点", weight=3),
            Column(label="责任单位", weight=1.4),
            right("完成率", 0.9),
            right("总投资", 1.1),
        ),
    )
    for p in stuck:
        builder.row(
            p.name,
            p.obstacle,
            p.attribute("office") or "未填写",
            shown(builder, p.completion),
            cell(builder, p.number("project_total_investment")),
        )
    table = builder.build()
    return present(table)


def _procedure_blocks(stages: Sequence[Stage]) -> list[Block]:
    """前期手续: what is open beyond its promised days, and how long each stage takes."""
    if not stages:
        return []
    blocks: list[Block] = [paragraph(_procedure_sentence(stages))]
    overdue = overdue_stages(stages)
    if overdue:
        blocks.append(words("超过承诺时限仍在办的："))
        blocks.append(bullets([_overdue_words(stage) for stage in overdue]))
    builder = TableBuilder(
        "前期手续各环节用时",
        (
            Column(label="环节", weight=1.6),
            right("承诺天数", 1),
            right("已办结", 0.9),
            right("用时中位数", 1.1),
            right("其中：超时办结", 1.2),
            right("在办", 0.8),
            right("其中：已超时", 1),
        ),
    )
    for time in stage_times(stages):
        limits = {s.limit for s in (*time.finished, *time.open) if s.limit is not None}
        late = [s for s in time.finished if s.overrun is not None and s.overrun > 0]
        builder.row(
            time.name,
            f"{min(limits)}天" if len(limits) == 1 else DASH,
            count_cell(builder, [s.row for s in time.finished], "项", f"{time.name}已办结"),
            shown(builder, time.days),
            count_cell(builder, [s.row for s in late], "项", f"{time.name}超时办结"),
            count_cell(builder, [s.row for s in time.open], "项", f"{time.name}在办"),
            count_cell(builder, [s.row for s in time.open if s.is_overdue], "项", f"{time.name}已超时"),
        )
    table = builder.build(notes=["只计本期台账列出的项目；用时中位数只计已办结的，在办的算至报告期末不计入"])
    return [*blocks, *present(table)]


def _procedure_sentence(stages: Sequence[Stage]) -> Sentence:
    open_stages = [s for s in stages if s.is_open]
    projects = names(list(dict.fromkeys(s.project for s in open_stages)), 4)
    sentence = Sentence("本期台账列出的前期手续中，在办").extend(counted([s.row for s in open_stages], "项", "在办"))
    if open_stages:
        sentence.say(f"（涉及{projects}）")
    overdue = overdue_stages(stages)
    if overdue:
        return (
            sentence.say("，其中").extend(counted([s.row for s in overdue], "项", "逾期在办")).say("已超过承诺时限。")
        )
    return sentence.say("，没有超过承诺时限的。")


def _overdue_words(stage: Stage) -> Sentence:
    over = stage.overrun_value()
    sentence = Sentence(f"{stage.project}{stage.name}（{stage.row.attribute('office') or '办理单位未填'}）已办")
    sentence.figure(published(stage.days, None), f"{stage.days.obs_value:f}天")
    if over is not None:
        sentence.say("，超过承诺时限").figure(over, value_text(over))
    return sentence
