"""`parkbook check`: everything under data/ against its rules, each problem with file, place and remedy.

Errors fail the check, warnings and notes are listed. A park may declare findings that are meant to be there (the slips
planted in `demo`, a source that contradicts itself) in `known_findings.yaml`; they are listed as 已知 and do not fail:

    - code: layout                      # the finding's code
      where: 03固投项目.xlsx*            # a pattern over its place; matched anywhere in it
      reason: 示例台账中有意写错的表头

A declared finding that no longer occurs is an error itself: the source may have been mended.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from parkbook import fonts
from parkbook.catalogue import Catalogue, catalogue
from parkbook.comparison.declared import FILE as COMPARISONS
from parkbook.comparison.declared import DeclaredComparison, declared_comparisons
from parkbook.comparison.scoring.library import check_frameworks
from parkbook.datafiles import load_yaml, read_entries
from parkbook.errors import Finding, ParkbookError, Severity, UnknownCodeError, did_you_mean
from parkbook.indicators.alarms import alarm_ids, check_exemptions, rule_sets
from parkbook.model import Observation
from parkbook.observations.narrative import REVIEW_FILE
from parkbook.observations.read import read_context, read_park
from parkbook.parameters import NOTEBOOK_PARAMETERS, check_park, known_parks, resolve, resolve_for_park
from parkbook.project import data_directory, parks_directory, relative_name
from parkbook.sources.exemptions import EXEMPTIONS_FILE, read_exemptions
from parkbook.sources.form.parts import FORM_FILE
from parkbook.sources.layout import layout_files
from parkbook.sources.notes import read_notes
from parkbook.units import unit_definitions

KNOWN_FILE: Final = "known_findings.yaml"
PARK_FILES: Final = (
    "park.yaml",
    FORM_FILE,
    "published.csv",
    "corrections.yaml",
    "notes.yaml",
    EXEMPTIONS_FILE,
    KNOWN_FILE,
    REVIEW_FILE,
    "README.md",
)
PARK_FOLDERS: Final = ("ledgers", "reports")


class KnownFinding(BaseModel):
    """A finding that is meant to be there."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    where: str = "*"
    reason: Annotated[str, Field(min_length=1)]

    def matches(self, finding: Finding) -> bool:
        return self.code == finding.code and fnmatch.fnmatchcase(finding.where, f"*{self.where}*")


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with what it belongs to; `reason` when it is a known one."""

    subject: str
    finding: Finding
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that the check found, and what it looked at."""

    items: tuple[Item, ...]
    parks: int
    observations: int
    indicators: int

    def of(self, severity: Severity) -> list[Item]:
        return [item for item in self.items if item.finding.severity is severity and not item.reason]

    @property
    def known(self) -> list[Item]:
        return [item for item in self.items if item.reason]

    @property
    def ok(self) -> bool:
        return not self.of(Severity.ERROR)


def check_all() -> Report:
    """Check everything under data/ of the project."""
    items: list[Item] = []
    observations: list[Observation] = []
    items += _found("计量单位", lambda: _nothing(unit_definitions()))
    items += _found("字体", _fonts)
    items += _found("其他文件", _stray_files)
    items += _found("预警规则", lambda: _nothing(rule_sets()))
    try:
        known = catalogue()
    except ParkbookError as error:
        return Report((*items, Item("指标目录", error.finding)), 0, 0, 0)
    items += _found("指标目录", lambda: _references(known))
    items += _found("评价体系", lambda: check_frameworks(known))
    items += _found("区域数据", lambda: _context(observations))
    parks = known_parks()
    for park in parks:
        items += _park(park, observations)
    items += _found("园区比较", _comparisons)
    items += _found("指标目录", lambda: _unused(known, observations))
    return Report(tuple(items), len(parks), len(observations), len(known))


def _found(subject: str, check: Callable[[], Sequence[Finding]]) -> list[Item]:
    """What a check finds, or the error that stopped it."""
    try:
        return [Item(subject, finding) for finding in check()]
    except ParkbookError as error:
        return [Item(subject, error.finding)]


def _nothing(_: object) -> list[Finding]:
    return []


# --- one park -------------------------------------------------------------------------------------------------------


