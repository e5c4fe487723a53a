"""What the reader of a park reports of its figures against each other: the findings of `observations.reconcile`.

Repeated sayings are reported by `observations.duplicates`; notes, which call for no action, are left to the audit.
"""

from __future__ import annotations

from collections.abc import Sequence

from parkbook.catalogue import Catalogue
from parkbook.errors import Finding, Severity
from parkbook.model import Observation
from parkbook.observations.reconcile import checks_of, slip_power


def check_observations(observations: Sequence[Observation], known: Catalogue) -> list[Finding]:
    """Every cross-check that found something to mend."""
    return [
        item.finding
        for check in checks_of(observations, known)
        for item in check.findings
        if item.finding.severity is not Severity.NOTE
    ]


__all__ = ["check_observations", "slip_power"]
