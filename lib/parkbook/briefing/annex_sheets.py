"""The sheets of the Excel file beside a briefing: every figure with what it was made from, so that a reader can check.

指标: what the page can show, published or computed, with formula, inputs, status and source. 观测值: the published figures that
these rest on, with their cells. 未公布: what is there but is no number. 说明: what the file is. All come from the view, so a
view for readers outside gives sheets for readers outside. Numbers are those of the document, rounded as it rounds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from parkbook.briefing.blocks import Cover, Sheet, SheetColumn, Workbook
from parkbook.briefing.format import COMPARED_WITH, number_text, plain, unit_words, value_text
from parkbook.briefing.fragments import page_notices, state_label
from parkbook.briefing.hidden_states import any_confidential
from parkbook.briefing.other_periods import earlier_figures, later_targets
from parkbook.briefing.provenance import (
    INFERRED_PERIOD,
    basis_words,
    grade_words,
    inferred_period,
    locator_words,
    provenance,
    scope_words,
    source_words,
    status_words,
)
from parkbook.briefing.sections import SECTIONS
from parkbook.briefing.view import ParkView
from parkbook.briefing.wording import rank_subject
from parkbook.catalogue import Indicator
from parkbook.codelists import label_zh
from parkbook.indicators.compute import IndicatorRow, shown_name
from parkbook.indicators.formulas import published
from parkbook.model import IndicatorValue, Observation, ObsStatus, Qualifier, Transformation

INDICATORS, OBSERVATIONS, HIDDEN, ABOUT = "指标", "观测值", "未公布", "说明"
CONFIDENTIAL: Final = "未列数字"
"""The sheet of hidden figures in a file for readers outside."""
KINDS: Final = {
    "level": "数值", "growth": "同比", "implied": "同比（按公布数推算）", "month": "当月", "month_growth": "当月同比",
    "target": "年度目标", "earlier_target": "调整前年度目标", "completion": "完成率", "gap": "与序时进度之差", "average": "两年平均增速",
}  # fmt: skip
"""The parts of an indicator row, in the order in which they are listed."""
_MANY: Final = ("shares", "others")
QUALIFIED: Final = {
    Qualifier.EXACT: "", Qualifier.ABOUT: "约", Qualifier.ABOVE: "超", Qualifier.BELOW: "近", Qualifier.RANGE: "区间",
}  # fmt: skip

_VALUE_COLUMNS: Final = (
    SheetColumn(label="指标", width=26), SheetColumn(label="对象", width=20), SheetColumn(label="项目", width=14),
    SheetColumn(label="数值", width=14, number=True), SheetColumn(label="计量单位", width=10), SheetColumn(label="文中写法", width=18),
    SheetColumn(label="报告期", width=16), SheetColumn(label="口径", width=16), SheetColumn(label="位次范围", width=18),
    SheetColumn(label="状态", width=14), SheetColumn(label="取得方式", width=10), SheetColumn(label="公式", width=30), SheetColumn(label="依据", width=50),
    SheetColumn(label="来源", width=40), SheetColumn(label="来源级别", width=16), SheetColumn(label="位置", width=20),
    SheetColumn(label="表头", width=30), SheetColumn(label="原文", width=30), SheetColumn(label="说明", width=30),
    SheetColumn(label="指标代码", width=22), SheetColumn(label="观测值编号", width=36),
)  # fmt: skip
INDICATOR_COLUMNS: Final = (SheetColumn(label="领域", width=16), *_VALUE_COLUMNS)
PARK_COLUMNS: Final = (SheetColumn(label="园区", width=18), *_VALUE_COLUMNS)
OBSERVATION_COLUMNS: Final = (
    SheetColumn(label="观测值编号", width=18), SheetColumn(label="园区", width=18), SheetColumn(label="原文名称", width=28),
    SheetColumn(label="对象", width=20), SheetColumn(label="其中于", width=18), SheetColumn(label="项目", width=10),
    SheetColumn(label="对比", width=10), SheetColumn(label="数值", width=14, number=True), SheetColumn(label="下限", width=10, number=True),
    SheetColumn(label="上限", width=10, number=True), SheetColumn(label="计量单位", width=10), SheetColumn(label="程度", width=8),
    SheetColumn(label="状态", width=12), SheetColumn(label="报告期", width=16), SheetColumn(label="位次范围", width=18), SheetColumn(label="期间", width=8),
    SheetColumn(label="起", width=10), SheetColumn(label="止", width=10), SheetColumn(label="口径", width=18),
    SheetColumn(label="数据版本", width=12), SheetColumn(label="来源", width=40), SheetColumn(label="来源级别", width=16),
    SheetColumn(label="位置", width=20), SheetColumn(label="表头", width=30), SheetColumn(label="原文", width=30),
    SheetColumn(label="更正前", width=14), SheetColumn(label="说明", width=30), SheetColumn(label="指标代码", width=22),
)  # fmt: skip
ABOUT_COLUMNS: Final = (SheetColumn(label="项目", width=16), SheetColumn(label="内容", width=90))
_ABOUT_SHEETS: Final = (
    (
        INDICATORS,
        "文中可用的全部数字，每行一个；历次公布、后续目标和计划、媒体报道的数列在最后，领域栏注明。"
        "取得方式为“公布”的照录原数，为“计算”的写明公式和依据；数值已按文中写法修约。",
    ),
    (OBSERVATIONS, "上表依据的公布数，每行一个，“位置”是台账的工作表和单元格，或文稿中的字符位置。"),
    (HIDDEN, "原文有这一项而没有给出可用数字的，原因见“状态”栏，不作推测，也不当作零。"),
)
_CONFIDENTIAL_ABOUT: Final = (CONFIDENTIAL, "按保密规定不对外列示，或没有可用数字的，原因见“状态”栏，不等于零。")


def workbook(view: ParkView, cover: Cover) -> Workbook:
    """The Excel file beside the document whose cover this is."""
    values = [(row, kind, value) for row in (*view.rows, *view.subject_rows) for kind, value in _values(row)]
    used = {o.obs_id: o for _, _, value in values for o in value.inputs} | {
        o.obs_id: o for o in _beside_observations(view)
    }
    indicators = Sheet.of(
        INDICATORS, INDICATOR_COLUMNS, (*(_indicator_row(*found) for found in values), *_beside(view))
    )
    names = {view.data.park.id: view.name}
    hidden = CONFIDENTIAL if any_confidential(view.hidden) else HIDDEN
    sheets = (indicators, observation_sheet(used.values(), names), observation_sheet(view.hidden, names, hidden))
    return Workbook(sheets=(*sheets, _about(cover, sheets)))


def _values(row: IndicatorRow) -> Iterator[tuple[str, IndicatorValue]]:
    """All figures of a row, with what each is of the indicator."""
    for name, kind in KINDS.items():
        value = getattr(row, name, None)
        if value is not None:
            yield kind, value
    for name in _MANY:
        yield from ((_kind_words(value), value) for value in getattr(row, name))


def _kind_words(value: IndicatorValue) -> str:
    """增速位次, 总量位次: what a place is of, where the source says so; 占比 and the like."""
    first = value.inputs[0]
    kind = label_zh(value.transformation)
    return rank_subject(first) + kind if value.transformation is Transformation.RANK else kind


def _indicator_row(row: IndicatorRow, kind: str, value: IndicatorValue) -> tuple[str, ...]:
    section = next((part.title for part in SECTIONS if row.indicator.system in part.systems), "")
    return (section, *_told(_printed(row.indicator, value), kind, value))


def _printed(indicator: Indicator, value: IndicatorValue) -> str:
    """The words of the text: a document's own, the catalogue's for a ledger's headers and what is computed from them."""
    return (
        shown_name(indicator, value.inputs[0]) if value.inputs[0].indicator_id == indicator.id else indicator.label_zh
    )


