"""What may leave the house: figures from which no enterprise, project or plot can be found, or subtracted out.

统计法 forbids giving out what lets a single respondent be identified, totals included. Three steps:

1. Figures of single subjects are dropped, and of the office's own ledgers and reports every cell, word and remark.
2. Primary suppression: an amount (money, energy, mass; not a count, rate, rank or area of land) of the park is withheld where fewer
   than three subjects make it up, or one makes up most of it (`data/codelists/disclosure.yaml`).
3. Secondary suppression: an amount is withheld too where a withheld one could be worked out from it: the whole of a part,
   or a part of a whole, when what is left gives the withheld figure nearly; a ratio and the terms of its formula.

Figures that a finding doubts stay 存疑; the findings themselves name cells, so that of them only the sheets that could not be read
are told, without their file.

An amount that is unsafe in one period is withheld in all: a cumulative figure gives away the month between two others,
and a growth rate last year's level. Withheld figures stay in place with status `confidential`, without value or source.
Figures of public documents are public: only those of ledgers and of the office's own reports are looked at in step 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from parkbook.catalogue import Catalogue
from parkbook.codelists import Relation
from parkbook.datafiles import read_model
from parkbook.model import Observation, ObsStatus, Source, SourceKind, Transformation
from parkbook.observations.doubtful import usable
from parkbook.observations.ranked import ranked
from parkbook.observations.read import ParkData
from parkbook.observations.unread import told_outside
from parkbook.project import data_directory
from parkbook.units import Unit, convert, dimension

AMOUNTS = frozenset({"currency_cny", "currency_usd", "currency_eur", "electricity", "energy_coal", "volume", "mass"})
"""What is confidential of a respondent and adds up over respondents. Areas of land stand in public registers."""
LEDGER_TITLE, REPORT_TITLE = "内部统计台账", "内部工作报告"


class DisclosureRule(BaseModel):
    """When an amount gives away a single respondent."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    minimum_units: int = Field(ge=2)
    dominant_share: Decimal = Field(gt=0, lt=1)
    protection: Decimal = Field(gt=0, lt=1)
    remainders: tuple[str, ...]
    source: str


def read_rule(path: Path) -> DisclosureRule:
    """The rule of a file; DataError naming file and field when it is none."""
    return read_model(
        DisclosureRule,
        path,
        what="对外提供数据的规则不合格式",
        expected="minimum_units、dominant_share、protection、remainders、source",
        remedy="按 docs/numbers.md 的说明修改",
    )


@lru_cache(maxsize=1)
def disclosure_rule() -> DisclosureRule:
    """The project's rule, read once per process."""
    return read_rule(data_directory() / "codelists" / "disclosure.yaml")


def disclosable(data: ParkData, catalogue: Catalogue, rule: DisclosureRule | None = None) -> ParkData:
    """The park as readers outside may see it."""
    data = usable(data)
    withheld = withheld_indicators(data, catalogue, rule or disclosure_rule())
    own = data.park.relation is Relation.OWN
    names = frozenset(o.subject for o in data.observations if o.subject)
    kept = (replace(o, parent="") if o.parent in names else o for o in data.observations if not o.subject)
    shown = (_withheld(o) if _gives_away(o, withheld, catalogue) else o for o in kept)
    observations = tuple(_without_source(o) if _inside(o, own) else o for o in shown)
    return replace(data, observations=observations, findings=told_outside(data.findings))


def _inside(observation: Observation, own: bool) -> bool:
    """Is the document the office's own? A report of an own park is, unless it was published."""
    kind = observation.source.kind
    return kind is SourceKind.LEDGER or (own and kind is SourceKind.REPORT)


def _without_source(observation: Observation) -> Observation:
    """The cell is gone, the figure stays itself."""
    title = LEDGER_TITLE if observation.source.kind is SourceKind.LEDGER else REPORT_TITLE
    source = Source(
        source_id=observation.obs_id, kind=observation.source.kind, title=title, grade=observation.source.grade
    )
    blank = {"locator": "", "source_text": "", "attributes": (), "note": "", "corrected_from": ""}
    of_rank = tuple(
        filter(None, [ranked(observation)])
    )  # whether it is a rank by size or by growth is part of the figure
    return replace(observation, source=source, header_cells=of_rank, **blank)  # type: ignore[arg-type]


def _withheld(observation: Observation) -> Observation:
    emptied = {"obs_value": None, "value_low": None, "value_high": None, "rank_denominator": None}
    hidden = replace(observation, obs_status=ObsStatus.CONFIDENTIAL, **emptied)  # type: ignore[arg-type]
    return _without_source(hidden)


def _gives_away(observation: Observation, withheld: frozenset[str], catalogue: Catalogue) -> bool:
    """A figure of a withheld indicator, or the share of a part in a withheld whole."""
    if observation.indicator_id in withheld:
        return True
    if observation.transformation not in (Transformation.SHARE, Transformation.CONTRIBUTION):
        return False
    return observation.indicator_id in catalogue and catalogue.get(observation.indicator_id).part_of in withheld


# --- which indicators -----------------------------------------------------------------------------------------------


def withheld_indicators(data: ParkData, catalogue: Catalogue, rule: DisclosureRule) -> frozenset[str]:
    """Ids of the amounts that readers outside must not see, in whatever period."""
    amounts = _Amounts(data, catalogue, rule)
    primary = frozenset(indicator for indicator in amounts.ids if amounts.unsafe(indicator))
    withheld = set(primary)
    while found := next(_complements(amounts, catalogue, withheld), ""):
        withheld.add(found)
    return frozenset(withheld)


