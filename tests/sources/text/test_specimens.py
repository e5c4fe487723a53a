"""Two hundred sentences of our own wording, each with every figure that must be read from it and no other.

A threshold among them is no figure: it stands in the coverage ledger as set aside.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from parkbook.sources.text.extract import extract_text

GROUPS = yaml.safe_load((Path(__file__).parent / "specimens.yaml").read_text(encoding="utf-8"))
SPECIMENS = [
    pytest.param(text, figures, id=f"{group}-{number}")
    for group, entries in GROUPS.items()
    for number, (text, figures) in enumerate(entries, start=1)
]


def differences(expected: str, record: dict[str, Any]) -> list[str]:
    """Where a record departs from `words|value|unit|kind|label`."""
    _, value, unit, kind, label = expected.split("|")
    kind, _, status = kind.partition("@")
    kind, _, qualifier = kind.partition("+")
    transformation, _, comparison = kind.partition(":")
    wanted = {
        "unit": unit,
        "transformation": transformation,
        "comparison": comparison,
        "obs_status": status,
        "qualifier": qualifier,
    }
    found = [f"{name}: {record[name]}, not {code}" for name, code in wanted.items() if code and record[name] != code]
    if value == "masked" and (record["obs_status"] != "masked" or record["value"] is not None):
        found.append("not masked")
    if ".." in value:
        low, high = map(float, value.split(".."))
        found += [] if (record["value_low"], record["value_high"], record["value"]) == (low, high, None) else ["range"]
    elif (
        value
        and value != "masked"
        and (record["value"] is None or abs(record["value"] - float(value)) > 1e-9 or record["obs_status"] == "masked")
    ):
        found.append(f"value {record['value']}")
    if label not in record["label"]:
        found.append(f"label {record['label']}")
    return found


@pytest.mark.parametrize(("text", "figures"), SPECIMENS)
def test_specimen(text: str, figures: list[str]) -> None:
    extraction = extract_text(text)
    records = [figure.record() for figure in extraction.figures]
    words = [text[record["start"] : record["end"]] for record in records]
    limits = [expected.split("|")[0] for expected in figures if expected.split("|")[3].startswith("threshold")]
    figures = [expected for expected in figures if not expected.split("|")[3].startswith("threshold")]
    aside = [entry.text for entry in extraction.coverage if (entry.outcome, entry.reason) == ("excluded", "门槛")]
    assert len(records) == len(figures), words
    assert len(aside) >= len(limits)
    assert all(any(entry in limit for entry in aside) for limit in limits), aside
    problems = {
        expected: found
        for expected, record in zip(figures, records, strict=True)
        if (found := differences(expected, record))
    }
    assert problems == {}


def test_there_are_two_hundred() -> None:
    assert len(SPECIMENS) >= 200
