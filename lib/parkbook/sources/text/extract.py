"""A narrative report to observations, with the coverage ledger of its text.

    python -m parkbook.sources.text.extract FILE --format jsonl
    python -m parkbook.sources.text.extract FILE --coverage
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parkbook.model import Observation, ObsStatus, Qualifier, Source, SourceKind, Transformation
from parkbook.sources.text import when
from parkbook.sources.text.attach import Attachment, attach
from parkbook.sources.text.lex import Token, tokenise
from parkbook.sources.text.patterns import half_width
from parkbook.sources.text.walk import Reading, Walker

_SOURCE_TEXT = 30
_STOPS = "。；;！？!?\n"


@dataclass(frozen=True, slots=True)
class TextFigure:
    """An observation and where its words stand; `unit` as printed."""

    start: int
    end: int
    unit: str
    observation: Observation
    doubtful: str = ""

    def record(self) -> dict[str, object]:
        """The line of `--format jsonl`."""
        o = self.observation
        return {
            "start": self.start, "end": self.end, "source_text": o.source_text, "value": _plain(o.obs_value), "unit": self.unit,
            "transformation": o.transformation.value, "comparison": o.comparison.value if o.comparison else None,
            "indicator_id": o.indicator_id, "indicator_label": o.attribute("indicator_label"), "label": o.reported_label,
            "subject": o.subject, "parent": o.parent, "time_period": o.period.time_period, "period_text": o.period.text,
            "period_status": o.period.status.value, "basis": o.period.basis.value if o.period.basis else None,
            "obs_status": o.obs_status.value, "qualifier": o.qualifier.value, "value_low": _plain(o.value_low), "value_high": _plain(o.value_high),
            "target_kind": o.target_kind.value if o.target_kind else None, "rank_scope": o.rank_scope, "base_period": o.base_period,
            "unit_inferred": o.unit_inferred, "locator": o.locator, "confidence": float(o.confidence), "rule": o.rule, "doubtful": self.doubtful,
        }


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All figures of a text in order, and its tokens for the ledger."""

    figures: tuple[TextFigure, ...]
    tokens: tuple[Token, ...]

    @property
    def observations(self) -> tuple[Observation, ...]:
        return tuple(figure.observation for figure in self.figures)

    def jsonl(self) -> Iterator[str]:
        for figure in self.figures:
            yield json.dumps(figure.record(), ensure_ascii=False)


def extract_text(text: str, source: Source | None = None, ref_area: str = "") -> Extraction:
    """Every figure of a text; positions are code points of `text` as given."""
    plain = half_width(text)
    tokens = tokenise(plain)
    walker = Walker(text, plain, tokens, when.document_year(plain, tokens))
    walker.walk()
    made = source or Source(source_id="text", kind=SourceKind.REPORT)
    figures = tuple(_figure(reading, text, made, ref_area) for reading in walker.readings)
    return Extraction(figures, tuple(tokens))


def _figure(reading: Reading, text: str, source: Source, ref_area: str) -> TextFigure:
    token, quantity = reading.token, reading.quantity
    attached = attach(reading.base or reading.label)
    value, low, high = _signed(reading)
    observation = Observation(
        ref_area=ref_area, reported_label=reading.label, period=reading.period, source=source, locator=f"字符 {token.start}-{token.end}",
        indicator_id=attached.indicator_id, subject=reading.subject, parent=reading.parent, transformation=reading.transformation,
        comparison=reading.comparison, base_period=reading.base_period, target_kind=reading.target_kind, rank_scope=reading.rank_scope,
        obs_value=value, value_low=low, value_high=high, unit_measure=quantity.unit.unit.measure, unit_mult=quantity.unit.unit.mult,
        unit_inferred=quantity.unit.inferred, obs_status=reading.status,
        qualifier=Qualifier.RANGE if low is not None else reading.qualifier, source_text=_phrase(text, token), rule=reading.rule,
        confidence=_confidence(reading, attached), attributes=(("indicator_label", attached.label_zh),) if attached.label_zh else (),
    )
    return TextFigure(token.start, token.end, quantity.unit.text, observation, reading.doubtful)


def _signed(reading: Reading) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """The value with the sign that its words give: 下降8.8% is -8.8; a printed minus wins."""
    quantity = reading.quantity
    signed = reading.transformation in (Transformation.GROWTH, Transformation.CHANGE, Transformation.CONTRIBUTION)
    negative = quantity.negative or (signed and reading.direction < 0)
    value, low, high = quantity.value, quantity.low, quantity.high
    if reading.status is ObsStatus.MASKED:
        return None, None, None
    if not negative:
        return value, low, high
    return -value if value is not None else None, -high if high is not None else None, -low if low is not None else None


def _confidence(reading: Reading, attached: Attachment) -> Decimal:
    """How sure the reading is; below one half it goes to the review list."""
    if reading.doubtful or not reading.label:
        return Decimal("0.4")
    return Decimal("0.95") if attached.exact else Decimal("0.8")


def _phrase(text: str, token: Token) -> str:
    """The words around a figure, at most thirty characters, from the start of its sentence where that fits."""
    begin = max(token.end - _SOURCE_TEXT, max(text.rfind(stop, 0, token.start) for stop in _STOPS) + 1, 0)
    return text[min(begin, token.start):token.end].strip()[-_SOURCE_TEXT:]
