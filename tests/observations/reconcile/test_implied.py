"""Implied figures against values worked out by hand, and the property they stand for: the truth lies in the interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parkbook.catalogue import Catalogue
from parkbook.model import Comparison, Observation, ObsStatus, Qualifier, Source, SourceKind, Transformation
from parkbook.observations.reconcile import Identities, Reconciliation, implied_text, inputs_of, reconcile
from parkbook.observations.reconcile.declared import Plan
from parkbook.observations.reconcile.interval import Interval, quotient, rounded
from parkbook.periods import parse_period, unknown_period

Figure = Callable[..., Observation]
SHARE, COMPLETION, GROWTH = Transformation.SHARE, Transformation.COMPLETION, Transformation.GROWTH
TARGET = Transformation.TARGET
YOY = {"comparison": Comparison.YOY}


def implied(figures: list[Observation], known: Catalogue, declared: Identities | None = None) -> Reconciliation:
    return reconcile(figures, known, declared or Identities())


def texts(result: Reconciliation) -> list[str]:
    return [implied_text(o) for o in result.implied]


def test_a_share_implies_its_total(say: Figure, known: Catalogue) -> None:
    """2275 / 0.7445 = 3055.7 and 2275 / 0.7435 = 3059.9."""
    figures = [say("smes", "2275家"), say("smes", "74.4%", SHARE, parent="全区")]
    [total] = implied(figures, known).implied
    assert (total.value_low, total.value_high, total.obs_value) == (Decimal(3056), Decimal(3059), None)
    assert implied_text(total) == "3056—3059家"
    assert (total.subject, total.indicator_id, total.transformation) == ("全区", "smes", Transformation.LEVEL)
    assert (total.obs_status, total.qualifier, total.rule) == (ObsStatus.ESTIMATED, Qualifier.RANGE, "implied")
    assert total.attribute("formula") == "部分 ÷ 占比"
    assert inputs_of(total, {o.obs_id: o for o in figures}) == tuple(figures)
    assert total.locator == "由字符 10-15；字符 20-25推算"
    assert total.obs_id not in {o.obs_id for o in figures}


def test_an_implied_figure_is_never_its_input(say: Figure, known: Catalogue) -> None:
    """A level and its growth may share one place; what they imply is still a figure of its own."""
    figures = [say("output", "10亿元", locator="表1"), say("output", "5%", GROWTH, locator="表1", **YOY)]
    [base] = implied(figures, known).implied
    assert base.obs_id not in {o.obs_id for o in figures}


@pytest.mark.parametrize(
    ("count", "share", "fields", "text"),
    [
        ("4人", "57%", {}, "7人"),  # 6.96 to 7.08
        ("2人", "80%", {}, ""),  # 2.48 to 2.52: no whole number
        ("4人", "80%", {}, "5人"),
        ("1人", "33%", {}, "3人"),
        ("1人", "0.1%", {}, "667—2000人"),
        ("13人", "50%", {"qualifier": Qualifier.ABOVE, "source_text": "均超过50%"}, "13—25人"),
        ("13人", "50%", {"qualifier": Qualifier.ABOVE, "source_text": "50%以上"}, "13—26人"),
        ("13人", "50%", {"qualifier": Qualifier.BELOW, "source_text": "近50%"}, "不少于27人"),
        ("5人", "50%", {"qualifier": Qualifier.ABOUT}, "9—12人"),  # 40% to 60%: 8.3 to 12.5
        ("5人", "100%", {}, "5人"),  # never less than the part
    ],
)
def test_counts_give_whole_totals(
    say: Figure, known: Catalogue, count: str, share: str, fields: dict[str, object], text: str
) -> None:
    found = implied([say("people", count), say("people", share, SHARE, **fields)], known)
    assert texts(found) == ([text] if text else [])


def test_a_count_and_a_share_that_fit_no_total_are_found(say: Figure, known: Catalogue) -> None:
    found = implied([say("people", "2人"), say("people", "80%", SHARE)], known)
    [item] = found.findings
    assert (item.finding.code, item.certainty.value) == ("share_count", "certain")
    assert item.finding.where == "report-2025 字符 10-15、report-2025 字符 20-25"
    assert "2.48 至 2.52" in item.finding.expected


@pytest.mark.parametrize("said", ["45亿元", "2.5亿元"])
@pytest.mark.parametrize("fields", [{}, {"qualifier": Qualifier.ABOUT}])
def test_nothing_is_implied_from_a_share_that_cannot_be(
    say: Figure, known: Catalogue, said: str, fields: dict[str, object]
) -> None:
    """Money of 120 % of the whole: the share is impossible, that is all; 2 to 3 of it would else bound a whole of 2 to 2.51."""
    found = implied([say("tax", said, **fields), say("tax", "120%", SHARE, parent="全市")], known)
    assert [item.finding.code for item in found.findings] == ["impossible"]
    assert found.implied == ()


def test_nothing_is_implied_from_a_count_with_a_share_that_cannot_be(say: Figure, known: Catalogue) -> None:
    found = implied([say("people", "5人"), say("people", "120%", SHARE)], known)
    assert [item.finding.code for item in found.findings] == ["impossible"]


def test_nothing_is_implied_from_a_level_out_of_its_range(say: Figure, known: Catalogue) -> None:
    """A rate of 120 % of planned projects bounds no number of planned ones."""
    assert texts(implied([say("started", "48个"), say("start_rate", "80%")], known)) == ["60个"]
    assert implied([say("started", "48个"), say("start_rate", "120%")], known).implied == ()


def test_a_completion_implies_its_target(say: Figure, known: Catalogue) -> None:
    """39577 / 3.1665 = 12498.66 and 39577 / 3.1655 = 12502.61."""
    figures = [say("fdi", "39577万美元"), say("fdi", "316.6%", COMPLETION)]
    [target] = implied(figures, known).implied
    assert (target.transformation, str(target.unit)) == (TARGET, "万美元")
    assert (target.value_low, target.value_high) == (Decimal("12498.65"), Decimal("12502.61"))
    assert implied_text(target) == "12498.7—12502.6万美元"


def test_a_rounded_result_widens_the_target(say: Figure, known: Catalogue) -> None:
    """62.25 / 1.405 = 44.306 and 62.35 / 1.395 = 44.695; 59.5 / 0.805 = 73.91 and 60.5 / 0.795 = 76.10."""
    assert texts(implied([say("output", "62.3亿元"), say("output", "140%", COMPLETION)], known)) == ["44.31—44.70亿元"]
    assert texts(implied([say("output", "60亿元"), say("output", "80%", COMPLETION)], known)) == ["73.9—76.1亿元"]


def test_a_target_is_for_the_year_and_not_implied_where_it_is_printed(say: Figure, known: Catalogue) -> None:
    done = [say("fdi", "39577万美元", period="2025年1-9月"), say("fdi", "80.0%", COMPLETION, "2025年1-9月")]
    [target] = implied(done, known).implied
    assert target.period.time_period == "2025"
    assert implied([*done, say("fdi", "50000万美元", TARGET)], known).implied == ()
    masked = say("fdi", "万美元", TARGET, obs_status=ObsStatus.MASKED)
    assert implied([*done, masked], known).implied == ()


def test_a_plan_that_is_a_figure_of_its_own_is_a_printed_target(say: Figure, known: Catalogue) -> None:
    figures = [say("done", "6.0亿元"), say("done", "80.0%", COMPLETION), say("plan", "7.5亿元")]
    declared = Identities(plans=(Plan(result="done", plan="plan"),))
    assert implied(figures, known, declared).implied == ()
    assert implied(figures, known, declared).findings == ()
    wrong = [*figures[:1], say("done", "90.0%", COMPLETION), figures[2]]
    [item] = implied(wrong, known, declared).findings
    assert (item.finding.code, item.finding.expected) == ("completion", "78.81% 至 81.21%")


def test_growth_implies_its_base(say: Figure, known: Catalogue) -> None:
    """1769.55 / 1.3885 = 1274.43 and 1769.65 / 1.3875 = 1275.42; 1.7 倍 more is 2.7 times."""
    [base] = implied([say("output", "1769.6亿元"), say("output", "38.8%", GROWTH, **YOY)], known).implied
    assert (implied_text(base), base.period.time_period) == ("1274.43—1275.42亿元", "2024")
    [times] = implied([say("output", "9.32亿元"), say("output", "1.7倍", GROWTH, **YOY)], known).implied
    assert implied_text(times) == "3.39—3.52亿元"
    [fall] = implied([say("output", "18.0亿元"), say("output", "-10.0%", GROWTH, **YOY)], known).implied
    assert implied_text(fall) == "19.93—20.07亿元"


def test_a_base_that_is_printed_is_not_implied(say: Figure, known: Catalogue) -> None:
    figures = [
        say("output", "11.0亿元"),
        say("output", "10.0%", GROWTH, **YOY),
        say("output", "10.0亿元", period="2024"),
    ]
    assert implied(figures, known).implied == ()


def test_a_rate_implies_its_other_side(say: Figure, known: Catalogue) -> None:
    """47 / 0.7465 = 62.96 and 47 / 0.7455 = 63.05; 63 x 0.7455 = 46.97 and 63 x 0.7465 = 47.03."""
    assert texts(implied([say("started", "47个"), say("start_rate", "74.6%")], known)) == ["63个"]
    assert texts(implied([say("planned", "63个"), say("start_rate", "74.6%")], known)) == ["47个"]
    both = [say("planned", "63个"), say("started", "47个"), say("start_rate", "74.6%")]
    assert implied(both, known).implied == ()


def test_a_side_that_is_printed_as_at_the_end_is_not_implied(say: Figure, known: Catalogue) -> None:
    figures = [say("started", "4个", period="2025年1-3月"), say("start_rate", "44.4%", period="2025年1-3月")]
    assert texts(implied(figures, known)) == ["9个"]
    assert implied([*figures, say("planned", "9个", period="截至2025年3月底")], known).implied == ()


def test_two_editions_of_one_figure_imply_it_once(say: Figure, known: Catalogue) -> None:
    figures = [
        figure
        for vintage in ("2025-03", "2026-03")
        for figure in (say("smes", "2275家", vintage=vintage), say("smes", "74.4%", SHARE, vintage=vintage))
    ]
    assert texts(implied(figures, known)) == ["3056—3059家"]


def test_nothing_is_implied_from_what_is_no_number_or_stands_elsewhere(say: Figure, known: Catalogue) -> None:
    masked = {"obs_status": ObsStatus.MASKED}
    other = Source(source_id="another", kind=SourceKind.REPORT)
    level = say("smes", "2275家")
    assert implied([level, say("smes", "%", SHARE, **masked)], known).implied == ()
    assert implied([say("smes", "家", **masked), say("smes", "74.4%", SHARE)], known).implied == ()
    assert implied([level, say("smes", "74.4%", SHARE, source=other)], known).implied == ()
    assert implied([level, say("smes", "74.4%", SHARE, period="2024")], known).implied == ()
    assert implied([level, say("smes", "74.4%", SHARE, subject="甲公司")], known).implied == ()
    assert implied([say("fdi", "0万美元"), say("fdi", "0%", COMPLETION)], known).implied == ()
    assert implied([say("output", "5亿元"), say("output", "-100%", GROWTH, **YOY)], known).implied == ()


def test_words_that_no_indicator_matches_still_imply(say: Figure, known: Catalogue) -> None:
    words = {"indicator_id": "", "reported_label": "新增小巨人企业"}
    period = unknown_period("*月")
    figures = [say("smes", "13家", period=period, **words), say("smes", "65%", SHARE, period, **words)]
    assert texts(implied(figures, known)) == ["20家"]
    ambiguous = [*figures, say("smes", "15家", period=period, **words)]
    assert implied(ambiguous, known).implied == ()


def test_the_order_of_figures_changes_nothing(say: Figure, known: Catalogue) -> None:
    figures = [
        say("smes", "2275家"),
        say("smes", "74.4%", SHARE),
        say("fdi", "39577万美元"),
        say("fdi", "316.6%", COMPLETION),
    ]
    one, other = implied(figures, known), implied(figures[::-1], known)
    assert {(o.obs_id, o.value_low, o.value_high) for o in one.implied} == {
        (o.obs_id, o.value_low, o.value_high) for o in other.implied
    }


# -- properties -------------------------------------------------------------------------------------------------------

RULES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


def printed_share(part: int, total: int, places: int, rule: str) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return (Decimal(part) * 100 / Decimal(total)).quantize(Decimal(1).scaleb(-places), rounding=rule)


@given(st.data(), st.integers(1, 200_000), st.integers(0, 2), RULES)
def test_the_true_total_lies_in_the_interval(data: st.DataObject, total: int, places: int, rule: str) -> None:
    part = data.draw(st.integers(1, total))
    said = printed_share(part, total, places, rule)
    half = Fraction(1, 2) / 10**places
    share = Interval(Fraction(said) - half, Fraction(said) + half).within(Fraction(0), Fraction(100))
    found = quotient(Interval(Fraction(part), Fraction(part)), share.scaled(Fraction(1, 100))).whole()
    assert found.low is not None
    assert found.low <= total
    assert found.high is None or total <= found.high


@given(st.integers(10_000, 10**7), st.integers(1, 10**6), st.integers(0, 2), RULES)
def test_the_true_target_lies_in_the_interval_of_reconcile(done: int, target: int, places: int, rule: str) -> None:
    said = printed_share(done, target, places, rule)
    assume(said > 1 and done % 10)
    result = reconcile([level_of(done), completion_of(said)], EMPTY, Identities())
    [implied_target] = result.implied
    assert implied_target.value_low is not None
    assert implied_target.value_high is not None
    assert implied_target.value_low <= target <= implied_target.value_high


EMPTY = Catalogue([], {})
BASE = Observation(
    ref_area="alpha",
    reported_label="实际利用外资",
    indicator_id="fdi",
    period=parse_period("2025"),
    source=Source(source_id="r", kind=SourceKind.REPORT),
    locator="字符 1-2",
    unit_measure="美元",
    unit_mult=4,
)


def level_of(value: int) -> Observation:
    return replace(BASE, obs_value=Decimal(value))


def completion_of(value: Decimal) -> Observation:
    return replace(BASE, obs_value=value, unit_measure="%", unit_mult=0, transformation=COMPLETION, locator="字符 3-4")


@given(
    st.decimals("0.1", "99999", places=2),
    st.decimals("-90", "500", places=1),
    st.integers(1, 2),
)
def test_the_true_base_lies_in_the_interval(base: Decimal, growth: Decimal, places: int) -> None:
    """A base and a growth, printed rounded: what they imply holds the base."""
    with localcontext() as context:
        context.prec = 40
        now = base * (1 + growth / 100)
        said = now.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assume(said > 1)
    level = replace(BASE, obs_value=said, unit_measure="元", unit_mult=8)
    rate = replace(
        BASE, obs_value=growth, unit_measure="%", unit_mult=0, transformation=GROWTH, comparison=Comparison.YOY
    )
    [found] = reconcile([level, rate], EMPTY, Identities()).implied
    assert found.value_low is not None
    assert found.value_high is not None
    assert found.value_low <= base <= found.value_high
    assert rounded(Fraction(found.value_low), 0) <= base + 1
