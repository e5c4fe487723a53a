"""What a figure token says: its signed value or range, its unit as printed, its qualifier.

"9000余万条"  9000, 万条, above          "8%-10%"  8 to 10, %, range
"-*%"         no value, %, negative       "七成五"   75, %
"两位数"      10 to 99, %                 "翻一番"   2, 倍
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from parkbook.errors import UnitError
from parkbook.model import Qualifier
from parkbook.sources.text.lex import UNEVEN, Kind, Token
from parkbook.units import Unit, parse_unit, unit_definitions


class UnitClass(StrEnum):
    """How a unit behaves in the grammar."""

    PERCENT = "percent"
    POINT = "point"
    TIMES = "times"
    AMOUNT = "amount"
    COUNT = "count"
    RANK = "rank"
    NONE = "none"


PERCENT, POINT, TIMES, AMOUNT, COUNT, RANK, NONE = UnitClass
"""Names for what is asked of every figure: looking a member up on its class takes five times as long."""


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit as printed, and what it is in the code list."""

    text: str
    unit: Unit
    kind: UnitClass
    inferred: bool = False


@dataclass(slots=True)
class Quantity:
    """The reading of one token, before the words around it are heard.

    `led`: a word of excess right before it (超50亿元); `wordless`: a power of ten stands for the number (亿元项目); `each`: the
    word that sets it as the limit of each of a number of things (8家企业增速在45%以上, 6家企业产值均超5亿元).
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: PrintedUnit
    qualifier: Qualifier
    masked: bool
    negative: bool
    led: str = ""
    wordless: bool = False
    each: str = ""


_AMOUNTS = frozenset(
    {
        "area",
        "length",
        "mass",
        "energy_coal",
        "electricity",
        "power",
        "volume",
        "compute",
        "container",
        "capacity",
        "data_volume",
    }
)
_CLASSES = {
    "percent": UnitClass.PERCENT,
    "percent_point": UnitClass.POINT,
    "multiple": UnitClass.TIMES,
    "rank": UnitClass.RANK,
}
NO_UNIT = PrintedUnit("", Unit(""), UnitClass.NONE)
_PER_CENT = PrintedUnit("%", Unit("%"), UnitClass.PERCENT)
_PLAIN = PrintedUnit("", Unit("无量纲"), UnitClass.NONE, inferred=True)
_TIMES = PrintedUnit("倍", Unit("倍"), UnitClass.TIMES)
_MAGNITUDES = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "万": 4}


@lru_cache(maxsize=4096)
def printed_unit(text: str) -> PrintedUnit:
    """亿元, 个百分点, 万; a bare power of ten has no measure, a spelling unknown to the code list keeps its words."""
    plain = re.sub(r"[余多\s]", "", text)
    if not plain:
        return NO_UNIT
    if plain in _MAGNITUDES:
        return PrintedUnit(plain, Unit("", _MAGNITUDES[plain]), UnitClass.AMOUNT)
    try:
        unit = parse_unit(plain)
    except UnitError:
        return PrintedUnit(plain, Unit(""), UnitClass.COUNT)
    dimension = unit_definitions()[unit.measure].dimension
    amount = dimension in _AMOUNTS or "currency" in dimension or "_per_" in dimension or "intensity" in dimension
    kind = _CLASSES.get(dimension, UnitClass.AMOUNT if amount else UnitClass.COUNT)
    return PrintedUnit(plain, unit, kind)


def rank_unit(text: str) -> PrintedUnit:
    return PrintedUnit(text, Unit("名次"), UnitClass.RANK, inferred=True)


_DIGITS = {character: index for index, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 1, "百": 2, "千": 3}


@lru_cache(maxsize=4096)
def chinese_number(text: str) -> Decimal:
    """三十八, 一百二十, 三千万, 二〇二三; the digits of a string without powers stand side by side."""
    if not any(character in "十百千万亿" for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text) or 0)
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _POWERS:
            section += (digit or 1) * 10 ** _POWERS[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * (10**4 if character == "万" else 10**8)
            section = digit = 0
    return Decimal(total + section + digit)


def decimal_number(text: str) -> Decimal:
    """Digits as printed (1,234.5; 1 280; 25 / .6 over a line end) as an exact number."""
    return Decimal("".join(text.replace(",", "").split()))


def _any_number(text: str) -> Decimal:
    return decimal_number(text) if text[0].isdigit() else chinese_number(text)


_ABOVE, _EXACT, _MASK, _RANK = Qualifier.ABOVE, Qualifier.EXACT, Kind.MASK, Kind.RANK
_LED = re.compile(r"(?:超过?|逾|过|达到?|近|(?<![签节合])约|上|满|低于|不足|高于|大于|小于|不低于)\Z")

_EACH = re.compile(
    r"[0-9*×○一二三四五六七八九十几](?:余|多)?[家户个](?:[一-龥]{0,6}(?:企业|项目|单位|园区|公司|行业|大户))[一-龥]{1,8}?"
    r"(?P<each>(?:均|都)?在|(?:均|都)(?:超过?|过|突破|低于|不足|高于))\Z"
)
_LEADING = frozenset("超过逾达到近约上满于足破在")
"""The last characters of all that either finds."""


def read_quantity(token: Token, original: str) -> Quantity:
    """The quantity of a figure token; `original` is the text as read, for the unit as printed."""
    group = token.found.groupdict()
    unit = _unit_of(token, original, group)
    words = token.found[0]
    above = group.get("inf") or group.get("inf2") or group.get("tail") or "余" in words or words == "过半"
    qualifier = _ABOVE if above else _EXACT
    plain, start = token.found.string, token.start
    leading = each = ""
    if start and plain[start - 1] in _LEADING:
        leading, each = _led(plain, start)
    negative = bool(group.get("sign"))
    if token.kind is _MASK:
        return Quantity(None, None, None, unit, qualifier, True, negative, leading, False, each)
    value, low, high = _READERS.get(token.rule, _read_plain)(group)
    if value is None and low is not None:
        qualifier = Qualifier.RANGE
    return Quantity(value, low, high, unit, qualifier, False, negative, leading, token.rule == "不写数的门槛", each)


def _led(plain: str, start: int) -> tuple[str, str]:
    """The words before a figure that lead it, and those that set it as the limit of each of a number of things."""
    led = _LED.search(plain, max(0, start - 3), start)
    limited = _EACH.search(plain, max(0, start - 24), start)
    return led[0] if led is not None else "", limited["each"] if limited is not None else ""


_UNITS_OF_WORDS = {"百分之": _PER_CENT, "几成": _PER_CENT, "零": _PER_CENT, "翻番": _TIMES} | dict.fromkeys(
    ("分之", "分数", "一半", "指数"), _PLAIN
)


def _unit_of(token: Token, original: str, group: Groups) -> PrintedUnit:
    words = ""
    if group.get("unit"):
        start, end = token.found.span("unit")
        words = original[start:end]
    if token.kind is _RANK or token.rule == "隐去的位次":
        return rank_unit(words)
    if not words:
        return _UNITS_OF_WORDS.get(token.rule, NO_UNIT)
    printed = printed_unit(words)
    if token.rule == "人均数":
        per_head = Unit(printed.unit.measure + "/人", printed.unit.mult)
        return PrintedUnit(printed.text + "/人", per_head, UnitClass.AMOUNT)
    return printed


Groups = dict[str, str | None]
Numbers = tuple[Decimal | None, Decimal | None, Decimal | None]


def _read_plain(group: Groups) -> Numbers:
    words = group.get("num") or group.get("cn") or ""
    first = _any_number(words) if words else None
    second = group.get("num2")
    if first is None or second is None:
        return first, None, None
    other = decimal_number(second.lstrip("-"))
    if first > other and group.get("mid") is None:  # 8000—1.2万元: the first half is in 元
        first = first.scaleb(-printed_unit(group["unit"] or "").unit.mult)
    return None, min(first, other), max(first, other)


def _read_uneven(group: Groups) -> Numbers:
    """5000万元—1亿元, in the unit of the second half."""
    size = printed_unit((group["size"] or "") + "元").unit.mult - printed_unit(group["unit"] or "").unit.mult
    first = decimal_number(group["num"] or "").scaleb(size)
    second = decimal_number((group["num2"] or "").lstrip("-"))
    return None, min(first, second), max(first, second)


def _read_rank(group: Groups) -> Numbers:
    if group.get("high"):
        return None, Decimal(1), _any_number(group["high"] or "1")
    words = group.get("num")
    return (Decimal(1) if words in (None, "首") else _any_number(words)), None, None


def _read_percent(group: Groups) -> Numbers:
    whole, _, decimals = (group["percent"] or "").partition("点")
    value = _any_number(whole)
    if decimals:
        value += Decimal("0." + "".join(str(_DIGITS[character]) for character in decimals))
    return value, None, None


def _read_tenths(group: Groups) -> Numbers:
    half = group["half"]
    extra = 0 if half is None else 5 if half == "半" else _DIGITS[half]
    return Decimal(_DIGITS[group["tenths"] or "零"] * 10 + extra), None, None


def _read_fraction(group: Groups) -> Numbers:
    bottom, top = chinese_number(group["bottom"] or "一"), chinese_number(group["top"] or "零")
    if not bottom:
        return None, None, None
    return (top / bottom).quantize(Decimal("0.0001")).normalize(), None, None


def _read_doubling(group: Groups) -> Numbers:
    return Decimal(2) ** _DIGITS[group["times"] or "一"], None, None


def _read_places(group: Groups) -> Numbers:
    places = _DIGITS[group["places"] or "两"]
    return None, Decimal(10) ** (places - 1), Decimal(10) ** places - 1


def _read_vague(group: Groups) -> Numbers:
    """数百家: some hundreds, two to nine."""
    step = chinese_number(group["vague"] or "十")
    return None, 2 * step, 9 * step


def _read_bare(group: Groups) -> Numbers:
    return Decimal(1), None, None


def _read_slash(group: Groups) -> Numbers:
    over, under = Decimal(group["over"] or 0), Decimal(group["under"] or 1)
    return ((over / under).quantize(Decimal("0.0001")).normalize() if under else None), None, None


def _read_half(group: Groups) -> Numbers:
    return Decimal("0.5"), None, None


def _read_teens(group: Groups) -> Numbers:
    return None, Decimal(11), Decimal(19)


_READERS = {
    "分数": _read_slash,
    "一半": _read_half,
    "十几": _read_teens,
    "位次": _read_rank,
    "百分之": _read_percent,
    "几成": _read_tenths,
    "分之": _read_fraction,
    "翻番": _read_doubling,
    "两位数": _read_places,
    "概数": _read_vague,
    "不写数的门槛": _read_bare,
    UNEVEN: _read_uneven,
}
