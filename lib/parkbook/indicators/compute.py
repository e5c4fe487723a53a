"""Rows of a park's page: for each series, everything that can be said of it in a period.

A row answers four questions, or says why it cannot: better or worse, against what, by how much, and what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from parkbook.catalogue import Catalogue, Direction, Indicator, IndicatorBasis
from parkbook.indicators import formulas
from parkbook.indicators import growth as conventions
from parkbook.indicators.differences import difference
from parkbook.indicators.figures import FigureIndex, SeriesKey, answering
from parkbook.indicators.targets import schedule_gap, states_base, targets_in_force
from parkbook.model import NUMERIC, Comparison, IndicatorValue, Observation, ObsStatus, SourceKind, Transformation
from parkbook.observations.reconcile.interval import is_count
from parkbook.periods import Basis, Month, Period
from parkbook.schedule import USUAL, Schedule


class Verdict(StrEnum):
    """What a row says of the park, seen by the indicator's direction."""

    BETTER = "better"
    WORSE = "worse"
    FLAT = "flat"
    CHANGED = "changed"
    """It changed, but the indicator has no better direction."""
    AHEAD = "ahead"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One series in one period. Absent parts are None; `missing` names in words what a verdict would need."""

    indicator: Indicator
    key: SeriesKey
    period: Period
    level: IndicatorValue | None = None
    growth: IndicatorValue | None = None
    implied: IndicatorValue | None = None
    month: IndicatorValue | None = None
    month_growth: IndicatorValue | None = None
    target: IndicatorValue | None = None
    earlier_target: IndicatorValue | None = None
    completion: IndicatorValue | None = None
    gap: IndicatorValue | None = None
    shares: tuple[IndicatorValue, ...] = ()
    others: tuple[IndicatorValue, ...] = ()
    """Ranks, changes, contributions, month-on-month rates, multiples."""
    turning: conventions.Turning | None = None
    """The published growth against that of the period before, in the same year."""
    average: IndicatorValue | None = None
    """Two-year average of published rates, where one year's rate alone misleads."""
    swing: conventions.SwingOf | None = None
    """The change against a base that is zero or negative, where no rate exists."""
    change: IndicatorValue | None = None
    """The level less last year's, where a rate of growth would mislead or means nothing: a handful of things, a rate, a place."""
    schedule: Schedule = USUAL
    """How the share of time in `gap` was counted."""
    passed: Decimal | None = None
    """That share, in %."""

    @property
    def label(self) -> str:
        """A publication's or report's own words; a ledger's headers are no names, there the catalogue's stands."""
        name = self.key.label or self._printed_name()
        return f"{name}（{self.key.scope}）" if self.key.scope and self.key.scope not in name else name

    def _printed_name(self) -> str:
        """The words of the figure that leads the row."""
        leading = self.level or self.growth or self.completion or next(iter(self.shares + self.others), None)
        first = leading.inputs[0] if leading is not None and not leading.computed else None
        return shown_name(self.indicator, first) if first is not None else self.indicator.label_zh

    @property
    def values(self) -> tuple[IndicatorValue, ...]:
        named = (
            self.level,
            self.growth,
            self.implied,
            self.month,
            self.month_growth,
            self.target,
            self.completion,
            self.gap,
        )
        return tuple(v for v in named if v is not None) + self.shares + self.others

    @property
    def is_numeric(self) -> bool:
        return any(value.is_number for value in self.values if value is not self.target)

    @property
    def hidden(self) -> tuple[Observation, ...]:
        """Figures that are there but are no number: masked, withheld, missing, error."""
        return tuple(
            o
            for value in self.values
            for o in value.inputs
            if not o.is_number and o.value_low is None and o.value_high is None
        )

    @property
    def verdict(self) -> Verdict:
        if self.gap is not None and self.gap.value is not None:
            return Verdict.AHEAD if self.gap.value >= 0 else Verdict.BEHIND
        if self.growth is not None and self.growth.value is not None:
            return _direction_verdict(self.indicator.direction, self.growth.value > 0, self.growth.value == 0)
        return Verdict.UNKNOWN

    @property
    def missing(self) -> str:
        """Which figures would be needed to say better or worse."""
        if self.verdict is not Verdict.UNKNOWN:
            return ""
        wanted = []
        if self.growth is None or not self.growth.is_number:
            wanted.append("同比增速")
        if self.indicator.basis is not IndicatorBasis.RATE and self.completion is None:
            wanted.append("年度目标")
        return "、".join(wanted)


def shown_name(indicator: Indicator, observation: Observation) -> str:
    """As printed in a publication or report; the catalogue's name for a figure of a ledger."""
    return indicator.label_zh if observation.source.kind is SourceKind.LEDGER else observation.reported_label


