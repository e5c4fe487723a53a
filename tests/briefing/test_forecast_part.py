"""全年预计 on the page of the demo park."""

from decimal import Decimal

import pytest

from parkbook.briefing.blocks import Figure, Paragraph, Table
from parkbook.briefing.forecast_part import chance_words, forecast_part
from parkbook.briefing.view import park_view
from parkbook.catalogue import catalogue
from parkbook.observations.read import read_park
from parkbook.periods import parse_period
from parkbook.workbook import open_park


@pytest.fixture(scope="module")
def part():
    """The part of the demo park in a period; its ledgers are read once."""
    data = read_park("demo")
    return lambda period: forecast_part(park_view(data, catalogue(), parse_period(period)))


@pytest.fixture(scope="module")
def blocks(part):
    return part("2025年1-9月")


def text(runs):
    return "".join(run.text for run in runs)


def test_the_table_has_each_target_with_interval_probability_and_pace(blocks):
    (table,) = [block for block in blocks if isinstance(block, Table)]
    rows = {text(row[0]): [text(cell) for cell in row] for row in table.rows}
    fdi = rows["实际利用外资"]
    assert table.caption == "年度目标指标全年预计（截至2025年1—9月）"
    assert fdi[1:3] == ["3044万美元", "5333万美元"]
    assert fdi[5:] == ["不足10%", "763万美元（338万美元）"]  # (5333 − 3044) / 3, 3044 / 9
    assert rows["固定资产投资"][2] == "调112.9亿元"
    assert all(
        run.ref in table.refs for row in table.rows for cell in row[1:] for run in cell if run.text[:1].isdigit()
    )


def test_every_forecast_is_marked_as_one(blocks):
    (table,) = [block for block in blocks if isinstance(block, Table)]
    point = table.refs[table.rows[0][3][0].ref]
    assert "模型预计" in " ".join(point.notes) and "预计" in point.status
    assert "上年余下月份数" in point.formula


def test_the_sentence_sorts_the_targets(blocks):
    said = text(next(b for b in blocks if isinstance(b, Paragraph)).runs)
    assert said.startswith("按目前进度，进出口总额")
    assert "完成全年目标难度较大，其中实际利用外资全年预计4198万美元，为年度目标的78.7%" in said
    assert said[-1] == "。" and "。。" not in said


def test_the_charts_say_their_numbers(blocks):
    ranges, *fans = [block for block in blocks if isinstance(block, Figure)]
    assert "实际利用外资78.7%（" in ranges.alt
    assert len(fans) == 2
    assert all("80%区间" in fan.alt and "年度目标" in fan.alt for fan in fans)


def test_a_year_that_is_over_is_looked_back_on(part):
    lead, table = part("2025")
    assert "2025年已经结束，不再预计" in text(lead.runs)
    rows = {text(row[0]): [text(cell) for cell in row] for row in table.rows}
    assert rows["规上工业总产值"][1:] == ["650.2亿元", "678.2亿元", "▲4.3%", "659.4亿元", "▲1.4%"]


def test_nothing_is_foreseen_for_a_month(part):
    assert part("2025-09") == []


@pytest.mark.parametrize("park", ["qilu", "wangchun"])
def test_nothing_is_foreseen_without_targets_and_months(park):
    assert forecast_part(open_park({"park": park}, "park").view) == []


@pytest.mark.parametrize(
    ("value", "words"), [("0", "不足10%"), ("9.9", "不足10%"), ("35", "约40%"), ("62", "约60%"), ("90", "90%以上")]
)
def test_a_probability_is_said_in_tens(value, words):
    assert chance_words(Decimal(value)) == words
