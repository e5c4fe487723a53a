"""Executing one notebook with papermill, and what is kept of it.

The executed notebook is kept whatever happens, with the error in the cell that failed. What papermill and nbclient
write of the run itself (times, paths, random ids) is taken out again, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from parkbook.batch.kernels import BatchKernelManager, new_kernel
from parkbook.batch.result import DEFAULT_LIMITS, Failure, Limits
from parkbook.parameters import ORIGIN_VARIABLE
from parkbook.project import project_root

_ERROR_TAG: Final = "papermill-error-cell-tag"
_INJECTED_TAG: Final = "injected-parameters"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Execution:
    """What came of it; seconds until the kernel answered, and in the notebook."""

    failure: Failure | None
    kernel_seconds: float
    notebook_seconds: float
    starts: int


class _Attempt:
    """One kernel, one pass over the notebook."""

    def __init__(self, source: Path, target: Path, limits: Limits) -> None:
        self.source, self.target, self.limits = source, target, limits
        self.notebook: NotebookNode | None = None
        self.begun = time.monotonic()
        self.ready = 0.0
        self.overdue = False

    def on_start(self, notebook: NotebookNode) -> None:
        """nbclient calls this when the kernel has answered, before the first cell."""
        self.notebook, self.ready = notebook, time.monotonic()

    def run(self, parameters: Mapping[str, Any], environment: Mapping[str, str]) -> NotebookNode:
        with new_kernel(environment, self.source.parent) as manager:
            clock = threading.Timer(self.limits.notebook, self._stop, (manager,))
            clock.daemon = True
            clock.start()
            try:
                return self._papermill(manager, parameters)
            finally:
                clock.cancel()

    def _papermill(self, manager: BatchKernelManager, parameters: Mapping[str, Any]) -> NotebookNode:
        source, target = (str(path).replace("{", "{{").replace("}", "}}") for path in (self.source, self.target))
        executed: NotebookNode = papermill.execute_notebook(
            source,
            target,
            parameters=dict(parameters),
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            start_timeout=self.limits.start,
            execution_timeout=self.limits.cell,
            iopub_timeout=self.limits.iopub,
            km=manager,
            record_timing=False,
            coalesce_streams=True,
            on_notebook_start=self.on_start,
        )
        return executed

    def _stop(self, manager: BatchKernelManager) -> None:
        self.overdue = True
        manager.kill()


def execute(
    source: Path,
    target: Path,
    parameters: Mapping[str, Any],
    origins: Mapping[str, str],
    limits: Limits = DEFAULT_LIMITS,
) -> Execution:
    """Run `source` with `parameters` injected and leave it, cleaned, at `target`. A failure is returned, not raised."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    environment = {ORIGIN_VARIABLE: json.dumps(dict(origins), ensure_ascii=True)}
    starts = 0
    while True:
        starts += 1
        attempt = _Attempt(source, target, limits)
        failure: Failure | None = None
        try:
            notebook = attempt.run(parameters, environment)
        except PapermillExecutionError as error:
            notebook = read_notebook(target)
            failure = Failure("execute", _plain(f"{error.ename}: {error.evalue}"), error.exec_count or 0, error.ename)
        except Exception as error:
            if attempt.notebook is None and starts == 1:
                continue
            notebook, failure = _interrupted(attempt, source, error)
        done = time.monotonic()
        clean(notebook)
        write_notebook(notebook, target)
        ready = attempt.ready or done
        return Execution(failure, ready - attempt.begun, done - ready, starts)


def _interrupted(attempt: _Attempt, source: Path, error: Exception) -> tuple[NotebookNode, Failure]:
    """The notebook as far as it came, with the reason in the cell that ran last."""
    if attempt.notebook is None:
        return read_notebook(source), Failure("start", f"内核没有启动：{_plain(str(error))}", 0, type(error).__name__)
    ran = [
        cell
        for cell in attempt.notebook.cells
        if cell.cell_type == "code" and cell.metadata.papermill.get("start_time")
    ]
    message = _reason(attempt, error)
    number = 0
    if ran:
        number = ran[-1].execution_count or len(ran)
        output = {"output_type": "error", "ename": type(error).__name__, "evalue": message, "traceback": [message]}
        ran[-1].outputs.append(nbformat.from_dict(output))  # type: ignore[no-untyped-call]
    return attempt.notebook, Failure("execute", message, number, type(error).__name__)


def _reason(attempt: _Attempt, error: Exception) -> str:
    if attempt.overdue:
        return f"整个分析本运行超过 {attempt.limits.notebook} 秒，已停止"
    if isinstance(error, CellTimeoutError):
        return f"单元运行超过 {attempt.limits.cell} 秒，已停止"
    if isinstance(error, DeadKernelError):
        return "内核意外退出，可能是内存不足"
    return _plain(f"{type(error).__name__}: {error}")


def _plain(text: str) -> str:
    """A message without colours and without this machine's paths."""
    return _scrub(_ANSI.sub("", text)).strip()


# --- what the run itself wrote --------------------------------------------------------------------------------------


def clean(notebook: NotebookNode) -> None:
    """Take out what differs between two equal runs: papermill's and nbclient's records, random ids, paths."""
    notebook.cells = [cell for cell in notebook.cells if _ERROR_TAG not in cell.metadata.get("tags", [])]
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        tags = cell.metadata.get("tags", [])
        if _INJECTED_TAG in tags:
            cell["id"] = _INJECTED_TAG
        elif not cell.get("id"):
            cell["id"] = f"cell-{number:03d}"
        for output in cell.get("outputs", []):
            _clean_output(output)


def _clean_output(output: NotebookNode) -> None:
    if output.output_type == "error":
        output.traceback = [_scrub(line) for line in output.traceback]
        output.evalue = _scrub(output.evalue)
    elif output.output_type == "stream":
        output.text = _scrub(output.text)
    else:
        for kind, content in output.data.items():
            if isinstance(content, str) and kind.startswith("text/"):
                output.data[kind] = _scrub(content)


_IPYKERNEL_FILE = re.compile(r"(?:/[^\s\"':]*|[A-Za-z]:\\[^\s\"']*)[/\\]ipykernel_\d+[/\\]\d+\.py")


def _scrub(text: str) -> str:
    """Paths of this machine: the project's become relative, those of Python and of the user lose their beginning."""
    text = _IPYKERNEL_FILE.sub("<单元>", text)
    for path, short in _places():
        text = text.replace(path + os.sep, short + os.sep if short else "").replace(path, short or ".")
    return text


def _places() -> list[tuple[str, str]]:
    """Folders that must not appear, longest first, and what stands for each."""
    known = {
        str(project_root().resolve()): "",
        str(project_root()): "",
        sys.prefix: "<python>",
        sys.base_prefix: "<python>",
        str(Path.home()): "~",
    }
    return sorted(
        ((path, short) for path, short in known.items() if len(path) > 1 and path not in ("/usr", "/root/")),
        key=lambda item: -len(item[0]),
    )


def read_notebook(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def write_notebook(notebook: NotebookNode, target: Path) -> None:
    """As UTF-8 with a fixed order of keys and LF ends, on every platform."""
    text: str = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    target.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
