"""The lists of a document's annex: the sources and the gaps of what it tells, and how many more the Excel file has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from parkbook.briefing import tables
from parkbook.briefing.blocks import Block, Run, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.hidden_words import listed_in
from parkbook.briefing.provenance import source_words
from parkbook.briefing.unread_part import unread_line
from parkbook.briefing.view import ParkView
from parkbook.observations.unread import theme_of


@dataclass(frozen=True)
class Told:
    """What a document shows: its words, and where its figures come from as their provenance says."""

    text: str
    sources: tuple[str, ...]

    @classmethod
    def by(cls, blocks: Sequence[Block]) -> Told:
        sources = dict.fromkeys(p.source for block in blocks for p in block.refs.values())
        return cls("\n".join(_texts(list(blocks))), tuple(sources))


def of_document(view: ParkView, told: Told) -> tuple[str, list[Block]]:
    """Title and blocks: the sources of the document's figures, what it names and has no number for, and a line for the rest."""
    names = dict.fromkeys(source_words(o) for o in view.data.observations)
    used = {name for name in names if any(name in source for source in told.sources)}
    gaps = [o for o in view.hidden if listed_in(view, o, told.text)]
    found = (
        tables.source_table(o for o in view.data.observations if source_words(o) in used),
        tables.hidden_table(gaps, view.catalogue),
    )
    others = [name for name in names if name not in used]
    unnamed = len(view.hidden) - len(gaps)
    rest = [Sentence().count(len(others), "个来源", "正文未涉及的来源", others)] if others else []
    rest += [Sentence(f"{unnamed}条没有数字的数据")] if unnamed else []
    told_of = Sentence("另有").extend(Sentence.join(rest, "、")).say("正文未涉及，见Excel附表。")
    more = [paragraph(told_of, "note")] if rest else []
    themes = {theme_of(o.source.title) for o in view.data.observations if source_words(o) in used and o.locator}
    title = "数据来源和未列数字清单" if gaps else "数据来源"
    return title, [*present(*found), *more, *unread_line(view, themes), *left_out(view)]


def left_out(view: ParkView) -> list[Block]:
    """The sections that a document lacks because the sources have nothing of them."""
    names = "；".join(part.title for part in view.empty_sections)
    return [words(f"现有来源中没有以下方面的数据，正文从略：{names}。", "note")] if names else []


def _texts(part: object) -> Iterator[str]:
    """The words of a block as they are read: runs that follow each other are one text."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in ("refs", "svg"):
                yield from _texts(getattr(part, name))
    elif isinstance(part, tuple | list):
        if part and all(isinstance(one, Run) for one in part):
            yield "".join(one.text for one in part)
        else:
            for one in part:
                yield from _texts(one)
