"""Values that cannot be: a share over 100 %, a place after the last, a fall by more than all there was."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from parkbook.catalogue import Catalogue
from parkbook.errors import Severity
from parkbook.model import Observation, Transformation
from parkbook.observations.reconcile.result import (
    AuditFinding,
    Certainty,
    Check,
    CheckKind,
    found,
    plain,
    titled,
)
from parkbook.observations.reconcile.series import ADDITIVE, is_sum, never_negative
from parkbook.sources.plausibility import implausible

LIMITED = (Transformation.SHARE, Transformation.COMPLETION, Transformation.RANK, Transformation.GROWTH)


def check_limits(observations: Iterable[Observation], known: Catalogue) -> Check:
    """Shares, completions, ranks and growth rates against what they can be; levels have their range in the catalogue."""
    compared, findings = 0, list[AuditFinding]()
    for o in observations:
        if o.obs_value is None or not o.is_number or o.transformation not in LIMITED:
            continue
        compared += 1
        broken = _broken(o, o.obs_value, known)
        if broken:
            findings.append(_impossible(o, o.obs_value, *broken))
    return Check(CheckKind.LIMITS, compared, tuple(findings))


def is_impossible(o: Observation, known: Catalogue) -> bool:
    """Whether a figure cannot be: outside what its kind can be, or a level outside its range in the catalogue."""
    if o.obs_value is not None and o.transformation in LIMITED and _broken(o, o.obs_value, known):
        return True
    return any(finding.code == "range" for finding in implausible(o, known))


def _broken(o: Observation, value: Decimal, known: Catalogue) -> tuple[str, str] | None:
    """(what it must be, by how much it is not); None when it may be."""
    if o.transformation is Transformation.SHARE and o.unit_measure == "%" and not 0 <= value <= 100:
        return (
            "0% 至 100%",
            f"{'超出' if value > 100 else '低于'} {plain(value - 100 if value > 100 else -value)} 个百分点",
        )
    if o.transformation is Transformation.COMPLETION and value < 0 and never_negative(o.indicator_id, known):
        return "不小于 0", f"低 {plain(-value, o.unit)}"
    if o.transformation is Transformation.RANK and value < 1:
        return "不小于 1", f"低 {plain(1 - value)} 位"
    if o.transformation is Transformation.RANK and o.rank_denominator is not None and value > o.rank_denominator:
        return f"不大于参加排位的 {o.rank_denominator} 个", f"多 {plain(value - o.rank_denominator)} 位"
    falls = o.transformation is Transformation.GROWTH and o.unit_measure == "%" and value < -100
    if falls and is_sum(o.indicator_id, known, ADDITIVE) and never_negative(o.indicator_id, known):
        return "不低于 -100%（最多减少到零）", f"低 {plain(-100 - value)} 个百分点"
    return None


def _impossible(o: Observation, value: Decimal, expected: str, difference: str) -> AuditFinding:
    return found(
        CheckKind.LIMITS,
        f"{titled(o)} 的数不可能成立",
        [o],
        "impossible",
        expected=expected,
        said=f"{plain(value, o.unit)}，{difference}",
        difference=difference,
        cause="小数点、单位或符号有误",
        certainty=Certainty.CERTAIN,
        severity=Severity.WARNING,
    )
