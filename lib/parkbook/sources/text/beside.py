"""What stands beside a figure: the sign and the thing of the figure before it, and the areas it is compared with."""

from __future__ import annotations

import re

from parkbook.model import Comparison, Transformation
from parkbook.sources.text import areas, phrases
from parkbook.sources.text.around import Place
from parkbook.sources.text.parts import Whole, whole_name
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.values import AMOUNT, COUNT, PERCENT, Quantity

_LEVEL, _GROWTH, _THRESHOLD = Transformation.LEVEL, Transformation.GROWTH, Transformation.THRESHOLD
_YEAR = re.compile(r"(\d{4})年")
_BASE_YEAR = re.compile(r"(?:[比较与同和]|[高低快慢]于|超过?)(\d{4})年")
_WITHIN = re.compile(r"(?P<thing>[^,，。;；:\d]{0,10}?)当?中\Z")
_AND_SO_MANY = re.compile(r"[、和及与](?:约|近|超|超过)?\Z")
_REGION_IS = re.compile(r"[,，、;；]?全[国省市](?:平均)?(?:为|仅|只)")
"""，全省为 1.05%: beside a figure of the park."""


def separator(words: str, place: Place) -> str:
    """The sign between a figure and the one before it."""
    return place.clause.opened if place.begin == place.clause.start else words.lstrip()[:1]


def belongs_before(previous: Reading, words: str, after: str, quantity: Quantity) -> bool:
    """Whether the words between two figures are the thing that the first counts (3家企业2个项目, 5家认定和2家申报)."""
    if not after or not phrases.counted_thing(after):
        return False
    kind = quantity.unit.kind
    if previous.transformation is _THRESHOLD or kind not in (COUNT, AMOUNT, PERCENT):
        return False
    if _AND_SO_MANY.search(words):
        return kind is not PERCENT or after.startswith("的")
    return kind is COUNT and phrases.COUNTED_NOUN.pattern.fullmatch(words) is not None


def dealt_before(sentence: list[Reading], pending: tuple[str, ...]) -> bool:
    """分别完成投资1亿元、2亿元，占计划的50%、60%: the run before was dealt out to the names, so this one is."""
    count = len(pending)
    if count < 2 or len(sentence) < count:
        return False
    return tuple(reading.subject for reading in sentence[-count:]) == pending


def compared(plain: str, start: int, words: str, place: Place) -> str:
    """低于云陵经开区（9.2%）, 少于云陵经开区的52个: whose figure is said for comparison; `words` end with 的, or there are none."""
    if not words and place.clause.opened == "(" and place.begin == place.clause.start:
        return areas.compared(plain[max(start, place.begin - 24) : place.begin - 1], True)
    return areas.compared(words[-24:], False) if words else ""


def larger(parks: tuple[str, ...], words: str, transformation: Transformation) -> str:
    """同期全市增长, 而全市仅为: the area around the park that a figure is of; empty when it is none's."""
    if transformation is _GROWTH and (region := areas.growing(words)):
        return region
    told = bool(parks) or "而全" in words or "同期全" in words or _REGION_IS.match(words) is not None
    return areas.larger(words, parks) if told and transformation in (_LEVEL, _GROWTH) else ""


def set_base_year(reading: Reading, words: str) -> None:
    """比2019年 is a comparison with that year; with the year before it is a growth on a year ago."""
    year = _BASE_YEAR.search(words) or _YEAR.search(words)
    reading.base_period = year[1] if year is not None else ""
    end = reading.period.end
    if year is not None and end is not None and int(year[1]) == end.year - 1:
        reading.comparison = Comparison.YOY


def counted_within(reading: Reading, after: str) -> Whole | None:
    """规上企业156家中，…; 42个产业项目中，…: what was just counted, when what follows is of it."""
    within = _WITHIN.match(after)
    if within is None:
        return None
    return Whole(whole_name(within["thing"]) or whole_name(reading.base), reading.quantity.unit.unit.measure)
