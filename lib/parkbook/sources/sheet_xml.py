"""The XML of a worksheet by the XML parser: slower than the scan of `sources.sheet`, and right on whatever is written."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import IO, Any

from parkbook.sources.grid import LAST_COLUMN, LAST_ROW, UNCACHED, Area, RowCells, position
from parkbook.sources.package import FileError, local, refuse_declarations
from parkbook.sources.worksheet import (
    MAX_CELLS,
    Meanings,
    Sheet,
    area_of,
    as_date,
    as_number,
    calculated,
    checked_areas,
    iso_date,
)
from parkbook.sources.xml_text import rich_text, text_of, unescaped

INFINITE = (math.inf, -math.inf)


class SheetParser:
    """One reading of one sheet; `last` is the number of the row that was met last."""

    def __init__(self, meanings: Meanings, place: str) -> None:
        self.meanings = meanings
        self.place = place
        self.sheet = Sheet()
        self.converters: dict[bytes, Callable[[bytes], object]] = {
            b"": as_number,
            b"n": as_number,
            b"s": lambda words: meanings.strings[int(words)],
            b"str": text_of,
            b"e": text_of,
            b"b": lambda words: words.strip() in (b"1", b"true"),
            b"d": iso_date,
            b"inlineStr": text_of,
        }
        self.last = 0

    def parsed(self, stream: IO[bytes]) -> Sheet:
        """The whole sheet by the XML parser, row by row."""
        parser: Any = ElementTree.XMLPullParser(("start", "end"))  # its events are not in the stubs
        frame = ElementTree.Element("worksheet")
        depth = 0
        before = b""
        while block := stream.read(1 << 16):
            refuse_declarations(before[-16:] + block, self.place)
            before = block
            parser.feed(block)
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if event == "end":
                    self._element(element, depth, frame)
        parser.close()
        self.surroundings(frame)
        return self.sheet

    def _element(self, element: ElementTree.Element, depth: int, frame: ElementTree.Element) -> None:
        name = local(element.tag)
        if name == "row":
            number = int(element.get("r") or self.last + 1)
            self.enter(number)
            if element.get("hidden") in ("1", "true") or re.fullmatch(r"0(?:\.0*)?", element.get("ht") or ""):
                self.sheet.hidden_rows.add(number)
            self.row_of(number, element)
            element.clear()
        elif depth == 1:
            if name in ("cols", "mergeCells"):
                frame.append(element)
            else:
                element.clear()

    def row_of(self, number: int, row: ElementTree.Element) -> None:
        """Keeps the cells of a row; ValueError where they are not in it, or twice."""
        cells: dict[int, tuple[object, int]] = {}
        column = 0
        for element in row:
            if local(element.tag) != "c":
                continue
            address = element.get("r")
            row_number, column = position(address) if address else (number, column + 1)
            if row_number != number or column in cells or not 1 <= column <= LAST_COLUMN:
                raise ValueError(f"cell {address} in row {number}")
            style = int(element.get("s") or 0)
            value = self._value(element, style)
            if value is not None:
                cells[column] = (value, style)
        if cells:
            columns = tuple(sorted(cells))
            self.keep(
                number, columns, [cells[column][0] for column in columns], tuple(cells[column][1] for column in columns)
            )

    def _value(self, element: ElementTree.Element, style: int) -> object:
        children = {local(child.tag): child for child in element}
        kind = (element.get("t") or "").encode()
        if kind == b"inlineStr":
            return unescaped(rich_text(children["is"])) or None if "is" in children else None
        words = (children["v"].text or "").encode() if "v" in children else b""
        if not words:
            return UNCACHED if "f" in children and (kind != b"str" or "v" not in children) else None
        value = unescaped(words.decode()) if kind in (b"str", b"e") else self.converters[kind](words)
        if value in INFINITE:
            return "#NUM!"
        if self.meanings.uncalculated:
            value = calculated(value, "f" in children)
        timed = self.meanings.dates | self.meanings.durations
        if kind in (b"", b"n") and style in timed and isinstance(value, int | float):
            return as_date(value, style in self.meanings.durations, self.meanings.epoch)
        return value

    def surroundings(self, root: ElementTree.Element) -> None:
        """Hidden columns and merged areas."""
        hidden: set[int] = set()
        areas: list[Area] = []
        for element in root.iter():
            name = local(element.tag)
            if name == "col" and (element.get("hidden") in ("1", "true") or element.get("width") == "0"):
                first, last = int(element.get("min", 0)), min(int(element.get("max", 0)), LAST_COLUMN)
                hidden.update(range(max(first, 1), last + 1) if len(hidden) < LAST_COLUMN else ())
            elif name == "mergeCell" and element.get("ref"):
                areas.append(area_of(element.get("ref", "")))
        self.sheet.hidden_columns = frozenset(hidden)
        self.sheet.merged = checked_areas(areas, self.place)

    def enter(self, number: int) -> None:
        """Goes on to a row."""
        if not 1 <= number <= LAST_ROW:
            raise ValueError(f"row {number}")
        self.last = number

    def keep(self, number: int, columns: tuple[int, ...], values: list[object], styles: tuple[int, ...]) -> None:
        """Adds a row's cells that are not blank to the sheet."""
        if number in self.sheet.records:
            raise ValueError(f"row {number} twice")
        if None in values:
            kept = [place for place, value in enumerate(values) if value is not None]
            if not kept:
                return
            columns = tuple(columns[place] for place in kept)
            styles = tuple(styles[place] for place in kept)
            values = [values[place] for place in kept]
        self.sheet.records[number] = RowCells(columns, tuple(values), styles)
        self.sheet.count += len(values)
        if self.sheet.count > MAX_CELLS:
            raise FileError(
                "工作表的单元格过多，未读取",
                where=self.place,
                expected=f"不超过 {MAX_CELLS // 10_000} 万格",
                cause="整行整列填了公式或空格，或文件不是台账",
                remedy="删去多余的行列，或按年度拆成几个文件",
            )
