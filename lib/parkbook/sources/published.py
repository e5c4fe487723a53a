"""Figures transcribed from publications and reports: `published.csv`, one figure a row.

Every row is checked by itself. A row that breaks a rule becomes a finding that names file, line and column, and the others
go on; a level outside its valid range is kept and reported, never nulled. An unknown indicator code leaves the figure
without one, so that the figure itself is not lost. Columns are those of docs/architecture.md, in any order.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from parkbook.catalogue import catalogue
from parkbook.codelists import parse_code
from parkbook.errors import Finding, ParkbookError, UnknownCodeError, did_you_mean
from parkbook.model import (
    NUMERIC,
    Comparison,
    FiscalBasis,
    Observation,
    ObsStatus,
    PriceBasis,
    Qualifier,
    ScopeBasis,
    Source,
    SourceKind,
    TargetKind,
    Transformation,
)
from parkbook.periods import Period, PeriodStatus, parse_period, unknown_period
from parkbook.project import relative_name
from parkbook.sources.plausibility import implausible
from parkbook.units import Unit, parse_unit

COLUMNS = (
    "source",
    "reported_label",
    "indicator_id",
    "subject",
    "parent",
    "period",
    "period_status",
    "transformation",
    "comparison",
    "base_period",
    "price_basis",
    "scope_basis",
    "fiscal_basis",
    "target_kind",
    "rank_scope",
    "rank_denominator",
    "value",
    "value_low",
    "value_high",
    "unit",
    "unit_inferred",
    "obs_status",
    "qualifier",
    "scope",
    "locator",
    "source_text",
    "note",
)
AREA_COLUMN = "ref_area"
LONGEST_SOURCE_TEXT = 30
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")
_TRUE, _FALSE = frozenset({"true", "1", "yes", "是"}), frozenset({"", "false", "0", "no", "否"})
Code = TypeVar("Code", bound=StrEnum)


@dataclass
class _Row:
    """One row while it is read: what its columns say, and what is wrong with them."""

    where: str
    values: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "").strip()

    def place(self, column: str) -> str:
        return f"{self.where} 列 {column}"

    def refuse(
        self,
        what: str,
        column: str,
        *,
        expected: str = "",
        cause: str = "",
        remedy: str = "修改该格",
        code: str = "published",
    ) -> None:
        self.refused = True
        self.findings.append(
            Finding(
                what=what,
                where=self.place(column),
                expected=expected,
                found=self[column] or "空",
                cause=cause,
                remedy=remedy,
                code=code,
            )
        )

    def refuse_error(self, error: ParkbookError, column: str) -> None:
        self.refused = True
        self.findings.append(
            replace(error.finding, where=self.place(column), found=error.finding.found or self[column])
        )

    def code(self, kind: type[Code], column: str) -> Code | None:
        if not self[column]:
            return None
        try:
            return parse_code(kind, self[column])
        except UnknownCodeError as error:
            self.refuse_error(error, column)
            return None

    def number(self, column: str) -> Decimal | None:
        if not self[column]:
            return None
        if not _NUMBER.match(self[column]):
            self.refuse("不是数", column, expected="如 1234.5、-8.8（不带千分位、单位和百分号）")
            return None
        return Decimal(self[column])

    def flag(self, column: str) -> bool:
        text = self[column].lower()
        if text not in _TRUE | _FALSE:
            self.refuse("不是 true 或 false", column, expected="true、false 或空")
        return text in _TRUE


def read_published(
    path: Path, ref_area: str | None, sources: Mapping[str, Source]
) -> tuple[list[Observation], list[Finding]]:
    """The figures of a published.csv and what is wrong with it. Without `ref_area` each row names its own (context)."""
    place = relative_name(path)
    expected = COLUMNS if ref_area is not None else (AREA_COLUMN, *COLUMNS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval=None, strict=True)
            findings = _column_findings(place, list(reader.fieldnames or ()), expected)
            if findings:
                return [], findings
            rows: list[tuple[int, dict[str, str]]] = []
            line = reader.line_num + 1
            for row in reader:
                rows.append((line, row))
                line = reader.line_num + 1
    except (UnicodeDecodeError, csv.Error) as error:
        return [], [
            Finding(
                what="CSV 文件无法读取",
                where=place,
                expected="UTF-8 编码的逗号分隔文件",
                found=str(error),
                code="published",
                remedy="另存为 CSV UTF-8；引号须成对",
            )
        ]
    return _read_rows(place, rows, ref_area, sources)


def _column_findings(place: str, found: list[str], expected: tuple[str, ...]) -> list[Finding]:
    findings = [
        Finding(
            what=f"缺少列 {name}",
            where=f"{place} 第1行",
            expected=",".join(expected),
            code="published",
            cause=did_you_mean(name, set(found) - set(expected)),
            remedy="补上该列（可全部为空）",
        )
        for name in expected
        if name not in found
    ]
    findings += [
        Finding(
            what=f"多出未知的列 {name or '（无名）'}",
            where=f"{place} 第1行",
            code="published",
            cause=did_you_mean(name, expected),
            remedy="改用规定的列名，或删去该列",
        )
        for name in found
        if name not in expected
    ]
    findings += [
        Finding(what=f"列 {name} 出现多次", where=f"{place} 第1行", code="published", remedy="删去重复的列")
        for name in sorted(set(found))
        if found.count(name) > 1
    ]
    return findings


def _read_rows(
    place: str, rows: list[tuple[int, dict[str, str]]], ref_area: str | None, sources: Mapping[str, Source]
) -> tuple[list[Observation], list[Finding]]:
    observations: list[Observation] = []
    findings: list[Finding] = []
    for line, values in rows:
        row = _Row(f"{place} 第{line}行", {name: text or "" for name, text in values.items() if name})
        if "" in values or None in values.values():
            row.refuse(
                "列数与表头不同",
                "source",
                expected="与第1行相同的列数",
                cause="文字中的逗号没有加引号",
                remedy="给含逗号的文字加双引号",
            )
            findings += row.findings
            continue
        observation = _observation(row, ref_area or row[AREA_COLUMN], sources)
        findings += row.findings
        observations += [observation] if observation is not None else []
    return observations, findings


def _observation(row: _Row, ref_area: str, sources: Mapping[str, Source]) -> Observation | None:
    """The figure of a row; None when the row was refused."""
    if not ref_area:
        row.refuse("没有区域代码", AREA_COLUMN, expected="data/context/areas.yaml 中的代码")
    source = _source(row, sources)
    period, unit = _period(row), _unit(row)
    status = row.code(ObsStatus, "obs_status") or ObsStatus.REPORTED
    transformation = row.code(Transformation, "transformation") or Transformation.LEVEL
    denominator = row.number("rank_denominator")
    if not row["reported_label"]:
        row.refuse("没有原文名称", "reported_label", expected="原文中的指标名称")
    observation = Observation(
        ref_area=ref_area,
        reported_label=row["reported_label"],
        period=period,
        source=source,
        locator=row["locator"],
        indicator_id=row["indicator_id"],
        subject=row["subject"],
        parent=row["parent"],
        transformation=transformation,
        comparison=row.code(Comparison, "comparison"),
        base_period=row["base_period"],
        price_basis=row.code(PriceBasis, "price_basis"),
        scope_basis=row.code(ScopeBasis, "scope_basis"),
        fiscal_basis=row.code(FiscalBasis, "fiscal_basis"),
        target_kind=row.code(TargetKind, "target_kind"),
        rank_scope=row["rank_scope"],
        rank_denominator=int(denominator) if denominator is not None else None,
        obs_value=row.number("value"),
        value_low=row.number("value_low"),
        value_high=row.number("value_high"),
        unit_measure=unit.measure,
        unit_mult=unit.mult,
        unit_inferred=row.flag("unit_inferred"),
        obs_status=status,
        qualifier=row.code(Qualifier, "qualifier") or Qualifier.EXACT,
        scope=row["scope"],
        vintage=source.published,
        source_text=_source_text(row),
        note=row["note"],
    )
    _check_value(row, observation)
    return None if row.refused else _checked(row, observation)


def _source(row: _Row, sources: Mapping[str, Source]) -> Source:
    source = sources.get(row["source"])
    if source is None:
        row.refuse(
            f"未登记的来源“{row['source']}”",
            "source",
            expected="park.yaml（或 sources.yaml）的 sources 中的代码",
            cause=did_you_mean(row["source"], sources),
            remedy="改用已登记的代码，或先登记该来源",
            code=UnknownCodeError.code,
        )
        return Source(source_id="", kind=SourceKind.PUBLICATION)  # only to go on checking the row
    return source


def _period(row: _Row) -> Period:
    status = row.code(PeriodStatus, "period_status")
    if not row["period"]:
        if status not in (PeriodStatus.MASKED, PeriodStatus.UNKNOWN):
            row.refuse("没有报告期，也没有说明原因", "period_status", expected="unknown（未载明）或 masked（原文隐去）")
        return unknown_period(masked=status is PeriodStatus.MASKED)
    try:
        period = parse_period(row["period"])
    except ParkbookError as error:
        row.refuse_error(error, "period")
        return unknown_period()
    if status in (PeriodStatus.STATED, PeriodStatus.INFERRED) and not period.known:
        row.refuse(
            "报告期没有年份，不能是已载明", "period", expected="写明年份的报告期，或 period_status 为 unknown、masked"
        )
    if status in (PeriodStatus.MASKED, PeriodStatus.UNKNOWN) and period.known:
        row.refuse("报告期已写明，与 period_status 矛盾", "period_status", expected="stated 或 inferred，或报告期留空")
    return Period(period.start, period.end, period.basis, status or period.status, row["period"])


def _unit(row: _Row) -> Unit:
    if not row["unit"]:
        return Unit("")
    try:
        return parse_unit(row["unit"])
    except ParkbookError as error:
        row.refuse_error(error, "unit")
        return Unit("")


def _source_text(row: _Row) -> str:
    """At most 30 characters; a longer one is cut and reported, the figure stays."""
    text = row["source_text"]
    if len(text) > LONGEST_SOURCE_TEXT:
        row.findings.append(
            Finding(
                what="原文摘录过长，已截断",
                where=row.place("source_text"),
                expected=f"最多 {LONGEST_SOURCE_TEXT} 字",
                found=f"{len(text)} 字",
                remedy="只摘录数字前后的词语",
                code="published",
            )
        )
    return text[:LONGEST_SOURCE_TEXT]


def _check_value(row: _Row, figure: Observation) -> None:
    """A status and what stands beside it must fit: no number under a mask, no reported figure without one."""
    span = figure.value_low is not None or figure.value_high is not None
    if figure.obs_status not in NUMERIC and (figure.obs_value is not None or span):
        row.refuse(
            f"状态为 {figure.obs_status} 却有数",
            "value" if figure.obs_value is not None else "value_low",
            expected="空",
            cause="隐去、未公布或缺报的数不能有值",
            remedy="删去该数，或改正 obs_status",
        )
    if row.refused or figure.obs_status not in NUMERIC:
        return
    if figure.obs_value is None and not span:
        row.refuse(
            f"状态为 {figure.obs_status} 却没有数",
            "value",
            expected="数，或 value_low、value_high",
            remedy="填写数值，或把 obs_status 改为 masked、withheld、missing",
        )
    if figure.obs_value is not None and span:
        row.refuse("既有数又有范围", "value_low", expected="value 与 value_low、value_high 只填一种")
    if figure.value_low is not None and figure.value_high is not None and figure.value_low > figure.value_high:
        row.refuse("范围的下限大于上限", "value_low", expected=f"不大于 {figure.value_high}")
    if not figure.unit_measure:
        row.refuse("有数而没有单位", "unit", expected="data/codelists/units.csv 中登记的单位")


def _checked(row: _Row, figure: Observation) -> Observation:
    """The figure, with findings about its code, unit and range; an unknown code is taken off it."""
    known = catalogue()
    for finding in implausible(figure, known, row.where):
        column = (
            "indicator_id" if finding.code == UnknownCodeError.code else "unit" if finding.code == "unit" else "value"
        )
        row.findings.append(replace(finding, where=row.place(column)))
    if figure.indicator_id and figure.indicator_id not in known:
        return replace(figure, indicator_id="")
    return figure
