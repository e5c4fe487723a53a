"""Deals a run of figures out to as many names, phrases, times or comparisons, where words before it do so.

"甲公司、乙公司分别纳税" 3亿元、"" 2亿元        to each its own            "一、二季度税收分别为" 5亿元、6亿元   each of its quarter
"同比、环比分别增长" 4%、1.5%                  against each its own       three names and two figures           doubtful
"""

from __future__ import annotations

from collections.abc import Callable

from parkbook.model import Transformation as T
from parkbook.periods import Period
from parkbook.sources.text import areas, beside, dealing, heads, phrases
from parkbook.sources.text.dealing import Row
from parkbook.sources.text.heads import Heard
from parkbook.sources.text.lex import Token
from parkbook.sources.text.naming import Namer
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.said import Said

_LEVEL = T.LEVEL


class Dealer:
    """The rows of names of a line, and who gets which figure. `dated`: the period that words mean where the line is."""

    def __init__(self, namer: Namer, row: Row, dated: Callable[[str], Period]) -> None:
        self.namer, self.row, self.dated = namer, row, dated
        self._pending: tuple[str, ...] = ()
        self._rows: list[str] = []

    @property
    def pending(self) -> tuple[str, ...]:
        """The names of the last row that figures may be dealt out to; words with 、 are looked at only when one is asked for."""
        while self._rows:
            if names := heads.listing(self._rows.pop()):
                self.pending = names
        return self._pending

    @pending.setter
    def pending(self, names: tuple[str, ...]) -> None:
        self._pending = names
        self._rows.clear()

    def hear_row(self, words: str) -> None:
        """Words with 、: they may be names that figures are dealt out to."""
        self._rows.append(words)

    def names_dealt(self, said: Said, heard: Heard, reading: Reading, dealt: bool) -> tuple[str, ...]:
        words = said.words
        names = heard.names or (areas.row(words) if "全" in words else ())
        if not names and (dealt or self._goes_on(heard)):
            names = self.pending
        if names:
            self.pending = names
        elif "、" in words and reading.transformation is _LEVEL:
            return self._dealt_unsaid(said.token, words, reading)
        return names

    def _goes_on(self, heard: Heard) -> bool:
        """Whether the run before was dealt out to names; these are sought only where one can have been."""
        sentence = self.namer.sentence
        if heard.name or heard.whole or len(sentence) < 2 or not sentence[-1].subject:
            return False
        return beside.dealt_before(sentence, self.pending)

    def _dealt_unsaid(self, token: Token, words: str, reading: Reading) -> tuple[str, ...]:
        """甲、乙、丙获得奖补3万元、2万元、1万元: as many names as figures, and something said of them."""
        names = heads.listing(words)
        if len(names) < 2 or self.row.length(token) != len(names):
            return ()
        rest = heads.unled(words[words.rindex(names[-1]) + len(names[-1]) :])
        if not rest:
            return ()
        if names[0] in reading.label:
            reading.label = reading.base = self.namer.scope.base = phrases.split_head(rest)[1] or rest
        return names

    def goes_on_dealt(self, reading: Reading, head: str) -> bool:
        """税收、利润分别为3亿元、2亿元，增长5%、6%: as many rates as figures were dealt out right before."""
        sentence, count = self.namer.sentence, self.row.length(reading.token)
        if count < 2 or len(sentence) < count or reading.transformation is not T.GROWTH or head.strip(",，"):
            return False
        first = sentence[-count]
        return first.transformation is _LEVEL and len(first.also) == count - 1

    def deal_out(self, reading: Reading, phrase: str, words: str) -> None:
        """分别 and 依次: as many names (or figures before) as figures in the run, each to its own; else doubtful."""
        count = self.row.length(reading.token)
        first, phrase = dealing.held_first(phrase) if "平" in phrase or "零" in phrase else (0, phrase)
        count += first
        if count < 2:
            return
        compared = dealing.comparisons(words) if count == 2 and "同比" in words and "环比" in words else ()
        if compared:
            reading.comparison, reading.comparisons = compared[first], compared[first + 1 :]
            return
        subjects = () if phrase else dealing.subjects_before(self.namer.sentence, count)
        if subjects:
            reading.subject, reading.subjects = subjects[0], subjects[1:]
            reading.parent = reading.parent or self.namer.sentence[-1].parent
            return
        dealt = phrases.listed(phrase, count) or phrases.listed(reading.base, count)
        periods = () if dealt else self.row.periods_before(reading.token, count)
        if periods:
            reading.period, *later = (self.dated(words) for words in periods)
            reading.periods = tuple(later)
            return
        if not dealt and (said := dealing.periods_said(self.namer.sentence, count)):
            reading.period, reading.periods = said[0], said[1:]
            return
        dealing.deal_out(reading, (dealt or dealing.figures_before(self.namer.sentence, count))[first:])
