"""Tables of rows: numbers stay values until here, every shown figure keeps its provenance."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from parkbook.briefing.blocks import Column, Provenance, Run, Runs, Table
from parkbook.briefing.format import (
    DASH,
    arrow_text,
    foreseen_words,
    marked_arrow,
    marked_text,
    number_text,
    value_text,
)
from parkbook.briefing.hidden_states import hidden_note, hidden_title, state_words
from parkbook.briefing.provenance import grade_words, observed_value, place, provenance, reference, source_words
from parkbook.briefing.wording import rank_subject, same_time, whole_year
from parkbook.catalogue import Catalogue, Indicator
from parkbook.codelists import label_zh
from parkbook.errors import RenderError
from parkbook.indicators.compute import IndicatorRow, Verdict, shown_name
from parkbook.indicators.formulas import published
from parkbook.model import (
    Comparison,
    IndicatorValue,
    Observation,
    SourceGrade,
    SourceKind,
    TargetKind,
    Transformation,
)
from parkbook.observations.disclosure import LEDGER_TITLE
from parkbook.periods import Period, PeriodStatus
from parkbook.units import dimension

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
        """A row of just as many cells as columns: one more or less would shift figures under another header."""
        if len(cells) != len(self.columns):
            raise RenderError(
                f"表“{self.caption}”的一行与表头列数不符", expected=f"{len(self.columns)}格", found=f"{len(cells)}格"
            )
        self.rows.append(tuple((Run(text=c),) if isinstance(c, str) else c for c in cells))

    def build(self, *, unit_line: str = "", notes: Iterable[str] = (), source_line: str = "") -> Table | None:
        if not self.rows:
            return None
        return Table(
            caption=self.caption,
            columns=self.columns,
            rows=tuple(self.rows),
            refs=self.refs,
            unit_line=unit_line,
            notes=tuple(notes),
            source_line=source_line,
        )


RIGHT = "right"
MASK_IN_NAME = re.compile(r"[*＊×○]|(?<![A-Za-z])[xX]{1,3}(?![A-Za-z])")
EXTRA = "其他"
BESIDE_THE_TEXT = ("当月", "当月同比", EXTRA)
"""Columns that the annex of a report leaves to the Excel file: with them its tables are wider than the page."""
PLANNED = "工作计划提出的数"
UNSTATED_DENOMINATOR = "位次后未注明个数的，参评数未公布"
INFERRED_UNIT = "计量单位为推断：原表未见单位行"
INFERRED_UNIT_IN_TEXT = "计量单位为推断：原文未写计量单位"


def inferred_unit(observation: Observation) -> bool:
    """Whether the unit of a figure was not printed; that a rank is a rank needs no print."""
    return observation.unit_inferred and observation.transformation is not Transformation.RANK


def unit_notes(observations: Iterable[Observation]) -> tuple[str, ...]:
    """Notes below a table with figures whose unit was not printed: a report has sentences, no line of units."""
    inferred = [o for o in observations if inferred_unit(o)]
    in_text = any(o.source.kind is SourceKind.REPORT for o in inferred)
    in_table = any(o.source.kind is not SourceKind.REPORT for o in inferred)
    return (*((INFERRED_UNIT,) if in_table else ()), *((INFERRED_UNIT_IN_TEXT,) if in_text else ()))


@dataclass(frozen=True)
class _Optional:
    """A column of the indicator table that is shown only when some row has something for it."""

    column: Column
    cell: Callable[[TableBuilder, IndicatorRow], Runs | str]
    present: Callable[[IndicatorRow], object]


def indicator_table(
    rows: Sequence[IndicatorRow], caption: str, period: Period | None = None, *, left_out: Collection[str] = ()
) -> Table | None:
    """指标 and 数值, and whatever else any row has: 报告期 (unless all are of `period`), 同比, 当月, 目标, 完成率, 进度差, 其他;
    but for the columns `left_out`."""
    shown = [row for row in rows if row.values]
    columns = [
        item
        for item in _optional_columns(shown, period)
        if item.column.label not in left_out and any(item.present(row) for row in shown)
    ]
    one_period = not any(item.column.label == "报告期" for item in columns)
    title = f"{caption}（{period.label_zh}）" if one_period and period is not None and shown else caption
    builder = TableBuilder(title, (Column(label="指标", weight=2.6), *(item.column for item in columns)))
    for row in shown:
        builder.row(row.key.subject + row.label, *(item.cell(builder, row) for item in columns))
    return builder.build(notes=_table_notes(shown, left_out))


def _optional_columns(rows: Sequence[IndicatorRow], period: Period | None) -> tuple[_Optional, ...]:
    def right(label: str, weight: float) -> Column:
        return Column(label=label, align=RIGHT, weight=weight)

    yearly = all(whole_year(row) for row in rows if row.gap is not None)
    return (
        _Optional(
            Column(label="报告期", weight=1.5),
            lambda b, r: r.period.label_zh,
            lambda r: period is None or not same_time(r.period, period),
        ),
        _Optional(right("数值", 1.6), lambda b, r: b.figure(r.level, marked_text(r.level)), lambda r: r.level),
        _Optional(right("同比", 1.2), growth_cell, lambda r: r.growth or r.implied or r.change),
        _Optional(right("当月", 1.3), lambda b, r: b.figure(r.month, marked_text(r.month)), lambda r: r.month),
        _Optional(
            right("当月同比", 1.1),
            lambda b, r: b.figure(r.month_growth, marked_arrow(r.month_growth)),
            lambda r: r.month_growth,
        ),
        _Optional(right("年度目标", 1.3), _target_cell, lambda r: r.target),
        _Optional(
            right("完成率", 1.1), lambda b, r: b.figure(r.completion, marked_text(r.completion)), lambda r: r.completion
        ),
        _Optional(right("与目标之差" if yearly else "序时进度差", 1.3), _gap_cell, lambda r: r.gap),
        _Optional(Column(label=EXTRA, weight=1.8), _extra_cell, lambda r: r.shares or r.others),
    )


def _table_notes(rows: Sequence[IndicatorRow], left_out: Collection[str]) -> list[str]:
    gaps = [row for row in rows if row.gap is not None]
    extra = [] if EXTRA in left_out else rows
    told = (
        (
            any(row.implied and not (row.growth and row.growth.is_number) for row in rows),
            "带“推”字的同比按公布数推算，非可比口径",
        ),
        (any(value.computed for row in extra for value in row.shares), "带“推”字的占比按公布数推算，不是公布的占比"),
        (
            any(row.implied and row.growth and len(row.implied.flags) > 1 for row in rows),
            "带“※”的同比与按公布数推算的方向相反，以公布增速为准",
        ),
        *(
            (True, f"序时进度按{schedule.name_zh}计")
            for schedule in dict.fromkeys(row.schedule for row in gaps if not whole_year(row))
        ),
        (
            bool(gaps) or any(row.change is not None and row.change.unit.measure == "百分点" for row in rows),
            "“点”为个百分点",
        ),
        (any(row.change is not None for row in rows), "较少的数、比率和位次不计增速，“同比”列为与上年同期之差"),
        (
            any(value.transformation is Transformation.RANK for row in extra for value in row.others),
            UNSTATED_DENOMINATOR,
        ),
        *((True, note) for note in unit_notes(o for row in rows for value in row.values for o in value.inputs)),
        (any(row.earlier_target is not None for row in rows), "带“调”字的目标为年中调整后的目标，括号内为原目标"),
    )
    return [text for holds, text in told if holds]


def _target_cell(builder: TableBuilder, row: IndicatorRow) -> Runs | str:
    """The target in force; a revised one is marked and carries the one it replaced."""
    if row.target is None or row.earlier_target is None:
        return builder.figure(row.target, value_text(row.target))
    earlier = builder.figure(row.earlier_target, value_text(row.earlier_target))
    return (*builder.figure(row.target, "调" + value_text(row.target)), Run(text="（"), *earlier, Run(text="）"))


def growth_cell(builder: TableBuilder, row: IndicatorRow) -> Runs | str:
    """The growth as the text says it: ▲38.8%, of a handful of things ▲5个, of a rate ▼8.4点, of a place ▲1位; beside a level
    printed as zero 0.0% is as printed, and says nothing of a direction."""
    if row.change is not None:
        return builder.figure(row.change, change_arrow(row.change))
    if row.growth is not None and row.growth.value == 0 and row.level is not None and row.level.value == 0:
        return builder.figure(row.growth, marked_text(row.growth))
    if row.growth is not None:
        mark = "※" if row.implied is not None and len(row.implied.flags) > 1 else ""
        return builder.figure(row.growth, marked_arrow(row.growth) + mark)
    if row.implied is not None:
        return builder.figure(row.implied, "推" + arrow_text(row.implied))
    return DASH


def change_arrow(change: IndicatorValue) -> str:
    """▲5个, ▼8.4点, ▲1位 for a place gained, 持平."""
    if not change.value:
        return "持平"
    rising = (change.value < 0) if dimension(change.unit) == "rank" else change.value > 0
    return ("▲" if rising else "▼") + value_text(change, absolute=True).replace("个百分点", "点")


def _gap_cell(builder: TableBuilder, row: IndicatorRow) -> Runs | str:
    if row.gap is None or row.gap.value is None:
        return DASH
    ahead = row.verdict is Verdict.AHEAD
    word = ("超" if ahead else "差") if whole_year(row) else ("快" if ahead else "慢")
    return builder.figure(row.gap, word + value_text(row.gap, absolute=True).removesuffix("个百分点") + "点")


def _extra_cell(builder: TableBuilder, row: IndicatorRow) -> Runs | str:
    runs: list[Run] = []
    for value in (*row.shares, *row.others):
        text = _extra_text(value, row.label)
        runs += [Run(text="；")] if runs else []
        runs += builder.figure(value, text)
    return tuple(runs) or DASH


def _extra_text(value: IndicatorValue, named: str) -> str:
    observation = value.inputs[0]
    kind = observation.transformation
    if kind is Transformation.RANK:
        of = f"/{observation.rank_denominator}" if observation.rank_denominator else ""
        return (
            f"{rank_subject(observation, named)}{observation.rank_scope}第{number_text(value)}{of}"
            if value.is_number
            else value_text(value)
        )
    if value.computed:  # the share of a part: its whole is the second input
        return f"推占{value.inputs[1].reported_label}{value_text(value)}"
    if kind is Transformation.SHARE:
        return f"占{observation.parent or observation.scope or observation.rank_scope or '比'}{marked_text(value)}"
    if observation.comparison is Comparison.MOM:
        return "环比" + marked_arrow(value)
    return f"{label_zh(kind)}{marked_text(value)}"


def subject_tables(rows: Sequence[IndicatorRow], title: str, most: int = 15) -> list[Table]:
    """Enterprises, projects and plots: one table a system and register, a subject a row, an indicator a column; largest first."""
    made = (_pivot(members, title, most) for members in _registers(rows))
    return [table for table in made if table is not None]


def single_subjects(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows that `subject_tables` has no table for."""
    return [row for members in _registers(rows) if _pivot(members, "", 1) is None for row in members]


