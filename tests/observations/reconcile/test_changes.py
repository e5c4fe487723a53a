"""A change against its level and its growth, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parkbook.catalogue import Catalogue, catalogue
from parkbook.errors import Severity
from parkbook.model import Comparison, Observation, PriceBasis, Source, SourceKind, Transformation
from parkbook.observations.reconcile import AuditFinding, Certainty, Identities, reconcile
from parkbook.sources.text.extract import extract_file

Figure = Callable[..., Observation]
CHANGE, GROWTH = Transformation.CHANGE, Transformation.GROWTH
YOY = {"comparison": Comparison.YOY}


def changes(figures: list[Observation], known: Catalogue) -> list[AuditFinding]:
    found = reconcile(figures, known, Identities()).findings
    return [item for item in found if item.finding.code == "growth_change"]


def three(
    say: Figure, indicator: str, level: str, growth: str, change: str, text: str = "比上年增加", **given: Any
) -> list[Observation]:
    return [
        say(indicator, level),
        say(indicator, growth, GROWTH, **YOY | given),
        say(indicator, change, CHANGE, source_text=f"{level}，{text}{change}", **YOY),
    ]


def test_a_change_of_a_sentence_is_held_against_level_and_growth(tmp_path: Path) -> None:
    """44.5 / 1.105 = 40.27 and 45.5 / 1.095 = 41.55; 44.5 (1 - 1/1.095) = 3.86 and 45.5 (1 - 1/1.105) = 4.32; 19.5 - 4.32 = 15.18."""
    path = tmp_path / "report.txt"
    path.write_text("园区2025年工作总结\n\n2025年，固定资产投资45亿元，增长10%，比上年增加20亿元。\n", encoding="utf-8")
    [item] = changes([figure.observation for figure in extract_file(path, "alpha").figures], catalogue())
    assert (item.finding.severity, item.certainty) == (Severity.WARNING, Certainty.LIKELY)
    assert item.finding.what == "固定资产投资 2025年 的增减额与数值和增速不符"
    assert item.finding.expected == "增加 3.86—4.32亿元（45亿元，增长10%，上年同期应为 40.3—41.6亿元）"
    assert item.finding.found == "增加 20亿元，至少相差 15.18亿元"
    assert [o.transformation for o in item.observations] == [CHANGE, Transformation.LEVEL, GROWTH]


@pytest.mark.parametrize(
    ("indicator", "level", "growth", "change"),
    [
        ("output", "45亿元", "10%", "4亿元"),
        ("output", "45.0亿元", "10.0%", "40900万元"),  # 4.07 to 4.11
        ("output", "18.0亿元", "-10.0%", "-2.0亿元"),
        ("output", "9.3亿元", "1.7倍", "5.9亿元"),
        ("smes", "120家", "20%", "20家"),
        ("output", "45亿元", "10%", "3.3百分点"),  # of the growth, not of the level
    ],
)
def test_changes_that_fit(say: Figure, known: Catalogue, indicator: str, level: str, growth: str, change: str) -> None:
    assert changes(three(say, indicator, level, growth, change), known) == []


def test_things_without_a_price_are_certain(say: Figure, known: Catalogue) -> None:
    """120 / 1.205 = 99.6 and 120 / 1.195 = 100.4: 100, so 20 more; rounding allows 20.41."""
    [item] = changes(three(say, "smes", "120家", "20%", "30家"), known)
    assert (item.finding.severity, item.certainty) == (Severity.WARNING, Certainty.CERTAIN)
    assert item.finding.expected == "增加 20家（120家，增长20%，上年同期应为 100家）"


def test_prices_may_explain_a_small_difference_of_money(say: Figure, known: Catalogue) -> None:
    """5 / 4.5 is 11.1 % and not 15.2 %; no price makes 200 % of it, nor a rise of a fall."""
    [item] = changes(three(say, "output", "5.0亿元", "15.2%", "0.5亿元"), known)
    assert (item.finding.severity, item.certainty) == (Severity.NOTE, Certainty.POSSIBLE)
    [fall] = changes(three(say, "output", "5.0亿元", "-10.0%", "0.5亿元"), known)
    assert (fall.finding.severity, fall.certainty) == (Severity.WARNING, Certainty.LIKELY)
    assert fall.finding.expected.startswith("减少 0.54")
    [more] = changes(three(say, "output", "5.0亿元", "10.0%", "8.0亿元"), known)
    assert more.finding.severity is Severity.WARNING
    [stated] = changes(three(say, "output", "5.0亿元", "10.0%", "4.0亿元", price_basis=PriceBasis.CONSTANT), known)
    assert stated.finding.severity is Severity.NOTE


@pytest.mark.parametrize("text", ["比年初增加", "比上年末增加", "环比增加", "比全区平均多", "增加"])
def test_changes_over_something_else_are_not_compared(say: Figure, known: Catalogue, text: str) -> None:
    assert changes(three(say, "output", "45亿元", "10%", "20亿元", text), known) == []


def test_a_level_that_is_not_sure_is_not_compared(say: Figure, known: Catalogue) -> None:
    level, growth, change = three(say, "output", "45亿元", "10%", "20亿元")
    assert changes([growth, change], known) == []
    assert changes([level, change], known) == []
    assert changes([level, say("output", "60亿元"), growth, change], known) == []
    other = Source(source_id="another", kind=SourceKind.REPORT)
    assert changes([level, say("output", "10%", GROWTH, source=other, **YOY), change], known) == []
