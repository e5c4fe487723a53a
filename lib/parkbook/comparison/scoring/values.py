"""The plain table that `parkbook score` reads: one row a value.

    park,indicator,value[,unit,type,group,exempt,target,base,low,high,weight,score]

`value` may be blank or a mark (***, --, 缺报 …): missing, never zero. `unit` is converted into the framework's; 名次 says that the value
is a published rank. `type` picks the column (规上, 规下), `group` says who is compared with whom, `exempt` (是, 四星 …) takes the unit out
of the quota; each of the three is said once for a unit or alike on all its rows. The rest belongs to the row's value. Chinese headers
are understood too.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from parkbook.codelists import label_zh, sentinel_status
from parkbook.comparison.scoring.inputs import Names
from parkbook.comparison.scoring.result import Cell
from parkbook.comparison.scoring.schema import Framework
from parkbook.errors import DataError, ParameterError, UnitError, did_you_mean
from parkbook.units import convert, parse_unit

HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "park": ("unit_name", "name", "园区", "单位名称", "企业", "企业名称", "城市", "名称"),
    "indicator": ("item", "指标", "指标名称"),
    "value": ("数值", "指标值"),
    "unit": ("计量单位", "单位"),
    "type": ("类别", "类型"),
    "group": ("分组", "同类型"),
    "exempt": ("不定等级", "免评", "星级"),
    "target": ("目标", "目标值"),
    "base": ("基准", "基准值", "基数"),
    "low": ("最小值",),
    "high": ("最大值",),
    "weight": ("权重", "分值"),
    "score": ("得分", "人工评分"),
}
REQUIRED: Final = ("park", "indicator", "value")
PLACES: Final = ("名次", "位次", "位")
NUMBERS: Final = ("target", "base", "low", "high", "weight", "score")
NO_WORDS: Final = frozenset({"", "否", "no", "false", "0", "n"})
STARS = re.compile(r"[星★☆*]")
PURE_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?")
PER_CENT: Final = "%"


@dataclass(frozen=True, slots=True)
class Values:
    """What a table says: unit to name to cell, and of each unit its type, group and whether it is exempt."""

    table: dict[str, dict[str, Cell]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    exempt: tuple[str, ...] = ()


def read_values(path: Path, framework: Framework) -> Values:
    """A CSV file in UTF-8 (with or without a mark) or GB18030; DataError names line and column of what does not fit."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            "数据表读不出来", where=str(path.name), cause=error.strerror or "", remedy="检查文件名和权限"
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    return parse_values(csv.reader(text.splitlines()), framework, path.name)


def parse_values(rows: Iterable[Sequence[str]], framework: Framework, name: str) -> Values:
    """The rows of a table, header first."""
    try:
        lines = [[cell.strip() for cell in row] for row in rows]
    except csv.Error as error:
        raise DataError(
            "数据表不是 CSV", where=name, cause=str(error), remedy="另存为 CSV（逗号分隔）后重试"
        ) from error
    if not lines:
        raise DataError(
            "数据表是空的", where=name, expected=",".join(REQUIRED), remedy="第一行写列名，以下每行一个数值"
        )
    places = _columns(lines[0], name)
    names = Names(framework)
    facts = _Facts(Values())
    for number, line in enumerate(lines[1:], start=2):
        if any(line):
            record = {column: line[place] if place < len(line) else "" for column, place in places.items()}
            facts.add(_Row(record, f"{name} 第 {number} 行"), framework, names)
    if not facts.values.table:
        raise DataError("数据表没有数据行", where=name, expected="每行一个单位的一个指标", remedy="补充数据")
    return facts.done(framework)


def _columns(header: Sequence[str], name: str) -> dict[str, int]:
    known = {alias: column for column, aliases in HEADERS.items() for alias in (column, *aliases)}
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        if not title:
            continue
        column = known.get(title.casefold())
        if column is None:
            raise DataError(
                f"数据表没有“{title}”这一列",
                where=f"{name} 第 1 行",
                expected="、".join(HEADERS),
                cause=did_you_mean(title, known),
                remedy="改正列名，或删去该列",
            )
        if column in places:
            raise DataError(f"列“{title}”重复", where=f"{name} 第 1 行", remedy="只留一列")
        places[column] = place
    absent = [column for column in REQUIRED if column not in places]
    if absent:
        raise DataError(
            f"数据表缺少列 {'、'.join(absent)}",
            where=f"{name} 第 1 行",
            expected=",".join(REQUIRED),
            found=",".join(header),
            remedy="补上列名",
        )
    return places


@dataclass(frozen=True, slots=True)
class _Row:
    record: Mapping[str, str]
    where: str

    def text(self, column: str) -> str:
        return self.record.get(column, "")

    def number(self, column: str) -> Decimal | None:
        text = self.text(column)
        return None if not text else self._decimal(text, column)

    def _decimal(self, text: str, column: str) -> Decimal:
        plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").replace("−", "-")
        if PURE_NUMBER.fullmatch(plain):
            return Decimal(plain)
        raise DataError(
            f"“{text}”不是数字",
            where=f"{self.where} {column} 列",
            expected="数字；缺数留空，或写 ***、--、缺报",
            found=text,
            remedy="改正数值；计量单位写在 unit 列",
        )

    def value(self) -> tuple[Decimal | None, str, str]:
        """The value, how it is missing, and a % behind it."""
        text = self.text("value")
        status = sentinel_status(text)
        if not text or status is not None:
            return None, label_zh(status) if status is not None else "缺报", ""
        plain = unicodedata.normalize("NFKC", text)
        if plain.endswith(PER_CENT):
            return self._decimal(plain.removesuffix(PER_CENT), "value"), "", PER_CENT
        return self._decimal(text, "value"), "", ""


