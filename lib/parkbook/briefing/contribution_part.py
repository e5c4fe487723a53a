"""增长构成与剔除: what each enterprise, project and sector added to a total, a waterfall that adds up, and growth without named ones.

Enterprises are for readers inside: for those outside the parts of the catalogue remain, and 剔除 is refused in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from parkbook.briefing import growth_charts
from parkbook.briefing.blocks import Block, Column, Runs, Table
from parkbook.briefing.claims import Sentence, bullets, paragraph, words
from parkbook.briefing.format import DASH, direction_words, plain
from parkbook.briefing.sections import HEADLINE_SYSTEMS
from parkbook.briefing.tables import RIGHT, TableBuilder
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import adds_up, against_words
from parkbook.catalogue import IndicatorBasis
from parkbook.codelists import Audience
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.contribution import (
    LEAST_GROWTH,
    NO_BASE,
    REST,
    ROUNDING,
    Decomposition,
    Part,
    by_sector,
    decompose,
    together,
)
from parkbook.indicators.exclusion import Exclusion, chosen_names, exclusion
from parkbook.indicators.formulas import IMPLIED_NOTE
from parkbook.indicators.rounding import half_up
from parkbook.model import IndicatorValue

MOST_OF_SYSTEM = {True: 2, False: 1}
"""Totals of one system that get a table: with enterprises or projects, and with parts of the catalogue."""
TAIL_NOTE = "各列按表中位数相加等于总体，四舍五入的尾差在其余合计或另列尾差"
MOST_PARTS = 8
"""Parts that table and waterfall both name, so that 其余合计 is the same in both."""
CATALOGUE_SYSTEMS = HEADLINE_SYSTEMS[:4]
KINDS = {"S7": "项目", "S8": "项目", "S10": "地块"}
"""What the lines of a system's registers are; enterprises elsewhere."""
MOST_SECTORS = 10
MOST_TOLD = 2
"""Parts that added most, and that took most, in the sentence above the table."""
MOST_NEW = 3
"""Parts without last year's figure that get a line each."""
PLOT_AREA = "plot_land_area"
"""Only registers of plots have it."""
PERCENT = Decimal(100)


def contributions(view: ParkView) -> list[Block]:
    """Table, waterfall and sectors of each total that can be taken apart, then 剔除. Empty when no total can."""
    found = decompositions(view)
    if not found:
        return []
    blocks: list[Block] = []
    excluded = excluded_sentences(view, found)
    if excluded:
        blocks.append(bullets(excluded))
    note = exclude_note(view, found, said=bool(excluded))
    if note:
        blocks.append(words(note, "note"))
    shown: Counter[tuple[str, bool]] = Counter()
    for one in found:
        group = (one.row.indicator.system, one.of_subjects)
        shown[group] += 1
        if shown[group] <= MOST_OF_SYSTEM[one.of_subjects]:
            blocks += _blocks(one)
    return blocks


def decompositions(view: ParkView) -> list[Decomposition]:
    """The totals with parts: first those with enterprises or projects, then those with parts in the catalogue."""
    rows = [row for row in view.numeric_rows if row.indicator.basis is IndicatorBasis.FLOW]
    by_subjects = [one for row in rows if (one := decompose(view.index, view.catalogue, row)) is not None]
    taken = {one.row.indicator.id for one in by_subjects}
    by_subjects = [one for one in by_subjects if one.row.indicator.part_of not in taken]
    plots = {o.source.source_id for o in view.index.of_indicator(PLOT_AREA) if o.subject}
    by_subjects = [one for one in by_subjects if not _of_plots(one, plots)]
    told = {one.row.key for one in by_subjects}
    wholes = [
        row
        for row in rows
        if row.key not in told and not row.indicator.part_of and row.indicator.system in CATALOGUE_SYSTEMS
    ]
    by_parts = [
        one for row in wholes if (one := decompose(view.index, view.catalogue, row, subjects=False)) is not None
    ]
    return [*by_subjects, *by_parts]


def _of_plots(found: Decomposition, plots: set[str]) -> bool:
    """Whether the lines are plots of land, while the total is no figure of land: a code of a plot explains no energy used."""
    sources = {o.source.source_id for part in found.parts for o in part.current.inputs}
    return bool(sources) and sources <= plots and found.row.indicator.system not in KINDS


