"""Reads one figure of a line by its words: what it says, of what, whose it is and of when.

"，其中土建" 4亿元    level 土建, parent 完成投资      "、8%和" 10%    as the figure before it
"""

from __future__ import annotations

import re
from dataclasses import replace

from parkbook.model import Comparison, TargetKind, Transformation
from parkbook.periods import Period, unknown_period
from parkbook.sources.text import (
    aims,
    areas,
    bare,
    beside,
    dealing,
    grammar,
    heads,
    introduced,
    items,
    limits,
    modality,
    phrases,
    second_look,
    spoken,
    stretch,
    when,
)
from parkbook.sources.text.around import Document, Place
from parkbook.sources.text.clock import Clock
from parkbook.sources.text.dealer import Dealer
from parkbook.sources.text.dealing import RUN, Row
from parkbook.sources.text.grammar import Cue
from parkbook.sources.text.heads import Heard
from parkbook.sources.text.lex import Kind, Token
from parkbook.sources.text.naming import Namer
from parkbook.sources.text.own import begins, end_of_own, is_own
from parkbook.sources.text.parts import Parts
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.said import Said
from parkbook.sources.text.scope import Scope
from parkbook.sources.text.second_look import Look
from parkbook.sources.text.values import COUNT, NONE, PERCENT, TIMES, Quantity, rank_unit, read_quantity

