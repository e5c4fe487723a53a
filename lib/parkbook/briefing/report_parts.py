"""What the parts of a document show: the functions that an outline names.

A function takes the view of a park and the outline's part, and gives blocks; none at all when there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from parkbook.briefing import first_page, other_periods, pages, problems_part, section_words, sparse_part, year_charts
from parkbook.briefing.analysis_part import groups
from parkbook.briefing.blocks import Block, Bullets, Figure, KeyFigures, Paragraph, Table
from parkbook.briefing.changes_part import changes
from parkbook.briefing.claims import Sentence, bullets, paragraph
from parkbook.briefing.contribution_part import contributions
from parkbook.briefing.forecast_part import forecast_part
from parkbook.briefing.format import direction_words, value_text
from parkbook.briefing.kinds import ONE_PAGE, Outline, Part
from parkbook.briefing.promotion_part import promotion_funnel, targets_progress
from parkbook.briefing.questions_part import month, questions
from parkbook.briefing.suggestions import suggested
from parkbook.briefing.supervision_part import project_overview, project_progress
from parkbook.briefing.telling import trimmed
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import ahead_words, same_time
from parkbook.errors import DataError, did_you_mean
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow, Verdict

Show = Callable[[ParkView, Part], list[Block]]
MOST_CHARTS = 3
MOST_LEADING = 4
"""Indicators whose growth the opening words say."""
FEW, SHORT_FIGURES = 3, 6
"""Problems and measures, and key figures, of a one-page document."""


def key_figures(view: ParkView, part: Part) -> list[Block]:
    """The figures of the first page, what changed since the last briefing, and the analyst's highlights."""
    if part.most:  # a document of one page
        return [
            block.model_copy(update={"items": block.items[:SHORT_FIGURES]}) if isinstance(block, KeyFigures) else block
            for block in first_page.key_figures(view, gaps=not view.own)
            if not isinstance(block, Paragraph)
        ]
    praised = [Sentence(f"{note.text}（分析人员补充）") for note in view.notes.highlights]
    targeted = [row for row in view.numeric_rows if row.indicator.system in part.systems and row.gap is not None]
    chart = year_charts.completion_chart("主要指标", targeted)
    figures, *reasons = first_page.key_figures(view, gaps=not view.own)
    # the box comes first: its lines are whole wherever the page ends
    return [figures, *changes(view), *reasons, *chart, *([bullets(praised)] if praised else [])]


def work(view: ParkView, part: Part) -> list[Block]:
    """The sections that have figures, numbered, without their tables; a chart of the year's course in the first ones."""
    charted = 0
    blocks: list[Block] = []
    for number, section in enumerate(view.sections):
        heading = pages.numbered(number, section.title)
        blocks += pages.section_blocks(view, section, heading=heading, tabled=False)
        rows = [row for row in view.headline_rows if row.indicator.system in section.systems]
        chart = next((chart for row in rows if (chart := year_charts.trend_chart(view, row)) is not None), None)
        if chart is not None and charted < MOST_CHARTS:
            blocks.append(chart)
            charted += 1
    return blocks


def systems(view: ParkView, part: Part) -> list[Block]:
    """The figures of some systems, a paragraph each."""
    period = view.period if view.period is not None and view.period.known else None
    said = [
        section_words.speak([trimmed(row) for row in rows], period, dated=not number)
        for number, system in enumerate(part.systems)
        if (rows := section_words.spoken_rows([row for row in view.numeric_rows if row.indicator.system == system]))
    ]
    return [paragraph(sentence) for sentence in said if sentence]


def problems(view: ParkView, part: Part) -> list[Block]:
    return problems_part.problems(view, systems=part.systems, total=part.most)


def measures(view: ParkView, part: Part) -> list[Block]:
    """The analyst's measures, then those that the rule table suggests, each marked for what it is."""
    notes = [note for note in view.notes.measures if not part.systems or note.system in ("", *part.systems)]
    own = [Sentence(f"{note.text}（分析人员拟）") for note in notes]
    told = (own + suggested(view, part.systems))[: part.most or None]
    return [bullets(told, ordered=True)] if told else []


