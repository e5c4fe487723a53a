"""增量, 拉动, 贡献率 and 剔除 against a small ledger worked out by hand, and against the workbook of the demo park."""

from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parkbook.catalogue import catalogue
from parkbook.errors import ParameterError
from parkbook.indicators.compute import page_rows
from parkbook.indicators.contribution import by_sector, decompose
from parkbook.indicators.drivers import drivers
from parkbook.indicators.exclusion import check_exclude, chosen_names, exclusion, largest_asked
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.formulas import IMPLIED_NOTE
from parkbook.indicators.rounding import half_up
from parkbook.model import Comparison, ObsStatus, Transformation
from parkbook.observations.duplicates import settled
from parkbook.observations.read import read_park
from parkbook.periods import parse_period
from parkbook.project import parks_directory

YOY = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}


def taken_apart(observations, period="2025", *, subjects=True):
    index = FigureIndex(observations)
    (row, *_) = page_rows(index, catalogue(), parse_period(period))
    return decompose(index, catalogue(), row, subjects=subjects)


def levels(observe, name, now, before, **fields):
    made = [observe(now, period="2025", subject=name, locator=f"{name}本期", **fields)]
    return made + ([observe(before, period="2024", subject=name, locator=f"{name}上年", **fields)] if before else [])


@pytest.fixture
def ledger(observe):
    """A total of 120 after 100; 甲 40 after 25, 乙 20 after 30, 丙 30 after 25 in 万元, 丁 5 without a base."""
    return [
        observe("120", period="2025"),
        observe("100", period="2024"),
        *levels(observe, "甲", "40", "25", attributes=(("sector", "装备"),)),
        *levels(observe, "乙", "20", "30", attributes=(("sector", "装备"),)),
        *levels(observe, "丙", "300000", "250000", unit="万元", attributes=(("sector", "食品"),)),
        *levels(observe, "丁", "5", None),
        *levels(observe, "其他企业", "25", "20"),
    ]


def test_each_part_has_its_increment_pull_and_share(ledger):
    """甲: 15 of 20, so 15 points and 75 %; 乙: −10 points; 丙: 5 points, converted from 万元."""
    found = taken_apart(ledger)
    told = {p.name: (p.change.value, p.pull.value, p.share.value) for p in found.parts}
    assert told == {"甲": (15, 15, 75), "乙": (-10, -10, -50), "丙": (5, 5, 25)}
    assert (found.total.change.value, found.total.pull.value, found.total.share.value) == (20, 20, 100)
    assert found.without_base == ("丁",)
    assert [p.name for p in found.parts] == ["甲", "乙", "丙"]  # the largest change first; 其他企业 is no enterprise
    assert found.parts[0].pull.flags == (IMPLIED_NOTE,)
    assert found.parts[0].pull.status is ObsStatus.ESTIMATED


def test_the_rest_makes_every_column_add_up(ledger):
    found = taken_apart(ledger)
    rest = found.rest(found.parts)
    assert (rest.current.value, rest.base.value, rest.change.value) == (30, 20, 10)
    assert (rest.pull.value, rest.share.value) == (10, 50)
    assert "乙本期" in {o.locator for o in rest.change.inputs}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(st.tuples(st.decimals(1, 500, places=4), st.decimals(1, 500, places=4)), min_size=2, max_size=8),
    more=st.tuples(st.decimals(0, 90, places=2), st.decimals(0, 90, places=2)),
)
def test_shown_figures_always_add_up(observe, parts, more):
    now, before = (sum(p[i] for p in parts) + more[i] for i in (0, 1))
    observations = [observe(str(now), period="2025"), observe(str(before), period="2024")]
    for number, (new, old) in enumerate(parts):
        observations += levels(observe, f"企业{number}", str(new), str(old))
    found = taken_apart(observations)
    if found is None:  # the parts cover too little
        assert sum(p[1] for p in parts) < before * Decimal("0.3")
        return
    named = found.parts[:3]
    rest, places = found.rest(named), found.places
    shown = [half_up(p.change.value, places) for p in (*named, rest)]
    assert half_up(found.total.base.value, places) + sum(shown) == half_up(found.total.current.value, places)
    pulls = [half_up(p.pull.value, 1) for p in (*named, rest)]
    assert sum(pulls) == half_up(found.total.pull.value, 1)


