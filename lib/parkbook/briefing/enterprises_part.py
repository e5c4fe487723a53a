"""Enterprises on a page: the key list and its concentration, the largest falls, the ladder of titles, candidates for 升规."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing import charts
from parkbook.briefing.blocks import Block, Column, Heading, Runs, present
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import DASH, arrow_text, number_text, value_text
from parkbook.briefing.register_words import MOST_ROWS, cell, count_cell, counted, names, rest_note, right, shown
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import growth_words
from parkbook.indicators.enterprises import (
    NEAR_SHARE,
    Candidate,
    KeyEnterprises,
    Ladder,
    Mover,
    RungFlow,
    key_enterprises,
    ladder,
)
from parkbook.indicators.families import own_level
from parkbook.indicators.formulas import published
from parkbook.indicators.register_rows import ENTERPRISE_FIGURES, RegisterRow
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue, Transformation

RANKED_BY = ("operating_revenue", "industrial_output_above_size", "tax_revenue")
"""The key list is ordered by the first of these that the table has."""
MOST_FALLS = 5
PARK_COUNT = "key_enterprises"
"""The park's own count of 重点企业, which is of another list."""


def key_blocks(view: ParkView) -> list[Block]:
    """重点企业: concentration, the list, and who fell most; empty where no ledger lists enterprises."""
    found = next(
        (k for i in RANKED_BY if (k := key_enterprises(view.data.observations, view.period, i)) is not None), None
    )
    if found is None:
        return []
    falls = next(
        (k for i in ENTERPRISE_FIGURES if (k := key_enterprises(view.data.observations, view.period, i)) is not None),
        found,
    )
    return [
        Heading(level=3, text="重点企业"),
        *([paragraph(sentence)] if (sentence := _concentration(view, found)) else []),
        *_key_table(view, found),
        *_falls(view, falls),
    ]


def _concentration(view: ParkView, found: KeyEnterprises) -> Sentence:
    """重点企业38家，按营业收入计，前5家合计占园区X%，前10家占Y%."""
    label = view.catalogue.get(found.indicator_id).label_zh
    sentence = Sentence("台账单列的重点企业").extend(counted(found.rows, "家", "台账单列的重点企业"))
    told = [
        Sentence("最大的1家占园区的" if most == 1 else f"前{most}家合计占园区的").figure(share, value_text(share))
        for most in (1, 5, 10)
        if most < len(found.rows) and (share := found.share(found.rows[:most])) is not None
    ]
    if told:
        sentence.say(f"，按{label}计，").extend(Sentence.join(told, "，"))
    return sentence.say("。")


def _key_table(view: ParkView, found: KeyEnterprises) -> list[Block]:
    shown_ids = [i for i in dict.fromkeys((found.indicator_id, *RANKED_BY)) if any(r.figure(i) for r in found.rows)]
    labels = [view.catalogue.get(i).label_zh for i in shown_ids]
    columns = [Column(label="企业", weight=1.6), Column(label="行业", weight=1.4)]
    for label in labels:
        columns += [right(label, 1.3), right("同比", 1)]
    builder = TableBuilder(f"重点企业（按{labels[0]}）", [*columns, right(f"占园区{labels[0]}", 1.1)])
    for row in found.rows[:MOST_ROWS]:
        cells: list[Runs | str] = []
        for indicator_id in shown_ids:
            cells += [_figure(builder, row, indicator_id), _growth(builder, row, indicator_id)]
        builder.row(
            row.subject,
            row.attribute("sector") or DASH,
            *cells,
            shown(builder, found.share([row])),
        )
    notes = rest_note(len(found.rows), min(len(found.rows), MOST_ROWS), f"按{labels[0]}列出前{MOST_ROWS}家")
    counted_there = own_level(view.index, PARK_COUNT, view.period)
    if counted_there is not None and counted_there.obs_value != len(found.rows):
        notes.append("本表为台账逐户列出的企业，与指标“重点企业数”的认定范围不同，两者家数不可比")
    table = builder.build(notes=[*notes, "“—”为该企业不涉及或台账未填；原文隐去的如实注明"])
    return present(table)


def _figure(builder: TableBuilder, row: RegisterRow, indicator_id: str) -> Runs | str:
    return cell(builder, row.figure(indicator_id))


def _growth(builder: TableBuilder, row: RegisterRow, indicator_id: str) -> Runs | str:
    printed = row.figure(indicator_id, Transformation.GROWTH)
    if printed is None:
        return DASH
    value = published(printed, None)
    return builder.figure(value, arrow_text(value))