def _blocks(found: Decomposition) -> list[Block]:
    blocks: list[Block] = [paragraph(summary(found)), _table(found)]
    sectors = by_sector(found)
    if sectors:
        blocks.append(_sector_table(found, sectors))
    blocks.append(_waterfall(found))
    return blocks


def summary(found: Decomposition) -> Sentence:
    """2025年规上工业总产值650.20亿元，比上年减少6.55亿元，增加较多的是甲（31.98亿元），减少较多的是乙（37.96亿元）; and, where
    amounts grew otherwise than the published rate says, both rates: the amounts do not explain the published one."""
    row, total = found.row, found.total
    against, change = against_words(row.period), half_up(total.size, found.places)
    sentence = Sentence(_title(found)).figure(total.current, _amount(total.current, found.places) + str(found.unit))
    if change:
        sentence.say(f"，比{against}{'增加' if change > 0 else '减少'}").figure(total.change, _size(found, total))
    else:
        sentence.say(f"，与{against}持平")
    moved = sorted((*found.parts, *found.newcomers), key=lambda part: part.size, reverse=True)
    up = [part for part in moved if half_up(part.size, found.places) > 0]
    down = [part for part in reversed(moved) if half_up(part.size, found.places) < 0]
    few = len(up) + len(down) <= MOST_TOLD
    for verb, parts in (("增加", up), ("减少", down)):
        if parts:
            sentence.say(f"，{verb}的是" if few else f"，{verb}较多的是")
            sentence.extend(Sentence.join([_named_size(found, part) for part in parts[:MOST_TOLD]], "、"))
    if not adds_up(row, total.pull) and row.growth is not None:
        sentence.say("。按公布数推算为").figure(total.pull, _rate_words(total.pull)).say("，与公布增速（")
        sentence.figure(row.growth, direction_words(row.growth)).say("）口径不同，不能据此说明公布增速")
    return sentence.say("。")


def _named_size(found: Decomposition, part: Part) -> Sentence:
    named = Sentence(f"{part.name}（").figure(part.change, _size(found, part))
    return named.say(f"，{NO_BASE}）" if part in found.newcomers else "）")


def _size(found: Decomposition, part: Part) -> str:
    return plain(abs(half_up(part.size, found.places))) + str(found.unit)


def _kind(found: Decomposition) -> str:
    return KINDS.get(found.row.indicator.system, "企业") if found.of_subjects else "构成"


def _title(found: Decomposition) -> str:
    return f"{found.row.period.label_zh}{found.row.label}"


def _lines(found: Decomposition, parts: Sequence[Part], most: int) -> list[Part]:
    """What table and waterfall list between last year and this: the largest parts, those without a base, then what is left."""
    named = [*parts[:most], *_newcomers(found)]
    rest = found.rest(named)
    return named if _nothing(rest, found.places) else [*named, rest]


def _newcomers(found: Decomposition) -> list[Part]:
    """Parts without last year's figure that have one now, each a line; of many one line of them all."""
    new = [part for part in found.newcomers if half_up(part.size, found.places)]
    if len(new) <= MOST_NEW:
        return new
    return [together(f"{NO_BASE}的{len(new)}{_counter(found)}合计", new)]


def _is_new(found: Decomposition, part: Part) -> bool:
    return part in found.newcomers or part.name.startswith(NO_BASE)


def _shared(found: Decomposition, lines: Sequence[Part]) -> bool:
    """Whether 贡献率 is shown: it is said of every line or of none, and of none where one would exceed 100 %."""
    shares = [part.share.value for part in lines if part.share is not None and part.share.value is not None]
    return found.shares_make_sense and all(abs(share) <= PERCENT for share in shares)


def _line_name(found: Decomposition, part: Part, lines: Sequence[Part]) -> str:
    """样例储能（上年同期无数据）; 其余合计（除所列8家）."""
    if part in found.newcomers:
        return f"{part.name}（{NO_BASE}）"
    return (
        f"{REST}（除所列{sum(line.members for line in lines[:-1])}{_counter(found)}）"
        if part.name == REST
        else part.name
    )


def _counter(found: Decomposition) -> str:
    return {"企业": "家", "项目": "个", "地块": "宗"}.get(_kind(found), "项")


