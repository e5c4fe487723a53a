"""Walks a text clause by clause and says of every figure what it is, of what, of whom and when.

    完成固定资产投资30亿元（其中工业投资18亿元），增长5%
    30亿元 level 固定资产投资 | 18亿元 level 工业投资, parent 固定资产投资 | 5% growth 固定资产投资
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from parkbook.model import Comparison, ObsStatus, Qualifier, ScopeBasis, TargetKind, Transformation
from parkbook.periods import Basis, Period, PeriodStatus, unknown_period, year_period
from parkbook.sources.text import attach, grammar, phrases, when
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.scope import Clause, Scope, Section, asides, clauses, heading_is_plan, is_heading
from parkbook.sources.text.values import NO_UNIT, Quantity, UnitClass, read_quantity

RUN = re.compile(r"[\s、和与及,，或]*(?:以及|和)?\s*")
SOFT_RUN = re.compile(r"[\s、和与及,，]{0,3}")


@dataclass(slots=True)
class Reading:
    """One figure with all that its surroundings say about it."""

    token: Token
    quantity: Quantity
    rule: str
    transformation: Transformation
    comparison: Comparison | None
    direction: int
    label: str
    base: str
    subject: str
    parent: str
    period: Period
    status: ObsStatus
    qualifier: Qualifier
    target_kind: TargetKind | None = None
    rank_scope: str = ""
    base_period: str = ""
    scope_basis: ScopeBasis | None = None
    words: str = ""
    doubtful: str = ""
    also: tuple[str, ...] = ()
    suffix: str = ""
    begin: int = 0


@dataclass(slots=True)
class Walker:
    """Reads one document; `readings` and `dismissed` (tokens that turned out to be no figures, with the reason) grow."""

    original: str
    plain: str
    tokens: list[Token]
    year: int | None
    readings: list[Reading] = field(default_factory=list)
    dismissed: dict[int, str] = field(default_factory=dict)
    section: Section = field(default_factory=Section)
    default: Period = field(default_factory=unknown_period)
    masked: bool = False
    _starts: list[int] = field(default_factory=list)

    def walk(self) -> None:
        self._starts = [token.start for token in self.tokens]
        self._read_title()
        line_start = 0
        while line_start < len(self.plain):
            line_end = self._line_end(line_start)
            self._read_line(line_start, line_end)
            line_start = line_end + 1

    def _line_end(self, start: int) -> int:
        """The end of a line; a line end inside a figure is none."""
        end = self.plain.find("\n", start)
        while end >= 0:
            index = bisect_left(self._starts, end) - 1
            if index < 0 or self.tokens[index].end <= end:
                return end
            end = self.plain.find("\n", self.tokens[index].end)
        return len(self.plain)

    def _tokens_in(self, start: int, end: int) -> list[Token]:
        return self.tokens[bisect_left(self._starts, start):bisect_left(self._starts, end)]

    def _read_title(self) -> None:
        """The year of the document, when it says what span the whole is about."""
        self.section.year = self.year
        self.masked = when.has_masked_months(self.plain)
        if self.year is not None and not self.masked:
            period = year_period(self.year)
            self.default = Period(period.start, period.end, period.basis, PeriodStatus.INFERRED, f"{self.year}年")

    # ------------------------------------------------------------ lines
    def _read_line(self, start: int, end: int) -> None:
        tokens = self._tokens_in(start, end)
        if not tokens:
            if is_heading(self.plain[start:end], False):
                self._read_heading(start, end, tokens)
            return
        figures = [token for token in tokens if token.is_figure or token.rule == "无单位的数"]
        if not figures:
            if is_heading(self.plain[start:end], False):
                self._read_heading(start, end, tokens)
            return
        _Line(self, start, end, tokens).read()

    def _read_heading(self, start: int, end: int, tokens: list[Token]) -> None:
        line = self.plain[start:end]
        self.section.plan = heading_is_plan(line, self.section.plan)
        for token in tokens:
            if token.rule == "报告期" and not when.is_base(self.plain, token):
                found = when.resolve(self.plain[token.start:token.end], self.year)
                if found.end is not None:
                    self.section.year = found.end.year
                if found.end is not None and not (self.masked and found.key == year_period(found.end.year).key):
                    self.section.period = Period(found.start, found.end, found.basis, PeriodStatus.INFERRED, found.text)
                return


_TARGET_WORDS = re.compile(
    r"(?P<stretch>力争|争取(?!到)|奋力)|(?P<base>确保(?!了)|保证)"
    r"|(?P<plan>目标(?:是|为|定|全年|(?=新增|实现|引进|达到))|(?<!年度)(?<!全年)(?<!完成)(?<!行动)计划(?=[新引实完建开投总])(?!完成率|总投资)|预期(?!外)|要达到|将达到)"
)
_TARGET_CLAUSE = re.compile(r"(?P<stretch>力争|争取)|(?P<plan>(?:目标|计划)(?:是|为)?\s*\Z|目标(?:是|为|定)|^计划)")
_FUTURE = re.compile(r"再(?=引|增|新|建|签)|将(?=新增|建成|引进|实现|达)")
_DONE = re.compile(r"已完成|实际完成|目前|截至|实现(?!路径)|累计完成|共完成|完成")
_ESTIMATE = re.compile(r"预计|有望|估计|预测|初步核算")
_OF_WHICH = re.compile(r"其中|之中")
_TOPIC = re.compile(r"(?:方面|(?<![规限以四])上|来看|端|一栏|情况|这一块)\Z")
_THRESHOLD_AFTER = re.compile(
    r"(?:及?以[上下]|以内)(?:的)?(?:[^,，。;:、()0-9*]{0,14}?)(?:企业|项目|园区|单位|共|高新区|开发区|工业|大户|税源|资金|外资|内资|的)|及以上|级|"
    r"的[^,，。;:()0-9*]{0,8}?(?:企业|项目|园区|单位|高新区|开发区|县|户(?!外)|产品|公司|由(?=\d)|新增|有|达|\d)|企业|以上(?=[一-龥]{0,8}(?:企业|项目|工业|单位))"
)
_THRESHOLD_BEFORE = re.compile(r"(?:超过?|达到?|逾|过|低于|不足|高于|大于|小于|满|不低于)\Z")
_LIMIT = re.compile(r"(?:双)\Z")
_RANK_SCOPE = re.compile(r"全[国省市区县州球]|全国[一-龥]{0,8}|[一-龥]{2,3}[省市]|世界|同类[一-龥]{0,4}|中西部|苏[南中北]")


class _Line:
    """One line of the text while it is read."""

    def __init__(self, walker: Walker, start: int, end: int, tokens: list[Token]) -> None:
        self.walker, self.plain, self.start, self.end = walker, walker.plain, start, end
        self.tokens = self._with_bare_numbers(tokens)
        self.token_starts = [token.start for token in self.tokens]
        self.covered = {position for token in tokens for position in range(token.start, token.end)
                        if self.plain[position] in ",，;:()\n。"}
        self.covered |= asides(self.plain, start, end, [token.start for token in self.tokens if token.is_figure])
        self.scope = Scope()
        self.stack: list[Scope] = []
        self.sentence: list[Reading] = []
        self.paragraph_period: Period | None = None
        self.pointer = 0
        self._clause_tokens: list[Token] = []
        self.unit_text = self.doubt = ""
        self.previous: Reading | None = None
        self.year = walker.section.year or walker.year

    # -------------------------------------------------------- tokens
    def _with_bare_numbers(self, tokens: list[Token]) -> list[Token]:
        """Numbers without a unit that are figures after all: 增长42, 12.5和8.3平方公里."""
        chosen: list[Token] = []
        for index, token in enumerate(tokens):
            if token.rule == "无单位的数" and self._is_bare_figure(tokens, index):
                token = Token(Kind.NUMBER, token.start, token.end, "无单位的数", token.found)
                self.walker.dismissed.pop(token.start, None)
            chosen.append(token)
        return chosen

    def _is_bare_figure(self, tokens: list[Token], index: int) -> bool:
        token = tokens[index]
        before = self.plain[max(self.start, token.start - 14):token.start]
        after = self.plain[token.end:token.end + 1]
        if after in ",，。;、)" or token.end >= self.end:
            if grammar.read_words(before, UnitClass.NONE).rule in ("增长", "增速", "同比"):
                return True
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None or following.kind is not Kind.NUMBER:
            return False
        between = self.plain[token.end:following.start]
        return between in ("、", "和", "与", "及") and not re.search(r"[年第]\Z", before)

    # -------------------------------------------------------- walking
    def read(self) -> None:
        for clause in clauses(self.plain, self.start, self.end, self.covered):
            self._enter(clause)
            self._read_clause(clause)
            self._leave(clause)

    def _enter(self, clause: Clause) -> None:
        if clause.opened == "(":
            self.stack.append(self.scope)
            self.scope = replace(self.scope, estimated=self.scope.estimated)

    def _leave(self, clause: Clause) -> None:
        if clause.closed == ")" and self.stack:
            self.scope = self.stack.pop()
        elif clause.closed in ("。", "!", "?", "\n"):
            self.stack.clear()
            self.scope = replace(self.scope.sentence(), period=self.paragraph_period)
            self.sentence = []
        elif clause.closed in (";", "；") and not self.stack:
            self.scope = self.scope.after_semicolon()
            self.sentence = self.sentence[-4:]

    def _tokens_of(self, clause: Clause) -> list[Token]:
        found = []
        while self.pointer < len(self.tokens) and self.tokens[self.pointer].start < clause.end:
            found.append(self.tokens[self.pointer])
            self.pointer += 1
        return found

    def _read_clause(self, clause: Clause) -> None:
        tokens = self._clause_tokens = self._tokens_of(clause)
        figures = [token for token in tokens if token.is_figure]
        if not figures:
            self._read_plain_clause(clause, tokens)
            return
        begin = clause.start
        for index, token in enumerate(figures):
            self._hear_periods(tokens, begin, token.start, clause)
            following = figures[index + 1].start if index + 1 < len(figures) else clause.end
            self._read_figure(token, begin, following, clause, index == 0)
            begin = token.end
        self._hear_periods(tokens, begin, clause.end, clause)

    def _read_plain_clause(self, clause: Clause, tokens: list[Token]) -> None:
        """A clause without figures: its period, its modality, its topic, its subject."""
        self._hear_periods(tokens, clause.start, clause.end, clause)
        words = self._without_periods(clause.start, clause.end, tokens)
        if not words.endswith("目标") or clause.closed == ":":
            self._hear_modality(words, _TARGET_CLAUSE)
        self._hear_parent(words)
        comparison = re.search(r"(?:比|较|同|与)[^,，。]{2,14}(?:相比|比较)", self.plain[clause.start:clause.end])
        if comparison is not None:
            self.scope = replace(self.scope, comparison=comparison[0])
            return
        subject, phrase = phrases.split_head(words)
        if clause.closed == "。" and clause.opened in ("", "。") and phrases.is_entity(words.strip()):
            self.scope = replace(self.scope, place=words.strip())
            return
        if subject and phrases.is_entity(subject):
            self.scope = replace(self.scope, subject=subject)
        elif phrases.is_entity(phrase):
            self.scope = replace(self.scope, subject=phrase)
        self._hear_topic(words, phrase, clause)

    def _hear_topic(self, words: str, phrase: str, clause: Clause) -> None:
        """工业投资逆势增长，… / 外资方面，… / 大市外内资，全年任务为…"""
        marked = _TOPIC.search(phrase) is not None
        changing = phrases.CHANGING.search(words)
        phrase = phrases.split_head(words[:changing.start()])[1] if changing is not None else _TOPIC.sub("", phrase)
        marked = marked or (changing is not None and phrases.MEASURED.search(phrase) is not None)
        if not 2 <= len(phrase) <= 18 or clause.closed not in (",", "，", ":", "(", ")"):
            return
        if marked or (phrases.MEASURED.search(phrase) and not self.scope.base):
            self.scope = replace(self.scope, topic=phrase, base=phrase, measure=phrase)

    def _hear_periods(self, periods: list[Token], clause: Clause, end: int) -> None:
        """Takes from the front of `periods` those that stand before `end`."""
        while periods and periods[0].start < end:
            self._hear_period(periods.pop(0), clause, end)

    def _hear_period(self, token: Token, clause: Clause, end: int) -> None:
            if token.rule == "日期" or when.is_base(self.plain, token):
                continue
            words = self.plain[token.start:token.end]
            if words == "全年" and self.plain[token.end:token.end + 2] in ("计划", "预算") and end > token.end + 2 and "完成" in self.plain[start:token.start]:
                continue
            if words.startswith("全年") and re.search(r"完成|占|为\Z", self.plain[max(start, token.start - 6):token.start]) and self.plain[token.end:token.end + 2] in ("任务", "目标", "计划", "指标"):
                continue
            stated = re.search(r"(?:19|20)\d\d", words)
            if stated is not None:
                self.year = int(stated[0])
            period = self._spoken_period(words)
            self.scope = replace(self.scope, period=period)
            if not self.stack and period.basis is not Basis.POINT and self._leads(token, clause, end):
                self.paragraph_period = period

    def _spoken_period(self, words: str) -> Period:
        """今年 is the span of the section, where that says one; in a report that hides its months it says nothing."""
        if words.startswith(("今年", "本年")) and len(words) <= 4:
            section = self.walker.section.period
            if section is not None:
                return replace(section, text=words, status=PeriodStatus.INFERRED)
            if self.walker.masked:
                return unknown_period(words)
            return when.resolve("今年", self.year)
        return when.resolve(words, self.year) if words != "年初" else unknown_period(words)

    def _leads(self, token: Token, clause: Clause, end: int) -> bool:
        """Whether a period stands at the head of a sentence, so that the paragraph goes on with it."""
        if clause.opened not in ("", "。", ";", "；", "\n"):
            return False
        return token.start - clause.start <= 3 or not any(other.is_figure and clause.start <= other.start < clause.end for other in self._clause_tokens)

    def _without_periods(self, start: int, end: int, tokens: list[Token]) -> str:
        """The words of a stretch, its periods taken out."""
        pieces, position = [], start
        for token in tokens:
            spoken = token.kind is Kind.PERIOD and not when.is_base(self.plain, token) or token.rule == "时长" and not token.is_figure
            if spoken and token.start >= position and token.end <= end:
                pieces.append(self.plain[position:token.start + (self.plain[token.start] in "到至")])
                position = token.end
        pieces.append(self.plain[position:end])
        return "".join(pieces)

    def _hear_modality(self, words: str, pattern: re.Pattern[str] = _TARGET_WORDS) -> None:
        target = pattern.search(words)
        if target is not None:
            self.scope = replace(self.scope, target=target.lastgroup or "plan")
        elif self.scope.target and _DONE.search(words):
            self.scope = replace(self.scope, target="")
        elif _FUTURE.search(words):
            self.scope = replace(self.scope, target="plan")
        if _ESTIMATE.search(words):
            self.scope = replace(self.scope, estimated=True)

    # -------------------------------------------------------- figures
    def _read_figure(self, token: Token, begin: int, following: int, clause: Clause, first: bool) -> None:
        threshold = self.previous if self.previous is not None and self.previous.transformation is Transformation.THRESHOLD else None
        after_threshold = threshold is not None and threshold.token.end == begin
        begin = max(threshold.begin if threshold is not None and after_threshold else begin, token.start - grammar.WINDOW)
        tokens = self.tokens
        index = bisect_left(self.walker._starts, begin)
        near = self.walker.tokens[index:bisect_left(self.walker._starts, token.start)]
        words = self._without_periods(begin, token.start, near)
        after = self.plain[token.end:following]
        quantity = read_quantity(token, self.walker.original)
        if token.rule == "无单位的数":
            self._share_unit(token, quantity, tokens)
        previous = self.previous if self.previous is not None and begin == self.previous.token.end else None
        if previous is not None and RUN.fullmatch(words) and self._same_kind(previous, quantity):
            reading = self._in_run(token, quantity, previous, after)
        else:
            reading = self._by_words(token, quantity, words, after, clause)
        if reading is None:
            return
        reading.begin = begin
        self.walker.readings.append(reading)
        self.sentence.append(reading)
        self.previous = reading

    def _share_unit(self, token: Token, quantity: Quantity, tokens: list[Token]) -> None:
        """12.5和8.3平方公里: the first takes the unit of the next."""
        for other in tokens[self.pointer_of(token) + 1:self.pointer_of(token) + 3]:
            if other.is_figure and other.rule != "无单位的数":
                if self.plain[token.end:other.start] in ("、", "和", "与", "及"):
                    quantity.unit = replace(read_quantity(other, self.walker.original).unit, inferred=True)
                return

    @staticmethod
    def _same_kind(previous: Reading, quantity: Quantity) -> bool:
        return previous.quantity.unit.kind is quantity.unit.kind or quantity.unit.kind is UnitClass.NONE

    def _in_run(self, token: Token, quantity: Quantity, previous: Reading, after: str) -> Reading:
        """5%、8%和10%: the cue of the first holds for all; labels are dealt out once the run is complete."""
        run = [*previous.also] if previous.also else []
        label, base, subject = previous.label, previous.base, previous.subject
        if run:
            base = run[0]
            label = base + previous.suffix
        parent = previous.parent or self.scope.parent if run else previous.parent
        reading = replace(
            previous, token=token, quantity=quantity, label=label, base=base, subject=subject, also=tuple(run[1:]),
            parent="" if parent == base else parent, status=self._status(quantity),
            qualifier=self._qualifier(quantity, None, after), words=previous.words,
        )
        return reading

    def _by_words(self, token: Token, quantity: Quantity, words: str, after: str, clause: Clause) -> Reading | None:
        unit = quantity.unit.kind
        cue = grammar.read_words(words, unit)
        if unit in (UnitClass.AMOUNT, UnitClass.COUNT, UnitClass.PERCENT) and self._is_threshold(words, after, unit):
            return self._reading(token, quantity, replace(cue, rule="门槛", transformation=Transformation.THRESHOLD), after, "", words, clause)
        self._hear_modality(words)
        self._hear_parent(words)
        return self._reading(token, quantity, cue, after, cue.head, words, clause)

    def _hear_parent(self, words: str) -> None:
        if _OF_WHICH.search(words):
            self.scope = replace(self.scope, parent=self.scope.base or self.scope.topic, parent_unit="")

    def _parent(self, base: str, quantity: Quantity, transformation: Transformation, cue: grammar.Cue) -> str:
        """The 其中 parent while its parts go on in one unit; of a share, the whole (占全区: 全区)."""
        if transformation is Transformation.SHARE:
            whole = re.search(r"占比?(?:到|据)?(?:了)?([^占]{2,14}?)(?:的|比重|比例|总量|总数|总额|达|(?:上升|提升|提高|下降|降|升)[至到])*\Z", cue.cue) or re.match(r"(全[国省市区县州])", cue.cue)
            if whole is not None:
                return whole[1]
        scope = self.scope
        unit = quantity.unit.unit.measure
        if scope.parent and quantity.unit.kind in (UnitClass.AMOUNT, UnitClass.COUNT):
            if not scope.parent_unit:
                self.scope = replace(scope, parent_unit=unit)
            elif scope.parent_unit != unit:
                self.scope = replace(scope, parent="", parent_unit="")
        return "" if self.scope.parent == base and self.scope.subject == "" else self.scope.parent

    @staticmethod
    def _is_threshold(words: str, after: str, unit: UnitClass) -> bool:
        if unit is UnitClass.PERCENT:
            return False
        found = _THRESHOLD_AFTER.match(after)
        if found is None:
            return False
        if found[0].startswith(("及", "以")):
            return unit is UnitClass.AMOUNT
        return unit is UnitClass.AMOUNT and (_THRESHOLD_BEFORE.search(words) is not None or found[0].startswith("级"))

    def _reading(self, token: Token, quantity: Quantity, cue: grammar.Cue, after: str, head: str, words: str, clause: Clause) -> Reading | None:
        unit = quantity.unit.kind
        begin = self.previous.token.end if self.previous is not None and self.previous.token.end > clause.start else clause.start
        heard = grammar.comparison_of(self.plain[max(begin, token.start - grammar.WINDOW):token.start])
        transformation, comparison, rule = self._transformation(quantity, cue, after, token, heard)
        subject, phrase = phrases.split_head(head) if head else ("", "")
        if subject and phrases.is_entity(subject):
            self.scope = replace(self.scope, subject=subject)
        elif re.match(r"\s*该(?:项目|公司|企业|基金|平台)", head) and self.scope.last_subject:
            self.scope = replace(self.scope, subject=self.scope.last_subject)
        phrase = self._without_name(self._without_place(phrase))
        self.unit_text, self.doubt = quantity.unit.text, ""
        label, base = self._label(phrase, after, unit, transformation, cue)
        target_kind = self._target_kind(transformation, cue)
        if target_kind is not None and transformation is not Transformation.TARGET:
            transformation, rule = Transformation.TARGET, rule + "（目标）"
        if transformation is Transformation.THRESHOLD:
            base = self.scope.base
        elif base:
            self.scope = replace(self.scope, base=base, topic="")
        reading = Reading(
            token, quantity, rule, transformation, comparison, cue.direction or 1, label, base, self.scope.subject or self.scope.place,
            self._parent(base, quantity, transformation, cue), self._period(), status, self._qualifier(quantity, cue.qualifier, after), target_kind, words=words)
        self._deal_out(reading, phrase, words, after)
        if transformation is Transformation.RANK:
            found = _RANK_SCOPE.search(words[-14:])
            reading.rank_scope = found[0] if found else ""
        if comparison is Comparison.VS_BASE:
            year = re.search(r"(\d{4})年", words + self.scope.comparison)
            reading.base_period = year[1] if year else ""
            if year and reading.period.end is not None and int(year[1]) == reading.period.end.year - 1:
                reading.comparison = Comparison.YOY
        return reading

    def _transformation(self, quantity: Quantity, cue: grammar.Cue, after: str, token: Token,
                        heard: Comparison | None) -> tuple[Transformation, Comparison | None, str]:
        unit = quantity.unit.kind
        T = Transformation
        if unit is UnitClass.RANK or token.kind is Kind.RANK:
            return T.RANK, None, "位次"
        if token.rule == "翻番":
            return T.MULTIPLE, cue.comparison, "翻番"
        if token.rule == "两位数":
            return T.GROWTH, cue.comparison or Comparison.YOY, "两位数"
        found, comparison = cue.transformation, heard or cue.comparison
        if found is None:
            if unit is UnitClass.PERCENT:
                before = self.sentence[-1] if self.sentence else None
                if before is not None and before.transformation is T.GROWTH and cue.head and not phrases.MEASURED.search(cue.head):
                    return T.GROWTH, before.comparison, "增长（承前）"
                found, rule = (T.SHARE, "占比") if after.startswith("的") else (T.LEVEL, "率")
                return found, None, rule
            if unit is UnitClass.NONE and token.kind is Kind.WORDS:
                return T.SHARE, None, "占比"
            if self.stack and self.previous is not None and self.previous.transformation is T.TARGET and not cue.head.strip():
                return T.TARGET, None, "任务（承前）"
            return T.LEVEL, None, "数值"
        if found in (T.GROWTH, T.CHANGE, T.MULTIPLE) and comparison is None and found is not T.MULTIPLE:
            comparison = grammar.comparison_of(self.scope.comparison) or Comparison.YOY
        if found not in (T.GROWTH, T.CHANGE, T.MULTIPLE):
            comparison = None
        return found, comparison, cue.rule

    def _target_kind(self, transformation: Transformation, cue: grammar.Cue) -> TargetKind | None:
        T = Transformation
        kinds = {"stretch": TargetKind.STRETCH, "base": TargetKind.BASE, "plan": TargetKind.BASE}
        if transformation is T.TARGET:
            return kinds.get(self.scope.target, TargetKind.BASE)
        wanted = self.scope.target or ("plan" if self.walker.section.plan and transformation is T.GROWTH else "")
        if not wanted or transformation in (T.COMPLETION, T.THRESHOLD, T.RANK, T.CHANGE, T.CONTRIBUTION, T.SHARE):
            return None
        return TargetKind.GROWTH if transformation is T.GROWTH else kinds[wanted]

    def _without_place(self, phrase: str) -> str:
        """泰安高新区财政总收入: the place becomes the subject; 园区 in general is dropped."""
        generic = phrases.GENERIC_PLACE.match(phrase)
        if generic is not None:
            return phrase[generic.end():]
        found = phrases.PLACE.fullmatch(phrase)
        if found is None or not phrases.MEASURED.search(found["rest"]):
            return phrase
        if phrases.is_entity(found["place"]):
            self.scope = replace(self.scope, subject=found["place"])
        return found["rest"]

    def _without_name(self, phrase: str) -> str:
        """人工智能岛入驻率: the name in front of what the catalogue knows becomes the subject."""
        ending = attach.name_at_end(phrase)
        name = phrase[:len(phrase) - len(ending)].removesuffix("的")
        if not ending or not phrases.is_entity(name):
            return phrase
        self.scope = replace(self.scope, subject=name)
        return ending

    def _label(self, phrase: str, after: str, unit: UnitClass, transformation: Transformation, cue: grammar.Cue) -> tuple[str, str]:
        """(label of the figure, phrase that later figures inherit)."""
        inherited = self.scope.base or self.scope.topic
        T = Transformation
        phrase = self._named(phrase)
        if phrases.ASPECT.fullmatch(phrase) and inherited:
            return self._with_cue(inherited + phrase, cue.cue) if cue.keep else inherited + phrase, inherited
        base = phrase
        if transformation in (T.LEVEL, T.TARGET, T.THRESHOLD, T.MULTIPLE, T.CHANGE) and unit in (UnitClass.COUNT, UnitClass.AMOUNT, UnitClass.NONE):
            base = self._thing(phrase, after, unit, cue)
        if not base and unit is UnitClass.PERCENT and not cue.rule:
            base = phrases.counted_thing(after)
        if not base:
            base = inherited or phrases.strip_lead(cue.cue)
        if phrases.MEASURED.search(phrase):
            self.scope = replace(self.scope, measure=phrase)
        if unit is UnitClass.POINT and not phrase:
            return self._rate_label(base, cue), base
        if cue.keep and cue.cue:
            return self._with_cue(base, cue.cue), base
        if re.search(r"提升|提高|降低", cue.cue) and transformation is T.GROWTH and phrase:
            return base + phrases.strip_lead(cue.cue), base
        return base, base

    def _named(self, phrase: str) -> str:
        """Pronouns give way to what they stand for."""
        if phrase in ("前者", "后者"):
            levels = [reading.base for reading in self.walker.readings[-8:] if reading.transformation is Transformation.LEVEL]
            return levels[-2 if phrase == "前者" else -1] if len(levels) > 1 else ""
        return "" if phrases.PRONOUN.fullmatch(phrase) else phrase

    def _rate_label(self, base: str, cue: grammar.Cue) -> str:
        """A change in points is one of the rate before: 占全市…，提高…个百分点; 增长…，快于全市…个百分点."""
        before = self.sentence[-1] if self.sentence else None
        label = base
        if before is not None and before.base == base and before.quantity.unit.kind is UnitClass.PERCENT:
            label = base + "增速" if before.transformation is Transformation.GROWTH else before.label
        return self._with_cue(label, cue.cue) if cue.keep else label

    @staticmethod
    def _with_cue(base: str, cue: str) -> str:
        words = phrases.strip_lead(cue)
        return base if base.endswith(words) else base + words

    def _thing(self, phrase: str, after: str, unit: UnitClass, cue: grammar.Cue) -> str:
        """The counted or measured thing: before the figure, behind it, or left out because it was just named."""
        counted = phrases.counted_thing(after) if after and not cue.rule else ""
        before = self.sentence[-1] if self.sentence else None
        if not phrase:
            return counted
        if counted and cue.head.endswith("等"):
            return counted
        if phrases.is_verb_only(phrase) or (counted and after.startswith("的")):
            return phrase + counted if counted else self._completed(phrase, before)
        if unit is UnitClass.AMOUNT and counted and phrases.MEASURED.search(counted) and not phrases.MEASURED.search(phrase):
            if phrases.is_entity(phrase):
                self.scope = replace(self.scope, subject=phrase)
            return counted
        if unit is UnitClass.COUNT and counted and not phrases.COUNTED_NOUN.search(phrase):
            return (phrase if len(phrase) <= 12 else "") + counted
        if unit is UnitClass.COUNT and before is not None and before.quantity.unit.text and not phrases.COUNTED_NOUN.search(phrase):
            return self._completed(phrase, before)
        if before is not None and before.quantity.unit.kind is UnitClass.COUNT and phrases.ATTRIBUTE.fullmatch(phrase):
            return before.base + phrase
        return self._of_base(phrase, unit)

    def _completed(self, phrase: str, before: Reading | None) -> str:
        """提报项目13个、落地12个: 落地项目; 市级创新型企业3家，区级2家: 区级创新型企业."""
        if before is None:
            return self.scope.topic + phrase if self.scope.topic and len(phrase) <= 6 else phrase
        if phrases.LEVEL_WORD.fullmatch(phrase) and phrases.LEVEL_WORD.search(before.base):
            return phrases.LEVEL_WORD.sub(phrase, before.base, count=1)
        tail = phrases.noun_tail(before.base)
        return phrase + tail if tail and not phrase.endswith(tail) and len(phrase) <= 4 else phrase

    def _of_base(self, phrase: str, unit: UnitClass) -> str:
        """进出口120亿元，… 利维能5亿元、乐卡克3亿元: a name without a measured thing is of what was measured before."""
        measure = self.scope.measure
        if unit is not UnitClass.AMOUNT or phrases.MEASURED.search(phrase) or not phrases.may_be_name(phrase):
            return phrase
        if measure and phrases.SECTOR.fullmatch(phrase):
            return phrase + measure
        if not measure and not phrases.COMMON_WORD.search(phrase):
            measure = self._carried()
            self.doubt = "名称后没有写指标，按前句所指" if measure else ""
        if measure:
            self.scope = replace(self.scope, subject=phrase, parent=measure)
        return measure or phrase

    def _carried(self) -> str:
        """What the last amount in this unit was of, for names alone in a new sentence; a reading so made is doubtful."""
        for reading in reversed(self.walker.readings[-6:]):
            if reading.token.start < self.start:
                return ""
            if reading.quantity.unit.text == self.unit_text and reading.transformation in (Transformation.LEVEL, Transformation.TARGET):
                return reading.base
        return ""

    def _status(self, quantity: Quantity) -> ObsStatus:
        if quantity.masked:
            return ObsStatus.MASKED
        return ObsStatus.ESTIMATED if self.scope.estimated else ObsStatus.REPORTED

    def _qualifier(self, quantity: Quantity, heard: Qualifier | None, after: str) -> Qualifier:
        suffix = grammar.SUFFIX.match(after)
        if quantity.qualifier is not Qualifier.EXACT:
            return quantity.qualifier
        if suffix is not None and suffix.lastgroup:
            return {"above": Qualifier.ABOVE, "below": Qualifier.BELOW, "about": Qualifier.ABOUT}[suffix.lastgroup]
        return heard or Qualifier.EXACT

    def _period(self) -> Period:
        scope = self.scope
        if scope.period is not None:
            return scope.period
        return self.walker.section.period or self.walker.default

    def _deal_out(self, reading: Reading, phrase: str, words: str, after: str) -> None:
        """分别 and 依次: as many names (or figures before) as figures in the run, each to its own; else doubtful."""
        if not re.search(r"分别|依次", words):
            return
        count = self._run_length(reading.token)
        if count < 2:
            return
        names = phrases.listed(phrase, count) or phrases.listed(reading.base, count) or self._before(count)
        if not names:
            reading.doubtful = "“分别”所列的项数与数据个数不一致"
            return
        suffix = reading.label[len(reading.base):] if reading.label.startswith(reading.base) else ""
        reading.also = tuple(names[1:])
        reading.suffix = suffix
        reading.label = names[0] + suffix
        reading.base = names[0]
        reading.parent = "" if reading.parent == reading.base else reading.parent

    def _before(self, count: int) -> tuple[str, ...]:
        """The labels of the last levels of the sentence, when there are exactly as many as asked for."""
        levels = [reading for reading in self.sentence[-40:] if reading.transformation in (Transformation.LEVEL, Transformation.TARGET)]
        bases = list(dict.fromkeys(reading.base for reading in levels))
        return tuple(bases) if len(bases) == count else tuple(bases[-count:]) if len(bases) > count else ()

    def _run_length(self, token: Token) -> int:
        count, end = 1, token.end
        for other in self.tokens[self.pointer_of(token) + 1:]:
            if not other.is_figure or not RUN.fullmatch(self.plain[end:other.start]):
                break
            count, end = count + 1, other.end
        return count

    def pointer_of(self, token: Token) -> int:
        return bisect_left(self.token_starts, token.start)
