"""Formula families of the catalogue: what an indicator's `formula` names, computed in one place.

    share          numerator / denominator, in %
    share_of_sum   (numerator + numerator_2 …) / denominator, in %
    ratio          numerator / denominator, in the indicator's own unit (万元/家)
    difference     minuend - subtrahend, in the indicator's own unit

Arguments are indicators of the park itself. All of them must end in the same month of the same year (a stock at the end of a
cumulative period goes with it); a missing, masked or withheld argument leaves the value absent, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from parkbook.catalogue import Catalogue, Indicator
from parkbook.errors import DataError, did_you_mean
from parkbook.indicators.figures import FigureIndex, answering
from parkbook.indicators.formulas import PERCENT, published
from parkbook.indicators.register_rows import derived
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.periods import Basis, Period
from parkbook.units import Unit, convert, dimension, parse_unit

Arguments = Mapping[str, Observation]


@dataclass(frozen=True, slots=True)
class Result:
    """What a family makes of its arguments; `absent` says why there is no number."""

    value: Decimal | None
    unit: Unit
    transformation: Transformation
    absent: str = ""


def share(indicator: Indicator, arguments: Arguments) -> Result:
    top, bottom = arguments["numerator"], arguments["denominator"]
    return _share(_number(top), top, bottom)


def share_of_sum(indicator: Indicator, arguments: Arguments) -> Result:
    tops = [o for name, o in arguments.items() if name.startswith("numerator")]
    if any(dimension(o.unit) != dimension(tops[0].unit) for o in tops):
        return Result(None, PERCENT, Transformation.SHARE, "各分子计量单位不同类")
    total = sum((convert(_number(o), o.unit, tops[0].unit) for o in tops), Decimal(0))
    return _share(total, tops[0], arguments["denominator"])


def _share(top: Decimal, like: Observation, bottom: Observation) -> Result:
    if dimension(like.unit) != dimension(bottom.unit):
        return Result(None, PERCENT, Transformation.SHARE, "分子、分母计量单位不同类")
    base = convert(_number(bottom), bottom.unit, like.unit)
    if base <= 0:
        return Result(None, PERCENT, Transformation.SHARE, "分母为零")
    return Result(top / base * 100, PERCENT, Transformation.SHARE)


def ratio(indicator: Indicator, arguments: Arguments) -> Result:
    unit = indicator.parsed_unit
    above, _, below = unit.measure.partition("/")
    top, bottom = arguments["numerator"], arguments["denominator"]
    over, under = Unit(parse_unit(above).measure, unit.mult), parse_unit(below)
    if dimension(over) != dimension(top.unit) or dimension(under) != dimension(bottom.unit):
        return Result(None, unit, Transformation.RATIO, f"分子、分母的计量单位不能得出{unit}")
    base = convert(_number(bottom), bottom.unit, under)
    if base <= 0:
        return Result(None, unit, Transformation.RATIO, "分母为零")
    return Result(convert(_number(top), top.unit, over) / base, unit, Transformation.RATIO)


def difference(indicator: Indicator, arguments: Arguments) -> Result:
    whole, part, unit = arguments["minuend"], arguments["subtrahend"], indicator.parsed_unit
    if dimension(whole.unit) != dimension(part.unit) or dimension(whole.unit) != dimension(unit):
        return Result(None, unit, Transformation.LEVEL, "被减数、减数计量单位不同类")
    value = convert(_number(whole), whole.unit, unit) - convert(_number(part), part.unit, unit)
    return Result(value, unit, Transformation.LEVEL)


def _number(observation: Observation) -> Decimal:
    """Arguments are numbers by the time a family sees them."""
    return observation.obs_value if observation.obs_value is not None else Decimal(0)


@dataclass(frozen=True, slots=True)
class Family:
    """A function and the arguments it must be given; `more` allows numbered ones beside them (numerator_2)."""

    compute: Callable[[Indicator, Arguments], Result]
    arguments: tuple[str, ...]
    sign: str
    more: str = ""


FAMILIES: dict[str, Family] = {
    "share": Family(share, ("numerator", "denominator"), "÷"),
    "share_of_sum": Family(share_of_sum, ("numerator", "denominator"), "÷", "numerator"),
    "ratio": Family(ratio, ("numerator", "denominator"), "÷"),
    "difference": Family(difference, ("minuend", "subtrahend"), "−"),
}


def family_of(indicator: Indicator) -> Family:
    """The family an indicator's formula names; DataError when there is none of that name, or its arguments are others."""
    formula = indicator.formula
    name = formula.family if formula is not None else ""
    if formula is None or name not in FAMILIES:
        raise DataError(
            f"指标“{indicator.id}”的公式族“{name}”没有实现",
            expected="、".join(FAMILIES),
            cause=did_you_mean(name, FAMILIES),
            remedy="改用已实现的公式族",
        )
    family = FAMILIES[name]
    given = set(formula.arguments)
    extra = {a for a in given - set(family.arguments) if not (family.more and a.startswith(f"{family.more}_"))}
    if extra or not set(family.arguments) <= given:
        raise DataError(
            f"指标“{indicator.id}”的公式参数不合公式族“{name}”",
            expected="、".join(family.arguments),
            found="、".join(sorted(given)),
            remedy="按 indicators.families 的说明修改参数",
        )
    return family


