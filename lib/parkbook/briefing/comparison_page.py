"""The page of a comparison: several parks side by side in one period, ranked where they are comparable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parkbook.briefing import charts
from parkbook.briefing.blocks import Block, Column, Cover, Heading, Run, Runs, present
from parkbook.briefing.claims import Sentence, bullets, paragraph, words
from parkbook.briefing.comparison_view import ComparisonView, observations_of, source_line, unit_mark
from parkbook.briefing.comparison_words import ordered_summary, summary
from parkbook.briefing.format import arrow_text, direction_words, marked_arrow, marked_text, value_text
from parkbook.briefing.provenance import grade_words, source_words
from parkbook.briefing.sections import CHINESE_NUMERALS
from parkbook.briefing.tables import RIGHT, TableBuilder, unit_notes
from parkbook.briefing.view import THIRD_PARTY_NOTICE
from parkbook.catalogue import Indicator
from parkbook.comparison.alignment import other_years
from parkbook.comparison.comparability import Entry, IndicatorComparison
from parkbook.comparison.ranking import rank_intervals
from parkbook.indicators.formulas import implied_growth, published
from parkbook.model import Comparison, Transformation


def comparison_cover(view: ComparisonView, *, state: str, audience: str) -> Cover:
    latest = f"{view.period.end.year}年{view.period.end.month}月" if view.period.end else ""
    return Cover.model_validate(
        {
            "title": view.title,
            "subtitle": view.period.label_zh,
            "notebook": "comparison",
            "state": state,
            "audience": audience,
            "period": view.period.label_zh,
            "as_of": latest,
            "notices": (THIRD_PARTY_NOTICE,),
        }
    )


def comparison_lead(view: ComparisonView) -> list[Block]:
    """Who is compared on what, and the declared remarks about the group."""
    names = "、".join(view.name(park_id) for park_id in view.parks)
    return [
        words(
            f"比较对象为{names}共{len(view.parks)}个园区，报告期为{view.period.label_zh}。只对指标、报告期、口径和计量单位相同的数据排名，"
            "名次按公布数计算。",
            "lead",
        ),
        *(words(remark, "note") for remark in view.remarks),
    ]


def comparison_blocks(view: ComparisonView, indicator: Indicator, number: int) -> list[Block]:
    """One indicator: what stands out, the table, and the bars of level and growth."""
    level = view.compared(indicator, Transformation.LEVEL)
    growth = view.compared(indicator, Transformation.GROWTH)
    blocks: list[Block] = [
        Heading(level=1, text=f"{CHINESE_NUMERALS[number]}、{indicator.label_zh}"),
        paragraph(summary(view, level, growth)),
    ]
    return blocks + _table(view, level, growth) + _other_years(view, level, growth) + _bars(view, level, growth)


def indicator_entry(view: ComparisonView, indicator: Indicator, order: str) -> list[Block]:
    """One indicator of a bulletin: what stands out and the table, both in the order asked for. The total is on top of the table."""
    level = view.compared(indicator, Transformation.LEVEL)
    growth = view.compared(indicator, Transformation.GROWTH)
    return [
        paragraph(ordered_summary(view, level, growth, lowest_first=order == "ascending")),
        *_table(view, level, growth, order),
        *_other_years(view, level, growth),
    ]


def _other_years(view: ComparisonView, *both: IndicatorComparison) -> list[Block]:
    """What parks without a figure of the period have for the same months of another year: told, not ranked."""
    lines = []
    for compared in both:
        show = direction_words if compared.transformation is Transformation.GROWTH else value_text
        kind = "同比" if compared.transformation is Transformation.GROWTH else ""
        for other in other_years(compared, view.indexes):
            sentence = Sentence(f"{view.name(other.park_id)}{other.period.label_zh}{compared.indicator.label_zh}{kind}")
            lines.append(sentence.figure(other.value, show(other.value)).say("（年份不同，列出供参考，不参与排名）。"))
    return [bullets(lines)] if lines else []


def _table(
    view: ComparisonView, level: IndicatorComparison, growth: IndicatorComparison, order: str = ""
) -> list[Block]:
    """All parks, ranked ones first; the published total on top; reasons in words. Growth only where any park has it."""
    indicator, moving = level.indicator, any(entry.value is not None for entry in growth.entries)
    columns = [
        Column(label="园区", weight=2.2),
        Column(label="数值", align=RIGHT, weight=1.4),
        Column(label="位次", align=RIGHT, weight=0.9),
    ]
    if moving:
        columns += [Column(label="同比", align=RIGHT, weight=1.1), Column(label="增速位次", align=RIGHT, weight=1.1)]
    builder = TableBuilder(
        f"{indicator.label_zh}（{view.period.label_zh}）", [*columns, Column(label="说明", weight=2)]
    )

    spans = _loose_ranks(level), _loose_ranks(growth)

    def row(name: str, entries: tuple[Entry, Entry], remark: str) -> None:
        value, rate = entries
        cells = [builder.figure(value.value, marked_text(value.value)), _place(value, level, spans[0])]
        if moving:
            cells += [builder.figure(rate.value, marked_arrow(rate.value)), _place(rate, growth, spans[1])]
        builder.row(name, *cells, remark)

    total = view.total(indicator, Transformation.LEVEL)
    if total is not None:
        rate = view.total(indicator, Transformation.GROWTH)
        totals = (Entry("", published(total, indicator)), Entry("", published(rate, indicator) if rate else None))
        row(view.total_name, totals, "公布的合计，不参与排名")
    rates = {entry.park_id: entry for entry in growth.entries}
    entries, sorted_by = _ordered(level, growth, order)
    for entry in entries:
        row(view.name(entry.park_id), (entry, rates[entry.park_id]), _reasons(entry, rates[entry.park_id], moving))
    told = (
        (bool(sorted_by), sorted_by),
        (bool(level.ranked), f"位次的分母为可比园区数（{len(level.ranked)}个）"),
        (any(spans), "位次后括号内为公布数的取整误差可能造成的名次，未注的不受取整影响"),
        (bool(level.ranked or growth.ranked) and not any(spans), "各位次都不受公布数取整的影响"),
        (not moving, "未见各园区的同比增速"),
        *((True, note) for note in unit_notes(o for e in level.entries if e.value for o in e.value.inputs)),
    )
    figures = [*observations_of(level, growth), *(o for o in view.totals if o.indicator_id == indicator.id)]
    table = builder.build(notes=[text for holds, text in told if holds], source_line=source_line(figures))
    return present(table)


def _ordered(level: IndicatorComparison, growth: IndicatorComparison, order: str) -> tuple[Sequence[Entry], str]:
    """The parks by growth, or by value where no growth is ranked, and the words for it; those without a rank at the end."""
    leading = growth if growth.ranked else level
    if not order or not leading.ranked:
        return level.entries, ""
    sizes = {entry.park_id: leading.magnitude(entry) for entry in leading.ranked}
    rising = order == "ascending"
    ranked = [entry for entry in level.entries if entry.park_id in sizes]
    ranked.sort(key=lambda entry: sizes[entry.park_id], reverse=not rising)
    rest = [entry for entry in level.entries if entry.park_id not in sizes]
    what = "同比增速" if leading is growth else "数值"
    behind = f"，无{what}名次的列在最后" if rest else ""
    return [*ranked, *rest], f"各园区按{what}{'由低到高' if rising else '由高到低'}排列{behind}"


def _place(entry: Entry, compared: IndicatorComparison, spans: Mapping[str, str]) -> Runs:
    text = f"{entry.rank}/{len(compared.ranked)}{spans.get(entry.park_id, '')}"
    return (Run(text=text if entry.rank else "—"),)


def _loose_ranks(compared: IndicatorComparison) -> dict[str, str]:
    """（2—4） for each park whose rank the rounding of the printed figures may change."""
    return {item.park_id: f"（{item.best}—{item.worst}）" for item in rank_intervals(compared) if not item.firm}


def _reasons(level: Entry, growth: Entry, moving: bool) -> str:
    """Why a park has no rank, for the value and for its growth."""
    if not moving or level.reason == growth.reason:
        return level.reason or "可比"
    parts = [f"数值：{level.reason}" if level.reason else "", f"增速：{growth.reason}" if growth.reason else ""]
    return "；".join(part for part in parts if part) or "可比"


def _bars(view: ComparisonView, level: IndicatorComparison, growth: IndicatorComparison) -> list[Block]:
    found = []
    marked = f"，{mark}" if (mark := unit_mark(observations_of(level))) else ""
    for compared, caption, show in (
        (level, f"{level.indicator.label_zh}（{view.period.label_zh}{marked}）", value_text),
        (growth, f"{level.indicator.label_zh}同比增速（{view.period.label_zh}）", arrow_text),
    ):
        bars = [
            charts.Bar(view.name(e.park_id), compared.magnitude(e), show(e.value), compared.magnitude(e) < 0)
            for e in compared.ranked
        ]
        chart = charts.ranked_bars(caption, bars, mark_words="同比下降" if any(bar.marked for bar in bars) else "")
        if chart is not None:
            found.append(chart)
    return list(found)


def implied_checks(view: ComparisonView) -> list[Block]:
    """Where two levels a year apart are both published: the ratio beside the published rate."""
    lines = []
    for park_id, index in view.indexes.items():
        for indicator in view.indicators:
            now = [o for o in index.of_indicator(indicator.id, Transformation.LEVEL) if o.period.key == view.period.key]
            before = [
                o
                for o in index.of_indicator(indicator.id, Transformation.LEVEL)
                if o.period.key == view.period.shift_years(-1).key
            ]
            rates = [
                o
                for o in index.of_indicator(indicator.id, Transformation.GROWTH)
                if o.period.key == view.period.key and o.comparison is Comparison.YOY
            ]
            value = (
                implied_growth(indicator, now[0], before[0], rates[0] if rates else None) if now and before else None
            )
            if value is not None:
                lines.append(
                    Sentence(f"{view.name(park_id)}{indicator.label_zh}按公布数推算")
                    .figure(value, direction_words(value))
                    .say("。")
                )
    return [bullets(lines)] if lines else []


def comparison_sources(view: ComparisonView) -> list[Block]:
    """One line with the documents that the shown figures come from."""
    wanted = {indicator.id for indicator in view.indicators}
    shown = [
        o
        for data in view.parks.values()
        for o in data.observations
        if o.period.key == view.period.key and o.indicator_id in wanted
    ]
    named = dict.fromkeys(f"{source_words(o)}（{grade_words(o.source)}）" for o in [*shown, *view.totals])
    return [words(f"数据来源：{'；'.join(named)}。", "note")] if named else []
