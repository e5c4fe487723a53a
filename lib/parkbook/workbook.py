"""What the notebooks call: open a park, a comparison or the coverage, and ask for the parts of the page.

    book = workbook.open_park(globals())     # parameters checked, sources read
    book.cover()                             # blocks; the notebook shows them, the exporters print them
    book.part("summary")

A part without anything to say is empty; parts are numbered in the order of the page, not of execution, so a cell can be run again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from IPython.display import display

from parkbook.briefing import (
    alarms_part,
    annex_sheets,
    audit_page,
    bulletin,
    comparison_page,
    comparison_parts,
    composite_part,
    contribution_part,
    coverage_page,
    forecast_part,
    kinds,
    missing_part,
    pages,
    peers_part,
    report_parts,
    scoring_part,
)
from parkbook.briefing.blocks import Block, Column, Cover, Heading, Run, Table
from parkbook.briefing.claims import words
from parkbook.briefing.lint import lint
from parkbook.briefing.provenance import reference
from parkbook.briefing.sections import CHINESE_NUMERALS, SECTIONS, section
from parkbook.briefing.view import ParkView, cover, park_view
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.comparison.declared import DeclaredComparison, declared_comparisons, matching_declaration
from parkbook.errors import ParameterError
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.exclusion import check_exclude
from parkbook.observations.disclosure import disclosable
from parkbook.observations.read import ParkData, read_context, read_park
from parkbook.parameters import ORIGIN_DEFAULT, ORIGIN_KIND, ORIGIN_PARK, Effective, read_parameters
from parkbook.periods import Period, parse_period
from parkbook.sources.park import list_parks

MOST_FINDINGS = 10


class Blocks(list[Block]):
    """Blocks that show themselves one by one when they end a cell."""

    def _ipython_display_(self) -> None:
        for block in self:
            display(block)  # type: ignore[no-untyped-call]


class _Pages:
    """Parts in page order; a part's number is its place among the parts that have something to say."""

    numbered_before = 0
    """Numbered headings that stand before the first part."""

    def __init__(self, parameters: Effective, parts: Mapping[str, tuple[str, Callable[[], list[Block]]]]) -> None:
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