def trends(view: ParkView, part: Part) -> list[Block]:
    return year_charts.trends(view, part.most or MOST_CHARTS)


def growth_parts(view: ParkView, part: Part) -> list[Block]:
    """What made the first total change: one sentence, one table, one waterfall, and growth without the enterprises that are left out.
    The page for analysts has all totals."""
    made = contributions(view)
    without = [block for block in made if isinstance(block, Bullets)]
    said = next((block for block in made if isinstance(block, Paragraph) and block.role == "body"), None)
    table = next((block for block in made if isinstance(block, Table)), None)
    drawing = next((block for block in made if isinstance(block, Figure)), None)
    return [*(block for block in (said, table, drawing) if block is not None), *without]


def year_end(view: ParkView, part: Part) -> list[Block]:
    """The forecast of the year, while it runs; the page for analysts looks back on how earlier forecasts came out."""
    if view.period is None or view.period.end is None or view.period.end.month == 12:
        return []
    made = forecast_part(view)
    drawings = [block for block in made if isinstance(block, Figure)]
    return [block for block in made if block not in drawings[1:]]  # the fans of single indicators are the analyst's


SHOWS: Final[Mapping[str, Show]] = {
    "key_figures": key_figures,
    "work": work,
    "groups": groups,
    "systems": systems,
    "targets_progress": targets_progress,
    "project_overview": project_overview,
    "project_progress": project_progress,
    "questions": questions,
    "funnel": lambda view, part: list(promotion_funnel(view)),
    "month": month,
    "contributions": growth_parts,
    "forecast": year_end,
    "problems": problems,
    "measures": measures,
    "trends": trends,
    "targets": lambda view, part: other_periods.targets_ahead(view),
    "history": lambda view, part: other_periods.history(view),
    "sparse": lambda view, part: sparse_part.sparse_page(view),
}


def show(name: str, where: str) -> Show:
    """The function of that name; DataError with the nearest names for an unknown one."""
    if name not in SHOWS:
        raise DataError(
            f"文种提纲要求的内容“{name}”不存在",
            where=where,
            expected="、".join(SHOWS),
            cause=did_you_mean(name, SHOWS),
            remedy="改正提纲中的 show",
        )
    return SHOWS[name]


def parts_of(view: ParkView, outline: Outline, length: str) -> dict[str, tuple[str, Callable[[], list[Block]]]]:
    """The parts of the document, by id: heading and blocks. A park with hardly a figure has one part; a one-page document
    only those the outline names, cut short."""
    if view.sparse and outline.relation == "third_party":
        return {"sparse": ("数据情况", lambda: sparse_part.sparse_page(view, annexed=length != ONE_PAGE))}
    short = length == ONE_PAGE and bool(outline.short)
    chosen = [part for part in outline.parts if not short or part.id in outline.short]
    return {part.id: (part.title, _made(view, part, outline, short=short)) for part in chosen}


def _made(view: ParkView, part: Part, outline: Outline, *, short: bool) -> Callable[[], list[Block]]:
    function = show(part.show, f"data/outlines/{outline.id}.yaml，{part.id}")
    cut = part.model_copy(update={"most": min(FEW, part.most or FEW)}) if short else part
    return lambda: function(view, cut)


def opening(view: ParkView, outline: Outline) -> list[Block]:
    """引导语: how the main indicators grew and how the year's targets stand; then 现将有关情况汇报如下."""
    if outline.opening == "none":
        return []
    if outline.opening == "notice":
        period = f"{view.period_label}" if view.period is not None and view.period.known else ""
        return [paragraph(Sentence(f"现将{view.name}{period}重点项目推进情况通报如下。"), "lead")]
    if outline.opening == "figures" or not view.own:
        return first_page.lead(view)
    sentence = Sentence(f"{view.period_label}，" if view.period is not None and view.period.known else "")
    rows = spoken_of(view, outline)
    clauses = [clause for clause in (_leading_clause(view, outline), _targets_clause(rows)) if clause]
    plan = _plan_clause(rows)
    if plan:
        clauses = [*clauses[:-1], clauses[-1].say("；").extend(plan)] if clauses else [plan]
    sentence.extend(Sentence.join(clauses, "。")) if clauses else sentence.say("主要数据如下")
    if view.as_of:
        sentence.say(f"。数据截至{view.as_of}")
    return [paragraph(sentence.say("，现将有关情况汇报如下。"), "lead")]


