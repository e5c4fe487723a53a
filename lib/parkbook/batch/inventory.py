"""What each park has: its name and relation, figures, periods, ledgers and reports.

A park that cannot be read is listed with its problem; nothing here raises for one park.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import east_asian_width

from parkbook.catalogue import catalogue
from parkbook.codelists import AdminLevel, Audience, ParkType, label_zh
from parkbook.errors import ParkbookError
from parkbook.model import Observation
from parkbook.observations.disclosure import disclosable
from parkbook.observations.read import ParkData, read_park
from parkbook.parameters import known_parks
from parkbook.project import parks_directory


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


def read_one(
    park_id: str, audience: Audience = Audience.INTERNAL, read: Callable[[str], ParkData] = read_park
) -> tuple[ParkSummary, tuple[Observation, ...]]:
    """Read a park: its line and its figures as the audience may see them; a problem instead of an exception."""
    try:
        data = read(park_id)
        if audience is Audience.EXTERNAL:
            data = disclosable(data, catalogue())
    except ParkbookError as error:
        return ParkSummary(park_id=park_id, name=park_id, problem=str(error)), ()
    except Exception as error:
        return ParkSummary(park_id=park_id, name=park_id, problem=f"{type(error).__name__}: {error}"), ()
    return summarise(data), data.observations


def summarise(data: ParkData) -> ParkSummary:
    """The line of a park."""
    folder, park = parks_directory() / data.park.id, data.park
    return ParkSummary(
        park_id=park.id,
        name=park.name,
        relation=label_zh(park.relation),
        kind=_stated(park.type),
        level=_stated(park.level),
        synthetic=park.synthetic,
        figures=len(data.observations),
        numbers=sum(item.is_number for item in data.observations),
        periods=_years(data.observations),
        ledgers=_count(folder / "ledgers", (".xlsx", ".xlsm", ".xls", ".csv")),
        reports=_count(folder / "reports", (".txt", ".md", ".docx", ".pdf")),
    )


def _stated(code: ParkType | AdminLevel) -> str:
    return "" if code.value == "unstated" else label_zh(code)


def _years(observations: Sequence[Observation]) -> tuple[str, ...]:
    """The years that published or reported figures speak of, in order; targets lie ahead and do not count."""
    known = (item.period.end for item in observations if item.period.end is not None and item.target_kind is None)
    return tuple(str(year) for year in sorted({end.year for end in known}))


def _count(folder: Path, suffixes: tuple[str, ...]) -> int:
    if not folder.is_dir():
        return 0
    return sum(path.suffix.lower() in suffixes and not path.name.startswith(("~$", ".")) for path in folder.iterdir())


def inventory(parks: Iterable[str] | None = None) -> list[ParkSummary]:
    """All parks, or these, in a list."""
    return [read_one(park)[0] for park in (known_parks() if parks is None else parks)]


HEADINGS = ("代码", "名称", "关系", "类型", "数据条数", "其中数值", "年份", "台账", "报告")


def park_lines(summaries: Sequence[ParkSummary]) -> Iterator[str]:
    """A table for a terminal, Chinese characters two columns wide; problems below."""
    rows = [HEADINGS, *(_row(summary) for summary in summaries)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        yield "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)).rstrip()
    for summary in summaries:
        if summary.problem:
            yield f"错误：{summary.park_id} 未能读取。{summary.problem}"


def _row(summary: ParkSummary) -> tuple[str, ...]:
    if summary.problem:
        return (summary.park_id, "（未能读取）", *[""] * (len(HEADINGS) - 2))
    name = summary.name + ("（示例数据）" if summary.synthetic else "")
    return (
        summary.park_id,
        name,
        summary.relation,
        summary.kind,
        str(summary.figures),
        str(summary.numbers),
        summary.period_span,
        str(summary.ledgers),
        str(summary.reports),
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
