"""The names that follow a count in a report, kept with it as printed: 引进项目3个：甲项目、乙项目.

Only lists that the words close off are kept: after a colon, 分别是 or 即, to the end of the sentence, of names without numbers.
`reconcile.lists` counts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parkbook.model import Observation, Transformation
from parkbook.observations.reconcile.interval import is_whole_count
from parkbook.observations.reconcile.lists import LISTED
from parkbook.sources.text.extract import TextFigure

_LIST = re.compile(
    r"\s*(?:[：:]|[，,、]?(?:分别是|分别为|依次是|依次为|即)[：:]?)(?P<names>[^。；;，,：:！!？?\n]+)(?=[。；;\n]|\Z)"
)
_NUMBERED = re.compile(r"[\d*×＊]|[一二两三四五六七八九十百][个家项名人条座户所件类批]")


def with_lists(figures: Sequence[TextFigure], text: str) -> list[TextFigure]:
    """The figures of a report, counts with the names that follow them."""
    return [replace(figure, observation=_listed(figure, text)) for figure in figures]


def _listed(figure: TextFigure, text: str) -> Observation:
    o = figure.observation
    if figure.end is None or o.transformation is not Transformation.LEVEL or not is_whole_count(o):
        return o
    said = _LIST.match(text, figure.end)
    if said is None or "、" not in said["names"] or _NUMBERED.search(said["names"]):
        return o
    return replace(o, attributes=(*o.attributes, (LISTED, said["names"].strip())))
