"""Sheets that could not be read: a note where one changes what is compared, and a line for the annex.

5月商贸表因版式变动未读入，社会消费品零售总额等5项与1—4月比较.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parkbook.briefing.blocks import Block
from parkbook.briefing.claims import words
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import span_words
from parkbook.indicators.compute import IndicatorRow
from parkbook.observations.unread import UnreadSheet, theme_of, unread_sheets
from parkbook.periods import Period

UNREAD = "因版式变动未读入"


def unread_notes(view: ParkView, rows: Sequence[IndicatorRow]) -> list[Block]:
    """For each unread sheet the rows that are held against an earlier period, or are themselves of one, because of it."""
    lines = []
    for sheet in sheets_of_year(view):
        told: dict[str, list[str]] = {}
        for row in rows:
            effect = _effect(view, row, sheet)
            if effect:
                told.setdefault(effect, []).append(row.label)
        lines += [f"{sheet.label}{UNREAD}，{_listed(names)}{effect}" for effect, names in told.items()]
    return [words(f"{'；'.join(lines)}。", "note")] if lines else []


def unread_line(view: ParkView, themes: Collection[str] = ()) -> list[Block]:
    """The sheets of the page's year that were not read, up to its period; of these ledgers only, where their themes are given."""
    sheets = [sheet for sheet in sheets_of_year(view) if not themes or sheet.theme in themes]
    if not sheets:
        return []
    return [words(f"{'、'.join(sheet.label for sheet in sheets)}{UNREAD}，该月数据未取得，不作推测。", "note")]


def sheets_of_year(view: ParkView) -> list[UnreadSheet]:
    end = view.period.end if view.period is not None else None
    if end is None:
        return []
    return [s for s in unread_sheets(view.data.findings) if s.month.year == end.year and s.month <= end]


def _effect(view: ParkView, row: IndicatorRow, sheet: UnreadSheet) -> str:
    """与1—4月比较, 为1—7月数; empty where the sheet has no part in it."""
    end = row.period.end
    if end is None or not row.period.known or not _gap(view, row, sheet):
        return ""
    if end < sheet.month:
        return f"为{_span(view, row.period)}数"
    before = row.turning.previous.period if row.turning is not None else None
    if before is None or before.end is None or not before.end < sheet.month < end:
        return ""
    return f"与{span_words(before, row.period)}比较"


def _gap(view: ParkView, row: IndicatorRow, sheet: UnreadSheet) -> bool:
    """Whether the row's series lacks the month, and its ledger, where the source names it, is the one of the sheet."""
    members = view.index.members(row.key)
    themes = {theme_of(o.source.title) for o in members if o.locator}  # readers outside see no ledger's name
    return (not themes or sheet.theme in themes) and all(o.period.end != sheet.month for o in members)


def _span(view: ParkView, period: Period) -> str:
    return span_words(period, view.period) if view.period is not None else period.label_zh


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{'、'.join(names[:2])}{f'等{len(names)}项' if len(names) > 2 else ''}"