@dataclass(frozen=True, slots=True)
class _Key:
    """One indicator at one time."""

    indicator_id: str
    period: tuple[object, ...]


class _Amounts:
    """Levels of the park and of its subjects, by indicator and period."""

    def __init__(self, data: ParkData, catalogue: Catalogue, rule: DisclosureRule) -> None:
        self.rule, self.catalogue = rule, catalogue
        self.totals: dict[_Key, Observation] = {}
        self.parts: dict[_Key, dict[str, Observation]] = {}
        own = data.park.relation is Relation.OWN
        for o in data.observations:
            if o.transformation is not Transformation.LEVEL or not o.is_number or o.indicator_id not in catalogue:
                continue
            key = _Key(o.indicator_id, o.period.key)
            if not o.subject:
                self.totals[key] = o
            elif _inside(o, own) and not o.subject.startswith(rule.remainders):
                self.parts.setdefault(key, {})[f"{o.parent}·{o.subject}"] = o
        self.ids = sorted({key.indicator_id for key in self.totals})

    def of(self, indicator_id: str) -> dict[tuple[object, ...], Observation]:
        """Its levels by period."""
        return {key.period: o for key, o in self.totals.items() if key.indicator_id == indicator_id}

    def unsafe(self, indicator_id: str) -> bool:
        return any(
            _is_amount(total.unit) and self._unsafe(key, total)
            for key, total in self.totals.items()
            if key.indicator_id == indicator_id
        )

    def _unsafe(self, key: _Key, total: Observation) -> bool:
        counted = self._counted(key)
        if counted is not None and counted < self.rule.minimum_units:
            return True
        parts = [value for o in self.parts.get(key, {}).values() if (value := _in(o, total.unit)) is not None]
        whole = total.obs_value
        if not parts or whole is None or whole <= 0:
            return False
        complete = sum(parts, Decimal(0)) >= whole * (1 - self.rule.protection)
        few = complete and len([value for value in parts if value > 0]) < self.rule.minimum_units
        return few or max(parts) > whole * self.rule.dominant_share

    def _counted(self, key: _Key) -> Decimal | None:
        """How many units make up the figure, where the catalogue names the indicator that counts them."""
        counter = self.catalogue.get(key.indicator_id).counted_by
        counted = self.totals.get(_Key(counter, key.period))
        return counted.obs_value if counted is not None else None


def _is_amount(unit: Unit) -> bool:
    return dimension(unit) in AMOUNTS


def _in(observation: Observation, unit: Unit) -> Decimal | None:
    if observation.obs_value is None or dimension(observation.unit) != dimension(unit):
        return None
    return convert(observation.obs_value, observation.unit, unit)


# --- what would give a withheld figure away ---------------------------------------------------------------------------


def _complements(amounts: _Amounts, catalogue: Catalogue, withheld: set[str]) -> Iterator[str]:
    """Indicators that must be withheld too, one at a time."""
    for whole, parts in _sums(amounts.ids, catalogue):
        yield from _from_sum(amounts, whole, parts, withheld)
    for result, terms in _formulas(amounts.ids, catalogue):
        hidden = [name for name in (result, *terms) if name in withheld]
        if len(hidden) == 1:
            yield result if result not in withheld else terms[0]


def _sums(ids: Iterable[str], catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Wholes with their parts: those of one split add up."""
    groups: dict[tuple[str, str], list[str]] = {}
    for indicator_id in ids:
        indicator = catalogue.get(indicator_id)
        if indicator.part_of:
            groups.setdefault((indicator.part_of, indicator.split), []).append(indicator_id)
    yield from ((whole, parts) for (whole, _), parts in groups.items())


def _formulas(ids: Sequence[str], catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Indicators whose catalogue formula can be solved for any of its terms."""
    for indicator_id in ids:
        formula = catalogue.get(indicator_id).formula
        terms = [name for name in formula.arguments.values() if name in ids] if formula is not None else []
        if terms:
            yield indicator_id, terms


def _from_sum(amounts: _Amounts, whole: str, parts: Sequence[str], withheld: set[str]) -> Iterator[str]:
    """The next one to withhold, where whole less shown parts leaves a withheld part, or parts together the withheld whole."""
    hidden = [part for part in parts if part in withheld]
    shown = [part for part in parts if part not in withheld]
    if whole in withheld and hidden:
        return
    for target in [whole] if whole in withheld else hidden:
        if any(_nearly_told(amounts, whole, target, shown, at) for at in amounts.of(target)):
            yield _least(amounts, shown) if shown else whole


def _nearly_told(amounts: _Amounts, whole: str, target: str, shown: Sequence[str], at: tuple[object, ...]) -> bool:
    """Does the sum, at one time, give the target to within the protection?"""
    total, wanted = amounts.of(whole).get(at), amounts.of(target).get(at)
    if total is None or wanted is None or total.obs_value is None:
        return False
    told = [_in(o, total.unit) for name in shown if (o := amounts.of(name).get(at)) is not None]
    value = _in(wanted, total.unit)
    if value is None or value == 0:
        return False
    known = sum((part for part in told if part is not None), Decimal(0))
    estimate = known if target == whole else total.obs_value - known
    return abs(estimate - value) < abs(value) * amounts.rule.protection


def _least(amounts: _Amounts, names: Sequence[str]) -> str:
    """The indicator whose loss costs the reader least: the one with the smallest latest level."""

    def latest(name: str) -> Decimal:
        levels = amounts.of(name)
        last = max(levels, key=str, default=None)
        found = levels[last] if last is not None else None
        return (
            found.obs_value.scaleb(found.unit_mult) if found is not None and found.obs_value is not None else Decimal(0)
        )

    return min(names, key=lambda name: (latest(name), name))
