"""运行特点: groups of indicators, each under a topic sentence that its leading figure decides.

The topic says direction, turn and schedule and holds no number and no adjective: 工业生产降幅扩大，慢于序时进度. The
sentences below have the figures, each with what it was in the period before.
"""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.briefing.blocks import Block, Heading
from parkbook.briefing.claims import Sentence, paragraph
from parkbook.briefing.kinds import Group, Part
from parkbook.briefing.pages import numbered
from parkbook.briefing.row_words import spoken
from parkbook.briefing.unread_part import unread_notes
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import steady_turning, whole_year
from parkbook.briefing.year_charts import trend_chart
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.growth import Turn
from parkbook.periods import Period

TOPICS = {
    Turn.FASTER: "增速加快",
    Turn.SLOWER: "增速回落",
    Turn.FALL_NARROWS: "降幅收窄",
    Turn.FALL_WIDENS: "降幅扩大",
    Turn.FALL_TO_RISE: "由降转增",
    Turn.RISE_TO_FALL: "由增转降",
    Turn.TO_FLAT: "同比持平",
}
MOST_CHARTS = 3


def groups(view: ParkView, part: Part) -> list[Block]:
    """The groups that have a figure, numbered; a chart of the first indicator that has a series, for the first groups."""
    told = [(group, rows) for group in part.groups if (rows := group_rows(view, group))]
    period = view.period if view.period is not None and view.period.known else None
    blocks: list[Block] = []
    charts = 0
    for number, (group, rows) in enumerate(told):
        blocks.append(Heading(level=2, text=numbered(number, topic(group.name, rows[0], rows[1:]))))
        blocks.append(paragraph(_said(rows, period, dated=number == 0)))
        blocks += unread_notes(view, rows)
        chart = trend_chart(view, rows[0]) if charts < MOST_CHARTS else None
        if chart is not None:
            blocks.append(chart)
            charts += 1
    return blocks


def group_rows(view: ParkView, group: Group) -> list[IndicatorRow]:
    """Rows of the group in its own order."""
    by_id: dict[str, list[IndicatorRow]] = {}
    for row in view.numeric_rows:
        by_id.setdefault(row.indicator.id, []).append(row)
    return [row for indicator in group.indicators for row in by_id.get(indicator, [])]


def topic(name: str, row: IndicatorRow, others: Sequence[IndicatorRow] = ()) -> str:
    """The topic sentence of a group, from its leading row; of the schedule only what holds for all rows with a target."""
    words = [name + _movement(row)] if _movement(row) else [name]
    judged = {other.verdict for other in (row, *others)} & {Verdict.BEHIND, Verdict.AHEAD}
    if len(judged) > 1:
        return words[0]
    if row.verdict is Verdict.BEHIND:
        words.append("未完成年度目标" if whole_year(row) else "慢于序时进度")
    elif row.verdict is Verdict.AHEAD:
        words.append("完成年度目标" if whole_year(row) else "快于序时进度")
    return "，".join(words)


def _movement(row: IndicatorRow) -> str:
    """How the rate moved since the period before; else only its direction."""
    found = steady_turning(row)
    if found is not None and found.turn in TOPICS:
        return TOPICS[found.turn]
    if row.growth is None or row.growth.value is None:
        return ""
    return "同比增长" if row.growth.value > 0 else "同比下降" if row.growth.value < 0 else "同比持平"


def _said(rows: Sequence[IndicatorRow], period: Period | None, *, dated: bool) -> Sentence:
    clauses = [clause for row in rows if (clause := spoken(row, period))]
    head = Sentence(f"{period.label_zh}，" if period is not None and dated else "")
    return head.extend(Sentence.join(clauses, "；")).say("。")
