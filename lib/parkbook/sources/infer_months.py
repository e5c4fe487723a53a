"""Which months a column speaks of when its own words do not say it: those of the column beside it, or doubt.

本月 | 累计 | 上年同期 | 同比       上年同期 and 同比 are taken as those of 累计, and marked: 本月 stands there too
累计 | 同比                      同比 is that of 累计
绝对量 under “2025年9月”           the month's or cumulative? taken as the title says, and marked
位次 under “2025年9月”             not read
"""

from __future__ import annotations

import re

from parkbook.errors import PeriodError
from parkbook.periods import Basis, Period, parse_period
from parkbook.sources.headers import Header
from parkbook.sources.infer_columns import is_period
from parkbook.sources.infer_form import Column, Sheet
from parkbook.sources.layout import ColumnBasis, normal_words
from parkbook.sources.title_period import find_period
from parkbook.sources.words import derived_period

_MONTHS = re.compile(r"\d月|季度|半年")
_STOCKS = {ColumnBasis.POINT.value, ColumnBasis.LAST_YEAR_END.value}
UNDATED = "同表其他列写明了报告期，本列没有"


def fix_periods(sheet: Sheet, columns: list[Column], period: Period | None) -> None:
    """Where headers name periods (工业投资 / 1-9月), each column is of its own or of the level beside it, or is not read."""
    year = period.end.year if period is not None and period.end is not None else None
    said = {header.column: _header_period(header, year) for header in sheet.headers}
    if not any(said.values()):
        return
    for column in columns:
        own = column.header
        near = [other for other in sheet.headers if other.column <= own.column and other.words[:-1] == own.words[:-1]]
        known = said[own.column] or next((said[other.column] for other in reversed(near) if said[other.column]), None)
        if known is None:
            column.unread = True
            sheet.doubts.unread[own.words] = UNDATED
        else:
            column.fields["period"] = known.time_period
            column.fields.setdefault("basis", "stated")


def _header_period(header: Header, year: int | None) -> Period | None:
    for word in header.words:
        if is_period(word):
            period = parse_period(normal_words(word), year)
            return period if period.known else None
    return None


def read_months(sheet: Sheet, columns: list[Column], period: Period | None) -> None:
    """Months that a header names among other words (1-6月完成 under 2025年6月): as the title's, else as they stand."""
    if period is None or period.end is None:
        return
    year = period.end.year
    for column in columns:
        words = "/".join(column.header.words)
        if column.unread or "period" in column.fields or not _MONTHS.search(normal_words(words)):
            continue
        try:
            named = find_period(words, year)
        except PeriodError:
            continue
        if not named.known or (named.end is not None and named.end.year != year and "year_offset" in column.fields):
            continue
        bases = (ColumnBasis.YTD, ColumnBasis.MONTH, ColumnBasis.POINT, ColumnBasis.QUARTER)
        same = next((basis for basis in bases if _is_same(derived_period(period, basis), named)), None)
        if same is not None:
            column.fields["basis"] = same.value
        elif "year_offset" in column.fields:
            column.unread = True
            sheet.doubts.unread[column.header.words] = "上年的数，月份与表名不同，须写明报告期"
        else:
            column.fields |= {"period": named.time_period, "basis": ColumnBasis.STATED.value}
            sheet.doubts.column(column.header, f"表头的月份与表名（{period.text or period.time_period}）不同，按表头")


def _is_same(one: Period, other: Period) -> bool:
    return (one.start, one.end, one.basis) == (other.start, other.end, other.basis)


def settle_bases(sheet: Sheet, columns: list[Column], period: Period | None) -> None:
    """Growth and last year's figure are of the months of the level beside them; what still does not say whether it is the
    month's or cumulative, under a title that may mean either, is doubtful, and a rank is not read."""
    for place, column in enumerate(columns):
        if "basis" in column.fields or column.unread:
            continue
        levels = [
            other
            for other in columns[:place]
            if other.is_level and "basis" in other.fields and other.beside == column.beside
        ]
        if not column.is_level and levels and column.fields.get("transformation") != "rank":
            column.fields["basis"] = levels[-1].fields["basis"]
            if len({other.fields["basis"] for other in levels}) > 1:
                sheet.doubts.column(column.header, f"按左侧“{'/'.join(levels[-1].header.words)}”的报告期理解")
        elif period is not None and period.basis in (Basis.MONTH, Basis.PERIOD):
            if column.fields.get("transformation") == "rank":
                column.unread = True
                sheet.doubts.unread[column.header.words] = "位次没有写明当月还是累计"
            else:
                sheet.doubts.column(column.header, "表头没有写明当月还是累计，暂按表名所写的报告期")


def skip_in_mixed_forms(columns: list[Column]) -> None:
    """In a form with columns of flows (本年累计) beside one of stocks (期末数) every row leaves one kind empty: nothing to
    report, not missing."""
    bases = {column.fields.get("basis", "") for column in columns if "transformation" not in column.fields}
    if bases & _STOCKS and bases - _STOCKS:
        for column in columns:
            column.fields["blank"] = "skip"
