"""The bulletin of a comparison: totals as published, tables in the order asked for, nothing added up, nobody blamed."""

from __future__ import annotations

import re

import pytest

from parkbook.briefing.blocks import Bullets, Cover, Heading, Paragraph, Table
from parkbook.briefing.bulletin import SHOWS, bulletin_blocks, bulletin_title
from parkbook.briefing.comparison_view import ComparisonView
from parkbook.briefing.kinds import comparison_outline, outlines, read_outline
from parkbook.catalogue import catalogue
from parkbook.errors import UnknownCodeError
from parkbook.model import Comparison, Transformation
from parkbook.observations.read import ParkData
from parkbook.periods import parse_period
from parkbook.project import data_directory
from parkbook.sources.park import Park
from parkbook.workbook import open_comparison

PERIOD = parse_period("2024")
YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
INDICATOR = "gross_industrial_output"


def words(block):
    runs = block.runs if isinstance(block, Paragraph) else [run for item in getattr(block, "items", ()) for run in item]
    return "".join(run.text for run in runs) or getattr(block, "text", "")


def column(table, place):
    return ["".join(run.text for run in row[place]) for row in table.rows]


def view_of(observe, values, **fields):
    """Parks with an output: name to (level, growth), each a text or None."""
    parks = {}
    for name, (level, rate) in values.items():
        found = [observe(level, period="2024", ref_area=name)] if level else []
        found += [observe(rate, period="2024", ref_area=name, locator="表2", **YOY)] if rate else []
        known = {"id": name, "name": f"{name}园区", "relation": "third_party", "type": "high_tech", "level": "national"}
        parks[name] = ParkData(Park.model_validate(known), tuple(found), ())
    return ComparisonView("某某园区比较", parks, catalogue(), [catalogue().get(INDICATOR)], PERIOD, **fields)


@pytest.fixture
def outline():
    found = comparison_outline("bulletin")
    assert found is not None
    return found


def test_every_outline_of_a_group_can_be_shown():
    for path in (data_directory() / "outlines" / "comparison").glob("*.yaml"):
        outline = read_outline(path)
        assert outline.relation == "group" and {part.show for part in outline.parts} <= set(SHOWS)
        assert "{group}" in outline.title and path.stem == outline.id


def test_it_is_chosen_by_id_or_name_and_no_kind_of_a_park():
    assert comparison_outline("通报") == comparison_outline("bulletin") and comparison_outline("") is None
    assert "bulletin" not in outlines()
    with pytest.raises(UnknownCodeError, match=r"没有名为“通告”的文种；.*bulletin（通报）"):
        comparison_outline("通告")


def test_rows_go_from_the_slowest_to_the_fastest_and_the_unranked_come_last(observe, outline):
    values = {"a": ("10", "5"), "b": ("30", "-2.5"), "c": ("20", None), "d": ("40", "12")}
    blocks = bulletin_blocks(view_of(observe, values), outline)
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert column(table, 0) == ["b园区", "a园区", "d园区", "c园区"]
    assert column(table, 3) == ["▼2.5%", "▲5%", "▲12%", "—"]
    assert column(table, 4) == ["3/3", "2/3", "1/3", "—"]
    assert "各园区按同比增速由低到高排列，无同比增速名次的列在最后" in table.notes


def test_without_growth_rows_go_by_value_and_the_order_is_the_outlines(observe, outline):
    view = view_of(observe, {"a": ("10", None), "b": ("30", None), "c": ("20", None)})
    for order, names, said in (
        ("ascending", ["a园区", "c园区", "b园区"], "各园区按数值由低到高排列"),
        ("descending", ["b园区", "c园区", "a园区"], "各园区按数值由高到低排列"),
    ):
        parts = tuple(part.model_copy(update={"order": order}) for part in outline.parts)
        blocks = bulletin_blocks(view, outline.model_copy(update={"parts": parts}))
        (table,) = (block for block in blocks if isinstance(block, Table))
        assert column(table, 0) == names and said in table.notes


@pytest.mark.parametrize(
    ("overlapping", "why"), [(True, "范围相互重叠，不能相加"), (False, "不另行相加"), (None, "是否重叠不详，不相加")]
)
def test_no_total_is_made_up(observe, outline, overlapping, why):
    blocks = bulletin_blocks(view_of(observe, {"a": ("10", "5"), "b": ("30", "6")}, overlapping=overlapping), outline)
    assert any("未见公布的合计数" in words(block) and why in words(block) for block in blocks)
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert column(table, 0) == ["a园区", "b园区"]
    assert not any(re.search("40(?!%)", words(block)) for block in blocks)


