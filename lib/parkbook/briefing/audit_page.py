"""The audit page of a park: what was read, from where, what was refused, what is hidden, and the review list of its reports.

Parts without anything to say are empty; what was compared, and with which result, are the parts of `audit_findings`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parkbook.briefing.audit_view import AuditView
from parkbook.briefing.blocks import Block, Column, Cover, present
from parkbook.briefing.claims import words
from parkbook.briefing.format import DASH
from parkbook.briefing.provenance import grade_words, source_words
from parkbook.briefing.tables import RIGHT, TableBuilder, hidden_table
from parkbook.briefing.view import notices
from parkbook.codelists import Relation, label_zh
from parkbook.errors import SEVERITY_ZH, Finding, Severity
from parkbook.indicators.compute import hidden_observations
from parkbook.model import Observation, ObsStatus
from parkbook.observations.narrative import REVIEW_FILE
from parkbook.project import parks_directory
from parkbook.sources.text.review_list import ReviewListError, read_list


def audit_cover(view: AuditView, *, title: str, state: str, audience: str) -> Cover:
    park = view.data.park
    own = park.relation is Relation.OWN
    return Cover.model_validate(
        {
            "title": title or f"{park.name}数据核对",
            "subtitle": view.period_label,
            "notebook": "audit",
            "park_id": park.id,
            "park_name": park.name,
            "relation": park.relation.value,
            "synthetic": park.synthetic,
            "state": state,
            "audience": audience,
            "period": view.period_label,
            "notices": notices(own=own, synthetic=park.synthetic),
        }
    )


def audit_lead(view: AuditView) -> list[Block]:
    """What was read and compared, and how much of it does not fit."""
    observations = view.data.observations
    numbers = sum(o.is_number for o in observations)
    sources = len({source_words(o) for o in observations})
    text = f"共读取{sources}份来源的{len(observations)}条数据，其中{numbers}条为数字"
    hidden = len(hidden_observations(observations))
    text += f"，{hidden}条原文没有给出数字。" if hidden else "。"
    compared = sum(view.reconciliation.compared.values())
    text += f"共核对{compared}组，" if compared else "各项数据没有可以核对的，"
    text += f"{len(view.doubts)}项不符" if view.doubts else "未发现不符" if compared else "未作核对"
    text += f"，另有{len(view.notes)}项提示" if view.notes else ""
    text += f"；由已有的数推算出{len(view.implied)}个未公布的数，均以区间表示。" if view.implied else "。"
    blocks: list[Block] = [words(text, "lead")]
    if view.period is not None:
        blocks.append(words(f"核对结果、推算和清单只列与{view.period.label_zh}有关的部分。", "note"))
    return blocks


# -- what was read ----------------------------------------------------------------------------------------------------


def sources_part(view: AuditView) -> list[Block]:
    """Every document with its grade, and its figures by status."""
    by_source: dict[str, list[Observation]] = {}
    for o in view.data.observations:
        by_source.setdefault(source_words(o), []).append(o)
    columns = (
        Column(label="来源", weight=4),
        Column(label="核对情况", weight=1.3),
        Column(label="数据条数", align=RIGHT, weight=0.8),
        Column(label="其中", weight=2.2),
    )
    builder = TableBuilder("读取的来源", columns)
    for name, members in by_source.items():
        builder.row(name, grade_words(members[0].source), str(len(members)), _statuses(members))
    return present(builder.build())


def _statuses(observations: Sequence[Observation]) -> str:
    """已公布1040条、缺报39条、单元格错误1条."""
    counts = [(status, sum(o.obs_status is status for o in observations)) for status in ObsStatus]
    return "、".join(f"{label_zh(status)}{count}条" for status, count in counts if count)


# -- what was refused or is doubtful ----------------------------------------------------------------------------------


def reading_part(view: AuditView) -> list[Block]:
    """Findings of the reading, by severity, each with its place and what to do."""
    if not view.reading:
        return [words("读取时没有发现问题：各来源的格式、代码、单位和取值范围均合规则。")]
    blocks: list[Block] = []
    for severity in Severity:
        mine = [finding for finding in view.reading if finding.severity is severity]
        blocks += present(_reading_table(mine, SEVERITY_ZH[severity]))
    return blocks


def _reading_table(findings: Sequence[Finding], name: str) -> Block | None:
    columns = (
        Column(label="问题", weight=2.2),
        Column(label="位置", weight=2.2),
        Column(label="应为", weight=1.8),
        Column(label="实为", weight=1.8),
        Column(label="处理办法", weight=2.2),
    )
    builder = TableBuilder(f"{name}（{len(findings)}项）", columns)
    for finding in findings:
        builder.row(
            finding.what, finding.where or DASH, finding.expected or DASH, finding.found or DASH, finding.remedy or DASH
        )
    return builder.build()


# -- coverage and review ----------------------------------------------------------------------------------------------


def coverage_part(view: AuditView) -> list[Block]:
    """Figures that the sources hide, withhold or leave out."""
    if not view.hidden:
        return [words("各来源提到的指标都给出了数字。")]
    return [
        words(f"原文没有给出数字的共{len(view.hidden)}条：{_statuses(view.hidden)}。"),
        *present(hidden_table(view.hidden, view.catalogue)),
    ]


def review_rows(park_id: str) -> list[dict[str, str]]:
    """The rows of a park's review.csv; none without such a file, or with one that a finding of the reading refuses."""
    try:
        return [row for _, row in read_list(parks_directory() / park_id / REVIEW_FILE)]
    except ReviewListError:
        return []


def review_part(rows: Sequence[Mapping[str, str]]) -> list[Block]:
    """The review list of the narrative reports: rows of review.csv; nothing where there are none."""
    columns = (
        Column(label="原文", weight=3),
        Column(label="读作", weight=2),
        Column(label="存疑之处", weight=2),
        Column(label="位置", weight=1.6),
        Column(label="复核意见", weight=1.2),
    )
    open_rows = sum(not row.get("decision") for row in rows)
    builder = TableBuilder(f"复核清单（{len(rows)}条，待复核{open_rows}条）", columns)
    for row in rows:
        builder.row(
            row.get("source_text") or row.get("words") or DASH,
            f"{row.get('label', '')} {row.get('value', '')}{row.get('unit', '')}".strip() or DASH,
            row.get("reason") or DASH,
            f"{row.get('file', '')} 字符 {row.get('start', '')}-{row.get('end', '')}".strip(),
            row.get("decision") or "待复核",
        )
    return present(builder.build(notes=("复核意见填在 review.csv 的 decision 列：采用、剔除或更正，下次读取时生效。",)))
