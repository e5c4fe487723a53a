"""The records of an .xls workbook (BIFF8) that say how cells are shown: formats, errors, hidden rows, merged areas.

An .xls file is a small file system (OLE compound file) with a stream named Workbook, a sequence of records:
two bytes of type, two of length, the data. Only the records below are looked at; values of cells are calamine's.
Everything is bounded by the file's own length; a contradiction raises ValueError or struct.error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from parkbook.sources.grid import UNCACHED, Area
from parkbook.sources.package import FileError, encrypted

_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _DATEMODE = 0x0809, 0x000A, 0x0085, 0x002F, 0x0022
_FORMAT, _XF, _ROW, _COLINFO, _MERGED = 0x041E, 0x00E0, 0x0208, 0x007D, 0x00E5
_BLANK, _MULBLANK, _NUMBER, _RK, _MULRK = 0x0201, 0x00BE, 0x0203, 0x027E, 0x00BD
_LABEL, _LABELSST, _BOOLERR, _FORMULA = 0x0204, 0x00FD, 0x0205, 0x0006
_SINGLE = frozenset({_NUMBER, _RK, _LABEL, _LABELSST, _BOOLERR, _FORMULA})
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
MAX_CELLS = 6_000_000


@dataclass
class SheetRecords:
    """One worksheet: the style of every cell that holds something, and the values that calamine does not give."""

    name: str
    hidden: bool
    formats: dict[tuple[int, int], int] = field(default_factory=dict)
    special: dict[tuple[int, int], object] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    empty_results: list[tuple[int, int]] = field(default_factory=list)
    has_results: bool = False


@dataclass
class Book:
    """The workbook: own number formats by number, the styles in order (format, indent), and the worksheets."""

    formats: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)
    date1904: bool = False
    sheets: list[SheetRecords] = field(default_factory=list)


# -- the file system --------------------------------------------------------------------------------------------------


def workbook_stream(content: bytes, place: str) -> tuple[bytes, bool]:
    """The bytes of the Workbook stream, and whether the file has macros."""
    files = _CompoundFile(content)
    names = {entry.name.upper(): entry for entry in files.entries}
    if "ENCRYPTEDPACKAGE" in names:
        raise encrypted(place)
    found = names.get("WORKBOOK")
    if found is None:
        what = (
            "Word 文档"
            if "WORDDOCUMENT" in names
            else "Excel 95 或更早的工作簿"
            if "BOOK" in names
            else "其他 Office 文件"
        )
        raise FileError(
            "文件不能作为 .xls 读取",
            where=place,
            found=what,
            expected="Excel 97 以后的 .xls",
            remedy="在 Excel 或 WPS 中打开后另存为 .xlsx",
        )
    return files.stream(found), "_VBA_PROJECT_CUR" in names


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


class _CompoundFile:
    """An OLE compound file: sectors chained by an allocation table, small streams inside the root's stream."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.sector = 1 << struct.unpack_from("<H", content, 30)[0]
        self.small = 1 << struct.unpack_from("<H", content, 32)[0]
        if self.sector not in (512, 4096) or self.small != 64:
            raise ValueError("sector size")
        directory, self.cutoff, first_small = struct.unpack_from("<I4xII", content, 48)
        self.table = self._table()
        raw = self._chain(directory)
        found = (self._entry(offset, raw) for offset in range(0, len(raw) - 127, 128))
        self.entries = [entry for entry in found if entry is not None]
        root = next((entry for entry in self.entries if entry.kind == 5), None)
        self.small_content = self._chain(root.start) if root is not None and root.size else b""
        self.small_table = self._numbers(self._chain(first_small)) if first_small < _END else ()

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        if start >= len(self.content):
            raise ValueError("sector beyond the file")
        return self.content[start : start + self.sector]

    def _table(self) -> tuple[int, ...]:
        """The allocation table, gathered from the sectors that the header and its continuations list."""
        places = [number for number in struct.unpack_from("<109I", self.content, 76) if number < _END]
        following, count = struct.unpack_from("<II", self.content, 68)
        seen: set[int] = set()
        while following < _END and count and following not in seen:
            seen.add(following)
            numbers = self._numbers(self._sector(following))
            places += [number for number in numbers[:-1] if number < _END]
            following = numbers[-1]
        return self._numbers(b"".join(self._sector(number) for number in dict.fromkeys(places)))

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while start < _END:
            if start in seen or start >= len(self.table):
                raise ValueError("broken chain of sectors")
            seen.add(start)
            parts.append(self._sector(start))
            start = self.table[start]
        return b"".join(parts)

    @staticmethod
    def _entry(offset: int, raw: bytes) -> _Entry | None:
        length, kind = struct.unpack_from("<HB", raw, offset + 64)
        if kind not in (1, 2, 5):
            return None
        name = raw[offset : offset + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", raw, offset + 116)
        return _Entry(name, kind, start, size)

    def stream(self, entry: _Entry) -> bytes:
        if entry.size >= self.cutoff:
            return self._chain(entry.start)[: entry.size]
        parts: list[bytes] = []
        number, seen = entry.start, set[int]()
        while number < _END:
            if number in seen or number >= len(self.small_table):
                raise ValueError("broken chain of small sectors")
            seen.add(number)
            parts.append(self.small_content[number * 64 : number * 64 + 64])
            number = self.small_table[number]
        return b"".join(parts)[: entry.size]


# -- the records ------------------------------------------------------------------------------------------------------


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes, int]]:
    """Type, data and end of every record from an offset on."""
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        offset += 4 + length
        if offset > len(stream):
            raise ValueError("truncated record")
        yield kind, stream[offset - length : offset], offset


