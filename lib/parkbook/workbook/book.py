"""What the books of all notebooks have in common: titled parts in page order, and the parameters they were made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from IPython.display import display

from parkbook.briefing.blocks import Block, Column, Heading, Run, Table
from parkbook.briefing.sections import CHINESE_NUMERALS
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.observations.disclosure import disclosable
from parkbook.observations.read import ParkData
from parkbook.parameters import Effective

Part = tuple[str, Callable[[], list[Block]]]
"""A part's heading and what makes its blocks."""


class Blocks(list[Block]):
    """Blocks that show themselves one by one when they end a cell."""

    def _ipython_display_(self) -> None:
        for block in self:
            display(block)  # type: ignore[no-untyped-call]


class Book:
    """Parts in page order; a part's number is its place among the parts that have something to say."""

    numbered_before = 0
    """Numbered headings that stand before the first part."""

    def __init__(self, parameters: Effective, parts: Mapping[str, Part]) -> None:
        self.parameters = parameters
        self._parts = parts
        self._made: dict[str, list[Block]] = {}

    def _blocks(self, part_id: str) -> list[Block]:
        if part_id not in self._made:
            self._made[part_id] = self._parts[part_id][1]()
        return self._made[part_id]

    def part(self, *part_ids: str) -> Blocks:
        """Numbered parts of the page with their headings; one that has nothing to say is left out."""
        return Blocks(block for part_id in part_ids for block in self._part(part_id))

    def _part(self, part_id: str) -> Blocks:
        blocks = self._blocks(part_id) if part_id in self._parts else []
        if not blocks:
            return Blocks()
        before = [name for name in list(self._parts)[: list(self._parts).index(part_id)] if self._blocks(name)]
        return Blocks(
            [
                Heading(
                    level=1, text=f"{CHINESE_NUMERALS[self.numbered_before + len(before)]}、{self._parts[part_id][0]}"
                ),
                *blocks,
            ]
        )

    def settings(self) -> Blocks:
        """The effective parameters and where each came from."""
        rows = tuple(
            ((Run(text=name),), (Run(text=value or "未设"),), (Run(text=origin),))
            for name, value, origin in self.parameters.table()
        )
        columns = (Column(label="参数"), Column(label="取值", weight=2), Column(label="来自"))
        return Blocks([Table(caption="本次运行的参数", columns=columns, rows=rows)])


def for_audience(data: ParkData, audience: Audience) -> ParkData:
    """The park as these readers may see it."""
    return data if audience is Audience.INTERNAL else disclosable(data, catalogue())
