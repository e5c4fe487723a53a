"""Reads a 填报表.xlsx like any ledger: every figure with its cell and the file's fingerprint, every wrong cell a finding.

    form = read_form(folder / "填报表.xlsx")
    form.fields, form.targets, form.notes, form.corrections, form.names, form.findings

A wrong cell refuses its row (its field, in 园区信息) and nothing else. The row marked 示例（不读取） is never read. A form
whose 园区代码 is another park's is not read at all. What is said here joins what the YAML files say (`merge`,
`parkbook.observations.form`); where the two differ the YAML wins and a finding names both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar

from parkbook.catalogue import catalogue
from parkbook.errors import Finding, ParkbookError, Severity, did_you_mean
from parkbook.model import NUMERIC, Observation, ObsStatus, Source, SourceKind, TargetKind, Transformation
from parkbook.periods import Period, parse_period
from parkbook.project import relative_name
from parkbook.sources.cells import Reading, shown
from parkbook.sources.files import read_workbook
from parkbook.sources.form.locator import plain_locator
from parkbook.sources.form.park_sheet import FormField, read_fields
from parkbook.sources.form.parts import (
    CODE_SHEET,
    CORRECTIONS,
    FORM_FILE,
    NAMES,
    NOTE_KINDS,
    NOTES,
    PARK_SHEET,
    SHEETS,
    SYSTEMS_ZH,
    TARGET_KINDS,
    TARGETS,
    ListSheet,
)
from parkbook.sources.form.rows import CODE, FormRow, IndicatorNames, rows_of, status_word
from parkbook.sources.grid import Workbook
from parkbook.sources.layout import normal_words
from parkbook.sources.notes import Note, Notes
from parkbook.sources.plausibility import implausible
from parkbook.units import Unit

_WHOLE_YEAR: Final = "01-12-ytd"
_WORDS_OF_SOURCE: Final = 30
RULE: Final = "form"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class FormCorrection:
    """A row of 更正 as an entry of corrections.yaml; its id is the cell it begins in."""

    entry: Mapping[str, Any]
    cell: str


@dataclass(frozen=True, slots=True)
class FormName:
    """A row of 名称对照: what a table calls an indicator."""

    name: str
    indicator_id: str
    label_zh: str
    cell: str
    reason: str = ""


@dataclass(frozen=True)
class Form:
    """What a form says, and which cells could not be read. Empty where there is no form."""

    place: str = ""
    fields: Mapping[str, FormField] = field(default_factory=dict)
    targets: tuple[Observation, ...] = ()
    notes: Notes = field(default_factory=Notes)
    corrections: tuple[FormCorrection, ...] = ()
    names: tuple[FormName, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_form(path: Path) -> Form:
    """The form of the park whose folder it lies in; an empty one when there is no file."""
    if not path.is_file():
        return Form()
    status = path.stat()
    return _read(path, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=64)
def _read(path: Path, _: tuple[int, int]) -> Form:
    """Read once for a state of the file: pages ask for the notes, batches for the figures."""
    place = relative_name(path)
    try:
        workbook = read_workbook(path)
    except ParkbookError as error:
        return Form(place, findings=(error.finding,))
    return form_of(workbook, path.parent.name)


def is_form(workbook: Workbook) -> bool:
    """Whether a workbook is a form, whatever its name: by the sheets that only a form has."""
    return {PARK_SHEET, *(sheet.name for sheet in (TARGETS, CORRECTIONS))} <= {grid.name for grid in workbook.grids}


def form_of(workbook: Workbook, park_id: str) -> Form:
    """What the form in a workbook says; `park_id` is empty where it may be any park's."""
    place = workbook.place
    findings = [*workbook.findings, *_wrong_sheets(workbook, place)]
    fields = read_fields(workbook, place, park_id, findings)
    if fields is None:
        return Form(place, findings=tuple(findings))
    names = IndicatorNames(catalogue())
    source = Source(source_id=FORM_FILE, kind=SourceKind.LEDGER, title=FORM_FILE, sha256=workbook.sha256)
    read = partial(_rows, workbook, place, findings)
    return Form(
        place,
        fields,
        tuple(read(TARGETS, partial(_target, names=names, source=source, ref_area=park_id))),
        _notes(read(NOTES, _note)),
        tuple(read(CORRECTIONS, partial(_correction, names=names))),
        tuple(_unique(read(NAMES, partial(_name, names=names)), place, findings)),
        tuple(findings),
    )


