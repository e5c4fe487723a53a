"""What holds for a whole sheet without a layout: where its period and its date of filling in are written."""

from __future__ import annotations

import re
from typing import Any

from parkbook.errors import NoPeriodError, PeriodError
from parkbook.periods import Period
from parkbook.sources.grid import Cell
from parkbook.sources.infer_block import title_cells
from parkbook.sources.infer_form import NotUnderstood, Sheet
from parkbook.sources.infer_row import is_meta
from parkbook.sources.layout import normal_words
from parkbook.sources.title_period import find_period

DATE_WORDS = re.compile(r"日期|时间")


def period_rule(sheet: Sheet) -> tuple[dict[str, Any], Period]:
    """Where the period is: the title when it names months, else the sheet's name, else the year of the title, else the file."""
    titled: tuple[Cell, Period] | None = None
    hidden: Cell | None = None
    for cell in title_cells(sheet.grid, sheet.block):
        if DATE_WORDS.search(cell.text) and is_meta(cell):
            continue
        hidden = hidden or (cell if _is_hidden(cell.text) else None)
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
    if hidden is not None and titled is None:  # a file named for the year does not say which months the title hides
        raise NotUnderstood(
            f"表名中的报告期被隐去、留空或不成立（{hidden.address}：{hidden.text}），工作表名中也没有完整的月份"
        )
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


def _is_hidden(words: str) -> bool:
    """Whether a title has a period that it does not tell (2025年*月, 2025年__月), or that is none (2025年13月)."""
    try:
        return not find_period(words).known
    except NoPeriodError:
        return False
    except PeriodError:
        return True


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
