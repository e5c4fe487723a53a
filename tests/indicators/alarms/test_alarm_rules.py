"""Every rule set under data/alarms, the schema that keeps them whole, and how each rule judges published and edge cases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from parkbook.errors import DataError, UnknownCodeError
from parkbook.indicators.alarms import (
    Band,
    Gap,
    Rule,
    alarm_ids,
    chosen_rule_sets,
    judge,
    judge_case,
    judge_months,
    measures,
    rule_sets,
)
from parkbook.indicators.alarms.rules import CASES
from parkbook.project import data_directory

NUMERIC = [(s, r) for s in rule_sets() for r in s.rules if r.measure not in CASES]


def rule(key: str) -> Rule:
    set_id, _, rule_id = key.partition(".")
    return next(r for s in rule_sets() if s.id == set_id for r in s.rules if r.id == rule_id)


def lamp(key: str, value: object) -> str:
    """The colour that a rule gives a number, or 未规定."""
    found = judge(rule(key), Decimal(str(value)))
    return found.lamp.colour if found.lamp is not None else "未规定" if found.undefined else "不明"


# -- files ------------------------------------------------------------------------------------------------------------


def test_every_file_is_read_and_named_by_its_id() -> None:
    files = sorted(path.stem for path in (data_directory() / "alarms").glob("*.yaml"))
    assert [rules.id for rules in rule_sets()] == files
    assert len(files) >= 11


def test_ids_that_other_data_names_are_stable() -> None:
    wanted = {
        "achievement-table.fill",
        "energy-saving.completion",
        "kpi-lamp.score",
        "office.accident",
        "office.amount_fall",
        "office.approval",
        "office.decline",
        "office.enterprise_drop",
        "office.idle_rise",
        "office.lower_rate_rise",
        "office.rank_fall",
        "office.rate_fall",
        "sanya-2022.district",
        "sanya-2022.project",
        "shenzhen-builder.delay",
        "tianjin-2022.investment",
        "tianjin-bonds.spending",
        "wuhan.progress",
        "xinhuang-2015.month",
        "yinchuan-2025.entry",
        "yinchuan-2025.funds",
        "yinchuan-2025.progress",
        "yinchuan-2025.start",
    }
    assert wanted <= set(alarm_ids())
    assert len(set(alarm_ids())) == len(alarm_ids())


def test_an_origin_says_what_is_not_known() -> None:
    origins = {rules.id: rules.origin for rules in rule_sets()}
    assert origins["yinchuan-2025"] == "银川，2025年，文件名称未载明"
    assert origins["wuhan"] == "武汉，年份未载明，文件名称未载明"
    assert origins["kpi-lamp"] == "地区未载明，年份未载明，文件名称未载明"
    assert origins["office"] == "本系统初设，无官方依据，阈值由办公室修改"


def test_own_rules_each_give_a_reason_and_are_not_called_official() -> None:
    own = [rules for rules in rule_sets() if not rules.official]
    assert [rules.name for rules in own] == ["本系统规则（非官方）"]
    assert all("未见官方数值" in r.reason for rules in own for r in rules.rules)


def test_indicators_that_rules_name_are_in_the_catalogue() -> None:
    from parkbook.catalogue import SYSTEMS, catalogue

    for rules in rule_sets():
        for r in rules.rules:
            assert all(name in catalogue() for name in r.indicators), r.id
            assert set(r.systems) <= set(SYSTEMS)


def test_default_sets_and_sets_by_id_or_name() -> None:
    assert [s.id for s in chosen_rule_sets()] == ["yinchuan-2025", "sanya-2022", "office"]
    assert [s.id for s in chosen_rule_sets(["武汉", "wuhan", "达成表"])] == ["wuhan", "achievement-table"]
    with pytest.raises(UnknownCodeError, match=r"没有名为“wuhn”的预警规则.*您是不是要用 wuhan"):
        chosen_rule_sets(["wuhn"])


# -- every number has one place ---------------------------------------------------------------------------------------


@given(st.sampled_from(NUMERIC), st.decimals(min_value=-400, max_value=400, places=2))
def test_every_number_falls_into_one_band_or_declared_gap(pair: tuple[object, Rule], value: Decimal) -> None:
    _, r = pair
    holding = [span for span in (*r.bands, *r.gaps) if span.holds(value)]
    assert len(holding) == 1
    assert r.of_value(value) is holding[0]


@pytest.mark.parametrize(("rules", "r"), NUMERIC, ids=[f"{s.id}.{r.id}" for s, r in NUMERIC])
def test_every_end_belongs_to_one_side(rules: object, r: Rule) -> None:
    ends = {end for span in (*r.bands, *r.gaps) for end in (span.low, span.high) if end is not None}
    assert ends
    for end in ends:
        assert len([span for span in (*r.bands, *r.gaps) if span.holds(end)]) == 1


BAND = {"colour": "green", "label": "绿灯", "words": "好"}
BASE = {"id": "x", "label": "甲", "measure": "growth", "applies_to": ["rate"]}


@pytest.mark.parametrize(
    ("bands", "gaps", "said"),
    [
        ([BAND | {"high": 0}], [], "以上没有归属"),
        ([BAND | {"low": 0}], [], "以下没有归属"),
        ([BAND | {"high": 0}, BAND | {"low": 1}], [], "空缺或重叠"),
        ([BAND | {"high": 1}, BAND | {"low": 0}], [], "空缺或重叠"),
        ([BAND | {"high": 0}, BAND | {"low": 0}], [], "恰好归一边"),
        (
            [BAND | {"high": 0, "high_inclusive": True}, BAND | {"low": 0, "low_inclusive": True}],
            [],
            "恰好归一边",
        ),
        ([], [{"words": "无"}], "须有 bands"),
    ],
)
def test_a_rule_with_a_hole_or_an_overlap_is_refused(bands: list[object], gaps: list[object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Rule.model_validate(BASE | {"bands": bands, "gaps": gaps})


def test_cases_must_be_complete() -> None:
    cases = [{"case": "as_planned", "colour": "green", "label": "绿灯", "words": "好"}]
    with pytest.raises(ValidationError, match="每种恰好一次"):
        Rule.model_validate(BASE | {"measure": "pay_rate", "cases": cases})


def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "catalogue").mkdir(parents=True)
    folder = tmp_path / "data" / "alarms"
    folder.mkdir()
    content = {"id": "mine", "name": "我的", "official": False, "rules": [BASE | {"bands": [BAND]}]}
    (folder / "mine.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    monkeypatch.setenv("PARKBOOK_HOME", str(tmp_path))
    with pytest.raises(DataError, match=r"data/alarms/mine.yaml.*非官方规则须逐条写明理由"):
        rule_sets()


# -- the worked example: plan 12, month 6 -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "yinchuan", "wuhan", "sanya"),
    [
        ("3.6", (20, "yellow"), (60, "yellow"), (40, "yellow")),  # 30 %
        ("2.88", (26, "yellow"), (48, "red"), (52, "red")),  # 24 %
        ("6", (0, "green"), (100, "未规定"), (0, "green")),  # just on schedule
        ("5.4", (5, "未规定"), (90, "未规定"), (10, "yellow")),  # 45 %
        ("4.8", (10, "yellow"), (80, "未规定"), (20, "yellow")),  # 40 %: both edges
        ("2.4", (30, "yellow"), (40, "red"), (60, "red")),  # 20 %: 30 points are still yellow
        ("2.388", ("30.1", "red"), ("39.8", "red"), ("60.2", "red")),
        ("3", (25, "yellow"), (50, "red"), (50, "yellow")),  # 25 %: half short is still yellow
    ],
)
def test_one_project_under_three_rule_sets(
    done: str, yinchuan: tuple[object, str], wuhan: tuple[object, str], sanya: tuple[object, str]
) -> None:
    rate, passed = Decimal(done) / 12 * 100, Decimal(6) / 12 * 100
    told = (
        (measures.points_below(rate, passed), "yinchuan-2025.progress", yinchuan),
        (measures.schedule_ratio(rate, passed), "wuhan.progress", wuhan),
        (measures.schedule_shortfall(rate, passed), "sanya-2022.project", sanya),
    )
    for value, key, (number, colour) in told:
        assert value == Decimal(str(number))
        assert lamp(key, value) == colour


def test_an_undefined_case_is_said_in_the_rules_words() -> None:
    found = judge(rule("yinchuan-2025.progress"), Decimal(5))
    assert (found.lamp, found.undefined) == (None, "该规则未规定低于序时0—10个百分点的情形")
    assert judge(rule("yinchuan-2025.progress"), None).unknown == "没有数"


def test_nothing_is_measured_against_no_time() -> None:
    assert measures.schedule_ratio(Decimal(5), Decimal(0)) is None
    assert measures.schedule_shortfall(Decimal(5), Decimal(0)) is None


# -- edges of the other rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "colour"),
    [
        ("yinchuan-2025.start", 0, "green"),
        ("yinchuan-2025.start", 1, "yellow"),
        ("yinchuan-2025.start", 2, "yellow"),
        ("yinchuan-2025.start", 3, "red"),
        ("yinchuan-2025.entry", 0, "green"),
        ("yinchuan-2025.entry", "0.5", "未规定"),
        ("yinchuan-2025.entry", 1, "yellow"),
        ("yinchuan-2025.entry", 2, "yellow"),
        ("yinchuan-2025.entry", "2.1", "red"),
        ("tianjin-bonds.spending", 0, "green"),
        ("tianjin-bonds.spending", 30, "yellow"),
        ("tianjin-bonds.spending", "30.1", "red"),
        ("xinhuang-2015.month", 80, "未规定"),
        ("xinhuang-2015.month", "79.9", "none"),
        ("xinhuang-2015.month", 60, "none"),
        ("xinhuang-2015.month", "59.9", "yellow"),
        ("shenzhen-builder.delay", 0, "未规定"),
        ("shenzhen-builder.delay", 7, "yellow"),
        ("shenzhen-builder.delay", 8, "orange"),
        ("shenzhen-builder.delay", 14, "orange"),
        ("shenzhen-builder.delay", 15, "red"),
        ("energy-saving.completion", 100, "green"),
        ("energy-saving.completion", "99.9", "yellow"),
        ("energy-saving.completion", 90, "yellow"),
        ("energy-saving.completion", "89.9", "orange"),
        ("energy-saving.completion", 50, "red"),
        ("energy-saving.completion", "50.1", "orange"),
        ("kpi-lamp.score", 1, "green"),
        ("kpi-lamp.score", "0.8", "blue"),
        ("kpi-lamp.score", "0.799", "orange"),
        ("kpi-lamp.score", "0.6", "orange"),
        ("kpi-lamp.score", "0.599", "red"),
    ],
)
def test_ends_are_where_the_rule_puts_them(key: str, value: object, colour: str) -> None:
    assert lamp(key, value) == colour


def test_xinhuang_names_its_lamps_in_its_own_words() -> None:
    labels = [judge(rule("xinhuang-2015.month"), Decimal(n)).lamp for n in (70, 50)]
    assert [(item.label, item.weight) for item in labels if item is not None] == [("跟踪督导", 1), ("黄牌", 2)]


@pytest.mark.parametrize(
    ("growth", "plan", "mean", "colour"),
    [
        ("6", "5", "4", "green"),
        ("5", "5", "5", "green"),
        ("4", "5", "3", "yellow"),
        ("4", "3", "5", "yellow"),
        ("-1", "5", "4", "red"),
        ("0", "5", "4", None),
        ("-1", "-2", "-3", None),
        ("0", "0", "-1", "green"),
    ],
)
def test_tianjin_growth_against_plan_and_mean(growth: str, plan: str, mean: str, colour: str | None) -> None:
    case = measures.growth_plan_mean(Decimal(growth), Decimal(plan), Decimal(mean))
    found = judge_case(rule("tianjin-2022.investment"), case)
    assert (found.lamp.colour if found.lamp else None) == colour
    assert bool(found.undefined) == (colour is None)


@pytest.mark.parametrize(
    ("paid", "planned", "required", "colour"),
    [("80", "80", "60", "green"), ("70", "80", "60", None), ("60", "80", "60", None), ("59", "80", "60", "red")],
)
def test_yinchuan_funds(paid: str, planned: str, required: str, colour: str | None) -> None:
    case = measures.pay_rate(Decimal(paid), Decimal(planned), Decimal(required))
    found = judge_case(rule("yinchuan-2025.funds"), case)
    assert (found.lamp.colour if found.lamp else None) == colour


@pytest.mark.parametrize(
    ("done", "passed", "colour", "weight"),
    [("101", "50", "red", 0), ("100", "50", "yellow", 0), ("51", "50", "yellow", 0), ("50", "50", "green", 1)],
)
def test_red_means_good_in_an_achievement_table(done: str, passed: str, colour: str, weight: int) -> None:
    found = judge_case(rule("achievement-table.fill"), measures.done_and_schedule(Decimal(done), Decimal(passed)))
    assert found.lamp is not None
    assert (found.lamp.colour, found.weight) == (colour, weight)
    assert next(s for s in rule_sets() if s.id == "achievement-table").reversed


def test_a_bond_is_held_against_its_window() -> None:
    from parkbook.periods import Month

    issued = Month(2025, 3)
    passed = [measures.window_passed(issued, Month(2025, month), 6) for month in (3, 4, 6, 9, 12)]
    assert [str(p.quantize(Decimal("0.01"))) for p in passed] == ["0.00", "16.67", "50.00", "100.00", "100.00"]
    short = measures.schedule_shortfall(Decimal(40), passed[2])
    assert short == 20
    assert lamp("tianjin-bonds.spending", short) == "yellow"


# -- consecutive months -----------------------------------------------------------------------------------------------


def colours(key: str, *months: object) -> tuple[str, int, str]:
    found = judge_months(rule(key), [None if m is None else Decimal(str(m)) for m in months])
    return (found.lamp.colour if found.lamp else "", found.escalated, found.remark)


def test_two_missed_months_running_are_red_in_sanya() -> None:
    assert colours("sanya-2022.district", 100, 120) == ("green", 0, "")
    assert colours("sanya-2022.district", 100, 90) == ("yellow", 0, "")
    assert colours("sanya-2022.district", 90, 99) == ("red", 2, "")
    assert colours("sanya-2022.district", 90, 100, 90) == ("yellow", 0, "")
    assert colours("sanya-2022.district", 90, 100) == ("green", 0, "")


def test_a_month_without_a_figure_is_no_month_of_a_run() -> None:
    assert colours("sanya-2022.district", 90, None, 90) == ("yellow", 0, "此前月份无数，是否连续不明")
    assert colours("sanya-2022.district", 90) == ("yellow", 0, "此前月份无数，是否连续不明")
    assert colours("office.decline", 1, -1, -2) == ("yellow", 0, "")
    assert colours("office.decline", 1, -1, -2, -3) == ("red", 3, "")


# -- dates ------------------------------------------------------------------------------------------------------------


def test_months_and_days_are_counted_from_printed_dates() -> None:
    from datetime import date

    from parkbook.periods import Month

    june, end = Month(2025, 6), Month(2025, 12)
    assert measures.months_due(june, None, end) == 7
    assert measures.months_due(june, Month(2025, 12), end) == 0
    assert measures.months_due(june, Month(2026, 1), end) == 7  # not yet started at the date of the page
    assert measures.months_due(Month(2026, 1), None, end) == 0
    assert measures.days_overdue(date(2025, 3, 3), None, date(2025, 12, 31)) == 303
    assert measures.days_overdue(date(2025, 3, 3), date(2025, 12, 30), date(2025, 12, 31)) is None
    assert measures.read_day("2025-03-03") == measures.read_day("2025年3月3日") == date(2025, 3, 3)
    assert measures.read_day("2025-03") is None
    assert measures.read_day("2025-02-30") is None
    assert measures.read_month("2025年3月") == Month(2025, 3)
    assert measures.read_month("待定") is None
    assert measures.last_day(Month(2024, 2)) == date(2024, 2, 29)


def test_band_and_gap_are_told_apart() -> None:
    assert isinstance(rule("wuhan.progress").of_value(Decimal(90)), Gap)
    assert isinstance(rule("wuhan.progress").of_value(Decimal(70)), Band)
