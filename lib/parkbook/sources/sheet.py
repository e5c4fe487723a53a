"""The XML of a worksheet in one scan: values, styles, errors, formulas without values, hidden rows, merged areas.

Rows are taken apart by one regular expression, which must account for every byte of the row; a row that it does not
is given to the XML parser, and a sheet that is written in another way altogether (prefixes, comments, CDATA) is parsed
as a whole. So the scan is fast on what Excel, WPS, openpyxl and their like write, and right on the rest.

    <row r="5" spans="1:2"><c r="A5" s="3" t="s"><v>12</v></c><c r="B5"><f>A5*2</f><v>0.123</v></c></row>

Nothing is allocated for the extent of a sheet: a far cell (XFD1048576) costs what one cell costs.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from itertools import pairwise
from typing import IO

from parkbook.sources.grid import LAST_COLUMN, UNCACHED, uncovered
from parkbook.sources.package import FileError, parse_xml
from parkbook.sources.sheet_xml import INFINITE, SheetParser
from parkbook.sources.worksheet import Meanings, Sheet, as_date, calculated
from parkbook.sources.xml_text import Unusual

BLOCK = 1 << 22
MAX_PENDING = 64_000_000
"""One row, or what stands before or after the rows, is never longer."""

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


def scan_sheet(opened: Callable[[], IO[bytes]], meanings: Meanings, place: str) -> Sheet:
    """The sheet behind `opened`, which may be called twice."""
    try:
        with opened() as stream:
            sheet = _Scan(meanings, place).scanned(stream)
    except Unusual:
        with opened() as stream:
            sheet = SheetParser(meanings, place).parsed(stream)
    sheet.records = uncovered(sheet.records, sheet.merged)
    return sheet


class _Scan(SheetParser):
    """One reading of one sheet by regular expressions; a row they do not take apart goes to the parser."""

    def __init__(self, meanings: Meanings, place: str) -> None:
        super().__init__(meanings, place)
        self.columns: dict[tuple[bytes, ...], tuple[int, ...]] = {}
        self.styles: dict[tuple[bytes, ...], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self.root = b"<worksheet>"

    def scanned(self, stream: IO[bytes]) -> Sheet:
        head, rest = self._head(stream)
        frame = head + b"<sheetData/>"
        if rest is not None:
            frame += self._rows(stream, rest)
        else:
            frame += self._rest(stream)
        self.surroundings(parse_xml(frame, self.place))
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
        self.enter(number)
        if _ROW_HIDDEN.search(attributes):
            self.sheet.hidden_rows.add(number)
        return number

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
        self.keep(number, columns, values, numbers)
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
        if any(value in values for value in INFINITE):
            values = ["#NUM!" if value in INFINITE else value for value in values]
        if self.meanings.uncalculated and any(formulas):
            values = [calculated(value, bool(formula)) for value, formula in zip(values, formulas, strict=True)]
        return values

    def _as_dates(
        self, values: list[object], types: tuple[bytes, ...], styles: tuple[int, ...], timed: tuple[int, ...]
    ) -> None:
        for place in timed:
            value = values[place]
            if types[place] in (b"", b"n") and isinstance(value, int | float):
                values[place] = as_date(value, styles[place] in self.meanings.durations, self.meanings.epoch)

    def _parsed_row(self, number: int, content: bytes) -> None:
        """A row that is written unusually, by the XML parser."""
        try:
            tree = ElementTree.fromstring(self.root + content + b"</worksheet>")
        except ElementTree.ParseError:
            raise Unusual from None
        self.row_of(number, tree)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
