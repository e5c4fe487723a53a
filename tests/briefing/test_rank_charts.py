"""The charts of comparisons: every park in picture and alt text, nothing for too little, no text outside the drawing."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from parkbook.briefing.rank_charts import HeatCell, Point, RankBand, _shade, heat, quadrant, radar, rank_bands

NAMES = ("北京经济技术开发区", "金融街", "某某园", "中关村示范区")


def points(*figures):
    return [Point(name, Decimal(x), Decimal(y), f"{x}、{y}") for name, (x, y) in zip(NAMES, figures, strict=False)]


def test_rank_bands_tell_rank_and_band():
    chart = rank_bands("名次", [RankBand("甲", 2, 1, 3), RankBand("乙", 1, 1, 1)], 3, meaning="取整误差")
    assert chart.alt == "名次，横条为取整误差：乙第1位；甲第2位（1—3）"
    assert chart.caption == "名次（横条为取整误差）"
    assert rank_bands("名次", [RankBand("甲", 1, 1, 1)], 1, meaning="取整误差") is None


def test_many_parks_are_cut_and_counted():
    chart = rank_bands("名次", [RankBand(f"园{i}", i, i, i) for i in range(1, 61)], 60, meaning="扰动")
    assert "园40第40位；其余20个略" in chart.alt and "园41" not in chart.alt


def test_quadrant_names_all_and_hollow_points():
    chart = quadrant("规模与增速", points((100, 5), (20, -3), (50, 8)), ("规模", "增速"), (Decimal(50), Decimal(5)))
    assert all(name in chart.alt for name in NAMES[:3])
    assert "空心点为同比下降" in chart.caption
    rising = quadrant("规模与增速", points((100, 5), (20, 3), (50, 8)), ("规模", "增速"), (Decimal(50), Decimal(5)))
    assert "空心点" not in rising.caption
    assert quadrant("规模与增速", points((1, 1), (2, 2)), ("", ""), (Decimal(1), Decimal(1))) is None


@pytest.mark.parametrize("figures", [((1, 1), (1, 1), (1, 1), (1, 1)), ((0, 0), (-5, 3), (7, -2), (9, 9)), ((1, 1), (10, 1), (1000, 1), (20, 1))])  # fmt: skip
def test_quadrant_draws_any_figures(figures):
    """Points on one spot, below zero, and over three magnitudes."""
    assert "<svg" in quadrant("图", points(*figures), ("规模", "增速"), (Decimal(1), Decimal(1))).svg


def test_heat_has_a_reason_where_there_is_no_rank():
    chart = heat(
        "名次总览", ["甲", "乙"], ["收入\n同比增速"], [[HeatCell(Decimal(1), "1/2")], [HeatCell(None, "原文隐去")]]
    )
    assert chart.alt == "名次总览。甲：收入同比增速1/2；乙：收入同比增速原文隐去"
    assert "url(#" in chart.svg  # a hatch for what is not comparable
    assert heat("名次总览", ["甲"], ["收入"], [[HeatCell(Decimal(1), "1/1")]]) is None


def test_shades_keep_their_order_in_grey():
    def grey(colour):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [grey(_shade(share / 10)) for share in range(11)]
    assert greys == sorted(greys, reverse=True) and greys[0] - greys[-1] > 150


def test_radar_needs_three_groups():
    scores = [("甲", [10.0, 50.0, 90.0]), ("乙", [90.0, 50.0, 10.0])]
    chart = radar("分组得分", ["经济", "投资", "创新"], scores)
    assert "甲经济10.0分，投资50.0分，创新90.0分" in chart.alt
    assert radar("分组得分", ["经济", "投资"], [("甲", [1.0, 2.0])]) is None


def test_the_same_data_give_the_same_picture():
    def draw():
        return quadrant("图", points((100, 5), (20, -3), (50, 8)), ("规模", "增速"), (Decimal(50), Decimal(5))).svg

    assert draw() == draw()
    assert not re.search(r"<text|font-family|<!--", draw())
