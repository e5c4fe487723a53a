"""An .xls file: calamine's values, and from one scan of its records what calamine drops.

calamine gives values and dates but no errors, number formats, hidden rows, merged areas, and no formula without a
result; the records (BIFF8) give those. The scan comes first and bounds the sheet; calamine then runs in a process of
its own, with a memory limit where the platform has one, because a damaged file can make it abort.

Out of scope: Excel 95 and older (refused with what to save them as).
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from parkbook.errors import Finding
from parkbook.sources.biff import Book, SheetRecords, read_records, workbook_stream
from parkbook.sources.grid import Grid, RowCells, Style, uncovered
from parkbook.sources.package import FileError, broken
from parkbook.sources.worksheet import as_date, checked_areas, macro_note
from parkbook.sources.xlsx import READ_ERRORS, number_format

SECONDS = 120
MAX_EXTENT = 8_000_000
"""Cells of the rectangle that calamine allocates for a sheet."""


def read_xls(path: Path, place: str, content: bytes) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """Every worksheet, and what was noticed. FileError with a remedy when the file cannot be read."""
    try:
        stream, macros = workbook_stream(content, place)
        book = read_records(stream, place)
        _check_extent(book, place)
        values = _values(path, place) if book.sheets else {}
        grids = tuple(_grid(sheet, book, values.get(sheet.name, []), place) for sheet in book.sheets)
    except READ_ERRORS as error:
        raise broken(place, "", error) from error
    return grids, (macro_note(place),) if macros else ()


def _check_extent(book: Book, place: str) -> None:
    for sheet in book.sheets:
        rows = [row for row, _ in sheet.formats]
        columns = [column for _, column in sheet.formats]
        if rows and (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > MAX_EXTENT:
            raise FileError(
                "工作表的单元格散得过开，未读取",
                where=f"{place} {sheet.name}",
                found=f"{max(rows)} 行，{max(columns)} 列",
                cause="表格外很远处有误填的单元格",
                remedy="删去表格外的单元格，或另存为 .xlsx",
            )


def _values(path: Path, place: str) -> dict[str, list[list[object]]]:
    """The values of every sheet, read in a child process."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("xls_child.py")), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise broken(place, "读取超时", error) from error
    if done.returncode != 0:
        raise FileError(
            "Excel 文件无法打开",
            where=place,
            found=done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:][0][:60]
            if done.stderr.strip()
            else "读取中止",
            cause="文件损坏、加密，或版本过旧",
            remedy="在 Excel 或 WPS 中打开并另存为不加密的 .xlsx",
        )
    sheets: dict[str, list[list[object]]] = json.loads(done.stdout)
    return sheets


def _grid(sheet: SheetRecords, book: Book, values: list[list[object]], place: str) -> Grid:
    styles = tuple(Style(book.formats.get(number) or number_format(number), indent) for number, indent in book.styles)
    epoch = MAC_EPOCH if book.date1904 else WINDOWS_EPOCH
    rows: dict[int, list[tuple[int, object, int]]] = {}
    for (row, column), style in sorted(sheet.formats.items()):
        value = sheet.special.get((row, column))
        if value is None:
            line = values[row - 1] if row <= len(values) else []
            value = _value(line[column - 1] if column <= len(line) else None)
            value = _dated(value, styles[style].number_format if style < len(styles) else "General", epoch)
        if value is not None:
            rows.setdefault(row, []).append((column, value, style))
    records = {
        number: RowCells(
            tuple(column for column, _, _ in cells),
            tuple(value for _, value, _ in cells),
            tuple(style for _, _, style in cells),
        )
        for number, cells in rows.items()
    }
    merged = checked_areas(sheet.merged, place)
    return Grid(
        sheet.name,
        uncovered(records, merged),
        styles or (Style(),),
        merged,
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
        sheet.hidden,
    )


def _value(found: object) -> object:
    """A value as the child wrote it: words, numbers and true as themselves, a date or time with its kind."""
    if isinstance(found, dict):
        kind, words = str(found["kind"]), str(found["text"])
        if kind == "datetime":
            return datetime.datetime.fromisoformat(words)
        if kind == "date":
            return datetime.datetime.fromisoformat(words)
        if kind == "time":
            return datetime.time.fromisoformat(words)
        return datetime.timedelta(seconds=float(words))
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e15:
        return int(found)
    return found if found != "" else None


def _dated(value: object, shown: str, epoch: datetime.datetime) -> object:
    """A number that its format shows as a date: calamine does not know the formats that Chinese Excel numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool) and is_date_format(shown):
        return as_date(value, is_timedelta_format(shown), epoch)
    return value
