"""Makes a 填报表.xlsx: equal bytes for an equal park, catalogue and list of parks.

Only white cells can be filled in (sheets are protected without a password, so that headers stay where they are read);
coded values have drop-downs from the hidden 代码表; notes on the headers and prompts on the cells say what goes in.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.codelists import AdminLevel, ParkType, label_zh
from parkbook.sources.form import look
from parkbook.sources.form.parts import (
    CODE_SHEET,
    EXAMPLE_MARK,
    EXAMPLE_ROW,
    FIELDS,
    FIRST_ROW,
    HEADER_ROW,
    LIST_SHEETS,
    NUMBER_HEADER,
    PARK_SHEET,
    STEPS,
    STEPS_LABEL,
    Choice,
    Column,
    Field,
    Input,
    ListSheet,
    choices,
)
from parkbook.sources.park import Park

_EPOCH: Final = datetime.datetime(2000, 1, 1)
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_PROMPT_LENGTH: Final = 240
_LINE: Final = 30
"""Characters of 说明 on one line."""
PARK_HEADERS: Final = ("项目", "填写内容", "说明")


def write_form(path: Path, park: Park, parks: Sequence[tuple[str, str]] = ()) -> None:
    """The form of a park, with what park.yaml already says filled in; `parks` (id, name) may be chosen as peers."""
    path.write_bytes(form_bytes(park, parks))


def form_bytes(park: Park, parks: Sequence[tuple[str, str]] = ()) -> bytes:
    """The file's bytes."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "Parkbook"
    book.properties.title = f"{park.name}填报表"
    book.properties.created = _EPOCH
    lists = choices(tuple(parks))
    places = _code_places(lists)
    sheet = book.worksheets[0]
    sheet.title = PARK_SHEET
    _write_park(sheet, park, places)
    for declared in LIST_SHEETS:
        _write_list(book.create_sheet(declared.name), declared, places, park.name)
    _write_codes(book.create_sheet(CODE_SHEET), lists)
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue())