def _direction_verdict(direction: Direction, rising: bool, flat: bool) -> Verdict:
    if flat:
        return Verdict.FLAT
    if direction is Direction.NEUTRAL:
        return Verdict.CHANGED
    return Verdict.BETTER if rising == (direction is Direction.HIGHER) else Verdict.WORSE


def page_rows(
    index: FigureIndex,
    catalogue: Catalogue,
    period: Period | None,
    *,
    subjects: bool = False,
    schedule: Schedule = USUAL,
) -> list[IndicatorRow]:
    """Rows of the park itself (or, with `subjects`, of its enterprises, projects and plots), in catalogue order."""
    order = {indicator.id: position for position, indicator in enumerate(catalogue)}
    keys = [key for key in index.series_keys() if bool(key.subject) == subjects and key.indicator_id in catalogue]
    keys.sort(key=lambda key: (order[key.indicator_id], key.scope))
    rows = (build_row(index, catalogue.get(key.indicator_id), key, period, schedule) for key in keys)
    return _with_shares([row for row in rows if row is not None])


def _with_shares(rows: list[IndicatorRow]) -> list[IndicatorRow]:
    """A part whose whole stands beside it, for the same period, gets its share of it, unless one is published. A part printed
    as 0.00 is less than half a cent of something or nothing: no share is made of it.
    """
    wholes = {row.indicator.id: row.level.inputs[0] for row in rows if row.level is not None and not row.key.subject}
    completed = []
    for row in rows:
        whole = wholes.get(row.indicator.part_of)
        part_of = row.level.inputs[0] if row.level is not None and not row.shares and not row.key.subject else None
        if whole is not None and part_of is not None and part_of.obs_value and _is_part(part_of):
            part = formulas.share(row.indicator, part_of, whole)
            row = replace(row, shares=(part,)) if part is not None else row
        completed.append(row)
    return completed


def _is_part(observation: Observation) -> bool:
    """A form or yearbook lists parts under their wholes; of a report's sentence only its own words (其中) make a part."""
    return observation.source.kind is not SourceKind.REPORT or bool(observation.parent)


def build_row(
    index: FigureIndex, indicator: Indicator, key: SeriesKey, period: Period | None, schedule: Schedule = USUAL
) -> IndicatorRow | None:
    """The row of one series; None when nothing answers for the period."""
    levels = index.series(key, Transformation.LEVEL)
    rates = [o for o in index.series(key, Transformation.GROWTH) if o.comparison is Comparison.YOY]
    leading = answering(_not_month([*levels, *rates], period), period)
    level = _of_period(levels, leading)
    growth = _of_period(rates, leading)
    anchor = level or growth
    target, earlier = targets_in_force(index.series(key, Transformation.TARGET), period)
    stated_completion = answering(index.series(key, Transformation.COMPLETION), period)
    others = _others(index, key, period)
    shares = tuple(
        formulas.published(o, indicator) for o in _all_answering(index.series(key, Transformation.SHARE), period)
    )
    if not (anchor or stated_completion or others or shares or target):
        return None
    done = _completion(indicator, stated_completion, level, target)
    base = anchor or stated_completion or target
    row_period = base.period if base is not None else (shares or others)[0].period
    lagging = period is not None and done is not None and done.period.end != period.end
    implied = _implied(index, indicator, key, level, growth)
    before = conventions.same_months_last_year(growth.period, rates) if growth else None
    counted = level is not None and is_count(level.unit)  # a handful more or less is no turning point
    return IndicatorRow(
        indicator=indicator,
        key=key,
        period=row_period,
        level=formulas.published(level, indicator) if level else None,
        growth=formulas.published(growth, indicator) if growth else None,
        implied=implied,
        month=_month(index, indicator, key, level),
        month_growth=_month_growth(index, indicator, key, level),
        target=formulas.published(target, indicator) if target else None,
        earlier_target=formulas.published(earlier, indicator) if earlier else None,
        completion=done,
        gap=schedule_gap(indicator, done, schedule, lagging=lagging) if done and states_base(done) else None,
        shares=shares,
        others=tuple(formulas.published(o, indicator) for o in others),
        turning=conventions.turning(indicator, growth, rates) if growth and not counted else None,
        average=_average(indicator, growth, before) if not counted else None,
        swing=_swing(index, indicator, key, level) if growth is None and implied is None else None,
        change=None
        if Transformation.CHANGE in {o.transformation for o in others}
        else difference(indicator, level, levels),
        schedule=schedule.applies(done.period) if done is not None else USUAL,
        passed=schedule.share(done.period, lagging=lagging) if done is not None else None,
    )


def _of_period(observations: list[Observation], leading: Observation | None) -> Observation | None:
    """The figure of the very period that answers, so that a level never meets a rate of other months."""
    if leading is None:
        return None
    same = [o for o in observations if o.period.key == leading.period.key and o.period.known == leading.period.known]
    return answering(same, leading.period)


