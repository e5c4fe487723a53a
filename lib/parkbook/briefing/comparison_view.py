"""What a comparison shows: the parks, the figures of the period, and what every sentence and table of it says of their origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parkbook.briefing.tables import inferred_unit
from parkbook.catalogue import Catalogue, Indicator
from parkbook.comparison.comparability import IndicatorComparison, compare
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Observation, SourceKind, Transformation
from parkbook.observations.read import ParkData
from parkbook.periods import Period

UNIT_INFERRED = "单位为推断"


def source_line(shown: Iterable[Observation]) -> str:
    """Who published what a table shows, where all of it has one known publisher. A table by zone may be a statistics office's, so
    the zones are never called its publishers."""
    sources = [o.source for o in shown]
    if any(source.kind is SourceKind.LEDGER for source in sources):
        return "数据出处见文末"
    publishers = {source.publisher for source in sources}
    return f"数据来源：{publishers.pop() if len(publishers) == 1 else ''}公布数，出处见文末"


def observations_of(*compared: IndicatorComparison) -> list[Observation]:
    """The figures that rankings show."""
    return [o for one in compared for entry in one.entries if entry.value is not None for o in entry.value.inputs]


def unit_mark(observations: Iterable[Observation]) -> str:
    """单位为推断 where a unit was not printed, for a sentence or a caption; a table has a note."""
    return UNIT_INFERRED if any(inferred_unit(o) for o in observations) else ""


def bracketed(mark: str) -> str:
    return f"（{mark}）" if mark else ""


@dataclass(frozen=True)
class ComparisonView:
    """Parks side by side in one period; `totals` are context figures (a published total), never ranked."""

    title: str
    parks: Mapping[str, ParkData]
    catalogue: Catalogue
    indicators: Sequence[Indicator]
    period: Period
    totals: tuple[Observation, ...] = ()
    total_name: str = ""
    remarks: tuple[str, ...] = ()
    overlapping: bool | None = None
    """Whether the parks overlap; None: not known, and then they are not added."""
    weights: str = ""
    """The analyst's weights for a composite index; empty: equal, and only where there is enough to make one of."""

    @cached_property
    def indexes(self) -> dict[str, FigureIndex]:
        return {park_id: FigureIndex(data.observations) for park_id, data in self.parks.items()}

    def name(self, park_id: str) -> str:
        return self.parks[park_id].park.name

    def compared(self, indicator: Indicator, transformation: Transformation) -> IndicatorComparison:
        key = (indicator.id, transformation)
        if key not in self._compared:
            self._compared[key] = compare(indicator, transformation, self.period, self.indexes, self._outside)
        return self._compared[key]

    @cached_property
    def _compared(self) -> dict[tuple[str, Transformation], IndicatorComparison]:
        """Made once, asked for by every part of the page."""
        return {}

    @cached_property
    def _outside(self) -> frozenset[str]:
        """Synthetic parks among real ones: shown, never ranked with them."""
        synthetic = {park_id for park_id, data in self.parks.items() if data.park.synthetic}
        return frozenset(synthetic) if len(synthetic) < len(self.parks) else frozenset()

    @cached_property
    def rankings(self) -> tuple[IndicatorComparison, ...]:
        """Every level and growth in which two parks or more are ranked."""
        kinds = (Transformation.LEVEL, Transformation.GROWTH)
        made = (self.compared(indicator, kind) for indicator in self.indicators for kind in kinds)
        return tuple(compared for compared in made if compared.ranked)

    def total(self, indicator: Indicator, transformation: Transformation) -> Observation | None:
        return next(
            (
                o
                for o in self.totals
                if o.indicator_id == indicator.id
                and o.transformation is transformation
                and o.period.key == self.period.key
            ),
            None,
        )
