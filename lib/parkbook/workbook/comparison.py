"""The comparison of several parks in one period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from parkbook.briefing import bulletin, comparison_page, comparison_parts, composite_part, kinds
from parkbook.briefing.claims import words
from parkbook.briefing.comparison_view import ComparisonView
from parkbook.catalogue import catalogue
from parkbook.comparison.declared import DeclaredComparison, declared_comparisons, matching_declaration
from parkbook.errors import ParameterError
from parkbook.observations.doubtful import usable
from parkbook.observations.read import ParkData, read_context, read_park
from parkbook.parameters import Effective, read_parameters
from parkbook.periods import Period, parse_period
from parkbook.workbook.book import Blocks, Book, Part, for_audience


class ComparisonBook(Book):
    """Several parks in one period: the analyst's page, or a bulletin as an outline has it."""

    def __init__(self, parameters: Effective, view: ComparisonView) -> None:
        self.outline = kinds.comparison_outline(parameters.kind)
        if self.outline is not None and not parameters.title:
            view = replace(view, title=bulletin.bulletin_title(view, self.outline))
        self.view = view
        self.numbered_before = len(view.indicators)
        parts: dict[str, Part] = {
            "positions": ("分位与差距", lambda: comparison_parts.positions_part(view)),
            "firmness": ("名次稳健性", lambda: comparison_parts.firmness_part(view)),
            "overview": ("名次总览", lambda: comparison_parts.overview_part(view)),
            "composite": ("综合指数（分析用，非官方考核）", lambda: composite_part.composite_part(view)),
            "coverage": ("指标覆盖", lambda: comparison_parts.coverage_part(view)),
        }
        super().__init__(parameters, parts if self.outline is None else {})

    def cover(self) -> Blocks:
        return Blocks(
            [
                comparison_page.comparison_cover(
                    self.view, state=self.parameters.state.value, audience=self.parameters.audience.value
                )
            ]
        )

    def opening(self) -> Blocks:
        return Blocks(comparison_page.comparison_lead(self.view))

    def indicators(self) -> Blocks:
        """A numbered part for each indicator that two parks or more have."""
        if not self.view.indicators:
            return Blocks(
                [words(f"这些园区没有共同的{self.view.period.label_zh}指标，无从比较；各自的数据见数据覆盖页。")]
            )
        if self.outline is not None:
            return Blocks(bulletin.bulletin_blocks(self.view, self.outline))
        return Blocks(
            [
                block
                for number, indicator in enumerate(self.view.indicators)
                for block in comparison_page.comparison_blocks(self.view, indicator, number)
            ]
        )

    def checks(self) -> Blocks:
        """Published rates beside the ratio of published levels: for the analyst, not in a bulletin."""
        return Blocks(comparison_page.implied_checks(self.view) if self.outline is None else [])

    def sources(self) -> Blocks:
        return Blocks(comparison_page.comparison_sources(self.view))


def open_comparison(namespace: Mapping[str, Any]) -> ComparisonBook:
    """Read the parks of a comparison; remarks and the published total come from its declaration, when it is declared."""
    return comparison_book(read_parameters("comparison", namespace), read_park)


def comparison_book(parameters: Effective, read: Callable[[str], ParkData]) -> ComparisonBook:
    """The book of a comparison whose parks `read` reads."""
    park_ids, period, declared = _group(parameters)
    parks = {park_id: usable(for_audience(read(park_id), parameters.audience)) for park_id in park_ids}
    return ComparisonBook(parameters, _comparison_view(parameters, parks, period, declared))


def _group(parameters: Effective) -> tuple[tuple[str, ...], Period, DeclaredComparison | None]:
    """The parks and the period asked for; the first declared comparison when neither is."""
    declared = declared_comparisons()
    if not parameters.parks and parameters.period is None and declared:
        return declared[0].parks, parse_period(declared[0].period), declared[0]
    if len(parameters.parks) < 2 or parameters.period is None:
        raise ParameterError(
            "比较至少需要两个园区和一个报告期",
            where="参数 parks、period",
            expected='如 parks = "qilu,xiamen-software"，period = "2016-S1"',
            found=f"{len(parameters.parks)} 个园区，报告期{'已' if parameters.period else '未'}给出",
            remedy="在参数单元补全；批量命令加 --period",
        )
    return parameters.parks, parameters.period, matching_declaration(parameters.parks, parameters.period)


def _comparison_view(
    parameters: Effective, parks: Mapping[str, ParkData], period: Period, declared: DeclaredComparison | None
) -> ComparisonView:
    context = read_context()
    total = declared.total if declared else ""
    wanted = parameters.indicators or shared_indicators(parks, period.key)
    return ComparisonView(
        title=parameters.title or (declared.title if declared else "园区比较"),
        parks=parks,
        catalogue=catalogue(),
        indicators=[catalogue().get(indicator_id) for indicator_id in wanted],
        period=period,
        totals=tuple(o for o in context.observations if total and o.ref_area == total and o.period.key == period.key),
        total_name=next((area.name for area in context.areas if area.id == total), ""),
        remarks=declared.remarks if declared else (),
        overlapping=declared.overlapping if declared else None,
        weights=parameters.weights,
    )


def shared_indicators(parks: Mapping[str, ParkData], period_key: tuple[object, ...]) -> list[str]:
    """Indicators that at least two of the parks have for the period, in catalogue order."""
    holders: dict[str, set[str]] = {}
    for park_id, data in parks.items():
        for o in data.observations:
            if o.indicator_id and not o.subject and o.period.key == period_key:
                holders.setdefault(o.indicator_id, set()).add(park_id)
    return [indicator.id for indicator in catalogue() if len(holders.get(indicator.id, ())) >= 2]