def read_records(stream: bytes, place: str) -> Book:
    """What the globals and every worksheet say of how cells are shown."""
    book = Book()
    begun: list[tuple[int, SheetRecords]] = []
    for kind, data, _ in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", data)[0] != 0x0600:
            raise FileError(
                "Excel 95 或更早的 .xls 不能读取", where=place, remedy="在 Excel 或 WPS 中打开后另存为 .xlsx"
            )
        if kind == _FILEPASS:
            raise encrypted(place)
        if kind == _EOF:
            break
        _global(book, begun, kind, data)
    for offset, sheet in begun:
        _read_sheet(stream, offset, sheet)
        book.sheets.append(sheet)
    if not any(sheet.has_results for sheet in book.sheets):
        for sheet in book.sheets:
            sheet.special.update(dict.fromkeys(sheet.empty_results, UNCACHED))
    return book


def _global(book: Book, begun: list[tuple[int, SheetRecords]], kind: int, data: bytes) -> None:
    if kind == _DATEMODE:
        book.date1904 = struct.unpack_from("<H", data)[0] == 1
    elif kind == _FORMAT:
        number, count, wide = struct.unpack_from("<HHB", data)
        book.formats[number] = _text(data, 5, count, wide)
    elif kind == _XF:
        book.styles.append((struct.unpack_from("<H", data, 2)[0], data[8] & 0x0F))
    elif kind == _BOUNDSHEET:
        offset, hidden, sheet_kind, count, wide = struct.unpack_from("<IBBBB", data)
        if sheet_kind == 0:
            begun.append((offset, SheetRecords(_text(data, 8, count, wide), bool(hidden & 3))))


def _text(data: bytes, start: int, count: int, wide: int) -> str:
    if wide & 1:
        return data[start : start + 2 * count].decode("utf-16-le", "replace")
    return data[start : start + count].decode("latin-1")


def _read_sheet(stream: bytes, offset: int, sheet: SheetRecords) -> None:
    depth = 0
    for kind, data, _ in _records(stream, offset):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if depth == 1:
            _sheet_record(sheet, kind, data)
        if len(sheet.formats) > MAX_CELLS:
            raise ValueError("too many cells")


def _sheet_record(sheet: SheetRecords, kind: int, data: bytes) -> None:
    if kind in _SINGLE:
        row, column, style = struct.unpack_from("<HHH", data)
        sheet.formats[row + 1, column + 1] = style
        if kind == _BOOLERR and data[7]:
            sheet.special[row + 1, column + 1] = ERRORS.get(data[6], "#N/A")
        elif kind == _FORMULA:
            _formula(sheet, (row + 1, column + 1), data)
    elif kind == _MULRK:
        row, first = struct.unpack_from("<HH", data)
        for place in range((len(data) - 6) // 6):
            sheet.formats[row + 1, first + 1 + place] = struct.unpack_from("<H", data, 4 + 6 * place)[0]
    elif kind == _ROW:
        row, height, flags = struct.unpack_from("<H4xH4xI", data)
        if flags & 0x20 or height & 0x7FFF == 0:
            sheet.hidden_rows.add(row + 1)
    elif kind == _COLINFO:
        first, last, width, _, options = struct.unpack_from("<HHHHH", data)
        if options & 1 or width == 0:
            sheet.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    elif kind == _MERGED:
        (count,) = struct.unpack_from("<H", data)
        for place in range(count):
            top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * place)
            sheet.merged.append(Area(top + 1, left + 1, bottom + 1, right + 1))


def _formula(sheet: SheetRecords, place: tuple[int, int], data: bytes) -> None:
    """The result of a formula, where it is an error or empty. Writers that compute nothing leave all results empty; in a
    book with other results an empty one is an empty text."""
    result = data[6:14]
    special = result[6:8] == b"\xff\xff"
    if special and result[0] == 2:
        sheet.special[place] = ERRORS.get(result[2], "#N/A")
    if special and result[0] == 3:
        sheet.empty_results.append(place)
    else:
        sheet.has_results = True
