"""Step 5: weights. Equal and given ones are judgement; entropy, CRITIC and PCA come from the figures and are analysis only.

Each function takes the normalised matrix (parks x indicators, better is more, no gaps) and returns weights that add up to 1.
Entropy: w ~ 1 - e, e = -sum(p ln p) / ln n, p the share of each park in the column, 0 ln 0 = 0; it depends on where the scale
starts. CRITIC: w ~ s * sum(1 - r), s the standard deviation of the column over 0 to 1. PCA: the squared loadings of the
components with an eigenvalue above 1, by their share of the variance (OECD/JRC Handbook 2008, 6.1).
"""

from __future__ import annotations

import numpy as np

from parkbook.comparison.composite.ahp import ahp_weights
from parkbook.comparison.composite.log import Step
from parkbook.comparison.composite.matrix import CompositeError, Floats, Matrix
from parkbook.comparison.composite.recipe import Weight

FEW_PARKS = 10
"""Below this many, weights from the figures jump about when a park comes or goes."""
FEWEST_PARKS = 3
WORDS = {
    "equal": "等权",
    "given": "给定权重",
    "entropy": "熵权法",
    "critic": "CRITIC 法",
    "ahp": "层次分析法（AHP）",
    "pca": "主成分法（PCA）",
}


def weigh(matrix: Matrix, how: Weight, groups: dict[str, str]) -> tuple[Floats, tuple[Step, ...]]:
    """The weight of each indicator in the whole (adding up to 1), and what was done."""
    steps = _warnings(matrix, how) if how.method in ("entropy", "critic", "pca") else []
    weights, numbers = _weights(matrix, how)
    total = float(weights.sum())
    if total <= 0:
        raise CompositeError("权重之和为零", where="综合指数的赋权", remedy="至少给一项指标正的权重")
    weights = _with_groups(matrix, weights / total, how, groups)
    shown = "，".join(f"{c.name} {100 * w:.2f}%" for c, w in zip(matrix.indicators, weights, strict=True))
    numbers += [(c.id, float(w)) for c, w in zip(matrix.indicators, weights, strict=True)]
    steps.append(Step("weight", f"{WORDS[how.method]}：{shown}", indicators=matrix.ids, numbers=tuple(numbers)))
    return weights, tuple(steps)


def _weights(matrix: Matrix, how: Weight) -> tuple[Floats, list[tuple[str, float]]]:
    count = len(matrix.indicators)
    if how.method == "equal":
        return np.full(count, 1 / count), []
    if how.method == "given":
        _require_names(matrix, tuple(how.values), "权重")
        return np.array([how.values[identifier] for identifier in matrix.ids]), []
    if how.method == "ahp":
        _require_names(matrix, how.order, "判断矩阵的次序")
        places = [how.order.index(identifier) for identifier in matrix.ids]
        whole = np.array(how.judgements, dtype=np.float64)
        if whole.shape != (len(how.order), len(how.order)):
            raise CompositeError("判断矩阵的大小与 weight.order 不符", where="综合指数的赋权")
        weights, ratio = ahp_weights(whole[np.ix_(places, places)])
        return weights, [("一致性比率 CR", ratio)]
    if how.method == "entropy":
        return entropy_weights(matrix.values, matrix), []
    if how.method == "critic":
        return critic_weights(matrix.values, matrix), []
    return pca_weights(matrix.values, matrix)


def _require_names(matrix: Matrix, named: tuple[str, ...], what: str) -> None:
    absent = [column.name for column in matrix.indicators if column.id not in named]
    if absent:
        raise CompositeError(
            f"{what}中缺少指标“{'、'.join(absent)}”", where="综合指数的赋权", remedy="补上该指标，或不让它参加计算"
        )


def _with_groups(matrix: Matrix, weights: Floats, how: Weight, groups: dict[str, str]) -> Floats:
    """Inside each group by the members' weights; between groups by the given weights, where they are given."""
    if not groups or not how.groups:
        return weights
    names = [groups[identifier] for identifier in matrix.ids]
    absent = sorted(set(names) - set(how.groups))
    if absent:
        raise CompositeError(
            f"没有给出组“{'、'.join(absent)}”的权重", where="综合指数的赋权", remedy="在 weight.groups 中补上"
        )
    present = sum(how.groups[name] for name in dict.fromkeys(names))
    if present <= 0:
        raise CompositeError("各组权重之和为零", where="综合指数的赋权", remedy="至少给一组正的权重")
    inside = {name: sum(w for w, n in zip(weights, names, strict=True) if n == name) for name in set(names)}
    if any(inside[name] <= 0 and how.groups[name] > 0 for name in inside):
        raise CompositeError("有的组内各指标权重均为零", where="综合指数的赋权", remedy="给组内至少一项指标正的权重")
    return np.array([
        0.0 if inside[n] <= 0 else how.groups[n] / present * w / inside[n] for w, n in zip(weights, names, strict=True)
    ])  # fmt: skip


