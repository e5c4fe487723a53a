"""At least 300,000 characters of prose a second and core, and no text that makes reading quadratic."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from parkbook.sources.text.extract import extract_text

GROUPS = yaml.safe_load((Path(__file__).parent / "specimens.yaml").read_text(encoding="utf-8"))
PROSE = "园区坚持稳中求进工作总基调，持续优化营商环境，着力提升服务效能，推动各项工作取得新的进展和成效。"


def seconds(text: str) -> float:
    """The least processor time of three readings."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        extract_text(text)
        taken.append(time.process_time() - start)
    return min(taken)


def test_prose() -> None:
    text = "\n".join(specimen + PROSE * 2 for entries in GROUPS.values() for specimen, _ in entries) * 2
    assert len(text) / seconds(text) >= 300_000


@pytest.mark.parametrize(
    "piece",
    [
        "1.",
        "1,",
        "x-",
        "*.",
        "增长5%、",
        "产值5亿元增长5%占3%",
        "（5亿元",
        "5亿元“",
        "A、B分别增长5%、6%，",
        "1月、",
        " \n",
        "|税收|5|\n",
        "税收\t5亿元\n",
        "|---",
        "|\n",
        "\t1",
    ],
)
def test_no_quadratic_text(piece: str) -> None:
    short, long = piece * 300, piece * 2_400
    assert seconds(long) < 8 * 3 * max(seconds(short), 0.005)
