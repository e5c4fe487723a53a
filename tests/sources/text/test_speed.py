"""At least 300,000 characters of prose a second and core, and no text that makes reading quadratic."""

from __future__ import annotations

import subprocess
import sys
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


FRESH = """
import sys, time
from parkbook.sources.text.extract import extract_text
extract_text("园区完成营业收入3亿元。")
text = sys.stdin.buffer.read().decode("utf-8")
start = time.process_time()
extract_text(text)
print(time.process_time() - start)
"""
"""A first reading: the catalogue is loaded, nothing of the text has been seen."""


def test_prose() -> None:
    """The best of three fresh processes, for other work on the machine slows each."""
    text = "\n".join(specimen + PROSE * 2 for entries in GROUPS.values() for specimen, _ in entries)
    taken = [
        float(
            subprocess.run([sys.executable, "-c", FRESH], input=text.encode(), capture_output=True, check=True).stdout
        )
        for _ in range(3)
    ]
    assert len(text) / min(taken) >= 300_000


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
        "项目进展顺利；",
        "项目进展顺利。该项目完成投资5亿元。",
    ],
)
def test_no_quadratic_text(piece: str) -> None:
    short, long = piece * 300, piece * 2_400
    assert seconds(long) < 8 * 3 * max(seconds(short), 0.005)
