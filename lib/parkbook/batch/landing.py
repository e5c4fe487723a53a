"""The landing page's content from a run's manifest and the lines of its parks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from parkbook.batch.inventory import ParkSummary
from parkbook.batch.plan import NOTEBOOK_LABELS
from parkbook.batch.result import STAGES_ZH
from parkbook.batch.tables import BOOK, INDICATORS, OBSERVATIONS
from parkbook.export.site import Document, ParkEntry, Site
from parkbook.parameters import NOTEBOOK_PARAMETERS

TITLE: Final = "园区分析结果"


def site_of(manifest: Mapping[str, Any], parks: Sequence[ParkSummary], problems: Sequence[str]) -> Site:
    """The page over all jobs of a manifest."""
    jobs = [(entry, _document(entry)) for entry in manifest["jobs"].values()]
    entries = tuple(_park(summary, jobs) for summary in parks)
    table = (
        []
        if any("观测值表" in problem for problem in problems)
        else [("全部观测值（Parquet）", OBSERVATIONS), ("全部指标值（Parquet）", INDICATORS)]
    )
    if table and not any("Excel 汇总表" in problem for problem in problems):
        table.append(("全部指标值和观测值（Excel）", BOOK))
    return Site(
        title=TITLE,
        parks=entries,
        tables=(*table, ("运行清单（输入校验值、参数、版本）", "manifest.json")),
        problems=problems,
        across=tuple(
            document
            for notebook in ("comparison", "coverage")
            for entry, document in jobs
            if entry["notebook"] == notebook
        ),
    )


def _park(summary: ParkSummary, jobs: Sequence[tuple[dict[str, Any], Document]]) -> ParkEntry:
    own = [
        (entry, document)
        for entry, document in jobs
        if entry["subject"] == summary.park_id and "park" in NOTEBOOK_PARAMETERS[entry["notebook"]]
    ]
    own.sort(key=lambda item: list(NOTEBOOK_LABELS).index(item[0]["notebook"]))
    return ParkEntry(
        park_id=summary.park_id,
        name=summary.name,
        relation=summary.relation,
        kind=summary.kind,
        level=summary.level,
        synthetic=summary.synthetic,
        figures=None if summary.problem else summary.figures,
        numbers=summary.numbers,
        periods=summary.period_span,
        problem=summary.problem,
        documents=tuple(document for _, document in own),
    )


def _document(entry: Mapping[str, Any]) -> Document:
    error = entry.get("error")
    if error is None:
        return Document(label=entry["label"], files=tuple(entry["files"]))
    return Document(
        label=entry["label"],
        files=tuple(entry["files"]),
        failed=True,
        stage=STAGES_ZH.get(error["stage"], error["stage"]),
        cell=error["cell"],
        message=error["message"],
    )