def _registers(rows: Sequence[IndicatorRow]) -> list[list[IndicatorRow]]:
    """Rows of one system and document each."""
    registers: dict[tuple[str, str], list[IndicatorRow]] = {}
    for row in rows:
        registers.setdefault((row.indicator.system, row.values[0].inputs[0].source.source_id), []).append(row)
    return list(registers.values())


def _pivot(rows: Sequence[IndicatorRow], title: str, most: int) -> Table | None:
    """None for a single subject, which a sentence says better."""
    labels = list(dict.fromkeys(row.label for row in rows))[:5]
    by_subject: dict[str, dict[str, IndicatorRow]] = {}
    for row in rows:
        by_subject.setdefault(row.key.subject, {}).setdefault(row.label, row)
    if len(by_subject) < 2 or all(_counts_one(row) for row in rows):
        return None
    ordered = sorted(by_subject.items(), key=lambda item: _size(item[1].get(labels[0])), reverse=True)
    columns = [Column(label="对象", weight=2), *(Column(label=label, align=RIGHT, weight=1.4) for label in labels)]
    builder = TableBuilder(f"{title}：{'、'.join(labels[:2])}{'等' if len(labels) > 2 else ''}", columns)
    for subject, cells in ordered[:most]:
        builder.row(subject, *(_subject_cell(builder, cells.get(label)) for label in labels))
    rest = len(ordered) - most
    notes = [f"按{labels[0]}从大到小列出前{most}个，另有{rest}个见台账"] if rest > 0 else []
    if any(row.growth or row.change for row in rows):
        notes.append("数字后的▲▼为同比")
    if any(row.level and row.completion for row in rows):
        notes.append("括号内为完成率")
    return builder.build(notes=notes)


