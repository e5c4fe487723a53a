"""增长构成与剔除 on the page of the demo park: sums, sentences, and what readers outside may see."""

from dataclasses import replace
from decimal import Decimal

import pytest

from parkbook.briefing.blocks import Bullets, Figure, Paragraph, Table
from parkbook.briefing.contribution_part import contributions
from parkbook.briefing.growth_charts import Step, waterfall
from parkbook.briefing.view import park_view
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.errors import ParameterError, RenderError
from parkbook.observations.read import read_park
from parkbook.parameters import resolve
from parkbook.periods import parse_period
from parkbook.workbook import for_audience, open_park

PERIOD = parse_period("2025年1-9月")


@pytest.fixture(scope="module")
def data():
    return read_park("demo")


@pytest.fixture(scope="module")
def view(data):
    return park_view(data, catalogue(), PERIOD)


def chosen(view, **choices):
    return replace(view, choices=view.choices.model_copy(update=choices))


def text(runs):
    return "".join(run.text for run in runs)


def tables(blocks):
    return [block for block in blocks if isinstance(block, Table)]


def number(cell):
    """▼37.96 as −37.96."""
    shown = text(cell)
    if shown == "—":  # no figure of the year before: counted as nothing
        return Decimal(0)
    return Decimal(shown.removeprefix("▲").removeprefix("▼")) * (-1 if shown.startswith("▼") else 1)


def test_every_column_of_every_table_adds_up_to_its_last_row(view):
    found = tables(contributions(view))
    assert len(found) >= 5
    for table in found:
        *parts, total = table.rows
        for column in range(1, len(table.columns)):
            assert sum(number(row[column]) for row in parts) == number(total[column]), (table.caption, column)


def test_every_figure_carries_its_provenance_and_is_marked_as_estimated(view):
    for table in tables(contributions(view)):
        rows = [row for row in table.rows if text(row[0]) != "尾差"]
        figures = [run for row in rows for cell in row[1:] for run in cell if run.text != "—"]
        assert all(run.ref in table.refs for run in figures)
        assert any("推算（按公布数，非可比口径）" in note for note in table.notes)


def test_the_waterfall_says_its_steps_and_they_lead_to_the_current_figure(view):
    figures = [block for block in contributions(view) if isinstance(block, Figure)]
    output = next(f for f in figures if "规上工业总产值" in f.caption)
    assert "上年同期479.12；演示新能源+20.67；示例重工-18.85" in output.alt
    assert "本期484.73（亿元）" in output.alt


def test_a_waterfall_that_does_not_add_up_is_refused():
    steps = [Step("上年同期", Decimal(10), "10", whole=True), Step("甲", Decimal(2), "+2")]
    waterfall("甲", [*steps, Step("本期", Decimal(12), "12", whole=True)], "亿元")
    with pytest.raises(RenderError):
        waterfall("甲", [*steps, Step("本期", Decimal(13), "13", whole=True)], "亿元")


def test_without_a_name_nothing_is_excluded_and_the_page_says_how(view):
    blocks = contributions(view)
    assert not any(isinstance(block, Bullets) for block in blocks)
    assert any(isinstance(b, Paragraph) and "未剔除任何企业" in text(b.runs) for b in blocks)


def test_the_sentence_says_what_was_excluded_and_against_what(view):
    (said, *_) = [b for b in contributions(chosen(view, exclude=("示例重工", "演示新能源"))) if isinstance(b, Bullets)]
    sentences = [text(item) for item in said.items]
    assert sentences[0] == (
        "剔除示例重工、演示新能源后，2025年1—9月规上工业总产值同比增长1.0%，比剔除前（增长1.2%）低0.2个百分点，"
        "均按公布数推算，非可比口径；公布增速为增长1.2%。"
    )
    assert not any("增长-" in s or "倍" in s for s in sentences)


def test_what_cannot_be_taken_out_is_said(view):
    (said, *_) = [b for b in contributions(chosen(view, exclude=("样例储能",))) if isinstance(b, Bullets)]
    assert "2025年1—9月规上工业总产值：样例储能缺上年同期数，不能剔除。" in [text(item) for item in said.items]


def test_readers_outside_get_no_enterprise_and_no_exclusion(data):
    outside = park_view(for_audience(data, Audience.EXTERNAL), catalogue(), PERIOD)
    blocks = contributions(chosen(outside, exclude=("示例重工",), audience=Audience.EXTERNAL))
    assert not any("示例重工" in str(block.model_dump()) for block in blocks)
    assert any(isinstance(b, Paragraph) and "仅供内部使用" in text(b.runs) for b in blocks)
    assert contributions(chosen(outside, audience=Audience.EXTERNAL)) != []


