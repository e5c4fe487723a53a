"""Which things of a park get which lamps: from made-up figures, and ten lamps of `demo` held against its ledgers by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.indicators.alarms import alarm_ids, check_exemptions, chosen_rule_sets, park_alarms, rule_sets
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, Source, SourceKind, Transformation
from parkbook.periods import parse_period
from parkbook.sources.exemptions import Exemption
from parkbook.workbook import open_park

LEDGER = Source(source_id="l", kind=SourceKind.LEDGER, title="台账.xlsx")


def alarms_of(observations, period, *names, exemptions=()):
    index, asked = FigureIndex(observations), parse_period(period)
    rows = page_rows(index, catalogue(), asked)
    subjects = page_rows(index, catalogue(), asked, subjects=True)
    return park_alarms(index, rows, subjects, asked, chosen_rule_sets(names), exemptions)


def told(found):
    """key of the rule and item, with the colour, 未规定 or 不明."""
    result = {}
    for alarm in found.alarms:
        lamp = alarm.judgement.lamp
        said = lamp.colour if lamp else "未规定" if alarm.judgement.undefined else "不明"
        result[alarm.key, alarm.item.name] = "不亮灯" if alarm.exemption else said
    return result


def project(observe, name, done, total="1", unit="亿元", **dates):
    """A row of a register: plan 12, so much done, with its dates."""
    attributes = tuple(dates.items())
    common = {"subject": name, "source": LEDGER, "attributes": attributes, "reported_label": "累计完成"}
    half = {"period": "2025年上半年"} | common
    return [
        observe(done, indicator_id="project_investment_done", locator=f"{name}1", **half),
        observe(
            str(Decimal(done) / 12 * 100),
            indicator_id="project_investment_done",
            transformation=Transformation.COMPLETION,
            unit="%",
            locator=f"{name}2",
            **half,
        ),
        observe(
            total,
            indicator_id="project_total_investment",
            period="2025年6月末",
            unit=unit,
            locator=f"{name}3",
            **common,
        ),
        observe(
            "1", indicator_id="project_obstacles_open", period="2025年6月末", unit="个", locator=f"{name}4", **common
        ),
    ]


SETS = ("yinchuan-2025", "wuhan", "sanya-2022")


def test_the_same_ledger_under_three_rule_sets(observe):
    found = told(alarms_of([*project(observe, "甲", "3.6"), *project(observe, "乙", "2.88")], "2025年上半年", *SETS))
    assert found["yinchuan-2025.progress", "甲"] == "yellow"
    assert found["wuhan.progress", "甲"] == "yellow"
    assert found["sanya-2022.project", "甲"] == "yellow"
    assert found["yinchuan-2025.progress", "乙"] == "yellow"
    assert found["wuhan.progress", "乙"] == "red"
    assert found["sanya-2022.project", "乙"] == "red"


def test_small_projects_are_none_of_sanyas_and_unknown_ones_are_not_guessed(observe):
    small = project(observe, "小", "1", total="999", unit="万元")
    large = project(observe, "大", "1", total="1000", unit="万元")
    unknown = [o for o in project(observe, "不明", "1") if o.indicator_id != "project_total_investment"]
    found = told(alarms_of([*small, *large, *unknown], "2025年上半年", "sanya-2022"))
    assert ("sanya-2022.project", "小") not in found
    assert found["sanya-2022.project", "大"] == "red"
    assert found["sanya-2022.project", "不明"] == "不明"


def test_starts_are_counted_at_the_date_of_the_register(observe):
    rows = [
        *project(observe, "按期", "1", planned_start="2025-03-15", started="2025-03-18"),
        *project(observe, "迟一月", "0", planned_start="2025-06-15"),
        *project(observe, "迟三月", "0", planned_start="2025-04-15"),
        *project(observe, "未到期", "0", planned_start="2025-09-15"),
        *project(observe, "无日期", "0"),
    ]
    for period in ("2025年上半年", "2025年1-8月"):  # the register is of June, whatever month asks
        found = told(alarms_of(rows, period, "yinchuan-2025"))
        starts = {name: colour for (key, name), colour in found.items() if key == "yinchuan-2025.start"}
        assert starts == {"按期": "green", "迟一月": "yellow", "迟三月": "red"}


def test_a_reason_keeps_a_lamp_dark_and_only_where_it_says_so(observe):
    rows = project(observe, "甲", "0", planned_start="2025-01-15")
    reason = Exemption(subject="甲", rules=("yinchuan-2025.start",), reason="停工令", by="某人", until="2025-06")
    found = alarms_of(rows, "2025年上半年", "yinchuan-2025", exemptions=[reason])
    assert told(found)["yinchuan-2025.start", "甲"] == "不亮灯"
    assert told(found)["yinchuan-2025.progress", "甲"] == "red"
    [dark] = [alarm for alarm in found.alarms if alarm.exemption]
    assert (dark.lit, dark.weight, dark.judgement.lamp.label) == (False, 0, "红灯")
    late = Exemption(subject="甲", rules=("yinchuan-2025",), reason="停工令", by="某人", until="2025-05")
    assert "不亮灯" not in told(alarms_of(rows, "2025年上半年", "yinchuan-2025", exemptions=[late])).values()
    assert check_exemptions([reason, late], alarm_ids()) == []
    wrong = Exemption(subject="甲", rules=("yinchuan.start",), reason="停工令", by="某人")
    assert check_exemptions([wrong], alarm_ids()) == ["yinchuan.start"]


def test_rules_without_figures_are_named(observe):
    found = alarms_of(project(observe, "甲", "3"), "2025年上半年", "yinchuan-2025", "xinhuang-2015")
    assert {(rules.id, rule.id) for rules, rule in found.unused} == {
        ("yinchuan-2025", "start"),
        ("yinchuan-2025", "entry"),
        ("yinchuan-2025", "funds"),
        ("xinhuang-2015", "month"),
    }


def node(observe, project, name, planned, actual="", expected=""):
    """A row of a register of milestones."""
    dates = (("planned", planned), ("actual", actual), ("expected", expected))
    return observe(
        "1",
        indicator_id="project_milestones",
        period="2025年6月末",
        unit="个",
        subject=name,
        parent=project,
        source=LEDGER,
        locator=f"{project}{name}",
        reported_label="节点",
        attributes=tuple((key, value) for key, value in dates if value),
    )


def test_projects_that_started_and_did_not_enter_the_statistics(observe):
    rows = [
        row
        for project, started, entered in (
            ("当月", "2025-06-03", ""),
            ("末日", "2025-06-30", ""),
            ("一月", "2025-05-31", ""),
            ("两月", "2025-05-01", ""),
            ("两月多", "2025-04-20", ""),
            ("已入", "2025-01-20", "2025-02-10"),
            ("以后入", "2025-01-20", "2025-07-10"),
            ("未开工", "", ""),
        )
        for row in (
            node(observe, project, "开工", "2025-01-15", started),
            node(observe, project, "纳统", "2025-02-15", entered),
        )
    ]
    found = told(alarms_of(rows, "2025年上半年", "yinchuan-2025"))
    assert {name: colour for (_, name), colour in found.items()} == {
        "当月": "未规定",
        "末日": "未规定",
        "一月": "yellow",
        "两月": "yellow",  # two months to the day
        "两月多": "red",
        "已入": "green",
        "以后入": "red",
    }


def test_open_milestones_by_days(observe):
    rows = [
        node(observe, "甲", "封顶", "2025-06-23"),  # 7 days before 30 June
        node(observe, "乙", "封顶", "2025-06-22", expected="2025-08-01"),
        node(observe, "丙", "封顶", "2025-06-15"),
        node(observe, "丁", "封顶", "2025-06-01", "2025-06-20"),
        node(observe, "戊", "封顶", "2025-07-15"),
    ]
    found = alarms_of(rows, "2025年上半年", "shenzhen-builder")
    assert told(found) == {
        ("shenzhen-builder.delay", "甲封顶"): "yellow",
        ("shenzhen-builder.delay", "乙封顶"): "orange",
        ("shenzhen-builder.delay", "丙封顶"): "red",
    }
    assert [alarm.item.expected for alarm in found.alarms] == ["", "2025-08-01", ""]


def test_a_run_of_falling_months_is_red(observe):
    def growth(month, rate):
        return observe(
            rate,
            period=f"2025年1-{month}月",
            unit="%",
            transformation=Transformation.GROWTH,
            comparison=Comparison.YOY,
            indicator_id="tax_revenue",
            reported_label="税收",
            locator=str(month),
        )

    rates = {2: "3", 3: "1", 4: "-1", 5: "-2", 6: "-0.1"}
    months = [growth(month, rate) for month, rate in rates.items()]
    assert told(alarms_of(months[:-1], "2025年1-5月", "office")) == {("office.decline", "税收"): "yellow"}
    found = alarms_of(months, "2025年1-6月", "office")
    assert told(found) == {("office.decline", "税收"): "red"}
    assert found.alarms[0].judgement.escalated == 3


def test_a_period_that_is_not_known_has_no_lamps(observe):
    found = park_alarms(FigureIndex([]), [], [], None, rule_sets())
    assert found.alarms == ()


# -- ten lamps of demo, read off its ledgers ------------------------------------------------------------------------------

BY_HAND = {
    # 04重点项目 2025年4季度: plan 10.37, done 4.57, 占年度计划 44.1 %; a year has passed: 55.9 points, 55.9 % short
    ("yinchuan-2025.progress", "范例光电显示模组项目"): ("55.9", "red"),
    ("sanya-2022.project", "范例光电显示模组项目"): ("55.9", "red"),
    # 90.2 %: 9.8 points, which 银川 leaves open
    ("yinchuan-2025.progress", "样例人才公寓二期"): ("9.8", "未规定"),
    ("sanya-2022.project", "样例人才公寓二期"): ("9.8", "yellow"),
    # 实际利用外资 完成 79.9 %
    ("yinchuan-2025.progress", "实际利用外资"): ("20.1", "yellow"),
    # planned 2025-06-15, not started: June to December
    ("yinchuan-2025.start", "样例通信设备总部"): ("7", "red"),
    # 05前期手续: due 2025-07-12, open at 2025-12-31: 19 + 31 + 30 + 31 + 30 + 31
    ("office.approval", "范例智能机床改扩建项目征地报批"): ("172", "red"),
    # 03重点企业: 38777 after 280781
    ("office.enterprise_drop", "范例纺织工业总产值"): ("-86.2", "red"),
    # 14安全: 96.3 after 98.8
    ("office.rate_fall", "隐患整改率"): ("-2.5", "yellow"),
    # 14安全: one accident
    ("office.accident", "安全生产事故起数"): ("1", "red"),
}


@pytest.fixture(scope="module")
def demo():
    view = open_park({"park": "demo"}, "park").view
    found = park_alarms(view.index, view.rows, view.subject_rows, view.period, chosen_rule_sets())
    return {(alarm.key, alarm.item.name): alarm for alarm in found.alarms}


@pytest.mark.parametrize("key", BY_HAND, ids=[" ".join(key) for key in BY_HAND])
def test_lamps_of_demo_are_those_of_its_ledgers(demo, key):
    alarm, (value, colour) = demo[key], BY_HAND[key]
    assert alarm.measure.value == Decimal(value)
    assert (alarm.judgement.lamp.colour if alarm.judgement.lamp else "未规定") == colour


def test_offices_are_those_of_the_ledgers(demo):
    assert demo["yinchuan-2025.progress", "范例光电显示模组项目"].item.office == "示例建设局"
    assert demo["yinchuan-2025.progress", "实际利用外资"].item.office == "示例投促中心"
    assert demo["office.approval", "范例智能机床改扩建项目征地报批"].item.office == "示例自规窗口"
    assert demo["office.rate_fall", "隐患整改率"].item.office == ""


# -- ranks, times and amounts against the year before ---------------------------------------------------------------------


@pytest.mark.parametrize(("place", "colour"), [("10", "green"), ("12", "green"), ("14", "yellow"), ("15", "red")])
def test_a_place_lost_is_told_in_places(observe, place, colour):
    """12 the year before; a place is no amount, so no rate is taken of it."""
    figures = [
        observe(n, period=p, unit="名次", indicator_id="evaluation_rank", reported_label="综合考评位次", locator=p)
        for p, n in (("2024年末", "12"), ("2025年末", place))
    ]
    found = alarms_of(figures, "2025年末", "office")
    assert told(found) == {("office.rank_fall", "综合考评位次"): colour}
    assert found.alarms[0].measure.value == Decimal(place) - 12
    assert {o.locator for o in found.alarms[0].measure.inputs} == {"2024年末", "2025年末"}


@pytest.mark.parametrize(("days", "colour"), [("15.2", "green"), ("16.72", "yellow"), ("16.8", "red")])
def test_days_of_approval_may_not_rise(observe, days, colour):
    """15.2 days the year before: 16.72 are 10 % more."""
    figures = [
        observe(n, period=p, unit="天", indicator_id="approval_days", reported_label="审批平均用时", locator=p)
        for p, n in (("2024年", "15.2"), ("2025年", days))
    ]
    assert told(alarms_of(figures, "2025年", "office")) == {("office.lower_rate_rise", "审批平均用时"): colour}


@pytest.mark.parametrize(("rate", "colour"), [("0", "green"), ("-19.9", "yellow"), ("-20", "red")])
def test_amounts_of_other_systems_have_a_rule_of_their_own(observe, rate, colour):
    growth = observe(
        rate,
        period="2025年",
        unit="%",
        transformation=Transformation.GROWTH,
        comparison=Comparison.YOY,
        indicator_id="financing_amount",
        reported_label="企业融资金额",
    )
    assert told(alarms_of([growth], "2025年", "office")) == {("office.amount_fall", "企业融资金额"): colour}
