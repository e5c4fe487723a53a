"""A ledger without a layout: its headers are inferred against the catalogue and proposed as a layout file to confirm.

`propose` looks at every visible sheet: where the table stands (`infer_block`), what its columns say (`infer_columns`),
which indicators its rows or columns name (`infer_names`), where period and unit are. Sheets of one form share a
proposal. Only what the words say exactly is taken; what is doubtful is marked in the file (`infer_yaml`), and what is
not understood is a column or row that is not read. A sheet of which too little is understood gets no proposal, but a
finding that says what is missing.

Out of scope: two tables in one sheet, side by side or below each other (the first is read), and registers without
figures.
"""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.utils import get_column_letter
from pydantic import ValidationError

from parkbook.catalogue import Catalogue, IndicatorBasis, catalogue, explain
from parkbook.errors import Finding, ParkbookError, PeriodError, Severity, UnitError
from parkbook.periods import Basis, Period, parse_period
from parkbook.sources.grid import Cell, Grid, Workbook
from parkbook.sources.headers import Header
from parkbook.sources.infer_block import Block, find_block, is_figure, is_meta, title_cells
from parkbook.sources.infer_columns import META, ColumnGuess, guess_column, is_period
from parkbook.sources.infer_names import Meaning, Names, unit_fits, without_unit
from parkbook.sources.infer_yaml import Doubts, written
from parkbook.sources.layout import PERIOD_PLACE, Layout, normal_words
from parkbook.sources.rows import Label, read_label
from parkbook.sources.words import cell_period, find_period, find_unit
from parkbook.units import Unit, parse_unit

KEY_WORDS = re.compile(r"名称|指标|项目|企业|单位名称|地块|环节|月份|时间|年份|园区|街道|区域|行业|产业")
ENTITIES = ("项目", "企业", "地块", "基金")
TOTAL_ROWS = ("合计", "总计", "园区合计", "全区合计")
IGNORED_ROWS = ("小计",)
DATE_WORDS = re.compile(r"日期|时间")
UNDATED = "同表其他列写明了报告期，本列没有"
ENOUGH = 0.5
"""Share of row labels that must be indicators for the rows to be taken as indicators."""


@dataclass(frozen=True)
class Proposal:
    """A layout that nobody has confirmed, its text as a file, and what is doubtful: columns by letter, rows by label."""

    layout: Layout
    text: str
    doubtful_columns: frozenset[str] = frozenset()
    doubtful_rows: frozenset[str] = frozenset()
    sheets: tuple[str, ...] = ()


Columns = dict[tuple[str, ...], dict[str, Any] | None]
"""The columns of a form by header path, in order; None for one that is not read."""


@dataclass
class Form:
    """What one or more sheets are understood to be: fields that all share, lists that are joined, rows and columns."""

    fields: dict[str, Any]
    lists: dict[str, list[str]]
    indicators: dict[str, Any]
    columns: Columns
    doubts: Doubts
    sheets: list[str]

    def takes(self, other: Form) -> bool:
        """Joins a sheet of the same form. A column that is empty in one of the sheets is what it is in the other."""
        if self.fields != other.fields or list(self.columns) != list(other.columns) or not self._agrees(other):
            return False
        self.columns = {path: spec or other.columns[path] for path, spec in self.columns.items()}
        self.lists = {name: list(dict.fromkeys([*words, *other.lists[name]])) for name, words in self.lists.items()}
        self.indicators |= {name: said for name, said in other.indicators.items() if name not in self.indicators}
        self.doubts.merge(other.doubts)
        self.sheets += other.sheets
        return True

    def _agrees(self, other: Form) -> bool:
        for path, spec in self.columns.items():
            said = other.columns[path]
            blank = (spec is None and path in self.doubts.blank) or (said is None and path in other.doubts.blank)
            if spec != said and not blank:
                return False
        shared = self.indicators.keys() & other.indicators.keys()
        return all(self.indicators[name] == other.indicators[name] for name in shared)

    def content(self) -> dict[str, Any]:
        """The fields of a layout, without id, file and sheets."""
        columns = [spec for spec in self.columns.values() if spec is not None]
        unread = [list(path) for path, spec in self.columns.items() if spec is None]
        whole = {**self.fields, **self.lists, "indicators": self.indicators, "columns": columns, "ignore_columns": unread}
        return {name: value for name, value in whole.items() if value not in (None, [], {})}


