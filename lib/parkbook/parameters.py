"""The parameters of the notebooks: which there are, what they may be, and which value counts.

Every parameter but `park` is None until someone sets it. From weak to strong: the default below, the park's park.yaml
(`period`, `parameters`), the notebook's parameter cell, what papermill or the batch command injects after that cell.
None and blank text mean "not set". A name that a notebook does not have, or a value of the wrong type, is refused: a
mistyped name must never run the default park.

papermill injects *after* the tagged cell, and in JupyterLab the namespace also holds the analyst's own names. So the
check stands in a later cell and reads only the names assigned in the parameter cells of the latest pass:

    # 参数                                     the parameter cell: tagged `parameters`, this comment in its first line
    park: str = "qilu"  # 园区代码
    period: str | None = None  # 报告期

    # Parameters                               the cell papermill injects, if it does
    park = "wangchun"

    parameters = read_parameters("park", globals())

A literal value is taken from the cell's text, so a loop variable `park` in some other cell changes nothing.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from parkbook.catalogue import catalogue, load_yaml
from parkbook.codelists import Audience, DocumentState, label_zh
from parkbook.errors import ParameterError, PeriodError, UnknownCodeError, did_you_mean
from parkbook.periods import Period, parse_period
from parkbook.project import data_directory, parks_directory, relative_name
from parkbook.schedule import parse_schedule

NOTEBOOK_PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "park": (
        "park",
        "period",
        "indicators",
        "exclude",
        "progress",
        "rules",
        "peers",
        "framework",
        "audience",
        "state",
        "reviewer",
        "title",
    ),
    "briefing": (
        "park",
        "period",
        "kind",
        "length",
        "since",
        "indicators",
        "progress",
        "rules",
        "audience",
        "state",
        "reviewer",
        "date",
        "addressee",
        "letterhead",
        "document_number",
        "signer",
        "title",
    ),
    "comparison": ("parks", "period", "indicators", "weights", "audience", "state", "reviewer", "title"),
    "coverage": ("parks", "audience"),
    "audit": ("park", "period", "audience", "state", "reviewer", "title"),
}
"""What each notebook may be given, and makes use of; `park`, where it is there, must be. A parameter that would do nothing
(剔除 has no place in a briefing) is left out, so that it is refused and not passed over."""

PARAMETER_HELP: Final[Mapping[str, str]] = {
    "park": "园区代码",
    "parks": "园区代码，多个用逗号分隔",
    "period": "报告期，如 2025、2016-S1、2023年1-9月",
    "indicators": "指标代码，多个用逗号分隔",
    "exclude": "剔除的企业或项目名称，多个用逗号分隔；largest:3 为最大的3家；仅供内部使用",
    "progress": "序时进度的算法：month、half_month、day:日期、day_of_month:日期、window:起始月:月数，可加 rounded；不填为月份数÷12",
    "rules": "预警规则的代码或名称（data/alarms），多个用逗号分隔，并列比照",
    "weights": "综合指数的权重：equal、entropy、critic、pca，或 given:指标代码=权重,…；只供分析用",
    "peers": "比较的园区代码，多个用逗号分隔；不填则按 park.yaml",
    "framework": "评价体系的代码或名称（data/frameworks），如 huangyan-2022；不填则不计分",
    "audience": "internal 内部使用，external 对外公开",
    "state": "draft 草稿，reviewed 已审核，final 已定稿",
    "reviewer": "审核人",
    "kind": "文种，如 annual 工作汇报、monthly 经济运行分析；不填则按报告期",
    "length": "full 全文，one_page 一页",
    "since": "与哪一期简报相比，写那一期的报告期",
    "date": "成文日期，如 2026-01-15",
    "addressee": "主送机关，如 市政府",
    "letterhead": "版头的发文机关名称；不填则没有版头",
    "document_number": "发文字号，如 示管发〔2026〕1号",
    "signer": "签发人",
    "title": "标题",
}

ORIGIN_DEFAULT: Final = "默认值"
ORIGIN_PARK: Final = "park.yaml"
ORIGIN_CELL: Final = "参数单元"
ORIGIN_PAPERMILL: Final = "papermill 命令"
ORIGIN_BATCH: Final = "批量命令"

ORIGIN_VARIABLE: Final = "PARKBOOK_ORIGIN"
"""Environment variable of a kernel that the batch starts: JSON, injected name to origin."""

CELL_MARK: Final = "# 参数"
INJECTED_MARK: Final = "# Parameters"

_DOTTED = re.compile(r"(\d{4})\.(\d{1,2}(?:[-—–~至]\d{1,2})?)月?\Z")
_SEPARATORS = re.compile(r"[,，、;；\n]")


# --- values ---------------------------------------------------------------------------------------------------------


def _place(info: ValidationInfo) -> str:
    origin = (info.context or {}).get(info.field_name, "")
    return f"参数 {info.field_name}" + (f"（{origin}）" if origin else "")


def _wrong_type(value: object, expected: str, info: ValidationInfo, remedy: str) -> ParameterError:
    return ParameterError(
        f"参数 {info.field_name} 的类型不对",
        where=_place(info),
        expected=expected,
        found=f"{value!r}（{type(value).__name__}）",
        remedy=remedy,
    )


def _text(value: object, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise _wrong_type(value, "文字", info, f"加引号；用 papermill 时改为 -r {info.field_name} 值")
    return value.strip()


def _texts(value: object, info: ValidationInfo) -> tuple[str, ...]:
    if isinstance(value, str):
        value = _SEPARATORS.split(value)
    if not isinstance(value, Sequence) or not all(isinstance(item, str) for item in value):
        raise _wrong_type(value, "文字的列表，或用逗号分隔的文字", info, '写成 ["A", "B"] 或 "A,B"')
    return tuple(dict.fromkeys(item.strip() for item in value if item.strip()))


def _park(value: object, info: ValidationInfo) -> str:
    return check_park(_text(value, info), _place(info))


def _parks(value: object, info: ValidationInfo) -> tuple[str, ...]:
    return tuple(check_park(park, _place(info)) for park in _texts(value, info))


def _indicators(value: object, info: ValidationInfo) -> tuple[str, ...]:
    return tuple(catalogue().get(indicator, _place(info)).id for indicator in _texts(value, info))


def alarm_rule_names() -> dict[str, str]:
    """Ids of the rule sets of data/alarms, by id and by Chinese name."""
    files = sorted((data_directory() / "alarms").glob("*.yaml"))
    named = {path.stem: str((load_yaml(path) or {}).get("name", path.stem)) for path in files}
    return {name: code for code, label in named.items() for name in (code, label)}


def _rules(value: object, info: ValidationInfo) -> tuple[str, ...]:
    """Rule sets by id or name; an unknown one is refused."""
    texts = _texts(value, info)
    known = alarm_rule_names() if texts else {}
    for text in texts:
        if text not in known:
            raise ParameterError(
                f"参数 {info.field_name} 没有名为“{text}”的预警规则",
                where=_place(info),
                expected="、".join(f"{code}（{name}）" for name, code in known.items() if name != code),
                found=text,
                cause=did_you_mean(text, known),
                remedy="改用上列代码或名称；新规则写入 data/alarms",
            )
    return tuple(dict.fromkeys(known[text] for text in texts))


def framework_names() -> dict[str, str]:
    """Ids of data/frameworks by id, name, short name and alias; a name of two frameworks is left out."""
    known: dict[str, set[str]] = {}
    for path in sorted((data_directory() / "frameworks").glob("*.yaml")):
        content = load_yaml(path)
        named = content if isinstance(content, dict) else {}
        for name in (path.stem, named.get("name"), named.get("short"), *(named.get("aliases") or ())):
            known.setdefault(str(name or path.stem), set()).add(path.stem)
    return {name: next(iter(ids)) for name, ids in known.items() if len(ids) == 1}


def _framework(value: object, info: ValidationInfo) -> str:
    """The id of an evaluation framework; an unknown one is refused."""
    text = _text(value, info)
    if not text or text in {path.stem for path in (data_directory() / "frameworks").glob("*.yaml")}:
        return text
    known = framework_names()
    if text not in known:
        raise ParameterError(
            f"参数 {info.field_name} 没有名为“{text}”的评价体系",
            where=_place(info),
            expected="、".join(sorted(set(known.values()))),
            found=text,
            cause=did_you_mean(text, known),
            remedy="改用上列代码；用 parkbook score --list 查看各体系的名称和完整程度",
        )
    return known[text]


def _period(value: object, info: ValidationInfo) -> Period | None:
    """An int year is what papermill makes of 2025; a float has lost a digit of 2025.10 and is refused."""
    if value is None or isinstance(value, Period):
        return value
    if isinstance(value, float):
        raise ParameterError(
            f"参数 period 的值 {value} 是小数",
            where=_place(info),
            expected="文字，例如 2025-10",
            found=f"{value!r}（float）",
            cause="papermill 的 -p 会把 2025.10 读成小数 2025.1，末位的 0 已丢失",
            remedy='命令行改用 -r period 2025.10（按原文传递）；单元中加引号："2025-10"',
        )
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _wrong_type(value, "文字，或四位年份", info, '加引号，例如 "2025-10"')
    return _read_period(value.strip(), _place(info))


def _read_period(text: str, where: str) -> Period:
    """A known period from an analyst's words; 2025.10 is read as 2025年10月, 2025.1-9 as 2025年1-9月."""
    try:
        period = parse_period(_DOTTED.sub(r"\1年\2月", text))
    except PeriodError as error:
        raise PeriodError(
            f"无法识别的报告期“{text}”",
            where=where,
            expected="如 2025、2022年上半年、2023年1-9月、2023-09、截至2023年9月底",
            found=text,
            remedy="按上列写法改写报告期",
        ) from error
    if not period.known:
        raise PeriodError(
            f"报告期“{text}”没有写明年月",
            where=where,
            expected="带年份的报告期，如 2025年上半年",
            found=text,
            remedy="补全年份和月份",
        )
    return period


