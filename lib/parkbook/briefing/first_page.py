"""The first page about one park: what it rests on, its key figures with change and verdict, and why they moved."""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.briefing.blocks import Block, Column, KeyFigure, KeyFigures, Run, Runs, Table
from parkbook.briefing.claims import Sentence, paragraph, words
from parkbook.briefing.format import arrow_text, marked_arrow, marked_text, value_text
from parkbook.briefing.provenance import provenance, reference, source_words
from parkbook.briefing.register_words import right
from parkbook.briefing.row_words import goal_words, reworded
from parkbook.briefing.tables import TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import (
    change_words,
    completion_name,
    driver_sentence,
    same_time,
    steady_turning,
    target_words,
    turning_words,
    verdict_words,
)
from parkbook.catalogue import Direction
from parkbook.codelists import AdminLevel, label_zh
from parkbook.errors import RenderError
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.drivers import drivers
from parkbook.indicators.formulas import IMPLIED_NOTE, published
from parkbook.indicators.targets import MONTHS, states_base
from parkbook.model import IndicatorValue, ObsStatus
from parkbook.periods import Basis, Period, PeriodStatus

NAMES_SHOWN = 3
"""Names in a note below the cards; of more, the first and their number."""
GROUNDS = "级别依据"
TONES = {
    Verdict.BETTER: "good",
    Verdict.AHEAD: "good",
    Verdict.WORSE: "bad",
    Verdict.BEHIND: "bad",
    Verdict.FLAT: "neutral",
    Verdict.CHANGED: "neutral",
    Verdict.UNKNOWN: "unknown",
}

MOST_EXPLAINED = 3
"""Totals of which the first page says what pulled them."""


def lead(view: ParkView, reported: str = "列于附件，正文不采用") -> list[Block]:
    """What the page rests on: period, sources, number of figures, what is hidden; `reported` says where media reports stand."""
    total = len(view.data.observations)
    sources = len({source_words(o) for o in view.data.observations})
    text = (
        f"本文数据取自{sources}份来源，共{total}条，{_period_words(view)}"
        if view.period and view.period.known
        else f"本文数据取自{sources}份来源，共{total}条，原文未载明报告期，各项数据不与其他时期比较"
    )
    if view.hidden:
        states = "、".join(dict.fromkeys(label_zh(o.obs_status) for o in view.hidden))
        text += f"；{'本期' if view.own else f'全部{total}条中'}{len(view.hidden)}条{states}，不作推测"
    inferred = 0 if view.own else sum(o.period.status is PeriodStatus.INFERRED for o in view.data.observations)
    if inferred:
        text += f"；其中{inferred}条的报告期据上下文推断"
    if view.unlocated:
        share = "均" if len(view.unlocated) == total else f"另有{len(view.unlocated)}条"
        text += f"；{share}来自媒体报道、未核对原文，{reported}"
    return [words(text + "。", "lead")]


def _period_words(view: ParkView) -> str:
    """报告期为2025年, or how many of the figures are of that period where others are not."""
    here = [o for o in view.data.observations if view.period is not None and same_time(o.period, view.period)]
    if len(here) == len(view.data.observations):
        return f"报告期为{view.period_label}"
    hidden = {o.obs_id for o in view.hidden}
    states = "、".join(dict.fromkeys(label_zh(o.obs_status) for o in here))
    unseen = f"（均{states}）" if here and all(o.obs_id in hidden for o in here) else ""
    return f"其中报告期为{span_label(view.period)}的{len(here)}条{unseen}"


def span_label(period: Period | None) -> str:
    """2023年全年, where parts of the year have figures of their own."""
    if period is None or not period.known:
        return "未载明"
    whole = period.basis is Basis.YTD and period.end is not None and period.end.month == MONTHS
    return f"{period.label_zh}全年" if whole else period.label_zh


def identity(view: ParkView) -> str:
    """Where another's park lies and of what level it is, on the grounds that its note in park.yaml has; then the note."""
    park = view.data.park
    if view.own:
        return park.note
    level = "" if park.level is AdminLevel.UNSTATED else f"级别：{label_zh(park.level)}"
    if not park.area and not level:
        return f"所在地和级别均未载明。{park.note}"
    grounds = "，" if level and park.note.startswith(GROUNDS) else "。"
    note = park.note.removeprefix(GROUNDS[:2]) if grounds == "，" else park.note
    return f"{f'位于{park.area}' if park.area else '所在地未载明'}，{level or '级别未载明'}{grounds}{note}"


