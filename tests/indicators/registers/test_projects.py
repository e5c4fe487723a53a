"""重点项目: completion, money that is missing to the schedule, image progress, milestones, procedures; values worked out by hand."""

import datetime
from decimal import Decimal

import pytest

from parkbook.catalogue import catalogue
from parkbook.indicators.image_progress import image_progress
from parkbook.indicators.procedures import overdue_stages, procedure_stages, stage_times
from parkbook.indicators.projects import NodeState, project_register
from parkbook.model import ObsStatus, Transformation
from parkbook.periods import parse_period

PERIOD = parse_period("2025年1-9月")
END = "2025年9月末"


@pytest.fixture
def register(ledger_row):
    """Three projects at the end of September: one behind, one ahead, one without a plan; and the milestones of the first."""

    def row(name, number, plan, done, total, cumulative, image, **attributes):
        figures = {
            "project_total_investment": (total, "亿元", END),
            "project_annual_plan": (plan, "亿元", "2025"),
            "project_investment_done": (done, "亿元", "2025年1-9月"),
            "project_investment_done/foreseen": (plan, "亿元", "2025", Transformation.LEVEL, ObsStatus.ESTIMATED),
            "project_investment_cumulative": (cumulative, "亿元", END),
            "image_progress": (image, "%", END),
        }
        return ledger_row(name, number, figures, sheet="3季度", source="项目.xlsx", **attributes)

    def node(name, number, **days):
        figures = {"project_milestones": ("1", "个", END)}
        return ledger_row(name, number, figures, sheet="3季度", source="节点.xlsx", parent="慢项目", **days)

    observations = [
        *row("快项目", 5, "4", "3.6", "8", "6", "60", level="省级"),
        *row("慢项目", 6, "10", "4", "20", "5", "40", level="市级", obstacle="用地未交"),
        *row(
            "无计划",
            7,
            "0",
            "0",
            "2",
            "2",
            "100",
            level="市级",
            completed="2025-03-01",
            planned_completion="2025-02-01",
        ),
        *node("开工", 5, planned="2025-03-15", actual="2025-03-18"),
        *node("封顶", 6, planned="2025-06-30", actual="2025-08-29"),
        *node("竣工", 7, planned="2025-08-31", expected="2025-12-20"),
        *node("投产", 8, planned="2026-03-31"),
        *node("纳统", 9),
    ]
    return project_register(observations, catalogue(), PERIOD)


def test_completion_gap_and_missing_money(register):
    """4 of 10 is 40%, 9/12 is 75%: 35 points behind, and 75% of 10 less 4 is 3.5亿元 short."""
    fast, slow, without = register.projects
    assert slow.completion.value == 40
    assert slow.gap.value == -35
    assert slow.shortfall.value == Decimal("3.5")
    assert fast.gap.value == 15  # 3.6 of 4 is 90%
    assert fast.shortfall.value == Decimal("-0.6")
    assert without.completion is None  # no plan, no rate; not 0%
    assert [p.name for p in register.behind] == ["慢项目"]
    assert [p.name for p in register.by_shortfall()] == ["慢项目", "快项目"]
    assert [p.name for p in register.stuck] == ["慢项目"]
    assert slow.foreseen.obs_value == 10


def test_investment_beside_image_progress(register):
    """5 of 20 is 25%, built 40%: the money is 15 points behind the work; 6 of 8 is 75% against 60%."""
    fast, slow, _ = register.projects
    assert (slow.invested.value, slow.image_value.value, slow.image_gap.value) == (25, 40, -15)
    assert fast.image_gap.value == 15
    assert {o.indicator_id for o in slow.image_gap.inputs} == {
        "project_investment_cumulative",
        "project_total_investment",
        "image_progress",
    }


def test_what_became_of_milestones(register):
    slow = register.projects[1]
    states = {n.name: (n.state, n.late_days) for n in slow.milestones}
    assert states == {
        "开工": (NodeState.ON_TIME, 3),
        "封顶": (NodeState.LATE, 60),
        "竣工": (NodeState.OVERDUE, 30),
        "投产": (NodeState.AHEAD_OF_DATE, None),
        "纳统": (NodeState.UNPLANNED, None),
    }
    assert [(n.project, n.expected) for n in register.expected("竣工")] == [("慢项目", datetime.date(2025, 12, 20))]
    assert register.expected("投产") == []  # no office said when: none is made up
    assert [n.name for n in register.unforeseen("投产")] == ["投产"]
    assert next(node for node in slow.milestones if node.name == "竣工").value().value == 30


