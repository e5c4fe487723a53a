"""The parts of the audit page about what was compared: how much, what does not fit, and which figures follow from others.

Every figure is shown with its place and leads back to its provenance; a difference leads back to both sides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from parkbook.briefing.audit_view import AuditView
from parkbook.briefing.blocks import Block, Column, Provenance, Run, Runs, present
from parkbook.briefing.claims import words
from parkbook.briefing.format import DASH, arrow_text, value_text
from parkbook.briefing.provenance import observation_text, place, source_words
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.model import IndicatorValue, Observation, ObsStatus, Transformation
from parkbook.observations.reconcile import (
    CERTAINTY_ZH,
    KIND_ZH,
    AuditFinding,
    CheckKind,
    implied_text,
    inputs_of,
    shown_ends,
)

SIDES = 4
"""Figures of one finding that are named; a total with ten parts says how many more there are."""
BASES = 40
"""Implied bases of growth that are listed; the command prints them all."""
BASE_FORMULA = "本期数 ÷（1＋增速）"


def scope_part(view: AuditView) -> list[Block]:
    """What was held against what, how often, and with which result."""
    columns = (
        Column(label="核对内容", weight=2.4),
        Column(label="核对组数", align=RIGHT),
        Column(label="不符", align=RIGHT),
        Column(label="提示", align=RIGHT),
    )
    builder = TableBuilder("核对范围", columns)
    for kind in CheckKind:
        made = view.reconciliation.compared.get(kind, 0)
        doubts, notes = (sum(item.kind is kind for item in items) for items in (view.doubts, view.notes))
        if made or doubts or notes:
            builder.row(KIND_ZH[kind], str(made), str(doubts or DASH), str(notes or DASH))
    unmade = [KIND_ZH[kind] for kind in CheckKind if not view.reconciliation.compared.get(kind)]
    left_out = (f"缺少成对的数、无从核对的有：{'、'.join(unmade)}。",) if unmade else ()
    granted = "核对时已扣除四舍五入的影响：差额超出各数末位半个单位之和的才算不符；以个、家、人等计的个数不作扣除。"
    table = builder.build(notes=(granted, *left_out))
    return [table] if table else [words("各项数据之间没有可以相互核对的：数字太少，或大多被原文隐去。")]


def findings_part(view: AuditView) -> list[Block]:
    """What does not fit, with both sides; then what may have good reasons."""
    blocks = present(_findings_table(view, view.doubts, "不符的数据"))
    blocks += present(_findings_table(view, _first_of_each(view.notes), "提示", notes=_repeats(view.notes)))
    if not blocks and any(view.reconciliation.compared.values()):
        return [words("能够核对的各组数据全部相符。")]
    return blocks


def _findings_table(
    view: AuditView, findings: Sequence[AuditFinding], caption: str, notes: Iterable[str] = ()
) -> Block | None:
    columns = (
        Column(label="发现", weight=2),
        Column(label="存疑的数", weight=2),
        Column(label="对照的数", weight=2.6),
        Column(label="相差", weight=1.5),
        Column(label="把握", weight=0.7),
        Column(label="可能原因", weight=1.8),
    )
    builder = TableBuilder(f"{caption}（{len(findings)}项）", columns)
    for item in findings:
        first, *others = item.observations
        builder.row(
            item.finding.what,
            _sided(view, builder, [first]),
            _sided(view, builder, others) or item.finding.expected or DASH,
            _difference(builder, item),
            CERTAINTY_ZH[item.certainty],
            _reason(item),
        )
    general = (item.finding.remedy for item in findings if item.kind is not CheckKind.SAYINGS and item.finding.remedy)
    return builder.build(notes=(*notes, *(f"处理办法：{remedy}。" for remedy in dict.fromkeys(general))))


def _reason(item: AuditFinding) -> str:
    """The likely cause; of a figure that is said twice also which saying the pages use."""
    if item.kind is CheckKind.SAYINGS:
        return f"{item.finding.cause}；{item.finding.remedy.partition('，')[0]}"
    return item.finding.cause or DASH


def _sided(view: AuditView, builder: TableBuilder, observations: Sequence[Observation]) -> Runs:
    """Figures with their places, each leading back to its source."""
    runs: list[Run] = []
    for o in observations[:SIDES]:
        value = view.value(o)
        growing = o.transformation is Transformation.GROWTH
        shown = builder.figure(value, ("同比" + arrow_text(value)) if growing else value_text(value))
        runs += [Run(text="；" if runs else ""), *shown, Run(text=f"（{place(o)}）")]
    if len(observations) > SIDES:
        runs.append(Run(text=f"；等{len(observations)}处"))
    return tuple(run for run in runs if run.text)


def _difference(builder: TableBuilder, item: AuditFinding) -> Runs:
    """By how much, leading back to both sides."""
    if not item.difference:
        return (Run(text=DASH),)
    finding = item.finding
    key = "d" + hashlib.sha256((finding.code + finding.where + finding.what).encode()).hexdigest()[:16]
    notes = [f"应为：{finding.expected}" if finding.expected else "", f"实为：{finding.found}" if finding.found else ""]
    builder.refs[key] = Provenance(
        label=finding.what,
        value=item.difference,
        formula=KIND_ZH[item.kind],
        inputs=tuple(observation_text(o) for o in item.observations[:12]),
        source="；".join(dict.fromkeys(source_words(o) for o in item.observations)),
        notes=tuple(note for note in notes if note),
    )
    return (Run(text=item.difference.removeprefix("相差").strip(), ref=key),)


def _group(item: AuditFinding) -> tuple[str, str, str, bool]:
    first = item.observations[0]
    return item.finding.code, first.indicator_id or first.reported_label, first.subject, bool(first.parent)


def _first_of_each(items: Sequence[AuditFinding]) -> list[AuditFinding]:
    """One finding, the latest, for a series that has the same note in many periods."""
    latest: dict[tuple[str, str, str, bool], AuditFinding] = {}
    for item in items:
        held = latest.get(_group(item))
        if held is None or str(item.observations[0].period.end) >= str(held.observations[0].period.end):
            latest[_group(item)] = item
    return list(latest.values())


def _repeats(items: Sequence[AuditFinding]) -> list[str]:
    """How many periods stand behind the one that is listed."""
    counts: dict[tuple[str, str, str, bool], int] = {}
    for item in items:
        counts[_group(item)] = counts.get(_group(item), 0) + 1
    more = sum(count - 1 for count in counts.values())
    return [f"同一指标多个报告期有同样提示的，只列最近一期；另有{more}项未列。"] if more else []


# -- implied figures --------------------------------------------------------------------------------------------------


def implied_part(view: AuditView) -> list[Block]:
    """Figures that others imply, each with the two it follows from."""
    bases = [o for o in view.implied if o.attribute("formula") == BASE_FORMULA]
    others = [o for o in view.implied if o.attribute("formula") != BASE_FORMULA]
    chosen = _own_latest(bases)[:BASES]
    more = len(bases) - len(chosen)
    left_out = f"另有{more}个上年同期数按同一算法推算，可用 parkbook audit {view.data.park.id} --format json 列出。"
    rounding = "区间由原数的四舍五入得出，区间内的任何值都与公布数相符；状态为预计或推算，不能当作公布数引用。"
    price = f"上年同期数＝{BASE_FORMULA}；增速按可比价格或可比口径计算的，与当年实际公布的数可能不同。"
    blocks = present(_implied_table(view, others, "推算的总数、目标和分项", (rounding,)))
    return blocks + present(
        _implied_table(view, chosen, "推算的上年同期数", (rounding, price, *((left_out,) if more else ())))
    )


def _own_latest(bases: Sequence[Observation]) -> list[Observation]:
    """The park's own figures before those of single subjects, the latest period first; in the order read otherwise."""
    ordered = sorted(bases, key=lambda o: str(o.period.end), reverse=True)
    return sorted(ordered, key=lambda o: bool(o.subject))


