"""The indicator values that the pages of a run show, worked out from the parks and the jobs' parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from parkbook.codelists import Audience
from parkbook.indicators.compute import IndicatorRow
from parkbook.indicators.store import Shown
from parkbook.model import IndicatorValue, Transformation
from parkbook.observations.read import ParkData
from parkbook.parameters import Effective, resolve

WITH_VALUES: Final = ("park", "briefing", "comparison")
NO_FIGURES: Final = (
    "state", "reviewer", "title", "kind", "length", "since", "date", "addressee", "letterhead", "document_number", "signer",
)  # fmt: skip
"""Parameters that change the document and none of its figures."""


@dataclass(frozen=True, slots=True)
class Document:
    """A job in plain values that travel between processes: parameters as the manifest has them."""

    notebook: str
    subject: str
    parameters: Mapping[str, Mapping[str, Any]]


def figure_parameters(parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Of a job's parameters those that are set and shape its figures."""
    values = {name: entry["value"] for name, entry in parameters.items()}
    return {name: value for name, value in values.items() if name not in NO_FIGURES and value not in (None, "", [])}


Reader = Callable[[str], ParkData]


def shown_values(documents: Iterable[Document], read: Reader, audience: Audience) -> list[Shown]:
    """All values, those of documents whose park cannot be read left out: the run's landing page says why."""
    found: list[Shown] = []
    for document in documents:
        if document.notebook not in WITH_VALUES or not document.parameters:
            continue
        try:
            found += _of_document(document, read, audience)
        except Exception:  # the notebook failed for the same reason, and its failure is told
            continue
    return found


def _of_document(document: Document, read: Reader, audience: Audience) -> Iterator[Shown]:
    given = {name: entry["value"] for name, entry in document.parameters.items()}
    parameters = resolve(document.notebook, given | {"state": None}, {})
    figures = figure_parameters(document.parameters)
    if audience is Audience.EXTERNAL:
        parameters = parameters.model_copy(update={"audience": audience})
    values = _compared(parameters, read) if document.notebook == "comparison" else _of_park(document, parameters, read)
    return iter([Shown(document.notebook, document.subject, value, series, figures) for value, series in values])


def _of_park(document: Document, parameters: Effective, read: Reader) -> Iterator[tuple[IndicatorValue, str]]:
    from parkbook.workbook import park_book

    view = park_book(document.notebook, parameters, read(parameters.park)).view
    rows: list[IndicatorRow] = [*view.rows, *view.subject_rows]
    for row in rows:
        for value in row.values:
            yield value, row.key.label


def _compared(parameters: Effective, read: Reader) -> Iterator[tuple[IndicatorValue, str]]:
    from parkbook.workbook import comparison_book

    view = comparison_book(parameters, read).view
    for indicator in view.indicators:
        for kind in (Transformation.LEVEL, Transformation.GROWTH):
            for entry in view.compared(indicator, kind).entries:
                if entry.value is not None:
                    yield entry.value, ""
