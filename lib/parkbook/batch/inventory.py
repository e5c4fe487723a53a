"""What each park has: its name and relation, figures, periods, ledgers and reports.

A park that cannot be read is listed with its problem; nothing here raises for one park.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parkbook.catalogue import load_yaml
from parkbook.codelists import AdminLevel, ParkType, Relation, label_zh, parse_code
from parkbook.errors import Finding, ParkbookError
from parkbook.parameters import known_parks
from parkbook.project import parks_directory

if TYPE_CHECKING:
    from parkbook.model import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkSummary:
    """One park in a list."""

    park_id: str
    name: str
    relation: str = ""
    kind: str = ""
    level: str = ""
    synthetic: bool = False
    figures: int = 0
    numbers: int = 0
    periods: tuple[str, ...] = ()
    ledgers: int = 0
    reports: int = 0
    problem: str = ""

    @property
    def period_span(self) -> str:
        """The first and the last of its periods."""
        return "—".join(dict.fromkeys((self.periods[0], self.periods[-1]))) if self.periods else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkReading:
    """A park's observations and the findings met while reading it."""

    park_id: str
    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    problem: str = ""


def read_one(park_id: str) -> ParkReading:
    """Read a park; a problem instead of an exception."""
    try:
        park = import_module("parkbook.observations.read").read_park(park_id)
    except ParkbookError as error:
        return ParkReading(park_id=park_id, problem=str(error))
    except Exception as error:
        return ParkReading(park_id=park_id, problem=f"{type(error).__name__}: {error}")
    return ParkReading(park_id=park_id, observations=tuple(park.observations), findings=tuple(park.findings))


def summarise(reading: ParkReading) -> ParkSummary:
    """The park's line, from its park.yaml and its observations."""
    folder = parks_directory() / reading.park_id
    try:
        identity = _identity(folder)
    except ParkbookError as error:
        return ParkSummary(park_id=reading.park_id, name=reading.park_id, problem=str(error))
    periods = {item.period.end: item.period.time_period for item in sorted(
        (o for o in reading.observations if o.period.known), key=lambda o: (o.period.end, o.period.start))}
    return ParkSummary(
        park_id=reading.park_id, **identity, figures=len(reading.observations),
        numbers=sum(item.is_number for item in reading.observations), periods=tuple(periods.values()),
        ledgers=_count(folder / "ledgers", (".xlsx", ".xls", ".csv")),
        reports=_count(folder / "reports", (".txt", ".md", ".docx", ".pdf")), problem=reading.problem)


def _identity(folder: Path) -> dict[str, Any]:
    path = folder / "park.yaml"
    content = load_yaml(path) if path.is_file() else None
    if not isinstance(content, dict):
        return {"name": folder.name}
    return {"name": str(content.get("name") or folder.name), "synthetic": bool(content.get("synthetic")),
            "relation": label_zh(parse_code(Relation, str(content.get("relation", "")))),
            "kind": label_zh(parse_code(ParkType, str(content.get("type", "unstated")))),
            "level": label_zh(parse_code(AdminLevel, str(content.get("level", "unstated"))))}


def _count(folder: Path, suffixes: tuple[str, ...]) -> int:
    if not folder.is_dir():
        return 0
    return sum(path.suffix.lower() in suffixes and not path.name.startswith(("~$", ".")) for path in folder.iterdir())


def inventory(parks: Iterable[str] | None = None) -> list[ParkSummary]:
    """All parks, or these, in a list."""
    return [summarise(read_one(park)) for park in (known_parks() if parks is None else parks)]
