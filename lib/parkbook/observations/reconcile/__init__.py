"""Reconciliation: one park's figures against each other, whatever source they come from.

    result = reconcile(data.observations, catalogue())
    result.findings      what does not fit: what, where (both sides), by how much, how sure
    result.implied       figures that others imply, as intervals: new observations with status estimated
    result.compared      how many comparisons of each kind could be made

Nothing is changed, and rounding is granted: an identity is broken only where the difference is more than the printed decimals
can hide. The sayings of `observations.duplicates` are part of it; `observations.checks` gives the rest to the reader of a park.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parkbook.catalogue import Catalogue
from parkbook.model import Observation, Transformation
from parkbook.observations.reconcile.changes import check_changes
from parkbook.observations.reconcile.declared import Identities, check_identities, identities
from parkbook.observations.reconcile.definitions import check_definitions, defined
from parkbook.observations.reconcile.growth import check_growth
from parkbook.observations.reconcile.implied import implied_figures, implied_text, inputs_of, shown_ends
from parkbook.observations.reconcile.limits import check_limits
from parkbook.observations.reconcile.lists import check_lists
from parkbook.observations.reconcile.months import check_months
from parkbook.observations.reconcile.parts import check_orders, check_parts, check_sums
from parkbook.observations.reconcile.ratios import check_ratios
from parkbook.observations.reconcile.result import (
    CERTAINTY_ZH,
    KIND_ZH,
    AuditFinding,
    Certainty,
    Check,
    CheckKind,
    Reconciliation,
)
from parkbook.observations.reconcile.sayings import check_sayings
from parkbook.observations.reconcile.series import series_of
from parkbook.observations.reconcile.slips import check_slips, slip_power
from parkbook.observations.reconcile.stages import check_stages
from parkbook.observations.reconcile.tables import check_completion, check_tables
from parkbook.observations.reconcile.unit_words import check_unit_words
from parkbook.observations.reconcile.wholes import check_wholes


def reconcile(
    observations: Sequence[Observation], catalogue: Catalogue, declared: Identities | None = None
) -> Reconciliation:
    """Every comparison that the figures of a park allow. `declared` stands in for data/codelists/identities.yaml."""
    relations = (identities() if declared is None else declared).known_to(catalogue)
    observations = defined(observations, relations.definitions)
    implied, unfitting = implied_figures(observations, catalogue, relations.result_of)
    checks = [check_sayings(observations), *checks_of(observations, catalogue, relations), unfitting]
    findings = tuple(finding for check in checks for finding in check.findings)
    compared = Counter[CheckKind]()
    for check in checks:
        compared[check.kind] += check.compared
    return Reconciliation(findings, implied, compared)


def checks_of(
    observations: Sequence[Observation], catalogue: Catalogue, declared: Identities | None = None
) -> Iterator[Check]:
    """All checks but those of repeated sayings and implied figures."""
    relations = (identities() if declared is None else declared).known_to(catalogue)
    levels, targets = series_of(observations), series_of(observations, Transformation.TARGET)
    growth = series_of(observations, Transformation.GROWTH)
    completions, rates = check_completion(observations, relations.result_of), check_growth(observations)
    slips, parts = check_slips((levels, targets)), check_parts(levels, catalogue)
    yield check_months(levels, catalogue, [f for check in (completions, rates, slips, parts) for f in check.findings])
    yield parts
    wholes = check_wholes(observations, parts.findings)
    yield wholes
    yield check_sums(levels, growth, relations.sums, catalogue)
    yield check_tables(observations, catalogue)
    yield completions
    yield check_ratios(levels, catalogue)
    yield rates
    yield check_changes(observations)
    yield check_orders(levels, observations, relations.orders).without(wholes.findings)
    yield check_stages(observations, relations.orders)
    yield check_lists(levels, observations, relations.lists)
    yield check_limits(observations, catalogue)
    yield slips
    yield check_definitions(levels, relations.definitions)
    yield check_unit_words(observations)


__all__ = [
    "CERTAINTY_ZH",
    "KIND_ZH",
    "AuditFinding",
    "Certainty",
    "Check",
    "CheckKind",
    "Identities",
    "Reconciliation",
    "check_identities",
    "checks_of",
    "defined",
    "identities",
    "implied_text",
    "inputs_of",
    "reconcile",
    "shown_ends",
    "slip_power",
]