def _warnings(matrix: Matrix, how: Weight) -> list[Step]:
    """Few parks: refused below three (PCA below ten or with more indicators than parks), else told."""
    parks, count, name = len(matrix.parks), len(matrix.indicators), WORDS[how.method]
    if np.isnan(matrix.values).any():
        raise CompositeError(
            f"有缺数，不能用{name}",
            where="综合指数的赋权",
            remedy="先插补（impute），或把 aggregate.missing 设为 no_score",
        )
    least = FEW_PARKS if how.few == "refuse" or how.method == "pca" else FEWEST_PARKS
    if parks < least:
        raise CompositeError(
            f"园区太少，不能用{name}",
            where="综合指数的赋权",
            expected=f"至少{least}个园区",
            found=f"{parks}个园区",
            cause="由数据得出的权重在园区少时不稳定",
            remedy="改用等权或给定权重",
        )
    if how.method == "pca" and parks < count:
        raise CompositeError(
            f"园区少于指标，不能用{name}",
            where="综合指数的赋权",
            found=f"{parks}个园区、{count}项指标",
            remedy="减少指标，或改用等权、给定权重",
        )
    few = f"只有{parks}个园区，{name}的权重不稳定，增减一个园区就可能明显变化"
    return [Step("weight", few, warning=True)] if parks < FEW_PARKS else []


def near_binary(column: Floats) -> bool:
    """Five parks and more, of which nine in ten lie within a twentieth of the range from either end: hardly a scale."""
    low, high = column.min(), column.max()
    edge = (high - low) / 20
    outer = (column <= low + edge) | (column >= high - edge)
    return column.size >= 5 and float(outer.mean()) >= 0.9


def entropy_weights(values: Floats, names: Matrix | None = None) -> Floats:
    """Weights by entropy of non-negative figures; refused for a negative, constant or near-binary column."""
    for j in range(values.shape[1]):
        column, name = values[:, j], _name(names, j)
        if (column < 0).any():
            raise CompositeError(
                f"指标“{name}”标准化后有负数，不能用熵权法",
                where="综合指数的赋权",
                expected="非负数",
                found=f"{column.min():g}",
                remedy="标准化改用 minmax、goalposts 或 efficacy",
            )
        _require_differences(column, name, "熵权法")
        if near_binary(column):
            raise CompositeError(
                f"指标“{name}”近于两值，熵权法会给它过大的权重",
                where="综合指数的赋权",
                cause="九成以上园区挤在数值范围的两端",
                remedy="先作异常值处理，或标准化改用 rank、percentile，或改用等权、给定权重",
            )
    shares = values / values.sum(axis=0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    spread = 1 + (shares * logs).sum(axis=0) / np.log(len(values))
    weights: Floats = spread / spread.sum()
    return weights


def critic_weights(values: Floats, names: Matrix | None = None) -> Floats:
    """Weights by contrast and conflict; refused for a constant column, or where all columns say the same."""
    for j in range(values.shape[1]):
        _require_differences(values[:, j], _name(names, j), "CRITIC 法")
    if values.shape[1] == 1:
        return np.ones(1)
    scaled = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    information = scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled, rowvar=False)).sum(axis=0)
    if information.sum() <= 1e-12:
        raise CompositeError("各指标完全相关，CRITIC 法分不出权重", where="综合指数的赋权", remedy="改用等权或给定权重")
    weights: Floats = information / information.sum()
    return weights


def pca_weights(values: Floats, names: Matrix | None = None) -> tuple[Floats, list[tuple[str, float]]]:
    """Weights by the retained principal components, with KMO, Bartlett's statistic and the variance they explain."""
    for j in range(values.shape[1]):
        _require_differences(values[:, j], _name(names, j), "主成分法")
    count = values.shape[1]
    if count == 1:
        return np.ones(1), []
    correlation = np.atleast_2d(np.corrcoef(values, rowvar=False))
    eigenvalues, vectors = np.linalg.eigh(correlation)
    if eigenvalues[0] <= 1e-10:
        raise CompositeError(
            "有的指标是其他指标的线性组合，不能用主成分法", where="综合指数的赋权", remedy="去掉重复的指标"
        )
    kept = eigenvalues > 1
    if not kept.any():
        kept[-1] = True
    communality = (vectors[:, kept] ** 2 * eigenvalues[kept]).sum(axis=1)
    logdet = float(np.log(eigenvalues).sum())
    bartlett = -(len(values) - 1 - (2 * count + 5) / 6) * logdet
    numbers = [
        ("保留的主成分个数", float(kept.sum())),
        ("解释的方差（%）", float(eigenvalues[kept].sum() / count * 100)),
        ("KMO", kmo(correlation)),
        ("Bartlett 统计量", bartlett),
        ("自由度", count * (count - 1) / 2),
    ]
    return communality / communality.sum(), numbers


def kmo(correlation: Floats) -> float:
    """Kaiser-Meyer-Olkin measure of sampling adequacy; below 0.5 components say little."""
    inverse = np.linalg.inv(correlation)
    scale = np.sqrt(np.outer(np.diag(inverse), np.diag(inverse)))
    partial = -inverse / scale
    off = ~np.eye(len(correlation), dtype=np.bool_)
    plain, left = float((correlation[off] ** 2).sum()), float((partial[off] ** 2).sum())
    return plain / (plain + left) if plain + left else 0.0


def _name(names: Matrix | None, j: int) -> str:
    return names.indicators[j].name if names is not None else f"第{j + 1}列"


def _require_differences(column: Floats, name: str, method: str) -> None:
    if np.ptp(column) <= 1e-12 * max(1e-300, float(np.abs(column).max())):
        raise CompositeError(
            f"指标“{name}”在各园区的数值相同，不能用{method}", where="综合指数的赋权", remedy="去掉该指标"
        )