def _columns(first: str, *, shared: bool) -> list[Column]:
    columns = [
        Column(label=first, weight=2.2),
        Column(label="本期", align=RIGHT, weight=1.1),
        Column(label="上年同期", align=RIGHT, weight=1.1),
        Column(label="增量", align=RIGHT, weight=1.1),
        Column(label="拉动（百分点）", align=RIGHT, weight=1.2),
    ]
    return [*columns, Column(label="贡献率（%）", align=RIGHT, weight=1.1)] if shared else columns


def _cells(builder: TableBuilder, found: Decomposition, part: Part, name: str, *, shared: bool) -> list[Runs | str]:
    places = found.places
    shown = [
        (part.current, _amount(part.current, places)),
        (part.base, DASH if _is_new(found, part) else _amount(part.base, places)),
        (part.change, _signed(part.change, places)),
        (part.pull, _signed(part.pull, 1)),
    ]
    if shared and part.share is not None:
        shown.append((part.share, _amount(part.share, 1)))
    if part.name == ROUNDING:  # what rounding leaves is no figure of anything
        return [name, *(text for _, text in shown)]
    return [name, *(DASH if text == DASH else builder.figure(value, text) for value, text in shown)]


def _amount(value: IndicatorValue, places: int) -> str:
    return plain(half_up(value.value or Decimal(0), places))


def _signed(value: IndicatorValue, places: int) -> str:
    """▲1.23, ▼1.23, 0."""
    shown = half_up(value.value or Decimal(0), places)
    return ("▲" if shown > 0 else "▼" if shown < 0 else "") + plain(abs(shown))


def _table(found: Decomposition) -> Table:
    lines = _lines(found, found.parts, MOST_PARTS)
    shared = _shared(found, lines)
    builder = TableBuilder(f"{_title(found)}增长构成", _columns(_kind(found), shared=shared))
    for part in lines:
        builder.row(*_cells(builder, found, part, _line_name(found, part, lines), shared=shared))
    builder.row(*_cells(builder, found, found.total, found.total.name, shared=shared))
    return _built(builder, found, _notes(found, shared=shared))


def _sector_table(found: Decomposition, sectors: Sequence[Part]) -> Table:
    lines = _lines(found, sectors, MOST_SECTORS)
    shared = _shared(found, lines)
    builder = TableBuilder(
        f"{_title(found)}分行业增长构成（按列入台账的{_kind(found)}汇总）",
        _columns(f"行业（{_kind(found)}数）", shared=shared),
    )
    for part in lines:
        grouped = part in sectors
        name = (
            f"{part.name}（{part.members}）"
            if grouped
            else REST
            if part.name == REST
            else _line_name(found, part, lines)
        )
        builder.row(*_cells(builder, found, part, name, shared=shared))
    builder.row(*_cells(builder, found, found.total, found.total.name, shared=shared))
    return _built(builder, found, [IMPLIED_NOTE, TAIL_NOTE])


def _built(builder: TableBuilder, found: Decomposition, notes: Sequence[str]) -> Table:
    table = builder.build(unit_line=f"单位：{found.unit}", notes=notes)
    if table is None:  # a decomposition has a total at least
        raise ValueError(builder.caption)
    return table


def _nothing(rest: Part, places: int) -> bool:
    amounts = (rest.current, rest.base, rest.change)
    left = [half_up(value.value or Decimal(0), places) for value in amounts]
    return not any(left) and half_up(rest.pull.value or Decimal(0), 1) == 0


def _notes(found: Decomposition, *, shared: bool) -> list[str]:
    notes = [f"{IMPLIED_NOTE}；拉动按“增量÷总体上年同期数”计", TAIL_NOTE]
    if found.total.share is None:
        notes.append(f"总体下降或增长不足{LEAST_GROWTH}%，贡献率没有意义，只列拉动")
    elif not shared:
        notes.append("有的部分增减超过总体增量，贡献率超过100%，没有意义，只列拉动")
    stated = found.row.growth
    if stated is not None and stated.value is not None and half_up(stated.value, 1) != _shown_growth(found):
        computed, published = _rate_words(found.total.pull), direction_words(stated)
        notes.append(f"总体按公布数推算为{computed}，公布增速为{published}，两者口径不同，拉动按前者分解")
    if len(found.parts) > MOST_PARTS:
        notes.append(f"按增量绝对值列前{MOST_PARTS}个，台账所列的另外{len(found.parts) - MOST_PARTS}个并入其余合计")
    if found.newcomers:
        notes.append(f"{_listed(found.without_base)}{NO_BASE}，按上年为零计，单列")
    elif found.without_base:
        notes.append(f"{_listed(found.without_base)}缺上年同期数，并入其余合计")
    if found.without_current:
        notes.append(f"{_listed(found.without_current)}没有本期数，并入其余合计")
    return notes


