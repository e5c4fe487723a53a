"""How a 填报表 looks: faces as office machines name them, fills, borders, and what is locked."""

from __future__ import annotations

from copy import copy
from typing import Final

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TITLE: Final = Font(name="方正小标宋简体", size=18)
INTRO: Final = Font(name="楷体", size=11, color="FF404040")
HEADER: Final = Font(name="黑体", size=11)
NEEDED: Final = Font(name="黑体", size=11, color="FFC00000")
WORDS: Final = Font(name="宋体", size=11)
EXAMPLE: Final = Font(name="楷体", size=10.5, color="FF7F7F7F")
HEADER_FILL: Final = PatternFill("solid", fgColor="FFDCE6F1")
EXAMPLE_FILL: Final = PatternFill("solid", fgColor="FFE7E6E6")
MISSING_FILL: Final = PatternFill("solid", bgColor="FFFCE4D6")
"""A needed cell that is blank in a row that is begun."""
_LINE: Final = Side(style="thin", color="FFA6A6A6")
BORDER: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT: Final = Alignment(horizontal="right", vertical="center")
OPEN: Final = Protection(locked=False)
TEXT_FORMAT: Final = "@"
"""Words stay words: without it Excel turns 2026-01 and 1-9月 into dates."""
A4: Final = 9
AUTHOR: Final = "填报说明"


def write(
    sheet: Worksheet,
    address: str,
    value: str | int | None,
    font: Font,
    *,
    fill: PatternFill | None = None,
    align: Alignment = LEFT,
    border: bool = True,
) -> None:
    """One locked cell."""
    cell = sheet[address]
    cell.value = value
    cell.font, cell.alignment = font, align
    if fill is not None:
        cell.fill = fill
    if border:
        cell.border = BORDER


def open_cell(sheet: Worksheet, address: str, value: str | None, *, words: bool, align: Alignment = LEFT) -> None:
    """One cell to fill in."""
    write(sheet, address, value, WORDS, align=align)
    cell = sheet[address]
    cell.protection = OPEN
    if words:
        cell.number_format = TEXT_FORMAT


def like_above(sheet: Worksheet, letter: str, first: int, last: int) -> None:
    """The cells below the first one, looking like it. Sharing its style is ten times as fast as setting one each."""
    model = sheet[f"{letter}{first}"]
    for row in range(first + 1, last + 1):
        cell = sheet.cell(row, model.column)
        cell._style = copy(model._style)  # type: ignore[union-attr]  # the stubs leave it out


def explain(sheet: Worksheet, address: str, text: str) -> None:
    """A note on a header."""
    lines = 1 + len(text) // 17
    sheet[address].comment = Comment(text, AUTHOR, height=26 + 20 * lines, width=260)


def heading(sheet: Worksheet, last: str, title: str, intro: str, room: float) -> None:
    """Title and what to do, over the table's whole width (`room` characters)."""
    for row, words, font, align in ((1, title, TITLE, CENTRE), (2, intro, INTRO, LEFT)):
        sheet.merge_cells(f"A{row}:{last}{row}")
        write(sheet, f"A{row}", words, font, align=align, border=False)
    sheet.row_dimensions[1].height = 32
    sheet.row_dimensions[2].height = 6 + 17 * (1 + int(2 * len(intro) // (room * 0.95)))


def protect(sheet: Worksheet) -> None:
    """Only open cells take input; no password; widths and heights may be changed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False


def printed(sheet: Worksheet, area: str, *, landscape: bool, titles: str, park: str) -> None:
    """A4, one page wide, headers on each page, numbered, with the park's name on top."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = titles
    sheet.print_area = area
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom = 0.8, 0.7
    header = sheet.oddHeader.right if sheet.oddHeader is not None else None
    if header is not None:
        header.text, header.size = park.replace("&", "&&"), 9
    footer = sheet.oddFooter.center if sheet.oddFooter is not None else None
    if footer is not None:
        footer.text, footer.size = "第 &P 页，共 &N 页", 9
