"""Pages of third-party parks, held against what their sources say: a forecast stays one, what is computed is marked, what is
not known is told as not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pytest

from parkbook.briefing.annex_sheets import INDICATORS, OBSERVATIONS
from parkbook.briefing.blocks import Appendix, Block, Bullets, Cover, KeyFigures, Paragraph, Table, Workbook
from parkbook.briefing.finding_words import finding_words
from parkbook.briefing.format import marked_arrow, marked_text
from parkbook.briefing.lint import CODES, lint
from parkbook.briefing.origin import origin_lines
from parkbook.briefing.pages import LONGEST_LIST
from parkbook.briefing.provenance import basis_words, locator_words, period_words, provenance, scope_words
from parkbook.briefing.tables import (
    INFERRED_UNIT,
    INFERRED_UNIT_IN_TEXT,
    hidden_table,
    indicator_table,
    listed_name,
    masked_names,
    unit_notes,
)
from parkbook.briefing.wording import row_sentence
from parkbook.catalogue import catalogue
from parkbook.errors import Finding
from parkbook.indicators import formulas
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, Observation, ObsStatus, SourceKind, Transformation
from parkbook.periods import PeriodStatus, parse_period
from parkbook.workbook import ParkBook, open_comparison, open_park

SPARSE = ("suzhou-sip", "xiamen-software", "shanxi-reform")


@cache
def book(park: str, kind: str = "", notebook: str = "briefing") -> ParkBook:
    return open_park({"park": park, **({"kind": kind} if kind else {})}, notebook)


@cache
def document(park: str, kind: str = "") -> list[Block]:
    made = book(park, kind)
    return [*made.cover(), *made.opening(), *made.front(), *made.body(), *made.annex()]


def texts(blocks: Iterable[Block]) -> str:
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append("".join(run.text for run in block.runs))
        elif isinstance(block, Bullets):
            lines += ["".join(run.text for run in item) for item in block.items]
        elif isinstance(block, Table):
            lines += [block.caption, *block.notes, block.source_line]
            lines += [" | ".join("".join(run.text for run in cell) for cell in row) for row in block.rows]
        elif isinstance(block, KeyFigures):
            lines += [f"{i.label} {i.value.text} {''.join(r.text for r in i.details)} {i.verdict}" for i in block.items]
    return "\n".join(lines)


def _at_the_annex(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What stands before and behind the first attachment's heading."""
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Appendix))
    return blocks[:at], blocks[at:]


def lead_of(made: ParkBook) -> str:
    return texts(made.opening()).splitlines()[0]


def records(park: str, sheet: str, kind: str = "") -> list[dict[str, str]]:
    (file,) = (block for block in document(park, kind) if isinstance(block, Workbook))
    (found,) = (one for one in file.sheets if one.name == sheet)
    return [dict(zip((c.label for c in found.columns), row, strict=True)) for row in found.cells()]


# --- forecasts ------------------------------------------------------------------------------------------------------


def test_a_forecast_rate_keeps_its_status_in_tables(observe: Callable[..., Observation]) -> None:
    yoy = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
    foreseen = formulas.published(observe("22.6", obs_status=ObsStatus.ESTIMATED, **yoy), None)
    assert marked_arrow(foreseen) == "▲22.6%（预计）" and marked_text(foreseen) == "22.6%（预计）"
    assert marked_arrow(formulas.published(observe("22.6", **yoy), None)) == "▲22.6%"
    assert "工业投资 | — | ▲22.6%（预计） | —" in texts(document("qilu"))
    assert "工业投资 | 只公布增速 | ▲22.6%（预计） | —" in texts(document("qilu", "one_page"))


def test_a_forecast_is_said_once() -> None:
    text = texts(document("ningbo-software"))
    assert "预计到年底主体未结顶的高层2幢" in text and "高层预计2幢" not in text


# --- shares ---------------------------------------------------------------------------------------------------------


def test_a_computed_share_is_marked_and_explained() -> None:
    text = texts(document("chongqing-htz"))
    assert "第二产业 | 276.52亿元 | ▲8.7% | 推占地区生产总值56.7%" in text  # 276.52 / 487.45
    assert "带“推”字的占比按公布数推算，不是公布的占比" in text
    assert " | 占全区74.4%" in texts(document("qilu"))  # published: as it is


