"""HTML tables as grids: the "Excel export" of many systems is a web page named .xls.

Each outermost table is a grid; colspan and rowspan are merged areas, rows and columns that are not displayed are
hidden. Scripts and links are never followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from parkbook.sources.grid import LAST_COLUMN, LAST_ROW, Area, Grid, RowCells
from parkbook.sources.package import FileError
from parkbook.sources.worksheet import MAX_CELLS, checked_areas

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "head", "title"})


class _TooLarge(Exception):
    """More cells than a worksheet of ours may have."""


@dataclass
class _Table:
    rows: list[dict[int, str]] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    reaching: list[Area] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    column: int = 0
    work: int = 0

    def open_row(self, hidden: bool) -> None:
        self.rows.append({})
        self.column = 0
        row = len(self.rows)
        self.reaching = [area for area in self.reaching if area.bottom >= row]
        self.taken = {column for area in self.reaching for column in range(area.left, area.right + 1)}
        self._spend(1 + len(self.taken))
        if hidden:
            self.hidden.add(row)

    def add(self, words: str, across: int, down: int) -> None:
        row, column = len(self.rows), self.column + 1
        while column in self.taken:
            column += 1
        if words:
            self.rows[-1][column] = words
        if across > 1 or down > 1:
            area = Area(row, column, row + down - 1, column + across - 1)
            self.areas.append(area)
            self.reaching += [area] if down > 1 else []
        self.column = column + across - 1
        self._spend(1)

    def _spend(self, work: int) -> None:
        self.work += work
        if self.work > MAX_CELLS or self.column > LAST_COLUMN or len(self.rows) > LAST_ROW:
            raise _TooLarge


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.depth = 0
        self.silent = 0
        self.words: list[str] | None = None
        self.spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(_Table())
        elif self.depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1].open_row(bool(_HIDDEN.search(given.get("style", ""))))
        elif self.depth == 1 and tag in ("td", "th"):
            self._close_cell()
            if not self.tables[-1].rows:
                self.tables[-1].open_row(False)
            self.words = []
            self.spans = (_span(given.get("colspan", ""), LAST_COLUMN), _span(given.get("rowspan", ""), 65_535))
        elif tag == "br" and self.words is not None:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.depth:
            if self.depth == 1:
                self._close_cell()
            self.depth -= 1
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self.words is not None and not self.silent:
            self.words.append(data)

    def _close_cell(self) -> None:
        if self.words is not None:
            self.tables[-1].add(_plain("".join(self.words)), *self.spans)
            self.words = None


def _plain(text: str) -> str:
    """The words of a cell; no-break spaces in front are an indent."""
    inner = re.sub(r"[ \t\r\f]*\n[ \t\r\f]*", "\n", text).strip(" \t\r\n")
    return inner.replace("\xa0", " ").rstrip()


def _span(text: str, most: int) -> int:
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 9 else 1


def read_html(text: str, place: str) -> tuple[Grid, ...]:
    """Every table of a page; FileError when there is none."""
    parser = _Parser()
    try:
        parser.feed(text)
        parser.close()
    except _TooLarge:
        raise FileError(
            "网页表格过大，未读取",
            where=place,
            expected=f"不超过 {LAST_ROW} 行、{LAST_COLUMN} 列、{MAX_CELLS // 10_000} 万格",
            remedy="在 Excel 中打开，按年度拆成几个文件后另存为 .xlsx",
        ) from None
    tables = [table for table in parser.tables if any(table.rows)]
    if not tables:
        raise FileError(
            "网页文件中没有表格",
            where=place,
            cause="导出失败，或保存的是登录页、错误页",
            remedy="重新导出；在 Excel 中打开核对后另存为 .xlsx",
        )
    names = _SHEET_NAME.findall(text[:200_000])
    return tuple(
        _grid(table, names[index] if len(names) == len(tables) else f"表{index + 1}", place)
        for index, table in enumerate(tables)
    )


def _grid(table: _Table, name: str, place: str) -> Grid:
    records = {
        number: RowCells(tuple(sorted(row)), tuple(row[column] for column in sorted(row)), (0,) * len(row))
        for number, row in enumerate(table.rows, start=1)
        if row
    }
    return Grid(
        name, records, merged=checked_areas(table.areas, place), hidden_rows=frozenset(table.hidden), textual=True
    )
