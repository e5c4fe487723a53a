"""A ledger without a layout: its headers are inferred against the catalogue and proposed as a layout file to confirm.

`propose` looks at every visible sheet: where the table stands (`infer_block`), where period and unit are (`infer_place`),
what its columns say (`infer_columns`, `infer_months`) and which indicators its rows (`infer_indicators`) or its columns
(`infer_subjects`) name by the catalogue's words (`infer_names`). Sheets of one form share a proposal (`infer_form`).
Only what the words say exactly is taken; what is doubtful is marked in the file (`infer_yaml`), and what is not
understood is a column or row that is not read. A sheet of which too little is understood gets no proposal, but a finding
that says what is missing.

Out of scope: two tables in one sheet, side by side or below each other (the first is read), and registers without
figures.
"""

from __future__ import annotations

import glob
from typing import Any

from openpyxl.utils import get_column_letter
from pydantic import ValidationError

from parkbook.catalogue import Catalogue, catalogue
from parkbook.datafiles import explain
from parkbook.errors import Finding, ParkbookError, Severity
from parkbook.sources.grid import Cell, Grid, Workbook
from parkbook.sources.headers import Header
from parkbook.sources.infer_block import MOST_COLUMNS, Block, find_block
from parkbook.sources.infer_form import Form, NotUnderstood, Proposal, Sheet, unread_columns
from parkbook.sources.infer_indicators import indicator_column, indicator_rows
from parkbook.sources.infer_names import Names
from parkbook.sources.infer_row import is_meta
from parkbook.sources.infer_subjects import subject_rows, unread_rows
from parkbook.sources.infer_yaml import written
from parkbook.sources.layout import Layout


def propose(workbook: Workbook, known: Catalogue | None = None) -> tuple[list[Proposal], list[Finding]]:
    """Proposals for all visible sheets of a file, and findings for those that are not understood."""
    names = Names(known or catalogue())
    forms: list[Form] = []
    findings: list[Finding] = []
    for grid in workbook.grids:
        if grid.hidden:
            continue
        try:
            form = _form(grid, workbook.name, names)
        except (NotUnderstood, ParkbookError) as error:
            findings.append(_not_understood(workbook, grid, error))
            continue
        if not any(known_form.takes(form) for known_form in forms):
            forms.append(form)
    proposals: list[Proposal] = []
    for number, form in enumerate(forms, start=1):
        try:
            proposals.append(_proposal(form, number, workbook))
        except ValidationError as error:
            problem = NotUnderstood(explain(error))
            findings += [
                _not_understood(workbook, grid, problem) for grid in workbook.grids if grid.name in form.sheets
            ]
    return proposals, findings


def _proposal(form: Form, number: int, workbook: Workbook) -> Proposal:
    content: dict[str, Any] = {
        "id": f"inferred_{number}",
        "file": glob.escape(workbook.name),
        "sheets": [glob.escape(name) for name in form.sheets],
        **form.content(),
    }
    return Proposal(
        Layout.model_validate(content),
        written(content, form.doubts),
        frozenset(form.doubts.columns),
        frozenset(form.doubts.rows),
        tuple(form.sheets),
        tuple(form.unread),
        form.doubts.unknown_rows,
    )


def _not_understood(workbook: Workbook, grid: Grid, error: Exception) -> Finding:
    words = error.finding.what if isinstance(error, ParkbookError) else str(error)
    return Finding(
        what="工作表的版式无法推断，未读",
        where=f"{workbook.name} {grid.name}",
        cause=words,
        remedy="为该表手工建立版式文件（docs/architecture.md），或在原表补上缺少的标题、单位或报告期",
        code="not_inferred",
        severity=Severity.NOTE if not grid.size else Severity.WARNING,
    )


def _form(grid: Grid, file: str, names: Names) -> Form:
    """What one sheet is understood to be."""
    if not grid.size:
        raise NotUnderstood("空表")
    if grid.last_column > MOST_COLUMNS:
        raise NotUnderstood(f"最右的单元格在第 {grid.last_column} 列，多于 {MOST_COLUMNS} 列，或表格外有误填的单元格")
    block = find_block(grid, names)
    if block is None:
        raise NotUnderstood("找不到表头和数据行")
    headers = _headers(grid, block)
    paths = [header.path for header in headers]
    if len(set(paths)) < len(paths):
        twice = next(path for path in paths if paths.count(path) > 1)
        raise NotUnderstood(f"表头“{'/'.join(twice)}”出现两次")
    sheet = Sheet(grid, block, headers, file, names)
    key = indicator_column(sheet)
    fields, columns = indicator_rows(sheet, key) if key is not None else subject_rows(sheet)
    fixed = {
        "header_rows": list(block.header_rows),
        "first_row": block.first_row,
        "first_column": get_column_letter(headers[0].column),
    }
    lists = {name: list(fields.pop(name, ())) for name in ("total_rows", "ignore_rows", "headings")}
    indicators = fields.pop("indicators", {})
    unread = [*unread_columns(sheet, columns), *unread_rows(sheet, lists["ignore_rows"])]
    lists["stop_at"] = list(block.stops)
    return Form(fixed | fields, lists, indicators, columns, sheet.doubts, [grid.name], unread)


def _headers(grid: Grid, block: Block) -> list[Header]:
    """The columns with header words, as `headers.read_headers` will see them."""
    headers = []
    for column in range(1, grid.last_column + 1):
        cells: list[Cell] = []
        for row in block.header_rows:
            cell = grid.filled(row, column)
            if cell.text and cell.address not in [known.address for known in cells] and not is_meta(cell):
                cells.append(cell)
        if cells:
            headers.append(Header(column, tuple(cell.text for cell in cells), tuple(cell.address for cell in cells)))
    return headers
