"""YAML files under data/: read, checked against a schema, and refused in words that name file, field and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ValidationError

from parkbook.errors import DataError, did_you_mean
from parkbook.project import relative_name

Model = TypeVar("Model", bound=BaseModel)


def as_words(value: object) -> object:
    """YAML reads 2025 and 2025-08-31 as a number and a date; here they are words, and nothing is no words."""
    return "" if value is None else str(value) if not isinstance(value, str | dict | list) else value


Words = Annotated[str, BeforeValidator(as_words)]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where the wheel has it: eight times as fast."""


def load_yaml(path: Path) -> Any:
    """A YAML document; DataError naming file and line when it is broken."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark else ""
        raise DataError(
            "YAML 文件无法解析",
            where=f"{relative_name(path)} {line}".strip(),
            cause=str(getattr(error, "problem", error)),
            remedy="检查缩进、冒号和引号；文件须为 UTF-8",
        ) from error


def read_model(kind: type[Model], path: Path, *, what: str, remedy: str, expected: str = "") -> Model:
    """A file that is one set of fields; an empty one has none of them."""
    content = load_yaml(path) or {}
    return _checked(kind, content, what=what, where=relative_name(path), remedy=remedy, expected=expected)


def read_entries(
    kind: type[Model], path: Path, key: str = "", *, what: str, remedy: str, expected: str = ""
) -> Iterator[tuple[Model, str]]:
    """The entries of a file that is a list, or has one under `key`, each with its place; none of an empty file."""
    content = load_yaml(path)
    if isinstance(content, dict) and key in content:
        content = content[key]
    if not isinstance(content or [], list):
        raise DataError(
            what,
            where=relative_name(path),
            expected=expected or (f"{key} 下的列表" if key else "列表"),
            found="不是列表",
            remedy=remedy,
        )
    for number, entry in enumerate(content or [], start=1):
        code = f"（{entry['id']}）" if isinstance(entry, dict) and "id" in entry else ""
        where = f"{relative_name(path)} 第 {number} 项{code}"
        yield _checked(kind, entry, what=what, where=where, remedy=remedy, expected=expected), where


def _checked(kind: type[Model], content: object, *, what: str, where: str, remedy: str, expected: str = "") -> Model:
    """The content as a model; DataError with each field that breaks a rule, and what a misspelt one may be meant for."""
    if not isinstance(content, dict):
        raise DataError(
            what, where=where, expected=expected or "一组字段，如 id: …", found="不是一组字段", remedy=remedy
        )
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise DataError(
            what, where=where, expected=expected, found=explain(error), cause=_misspelt(error, kind), remedy=remedy
        ) from error


def require_same_name(code: str, path: Path, *, what: str) -> None:
    """Refuses a file that is not named by the id in it."""
    if code != path.stem:
        raise DataError(what, where=relative_name(path), expected=path.stem, found=code, remedy="改成一致")


def explain(error: ValidationError) -> str:
    """A pydantic error as one line: field, problem."""
    return "；".join(f"{'.'.join(str(part) for part in item['loc'])}：{_in_chinese(item)}" for item in error.errors())


_PROBLEMS = {
    "missing": "缺少这个字段",
    "extra_forbidden": "没有这个字段",
    "string_type": "应为文字",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为一组字段",
    "model_type": "应为一组字段",
    "model_attributes_type": "应为一组字段",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "enum": "应为 {expected} 之一",
    "string_pattern_mismatch": "应符合 {pattern}",
    "too_short": "至少要有 {min_length} 项",
    "greater_than_equal": "应不小于 {ge}",
}
"""What pydantic says in English, for the mistakes that are made; the project's own validators speak Chinese."""


def _in_chinese(problem: Mapping[str, Any]) -> str:
    words = _PROBLEMS.get(problem["type"])
    own = problem["msg"].removeprefix("Value error, ")
    return words.format(**problem.get("ctx", {})).replace(" or ", "、") if words is not None else own


def _misspelt(error: ValidationError, kind: type[BaseModel]) -> str:
    """A suggestion for every field that the schema does not have."""
    unknown = [str(item["loc"][-1]) for item in error.errors() if item["type"] == "extra_forbidden"]
    if not unknown:
        return ""
    schema = kind.model_json_schema()
    known = {name for part in (schema, *schema.get("$defs", {}).values()) for name in part.get("properties", {})}
    return "；".join(filter(None, (did_you_mean(name, sorted(known)) for name in unknown)))
