"""Step 4: one direction and one scale. A lower-is-better figure is turned by flipping its fraction (1 - f), never by 1/x."""

from __future__ import annotations

import numpy as np

from parkbook.comparison.composite.log import Step
from parkbook.comparison.composite.matrix import CompositeError, Floats, Matrix
from parkbook.comparison.composite.recipe import Normalise

WORDS = {
    "minmax": "极差法（最小值到最大值）",
    "zscore": "标准差法（Z 分数）",
    "rank": "名次法",
    "percentile": "百分位法",
    "distance": "目标距离法",
    "goalposts": "固定上下限法",
    "efficacy": "功效系数法",
}


def normalise(matrix: Matrix, how: Normalise) -> tuple[Matrix, tuple[Step, ...]]:
    """Every column on one scale, better is more; a panel in each period by itself unless `pooled`."""
    values = matrix.values.copy()
    periods = np.array(matrix.periods or ("",) * len(matrix.parks))
    blocks = [periods == periods] if how.pooled else [periods == period for period in dict.fromkeys(periods)]
    bounds: list[tuple[str, float]] = []
    for j, indicator in enumerate(matrix.indicators):
        for rows in blocks:
            known = rows & ~np.isnan(values[:, j])
            if not known.any():
                continue
            column = matrix.values[known, j]
            values[known, j] = _scaled(column, indicator.id, indicator.name, indicator.higher, how)
            bounds += [
                (f"{indicator.name}最小值", float(column.min())),
                (f"{indicator.name}最大值", float(column.max())),
            ]
    lower = "、".join(indicator.name for indicator in matrix.indicators if not indicator.higher)
    words = WORDS[how.method] + (f"，{how.floor:g}分起" if how.method == "efficacy" else "")
    if how.method in ("minmax", "percentile", "goalposts", "distance"):
        words += f"，化为{how.low:g}至{how.high:g}分"
    if matrix.periods and len(set(matrix.periods)) > 1:
        words += "，各期合并定标" if how.pooled else "，各期分别定标，得分不能跨期比较"
    words += f"；逆向指标（{lower}）按1减去所占比例换向" if lower else ""
    return matrix.with_values(values), (Step("normalise", words, indicators=matrix.ids, numbers=tuple(bounds)),)


def _scaled(column: Floats, identifier: str, name: str, higher: bool, how: Normalise) -> Floats:
    """One column's figures without gaps."""
    if how.method == "zscore":
        spread = float(column.std(ddof=1)) if column.size > 1 else 0.0
        _require_spread(spread, name, column)
        scores: Floats = (column - column.mean()) / spread * (1 if higher else -1)
        return scores
    if how.method in ("rank", "percentile"):
        _require_spread(float(np.ptp(column)), name, column)
        better = (column[:, None] > column[None, :]) == higher
        ties = column[:, None] == column[None, :]
        beaten = (better & ~ties).sum(axis=1) + (ties.sum(axis=1) - 1) / 2
        span = (how.high - how.low) / (column.size - 1)
        score: Floats = beaten + 1 if how.method == "rank" else how.low + beaten * span
        return score
    fraction = _fraction(column, identifier, name, higher, how)
    if how.method == "efficacy":
        return how.floor + fraction * (100 - how.floor)
    return how.low + fraction * (how.high - how.low)


def _fraction(column: Floats, identifier: str, name: str, higher: bool, how: Normalise) -> Floats:
    """Where each figure lies between worst (0) and best (1)."""
    if how.method == "distance":
        return _to_target(column, identifier, name, higher, how)
    low, high = float(column.min()), float(column.max())
    if identifier in how.bounds and how.method in ("goalposts", "efficacy"):
        low, high = how.bounds[identifier]
    elif how.method == "goalposts":
        raise CompositeError(
            f"指标“{name}”没有固定的上下限", where="综合指数的标准化", remedy=f"在 normalise.bounds 中给出 {identifier}"
        )
    _require_spread(high - low, name, column)
    fraction = (column - low) / (high - low)
    if how.method == "goalposts":
        fraction = np.clip(fraction, 0, 1)
    return fraction if higher else 1 - fraction


def _to_target(column: Floats, identifier: str, name: str, higher: bool, how: Normalise) -> Floats:
    """The way from the worst park to the target, at most all of it."""
    if identifier not in how.targets:
        raise CompositeError(
            f"指标“{name}”没有目标值", where="综合指数的标准化", remedy=f"在 normalise.targets 中给出 {identifier}"
        )
    target = how.targets[identifier]
    worst = float(column.min() if higher else column.max())
    way = target - worst if higher else worst - target
    if way <= 0:
        raise CompositeError(
            f"指标“{name}”的目标值不好于最差的园区，算不出距离",
            where="综合指数的标准化",
            expected=f"{'大' if higher else '小'}于 {worst:g}",
            found=f"{target:g}",
            remedy="核对目标值和指标方向",
        )
    gone = column - worst if higher else worst - column
    fraction: Floats = np.minimum(gone / way, 1)
    return fraction


def _require_spread(spread: float, name: str, column: Floats) -> None:
    if spread <= 1e-12 * max(1e-300, float(np.abs(column).max())):
        raise CompositeError(
            f"指标“{name}”在各园区的数值相同，不能标准化",
            where="综合指数的标准化",
            found=f"均为 {column[0]:g}",
            remedy="去掉该指标，或用固定上下限（goalposts）",
        )
