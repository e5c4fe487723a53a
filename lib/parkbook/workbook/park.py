"""One park: the analyst's page (`park`) and the leader's document (`briefing`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parkbook.briefing import (
    alarms_part,
    annex_lists,
    annex_sheets,
    contribution_part,
    finding_words,
    first_page,
    forecast_part,
    kinds,
    missing_part,
    other_periods,
    pages,
    peers_part,
    report_parts,
    scoring_part,
    year_charts,
)
from parkbook.briefing.blocks import Cover
from parkbook.briefing.claims import words
from parkbook.briefing.lint import lint
from parkbook.briefing.provenance import reference
from parkbook.briefing.sections import section
from parkbook.briefing.view import ParkView, cover, park_view
from parkbook.catalogue import catalogue
from parkbook.errors import UnknownCodeError, did_you_mean
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.exclusion import check_exclude
from parkbook.observations.read import ParkData, read_park
from parkbook.parameters import ORIGIN_DEFAULT, ORIGIN_KIND, ORIGIN_PARK, Effective, read_parameters
from parkbook.workbook.book import Blocks, Book, Part, for_audience

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_FINDINGS = 10


class ParkBook(Book):
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
        told = first_page.identity(self.view)
        return Blocks([*first_page.lead(self.view, self._reported_where), *([words(told, "note")] if told else [])])

    @property
    def _reported_where(self) -> str:
        """Where the reader finds the figures of media reports."""
        return "见Excel附表，正文不采用" if self._one_page else "列于附件，正文不采用"

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
        shown = [] if self._one_page else pages.annex(self.view, self._annex_rows(), self._told())
        covers = [block for block in self.cover() if isinstance(block, Cover)]
        return Blocks([*shown, *(annex_sheets.workbook(self.view, cover) for cover in covers)])

    def _told(self) -> annex_lists.Told:
        return annex_lists.Told.by([*self.opening(), *self.front(), *self.body()])

    def _annex_rows(self) -> Sequence[IndicatorRow]:
        """Of an own park the rows that the text has a figure of; the overview of another park has all it is about."""
        about = report_parts.spoken_of(self.view, self.outline)
        if not self.view.own:
            return about
        told = {ref for block in (*self.opening(), *self.front(), *self.body()) for ref in block.refs}
        return [row for row in about if any(reference(value) in told for value in row.values)]

    def frame(self, name: str = annex_sheets.INDICATORS) -> DataFrame:
        """The figures of the page as a table to go on working with, in the columns of the Excel file.

        `name` is 指标 (a value a row), 观测值 (a published figure a row, with its cell) or 未公布. Numbers are floats, NaN where
        there is none. Raises UnknownCodeError for another name.
        """
        import pandas  # a third of a second, which the pages need not pay

        covers = [block for block in self.cover() if isinstance(block, Cover)]
        sheets = {sheet.name: sheet for sheet in annex_sheets.workbook(self.view, covers[0]).sheets}
        if name not in sheets:
            raise UnknownCodeError(
                f"没有名为“{name}”的数据表",
                where="book.frame(…)",
                expected="、".join(sheets),
                cause=did_you_mean(name, sheets),
                remedy="改用上列名称",
            )
        sheet = sheets[name]
        table = pandas.DataFrame(list(sheet.cells()), columns=[column.label for column in sheet.columns])
        for column in sheet.columns:
            if column.number:
                table[column.label] = pandas.to_numeric(table[column.label])
        return table

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
        """A briefing of one page has no annex; its lists stand in the Excel file beside it."""
        return self.notebook == "briefing" and (self.length == kinds.ONE_PAGE or not self.outline.annex)

    def _briefing_parts(self) -> dict[str, Part]:
        return report_parts.parts_of(self.view, self.outline, self.length)

    def _park_parts(self) -> dict[str, Part]:
        view = self.view
        return {
            "summary": ("主要指标", lambda: first_page.key_figures(view)),
            "sections": (
                "分领域情况",
                lambda: [words("以下按领域列出有数字的指标，没有数字的列在附件。", "note")] if view.sections else [],
            ),
            "alarms": ("运行预警与督办", lambda: alarms_part.alarms(view)),
            "contributions": ("增长构成与剔除", lambda: contribution_part.contributions(view)),
            "trends": ("年内走势", lambda: year_charts.trends(view)),
            "forecast": ("全年预计", lambda: forecast_part.forecast_part(view)),
            "peers": ("与同类园区比较", lambda: peers_part.peers_part(view)),
            "targets": ("后续目标和计划", lambda: other_periods.targets_ahead(view)),
            "missing": ("缺报清单", lambda: missing_part.missing(view)),
            "scoring": ("评价体系得分", lambda: scoring_part.scoring_part(view)),
            "history": ("历次公布数据", lambda: other_periods.history(view)),
            "findings": ("核对发现", lambda: finding_words.findings_list(view)),
        }


def _names(view: ParkView) -> set[str]:
    """Words of the sources, which may hold digits of their own."""
    told = {word for o in view.data.observations for word in (o.reported_label, o.subject, o.parent, o.rank_scope)}
    told |= {value for o in view.data.observations for _, value in o.attributes}
    return told | {name for indicator in view.catalogue for name in indicator.names} | {view.name, view.data.park.note}


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