def _code(kind: type[Audience] | type[DocumentState], value: object, info: ValidationInfo) -> Audience | DocumentState:
    if isinstance(value, kind):
        return value
    text = _text(value, info)
    spellings: dict[str, Audience | DocumentState] = {}
    for code in kind:
        spellings |= {code.value: code, label_zh(code): code}
    if text not in spellings:
        raise ParameterError(
            f"参数 {info.field_name} 没有“{text}”这个取值",
            where=_place(info),
            expected="、".join(f"{code.value}（{label_zh(code)}）" for code in kind),
            found=text,
            cause=did_you_mean(text, spellings),
            remedy="改用上列代码或名称",
        )
    return spellings[text]


def _day(value: object, info: ValidationInfo) -> str:
    """A day as YYYY-MM-DD; YAML hands over a date."""
    text = value.isoformat() if isinstance(value, date) else _text(value, info)
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ParameterError(
            f"参数 {info.field_name} 的值“{text}”不是日期",
            where=_place(info),
            expected="年-月-日，如 2026-01-15",
            found=text,
            remedy="按上列写法改写",
        ) from None


def _progress(value: object, info: ValidationInfo) -> str:
    """A way to count 序时进度, as written; refused when there is no such way."""
    text = _text(value, info)
    parse_schedule(text, _place(info))
    return text


