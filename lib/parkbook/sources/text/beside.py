"""What stands beside a figure: the sign and the thing of the figure before it, and the areas it is compared with."""

from __future__ import annotations

import re

from parkbook.model import Comparison, TargetKind, Transformation
from parkbook.sources.text import areas, phrases
from parkbook.sources.text.around import Place
from parkbook.sources.text.parts import Whole, whole_name
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.values import AMOUNT, COUNT, PERCENT, Quantity

_LEVEL, _GROWTH, _THRESHOLD = Transformation.LEVEL, Transformation.GROWTH, Transformation.THRESHOLD
_TARGET = Transformation.TARGET
_YEAR = re.compile(r"(\d{4})年")
_BASE_YEAR = re.compile(r"(?:[比较与同和]|[高低快慢]于|超过?)(\d{4})年")
_WITHIN = re.compile(r"(?P<thing>[^,，。;；:\d]{0,10}?)当?中\Z")
_AND_SO_MANY = re.compile(r"[、和及与](?:约|近|超|超过)?\Z")
_THEIRS = re.compile(r"(?:共|合计|累计|所)*(?:完成|实现|创造|贡献|缴纳|上缴)的")
_FIRMS = ("企业", "公司", "单位", "农户", "商户")
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


def who_did(before: Reading, plain: str, words: str, place: Place) -> str:
    """66家台资企业，|完成的工业产值占全区的88%: the firms that were just counted; empty where nothing goes on about them."""
    counts = before.quantity.unit.kind is COUNT and before.transformation is _LEVEL
    if not counts or place.clause.opened not in ("，", ",") or _THEIRS.match(words) is None:
        return ""
    counted = plain[before.token.end : place.clause.start - 1] or before.base
    return counted if counted.endswith(_FIRMS) and len(counted) < 15 else ""


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


# ---------------------------------------------------------------- words in front of a colon or a bracket
_RATE_NAMED = re.compile(
    r"[^,，。;；:()\d]{0,14}(?:增速|增幅|增长率|涨幅|升幅|降幅|跌幅|占比|比重|份额|完成率|完成比例|完成进度|同比|环比|同比增长|环比增长|同比下降|环比下降)\s*\Z"
)
_CLAUSE = re.compile(r"[^,，。;；:()\n\d]{1,24}\Z")
_WHOLE = re.compile(r"占到?(?P<area>全[国省市区县州]|[一-龥]{2,6}[省市县](?=[总的]|\Z))?(?P<what>[^占]*)\Z")
_OF_PLAN = re.compile(
    r"(?:已|累计|共)*(?:完成|占|达到?|为|相当于)?(?:全年|年度|年初|本年)*(?:目标任务|任务目标|目标|任务|计划|预算)[数额值]?\Z"
)


def words_in_front(plain: str, start: int, words: str, place: Place) -> tuple[int, int] | None:
    """Where the words stand that a figure goes on with: 营收增速：|-5.6%, 占全市（350亿元）的|10%; None without any."""
    sign = place.clause.start - 1
    if place.begin != place.clause.start or sign <= start:
        return None
    found = None
    if place.clause.opened == ":":
        found = None if words.strip() else _RATE_NAMED.search(plain, max(start, sign - 20), sign)
        if found is None and not words.strip():
            found = _CLAUSE.search(plain, max(start, sign - 20), sign)
            if found is not None and not _names(found[0]):
                found = None
    elif words == "的" and (bracket := plain.rfind("(", start, sign)) > start:
        found = _CLAUSE.search(plain, max(start, bracket - 24), bracket)
    return None if found is None else found.span()


def _names(words: str) -> bool:
    """营业收入: whether words in front of a colon name what is measured or counted behind it."""
    return phrases.MEASURED.search(words) is not None or phrases.COUNTED_NOUN.search(words) is not None


def set_whole(reading: Reading, plain: str, start: int, place: Place) -> None:
    """占全市（|350亿元）的10%: the whole's own; 完成年度目标（|1200亿元）的51.7%: a target."""
    bracket = place.clause.start - 1
    front = _CLAUSE.search(plain, max(start, bracket - 24), bracket)
    if front is None or reading.transformation not in (_LEVEL, _TARGET):
        return
    plan, whole = _OF_PLAN.search(front[0]), _WHOLE.search(front[0])
    said = plan or whole
    if said is None:
        return
    head = phrases.split_head(front[0][: said.start()])[1]
    if plan is None and whole is not None:
        what = whole["what"] if phrases.MEASURED.search(whole["what"]) and len(whole["what"]) > 2 else ""
        reading.subject, reading.parent = whole["area"] or reading.subject, ""
        reading.label = reading.base = what or head or reading.base
        return
    reading.transformation, reading.target_kind, reading.rule = _TARGET, TargetKind.BASE, "任务"
    reading.label = reading.base = head or reading.base


_TOGETHER = re.compile(
    r"[,，、;；]?(?:上述|以上|这|前)?(?:[两二三四五六七八九十\d]+[家个户者项]|两者|三者|二者)[^,，。;；]{0,6}?(?:合计|共计|总计|一共|合占)"
)


def of_all_together(plain: str, begin: int) -> bool:
    """甲3亿元、乙2亿元，两家合计占40%: what several have together is nobody's."""
    return _TOGETHER.match(plain, begin) is not None
