"""The schema of rules: which family, which arguments, caps and floors, and what a missing value does."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Direction = Literal["higher", "lower"]


def _exact(value: object) -> object:
    """YAML reads 24.097 as a float; its shortest text is the number as written."""
    return Decimal(repr(value)) if isinstance(value, float) else value


Number = Annotated[Decimal, BeforeValidator(_exact)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bound(Part):
    """A cap or floor of an item's score, in points or as a multiple of the weight."""

    points: Number | None = None
    times_weight: Number | None = None

    @model_validator(mode="after")
    def _one(self) -> Bound:
        if (self.points is None) == (self.times_weight is None):
            raise ValueError("points 和 times_weight 须且只须写一个")
        return self


# --- rules ----------------------------------------------------------------------------------------------------------

WhenEqual = Literal["refuse", "zero", "full"]
Peers = Literal["mean", "best"]


class MinMax(Part):
    """(x - low) / (high - low), clipped to 0..1, times the weight; bounds of the units scored together unless given."""

    family: Literal["min_max"]
    low: Number | None = None
    high: Number | None = None
    when_equal: WhenEqual = "refuse"


class Efficacy(Part):
    """(start + (100 - start) (x - low) / (high - low)) / 100 times the weight: 20+80, 60+40."""

    family: Literal["efficacy"]
    start: Annotated[Number, Field(ge=0, lt=100)]
    low: Number | None = None
    high: Number | None = None
    when_equal: WhenEqual = "refuse"


class Ratio(Part):
    """x / base times the weight. The base is fixed, or the peers' mean or best, or comes with the values."""

    family: Literal["ratio"]
    base: Annotated[Number, Field(gt=0)] | None = None
    peers: Peers | None = None


class Between(Part):
    """From low to high; an end that is there says whether it belongs in between."""

    low: Number | None = None
    high: Number | None = None
    low_included: bool | None = None
    high_included: bool | None = None

    @model_validator(mode="after")
    def _ends(self) -> Self:
        for end, included in ((self.low, self.low_included), (self.high, self.high_included)):
            if (end is None) != (included is None):
                raise ValueError("写了 low（high）就须写 low_included（high_included），反之亦然")
        return self

    def holds(self, x: Decimal) -> bool:
        above = self.low is None or x > self.low or (x == self.low and bool(self.low_included))
        below = self.high is None or x < self.high or (x == self.high and bool(self.high_included))
        return above and below


class Bin(Between):
    """One step and its points."""

    points: Number


class Bins(Part):
    """Points by step; a value that no step holds has no score, and says so."""

    family: Literal["bins"]
    bins: Annotated[tuple[Bin, ...], Field(min_length=1)]


class Hold(Part):
    """Points for keeping a base, more or less for each step away from it.

    `measure`: `difference` x - base; `growth` (x / base - 1) in per cent, where the base comes with the value, else the value is
    the growth itself. `at_base` in points, or `at_base_share` of the weight.
    """

    family: Literal["hold"]
    base: Number | None = None
    measure: Literal["difference", "growth"]
    at_base: Number | None = None
    at_base_share: Number | None = None
    step: Annotated[Number, Field(gt=0)]
    per_step: Number
    whole_steps: bool
    below_base: Literal["deduct", "zero", "undefined"] = "deduct"

    @model_validator(mode="after")
    def _one(self) -> Hold:
        if (self.at_base is None) == (self.at_base_share is None):
            raise ValueError("at_base 和 at_base_share 须且只须写一个")
        if self.measure == "growth" and self.base is not None:
            raise ValueError("growth 的基数随数据给出，不写 base")
        return self


class RankStep(Part):
    """The weight for the first place, `step` less for each place after it; equal values share a place."""

    family: Literal["rank"]
    step: Annotated[Number, Field(gt=0)]


class Completion(Part):
    """x / target times the weight; the target comes with the value unless it is fixed."""

    family: Literal["completion"]
    target: Annotated[Number, Field(gt=0)] | None = None


class Count(Part):
    """Points for each."""

    family: Literal["count"]
    points: Number


class ReverseRatio(Part):
    """(2 - x / mean) times the weight, 0 from twice the mean on; for indicators where less is better."""

    family: Literal["reverse_ratio"]
    base: Annotated[Number, Field(gt=0)] | None = None


class SortOnly(Part):
    """No score: units are ordered by the value itself."""

    family: Literal["sort"]


Rule = Annotated[
    MinMax | Efficacy | Ratio | Bins | Hold | RankStep | Completion | Count | ReverseRatio | SortOnly,
    Field(discriminator="family"),
]


class Missing(Part):
    """What a missing value does: the peers' mean score, zero, a penalty, not scored (the rest is scaled up), or no total."""

    rule: Literal["peer_mean", "zero", "penalty", "not_scored", "refused"]
    points: Number | None = None
    stated: bool
    note: str = ""

    @model_validator(mode="after")
    def _penalty(self) -> Missing:
        if (self.rule == "penalty") != (self.points is not None):
            raise ValueError("penalty 须写 points，其他规则不写")
        return self
