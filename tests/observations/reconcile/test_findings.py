"""Figures that do not fit, each worked out by hand; and those that do, of which nothing may be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from parkbook.catalogue import Catalogue
from parkbook.errors import Severity
from parkbook.model import Comparison, Observation, ObsStatus, ScopeBasis, Source, SourceKind, Transformation
from parkbook.observations.reconcile import AuditFinding, Certainty, CheckKind, Identities, reconcile
from parkbook.observations.reconcile.declared import Listing, Order, Sum
from parkbook.periods import month_period, ytd_period

Figure = Callable[..., Observation]
GROWTH, SHARE = Transformation.GROWTH, Transformation.SHARE
YOY = {"comparison": Comparison.YOY}
OTHER = Source(source_id="gazette", kind=SourceKind.PUBLICATION)
STARTS = Identities(sums=(Sum(whole="started", plus=("planned", "early"), minus=("delayed",)),))


def findings(
    figures: Sequence[Observation], known: Catalogue, declared: Identities | None = None
) -> list[AuditFinding]:
    return list(reconcile(list(figures), known, declared or Identities()).findings)


def codes(found: Sequence[AuditFinding]) -> list[str]:
    return [item.finding.code for item in found]


# -- declared sums ----------------------------------------------------------------------------------------------------


def starts(say: Figure, started: str) -> list[Observation]:
    return [say("planned", "140个"), say("delayed", "33个"), say("early", "11个"), say("started", started)]


def test_actual_starts_are_the_planned_less_the_delayed_and_the_early(say: Figure, known: Catalogue) -> None:
    """140 - 33 + 11 = 118."""
    assert findings(starts(say, "118个"), known, STARTS) == []
    [item] = findings(starts(say, "128个"), known, STARTS)
    assert (item.finding.code, item.kind, item.certainty) == ("sum", CheckKind.SUMS, Certainty.CERTAIN)
    assert item.finding.expected == "118个（140＋11−33）"
    assert item.finding.found == "128个，相差 10个"
    assert item.difference == "相差 10个"
    assert [o.indicator_id for o in item.observations] == ["started", "planned", "early", "delayed"]


def test_a_count_that_is_one_off_is_a_note(say: Figure, known: Catalogue) -> None:
    [item] = findings(starts(say, "119个"), known, STARTS)
    assert (item.finding.severity, item.certainty) == (Severity.NOTE, Certainty.CERTAIN)


def test_a_sum_with_a_missing_term_is_not_claimed(say: Figure, known: Catalogue) -> None:
    assert findings(starts(say, "128个")[1:], known, STARTS) == []
    masked = [*starts(say, "128个")[1:], say("planned", "个", obs_status=ObsStatus.MASKED)]
    assert findings(masked, known, STARTS) == []


def test_parts_of_an_open_list_may_leave_others_out_but_not_exceed(say: Figure, known: Catalogue) -> None:
    declared = Identities(sums=(Sum(whole="output", plus=("high_tech_output", "other_output"), complete=False),))
    parts = [say("high_tech_output", "6.1亿元"), say("other_output", "3.9亿元")]
    assert findings([*parts, say("output", "12.0亿元")], known, declared) == []
    assert findings([*parts, say("output", "9.9亿元")], known, declared) == []  # 0.1 is what three roundings hide
    [item] = findings([*parts, say("output", "9.5亿元")], known, declared)
    assert (item.finding.code, item.difference) == ("sum", "分项多 0.5亿元")


def test_a_total_grows_between_its_parts(say: Figure, known: Catalogue) -> None:
    declared = Identities(sums=(Sum(whole="output", plus=("high_tech_output", "other_output")),))
    parts = [say("high_tech_output", "8.7%", GROWTH, **YOY), say("other_output", "4.1%", GROWTH, **YOY)]
    assert findings([*parts, say("output", "6.8%", GROWTH, **YOY)], known, declared) == []
    [item] = findings([*parts, say("output", "9.3%", GROWTH, **YOY)], known, declared)
    assert (item.finding.code, item.certainty) == ("growth_range", Certainty.LIKELY)
    assert item.difference == "超出 0.6 个百分点"
    comparable = say("output", "9.3%", GROWTH, scope_basis=ScopeBasis.COMPARABLE, **YOY)
    assert findings([*parts, comparable], known, declared) == []


# -- parts, orders, lists ---------------------------------------------------------------------------------------------


def test_a_part_named_in_words_is_not_more_than_its_parent(say: Figure, known: Catalogue) -> None:
    total = say("done", "10.0亿元", reported_label="项目投资")
    assert findings([total, say("tax", "10.05亿元", parent="项目投资")], known) == []
    [item] = findings([total, say("tax", "12.0亿元", parent="项目投资")], known)
    assert (item.finding.code, item.difference) == ("part_total", "多 2亿元")
    assert [o.indicator_id for o in item.observations] == ["tax", "done"]
    assert findings([total, say("tax", "12.0亿元", parent="税收总数")], known) == []


def test_selected_are_not_more_than_applied(say: Figure, known: Catalogue) -> None:
    declared = Identities(orders=(Order(smaller="people", larger="applied"),))
    assert findings([say("people", "4人"), say("applied", "236人")], known, declared) == []
    [item] = findings([say("people", "240人"), say("applied", "236人")], known, declared)
    assert (item.finding.code, item.certainty, item.difference) == ("order", Certainty.LIKELY, "多 4人")
    assert item.finding.where == "report-2025 字符 30-35、report-2025 字符 40-45"


def test_a_hidden_side_is_said_to_be_uncheckable(say: Figure, known: Catalogue) -> None:
    declared = Identities(orders=(Order(smaller="people", larger="applied"),))
    figures = [say("people", "4人"), say("applied", "人", obs_status=ObsStatus.MASKED)]
    [item] = findings(figures, known, declared)
    assert (item.finding.code, item.finding.severity) == ("not_checkable", Severity.NOTE)
    assert item.finding.what == "入选人数 2025年 与申报人数无法核对"
    both = [say("people", "人", obs_status=ObsStatus.MASKED), figures[1]]
    assert findings(both, known, declared) == []


def test_a_count_against_its_list(say: Figure, known: Catalogue) -> None:
    declared = Identities(lists=(Listing(count="projects", members="project_investment"),))
    ledger = Source(source_id="04.xlsx", kind=SourceKind.LEDGER, title="04.xlsx")
    listed = [
        say("project_investment", "5亿元", subject=name, period="截至2025年12月底", source=ledger)
        for name in ("甲", "乙", "丙")
    ]
    count = {"period": "截至2025年12月底"}
    assert findings([say("projects", "3个", **count), *listed], known, declared) == []
    [more] = findings([say("projects", "2个", **count), *listed], known, declared)
    assert (more.finding.code, more.difference, more.certainty) == ("count_list", "名单多 1个", Certainty.LIKELY)
    [fewer] = findings([say("projects", "5个", **count), *listed], known, declared)
    assert fewer.difference == "名单少 2个"
    prose = [say("project_investment", "5亿元", subject=name, **count) for name in ("甲", "乙", "丙")]
    assert findings([say("projects", "5个", **count), *prose], known, declared) == []  # 甲、乙、丙等5个
    assert codes(findings([say("projects", "2个", **count), *prose], known, declared)) == ["count_list"]


# -- ratios -----------------------------------------------------------------------------------------------------------


def test_a_truncated_ratio_is_named(say: Figure, known: Catalogue) -> None:
    """129 / 270 = 47.78 %, printed 47 %."""
    counts = [say("started", "129个"), say("planned", "270个")]
    assert findings([*counts, say("start_rate", "47.8%")], known) == []
    assert findings([*counts, say("start_rate", "48%")], known) == []
    [item] = findings([*counts, say("start_rate", "47%")], known)
    assert (item.finding.code, item.finding.severity) == ("ratio_truncated", Severity.NOTE)
    assert "截去了尾数" in item.finding.what
    assert item.finding.expected.startswith("47.78%（实际开工项目 129个 ÷ 计划开工项目 270个）")


def test_a_ratio_that_cannot_be_reproduced(say: Figure, known: Catalogue) -> None:
    counts = [say("started", "47个"), say("planned", "63个")]
    assert findings([*counts, say("start_rate", "74.6%")], known) == []
    [item] = findings([*counts, say("start_rate", "76.4%")], known)
    assert (item.finding.code, item.certainty, item.difference) == ("ratio", Certainty.CERTAIN, "相差 1.797 个百分点")


def test_a_ratio_of_two_units(say: Figure, known: Catalogue) -> None:
    """3.6 亿元 on 1500 亩 are 24 万元 a 亩 (23.7 to 24.3)."""
    parts = [say("tax", "3.60亿元"), say("mu", "1500亩")]
    assert findings([*parts, say("tax_per_mu", "24.0万元/亩")], known) == []
    assert codes(findings([*parts, say("tax_per_mu", "2.4万元/亩")], known)) == ["ratio"]


# -- growth -----------------------------------------------------------------------------------------------------------


def test_growth_that_fits_its_levels(say: Figure, known: Catalogue) -> None:
    levels = [say("output", "110.0亿元"), say("output", "100.0亿元", period="2024")]
    assert findings([*levels, say("output", "10.0%", GROWTH, **YOY)], known) == []
    assert (
        findings([*levels, say("output", "10.1%", GROWTH, **YOY)], known) == []
    )  # 109.95 to 110.05 over 99.95 to 100.05


def test_growth_in_the_other_direction_is_a_warning(say: Figure, known: Catalogue) -> None:
    levels = [say("output", "98.0亿元"), say("output", "100.0亿元", period="2024")]
    [item] = findings([*levels, say("output", "1.2%", GROWTH, **YOY)], known)
    assert (item.finding.code, item.certainty, item.finding.severity) == (
        "growth_sign",
        Certainty.LIKELY,
        Severity.WARNING,
    )
    assert item.finding.expected.startswith("推算 -2.0%（98.0亿元 ÷ 100.0亿元 − 1）")
    stated = say("output", "1.2%", GROWTH, scope_basis=ScopeBasis.COMPARABLE, **YOY)
    [note] = findings([*levels, stated], known)
    assert (note.finding.severity, "可比口径" in note.finding.cause) == (Severity.NOTE, True)


def test_money_may_differ_for_prices_things_may_not(say: Figure, known: Catalogue) -> None:
    money = [
        say("output", "1513.55亿元"),
        say("output", "1300.99亿元", period="2024"),
        say("output", "10.2%", GROWTH, **YOY),
    ]
    [note] = findings(money, known)
    assert (note.finding.severity, note.certainty) == (Severity.NOTE, Certainty.POSSIBLE)
    assert note.difference == "相差 6.1 个百分点"
    things = [
        say("vehicles", "36.85万辆"),
        say("vehicles", "34.4万辆", period="2024"),
        say("vehicles", "23%", GROWTH, **YOY),
    ]
    [warning] = findings(things, known)
    assert (warning.finding.severity, warning.certainty) == (Severity.WARNING, Certainty.LIKELY)
    assert "上年同期应为 29.83—30.09万辆" in warning.finding.expected


def test_a_slip_between_two_years_is_named(say: Figure, known: Catalogue) -> None:
    figures = [
        say("output", "1100000亿元"),
        say("output", "100.0亿元", period="2024"),
        say("output", "10.0%", GROWTH, **YOY),
    ]
    [item] = findings(figures, known)
    assert "10^4 倍" in item.finding.cause


# -- what cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "said", "transformation", "fields", "broken"),
    [
        ("smes", "104.2%", SHARE, {}, "超出 4.2 个百分点"),
        ("smes", "100%", SHARE, {}, ""),
        ("smes", "-3%", SHARE, {}, "低于 3 个百分点"),
        ("fdi", "316.6%", Transformation.COMPLETION, {}, ""),
        ("fdi", "-4%", Transformation.COMPLETION, {}, "低 4%"),
        ("output", "31名次", Transformation.RANK, {"rank_denominator": 30}, "多 1 位"),
        ("output", "30名次", Transformation.RANK, {"rank_denominator": 30}, ""),
        ("output", "0名次", Transformation.RANK, {}, "低 1 位"),
        ("output", "-103.2%", GROWTH, YOY, "低 3.2 个百分点"),
        ("output", "500%", GROWTH, YOY, ""),
        ("tax", "-103.2%", GROWTH, YOY, ""),  # the catalogue does not say that it cannot be negative
    ],
)
def test_impossible_values(
    say: Figure,
    known: Catalogue,
    indicator: str,
    said: str,
    transformation: Transformation,
    fields: dict[str, object],
    broken: str,
) -> None:
    found = findings([say(indicator, said, transformation, **fields)], known)
    assert [(item.finding.code, item.difference, item.certainty) for item in found] == (
        [("impossible", broken, Certainty.CERTAIN)] if broken else []
    )


# -- months, sayings --------------------------------------------------------------------------------------------------


def test_a_cumulative_figure_does_not_fall(say: Figure, known: Catalogue) -> None:
    def series(last: str, **given: object) -> list[Observation]:
        return [
            say("output", "20.0亿元", period=ytd_period(2025, 6)),
            say("output", last, period=ytd_period(2025, 9), **given),
        ]

    assert findings(series("20.1亿元"), known) == []
    [item] = findings(series("18.5亿元"), known)
    assert (item.finding.code, item.difference, item.certainty) == ("ytd_falls", "少 1.5亿元", Certainty.CERTAIN)
    assert findings(series("18.5亿元", obs_status=ObsStatus.ESTIMATED), known) == []
    assert findings(series("18.5亿元", source=OTHER), known) == []
    subjects = [
        say("output", value, period=ytd_period(2025, month), subject="甲公司")
        for value, month in (("20.0亿元", 6), ("18.5亿元", 9))
    ]
    assert [item.finding.severity for item in findings(subjects, known)] == [Severity.NOTE]


def test_counts_are_not_granted_rounding(say: Figure, known: Catalogue) -> None:
    def months(second: str) -> list[Observation]:
        return [
            say("smes", "10家", period=month_period(2025, 1)),
            say("smes", "10家", period=ytd_period(2025, 1)),
            say("smes", second, period=month_period(2025, 2)),
            say("smes", "25家", period=ytd_period(2025, 2)),
        ]

    assert findings(months("15家"), known) == []
    assert codes(findings(months("14家"), known)) == ["month_ytd"]


def test_the_same_figure_in_two_sources(say: Figure, known: Catalogue) -> None:
    one = say("output", "1769.6亿元")
    assert findings([one, say("output", "17695812万元", source=OTHER)], known) == []
    [item] = findings([one, say("output", "1769.9亿元", source=OTHER)], known)
    assert (item.finding.code, item.kind, item.certainty) == ("conflict", CheckKind.SAYINGS, Certainty.LIKELY)
    assert (len(item.observations), item.difference) == (2, "相差 0.3亿元")
    [slip] = findings([one, say("output", "1769.6万元", source=OTHER)], known)
    assert "10^4 倍" in slip.finding.cause


def test_nothing_is_said_of_nothing(known: Catalogue) -> None:
    result = reconcile([], known, STARTS)
    assert (result.findings, result.implied) == ((), ())
    assert set(result.compared.values()) == {0}


def test_what_was_compared_is_counted(say: Figure, known: Catalogue) -> None:
    result = reconcile([*starts(say, "118个"), say("smes", "74.4%", SHARE)], known, STARTS)
    assert result.compared[CheckKind.SUMS] == 1
    assert result.compared[CheckKind.LIMITS] == 1
    assert result.compared[CheckKind.GROWTH] == 0
