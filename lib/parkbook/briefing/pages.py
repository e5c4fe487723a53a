"""The middle and the end of a page about one park, as lists of blocks: its sections with sentences, tables and charts, the annex.

Every section answers: better or worse, against what, by how much, why; where the data do not allow it, one line says which
figure is missing. One without anything to say is empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.briefing import registers, tables
from parkbook.briefing.blocks import Appendix, Block, Heading, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.row_words import HONOURS
from parkbook.briefing.section_words import (
    hidden_sentence,
    honours_told,
    not_counted,
    says_period,
    section_sentences,
    speak_subjects,
)
from parkbook.briefing.sections import CHINESE_NUMERALS, Section
from parkbook.briefing.view import ParkView
from parkbook.briefing.year_charts import completion_chart
from parkbook.indicators.compute import IndicatorRow


def numbered(position: int, title: str) -> str:
    """（一）经济运行."""
    return f"（{CHINESE_NUMERALS[position]}）{title}"


def section_blocks(view: ParkView, part: Section, *, heading: str, level: int = 2, tabled: bool = True) -> list[Block]:
    """One section: a sentence or two for each of its systems, then the table and a chart. Empty when it has no figure."""
    if part not in view.sections:
        return []
    blocks: list[Block] = [Heading(level=level, text=heading)]
    rows, subjects = view.section_rows(part), view.section_subjects(part)
    told = section_sentences(view, part, rows)
    blocks += [paragraph(text) for text in told]
    others = [row for row in subjects if row.indicator.id != HONOURS or not honours_told(rows)]
    if others and not tables.subject_tables(others, ""):
        blocks.append(paragraph(speak_subjects(view, others, dated=not says_period(told, view.period))))
    hidden = hidden_sentence(view, part, spoken=bool(rows or subjects))
    if hidden:
        blocks.append(words(hidden, "body" if not rows else "note"))
    if not tabled:
        return blocks + completion_chart(part.title, rows)
    blocks += not_counted(view, part)  # of figures that the tables below show
    blocks += section_tables(view, part, rows, registers.remaining_subjects(view, subjects))
    return blocks + completion_chart(part.title, rows) + registers.register_blocks(view, part)


def section_tables(
    view: ParkView, part: Section, rows: Sequence[IndicatorRow], subjects: Sequence[IndicatorRow]
) -> list[Block]:
    """The tables of a section: the indicators, then a table for each register of enterprises, projects or plots."""
    found = [
        tables.indicator_table(rows, f"{part.title}主要指标", view.period),
        *tables.subject_tables(subjects, "分地块情况" if part.id == "land" else "分企业、分项目情况"),
    ]
    return present(*found)


def annex(view: ParkView, rows: Sequence[IndicatorRow] | None = None) -> list[Block]:
    """Attachments: the table of these rows (a briefing's, whose body has none), media reports, sources and hidden figures.

    The registers of enterprises, projects and plots of an own park stand in the page for analysts and in the Excel annex.
    """
    parts: list[tuple[str, list[Block]]] = []
    if rows is not None:
        parts.append(("指标表", _annex_tables(view, rows)))
    parts.append(("媒体报道数据", reported(view)))
    parts.append(("数据来源和未公布清单" if view.hidden else "数据来源", _sources_and_hidden(view)))
    filled = [(title, blocks) for title, blocks in parts if blocks]
    if not view.own:  # an overview has its tables together, behind the text
        return [Appendix(title="数据表和来源"), *(block for _, blocks in filled for block in blocks)]
    return [
        block
        for number, (title, blocks) in enumerate(filled, start=1)
        for block in (Appendix(title=title, number=number), *blocks)
    ]


def reported(view: ParkView) -> list[Block]:
    """The table of what media report, which the text does not use."""
    table = tables.history_table(view.unlocated, view.catalogue, "媒体报道数据（未核对原文，仅供参考）")
    return present(table)


def _annex_tables(view: ParkView, rows: Sequence[IndicatorRow]) -> list[Block]:
    """One table a section; of a third-party park also what is published of its enterprises, projects and plots. Of an own
    park what the Excel file holds beside them is named."""
    if view.own:
        return [_beside(view, rows), *_told_tables(view, rows)] if rows else []
    return [
        block
        for part in view.sections
        for block in section_tables(
            view, part, [row for row in view.section_rows(part) if row in rows], view.section_subjects(part)
        )
    ]


def _told_tables(view: ParkView, rows: Sequence[IndicatorRow]) -> list[Block]:
    left_out = tables.BESIDE_THE_TEXT
    made = (
        tables.indicator_table(
            [row for row in view.section_rows(part) if row in rows],
            f"{part.title}主要指标",
            view.period,
            left_out=left_out,
        )
        for part in view.sections
    )
    return present(*made)


def _beside(view: ParkView, rows: Sequence[IndicatorRow]) -> Block:
    """What is not in the tables of the annex, and where it is."""
    others = [row.label for row in view.numeric_rows if row not in rows]
    sentence = Sentence("本附件只列正文写到的指标；")
    if others:
        sentence.say("正文未写到的").count(len(others), "项", "正文未写到的指标", others).say("指标，")
    registers = "，以及企业、项目、地块等逐条数据" if view.subject_rows else ""
    return paragraph(sentence.say(f"各项指标的当月值、占比和位次{registers}，见Excel附表。"), "note")


def _sources_and_hidden(view: ParkView) -> list[Block]:
    found = (tables.source_table(view.data.observations), tables.hidden_table(view.hidden, view.catalogue))
    blocks = present(*found)
    if view.empty_sections:
        names = "；".join(part.title for part in view.empty_sections)
        blocks.append(words(f"现有来源中没有以下方面的数据，正文从略：{names}。", "note"))
    return blocks
