"""The frameworks as they are in data/frameworks: every file, and every complete one on values worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.comparison.scoring import Cell, Framework, frameworks, get_framework, score_table
from parkbook.comparison.scoring.library import check_frameworks, read_framework
from parkbook.comparison.scoring.rule_words import rule_words
from parkbook.comparison.scoring.weights import effective_weight, total
from parkbook.errors import DataError, UnknownCodeError
from parkbook.project import data_directory
from parkbook.units import parse_unit

D = Decimal
COMPLETE = {
    "anhui-city-mu",
    "huangyan-2021",
    "huangyan-2022",
    "jingde-2022",
    "smart-park",
    "wanjiang-2010",
    "wenzhou-parks",
    "yinchuan-2018",
}
PARTIAL = {
    "anhui-zones",
    "eco-industrial-parks",
    "jiangsu-edz-2021",
    "jiangsu-edz-first",
    "jiangsu-software-parks",
    "land-tdt-1029",
    "miit-htz-2024",
    "mofcom-etdz-2016",
    "mofcom-etdz-2021",
    "software-city-2017",
    "torch-htz-2021",
    "zone-levels",
}


def files():
    return sorted((data_directory() / "frameworks").glob("*.yaml"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_every_file_is_read_and_says_where_it_is_from(path) -> None:
    framework = read_framework(path)
    assert framework.source
    assert framework.status_note
    assert framework.evaluation_year != framework.data_year or not framework.data_year
    for item in framework.items:
        assert rule_words(item)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_an_unknown_item_of_a_partial_framework_gets_no_score(path) -> None:
    framework = read_framework(path)
    if framework.status == "complete":
        assert framework.id in COMPLETE
        return
    names = {item.id: D(1) for item in framework.items}
    for unit in score_table(framework, {"甲": names, "乙": {name: D(3) for name in names}}).units:
        for item in unit.items:
            assert item.score is not None or item.reason
            if item.item.rule is None or (item.weight is None and item.item.rule.family in ("min_max", "ratio")):
                assert item.score is None


def test_the_frameworks_that_are_asked_for_are_there() -> None:
    known = frameworks()
    assert {name for name, framework in known.items() if framework.status == "complete"} == COMPLETE
    assert set(known) >= PARTIAL
    assert check_frameworks(catalogue()) == []


def test_units_of_what_a_park_is_read_for_convert_from_the_catalogue() -> None:
    for framework in frameworks().values():
        for part in (*framework.ingredients, *framework.items):
            for reading in part.catalogue:
                known = catalogue().get(reading.indicator)
                if reading.reading == "level" and part.unit != "无量纲":
                    assert parse_unit(part.unit).measure == known.parsed_unit.measure, (framework.id, part.id)


def column_weight(framework: Framework, column: str) -> Decimal | None:
    return total([effective_weight(framework, item)[0] for item in framework.items_of(column)])


def test_both_columns_of_wanjiang_weigh_a_hundred() -> None:
    wanjiang = get_framework("皖江")
    assert [column_weight(wanjiang, column.id) for column in wanjiang.columns] == [100, 100]
    assert [len(wanjiang.items_of(column.id)) for column in wanjiang.columns] == [11, 20]
    assert all(item.department for item in wanjiang.items)


@pytest.mark.parametrize("name", ["huangyan-2021", "huangyan-2022", "anhui-city-mu"])
def test_columns_of_enterprises_weigh_a_hundred(name) -> None:
    framework = get_framework(name)
    assert [column_weight(framework, column.id) for column in framework.columns] == [100, 100]


def test_torch_has_its_46_items_and_their_group_weights() -> None:
    torch = get_framework("torch-htz-2021")
    assert [group.weight for group in torch.groups] == [20, 20, 15, 15, 30]
    assert [sum(item.group == group.id for item in torch.items) for group in torch.groups] == [10, 10, 9, 7, 10]
    assert column_weight(torch, "") is None


def test_names_find_a_framework_and_mistyped_ones_are_told() -> None:
    assert get_framework("黄岩2022").id == get_framework("huangyan-2022").id == "huangyan-2022"
    assert get_framework("旌德").id == "jingde-2022"
    with pytest.raises(UnknownCodeError, match=r"不唯一.*huangyan-2021（黄岩2021）、huangyan-2022（黄岩2022）"):
        get_framework("黄岩")
    with pytest.raises(UnknownCodeError, match="您是不是要用 huangyan-2022"):
        get_framework("huangyan-2023")


def test_a_broken_file_names_the_field(tmp_path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("id: broken\nname: 甲\nshort: 甲\nsource: 甲\nstatus: done\n", encoding="utf-8")
    with pytest.raises(DataError, match="status"):
        read_framework(path)


# --- hand-computed --------------------------------------------------------------------------------------------------


def test_huangyan_2022_above_size() -> None:
    row = {
        "亩均税收": D("30"),
        "亩均增加值": D("136.16"),
        "单位能耗增加值": D("1.347"),
        "单位排放增加值": D("9859.62"),
        "劳产率": D("9.07"),
        "R&D占比": D("0.0453"),
    }
    unit = score_table(get_framework("huangyan-2022"), {"甲": row}, types={"甲": "规上"}).unit("甲")
    # 30 ÷ 24.097 × 30; 1 × 20; 0.5 × 20; 2 × 10 uncapped; 0.5 × 10; 1.5 × 10
    assert [item.score for item in unit.items] == [D(30) / D("24.097") * 30, 20, 10, 20, 5, 15]
    assert unit.total == D(30) / D("24.097") * 30 + 70


def test_huangyan_2022_without_emissions_takes_the_mean_score_of_the_item() -> None:
    full = {"亩均税收": D("24.097"), "亩均增加值": D("136.16"), "单位能耗增加值": D("2.694")}
    full |= {"全员劳动生产率": D("18.14"), "R&D占比": D("0.0302")}
    table = {
        "甲": full | {"单位排放增加值": None},
        "乙": full | {"单位排放增加值": D("4929.81")},
        "丙": full | {"单位排放增加值": D("9859.62")},
        "丁": {**full, "亩均税收": None, "单位排放增加值": D(1)},
    }
    scores = score_table(get_framework("huangyan-2022"), table)
    mean = (D(10) + D(20) + D(1) / D("4929.81") * 10) / 3
    assert scores.unit("甲").total == 90 + mean
    assert scores.unit("甲").items[3].by_missing_rule
    assert scores.unit("丁").total is None  # no other item has such a rule


def test_huangyan_2021_has_its_own_bases_and_the_small_ones_theirs() -> None:
    framework = get_framework("huangyan-2021")
    row = {
        "亩均税收": D("26.01"),
        "亩均增加值": D("132.27"),
        "单位能耗增加值": D("2.54"),
        "单位排放增加值": D("4861.08"),
    }
    row |= {"全员劳动生产率": D("17.45"), "R&D占比": D("0.0305")}
    small = {"亩均税收": D("16.601058"), "单位用电税收": D("0.47313")}
    scores = score_table(framework, {"甲": row, "乙": small}, types={"甲": "规上", "乙": "规下"})
    assert scores.unit("甲").total == 100
    assert scores.unit("乙").total == 150


def test_huangyan_makes_its_ratios_from_the_raw_figures() -> None:
    raw = {"评价税收": D("2409.7"), "用地面积": D(100), "用电量": D(10_000_000)}
    unit = score_table(get_framework("huangyan-2022"), {"甲": raw}, types={"甲": "规下"}).unit("甲")
    assert unit.items[0].value == D("24.097")
    assert unit.items[1].value == D("2.4097")  # 24,097,000 yuan over 10,000,000 kWh
    assert unit.items[0].score == D("24.097") / D("11.5932") * 50


def test_a_share_in_per_cent_against_a_base_as_a_fraction_is_noted() -> None:
    unit = score_table(get_framework("huangyan-2022"), {"甲": {"R&D占比": D("3.5")}}).unit("甲")
    assert "请核对计量单位" in unit.item("rd_share").notes[0]


def anhui_table(n):
    return {f"企业{k:02}": {"总分": D(200 - k)} for k in range(n)}


def test_anhui_city_grades_a_b_c_d_and_the_exempt_as_b() -> None:
    scores = score_table(get_framework("anhui-city-mu"), anhui_table(42), exempt=["企业00", "企业41"])
    column = scores.columns[0]
    assert dict(column.grade_counts) == {"A": 10, "B": 18 + 2, "C": 10, "D": 2}
    assert sum(column.grade_counts.values()) == 42
    assert scores.unit("企业00").grade == "B"
    assert [scores.unit(f"企业{k:02}").grade for k in (1, 10, 11, 28, 29, 38, 39, 40)] == list("AABBCCDD")


def test_anhui_city_sums_items_additions_and_deductions() -> None:
    framework = get_framework("anhui-city-mu")
    row = {"亩均税收": 30, "亩均销售收入": 400, "单位能耗增加值": 5, "研发强度": 3, "劳产率": 20}
    bases = {"亩均税收": 20, "亩均销售收入": 400, "单位能耗增加值": 10, "研发强度": 3, "劳产率": 10}
    cells = {name: Cell(D(value), base=D(bases[name])) for name, value in row.items()}
    unit = score_table(framework, {"甲": cells | {"加分": D(3), "减分": D(2)}}).unit("甲")
    # 45 × 1.5 + 20 + 15 × 0.5 + 15 + 5 × 2 = 120, + 3 − 2
    assert unit.total == 121
    assert unit.trial  # the document's own formula for an item is not known
    assert all("非官方得分" in item.notes[-1] for item in unit.items)


def test_anhui_city_orders_the_small_ones_by_tax_per_mu() -> None:
    values = {"甲": D(3), "乙": D(9), "丙": D(5)}
    table = {name: {"亩均税收": value} for name, value in values.items()}
    scores = score_table(get_framework("anhui-city-mu"), table, types=dict.fromkeys(values, "规下"))
    assert {u.unit: (u.rank, u.total) for u in scores.units} == {"甲": (3, None), "乙": (1, None), "丙": (2, None)}


def test_jingde_by_its_formula_with_and_without_weights() -> None:
    framework = get_framework("旌德2022")
    names = [item.label_zh for item in framework.items_of("above")]
    assert len(names) == 7
    table = {
        "甲": dict.fromkeys(names, D(10)),
        "乙": dict.fromkeys(names, D(20)),
        "丙": dict.fromkeys(names, D(50)),
    }
    bare = score_table(framework, table)
    assert [item.fraction for item in bare.unit("乙").items] == [D("0.4")] * 7  # [20 + 80 × 0.25] ÷ 100
    assert bare.unit("乙").total is None
    assert bare.unit("乙").items[0].reason == "官方权重待补"
    weights = dict(zip(names, map(D, (30, 20, 10, 10, 10, 10, 10)), strict=True))
    weighed = {u: {n: Cell(v, weight=weights[n]) for n, v in row.items()} for u, row in table.items()}
    weighed["乙"]["附加分"] = Cell(D(5))
    scores = score_table(framework, weighed)
    assert [u.total for u in scores.units] == [20, 40 + 5, 100]


def test_wanjiang_target_side_is_the_completion_times_the_weight() -> None:
    framework = get_framework("wanjiang-2010")
    names = [item.label_zh for item in framework.items_of("target")]
    half = {name: Cell(D(50), target=D(100)) for name in names}
    full = {name: Cell(D(110), target=D(100)) for name in names}
    others = {item.label_zh: D(50) for item in framework.items_of("effect") if item.label_zh not in names}
    scores = score_table(framework, {"甲市": half | others, "乙市": full | {n: D(70) for n in others}})
    assert [u.total for u in scores.columns[0].units] == [50, 110]
    # 发展成效 tried by min-max: 甲市 is lowest in all but energy, where less is better: 4 points
    assert [u.total for u in scores.columns[1].units] == [4, 96]
    assert all(u.trial for u in scores.columns[1].units)
    assert dict(scores.combined) == {"甲市": D("13.2"), "乙市": D("98.8")}  # 0.2 × 50 + 0.8 × 4; 0.2 × 110 + 0.8 × 96


def test_wenzhou_industry_and_output() -> None:
    framework = get_framework("wenzhou-parks")
    table = {
        "甲园": {"主导产业产值占比": D(83), "入驻企业数占比": D(72), "③": D(85), "税收": D(3000), "用地面积": D(100)},
        "乙园": {"①②": D(55), "③": D(59), "税收": D(1000), "用地面积": D(100)},
        "丙园": {"①②": D(100), "③": D(100), "税收": D(500), "用地面积": D(200)},
    }
    scores = score_table(framework, table, groups=dict.fromkeys(table, "生产性制造类"))
    # mean 4500 / 400 = 11.25; 30 / 11.25 = 2.667 → 6, 10 / 11.25 → 0, 2.5 / 11.25 → 0
    assert [[item.score for item in u.items] for u in scores.units] == [[2, 2, 6], [0, 0, 0], [5, 4, 0]]
    assert scores.unit("甲园").total == 10
    low = score_table(framework, {"甲园": {"①②": D(45)}}).unit("甲园").items[0]
    assert low.score is None
    assert "规则未载" in low.reason


@pytest.mark.parametrize(
    ("value", "score"), [("1.49", 0), ("1.5", 2), ("2", 4), ("2.49", 4), ("2.5", 6), ("3", 8), ("3.49", 8), ("3.5", 10)]
)
def test_wenzhou_steps_of_the_coefficient(value, score) -> None:
    unit = score_table(get_framework("wenzhou-parks"), {"甲": {"系数": D(value)}}).unit("甲")
    assert unit.item("tax_coefficient").score == score


def test_wenzhou_stars_are_outside_the_quota() -> None:
    table = {f"园{n:02}": {"总分": D(100 - n)} for n in range(13)}
    column = score_table(get_framework("wenzhou-parks"), table, exempt=["园03", "园12"]).columns[0]
    assert dict(column.grade_counts) == {"A": 2 + 2, "B": 3, "C": 5, "D": 1}  # of the 11 others: 2, 3, 5, 1


def test_yinchuan_places_holds_and_caps() -> None:
    framework = get_framework("银川")
    table = {
        "甲园": {"工业总产值增速": D(12), "工业投资": D(10), "主导产业占比": D(66), "技术改造投资": D(30)},
        "乙园": {"工业总产值增速": D(9), "工业投资": D(-4), "主导产业占比": D(60), "技术改造投资": D(0)},
        "丙园": {"工业总产值增速": D(3), "工业投资": D(60), "主导产业占比": D(120), "技术改造投资": D(20)},
    }
    units = score_table(framework, table).units
    found = [[u.item(i).score for u in units] for i in ("output_growth", "industrial_investment", "leading_share")]
    assert found == [[3, D("2.8"), D("2.6")], [D("2.5"), D("1.8"), 4], [D("3.3"), 3, 5]]
    assert [u.item("upgrading_investment").score for u in units] == [3, 2, 3]
    from_levels = score_table(framework, {"甲园": {"工业投资": Cell(D(110), base=D(100))}}).unit("甲园")
    assert from_levels.item("industrial_investment").score == D("2.5")


@pytest.mark.parametrize(
    ("name", "scores"),
    [
        ("利润总额", {"81": 3, "80": 3, "79.9": 2.4, "20.1": 2.4, "20": 1.8, "-3": 1.8}),
        ("增长率", {"20": 3, "19.9": 2.4, "15": 2.4, "14.9": 1.8, "10": 1.8, "9.9": 0.9, "0": 0.9, "-0.1": 0}),
        ("人均", {"12": 2, "11.9": 1.8, "8": 1.8, "7.9": 1.6, "4": 1.6, "3.9": 0}),
        ("集聚度", {"95": 2, "94.9": 1.8, "80": 1.8, "79.9": 1.2, "70": 1.2, "69.9": 0.6, "40": 0.6, "39.9": 0}),
        ("土地利润", {"1500": 2, "1499": 1.6, "800": 1.6, "799": 1.2, "400": 1.2, "399": 0}),
        ("能耗", {"0.02": 2, "0.021": 1.6, "0.08": 1.6, "0.081": 1.2, "0.12": 1.2, "0.121": 0.6, "2": 0.6, "2.01": 0}),
        ("达标率", {"100": 2, "99.9": 1.6, "95": 1.6, "94.9": 1.2, "90": 1.2, "89.9": 0}),
        ("高企占比", {"30": 2, "29.9": 1.6, "15": 1.6, "14.9": 1.2, "10": 1.2}),
    ],
)
def test_smart_park_bins_to_their_ends(name, scores) -> None:
    framework = get_framework("smart-park")
    for value, wanted in scores.items():
        unit = score_table(framework, {"甲": {name: D(value)}}).unit("甲")
        assert unit.scored == D(str(wanted)), value


def test_smart_park_share_below_the_last_step_is_not_guessed() -> None:
    unit = score_table(get_framework("smart-park"), {"甲": {"高企占比": D("9.9")}}).unit("甲")
    assert unit.item("hightech_share").score is None
    assert "规则未载" in unit.item("hightech_share").reason


def test_anhui_zones_deduct_and_veto() -> None:
    row = {"总分": D(90), "中央督察问题": D(2), "较大生产安全事故": D(1), "列明的违规情形": D(1)}
    unit = score_table(get_framework("anhui-zones"), {"甲区": row}).unit("甲区")
    assert [a.points for a in unit.adjustments] == [D("-0.6"), D(-1)]
    assert unit.vetoes == ("列明的违规情形：取消评优资格",)
    assert unit.rank is None


def test_zone_levels_and_control_lines_are_reached_or_not() -> None:
    unit = score_table(
        get_framework("zone-levels"), {"甲": {"累计固定资产投资": D(130), "累计实际利用外资": D("0.4")}}
    ).unit("甲")
    assert unit.item("cumulative_investment").notes == ("达到Ⅱ级标准（130）",)
    assert unit.item("cumulative_fdi").notes == ("未达到所列最低一级标准",)


def test_yanan_counts_with_the_cap_of_four_starts() -> None:
    row = {item.label_zh: D(0) for item in get_framework("yanan-projects").items}
    row |= {"新开工项目": D(3), "续建项目": D(2), "产业类项目": D(1), "集中开工活动": D(6)}
    row["投资进度"] = Cell(D(30), target=D(40))
    unit = score_table(get_framework("yanan-projects"), {"甲": row | {"通报批评扣分": D(5)}}).unit("甲")
    assert unit.total == 15 + 4 + 15 + 120 + 45 - 5


def test_wenling_grades_within_industry_groups() -> None:
    table = {f"企业{n:02}": {"总分": D(100 - n)} for n in range(20)}
    groups = {name: "甲行业" if n < 10 else "乙行业" for n, name in enumerate(table)}
    column = score_table(get_framework("wenling-2022"), table, groups=groups).columns[0]
    assert dict(column.grade_counts) == {"A": 4, "B": 12, "C": 2, "D": 2}
    assert column.units[10].grade == "A"


def test_the_2024_high_tech_zones_have_blanks_and_no_weights() -> None:
    unit = score_table(get_framework("miit-htz-2024"), {"甲区": {"1.1": D(8), "1.2": D(70)}}).unit("甲区")
    assert [item.weight for item in unit.items] == [None] * 4
    assert unit.items[0].reason == "计分方法未取得"
    assert unit.total is None


def test_region_dependent_thresholds_are_kept_as_data() -> None:
    item = next(i for i in get_framework("mofcom-etdz-2021").items if i.conditions)
    assert item.conditions == {"东部": "主营业务收入30亿元及以上", "中西部": "主营业务收入15亿元及以上"}
