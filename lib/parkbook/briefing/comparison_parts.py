"""Parts of the comparison page beside the single indicators: coverage, positions and gaps, firmness of ranks, overview, quadrant."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from parkbook.briefing import rank_charts
from parkbook.briefing.blocks import Block, Column, present
from parkbook.briefing.claims import Sentence, bullets, words
from parkbook.briefing.comparison_view import ComparisonView, bracketed, observations_of, source_line, unit_mark
from parkbook.briefing.coverage_page import DEFINITIONS, SYMBOLS, sign
from parkbook.briefing.format import (
    DASH,
    arrow_text,
    direction_words,
    plain,
    printed_places,
    unit_words,
    value_text,
)
from parkbook.briefing.tables import RIGHT, TableBuilder, unit_notes
from parkbook.catalogue import Direction
from parkbook.codelists import label_zh
from parkbook.comparison.comparability import IndicatorComparison
from parkbook.comparison.coverage import CELL_WORDS, CellState, coverage
from parkbook.comparison.peers import Feature, GroupGrowth, Position, Standing, alike, group_growth, standing
from parkbook.comparison.ranking import RankInterval, rank_among, rank_intervals
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.rounding import decimals, half_up
from parkbook.model import IndicatorValue, Transformation
from parkbook.observations.reconcile.interval import is_count

FEWEST = 3
"""With two parks, a median and a percentile say no more than the two figures."""
MOST_WORDS = 8
"""More parks than this have a sign each in the coverage table, as on the coverage page."""
SHOWN_WORDS = CELL_WORDS | {CellState.NONE: DASH}


def ranking_name(compared: IndicatorComparison) -> str:
    """收入合计, or 收入合计同比增速."""
    growing = compared.transformation is Transformation.GROWTH
    return compared.indicator.label_zh + ("同比增速" if growing else "")


def shown_places(compared: IndicatorComparison) -> int:
    """Decimals of a median, a gap or a growth of a ranking: as many as the figures have that it is made of. Counts are exact, and a
    median between two of them ends in a half, which is shown."""
    first = compared.ranked[0].value
    if first is None:
        return 0
    sizes = [compared.magnitude(entry) for entry in compared.ranked]
    if is_count(first.unit):
        return min(1, decimals(median(sizes).normalize()))
    ranked = [entry.value for entry in compared.ranked if entry.value is not None]
    return max(printed_places(o, first.unit) for value in ranked for o in value.inputs)


def between_places(compared: IndicatorComparison) -> int:
    """Decimals of the difference of two figures of a ranking: a count less a count is one."""
    first = compared.ranked[0].value
    return 0 if first is not None and is_count(first.unit) else shown_places(compared)


def exact_text(value: IndicatorValue, places: int) -> str:
    """A median or a gap, rounded half up once, without its sign; all of a column with the same decimals."""
    if value.value is None:
        return value_text(value)
    return plain(half_up(abs(value.value), places)) + unit_words(value.unit)


def signed_text(value: IndicatorValue, places: int) -> str:
    """增长0.9%, 下降2.1%, 3212.5亿元."""
    if value.transformation is not Transformation.GROWTH or value.value is None:
        minus = "-" if value.value is not None and value.value < 0 else ""
        return minus + exact_text(value, places)
    if not half_up(value.value, places):
        return "持平"
    return ("增长" if value.value > 0 else "下降") + exact_text(value, places)


def gap_text(value: IndicatorValue, places: int) -> str:
    """高1029.5亿元, 低8.7个百分点, 持平."""
    if not value.value:
        return "持平" if value.value == 0 else value_text(value)
    return ("高" if value.value > 0 else "低") + exact_text(value, places)


def ahead_text(position: Position) -> str:
    """4/5（80%）: ahead of four of the five others; level ones count half."""
    level = f"，并列{position.level_with}个" if position.level_with else ""
    return f"{position.ahead_of}/{position.of - 1}（{plain(half_up(position.percentile, 0))}%{level}）"


# --- coverage -------------------------------------------------------------------------------------------------------


def coverage_part(view: ComparisonView) -> list[Block]:
    """Indicator by park, in words: what there is of the period, and what is hidden or not there."""
    here = {
        park_id: FigureIndex(o for o in data.observations if o.period.key == view.period.key and not o.subject)
        for park_id, data in view.parks.items()
    }
    wanted = {indicator.id for indicator in view.indicators}
    rows = [row for row in coverage(view.catalogue, here) if row.indicator.id in wanted]
    signs = len(view.parks) > MOST_WORDS
    columns = [
        Column(label=view.name(park_id), align="center", weight=0.4 if signs else 0.9, narrow=signs)
        for park_id in view.parks
    ]
    builder = TableBuilder(f"指标覆盖（{view.period.label_zh}）", [Column(label="指标", weight=2), *columns])
    for row in rows:
        cells = [row.cells[park_id] for park_id in view.parks]
        builder.row(
            row.indicator.label_zh,
            *(sign(cell.state) if signs else SHOWN_WORDS[cell.state] for cell in cells),
        )
    legend = "　".join(f"{SYMBOLS[state]}{CELL_WORDS[state]}" for state in CellState if state is not CellState.NONE)
    note = f"{legend}　·来源未提及" if signs else "“—”为来源未提及，不等于零；“只有增速”为公布了增速而未公布数值"
    table = builder.build(notes=(note, DEFINITIONS))
    return present(table)


# --- positions and gaps ---------------------------------------------------------------------------------------------


def positions_part(view: ComparisonView) -> list[Block]:
    """For each ranking of three parks and more: the median in words, and each park's percentile and gaps."""
    standings = [
        found for found in map(standing, view.rankings) if found is not None and len(found.positions) >= FEWEST
    ]
    if not standings:
        return []
    blocks: list[Block] = [bullets(_median_sentence(view, found) for found in standings)]
    for found in standings:
        table = _position_table(view, found)
        blocks += present(table)
    return blocks


