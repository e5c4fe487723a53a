"""Outlines of documents, as data: which parts a kind of briefing has, in which order, under which headings.

One YAML file per kind under data/outlines; an office adds its own by adding a file. A part names a function of
`briefing.report_parts` and what it is to show; nothing is evaluated from text.

    id: monthly
    name: 经济运行分析
    title: "{park}{period}经济运行情况分析"
    relation: own
    parts:
      - {id: summary, title: 总体情况, show: key_figures, front: true}
      - {id: features, title: 运行特点, show: groups, groups: [{name: 工业生产, indicators: [industrial_output_above_size]}]}
    short: [summary, problems]
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from parkbook.datafiles import read_model
from parkbook.errors import DataError, ParameterError, UnknownCodeError, did_you_mean
from parkbook.periods import Basis, Period
from parkbook.project import data_directory, relative_name

FULL, ONE_PAGE = "full", "one_page"
LENGTHS = {FULL: "全文", ONE_PAGE: "一页"}
SPANS = {"year": "全年", "half": "半年", "quarter": "一季度、前三季度等季度", "month": "月度"}


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(_Data):
    """Indicators that are spoken of under one topic sentence; the first that has a figure gives the topic."""

    name: str
    indicators: tuple[str, ...]


class Part(_Data):
    """A numbered part: `show` names the function of `briefing.report_parts` that makes its blocks; it is left out when empty."""

    id: str
    title: str
    show: str
    front: bool = False
    systems: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    most: int = Field(default=0, ge=0)
    order: Literal["ascending", "descending", ""] = ""
    """Of the rows of a comparison's tables: the lowest first, as bulletins have it, or the highest; empty: by rank of the value."""


class Outline(_Data):
    """A kind of document. `periods` are those it is the usual document of; `short` the parts of its one-page form."""

    id: str
    name: str
    title: str
    relation: Literal["own", "third_party", "any", "group"] = "own"
    """Whose document it is; group: of several parks, under data/outlines/comparison."""
    opening: Literal["report", "figures", "notice", "none"] = "report"
    """What stands before the first part: the year's targets in figures, what the page rests on, or one line of notice."""
    leading: tuple[str, ...] = ()
    """Indicators of which the opening words say how they grew: the first four that have a figure of the period."""
    periods: tuple[Literal["year", "half", "quarter", "month"], ...] = ()
    strict: bool = False
    """Whether it is a document of those periods alone; without a period asked for it takes the latest of them."""
    parts: tuple[Part, ...] = Field(min_length=1)
    short: tuple[str, ...] = ()
    annex: bool = True
    custom: str = ""
    """Where the order of parts comes from."""


def read_outline(path: Path) -> Outline:
    """The outline of one file; DataError naming file and field when it is none."""
    outline = read_model(
        Outline,
        path,
        what="文种提纲不合规则",
        expected="id、name、title、parts（每部分有 id、title、show）",
        remedy="照 data/outlines 中的其他文件修改",
    )
    ids = [part.id for part in outline.parts]
    wrong = [name for name in outline.short if name not in ids] or [name for name in ids if ids.count(name) > 1]
    if wrong:
        raise DataError(
            f"文种提纲中的部分“{wrong[0]}”重复或不存在",
            where=relative_name(path),
            expected="、".join(ids),
            remedy="改正 parts 或 short",
        )
    return outline


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, Outline]:
    found = [read_outline(path) for path in sorted(folder.glob("*.yaml"))]
    return {outline.id: outline for outline in found}


def outlines() -> dict[str, Outline]:
    """Every outline of the project, by id."""
    return _read(data_directory() / "outlines")


def outline_for(kind: str, period: Period | None, *, own: bool) -> Outline:
    """The outline asked for, by id or name; else the usual one for the period, or the overview of a third-party park."""
    known = outlines()
    relation = "own" if own else "third_party"
    fitting = {name: outline for name, outline in known.items() if outline.relation in (relation, "any")}
    if not kind:
        return fitting[_usual(fitting, period)]
    chosen = _named(kind, known, fitting)
    if chosen.id not in fitting:
        raise ParameterError(
            f"{'本单位园区' if own else '第三方园区'}不出“{chosen.name}”",
            where="参数 kind",
            expected=_names(fitting),
            cause="" if own else "不是本单位的园区，不得以其名义行文",
            remedy="改用上列文种",
        )
    _require_span(chosen, period)
    return chosen


def latest_period(kind: str, periods: Iterable[Period]) -> Period | None:
    """The latest of the periods that a strict kind is for; None for any other kind, which leaves the choice to the data."""
    known = outlines()
    chosen = _named(kind, known, known) if kind else None
    if chosen is None or not chosen.strict:
        return None
    fitting = [p for p in periods if p.basis is Basis.YTD and p.end is not None and _span(p) in chosen.periods]
    return max(fitting, key=lambda p: str(p.end), default=None)


def _require_span(outline: Outline, period: Period | None) -> None:
    """A half-year's report of a whole year would announce what comes after the half-year."""
    if not outline.strict or _span(period) in outline.periods:
        return
    raise ParameterError(
        f"“{outline.name}”的报告期须为{'、'.join(SPANS[name] for name in outline.periods)}",
        where="参数 period",
        expected="、".join(SPANS[name] for name in outline.periods),
        found=period.label_zh if period is not None and period.known else "报告期未载明",
        remedy="改用相应的报告期，或不填 kind，由报告期决定文种",
    )


def comparison_outline(kind: str) -> Outline | None:
    """The form of a comparison, by id or name; None when none is asked for: the analyst's page."""
    known = _read(data_directory() / "outlines" / "comparison")
    return _named(kind, known, known) if kind else None


def _named(kind: str, known: dict[str, Outline], fitting: dict[str, Outline]) -> Outline:
    chosen = known.get(kind.replace("-", "_")) or next(
        (outline for outline in known.values() if outline.name == kind), None
    )
    if chosen is None:
        raise UnknownCodeError(
            f"没有名为“{kind}”的文种",
            where="参数 kind",
            expected=_names(fitting),
            cause=did_you_mean(kind, [*known, *(outline.name for outline in known.values())]),
            remedy="改用上列代码或名称，或在 data/outlines 中增加提纲",
        )
    return chosen


def _names(fitting: dict[str, Outline]) -> str:
    return "、".join(f"{outline.id}（{outline.name}）" for outline in fitting.values())


def _usual(fitting: dict[str, Outline], period: Period | None) -> str:
    span = _span(period)
    usual = [name for name, outline in fitting.items() if span in outline.periods]
    return (usual or [name for name, outline in fitting.items() if "year" in outline.periods])[0]


def _span(period: Period | None) -> str:
    if period is None or period.end is None or period.start is None:
        return "year"
    months = period.end.month - period.start.month + 1
    return {12: "year", 6: "half", 3: "quarter", 9: "quarter"}.get(months, "month")


def check_length(length: str) -> str:
    """`length` by code or name; ParameterError for anything else."""
    known = LENGTHS | {name: name for name in LENGTHS.values()}
    if length and length not in known:
        raise ParameterError(
            f"参数 length 没有“{length}”这个取值",
            where="参数 length",
            expected="、".join(f"{code}（{name}）" for code, name in LENGTHS.items()),
            cause=did_you_mean(length, known),
            remedy="改用上列代码或名称",
        )
    return ONE_PAGE if length in (ONE_PAGE, LENGTHS[ONE_PAGE]) else FULL
