"""No text makes reading quadratic. How fast reports are read: `build/bench_text.py`."""

from __future__ import annotations

import time

import pytest

from parkbook.sources.text.extract import extract_text


def seconds(text: str) -> float:
    """The least processor time of three readings."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        extract_text(text)
        taken.append(time.process_time() - start)
    return min(taken)


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
