"""Step 3: outliers. A column is treated only when it is both skewed and heavy-tailed, and what was changed is listed.

Skewness and excess kurtosis are the sample ones (with the usual corrections for small n), as spreadsheets and COINr use them.
"""

from __future__ import annotations

import numpy as np

from parkbook.comparison.composite.log import Change, Step
from parkbook.comparison.composite.matrix import CompositeError, Floats, Matrix
from parkbook.comparison.composite.recipe import Treat

FEWEST = 4
"""Kurtosis needs four figures."""


def skewness(column: Floats) -> float:
    """Adjusted Fisher-Pearson skewness; 0 for a column without differences."""
    n = column.size
    deviations = column - column.mean()
    second = float((deviations**2).mean())
    if second == 0 or n < 3:
        return 0.0
    return float(np.sqrt(n * (n - 1)) / (n - 2) * (deviations**3).mean() / second**1.5)


def excess_kurtosis(column: Floats) -> float:
    """Sample excess kurtosis; 0 for a column without differences or of fewer than four figures."""
    n = column.size
    deviations = column - column.mean()
    second = float((deviations**2).mean())
    if second == 0 or n < FEWEST:
        return 0.0
    plain = float((deviations**4).mean()) / second**2 - 3
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6)


def treat(matrix: Matrix, how: Treat) -> tuple[Matrix, tuple[Step, ...]]:
    """Logarithms where asked for, then winsorising by the rule."""
    values, steps = matrix.values.copy(), []
    for identifier in how.log:
        steps.append(_take_log(matrix, values, identifier))
    if how.method == "winsorise":
        for column in range(values.shape[1]):
            step = _winsorise(matrix, values, column, how)
            steps += [step] if step is not None else []
    if not steps:
        told = "没有指标同时超过偏度和峰度的界限" if how.method == "winsorise" else "不作处理"
        steps.append(Step("treat", told))
    return matrix.with_values(values), tuple(steps)


def _take_log(matrix: Matrix, values: Floats, identifier: str) -> Step:
    if identifier not in matrix.ids:
        return Step("treat", f"指标 {identifier} 未参加计算，不取对数", indicators=(identifier,))
    column = matrix.ids.index(identifier)
    name = matrix.indicators[column].name
    known = values[:, column][~np.isnan(values[:, column])]
    if known.min() <= 0:
        raise CompositeError(
            f"指标“{name}”有零或负数，不能取对数",
            where="综合指数的异常值处理",
            expected="全部为正数",
            found=f"最小值 {known.min():g}",
            remedy="从 treat.log 中去掉该指标",
        )
    changes = tuple(
        Change(park, identifier, float(before), float(np.log(before)))
        for park, before in zip(matrix.parks, values[:, column], strict=True)
        if not np.isnan(before)
    )
    values[:, column] = np.log(values[:, column])
    return Step("treat", f"{name}取自然对数", indicators=(identifier,), changes=changes)


def _winsorise(matrix: Matrix, values: Floats, j: int, how: Treat) -> Step | None:
    """Pull the outermost figures in to the next one, one after the other, until the column is within the limits."""
    column, known = values[:, j], ~np.isnan(values[:, j])
    before = column.copy()
    for pulled in range(how.most + 1):
        skew, kurtosis = skewness(column[known]), excess_kurtosis(column[known])
        if known.sum() < FEWEST or abs(skew) <= how.skew or kurtosis <= how.kurtosis:
            break
        if pulled == how.most:
            _refuse_treatment(matrix.indicators[j].name, how, skew, kurtosis)
        ordered = np.sort(np.unique(column[known]))
        if skew > 0:
            column[known & (column == ordered[-1])] = ordered[-2]
        else:
            column[known & (column == ordered[0])] = ordered[1]
    changed = np.flatnonzero(known & (column != before))
    if not changed.size:
        return None
    identifier, name = matrix.indicators[j].id, matrix.indicators[j].name
    changes = tuple(Change(matrix.parks[i], identifier, float(before[i]), float(column[i])) for i in changed)
    numbers = (
        ("处理前偏度", skewness(before[known])),
        ("处理前峰度", excess_kurtosis(before[known])),
        ("处理后偏度", skewness(column[known])),
        ("处理后峰度", excess_kurtosis(column[known])),
    )
    who = "、".join(matrix.park_name(int(i)) for i in changed)
    return Step(
        "treat",
        f"{name}的偏度和峰度超过界限（{how.skew:g}、{how.kurtosis:g}），{who}的数缩至次一位的数（缩尾）",
        tuple(matrix.parks[i] for i in changed),
        (identifier,),
        changes,
        numbers,
        warning=True,
    )


def _refuse_treatment(name: str, how: Treat, skew: float, kurtosis: float) -> None:
    raise CompositeError(
        f"指标“{name}”缩尾{how.most}次后偏度和峰度仍超过界限",
        where="综合指数的异常值处理",
        expected=f"偏度不超过{how.skew:g}或峰度不超过{how.kurtosis:g}",
        found=f"偏度{skew:.2f}，峰度{kurtosis:.2f}",
        remedy="把该指标列入 treat.log，或改用 rank、percentile 标准化",
    )