def test_no_share_of_a_whole_that_a_report_does_not_name(observe: Callable[..., Observation]) -> None:
    assert "占落地项目" not in texts(document("qilu"))

    def shares(**fields: object) -> list[str]:
        part = observe("22", indicator_id="technology_projects_landed", unit="个", **fields)
        whole = observe("69", indicator_id="projects_landed", unit="个")
        source = replace(part.source, kind=SourceKind.REPORT)
        index = FigureIndex([replace(part, source=source), replace(whole, source=source)])
        rows = page_rows(index, catalogue(), parse_period("2025"))
        return [str(value.value)[:4] for row in rows for value in row.shares]

    assert shares() == []
    assert shares(parent="落地项目") == ["31.8"]


# --- one page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("park", "line"),
    [
        ("qilu", "土地与载体 | 人工智能岛入驻率 | 93.8% | — | —"),
        ("qilu", "年内新增申报认定 | 申报高新技术企业 | 568家 | — | —"),
        ("qilu", "科技型中小企业评价通过 | 2275家 | — | 占全区74.4%"),
        ("qilu", "新增省级制造业单项冠军 | 5家 | — | 占全区超50%"),
        ("qilu", "实际利用外资 | 39577万美元 | — | 完成年度任务的316.6%"),
        ("qilu", "市级重点项目完成投资 | 62.3亿元（预计） | — | 投资完成率140%（预计）"),
        ("qilu", "省级重点项目投资完成率 | 只公布完成率 | — | 130%（预计）"),
        ("wangchun", "土地与载体 | 土地出让 | 4宗 | — | 2023年一季度"),
        ("anonymous-2021", "土地与载体 | 公开挂牌出让土地 | 5宗 | —"),
    ],
)
def test_one_page_finds_the_figures_of_its_questions(park: str, line: str) -> None:
    assert line in texts(document(park, "one_page"))


@pytest.mark.parametrize(
    ("park", "told"),
    [
        ("qilu", "以下方面来源未提及：企业数、亩均效益、从业人员。"),
        ("wangchun", "以下方面来源提及，但数字原文隐去或未公布：年内新增申报认定、经济规模、投入。"),
        ("xiamen-software", "以下方面只有未核对原文的媒体数据，不采用：企业数、经济规模。"),
        ("beijing-etda", "以下方面来源中另有其他数字，本页从略，见Excel附表：企业数。"),
    ],
)
def test_one_page_says_why_a_question_has_no_answer(park: str, told: str) -> None:
    text = texts(document(park, "one_page"))
    assert told in text and "现有来源中没有以下方面的数字" not in text


def test_one_page_names_its_period_once() -> None:
    assert "同本页" not in texts(document("qilu", "one_page"))
    (table,) = (b for b in document("qilu", "one_page") if isinstance(b, Table))
    assert table.caption == "园区概况（2025年）" and "报告期" not in {column.label for column in table.columns}


def test_a_table_of_a_month_names_its_cumulative_columns() -> None:
    (table,) = (b for b in document("beijing-etda", "one_page") if isinstance(b, Table) and "当月" in b.caption)
    assert table.caption == "2017年5月当月及1—5月累计主要指标"
    assert [column.label for column in table.columns] == ["指标", "1—5月累计", "累计同比", "当月", "当月同比"]
    assert "规上工业总产值 | 13123685万元 | ▲30.6% | 2824855万元 | ▲33.6%" in texts([table])
    body = "规上工业总产值13123685万元，同比增长30.6%，其中5月2824855万元，同比增长33.6%。"
    assert body in texts(document("beijing-etda"))


def test_a_firm_that_is_looked_after_is_no_part_of_the_parks_firms() -> None:
    assert "税源" not in texts(document("qilu", "one_page"))
    assert "动态跟踪服务的重点税源企业超1000家" in texts(document("qilu"))


@pytest.mark.parametrize(
    ("kind", "subtitle"), [("one_page", "数据截至2025年12月"), ("", "2025年")], ids=["one_page", "overview"]
)
def test_a_title_that_has_the_period_needs_no_second_one(kind: str, subtitle: str) -> None:
    (cover,) = (block for block in book("qilu", kind).cover() if isinstance(block, Cover))
    assert cover.subtitle == subtitle


