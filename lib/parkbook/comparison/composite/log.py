"""The log of a composite: for each step, in words, what was done to which parks and indicators, with figures before and after."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that a step changed; `before` is None where there was none."""

    park: str
    indicator: str
    before: float | None
    after: float


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a step did; `left_out` are parks or indicators it took away, `warning` when a reader must know."""

    step: str
    what: str
    parks: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    numbers: tuple[tuple[str, float], ...] = ()
    warning: bool = False


STEPS_ZH = {
    "screen": "筛选",
    "impute": "插补",
    "treat": "异常值处理",
    "normalise": "标准化",
    "weight": "赋权",
    "aggregate": "合成",
}
