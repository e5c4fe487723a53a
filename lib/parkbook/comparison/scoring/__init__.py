"""Scoring by official evaluation frameworks: frameworks as data, twelve families of rules, grades, and what is missing.

    framework = get_framework("huangyan-2022")
    scores = score_table(framework, {"甲": {"亩均税收": Decimal("30")}, …}, types={"甲": "规上"})

`docs/frameworks.md` describes the files and the results.
"""

from parkbook.comparison.scoring.engine import score_table
from parkbook.comparison.scoring.library import frameworks, get_framework, read_framework
from parkbook.comparison.scoring.result import Cell, ColumnScores, ItemScore, Scores, UnitScore, figure
from parkbook.comparison.scoring.schema import Framework, Item

__all__ = [
    "Cell",
    "ColumnScores",
    "Framework",
    "Item",
    "ItemScore",
    "Scores",
    "UnitScore",
    "figure",
    "frameworks",
    "get_framework",
    "read_framework",
    "score_table",
]
