"""Plots under the framework that the analyst chose: scores by item, places, grades with quotas and exemptions, coverage.

The frameworks are made for enterprises; plots are tried on them and the page says so. Only items that the register can give are
scored: an item without values is named, and a plot with a missing item gets a total only where the framework says how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from parkbook.briefing.blocks import Block, Column, Runs, Table, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import DASH
from parkbook.briefing.register_words import counted, right
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.comparison.scoring import ColumnScores, Framework, Item, Scores, UnitScore, get_framework, score_table
from parkbook.indicators.enterprises import YES
from parkbook.indicators.plots import Plot, PlotMeasure, PlotRegister, measure
from parkbook.indicators.register_rows import derived, register_rows
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue, Observation, Transformation
from parkbook.units import Unit

MEASURE_OF = {
    "tax_per_mu": "tax_per_mu",
    "tax_per_land": "tax_per_mu",
    "value_added_per_mu": "value_added_per_mu",
    "sales_per_mu": "sales_per_mu",
    "revenue_per_mu": "sales_per_mu",
    "value_added_per_energy": "value_added_per_energy",
    "value_added_per_emission": "value_added_per_emission",
    "labour_productivity": "labour_productivity",
    "rd_share": "rd_share_of_sales",
    "rd_intensity": "rd_share_of_sales",
}
"""Items of the frameworks, by id, that a register of plots can give."""
BEST, WORST = 8, 4
SCORE = Unit("分")


@dataclass(frozen=True)
class PlotScores:
    """The register under one framework; `scores` is of the column whose items the register can give."""

    framework: Framework
    scores: Scores
    column: ColumnScores
    items: tuple[Item, ...]

    @property
    def grades(self) -> dict[str, str]:
        return {unit.unit: unit.grade for unit in self.column.units if unit.grade}

    def unscored_items(self) -> list[Item]:
        """Items for which no plot has a value."""
        return [i for i in self.items if all(unit.item(i.id).value is None for unit in self.column.units)]


def plot_scores(view: ParkView, register: PlotRegister) -> PlotScores | None:
    """None when no framework is chosen, or it is not made for enterprises, or the register has nothing of it."""
    if not view.choices.framework:
        return None
    framework = get_framework(view.choices.framework, "参数 framework")
    if framework.unit_kind != "企业" or framework.columns_by == "each":
        return None
    known = {item.id for item in framework.items}
    wanted = {item_id: measure(name) for item_id, name in MEASURE_OF.items() if item_id in known}
    if not wanted:
        return None
    units = {item.id: item.unit for item in framework.items}
    table = {
        plot.code: {item_id: _value(plot, measure, units[item_id]) for item_id, measure in wanted.items()}
        for plot in register.plots
    }
    types = _types(view, register) if framework.columns_by == "type" else None
    groups = {plot.code: plot.row.attribute("sector") or "未填写" for plot in register.plots}
    scores = score_table(framework, table, groups=groups, types=types, exempt=set(register.exempt))
    column = max(scores.columns, key=lambda column: len(column.units))
    return PlotScores(framework, scores, column, framework.items_of(column.column))


def _value(plot: Plot, item: PlotMeasure, unit: str) -> Decimal | None:
    """From the plot's own parts on full precision; the printed quotient only where the parts are not all there."""
    found = plot.computed(item) or plot.value(item)
    if found is None or found.value is None:
        return None
    return found.value / 100 if item.unit == "%" and unit == "无量纲" else found.value


def _types(view: ParkView, register: PlotRegister) -> dict[str, str]:
    """规上 or 规下 by the plot's user in the table of enterprises; a user that is not in it counts as 规上, which the page says."""
    above = {
        row.subject: row.attribute("above_size") in YES
        for row in register_rows(view.data.observations, ("operating_revenue",), view.period)
    }
    return {plot.code: "规上" if above.get(plot.row.attribute("user"), True) else "规下" for plot in register.plots}


def score_blocks(register: PlotRegister, found: PlotScores) -> list[Block]:
    """Sentence, table of the best and the last, grades, and what could not be scored."""
    units = [unit for unit in found.column.units if unit.rank is not None or unit.total is not None]
    blocks: list[Block] = [paragraph(_sentence(register, found))]
    table = _table(register, found, units)
    blocks += present(table)
    notes = list(dict.fromkeys((*found.column.notes, *found.scores.notes)))
    blocks.append(words("说明：" + "；".join([*_caveats(found), *notes]) + "。", "note"))
    return blocks