@dataclass
class _Sheet:
    """One sheet while it is looked at."""

    grid: Grid
    block: Block
    headers: list[Header]
    file: str
    names: Names
    doubts: Doubts = field(default_factory=Doubts)

    def data_rows(self) -> list[int]:
        return [number for number in self.grid.row_numbers if self.block.first_row <= number <= self.block.last_row]

    def column(self, number: int) -> list[Cell]:
        """The filled cells of a column of data."""
        cells = (self.grid.cell(row, number) for row in self.data_rows())
        return [cell for cell in cells if cell.text or cell.uncached]


class NotUnderstood(Exception):
    """Too little of a sheet is understood; says what is missing."""


def propose(workbook: Workbook, known: Catalogue | None = None) -> tuple[list[Proposal], list[Finding]]:
    """Proposals for all visible sheets of a file, and findings for those that are not understood."""
    names = Names(known or catalogue())
    forms: list[Form] = []
    findings: list[Finding] = []
    for grid in workbook.grids:
        if grid.hidden:
            continue
        try:
            form = _form(grid, workbook.name, names)
        except (NotUnderstood, ParkbookError) as error:
            findings.append(_not_understood(workbook, grid, error))
            continue
        if not any(known_form.takes(form) for known_form in forms):
            forms.append(form)
    proposals: list[Proposal] = []
    for number, form in enumerate(forms, start=1):
        try:
            proposals.append(_proposal(form, number, workbook))
        except ValidationError as error:
            problem = NotUnderstood(explain(error))
            findings += [_not_understood(workbook, grid, problem) for grid in workbook.grids if grid.name in form.sheets]
    return proposals, findings


def _proposal(form: Form, number: int, workbook: Workbook) -> Proposal:
    content: dict[str, Any] = {
        "id": f"inferred_{number}",
        "file": glob.escape(workbook.name),
        "sheets": [glob.escape(name) for name in form.sheets],
        **form.content(),
    }
    return Proposal(
        Layout.model_validate(content),
        written(content, form.doubts),
        frozenset(form.doubts.columns),
        frozenset(form.doubts.rows),
        tuple(form.sheets),
    )


def _not_understood(workbook: Workbook, grid: Grid, error: Exception) -> Finding:
    words = error.finding.what if isinstance(error, ParkbookError) else str(error)
    return Finding(
        what="工作表的版式无法推断，未读",
        where=f"{workbook.name} {grid.name}",
        cause=words,
        remedy="为该表手工建立版式文件（docs/architecture.md），或在原表补上缺少的标题、单位或报告期",
        code="not_inferred",
        severity=Severity.NOTE if not grid.size else Severity.WARNING,
    )


# -- one sheet --------------------------------------------------------------------------------------------------------


def _form(grid: Grid, file: str, names: Names) -> Form:
    """What one sheet is understood to be."""
    if not grid.size:
        raise NotUnderstood("空表")
    block = find_block(grid)
    if block is None:
        raise NotUnderstood("找不到表头和数据行")
    headers = _headers(grid, block)
    paths = [header.path for header in headers]
    if len(set(paths)) < len(paths):
        twice = next(path for path in paths if paths.count(path) > 1)
        raise NotUnderstood(f"表头“{'/'.join(twice)}”出现两次")
    sheet = _Sheet(grid, block, headers, file, names)
    key = _indicator_column(sheet)
    fields, columns = _indicator_rows(sheet, key) if key is not None else _subject_rows(sheet)
    fixed = {
        "header_rows": list(block.header_rows),
        "first_row": block.first_row,
        "first_column": get_column_letter(headers[0].column),
    }
    lists = {name: list(fields.pop(name, ())) for name in ("total_rows", "ignore_rows", "headings")}
    indicators = fields.pop("indicators", {})
    return Form(fixed | fields, lists | {"stop_at": list(block.stops)}, indicators, columns, sheet.doubts, [grid.name])


