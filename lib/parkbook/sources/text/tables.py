"""Tables of a report: every cell with a figure becomes an observation named by its row and its column.

    指标 | 单位 | 1-9月 | 同比增长（%）        规上工业总产值: 512.3 亿元, level; 6.4 %, growth yoy
    规上工业总产值 | 亿元 | 512.3 | 6.4
    园区 | 税收（万元） | 同比（%）             税收 of 东片区: 860 万元, level; 5.1 %, growth yoy
    东片区 | 860 | 5.1

Rows are indicators, or things (parks, enterprises, sectors) whose indicators are the columns, or periods. A unit is that of
the cell, else of its header, its unit column, its row, else of the line above the table (单位：万元). What a column is comes
from the same rules as prose. A column of row numbers, and cells without a figure, are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from parkbook.model import Comparison, Transformation
from parkbook.periods import Period, unknown_period
from parkbook.sources.text import grammar, when
from parkbook.sources.text.attach import attach
from parkbook.sources.text.cells import FALLING, Printed, Style, figure, figures_in, style_of, unit_in
from parkbook.sources.text.header import body_of, is_numbering
from parkbook.sources.text.lex import Kind, tokenise
from parkbook.sources.text.patterns import half_width
from parkbook.sources.text.phrases import strip_number
from parkbook.sources.text.read import Table, letters
from parkbook.sources.text.values import (
    NO_UNIT,
    PrintedUnit,
    Quantity,
    UnitClass,
    printed_unit,
    rank_unit,
)

T = Transformation
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_BRACKETS = re.compile(r"\(([^()]{1,12})\)")
_UNIT_AT_END = re.compile(r"(?:(?P<percent>[%‰])|/(?P<unit>[^\d/()]{1,8}))\Z")
"""完成目标%, 税收/万元: a unit without brackets."""
_TOTAL = re.compile(r"(?:合|总|共)计(?:数)?|总和|总数")
_SUBTOTAL = re.compile(r"小计|分计")
_AVERAGE = re.compile(r"平均(?:数|值|水平)?|均值")
NO_HEADER = "表没有表头，数值的含义须核对"
TOTAL_OF = "合计、小计所合的行须核对"
_NUMBERING = re.compile(r"序号|编号|代码|电话|(?:年份|(?<!\d)年度|时间|日期|(?<!\d)月份)\Z")
_RANKED = re.compile(r"(?:排名|位次|名次|排位)\Z")
_RATE = re.compile(r"增长|增幅|增速|增减|同比|环比|占比|比重|比例|完成率|进度|±|[一-龥]率\Z")
_GROWTH = re.compile(r"增长|增幅|增速|增减|±")
_RELATIVE = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年|较去年|累计|增长率?|增幅|增速|增减|增加|升降|下降|减少|[±]|完成|绝对[值额数]|数值|总量|本期|当期"
    r"|当月|本月|本年|实际|的|[比较]?同期|上年|去年)+"
)
_OF_BASE = re.compile(r"(?:占比|比重|完成率|进度|排名|位次|名次|排位|目标|任务|计划|预算)\Z")
_THINGS = re.compile(
    r"园区|企业|单位|片区|地区|区县|县区|[市县]区|街道|镇|公司|开发区|高新区|主体|行业|产业|板块|区域|项目名称|部门|平台|载体"
)
_INDICATORS = re.compile(r"指标|科目|内容")
_TICKS = frozenset("√✓✔☑")
_UNIT_LINE = re.compile(r"(?:计量)?单位\s*:\s*([^()|;。]{1,24})")
_COUNTS = re.compile(r"(?:企业|项目|单位|机构|载体|专利|合同|员工|从业人员)数|户数|家数|个数|人数|件数|数量")
_CAPTION = 44


class RowsAre(StrEnum):
    """What the rows of a table stand for."""

    INDICATORS = "indicators"
    THINGS = "things"
    PERIODS = "periods"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table; `row`, `column` and `key`, the column that names its row, count from nought; `span`: its place in the
    text; `body`: the first row below the headers."""

    address: str
    row: int
    column: int
    key: int
    words: str
    quantity: Quantity
    label: str
    subject: str
    parent: str
    transformation: Transformation
    comparison: Comparison | None
    direction: int
    period: Period
    span: tuple[int, int] | None = None
    rule: str = "表格"
    doubtful: str = ""
    body: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """`name`: the header without its unit; `measure`: what it measures, from the column to its left where it says none."""

    name: str
    measure: str
    unit: PrintedUnit
    period: Period
    passed: bool
    relative: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with its header read; `key` is the column that names the rows, `body` the first row below the headers."""

    rows: list[tuple[str, ...]]
    body: int
    key: int
    kind: RowsAre
    columns: list[Column]
    unit_column: int | None
    unit: PrintedUnit
    style: Style


def read_table(table: Table, year: int | None) -> Iterator[Cell]:
    """The figures of a table whose first rows are headers and whose first words of a row name it."""
    sheet = _sheet(table, year)
    if sheet is None:
        return
    outer = ""
    for number in range(sheet.body, len(sheet.rows)):
        row = sheet.rows[number]
        label = strip_number(row[sheet.key].replace("\n", "")) if sheet.key < len(row) else ""
        if not label or (sheet.kind is not RowsAre.PERIODS and figure(label) is not None):
            continue
        part = re.match(r"其中[:、]?", label)
        name = label[part.end() :] if part is not None else label
        outer = outer if part is not None else _unbracketed(label)
        for column, words in enumerate(row):
            if not words or column == sheet.unit_column or sheet.columns[column].passed:
                continue
            ranked = _RANKED.search(sheet.columns[column].name) is not None
            measured = bool(_unit_of(sheet, row, name, sheet.columns[column]).text)
            for printed in figures_in(words, ranked, measured, sheet.style):
                place = _Place(table, sheet, number, column)
                yield _cell(place, printed, name, outer if part is not None else "", year)


# ---------------------------------------------------------------- headers
def _sheet(table: Table, year: int | None) -> _Sheet | None:
    rows = [tuple(half_width(cell).strip() for cell in row) for row in table.rows]
    width = max(map(len, rows), default=0)
    body = body_of(rows, table.heads)
    if body is None:
        return None
    titles = [row for row in rows[:body] if not is_numbering(row)]
    headers = [_header(titles, column) for column in range(width)]
    unit_column = next(
        (column for column, header in enumerate(headers) if re.fullmatch(r"(?:计量)?单位", header)), None
    )
    key = _key(rows[body:], headers, unit_column)
    if key is None:
        return None
    above = tuple(half_width(line) for line in table.above)
    columns = _columns(rows[body:], headers, key, _caption_period(above, year), year)
    kind = _kind(rows[body:], headers[key], key, columns)
    notes = [*headers, *above, *(half_width(line) for line in table.below), *(rows[-1][:1])]
    style = style_of(notes, [cell for row in rows[body:] for cell in row])
    return _Sheet(rows, body, key, kind, columns, unit_column, _unit_line([*headers, *above]), style)


def _header(rows: list[tuple[str, ...]], column: int) -> str:
    """The header cells above a column, from top to bottom, merged ones once; a cell that is a unit stands in brackets."""
    words = [re.sub(r"\s", "", row[column]) for row in rows if column < len(row) and row[column]]
    spoken = list(dict.fromkeys(words))
    return "".join(
        f"({word})" if index and unit_in(word).text else word + "年" if _YEAR.match(word) else word
        for index, word in enumerate(spoken)
    )


def _key(body: list[tuple[str, ...]], headers: list[str], unit_column: int | None) -> int | None:
    """The column that names the rows: the first that is no numbering and holds words (or periods)."""
    for column, header in enumerate(headers):
        cells = [row[column] for row in body if column < len(row) and row[column]]
        if column == unit_column or not cells or re.search(r"序号|编号|名次|排名", header):
            continue
        if any(figure(cell) is None for cell in cells) or all(_YEAR.match(cell) for cell in cells):
            return column
    return None


def _columns(
    body: list[tuple[str, ...]], headers: list[str], key: int, default: Period, year: int | None
) -> list[Column]:
    """The columns from left to right: a rate without a measure or period of its own takes those of the levels before it, the latest
    of their periods (2024年 | 2023年 | 同比)."""
    columns: list[Column] = []
    measure, period = "", default
    levels: list[Period] = []
    for index, header in enumerate(headers):
        bracket, name = _unit_of_header(header)
        name = _UNIT_LINE.sub("", name)
        spoken, own = _period(name, year)
        if spoken:
            name = name.replace(spoken, "", 1)
        relative = _RATE.search(name) is not None or _OF_BASE.search(name) is not None
        thing = _RELATIVE.sub("", _OF_BASE.sub("", name)).strip("()及、,")
        measure = thing or ("" if _RANKED.search(name) else measure)
        if not relative and columns and columns[-1].relative:
            levels = []
        if spoken.endswith("同期") and not own.known:
            own = when.year_before(_latest(levels) or default, spoken)
        period = own if spoken else (_latest(levels) or period) if relative else default
        if not relative and spoken:
            levels.append(period)
        cells = [row[index] for row in body if index < len(row)]
        ticked = any(mark in cell for cell in cells for mark in _TICKS)
        passed = index == key or ticked or _NUMBERING.search(header) is not None or (index < key and not bracket)
        measure = measure if index > key else ""
        columns.append(Column(name, measure, unit_in(bracket), period, passed, relative))
    return columns


def _unit_of_header(header: str) -> tuple[str, str]:
    """The unit that a header prints, and the header without it: 税收(万元), 完成目标%, 税收/万元."""
    bracket = next((found[1] for found in _BRACKETS.finditer(header) if unit_in(found[1]).text), "")
    if bracket:
        return bracket, header.replace(f"({bracket})", "")
    found = _UNIT_AT_END.search(header)
    words = (found["percent"] or found["unit"]) if found is not None else ""
    if found is None or not unit_in(words).text:
        return "", header
    return words, header[: found.start()]


def _latest(periods: list[Period]) -> Period | None:
    """The period of the last year that is known; of several of that year the one said last (6月 | 1-6月 | 同比)."""
    known = [period for period in reversed(periods) if period.end is not None]
    return max(known, key=lambda period: period.end.year) if known else None  # type: ignore[union-attr]


def _kind(body: list[tuple[str, ...]], corner: str, key: int, columns: list[Column]) -> RowsAre:
    """By the corner, else by whether the catalogue knows the rows or the columns."""
    labels = [row[key] for row in body if key < len(row) and row[key] and not _TOTAL.fullmatch(_dense(row[key]))]
    if labels and all(_is_period(label) for label in labels):
        return RowsAre.PERIODS
    if _INDICATORS.search(corner):
        return RowsAre.INDICATORS
    measures = [column.measure for column in columns if column.measure]
    known_rows = sum(bool(attach(_unbracketed(label)).indicator_id) for label in labels[:30])
    known_columns = sum(bool(attach(measure).indicator_id) for measure in measures[:30])
    if known_rows == 0 and ((measures and known_columns) or _THINGS.search(corner)):
        return RowsAre.THINGS
    return RowsAre.INDICATORS


def _caption_period(above: tuple[str, ...], year: int | None) -> Period:
    """The period of a caption (2024年1-9月主要指标); that of a sentence above the table is not the table's."""
    for line in above:
        if len(line) <= _CAPTION and not line.endswith("。"):
            spoken, period = _period(line, year)
            if spoken:
                return period
    return unknown_period()


