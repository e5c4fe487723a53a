"""The rule families: what one value of one item scores, in points or as a share of the weight, and in words.

Each takes the value, what comes with it and the peers' values (this one among them), and gives an `Outcome`; one that cannot be computed
gives the reason instead. Nothing is clipped that the rule does not clip.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from parkbook.comparison.scoring.result import Cell, figure
from parkbook.comparison.scoring.rule_schema import (
    Bin,
    Bins,
    Bound,
    Completion,
    Count,
    Efficacy,
    Hold,
    MinMax,
    RankStep,
    Ratio,
    ReverseRatio,
    SortOnly,
    WhenEqual,
)
from parkbook.comparison.scoring.schema import Item

ONE, HUNDRED = Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`points` of their own, or a `fraction` of the weight less `deducted` points; neither when `reason` says why."""

    points: Decimal | None = None
    fraction: Decimal | None = None
    deducted: Decimal = Decimal(0)
    whole_words: bool = False
    """The words hold all of the sum, so that "× weight" is not put behind them."""
    words: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()


class Peers:
    """The values of the units scored together, what is asked of them worked out once."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        self._ordered = sorted(values)

    def __len__(self) -> int:
        return len(self._ordered)

    @property
    def low(self) -> Decimal:
        return self._ordered[0]

    @property
    def high(self) -> Decimal:
        return self._ordered[-1]

    @cached_property
    def mean(self) -> Decimal:
        return mean(self._ordered)

    def below(self, x: Decimal) -> int:
        return bisect_left(self._ordered, x)

    def above(self, x: Decimal) -> int:
        return len(self._ordered) - bisect_right(self._ordered, x)


@dataclass(frozen=True, slots=True)
class Case:
    """A value to be scored: the item, its cell, and the values of the units scored together."""

    item: Item
    x: Decimal
    cell: Cell
    peers: Peers


def score(case: Case) -> Outcome:
    """The outcome of the item's rule."""
    rule = case.item.rule
    if rule is None:
        return Outcome(reason=case.item.rule_note or "计分方法未取得")
    return _FAMILIES[type(rule)](rule, case)


def bounded(value: Decimal, weight: Decimal | None, item: Item) -> tuple[Decimal, str]:
    """A score under the item's cap and over its floor, with the words for it when one of them bites."""
    cap, floor = _limit(item.cap, weight), _limit(item.floor, weight)
    if cap is not None and value > cap:
        return cap, f"，封顶{figure(cap)}分"
    if floor is not None and value < floor:
        return floor, f"，保底{figure(floor)}分"
    return value, ""


def _limit(bound: Bound | None, weight: Decimal | None) -> Decimal | None:
    if bound is None:
        return None
    if bound.points is not None:
        return bound.points
    return bound.times_weight * weight if bound.times_weight is not None and weight is not None else None


# --- distance between bounds ----------------------------------------------------------------------------------------


def _min_max(rule: MinMax, case: Case) -> Outcome:
    part, words, reason = _between(rule.low, rule.high, rule.when_equal, case)
    if part is None:
        return Outcome(reason=reason)
    return Outcome(fraction=part, words=words)


def _efficacy(rule: Efficacy, case: Case) -> Outcome:
    part, words, reason = _between(rule.low, rule.high, rule.when_equal, case)
    if part is None:
        return Outcome(reason=reason)
    rest = HUNDRED - rule.start
    return Outcome(
        fraction=(rule.start + rest * part) / HUNDRED,
        words=f"[{figure(rule.start)} + {figure(rest)} × {words}] ÷ 100",
    )


