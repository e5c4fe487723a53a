"""The same figure said twice: kept, compared, and one of them preferred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from parkbook.errors import Severity
from parkbook.model import Observation, ObsStatus, Source, SourceGrade, SourceKind, TargetKind, Transformation
from parkbook.observations.duplicates import agree, duplicate_findings, figure_key, preference, settled
from parkbook.periods import unknown_period

Figure = Callable[..., Observation]
OFFICIAL = Source(source_id="bulletin", kind=SourceKind.PUBLICATION)
REPRINT = Source(source_id="press", kind=SourceKind.PUBLICATION, grade=SourceGrade.OFFICIAL_REPRINT)
UNLOCATED = Source(source_id="media", kind=SourceKind.PUBLICATION, grade=SourceGrade.UNLOCATED)


def test_conflict_names_both_places_and_values(figure: Figure) -> None:
    findings = duplicate_findings([figure("12.3亿元"), figure("12.8亿元", locator="第3行", source=OFFICIAL)])
    assert [(finding.code, finding.severity) for finding in findings] == [("conflict", Severity.WARNING)]
    assert findings[0].what == "工业总产值 2025年9月 的数前后不一"
    assert findings[0].where == "01.xlsx 9月!C5；bulletin 第3行"
    assert findings[0].found == "12.3亿元（01.xlsx 9月!C5）；12.8亿元（bulletin 第3行）"


def test_a_later_vintage_is_a_revision_and_wins(figure: Figure) -> None:
    given = {
        "transformation": Transformation.TARGET,
        "target_kind": TargetKind.BASE,
        "period": figure("1亿元", "2025").period,
    }
    old = [figure("75亿元", locator=f"{month}月!B5", vintage=f"2025-0{month}", **given) for month in (2, 3)]
    new = [figure("80亿元", locator=f"{month}月!B5", vintage=f"2025-0{month}", **given) for month in (8, 9)]
    findings = duplicate_findings([*old, *new])
    assert [(finding.code, finding.severity) for finding in findings] == [("revision", Severity.NOTE)]
    assert (
        findings[0].found
        == "75亿元（01.xlsx 2月!B5 等 2 处，2025-02—2025-03）；80亿元（01.xlsx 8月!B5 等 2 处，2025-08—2025-09）"
    )
    assert max([*new, *old], key=preference).locator == "9月!B5"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1769.6亿元", "17696000万元", True),
        ("1769.6亿元", "17695812万元", True),
        ("1769.6亿元", "17695400万元", False),
        ("12.3亿元", "12.30亿元", True),
        ("12.3亿元", "12.34亿元", True),
        ("12.3亿元", "12.4亿元", False),
        ("12亿元", "12万美元", False),
        ("12亿元", "亿元", True),
    ],
)
def test_agreement_is_within_rounding_whatever_the_unit(figure: Figure, one: str, other: str, same: bool) -> None:
    second = figure(other, source=OFFICIAL)
    second = second if second.obs_value is not None else replace(second, obs_status=ObsStatus.MASKED)
    assert agree(figure(one), second) is same
    assert agree(second, figure(one)) is same


def test_within_one_file_values_are_compared_as_they_stand(figure: Figure) -> None:
    assert agree(figure("12亿元"), figure("12.0亿元"))
    assert not agree(figure("12亿元"), figure("12.4亿元"))
    assert agree(figure("12亿元"), figure("12.4亿元", source=OFFICIAL))


def test_forecasts_may_move_and_give_way_to_results(figure: Figure) -> None:
    forecasts = [
        figure(f"{value}亿元", "2025", vintage=vintage, obs_status=ObsStatus.ESTIMATED)
        for value, vintage in (("10", "2025-03"), ("12", "2025-06"))
    ]
    result = figure("11亿元", "2025", vintage="2025-06", locator="result")
    assert duplicate_findings([*forecasts, result]) == []
    assert settled([result, *forecasts]) == (result,)
    twice = [*forecasts, figure("13亿元", "2025", vintage="2025-06", obs_status=ObsStatus.ESTIMATED)]
    assert [finding.code for finding in duplicate_findings(twice)] == ["conflict"]


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "甲"},
        {"scope": "规上"},
        {"ref_area": "beta"},
        {"indicator_id": "firms"},
        {"price_basis": "constant"},
        {"rank_scope": "全区"},
        {"target_kind": TargetKind.STRETCH},
        {"indicator_id": ""},
        {"period": unknown_period()},
    ],
)
def test_figures_of_another_kind_are_no_duplicates(figure: Figure, change: dict[str, object]) -> None:
    assert duplicate_findings([figure("1亿元"), figure("2亿元", **change)]) == []


def test_months_and_cumulatives_are_two_figures(figure: Figure) -> None:
    assert (
        duplicate_findings(
            [figure("1亿元", "2025年9月"), figure("2亿元", "2025年1-9月"), figure("3亿元", "截至2025年9月底")]
        )
        == []
    )


def test_unknown_figures_have_no_key(figure: Figure) -> None:
    assert figure_key(figure("1亿元", indicator_id="")) is None
    assert figure_key(figure("1亿元", period=unknown_period())) is None


@pytest.mark.parametrize("order", [1, -1])
def test_which_saying_is_preferred(figure: Figure, order: int) -> None:
    sayings = [
        figure("1亿元", source=UNLOCATED, locator="a"),
        figure("2亿元", source=REPRINT, locator="b"),
        figure("3亿元", source=OFFICIAL, locator="c"),
        figure("4亿元", locator="d"),
        figure("5亿元", locator="e", vintage="2025-09"),
        figure("6亿元", locator="f", vintage="2025-10"),
        figure("亿元", locator="g", vintage="2025-11", obs_status=ObsStatus.MISSING),
        figure("7亿元", locator="h", corrected_from="70亿元（错位）"),
    ]
    chosen = []
    while sayings:
        [best] = settled(sayings[::order])
        chosen.append(best.locator)
        sayings = [saying for saying in sayings if saying is not best]
    assert chosen == ["h", "f", "e", "d", "c", "b", "a", "g"]
