"""A park under the framework that the analyst chose: score, what could not be computed and who has it, what one step more would bring, 剔除.

The park's own figures are scored as they are; a framework made for enterprises or cities is only tried on a park, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing.blocks import Block, Column, Run, Runs, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import DASH, unit_words
from parkbook.briefing.provenance import provenance, reference
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.briefing.view import ParkView, park_view
from parkbook.codelists import Audience
from parkbook.comparison.scoring import Framework, Item, ItemScore, figure, get_framework
from parkbook.comparison.scoring.park import Excluded, ParkScore, park_scores
from parkbook.comparison.scoring.rule_words import rule_words
from parkbook.errors import UnknownCodeError
from parkbook.indicators.rounding import half_up
from parkbook.indicators.targets import MONTHS
from parkbook.model import IndicatorValue, Observation, Transformation, weakest
from parkbook.observations.read import read_park
from parkbook.periods import Basis, Period
from parkbook.units import Unit, parse_unit

PLACES = 2
POINTS = Unit("分")
LONG_LIST = 12
UNKNOWN_OFFICE = "责任单位原文未载"


def scoring_part(view: ParkView) -> list[Block]:
    """Empty when no framework is chosen."""
    if not view.choices.framework:
        return []
    framework = get_framework(view.choices.framework, "参数 framework")
    peers = {peer.name: peer.rows for peer in _peers(view)}
    scores = park_scores(framework, view.name, view.rows, view.subject_rows, view.choices.exclude, peers)
    if not _whole_year(view.period) and not any(i.score is not None for score in scores for i in score.unit.items):
        return [words(f"评价用全年数，本报告期（{view.period_label}）没有，不试算{framework.short}得分。", "note")]
    blocks: list[Block] = [words(_document_words(framework) + _peer_words(list(peers)))]
    for score in scores:
        blocks += _column_blocks(view, score, several=len(scores) > 1)
    notes = [*framework.notes, framework.status_note]
    blocks += [words("说明：" + "；".join(filter(None, notes)) + "。", "note")]
    return blocks


def _whole_year(period: Period | None) -> bool:
    """A full year, or a period that is not known."""
    if period is None or period.start is None or period.end is None:
        return True
    return period.basis is Basis.YTD and period.start.month == 1 and period.end.month == MONTHS


def _peers(view: ParkView) -> list[ParkView]:
    """The parks to be compared with that have figures for the period; a synthetic one is no yardstick for a real one."""
    found = []
    for park_id in view.choices.peers:
        data = read_park(park_id)
        if park_id == view.data.park.id or data.park.synthetic != view.data.park.synthetic:
            continue
        try:
            found.append(park_view(data, view.catalogue, view.period))
        except UnknownCodeError:  # nothing of that period: it cannot be compared with
            continue
    return found


def _peer_words(names: Sequence[str]) -> str:
    return f"最大值、最小值、平均值和位次取该园区与{'、'.join(names)}共{len(names) + 1}个园区。" if names else ""


def _document_words(framework: Framework) -> str:
    """Which document, which version, which years; what is not known is named as not known."""
    name = f"《{framework.document}》" if framework.document else f"“{framework.name}”"
    facts = [
        framework.document_number,
        framework.version,
        f"评价年份{framework.evaluation_year or '未载明'}、数据年份{framework.data_year or '未载明'}",
        framework.source,
    ]
    said = f"按{framework.issuer}{name}（{'，'.join(filter(None, facts))}）试算。"
    if framework.unit_kind and framework.unit_kind != "园区":
        said += f"该体系的评价对象是{framework.unit_kind}，这里以园区汇总数代入，只供分析，不是评价结果。"
    return said


def _column_blocks(view: ParkView, score: ParkScore, *, several: bool) -> list[Block]:
    blocks: list[Block] = [paragraph(_lead(view, score, several=several), "body")]
    table = _score_table(score, several=several)
    blocks += present(table)
    missing = _missing_table(score, several=several)
    blocks += present(missing)
    blocks += _excluded_blocks(view, score)
    return blocks


# --- the sum --------------------------------------------------------------------------------------------------------


def _lead(view: ParkView, score: ParkScore, *, several: bool) -> Sentence:
    unit = score.unit
    sentence = Sentence(f"{score.label}：" if several and score.label else "")
    able = [item for item in unit.items if item.score is not None]
    if not able:
        return sentence.say(
            f"{len(unit.items)}项指标均不可计算，没有得分。" if unit.items else "指标未取得，没有得分。"
        )
    total = _sum_value(view, score, able)
    text = _points(unit.scored)
    of = f"（这些指标的权重合计{figure(unit.scored_weight)}分" if unit.scored_weight else "（"
    full = "该栏满分" if several else "已收录指标满分" if score.framework.covers == "part" else "满分"
    of += f"，{full}{figure(unit.full_weight)}分）" if unit.full_weight is not None else "，满分未取得）"
    sentence.say(f"{len(unit.items)}项指标中{len(able)}项可以计算，得")
    sentence = sentence.figure(total, f"{text}分") if total is not None else sentence.say(f"{text}分")
    sentence.say(of.replace("（，", "（"))
    if unit.missing:
        names = "、".join(item.item.label_zh for item in unit.missing)
        sentence.say(f"；{names}不可计算，没有总分。")
    else:
        sentence.say("。")
    if unit.trial:
        sentence.say("其中有按试算办法计的分，非官方得分。")
    return sentence


def _sum_value(view: ParkView, score: ParkScore, able: Sequence[ItemScore]) -> IndicatorValue | None:
    inputs = tuple(o for item in able for v in score.values_of(item.item) for o in v.inputs)
    formula = " + ".join(_points(item.score or Decimal(0)) for item in able)
    return _value(view.name, f"{score.framework.short}已计得分", score.unit.scored, POINTS, inputs, formula)


# --- tables ---------------------------------------------------------------------------------------------------------


def _score_table(score: ParkScore, *, several: bool) -> Block | None:
    columns = (
        Column(label="指标", weight=2.4),
        Column(label="数值", align=RIGHT, weight=1.5),
        Column(label="计分办法", weight=2.8),
        Column(label="权重", align=RIGHT, weight=0.8),
        Column(label="得分", align=RIGHT, weight=1),
        Column(label="再进一步", weight=1.5),
        Column(label="得分变化", align=RIGHT, weight=1),
    )
    tail = f"（{score.label}）" if several and score.label else ""
    builder = TableBuilder(f"{score.framework.short}各项得分{tail}", columns)
    notes: list[str] = []
    for item in score.unit.items:
        telling = item.score is not None or item.fraction is not None or (item.notes and not item.trial)
        if item.value is None or not telling:
            continue
        builder.row(*_score_row(builder, score, item))
        told = [*(note for note in item.notes if not item.trial), item.item.note]
        notes += [f"{item.item.label_zh}：{note}" for note in told if note]
    if any(item.trial and item.score is not None for item in score.unit.items):
        notes.append("标“试”的按所注办法试算，非官方得分")
    if any(item.score is not None for item in score.unit.items):
        notes.append("各项得分四舍五入列示，合计按未舍入的数计算，可能有尾差")
        if any(i.score is not None and i.weight is not None and i.score > i.weight for i in score.unit.items):
            notes.append("得分高于权重的，是因为该体系的计分办法（如企业值÷基准值）不设上限")
        notes.append("“再进一步”是该项数值改善一个单位，其余不变；“得分变化”由重新计分得出")
    return builder.build(notes=notes)


def _score_row(builder: TableBuilder, score: ParkScore, item: ItemScore) -> tuple[Runs | str, ...]:
    marginal = score.marginals[item.item.id]
    return (
        item.item.label_zh + _taken(score, item),
        _figure(builder, _item_value(score, item), _value_text(item)),
        rule_words(item.item) + ("（试）" if item.trial else ""),
        "待补" if item.weight is None else figure(item.weight),
        _figure(builder, _item_score(score, item), DASH if item.score is None else _points(item.score)),
        marginal.words if item.score is not None else DASH,
        _change(builder, score, item.item, marginal.change, "数值改善一个单位后重新计分 − 现得分"),
    )


def _taken(score: ParkScore, item: ItemScore) -> str:
    """（取亩均规上工业税收） where the figure that was taken goes by another name."""
    values = score.values_of(item.item)
    if item.made_from or not values or values[0].label_zh in (item.item.label_zh, ""):
        return ""
    return f"（取{values[0].label_zh}）"


def _moved(change: Decimal | None) -> str:
    """+1.24, −0.30, 不变; four decimals where two would show nothing."""
    if change is None:
        return DASH
    if change == 0:
        return "不变"
    size = abs(change)
    return ("+" if change > 0 else "−") + (_points(size) if size >= Decimal("0.005") else figure(half_up(size, 4)))


def _missing_table(score: ParkScore, *, several: bool) -> Block | None:
    """One row an item; of a long list, one row a reason and office."""
    absent = [item for item in score.unit.items if item.score is None and (item.trial or not item.notes)]
    columns = (
        Column(label="指标", weight=2),
        Column(label="权重", align=RIGHT, weight=0.7),
        Column(label="缺什么", weight=3),
        Column(label="数据在哪里", weight=2),
    )
    tail = f"（{score.label}）" if several and score.label else ""
    builder = TableBuilder(f"{score.framework.short}不可计算的指标{tail}", columns)
    rows: dict[tuple[str, ...], list[str]] = {}
    for item in absent:
        weight = "待补" if item.weight is None else figure(item.weight)
        why = item.reason if item.value is not None else score.wanting(item.item)
        alone = item.item.id if len(absent) <= LONG_LIST else ""
        rows.setdefault((weight, why, item.item.department or UNKNOWN_OFFICE, alone), []).append(item.item.label_zh)
    for (weight, why, office, _), labels in rows.items():
        number = f"（{len(labels)}项）" if len(labels) > 1 else ""
        builder.row("、".join(labels) + number, weight, why, office)
    return builder.build()


def _excluded_blocks(view: ParkView, score: ParkScore) -> list[Block]:
    if not view.choices.exclude or view.choices.audience is Audience.EXTERNAL:
        return []
    names = "、".join(view.choices.exclude)
    if not score.excluded:
        return [words(f"剔除{names}：没有可以从分子、分母中同时剔除的单户数据，得分不变。", "note")]
    columns = (
        Column(label="指标", weight=2),
        Column(label="剔除前", align=RIGHT),
        Column(label="剔除后", align=RIGHT),
        Column(label="剔除前得分", align=RIGHT),
        Column(label="剔除后得分", align=RIGHT),
        Column(label="得分变化", align=RIGHT),
    )
    taken = "、".join(dict.fromkeys(name for one in score.excluded for name in one.names))
    builder = TableBuilder(f"剔除{taken}前后的得分", columns)
    for one in score.excluded:
        builder.row(*_excluded_row(builder, score, one))
    notes = []
    if score.not_found:
        notes.append(f"没有找到可用数据：{'、'.join(score.not_found)}")
    if score.not_adjusted:
        kept = "、".join(item.label_zh for item in score.not_adjusted)
        notes.append(f"没有单户数据、未作剔除的指标：{kept}")
    table = builder.build(notes=notes)
    return present(table)


def _excluded_row(builder: TableBuilder, score: ParkScore, one: Excluded) -> tuple[Runs | str, ...]:
    item, unit = one.item, one.item.unit
    scored = score.unit.item(item.id)
    before = _value("", item.label_zh, one.before, _unit(unit), _inputs(score, item), scored.made_from)
    after = _value("", f"{item.label_zh}（剔除后）", one.after, _unit(unit), one.inputs, one.words)
    rescored = None
    if one.score_after is not None:
        words_after = f"{rule_words(item)}，值为{_rounded(one.after)}{unit}"
        rescored = _value("", f"{item.label_zh}得分（剔除后）", one.score_after, POINTS, one.inputs, words_after)
    known = one.score_before is not None and one.score_after is not None
    moved = (one.score_after or Decimal(0)) - (one.score_before or Decimal(0)) if known else None
    return (
        item.label_zh,
        _figure(builder, before, _rounded(one.before) + unit),
        _figure(builder, after, _rounded(one.after) + unit),
        _figure(builder, _item_score(score, scored), DASH if one.score_before is None else _points(one.score_before)),
        _figure(builder, rescored, DASH if one.score_after is None else _points(one.score_after)),
        _change(builder, score, item, moved, "剔除后得分 − 剔除前得分"),
    )


# --- figures --------------------------------------------------------------------------------------------------------


def _item_value(score: ParkScore, item: ItemScore) -> IndicatorValue | None:
    """The park's figure itself, or the one made from its figures."""
    values = score.values_of(item.item)
    if item.value is None or not values:
        return None
    if not item.made_from and values[0].value == item.value:
        return values[0]
    inputs = tuple(o for value in values for o in value.inputs)
    formula = item.made_from or "换算计量单位"
    return _value("", item.item.label_zh, item.value, _unit(item.item.unit), inputs, formula)


