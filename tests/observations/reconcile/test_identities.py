"""The declared relations of the project, and what is refused in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parkbook.catalogue import Catalogue, catalogue
from parkbook.errors import DataError
from parkbook.observations.reconcile import Identities, check_identities, identities
from parkbook.observations.reconcile.declared import Order, Sum


def test_every_declared_relation_is_of_known_indicators() -> None:
    declared = identities()
    check_identities(declared, catalogue())
    assert declared.known_to(catalogue()) == declared
    assert declared.sums
    assert declared.orders
    assert declared.lists


def test_no_relation_is_declared_twice_or_with_itself() -> None:
    declared = identities()
    for relations in (declared.sums, declared.orders, declared.lists, declared.plans):
        assert len(set(relations)) == len(relations)
    assert all(order.smaller != order.larger for order in declared.orders)
    assert all(item.whole not in (*item.plus, *item.minus) for item in declared.sums)


def test_parts_of_a_sum_have_units_that_convert_to_the_total() -> None:
    known = catalogue()
    for item in identities().sums:
        assert {known.get(name).parsed_unit.measure for name in item.ids} == {known.get(item.whole).parsed_unit.measure}


def test_an_unknown_indicator_is_refused_with_a_suggestion(known: Catalogue) -> None:
    with pytest.raises(DataError, match=r"未知的指标代码“outptu”.*output"):
        check_identities(Identities(orders=(Order(smaller="outptu", larger="output"),)), known)


def test_a_small_catalogue_uses_what_it_can(known: Catalogue) -> None:
    declared = Identities(sums=(Sum(whole="output", plus=("tax",)), Sum(whole="gdp", plus=("output",))))
    assert [item.whole for item in declared.known_to(known).sums] == ["output"]


@pytest.mark.parametrize(
    "text",
    ["sums: [{whole: gdp}]", "orders: [{smaller: a, larger: b, certainty: perhaps}]", "totals: []", "lists: [1]"],
)
def test_a_broken_file_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("catalogue", "codelists"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    (tmp_path / "data" / "codelists" / "identities.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PARKBOOK_HOME", str(tmp_path))
    with pytest.raises(DataError, match="勾稽关系的声明不合规则"):
        identities()


def test_a_project_without_the_file_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "catalogue").mkdir(parents=True)
    monkeypatch.setenv("PARKBOOK_HOME", str(tmp_path))
    assert identities() == Identities()
