"""Step 1: parks and indicators with too few figures leave, and indicators without differences are refused or leave."""

from __future__ import annotations

import numpy as np

from parkbook.comparison.composite.log import Step
from parkbook.comparison.composite.matrix import CompositeError, Flags, Matrix
from parkbook.comparison.composite.recipe import Screen


def screen(matrix: Matrix, how: Screen) -> tuple[Matrix, tuple[Step, ...]]:
    """IndicatorColumn first, then parks by the indicators that stay, then indicators that are constant over what is left."""
    steps: list[Step] = []
    percent = f"{how.threshold * 100:g}%"
    if how.by in ("both", "indicators"):
        keep = _enough(matrix, how.threshold, axis=0)
        steps += _left_out_indicators(matrix, keep, f"有数的园区不足{percent}")
        matrix = matrix.columns(np.flatnonzero(keep).tolist())
    if how.by in ("both", "parks"):
        keep = _enough(matrix, how.threshold, axis=1)
        parks = tuple(park for park, kept in zip(matrix.parks, keep, strict=True) if not kept)
        names = "、".join(matrix.park_name(int(row)) for row in np.flatnonzero(~keep))
        if parks:
            steps.append(Step("screen", f"{names}有数的指标不足{percent}，不参加计算", parks=parks))
        matrix = matrix.rows(np.flatnonzero(keep).tolist())
    _require_some(matrix)
    varying = ~constant_columns(matrix)
    if not varying.all() and how.constant == "refuse":
        names = "、".join(c.name for c, kept in zip(matrix.indicators, varying, strict=True) if not kept)
        raise CompositeError(
            f"指标“{names}”在各园区的数值相同，不能区分园区",
            where="综合指数的筛选",
            expected="各园区数值有差异的指标",
            remedy="去掉该指标，或在配方中写 screen.constant: drop",
        )
    steps += _left_out_indicators(matrix, varying, "在各园区的数值相同，不能区分园区")
    matrix = matrix.columns(np.flatnonzero(varying).tolist())
    _require_some(matrix)
    kept = f"{len(matrix.parks)}个园区、{len(matrix.indicators)}项指标参加计算"
    return matrix, (*steps, Step("screen", kept, matrix.parks, matrix.ids))


def _enough(matrix: Matrix, threshold: float, axis: int) -> Flags:
    """Columns (axis 0) or rows (axis 1) whose share of figures reaches the threshold; one without any never does."""
    present = ~np.isnan(matrix.values)
    share = present.mean(axis=axis) if present.shape[axis] else np.zeros(present.shape[1 - axis])
    enough: Flags = (share >= threshold - 1e-12) & (share > 0)
    return enough


def constant_columns(matrix: Matrix) -> Flags:
    """Columns whose figures are all the same, up to the precision of floating point."""
    flags = np.zeros(len(matrix.indicators), dtype=np.bool_)
    for j in range(len(flags)):
        column = matrix.values[:, j]
        known = column[~np.isnan(column)]
        flags[j] = known.size > 0 and bool(np.ptp(known) <= 1e-12 * np.abs(known).max())
    return flags


def _left_out_indicators(matrix: Matrix, keep: Flags, why: str) -> list[Step]:
    out = [column for column, kept in zip(matrix.indicators, keep, strict=True) if not kept]
    if not out:
        return []
    names = "、".join(column.name for column in out)
    return [Step("screen", f"{names}{why}，不参加计算", indicators=tuple(column.id for column in out))]


def _require_some(matrix: Matrix) -> None:
    if len(matrix.parks) < 2 or not matrix.indicators:
        raise CompositeError(
            "筛选后园区不足2个或没有指标，不能计算综合指数",
            expected="至少2个园区、1项有数的指标",
            found=f"{len(matrix.parks)}个园区、{len(matrix.indicators)}项指标",
            remedy="补充数据，或降低 screen.threshold",
        )
