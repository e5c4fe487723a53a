"""The observation: one figure as published, with its source; and the value computed from observations.

Field names follow SDMX where it has them. An observation is never changed in place: a correction makes a new one
that remembers the old. Every enumeration below is a code list with its Chinese label in `codelists`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from parkbook.periods import Period
from parkbook.units import Unit


class Transformation(StrEnum):
    LEVEL = "level"
    GROWTH = "growth"
    CHANGE = "change"
    SHARE = "share"
    COMPLETION = "completion"
    TARGET = "target"
    CONTRIBUTION = "contribution"
    RANK = "rank"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    THRESHOLD = "threshold"


class Comparison(StrEnum):
    """What a growth, change or multiple compares with."""

    YOY = "yoy"
    MOM = "mom"
    VS_BASE = "vs_base"
    AVG_N = "avg_n"
    VS_REGION = "vs_region"


class PriceBasis(StrEnum):
    CURRENT = "current"
    CONSTANT = "constant"


class ScopeBasis(StrEnum):
    ORIGINAL = "original"
    COMPARABLE = "comparable"


class FiscalBasis(StrEnum):
    NATURAL = "natural"
    REFUND_ADJUSTED = "refund_adjusted"


class TargetKind(StrEnum):
    BASE = "base"
    STRETCH = "stretch"
    GROWTH = "growth"


class ObsStatus(StrEnum):
    REPORTED = "reported"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    MASKED = "masked"
    WITHHELD = "withheld"
    CONFIDENTIAL = "confidential"
    """A figure that the office has and does not give to readers outside."""
    MISSING = "missing"
    ERROR = "error"
    DOUBTFUL = "doubtful"
    """A number that an open finding shows to be wrong: never used as one."""
    NOT_STATED = "not_stated"
    """A cell of a register that was left with a dash."""
    NOT_APPLICABLE = "not_applicable"
    """A rate without a base, a completion without a plan: nothing was due."""


STRENGTH = {
    ObsStatus.REPORTED: 3,
    ObsStatus.PROVISIONAL: 2,
    ObsStatus.ESTIMATED: 1,
    ObsStatus.WITHHELD: 0,
    ObsStatus.CONFIDENTIAL: 0,
    ObsStatus.MASKED: 0,
    ObsStatus.MISSING: 0,
    ObsStatus.ERROR: 0,
    ObsStatus.DOUBTFUL: 0,
    ObsStatus.NOT_STATED: 0,
    ObsStatus.NOT_APPLICABLE: 0,
}
NUMERIC = frozenset({ObsStatus.REPORTED, ObsStatus.PROVISIONAL, ObsStatus.ESTIMATED})
"""Statuses under which a figure is a number; under all others it is none, and never zero."""


def weakest(statuses: list[ObsStatus]) -> ObsStatus:
    """The status that a value computed from these must carry."""
    return min(statuses, key=lambda status: STRENGTH[status])


class Qualifier(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    ABOVE = "above"
    BELOW = "below"
    RANGE = "range"


class SourceGrade(StrEnum):
    OFFICIAL = "official"
    OFFICIAL_REPRINT = "official_reprint"
    UNLOCATED = "unlocated"


class SourceKind(StrEnum):
    PUBLICATION = "publication"
    REPORT = "report"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document. Title, publisher and date stay empty where they are not known: none is made up."""

    source_id: str
    kind: SourceKind
    title: str = ""
    publisher: str = ""
    published: str = ""
    address: str = ""
    sha256: str = ""
    grade: SourceGrade = SourceGrade.OFFICIAL

    @property
    def label_zh(self) -> str:
        """How a page names the document."""
        parts = [part for part in (self.publisher, f"《{self.title}》" if self.title else "", self.published) if part]
        if self.address:
            parts.append(self.address)
        return "，".join(parts) or "媒体报道，未核对原文"


CODE_FIELDS: dict[str, type[StrEnum]] = {
    "obs_status": ObsStatus,
    "transformation": Transformation,
    "comparison": Comparison,
    "price_basis": PriceBasis,
    "scope_basis": ScopeBasis,
    "fiscal_basis": FiscalBasis,
    "target_kind": TargetKind,
    "qualifier": Qualifier,
}
"""The fields of an observation that hold a code, with its list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure as published.

    `obs_value` is exact and signed, in units of `unit_measure` times ten to the `unit_mult`; None unless the status is
    one of NUMERIC (a range, or 两位数, has `value_low` and `value_high` only). `reported_label` holds the words as found;
    `indicator_id` stays empty until the catalogue or an analyst says what they mean.
    """

    ref_area: str
    reported_label: str
    period: Period
    source: Source
    locator: str
    indicator_id: str = ""
    subject: str = ""
    parent: str = ""
    transformation: Transformation = Transformation.LEVEL
    comparison: Comparison | None = None
    base_period: str = ""
    price_basis: PriceBasis | None = None
    scope_basis: ScopeBasis | None = None
    fiscal_basis: FiscalBasis | None = None
    seasonally_adjusted: bool = False
    target_kind: TargetKind | None = None
    rank_scope: str = ""
    rank_denominator: int | None = None
    obs_value: Decimal | None = None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit_measure: str = ""
    unit_mult: int = 0
    unit_inferred: bool = False
    obs_status: ObsStatus = ObsStatus.REPORTED
    qualifier: Qualifier = Qualifier.EXACT
    scope: str = ""
    vintage: str = ""
    header_cells: tuple[str, ...] = ()
    source_text: str = ""
    note: str = ""
    rule: str = "transcribed"
    confidence: Decimal = Decimal(1)
    corrected_from: str = ""
    attributes: tuple[tuple[str, str], ...] = field(default=())
    """What else the row says of its subject (stage, level, dates): names and values as printed."""

    @property
    def obs_id(self) -> str:
        """Stable over readings: a hash of source, locator and label."""
        text = "\x1f".join(
            (
                self.source.sha256 or self.source.source_id,
                self.locator,
                self.reported_label,
                self.subject,
                self.transformation,
                self.comparison or "",
            )
        )
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def unit(self) -> Unit:
        return Unit(self.unit_measure, self.unit_mult)

    @property
    def is_number(self) -> bool:
        return self.obs_value is not None and self.obs_status in NUMERIC

    @property
    def growth_kind(self) -> tuple[str, ...]:
        """Only growth rates with an equal kind may be compared."""
        return (
            self.comparison or "",
            self.base_period,
            self.price_basis or "",
            self.scope_basis or "",
            self.fiscal_basis or "",
            "sa" if self.seasonally_adjusted else "",
        )

    def attribute(self, name: str) -> str:
        return next((value for key, value in self.attributes if key == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValue:
    """A published or computed value of an indicator, with what it was made from.

    When `value` is None, `absent` says why in words for the page. `status` is the weakest among the inputs.
    """

    ref_area: str
    indicator_id: str
    label_zh: str
    period: Period
    transformation: Transformation
    value: Decimal | None
    unit: Unit
    status: ObsStatus
    inputs: tuple[Observation, ...]
    formula: str = ""
    absent: str = ""
    flags: tuple[str, ...] = ()
    comparison: Comparison | None = None
    subject: str = ""
    computed: bool = False
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_number(self) -> bool:
        return self.value is not None
