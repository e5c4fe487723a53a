"""The parameters of the notebooks: which there are, what they may be, and which value counts.

Every parameter but `park` is None until someone sets it. From weak to strong: the default below, the park's park.yaml
(`period`, `parameters`), the notebook's parameter cell, what papermill or the batch command injects after that cell.
None and blank text mean "not set". A name that a notebook does not have, or a value of the wrong type, is refused: a
mistyped name must never run the default park.

papermill injects *after* the tagged cell, and in JupyterLab the namespace also holds the analyst's own names. So the
check stands in a later cell and reads only the names assigned in the parameter cells of the latest pass:

    # 参数                                     the parameter cell: tagged `parameters`, this comment in its first line
    park: str = "qilu"  # 园区代码
    period: str | None = None  # 报告期

    # Parameters                               the cell papermill injects, if it does
    park = "wangchun"

    parameters = read_parameters("park", globals())

A literal value is taken from the cell's text, so a loop variable `park` in some other cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parkbook.parameters.cells import Assignment, assigned_parameters, assignments
from parkbook.parameters.names import (
    CELL_MARK,
    INJECTED_MARK,
    NOTEBOOK_PARAMETERS,
    ORIGIN_BATCH,
    ORIGIN_CELL,
    ORIGIN_DEFAULT,
    ORIGIN_KIND,
    ORIGIN_PAPERMILL,
    ORIGIN_PARK,
    ORIGIN_VARIABLE,
    PARAMETER_HELP,
)
from parkbook.parameters.parks import check_park, known_parks, park_defaults
from parkbook.parameters.types import alarm_rule_names, framework_names
from parkbook.parameters.values import (
    Effective,
    ParameterValues,
    check_names,
    check_notebook,
    resolve,
    resolve_for_park,
)

__all__ = [
    "CELL_MARK",
    "INJECTED_MARK",
    "NOTEBOOK_PARAMETERS",
    "ORIGIN_BATCH",
    "ORIGIN_CELL",
    "ORIGIN_DEFAULT",
    "ORIGIN_KIND",
    "ORIGIN_PAPERMILL",
    "ORIGIN_PARK",
    "ORIGIN_VARIABLE",
    "PARAMETER_HELP",
    "Assignment",
    "Effective",
    "ParameterValues",
    "alarm_rule_names",
    "assigned_parameters",
    "assignments",
    "check_names",
    "check_notebook",
    "check_park",
    "framework_names",
    "known_parks",
    "park_defaults",
    "read_parameters",
    "resolve",
    "resolve_for_park",
]


def read_parameters(notebook: str, namespace: Mapping[str, Any]) -> Effective:
    """The effective parameters of a running notebook; called in a cell after the parameter cells with `globals()`."""
    found = assignments(namespace)
    return resolve_for_park(
        notebook,
        {name: item.value for name, item in found.items()},
        {name: item.origin for name, item in found.items()},
    )
