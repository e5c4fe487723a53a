"""Figures of other periods than the page's: later targets, and what was published earlier."""

from __future__ import annotations

from parkbook.briefing import tables
from parkbook.briefing.blocks import Block, present
from parkbook.briefing.view import ParkView
from parkbook.model import Observation, Transformation
from parkbook.periods import Basis


def targets_ahead(view: ParkView) -> list[Block]:
    """Targets for years after the period, kept apart from results."""
    later = later_targets(view)
    table = tables.target_table(later, view.catalogue) if later else None
    return present(table)


def later_targets(view: ParkView) -> list[Observation]:
    end = view.period.end if view.period is not None else None
    return [
        o
        for o in view.data.observations
        if o.transformation is Transformation.TARGET
        and o.is_number
        and o.period.end is not None
        and end is not None
        and o.period.end.year > end.year
        and o.vintage[:7] <= str(end.shift(1))  # set by the month in which the year is reported on
        and o.indicator_id in view.catalogue
    ]


def history(view: ParkView) -> list[Block]:
    """The table of figures of other periods than the page's."""
    table = tables.history_table(earlier_figures(view), view.catalogue)
    return present(table)


def earlier_figures(view: ParkView) -> list[Observation]:
    """Located figures of other periods than the page's, in order of indicator and time; targets stand elsewhere."""
    order = {indicator.id: n for n, indicator in enumerate(view.catalogue)}
    shown = {o.obs_id for row in view.rows for value in row.values if not value.computed for o in value.inputs}
    rest = [
        o
        for o in view.index.all
        if o.indicator_id in order
        and not o.subject
        and o.obs_id not in shown
        and o.period.known
        and o.is_number
        and (o.period.basis is not Basis.MONTH or not view.own)
        and o.transformation is not Transformation.TARGET
        and _other_year(view, o)
    ]
    return sorted(rest, key=lambda o: (order[o.indicator_id], str(o.period.end), o.transformation))


def _other_year(view: ParkView, observation: Observation) -> bool:
    """Own ledgers hold every month: of the page's year the trends say enough, of earlier years the whole-year figures."""
    if view.period is None or view.period.end is None or observation.period.end is None or not view.own:
        return True
    return observation.period.end.year != view.period.end.year and observation.period.end.month == 12
