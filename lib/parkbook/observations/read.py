"""Everything that is known of a park, or of the context: figures from all sources, corrected, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from parkbook.catalogue import catalogue
from parkbook.datafiles import read_entries
from parkbook.errors import Finding, ParkbookError, did_you_mean
from parkbook.model import Observation, Source
from parkbook.observations.checks import check_observations
from parkbook.observations.corrections import apply_corrections, read_corrections
from parkbook.observations.duplicates import duplicate_findings
from parkbook.observations.form import apply_form_corrections, name_findings, named, notes_not_shown, with_names
from parkbook.observations.narrative import read_reports
from parkbook.observations.reconcile import defined, identities
from parkbook.project import data_directory, relative_name
from parkbook.sources.form.merge import with_form
from parkbook.sources.form.parts import FORM_FILE
from parkbook.sources.form.read import Form, read_form
from parkbook.sources.layout import Layout, layout_files, read_layout
from parkbook.sources.ledger import read_ledgers
from parkbook.sources.park import Park, list_parks, park_folder, read_park_file, read_sources_file
from parkbook.sources.plausibility import implausible, unknown_codes
from parkbook.sources.published import read_published


@dataclass(frozen=True)
class ParkData:
    """A park, its figures, and what was met while reading them."""

    park: Park
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


class AreaKind(StrEnum):
    """What a reference area that is no park is."""

    AREA = "area"
    AGGREGATE = "aggregate"
    NATIONAL = "national"
    PROVINCE = "province"
    TYPE_TOTAL = "type_total"


class Area(BaseModel):
    """A reference area of the context."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    name: str
    kind: AreaKind


@dataclass(frozen=True)
class ContextData:
    """Areas, totals and rankings that are no parks."""

    areas: tuple[Area, ...]
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def read_park(park_id: str) -> ParkData:
    """All sources of a park. Unknown parks and a broken park.yaml are raised; everything else becomes a finding."""
    folder = park_folder(park_id)
    form = read_form(folder / FORM_FILE)
    park, findings = with_form(read_park_file(folder), form)
    findings += [*form.findings, *notes_not_shown(park, form)]
    observations = _published(folder / "published.csv", park_id, park.source_by_id, findings)
    layouts = _layouts(park_id, findings)
    observations += _ledgers(folder / "ledgers", park_id, with_names(layouts, form), findings)
    narrated, met = read_reports(folder, park, observations)
    observations, findings = observations + narrated, findings + met
    observations, met = named(observations, layouts, form, catalogue())
    findings += [*met, *name_findings(layouts, form)]
    observations = _corrected([*observations, *form.targets], folder / "corrections.yaml", findings, form)
    observations = defined(observations, identities().definitions)
    findings += duplicate_findings(observations)
    findings += check_observations(observations, catalogue())
    return ParkData(park, tuple(observations), tuple(findings))


def read_context() -> ContextData:
    """Areas and their figures under data/context; empty where there is none."""
    folder = data_directory() / "context"
    findings: list[Finding] = []
    areas = _areas(folder / "areas.yaml") if (folder / "areas.yaml").is_file() else []
    sources = read_sources_file(folder / "sources.yaml") if (folder / "sources.yaml").is_file() else {}
    observations = _published(folder / "published.csv", None, sources, findings)
    observations = _corrected(observations, folder / "corrections.yaml", findings)
    findings += _unknown_areas(observations, areas, relative_name(folder / "published.csv"))
    findings += duplicate_findings(observations)
    return ContextData(tuple(areas), tuple(observations), tuple(findings))


def _published(
    path: Path, ref_area: str | None, sources: dict[str, Source], findings: list[Finding]
) -> list[Observation]:
    if not path.is_file():
        return []
    observations, found = read_published(path, ref_area, sources)
    findings += found
    return observations


def _ledgers(folder: Path, park_id: str, layouts: Sequence[Layout], findings: list[Finding]) -> list[Observation]:
    """The figures of all ledgers, with findings about their codes, units and ranges."""
    reading = read_ledgers(folder, park_id, layouts)
    findings += reading.findings
    known = catalogue()
    for layout in layouts:
        findings += unknown_codes(layout.indicator_ids(), known, layout.place)
    observations: list[Observation] = []
    for observation in reading.observations:
        if observation.indicator_id not in known:
            observations.append(replace(observation, indicator_id=""))
            continue
        findings += implausible(observation, known)
        observations.append(observation)
    return observations


def _layouts(park_id: str, findings: list[Finding]) -> list[Layout]:
    """The layouts of a park; a broken one is a finding, and the ledgers of the others are read."""
    layouts: dict[str, Layout] = {}
    for path in layout_files(park_id):
        try:
            layout = read_layout(path)
        except ParkbookError as error:
            findings.append(error.finding)
            continue
        if layout.id in layouts:
            findings.append(
                Finding(
                    what=f"版式代码“{layout.id}”重复，后一个未用",
                    where=layout.place,
                    found=layouts[layout.id].place,
                    remedy="为其中一个版式另取代码",
                    code="layout",
                )
            )
        layouts.setdefault(layout.id, layout)
    return list(layouts.values())


def _corrected(
    observations: list[Observation], path: Path, findings: list[Finding], form: Form | None = None
) -> list[Observation]:
    """The figures with the corrections of the YAML file, then with those of the form."""
    corrections, broken = read_corrections(path)
    unread = _files(path.parent / "ledgers") - {observation.source.source_id for observation in observations}
    corrected, unmet = apply_corrections(observations, corrections, relative_name(path), unread)
    findings += broken + unmet
    if form is not None:
        corrected, unmet = apply_form_corrections(corrected, form, corrections, unread)
        findings += unmet
    return corrected


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()} if folder.is_dir() else set()


def _areas(path: Path) -> list[Area]:
    entries = read_entries(Area, path, "areas", what="区域条目不合规则", remedy="按 docs/architecture.md 的格式修改")
    return [area for area, _ in entries]


def _unknown_areas(observations: Sequence[Observation], areas: Sequence[Area], where: str) -> list[Finding]:
    known = {area.id for area in areas} | set(list_parks())
    unknown = sorted({observation.ref_area for observation in observations} - known)
    return [
        Finding(
            what=f"未登记的区域“{name}”",
            where=where,
            expected="data/context/areas.yaml 中的代码或园区代码",
            cause=did_you_mean(name, known),
            remedy="改用已登记的代码，或先登记该区域",
            code="unknown_code",
        )
        for name in unknown
    ]
