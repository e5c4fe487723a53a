"""What changed since the last briefing: figures that turned, that are new, that were revised; shown as a box.

The last briefing is that of the period `since`; without it, the quarter before (for a single month or an odd span, the month
before). Rates are compared only where both are published for the cumulative period, schedules only where both are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parkbook.briefing.blocks import Block, Bullets
from parkbook.briefing.claims import Sentence, bullets
from parkbook.briefing.format import direction_words, value_text
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import TINY_BASE, whole_year
from parkbook.catalogue import Release
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.formulas import published
from parkbook.indicators.targets import MONTHS
from parkbook.model import Observation
from parkbook.periods import Basis, Month, Period
from parkbook.units import convert, dimension

FREQUENT = (Release.MONTHLY, Release.JAN_FEB_JOINT, Release.LAGGED_1, Release.QUARTERLY)
MOST = 5
"""Names that one line of the box lists."""


def last_period(view: ParkView) -> Period | None:
    """The period of the last briefing: the one asked for, else the quarter (or month) before, of the same year."""
    period = view.period
    if view.choices.since is not None:
        return view.choices.since
    if period is None or period.end is None or period.start is None or period.basis is not Basis.YTD:
        return None
    step = 3 if period.end.month % 3 == 0 else 1
    if period.end.month <= step:
        return None
    return Period(period.start, Month(period.end.year, period.end.month - step), Basis.YTD)


def changes(view: ParkView) -> list[Block]:
    """The box; empty where there is no last briefing, or nothing changed."""
    before = last_period(view)
    if before is None or (not view.own and view.choices.since is None):
        return []
    then = {_name(row): row for row in replace(view, period=before).rows}
    said = [
        *_turned(view.rows, then),
        *_overtaken(view.rows, then),
        *_new(view, before, then),
        *_revised(view, before),
    ]
    if not said:
        return []
    box = bullets(said)
    return [Bullets(items=box.items, refs=box.refs, title=f"与{before.label_zh}相比的变化")]


def _name(row: IndicatorRow) -> tuple[str, str, str]:
    return (row.indicator.id, row.key.scope, row.key.label)


def _turned(rows: Sequence[IndicatorRow], then: dict[tuple[str, str, str], IndicatorRow]) -> list[Sentence]:
    """由增转降 and 由降转增, each with both rates, unless one is so large that its base is tiny; a turn for the worse first."""
    found: dict[bool, list[Sentence]] = {False: [], True: []}
    for row in rows:
        old = then.get(_name(row))
        if old is None or row.growth is None or old.growth is None or old.growth.period.key == row.growth.period.key:
            continue
        now, before = row.growth.value, old.growth.value
        if now is None or before is None or now * before >= 0:
            continue
        if max(abs(now), abs(before)) >= TINY_BASE:
            found[now > 0].append(Sentence(row.label))
            continue
        clause = Sentence(row.label + "由").figure(old.growth, direction_words(old.growth)).say("转为")
        found[now > 0].append(clause.figure(row.growth, direction_words(row.growth)))
    return [
        Sentence(f"{words}：").extend(Sentence.join(found[up][:MOST], "；")).say(_more(len(found[up])) + "。")
        for up, words in ((False, "由增转降"), (True, "由降转增"))
        if found[up]
    ]


def _overtaken(rows: Sequence[IndicatorRow], then: dict[tuple[str, str, str], IndicatorRow]) -> list[Sentence]:
    """Those that fell behind schedule, and those that caught up."""
    found: dict[Verdict, list[str]] = {Verdict.BEHIND: [], Verdict.AHEAD: []}
    for row in rows:
        old = then.get(_name(row))
        if old is not None and row.verdict in found and old.verdict in found and row.verdict is not old.verdict:
            found[row.verdict].append(row.label)
    ended = any(whole_year(row) for row in rows if row.verdict in found)
    behind, ahead = ("未完成年度目标", "完成年度目标") if ended else ("慢于序时进度", "快于或持平序时进度")
    words = ((Verdict.BEHIND, f"由快于或持平序时进度转为{behind}"), (Verdict.AHEAD, f"由慢于序时进度转为{ahead}"))
    return [Sentence(f"{said}：{_listed(found[verdict])}。") for verdict, said in words if found[verdict]]


def _new(view: ParkView, before: Period, then: dict[tuple[str, str, str], IndicatorRow]) -> list[Sentence]:
    """Indicators that had no figure then; those that appear once or twice a year are no news, nor those without a January."""
    often = [row for row in view.numeric_rows if row.indicator.release in FREQUENT and not _once_a_year(view, row)]
    january = before.end is not None and before.end.month == 1
    told = [row for row in often if not january or _has_january(view, row)]
    names = [row.label for row in told if (old := then.get(_name(row))) is None or not old.is_numeric]
    return [Sentence(f"新有数据：{_listed(names)}。")] if names else []


def _has_january(view: ParkView, row: IndicatorRow) -> bool:
    """Whether it is ever published for January; of what comes for January and February together no January was missed."""
    joint = row.indicator.release is Release.JAN_FEB_JOINT
    return not joint and any(o.period.end is not None and o.period.end.month == 1 for o in view.index.members(row.key))


def _once_a_year(view: ParkView, row: IndicatorRow) -> bool:
    """Whether its figures are all of the ends of years, whatever the catalogue says of its rhythm."""
    ends = {o.period.end.month for o in view.index.members(row.key) if o.period.end is not None and o.is_number}
    return ends == {MONTHS}


def _revised(view: ParkView, before: Period) -> list[Sentence]:
    """Figures of the year up to then that were published again with another value, or corrected."""
    clauses = []
    for old, new in _revisions(view.data.observations, before):
        indicator = view.catalogue.get(new.indicator_id)
        clause = Sentence(f"{new.period.label_zh}{indicator.label_zh}由").figure(
            published(old, indicator), value_text(published(old, indicator))
        )
        clauses.append(clause.say("修订为").figure(published(new, indicator), value_text(published(new, indicator))))
    if not clauses:
        return []
    return [Sentence("修订：").extend(Sentence.join(clauses[:MOST], "；")).say(_more(len(clauses)) + "。")]


def _revisions(observations: Sequence[Observation], before: Period) -> list[tuple[Observation, Observation]]:
    """Pairs of one figure in two vintages, the older first, of the year of `before` up to its end."""
    vintages: dict[tuple[object, ...], list[Observation]] = {}
    for o in observations:
        if not o.indicator_id or o.subject or not o.is_number or not o.vintage or o.period.end is None:
            continue
        if before.end is None or o.period.end.year != before.end.year or o.period.end > before.end:
            continue
        key = (o.indicator_id, o.scope, o.period.key, o.transformation, o.growth_kind)
        vintages.setdefault(key, []).append(o)
    pairs = []
    for found in vintages.values():
        ordered = sorted(found, key=lambda o: o.vintage)
        if len(ordered) > 1 and _differ(ordered[0], ordered[-1]):
            pairs.append((ordered[0], ordered[-1]))
    return pairs


def _differ(old: Observation, new: Observation) -> bool:
    """Another value, not the same in another unit."""
    if old.obs_value is None or new.obs_value is None or dimension(old.unit) != dimension(new.unit):
        return False
    return convert(old.obs_value, old.unit, new.unit) != new.obs_value


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:MOST]) + _more(len(names))


def _more(count: int) -> str:
    return f"等{count}项" if count > MOST else ""
