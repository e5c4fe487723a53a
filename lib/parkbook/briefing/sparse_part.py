"""One page about a park with hardly any number; what it lists stands in the annex behind it."""

from __future__ import annotations

from parkbook.briefing import tables
from parkbook.briefing.blocks import Block, Heading
from parkbook.briefing.claims import paragraph, words
from parkbook.briefing.first_page import nothing_for_front, unjudged
from parkbook.briefing.pages import IN_EXCEL, LONGEST_LIST, numbered
from parkbook.briefing.provenance import grade_words, source_words
from parkbook.briefing.section_words import speak_subjects
from parkbook.briefing.sections import Section
from parkbook.briefing.view import CONDITIONS, ParkView
from parkbook.catalogue import Comparability, Direction
from parkbook.indicators.compute import IndicatorRow


def sparse_page(view: ParkView, *, annexed: bool = True) -> list[Block]:
    """What there is, and by section what is hidden; of a page that is `annexed` to nothing also the sources, in words."""
    parts: list[tuple[str, list[Block]]] = []
    rows = [row for row in (*view.rows, *view.subject_rows) if row.is_numeric]
    rows.sort(key=_is_condition)  # behind what it is a condition of
    found = speak_subjects(view, rows, dated=True)
    if found:
        parts.append(("已公布的数字", [paragraph(found), *unjudged([row for row in rows if _is_judged(row)])]))
    hidden = [text for part in view.sections if (text := _hidden_in_brief(view, part, named=not annexed))]
    if hidden:
        told = f"{'；'.join(hidden)}。" if not annexed else f"{'；'.join(hidden)}。共{len(view.hidden)}条，"
        where = f"{'涉及的全部指标见附件，' if annexed else ''}逐条清单{IN_EXCEL}"
        where = "清单见附件" if annexed and len(view.hidden) <= LONGEST_LIST else where
        end = f"原文未给出数字，不作推测，也不计为零；{where}。"
        parts.append(("原文隐去或未公布的指标", [words(told + end, "note")]))
    if not parts:
        parts.append(("已公布的数字", [words(nothing_for_front(view), "note")]))
    made = [
        block
        for number, (title, blocks) in enumerate(parts)
        for block in ((Heading(level=2, text=numbered(number, title)),) if len(parts) > 1 else ()) + tuple(blocks)
    ]
    return made if annexed else made + _sources_in_words(view)


def _is_condition(row: IndicatorRow) -> bool:
    return not row.key.subject and row.indicator.id in CONDITIONS


def _is_judged(row: IndicatorRow) -> bool:
    """Whether more or less of it is better, so that a rate or a target is missed."""
    indicator = row.indicator
    return indicator.direction is not Direction.NEUTRAL and indicator.comparability is not Comparability.NONE


def _sources_in_words(view: ParkView) -> list[Block]:
    """One line in place of the table of sources, without checksums, for a page that has to stay one."""
    named: dict[str, int] = {}
    for o in view.data.observations:
        name = f"{source_words(o).split('；文本校验码')[0]}（{grade_words(o.source)}）"
        named[name] = named.get(name, 0) + 1
    told = "；".join(f"{name}，共{number}条" for name, number in named.items())
    return [words(f"数据来源：{told}。", "note")] if told else []


def _hidden_in_brief(view: ParkView, part: Section, *, named: bool) -> str:
    """How many figures of a section are hidden, and of what unless the annex says it."""
    hidden = view.section_hidden(part)
    if hidden and not named:
        return f"{part.title}{len(hidden)}条"
    masked = tables.masked_names(view.hidden)
    names = list(dict.fromkeys(tables.listed_name(o, view.catalogue, masked) for o in hidden))
    if not names:
        return ""
    return f"{part.title}共{len(hidden)}条，涉及{'、'.join(names[:4])}{'等' if len(names) > 4 else ''}"
