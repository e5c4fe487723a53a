"""缺报清单: which ledger owes which months of the year, for an own park and internal readers.

A sheet that came and could not be read, a figure that is hidden and an error cell are said as what they are, not as 缺报.
"""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.briefing.blocks import Block, Column, present
from parkbook.briefing.claims import words
from parkbook.briefing.format import DASH
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.catalogue import Release
from parkbook.codelists import Audience
from parkbook.indicators.deliveries import Deliveries, Delivery, deliveries

STATE_WORDS = {
    Delivery.UNREADABLE: "已报未能读取",
    Delivery.NOT_PUBLISHED: "已报未公布",
    Delivery.ERROR: "已报有错误值",
}
STEP_WORDS = {1: "月报", 3: "季报", 6: "半年报", 12: "年报"}
RELEASE_WORDS = {Release.JAN_FEB_JOINT: "月报（1月免报）", Release.LAGGED_1: "月报（滞后一个月）"}
NAMES_SHOWN = 4


def missing(view: ParkView) -> list[Block]:
    """What was expected up to the page's period and is not there; a line of all clear when nothing is."""
    if not view.own or view.choices.audience is not Audience.INTERNAL:
        return []
    series = deliveries(view.data.observations, view.data.findings, view.catalogue, view.period)
    if not series:
        return []
    expected = sum(len(item.months) for item in series)
    count = {state: sum(len(item.of(state)) for item in series) for state in Delivery}
    told = [f"缺报{count[Delivery.MISSING]}期次"] if count[Delivery.MISSING] else ["没有缺报"]
    told += [f"{words_said}{count[state]}期次" for state, words_said in STATE_WORDS.items() if count[state]]
    lead = f"截至{view.period_label}，台账各项指标（含企业）应报{expected}期次，已报{count[Delivery.DELIVERED]}期次，{'，'.join(told)}。"
    table = _table(view, [item for item in series if item.incomplete])
    return [words(lead), *table]


def _table(view: ParkView, series: Sequence[Deliveries]) -> list[Block]:
    """One row for all indicators of a ledger, or of an enterprise, that lack the same months."""
    groups: dict[tuple[object, ...], list[Deliveries]] = {}
    for item in series:
        key = (item.ledger, item.subject, _rhythm(item), tuple(item.months.items()))
        groups.setdefault(key, []).append(item)
    builder = TableBuilder(
        f"缺报清单（截至{view.period_label}）",
        (
            Column(label="台账", weight=1.8),
            Column(label="指标或企业", weight=2.6),
            Column(label="报送频率", weight=1.3),
            Column(label="应报", align=RIGHT, weight=0.6),
            Column(label="已报", align=RIGHT, weight=0.6),
            Column(label="缺报月份", weight=1.2),
            Column(label="其他情形", weight=1.8),
        ),
    )
    for members in groups.values():
        first = members[0]
        builder.row(
            first.ledger,
            _names(view, members),
            _rhythm(first),
            str(len(first.months)),
            str(len(first.of(Delivery.DELIVERED))),
            _months(first.of(Delivery.MISSING)) or DASH,
            "；".join(f"{_months(first.of(state))}{said}" for state, said in STATE_WORDS.items() if first.of(state))
            or DASH,
        )
    table = builder.build(
        notes=(
            "应报月份按指标发布规律推定，台账实际按季、按年报送的从其频率",
            "“已报未能读取”见核对发现，不计为缺报；企业自首次出现的月份起计",
        )
    )
    return present(table)


def _rhythm(item: Deliveries) -> str:
    return RELEASE_WORDS.get(item.release, STEP_WORDS[1]) if item.step == 1 else STEP_WORDS[item.step]


def _names(view: ParkView, members: Sequence[Deliveries]) -> str:
    labels = list(dict.fromkeys(view.catalogue.get(item.indicator_id).label_zh for item in members))
    shown = "、".join(labels[:NAMES_SHOWN]) + (f"等{len(labels)}项" if len(labels) > NAMES_SHOWN else "")
    return f"{members[0].subject}：{shown}" if members[0].subject else shown


def _months(months: Sequence[int]) -> str:
    """3月、5—7月."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(f"{run[0]}月" if len(run) == 1 else f"{run[0]}—{run[-1]}月" for run in runs)
