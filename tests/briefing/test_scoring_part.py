"""The framework on the park page: what is said, what stands in the tables, where the figures lead."""

from __future__ import annotations

import pytest

from parkbook.briefing.blocks import Paragraph, Table
from parkbook.briefing.scoring_part import scoring_part
from parkbook.briefing.view import park_view
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.errors import ParameterError, UnknownCodeError
from parkbook.observations.read import read_park
from parkbook.parameters import ParameterValues, resolve
from parkbook.workbook import open_park


@pytest.fixture(scope="module")
def demo():
    return read_park("demo")


def blocks_of(demo, **choices):
    return scoring_part(park_view(demo, catalogue(), None, ParameterValues(**choices)))


def text_of(block) -> str:
    if isinstance(block, Paragraph):
        return "".join(run.text for run in block.runs)
    return "\n".join(" ".join("".join(run.text for run in cell) for cell in row) for row in block.rows)


def table(blocks, words) -> Table:
    return next(block for block in blocks if isinstance(block, Table) and words in block.caption)


def test_nothing_without_a_framework(demo) -> None:
    assert blocks_of(demo) == []


def test_the_score_what_is_missing_and_one_step_more(demo) -> None:
    blocks = blocks_of(demo, framework="huangyan-2022")
    document, lead = text_of(blocks[0]), text_of(blocks[1])
    assert "数据年份未载明" in document
    assert "评价对象是企业，这里以园区汇总数代入，只供分析，不是评价结果" in document
    assert "（这些指标的权重合计90分，满分100分）；单位排放增加值不可计算，没有总分。" in lead
    scores = table(blocks, "各项得分")
    assert [text_of(scores).count(words) for words in ("亩均税收", "每增加1万元/亩", "值 ÷ 基准值24.097 × 权重")] == [
        1,
        2,
        1,
    ]
    missing = table(blocks, "不可计算")
    assert "主要污染物排放量" in text_of(missing)
    assert "责任单位原文未载" in text_of(missing)


def test_every_figure_of_the_score_table_leads_to_its_cells(demo) -> None:
    scores = table(blocks_of(demo, framework="huangyan-2022"), "各项得分")
    for row in scores.rows:
        for place in (1, 4, 6):
            (run,) = row[place]
            shown = scores.refs[run.ref]
            assert shown.value == run.text or shown.locator
            assert shown.inputs or shown.locator
    (points,) = scores.rows[0][4]
    assert "÷ 24.097 × 30" in scores.refs[points.ref].formula


def test_excluded_enterprises_inside_and_never_outside(demo) -> None:
    inside = table(blocks_of(demo, framework="huangyan-2022", exclude="示例重工"), "剔除示例重工")
    assert "亩均增加值" in text_of(inside)
    assert any("亩均税收" in note and "未作剔除" in note for note in inside.notes)  # a published rate has no parts
    outside = blocks_of(demo, framework="huangyan-2022", exclude="示例重工", audience=Audience.EXTERNAL)
    assert not any("示例重工" in (block.caption if isinstance(block, Table) else text_of(block)) for block in outside)


def test_both_sides_of_wanjiang_and_the_offices_that_have_the_data(demo) -> None:
    blocks = blocks_of(demo, framework="皖江")
    target = table(blocks, "不可计算的指标（目标任务考核）")
    assert "省住房城乡建设厅、省统计局" in text_of(target)
    assert any("发展成效考核：20项指标均不可计算" in text_of(b) for b in blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize(
    "framework", ["eco-industrial-parks", "torch-htz-2021", "zone-levels", "smart-park", "jingde-2022"]
)
def test_a_framework_with_gaps_is_shown_with_its_gaps(demo, framework) -> None:
    blocks = blocks_of(demo, framework=framework)
    assert "没有" in text_of(blocks[1])
    assert "未取得" in text_of(blocks[-1]) or "未载" in text_of(blocks[-1]) or "不计分" in text_of(blocks[-1])


def test_the_parameter_takes_a_code_or_a_name_and_refuses_others() -> None:
    found = resolve("park", {"park": "demo", "framework": "黄岩2022"}, {})
    assert found.framework == "huangyan-2022"
    with pytest.raises(ParameterError, match="您是不是要用 huangyan-2022"):
        resolve("park", {"park": "demo", "framework": "huangyan2022"}, {})


def test_a_framework_that_went_away_is_an_error(demo) -> None:
    view = park_view(demo, catalogue(), None, ParameterValues.model_construct(framework="gone"))
    with pytest.raises(UnknownCodeError, match="没有评价体系“gone”"):
        scoring_part(view)


def test_a_month_has_no_score_and_a_row_names_what_was_taken(demo) -> None:  # type: ignore[no-untyped-def]
    month = open_park({"park": "demo", "period": "2025-09"}, "park").part("scoring")
    assert not [block for block in month if isinstance(block, Table)]
    assert "评价用全年数，本报告期（2025年9月）没有" in text_of(month[-1])
    year = open_park({"park": "demo"}, "park").part("scoring")
    rows = {"".join(run.text for run in row[0]) for row in table(year, "各项得分").rows}
    assert "亩均税收（取亩均规上工业税收）" in rows
    assert any("不设上限" in note for note in table(year, "各项得分").notes)
