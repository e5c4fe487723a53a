"""The parts of a page about one park, each a list of blocks: key figures, sections, targets, trends, history, annexes.

Every part answers: better or worse, against what, by how much, why; where the data do not allow it, one line says which
figure is missing. A part without anything to say is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from parkbook.briefing import charts, registers, tables
from parkbook.briefing.blocks import Appendix, Block, Heading, KeyFigure, KeyFigures, Run
from parkbook.briefing.claims import Sentence, bullets, paragraph, words
from parkbook.briefing.finding_words import finding_words
from parkbook.briefing.format import arrow_text, marked_arrow, marked_text, value_text
from parkbook.briefing.provenance import grade_words, provenance, reference, source_words
from parkbook.briefing.row_words import (
    HONOURS,
    goal_words,
    honours_sentence,
    implied_once,
    reworded,
    small_count_sentence,
    small_part,
    spoken,
)
from parkbook.briefing.sections import CHINESE_NUMERALS, Section
from parkbook.briefing.view import CONDITIONS, ParkView
from parkbook.briefing.wording import (
    completion_name,
    driver_sentence,
    row_sentence,
    same_time,
    target_words,
    verdict_words,
)
from parkbook.catalogue import Comparability, Direction
from parkbook.codelists import label_zh
from parkbook.errors import RenderError
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.contribution import REST
from parkbook.indicators.drivers import drivers
from parkbook.indicators.figures import SeriesKey
from parkbook.indicators.formulas import IMPLIED_NOTE
from parkbook.indicators.rounding import half_up
from parkbook.indicators.targets import states_base
from parkbook.model import Comparison, Observation, ObsStatus, Transformation
from parkbook.periods import Basis, Period
from parkbook.units import convert, dimension

HIDDEN_NAMES = 4
"""Names of hidden figures in a sentence; the annex lists all."""
BRIEF_SECTIONS = ("services", "standing")
"""Sections of process, of which a sentence says little."""
SPOKEN_PER_SYSTEM, MOST_WITH_VERDICT = 4, 8
"""Rows of one system that are said in a sentence, and those of them that say better or worse; the table has them all."""

TONES = {
    Verdict.BETTER: "good",
    Verdict.AHEAD: "good",
    Verdict.WORSE: "bad",
    Verdict.BEHIND: "bad",
    Verdict.FLAT: "neutral",
    Verdict.CHANGED: "neutral",
    Verdict.UNKNOWN: "unknown",
}


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
    if view.unlocated:
        share = "均" if len(view.unlocated) == total else f"另有{len(view.unlocated)}条"
        text += f"；{share}来自媒体报道、未核对原文，{reported}"
    return [words(text + "。", "lead")]


def _period_words(view: ParkView) -> str:
    """报告期为2025年, or how many of the figures are of that period where others are not."""
    here = sum(view.period is not None and same_time(o.period, view.period) for o in view.data.observations)
    if here == len(view.data.observations):
        return f"报告期为{view.period_label}"
    return f"其中本文报告期（{view.period_label}）{here}条"


def key_figures(view: ParkView) -> list[Block]:
    """At most eight figures with change and verdict, and why the first of them moved."""
    rows = view.headline_rows
    if not rows:
        return [words(_nothing_for_front(view), "note")]
    refs = {}
    items = []
    for row in rows:
        shown = [value for value in (row.level, row.growth, row.completion, row.gap) if value is not None]
        refs.update({reference(value): provenance(value) for value in shown})
        items.append(_key_figure(view, row))
    blocks: list[Block] = [KeyFigures(items=tuple(items), refs=refs)]
    return blocks + why(view, rows) + unjudged(rows)


def unjudged(rows: Sequence[IndicatorRow]) -> list[Block]:
    """One line that names the figures which say neither better nor worse, though the indicator has a better direction."""
    silent = [
        row.label
        for row in rows
        if row.verdict is Verdict.UNKNOWN
        and row.indicator.direction is not Direction.NEUTRAL
        and row.indicator.comparability is not Comparability.NONE
    ]
    if not silent:
        return []
    return [words(f"{'、'.join(silent)}缺同比增速和年度目标，升降无从判断。", "note")]


def _nothing_for_front(view: ParkView) -> str:
    if view.numeric_rows:
        return "现有数字不是园区层面的主要指标，不列入首页；见下文各部分。"
    return "现有数据均未核对原文，不列主要指标。" if view.unlocated else "原文未给出可列入首页的数字。"


def _key_figure(view: ParkView, row: IndicatorRow) -> KeyFigure:
    """The level, or the rate where only a rate is published, with change, completion and verdict."""
    main = row.level if row.level is not None and row.level.is_number else row.growth
    if main is None:
        raise RenderError(f"{row.label}没有可列入首页的数字")
    details: list[Run] = []
    if row.growth is not None and row.growth.is_number and row.growth is not main:
        details += [Run(text="同比"), Run(text=marked_arrow(row.growth), ref=reference(row.growth))]
    if row.completion is not None and row.completion.is_number:
        said = f"完成{target_words(row)}的" if states_base(row.completion) else completion_name(row)
        details.append(Run(text=("，" if details else "") + goal_words(row, said)))
        details.append(Run(text=marked_text(row.completion), ref=reference(row.completion)))
    same = view.period is None or not view.period.known or row.period.key == view.period.key
    label = row.label if same else f"{row.label}（{row.period.label_zh}）"
    shown = arrow_text(main) if main is row.growth else value_text(main)
    foreseen = "（预计）" if main.status is ObsStatus.ESTIMATED and "预计" not in row.label else ""
    return KeyFigure.model_validate(
        {
            "label": label + ("同比增速" if main is row.growth else "") + foreseen,
            "value": Run(text=shown, ref=reference(main)),
            "details": tuple(details),
            "verdict": goal_words(row, verdict_words(row)),
            "tone": TONES[row.verdict],
        }
    )


def why(view: ParkView, rows: Sequence[IndicatorRow]) -> list[Block]:
    """Why the figures moved, for those with parts; one line that names the rest."""
    moved = [row for row in rows if row.growth is not None and row.growth.is_number]
    explained = {row.label: drivers(view.index, view.catalogue, row) for row in moved}
    told = [(row, found) for row in moved if (found := explained[row.label]) is not None and len(found.drivers) > 1][:3]
    said = [sentence for row, found in told if (sentence := driver_sentence(row, found))]
    silent = [row.label for row in moved if row.label not in {row.label for row, _ in told}]
    for sentence in said:
        named = CHINESE_NUMERALS[max(0, sum(bool(run.ref) for run in sentence.runs) - 2)]
        reworded(sentence, lambda text, named=named: text.replace(REST, f"除上列{named}项外合计"))  # type: ignore[misc]
    for sentence in said[:-1]:
        reworded(sentence, lambda text: text.replace(f"，为{IMPLIED_NOTE}", ""))
    if len(said) > 1:
        reworded(said[-1], lambda text: text.replace(f"，为{IMPLIED_NOTE}", f"，均为{IMPLIED_NOTE}"))
    blocks: list[Block] = [paragraph(Sentence.join(said, "；").say("。"))] if said else []
    if silent:
        blocks.append(words(f"{'、'.join(silent)}未见分企业或分构成的同口径数据，升降原因无从核算。", "note"))
    return blocks


def section_blocks(view: ParkView, part: Section, *, heading: str, level: int = 2, tabled: bool = True) -> list[Block]:
    """One section: a sentence or two for each of its systems, then the table and a chart. Empty when it has no figure."""
    if part not in view.sections:
        return []
    blocks: list[Block] = [Heading(level=level, text=heading)]
    rows, subjects = view.section_rows(part), view.section_subjects(part)
    told = section_sentences(view, part, rows)
    blocks += [paragraph(text) for text in told]
    others = [row for row in subjects if row.indicator.id != HONOURS or not _honours_told(rows)]
    if others and not tables.subject_tables(others, ""):
        blocks.append(paragraph(_speak_subjects(view, others, dated=not _dated(told, view.period))))
    hidden = _hidden_sentence(view, part, spoken=bool(rows or subjects))
    if hidden:
        blocks.append(words(hidden, "body" if not rows else "note"))
    blocks += _not_counted(view, part)
    if not tabled:
        return blocks + completion_chart(part.title, rows)
    blocks += section_tables(view, part, rows, registers.remaining_subjects(view, subjects))
    return blocks + completion_chart(part.title, rows) + registers.register_blocks(view, part)


def section_tables(
    view: ParkView, part: Section, rows: Sequence[IndicatorRow], subjects: Sequence[IndicatorRow]
) -> list[Block]:
    """The tables of a section: the indicators, then a table for each register of enterprises, projects or plots."""
    found = [
        tables.indicator_table(rows, f"{part.title}主要指标", view.period),
        *tables.subject_tables(subjects, "分地块情况" if part.id == "land" else "分企业、分项目情况"),
    ]
    return [table for table in found if table is not None]


def section_sentences(view: ParkView, part: Section, rows: Sequence[IndicatorRow]) -> list[Sentence]:
    """One paragraph for each system; a mostly masked park gets one sentence for the whole section. Of the sections of process
    a few items, the annex has the rest."""
    period = view.period if view.period is not None and view.period.known else None
    most = SPOKEN_PER_SYSTEM if part.id in BRIEF_SECTIONS and view.own else 0
    said = [
        chosen
        for system in part.systems
        if (chosen := spoken_rows([r for r in rows if r.indicator.system == system], total=most))
    ]
    told = {row.key: small_count_sentence(view, row, period) for row in rows}
    told |= {row.key: honours_sentence(view, row) for row in rows if row.indicator.id == HONOURS}
    groups: list[Sentence] = []
    for group in said:
        groups.append(speak(group, period, dated=not _dated(groups, period), told=told))
    if view.mostly_masked:
        return groups[:1]
    return groups


def _honours_told(rows: Sequence[IndicatorRow]) -> bool:
    """Whether the sentence of the total names the honours already."""
    return any(row.indicator.id == HONOURS and row.level is not None and row.level.is_number for row in rows)


def _dated(sentences: Iterable[Sentence], period: Period | None) -> bool:
    """Whether the page's period has been said in one of them."""
    return period is not None and any(f"{period.label_zh}，" in sentence.text for sentence in sentences)


