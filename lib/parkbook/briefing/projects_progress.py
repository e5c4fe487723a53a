"""What is built and what is due: image progress by lot and component, investment beside it, and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing.blocks import Block, Column, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import DASH, number_text, value_text
from parkbook.briefing.register_charts import Pair, paired_progress
from parkbook.briefing.register_words import (
    MOST_ROWS,
    count_cell,
    counted,
    day_words,
    month_words,
    rest_note,
    right,
    shown,
)
from parkbook.briefing.tables import TableBuilder
from parkbook.indicators.formulas import published
from parkbook.indicators.image_progress import ImageProgress
from parkbook.indicators.projects import Milestone, NodeState, Project, ProjectRegister
from parkbook.indicators.register_rows import RegisterRow
from parkbook.model import IndicatorValue

TELLING_GAP = Decimal(10)
"""投资进度 and 形象进度 further apart than this, in points, are named; the tool's own line."""
FORESEEN = ("纳统", "投产")


def image_blocks(register: ProjectRegister) -> list[Block]:
    """投资进度 beside 形象进度 of what is under construction, the gaps in words, and the components."""
    building = [p for p in register.projects if _pair(p) is not None and not p.is_finished]
    building = [p for p in building if (pair := _pair(p)) is not None and pair.first < 100]
    started = [p for p in building if (pair := _pair(p)) is not None and (pair.first or pair.second)]
    started.sort(key=lambda p: _gap(p), reverse=True)
    blocks: list[Block] = []
    sentence = _gap_sentence(started)
    if sentence:
        blocks.append(paragraph(sentence))
    pairs = [pair for p in started if (pair := _pair(p)) is not None]
    chart = paired_progress("在建项目投资进度与形象进度", pairs, "投资进度", "形象进度")
    if chart is not None:
        blocks.append(chart)
    return [*blocks, *_component_tables([p for p in register.projects if p.image is not None])]


def _pair(project: Project) -> Pair | None:
    invested, built = project.invested, project.image_value
    if invested is None or built is None or invested.value is None or built.value is None:
        return None
    return Pair(project.name, invested.value, built.value)


def _gap(project: Project) -> Decimal:
    gap = project.image_gap
    return gap.value if gap is not None and gap.value is not None else Decimal(0)


def _gap_sentence(projects: Sequence[Project]) -> Sentence:
    """投资进度快于形象进度10个百分点以上的有…；慢于…的有…: each with both figures, and what to look into."""
    ahead = [p for p in projects if _gap(p) >= TELLING_GAP]
    behind = [p for p in projects if _gap(p) <= -TELLING_GAP]
    if not projects:
        return Sentence()
    if not ahead and not behind:
        return Sentence("在建项目投资进度与形象进度相差均在10个百分点以内。")
    parts = []
    if ahead:
        told = Sentence.join([_both(p) for p in ahead[:3]], "；")
        parts.append(
            Sentence("投资进度明显快于形象进度的有").extend(told).say("，可核实是否含设备预付款等未形成实物的投资")
        )
    if behind:
        told = Sentence.join([_both(p) for p in reversed(behind[-3:])], "；")
        parts.append(
            Sentence("形象进度明显快于投资进度的有").extend(told).say("，可核实是否有已完工未付款、未入统的工程量")
        )
    return Sentence.join(parts, "。").say("。")


def _both(project: Project) -> Sentence:
    invested, built, gap = project.invested, project.image_value, project.image_gap
    if invested is None or built is None or gap is None:
        return Sentence()
    sentence = Sentence(f"{project.name}（投资进度").figure(invested, value_text(invested))
    sentence.say("、形象进度").figure(built, value_text(built)).say("，相差")
    return sentence.figure(gap, f"{number_text(gap).removeprefix('-')}个百分点").say("）")


def _component_tables(projects: Sequence[Project]) -> list[Block]:
    """One table for each set of components: lots as rows, components as columns, the weighted sum of the project behind."""
    sets: dict[tuple[str, ...], list[ImageProgress]] = {}
    kinds: dict[tuple[str, ...], dict[str, None]] = {}
    for project in projects:
        if project.image is not None:
            sets.setdefault(project.image.parts, []).append(project.image)
            kinds.setdefault(project.image.parts, {})[project.attribute("type") or "未分类"] = None
    blocks: list[Block] = []
    for parts, members in sets.items():
        builder = TableBuilder(
            f"在建{'、'.join(kinds[parts])}项目分标段、分部位完成比例",
            (
                Column(label="项目", weight=2.2),
                Column(label="标段", weight=0.9),
                *(right(part, 1) for part in parts),
                right("标段加权", 1),
                right("项目加权", 1),
            ),
        )
        for image in members:
            for lot in image.lots:
                _lot_row(builder, image, lot, parts)
        table = builder.build(
            notes=["加权按各部位工作量权重计：项目加权为Σ（权重×完成比例）÷100，权重合计不是100%的不加总"]
        )
        blocks += present(table)
    findings = [p.image.finding.what for p in projects if p.image is not None and p.image.finding is not None]
    return [*blocks, *([words(f"{'；'.join(findings)}，请核对台账。", "note")] if findings else [])]


