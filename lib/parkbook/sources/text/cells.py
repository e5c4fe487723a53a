"""The figures that one cell of a table says.

12.5, 1,280亿元, **, 约85, 100以上    the figure that the cell is
▼3.5, ↓2%, 2.1↓                       a fall, in a column of growth; elsewhere doubtful
(1.2)                                 -1.2 where the table says so, else doubtful
第1, 并列第三, 1/12                    a place, in a column of places
8-10                                  a range, where the unit is known
120(其中外资8)                         120, and 8 of 外资
120(预计), 86.5(-2.1%)                 the figure before the brackets, doubtful
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parkbook.errors import UnitError
from parkbook.model import Qualifier
from parkbook.sources.text import grammar
from parkbook.sources.text.composed import chinese_number
from parkbook.sources.text.lex import tokenise
from parkbook.sources.text.values import (
    NO_UNIT,
    PrintedUnit,
    Quantity,
    decimal_number,
    printed_unit,
    read_quantity,
)
from parkbook.units import parse_unit

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FIGURE = re.compile(
    rf"\s*[+-]?(?P<num>{_NUMBER}|[0-9.]*[*xX×○]+[0-9.*xX×○]*)"
    r"\s*(?P<unit>[^\s\d*×○□某年月日号季期旬第、,，。;；+()▼▽↓▲△↑→-][^\d*×○□某、,，。;；()▼▽↓▲△↑→]{0,7})?\s*\Z"
)
_AROUND = re.compile(
    r"\s*(?P<before>(?:约|近|超过?|逾|突破|不足|达)?)(?P<figure>\S.*?)(?P<after>及?以[上下]|以内|左右|上下)?\s*\Z"
)
_DOWN, _EITHER = frozenset("▼▽↓"), frozenset("▲△")
_ARROW = re.compile(r"(?P<before>[▼▽↓▲△↑])?\s*(?P<figure>[^▼▽↓▲△↑]+?)\s*(?P<after>[▼▽↓▲△↑])?\Z")
_IN_BRACKETS = re.compile(r"\(\s*(?P<figure>[^()]+?)\s*\)\Z")
_PLACE = re.compile(
    r"(?:并列)?第?(?P<digits>\d{1,4})(?:位|名)?\Z|(?:并列)?第(?P<words>[一二三四五六七八九十]{1,3})(?:位|名)?\Z"
    r"|(?P<of>\d{1,4})/\d{1,4}\Z"
)
_RANGE = re.compile(rf"(?P<low>{_NUMBER})\s*(?:-|—|–|~|至)\s*(?P<high>{_NUMBER})\Z")
_BESIDE = re.compile(r"(?P<figure>[^()]+?)\s*\((?P<inner>[^()]+)\)\Z")
_PART = re.compile(r"(?:其中|内?含|包含|包括)[:、]?(?P<name>[一-龥]{1,10}?)[:为]?(?P<figure>[\d*×].*)\Z")

FALLING = "箭头所指是升是降、还是上期对比，须核对"
EITHER = "▲、△有的表中表示上升，有的表示负数，须核对"
BRACKETED = "括号中的数，是否为负数须核对"
NOTED = "格中另有括号内的文字或数，须核对"


class Style(NamedTuple):
    """What a table does throughout: brackets for what is negative; arrows down (then ▲ is up)."""

    brackets: bool = False
    arrows: bool = False


class Printed(NamedTuple):
    """A figure of a cell, and where in it; `fall`: an arrow points down; `part`: what of the row it is (外资)."""

    quantity: Quantity
    start: int
    end: int
    doubtful: str = ""
    arrow: bool = False
    part: str = ""


_NEGATIVE_IN_BRACKETS = re.compile(
    r"(?:括号|\(\s*\))[内里中]?[”\"]?(?:的?数[字据值]?)?(?:均?[为是系]|[表显]示|代表|指)?(?:[负亏]|下降|减少)|(?:负数?值?|亏损|减少|下降)[^,，。;；]{0,4}(?:用|以|加)括号"
)


def style_of(said: list[str], cells: list[str]) -> Style:
    """By what the headers and the lines around a table say, and by the signs in its cells."""
    brackets = any(_NEGATIVE_IN_BRACKETS.search(words) for words in said)
    return Style(brackets, any(not _DOWN.isdisjoint(words) for words in cells))


@lru_cache(maxsize=4096)
def figures_in(words: str, ranked: bool, measured: bool, style: Style) -> tuple[Printed, ...]:
    """The figures of a cell; `ranked`: of a column of places; `measured`: the unit is known."""
    quantity = figure(words)
    if quantity is not None:
        return (Printed(quantity, 0, len(words)),)
    if not any(character.isdigit() or character in "*×○第" for character in words):
        return ()
    if ranked and (place := _PLACE.match(words)) is not None:
        number = place["digits"] or place["of"]
        value = decimal_number(number) if number else chinese_number(place["words"])
        return (Printed(_exact(value), 0, len(words)),)
    return _with_arrow(words, style) or _bracketed(words, style) or _range(words, measured) or _beside(words)


def _with_arrow(words: str, style: Style) -> tuple[Printed, ...]:
    found = _ARROW.match(words)
    arrow = found and (found["before"] or found["after"])
    quantity = figure(found["figure"]) if found is not None and arrow else None
    if quantity is None or arrow is None:
        return ()
    if arrow in _DOWN:
        return (Printed(replace(quantity, negative=True), 0, len(words), arrow=True),)
    return (Printed(quantity, 0, len(words), EITHER if arrow in _EITHER and not style.arrows else "", arrow=True),)


def _bracketed(words: str, style: Style) -> tuple[Printed, ...]:
    found = _IN_BRACKETS.match(words)
    quantity = figure(found["figure"]) if found is not None else None
    if found is None or quantity is None:
        return ()
    if quantity.negative or found["figure"].startswith("+"):
        return (Printed(quantity, 0, len(words)),)
    if style.brackets:
        return (Printed(replace(quantity, negative=True), 0, len(words)),)
    return (Printed(quantity, 0, len(words), BRACKETED),)


def _range(words: str, measured: bool) -> tuple[Printed, ...]:
    found = _RANGE.match(words)
    if found is None or not measured:
        return ()
    low, high = decimal_number(found["low"]), decimal_number(found["high"])
    if low >= high:
        return ()
    quantity = Quantity(None, low, high, NO_UNIT, Qualifier.RANGE, False, False)
    return (Printed(quantity, 0, len(words)),)


def _beside(words: str) -> tuple[Printed, ...]:
    """The figure before brackets, and the part of it that they name."""
    found = _BESIDE.match(words)
    quantity = figure(found["figure"]) if found is not None else None
    if found is None or quantity is None:
        return ()
    part = _PART.match(found["inner"])
    inner = figure(part["figure"]) if part is not None else None
    if part is None or inner is None:
        return (Printed(quantity, 0, found.end("figure"), NOTED),)
    unit = inner.unit if inner.unit.text else replace(quantity.unit, inferred=True) if quantity.unit.text else NO_UNIT
    start, end = (found.start("inner") + place for place in part.span("figure"))
    return (
        Printed(quantity, 0, found.end("figure")),
        Printed(replace(inner, unit=unit), start, end, part=part["name"]),
    )


def _exact(value: Decimal) -> Quantity:
    return Quantity(value, None, None, NO_UNIT, Qualifier.EXACT, False, False)


@lru_cache(maxsize=4096)
def figure(words: str) -> Quantity | None:
    """The figure that a cell is, in the unit that it prints; None for a cell of words."""
    around = _AROUND.match(words)
    if around is None:
        return None
    quantity = _bare_figure(around["figure"])
    if quantity is None or quantity.qualifier is not Qualifier.EXACT or quantity.low is not None:
        return quantity
    heard = grammar.SUFFIX.match(around["after"] or "")
    after = Qualifier(heard.lastgroup) if heard is not None and heard.lastgroup else None
    before = grammar.read_words(around["before"], quantity.unit.kind).qualifier
    return replace(quantity, qualifier=after or before or Qualifier.EXACT)


def _bare_figure(words: str) -> Quantity | None:
    """12.5, 1,280亿元, **; 8%-10% and other things that the grammar reads as one figure."""
    found = _FIGURE.match(words)
    if found is not None:
        number = words[: found.end("num")].strip().lstrip("+")
        token = next((token for token in tokenise(number + "个") if token.is_figure), None)
        if token is None:
            return None
        return replace(read_quantity(token, number + "个"), unit=unit_in((found["unit"] or "").strip()))
    tokens = tokenise(words)
    if len(tokens) != 1 or not tokens[0].is_figure or (tokens[0].start, tokens[0].end) != (0, len(words)):
        return None
    return read_quantity(tokens[0], words)


def unit_in(words: str) -> PrintedUnit:
    """The unit that words are; none for other words."""
    try:
        parse_unit(words)
    except UnitError:
        return NO_UNIT
    return printed_unit(words) if words else NO_UNIT
