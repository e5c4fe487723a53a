"""The middle and the end of a page about one park, as lists of blocks: its sections with sentences, tables and charts, the annex.

Every section answers: better or worse, against what, by how much, why; where the data do not allow it, one line says which
figure is missing. One without anything to say is empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.briefing import annex_lists, registers, tables
from parkbook.briefing.blocks import Appendix, Block, Column, Heading, Table, present
from parkbook.briefing.claims import Sentence, paragraph
from parkbook.briefing.hidden_states import any_confidential
from parkbook.briefing.hidden_words import hidden_sentence
from parkbook.briefing.row_words import HONOURS
from parkbook.briefing.section_words import (
    honours_told,
    not_counted,
    says_period,
    section_sentences,
    speak_subjects,
)
from parkbook.briefing.sections import CHINESE_NUMERALS, SECTIONS, Section
from parkbook.briefing.unread_part import unread_line, unread_notes
from parkbook.briefing.view import ParkView
from parkbook.briefing.year_charts import completion_chart
from parkbook.indicators.compute import IndicatorRow
from parkbook.model import Observation

LONGEST_LIST = 40
"""Hidden figures that a document's annex lists one by one; of more it names the indicators, the Excel file has them all."""
IN_EXCEL = "见Excel附表“未公布”"


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
    singles = tables.single_subjects(others)
    if singles and (not view.own or len(singles) == len(others)):
        blocks.append(paragraph(speak_subjects(view, singles, dated=not says_period(told, view.period))))
    hidden = hidden_sentence(view, part, spoken=bool(rows or subjects))
    if hidden:
        blocks.append(paragraph(hidden, "body" if not rows else "note"))
    blocks += unread_notes(view, rows)
    if not tabled:
        return blocks + completion_chart(part.title, rows)
    blocks += not_counted(view, part)  # of figures that the tables below show
    blocks += section_tables(view, part, rows, registers.remaining_subjects(view, subjects))
    return blocks + completion_chart(part.title, rows) + registers.register_blocks(view, part)


def section_tables(
    view: ParkView, part: Section, rows: Sequence[IndicatorRow], subjects: Sequence[IndicatorRow]
) -> list[Block]:
    """The tables of a section: the indicators, then a table for each register of enterprises, projects or plots. What is
    published of a single one of them stands among the indicators."""
    singles = [] if view.own else tables.single_subjects(subjects)
    found = [
        tables.indicator_table([*rows, *singles], f"{part.title}主要指标", view.period),
        *tables.subject_tables(subjects, "分地块情况" if part.id == "land" else "分企业、分项目情况"),
    ]
    return present(*found)


def annex(
    view: ParkView, rows: Sequence[IndicatorRow] | None = None, told: annex_lists.Told | None = None
) -> list[Block]:
    """Attachments: the table of these rows (a briefing's, whose body has none), media reports, sources and hidden figures; of
    what a document `told` only its sources and gaps, where that is given.

    The registers of enterprises, projects and plots of an own park stand in the page for analysts and in the Excel annex.
    """
    parts: list[tuple[str, list[Block]]] = []
    if rows is not None:
        parts.append(("指标表", _annex_tables(view, rows)))
    parts.append(("媒体报道数据", reported(view)))
    brief = rows is not None and len(view.hidden) > LONGEST_LIST
    listed = "未列数字清单" if any_confidential(view.hidden) else "未公布清单"
    parts.append((f"数据来源和{listed}" if view.hidden else "数据来源", _sources_and_hidden(view, brief=brief)))
    if told is not None and view.own:
        parts[-1] = annex_lists.of_document(view, told)
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


def _sources_and_hidden(view: ParkView, *, brief: bool) -> list[Block]:
    """The sources and what is hidden: one by one, or of a `brief` list by section."""
    hidden = _hidden_by_section(view) if brief else tables.hidden_table(view.hidden, view.catalogue)
    found = (tables.source_table(view.data.observations), hidden)
    blocks = present(*found)
    blocks += unread_line(view)
    blocks += annex_lists.left_out(view)
    return blocks


def _hidden_by_section(view: ParkView) -> Table | None:
    """How many figures of each section are hidden, and of what: those of enterprises, projects and plots apart."""
    columns = (
        Column(label="领域"),
        Column(label="条数", align=tables.RIGHT, weight=0.5),
        Column(label="指标", weight=6),
    )
    builder = tables.TableBuilder("未以数字公布的指标", columns)
    masked = tables.masked_names(view.hidden)
    listed: set[str] = set()
    for part in SECTIONS:
        hidden = view.section_hidden(part)
        listed |= {o.obs_id for o in hidden}
        if hidden:
            builder.row(part.title, str(len(hidden)), _hidden_names(view, hidden, masked))
    rest = [o for o in view.hidden if o.obs_id not in listed]
    if rest:
        builder.row("其他", str(len(rest)), _hidden_names(view, rest, masked))
    note = (
        f"共{len(view.hidden)}条，原文未给出数字，本文不作推测，也不计为零；各条的报告期、计量单位和原文位置{IN_EXCEL}"
    )
    return builder.build(notes=(note,))


def _hidden_names(view: ParkView, hidden: Sequence[Observation], masked: frozenset[str]) -> str:
    own = dict.fromkeys(tables.listed_name(o, view.catalogue, masked) for o in hidden if not o.subject)
    single = dict.fromkeys(tables.listed_name(o, view.catalogue, masked) for o in hidden if o.subject)
    parts = (("", own), ("个别企业、项目或地块的", single))
    return "；".join(opening + "、".join(names) for opening, names in parts if names)
