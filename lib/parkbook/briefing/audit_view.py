"""What the audit page shows of a park: its figures, and what a reconciliation found in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from parkbook.catalogue import Catalogue
from parkbook.errors import Finding, Severity
from parkbook.indicators.compute import hidden_observations
from parkbook.indicators.formulas import published
from parkbook.model import IndicatorValue, Observation
from parkbook.observations.read import ParkData
from parkbook.observations.reconcile import AuditFinding, Certainty, Reconciliation, inputs_of, reconcile
from parkbook.periods import Period


@dataclass(frozen=True)
class AuditView:
    """A park's figures and what a reconciliation found in them; `period` narrows what is listed, None lists everything."""

    data: ParkData
    catalogue: Catalogue
    reconciliation: Reconciliation
    period: Period | None = None

    @cached_property
    def reading(self) -> list[Finding]:
        """What was met while reading: findings that no comparison of figures made."""
        return self.reconciliation.others(self.data.findings)

    @cached_property
    def findings(self) -> list[AuditFinding]:
        """What does not fit, the surest first."""
        order = list(Certainty)
        mine = [item for item in self.reconciliation.findings if any(self.concerns(o) for o in item.observations)]
        return sorted(mine, key=lambda item: (item.finding.severity is Severity.NOTE, order.index(item.certainty)))

    @cached_property
    def doubts(self) -> list[AuditFinding]:
        return [item for item in self.findings if item.finding.severity is not Severity.NOTE]

    @cached_property
    def notes(self) -> list[AuditFinding]:
        return [item for item in self.findings if item.finding.severity is Severity.NOTE]

    @cached_property
    def implied(self) -> list[Observation]:
        by_id = self.by_id
        return [
            o
            for o in self.reconciliation.implied
            if any(self.concerns(source) for source in inputs_of(o, by_id)) or self.period is None
        ]

    @cached_property
    def hidden(self) -> list[Observation]:
        return [o for o in hidden_observations(self.data.observations) if self.concerns(o) or not o.period.known]

    @cached_property
    def by_id(self) -> dict[str, Observation]:
        return {o.obs_id: o for o in self.data.observations}

    @property
    def period_label(self) -> str:
        return self.period.label_zh if self.period is not None else "全部报告期"

    def concerns(self, observation: Observation) -> bool:
        """Whether a figure ends within the asked period."""
        if self.period is None or self.period.start is None or self.period.end is None:
            return True
        end = observation.period.end
        return end is not None and self.period.start <= end <= self.period.end

    def value(self, observation: Observation) -> IndicatorValue:
        known = observation.indicator_id in self.catalogue
        return published(observation, self.catalogue.get(observation.indicator_id) if known else None)


def audit_view(data: ParkData, catalogue: Catalogue, period: Period | None = None) -> AuditView:
    return AuditView(data, catalogue, reconcile(data.observations, catalogue), period)
