"""Tables cut for paper: what decides the widths of their columns, and the parts of one that is wider than the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from parkbook.briefing.blocks import Runs, Table
from parkbook.briefing.fragments import plain, table_rows
from parkbook.export.measure import ColumnContent, column_parts

LEFT_OUT: Final = "本部分各栏均为“—”的行未列出"


def column_contents(block: Table) -> list[ColumnContent]:
    """Header and cells of each column."""
    rows = table_rows(block)
    return [
        ColumnContent(
            column.label, [plain(row[at]) for row in rows], column.align == "right", column.weight, column.group
        )
        for at, column in enumerate(block.columns)
    ]


def table_parts(block: Table) -> Iterator[Table]:
    """The table; one too wide for the page in parts, each with the first column and the rows that have something in it.

    A table without columns has no part.
    """
    parts = column_parts(column_contents(block))
    if len(parts) == 1:
        if block.columns:
            yield block
        return
    for at, part in enumerate(parts):
        suffix = f"（第{at + 1}部分，共{len(parts)}部分）"
        yield _selected(block, part, suffix, first=not at, last=at + 1 == len(parts))


def _selected(block: Table, part: list[int], suffix: str, *, first: bool, last: bool) -> Table:
    """Some columns of a table; notes and source stand below the last part. A row without anything in these columns is left
    out, and the part says so; one without anything at all stays in the first."""
    rows = table_rows(block)
    told = [row for row in rows if _tells(row, part) or (first and not _tells(row, range(1, len(row))))]
    left_out = (LEFT_OUT,) if len(told) < len(rows) else ()
    return block.model_copy(
        update={
            "caption": f"{block.caption}{suffix}" if block.caption else "",
            "columns": tuple(block.columns[at] for at in part),
            "rows": tuple(tuple(row[at] for at in part) for row in told),
            "notes": (*(block.notes if last else ()), *left_out),
            "source_line": block.source_line if last else "",
        }
    )


def _tells(row: tuple[Runs, ...], places: Iterable[int]) -> bool:
    return any(plain(row[at]).strip() not in ("", "—") for at in places if at)
