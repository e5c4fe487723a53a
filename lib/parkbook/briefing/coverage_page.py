"""The coverage page: which park has which indicator, what is hidden or missing, and what could be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parkbook.briefing.blocks import Block, Column, Cover, Heading
from parkbook.briefing.claims import words
from parkbook.briefing.tables import TableBuilder, history_table
from parkbook.briefing.view import THIRD_PARTY_NOTICE
from parkbook.catalogue import Catalogue
from parkbook.comparison.coverage import CELL_WORDS, CellState, CoverageRow, coverage
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Observation
from parkbook.observations.read import ParkData


def coverage_cover() -> Cover:
    return Cover(
        title="数据覆盖情况",
        subtitle="各园区、各指标有数、隐去、缺报与可比情况",
        notebook="coverage",
        notices=(THIRD_PARTY_NOTICE,),
    )


def coverage_lead(rows: Sequence[CoverageRow], parks: Mapping[str, ParkData]) -> list[Block]:
    states = [cell.state for row in rows for cell in row.cells.values()]
    counted = "、".join(
        f"{CELL_WORDS[state]}{states.count(state)}格"
        for state in CellState
        if state is not CellState.NONE and state in states
    )
    return [
        words(
            f"共{len(parks)}个园区、{len(rows)}项有数据的指标：{counted}。没有任何来源提到的格以“·”表示，不等于零。",
            "lead",
        )
    ]


SYMBOLS = {
    CellState.VALUE: "●",
    CellState.GROWTH_ONLY: "◐",
    CellState.UNLOCATED: "○",
    CellState.MASKED: "＊",
    CellState.WITHHELD: "□",
    CellState.CONFIDENTIAL: "■",
    CellState.MISSING: "△",
    CellState.ERROR: "×",
    CellState.NONE: "·",
}
"""One sign a state, so that a row of many parks fits a page; the legend stands under every table."""


def coverage_section(
    rows: Sequence[CoverageRow], parks: Mapping[str, ParkData], title: str, systems: Sequence[str]
) -> list[Block]:
    """Indicators of some systems against the parks that have any of them."""
    mine = [row for row in rows if row.indicator.system in systems]
    present = [park for park in parks if any(row.cells[park].state is not CellState.NONE for row in mine)]
    if not mine:
        return []
    names = [Column(label=parks[park].park.name, align="center", weight=0.4, narrow=True) for park in present]
    columns = [
        Column(label="指标", weight=2),
        Column(label="可比情况", weight=2),
        *names,
    ]
    builder = TableBuilder(f"{title}数据覆盖", columns)
    for row in mine:
        states = [row.cells[park].state for park in present]
        builder.row(row.indicator.label_zh, row.comparable, *(SYMBOLS[state] for state in states))
    legend = "　".join(
        f"{SYMBOLS[state]}{CELL_WORDS[state] if state is not CellState.NONE else '来源未提及'}" for state in CellState
    )
    table = builder.build(notes=(legend,))
    return [Heading(level=1, text=title), *([table] if table else [])]


def coverage_rows(catalogue: Catalogue, parks: Mapping[str, ParkData]) -> list[CoverageRow]:
    synthetic = frozenset(park_id for park_id, data in parks.items() if data.park.synthetic)
    return coverage(catalogue, {park_id: FigureIndex(data.observations) for park_id, data in parks.items()}, synthetic)


def context_table(observations: Sequence[Observation], names: Mapping[str, str], catalogue: Catalogue) -> list[Block]:
    """Areas, totals and rankings that are no park: shown, never ranked."""
    table = history_table(observations, catalogue, "参照数据（地区、合计与全国情况）", names)
    return [Heading(level=1, text="参照数据"), table] if table else []
