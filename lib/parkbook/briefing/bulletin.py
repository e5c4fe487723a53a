"""A comparison as a bulletin (通报): the published totals, then a table for each indicator in the order that the custom asks.

Built from public figures about parks of others, it praises and blames nobody: ranks have their denominators, a total is the
one that was published and is never added up here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from parkbook.briefing.blocks import Block, Heading
from parkbook.briefing.claims import Sentence, bullets, words
from parkbook.briefing.comparison_page import indicator_entry
from parkbook.briefing.comparison_view import ComparisonView
from parkbook.briefing.comparison_words import total_sentence
from parkbook.briefing.kinds import Outline, Part
from parkbook.briefing.sections import CHINESE_NUMERALS

Show = Callable[[ComparisonView, Part], list[Block]]


def bulletin_title(view: ComparisonView, outline: Outline) -> str:
    """The outline's title over the group's name, which is what it is declared as without its 比较."""
    return outline.title.format(group=view.title.removesuffix("比较"), period=view.period.label_zh)


def bulletin_blocks(view: ComparisonView, outline: Outline) -> list[Block]:
    """The parts of the outline that have something to say, numbered."""
    made = [(part, blocks) for part in outline.parts if (blocks := SHOWS[part.show](view, part))]
    return [
        block
        for number, (part, blocks) in enumerate(made)
        for block in (Heading(level=1, text=f"{CHINESE_NUMERALS[number]}、{part.title}"), *blocks)
    ]


def totals(view: ComparisonView, part: Part) -> list[Block]:
    """The totals as published, one line each; why there is none, when there is none."""
    if not view.indicators:
        return []
    found = [sentence for indicator in view.indicators if (sentence := total_sentence(view, indicator, named=True))]
    if not found:
        return [words(f"未见公布的合计数，{_WHY_NOT_ADDED[view.overlapping]}。")]
    lacking = [indicator.label_zh for indicator in view.indicators if not total_sentence(view, indicator)]
    note = [words(f"{'、'.join(lacking)}未见公布的合计数，不由各园区相加。", "note")] if lacking else []
    return [bullets(Sentence.join([sentence], "").say("。") for sentence in found), *note]


_WHY_NOT_ADDED: Final[Mapping[bool | None, str]] = {
    True: "各园区范围相互重叠，不能相加",
    False: "本文不另行相加",
    None: "各园区范围是否重叠不详，不相加",
}


def indicators(view: ComparisonView, part: Part) -> list[Block]:
    """Each indicator under its own heading: what stands out, and the table with the total on top."""
    return [
        block
        for number, indicator in enumerate(view.indicators)
        for block in (
            Heading(level=2, text=f"（{CHINESE_NUMERALS[number]}）{indicator.label_zh}"),
            *indicator_entry(view, indicator, part.order),
        )
    ]


SHOWS: Final[Mapping[str, Show]] = {"totals": totals, "indicators": indicators}
"""What the outlines under data/outlines/comparison may name."""