def _between(
    low: Decimal | None, high: Decimal | None, when_equal: WhenEqual, case: Case
) -> tuple[Decimal | None, str, str]:
    """Where x lies between the bounds, 0 worst and 1 best; a lower-is-better item flips the fraction."""
    low = case.cell.low if case.cell.low is not None else low
    high = case.cell.high if case.cell.high is not None else high
    if (low is None or high is None) and len(case.peers) < 2:
        return None, "", "参评单位不足2个，无法确定最大值和最小值"
    low = case.peers.low if low is None else low
    high = case.peers.high if high is None else high
    if low > high:
        return None, "", f"最小值{figure(low)}大于最大值{figure(high)}"
    if low == high:
        fixed = {"zero": Decimal(0), "full": ONE}.get(when_equal)
        return fixed, f"最大值与最小值同为{figure(low)}", "最大值与最小值相同，分母为零，无法计分"
    span = f"({figure(high)} − {figure(low)})"
    if case.item.direction == "lower":
        part, words = (high - case.x) / (high - low), f"({figure(high)} − {figure(case.x)}) ÷ {span}"
    else:
        part, words = (case.x - low) / (high - low), f"({figure(case.x)} − {figure(low)}) ÷ {span}"
    return min(max(part, Decimal(0)), ONE), words, ""


# --- against a base -------------------------------------------------------------------------------------------------


def _ratio(rule: Ratio, case: Case) -> Outcome:
    notes: tuple[str, ...] = ()
    base, name = case.cell.base, "数据表给出的基准值"
    if base is None and rule.base is not None:
        base, name = rule.base, "基准值"
    elif base is not None and rule.base is not None and base != rule.base:
        notes = (f"基准值用数据表给出的{figure(base)}，文件规定为{figure(rule.base)}",)
    if base is None and rule.peers is not None:
        if len(case.peers) < 2:
            return Outcome(reason="参评单位不足2个，无法确定基准值")
        base = case.peers.high if rule.peers == "best" else case.peers.mean
        name = "参评单位最高值" if rule.peers == "best" else "参评单位平均值"
    if base is None:
        return Outcome(reason="缺基准值")
    if base <= 0:
        return Outcome(reason=f"{name}{figure(base)}不大于零，不能作除数")
    shown = "" if name == "基准值" else f"（{name}）"
    return Outcome(fraction=case.x / base, words=f"{figure(case.x)} ÷ {figure(base)}{shown}", notes=notes)


def _completion(rule: Completion, case: Case) -> Outcome:
    target = case.cell.target if case.cell.target is not None else rule.target
    if target is None:
        return Outcome(reason="缺目标值")
    if target <= 0:
        return Outcome(reason=f"目标{figure(target)}不大于零，不计算完成率")
    return Outcome(fraction=case.x / target, words=f"{figure(case.x)} ÷ 目标{figure(target)}")


def _reverse_ratio(rule: ReverseRatio, case: Case) -> Outcome:
    base = case.cell.base if case.cell.base is not None else rule.base
    if base is None and len(case.peers) < 2:
        return Outcome(reason="参评单位不足2个，无法确定平均值")
    base = case.peers.mean if base is None else base
    if base <= 0:
        return Outcome(reason=f"平均值{figure(base)}不大于零，不能作除数")
    if case.x >= 2 * base:
        return Outcome(fraction=Decimal(0), words=f"0（{figure(case.x)} ≥ 2 × 平均值{figure(base)}）")
    return Outcome(fraction=2 - case.x / base, words=f"(2 − {figure(case.x)} ÷ 平均值{figure(base)})")


def mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


# --- steps, places, counts ------------------------------------------------------------------------------------------


def _bins(rule: Bins, case: Case) -> Outcome:
    held = [step for step in rule.bins if step.holds(case.x)]
    if not held:
        return Outcome(reason=f"{figure(case.x)}不在所列各档之内，规则未载该区间的分值")
    if len(held) > 1 and len({step.points for step in held}) > 1:
        points = "、".join(figure(step.points) for step in held)
        return Outcome(reason=f"{figure(case.x)}同时落入多档（{points}分），规则自相矛盾")
    return Outcome(points=held[0].points, words=f"{figure(case.x)}属“{_ends(held[0])}”档")


