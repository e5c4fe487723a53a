"""Row labels: 序号, 其中 and indentation."""

from __future__ import annotations

import pytest

from parkbook.sources.grid import Cell
from parkbook.sources.rows import Family, read_label


@pytest.mark.parametrize(
    ("printed", "bare", "part"),
    [
        ("规上工业总产值", "规上工业总产值", False),
        ("一、规上工业总产值", "规上工业总产值", False),
        ("（二）固定资产投资", "固定资产投资", False),
        ("1.工业投资", "工业投资", False),
        ("①工业投资", "工业投资", False),
        ("5G基站数", "5G基站数", False),
        ("2025年计划", "2025年计划", False),
        ("1.5公里道路", "1.5公里道路", False),
        ("其中：工业投资", "工业投资", True),
        ("  其中： 1.工业投资", "工业投资", True),
        ("　　＃工业投资", "工业投资", True),
        ("其中", "其中", True),
    ],
)
def test_labels(printed: str, bare: str, part: bool) -> None:
    label = read_label(Cell(1, 1, printed))
    assert (label.bare, label.says_part) == (bare, part)


@pytest.mark.parametrize(
    ("rows", "parents"),
    [
        (["总额", "其中：甲", "乙"], ["", "总额", ""]),
        (["总额", "其中：甲", "其中：乙"], ["", "总额", "总额"]),
        (["总额", "  其中：甲", "        乙", "另"], ["", "总额", "总额", ""]),
        (["总额", "  其中：甲", "    其中：甲一", "  其中：乙"], ["", "总额", "甲", "总额"]),
        (["总额", "  甲", "    甲一", "  乙", "另额"], ["", "总额", "甲", "总额", ""]),
        (["  甲", "  乙"], ["", ""]),
        (["其中：甲"], [""]),
    ],
)
def test_parents(rows: list[str], parents: list[str]) -> None:
    family = Family()
    assert [family.parent_of(read_label(Cell(1, 1, row))) for row in rows] == parents


def test_excel_indent_counts() -> None:
    family = Family()
    family.parent_of(read_label(Cell(1, 1, "总额")))
    assert family.parent_of(read_label(Cell(2, 1, "甲", indent=1))) == "总额"
