"""How long one document takes in each format, from the notebook's file to the bytes: a part of `make bench`.

Every format has a process of its own for each document. It renders another document first: that is the cold time, imports,
fonts and templates with it. Then comes the document: the warm time, of a batch that goes from park to park. Then the same
document again, which Typst knows by heart. Ratios (cold to warm, warm to limit) are of one run; the absolute numbers are of
this machine under its load at the time, so the processor's seconds stand beside them.

    python build/bench_documents.py             the briefings of demo and qilu
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

LIMITS = {"html": 0.2, "pdf": 0.3, "docx": 0.4}
"""Seconds that a warm document may take."""
RUNS = 3
PARKS = ("demo", "qilu")


class Taken(NamedTuple):
    """Seconds by the clock and of the processor."""

    wall: float
    processor: float


def main() -> int:
    """Make the notebooks, then measure each format."""
    if sys.argv[1:2] == ["one"]:
        print(json.dumps(one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))))
        return 0
    with tempfile.TemporaryDirectory(prefix="parkbook-bench-") as folder:
        print_documents([briefing(park, Path(folder)) for park in PARKS])
    return 0


def briefing(park: str, folder: Path) -> Path:
    """The blocks of a park's briefing in a notebook file, without a kernel."""
    from parkbook.workbook import open_park

    book = open_park({"park": park}, "briefing")
    blocks = [*book.cover(), *book.opening(), *book.front(), *book.body(), *book.annex()]
    outputs = [{"output_type": "display_data", "metadata": {}, "data": block._repr_mimebundle_()} for block in blocks]
    cell: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "source": "",
        "execution_count": None,
        "outputs": outputs,
    }
    path = folder / f"{park}.ipynb"
    path.write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}, ensure_ascii=False),
        encoding="utf-8",
    )
    return path


def print_documents(notebooks: Sequence[Path]) -> None:
    """A line for each document and format: medians of some processes."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"\ndocuments, seconds by the clock (of the processor), median of {RUNS}; {os.cpu_count()} cores{load}")
    print(
        f"{'document':12}{'format':>8}{'cold':>16}{'warm':>16}{'again':>16}{'cold/warm':>11}{'limit':>7}{'warm/limit':>12}"
    )
    for place, notebook in enumerate(notebooks):
        other = notebooks[place - 1]
        for name, limit in LIMITS.items():
            samples = [measured(name, other, notebook) for _ in range(RUNS)]
            cold = middle(measured(name, notebook, other)[0] for _ in range(RUNS))
            warm, again = (middle(sample[at] for sample in samples) for at in (1, 2))
            cells = "".join(f"{f'{taken.wall:.2f} ({taken.processor:.2f})':>16}" for taken in (cold, warm, again))
            print(
                f"{notebook.stem:12}{name:>8}{cells}{cold.wall / warm.wall:>11.1f}{limit:>7.1f}{warm.wall / limit:>12.2f}"
            )


def middle(samples: Any) -> Taken:
    """The median of each."""
    return Taken(*(median(values) for values in zip(*samples, strict=True)))


def measured(name: str, first: Path, second: Path) -> list[Taken]:
    """Cold `first`, warm `second`, `second` again, in a process of their own."""
    command = [sys.executable, __file__, "one", name, str(first), str(second)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return [Taken(*pair) for pair in json.loads(done.stdout)]


def one(name: str, first: Path, second: Path) -> list[Taken]:
    """The three times, the imports counted as part of the cold one."""
    return [
        timed(lambda: renderer(name)(first)),
        timed(lambda: renderer(name)(second)),
        timed(lambda: renderer(name)(second)),
    ]


def renderer(name: str) -> Callable[[Path], Any]:
    """From the notebook's file to the document in one format."""
    from parkbook.export.document import read_document

    if name == "html":
        from parkbook.export.html import render_html

        return lambda path: render_html(read_document(path))
    if name == "pdf":
        from parkbook.export.pdf import render_pdf

        return lambda path: render_pdf(read_document(path))
    from parkbook.export.docx import render_docx

    return lambda path: render_docx(read_document(path))


def timed(work: Callable[[], Any]) -> Taken:
    """How long the work takes."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - wall, time.process_time() - processor)


if __name__ == "__main__":
    sys.exit(main())
