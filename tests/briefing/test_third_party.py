"""Pages of third-party parks, held against what their sources say: a forecast stays one, what is computed is marked, what is
not known is told as not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pytest

from parkbook.briefing.annex_sheets import INDICATORS, OBSERVATIONS
from parkbook.briefing.blocks import Block, Bullets, Cover, KeyFigures, Paragraph, Table, Workbook
from parkbook.briefing.finding_words import finding_words
from parkbook.briefing.format import marked_arrow, marked_text
from parkbook.briefing.lint import CODES, lint
from parkbook.briefing.origin import origin_lines
from parkbook.briefing.provenance import basis_words, provenance, scope_words
from parkbook.briefing.tables import INFERRED_UNIT, INFERRED_UNIT_IN_TEXT, hidden_table, indicator_table, unit_notes
from parkbook.briefing.wording import row_sentence
from parkbook.catalogue import catalogue
from parkbook.errors import Finding
from parkbook.indicators import formulas
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, Observation, ObsStatus, SourceKind, Transformation
from parkbook.periods import parse_period
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
    assert "工业投资 | 只公布增速 | ▲22.6%（预计）" in texts(document("qilu", "one_page"))


def test_a_forecast_is_said_once() -> None:
    text = texts(document("ningbo-software"))
    assert "预计年底尚未结顶的高层2栋" in text and "高层预计2栋" not in text


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
        ("qilu", "土地与载体 | 人工智能岛入驻率 | 93.8% | —"),
        ("qilu", "企业构成 | 科技型中小企业评价通过 | 2275家 | —"),
        ("wangchun", "土地与载体 | 土地出让 | 4宗 | — | 2023年一季度"),
        ("anonymous-2021", "公开挂牌出让土地 | 5宗 | — | 2021年"),
    ],
)
def test_one_page_finds_the_figures_of_its_questions(park: str, line: str) -> None:
    assert line in texts(document(park, "one_page"))


@pytest.mark.parametrize(
    ("park", "told"),
    [
        ("qilu", "以下方面来源未提及：亩均效益、从业人员。"),
        ("wangchun", "以下方面来源提及，但数字原文隐去或未公布：企业构成、经济规模、投入。"),
        ("xiamen-software", "以下方面只有未核对原文的媒体数据，不采用：企业构成、经济规模。"),
    ],
)
def test_one_page_says_why_a_question_has_no_answer(park: str, told: str) -> None:
    text = texts(document(park, "one_page"))
    assert told in text and "现有来源中没有以下方面的数字" not in text


def test_one_page_names_its_period_once() -> None:
    assert "同本页" not in texts(document("qilu", "one_page"))
    (table,) = (b for b in document("qilu", "one_page") if isinstance(b, Table))
    assert table.caption == "园区概况（2025年）" and "报告期" not in {column.label for column in table.columns}
    assert "2017年5月当月及累计主要指标（2017年1—5月）" in texts(document("beijing-etda", "one_page"))


def test_a_title_without_a_period_has_no_empty_brackets() -> None:
    (cover,) = (block for block in book("ningbo-software", "one_page").cover() if isinstance(block, Cover))
    assert cover.title == "宁波某软件园（名称原文隐去）一园一页"


# --- the lead -------------------------------------------------------------------------------------------------------


def test_the_lead_says_where_media_reports_stand() -> None:
    assert "见该园区数据分析页的附件" in lead_of(book("xian-htz", "one_page"))
    assert "列于附件，正文不采用" in lead_of(book("xian-htz"))
    for park in SPARSE:
        assert "列于文末，仅供参考" in lead_of(book(park))
        assert "列于附件" in lead_of(book(park, notebook="park"))


def test_the_lead_counts_what_is_of_its_period() -> None:
    assert "共57条，报告期为2025年。" in lead_of(book("qilu"))
    lead = lead_of(book("beijing-airport"))
    assert "共6条，其中本文报告期（2016年上半年）3条" in lead
    here = [o for o in book("beijing-airport").view.data.observations if o.period.key == parse_period("2016-S1").key]
    assert len(here) == 3


# --- periods --------------------------------------------------------------------------------------------------------


def test_no_period_stands_before_clauses_of_another() -> None:
    text = texts(document("wangchun"))
    assert "规下样本企业增加值增速（2023年三季度）居全区第1位（参评数未公布）；土地出让（2023年一季度）4宗" in text
    assert "2023年，" not in text
    park = texts(book("wangchun", notebook="park").section("economy", "land", "standing"))
    assert "2023年，" not in park and "土地出让（2023年一季度）4宗。" in park


def test_a_period_is_said_before_the_first_figure_of_it() -> None:
    assert "2021年，公开挂牌出让土地5宗；闲置用地和厂房（报告期未载明）约60万平方米。" in texts(
        document("anonymous-2021")
    )


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


def test_a_condition_is_no_indicator_of_its_own() -> None:
    assert "剔除的大企业" not in texts(document("wangchun"))


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


@pytest.mark.parametrize("park", SPARSE)
def test_a_park_of_media_reports_only_shows_them_and_their_source(park: str) -> None:
    captions = [block.caption for block in document(park) if isinstance(block, Table)]
    assert captions == ["媒体报道数据（未核对原文，仅供参考）", "数据来源"]
    assert "标题、发布单位、地址均未载明 | 媒体报道，未核对原文 | 4" in texts(document(park))


def test_a_park_with_few_figures_names_its_source() -> None:
    told = texts(document("wangchun"))
    assert "数据来源：园区工作报告（标题未载明），发布地址未载明（园区报告原文，发布单位未载明），共106条。" in told


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
