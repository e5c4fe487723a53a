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

GENERAL_AREA = (
    "高新技术产业开发区|经济技术开发区|经济开发区|综合保税区|高新区|经开区|开发区|综保区|保税区|自贸区|自贸片区|农高区|示范区|集聚区|集中区"
    "|工业园区|产业园区|科技园区|物流园区|化工园区|园区|工业园|产业园|科技园|软件园|科技城|工业区|新区"
)
"""What a report calls the area that it is about."""
_NEUTRAL = re.compile(
    rf"(?:全园|[全我本]?区|(?:[省市县区]|(?![国省市]家?级|各|其)[一-龥]{{2,4}})?(?:{GENERAL_AREA})|完成|实现|累计|共|合计|总计|全年|年度|全口径(?=税收)|数|数量|总数|总量|个数|额|总额|金额|为|的|达|了|情况|企业(?=\Z)|家数|、|“|”|\s|成功|新)*"
)


_SHORT = (
    ("固投", "固定资产投资"),
    ("工投", "工业投资"),
    ("规上", "规模以上"),
    ("规模工业", "规模以上工业"),
    ("限上", "限额以上"),
    ("社零总额", "社会消费品零售总额"),
    ("社零", "社会消费品零售总额"),
    ("营收", "营业收入"),
    ("高企", "高新技术企业"),
    ("科小", "科技型中小企业"),
    ("技改", "技术改造"),
    ("国内生产总值", "地区生产总值"),
    ("规模以上企业工业", "规模以上工业"),
    ("税收收入", "税收"),
    ("固定资产投资额", "固定资产投资"),
    ("二产", "第二产业"),
    ("三产", "第三产业"),
)
"""Shorthand and what it is short for, both ways of writing one name."""
_COUNTING = re.compile(r"(?:总额|总数|数量|总量|额|数)\Z")
"""Endings that a text leaves out or adds: 进出口 and 进出口总额, 上市企业 and 上市企业数."""


_SHORTENED = re.compile("|".join(short for short, _ in _SHORT))


def spelled_out(words: str) -> str:
    """规上工业营收 as 规模以上工业营业收入."""
    if _SHORTENED.search(words) is None:
        return words
    for short, long in _SHORT:
        if short in words and long not in words:
            words = words.replace(short, long)
    return words


@dataclass(slots=True)
class Attachment:
    """The indicator a phrase stands for; empty id when the catalogue does not say."""

    indicator_id: str = ""
    label_zh: str = ""
    unit: str = ""
    exact: bool = False


NOTHING = Attachment()


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str, str]]:
    """Every spelling of every entry; an ending may be left out where no other entry claims what is left."""
    names: dict[str, tuple[str, str, str]] = {}
    cores: dict[str, tuple[str, str, str] | None] = {}
    for indicator in catalogue():
        entry = (indicator.id, indicator.label_zh, indicator.unit)
        for name in indicator.names:
            names[spelled_out(name)] = entry
            core = _COUNTING.sub("", spelled_out(name))
            if len(core) > 1:
                cores[core] = entry if cores.get(core, entry) == entry else None
    for core, claimed in cores.items():
        if claimed is not None and core not in names:
            names[core] = claimed
    return names


@lru_cache(maxsize=1)
def _automaton() -> Any:
    """The names, ready to be found inside a phrase."""
    automaton = ahocorasick.Automaton()
    for name in _names():
        automaton.add_word(name, name)
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    """The last two characters of the names: most phrases end with none of them."""
    return frozenset(name[-2:] for name in _names())


def load() -> None:
    """Reads the names before the first text does."""
    _automaton()
    _endings()


@lru_cache(maxsize=20000)
def attach(phrase: str) -> Attachment:
    """The entry whose name is the phrase, or all of it that carries meaning."""
    plain = spelled_out(phrase)
    if not plain:
        return NOTHING
    exact = _names().get(plain)
    if exact is not None:
        return Attachment(*exact, exact=True)
    best = ""
    for last, name in _automaton().iter(plain):
        before, after = plain[: last + 1 - len(name)], plain[last + 1 :]
        if len(name) <= len(best):
            continue
        if (not before or _NEUTRAL.fullmatch(before)) and (not after or _NEUTRAL.fullmatch(after)):
            best = name
    return Attachment(*_names()[best]) if best else NOTHING


@lru_cache(maxsize=20000)
def name_at_end(phrase: str) -> str:
    """The longest name of the catalogue that a phrase ends with (湖心岛入驻率: 入驻率); empty when there is none."""
    ending = ""
    if phrase[-2:] not in _endings():
        return ending
    for last, name in _automaton().iter(phrase):
        if last == len(phrase) - 1 and len(name) > len(ending):
            ending = str(name)
    return ending
