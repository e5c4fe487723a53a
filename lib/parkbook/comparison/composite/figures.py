"""A composite's matrix from comparisons of published figures, and the weights an analyst writes in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from parkbook.catalogue import Direction
from parkbook.comparison.comparability import IndicatorComparison
from parkbook.comparison.composite.matrix import IndicatorColumn, Matrix
from parkbook.comparison.composite.recipe import Weight
from parkbook.errors import ParameterError, did_you_mean
from parkbook.model import Observation, Transformation

FEWEST_INDICATORS: Final = 3
FEWEST_PARKS: Final = 5
FROM_FIGURES: Final = ("equal", "entropy", "critic", "pca")
FORM: Final = "equal、entropy、critic、pca，或 given:指标代码=权重,…"


def column_id(compared: IndicatorComparison) -> str:
    """income_total for a level, income_total.growth for its growth."""
    growing = compared.transformation is Transformation.GROWTH
    return f"{compared.indicator.id}.growth" if growing else compared.indicator.id


def usable(comparisons: Sequence[IndicatorComparison]) -> tuple[IndicatorComparison, ...]:
    """Rankings that may enter a composite: of an indicator with a better direction, at least FEWEST_PARKS parks."""
    return tuple(
        compared
        for compared in comparisons
        if compared.indicator.direction is not Direction.NEUTRAL and len(compared.ranked) >= FEWEST_PARKS
    )


def too_little(comparisons: Sequence[IndicatorComparison]) -> str:
    """Why no composite is made of these rankings; empty when one is."""
    indicators = {compared.indicator.id for compared in usable(comparisons)}
    if len(indicators) >= FEWEST_INDICATORS:
        return ""
    return f"至少{FEWEST_PARKS}个园区可比、且有好坏方向的指标只有{len(indicators)}项，不足{FEWEST_INDICATORS}项，不计算综合指数"


def matrix_of(comparisons: Sequence[IndicatorComparison], names: Mapping[str, str]) -> Matrix:
    """Parks ranked in any of the comparisons by these; figures in the unit of each ranking, NaN where a park is not ranked."""
    parks = [park for park in names if any(entry.park_id == park for c in comparisons for entry in c.ranked)]
    values = np.full((len(parks), len(comparisons)), np.nan)
    for j, compared in enumerate(comparisons):
        for entry in compared.ranked:
            values[parks.index(entry.park_id), j] = float(compared.magnitude(entry))
    indicators = tuple(
        IndicatorColumn(
            column_id(compared),
            compared.indicator.label_zh + ("同比增速" if compared.transformation is Transformation.GROWTH else ""),
            compared.indicator.direction is Direction.HIGHER,
        )
        for compared in comparisons
    )
    return Matrix(tuple(parks), indicators, values, names={park: names[park] for park in parks})


def figures_of(comparisons: Sequence[IndicatorComparison], park: str) -> tuple[Observation, ...]:
    """The observations of a park that its score was made from."""
    return tuple(
        entry.value.inputs[0]
        for compared in comparisons
        for entry in compared.ranked
        if entry.park_id == park and entry.value is not None
    )


def parse_weights(text: str, ids: Sequence[str]) -> Weight:
    """The parameter `weights`; nothing written means equal. Given weights name the indicators that take part."""
    method, colon, rest = text.strip().partition(":")
    method = method.strip() or "equal"
    if method in FROM_FIGURES and not colon:
        return Weight.model_validate({"method": method})
    if method != "given" or not rest.strip():
        raise ParameterError(
            "参数 weights 的写法不对",
            where="参数 weights",
            expected=FORM,
            found=text,
            cause=did_you_mean(method, (*FROM_FIGURES, "given")),
            remedy="改用上列写法",
        )
    values: dict[str, float] = {}
    for part in filter(None, (piece.strip() for piece in rest.replace("，", ",").replace("、", ",").split(","))):
        name, _, number = (piece.strip() for piece in part.partition("="))
        values[name] = _positive(number, part)
        if name not in ids:
            raise ParameterError(
                f"参数 weights 中的“{name}”不是可比的指标",
                where="参数 weights",
                expected="、".join(ids) or "（没有可比的指标）",
                found=part,
                cause=did_you_mean(name, ids),
                remedy="改用上列代码；增速写作 代码.growth",
            )
    return Weight(method="given", values=values)


def _positive(text: str, part: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < float("inf"):
        raise ParameterError(
            "参数 weights 中的权重不是正数", where="参数 weights", expected="如 income_total=0.3", found=part
        )
    return number