def test_a_title_without_a_period_has_no_empty_brackets() -> None:
    (cover,) = (block for block in book("ningbo-software", "one_page").cover() if isinstance(block, Cover))
    assert cover.title == "宁波某软件园（名称原文隐去）一园一页"


# --- the lead -------------------------------------------------------------------------------------------------------


def test_the_lead_says_where_media_reports_stand() -> None:
    assert "见Excel附表，正文不采用" in lead_of(book("xian-htz", "one_page"))
    for park in ("xian-htz", *SPARSE):
        assert "列于附件，正文不采用" in lead_of(book(park))
        assert "列于附件" in lead_of(book(park, notebook="park"))


def test_the_lead_counts_what_is_of_its_period() -> None:
    assert "共57条，报告期为2025年；其中43条的报告期据上下文推断。" in lead_of(book("qilu"))
    lead = lead_of(book("beijing-airport"))
    assert "共6条，其中报告期为2016年上半年的3条。" in lead and "推断" not in lead
    here = [o for o in book("beijing-airport").view.data.observations if o.period.key == parse_period("2016-S1").key]
    assert len(here) == 3


def test_the_lead_says_that_all_of_its_period_is_hidden() -> None:
    """Of the 106 figures 11 are of the whole of 2023; others are of its quarters and of its first half."""
    observations = book("wangchun").view.data.observations
    here = [o for o in observations if o.period.key == parse_period("2023").key]
    assert len(here) == 11 and {o.obs_status for o in here} == {ObsStatus.MASKED}
    assert "共106条，其中报告期为2023年全年的11条（均原文隐去）；全部106条中102条原文隐去" in lead_of(book("wangchun"))


@pytest.mark.parametrize(
    ("park", "told"),
    [
        ("beijing-finance-street", "位于北京市，级别未载明。"),
        ("beijing-etda", "位于北京市，级别：国家级，依据国家级经开区考评名单。"),
        ("teda", "位于天津市，级别：国家级。即天津经济技术开发区，级别依据"),
        ("anonymous-2021", "所在地和级别均未载明。招商引资工作报告"),
    ],
)
def test_the_opening_says_where_the_park_is_and_of_what_level(park: str, told: str) -> None:
    assert told in texts(book(park).opening())
    assert told in texts(book(park, "one_page").opening())


def test_functional_zones_say_that_they_overlap() -> None:
    assert "属北京市六大高端产业功能区，各区范围相互重叠，数据不能相加" in texts(book("beijing-airport").opening())


# --- periods --------------------------------------------------------------------------------------------------------


def test_no_period_stands_before_clauses_of_another() -> None:
    text = texts(document("wangchun"))
    assert "规下样本企业增加值增速（2023年三季度）居全区第1位（参评数未公布）；土地出让（2023年一季度）4宗" in text
    assert "2023年，" not in text
    park = texts(book("wangchun", notebook="park").section("economy", "land", "standing"))
    assert "2023年，" not in park and "土地出让（2023年一季度）4宗。" in park


def test_a_period_is_said_before_the_first_figure_of_it() -> None:
    assert "2021年，公开挂牌出让土地5宗。" in texts(document("anonymous-2021"))


def test_a_figure_without_a_period_has_a_sentence_of_its_own_and_no_card() -> None:
    text = texts(document("anonymous-2021"))
    assert "另有报告期未载明的：2022年工作计划拟盘活的闲置用地和厂房约60万平方米。" in text
    cards = [
        item.label for block in document("anonymous-2021") if isinstance(block, KeyFigures) for item in block.items
    ]
    assert cards == ["公开挂牌出让土地", "推进建设的研发平台"]
    (row,) = (r for r in book("anonymous-2021").view.rows if r.indicator.id == "idle_land_and_factories")
    assert not row.period.known


def test_what_is_under_way_is_not_told_as_done() -> None:
    text = texts(document("anonymous-2021"))
    assert "xx公司推进开展股权激励2轮" in text and "推进建设的研发平台6个" in text and "股权激励2次" not in text
    (row,) = (r for r in book("anonymous-2021").view.subject_rows if r.indicator.id == "equity_incentive_rounds")
    assert row.level is not None and any("未载明是否完成" in note for note in provenance(row.level).notes)


