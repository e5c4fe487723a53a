"""地块评价 on a page: what the listed plots yield per mu, which are low and why, who is scored, what stands idle.

The list is usually some of a park's plots: the page says how many of how many, and speaks of 所列地块 only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parkbook.briefing import charts
from parkbook.briefing.blocks import Block, Column, Heading, Run, Runs, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import DASH, number_text, value_text
from parkbook.briefing.plots_scores import grades_of, plot_scores, score_blocks
from parkbook.briefing.register_words import MOST_ROWS, cell, counted, rest_note, right, shown
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.indicators.families import own_level
from parkbook.indicators.formulas import published
from parkbook.indicators.plots import BELOW_SHARE, MEASURES, LowPlot, Plot, PlotRegister, measure, plot_register
from parkbook.model import IndicatorValue

CHARTED = 15


def plots_blocks(view: ParkView) -> list[Block]:
    """The whole part; grades are of the framework chosen by the analyst. Empty where no ledger lists plots."""
    register = plot_register(view.data.observations, view.period)
    if register is None:
        return []
    scored = plot_scores(view, register)
    return [
        Heading(level=3, text="地块效益分析"),
        paragraph(_cover_sentence(view, register)),
        *_measures_table(register),
        *_ranking_chart(register, grades_of(scored)),
        *(score_blocks(register, scored) if scored is not None else _not_scored(view)),
        *_low_blocks(register),
        *_idle_blocks(register),
    ]


def _cover_sentence(view: ParkView, register: PlotRegister) -> Sentence:
    """登记表列36宗、3068.9亩; of how many plots and how much land of the park, where that is known."""
    rows = [plot.row for plot in register.plots]
    sentence = Sentence(f"{register.year}年地块基础数据表列").extend(counted(rows, "宗", "登记表所列地块"))
    if register.land is not None:
        sentence.say("，用地面积").figure(register.land, value_text(register.land))
    total, area = (
        own_level(view.index, "plots_total", view.period),
        own_level(view.index, "plot_land_area", view.period),
    )
    if total is not None and area is not None:
        value, land = published(total, None), published(area, None)
        sentence.say("（园区地块共").figure(value, value_text(value)).say("、").figure(land, value_text(land)).say(
            "），"
        )
        sentence.say("以下只就所列地块分析")
    exempt = register.exempt
    if exempt:
        unscored = [plot.row for plot in register.plots if plot.exempt]
        reasons = "、".join(dict.fromkeys(exempt.values()))
        sentence.say("；其中").extend(counted(unscored, "宗", "不定等级")).say(f"因{reasons}不定等级，不列入低效地块")
    return sentence.say("。")


def _not_scored(view: ParkView) -> list[Block]:
    why = "所选评价体系不适用于地块" if view.choices.framework else "未选定评价体系（参数 framework）"
    return [words(f"{why}，地块不评分、不定档。", "note")]


def _measures_table(register: PlotRegister) -> list[Block]:
    """Each measure with its formula, the list's ratio of sums, the best and the worst plot, and how many plots have it."""
    builder = TableBuilder(
        "所列地块效益指标",
        (
            Column(label="指标", weight=1.7),
            Column(label="算式", weight=2.2),
            right("所列地块总体", 1.4),
            Column(label="最高", weight=1.9),
            Column(label="最低", weight=1.9),
            right("有数地块", 0.9),
        ),
    )
    for item in MEASURES:
        ranked = register.ranked(item)
        if not ranked:
            continue
        ends = (ranked[0], ranked[-1]) if item.higher else (ranked[-1], ranked[0])
        builder.row(
            item.label_zh,
            item.formula,
            shown(builder, register.whole(item)),
            *(_named_value(builder, plot, value, ranked) for plot, value in ends),
            f"{len(ranked)}宗",
        )
    notes = ["总体为各地块分子合计÷分母合计，不是各地块比率的平均；投资强度、容积率的登记表没有分子，不算总体"]
    doubtful = _misprints(register)
    if doubtful:
        notes.append(f"登记表所列比率与分子、分母重算不符：{'、'.join(doubtful)}")
    table = builder.build(notes=notes)
    return present(table)


def _named_value(
    builder: TableBuilder, plot: Plot, value: IndicatorValue, ranked: Sequence[tuple[Plot, IndicatorValue]]
) -> Runs:
    """The plot at one end of the order, and how many share its place."""
    same = sum(1 for _, other in ranked if other.value == value.value)
    return (Run(text=f"{plot.code}{f'等{same}宗' if same > 1 else ''} "), *builder.figure(value, value_text(value)))


