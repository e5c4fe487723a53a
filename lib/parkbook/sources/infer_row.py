"""Is a row of a sheet without a layout data, header, or what only speaks of the form? Told by its words.

指标名称 | 当月 | 累计        a header
工业总产值 | 未公布 | 60亿元    data: an indicator's name under 指标名称, though no cell is a figure
1 | 甲公司 | 停产            data: a number under 序号
（亿元）| 绝对量 | 绝对量       a header's second row
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parkbook.errors import UnitError
from parkbook.model import ObsStatus
from parkbook.sources.cells import read_figure
from parkbook.sources.grid import Cell, Grid
from parkbook.sources.infer_names import Names
from parkbook.sources.layout import normal_words
from parkbook.sources.rows import read_label
from parkbook.sources.words import find_unit

KEY_WORDS = re.compile(r"名称|指标|项目|企业|单位名称|地块|环节|月份|时间|年份|园区|街道|区域|行业|产业")
_KEY_ONLY = re.compile(rf"(?:主要|经济|计量|{KEY_WORDS.pattern}|单位)+\Z")
NUMBER_WORDS = re.compile(r"\A(?:序号|编号|行次|行号|代码|指标代码|No\.?|№|甲|乙)\Z", re.IGNORECASE)
_META = re.compile(
    r"\A(?:计量|金额|货币)?单位[:：]|(?:填报|填表|制表|报送|编制|审核|统计|负责|经办)(?:单位|人|部门|时间|日期|机关)?[:：]"
    r"|\A表号|批准文号|有效期|(?:日期|时间|电话)[:：]"
)
_SERIAL = re.compile(r"\A(?:[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[)）]?[、.．]?|[①-⑳❶-❿])\Z")


def is_meta(cell: Cell) -> bool:
    """Whether a cell speaks of the form: unit, date, who filled it in."""
    return bool(_META.search(normal_words(cell.text)))


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number or a sign that stands for one."""
    if cell.uncached:
        return True
    if cell.value is None or isinstance(cell.value, bool):
        return False
    reading = read_figure(cell)
    return not reading.blank and (reading.status is not ObsStatus.ERROR or str(cell.value).startswith("#"))


def bears_name(grid: Grid, number: int, names: Names, head: int | None) -> bool:
    """Whether a row under the header row `head` is one of data by its name or its serial number, whatever its cells hold."""
    if head is None:
        return False
    cells = [cell for cell in grid.row(number) if cell.text]
    if len(cells) < 2 or any(is_meta(cell) for cell in cells):
        return False
    above = {cell.column: normal_words(cell.text) for cell in grid.row(head) if cell.text}
    if NUMBER_WORDS.match(above.get(cells[0].column, "")) and _SERIAL.match(normal_words(cells[0].text)):
        return True
    words = [cell for cell in cells if isinstance(cell.value, str) and not is_figure(cell)]
    if not words or words[0].column not in above or NUMBER_WORDS.match(above[words[0].column]):
        return False
    meant = [cell for cell in words if _is_indicator(cell, names)]
    return meant == words[:1] or (not meant and _is_under_flat_head(grid, head, cells, above))


def _is_indicator(cell: Cell, names: Names) -> bool:
    label = read_label(cell)
    return any(names.find(name).indicator is not None for name in (label.printed, label.bare))


def _is_under_flat_head(grid: Grid, head: int, cells: Sequence[Cell], above: dict[int, str]) -> bool:
    """Whether the header above is complete, so that no second row of it can follow: every column has words of its own,
    each other ones, nothing is merged, and the row is neither units nor the header in another language."""
    first = min(above)
    whole = len(set(above.values())) == len(above) and all(cell.column in above for cell in cells)
    merged = any(area.top <= head <= area.bottom for area in grid.merged)
    if not whole or merged or cells[0].column != first or not KEY_WORDS.search(above[first]):
        return False
    if _KEY_ONLY.match(normal_words(cells[0].text)) or all(
        cell.text.isascii() for cell in cells if isinstance(cell.value, str)
    ):
        return False
    return not all(_is_unit(cell) for cell in cells[1:])


def _is_unit(cell: Cell) -> bool:
    try:
        find_unit(cell.text)
    except UnitError:
        return False
    return True
