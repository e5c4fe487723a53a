"""What a comparison says of one indicator: the published total, who is largest and smallest, who rose and who fell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from parkbook.briefing.claims import Sentence
from parkbook.briefing.comparison_view import ComparisonView, bracketed, observations_of, unit_mark
from parkbook.briefing.format import direction_words, value_text
from parkbook.catalogue import Indicator
from parkbook.comparison.comparability import Entry, IndicatorComparison
from parkbook.indicators.formulas import published
from parkbook.model import IndicatorValue, Transformation

MOST_NAMED = 3
"""More parks than this that fell are counted, and the deepest fall is named."""


def summary(view: ComparisonView, level: IndicatorComparison, growth: IndicatorComparison) -> Sentence:
    """The published total; largest and smallest, how many rose and fell, fastest and slowest."""
    parts = [total_sentence(view, level.indicator)]
    if level.ranked:
        mark = "" if parts[0] else unit_mark(observations_of(level))
        parts.append(_extremes(view, level, mark=mark))
    if growth.ranked:
        parts.append(_counted(growth).extend(_extremes(view, growth)))
    elif level.ranked:
        parts.append(Sentence(NO_GROWTH))
    return _told(parts)


def ordered_summary(
    view: ComparisonView, level: IndicatorComparison, growth: IndicatorComparison, *, lowest_first: bool
) -> Sentence:
    """Growth before values, each from the end from which the table goes."""
    parts = []
    if growth.ranked:
        falling, rising = _moved(growth, -1), _moved(growth, 1)
        flat = Sentence(f"{n}个同比持平" if (n := len(_moved(growth, 0))) else "")
        told = [_fallen(view, growth, falling if lowest_first else falling[::-1]), flat, _risen(view, growth, rising)]
        sides = Sentence.join(told if lowest_first else told[::-1], "；")
        parts.append(Sentence(f"{len(growth.ranked)}个可比园区中，").extend(sides))
    elif level.ranked:
        parts.append(Sentence(NO_GROWTH))
    if level.ranked:
        mark = unit_mark(observations_of(level))
        parts.append(_extremes(view, level, lowest_first=lowest_first, mark=mark))
    return _told(parts)


NO_GROWTH = "未公布可比的同比增速，升降无从比较"


def _told(parts: Iterable[Sentence]) -> Sentence:
    sentence = Sentence.join(parts, "。")
    return sentence.say("。") if sentence else Sentence("各园区数据互不可比，不排名，原因见表。")


def _moved(growth: IndicatorComparison, sign: int) -> list[Entry]:
    """The ranked parks that fell (-1), stood (0) or rose (1), the lowest first."""
    sizes = [(growth.magnitude(entry), entry) for entry in growth.ranked]
    found = [(size, entry) for size, entry in sizes if (size > 0) - (size < 0) == sign]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _fallen(view: ComparisonView, growth: IndicatorComparison, falling: Sequence[Entry]) -> Sentence:
    """3个同比下降：甲下降8.3%、乙下降8.2%、丙下降2.8%; of more than a few, the deepest fall."""
    if not falling:
        return Sentence()
    sentence = Sentence(f"{len(falling)}个同比下降")
    if len(falling) > MOST_NAMED:
        deepest = min(growth.magnitude(entry) for entry in falling)
        return sentence.say("，").extend(_end(view, growth, "降幅最大的是", deepest))
    named = [
        Sentence(view.name(entry.park_id)).figure(entry.value, direction_words(entry.value))
        for entry in falling
        if entry.value is not None
    ]
    return sentence.say("：").extend(Sentence.join(named, "、"))


def _risen(view: ComparisonView, growth: IndicatorComparison, rising: Sequence[Entry]) -> Sentence:
    if not rising:
        return Sentence()
    fastest = _end(view, growth, "增速最高的是", growth.magnitude(rising[-1]))
    return Sentence(f"{len(rising)}个同比增长，").extend(fastest)


def _counted(growth: IndicatorComparison) -> Sentence:
    """6个可比园区中3个同比增长、3个同比下降，."""
    counted = [(len(_moved(growth, sign)), what) for sign, what in ((1, "增长"), (-1, "下降"), (0, "持平"))]
    whole = next((what for number, what in counted if number == len(growth.ranked)), "")
    told = "、".join(f"{number}个同比{what}" for number, what in counted if number)
    return Sentence(f"{len(growth.ranked)}个可比园区{f'均同比{whole}' if whole else f'中{told}'}，")


def total_sentence(view: ComparisonView, indicator: Indicator, *, named: bool = False) -> Sentence:
    """The total and its growth as published; empty when there is none."""
    total = view.total(indicator, Transformation.LEVEL)
    if total is None:
        return Sentence()
    value = published(total, indicator)
    sentence = Sentence(f"{view.total_name}{f'：{indicator.label_zh}' if named else ''}")
    sentence.figure(value, value_text(value)).say(bracketed(unit_mark([total])))
    rate = view.total(indicator, Transformation.GROWTH)
    if rate is not None:
        shown = published(rate, indicator)
        sentence.say("，同比").figure(shown, direction_words(shown))
    return sentence


def _extremes(
    view: ComparisonView, compared: IndicatorComparison, *, lowest_first: bool = False, mark: str = ""
) -> Sentence:
    """The largest and the smallest, whichever way is better; parks that share an end are all named."""
    word = "增速" if compared.transformation is Transformation.GROWTH else "数值"
    sizes = [compared.magnitude(entry) for entry in compared.ranked]
    if max(sizes) == min(sizes):
        first = compared.ranked[0].value
        same = Sentence(f"{len(sizes)}个可比园区{word}相同，均为" if word == "数值" else f"{word}相同，均")
        return same.figure(first, _show(compared)(first)).say(bracketed(mark)) if first is not None else same
    ends = [("最高", max(sizes)), ("最低", min(sizes))]
    (one, size), (other, rest) = ends[::-1] if lowest_first else ends
    sentence = _end(view, compared, f"{word}{one}的是", size, mark)
    return sentence.say("；").extend(_end(view, compared, f"{other}的是", rest))


def _end(view: ComparisonView, compared: IndicatorComparison, opening: str, size: Decimal, mark: str = "") -> Sentence:
    """数值最高的是甲，为18351.5亿元; 甲、乙，均为 where two share it."""
    there = [entry for entry in compared.ranked if compared.magnitude(entry) == size and entry.value is not None]
    joint = "均" if len(there) > 1 else ""
    joint += "" if compared.transformation is Transformation.GROWTH else "为"
    sentence = Sentence(f"{opening}{'、'.join(view.name(entry.park_id) for entry in there)}，{joint}")
    value = there[0].value
    return sentence if value is None else sentence.figure(value, _show(compared)(value)).say(bracketed(mark))


def _show(compared: IndicatorComparison) -> Callable[[IndicatorValue], str]:
    return direction_words if compared.transformation is Transformation.GROWTH else value_text
