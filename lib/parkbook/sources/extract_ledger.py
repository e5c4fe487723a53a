"""All figures of one ledger file: under the layouts given for it, else under those inferred from its headers.

    observations, findings, proposal = extract_ledger(path)

`proposal` is the text of a layout file to confirm (several forms in one file are several YAML documents); None when the
layouts were given, or nothing was understood. Figures read under a proposal have a confidence below one half where the
proposal is doubtful and 0.6 elsewhere, and the rule `inferred:<id>`; a finding says that nobody has confirmed it.
A 填报表 is recognised by its sheets and gives its targets.
Rows and headers that were not understood are not read, stand in the proposal as comments and are findings with their cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from parkbook.errors import Finding, ParkbookError, Severity
from parkbook.model import Observation
from parkbook.project import parks_directory
from parkbook.sources.files import read_workbook
from parkbook.sources.form.parts import FORM_FILE
from parkbook.sources.form.read import form_of, is_form
from parkbook.sources.grid import Workbook
from parkbook.sources.infer import propose
from parkbook.sources.infer_form import Proposal, Unread
from parkbook.sources.layout import Layout
from parkbook.sources.ledger import read_workbook_tables

CONFIRMABLE, DOUBTFUL = Decimal("0.6"), Decimal("0.4")


class LedgerExtract(NamedTuple):
    """What a ledger says, what was met while reading it, and the layout file to confirm."""

    observations: list[Observation]
    findings: list[Finding]
    proposal: str | None


def extract_ledger(path: Path, layouts: Sequence[Layout] = (), ref_area: str = "") -> LedgerExtract:
    """Every figure of a ledger file. A file that cannot be read is a finding; nothing but a bug is raised."""
    try:
        workbook = read_workbook(path)
    except ParkbookError as error:
        return LedgerExtract([], [error.finding], None)
    fitting = [layout for layout in layouts if layout.reads_file(path.name)]
    if fitting:
        reading = read_workbook_tables(workbook, ref_area, fitting)
        return LedgerExtract(reading.observations, reading.findings, None)
    return _of_form(workbook, path) if is_form(workbook) else _inferred(workbook, ref_area)


def _of_form(workbook: Workbook, path: Path) -> LedgerExtract:
    """The targets of a 填报表; a finding says what else is in it, since that is no figure."""
    in_park = path.resolve().parent.parent == parks_directory().resolve()
    form = form_of(workbook, path.resolve().parent.name if in_park else "")
    notes = sum(map(len, (form.notes.problems, form.notes.measures, form.notes.highlights)))
    what = Finding(
        what=f"这是填报表，列出其中的年度目标 {len(form.targets)} 条",
        where=workbook.place,
        found=f"另有园区信息 {len(form.fields)} 项、问题与举措 {notes} 条、更正 {len(form.corrections)} 条、名称对照 {len(form.names)} 条",
        cause="填报表不是台账，不需要版式",
        remedy=f"放在 data/parks/<园区>/ 下，名为 {FORM_FILE}，由 parkbook check 和 parkbook audit 读取",
        code="form",
        severity=Severity.NOTE,
    )
    return LedgerExtract(list(form.targets), [*form.findings, what], None)


def _inferred(workbook: Workbook, ref_area: str) -> LedgerExtract:
    proposals, findings = propose(workbook)
    if not proposals:
        return LedgerExtract([], [*workbook.findings, *findings], None)
    known = {name for proposal in proposals for name in proposal.sheets}
    understood = replace(workbook, grids=tuple(grid for grid in workbook.grids if grid.hidden or grid.name in known))
    reading = read_workbook_tables(understood, ref_area, [proposal.layout for proposal in proposals])
    by_rule = {f"layout:{proposal.layout.id}": proposal for proposal in proposals}
    observations = [_unconfirmed(observation, by_rule[observation.rule]) for observation in reading.observations]
    reasons = {label: why for proposal in proposals for label, why in proposal.unread_rows.items() if why}
    met = [_with_reason(finding, reasons) for finding in reading.findings]
    unread = [_unread(workbook, part) for proposal in proposals for part in proposal.unread]
    notes = [_unconfirmed_layout(workbook, proposal) for proposal in proposals]
    text = "---\n".join(proposal.text for proposal in proposals)
    if len(proposals) > 1:
        text = f"# 文件中有 {len(proposals)} 种表式，以 --- 分隔，各存为一个版式文件\n{text}"
    return LedgerExtract(observations, [*met, *unread, *findings, *notes], text)


def _with_reason(finding: Finding, reasons: dict[str, str]) -> Finding:
    """Why a row is not in the proposal, where that is known."""
    known = finding.code == "unknown_row" and finding.found in reasons
    return replace(finding, cause=reasons[finding.found]) if known else finding


def _unread(workbook: Workbook, part: Unread) -> Finding:
    return Finding(
        what="按表头推断的版式不读这一列或这一行",
        where=f"{workbook.name} {part.place}",
        found=part.words,
        cause=part.reason,
        remedy="要读的，在所提版式中写明它是哪一类数、哪个指标；不必读的可不处理",
        code="inferred_unread",
        severity=Severity.WARNING if part.figures else Severity.NOTE,
    )


def _unconfirmed(observation: Observation, proposal: Proposal) -> Observation:
    """The figure with what is known of the proposal's standing."""
    letters = observation.locator.rpartition("!")[2].rstrip("0123456789")
    doubtful = letters in proposal.doubtful_columns or observation.reported_label in proposal.doubtful_rows
    return replace(observation, rule=f"inferred:{proposal.layout.id}", confidence=DOUBTFUL if doubtful else CONFIRMABLE)


def _unconfirmed_layout(workbook: Workbook, proposal: Proposal) -> Finding:
    doubts = len(proposal.doubtful_columns) + len(proposal.doubtful_rows)
    return Finding(
        what="没有对应的版式，按表头推断读入，尚未确认",
        where=f"{workbook.name} {'、'.join(proposal.sheets[:6])}{' 等' if len(proposal.sheets) > 6 else ''}",
        found=f"{len(proposal.layout.columns)} 列、{len(proposal.layout.indicators) or '逐行'} 行名；存疑 {doubts} 处",
        expected="data/layouts/<园区>/ 下有该表的版式",
        remedy="核对所提版式，改好存疑处，存入 data/layouts/<园区>/；确认前这些数不进入园区页面",
        code="unconfirmed_layout",
        severity=Severity.WARNING,
    )
