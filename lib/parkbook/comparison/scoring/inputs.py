"""From a table of names and values to the items of a framework: names resolved, made items computed.

A name is an item's, ingredient's, adjustment's or veto's id, code, label or alias. A value given for an item itself goes before one made
from its ingredients.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from parkbook.comparison.scoring.result import Cell, figure
from parkbook.comparison.scoring.schema import Framework, Item, Made
from parkbook.errors import ParameterError, did_you_mean

Given = Decimal | Cell | None
Row = Mapping[str, Given]

TOTAL = "total"
TOTAL_NAMES = (TOTAL, "总分", "总得分", "综合得分")
"""A unit's total may be given as such, to be ranked and graded."""


def folded(name: str) -> str:
    """A name without what writers vary: width, case, spaces, kinds of brackets and quotes."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if not character.isspace() and character not in "“”\"'‘’")


class Names:
    """The names that a framework knows, for items and for what stands beside them."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._known: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        for item in framework.items:
            self._add(item.id, (item.id, item.code, item.label_zh, *item.aliases))
        for part in framework.ingredients:
            self._add(part.id, (part.id, part.label_zh, *part.aliases))
        for adjustment in framework.adjustments:
            self._add(adjustment.id, (adjustment.id, adjustment.label_zh))
        for veto in framework.vetoes:
            self._add(veto.id, (veto.id, veto.label_zh))
        self._add(TOTAL, TOTAL_NAMES)

    def _add(self, known_id: str, names: Sequence[str]) -> None:
        for name in filter(None, names):
            self._known.setdefault(folded(name), known_id)
            self._shown[name] = known_id

    def get(self, name: str, where: str = "") -> str:
        """The id that a name means; ParameterError with the nearest names for one that the framework does not have."""
        found = self._known.get(folded(name))
        if found is None:
            raise ParameterError(
                f"评价体系“{self.framework.name}”没有指标“{name}”",
                where=where,
                expected="指标代码、编号或名称",
                cause=did_you_mean(name, self._shown),
                remedy=f"用 parkbook score {self.framework.id} --template 查看该体系的指标",
            )
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """Unit to what it has of everything in the framework, by id; units in table order."""

    cells: Mapping[str, Mapping[str, Cell]]
    groups: Mapping[str, str]
    types: Mapping[str, str]

    def cell(self, unit: str, name: str) -> Cell | None:
        return self.cells[unit].get(name)


def read_table(
    framework: Framework, table: Mapping[str, Row], groups: Mapping[str, str], types: Mapping[str, str]
) -> Table:
    """A table with its names resolved; a name that is there twice for one unit is refused."""
    names = Names(framework)
    cells: dict[str, dict[str, Cell]] = {}
    for unit, row in table.items():
        cells[unit] = {}
        for name, given in row.items():
            known = names.get(name, where=f"单位“{unit}”")
            if known in cells[unit]:
                raise ParameterError(
                    f"单位“{unit}”的指标“{name}”给了两次", where=f"单位“{unit}”", remedy="同一指标只留一个数值"
                )
            cells[unit][known] = given if isinstance(given, Cell) else Cell(given)
    return Table(cells, groups, types)


def column_of(framework: Framework, unit: str, types: Mapping[str, str]) -> str:
    """The column of a unit by its type; the first where the table does not say."""
    if framework.columns_by != "type":
        return ""
    given = types.get(unit, "").strip()
    if not given:
        return framework.columns[0].id
    for column in framework.columns:
        if folded(given) in {folded(name) for name in (column.id, column.label_zh, *column.aliases)}:
            return column.id
    labels = [column.label_zh for column in framework.columns]
    raise ParameterError(
        f"单位“{unit}”的类别“{given}”不在评价体系之内",
        where=f"单位“{unit}”",
        expected="、".join(labels),
        cause=did_you_mean(given, labels),
        remedy="改正 type 列",
    )


