"""What a run does: one job per notebook and park, per declared comparison, and one coverage page over all parks.

Everything that can be refused is refused here, before any kernel starts: unknown notebooks, parks and parameters,
values of the wrong type. With `--all`, a park whose folder is broken becomes a job that has already failed, so that the
others still run; a park asked for by name is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from parkbook.comparison.declared import FILE, declared_comparisons
from parkbook.errors import ParameterError, ParkbookError, UnknownCodeError, did_you_mean
from parkbook.parameters import (
    NOTEBOOK_PARAMETERS,
    ORIGIN_BATCH,
    ParameterValues,
    check_notebook,
    check_park,
    known_parks,
    resolve_for_park,
)
from parkbook.project import project_root

FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "park": ("html",),
    "briefing": ("html", "pdf", "docx", "xlsx"),
    "comparison": ("html", "pdf", "docx"),
    "coverage": ("html",),
    "audit": ("html",),
}
"""What each notebook is exported to unless the command says otherwise; the executed notebook is always there."""
KNOWN_FORMATS: Final = ("html", "pdf", "docx", "xlsx")
NOTEBOOK_LABELS: Final[Mapping[str, str]] = {
    "park": "园区分析",
    "briefing": "简报",
    "comparison": "园区比较",
    "coverage": "指标覆盖",
    "audit": "数据核对",
}
SELECTION: Final = "selection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One execution of one notebook. `parameters` is what is injected, `effective` what it comes to."""

    notebook: str
    subject: str
    label: str
    folder: str
    stem: str
    formats: tuple[str, ...]
    parks: tuple[str, ...]
    parameters: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    effective: dict[str, dict[str, Any]] = field(default_factory=dict)
    problem: str = ""
    """Why the job cannot run; empty when it can."""

    @property
    def job_id(self) -> str:
        return f"{self.notebook}/{self.subject}"

    @property
    def names(self) -> tuple[str, ...]:
        """The files the job leaves when all goes well, relative to the run folder."""
        return tuple(f"{self.folder}/{self.stem}.{suffix}" for suffix in ("ipynb", *self.formats))


def plan(
    notebooks: Sequence[str],
    parks: Sequence[str] | None,
    parameters: Mapping[str, Any],
    formats: Sequence[str] | None = None,
) -> list[Job]:
    """The jobs of a run, in a fixed order: those over many parks first, since they take longest.

    `parks` None means all, `formats` None what each notebook is made for. No notebook named: all of them over all parks, or
    park and briefing for the parks that are named.
    """
    everything = parks is None
    chosen = list(dict.fromkeys(notebooks)) or list(NOTEBOOK_PARAMETERS if everything else ("park", "briefing"))
    _check_request(chosen, parks or (), parameters, formats)
    ids = known_parks() if parks is None else list(dict.fromkeys(parks))
    jobs: list[Job] = []
    for notebook in chosen:
        given = {name: value for name, value in parameters.items() if name in NOTEBOOK_PARAMETERS[notebook]}
        for job in _jobs(notebook, ids, given, named=bool(notebooks), everything=everything):
            jobs.append(_checked(job, formats, tolerant=everything))
    return sorted(jobs, key=lambda job: (job.folder.startswith("parks/"), job.folder))