@pytest.mark.parametrize(("park", "count"), [("qilu", 43), ("wangchun", 11), ("hohhot-science-city", 10)])
def test_inferred_periods_are_named_in_panel_and_sheet(park: str, count: int) -> None:
    view = book(park).view
    inferred = [o for o in view.data.observations if o.period.status is PeriodStatus.INFERRED]
    assert len(inferred) == count
    for o in inferred:
        assert "报告期据上下文推断" in provenance(formulas.published(o, None)).period
    sheets = [row for sheet in (OBSERVATIONS, "未公布") for row in records(park, sheet)]
    named = {row["观测值编号"] for row in sheets if "报告期据上下文推断" in row["报告期"]}
    assert named == {o.obs_id for o in inferred} & {row["观测值编号"] for row in sheets} and len(named) >= count - 2


def test_a_stock_of_an_inferred_year_is_not_said_to_be_of_its_end() -> None:
    (row,) = (r for r in book("anonymous-2021").view.rows if r.indicator.id == "rd_platforms")
    assert row.level is not None and provenance(row.level).period == "2021年（报告期据上下文推断）"
    (row,) = (r for r in book("qilu").view.rows if r.indicator.id == "total_trade")
    assert row.level is not None and provenance(row.level).period == "2025年（累计，报告期据上下文推断）"


def test_the_period_of_a_ledger_is_no_inference(observe: Callable[..., Observation]) -> None:
    cell = observe("6", unit="个")
    cell = replace(cell, period=replace(cell.period, status=PeriodStatus.INFERRED))
    narrated = replace(cell, source=replace(cell.source, kind=SourceKind.REPORT))
    ledger = replace(cell, source=replace(cell.source, kind=SourceKind.LEDGER))
    assert "推断" in period_words(narrated) and "推断" not in period_words(ledger)


def test_wishes_of_a_plan_are_no_yearly_targets() -> None:
    text = texts(document("anonymous-2021"))
    assert "工作计划提出的数" in text and "后续年度目标" not in text and "原文未写年度，据上下文推断" in text
    assert "拟纳入一体规划土地 | 2022年 | 超10000亩" in text
    assert "后续年度目标" in texts(document("kunming-etdz"))


# --- names and places -----------------------------------------------------------------------------------------------


def test_a_masked_name_stays_masked() -> None:
    text = texts(document("wangchun")) + texts(book("wangchun", notebook="park").annex())
    assert "*商回归" in text and "浙商回归" not in text
    assert "浙商回归资金" in texts(book("ningbo-software", notebook="park").annex())  # printed in full there


def test_hidden_figures_of_whole_names_go_by_the_catalogue(observe: Callable[..., Observation]) -> None:
    hidden = observe(
        None, indicator_id="leads_tracked_received", reported_label="跟踪意向项目", obs_status=ObsStatus.MASKED
    )
    table = hidden_table([hidden], catalogue())
    assert table is not None and table.rows[0][0][0].text == "接待客商跟踪意向项目数"


def test_a_condition_is_told_last_and_never_dropped() -> None:
    """Four figures of the report are numbers; the firms left out of a rate are one of them."""
    text = texts(document("wangchun"))
    assert sum(o.is_number for o in book("wangchun").view.data.observations) == 4
    assert "党群工作观摩学习所赴企业（报告期未载明）2家；单月增速剔除的大企业（报告期未载明）3家。" in text
    park = texts(book("wangchun", notebook="park").section("economy"))
    assert "剔除的大企业" not in park.split("经济运行主要指标")[0]


def test_a_place_on_a_list_is_the_parks() -> None:
    text = texts(document("qilu"))
    assert "在“中国软件高质量发展TOP30软件园区”评选中居全国第4位（参评数未公布）" in text


def test_a_completion_without_a_base_is_ahead_of_nothing() -> None:
    text = texts(document("qilu"))
    assert "投资完成率预计140%" in text and "超出目标" not in text and "超40点" not in text
    assert "完成年度任务的316.6%，超出年度任务216.6个百分点" in text


def test_a_completion_of_a_stated_plan_has_its_gap(observe: Callable[..., Observation]) -> None:
    def said(words: str) -> str:
        done = observe("140", unit="%", transformation=Transformation.COMPLETION, source_text=words)
        done = replace(done, source=replace(done.source, kind=SourceKind.REPORT))
        level = replace(observe("60"), source=done.source)
        (row,) = page_rows(FigureIndex([level, done]), catalogue(), parse_period("2025"))
        return row_sentence(row, parse_period("2025")).text

    assert said("完成年度计划的140%").endswith("完成年度计划的140%，超出年度计划40个百分点")
    assert said("投资完成率达140%").endswith("，完成率140%")


