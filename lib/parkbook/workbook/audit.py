"""The audit of a park: its figures against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parkbook.briefing import audit_findings, audit_page, audit_view
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.observations.read import read_park
from parkbook.parameters import ORIGIN_DEFAULT, ORIGIN_PARK, Effective, read_parameters
from parkbook.workbook.book import Blocks, Book, Part, for_audience


class AuditBook(Book):
    """What was read of one park, what was refused, and what does not fit together."""

    def __init__(self, parameters: Effective, view: audit_view.AuditView) -> None:
        self.view = view
        parts: dict[str, Part] = {
            "sources": ("读取情况", lambda: audit_page.sources_part(view)),
            "reading": ("读取中的问题", lambda: audit_page.reading_part(view)),
            "scope": ("核对范围", lambda: audit_findings.scope_part(view)),
            "findings": ("核对结果", lambda: audit_findings.findings_part(view)),
            "implied": ("推算的数", lambda: audit_findings.implied_part(view)),
            "coverage": ("没有给出数字的指标", lambda: audit_page.coverage_part(view)),
            "review": ("复核清单", lambda: audit_page.review_part(self._review())),
        }
        super().__init__(parameters, parts)

    def _review(self) -> list[dict[str, str]]:
        """The review list is for those who read the reports, not for readers outside."""
        internal = self.parameters.audience is Audience.INTERNAL
        return audit_page.review_rows(self.view.data.park.id) if internal else []

    def cover(self) -> Blocks:
        values = self.parameters
        return Blocks(
            [
                audit_page.audit_cover(
                    self.view, title=values.title, state=values.state.value, audience=values.audience.value
                )
            ]
        )

    def opening(self) -> Blocks:
        return Blocks(audit_page.audit_lead(self.view))


def open_audit(namespace: Mapping[str, Any]) -> AuditBook:
    """Read a park and hold its figures against each other; all periods, unless the analyst names one."""
    parameters = read_parameters("audit", namespace)
    if parameters.origins["period"] == ORIGIN_PARK:  # the period of the park's pages does not narrow an audit
        parameters = parameters.changed("period", None, ORIGIN_DEFAULT)
    data = for_audience(read_park(parameters.park), parameters.audience)
    return AuditBook(parameters, audit_view.audit_view(data, catalogue(), parameters.period))
