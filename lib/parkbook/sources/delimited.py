"""Separated values: encoding and separator found, every cell kept as the words it is.

UTF-8 with or without a mark, UTF-16 by its mark or its zeros, else GB18030. The separator is the one of comma, tab,
semicolon and bar that gives the most even rows. Cells have the addresses that Excel would give them.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from parkbook.sources.grid import LAST_COLUMN, LAST_ROW, Grid, rows_of
from parkbook.sources.package import FileError

SEPARATORS = (",", "\t", ";", "|", "，")
MAX_FIELD = 1_000_000
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")


def decoded(content: bytes, place: str) -> tuple[str, str]:
    """The text and its encoding; FileError when it is not text."""
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:50_000]
        if len(_STRANGE.findall(sample)) * 200 <= len(sample):
            return text.removeprefix("\ufeff"), encoding
    raise FileError(
        "文件内容不是文字，或编码无法识别",
        where=place,
        expected="UTF-8、GB18030 或 UTF-16 编码的文本",
        cause="二进制文件改了扩展名，或文件已损坏",
        remedy="改回原来的扩展名，或在 Excel、WPS 中打开后另存为 .xlsx",
    )


def _candidates(content: bytes) -> tuple[str, ...]:
    if content.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    sample = content[:20_000]
    if b"\0" in sample:
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030")


def read_delimited(text: str, name: str, place: str) -> Grid:
    """The one table of the text."""
    separator = _separator(text)
    before = csv.field_size_limit(MAX_FIELD)
    try:
        _check_rows(text, separator, place)
        lines = [
            [cell.strip("\ufeff \t\r\n\u3000") if not cell[:1].isspace() else cell.rstrip() for cell in line]
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise FileError(
            "文本表格无法拆分成单元格",
            where=place,
            found=str(error),
            cause="引号不成对，或单元格过长",
            remedy="在 Excel 或 WPS 中打开，核对后另存为 .xlsx",
        ) from error
    finally:
        csv.field_size_limit(before)
    widest = max(map(len, lines), default=0)
    if len(lines) > LAST_ROW or widest > LAST_COLUMN:
        raise _too_large(place, f"{len(lines)} 行，{widest} 列")
    return Grid(name, rows_of(lines), textual=True)


def _check_rows(text: str, separator: str, place: str) -> None:
    """Counts rows before any is kept: two million of them would take a gigabyte only to be refused."""
    rows = max(text.count("\n"), text.count("\r"))
    if rows > LAST_ROW and '"' in text:  # a cell may hold line breaks
        rows = sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    if rows > LAST_ROW:
        raise _too_large(place, f"{rows} 行")


def _too_large(place: str, found: str) -> FileError:
    return FileError(
        "文本表格超出工作表的行列数",
        where=place,
        found=found,
        expected=f"不超过 {LAST_ROW} 行、{LAST_COLUMN} 列",
        remedy="按年度拆成几个文件",
    )


def _separator(text: str) -> str:
    """The separator that splits most lines, and most of them alike."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:200]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        return (max(counts.values(), default=0), sum(counts.values()))

    return max(SEPARATORS, key=evenness)
