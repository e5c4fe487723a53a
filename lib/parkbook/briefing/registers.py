"""Which registers stand in which section of the park notebook, and which generic tables they stand for.

A briefing has none of this: its tables are in the annex.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parkbook.briefing.blocks import Block, Figure, Heading, Table
from parkbook.briefing.derived_part import derived_blocks
from parkbook.briefing.enterprises_part import key_blocks, ladder_blocks
from parkbook.briefing.funnel_part import funnel_blocks
from parkbook.briefing.plots_part import plots_blocks
from parkbook.briefing.projects_part import projects_blocks
from parkbook.briefing.sections import Section
from parkbook.briefing.view import ParkView
from parkbook.indicators.compute import IndicatorRow
from parkbook.model import SourceKind
from parkbook.periods import Basis, ytd_period

Part = Callable[[ParkView], list[Block]]

REGISTERS: dict[str, tuple[Part, ...]] = {
    "economy": (key_blocks,),
    "investment": (projects_blocks,),
    "promotion": (funnel_blocks,),
    "land": (plots_blocks,),
    "innovation": (ladder_blocks,),
}
"""By section id, in page order."""
CUMULATIVE = ("economy", "investment")
"""Sections whose registers have figures of the year so far, also on the page of a single month."""
OF_AMOUNTS = ("重点企业", "年度投资进度")
"""Words in the headings and captions of those that are of amounts; the others are of how things stand."""
REPLACED = (
    ("project_total_investment",),
    ("project_milestones",),
    ("component_weight", "component_progress"),
    ("days_in_stage",),
    ("plot_land_area",),
    ("main_business_revenue",),
    ("operating_revenue", "electricity_consumption"),
    ("projects_negotiated",),
)
"""Registers by the figures their rows have: what the parts above say of them better than a table of all columns."""


def register_blocks(view: ParkView, part: Section) -> list[Block]:
    """The registers of a section, then the rates computed from published figures."""
    made = [block for register in REGISTERS.get(part.id, ()) for block in register(view)]
    if part.id in CUMULATIVE and view.period is not None and view.period.basis is Basis.MONTH and view.period.end:
        months = ytd_period(view.period.end.year, view.period.end.month)
        made = [_of_months(block, f"（{months.label_zh}累计）") for block in made]
    return [*made, *derived_blocks(view, part)]


def _of_months(block: Block, months: str) -> Block:
    """The block with the months that its figures are of, where it has a heading or caption."""
    if isinstance(block, Heading) and any(words in block.text for words in OF_AMOUNTS):
        return block.model_copy(update={"text": block.text + months})
    if isinstance(block, Table | Figure) and any(words in block.caption for words in OF_AMOUNTS):
        return block.model_copy(update={"caption": block.caption + months})
    return block


def remaining_subjects(view: ParkView, rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """Rows of subjects that no register part speaks of: those of other ledgers, and of publications and reports."""
    held: dict[str, set[str]] = {}
    for o in view.data.observations:
        if o.subject and o.source.kind is SourceKind.LEDGER:
            held.setdefault(o.source.source_id, set()).add(o.indicator_id)
    told = {source for source, ids in held.items() if any(ids.issuperset(marks) for marks in REPLACED)}
    return [row for row in rows if row.values[0].inputs[0].source.source_id not in told]
