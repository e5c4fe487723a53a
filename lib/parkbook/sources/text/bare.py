"""Numbers without a unit that are figures after all, and units that several figures share.

增长42                      a growth of 42
12.5、9.1和8.3平方公里       all three in 平方公里
416亿、289亿、286亿元         all three in 亿元
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from parkbook.sources.text import grammar
from parkbook.sources.text.dealing import Row
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.values import Quantity, UnitClass, printed_unit, read_quantity

BARE = "无单位的数"
MAGNITUDES = frozenset({"万", "亿", "万亿", "千万", "百万"})
NO_UNITS = MAGNITUDES | {"个"}
"""What may stand for a unit that is printed behind a later figure."""
_AND = frozenset({"、", "和", "与", "及"})
_ENDS = ",，。;、)"


def promoted(plain: str, start: int, end: int, tokens: list[Token]) -> list[Token]:
    """The tokens of a line (`start` to `end`), with the bare numbers that are figures marked as such."""
    if BARE not in [token.rule for token in tokens]:
        return tokens
    chosen = list(tokens)
    for index in reversed(range(len(tokens))):
        token = tokens[index]
        if token.rule != BARE:
            continue
        following = chosen[index + 1] if index + 1 < len(chosen) else None
        shared = _shares_unit(plain, token, following) or _shares_beyond_area(plain, start, token, following)
        if shared or _grows(plain, start, end, token) or _unit_before(plain, start, token):
            chosen[index] = Token(Kind.NUMBER, token.start, token.end, BARE, token.found, True)
    return chosen


def _grows(plain: str, start: int, end: int, token: Token) -> bool:
    if token.end < end and plain[token.end] not in _ENDS and _ABOUT.match(plain, token.end) is None:
        return False
    before = plain[max(start, token.start - 24) : token.start]
    rule = grammar.read_words(before[-14:], UnitClass.NONE).rule
    return rule in ("增长", "增速", "同比") or (
        ("占" in before or "的" in before) and _OF_WHOLE.search(before) is not None
    )


_ABOUT = re.compile(r"(?:以[上下]|左右)(?=[,，。;、)]|\Z)")
_OF_WHOLE = re.compile(
    r"(?:占(?!地|用|道|有|比)[^,，。;占\d]{2,16}的|[,，]占(?:比(?:为|达)?)?|完成[^,，。;\d]{0,6}(?:任务|计划|目标)的)(?:约|近)?\Z"
)
"""占规上工业总产值的59.5: the % is left out, as in 增长42."""


def _shares_unit(plain: str, token: Token, following: Token | None) -> bool:
    if following is None or following.kind is not Kind.NUMBER or plain[token.start - 1 : token.start] in ("年", "第"):
        return False
    return plain[token.end : following.start] in _AND


_AREA = r"(?:全[国省市区县州]|[省市区县])(?:平均(?:水平)?|均值)?"
_BEYOND_AREA = re.compile(rf"[、和与及,，]{_AREA}")
_AGAINST_AREA = re.compile(rf"[于过出先后比]{_AREA}(?:平均(?:水平)?|均值)?\Z")


def _shares_beyond_area(plain: str, start: int, token: Token, following: Token | None) -> bool:
    """快于全市0.8、全省1.2个百分点: both in 个百分点."""
    if following is None or following.kind is not Kind.NUMBER or following.start - token.end > 8:
        return False
    between = _BEYOND_AREA.fullmatch(plain, token.end, following.start)
    return between is not None and _AGAINST_AREA.search(plain, max(start, token.start - 10), token.start) is not None


def other_area(label: str, words: str) -> str:
    """快于全市 for 、全省: what the next figure says; empty when the words name no other area."""
    found = _BEYOND_AREA.fullmatch(words)
    before = _AREA_AT_END.search(label)
    return label[: before.start()] + words[1:] if found is not None and before is not None else ""


_AREA_AT_END = re.compile(rf"{_AREA}\Z")
_IN_UNIT = re.compile(r"\((?:单位[:：]?)?(?P<unit>[^()\d\s]{1,8})\)\s?[:：为是达到]{0,2}\s?\Z")


def _unit_before(plain: str, start: int, token: Token) -> str:
    """营收（亿元）：12.5: the unit in the bracket before a number; empty when there is none."""
    if token.start - start < 4 or plain.find("(", max(start, token.start - 14), token.start) < 0:
        return ""
    found = _IN_UNIT.search(plain, max(start, token.start - 14), token.start)
    return found["unit"] if found is not None and _is_known(found["unit"]) else ""


def _is_known(unit: str) -> bool:
    return bool(printed_unit(unit).unit.measure)


def share_unit(row: Row, original: str, token: Token, quantity: Quantity) -> None:
    """12.5、9.1和8.3平方公里: all take the unit of the last; 6.1个和4.8个百分点, 4亿、3亿元: nor are 个 and 亿 units of their own."""
    end, unit, own = token.end, quantity.unit, quantity.unit.text
    if token.rule == BARE and (before := _unit_before(row.plain, 0, token)):
        quantity.unit = replace(printed_unit(before), inferred=True)
        return
    for other in row.tokens[bisect_left(row.starts, token.start) + 1 :][:20]:
        joined = row.plain[end : other.start] in _AND
        if not other.is_figure or not (
            joined or (token.rule == BARE and _BEYOND_AREA.fullmatch(row.plain, end, other.start))
        ):
            return
        unit = read_quantity(other, original).unit
        of_larger = own in MAGNITUDES and own != unit.text and unit.text.startswith(own)
        if other.rule != BARE and (token.rule == BARE or unit.kind is UnitClass.POINT or of_larger):
            quantity.unit = replace(unit, inferred=True)
            return
        end = other.end
