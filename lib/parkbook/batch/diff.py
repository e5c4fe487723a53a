"""What changed between two runs: which indicator values, by how much, and why (data, formula, parameter, program).

A value is the same value in both runs when it is of the same area, indicator, subject, scope, period and kind; how its document was
called or by which notebook it was shown does not matter. Inputs are compared by their place (document, cell or span, label), so that
a ledger saved again without any change changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from parkbook.batch.folder import LATEST, MANIFEST
from parkbook.batch.forms import check_form
from parkbook.batch.shown import figure_parameters
from parkbook.batch.tables import INDICATORS, OBSERVATIONS
from parkbook.codelists import label_zh
from parkbook.errors import DataError, UnknownCodeError, did_you_mean
from parkbook.indicators.rounding import half_up
from parkbook.indicators.store import read_indicators
from parkbook.model import Observation, ObsStatus, Transformation
from parkbook.observations.store import read_observations
from parkbook.project import project_root

KEY: Final = (
    "ref_area", "indicator_id", "label_zh", "subject", "scope", "series", "period_start", "period_end", "basis", "transformation",
    "comparison", "base_period", "rank_scope", "target_kind",
)  # fmt: skip
FACTS: Final = ("value", "low", "high", "unit", "status", "absent")
"""What a reader sees of a value; a change in any of them is a change."""


class Kind(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


KINDS_ZH: Final = {Kind.CHANGED: "变化", Kind.NEW: "新增", Kind.GONE: "消失"}


class Cause(StrEnum):
    DATA = "data"
    FORMULA = "formula"
    PARAMETER = "parameter"
    DOCUMENT = "document"
    PROGRAM = "program"
    UNKNOWN = "unknown"


CAUSES_ZH: Final = {
    Cause.DATA: "数据",
    Cause.FORMULA: "公式",
    Cause.PARAMETER: "参数",
    Cause.DOCUMENT: "范围",
    Cause.PROGRAM: "程序",
    Cause.UNKNOWN: "未明",
}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a change, in words."""

    cause: Cause
    words: str


@dataclass(frozen=True)
class ValueChange:
    """One value that is not as it was; `before` and `after` are rows of indicators.parquet."""

    kind: Kind
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    notebooks: tuple[str, ...]
    why: tuple[Why, ...]

    @property
    def row(self) -> Mapping[str, Any]:
        found = self.after if self.after is not None else self.before
        if found is None:
            raise DataError("比较结果中有空行", where=INDICATORS)
        return found

    @property
    def difference(self) -> Decimal | None:
        """After minus before, where both are numbers of one unit."""
        if self.before is None or self.after is None or not (self.before["value"] and self.after["value"]):
            return None
        if self.before["unit"] != self.after["unit"]:
            return None
        return Decimal(self.after["value"]) - Decimal(self.before["value"])


@dataclass(frozen=True)
class RunData:
    """What is read of a run: the values its pages show, its figures, its manifest."""

    name: str
    values: dict[tuple[object, ...], dict[str, Any]]
    notebooks: dict[tuple[object, ...], tuple[str, ...]]
    observations: dict[tuple[str, str], Observation]
    manifest: Mapping[str, Any]

    @cached_property
    def by_place(self) -> dict[tuple[str, ...], Observation]:
        return {_place(o): o for o in self.observations.values()}

    def figures(self, row: Mapping[str, Any]) -> dict[tuple[str, ...], Observation]:
        """The inputs of a value, by place."""
        found = (self.observations.get((row["ref_area"], obs_id)) for obs_id in row["inputs"])
        return {_place(o): o for o in found if o is not None}


@dataclass(frozen=True)
class RunDifference:
    """All changes, and the input files that differ."""

    before: str
    after: str
    changes: tuple[ValueChange, ...]
    files: tuple[str, ...]
    unchanged: int


# --- reading --------------------------------------------------------------------------------------------------------


def find_run(name: str) -> Path:
    """The folder of a run, by path or by its name under outputs/; 最近 and latest are the last one there."""
    outputs = project_root() / "outputs"
    if name in ("latest", "最近") and (outputs / LATEST).is_file():
        name = (outputs / LATEST).read_text(encoding="utf-8").strip()
    for folder in (Path(name), outputs / name):
        if (folder / MANIFEST).is_file():
            return folder
    known = sorted(path.parent.name for path in outputs.glob(f"*/{MANIFEST}")) if outputs.is_dir() else []
    raise UnknownCodeError(
        f"没有名为“{name}”的运行结果",
        expected=f"含 {MANIFEST} 的目录，或 outputs 下的目录名",
        cause=did_you_mean(name, known),
        remedy="写出目录的路径；outputs 下现有：" + ("、".join(known[-6:]) or "无"),
    )