def _falls(view: ParkView, found: KeyEnterprises) -> list[Block]:
    """Enterprises that fell far or pulled the park down, with the amount and the pull."""
    alarming = [mover for mover in found.movers() if mover.is_alarming]
    label = view.catalogue.get(found.indicator_id).label_zh
    if not alarming:
        return [words(f"重点企业中没有{label}下降20%以上或下拉园区0.5个百分点以上的。")]
    told = [_fall_words(mover) for mover in alarming[:MOST_FALLS]]
    rest = f"等{len(alarming)}家" if len(alarming) > MOST_FALLS else ""
    sentence = Sentence(f"{label}降幅大、对园区影响明显的企业有{rest}：").extend(Sentence.join(told, "；")).say("。")
    unknown = [row.subject for row in found.rows if row.number(found.indicator_id, years_back=1) is None]
    note = f"{names(unknown)}没有上年同期数，不作比较。" if unknown else ""
    line = "列出标准：同比下降20%以上，或下拉园区增速0.5个百分点以上；系本系统的提示口径。"
    return [paragraph(sentence), words(line + note, "note")]


def _fall_words(mover: Mover) -> Sentence:
    sentence = Sentence(mover.row.subject)
    change = mover.change
    sentence.say("减少").figure(change, number_text(change).removeprefix("-") + str(change.unit))
    if mover.growth is not None:
        sentence.say("，").extend(growth_words(mover.growth))
    if mover.pull is not None and mover.pull.value is not None:
        size = number_text(mover.pull).removeprefix("-")
        sentence.say("，下拉园区").figure(mover.pull, f"{size}个百分点")
    return sentence


# -- the ladder -------------------------------------------------------------------------------------------------------


def ladder_blocks(view: ParkView) -> list[Block]:
    """梯次培育: the ladder with its flow, the park's own counts, candidates for 升规."""
    found = ladder(view.data.observations, view.period)
    if found is None:
        return []
    flows = found.flows()
    return [
        Heading(level=3, text="企业梯次培育"),
        paragraph(_ladder_sentence(found, flows)),
        *_ladder_table(view, found, flows),
        *_ladder_chart(found, flows),
        *_candidates(found),
    ]


def _ladder_sentence(found: Ladder, flows: Sequence[RungFlow]) -> Sentence:
    sentence = Sentence(f"{found.year}年末培育库在库企业").extend(counted(found.rows, "家", "在库企业"))
    if found.before:
        now, then = {r.subject for r in found.rows}, {r.subject for r in found.before}
        new = [r for r in found.rows if r.subject not in then]
        gone = [r for r in found.before if r.subject not in now]
        sentence.say("，比上年新入库").extend(counted(new, "家", "新入库")).say("、移出")
        sentence.extend(counted(gone, "家", "移出培育库"))
        risen = [f for f in flows if f.gained]
        if risen:
            told = [
                Sentence(f.rung.label_zh).extend(counted(f.gained or (), "家", f"新获{f.rung.label_zh}")) for f in risen
            ]
            sentence.say("；连续在库企业中，新晋").extend(Sentence.join(told, "、"))
        lost = [f for f in flows if f.lost]
        if lost:
            told = [
                Sentence(f.rung.label_zh).extend(counted(f.lost or (), "家", f"失去{f.rung.label_zh}")) for f in lost
            ]
            sentence.say("；不再具备资质的").extend(Sentence.join(told, "、"))
    return sentence.say("。")


def _ladder_table(view: ParkView, found: Ladder, flows: Sequence[RungFlow]) -> list[Block]:
    """A rung a row: last year, gained, new in the library, lost, left, this year; the park's own count and share beside them."""
    year = found.year
    builder = TableBuilder(
        f"培育库企业梯次及变动（{year - 1}年末至{year}年末）" if found.before else f"培育库企业梯次（{year}年末）",
        (
            Column(label="层级", weight=1.9),
            right("上年末", 0.9),
            right("新获", 0.8),
            right("新入库已有", 1),
            right("失去", 0.8),
            right("移出", 0.8),
            right("本年末", 0.9),
            right("占在库企业", 1),
            right("园区全部", 1),
            right("占全区比重", 1),
        ),
    )
    for flow in flows:
        label = flow.rung.label_zh
        builder.row(
            label,
            *(
                DASH if rows is None else count_cell(builder, rows, "家", f"{label}{w}")
                for rows, w in (
                    (flow.before, "上年末"),
                    (flow.gained, "新获"),
                    (flow.arrived, "新入库已有"),
                    (flow.lost, "失去"),
                    (flow.gone, "移出"),
                    (flow.holders, "本年末"),
                )
            ),
            _share_text(flow, found),
            _park_count(builder, view, flow),
            _district_share(builder, view, flow),
        )
    notes = [
        "本年末＝上年末＋新获＋新入库已有−失去−移出",
        "培育库只列部分企业，“园区全部”为其他台账所列的园区数；未公布占全区比重的为“—”",
    ]
    table = builder.build(notes=notes)
    return present(table)


