"""One figure with all that its surroundings say about it, before it becomes an observation."""

from __future__ import annotations

from dataclasses import dataclass

from parkbook.model import (
    Comparison,
    FiscalBasis,
    ObsStatus,
    PriceBasis,
    Qualifier,
    ScopeBasis,
    TargetKind,
    Transformation,
)
from parkbook.periods import Period
from parkbook.sources.text.lex import Token
from parkbook.sources.text.values import Quantity


@dataclass(slots=True)
class Reading:
    """`label`: the words found; `base`: the phrase that later figures inherit (label without 占全区, 完成年度任务).

    `also`, `periods`, `subjects`, `comparisons`: what the next figures of a 分别 list get; `suffix` what each phrase adds.
    """

    token: Token
    quantity: Quantity
    rule: str
    transformation: Transformation
    comparison: Comparison | None
    direction: int
    label: str
    base: str
    subject: str
    parent: str
    period: Period
    status: ObsStatus
    qualifier: Qualifier
    target_kind: TargetKind | None = None
    rank_scope: str = ""
    base_period: str = ""
    price_basis: PriceBasis | None = None
    scope_basis: ScopeBasis | None = None
    fiscal_basis: FiscalBasis | None = None
    doubtful: str = ""
    also: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    subjects: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    suffix: str = ""
    begin: int = 0