def _wrong_sheets(workbook: Workbook, place: str) -> Iterator[Finding]:
    """Sheets that are missing, hidden, or not of the form."""
    there = {grid.name: grid for grid in workbook.grids}
    for name in SHEETS:
        if name not in there:
            yield Finding(
                what=f"填报表缺少工作表“{name}”，该部分未读",
                where=place,
                expected="、".join(SHEETS),
                found="、".join(list(there)[:12]),
                cause=did_you_mean(name, [other for other in there if other not in SHEETS]),
                remedy="恢复工作表的名称，或把内容抄到新的填报表中",
                code=CODE,
            )
    for name, grid in there.items():
        if name == CODE_SHEET or (name in SHEETS and not grid.hidden):
            continue
        yield Finding(
            what="填报表的工作表被隐藏，未读" if name in SHEETS else "不是填报表的工作表，未读",
            where=f"{place} {name}",
            expected="、".join(SHEETS),
            remedy="取消隐藏" if name in SHEETS else "数据表放到 ledgers 文件夹；草稿请删除",
            code="hidden" if name in SHEETS else CODE,
            severity=Severity.WARNING,
        )


def _rows(
    workbook: Workbook,
    place: str,
    findings: list[Finding],
    declared: ListSheet,
    read: Callable[[FormRow], Item | None],
) -> list[Item]:
    """Every row of a sheet that can be read."""
    grid = next((grid for grid in workbook.grids if grid.name == declared.name and not grid.hidden), None)
    if grid is None:
        return []
    items = []
    for row in rows_of(declared, grid, place, findings):
        item = read(row)
        if item is not None and not row.refused:
            items.append(item)
    return items


# -- 年度目标 ---------------------------------------------------------------------------------------------------------


def _target(row: FormRow, names: IndicatorNames, source: Source, ref_area: str) -> Observation | None:
    """A row as an observation: a target of a year, with its kind and the date it was set."""
    indicator = row.indicator("indicator", names)
    period = _year(row)
    row.needed("kind", "、".join(TARGET_KINDS))
    kind = row.chosen("kind", TARGET_KINDS, row.text("kind"), {"增长目标": TargetKind.GROWTH})
    reading = _needed_figure(row)
    unit = _target_unit(row, kind, reading, indicator.unit if indicator is not None else "亿元")
    vintage, note, responsible = row.date("vintage"), row.text("note"), row.text("responsible")
    if row.refused or indicator is None or period is None or unit is None:
        return None
    target = Observation(
        ref_area=ref_area,
        reported_label=row.text("indicator"),
        indicator_id=indicator.id,
        period=period,
        source=source,
        locator=row.locator("value"),
        transformation=Transformation.TARGET,
        target_kind=kind,
        obs_value=reading.value,
        value_low=reading.low,
        value_high=reading.high,
        unit_measure=unit.measure,
        unit_mult=unit.mult,
        obs_status=reading.status,
        qualifier=reading.qualifier,
        vintage=vintage,
        header_cells=tuple(f"{row.cell(key).address} {row.text(key)}" for key in ("indicator", "year", "kind")),
        source_text=f"{row.text('indicator')} {shown(row.cell('value'))}{unit}"[:_WORDS_OF_SOURCE],
        note=note,
        rule=f"{RULE}:{TARGETS.name}",
        attributes=(("责任单位", responsible),) if responsible else (),
    )
    row.findings += implausible(target, catalogue(), f"{row.where} {row.locator('value')}")
    return target


def _year(row: FormRow) -> Period | None:
    text = unicodedata.normalize("NFKC", row.needed("year", "四位年份，如 2026"))
    if not text:
        return None
    try:
        period = parse_period(text)
    except ParkbookError:
        period = None
    if period is None or period.kind != _WHOLE_YEAR:
        row.refuse("year", "不是年份", expected="四位年份，如 2026", remedy="只填年份；月度目标请放在台账中")
        return None
    return Period(period.start, period.end, period.basis, period.status, text)


def _needed_figure(row: FormRow) -> Reading:
    if not row.cell("value").text and not row.cell("value").uncached:
        row.refuse("value", "没有填写", expected="目标值（数）", remedy="补填该格；尚未下达的目标请清空整行")
        return Reading(status=ObsStatus.MISSING, blank=True)
    return row.figure("value", "目标值（数），如 120")


