"""一园一页: what people ask about a park, one table: enterprises by kind, size, per-mu figures, land, a month's growth.

A question without an answer in the sources is not left out: the line below the table says why there is none. Three cases are
kept apart: the sources do not speak of it, they speak of it without a number, only media reports have one.
"""

from __future__ import annotations

from typing import Final

from parkbook.briefing.analysis_part import group_rows
from parkbook.briefing.blocks import Block, Column, Run, Table, present
from parkbook.briefing.claims import words
from parkbook.briefing.format import arrow_text, marked_arrow, marked_text
from parkbook.briefing.headlines import one_of_each
from parkbook.briefing.kinds import Group, Part
from parkbook.briefing.row_words import goal_words
from parkbook.briefing.tables import EXTRA, TableBuilder, indicator_table
from parkbook.briefing.view import ParkView, as_of_words
from parkbook.briefing.wording import completion_name, same_time, span_words
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.targets import stated_base
from parkbook.model import IndicatorValue, Observation, SourceGrade

MOST_PER_GROUP = 6
"""Lines of one question, so that all of them fit a page."""
COLUMNS: Final = (
    Column(label="事项", weight=1.1),
    Column(label="指标", weight=2.4),
    Column(label="数值", align="right", weight=1.2),
    Column(label="同比", align="right"),
)
BESIDE_COLUMN: Final = Column(label="完成率、占比", align="right", weight=1.8)
IMPLIED_NOTE: Final = "带“推”字的同比按公布数推算，非可比口径"
PERIOD_COLUMN: Final = Column(label="报告期", weight=1.3)
UNMENTIONED, WITHOUT_NUMBER, MEDIA_ONLY, OTHERS = "unmentioned", "without_number", "media_only", "others"
REASONS: Final = {
    OTHERS: "以下方面来源中另有其他数字，本页从略，见Excel附表：",
    WITHOUT_NUMBER: "以下方面来源提及，但数字原文隐去或未公布：",
    MEDIA_ONLY: "以下方面只有未核对原文的媒体数据，不采用：",
    UNMENTIONED: "以下方面来源未提及：",
}
"""Why a question has no line, in the order in which they are told."""


def questions(view: ParkView, part: Part) -> list[Block]:
    """The table, and one line that names the questions without an answer, and why."""
    found = {group.name: _rows(view, group) for group in part.groups}
    listed = [row for rows in found.values() for row in rows]
    period = view.period
    one_period = period is not None and all(same_time(row.period, period) for row in listed)
    caption = f"园区概况（{view.period_label}）" if one_period and listed else "园区概况"
    beside = any(_beside(row) for row in listed)
    columns = (*COLUMNS, *((BESIDE_COLUMN,) if beside else ()), *(() if one_period else (PERIOD_COLUMN,)))
    builder = TableBuilder(caption, columns)
    for name, rows in found.items():
        for number, row in enumerate(rows):
            _line(builder, row, "" if number else name, dated=not one_period, beside=beside)
    notes = (IMPLIED_NOTE,) if any(_growth(row)[1] for row in listed) else ()
    source = as_of_words(view) if view.own else ""  # another park's stands below the title
    table = builder.build(notes=notes, source_line=source)
    blocks: list[Block] = present(table)
    fields = _fields(view, part)
    silent = {group.name: _reason(view, group, fields[group.name]) for group in part.groups if not found[group.name]}
    told = [
        f"{opening}{'、'.join(name for name, why in silent.items() if why == reason)}。"
        for reason, opening in REASONS.items()
        if reason in silent.values()
    ]
    return [*blocks, words("".join(told), "note")] if told else blocks


def _rows(view: ParkView, group: Group) -> list[IndicatorRow]:
    """The park's own figures, of an own park one of each family (营业收入, not 收入合计 and 总收入 beside it); of a third-party park also
    one of a single building or project where there is no other."""
    own = [row for row in group_rows(view, group) if _shown(row) is not None]
    if view.own:
        own = one_of_each(own)
        now = [row for row in own if view.period is None or same_time(row.period, view.period)]
        own = now if len(now) >= MOST_PER_GROUP else own  # a figure of other months only where there is room
    known = {row.indicator.id for row in own}
    single = [
        row
        for row in view.subject_rows
        if not view.own
        and row.indicator.id in group.indicators
        and row.indicator.id not in known
        and _shown(row) is not None
    ]
    return [*own, *single][:MOST_PER_GROUP]


def _fields(view: ParkView, part: Part) -> dict[str, set[str]]:
    """The system of each question's leading indicator, where no other question asks in it."""
    leading = {
        group.name: view.catalogue.get(group.indicators[0]).system
        for group in part.groups
        if group.indicators and group.indicators[0] in view.catalogue
    }
    held = list(leading.values())
    return {
        group.name: {leading[group.name]} if group.name in leading and held.count(leading[group.name]) == 1 else set()
        for group in part.groups
    }


