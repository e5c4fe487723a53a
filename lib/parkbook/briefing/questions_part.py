"""一园一页: what people ask about a park, one table: enterprises by kind, size, per-mu figures, land, a month's growth.

A question without an answer in the sources is not left out: the line says that there is no figure.
"""

from __future__ import annotations

from parkbook.briefing.analysis_part import group_rows
from parkbook.briefing.blocks import Block, Column
from parkbook.briefing.claims import words
from parkbook.briefing.format import arrow_text, value_text
from parkbook.briefing.kinds import Group, Part
from parkbook.briefing.tables import TableBuilder, indicator_table
from parkbook.briefing.view import ParkView
from parkbook.indicators.compute import IndicatorRow

MOST_PER_GROUP = 7
"""Lines of one question, so that all of them fit a page."""
COLUMNS = (
    Column(label="事项"),
    Column(label="指标", weight=1.8),
    Column(label="数值", align="right", weight=1.2),
    Column(label="同比", align="right"),
    Column(label="报告期", weight=1.3),
)


def questions(view: ParkView, part: Part) -> list[Block]:
    """The table, and one line that names the questions without an answer."""
    builder = TableBuilder("园区概况", COLUMNS)
    silent = []
    for group in part.groups:
        rows = [row for row in group_rows(view, group) if _shown(row) is not None][:MOST_PER_GROUP]
        for number, row in enumerate(rows):
            _line(builder, view, group, row, first=number == 0)
        if not rows:
            silent.append(group.name)
    table = builder.build(source_line=f"数据截至{view.as_of}" if view.as_of else "")
    blocks: list[Block] = [table] if table is not None else []
    if silent:
        blocks.append(words(f"现有来源中没有以下方面的数字：{'、'.join(silent)}。", "note"))
    return blocks


def _shown(row: IndicatorRow) -> object:
    """The level; a rate alone where only that is published."""
    if row.level is not None and (row.level.is_number or row.level.low is not None):
        return row.level
    return row.growth if row.growth is not None and row.growth.is_number else None


def _line(builder: TableBuilder, view: ParkView, group: Group, row: IndicatorRow, *, first: bool) -> None:
    level = row.level if row.level is not None and (row.level.is_number or row.level.low is not None) else None
    growth = row.growth if row.growth is not None and row.growth.is_number else None
    same = view.period is not None and row.period.key == view.period.key
    builder.row(
        group.name if first else "",
        row.label,
        builder.figure(level, value_text(level)) if level is not None else "只公布增速",
        builder.figure(growth, arrow_text(growth)) if growth is not None else "—",
        "同本页" if same else row.period.label_zh,
    )


def month(view: ParkView, part: Part) -> list[Block]:
    """The growth of the latest month, where the sources have single months."""
    rows = [row for row in view.headline_rows if row.month is not None and row.month.is_number]
    table = indicator_table(rows[: part.most or 6], "当月主要指标", view.period) if rows else None
    return [table] if table is not None else []
