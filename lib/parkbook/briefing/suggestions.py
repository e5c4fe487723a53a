"""Suggested measures, from a rule table: what may be considered where an indicator is behind, falls, or has things overdue.

data/suggestions.yaml holds the rules; an office changes it. A suggestion is marked 建议 and names the indicator that called for it;
nothing is suggested for a park that is not the user's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from parkbook.briefing.claims import Sentence
from parkbook.briefing.view import ParkView
from parkbook.catalogue import explain, load_yaml
from parkbook.errors import DataError
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.project import data_directory, relative_name


class Suggestion(BaseModel):
    """One rule: for these indicators, when they are behind, falling or late, this may be done."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    indicators: tuple[str, ...] = Field(min_length=1)
    when: Literal["behind", "falling", "late"]
    text: str


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    suggestions: tuple[Suggestion, ...]


def read_suggestions(path: Path) -> tuple[Suggestion, ...]:
    """The rules of a file; none where there is no file."""
    if not path.is_file():
        return ()
    try:
        return _Table.model_validate(load_yaml(path)).suggestions
    except ValidationError as error:
        raise DataError(
            "建议举措的规则表不合规则",
            where=relative_name(path),
            found=explain(error),
            expected="suggestions 列表，每条有 id、indicators、when、text",
            remedy="照现有条目修改",
        ) from error


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[Suggestion, ...]:
    return read_suggestions(path)


def suggestions() -> tuple[Suggestion, ...]:
    """The project's rules, read once per process."""
    return _read(data_directory() / "suggestions.yaml")


def suggested(view: ParkView, systems: Sequence[str] = ()) -> list[Sentence]:
    """For an own park, the rules that its figures call for; each names the indicators it is for."""
    if not view.own:
        return []
    rows = [row for row in view.numeric_rows if not systems or row.indicator.system in systems]
    found = []
    for rule in suggestions():
        names = [row.label for row in rows if row.indicator.id in rule.indicators and _calls_for(row, rule.when)]
        if names:
            reasons = {"behind": "完成进度落后", "falling": "同比下降", "late": "有逾期事项"}
            found.append(Sentence(f"{rule.text}（建议，因{'、'.join(names[:3])}{reasons[rule.when]}）。"))
    return found


def _calls_for(row: IndicatorRow, when: str) -> bool:
    if when == "behind":
        return row.verdict is Verdict.BEHIND
    if when == "late":
        return row.level is not None and row.level.value is not None and row.level.value > 0
    return row.growth is not None and row.growth.value is not None and row.growth.value < 0