_Text = Annotated[str, BeforeValidator(_text)]
_Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class ParameterValues(BaseModel):
    """Every parameter with its type and default; a notebook has some of them (NOTEBOOK_PARAMETERS)."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    park: Annotated[str, BeforeValidator(_park)] = ""
    parks: Annotated[tuple[str, ...], BeforeValidator(_parks)] = ()
    period: Annotated[Period | None, BeforeValidator(_period)] = None
    indicators: Annotated[tuple[str, ...], BeforeValidator(_indicators)] = ()
    exclude: _Texts = ()
    audience: Annotated[Audience, BeforeValidator(partial(_code, Audience))] = Audience.INTERNAL
    state: Annotated[DocumentState, BeforeValidator(partial(_code, DocumentState))] = DocumentState.DRAFT
    reviewer: _Text = ""
    progress: Annotated[str, BeforeValidator(_progress)] = ""
    rules: Annotated[tuple[str, ...], BeforeValidator(_rules)] = ()
    framework: Annotated[str, BeforeValidator(_framework)] = ""
    weights: _Text = ""
    peers: Annotated[tuple[str, ...], BeforeValidator(_parks)] = ()
    kind: _Text = ""
    length: _Text = ""
    since: Annotated[Period | None, BeforeValidator(_period)] = None
    date: Annotated[str, BeforeValidator(_day)] = ""
    addressee: _Text = ""
    letterhead: _Text = ""
    document_number: _Text = ""
    signer: _Text = ""
    title: _Text = ""


class Effective(ParameterValues):
    """The values that count in one notebook, and for each where it came from."""

    notebook: str
    origins: dict[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return NOTEBOOK_PARAMETERS[self.notebook]

    def shown(self, name: str) -> str:
        """A value in the reader's words; empty when it is not set."""
        value = getattr(self, name)
        if isinstance(value, Period):
            return value.label_zh
        if isinstance(value, Audience | DocumentState):
            return label_zh(value)
        return "、".join(value) if isinstance(value, tuple) else str(value or "")

    def plain(self, name: str) -> str | list[str] | None:
        """A value as JSON has it, and as it can be given again."""
        value = getattr(self, name)
        if isinstance(value, Period):
            return value.time_period
        return list(value) if isinstance(value, tuple) else value

    def table(self) -> list[tuple[str, str, str]]:
        """Rows of name, value, origin, for printing."""
        return [(name, self.shown(name), self.origins[name]) for name in self.names]


