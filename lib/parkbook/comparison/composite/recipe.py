"""The recipe of a composite: one entry a step, plain data that goes to YAML or JSON and back without loss."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from parkbook.comparison.composite.matrix import CompositeError
from parkbook.datafiles import explain

Share = Annotated[float, Field(ge=0, le=1)]


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Screen(_Step):
    """Which parks and indicators have enough figures; `constant`: what becomes of an indicator without any differences."""

    threshold: Share = 0.66
    by: Literal["both", "parks", "indicators", "none"] = "both"
    constant: Literal["refuse", "drop"] = "refuse"


class Impute(_Step):
    """How a missing figure is filled in. Nothing is, unless asked for; then each is listed."""

    method: Literal["none", "mean", "median", "group_mean", "group_median"] = "none"


class Treat(_Step):
    """Outliers: a column whose skewness and excess kurtosis are both beyond the limits is winsorised, at most `most` points of
    it; `log` takes logarithms of the named columns first."""

    method: Literal["none", "winsorise"] = "none"
    skew: Annotated[float, Field(gt=0)] = 2
    kurtosis: Annotated[float, Field(gt=0)] = 3.5
    most: Annotated[int, Field(ge=1)] = 5
    log: tuple[str, ...] = ()


class Normalise(_Step):
    """How figures of different units become comparable; all results point upwards (better is more).

    minmax, percentile, goalposts and distance go from `low` to `high`; efficacy (功效系数) from `floor` to 100; goalposts take their fixed
    `bounds` and cut what lies outside, efficacy takes them where they are given; distance takes `targets` and counts no more than
    full at the target. `pooled`: the periods of a panel share their bounds, so that they can be compared with each other.
    """

    method: Literal["minmax", "zscore", "rank", "percentile", "distance", "goalposts", "efficacy"] = "minmax"
    low: float = 0
    high: float = 100
    floor: Annotated[float, Field(ge=0, lt=100)] = 60
    bounds: dict[str, tuple[float, float]] = Field(default_factory=dict)
    targets: dict[str, float] = Field(default_factory=dict)
    pooled: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Normalise:
        if self.high <= self.low:
            raise ValueError("high 应大于 low")
        if any(upper <= lower for lower, upper in self.bounds.values()):
            raise ValueError("bounds 的上限应大于下限（逆向指标也按数值从小到大写）")
        return self


class Weight(_Step):
    """Weights of the indicators, inside their groups where there are groups.

    given: `values` per indicator; ahp: `judgements`, a reciprocal matrix in the order `order`; the others come from the figures.
    With groups, `groups` are their weights (given), else each group counts by the weights of its members.
    """

    method: Literal["equal", "given", "entropy", "critic", "ahp", "pca"] = "equal"
    values: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    judgements: tuple[tuple[Annotated[float, Field(gt=0)], ...], ...] = ()
    order: tuple[str, ...] = ()
    groups: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    few: Literal["warn", "refuse"] = "warn"
    """What entropy and CRITIC do with fewer than ten parks."""


class Aggregate(_Step):
    """How the weighted indicators become one score. `missing`: a park with a gap gets no score, or the mean of what it has."""

    method: Literal["arithmetic", "geometric", "topsis", "gra"] = "arithmetic"
    rho: Annotated[float, Field(gt=0, le=1)] = 0.5
    missing: Literal["no_score", "available"] = "no_score"


class Recipe(_Step):
    """All steps of a composite; `groups` names the group of each indicator (none at all, or one for each)."""

    screen: Screen = Screen()
    impute: Impute = Impute()
    treat: Treat = Treat()
    normalise: Normalise = Normalise()
    weight: Weight = Weight()
    aggregate: Aggregate = Aggregate()
    groups: dict[str, str] = Field(default_factory=dict)

    def varied(self, **changed: Any) -> Recipe:
        """The recipe with some entries changed; they are checked as if it were new."""
        return Recipe.model_validate(dict(self) | changed)

    def to_json(self) -> str:
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)

    def to_yaml(self) -> str:
        """Only what differs from the default, in the order of the steps."""
        text: str = yaml.safe_dump(
            self.model_dump(mode="json", exclude_defaults=True), allow_unicode=True, sort_keys=False
        )
        return text

    @classmethod
    def from_text(cls, text: str) -> Recipe:
        """A recipe from YAML or JSON (which is YAML); CompositeError naming what is wrong."""
        try:
            return cls.model_validate(yaml.safe_load(text) or {})
        except yaml.YAMLError as error:
            raise CompositeError("综合指数的配方无法解析", cause=str(error), remedy="检查缩进、冒号和引号") from error
        except ValidationError as error:
            raise CompositeError(
                "综合指数的配方不合规则", found=explain(error), remedy="按报错所列的步骤和字段修改"
            ) from error