def _sentence(register: PlotRegister, found: PlotScores) -> Sentence:
    framework, column = found.framework, found.column
    rows = {plot.code: plot.row for plot in register.plots}
    scored = [unit for unit in column.units if unit.total is not None]
    whole = [u for u in column.units if all(item.value is not None for item in u.items)]
    sentence = Sentence(f"按“{framework.short}”")
    sentence.say(f"（{column.label}）" if column.label else "").say(f"{len(found.items)}项指标对所列地块试评，")
    sentence.extend(counted([rows[u.unit] for u in whole], "宗", "各项指标齐全")).say("各项指标齐全，")
    sentence.extend(counted([rows[u.unit] for u in scored], "宗", "得出总分")).say("得出总分")
    if found.grades:
        told = [
            Sentence(f"{grade}档").extend(
                counted([rows[u.unit] for u in column.units if u.grade == grade and not u.exempt], "宗", f"{grade}档")
            )
            for grade in found.column.grade_counts
            if any(u.grade == grade and not u.exempt for u in column.units)
        ]
        sentence.say("；定档结果为").extend(Sentence.join(told, "、"))
        exempt = [rows[u.unit] for u in column.units if u.exempt]
        if exempt:
            sentence.say("，另").extend(counted(exempt, "宗", "不定等级")).say("不定等级、不占比例")
    return sentence.say("。")


def _table(register: PlotRegister, found: PlotScores, units: list[UnitScore]) -> Table | None:
    ranked = sorted((u for u in units if u.total is not None), key=lambda u: (-(u.total or Decimal(0)), u.unit))
    if not ranked:
        return None
    chosen = ranked if len(ranked) <= BEST + WORST else [*ranked[:BEST], *ranked[-WORST:]]
    graded = bool(found.grades)
    builder = TableBuilder(
        f"所列地块评分（{found.framework.short}，试算）",
        (
            right("位次", 0.6),
            Column(label="地块", weight=1.1),
            Column(label="使用企业", weight=1.4),
            *(right(f"{item.label_zh}{_points(item)}", 1.1) for item in found.items),
            right("总分", 0.9),
            *([Column(label="档次", weight=0.7)] if graded else []),
        ),
    )
    rows = {plot.code: plot for plot in register.plots}
    for unit in chosen:
        plot = rows[unit.unit]
        all_inputs = list(dict.fromkeys(o for item in found.items for o in _inputs(plot, item)))
        builder.row(
            str(unit.rank) if unit.rank is not None else DASH,
            unit.unit,
            plot.row.attribute("user") or DASH,
            *(_score_cell(builder, plot, unit, item) for item in found.items),
            builder.figure(
                _score(plot, "总分", unit.total, _total_formula(unit), all_inputs),
                f"{half_up(unit.total or Decimal(0), 1)}",
            ),
            *([("不定" if unit.exempt else unit.grade) or DASH] if graded else []),
        )
    few = len(chosen) < len(ranked)
    notes = [f"列出总分最高的{BEST}宗和最低的{WORST}宗，共{len(ranked)}宗"] if few else []
    if any(i.by_missing_rule for unit in chosen for i in unit.items):
        notes.append("带“※”的分数按该体系的缺数规则取得")
    return builder.build(notes=notes)


def _points(item: Item) -> str:
    return f"（{item.weight.normalize():f}）" if item.weight is not None else ""


def _score_cell(builder: TableBuilder, plot: Plot, unit: UnitScore, item: Item) -> Runs | str:
    scored = unit.item(item.id)
    if scored.score is None:
        return DASH
    mark = "※" if scored.by_missing_rule else ""
    value = _score(plot, item.label_zh, scored.score, scored.formula or "按缺数规则计分", _inputs(plot, item))
    return builder.figure(value, f"{half_up(scored.score, 1)}{mark}")


def _inputs(plot: Plot, item: Item) -> list[Observation]:
    """The figures of the register behind an item; none where it was scored by the rule for missing values."""
    found = plot.computed(measure(MEASURE_OF[item.id])) if item.id in MEASURE_OF else None
    return list(found.inputs) if found is not None else []


def _score(plot: Plot, label: str, score: Decimal | None, formula: str, inputs: list[Observation]) -> IndicatorValue:
    return derived(
        f"{plot.code}{label}得分",
        score,
        SCORE,
        Transformation.SHARE,
        f"{label}：{formula}",
        inputs or [plot.row.anchor],
        subject=plot.code,
    )


def _total_formula(unit: UnitScore) -> str:
    return " + ".join(f"{half_up(i.score, 2)}" for i in unit.items if i.score is not None)


def _caveats(found: PlotScores) -> list[str]:
    framework = found.framework
    said = [
        f"该体系（{framework.document or framework.name}，{framework.version or '版本未载明'}，{framework.source}）评价对象为企业，"
        "此处以地块代入，只供分析，不是评价结果"
    ]
    if any(item.id in ("rd_share", "rd_intensity", "revenue_per_mu", "sales_per_mu") for item in found.items):
        said.append("主营业务收入以地块的工业销售收入代替")
    missing = found.unscored_items()
    if missing:
        said.append(f"登记表没有{'、'.join(item.label_zh for item in missing)}，不能计分")
    partial = [(i, sum(1 for u in found.column.units if u.item(i.id).value is None)) for i in found.items]
    told = [f"{item.label_zh}缺{count}宗" for item, count in partial if 0 < count < len(found.column.units)]
    if told:
        said.append("、".join(told))
    if not framework.grading:
        said.append("该体系的档次比例未取得，只计分、排位")
    return said


def grades_of(found: PlotScores | None) -> Mapping[str, str]:
    return found.grades if found is not None else {}