# --- provenance and the Excel file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "words"),
    [("gdp", "累计"), ("deposits", "期末"), ("enterprise_count", "期末"), ("occupancy_rate", "年度")],
)
def test_only_flows_are_cumulative(observe: Callable[..., Observation], indicator: str, words: str) -> None:
    assert basis_words(observe("10", indicator_id=indicator)) == words


def test_a_rank_is_neither_cumulative_nor_of_an_inferred_unit(observe: Callable[..., Observation]) -> None:
    rank = observe("1", unit="名次", unit_inferred=True, transformation=Transformation.RANK, rank_scope="全区")
    assert basis_words(rank) == "" and scope_words(rank) == ""


def test_a_report_has_no_line_of_units(observe: Callable[..., Observation]) -> None:
    cell = observe("6", unit="个", unit_inferred=True)
    narrated = replace(cell, source=replace(cell.source, kind=SourceKind.REPORT))
    assert unit_notes([cell]) == (INFERRED_UNIT,) and unit_notes([narrated]) == (INFERRED_UNIT_IN_TEXT,)
    assert "原文未写计量单位" in scope_words(narrated) and "原表未见单位行" in scope_words(cell)
    table = indicator_table(page_rows(FigureIndex([narrated]), catalogue(), parse_period("2025")), "表")
    assert table is not None and table.notes == (INFERRED_UNIT_IN_TEXT,)


def test_the_analysts_note_on_a_figure_is_in_its_panel() -> None:
    (row,) = (r for r in book("chongqing-htz").view.rows if r.indicator.id == "budget_tax_revenue")
    for value in (row.level, row.growth, *row.shares):
        assert value is not None
        told = dict(origin_lines(provenance(value)))
        assert any("全部税收另列为区域税收收入" in line for line in told["说明"])


def test_ranks_in_the_sheet_say_among_whom_and_of_what() -> None:
    ranks = {row["指标"]: row for row in records("qilu", INDICATORS) if "位次" in row["项目"]}
    assert ranks["实际利用外资总量"]["位次范围"] == "全区（参评数未公布）"
    assert ranks["实际利用外资总量"]["项目"] == "总量位次"
    assert {row["位次范围"] for row in records("qilu", OBSERVATIONS) if row["项目"] == "位次"} == {
        "全区（参评数未公布）",
        "全省（参评数未公布）",
        "全国（参评数未公布）",
    }
    (growth,) = (row for row in records("wangchun", INDICATORS) if "位次" in row["项目"])
    assert (growth["项目"], growth["位次范围"]) == ("增速位次", "全区（参评数未公布）")


@pytest.mark.parametrize("park", ["xian-htz", "kunming-etdz", "suzhou-sip", "zhongguancun"])
def test_the_sheet_has_every_number_of_the_document(park: str) -> None:
    ids = {one for row in records(park, INDICATORS) for one in row["观测值编号"].split("、")}
    shown = {ref[1:] for block in document(park) for ref in getattr(block, "refs", {}) if ref.startswith("o")}
    assert shown and shown <= ids
    media = [row for row in records(park, INDICATORS) if row["来源级别"] == "媒体报道，未核对原文"]
    assert all(row["领域"] == "媒体报道（未核对原文）" for row in media) and len(media) == len(
        book(park).view.unlocated
    )


def test_statuses_in_the_sheets_are_words() -> None:
    for park in ("wangchun", "chongqing-htz"):
        for row in records(park, INDICATORS):
            assert not CODES.search(row["说明"]), row
    assert any("原文隐去" in row["说明"] for row in records("wangchun", INDICATORS))


def test_names_in_the_sheet_are_those_of_the_text() -> None:
    assert {"工业产值", "中国软件高质量发展TOP30软件园区"} <= {row["指标"] for row in records("qilu", INDICATORS)}


