"""Figures against each other: what must be found, and what must not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from parkbook.catalogue import Catalogue
from parkbook.errors import Finding
from parkbook.model import Observation, ObsStatus, TargetKind, Transformation
from parkbook.observations.checks import check_observations, slip_power
from parkbook.periods import month_period, ytd_period
from parkbook.sources.plausibility import implausible

Figure = Callable[..., Observation]


def codes(findings: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def year(figure: Figure, months: Sequence[str], **given: object) -> list[Observation]:
    """Months and their cumulatives, in 亿元, from January on."""
    made, total = [], Decimal(0)
    for number, value in enumerate(months, start=1):
        total += Decimal(value)
        made.append(figure(f"{value}亿元", f"2025年{number}月", f"{number}月!C5", **given))
        made.append(figure(f"{total}亿元", ytd_period(2025, number), f"{number}月!E5", **given))
    return made


def test_months_that_fit_their_cumulatives(figure: Figure, known: Catalogue) -> None:
    assert check_observations(year(figure, ["10.1", "9.8", "11.2"]), known) == []


def test_a_month_that_is_not_the_difference_is_found_with_cells_and_amount(figure: Figure, known: Catalogue) -> None:
    figures = year(figure, ["10.1", "9.8", "11.2"])
    figures[2] = figure("9.1亿元", "2025年2月", "2月!C5")
    [finding] = check_observations(figures, known)
    assert finding.code == "month_ytd"
    assert finding.where == "01.xlsx 2月!C5、01.xlsx 2月!E5、01.xlsx 1月!E5"
    assert "相差 -0.7亿元" in finding.found
    assert finding.expected.startswith("9.8亿元")


def test_rounding_is_granted(figure: Figure, known: Catalogue) -> None:
    figures = year(figure, ["10.1", "9.8", "11.2"])
    figures[2] = figure("9.9亿元", "2025年2月", "2月!C5")
    assert check_observations(figures, known) == []
    figures[2] = figure("10.0亿元", "2025年2月", "2月!C5")
    assert codes(check_observations(figures, known)) == ["month_ytd"]


def test_stocks_and_unknown_indicators_are_not_differenced(figure: Figure, known: Catalogue) -> None:
    for indicator in ("firms", "", "nothing"):
        figures = year(figure, ["10.1", "9.8", "11.2"], indicator_id=indicator)
        figures[2] = figure("9.1亿元", "2025年2月", "2月!C5", indicator_id=indicator)
        assert "month_ytd" not in codes(check_observations(figures, known))


def test_a_later_revision_does_not_break_what_was_published_together(figure: Figure, known: Catalogue) -> None:
    figures = year(figure, ["10.1", "9.8", "11.2"], vintage="2025-03")
    revised = figure("21.9亿元", "2025年1-2月", "2月!G5", vintage="2026-02")
    assert "month_ytd" not in codes(check_observations([revised, *figures], known))


def test_units_are_converted_before_comparing(figure: Figure, known: Catalogue) -> None:
    figures = year(figure, ["10.1", "9.8", "11.2"])
    figures[2] = figure("98000万元", "2025年2月", "2月!C5")
    assert check_observations(figures, known) == []


def test_a_part_larger_than_its_total(figure: Figure, known: Catalogue) -> None:
    part = {"indicator_id": "high_tech_output", "reported_label": "高新技术产业产值"}
    total = figure("10.0亿元")
    assert check_observations([total, figure("10.0亿元", locator="9月!C6", **part)], known) == []
    assert check_observations([total, figure("100400万元", locator="9月!C6", **part)], known) == []
    [finding] = check_observations([total, figure("12.5亿元", locator="9月!C6", **part)], known)
    assert (finding.code, finding.where) == ("part_total", "01.xlsx 9月!C6、01.xlsx 9月!C5")
    assert finding.found == "12.5亿元，多 2.5亿元"
    assert check_observations([figure("10亿元", "2025年8月"), figure("12.5亿元", **part)], known) == []


def table(figure: Figure, total: str, *rows: str, **given: object) -> list[Observation]:
    made = [
        figure(f"{value}亿元", "2025", f"表!C{number}", subject=f"企业{number}", **given)
        for number, value in enumerate(rows, start=2)
    ]
    return [*made, figure(f"{total}亿元", "2025", "表!C99", **given)]


def test_the_total_row_is_the_sum_of_its_rows(figure: Figure, known: Catalogue) -> None:
    assert check_observations(table(figure, "6.6", "1.1", "2.2", "3.3"), known) == []
    [finding] = check_observations(table(figure, "8.6", "1.1", "2.2", "3.3"), known)
    assert (finding.code, finding.where, finding.expected) == ("table_total", "01.xlsx 表!C99", "6.6亿元（3 行之和）")
    assert finding.found == "8.6亿元，相差 2亿元"


def test_the_column_says_how_its_numbers_were_rounded(figure: Figure, known: Catalogue) -> None:
    assert [
        finding.code for finding in check_observations(table(figure, "50.2", "2", "8", "10", "26", "6"), known)
    ] == ["table_total"]
    assert check_observations(table(figure, "52", "2", "8", "10", "26", "6.4"), known) != []
    assert check_observations(table(figure, "52", "2", "8", "10", "26", "6"), known) == []
    computed = table(figure, "6.6", "1.1", "2.2", "3.3333333")
    assert check_observations(computed, known) == []


def test_no_sum_is_claimed_of_parts_of_rows_rates_and_incomplete_columns(figure: Figure, known: Catalogue) -> None:
    rows = table(figure, "3.3", "1.1", "2.2")
    part = figure("0.5亿元", "2025", "表!C4", subject="其中一家", parent="企业3")
    assert check_observations([*rows, part], known) == []
    masked = figure("亿元", "2025", "表!C5", subject="隐去一家", obs_status=ObsStatus.MASKED)
    assert check_observations([*table(figure, "9.9", "1.1", "2.2"), masked], known) == []
    assert check_observations(table(figure, "9.9", "1.1", "2.2", indicator_id="rate"), known) == []


def test_completion_against_level_and_target(figure: Figure, known: Catalogue) -> None:
    row = [
        figure("75亿元", "2025", "9月!B5", transformation=Transformation.TARGET),
        figure("60.0亿元", "2025年1-9月", "9月!E5"),
    ]
    rate = {"transformation": Transformation.COMPLETION, "period": row[1].period}
    assert check_observations([*row, figure("80.0%", locator="9月!G5", **rate)], known) == []
    [finding] = check_observations([*row, figure("86.0%", locator="9月!G5", **rate)], known)
    assert (finding.code, finding.found) == ("completion", "86%")
    assert finding.where.startswith("01.xlsx 9月!G5")
    assert check_observations([*row, figure("86.0%", locator="8月!G5", **rate)], known) == []


def test_a_growth_target_is_no_level(figure: Figure, known: Catalogue) -> None:
    target = {"transformation": Transformation.TARGET, "target_kind": TargetKind.GROWTH}
    assert implausible(figure("6%", "2025", **target), known) == []
    assert [
        finding.code for finding in implausible(figure("6%", "2025", transformation=Transformation.TARGET), known)
    ] == ["unit"]


@pytest.mark.parametrize(
    ("ratio", "power"),
    [
        ("1", 0),
        ("2.5", 0),
        ("5", 0),
        ("10", 1),
        ("8", 1),
        ("12.5", 1),
        ("13", 0),
        ("0.1", -1),
        ("10000", 4),
        ("0.00011", -4),
        ("70", 0),
        ("1e8", 8),
    ],
)
def test_slip_power(ratio: str, power: int) -> None:
    assert slip_power(Decimal(ratio)) == power


def test_a_slip_of_ten_thousand_is_found(figure: Figure, known: Catalogue) -> None:
    figures = [
        figure(f"{value}亿元", f"2025年{month}月", f"{month}月!C5")
        for month, value in enumerate(["10.2", "9.9", "10.6", "106000", "10.1"], start=1)
    ]
    [finding] = check_observations(figures, known)
    assert (finding.code, finding.where) == ("unit_slip", "01.xlsx 4月!C5")
    assert "疑似错了 10^4 倍" in finding.what
    assert finding.found == "106000亿元，大 10^4 倍上下"
    assert finding.expected == "约 10.35亿元（相邻各期）"


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ("4 4 60000 4", "3月"),
        ("4 4 4 60000", "4月"),
        ("60000 4.1 4.4 3.9", "1月"),
        ("40000 39000 3.2 41000", "3月"),
        ("4 4 4 6000", "4月"),
    ],
)
def test_a_large_slip_in_four_months_that_else_agree(figure: Figure, known: Catalogue, values: str, wrong: str) -> None:
    """15000 times its neighbours is no near power of ten, and no growth either."""
    months = [
        figure(f"{value}亿元", month_period(2025, m), f"{m}月!C5") for m, value in enumerate(values.split(), start=1)
    ]
    [finding] = check_observations(months, known)
    assert (finding.code, finding.where) == ("unit_slip", f"01.xlsx {wrong}!C5")


@pytest.mark.parametrize("values", ["4 4 60000", "4 7 100000 4", "4 4 240 4", "4 4 4 40", "4 4 4 0", "4 9 16 60000"])
def test_no_large_slip_where_the_others_are_few_or_differ_or_the_step_is_small(
    figure: Figure, known: Catalogue, values: str
) -> None:
    months = [
        figure(f"{value}亿元", month_period(2025, m), f"{m}月!C5") for m, value in enumerate(values.split(), start=1)
    ]
    assert check_observations(months, known) == []


def test_the_slip_names_the_month_that_its_cumulative_does_not_fit(figure: Figure, known: Catalogue) -> None:
    months = ["4", "4", "60000", "4"]
    made = [figure(f"{v}亿元", month_period(2025, m), f"{m}月!C5") for m, v in enumerate(months, start=1)]
    sums = [figure(f"{4 * m}亿元", ytd_period(2025, m), f"{m}月!D5") for m in range(2, 5)]
    found = check_observations([*made, *sums], known)
    assert [(finding.code, finding.doubted) for finding in found] == [
        ("month_ytd", ("01.xlsx 3月!C5",)),
        ("unit_slip", ()),
    ]


def test_a_slip_is_found_by_the_same_months_of_other_years(figure: Figure, known: Catalogue) -> None:
    figures = [
        figure(f"{value}亿元", f"{year}年全年", f"{year}!C5")
        for year, value in ((2022, "100"), (2023, "11"), (2024, "120"))
    ]
    [finding] = check_observations(figures, known)
    assert (finding.where, "错了 10 倍" in finding.what) == ("01.xlsx 2023!C5", True)


def test_wild_and_growing_series_are_no_slips(figure: Figure, known: Catalogue) -> None:
    wild = [
        figure(f"{value}亿元", f"2025年{month}月", f"{month}月!C5")
        for month, value in enumerate(["1", "12", "0.9", "30", "2"], start=1)
    ]
    assert check_observations(wild, known) == []
    cumulative = [figure(f"{10 * month}亿元", f"2025年1-{month}月", f"{month}月!E5") for month in range(2, 13)]
    assert check_observations(cumulative, known) == []


def test_the_unit_line_of_one_sheet_is_a_slip_too(figure: Figure, known: Catalogue) -> None:
    figures = [
        figure(f"10.{month}{'万元' if month == 3 else '亿元'}", f"2025年{month}月", f"{month}月!C5")
        for month in range(1, 6)
    ]
    assert [finding.where for finding in check_observations(figures, known)] == ["01.xlsx 3月!C5"]