def _check_request(
    notebooks: Sequence[str], parks: Sequence[str], parameters: Mapping[str, Any], formats: Sequence[str] | None
) -> None:
    for notebook in notebooks:
        check_notebook(notebook)
        if not (project_root() / "notebooks" / f"{notebook}.ipynb").is_file():
            raise UnknownCodeError(f"缺少分析本 {notebook}.ipynb", where="notebooks", remedy="从项目仓库恢复该文件")
    for park in parks:
        check_park(park, "--park")
    known = list(dict.fromkeys(name for notebook in notebooks for name in NOTEBOOK_PARAMETERS[notebook]))
    for name in parameters:
        if name in ("park", "parks"):
            raise ParameterError(
                f"批量命令不能用 -p 指定 {name}", where=f"-p {name}=…", remedy="改用 --park 园区代码，可重复"
            )
        if name not in known:
            raise ParameterError(
                f"所选分析本没有名为“{name}”的参数",
                where=f"-p {name}=…",
                expected="、".join(known),
                found=name,
                cause=did_you_mean(name, known),
                remedy="改正参数名后重新运行",
            )
    ParameterValues.model_validate(dict(parameters), context=dict.fromkeys(parameters, ORIGIN_BATCH))
    for suffix in formats or ():
        if suffix not in KNOWN_FORMATS:
            raise ParameterError(
                f"不支持的导出格式“{suffix}”",
                where="--formats",
                expected="、".join(KNOWN_FORMATS),
                found=suffix,
                cause=did_you_mean(suffix, KNOWN_FORMATS),
            )


def _jobs(notebook: str, parks: list[str], given: dict[str, Any], *, named: bool, everything: bool) -> Iterator[Job]:
    """The jobs of one notebook, their parameters not yet checked."""
    if "park" in NOTEBOOK_PARAMETERS[notebook]:
        for park in parks:
            yield _job(notebook, park, f"parks/{park}", (park,), {"park": park} | given)
    elif notebook == "coverage":
        yield _job(notebook, "all" if everything else SELECTION, "coverage", tuple(parks), {"parks": parks} | given)
    elif everything:
        yield from _declared(
            notebook, given if named else {name: value for name, value in given.items() if name != "period"}
        )
    elif len(parks) < 2:
        raise ParameterError(
            "园区比较至少要两个园区",
            where="--park",
            found=f"{len(parks)} 个",
            remedy=f"重复 --park，或用 --all 运行 {FILE} 中声明的比较",
        )
    else:
        yield _job(notebook, SELECTION, "comparison", tuple(parks), {"parks": parks} | given, stem=SELECTION)


def _declared(notebook: str, given: dict[str, Any]) -> Iterator[Job]:
    """The declared comparisons. A --period for the parks does not move them, unless comparison was asked for by name."""
    for comparison in declared_comparisons():
        origins = dict.fromkeys(comparison.parameters, FILE)
        yield _job(
            notebook,
            comparison.id,
            "comparison",
            comparison.parks,
            comparison.parameters | given,
            stem=comparison.id,
            origins=origins | dict.fromkeys(given, ORIGIN_BATCH),
            label=comparison.title,
        )


def _job(
    notebook: str,
    subject: str,
    folder: str,
    parks: tuple[str, ...],
    parameters: dict[str, Any],
    *,
    stem: str = "",
    origins: dict[str, str] | None = None,
    label: str = "",
) -> Job:
    return Job(
        notebook=notebook,
        subject=subject,
        label=label or NOTEBOOK_LABELS[notebook],
        folder=folder,
        stem=stem or notebook,
        formats=(),
        parks=parks,
        parameters=parameters,
        origins=origins or dict.fromkeys(parameters, ORIGIN_BATCH),
    )


def _checked(job: Job, formats: Sequence[str] | None, *, tolerant: bool) -> Job:
    """The job with its formats and effective parameters, or with its problem when the park itself is broken."""
    chosen = FORMATS[job.notebook] if formats is None else _possible(job.notebook, formats)
    try:
        resolved = resolve_for_park(job.notebook, job.parameters, job.origins)
    except ParkbookError as error:
        if not tolerant:
            raise
        return replace(job, formats=chosen, problem=str(error))
    effective = {name: {"value": resolved.plain(name), "origin": resolved.origins[name]} for name in resolved.names}
    return replace(job, formats=chosen, effective=effective)


def _possible(notebook: str, formats: Sequence[str]) -> tuple[str, ...]:
    """The formats asked for; an Excel file of its figures only where the notebook has one."""
    asked = dict.fromkeys(formats)
    return tuple(suffix for suffix in asked if suffix != "xlsx" or "xlsx" in FORMATS[notebook])
