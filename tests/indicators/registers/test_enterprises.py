"""Enterprises: the ladder that adds up, candidates for 升规 by sector, falls and their pull."""

from decimal import Decimal

import pytest

from parkbook.errors import DataError
from parkbook.indicators.enterprises import key_enterprises, ladder
from parkbook.indicators.rounding import half_up
from parkbook.indicators.size_thresholds import read_thresholds, size_threshold
from parkbook.model import Transformation
from parkbook.periods import parse_period
from parkbook.project import data_directory

PERIOD = parse_period("2025")


@pytest.fixture
def library(ledger_row):
    def enterprise(name, number, year, revenue, sector="工业", above="否", **titles):
        return ledger_row(
            name,
            number,
            {"main_business_revenue": (revenue, "万元", str(year))},
            sheet=f"{year}年末",
            statistical_sector=sector,
            above_size=above,
            **titles,
        )

    return [
        *enterprise("甲", 5, 2024, "1500", hightech="√"),
        *enterprise("乙", 6, 2024, "1900"),
        *enterprise("丙", 7, 2024, "3000", above="是", hightech="√"),
        *enterprise("丁", 8, 2024, "100", hightech="√"),
        *enterprise("甲", 5, 2025, "1700"),
        *enterprise("乙", 6, 2025, "2600", hightech="√"),
        *enterprise("丙", 7, 2025, "3100", above="是", hightech="√"),
        *enterprise("戊", 8, 2025, "480", sector="零售业", hightech="√"),
        *enterprise("己", 9, 2025, "399", sector="零售业"),
        *enterprise("庚", 10, 2025, None),
        *enterprise("辛", 11, 2025, "9000", sector="采珠业"),
    ]


def test_the_ladder_adds_up(library):
    """High-tech: three before; 乙 gained, 戊 came with it, 甲 lost it, 丁 left: three."""
    flow = next(f for f in ladder(library, PERIOD).flows() if f.rung.attribute == "hightech")
    names = {
        part: [row.subject for row in getattr(flow, part)] for part in ("before", "gained", "arrived", "lost", "gone")
    }
    assert names == {"before": ["甲", "丙", "丁"], "gained": ["乙"], "arrived": ["戊"], "lost": ["甲"], "gone": ["丁"]}
    assert len(flow.holders) == 3
    for each in ladder(library, PERIOD).flows():
        assert len(each.holders) == len(each.before) + len(each.gained) + len(each.arrived) - len(each.lost) - len(
            each.gone
        )


def test_without_an_earlier_sheet_there_is_no_flow(library):
    rows = [o for o in library if o.period.end.year == 2025]
    assert all(flow.gained is None and flow.before is None for flow in ladder(rows, PERIOD).flows())


def test_candidates_are_near_their_own_sectors_threshold(library):
    """2600/2000 = 130%, 480/500 = 96%, 1700/2000 = 85%; 399/500 is 79.8% and not one; 丙 is above size already."""
    found = ladder(library, PERIOD).candidates()
    assert [(c.row.subject, c.share.value, c.is_reached) for c in found] == [
        ("乙", Decimal(130), True),
        ("戊", Decimal(96), False),
        ("甲", Decimal(85), False),
    ]
    assert ladder(library, PERIOD).unknown_sectors() == ["采珠业"]
    assert [row.subject for row in ladder(library, PERIOD).without_revenue()] == ["庚"]


@pytest.mark.parametrize(
    ("sector", "amount"),
    [
        ("工业", 2000),
        ("批发业", 2000),
        ("零售业", 500),
        ("住宿和餐饮业", 200),
        ("软件和信息服务", 2000),
        ("科学研究和技术服务业", 1000),
    ],
)
def test_thresholds_in_force(sector, amount):
    threshold = size_threshold(sector)
    assert (threshold.amount, threshold.unit) == (amount, "万元")
    assert threshold.source
    assert threshold.edition


def test_a_sector_that_is_not_registered_has_no_threshold():
    assert size_threshold("采珠业") is None


def test_the_file_of_thresholds_satisfies_its_schema(tmp_path):
    known = read_thresholds(data_directory() / "codelists" / "thresholds.yaml")
    assert len({threshold.sector for threshold in known.values()}) >= 15
    twice = tmp_path / "t.yaml"
    entry = "{sector: 工业, amount: 2000, unit: 万元, kind: 规上工业, edition: 现行, source: 示例}"
    twice.write_text(f"thresholds:\n  - {entry}\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(DataError, match="登记了两次"):
        read_thresholds(twice)
    twice.write_text("thresholds:\n  - {sector: 工业, amount: -1}\n", encoding="utf-8")
    with pytest.raises(DataError, match="规模标准不合规则"):
        read_thresholds(twice)


@pytest.fixture
def table(ledger_row):
    def enterprise(name, number, now, before, rate, **attributes):
        figures = {
            "industrial_output_above_size": (now, "万元", "2025"),
            "industrial_output_above_size/before": (before, "万元", "2024"),
            "industrial_output_above_size/rate": (rate, "%", "2025", Transformation.GROWTH),
        }
        return ledger_row(name, number, figures, size="大型", sector="装备", **attributes)

    rest = {
        "industrial_output_above_size": ("500", "万元", "2025"),
        "industrial_output_above_size/before": ("500", "万元", "2024"),
    }
    whole = {
        "industrial_output_above_size": ("1000", "万元", "2025"),
        "industrial_output_above_size/before": ("1250", "万元", "2024"),
    }
    return [
        *enterprise("甲", 5, "300", "500", "-40"),
        *enterprise("乙", 6, "190", "200", "-5"),
        *enterprise("丙", 7, "10", "50", "-80"),
        *enterprise("丁", 8, "120", None, None),
        *ledger_row("其他企业", 9, rest),
        *ledger_row("", 10, whole),
    ]


def test_falls_with_amount_rate_and_pull(table):
    """甲 lost 200 of the park's 1250: -16.0 points; 乙 10: -0.8; 丙 40: -3.2."""
    found = key_enterprises(table, PERIOD, "industrial_output_above_size")
    assert [row.subject for row in found.rows] == ["甲", "乙", "丁", "丙"]  # 其他企业 is no enterprise
    movers = [
        (m.row.subject, m.change.value, m.growth.value, half_up(m.pull.value, 1), m.is_alarming) for m in found.movers()
    ]
    assert movers == [
        ("甲", Decimal(-200), Decimal(-40), Decimal("-16.0"), True),
        ("丙", Decimal(-40), Decimal(-80), Decimal("-3.2"), True),
        ("乙", Decimal(-10), Decimal(-5), Decimal("-0.8"), True),
    ]


def test_concentration_is_of_the_parks_own_total(table):
    found = key_enterprises(table, PERIOD, "industrial_output_above_size")
    assert found.share(found.rows[:2]).value == 49
    assert found.share(found.rows[:1]).value == 30


def test_one_enterprise_makes_no_list(ledger_row):
    rows = ledger_row("甲", 5, {"operating_revenue": ("3", "万元", "2025")}, size="大型", sector="装备")
    assert key_enterprises(rows, PERIOD, "operating_revenue") is None