def _park(park: str, observations: list[Observation]) -> list[Item]:
    """All findings of a park, the known ones with their reason."""
    items = _found(park, lambda: _park_data(park, observations))
    items += _found(park, lambda: _park_defaults(park))
    items += _found(park, lambda: _nothing(read_notes(park)))
    items += _found(park, lambda: _exempted(park))
    items += _found(park, lambda: _unexpected_files(parks_directory() / park))
    try:
        declared = read_known(park)
    except ParkbookError as error:
        return [*items, Item(park, error.finding)]
    return [_marked(item, declared) for item in items] + _unmet(park, declared, items)


def _exempted(park: str) -> list[Finding]:
    """Rules in exemptions.yaml that there are not."""
    return [
        Finding(
            what=f"没有预警规则“{name}”，该项不亮灯的声明不起作用",
            where=f"data/parks/{park}/{EXEMPTIONS_FILE}",
            expected="data/alarms 中的规则代码，如 yinchuan-2025.start，或整套规则的代码",
            found=name,
            cause=did_you_mean(name, alarm_ids()),
            remedy="改正规则代码",
            code="unknown_code",
        )
        for name in check_exemptions(read_exemptions(park), alarm_ids())
    ]


def _park_data(park: str, observations: list[Observation]) -> list[Finding]:
    data = read_park(park)
    observations += data.observations
    for peer in data.park.peers:
        check_park(peer, f"data/parks/{park}/park.yaml peers")
    return list(data.findings)


def _park_defaults(park: str) -> list[Finding]:
    """The notebook parameters in park.yaml are ones the notebooks have, with values they take."""
    for notebook, names in NOTEBOOK_PARAMETERS.items():
        if "park" in names:
            try:
                resolve_for_park(notebook, {"park": park})
            except ParkbookError as error:
                return [error.finding.at(f"data/parks/{park}/park.yaml")]
    return []


def _unexpected_files(folder: Path) -> list[Finding]:
    """A file with a name that nothing reads: most often a slip (park.yml, Published.csv)."""
    names = (path.name for path in sorted(folder.iterdir()) if not path.name.startswith((".", "~$")))
    allowed = (*PARK_FILES, *PARK_FOLDERS)
    return [
        Finding(
            what=f"不读取的文件“{name}”",
            where=relative_name(folder / name),
            expected="、".join(allowed),
            severity=Severity.WARNING,
            cause=did_you_mean(name, allowed),
            remedy="改正文件名，或移出该目录",
            code="stray_file",
        )
        for name in names
        if name not in allowed
    ]


def read_known(park: str) -> list[KnownFinding]:
    """The findings that a park declares as known."""
    path = parks_directory() / park / KNOWN_FILE
    if not path.is_file():
        return []
    entries = read_entries(
        KnownFinding,
        path,
        what="已知问题的声明不合规则",
        expected="列表，每项含 code、where、reason",
        remedy="按上述格式修改",
    )
    return [known for known, _ in entries]


def _marked(item: Item, declared: Sequence[KnownFinding]) -> Item:
    reason = next((known.reason for known in declared if known.matches(item.finding)), "")
    return Item(item.subject, item.finding, reason)


def _unmet(park: str, declared: Sequence[KnownFinding], items: Sequence[Item]) -> list[Item]:
    unmet = [known for known in declared if not any(known.matches(item.finding) for item in items)]
    return [
        Item(
            park,
            Finding(
                what="声明为已知的问题没有出现",
                where=f"data/parks/{park}/{KNOWN_FILE}",
                expected=f"{known.code}：{known.where}",
                cause="原文件可能已改正",
                remedy="删去该条声明",
                code="known_finding",
            ),
        )
        for known in unmet
    ]


# --- the rest of data/ ----------------------------------------------------------------------------------------------


def _context(observations: list[Observation]) -> list[Finding]:
    data = read_context()
    observations += data.observations
    return list(data.findings)


def _references(known: Catalogue) -> list[Finding]:
    """`part_of`, `counted_by` and the arguments of formulas are entries of the catalogue."""
    findings: list[Finding] = []
    for indicator in known:
        used = [name for name in (indicator.part_of, indicator.counted_by) if name]
        used += list(indicator.formula.arguments.values()) if indicator.formula else []
        findings += [
            Finding(
                what=f"未知的指标代码“{name}”",
                where=known.places[indicator.id],
                cause=did_you_mean(name, [i.id for i in known]),
                remedy="改用已登记的代码",
                code="unknown_code",
            )
            for name in used
            if name not in known
        ]
    return findings