# --- parks ----------------------------------------------------------------------------------------------------------


def known_parks() -> list[str]:
    """The ids of all park folders, with or without a park.yaml."""
    folder = parks_directory()
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _named_parks() -> dict[str, str]:
    """Chinese name to id, of the parks whose park.yaml can be read; only needed to word an error."""
    named: dict[str, str] = {}
    for park in known_parks():
        path = parks_directory() / park / "park.yaml"
        content = load_yaml(path) if path.is_file() else None
        if isinstance(content, dict) and content.get("name"):
            named[str(content["name"])] = park
    return named


def check_park(park: str, where: str = "") -> str:
    """`park` itself; UnknownCodeError with the nearest ids, also for a Chinese name, when there is no such park."""
    ids = known_parks()
    if park in ids:
        return park
    named = _named_parks()
    hint = f"您是不是要用 {named[park]}？" if park in named else did_you_mean(park.lower(), ids)
    raise UnknownCodeError(
        f"没有园区“{park}”",
        where=where,
        expected="data/parks 下的目录名",
        cause=hint,
        remedy="用 parkbook parks 查看全部园区；新建园区用 parkbook new-park",
    )


def park_defaults(park: str) -> dict[str, Any]:
    """What a park's park.yaml sets: `parameters`, and `period` unless that is among them."""
    path = parks_directory() / park / "park.yaml"
    if not path.is_file():
        raise UnknownCodeError(
            f"园区“{park}”的目录中没有 park.yaml",
            where=relative_name(path.parent),
            expected="park.yaml",
            remedy="补写 park.yaml（格式见 docs/architecture.md），或用 parkbook new-park 新建园区",
        )
    content = load_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("parameters") or {}, dict):
        raise ParameterError(
            "park.yaml 的格式不对",
            where=relative_name(path),
            expected="键值对，其中 parameters 也是键值对",
            remedy="按 docs/architecture.md 的格式修改",
        )
    return {"period": content.get("period")} | (content.get("parameters") or {})


# --- which value counts ---------------------------------------------------------------------------------------------


def check_names(notebook: str, names: Iterable[str], where: str = "") -> None:
    """Refuse names that the notebook has no parameter for."""
    known = NOTEBOOK_PARAMETERS[check_notebook(notebook)]
    for name in names:
        if name not in known:
            raise ParameterError(
                f"{notebook} 没有名为“{name}”的参数",
                where=where,
                expected="、".join(known),
                found=name,
                cause=did_you_mean(name, known),
                remedy="改正参数名后重新运行",
            )


