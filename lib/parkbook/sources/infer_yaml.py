"""A proposed layout as a file: the fields in the order of the format, and a comment on everything that is doubtful."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from parkbook.sources.headers import Header

ORDER = (
    "id", "file", "sheets", "ignore", "period", "unit", "vintage", "header_rows", "first_column", "first_row", "stop_at",
    "rows", "key", "group", "total_rows", "headings", "ignore_rows", "indicators", "columns", "ignore_columns",
)  # fmt: skip


@dataclass
class Doubts:
    """What is not sure: columns by letter and rows by label that are read, and those that are not."""

    columns: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    unread: dict[tuple[str, ...], str] = field(default_factory=dict)
    unknown_rows: dict[str, str] = field(default_factory=dict)
    blank: set[tuple[str, ...]] = field(default_factory=set)

    def column(self, header: Header, reason: str) -> None:
        self.columns[get_column_letter(header.column)] = (header.words, reason)

    def merge(self, other: Doubts) -> None:
        self.columns |= other.columns
        self.rows |= other.rows
        self.unread |= other.unread
        self.unknown_rows |= other.unknown_rows
        self.blank &= other.blank


def written(content: dict[str, Any], doubts: Doubts) -> str:
    """The file's text; `layout.read_layout` reads it back."""
    lines = [
        "# 按表头推断的版式，尚未确认。逐项核对（带“存疑”“未读”的尤其要看），改好后另取 id，存入 data/layouts/<园区>/",
    ]
    for name in ORDER:
        if name in content:
            lines += _field(name, content[name], doubts)
    return "\n".join(lines) + "\n"


def _field(name: str, value: Any, doubts: Doubts) -> Iterator[str]:
    if name == "indicators":
        yield "indicators:"
        for label, meaning in value.items():
            yield f"  {_flow(label)}: {_flow(meaning)}{_remark(_of_row(label, doubts))}"
        for label, reason in doubts.unknown_rows.items():
            yield f"  # 未读：{_one_line(label)}（{_one_line(reason) or '目录中没有这个名称'}）"
    elif name == "columns":
        yield "columns:"
        reasons = dict(doubts.columns.values())
        for column in value:
            yield f"  - {_flow(column)}{_remark(reasons.get(tuple(column['header']), ''))}"
    elif name == "ignore_columns":
        yield "ignore_columns:"
        for path in value:
            reason = doubts.unread.get(tuple(path), "")
            yield f"  - {_flow(path)}{'  # 未读：' + _one_line(reason) if reason else ''}"
    else:
        yield f"{name}: {_flow(value)}"


def _of_row(label: str, doubts: Doubts) -> str:
    return doubts.rows.get(label, "")


def _remark(reason: str) -> str:
    return f"  # 存疑：{_one_line(reason)}" if reason else ""


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _flow(value: Any) -> str:
    """A value on one line. Words are quoted: a period or a number would otherwise be read as something else."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{_flow(name) if not _is_name(name) else name}: {_flow(item)}" for name, item in value.items())
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str):
        return value if _is_name(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _is_name(words: str) -> bool:
    """An identifier of ours, which YAML cannot take for anything else."""
    plain = words.replace("_", "")
    return (
        plain.isascii()
        and plain.isalpha()
        and words == words.lower()
        and words not in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
    )
