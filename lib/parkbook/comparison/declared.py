"""The comparisons that a run of everything makes: `data/comparisons.yaml`.

comparisons:
  - id: beijing-2016-s1
    title: 北京市六大高端产业功能区比较
    parks: [zhongguancun, beijing-etda]
    period: 2016-S1
    indicators: []            # empty: all that at least two of these parks have
    total: beijing-six-zones  # a context area whose published figure is the total; shown, never ranked
    overlapping: true         # whether parks overlap, so that they are not added; left out: not known, and not added either
    remarks: [功能区相互重叠，不能相加。]     # what a reader of this group must know
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from parkbook.datafiles import read_model
from parkbook.errors import DataError
from parkbook.periods import Period, parse_period
from parkbook.project import data_directory

FILE: Final = "data/comparisons.yaml"


class DeclaredComparison(BaseModel):
    """One comparison: which parks, in which period, by which indicators."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str
    parks: Annotated[tuple[str, ...], Field(min_length=2)]
    period: str
    indicators: tuple[str, ...] = ()
    total: str = ""
    overlapping: bool | None = None
    remarks: tuple[str, ...] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        """As the comparison notebook takes them."""
        given = {"parks": list(self.parks), "period": self.period, "title": self.title}
        return given | ({"indicators": list(self.indicators)} if self.indicators else {})


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    comparisons: tuple[DeclaredComparison, ...] = ()


def declared_comparisons() -> tuple[DeclaredComparison, ...]:
    """All declared comparisons, in file order; none when there is no file."""
    path = data_directory() / "comparisons.yaml"
    if not path.is_file():
        return ()
    file = read_model(_File, path, what="园区比较的声明不合规则", remedy="按文件开头的格式修改")
    declared = file.comparisons
    ids = [comparison.id for comparison in declared]
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise DataError(f"园区比较的代码“{repeated[0]}”重复", where=FILE, remedy="改用另一个代码")
    return declared


def matching_declaration(parks: Collection[str], period: Period) -> DeclaredComparison | None:
    """The declaration of just these parks in just this period, whatever their order."""
    return next(
        (
            declared
            for declared in declared_comparisons()
            if set(declared.parks) == set(parks) and parse_period(declared.period).key == period.key
        ),
        None,
    )