def _beside(view: ParkView) -> Iterator[tuple[str, ...]]:
    """Figures that stand in the document apart from the indicators: of other periods, of plans, of media reports."""
    kinds = (
        ("历次公布数据", earlier_figures(view)), ("后续目标和计划", later_targets(view)), ("媒体报道（未核对原文）", view.unlocated),
    )  # fmt: skip
    for name, observations in kinds:
        for o in observations:
            indicator = view.catalogue.get(o.indicator_id)
            value = published(o, indicator)
            yield (name, *_told(shown_name(indicator, o), _kind_words(value), value))


def _beside_observations(view: ParkView) -> list[Observation]:
    return [*earlier_figures(view), *later_targets(view), *view.unlocated]


def value_sheet(values: Iterable[IndicatorValue], names: Mapping[str, str]) -> Sheet:
    """Values of several parks, each once; `names` are those of the parks by their codes."""
    rows = (
        (names.get(value.ref_area, value.ref_area), *_told(value.label_zh, label_zh(value.transformation), value))
        for value in values
    )
    return Sheet.of(INDICATORS, PARK_COLUMNS, dict.fromkeys(rows))


def _told(label: str, kind: str, value: IndicatorValue) -> tuple[str, ...]:
    """All that is known of a value, from the name of its indicator on."""
    known = provenance(value)
    return (
        label, value.subject, kind, number_text(value) if value.value is not None else "",
        unit_words(value.unit), value_text(value), known.period, known.basis, _ranked_among(value.inputs[0]), known.status,
        "计算" if value.computed else "公布",
        known.formula if value.computed else "", "；".join(known.inputs), known.source, known.grade, known.locator, known.headers,
        known.source_text, "；".join((*_absent_words(value), *known.notes)), value.indicator_id,
        "、".join(dict.fromkeys(o.obs_id for o in value.inputs)),
    )  # fmt: skip