class ParkBook(_Pages):
    """One park in one period, for the analyst (`park`) or for a leader (`briefing`)."""

    def __init__(self, notebook: str, parameters: Effective, view: ParkView) -> None:
        self.view, self.notebook = view, notebook
        self.outline = kinds.outline_for(parameters.kind, view.period, own=view.own)
        self.length = kinds.check_length(parameters.length)
        super().__init__(parameters, self._briefing_parts() if notebook == "briefing" else self._park_parts())

    def cover(self) -> Blocks:
        made = cover(self.view, notebook=self.notebook, title=self._title(), values=self.parameters)
        sheet = self.outline.id == kinds.ONE_PAGE  # a sheet of figures is not signed
        unsigned = {"signature": "", "signature_date": ""} if sheet else {}
        return Blocks([made.model_copy(update={"compact": self._compact, **unsigned})])

    def _title(self) -> str:
        if self.parameters.title:
            return self.parameters.title
        if self.notebook == "park":
            return f"{self.view.name}数据分析"
        period = self.view.period_label if self.view.period is not None and self.view.period.known else ""
        return self.outline.title.format(park=self.view.name, period=period).replace("（）", "")

    def front(self) -> Blocks:
        """The parts of the first page, after the opening words."""
        return self.part(*(part.id for part in self.outline.parts if part.front and part.id in self._parts))

    def body(self) -> Blocks:
        """All further parts of the document."""
        front = [part.id for part in self.outline.parts if part.front]
        return self.part(*(part_id for part_id in self._parts if part_id not in front))

    def opening(self) -> Blocks:
        """引导语 of a briefing; what the page of an analyst rests on."""
        if self.notebook == "briefing" and self.view.own:
            return Blocks(report_parts.opening(self.view, self.outline))
        note = [words(self.view.data.park.note, "note")] if self.view.data.park.note else []
        return Blocks([*pages.lead(self.view, self._reported_where), *note])

    @property
    def _reported_where(self) -> str:
        """Where the reader finds the figures of media reports."""
        if not self._one_page:
            return "列于附件，正文不采用"
        alone = "sparse" in self._parts
        return "列于文末，仅供参考" if alone else "见该园区数据分析页的附件，正文不采用"

    def section(self, *section_ids: str) -> Blocks:
        """Sections by their ids (economy, investment, …), numbered among those with figures."""
        present = self.view.sections
        chosen = [part for part in map(section, section_ids) if part in present]
        tabled = self.notebook != "briefing"  # a briefing has its tables in the annex
        return Blocks(
            block
            for part in chosen
            for block in pages.section_blocks(
                self.view, part, heading=pages.numbered(present.index(part), part.title), tabled=tabled
            )
        )

    def annex(self) -> Blocks:
        """The attachments; with a briefing, the Excel file of its figures."""
        if self.notebook != "briefing":
            return Blocks(pages.annex(self.view))
        shown = [] if self._one_page else pages.annex(self.view, self._annex_rows())
        covers = [block for block in self.cover() if isinstance(block, Cover)]
        return Blocks([*shown, *(annex_sheets.workbook(self.view, cover) for cover in covers)])

    def _annex_rows(self) -> Sequence[IndicatorRow]:
        """Of an own park the rows that the text has a figure of; the overview of another park has all it is about."""
        about = report_parts.spoken_of(self.view, self.outline)
        if not self.view.own:
            return about
        told = {ref for block in (*self.opening(), *self.front(), *self.body()) for ref in block.refs}
        return [row for row in about if any(reference(value) in told for value in row.values)]

    def checked(self) -> Blocks:
        """What the linter finds in the document as it stands; empty when nothing is wrong."""
        found = lint([*self.cover(), *self.opening(), *self.front(), *self.body(), *self.annex()], _names(self.view))
        if not found:
            return Blocks()
        told = [f"{finding.what}（{finding.where}）" for finding in found[:MOST_FINDINGS]]
        more = f"；另有{len(found) - len(told)}处" if len(found) > len(told) else ""
        return Blocks([words(f"文稿检查发现{len(found)}处须改：{'；'.join(told)}{more}。", "warning")])

    @property
    def _compact(self) -> bool:
        """A briefing that was asked for on one page: short, or of the kind that is one."""
        return self.notebook == "briefing" and kinds.ONE_PAGE in (self.length, self.outline.id)

    @property
    def _one_page(self) -> bool:
        """A briefing of one page, or of a park with hardly any number, has no annex; its lists stand in the park notebook."""
        if self.notebook != "briefing":
            return False
        return self.length == kinds.ONE_PAGE or not self.outline.annex or (self.view.sparse and not self.view.own)

    def _briefing_parts(self) -> dict[str, tuple[str, Callable[[], list[Block]]]]:
        return report_parts.parts_of(self.view, self.outline, self.length)

    def _park_parts(self) -> dict[str, tuple[str, Callable[[], list[Block]]]]:
        view = self.view
        return {
            "summary": ("主要指标", lambda: pages.key_figures(view)),
            "sections": (
                "分领域情况",
                lambda: [words("以下按领域列出有数字的指标，没有数字的列在附件。", "note")] if view.sections else [],
            ),
            "alarms": ("运行预警与督办", lambda: alarms_part.alarms(view)),
            "contributions": ("增长构成与剔除", lambda: contribution_part.contributions(view)),
            "trends": ("年内走势", lambda: pages.trends(view)),
            "forecast": ("全年预计", lambda: forecast_part.forecast_part(view)),
            "peers": ("与同类园区比较", lambda: peers_part.peers_part(view)),
            "targets": ("后续目标和计划", lambda: pages.targets_ahead(view)),
            "missing": ("缺报清单", lambda: missing_part.missing(view)),
            "scoring": ("评价体系得分", lambda: scoring_part.scoring_part(view)),
            "history": ("历次公布数据", lambda: pages.history(view)),
            "findings": ("核对发现", lambda: pages.findings_list(view)),
        }


def _names(view: ParkView) -> set[str]:
    """Words of the sources, which may hold digits of their own."""
    told = {word for o in view.data.observations for word in (o.reported_label, o.subject, o.parent, o.rank_scope)}
    told |= {value for o in view.data.observations for _, value in o.attributes}
    return told | {name for indicator in view.catalogue for name in indicator.names} | {view.name, view.data.park.note}