def _headers(grid: Grid, block: Block) -> list[Header]:
    """The columns with header words, as `headers.read_headers` will see them."""
    headers = []
    for column in range(1, grid.last_column + 1):
        cells: list[Cell] = []
        for row in block.header_rows:
            cell = grid.filled(row, column)
            if cell.text and cell.address not in [known.address for known in cells] and not is_meta(cell):
                cells.append(cell)
        if cells:
            headers.append(Header(column, tuple(cell.text for cell in cells), tuple(cell.address for cell in cells)))
    return headers


# -- rows are indicators ----------------------------------------------------------------------------------------------


def _indicator_column(sheet: _Sheet) -> Header | None:
    """The column whose cells are mostly names of indicators."""
    best: tuple[int, Header] | None = None
    for header in sheet.headers:
        labels = [cell for cell in sheet.column(header.column) if isinstance(cell.value, str) and not is_figure(cell)]
        rows = [cell for cell in labels if _has_figures(sheet, cell)]
        hits = sum(1 for cell in rows if _meaning(sheet, read_label(cell)).indicator is not None)
        if hits and hits >= ENOUGH * len(rows) and (best is None or hits > best[0]):
            best = hits, header
    return best[1] if best else None


def _has_figures(sheet: _Sheet, cell: Cell) -> bool:
    return any(is_figure(other) for other in sheet.grid.row(cell.row) if other.column > cell.column)


def _meaning(sheet: _Sheet, label: Label) -> Meaning:
    printed = sheet.names.find(label.printed)
    return printed if printed.indicator is not None else sheet.names.find(label.bare)


def _indicator_rows(sheet: _Sheet, key: Header) -> tuple[dict[str, Any], Columns]:
    """Fields for a table with one indicator a row."""
    unit, unit_header = _unit_rule(sheet)
    columns, period = _figure_columns(sheet, key, unit_header)
    indicators, headings = _row_names(sheet, key, unit, unit_header)
    if not indicators:
        raise NotUnderstood("没有一行的名称是目录中的指标")
    fields = {
        "period": period,
        "unit": unit,
        "vintage": _vintage_rule(sheet),
        "rows": "indicators",
        "key": {"header": list(key.words)},
        "headings": headings,
        "indicators": indicators,
    }
    return fields, columns


def _row_names(
    sheet: _Sheet, key: Header, unit: dict[str, Any] | None, unit_header: Header | None
) -> tuple[dict[str, Any], list[str]]:
    """Row labels with the indicators they mean; the rows that only head a section."""
    indicators: dict[str, Any] = {}
    headings: list[str] = []
    whole = _sheet_unit(sheet, unit)
    for cell in sheet.column(key.column):
        label = read_label(cell)
        if not _has_figures(sheet, cell):
            headings += [label.printed] if sheet.names.find(label.bare).indicator is None else []
            continue
        meaning = _meaning(sheet, label)
        name = label.printed if sheet.names.find(label.printed).indicator is not None else label.bare
        if meaning.indicator is None:
            sheet.doubts.unknown_rows[label.printed] = meaning.doubt or "，".join(meaning.near)
            continue
        stated = meaning.unit or (sheet.grid.filled(cell.row, unit_header.column).text if unit_header else "")
        problem = _unit_problem(stated, whole, meaning)
        if problem:
            sheet.doubts.unknown_rows[label.printed] = problem
            continue
        if meaning.doubt:
            sheet.doubts.rows[label.bare] = meaning.doubt
        said = {"indicator": meaning.indicator.id, "unit": meaning.unit}
        indicators[name] = said if meaning.unit else meaning.indicator.id
    return indicators, headings


