"""The coverage: what of the catalogue each park has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parkbook.briefing import coverage_page
from parkbook.briefing.sections import SECTIONS
from parkbook.catalogue import catalogue
from parkbook.observations.read import ParkData, read_context, read_park
from parkbook.parameters import Effective, read_parameters
from parkbook.sources.park import list_parks
from parkbook.workbook.book import Blocks, Book, for_audience


class CoverageBook(Book):
    """Every indicator of every park."""

    def __init__(self, parameters: Effective, parks: Mapping[str, ParkData]) -> None:
        self.parks = parks
        self.rows = coverage_page.coverage_rows(catalogue(), parks)
        super().__init__(parameters, {})

    def cover(self) -> Blocks:
        return Blocks([coverage_page.coverage_cover(self.parks)])

    def opening(self) -> Blocks:
        return Blocks(coverage_page.coverage_lead(self.rows, self.parks))

    def sections(self) -> Blocks:
        return Blocks(
            [
                block
                for part in SECTIONS
                for block in coverage_page.coverage_section(self.rows, self.parks, part.title, part.systems)
            ]
        )

    def context(self) -> Blocks:
        """Areas, totals and rankings that are no park."""
        data = read_context()
        names = {area.id: area.name for area in data.areas} | {
            park_id: park.park.name for park_id, park in self.parks.items()
        }
        return Blocks(coverage_page.context_table(data.observations, names, catalogue()))


def open_coverage(namespace: Mapping[str, Any]) -> CoverageBook:
    """Read every park (or the named ones)."""
    parameters = read_parameters("coverage", namespace)
    park_ids = parameters.parks or tuple(list_parks())
    return CoverageBook(
        parameters, {park_id: for_audience(read_park(park_id), parameters.audience) for park_id in park_ids}
    )
