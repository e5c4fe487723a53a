"""Sentences whose every number is a figure with its provenance.

A `Sentence` is built from words and indicator values; words hold no digits of their own except dates and names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from parkbook.briefing.blocks import Bullets, Paragraph, Provenance, Run
from parkbook.briefing.provenance import provenance, reference
from parkbook.model import IndicatorValue

COUNTED: Final = "按本文所列指标逐项计数"
COUNTED_FROM: Final = "本文各项指标，出处见各数字"


class Sentence:
    """Runs of text and the provenance of the figures among them; `+` and `join` put sentences together."""

    def __init__(self, words: str = "") -> None:
        self.runs: list[Run] = [Run(text=words)] if words else []
        self.refs: dict[str, Provenance] = {}

    def say(self, words: str, *, strong: bool = False) -> Sentence:
        if words:
            self.runs.append(Run(text=words, strong=strong))
        return self

    def figure(self, value: IndicatorValue, text: str) -> Sentence:
        key = reference(value)
        self.refs[key] = provenance(value)
        self.runs.append(Run(text=text, ref=key))
        return self

    def count(self, number: int, unit: str, label: str, items: Iterable[str]) -> Sentence:
        """A number that the page counts itself, with what it counted."""
        told = tuple(items)
        key = "n" + hashlib.sha256("\x1f".join((label, str(number), *told)).encode()).hexdigest()[:16]
        self.refs[key] = Provenance(
            label=label, value=f"{number}{unit}", status="本文计数", formula=COUNTED, inputs=told, source=COUNTED_FROM
        )
        self.runs.append(Run(text=f"{number}{unit}", ref=key))
        return self

    def extend(self, other: Sentence) -> Sentence:
        self.runs.extend(other.runs)
        self.refs.update(other.refs)
        return self

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)

    @classmethod
    def join(cls, sentences: Iterable[Sentence], between: str) -> Sentence:
        result = cls()
        for number, sentence in enumerate(s for s in sentences if s):
            result.say(between if number else "").extend(sentence)
        return result


def paragraph(sentence: Sentence, role: str = "body") -> Paragraph:
    return Paragraph.model_validate({"runs": tuple(sentence.runs), "refs": sentence.refs, "role": role})


def words(text: str, role: str = "body") -> Paragraph:
    """A paragraph without figures."""
    return paragraph(Sentence(text), role)


def bullets(sentences: Iterable[Sentence], *, ordered: bool = False) -> Bullets:
    listed = [s for s in sentences if s]
    refs = {key: value for s in listed for key, value in s.refs.items()}
    return Bullets(items=tuple(tuple(s.runs) for s in listed), refs=refs, ordered=ordered)
