"""An .xlsx or .xlsm file: its sheets in order, shared strings, number formats and epoch; the cells are `sheet`'s.

Only these parts are opened. Links to other workbooks are never followed and macros never run: both are reported, the
values are those that were saved. Chart sheets have no cells and are passed over.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from parkbook.errors import Finding, Severity
from parkbook.sources.grid import PLAIN, Grid, Style
from parkbook.sources.package import FileError, broken, local, open_package, parse_xml, refuse_declarations, small_part
from parkbook.sources.sheet import scan_sheet
from parkbook.sources.worksheet import Meanings, macro_note
from parkbook.sources.xml_text import Unusual, rich_text, text_of, unescaped

MAX_STRINGS = 100_000_000
_ITEM = re.compile(rb'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>')
_MONTH, _DAY, _FULL = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
CHINESE_FORMATS = {
    27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: _FULL, 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: _MONTH, 50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY,
    54: _DAY, 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: _MONTH, 58: _DAY,
}  # fmt: skip
"""Number formats that Chinese Excel knows by number and does not write into the file; all are dates or times."""
READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    LookupError,
    TypeError,
    ValueError,
    OverflowError,
    RuntimeError,
    OSError,
    ElementTree.ParseError,
    RecursionError,
    Unusual,
)
"""What a damaged file can make the readers raise; UnicodeDecodeError is a ValueError."""


@dataclass(frozen=True)
class _Styles:
    styles: tuple[Style, ...]
    dates: frozenset[int]
    durations: frozenset[int]


def read_xlsx(path: Path, place: str) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """Every worksheet, and what was noticed. FileError with a remedy when the file cannot be read."""
    with open_package(path, place) as archive:
        try:
            return tuple(_grids(archive, place)), tuple(_noticed(archive, path, place))
        except READ_ERRORS as error:
            raise broken(place, "", error) from error


def _grids(archive: zipfile.ZipFile, place: str) -> Iterator[Grid]:
    main = _main_part(archive, place)
    content = small_part(archive, main, place)
    if content is None:
        raise LookupError(main)
    book = parse_xml(content, place)
    relations = _relations(archive, main, place)
    strings = _strings(archive, _target(relations, "/sharedStrings"), place)
    styles = _styles(archive, _target(relations, "/styles"), place)
    meanings = Meanings(strings, styles.dates, styles.durations, _epoch(book), _is_uncalculated(book))
    for element in book.iter():
        if local(element.tag) != "sheet":
            continue
        identity = next((value for key, value in element.attrib.items() if local(key) == "id"), "")
        kind, target = relations[identity]
        if kind.endswith("/worksheet"):
            name = element.get("name", "")
            yield _grid(archive, name, element.get("state", "visible") != "visible", target, meanings, styles, place)


def _grid(
    archive: zipfile.ZipFile, name: str, hidden: bool, target: str, meanings: Meanings, styles: _Styles, place: str
) -> Grid:
    sheet = scan_sheet(lambda: archive.open(target), meanings, f"{place} {name}")
    return Grid(
        name,
        sheet.records,
        styles.styles,
        sheet.merged,
        frozenset(sheet.hidden_rows),
        sheet.hidden_columns,
        hidden,
    )


def _main_part(archive: zipfile.ZipFile, place: str) -> str:
    """The workbook's part, wherever the package keeps it."""
    relations = _relations(archive, "", place)
    found = _target(relations, "/officeDocument")
    if not found or not any(name.startswith(posixpath.dirname(found)) for name in archive.namelist()):
        raise LookupError("officeDocument")
    if not found.rpartition("/")[2].startswith("workbook"):
        raise FileError(
            "文件不是 Excel 工作簿",
            where=place,
            found=found,
            cause="Word 或演示文稿改了扩展名，或是 .xlsb",
            remedy="改回原来的扩展名；表格请另存为 .xlsx",
        )
    if found.endswith(".bin"):
        raise FileError("Excel 二进制工作簿（.xlsb）不能读取", where=place, remedy="在 Excel 中另存为 .xlsx")
    return found


def _relations(archive: zipfile.ZipFile, part: str, place: str) -> dict[str, tuple[str, str]]:
    """Kind and target of every relation of a part; targets outside the file are left out."""
    folder, name = posixpath.split(part)
    content = small_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"), place)
    relations: dict[str, tuple[str, str]] = {}
    for element in parse_xml(content, place) if content is not None else ():
        if element.get("TargetMode") != "External":
            target = element.get("Target", "").replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            relations[element.get("Id", "")] = (element.get("Type", ""), whole)
    return relations


