"""Sheets of ledgers that were there and could not be read for their layout: 5月商贸表, 8月规上服务业表."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from parkbook.errors import Finding, ParkbookError
from parkbook.periods import Month, parse_period

LAYOUT: Final = "layout"
OUTSIDE: Final = "整张表因版式变动未读入"


@dataclass(frozen=True, slots=True, order=True)
class UnreadSheet:
    """One sheet: the month it is of, and the theme of its ledger, which is the ledger's name without number, year and ending."""

    month: Month
    theme: str

    @property
    def label(self) -> str:
        """5月商贸表."""
        return f"{self.month.month}月{self.theme}表"


def theme_of(ledger: str) -> str:
    """商贸 of 02商贸.xlsx, 主要经济指标 of 01主要经济指标2025.xlsx."""
    return re.sub(r"^\d+|(?:19|20)\d{2}$", "", ledger.rpartition(".")[0] or ledger)


def unread_sheets(findings: Iterable[Finding]) -> tuple[UnreadSheet, ...]:
    """The sheets that findings of layout name, by month; those whose name is no month are left to the findings."""
    return tuple(sorted({sheet for f in findings if f.code == LAYOUT and (sheet := _sheet(f.where)) is not None}))


def told_outside(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What readers outside are told of the findings: which sheets were not read, without file or cell."""
    return tuple(
        Finding(what=OUTSIDE, where=f"{sheet.theme} {sheet.month.year}年{sheet.month.month}月", code=LAYOUT)
        for sheet in unread_sheets(findings)
    )


def _sheet(where: str) -> UnreadSheet | None:
    ledger, _, place = where.partition(" ")
    name = place.partition("!")[0]
    year = re.search(r"(?:19|20)\d{2}", ledger)
    try:
        end = parse_period(name, int(year.group()) if year else None).end
    except ParkbookError:
        return None
    return UnreadSheet(end, theme_of(ledger)) if end is not None else None