def _ends(step: Bin) -> str:
    if step.low is None and step.high is None:
        return "其他"
    if step.low is None:
        return ("≤" if step.high_included else "<") + figure(step.high or Decimal(0))
    if step.high is None:
        return ("≥" if step.low_included else ">") + figure(step.low)
    left, right = ("[" if step.low_included else "("), ("]" if step.high_included else ")")
    return f"{left}{figure(step.low)}, {figure(step.high)}{right}"


def _hold(rule: Hold, case: Case) -> Outcome:
    change, words, reason = _change(rule, case)
    if change is None:
        return Outcome(reason=reason)
    start = f"{figure(rule.at_base)}" if rule.at_base is not None else f"{figure(rule.at_base_share or ONE)} × 权重"
    if change < 0 and rule.below_base == "undefined":
        return Outcome(reason=f"{words}，低于基准的分值规则未载")
    if change < 0 and rule.below_base == "zero":
        return Outcome(points=Decimal(0), words=f"{words}，未达基准")
    steps = change / rule.step
    exact = steps == steps.to_integral_value()
    if rule.whole_steps:
        steps = Decimal(int(steps))
    extra = steps * rule.per_step
    sign = "−" if extra < 0 else "+"
    notes = () if exact or rule.whole_steps else ("不足一档的部分按比例计，原文未载是否计分",)
    shown = f"{words}；{start} {sign} {figure(abs(steps))} × {figure(rule.per_step)}"
    if rule.at_base is not None:
        return Outcome(points=rule.at_base + extra, words=shown, notes=notes)
    return Outcome(fraction=rule.at_base_share, deducted=-extra, whole_words=True, words=shown, notes=notes)


def _change(rule: Hold, case: Case) -> tuple[Decimal | None, str, str]:
    """How far the value is from the base, better counted up, with its words. A growth has been taken already."""
    sign = -1 if case.item.direction == "lower" else 1
    if rule.measure == "growth":
        return case.x * sign, f"比基期{_grown(case.x)}", ""
    base = case.cell.base if case.cell.base is not None else rule.base
    unit = case.item.unit
    if base is None:
        return None, "", "缺基准值"
    return (case.x - base) * sign, f"{figure(case.x)}{unit}比基准{figure(base)}{unit}{_more(case.x - base)}", ""


def _grown(rate: Decimal) -> str:
    return "持平" if rate == 0 else f"{'增长' if rate > 0 else '下降'}{figure(abs(rate))}%"


def _more(difference: Decimal) -> str:
    return "持平" if difference == 0 else f"{'高' if difference > 0 else '低'}{figure(abs(difference))}"


def _rank(rule: RankStep, case: Case) -> Outcome:
    of = ""
    if case.cell.place is not None:
        place = case.cell.place
    elif len(case.peers) < 2:
        return Outcome(reason="参评单位不足2个，无法排位")
    else:
        better = case.peers.below(case.x) if case.item.direction == "lower" else case.peers.above(case.x)
        place, of = Decimal(better + 1), f"（{len(case.peers)}个单位）"
    if place < 1 or place != place.to_integral_value():
        return Outcome(reason=f"位次{figure(place)}不是正整数")
    words = f"第{figure(place)}位{of}，满分 − {figure(rule.step)} × ({figure(place)} − 1)"
    return Outcome(fraction=ONE, deducted=rule.step * (place - 1), whole_words=True, words=words)


def _count(rule: Count, case: Case) -> Outcome:
    return Outcome(points=case.x * rule.points, words=f"{figure(case.x)} × {figure(rule.points)}分")


def _sort(rule: SortOnly, case: Case) -> Outcome:
    return Outcome(reason="该栏目不计分，直接按数值排序")


_FAMILIES: dict[type, Callable[[Any, Case], Outcome]] = {
    MinMax: _min_max,
    Efficacy: _efficacy,
    Ratio: _ratio,
    Completion: _completion,
    ReverseRatio: _reverse_ratio,
    Bins: _bins,
    Hold: _hold,
    RankStep: _rank,
    Count: _count,
    SortOnly: _sort,
}
