"""Where the header of a table ends: the first row of figures, and rows that only number the columns.

指标 | 2024年 / 甲 | 1 / 税收 | 120       two rows of header, then figures
营业收入 | 120亿元 / 税收 | 12亿元        no header: each row begins with what its figure is
"""

from __future__ import annotations

import re

from parkbook.model import Qualifier
from parkbook.sources.text.cells import Style, figure, figures_in
from parkbook.sources.text.lex import tokenise
from parkbook.sources.text.values import Quantity

_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?年?度?\Z|\s?年?度?\()")
_NUMBERED_COLUMNS = re.compile(r"[甲乙丙丁戊己]|栏次|行次|栏目|序号|\(\d{1,2}\)|\d{1,2}(?:\s?=[\d+\-×÷/ ]+)?")
_SEVERAL = re.compile(r"(?!(?:19|20)\d\d)\d[\d.,%]*(?:[-—–~/:→]\d[\d.,%]*)+\Z")
"""8-10, 12.5/15: no header, though it may not be read."""
_PAUSE = re.compile("[,，。;；]")


def body_of(rows: list[tuple[str, ...]], heads: int) -> int | None:
    """The first row with a figure below the headers; the first of all where a table has none."""
    begin = heads or (0 if _is_headless(rows) else 1)
    for number in range(begin, len(rows)):
        row = rows[number]
        if any(_holds_figure(cell) or _is_told(cell) for cell in row) and not is_numbering(row):
            return number
    return None


def _is_told(cell: str) -> bool:
    """A cell of words with a figure in them, which no header is: 完成投资3亿元，增长5%."""
    return _PAUSE.search(cell) is not None and any(token.is_figure for token in tokenise(cell))


def _holds_figure(cell: str) -> bool:
    if _YEARS.match(cell) is not None:
        return False
    return _SEVERAL.match(cell) is not None or bool(figures_in(cell, False, False, Style()))


def is_numbering(row: tuple[str, ...]) -> bool:
    """A row that numbers the columns: 甲 | 乙 | 1 | 2 | 3=2/1."""
    said = [cell for cell in row if cell]
    numbers = [
        int(found[0].lstrip("(")) for cell in said if (found := re.match(r"\(?\d{1,2}(?=\)?\Z|\s?=)", cell)) is not None
    ]
    return (
        len(numbers) > 1
        and all(_NUMBERED_COLUMNS.fullmatch(cell) for cell in said)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and (len(numbers) < len(said) or "=" in "".join(said))
    )


def _is_headless(rows: list[tuple[str, ...]]) -> bool:
    """Whether the first row is one of figures: each stands over figures in the same unit, or all but the row's name are figures."""
    first = rows[0] if rows else ()
    said = [column for column, cell in enumerate(first) if cell]
    found = [column for column in said if _holds_figure(first[column])]
    if not found or len(found) == len(said) or is_numbering(first):
        return False
    for column in found:
        below = [row[column] for row in rows[1:] if column < len(row) and row[column]]
        own = figure(first[column])
        same = [one for one in map(figure, below) if one is not None and own is not None and _is_alike(own, one)]
        if len(same) < len(below) or (not below and (own is None or not own.unit.text)):
            return False
    printed = any("." in first[column] or ((own := figure(first[column])) and own.unit.text) for column in found)
    return printed or len(found) >= len(said) - 1


def _is_alike(first: Quantity, below: Quantity) -> bool:
    """Whether two figures of a column are in the same unit, or each prints its own; 500万元以上 over 12家 is a header."""
    return first.unit == below.unit or bool(
        first.unit.text and below.unit.text and first.qualifier is Qualifier.EXACT and not first.masked
    )
