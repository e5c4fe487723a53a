"""Relations between indicators that the catalogue does not hold: data/codelists/identities.yaml.

    sums:    [{whole: gdp, plus: [value_added_primary, …], minus: [], complete: true}]
    orders:  [{smaller: talent_selected, larger: talent_applied, certainty: likely, why: ""}]
    lists:   [{count: key_projects, members: project_total_investment}]
    plans:   [{result: project_investment_done, plan: project_annual_plan}]
    definitions: [{indicator: key_projects, name: 打包拆分后, words: [打包拆分后], why: ""}]

A sum that is not `complete` lists parts that do not overlap and may leave others out. `certainty` of an order says how far a
breach is an error. Members of a list are the subjects of an indicator. A plan is the target of a result where forms
print it as a figure of its own. A definition is another way to count an indicator (打包项目 split into their parts): figures
under its words are a second figure and no contradiction. All ids must be in the catalogue.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from parkbook.catalogue import Catalogue, Text
from parkbook.datafiles import read_model
from parkbook.errors import DataError, did_you_mean
from parkbook.observations.reconcile.result import Certainty
from parkbook.project import data_directory

Ids = Annotated[tuple[str, ...], Field(min_length=1)]


class _Relation(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def ids(self) -> tuple[str, ...]:
        return ()


class Sum(_Relation):
    """A total and the parts that make it."""

    whole: str
    plus: Ids
    minus: tuple[str, ...] = ()
    complete: bool = True

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.whole, *self.plus, *self.minus)


class Order(_Relation):
    """Two counts of which the first cannot be more than the second."""

    smaller: str
    larger: str
    certainty: Certainty = Certainty.LIKELY
    why: Text = ""

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.smaller, self.larger)


class Listing(_Relation):
    """A count, and the indicator whose subjects are what is counted."""

    count: str
    members: str

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.count, self.members)


class Plan(_Relation):
    """A result, and the figure that is its target."""

    result: str
    plan: str

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.result, self.plan)


class Definition(_Relation):
    """Another way to count an indicator, known by its words; `name` is the scope of the figures counted so."""

    indicator: str
    name: Annotated[str, Field(min_length=1)]
    words: Ids
    why: Text = ""

    @property
    def ids(self) -> tuple[str, ...]:
        return (self.indicator,)


class Identities(BaseModel):
    """Everything that is declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sums: tuple[Sum, ...] = ()
    orders: tuple[Order, ...] = ()
    lists: tuple[Listing, ...] = ()
    plans: tuple[Plan, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def result_of(self) -> dict[str, str]:
        """The result that each plan is the target of."""
        return {plan.plan: plan.result for plan in self.plans}

    def known_to(self, catalogue: Catalogue) -> Identities:
        """Those whose indicators a catalogue has; a small catalogue has few."""
        return Identities(
            sums=_known(self.sums, catalogue),
            orders=_known(self.orders, catalogue),
            lists=_known(self.lists, catalogue),
            plans=_known(self.plans, catalogue),
            definitions=_known(self.definitions, catalogue),
        )


Kind = TypeVar("Kind", bound=_Relation)


def _known(relations: tuple[Kind, ...], catalogue: Catalogue) -> tuple[Kind, ...]:
    return tuple(relation for relation in relations if all(name in catalogue for name in relation.ids))


@lru_cache(maxsize=4)
def _read(path: Path) -> Identities:
    return read_model(
        Identities,
        path,
        what="勾稽关系的声明不合规则",
        expected="sums、orders、lists、plans、definitions 五个列表",
        remedy="按 parkbook.observations.reconcile.declared 开头的格式修改",
    )


def identities() -> Identities:
    """The declared relations of the project; none where there is no file."""
    path = data_directory() / "codelists" / "identities.yaml"
    return _read(path) if path.is_file() else Identities()


def check_identities(declared: Identities, catalogue: Catalogue) -> None:
    """Refuses a relation with an indicator that the catalogue does not have."""
    relations = (*declared.sums, *declared.orders, *declared.lists, *declared.plans, *declared.definitions)
    for relation in relations:
        for name in relation.ids:
            if name not in catalogue:
                raise DataError(
                    f"勾稽关系中未知的指标代码“{name}”",
                    where="data/codelists/identities.yaml",
                    cause=did_you_mean(name, [indicator.id for indicator in catalogue]),
                    remedy="改用已登记的代码",
                )