T = Transformation
_LEVEL, _GROWTH, _TARGET, _RANK, _THRESHOLD = T.LEVEL, T.GROWTH, T.TARGET, T.RANK, T.THRESHOLD
_VS_BASE, _VS_REGION = Comparison.VS_BASE, Comparison.VS_REGION
_SORTS = dict.fromkeys(("元", "美元", "欧元", "港元", "日元"), "money") | dict.fromkeys(
    ("个", "项", "家", "宗"), "pieces"
)
_MADE_UP = re.compile(r"[^。;；\n]{0,80}?(?:构成|组成)")
_RANK_SCOPE = re.compile(
    r"全[国省市区县州球]|(?!.?全|[居位列排名][居于列在]?|[速度量值额率入比重在为第现])(?:[一-龥]{2}|石家庄|哈尔滨|连云港|马鞍山|张家口|驻马店|黑龙江|[一-龥]{2}[江山口港岛])[省市]"
    r"|世界|同类[一-龥]{0,4}|中西部|苏[南中北]"
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
_A_YEAR_AGO = re.compile(
    r"[,，;；]?(?:而|但)?(?P<then>去年|上年|(?:19|20)\d\d年)同期(?:仅|只|还|才)?(?:为|是|有|(?P<placed>列|居|排)第?)?"
)
_ONLY_IS = re.compile(r"[,，、;；]?(?:增[速长幅]|分别|同比)?(?:则|仅|只|还|才)?(?:为|是|达到?)?")
_NO_PARK = ("",)
_GOES_ON = frozenset(":)")
_COMES_FROM = ("来自", "分布在", "来自于", "分布于")


def _is_dealt(words: str) -> bool:
    return "分别" in words or "依次" in words


class FigureReader:
    """The state of a line that figures are read by, and that they leave behind."""

    def __init__(self, document: Document, start: int, row: Row) -> None:
        self.document, self.plain, self.start, self.row = document, document.plain, start, row
        self.namer = Namer(start, document.readings, Scope(place=document.section.place))
        self.clock = Clock(document, self.plain, start)
        self.stack: list[Scope] = []
        self.previous: Reading | None = None
        self.dealer = Dealer(self.namer, row, self._dated)
        self._region = ""

    # ------------------------------------------------------------ one figure
    def read(self, token: Token, place: Place) -> None:
        previous = self.previous if self.previous is not None and self.previous.token.end == place.begin else None
        start = token.start
        begin = place.begin if start - place.begin < grammar.WINDOW else start - grammar.WINDOW
        words, cut = stretch.between(self.document, begin, start)
        around = words if len(words) == start - begin else self.plain[begin:start]
        if len(words) < 2 and place.clause.opened in _GOES_ON:
            front = beside.words_in_front(self.plain, self.start, words, place)
            if front is not None:
                words = stretch.between(self.document, *front)[0] + words
        lead = ""
        if previous is not None and previous.transformation is _THRESHOLD:
            begin = max(previous.begin, start - grammar.WINDOW)
            lead, _ = stretch.between(self.document, begin, place.begin)
            words = limits.INCLUDING.sub("", words, count=1) if words.startswith("(") else words
        quantity = read_quantity(token, self.document.original)
        if token.rule == bare.BARE or quantity.unit.text in bare.NO_UNITS:
            bare.share_unit(self.row, self.document.original, token, quantity)
        reading = self._in_run(token, quantity, words, begin, place) if previous is not None else None
        if reading is None:
            after = self.plain[token.end : place.following]
            reading = self._by_words(Said(token, quantity, words, cut, lead, place, after, around, previous))
        reading.begin = begin
        self.document.readings.append(reading)
        self.namer.sentence.append(reading)
        self.previous = reading
        self.clock.after_figure(self.namer.scope, token.end)

    def _in_run(self, token: Token, quantity: Quantity, words: str, begin: int, place: Place) -> Reading | None:
        """5%、8%和10%: the cue of the first holds for all; None where a figure does not go on with the one right before it."""
        previous = self.previous
        if previous is None:
            return None
        if quantity.unit.kind not in (previous.quantity.unit.kind, NONE):
            grown = previous.also and previous.transformation is _GROWTH  # 分别增长3.8倍、2.2倍和10.7%
            if not grown or quantity.unit.kind not in (PERCENT, TIMES):
                return None
        if "平" in words or "零" in words:
            places, begin = dealing.held(self.plain, begin)
            previous, words = dealing.passed(previous, places), self.plain[begin : token.start]
        if RUN.fullmatch(words) and RUN.fullmatch(self.plain, begin, token.start):
            reading = self._next(previous, token, quantity, self.plain[token.end : place.following])
            items.remember(self.namer.scope, reading, heads.NOTHING, False, "、")
            return reading
        if previous.comparison is _VS_REGION and (label := bare.other_area(previous.label, words)):
            return replace(self._next(previous, token, quantity, self.plain[token.end : place.following]), label=label)
        turned = self._turned(previous, begin, token)
        if turned is None:
            return None
        reading = self._next(previous, token, quantity, self.plain[token.end : place.following])
        reading.direction = turned
        return reading

    def _turned(self, previous: Reading, begin: int, token: Token) -> int | None:
        """The direction of a figure of a 分别 list that has a verb of its own (增长5%、下降3%); None when it is none."""
        if not (previous.also or previous.subjects or previous.periods or previous.comparisons):
            return None
        found = dealing.TURNED.fullmatch(self.plain, begin, token.start)
        return None if found is None else -1 if found["down"] else 1

    def _next(self, previous: Reading, token: Token, quantity: Quantity, after: str) -> Reading:
        """The next figure of a run; a 分别 list deals out its phrases."""
        scope = self.namer.scope
        base = previous.also[0] if previous.also else previous.base
        parent = previous.parent or (scope.parent if previous.also else "")
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
            comparison=previous.comparisons[0] if previous.comparisons else previous.comparison,
            comparisons=previous.comparisons[1:],
            parent="" if parent == base else parent,
            status=modality.status_of(quantity, scope),
            qualifier=modality.qualifier_of(quantity, None, after),
            doubtful=quantity.doubt or ("" if previous.quantity.doubt else previous.doubtful),
        )

    # ------------------------------------------------------------ by its words
    def _by_words(self, said: Said) -> Reading:
        scope, unit = self.namer.scope, said.quantity.unit
        heard = self._heard_by(said)
        cue = self._cue(said, heard)
        item = items.hear(self.namer, heard, cue, said.quantity, said.separator)
        if ("该" in said.words or "后者" in said.words) and not heard.name:
            self.take_up_name(said.words, said.place.begin)
        reading = self._stated(said, heard, cue, item)
        self._grow_on(said, reading)
        reading.period = self.clock.of_year(scope, said.place.begin, said.token, reading.period)
        if said.year_ago:
            reading.period = when.year_before(reading.period, said.year_ago)
        if said.compared and reading.transformation is _LEVEL:
            self._set_base(said, reading)
        self._correct_owner(said, heard, cue, reading)
        if said.place.clause.opened == "(" and not said.words and self.plain.startswith(")的", said.token.end):
            beside.set_whole(reading, self.plain, self.start, said.place)
        self._deal(said, heard, cue, reading)
        if "、" in said.words:
            self.dealer.hear_row(said.words)
        items.remember(scope, reading, heard, item, said.separator, said.after, bool(said.lead))
        ends = said.place.following == said.place.clause.end and reading.transformation is _LEVEL and unit.kind is COUNT
        if ends and (whole := beside.counted_within(reading, said.after)) is not None:
            scope.parts = Parts((whole,), scope.subject)
        return reading

    def _is_compared_with(self, said: Said) -> bool:
        """与上次调查的2553家相比: what a figure stands for that another is compared with; tasks and plans are none."""
        set_by = said.after.startswith(("目标", "任务", "计划", "预算"))
        return not set_by and phrases.COMPARED_WITH.fullmatch(said.words) is not None

    def _set_base(self, said: Said, reading: Reading) -> None:
        """比2022年的268家, 与上次调查的2553家相比: of the time that is named, never of the sentence's."""
        reading.rule = modality.BASE_VALUE
        stated = [token for token in self.row.tokens if token.kind is Kind.PERIOD and token.end <= said.token.start]
        if not stated or said.token.start - stated[-1].end > 2:
            reading.period = unknown_period()

    def _heard_by(self, said: Said) -> Heard:
        """The name that the words begin with, after what in them is of the figure before or of a year ago is set aside."""
        scope, place, unit = self.namer.scope, said.place, said.quantity.unit
        a_year_ago = _A_YEAR_AGO.fullmatch(said.words) if "同期" in said.words else None
        said.year_ago = a_year_ago["then"] if a_year_ago is not None else ""
        if a_year_ago is not None and (scope.base or scope.topic):
            said.words = a_year_ago["placed"] or ""
        if said.words.endswith("的") and scope.base and unit.kind is not PERCENT:
            said.compared = self._is_compared_with(said)
            said.words = "" if said.compared else said.words
        if said.before is not None and beside.belongs_before(said.before, said.words, said.after, said.quantity):
            said.words = ""
        said.separator = separator = beside.separator(said.words, place)
        if said.words[1:2] == "是":
            scope.begin_item(said.words)
        first = separator in ("。", "；", ";", ":") or (not separator and place.begin == self.start)
        first = first or (separator in (",", "，") and spoken.joins(self.plain, place.clause.start))
        heard = self._heard(said, _SORTS.get(unit.unit.measure) or unit.kind.value, first)
        if heard.opens and said.words.endswith(_COMES_FROM):  # 来自29个国家: of nothing
            heard = replace(heard, opens=False)
        if heard.whole and said.lead:  # 亿元以上项目: 以上 is of the threshold
            heard = replace(heard, whole=False)
        return heard

    def _cue(self, said: Said, heard: Heard) -> Cue:
        """What the words say of the figure; hears what they say of plans and results."""
        scope, words, quantity = self.namer.scope, said.words, said.quantity
        kind, named = quantity.unit.kind, quantity.unit.text
        cue = grammar.read_words(heard.rest if heard.name else words, kind)
        if named in ("位", "名") and _MOVED.search(cue.cue) and (cue.rule == "位次变化" or named == "位"):
            quantity.unit = rank_unit(named)
            cue = replace(cue, rule="位次变化", transformation=T.CHANGE, keep=False)
        if cue.rule == grammar.YIELD:
            cue = modality.yielded(cue, quantity, self.namer.sentence)
        limited = kind in modality.LIMITS or said.after[:1] in modality.LIMITED_BY
        if limited and modality.is_threshold(words, self._beyond(said), quantity, cue):
            cue = replace(cue, rule="门槛", transformation=_THRESHOLD, head="", cue="", keep=False)
            modality.hear(scope, words, modality.TARGET_WORDS)
        else:
            said.aimed = modality.hear(scope, said.lead + words, modality.TARGET_WORDS)
            aims.hear(scope, words, said.place.clause, False)
            if scope.target == "plan":
                modality.hear_done(scope, words, said.after, self.namer.before)
        return replace(cue, head=said.lead + cue.head) if said.lead else cue

    def _beyond(self, said: Said) -> str:
        """What stands behind a figure in its clause."""
        end, stop = said.token.end, said.place.clause.end
        return self.plain[end : stop if stop < end + 40 else end + 40]

    def _stated(self, said: Said, heard: Heard, cue: Cue, item: bool) -> Reading:
        """The reading as the words alone state it."""
        scope, words, quantity, token = self.namer.scope, said.words, said.quantity, said.token
        transformation, comparison, rule = modality.judge(
            token,
            quantity,
            cue,
            said.around,
            said.after,
            scope,
            self.namer.sentence,
            bool(self.stack),
        )
        own = transformation is _LEVEL and not item and said.separator != "、"
        self.clock.before_figure(scope, words, cue.head if own else "", bool(heard.name) and scope.parts is None)
        before = scope.said
        label, base = self.namer.name(cue.head, said.after, quantity, transformation, cue)
        direction = cue.direction or modality.direction_of(rule, cue, self.namer.before)
        doubtful = self.namer.doubt
        if rule in second_look.LOOKED_AT:
            look = Look(transformation, comparison, rule, direction, label, base, doubtful)
            second_look.look(look, cue, quantity, said.around)
            transformation, comparison, rule = look.transformation, look.comparison, look.rule
            direction, label, base, doubtful = look.direction, look.label, look.base, look.doubtful
        elif rule in second_look.SHIFTS:
            direction = second_look.shifted(self.namer.before, cue) or direction
        if scope.said is not before and not heard.name and words.lstrip(",，").startswith(_THAN):
            scope.said = before  # 比邻近的云陵经开区少86亿元
        stated, target_kind = transformation, self._aimed(said, transformation)
        if target_kind is not None and transformation is not _TARGET:
            transformation, rule = _TARGET, f"{rule}（目标）"
        subject = self._whose()
        parent = self.namer.parent(base, quantity, stated, cue)
        label = self.namer.share_of(label, parent, stated, cue)
        period = scope.period or self.document.section.period or self._default(token)
        status = modality.status_of(quantity, scope)
        qualifier = modality.qualifier_of(quantity, cue.qualifier, said.after)
        made = Reading(
            token,
            quantity,
            rule,
            transformation,
            comparison,
            direction,
            label,
            base,
            subject,
            parent,
            period,
            status,
            qualifier,
        )
        made.target_kind, made.doubtful = target_kind, quantity.doubt or doubtful
        return made

    def _aimed(self, said: Said, transformation: Transformation) -> TargetKind | None:
        """The kind of target that a figure is; None when it is none."""
        rest = self.plain[said.token.end : said.token.end + 80]
        before = self.namer.before
        base = before.base if before is not None else ""
        if aims.set_by_itself(said.words, said.around, said.after, rest, said.quantity.unit.kind, transformation, base):
            return TargetKind.GROWTH if transformation is _GROWTH else TargetKind.BASE
        around = said.around if transformation is not T.SHARE else said.words
        plan, words = self.document.section.plan, said.lead + around
        return modality.target_kind(transformation, self.namer.scope, plan, words, said.after, said.aimed, before)

    def _grow_on(self, said: Said, reading: Reading) -> None:
        """增长5.6%（上半年为6.2%，上年同期7.1%）: a rate in brackets with nothing but its time is a growth too."""
        before = self.previous
        if not self.stack or before is None or before.transformation is not _GROWTH:
            return
        if reading.transformation is not _LEVEL or reading.quantity.unit.text != before.quantity.unit.text:
            return
        if len(said.around) - len(said.words) > 1 and _ONLY_IS.fullmatch(said.words):
            reading.transformation, reading.comparison = _GROWTH, before.comparison
            reading.base, reading.label = before.base, before.label
            if before.direction < 0 and not reading.quantity.negative:
                reading.doubtful = "括号中的增速没有写明升降"

    # ------------------------------------------------------------ of when
    def _dated(self, words: str) -> Period:
        return self.clock.meant(words, self.namer.scope) or self.document.section.period or self.document.default

    def _default(self, token: Token) -> Period:
        """The document's year is that of what stands behind it."""
        document = self.document
        return document.default if document.since <= token.start <= document.until else unknown_period()

    # ------------------------------------------------------------ whose
    def _heard(self, said: Said, unit: str, first: bool) -> Heard:
        """The name that the words begin with; a period that was taken out of them ends a name."""
        words, opened, end = said.words, said.separator, said.token.end
        if not words:
            return heads.NOTHING
        scope = self.namer.scope
        parts = scope.parts
        listed = parts is not None or scope.announced or (bool(self.namer.sentence) and bool(scope.subject))
        if "由" in words and words.lstrip(",，").startswith("由") and _MADE_UP.match(self.plain, end):
            words = words.replace("由", "包括", 1)
        if unit == "amount" and parts is not None and parts.named:
            unit = "money"
        heard = heads.split(words, said.cut, listed, unit, first)
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
        plain = words.lstrip(",，、；;")
        if len(heard.name) < (own := end_of_own(plain, self.document.own)):
            return self._carried_on(words, opened, replace(heard, name=plain[:own], rest=plain[own:], names=()))
        if not heard.name and not heard.whole and begins(words, self.document.own):
            heard = replace(heard, whole=True)
        return self._carried_on(words, opened, heard)

    def _carried_on(self, words: str, opened: str, heard: Heard) -> Heard:
        """What the words begin with, beside the name before them: 甲公司投资3亿元，乙投资2亿元."""
        scope = self.namer.scope
        if heard.name:
            scope.rival = _RIVAL.search(words) is not None
            scope.deed = heads.unled(heard.rest) if heard.doing else ""
        elif (scope.deed or opened in (";", "；")) and scope.subject:
            other = heads.alike(words, scope.subject) if opened in (";", "；") else None
            return other or heads.parallel(words, scope.deed) or heard
        return heard

    def take_up_name(self, words: str, begin: int) -> None:
        """该公司 and 后者: the one named last that they can stand for, wherever in the words before it was named."""
        scope = self.namer.scope
        fits = items.taken_up(words, scope)
        if fits is None:
            return
        if len(self.dealer.pending) > 1 and words.lstrip(",，").startswith("后者"):
            scope.subject = self.dealer.pending[-1]
            return
        before = self.plain[max(self.start, begin - 48) : begin]
        scope.subject = introduced.mentioned(before, fits) or scope.subject

    def _whose(self) -> str:
        """The subject in force; the park of the title is the park itself."""
        scope = self.namer.scope
        subject, place = scope.subject or scope.place, scope.place
        if not subject:
            return ""
        if place and subject != place and spoken.is_part_of_place(subject):
            subject = place
        for own in self.document.own or _NO_PARK:
            if is_own(subject, own):
                return ""
        return subject

    def _correct_owner(self, said: Said, heard: Heard, cue: Cue, reading: Reading) -> None:
        """An area that is only compared with, the area around the park, and an owner behind the figure."""
        scope, words, after = self.namer.scope, said.words, said.after
        if (not words or words.endswith("的")) and (
            other := beside.compared(self.plain, self.start, words, said.place)
        ):
            reading.subject = other
        before = self.previous
        if "的" in words[:8] and before is not None and (who := beside.who_did(before, self.plain, words, said.place)):
            reading.subject = scope.subject = who
        about_area = not heard.name and (self._region or "全" in words)
        if about_area and (larger := self._area(words, after, cue, reading)):
            reading.subject = self._region = larger
        elif heard.name or cue.head or said.separator in ("。", "；", ";"):
            self._region = ""
        together = "合" in words or "计" in words or "共" in words
        if together and not heard.name and beside.of_all_together(self.plain, said.place.begin):
            reading.subject = scope.subject = ""
        level = reading.transformation in (_LEVEL, _TARGET) and not heard.name
        owner = heads.owner_behind(after) if level and "的" in after[:9] else ""
        if owner:
            reading.subject = scope.subject = owner
            reading.label = reading.base = scope.base = heads.unled(words) or reading.base

    def _area(self, words: str, after: str, cue: Cue, reading: Reading) -> str:
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

    # ------------------------------------------------------------ dealing out
    def _deal(self, said: Said, heard: Heard, cue: Cue, reading: Reading) -> None:
        """Deals a run of figures out to as many names, where words do so; else completes what the words say of the figure."""
        dealt = _is_dealt(said.words)
        names = self.dealer.names_dealt(said, heard, reading, dealt)
        if names and self.row.length(said.token) == len(names):
            reading.subject = self.namer.scope.subject = names[0]
            reading.subjects = names[1:]
        elif heard.names:
            reading.subject, reading.doubtful = "", "“分别”所列的项数与数据个数不一致"
        else:
            self._complete(reading, said)
            if dealt or self.dealer.goes_on_dealt(reading, cue.head):
                self.dealer.deal_out(reading, phrases.split_head(cue.head)[1], said.words)

    def _complete(self, reading: Reading, said: Said) -> None:
        """Rank scope, base year and comparable basis."""
        if reading.transformation is _RANK:
            found = _RANK_SCOPE.search(said.words[-14:])
            reading.rank_scope = found[0] if found else ""
        if reading.comparison is _VS_BASE:
            beside.set_base_year(reading, said.around + self.namer.scope.comparison)
        if reading.transformation in (_GROWTH, _TARGET):
            sentence = self.plain[self._sentence_start(reading) : reading.token.start]
            modality.set_bases(reading, said.around + said.after[:10], sentence)

    def _sentence_start(self, reading: Reading) -> int:
        end = reading.token.start
        begin = end - 80 if end - self.start > 80 else self.start
        stop = self.plain.rfind("。", begin, end)
        return stop if stop >= 0 else begin