def _unit_problem(stated: str, whole: Unit | None, meaning: Meaning) -> str:
    """Why a row's unit cannot be its indicator's; empty when it can."""
    if meaning.indicator is None:
        return ""
    try:
        unit = find_unit(stated) if stated else whole
    except UnitError:
        return f"单位“{stated}”未登记"
    if unit is None:
        return "没有计量单位"
    return "" if unit_fits(unit, meaning.indicator) else f"单位为{unit}，目录中{meaning.indicator.label_zh}以{meaning.indicator.unit}计"


def _figure_columns(
    sheet: _Sheet, key: Header, unit_header: Header | None
) -> tuple[Columns, dict[str, Any]]:
    """The columns, with None for those that are not read, and the rule of the period."""
    dated = [header for header in sheet.headers if any(is_period(word) for word in header.words)]
    rule, period = ({"from": "header", **_year(sheet)}, None) if dated else _period_rule(sheet)
    columns: Columns = {}
    read: list[_Column] = []
    for header in sheet.headers:
        if header in (key, unit_header):
            continue
        guess = _column_guess(sheet, header)
        path = tuple(PERIOD_PLACE if is_period(word) else word for word in header.words)
        if guess is None or (dated and header not in dated):
            columns[header.words] = None
            if guess is not None:
                sheet.doubts.unread[header.words] = UNDATED
        else:
            read.append(_Column(header, {"header": list(path), **guess.fields, "blank": "skip"}))
            columns[path] = read[-1].fields
    _settle_bases(sheet, read, period)
    columns |= {column.header.words: None for column in read if column.unread}
    if not any(columns.values()):
        raise NotUnderstood("没有一列能看出是哪一类数")
    return columns, rule


@dataclass
class _Column:
    """A column of figures while its months are settled."""

    header: Header
    fields: dict[str, Any]
    unread: bool = False

    @property
    def is_level(self) -> bool:
        return "transformation" not in self.fields and "year_offset" not in self.fields

    @property
    def beside(self) -> tuple[str, ...]:
        return self.header.words[:-1]


def _fix_periods(sheet: _Sheet, columns: list[_Column], period: Period | None) -> None:
    """Where headers name periods (工业投资 / 1-9月), each column is of its own or of the level beside it, or is not read."""
    year = period.end.year if period is not None and period.end is not None else None
    said = {header.column: _header_period(header, year) for header in sheet.headers}
    if not any(said.values()):
        return
    for column in columns:
        own = column.header
        near = [other for other in sheet.headers if other.column <= own.column and other.words[:-1] == own.words[:-1]]
        known = said[own.column] or next((said[other.column] for other in reversed(near) if said[other.column]), None)
        if known is None:
            column.unread = True
            sheet.doubts.unread[own.words] = UNDATED
        else:
            column.fields["period"] = known.time_period
            column.fields.setdefault("basis", "stated")


def _header_period(header: Header, year: int | None) -> Period | None:
    for word in header.words:
        if is_period(word):
            period = parse_period(normal_words(word), year)
            return period if period.known else None
    return None


def _settle_bases(sheet: _Sheet, columns: list[_Column], period: Period | None) -> None:
    """Growth and last year's figure are of the months of the level beside them; what still does not say whether it is the
    month's or cumulative, under a title that may mean either, is doubtful, and a rank is not read."""
    for place, column in enumerate(columns):
        if "basis" in column.fields or column.unread:
            continue
        levels = [other for other in columns[:place] if other.is_level and "basis" in other.fields and other.beside == column.beside]
        if not column.is_level and levels and column.fields.get("transformation") != "rank":
            column.fields["basis"] = levels[-1].fields["basis"]
            if len({other.fields["basis"] for other in levels}) > 1:
                sheet.doubts.column(column.header, f"按左侧“{'/'.join(levels[-1].header.words)}”的报告期理解")
        elif period is not None and period.basis in (Basis.MONTH, Basis.PERIOD):
            if column.fields.get("transformation") == "rank":
                column.unread = True
                sheet.doubts.unread[column.header.words] = "位次没有写明当月还是累计"
            else:
                sheet.doubts.column(column.header, "表头没有写明当月还是累计，暂按表名所写的报告期")


