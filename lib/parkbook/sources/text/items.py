"""Whose figure one is, and which whole it is part of: opens and closes the parts of the scope as figures are read.

"完成投资" 6亿元 "，其中土建" 4亿元 "、安装" 2亿元 "；税收" 1亿元     the middle two are parts of 完成投资
"""

from __future__ import annotations

import re
from dataclasses import replace

from parkbook.model import Transformation as T
from parkbook.sources.text import grammar, heads
from parkbook.sources.text.heads import Heard
from parkbook.sources.text.naming import Namer
from parkbook.sources.text.parts import Whole, ended, item_read, own_words, whole_name
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Scope
from parkbook.sources.text.values import Quantity, UnitClass

_LEVELS = frozenset({UnitClass.AMOUNT, UnitClass.COUNT})
_WHOLES = frozenset({T.LEVEL, T.TARGET})
_ADDED = re.compile(r"净增|增加|减少|新增(?=\Z)")


_FUND = re.compile(r"(?:基金|贷|券|专项|资金池)\Z")
_OF_FUND = re.compile(
    r"(?:累计|已|共|先后|实际)*(?:投出|投资(?=项目|企业|金额|\Z)|投放|放款|发放|募集|实缴|认缴|撬动|带动|支持|惠及|扶持|退出|返投)"
)
_BUILT = re.compile(r"(?:项目|工程|厂房|公寓|大厦|管廊|水厂)(?:[一二三四]期)?\Z")
_OF_BUILT = re.compile(r"(?:累计|已|共|实际)*(?:完成投资\Z|完成总投资|完成工程量|已?安装|浇筑|敷设|铺设|封顶|完成年度)")


def host(sentence: list[Reading]) -> str:
    """Whose all figures of a sentence were; empty when there were several, or one of nobody's."""
    subjects = {reading.subject for reading in sentence}
    return subjects.pop() if len(subjects) == 1 else ""


def carries_on(host: str, own: str) -> bool:
    """产业基金总规模20亿元。累计投出9亿元: whether the words of a new sentence are of what only such a subject does."""
    return bool(host) and bool(
        (_FUND.search(host) and _OF_FUND.match(own)) or (_BUILT.search(host) and _OF_BUILT.match(own))
    )


def hear(namer: Namer, heard: Heard, cue: grammar.Cue, quantity: Quantity, separator: str) -> bool:
    """Opens and closes parts, and says whose figure it is; whether it is one of the parts."""
    scope, measure = namer.scope, quantity.unit.unit.measure
    namer.doubt = ""
    own = own_words(cue.head)
    level = quantity.unit.kind in _LEVELS and not cue.rule
    if heard.whole and separator == "、" and scope.parts is not None and scope.parts.of(measure) is not None:
        heard = replace(heard, whole=False)
    _open_or_close(scope, heard, cue, own, measure, separator, level)
    _say_whose(namer, heard, own, quantity, separator, level)
    if scope.parts is None:
        return False
    whole = scope.parts.of(measure) if level else None
    if whole is not None:
        scope.parent = whole.base
    return level


def _open_or_close(
    scope: Scope, heard: Heard, cue: grammar.Cue, own: str, measure: str, separator: str, level: bool
) -> None:
    """Whether parts begin here, or have ended before this figure."""
    parts = scope.parts
    if heard.opens:
        scope.open_parts()
    elif parts is None:
        return
    elif heard.whole or (level and parts.items):
        if ended(parts, heard, own, measure, separator):
            scope.close_parts()
    elif parts.items and not heard.name:
        listed = parts.separator == "、" and separator in ("，", ",")
        if (own and not cue.rule) or (listed and not own and cue.transformation in (T.GROWTH, T.SHARE)):
            scope.base = scope.base if own else parts.wholes[-1].base
            scope.close_parts()


def _say_whose(namer: Namer, heard: Heard, own: str, quantity: Quantity, separator: str, level: bool) -> None:
    """The subject: the name heard, the one outside the parts, or none."""
    scope, measure = namer.scope, quantity.unit.unit.measure
    parts = scope.parts
    if heard.name:
        scope.subject = heard.name
        if not own and level:
            scope.base = (parts.of(measure) or parts.wholes[-1]).base if parts else namer.listed_base(quantity)
    elif heard.whole:
        scope.subject = ""
    elif parts is not None and level and own and (heard.opens or parts.of(measure) is not None):
        scope.subject = parts.outer
    elif parts is None and level and own and scope.separator == "、" and separator in ("，", ",", ";"):
        scope.subject = ""
    if not namer.sentence and not (scope.subject or heard.whole) and carries_on(scope.host, own):
        scope.subject = scope.host
    if heard.name or (own and level):
        scope.separator = separator if heard.name else ""


def remember(scope: Scope, reading: Reading, heard: Heard, item: bool, separator: str) -> None:
    """A level is a whole that parts can follow, or one more of the parts."""
    if reading.transformation not in _WHOLES or reading.quantity.unit.kind not in _LEVELS:
        return
    measure = reading.quantity.unit.unit.measure
    if scope.parts is not None and item:
        scope.parts = item_read(scope.parts, heard, reading.base, measure, separator)
    elif scope.parts is None and _ADDED.match(reading.base) is None:
        spoken, base = whole_name(heads.unled(heard.rest)), whole_name(reading.base)
        whole = spoken if spoken and (spoken[-2:] in base or base[-2:] in spoken) else base
        scope.wholes = (*scope.wholes[-7:], Whole(whole, measure))