class _Facts:
    """Collects the rows; what is said of a unit must be said alike each time."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._exempt: dict[str, str] = {}

    def add(self, row: _Row, framework: Framework, names: Names) -> None:
        unit = row.text("park")
        if not unit:
            raise DataError("没有写单位名称", where=f"{row.where} park 列", remedy="补上园区或企业名称")
        for column, known in (("type", self.values.types), ("group", self.values.groups), ("exempt", self._exempt)):
            said = row.text(column)
            if said and known.setdefault(unit, said) != said:
                raise DataError(
                    f"单位“{unit}”的 {column} 前后不一",
                    where=row.where,
                    expected=known[unit],
                    found=said,
                    remedy="改成一致",
                )
        cells = self.values.table.setdefault(unit, {})
        if not row.text("indicator") and not row.text("value"):
            return
        known_id = names.get(row.text("indicator"), row.where)
        if known_id in cells:
            raise ParameterError(
                f"单位“{unit}”的“{row.text('indicator')}”给了两次", where=row.where, remedy="同一指标只留一行"
            )
        cells[known_id] = _cell(row, framework, known_id)

    def done(self, framework: Framework) -> Values:
        """Where the framework has no columns by type, a type says who is compared with whom."""
        groups = self.values.groups
        if framework.columns_by != "type":
            groups = {**self.values.types, **groups}
        exempt = tuple(unit for unit, said in self._exempt.items() if _is_exempt(said))
        return replace(self.values, groups=groups, exempt=exempt)


def _is_exempt(said: str) -> bool:
    """Any word but a no; of stars, four and five."""
    if STARS.search(said):
        return any(mark in said for mark in "45四五")
    return said.casefold() not in NO_WORDS


def _cell(row: _Row, framework: Framework, known_id: str) -> Cell:
    value, status, sign = row.value()
    unit = row.text("unit") or sign
    extra = {column: row.number(column) for column in NUMBERS}
    weight = extra["weight"]
    if weight is not None and weight < 0:
        raise DataError("权重小于零", where=f"{row.where} weight 列", found=str(weight), remedy="权重须为不小于零的数")
    if unit in PLACES:
        return _place(row, framework, known_id, value, status, extra)
    wanted = _unit_of(framework, known_id)
    if value is not None and unit and wanted:
        value = to_unit(value, unit, wanted, row.where)
    return Cell(value, status, **extra)


def _place(
    row: _Row,
    framework: Framework,
    known_id: str,
    value: Decimal | None,
    status: str,
    extra: Mapping[str, Decimal | None],
) -> Cell:
    """A published rank instead of the value it is a rank of."""
    rules = [item.rule.family for item in framework.items if item.id == known_id and item.rule is not None]
    if rules != ["rank"]:
        raise DataError(
            "只有按位次计分的指标可以填位次",
            where=f"{row.where} unit 列",
            found=row.text("indicator"),
            remedy="填写指标的数值",
        )
    return Cell(value, status, **extra, place=value)


def _unit_of(framework: Framework, known_id: str) -> str:
    parts = {item.id: item.unit for item in framework.items}
    parts |= {part.id: part.unit for part in framework.ingredients}
    return parts.get(known_id, "")


def to_unit(value: Decimal, given: str, wanted: str, where: str) -> Decimal:
    """`value` in the framework's unit; a per cent is a hundredth where the framework has a bare ratio."""
    if given == wanted:
        return value
    if {given, wanted} == {PER_CENT, "无量纲"}:
        return value / 100 if given == PER_CENT else value * 100
    try:
        return convert(value, parse_unit(given), parse_unit(wanted))
    except UnitError as error:
        raise DataError(
            f"计量单位“{given}”不能换算为“{wanted}”",
            where=f"{where} unit 列",
            expected=wanted,
            found=given,
            cause=error.finding.cause,
            remedy=f"按“{wanted}”填写",
        ) from error


def read_weights(path: Path, framework: Framework) -> dict[str, Decimal]:
    """The analyst's own weights: columns indicator and weight."""
    text = path.read_text(encoding="utf-8-sig")
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())]
    names = Names(framework)
    found: dict[str, Decimal] = {}
    for number, row in enumerate(rows, start=1):
        if len(row) < 2 or not any(row) or (number == 1 and not PURE_NUMBER.fullmatch(row[1])):
            continue
        where = f"{path.name} 第 {number} 行"
        line = _Row({"weight": row[1]}, where)
        weight = line.number("weight")
        if weight is None or weight < 0:
            raise DataError("权重须为不小于零的数", where=where, found=row[1], remedy="改正权重")
        found[names.get(row[0], where)] = weight
    return found


def with_weights(values: Values, weights: Mapping[str, Decimal]) -> Values:
    """The table with the analyst's weights beside every value; a row's own weight stays."""
    table = {
        unit: {
            name: cell if cell.weight is not None or name not in weights else replace(cell, weight=weights[name])
            for name, cell in cells.items()
        }
        | {name: Cell(None, "未提供", weight=weight) for name, weight in weights.items() if name not in cells}
        for unit, cells in values.table.items()
    }
    return replace(values, table=table)