def _not_month(observations: list[Observation], period: Period | None) -> list[Observation]:
    """Single months answer only where a single month is asked for."""
    if period is not None and period.basis is Basis.MONTH:
        return observations
    return [o for o in observations if o.period.basis is not Basis.MONTH]


def _all_answering(observations: list[Observation], period: Period | None) -> list[Observation]:
    """One answer for each printed label, scope of rank and comparison."""
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for o in observations:
        groups.setdefault((o.reported_label, o.rank_scope, o.comparison, o.base_period, o.parent), []).append(o)
    found = (answering(group, period) for group in groups.values())
    return [o for o in found if o is not None]


def _others(index: FigureIndex, key: SeriesKey, period: Period | None) -> list[Observation]:
    kinds = (
        Transformation.RANK,
        Transformation.CHANGE,
        Transformation.CONTRIBUTION,
        Transformation.MULTIPLE,
        Transformation.RATIO,
    )
    rest = [o for kind in kinds for o in index.series(key, kind)]
    rest += [o for o in index.series(key, Transformation.GROWTH) if o.comparison is not Comparison.YOY]
    return _all_answering(rest, period)


def _completion(
    indicator: Indicator, stated: Observation | None, level: Observation | None, target: Observation | None
) -> IndicatorValue | None:
    """The published completion where there is one, else the computed one."""
    if stated is not None:
        return formulas.published(stated, indicator)
    if level is None or target is None or indicator.basis is IndicatorBasis.RATE:
        return None
    return formulas.completion(indicator, level, target)


def _average(indicator: Indicator, growth: Observation | None, before: Observation | None) -> IndicatorValue | None:
    """两年平均, where a rise follows a fall or a fall a rise so far apart that one rate alone misleads."""
    if growth is None or before is None or not conventions.base_effect(growth, before):
        return None
    return conventions.two_year_average(indicator, growth, before)


def _swing(
    index: FigureIndex, indicator: Indicator, key: SeriesKey, level: Observation | None
) -> conventions.SwingOf | None:
    if level is None or not level.period.known or indicator.basis is not IndicatorBasis.FLOW:
        return None
    wanted = level.period.shift_years(-1).key
    before = [o for o in index.series(key, Transformation.LEVEL) if o.period.key == wanted and o.is_number]
    return conventions.swing(indicator, level, before[-1]) if before else None


def _implied(
    index: FigureIndex, indicator: Indicator, key: SeriesKey, level: Observation | None, growth: Observation | None
) -> IndicatorValue | None:
    if level is None or not level.period.known or indicator.basis is IndicatorBasis.RATE:
        return None
    wanted = level.period.shift_years(-1).key
    before = [o for o in index.series(key, Transformation.LEVEL) if o.period.key == wanted and o.is_number]
    return formulas.implied_growth(indicator, level, before[-1], growth) if before else None


def _month(
    index: FigureIndex, indicator: Indicator, key: SeriesKey, level: Observation | None
) -> IndicatorValue | None:
    """The last month of a cumulative figure: as published, else as the difference of two cumulatives."""
    if level is None or level.period.basis is not Basis.YTD or level.period.end is None or level.period.end.month < 2:
        return None
    end: Month = level.period.end
    if not conventions.month_is_released(indicator, end.month):
        return None
    levels = index.series(key, Transformation.LEVEL)
    stated = [o for o in levels if o.period.basis is Basis.MONTH and o.period.end == end]
    before = [o for o in levels if o.period.basis is Basis.YTD and o.period.end == end.shift(-1)]
    if stated:
        month = formulas.published(stated[-1], indicator)
        doubtful = bool(before) and end.month > 2 and conventions.revised(stated[-1], level, before[-1])
        return replace(month, flags=(*month.flags, conventions.REVISED)) if doubtful else month
    return formulas.month_from_cumulatives(indicator, level, before[-1]) if before and end.month > 2 else None


def _month_growth(
    index: FigureIndex, indicator: Indicator, key: SeriesKey, level: Observation | None
) -> IndicatorValue | None:
    if level is None or level.period.basis is not Basis.YTD or level.period.end is None:
        return None
    if not conventions.month_is_released(indicator, level.period.end.month):
        return None
    stated = [
        o
        for o in index.series(key, Transformation.GROWTH)
        if o.comparison is Comparison.YOY and o.period.basis is Basis.MONTH and o.period.end == level.period.end
    ]
    return formulas.published(stated[-1], indicator) if stated else None


def hidden_observations(observations: tuple[Observation, ...]) -> list[Observation]:
    """Every figure of a park that is there but is no number, for the annex."""
    return [
        o
        for o in observations
        if o.obs_status not in NUMERIC and o.obs_status is not ObsStatus.NOT_APPLICABLE and o.value_low is None
    ]
