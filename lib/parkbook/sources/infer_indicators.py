"""A table without a layout whose rows are indicators: the column that names them, what they mean, what the others say."""

from __future__ import annotations

from typing import Any

from parkbook.errors import UnitError
from parkbook.sources.headers import Header
from parkbook.sources.infer_columns import META, ColumnGuess, guess_column, is_period
from parkbook.sources.infer_form import Column, Columns, NotUnderstood, Sheet, has_content, has_figures
from parkbook.sources.infer_months import UNDATED, settle_bases
from parkbook.sources.infer_names import Meaning, unit_fits
from parkbook.sources.infer_place import period_rule, sheet_unit, unit_rule, vintage_rule, year_rule
from parkbook.sources.infer_row import is_figure
from parkbook.sources.layout import PERIOD_PLACE, normal_words
from parkbook.sources.rows import Label, read_label
from parkbook.sources.words import find_unit
from parkbook.units import Unit

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


def indicator_rows(sheet: Sheet, key: Header) -> tuple[dict[str, Any], Columns]:
    """Fields for a table with one indicator a row."""
    unit, unit_header = unit_rule(sheet)
    columns, period = _figure_columns(sheet, key, unit_header)
    indicators, headings = _row_names(sheet, key, columns, unit, unit_header)
    if not indicators:
        raise NotUnderstood("没有一行的名称是目录中的指标")
    fields = {
        "period": period,
        "unit": unit,
        "vintage": vintage_rule(sheet),
        "rows": "indicators",
        "key": {"header": list(key.words)},
        "headings": headings,
        "indicators": indicators,
    }
    return fields, columns


def _row_names(
    sheet: Sheet, key: Header, columns: Columns, unit: dict[str, Any] | None, unit_header: Header | None
) -> tuple[dict[str, Any], list[str]]:
    """Row labels with the indicators they mean; the rows that only head a section."""
    indicators: dict[str, Any] = {}
    headings: list[str] = []
    whole = sheet_unit(sheet, unit)
    read = [header.column for header in sheet.headers if columns.get(_path(header)) is not None]
    for cell in sheet.column(key.column):
        label = read_label(cell)
        meaning = _meaning(sheet, label)
        if not any(has_content(sheet.grid.cell(cell.row, column)) for column in read):
            # a row that only other columns speak of heads a section, unless it has figures that nobody reads
            named = meaning.indicator is not None or has_figures(sheet, cell)
            headings += [] if named else [label.printed]
            continue
        name = label.printed if sheet.names.find(label.printed).indicator is not None else label.bare
        if meaning.indicator is None:
            sheet.doubts.unknown_rows[label.printed] = meaning.doubt or sheet.names.near(label.bare)
            continue
        stated = meaning.unit or (sheet.grid.filled(cell.row, unit_header.column).text if unit_header else "")
        problem = _unit_problem(stated, whole, meaning)
        if problem:
            sheet.doubts.unknown_rows[label.printed] = problem
            continue
        if meaning.doubt:
            sheet.doubts.rows[label.bare] = meaning.doubt
        said = {"indicator": meaning.indicator.id, "unit": meaning.unit}
        indicators[name] = said if meaning.unit else meaning.indicator.id
    return indicators, headings


def _unit_problem(stated: str, whole: Unit | None, meaning: Meaning) -> str:
    """Why a row's unit cannot be its indicator's; empty when it can."""
    if meaning.indicator is None:
        return ""
    try:
        unit = find_unit(stated) if stated else whole
    except UnitError:
        return f"单位“{stated}”未登记"
    if unit is None:
        return "没有计量单位"
    return (
        ""
        if unit_fits(unit, meaning.indicator)
        else f"单位为{unit}，目录中{meaning.indicator.label_zh}以{meaning.indicator.unit}计"
    )


def _figure_columns(sheet: Sheet, key: Header, unit_header: Header | None) -> tuple[Columns, dict[str, Any]]:
    """The columns, with None for those that are not read, and the rule of the period."""
    dated = [header for header in sheet.headers if any(is_period(word) for word in header.words)]
    rule, period = ({"from": "header", **year_rule(sheet)}, None) if dated else period_rule(sheet)
    columns: Columns = {}
    read: list[Column] = []
    for header in sheet.headers:
        if header in (key, unit_header):
            continue
        guess = _column_guess(sheet, header)
        path = _path(header)
        if guess is None or (dated and header not in dated):
            columns[header.words] = None
            if guess is not None:
                sheet.doubts.unread[header.words] = UNDATED
        else:
            read.append(Column(header, {"header": list(path), **guess.fields, "blank": "skip"}))
            columns[path] = read[-1].fields
    settle_bases(sheet, read, period)
    columns |= {column.header.words: None for column in read if column.unread}
    if not any(columns.values()):
        raise NotUnderstood("没有一列能看出是哪一类数")
    return columns, rule


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
