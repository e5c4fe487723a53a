"""How a level is said in running text: 申报科技型中小企业214家 instead of 科技型中小企业申报数214家.

The words are the catalogue's (`phrase`). They stand for the catalogue's label only: where a source names the figure in words of
its own, or says of whom or of which scope it is, its words stay. Tables, cards, charts and lists of names keep the label too.
"""

from __future__ import annotations

from parkbook.catalogue import SLOT
from parkbook.indicators.compute import IndicatorRow
from parkbook.model import SourceKind
from parkbook.units import dimension


def level_phrase(row: IndicatorRow) -> tuple[str, str] | None:
    """The words before and behind the figure; None where the label stands.

    Nobody does a thing zero times, and a level counted in another thing than the entry's (场 for 次) is not what the phrase says.
    An enterprise or project is not the one who receives, grants or checks, so figures of theirs keep the label.
    """
    level, indicator = row.level, row.indicator
    if not indicator.phrase or level is None or row.key.subject or row.label != indicator.label_zh:
        return None
    if level.value is not None and level.value <= 0:
        return None
    if any(o.source.kind is not SourceKind.LEDGER for o in level.inputs):
        return None
    if dimension(level.unit) != dimension(indicator.parsed_unit):
        return None
    head, _, tail = indicator.phrase.partition(SLOT)
    return head, tail
