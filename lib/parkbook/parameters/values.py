"""Every parameter with its type and default, and the values that count in one notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from parkbook.codelists import Audience, DocumentState, label_zh
from parkbook.errors import ParameterError, UnknownCodeError, did_you_mean
from parkbook.parameters.names import NOTEBOOK_PARAMETERS, ORIGIN_CELL, ORIGIN_DEFAULT, ORIGIN_PARK
from parkbook.parameters.parks import check_park, park_defaults
from parkbook.parameters.types import (
    Text,
    Texts,
    code_value,
    day_value,
    framework_value,
    indicators_value,
    park_value,
    parks_value,
    period_value,
    progress_value,
    rules_value,
)
from parkbook.periods import Period


class ParameterValues(BaseModel):
    """Every parameter with its type and default; a notebook has some of them (NOTEBOOK_PARAMETERS)."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    park: Annotated[str, BeforeValidator(park_value)] = ""
    parks: Annotated[tuple[str, ...], BeforeValidator(parks_value)] = ()
    period: Annotated[Period | None, BeforeValidator(period_value)] = None
    indicators: Annotated[tuple[str, ...], BeforeValidator(indicators_value)] = ()
    exclude: Texts = ()
    audience: Annotated[Audience, BeforeValidator(partial(code_value, Audience))] = Audience.INTERNAL
    state: Annotated[DocumentState, BeforeValidator(partial(code_value, DocumentState))] = DocumentState.DRAFT
    reviewer: Text = ""
    progress: Annotated[str, BeforeValidator(progress_value)] = ""
    rules: Annotated[tuple[str, ...], BeforeValidator(rules_value)] = ()
    framework: Annotated[str, BeforeValidator(framework_value)] = ""
    weights: Text = ""
    peers: Annotated[tuple[str, ...], BeforeValidator(parks_value)] = ()
    kind: Text = ""
    length: Text = ""
    since: Annotated[Period | None, BeforeValidator(period_value)] = None
    date: Annotated[str, BeforeValidator(day_value)] = ""
    addressee: Text = ""
    letterhead: Text = ""
    document_number: Text = ""
    signer: Text = ""
    title: Text = ""


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

    def changed(self, name: str, value: object, origin: str) -> Effective:
        """The same with another value, already checked, for one name."""
        return self.model_copy(update={name: value, "origins": self.origins | {name: origin}})

    def table(self) -> list[tuple[str, str, str]]:
        """Rows of name, value, origin, for printing."""
        return [(name, self.shown(name), self.origins[name]) for name in self.names]


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
        return effective.changed("exclude", (), ORIGIN_DEFAULT)
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
