"""The Excel file beside a document: its sheets of figures, for a reader who wants to check.

    render_xlsx(document) -> bytes                  the sheets that the notebook carries
    workbook_bytes(sheets, title="…") -> bytes

Numbers are numbers, shown with the decimals they have; everything else is text, also where it begins with = + - @ or looks
like an error. The header stays in sight, has a filter and wraps. Equal sheets give equal bytes.

The parts are written as text (SpreadsheetML, ECMA-376): with openpyxl 170,000 cells took seven seconds, so they take half
of one. What openpyxl reads back is what the tests compare.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from html import escape
from typing import Final

from parkbook.briefing.blocks import Sheet
from parkbook.briefing.fragments import clean_text
from parkbook.errors import RenderError
from parkbook.export.archive import EPOCH, steady
from parkbook.export.document import Document

LONGEST: Final = 32_000
"""Characters of a cell; Excel takes 32,767."""
CUT: Final = "…（原文过长，已截断）"
MOST_ROWS: Final = 1_048_575
MOST_PLACES: Final = 10
EXACT_DIGITS: Final = 15
"""Excel keeps no more; a longer number is shown as text, whole."""
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NAME_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_HEADER, _WORDS, _SIGNED, _FIRST_NUMBER = 1, 2, 3, 4
"""Places of the formats in styles.xml; numbers with n decimals stand n behind the first."""

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class NoSheetsError(RenderError):
    """The notebook carries no sheets: it is no briefing, or its annex cell was taken out."""


def render_xlsx(document: Document) -> bytes:
    """The Excel file of a document; NoSheetsError when the document carries none."""
    if not document.sheets:
        raise NoSheetsError(
            "该文档没有 Excel 附表",
            where=document.name,
            cause="只有园区简报带附表；或笔记本由较早的版本执行",
            remedy="用当前版本重新执行 briefing 分析本，或不导出 xlsx",
        )
    return workbook_bytes(document.sheets, title=document.cover.title)


def workbook_bytes(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """The sheets as one file."""
    names = _names(sheets)
    parts = {
        "[Content_Types].xml": _types(len(sheets)), "_rels/.rels": _root_relations(), "docProps/core.xml": _core(title),
        "xl/workbook.xml": _book(sheets, names), "xl/_rels/workbook.xml.rels": _book_relations(len(sheets)), "xl/styles.xml": _styles(),
    }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
        for number, sheet in enumerate(sheets, start=1):
            file.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(sheet, first=number == 1))
    return steady(buffer.getvalue())


# -- a sheet -----------------------------------------------------------------------------------------------------------


def _sheet(sheet: Sheet, *, first: bool) -> str:
    if len(sheet.rows) > MOST_ROWS:
        raise RenderError(
            "表的行数超过 Excel 的上限", where=sheet.name, found=str(len(sheet.rows)), remedy="改用 Parquet 文件"
        )
    letters = [column_letters(place) for place in range(1, len(sheet.columns) + 1)]
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(sheet.columns, start=1)
    )
    head = "".join(
        f'<c r="{letter}1" s="{_HEADER}" t="inlineStr"><is><t>{_words(column.label)}</t></is></c>'
        for letter, column in zip(letters, sheet.columns, strict=True)
    )
    selected = 'tabSelected="1" ' if first else ""
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="{_area(sheet)}"/><sheetViews><sheetView {selected}workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="14.25"/><cols>{widths}</cols><sheetData><row r="1">{head}</row>'
        f'{"".join(_rows(sheet, letters))}</sheetData><autoFilter ref="{_area(sheet)}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _rows(sheet: Sheet, letters: list[str]) -> Iterator[str]:
    numeric = [column.number for column in sheet.columns]
    for place, row in enumerate(sheet.cells(), start=2):
        cells = "".join(
            _cell(f"{letter}{place}", content, number)
            for letter, content, number in zip(letters, row, numeric, strict=True)
            if content
        )
        yield f'<row r="{place}">{cells}</row>'


def _cell(address: str, content: str, number: bool) -> str:
    found = _number(content) if number else None
    if found is not None:
        return f'<c r="{address}" s="{_FIRST_NUMBER + _places(found)}"><v>{found:f}</v></c>'
    style = _SIGNED if content.startswith(_FORMULA_SIGNS) else _WORDS
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_words(content)}</t></is></c>'


def _number(content: str) -> Decimal | None:
    """A number that Excel can hold as it is."""
    try:
        number = Decimal(content)
    except InvalidOperation:
        return None
    fits = number.is_finite() and len(number.as_tuple().digits) <= EXACT_DIGITS and abs(number.adjusted()) <= 100
    return number if fits else None


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return min(max(-exponent, 0), MOST_PLACES) if isinstance(exponent, int) else 0


def _words(content: str) -> str:
    cleaned = clean_text(content)
    return escape(cleaned if len(cleaned) <= LONGEST else cleaned[:LONGEST] + CUT, quote=False)


def column_letters(place: int) -> str:
    """A, B … Z, AA: the name of a column, from 1."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _area(sheet: Sheet) -> str:
    return f"A1:{column_letters(max(len(sheet.columns), 1))}{len(sheet.rows) + 1}"


# -- the parts around --------------------------------------------------------------------------------------------------


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names that Excel takes: at most 31 characters, none of []:*?/\\', no two alike."""
    names: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        name = _NAME_FORBIDDEN.sub("", clean_text(sheet.name)).strip()[:31] or f"表{number}"
        names.append(name if name.lower() not in {one.lower() for one in names} else f"{name[:26]} {number}")
    return names


def _book(sheets: Sequence[Sheet], names: list[str]) -> str:
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    defined = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">{_absolute(name, sheet)}</definedName>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">\'{escape(name)}\'!$1:$1</definedName>'
        for number, (name, sheet) in enumerate(zip(names, sheets, strict=True))
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{defined}</definedNames></workbook>"
    )


def _absolute(name: str, sheet: Sheet) -> str:
    last = column_letters(max(len(sheet.columns), 1))
    return f"'{escape(name)}'!$A$1:${last}${len(sheet.rows) + 1}"


@cache
def _styles() -> str:
    """Formats: usual, header, words, words that begin like a formula, numbers with 0 to ten decimals."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + places}" formatCode="0.{"0" * places}"/>' for places in range(1, MOST_PLACES + 1)
    )
    faces = "".join(
        f'<font><sz val="10.5"/><name val="{face}"/><charset val="134"/></font>' for face in ("宋体", "黑体")
    )
    fills = (
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFDCE6F1"/><bgColor indexed="64"/></patternFill></fill>'
    )
    line = '<border><left/><right/><top/><bottom style="thin"><color rgb="FF7F7F7F"/></bottom><diagonal/></border>'
    top = '<alignment vertical="top" wrapText="1"/>'
    numbers = "".join(
        f'<xf numFmtId="{164 + places if places else 1}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
        'applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf>'
        for places in range(MOST_PLACES + 1)
    )
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="{MOST_PLACES}">{formats}</numFmts><fonts count="2">{faces}</fonts>'
        f'<fills count="3">{fills}</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>{line}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{_FIRST_NUMBER + MOST_PLACES + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
        'applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
        f'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">{top}</xf>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" '
        f'applyAlignment="1">{top}</xf>{numbers}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{sheets}</Types>"
    )


def _root_relations() -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
    )


def _book_relations(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}'
        f'<Relationship Id="rId{count + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )


def _core(title: str) -> str:
    stamp = EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ")
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_words(title.strip()[:255])}</dc:title><dc:creator></dc:creator>{times}</cp:coreProperties>"
    )