def spoken_rows(rows: Sequence[IndicatorRow], *, total: int = 0) -> list[IndicatorRow]:
    """What of a system is said: wholes with a verdict first, then others up to SPOKEN_PER_SYSTEM; the stated parts of a whole
    all together or not at all, those of hardly any size left out. No more than `total` rows where it is given."""
    rows = [row for row in rows if row.indicator.id not in CONDITIONS]
    present = {row.indicator.id for row in rows}
    wholes = [row for row in rows if row.indicator.part_of not in present or not _stated_part(row)]
    judged = [row for row in wholes if row.verdict is not Verdict.UNKNOWN]
    telling = sorted(judged, key=lambda row: row.gap is None)[:MOST_WITH_VERDICT]  # those with a target first
    rest = [row for row in wholes if row not in telling][: max(0, SPOKEN_PER_SYSTEM - len(telling))]
    chosen: list[IndicatorRow] = []
    for row in wholes:
        if row in telling or row in rest:
            parts = [
                p for p in rows if p.indicator.part_of == row.indicator.id and _stated_part(p) and not small_part(p)
            ]
            chosen += [row, *(parts if len(parts) <= SPOKEN_PER_SYSTEM and not total else [])]
    return chosen[:total] if total else chosen


def speak(
    rows: Sequence[IndicatorRow],
    period: Period | None,
    *,
    dated: bool,
    told: Mapping[SeriesKey, Sentence] | None = None,
) -> Sentence:
    """Rows as sentences; figures that the source gives as parts of the one before follow with 其中.

    With `dated`, the period is said before the first figure that is of it; figures of other times carry their own. `told` has
    the clauses of rows that are said in words of their own.
    """
    result = Sentence()
    whole, inside = "", False
    for row in rows:
        clause = (told or {}).get(row.key) or spoken(row, period)
        if not clause:
            continue
        part = bool(whole) and row.indicator.part_of == whole and _stated_part(row)
        between = ("；" if inside else "，其中") if part else ("。" if inside else "；")
        opens = dated and period is not None and same_time(row.period, period) and not _dated([result], period)
        opening = f"{period.label_zh}，" if opens and period is not None else ""
        result.say((between if result else "") + opening).extend(clause)
        inside = part
        whole = whole if part else row.indicator.id
    return implied_once(result.say("。")) if result else result


