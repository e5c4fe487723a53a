"""Titles broken between words; columns that leave figures whole."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from parkbook.export.measure import (
    ColumnContent,
    breakable,
    column_parts,
    column_widths,
    greatest_width,
    text_width,
    title_lines,
)
from parkbook.fonts import font_directory


@pytest.mark.parametrize(("title", "names", "lines"), [
    ("齐鲁软件园2025年公开数据概览", ["齐鲁软件园"], ["齐鲁软件园2025年公开数据概览"]),
    ("齐鲁软件园2025年上半年主要经济指标公开数据概览", ["齐鲁软件园"], ["齐鲁软件园2025年上半年", "主要经济指标公开数据概览"]),
    ("宁波市海曙区望春工业园区管委会2023年工作情况汇报", ["望春工业园区"], ["宁波市海曙区望春工业园区", "管委会2023年工作情况汇报"]),
    ("示例高新技术产业园2025年1—9月经济运行情况分析", ["示例高新技术产业园", "2025年1—9月"], ["示例高新技术产业园", "2025年1—9月经济运行情况分析"]),
    ("", [], []),
    ("A very long Latin title with Words inside it and more", [], ["A very long Latin title with", "Words inside it and more"]),
])  # fmt: skip
def test_titles_break_between_words(title: str, names: list[str], lines: list[str]) -> None:
    assert title_lines(title, 20.1, names) == lines


@pytest.mark.parametrize(
    "title", ["园" * 75, "abc" * 60, "#$@<]" * 40, "的" * 50, "（甲）" * 30, " ".join("词" * 40), "园区，" * 40]
)
def test_no_title_is_lost_or_too_wide(title: str) -> None:
    lines = title_lines(title, 20.1)
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(text_width(line) <= 20.1 for line in lines)


def column(header: str, cells: list[str], figures: bool = False, weight: float = 1.0) -> ColumnContent:
    return ColumnContent(header, cells, figures, weight)


def test_columns_fill_the_width_and_hold_their_figures() -> None:
    columns = [
        column("指标", ["很长很长的指标名称" * 4]),
        column("绝对量", ["1234567.8"], figures=True),
        column("同比", ["-12.4"], figures=True),
    ]
    size, widths = column_widths(columns)
    assert sum(widths) * size == pytest.approx(442.2)
    assert widths[1] >= text_width("1234567.8") and widths[0] > widths[1]


def test_what_is_left_goes_by_the_declared_weights() -> None:
    size, widths = column_widths([column("甲", ["一"], weight=3), column("乙", ["二"], weight=1)])
    assert size == 12
    assert (widths[0] - 1.8) / (widths[1] - 1.8) == pytest.approx(3, rel=0.01)


def test_many_columns_make_the_type_smaller() -> None:
    columns = [column(f"列{place}", ["12345.67"], figures=True) for place in range(12)]
    size, widths = column_widths(columns)
    assert size < 10.5 and len(widths) == 12
    assert column_widths(columns * 4).size == 9


def test_cells_on_four_lines_are_not_bought_with_large_type() -> None:
    columns = [column(f"列{place}", ["十个汉字的一段话在此"]) for place in range(7)]
    size, widths = column_widths(columns)
    assert size == 10.5 and min(widths) > 5


def test_a_figure_may_be_parted_before_its_bracket() -> None:
    _, widths = column_widths([column(f"列{place}", ["113.82亿元（112.46亿元）"], figures=True) for place in range(6)])
    assert min(widths) >= text_width("（112.46亿元）")


def test_columns_part_evenly_and_pairs_stay_together() -> None:
    headers = ["指标", "数值", "同比", "当月", "当月同比", "年度目标", "完成率", "与目标之差", "其他"]
    columns = [column(header, ["12345.6亿元"], figures=place > 0) for place, header in enumerate(headers)]
    assert column_parts(columns) == [[0, 1, 2, 3, 4], [0, 5, 6, 7, 8]]
    assert column_parts(columns[:4]) == [[0, 1, 2, 3]]


def test_long_words_can_be_broken() -> None:
    opened = breakable("见 https://example.org/abcdefghijklmnop 处", 6)
    assert opened.replace("\u200b", "") == "见 https://example.org/abcdefghijklmnop 处"
    assert all(text_width(part) <= 6 for part in opened.split()[1].split("\u200b"))
    assert breakable("短 word", 6) == "短 word"


def test_no_character_of_the_faces_is_wider_than_its_greatest_width():
    """A row that is said to be one line high is not measured again: a character wider than said would fall out of it."""
    for file in font_directory().glob("*.ttf"):
        with TTFont(file, lazy=True) as face:
            units, widths = face["head"].unitsPerEm, face["hmtx"]
            advances = {chr(code): widths[glyph][0] / units for code, glyph in face.getBestCmap().items()}
        wider = [character for character, width in advances.items() if width > greatest_width(character) + 0.05]
        assert not wider, (file.name, wider[:5])
