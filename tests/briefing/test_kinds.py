"""Kinds of documents: every outline holds together, the right one is chosen, and each reads as its custom asks."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from parkbook.briefing import report_parts
from parkbook.briefing.analysis_part import topic
from parkbook.briefing.blocks import Bullets, Heading, KeyFigures, Paragraph, Table
from parkbook.briefing.kinds import outline_for, outlines, read_outline
from parkbook.briefing.suggestions import read_suggestions, suggestions
from parkbook.catalogue import SYSTEMS, catalogue
from parkbook.errors import DataError, ParameterError, UnknownCodeError
from parkbook.export.document import notebook_document
from parkbook.export.pdf import render_pdf
from parkbook.periods import parse_period
from parkbook.workbook import open_park


def text_of(block):
    if isinstance(block, Paragraph):
        return "".join(run.text for run in block.runs)
    if isinstance(block, Bullets):
        return "\n".join("".join(run.text for run in item) for item in block.items)
    return block.text if isinstance(block, Heading) else ""


@cache
def briefing(**given):
    book = open_park({"park": "demo"} | given, "briefing")
    return [*book.cover(), *book.opening(), *book.front(), *book.body(), *book.annex()]


def headings(blocks, level=1):
    return [block.text for block in blocks if isinstance(block, Heading) and block.level == level]


@pytest.mark.parametrize("outline", outlines().values(), ids=outlines())
def test_an_outline_names_what_there_is(outline):
    for part in outline.parts:
        assert part.show in report_parts.SHOWS
        assert set(part.systems) <= set(SYSTEMS)
        assert [name for group in part.groups for name in group.indicators if name not in catalogue()] == []
    assert "{park}" in outline.title


@pytest.mark.parametrize(
    ("period", "own", "kind"),
    [
        ("2025", True, "annual"),
        ("2025-S1", True, "half_year"),
        ("2025年一季度", True, "quarterly"),
        ("2025年1-9月", True, "quarterly"),
        ("2025年1-8月", True, "monthly"),
        ("2025-08", True, "monthly"),
        ("2025", False, "overview"),
        ("2025-08", False, "overview"),
    ],
)
def test_the_usual_document_of_a_period(period, own, kind):
    assert outline_for("", parse_period(period), own=own).id == kind


def test_a_half_years_report_takes_the_latest_half_year_and_no_other_period():
    half = open_park({"park": "demo", "kind": "half-year"}, "briefing")
    assert half.cover()[0].title == "示例高新技术产业园2025年上半年工作情况汇报"
    assert ("period", "2025年上半年", "随文种") in half.parameters.table()
    assert open_park({"park": "demo", "kind": "quarterly"}, "briefing").view.period_label == "2025年1—9月"
    asked = open_park({"park": "demo", "kind": "quarterly", "period": "2025年一季度"}, "briefing")
    assert asked.view.period_label == "2025年一季度"
    with pytest.raises(ParameterError, match=r"“半年工作汇报”的报告期须为半年.*2025年；"):
        open_park({"park": "demo", "kind": "half_year", "period": "2025"}, "briefing")


def test_where_all_targets_are_missed_none_is_counted_as_met():
    lead = text_of(open_park({"park": "demo", "kind": "half_year"}, "briefing").opening()[0])
    assert "12项年度目标均慢于序时进度，差距最大的是实际利用外资；" in lead


def test_the_annex_of_a_report_has_the_figures_of_its_text_and_says_where_the_others_are():
    book = open_park({"park": "demo", "kind": "annual"}, "briefing")
    text = {ref for block in (*book.opening(), *book.front(), *book.body()) for ref in block.refs}
    annex = book.annex()
    tables = [block for block in annex if isinstance(block, Table) and "主要指标" in block.caption]
    shown = [row for table in tables for row in table.rows]
    assert all(any(run.ref in text for cell in row for run in cell) for row in shown)
    assert not {"当月", "当月同比", "其他"} & {column.label for table in tables for column in table.columns}
    note = next(text_of(block) for block in annex if isinstance(block, Paragraph))
    left_out = len(book.view.numeric_rows) - len(shown)
    assert note.startswith(f"本附件只列正文写到的指标；正文未写到的{left_out}项指标，") and note.endswith(
        "，见Excel附表。"
    )


def test_a_kind_by_its_name_and_an_unknown_one():
    assert outline_for("招商专报", None, own=True).id == "promotion"
    with pytest.raises(UnknownCodeError, match=r"没有名为“monthy”的文种.*\n?.*monthly"):
        outline_for("monthy", None, own=True)


def test_a_third_party_park_gets_no_report_in_its_name():
    with pytest.raises(ParameterError, match="第三方园区不出“工作汇报”"):
        open_park({"park": "qilu", "kind": "annual"}, "briefing")
    with pytest.raises(ParameterError, match="不得以其名义行文"):
        open_park({"park": "qilu", "letterhead": "某某文件"}, "briefing").cover()
    assert open_park({"park": "qilu", "kind": "one_page"}, "briefing").front()


def test_a_broken_outline_names_file_and_field(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("id: x\nname: 某\ntitle: t\nparts: [{id: a, title: 甲}]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"parts\.0\.show"):
        read_outline(path)
    path.write_text(
        "id: x\nname: 某\ntitle: t\nparts: [{id: a, title: 甲, show: work}]\nshort: [b]\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="“b”重复或不存在"):
        read_outline(path)
    with pytest.raises(DataError, match="不存在"):
        report_parts.show("keyfigures", "x.yaml")


def test_a_work_report_in_its_order():
    blocks = briefing()
    assert headings(blocks) == [
        "一、主要指标完成情况",
        "二、工作开展情况",
        "三、存在问题",
        "四、下一步举措",
        "五、后续年度目标",
    ]
    opening = next(text_of(block) for block in blocks if isinstance(block, Paragraph) and block.role == "lead")
    assert opening == (
        "2025年，地区生产总值229.8亿元，同比增长2.2%；规上工业总产值下降1%，固定资产投资增长3.1%，税收增长4%。"
        "12项年度目标完成3项，9项未完成，差距最大的是实际利用外资；重点项目完成年度计划投资的86.2%。"
        "数据截至2025年12月，现将有关情况汇报如下。"
    )


def test_the_opening_says_ahead_only_of_what_is_ahead():
    lead = text_of(open_park({"park": "demo", "kind": "quarterly"}, "briefing").opening()[0])
    assert "12项年度目标中1项快于序时进度，11项慢于序时进度，差距最大的是实际利用外资；" in lead
    assert "可评优劣" not in lead


def test_counts_of_the_opening_add_up():
    lead = next(block for block in briefing() if isinstance(block, Paragraph) and block.role == "lead")
    counts = [run for run in lead.runs if run.ref and run.text.endswith("项")]  # the share of the plan is no count
    all_, met, missed = [int(re.sub(r"\D", "", run.text)) for run in counts]
    assert all_ == met + missed
    assert "重点项目完成年度计划投资的86.2%" in text_of(lead)
    counted = [lead.refs[run.ref] for run in counts]
    assert [len(source.inputs) for source in counted] == [all_, met, missed]


def test_the_topic_of_a_group_says_what_its_figures_say():
    blocks = briefing(kind="monthly", period="2025年1-9月")
    topics = headings(blocks, level=2)
    assert "（一）工业生产增速回落，慢于序时进度" in topics
    assert "（二）固定资产投资降幅收窄，慢于序时进度" in topics
    at = next(
        n for n, block in enumerate(blocks) if isinstance(block, Heading) and "固定资产投资降幅收窄" in block.text
    )
    assert "固定资产投资80.72亿元，同比下降0.5%，降幅比1—8月收窄1.4个百分点" in text_of(blocks[at + 1])
    assert not [topic for topic in topics if re.search(r"\d", topic)]


def test_promotion_tasks_stand_from_low_to_high():
    blocks = briefing(kind="promotion", period="2025年1-9月")
    table = next(block for block in blocks if isinstance(block, Table))
    done = [float(row[4][0].text.rstrip("%")) for row in table.rows]
    assert done == sorted(done) and len(done) > 2
    assert table.rows[0][0][0].text == "实际利用外资"
    assert table.rows[0][5][0].text == "慢17.9点"  # 3044 / 5333 = 57.1 %, less 75 %


def test_projects_stand_from_low_to_high_below_their_total():
    blocks = briefing(kind="supervision", period="2025年1-9月")
    assert headings(blocks, level=2)[:2] == ["（一）从计划进度看", "（二）从形象进度看"]
    table = next(block for block in blocks if isinstance(block, Table))
    names = [row[0][0].text for row in table.rows]
    at = [column.label for column in table.columns].index("完成率")
    done = [float(row[at][0].text.rstrip("%")) for row in table.rows[1:]]
    assert names[0] == "合计" and len(names) > 10
    assert done == sorted(done)
    assert [column.label for column in table.columns] == [
        "项目",
        "责任单位",
        "年度计划",
        "完成投资",
        "完成率",
        "灯色",
        "卡点",
    ]
    assert {row[2][0].text for row in table.rows if row[0][0].text == "样例储能电池项目"} == {
        "18.09亿元"
    }  # 04重点项目 J7


def test_one_page_answers_or_says_that_there_is_no_figure():
    for park in ("demo", "qilu", "chongqing-htz"):
        book = open_park({"park": park, "kind": "one_page"}, "briefing")
        blocks = [*book.front(), *book.body()]
        asked = {group.name for part in book.outline.parts for group in part.groups}
        table = next(block for block in blocks if isinstance(block, Table))
        answered = {row[0][0].text for row in table.rows} - {""}
        silent = "".join(text_of(block) for block in blocks if isinstance(block, Paragraph))
        assert answered and all(name in answered or name in silent for name in asked)
        assert list(book.annex()) == [] or {block.kind for block in book.annex()} == {"workbook"}


def test_a_short_document_has_the_first_page_and_few_problems():
    blocks = briefing(length="one_page")
    assert headings(blocks) == ["一、主要指标完成情况", "二、存在问题", "三、下一步举措"]
    problems = [block for block in blocks if isinstance(block, Bullets) and block.ordered]
    drafted = [item for item in problems[0].items if "分析人员" not in item[-1].text]
    assert 0 < len(drafted) <= report_parts.FEW


def test_a_wrong_length_is_refused():
    with pytest.raises(ParameterError, match="参数 length 没有“short”"):
        open_park({"park": "demo", "length": "short"}, "briefing")


def test_the_date_is_written_without_zeros_and_checked():
    (cover,) = open_park({"park": "demo", "date": "2026-01-05"}, "briefing").cover()
    assert cover.signature_date == "2026年1月5日"
    with pytest.raises(ParameterError, match="不是日期"):
        open_park({"park": "demo", "date": "2026年1月"}, "briefing")


def test_suggestions_are_marked_and_only_for_what_is_behind():
    blocks = briefing()
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and "下一步举措" in block.text)
    told = text_of(blocks[at + 1]).splitlines()
    assert all("（分析人员拟）" in line or "（建议，因" in line for line in told)
    assert any("在谈" in line or "外资" in line for line in told)  # FDI is 20 points short of its target
    assert not any("进出口" in line for line in told)  # trade rose
    assert all(name in catalogue() for rule in suggestions() for name in rule.indicators)
    assert len({rule.id for rule in suggestions()}) == len(suggestions())


def test_no_file_of_suggestions_is_no_suggestion(tmp_path):
    assert read_suggestions(tmp_path / "none.yaml") == ()


def test_the_box_tells_turns_with_both_rates():
    blocks = briefing(since="2025年1-9月")
    box = next(block for block in blocks if isinstance(block, Bullets) and block.title)
    assert box.title == "与2025年1—9月相比的变化"
    said = text_of(box)
    assert "规上工业总产值由增长1.2%转为下降1%" in said
    assert "固定资产投资由下降0.5%转为增长3.1%" in said


# -- what an office would object to --------------------------------------------------------------------------------


def test_remarks_on_one_period_stand_in_its_documents_only():
    year, nine = (text_of(block) for block in (_all(briefing()), _all(briefing(kind="monthly", period="2025年1-9月"))))
    assert "订单转移" in year and "下半年由降转增" in year
    assert "订单转移" not in nine and "下半年由降转增" not in nine
    assert "一企一策" in nine  # a measure without a period


def _all(blocks):
    lines = [text_of(block) for block in blocks]
    return Heading(level=1, text="\n".join(line for line in lines if line))


def test_a_year_that_is_over_has_no_months_left():
    said = text_of(_all(briefing()))
    assert "余下月份" not in said and "进度落后" not in said
    assert "分别只完成年度目标的93%、94.8%，" in said and "项目完成投资只完成年度计划投资的86.2%" in said
    assert "余下月份" in text_of(_all(briefing(kind="monthly", period="2025年1-9月")))


def test_trade_and_foreign_investment_are_told_apart():
    topics = headings(briefing(kind="monthly", period="2025年1-9月"), level=2)
    assert "（六）对外贸易增速加快，快于序时进度" in topics
    assert "（七）利用外资降幅收窄，慢于序时进度" in topics


def test_a_group_whose_targets_differ_says_nothing_of_the_schedule():
    view = open_park({"park": "demo", "period": "2025年1-9月"}, "briefing").view
    trade, foreign = (
        next(row for row in view.rows if row.indicator.id == name) for name in ("total_trade", "fdi_received")
    )
    assert topic("外贸外资", trade, [foreign]) == "外贸外资增速加快"
    assert topic("对外贸易", trade) == "对外贸易增速加快，快于序时进度"


def test_investment_in_projects_is_held_against_a_plan():
    said = text_of(_all(briefing()))
    assert "完成年度计划投资的86.2%；" in said  # the rest to 100 % is on the card
    assert "同比增长41.4%（推算，项目清单有变动）" in said
    figures = next(block for block in briefing() if isinstance(block, KeyFigures))
    shown = next(item for item in figures.items if item.label == "项目完成投资")
    assert shown.verdict == "距年度计划差13.8个百分点"


def test_what_has_no_rate_is_said_without_one_and_not_in_a_note():
    said = text_of(_all(briefing()))
    assert "投产项目4个（上年为零）" in said
    assert "发生安全生产事故1起，上年同期未发生" in said
    assert "提前开工项目数" not in said  # none this year, none last year
    assert "不计算增速" not in said and "不计算完成率" not in said
    half = text_of(_all(briefing(kind="half_year")))
    assert "竣工项目3个（上年同期为零）；投产项目3个（上年同期为零）" in half
    assert "未发生安全生产事故" in half
    assert "不计算增速" not in half


def test_a_rate_and_a_place_are_set_against_last_year():
    said = text_of(_all(briefing()))
    assert "企业增长面58.3%，比上年降低8.4个百分点" in said  # 66.7 % in 2024
    assert "信访办结率94.8%，比上年降低3.4个百分点" in said
    assert "综合考评居第11位（参评数未公布），比上年前移1位" in said


def test_no_document_measures_the_pace_by_a_small_base():
    for kind in ("annual", "half_year", "quarterly", "promotion", "supervision"):
        said = text_of(_all(briefing(kind=kind)))
        moved = [Decimal(size) for size in re.findall(r"(?:加快|回落|收窄|扩大)([\d.]+)个百分点", said)]
        assert all(size < 50 for size in moved), (kind, moved)
    half = text_of(_all(briefing(kind="half_year")))
    assert "企业融资金额4.48亿元，同比下降30.7%，由增转降" in half and "189%" not in half
    assert "协议投资额79.89亿元，同比增长27.6%；" in half


def test_the_pulls_are_those_of_the_published_growth():
    """Half a year of investment: 1.6 − 2.3 − 1.0 − 4.5 is −6.2, published is −4.8 on a comparable scope."""
    for given in ({"kind": "half_year"}, {"kind": "quarterly", "period": "2025年一季度"}):
        assert "从固定资产投资构成看" not in text_of(_all(briefing(**given)))
    assert "从地区生产总值构成看" in text_of(_all(briefing(kind="half_year")))


def test_main_revenues_and_profits_are_told_and_a_year_stays_short():
    for kind in ("annual", "half_year", "quarterly"):
        blocks = briefing(kind=kind)
        said = text_of(_all(blocks))
        for name in ("规上服务业营业收入", "规上软件企业营业收入", "利润总额"):
            assert re.search(rf"{name}(（[^）]*）)?[\d.]+亿元，同比", said), (kind, name)
        body = [block for block in blocks if isinstance(block, Paragraph) and block.role == "body"]
        assert sum(len(text_of(block)) for block in body) < 4000
        assert "限上住宿业营业额" not in said
        assert "升降原因无从核算" not in said


def test_growth_parts_have_a_sentence_that_adds_to_the_first_page():
    for given in ({"kind": "monthly"}, {"kind": "quarterly"}):
        said = text_of(_all(briefing(**given)))
        assert re.search(
            r"规上工业总产值[\d.]+亿元，比上年(同期)?(增加|减少)[\d.]+亿元，增加较多的是演示新能源（", said
        )


def test_process_is_told_in_a_few_items_and_honours_by_name():
    blocks = briefing()
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and "品牌荣誉" in block.text)
    first = text_of(blocks[at + 1])
    assert not isinstance(blocks[at + 2], Paragraph)
    assert "综合考评居第11位（参评数未公布）" in first
    assert "获示例省优质开发区、示例省智慧园区试点等荣誉称号5项，比上年增加1项" in first
    assert first.count("；") < 5


def test_computed_rates_say_so_once_a_paragraph():
    for block in briefing():
        said = text_of(block)
        assert said.count("（推算）") < 2 and said.count("（按公布增速推算）") < 2


def test_a_circular_opens_in_one_line_and_says_how_the_plan_stands():
    blocks = briefing(kind="supervision", period="2025年1-9月")
    said = text_of(_all(blocks))
    assert "现将示例高新技术产业园2025年1—9月重点项目推进情况通报如下。" in said
    assert re.search(r"列入年度投资计划的项目共21个，已完成全年计划\d+个；其余\d+个中13个低于序时进度（75%）", said)
    built = next(block for block in blocks if isinstance(block, Table) and "形象进度" in block.caption)
    assert all(re.fullmatch(r"投资[快慢][\d.]+点|一致|—", row[3][0].text) for row in built.rows)
    planned = next(block for block in blocks if isinstance(block, Table) and "年度投资计划" in block.caption)
    assert "尚无投资" in {row[3][0].text for row in planned.rows}


def test_the_total_of_the_plans_is_that_of_the_projects():
    """86.2 % is 78.4 of 90.98 亿元 (04重点项目.xlsx, 2025年4季度!J28, K28), and the lines of the table add up to it."""
    blocks = briefing(kind="supervision")
    planned = next(block for block in blocks if isinstance(block, Table) and "年度投资计划" in block.caption)
    plans = [Decimal(row[2][0].text.removesuffix("亿元")) for row in planned.rows]
    assert plans[0] == sum(plans[1:]) == Decimal("90.98")
    lamps = {row[0][0].text: row[5][0].text for row in planned.rows}
    assert lamps["样例检测认证平台"] == "■红灯" and lamps["样本新材料中试基地"] == "●绿灯" and lamps["合计"] == "▲黄灯"
    assert all(run.ref in planned.refs for row in planned.rows for cell in row[2:5] for run in cell if run.text != "—")


def test_an_exemption_is_from_the_rule_it_names_alone():
    """The platform is excused from the rule of starts; its investment still counts among the seven red ones."""
    blocks = briefing(kind="supervision")
    planned = next(block for block in blocks if isinstance(block, Table) and "年度投资计划" in block.caption)
    assert any(
        note.startswith("样例检测认证平台有正当理由，开工预警不亮灯（投资进度仍计）：") for note in planned.notes
    )
    said = text_of(_all(blocks))
    assert "另有样例检测认证平台应开未开8个月，有正当理由，开工预警不亮灯（投资进度仍计）。" in said
    half = text_of(_all(briefing(kind="half_year")))
    assert "开工预警不亮灯（投资进度、前期手续仍计）" in half  # 规划设计条件 is 218 days late as well


def test_started_projects_add_up_in_words():
    """04项目调度.xlsx, 2025年4季度: F16 11, F17 3, C18 0, C11 8; 88.9 % is 8 of the 9 of F10."""
    said = text_of(_all(briefing(kind="supervision")))
    assert "截至期末计划开工11个，未按计划开工3个，提前开工0个，与实际开工8个相符；" in said
    assert "开工率88.9%（开工项目数与本年计划开工9个之比）。" in said


def test_what_a_short_list_of_problems_leaves_out_is_named():
    blocks = briefing(length="one_page")
    listed = next(block for block in blocks if isinstance(block, Bullets) and block.ordered)
    drafted = [text for item in listed.items if "分析人员" not in (text := "".join(run.text for run in item))]
    assert len(drafted) == report_parts.FEW
    assert drafted[-1].startswith("另有项目未按期开工、") and "九类红灯事项，见数据分析页" in drafted[-1]
    assert "前期手续逾期" in drafted[-1] and "企业融资金额下降" in drafted[-1]


def test_no_red_problem_of_the_year_goes_unsaid():
    listed = next(
        block
        for block in briefing(kind="annual")
        if isinstance(block, Bullets) and "年度目标完成不理想" in text_of(block)
    )
    told = text_of(listed)
    assert "前期手续逾期" in told and "企业融资金额" in told and "管理指标走低" in told


def test_on_one_page_a_computed_rate_is_shown_as_such():
    """企业数 3642 against 3385 the year before (+7.6 %): computed, so marked; 收入合计 and 总收入 do not stand beside 营业收入."""
    table = next(block for block in briefing(kind="one_page") if isinstance(block, Table))
    shown = {row[1][0].text: row[3][0].text for row in table.rows}
    assert shown["企业数"] == "推▲7.6%" and shown["闲置厂房面积"] == "推▲35.1%" and shown["规上工业总产值"] == "▼1%"
    assert any("推算" in note for note in table.notes)
    assert not {"收入合计", "总收入", "工业总产值", "国内招商引资"} & set(shown)
    assert {"营业收入", "税收", "进出口总额", "到位内资"} <= set(shown)
    month = next(block for block in briefing(kind="one_page") if isinstance(block, Table) and "当月" in block.caption)
    assert month.rows[2][0][0].text == "建安投资"


def test_the_changes_stand_before_the_reasons():
    blocks = briefing(kind="annual")
    box = next(at for at, block in enumerate(blocks) if isinstance(block, Bullets) and block.title)
    reasons = next(at for at, block in enumerate(blocks) if "构成看" in text_of(block))
    assert isinstance(blocks[box - 1], KeyFigures) and box < reasons


def test_below_a_letterhead_the_figures_are_four_lines():
    blocks = briefing(kind="annual", letterhead="示例高新技术产业园管委会文件")
    assert not any(isinstance(block, KeyFigures) for block in blocks)
    table = next(block for block in blocks if isinstance(block, Table))
    assert len(table.rows) == 4 and len(table.columns) == 6 and not table.caption
    assert [run.text for run in table.rows[0][1]] == ["4259万美元", " ", "▼13.8%"]
    assert all(run.ref in table.refs for row in table.rows for run in (*row[1], *row[4]) if run.text.strip())


def test_a_draft_without_a_date_has_a_blank_one_and_no_other_document_has():
    assert briefing()[0].signature_date == "　　　　年　　月　　日"
    assert briefing(kind="one_page")[0].signature_date == ""
    asked = open_park({"park": "demo", "state": "reviewed", "reviewer": "示例复核人"}, "briefing").cover()[0]
    assert asked.signature_date == ""


def test_promotion_opens_with_one_sentence_and_has_the_funnel():
    blocks = briefing(kind="promotion")
    said = text_of(_all(blocks))
    assert "4项目标任务中1项完成、3项未完成，完成率最低的是实际利用外资（79.9%）" in said
    assert "三、招商项目转化情况" in headings(blocks)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "one_page"},
        {"length": "one_page"},
        {"length": "one_page", "kind": "monthly", "period": "2025年1-9月"},
        {"length": "one_page", "kind": "promotion"},
        {"length": "one_page", "kind": "supervision"},
    ],
    ids=str,
)
def test_a_document_of_one_page_is_one_page(given):
    shown = [block._repr_mimebundle_() for block in briefing(**given)]
    outputs = [{"output_type": "display_data", "metadata": {}, "data": data} for data in shown]
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": outputs}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    made = render_pdf(notebook_document(notebook, "briefing"))
    assert len(PdfReader(BytesIO(made)).pages) == 1


def test_of_a_handful_of_things_the_difference_is_said():
    said = text_of(_all(briefing()))
    assert "竣工项目6个，比上年增加5个" in said  # 1 the year before
    assert "增长500%" not in said
    assert "其余合计拉动增长" in said and "下拉增长" not in said
    for kind in ("promotion", "supervision"):
        assert "增长500%" not in text_of(_all(briefing(kind=kind)))
    assert "实施股权激励5次，比上年减少1次" in text_of(_all(briefing(kind="promotion")))
    tables = [
        block for block in open_park({"park": "demo", "kind": "annual"}, "briefing").annex() if isinstance(block, Table)
    ]
    cells = {
        "".join(run.text for run in row[0]): ["".join(run.text for run in cell) for cell in row]
        for t in tables
        for row in t.rows
    }
    assert "▲5个" in cells["竣工项目数"] and "▼8.4点" in cells["企业增长面"]


def test_months_running_are_counted_with_their_months():
    listed = next(
        block for block in briefing() if isinstance(block, Bullets) and "累计同比连续7次下降" in text_of(block)
    )
    [item] = [item for item in listed.items if "累计同比连续7次下降" in "".join(run.text for run in item)]
    [run] = [run for run in item if run.text == "7次"]
    ends = ("上半年", "1—7月", "1—8月", "1—9月", "1—10月", "1—11月")
    assert listed.refs[run.ref].inputs == (*(f"2025年{words}" for words in ends), "2025年")
    assert "合同外资同比下降9.2%，年初以来累计同比持续下降" in text_of(listed)  # all of the twelve readings
