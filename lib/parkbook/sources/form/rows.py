"""One row of a form while it is read: its cells by column, and what is wrong with them, each with sheet and cell."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from parkbook.catalogue import Catalogue, Indicator
from parkbook.codelists import sentinel_status
from parkbook.errors import Finding, ParkbookError, Severity, did_you_mean
from parkbook.model import ObsStatus
from parkbook.sources.cells import Reading, read_figure, shown
from parkbook.sources.form.parts import (
    EXAMPLE_ROW,
    FIRST_ROW,
    HEADER_ROW,
    NUMBER_HEADER,
    Column,
    ListSheet,
    known_units,
)
from parkbook.sources.grid import Cell, Grid
from parkbook.sources.layout import normal_words
from parkbook.sources.words import as_vintage
from parkbook.units import Unit, parse_unit

Meaning = TypeVar("Meaning")
CODE: Final = "form"
_DATE: Final = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
_EXAMPLE: Final = "示例"
NOTHING: Final = frozenset({"-", "--", "—", "——", "/", "无"})
"""What is typed into a cell of words to leave it blank."""


def problem(cell: Cell) -> str:
    """Why a cell's words cannot be taken; empty when they can."""
    if cell.uncached:
        return "公式没有保存计算结果"
    if isinstance(cell.value, str) and sentinel_status(cell.text) is ObsStatus.ERROR:
        return "是公式错误值"
    return ""


@dataclass
class FormRow:
    """A row of a list sheet. `where` is the file; findings name `where 表!D5`."""

    declared: ListSheet
    grid: Grid
    number: int
    where: str
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False

    def cell(self, key: str) -> Cell:
        return self.grid.cell(self.number, self.declared.number(key))

    def locator(self, key: str) -> str:
        """年度目标!E5"""
        return f"{self.grid.name}!{self.cell(key).address}"

    def text(self, key: str) -> str:
        """The words of a cell on one line, a date as ISO; an error or a formula without result is a finding."""
        cell = self.cell(key)
        reason = problem(cell)
        if reason:
            self.refuse(key, f"单元格{reason}", expected="文字或数", remedy="把公式改为直接填写的内容")
            return ""
        words = " ".join(shown(cell).split())
        return "" if words in NOTHING else words

    def report(
        self, key: str, what: str, *, expected: str = "", cause: str = "", remedy: str = "修改该格", note: bool = False
    ) -> None:
        """A finding at a cell; `note`: what was read is right, the cell might be better."""
        self.findings.append(
            Finding(
                what=f"{self.declared.header(key)}：{what}",
                where=f"{self.where} {self.locator(key)}",
                expected=expected,
                found=shown(self.cell(key)) or "空",
                cause=cause,
                remedy=remedy,
                code="text_number" if note else CODE,
                severity=Severity.NOTE if note else Severity.ERROR,
            )
        )

    def refuse(self, key: str, what: str, *, expected: str = "", cause: str = "", remedy: str = "修改该格") -> None:
        """A finding that keeps the row from being read."""
        self.refused = True
        self.report(key, f"{what}，本行未读", expected=expected, cause=cause, remedy=remedy)

    def needed(self, key: str, expected: str) -> str:
        """The words of a cell that must not be blank."""
        text = self.text(key)
        if not text and not problem(self.cell(key)):
            self.refuse(key, "没有填写", expected=expected, remedy="补填该格；整行作废的请清空整行")
        return text

    def chosen(
        self, key: str, meanings: Mapping[str, Meaning], text: str, others: Mapping[str, Meaning] | None = None
    ) -> Meaning | None:
        """What a word of a short list means; `others` are understood too, and not offered."""
        plain = normal_words(text)
        known = {normal_words(word): meaning for word, meaning in {**(others or {}), **meanings}.items()}
        if text and plain not in known:
            self.refuse(
                key,
                "不在下拉列表中",
                expected="、".join(meanings),
                cause=did_you_mean(plain, meanings),
                remedy="从下拉列表重新选择",
            )
        return known.get(plain)

    def indicator(self, key: str, names: IndicatorNames, *, needed: bool = True) -> Indicator | None:
        """The entry of the catalogue that a cell names by label or alias."""
        text = self.needed(key, "指标目录中的名称") if needed else self.text(key)
        found = names.get(text)
        if text and found is None:
            self.refuse(
                key,
                "不是指标目录中的名称",
                expected="下拉列表中的指标名称",
                cause=names.near(text),
                remedy="从下拉列表重新选择；目录中没有的指标，请分析人员先登记",
            )
        return found

    def unit(self, key: str) -> Unit | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return parse_unit(text)
        except ParkbookError as error:
            self.refuse(
                key,
                "未知的计量单位",
                expected="下拉列表中的单位",
                cause=error.finding.cause or did_you_mean(text, known_units()),
                remedy="从下拉列表重新选择；确有新单位的，请分析人员先登记",
            )
            return None

    def figure(self, key: str, expected: str) -> Reading:
        """The figure of a cell, as in any ledger. One that cannot be read refuses the row; one typed as text is noted."""
        reading = read_figure(self.cell(key))
        if reading.problem:
            self.refuse(
                key, f"单元格{reading.problem}", expected=expected, remedy="只填数字，单位填在单位列，说明填在备注列"
            )
        elif reading.as_text and not self.grid.textual:
            self.report(key, "数字以文本存储，已按数读入", remedy="改为直接输入的半角数字", note=True)
        return reading

    def date(self, key: str) -> str:
        """A date as 2026, 2026-01 or 2026-01-15; empty when blank, and with a finding when it is none."""
        text = self.text(key)
        words = as_vintage(text) if text else ""
        if words and not _DATE.match(unicodedata.normalize("NFKC", words)):
            self.report(
                key, "不是日期，未采用", expected="如 2026-01、2026-01-15、2026年1月", remedy="改写为年-月或年-月-日"
            )
            return ""
        return unicodedata.normalize("NFKC", words)


