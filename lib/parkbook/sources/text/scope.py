"""What is in force where a figure stands: section, paragraph, sentence, clause and bracket, kept as a stack."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parkbook.periods import Period
from parkbook.sources.text.parts import Parts, Whole, opened, whole_name

_BOUNDARY = re.compile(r"[,，;；:。!?()\n]")
_ASIDE = re.compile(r"\([^()\n]{1,24}\)")
_HEADING_NUMBER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分)")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、])?[^。\n]{2,44}\Z"
)
_PLAN = re.compile(r"计划|思路|打算|安排|目标任务|展望|预期目标|下步|下一步|规划|措施")
_REVIEW = re.compile(r"总结|成效|完成情况|工作情况|进展|回顾|及做法|主要工作")
_AHEAD = re.compile(r"明年|下一步|下步|下半年工作")
_PLAN_TITLE = re.compile(r"工作(?:计划|思路|打算)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two separators; `opened` and `closed` are the separators around it."""

    start: int
    end: int
    opened: str
    closed: str


@dataclass(slots=True)
class Scope:
    """What a figure inherits. A bracket works on a copy of the scope around it.

    `base` is the phrase the last figure of the sentence was of, `topic` one named without a figure, `measure` the last phrase
    that says what is measured, `host` the one subject of the sentence before, `place` the project or park that a paragraph
    is about, `region` the whole that shares were last of, `announced`: whether a colon behind 企业, 项目 and the like says that names
    follow, `said` what was said of the last name.
    """

    base: str = ""
    measure: str = ""
    topic: str = ""
    subject: str = ""
    last_subject: str = ""
    host: str = ""
    place: str = ""
    region: str = ""
    parent: str = ""
    parts: Parts | None = None
    wholes: tuple[Whole, ...] = ()
    earlier: tuple[Whole, ...] = ()
    separator: str = ""
    period: Period | None = None
    target: str = ""
    listed_targets: bool = False
    estimated: bool = False
    comparison: str = ""
    announced: bool = False
    said: str = ""

    def copy(self) -> Scope:
        return copy.copy(self)

    def next_sentence(self, period: Period | None, host: str) -> Scope:
        """What the paragraph holds stays; `host`: whose all figures of this sentence were."""
        return Scope(
            topic=self.base or self.topic,
            place=self.place,
            region=self.region,
            earlier=self.wholes,
            period=period,
            last_subject=self.subject or self.last_subject,
            host=host,
        )

    def pass_semicolon(self) -> None:
        """Another item of the same sentence: its own phrase; the subject stays until another is named, but for one of the parts."""
        self.topic, self.base = self.base or self.topic, ""
        self.last_subject = self.subject or self.last_subject
        if self.parts is not None:
            self.parts = replace(self.parts, passed=True)
        self.estimated, self.comparison = False, ""
        if not self.listed_targets:
            self.target = ""

    def open_parts(self) -> None:
        """其中: what follows is part of what was named last."""
        wholes = self.wholes or self.earlier or (Whole(whole_name(self.base or self.topic), ""),)
        self.parts = opened(self.parts, wholes, self.subject)
        self.parent = self.parts.wholes[-1].base

    def close_parts(self) -> None:
        """The whole speaks again, with the subject that it had."""
        if self.parts is not None:
            self.subject = self.parts.outer
        self.parts, self.parent = None, ""


@dataclass(slots=True)
class Section:
    """What the headings above say: a plan or a review, and of which year."""

    plan: bool = False
    period: Period | None = None
    year: int | None = None


def asides(plain: str, start: int, end: int, figures: list[int]) -> set[int]:
    """Brackets without figures (含国标和市标): their signs separate nothing."""
    found: set[int] = set()
    for aside in _ASIDE.finditer(plain, start, end):
        if not any(aside.start() < place < aside.end() for place in figures):
            found.update(range(aside.start(), aside.end()))
    return found


def clauses(plain: str, start: int, end: int, covered: set[int]) -> Iterator[Clause]:
    """The clauses of a stretch; separators inside tokens (4,560) are none."""
    opened, begin = "", start
    for mark in _BOUNDARY.finditer(plain, start, end):
        if mark.start() in covered:
            continue
        yield Clause(begin, mark.start(), opened, mark[0])
        opened, begin = mark[0], mark.end()
    yield Clause(begin, end, opened, "")


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
