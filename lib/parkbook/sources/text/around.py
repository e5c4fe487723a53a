"""What is around a line, and around a figure in it, while the line is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from parkbook.periods import Period
from parkbook.sources.text.lex import Token
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Clause, Section


class Document(Protocol):
    """What a line needs of the document it is in."""

    original: str
    plain: str
    tokens: list[Token]
    starts: list[int]
    readings: list[Reading]
    section: Section
    default: Period
    year: int | None
    running: Period | None
    spoken: bool
    reports: bool
    told: bool
    titled: bool
    masked: bool
    since: int
    until: int
    own: tuple[str, ...]


@dataclass(slots=True)
class Place:
    """A figure's clause, where its words begin, and where the next figure does."""

    clause: Clause
    begin: int
    following: int
