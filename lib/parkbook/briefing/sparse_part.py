"""One page about a park with hardly any number."""

from __future__ import annotations

from parkbook.briefing import tables
from parkbook.briefing.blocks import Block, Heading, present
from parkbook.briefing.claims import paragraph, words
from parkbook.briefing.first_page import unjudged
from parkbook.briefing.pages import numbered, reported
from parkbook.briefing.provenance import grade_words, source_words
from parkbook.briefing.section_words import speak_subjects
from parkbook.briefing.sections import Section
from parkbook.briefing.view import CONDITIONS, ParkView


def sparse_page(view: ParkView) -> list[Block]:
    """One page for a park with hardly any number: what there is, by section what is hidden, what media report, the sources."""
    parts: list[tuple[str, list[Block]]] = []
    rows = [
        row
        for row in (*view.rows, *view.subject_rows)
        if row.is_numeric and (row.key.subject or row.indicator.id not in CONDITIONS)
    ]
    found = speak_subjects(view, rows, dated=True)
    if found:
        parts.append(("已公布的数字", [paragraph(found), *unjudged(rows)]))
    hidden = [text for part in view.sections if (text := _hidden_in_brief(view, part))]
    if hidden:
        end = "原文未给出数字，不作推测，也不计为零；逐项清单见该园区数据分析页的附件。"
        parts.append(("原文隐去或未公布的指标", [words(f"{'；'.join(hidden)}。{end}", "note")]))
    parts.append(("媒体报道数据", reported(view)))
    if view.unlocated:
        source = tables.source_table(view.data.observations)
        parts.append(("数据来源", present(source)))
    filled = [(title, blocks) for title, blocks in parts if blocks]
    return [
        block
        for number, (title, blocks) in enumerate(filled)
        for block in (Heading(level=2, text=numbered(number, title)), *blocks)
    ] + ([] if view.unlocated else _sources_in_words(view))


def _sources_in_words(view: ParkView) -> list[Block]:
    """One line in place of the table of sources, without checksums, for a page that has to stay one."""
    named: dict[str, int] = {}
    for o in view.data.observations:
        name = f"{source_words(o).split('；文本校验码')[0]}（{grade_words(o.source)}）"
        named[name] = named.get(name, 0) + 1
    told = "；".join(f"{name}，共{number}条" for name, number in named.items())
    return [words(f"数据来源：{told}。", "note")] if told else []


def _hidden_in_brief(view: ParkView, part: Section) -> str:
    """How many figures of a section are hidden, and of what."""
    hidden = view.section_hidden(part)
    masked = tables.masked_names(view.hidden)
    names = list(dict.fromkeys(tables.listed_name(o, view.catalogue, masked) for o in hidden))
    if not names:
        return ""
    return f"{part.title}共{len(hidden)}条，涉及{'、'.join(names[:4])}{'等' if len(names) > 4 else ''}"