def _column_guess(sheet: _Sheet, header: Header) -> ColumnGuess | None:
    """What a column of figures says; None for one that is not read."""
    cells = sheet.column(header.column)
    if not cells:
        sheet.doubts.blank.add(header.words)
    last = normal_words(header.words[-1])
    if any(pattern.search(last) for pattern in META.values()):
        return None
    figures = sum(1 for cell in cells if is_figure(cell))
    if figures * 2 < len(cells):
        return None
    guess = guess_column(header.words)
    if not guess.known:
        sheet.doubts.unread[header.words] = guess.doubt
        return None
    return guess


# -- rows are subjects or periods -------------------------------------------------------------------------------------


def _subject_rows(sheet: _Sheet) -> tuple[dict[str, Any], Columns]:
    """Fields for a table with one enterprise, project, plot or month a row."""
    group, key = _key_columns(sheet)
    entity = next((word for word in ENTITIES if word in "".join((group or key).words)), "")
    periods = _are_periods(sheet, key)
    unit, unit_header = _unit_rule(sheet)
    rule, period = _period_of_rows(sheet, key) if periods else _period_rule(sheet)
    columns: Columns = {
        header.words: _subject_column(sheet, header, entity, _sheet_unit(sheet, unit))
        for header in sheet.headers
        if header not in (key, group, unit_header)
    }
    figures = [
        _Column(header, spec)
        for header in sheet.headers
        if (spec := columns.get(header.words)) is not None and "indicator" in spec
    ]
    if not figures:
        raise NotUnderstood("没有一列的表头是目录中的指标，行名也不是指标")
    _fix_periods(sheet, figures, period)
    _settle_bases(sheet, figures, period)
    columns |= {column.header.words: None for column in figures if column.unread}
    labels = {read_label(cell).bare for cell in sheet.column(key.column)}
    fields = {
        "period": rule,
        "unit": unit,
        "vintage": _vintage_rule(sheet),
        "rows": "periods" if periods else "subjects",
        "key": {"header": list(key.words)},
        "group": {"header": list(group.words)} if group is not None else None,
        "total_rows": [name for name in TOTAL_ROWS if name in labels],
        "ignore_rows": [name for name in IGNORED_ROWS if name in labels],
    }
    return fields, columns


def _key_columns(sheet: _Sheet) -> tuple[Header | None, Header]:
    """The column that names the subjects, and the one whose words, merged downwards, group them."""
    texts = [header for header in sheet.headers if _is_words(sheet, header) or _are_periods(sheet, header)]
    if not texts:
        raise NotUnderstood("没有一列是名称")
    first = next((header for header in texts if KEY_WORDS.search("".join(header.words))), texts[0])
    if not _is_grouped(sheet, first):
        return None, first
    after = [header for header in texts if header.column > first.column]
    if not after:
        raise NotUnderstood("名称列纵向合并，右侧没有分项名称")
    return first, after[0]


def _is_words(sheet: _Sheet, header: Header) -> bool:
    cells = sheet.column(header.column)
    numbered = META["number"].match(normal_words(header.words[-1]))
    words = [cell for cell in cells if isinstance(cell.value, str) and not is_figure(cell)]
    return bool(cells) and not numbered and len(words) * 5 >= len(cells) * 4


def _is_grouped(sheet: _Sheet, header: Header) -> bool:
    first, last = sheet.block.first_row, sheet.block.last_row
    return any(
        area.left <= header.column <= area.right and area.bottom > area.top and first <= area.top <= last
        for area in sheet.grid.merged
    )


def _are_periods(sheet: _Sheet, header: Header) -> bool:
    """Whether every cell of a column is a month, a quarter or a year."""
    cells = [cell for cell in sheet.column(header.column) if cell.text not in TOTAL_ROWS]
    if not cells or not re.search(r"月|季|年|时间|期", "".join(header.words)):
        return False
    try:
        return all(cell_period(cell, 2000).known for cell in cells)
    except ParkbookError:
        return False


