"""From the phrase found to the indicator of the catalogue, never by guess.

An alias must be the whole phrase but for words that change nothing (园区, 完成, 累计 …): 工业产值 is not 规上工业总产值, and
高新技术产业营收 is not 营业收入. What is not attached keeps its words and an empty id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick

from parkbook.catalogue import catalogue

_NEUTRAL = re.compile(
    r"(?:园区|全园|全区|我区|开发区|高新区|软件园|[一-龥]{2,4}(?:高新区|经开区|开发区|园区)|完成|实现|累计|共|合计|总计|全年|年度|全口径(?=税收)|数|数量|总数|总量|个数|额|总额|金额|为|的|达|了|情况|企业(?=\Z)|家数|、|“|”|\s|成功|新)*"
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """The indicator a phrase stands for; empty id when the catalogue does not say."""

    indicator_id: str = ""
    label_zh: str = ""
    exact: bool = False


NOTHING = Attachment()


@lru_cache(maxsize=1)
def _automaton() -> Any:
    """Every name and alias of the catalogue, ready to be found inside a phrase."""
    automaton = ahocorasick.Automaton()
    for indicator in catalogue():
        for name in indicator.names:
            automaton.add_word(name, (name, indicator.id, indicator.label_zh))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=20000)
def attach(phrase: str) -> Attachment:
    """The entry whose name is the phrase, or all of it that carries meaning."""
    if not phrase:
        return NOTHING
    best: tuple[int, Attachment] | None = None
    for last, (name, indicator_id, label) in _automaton().iter(phrase):
        before, after = phrase[:last + 1 - len(name)], phrase[last + 1:]
        if not before and not after:
            return Attachment(indicator_id, label, True)
        if _NEUTRAL.fullmatch(before) and _NEUTRAL.fullmatch(after) and (best is None or len(name) > best[0]):
            best = (len(name), Attachment(indicator_id, label))
    return best[1] if best is not None else NOTHING