def key_figures(view: ParkView, *, gaps: bool = True) -> list[Block]:
    """At most eight figures with change and verdict, and why the first of them moved; with `gaps`, of which nobody can say why."""
    rows = view.headline_rows
    if not rows:
        return [words(nothing_for_front(view), "note")]
    return [_cards(view, rows), *why(view, rows, gaps=gaps), *unjudged(rows)]


def _cards(view: ParkView, rows: Sequence[IndicatorRow]) -> Block:
    """Cards; below a letterhead, which takes the top of the page, the same figures as a small table."""
    if view.choices.letterhead and (table := _small_table(view, rows)) is not None:
        return table
    refs = {}
    items = []
    for row in rows:
        turning = steady_turning(row)
        turned = published(turning.previous, row.indicator) if turning is not None else None
        moved = turning.change if turning is not None else None
        shown = [
            v for v in (row.level, row.growth, row.change, row.completion, row.gap, turned, moved) if v is not None
        ]
        refs.update({reference(value): provenance(value) for value in shown})
        items.append(_key_figure(view, row))
    return KeyFigures(items=tuple(items), refs=refs)


def _small_table(view: ParkView, rows: Sequence[IndicatorRow]) -> Table | None:
    """Two figures a line, each with its growth and completion, so that eight of them are four lines."""
    columns = (Column(label="指标", weight=1.5), right("数值及同比", 1.7), right("完成率", 0.8))
    builder = TableBuilder("", columns * 2)  # the heading above says what it is, and a caption would cost a line
    cells = [_small_cells(builder, view, row) for row in rows]
    if len(cells) % 2:
        cells.append(("", "", ""))
    for left, beside in zip(cells[::2], cells[1::2], strict=True):
        builder.row(*left, *beside)
    return builder.build()


def _small_cells(builder: TableBuilder, view: ParkView, row: IndicatorRow) -> tuple[Runs | str, ...]:
    main = _main(row)
    growth = row.growth if row.growth is not None and row.growth.is_number else None
    told = builder.figure(main, value_text(main)) if main is not growth else ()
    if growth is not None:
        told = (*told, *((Run(text=" "),) if told else ()), *builder.figure(growth, marked_arrow(growth)))
    done = row.completion
    completion = builder.figure(done, marked_text(done)) if done is not None and done.is_number else "—"
    return _dated(view, row), told, completion


def _main(row: IndicatorRow) -> IndicatorValue:
    """The level, or the rate where only a rate is published."""
    main = row.level if row.level is not None and row.level.is_number else row.growth
    if main is None:
        raise RenderError(f"{row.label}没有可列入首页的数字")
    return main


def _dated(view: ParkView, row: IndicatorRow) -> str:
    """The name, with the period where it is not the page's."""
    same = view.period is None or not view.period.known or row.period.key == view.period.key
    return row.label if same else f"{row.label}（{row.period.label_zh}）"


def unjudged(rows: Sequence[IndicatorRow]) -> list[Block]:
    """One line on the figures which say neither better nor worse, and what they lack, as it stands with each of them."""
    lacking: dict[str, list[str]] = {}
    for row in rows:
        if row.missing:
            lacking.setdefault(row.missing.replace("、", "和"), []).append(row.label)
    if not lacking:
        return []
    if len(rows) > 1 and [len(rows)] == [len(labels) for labels in lacking.values()]:
        return [words(f"以上各项均缺{next(iter(lacking))}，升降无从判断。", "note")]
    told = "；".join(f"{_named(labels)}缺{what}" for what, labels in lacking.items())
    return [words(f"{told}，升降无从判断。", "note")]


def _named(labels: Sequence[str]) -> str:
    """All names of a few, the first and the number of many."""
    return "、".join(labels) if len(labels) <= NAMES_SHOWN else f"{labels[0]}等{len(labels)}项"


def nothing_for_front(view: ParkView) -> str:
    if view.numeric_rows:
        return "现有数字不是园区层面的主要指标，不列入首页；见下文各部分。"
    return "现有数据均未核对原文，不列主要指标。" if view.unlocated else "原文未给出可列入首页的数字。"