def _shown_growth(found: Decomposition) -> Decimal:
    return half_up(found.total.pull.value or Decimal(0), 1)


def _listed(names: Sequence[str], most: int = 4) -> str:
    """甲、乙, or 甲、乙、丙、丁等9个."""
    return "、".join(names[:most]) + (f"等{len(names)}个" if len(names) > most else "")


def _waterfall(found: Decomposition) -> Block:
    """Last year, the lines of the table, this year; labels add up as printed."""
    places, lines = found.places, _lines(found, found.parts, MOST_PARTS)
    first, last = (half_up(v.value or Decimal(0), places) for v in (found.total.base, found.total.current))
    steps = [
        growth_charts.Step("上年同期", first, plain(first), whole=True),
        *(
            growth_charts.Step(
                _line_name(found, part, lines), half_up(part.size, places), _plus(half_up(part.size, places))
            )
            for part in lines
            if half_up(part.size, places)
        ),
        growth_charts.Step("本期", last, plain(last), whole=True),
    ]
    return growth_charts.waterfall(f"{_title(found)}增减构成", steps, str(found.unit))


def _plus(value: Decimal) -> str:
    return ("+" if value > 0 else "") + plain(value)


# --- 剔除 -----------------------------------------------------------------------------------------------------------


def excluded_sentences(view: ParkView, found: Sequence[Decomposition]) -> list[Sentence]:
    """剔除A、B后，规上工业总产值同比下降X%，比剔除前低Y个百分点, for each total that has one of them."""
    if view.choices.audience is Audience.EXTERNAL or not view.choices.exclude:
        return []
    return [
        sentence
        for one in found
        if one.of_subjects
        and (result := exclusion(one, chosen_names(one, view.choices.exclude))) is not None
        and (sentence := exclusion_sentence(one, result))
    ]


def exclusion_sentence(found: Decomposition, result: Exclusion) -> Sentence:
    names = "、".join(result.names)
    label = f"{found.row.period.label_zh}{found.row.label}"
    if result.after is None or result.difference is None:
        return Sentence(f"{label}：{result.absent}。")
    sentence = Sentence(f"剔除{names}后，{label}同比").figure(result.after, _rate_words(result.after))
    moved = result.difference.value or Decimal(0)
    sentence.say("，比剔除前（" if moved else "，与剔除前（").figure(result.before, _rate_words(result.before))
    if moved:
        size = f"{plain(abs(moved))}个百分点"
        sentence.say(f"）{'高' if moved > 0 else '低'}").figure(result.difference, size)
    else:
        sentence.say("）持平")
    return sentence.say("，均按公布数推算，非可比口径").extend(_published(found.row)).say("。")


def _rate_words(value: IndicatorValue) -> str:
    """下降1.0%, 增长112.4%, 持平 where nothing is left after rounding; no 倍 beside 个百分点."""
    shown = half_up(value.value or Decimal(0), 1)
    return f"{'增长' if shown > 0 else '下降'}{plain(abs(shown))}%" if shown else "持平"


def _published(row: IndicatorRow) -> Sentence:
    """The published rate beside the computed ones: it is of another scope."""
    if row.growth is None or not row.growth.is_number:
        return Sentence()
    return Sentence("；公布增速为").figure(row.growth, direction_words(row.growth))


def exclude_note(view: ParkView, found: Sequence[Decomposition], *, said: bool) -> str:
    """How to ask for 剔除, or why it is not given."""
    if view.choices.audience is Audience.EXTERNAL:
        return "剔除企业后的增速可反推单个企业数据，仅供内部使用，本文不列。" if view.choices.exclude else ""
    if not any(one.of_subjects for one in found):
        return ""
    if not view.choices.exclude:
        return "未剔除任何企业；需要时在参数 exclude 中写企业或项目名称（用逗号分隔），或写 largest:3 剔除最大的3家。"
    return "" if said else f"{'、'.join(view.choices.exclude)}不在下列各总量的构成中，没有可剔除的数。"


__all__ = ["contributions", "decompositions", "excluded_sentences", "exclusion_sentence", "summary"]
