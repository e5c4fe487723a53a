"""Parks: the folders under data/parks and the `park.yaml` that says whose each one is.

A folder without `park.yaml` is no park; `park_folder` says so, and `parkbook check` and `parkbook parks` name it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from parkbook.catalogue import Text
from parkbook.codelists import AdminLevel, ParkType, Relation
from parkbook.datafiles import Words, as_words, read_entries, read_model
from parkbook.errors import DataError, ParkbookError
from parkbook.model import Source, SourceGrade, SourceKind
from parkbook.parameters import check_park, known_parks
from parkbook.periods import Period, parse_period
from parkbook.project import parks_directory, relative_name

PARK_FILE = "park.yaml"


class SourceEntry(BaseModel):
    """A document that published.csv cites; what is not known about it stays empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
    kind: SourceKind
    title: Words = ""
    publisher: Words = ""
    published: Words = ""
    address: Text = ""
    sha256: Annotated[str, BeforeValidator(as_words), Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    grade: SourceGrade = SourceGrade.OFFICIAL

    def as_source(self) -> Source:
        return Source(
            source_id=self.id,
            kind=self.kind,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            address=self.address,
            sha256=self.sha256,
            grade=self.grade,
        )


class Park(BaseModel):
    """A park as park.yaml describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Annotated[str, Field(min_length=1)]
    relation: Relation
    type: ParkType = ParkType.UNSTATED
    level: AdminLevel = AdminLevel.UNSTATED
    area: Text = ""
    synthetic: bool = False
    period: Words = ""
    peers: tuple[str, ...] = ()
    parameters: dict[str, Any] = Field(default_factory=dict)
    note: Text = ""
    sources: tuple[SourceEntry, ...] = ()

    @field_validator("period")
    @classmethod
    def _is_period(cls, value: str) -> str:
        try:
            known = not value or parse_period(value).known
        except ParkbookError as error:
            raise ValueError(str(error)) from error
        if not known:
            raise ValueError(f"报告期“{value}”没有写明年份")
        return value

    @cached_property
    def default_period(self) -> Period | None:
        """The reporting period of its pages; None: the latest with figures."""
        return parse_period(self.period) if self.period else None

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        return {entry.id: entry.as_source() for entry in self.sources}


def list_parks() -> list[str]:
    """The codes of all parks, sorted; folders without park.yaml are none."""
    return [park for park in known_parks() if (parks_directory() / park / PARK_FILE).is_file()]


def missing_park_file(name: str) -> DataError:
    """The error of a folder without park.yaml."""
    return DataError(
        f"园区目录“{name}”没有 {PARK_FILE}",
        where=f"data/parks/{name}",
        expected=f"data/parks/{name}/{PARK_FILE}",
        cause="目录是手工建立的，或文件名有误（如 park.yml）；只有填报表.xlsx 还不够",
        remedy=f"运行 parkbook new-park {name} --name 园区名称 --relation own（或 third_party）补上该文件，已有的文件不动",
    )


def park_folder(park_id: str) -> Path:
    """The folder of a park; UnknownCodeError with a suggestion when there is none, DataError when it has no park.yaml."""
    folder = parks_directory() / check_park(park_id)
    if not (folder / PARK_FILE).is_file():
        raise missing_park_file(park_id)
    return folder


def read_park_file(folder: Path) -> Park:
    """The park of a folder; DataError with file and field when park.yaml breaks a rule."""
    path = folder / PARK_FILE
    if not path.is_file():
        raise missing_park_file(folder.name)
    where = relative_name(path)
    park = read_model(
        Park,
        path,
        what="park.yaml 不合规则",
        expected="以 id、name、relation 等字段开头的 YAML",
        remedy="按 docs/architecture.md 的格式修改所列字段",
    )
    if park.id != folder.name:
        raise DataError(
            "园区代码与目录名不同",
            where=f"{where} id",
            expected=folder.name,
            found=park.id,
            remedy="改目录名或 id，使两者相同",
        )
    _require_unique_sources(park, where)
    return park


def _require_unique_sources(park: Park, where: str) -> None:
    ids = [entry.id for entry in park.sources]
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise DataError(
            "来源代码重复", where=f"{where} sources", found="、".join(repeated), remedy="每份文件用不同的代码"
        )


def read_sources_file(path: Path) -> dict[str, Source]:
    """The documents of data/context/sources.yaml, by id."""
    sources: dict[str, Source] = {}
    entries = read_entries(
        SourceEntry, path, "sources", what="来源条目不合规则", remedy="按 docs/architecture.md 的格式修改"
    )
    for entry, where in entries:
        source = entry.as_source()
        if source.source_id in sources:
            raise DataError("来源代码重复", where=where, found=source.source_id, remedy="每份文件用不同的代码")
        sources[source.source_id] = source
    return sources
