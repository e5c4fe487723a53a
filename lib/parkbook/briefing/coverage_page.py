"""The coverage page: which park has which indicator, what is hidden or missing, and what could be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from parkbook.briefing.blocks import Block, Column, Cover, Heading, Run, Runs
from parkbook.briefing.claims import words
from parkbook.briefing.tables import TableBuilder, history_table, inferred_unit, unit_notes
from parkbook.briefing.view import THIRD_PARTY_NOTICE, notices
from parkbook.catalogue import Catalogue
from parkbook.comparison.coverage import CELL_WORDS, WITH_FIGURES, CellState, CoverageRow, coverage
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Observation
from parkbook.observations.read import ParkData

SYNTHETIC_MARK: Final = "（合成示例）"


def coverage_cover(parks: Mapping[str, ParkData]) -> Cover:
    """With synthetic parks alone the whole page is synthetic; beside real ones their columns are marked, and a notice says so."""
    invented = [data.park.name for data in parks.values() if data.park.synthetic]
    alone = len(invented) == len(parks)
    beside = () if alone else tuple(f"{name}为合成示例园区，数据不反映任何真实园区" for name in invented)
    return Cover(
        title="数据覆盖情况",
        subtitle="各园区、各指标有数、隐去、缺报与可比情况",
        notebook="coverage",
        synthetic=alone,
        notices=notices(own=True, synthetic=True) if alone else (THIRD_PARTY_NOTICE, *beside),
    )


def coverage_lead(rows: Sequence[CoverageRow], parks: Mapping[str, ParkData]) -> list[Block]:
    """What the real parks have, counted by indicator and by cell; synthetic ones are named and not counted among them."""
    real = [park_id for park_id, data in parks.items() if not data.park.synthetic]
    invented = len(parks) - len(real)
    counted = real or list(parks)
    cells = [[row.cells[park_id].state for park_id in counted] for row in rows]
    mentioned = [states for states in cells if any(state is not CellState.NONE for state in states)]
    known = [states for states in mentioned if WITH_FIGURES & set(states)]
    every = [state for states in cells for state in states]
    told = "、".join(
        f"{CELL_WORDS[state]}{every.count(state)}格"
        for state in CellState
        if state is not CellState.NONE and state in every
    )
    who = f"共{len(counted)}个{'园区' if real else '合成示例园区'}"
    aside = f"另列{invented}个合成示例园区，不计入。" if real and invented else ""
    return [
        words(
            f"{who}，来源提及的指标{len(mentioned)}项，其中{len(known)}项至少有1个园区有数或有增速。按园区和指标逐格计："
            f"{told or '各格都没有来源提及'}。{aside}没有任何来源提及的格以“·”表示，不等于零。",
            "lead",
        )
    ]


SYMBOLS = {
    CellState.VALUE: "●",
    CellState.GROWTH_ONLY: "◐",
    CellState.TARGET_ONLY: "◇",
    CellState.RANK_ONLY: "№",
    CellState.UNLOCATED: "○",
    CellState.MASKED: "＊",
    CellState.WITHHELD: "□",
    CellState.CONFIDENTIAL: "■",
    CellState.MISSING: "△",
    CellState.ERROR: "×",
    CellState.NONE: "·",
}
"""One sign a state, so that a row of many parks fits a page; the legend stands under every table. The signs differ in form, not
in colour, and carry their words for those who do not see them."""
DEFINITIONS: Final = "“有数”指数值、占比、完成率等已核对的数；目标、位次不算有数"


def sign(state: CellState) -> Runs:
    """A state as its sign, with its words to be read out; the dot of cells without a source has none."""
    return (Run(text=SYMBOLS[state], spoken="" if state is CellState.NONE else CELL_WORDS[state]),)


def coverage_section(
    rows: Sequence[CoverageRow], parks: Mapping[str, ParkData], title: str, systems: Sequence[str]
) -> list[Block]:
    """Indicators of some systems against the parks that have any of them, synthetic ones last."""
    mine = [row for row in rows if row.indicator.system in systems]
    present = [park for park in parks if any(row.cells[park].state is not CellState.NONE for row in mine)]
    present.sort(key=lambda park: parks[park].park.synthetic)
    if not mine:
        return []
    names = [Column(label=_column_name(parks[park]), align="center", weight=0.4, narrow=True) for park in present]
    columns = [
        Column(label="指标", weight=2),
        Column(label="可比情况", weight=2),
        *names,
    ]
    builder = TableBuilder(f"{title}数据覆盖", columns)
    for row in mine:
        states = [row.cells[park].state for park in present]
        builder.row(row.indicator.label_zh, row.comparable, *(sign(state) for state in states))
    legend = "　".join(
        f"{SYMBOLS[state]}{CELL_WORDS[state] if state is not CellState.NONE else '来源未提及'}" for state in CellState
    )
    table = builder.build(notes=(legend, DEFINITIONS))
    return [Heading(level=1, text=title), *([table] if table else [])]


def _column_name(data: ParkData) -> str:
    return data.park.name + (SYNTHETIC_MARK if data.park.synthetic else "")


def coverage_rows(catalogue: Catalogue, parks: Mapping[str, ParkData]) -> list[CoverageRow]:
    synthetic = frozenset(park_id for park_id, data in parks.items() if data.park.synthetic)
    return coverage(catalogue, {park_id: FigureIndex(data.observations) for park_id, data in parks.items()}, synthetic)


def context_table(observations: Sequence[Observation], names: Mapping[str, str], catalogue: Catalogue) -> list[Block]:
    """Areas, totals and rankings that are no park: shown, never ranked."""
    table = history_table(observations, catalogue, "参照数据（地区、合计与全国情况）", names)
    if table is None:
        return []
    told = [note for note in table.notes if note not in unit_notes(observations)]
    told += [note for make in (_inferred_units, _zone_counts, _counted) if (note := make(observations, names))]
    return [Heading(level=1, text="参照数据"), table.model_copy(update={"notes": tuple(told)})]


def _inferred_units(observations: Sequence[Observation], names: Mapping[str, str]) -> str:
    """Whose units were not printed: the table is of many documents, and one note for all of them would be wrong of most."""
    inferred = dict.fromkeys(
        f"{names.get(o.ref_area, o.ref_area)}{o.reported_label if o.indicator_id else ''}"
        for o in observations
        if inferred_unit(o)
    )
    return f"下列各数的计量单位为推断（原表未见单位行）：{'、'.join(inferred)}" if inferred else ""


_ZONES = re.compile(r"园区数：([0-9]+)")


def _zone_counts(observations: Sequence[Observation], names: Mapping[str, str]) -> str:
    """How many zones each total is of, as the transcription notes it: totals of different years are not of the same zones."""
    found: dict[str, dict[str, str]] = {}
    for o in observations:
        if number := _ZONES.search(o.note):
            found.setdefault(o.ref_area, {})[o.period.label_zh] = number[1]
    told = "；".join(
        names.get(area, area) + "、".join(f"{period}{number}个" for period, number in by_period.items())
        for area, by_period in found.items()
    )
    return f"各合计所含的园区数：{told}" if told else ""


_LISTED = re.compile(r"^([^；]+所列开发区数)")


def _counted(observations: Sequence[Observation], names: Mapping[str, str]) -> str:
    """What rows that are only called 合计 or 国家级 count, as the transcription notes it."""
    found: dict[str, dict[str, None]] = {}
    for o in observations:
        if not o.indicator_id and (listed := _LISTED.match(o.note)):
            found.setdefault(listed[1], {})[names.get(o.ref_area, o.ref_area)] = None
    return "；".join(f"{'、'.join(areas)}各行为{what}" for what, areas in found.items())
