"""分别 and 依次: which of the names, phrases or periods before a run of figures each figure gets.

工业、服务业投资分别增长5%、6%            工业投资 5%, 服务业投资 6%
甲公司、乙公司分别纳税3000万元、2000万元   甲公司 3000万元, 乙公司 2000万元
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from parkbook.model import Transformation as T
from parkbook.periods import Period
from parkbook.sources.text import when
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.reading import Reading

UNEQUAL = "“分别”所列的项数与数据个数不一致"
RUN = re.compile(r"(?:左右|以上|以下|上下)?[\s、和与及,，或]*(?:以及|和)?\s*")
TURNED = re.compile(
    r"[、和与及](?:同比|环比)?(?:(?P<down>下降|下滑|降低|减少|回落|下跌)|增长|上升|提高|提升|增加|上涨)了?\s*"
)
"""分别增长5%、下降3%: the words between two values of one run."""


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of a line, to see which stand in a row with nothing but 、 and 和 between them."""

    plain: str
    tokens: list[Token]
    starts: list[int]

    def length(self, token: Token) -> int:
        """How many figures stand in a row from a figure on."""
        count, end = 1, token.end
        for other in self.tokens[bisect_left(self.starts, token.start) + 1 :][:60]:
            if not other.is_figure:
                break
            if not (RUN.fullmatch(self.plain, end, other.start) or TURNED.fullmatch(self.plain, end, other.start)):
                break
            count, end = count + 1, other.end
        return count

    def periods_before(self, token: Token, count: int) -> tuple[str, ...]:
        """2021年、2022年、2023年分别实现…: the words of the periods that stand in a row, when there are as many."""
        index = bisect_left(self.starts, token.start)
        spoken = [other for other in self.tokens[max(0, index - count) : index] if other.kind is Kind.PERIOD]
        gaps = (self.plain[one.end : other.start] for one, other in pairwise(spoken))
        if len(spoken) != count or not all(RUN.fullmatch(gap) for gap in gaps) or when.is_base(self.plain, spoken[0]):
            return ()
        return tuple(self.plain[other.start : other.end] for other in spoken)


def periods_said(sentence: list[Reading], count: int) -> tuple[Period, ...]:
    """一、二季度税收分别为5亿元、6亿元，利润分别为1亿元、2亿元: the times of the run before, when each figure of it had its own."""
    periods = tuple(reading.period for reading in sentence[-count:])
    of_one = len({reading.base for reading in sentence[-count:]}) == 1
    known = len(periods) == count and all(period.known for period in periods)
    return periods if of_one and known and len({period.key for period in periods}) == count else ()


def figures_before(sentence: list[Reading], count: int) -> tuple[str, ...]:
    """The phrases of the last levels of the sentence, when there are as many."""
    levels = [reading.base for reading in sentence[-40:] if reading.transformation in (T.LEVEL, T.TARGET)]
    bases = list(dict.fromkeys(levels))
    return tuple(bases[-count:]) if len(bases) >= count else ()


def subjects_before(sentence: list[Reading], count: int) -> tuple[str, ...]:
    """甲公司5亿元、乙公司3亿元，分别占10%、6%: whose the last levels of the sentence were, when each was another's."""
    levels = [reading for reading in sentence[-40:] if reading.transformation in (T.LEVEL, T.TARGET)][-count:]
    subjects = tuple(reading.subject for reading in levels)
    of_one = len({reading.base for reading in levels}) == 1
    return subjects if of_one and all(subjects) and len(set(subjects)) == count else ()


def deal_out(reading: Reading, phrases: tuple[str, ...]) -> None:
    """The first phrase to a figure, the others to those that follow it; none makes the figure doubtful."""
    if not phrases:
        reading.doubtful = UNEQUAL
        return
    reading.suffix = reading.label.removeprefix(reading.base) if reading.label.startswith(reading.base) else ""
    reading.also = phrases[1:]
    reading.base, reading.label = phrases[0], phrases[0] + reading.suffix
    reading.parent = "" if reading.parent == reading.base else reading.parent
