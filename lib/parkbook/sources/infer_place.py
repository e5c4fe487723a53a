"""What holds for a whole sheet without a layout: where its period, its unit and its date of filling in are written."""

from __future__ import annotations

import re
from typing import Any

from parkbook.errors import PeriodError, UnitError
from parkbook.periods import Period
from parkbook.sources.grid import Cell
from parkbook.sources.headers import Header
from parkbook.sources.infer_block import title_cells
from parkbook.sources.infer_columns import META
from parkbook.sources.infer_form import NotUnderstood, Sheet
from parkbook.sources.infer_row import is_meta
from parkbook.sources.layout import normal_words
from parkbook.sources.words import find_period, find_unit
from parkbook.units import Unit

DATE_WORDS = re.compile(r"日期|时间")


def unit_rule(sheet: Sheet) -> tuple[dict[str, Any] | None, Header | None]:
    """Where units are: a column of them, a cell above the table, or nowhere (the headers' brackets)."""
    for header in sheet.headers:
        if META["unit"].match(normal_words(header.words[-1])) and _are_units(sheet, header):
            return {"from": "column", "header": list(header.words)}, header
    for cell in title_cells(sheet.grid, sheet.block):
        if re.search(r"单位[:：]", normal_words(cell.text).replace("填报单位", "").replace("报送单位", "")):
            try:
                find_unit(cell.text)
            except UnitError:
                continue
            return {"from": "cell", "cell": cell.address}, None
    return None, None


def _are_units(sheet: Sheet, header: Header) -> bool:
    """Whether a column named 单位 holds units of measure rather than offices."""
    cells = sheet.sample(header.column)
    good = 0
    for cell in cells:
        try:
            find_unit(cell.text)
        except UnitError:
            continue
        good += 1
    return good * 2 > len(cells)


def sheet_unit(sheet: Sheet, rule: dict[str, Any] | None) -> Unit | None:
    if rule is None or rule["from"] != "cell":
        return None
    return find_unit(sheet.grid.at(str(rule["cell"])).text)


def period_rule(sheet: Sheet) -> tuple[dict[str, Any], Period]:
    """Where the period is: the title when it names months, else the sheet's name, else the year of the title, else the file."""
    titled: tuple[Cell, Period] | None = None
    for cell in title_cells(sheet.grid, sheet.block):
        if DATE_WORDS.search(cell.text) and is_meta(cell):
            continue
        period = _period_in(cell.text)
        if period is not None and (titled is None or _is_year(titled[1])):
            titled = cell, period
    if titled is not None and not _is_year(titled[1]):
        return {"from": "title", "cell": titled[0].address}, titled[1]
    year = titled[1].end.year if titled is not None and titled[1].end is not None else None
    named = _period_in(sheet.grid.name, year)
    if named is not None and not _is_year(named):
        needs_year = _period_in(sheet.grid.name) is None and titled is not None
        return {"from": "sheet", **({"year": titled[0].address} if needs_year and titled else {})}, named
    if titled is not None:
        return {"from": "title", "cell": titled[0].address}, titled[1]
    if named is not None:
        return {"from": "sheet"}, named
    filed = _period_in(sheet.file)
    if filed is None:
        raise NotUnderstood("表名、工作表名和文件名中都没有报告期")
    within = _period_in(sheet.grid.name, filed.end.year if filed.end is not None else None)
    if _is_year(filed) and within is not None:
        return {"from": "sheet", "year": "file"}, within
    return {"from": "file"}, filed


def _period_in(words: str, year: int | None = None) -> Period | None:
    try:
        period = find_period(words, year)
    except PeriodError:
        return None
    return period if period.known else None


def _is_year(period: Period) -> bool:
    """Whether the words name a year and no months of it: 2024年度, but not 2024年1—12月."""
    return period.kind == "01-12-ytd" and not re.search(r"月|季|半年", period.text)


def year_rule(sheet: Sheet) -> dict[str, Any]:
    """Where the year is, for periods that do not name one."""
    for cell in title_cells(sheet.grid, sheet.block):
        if _period_in(cell.text) is not None:
            return {"year": cell.address}
    if _period_in(sheet.grid.name) is not None:
        return {"year": "sheet"}
    return {"year": "file"} if re.search(r"(?:19|20)\d{2}", sheet.file) else {}


def vintage_rule(sheet: Sheet) -> dict[str, Any] | None:
    """The cell that says when the form was filled in."""
    for cell in title_cells(sheet.grid, sheet.block):
        if re.search(r"(?:制表|填报|报送|填表)(?:日期|时间)[:：].*\d{4}", normal_words(cell.text)):
            return {"from": "cell", "cell": cell.address}
    return None