def check_notebook(notebook: str) -> str:
    """`notebook` itself; UnknownCodeError with the nearest names when there is no such notebook."""
    if notebook not in NOTEBOOK_PARAMETERS:
        raise UnknownCodeError(
            f"没有名为“{notebook}”的分析本",
            expected="、".join(NOTEBOOK_PARAMETERS),
            cause=did_you_mean(notebook.removesuffix(".ipynb"), NOTEBOOK_PARAMETERS),
            remedy="改用上列名称",
        )
    return notebook


def _is_set(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _check_defaults(defaults: Mapping[str, Any]) -> None:
    known = sorted({name for names in NOTEBOOK_PARAMETERS.values() for name in names} - {"park", "parks"})
    for name in defaults:
        if name not in known:
            raise ParameterError(
                f"park.yaml 的 parameters 中没有“{name}”这个参数",
                where="park.yaml",
                expected="、".join(known),
                found=name,
                cause=did_you_mean(name, known),
                remedy="改正 park.yaml 中的参数名",
            )


def resolve(
    notebook: str,
    assigned: Mapping[str, Any],
    park_defaults: Mapping[str, Any],
    origins: Mapping[str, str] | None = None,
) -> Effective:
    """The values that count: what was assigned, else what park.yaml says, else the default.

    `origins` says for assigned names where they were assigned (参数单元 unless it does).
    """
    check_names(notebook, assigned, where="参数单元")
    _check_defaults(park_defaults)
    values: dict[str, Any] = {}
    came_from = dict.fromkeys(NOTEBOOK_PARAMETERS[notebook], ORIGIN_DEFAULT)
    layers = (
        (park_defaults, dict.fromkeys(park_defaults, ORIGIN_PARK)),
        (assigned, dict.fromkeys(assigned, ORIGIN_CELL) | dict(origins or {})),
    )
    for layer, layer_origins in layers:
        for name, value in layer.items():
            if name in came_from and _is_set(value):
                values[name], came_from[name] = value, layer_origins[name]
    if "park" in came_from and "park" not in values:
        raise ParameterError(
            "没有指定园区",
            where="参数 park",
            expected="data/parks 下的目录名",
            remedy='在参数单元写 park = "qilu"，或加 -p park qilu',
        )
    effective = _for_readers(
        Effective.model_validate(values | {"notebook": notebook, "origins": came_from}, context=came_from)
    )
    if effective.state is not DocumentState.DRAFT and not effective.reviewer:
        raise ParameterError(
            f"{label_zh(effective.state)}的文件须写明审核人",
            where="参数 reviewer",
            expected="审核人姓名",
            remedy="补上 reviewer，或把 state 改回 draft",
        )
    if effective.state is DocumentState.FINAL and "date" in came_from and not effective.date:
        raise ParameterError(
            "已定稿的文件须写明成文日期",
            where="参数 date",
            expected="年-月-日，如 2026-01-15",
            remedy="补上 date，或把 state 改回 reviewed",
        )
    return effective


def _for_readers(effective: Effective) -> Effective:
    """剔除 lets readers outside subtract an enterprise: theirs is refused, and what park.yaml sets for those inside is left out."""
    if effective.audience is Audience.INTERNAL or not effective.exclude:
        return effective
    if effective.origins["exclude"] == ORIGIN_PARK:
        origins = effective.origins | {"exclude": ORIGIN_DEFAULT}
        return effective.model_copy(update={"exclude": (), "origins": origins})
    raise ParameterError(
        "剔除企业后的增速可反推单个企业数据，不能用于对外公开的文件",
        where=f"参数 exclude（{effective.origins['exclude']}）",
        expected="audience 为 internal（内部使用）",
        found="audience 为 external（对外公开）",
        remedy="去掉 exclude，或把 audience 改回 internal",
    )


def resolve_for_park(notebook: str, assigned: Mapping[str, Any], origins: Mapping[str, str] | None = None) -> Effective:
    """`resolve` with the defaults of the park that was assigned, if the notebook is about one."""
    check_names(notebook, assigned, where="参数单元")
    park = assigned.get("park")
    if "park" not in NOTEBOOK_PARAMETERS[notebook] or not _is_set(park) or not isinstance(park, str):
        return resolve(notebook, assigned, {}, origins)
    return resolve(notebook, assigned, park_defaults(check_park(park.strip(), "参数 park")), origins)


def read_parameters(notebook: str, namespace: Mapping[str, Any]) -> Effective:
    """The effective parameters of a running notebook; called in a cell after the parameter cells with `globals()`."""
    found = assignments(namespace)
    return resolve_for_park(
        notebook,
        {name: item.value for name, item in found.items()},
        {name: item.origin for name, item in found.items()},
    )


# --- what the parameter cells assign --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assignment:
    """A value that a parameter cell gives a name."""

    value: Any
    origin: str


def assigned_parameters(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Names and values of `assignments`."""
    return {name: item.value for name, item in assignments(namespace).items()}


def assignments(namespace: Mapping[str, Any]) -> dict[str, Assignment]:
    """The names assigned in the parameter cells of the latest pass, with values.

    Outside IPython there are no cells: then a namespace of a script gives the parameters it has, and any other mapping
    is taken as the assignments themselves.
    """
    history = namespace.get("In")
    if not isinstance(history, list):
        names = _all_names() & set(namespace) if "__name__" in namespace else set(namespace)
        return {name: Assignment(namespace[name], ORIGIN_CELL) for name in sorted(names)}
    found: dict[str, Assignment] = {}
    for source, injected in _latest_pass(history):
        origins = _batch_origins() if injected else {}
        origin = ORIGIN_PAPERMILL if injected else ORIGIN_CELL
        for name, value in _cell_values(source, namespace).items():
            found[name] = Assignment(value, origins.get(name, origin))
    return found


def _all_names() -> set[str]:
    return {name for names in NOTEBOOK_PARAMETERS.values() for name in names}


def _latest_pass(history: Sequence[str]) -> list[tuple[str, bool]]:
    """The latest parameter cell executed, and the latest injected cell after it; (source, injected)."""
    cell = max((index for index, source in enumerate(history) if _is_parameter_cell(source)), default=-1)
    injected = max((index for index, source in enumerate(history) if _first_line(source) == INJECTED_MARK), default=-1)
    found = [(history[cell], False)] if cell >= 0 else []
    if injected > cell:
        found.append((history[injected], True))
    if not found:
        raise ParameterError(
            "还没有运行参数单元", expected=f"首行是“{CELL_MARK}”的单元", remedy="先运行参数单元，再运行本单元"
        )
    return found


def _first_line(source: str) -> str:
    return source.strip().partition("\n")[0].strip()


def _is_parameter_cell(source: str) -> bool:
    """Marked, or, where the mark got lost, annotating a parameter as the stored cells do (`park: str = …`)."""
    marked = _first_line(source).replace(" ", "").startswith(CELL_MARK.replace(" ", ""))
    return marked or bool(_ANNOTATED.search(source))


_ANNOTATED = re.compile(r"^parks?\s*:[^=\n]+=", re.MULTILINE)


def _cell_values(source: str, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """What a cell assigns: a literal from its text, anything else from the namespace."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ParameterError(
            "参数单元有语法错误，没有执行",
            where=f"第 {error.lineno} 行",
            found=(error.text or "").strip(),
            remedy="改正后重新运行参数单元",
        ) from error
    collector = _Names()
    collector.visit(tree)
    literals = _literals(tree, collector.counts)
    values = {name: literals.get(name, namespace.get(name)) for name in collector.counts}
    return {name: value for name, value in values.items() if name in literals or name in namespace}


def _literals(tree: ast.Module, counts: Mapping[str, int]) -> dict[str, Any]:
    """The names that one plain statement binds to a literal."""
    found: dict[str, Any] = {}
    for statement in tree.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if isinstance(target, ast.Name) and counts[target.id] == 1:
            try:
                found[target.id] = ast.literal_eval(statement.value)
            except ValueError:
                continue
    return found


class _Names(ast.NodeVisitor):
    """How often each name is bound at the top level of a cell; imports and inner scopes do not count."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.counts[node.id] = self.counts.get(node.id, 0) + 1

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.generic_visit(node)

    def _skip(self, node: ast.AST) -> None:
        """An inner scope."""

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = _skip
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _skip


def _batch_origins() -> dict[str, str]:
    text = os.environ.get(ORIGIN_VARIABLE, "")
    return json.loads(text) if text else {}