def spoken_of(view: ParkView, outline: Outline) -> list[IndicatorRow]:
    """The rows that the document is about: those of its groups, if it has some; of the systems its parts name, when all of
    them name some; else all."""
    grouped = {name for part in outline.parts for group in part.groups for name in group.indicators}
    if grouped:
        return [row for row in view.numeric_rows if row.indicator.id in grouped]
    named = [part.systems for part in outline.parts]
    wanted = {system for systems in named for system in systems}
    return [row for row in view.numeric_rows if not all(named) or row.indicator.system in wanted]


def _leading_clause(view: ParkView, outline: Outline) -> Sentence:
    """地区生产总值229.8亿元，同比增长2.2%；规上工业总产值下降1%，固定资产投资增长3.1%，税收增长4%: the level of the first only."""
    growing = {
        row.indicator.id: (row, row.growth)
        for row in reversed(view.numeric_rows)
        if row.growth is not None and row.growth.value is not None and row.change is None and _of_period(view, row)
    }
    told = [growing[name] for name in outline.leading if name in growing][:MOST_LEADING]
    if not told:
        return Sentence()
    row, growth = told[0]
    first = Sentence(row.label)
    if row.level is not None and row.level.is_number:
        first.figure(row.level, value_text(row.level)).say("，")
    first.say("同比").figure(growth, direction_words(growth))
    others = [Sentence(other.label).figure(rate, direction_words(rate)) for other, rate in told[1:]]
    return first.say("；").extend(Sentence.join(others, "，")) if others else first


def _of_period(view: ParkView, row: IndicatorRow) -> bool:
    return view.period is not None and view.period.known and same_time(row.period, view.period)


def _targets_clause(numeric: Sequence[IndicatorRow]) -> Sentence:
    """12项年度目标完成3项，9项未完成，差距最大的是实际利用外资; 1项快于序时进度，11项慢于序时进度 while the year runs."""
    rows = [
        row for row in numeric if row.gap is not None and row.gap.value is not None and row.indicator.id != PROJECT_DONE
    ]
    if not rows:
        return Sentence()
    met = [row for row in rows if row.verdict is Verdict.AHEAD]
    missed = [row for row in rows if row.verdict is Verdict.BEHIND]
    full = all(row.passed in (None, 100) for row in rows)
    good, bad = ("完成", "未完成") if full else (ahead_words(met), "慢于序时进度")
    sentence = Sentence().count(len(rows), "项", "设定年度目标的指标", [row.label for row in rows]).say("年度目标")
    if not met or not missed:
        sentence.say(f"{'均' if len(rows) > 1 else ''}{good if met else bad}")
    else:
        done = Sentence().count(len(met), "项", f"{good}的指标", [row.label for row in met])
        sentence.extend(Sentence("完成").extend(done) if full else Sentence("中").extend(done).say(good))
        sentence.say("，").count(len(missed), "项", f"{bad}的指标", [row.label for row in missed]).say(bad)
    if len(missed) > 1:
        sentence.say(f"，差距最大的是{min(missed, key=_gap).label}")
    elif missed and met:
        sentence.say(f"，为{missed[0].label}")
    return sentence


def _gap(row: IndicatorRow) -> Decimal:
    return row.gap.value if row.gap is not None and row.gap.value is not None else Decimal(0)


def _plan_clause(numeric: Sequence[IndicatorRow]) -> Sentence:
    """重点项目完成年度计划投资的86.2%: a plan is no target, and is told apart from them."""
    row = next((row for row in numeric if row.indicator.id == PROJECT_DONE), None)
    if row is None or row.completion is None or row.completion.value is None:
        return Sentence()
    return Sentence("重点项目完成年度计划投资的").figure(row.completion, value_text(row.completion))
