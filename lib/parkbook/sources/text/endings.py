"""Patterns at the end of words: the last two characters tell at once that most words cannot match."""

from __future__ import annotations

import re

_LOOK = re.compile(r"\(\?<!.*?\)")
_SPACES = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace())


def endings(words: str) -> frozenset[str]:
    """The last two characters of each of the words, or the only one; what a word looks behind at does not count."""
    signs = {_LOOK.sub("", word).removeprefix("\\")[-2:] for word in words.split() if word != r"\s"}
    return frozenset(signs) | (_SPACES if r"\s" in words else frozenset())


class Ending:
    """A pattern that must match up to the end; `signs`: the last two characters, or the last one, of all that it can match."""

    __slots__ = ("pattern", "signs")

    def __init__(self, pattern: str, signs: frozenset[str]) -> None:
        self.pattern, self.signs = re.compile(pattern + r"\Z"), signs

    def search(self, words: str) -> re.Match[str] | None:
        signs = self.signs
        return self.pattern.search(words) if words[-1:] in signs or words[-2:] in signs else None

    def cut(self, words: str) -> str:
        """The words without the ending."""
        found = self.search(words)
        return words if found is None else words[: found.start()]