def test_no_share_of_a_total_that_falls_or_stands_still(observe):
    for now in ("95", "100.4"):
        total = [observe(now, period="2025"), observe("100", period="2024")]
        found = taken_apart([*total, *levels(observe, "甲", "40", "30"), *levels(observe, "乙", "20", "30")])
        assert not found.shares_make_sense
        assert all(part.share is None for part in found.parts)
        assert found.parts[0].pull.value == 10


def test_no_share_where_larger_moves_cancel_out(observe):
    """+30 and −28 of a total of +2: 1,500 % and −1,400 % say nothing."""
    total = [observe("102", period="2025"), observe("100", period="2024")]
    found = taken_apart([*total, *levels(observe, "甲", "60", "30"), *levels(observe, "乙", "12", "40")])
    assert found.total.share is not None and found.cancelling
    assert not found.shares_make_sense


def test_parts_that_cover_little_or_exceed_the_total_explain_nothing(observe):
    total = [observe("120", period="2025"), observe("100", period="2024")]
    little = [*levels(observe, "甲", "4", "3"), *levels(observe, "乙", "2", "3")]
    more = [*levels(observe, "甲", "90", "80"), *levels(observe, "乙", "50", "40")]
    assert taken_apart([*total, *little]) is None
    assert taken_apart([*total, *more]) is None


def test_a_part_that_exceeds_its_total_pulls_nothing(observe):
    """65300亿元 of a part printed in 万元, under a total of 120: no pull of 65,000 points is told."""
    rows = [("gdp", "110", "100"), ("value_added_secondary", "43000", "40"), ("value_added_tertiary", "67", "60")]
    observations = [
        observe(value, period=period, indicator_id=name, locator=name + period)
        for name, now, before in rows
        for value, period in ((now, "2025"), (before, "2024"))
    ]
    index = FigureIndex(observations)
    row = next(r for r in page_rows(index, catalogue(), parse_period("2025")) if r.indicator.id == "gdp")
    assert drivers(index, catalogue(), row) is None


def test_registers_are_never_mixed(observe):
    """Tax of enterprises and tax of their plots are one tax: the fuller register is used alone."""
    from dataclasses import replace

    from parkbook.model import Source, SourceKind

    plots = Source(source_id="plots", kind=SourceKind.LEDGER)
    enterprises = [*levels(observe, "甲", "60", "50"), *levels(observe, "乙", "40", "30")]
    land = [
        replace(o, source=plots) for o in levels(observe, "一号地", "20", "20") + levels(observe, "二号地", "10", "9")
    ]
    total = [observe("120", period="2025"), observe("100", period="2024")]
    assert {p.name for p in taken_apart([*total, *enterprises, *land]).parts} == {"甲", "乙"}


def test_sectors_add_up_their_members(ledger):
    sectors = {p.name: (p.change.value, p.members) for p in by_sector(taken_apart(ledger))}
    assert sectors == {"装备": (5, 2), "食品": (5, 1)}
    assert taken_apart(ledger).parts[0].current.ref_area == "p"


def test_parts_of_the_catalogue(observe):
    """二产 up 3 and 三产 up 7 of 10: shares 30 % and 70 %."""
    rows = [("gdp", "110", "100"), ("value_added_secondary", "43", "40"), ("value_added_tertiary", "67", "60")]
    observations = [
        observe(value, period=period, indicator_id=name, locator=name + period)
        for name, now, before in rows
        for value, period in ((now, "2025"), (before, "2024"))
    ]
    found = taken_apart(observations, subjects=False)
    assert [(p.name, p.share.value) for p in found.parts] == [("第三产业增加值", 70), ("第二产业增加值", 30)]


# --- 剔除 -----------------------------------------------------------------------------------------------------------