def _misprints(register: PlotRegister) -> list[str]:
    return [
        f"{plot.code}{item.label_zh}" for item in MEASURES for plot in register.plots if plot.misprint(item) is not None
    ][:8]


def _ranking_chart(register: PlotRegister, grades: Mapping[str, str]) -> list[Block]:
    """亩均税收 from the highest; the low ones hatched, the grade behind the name where there is one."""
    item = measure("tax_per_mu")
    ranked = [pair for pair in register.ranked(item) if not pair[0].exempt]
    low = {entry.plot.code for entry in register.low()}
    middle = CHARTED // 2
    chosen = ranked if len(ranked) <= CHARTED else [*ranked[: middle + 1], *ranked[-middle:]]
    bars = [
        charts.Bar(_bar_name(plot, grades), value.value, value_text(value), plot.code in low)
        for plot, value in chosen
        if value.value is not None
    ]
    whole = register.whole(item)
    mark = (whole.value, f"总体{number_text(whole)}") if whole is not None and whole.value is not None else None
    words_of = f"最高的{middle + 1}宗和最低的{middle}宗" if len(ranked) > CHARTED else f"{len(ranked)}宗"
    chart = charts.ranked_bars(
        f"所列地块亩均税收（万元/亩，{words_of}，不含不定等级的）", bars, reference=mark, mark_words="偏低"
    )
    return present(chart)


def _bar_name(plot: Plot, grades: Mapping[str, str]) -> str:
    grade = grades.get(plot.code, "")
    return f"{plot.code} {plot.row.attribute('user')}{f'（{grade}）' if grade else ''}"


def _low_blocks(register: PlotRegister) -> list[Block]:
    """低效地块 with what lies below which line, last year's grade beside it."""
    low = register.low()
    if not low:
        return [words("所列地块没有亩均税收或亩均产值低于总体水平一半的。")]
    lines = {reason.measure.id: reason for entry in low for reason in entry.reasons}
    sentence = Sentence("亩均税收或亩均产值低于所列地块总体水平一半的有")
    sentence.extend(counted([entry.plot.row for entry in low], "宗", "偏低地块")).say("（偏低线：")
    told = [Sentence(reason.measure.label_zh).figure(reason.line, value_text(reason.line)) for reason in lines.values()]
    sentence.extend(Sentence.join(told, "、")).say("）。")
    builder = TableBuilder(
        "低效地块及原因",
        (
            Column(label="地块", weight=1.1),
            Column(label="使用企业", weight=1.4),
            right("用地面积", 0.9),
            Column(label="低于偏低线的指标（万元/亩）", weight=3.6),
            right("闲置厂房面积", 1.2),
            Column(label="登记的上年档次", weight=1),
        ),
    )
    for entry in low[:MOST_ROWS]:
        builder.row(
            entry.plot.code,
            entry.plot.row.attribute("user") or DASH,
            cell(builder, entry.plot.land),
            _reasons(builder, entry),
            cell(builder, entry.plot.idle_floor),
            entry.plot.row.attribute("grade_before") or DASH,
        )
    notes = rest_note(len(low), min(len(low), MOST_ROWS), f"列出前{MOST_ROWS}宗")
    notes.append(f"偏低线为所列地块总体水平（总量比）的{BELOW_SHARE * 100:.0f}%，是本系统的分析口径，不是官方认定标准")
    table = builder.build(notes=notes)
    return [paragraph(sentence), *present(table)]


def _reasons(builder: TableBuilder, entry: LowPlot) -> Runs:
    runs: list[Run] = []
    for reason in entry.reasons:
        runs.append(Run(text=("、" if runs else "") + reason.measure.label_zh))
        runs += builder.figure(reason.value, number_text(reason.value))
    return tuple(runs)


def _idle_blocks(register: PlotRegister) -> list[Block]:
    """闲置: the park's own figures, and the plots with idle buildings."""
    idle = register.idle
    if not idle:
        return []
    sentence = Sentence("所列地块中有闲置厂房的").extend(counted([plot.row for plot in idle], "宗", "有闲置厂房"))
    told = [
        Sentence(f"{plot.code}（{plot.row.attribute('user') or '使用企业未填'}）").figure(
            published(plot.idle_floor, None), value_text(published(plot.idle_floor, None))
        )
        for plot in idle[:5]
        if plot.idle_floor is not None
    ]
    sentence.say("，面积较大的是").extend(Sentence.join(told, "、"))
    return [paragraph(sentence.say("。"))]
