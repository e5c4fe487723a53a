"""Reads one line of a text, clause by clause: periods, topics and brackets are heard, figures become readings.

完成固定资产投资30亿元（其中工业投资18亿元），增长5%
30亿元 level 固定资产投资 | 18亿元 level 工业投资, parent 固定资产投资 | 5% growth 固定资产投资
"""

from __future__ import annotations

import re

from parkbook.model import Transformation
from parkbook.sources.text import aims, bare, heads, items, spoken, stretch
from parkbook.sources.text.around import Document, Place
from parkbook.sources.text.dealing import Row
from parkbook.sources.text.figure import FigureReader
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.scope import Clause, Scope, clauses
from parkbook.sources.text.values import AMOUNT, COUNT

_PERIOD = Kind.PERIOD
_LEVEL = Transformation.LEVEL
_ENDS = ("。", "!", "?", "\n")
_GOING_ON = frozenset(",，:(")
"""Signs between clauses that end nothing."""
_FIRST_WORDS = re.compile(r"[^,，:：。;；]{2,12}[:：]")


class LineReader:
    """The clauses of one line; `figures` holds what they say for its figures."""

    def __init__(self, document: Document, start: int, end: int, tokens: list[Token]) -> None:
        self.document, self.plain, self.start, self.end = document, document.plain, start, end
        self.tokens = bare.promoted(self.plain, start, end, tokens)
        row = Row(self.plain, self.tokens, [token.start for token in self.tokens])
        self.figures = FigureReader(document, start, row)
        self.namer, self.clock, self.stack = self.figures.namer, self.figures.clock, self.figures.stack

    @property
    def scope(self) -> Scope:
        return self.namer.scope

    def read(self) -> None:
        self.scope.ahead = "" if self.document.section.aims is None else "section"
        tokens = self.tokens
        first, count = 0, len(tokens)
        last = count
        while last and not tokens[last - 1].is_figure:
            last -= 1
        self._take_up()
        self.scope.place = spoken.headed_with_capacity(self.plain, self.start, self.end) or self.scope.place
        for clause, pointer in clauses(self.plain, self.start, self.end, tokens):
            if clause.opened == "(":
                self.stack.append(self.scope.copy())
            self._read_clause(clause, tokens[first:pointer], pointer < last)
            if pointer == count:
                return
            if clause.closed not in _GOING_ON:
                self._leave(clause)
            first = pointer

    def _take_up(self) -> None:
        """从产业分布看：… at the beginning of a paragraph: parts of what the paragraph before stated."""
        first = _FIRST_WORDS.match(self.plain, self.start, self.end)
        if first is None or not self.document.readings or not heads.opens(first[0]):
            return
        self.scope.earlier = tuple(
            ("", reading.base, reading.quantity.unit.unit.measure)
            for reading in self.document.readings[-20:]
            if reading.transformation is _LEVEL and not reading.parent and reading.quantity.unit.kind in (AMOUNT, COUNT)
        )

    def _leave(self, clause: Clause) -> None:
        scope, closed = self.namer.scope, clause.closed
        if closed == ")" and self.stack:
            self.namer.scope = self.stack.pop()
        elif closed in _ENDS:
            self.stack.clear()
            self.clock.end_sentence(scope)
            self.namer.scope = scope.next_sentence(self.clock.paragraph, items.host(self.namer.sentence))
            self.namer.sentence = []
            self.figures.dealer.pending = ()
        elif closed in (";", "；") and not self.stack:
            if len(self.figures.dealer.pending) > 1 and scope.subject in self.figures.dealer.pending:
                scope.subject = ""
            scope.pass_semicolon()
            self.clock.pass_semicolon(scope)
            self.namer.sentence = self.namer.sentence[-4:]

    def _read_clause(self, clause: Clause, tokens: list[Token], more: bool) -> None:
        """`more`: whether figures of the line follow; without any, words that are not of a figure matter to nothing."""
        scope = self.namer.scope
        if not tokens:
            self.clock.begin_clause(clause, clause.end, scope)
            if more:
                self._read_plain_clause(clause, tokens)
            return
        figures = [token.start for token in tokens if token.is_figure]
        self.clock.begin_clause(clause, figures[0] if figures else clause.end, scope)
        begin, read = clause.start, 0
        for token in tokens:
            if token.is_figure:
                read += 1
                following = figures[read] if read < len(figures) else clause.end
                self.figures.read(token, Place(clause, begin, following))
                begin = token.end
            elif token.kind is _PERIOD:
                aims.hear_time(scope, self.plain, token, clause, self.document.section, self.document.year)
                self.clock.hear(token, clause, begin, bool(figures), scope, bool(self.stack))
        if more and not figures:
            self._read_plain_clause(clause, tokens)

    def _read_plain_clause(self, clause: Clause, tokens: list[Token]) -> None:
        """A clause without figures: its modality, its topic, its subject, what it compares with."""
        if tokens:
            words, cut = stretch.spoken(self.plain, clause.start, clause.end, tokens)
        else:
            words, cut = self.plain[clause.start : clause.end], 0
        if words.startswith("该"):
            self.figures.take_up_name(words, clause.start)
        if not spoken.hear(self.namer.scope, clause, words, self.plain, self.document.readings, cut) and "、" in words:
            self.figures.dealer.hear_row(words)
