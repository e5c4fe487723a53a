"""Patterns of many words set out as lists, made so that most places of a text are passed over quickly.

Words are grouped by their first character, so that a place is looked at only where one of those stands; of patterns at the end
of words the last two characters tell at once that most words cannot match.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_LOOK = re.compile(r"(?P<look>\(\?<[!=])(?P<behind>.*?)\)")
_LOOKS = re.compile(rf"(?:{_LOOK.pattern})+".replace("?P<look>", "").replace("?P<behind>", ""))
_CLASS = re.compile(r"\[(?P<signs>[^\]^-]*)\](?![?*+{])")
_CHOICE = re.compile(r"\(\?:(?P<words>[^()]*)\)(?![?*+{])")
_SIGN = re.compile(r"\\?.", re.DOTALL)
_NOT_LITERAL = frozenset("[().^$|?*+{")
SPACES = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace())


def alternatives(words: str) -> str:
    """The words as alternatives, the first that fits wins; `[新旧]厂` is two words."""
    groups: dict[str, list[str]] = {}
    for word in (one for listed in words.split() for one in _spread(listed)):
        looks = _LOOKS.match(word)
        rest = word[looks.end() :] if looks is not None else word
        first = _SIGN.match(rest)
        if first is None or first[0] in _NOT_LITERAL or rest[first.end() : first.end() + 1] in ("?", "*", "+", "{"):
            return f"(?:{'|'.join(words.split())})"
        behind = _LOOK.sub(rf"\g<look>\g<behind>{first[0]})", looks[0]) if looks is not None else ""
        groups.setdefault(first[0], []).append(behind + rest[first.end() :])
    return f"(?:{'|'.join(map(_group, groups, groups.values()))})"


def _group(first: str, rests: list[str]) -> str:
    return first + (f"(?:{'|'.join(rests)})" if len(rests) > 1 else rests[0])


def _spread(word: str) -> list[str]:
    """A word that begins with one of several signs or words, once with each of these."""
    looks = _LOOKS.match(word)
    begin = looks.end() if looks is not None else 0
    signs, choice = _CLASS.match(word, begin), _CHOICE.match(word, begin)
    if signs is not None:
        return [word[:begin] + _escaped(sign) + word[signs.end() :] for sign in _SIGN.findall(signs["signs"])]
    if choice is not None:
        begun = (word[:begin] + one + word[choice.end() :] for one in choice["words"].split("|"))
        return [one for beginning in begun for one in _spread(beginning)]
    return [word]


def _escaped(sign: str) -> str:
    """A sign of a class as it stands outside of one."""
    return "\\" + sign if sign in _NOT_LITERAL else sign


def endings(words: str) -> frozenset[str]:
    """The last two characters of each of the words, or the only one; what a word looks behind at does not count."""
    signs = {_LOOK.sub("", word).removeprefix("\\")[-2:] for word in words.split() if word != r"\s"}
    return frozenset(signs) | (SPACES if r"\s" in words else frozenset())


def at_end(words: str, more: str = "") -> Ending:
    """The alternatives at the end of a phrase; none of them has a choice in its last two characters."""
    return Ending(alternatives(words) + more, endings(words))


def common_first(words: Iterable[str]) -> list[str]:
    """The words, those first whose characters are in most of them.

    An automaton goes through the characters that can follow in the order in which words have brought them in.
    """
    every = sorted(words)
    count = Counter(sign for word in every for sign in set(word))
    return sorted(every, key=lambda word: [-count[sign] for sign in word])


class Kinds:
    """Words that say what kind of thing a phrase is by ending it; `more`, a pattern, may stand behind any of them.

    The last two characters of a phrase tell which words it can end with. The pattern of all words is asked where they are of
    what may stand behind (`behind`: its last words), or of a word that looks behind itself.
    """

    __slots__ = ("_asked", "_ending_so", "pattern")

    def __init__(self, words: str, more: str, behind: str) -> None:
        self.pattern = re.compile(alternatives(words) + more + r"\Z")
        every = sorted(words.split(), key=len)
        looking = [word for word in every if _LOOKS.match(word)]
        asked = endings(" ".join(one for word in behind.split() for one in _spread(word)))
        self._asked = asked | endings(" ".join(looking))
        self._ending_so: dict[str, tuple[str, ...]] = dict.fromkeys(self._asked, ())
        for word in every:
            if word not in looking and word[-2:] not in asked:
                sign = word[-2:]
                shorter = self._ending_so.get(sign) or self._ending_so.get(sign[-1], ())
                self._ending_so[sign] = (word, *shorter)

    def of(self, phrase: str) -> str:
        """The longest ending of a phrase that says its kind; empty where none does."""
        words = self._ending_so.get(phrase[-2:])
        if words is None:
            words = self._ending_so.get(phrase[-1:])
            if words is None:
                return ""
        for word in words:
            if phrase.endswith(word):
                return word
        if phrase[-2:] not in self._asked and phrase[-1:] not in self._asked:
            return ""
        found = self.pattern.search(phrase)
        return "" if found is None else found[0]


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
