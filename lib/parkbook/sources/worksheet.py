"""What a worksheet holds, whatever file format it came in, and the values in its cells."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from openpyxl.utils.datetime import from_excel, from_ISO8601

from parkbook.errors import Finding, Severity
from parkbook.sources.grid import UNCACHED, Area, RowCells, position
from parkbook.sources.package import FileError

MAX_CELLS = 12_000_000
MAX_MERGED = 200_000
TALL, MAX_TALL = 4096, 500
"""Merged areas of so many rows and more; each costs as much as thousands of small ones."""


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


def checked_areas(areas: Sequence[Area], place: str) -> tuple[Area, ...]:
    """Merged areas, when they are not absurdly many."""
    tall = sum(1 for area in areas if area.bottom - area.top >= TALL)
    if len(areas) > MAX_MERGED or tall > MAX_TALL:
        many = len(areas) > MAX_MERGED
        raise FileError(
            "工作表的合并单元格过多，未读取",
            where=place,
            found=f"{len(areas)} 处" if many else f"{TALL} 行以上的 {tall} 处",
            expected=f"不超过 {MAX_MERGED} 处" if many else f"{TALL} 行以上的不超过 {MAX_TALL} 处",
            cause="" if many else "整列合并，或合并了表下的空行",
            remedy="取消多余的合并单元格后另存",
        )
    return tuple(areas)


def area_of(reference: str) -> Area:
    corner, _, opposite = reference.partition(":")
    (top, left), (bottom, right) = position(corner), position(opposite or corner)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def calculated(value: object, formula: bool) -> object:
    """A value of a workbook that was never calculated: its writer put 0 where the result of a formula belongs."""
    return UNCACHED if formula and value == 0 and not isinstance(value, bool) else value


def as_number(words: bytes) -> object:
    return float(words) if b"." in words or b"E" in words or b"e" in words else int(words)


def iso_date(words: bytes) -> object:
    read: Callable[[str], object] = from_ISO8601
    return read(words.decode("ascii"))


def as_date(value: object, duration: bool, epoch: datetime.datetime) -> object:
    """The date of a serial number in the workbook's epoch; #VALUE! beyond the calendar."""
    try:
        return from_excel(value, epoch, timedelta=duration)
    except (OverflowError, ValueError):
        return "#VALUE!"


def macro_note(place: str) -> Finding:
    """What is said of a workbook with a program in it."""
    return Finding(
        what="文件含宏，宏没有运行",
        where=place,
        cause="表中的数可能由宏填写，所读为最后保存的数",
        remedy="核对后另存为不含宏的 .xlsx",
        code="macro",
        severity=Severity.NOTE,
    )