def _share_text(flow: RungFlow, found: Ladder) -> str:
    return f"{half_up(Decimal(len(flow.holders)) * 100 / len(found.rows), 1)}%"


def _park_count(builder: TableBuilder, view: ParkView, flow: RungFlow) -> Runs | str:
    found = own_level(view.index, flow.rung.park_indicator, view.period) if flow.rung.park_indicator else None
    return cell(builder, found)


def _district_share(builder: TableBuilder, view: ParkView, flow: RungFlow) -> Runs | str:
    """The share of the district as a source prints it; none is computed from a district total that is not there."""
    for row in view.rows:
        if row.indicator.id == flow.rung.park_indicator and row.shares and not row.shares[0].computed:
            value: IndicatorValue = row.shares[0]
            return builder.figure(value, value_text(value))
    return DASH


def _ladder_chart(found: Ladder, flows: Sequence[RungFlow]) -> list[Block]:
    bars = []
    for flow in flows:
        value = flow.count(flow.holders, f"{found.year}年末")
        if value is not None and value.value is not None:
            change = "" if flow.before is None else _change_text(len(flow.holders) - len(flow.before))
            bars.append(charts.Bar(flow.rung.label_zh, value.value, f"{value_text(value)}{change}"))
    chart = charts.ranked_bars(f"培育库企业梯次（{found.year}年末，括号内为比上年末增减）", bars)
    return present(chart)


def _change_text(change: int) -> str:
    return "（持平）" if change == 0 else f"（{'增' if change > 0 else '减'}{abs(change)}家）"


def _candidates(found: Ladder) -> list[Block]:
    """升规: who is above the threshold already, who is near it, against which standard."""
    candidates = found.candidates()
    if not candidates:
        return [words(f"培育库规下企业中没有年主营业务收入达到规模标准{NEAR_SHARE * 100:.0f}%以上的。")]
    reached = [c for c in candidates if c.is_reached]
    near = [c for c in candidates if not c.is_reached]
    sentence = Sentence("尚未纳入规上的在库企业中，")
    if reached:
        sentence.say("年主营业务收入已达规模标准的").extend(counted([c.row for c in reached], "家", "已达规模标准"))
    if near:
        sentence.say("，" if reached else "").say(f"达到标准{NEAR_SHARE * 100:.0f}%以上的")
        sentence.extend(counted([c.row for c in near], "家", "接近规模标准"))
    sentence.say("，可作为升规纳统的重点对象。")
    builder = TableBuilder(
        "升规纳统重点对象",
        (
            Column(label="企业", weight=1.4),
            Column(label="统计行业", weight=2.2),
            right("年主营业务收入", 1.2),
            Column(label="规模标准（年主营业务收入）", weight=1.7),
            right("相当于标准", 1),
            Column(label="情况", weight=1),
        ),
    )
    for candidate in candidates[:MOST_ROWS]:
        _candidate_row(builder, candidate)
    notes = rest_note(len(candidates), min(len(candidates), MOST_ROWS), f"按相当于标准的比例列出前{MOST_ROWS}家")
    notes.append("规模标准为现行标准，出处和版本见数据表 thresholds；是否纳统以统计部门认定为准")
    missing = found.without_revenue()
    if missing:
        notes.append(f"{names([row.subject for row in missing])}缺年主营业务收入，无从判断")
    unknown = found.unknown_sectors()
    if unknown:
        notes.append(f"未登记规模标准的统计行业：{'、'.join(unknown)}")
    table = builder.build(notes=notes)
    return [paragraph(sentence), *present(table)]


def _candidate_row(builder: TableBuilder, candidate: Candidate) -> None:
    builder.row(
        candidate.row.subject,
        candidate.threshold.sector,
        cell(builder, candidate.revenue),
        f"{candidate.threshold.kind}{candidate.threshold.amount.normalize():f}{candidate.threshold.unit}",
        shown(builder, candidate.share),
        "已达标准" if candidate.is_reached else "接近标准",
    )
