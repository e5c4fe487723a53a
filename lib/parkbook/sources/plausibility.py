"""Is a figure possible at all? Its code, its unit and its range against the catalogue. Nothing is ever changed here:
the figure stays as published and the finding says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable

from parkbook.catalogue import Catalogue, Indicator
from parkbook.errors import Finding, Severity, UnitError, UnknownCodeError
from parkbook.model import Observation, TargetKind, Transformation
from parkbook.units import convert

LEVELS = frozenset({Transformation.LEVEL, Transformation.TARGET})


def place_of(observation: Observation) -> str:
    """Where a figure stands, as a reader finds it: file and cell, or source and span."""
    return f"{observation.source.source_id} {observation.locator}".strip()


def implausible(observation: Observation, known: Catalogue, where: str = "") -> list[Finding]:
    """Findings on one figure: unknown code, a unit of another kind, a level outside its valid range."""
    if not observation.indicator_id:
        return []
    where = where or place_of(observation)
    try:
        indicator = known.get(observation.indicator_id, where)
    except UnknownCodeError as error:
        return [error.finding]
    if (
        observation.transformation not in LEVELS
        or observation.target_kind is TargetKind.GROWTH
        or not observation.unit_measure
    ):
        return []
    return _against(observation, indicator, where)


def _against(observation: Observation, indicator: Indicator, where: str) -> list[Finding]:
    try:
        values = [
            (value, convert(value, observation.unit, indicator.parsed_unit))
            for value in (observation.obs_value, observation.value_low, observation.value_high)
            if value is not None
        ]
    except UnitError as error:
        return [
            Finding(
                what=f"{indicator.label_zh}的单位与指标目录不同",
                where=where,
                expected=str(indicator.parsed_unit),
                found=str(observation.unit),
                cause=error.finding.cause,
                code="unit",
                severity=Severity.WARNING,
                remedy="核对单位；确为另一种计量的，另立指标",
            )
        ]
    low, high = indicator.minimum, indicator.maximum
    return [
        Finding(
            what=f"{indicator.label_zh}的数值超出有效范围",
            where=where,
            expected=f"{'' if low is None else low} 至 {'' if high is None else high} {indicator.unit}".strip(),
            found=f"{value}{observation.unit}",
            cause="小数点、单位或符号有误",
            code="range",
            severity=Severity.WARNING,
            remedy="与原件核对；原件有误的写入 corrections.yaml（数值仍按原文保留）",
        )
        for value, said in values
        if (low is not None and said < low) or (high is not None and said > high)
    ]


def unknown_codes(ids: Iterable[str], known: Catalogue, where: str) -> list[Finding]:
    """One finding for every code that the catalogue does not have."""
    findings = []
    for indicator_id in sorted(set(ids)):
        try:
            known.get(indicator_id, where)
        except UnknownCodeError as error:
            findings.append(error.finding)
    return findings