def _unused(known: Catalogue, observations: Sequence[Observation]) -> list[Finding]:
    """Indicators that no committed observation carries, and that cannot be computed from ones that are carried."""
    carried = {observation.indicator_id for observation in observations}
    findings = [
        Finding(
            what=f"观测值的指标代码“{name}”不在指标目录中", where=place, remedy="改用已登记的代码", code="unknown_code"
        )
        for name, place in sorted({o.indicator_id: o.locator for o in observations}.items())
        if name and name not in known
    ]
    for indicator in known:
        computed = indicator.formula is not None and carried.issuperset(indicator.formula.arguments.values())
        if indicator.id not in carried and not computed:
            findings.append(
                Finding(
                    what=f"指标“{indicator.label_zh}”（{indicator.id}）没有任何观测值",
                    where=known.places[indicator.id],
                    cause="目录中的指标须至少有一个已提交的观测值",
                    remedy="补充数据，或删去该条目",
                    code="unused_indicator",
                )
            )
    return findings


def _comparisons() -> list[Finding]:
    findings: list[Finding] = []
    for comparison in declared_comparisons():
        try:
            _comparison(comparison)
        except ParkbookError as error:
            findings.append(error.finding.at(f"{COMPARISONS} {comparison.id}"))
    return findings


def _comparison(comparison: DeclaredComparison) -> None:
    resolve("comparison", comparison.parameters, {}, dict.fromkeys(comparison.parameters, COMPARISONS))
    areas = [area.id for area in read_context().areas]
    if comparison.total and comparison.total not in areas:
        raise UnknownCodeError(
            f"未登记的区域“{comparison.total}”",
            expected="data/context/areas.yaml 中的代码",
            cause=did_you_mean(comparison.total, areas),
            remedy="改用已登记的代码",
        )


def _fonts() -> list[Finding]:
    folder = fonts.font_directory()
    wanted = [name for face in fonts.FACES.values() for name in (face.file, Path(face.file).stem + ".coverage.txt")]
    return [
        Finding(what=f"缺少字体文件 {name}", where="lib/parkbook/fonts", remedy="从项目仓库恢复该文件", code="font")
        for name in wanted
        if not (folder / name).is_file()
    ]


def _stray_files() -> list[Finding]:
    """Layouts of parks that are not there, and YAML that does not parse."""
    data, parks, findings = data_directory(), known_parks(), []
    for folder in sorted((data / "layouts").glob("*/")):
        if folder.name not in parks and layout_files(folder.name):
            findings.append(
                Finding(
                    what=f"版式目录“{folder.name}”没有对应的园区",
                    where=relative_name(folder),
                    cause=did_you_mean(folder.name, parks),
                    remedy="改用园区代码作目录名，或删去",
                    code="stray_file",
                )
            )
    for path in sorted(data.rglob("*.yaml")):
        findings += [item.finding for item in _found("", partial(_parses, path))]
    return findings


def _parses(path: Path) -> list[Finding]:
    return _nothing(load_yaml(path))


# --- in words -------------------------------------------------------------------------------------------------------


def report_lines(report: Report) -> Iterator[str]:
    """Known findings first, then notes, warnings and errors, so that what must be done stands last."""
    for item in report.known:
        yield f"已知 [{item.subject}] {item.finding}；说明：{item.reason}"
    for severity, word in ((Severity.NOTE, "提示"), (Severity.WARNING, "警告"), (Severity.ERROR, "错误")):
        for item in report.of(severity):
            yield f"{word} [{item.subject}] {item.finding}"
    errors, warnings = len(report.of(Severity.ERROR)), len(report.of(Severity.WARNING))
    yield (
        f"检查了 {report.parks} 个园区、{report.observations} 条观测值、{report.indicators} 个指标："
        f"{errors} 项错误，{warnings} 项警告，{len(report.known)} 项已知。" + ("通过。" if report.ok else "未通过。")
    )