# --- hardly a figure ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("park", [*SPARSE, "chengdu-htz", "jinan-luan", "shanxi-reform-taiyuan"])
def test_media_figures_stand_in_the_annex_only(park: str) -> None:
    before, behind = _at_the_annex(document(park))
    assert not [block for block in before if isinstance(block, Table | KeyFigures)]
    assert "现有数据均未核对原文，不列主要指标。" in texts(before)
    assert next(block.caption for block in behind if isinstance(block, Table)) == "媒体报道数据（未核对原文，仅供参考）"


@pytest.mark.parametrize("park", SPARSE)
def test_a_park_of_media_reports_only_shows_them_and_their_source(park: str) -> None:
    captions = [block.caption for block in document(park) if isinstance(block, Table)]
    assert captions == ["媒体报道数据（未核对原文，仅供参考）", "数据来源"]
    assert "标题、发布单位、地址均未载明 | 媒体报道，未核对原文 | 4" in texts(document(park))


def test_a_park_with_few_figures_names_its_source() -> None:
    told = texts(document("wangchun"))
    assert (
        "园区工作报告（标题未载明），发布地址未载明；文本校验码 bd2926537194 | 园区报告原文，发布单位未载明 | 106"
        in told
    )
    alone = open_park({"park": "wangchun", "length": "one_page"}, "briefing")
    made = texts([*alone.opening(), *alone.front(), *alone.body(), *alone.annex()])
    assert "数据来源：园区工作报告（标题未载明），发布地址未载明（园区报告原文，发布单位未载明），共106条。" in made
    assert "清单见附件" not in made and "逐条清单见Excel附表“未公布”" in made


@pytest.mark.parametrize(
    ("park", "hidden"),
    [("wangchun", 102), ("ningbo-software", 72), ("hohhot-science-city", 23), ("anonymous-2021", 14)],
)
def test_the_hidden_list_is_in_the_annex(park: str, hidden: int) -> None:
    """All of them one by one, or by section with every indicator's name where they are many."""
    _, behind = _at_the_annex(document(park))
    (table,) = (b for b in behind if isinstance(b, Table) and b.caption == "未以数字公布的指标")
    names = {listed_name(o, catalogue(), masked_names(book(park).view.hidden)) for o in book(park).view.hidden}
    cells = texts([table])
    assert all(name in cells for name in names) and len(book(park).view.hidden) == hidden
    if hidden > LONGEST_LIST:
        assert sum(int(row[1][0].text) for row in table.rows) == hidden
        assert "见Excel附表“未公布”" in cells and len(records(park, "未公布")) == hidden
    else:
        assert len(table.rows) == hidden
    assert "数据分析页" not in texts(document(park))


@pytest.mark.parametrize(
    "park", ["qilu", "anonymous-2021", "wangchun", "ningbo-software", "chongqing-htz", "beijing-etda", "kunming-etdz"]
)
def test_every_figure_of_the_text_stands_in_a_table(park: str) -> None:
    told = {
        ref for b in document(park) if isinstance(b, Paragraph | KeyFigures) for ref in b.refs if ref.startswith("o")
    }
    listed = {ref for b in document(park) if isinstance(b, Table) for ref in b.refs}
    assert told and told <= listed


# --- what is not known ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("park", "line"),
    [
        ("qilu", "市级重点项目完成投资缺同比增速；科技型中小企业评价通过等4项缺同比增速和年度目标，升降无从判断。"),
        ("kunming-etdz", "以上各项均缺同比增速和年度目标，升降无从判断。"),
        ("anonymous-2021", "以上各项均缺同比增速和年度目标，升降无从判断。"),
    ],
)
def test_the_note_lacks_what_the_cards_lack(park: str, line: str) -> None:
    assert line in texts(document(park))
    cards = [item for b in document(park) if isinstance(b, KeyFigures) for item in b.items]
    assert sum(item.verdict.startswith("缺") for item in cards) == sum(
        bool(r.missing) for r in book(park).view.headline_rows
    )


def test_published_parts_are_not_said_to_be_missing() -> None:
    text = texts(document("chongqing-htz"))
    assert (
        "地区生产总值、固定资产投资总额已公布分构成数据，可比的上年同期数未公布，拉动不作推算；其余增速未见分企业"
        in text
    )
    assert "第二产业 | 276.52亿元" in text and "地区生产总值、规上工业总产值" not in text
    assert "上列增速未见分企业或分构成的同口径数据，升降原因无从核算。" in texts(document("qilu"))


