"""Tables inside a docx or pdf: every cell with a figure becomes an observation named by its row and column.

    指标 | 单位 | 1-9月 | 同比增长（%）        规上工业总产值: 512.3 亿元, level; 6.4 %, growth yoy
    规上工业总产值 | 亿元 | 512.3 | 6.4
A column of row numbers, and cells without a figure, are passed over. What a column is comes from the same rules as prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parkbook.errors import UnitError
from parkbook.model import Comparison, Transformation
from parkbook.periods import Period, unknown_period
from parkbook.sources.text import grammar, when
from parkbook.sources.text.lex import Kind, tokenise
from parkbook.sources.text.patterns import half_width
from parkbook.sources.text.read import Table
from parkbook.sources.text.values import NO_UNIT, PrintedUnit, Quantity, UnitClass, printed_unit, read_quantity
from parkbook.units import parse_unit

_FIGURE = re.compile(
    r"\s*(?P<sign>-)?(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[0-9.]*[*xX×○]+[0-9.*xX×○]*)\s*(?P<unit>\D{0,8})\s*\Z"
)
_UNIT_IN_BRACKETS = re.compile(r"[(（]([^()（）]{1,10})[)）]")
_NUMBERING = re.compile(r"序号|编号|名次")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table."""

    address: str
    words: str
    quantity: Quantity
    label: str
    transformation: Transformation
    comparison: Comparison | None
    direction: int
    period: Period
    rule: str = "表格"


def read_table(table: Table, year: int | None) -> Iterator[Cell]:
    """The figures of a table whose first rows are headers and whose first words of a row name it."""
    rows = [tuple(half_width(cell) for cell in row) for row in table.rows]
    body = next(
        (index for index, row in enumerate(rows) if index and sum(_FIGURE.match(cell) is not None for cell in row) > 0),
        None,
    )
    if body is None:
        return
    headers = [_header(rows[:body], column) for column in range(max(map(len, rows)))]
    unit_column = next(
        (column for column, header in enumerate(headers) if re.search(r"单位|计量", header) and len(header) <= 6), None
    )
    for number, row in enumerate(rows[body:], start=body + 1):
        label = next((cell for cell in row if cell and _FIGURE.match(cell) is None), "")
        row_unit = _unit(row[unit_column]) if unit_column is not None and unit_column < len(row) else NO_UNIT
        for column, words in enumerate(row):
            found = _FIGURE.match(words)
            if found is None or not label or _NUMBERING.search(headers[column]):
                continue
            yield _cell(table, number, column, words, label, headers[column], row_unit, year)


def _header(rows: list[tuple[str, ...]], column: int) -> str:
    """The header cells above a column, from top to bottom, merged ones once."""
    words = [row[column] for row in rows if column < len(row) and row[column]]
    return "".join(dict.fromkeys(words))


def _unit(words: str) -> PrintedUnit:
    try:
        parse_unit(words)
    except UnitError:
        return NO_UNIT
    return printed_unit(words)


def _cell(
    table: Table, number: int, column: int, words: str, label: str, header: str, row_unit: PrintedUnit, year: int | None
) -> Cell:
    own = _UNIT_IN_BRACKETS.search(label)
    bracket = _UNIT_IN_BRACKETS.search(header)
    header_unit = _unit(bracket[1]) if bracket else NO_UNIT
    named = _UNIT_IN_BRACKETS.sub("", header)
    rate = re.search(r"增长|增幅|增速|增减|占比|比重|完成率|进度|±", named) is not None
    unit = (
        header_unit
        if header_unit.text
        else printed_unit("%")
        if rate
        else row_unit
        if row_unit.text
        else _unit(own[1])
        if own
        else NO_UNIT
    )
    quantity = _quantity(words, unit)
    cue = grammar.read_words(re.sub(r"\s", "", named), quantity.unit.kind)
    growth = re.search(r"增长|增幅|增速|增减|±", named) is not None and quantity.unit.kind is UnitClass.PERCENT
    transformation = Transformation.GROWTH if growth else cue.transformation or Transformation.LEVEL
    comparison = (
        (grammar.comparison_of(named) or Comparison.YOY)
        if transformation in (Transformation.GROWTH, Transformation.CHANGE)
        else None
    )
    direction = -1 if re.search(r"下降|减少|降幅", named) and not re.search(r"增减|±", named) else 1
    place = f"{table.place}!{_letters(column)}{number}"
    return Cell(
        place,
        words,
        quantity,
        _UNIT_IN_BRACKETS.sub("", label) if own and _unit(own[1]).text else label,
        transformation,
        comparison,
        direction,
        _period(named, year),
    )


def _quantity(words: str, unit: PrintedUnit) -> Quantity:
    """The cell's number or mask, in its own unit or that of its column."""
    tokens = [
        token
        for token in tokenise(
            words.strip() if re.search(r"[^\d.,\s-]\s*\Z", words) else words.strip() + (unit.text or "个")
        )
        if token.is_figure
    ]
    if not tokens or tokens[0].kind is Kind.RANK:
        tokens = [token for token in tokenise(re.sub(r"[^\d.,*xX×○-]", "", words) + "个") if token.is_figure]
    quantity = read_quantity(tokens[0], words.strip() + (unit.text or "个"))
    return replace(quantity, unit=unit) if unit.text or quantity.unit.text == "个" else quantity


def _period(header: str, year: int | None) -> Period:
    for token in tokenise(header):
        if token.kind is Kind.PERIOD and not when.is_base(header, token):
            return when.resolve(header[token.start : token.end], year)
    return unknown_period()


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