def formula_words(indicator: Indicator, catalogue: Catalogue) -> str:
    """政策资金兑付额 ÷ 政策资金年度预算."""
    family = family_of(indicator)
    arguments = indicator.formula.arguments if indicator.formula is not None else {}
    tops = [catalogue.get(i).label_zh for name, i in arguments.items() if name != family.arguments[-1]]
    bottom = catalogue.get(arguments[family.arguments[-1]]).label_zh
    joined = f"（{' + '.join(tops)}）" if len(tops) > 1 else tops[0]
    return f"{joined} {family.sign} {bottom}"


@dataclass(frozen=True, slots=True)
class Derived:
    """An indicator computed by its formula, beside what is printed of it for the same period (None where nothing is)."""

    indicator: Indicator
    value: IndicatorValue | None
    arguments: tuple[tuple[str, Observation | None], ...]
    printed: IndicatorValue | None
    absent: str = ""


def compute_formula(indicator: Indicator, index: FigureIndex, catalogue: Catalogue, period: Period | None) -> Derived:
    """The formula on the park's own figures of the period."""
    family = family_of(indicator)
    named = indicator.formula.arguments if indicator.formula is not None else {}
    found = {name: own_level(index, argument, period) for name, argument in named.items()}
    listed = tuple(found.items())
    printed_figure = own_level(index, indicator.id, period)
    printed = published(printed_figure, indicator) if printed_figure is not None else None
    missing = [catalogue.get(named[name]).label_zh for name, o in found.items() if o is None or not o.is_number]
    arguments = {name: o for name, o in found.items() if o is not None and o.is_number}
    if missing:
        return Derived(indicator, None, listed, printed, f"缺{'、'.join(missing)}")
    ends = {o.period.end for o in arguments.values()}
    if len(ends) != 1 or not _same_span(arguments):
        return Derived(indicator, None, listed, printed, "各项的报告期不同")
    result = family.compute(indicator, arguments)
    if result.value is None:
        return Derived(indicator, None, listed, printed, result.absent)
    inputs = list(arguments.values())
    flow = next((o.period for o in inputs if o.period.basis is not Basis.POINT), inputs[0].period)
    value = derived(
        indicator.label_zh,
        result.value,
        result.unit,
        result.transformation,
        formula_words(indicator, catalogue),
        inputs,
        period=flow,
        indicator_id=indicator.id,
    )
    return Derived(indicator, value, listed, printed)


def _same_span(arguments: Arguments) -> bool:
    """Flows of one span; a stock at their end goes with them."""
    spans = {o.period.key for o in arguments.values() if o.period.basis is not Basis.POINT}
    return len(spans) <= 1


def own_level(index: FigureIndex, indicator_id: str, period: Period | None) -> Observation | None:
    """The park's own level of an indicator in the period, in whatever scope is not narrowed; None where nothing answers."""
    levels = [o for o in index.of_indicator(indicator_id, Transformation.LEVEL) if not o.subject and not o.scope]
    return answering([o for o in levels if o.period.basis is not Basis.MONTH], period)


def derived_indicators(index: FigureIndex, catalogue: Catalogue, period: Period | None) -> list[Derived]:
    """Every indicator with a formula of which the park has at least one argument, in catalogue order."""
    computed = [compute_formula(i, index, catalogue, period) for i in catalogue if i.formula is not None]
    return [one for one in computed if any(o is not None for _, o in one.arguments)]
