"""Walks a document line by line: its year, its headings, and the figures of every line."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from parkbook.periods import Period, PeriodStatus, unknown_period, year_period
from parkbook.sources.text import aims, spoken, when
from parkbook.sources.text.bare import BARE
from parkbook.sources.text.document_year import is_date_line, said_at
from parkbook.sources.text.lex import Token
from parkbook.sources.text.line import LineReader
from parkbook.sources.text.opening import owners
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Section, heading_is_plan, heading_level, is_heading, is_of_review, number_level

_JOINED = re.compile(r"[及和与]\Z")


_ENDS_SENTENCE = ("。", "；", ";", "：", ":", "，", "、")
_LONGEST_TITLE = 36
_TITLE_LINES = 8
_OPENING = 400


@dataclass(slots=True)
class Walker:
    """Reads one document; `readings` grow.

    `year` completes 上半年; `default` is the period of figures for which nothing nearer says one: the document's year, but
    not in a report that hides its months (`masked`), for nobody knows what span that one covers, and not of figures
    in front of the place where the year is first said (`since`), nor behind the paragraph (`until`) where that is not the
    title. `own` are the names of the park that the document is about.
    """

    original: str
    plain: str
    tokens: list[Token]
    year: int | None
    readings: list[Reading] = field(default_factory=list)
    section: Section = field(default_factory=Section)
    default: Period = field(default_factory=unknown_period)
    masked: bool = False
    since: int = 0
    until: int = 0
    own: tuple[str, ...] = ()
    running: Period | None = None
    spoken: bool = False
    reports: bool = False
    told: bool = False
    titled: bool = False
    outer: list[tuple[int, Period | None, int | None]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)

    def walk(self) -> None:
        self.starts = [token.start for token in self.tokens]
        self.section.year = self.year
        self.masked = when.has_masked_months(self.plain)
        self.since = self._since()
        self.until = self._until()
        self.own = self._own()
        head = self.plain[: self._first_figure_line()][:240]
        self.spoken, self.reports = when.is_spoken(head), when.is_report(head)
        self.told = when.is_told(head)
        dated = not self.told or self._tells_of_year()
        self.told = self.told or when.is_told(self.plain[:160])
        if self.year is not None and not self.masked and dated:
            whole = year_period(self.year)
            self.default = Period(whole.start, whole.end, whole.basis, PeriodStatus.INFERRED, f"{self.year}年")
        start = 0
        while start < len(self.plain):
            end = self._line_end(start)
            self._read_line(start, end)
            start = end + 1

    def _tells_of_year(self) -> bool:
        """Whether the year that a newspaper's text first speaks of is the one that its date is in."""
        told = (self.plain[token.start : token.start + 5] for token in self.tokens if token.rule == "报告期")
        return next((words for words in told if words[:4].isdecimal()), "") == f"{self.year}年"

    def _since(self) -> int:
        """Where the year is said first; a line without figures (a title, the date at the end) says it for all."""
        place = said_at(self.plain, self.year)
        start, end = self.plain.rfind("\n", 0, place) + 1, self._line_end(place)
        figures = bisect_left(self.starts, start), bisect_left(self.starts, end)
        self.titled = not any(token.is_figure for token in self.tokens[slice(*figures)])
        return 0 if self.titled else place

    def _until(self) -> int:
        """Where the year ends that is said at `since`: a title speaks for the document, a sentence for its paragraph."""
        end = self._line_end(self.since)
        figures = any(token.is_figure for token in self.tokens[: bisect_left(self.starts, end)])
        return end if figures else len(self.plain)

    def _own(self) -> tuple[str, ...]:
        """The names of the park that the lines in front of the text are about; a line that ends like a sentence is none of them."""
        title: list[str] = []
        start = 0
        while start < len(self.plain) and len(title) < _TITLE_LINES:
            end = self._line_end(start)
            line = self.plain[start:end].strip()
            figures = bisect_left(self.starts, start), bisect_left(self.starts, end)
            figured = any(token.is_figure for token in self.tokens[slice(*figures)])
            if figured and (title or line.endswith(_ENDS_SENTENCE) or len(line) > _LONGEST_TITLE):
                break
            if end == len(self.plain) or "。" in line or (title and heading_level(line) < 3):
                break
            if line and not line.endswith(_ENDS_SENTENCE):
                title.append(line)
            start = end + 1
        return owners(title, self.plain[start : start + _OPENING])

    def _line_end(self, start: int) -> int:
        """The end of a line; a line end inside a figure is none."""
        end = self.plain.find("\n", start)
        while end >= 0:
            index = bisect_left(self.starts, end) - 1
            if index < 0 or self.tokens[index].end <= end:
                return end
            end = self.plain.find("\n", self.tokens[index].end)
        return len(self.plain)

    def _read_line(self, start: int, end: int) -> None:
        tokens = self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        if any(token.is_figure or token.rule == BARE for token in tokens):
            level = number_level(self.plain[start : start + 12])
            if level:
                self._leave_places(level)
                aims.leave(self.section, level, False)
            LineReader(self, start, end, tokens).read()
            if level and end - start < 40 and is_heading(self.plain[start:end]):
                self._head_place(self.plain[start:end])
        elif end - start < 120 and (announced := when.announced(self.plain, start, end)) is not None:
            self._read_heading(announced, end, [token for token in tokens if token.start >= announced], True)
        elif (end - start < 60 and is_heading(self.plain[start:end])) or self._is_title(start, end):
            self._read_heading(start, end, tokens)
        elif self.spoken:
            self._hear_year(tokens)

    def _leave_places(self, level: int) -> None:
        """A heading ends those of its level and below; one without a number all."""
        while self.places and self.places[-1][0] >= level:
            self.places.pop()
        self.section.place = self.places[-1][1] if self.places else ""

    def _head_place(self, line: str) -> None:
        """（三）启航片区: whom a section is about."""
        level = number_level(line)
        self._leave_places(level)
        place = spoken.headed(line)
        if place:
            self.places.append((level or 1, place))
            self.section.place = place

    def _first_figure_line(self) -> int:
        """Where the line begins that has the first figure."""
        first = next((token.start for token in self.tokens if token.is_figure), len(self.plain))
        return self.plain.rfind("\n", 0, first) + 1

    def _is_title(self, start: int, end: int) -> bool:
        """A long title, and 现将2024年上半年情况汇报如下 in front of all figures."""
        line = self.plain[start:end]
        return not self.readings and end - start < 100 and "。" not in line and line.strip() != ""

    def _hear_year(self, tokens: list[Token]) -> None:
        """今年怎么干？ in a speech: the year of what follows."""
        for token in tokens:
            if token.rule == "报告期" and not when.is_base(self.plain, token):
                found = when.resolve(self.plain[token.start : token.end], self.year)
                if found.end is not None and found.key == year_period(found.end.year).key:
                    self.running = found

    def _read_heading(self, start: int, end: int, tokens: list[Token], announced: bool = False) -> None:
        """一、2024年上半年重点工作: the section's year and span, and whether its figures are plans.

        `announced`: 现将1—9月情况报告如下, which is of the whole document.
        """
        line = self.plain[start:end]
        self.section.plan = heading_is_plan(line, self.section.plan)
        aims.hear_heading(self.section, line, not self.readings)
        self._head_place(line)
        level = heading_level(line) if self.readings or self.section.period is not None else 0
        if announced:
            level, self.outer = 0, []
        if not is_of_review(line):
            while self.outer and self.outer[-1][0] >= level:
                _, self.section.period, self.section.year = self.outer.pop()
        if self.spoken and self.readings:
            self._hear_year(tokens)
        if self.spoken or is_date_line(line, self.plain[:start]) or (not self.readings and when.is_issue_line(line)):
            return
        for token in tokens:
            if token.rule != "报告期" or when.is_base(self.plain, token):
                continue
            if when.is_event(self.plain, token.start, token.end):
                continue
            if level and _JOINED.search(self.plain, start, token.start):  # 存在问题及下半年安排 has figures of both
                return
            found = when.resolve(self.plain[token.start : token.end], self.year)
            if found.end is not None:
                if level:
                    self.outer.append((level, self.section.period, self.section.year))
                self.section.year = found.end.year
                if not when.is_number(self.plain, token.end) and not (
                    self.masked and found.key == year_period(found.end.year).key
                ):
                    self.section.period = Period(found.start, found.end, found.basis, PeriodStatus.INFERRED, found.text)
            return
