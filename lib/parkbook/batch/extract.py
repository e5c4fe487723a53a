"""`parkbook extract FILE`: every figure of one report or ledger, one a line; or what became of everything number-like in it.

A ledger that lies in a park's `ledgers/` is read by that park's layouts; any other by its headers, and `--layout` prints the layout
file that this proposes. A report takes an analyst's decisions from `--review`, which also receives what is doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parkbook.errors import DataError, Finding, ParameterError
from parkbook.project import parks_directory
from parkbook.sources.formats import READ, REFUSED, REPORTS
from parkbook.sources.jsonl import json_line, ledger_record
from parkbook.sources.text import ledger as coverage_ledger
from parkbook.sources.text.extract import extract_file
from parkbook.sources.text.review import decisions_without_file, write_review

if TYPE_CHECKING:
    from parkbook.sources.layout import Layout


@dataclass(frozen=True)
class Extract:
    """Lines for the standard output, and what was met, for the error output."""

    lines: Sequence[str]
    findings: Sequence[Finding]


def extract(path: Path, *, coverage: bool = False, layout: bool = False, review: Path | None = None) -> Extract:
    """The figures of a file as JSON lines, or its coverage, or its proposed layout. A file that cannot be read is raised."""
    if not path.is_file():
        raise DataError("找不到文件", where=path.name, expected="一份报告或台账", remedy="核对文件名和所在目录")
    ending = path.suffix.lower()
    if ending in READ or (ending in REFUSED and ending not in (*REPORTS, ".doc", ".wps", ".ofd")):
        return _ledger(path, coverage=coverage, layout=layout, review=review)
    if layout:
        raise ParameterError("报告没有版式", where="--layout", found=path.name, remedy="--layout 只用于台账")
    return _report(path, coverage=coverage, review=review)


def _report(path: Path, *, coverage: bool, review: Path | None) -> Extract:
    extraction = extract_file(path, decisions=review)
    findings = [*extraction.findings]
    if review is not None:
        write_review(review, path.name, extraction.text, extraction.figures)
        findings += decisions_without_file(review, path.parent)
    if coverage:
        return Extract(coverage_ledger.as_csv(extraction.coverage).splitlines(), findings)
    return Extract(list(extraction.jsonl()), findings)


def _ledger(path: Path, *, coverage: bool, layout: bool, review: Path | None) -> Extract:
    if (coverage or review is not None) and path.suffix.lower() in READ:
        raise ParameterError(
            "台账没有覆盖清单和复核清单",
            where="--coverage、--review",
            found=path.name,
            remedy="这两项只用于报告；台账未读的行和列在错误输出中逐一列出，附单元格",
        )
    from parkbook.sources.extract_ledger import extract_ledger  # a report needs none of what reads workbooks

    empty: list[Finding] = []
    observations, met, proposal = extract_ledger(path, _layouts(path, empty))
    findings = [*empty, *met]
    if layout:
        return Extract((proposal or "# 没有要确认的版式：已有版式，或表头无法识别").splitlines(), findings)
    return Extract([json_line(ledger_record(observation)) for observation in observations], findings)


def _layouts(path: Path, empty: list[Finding]) -> Sequence[Layout]:
    """The layouts of the park in whose folder the ledger lies; a file that is just being written is `empty`."""
    from parkbook.sources.layout import read_layouts

    folder = path.resolve().parent
    if folder.name == "ledgers" and folder.parent.parent == parks_directory().resolve():
        return read_layouts(folder.parent.name, empty)
    return ()