def item_cell(table: Table, unit: str, item: Item, peers: Sequence[str]) -> tuple[Cell, str]:
    """The cell of an item, made from its ingredients where the table does not give it; in words how it was made or what is missing."""
    own = table.cell(unit, item.id)
    if own is not None and (own.value is not None or item.formula is None):
        return _grown(own, item)
    if item.formula is None:
        return Cell(None, "未提供"), ""
    return _made(table, unit, item, item.formula, peers, own or Cell(None))


def _grown(own: Cell, item: Item) -> tuple[Cell, str]:
    """For a rule on growth, a value with its base is taken as a level and its growth in per cent; without one it is the growth."""
    if own.value is None or own.base is None or item.rule is None or item.rule.family != "hold":
        return own, ""
    if item.rule.measure != "growth":
        return own, ""
    if own.base <= 0:
        return _with(own, None, f"基期数{figure(own.base)}不大于零，不计算增速"), ""
    growth = (own.value / own.base - 1) * 100
    return _with(own, growth), f"({figure(own.value)} ÷ {figure(own.base)} − 1) × 100 = {figure(growth)}%"


def _made(table: Table, unit: str, item: Item, formula: Made, peers: Sequence[str], own: Cell) -> tuple[Cell, str]:
    names = list(formula.arguments.items())
    found = {role: table.cell(unit, name) for role, name in names}
    absent = [name for role, name in names if (cell := found[role]) is None or cell.value is None]
    if absent:
        status = next((c.status for c in found.values() if c is not None and c.value is None and c.status), "")
        return _with(own, None, status or own.status or "未提供"), ""
    values = {role: cell.value for role, cell in found.items() if cell is not None and cell.value is not None}
    if formula.family == "minimum":
        least = min(values.values())
        return _with(own, least), f"取{'、'.join(figure(value) for value in values.values())}中的较小者"
    top, bottom = values["numerator"], values["denominator"]
    if bottom == 0:
        return _with(own, None, "分母为零"), ""
    ratio = top / bottom * formula.scale
    words = f"{figure(top)} ÷ {figure(bottom)}" + (f" × {figure(formula.scale)}" if formula.scale != 1 else "")
    if formula.family == "ratio":
        return _with(own, ratio), f"{words} = {figure(ratio)}{item.unit}"
    return _relative(table, unit, formula, peers, own, ratio, words)


def _relative(
    table: Table, unit: str, formula: Made, peers: Sequence[str], own: Cell, ratio: Decimal, words: str
) -> tuple[Cell, str]:
    """The ratio against the ratio of sums over the units of the same group that have both figures."""
    group = table.groups.get(unit, "")
    sums = [Decimal(0), Decimal(0)]
    number = 0
    for peer in peers:
        if table.groups.get(peer, "") != group:
            continue
        pair = [table.cell(peer, formula.arguments[role]) for role in ("numerator", "denominator")]
        figures = [cell.value for cell in pair if cell is not None and cell.value is not None]
        if len(figures) == 2:
            sums = [total + value for total, value in zip(sums, figures, strict=True)]
            number += 1
    if own.base is not None:
        average, said = own.base, f"给定平均值{figure(own.base)}"
    elif number < 2:
        return _with(own, None, "同类型单位不足2个，无法计算平均值"), ""
    else:
        average = sums[0] / sums[1] * formula.scale if sums[1] else Decimal(0)
        said = f"同类型{number}个单位平均（{figure(sums[0])} ÷ {figure(sums[1])} = {figure(average)}）"
    if average <= 0:
        return _with(own, None, "同类型平均值不大于零"), ""
    value = ratio / average
    return _with(own, value), f"({words}) ÷ {said} = {figure(value)}倍"


def _with(cell: Cell, value: Decimal | None, status: str = "") -> Cell:
    return Cell(value, status, cell.target, None, cell.low, cell.high, cell.weight, cell.score)