def _steady(content: bytes) -> bytes:
    """The same parts with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", part)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, part)
    return out.getvalue()


# -- 代码表 -----------------------------------------------------------------------------------------------------------


def _code_places(lists: dict[Choice, list[str]]) -> dict[Choice, str]:
    """The range of each list that has entries."""
    return {
        choice: f"'{CODE_SHEET}'!${letter}$2:${letter}${len(entries) + 1}"
        for (choice, entries), letter in zip(
            lists.items(), map(get_column_letter, range(1, len(lists) + 1)), strict=True
        )
        if entries
    }


def _write_codes(sheet: Worksheet, lists: dict[Choice, list[str]]) -> None:
    for number, (choice, entries) in enumerate(lists.items(), start=1):
        letter = get_column_letter(number)
        look.write(sheet, f"{letter}1", choice.value, look.HEADER, fill=look.HEADER_FILL, align=look.CENTRE)
        sheet.column_dimensions[letter].width = min(40, 4 + 2 * max(map(len, (choice.value, *entries))))
        for row, entry in enumerate(entries, start=2):
            look.write(sheet, f"{letter}{row}", entry, look.WORDS, border=False)
    look.protect(sheet)
    sheet.sheet_state = "hidden"


def _validation(
    place: str, *, title: str, prompt: str, strict: bool, kind: Input = Input.WORDS, blank: bool = True
) -> DataValidation:
    """What Excel checks in a cell, and the words it shows beside it."""
    if place:
        rule = DataValidation(type="list", formula1=place, allow_blank=blank)
    elif kind is Input.YEAR:
        rule = DataValidation(type="whole", operator="between", formula1="1990", formula2="2100", allow_blank=blank)
    else:
        rule = DataValidation(allow_blank=blank)
    rule.promptTitle, rule.prompt = title[:32], prompt[:_PROMPT_LENGTH]
    rule.showInputMessage = True
    rule.showErrorMessage = bool(place) or kind is Input.YEAR
    rule.errorStyle = "stop" if strict else "warning"
    rule.errorTitle = title[:32]
    rule.error = "请从下拉列表中选择。" if strict else "不在下拉列表中。确认写法无误的，可以保留。"
    if kind is Input.YEAR:
        rule.error = "请填四位年份，如 2026。"
    return rule


# -- 园区信息 ---------------------------------------------------------------------------------------------------------


def _write_park(sheet: Worksheet, park: Park, places: dict[Choice, str]) -> None:
    for letter, width in zip("ABC", (16, 42, 62), strict=True):
        sheet.column_dimensions[letter].width = width
    look.heading(sheet, "C", "园区信息", "只填白色单元格。不清楚的留空，不要估计。", 120)
    for letter, words in zip("ABC", PARK_HEADERS, strict=True):
        look.write(sheet, f"{letter}{HEADER_ROW}", words, look.HEADER, fill=look.HEADER_FILL, align=look.CENTRE)
    example = (EXAMPLE_MARK, "某某高新技术产业开发区", "这一行是示例，不会被读取")
    for letter, words in zip("ABC", example, strict=True):
        look.write(sheet, f"{letter}{EXAMPLE_ROW}", words, look.EXAMPLE, fill=look.EXAMPLE_FILL)
    look.explain(sheet, f"B{HEADER_ROW}", "在这一列的白色单元格中填写；带▼的从下拉列表选择。")
    said = known_fields(park)
    for row, field in enumerate(FIELDS, start=FIRST_ROW):
        _write_field(sheet, row, field, said.get(field.key, ""), places)
    _write_steps(sheet, FIRST_ROW + len(FIELDS))
    for row in range(HEADER_ROW, FIRST_ROW + len(FIELDS)):
        sheet.row_dimensions[row].height = 24
    for row, field in enumerate(FIELDS, start=FIRST_ROW):
        if len(field.help) > _LINE:
            sheet.row_dimensions[row].height = 34
    sheet.freeze_panes = f"A{FIRST_ROW}"
    look.protect(sheet)
    last = FIRST_ROW + len(FIELDS) + len(STEPS)
    look.printed(sheet, f"A1:C{last}", landscape=False, titles=f"1:{HEADER_ROW}", park=park.name)


def _write_field(sheet: Worksheet, row: int, field: Field, said: str, places: dict[Choice, str]) -> None:
    look.write(sheet, f"A{row}", field.label, look.HEADER, fill=look.HEADER_FILL)
    look.write(sheet, f"C{row}", field.help, look.INTRO)
    if field.fixed:
        look.write(sheet, f"B{row}", said, look.EXAMPLE, fill=look.EXAMPLE_FILL)
        return
    look.open_cell(sheet, f"B{row}", said or None, words=True)
    place = places.get(field.choice, "") if field.choice else ""
    rule = _validation(place, title=field.label, prompt=field.help, strict=field.strict)
    rule.add(f"B{row}")
    sheet.add_data_validation(rule)


def _write_steps(sheet: Worksheet, row: int) -> None:
    look.write(sheet, f"A{row}", STEPS_LABEL, look.HEADER, border=False)
    for number, step in enumerate(STEPS, start=row + 1):
        sheet.merge_cells(f"A{number}:C{number}")
        look.write(sheet, f"A{number}", step, look.INTRO, border=False)
        sheet.row_dimensions[number].height = 20
    sheet.row_dimensions[row].height = 30


def known_fields(park: Park) -> dict[str, str]:
    """What park.yaml says, in the words of the form; what it does not say is absent."""
    peers = {f"peer{number}": peer for number, peer in enumerate(park.peers, start=1)}
    said = {
        "id": park.id,
        "name": park.name if park.name != park.id else "",
        "relation": label_zh(park.relation),
        "type": label_zh(park.type) if park.type is not ParkType.UNSTATED else "",
        "level": label_zh(park.level) if park.level is not AdminLevel.UNSTATED else "",
        "area": park.area,
        "period": park.period,
        "synthetic": "是" if park.synthetic else "",
        "note": park.note,
    }
    return {key: words for key, words in {**said, **peers}.items() if words}


# -- sheets of rows ---------------------------------------------------------------------------------------------------


def _write_list(sheet: Worksheet, declared: ListSheet, places: dict[Choice, str], park: str) -> None:
    last_letter = get_column_letter(len(declared.columns) + 1)
    last_row = FIRST_ROW + declared.rows - 1
    sheet.column_dimensions["A"].width = 11
    room = 11 + sum(column.width for column in declared.columns)
    look.heading(sheet, last_letter, declared.title, declared.intro, room)
    look.write(sheet, f"A{HEADER_ROW}", NUMBER_HEADER, look.HEADER, fill=look.HEADER_FILL, align=look.CENTRE)
    mark = EXAMPLE_MARK.replace("（", "\n（")
    look.write(sheet, f"A{EXAMPLE_ROW}", mark, look.EXAMPLE, fill=look.EXAMPLE_FILL, align=look.CENTRE)
    for row in range(FIRST_ROW, last_row + 1):
        look.write(sheet, f"A{row}", row - FIRST_ROW + 1, look.EXAMPLE, align=look.CENTRE)
        sheet.row_dimensions[row].height = 22
    for column in declared.columns:
        _write_column(sheet, declared, column, last_row, places)
    sheet.row_dimensions[HEADER_ROW].height = 32
    sheet.row_dimensions[EXAMPLE_ROW].height = 32
    sheet.freeze_panes = f"C{EXAMPLE_ROW}"
    look.protect(sheet)
    look.printed(sheet, f"A1:{last_letter}{last_row}", landscape=True, titles=f"{HEADER_ROW}:{HEADER_ROW}", park=park)


def _write_column(
    sheet: Worksheet, declared: ListSheet, column: Column, last_row: int, places: dict[Choice, str]
) -> None:
    letter = declared.letter(column.key)
    sheet.column_dimensions[letter].width = column.width
    header = f"{letter}{HEADER_ROW}"
    font = look.NEEDED if column.needed else look.HEADER
    look.write(sheet, header, column.header, font, fill=look.HEADER_FILL, align=look.CENTRE)
    need = "必填。" if column.needed else ""
    look.explain(sheet, header, need + column.help)
    align = look.RIGHT if column.input is Input.NUMBER else look.CENTRE if column.width < 14 else look.LEFT
    example = column.example
    look.write(sheet, f"{letter}{EXAMPLE_ROW}", example or None, look.EXAMPLE, fill=look.EXAMPLE_FILL, align=align)
    look.open_cell(sheet, f"{letter}{FIRST_ROW}", None, words=column.input is Input.WORDS, align=align)
    look.like_above(sheet, letter, FIRST_ROW, last_row)
    area = f"{letter}{FIRST_ROW}:{letter}{last_row}"
    place = places.get(column.choice, "") if column.choice else ""
    rule = _validation(place, title=column.header, prompt=need + column.help, strict=column.strict, kind=column.input)
    rule.add(area)
    sheet.add_data_validation(rule)
    if column.needed:
        _mark_missing(sheet, declared, column, area)


def _mark_missing(sheet: Worksheet, declared: ListSheet, column: Column, area: str) -> None:
    """A needed cell turns orange while it is blank and its row is begun."""
    letter = declared.letter(column.key)
    last = get_column_letter(len(declared.columns) + 1)
    begun = f"COUNTA($B{FIRST_ROW}:${last}{FIRST_ROW})>0"
    free = f',${declared.letter(column.unless[0])}{FIRST_ROW}<>"{column.unless[1]}"' if column.unless else ""
    formula = f'AND({begun},${letter}{FIRST_ROW}=""{free})'
    sheet.conditional_formatting.add(
        area, Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=look.MISSING_FILL))
    )
