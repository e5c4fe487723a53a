"""What a page about one park draws on: the park, its figures in the asked period, and what is hidden or doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from parkbook.briefing.blocks import Cover
from parkbook.briefing.headlines import headlines
from parkbook.briefing.sections import SECTIONS, Section
from parkbook.catalogue import Catalogue
from parkbook.codelists import Audience, DocumentState, Relation
from parkbook.errors import ParameterError, UnknownCodeError, did_you_mean
from parkbook.indicators.compute import IndicatorRow, hidden_observations, page_rows
from parkbook.indicators.figures import FigureIndex, default_period
from parkbook.model import Observation, ObsStatus, SourceGrade
from parkbook.observations.absent import with_reasons
from parkbook.observations.doubtful import with_doubts
from parkbook.observations.duplicates import settled
from parkbook.observations.read import ParkData
from parkbook.parameters import ParameterValues
from parkbook.periods import Period
from parkbook.project import data_hash
from parkbook.schedule import Schedule, parse_schedule
from parkbook.sources.notes import Notes, read_notes

THIRD_PARTY_NOTICE = "根据公开资料整理，非官方文件"
SYNTHETIC_NOTICE = "示例数据，不反映任何真实园区"
CONDITIONS = frozenset({"excluded_enterprises"})
"""Indicators that only say under which condition another figure holds: in tables, but no key figure and no sentence of a section;
a park with hardly a figure names them behind the others."""
BLANK_DATE = "　　　　年　　月　　日"
FEW_VALUES = 5
"""A park with fewer numeric values gets one page."""


@dataclass(frozen=True)
class ParkView:
    """One park in one period. Built by `park_view`; `index` holds the figures whose source is located."""

    data: ParkData
    catalogue: Catalogue
    index: FigureIndex
    period: Period | None
    choices: ParameterValues = field(default_factory=ParameterValues)
    """What the analyst chose beside park and period: 剔除, 序时进度的算法, rule sets, framework, peers, kind of document."""

    @property
    def name(self) -> str:
        return self.data.park.name

    @cached_property
    def notes(self) -> Notes:
        """The analyst's own words about an own park; a third-party park has none."""
        if not self.own:
            return Notes()
        notes = read_notes(self.data.park.id).of_period(self.period)
        return notes if self.choices.audience is Audience.INTERNAL else notes.for_outside()

    @property
    def own(self) -> bool:
        return self.data.park.relation is Relation.OWN

    @property
    def period_label(self) -> str:
        return self.period.label_zh if self.period is not None and self.period.known else "报告期未载明"

    @cached_property
    def schedule(self) -> Schedule:
        """How 序时进度 is counted (parameter `progress`)."""
        return parse_schedule(self.choices.progress)

    @cached_property
    def rows(self) -> list[IndicatorRow]:
        """The park's own figures, in catalogue order."""
        return page_rows(self.index, self.catalogue, self.period, schedule=self.schedule)

    @cached_property
    def subject_rows(self) -> list[IndicatorRow]:
        """Figures of enterprises, projects and plots."""
        return page_rows(self.index, self.catalogue, self.period, subjects=True, schedule=self.schedule)

    @cached_property
    def numeric_rows(self) -> list[IndicatorRow]:
        return [row for row in self.rows if row.is_numeric]

    @cached_property
    def unlocated(self) -> list[Observation]:
        """Figures of media reports without a stable address, of all periods: in the annex only, never in a sentence or among key
        figures."""
        order = {indicator.id: position for position, indicator in enumerate(self.catalogue)}
        found = [
            o for o in self.data.observations if o.source.grade is SourceGrade.UNLOCATED and o.indicator_id in order
        ]
        return sorted(found, key=lambda o: (order[o.indicator_id], str(o.period.end), o.transformation))

    @cached_property
    def hidden(self) -> list[Observation]:
        """Figures that are no number: of an own park those of the page's period, of others all there are."""
        if not self.own:
            return hidden_observations(self.data.observations)
        here = {o.obs_id: o for row in (*self.rows, *self.subject_rows) for o in row.hidden}
        return hidden_observations(tuple(here.values()))

    @property
    def sparse(self) -> bool:
        """Too little for more than a page."""
        return sum(o.is_number for o in self.data.observations) < FEW_VALUES

    @property
    def mostly_masked(self) -> bool:
        return len(self.hidden) > len(self.numeric_rows)

    def section_rows(self, part: Section) -> list[IndicatorRow]:
        return [row for row in self.numeric_rows if row.indicator.system in part.systems]

    def section_subjects(self, part: Section) -> list[IndicatorRow]:
        return [row for row in self.subject_rows if row.indicator.system in part.systems and row.is_numeric]

    def section_hidden(self, part: Section) -> list[Observation]:
        return [
            o
            for o in self.hidden
            if o.indicator_id in self.catalogue and self.catalogue.get(o.indicator_id).system in part.systems
        ]

    @cached_property
    def sections(self) -> list[Section]:
        """Sections with at least one figure for the page, shown or hidden."""
        return [
            part
            for part in SECTIONS
            if self.section_rows(part) or self.section_subjects(part) or self.section_hidden(part)
        ]

    @property
    def empty_sections(self) -> list[Section]:
        seen = {
            self.catalogue.get(o.indicator_id).system
            for o in self.data.observations
            if o.indicator_id in self.catalogue
        }
        return [part for part in SECTIONS if seen.isdisjoint(part.systems)]

    @cached_property
    def headline_rows(self) -> list[IndicatorRow]:
        """At most eight rows for a first page, located figures only, none without a period where the page has one; `headlines`
        has the order."""
        dated = self.period is not None and self.period.known
        able = [row for row in self.numeric_rows if row.indicator.id not in CONDITIONS and not _doubted(row)]
        return headlines([row for row in able if row.period.known or not dated], own=self.own)

    @property
    def as_of(self) -> str:
        ends = [row.period for row in self.numeric_rows if row.period.known and row.period.end is not None]
        if not ends:
            return ""
        last = max(ends, key=lambda period: str(period.end))
        return f"{last.end.year}年{last.end.month}月" if last.end else ""


