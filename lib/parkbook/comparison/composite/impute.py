"""Step 2: gaps. They stay gaps unless the recipe says how to fill them; each filled one is listed."""

from __future__ import annotations

import numpy as np

from parkbook.comparison.composite.log import Change, Step
from parkbook.comparison.composite.matrix import CompositeError, Floats, Matrix
from parkbook.comparison.composite.recipe import Impute

WORDS = {
    "mean": "各园区平均数",
    "median": "各园区中位数",
    "group_mean": "同组园区平均数",
    "group_median": "同组园区中位数",
}


def impute(matrix: Matrix, how: Impute) -> tuple[Matrix, tuple[Step, ...]]:
    """Fill gaps with the mean or median of the parks, or of the park's own group, of the same period."""
    gaps = np.argwhere(np.isnan(matrix.values))
    if how.method == "none" or not len(gaps):
        words = f"有{len(gaps)}个缺数，未插补" if len(gaps) else "没有缺数"
        return matrix, (Step("impute", words),)
    if how.method.startswith("group") and not matrix.groups:
        raise CompositeError(
            "按组插补，但园区没有分组", where="综合指数的插补", remedy="给出园区分组，或改用 mean、median、none"
        )
    values = matrix.values.copy()
    changes = []
    for row, column in gaps:
        filled = _fill(matrix, int(row), int(column), how.method)
        values[row, column] = filled
        changes.append(Change(matrix.parks[row], matrix.indicators[column].id, None, filled))
    words = f"{len(changes)}个缺数以{WORDS[how.method]}代替，占全部{values.size}个数的{100 * len(changes) / values.size:.1f}%"
    parks = tuple(dict.fromkeys(change.park for change in changes))
    return matrix.with_values(values), (Step("impute", words, parks, changes=tuple(changes), warning=True),)


def _fill(matrix: Matrix, row: int, column: int, method: str) -> float:
    same = np.ones(len(matrix.parks), dtype=np.bool_)
    if matrix.periods:
        same &= np.array([period == matrix.periods[row] for period in matrix.periods])
    if method.startswith("group"):
        same &= np.array([group == matrix.groups[row] for group in matrix.groups])
    known: Floats = matrix.values[same, column]
    known = known[~np.isnan(known)]
    if not known.size:
        raise CompositeError(
            f"{matrix.park_name(row)}的{matrix.indicators[column].name}无从插补",
            where="综合指数的插补",
            cause="同组或同期没有一个园区有这项数",
            remedy="补充数据，或改用 mean、median、none",
        )
    return float(known.mean() if method.endswith("mean") else np.median(known))
