"""The schema of `data/frameworks/*.yaml`: an official evaluation system as data.

A framework has columns (规上 and 规下, or 目标任务 and 发展成效), groups and items; every item has at most one rule of a named
family. What the source does not give stays null and is shown as 不可计算; nothing is completed here. `rule_basis` says
whether the way of scoring is the document's own (`stated`) or a stand-in of this tool (`assumed`), which every score made with it says.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from parkbook.comparison.scoring.rule_schema import Between, Bound, Direction, Missing, Number, Part, Rule

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


# --- what is measured -----------------------------------------------------------------------------------------------


class Reading(Part):
    """Where a park's own figure comes from: an indicator of the catalogue, its level or its published growth."""

    indicator: Code
    reading: Literal["level", "growth"] = "level"


class Ingredient(Part):
    """A figure that items are made from."""

    id: Code
    label_zh: str
    unit: str
    aliases: tuple[str, ...] = ()
    catalogue: tuple[Reading, ...] = ()


class Made(Part):
    """An item made from ingredients: `ratio` numerator / denominator, `minimum` of two, `relative` the ratio against the ratio of
    sums of all units of the same group. The ingredients' units must give the item's, up to `scale`."""

    family: Literal["ratio", "minimum", "relative"]
    arguments: dict[str, Code]
    scale: Number = Decimal(1)

    @model_validator(mode="after")
    def _arguments(self) -> Made:
        wanted = {"first", "second"} if self.family == "minimum" else {"numerator", "denominator"}
        if set(self.arguments) != wanted:
            raise ValueError(f"{self.family} 的参数应为 {'、'.join(sorted(wanted))}")
        return self


class Item(Part):
    """One indicator of a framework. `weight` in points; `multiplier` is the 赋权 inside a group with a weight of its own."""

    id: Code
    label_zh: str
    code: str = ""
    column: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    unit_inferred: bool = False
    direction: Direction | None = None
    weight: Number | None = None
    multiplier: Number | None = None
    rule: Rule | None = None
    rule_basis: Literal["stated", "assumed"] = "stated"
    rule_note: str = ""
    cap: Bound | None = None
    floor: Bound | None = None
    missing: Missing | None = None
    department: str = ""
    conditions: dict[str, str] = Field(default_factory=dict)
    catalogue: tuple[Reading, ...] = ()
    formula: Made | None = None
    maximum: Number | None = None
    """Above it the value is most likely in another unit: it is scored, and the note says so."""
    step: Number = Decimal(1)
    step_label: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _possible(self) -> Item:
        family = self.rule.family if self.rule else ""
        if family in ("ratio", "completion") and self.direction == "lower":
            raise ValueError(f"{family} 只适用于越大越好的指标；越小越好用 reverse_ratio")
        if family == "reverse_ratio" and self.direction != "lower":
            raise ValueError("reverse_ratio 只适用于越小越好的指标")
        if family in ("min_max", "efficacy", "rank", "hold") and self.direction is None:
            raise ValueError(f"{family} 须写 direction")
        return self


class Group(Part):
    id: Code
    label_zh: str
    code: str = ""
    weight: Number | None = None
    items_known: bool = True
    """Whether all items of the group are here: without them multipliers give no weights."""
    item_count: int | None = None
    note: str = ""


class ColumnOf(Part):
    """One of several ways to score: 规上 or 规下 by the unit's type, or two sides of one evaluation (`share` of the whole)."""

    id: Code
    label_zh: str
    aliases: tuple[str, ...] = ()
    share: Number | None = None
    note: str = ""


class Adjustment(Part):
    """Points added or deducted, for each time; null where they were not recovered."""

    id: Code
    label_zh: str
    kind: Literal["add", "deduct"]
    points: Annotated[Number, Field(gt=0)] | None = None
    cap: Number | None = None
    note: str = ""


class Veto(Part):
    """一票否决: what happens to a unit for which it holds."""

    id: Code
    label_zh: str
    effect: str
    grade: str = ""


# --- grades ---------------------------------------------------------------------------------------------------------