def test_growth_without_named_parts(ledger):
    """(120 − 40) / (100 − 25) − 1 = 6.67 %, 13.3 points below 20 %."""
    found = taken_apart(ledger)
    result = exclusion(found, chosen_names(found, ["甲"]))
    assert half_up(result.after.value, 2) == Decimal("6.67")
    assert (result.before.value, result.difference.value) == (20, Decimal("-13.3"))
    assert result.after.status is ObsStatus.ESTIMATED
    assert {o.locator for o in result.after.inputs} >= {"甲本期", "甲上年"}


def test_the_largest_are_found_by_this_years_figure(ledger):
    found = taken_apart(ledger)
    assert chosen_names(found, ["largest:2"]) == ("甲", "丙")
    assert chosen_names(found, ["前1家", "乙"]) == ("甲", "乙")
    two = exclusion(found, ("甲", "丙"))
    assert two.after.value == 0  # 50 after 50


def test_a_part_without_a_base_cannot_be_taken_out(ledger, observe):
    hidden = observe(None, period="2025", subject="戊", obs_status=ObsStatus.MASKED)
    found = taken_apart([*ledger, hidden])
    assert exclusion(found, ("丁",)).absent == "丁缺上年同期数，不能剔除"
    assert chosen_names(found, ["甲", "戊"]) == ("甲", "戊")
    assert exclusion(found, ("甲", "戊")).absent == "戊没有本期数，不能剔除"
    assert exclusion(found, ()) is None


def test_everything_taken_out_leaves_no_rate(observe):
    total = [observe("60", period="2025"), observe("60", period="2024")]
    found = taken_apart([*total, *levels(observe, "甲", "40", "30"), *levels(observe, "乙", "20", "30")])
    assert exclusion(found, ("甲", "乙")).absent == "剔除后没有剩余的基数，不计算增速"


@pytest.mark.parametrize(
    ("words", "count"), [("largest:3", 3), ("前3家", 3), ("最大5家", 5), ("largest:0", None), ("前进机械", None)]
)
def test_how_the_largest_are_asked_for(words, count):
    assert largest_asked(words) == count


def test_an_unknown_enterprise_is_refused_with_the_nearest():
    with pytest.raises(ParameterError) as error:
        check_exclude(["示例重功"], ["示例重工", "示例精工", "范例纺织", "其他企业"])
    assert "示例重功" in str(error.value) and "示例重工" in str(error.value)
    with pytest.raises(ParameterError):
        check_exclude(["其他企业"], ["其他企业"])
    check_exclude(["示例重工", "largest:3"], ["示例重工"])


def workbook_sums(names):
    """(total, base, excluded, excluded base) of 工业总产值 in 万元, read from the cells of the demo's ledger by hand."""
    path = parks_directory() / "demo" / "ledgers" / "03重点企业.xlsx"
    sheet = openpyxl.load_workbook(path, data_only=True)["2025年4季度"]
    heads = {(str(a.value), str(b.value)): b.column for a, b in zip(sheet[3], sheet[4], strict=True)}
    column = heads["工业总产值", "本年累计"]
    rows = {str(row[1].value): row for row in sheet.iter_rows(min_row=5)}
    figure = [[Decimal(str(rows[name][column - 1 + k].value)) for name in names] for k in (0, 1)]
    return sum(figure[0]), sum(figure[1])


def test_the_demo_page_agrees_with_the_cells_of_its_ledger():
    """650.2 after 656.75亿元; without 示例重工 and 演示新能源 540.40 after 540.96: −0.1 %, 0.9 points above −1.0 %."""
    data = read_park("demo")
    index = FigureIndex(settled(data.observations))
    rows = page_rows(index, catalogue(), parse_period("2025"))
    row = next(r for r in rows if r.indicator.id == "industrial_output_above_size")
    found = decompose(index, catalogue(), row)
    now, before = workbook_sums(["示例重工", "演示新能源"])
    expected = ((Decimal(6502000) - now) / (Decimal(6567500) - before) - 1) * 100
    result = exclusion(found, ("示例重工", "演示新能源"))
    assert result.after.value == expected
    assert (half_up(expected, 1), result.difference.value) == (Decimal("-0.1"), Decimal("0.9"))
    named = {part.name: part for part in found.parts}
    assert named["示例重工"].change.value == Decimal("-37.962")  # 597777 − 977397 万元