def _target_unit(row: FormRow, kind: TargetKind | None, reading: Reading, example: str) -> Unit | None:
    unit = row.unit("unit")
    if unit is None and not row.text("unit") and kind is TargetKind.GROWTH:
        unit = Unit("%")
    if unit is None and not row.text("unit"):
        row.refuse("unit", "没有填写", expected=f"目标值的单位，如 {example}", remedy="从下拉列表选择单位")
    if kind is TargetKind.GROWTH and unit is not None and unit.measure not in ("%", "百分点"):
        row.refuse(
            "unit", "增长目标的单位不对", expected="%", remedy="增长幅度的单位选 %；目标值为总量的，类别选确保或力争"
        )
    elif reading.percent and unit is not None and unit.measure not in ("%", "百分点"):
        row.refuse("value", "数带百分号，单位却不是 %", expected=f"以{unit}计的数", remedy="核对数值和单位")
    return unit


# -- 问题与举措 -------------------------------------------------------------------------------------------------------


def _note(row: FormRow) -> tuple[str, Note] | None:
    kind = row.chosen("kind", NOTE_KINDS, row.needed("kind", "、".join(NOTE_KINDS)))
    text = row.needed("text", "一句完整的话")
    system = row.chosen("system", SYSTEMS_ZH, row.text("system"), {code: code for code in SYSTEMS_ZH.values()})
    if row.refused or kind is None:
        return None
    return kind, Note(text=text, by=row.text("by"), system=system or "")


def _notes(items: list[tuple[str, Note]]) -> Notes:
    of = {kind: tuple(note for name, note in items if name == kind) for kind in NOTE_KINDS.values()}
    return Notes(problems=of["problems"], measures=of["measures"], highlights=of["highlights"])


# -- 更正 -------------------------------------------------------------------------------------------------------------


def _correction(row: FormRow, names: IndicatorNames) -> FormCorrection | None:
    """A row as an entry of corrections.yaml. Without 原值 the source must say no number there."""
    source = row.needed("source", "台账文件名，如 01主要经济指标2026.xlsx，或来源代码")
    locator = plain_locator(row.needed("locator", "工作表名!单元格，如 4月!D23"))
    reason = row.needed("reason", "更正的依据")
    old = row.figure("value", "原表现在的数")
    expect = {"value": "" if old.value is None else format(old.value, "f")}
    unit = row.unit("unit")
    if unit is not None:
        expect["unit"] = str(unit)
    change = _change(row, names, old)
    if row.refused:
        return None
    cell = row.locator("source")
    entry = {
        "id": cell,
        "source": source,
        "locator": locator,
        "reported_label": row.text("label"),
        "expect": expect,
        "set": change,
        "reason": reason,
        "by": row.text("by"),
        "date": row.date("date"),
    }
    return FormCorrection(entry, cell)


def _change(row: FormRow, names: IndicatorNames, old: Reading) -> dict[str, str]:
    """What a row of 更正 sets; a number where there was none is reported from now on, and the other way round."""
    change: dict[str, str] = {}
    new = row.figure("set_value", "正确的数，或“未报”“保密”")
    if new.low is not None:
        row.refuse(
            "set_value", "是范围，不是一个数", expected="一个数", remedy="范围的更正请分析人员写入 corrections.yaml"
        )
    elif new.value is not None:
        change["value"] = format(new.value, "f")
        change |= {"obs_status": new.status.value} if old.value is None else {}
    elif (status := status_word(new)) is not None and status not in NUMERIC:
        change |= {"value": "", "obs_status": status.value}
    unit = row.unit("set_unit")
    change |= {"unit": str(unit)} if unit is not None else {}
    indicator = row.indicator("set_indicator", names, needed=False)
    change |= {"indicator_id": indicator.id} if indicator is not None else {}
    if not change and not row.refused:
        row.refuse("set_value", "三个“更正为”都没有填写", expected="正确的数值、单位或指标", remedy="至少填写一项")
    return change


# -- 名称对照 ---------------------------------------------------------------------------------------------------------


def _name(row: FormRow, names: IndicatorNames) -> FormName | None:
    name = row.needed("name", "台账或报告中的写法")
    indicator = row.indicator("indicator", names)
    if row.refused or indicator is None:
        return None
    return FormName(name, indicator.id, indicator.label_zh, row.locator("name"), row.text("reason"))


def _unique(names: list[FormName], place: str, findings: list[Finding]) -> Iterator[FormName]:
    """The first row of every name; a second one with another meaning is a finding."""
    seen: dict[str, FormName] = {}
    for name in names:
        first = seen.setdefault(normal_words(name.name), name)
        if first is name:
            yield name
        elif first.indicator_id != name.indicator_id:
            findings.append(
                Finding(
                    what=f"“{name.name}”对应了两个指标，采用前一个",
                    where=f"{place} {name.cell}",
                    expected=f"{first.label_zh}（{first.cell}）",
                    found=name.label_zh,
                    remedy="删去不对的一行",
                    code=CODE,
                )
            )
