"""Step 6: one score. A `Kernel` holds what does not change with the weights, so that ten thousand sets of weights are one product.

arithmetic  sum(w x)                                 a weak side is made good by a strong one
geometric   exp(sum(w ln x)), x > 0                  less so
topsis      d- / (d+ + d-), Euclidean to the worst and to the best of each column; an added park can turn ranks round
gra         sum(w (min + rho max) / (delta + rho max)), delta the distance to the best of each column; with goalposts max is
            their width, else the largest distance there is (then a better worst figure can lower a park's own score)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parkbook.comparison.composite.matrix import CompositeError, Floats, Matrix
from parkbook.comparison.composite.recipe import Aggregate, Recipe

WORDS = {
    "arithmetic": "加权算术平均",
    "geometric": "加权几何平均",
    "topsis": "TOPSIS（与最优、最劣方案的相对距离，乘以100）",
    "gra": "灰色关联度（乘以100）",
}


@dataclass(frozen=True)
class Kernel:
    """`scores(w)` for weights (indicators) or (indicators x draws): (parks) or (parks x draws), 0 to 100 for topsis and gra."""

    method: str
    first: Floats
    second: Floats

    def scores(self, weights: Floats) -> Floats:
        result: Floats
        if self.method == "topsis":
            square = weights**2
            best, worst = np.sqrt(self.first @ square), np.sqrt(self.second @ square)
            result = 100 * worst / (best + worst)
        elif self.method == "geometric":
            result = np.exp(self.first @ weights)
        else:
            result = self.first @ weights
        return result


def kernel(matrix: Matrix, recipe: Recipe) -> Kernel:
    """The kernel of a normalised matrix without gaps; CompositeError where the method does not work on it."""
    values, how = matrix.values, recipe.aggregate
    if np.isnan(values).any():
        raise CompositeError(
            "有缺数，不能合成", where="综合指数的合成", remedy="先插补，或把 aggregate.missing 设为 available"
        )
    if how.method == "geometric":
        _require_positive(matrix)
        return Kernel("geometric", np.log(values), values[:0])
    if how.method == "topsis":
        return Kernel("topsis", (values.max(axis=0) - values) ** 2, (values - values.min(axis=0)) ** 2)
    if how.method == "gra":
        away = values.max(axis=0) - values
        if away.max() <= 0:
            raise CompositeError("各园区完全相同，不能用灰色关联", where="综合指数的合成", remedy="核对数据")
        fixed = recipe.normalise.method == "goalposts"
        far = how.rho * (recipe.normalise.high - recipe.normalise.low if fixed else away.max())
        return Kernel("gra", 100 * (away.min() + far) / (away + far), values[:0])
    return Kernel("arithmetic", values, values[:0])


def scores_of_available(matrix: Matrix, weights: Floats, how: Aggregate) -> Floats:
    """Means over the indicators a park has, their weights scaled to 1; NaN for a park without any weight."""
    if how.method in ("topsis", "gra"):
        raise CompositeError(
            f"有缺数，不能用{WORDS[how.method]}", where="综合指数的合成", remedy="先插补，或改用算术平均、几何平均"
        )
    if how.method == "geometric":
        _require_positive(matrix)
    values = np.log(matrix.values) if how.method == "geometric" else matrix.values
    present = ~np.isnan(values)
    total = present @ weights
    sums = np.where(present, values, 0.0) @ weights
    means = np.divide(sums, total, out=np.full(len(total), np.nan), where=total > 0)
    result: Floats = np.exp(means) if how.method == "geometric" else means
    return result


def _require_positive(matrix: Matrix) -> None:
    flags = matrix.values <= 0
    if flags.any():
        row, column = np.argwhere(flags)[0]
        raise CompositeError(
            "标准化后有零或负数，不能用几何平均",
            where=f"{matrix.park_name(int(row))}的{matrix.indicators[int(column)].name}",
            expected="全部为正数",
            found=f"{matrix.values[row, column]:g}",
            cause="极差法使最差的园区得零分",
            remedy="把 normalise.low 设为大于零的数（如 1），或改用功效系数法",
        )