def _stated_part(row: IndicatorRow) -> bool:
    return any(o.parent for value in row.values for o in value.inputs)


def _speak_subjects(view: ParkView, rows: Sequence[IndicatorRow], *, dated: bool) -> Sentence:
    """One clause a row behind the name of whom it is of, in one sentence; the period before the first that is of it."""
    period = view.period if view.period is not None and view.period.known else None
    result = Sentence()
    for row in rows:
        clause = row_sentence(row, period)
        if not clause:
            continue
        opens = dated and period is not None and same_time(row.period, period) and not _dated([result], period)
        opening = f"{period.label_zh}，" if opens and period is not None else ""
        result.say(("；" if result else "") + opening + row.key.subject).extend(clause)
    return result.say("。") if result else result


def _hidden_sentence(view: ParkView, part: Section, *, spoken: bool) -> str:
    """One sentence that names what is not shown, of whom and of which kind, without guessing."""
    hidden = view.section_hidden(part)
    if not hidden:
        return ""
    own = dict.fromkeys(_hidden_name(view, o) for o in hidden if not o.subject)
    of_others = dict.fromkeys(_hidden_name(view, o) for o in hidden if o.subject)
    names = [*own, *of_others]
    first = min(len(own), HIDDEN_NAMES)  # 个别企业或项目的 stands before the first of theirs, once
    shown = [*names[:first], *(["个别企业或项目的" + "、".join(rest)] if (rest := names[first:HIDDEN_NAMES]) else [])]
    more = f"等{len(names)}项指标共{len(hidden)}条" if len(names) > HIDDEN_NAMES else ""
    states = "、".join(dict.fromkeys(label_zh(o.obs_status) for o in hidden))
    return f"{'另有' if spoken else '本部分'}{'、'.join(shown)}{more}{states}，不作推测，清单见附件。"