def read_run(folder: Path) -> RunData:
    """Values by key; the same value of two notebooks once."""
    values: dict[tuple[object, ...], dict[str, Any]] = {}
    notebooks: dict[tuple[object, ...], tuple[str, ...]] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for row in read_indicators(folder / INDICATORS):
        base = tuple(row[name] for name in KEY)
        document = (row["notebook"], row["document"])
        seen[(*document, *base)] += 1
        key = (*base, seen[(*document, *base)])  # two figures under one name stay two, in the order of the file
        values.setdefault(key, row)
        notebooks[key] = tuple(dict.fromkeys((*notebooks.get(key, ()), row["notebook"])))
    observations = {(o.ref_area, o.obs_id): o for o in read_observations(folder / OBSERVATIONS)}
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return RunData(folder.name, values, notebooks, observations, manifest)


# --- comparing ------------------------------------------------------------------------------------------------------


def compare_runs(before: RunData, after: RunData) -> RunDifference:
    """Changed, new and gone values, in the order of areas and indicators."""
    changes: list[ValueChange] = []
    for key in sorted(before.values.keys() | after.values.keys(), key=str):
        old, new = before.values.get(key), after.values.get(key)
        if old is not None and new is not None and all(old[name] == new[name] for name in FACTS):
            continue
        kind = Kind.CHANGED if old and new else Kind.NEW if new else Kind.GONE
        notebooks = after.notebooks.get(key) or before.notebooks[key]
        changes.append(ValueChange(kind, old, new, notebooks, _reasons(old, new, before, after)))
    shared = sum(key in after.values for key in before.values)
    unchanged = shared - sum(change.kind is Kind.CHANGED for change in changes)
    return RunDifference(before.name, after.name, tuple(changes), _changed_files(before, after), unchanged)


def _reasons(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, before: RunData, after: RunData
) -> tuple[Why, ...]:
    """Every reason that is seen; the program where nothing else explains it, and 未明 where not even that changed."""
    found: list[Why] = []
    if old is not None and new is not None:
        found += _data_reasons(before.figures(old), after.figures(new))
        if old["formula"] != new["formula"]:
            found.append(Why(Cause.FORMULA, f"公式由“{old['formula'] or '公布数'}”改为“{new['formula'] or '公布数'}”"))
        found += _parameter_reasons(old, new)
    else:
        found += _one_sided(old, new, before, after)
    if found:
        return tuple(found)
    if before.manifest.get("library") != after.manifest.get("library"):
        return (Why(Cause.PROGRAM, "程序有更新"),)
    return (Why(Cause.UNKNOWN, "数据、公式、参数和程序都没有查到变化"),)


def _data_reasons(old: Mapping[tuple[str, ...], Observation], new: Mapping[tuple[str, ...], Observation]) -> list[Why]:
    found = []
    for place in dict.fromkeys((*old, *new)):
        first, second = old.get(place), new.get(place)
        if first is None and second is not None:
            found.append(Why(Cause.DATA, f"改用{_where(second)}的{_figure(second)}"))
        elif second is None and first is not None:
            found.append(Why(Cause.DATA, f"不再用{_where(first)}的{_figure(first)}"))
        elif first is not None and second is not None and _figure(first) != _figure(second):
            found.append(Why(Cause.DATA, f"{_where(second)}由{_figure(first)}改为{_figure(second)}"))
    return found


def _parameter_reasons(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Why]:
    if old["notebook"] != new["notebook"]:
        return []
    return _parameter_words(json.loads(old["parameters"]), json.loads(new["parameters"]))


def _parameter_words(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Why]:
    names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    return [
        Why(Cause.PARAMETER, f"参数 {name} 由 {_given(old.get(name))} 改为 {_given(new.get(name))}") for name in names
    ]


def _given(value: object) -> str:
    if value in (None, "", []):
        return "未设"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _one_sided(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, before: RunData, after: RunData
) -> list[Why]:
    """Why a value is new or gone: no such document in the other run, other parameters of it, or figures that came or went."""
    row = new if new is not None else old
    here, other = (after, before) if new is not None else (before, after)
    if row is None:
        return []
    twin = other.manifest.get("jobs", {}).get(f"{row['notebook']}/{row['document']}")
    if twin is None:
        return [Why(Cause.DOCUMENT, f"另一次运行没有 {row['notebook']}/{row['document']}")]
    if twin.get("status") != "ok":
        return [Why(Cause.DOCUMENT, f"另一次运行的 {row['notebook']}/{row['document']} 没有完成")]
    found = _came_or_went(here.figures(row), other.by_place, new is not None)
    own, others = json.loads(row["parameters"]), figure_parameters(twin.get("parameters", {}))
    return found + (_parameter_words(others, own) if new is not None else _parameter_words(own, others))


def _came_or_went(
    figures: Mapping[tuple[str, ...], Observation], others: Mapping[tuple[str, ...], Observation], came: bool
) -> list[Why]:
    found = []
    for place, o in figures.items():
        twin = others.get(place)
        if twin is None:
            found.append(Why(Cause.DATA, f"{'新增' if came else '删去'}{_where(o)}的{_figure(o)}"))
        elif _figure(twin) != _figure(o):
            old, new = (twin, o) if came else (o, twin)
            found.append(Why(Cause.DATA, f"{_where(o)}由{_figure(old)}改为{_figure(new)}"))
    return found


