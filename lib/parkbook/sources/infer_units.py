"""In which units are the figures of a sheet without a layout? A column of units, the headers, a line above the table.

单位：万元                   the sheet's: {from: cell, cell: F2}
单位：万元、%；人民币万元        {fixed: 万元}; a row whose indicator only the second fits gets that one
累计（万元）；指标（万元）       {fixed: 万元} where all columns of levels say it, else `unit` on each column
工业总产值（亿元）             the row's own; under a header of another unit it is not read
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parkbook.catalogue import Indicator
from parkbook.errors import UnitError
from parkbook.sources.grid import Cell
from parkbook.sources.headers import Header
from parkbook.sources.infer_block import title_cells
from parkbook.sources.infer_columns import META
from parkbook.sources.infer_form import Column, Sheet
from parkbook.sources.infer_names import Meaning, unit_fits
from parkbook.sources.layout import PERCENT_TRANSFORMATIONS, normal_words
from parkbook.sources.words import find_unit
from parkbook.units import Unit, dimension, parse_unit

_LINE = re.compile(r"(?<!填报)(?<!报送)(?<!填表)(?<!编制)(?<!制表)单位[:：](?P<units>.+)")
_END = re.compile(r"[（(](?P<units>[^（()）]+)[)）]\Z")
_BETWEEN = re.compile(r"[、,，;；\s]|和|及|或")
_CURRENCY = re.compile(r"[（(]?人民币[)）]?")
_WITHOUT_UNIT = frozenset({"rank", *(kind.value for kind in PERCENT_TRANSFORMATIONS)})


@dataclass
class SheetUnits:
    """The rule of the layout, the column of units if there is one, the units that hold for rows and columns without
    their own (the first one foremost), and the units that single columns state."""

    rule: dict[str, Any] | None = None
    header: Header | None = None
    units: tuple[Unit, ...] = ()
    of_columns: tuple[Unit, ...] = ()
    place: str = ""

    @property
    def whole(self) -> Unit | None:
        return self.units[0] if self.units else None

    def fitting(self, indicator: Indicator) -> tuple[Unit | None, str]:
        """The unit that an indicator without its own has, or why that cannot be said."""
        fitting = [unit for unit in self.units if unit_fits(unit, indicator)]
        if len(fitting) > 1:
            return None, f"{self.place}写了几个单位，不知是哪一个"
        if self.whole is None:
            return None, f"{self.place}的单位未登记" if self.place else "没有计量单位"
        return (fitting[0] if fitting else self.whole), ""


def sheet_units(sheet: Sheet) -> SheetUnits:
    """Where units are: a column of them, or words above the table; nowhere when only headers or rows say them."""
    for header in sheet.headers:
        if META["unit"].match(normal_words(header.words[-1])) and _are_units(sheet, header):
            return SheetUnits({"from": "column", "header": list(header.words)}, header)
    cells = [cell for cell in title_cells(sheet.grid, sheet.block) if cell.text]
    for cell in cells:
        found = _LINE.search(_plain(cell.text))
        if found is not None:
            units = tuple(_units(found["units"]))
            return _of_cell(cell, units) if units else SheetUnits(place=cell.address)
    for cell in cells:
        plain = _plain(cell.text)
        found = _END.search(plain)
        if units := tuple(_units(found["units"] if found else plain)):
            return _of_cell(cell, units)
    return SheetUnits()


def _of_cell(cell: Cell, units: tuple[Unit, ...]) -> SheetUnits:
    try:
        same = find_unit(cell.text) == units[0] and len(units) == 1
    except UnitError:
        same = False
    rule = {"from": "cell", "cell": cell.address} if same else {"fixed": str(units[0])}
    return SheetUnits(rule, None, units, (), cell.address)


def _plain(text: str) -> str:
    return _CURRENCY.sub("", unicodedata.normalize("NFKC", text)).strip()


def _units(words: str) -> Iterator[Unit]:
    """The units in words that name nothing but units; none when there are other words among them."""
    parts = [part for part in _BETWEEN.split(words.strip().strip("()")) if part]
    try:
        yield from [parse_unit(part) for part in parts]
    except UnitError:
        return


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


def with_headers(sheet: Sheet, units: SheetUnits, key: Header, columns: Sequence[tuple[Column, str]]) -> SheetUnits:
    """The units after the headers were heard: those of the columns of levels (with the words of their unit), and of the
    column of names. A unit of a header is nearer to its figures than the line above the table."""
    levels = [(column, unit) for column, unit in columns if column.fields.get("transformation") not in _WITHOUT_UNIT]
    said = [(column, parse_unit(unit)) for column, unit in levels if unit]
    stated = tuple(dict.fromkeys(unit for _, unit in said))
    if not said:
        found = _END.search(_plain(key.words[-1]))
        named = tuple(_units(found["units"].removeprefix("单位:"))) if found and units.header is None else ()
        return SheetUnits({"fixed": str(named[0])}, None, named) if named else units
    if units.header is not None:
        return SheetUnits(units.rule, units.header, (), stated)
    for column, unit in said:
        if units.whole is not None and units.whole != unit and dimension(units.whole) == dimension(unit):
            sheet.doubts.column(column.header, f"表头写{unit}，{units.place}写{units.whole}，按表头")
    if len(stated) == 1 and len(said) == len(levels):
        return SheetUnits({"fixed": str(stated[0])}, None, stated, stated)
    for column, unit in said:
        column.fields["unit"] = str(unit)
    return SheetUnits(units.rule, None, units.units or stated[:1], stated, units.place)


def row_unit(own: str, units: SheetUnits, meaning: Meaning, columns: Sequence[Column]) -> tuple[str, str]:
    """The unit that a row must name in the layout (empty: that of the sheet or of its column), and why the row cannot be
    read; `own` is what its name or its cell under 单位 states."""
    indicator = meaning.indicator
    if indicator is None:
        return "", ""
    try:
        stated = find_unit(own) if own else None
    except UnitError:
        return "", f"单位“{own}”未登记"
    fixed = [
        parse_unit(column.fields["unit"])
        for column in columns
        if column.fields.get("target_kind") != "growth" and "unit" in column.fields
    ]
    against = [unit for unit in (*fixed, *units.of_columns) if stated is not None and unit != stated]
    if stated is not None and any(unit in fixed or dimension(unit) == dimension(stated) for unit in against):
        return "", f"行名或单位列写{stated}，表头写{against[0]}，不一致"
    if stated is None:
        stated, problem = units.fitting(indicator)
        if stated is None:
            return "", problem
    wrong = next((unit for unit in (stated, *fixed) if not unit_fits(unit, indicator)), None)
    if wrong is not None:
        return "", f"单位为{wrong}，目录中{indicator.label_zh}以{indicator.unit}计"
    return meaning.unit or ("" if own or stated == units.whole else str(stated)), ""