def _reason(view: ParkView, group: Group, systems: set[str]) -> str:
    """Why a group has no line. Where the same field has other figures, nothing is said to be absent."""
    asked = [o for o in view.data.observations if o.indicator_id in group.indicators]
    located = [o for o in view.data.observations if o.source.grade is not SourceGrade.UNLOCATED]
    if any(_has_number(o) for o in located if o in asked or _system(view, o) in systems):
        return OTHERS
    if any(o.source.grade is not SourceGrade.UNLOCATED for o in asked):
        return WITHOUT_NUMBER
    if asked:
        return MEDIA_ONLY
    return WITHOUT_NUMBER if any(_system(view, o) in systems for o in located) else UNMENTIONED


def _has_number(observation: Observation) -> bool:
    return observation.is_number or observation.value_low is not None


def _system(view: ParkView, observation: Observation) -> str:
    known = observation.indicator_id in view.catalogue
    return view.catalogue.get(observation.indicator_id).system if known else ""


def _shown(row: IndicatorRow) -> object:
    """The level; a rate or a completion alone where only that is published."""
    if row.level is not None and (row.level.is_number or row.level.low is not None):
        return row.level
    if row.growth is not None and row.growth.is_number:
        return row.growth
    return row.completion if row.completion is not None and row.completion.is_number else None


def _beside(row: IndicatorRow) -> list[tuple[str, IndicatorValue]]:
    """完成年度任务的316.6%, 占全区74.4%: how much of a target is done, and published shares, each with the words before it."""
    told: list[tuple[str, IndicatorValue]] = []
    if row.completion is not None and row.completion.is_number:
        base = "" if row.completion.computed else stated_base(row.completion)
        named = "" if row.label.endswith("完成率") else completion_name(row)
        told.append((goal_words(row, f"完成{base}的") if base else named, row.completion))
    for value in row.shares:
        if not value.computed and value.is_number:
            first = value.inputs[0]
            told.append((f"占{first.parent or first.scope or first.rank_scope or '比'}", value))
    return told


def _line(builder: TableBuilder, row: IndicatorRow, group: str, *, dated: bool, beside: bool) -> None:
    level = row.level if row.level is not None and (row.level.is_number or row.level.low is not None) else None
    growth, implied = _growth(row)
    cells = (
        group,
        f"{row.key.subject}{row.label}",
        builder.figure(level, marked_text(level)) if level is not None else f"只公布{'增速' if growth else '完成率'}",
        builder.figure(growth, f"推{arrow_text(growth)}" if implied else marked_arrow(growth)) if growth else "—",
    )
    runs: list[Run] = []
    for words_before, value in _beside(row):
        runs += [Run(text=f"{'；' if runs else ''}{words_before}"), *builder.figure(value, marked_text(value))]
    builder.row(*cells, *((tuple(runs) or "—",) if beside else ()), *((row.period.label_zh,) if dated else ()))


def _growth(row: IndicatorRow) -> tuple[IndicatorValue | None, bool]:
    """The published growth; else the one computed from published figures, marked as such (the second value)."""
    if row.growth is not None and row.growth.is_number:
        return row.growth, False
    implied = row.implied is not None and row.implied.is_number
    return (row.implied, True) if implied else (None, False)


def month(view: ParkView, part: Part) -> list[Block]:
    """The growth of the latest month, where the sources have single months; the caption names it."""
    rows = [row for row in view.headline_rows if row.month is not None and row.month.is_number]
    months = dict.fromkeys(row.month.period.label_zh for row in rows if row.month is not None)
    spans = list(dict.fromkeys(row.period for row in rows))
    named = "、".join(months)
    if not rows:
        return []
    left_out = ("年度目标", EXTRA)
    if len(spans) > 1:  # each row says what its figures are of
        return present(
            indicator_table(rows[: part.most or 6], f"{named}当月及累计主要指标", view.period, left_out=left_out)
        )
    since = span_words(spans[0], rows[0].month.period if rows[0].month is not None else spans[0])
    table = indicator_table(rows[: part.most or 6], f"{named}当月及累计主要指标", spans[0], left_out=left_out)
    return present(table and _cumulative(table, named, since))


def _cumulative(table: Table, named: str, since: str) -> Table:
    """The table with its cumulative columns under that name, behind which the caption need not have the months."""
    renamed = {"数值": f"{since}累计", "同比": "累计同比"}
    columns = tuple(
        column.model_copy(update={"label": renamed.get(column.label, column.label)}) for column in table.columns
    )
    return table.model_copy(update={"caption": f"{named}当月及{since}累计主要指标", "columns": columns})
