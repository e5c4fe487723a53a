"""Score a table of units by a framework: items, missing values, groups, additions and deductions, vetoes, ranks, grades.

    scores = score_table(framework, {"甲园": {"亩均税收": Decimal("28.1"), "rd_share": None}, …})

Nothing is rounded here. A unit has a total only when each of its items has a score, by its rule or by the framework's rule for missing
values; otherwise it has the sum of what could be scored, and the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from parkbook.comparison.scoring import rules
from parkbook.comparison.scoring.inputs import TOTAL, Row, Table, column_of, item_cell, read_table
from parkbook.comparison.scoring.ranking import ranked_column
from parkbook.comparison.scoring.result import (
    AdjustmentScore,
    Cell,
    ColumnScores,
    ItemScore,
    Scores,
    UnitScore,
    figure,
)
from parkbook.comparison.scoring.schema import Framework, Item
from parkbook.comparison.scoring.weights import effective_weight, total
from parkbook.errors import ParameterError

PART_NOTE = "只是已收录指标得分之和，不是该体系的总分"
TRIAL_NOTE = "原文未载本项计分方法，按所注办法试算，非官方得分"


def score_table(
    framework: Framework,
    table: Mapping[str, Row],
    *,
    groups: Mapping[str, str] | None = None,
    types: Mapping[str, str] | None = None,
    exempt: Collection[str] | None = None,
) -> Scores:
    """Units by name to their values by item (id, code, label or alias): a number, None, or a `Cell` with what comes with it.

    `groups` says which units are alike (type of park, sector) where the framework compares within groups; `types` picks the column
    (规上, 规下); `exempt` are graded apart.
    """
    if not table:
        raise ParameterError("没有可计分的单位", expected="至少一个单位", remedy="检查数据表")
    resolved = read_table(framework, table, groups or {}, types or {})
    units = list(table)
    if framework.columns_by == "each":
        parts = [(column.id, column.label_zh, units) for column in framework.columns]
    elif framework.columns_by == "type":
        chosen = {unit: column_of(framework, unit, resolved.types) for unit in units}
        parts = [(c.id, c.label_zh, [u for u in units if chosen[u] == c.id]) for c in framework.columns]
    else:
        parts = [("", "", units)]
    columns = tuple(
        _column(framework, resolved, column, label, members, frozenset(exempt or ()))
        for column, label, members in parts
        if members
    )
    return Scores(framework=framework, columns=columns, combined=_combined(framework, columns, units))


def _column(
    framework: Framework, table: Table, column: str, label: str, units: Sequence[str], exempt: Collection[str]
) -> ColumnScores:
    scored: dict[str, list[ItemScore]] = {unit: [] for unit in units}
    for item in framework.items_of(column):
        for unit, result in _score_item(framework, table, item, units).items():
            scored[unit].append(result)
    made = [_unit(framework, table, column, unit, scored[unit], unit in exempt) for unit in units]
    return ranked_column(framework, column, label, made)


# --- one item -------------------------------------------------------------------------------------------------------


def _score_item(framework: Framework, table: Table, item: Item, units: Sequence[str]) -> dict[str, ItemScore]:
    """The item's score of every unit: those with a value first, then the missing ones, that may take the peers' mean."""
    cells = {unit: item_cell(table, unit, item, units) for unit in units}
    values = {unit: cell.value for unit, (cell, _) in cells.items() if cell.value is not None}
    alike = _alike(framework, table, [unit for unit in values if cells[unit][0].place is None])
    peers = {group: rules.Peers([values[unit] for unit in members]) for group, members in alike.items()}
    results: dict[str, ItemScore] = {}
    for unit in units:
        cell, made_from = cells[unit]
        weight, wanted = effective_weight(framework, item, cell.weight)
        if cell.score is not None:
            results[unit] = _by_hand(item, cell, cell.score, weight)
        elif unit in values:
            beside = peers.get(_group(framework, table, unit)) or rules.Peers(())
            scored = _by_rule(rules.Case(item, values[unit], cell, beside), weight, wanted, made_from)
            results[unit] = _with_level(framework, scored)
        else:
            results[unit] = ItemScore(item=item, value=None, weight=weight, reason=f"缺数（{cell.status or '未提供'}）")
    for unit in units:
        if unit not in values and cells[unit][0].score is None:
            beside_it = alike.get(_group(framework, table, unit), [])
            results[unit] = _missing(framework, results[unit], [results[other] for other in beside_it])
    return {unit: results[unit] for unit in units}


def _with_level(framework: Framework, scored: ItemScore) -> ItemScore:
    """The absolute standards that the value reaches, for frameworks with levels."""
    level = next((level for level in framework.levels if level.item == scored.item.id), None)
    if level is None or scored.value is None:
        return scored
    reached = [name for name, least in level.thresholds.items() if scored.value >= least]
    words = f"达到{reached[0]}标准（{figure(level.thresholds[reached[0]])}）" if reached else "未达到所列最低一级标准"
    return replace(scored, notes=(*scored.notes, words))


def _group(framework: Framework, table: Table, unit: str) -> str:
    return table.groups.get(unit, "") if framework.peers_within_group else ""


def _alike(framework: Framework, table: Table, units: Sequence[str]) -> dict[str, list[str]]:
    """Units by whom they are compared with."""
    found: dict[str, list[str]] = {}
    for unit in units:
        found.setdefault(_group(framework, table, unit), []).append(unit)
    return found


def _unlikely(item: Item, x: Decimal) -> tuple[str, ...]:
    if item.maximum is None or x <= item.maximum:
        return ()
    unit = "小数（3.02%写作0.0302）" if item.unit == "无量纲" else item.unit
    return (f"数值{figure(x)}大于{figure(item.maximum)}，请核对计量单位，本项按{unit}计",)


def _by_hand(item: Item, cell: Cell, given: Decimal, weight: Decimal | None) -> ItemScore:
    return ItemScore(
        item=item,
        value=cell.value,
        weight=weight,
        score=given,
        fraction=given / weight if weight else None,
        formula=f"数据表直接给出{figure(given)}分",
    )


def _by_rule(case: rules.Case, weight: Decimal | None, wanted: str, made_from: str) -> ItemScore:
    item = case.item
    outcome = rules.score(case)
    trial = item.rule_basis == "assumed"
    common = ItemScore(
        item=item,
        value=case.x,
        weight=weight,
        made_from=made_from,
        notes=(*outcome.notes, *_unlikely(item, case.x), *((item.rule_note or TRIAL_NOTE,) if trial else ())),
        trial=trial,
    )
    if outcome.reason:
        return replace(common, reason=outcome.reason)
    if outcome.points is not None:
        points, limit = rules.bounded(outcome.points, weight, item)
        share = points / weight if weight else None
        words = f"{outcome.words}，得{figure(points)}分{limit}"
        return replace(common, score=points, fraction=share, formula=words)
    if outcome.fraction is None:
        return replace(common, reason="规则没有给出得分")
    if weight is None:
        share = None if outcome.whole_words else outcome.fraction
        tail = f" = {figure(share)}（占本项权重的比例）" if share is not None else ""
        return replace(common, fraction=share, formula=f"{outcome.words}{tail}", reason=wanted)
    points, limit = rules.bounded(outcome.fraction * weight - outcome.deducted, weight, item)
    weighed = outcome.words if outcome.whole_words else f"{outcome.words} × {figure(weight)}"
    return replace(
        common,
        score=points,
        fraction=points / weight if weight else None,
        formula=f"{weighed} = {figure(points)}分{limit}",
    )


def _missing(framework: Framework, absent: ItemScore, peers: Sequence[ItemScore]) -> ItemScore:
    """A missing value under the rule for missing values; every rule that puts in a number says so."""
    rule = framework.missing_of(absent.item)
    scores = [peer.score for peer in peers if peer.score is not None]
    if rule.rule == "peer_mean" and scores:
        mean = rules.mean(scores)
        words = f"{absent.reason}，按{len(scores)}个单位本项平均得分计{figure(mean)}分"
        return replace(absent, score=mean, formula=words, reason="", by_missing_rule=True)
    if rule.rule == "zero":
        return replace(
            absent, score=Decimal(0), formula=f"{absent.reason}，按规则计0分", reason="", by_missing_rule=True
        )
    if rule.rule == "penalty" and rule.points is not None:
        words = f"{absent.reason}，按规则计{figure(rule.points)}分"
        return replace(absent, score=rule.points, formula=words, reason="", by_missing_rule=True)
    if rule.rule == "not_scored":
        return replace(absent, formula=f"{absent.reason}，按规则不计分", left_out=True)
    if rule.rule == "peer_mean":
        return replace(absent, reason=f"{absent.reason}，且没有其他单位的得分可取平均")
    return absent


# --- one unit -------------------------------------------------------------------------------------------------------


def _unit(
    framework: Framework, table: Table, column: str, unit: str, items: Sequence[ItemScore], exempt: bool
) -> UnitScore:
    adjustments = _adjustments(framework, table, unit)
    held = [veto for veto in framework.vetoes if _holds(table.cell(unit, veto.id))]
    scored = sum((item.score for item in items if item.score is not None), Decimal(0))
    result = UnitScore(
        unit=unit,
        column=column,
        group=table.groups.get(unit, ""),
        items=tuple(items),
        adjustments=adjustments,
        scored=scored + sum((a.points for a in adjustments if a.points is not None), Decimal(0)),
        scored_weight=sum((i.weight for i in items if i.score is not None and i.weight is not None), Decimal(0)),
        full_weight=total([item.weight for item in items]),
        vetoes=tuple(f"{veto.label_zh}：{veto.effect}" for veto in held),
        veto_grade=next((veto.grade for veto in held if veto.grade), ""),
        exempt=exempt,
        sort_value=_sort_value(items),
    )
    given = table.cell(unit, TOTAL)
    if given is not None and given.value is not None:
        return replace(result, total=given.value, notes=("总分由数据表直接给出",))
    result = _with_total(result)
    if result.total is not None and framework.covers == "part":
        return replace(result, notes=(*result.notes, PART_NOTE))
    return result


def _sort_value(items: Sequence[ItemScore]) -> Decimal | None:
    """What orders a unit of a column without scores."""
    sorting = [item for item in items if item.item.rule is not None and item.item.rule.family == "sort"]
    if not sorting or len(sorting) < len(items):
        return None
    value = sorting[0].value
    return -value if value is not None and sorting[0].item.direction == "lower" else value


def _with_total(unit: UnitScore) -> UnitScore:
    if unit.sort_value is not None:
        return replace(unit, reason="本栏目不计分，直接按数值排序")
    open_items = [item.item.label_zh for item in unit.missing]
    open_items += [a.adjustment.label_zh for a in unit.adjustments if a.points is None]
    if not unit.items:
        return replace(unit, reason="指标未取得")
    if open_items:
        return replace(unit, reason=f"{len(open_items)}项不可计算：{'、'.join(open_items)}")
    left_out = [item for item in unit.items if item.left_out]
    if not left_out:
        return replace(unit, total=unit.scored)
    if unit.full_weight is None or unit.scored_weight == 0:
        return replace(unit, reason="有指标不计分，而权重不全，无法折算总分")
    extra = sum((a.points for a in unit.adjustments if a.points is not None), Decimal(0))
    scaled = (unit.scored - extra) * unit.full_weight / unit.scored_weight + extra
    note = f"{len(left_out)}项不计分，其余{figure(unit.scored_weight)}分按{figure(unit.full_weight)}分折算"
    return replace(unit, total=scaled, notes=(*unit.notes, note))


def _adjustments(framework: Framework, table: Table, unit: str) -> tuple[AdjustmentScore, ...]:
    """Additions and deductions that the table has for the unit; one that it does not name did not occur."""
    found = []
    for adjustment in framework.adjustments:
        cell = table.cell(unit, adjustment.id)
        if cell is None:
            continue
        if cell.value is None:
            found.append(
                AdjustmentScore(adjustment=adjustment, count=None, points=None, reason=cell.status or "未提供")
            )
            continue
        if adjustment.points is None:
            found.append(AdjustmentScore(adjustment=adjustment, count=cell.value, points=None, reason="每次分值未取得"))
            continue
        points = cell.value * adjustment.points
        points = min(points, adjustment.cap) if adjustment.cap is not None else points
        signed = points if adjustment.kind == "add" else -points
        found.append(AdjustmentScore(adjustment=adjustment, count=cell.value, points=signed))
    return tuple(found)


def _holds(cell: Cell | None) -> bool:
    return cell is not None and cell.value is not None and cell.value > 0


def _combined(framework: Framework, columns: Sequence[ColumnScores], units: Sequence[str]) -> dict[str, Decimal | None]:
    """Totals of all columns by their shares (目标任务 20%, 发展成效 80%); None where one of them is not known."""
    shares = {column.id: column.share for column in framework.columns}
    if framework.columns_by != "each" or any(share is None for share in shares.values()):
        return {}
    combined: dict[str, Decimal | None] = {}
    for unit in units:
        totals = {c.column: next(u.total for u in c.units if u.unit == unit) for c in columns}
        parts = [value * (shares[name] or 0) for name, value in totals.items() if value is not None]
        combined[unit] = sum(parts, Decimal(0)) if len(parts) == len(totals) else None
    return combined