def _place(o: Observation) -> tuple[str, ...]:
    source = o.source.address or o.source.title or o.source.source_id
    return (
        o.ref_area, source, o.locator, o.reported_label, o.subject, o.indicator_id, o.transformation, o.comparison or "", o.period.time_period,
    )  # fmt: skip


def _where(o: Observation) -> str:
    return " ".join(filter(None, (o.source.title or o.source.source_id, o.locator, o.subject + o.reported_label)))


def _figure(o: Observation) -> str:
    if o.obs_value is None:
        return label_zh(o.obs_status)
    weaker = f"（{label_zh(o.obs_status)}）" if o.obs_status is not ObsStatus.REPORTED else ""
    return f"{o.obs_value:f}{o.unit if o.unit_measure else ''}{weaker}"


def _changed_files(before: RunData, after: RunData) -> tuple[str, ...]:
    """Input files whose content is not the same, with what became of them."""
    old, new = before.manifest.get("inputs", {}), after.manifest.get("inputs", {})
    told = []
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            told.append(f"{name}（{'新增' if name not in old else '删去' if name not in new else '内容不同'}）")
    return tuple(told)


# --- showing --------------------------------------------------------------------------------------------------------


def diff_lines(difference: RunDifference, form: str = "text") -> Iterable[str]:
    """The difference for a terminal, or as one JSON document."""
    check_form(form, ("text", "json"))
    if form == "json":
        return [json.dumps(_as_json(difference), ensure_ascii=False, indent=1)]
    return _text_lines(difference)


def _text_lines(difference: RunDifference) -> list[str]:
    counts = Counter(change.kind for change in difference.changes)
    told = "，".join(f"{KINDS_ZH[kind]}{counts[kind]}项" for kind in Kind if counts[kind]) or "指标值没有变化"
    lines = [f"{difference.before} → {difference.after}：{told}，未变{difference.unchanged}项"]
    if difference.files:
        lines.append("输入文件有变化：" + "、".join(difference.files))
    area = None
    for change in difference.changes:
        if change.row["ref_area"] != area:
            area = change.row["ref_area"]
            lines += ["", f"[{area}]"]
        lines.append(f"  {KINDS_ZH[change.kind]}  {_name(change.row)}  {_movement(change)}")
        lines += [f"        {CAUSES_ZH[why.cause]}：{why.words}" for why in change.why]
    return lines


def _name(row: Mapping[str, Any]) -> str:
    kind = Transformation(row["transformation"])
    word = "" if kind is Transformation.LEVEL else label_zh(kind)
    scope = f"（{row['scope']}）" if row["scope"] else ""
    period = row["time_period"] or "报告期未载明"
    return f"{period} {row['subject']}{row['label_zh']}{scope}{word}".strip()


def _shown(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "无"
    if not row["value"]:
        span = f"{row['low']}至{row['high']}{row['unit']}" if row["low"] or row["high"] else ""
        return span or label_zh(ObsStatus(row["status"]))
    number = _short(Decimal(row["value"])) if row["computed"] else str(row["value"])
    if row["transformation"] == Transformation.RANK:
        return f"第{number}位"
    unit = {"百分点": "个百分点", "无量纲": ""}.get(row["unit"], row["unit"])
    return f"{number}{unit}"


def _short(value: Decimal) -> str:
    """A computed number or a difference: at most four decimals, no trailing zeros."""
    shown = half_up(value, 4).normalize()
    return format(shown, "f")


def _movement(change: ValueChange) -> str:
    text = f"{_shown(change.before)} → {_shown(change.after)}"
    if change.kind is not Kind.CHANGED or change.before is None or change.after is None:
        return text
    if change.before["status"] != change.after["status"] and change.before["value"] and change.after["value"]:
        text += f"（{label_zh(ObsStatus(change.before['status']))}改为{label_zh(ObsStatus(change.after['status']))}）"
    if not change.difference:
        return text
    sign = "+" if change.difference > 0 else ""
    base = Decimal(change.before["value"])
    unit = {"%": "个百分点"}.get(change.after["unit"], change.after["unit"])
    share = f"，{sign}{_short(change.difference / base * 100)}%" if base > 0 and change.after["unit"] != "%" else ""
    return f"{text}（{sign}{_short(change.difference)}{unit}{share}）"


def _as_json(difference: RunDifference) -> dict[str, Any]:
    return {
        "before": difference.before,
        "after": difference.after,
        "files": list(difference.files),
        "unchanged": difference.unchanged,
        "changes": [_change_json(change) for change in difference.changes],
    }


def _change_json(change: ValueChange) -> dict[str, Any]:
    facts: Sequence[str] = (*FACTS, "formula")
    return {
        "kind": change.kind.value,
        "key": {name: change.row[name] for name in (*KEY, "time_period")},
        "notebooks": list(change.notebooks),
        "before": None if change.before is None else {name: change.before[name] for name in facts},
        "after": None if change.after is None else {name: change.after[name] for name in facts},
        "difference": None if change.difference is None else f"{change.difference:f}",
        "why": [{"cause": why.cause.value, "words": why.words} for why in change.why],
    }