def _lot_row(builder: TableBuilder, image: ImageProgress, lot: str, parts: Sequence[str]) -> None:
    mine = {c.name: c for c in image.components if c.lot == lot}
    cells = []
    for part in parts:
        component = mine.get(part)
        value = None if component is None else _single(image, component.name, lot)
        cells.append(shown(builder, value))
    whole = shown(builder, image.value) if image.value is not None else "不加总"
    builder.row(image.project, lot or DASH, *cells, shown(builder, image.of_lot(lot)), whole)


def _single(image: ImageProgress, part: str, lot: str) -> IndicatorValue | None:
    found = next((c for c in image.components if c.name == part and c.lot == lot), None)
    return published(found.done, None) if found is not None else None


# -- milestones -------------------------------------------------------------------------------------------------------


def milestone_blocks(register: ProjectRegister) -> list[Block]:
    """Planned against actual by milestone, what is overdue, and what offices expect."""
    nodes = [n for n in register.milestones if n.planned is not None or n.actual is not None]
    if not nodes:
        return []
    blocks = _milestone_table(register, nodes)
    overdue = sorted((n for n in nodes if n.state is NodeState.OVERDUE), key=lambda n: -(n.late_days or 0))
    first = {node.project: node for node in reversed(overdue)}  # what follows a missed milestone is late with it
    if overdue:
        blocks += _overdue_table(sorted(first.values(), key=lambda n: -(n.late_days or 0)))
    return blocks + _expected_blocks(register)


def _rows(register: ProjectRegister, nodes: Sequence[Milestone]) -> list[RegisterRow]:
    """Rows that stand for milestones in a count, each with its own anchor."""
    by_project = {p.name: p.row for p in register.projects}
    return [RegisterRow(node.name, node.project, by_project[node.project].as_of, (node.anchor,)) for node in nodes]


def _milestone_table(register: ProjectRegister, nodes: Sequence[Milestone]) -> list[Block]:
    end = nodes[0].as_of
    builder = TableBuilder(
        f"重点项目节点完成情况（截至{end.year}年{end.month}月末）",
        (
            Column(label="节点", weight=1),
            right("应完成", 1),
            right("已完成", 1),
            right("按期或提前", 1.1),
            right("延期完成", 1),
            right("到期未完成", 1.1),
            right("提前完成的未到期节点", 1.5),
        ),
    )
    for name in register.milestone_names():
        mine = [n for n in nodes if n.name == name]
        due = [n for n in mine if n.planned is not None and n.planned <= n.as_of]
        done = [n for n in due if n.actual is not None]
        late = [n for n in done if n.state is NodeState.LATE]
        groups = (
            (due, "应完成"),
            (done, "已完成"),
            ([n for n in done if n.state is not NodeState.LATE], "按期或提前"),
            (late, "延期完成"),
            ([n for n in due if n.actual is None], "到期未完成"),
            ([n for n in mine if n not in due and n.actual is not None], "未到期已完成"),
        )
        builder.row(name, *(count_cell(builder, _rows(register, group), "个", f"{name}{w}") for group, w in groups))
    table = builder.build(
        notes=[
            "应完成＝已完成＋到期未完成；计划日期在报告期末及以前的为应完成",
            "实际晚于计划7天以内的视为按期",
        ]
    )
    return present(table)


def _overdue_table(overdue: Sequence[Milestone]) -> list[Block]:
    builder = TableBuilder(
        "到期未完成的节点",
        (
            Column(label="项目", weight=2.4),
            Column(label="节点", weight=0.8),
            Column(label="计划日期", weight=1.2),
            right("已超期", 1),
            Column(label="责任单位预计", weight=1.2),
            Column(label="责任单位", weight=1.4),
        ),
    )
    for node in overdue[:MOST_ROWS]:
        builder.row(
            node.project,
            node.name,
            day_words(node.planned),
            shown(builder, node.value()),
            month_words(node.expected) if node.expected is not None else "未填预计",
            node.office or DASH,
        )
    notes = rest_note(len(overdue), min(len(overdue), MOST_ROWS), f"按超期天数列出前{MOST_ROWS}项")
    notes.append("每个项目只列最早到期而未完成的节点，其后的节点随之顺延")
    table = builder.build(notes=notes)
    return present(table)


def _expected_blocks(register: ProjectRegister) -> list[Block]:
    """预计纳统 and 投产: only dates the offices state."""
    blocks: list[Block] = []
    for name in FORESEEN:
        ahead, none = register.expected(name), register.unforeseen(name)
        if not ahead and not none:
            continue
        sentence = Sentence(f"尚未{name}的项目中，")
        if ahead:
            sentence.say("责任单位填报了预计时间的").extend(counted(_rows(register, ahead), "个", f"预计{name}"))
            told = "、".join(f"{n.project}（{month_words(n.expected)}）" for n in ahead[:4])
            sentence.say(f"，预计最早的是{told}" if len(ahead) > 4 else f"：{told}")
        if none:
            sentence.say("；" if ahead else "").say("没有预计时间的").extend(
                counted(_rows(register, none), "个", f"未填{name}预计")
            )
            sentence.say(f"（{'、'.join(n.project for n in none[:3])}{'等' if len(none) > 3 else ''}）")
        blocks.append(paragraph(sentence.say("。")))
    if blocks:
        blocks.append(words("纳统、投产时间为责任单位填报的预计，未作推算。", "note"))
    return blocks
