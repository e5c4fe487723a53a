"""Reads one line of a text, clause by clause: periods, topics and brackets are heard, figures become readings.

完成固定资产投资30亿元（其中工业投资18亿元），增长5%
30亿元 level 固定资产投资 | 18亿元 level 工业投资, parent 固定资产投资 | 5% growth 固定资产投资
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from parkbook.model import Comparison, Transformation
from parkbook.periods import Period, unknown_period
from parkbook.sources.text import (
    areas,
    bare,
    beside,
    dealing,
    grammar,
    heads,
    introduced,
    items,
    modality,
    phrases,
    spoken,
    when,
)
from parkbook.sources.text.around import Document, Place
from parkbook.sources.text.clock import Clock
from parkbook.sources.text.dealing import RUN, Row
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.naming import Namer
from parkbook.sources.text.own import begins, is_own
from parkbook.sources.text.parts import Parts
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Clause, Scope, clauses
from parkbook.sources.text.values import AMOUNT, COUNT, NONE, Quantity, rank_unit, read_quantity

T = Transformation
_PERIOD = Kind.PERIOD
_LEVEL, _GROWTH, _TARGET, _RANK, _THRESHOLD = T.LEVEL, T.GROWTH, T.TARGET, T.RANK, T.THRESHOLD
_VS_BASE = Comparison.VS_BASE
_SORTS = dict.fromkeys(("元", "美元", "欧元", "港元", "日元"), "money") | dict.fromkeys(
    ("个", "项", "家", "宗"), "pieces"
)
_MADE_UP = re.compile(r"[^。;；\n]{0,80}?(?:构成|组成)")
_RANK_SCOPE = re.compile(
    r"全[国省市区县州球]|全国[一-龥]{0,8}|[一-龥]{2,3}[省市]|世界|同类[一-龥]{0,4}|中西部|苏[南中北]"
)
_MOVED = re.compile("前移|后移|前进|后退|进位|跃升|上升|提升|下降|回落|下滑|升|降|进|退")
"""前移2位, 上升4位: places of a ranking, no persons."""
_BESIDE = re.compile(r"[、,，;；](?P<item>[^\d、,，;；。:()]{3,14})(?=\d)")
"""The next item of a list."""
_FIRM = ("公司", "集团", "股份", "企业", "实业", "厂")
_THAN = ("比", "较", "低于", "高于", "快于", "慢于", "落后于", "领先于")
_RIVAL = re.compile(r"邻|之隔|隔壁|兄弟|同类|周边|同城|同市|同省|沿[江海]|居首")
"""What stands before an area that a text only compares with."""
_HAS_PARTS = ("项目", "工程", "基地", "片区", "厂")
_A_YEAR_AGO = re.compile(r"[,，;；]?(?:而|但)?(?:去年|上年)同期(?:仅|只|还|才)?(?:为|是|有|(?P<placed>列|居|排)第?)?")
_COMES_FROM = ("来自", "分布在", "来自于", "分布于")
_FIRST_WORDS = re.compile(r"[^,，:：。;；]{2,12}[:：]")


def _is_dealt(words: str) -> bool:
    return "分别" in words or "依次" in words


class LineReader:
    """The state of one line while it is read."""

    def __init__(self, document: Document, start: int, end: int, tokens: list[Token]) -> None:
        self.document, self.plain, self.start, self.end = document, document.plain, start, end
        self.tokens = bare.promoted(self.plain, start, end, tokens)
        self.starts = [token.start for token in self.tokens]
        self.row = Row(self.plain, self.tokens, self.starts)
        self.namer = Namer(start, document.readings, Scope(place=document.section.place))
        self.stack: list[Scope] = []
        self.clock = Clock(document, self.plain, start)
        self.previous: Reading | None = None
        self.cut = 0
        self._pending: tuple[str, ...] = ()
        self._rows: list[str] = []
        self._region = ""

    @property
    def scope(self) -> Scope:
        return self.namer.scope

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

    # ------------------------------------------------------------ clauses
    def read(self) -> None:
        first, last = 0, len(self.tokens)
        while last and not self.tokens[last - 1].is_figure:
            last -= 1
        self._take_up()
        self.scope.place = spoken.headed_with_capacity(self.plain, self.start, self.end) or self.scope.place
        for clause, pointer in clauses(self.plain, self.start, self.end, self.tokens):
            if clause.opened == "(":
                self.stack.append(self.scope.copy())
            self._read_clause(clause, self.tokens[first:pointer], pointer < last)
            if pointer == len(self.tokens):
                return
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
        if clause.closed == ")" and self.stack:
            self.namer.scope = self.stack.pop()
        elif clause.closed in ("。", "!", "?", "\n"):
            self.stack.clear()
            self.clock.end_sentence(self.scope)
            self.namer.scope = self.scope.next_sentence(self.clock.paragraph, items.host(self.namer.sentence))
            self.namer.sentence = []
            self.pending = ()
        elif clause.closed in (";", "；") and not self.stack:
            if len(self.pending) > 1 and self.scope.subject in self.pending:
                self.scope.subject = ""
            self.scope.pass_semicolon()
            self.clock.pass_semicolon(self.scope)
            self.namer.sentence = self.namer.sentence[-4:]

    def _read_clause(self, clause: Clause, tokens: list[Token], more: bool) -> None:
        """`more`: whether figures of the line follow; without any, words that are not of a figure matter to nothing."""
        if not tokens:
            self.clock.begin_clause(clause, clause.end, self.scope)
            if more:
                self._read_plain_clause(clause, tokens)
            return
        figures = [token.start for token in tokens if token.is_figure]
        self.clock.begin_clause(clause, figures[0] if figures else clause.end, self.scope)
        begin, read = clause.start, 0
        for token in tokens:
            if token.is_figure:
                read += 1
                following = figures[read] if read < len(figures) else clause.end
                self._read_figure(token, Place(clause, begin, following))
                begin = token.end
            elif token.kind is _PERIOD:
                self.clock.hear(token, clause, begin, bool(figures), self.scope, bool(self.stack))
        if more and not figures:
            self._read_plain_clause(clause, tokens)

    def _read_plain_clause(self, clause: Clause, tokens: list[Token]) -> None:
        """A clause without figures: its modality, its topic, its subject, what it compares with."""
        words = self._spoken(clause.start, clause.end, tokens) if tokens else self.plain[clause.start : clause.end]
        said = [reading.base for reading in self.document.readings[-8:]]
        compared = spoken.hear(self.scope, clause, words, self.plain, said, self.cut if tokens else 0)
        if not compared:
            self._hear_row(words)

    def _hear_row(self, words: str) -> None:
        if "、" in words:
            self._rows.append(words)

    def _spoken(self, start: int, end: int, tokens: list[Token]) -> str:
        """The words of a stretch without its periods and durations; those of a comparison stay."""
        pieces, position = [], start
        for token in tokens:
            period = token.kind is _PERIOD and not when.is_base(self.plain, token)
            duration = token.rule == "时长" and not token.is_figure
            if (period or duration) and token.start >= position and token.end <= end:
                pieces.append(self.plain[position : token.start + (self.plain[token.start] in "到至")])
                position = token.end + (self.plain.startswith("前", token.end) and period)
                self.cut = self.cut or (len("".join(pieces)) if period else 0)
        pieces.append(self.plain[position:end])
        return "".join(pieces)

    # ------------------------------------------------------------ figures
    def _read_figure(self, token: Token, place: Place) -> None:
        previous = self.previous if self.previous is not None and self.previous.token.end == place.begin else None
        begin = max(place.begin, token.start - grammar.WINDOW)
        words = self._words(begin, token.start)
        lead = ""
        if previous is not None and previous.transformation is _THRESHOLD:
            begin = max(previous.begin, token.start - grammar.WINDOW)
            cut = self.cut
            lead, self.cut = self._words(begin, place.begin), cut
        quantity = read_quantity(token, self.document.original)
        if token.rule == bare.BARE or quantity.unit.text == "个":
            bare.share_unit(self.row, self.document.original, token, quantity)
        same = previous is not None and quantity.unit.kind in (previous.quantity.unit.kind, NONE)
        if previous is not None and same and RUN.fullmatch(words) and RUN.fullmatch(self.plain, begin, token.start):
            reading = self._in_run(token, quantity, previous, self.plain[token.end : place.following])
            items.remember(self.scope, reading, heads.NOTHING, False, "、")
        elif previous is not None and same and (turned := self._turned(previous, begin, token)) is not None:
            reading = self._in_run(token, quantity, previous, self.plain[token.end : place.following])
            reading.direction = turned
        else:
            reading = self._by_words(token, quantity, words, lead, place)
        reading.begin = begin
        self.document.readings.append(reading)
        self.namer.sentence.append(reading)
        self.previous = reading
        self.clock.after_figure(self.scope, token.end)

    def _turned(self, previous: Reading, begin: int, token: Token) -> int | None:
        """The direction of a figure of a 分别 list that has a verb of its own (增长5%、下降3%); None when it is none."""
        if not (previous.also or previous.subjects or previous.periods):
            return None
        found = dealing.TURNED.fullmatch(self.plain, begin, token.start)
        return None if found is None else -1 if found["down"] else 1

    def _words(self, begin: int, end: int) -> str:
        """The spoken words between two places of the text."""
        starts = self.document.starts
        last = bisect_left(starts, end)
        self.cut = 0
        if not last or starts[last - 1] < begin:
            return self.plain[begin:end]
        return self._spoken(begin, end, self.document.tokens[bisect_left(starts, begin, 0, last) : last])

    def _in_run(self, token: Token, quantity: Quantity, previous: Reading, after: str) -> Reading:
        """5%、8%和10%: the cue of the first holds for all; a 分别 list deals out its phrases."""
        base = previous.also[0] if previous.also else previous.base
        parent = previous.parent or (self.scope.parent if previous.also else "")
        return replace(
            previous,
            token=token,
            quantity=quantity,
            base=base,
            label=base + previous.suffix if previous.also else previous.label,
            also=previous.also[1:],
            subject=previous.subjects[0] if previous.subjects else previous.subject,
            subjects=previous.subjects[1:],
            period=previous.periods[0] if previous.periods else previous.period,
            periods=previous.periods[1:],
            parent="" if parent == base else parent,
            status=modality.status_of(quantity, self.scope),
            qualifier=modality.qualifier_of(quantity, None, after),
        )

    def _by_words(self, token: Token, quantity: Quantity, words: str, lead: str, place: Place) -> Reading:
        """`lead` is a threshold right before the words (产值超10亿元的企业…): part of the phrase, not of the cue."""
        plain, scope, unit = self.plain, self.namer.scope, quantity.unit
        after = plain[token.end : place.following]
        a_year_ago = _A_YEAR_AGO.fullmatch(words) if "同期" in words else None
        if a_year_ago is not None and (scope.base or scope.topic):
            words = a_year_ago["placed"] or ""
        if beside.belongs_before(self.previous, words, after, place, quantity):
            words = ""
        separator = beside.separator(words, place)
        if words[1:2] == "是":
            scope.begin_item(words)
        first = separator in ("。", "；", ";", ":") or (not separator and place.begin == self.start)
        first = first or (separator in (",", "，") and spoken.joins(plain, place.clause.start))
        heard = self._heard(words, _SORTS.get(unit.unit.measure) or unit.kind.value, separator, token.end, first)
        if heard.opens and words.endswith(_COMES_FROM):  # 来自29个国家: of nothing
            heard = replace(heard, opens=False)
        if heard.whole and lead:  # 亿元以上项目: 以上 is of the threshold
            heard = replace(heard, whole=False)
        cue = grammar.read_words(heard.rest if heard.name else words, unit.kind)
        if unit.text in ("位", "名") and _MOVED.search(cue.cue) and (cue.rule == "位次变化" or unit.text == "位"):
            quantity.unit = rank_unit(unit.text)
            cue = replace(cue, rule="位次变化", transformation=T.CHANGE, keep=False)
        beyond = plain[token.end : min(place.clause.end, token.end + 40)]
        if modality.is_threshold(words, beyond, quantity, cue):
            cue = replace(cue, rule="门槛", transformation=_THRESHOLD, head="", cue="", keep=False)
        else:
            modality.hear(scope, lead + words, modality.TARGET_WORDS)
            if scope.target == "plan":
                modality.hear_done(scope, words, after, self.namer.before)
        if lead:
            cue = replace(cue, head=lead + cue.head)
        item = items.hear(self.namer, heard, cue, quantity, separator)
        if ("该" in words or "后者" in words) and not heard.name:
            self._take_up_name(words, place)
        around = plain[max(place.begin, token.start - grammar.WINDOW) : token.start]
        transformation, comparison, rule = modality.judge(
            token,
            quantity,
            cue,
            grammar.comparison_of(around),
            after,
            scope,
            self.namer.sentence,
            bool(self.stack),
        )
        own = transformation is _LEVEL and not item and bool(cue.head.strip(",，、;； ")) and separator != "、"
        self.clock.before_figure(scope, words, own, bool(heard.name) and scope.parts is None)
        said = scope.said
        label, base = self.namer.name(cue.head, after, quantity, transformation, cue)
        if not heard.name and words.lstrip(",，").startswith(_THAN):  # 比邻近的云陵经开区少86亿元
            scope.said = said
        target_kind = modality.target_kind(transformation, scope, self.document.section.plan)
        if target_kind is not None and transformation is not _TARGET:
            transformation, rule = _TARGET, f"{rule}（目标）"
        reading = Reading(
            token=token,
            quantity=quantity,
            rule=rule,
            transformation=transformation,
            comparison=comparison,
            direction=cue.direction or 1,
            label=label,
            base=base,
            subject=self._whose(),
            parent=self.namer.parent(base, quantity, transformation, cue),
            period=scope.period or self.document.section.period or self._default(token),
            status=modality.status_of(quantity, scope),
            qualifier=modality.qualifier_of(quantity, cue.qualifier, after),
            target_kind=target_kind,
            doubtful=self.namer.doubt,
        )
        reading.period = self.clock.of_year(scope, place.begin, token, reading.period)
        if a_year_ago is not None:
            reading.period = when.year_before(reading.period)
        if other := beside.compared(self.plain, self.start, words, place):
            reading.subject = other
        if not heard.name and (larger := self._area(words, after, cue, reading)):
            reading.subject = self._region = larger
        elif heard.name or cue.head or separator in ("。", "；", ";"):
            self._region = ""
        owner = heads.owner_behind(after) if "的" in after[:9] and transformation is _LEVEL and not heard.name else ""
        if owner:
            reading.subject = scope.subject = owner
            reading.label = reading.base = scope.base = heads.unled(words) or base
        dealt = (
            heard.names
            or (areas.row(words) if "全" in words else ())
            or (
                self.pending
                if _is_dealt(words) or beside.dealt_before(heard, self.namer.sentence, self.pending)
                else ()
            )
        )
        if dealt:
            self.pending = dealt
        if not dealt and "、" in words and transformation is _LEVEL:
            dealt = self._dealt_unsaid(token, words, reading)
        if dealt and self.row.length(token) == len(dealt):
            reading.subject = scope.subject = dealt[0]
            reading.subjects = dealt[1:]
        elif heard.names:
            reading.subject, reading.doubtful = "", "“分别”所列的项数与数据个数不一致"
        else:
            self._complete(reading, words, around, after, cue)
        self._hear_row(words)
        items.remember(scope, reading, heard, item, separator)
        ends = place.following == place.clause.end and transformation is _LEVEL and unit.kind is COUNT
        if ends and (whole := beside.counted_within(reading, after)) is not None:
            scope.parts = Parts((whole,), scope.subject)
        return reading

    def _take_up_name(self, words: str, place: Place) -> None:
        """该公司 and 后者: the one named last that they can stand for, wherever in the words before it was named."""
        fits = items.taken_up(words, self.scope)
        if fits is None:
            return
        if len(self.pending) > 1 and words.lstrip(",，").startswith("后者"):
            self.scope.subject = self.pending[-1]
            return
        begin = max(self.start, place.begin - 48)
        self.scope.subject = introduced.mentioned(self.plain[begin : place.begin], fits) or self.scope.subject

    def _area(self, words: str, after: str, cue: grammar.Cue, reading: Reading) -> str:
        """The area around the park whose figure it is: said with it, or right before the rate at which it grew."""
        if "全" not in words:
            grown = self._region and not cue.head and reading.transformation is _GROWTH and not words.endswith("点")
            return self._region if grown else ""
        if (
            self.document.own
            and reading.quantity.unit.kind is COUNT
            and (region := areas.around(words, after, self.document.own))
        ):
            return region
        return beside.larger(self.document.own, words, reading.transformation)

    def _whose(self) -> str:
        """The subject in force; the park of the title is the park itself."""
        subject, place = self.scope.subject or self.scope.place, self.scope.place
        if not subject:
            return ""
        if place and subject != place and spoken.is_part_of_place(subject):
            subject = place
        return "" if any(is_own(subject, own) for own in self.document.own or ("",)) else subject

    def _dated(self, words: str) -> Period:
        return self.clock.meant(words, self.scope) or self.document.section.period or self.document.default

    def _default(self, token: Token) -> Period:
        """The document's year is that of what stands behind it."""
        document = self.document
        return document.default if document.since <= token.start <= document.until else unknown_period()

    # ------------------------------------------------------------ subjects and parts
    def _heard(self, words: str, unit: str, opened: str, end: int, first: bool) -> heads.Heard:
        """The name that the words begin with; a period that was taken out of them ends a name."""
        if not words:
            return heads.NOTHING
        scope = self.namer.scope
        parts = scope.parts
        listed = parts is not None or scope.announced or (bool(self.namer.sentence) and bool(scope.subject))
        if "由" in words and words.lstrip(",，").startswith("由") and _MADE_UP.match(self.plain, end):
            words = words.replace("由", "包括", 1)
        if unit == "amount" and parts is not None and parts.named:
            unit = "money"
        heard = heads.split(words, self.cut, listed, unit, first)
        if heard.opens and heads.by_kind(words.lstrip(",，")):
            scope.by_kind = True
        if (
            scope.by_kind
            and heard.name
            and (not heads.unled(heard.rest) or heads.is_kind(heard.name))
            and not heard.name.endswith(_FIRM)
        ):  # 从行业看，五金工具…、家纺服装…
            return replace(heard, name="", rest=words, doing=False)
        if parts is not None and not heard.name and not heard.whole and unit != "pieces":
            following = _BESIDE.match(self.plain, end)
            heard = heads.alongside(words, following["item"] if following is not None else "", parts.named) or heard
        if (
            heard.name
            and opened in ("，", ",")
            and parts is None
            and scope.subject.endswith(_HAS_PARTS)
            and heads.is_part_of(heard.name)
        ):
            heard = replace(heard, name="", rest=words, doing=False)  # 该项目完成投资2亿元，裂解装置安装完成85%
        if not heard.name and not heard.whole and begins(words, self.document.own):
            heard = replace(heard, whole=True)
        if heard.name:
            scope.rival = _RIVAL.search(words) is not None
            scope.deed = heads.unled(heard.rest) if heard.doing else ""
        elif (scope.deed or opened in (";", "；")) and scope.subject:
            other = heads.alike(words, scope.subject) if opened in (";", "；") else None
            return other or heads.parallel(words, scope.deed) or heard
        return heard

    def _dealt_unsaid(self, token: Token, words: str, reading: Reading) -> tuple[str, ...]:
        """甲、乙、丙获得奖补3万元、2万元、1万元: as many names as figures, and something said of them."""
        names = heads.listing(words)
        if len(names) < 2 or self.row.length(token) != len(names):
            return ()
        rest = heads.unled(words[words.rindex(names[-1]) + len(names[-1]) :])
        if not rest:
            return ()
        if names[0] in reading.label:
            reading.label = reading.base = self.scope.base = phrases.split_head(rest)[1] or rest
        return names

    def _complete(self, reading: Reading, words: str, around: str, after: str, cue: grammar.Cue) -> None:
        """Rank scope, base year, comparable basis, and the phrases of a 分别 list."""
        if reading.transformation is _RANK:
            found = _RANK_SCOPE.search(words[-14:])
            reading.rank_scope = found[0] if found else ""
        if reading.comparison is _VS_BASE:
            beside.set_base_year(reading, around + self.scope.comparison)
        if reading.transformation in (_GROWTH, _TARGET):
            sentence = self.plain[self._sentence_start(reading) : reading.token.start]
            modality.set_bases(reading, around + after[:10], sentence)
        if _is_dealt(words):
            self._deal_out(reading, phrases.split_head(cue.head)[1])

    def _sentence_start(self, reading: Reading) -> int:
        return max(self.start, self.plain.rfind("。", self.start, reading.token.start), reading.token.start - 80)

    def _deal_out(self, reading: Reading, phrase: str) -> None:
        """分别 and 依次: as many names (or figures before) as figures in the run, each to its own; else doubtful."""
        count = self.row.length(reading.token)
        if count < 2:
            return
        subjects = () if phrase else dealing.subjects_before(self.namer.sentence, count)
        if subjects:
            reading.subject, reading.subjects = subjects[0], subjects[1:]
            reading.parent = reading.parent or self.namer.sentence[-1].parent
            return
        dealt = phrases.listed(phrase, count) or phrases.listed(reading.base, count)
        periods = () if dealt else self.row.periods_before(reading.token, count)
        if periods:
            reading.period, *later = (self._dated(words) for words in periods)
            reading.periods = tuple(later)
            return
        dealing.deal_out(reading, dealt or dealing.figures_before(self.namer.sentence, count))
