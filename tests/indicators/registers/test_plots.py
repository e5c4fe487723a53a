"""地块: per-mu indicators with their denominators, ratio of sums, low plots with reasons, exemptions."""

from decimal import Decimal

import pytest

from parkbook.indicators.plots import MEASURES, measure, plot_register
from parkbook.indicators.rounding import half_up
from parkbook.periods import parse_period

PERIOD = parse_period("2025")


@pytest.fixture
def register(ledger_row):
    """甲 100 mu with 2000万元 tax; 乙 20 mu with 30; 丙 80 mu with 1600, exempt; 丁 50 mu whose tax is missing."""

    def plot(code, number, land, tax, output, printed=None, idle="0", **attributes):
        figures = {
            "plot_land_area": (land, "亩"),
            "tax_revenue": (tax, "万元", "2025"),
            "gross_industrial_output": (output, "亿元", "2025"),
            "tax_per_mu": (printed, "万元/亩", "2025"),
            "energy_consumption": ("500", "吨标准煤", "2025"),
            "industrial_value_added": ("4000", "万元", "2025"),
            "average_employees": ("200", "人", "2025"),
            "idle_floor_area": (idle, "平方米"),
        }
        return ledger_row(code, number, figures, **attributes)

    observations = [
        *plot("甲", 5, "100", "2000", "3", "20", user="某厂"),
        *plot("乙", 6, "20", "30", "0.1", "1.6", idle="900", user="某店"),
        *plot("丙", 7, "80", "160", "0.2", exempt="公用设施用地"),
        *plot("丁", 8, "50", None, "0.9"),
    ]
    return plot_register(observations, PERIOD)


def test_the_whole_list_is_a_ratio_of_sums_over_those_with_both_parts(register):
    """(2000 + 30 + 160) / (100 + 20 + 80) = 10.95; the mean of 20, 1.5 and 2 would be 7.8."""
    whole = register.whole(measure("tax_per_mu"))
    assert whole.value == Decimal("10.95")
    assert whole.formula == "Σ税收 ÷ Σ用地面积"
    assert len(whole.inputs) == 6
    assert register.land.value == 250


def test_units_meet_in_the_measures_unit(register):
    """3亿元 over 100 mu are 300万元/亩; 4000万元 over 200 people 20; 500 tonnes over 30000万元."""
    first = register.plots[0]
    assert first.value(measure("output_per_mu")).value == 300
    assert first.value(measure("labour_productivity")).value == 20
    assert half_up(first.value(measure("energy_per_output")).value, 4) == Decimal("0.0167")
    assert first.value(measure("value_added_per_energy")).value == 8


def test_a_missing_part_makes_no_value(register):
    last = register.plots[3]
    assert last.value(measure("tax_per_mu")) is None
    assert last.value(measure("rd_share_of_sales")) is None
    assert register.available(measure("tax_per_mu")) == 3
    assert register.table()["丁"]["tax_per_mu"] is None


def test_a_printed_quotient_is_shown_and_held_against_its_parts(register):
    assert register.plots[0].misprint(measure("tax_per_mu")) is None
    assert register.plots[1].value(measure("tax_per_mu")).value == Decimal("1.6")
    assert register.plots[1].misprint(measure("tax_per_mu")) is None  # 1.5 printed 1.6 is within its last digit


def test_a_wrong_quotient_is_found(ledger_row):
    figures = {
        "plot_land_area": ("20", "亩"),
        "tax_revenue": ("30", "万元", "2025"),
        "tax_per_mu": ("15", "万元/亩", "2025"),
    }
    [plot] = plot_register(ledger_row("甲", 5, figures), PERIOD).plots
    assert plot.misprint(measure("tax_per_mu")).value == Decimal("1.5")


def test_low_plots_with_their_reasons(register):
    """Half of 10.95 is 5.475; half of (3 + .1 + .2 + .9)亿 / 250 mu = 168 is 84. 乙: 1.6 and 50 are below both. 丙 is exempt."""
    [low] = register.low()
    assert low.plot.code == "乙"
    assert [(r.measure.id, r.value.value, r.line.value) for r in low.reasons] == [
        ("tax_per_mu", Decimal("1.6"), Decimal("5.475")),
        ("output_per_mu", Decimal(50), Decimal(84)),
    ]
    assert register.exempt == {"丙": "公用设施用地"}


def test_ranked_on_full_precision_best_first(register):
    assert [plot.code for plot, _ in register.ranked(measure("tax_per_mu"))] == ["甲", "丙", "乙"]
    energy = [plot.code for plot, _ in register.ranked(measure("energy_per_output"))]
    assert energy[0] == "甲"  # less is better


def test_idle_buildings(register):
    assert [plot.code for plot in register.idle] == ["乙"]


def test_every_measure_has_its_formula_and_unit():
    assert len({item.id for item in MEASURES}) == len(MEASURES)
    assert all(item.formula and item.unit for item in MEASURES)


def test_no_register_without_land(ledger_row):
    assert plot_register(ledger_row("甲", 5, {"tax_revenue": ("3", "万元")}), PERIOD) is None
