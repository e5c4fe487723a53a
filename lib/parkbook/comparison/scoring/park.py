"""One park under a framework: its own figures as the framework's values, what is missing, what a little more would bring, 剔除.

Figures come from the rows of the park's page: an item reads the level (or the published growth) of one indicator of the catalogue, or is
made from such figures. Only figures of a whole year, or of a year's end, are scored; nothing is taken from part of a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parkbook.codelists import label_zh
from parkbook.comparison.scoring.engine import score_table
from parkbook.comparison.scoring.result import Cell, ItemScore, UnitScore
from parkbook.comparison.scoring.schema import Framework, Ingredient, Item, Reading
from parkbook.comparison.scoring.values import to_unit
from parkbook.errors import ParkbookError
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.exclusion import largest_asked
from parkbook.model import IndicatorValue, Observation

NO_DATA = "本园区没有这项数据"
NOT_MAPPED = "园区数据目录没有这项指标"
Table = dict[str, Mapping[str, Cell]]
Pair = tuple[Decimal, Decimal, tuple[Observation, ...]]
"""Numerator and denominator of one subject, with the figures."""
USER = "user"
"""The attribute of a plot that names the enterprise on it."""


@dataclass(frozen=True, slots=True)
class ParkValues:
    """Id of an item or ingredient to its cell, and the figures behind it; why a part that could be read has none."""

    cells: Mapping[str, Cell]
    sources: Mapping[str, tuple[IndicatorValue, ...]]
    absent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Marginal:
    """What one step in the better direction would bring; `change` is None where it cannot be said."""

    step: Decimal
    """Signed: less is better for some."""
    words: str
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Excluded:
    """An item before and after enterprises are taken out; only items made from figures that these enterprises have too."""

    item: Item
    names: tuple[str, ...]
    before: Decimal
    after: Decimal
    score_before: Decimal | None
    score_after: Decimal | None
    inputs: tuple[Observation, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkScore:
    """A park in one column of a framework."""

    framework: Framework
    column: str
    label: str
    unit: UnitScore
    sources: Mapping[str, tuple[IndicatorValue, ...]]
    absent: Mapping[str, str]
    marginals: Mapping[str, Marginal]
    excluded: tuple[Excluded, ...] = ()
    not_found: tuple[str, ...] = ()
    """Names to take out of which no figure was found that an item could use."""
    not_adjusted: tuple[Item, ...] = field(default_factory=tuple)

    def values_of(self, item: Item) -> tuple[IndicatorValue, ...]:
        """The park's figures behind an item: its own, or those of its ingredients."""
        if item.id in self.sources:
            return self.sources[item.id]
        names = item.formula.arguments.values() if item.formula else ()
        return tuple(value for name in names for value in self.sources.get(name, ()))

    def wanting(self, item: Item) -> str:
        """Why an item has no value, in words."""
        if item.id in self.absent:
            return self.absent[item.id]
        if item.formula is not None:
            labels = {part.id: part.label_zh for part in self.framework.ingredients}
            absent = [
                f"{labels[name]}：{self.absent[name]}"
                for name in item.formula.arguments.values()
                if name in self.absent
            ]
            return "；".join(dict.fromkeys(absent)) or NO_DATA
        return NO_DATA


def park_scores(
    framework: Framework,
    name: str,
    rows: Sequence[IndicatorRow],
    subject_rows: Sequence[IndicatorRow] = (),
    exclude: Sequence[str] = (),
    peers: Mapping[str, Sequence[IndicatorRow]] | None = None,
) -> tuple[ParkScore, ...]:
    """The park scored under each column that applies: every one of both-sided frameworks, else the first.

    `peers` are other parks by name, for the rules that need more than one: bounds, means, places.
    """
    values = park_values(framework, rows)
    table: Table = {name: values.cells}
    table |= {peer: park_values(framework, found).cells for peer, found in (peers or {}).items() if peer != name}
    found = []
    for column in score_table(framework, table).columns:
        unit = next(unit for unit in column.units if unit.unit == name)
        base = ParkScore(
            framework=framework,
            column=column.column,
            label=column.label,
            unit=unit,
            sources=values.sources,
            absent=values.absent,
            marginals={item.item.id: _marginal(framework, table, unit, item) for item in unit.items},
        )
        found.append(_with_exclusion(base, table, values, subject_rows, exclude) if exclude else base)
    return tuple(found)


# --- the park's figures ---------------------------------------------------------------------------------------------


