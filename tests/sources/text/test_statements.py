"""Whole documents whose figures are labelled with what they say: value, unit, kind, whether they are masked, and of what they are.

See `statements/README.md` for the labels, and for what each set measured when it was first read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from parkbook.sources.text.extract import extract_text

FOLDER = Path(__file__).parent / "statements"
MARK = re.compile(r"⟦([^⟦⟧|]*)\|([^⟦⟧|]*)\|([^⟦⟧|]*)\|([^⟦⟧|]*)\|([^⟦⟧|]*)⟧")
KINDS = {
    "level": {"level", "ratio"},
    "count": {"level"},
    "yoy": {"growth", "multiple", "change"},
    "mom": {"growth", "change"},
    "change": {"change", "growth"},
    "multiple": {"multiple", "growth", "ratio"},
    "share": {"share", "ratio", "level"},
    "completion": {"completion"},
    "target": {"target"},
    "rank": {"rank"},
    "forecast": {"level", "growth", "completion"},
    "contribution": {"contribution"},
    "region": {"level", "change"},
}
COLUMNS = ("found", "value", "unit", "kind", "masked", "name")
FLOORS = {
    "ba.txt": (0.995, 0.99, 0.99, 0.99, 1, 0.84),
    "bb.txt": (0.995, 0.99, 0.99, 0.98, 1, 0.73),
    "bc.txt": (0.99, 0.99, 0.99, 0.97, 1, 0.80),
    "bd.txt": (0.99, 0.98, 0.99, 0.95, 1, 0.79),
}
"""Shares of labels met, of the figures that are found; a change may only raise them."""
AT_MOST_TOO_MANY = 3


@dataclass(frozen=True)
class Label:
    """A figure as labelled: where it stands, and what it says; a decline has a negative value, a masked one `*`."""

    start: int
    end: int
    words: str
    value: str
    unit: str
    kind: str
    name: str


def documents(file: str) -> Iterator[tuple[str, list[Label]]]:
    """The texts of a set without their marks, with their labels."""
    for marked in re.split(r"(?m)^=====\s*\n", (FOLDER / file).read_text(encoding="utf-8")):
        text, labels, end = "", [], 0
        for mark in MARK.finditer(marked):
            text += marked[end : mark.start()]
            labels.append(Label(len(text), len(text) + len(mark[1]), *mark.groups()))
            text, end = text + mark[1], mark.end()
        yield text + marked[end:], labels


SIZES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}


def sized(unit: str) -> tuple[float, str]:
    """万元 as its power of ten and the unit without it; 个百分点 is 百分点."""
    plain = re.sub(r"\A个(?=.)|\s", "", unicodedata.normalize("NFKC", unit))
    size = next((glyph for glyph in SIZES if plain.startswith(glyph) and not plain.startswith("百分")), "")
    return SIZES.get(size, 1.0), plain[len(size) :]


def says_value(label: Label, record: dict[str, Any]) -> bool:
    """Whether value and sign agree; ranges, fractions, 番 and words for numbers are not held against numbers."""
    plain = label.value.replace(",", "")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", plain) or re.search("分之|番", label.words):
        return True
    if record["value"] is None:
        return False
    stated, got = abs(float(plain)), abs(float(record["value"]))
    factor, of_record = sized(label.unit)[0], sized(record["unit"] or "")[0]
    close = [abs(a - b) <= 1e-6 * max(1.0, a) for a, b in ((stated * factor, got * of_record), (stated, got))]
    turned = label.kind in ("yoy", "mom", "change") and "收窄" not in label.name
    return any(close) and (not turned or got == 0 or (float(record["value"]) < 0) == plain.startswith("-"))


def says_kind(label: Label, record: dict[str, Any]) -> bool:
    expected = KINDS[label.kind] | ({"change"} if label.kind == "completion" and "百分点" in label.unit else set())
    if record["transformation"] not in expected:
        return False
    return record["transformation"] != "growth" or label.kind not in ("mom",) or record["comparison"] == "mom"


def pairs(words: str) -> set[str]:
    plain = re.sub(r"[^\w]", "", words)
    return {plain[place : place + 2] for place in range(len(plain) - 1)} or {plain}


def says_name(label: Label, record: dict[str, Any]) -> bool:
    """Whether most of the labelled name is in what the record calls the figure, and no whole sentence is."""
    given = "".join(str(record.get(key) or "") for key in ("label", "indicator_label", "subject", "parent"))
    wanted = pairs(label.name)
    return len(wanted & pairs(given)) >= 0.6 * len(wanted) and len(record["label"]) <= 2 * len(label.name) + 8


def met(file: str) -> tuple[list[tuple[str, tuple[bool, ...]]], list[str]]:
    """Per labelled figure its words and which of `COLUMNS` are met; and the figures that are read and not labelled."""
    rows, too_many = [], []
    for text, labels in documents(file):
        records: list[dict[str, Any]] = [figure.record() for figure in extract_text(text).figures]
        for label in labels:
            record = next((one for one in records if one["start"] < label.end and one["end"] > label.start), None)
            if record is None:
                rows.append((label.words, (False,)))
                continue
            unit = (
                re.search("分之|番", label.words) is not None or sized(label.unit)[1] == sized(record["unit"] or "")[1]
            )
            masked = (record["obs_status"] == "masked") == (label.value == "*")
            checks = says_value(label, record), unit, says_kind(label, record), masked, says_name(label, record)
            rows.append((label.words, (True, *checks)))
        too_many += [
            text[one["start"] : one["end"]]
            for one in records
            if not any(one["start"] < label.end and one["end"] > label.start for label in labels)
        ]
    return rows, too_many


@pytest.mark.parametrize("file", FLOORS)
def test_rates(file: str) -> None:
    rows, too_many = met(file)
    assert len(too_many) <= AT_MOST_TOO_MANY, too_many
    found = [row for row in rows if row[1][0]]
    assert len(found) >= FLOORS[file][0] * len(rows), [words for words, checks in rows if not checks[0]]
    for column, (name, floor) in enumerate(zip(COLUMNS[1:], FLOORS[file][1:], strict=True), start=1):
        missed = [words for words, checks in found if not checks[column]]
        assert 1 - len(missed) / len(found) >= floor, (name, 1 - len(missed) / len(found), missed[:20])