class ComparisonBook(_Pages):
    """Several parks in one period: the analyst's page, or a bulletin as an outline has it."""

    def __init__(self, parameters: Effective, view: comparison_page.ComparisonView) -> None:
        self.outline = kinds.comparison_outline(parameters.kind)
        if self.outline is not None and not parameters.title:
            view = replace(view, title=bulletin.bulletin_title(view, self.outline))
        self.view = view
        self.numbered_before = len(view.indicators)
        parts: dict[str, tuple[str, Callable[[], list[Block]]]] = {
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


class CoverageBook(_Pages):
    """Every indicator of every park."""

    def __init__(self, parameters: Effective, parks: Mapping[str, ParkData]) -> None:
        self.parks = parks
        self.rows = coverage_page.coverage_rows(catalogue(), parks)
        super().__init__(parameters, {})

    def cover(self) -> Blocks:
        return Blocks([coverage_page.coverage_cover()])

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


def open_park(namespace: Mapping[str, Any], notebook: str = "park") -> ParkBook:
    """Check the parameters that the notebook's cells assign, read the park, and be ready to show it."""
    parameters = read_parameters(notebook, namespace)
    return park_book(notebook, parameters, read_park(parameters.park))


def park_book(notebook: str, parameters: Effective, data: ParkData) -> ParkBook:
    """The book of a park that has been read."""
    data = for_audience(data, parameters.audience)
    check_exclude(parameters.exclude, (o.subject for o in data.observations))
    if parameters.indicators:
        data = replace(
            data, observations=tuple(o for o in data.observations if o.indicator_id in parameters.indicators)
        )
    parameters = _period_of_kind(parameters, data)
    return ParkBook(notebook, parameters, park_view(data, catalogue(), parameters.period, parameters))


def _period_of_kind(parameters: Effective, data: ParkData) -> Effective:
    """A half-year's report asked for without a period is of the latest half-year, not of the park's usual period."""
    if parameters.origins["period"] not in (ORIGIN_DEFAULT, ORIGIN_PARK):
        return parameters
    period = kinds.latest_period(parameters.kind, (o.period for o in data.observations if not o.subject))
    return parameters if period is None else parameters.changed("period", period, ORIGIN_KIND)


def open_comparison(namespace: Mapping[str, Any]) -> ComparisonBook:
    """Read the parks of a comparison; remarks and the published total come from its declaration, when it is declared."""
    return comparison_book(read_parameters("comparison", namespace), read_park)


def comparison_book(parameters: Effective, read: Callable[[str], ParkData]) -> ComparisonBook:
    """The book of a comparison whose parks `read` reads."""
    park_ids, period, declared = _group(parameters)
    parks = {park_id: for_audience(read(park_id), parameters.audience) for park_id in park_ids}
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
) -> comparison_page.ComparisonView:
    context = read_context()
    total = declared.total if declared else ""
    wanted = parameters.indicators or shared_indicators(parks, period.key)
    return comparison_page.ComparisonView(
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


def open_coverage(namespace: Mapping[str, Any]) -> CoverageBook:
    """Read every park (or the named ones)."""
    parameters = read_parameters("coverage", namespace)
    park_ids = parameters.parks or tuple(list_parks())
    return CoverageBook(
        parameters, {park_id: for_audience(read_park(park_id), parameters.audience) for park_id in park_ids}
    )


def for_audience(data: ParkData, audience: Audience) -> ParkData:
    """The park as these readers may see it."""
    return data if audience is Audience.INTERNAL else disclosable(data, catalogue())


class AuditBook(_Pages):
    """What was read of one park, what was refused, and what does not fit together."""

    def __init__(self, parameters: Effective, view: audit_page.AuditView) -> None:
        self.view = view
        parts: dict[str, tuple[str, Callable[[], list[Block]]]] = {
            "sources": ("读取情况", lambda: audit_page.sources_part(view)),
            "reading": ("读取中的问题", lambda: audit_page.reading_part(view)),
            "scope": ("核对范围", lambda: audit_page.scope_part(view)),
            "findings": ("核对结果", lambda: audit_page.findings_part(view)),
            "implied": ("推算的数", lambda: audit_page.implied_part(view)),
            "coverage": ("没有给出数字的指标", lambda: audit_page.coverage_part(view)),
            "review": ("复核清单", lambda: audit_page.review_part(self._review())),
        }
        super().__init__(parameters, parts)

    def _review(self) -> list[dict[str, str]]:
        """The review list is for those who read the reports, not for readers outside."""
        internal = self.parameters.audience is Audience.INTERNAL
        return audit_page.review_rows(self.view.data.park.id) if internal else []

    def cover(self) -> Blocks:
        values = self.parameters
        return Blocks(
            [
                audit_page.audit_cover(
                    self.view, title=values.title, state=values.state.value, audience=values.audience.value
                )
            ]
        )

    def opening(self) -> Blocks:
        return Blocks(audit_page.audit_lead(self.view))


def open_audit(namespace: Mapping[str, Any]) -> AuditBook:
    """Read a park and hold its figures against each other; all periods, unless the analyst names one."""
    parameters = read_parameters("audit", namespace)
    if parameters.origins["period"] == ORIGIN_PARK:  # the period of the park's pages does not narrow an audit
        parameters = parameters.changed("period", None, ORIGIN_DEFAULT)
    data = for_audience(read_park(parameters.park), parameters.audience)
    return AuditBook(parameters, audit_page.audit_view(data, catalogue(), parameters.period))


__all__ = [
    "AuditBook",
    "Blocks",
    "ComparisonBook",
    "CoverageBook",
    "ParkBook",
    "for_audience",
    "open_audit",
    "open_comparison",
    "open_coverage",
    "open_park",
]