def park_values(framework: Framework, rows: Sequence[IndicatorRow]) -> ParkValues:
    cells: dict[str, Cell] = {}
    sources: dict[str, tuple[IndicatorValue, ...]] = {}
    absent: dict[str, str] = {}
    parts: dict[str, Item | Ingredient] = {part.id: part for part in framework.ingredients}
    parts |= {item.id: item for item in reversed(framework.items) if item.id not in parts}
    for part_id, part in parts.items():
        if isinstance(part, Item) and not part.catalogue and part.formula is not None:
            continue
        cell, values, reason = _read(part, rows)
        if cell is None:
            absent[part_id] = reason
        else:
            cells[part_id], sources[part_id] = cell, values
    return ParkValues(cells, sources, absent)


def _read(part: Item | Ingredient, rows: Sequence[IndicatorRow]) -> tuple[Cell | None, tuple[IndicatorValue, ...], str]:
    reason = NO_DATA if part.catalogue else NOT_MAPPED
    for reading in part.catalogue:
        row = _row(rows, reading)
        if row is None:
            continue
        value = row.level if reading.reading == "level" else row.growth
        if value is None:
            reason = f"没有{row.indicator.label_zh}的{'增速' if reading.reading == 'growth' else '数值'}"
            continue
        if value.value is None:
            reason = f"{row.indicator.label_zh}{label_zh(value.status)}"
            continue
        if not _whole_year(value):
            reason = f"{row.indicator.label_zh}只有{value.period.label_zh}数，评价用全年数"
            continue
        try:
            cell, values = _cell(part, row, value, value.value)
        except ParkbookError as error:
            reason = error.finding.what
            continue
        return cell, values, ""
    return None, (), reason


def _row(rows: Sequence[IndicatorRow], reading: Reading) -> IndicatorRow | None:
    """The indicator's row without a scope before one with."""
    found = [row for row in rows if row.indicator.id == reading.indicator and not row.key.subject]
    return min(found, key=lambda row: bool(row.key.scope), default=None)


def _whole_year(value: IndicatorValue) -> bool:
    """Cumulative to December from January, or as at a year's end."""
    period = value.period
    if period.start is None or period.end is None or period.end.month != 12:
        return False
    return period.start == period.end or (period.start.month == 1 and period.start.year == period.end.year)


def _cell(
    part: Item | Ingredient, row: IndicatorRow, value: IndicatorValue, number: Decimal
) -> tuple[Cell, tuple[IndicatorValue, ...]]:
    figure = to_unit(number, str(value.unit), part.unit, part.label_zh)
    target = row.target
    if not isinstance(part, Item) or target is None or target.value is None or value is not row.level:
        return Cell(figure), (value,)
    if part.rule is None or part.rule.family != "completion":
        return Cell(figure), (value,)
    return Cell(figure, target=to_unit(target.value, str(target.unit), part.unit, part.label_zh)), (value, target)


# --- a little more --------------------------------------------------------------------------------------------------


def _rescored(framework: Framework, table: Table, unit: UnitScore, moved: Mapping[str, Decimal]) -> UnitScore:
    """The unit with some values changed, all else as it was."""
    cells = table[unit.unit]
    changed = {name: replace(cells.get(name, Cell(None)), value=value) for name, value in moved.items()}
    again = score_table(framework, {**table, unit.unit: {**cells, **changed}})
    return again.unit(unit.unit, unit.column)


def _marginal(framework: Framework, table: Table, unit: UnitScore, scored: ItemScore) -> Marginal:
    """The score with the value one step better, less the score as it is."""
    item = scored.item
    step = -item.step if item.direction == "lower" else item.step
    label = item.step_label or f"{item.step}{item.unit if item.unit != '%' else '个百分点'}"
    words = f"每{'降低' if step < 0 else '增加'}{label}"
    if scored.score is None or scored.value is None or scored.by_missing_rule:
        return Marginal(step, words, None)
    after = _rescored(framework, table, unit, {item.id: scored.value + step}).item(item.id).score
    return Marginal(step, words, None if after is None else after - scored.score)


# --- 剔除 -----------------------------------------------------------------------------------------------------------


