"""Tables of rows: numbers stay values until here, every shown figure keeps its provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parkbook.briefing.blocks import Column, Provenance, Run, Runs, Table
from parkbook.briefing.format import DASH, arrow_text, value_text
from parkbook.briefing.provenance import observed_value, place, provenance, reference, source_words
from parkbook.briefing.wording import UNLOCATED_WORDS, unlocated
from parkbook.codelists import label_zh
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.formulas import published
from parkbook.catalogue import Catalogue
from parkbook.model import IndicatorValue, Observation

Cells = tuple[Runs, ...]


class TableBuilder:
    """Collects rows and the provenance of the figures in them."""

    def __init__(self, caption: str, columns: Sequence[Column]) -> None:
        self.caption, self.columns = caption, tuple(columns)
        self.rows: list[Cells] = []
        self.refs: dict[str, Provenance] = {}

    def figure(self, value: IndicatorValue | None, text: str) -> Runs:
        """A cell with one figure; words only when there is none."""
        if value is None:
            return (Run(text=text),)
        key = reference(value)
        self.refs[key] = provenance(value)
        return (Run(text=text, ref=key),)

    def row(self, *cells: Runs | str) -> None:
        self.rows.append(tuple((Run(text=c),) if isinstance(c, str) else c for c in cells))

    def build(self, *, unit_line: str = "", notes: Iterable[str] = (), source_line: str = "") -> Table | None:
        if not self.rows:
            return None
        return Table(caption=self.caption, columns=self.columns, rows=tuple(self.rows), refs=self.refs,
                     unit_line=unit_line, notes=tuple(notes), source_line=source_line)


RIGHT = "right"


def indicator_table(rows: Sequence[IndicatorRow], caption: str) -> Table | None:
    """指标, 报告期, 数值, 同比 and, where any row has them, 当月, 目标, 完成率, 序时进度差 and 其他."""
    shown = [row for row in rows if row.values]
    monthly = any(row.month or row.month_growth for row in shown)
    targeted = any(row.target or row.completion for row in shown)
    extra = any(row.shares or row.others for row in shown)
    columns = [Column(label="指标", weight=2.6), Column(label="报告期", weight=1.5),
               Column(label="数值", align=RIGHT, weight=1.6), Column(label="同比", align=RIGHT, weight=1.2)]
    if monthly:
        columns += [Column(label="当月", align=RIGHT, weight=1.3), Column(label="当月同比", align=RIGHT, weight=1.1)]
    if targeted:
        columns += [Column(label="年度目标", align=RIGHT, weight=1.3), Column(label="完成率", align=RIGHT, weight=1.1),
                    Column(label="序时进度差", align=RIGHT, weight=1.3)]
    if extra:
        columns.append(Column(label="其他", weight=1.6))
    builder = TableBuilder(caption, columns)
    for row in shown:
        _indicator_row(builder, row, monthly=monthly, targeted=targeted, extra=extra)
    notes = []
    if any(row.implied and not (row.growth and row.growth.is_number) for row in shown):
        notes.append("带“推”字的同比按公布数推算，非可比口径")
    if any(row.implied and len(row.implied.flags) > 1 for row in shown):
        notes.append("带“※”的同比与按公布数推算的方向相反，以公布增速为准")
    if any(unlocated(row) for row in shown):
        notes.append(f"带“〔媒〕”的行{UNLOCATED_WORDS}，仅作参考")
    return builder.build(notes=notes)


def _indicator_row(builder: TableBuilder, row: IndicatorRow, *, monthly: bool, targeted: bool, extra: bool) -> None:
    name = row.label + ("〔媒〕" if unlocated(row) else "")
    cells: list[Runs | str] = [name, row.period.label_zh, builder.figure(row.level, value_text(row.level)), _growth_cell(builder, row)]
    if monthly:
        cells += [builder.figure(row.month, value_text(row.month)), builder.figure(row.month_growth, arrow_text(row.month_growth))]
    if targeted:
        cells += [builder.figure(row.target, value_text(row.target)), builder.figure(row.completion, value_text(row.completion)),
                  _gap_cell(builder, row)]
    if extra:
        cells.append(_extra_cell(builder, row))
    builder.row(*cells)


def _growth_cell(builder: TableBuilder, row: IndicatorRow) -> Runs | str:
    if row.growth is not None:
        mark = "※" if row.implied is not None and len(row.implied.flags) > 1 else ""
        return builder.figure(row.growth, arrow_text(row.growth) + mark)
    if row.implied is not None:
        return builder.figure(row.implied, "推" + arrow_text(row.implied))
    return DASH


def _gap_cell(builder: TableBuilder, row: IndicatorRow) -> Runs | str:
    if row.gap is None or row.gap.value is None:
        return DASH
    word = "快" if row.verdict is Verdict.AHEAD else "慢"
    return builder.figure(row.gap, word + value_text(row.gap, absolute=True).removesuffix("个百分点") + "点")


def _extra_cell(builder: TableBuilder, row: IndicatorRow) -> Runs | str:
    runs: list[Run] = []
    for value in (*row.shares, *row.others):
        text = _extra_text(value)
        runs += [Run(text="；")] if runs else []
        runs += builder.figure(value, text)
    return tuple(runs) or DASH


def _extra_text(value: IndicatorValue) -> str:
    observation = value.inputs[0]
    kind = observation.transformation
    if kind == "rank":
        return f"{observation.rank_scope}第{value_text(value).removesuffix('位')}" if value.is_number else value_text(value)
    if kind == "share":
        return f"占{observation.parent or observation.scope or '比'}{value_text(value)}"
    if observation.comparison == "mom":
        return "环比" + arrow_text(value)
    return f"{label_zh(kind)}{value_text(value)}"


def subject_table(rows: Sequence[IndicatorRow], caption: str) -> Table | None:
    """Enterprises, projects and plots: 对象, 指标, 数值, 同比, 完成率."""
    builder = TableBuilder(caption, (Column(label="对象", weight=2), Column(label="指标", weight=2), Column(label="报告期", weight=1.4),
                                     Column(label="数值", align=RIGHT, weight=1.3), Column(label="同比", align=RIGHT, weight=1.1),
                                     Column(label="完成率", align=RIGHT, weight=1.1)))
    for row in rows:
        builder.row(row.key.subject, row.label, row.period.label_zh, builder.figure(row.level, value_text(row.level)),
                    _growth_cell(builder, row), builder.figure(row.completion, value_text(row.completion)))
    return builder.build()


def hidden_table(observations: Sequence[Observation], catalogue: Catalogue) -> Table | None:
    """附：figures that the source hides, withholds or leaves out, each with its place."""
    builder = TableBuilder("未以数字公布的指标", (Column(label="指标", weight=2.4), Column(label="对象", weight=1.6),
                                           Column(label="类别", weight=0.9), Column(label="报告期", weight=1.4),
                                           Column(label="计量单位", weight=0.9), Column(label="状态", weight=1),
                                           Column(label="原文位置", weight=1.7)))
    for o in observations:
        name = catalogue.get(o.indicator_id).label_zh if o.indicator_id in catalogue else o.reported_label
        builder.row(name, o.subject or "本园区", label_zh(o.transformation), o.period.label_zh, str(o.unit) if o.unit_measure else DASH,
                    label_zh(o.obs_status), place(o))
    return builder.build(notes=("上述各项原文未给出数字，本文不作推测，也不计为零。",))


def source_table(observations: Iterable[Observation]) -> Table | None:
    """附：documents used, with grade and the number of figures from each."""
    counts: dict[str, list[Observation]] = {}
    for o in observations:
        counts.setdefault(o.source.source_id, []).append(o)
    builder = TableBuilder("数据来源", (Column(label="来源", weight=4), Column(label="核对情况", weight=1.4), Column(label="数据条数", align=RIGHT, weight=0.8)))
    for members in counts.values():
        builder.row(source_words(members[0]), label_zh(members[0].source.grade), str(len(members)))
    return builder.build()


def history_table(observations: Sequence[Observation], catalogue: Catalogue) -> Table | None:
    """Every figure of the park in order of indicator and time, whatever its period."""
    builder = TableBuilder("历次公布数据", (Column(label="指标", weight=2.2), Column(label="报告期", weight=1.5), Column(label="类别", weight=0.9),
                                      Column(label="数值", align=RIGHT, weight=1.4), Column(label="核对情况", weight=1.4)))
    for o in observations:
        indicator = catalogue.get(o.indicator_id)
        value = published(o, indicator)
        shown = arrow_text(value) if o.transformation == "growth" else observed_value(o)
        builder.row(indicator.label_zh, o.period.label_zh, label_zh(o.transformation), builder.figure(value, shown), label_zh(o.source.grade))
    return builder.build()
