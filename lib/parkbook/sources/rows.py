"""Row labels of ledgers: 序号, 其中 and indentation, and which row is a part of which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from parkbook.sources.grid import Cell
from parkbook.sources.layout import normal_words

_NUMBERING = re.compile(
    r"\A(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、．.]|[①-⑳]|\d{1,2}[、．](?!\d)|\d{1,2}\.(?!\d)|\d{1,2}[)）])\s*"
)
_PART = re.compile(r"\A(?:其\s*中\s*[:：]?|[#＃]|[-—–－]+)\s*")
INDENT_WIDTH = 2
"""One step of Excel's indent weighs as much as two spaces."""


@dataclass(frozen=True, slots=True)
class Label:
    """A row label: as printed, bare (without 序号 and 其中), how far it is indented, and whether it says 其中."""

    printed: str
    bare: str
    indent: int
    says_part: bool

    @property
    def names(self) -> tuple[str, ...]:
        """What a layout may call the row: as printed first, then the bare label."""
        return (normal_words(self.printed), normal_words(self.bare))

    def is_one_of(self, names: Iterable[str]) -> bool:
        return any(normal_words(name) in self.names for name in names)


def read_label(cell: Cell) -> Label:
    """The label in a key cell."""
    raw = "" if cell.value is None else str(cell.value)
    stripped = raw.strip()
    indent = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in raw[: len(raw) - len(raw.lstrip())])
    rest = _NUMBERING.sub("", stripped)
    part = _PART.match(rest)
    bare = _NUMBERING.sub("", rest[part.end() :]) if part else rest
    return Label(
        " ".join(stripped.split()), bare.strip() or stripped, indent + INDENT_WIDTH * cell.indent, part is not None
    )


@dataclass
class Family:
    """The rows above that the next row may be a part of."""

    _above: list[Label] = field(default_factory=list)

    def clear(self) -> None:
        self._above.clear()

    def parent_of(self, label: Label) -> str:
        """The bare label of the row that this one is a part of; empty for a row of its own. Remembers the row."""
        while self._above and not self._is_above(self._above[-1], label):
            self._above.pop()
        parent = self._above[-1].bare if self._above else ""
        self._above.append(label)
        return parent

    @staticmethod
    def _is_above(upper: Label, label: Label) -> bool:
        """其中 rows, and the rows written under the words after 其中, are parts of the row before them."""
        if upper.says_part:
            return label.says_part and label.indent > upper.indent
        return label.indent > upper.indent or (label.says_part and label.indent >= upper.indent)
