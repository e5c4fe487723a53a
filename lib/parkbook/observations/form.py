"""What a 填报表 adds to the figures of a park: its targets, what tables call an indicator, and its corrections.

The YAML files come first. A name that a layout already knows keeps the layout's meaning, and a correction of a figure that
corrections.yaml corrects too is not applied a second time; where form and YAML differ a finding names both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pydantic import ValidationError

from parkbook.catalogue import Catalogue
from parkbook.codelists import Relation
from parkbook.datafiles import explain
from parkbook.errors import Finding, Severity, did_you_mean
from parkbook.model import Observation
from parkbook.observations.corrections import Correction, apply_corrections
from parkbook.sources.form.merge import PRECEDENCE
from parkbook.sources.form.parts import FORM_FILE, NAMES, NOTES
from parkbook.sources.form.read import Form, FormCorrection, FormName
from parkbook.sources.layout import Layout, RowIndicator, RowKind, normal_words
from parkbook.sources.park import Park
from parkbook.sources.plausibility import implausible

_WORDS_OF_YAML: Final = {
    "expect 的 transformation": "原单位",
    "expect": "原值",
    "reported_label": "指标原文",
    "subject": "位置",
    "indicator_id=": "指标=",
    "value=": "原值=",
    "unit=": "原单位=",
}
"""What a finding about corrections.yaml says, in the words of the form."""


# -- 名称对照 ---------------------------------------------------------------------------------------------------------


def with_names(layouts: Sequence[Layout], form: Form) -> list[Layout]:
    """The layouts, with the rows that only the form knows. A row that a layout knows keeps its meaning."""
    return [_with_names(layout, form.names) for layout in layouts]


def _with_names(layout: Layout, names: Sequence[FormName]) -> Layout:
    known = _known(layout) | _not_read(layout)
    added = {name.name: RowIndicator(indicator=name.indicator_id) for name in names if _key(name.name) not in known}
    if layout.rows is not RowKind.INDICATORS or not added:
        return layout
    return layout.model_copy(update={"indicators": {**layout.indicators, **added}})


def _key(name: str) -> str:
    return ">".join(normal_words(part) for part in name.split(">"))


def _known(layout: Layout) -> set[str]:
    return {_key(name) for name in layout.indicators}


def _not_read(layout: Layout) -> set[str]:
    """Headings and rows that are known and not read."""
    return {normal_words(name) for name in (*layout.headings, *layout.ignore_rows)}


def name_findings(layouts: Sequence[Layout], form: Form) -> list[Finding]:
    """Names that a layout reads as another indicator than the form does."""
    findings = []
    for layout in layouts:
        meanings = {_key(name): meaning.indicator for name, meaning in layout.indicators.items()}
        for name in form.names:
            meant = meanings.get(_key(name.name), name.indicator_id)
            if meant != name.indicator_id:
                findings.append(
                    Finding(
                        what=f"“{name.name}”在版式和{FORM_FILE}中对应不同的指标，采用版式",
                        where=f"{form.place} {name.cell}",
                        expected=f"{layout.place}：{meant}",
                        found=f"{FORM_FILE}：{name.indicator_id}（{name.label_zh}）",
                        remedy="改正其中一处，使两者相同；以填报表为准的，请分析人员修改版式",
                        code=PRECEDENCE,
                        severity=Severity.WARNING,
                    )
                )
    return findings


def named(
    observations: Sequence[Observation], layouts: Sequence[Layout], form: Form, known: Catalogue
) -> tuple[list[Observation], list[Finding]]:
    """The figures, those without an indicator with the one the form names, and every name's use noted on the figure.

    `layouts` are those without the form's names. A name that met no figure is noted too.
    """
    if not form.names:
        return list(observations), []
    by_name = {_key(name.name): name for name in form.names}
    by_rule = {f"layout:{layout.id}": _known(layout) for layout in layouts if layout.rows is RowKind.INDICATORS}
    result: list[Observation] = []
    findings: list[Finding] = []
    used: set[str] = set()
    for observation in observations:
        name = _name_of(observation, by_name, by_rule)
        if name is None:
            result.append(observation)
            continue
        used.add(name.cell)
        changed = _as_named(observation, name)
        findings += implausible(changed, known) if not observation.indicator_id else []
        result.append(changed)
    return result, findings + _unused(form, used, observations)


def _name_of(
    observation: Observation, by_name: Mapping[str, FormName], by_rule: Mapping[str, set[str]]
) -> FormName | None:
    """The row of 名称对照 by which a figure has its indicator, or should have it."""
    label = _key(observation.reported_label)
    name = by_name.get(f"{_key(observation.parent)}>{label}") if observation.parent else None
    name = name or by_name.get(label)
    if name is None or not observation.indicator_id:
        return name
    known = by_rule.get(observation.rule)
    if known is None or observation.indicator_id != name.indicator_id:
        return None
    printed = normal_words(observation.header_cells[-1].partition(" ")[2]) if observation.header_cells else label
    parents = f"{_key(observation.parent)}>"
    by_layout = known & {label, printed, parents + label, parents + printed}
    return None if by_layout else name


def _as_named(observation: Observation, name: FormName) -> Observation:
    said = f"名称对照：“{name.name}”即“{name.label_zh}”（{FORM_FILE} {name.cell}{f'，{name.reason}' if name.reason else ''}）"
    return replace(
        observation,
        indicator_id=name.indicator_id,
        rule=f"{observation.rule}+{NAMES.name}",
        note="；".join(filter(None, (observation.note, said))),
    )


def _unused(form: Form, used: set[str], observations: Sequence[Observation]) -> list[Finding]:
    unknown = {observation.reported_label for observation in observations if not observation.indicator_id}
    return [
        Finding(
            what=f"名称对照没有用到：“{name.name}”",
            where=f"{form.place} {name.cell}",
            expected="台账或公布数中还没有对应指标的名称",
            cause=did_you_mean(name.name, unknown) or "写法与原表不同，或该名称已有对应的指标",
            remedy="照抄原表的写法；不再需要的请清空该行",
            code="form",
            severity=Severity.NOTE,
        )
        for name in form.names
        if name.cell not in used
    ]


# -- 更正 -------------------------------------------------------------------------------------------------------------


def form_corrections(form: Form, declared: Sequence[Correction]) -> tuple[list[Correction], list[Finding]]:
    """The corrections of the form that corrections.yaml does not make itself, and those that differ from it."""
    corrections: list[Correction] = []
    findings: list[Finding] = []
    for item in form.corrections:
        try:
            correction = Correction.model_validate(item.entry)
        except ValidationError as error:
            findings.append(_broken(form, item, explain(error)))
            continue
        twin = next((other for other in declared if _same_figure(other, correction)), None)
        if twin is None:
            corrections.append(correction)
        elif dict(twin.set) != dict(correction.set):
            findings.append(_differs(form, item, twin, correction))
    return corrections, findings


def _same_figure(one: Correction, other: Correction) -> bool:
    labels = {one.reported_label, other.reported_label} - {""}
    return (one.source, one.locator) == (other.source, other.locator) and len(labels) < 2


def _differs(form: Form, item: FormCorrection, twin: Correction, own: Correction) -> Finding:
    return Finding(
        what=f"同一个数在 corrections.yaml 和{FORM_FILE}中的更正不同，采用 corrections.yaml",
        where=f"{form.place} {item.cell}",
        expected=f"corrections.yaml（{twin.id}）：{_set(twin)}",
        found=f"{FORM_FILE}：{_set(own)}",
        remedy="改正其中一处，使两者相同，或清空填报表的该行",
        code=PRECEDENCE,
        severity=Severity.WARNING,
    )


def _set(correction: Correction) -> str:
    return "，".join(f"{name}={value or '空'}" for name, value in correction.set.items())


def _broken(form: Form, item: FormCorrection, found: str) -> Finding:
    return Finding(
        what="更正不合规则，未采用",
        where=f"{form.place} {item.cell}",
        found=found,
        remedy="核对该行各格",
        code="correction",
    )


def apply_form_corrections(
    observations: Sequence[Observation], form: Form, declared: Sequence[Correction], unread: Collection[str] = ()
) -> tuple[list[Observation], list[Finding]]:
    """The figures with the form's corrections; one that does not hold is a finding at its row, in the form's words."""
    corrections, findings = form_corrections(form, declared)
    result, unmet = apply_corrections(observations, corrections, form.place, unread)
    sources = {*(observation.source.source_id for observation in observations), *unread} - {FORM_FILE}
    wanted = {correction.id: correction for correction in corrections}
    return result, findings + [_in_words(finding, form, wanted, sources) for finding in unmet]


def _in_words(finding: Finding, form: Form, wanted: Mapping[str, Correction], sources: set[str]) -> Finding:
    cell = finding.where.removeprefix(f"{form.place}（").removesuffix("）")
    source = wanted[cell].source if cell in wanted else ""
    cause = finding.cause
    if source and source not in {*sources, FORM_FILE}:
        cause = f"没有“{source}”这个文件或来源。{did_you_mean(source, sources)}".strip()
    return replace(
        finding,
        where=f"{form.place} {cell}",
        expected=_form_words(finding.expected),
        found=_form_words(finding.found),
        cause=cause,
        remedy=_form_words(finding.remedy),
    )


def _form_words(text: str) -> str:
    for yaml, words in _WORDS_OF_YAML.items():
        text = text.replace(yaml, words)
    return text


# -- 其他 -------------------------------------------------------------------------------------------------------------


def notes_not_shown(park: Park, form: Form) -> list[Finding]:
    """Pages about other people's parks show no notes; a form that has some says so."""
    notes = form.notes
    if park.relation is Relation.OWN or not (notes.problems or notes.measures or notes.highlights):
        return []
    return [
        Finding(
            what="其他单位的园区不显示问题与举措",
            where=f"{form.place} {NOTES.name}",
            expected="关系为“本单位”的园区",
            cause="其他单位只作公开数据概览，不写问题和举措",
            remedy="确为本单位的，请改正“关系”；否则清空该表",
            code="form",
            severity=Severity.NOTE,
        )
    ]