def _with_exclusion(
    score: ParkScore,
    table: Table,
    values: ParkValues,
    subject_rows: Sequence[IndicatorRow],
    exclude: Sequence[str],
) -> ParkScore:
    """The items that are ratios of two figures which the named enterprises have too, with these taken out of both."""
    found: list[Excluded] = []
    seen: set[str] = set()
    asked = tuple(exclude)
    moved: dict[str, Decimal] = {}
    for item in (scored.item for scored in score.unit.items):
        excluded = _without(score, item, values, subject_rows, asked)
        if excluded is not None:
            found.append(excluded)
            seen |= set(excluded.names)
            named = [name for name in exclude if largest_asked(name) is None]
            asked = tuple(dict.fromkeys([*excluded.names, *named]))  # the largest are the same for every item
            moved[item.id] = excluded.after
    unit = _rescored(score.framework, table, score.unit, moved)
    rescored = tuple(replace(one, score_after=unit.item(one.item.id).score) for one in found)
    touched = {one.item.id for one in found}
    return replace(
        score,
        excluded=rescored,
        not_found=tuple(name for name in exclude if largest_asked(name) is None and name not in seen),
        not_adjusted=tuple(s.item for s in score.unit.items if s.item.id not in touched and s.score is not None),
    )


def _without(
    score: ParkScore,
    item: Item,
    values: ParkValues,
    subject_rows: Sequence[IndicatorRow],
    exclude: Sequence[str],
) -> Excluded | None:
    formula = item.formula
    scored = score.unit.item(item.id)
    if formula is None or formula.family != "ratio" or scored.value is None or item.id in values.cells:
        return None
    parts = {part.id: part for part in score.framework.ingredients}
    top, bottom = (parts[formula.arguments[role]] for role in ("numerator", "denominator"))
    if not score.sources.get(top.id) or not score.sources.get(bottom.id):
        return None
    owned = _owned(subject_rows, (top, bottom), (score.sources[top.id][0], score.sources[bottom.id][0]))
    names = _chosen(owned, exclude)
    taken = [(name, one, other, inputs) for name in names for one, other, inputs in owned[name]]
    if not taken:
        return None
    whole = [values.cells[part.id].value or Decimal(0) for part in (top, bottom)]
    less_top, less_bottom = sum((t[1] for t in taken), Decimal(0)), sum((t[2] for t in taken), Decimal(0))
    if whole[1] <= less_bottom:
        return None
    after = (whole[0] - less_top) / (whole[1] - less_bottom) * formula.scale
    inputs = tuple(o for t in taken for o in t[3]) + tuple(o for v in score.values_of(item) for o in v.inputs)
    words = f"({top.label_zh} − 剔除部分) ÷ ({bottom.label_zh} − 剔除部分)"
    return Excluded(item, tuple(names), scored.value, after, scored.score, None, inputs, words)


def _owned(
    rows: Sequence[IndicatorRow], parts: tuple[Ingredient, Ingredient], wholes: tuple[IndicatorValue, IndicatorValue]
) -> dict[str, list[Pair]]:
    """Enterprise to the pairs of figures of its plots, or its own; only subjects that have both."""
    owners = {row.key.subject: row.level.inputs[0].attribute(USER) for row in rows if row.level is not None}
    for row in rows:  # a plot's user may stand beside one of its figures only
        if row.level is not None and not owners[row.key.subject]:
            owners[row.key.subject] = row.level.inputs[0].attribute(USER)
    found: dict[str, list[Pair]] = {}
    for subject, user in owners.items():
        one, other = (_subject_value(rows, subject, part, whole) for part, whole in zip(parts, wholes, strict=True))
        if one is not None and other is not None:
            found.setdefault(user or subject, []).append((one[0], other[0], (*one[1], *other[1])))
    return found


def _chosen(owned: Mapping[str, Sequence[Pair]], exclude: Sequence[str]) -> list[str]:
    """Named enterprises, and the N largest by the numerator."""
    sizes = {name: sum((pair[0] for pair in pairs), Decimal(0)) for name, pairs in owned.items()}
    ordered = sorted(sizes, key=lambda name: sizes[name], reverse=True)
    names: list[str] = []
    for asked in exclude:
        count = largest_asked(asked)
        names += ordered[:count] if count is not None else [asked] if asked in owned else []
    return list(dict.fromkeys(names))


def _subject_value(
    rows: Sequence[IndicatorRow], subject: str, part: Ingredient, whole: IndicatorValue
) -> tuple[Decimal, tuple[Observation, ...]] | None:
    """A subject's figure of the same indicator and the same year's end as the park's."""
    for row in rows:
        level = row.level
        if row.key.subject != subject or row.indicator.id != whole.indicator_id or level is None:
            continue
        if level.value is not None and level.period.end == whole.period.end:
            return to_unit(level.value, str(level.unit), part.unit, part.label_zh), level.inputs
    return None
