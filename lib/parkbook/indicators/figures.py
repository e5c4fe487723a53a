"""An index over one park's observations, and the choice of the figure that answers for a period.

`latest` is resolved per indicator: a lagging series answers with its last figure inside the asked period, and carries its
own period so that the page can print it. Figures of other years never answer; they are history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from parkbook.model import STRENGTH, Observation, SourceGrade, SourceKind, Transformation
from parkbook.periods import Basis, Period


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What makes figures one series: the thing measured, of whom, in which scope, under which words."""

    indicator_id: str
    subject: str = ""
    scope: str = ""
    label: str = ""


class FigureIndex:
    """Observations with an indicator, grouped into series.

    Within one indicator, subject and scope, different printed labels are different series only when two of them
    give a level for the same period (签约项目 and 新签约项目, say): else they are the same thing said in other words.
    A subject that stands under several parents (土地报批 of three projects) is a series under each.
    """

    def __init__(self, observations: Iterable[Observation]) -> None:
        self.all = tuple(observations)
        self._series: dict[SeriesKey, list[Observation]] = defaultdict(list)
        self._by_indicator: dict[str, list[Observation]] = defaultdict(list)
        grouped: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
        for observation in self.all:
            if observation.indicator_id:
                grouped[observation.indicator_id, observation.subject, observation.scope].append(observation)
        for (indicator_id, subject, scope), members in grouped.items():
            self._by_indicator[indicator_id] += members
            split = _labels_clash(members)
            nested = bool(subject) and len({member.parent for member in members}) > 1
            for member in members:
                label = member.reported_label if split else ""
                name = f"{member.parent}·{subject}" if nested and member.parent else subject
                self._series[SeriesKey(indicator_id, name, scope, label)].append(member)

    def series_keys(self) -> list[SeriesKey]:
        return list(self._series)

    def series(self, key: SeriesKey, transformation: Transformation) -> list[Observation]:
        return [o for o in self._series[key] if o.transformation is transformation]

    def members(self, key: SeriesKey) -> list[Observation]:
        return self._series[key]

    def of_indicator(self, indicator_id: str, transformation: Transformation | None = None) -> list[Observation]:
        """All figures of an indicator, of whatever subject and scope."""
        found = self._by_indicator.get(indicator_id, [])
        return [o for o in found if transformation is None or o.transformation is transformation]


def _labels_clash(members: list[Observation]) -> bool:
    seen: dict[tuple[object, ...], str] = {}
    for member in members:
        if member.transformation is not Transformation.LEVEL or member.source.kind is SourceKind.LEDGER:
            continue  # a ledger's labels are its headers: 本年累计 and 上年同期 name columns, not things
        key = (*member.period.key, member.period.status if not member.period.known else "", member.obs_status)
        if seen.setdefault(key, member.reported_label) != member.reported_label:
            return True
    return False


def answering(observations: list[Observation], period: Period | None) -> Observation | None:
    """The figure that speaks for `period`: the same key, else the nearest one inside it, else one without a stated period.

    For a period that is not known itself, only figures without a stated period answer.
    """
    if not observations:
        return None
    ordered = sorted(observations, key=_rank_inside)
    if period is not None and period.known:
        exact = [o for o in ordered if o.period.key == period.key]
        inside = [o for o in ordered if _inside(o.period, period)]
        if exact or inside:
            return (exact or inside)[-1]
    return next((o for o in ordered if not o.period.known), None)


def _rank_inside(observation: Observation) -> tuple[object, ...]:
    """Later last; at one date the cumulative figure after the month's, a number after a masked figure, a reported one after a forecast."""
    period = observation.period
    if period.end is None or period.start is None:
        return ((0, 0), False, 0, observation.is_number, STRENGTH[observation.obs_status], observation.vintage)
    span = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    return (
        period.end,
        period.basis is Basis.POINT,
        span,
        observation.is_number,
        STRENGTH[observation.obs_status],
        observation.vintage,
    )


def _inside(candidate: Period, period: Period) -> bool:
    """A point, or a cumulative figure of the same year, that ends within the period; a whole year takes any part of it."""
    if candidate.start is None or candidate.end is None or period.start is None or period.end is None:
        return False
    if candidate.end > period.end or candidate.end.year != period.end.year:
        return False
    if candidate.basis is Basis.MONTH:
        return False
    return candidate.basis is Basis.POINT or candidate.start >= period.start


def default_period(observations: Iterable[Observation]) -> Period | None:
    """The latest period with located figures (then any figures) of the park itself; cumulative before single months."""
    known = [
        o for o in observations if o.period.known and o.transformation is not Transformation.TARGET and not o.subject
    ]
    located = [o for o in known if o.source.grade is not SourceGrade.UNLOCATED]
    candidates = located or known
    if not candidates:
        return None
    return max(
        candidates, key=lambda o: (o.period.end, o.period.basis is not Basis.MONTH, o.period.basis is not Basis.POINT)
    ).period
