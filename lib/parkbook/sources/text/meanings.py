"""What words of time mean where they stand: 今年, 当月, 本季度, 同年, 目前.

今年1—5月 in a report on May    January to May of the year of the report
8月投产，当月…                  August
同年                           the year of what was told before
"""

from __future__ import annotations

import re

from parkbook.periods import (
    Basis,
    Month,
    Period,
    PeriodStatus,
    month_period,
    span_period,
    unknown_period,
    year_period,
    ytd_period,
)
from parkbook.sources.text import when
from parkbook.sources.text.around import Document
from parkbook.sources.text.scope import Scope

NOW = frozenset({"目前", "当前", "截至目前", "截止目前"})
THIS_MONTH = frozenset({"当月", "本月", "单月"})
THIS_YEAR = ("今年", "本年")
THIS_YEAR_SO_FAR = frozenset({"今年", "本年", "本年度", "今年以来", "本年以来", "本年度以来", "今年同期", "本年同期"})
OF_THE_SPEAKER = ("今年", "本年", "去年", "明年", "前年")
"""Years told from when the text was written; 上年 is told from the year spoken of."""
_RELATIVE = frozenset({"第二年", "次年", "翌年", "同年"})
_PLANNED = re.compile(
    r"(?:全区|园区|我们|我区|还|共|内|度|,|，)*(?:计划|安排|将|要|力争|确保|目标|拟|预期|预算|须|需|必须)"
)
_END_OF_YEAR = ("岁末", "岁尾", "年终", "年末将至", "岁月更替")
"""What a newspaper says where the year told as a whole is the one in which it writes."""


class Meanings:
    """Words of time, from what the line has said so far: `year`, the span of the `paragraph`, the last `event`."""

    document: Document
    plain: str
    start: int
    year: int | None
    paragraph: Period | None
    said: Period | None
    event: int | None
    event_month: int | None
    event_told: bool

    def _base_year(self) -> int | None:
        """The year that 今年 is."""
        return self.document.section.year or self.document.year

    def _is_dated_here(self) -> bool:
        """Whether the line itself says the document's year; nothing before it tells of what time the document is."""
        return self.document.year is None or self.document.since >= self.start

    def meant(self, words: str, scope: Scope, end: int = 0) -> Period | None:
        """The period of words where they stand; None for what is said of the time that the document is of."""
        if words == "年初":
            return self._this_year("今年以来", end) if self.plain.startswith("以来", end) else unknown_period(words)
        if words in NOW:
            if self.document.masked:
                return unknown_period(words)
            if self.paragraph is not None and self.paragraph.text.startswith(("到", "至")) and is_year(self.paragraph):
                return unknown_period(words)  # 到2025年，产值达9亿元。目前产值6亿元
            around = self.paragraph or self.document.section.period
            return unknown_period(words) if around is None and self._is_dated_here() else self.paragraph
        if words in THIS_MONTH or words == "上月":
            return self._this_month(words, scope)
        if words.startswith(("本季", "当季")):
            return self._this_quarter(words)
        if words in _RELATIVE or (words == "当年" and self.event_told):
            if self.event is None:
                around = (scope.period or self.said or self.paragraph) if words == "同年" else None
                return unknown_period(words) if around is None or around.end is None else year_period(around.end.year)
            if words == "当年" and self.event == self._base_year() and self.document.section.period is not None:
                return None
            return year_period(self.event + (words not in ("同年", "当年")))
        if words in THIS_YEAR_SO_FAR or words == f"{self._base_year()}年以来":
            return self._this_year(words, end)
        if not words.startswith(OF_THE_SPEAKER):
            return when.resolve(words, self.year)
        year = self._base_year() or self.year
        later = words.startswith(THIS_YEAR) and year is not None and self._is_over(year)
        return when.resolve(words, year + 1 if year is not None and later else year)

    def _is_over(self, year: int) -> bool:
        """2023年产值60亿元。今年1—4月…: a year told as a whole is not 今年, but in a report that its title dates."""
        told = (reading.period for reading in self.document.readings[:40])
        ending = any(word in self.plain[:600] for word in _END_OF_YEAR)
        return not (self.document.titled or ending) and any(
            period.status is PeriodStatus.STATED and is_year(period) and period.end == Month(year, 12)
            for period in told
        )

    def _this_month(self, words: str, scope: Scope) -> Period:
        """当月 is the last month of the span spoken of; behind 9月投产 it is September."""
        if words == "当月" and self.event_told and self.event_month is not None and self.event is not None:
            return month_period(self.event, self.event_month)
        for span in (scope.period, self.paragraph, self.document.section.period):
            if span is not None and span.end is not None and not is_year(span):
                month = span.end.shift(-1 if words == "上月" else 0)
                found = month_period(month.year, month.month)
                return Period(found.start, found.end, found.basis, PeriodStatus.INFERRED, words)
        return unknown_period(words)

    def _this_quarter(self, words: str) -> Period:
        """本季度 is the last quarter of the span that the report is of."""
        for span in (self.document.section.period, self.paragraph):
            if span is not None and span.end is not None and span.end.month % 3 == 0:
                found = span_period(span.end.year, span.end.month - 2, span.end.month)
                return Period(found.start, found.end, found.basis, PeriodStatus.INFERRED, words)
        return unknown_period(words)

    def _this_year(self, words: str, end: int) -> Period:
        """今年 is the span of the section, from January; what is planned for it is of the year.

        In a report that hides its months it says nothing.
        """
        section, year = self.document.section.period, self._base_year() or self.year
        planned = (
            end
            and not words.endswith("以来")
            and (
                _PLANNED.match(self.plain, end) or self.plain.startswith(("预计", "力争", "有望"), end - len(words) - 2)
            )
        )
        if section is not None and section.end is not None and not planned and section.end.year == year:
            span = section
            if section.start is not None and section.start.month != 1 and section.basis is not Basis.POINT:
                span = ytd_period(section.end.year, section.end.month)
            return Period(span.start, span.end, span.basis, PeriodStatus.INFERRED, words)
        if section is not None and not planned:
            return Period(section.start, section.end, section.basis, PeriodStatus.INFERRED, words)
        return unknown_period(words) if self.document.masked else when.resolve("今年", year)


def is_year(period: Period) -> bool:
    return (
        period.start is not None
        and period.end is not None
        and (period.start, period.end) == (Month(period.end.year, 1), Month(period.end.year, 12))
    )
