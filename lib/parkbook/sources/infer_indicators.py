"""A table without a layout whose rows are indicators: the column that names them, what they mean, what the others say."""

from __future__ import annotations

from typing import Any

from parkbook.sources.grid import Cell
from parkbook.sources.headers import Header
from parkbook.sources.infer_columns import META, ColumnGuess, guess_column, is_period
from parkbook.sources.infer_form import Column, Columns, NotUnderstood, Sheet, blank_rule, has_content, has_figures
from parkbook.sources.infer_months import UNDATED, read_months, settle_bases, skip_in_mixed_forms
from parkbook.sources.infer_names import Meaning
from parkbook.sources.infer_place import period_rule, vintage_rule, year_rule
from parkbook.sources.infer_row import is_figure
from parkbook.sources.infer_units import SheetUnits, row_unit, sheet_units, with_headers
from parkbook.sources.layout import PERIOD_PLACE, normal_words
from parkbook.sources.rows import Label, read_label

ENOUGH = 0.5
"""Share of row labels that must be indicators for the rows to be taken as indicators."""


def indicator_column(sheet: Sheet) -> Header | None:
    """The column whose cells are mostly names of indicators."""
    best: tuple[int, Header] | None = None
    for header in sheet.headers:
        labels = [cell for cell in sheet.sample(header.column) if isinstance(cell.value, str) and not is_figure(cell)]
        rows = [cell for cell in labels if has_figures(sheet, cell)]
        hits = sum(1 for cell in rows if _meaning(sheet, read_label(cell)).indicator is not None)
        if hits and hits >= ENOUGH * len(rows) and (best is None or hits > best[0]):
            best = hits, header
    return best[1] if best else None


def _meaning(sheet: Sheet, label: Label) -> Meaning:
    printed = sheet.names.find(label.printed)
    return printed if printed.indicator is not None else sheet.names.find(label.bare)


def _meaning_of(sheet: Sheet, printed: str) -> Meaning:
    return _meaning(sheet, read_label(Cell(0, 0, printed)))


def indicator_rows(sheet: Sheet, key: Header) -> tuple[dict[str, Any], Columns]:
    """Fields for a table with one indicator a row."""
    units = sheet_units(sheet)
    read, columns, period = _figure_columns(sheet, key, units.header)
    units = with_headers(sheet, units, key, read)
    figures = [column for column, _ in read if not column.unread]
    indicators, headings = _row_names(sheet, key, figures, units)
    if not indicators:
        raise NotUnderstood(_why_none(sheet))
    fields = {
        "period": period,
        "unit": units.rule,
        "vintage": vintage_rule(sheet),
        "rows": "indicators",
        "key": {"header": list(key.words)},
        "headings": headings,
        "indicators": indicators,
    }
    return fields, columns


def _why_none(sheet: Sheet) -> str:
    """What is missing where no row can be read: mostly the unit, not the name."""
    known = {name: why for name, why in sheet.doubts.unknown_rows.items() if _meaning_of(sheet, name).indicator}
    if not known:
        return "没有一行的名称是目录中的指标"
    return "没有一行能读：" + "；".join(f"{name}（{why}）" for name, why in list(known.items())[:6])


def _row_names(sheet: Sheet, key: Header, columns: list[Column], units: SheetUnits) -> tuple[dict[str, Any], list[str]]:
    """Row labels with the indicators they mean; the rows that only head a section."""
    indicators: dict[str, Any] = {}
    headings: list[str] = []
    for cell in sheet.column(key.column):
        label = read_label(cell)
        meaning = _meaning(sheet, label)
        if not any(has_content(sheet.grid.cell(cell.row, column.header.column)) for column in columns):
            # a row that only other columns speak of heads a section, unless it has figures that nobody reads
            named = meaning.indicator is not None or has_figures(sheet, cell)
            headings += [] if named else [label.printed]
            continue
        if meaning.indicator is None:
            near = sheet.names.near(label.bare)
            sheet.doubts.unknown_rows[label.printed] = meaning.doubt or (f"目录中相近的名称：{near}" if near else "")
            continue
        name = label.printed if sheet.names.find(label.printed).indicator is not None else label.bare
        own = meaning.unit or (sheet.grid.filled(cell.row, units.header.column).text if units.header else "")
        unit, problem = row_unit(own, units, meaning, columns)
        if problem:
            sheet.doubts.unknown_rows[label.printed] = problem
            continue
        if meaning.doubt:
            sheet.doubts.rows[label.bare] = meaning.doubt
        said = {"indicator": meaning.indicator.id, "unit": unit}
        indicators[name] = said if unit else meaning.indicator.id
    return indicators, headings


def _figure_columns(
    sheet: Sheet, key: Header, unit_header: Header | None
) -> tuple[list[tuple[Column, str]], Columns, dict[str, Any]]:
    """The columns of figures with the units they state, all columns with None for those that are not read, and the rule
    of the period."""
    dated = [header for header in sheet.headers if any(is_period(word) for word in header.words)]
    rule, period = ({"from": "header", **year_rule(sheet)}, None) if dated else period_rule(sheet)
    guesses = {header: _column_guess(sheet, header) for header in sheet.headers if header not in (key, unit_header)}
    columns: Columns = {}
    read: list[tuple[Column, str]] = []
    for header, guess in guesses.items():
        if guess is None or (dated and header not in dated):
            columns[header.words] = None
            if guess is not None:
                sheet.doubts.unread[header.words] = UNDATED
            continue
        path = _path(header)
        if any(_path(other) == path and said and said.fields != guess.fields for other, said in guesses.items()):
            path = header.words  # 2024年1-6月 and 2025年6月末: one {period} cannot mean both
        alike = [other for other in guesses if header.words == path == other.words or _path(other) == path]
        blank = blank_rule(sheet, alike, guess.fields)
        read.append((Column(header, {"header": list(path), **guess.fields, **blank}), guess.unit))
        columns[path] = read[-1][0].fields
    figures = [column for column, _ in read]
    read_months(sheet, figures, period)
    settle_bases(sheet, figures, period)
    skip_in_mixed_forms(figures)
    columns |= {column.header.words: None for column in figures if column.unread}
    if not any(columns.values()):
        raise NotUnderstood("没有一列能看出是哪一类数")
    return read, columns, rule


def _path(header: Header) -> tuple[str, ...]:
    """A header as the layout names it: a period in it stands for every period."""
    return tuple(PERIOD_PLACE if is_period(word) else word for word in header.words)


def _column_guess(sheet: Sheet, header: Header) -> ColumnGuess | None:
    """What a column of figures says; None for one that is not read."""
    cells = sheet.sample(header.column)
    if not cells:
        sheet.doubts.blank.add(header.words)
    last = normal_words(header.words[-1])
    if any(pattern.search(last) for pattern in META.values()):
        return None
    figures = sum(1 for cell in cells if is_figure(cell))
    if figures * 2 < len(cells):
        return None
    guess = guess_column(header.words)
    if not guess.known:
        sheet.doubts.unread[header.words] = guess.doubt
        return None
    return guess