def _period_of_rows(sheet: _Sheet, key: Header) -> tuple[dict[str, Any], None]:
    rule: dict[str, Any] = {"from": "column", "header": list(key.words)}
    try:
        years = [cell_period(cell, None).known for cell in sheet.column(key.column)]
    except ParkbookError:
        years = [False]
    return (rule if all(years) else rule | _year(sheet)), None


def _subject_column(sheet: _Sheet, header: Header, entity: str, whole: Unit | None) -> dict[str, Any] | None:
    """A column of figures with its indicator, or of words; None for one that is not read."""
    cells = sheet.column(header.column)
    last = normal_words(header.words[-1])
    if not cells:
        sheet.doubts.blank.add(header.words)
    if META["number"].match(last) or not cells:
        return None
    if sum(1 for cell in cells if is_figure(cell)) * 2 < len(cells):
        return {"header": list(header.words), "attribute": "/".join(header.words)}
    found = _named_part(sheet, header, entity)
    if found is None:
        sheet.doubts.unread[header.words] = "表头不是目录中的指标名称"
        return None
    meaning, rest = found
    indicator = meaning.indicator
    guess = guess_column(rest, named=True) if rest else ColumnGuess(known=True)
    twins = list(sheet.names.scoped_twins(indicator)) if indicator and entity == "企业" else []
    problem = "" if guess.known else guess.doubt
    if twins and not problem:
        problem = f"名单可能只列规上企业：是{header.words[0]}还是{'、'.join(twins)}，须由分析人员确定"
    unit = meaning.unit or guess.unit
    fields = dict(guess.fields)
    if indicator is not None and not problem and "transformation" not in fields:
        try:
            stated = parse_unit(unit) if unit else whole
        except UnitError:
            stated = None
        if stated is None or not unit_fits(stated, indicator):
            problem = f"单位{stated or '未写明'}与目录中{indicator.label_zh}的{indicator.unit}不同"
    if problem or indicator is None:
        sheet.doubts.unread[header.words] = problem
        return None
    if "basis" not in fields:
        fields |= _own_basis(header, indicator.basis)
    if meaning.doubt:
        sheet.doubts.column(header, meaning.doubt)
    named_unit = {"unit": unit} if unit and "transformation" not in fields else {}
    return {"header": list(header.words), "indicator": indicator.id, **fields, **named_unit, "blank": "skip"}


def _own_basis(header: Header, basis: IndicatorBasis) -> dict[str, Any]:
    """The months of a column that does not name them, where the indicator gives them: a stock is as at the end."""
    if re.search(r"年度|全年", "".join(header.words)):
        return {"basis": "year"}
    return {"basis": "point"} if basis is IndicatorBasis.STOCK else {}


def _named_part(sheet: _Sheet, header: Header, entity: str) -> tuple[Meaning, list[str]] | None:
    """The word of a header that is an indicator, and the other words. Two that are different ones are none."""
    found: list[tuple[Meaning, list[str]]] = []
    for place, word in enumerate(header.words):
        plain, unit = without_unit(word)
        own = sheet.names.exact(entity + plain) if entity else None
        meaning = Meaning(own, unit, f"表头写“{plain}”，按“{own.label_zh}”理解") if own else sheet.names.find(word)
        if own is not None and normal_words(plain) in map(normal_words, own.names):
            meaning = replace(meaning, doubt="")
        if meaning.indicator is not None and _is_about(meaning, entity):
            found.append((meaning, [*header.words[:place], *header.words[place + 1 :]]))
    ids = {meaning.indicator.id for meaning, _ in found if meaning.indicator is not None}
    return found[0] if len(ids) == 1 else None


def _is_about(meaning: Meaning, entity: str) -> bool:
    """Whether an indicator may be said of the rows: 地块用地面积 is none of a project's."""
    label = meaning.indicator.label_zh if meaning.indicator is not None else ""
    return not entity or not any(label.startswith(other) for other in ENTITIES if other != entity)