def _not_counted(view: ParkView, part: Section) -> list[Block]:
    """Rates that nobody could give, with why: 投产项目数上年同期为0，不计算增速；样例储能上年无数，不计算增速."""
    names: dict[str, dict[str, None]] = {}
    for row in (*view.rows, *view.subject_rows):
        if row.indicator.system in part.systems:
            for o in (o for value in row.values for o in value.inputs if o.obs_status is ObsStatus.NOT_APPLICABLE):
                names.setdefault(o.note, {})[o.subject or row.label] = None
    told = [_listed(list(of)) + reason for reason, of in names.items()]
    return [words(f"{'；'.join(told)}。", "note")] if told else []


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:HIDDEN_NAMES]) + (f"等{len(names)}个" if len(names) > HIDDEN_NAMES else "")


def _hidden_name(view: ParkView, observation: Observation) -> str:
    """规上工业总产值的总量, where its growth is known; 新增企业的增速; of enterprises and projects the bare name."""
    name = tables.listed_name(observation, view.catalogue, tables.masked_names(view.hidden))
    if observation.subject:
        return name
    if observation.transformation is not Transformation.LEVEL:
        return f"{name}的{label_zh(observation.transformation)}"
    told = any(row.is_numeric and row.indicator.id == observation.indicator_id for row in view.rows)
    return f"{name}的总量" if told else name


def completion_chart(title: str, rows: Sequence[IndicatorRow]) -> list[Block]:
    """Completion of targets against the time passed, worst first."""
    done = [
        row for row in rows if row.completion is not None and row.completion.value is not None and row.gap is not None
    ]
    if len(done) < 3:
        return []
    done.sort(
        key=lambda row: row.completion.value if row.completion and row.completion.value is not None else Decimal(0)
    )
    bars = [
        charts.Bar(row.label, row.completion.value, value_text(row.completion), row.verdict is Verdict.BEHIND)
        for row in done
        if row.completion is not None and row.completion.value is not None
    ]
    passed = done[0].passed
    full = passed == 100
    mark = (passed, "年度目标" if full else f"序时进度{half_up(passed, 1)}%") if passed is not None else None
    behind = any(bar.marked for bar in bars[:12])
    chart = charts.ranked_bars(
        f"{title}年度目标完成率",
        bars[:12],
        reference=mark,
        mark_words=("未完成年度目标" if full else "慢于序时进度") if behind else "",
    )
    return [chart] if chart else []


def trends(view: ParkView, most: int = 3) -> list[Block]:
    """Cumulative level and growth over the months, for headline indicators with a monthly series."""
    found: list[Block] = []
    for row in view.headline_rows:
        chart = trend_chart(view, row)
        if chart is not None and len(found) < most:
            found.append(chart)
    return found


