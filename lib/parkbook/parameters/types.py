"""What a parameter's value may be: each check takes what a cell, a YAML file or a command line gives, and names the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from parkbook.catalogue import catalogue
from parkbook.codelists import Audience, DocumentState, label_zh
from parkbook.datafiles import load_yaml
from parkbook.errors import ParameterError, PeriodError, did_you_mean
from parkbook.parameters.parks import check_park
from parkbook.periods import Period, parse_period
from parkbook.project import data_directory
from parkbook.schedule import parse_schedule

_DOTTED = re.compile(r"(\d{4})\.(\d{1,2}(?:[-—–~至]\d{1,2})?)月?\Z")
_SEPARATORS = re.compile(r"[,，、;；\n]")


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


def text_value(value: object, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise _wrong_type(value, "文字", info, f"加引号；用 papermill 时改为 -r {info.field_name} 值")
    return value.strip()


def texts_value(value: object, info: ValidationInfo) -> tuple[str, ...]:
    if isinstance(value, str):
        value = _SEPARATORS.split(value)
    if not isinstance(value, Sequence) or not all(isinstance(item, str) for item in value):
        raise _wrong_type(value, "文字的列表，或用逗号分隔的文字", info, '写成 ["A", "B"] 或 "A,B"')
    return tuple(dict.fromkeys(item.strip() for item in value if item.strip()))


def park_value(value: object, info: ValidationInfo) -> str:
    return check_park(text_value(value, info), _place(info))


def parks_value(value: object, info: ValidationInfo) -> tuple[str, ...]:
    return tuple(check_park(park, _place(info)) for park in texts_value(value, info))


def indicators_value(value: object, info: ValidationInfo) -> tuple[str, ...]:
    return tuple(catalogue().get(indicator, _place(info)).id for indicator in texts_value(value, info))


def alarm_rule_names() -> dict[str, str]:
    """Ids of the rule sets of data/alarms, by id and by Chinese name."""
    files = sorted((data_directory() / "alarms").glob("*.yaml"))
    named = {path.stem: str((load_yaml(path) or {}).get("name", path.stem)) for path in files}
    return {name: code for code, label in named.items() for name in (code, label)}


def rules_value(value: object, info: ValidationInfo) -> tuple[str, ...]:
    """Rule sets by id or name; an unknown one is refused."""
    texts = texts_value(value, info)
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


def framework_value(value: object, info: ValidationInfo) -> str:
    """The id of an evaluation framework; an unknown one is refused."""
    text = text_value(value, info)
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


def period_value(value: object, info: ValidationInfo) -> Period | None:
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


def code_value(
    kind: type[Audience] | type[DocumentState], value: object, info: ValidationInfo
) -> Audience | DocumentState:
    if isinstance(value, kind):
        return value
    text = text_value(value, info)
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


def day_value(value: object, info: ValidationInfo) -> str:
    """A day as YYYY-MM-DD; YAML hands over a date."""
    text = value.isoformat() if isinstance(value, date) else text_value(value, info)
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


def progress_value(value: object, info: ValidationInfo) -> str:
    """A way to count 序时进度, as written; refused when there is no such way."""
    text = text_value(value, info)
    parse_schedule(text, _place(info))
    return text


Text = Annotated[str, BeforeValidator(text_value)]
Texts = Annotated[tuple[str, ...], BeforeValidator(texts_value)]
