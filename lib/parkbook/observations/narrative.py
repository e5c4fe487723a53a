"""The narrative reports in a park's `reports/`: read, and held against what was transcribed from them by hand.

A report is known by the sha256 of its bytes: when park.yaml lists that document, its title and grade are the report's, and a figure
at a span that published.csv has too is one observation, not two sources. The transcribed one stays, since a person
made it; where the two readings differ, a finding says how. What the reader itself doubts is no observation until an analyst
has decided on it in `review.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from parkbook.errors import Finding, ParkbookError, Severity
from parkbook.model import Observation, Source, Transformation
from parkbook.observations.listed import with_lists
from parkbook.project import relative_name
from parkbook.sources.park import Park
from parkbook.sources.text.extract import TextFigure, extract_file
from parkbook.sources.text.review import decisions_without_file, is_doubtful
from parkbook.units import convert, dimension

REVIEW_FILE = "review.csv"
_SPAN = re.compile(r"字符 (\d+)-(\d+)")


def read_reports(
    folder: Path, park: Park, transcribed: Sequence[Observation]
) -> tuple[list[Observation], list[Finding]]:
    """Figures of all reports of a park that were not transcribed already, and what was met; a broken report is a finding."""
    reports = folder / "reports"
    paths = (
        sorted(p for p in reports.iterdir() if p.is_file() and not p.name.startswith(".")) if reports.is_dir() else []
    )
    observations: list[Observation] = []
    findings = _decisions_without_file(folder)
    for path in paths:
        try:
            extraction = extract_file(path, park.id, decisions=folder / REVIEW_FILE)
        except ParkbookError as error:
            findings.append(error.finding.at(relative_name(path)))
            continue
        findings += [finding.at(relative_name(path)) for finding in extraction.findings]
        figures = [
            replace(f, observation=replace(f.observation, source=_source(f.observation.source, park, path)))
            for f in with_lists(extraction.figures, extraction.text)
        ]
        mine = [
            o
            for o in transcribed
            if o.source.sha256 and figures and o.source.sha256 == figures[0].observation.source.sha256
        ]
        kept = [figure for figure in figures if not is_doubtful(figure)]
        findings += _doubtful(path, [figure for figure in figures if is_doubtful(figure)])
        findings += compare_with_transcript(figures, mine, relative_name(path))
        observations += [figure.observation for figure in kept if not any(overlaps(figure, o) for o in mine)]
    return observations, findings


def _decisions_without_file(folder: Path) -> list[Finding]:
    """Decisions on reports that are not there; or why the list cannot be read, also where no report needs it."""
    try:
        found = decisions_without_file(folder / REVIEW_FILE, folder / "reports")
    except ParkbookError as error:
        found = [error.finding]
    return [replace(finding, where=relative_name(folder / REVIEW_FILE)) for finding in found]


def _source(found: Source, park: Park, path: Path) -> Source:
    """The document as park.yaml describes it, if it does; else by its file name."""
    known = next((source for source in park.source_by_id.values() if source.sha256 == found.sha256), None)
    return known or replace(found, source_id=path.name, title=path.stem)


def span_of(observation: Observation) -> tuple[int, int] | None:
    """The character span of a figure in a report; None for a cell or a page."""
    found = _SPAN.search(observation.locator)
    return (int(found[1]), int(found[2])) if found else None


def overlaps(figure: TextFigure, observation: Observation) -> bool:
    span = span_of(observation)
    if span is None or figure.start is None or figure.end is None:
        return False
    return min(figure.end, span[1]) > max(figure.start, span[0])


def compare_with_transcript(
    figures: Sequence[TextFigure], transcribed: Sequence[Observation], where: str
) -> list[Finding]:
    """Each transcribed figure against the reading of the same span: other value, sign, unit, status, kind; or not read at all."""
    findings = []
    for observation in transcribed:
        read = [figure for figure in figures if overlaps(figure, observation)]
        if not read:
            findings.append(_difference(observation, where, "未读出"))
        elif not any(_agrees(figure.observation, observation) for figure in read):
            findings.append(_difference(observation, where, _described(read[0].observation)))
    extra = [figure for figure in figures if transcribed and not any(overlaps(figure, o) for o in transcribed)]
    if extra:
        shown = "、".join(f"{f.observation.reported_label}（{f.observation.locator}）" for f in extra[:5])
        findings.append(
            Finding(
                what=f"读出{len(extra)}个转录中没有的数字",
                where=where,
                found=shown + ("等" if len(extra) > 5 else ""),
                remedy="核对原文后补入 published.csv，或在 review.csv 中剔除",
                code="transcription",
                severity=Severity.NOTE,
            )
        )
    return findings


def _agrees(read: Observation, transcribed: Observation) -> bool:
    """The same number in the same unit, of the same kind and status."""
    if read.obs_status.value != transcribed.obs_status.value and read.is_number != transcribed.is_number:
        return False
    if _kind(read) != _kind(transcribed):
        return False
    if read.obs_value is None or transcribed.obs_value is None:
        return read.obs_value is transcribed.obs_value
    if dimension(read.unit) != dimension(transcribed.unit):
        return read.obs_value == transcribed.obs_value and read.unit_mult == transcribed.unit_mult
    return convert(read.obs_value, read.unit, transcribed.unit) == transcribed.obs_value


def _kind(observation: Observation) -> str:
    """A named rate (智能算力占比) may be called a level or a share: it is the same figure."""
    named = (Transformation.LEVEL, Transformation.SHARE)
    return (
        "rate"
        if observation.unit_measure == "%" and observation.transformation in named
        else observation.transformation
    )


def _described(observation: Observation) -> str:
    value = "无数值" if observation.obs_value is None else f"{observation.obs_value:f}"
    return (
        f"{observation.reported_label} {value}{observation.unit} {observation.transformation} {observation.obs_status}"
    )


def _difference(transcribed: Observation, where: str, found: str) -> Finding:
    return Finding(
        what=f"{transcribed.reported_label}的转录与读出不一致",
        where=f"{where} {transcribed.locator}",
        expected=_described(transcribed),
        found=found,
        cause="转录有误，或读出规则不适用这一写法",
        remedy="对照原文；转录有误则改 published.csv，读出有误则不必处理（以转录为准）",
        code="transcription",
        severity=Severity.WARNING,
    )


def _doubtful(path: Path, figures: Sequence[TextFigure]) -> list[Finding]:
    """One note for all that the reader doubts; none of it is used."""
    if not figures:
        return []
    shown = "、".join(
        f"{f.observation.reported_label or '名称不明'}（{f.doubtful or '名称或归属不明'}）" for f in figures[:5]
    )
    return [
        Finding(
            what=f"{len(figures)}个数字存疑，未采用",
            where=relative_name(path),
            found=shown + ("等" if len(figures) > 5 else ""),
            remedy=f"用 parkbook extract 报告文件 --review {REVIEW_FILE} 列出清单，填写 decision 一栏后重读",
            code="review",
            severity=Severity.NOTE,
        )
    ]