def _item_score(score: ParkScore, item: ItemScore) -> IndicatorValue | None:
    if item.score is None:
        return None
    return _value("", f"{item.item.label_zh}得分", item.score, POINTS, _inputs(score, item.item), item.formula)


def _change(builder: TableBuilder, score: ParkScore, item: Item, change: Decimal | None, formula: str) -> Runs:
    text = _moved(change)
    if change is None:
        return (Run(text=text),)
    label = f"{item.label_zh}得分变化"
    return _figure(builder, _value("", label, change, POINTS, _inputs(score, item), formula), text)


def _inputs(score: ParkScore, item: Item) -> tuple[Observation, ...]:
    return tuple(o for value in score.values_of(item) for o in value.inputs)


def _value(
    area: str, label: str, number: Decimal, unit: Unit, inputs: Sequence[Observation], formula: str
) -> IndicatorValue | None:
    """A computed figure for its provenance; None without the observations it came from."""
    if not inputs:
        return None
    latest: Period = max((o.period for o in inputs), key=lambda period: str(period.end))
    return IndicatorValue(
        ref_area=area or inputs[0].ref_area,
        indicator_id="",
        label_zh=label,
        period=latest,
        transformation=Transformation.RATIO,
        value=number,
        unit=unit,
        status=weakest([o.obs_status for o in inputs]),
        inputs=tuple(dict.fromkeys(inputs)),
        formula=f"{label}：{formula}",
        computed=True,
    )


def _figure(builder: TableBuilder, value: IndicatorValue | None, text: str) -> Runs:
    """A cell whose provenance shows the very text of the cell."""
    if value is None:
        return (Run(text=text),)
    key = reference(value)
    shown = provenance(value)
    builder.refs[key] = shown.model_copy(update={"value": text}) if value.computed else shown
    return (Run(text=text, ref=key),)


def _value_text(item: ItemScore) -> str:
    if item.value is None:
        return DASH
    unit = "" if item.item.unit == "无量纲" else unit_words(_unit(item.item.unit)) if item.item.unit else ""
    places = item.value.as_tuple().exponent
    exact = isinstance(places, int) and -places <= 4
    return (figure(item.value) if exact else _rounded(item.value)) + unit


def _unit(text: str) -> Unit:
    return parse_unit(text) if text else Unit("无量纲")


def _rounded(value: Decimal) -> str:
    """Two decimals, four for values below one."""
    return format(half_up(value, PLACES if abs(value) >= 1 else 4), "f")


def _points(value: Decimal) -> str:
    return format(half_up(value, PLACES), "f")
