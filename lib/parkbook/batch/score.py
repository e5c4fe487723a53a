"""`parkbook score FRAMEWORK --values values.csv`: a plain table scored by an official framework.

`--format json` prints one object: `framework` (with document, version and both years), `columns` (each with its `parks`: total, scored part,
rank with its denominator, grade, groups, items with value, rule, weight, score, formula, missing), `combined`, `notes`. Numbers are texts,
as exact as they were computed; None is null. `--format table` prints the same in words, rounded to two decimals.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from parkbook.batch.forms import check_form
from parkbook.comparison.scoring import Framework, Scores, UnitScore, figure, frameworks, get_framework, score_table
from parkbook.comparison.scoring.result import AdjustmentScore, ColumnScores, ItemScore
from parkbook.comparison.scoring.rule_schema import Missing
from parkbook.comparison.scoring.rule_words import rule_words
from parkbook.comparison.scoring.values import read_values, read_weights, with_weights
from parkbook.indicators.rounding import half_up

FORMATS: Final = ("table", "json")
STATUS_ZH: Final = {"complete": "可计分", "partial": "未取全"}
DASH: Final = "—"


def score_file(name: str, values: Path, weights: Path | None = None) -> Scores:
    """The table of a file scored by the framework of an id or Chinese name."""
    framework = get_framework(name, "parkbook score")
    given = read_values(values, framework)
    if weights is not None:
        given = with_weights(given, read_weights(weights, framework))
    return score_table(framework, given.table, groups=given.groups, types=given.types, exempt=given.exempt)


def score_lines(scores: Scores, form: str = "table") -> Iterator[str]:
    """The scores in words or as JSON."""
    check_form(form, FORMATS)
    if form == "json":
        yield json.dumps(as_json(scores), ensure_ascii=False, indent=1)
    else:
        yield from _text(scores)


def list_lines() -> Iterator[str]:
    """Every framework with its status and what it lacks."""
    known = sorted(frameworks().values(), key=lambda framework: (framework.status != "complete", framework.id))
    width = max(len(framework.id) for framework in known)
    for framework in known:
        years = f"，{framework.evaluation_year}" if framework.evaluation_year else ""
        yield (
            f"{framework.id:<{width}}  {STATUS_ZH[framework.status]}  {framework.name}{years}，{len(framework.items)}项"
        )
        yield f"{'':<{width}}  {framework.status_note}"


def template_lines(framework: Framework) -> Iterator[str]:
    """A table to fill in, that can be scored as it is: one unit of each type, each item once, with its unit of measure."""
    typed = framework.columns_by == "type"
    yield "park,indicator,value,unit" + (",type" if typed else "")
    beside = [(part.label_zh, part.unit) for part in framework.ingredients]
    beside += [(adjustment.label_zh, "") for adjustment in framework.adjustments]
    beside += [(veto.label_zh, "") for veto in framework.vetoes]
    for column, label in [(c.id, c.label_zh) for c in framework.columns] if typed else [("", "")]:
        items = framework.items_of(column) if typed else framework.items
        for name, unit in dict.fromkeys([*((item.label_zh, item.unit) for item in items), *beside]):
            yield f"{label}单位名称,{name},,{unit}" + (f",{label}" if typed else "")


def describe_lines(framework: Framework) -> Iterator[str]:
    """What the framework says of each item: weight, rule, missing values."""
    yield f"{framework.name}（{framework.id}，{STATUS_ZH[framework.status]}）"
    for name, value in _document(framework):
        yield f"  {name}：{value}"
    for item in framework.items:
        column = next((f"[{c.label_zh}]" for c in framework.columns if c.id == item.column), "")
        weight = "权重待补" if item.weight is None else f"{item.weight}分"
        trial = "（试算，非原文）" if item.rule_basis == "assumed" and item.rule else ""
        unit = f"（{item.unit}）" if item.unit else ""
        yield f"  {column}{item.code}{item.label_zh}{unit}：{weight}；{rule_words(item)}{trial}"
    yield f"  缺数：{_missing_words(framework.missing)}"
    for note in framework.notes:
        yield f"  注：{note}"


def _document(framework: Framework) -> list[tuple[str, str]]:
    rows = [
        ("发布单位", framework.issuer),
        ("文件", framework.document),
        ("文号", framework.document_number),
        ("版本", framework.version),
        ("评价年份", framework.evaluation_year),
        ("数据年份", framework.data_year),
        ("年份说明", framework.year_note),
        ("出处", framework.source),
        ("完整程度", framework.status_note),
    ]
    return [(name, value or "未载明") for name, value in rows if value or name in ("评价年份", "数据年份", "文号")]


def _missing_words(missing: Missing) -> str:
    words = {
        "peer_mean": "按参评单位本项平均得分",
        "zero": "计0分",
        "penalty": f"计{missing.points}分",
        "not_scored": "不计分，其余项目折算",
        "refused": "不计算，没有总分",
    }[missing.rule]
    return f"{words}（{'原文规定' if missing.stated else '原文未载'}）{missing.note}"


# --- JSON -----------------------------------------------------------------------------------------------------------


def exact(value: Decimal | None) -> str | None:
    """As computed, without an exponent."""
    return None if value is None else format(value, "f")


def as_json(scores: Scores) -> dict[str, Any]:
    f = scores.framework
    return {
        "framework": {
            "id": f.id,
            "name": f.name,
            "issuer": f.issuer,
            "document": f.document,
            "document_number": f.document_number,
            "version": f.version,
            "evaluation_year": f.evaluation_year,
            "data_year": f.data_year,
            "year_note": f.year_note,
            "source": f.source,
            "status": f.status,
            "status_note": f.status_note,
            "covers": f.covers,
            "missing_rule": {"rule": f.missing.rule, "stated": f.missing.stated, "note": f.missing.note},
            "notes": list(f.notes),
        },
        "columns": [_column_json(f, column) for column in scores.columns],
        "combined": {unit: exact(total) for unit, total in scores.combined.items()},
        "notes": list(scores.notes),
    }


def _column_json(framework: Framework, column: ColumnScores) -> dict[str, Any]:
    grading = framework.grading_of(column.column)
    return {
        "column": column.column,
        "label": column.label,
        "parks": [_unit_json(framework, unit) for unit in column.units],
        "grades": dict(column.grade_counts),
        "ungraded": column.ungraded,
        "graded_of": len(column.units),
        "grading_note": grading.note if grading is not None else "",
        "notes": list(column.notes),
    }


def _unit_json(framework: Framework, unit: UnitScore) -> dict[str, Any]:
    return {
        "park": unit.unit,
        "group": unit.group,
        "total": exact(unit.total),
        "scored": exact(unit.scored),
        "scored_weight": exact(unit.scored_weight),
        "full_weight": exact(unit.full_weight),
        "reason": unit.reason,
        "trial": unit.trial,
        "rank": unit.rank,
        "ranked_of": unit.ranked_of,
        "grade": unit.grade or None,
        "grade_reason": unit.grade_reason,
        "vetoes": list(unit.vetoes),
        "notes": list(unit.notes),
        "groups": [_group_json(framework, unit, group.id) for group in framework.groups],
        "items": [_item_json(item) for item in unit.items],
        "adjustments": [_adjustment_json(adjustment) for adjustment in unit.adjustments],
    }


def _group_json(framework: Framework, unit: UnitScore, group_id: str) -> dict[str, Any]:
    group = next(group for group in framework.groups if group.id == group_id)
    score, _, missing = unit.of_group(group_id)
    known = any(item.item.group == group_id for item in unit.items)
    return {
        "id": group.id,
        "label": group.label_zh,
        "weight": exact(group.weight),
        "scored": exact(score) if known else None,
        "missing_items": missing,
        "items_known": group.items_known,
        "note": group.note,
    }


def _item_json(item: ItemScore) -> dict[str, Any]:
    return {
        "id": item.item.id,
        "code": item.item.code,
        "label": item.item.label_zh,
        "group": item.item.group,
        "unit": item.item.unit,
        "value": exact(item.value),
        "made_from": item.made_from,
        "rule": item.item.rule.family if item.item.rule else None,
        "rule_words": rule_words(item.item),
        "weight": exact(item.weight),
        "score": exact(item.score),
        "fraction": exact(item.fraction),
        "formula": item.formula,
        "missing": item.reason,
        "by_missing_rule": item.by_missing_rule,
        "trial": item.trial,
        "department": item.item.department,
        "notes": list(item.notes),
    }


def _adjustment_json(adjustment: AdjustmentScore) -> dict[str, Any]:
    return {
        "id": adjustment.adjustment.id,
        "label": adjustment.adjustment.label_zh,
        "kind": adjustment.adjustment.kind,
        "count": exact(adjustment.count),
        "points": exact(adjustment.points),
        "missing": adjustment.reason,
    }


# --- in words -------------------------------------------------------------------------------------------------------


def shown(value: Decimal | None) -> str:
    return DASH if value is None else format(half_up(value, 2), "f")


def _text(scores: Scores) -> Iterator[str]:
    framework = scores.framework
    yield f"{framework.name}（{framework.id}，{STATUS_ZH[framework.status]}）"
    for name, value in _document(framework):
        yield f"  {name}：{value}"
    for column in scores.columns:
        yield ""
        yield from _column_text(column)
    if scores.combined:
        yield ""
        shares = "、".join(f"{c.label_zh}{half_up((c.share or Decimal(0)) * 100, 0)}%" for c in framework.columns)
        yield f"综合（{shares}）：" + "；".join(f"{unit} {shown(total)}" for unit, total in scores.combined.items())
    for note in (*framework.notes, *scores.notes):
        yield f"注：{note}"


def _column_text(column: ColumnScores) -> Iterator[str]:
    if column.label:
        yield f"【{column.label}】"
    rows: list[tuple[str, ...]] = [("单位", "总分", "已计得分", "位次", "档次", "说明")]
    rows += [_summary(unit) for unit in column.units]
    yield from aligned(rows)
    if column.grade_counts:
        counts = "、".join(f"{grade} {number}个" for grade, number in column.grade_counts.items())
        rest = f"、未定档 {column.ungraded}个" if column.ungraded else ""
        yield f"各档：{counts}{rest}，合计 {len(column.units)}个"
    for note in column.notes:
        yield f"注：{note}"
    for unit in column.units:
        yield ""
        yield f"{unit.unit}："
        yield from _items_text(unit)


def _summary(unit: UnitScore) -> tuple[str, ...]:
    rank = DASH if unit.rank is None else f"{unit.rank}/{unit.ranked_of}"
    of = "" if unit.full_weight is None else f"（{shown(unit.scored_weight)}/{shown(unit.full_weight)}分）"
    said = [unit.reason, *unit.vetoes, unit.grade_reason, "含试算" if unit.trial else "", *unit.notes]
    return (
        unit.unit,
        shown(unit.total),
        shown(unit.scored) + of,
        rank,
        unit.grade or DASH,
        "；".join(filter(None, said)),
    )


def _items_text(unit: UnitScore) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("  指标", "数值", "权重", "得分", "算式或缺什么")]
    for item in unit.items:
        value = DASH if item.value is None else figure(item.value) + unit_words(item.item.unit)
        said = [item.made_from, item.formula, item.reason, "试算" if item.trial else "", *item.notes]
        rows.append(
            (
                f"  {item.item.code}{' ' if item.item.code else ''}{item.item.label_zh}",
                value,
                "待补" if item.weight is None else shown(item.weight),
                shown(item.score),
                "；".join(filter(None, said)),
            )
        )
    rows += [
        (f"  {a.adjustment.label_zh}", DASH if a.count is None else figure(a.count), "", shown(a.points), a.reason)
        for a in unit.adjustments
    ]
    yield from aligned(rows)


def unit_words(unit: str) -> str:
    return "" if unit == "无量纲" else unit


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Columns of equal width on a screen, where a Chinese character takes two cells; the last column is left as it is."""
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
