"""Where a shown figure comes from, in the reader's words."""

from __future__ import annotations

import hashlib
import re

from parkbook.briefing.blocks import Provenance
from parkbook.briefing.format import plain, qualified, unit_words, value_text
from parkbook.catalogue import IndicatorBasis, catalogue
from parkbook.codelists import label_zh
from parkbook.model import (
    IndicatorValue,
    Observation,
    ObsStatus,
    PriceBasis,
    ScopeBasis,
    Source,
    SourceGrade,
    SourceKind,
    Transformation,
)
from parkbook.periods import Basis, PeriodStatus, parse_period

BASIS_WORDS = {
    PriceBasis.CURRENT: "现价",
    PriceBasis.CONSTANT: "可比价",
    ScopeBasis.ORIGINAL: "原口径",
    ScopeBasis.COMPARABLE: "可比口径",
}


INFERRED_PERIOD = "报告期据上下文推断"
UNCHECKED = "媒体报道，未核对"
MOST_INPUTS = 40
"""Inputs listed one by one behind a computed figure."""


def reference(value: IndicatorValue) -> str:
    """The key of a figure's provenance: its observation, or a hash of formula and inputs."""
    if not value.computed:
        return f"o{value.inputs[0].obs_id}"
    text = value.formula + value.transformation + "".join(o.obs_id for o in value.inputs)
    return "c" + hashlib.sha256(text.encode()).hexdigest()[:16]


def observation_text(observation: Observation) -> str:
    """An input of a formula as one line: what, when, how much, where."""
    shown = observed_value(observation)
    period = observation.period.label_zh
    return f"{period}{observation.subject}{observation.reported_label} {shown}（{place(observation)}）"


def observed_value(observation: Observation) -> str:
    if observation.obs_value is None:
        if observation.value_low is not None and observation.value_high is not None:
            return f"{plain(observation.value_low)}—{plain(observation.value_high)}{unit_words(observation.unit)}"
        return label_zh(observation.obs_status)
    return qualified(plain(observation.obs_value) + unit_words(observation.unit), observation)


def place(observation: Observation) -> str:
    """Document and address: 2025年经济指标.xlsx 9月!D17; a report by its title or its kind and span."""
    if observation.source.kind is SourceKind.LEDGER:
        return f"{observation.source.title} {observation.locator}".strip()
    return locator_words(observation) or source_words(observation)


_PERIOD_CODE = re.compile(r"报告期(?:写作)?(?P<code>\d{4}(?:-\d{2}|[HMQS]\d[-HMQS\d]*)?)(?![-\w])")


def locator_words(observation: Observation) -> str:
    """The place in the document, its period in words: 报告期2020Q1-Q3 is 报告期2020年1—9月."""
    return _PERIOD_CODE.sub(lambda found: f"报告期{parse_period(found['code']).label_zh}", observation.locator)


def source_words(observation: Observation) -> str:
    source = observation.source
    if source.kind is SourceKind.REPORT and not source.address:
        name = f"《{source.title}》" if source.title else "园区工作报告（标题未载明）"
        return f"{name}，发布地址未载明；文本校验码 {source.sha256[:12]}"
    return source.label_zh


def grade_words(source: Source) -> str:
    """How far the document can be trusted; an office's own ledger is no publication."""
    if source.kind is SourceKind.LEDGER:
        return "内部统计台账"
    if source.kind is SourceKind.REPORT and not source.publisher:
        return "园区报告原文，发布单位未载明"
    return label_zh(source.grade)


def scope_words(observation: Observation) -> str:
    parts = [observation.scope] + [BASIS_WORDS[b] for b in (observation.price_basis, observation.scope_basis) if b]
    if observation.unit_inferred and observation.transformation is not Transformation.RANK:
        in_text = observation.source.kind is SourceKind.REPORT
        parts.append(f"计量单位为推断，{'原文未写计量单位' if in_text else '原表未见单位行'}")
    return "；".join(part for part in parts if part)