class IndicatorNames:
    """Labels, aliases and codes of the catalogue, compared without regard to width and spaces."""

    def __init__(self, known: Catalogue) -> None:
        self._by_name = {normal_words(name): entry for entry in known for name in (*entry.names, entry.id)}
        self._labels = [entry.label_zh for entry in known]

    def get(self, text: str) -> Indicator | None:
        return self._by_name.get(normal_words(text)) if text else None

    def near(self, text: str) -> str:
        return did_you_mean(text, self._labels)


def rows_of(declared: ListSheet, grid: Grid, where: str, findings: list[Finding]) -> Iterator[FormRow]:
    """The filled rows of a sheet; none when its headers are not where they belong. Rows marked 示例 are never read."""
    wrong = list(_wrong_headers(declared, grid, where))
    if wrong:
        findings += wrong
        return
    findings += _overwritten_example(declared, grid, where)
    findings += _hidden_rows(grid, where)
    for number in grid.row_numbers:
        if number <= HEADER_ROW or is_example(declared, grid, number):
            continue
        row = FormRow(declared, grid, number, where)
        if any(row.cell(column.key).text or row.cell(column.key).uncached for column in declared.columns):
            yield row
            findings += row.findings


def is_example(declared: ListSheet, grid: Grid, number: int) -> bool:
    """A row that says 示例 in its 序号, or the example as it was made."""
    if normal_words(grid.cell(number, 1).text).startswith(_EXAMPLE):
        return True
    return number == EXAMPLE_ROW and all(_is_example_cell(declared, grid, column) for column in declared.columns)


def _is_example_cell(declared: ListSheet, grid: Grid, column: Column) -> bool:
    cell = grid.cell(EXAMPLE_ROW, declared.number(column.key))
    return normal_words(shown(cell)) == normal_words(str(column.example))


def _wrong_headers(declared: ListSheet, grid: Grid, where: str) -> Iterator[Finding]:
    headers = {1: NUMBER_HEADER} | {declared.number(column.key): column.header for column in declared.columns}
    for number, header in headers.items():
        cell = grid.cell(HEADER_ROW, number)
        if normal_words(cell.text) != normal_words(header):
            yield Finding(
                what="填报表的表头被改动，本表未读",
                where=f"{where} {grid.name}!{cell.address}",
                expected=header,
                found=cell.text or "空",
                cause="撤销保护后插入、删除或改写了行列",
                remedy="恢复表头和列的顺序，或把内容抄到新的填报表中",
                code=CODE,
            )


def _overwritten_example(declared: ListSheet, grid: Grid, where: str) -> Iterator[Finding]:
    """The example is never read; one that was written over is said so."""
    if not is_example(declared, grid, EXAMPLE_ROW):
        return
    for column in declared.columns:
        cell = grid.cell(EXAMPLE_ROW, declared.number(column.key))
        if not _is_example_cell(declared, grid, column):
            yield Finding(
                what="在示例行中填了内容，示例行不读取",
                where=f"{where} {grid.name}!{cell.address}",
                expected=str(column.example) or "空",
                found=shown(cell) or "空",
                remedy=f"把内容填到第 {FIRST_ROW} 行以下",
                code=CODE,
            )
            return


def _hidden_rows(grid: Grid, where: str) -> Iterable[Finding]:
    hidden = sorted(row for row in grid.hidden_rows.intersection(grid.row_numbers) if row >= FIRST_ROW)
    filled = [row for row in hidden if any(cell.column > 1 for cell in grid.row(row))]
    if not filled:
        return []
    return [
        Finding(
            what="填报表中有隐藏的行，已读入",
            where=f"{where} {grid.name}!{filled[0]}:{filled[-1]}",
            found=f"第 {'、'.join(map(str, filled[:20]))} 行",
            remedy="核对是否为作废内容，作废的请清空",
            code="hidden",
            severity=Severity.WARNING,
        )
    ]


def month_of(cell: Cell) -> str:
    """A period that Excel has turned into a date, as words; other cells as they are shown."""
    if isinstance(cell.value, datetime.datetime | datetime.date):
        return f"{cell.value.year:04d}-{cell.value.month:02d}"
    return shown(cell)


def status_word(reading: Reading) -> ObsStatus | None:
    """The status that a filled cell without a number stands for (未报, 保密, —)."""
    return reading.status if not reading.blank and reading.value is None and reading.low is None else None
