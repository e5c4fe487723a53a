"""Tables cut for paper: what decides the widths of their columns, and the parts of one that is wider than the page."""

from __future__ import annotations

from collections.abc import Iterator

from parkbook.briefing.blocks import Table
from parkbook.briefing.fragments import plain, table_rows
from parkbook.export.measure import ColumnContent, column_parts


def column_contents(block: Table) -> list[ColumnContent]:
    """Header and cells of each column."""
    rows = table_rows(block)
    return [
        ColumnContent(column.label, [plain(row[at]) for row in rows], column.align == "right", column.weight)
        for at, column in enumerate(block.columns)
    ]


def table_parts(block: Table) -> Iterator[Table]:
    """The table; one too wide for the page in parts, each with the first column. A table without columns has no part."""
    parts = column_parts(column_contents(block))
    for at, part in enumerate(parts):
        suffix = "" if len(parts) == 1 else f"（第{at + 1}部分，共{len(parts)}部分）"
        shown = _selected(block, part, suffix, at + 1 == len(parts))
        if shown.columns:
            yield shown


def _selected(block: Table, part: list[int], suffix: str, last: bool) -> Table:
    """Some columns of a table; notes and source stand below the last part."""
    return block.model_copy(
        update={
            "caption": f"{block.caption}{suffix}" if block.caption else "",
            "columns": tuple(block.columns[at] for at in part),
            "rows": tuple(tuple(row[at] for at in part) for row in table_rows(block)),
            "notes": block.notes if last else (),
            "source_line": block.source_line if last else "",
        }
    )
