"""The words around a table that say what its figures are: periods, units and dates of a title, a sheet name, a cell."""

from __future__ import annotations

import datetime
import re
import unicodedata

from parkbook.errors import PeriodError
from parkbook.periods import Period, month_period, parse_period, point_period, span_period, year_period, ytd_period
from parkbook.sources.cells import shown
from parkbook.sources.grid import Cell, Grid
from parkbook.sources.layout import ColumnBasis, Origin, PeriodRule, WordsRule
from parkbook.sources.title_period import find_period, names_months
from parkbook.units import Unit, parse_unit

_UNIT_LINE = re.compile(r"(?:计量)?单位[:：]?(.+)")
_BRACKETS = re.compile(r"[（(]([^（()）]+)[)）]")
_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})[-年./](?P<month>\d{1,2})(?:[-月./](?P<day>\d{1,2}))?")


def words_of(rule: WordsRule, grid: Grid, file: str) -> str:
    """The words that hold for a whole sheet; empty for rules of rows and columns."""
    if rule.origin in (Origin.TITLE, Origin.CELL):
        cell = grid.at(rule.cell)
        return shown(cell)
    return {Origin.SHEET: grid.name, Origin.FILE: file, Origin.FIXED: rule.text}.get(rule.origin, "")


def year_of(rule: PeriodRule, grid: Grid, file: str) -> int | None:
    """The year that completes the rule's words; None when the rule names none."""
    if not rule.year:
        return None
    places = {"file": file, "sheet": grid.name}
    words = rule.year if rule.year.isdecimal() else places.get(rule.year) or shown(grid.at(rule.year))
    found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", unicodedata.normalize("NFKC", words))
    if found is None:
        raise PeriodError("找不到年份", found=words, expected="四位年份", remedy="核对版式 period 的 year")
    return int(found[0])


def sheet_period(rule: PeriodRule, grid: Grid, file: str) -> Period:
    """The period that holds for a whole sheet, which may be masked; a date or a number in its cell is a month."""
    cell = grid.at(rule.cell) if rule.origin in (Origin.TITLE, Origin.CELL) else None
    if cell is not None and isinstance(cell.value, datetime.date | float):
        return cell_period(cell, year_of(rule, grid, file))
    return find_period(words_of(rule, grid, file), year_of(rule, grid, file))


def cell_period(cell: Cell, year: int | None) -> Period:
    """The period of a row: words, a date, or a bare number (9 or 202509) in a column of months."""
    value = cell.value
    if isinstance(value, datetime.date):
        return parse_period(f"{value.year}年{value.month}月")
    text = shown(cell) if isinstance(value, float) else cell.text
    if isinstance(value, float) and re.fullmatch(r"\d{4}\.1", text):
        raise PeriodError(
            "月份存成了小数，不能确定是 1 月还是 10 月",
            expected="如 2025年10月、2025-10",
            found=text,
            cause="2025.10 存成数时末尾的 0 会丢失",
            remedy="在原表中改写为文字或日期",
        )
    if re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])", text):
        return month_period(int(text[:4]), int(text[4:]))
    if re.fullmatch(r"[1-9]|1[0-2]", text):
        text = f"{text}月"
    try:
        return parse_period(text, year)
    except PeriodError:
        return find_period(text, year)


def derived_period(period: Period, basis: ColumnBasis, years: int = 0) -> Period:
    """The months a column speaks of, from the period of its sheet or row."""
    moved = period.shift_years(years) if years else period
    if moved.start is None or moved.end is None or basis is ColumnBasis.STATED:
        return _like(moved, period)
    if basis in (ColumnBasis.MONTH, ColumnBasis.QUARTER) and not names_months(period):
        raise PeriodError(
            "报告期只写了年份，该数未读",
            expected="写明月份的报告期，如 2025年9月、2025年1—12月",
            found=period.text,
            cause="该列是当月或当季数，不能推断是哪个月",
            remedy="在表名中写明月份，或在版式中写明该列的 period",
        )
    return _like(_made_period(basis, moved.end.year, moved.end.month), period)


def _made_period(basis: ColumnBasis, year: int, month: int) -> Period:
    if basis is ColumnBasis.MONTH:
        return month_period(year, month)
    if basis is ColumnBasis.YTD:
        return ytd_period(year, month)
    if basis is ColumnBasis.YEAR:
        return year_period(year)
    if basis is ColumnBasis.POINT:
        return point_period(year, month)
    if basis is ColumnBasis.LAST_YEAR_END:
        return point_period(year - 1, 12)
    return span_period(year, month - 2, month) if month > 3 else ytd_period(year, month)


def _like(made: Period, stated: Period) -> Period:
    """The made period with the words and the standing of the stated one."""
    return Period(made.start, made.end, made.basis, stated.status, stated.text)


def find_unit(text: str) -> Unit:
    """The unit of a cell's words: 单位：万元, (万元), 产值（万元）, 万元. UnitError when it is none."""
    plain = text.strip()
    line = _UNIT_LINE.search(plain)
    if line:
        return parse_unit(line[1].strip().strip("（()）"))
    brackets = _BRACKETS.findall(plain)
    return parse_unit(brackets[-1] if brackets else plain)


def header_unit(words: tuple[str, ...]) -> Unit:
    """The unit that a column's header ends with in brackets, from its lowest words upwards."""
    for word in reversed(words):
        brackets = _BRACKETS.findall(word)
        if brackets:
            return parse_unit(brackets[-1])
    return parse_unit(words[-1] if words else "")


def as_vintage(text: str) -> str:
    """A date in sortable form (2025, 2025-08, 2025-08-31); the words themselves where there is none."""
    found = _DATE.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return text.strip()
    parts = [found["year"], found["month"].zfill(2)] + ([found["day"].zfill(2)] if found["day"] else [])
    return "-".join(parts)
