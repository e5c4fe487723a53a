"""The registers in the park notebook: where they stand, what they say of the synthetic park, held against its ledgers' cells."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from statistics import median

import pytest
from openpyxl import load_workbook

from parkbook.briefing import registers
from parkbook.briefing.blocks import Figure, Heading, Paragraph, Table
from parkbook.briefing.funnel_part import funnel_blocks
from parkbook.briefing.plots_part import plots_blocks
from parkbook.briefing.projects_part import projects_blocks
from parkbook.briefing.sections import SECTIONS
from parkbook.briefing.view import park_view
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.indicators.rounding import half_up
from parkbook.observations.read import read_park
from parkbook.parameters import ParameterValues
from parkbook.periods import parse_period
from parkbook.workbook import for_audience, open_park

LEDGERS = Path(__file__).resolve().parents[2] / "data" / "parks" / "demo" / "ledgers"
HEADINGS = {
    "economy": "重点企业",
    "investment": "重点项目登记情况",
    "promotion": "招商项目台账分析",
    "land": "地块效益分析",
    "innovation": "企业梯次培育",
}


@pytest.fixture(scope="module")
def data():
    return read_park("demo")


def view_of(data, period="2025", **choices):
    return park_view(data, catalogue(), parse_period(period), ParameterValues(**choices))


@pytest.fixture(scope="module")
def view(data):
    return view_of(data)


@pytest.fixture(scope="module")
def blocks(view):
    return {part.id: registers.register_blocks(view, part) for part in SECTIONS}


@lru_cache
def book(name):
    return load_workbook(LEDGERS / name, data_only=True, read_only=True)


def cells(name, sheet, first=5, stop=("注", "合计")):
    """Rows of a ledger as its cells say, read without parkbook."""
    rows = []
    for row in book(name)[sheet].iter_rows(min_row=first, values_only=True):
        if any(str(row[place] or "").startswith(word) for place in (0, 1) for word in stop):
            break
        rows.append(row)
    return rows


def runs_of(block):
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Table):
        yield from (run for row in block.rows for cell in row for run in cell)


def text_of(block):
    return "".join(run.text for run in runs_of(block))


def said(found):
    return "\n".join(text_of(block) for block in found if isinstance(block, Paragraph))


def table(found, words):
    return next(block for block in found if isinstance(block, Table) and words in block.caption)


def rows_of(block):
    return [["".join(run.text for run in cell) for cell in row] for row in block.rows]


# -- where they stand --------------------------------------------------------------------------------------------------


def test_each_register_stands_in_its_section(blocks):
    found = {part: next((b.text for b in made if isinstance(b, Heading)), "") for part, made in blocks.items()}
    assert {part: text for part, text in found.items() if text} == HEADINGS


@pytest.fixture(scope="module")
def park():
    return open_park({"park": "demo"}, "park").section(*HEADINGS)


def test_the_park_notebook_has_them_and_the_briefing_has_not(park):
    texts = [block.text for block in park if isinstance(block, Heading)]
    assert [text for text in texts if text in HEADINGS.values()] == list(HEADINGS.values())
    briefing = open_park({"park": "demo"}, "briefing").section(*HEADINGS)
    assert not [b for b in briefing if isinstance(b, Heading) and b.text in HEADINGS.values()]
    assert not [b for b in briefing if isinstance(b, Table)]


def test_nothing_is_told_twice_by_a_table_of_all_columns(park):
    captions = [b.caption for b in park if isinstance(b, Table)]
    generic = [caption for caption in captions if caption.startswith(("分企业、分项目情况", "分地块情况"))]
    assert [caption.partition("：")[2] for caption in generic] == ["企业融资金额、企业估值等"]


def test_readers_outside_see_no_register(data):
    outside = park_view(for_audience(data, Audience.EXTERNAL), catalogue(), parse_period("2025"))
    made = [b for part in SECTIONS for b in registers.register_blocks(outside, part)]
    assert not [b for b in made if isinstance(b, Heading)]
    assert not [text for text in map(text_of, made) if "示例重工" in text or "示例-" in text]


@pytest.mark.parametrize("park", ["wangchun", "hohhot-science-city", "teda"])
def test_a_park_without_ledgers_has_no_register(park):
    found = park_view(read_park(park), catalogue(), None)
    assert not [b for part in SECTIONS for b in registers.register_blocks(found, part) if isinstance(b, Heading)]


def test_counts_of_different_projects_are_named_as_no_conversion():
    """69 landed of 214 negotiated in one year."""
    text = said(funnel_blocks(park_view(read_park("qilu"), catalogue(), None)))
    assert "同期落地洽谈比32.2%" in text
    assert "不是转化率" in text


# -- what no page says -------------------------------------------------------------------------------------------------


def test_no_sentence_says_what_an_office_never_writes(blocks):
    for made in blocks.values():
        for block in made:
            text = text_of(block)
            for wrong in (
                "增长-",
                "下降-",
                "None",
                "Decimal",
                "。。",
                "，，",
                "；；",
                "，。",
                "；。",
                "、。",
                "E+",
                "0家企业",
            ):
                assert wrong not in text, text


def test_every_number_of_a_sentence_is_a_figure(blocks):
    """Outside figures stand only dates, quarters, the names of subjects, and the lines that the page itself draws."""
    free = re.compile(
        r"\d{4}年(?:\d{1,2}月末?|[一二三四]季度|末)?|12个月|20%以上|0\.5个百分点|10个百分点|80%|前\d+家|最大的1家|"
        r"(?:南|东|西)\d\d|\d项指标|权重合计\d+%|黄岩\d{4}|\d{4}年度"
    )
    for made in blocks.values():
        for block in made:
            if isinstance(block, Paragraph):
                loose = free.sub("", "".join(run.text for run in block.runs if not run.ref))
                assert not re.search(r"\d", loose), loose


def test_every_figure_leads_to_its_source(blocks):
    shown = 0
    for made in blocks.values():
        for block in made:
            for run in runs_of(block):
                if run.ref:
                    shown += 1
                    source = block.refs[run.ref]
                    assert source.locator or (source.formula and source.inputs)
    assert shown > 800


def test_charts_have_alt_text_from_the_data(blocks):
    charts = [block for made in blocks.values() for block in made if isinstance(block, Figure)]
    assert len(charts) == 6
    assert all(re.search(r"\d", chart.alt) and "<text" not in chart.svg for chart in charts)


# -- projects, against the cells ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project_cells():
    return cells("04重点项目.xlsx", "2025年4季度")


def test_the_register_sentence_is_what_the_ledger_lists(blocks, project_cells):
    levels, natures = Counter(row[2] for row in project_cells), Counter(row[6] for row in project_cells)
    text = said(blocks["investment"])
    assert (
        f"登记在册的重点项目{len(project_cells)}个，其中省级{levels['省级']}个、市级{levels['市级']}个、区级{levels['区级']}个"
        in text
    )
    assert (
        f"续建{natures['续建']}个、新开工{natures['新开工']}个；已竣工{sum(bool(row[24]) for row in project_cells)}个"
        in text
    )


def test_projects_are_in_order_of_the_money_they_lack(blocks, project_cells):
    """Plan less done, whole year: the first three of the table are the largest shortfalls of the cells."""
    lacking = sorted(
        ((Decimal(str(row[9])) - Decimal(str(row[10])), row[1]) for row in project_cells if row[9]), reverse=True
    )
    found = rows_of(table(blocks["investment"], "重点项目年度投资进度"))
    assert [row[0] for row in found[:3]] == [name for _, name in lacking[:3]]
    by_name = {row[1]: row for row in project_cells}
    for row in found:
        cell = by_name[row[0]]
        assert row[3:6] == [f"{cell[9]}亿元", f"{cell[10]}亿元" if cell[10] else "尚无投资", f"{cell[12]}%"]
    text = said(blocks["investment"])
    for short, name in lacking[:3]:
        assert f"{name}（完成年度计划的{by_name[name][12]}%，距年度计划还差{short.normalize():f}" in text.replace(
            "0亿元", "亿元"
        )


def test_obstacles_are_those_of_the_ledger(blocks, project_cells):
    found = rows_of(table(blocks["investment"], "未解决卡点清单"))
    assert {(row[0], row[1]) for row in found} == {(row[1], row[26]) for row in project_cells if row[26]}
    assert len(found) == sum(row[27] for row in project_cells) == 8


def test_image_progress_is_the_weighted_sum_of_the_cells(blocks):
    """Of each project the weights times the done of every lot and component; the one whose weights are 97 has no total."""
    rows, project = cells("04形象进度.xlsx", "2025年4季度", first=4), ""
    weighted, weights = Counter(), Counter()
    for name, _, _, _, weight, done in rows:
        project = name or project
        weighted[project] += Decimal(str(weight)) * Decimal(str(done))
        weights[project] += Decimal(str(weight))
    found = blocks["investment"]
    shown = {}
    for block in found:
        if isinstance(block, Table) and "分标段" in block.caption:
            shown |= {row[0]: row[-1] for row in rows_of(block) if row[0]}
    assert shown.keys() == weights.keys()
    for name, total in weights.items():
        expected = f"{half_up(weighted[name] / 100, 1)}%" if total == 100 else "不加总"
        assert shown[name] == expected, name
    assert [name for name, total in weights.items() if total != 100] == ["样本食品冷链项目"]
    assert "样本食品冷链项目各部位工作量权重合计97%，形象进度不加总" in said(found)


def test_milestones_add_up_and_are_those_of_the_cells(blocks):
    project, end = "", datetime.datetime(2025, 12, 31)
    counts: Counter[tuple[str, str]] = Counter()
    for name, node, _, planned, actual, _ in cells("04项目节点.xlsx", "2025年4季度"):
        project = name or project
        counts[node, "due"] += planned <= end
        counts[node, "done"] += planned <= end and actual is not None
        counts[node, "late"] += planned <= end and actual is not None and (actual - planned).days > 7
    for row in rows_of(table(blocks["investment"], "节点完成情况")):
        node, due, done, in_time, late, open_, _ = row
        assert (int(due), int(done), int(late)) == tuple(counts[node, part] for part in ("due", "done", "late"))
        assert int(due) == int(done) + int(open_)
        assert int(done) == int(in_time) + int(late)


def test_forecasts_are_the_offices_own_dates(blocks):
    project, expected = "", []
    for name, node, _, _, actual, hoped in cells("04项目节点.xlsx", "2025年4季度"):
        project = name or project
        if node == "投产" and actual is None and hoped is not None:
            expected.append((hoped, project))
    text = said(blocks["investment"])
    assert f"尚未投产的项目中，责任单位填报了预计时间的{len(expected)}个" in text
    first, name = min(expected)
    assert f"{name}（{first.year}年{first.month}月）" in text
    assert "未作推算" in text


def test_overdue_procedures_are_those_of_the_cells(blocks):
    project, overdue = "", {}
    for name, stage, _, accepted, due, finished, days, _ in cells("05前期手续.xlsx", "2025年4季度"):
        project = name or project
        if finished is None and days > (due - accepted).days:
            overdue[project + stage] = (days, days - (due - accepted).days)
    found = "".join(
        run.text for block in blocks["investment"] if block.kind == "bullets" for i in block.items for run in i
    )
    assert len(overdue) == 2
    for name, (days, over) in overdue.items():
        assert re.search(f"{name}（.+?）已办{days}天，超过承诺时限{over}天", found), name


def test_in_the_middle_of_the_year_the_schedule_is_the_yardstick(data):
    """September: 75% of the plan less what is done."""
    rows = cells("04重点项目.xlsx", "2025年3季度")
    lacking = sorted(((Decimal(str(r[9])) * 3 / 4 - Decimal(str(r[10])), r[1]) for r in rows if r[9]), reverse=True)
    found = projects_blocks(view_of(data, "2025年1-9月"))
    assert [row[0] for row in rows_of(table(found, "重点项目年度投资进度"))][:3] == [name for _, name in lacking[:3]]
    assert "慢于序时进度" in said(found)
    assert "全年预计" in [column.label for column in table(found, "重点项目年度投资进度").columns]


# -- leads -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lead_cells():
    return [row for row in cells("06招商项目台账.xlsx", "在册项目") if isinstance(row[0], int)]


def test_the_funnel_counts_are_those_of_the_cells(blocks, lead_cells):
    signed, landed, started, commissioned = (
        sum(row[place] is not None for row in lead_cells) for place in (8, 9, 10, 11)
    )
    text = said(blocks["promotion"])
    assert (
        f"{len(lead_cells)}个，其中已签约{signed}个、已落地{landed}个、已开工{started}个、已投产{commissioned}个"
        in text
    )
    states = Counter(row[12] for row in lead_cells)
    assert f"在谈{states['在谈']}个、已搁置{states['已搁置']}个" in text


def test_cohorts_and_rates_are_those_of_the_cells(blocks, lead_cells):
    found = {row[0]: row[1:] for row in rows_of(table(blocks["promotion"], "按首次对接季度"))}
    for year in (2023, 2024, 2025):
        for quarter in (1, 2, 3, 4):
            mine = [r for r in lead_cells if r[7].year == year and (r[7].month + 2) // 3 == quarter]
            shown = found[f"{year}年{'一二三四'[quarter - 1]}季度"]
            assert shown[:3] == [str(len(mine)), str(sum(bool(r[8]) for r in mine)), str(sum(bool(r[9]) for r in mine))]
            within = [sum(bool(r[place]) and (r[place] - r[7]).days <= 365 for r in mine) for place in (8, 9, 10)]
            rates = [f"{half_up(Decimal(n) * 100 / len(mine), 1)}%" for n in within]
            assert shown[-3:] == (rates if year < 2025 else ["未满"] * 3)


def test_time_in_each_step_is_the_median_of_the_cells(blocks, lead_cells):
    found = {row[0]: row[-4:] for row in rows_of(table(blocks["promotion"], "分来源渠道"))}
    for channel in ("外出招商", "接待客商", "以商招商"):
        mine = [row for row in lead_cells if row[2] == channel]
        for shown, (before, after) in zip(found[channel][:3], ((7, 8), (8, 9), (9, 10)), strict=True):
            days = median((row[after] - row[before]).days for row in mine if row[after])
            assert shown == f"{days:g}天"


# -- plots -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plot_cells():
    return cells("08地块.xlsx", "2025年")


def test_per_mu_of_the_list_is_a_ratio_of_sums(blocks, plot_cells):
    land, tax, output = (sum(Decimal(str(row[place])) for row in plot_cells) for place in (4, 5, 6))
    found = {row[0]: row[2] for row in rows_of(table(blocks["land"], "所列地块效益指标"))}
    assert found["亩均税收"] == f"{half_up(tax / land, 2)}万元/亩"
    assert found["亩均产值"] == f"{half_up(output / land, 1)}万元/亩"
    assert f"{len(plot_cells)}宗，用地面积{land}亩" in said(blocks["land"])


def test_low_plots_are_below_half_of_the_list(blocks, plot_cells):
    land, tax, output = (sum(Decimal(str(row[place])) for row in plot_cells) for place in (4, 5, 6))
    low = {
        row[0]
        for row in plot_cells
        if not row[19] and (Decimal(str(row[7])) < tax / land / 2 or Decimal(str(row[8])) < output / land / 2)
    }
    assert {row[0] for row in rows_of(table(blocks["land"], "低效地块"))} == low
    assert len(low) == 9


def test_idle_buildings_are_those_of_the_cells(blocks, plot_cells):
    idle = sorted(((row[18], row[0]) for row in plot_cells if row[18]), reverse=True)
    text = said(blocks["land"])
    assert f"有闲置厂房的{len(idle)}宗" in text
    assert f"{idle[0][1]}（" in text
    assert f"{idle[0][0]}平方米" in text


def test_scores_of_a_plot_by_hand(data, plot_cells):
    """Huangyan 2022: value / base x weight, summed; the printed score of the first plot from its own cells."""
    found = plots_blocks(view_of(data, framework="huangyan-2022"))
    best = rows_of(table(found, "所列地块评分"))[0]
    row = next(row for row in plot_cells if row[0] == best[1])
    land, tax, energy = (Decimal(str(row[place])) for place in (4, 5, 11))
    added, sales, research, staff, emission = (Decimal(str(row[place])) for place in (13, 14, 15, 16, 17))
    parts = [
        tax / land / Decimal("24.097") * 30,
        added / land / Decimal("136.16") * 20,
        added / energy / Decimal("2.694") * 20,
        added / emission / Decimal("4929.81") * 10,
        added / staff / Decimal("18.14") * 10,
        research / sales / Decimal("0.0302") * 10,
    ]
    assert [Decimal(text) for text in best[3:9]] == [half_up(part, 1) for part in parts]
    assert Decimal(best[9]) == half_up(sum(parts), 1)
    assert "不是评价结果" in said(found)


def test_grades_follow_the_quotas_without_the_exempt(data, plot_cells):
    """25, 70 and 95% of the 33 that are graded: 8 A, 15 B, 8 C, 2 D; three exempt plots take no place."""
    text = said(plots_blocks(view_of(data, framework="anhui-city-mu")))
    assert sum(bool(row[19]) for row in plot_cells) == 3
    assert "A档8宗、B档15宗、C档8宗、D档2宗，另3宗不定等级、不占比例" in text


def test_without_a_framework_nothing_is_graded(blocks):
    assert "未选定评价体系（参数 framework），地块不评分、不定档。" in said(blocks["land"])


# -- enterprises -------------------------------------------------------------------------------------------------------


def test_the_ladder_is_counted_from_the_cells(blocks):
    now = {row[0]: row for row in cells("10梯次培育库.xlsx", "2025年")}
    then = {row[0]: row for row in cells("10梯次培育库.xlsx", "2024年")}
    found = {row[0]: row[1:7] for row in rows_of(table(blocks["innovation"], "培育库企业梯次及变动"))}
    for label, place in (
        ("科技型中小企业", 2),
        ("高新技术企业", 4),
        ("专精特新中小企业", 5),
        ("专精特新“小巨人”企业", 6),
    ):
        had, has = ({name for name, row in rows.items() if row[place]} for rows in (then, now))
        expected = [
            len(had),
            len({n for n in has - had if n in then}),
            len({n for n in has if n not in then}),
            len({n for n in had - has if n in now}),
            len({n for n in had if n not in now}),
            len(has),
        ]
        assert found[label] == [str(count) for count in expected], label


def test_candidates_are_those_of_the_cells(blocks):
    amounts = {
        "工业": 2000,
        "信息传输、软件和信息技术服务业": 2000,
        "科学研究和技术服务业": 1000,
        "批发业": 2000,
        "零售业": 500,
    }
    wanted = {
        row[0]: row[8] / amounts[row[1]]
        for row in cells("10梯次培育库.xlsx", "2025年")
        if row[7] == "否" and isinstance(row[8], int) and row[8] >= amounts[row[1]] * 0.8
    }
    found = rows_of(table(blocks["innovation"], "升规纳统重点对象"))
    assert [row[0] for row in found] == sorted(wanted, key=lambda name: -wanted[name])
    assert {row[0]: row[5] for row in found} == {n: "已达标准" if s >= 1 else "接近标准" for n, s in wanted.items()}


def test_the_key_list_is_that_of_the_cells(blocks):
    rows = [row for row in cells("03重点企业.xlsx", "2025年4季度", stop=("注", "合计", "其他")) if row[0]]
    rows.sort(key=lambda row: -row[12])
    [heading, sentence, listed, *_] = blocks["economy"]
    assert heading.text == "重点企业"
    assert [row[0] for row in rows_of(listed)] == [row[1] for row in rows[:12]]
    top = sum(Decimal(row[12]) for row in rows[:5]) * 100 / 8796000
    assert f"前5家合计占园区的{half_up(top, 1)}%" in text_of(sentence)


# -- the page of a single month ------------------------------------------------------------------------------------


def test_registers_of_amounts_say_which_months_they_are_of():
    made = open_park({"park": "demo", "period": "2025-09"}, "park").section("economy", "investment")
    captions = [block.caption for block in made if isinstance(block, Table)]
    assert "重点企业（按营业收入）（2025年1—9月累计）" in captions
    assert "重点项目年度投资进度（2025年1—9月累计）" in captions
    assert "未解决卡点清单" in captions  # how things stand is no sum
    said = "".join(text_of(block) for block in made)
    assert "当月完成数相当于年度目标的" in said and "，完成年度目标的" not in said
