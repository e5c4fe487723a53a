"""Excel ledgers to observations: every figure with its cell, its header cells and the fingerprint of its file.

Each file is opened once and read by every layout whose pattern it matches. A sheet that no layout reads or ignores, a file
without a layout, a hidden sheet, a header that drifted: each is a finding, and the rest is read.
Not here: files without a declared layout (`infer`, `extract_ledger`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from parkbook.errors import Finding, LayoutError, ParkbookError, Severity
from parkbook.model import Observation, Source, SourceKind
from parkbook.periods import UNSTATED_ZH
from parkbook.project import relative_name
from parkbook.sources.files import read_workbook
from parkbook.sources.grid import Grid, Workbook
from parkbook.sources.headers import match_headers
from parkbook.sources.layout import Layout
from parkbook.sources.table import Table
from parkbook.sources.xlsx import READ_ERRORS

LOCK_PREFIX = "~$"
"""Office keeps a file of this name beside one that is open."""


@dataclass
class LedgerReading:
    """What the ledgers of a park say, and what could not be read."""

    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, observations: Sequence[Observation], findings: Sequence[Finding]) -> None:
        self.observations.extend(observations)
        self.findings.extend(findings)


def read_ledgers(folder: Path, ref_area: str, layouts: Sequence[Layout]) -> LedgerReading:
    """Every file of a ledgers folder, in name order."""
    result = LedgerReading()
    used: set[str] = set()
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith((".", LOCK_PREFIX)) or path.is_dir():
            continue
        fitting = [layout for layout in layouts if layout.reads_file(path.name)]
        used |= {layout.id for layout in fitting}
        reading = read_ledger(path, ref_area, fitting)
        result.add(reading.observations, reading.findings)
    result.findings += [_layout_without_file(layout) for layout in layouts if layout.id not in used]
    return result


def read_ledger(path: Path, ref_area: str, layouts: Sequence[Layout]) -> LedgerReading:
    """One file under the layouts given for it; a file that cannot be opened is a finding."""
    result = LedgerReading()
    if not layouts:
        result.findings.append(
            Finding(
                what="台账文件没有对应的版式，未读",
                where=relative_name(path),
                expected="data/layouts 下 file 与文件名相符的版式",
                remedy="用 parkbook extract 文件 --layout 得到按表头推断的版式，核对后存入 data/layouts；或修改版式的 file",
                code="layout",
            )
        )
        return result
    try:
        workbook = read_workbook(path)
    except ParkbookError as error:
        result.findings.append(error.finding)
        return result
    return read_workbook_tables(workbook, ref_area, layouts)


def read_workbook_tables(workbook: Workbook, ref_area: str, layouts: Sequence[Layout]) -> LedgerReading:
    """Every table of an open workbook under its layouts."""
    result = LedgerReading(findings=list(workbook.findings))
    source = Source(source_id=workbook.name, kind=SourceKind.LEDGER, title=workbook.name, sha256=workbook.sha256)
    for grid in workbook.grids:
        _read_sheet(grid, source, ref_area, layouts, result)
    result.findings += _layouts_without_sheet(workbook, layouts)
    return result


def _read_sheet(grid: Grid, source: Source, ref_area: str, layouts: Sequence[Layout], result: LedgerReading) -> None:
    where = f"{source.source_id} {grid.name}"
    fitting = [layout for layout in layouts if layout.reads_sheet(grid.name)]
    if grid.hidden:
        result.findings.append(
            Finding(
                what="隐藏的工作表，未读",
                where=where,
                severity=Severity.WARNING,
                code="hidden",
                cause="多为作废或备用的表",
                remedy="需要读入的请取消隐藏；作废的请删除",
            )
        )
        return
    if not fitting and not any(layout.ignores_sheet(grid.name) for layout in layouts):
        result.findings.append(
            Finding(
                what="工作表未在版式中登记，未读",
                where=where,
                expected="、".join(pattern for layout in layouts for pattern in layout.sheets),
                found=grid.name,
                remedy="在版式 sheets 中写明，或列入 ignore",
                code="layout",
            )
        )
    for layout in fitting:
        below = [other.header_rows[0] for other in fitting if other.header_rows[0] > layout.first_row]
        _read_table(grid, source, ref_area, layout, where, result, min(below, default=None))


def _read_table(
    grid: Grid,
    source: Source,
    ref_area: str,
    layout: Layout,
    where: str,
    result: LedgerReading,
    next_table: int | None,
) -> None:
    """One table; what stops it is a finding at its place, and nothing of it is kept."""
    try:
        headers, findings = match_headers(grid, layout, where)
        result.findings += findings
        if headers is None:
            return
        table = Table(grid, layout, headers, source, ref_area, next_table=next_table)
        table.read()
    except ParkbookError as error:
        result.findings.append(error.finding.at(where))
    except (*READ_ERRORS, ArithmeticError) as error:  # one sheet that is not read, not the end of a run
        result.findings.append(
            LayoutError(
                f"工作表按版式“{layout.id}”读取时出错，未读",
                where=where,
                found=type(error).__name__,
                cause="表中有程序没有料到的内容",
                remedy="核对该表的表头和数据；不能确定的，把文件发给维护人员",
            ).finding
        )
    else:
        result.add(table.observations, table.findings)
        result.findings += _undated(table, where)


def _undated(table: Table, where: str) -> list[Finding]:
    """What is said once of the figures whose month the form hides or leaves blank."""
    undated = [observation for observation in table.observations if not observation.period.known]
    if not undated:
        return []
    return [
        Finding(
            what=f"报告期被隐去或没有填写，{len(undated)} 个数按“{UNSTATED_ZH}”列出，不参与比较",
            where=f"{where}!{table.layout.period.cell or undated[0].locator.rpartition('!')[2]}",
            expected="如 2025年9月、2025年1—9月",
            found=undated[0].period.text,
            remedy="在原表中补上年月，或在版式中用 fixed 写明",
            code="undated",
            severity=Severity.WARNING,
        )
    ]


def _layout_without_file(layout: Layout) -> Finding:
    return Finding(
        what=f"版式“{layout.id}”没有对应的台账文件",
        where=layout.place,
        expected=layout.file,
        found="ledgers/ 下没有这样的文件",
        remedy="补交台账，或删去不再使用的版式",
        code="layout",
        severity=Severity.NOTE,
    )


def _layouts_without_sheet(workbook: Workbook, layouts: Sequence[Layout]) -> list[Finding]:
    names = [grid.name for grid in workbook.grids]
    return [
        Finding(
            what=f"文件中没有版式“{layout.id}”的工作表",
            where=workbook.name,
            expected="、".join(layout.sheets),
            found="、".join(names[:12]),
            remedy="核对工作表名称，或修改版式的 sheets",
            code="layout",
        )
        for layout in layouts
        if not any(layout.reads_sheet(name) for name in names)
    ]