def _median_sentence(view: ComparisonView, found: Standing) -> Sentence:
    compared = found.compared
    sentence = Sentence(f"{ranking_name(compared)}：{len(found.positions)}个可比园区的中位数为")
    sentence.figure(found.median, signed_text(found.median, shown_places(compared)))
    sentence.say(bracketed(unit_mark(observations_of(compared))))
    if compared.transformation is Transformation.GROWTH:
        level = view.compared(compared.indicator, Transformation.LEVEL)
        group = group_growth(level, compared, view.overlapping)
        if group is not None:
            sentence.extend(_group_words(group, shown_places(compared)))
    return sentence.say("。")


def _group_words(group: GroupGrowth, places: int) -> Sentence:
    if not group.summed:
        return Sentence(f"；{group.why.split('，')[0]}，不按总量合成")
    return Sentence(f"；{group.why}，合计同比").figure(group.value, signed_text(group.value, max(1, places)))


def _position_table(view: ComparisonView, found: Standing) -> Block | None:
    compared = found.compared
    alike_ranks, alike_note = _alike_ranks(view, compared)
    middle, between = shown_places(compared), between_places(compared)
    ahead = "高于" if compared.indicator.direction is Direction.NEUTRAL else "优于"
    builder = TableBuilder(
        f"{ranking_name(compared)}的分位与差距（{view.period.label_zh}）",
        [
            Column(label="园区", weight=2),
            Column(label="数值", align=RIGHT, weight=1.3),
            Column(label="位次", align=RIGHT, weight=0.8),
            *([Column(label="同类位次", align=RIGHT, weight=1)] if alike_ranks else []),
            Column(label=ahead, align=RIGHT, weight=1.3),
            Column(label="与中位数之差", align=RIGHT, weight=1.6),
            Column(label="与第1位之差", align=RIGHT, weight=1.6),
        ],
    )
    show = arrow_text if compared.transformation is Transformation.GROWTH else value_text
    for position in found.positions:
        entry = position.entry
        builder.row(
            view.name(entry.park_id),
            builder.figure(entry.value, show(entry.value)),
            f"{entry.rank}/{position.of}",
            *([alike_ranks.get(entry.park_id, DASH)] if alike_ranks else []),
            ahead_text(position),
            builder.figure(position.to_median, gap_text(position.to_median, middle)),
            builder.figure(position.to_best, gap_text(position.to_best, between))
            if position.to_best is not None
            else DASH,
        )
    note = f"“{ahead}”为{'数值低于' if ahead == '高于' else '位次在后的'}园区数与其余园区数之比，并列的按半个计；中位数含该园区"
    shown = observations_of(compared)
    rounded = found.median.value is not None and half_up(found.median.value, middle) != found.median.value
    told = (
        note + ("，与其之差按未取整的中位数计算" if rounded else ""),
        *([alike_note] if alike_note else []),
        *unit_notes(shown),
    )
    return builder.build(notes=told, source_line=source_line(shown))


