"""The catalogue of indicators: what each one is, in which unit, which way is better, when it is released.

One YAML file per group under data/catalogue/ (`indicators:` a list), checked here. A formula names a family, that is a
function of `parkbook.indicators`; nothing is evaluated from text.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from parkbook.datafiles import read_entries
from parkbook.errors import DataError, UnknownCodeError, did_you_mean
from parkbook.project import HOME_VARIABLE, data_directory
from parkbook.units import Unit, parse_unit

SLOT = "{}"
"""Where the figure stands in a phrase."""
UNITS_OF_RATES = ("%", "‰", "百分点", "倍", "名次", "分", "无量纲")
SYSTEMS = tuple(f"S{number}" for number in range(1, 31))


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class IndicatorBasis(StrEnum):
    """flow: adds up over months; stock: as at a date; rate: a ratio of the period."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Release(StrEnum):
    """When an indicator appears: production and investment surveys have no January, rolling services lag a month."""

    JAN_FEB_JOINT = "jan_feb_joint"
    MONTHLY = "monthly"
    LAGGED_1 = "lagged_1"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    ANNUAL = "annual"
    IRREGULAR = "irregular"


class Comparability(StrEnum):
    """What of the indicator may be compared between parks: its level, only a rate, or nothing."""

    LEVEL = "level"
    PER_MU = "per_mu"
    PER_HEAD = "per_head"
    RATE = "rate"
    NONE = "none"


def _text(value: object) -> object:
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text)]


class Formula(BaseModel):
    """A family of `parkbook.indicators` and the indicator ids it takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    family: str
    arguments: dict[str, str] = Field(default_factory=dict)


class Indicator(BaseModel):
    """One entry of the catalogue."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label_zh: str
    label_en: str
    system: Annotated[str, Field(pattern=r"^S([1-9]|[12][0-9]|30)$")]
    unit: str
    basis: IndicatorBasis
    direction: Direction
    release: Release
    comparability: Comparability
    aliases: tuple[str, ...] = ()
    part_of: str = ""
    split: str = ""
    counted_by: str = ""
    """The indicator that counts the enterprises or projects which make up this amount."""
    phrase: Text = ""
    """How a level is said in running text, {} where the figure stands: 申报科技型中小企业{}; empty: the label, then the figure."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    formula: Formula | None = None
    source: Text = ""
    note: Text = ""

    @model_validator(mode="after")
    def _phrase_can_be_said(self) -> Self:
        if self.phrase and (self.phrase.count(SLOT) != 1 or set(self.phrase.replace(SLOT, "")) & {"{", "}"}):
            raise ValueError(f"phrase 中数字的位置写且只写一个 {SLOT}：{self.phrase}")
        if any(char.isdigit() for char in self.phrase):
            raise ValueError(f"phrase 中不写数字：{self.phrase}")
        if self.phrase and (self.basis is IndicatorBasis.RATE or self.unit in UNITS_OF_RATES or "/" in self.unit):
            raise ValueError(f"比率、均值、位次没有 phrase：{self.phrase}")
        if self.phrase.startswith(SLOT):
            raise ValueError(f"phrase 中 {SLOT} 前要有说明是什么的词：{self.phrase}")
        return self

    @property
    def parsed_unit(self) -> Unit:
        return parse_unit(self.unit)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label_zh, *self.aliases)


class Catalogue:
    """All indicators, by id, in order of system, then of the files."""

    def __init__(self, indicators: list[Indicator], places: dict[str, str]) -> None:
        self._by_id = {indicator.id: indicator for indicator in indicators}
        self.places = places

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self._by_id

    def get(self, indicator_id: str, where: str = "") -> Indicator:
        """The entry of an id; UnknownCodeError with a suggestion when there is none."""
        if indicator_id not in self._by_id:
            raise UnknownCodeError(
                f"未知的指标代码“{indicator_id}”",
                where=where,
                expected="data/catalogue 中登记的代码",
                cause=did_you_mean(indicator_id, self._by_id),
                remedy="改用已登记的代码，或先在指标目录中登记",
            )
        return self._by_id[indicator_id]

    def by_name(self, name: str) -> Indicator | None:
        """The entry whose label or alias is exactly `name`."""
        return next((indicator for indicator in self if name in indicator.names), None)


def read_catalogue(folder: Path) -> Catalogue:
    """Every catalogue file of a folder; ids and names are unique over all of them."""
    indicators: list[Indicator] = []
    places: dict[str, str] = {}
    names: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "systems.yaml":
            continue
        entries = read_entries(
            Indicator,
            path,
            "indicators",
            what="指标目录条目不合规则",
            remedy="按 docs/architecture.md 的格式修改该条目",
        )
        for indicator, where in entries:
            parse_unit(indicator.unit)
            for name in {indicator.id, *indicator.names}:
                if name in names:
                    raise DataError(
                        f"指标名称“{name}”重复",
                        where=where,
                        found=f"已用于 {names[name]}",
                        remedy="删去重复的代码、名称或别名",
                    )
                names[name] = indicator.id
            places[indicator.id] = where
            indicators.append(indicator)
    indicators.sort(key=lambda indicator: SYSTEMS.index(indicator.system))  # stable: file order within a system
    return Catalogue(indicators, places)


@lru_cache(maxsize=4)
def _of_project(home: str) -> Catalogue:
    """`home` tells project folders apart; to look for the folder anew takes longer than to look an indicator up."""
    return read_catalogue(data_directory() / "catalogue")


def catalogue() -> Catalogue:
    """The project's catalogue, read once per process."""
    return _of_project(os.environ.get(HOME_VARIABLE) or "")