def _implied_table(view: AuditView, implied: Sequence[Observation], caption: str, notes: Sequence[str]) -> Block | None:
    told = all(o.attribute("formula") == BASE_FORMULA for o in implied)  # in the note below the table
    columns = (
        Column(label="推算的数", weight=2.2),
        Column(label="报告期", weight=1.3),
        Column(label="推算结果", align=RIGHT, weight=1.8),
        Column(label="依据", weight=2.8),
        *([Column(label="算法", weight=1.4)] if not told else []),
    )
    builder = TableBuilder(caption, columns)
    for o in implied:
        inputs = inputs_of(o, view.by_id)
        if not inputs:
            continue
        target = "（目标）" if o.transformation is Transformation.TARGET else ""
        builder.row(
            f"{o.subject}{o.reported_label}{target}",
            o.period.label_zh,
            builder.figure(_implied_value(o, inputs), implied_text(o)),
            _inputs(view, builder, inputs),
            *([o.attribute("formula")] if not told else []),
        )
    return builder.build(notes=notes)


def _implied_value(implied: Observation, inputs: tuple[Observation, ...]) -> IndicatorValue:
    """The implied figure for its provenance: computed from its inputs, with ends as they are shown."""
    low, high = shown_ends(implied)
    single = low is not None and low == high
    return IndicatorValue(
        ref_area=implied.ref_area,
        indicator_id=implied.indicator_id,
        label_zh=implied.reported_label,
        period=implied.period,
        transformation=implied.transformation,
        value=low if single else None,
        unit=implied.unit,
        status=ObsStatus.ESTIMATED,
        inputs=inputs,
        formula=implied.attribute("formula"),
        subject=implied.subject,
        computed=True,
        low=low,
        high=high,
    )


INPUT_WORDS = {
    Transformation.SHARE: "占比",
    Transformation.COMPLETION: "完成率",
    Transformation.GROWTH: "同比",
}


def _inputs(view: AuditView, builder: TableBuilder, inputs: Sequence[Observation]) -> Runs:
    runs: list[Run] = []
    for o in inputs:
        value = view.value(o)
        text = arrow_text(value) if o.transformation is Transformation.GROWTH else value_text(value)
        runs += [Run(text="，" if runs else ""), Run(text=_input_words(o, inputs[0]))]
        runs += builder.figure(value, text)
    return tuple(run for run in runs if run.text)


def _input_words(o: Observation, first: Observation) -> str:
    """占比, 完成率, 同比; a rate with a name of its own by its name."""
    named = o.reported_label if o.indicator_id != first.indicator_id else ""
    return INPUT_WORDS.get(o.transformation, named)