def test_a_group_without_anything_in_common_says_so(observe, outline):
    view = view_of(observe, {"a": (None, None), "b": (None, None)})
    empty = ComparisonView(view.title, view.parks, view.catalogue, [], PERIOD)
    assert bulletin_blocks(empty, outline) == []


def test_the_bulletin_of_the_six_zones():
    book = open_comparison({"kind": "通报"})
    (cover,) = book.cover()
    assert isinstance(cover, Cover)
    assert cover.title == "北京市六大高端产业功能区2016年上半年主要指标比较通报（公开数据）"
    assert "根据公开资料整理，非官方文件" in cover.notices and not cover.letterhead and not cover.signature
    blocks = [*book.opening(), *book.indicators(), *book.part("positions", "firmness"), *book.checks()]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings[:3] == ["一、公布的合计", "二、分指标情况", "（一）收入合计"]
    totals = next(block for block in blocks if isinstance(block, Bullets))
    assert words(totals).startswith("“六高”合计(剔重)：收入合计28811.4亿元（单位为推断），同比增长6.9%。")
    table = next(block for block in blocks if isinstance(block, Table))
    assert column(table, 0)[0] == "“六高”合计(剔重)" and column(table, 4)[0] == "—"
    assert column(table, 0)[1] == "北京商务中心区" and column(table, 4)[1] == "6/6"
    told = "".join(words(block) for block in blocks)
    assert told.count("28811.4") == 1  # the table has it on top, the text says it once
    assert (
        "6个可比园区中，3个同比下降：北京商务中心区下降8.3%、金融街下降8.2%、奥林匹克中心区下降2.8%；"
        "3个同比增长，增速最高的是北京经济技术开发区，增长17.9%。"
        "数值最低的是奥林匹克中心区，为1549.9亿元（单位为推断）；最高的是中关村示范区，为18351.5亿元。"
    ) in told
    assert table.source_line == "数据来源：公布数，出处见文末"
    assert not re.search("存在问题|不足|落后|差距较大|要求|务必|我区|我园", told)


def test_a_title_that_is_given_is_kept(observe, outline):
    assert open_comparison({"kind": "bulletin", "title": "六区情况"}).cover()[0].title == "六区情况"
    view = view_of(observe, {"a": ("10", None), "b": ("30", None)})
    assert bulletin_title(view, outline) == "某某园区2024年主要指标比较通报（公开数据）"
    assert open_comparison({}).cover()[0].title == "北京市六大高端产业功能区比较"


def said_of(observe, outline, values, order):
    parts = tuple(part.model_copy(update={"order": order}) for part in outline.parts)
    blocks = bulletin_blocks(view_of(observe, values), outline.model_copy(update={"parts": parts}))
    return next(words(block) for block in blocks if isinstance(block, Paragraph) and "可比园区" in words(block))


def test_the_text_goes_the_way_of_the_table(observe, outline):
    values = {"a": ("10", "5"), "b": ("30", "-2.5"), "c": ("20", "0"), "d": ("40", "-1")}
    assert said_of(observe, outline, values, "ascending") == (
        "4个可比园区中，2个同比下降：b园区下降2.5%、d园区下降1%；1个同比持平；1个同比增长，增速最高的是a园区，增长5%。"
        "数值最低的是a园区，为10亿元；最高的是d园区，为40亿元。"
    )
    assert said_of(observe, outline, values, "descending") == (
        "4个可比园区中，1个同比增长，增速最高的是a园区，增长5%；1个同比持平；2个同比下降：d园区下降1%、b园区下降2.5%。"
        "数值最高的是d园区，为40亿元；最低的是a园区，为10亿元。"
    )


def test_many_falls_are_counted_and_shared_ends_name_all(observe, outline):
    values = {"a": ("10", "-3"), "b": ("30", "-3"), "c": ("10", "-1"), "d": ("20", "-2")}
    assert said_of(observe, outline, values, "ascending") == (
        "4个可比园区中，4个同比下降，降幅最大的是a园区、b园区，均下降3%。"
        "数值最低的是a园区、c园区，均为10亿元；最高的是b园区，为30亿元。"
    )
    same = {"a": ("10", None), "b": ("10", None)}
    blocks = bulletin_blocks(view_of(observe, same), outline)
    assert any("2个可比园区数值相同，均为10亿元。" in words(block) for block in blocks if isinstance(block, Paragraph))