def trend_chart(view: ParkView, row: IndicatorRow) -> Block | None:
    """Cumulative level and growth of one row over the months of its year; None with fewer than three points."""
    if row.level is None or row.period.end is None or row.period.basis is not Basis.YTD:
        return None
    levels = {
        o.period.end: o
        for o in view.index.series(row.key, Transformation.LEVEL)
        if o.period.basis is Basis.YTD and o.period.end and o.period.end.year == row.period.end.year and o.is_number
    }
    rates = {
        o.period.end: o
        for o in view.index.series(row.key, Transformation.GROWTH)
        if o.period.basis is Basis.YTD and o.comparison is Comparison.YOY and o.unit_measure == "%" and o.is_number
    }
    ends = sorted(end for end in levels if end <= row.period.end)
    if len(ends) < 3 or any(dimension(levels[end].unit) != dimension(row.level.unit) for end in ends):
        return None
    told = [rates[end].obs_value if end in rates else None for end in ends]
    rated = sum(rate is not None for rate in told) > 1
    return charts.cumulative_trend(
        f"{row.period.end.year}年{row.label}累计{'及同比' if rated else ''}",
        ["1月" if end.month == 1 else f"1—{end.month}月" for end in ends],
        [convert(levels[end].obs_value or Decimal(0), levels[end].unit, row.level.unit) for end in ends],
        str(row.level.unit),
        told,
    )


def targets_ahead(view: ParkView) -> list[Block]:
    """Targets for years after the period, kept apart from results."""
    later = later_targets(view)
    table = tables.target_table(later, view.catalogue) if later else None
    return [table] if table else []


def later_targets(view: ParkView) -> list[Observation]:
    end = view.period.end if view.period is not None else None
    return [
        o
        for o in view.data.observations
        if o.transformation is Transformation.TARGET
        and o.is_number
        and o.period.end is not None
        and end is not None
        and o.period.end.year > end.year
        and o.vintage[:7] <= str(end.shift(1))  # set by the month in which the year is reported on
        and o.indicator_id in view.catalogue
    ]


def history(view: ParkView) -> list[Block]:
    """The table of figures of other periods than the page's."""
    table = tables.history_table(earlier_figures(view), view.catalogue)
    return [table] if table else []


def earlier_figures(view: ParkView) -> list[Observation]:
    """Located figures of other periods than the page's, in order of indicator and time; targets stand elsewhere."""
    order = {indicator.id: n for n, indicator in enumerate(view.catalogue)}
    shown = {o.obs_id for row in view.rows for value in row.values if not value.computed for o in value.inputs}
    rest = [
        o
        for o in view.index.all
        if o.indicator_id in order
        and not o.subject
        and o.obs_id not in shown
        and o.period.known
        and o.is_number
        and (o.period.basis is not Basis.MONTH or not view.own)
        and o.transformation is not Transformation.TARGET
        and _other_year(view, o)
    ]
    return sorted(rest, key=lambda o: (order[o.indicator_id], str(o.period.end), o.transformation))


def _other_year(view: ParkView, observation: Observation) -> bool:
    """Own ledgers hold every month: of the page's year the trends say enough, of earlier years the whole-year figures."""
    if view.period is None or view.period.end is None or observation.period.end is None or not view.own:
        return True
    return observation.period.end.year != view.period.end.year and observation.period.end.month == 12


def findings_list(view: ParkView, most: int = 20) -> list[Block]:
    """What is doubtful in the sources, as met while reading."""
    listed = [finding_words(view.data, view.catalogue, finding) for finding in view.data.findings]
    blocks: list[Block] = [bullets(listed[:most])] if listed else []
    if len(listed) > most:
        blocks.append(words(f"另有{len(listed) - most}条，见核对清单。", "note"))
    return blocks


def annex(view: ParkView, rows: Sequence[IndicatorRow] | None = None) -> list[Block]:
    """Attachments: the table of these rows (a briefing's, whose body has none), media reports, sources and hidden figures.

    The registers of enterprises, projects and plots of an own park stand in the page for analysts and in the Excel annex.
    """
    parts: list[tuple[str, list[Block]]] = []
    if rows is not None:
        parts.append(("指标表", _annex_tables(view, rows)))
    parts.append(("媒体报道数据", _reported(view)))
    parts.append(("数据来源和未公布清单" if view.hidden else "数据来源", _sources_and_hidden(view)))
    filled = [(title, blocks) for title, blocks in parts if blocks]
    if not view.own:  # an overview has its tables together, behind the text
        return [Appendix(title="数据表和来源"), *(block for _, blocks in filled for block in blocks)]
    return [
        block
        for number, (title, blocks) in enumerate(filled, start=1)
        for block in (Appendix(title=title, number=number), *blocks)
    ]


def _reported(view: ParkView) -> list[Block]:
    table = tables.history_table(view.unlocated, view.catalogue, "媒体报道数据（未核对原文，仅供参考）")
    return [table] if table else []


