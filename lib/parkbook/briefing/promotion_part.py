"""招商专报: annual tasks against what is done, the furthest behind on top, then in words."""

from __future__ import annotations

from decimal import Decimal

from parkbook.briefing.blocks import Block, Column, Figure, Heading, Paragraph, Table, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import marked_text, number_text, value_text
from parkbook.briefing.funnel_part import funnel_blocks
from parkbook.briefing.kinds import Part
from parkbook.briefing.tables import TableBuilder, growth_cell
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import ahead_words, verdict_words, whole_year
from parkbook.briefing.year_charts import completion_chart
from parkbook.indicators.compute import IndicatorRow

COLUMNS = (
    Column(label="指标", weight=1.8),
    Column(label="年度目标", align="right", weight=1.2),
    Column(label="累计完成", align="right", weight=1.2),
    Column(label="同比", align="right"),
    Column(label="完成率", align="right"),
)


def targets_progress(view: ParkView, part: Part) -> list[Block]:
    """One sentence of how the tasks stand, the table of them from low to high by completion, and a chart."""
    rows = [row for row in view.numeric_rows if row.indicator.system in part.systems and row.completion is not None]
    rows = sorted(rows, key=_done)
    if not rows:
        return [words("本期没有可核算完成率的目标任务。", "note")]
    blocks: list[Block] = [paragraph(_tasks_sentence(view, rows))]
    table = _table(rows, full=all(whole_year(row) for row in rows))
    return blocks + table + completion_chart("目标任务", rows)


def _tasks_sentence(view: ParkView, rows: list[IndicatorRow]) -> Sentence:
    """2025年，4项目标任务中1项完成、3项未完成，完成率最低的是实际利用外资（79.9%）."""
    full = all(whole_year(row) for row in rows)
    met = [row for row in rows if row.gap is not None and row.gap.value is not None and row.gap.value >= 0]
    missed = [row for row in rows if row not in met]
    words_met, words_missed = ("完成", "未完成") if full else (ahead_words(met), "慢于序时进度")
    sentence = Sentence(f"{view.period_label}，" if view.period is not None and view.period.known else "")
    sentence.count(len(rows), "项", "目标任务", [row.label for row in rows]).say("目标任务")
    groups = [(told, of) for told, of in ((words_met, met), (words_missed, missed)) if of]
    if len(groups) == 1:
        sentence.say(f"{'均' if len(rows) > 1 else ''}{groups[0][0]}")
    else:
        pieces = [
            Sentence().count(len(of), "项", f"{told}的目标任务", [row.label for row in of]).say(told)
            for told, of in groups
        ]
        sentence.say("中").extend(Sentence.join(pieces, "、"))
    lowest = rows[0]
    if missed and lowest.completion is not None and lowest.completion.value is not None:
        sentence.say(f"，完成率最低的是{lowest.label}（").figure(lowest.completion, value_text(lowest.completion)).say(
            "）"
        )
    return sentence.say("。")


def promotion_funnel(view: ParkView) -> list[Block]:
    """The register of leads without its heading, which the part has; no chart of rates, which is the analyst's."""
    made = [block for block in funnel_blocks(view) if not isinstance(block, Heading)]
    told = [block for block in made if isinstance(block, Paragraph)]
    drawn = [block for block in made if isinstance(block, Figure)][:1]
    tables = [block for block in made if isinstance(block, Table)][:1]
    return [*told[:1], *drawn, *told[1:], *tables]


def _done(row: IndicatorRow) -> Decimal:
    value = row.completion.value if row.completion is not None else None
    return value if value is not None else Decimal(-1)


def _table(rows: list[IndicatorRow], *, full: bool) -> list[Block]:
    builder = TableBuilder(
        "目标任务完成情况",
        (*COLUMNS, Column(label="与目标之差" if full else "与序时进度之差", align="right", weight=1.2)),
    )
    for row in rows:
        gap = row.gap if row.gap is not None and row.gap.value is not None else None
        builder.row(
            row.label,
            builder.figure(row.target, value_text(row.target)) if row.target is not None else "—",
            builder.figure(row.level, value_text(row.level)) if row.level is not None else "—",
            growth_cell(builder, row),
            builder.figure(row.completion, marked_text(row.completion)) if row.completion is not None else "—",
            builder.figure(gap, _points(row)) if gap is not None else "—",
        )
    table = builder.build(notes=("按完成率由低到高排列；“点”为个百分点",))
    return present(table)


def _points(row: IndicatorRow) -> str:
    """慢7.2点, 快3点; 差 and 超 for a whole year."""
    said = verdict_words(row)
    if row.gap is None or row.gap.value is None or "持平" in said:
        return "持平"
    ahead = row.gap.value >= 0
    word = ("超" if ahead else "差") if whole_year(row) else ("快" if ahead else "慢")
    return f"{word}{number_text(row.gap).removeprefix('-')}点"
