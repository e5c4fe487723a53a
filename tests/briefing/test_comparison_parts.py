"""The parts of the comparison page: sentences and tables against values computed by hand, for the six zones of Beijing too."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from parkbook.briefing.blocks import Bullets, Figure, Heading, Table
from parkbook.briefing.comparison_page import comparison_blocks
from parkbook.briefing.comparison_parts import coverage_part, firmness_part, overview_part, positions_part
from parkbook.briefing.comparison_view import ComparisonView, source_line
from parkbook.briefing.composite_part import composite_part
from parkbook.briefing.peers_part import peers_part
from parkbook.briefing.view import park_view
from parkbook.catalogue import catalogue
from parkbook.comparison.composite.figures import parse_weights, too_little, usable
from parkbook.comparison.declared import declared_comparisons
from parkbook.errors import ParameterError
from parkbook.model import Comparison, ObsStatus, SourceKind, Transformation
from parkbook.observations.read import ParkData, read_park
from parkbook.parameters import ParameterValues
from parkbook.periods import parse_period
from parkbook.sources.park import Park

PERIOD = parse_period("2024")
YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}


def park_data(park_id, observations, **fields):
    known = {
        "id": park_id,
        "name": f"{park_id}园区",
        "relation": "third_party",
        "type": "high_tech",
        "level": "national",
    }
    return ParkData(Park.model_validate(known | fields), tuple(observations), ())


def view_of(parks, indicators, **fields):
    chosen = [catalogue().get(indicator) for indicator in indicators]
    return ComparisonView("比较", parks, catalogue(), chosen, PERIOD, **fields)


def text(blocks):
    """All words of the blocks, a table row a line."""
    lines = []
    for block in blocks:
        if isinstance(block, Table):
            lines += [block.caption, *("|".join("".join(r.text for r in cell) for cell in row) for row in block.rows)]
            lines += block.notes
        elif isinstance(block, Bullets):
            lines += ["".join(run.text for run in item) for item in block.items]
        elif isinstance(block, Figure):
            lines += [block.caption, block.alt]
        elif isinstance(block, Heading):
            lines.append(block.text)
        else:
            lines.append("".join(run.text for run in block.runs))
    return "\n".join(lines)


def levels_and_rates(observe, values):
    """Parks with gross_industrial_output: name to (level, rate)."""
    return {
        name: park_data(
            name,
            [
                *([observe(level, period="2024", ref_area=name)] if level else []),
                *([observe(rate, period="2024", ref_area=name, locator="表2", **YOY)] if rate else []),
            ],
        )
        for name, (level, rate) in values.items()
    }


FOUR = {"a": ("100", "10"), "b": ("50", "-5"), "c": ("12.3", "2"), "d": ("12.30", "30")}


@pytest.fixture
def four(observe):
    return view_of(levels_and_rates(observe, FOUR), ["gross_industrial_output"], overlapping=False)


# --- positions ------------------------------------------------------------------------------------------------------


def test_positions_by_hand(four):
    told = text(positions_part(four))
    assert "工业总产值：4个可比园区的中位数为31.15亿元。" in told
    assert "a园区|100亿元|1/4|3/3（100%）|高68.85亿元|—" in told
    assert "c园区|12.3亿元|3/4|0/3（17%，并列1个）|低18.85亿元|低87.70亿元" in told
    assert "b园区|▼5%|4/4|0/3（0%）|低11个百分点|低35个百分点" in told


def test_the_growth_of_the_group_is_added_where_the_parks_do_not_overlap(four):
    # 174.6 over 100/1.1 + 50/0.95 + 12.3/1.02 + 12.3/1.3 = 165.062
    told = text(positions_part(four))
    assert "4个园区按总量合成，以各自公布的同比增速还原上年同期数，合计同比增长5.8%" in told
    assert "同比增速：4个可比园区的中位数为增长6%" in told


@pytest.mark.parametrize(
    ("overlapping", "words"),
    [(True, "各园区的范围相互重叠，不按总量合成"), (None, "各园区的范围是否重叠未载明，不按总量合成")],
)
def test_overlapping_parks_are_not_added(observe, overlapping, words):
    view = view_of(levels_and_rates(observe, FOUR), ["gross_industrial_output"], overlapping=overlapping)
    assert words in text(positions_part(view))


def test_every_number_leads_to_its_figures(four):
    for block in positions_part(four):
        rows = block.rows if isinstance(block, Table) else [block.items]
        refs = [run.ref for row in rows for cell in row for run in cell if run.ref]
        assert refs and set(refs) <= set(block.refs)
    table = next(block for block in positions_part(four) if isinstance(block, Table))
    gap = table.refs[table.rows[0][4][0].ref]
    assert gap.formula == "该园区 − 中位数（含该园区）" and len(gap.inputs) == 4


def test_two_parks_have_no_position(observe):
    parks = levels_and_rates(observe, {name: FOUR[name] for name in "ab"})
    assert positions_part(view_of(parks, ["gross_industrial_output"])) == []


def of_types(observe, types):
    """Parks of these types with outputs 100, 90, 80 …, the first the largest."""
    parks = {
        name: park_data(name, [observe(str(100 - 10 * k), period="2024", ref_area=name)], type=kind)
        for k, (name, kind) in enumerate(zip("abcdefg", types, strict=False))
    }
    return view_of(parks, ["gross_industrial_output"])


def test_a_rank_among_its_like_names_the_type(observe):
    told = text(positions_part(of_types(observe, ["software", "bonded", "software", "high_tech", "software"])))
    assert "a园区|100亿元|1/5|1/3|" in told and "c园区|80亿元|3/5|2/3|" in told and "e园区|60亿元|5/5|3/3|" in told
    assert "b园区|90亿元|2/5|—|" in told
    assert "同类位次为同一类型的可比园区之间的名次，类型为软件园（3个）；“—”为同类的可比园区不足3个或类型未载明" in told


def test_two_types_of_three_parks_need_no_dash(observe):
    told = text(positions_part(of_types(observe, ["software"] * 3 + ["bonded"] * 3)))
    assert "类型为软件园（3个）、保税区（3个）" in told and "不足3个" not in told


@pytest.mark.parametrize(
    "types",
    [["software"] * 5 + ["bonded"], ["software"] * 4, ["software", "software", "bonded", "bonded"], ["unstated"] * 6],
)
def test_a_class_that_tells_nothing_more_has_no_column(observe, types):
    told = text(positions_part(of_types(observe, types)))
    assert "a园区|100亿元|1/" in told and "同类位次" not in told


def test_a_source_is_named_only_where_it_is_one_and_known(observe):
    one, other = (replace(observe("1").source, publisher=publisher) for publisher in ("某市统计局", "某区管委会"))
    ledger = replace(one, kind=SourceKind.LEDGER)
    assert source_line([observe("1", source=one)] * 2) == "数据来源：某市统计局公布数，出处见文末"
    assert source_line([observe("1", source=one), observe("2", source=other)]) == "数据来源：公布数，出处见文末"
    assert source_line([observe("1")]) == "数据来源：公布数，出处见文末"
    assert source_line([observe("1", source=one), observe("2", source=ledger)]) == "数据出处见文末"


# --- firmness -------------------------------------------------------------------------------------------------------


def test_ranks_that_rounding_may_change_are_told(four):
    blocks = firmness_part(four)
    told = text(blocks)
    # 12.3 and 12.30 are 12.25 to 12.35 and 12.295 to 12.305: both share rank 3 and may be 3 or 4
    assert (
        "工业总产值：在取整误差之内，c园区第3位可能为第3至4位，d园区第3位可能为第3至4位，其余名次不变；c园区、d园区数值相同，并列第3位"
        in told
    )
    assert (
        "同比增速：4个园区的名次都不会因公布数取整而改变；相邻名次中差距最小的是c园区（第3位）与b园区（第4位），相差7个百分点"
        in told
    )
    (chart,) = [block for block in blocks if isinstance(block, Figure)]
    assert "c园区第3位（3—4）" in chart.alt
    main = text(comparison_blocks(four, catalogue().get("gross_industrial_output"), 0))
    assert "c园区|12.3亿元|3/4（3—4）|" in main and "a园区|100亿元|1/4|" in main
    assert "位次后括号内为公布数的取整误差可能造成的名次" in main


def test_firm_ranks_say_so(observe):
    view = view_of(levels_and_rates(observe, {n: FOUR[n] for n in "abc"}), ["gross_industrial_output"])
    assert not any(isinstance(block, Figure) for block in firmness_part(view))
    assert "各位次都不受公布数取整的影响" in text(comparison_blocks(view, view.indicators[0], 0))


def test_another_year_is_shown_as_such(observe):
    parks = levels_and_rates(observe, {n: FOUR[n] for n in "ab"})
    parks["x"] = park_data("x", [observe("77", period="2022", ref_area="x")])
    told = text(
        comparison_blocks(view_of(parks, ["gross_industrial_output"]), catalogue().get("gross_industrial_output"), 0)
    )
    assert "x园区2022年工业总产值77亿元（年份不同，列出供参考，不参与排名）。" in told
    assert "1/2" in told and "1/3" not in told


def test_more_than_ten_indicators_have_numbers(four):
    assert comparison_blocks(four, four.indicators[0], 10)[0].text == "十一、工业总产值"
    assert comparison_blocks(four, four.indicators[0], 20)[0].text == "二十一、工业总产值"


# --- overview and coverage ------------------------------------------------------------------------------------------


def test_the_quadrant_names_every_park_once(four):
    blocks = overview_part(four)
    words = blocks[0].runs[0].text
    assert words == (
        "工业总产值：规模和增速都高于中位数的有a园区；规模高于、增速不高于中位数的有b园区；"
        "规模不高于、增速高于中位数的有d园区；规模和增速都不高于中位数的有c园区。"
    )
    assert "a园区100亿元、同比增长10%" in blocks[1].alt and "b园区50亿元、同比下降5%" in blocks[1].alt


def test_the_heat_table_appears_with_three_rankings(observe):
    parks = levels_and_rates(observe, FOUR)
    trade = {"period": "2024", "indicator_id": "total_trade", "locator": "表9"}
    parks["a"] = park_data("a", [*parks["a"].observations, observe("5", ref_area="a", **trade)])
    parks["b"] = park_data("b", [*parks["b"].observations, observe("7", ref_area="b", **trade)])
    view = view_of(parks, ["gross_industrial_output", "total_trade"])
    heat = next(block for block in overview_part(view) if isinstance(block, Figure))
    assert "a园区：工业总产值1/4，工业总产值同比增速2/4，进出口总额2/2" in heat.alt
    assert "c园区：工业总产值3/4，工业总产值同比增速3/4，进出口总额未见该指标" in heat.alt


def test_coverage_says_value_masked_and_nothing(observe):
    parks = levels_and_rates(observe, {"a": ("1", "2"), "b": (None, "3")})
    parks["c"] = park_data("c", [observe(None, period="2024", ref_area="c", obs_status=ObsStatus.MASKED)])
    parks["d"] = park_data("d", [observe("9", period="2023", ref_area="d")])
    (table,) = coverage_part(view_of(parks, ["gross_industrial_output"]))
    assert "工业总产值|有数|只有增速|隐去|—" in text([table])


# --- composite ------------------------------------------------------------------------------------------------------

IDS = ("gross_industrial_output", "fixed_asset_investment", "total_trade")


def twelve(observe, holes=()):
    """Twelve parks whose figures differ by known steps; a hole has no figure."""
    parks = {}
    for k in range(12):
        name = f"p{k:02d}"
        numbers = ((k * 7) % 12 + 1, (k * 5) % 12 + 1, k + 1)
        parks[name] = park_data(
            name,
            [
                observe(
                    str(number * 10), period="2024", ref_area=name, indicator_id=indicator, locator=f"表{indicator}"
                )
                for indicator, number in zip(IDS, numbers, strict=True)
                if (k, indicator) not in holes
            ],
        )
    return parks


def test_a_composite_by_hand(observe):
    view = view_of(twelve(observe), IDS)
    told = text(composite_part(view))
    # p11: ((77 % 12) + (55 % 12) + 11) / 3 of 11 = (5 + 7 + 11) / 33; p09: 63 % 12 = 3, 45 % 12 = 9, 9; p07: 1, 11, 7; p05: 11, 1, 5
    assert "p11园区|69.7|1/12|" in told
    assert "p00园区|0.0|12/12|" in told
    assert "只供分析用，不是官方考核结果" in told
    assert "等权：" in told and told.count("33.33%") == 3
    assert "配方（可据此重算）" in told
    assert "权重扰动" in told and "换用方法" in told and "去掉一项指标后名次的变化" in told and "去掉一个园区" in told


def test_the_printed_recipe_rebuilds_the_scores(observe):
    from parkbook.comparison.composite import Recipe, build
    from parkbook.comparison.composite.figures import matrix_of

    view = view_of(twelve(observe), IDS, weights="entropy")
    printed = composite_part(view)[-1].runs[0].text.removeprefix("配方（可据此重算）：")
    rankings = usable(view.rankings)
    again = build(matrix_of(rankings, {p: view.name(p) for p in view.parks}), Recipe.from_text(printed))
    table = next(block for block in composite_part(view) if isinstance(block, Table))
    shown = {row[0][0].text: row[1][0].text for row in table.rows}
    for park in again.parks:
        assert abs(Decimal(shown[view.name(park)]) - Decimal(repr(again.score_of(park)))) <= Decimal("0.05")


def test_a_park_with_a_gap_is_listed_without_a_score(observe):
    told = text(composite_part(view_of(twelve(observe, holes={(3, "total_trade")}), IDS)))
    assert "p03园区|不计分" in told and "p03园区：缺进出口总额，不计分" in told


def test_too_little_for_a_composite(observe, four):
    assert composite_part(four) == []
    asked = view_of(four.parks, ["gross_industrial_output"], weights="equal")
    assert "只有0项，不足3项，不计算综合指数" in text(composite_part(asked))
    assert too_little(view_of(twelve(observe), IDS).rankings) == ""


def test_given_weights_choose_the_indicators(observe):
    view = view_of(twelve(observe), IDS, weights="given:total_trade=3，gross_industrial_output=1")
    told = text(composite_part(view))
    assert "进出口总额 75.00%" in told and "工业总产值 25.00%" in told and "固定资产投资" not in told


def test_a_refusal_is_told_in_words(observe):
    told = text(composite_part(view_of(dict(list(twelve(observe).items())[:6]), IDS, weights="pca")))
    assert "综合指数没有算出：园区太少，不能用主成分法（PCA）。改用等权或给定权重。" in told


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("entropi", "entropy"),
        ("given:", "写法不对"),
        ("given:total_trad=1", "total_trade"),
        ("given:total_trade=x", "不是正数"),
        ("given:total_trade=-1", "不是正数"),
        ("entropy:a=1", "写法不对"),
    ],
)
def test_wrong_weights_are_refused(given, words):
    with pytest.raises(ParameterError, match=words):
        parse_weights(given, ["total_trade", "total_trade.growth"])


def test_the_four_ways_to_write_weights():
    assert [parse_weights(name, []).method for name in ("", "equal", "entropy", "critic", "pca")] == [
        "equal", "equal", "entropy", "critic", "pca",
    ]  # fmt: skip
    assert parse_weights("given: a=0.3, a.growth = 0.7", ["a", "a.growth"]).values == {"a": 0.3, "a.growth": 0.7}


# --- the six zones of Beijing, from the published tables --------------------------------------------------------------


@pytest.fixture(scope="module")
def beijing():
    declared = next(c for c in declared_comparisons() if c.id == "beijing-2016-s1")
    parks = {park_id: read_park(park_id) for park_id in declared.parks}
    indicators = [catalogue().get(i) for i in ("income_total", "units_above_size_secondary_tertiary")]
    period = parse_period(declared.period)
    return ComparisonView(declared.title, parks, catalogue(), indicators, period, overlapping=declared.overlapping)


def test_the_six_zones(beijing):
    told = text(positions_part(beijing))
    assert "收入合计：6个可比园区的中位数为3212.5亿元（单位为推断）。" in told  # (3431.4 + 2993.6) / 2
    assert "中位数为增长0.9%；各园区的范围相互重叠，不按总量合成。" in told  # (4.5 - 2.8) / 2 = 0.85
    assert "规模以上第二三产业单位数：6个可比园区的中位数为796.5个。" in told  # (625 + 968) / 2
    assert "金融街|4242.0亿元|2/6|1/4|4/5（80%）|高1029.5亿元|低14109.5亿元" in told
    assert "北京商务中心区|▼8.3%|6/6|4/4|0/5（0%）|低9.2个百分点|低26.2个百分点" in told  # 8.3 + 0.85
    assert "中关村示范区|18351.5亿元|1/6|—|5/5（100%）|高15139.0亿元|—" in told
    assert "北京商务中心区|1383个|2/6|1/4|4/5（80%）|高586.5个|低5377个" in told  # counts are exact: 1383 - 796.5
    assert "类型为城市功能区（4个）；“—”为同类的可比园区不足3个或类型未载明" in told
    assert told.count("与其之差按未取整的中位数计算") == 1  # only the median of the rates was rounded
    assert "6个园区的名次都不会因公布数取整而改变" in text(firmness_part(beijing))
    assert "相邻名次中差距最小的是临空经济区（第5位）与奥林匹克中心区（第6位），相差239.8亿元" in text(
        firmness_part(beijing)
    )
    assert "北京经济技术开发区|3431.4亿元|3/6|—|" in told  # the only one of its type
    assert composite_part(beijing) == []  # two indicators


def test_a_zone_among_its_peers(beijing):
    view = park_view(beijing.parks["beijing-airport"], catalogue(), parse_period("2016-S1"))
    told = text(peers_part(view))
    assert "可比园区的确定办法：园区档案中列明的可比园区。其中有同期可比数的为" in told and "共5个" in told
    assert "收入合计|1789.7亿元|5/6|1/5（20%）|3212.5亿元|低1422.8亿元|低16561.8亿元（中关村示范区）" in told
    named = park_view(view.data, catalogue(), view.period, ParameterValues(peers=("zhongguancun",)))
    told = text(peers_part(named))
    assert "分析人员指定" in told and "收入合计|1789.7亿元|2/2|0/1（0%）" in told


def test_a_park_without_comparable_peers_has_no_part():
    assert peers_part(park_view(read_park("xiamen-software"), catalogue(), None)) == []