def basis_words(observation: Observation) -> str:
    """累计, 当月, 期末 …; of a rate never 累计 and of a stock 期末: a state of things is not added up over the months. Where the
    year itself is inferred, nothing says that a stock is that of its end."""
    basis = observation.period.basis
    if basis is None or observation.transformation in (Transformation.RANK, Transformation.TARGET):
        return ""
    known = observation.indicator_id in catalogue()
    kind = catalogue().get(observation.indicator_id).basis if known else IndicatorBasis.FLOW
    if basis is not Basis.YTD or kind is IndicatorBasis.FLOW or observation.transformation is Transformation.COMPLETION:
        return label_zh(basis)
    if kind is IndicatorBasis.STOCK:
        return "" if inferred_period(observation) else label_zh(Basis.POINT)
    end = observation.period.end
    return "年度" if end is not None and end.month == 12 else ""


def inferred_period(observation: Observation) -> bool:
    """Whether the period was found from what stands around the figure; a ledger's sheet or file states it."""
    return observation.period.status is PeriodStatus.INFERRED and observation.source.kind is not SourceKind.LEDGER


def period_words(observation: Observation) -> str:
    """2025年（累计）; of a figure whose document does not state it there, that it was found otherwise."""
    how = INFERRED_PERIOD if inferred_period(observation) else ""
    told = "，".join(text for text in (basis_words(observation), how) if text)
    return observation.period.label_zh + (f"（{told}）" if told else "")


def _computed_name(value: IndicatorValue) -> str:
    """The printed words, as in the text, where the figure is computed from a document that prints them."""
    first = value.inputs[0]
    same = first.indicator_id == value.indicator_id and first.source.kind is not SourceKind.LEDGER
    return first.reported_label if same else value.label_zh


def _notes(observations: tuple[Observation, ...]) -> tuple[str, ...]:
    seen = [note for o in observations for note in (o.note, o.corrected_from) if note]
    return tuple(dict.fromkeys(seen))


def kind_words(value: IndicatorValue) -> str:
    """What a computed figure is beside its label: 增速, 占比, 拉动; nothing where formula and unit say it."""
    match value.transformation:
        case Transformation.CONTRIBUTION:
            return "贡献率" if value.unit.measure == "%" else "拉动"
        case Transformation.GROWTH | Transformation.SHARE | Transformation.COMPLETION:
            return label_zh(value.transformation)
    return ""


def _input_lines(inputs: tuple[Observation, ...]) -> tuple[str, ...]:
    """One line an input; of many rows that are only counted, the first ones and how many there are."""
    lines = tuple(observation_text(o) for o in inputs[:MOST_INPUTS])
    return lines if len(inputs) <= MOST_INPUTS else (*lines, f"……共{len(inputs)}条，其余见同一台账")


def _status_words(value: IndicatorValue) -> str:
    if not value.computed:
        return status_words(value.inputs[0])
    return "据公布数计算" if value.status is ObsStatus.REPORTED else label_zh(value.status)


def status_words(observation: Observation) -> str:
    """已公布 and the like; of what only media report nobody knows that it was published."""
    if observation.source.grade is SourceGrade.UNLOCATED and observation.is_number:
        reported = observation.obs_status is ObsStatus.REPORTED
        return UNCHECKED if reported else f"{label_zh(observation.obs_status)}（{UNCHECKED}）"
    return label_zh(observation.obs_status)


def provenance(value: IndicatorValue) -> Provenance:
    """All that is known about how the figure came to be."""
    first = value.inputs[0]
    common = {
        "label": _computed_name(value)
        if value.computed
        else " ".join(filter(None, (value.subject, first.reported_label))),
        "value": value_text(value),
        "status": _status_words(value),
        "period": period_words(first) if not value.computed else value.period.label_zh,
    }
    if value.computed:
        return Provenance(
            **common,
            basis=kind_words(value),
            formula=value.formula,
            inputs=_input_lines(value.inputs),
            source="；".join(dict.fromkeys(source_words(o) for o in value.inputs)),
            notes=value.flags + _notes(value.inputs),
        )
    kind = f"{label_zh(value.transformation)}" if value.transformation is not Transformation.LEVEL else ""
    return Provenance(
        **common,
        basis="；".join(part for part in (kind, scope_words(first)) if part),
        source=source_words(first),
        grade=grade_words(first.source),
        locator=locator_words(first),
        headers="；".join(first.header_cells),
        source_text=first.source_text,
        notes=value.flags + _notes(value.inputs),
    )
