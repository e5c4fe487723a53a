"""Known errors of sources, corrected by declared entries that guard themselves.

```yaml
- id: august-investment
  source: 04固定资产投资2025.xlsx      # file name or source id
  locator: 8月!E7
  reported_label: 工业投资              # empty: any label at that place
  expect: {value: "123456", unit: 亿元}  # what the source says now; value: "" where it says no number
  set: {value: "12.3456"}
  reason: 单位填错，应为亿元
  by: 数据整理
  date: "2026-01-08"
```
An entry that matches nothing, or whose `expect` no longer holds, is not applied and is an error: the source may have been
mended. A corrected figure remembers what it was in `corrected_from`; the source file is never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from parkbook.codelists import parse_code
from parkbook.datafiles import Words, explain, load_yaml
from parkbook.errors import CorrectionError, DataError, Finding, ParkbookError, UnknownCodeError, did_you_mean
from parkbook.model import CODE_FIELDS, NUMERIC, Observation
from parkbook.periods import parse_period
from parkbook.project import relative_name
from parkbook.units import parse_unit

NUMBERS = {"value": "obs_value", "value_low": "value_low", "value_high": "value_high"}
WORDS = ("indicator_id", "subject", "parent", "scope", "rank_scope", "base_period", "vintage")
FIELDS = (*NUMBERS, "unit", "period", *CODE_FIELDS, *WORDS)
"""What an entry may expect and set."""


class Correction(BaseModel):
    """One entry of corrections.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(min_length=1)]
    source: Words
    locator: Words
    reported_label: Words = ""
    subject: Words = ""
    expect: dict[str, Words]
    set: Annotated[dict[str, Words], Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    by: Words = ""
    date: Words = ""

    @model_validator(mode="before")
    @classmethod
    def _known_fields(cls, value: Any) -> Any:
        for part in ("expect", "set"):
            for name in (value.get(part) or {}) if isinstance(value, dict) else {}:
                if name not in FIELDS:
                    raise ValueError(
                        f"{part} 中的字段“{name}”不可用。{did_you_mean(str(name), FIELDS)}可用：{'、'.join(FIELDS)}"
                    )
        return value

    @model_validator(mode="after")
    def _guarded(self) -> Correction:
        if "value" not in self.expect:
            raise ValueError('expect 须写明 value（原文没有数的写 ""）')
        return self

    def matches(self, observation: Observation) -> bool:
        return (
            self.source == observation.source.source_id
            and self.locator == observation.locator
            and self.reported_label in ("", observation.reported_label)
            and self.subject in ("", observation.subject)
        )


def read_corrections(path: Path) -> tuple[list[Correction], list[Finding]]:
    """The entries of a corrections.yaml; a broken one is a finding, a missing file is none."""
    if not path.is_file():
        return [], []
    where = relative_name(path)
    try:
        content = load_yaml(path)
    except DataError as error:
        return [], [error.finding]
    if content is None:
        return [], []
    if not isinstance(content, list):
        return [], [
            CorrectionError(
                "更正文件不是一个列表",
                where=where,
                expected="以“- id:”开头的条目",
                remedy="按 docs/architecture.md 的格式改写",
            ).finding
        ]
    corrections: list[Correction] = []
    findings: list[Finding] = []
    for number, entry in enumerate(content, start=1):
        try:
            corrections.append(Correction.model_validate(entry))
        except ValidationError as error:
            findings.append(
                CorrectionError(
                    "更正条目不合规则，未采用",
                    where=f"{where} 第 {number} 项",
                    found=explain(error),
                    remedy="按 docs/architecture.md 的格式修改该条目",
                ).finding
            )
    return corrections, findings + _repeated(corrections, where)


def _repeated(corrections: Sequence[Correction], where: str) -> list[Finding]:
    ids = [correction.id for correction in corrections]
    return [
        CorrectionError(f"更正代码“{name}”重复", where=where, remedy="每条更正用不同的 id").finding
        for name in sorted(set(ids))
        if ids.count(name) > 1
    ]


def apply_corrections(
    observations: Sequence[Observation],
    corrections: Sequence[Correction],
    where: str,
    unread: Collection[str] = (),
) -> tuple[list[Observation], list[Finding]]:
    """The observations with every correction whose guard holds; one error for each whose guard does not.

    `unread`: ledgers that are there and gave no figure, so that nobody looks for a slip in the correction.
    """
    corrected = list(observations)
    findings: list[Finding] = []
    for correction in corrections:
        place = f"{where}（{correction.id}）"
        found = [number for number, observation in enumerate(corrected) if correction.matches(observation)]
        try:
            number = _only(found, correction, corrected, place, unread)
            corrected[number] = _corrected(corrected[number], correction, place)
        except ParkbookError as error:
            findings.append(error.finding)
    return corrected, findings


def _only(
    found: Sequence[int],
    correction: Correction,
    observations: Sequence[Observation],
    place: str,
    unread: Collection[str],
) -> int:
    """The one figure that an entry speaks of."""
    fitting = [number for number in found if not _broken_guards(observations[number], correction)]
    if len(fitting) == 1:
        return fitting[0]
    if not found:
        wanted = f"{correction.source} {correction.locator} {correction.reported_label}".strip()
        if correction.source in unread:
            raise CorrectionError(
                "要更正的文件没有读入，更正未采用",
                where=place,
                expected=wanted,
                found=f"“{correction.source}”在 ledgers 中，但没有读出任何数",
                cause="文件打不开，没有对应的版式，或表头与版式不符",
                remedy="先按该文件的其他问题处理，读入后再看更正是否生效；更正不必改",
            )
        raise CorrectionError(
            "更正找不到对应的数，未采用",
            where=place,
            expected=wanted,
            found="没有这样的数",
            cause="来源可能已改正，或行列已变动",
            remedy="核对来源后修改或删去该更正",
        )
    if not fitting:
        guards = _broken_guards(observations[found[0]], correction)
        raise CorrectionError(
            "更正的前提不再成立，未采用",
            where=place,
            expected="，".join(f"{name}={wanted or '空'}" for name, wanted, _ in guards),
            found="，".join(f"{name}={actual or '空'}" for name, _, actual in guards),
            cause="来源可能已改正或已修订",
            remedy="核对来源：已改正的删去该更正，未改正的更新 expect",
        )
    raise CorrectionError(
        "更正对应不止一个数，未采用",
        where=place,
        found=f"{len(fitting)} 个",
        expected="一个",
        remedy="写明 reported_label、subject 或 expect 的 transformation",
    )


def _broken_guards(observation: Observation, correction: Correction) -> list[tuple[str, str, str]]:
    """(field, expected, found) of every guard that does not hold."""
    return [
        (name, wanted, said(observation, name))
        for name, wanted in correction.expect.items()
        if not _equal(name, wanted, said(observation, name))
    ]


def said(observation: Observation, name: str) -> str:
    """What an observation says in a field of a correction, in words."""
    if name in NUMBERS:
        value = getattr(observation, NUMBERS[name])
        return "" if value is None else format(value, "f")
    if name == "unit":
        return str(observation.unit) if observation.unit_measure else ""
    if name == "period":
        return observation.period.time_period
    return str(getattr(observation, name) or "")


def _equal(name: str, wanted: str, actual: str) -> bool:
    try:
        if name in NUMBERS and wanted and actual:
            return Decimal(wanted) == Decimal(actual)
        if name == "unit" and wanted and actual:
            return parse_unit(wanted) == parse_unit(actual)
        if name == "period" and wanted and actual:
            return parse_period(wanted).key == parse_period(actual).key
    except (ParkbookError, InvalidOperation):
        return False
    return wanted == actual


def _corrected(observation: Observation, correction: Correction, place: str) -> Observation:
    changes: dict[str, Any] = {}
    for name, text in correction.set.items():
        changes.update(_change(observation, name, text, place))
    old = "，".join(_before(observation, name) for name in correction.set)
    note = "；".join(
        filter(
            None,
            (
                observation.note,
                f"更正：{correction.reason}（{'，'.join(filter(None, (correction.by, correction.date)))}）",
            ),
        )
    )
    result = replace(observation, **changes, corrected_from=f"{old}（{correction.reason}）", note=note)
    if result.obs_value is not None and result.obs_status not in NUMERIC:
        raise CorrectionError(
            "更正后状态与数值矛盾，未采用",
            where=place,
            found=f"{result.obs_status}，{result.obs_value}",
            expected="有数时状态为 reported、provisional 或 estimated",
            remedy="在 set 中同时写明 obs_status",
        )
    return result


def _before(observation: Observation, name: str) -> str:
    text = said(observation, name) or "无"
    return f"{text}{observation.unit}" if name in NUMBERS and observation.unit_measure and text != "无" else text


def _change(observation: Observation, name: str, text: str, place: str) -> dict[str, Any]:
    """The fields of an observation that a `set` entry changes."""
    try:
        if name in NUMBERS:
            return {NUMBERS[name]: Decimal(text) if text else None}
        if name == "unit":
            unit = parse_unit(text)
            return {"unit_measure": unit.measure, "unit_mult": unit.mult}
        if name == "period":
            return {"period": parse_period(text)}
        if name in CODE_FIELDS:
            return {name: parse_code(CODE_FIELDS[name], text) if text else None}
    except InvalidOperation as error:
        raise CorrectionError(
            "更正的数值不是数，未采用", where=place, found=text, expected="如 12.3", remedy="只写数字，不带千分位和单位"
        ) from error
    except UnknownCodeError as error:
        raise CorrectionError(
            error.finding.what,
            where=place,
            expected=error.finding.expected,
            cause=error.finding.cause,
            remedy="改用代码表中的写法",
        ) from error
    return {name: text}
