"""What is in force where a figure stands: section, paragraph, sentence, clause and bracket, kept as a stack."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from parkbook.periods import Period
from parkbook.sources.text.lex import Token
from parkbook.sources.text.parts import Parts, Stated, Whole, named_wholes, opened, whole_name

_BOUNDARY = re.compile(r"[,，;；:。!?()\n]")
_ITEMS = "二三四五六七八九"
_ALWAYS = "；!?"
"""Separators even inside a token."""
_ASIDE = re.compile(r"\([^()\n]{1,24}\)")
_HEADING_NUMBER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分)")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、])?[^。\n]{2,44}\Z"
)
_PLAN = re.compile(r"计划|思路|打算|安排|目标任务|展望|预期目标|下步|下一步|规划|措施")
_REVIEW = re.compile(r"总结|成效|完成情况|工作情况|进展|回顾|及做法|主要工作")
_AHEAD = re.compile(r"明年|下一步|下步|下半年工作")
_PLAN_TITLE = re.compile(r"工作(?:计划|思路|打算)")


@dataclass(slots=True)
class Clause:
    """A stretch between two separators; `opened` and `closed` are the separators around it."""

    start: int
    end: int
    opened: str
    closed: str


@dataclass(slots=True)
class Unheard:
    """A subject that nobody has asked for yet: `seek` finds the name that a clause says; where it says none, `before` holds.

    Most clauses without figures are about something that no figure behind them is of: looking for a name in each of them would
    take a third of the time that a report takes.
    """

    seek: Callable[[], str]
    before: Said


Said = str | Unheard | tuple["Said", "Said"]
"""A subject: its name, one to be sought, or the first of two that is any."""


def _name_of(said: Said) -> str:
    """The name that is meant; empty when there is none."""
    open_ones = [said]
    while open_ones:
        said = open_ones.pop()
        if isinstance(said, Unheard):
            open_ones += [said.before, said.seek()]
        elif isinstance(said, tuple):
            open_ones += reversed(said)
        elif said:
            return said
    return ""


@dataclass(slots=True)
class Scope:
    """What a figure inherits. A bracket works on a copy of the scope around it.

    `base` is the phrase the last figure of the sentence was of, `topic` one named without a figure, `measure` the last phrase
    that says what is measured, `host` the one subject of the sentence before, `place` the project or park that a paragraph
    is about, `region` the whole that shares were last of, `left` the parts that ended with what was
    said of one of them; `said` is whose the figures are, `said_before` who was named before,
    `deed` what was said of the last name, `announced` whether a colon behind 企业, 项目 and the like says that names follow,
    `rival` whether the subject is one compared with, `around_items` is whose the list 一是…；二是… is,
    `due`: whether a date was named by which something is (到2025年，…；…), so that targets are targets up to the full stop,
    `sector`: the line of business whose course was told (光电子产业增势强劲，…), `ahead`: whether its section or
    paragraph is of what is to come, `coming`: a time to come was named, `fact`: what is was told,
    `by_kind` whether 分行业看 and the like say that kinds of business do.
    """

    base: str = ""
    measure: str = ""
    topic: str = ""
    said: Said = ""
    said_before: Said = ""
    host: str = ""
    place: str = ""
    region: str = ""
    parent: str = ""
    parts: Parts | None = None
    left: Parts | None = None
    stated: tuple[Stated, ...] = ()
    earlier: tuple[Stated, ...] = ()
    separator: str = ""
    period: Period | None = None
    target: str = ""
    listed_targets: bool = False
    estimated: bool = False
    comparison: str = ""
    announced: bool = False
    by_kind: bool = False
    ahead: str = ""
    coming: bool = False
    fact: bool = False
    rival: bool = False
    around_items: Said = ""
    deed: str = ""
    sector: str = ""
    due: bool = False

    @property
    def subject(self) -> str:
        """Whose the figures are that follow."""
        if not isinstance(self.said, str):
            self.said = _name_of(self.said)
        return self.said

    @subject.setter
    def subject(self, name: str) -> None:
        self.said = name

    @property
    def last_subject(self) -> str:
        """The one named last, in whatever sentence of the paragraph."""
        if not isinstance(self.said_before, str):
            self.said_before = _name_of(self.said_before)
        return self.said_before

    @property
    def just_said(self) -> str:
        """Whom the last clause without figures named; empty where it named nobody."""
        said = self.said
        if not isinstance(said, Unheard):
            return ""
        name = said.seek()
        if name:
            self.said = name
        return name

    def _last_said(self) -> Said:
        """`subject or last_subject`, without looking for either."""
        if isinstance(self.said, str):
            return self.said or self.said_before
        return (self.said, self.said_before) if self.said_before else self.said

    def copy(self) -> Scope:
        return copy.copy(self)

    def next_sentence(self, period: Period | None, host: str) -> Scope:
        """What the paragraph holds stays; `host`: whose all figures of this sentence were."""
        following = Scope("", "", self.base or self.topic, "", self._last_said(), host, self.place, self.region)
        following.earlier, following.period, following.ahead = self.stated, period, self.ahead
        following.sector = "" if self.base else self.sector
        return following

    def begin_item(self, words: str) -> None:
        """一是…；二是…: whoever is named in an item is not spoken of in the next."""
        if words[0] == "一":
            self.around_items = self.said
        elif words[0] in _ITEMS:
            self.said = self.around_items

    def pass_semicolon(self) -> None:
        """Another item of the same sentence: its own phrase; the subject stays until another is named, but for one of the parts."""
        self.topic, self.base = self.base or self.topic, ""
        self.said_before = self._last_said()
        if self.parts is not None:
            self.parts = replace(self.parts, passed=True)
        self.estimated, self.comparison, self.fact, self.sector = False, "", False, ""
        if not self.listed_targets and not self.due:
            self.target = ""

    def open_parts(self) -> None:
        """其中: what follows is part of what was named last."""
        stated = self.stated or (self.earlier if not self.base else ())
        wholes = named_wholes(stated) or (Whole(whole_name(self.base or self.topic), ""),)
        self.parts = opened(self.parts, wholes, self.subject)
        self.parent = self.parts.wholes[-1].base

    def close_parts(self) -> None:
        """The whole speaks again, with the subject that it had."""
        if self.parts is not None:
            self.subject = self.parts.outer
        self.parts, self.parent = None, ""


@dataclass(slots=True)
class Section:
    """What the headings above say: a plan or a review, of which year, and of whom (`place`).

    `aims`: the level of the heading under which all is to come, or None; `plans`: whether the whole document is.
    """

    plan: bool = False
    aims: int | None = None
    plans: bool = False
    period: Period | None = None
    year: int | None = None
    place: str = ""


def _asides(plain: str, start: int, end: int, tokens: list[Token]) -> set[int]:
    """Brackets without figures (含国标和市标): their signs separate nothing."""
    found: set[int] = set()
    if plain.find("(", start, end) < 0:
        return found
    figures = [token.start for token in tokens if token.is_figure]
    for aside in _ASIDE.finditer(plain, start, end):
        if not any(aside.start() < place < aside.end() for place in figures):
            found.update(range(aside.start(), aside.end()))
    return found


def clauses(plain: str, start: int, end: int, tokens: list[Token]) -> Iterator[tuple[Clause, int]]:
    """The clauses of a line, and how many of its tokens begin before the end of each; signs inside tokens (4,560) are none."""
    opened, begin, pointer, count = "", start, 0, len(tokens)
    asides = _asides(plain, start, end, tokens)
    following = tokens[0].start if tokens else end
    for mark in _BOUNDARY.finditer(plain, start, end):
        place = mark.start()
        sign = plain[place]
        while following < place:
            pointer += 1
            following = tokens[pointer].start if pointer < count else end
        inside = following == place or (pointer and tokens[pointer - 1].end > place)
        if (inside and sign not in _ALWAYS) or place in asides:
            continue
        yield Clause(begin, place, opened, sign), pointer
        opened, begin = sign, place + 1
    yield Clause(begin, end, opened, ""), count


def is_heading(line: str) -> bool:
    """Whether a line without figures heads a section."""
    return _HEADING.match(line) is not None


def heading_is_plan(line: str, current: bool) -> bool:
    """Whether figures under a heading are plans; a sub-heading leaves it as it was."""
    if _REVIEW.search(line) and not _AHEAD.search(line):
        return False
    if _HEADING_NUMBER.match(line):
        return _PLAN.search(line) is not None
    return current or (len(line) < 20 and _PLAN_TITLE.search(line) is not None)


_LEVELS = (
    (1, re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分)")),
    (2, re.compile(r"\s*[(][一二三四五六七八九十]{1,3}[)]")),
)
_OF_REVIEW = re.compile(r"做法|亮点|特点|成效|完成情况|主要工作|问题|不足|短板|困难|差距|形势|体会|经验")


def heading_level(line: str) -> int:
    """1 for 一、, 2 for （一）, 3 for what has no such number."""
    return next((level for level, pattern in _LEVELS if pattern.match(line)), 3)


_NUMBERED = (
    (1, re.compile(rf"{_LEVELS[0][1].pattern}(?![二三四五六七八九十]{{1,2}}[期季类产号级、])")),
    _LEVELS[1],
    (3, re.compile(r"\s*(?:\d{1,2}[.、](?!\d)|(?:典型|企业|项目)?案例)")),
    (4, re.compile(r"\s*(?:[(]\d{1,2}[)]|[①-⑳])")),
)


def number_level(line: str) -> int:
    """1 for 一、, 2 for （一）, 3 for 1., 4 for (1); 0 for what has no number."""
    return next((level for level, pattern in _NUMBERED if pattern.match(line)), 0)


def is_of_review(line: str) -> bool:
    """Whether a section looks back on the one before it (存在问题): it is of the same time."""
    return _OF_REVIEW.search(line) is not None
