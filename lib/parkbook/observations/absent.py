"""Why a cell without a number has none: 缺报 is only what was due and is not there.

A ledger's “—” in a rate whose base is zero is no missing return, nor is the completion of a project without a plan or the rate of
an enterprise that was not there the year before: these are 不计算, with the reason. A “—” in a register's own figure is 未填数.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from parkbook.model import Comparison, Observation, ObsStatus, SourceKind, Transformation
from parkbook.periods import year_period

BASE_ZERO: Final = "上年同期为零，不计算增速"
NO_BASE: Final = "上年无数，不计算增速"
NO_PLAN: Final = "无年度计划，不计算完成率"
DASHES: Final = ("—", "-", "/")
Series = tuple[str, str]


def with_reasons(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """The observations in their order; cells that were not due are 不计算 or 未填数 instead of 缺报."""
    told = tuple(observations)
    levels: dict[Series, list[Observation]] = defaultdict(list)
    for o in told:
        if o.transformation in (Transformation.LEVEL, Transformation.TARGET) and o.is_number:
            levels[o.indicator_id, o.subject].append(o)
    return tuple(_explained(o, levels[o.indicator_id, o.subject]) if _unfilled(o) else o for o in told)


def _unfilled(observation: Observation) -> bool:
    return observation.obs_status is ObsStatus.MISSING and observation.source.kind is SourceKind.LEDGER


def _explained(observation: Observation, known: Sequence[Observation]) -> Observation:
    reason = _reason(observation, known)
    if reason:
        return replace(observation, obs_status=ObsStatus.NOT_APPLICABLE, note=reason)
    dashed = any(mark in observation.source_text for mark in DASHES)
    if observation.subject and observation.transformation is Transformation.LEVEL and dashed:
        return replace(observation, obs_status=ObsStatus.NOT_STATED)
    return observation


def _reason(observation: Observation, known: Sequence[Observation]) -> str:
    """Why the rate or completion could not be given; empty where it could have been."""
    period = observation.period
    if not period.known or period.end is None:
        return ""
    if observation.transformation is Transformation.GROWTH and observation.comparison is Comparison.YOY:
        before = [
            o for o in known if o.transformation is Transformation.LEVEL and o.period.key == period.shift_years(-1).key
        ]
        if any(o.obs_value == 0 for o in before):
            return BASE_ZERO
        return NO_BASE if observation.subject and not before else ""
    if observation.transformation is Transformation.COMPLETION:
        year = year_period(period.end.year).key
        targets = [o for o in known if o.transformation is Transformation.TARGET and o.period.key == year]
        return NO_PLAN if not any(o.obs_value for o in targets) else ""
    return ""