def _counts_one(row: IndicatorRow) -> bool:
    """A register that counts each of its lines once has nothing to tell line by line."""
    return row.level is not None and row.level.value == 1 and row.growth is None and row.level.unit.mult == 0


def _size(row: IndicatorRow | None) -> Decimal:
    value = row.level.value if row is not None and row.level is not None else None
    return value if value is not None else Decimal("-Infinity")


def _subject_cell(builder: TableBuilder, row: IndicatorRow | None) -> Runs | str:
    """The value with its growth and completion, each a figure of its own."""
    if row is None:
        return DASH
    runs: list[Run] = list(builder.figure(row.level, marked_text(row.level))) if row.level else []
    if row.change is not None:
        runs += [Run(text=" "), *builder.figure(row.change, change_arrow(row.change))]
    elif row.growth is not None:
        runs += [Run(text=" "), *builder.figure(row.growth, marked_arrow(row.growth))]
    if row.completion is not None:
        completion = builder.figure(row.completion, marked_text(row.completion))
        runs += [Run(text="（"), *completion, Run(text="）")] if row.level else list(completion)
    return tuple(runs) or DASH


def masked_names(observations: Iterable[Observation]) -> frozenset[str]:
    """Indicators whose name the source masks in part."""
    return frozenset(o.indicator_id for o in observations if not o.subject and MASK_IN_NAME.search(o.reported_label))


