"""园区信息: the fields of park.yaml as office staff fill them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from parkbook.codelists import AdminLevel, ParkType, Relation, label_zh, parse_code
from parkbook.errors import Finding, ParkbookError, did_you_mean
from parkbook.periods import parse_period
from parkbook.project import parks_directory
from parkbook.sources.cells import shown
from parkbook.sources.form.parts import FIELDS, FIRST_ROW, PARK_SHEET, STEPS_LABEL, YES_NO, Choice, Field
from parkbook.sources.form.rows import CODE, NOTHING, month_of, problem
from parkbook.sources.grid import Cell, Grid, Workbook
from parkbook.sources.layout import normal_words
from parkbook.sources.park import list_parks, read_park_file

_VALUE_COLUMN: Final = 2
_CODES: Final[dict[Choice, type[StrEnum]]] = {
    Choice.RELATION: Relation,
    Choice.TYPE: ParkType,
    Choice.LEVEL: AdminLevel,
}


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of 园区信息: the value as park.yaml would have it, the words, and the cell."""

    value: Any
    text: str
    cell: str


class _Refused(Exception):
    """A field that is not read: what, expected, cause, remedy."""

    def __init__(self, what: str, expected: str, cause: str = "", remedy: str = "修改该格") -> None:
        super().__init__(what)
        self.what, self.expected, self.cause, self.remedy = what, expected, cause, remedy


def read_fields(workbook: Workbook, place: str, park_id: str, findings: list[Finding]) -> dict[str, FormField] | None:
    """The filled fields by key. None when the form is another park's: then nothing of it may be read.

    `park_id` is empty for a form that lies in no park's folder: then it may be any park's.
    """
    grid = next((grid for grid in workbook.grids if grid.name == PARK_SHEET and not grid.hidden), None)
    if grid is None:
        return {}
    fields: dict[str, FormField] = {}
    rows = _rows(grid)
    findings += _wrong_labels(grid, rows, place)
    for field in FIELDS:
        if normal_words(field.label) in rows:
            cell = grid.cell(rows[normal_words(field.label)], _VALUE_COLUMN)
            _read(field, cell, place, fields, findings)
    own = fields.get("id")
    if own is not None and park_id and own.value != park_id:
        findings.append(_of_another_park(own, place, park_id))
        return None
    return fields


def _rows(grid: Grid) -> dict[str, int]:
    """Labels in column A down to the steps, and their rows."""
    found: dict[str, int] = {}
    for number in grid.row_numbers:
        label = normal_words(grid.cell(number, 1).text)
        if label == STEPS_LABEL:
            break
        if number >= FIRST_ROW and label:
            found.setdefault(label, number)
    return found


def _wrong_labels(grid: Grid, rows: dict[str, int], place: str) -> list[Finding]:
    known = {normal_words(field.label): field.label for field in FIELDS}
    missing = [label for plain, label in known.items() if plain not in rows]
    found = [
        Finding(
            what=f"园区信息缺少“{label}”一行",
            where=f"{place} {grid.name}",
            expected=label,
            cause=did_you_mean(label, [name for name in rows if name not in known]),
            remedy="恢复该行的名称，或把内容抄到新的填报表中",
            code=CODE,
        )
        for label in missing
    ]
    return found + [
        Finding(
            what="园区信息中没有这一项，未读",
            where=f"{place} {grid.name}!A{number}",
            expected="、".join(known.values()),
            found=name,
            cause=did_you_mean(name, missing),
            remedy="恢复原来的名称；补充说明请写在“备注”中",
            code=CODE,
        )
        for name, number in rows.items()
        if name not in known
    ]


def _read(field: Field, cell: Cell, place: str, fields: dict[str, FormField], findings: list[Finding]) -> None:
    text = " ".join((month_of(cell) if field.key == "period" else shown(cell)).split())
    if (not text or text in NOTHING) and not cell.uncached:
        return
    try:
        reason = problem(cell)
        if reason:
            raise _Refused(f"单元格{reason}", "文字", remedy="把公式改为直接填写的内容")
        value = _value(field, text)
    except _Refused as refused:
        findings.append(
            Finding(
                what=f"{field.label}：{refused.what}，未采用",
                where=f"{place} {PARK_SHEET}!{cell.address}",
                expected=refused.expected,
                found=text,
                cause=refused.cause,
                remedy=refused.remedy,
                code=CODE,
            )
        )
        return
    fields[field.key] = FormField(value, text, f"{PARK_SHEET}!{cell.address}")


def _value(field: Field, text: str) -> Any:
    if field.choice in _CODES:
        return _code(_CODES[field.choice], text)
    readers: dict[str, Callable[[str], Any]] = {"period": _period, "synthetic": _yes_no}
    return _peer(text) if field.choice is Choice.PARK else readers.get(field.key, str)(text)


def _code(kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return parse_code(kind, normal_words(text))
    except ParkbookError:
        labels = [label_zh(code) for code in kind]
        raise _Refused("不在下拉列表中", "、".join(labels), did_you_mean(text, labels), "从下拉列表重新选择") from None


def _period(text: str) -> str:
    try:
        known = parse_period(text).known
    except ParkbookError as error:
        raise _Refused("不是报告期", "如 2025、2025年1-9月", error.finding.cause) from None
    if not known:
        raise _Refused("没有写明年份", "如 2025、2025年1-9月", remedy="写明年份")
    return text


def _yes_no(text: str) -> bool:
    if text not in YES_NO:
        raise _Refused("不在下拉列表中", "是、否", remedy="从下拉列表重新选择")
    return YES_NO[text]


def _peer(text: str) -> str:
    """The code of a park chosen as `code 名称`, or typed as its code or its name."""
    ids = list_parks()
    first = text.split()[0]
    if first in ids:
        return first
    named = _names(ids)
    if text not in named:
        raise _Refused(
            "没有这个园区",
            "下拉列表中的园区",
            did_you_mean(text, [*ids, *named]),
            "从下拉列表重新选择；新的园区请分析人员先建立",
        )
    return named[text]


def _names(ids: list[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for park in ids:
        try:
            named.setdefault(read_park_file(parks_directory() / park).name, park)
        except ParkbookError:
            continue  # its own check reports it
    return named


def _of_another_park(own: FormField, place: str, park_id: str) -> Finding:
    return Finding(
        what="填报表是另一个园区的，全部未读",
        where=f"{place} {own.cell}",
        expected=park_id,
        found=own.text,
        cause="从别的园区复制了填报表，或放错了文件夹",
        remedy="放回该园区的文件夹；要沿用内容的，用 parkbook new-park 做一张新表再抄入",
        code=CODE,
    )