def _alike_ranks(view: ComparisonView, compared: IndicatorComparison) -> tuple[dict[str, str], str]:
    """Ranks among the parks of one type, and the note that names the types. A class of two says no more than the two ranks, one of
    all parks but one no more than the rank among all: neither has ranks of its own."""
    ranked = {entry.park_id: view.parks[entry.park_id].park for entry in compared.ranked}
    found, types = {}, {}
    for park_id, park in ranked.items():
        rank = rank_among(compared, park_id, alike(park, ranked.values(), Feature.TYPE))
        if rank is not None and FEWEST <= rank[1] <= len(ranked) - 2:
            found[park_id] = f"{rank[0]}/{rank[1]}"
            types[label_zh(park.type)] = rank[1]
    named = "、".join(f"{name}（{number}个）" for name, number in types.items())
    rest = "；“—”为同类的可比园区不足3个或类型未载明" if len(found) < len(ranked) else ""
    return found, f"同类位次为同一类型的可比园区之间的名次，类型为{named}{rest}" if found else ""


# --- how firm the ranks are -----------------------------------------------------------------------------------------


def firmness_part(view: ComparisonView) -> list[Block]:
    """What the rounding of the printed figures leaves of each ranking, and how near the nearest neighbours are."""
    if not view.rankings:
        return []
    blocks: list[Block] = [bullets(_firmness_sentence(view, compared) for compared in view.rankings)]
    for compared in view.rankings:
        intervals = rank_intervals(compared)
        if not all(item.firm for item in intervals):
            bands = [rank_charts.RankBand(view.name(i.park_id), i.rank, i.best, i.worst) for i in intervals]
            chart = rank_charts.rank_bands(
                f"{ranking_name(compared)}的名次区间", bands, len(bands), meaning="取整误差可能造成的名次"
            )
            blocks += present(chart)
    note = (
        "公布数按四舍五入理解，如印为12.3的数可能在12.25至12.35之间；个数和五位以上的整数视为准确数。"
        "单项排名去掉任何一个园区，其余园区之间的先后不变，只是位次和分母相应改变。"
    )
    return [*blocks, words(note, "note")]


def _firmness_sentence(view: ComparisonView, compared: IndicatorComparison) -> Sentence:
    intervals = rank_intervals(compared)
    loose = [item for item in intervals if not item.firm]
    sentence = Sentence(f"{ranking_name(compared)}：")
    if not loose:
        sentence.say(f"{len(intervals)}个园区的名次都不会因公布数取整而改变")
    else:
        told = "，".join(f"{view.name(i.park_id)}第{i.rank}位可能为第{i.best}至{i.worst}位" for i in loose[:5])
        rest = f"等{len(loose)}个园区" if len(loose) > 5 else ""
        sentence.say(f"在取整误差之内，{told}{rest}{'，其余名次不变' if len(loose) < len(intervals) else ''}")
    return sentence.extend(_ties(view, intervals)).extend(_nearest(view, compared)).say("。")


def _ties(view: ComparisonView, intervals: Sequence[RankInterval]) -> Sentence:
    found: dict[int, list[str]] = {}
    for item in intervals:
        if item.level_with:
            found.setdefault(item.rank, []).append(view.name(item.park_id))
    return Sentence("".join(f"；{'、'.join(names)}数值相同，并列第{rank}位" for rank, names in found.items()))