def _target(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((target for found, target in relations.values() if found.endswith(kind)), "")


def _epoch(book: ElementTree.Element) -> datetime.datetime:
    properties = next((element for element in book.iter() if local(element.tag) == "workbookPr"), None)
    return MAC_EPOCH if properties is not None and properties.get("date1904") in ("1", "true") else WINDOWS_EPOCH


def _is_uncalculated(book: ElementTree.Element) -> bool:
    """Whether the file asks Excel to calculate it on opening, as programs do that write formulas without results."""
    return any(
        local(element.tag) == "calcPr" and element.get("fullCalcOnLoad") in ("1", "true") for element in book.iter()
    )


# -- strings and styles -----------------------------------------------------------------------------------------------


def _strings(archive: zipfile.ZipFile, name: str, place: str) -> list[str]:
    """The shared strings; those without formatting by a regular expression, the others by the XML parser."""
    if not name or name not in archive.namelist():
        return []
    if archive.getinfo(name).file_size > MAX_STRINGS:
        raise FileError(
            "文件的文字过多，未打开",
            where=place,
            expected=f"文字不超过 {MAX_STRINGS // 1_000_000} MB",
            remedy="删去与数据无关的文字，或按年度拆成几个文件",
        )
    content = archive.read(name)
    refuse_declarations(content, place)
    try:
        return _plain_strings(content)
    except Unusual:
        items = (element for element in ElementTree.fromstring(content) if local(element.tag) == "si")
        return [unescaped(rich_text(item)) for item in items]


def _plain_strings(content: bytes) -> list[str]:
    start = re.search(rb"<sst\b[^>]*?(/?)>", content)
    if start is None or b"<!" in content or b"\0" in content[:64]:
        raise Unusual
    if start[1]:
        return []
    pieces = content[start.end() :].split(b"</si>")
    if not pieces[-1].lstrip().startswith((b"</sst>", b"<extLst")):
        raise Unusual
    return [_string(piece) for piece in pieces[:-1]]


def _string(piece: bytes) -> str:
    found = _ITEM.fullmatch(piece)
    if found is not None:
        return text_of(found[1])
    empty = re.fullmatch(rb"\s*<si/>\s*(<si>.*)", piece, re.DOTALL)
    if empty is not None:  # an empty string before this one shifts the numbers
        raise Unusual
    try:
        return unescaped(rich_text(ElementTree.fromstring(piece + b"</si>")))
    except ElementTree.ParseError:
        raise Unusual from None


def _styles(archive: zipfile.ZipFile, name: str, place: str) -> _Styles:
    content = small_part(archive, name, place) if name else None
    if content is None:
        return _Styles(PLAIN, frozenset(), frozenset())
    root = parse_xml(content, place)
    own = {
        int(element.get("numFmtId", 0)): element.get("formatCode", "General")
        for element in root.iter()
        if local(element.tag) == "numFmt"
    }
    styles: list[Style] = []
    for block in root:
        if local(block.tag) == "cellXfs":
            styles = [_style(element, own) for element in block if local(element.tag) == "xf"]
    dates = frozenset(number for number, style in enumerate(styles) if is_date_format(style.number_format))
    durations = frozenset(number for number in dates if is_timedelta_format(styles[number].number_format))
    return _Styles(tuple(styles) or PLAIN, dates, durations)


def _style(element: ElementTree.Element, own: dict[int, str]) -> Style:
    number = int(element.get("numFmtId", 0))
    alignment = next((child for child in element if local(child.tag) == "alignment"), None)
    indent = int(alignment.get("indent", 0)) if alignment is not None else 0
    return Style(own.get(number) or number_format(number), indent)


def number_format(number: int) -> str:
    """The format that Excel knows by this number."""
    return CHINESE_FORMATS.get(number) or BUILTIN_FORMATS.get(number, "General")


# -- what was noticed -------------------------------------------------------------------------------------------------


def _noticed(archive: zipfile.ZipFile, path: Path, place: str) -> Iterator[Finding]:
    names = archive.namelist()
    if any(name.endswith("vbaProject.bin") for name in names):
        yield macro_note(place)
    links = [name for name in names if re.fullmatch(r"xl/externalLinks/[^/]+\.xml", name)]
    if links:
        yield Finding(
            what="文件引用了其他工作簿，没有跟随",
            where=place,
            found=f"{len(links)} 个外部链接",
            cause="引用外部文件的公式，所读为最后保存的数，可能不是最新",
            remedy="在 Excel 中“数据—编辑链接—断开链接”后另存",
            code="external_link",
            severity=Severity.WARNING,
        )