def listed_name(observation: Observation, catalogue: Catalogue, masked: frozenset[str] = frozenset()) -> str:
    """What a figure without a number is of: the catalogue's name, which says it without the sentence around it; the words as
    found where the name itself is masked in part (*商回归), for which no whole one may be guessed."""
    if observation.indicator_id not in catalogue or observation.indicator_id in masked:
        return observation.reported_label
    return catalogue.get(observation.indicator_id).label_zh


def hidden_table(observations: Sequence[Observation], catalogue: Catalogue) -> Table | None:
    """附：figures that the source hides, withholds or leaves out, each with its place."""
    builder = TableBuilder(
        hidden_title(observations),
        (
            Column(label="指标", weight=2.4),
            Column(label="对象", weight=1.6),
            Column(label="类别", weight=0.9),
            Column(label="报告期", weight=1.4),
            Column(label="计量单位", weight=0.9),
            Column(label="状态", weight=1),
            Column(label="原文位置", weight=1.7),
        ),
    )
    masked = masked_names(observations)
    for o in observations:
        builder.row(
            listed_name(o, catalogue, masked),
            o.subject or "园区整体",
            label_zh(o.transformation),
            o.period.label_zh,
            str(o.unit) if o.unit_measure else DASH,
            state_words(o),
            place(o),
        )
    return builder.build(notes=(hidden_note(observations),))


def source_table(observations: Iterable[Observation]) -> Table | None:
    """附：documents used, with grade and the number of figures from each."""
    counts: dict[str, list[Observation]] = {}
    for o in observations:
        counts.setdefault(source_words(o), []).append(o)
    grades = {grade_words(members[0].source) for members in counts.values()}
    alike = len(grades) == 1 and len(counts) > 1
    checked = [] if alike else [Column(label="核对情况", weight=1.4)]
    columns = [Column(label="来源", weight=4), *checked, Column(label="数据条数", align=RIGHT, weight=0.8)]
    builder = TableBuilder("数据来源", columns)
    for members in counts.values():
        source = members[0].source
        unnamed = not (source.title or source.publisher or source.address)
        untraced = unnamed and source.grade is SourceGrade.UNLOCATED
        name = "标题、发布单位、地址均未载明" if untraced else source_words(members[0])
        builder.row(name, *([] if alike else [grade_words(source)]), str(len(members)))
    return builder.build(notes=[_all_alike(grade) for grade in grades if alike])


def _all_alike(grade: str) -> str:
    """各来源均为内部统计台账; a grade that says how far a document was checked is said as that."""
    return f"各来源均为{grade}" if grade == LEDGER_TITLE else f"各来源核对情况均为：{grade}"


