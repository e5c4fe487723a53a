"""The systems that a park administration runs (S1 to S30), each with where its figures come from and where they go.

data/catalogue/systems.yaml has one entry a system: ledgers with sheet and columns, indicators, section of the park page, table or
chart, alarm, one value computed by hand from printed cells, one specimen phrase, and the reports that speak of it. The
entries are claims about the program; tests/test_systems.py holds each of them against the park page.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from parkbook.catalogue import SYSTEMS, Catalogue, catalogue
from parkbook.datafiles import read_entries
from parkbook.errors import DataError
from parkbook.model import ObsStatus, Transformation
from parkbook.project import data_directory, relative_name
from parkbook.units import parse_unit

FEWEST_INDICATORS = 3


class SystemKind(StrEnum):
    """figures: ledgers and reports give figures of it; process: something done with the figures of all others."""

    FIGURES = "figures"
    PROCESS = "process"


class Operation(StrEnum):
    """What the hand did with the printed figures a, b, c, in their order; each in the unit it is printed in."""

    SHARE = "share"  # a / b, in %
    RATIO = "ratio"  # a / b
    DIFFERENCE = "difference"  # a - b
    GROWTH = "growth"  # a / b - 1, in %
    GAP = "gap"  # a - 100: a completion of a whole year against the year
    PULL = "pull"  # (a - b) / c, in 个百分点; a and b in 万元, c in 亿元
    PACE = "pace"  # (a - b) / the months left of the year


def _printed(value: object) -> object:
    """A number in YAML has lost the digits it was written with; figures are written as text."""
    if not isinstance(value, str):
        raise ValueError("写成带引号的文字，以保留原样的位数")
    return value


Printed = Annotated[Decimal, BeforeValidator(_printed)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LedgerPlace(_Part):
    """Sheets of a ledger (`sheets` a regular expression for their whole names) and words of the headers above their figures."""

    file: str
    sheets: str
    columns: Annotated[tuple[str, ...], Field(min_length=1)]


class Shown(_Part):
    """A table, chart or list of the park page: the section or part it stands in and words of its caption or heading."""

    kind: Literal["table", "figure", "list", "paragraph"]
    place: str
    caption: str = ""


class SystemAlarm(_Part):
    """The rule (`set.rule` of data/alarms) that judges a figure of the system, and the indicator it judges."""

    rule: str
    indicator: str


class Cell(_Part):
    """A cell and what is printed in it."""

    file: str
    cell: Annotated[str, Field(pattern=r"^[^!]+![A-Z]+[0-9]+$")]
    value: Printed


class ByHand(_Part):
    """A value computed by hand from printed cells, rounded half up to the digits it is written with."""

    park: str = "demo"
    period: str = "2025"
    place: str
    """Section or part of the park page that prints it; `alarms` also for a lamp that is not lit, `row` for the growth implied by two
    levels, which the page holds against the published one and prints only where none is published."""
    indicator: str
    subject: str = ""
    transformation: Transformation
    operation: Operation
    inputs: Annotated[tuple[Cell, ...], Field(min_length=1)]
    arithmetic: str
    value: Printed
    unit: str


class Phrase(_Part):
    """A sentence of our own wording and the one figure that must be read from it."""

    text: str
    indicator: str
    transformation: Transformation = Transformation.LEVEL
    value: Printed | None = None
    unit: str
    status: ObsStatus = ObsStatus.REPORTED


class System(_Part):
    """One entry. A row of figures has everything; a row of process has what it is made of and where it stands."""

    id: str
    name_zh: str
    kind: SystemKind = SystemKind.FIGURES
    section: str
    ledgers: tuple[LedgerPlace, ...] = ()
    indicators: tuple[str, ...] = ()
    shows: Annotated[tuple[Shown, ...], Field(min_length=1)]
    alarm: SystemAlarm | None = None
    alarm_none: str = ""
    by_hand: ByHand | None = None
    phrase: Phrase | None = None
    reports: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _is_complete(self) -> System:
        if (self.alarm is None) is not bool(self.alarm_none):
            raise ValueError("alarm 与 alarm_none 须有且只有一项")
        if self.kind is SystemKind.FIGURES and not (self.ledgers and self.by_hand and self.phrase):
            raise ValueError("有数字的系统须有 ledgers、by_hand 和 phrase")
        return self


def read_systems(path: Path, known: Catalogue) -> tuple[System, ...]:
    """The entries of a file, S1 to S30 in order; DataError for a missing one, an unknown indicator or unit."""
    systems = []
    entries = read_entries(
        System, path, "systems", what="系统条目不合规则", remedy="按 parkbook.systems 的字段修改该条目"
    )
    for system, where in entries:
        _check_codes(system, known, where)
        systems.append(system)
    found = tuple(system.id for system in systems)
    if found != SYSTEMS:
        raise DataError(
            "系统清单不全或次序不对", where=relative_name(path), expected="S1 至 S30，各一项", found="、".join(found)
        )
    return tuple(systems)


def _check_codes(system: System, known: Catalogue, where: str) -> None:
    """Every indicator and unit is known, and a row of figures names three indicators of its own."""
    told = [*system.indicators, *(part.indicator for part in (system.alarm, system.by_hand, system.phrase) if part)]
    mine = [known.get(indicator_id, where) for indicator_id in told]
    for part in (system.by_hand, system.phrase):
        if part is not None:
            parse_unit(part.unit)
    own = {indicator.id for indicator in mine if indicator.system == system.id} & set(system.indicators)
    if system.kind is SystemKind.FIGURES and len(own) < FEWEST_INDICATORS:
        raise DataError(
            f"系统{system.id}的指标不足{FEWEST_INDICATORS}项",
            where=where,
            found="、".join(sorted(own)) or "无",
            remedy="补入该系统的指标",
        )


@lru_cache(maxsize=4)
def _cached(path: Path) -> tuple[System, ...]:
    return read_systems(path, catalogue())


def systems() -> tuple[System, ...]:
    """The project's systems, read once per process."""
    return _cached(data_directory() / "catalogue" / "systems.yaml")
