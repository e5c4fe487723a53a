"""Where a table ends, and which rows with figures lie below its end.

 8  注：1.本表为快报          begins as `stop_at: [注]` says; 注册资本 and 注册企业数 do not
 9  二、财税指标（单位：万元）    another table: a unit of its own
10  指标 | 当月 | 累计         another table: its header
11  税收收入 | 3 | 20         a row below the end: reported, never dropped without a word
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from parkbook.errors import UnitError
from parkbook.sources.cells import read_figure
from parkbook.sources.grid import Cell, Grid
from parkbook.sources.headers import Headers
from parkbook.sources.layout import HeaderRef, Layout, normal_words
from parkbook.sources.rows import read_label
from parkbook.sources.table_log import TableLog
from parkbook.sources.words import find_unit
from parkbook.units import Unit

_WORD_ENDS = re.compile(r"\Z|[\W\d_]|[一二三四五六七八九十](?=\W|\Z)|[释明解意][:：]")
"""What follows a stop of one character: nothing, a mark, a number, a space. 注：, 注1, 注（1）, but not 注册资本."""
_UNIT_LINE = re.compile(r"(?:\A|[(（])(?:计量|金额|货币)?单位[:：]")
_SIGNED = re.compile(
    r"(?:人|电话|手机|传真|邮编|日期|时间|部门|单位)[:：]?\Z|(?:人|电话|手机|传真|邮编|日期|时间|部门)[:：]"
)
"""A cell of the line on which a form is signed; the number beside it is a telephone's."""


def table_rows(
    grid: Grid, layout: Layout, headers: Headers, unit: Unit | None, next_table: int | None, log: TableLog
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a table, from its first to its end; rows with figures below that are reported, up to the row from which
    on another layout reads the sheet (`next_table`)."""
    end: Cell | None = None
    below: list[list[Cell]] = []
    for number in grid.row_numbers:
        if number < layout.first_row:
            continue
        if next_table is not None and number >= next_table:
            break
        cells = grid.row(number)
        if end is None and _ends_at(cells, layout, headers, unit):
            end = cells[0]
        if end is None:
            yield number, cells
        elif figures_of(cells):
            below.append(cells)
    if end is not None and below:
        log.rows_below(end, below)


def _ends_at(cells: Sequence[Cell], layout: Layout, headers: Headers, unit: Unit | None) -> bool:
    """A stop of the layout; or the head of another table, unless the layout names that row."""
    if is_stop(cells, layout.stop_at):
        return True
    if not is_other_head(cells, layout.key, headers, unit):
        return False
    return not read_label(cells[0]).is_one_of((*layout.headings, *layout.ignore_rows))


def begins_with(text: str, stop: str) -> bool:
    """Whether the words of a cell begin with a stop, in any width, with or without spaces."""
    plain = unicodedata.normalize("NFKC", text).strip()
    words = normal_words(stop)
    if len(words) > 1:
        return normal_words(text).startswith(words)
    return bool(words) and plain.startswith(words) and bool(_WORD_ENDS.match(plain[len(words) :]))


def is_stop(cells: Sequence[Cell], stops: Iterable[str]) -> bool:
    """Whether the first filled cell of a row is one that ends the table."""
    return bool(cells) and any(begins_with(cells[0].text, stop) for stop in stops)


def is_other_head(cells: Sequence[Cell], key: HeaderRef, headers: Headers, unit: Unit | None) -> bool:
    """Whether a row is the head of another table: a unit line that is not this one's, or a header of other words.

    The header repeated word for word on a second page belongs to the same table.
    """
    if figures_of(cells):
        return False
    stated = [found for cell in cells if (found := stated_unit(cell)) is not None]
    if any(found != unit for found in stated):
        return True
    words = {cell.column: normal_words(cell.text) for cell in cells if cell.text}
    own = {column.header.column: column.header.path[-1] for column in headers.columns if column.spec.is_figure}
    if words.get(headers.column_of(key.header)) != normal_words(key.header[-1]):
        return False
    return any(words.get(column, word) != word for column, word in own.items())


def stated_unit(cell: Cell) -> Unit | None:
    """The unit in a cell such as 单位：万元 or 二、财税指标（单位：万元）; None when it names none that is known."""
    if not _UNIT_LINE.search(normal_words(cell.text)):
        return None
    try:
        return find_unit(cell.text)
    except UnitError:
        return None


def figures_of(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a row that hold numbers, right of its first; none on the line on which the form is signed."""
    if any(_SIGNED.search(normal_words(cell.text)) for cell in cells):
        return []
    return [cell for cell in cells[1:] if _is_number(cell)]


def _is_number(cell: Cell) -> bool:
    reading = read_figure(cell)
    return cell.uncached or reading.value is not None or reading.low is not None
