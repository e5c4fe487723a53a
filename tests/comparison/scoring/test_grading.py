"""Quotas, ties, exempt units and bands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkbook.comparison.scoring.grading import grade_by_bands, grade_by_quota, quota_sizes
from parkbook.comparison.scoring.schema import Grading

D = Decimal
WENZHOU = Grading.model_validate(
    {
        "quotas": [
            {"grade": "A", "share": 0.20, "rounding": "floor"},
            {"grade": "B", "share": 0.30, "rounding": "floor"},
            {"grade": "C", "rounding": "rest"},
            {"grade": "D", "share": 0.05, "rounding": "ceil"},
        ],
        "exempt": {"grade": "A", "label_zh": "四星、五星"},
    }
)
ANHUI = Grading.model_validate(
    {
        "quotas": [
            {"grade": "A", "share": 0.25, "rounding": "floor"},
            {"grade": "B", "share": 0.70, "rounding": "floor"},
            {"grade": "C", "share": 0.95, "rounding": "floor"},
            {"grade": "D", "rounding": "rest"},
        ],
        "cumulative": True,
        "exempt": {"grade": "B", "label_zh": "不定等级"},
    }
)


def ranked(n: int) -> dict[str, Decimal]:
    return {f"u{number:03}": D(1000 - number) for number in range(n)}


@pytest.mark.parametrize(
    ("n", "sizes"),
    [
        (100, [20, 30, 45, 5]),
        (21, [4, 6, 9, 2]),
        (11, [2, 3, 5, 1]),
        (4, [0, 1, 2, 1]),
        (1, [0, 0, 0, 1]),
        (0, [0] * 4),
    ],
)
def test_floors_and_ceilings_of_a_quota(n, sizes) -> None:
    assert quota_sizes(WENZHOU, n) == sizes


@pytest.mark.parametrize(("n", "sizes"), [(100, [25, 45, 25, 5]), (40, [10, 18, 10, 2]), (20, [5, 9, 5, 1])])
def test_positions_up_to_a_share(n, sizes) -> None:
    assert quota_sizes(ANHUI, n) == sizes


def test_a_position_of_just_a_quarter_is_still_a() -> None:
    grades = grade_by_quota(ANHUI, ranked(4)).grades
    assert list(grades.values()) == ["A", "B", "C", "D"]  # 25% (含), 50%, 75%, 100%


def test_exempt_units_stand_outside_the_quota() -> None:
    found = grade_by_quota(WENZHOU, ranked(12), exempt=["u011", "u005"])
    assert found.counts == {"A": 2 + 2, "B": 3, "C": 4, "D": 1}
    assert found.grades["u011"] == "A"
    treated = grade_by_quota(ANHUI, ranked(22), exempt=["u000", "u021"])
    assert treated.grades["u000"] == treated.grades["u021"] == "B"
    assert treated.counts == {"A": 5, "B": 9 + 2, "C": 5, "D": 1}


def test_a_tie_over_the_edge_takes_the_later_grade_and_is_noted() -> None:
    scores = ranked(10) | {"u001": D(900), "u002": D(900)}  # places 9 and 10 now
    found = grade_by_quota(WENZHOU, scores)
    assert found.grades["u001"] == found.grades["u002"] == "D"
    assert any("跨档" in note for note in found.notes)


@pytest.mark.parametrize("grading", [WENZHOU, ANHUI], ids=["wenzhou", "anhui"])
@given(
    st.lists(st.integers(min_value=0, max_value=30), min_size=0, max_size=40),
    st.sets(st.integers(min_value=0, max_value=39), max_size=10),
)
def test_grades_always_sum_to_all_units(grading, numbers, apart) -> None:
    scores = {f"u{n}": D(number) for n, number in enumerate(numbers)}
    exempt = [f"u{n}" for n in apart if n < len(numbers)]
    found = grade_by_quota(grading, scores, exempt)
    assert sum(found.counts.values()) == len(numbers) == len(found.grades)
    better = {name: "ABCD".index(found.grades[name]) for name in scores if name not in exempt}
    for one in better:
        for other in better:
            assert scores[one] <= scores[other] or better[one] <= better[other]
            assert scores[one] != scores[other] or better[one] == better[other]


@given(st.integers(min_value=0, max_value=2000))
def test_quotas_never_promise_more_good_grades_than_allowed(n) -> None:
    a, b, _, d = quota_sizes(WENZHOU, n)
    assert a <= D("0.2") * n and b <= D("0.3") * n
    assert d >= D("0.05") * n


def test_bands_by_the_total() -> None:
    grading = Grading.model_validate(
        {
            "bands": [
                {"grade": "优", "low": 90, "low_included": True},
                {"grade": "良", "low": 60, "low_included": True, "high": 90, "high_included": False},
            ]
        }
    )
    found = grade_by_bands(grading, {"甲": D(90), "乙": D("89.99"), "丙": D(10)})
    assert found.grades == {"甲": "优", "乙": "良"}
    assert found.notes == ("丙总分10不在所列各档之内，未定档",)


def test_exempt_units_that_count_hold_a_place_in_the_base() -> None:
    counted = ANHUI.model_copy(update={"exempt": ANHUI.exempt.model_copy(update={"counted": True})})
    found = grade_by_quota(counted, ranked(20), exempt=["u000"])
    assert found.grades["u000"] == "B"
    assert found.counts == {"A": 4, "B": 10, "C": 5, "D": 1}  # five places of A, one of them held
