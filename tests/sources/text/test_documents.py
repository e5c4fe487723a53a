"""Whole documents whose figures are labelled in the text: whose a figure is, which whole it is part of, and its period.

See `documents/README.md` for the labels, and for what each set measured when it was first read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parkbook.periods import parse_period
from parkbook.sources.text.extract import extract_text

FOLDER = Path(__file__).parent / "documents"
MARK = re.compile(r"⟦([^⟦⟧|]*)\|([^⟦⟧|]*)\|([^⟦⟧|]*)\|([^⟦⟧|]*)⟧")
COLUMNS = ("subject", "parent", "time_period")
FLOORS = {
    "i.txt": (0.91, 0.95, 0.98),
    "j.txt": (0.92, 0.92, 0.97),
    "k.txt": (0.92, 0.89, 0.97),
    "l.txt": (0.93, 0.95, 0.99),
    "m.txt": (0.93, 0.91, 0.98),
    "n.txt": (0.93, 0.91, 0.98),
    "o.txt": (0.94, 0.94, 0.98),
    "p.txt": (0.92, 0.91, 0.96),
    "q.txt": (0.92, 0.87, 0.98),
    "r.txt": (0.94, 0.93, 0.99),
    "s.txt": (0.93, 0.94, 0.98),
    "t.txt": (0.91, 0.91, 0.99),
    "u.txt": (0.91, 0.91, 0.94),
    "v.txt": (0.94, 0.88, 0.98),
    "w.txt": (0.89, 0.91, 0.97),
    "x.txt": (0.90, 0.91, 0.97),
    "y.txt": (0.90, 0.89, 0.97),
    "z.txt": (0.89, 0.90, 0.94),
    "aa.txt": (0.90, 0.90, 0.96),
    "ab.txt": (0.89, 0.88, 0.95),
    "ac.txt": (0.92, 0.90, 0.91),
    "ad.txt": (0.94, 0.87, 0.99),
}
"""Shares of labels met; the rules were improved on all of these since they were first read. A change may only raise them."""

Label = tuple[int, int, tuple[str, str, str]]


def documents(file: str) -> Iterator[tuple[str, list[Label]]]:
    """The texts of a set without their marks, and where the figures stand, with their labels."""
    for marked in re.split(r"(?m)^=====\s*\n", (FOLDER / file).read_text(encoding="utf-8")):
        text, labels, end = "", [], 0
        for mark in MARK.finditer(marked):
            text += marked[end : mark.start()]
            labels.append((len(text), len(text) + len(mark[1]), (mark[2], mark[3], mark[4])))
            text, end = text + mark[1], mark.end()
        yield text + marked[end:], labels


def met(file: str) -> list[tuple[str, bool, bool, bool]]:
    """Per labelled figure its words and which labels are met; a figure that is not read meets none."""
    rows = []
    for text, labels in documents(file):
        records = [figure.record() for figure in extract_text(text).figures]
        for start, end, expected in labels:
            record = next((one for one in records if one["start"] < end and one["end"] > start), {})  # type: ignore[operator]
            found = tuple(str(record.get(name, "?")) for name in COLUMNS)
            whose = found[0].strip("“”") == expected[0].strip("“”")
            rows.append((text[start:end], whose, found[1] == expected[1], found[2] == expected[2]))
    return rows


@pytest.mark.parametrize("file", FLOORS)
def test_rates(file: str) -> None:
    rows = met(file)
    for column, (name, floor) in enumerate(zip(COLUMNS, FLOORS[file], strict=True), start=1):
        missed = [row[0] for row in rows if not row[column]]
        assert 1 - len(missed) / len(rows) >= floor, (name, 1 - len(missed) / len(rows), missed[:20])


@pytest.mark.parametrize("file", FLOORS)
def test_labels_are_well_formed(file: str) -> None:
    for text, labels in documents(file):
        assert "⟦" not in text
        for _, _, (subject, parent, period) in labels:
            assert subject in text
            assert parent in text
            assert not period or parse_period(period).time_period == period