def _nearest(view: ComparisonView, compared: IndicatorComparison) -> Sentence:
    """The two neighbours in the ranking with the smallest gap."""
    pairs = [(a, b) for a, b in zip(compared.ranked, compared.ranked[1:], strict=False) if a.rank != b.rank]
    if not pairs:
        return Sentence()
    first, second = min(pairs, key=lambda pair: abs(compared.magnitude(pair[0]) - compared.magnitude(pair[1])))
    alone = [entry for entry in (first, second) if entry.value is not None]
    narrowed = IndicatorComparison(compared.indicator, compared.transformation, compared.period, tuple(alone))
    found = standing(narrowed)
    gap = found.positions[1].to_best if found is not None else None
    if gap is None:
        return Sentence()
    names = f"；相邻名次中差距最小的是{view.name(first.park_id)}（第{first.rank}位）与{view.name(second.park_id)}（第{second.rank}位），相差"
    return (
        Sentence(names)
        .figure(gap, exact_text(gap, between_places(compared)))
        .say(bracketed(unit_mark(observations_of(narrowed))))
    )


# --- overview and quadrant ------------------------------------------------------------------------------------------


def overview_part(view: ComparisonView) -> list[Block]:
    """All ranks on one picture (from three rankings on), and size against growth."""
    blocks: list[Block] = []
    if len(view.rankings) >= FEWEST:
        chart = rank_charts.heat(
            f"名次总览（{view.period.label_zh}）",
            [view.name(park_id) for park_id in view.parks],
            [_heading(compared) for compared in view.rankings],
            [[_heat_cell(compared, park_id) for compared in view.rankings] for park_id in view.parks],
        )
        blocks += present(chart)
    for indicator in view.indicators:
        blocks += _quadrant(
            view, view.compared(indicator, Transformation.LEVEL), view.compared(indicator, Transformation.GROWTH)
        )
    return blocks


def _heading(compared: IndicatorComparison) -> str:
    growing = compared.transformation is Transformation.GROWTH
    return compared.indicator.label_zh + ("\n同比增速" if growing else "")


def _heat_cell(compared: IndicatorComparison, park_id: str) -> rank_charts.HeatCell:
    entry = next((e for e in compared.entries if e.park_id == park_id), None)
    if entry is None or not entry.ranked:
        reason = entry.reason if entry is not None else ""
        return rank_charts.HeatCell(None, reason if 0 < len(reason) <= 5 else "不可比")
    of = len(compared.ranked)
    return rank_charts.HeatCell(Decimal(of - entry.rank) / (of - 1), f"{entry.rank}/{of}")


def _quadrant(view: ComparisonView, level: IndicatorComparison, growth: IndicatorComparison) -> list[Block]:
    sizes, rates = standing(level), standing(growth)
    both = [p for p in view.parks if sizes and rates and sizes.of(p) and rates.of(p)]
    if sizes is None or rates is None or len(both) < FEWEST or sizes.median.value is None or rates.median.value is None:
        return []
    entries = {e.park_id: e for e in level.ranked}, {e.park_id: e for e in growth.ranked}
    points = [
        rank_charts.Point(
            view.name(park_id),
            level.magnitude(entries[0][park_id]),
            growth.magnitude(entries[1][park_id]),
            f"{value_text(entries[0][park_id].value)}、同比{direction_words(rate) if (rate := entries[1][park_id].value) else ''}",
        )
        for park_id in both
    ]
    label = level.indicator.label_zh
    marked = f"，{mark}" if (mark := unit_mark(observations_of(level))) else ""
    chart = rank_charts.quadrant(
        f"{label}的规模与增速（{view.period.label_zh}{marked}）",
        points,
        (f"{label}（{unit_words(sizes.median.unit)}）", "同比增速（%）"),
        (sizes.median.value, rates.median.value),
    )
    return [words(_quadrant_words(label, points, sizes.median.value, rates.median.value)), *present(chart)]


def _quadrant_words(label: str, points: Sequence[rank_charts.Point], size: Decimal, rate: Decimal) -> str:
    """Who lies in which field; a figure at the median itself counts as not above it."""
    fields = {
        "规模和增速都高于中位数": [p.name for p in points if p.x > size and p.y > rate],
        "规模高于、增速不高于中位数": [p.name for p in points if p.x > size and p.y <= rate],
        "规模不高于、增速高于中位数": [p.name for p in points if p.x <= size and p.y > rate],
        "规模和增速都不高于中位数": [p.name for p in points if p.x <= size and p.y <= rate],
    }
    told = "；".join(f"{what}的有{'、'.join(names)}" for what, names in fields.items() if names)
    return f"{label}：{told}。"
