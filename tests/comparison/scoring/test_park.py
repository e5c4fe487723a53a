"""A park's own figures under a framework: units, whole years, what is missing, one step more, 剔除."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.comparison.scoring import get_framework
from parkbook.comparison.scoring.park import park_scores, park_values
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import ObsStatus, TargetKind, Transformation
from parkbook.periods import parse_period

D = Decimal
YEAR = parse_period("2025")


def rows_of(observations, period=YEAR, *, subjects=False):
    return page_rows(FigureIndex(observations), catalogue(), period, subjects=subjects)


@pytest.fixture
def park(observe):
    """税收 50亿元 on 2万亩; 工业增加值 100亿元 from 20万吨; 研发占比 3.02%; no emissions, no productivity."""
    return [
        observe("50", indicator_id="tax_revenue", reported_label="税收", locator="A1"),
        observe(
            "20000", indicator_id="plot_land_area", reported_label="用地", unit="亩", locator="A2", period="2025年末"
        ),
        observe("100", indicator_id="industrial_value_added", reported_label="工业增加值", locator="A3"),
        observe("200000", indicator_id="energy_consumption", reported_label="能耗", unit="吨标准煤", locator="A4"),
        observe("3.02", indicator_id="rd_share_of_sales", reported_label="研发占比", unit="%", locator="A5"),
    ]


def test_figures_are_converted_into_the_units_of_the_framework(park) -> None:
    values = park_values(get_framework("huangyan-2022"), rows_of(park))
    assert {name: cell.value for name, cell in values.cells.items()} == {
        "tax": D(500000),
        "land": D(20000),
        "industrial_value_added": D(1000000),
        "energy": D(200000),
        "rd_share": D("0.0302"),
    }
    assert values.absent["emission"] == "本园区没有这项数据"
    assert values.absent["power"] == "园区数据目录没有这项指标"
    assert values.absent["labour_productivity"] == "本园区没有这项数据"


def test_the_score_and_what_it_lacks(park) -> None:
    (score,) = park_scores(get_framework("huangyan-2022"), "示例园", rows_of(park))
    unit = score.unit
    assert score.label == "规上"
    # 25 ÷ 24.097 × 30; 50 ÷ 136.16 × 20; 5 ÷ 2.694 × 20; 10
    wanted = [D(25) / D("24.097") * 30, D(50) / D("136.16") * 20, D(5) / D("2.694") * 20, None, None, 10]
    assert [item.score for item in unit.items] == wanted
    assert (unit.scored_weight, unit.full_weight, unit.total) == (80, 100, None)
    assert score.wanting(unit.items[3].item) == "主要污染物排放量：本园区没有这项数据"
    assert {o.indicator_id for v in score.values_of(unit.items[0].item) for o in v.inputs} == {
        "tax_revenue",
        "plot_land_area",
    }


def test_one_step_more_is_what_scoring_again_gives(park) -> None:
    (score,) = park_scores(get_framework("huangyan-2022"), "示例园", rows_of(park))
    marginals = score.marginals
    assert marginals["tax_per_mu"].words == "每增加1万元/亩"
    assert marginals["tax_per_mu"].change.quantize(D("1e-12")) == (30 / D("24.097")).quantize(D("1e-12"))
    assert marginals["rd_share"].words == "每增加1个百分点"
    assert marginals["rd_share"].change.quantize(D("1e-12")) == (D("0.1") / D("0.0302")).quantize(D("1e-12"))
    assert marginals["value_added_per_emission"].change is None


def test_part_of_a_year_is_not_scored(observe) -> None:
    rows = rows_of(
        [observe("30", indicator_id="total_profit", reported_label="利润", period="2025年1-9月", locator="B1")],
        parse_period("2025年1-9月"),
    )
    (score,) = park_scores(get_framework("smart-park"), "示例园", rows)
    item = score.unit.item("profit_total")
    assert item.score is None
    assert "评价用全年数" in score.wanting(item.item)


def test_a_masked_figure_is_named_as_masked(observe) -> None:
    masked = observe(
        None, indicator_id="total_profit", reported_label="利润", obs_status=ObsStatus.MASKED, locator="B1"
    )
    (score,) = park_scores(get_framework("smart-park"), "示例园", rows_of([masked]))
    assert score.wanting(score.unit.item("profit_total").item) == "利润总额原文隐去"


def test_a_currency_is_never_taken_for_another(observe) -> None:
    rows = rows_of([observe("3", indicator_id="fdi_received", reported_label="外资", unit="亿元", locator="B2")])
    target = next(s for s in park_scores(get_framework("皖江"), "示例园", rows) if s.column == "target")
    assert target.unit.item("fdi").value is None
    assert "不能换算" in target.wanting(target.unit.item("fdi").item)


def test_targets_of_the_park_are_the_targets_of_the_framework(observe) -> None:
    rows = rows_of(
        [
            observe("120", indicator_id="fixed_asset_investment", reported_label="固投", locator="C1"),
            observe(
                "1500000",
                indicator_id="fixed_asset_investment",
                reported_label="固投",
                unit="万元",
                locator="C2",
                transformation=Transformation.TARGET,
                target_kind=TargetKind.BASE,
            ),
        ]
    )
    target = next(s for s in park_scores(get_framework("皖江"), "示例园", rows) if s.column == "target")
    assert target.unit.item("fixed_investment").score == D("6.4")  # 120 ÷ 150 × 8


def test_peers_give_the_bounds_that_one_park_alone_has_not(observe) -> None:
    def rows(number):
        return rows_of([observe(number, indicator_id="gdp", reported_label="GDP", locator=f"D{number}")])

    framework = get_framework("皖江")
    alone = park_scores(framework, "甲", rows("100"))[1]
    assert "不足2个" in alone.unit.item("gdp").reason
    beside = park_scores(framework, "甲", rows("100"), peers={"乙": rows("200"), "丙": rows("50")})[1]
    assert beside.unit.item("gdp").score == 2  # (100 − 50) ÷ 150 × 6


@pytest.fixture
def plots(observe):
    """Two plots of 甲厂 and one of 乙厂: 税收 in 万元, 用地 in 亩."""
    figures = [("地1", "甲厂", "3000", "500"), ("地2", "甲厂", "2000", "300"), ("地3", "乙厂", "9000", "200")]
    found = []
    for number, (plot, user, tax, land) in enumerate(figures):
        common = {"subject": plot, "attributes": (("user", user),)}
        found.append(
            observe(tax, indicator_id="tax_revenue", reported_label="税收", unit="万元", locator=f"P{number}", **common)
        )
        found.append(
            observe(
                land,
                indicator_id="plot_land_area",
                reported_label="用地",
                unit="亩",
                locator=f"L{number}",
                period="2025年末",
                **common,
            )
        )
    return rows_of(found, subjects=True)


def test_excluded_enterprises_leave_numerator_and_denominator(park, plots) -> None:
    (score,) = park_scores(get_framework("huangyan-2022"), "示例园", rows_of(park), plots, ["甲厂", "丙厂"])
    (change,) = score.excluded
    assert change.names == ("甲厂",)
    assert change.before == 25
    assert change.after == D(495000) / D(19200)
    assert change.score_after == change.after / D("24.097") * 30
    assert score.not_found == ("丙厂",)
    assert "单位能耗增加值" in [item.label_zh for item in score.not_adjusted]
    assert score.unit.item("tax_per_mu").value == 25  # the score itself stays


def test_the_largest_are_taken_out_by_what_they_pay(park, plots) -> None:
    (score,) = park_scores(get_framework("huangyan-2022"), "示例园", rows_of(park), plots, ["largest:1"])
    assert score.excluded[0].names == ("乙厂",)
    assert score.excluded[0].after == D(491000) / D(19800)


def test_one_step_better_is_down_where_less_is_better(observe) -> None:
    rows = rows_of(
        [
            observe("1000", indicator_id="gross_industrial_output", reported_label="产值", locator="E1"),
            observe("810000", indicator_id="energy_consumption", reported_label="能耗", unit="吨标准煤", locator="E2"),
        ]
    )
    (score,) = park_scores(get_framework("smart-park"), "示例园", rows)
    marginal = score.marginals["energy_intensity"]
    assert score.unit.item("energy_intensity").score == D("1.2")  # 0.081
    assert (marginal.words, marginal.change) == ("每降低0.01吨标准煤/万元", D("0.4"))  # 0.071 is in the next step
