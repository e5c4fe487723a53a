"""Numbers without a unit that are figures after all, and units that several figures share.

增长42                      a growth of 42
12.5、9.1和8.3平方公里       all three in 平方公里
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from parkbook.sources.text import grammar
from parkbook.sources.text.dealing import Row
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.values import Quantity, UnitClass, read_quantity

BARE = "无单位的数"
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
        if _grows(plain, start, end, token) or _shares_unit(plain, token, following):
            chosen[index] = Token(Kind.NUMBER, token.start, token.end, BARE, token.found, True)
    return chosen


def _grows(plain: str, start: int, end: int, token: Token) -> bool:
    if token.end < end and plain[token.end] not in _ENDS:
        return False
    before = plain[max(start, token.start - 14) : token.start]
    return grammar.read_words(before, UnitClass.NONE).rule in ("增长", "增速", "同比")


def _shares_unit(plain: str, token: Token, following: Token | None) -> bool:
    if following is None or following.kind is not Kind.NUMBER or plain[token.start - 1 : token.start] in ("年", "第"):
        return False
    return plain[token.end : following.start] in _AND


def share_unit(row: Row, original: str, token: Token, quantity: Quantity) -> None:
    """12.5、9.1和8.3平方公里: all take the unit of the last; 6.1个和4.8个百分点: 个 is no unit of its own."""
    end, unit = token.end, quantity.unit
    for other in row.tokens[bisect_left(row.starts, token.start) + 1 :][:20]:
        if not other.is_figure or row.plain[end : other.start] not in _AND:
            return
        unit = read_quantity(other, original).unit
        if other.rule != BARE and (token.rule == BARE or unit.kind is UnitClass.POINT):
            quantity.unit = replace(unit, inferred=True)
            return
        end = other.end
