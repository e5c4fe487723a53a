"""Identities that published reports satisfy or break, with their figures, under the project's own catalogue and declarations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from parkbook.catalogue import catalogue
from parkbook.errors import Severity
from parkbook.model import Observation, Transformation
from parkbook.observations.duplicates import duplicate_findings
from parkbook.observations.reconcile import AuditFinding, CheckKind, defined, identities, reconcile
from parkbook.observations.reconcile.definitions import check_definitions
from parkbook.observations.reconcile.series import series_of

Observe = Callable[..., Observation]


def found(*figures: Observation) -> list[AuditFinding]:
    numbered = [replace(o, locator=f"字符 {place}") for place, o in enumerate(figures)]
    return list(reconcile(numbered, catalogue()).findings)


def count(observe: Observe, indicator: str, value: str, **more: Any) -> Observation:
    label = catalogue().get(indicator).label_zh
    return observe(value, indicator_id=indicator, unit="个", **({"reported_label": label} | more))


def starts(observe: Observe, actual: str) -> list[Observation]:
    return [
        count(observe, "projects_due_to_start", "140"),
        count(observe, "projects_not_started_as_planned", "33"),
        count(observe, "projects_started_early", "11"),
        count(observe, "projects_started", actual),
    ]


def test_actual_starts_are_plan_less_late_plus_early(observe: Observe) -> None:
    """140 − 33 + 11 = 118."""
    assert found(*starts(observe, "118")) == []
    [item] = found(*starts(observe, "120"))
    assert (item.kind, item.finding.code) == (CheckKind.SUMS, "sum")
    assert item.finding.expected == "118个（140＋11−33）"
    assert item.difference == "相差 2个"


def test_actual_starts_are_not_checked_without_all_parts(observe: Observe) -> None:
    assert found(*starts(observe, "120")[1:]) == []


def test_catalogue_knows_the_printed_names_of_starts() -> None:
    names = {"实际开工项目数": "projects_started", "提前开工项目数": "projects_started_early"}
    for name, indicator_id in (names | {"未按计划开工项目数": "projects_not_started_as_planned"}).items():
        entry = catalogue().by_name(name)
        assert entry is not None
        assert entry.id == indicator_id


def test_month_and_cumulatives(observe: Observe) -> None:
    """上月止累计 + 本月 = 本月止累计."""

    def tax(value: str, period: str) -> Observation:
        return observe(value, indicator_id="tax_revenue", reported_label="税收", period=period)

    line = [tax("31.20", "2025年1-7月"), tax("35.65", "2025年1-8月")]
    assert found(*line, tax("4.45", "2025-08")) == []
    [item] = found(*line, tax("4.54", "2025-08"))
    assert (item.finding.code, item.difference) == ("month_ytd", "相差 0.09亿元")


# -- one thing counted in two ways ------------------------------------------------------------------------------------


def test_projects_with_and_without_splitting_are_two_definitions(observe: Observe) -> None:
    """444 项, 打包拆分后 569 项."""
    packed = count(observe, "key_projects", "444", reported_label="重点项目", locator="字符 1")
    split = count(observe, "key_projects", "569", reported_label="打包拆分后重点项目", locator="字符 9")
    assert [f.code for f in duplicate_findings([packed, split])] == ["conflict"]  # as long as nobody says what they are
    scoped = defined([packed, split], identities().definitions)
    assert [o.scope for o in scoped] == ["", "打包拆分后"]
    assert duplicate_findings(scoped) == []
    [item] = found(packed, split)
    assert (item.kind, item.finding.code, item.finding.severity) == (
        CheckKind.DEFINITIONS,
        "two_definitions",
        Severity.NOTE,
    )
    assert item.finding.expected == "444个；打包拆分后 569个"
    assert "不是矛盾" in item.finding.what


@pytest.mark.parametrize(
    ("label", "words", "scope", "expected"),
    [
        ("重点项目", "全区重点项目444个，打包拆分后569个", "", "打包拆分后"),
        ("重点项目", "打包拆分后569个，其中省级重点项目23个", "", ""),  # the words belong to the figure before
        ("打包拆分后项目数", "", "", "打包拆分后"),
        ("打包拆分后项目数", "", "在库", "在库"),  # a scope that is stated stays
    ],
)
def test_only_the_words_of_the_figure_itself_count(
    observe: Observe, label: str, words: str, scope: str, expected: str
) -> None:
    figure = count(observe, "key_projects", "569", reported_label=label, source_text=words, scope=scope)
    [scoped] = defined([figure], identities().definitions)
    assert scoped.scope == expected


def test_two_definitions_of_different_periods_are_not_set_side_by_side(observe: Observe) -> None:
    figures = [
        count(observe, "key_projects", "444", period="2024年末"),
        count(observe, "key_projects", "569", period="2025年末", scope="打包拆分后"),
    ]
    assert check_definitions(series_of(figures), identities().definitions).compared == 0


# -- ratios -----------------------------------------------------------------------------------------------------------


def test_a_start_rate_cut_off_instead_of_rounded(observe: Observe) -> None:
    """江门: 129 of 270 are 47.78 %, printed 47 %."""
    counts = [count(observe, "projects_started", "129"), count(observe, "projects_planned_to_start", "270")]

    def rate(said: str) -> Observation:
        return observe(said, indicator_id="project_start_rate", reported_label="开工率", unit="%")

    assert found(*counts, rate("47.8")) == []
    [item] = found(*counts, rate("47"))
    assert (item.finding.code, item.finding.cause) == ("ratio_truncated", "按截尾取数")
    assert item.finding.expected.startswith("47.78%")
    [wrong] = found(*counts, rate("46"))
    assert wrong.finding.code == "ratio"


def completion(observe: Observe, done: str, plan: str, said: str) -> list[AuditFinding]:
    common = {"indicator_id": "project_investment_done", "reported_label": "完成投资"}
    return found(
        observe(done, **common),
        observe(plan, indicator_id="project_annual_plan", reported_label="年度计划投资"),
        observe(said, unit="%", transformation=Transformation.COMPLETION, **common),
    )


def test_a_completion_that_cannot_be_reproduced(observe: Observe) -> None:
    """烟台: printed 90.51 %, recomputed 88.65 %: 1.86 points apart, and no cutting off explains it."""
    [item] = completion(observe, "88.650", "100.000", "90.51")
    assert (item.finding.code, item.finding.severity) == ("completion", Severity.WARNING)
    assert item.difference == "相差 1.86 个百分点"


def test_a_completion_cut_off_instead_of_rounded(observe: Observe) -> None:
    """629.0 of 647.4 are 97.158 %; 97.1 is cut off, 97.2 is rounded."""
    assert completion(observe, "629.00", "647.40", "97.2") == []
    assert completion(observe, "629.00", "647.40", "97.16") == []
    cut = completion(observe, "629.00", "647.40", "97.15")
    assert [item.finding.code for item in cut] == ["completion_truncated"]
    assert cut[0].finding.found == "97.15%，按截尾可得"
    assert cut[0].finding.severity is Severity.NOTE
    [wrong] = completion(observe, "629.00", "647.40", "96.0")
    assert wrong.finding.code == "completion"


# -- the word behind a distance from the schedule ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value", "wrong"),
    [
        ("占年度计划的125.64%，超进度42.31%", "42.31", "超进度42.31%"),
        ("完成70.41%，欠进度12.92%", "12.92", "欠进度12.92%"),
        ("落后时间进度2.2%", "2.2", "落后时间进度2.2%"),
        ("快于序时进度15.22个百分点", "15.22", ""),
        ("超序时进度 13.8 个百分点", "13.8", ""),
        ("占年度计划的125.64%，超进度42.31%", "125.64", ""),  # another figure of the same words
        ("形象进度85%", "85", ""),
    ],
)
def test_a_distance_from_the_schedule_is_in_points(observe: Observe, words: str, value: str, wrong: str) -> None:
    unit = "百分点" if "百分点" in words else "%"
    figure = observe(
        value, unit=unit, source_text=words, reported_label="完成投资进度", transformation=Transformation.CHANGE
    )
    told = [item for item in found(figure) if item.kind is CheckKind.UNIT_WORDS]
    assert [item.finding.found for item in told] == ([wrong] if wrong else [])
    if wrong:
        assert told[0].finding.expected == f"{Decimal(value)}个百分点"
