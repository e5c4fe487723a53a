"""The linter finds what an office must never send up, and says nothing of what is right."""

from __future__ import annotations

import pytest

from parkbook.briefing.blocks import (
    Bullets,
    Column,
    Cover,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Provenance,
    Run,
    Sheet,
    SheetColumn,
    Table,
    Workbook,
)
from parkbook.briefing.lint import lint

SOURCE = Provenance(label="税收", value="12.34亿元", status="正式数", source="台账")


def said(*runs, refs=None):
    return Paragraph(runs=tuple(Run(text=r) if isinstance(r, str) else r for r in runs), refs=refs or {})


def figure(text, ref="o1"):
    return Run(text=text, ref=ref)


def whats(*blocks, names=()):
    return [finding.what for finding in lint(blocks, names)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("税收同比增长-3.2%", "增长-3"),
        ("税收同比下降▼3.2%", "下降▼3"),
        ("进出口下降2倍", "下降2倍"),
        ("增速比上月回落0.8%", "回落0.8%"),
        ("税收同比增长0.0%", "增长0.0%"),
        ("税收None亿元", "None"),
        ("税收增长，，出口下降", "，，"),
        ("税收（）增长", "（）"),
        ("2023年，土地出让（2023年一季度）", "2023年，土地出让（2023年"),
        ("2023年，剔除企业（报告期未载明）", "2023年，剔除企业（报告期未载明"),
        ("预计未结顶的高层预计2栋", "预计未结顶的高层预计2"),
        ("各园区中0个同比下降", "0个同比"),
        ("公布增速不一致（xian-htz-s2）", "xian-htz-s2"),
    ],
)
def test_phrases_an_office_never_writes(text, what):
    assert f"不合行文习惯：{what}" in whats(said(text))


def test_a_number_without_a_source():
    assert whats(said("税收12.34亿元")) == ["数字没有出处：税收12.34亿元"]
    assert whats(said("税收", figure("12.34亿元"))) == ["数字“12.34亿元”没有出处"]
    assert whats(said("税收", figure("12.34亿元"), refs={"o1": SOURCE})) == []


def test_periods_counts_and_names_may_hold_digits():
    assert whats(said("2025年1—9月，数据截至2025年9月，等3项")) == []
    assert whats(said("余下3个月月均需完成，前9个月月均")) == []
    assert whats(said("G60科创走廊入驻企业"), names=["G60科创走廊"]) == []
    assert whats(said("G60科创走廊入驻企业")) != []


@pytest.mark.parametrize("text", ["12.34亿元", "12.3亿元", "123400万元", "12亿元"])
def test_rounding_and_units_are_one_number(text):
    assert whats(said(figure(text), refs={"o1": SOURCE})) == []


def test_another_number_than_the_source_says():
    assert whats(said(figure("12.43亿元"), refs={"o1": SOURCE})) == ["正文的12.43亿元与出处的12.34亿元不一致"]


def test_text_and_table_say_one_number():
    wide = SOURCE.model_copy(update={"value": "12.34亿元（12.4亿元）"})
    table = Table(caption="表", columns=(Column(label="数值"),), rows=(((figure("12.4亿元"),),),), refs={"o1": wide})
    assert whats(said(figure("12.34亿元"), refs={"o1": wide}), table) == ["同一数字前后写法不一：12.34亿元、12.4亿元"]


def test_a_rank_without_its_denominator():
    assert whats(said("居全市", figure("第8位"), refs={"o1": SOURCE.model_copy(update={"value": "第8位"})})) == [
        "位次未写明参评数"
    ]
    ranked = {"o1": SOURCE.model_copy(update={"value": "第8位"})}
    assert whats(said("居全市", figure("第8位"), "（参评12个）", refs=ranked)) == []
    assert whats(said("居全市", figure("第8位"), "（参评数未公布）", refs=ranked)) == []


def test_a_masked_figure_printed_as_a_number():
    masked = SOURCE.model_copy(update={"status": "原文隐去", "value": "原文隐去"})
    assert "“税收”为原文隐去，却印出了数字" in whats(said(figure("12.34亿元"), refs={"o1": masked}))


def test_a_third_party_page_speaks_for_nobody():
    cover = Cover(title="某园公开数据概览", notebook="briefing", relation="third_party")
    blocks = [Heading(level=1, text="三、存在问题"), Bullets(items=((Run(text="我们将加快推进"),),))]
    assert whats(cover, *blocks) == ["第三方园区的材料不写问题和举措", "第三方园区的材料不用第一人称"]
    own = cover.model_copy(update={"relation": "own"})
    assert whats(own, *blocks) == []


def test_the_analysts_own_words_are_left_alone():
    assert whats(said("两宗项目预计12月开工，投资3亿元（分析人员补充）")) == []


FORECAST = Provenance(label="工业投资", value="22.6%", status="预计或推算", source="报告")
COMPUTED = Provenance(
    label="第二产业", value="56.7%", status="据公布数计算", source="公报", formula="部分 ÷ 总体 × 100%"
)


def table_of(text, name="工业投资", source=FORECAST):
    columns = (Column(label="指标"), Column(label="同比"))
    return Table(caption="表", columns=columns, rows=(((Run(text=name),), (figure(text),)),), refs={"o1": source})


def test_a_forecast_without_its_word():
    assert whats(table_of("▲22.6%")) == ["▲22.6%是预计数，没有注明"]
    assert whats(table_of("▲22.6%（预计）")) == whats(table_of("▲22.6%", "工业投资（预计）")) == []
    assert whats(said("工业投资增长", figure("22.6%"), refs={"o1": FORECAST})) == ["22.6%是预计数，没有注明"]
    item = KeyFigure(label="工业投资", value=figure("22.6%"), verdict="上升", tone="good")
    assert whats(KeyFigures(items=(item,), refs={"o1": FORECAST})) == ["22.6%是预计数，没有注明"]


def test_a_computed_share_that_looks_published():
    assert whats(table_of("占地区生产总值56.7%", source=COMPUTED)) == ["占地区生产总值56.7%是推算的占比，没有注明"]
    assert whats(table_of("推占地区生产总值56.7%", source=COMPUTED)) == []


def test_codes_and_empty_brackets_where_no_sentence_is():
    cover = Cover(title="某园一园一页（）", notebook="briefing", park_name="某园", relation="own", state="draft")
    assert "标题中括号为空" in whats(cover)
    sheet = Sheet.of(
        "指标", (SheetColumn(label="说明", width=9), SheetColumn(label="指标代码", width=9)), [("masked", "error")]
    )
    assert whats(Workbook(sheets=(sheet,))) == ["附表“指标”的说明栏有状态代码"]
