"""The coverage page: what real parks have is counted, what is synthetic is named as such, signs have words."""

from __future__ import annotations

import pytest

from parkbook.briefing.blocks import Paragraph, Table
from parkbook.briefing.coverage_page import (
    SYMBOLS,
    context_table,
    coverage_cover,
    coverage_lead,
    coverage_rows,
    coverage_section,
)
from parkbook.briefing.fragments import block_html
from parkbook.catalogue import catalogue
from parkbook.comparison.coverage import CELL_WORDS, CellState
from parkbook.model import Comparison, ObsStatus, Transformation
from parkbook.observations.read import ParkData
from parkbook.sources.park import Park
from parkbook.workbook.coverage import open_coverage

GROWTH = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
TARGET = {"transformation": Transformation.TARGET}
RANK = {"transformation": Transformation.RANK, "unit": "名次"}
TRADE = {"indicator_id": "total_trade", "reported_label": "进出口总额"}


def park_data(park_id, observations, **fields):
    known = {"id": park_id, "name": f"{park_id}园区", "relation": "third_party"}
    return ParkData(Park.model_validate(known | fields), tuple(observations), ())


@pytest.fixture
def parks(observe):
    """One real park with a value and a target, one with a masked figure, one with a rank; a synthetic one with everything."""
    return {
        "demo": park_data("demo", [observe("1"), observe("2", **TRADE)], synthetic=True),
        "a": park_data("a", [observe("3"), observe("4", **TRADE, **TARGET)]),
        "b": park_data("b", [observe(None, obs_status=ObsStatus.MASKED)]),
        "c": park_data("c", [observe("5", **RANK)]),
    }


def lead(parks):
    (block,) = coverage_lead(coverage_rows(catalogue(), parks), parks)
    assert isinstance(block, Paragraph)
    return block.runs[0].text


def table_of(blocks):
    return next(block for block in blocks if isinstance(block, Table))


def test_only_real_parks_are_counted(parks):
    assert lead(parks) == (
        "共3个园区，来源提及的指标2项，其中1项至少有1个园区有数或有增速。"
        "按园区和指标逐格计：有数1格、只有目标1格、只有位次1格、隐去1格。"
        "另列1个合成示例园区，不计入。没有任何来源提及的格以“·”表示，不等于零。"
    )


def test_without_real_parks_the_synthetic_ones_are_called_so(parks):
    alone = {"demo": parks["demo"]}
    assert lead(alone).startswith("共1个合成示例园区，来源提及的指标2项") and "另列" not in lead(alone)
    cover = coverage_cover(alone)
    assert cover.synthetic and cover.notices == ("示例数据，不反映任何真实园区",)


def test_a_synthetic_column_is_marked_and_a_notice_says_so(parks):
    table = table_of(coverage_section(coverage_rows(catalogue(), parks), parks, "经济运行", ["S1"]))
    assert [column.label for column in table.columns[2:]] == ["a园区", "b园区", "c园区", "demo园区（合成示例）"]
    cover = coverage_cover(parks)
    assert cover.notices == ("根据公开资料整理，非官方文件", "demo园区为合成示例园区，数据不反映任何真实园区")
    assert not cover.synthetic
    assert coverage_cover({"a": parks["a"]}).notices == ("根据公开资料整理，非官方文件",)


def test_every_state_has_a_sign_of_its_own_that_is_in_the_legend_and_read_out(parks):
    assert set(SYMBOLS) == set(CELL_WORDS) == set(CellState)
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)
    table = table_of(coverage_section(coverage_rows(catalogue(), parks), parks, "经济运行", ["S1"]))
    cells = {cell[0].text: cell[0].spoken for row in table.rows for cell in row[2:]}
    assert cells == {"●": "有数", "＊": "隐去", "№": "只有位次", "◇": "只有目标", "·": ""}
    assert all(f"{SYMBOLS[state]}{CELL_WORDS[state]}" in table.notes[0] for state in CellState if state != "none")
    html = block_html(table)
    assert '<span role="img" aria-label="只有目标" title="只有目标">◇</span>' in html
    assert '<span role="img" aria-label="只有位次" title="只有位次">№</span>' in html


def test_a_share_of_the_nation_names_the_nation_and_the_zones_it_is_of(observe):
    share = {
        "transformation": Transformation.SHARE,
        "unit": "%",
        "ref_area": "zones",
        "note": "园区数：219；占全国比重",
    }
    figures = [
        observe("11", period="2017", reported_label="地区生产总值", indicator_id="gdp", parent="全国", **share),
        observe("6", period="2017", reported_label="土地占全省", indicator_id="", parent="全省", **share),
        observe("9", period="2017", reported_label="生产总值占GDP", indicator_id="", parent="全国", **share),
        observe("7", period="2018", reported_label="税收", indicator_id="", **share),
        observe("3", period="2018", reported_label="综合", indicator_id="", ref_area="zones", **RANK),
        observe("4", period="2019", reported_label="综合", indicator_id="", ref_area="x", rank_denominator=9, **RANK),
    ]
    table = table_of(context_table(figures, {"zones": "国家级经开区"}, catalogue()))
    shown = [(row[1][0].text, row[3][0].text) for row in table.rows]
    assert shown == [
        ("地区生产总值占全国比重", "11%"),
        ("土地占全省比重", "6%"),
        ("生产总值占GDP（占全国比重）", "9%"),
        ("税收（占比）", "7%"),
        ("综合（位次）", "第3位"),
        ("综合（位次）", "第4位/9"),
    ]
    assert table.notes == ("各合计所含的园区数：国家级经开区2017年219个、2018年219个",)


def test_the_notes_of_the_context_name_whose_they_are(observe):
    listed = {"indicator_id": "", "reported_label": "合计", "note": "某目录所列开发区数；单位未见", "unit": "个"}
    figures = [observe("9", ref_area="x", unit_inferred=True, **listed), observe("8", ref_area="y")]
    table = table_of(context_table(figures, {"x": "某省", "y": "某市"}, catalogue()))
    assert table.notes == ("下列各数的计量单位为推断（原表未见单位行）：某省", "某省各行为某目录所列开发区数")


def test_the_parks_of_this_repository():
    book = open_coverage({})
    (cover,), (opening,) = book.cover(), book.opening()
    assert cover.notices[0] == "根据公开资料整理，非官方文件" and "合成示例园区" in cover.notices[1]
    words = opening.runs[0].text
    assert words.startswith("共25个园区，") and "另列1个合成示例园区，不计入。" in words
    assert "只有目标5格、只有位次1格" in words
    real = [park for park, data in book.parks.items() if not data.park.synthetic]
    values = sum(row.cells[park].state is CellState.VALUE for row in book.rows for park in real)
    assert f"有数{values}格" in words and values < 130
    said = {row.comparable for row in book.rows if all(row.cells[p].state in ("none", "masked") for p in real)}
    assert "仅1个真实园区提及，数值隐去" in said and "仅1个真实园区有此指标" not in said
    context = table_of(book.context())
    assert "国家级经开区2004年上半年49个、2017年219个" in " ".join(context.notes)
