"""Where a table stands in a sheet: title rows, header rows, the first row of data, the words that end it.

 1  示例园区2025年9月主要经济指标          title: one cell, or what speaks of units, dates and who filled it in
 2                       单位：万元
 3  指标名称 | 本月      | 本月止累计       header: the rows above the first figures that have two words or more
 4          | 绝对量|同比| 绝对量 | 同比
 5  一、工业                              first row: the one under the header
 6  工业总产值 | 12.3 …
30  注：…                                end
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parkbook.sources.grid import Cell, Grid
from parkbook.sources.infer_names import Names
from parkbook.sources.infer_row import bears_name, is_figure, is_meta
from parkbook.sources.layout import normal_words
from parkbook.sources.table_end import begins_with, figures_of, stated_unit

LOOKED_AT = 60
"""Rows that are searched for the header."""
MOST_HEADER_ROWS = 6
MOST_COLUMNS = 400
"""A form with more columns is described by hand."""
_ENDS = re.compile(
    r"(?:备注|说明|(?:填报|填表|制表|审核|报送)(?:人员?|单位|部门|机关|日期|时间)?)(?=[:：]|\Z)|注"
    r"|单位负责人|统计负责人|联系人|联系电话|数据来源|资料来源|分管领导|负责人"
)
_COLUMN_NUMBERS = re.compile(r"\A(?:[甲乙丙丁戊]|[(（]?\d{1,2}[)）]?|栏次|[A-Z])\Z")


@dataclass(frozen=True)
class Block:
    """The geometry of a table."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    stops: tuple[str, ...]


def find_block(grid: Grid, names: Names) -> Block | None:
    """The table of a sheet; None when there is none that can be told."""
    data = _first_data_row(grid, names)
    if data is None:
        return None
    bottom = _header_bottom(grid, data)
    if bottom is None:
        return None
    rows = _header_rows(grid, bottom)
    last, stops = _end(grid, data)
    last = min(last, _before_other_table(grid, bottom, data))
    following = [number for number in grid.row_numbers if number > bottom]
    first = next(number for number in following if not _is_column_numbers(grid.row(number)))
    return Block(rows, first, last, stops)


def _first_data_row(grid: Grid, names: Names) -> int | None:
    """The first row with words and, to the right of them, a figure; or that bears a name under a header.

    The second tells a row whose figures are words (未公布, 5亿元) from a row of the header, and figures such as 1999 and
    2050 from years.
    """
    for number in grid.row_numbers[:LOOKED_AT]:
        cells = grid.row(number)
        if _is_column_numbers(cells) or all(is_meta(cell) for cell in cells[1:]):
            continue
        named = bears_name(grid, number, names, _head_above(grid, number))
        if named:
            return number
        words = [cell.column for cell in cells if isinstance(cell.value, str) and not is_figure(cell)]
        figures = any(is_figure(cell) and cell.column > words[0] for cell in cells) if words else False
        if figures and not _is_years(cells) and not is_meta(cells[0]):
            return number
    return None


def _head_above(grid: Grid, number: int) -> int | None:
    """The nearest row above that may be a header; rows of column numbers are passed."""
    for above in reversed([other for other in grid.row_numbers if other < number]):
        cells = grid.row(above)
        if _is_column_numbers(cells):
            continue
        filled = [cell for cell in cells if cell.text]
        return above if len(filled) >= 2 and not any(is_meta(cell) for cell in filled) else None
    return None


def _is_column_numbers(cells: Sequence[Cell]) -> bool:
    """甲 乙 1 2 3: the numbers of the columns, not figures."""
    texts = [normal_words(cell.text) for cell in cells]
    if not all(_COLUMN_NUMBERS.match(text) for text in texts):
        return False
    numbers = [int(text.strip("()（）")) for text in texts if text.strip("()（）").isdecimal()]
    rising = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    return len(numbers) >= 2 and rising and numbers[0] in (1, 2)


def _is_years(cells: Sequence[Cell]) -> bool:
    """A header row of bare years."""
    figures = [cell.value for cell in cells if is_figure(cell)]
    return bool(figures) and all(isinstance(value, int) and 1990 <= value <= 2100 for value in figures)


def _header_bottom(grid: Grid, data: int) -> int | None:
    """The lowest row above the data with words of at least two columns; headings of sections are passed."""
    for number in reversed([number for number in grid.row_numbers if number < data]):
        cells = grid.row(number)
        if _is_column_numbers(cells):
            continue
        if len(_named_columns(grid, number)) >= 2:
            return number
    return None


def _named_columns(grid: Grid, number: int) -> list[int]:
    """Columns with words of their own or of a merged area, without what only speaks of the form."""
    areas = {area.left: area for area in grid.merged if area.top <= number <= area.bottom}
    own = {cell.column for cell in grid.row(number) if cell.text and not is_meta(cell)}
    tall = {area.left for area in areas.values() if area.top < number and grid.cell(area.top, area.left).text}
    return sorted(own | tall)


def _header_rows(grid: Grid, bottom: int) -> tuple[int, ...]:
    """The rows of the header that ends with `bottom`."""
    top = min((area.top for area in grid.merged if area.top <= bottom <= area.bottom), default=bottom)
    for number in range(top - 1, max(0, bottom - MOST_HEADER_ROWS), -1):
        cells = [cell for cell in grid.row(number) if cell.text]
        if sum(1 for cell in cells if not is_meta(cell)) < 2 or any(is_meta(cell) for cell in cells):
            break
        top = number
    return tuple(range(max(top, bottom - MOST_HEADER_ROWS + 1), bottom + 1))


def _end(grid: Grid, data: int) -> tuple[int, tuple[str, ...]]:
    """The last row of the table and the words that the rows below begin with."""
    last, stops = grid.last_row, dict[str, None]()
    for number in grid.row_numbers:
        if number < data:
            continue
        cells = grid.row(number)
        found = _ENDS.match(normal_words(cells[0].text))
        if found is None or not begins_with(cells[0].text, found[0]) or any(is_figure(cell) for cell in cells[1:]):
            continue
        last = min(last, number - 1)
        stops[found[0]] = None
    return last, tuple(stops)


def _before_other_table(grid: Grid, bottom: int, data: int) -> int:
    """The last row before a line with another unit, or a header that begins as this one does and goes on otherwise."""
    units = {stated_unit(cell) for number in grid.row_numbers if number < data for cell in grid.row(number)}
    header = [normal_words(cell.text) for cell in grid.row(bottom)]
    for number in grid.row_numbers:
        cells = grid.row(number)
        if number < data or figures_of(cells):
            continue
        words = [normal_words(cell.text) for cell in cells]
        again = len(words) > 1 and words != header and words[0] == header[0]
        if again or any(stated_unit(cell) not in units | {None} for cell in cells):
            return number - 1
    return grid.last_row


def title_cells(grid: Grid, block: Block) -> Iterator[Cell]:
    """The cells above the header."""
    for number in grid.row_numbers:
        if number >= block.header_rows[0]:
            return
        yield from grid.row(number)
