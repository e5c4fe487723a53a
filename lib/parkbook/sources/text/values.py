"""What a figure token says: its signed value or range, its unit as printed, its qualifier.

"9000余万条"  9000, 万条, above          "8%-10%"  8 to 10, %, range
"-*%"         no value, %, negative       "七成五"   75, %
"两位数"      10 to 99, %                 "翻一番"   2, 倍
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from parkbook.errors import UnitError
from parkbook.model import Qualifier
from parkbook.sources.text import composed
from parkbook.sources.text.composed import chinese_number
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
    doubt: str = ""
    moved: bool = False


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
_OF_THINGS = re.compile(r"(?<![/(])\([一-龥]\)\Z")
_COUNTED_UNITS = frozenset({"个点", "个基点", "个BP", "个bp", "个千分点", "个位次", "个名次"})
"""Units that 个 only counts; 个百分点 is so said everywhere that it is kept."""
NO_UNIT = PrintedUnit("", Unit(""), UnitClass.NONE)
_PER_CENT = PrintedUnit("%", Unit("%"), UnitClass.PERCENT)
_PLAIN = PrintedUnit("", Unit("无量纲"), UnitClass.NONE, inferred=True)
_DOUBLED = PrintedUnit("番", Unit("倍"), UnitClass.TIMES)
_SIMPLE = str.maketrans("億萬（）", "亿万()")
_MAGNITUDES = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "万": 4}


@lru_cache(maxsize=4096)
def printed_unit(text: str) -> PrintedUnit:
    """亿元, 个百分点, 万; a bare power of ten has no measure, a spelling unknown to the code list keeps its words."""
    plain = re.sub(r"[余多\s]", "", text).translate(_SIMPLE)
    if not plain:
        return NO_UNIT
    if plain in _COUNTED_UNITS:
        plain = plain[1:]
    elif plain[0] == "个" and plain[1:] in _MAGNITUDES:  # 27个亿
        return PrintedUnit(plain[1:], Unit("元", _MAGNITUDES[plain[1:]]), UnitClass.AMOUNT, inferred=True)
    if plain in _MAGNITUDES:
        return PrintedUnit(plain, Unit("", _MAGNITUDES[plain]), UnitClass.AMOUNT)
    try:
        unit = parse_unit(_OF_THINGS.sub("", plain) if plain[-1] == ")" else plain)
    except UnitError:
        return PrintedUnit(plain, Unit(""), UnitClass.AMOUNT if "/" in plain else UnitClass.COUNT)
    dimension = unit_definitions()[unit.measure].dimension
    amount = dimension in _AMOUNTS or "currency" in dimension or "_per_" in dimension or "intensity" in dimension
    kind = _CLASSES.get(dimension, UnitClass.AMOUNT if amount else UnitClass.COUNT)
    return PrintedUnit(plain, unit, kind)


def rank_unit(text: str) -> PrintedUnit:
    return PrintedUnit(text, Unit("名次"), UnitClass.RANK, inferred=True)


_DIGITS = {character: index for index, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def decimal_number(text: str) -> Decimal:
    """Digits as printed (1,234.5; 1 280; 25 / .6 over a line end) as an exact number."""
    return Decimal("".join(text.replace(",", "").split()))


def _any_number(text: str) -> Decimal:
    return decimal_number(text) if text[0].isdigit() else chinese_number(text)


_ABOVE, _EXACT, _MASK, _RANK = Qualifier.ABOVE, Qualifier.EXACT, Kind.MASK, Kind.RANK
_LED = re.compile(r"(?:超过?|逾|过|达到?|近|(?<![签节合])约|上|满|低于|不足|高于|大于|小于|不低于)\Z")

_EACH = re.compile(
    r"[0-9*×○一二三四五六七八九十几](?:余|多)?[家户个](?:[一-龥]{0,6}(?:企业|项目|单位|园区|公司|行业|大户))[一-龥]{1,8}?"
    r"(?P<each>(?:均|都)?在|(?:均|都)(?:超过?|过|突破|低于|不足|高于)|(?<=[增涨降跌][速幅长])(?:超过?|过|突破|低于|不足|高于))\Z"
    r"|[0-9*×○]+(?:余|多)?[家户个](?P<bare>超过?|过|高于|低于)\Z"
    r"|(?:[有剩余]|其中)(?:约|近)?[0-9*×○一二三四五六七八九十]+(?:余|多)?[家户个](?![,，])[^,，。;；:：\d]{2,12}?(?P<short>不足|不到|未达|没到|低于|达不到)\Z"
)
_LEADING = frozenset("超过逾达到近约上满于足破在")
"""The last characters of all that either finds."""


def read_quantity(token: Token, original: str) -> Quantity:
    """The quantity of a figure token; `original` is the text as read, for the unit as printed."""
    if token.rule == "隐去的数":
        return _read_mask(token, original)
    if token.rule == "数" and (usual := _read_usual(token, original)) is not None:
        return usual
    group = token.found.groupdict()
    unit = _unit_of(token, original, group)
    words = token.found[0]
    tail = group.get("tail")
    fell = tail is not None and tail in _FALLS
    above = group.get("inf") or group.get("inf2") or (tail and not fell) or "余" in words or "多" in words
    above = above or words == "过半"
    qualifier = _ABOVE if above else _EXACT
    plain, start = token.found.string, token.start
    leading, each = _led(token)
    if start and plain[start - 1] in composed.CURRENCY_ENDS:
        unit = _in_currency(unit, plain, start)
    negative = bool(group.get("sign")) or (fell and unit.kind in (PERCENT, POINT))
    if token.kind is _MASK:
        return Quantity(None, None, None, unit, qualifier, True, negative, leading, False, each)
    value, low, high = _READERS.get(token.rule, _read_plain)(group)
    doubt = ""
    if value is None and low is not None:
        qualifier = Qualifier.RANGE
        if negative and (number := group.get("num2")):  # -3%至5%: its ends have their own signs
            negative, doubt = False, _hyphened(token, number)
    elif token.rule == composed.ODD:
        value, unit, doubt = _read_odd(group, unit, plain[max(0, start - 8) : start])
    elif group.get("long"):
        value, size = composed.in_largest(group["long"] or "")
        unit = printed_unit(size + unit.text)
    quantity = Quantity(value, low, high, unit, qualifier, False, negative, leading, token.rule == "不写数的门槛", each)
    quantity.doubt, quantity.moved = doubt, fell
    return quantity


_FALLS = frozenset("↓▼⬇")


def _in_currency(unit: PrintedUnit, plain: str, start: int) -> PrintedUnit:
    """港币3000万元, 美元500万: the currency stands before the number."""
    if unit.unit.measure not in ("元", "") or unit.kind is not AMOUNT:
        return unit
    currency = composed.currency_before(plain[max(0, start - 8) : start])
    return printed_unit(unit.text.removesuffix("元") + currency) if currency else unit


def _hyphened(token: Token, number: str) -> str:
    """Why a range that begins below zero is doubtful: -5%-3% may end at 3 or at -3."""
    place = token.found.start("num2") - 1
    return composed.HYPHENED if not number.startswith("-") and token.found.string[place] == "-" else ""


def _read_odd(group: Groups, unit: PrintedUnit, before: str) -> tuple[Decimal | None, PrintedUnit, str]:
    """The value, unit and doubt of a number that is printed in an unusual way."""
    if group["parts"]:
        first, last = group["first"] or "", unit.unit.mult + composed.power_of(group["more"])
        base = composed.WITHOUT_SIZE.sub("", unit.text, count=1) if unit.unit.mult else unit.text
        read = composed.sum_of_parts(group["parts"], first, last)
        return read.value, printed_unit(first + base), read.doubt
    if group["point"]:
        return Decimal("0" + group["point"]), unit, composed.POINTED
    read = composed.separated(group, before, unit.text)
    return read.value, unit, read.doubt


def _read_usual(token: Token, original: str) -> Quantity | None:
    """Digits with a unit (512.3亿元), as most figures are; None for all others."""
    found = token.found
    start, end = found.span("unit")
    digits = found.string[token.start : start]
    if end != token.end or not digits.replace(".", "", 1).isdecimal():
        return None
    if token.start and found.string[token.start - 1] in composed.CURRENCY_ENDS:
        return None
    words = original[start:end]
    leading, each = _led(token)
    qualifier = _ABOVE if "余" in words or "多" in words else _EXACT
    return Quantity(Decimal(digits), None, None, printed_unit(words), qualifier, False, False, leading, False, each)


def _read_mask(token: Token, original: str) -> Quantity:
    """*亿元: no value, but a unit."""
    found = token.found
    sign, *above = found.group("sign", "inf", "inf2", "tail")
    start, end = found.span("unit")
    unit = printed_unit(original[start:end]) if start >= 0 else NO_UNIT
    if token.start and found.string[token.start - 1] in composed.CURRENCY_ENDS:
        unit = _in_currency(unit, found.string, token.start)
    leading, each = _led(token)
    qualifier = _ABOVE if any(above) or "余" in found[0] else _EXACT
    return Quantity(None, None, None, unit, qualifier, True, sign is not None, leading, False, each)


_NOT_LED = ("", "")


def _led(token: Token) -> tuple[str, str]:
    """The words before a figure that lead it, and those that set it as the limit of each of a number of things."""
    plain, start = token.found.string, token.start
    if not start or plain[start - 1] not in _LEADING:
        return _NOT_LED
    led = _LED.search(plain, max(0, start - 3), start)
    limited = _EACH.search(plain, max(0, start - 24), start)
    each = (limited["each"] or limited["short"] or limited["bare"]) if limited is not None else ""
    return led[0] if led is not None else "", each


_UNITS_OF_WORDS = {
    "百分之": _PER_CENT,
    "几成": _PER_CENT,
    "隐去的成数": _PER_CENT,
    "零": _PER_CENT,
    composed.PERCENTS: _PER_CENT,
    "翻番": _DOUBLED,
} | dict.fromkeys(("分之", "分数", "一半", "指数"), _PLAIN)
_MONEY_WORDS = "口语的钱"


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
    if token.rule == _MONEY_WORDS:  # 240块
        return replace(printed, unit=Unit("元", printed.unit.mult), kind=UnitClass.AMOUNT)
    if token.rule == "人均数":
        per_head = Unit(printed.unit.measure + "/人", printed.unit.mult)
        return PrintedUnit(printed.text + "/人", per_head, UnitClass.AMOUNT)
    return printed


Groups = dict[str, str | None]
Numbers = tuple[Decimal | None, Decimal | None, Decimal | None]


def _read_plain(group: Groups) -> Numbers:
    words = group.get("num") or group.get("cn") or group.get("decimal") or ""
    if not words and (pair := group.get("pair")):
        low, high = composed.between(group["lead"], pair, group["power"])
        return None, low, high
    first = _any_number(words) if words else None
    second = group.get("num2")
    if first is None or second is None:
        return first, None, None
    other = decimal_number(second.lstrip("-"))
    if group.get("sign") or (second.startswith("-") and group.get("apart")):
        first, other = (-first if group.get("sign") else first), (-other if second.startswith("-") else other)
        return None, min(first, other), max(first, other)
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


def _read_percents(group: Groups) -> Numbers:
    ends = [composed.percent_of(group[end] or "零") for end in ("low", "high")]
    return None, min(ends), max(ends)


def _read_nothing(group: Groups) -> Numbers:
    return None, None, None


def _read_tenths(group: Groups) -> Numbers:
    half = group["half"]
    extra = 0 if half is None else 5 if half == "半" else _DIGITS[half]
    value = Decimal(_DIGITS[group["tenths"] or "零"] * 10 + extra)
    if low := group["low"]:
        return None, min(Decimal(_DIGITS[low] * 10), value), max(Decimal(_DIGITS[low] * 10), value)
    return value, None, None


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
    tens = _DIGITS[group.get("tens") or "一"] * 10
    return None, Decimal(tens + 1), Decimal(tens + 9)


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
    composed.PERCENTS: _read_percents,
    composed.ODD: _read_nothing,
}
