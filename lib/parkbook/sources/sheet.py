"""The XML of a worksheet in one scan: values, styles, errors, formulas without values, hidden rows, merged areas.

Rows are taken apart by one regular expression, which must account for every byte of the row; a row that it does not
is given to the XML parser, and a sheet that is written in another way altogether (prefixes, comments, CDATA) is parsed
as a whole. So the scan is fast on what Excel, WPS, openpyxl and their like write, and right on the rest.

    <row r="5" spans="1:2"><c r="A5" s="3" t="s"><v>12</v></c><c r="B5"><f>A5*2</f><v>0.123</v></c></row>

Nothing is allocated for the extent of a sheet: a far cell (XFD1048576) costs what one cell costs.
"""

from __future__ import annotations

import datetime
import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import IO, Any

from openpyxl.utils.datetime import from_excel, from_ISO8601

from parkbook.sources.grid import LAST_COLUMN, LAST_ROW, UNCACHED, Area, RowCells, position, uncovered
from parkbook.sources.package import FileError, local, parse_xml, refuse_declarations
from parkbook.sources.xml_text import Unusual, rich_text, text_of, unescaped

BLOCK = 1 << 22
MAX_PENDING = 64_000_000
"""One row, or what stands before or after the rows, is never longer."""
MAX_CELLS = 12_000_000
MAX_MERGED = 200_000

_START = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*?(/?)>")
_ROW = re.compile(rb"\s*<row((?:\s[^>]*?)?)(/?)>")
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_ROW_HIDDEN = re.compile(rb'\shidden="(?:1|true)"|\sht="0(?:\.0*)?"')
_CELL = re.compile(
    rb'(\s*<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,6})")?(?: t="(\w+)")?'
    rb"(?:/>|>(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v ?/>)?(?:<is>(.*?)</is>)?</c>))",
    re.DOTALL,
)
_PLAIN_INLINE = re.compile(rb'<t(?: xml:space="preserve")?>([^<]*)</t>')
_INFINITE = (math.inf, -math.inf)


@dataclass(frozen=True)
class Meanings:
    """What the numbers in a sheet refer to: strings, and the styles that make a number a date or a time."""

    strings: Sequence[str]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime.datetime
    uncalculated: bool = False
    """The workbook asks to be calculated when it is opened: the results in it may be placeholders."""


@dataclass
class Sheet:
    """What a worksheet holds."""

    records: dict[int, RowCells] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: frozenset[int] = frozenset()
    count: int = 0


def scan_sheet(opened: Callable[[], IO[bytes]], meanings: Meanings, place: str) -> Sheet:
    """The sheet behind `opened`, which may be called twice."""
    try:
        with opened() as stream:
            sheet = _Scan(meanings, place).fast(stream)
    except Unusual:
        with opened() as stream:
            sheet = _Scan(meanings, place).thorough(stream)
    sheet.records = uncovered(sheet.records, sheet.merged)
    return sheet