def _key_figure(view: ParkView, row: IndicatorRow) -> KeyFigure:
    """The level, or the rate where only a rate is published, with change, completion and verdict."""
    main = _main(row)
    details: list[Run] = []
    if row.change is not None and row.change is not main:
        details.append(Run(text=change_words(row).text, ref=reference(row.change)))
    elif row.growth is not None and row.growth.is_number and row.growth is not main:
        details += [Run(text="同比"), Run(text=marked_arrow(row.growth), ref=reference(row.growth))]
    if row.completion is not None and row.completion.is_number:
        said = f"完成{target_words(row)}的" if states_base(row.completion) else completion_name(row)
        details.append(Run(text=("，" if details else "") + goal_words(row, said)))
        details.append(Run(text=marked_text(row.completion), ref=reference(row.completion)))
    shown = arrow_text(main) if main is row.growth else value_text(main)
    foreseen = "（预计）" if main.status is ObsStatus.ESTIMATED and "预计" not in row.label else ""
    return KeyFigure.model_validate(
        {
            "label": _dated(view, row) + ("同比增速" if main is row.growth else "") + foreseen,
            "value": Run(text=shown, ref=reference(main)),
            "details": tuple(details),
            "verdict": goal_words(row, _verdict(row)),
            "tone": TONES[row.verdict],
        }
    )


def _verdict(row: IndicatorRow) -> str:
    """How far from the target; without one, how the growth moved. 较上年同期上升 beside ▲ says nothing and is left out."""
    plain = row.verdict in (Verdict.BETTER, Verdict.WORSE, Verdict.FLAT) and row.indicator.direction is Direction.HIGHER
    if not plain:
        return verdict_words(row)
    moved = turning_words(row).text
    if not moved or moved.startswith("降幅"):
        return moved
    return (
        moved
        if moved.startswith("由")
        else f"同比增速{moved.strip('（）')}"
        if moved.startswith("（")
        else f"增速{moved}"
    )


def why(view: ParkView, rows: Sequence[IndicatorRow], *, gaps: bool = True) -> list[Block]:
    """Why the figures moved, for those with parts; with `gaps`, one line that names the rest."""
    moved = [row for row in rows if row.growth is not None and row.growth.is_number]
    explained = {row.label: drivers(view.index, view.catalogue, row) for row in moved}
    told = [(row, found) for row in moved if (found := explained[row.label]) is not None and len(found.drivers) > 1]
    said = [sentence for row, found in told if (sentence := driver_sentence(row, found))][:MOST_EXPLAINED]
    silent = [row for row in moved if row.label not in {row.label for row, _ in told}]
    for sentence in said[:-1]:
        reworded(sentence, lambda text: text.replace(f"，为{IMPLIED_NOTE}", ""))
    if len(said) > 1:
        reworded(said[-1], lambda text: text.replace(f"，为{IMPLIED_NOTE}", f"，均为{IMPLIED_NOTE}"))
    blocks: list[Block] = [paragraph(Sentence.join(said, "；").say("。"))] if said else []
    unexplained = _unexplained(view, silent, some_told=bool(told)) if gaps else ""
    return [*blocks, words(unexplained, "note")] if unexplained else blocks


def _unexplained(view: ParkView, silent: Sequence[IndicatorRow], *, some_told: bool) -> str:
    """Why no reason is given: the parts are published but not their base, or there are none."""
    parted = [row.label for row in silent if _has_parts(view, row)]
    said = [f"{_named(parted)}已公布分构成数据，可比的上年同期数未公布，拉动不作推算"] if parted else []
    if len(parted) < len(silent):
        which = "其余增速" if parted or some_told else "上列增速"
        said.append(f"{which}未见分企业或分构成的同口径数据，升降原因无从核算")
    return "；".join(said) + "。" if said else ""


def _has_parts(view: ParkView, row: IndicatorRow) -> bool:
    """Whether several parts of the indicator have figures for the same time, and none of them one of the year before."""
    parts = [
        other
        for other in view.numeric_rows
        if other.indicator.part_of == row.indicator.id and same_time(other.period, row.period)
    ]
    return len(parts) > 1 and all(part.implied is None for part in parts)