class Quota(Part):
    """A grade by its share of the ranked units. `rest` takes what the others leave."""

    grade: str
    share: Number | None = None
    rounding: Literal["floor", "ceil", "rest"]

    @model_validator(mode="after")
    def _rest(self) -> Quota:
        if (self.rounding == "rest") != (self.share is None):
            raise ValueError("rest 不写 share，其他取整方式须写 share")
        return self


class Band(Between):
    """A grade by the total."""

    grade: str


class Exempt(Part):
    """Units graded apart: by the grade they get; outside the quota, they do not count in its base."""

    grade: str
    label_zh: str
    counted: bool = False
    note: str = ""


class Grading(Part):
    """Grades from best to worst, for one column (or all), by quota or by bands of the total."""

    column: str = ""
    quotas: tuple[Quota, ...] = ()
    bands: tuple[Band, ...] = ()
    cumulative: bool = False
    """Shares count from the top: A up to 0.25, B up to 0.70 of the positions."""
    within_group: bool = False
    exempt: Exempt | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one(self) -> Grading:
        if bool(self.quotas) == bool(self.bands):
            raise ValueError("quotas 和 bands 须且只须写一种")
        if self.quotas and sum(quota.rounding == "rest" for quota in self.quotas) != 1:
            raise ValueError("配额须有且只有一个档次为 rest")
        shares = [quota.share for quota in self.quotas if quota.share is not None]
        if self.cumulative and (shares != sorted(shares) or self.quotas[-1].rounding != "rest"):
            raise ValueError("累计占比须由小到大，最后一档为 rest")
        return self


class Level(Part):
    """Absolute standards of one item, the highest first: Ⅰ级 from 350 on. The first that is reached counts."""

    item: Code
    thresholds: dict[str, Number]


class Framework(Part):
    """One version of an evaluation system."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    issuer: str = ""
    document: str = ""
    document_number: str = ""
    version: str = ""
    issued: str = ""
    evaluation_year: str = ""
    data_year: str = ""
    year_note: str = ""
    address: str = ""
    source: str
    status: Literal["complete", "partial"]
    status_note: str = ""
    unit_kind: str = ""
    """What is evaluated: 企业, 园区, 城市."""
    covers: Literal["all", "part"] = "all"
    """Whether the items are all of the system; of a part the sum is no total of the system, and says so."""
    columns_by: Literal["", "type", "each"] = ""
    columns: tuple[ColumnOf, ...] = ()
    groups: tuple[Group, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    items: tuple[Item, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    missing: Missing
    peers_within_group: bool = False
    grading: tuple[Grading, ...] = ()
    levels: tuple[Level, ...] = ()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Framework:
        _check(self)
        return self

    def items_of(self, column: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.column in ("", column))

    def grading_of(self, column: str) -> Grading | None:
        return next((grading for grading in self.grading if grading.column in ("", column)), None)

    def missing_of(self, item: Item) -> Missing:
        return item.missing or self.missing


def _check(framework: Framework) -> None:
    """References inside one file."""
    columns = {column.id for column in framework.columns}
    groups = {group.id for group in framework.groups}
    ingredients = {ingredient.id for ingredient in framework.ingredients}
    if bool(columns) != bool(framework.columns_by):
        raise ValueError("columns 和 columns_by 须同时写")
    seen: dict[tuple[str, str], str] = {}
    labels: dict[str, tuple[str, str]] = {}
    for item in framework.items:
        if item.column and item.column not in columns:
            raise ValueError(f"{item.id}：没有栏目 {item.column}")
        if item.group and item.group not in groups:
            raise ValueError(f"{item.id}：没有分组 {item.group}")
        if (item.column, item.id) in seen:
            raise ValueError(f"指标代码 {item.id} 重复")
        seen[item.column, item.id] = item.label_zh
        if labels.setdefault(item.id, (item.label_zh, item.unit)) != (item.label_zh, item.unit):
            raise ValueError(f"{item.id}：不同栏目中的名称或单位不同")
        if item.formula and not ingredients.issuperset(item.formula.arguments.values()):
            raise ValueError(f"{item.id}：算式用了未登记的原料数据")
    if framework.levels and not {level.item for level in framework.levels} <= {item.id for item in framework.items}:
        raise ValueError("levels 用了未登记的指标")
