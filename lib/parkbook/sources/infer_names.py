"""Which indicator do words mean? Exact names of the catalogue first, then the same name written another way; never a guess.

工业总产值                     exact
规模以上工业增加值（亿元）        exact, unit 亿元
“四上”企业数                   the same name without quotation marks: doubtful, to be confirmed
工业产值增速                    nothing: near names are suggested, none is taken
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from parkbook.catalogue import Catalogue, Indicator
from parkbook.errors import UnitError
from parkbook.sources.layout import normal_words
from parkbook.units import Unit, dimension, parse_unit

_BRACKET_END = re.compile(r"[（(]([^（()）]*)[)）]\s*\Z")
_MARKS = re.compile(r"[\"'“”‘’「」《》、，,;；:：.·()（）\[\]【】_/-]")
_LONG_FORMS = (("规模以上", "规上"), ("限额以上", "限上"), ("固定资产投资额", "固定资产投资"))
_SCOPES = ("规上", "限上", "规模以上", "限额以上", "在地")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words mean: an indicator or none, the unit they name, and what is doubtful about it."""

    indicator: Indicator | None = None
    unit: str = ""
    doubt: str = ""


def without_unit(words: str) -> tuple[str, str]:
    """Words without a unit in brackets at their end, and the unit."""
    found = _BRACKET_END.search(words)
    if found is None:
        return words, ""
    try:
        parse_unit(found[1])
    except UnitError:
        return words, ""
    return words[: found.start()].rstrip(), found[1].strip()


def _folded(words: str) -> str:
    """A name without punctuation, long forms shortened."""
    plain = _MARKS.sub("", normal_words(words))
    for long, short in _LONG_FORMS:
        plain = plain.replace(long, short)
    return plain.upper()


class Names:
    """All names of a catalogue, by their words and by their folded form."""

    def __init__(self, known: Catalogue) -> None:
        self._exact = {normal_words(name): indicator for indicator in known for name in indicator.names}
        self._folded: dict[str, set[str]] = {}
        self._by_id = {indicator.id: indicator for indicator in known}
        self._found: dict[str, Meaning] = {}
        for name, indicator in self._exact.items():
            self._folded.setdefault(_folded(name), set()).add(indicator.id)

    def find(self, words: str) -> Meaning:
        """The meaning of a row label or header word."""
        if words not in self._found:
            self._found[words] = self._find(words)
        return self._found[words]

    def _find(self, words: str) -> Meaning:
        plain, unit = without_unit(words)
        for text, said in ((words, ""), (plain, unit)):
            indicator = self._exact.get(normal_words(text))
            if indicator is not None:
                return Meaning(indicator, said)
        ids = sorted(self._folded.get(_folded(plain), ()))
        if len(ids) == 1:
            found = self._by_id[ids[0]]
            return Meaning(found, unit, f"写法与目录不同，目录为“{found.label_zh}”")
        if ids:
            labels = "、".join(self._by_id[item].label_zh for item in ids)
            return Meaning(None, unit, f"目录中有几个相近名称：{labels}")
        return Meaning(None, unit)

    def near(self, words: str) -> str:
        """Names of the catalogue that look like these words, for an analyst to choose from; none is taken."""
        plain = normal_words(without_unit(words)[0])
        return "、".join(difflib.get_close_matches(plain, self._exact, n=2, cutoff=0.75))

    def exact(self, words: str) -> Indicator | None:
        return self._exact.get(normal_words(words))

    def scoped_twins(self, indicator: Indicator) -> Iterator[str]:
        """Labels that are this one with a scope in front: 规上工业总产值 beside 工业总产值."""
        for name in indicator.names:
            for scope in _SCOPES:
                twin = self._exact.get(normal_words(scope + name))
                if twin is not None and twin.id != indicator.id:
                    yield twin.label_zh


def unit_fits(unit: Unit | None, indicator: Indicator) -> bool:
    """Whether a unit can be the indicator's: 亿元 for 万元, not 家 for 亿元."""
    return unit is None or dimension(unit) == dimension(indicator.parsed_unit)