def test_a_printed_zero_is_no_statement() -> None:
    text = texts(document("chongqing-htz"))
    assert "农林牧渔专业及辅助性活动 | 0.00亿元 | 0.0% | —" in text and "推占第三产业0" not in text


def test_a_part_of_a_part_names_both_wholes() -> None:
    (row,) = (r for r in book("chongqing-htz").view.rows if r.indicator.id == "industrial_value_added")
    assert row.level is not None and "地区生产总值的分项，按第二产业的组成列" in provenance(row.level).notes
    assert "工业 | 197.15亿元 | ▲8.5% | 推占第二产业71.3%" in texts(document("chongqing-htz"))  # 197.15 / 276.52


def test_the_panel_of_a_media_figure() -> None:
    o = book("suzhou-sip").view.unlocated[0]
    known = provenance(formulas.published(o, catalogue().get(o.indicator_id)))
    assert known.status == "媒体报道，未核对"
    assert dict(origin_lines(known))["来源"] == ["媒体报道，未核对原文"]
    assert {row["状态"] for row in records("suzhou-sip", OBSERVATIONS)} == {"媒体报道，未核对"}


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("报告期2020Q1-Q3", "报告期2020年1—9月"),
        ("报告期2017M1-5", "报告期2017年1—5月"),
        ("表内“金融街”行，报告期2016H1", "表内“金融街”行，报告期2016年上半年"),
        ("表内“全市”行，报告期2017-05", "表内“全市”行，报告期2017年5月"),
        ("报告期2020", "报告期2020年"),
        ("报告期写作今年前4月(年份未注明)", "报告期写作今年前4月(年份未注明)"),
        ("2002—2006年表，2006列", "2002—2006年表，2006列"),
    ],
)
def test_places_name_their_period_in_words(observe: Callable[..., Observation], printed: str, shown: str) -> None:
    assert locator_words(replace(observe("6"), locator=printed)) == shown


def test_a_table_without_rates_has_no_column_for_them() -> None:
    def labels(park: str) -> list[list[str]]:
        found = (b for b in document(park) if isinstance(b, Table) and b.caption.startswith("媒体报道"))
        return [[column.label for column in table.columns] for table in found]

    assert labels("suzhou-sip") == [["指标", "报告期", "数值", "核对情况"]]
    assert labels("chengdu-htz") == [["指标", "报告期", "数值", "同比", "核对情况"]]


# --- findings -------------------------------------------------------------------------------------------------------


def test_a_rate_its_levels_do_not_bear_out_is_told_with_its_numbers() -> None:
    text = texts(book("xian-htz", notebook="park").part("findings"))
    assert "公布增长23%（媒体报道，未核对原文），按36.85万辆与34.4万辆（官方发布的转载）推算增长7.1%" in text
    assert "xian-htz-s" not in text


def test_other_findings_name_documents_not_ids() -> None:
    data = book("kunming-etdz").view.data
    source = next(iter(data.park.source_by_id))
    told = finding_words(data, catalogue(), Finding(what="数值重复", where=f"{source} 报告期2018"))
    assert source not in told.text and data.park.source_by_id[source].label_zh in told.text


# --- comparison -----------------------------------------------------------------------------------------------------


def test_comparisons_count_without_zeros_and_name_their_sources() -> None:
    made = open_comparison({})
    text = texts(made.indicators())
    assert "0个同比" not in text and "未取整" not in texts([*made.opening(), *made.indicators()])
    tables = [block for block in made.indicators() if isinstance(block, Table)]
    assert tables and all(table.source_line == "数据来源：公布数，出处见文末" for table in tables)
    assert "数据来源：" in texts(made.sources())


@pytest.mark.parametrize("kind", ["", "one_page"])
@pytest.mark.parametrize("park", ["qilu", "wangchun", "chongqing-htz", "anonymous-2021", "xian-htz", *SPARSE])
def test_the_linter_has_nothing_to_say(park: str, kind: str) -> None:
    view = book(park).view
    names = {w for o in view.data.observations for w in (o.reported_label, o.subject, o.parent)}
    names |= {name for indicator in catalogue() for name in indicator.names} | {view.name, view.data.park.note}
    assert [finding.what for finding in lint(document(park, kind), names)] == []
