"""What readers outside may see: no subject, no small or dominated amount, nothing to subtract it from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import make_observation

from parkbook.briefing.wording import rank_words
from parkbook.catalogue import Catalogue, Indicator, catalogue
from parkbook.codelists import Relation
from parkbook.errors import DataError, Finding
from parkbook.indicators.formulas import published
from parkbook.model import ObsStatus, Source, SourceKind, Transformation
from parkbook.observations.disclosure import disclosable, disclosure_rule, read_rule, withheld_indicators
from parkbook.observations.read import ParkData, read_park
from parkbook.observations.unread import unread_sheets
from parkbook.sources.park import Park

LEDGER = Source(source_id="台账.xlsx", kind=SourceKind.LEDGER, sha256="a" * 64)


def entry(indicator_id, **fields):
    known = {
        "id": indicator_id,
        "label_zh": f"指标{indicator_id}",
        "label_en": indicator_id,
        "system": "S1",
        "unit": "万元",
        "basis": "flow",
        "direction": "higher",
        "release": "annual",
        "comparability": "level",
    }
    return Indicator.model_validate(known | fields)


SMALL = Catalogue(
    [
        entry("total"),
        entry("east", part_of="total"),
        entry("west", part_of="total"),
        entry("north", part_of="total"),
        entry("area", unit="亩"),
        entry("west_per_mu", unit="万元/亩", formula={"family": "ratio", "arguments": {"a": "west", "b": "area"}}),
        entry("raised", counted_by="events"),
        entry("events", unit="起"),
    ],
    {},
)


def amount(indicator_id, value, subject="", unit="万元", source=LEDGER, **fields):
    return make_observation(
        value,
        unit=unit,
        indicator_id=indicator_id,
        subject=subject,
        source=source,
        locator=f"表!{subject}{indicator_id}",
        **fields,
    )


def park(*observations, relation=Relation.OWN):
    return ParkData(Park(id="p", name="某园", relation=relation), tuple(observations), ())


def withheld(*observations, relation=Relation.OWN):
    return withheld_indicators(park(*observations, relation=relation), SMALL, disclosure_rule())


def enterprises(indicator_id, *values):
    return [amount(indicator_id, value, subject=f"企业{number}") for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        (["50", "50"], True),  # two units make it up
        (["40", "30", "30"], False),
        (["71", "10", "10", "9"], True),  # one has more than 70 %
        (["70", "10", "10", "10"], False),
        (["71"], True),  # the list is not complete, but the one that is known has most of it
        (["40", "30"], False),  # two of an unknown number
    ],
)
def test_few_or_one_large_unit_withhold_an_amount(values, hidden):
    assert withheld(amount("total", "100"), *enterprises("total", *values)) == ({"total"} if hidden else set())


def test_a_remainder_row_is_no_unit():
    listed = [amount("total", "45", subject="企业甲"), amount("total", "40", subject="企业乙")]
    assert withheld(amount("total", "100"), *listed, amount("total", "15", subject="其他企业")) == set()


def test_an_amount_that_two_units_make_up_by_count_is_withheld():
    assert withheld(amount("raised", "900"), amount("events", "2", unit="起")) == {"raised"}
    assert withheld(amount("raised", "900"), amount("events", "3", unit="起")) == set()


def test_counts_and_areas_are_not_amounts():
    counted = [amount("events", "2", unit="起"), amount("events", "2", subject="企业甲", unit="起")]
    assert withheld(*counted, amount("area", "10", unit="亩"), amount("area", "10", subject="甲", unit="亩")) == set()


def test_a_part_that_could_be_subtracted_takes_the_smallest_other_part_along():
    figures = [amount("total", "100"), amount("east", "20"), amount("west", "50"), amount("north", "30")]
    assert withheld(*figures, *enterprises("east", "20")) == {"east", "north"}


def test_a_whole_that_its_parts_add_up_to_takes_a_part_along():
    figures = [amount("total", "100"), amount("east", "60"), amount("west", "40")]
    assert withheld(*figures, *enterprises("total", "80", "20")) == {"total", "west"}


def test_a_second_part_too_small_to_protect_the_first_is_not_enough():
    figures = [amount("total", "100"), amount("east", "60"), amount("west", "39"), amount("north", "1")]
    assert withheld(*figures, *enterprises("east", "60")) == {"east", "north", "west"}


def test_a_whole_with_a_large_rest_tells_little_of_a_part():
    assert withheld(amount("total", "500"), amount("east", "20"), *enterprises("east", "20")) == {"east"}


def test_a_ratio_over_a_withheld_amount_goes_with_it():
    figures = [amount("west", "40"), amount("area", "10", unit="亩"), amount("west_per_mu", "4", unit="万元/亩")]
    assert withheld(*figures, *enterprises("west", "40")) == {"west", "west_per_mu"}


def test_unsafe_in_one_period_is_withheld_in_all_and_in_every_form():
    figures = [
        amount("total", "100", period="2024"),
        amount("total", "130", period="2025"),
        amount("total", "30", unit="%", period="2025", transformation=Transformation.GROWTH),
        amount("total", "99", subject="企业甲", period="2024"),
        amount("east", "9.9", unit="%", period="2024", transformation=Transformation.SHARE),
    ]
    shown = disclosable(park(*figures), SMALL).observations
    assert len(shown) == 4
    assert {o.obs_status for o in shown} == {ObsStatus.CONFIDENTIAL}
    assert all(o.obs_value is None and not o.locator and not o.source_text for o in shown)


def test_what_is_ranked_outlives_the_headers():
    place = {"unit": "名次", "transformation": Transformation.RANK, "rank_scope": "全市", "rank_denominator": 12}
    by_growth = amount("total", "8", header_cells=("H3 1—本月累计", "H4 增速位次"), **place)
    by_size = amount("total", "3", header_cells=("H4 总量位次",), **place)
    unsaid = amount("total", "2", header_cells=("H4 位次",), **place)
    growth = amount("total", "2", unit="%", header_cells=("E4 增速",), transformation=Transformation.GROWTH)
    shown = disclosable(park(by_growth, by_size, unsaid, growth), SMALL).observations
    assert [rank_words(published(o, SMALL.get("total"))).text for o in shown[:3]] == [
        "增速居全市第8位（参评12个）",
        "总量居全市第3位（参评12个）",
        "居全市第2位（参评12个）",
    ]
    assert [o.header_cells for o in shown] == [("增速",), ("总量",), (), ()]


def test_doubts_and_unread_sheets_are_told_outside_without_their_cells():
    figures = (amount("total", "100"), amount("events", "7", unit="起"))
    findings = (
        Finding(what="大于其总数", where="台账.xlsx 表!total、台账.xlsx 表!x", code="part_total"),
        Finding(what="表头列次与版式不符", where="02商贸.xlsx 2025年5月!C4", code="layout"),
        Finding(what="版式无法读取", where="版式 trade", code="layout"),
    )
    shown = disclosable(replace(park(*figures), findings=findings), SMALL)
    assert [o.obs_status for o in shown.observations] == [ObsStatus.DOUBTFUL, ObsStatus.REPORTED]
    assert all(not o.note for o in shown.observations)
    assert [(f.what, f.where) for f in shown.findings] == [("整张表因版式变动未读入", "商贸 2025年5月")]
    assert [sheet.label for sheet in unread_sheets(shown.findings)] == ["5月商贸表"]


def test_public_figures_stay_public():
    public = Source(source_id="s1", kind=SourceKind.PUBLICATION, address="example", title="年报")
    figures = [amount("total", "100", source=public), amount("total", "99", subject="企业甲", source=public)]
    shown = disclosable(park(*figures, relation=Relation.THIRD_PARTY), SMALL).observations
    assert [(o.obs_value, o.source.title) for o in shown] == [(Decimal(100), "年报")]


def test_a_report_of_the_own_office_loses_its_words():
    source = Source(source_id="r", kind=SourceKind.REPORT, title="工作总结", sha256="b" * 64)
    said = amount("events", "7", unit="起", source=source, source_text="企业甲等7起")
    (own,) = disclosable(park(said), SMALL).observations
    (other,) = disclosable(park(said, relation=Relation.THIRD_PARTY), SMALL).observations
    assert (own.source_text, own.source.title) == ("", "内部工作报告")
    assert other.source_text == "企业甲等7起"


@given(
    st.lists(st.integers(min_value=1, max_value=99), min_size=3, max_size=3), st.sampled_from(["east", "west", "north"])
)
def test_no_withheld_part_can_be_worked_out(values, small):
    """Whatever the parts are: whole less the shown parts never comes within the protection of the dominated one."""
    names = ("east", "west", "north")
    figures = [amount(name, str(value)) for name, value in zip(names, values, strict=True)]
    figures += [amount("total", str(sum(values))), *enterprises(small, str(values[names.index(small)]))]
    hidden = withheld(*figures)
    assert small in hidden
    if "total" not in hidden:
        shown = sum(value for name, value in zip(names, values, strict=True) if name not in hidden)
        true = values[names.index(small)]
        assert abs(sum(values) - shown - true) >= true * disclosure_rule().protection


def test_demo_for_outside_has_no_subject_and_no_cell():
    data = read_park("demo")
    names = {o.subject for o in data.observations if len(o.subject) > 3 and o.source.kind is SourceKind.LEDGER}
    shown = disclosable(data, catalogue())
    assert names
    text = "".join(
        "".join((o.reported_label, o.locator, o.source_text, o.note, o.parent, *o.header_cells))
        for o in shown.observations
    )
    assert not [name for name in names if name in text]
    assert "!" not in text


def test_a_broken_rule_names_file_and_field(tmp_path):
    path = tmp_path / "disclosure.yaml"
    path.write_text("minimum_units: 1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"minimum_units"):
        read_rule(path)


def test_a_project_that_is_a_parent_is_dropped_too():
    inside = replace(amount("events", "7", unit="起"), parent="某项目")
    shown = disclosable(park(inside, amount("west", "3", subject="某项目")), SMALL).observations
    assert [o.parent for o in shown] == [""]