def _absent_words(value: IndicatorValue) -> tuple[str, ...]:
    """原文隐去 and the like for a status; a reason in words as it is."""
    if not value.absent:
        return ()
    return (label_zh(ObsStatus(value.absent)) if value.absent in set(ObsStatus) else value.absent,)


def _ranked_among(observation: Observation) -> str:
    """全区（参评数未公布）, 全市（共12个): among whom a place is; empty for other figures."""
    if observation.transformation is not Transformation.RANK:
        return ""
    known = f"共{observation.rank_denominator}个" if observation.rank_denominator else "参评数未公布"
    return f"{observation.rank_scope or '范围未载明'}（{known}）"


def observation_sheet(observations: Iterable[Observation], names: Mapping[str, str], name: str = OBSERVATIONS) -> Sheet:
    """Figures as published, one a row; `names` are those of the parks by their codes."""
    rows = (observation_row(one, names.get(one.ref_area, one.ref_area)) for one in observations)
    return Sheet.of(name, OBSERVATION_COLUMNS, rows)


def observation_row(o: Observation, park: str) -> tuple[str, ...]:
    """A figure in the columns of OBSERVATION_COLUMNS."""
    period = o.period
    compared = COMPARED_WITH[o.comparison] if o.comparison else ""
    return (
        o.obs_id, park, o.reported_label, o.subject, o.parent, label_zh(o.transformation),
        f"{compared}（{o.base_period}）" if compared and o.base_period else compared,
        *("" if number is None else plain(number) for number in (o.obs_value, o.value_low, o.value_high)),
        unit_words(o.unit), QUALIFIED[o.qualifier], status_words(o), _period_words(o),
        _ranked_among(o), basis_words(o), str(period.start or ""), str(period.end or ""), scope_words(o), o.vintage,
        source_words(o), grade_words(o.source), locator_words(o), "；".join(o.header_cells), o.source_text, o.corrected_from, o.note,
        o.indicator_id,
    )  # fmt: skip


def _period_words(observation: Observation) -> str:
    """2025年; behind it, where the document does not state it with the figure, that it was found otherwise."""
    label = observation.period.label_zh
    return f"{label}（{INFERRED_PERIOD}）" if inferred_period(observation) else label


def _about(cover: Cover, sheets: Sequence[Sheet]) -> Sheet:
    """What the file is, in the words of the document's cover."""
    about = [*_ABOUT_SHEETS[:-1], _CONFIDENTIAL_ABOUT if sheets[-1].name == CONFIDENTIAL else _ABOUT_SHEETS[-1]]
    facts = (
        ("文件", f"{cover.title}（附表）"), ("园区", cover.park_name), ("报告期", cover.period), ("数据截至", cover.as_of),
        ("状态", state_label(cover)), *(("提示", notice) for notice in page_notices(cover)),
        *((name, f"{text}共 {len(sheet.rows)} 行。") for (name, text), sheet in zip(about, sheets, strict=True)),
    )  # fmt: skip
    return Sheet.of(ABOUT, ABOUT_COLUMNS, [pair for pair in facts if pair[1]])