def park_view(
    data: ParkData, catalogue: Catalogue, period: Period | None, choices: ParameterValues | None = None
) -> ParkView:
    """The view of a park in `period`, else in its default period, else in its latest one; what a finding doubts is no number."""
    data = replace(data, observations=with_reasons(with_doubts(data.observations, data.findings)))
    index = FigureIndex(o for o in settled(data.observations) if o.source.grade is not SourceGrade.UNLOCATED)
    asked = period or data.park.default_period or default_period(data.observations)
    view = ParkView(data, catalogue, index, asked, choices or ParameterValues())
    if period is not None and period.known:
        _require_figures(view, period)
    return view


def _require_figures(view: ParkView, period: Period) -> None:
    """A period in which the park has nothing is a mistake to report, not an empty page."""
    reported = FigureIndex(view.data.observations)
    if view.rows or view.subject_rows or page_rows(reported, view.catalogue, period):
        return
    have = sorted({o.period.time_period for o in view.data.observations if o.period.known})
    raise UnknownCodeError(
        f"{view.name}没有{period.label_zh}的数据",
        expected="有数据的报告期",
        found=period.time_period,
        cause=did_you_mean(period.time_period, have) or f"现有：{'、'.join(have[:12]) or '均未载明报告期'}",
        remedy="换一个报告期，或先补充该期数据",
    )


def notices(*, own: bool, synthetic: bool) -> tuple[str, ...]:
    """Lines that stand on every page."""
    return tuple(text for text, holds in ((SYNTHETIC_NOTICE, synthetic), (THIRD_PARTY_NOTICE, not own)) if holds)


def cover(view: ParkView, *, notebook: str, title: str, values: ParameterValues) -> Cover:
    """The cover of a page about one park; only an own park has a red head, an addressee and a signature, and only on a briefing."""
    formal = view.own and notebook == "briefing"
    dated = view.period_label in title  # which then need not be said again
    _refuse_formalities(view, values)
    return Cover.model_validate(
        {
            "title": title,
            "subtitle": "" if formal else as_of_words(view) if dated else view.period_label,
            "notebook": notebook,
            "park_id": view.data.park.id,
            "park_name": view.name,
            "relation": view.data.park.relation.value,
            "synthetic": view.data.park.synthetic,
            "state": values.state.value,
            "audience": values.audience.value,
            "reviewer": values.reviewer,
            "input_hash": "" if values.state is DocumentState.DRAFT else data_hash([view.data.park.id])[:16],
            "period": view.period_label,
            "as_of": view.as_of,
            "notices": notices(own=view.own, synthetic=view.data.park.synthetic),
            "signature": view.name if formal else "",
            "signature_date": _signed_on(values) if formal else "",
            "letterhead": values.letterhead if formal else "",
            "document_number": values.document_number if formal else "",
            "signer": values.signer if formal else "",
            "addressee": values.addressee if formal else "",
        }
    )


def as_of_words(view: ParkView) -> str:
    return f"数据截至{view.as_of}" if view.as_of else ""


def _doubted(row: IndicatorRow) -> bool:
    """Whether the level is one that other figures contradict: what else is known of it stands in the text."""
    return row.level is not None and row.level.status is ObsStatus.DOUBTFUL


def _signed_on(values: ParameterValues) -> str:
    """The date that was given; in a draft without one a blank to write it into, never a date of our own."""
    return day_words(values.date) or (BLANK_DATE if values.state is DocumentState.DRAFT else "")


def day_words(text: str) -> str:
    """2026年1月15日, without leading zeros (GB/T 9704)."""
    if not text:
        return ""
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def _refuse_formalities(view: ParkView, values: ParameterValues) -> None:
    """A park that is not the user's own never gets a document in its name."""
    given = [name for name in ("letterhead", "document_number", "signer", "addressee") if getattr(values, name)]
    if given and not view.own:
        raise ParameterError(
            f"第三方园区的材料不用{'、'.join(given)}",
            where=f"参数 {given[0]}",
            found=f"{view.name}的 relation 为 third_party",
            cause="不是本单位的园区，不得以其名义行文",
            remedy="去掉这些参数；本单位园区在 park.yaml 写 relation: own",
        )
