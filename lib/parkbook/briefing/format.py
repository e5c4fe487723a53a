"""Figures as the page shows them: published ones as printed, computed ones rounded half up, once.

Signs are words in sentences (增长, 下降) and ▲▼ in tables; a masked figure is named as masked and never a number.
"""

from __future__ import annotations

from decimal import Decimal

from parkbook.codelists import label_zh
from parkbook.indicators.growth import times_grown
from parkbook.indicators.rounding import decimals, half_up
from parkbook.model import Comparison, IndicatorValue, Observation, ObsStatus, Qualifier, Transformation
from parkbook.periods import Basis
from parkbook.units import Unit, dimension

DASH = "—"
PREFIXES = {Qualifier.ABOUT: "约", Qualifier.ABOVE: "超", Qualifier.BELOW: "近"}
COMPARED_WITH = {
    Comparison.YOY: "同比",
    Comparison.MOM: "环比",
    Comparison.AVG_N: "年均",
    Comparison.VS_BASE: "较基期",
    Comparison.VS_REGION: "较全域",
}


def plain(value: Decimal) -> str:
    """A decimal as printed, never in exponent form."""
    return format(value, "f")


def unit_words(unit: Unit) -> str:
    """个百分点 is how 百分点 is said behind a number."""
    return {"百分点": "个百分点", "名次": "位", "无量纲": ""}.get(str(unit), str(unit))


def number_text(value: IndicatorValue) -> str:
    """The bare number: as printed, or a computed one rounded for its kind."""
    if value.value is None:
        return ""
    return plain(half_up(value.value, _places(value)) if value.computed else value.value)


def _places(value: IndicatorValue) -> int:
    if value.transformation is Transformation.LEVEL or _amount_of_change(value):
        return _level_places(value)
    if value.transformation is Transformation.RATIO:
        return 1 if value.unit.measure == "%" else _ratio_places(value.value)
    first = value.inputs[0]
    if value.transformation is Transformation.CHANGE and first.transformation is Transformation.COMPLETION:
        whole = value.period.end is not None and value.period.end.month == 12  # 140% less 100% is 40, not 40.0
        return decimals(first.obs_value) if whole and first.obs_value is not None else 1
    return 1


def _level_places(value: IndicatorValue) -> int:
    """As many decimals as the inputs have; a count or median of rows, whose inputs are of other kinds, has its own: 57, 104.5."""
    like = [o for o in value.inputs if o.obs_value is not None and dimension(o.unit) == dimension(value.unit)]
    if like:
        return max(printed_places(o, value.unit) for o in like)
    return min(1, decimals(value.value.normalize())) if value.value is not None else 0


def _ratio_places(value: Decimal | None) -> int:
    """A quotient has no printed decimals of its own: one from 100 on, two from 1 on, three below."""
    size = abs(value) if value is not None else Decimal(0)
    return 1 if size >= 100 else 2 if size >= 1 else 3


def _amount_of_change(value: IndicatorValue) -> bool:
    """A change in the unit of the figures it is taken from, not in 个百分点."""
    return value.transformation is Transformation.CHANGE and value.unit.measure == value.inputs[0].unit.measure != "%"


def printed_places(observation: Observation, unit: Unit) -> int:
    """Decimals of a published figure, said in another unit of its kind: 597777万元 has four in 亿元."""
    printed = decimals(observation.obs_value) if observation.obs_value is not None else 0
    same = observation.unit.measure == unit.measure
    return max(0, printed + unit.mult - observation.unit.mult) if same else printed


def value_text(value: IndicatorValue | None, *, absolute: bool = False) -> str:
    """A figure with its unit and qualifier: 1769.6亿元, 超1.2亿次, 85%以上; words for the status when it is none."""
    if value is None:
        return DASH
    observation = value.inputs[0] if value.inputs and not value.computed else None
    if value.value is None:
        return _without_number(value)
    number = number_text(value)
    if absolute:
        number = number.removeprefix("-")
    return qualified(number + unit_words(value.unit), observation)


def marked_text(value: IndicatorValue | None) -> str:
    """The same for cards and tables, where no sentence says that a published figure is a forecast: 62.3亿元（预计）."""
    return value_text(value) + foreseen_words(value)


def marked_arrow(value: IndicatorValue | None) -> str:
    """A rate in a table with what it is: ▲22.6%（预计）."""
    return arrow_text(value) + foreseen_words(value)


def foreseen_words(value: IndicatorValue | None) -> str:
    """（预计） behind a published figure that the source itself calls a forecast."""
    foreseen = value is not None and not value.computed and value.status is ObsStatus.ESTIMATED
    return "（预计）" if foreseen and value is not None and (value.is_number or value.low is not None) else ""


def qualified(text: str, observation: Observation | None) -> str:
    """The figure with 约, 超, 近 as the source has them; 以上 stays behind the figure."""
    if observation is None or observation.qualifier in (Qualifier.EXACT, Qualifier.RANGE):
        return text
    if observation.qualifier is Qualifier.ABOVE and "以上" in observation.source_text:
        return f"{text}以上"
    return PREFIXES[observation.qualifier] + text


def _without_number(value: IndicatorValue) -> str:
    if value.low is not None and value.high is not None:
        unit = unit_words(value.unit)
        if (value.low, value.high) == (Decimal(10), Decimal(100)) and unit == "%":
            return "两位数"
        return f"{plain(value.low)}—{plain(value.high)}{unit}"
    return label_zh(value.status)


def direction_words(value: IndicatorValue) -> str:
    """增长38.8%, 下降8.2%, 持平; 倍 as published, and for computed rates of 100% and more."""
    if value.value is None:
        return value_text(value)
    if value.value == 0:
        return "持平"
    verb = _verb(value)
    if value.computed and value.transformation is Transformation.GROWTH and value.value >= 100:
        return f"{verb}{plain(half_up(times_grown(value.value), 1))}倍"
    observation = value.inputs[0] if not value.computed else None
    return verb + qualified(number_text(value).removeprefix("-") + unit_words(value.unit), observation)


def _verb(value: IndicatorValue) -> str:
    up = value.value is not None and value.value > 0
    if value.transformation is Transformation.CHANGE and value.unit.measure == "百分点":
        return "提高" if up else "降低"
    if value.transformation is Transformation.CHANGE:
        return "增加" if up else "减少"
    return "增长" if up else "下降"


def arrow_text(value: IndicatorValue | None) -> str:
    """For tables: ▲38.8%, ▼8.2%, 持平; published 倍 as printed."""
    if value is None:
        return DASH
    if value.value is None:
        return value_text(value)
    if value.value == 0:
        return "持平"
    return ("▲" if value.value > 0 else "▼") + value_text(value, absolute=True)


def compared_words(value: IndicatorValue) -> str:
    """同比, 环比, 比2019年 …"""
    base = value.inputs[0].base_period if value.inputs else ""
    if value.computed and value.period.basis is Basis.POINT and value.period.end is not None:
        return "较上年末" if value.period.end.month == 12 else "较上年同期末"
    if value.comparison is Comparison.VS_BASE and base:
        return f"比{base}"
    return COMPARED_WITH[value.comparison] if value.comparison else ""
