"""分别 and 依次: which of the names, phrases or periods before a run of figures each figure gets.

工业、服务业投资分别增长5%、6%            工业投资 5%, 服务业投资 6%
甲公司、乙公司分别纳税3000万元、2000万元   甲公司 3000万元, 乙公司 2000万元
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from parkbook.model import Comparison
from parkbook.model import Transformation as T
from parkbook.periods import Period
from parkbook.sources.text import when
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.reading import Reading

UNEQUAL = "“分别”所列的项数与数据个数不一致"
RUN = re.compile(r"(?:左右|以上|以下|上下)?[\s、和与及,，或]*(?:以及|和)?\s*")
TURNED = re.compile(
    r"[、和与及](?:同比|环比)?(?:(?P<down>下降|下滑|降低|减少|回落|下跌|下挫|萎缩|缩水|滑坡|降|跌)|增长|上升|提高|提升|增加|上涨|回升|反弹|增|升|涨)了?\s*"
)
"""分别增长5%、下降3%: the words between two values of one run."""
_HELD = re.compile(r"(?:[、和与及]|以及)(?:同比|环比|基本|大体|总体|均)*(?:持平|零增长)")
"""分别增长5%、持平、下降3%: the place of the second, which has no figure."""
_HELD_FIRST = re.compile(r"(?:分别|依次)?(?:同比|环比|基本)*(?:持平|零增长)(?=[、和与及]|\Z)")
_BOTH = re.compile(r"(?P<first>同比|环比)[、和与及](?P<second>同比|环比)")
_COMPARISONS = {"同比": Comparison.YOY, "环比": Comparison.MOM}


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of a line, to see which stand in a row with nothing but 、 and 和 between them."""

    plain: str
    tokens: list[Token]
    starts: list[int]

    def length(self, token: Token) -> int:
        """How many figures stand in a row from a figure on; 持平 holds a place among them."""
        count, end = held(self.plain, token.end)
        count += 1
        for other in self.tokens[bisect_left(self.starts, token.start) + 1 :][:60]:
            if not other.is_figure:
                break
            if not (RUN.fullmatch(self.plain, end, other.start) or TURNED.fullmatch(self.plain, end, other.start)):
                break
            places, end = held(self.plain, other.end)
            count += 1 + places
        return count

    def periods_before(self, token: Token, count: int) -> tuple[str, ...]:
        """2021年、2022年、2023年分别实现…: the words of the periods that stand in a row, when there are as many."""
        index = bisect_left(self.starts, token.start)
        spoken = [other for other in self.tokens[max(0, index - count) : index] if other.kind is Kind.PERIOD]
        gaps = (self.plain[one.end : other.start] for one, other in pairwise(spoken))
        if len(spoken) != count or not all(RUN.fullmatch(gap) for gap in gaps) or when.is_base(self.plain, spoken[0]):
            return ()
        return tuple(self.plain[other.start : other.end] for other in spoken)


def held(plain: str, start: int) -> tuple[int, int]:
    """How many places 持平 holds from behind a figure on, and where they end."""
    places = 0
    while (found := _HELD.match(plain, start)) is not None:
        places, start = places + 1, found.end()
    return places, start


def held_first(phrase: str) -> tuple[int, str]:
    """甲、乙投资分别持平、|增长5%: how many places are held before the first figure, and the phrase without them."""
    rest, places = _HELD_FIRST.subn("", phrase)
    return places, rest.rstrip("、和与及") if places else phrase


def passed(reading: Reading, places: int) -> Reading:
    """A reading whose next figure gets what is dealt out behind the places that are held."""
    return replace(
        reading,
        also=reading.also[places:],
        subjects=reading.subjects[places:],
        periods=reading.periods[places:],
        comparisons=reading.comparisons[places:],
    )


def comparisons(words: str) -> tuple[Comparison, ...]:
    """同比、环比分别增长: what each of two figures is compared with."""
    found = _BOTH.search(words)
    return (_COMPARISONS[found["first"]], _COMPARISONS[found["second"]]) if found is not None else ()


def periods_said(sentence: list[Reading], count: int) -> tuple[Period, ...]:
    """一、二季度税收分别为5亿元、6亿元，利润分别为1亿元、2亿元: the times of the run before, when each figure of it had its own."""
    periods = tuple(reading.period for reading in sentence[-count:])
    of_one = len({reading.base for reading in sentence[-count:]}) == 1
    known = len(periods) == count and all(period.known for period in periods)
    return periods if of_one and known and len({period.key for period in periods}) == count else ()


def figures_before(sentence: list[Reading], count: int) -> tuple[str, ...]:
    """The phrases of the last levels of the sentence, when there are as many, and they are no end of a longer run."""
    levels = [reading for reading in sentence[-40:] if reading.transformation in (T.LEVEL, T.TARGET)]
    bases = tuple(dict.fromkeys(reading.base for reading in levels))[-count:]
    if len(bases) < count:
        return ()
    first = next(index for index, reading in enumerate(levels) if reading.base == bases[0])
    return () if first and _are_of_one_run(levels[first - 1], levels[first]) else bases


def _are_of_one_run(one: Reading, other: Reading) -> bool:
    """软件3亿元、硬件5亿元: whether two figures are of one list."""
    if one.also or one.subjects:
        return True
    return other.begin == one.token.end and one.token.found.string.startswith(("、", "和", "与", "及"), one.token.end)


def subjects_before(sentence: list[Reading], count: int) -> tuple[str, ...]:
    """甲公司5亿元、乙公司3亿元，分别占10%、6%: whose the last levels of the sentence were, when each was another's."""
    told = [reading for reading in sentence[-40:] if reading.transformation in (T.LEVEL, T.TARGET)]
    levels = told[-count:]
    if len(told) > count and _are_of_one_run(told[-count - 1], levels[0]):
        return ()
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