def _annex_tables(view: ParkView, rows: Sequence[IndicatorRow]) -> list[Block]:
    """One table a section; of a third-party park also what is published of its enterprises, projects and plots. Of an own
    park what the Excel file holds beside them is named."""
    if view.own:
        return [_beside(view, rows), *_told_tables(view, rows)] if rows else []
    return [
        block
        for part in view.sections
        for block in section_tables(
            view, part, [row for row in view.section_rows(part) if row in rows], view.section_subjects(part)
        )
    ]


def _told_tables(view: ParkView, rows: Sequence[IndicatorRow]) -> list[Block]:
    left_out = tables.BESIDE_THE_TEXT
    made = (
        tables.indicator_table(
            [row for row in view.section_rows(part) if row in rows],
            f"{part.title}主要指标",
            view.period,
            left_out=left_out,
        )
        for part in view.sections
    )
    return [table for table in made if table is not None]


def _beside(view: ParkView, rows: Sequence[IndicatorRow]) -> Block:
    """What is not in the tables of the annex, and where it is."""
    others = [row.label for row in view.numeric_rows if row not in rows]
    sentence = Sentence("本附件只列正文写到的指标；")
    if others:
        sentence.say("正文未写到的").count(len(others), "项", "正文未写到的指标", others).say("指标，")
    registers = "，以及企业、项目、地块等逐条数据" if view.subject_rows else ""
    return paragraph(sentence.say(f"各项指标的当月值、占比和位次{registers}，见Excel附表。"), "note")


def _sources_and_hidden(view: ParkView) -> list[Block]:
    found = (tables.source_table(view.data.observations), tables.hidden_table(view.hidden, view.catalogue))
    blocks: list[Block] = [table for table in found if table is not None]
    if view.empty_sections:
        names = "；".join(part.title for part in view.empty_sections)
        blocks.append(words(f"现有来源中没有以下方面的数据，正文从略：{names}。", "note"))
    return blocks


def numbered(position: int, title: str) -> str:
    """（一）经济运行."""
    return f"（{CHINESE_NUMERALS[position]}）{title}"


def sparse_page(view: ParkView) -> list[Block]:
    """One page for a park with hardly any number: what there is, by section what is hidden, what media report, the sources."""
    parts: list[tuple[str, list[Block]]] = []
    rows = [
        row
        for row in (*view.rows, *view.subject_rows)
        if row.is_numeric and (row.key.subject or row.indicator.id not in CONDITIONS)
    ]
    found = _speak_subjects(view, rows, dated=True)
    if found:
        parts.append(("已公布的数字", [paragraph(found), *unjudged(rows)]))
    hidden = [text for part in view.sections if (text := _hidden_in_brief(view, part))]
    if hidden:
        end = "原文未给出数字，不作推测，也不计为零；逐项清单见该园区数据分析页的附件。"
        parts.append(("原文隐去或未公布的指标", [words(f"{'；'.join(hidden)}。{end}", "note")]))
    parts.append(("媒体报道数据", _reported(view)))
    if view.unlocated:
        source = tables.source_table(view.data.observations)
        parts.append(("数据来源", [source] if source else []))
    filled = [(title, blocks) for title, blocks in parts if blocks]
    return [
        block
        for number, (title, blocks) in enumerate(filled)
        for block in (Heading(level=2, text=numbered(number, title)), *blocks)
    ] + ([] if view.unlocated else _sources_in_words(view))


def _sources_in_words(view: ParkView) -> list[Block]:
    """One line in place of the table of sources, without checksums, for a page that has to stay one."""
    named: dict[str, int] = {}
    for o in view.data.observations:
        name = f"{source_words(o).split('；文本校验码')[0]}（{grade_words(o.source)}）"
        named[name] = named.get(name, 0) + 1
    told = "；".join(f"{name}，共{number}条" for name, number in named.items())
    return [words(f"数据来源：{told}。", "note")] if told else []


def _hidden_in_brief(view: ParkView, part: Section) -> str:
    """How many figures of a section are hidden, and of what."""
    hidden = view.section_hidden(part)
    masked = tables.masked_names(view.hidden)
    names = list(dict.fromkeys(tables.listed_name(o, view.catalogue, masked) for o in hidden))
    if not names:
        return ""
    return f"{part.title}共{len(hidden)}条，涉及{'、'.join(names[:4])}{'等' if len(names) > 4 else ''}"
