"""One figure with all that its surroundings say about it, before it becomes an observation."""

from __future__ import annotations

from dataclasses import dataclass

from parkbook.model import Comparison, ObsStatus, Qualifier, ScopeBasis, TargetKind, Transformation
from parkbook.periods import Period
from parkbook.sources.text.lex import Token
from parkbook.sources.text.values import Quantity


@dataclass(slots=True, kw_only=True)
class Reading:
    """`label`: the words found; `base`: the phrase that later figures inherit (label without 占全区, 完成年度任务).

    `also`: the phrases that the next figures of a 分别 list get, `suffix` what each adds to its phrase.
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
    scope_basis: ScopeBasis | None = None
    doubtful: str = ""
    also: tuple[str, ...] = ()
    suffix: str = ""
    begin: int = 0
