"""A record made quickly is the record that its class makes: equal, with its defaults, and frozen."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from parkbook.model import Observation
from parkbook.sources.text.extract import extract_text
from parkbook.sources.text.quick import draft, quick


@dataclass(frozen=True, slots=True)
class Mark:
    place: int
    words: str = "无"
    notes: tuple[str, ...] = field(default_factory=tuple)
    sure: bool = field(default=True, kw_only=True)


mark = quick(Mark)


def test_same_record() -> None:
    made = mark(3, notes=("甲",), sure=False)
    assert type(made) is Mark
    assert made == Mark(3, notes=("甲",), sure=False)
    assert hash(made) == hash(Mark(3, notes=("甲",), sure=False))
    assert mark(3) == Mark(3, "无", (), sure=True)
    assert pickle.loads(pickle.dumps(made)) == made


def test_frozen() -> None:
    made = mark(3)
    with pytest.raises(FrozenInstanceError):
        made.place = 4  # type: ignore[misc]


def test_arguments() -> None:
    with pytest.raises(TypeError):
        mark()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        mark(3, "乙", (), False)  # type: ignore[call-arg]


def test_draft() -> None:
    made = draft(Mark)()
    made.place, made.words, made.notes, made.sure = 3, "乙", (), True
    made.__class__ = Mark
    assert made == Mark(3, "乙")
    with pytest.raises(FrozenInstanceError):
        made.place = 4


def test_all_fields_of_a_figure() -> None:
    observation = extract_text("2025年税收3亿元。").observations[0]
    assert type(observation) is Observation
    assert replace(observation) == observation
