"""An item's rule in words, for whoever reads the framework without its file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from parkbook.comparison.scoring.result import figure
from parkbook.comparison.scoring.rule_schema import (
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
)
from parkbook.comparison.scoring.schema import Item


def rule_words(item: Item) -> str:
    """The rule, with cap and floor; what is wanted when there is none."""
    if item.rule is None:
        return item.rule_note or "计分方法未取得"
    words = _WORDS[type(item.rule)](item.rule, item)
    return words + _bound(item.cap, "封顶") + _bound(item.floor, "保底")


def _bound(bound: Bound | None, name: str) -> str:
    if bound is None:
        return ""
    if bound.points is not None:
        return f"，{name}{figure(bound.points)}分"
    return f"，{name}为权重的{figure(bound.times_weight)}倍" if bound.times_weight is not None else ""


def _min_max(rule: MinMax, item: Item) -> str:
    if item.direction == "lower":
        return "（最大值 − 值）÷（最大值 − 最小值）× 权重，截在0与1之间"
    return "（值 − 最小值）÷（最大值 − 最小值）× 权重，截在0与1之间"


def _efficacy(rule: Efficacy, item: Item) -> str:
    rest = 100 - rule.start
    part = "（最大值 − 值）" if item.direction == "lower" else "（值 − 最小值）"
    return f"权重 × [{figure(rule.start)} + {figure(rest)} × {part}÷（最大值 − 最小值）] ÷ 100"


def _ratio(rule: Ratio, item: Item) -> str:
    if rule.base is not None:
        return f"值 ÷ 基准值{figure(rule.base)} × 权重"
    base = {"mean": "参评单位平均值", "best": "参评单位最高值", None: "基准值（随数据给出）"}[rule.peers]
    return f"值 ÷ {base} × 权重"


def _bins(rule: Bins, item: Item) -> str:
    steps = []
    for step in rule.bins:
        low = "" if step.low is None else ("≥" if step.low_included else ">") + figure(step.low)
        high = "" if step.high is None else ("≤" if step.high_included else "<") + figure(step.high)
        steps.append(f"{'且'.join(filter(None, (low, high))) or '其他'} {figure(step.points)}分")
    return "分档：" + "；".join(steps)


def _hold(rule: Hold, item: Item) -> str:
    if rule.at_base is not None:
        start = f"{figure(rule.at_base)}分"
    else:
        start = f"权重的{figure((rule.at_base_share or Decimal(0)) * 100)}%"
    base = (
        "持平"
        if rule.measure == "growth"
        else f"达到{figure(rule.base) if rule.base is not None else '基准值'}{item.unit}"
    )
    unit = "%" if rule.measure == "growth" else "个百分点" if item.unit == "%" else item.unit
    whole = "，不足一档不计" if rule.whole_steps else ""
    below = {
        "deduct": "加（减）",
        "zero": "加",
        "undefined": "加",
    }[rule.below_base]
    tail = {"deduct": "", "zero": "，未达0分", "undefined": "，未达的分值未载"}[rule.below_base]
    verb = "增（减）" if rule.below_base == "deduct" else "增"
    return f"{base}得{start}，每{verb}{figure(rule.step)}{unit}{below}{figure(rule.per_step)}分{whole}{tail}"


def _rank(rule: RankStep, item: Item) -> str:
    return f"按位次，第1名满分，每差一名减{figure(rule.step)}分"


def _completion(rule: Completion, item: Item) -> str:
    target = "目标值" if rule.target is None else f"目标值{figure(rule.target)}"
    return f"值 ÷ {target} × 权重"


def _count(rule: Count, item: Item) -> str:
    return f"每{item.unit or '1'}{figure(rule.points)}分"


def _reverse(rule: ReverseRatio, item: Item) -> str:
    mean = "参评单位平均值" if rule.base is None else f"平均值{figure(rule.base)}"
    return f"（2 − 值 ÷ {mean}）× 权重，达到平均值2倍及以上得0分"


def _sort(rule: SortOnly, item: Item) -> str:
    return "不计分，直接按数值排序"


_WORDS: dict[type, Callable[[Any, Item], str]] = {
    MinMax: _min_max,
    Efficacy: _efficacy,
    Ratio: _ratio,
    Bins: _bins,
    Hold: _hold,
    RankStep: _rank,
    Completion: _completion,
    Count: _count,
    ReverseRatio: _reverse,
    SortOnly: _sort,
}
