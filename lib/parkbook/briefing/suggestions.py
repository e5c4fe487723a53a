"""Suggested measures, from a rule table: what may be considered where an indicator is behind, falls, or has things overdue.

data/suggestions.yaml holds the rules; an office changes it. A suggestion is marked 建议 and gives the figures that called for it;
nothing is suggested for a park that is not the user's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from parkbook.briefing.claims import Sentence
from parkbook.briefing.format import value_text
from parkbook.briefing.view import ParkView
from parkbook.datafiles import read_model
from parkbook.indicators.alarms.items import PROJECT_DONE
from parkbook.indicators.compute import IndicatorRow, Verdict
from parkbook.indicators.targets import MONTHS
from parkbook.project import data_directory

PLANNED = "planned"
"""Behind the yearly plan of a project, which is no target."""
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
    """For an own park, the rules that its figures call for; each with the figures it is for, so that no reason stands without
    its evidence."""
    if not view.own:
        return []
    rows = [row for row in view.numeric_rows if not systems or row.indicator.system in systems]
    told: dict[str, dict[str, list[IndicatorRow]]] = {}
    for rule in suggestions():
        text = (_year_is_over(view) and rule.year_end) or rule.text
        for row in rows:
            if row.indicator.id in rule.indicators and _calls_for(row, rule.when):
                planned = rule.when == "behind" and row.indicator.id == PROJECT_DONE
                told.setdefault(text, {}).setdefault(PLANNED if planned else rule.when, []).append(row)
    return [Sentence(f"{text}（建议，因").extend(_because(view, causes)).say("）。") for text, causes in told.items()]


def _year_is_over(view: ParkView) -> bool:
    return view.period is not None and view.period.end is not None and view.period.end.month == MONTHS


def _because(view: ParkView, causes: dict[str, list[IndicatorRow]]) -> Sentence:
    """规上工业总产值、税收分别完成年度目标的93%、96%，利润总额同比下降8.2%: an indicator is named once."""
    said: set[str] = set()
    clauses = []
    for cause, found in causes.items():
        rows = list({row.label: row for row in reversed(found) if row.label not in said}.values())[::-1]
        said.update(row.label for row in rows)
        if rows:
            clauses.append(_clause(view, cause, rows))
    return Sentence.join(clauses, "，")


def _clause(view: ParkView, cause: str, rows: Sequence[IndicatorRow]) -> Sentence:
    """The first rows with their figures, and how many more there are."""
    named, rest = rows[:MOST_NAMED], len(rows) - MOST_NAMED
    if cause == "late":
        told = [
            Sentence("有" + row.label.removesuffix("数")).figure(v, value_text(v)) for row in named if (v := row.level)
        ]
        return Sentence.join(told, "，")
    each = "分别" if len(named) > 1 else ""
    sentence = Sentence("、".join(row.label for row in named))
    if cause == "falling":
        sentence.say(f"同比{each}下降")
        figures = [Sentence().figure(v, value_text(v, absolute=True)) for row in named if (v := row.growth)]
        closing, more = "", "同比下降"
    else:
        goal = "年度计划" if cause == PLANNED else "年度目标"
        only = "只" if _year_is_over(view) else ""
        sentence.say(f"{each}{only}完成{goal}{'投资' if cause == PLANNED else ''}的")
        figures = [Sentence().figure(v, value_text(v)) for row in named if (v := row.completion)]
        closing, more = ("", f"未完成{goal}") if _year_is_over(view) else ("，慢于序时进度", "慢于序时进度")
    sentence.extend(Sentence.join(figures, "、")).say(closing)
    return sentence.say(f"，另有{rest}项{more}") if rest > 0 else sentence


def _calls_for(row: IndicatorRow, when: str) -> bool:
    if when == "behind":
        return row.verdict is Verdict.BEHIND
    if when == "late":
        return row.level is not None and row.level.value is not None and row.level.value > 0
    return row.growth is not None and row.growth.value is not None and row.growth.value < 0