def _unit_line(lines: list[str]) -> PrintedUnit:
    """单位：万元 of a header or of the lines above: one unit besides %; of several none is meant."""
    for line in lines:
        found = _UNIT_LINE.search(line)
        if found is None:
            continue
        units = [unit_in(word) for word in re.split(r"[、,，;\s]+", found[1]) if word]
        amounts = [unit for unit in units if unit.text and unit.kind is not UnitClass.PERCENT]
        return amounts[0] if len(amounts) == 1 else NO_UNIT
    return NO_UNIT


def _unbracketed(words: str) -> str:
    """A row label without the unit in its brackets: 税收（万元）."""
    found = next((found for found in _BRACKETS.finditer(words) if unit_in(found[1]).text), None)
    return words if found is None else words[: found.start()] + words[found.end() :]


# ---------------------------------------------------------------- one cell
@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell is."""

    table: Table
    sheet: _Sheet
    row: int
    column: int


def _cell(place: _Place, printed: Printed, label: str, parent: str, year: int | None) -> Cell:
    table, sheet, number, index = place.table, place.sheet, place.row, place.column
    row, column, own, doubtful = sheet.rows[number], sheet.columns[index], printed.quantity, printed.doubtful
    quantity = own if own.unit.text else replace(own, unit=_unit_of(sheet, row, label, column))
    cue = grammar.read_words(column.name, quantity.unit.kind)
    growth = _GROWTH.search(column.name) is not None and quantity.unit.kind is UnitClass.PERCENT
    transformation = T.GROWTH if growth else cue.transformation or T.LEVEL
    if _RANKED.search(column.name) or quantity.unit.kind is UnitClass.RANK:
        transformation, quantity = T.RANK, replace(quantity, unit=rank_unit(quantity.unit.text))
    moving = transformation in (T.GROWTH, T.CHANGE)
    name, subject, period = _unbracketed(label), "", column.period
    if sheet.kind is not RowsAre.INDICATORS:
        subject = name if sheet.kind is RowsAre.THINGS else ""
        period = column.period if subject else _row_period(name, year)
        kept = _OF_BASE.search(column.name)
        name = column.measure + (kept[0] if kept is not None and not moving else "")
    if printed.arrow and not moving:
        quantity, doubtful = replace(quantity, negative=False), FALLING
    if sheet.kind is not RowsAre.PERIODS and (said := _of_several(label, sheet, column)) is not None:
        name, subject, several = said
        doubtful = doubtful or several
    if sheet.body == 0 and not attach(name).indicator_id:
        doubtful = doubtful or NO_HEADER
    if printed.part:
        name, parent = printed.part, name
    falling = re.search(r"下降|减少|降幅", column.name) and not re.search(r"增减|±", column.name)
    return Cell(
        address=f"{table.place}!{letters(index)}{number + 1}",
        row=number,
        column=index,
        key=sheet.key,
        words=row[index],
        quantity=quantity,
        label=name,
        subject=subject,
        parent=parent,
        transformation=transformation,
        comparison=(grammar.comparison_of(column.name) or Comparison.YOY) if moving else None,
        direction=-1 if falling else 1,
        period=period,
        span=_span(place, printed),
        doubtful=doubtful,
        body=sheet.body,
    )


def _dense(words: str) -> str:
    return re.sub(r"\s", "", words)


def _of_several(label: str, sheet: _Sheet, column: Column) -> tuple[str, str, str] | None:
    """Label, subject and doubt of a row that is no thing of its own: 合计 is of what the table is about, 小计 of some of its rows."""
    words = _dense(label)
    things = sheet.kind is RowsAre.THINGS
    if _TOTAL.fullmatch(words):
        return (column.measure, "", "") if things else (column.measure or words, "", TOTAL_OF)
    if _SUBTOTAL.fullmatch(words):
        return column.measure or words, "", TOTAL_OF
    if things and _AVERAGE.fullmatch(words):
        return "平均" + column.measure, "", ""
    return None


def _span(place: _Place, printed: Printed) -> tuple[int, int] | None:
    """Where a figure of a cell stands in the text: the cell, or the part of it that is the figure."""
    if not place.table.spans:
        return None
    start, end = place.table.spans[place.row][place.column]
    words = place.table.rows[place.row][place.column]
    if printed.end - printed.start == len(place.sheet.rows[place.row][place.column]):
        return start, end
    start += len(words) - len(words.lstrip())
    return start + printed.start, start + printed.end


def _unit_of(sheet: _Sheet, row: tuple[str, ...], label: str, column: Column) -> PrintedUnit:
    """Of the header, % for a rate, of the unit column, of the row's brackets, of the line above the table."""
    if column.unit.text:
        return column.unit
    if _RANKED.search(column.name):
        return NO_UNIT
    if _RATE.search(column.name):
        return replace(printed_unit("%"), inferred=True)
    if sheet.unit_column is not None and sheet.unit_column < len(row) and unit_in(row[sheet.unit_column]).text:
        return unit_in(row[sheet.unit_column])
    bracket = next((found[1] for found in _BRACKETS.finditer(label) if unit_in(found[1]).text), "")
    if bracket:
        return unit_in(bracket)
    named = column.measure if sheet.kind is not RowsAre.INDICATORS else label
    counted = _COUNTS.search(named) is not None and sheet.unit.kind is not UnitClass.COUNT
    rate = re.search(r"[一-龥]率\Z|占比\Z|比重\Z", named) is not None
    return NO_UNIT if counted or rate else sheet.unit


def _period(header: str, year: int | None) -> tuple[str, Period]:
    """The words of a header's period, and the period; of 上年同期 the words only: a year that is not this one."""
    for token in tokenise(header):
        if token.kind is not Kind.PERIOD:
            continue
        words = header[token.start : token.end]
        if not when.is_base(header, token):
            return words, when.resolve(words, year)
        if token.start == 0:
            return words, unknown_period(words)
    return "", unknown_period()


def _is_period(label: str) -> bool:
    return _YEAR.match(label) is not None or any(
        token.kind is Kind.PERIOD and token.end - token.start >= len(label) - 1 for token in tokenise(label)
    )


def _row_period(label: str, year: int | None) -> Period:
    return _period(label + "年" if _YEAR.match(label) else label, year)[1]