class _Scan:
    """One reading of one sheet."""

    def __init__(self, meanings: Meanings, place: str) -> None:
        self.meanings = meanings
        self.place = place
        self.sheet = Sheet()
        self.columns: dict[tuple[bytes, ...], tuple[int, ...]] = {}
        self.styles: dict[tuple[bytes, ...], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self.converters: dict[bytes, Callable[[bytes], object]] = {
            b"": _number,
            b"n": _number,
            b"s": lambda words: meanings.strings[int(words)],
            b"str": text_of,
            b"e": text_of,
            b"b": lambda words: words.strip() in (b"1", b"true"),
            b"d": _iso_date,
            b"inlineStr": text_of,
        }
        self.root = b"<worksheet>"
        self.last = 0

    # -- the fast way ------------------------------------------------------------------------------------------------

    def fast(self, stream: IO[bytes]) -> Sheet:
        head, rest = self._head(stream)
        frame = head + b"<sheetData/>"
        if rest is not None:
            frame += self._rows(stream, rest)
        else:
            frame += self._rest(stream)
        self._surroundings(parse_xml(frame, self.place))
        return self.sheet

    def _head(self, stream: IO[bytes]) -> tuple[bytes, bytes | None]:
        """What stands before the rows, and the bytes after their opening tag; None for a sheet without rows."""
        buffer = b""
        while True:
            block = stream.read(BLOCK)
            buffer += block
            found = _START.search(buffer)
            if found is not None:
                break
            if not block or len(buffer) > MAX_PENDING:
                raise Unusual
        head = buffer[: found.start()]
        if found[1] or b"<!" in head or b"\0" in head:
            raise Unusual
        root = re.search(rb"<worksheet\b[^>]*>", head)
        if root is None:
            raise Unusual
        self.root = root[0]
        self.after = buffer[found.end() :]
        return head, None if found[2] else self.after

    def _rest(self, stream: IO[bytes], begun: bytes | None = None) -> bytes:
        """What stands after the rows."""
        tail = (self.after if begun is None else begun) + stream.read(MAX_PENDING)
        if stream.read(1):
            raise self._too_long()
        return tail

    def _rows(self, stream: IO[bytes], buffer: bytes) -> bytes:
        """Every row; returns what follows them."""
        while True:
            end = buffer.find(b"</sheetData>")
            if end >= 0:
                self._block(buffer[:end])
                return self._rest(stream, buffer[end + len(b"</sheetData>") :])
            cut = buffer.rfind(b"</row>")
            if cut >= 0:
                cut += len(b"</row>")
                self._block(buffer[:cut])
                buffer = buffer[cut:]
            if len(buffer) > MAX_PENDING:
                raise self._too_long()
            block = stream.read(BLOCK)
            if not block:
                raise Unusual
            buffer += block

    def _too_long(self) -> FileError:
        return FileError(
            "工作表的一行过长，未读取",
            where=self.place,
            expected=f"一行不超过 {MAX_PENDING // 1_000_000} MB",
            cause="单元格中有大片空格，或文件被改动",
            remedy="在 Excel 中删去多余的空格后另存",
        )

    def _block(self, block: bytes) -> None:
        if b"<!" in block:
            raise Unusual
        pieces = block.split(b"</row>")
        for piece in pieces[:-1]:
            self._piece(piece)
        if self._empty_rows(pieces[-1]) != len(pieces[-1].rstrip()) and pieces[-1].strip():
            raise Unusual

    def _empty_rows(self, piece: bytes) -> int:
        """Skips rows without cells; returns where the next thing begins."""
        place = 0
        while (found := _ROW.match(piece, place)) is not None and found[2]:
            self._row_number(found[1])
            place = found.end()
        return place

    def _piece(self, piece: bytes) -> None:
        found = _ROW.match(piece, self._empty_rows(piece))
        if found is None:
            raise Unusual
        number = self._row_number(found[1])
        content = piece[found.end() :].rstrip()
        if content and not self._cells(number, content):
            self._parsed_row(number, content)

    def _row_number(self, attributes: bytes) -> int:
        if b"'" in attributes:
            raise Unusual
        found = _ROW_NUMBER.search(attributes)
        number = int(found[1]) if found else self.last + 1
        self._enter(number)
        if _ROW_HIDDEN.search(attributes):
            self.sheet.hidden_rows.add(number)
        return number

    def _enter(self, number: int) -> None:
        if not 1 <= number <= LAST_ROW:
            raise ValueError(f"row {number}")
        self.last = number

    def _cells(self, number: int, content: bytes) -> bool:
        """Keeps the cells of a row; False when the expression does not account for every byte of it."""
        found = _CELL.findall(content)
        if not found:
            return False
        whole, letters, rows, styles, types, formulas, words, inline = zip(*found, strict=True)
        if sum(map(len, whole)) != len(content) or set(rows) != {b"%d" % number} or number in self.sheet.records:
            return False
        columns = self._columns(letters)
        if columns is None:
            return False
        if any(inline):
            plain = [_PLAIN_INLINE.fullmatch(item) if item else None for item in inline]
            if any(item and match is None for item, match in zip(inline, plain, strict=True)):
                return False
            words = tuple(match[1] if match else item for item, match in zip(words, plain, strict=True))
        numbers, timed = self._styles(styles)
        values = self._values(types, formulas, words, whole)
        if timed:
            self._as_dates(values, types, numbers, timed)
        self._keep(number, columns, values, numbers)
        return True

    def _columns(self, letters: tuple[bytes, ...]) -> tuple[int, ...] | None:
        columns = self.columns.get(letters)
        if columns is None:
            columns = tuple(_column(item) for item in letters)
            if columns[-1] > LAST_COLUMN or any(a >= b for a, b in pairwise(columns)):
                return None
            if len(self.columns) > 4096:
                self.columns.clear()
            self.columns[letters] = columns
        return columns

    def _styles(self, styles: tuple[bytes, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The style of every cell, and the places of those that show dates or times."""
        known = self.styles.get(styles)
        if known is None:
            numbers = tuple(int(item or 0) for item in styles)
            timed = self.meanings.dates | self.meanings.durations
            known = numbers, tuple(place for place, style in enumerate(numbers) if style in timed)
            if len(self.styles) > 4096:
                self.styles.clear()
            self.styles[styles] = known
        return known

    def _values(
        self,
        types: tuple[bytes, ...],
        formulas: tuple[bytes, ...],
        words: tuple[bytes, ...],
        cells: tuple[bytes, ...],
    ) -> list[object]:
        """The values of a row. A formula whose stored result is an empty text is a blank; one without any is UNCACHED."""
        converters = self.converters
        try:
            values: list[object] = [
                converters[kind](word)
                if word
                else UNCACHED
                if formula and (kind != b"str" or b"<v" not in cell)
                else None
                for kind, formula, word, cell in zip(types, formulas, words, cells, strict=True)
            ]
        except KeyError:
            raise Unusual from None
        if any(value in values for value in _INFINITE):
            values = ["#NUM!" if value in _INFINITE else value for value in values]
        if self.meanings.uncalculated and any(formulas):
            values = [_calculated(value, bool(formula)) for value, formula in zip(values, formulas, strict=True)]
        return values

    def _as_dates(
        self, values: list[object], types: tuple[bytes, ...], styles: tuple[int, ...], timed: tuple[int, ...]
    ) -> None:
        for place in timed:
            value = values[place]
            if types[place] in (b"", b"n") and isinstance(value, int | float):
                values[place] = as_date(value, styles[place] in self.meanings.durations, self.meanings.epoch)

    def _keep(self, number: int, columns: tuple[int, ...], values: list[object], styles: tuple[int, ...]) -> None:
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

    # -- the thorough way --------------------------------------------------------------------------------------------

    def _parsed_row(self, number: int, content: bytes) -> None:
        """A row that is written unusually, by the XML parser."""
        try:
            tree = ElementTree.fromstring(self.root + content + b"</worksheet>")
        except ElementTree.ParseError:
            raise Unusual from None
        self._row_of(number, tree)

    def thorough(self, stream: IO[bytes]) -> Sheet:
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
        self._surroundings(frame)
        return self.sheet

    def _element(self, element: ElementTree.Element, depth: int, frame: ElementTree.Element) -> None:
        name = local(element.tag)
        if name == "row":
            number = int(element.get("r") or self.last + 1)
            self._enter(number)
            if element.get("hidden") in ("1", "true") or re.fullmatch(r"0(?:\.0*)?", element.get("ht") or ""):
                self.sheet.hidden_rows.add(number)
            self._row_of(number, element)
            element.clear()
        elif depth == 1:
            if name in ("cols", "mergeCells"):
                frame.append(element)
            else:
                element.clear()

    def _row_of(self, number: int, row: ElementTree.Element) -> None:
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
            self._keep(
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
        if value in _INFINITE:
            return "#NUM!"
        if self.meanings.uncalculated:
            value = _calculated(value, "f" in children)
        timed = self.meanings.dates | self.meanings.durations
        if kind in (b"", b"n") and style in timed and isinstance(value, int | float):
            return as_date(value, style in self.meanings.durations, self.meanings.epoch)
        return value

    def _surroundings(self, root: ElementTree.Element) -> None:
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


def checked_areas(areas: Sequence[Area], place: str) -> tuple[Area, ...]:
    """Merged areas, when they are not absurdly many."""
    tall = sum(1 for area in areas if area.bottom - area.top >= 4096)
    if len(areas) > MAX_MERGED or tall > 500:
        raise FileError(
            "工作表的合并单元格过多，未读取",
            where=place,
            found=f"{len(areas)} 处",
            expected=f"不超过 {MAX_MERGED} 处",
            remedy="取消多余的合并单元格后另存",
        )
    return tuple(areas)


def area_of(reference: str) -> Area:
    corner, _, opposite = reference.partition(":")
    (top, left), (bottom, right) = position(corner), position(opposite or corner)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _calculated(value: object, formula: bool) -> object:
    """A value of a workbook that was never calculated: its writer put 0 where the result of a formula belongs."""
    return UNCACHED if formula and value == 0 and not isinstance(value, bool) else value


def _number(words: bytes) -> object:
    return float(words) if b"." in words or b"E" in words or b"e" in words else int(words)


def _iso_date(words: bytes) -> object:
    read: Callable[[str], object] = from_ISO8601
    return read(words.decode("ascii"))


def as_date(value: object, duration: bool, epoch: datetime.datetime) -> object:
    """The date of a serial number in the workbook's epoch; #VALUE! beyond the calendar."""
    try:
        return from_excel(value, epoch, timedelta=duration)
    except (OverflowError, ValueError):
        return "#VALUE!"