def test_the_parameter_is_for_readers_inside():
    with pytest.raises(ParameterError) as error:
        resolve("park", {"park": "demo", "exclude": "示例重工", "audience": "external"}, {})
    assert "可反推单个企业" in str(error.value)
    left_out = resolve("park", {"park": "demo", "audience": "external"}, {"exclude": "示例重工"})
    assert left_out.exclude == ()
    assert resolve("park", {"park": "demo"}, {"exclude": "示例重工"}).exclude == ("示例重工",)


def test_a_mistyped_enterprise_is_refused_before_the_page_is_made():
    with pytest.raises(ParameterError) as error:
        open_park({"park": "demo", "exclude": "示例重功"}, "park")
    assert "您是不是要用 示例重工" in str(error.value)


@pytest.mark.parametrize("park", ["qilu", "wangchun"])
def test_a_park_without_parts_says_nothing(park):
    assert contributions(open_park({"park": park}, "park").view) == []


def test_a_computed_growth_that_is_not_the_published_one_is_said(view):
    """固定资产投资: 80.72 after 82.31 is −1.9 %, published is −0.5 % on a comparable scope."""
    table = next(t for t in tables(contributions(view)) if "固定资产投资增长构成" in t.caption)
    assert "总体按公布数推算为下降1.9%，公布增速为下降0.5%，两者口径不同，拉动按前者分解" in table.notes


def test_an_enterprise_without_a_base_is_a_line_of_its_own(view):
    """样例储能 has 16.44亿元 and no figure of the year before: 16.44 of 479.12 is 3.4 points, not hidden in the rest."""
    table = next(t for t in tables(contributions(view)) if t.caption == "2025年1—9月规上工业总产值增长构成")
    rows = {text(row[0]): [text(cell) for cell in row[1:]] for row in table.rows}
    current, base, change, pull = rows["样例储能（上年同期无数据）"]
    assert base == "—" and change == f"▲{current}"
    assert Decimal(pull.removeprefix("▲")) == (Decimal(current) / Decimal("479.12") * 100).quantize(Decimal("0.1"))
    assert any("样例储能上年同期无数据，按上年为零计，单列" in note for note in table.notes)


def test_table_and_waterfall_have_the_same_lines(view):
    blocks = contributions(view)
    table = next(t for t in tables(blocks) if t.caption == "2025年1—9月规上工业总产值增长构成")
    drawing = next(f for f in blocks if isinstance(f, Figure) and "规上工业总产值" in f.caption)
    for row in table.rows[:-1]:
        assert f"{text(row[0])}{'+' if text(row[3]).startswith('▲') else '-'}{abs(number(row[3]))}" in drawing.alt
    [rest] = [text(row[0]) for row in table.rows if text(row[0]).startswith("其余合计")]
    assert rest == f"其余合计（除所列{len(table.rows) - 2}家）"


def test_what_rounding_leaves_is_no_data(view):
    for table in tables(contributions(view)):
        for row in table.rows:
            if text(row[0]) == "尾差":
                assert not any(run.ref for cell in row for run in cell)
                assert abs(number(row[3])) <= Decimal("0.05")
    annual = contributions(replace(view, period=parse_period("2025")))
    product = next(t for t in tables(annual) if "地区生产总值增长构成" in t.caption)
    assert "其余合计" not in str([text(row[0]) for row in product.rows])


def test_no_share_of_growth_above_all_of_it(view):
    for period in ("2025年1-9月", "2025", "2025-09"):
        for table in tables(contributions(open_park({"park": "demo", "period": period}, "park").view)):
            if [column.label for column in table.columns][-1] == "贡献率（%）":
                assert all(abs(number(row[-1])) <= 100 for row in table.rows), table.caption


def test_many_parts_without_a_base_are_one_line(view):
    """Of the projects of 2025 six with money spent were not in the register a year before; three more have spent nothing."""
    annual = contributions(replace(view, period=parse_period("2025")))
    table = next(t for t in tables(annual) if t.caption == "2025年项目完成投资增长构成")
    rows = {text(row[0]): [text(cell) for cell in row[1:]] for row in table.rows}
    assert rows["上年同期无数据的6个合计"][:3] == ["20.06", "—", "▲20.06"]
    assert sum("上年同期无数" in name for name in rows) == 1
    assert "其余合计（除所列14个）" in rows
    for column in range(1, len(table.columns)):
        assert sum(number(row[column]) for row in table.rows[:-1]) == number(table.rows[-1][column])
