"""What the notebooks call: open a park, a comparison or the coverage, and ask for the parts of the page.

    book = workbook.open_park(globals())     # parameters checked, sources read
    book.cover()                             # blocks; the notebook shows them, the exporters print them
    book.part("summary")

A part without anything to say is empty; parts are numbered in the order of the page, not of execution, so a cell can be run again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from IPython.display import display

from parkbook.briefing import audit_page, comparison_page, coverage_page, pages
from parkbook.briefing.blocks import Block, Column, Heading, Run, Table
from parkbook.briefing.claims import words
from parkbook.briefing.sections import CHINESE_NUMERALS, SECTIONS, section
from parkbook.briefing.view import ParkView, cover, park_view
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.comparison.declared import DeclaredComparison, declared_comparisons, matching_declaration
from parkbook.errors import ParameterError
from parkbook.observations.disclosure import disclosable
from parkbook.observations.read import ParkData, read_context, read_park
from parkbook.parameters import ORIGIN_DEFAULT, ORIGIN_PARK, Effective, read_parameters
from parkbook.periods import Period, parse_period
from parkbook.sources.park import list_parks


class Blocks(list[Block]):
    """Blocks that show themselves one by one when they end a cell."""

    def _ipython_display_(self) -> None:
        for block in self:
            display(block)  # type: ignore[no-untyped-call]


class _Pages:
    """Parts in page order; a part's number is its place among the parts that have something to say."""

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
        return Blocks([Heading(level=1, text=f"{CHINESE_NUMERALS[len(before)]}、{self._parts[part_id][0]}"), *blocks])

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
        self.view = view
        parts = self._briefing_parts() if notebook == "briefing" else self._park_parts()
        super().__init__(parameters, parts)
        self.notebook = notebook

    def cover(self) -> Blocks:
        kind = "工作情况汇报" if self.view.own else "公开数据概览"
        if self.notebook == "park":
            kind = "数据分析"
        title = self.parameters.title or f"{self.view.name}{kind}"
        values = self.parameters
        return Blocks(
            [
                cover(
                    self.view,
                    notebook=self.notebook,
                    title=title,
                    state=values.state.value,
                    audience=values.audience.value,
                    reviewer=values.reviewer,
                    signature=self.notebook == "briefing",
                )
            ]
        )

    def opening(self) -> Blocks:
        """What the page rests on."""
        note = [words(self.view.data.park.note, "note")] if self.view.data.park.note else []
        return Blocks([*pages.lead(self.view), *note])

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
        if self._one_page:
            return Blocks()
        return Blocks(pages.annex(self.view, indicators=self.notebook == "briefing"))

    @property
    def _one_page(self) -> bool:
        """A briefing of a park with hardly any number is one page; its lists stand in the park notebook."""
        return self.notebook == "briefing" and self.view.sparse

    def _park_parts(self) -> dict[str, tuple[str, Callable[[], list[Block]]]]:
        view = self.view
        return {
            "summary": ("主要指标", lambda: pages.key_figures(view)),
            "sections": (
                "分领域情况",
                lambda: [words("以下按领域列出有数字的指标，没有数字的列在附件。", "note")] if view.sections else [],
            ),
            "trends": ("年内走势", lambda: pages.trends(view)),
            "targets": ("后续目标", lambda: pages.targets_ahead(view)),
            "history": ("历次公布数据", lambda: pages.history(view)),
            "findings": ("核对发现", lambda: pages.findings_list(view)),
        }

    def _briefing_parts(self) -> dict[str, tuple[str, Callable[[], list[Block]]]]:
        view = self.view
        if view.sparse:
            return {"sparse": ("数据情况", lambda: pages.sparse_page(view))}
        work = "工作开展情况" if view.own else "分领域情况"
        parts: dict[str, tuple[str, Callable[[], list[Block]]]] = {
            "summary": ("主要指标", lambda: pages.key_figures(view)),
            "work": (work, self._work),
            "trends": ("年内走势", lambda: pages.trends(view, 2)),
        }
        if view.own:
            parts |= {
                "problems": ("存在问题", lambda: pages.problems(view)),
                "measures": ("下一步举措", lambda: pages.measures(view)),
            }
        parts["targets"] = ("后续目标", lambda: pages.targets_ahead(view))
        return parts if view.own else parts | {"history": ("历次公布数据", lambda: pages.history(view))}

    def _work(self) -> list[Block]:
        return list(self.section(*(part.id for part in self.view.sections)))


class ComparisonBook(_Pages):
    """Several parks in one period."""

    def __init__(self, parameters: Effective, view: comparison_page.ComparisonView) -> None:
        self.view = view
        super().__init__(parameters, {})

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
        return Blocks(
            [
                block
                for number, indicator in enumerate(self.view.indicators)
                for block in comparison_page.comparison_blocks(self.view, indicator, number)
            ]
        )

    def checks(self) -> Blocks:
        return Blocks(comparison_page.implied_checks(self.view))

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
    data = for_audience(read_park(parameters.park), parameters.audience)
    if parameters.indicators:
        data = replace(
            data, observations=tuple(o for o in data.observations if o.indicator_id in parameters.indicators)
        )
    return ParkBook(notebook, parameters, park_view(data, catalogue(), parameters.period, parameters))


def open_comparison(namespace: Mapping[str, Any]) -> ComparisonBook:
    """Read the parks of a comparison; remarks and the published total come from its declaration, when it is declared."""
    parameters = read_parameters("comparison", namespace)
    park_ids, period, declared = _group(parameters)
    parks = {park_id: for_audience(read_park(park_id), parameters.audience) for park_id in park_ids}
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
        origins = parameters.origins | {"period": ORIGIN_DEFAULT}
        parameters = parameters.model_copy(update={"period": None, "origins": origins})
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
