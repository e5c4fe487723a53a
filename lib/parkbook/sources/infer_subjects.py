"""A table without a layout whose rows are enterprises, projects, plots or months: the columns name the indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from parkbook.catalogue import Indicator, IndicatorBasis
from parkbook.errors import ParkbookError
from parkbook.sources.headers import Header
from parkbook.sources.infer_columns import META, ColumnGuess, guess_column
from parkbook.sources.infer_form import Column, Columns, NotUnderstood, Sheet, Unread, blank_rule, has_figures
from parkbook.sources.infer_months import fix_periods, read_months, settle_bases
from parkbook.sources.infer_names import Meaning, unit_fits, without_unit
from parkbook.sources.infer_place import period_rule, vintage_rule, year_rule
from parkbook.sources.infer_row import KEY_WORDS, is_figure
from parkbook.sources.infer_units import SheetUnits, sheet_units
from parkbook.sources.layout import normal_words
from parkbook.sources.rows import read_label
from parkbook.sources.words import cell_period
from parkbook.units import parse_unit

ENTITIES = ("项目", "企业", "地块", "基金")
TOTAL_ROWS = ("合计", "总计", "园区合计", "全区合计")
UNKNOWN_HEADER = "表头不是目录中的指标名称"
_NO_SUBJECT = re.compile(
    r"(?:小计|(?:所)?占.{0,8}比[重例]?|比[重例]|[同环]比|增速|增幅|平均|均值|户均|上年(?:同期|数)?|去年同期)(?:增[长速幅]|增减|值|数)*(?:[(（].*|[%％])?\Z"
)
"""Rows below the subjects that are worked out from them; they are not read as an enterprise of that name."""


def subject_rows(sheet: Sheet) -> tuple[dict[str, Any], Columns]:
    """Fields for a table with one enterprise, project, plot or month a row."""
    group, key = _key_columns(sheet)
    entity = next((word for word in ENTITIES if word in "".join((group or key).words)), "")
    periods = _are_periods(sheet, key)
    units = sheet_units(sheet)
    rule, period = _period_of_rows(sheet, key) if periods else period_rule(sheet)
    columns: Columns = {
        header.words: _subject_column(sheet, header, entity, units)
        for header in sheet.headers
        if header not in (key, group, units.header)
    }
    figures = [
        Column(header, spec)
        for header in sheet.headers
        if (spec := columns.get(header.words)) is not None and "indicator" in spec
    ]
    if not figures:
        raise NotUnderstood(_why_none(sheet))
    fix_periods(sheet, figures, period)
    read_months(sheet, figures, period)
    settle_bases(sheet, figures, period)
    columns |= {column.header.words: None for column in figures if column.unread}
    labels = dict.fromkeys(read_label(cell).bare for cell in sheet.column(key.column))
    fields = {
        "period": rule,
        "unit": units.rule,
        "vintage": vintage_rule(sheet),
        "rows": "periods" if periods else "subjects",
        "key": {"header": list(key.words)},
        "group": {"header": list(group.words)} if group is not None else None,
        "total_rows": [name for name in TOTAL_ROWS if name in labels],
        "ignore_rows": [name for name in labels if not periods and _NO_SUBJECT.match(normal_words(name))],
    }
    return fields, columns


def unread_rows(sheet: Sheet, names: Sequence[str]) -> list[Unread]:
    """The rows of these names that have figures."""
    cells = [cell for row in sheet.data_rows for cell in sheet.grid.row(row) if cell.text and has_figures(sheet, cell)]
    return [
        Unread(f"{sheet.grid.name}!{cell.address}", label.printed, "由其他各行算出，不是一个主体")
        for cell in cells
        if (label := read_label(cell)).is_one_of(names)
    ]


def _why_none(sheet: Sheet) -> str:
    """What is missing where no column can be read: mostly the unit, not the name."""
    known = {path: why for path, why in sheet.doubts.unread.items() if why != UNKNOWN_HEADER}
    if not known:
        return "没有一列的表头是目录中的指标，行名也不是指标"
    return "没有一列能读：" + "；".join(f"{'/'.join(path)}（{why}）" for path, why in list(known.items())[:6])


def _key_columns(sheet: Sheet) -> tuple[Header | None, Header]:
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


def _is_words(sheet: Sheet, header: Header) -> bool:
    cells = sheet.sample(header.column)
    numbered = META["number"].match(normal_words(header.words[-1]))
    words = [cell for cell in cells if isinstance(cell.value, str) and not is_figure(cell)]
    return bool(cells) and not numbered and len(words) * 5 >= len(cells) * 4


def _is_grouped(sheet: Sheet, header: Header) -> bool:
    first, last = sheet.block.first_row, sheet.block.last_row
    return any(
        area.left <= header.column <= area.right and area.bottom > area.top and first <= area.top <= last
        for area in sheet.grid.merged
    )


def _are_periods(sheet: Sheet, header: Header) -> bool:
    """Whether every cell of a column is a month, a quarter or a year."""
    cells = [cell for cell in sheet.sample(header.column) if cell.text not in TOTAL_ROWS]
    if not cells or not re.search(r"月|季|年|时间|期", "".join(header.words)):
        return False
    try:
        return all(cell_period(cell, 2000).known for cell in cells)
    except ParkbookError:
        return False


def _period_of_rows(sheet: Sheet, key: Header) -> tuple[dict[str, Any], None]:
    rule: dict[str, Any] = {"from": "column", "header": list(key.words)}
    try:
        years = [cell_period(cell, None).known for cell in sheet.sample(key.column)]
    except ParkbookError:
        years = [False]
    return (rule if all(years) else rule | year_rule(sheet)), None


def _subject_column(sheet: Sheet, header: Header, entity: str, units: SheetUnits) -> dict[str, Any] | None:
    """A column of figures with its indicator, or of words; None for one that is not read."""
    cells = sheet.sample(header.column)
    last = normal_words(header.words[-1])
    if not cells:
        sheet.doubts.blank.add(header.words)
    if META["number"].match(last) or not cells:
        return None
    if sum(1 for cell in cells if is_figure(cell)) * 2 < len(cells):
        return {"header": list(header.words), "attribute": "/".join(header.words)}
    found = _named_part(sheet, header, entity)
    if found is None:
        sheet.doubts.unread[header.words] = UNKNOWN_HEADER
        return None
    meaning, rest = found
    indicator = meaning.indicator
    guess = guess_column(rest, named=True) if rest else ColumnGuess(known=True)
    twins = list(dict.fromkeys(sheet.names.scoped_twins(indicator))) if indicator and entity == "企业" else []
    problem = "" if guess.known else guess.doubt
    if twins and not problem:
        problem = f"名单可能只列规上企业：是{header.words[0]}还是{'、'.join(twins)}，须由分析人员确定"
    unit = meaning.unit or guess.unit
    fields = dict(guess.fields)
    if indicator is not None and not problem and "transformation" not in fields:
        unit, problem = _column_unit(unit, units, indicator)
    if problem or indicator is None:
        sheet.doubts.unread[header.words] = problem
        return None
    if "basis" not in fields:
        fields |= _own_basis(header, indicator.basis)
    if meaning.doubt:
        sheet.doubts.column(header, meaning.doubt)
    named_unit = {"unit": unit} if unit and "transformation" not in fields else {}
    return {
        "header": list(header.words),
        "indicator": indicator.id,
        **fields,
        **named_unit,
        **blank_rule(sheet, [header], fields),
    }


def _column_unit(own: str, units: SheetUnits, indicator: Indicator) -> tuple[str, str]:
    """The unit that a column must name in the layout (empty: the sheet's), and why the column cannot be read."""
    stated, problem = (parse_unit(own), "") if own else units.fitting(indicator)
    if stated is None:
        return "", problem
    if not unit_fits(stated, indicator):
        return "", f"单位{stated}与目录中{indicator.label_zh}的{indicator.unit}不同"
    return own or ("" if stated == units.whole else str(stated)), ""


def _own_basis(header: Header, basis: IndicatorBasis) -> dict[str, Any]:
    """The months of a column that does not name them, where the indicator gives them: a stock is as at the end."""
    if re.search(r"年度|全年", "".join(header.words)):
        return {"basis": "year"}
    return {"basis": "point"} if basis is IndicatorBasis.STOCK else {}


def _named_part(sheet: Sheet, header: Header, entity: str) -> tuple[Meaning, list[str]] | None:
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