def test_without_a_ledger_of_milestones_the_dates_of_the_row_are_used(register):
    [node] = register.projects[2].milestones
    assert (node.name, node.state, node.late_days) == ("竣工", NodeState.LATE, 28)
    assert register.projects[2].is_finished


def test_no_register_without_projects(ledger_row):
    assert project_register(ledger_row("甲", 5, {"plot_land_area": ("1", "亩")}), catalogue(), PERIOD) is None


def components(ledger_row, parts):
    return [
        o
        for number, (lot, part, weight, done) in enumerate(parts, start=4)
        for o in ledger_row(
            f"{lot}{part}",
            number,
            {"component_weight": (weight, "%", END), "component_progress": (done, "%", END)},
            parent="项目",
            lot=lot,
            component=part,
        )
    ]


def test_image_progress_is_the_sum_weighted_by_work(ledger_row):
    """30x100 + 30x50 + 20x80 + 20x0 = 6100, over 100: 61%; lot one 30x100+30x50 over 60 is 75%."""
    parts = [
        ("一标", "底板", "30", "100"),
        ("一标", "主体", "30", "50"),
        ("二标", "底板", "20", "80"),
        ("二标", "主体", "20", "0"),
    ]
    image = image_progress(components(ledger_row, parts), PERIOD)["项目"]
    assert image.value.value == 61
    assert image.of_lot("一标").value == 75
    assert image.of_lot("二标").value == 40
    assert image.finding is None
    assert len(image.value.inputs) == 8


@pytest.mark.parametrize("last", ["17", "23", "20.5"])
def test_weights_that_do_not_add_up_make_no_total(ledger_row, last):
    parts = [("一标", "底板", "80", "100"), ("一标", "主体", last, "50")]
    image = image_progress(components(ledger_row, parts), PERIOD)["项目"]
    assert image.value is None
    assert f"权重合计{80 + Decimal(last)}%" in image.finding.what
    assert image.finding.expected == "100%"


def test_a_component_without_a_number_makes_no_total(ledger_row):
    parts = [("一标", "底板", "80", "100"), ("一标", "主体", "20", None)]
    image = image_progress(components(ledger_row, parts), PERIOD)["项目"]
    assert image.value is None
    assert "一标主体缺权重或完成比例" in image.finding.what


def test_procedures_against_their_promised_days(ledger_row):
    """Promised 90 days, in it 120: 30 over; a finished one is not overdue however long it took."""

    def stage(name, number, project, days, accepted, due, finished=""):
        attributes = {"accepted": accepted, "due": due, **({"finished": finished} if finished else {})}
        return ledger_row(name, number, {"days_in_stage": (days, "天", END)}, parent=project, **attributes)

    stages = procedure_stages(
        [
            *stage("征地报批", 5, "甲", "120", "2025-06-02", "2025-08-31"),
            *stage("征地报批", 6, "乙", "100", "2025-01-01", "2025-04-01", "2025-04-11"),
            *stage("征地报批", 7, "丙", "40", "2025-08-21", "2025-11-19"),
            *stage("施工许可", 8, "丁", "7", "2025-09-01", "2025-09-11", "2025-09-08"),
            *stage("施工许可", 9, "戊", "12", "2025-09-01", "2025-09-11", "2025-09-13"),
        ],
        PERIOD,
    )
    assert [(s.project, s.limit, s.overrun) for s in stages] == [
        ("甲", 90, 30), ("乙", 90, 10), ("丙", 90, -50), ("丁", 10, -3), ("戊", 10, 2)
    ]  # fmt: skip
    assert [s.project for s in overdue_stages(stages)] == ["甲"]
    land, permit = stage_times(stages)
    assert (land.name, len(land.finished), len(land.open), land.days.value) == ("征地报批", 1, 2, 100)
    assert permit.days.value == Decimal("9.5")
