"""What is in force where a figure stands: section, paragraph, sentence, clause and bracket, kept as a stack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parkbook.periods import Period

_BOUNDARY = re.compile(r"[,，;；:。!?()\n]")
_HEADING_NUMBER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分)")
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、])?[^。\n]{2,44}\Z")
_PLAN = re.compile(r"计划|思路|打算|安排|目标任务|展望|预期目标|下步|下一步|规划|措施")
_REVIEW = re.compile(r"总结|成效|完成情况|工作情况|进展|回顾|及做法|主要工作")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two separators; `opened` and `closed` are the separators around it."""

    start: int
    end: int
    opened: str
    closed: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure inherits. A bracket works on a copy of the scope around it."""

    base: str = ""
    measure: str = ""
    topic: str = ""
    subject: str = ""
    place: str = ""
    parent: str = ""
    parent_unit: str = ""
    last_subject: str = ""
    period: Period | None = None
    target: str = ""
    estimated: bool = False
    comparison: str = ""

    def sentence(self) -> Scope:
        """A new sentence: what the paragraph holds stays."""
        return Scope(topic=self.base or self.topic, place=self.place, period=self.period, last_subject=self.subject or self.last_subject)

    def after_semicolon(self) -> Scope:
        return replace(self, topic=self.base or self.topic, base="", subject="", last_subject=self.subject or self.last_subject, estimated=False,
                       comparison="", target=self.target if self.target == "plan" else "")


@dataclass(slots=True)
class Section:
    """What the headings above say: a plan or a review, and of which year."""

    plan: bool = False
    period: Period | None = None
    year: int | None = None


_ASIDE = re.compile(r"\([^()\n]{1,24}\)")


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


def is_heading(line: str, has_figures: bool) -> bool:
    return not has_figures and _HEADING.match(line) is not None


def heading_is_plan(line: str, current: bool) -> bool:
    """Whether figures under a heading are plans; a sub-heading leaves it as it was."""
    if _REVIEW.search(line) and not re.search(r"明年|下一步|下步|下半年工作", line):
        return False
    if _HEADING_NUMBER.match(line) or len(line) < 20:
        return bool(_PLAN.search(line)) if _HEADING_NUMBER.match(line) else current or bool(re.search(r"工作(?:计划|思路|打算)", line))
    return current