# -- what holds for the sheet -----------------------------------------------------------------------------------------


def _unit_rule(sheet: _Sheet) -> tuple[dict[str, Any] | None, Header | None]:
    """Where units are: a column of them, a cell above the table, or nowhere (the headers' brackets)."""
    for header in sheet.headers:
        if META["unit"].match(normal_words(header.words[-1])) and _are_units(sheet, header):
            return {"from": "column", "header": list(header.words)}, header
    for cell in title_cells(sheet.grid, sheet.block):
        if re.search(r"单位[:：]", normal_words(cell.text).replace("填报单位", "").replace("报送单位", "")):
            try:
                find_unit(cell.text)
            except UnitError:
                continue
            return {"from": "cell", "cell": cell.address}, None
    return None, None


def _are_units(sheet: _Sheet, header: Header) -> bool:
    """Whether a column named 单位 holds units of measure rather than offices."""
    cells = sheet.column(header.column)
    good = 0
    for cell in cells:
        try:
            find_unit(cell.text)
        except UnitError:
            continue
        good += 1
    return good * 2 > len(cells)


def _sheet_unit(sheet: _Sheet, rule: dict[str, Any] | None) -> Unit | None:
    if rule is None or rule["from"] != "cell":
        return None
    return find_unit(sheet.grid.at(str(rule["cell"])).text)


def _period_rule(sheet: _Sheet) -> tuple[dict[str, Any], Period]:
    """Where the period is: the title when it names months, else the sheet's name, else the year of the title, else the file."""
    titled: tuple[Cell, Period] | None = None
    for cell in title_cells(sheet.grid, sheet.block):
        if DATE_WORDS.search(cell.text) and is_meta(cell):
            continue
        period = _period_in(cell.text)
        if period is not None and (titled is None or _is_year(titled[1])):
            titled = cell, period
    if titled is not None and not _is_year(titled[1]):
        return {"from": "title", "cell": titled[0].address}, titled[1]
    year = titled[1].end.year if titled is not None and titled[1].end is not None else None
    named = _period_in(sheet.grid.name, year)
    if named is not None and not _is_year(named):
        needs_year = _period_in(sheet.grid.name) is None and titled is not None
        return {"from": "sheet", **({"year": titled[0].address} if needs_year and titled else {})}, named
    if titled is not None:
        return {"from": "title", "cell": titled[0].address}, titled[1]
    if named is not None:
        return {"from": "sheet"}, named
    filed = _period_in(sheet.file)
    if filed is None:
        raise NotUnderstood("表名、工作表名和文件名中都没有报告期")
    within = _period_in(sheet.grid.name, filed.end.year if filed.end is not None else None)
    if _is_year(filed) and within is not None:
        return {"from": "sheet", "year": "file"}, within
    return {"from": "file"}, filed


def _period_in(words: str, year: int | None = None) -> Period | None:
    try:
        period = find_period(words, year)
    except PeriodError:
        return None
    return period if period.known else None


def _is_year(period: Period) -> bool:
    """Whether the words name a year and no months of it: 2024年度, but not 2024年1—12月."""
    return period.kind == "01-12-ytd" and not re.search(r"月|季|半年", period.text)


def _year(sheet: _Sheet) -> dict[str, Any]:
    """Where the year is, for periods that do not name one."""
    for cell in title_cells(sheet.grid, sheet.block):
        if _period_in(cell.text) is not None:
            return {"year": cell.address}
    if _period_in(sheet.grid.name) is not None:
        return {"year": "sheet"}
    return {"year": "file"} if re.search(r"(?:19|20)\d{2}", sheet.file) else {}


def _vintage_rule(sheet: _Sheet) -> dict[str, Any] | None:
    """The cell that says when the form was filled in."""
    for cell in title_cells(sheet.grid, sheet.block):
        if re.search(r"(?:制表|填报|报送|填表)(?:日期|时间)[:：].*\d{4}", normal_words(cell.text)):
            return {"from": "cell", "cell": cell.address}
    return None
