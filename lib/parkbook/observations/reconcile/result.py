"""What a reconciliation finds: a finding with both sides, the difference, and how sure it is.

How sure: *certain* where the arithmetic cannot hold within rounding and both sides stand in one document; *likely* where
they stand in two, or where a pattern (a power of ten, a sign) speaks for a slip; *possible* where prices, 口径 or a later
revision may explain it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import partial

from parkbook.errors import Finding, Severity
from parkbook.model import Observation
from parkbook.sources.plausibility import place_of


class Certainty(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


CERTAINTY_ZH = {Certainty.CERTAIN: "确定", Certainty.LIKELY: "很可能", Certainty.POSSIBLE: "可能"}


class CheckKind(StrEnum):
    """What is held against what."""

    SAYINGS = "sayings"
    MONTHS = "months"
    PARTS = "parts"
    SUMS = "sums"
    TABLES = "tables"
    COMPLETION = "completion"
    RATIOS = "ratios"
    GROWTH = "growth"
    ORDERS = "orders"
    LISTS = "lists"
    LIMITS = "limits"
    SLIPS = "slips"
    IMPLIED = "implied"
    DEFINITIONS = "definitions"
    UNIT_WORDS = "unit_words"


KIND_ZH = {
    CheckKind.SAYINGS: "同一数的多处说法",
    CheckKind.MONTHS: "当月数与累计数",
    CheckKind.PARTS: "分项与总数",
    CheckKind.SUMS: "各分项之和与总数",
    CheckKind.TABLES: "表内合计与各行",
    CheckKind.COMPLETION: "完成率与数值、目标",
    CheckKind.RATIOS: "比率与分子、分母",
    CheckKind.GROWTH: "增速与两期数值",
    CheckKind.ORDERS: "前后环节的数",
    CheckKind.LISTS: "个数与名单",
    CheckKind.LIMITS: "取值范围",
    CheckKind.SLIPS: "相邻各期的数量级",
    CheckKind.IMPLIED: "占比与个数",
    CheckKind.DEFINITIONS: "一事两种计法",
    CheckKind.UNIT_WORDS: "进度差的单位用词",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinding:
    """One finding with the figures it speaks of, the doubtful one first; `difference` says by how much, in words."""

    finding: Finding
    kind: CheckKind
    certainty: Certainty
    observations: tuple[Observation, ...]
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of check: how many comparisons could be made, and what did not fit."""

    kind: CheckKind
    compared: int = 0
    findings: tuple[AuditFinding, ...] = ()

    @classmethod
    def of(cls, kind: CheckKind, results: Iterable[Sequence[AuditFinding] | None]) -> Check:
        """From the findings of each comparison, none where all is well; None where it could not be made."""
        made = [result for result in results if result is not None]
        return cls(kind, len(made), tuple(finding for result in made for finding in result))

    def without(self, said: Iterable[AuditFinding]) -> Check:
        """Without the findings on figures that another check has found not to fit each other."""
        pairs = {tuple(o.obs_id for o in item.observations) for item in said}
        left = (item for item in self.findings if tuple(o.obs_id for o in item.observations) not in pairs)
        return replace(self, findings=tuple(left))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All findings, the figures that others imply, and how many comparisons of each kind were made."""

    findings: tuple[AuditFinding, ...]
    implied: tuple[Observation, ...]
    compared: Mapping[CheckKind, int] = field(default_factory=dict)

    def others(self, findings: Iterable[Finding]) -> list[Finding]:
        """Of all findings of a park those that no comparison made: what was met while reading."""
        mine = {(item.finding.code, item.finding.where, item.finding.what) for item in self.findings}
        return [finding for finding in findings if (finding.code, finding.where, finding.what) not in mine]


LEDGER_REMEDY = "与原表核对；有误的请报送单位改正，或写入 corrections.yaml"
NOTHING_TO_DO = "无须改动，引用时注明"


def found(
    kind: CheckKind,
    what: str,
    observations: Sequence[Observation],
    code: str,
    *,
    expected: str = "",
    said: str = "",
    cause: str = "",
    difference: str = "",
    remedy: str = LEDGER_REMEDY,
    certainty: Certainty | None = None,
    severity: Severity = Severity.WARNING,
    doubted: Sequence[Observation] = (),
) -> AuditFinding:
    """A finding at the places of its figures; certain when they stand in one document, unless told otherwise. `doubted` are
    those of the figures that are not to be used."""
    finding = Finding(
        what=what,
        where="、".join(dict.fromkeys(place_of(observation) for observation in observations)),
        expected=expected,
        found=said,
        cause=cause,
        remedy=remedy,
        code=code,
        severity=severity,
        doubted=tuple(dict.fromkeys(place_of(observation) for observation in doubted)),
    )
    sources = {observation.source.source_id for observation in observations}
    sure = certainty or (Certainty.CERTAIN if len(sources) == 1 else Certainty.LIKELY)
    return AuditFinding(
        finding=finding, kind=kind, certainty=sure, observations=tuple(observations), difference=difference
    )


note = partial(found, severity=Severity.NOTE, certainty=Certainty.POSSIBLE)
"""A finding that calls for nothing but attention."""


def plain(value: Decimal, unit: object = "") -> str:
    """A number in words, without trailing zeros."""
    text = format(value, "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}"


_COLUMN_WORDS = re.compile(r"/(?:本年|本月|当月|本月止)?(?:累计|绝对量|完成额|累计完成)\Z")


def name_of(observation: Observation) -> str:
    """Of whom and what, without the words of the column it stood in."""
    return observation.subject + _COLUMN_WORDS.sub("", observation.reported_label)


def titled(observation: Observation) -> str:
    """What and when: 工业投资 2025年9月."""
    return f"{name_of(observation)} {observation.period.label_zh}"
