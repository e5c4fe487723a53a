"""Subject, 其中 parent and period: labelled on sentences of our own, and on the reports by their transcriptions (offsets and values only)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from parkbook.sources.text.extract import extract_text

TEXTS = yaml.safe_load((Path(__file__).parent / "scopes.yaml").read_text(encoding="utf-8"))
BARS = {"subject": 0.85, "parent": 0.80, "time_period": 0.95}


@pytest.mark.parametrize("column", range(3), ids=list(BARS))
def test_rates(column: int) -> None:
    name = list(BARS)[column]
    found = [
        (text, labels[column], figure.record()[name], index)
        for text, rows in TEXTS
        for index, (figure, labels) in enumerate(zip(extract_text(text).figures, rows, strict=True))
    ]
    wrong = [row for row in found if row[1] != row[2]]
    assert 1 - len(wrong) / len(found) >= BARS[name], wrong


def test_every_figure_is_labelled() -> None:
    assert all(len(extract_text(text).figures) == len(rows) for text, rows in TEXTS)
