"""Formula families of the catalogue: every one implemented, every formula computed for the synthetic park."""

from dataclasses import replace
from decimal import Decimal

import pytest

from parkbook.catalogue import Comparability, Formula, catalogue
from parkbook.errors import DataError
from parkbook.indicators.families import FAMILIES, compute_formula, derived_indicators, family_of, formula_words
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.rounding import half_up
from parkbook.model import ObsStatus
from parkbook.observations.duplicates import settled
from parkbook.observations.read import read_park
from parkbook.periods import parse_period

PERIOD = parse_period("2025")
WITH_FORMULA = [indicator for indicator in catalogue() if indicator.formula is not None]


@pytest.mark.parametrize("indicator", WITH_FORMULA, ids=lambda indicator: indicator.id)
def test_every_formula_names_a_family_that_is_there_and_indicators_that_are_there(indicator):
    assert family_of(indicator) in FAMILIES.values()
    for argument in indicator.formula.arguments.values():
        assert argument in catalogue()
    assert formula_words(indicator, catalogue())


def test_every_family_is_used_by_the_catalogue():
    assert {indicator.formula.family for indicator in WITH_FORMULA} == set(FAMILIES)


@pytest.fixture(scope="module")
def demo():
    return FigureIndex(settled(read_park("demo").observations))


@pytest.mark.parametrize("indicator", WITH_FORMULA, ids=lambda indicator: indicator.id)
def test_every_formula_computes_for_the_synthetic_park(demo, indicator):
    found = compute_formula(indicator, demo, catalogue(), PERIOD)
    assert found.value is not None, found.absent
    assert found.value.formula
    assert len(found.value.inputs) == len(indicator.formula.arguments)


def test_what_is_printed_agrees_with_its_formula(demo):
    """Within one unit of the last printed digit."""
    held = 0
    for found in derived_indicators(demo, catalogue(), PERIOD):
        if found.printed is not None and found.value is not None:
            places = -found.printed.value.as_tuple().exponent
            assert abs(half_up(found.value.value, max(places, 0)) - found.printed.value) <= Decimal(1).scaleb(
                -max(places, 0)
            )
            held += 1
    assert held >= 12


def index_of(observe, **figures):
    made = []
    for indicator_id, (value, unit, *rest) in figures.items():
        status = {} if value is not None else {"obs_status": ObsStatus.MASKED}
        made.append(observe(value, unit=unit, indicator_id=indicator_id, period=rest[0] if rest else "2025", **status))
    return FigureIndex(made)


def computed(index, indicator_id):
    return compute_formula(catalogue().get(indicator_id), index, catalogue(), PERIOD)


def test_a_stock_at_the_end_goes_with_the_flow(observe):
    """14650 of 18000万元 are 81.4%; the budget is as at the end of the year."""
    index = index_of(observe, policy_fund_paid=("1.465", "亿元"), policy_fund_budget=("18000", "万元", "2025年末"))
    found = computed(index, "policy_fund_payout_rate")
    assert half_up(found.value.value, 1) == Decimal("81.4")
    assert found.value.period.key == PERIOD.key


def test_units_meet_in_the_indicators_own(observe):
    """14650万元 over 301家 are 48.67万元/家."""
    index = index_of(observe, policy_fund_paid=("1.465", "亿元"), policy_fund_beneficiaries=("301", "家"))
    assert half_up(computed(index, "policy_fund_per_beneficiary").value.value, 2) == Decimal("48.67")


def test_a_difference_and_a_share_of_a_sum(observe):
    index = index_of(
        observe,
        petitions_received=("251", "件"),
        petitions_closed=("238", "件"),
        national_overseas_talent_selected=("1", "人"),
        national_special_support_selected=("2", "人"),
        talent_selected=("10", "人"),
    )
    assert computed(index, "petitions_open").value.value == 13
    assert computed(index, "national_talent_share").value.value == 30


def test_the_weakest_status_is_carried(observe):
    index = FigureIndex(
        [
            observe("10", unit="件", indicator_id="petitions_received"),
            observe("7", unit="件", indicator_id="petitions_closed", obs_status=ObsStatus.PROVISIONAL),
        ]
    )
    assert computed(index, "petitions_open").value.status is ObsStatus.PROVISIONAL


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ({"petitions_received": ("251", "件")}, "缺来信来访办结数"),
        ({"petitions_received": ("251", "件"), "petitions_closed": (None, "件")}, "缺来信来访办结数"),
        ({"petitions_received": ("0", "件"), "petitions_closed": ("0", "件")}, "分母为零"),
        (
            {"petitions_received": ("9", "件", "2025"), "petitions_closed": ("5", "件", "2025年1-6月")},
            "各项的报告期不同",
        ),
        ({"petitions_received": ("9", "件"), "petitions_closed": ("5", "亿元")}, "计量单位不同类"),
    ],
)
def test_what_cannot_be_computed_says_why(observe, figures, why):
    found = computed(index_of(observe, **figures), "petition_closing_rate")
    assert found.value is None
    assert why in found.absent


def test_an_unknown_family_is_refused_with_the_known_ones():
    indicator = (
        catalogue().get("petitions_open").model_copy(update={"formula": Formula(family="diference", arguments={})})
    )
    with pytest.raises(DataError, match="difference"):
        family_of(indicator)


def test_wrong_arguments_are_refused():
    arguments = {"numerator": "petitions_closed"}
    indicator = (
        catalogue().get("petitions_open").model_copy(update={"formula": Formula(family="share", arguments=arguments)})
    )
    with pytest.raises(DataError, match="denominator"):
        family_of(indicator)


def test_figures_of_enterprises_do_not_answer_for_the_park(observe):
    index = index_of(observe, petitions_received=("251", "件"), petitions_closed=("238", "件"))
    own = [replace(o, subject="某厂") for o in index.all]
    assert computed(FigureIndex(own), "petitions_open").value is None


def test_party_building_is_counted_and_never_compared_between_parks():
    own = [indicator for indicator in catalogue() if indicator.system == "S21"]
    assert len(own) >= 13
    assert {indicator.comparability for indicator in own} == {Comparability.NONE}
    assert not [indicator for indicator in own if indicator.formula is not None]
