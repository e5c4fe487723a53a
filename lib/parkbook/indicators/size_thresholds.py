"""From which annual revenue an enterprise is 规上 or 限上, by statistical sector: `data/codelists/thresholds.yaml`."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from parkbook.datafiles import read_entries
from parkbook.errors import DataError
from parkbook.project import data_directory
from parkbook.units import Unit, parse_unit


class SizeThreshold(BaseModel):
    """One sector: `amount` of annual revenue in `unit`; `edition` says which version of the standard."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sector: str
    aliases: tuple[str, ...] = ()
    amount: Decimal = Field(gt=0)
    unit: str
    kind: str
    edition: str
    source: str
    note: str = ""

    @property
    def parsed_unit(self) -> Unit:
        return parse_unit(self.unit)

    @property
    def words(self) -> str:
        """年主营业务收入2000万元."""
        return f"年主营业务收入{self.amount.normalize():f}{self.unit}"


def read_thresholds(path: Path) -> dict[str, SizeThreshold]:
    """Every sector and alias; DataError naming the entry that breaks the rules or says a sector twice."""
    known: dict[str, SizeThreshold] = {}
    entries = read_entries(SizeThreshold, path, "thresholds", what="规模标准不合规则", remedy="按同文件其他各项修改")
    for threshold, where in entries:
        parse_unit(threshold.unit)
        for name in (threshold.sector, *threshold.aliases):
            if name in known:
                raise DataError(f"行业“{name}”登记了两次", where=where, remedy="删去其中一处")
            known[name] = threshold
    return known


@lru_cache(maxsize=4)
def _cached(path: Path) -> dict[str, SizeThreshold]:
    return read_thresholds(path)


def size_threshold(sector: str) -> SizeThreshold | None:
    """The standard of a sector as printed; None for a sector that is not registered, which is never guessed."""
    return _cached(data_directory() / "codelists" / "thresholds.yaml").get(sector)
