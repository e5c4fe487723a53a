"""Rates and differences computed by the catalogue's formulas, with numerator and denominator, beside what is printed of them."""

from __future__ import annotations

from decimal import Decimal

from parkbook.briefing.blocks import Block, Column, Run, Runs, present
from parkbook.briefing.format import DASH
from parkbook.briefing.register_words import cell, right, shown
from parkbook.briefing.sections import Section
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.indicators.families import Derived, derived_indicators, family_of
from parkbook.indicators.rounding import decimals, half_up
from parkbook.units import convert

START_RATE = "project_start_rate"


def derived_blocks(view: ParkView, part: Section) -> list[Block]:
    """One table for the systems of a section; indicators whose parts are not all there are left out. Empty where none is left."""
    found = [
        one
        for one in derived_indicators(view.index, view.catalogue, view.period)
        if one.indicator.system in part.systems and one.value is not None and not _told_elsewhere(one)
    ]
    builder = TableBuilder(
        f"{part.title}推算指标及算式",
        (
            Column(label="指标", weight=2),
            right("推算值", 1.1),
            Column(label="算式（括号内为所用数）", weight=4),
            right("来源所列", 1.1),
            Column(label="核对", weight=1),
        ),
    )
    for one in found:
        builder.row(
            one.indicator.label_zh,
            shown(builder, one.value),
            _terms(builder, view, one),
            DASH if one.printed is None else shown(builder, one.printed),
            _agreement(one),
        )
    started = ["开工率的分子为已开工项目，含上年结转的项目，与本年计划开工项目不完全对应"]
    table = builder.build(
        notes=[
            *(started if any(one.indicator.id == START_RATE for one in found) else []),
            "推算值由来源公布的分子、分母计算，未经来源公布；来源已列出的以来源为准，此处只作核对",
        ]
    )
    return present(table)


def _told_elsewhere(one: Derived) -> bool:
    """同期落地洽谈比 is said with its warning by the part about leads; here it would look like a rate among others."""
    return one.indicator.id == "landed_to_negotiated_ratio"


def _terms(builder: TableBuilder, view: ParkView, one: Derived) -> Runs:
    """研发经费投入（25.8亿元）÷ 地区生产总值（229.8亿元）, each a figure of its own."""
    family = family_of(one.indicator)
    arguments = one.indicator.formula.arguments if one.indicator.formula is not None else {}
    tops = [name for name in arguments if name != family.arguments[-1]]
    runs: list[Run] = []
    named = dict(one.arguments)
    for place, name in enumerate((*tops, family.arguments[-1])):
        many = len(tops) > 1
        closing = "）" if many else ""
        opening = "（" if many else ""
        between = opening if place == 0 else f"{closing} {family.sign} " if name == family.arguments[-1] else " + "
        runs.append(Run(text=f"{between}{view.catalogue.get(arguments[name]).label_zh}（"))
        figure = cell(builder, named[name])
        runs += [Run(text=figure)] if isinstance(figure, str) else list(figure)
        runs.append(Run(text="）"))
    return tuple(runs)


def _agreement(one: Derived) -> str:
    """一致 within the rounding of the printed figure, else by how much it differs."""
    if one.printed is None or one.printed.value is None or one.value is None or one.value.value is None:
        return DASH
    again = convert(one.value.value, one.value.unit, one.printed.unit)
    places = decimals(one.printed.value)
    difference = half_up(again, places) - one.printed.value
    if difference == 0:
        return "一致"
    if Decimal(int(again.scaleb(places))).scaleb(-places) == one.printed.value:
        return "一致（来源为截尾）"
    unit = "点" if one.printed.unit.measure == "%" else ""
    return f"相差{abs(difference):f}{unit}"
