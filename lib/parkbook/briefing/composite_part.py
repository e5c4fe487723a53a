"""The composite index of a comparison: scores, ranks and how firm they are, with recipe and log. Analysis, not an assessment.

Shown where at least three comparable indicators with a better direction and five parks are there; when the analyst asks for
weights and there is too little, the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing import rank_charts
from parkbook.briefing.blocks import Block, Column, Runs, present
from parkbook.briefing.claims import Sentence, bullets, paragraph, words
from parkbook.briefing.comparison_view import ComparisonView
from parkbook.briefing.format import plain
from parkbook.briefing.sections import SECTIONS
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.comparison.comparability import IndicatorComparison
from parkbook.comparison.composite import Composite, CompositeError, Recipe, Screen, build
from parkbook.comparison.composite.figures import column_id, figures_of, matrix_of, parse_weights, too_little, usable
from parkbook.comparison.composite.log import STEPS_ZH
from parkbook.comparison.robustness import (
    DRAWS,
    NOISE,
    SEED,
    Bands,
    Dropped,
    MethodSwap,
    drop_each_indicator,
    drop_each_park,
    swap_methods,
    weight_noise,
)
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue, Transformation, weakest
from parkbook.units import Unit

LABEL = "综合指数由可比的公布数按下列步骤计算，只供分析用，不是官方考核结果；权重不代表任何部门的评价意见。"
POINTS = Unit("分")
MOST_DROPPED = 60
"""Dropping each park in turn is told up to this many parks."""


def composite_part(view: ComparisonView) -> list[Block]:
    """Score table, rank bands, what changes the ranks, groups, log and recipe."""
    lacking = too_little(view.rankings)
    if lacking:
        return [words(f"{lacking}。", "note")] if view.weights else []
    rankings = usable(view.rankings)
    weight = parse_weights(view.weights, [column_id(compared) for compared in rankings])
    if weight.values:
        rankings = tuple(compared for compared in rankings if column_id(compared) in weight.values)
    names = {park_id: view.name(park_id) for park_id in view.parks}
    recipe = Recipe(screen=Screen(constant="drop"), weight=weight, groups=_groups(rankings))
    try:
        composite = build(matrix_of(rankings, names), recipe)
    except CompositeError as error:
        return [words(f"综合指数没有算出：{error.finding.what}。{error.finding.remedy}。", "warning")]
    bands, swap = weight_noise(composite), swap_methods(composite)
    blocks: list[Block] = [words(LABEL, "note"), _lead(view, composite)]
    table = _score_table(view, rankings, composite, bands, swap)
    blocks += present(table)
    blocks += _warnings(composite) + _charts(view, composite, bands)
    blocks += [bullets(_firmness(view, composite, bands, swap)), *_without_each_indicator(view, composite)]
    return blocks + _log(composite)


def _groups(rankings: Sequence[IndicatorComparison]) -> dict[str, str]:
    """Each column under the section of the page that its indicator belongs to."""
    section = {system: part.title for part in SECTIONS for system in part.systems}
    return {column_id(compared): section[compared.indicator.system] for compared in rankings}


def _score(
    view: ComparisonView, rankings: Sequence[IndicatorComparison], composite: Composite, park: str
) -> IndicatorValue:
    """A score with the figures it was made from."""
    inputs = figures_of(rankings, park)
    score = composite.score_of(park)
    return IndicatorValue(
        ref_area=park,
        indicator_id="",
        label_zh="综合指数（分析用）",
        period=view.period,
        transformation=Transformation.LEVEL,
        value=None if score is None else Decimal(repr(score)),
        unit=POINTS,
        status=weakest([o.obs_status for o in inputs]),
        inputs=inputs,
        formula="；".join(step.what for step in composite.log if step.step in ("normalise", "weight", "aggregate")),
        computed=True,
    )


def _points(score: float) -> str:
    return plain(half_up(Decimal(repr(float(score))), 1))


def _lead(view: ComparisonView, composite: Composite) -> Block:
    order = sorted(composite.parks, key=lambda park: composite.rank_of(park) or 0)
    told = "、".join(f"{view.name(park)}（{_points(composite.score_of(park) or 0)}分）" for park in order[:3])
    count = len(composite.normalised.indicators)
    return paragraph(Sentence(f"{len(composite.parks)}个园区、{count}项指标参加计算，得分居前的是{told}。"))


def _score_table(
    view: ComparisonView,
    rankings: Sequence[IndicatorComparison],
    composite: Composite,
    bands: Bands,
    swap: MethodSwap,
) -> Block | None:
    groups = list(composite.group_scores) if len(composite.group_scores) > 1 else []
    builder = TableBuilder(
        f"综合指数（{view.period.label_zh}，分析用）",
        [
            Column(label="园区", weight=2),
            Column(label="得分", align=RIGHT),
            Column(label="名次", align=RIGHT, weight=0.8),
            *(Column(label=group, align=RIGHT, group="分组得分") for group in groups),
            Column(label="权重扰动", align=RIGHT, group="名次区间"),
            Column(label="换用方法", align=RIGHT, group="名次区间"),
        ],
    )
    for park in sorted(composite.parks, key=lambda park: composite.rank_of(park) or 0):
        i = composite.parks.index(park)
        low, high = swap.band(park)
        value = _score(view, rankings, composite, park)
        builder.row(
            view.name(park),
            builder.figure(value, _points(composite.scores[i])),
            f"{composite.ranks[i]}/{len(composite.parks)}",
            *(_points(composite.group_scores[group][i]) for group in groups),
            _span(int(bands.low[i]), int(bands.high[i])),
            _span(low, high),
        )
    for park in composite.unscored:
        blank: tuple[Runs | str, ...] = ("—",) * (3 + len(groups))
        builder.row(view.name(park), "不计分", *blank)
    notes = [
        f"权重扰动：各项权重在上下{NOISE * 100:g}%内随机变动{DRAWS:,}次（随机种子{SEED}），90%的名次落在所列区间",
        f"换用方法：{len(swap.ranks)}种标准化与合成方法的组合中最前和最后的名次",
        *(f"{view.name(park)}：{reason}" for park, reason in composite.unscored.items()),
    ]
    return builder.build(notes=notes)


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}—{high}"


def _warnings(composite: Composite) -> list[Block]:
    return [words(f"须注意：{text}。", "warning") for text in composite.warnings]


def _charts(view: ComparisonView, composite: Composite, bands: Bands) -> list[Block]:
    rows = [
        rank_charts.RankBand(view.name(park), int(composite.ranks[i]), int(bands.low[i]), int(bands.high[i]))
        for i, park in enumerate(composite.parks)
    ]
    order = sorted(range(len(composite.parks)), key=lambda i: int(composite.ranks[i]))
    first = [
        (view.name(composite.parks[i]), [float(scores[i]) for scores in composite.group_scores.values()])
        for i in order[: rank_charts.MOST_RADAR]
    ]
    made = (
        rank_charts.rank_bands("综合指数的名次", rows, len(rows), meaning="权重扰动下90%的名次"),
        rank_charts.radar("分组得分（得分居前的园区）", list(composite.group_scores), first),
    )
    return present(*made)


def _firmness(view: ComparisonView, composite: Composite, bands: Bands, swap: MethodSwap) -> list[Sentence]:
    """What weights, indicators, parks and methods do to the ranks, one sentence each."""
    firm = [view.name(park) for park in bands.firm]
    sentences = [
        f"权重扰动：{'、'.join(firm)}的名次不变，其余园区的名次随权重变化" if firm and len(firm) < len(bands.parks)
        else "权重扰动：各园区的名次都不变" if firm else "权重扰动：各园区的名次都随权重变化",
    ]  # fmt: skip
    if len(composite.parks) <= MOST_DROPPED:
        sentences.append(_dropped_parks(view, drop_each_park(composite)))
    refused = sorted(set(swap.refused.values()))
    sentences.append(
        f"换用方法：{len(swap.ranks)}种组合得出名次"
        + (f"，{len(swap.refused)}种因不适用而未算（{'；'.join(refused)}）" if refused else "")
    )
    return [Sentence(text + "。") for text in sentences]


def _without_each_indicator(view: ComparisonView, composite: Composite) -> list[Block]:
    """How many ranks change without each indicator, and whose most."""
    columns = [
        Column(label="去掉的指标", weight=2),
        Column(label="名次改变的园区", weight=1.2),
        Column(label="变动最大", weight=3),
    ]
    builder = TableBuilder("去掉一项指标后名次的变化", columns)
    labels = {column.id: column.name for column in composite.matrix.indicators}
    for item in drop_each_indicator(composite):
        if item.variant is None:
            builder.row(labels[item.what], "不能计算", item.refused)
            continue
        moves = zip(item.variant.parks, item.variant.ranks_before, item.variant.ranks_after, strict=True)
        park, before, after = max(moves, key=lambda move: abs(move[2] - move[1]))
        told = f"{view.name(park)}由第{before}位到第{after}位" if before != after else "—"
        builder.row(labels[item.what], f"{len(item.variant.moved)}/{len(item.variant.parks)}", told)
    table = builder.build(notes=("其余指标的权重按比例放大；由数据得出的权重重新计算",))
    return present(table)


def _dropped_parks(view: ComparisonView, dropped: Sequence[Dropped]) -> str:
    """Rank reversals among the others when one park leaves: in how many cases, and the first few."""
    refused = [item for item in dropped if item.variant is None]
    turned = [item for item in dropped if item.variant is not None and item.variant.reversals]
    text = "去掉一个园区："
    if refused:
        text += f"{len(refused)}次不能计算（{refused[0].refused}）；"
    if not turned:
        return f"{text}无论去掉哪一个，其余园区的先后都不变"
    examples = []
    for item in turned[:3]:
        ahead, behind = item.variant.reversals[0] if item.variant is not None else ("", "")
        examples.append(f"去掉{view.name(item.what)}，{view.name(ahead)}由领先{view.name(behind)}变为落后")
    return f"{text}{len(dropped)}次中有{len(turned)}次使其余园区的先后改变（名次反转），如{'；'.join(examples)}"


def _log(composite: Composite) -> list[Block]:
    builder = TableBuilder("综合指数的计算步骤", [Column(label="步骤", weight=0.7), Column(label="做法", weight=5)])
    for step in composite.log:
        builder.row(STEPS_ZH[step.step], step.what)
        for change in step.changes:
            label = next(c.name for c in composite.matrix.indicators if c.id == change.indicator)
            park = composite.matrix.names.get(change.park, change.park)
            before = "缺数" if change.before is None else f"{change.before:g}"
            builder.row("", f"{park}{label}：{before} → {change.after:g}")
    table = builder.build()
    recipe = words(f"配方（可据此重算）：{composite.recipe.to_json()}", "note")
    return [*present(table), recipe]
