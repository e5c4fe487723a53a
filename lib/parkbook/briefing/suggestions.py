"""Suggested measures, from a rule table: what may be considered where an indicator is behind, falls, or has things overdue.

data/suggestions.yaml holds the rules; an office changes it. A suggestion is marked 建议 and names the indicator that called for it;
nothing is suggested for a park that is not the user's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from parkbook.briefing.claims import Sentence
from parkbook.briefing.view import ParkView
from parkbook.datafiles import read_model
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.targets import MONTHS
from parkbook.project import data_directory

MOST_NAMED = 3
"""Indicators that a suggestion names."""


class Suggestion(BaseModel):
    """One rule: for these indicators, when they are behind, falling or late, this may be done."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    indicators: tuple[str, ...] = Field(min_length=1)
    when: Literal["behind", "falling", "late"]
    text: str
    year_end: str = ""
    """The words once the year is over, where those of a running year do not fit."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    suggestions: tuple[Suggestion, ...]


def read_suggestions(path: Path) -> tuple[Suggestion, ...]:
    """The rules of a file; none where there is no file."""
    if not path.is_file():
        return ()
    table = read_model(
        _Table,
        path,
        what="建议举措的规则表不合规则",
        expected="suggestions 列表，每条有 id、indicators、when、text",
        remedy="照现有条目修改",
    )
    return table.suggestions


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
    ended = _year_is_over(view)
    reasons = {"behind": "未完成年度目标" if ended else "慢于序时进度", "falling": "同比下降", "late": "有逾期事项"}
    told: dict[str, dict[str, list[str]]] = {}
    for rule in suggestions():
        text = (ended and rule.year_end) or rule.text
        for row in rows:
            if row.indicator.id in rule.indicators and _calls_for(row, rule.when):
                planned = ended and rule.when == "behind" and row.indicator.id == PROJECT_DONE
                reason = "未完成年度计划" if planned else reasons[rule.when]
                told.setdefault(text, {}).setdefault(reason, []).append(row.label)
    return [Sentence(f"{text}（建议，因{_because(causes)}）。") for text, causes in told.items()]


def _year_is_over(view: ParkView) -> bool:
    return view.period is not None and view.period.end is not None and view.period.end.month == MONTHS


def _because(causes: dict[str, list[str]]) -> str:
    """规上工业总产值、税收未完成年度目标，利润总额同比下降: an indicator is named once."""
    said: set[str] = set()
    clauses = []
    for reason, labels in causes.items():
        names = [label for label in dict.fromkeys(labels) if label not in said]
        said.update(names)
        if names:
            more = f"等{len(names)}项" if len(names) > MOST_NAMED else ""
            clauses.append(f"{'、'.join(names[:MOST_NAMED])}{more}{reason}")
    return "，".join(clauses)


def _calls_for(row: IndicatorRow, when: str) -> bool:
    if when == "behind":
        return row.verdict is Verdict.BEHIND
    if when == "late":
        return row.level is not None and row.level.value is not None and row.level.value > 0
    return row.growth is not None and row.growth.value is not None and row.growth.value < 0