def target_table(observations: Sequence[Observation], catalogue: Catalogue) -> Table | None:
    """Targets of later years: an indicator and year a row, 确保, 力争 and growth side by side.

    Under the words found; where the source names no year for any of them, they are wishes of a plan, no yearly targets.
    """
    planned = all(o.period.status is PeriodStatus.INFERRED for o in observations)
    kinds = (None, TargetKind.BASE, TargetKind.STRETCH, TargetKind.GROWTH)
    present = [kind for kind in kinds if any(o.target_kind is kind for o in observations)]
    names = {
        None: "提出的数" if planned else "目标",
        TargetKind.BASE: "确保目标",
        TargetKind.STRETCH: "力争目标",
        TargetKind.GROWTH: "增长目标",
    }
    columns = [Column(label="指标", weight=2.2), Column(label="年度")]
    builder = TableBuilder(
        PLANNED if planned else "后续年度目标",
        [*columns, *(Column(label=names[kind], align=RIGHT, weight=1.3) for kind in present)],
    )
    grouped: dict[tuple[str, str, str, str], dict[TargetKind | None, Observation]] = {}
    for o in observations:
        name = shown_name(catalogue.get(o.indicator_id), o)
        grouped.setdefault((o.indicator_id, o.subject, name, o.period.label_zh), {})[o.target_kind] = o
    for (indicator_id, subject, name, year), by_kind in grouped.items():
        indicator = catalogue.get(indicator_id)
        builder.row(subject + name, year, *(_observed(builder, by_kind.get(kind), indicator) for kind in present))
    return builder.build(notes=("原文未写年度，据上下文推断",) if planned else ())


def history_table(
    observations: Sequence[Observation],
    catalogue: Catalogue,
    caption: str = "历次公布数据",
    areas: Mapping[str, str] | None = None,
) -> Table | None:
    """Figures in the order given, whatever their period; a level and its rate share a row. `areas` names each one's area."""
    rated = any(o.transformation is Transformation.GROWTH for o in observations)
    columns = [
        Column(label="指标", weight=2.2),
        Column(label="报告期", weight=1.5),
        Column(label="数值", align=RIGHT, weight=1.4),
        *([Column(label="同比", align=RIGHT, weight=1.1)] if rated else []),
        Column(label="核对情况", weight=1.4),
    ]
    builder = TableBuilder(caption, [Column(label="范围", weight=2), *columns] if areas else columns)
    grouped: dict[tuple[object, ...], list[Observation]] = {}
    for o in observations:
        key = (o.ref_area, o.indicator_id or o.reported_label, o.subject, o.scope, o.period.key, o.source.grade)
        grouped.setdefault(key, []).append(o)
    for members in grouped.values():
        levels = [o for o in members if o.transformation is not Transformation.GROWTH]
        rates = [o for o in members if o.transformation is Transformation.GROWTH]
        for level, rate in zip_longest(levels, rates):
            cells = _history_row(builder, level, rate, catalogue, rated=rated)
            builder.row(*([areas.get(members[0].ref_area, members[0].ref_area)] if areas else []), *cells)
    return builder.build(notes=unit_notes(observations))


def _history_row(
    builder: TableBuilder, level: Observation | None, rate: Observation | None, catalogue: Catalogue, *, rated: bool
) -> list[Runs | str]:
    first = level or rate
    if first is None:
        return []
    indicator = catalogue.get(first.indicator_id) if first.indicator_id in catalogue else None
    name = first.subject + (shown_name(indicator, first) if indicator else first.reported_label)
    if level is not None and level.transformation is not Transformation.LEVEL:
        name = _named_kind(name, level)
    return [
        name,
        first.period.label_zh,
        _observed(builder, level, indicator),
        *([_observed(builder, rate, indicator)] if rated else []),
        grade_words(first.source),
    ]


def _named_kind(name: str, observation: Observation) -> str:
    """What of the indicator a figure is, where it is no level: 财政收入占全国比重, 财政收入（占比）where the whole is not stated."""
    if observation.transformation is Transformation.SHARE and observation.parent:
        whole = f"占{observation.parent}"
        said = "占" in name.removesuffix(whole)  # 生产总值占GDP: of what is printed, of whose is not
        return f"{name}（{whole}比重）" if said else f"{name.removesuffix(whole)}{whole}比重"
    return f"{name}（{label_zh(observation.target_kind or observation.transformation)}）"


def _observed(builder: TableBuilder, observation: Observation | None, indicator: Indicator | None) -> Runs | str:
    if observation is None:
        return DASH
    value = published(observation, indicator)
    growing = observation.transformation is Transformation.GROWTH
    if observation.transformation is Transformation.RANK and value.is_number:
        of = f"/{observation.rank_denominator}" if observation.rank_denominator else ""
        return builder.figure(value, f"第{number_text(value)}位{of}")
    return builder.figure(
        value, marked_arrow(value) if growing else observed_value(observation) + foreseen_words(value)
    )
