"""What a composite is made from: parks in rows, indicators in columns, NaN where a park has no figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from parkbook.errors import DataError

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


class CompositeError(DataError):
    """A step that a method cannot do honestly on these figures."""

    code = "composite"


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """One column: its code, its name on the page, and whether a higher value is better."""

    id: str
    label: str = ""
    higher: bool = True

    @property
    def name(self) -> str:
        return self.label or self.id


@dataclass(frozen=True)
class Matrix:
    """`values` (parks x indicators), NaN where there is no figure. A panel names the period of each row and is then normalised
    in each period by itself unless the recipe says otherwise. `groups` are the parks' peer groups (for imputing by group)."""

    parks: tuple[str, ...]
    indicators: tuple[IndicatorColumn, ...]
    values: Floats
    periods: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    """Names of the parks on the page; the code where there is none."""

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        rows, columns = len(self.parks), len(self.indicators)
        if values.shape != (rows, columns):
            raise CompositeError(
                "数据矩阵的大小与园区、指标的个数不符",
                expected=f"{rows}×{columns}",
                found="×".join(map(str, values.shape)),
            )
        if np.isinf(values).any():
            raise CompositeError("数据矩阵中有无穷大", where=self._first(np.isinf(values)), remedy="检查分母为零的指标")
        for name, labels in (("报告期", self.periods), ("分组", self.groups)):
            if labels and len(labels) != rows:
                raise CompositeError(f"{name}的个数与园区数不符", expected=str(rows), found=str(len(labels)))
        _unique("园区", list(zip(self.parks, self.periods or ("",) * rows, strict=True)))
        _unique("指标", [indicator.id for indicator in self.indicators])
        values.setflags(write=False)
        object.__setattr__(self, "values", values)

    def _first(self, flags: Flags) -> str:
        row, column = np.argwhere(flags)[0]
        return f"{self.park_name(int(row))}的{self.indicators[int(column)].name}"

    def park_name(self, row: int) -> str:
        park = self.names.get(self.parks[row], self.parks[row])
        return f"{park}（{self.periods[row]}）" if self.periods else park

    @property
    def keys(self) -> tuple[str, ...]:
        """A name for each row: the park's code, in a panel with its period (qilu@2024)."""
        if not self.periods:
            return self.parks
        return tuple(f"{park}@{period}" for park, period in zip(self.parks, self.periods, strict=True))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(indicator.id for indicator in self.indicators)

    @property
    def higher(self) -> Flags:
        """Whether a higher value is better, per column."""
        return np.array([indicator.higher for indicator in self.indicators], dtype=np.bool_)

    def with_values(self, values: Floats) -> Matrix:
        return replace(self, values=values)

    def rows(self, keep: Sequence[int]) -> Matrix:
        """Only these rows, in this order."""
        return replace(
            self,
            parks=tuple(self.parks[i] for i in keep),
            values=self.values[list(keep), :],
            periods=tuple(self.periods[i] for i in keep) if self.periods else (),
            groups=tuple(self.groups[i] for i in keep) if self.groups else (),
        )

    def columns(self, keep: Sequence[int]) -> Matrix:
        """Only these columns, in this order."""
        return replace(self, indicators=tuple(self.indicators[j] for j in keep), values=self.values[:, list(keep)])


def _unique(what: str, keys: Sequence[object]) -> None:
    repeated = next((key for key in keys if list(keys).count(key) > 1), None) if len(set(keys)) < len(keys) else None
    if repeated is not None:
        raise CompositeError(f"{what}重复", found=str(repeated), remedy=f"每个{what}只留一次")
