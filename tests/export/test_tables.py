"""Tables in parts: nothing lost, nothing empty, and said."""

from __future__ import annotations

from types import SimpleNamespace

from parkbook.briefing.blocks import Column, Run, Table
from parkbook.briefing.fragments import plain
from parkbook.export.tables import LEFT_OUT, table_parts


def wide(rows: list[list[str]]) -> Table:
    columns = (Column(label="指标"), *(Column(label=f"列{place}", align="right") for place in range(9)))
    return Table(
        caption="宽表",
        columns=columns,
        rows=tuple(tuple((Run(text=text),) for text in row) for row in rows),
        notes=("总注",),
        source_line="来源",
    )


def test_a_table_that_fits_is_left_as_it_is(samples: SimpleNamespace) -> None:
    table = samples.table()
    assert list(table_parts(table)) == [table]
    assert list(table_parts(table.model_copy(update={"columns": (), "rows": ()}))) == []


def test_parts_hold_the_rows_that_tell_something() -> None:
    figure = "123456.78亿元"
    rows = [["都有", *[figure] * 9], ["只有前面", *[figure] * 4, *["—"] * 5], ["只有后面", *["—"] * 8, figure], ["什么也没有", *["—"] * 9]]  # fmt: skip
    parts = list(table_parts(wide(rows)))
    assert len(parts) > 1
    names = [[plain(row[0]) for row in part.rows] for part in parts]
    assert names[0] == ["都有", "只有前面", "什么也没有"] and names[-1] == ["都有", "只有后面"]
    assert all(LEFT_OUT in part.notes for part in parts)
    assert "总注" not in parts[0].notes and "总注" in parts[-1].notes and parts[-1].source_line == "来源"
    assert sum(len(part.columns) - 1 for part in parts) == 9


def test_full_parts_have_no_note() -> None:
    parts = list(table_parts(wide([["甲", *["123456.78亿元"] * 9]])))
    assert len(parts) > 1 and not any(LEFT_OUT in part.notes for part in parts)
