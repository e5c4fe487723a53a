"""剔除: the growth of a total without named enterprises or projects, or without the largest N. For internal use only.

(X − Σx) / (X0 − Σx0) − 1 for the totals X, X0 and the parts x, x0 taken out, from published levels: 推算（按公布数，非可比口径）. The rate
before is computed in the same way, so that the two differ by the parts taken out and by nothing else; a published rate is of another
scope and stands beside them. A part without a base a year earlier cannot be taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from parkbook.errors import ParameterError, did_you_mean
from parkbook.indicators.contribution import Decomposition, Part
from parkbook.indicators.formulas import IMPLIED_NOTE, PERCENT, POINTS, computed_value
from parkbook.indicators.register_rows import REMAINDER
from parkbook.indicators.rounding import half_up
from parkbook.model import Comparison, IndicatorValue, Transformation

_LARGEST = re.compile(r"(?:largest[:：]?|最大|前)(\d{1,3})家?\Z")


def largest_asked(name: str) -> int | None:
    """3 of largest:3, 最大3家, 前3家; None for a name."""
    found = _LARGEST.match(name.strip())
    return int(found[1]) if found and int(found[1]) > 0 else None


def check_exclude(names: Sequence[str], subjects: Iterable[str]) -> None:
    """Refuse names that no register of the park has, with the nearest ones."""
    known = sorted({subject for subject in subjects if subject and not subject.startswith(REMAINDER)})
    for name in names:
        if largest_asked(name) is None and name not in known:
            raise ParameterError(
                f"台账中没有名为“{name}”的企业或项目，不能剔除",
                where="参数 exclude",
                expected="台账中的企业或项目名称，或 largest:3（剔除最大的3家）",
                found=name,
                cause=did_you_mean(name, known),
                remedy="改正名称；名称须与台账一致",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Growth without the named parts; `absent` says why there is none. `difference` is of the rates as shown."""

    names: tuple[str, ...]
    before: IndicatorValue
    after: IndicatorValue | None = None
    difference: IndicatorValue | None = None
    absent: str = ""


def chosen_names(found: Decomposition, asked: Sequence[str]) -> tuple[str, ...]:
    """The parts that the parameter names: by name, or the N largest by this year's figure of those with a base."""
    sizes = {part.name: part.current.value or Decimal(0) for part in found.parts}
    ordered = sorted(sizes, key=lambda name: sizes[name], reverse=True)
    names: list[str] = []
    for name in asked:
        count = largest_asked(name)
        if count is not None:
            names += ordered[:count]
        elif name in sizes or name in found.without_base or name in found.without_current:
            names.append(name)
    return tuple(dict.fromkeys(names))


def _amount(parts: Iterable[Part], which: str) -> Decimal:
    values = (part.current if which == "current" else part.base for part in parts)
    return sum((value.value for value in values if value.value is not None), Decimal(0))


def exclusion(found: Decomposition, names: Sequence[str]) -> Exclusion | None:
    """The growth of the total without `names`; None when none of them is a part of it."""
    parts = [part for part in found.parts if part.name in names]
    before = replace(
        found.total.pull, transformation=Transformation.GROWTH, unit=PERCENT, formula="本期数 ÷ 上年同期数 − 1"
    )
    lacking = [name for name in names if name in found.without_base]
    silent = [name for name in names if name in found.without_current]
    if lacking or silent:
        reasons = [
            *([f"{'、'.join(silent)}没有本期数"] if silent else []),
            *([f"{'、'.join(lacking)}缺上年同期数"] if lacking else []),
        ]
        return Exclusion(names=tuple(names), before=before, absent="，".join([*reasons, "不能剔除"]))
    if not parts:
        return None
    now = (found.total.current.value or Decimal(0)) - _amount(parts, "current")
    then = (found.total.base.value or Decimal(0)) - _amount(parts, "base")
    if then <= 0 or now < 0:
        return Exclusion(names=tuple(names), before=before, absent="剔除后没有剩余的基数，不计算增速")
    inputs = tuple(dict.fromkeys(o for part in (found.total, *parts) for o in part.change.inputs))
    after = computed_value(
        found.row.indicator,
        found.row.period,
        Transformation.GROWTH,
        (now / then - 1) * 100,
        PERCENT,
        "（总体本期数 − 剔除部分本期数）÷（总体上年同期数 − 剔除部分上年同期数）− 1",
        *inputs,
        flags=(IMPLIED_NOTE,),
        comparison=Comparison.YOY,
    )
    shown = half_up(after.value or Decimal(0), 1) - half_up(before.value or Decimal(0), 1)
    difference = replace(
        after,
        transformation=Transformation.CHANGE,
        value=shown,
        unit=POINTS,
        formula="剔除后增速 − 剔除前增速（均按公布数推算，以保留1位小数的增速相减）",
    )
    return Exclusion(names=tuple(names), before=before, after=after, difference=difference)
