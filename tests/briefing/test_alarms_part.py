"""The page's part on lamps, the list to press for, and what the lamps put under 存在问题; 缺报清单."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from parkbook.briefing import problems_part
from parkbook.briefing.alarm_words import SIGNS
from parkbook.briefing.alarms_part import alarms
from parkbook.briefing.blocks import Bullets, Heading, Paragraph, Table
from parkbook.briefing.missing_part import missing
from parkbook.errors import ParameterError
from parkbook.indicators.alarms import rule_sets
from parkbook.parameters import alarm_rule_names
from parkbook.sources.park import list_parks
from parkbook.workbook import open_park

LABELS = {lamp.label for s in rule_sets() for r in s.rules for lamp in (*r.bands, *r.cases) if lamp.colour}


def cell_text(cell):
    return "".join(run.text for run in cell)


def table(blocks, words):
    return next(block for block in blocks if isinstance(block, Table) and words in block.caption)


def rows(block):
    return {cell_text(row[0]): [cell_text(cell) for cell in row] for row in block.rows}


def view_of(**given):
    return open_park({"park": "demo", **given}, "park").view


@pytest.fixture(scope="module")
def blocks():
    return alarms(view_of())


def test_the_parts_are_numbered_and_in_order(blocks):
    said = [block.text for block in blocks if isinstance(block, Heading)]
    assert said == ["（一）进度预警", "（二）其他预警", "（三）督办清单（草稿）", "（四）规则说明"]


def test_two_rule_sets_stand_side_by_side_under_their_names(blocks):
    block = table(blocks, "进度预警")
    assert [column.label for column in block.columns] == ["事项", "完成率", "时间进度", "银川2025年", "三亚2022年"]
    assert rows(block)["范例光电显示模组项目"] == [
        "范例光电显示模组项目",
        "44.1%",
        "100%",
        "■红灯：低于序时55.9个百分点",
        "■红灯：低于序时计划55.9%",
    ]
    assert rows(block)["样例人才公寓二期"][3:] == ["未规定：低于序时9.8个百分点", "▲黄灯：低于序时计划9.8%"]
    assert "税收" not in rows(block)  # on schedule under both


def test_the_summary_counts_what_the_tables_show(blocks):
    [summary] = [block for block in blocks if isinstance(block, Paragraph)][:1]
    said = "".join(run.text for run in summary.runs)
    assert said.startswith("按银川2025年规则，评")
    shown = [cell for row in rows(table(blocks, "进度预警")).values() for cell in row[3:4]]
    other = table(blocks, "其他预警")
    starts = [cell_text(row[3]) for row in other.rows if "银川2025年·开工" in cell_text(row[4])]
    reds = sum(cell.startswith("■红灯") for cell in (*shown, *starts))
    assert f"，其中红灯{reds}项" in said.partition("。")[0]
    assert f"红灯{reds}项" in said
    open_cases = sum(cell.startswith("未规定") for cell in shown)
    assert f"规则未规定{open_cases}项" in said


def test_a_lamp_is_said_in_words_with_a_sign_of_its_own(blocks):
    assert len(set(SIGNS.values())) == len(SIGNS)
    cells = [cell_text(row[3]) for row in table(blocks, "其他预警").rows]
    assert cells
    for cell in cells:
        assert cell == "不亮灯" or cell[0] in SIGNS.values()
        assert cell == "不亮灯" or any(cell[1:].startswith(label) for label in LABELS)


def test_the_list_to_press_for_names_offices_and_dates_of_the_ledger_only(blocks):
    pressed = rows(table(blocks, "督办清单"))
    assert pressed["样例通信设备总部"] == [
        "样例通信设备总部",
        "完成年度计划的0%，低于序时100个百分点；应开未开7个月",
        "银川2025年·进度、三亚2022年·项目、银川2025年·开工",
        "示例投促中心",
        "计划开工2025-06-15（已过），新时限待明确",
    ]
    assert pressed["样例通信设备总部征地报批"][3:] == ["示例自规窗口", "承诺办结2025-03-03（已过），新时限待明确"]
    assert pressed["入驻率"][3:] == ["待明确", "待明确"]
    assert "实际利用外资" in pressed  # fell for twelve months running
    assert pressed["实际利用外资"][3] == "示例投促中心"
    assert "规上工业总产值" not in pressed  # yellow


def test_rules_are_explained_with_origin_or_reason(blocks):
    told = rows(table(blocks, "所用规则"))
    assert told["银川2025年·进度"][1].endswith("未规定：低于序时0—10个百分点的情形")
    assert "银川，2025年，文件名称未载明" in told["银川2025年·进度"][2]
    assert "年度目标为比照使用" in told["银川2025年·进度"][2]
    assert told["本系统（非官方）·企业骤降"][2].startswith("本系统初设，由办公室修改。")
    notes = [cell_text(block.runs) for block in blocks if isinstance(block, Paragraph) and block.role == "note"]
    assert "三亚2022年·区月度任务未评，台账中没有各区（片区）的月度任务数和完成数。" in notes
    assert any(note.startswith("样例检测认证平台不亮灯：（示例）") and "示例分析员提出" in note for note in notes)


def test_every_figure_of_the_tables_has_its_source(blocks):
    for block in blocks:
        if not isinstance(block, Table) or "所用规则" in block.caption:
            continue
        for row in block.rows:
            for run in (run for cell in row for run in cell):
                if not run.ref:
                    continue
                shown = re.findall(r"\d+(?:\.\d+)?", run.text)
                source = block.refs[run.ref]
                assert source.source
                assert all(number in source.value for number in shown), (run.text, source.value)


def test_red_that_means_good_is_said_to_be_turned_round():
    found = alarms(view_of(rules="达成表"))
    said = "".join(run.text for run in found[0].runs)
    assert "红色表示超额完成，与红黄绿灯含义相反" in said
    assert rows(table(found, "进度预警"))["实际利用外资"][3] == "●绿色（未快于序时进度）"
    assert not [block for block in found if isinstance(block, Table) and "督办" in block.caption]


def test_figures_of_a_quarterly_register_carry_their_own_date():
    shown = rows(table(alarms(view_of(period="2025年1-8月")), "进度预警"))
    assert shown["样本膜科技净水项目（2025年上半年）"][2] == "50%"
    assert shown["规上工业总产值"][2] == "66.7%"


def test_a_rule_set_that_is_not_there_is_refused_with_a_suggestion():
    with pytest.raises(ParameterError, match=r"没有名为“wuhn”的预警规则.*您是不是要用 wuhan"):
        open_park({"park": "demo", "rules": "wuhn"}, "park")
    assert open_park({"park": "demo", "rules": "武汉、达成表"}, "park").parameters.rules == (
        "wuhan",
        "achievement-table",
    )
    assert set(alarm_rule_names().values()) == {s.id for s in rule_sets()}


@pytest.mark.parametrize("park", [park for park in list_parks() if park != "demo"][:6])
def test_of_other_parks_nothing_is_said(park):
    view = open_park({"park": park}, "park").view
    assert alarms(view) == []
    assert missing(view) == []


def test_outside_readers_get_neither_lamps_nor_lists():
    view = view_of(audience="external")
    assert alarms(view) == []
    assert missing(view) == []


# -- 存在问题 -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def problems():
    [listed] = [block for block in problems_part.problems(view_of()) if isinstance(block, Bullets)]
    return [cell_text(item) for item in listed.items]


def test_problems_have_their_evidence_and_the_colour_of_their_lamp(problems):
    assert problems[1] == (
        "重点项目推进滞后：完成年度计划投资的86.2%，7个项目亮红灯，其中样例通信设备总部、样例检测认证平台、"
        "范例智能机床改扩建项目尚无投资，样本膜科技净水项目完成年度计划的29%（红灯）。"
    )
    assert (
        "前期手续逾期在办：样例通信设备总部征地报批逾期303天、范例智能机床改扩建项目征地报批逾期172天（红灯）。"
        in problems
    )
    assert "发生安全生产事故1起（红灯）。" in problems
    assert "利润总额同比下降8.2%，累计同比连续7次下降（红灯）。" in problems


def test_the_missed_targets_come_first_in_one_sentence(problems):
    assert problems[0].startswith(
        "年度目标完成不理想：12项中9项未完成，差距较大的是实际利用外资（完成79.9%，差20.1个百分点，黄灯）、"
        "规上工业总产值（完成93%，差7个百分点，黄灯）、"
    )
    assert "固定资产投资" in problems[0] and "项目完成投资" not in problems[0]  # a plan is no target
    blocks = problems_part.problems(view_of(period="2025年1-9月"), systems=("S1", "S2", "S3", "S4", "S5"))
    running = cell_text(blocks[0].items[0])
    assert running.startswith(
        "年度目标推进偏慢：12项中11项慢于序时进度，差距较大的是实际利用外资（完成57.1%，慢17.9个百分点，黄灯）"
    )
    assert "固定资产投资" in running and "规上工业总产值" in running
    assert running.endswith("其中实际利用外资余下3个月月均需完成763万美元（前9个月月均338万美元）。")


def test_of_few_missed_targets_all_are_told():
    blocks = problems_part.problems(view_of(), systems=("S2",))
    assert cell_text(blocks[0].items[0]).startswith("3项年度目标均未完成：建安投资（完成94.3%，差5.7个百分点，黄灯）、")
    blocks = problems_part.problems(view_of(), systems=("S5", "S6", "S19"))
    assert cell_text(blocks[0].items[0]).startswith("4项年度目标中3项未完成：实际利用外资（")


def test_rates_are_told_by_the_size_of_their_fall(problems):
    """企业增长面 58.3 after 66.7, 信访办结率 94.8 after 98.2: none that fell is left unnamed."""
    [text] = [text for text in problems if text.startswith("部分管理指标走低")]
    falls = [Decimal(size) for size in re.findall(r"降低([\d.]+)个百分点", text)]
    assert falls == sorted(falls, reverse=True) and falls[:2] == [Decimal("14.6"), Decimal("8.4")]
    rest = text.partition("；其余为")[2]
    assert all(name in rest for name in ("信访办结率", "隐患整改率", "企业诉求办结率"))


def test_a_list_with_no_room_names_the_rest():
    [listed] = [b for b in problems_part.problems(view_of(), total=10) if isinstance(b, Bullets)]
    told = [cell_text(item) for item in listed.items if "分析人员" not in cell_text(item)]
    assert len(told) == 10
    assert re.fullmatch(r"另有.+[两三四]类红灯事项，见数据分析页“运行预警与督办”。", told[-1])


def test_the_rules_are_named_once_behind_the_list(problems):
    assert not any("规则" in text for text in problems)
    [note] = [block for block in problems_part.problems(view_of()) if isinstance(block, Paragraph)]
    said = cell_text(note.runs)
    assert "年度目标比照三亚2022年规则、银川2025年规则" in said
    assert said.count("银川2025年规则") <= 3 and "本系统规则为初设，无官方依据" in said


def test_a_page_of_one_month_has_lamps_of_the_year_so_far():
    """利润总额 fell 12.8 % in September and 4.5 % in the year so far, for the fourth month running: the lamp is of the latter."""
    found = rows(table(alarms(view_of(period="2025-09")), "其他预警"))
    name = next(name for name in found if name.startswith("利润总额"))
    assert name == "利润总额（2025年1—9月）"
    assert found[name][1] == "同比下降4.5%" and "连续4个月" in found[name][3]


def test_who_is_excused_is_said_below_the_list_to_press_for():
    block = table(alarms(view_of(period="2025年1-9月")), "督办清单")
    assert any("样例检测认证平台未列入" in note and "同意顺延" in note for note in block.notes)


def test_red_comes_first_and_the_analyst_last(problems):
    ranks = [
        3 if "分析人员补充" in text else 0 if "红灯" in text else 1 if "黄灯" in text else 2 for text in problems[1:]
    ]
    assert ranks == sorted(ranks)
    assert ranks.count(3) == 3


def test_nothing_is_said_twice(problems):
    assert len(set(problems)) == len(problems)
    heads = [re.split(r"[：\d]", text)[0] for text in problems]
    assert len(set(heads)) == len(heads)
    assert not any(text.startswith("项目完成投资") for text in problems)  # said with the projects


# -- 缺报清单 -----------------------------------------------------------------------------------------------------------


def test_missing_months_are_listed_by_ledger():
    lead, block = missing(view_of(period="2024"))
    assert "缺报1期次" in cell_text(lead.runs)
    assert rows(block)["14安全.xlsx"] == ["14安全.xlsx", "安全生产处罚金额", "季报", "4", "3", "6月", "—"]
    assert rows(block)["19党建群团.xlsx"][5:] == ["—", "9月已报未能读取"]


def test_no_gap_is_said_too():
    lead, block = missing(view_of())
    assert "没有缺报" in cell_text(lead.runs)
    assert rows(block)["02商贸.xlsx"][2:] == ["月报（1月免报）", "11", "10", "—", "5月已报未能读取"]
