"""What time a line speaks of: periods are heard clause by clause and hold for a figure, a sentence or the paragraph.

6月末，企业682家。税收5亿元         the end of June holds for its sentence; taxes are of the period of the section
2024年，产值9亿元。税收1亿元         a span that begins a paragraph holds for the paragraph
由上年的6%提高到11%                 a year that something came from holds for one figure
自运营以来累计服务390家              what spans time without saying which has no period
"""

from __future__ import annotations

import re

from parkbook.periods import (
    Basis,
    Period,
    PeriodStatus,
    month_period,
    unknown_period,
    year_period,
    ytd_period,
)
from parkbook.sources.text import leading, when
from parkbook.sources.text.around import Document
from parkbook.sources.text.lex import Token
from parkbook.sources.text.meanings import NOW, OF_THE_SPEAKER, THIS_YEAR, THIS_YEAR_SO_FAR, Meanings, is_year
from parkbook.sources.text.scope import Clause, Scope

_POINT = Basis.POINT
_OPENS = ("", "。", "!", "?", "\n")
"""Signs behind which a sentence begins."""
_GOES_ON = ("其中", "同期")
"""What begins a sentence that is of the time of the one before."""
_YEAR = re.compile(r"(\d{4})年")
_LAST_MONTH = re.compile(r"(\d{1,2})月份?[底末]?\Z")
_TASK_OF_YEAR = re.compile(r"(?:完成|占|为|距离?|离)[^,，。]{0,4}\Z")
_TASKS = ("任务", "目标", "计划", "指标", "预算")
_AS_FOLLOWS = re.compile(r"(?:汇报|通报|报告|总结|情况|公布|说明)[^,，。]{0,6}如下|如下\Z")
_TELLS = re.compile(r"(?:指出|强调|认为|要求|明确|介绍|通报|显示|获悉|了解到?|表示|以来|如下|据?统计|据悉)[,，:]\Z")
_OF_SOMEBODY = 12
"""So many characters of a name may stand before the time of a paragraph (园区与两镇全年完成…), where nothing else says one."""
_DONE = re.compile(r"[,，]?(?:已|实际(?!使用|利用|到|投)|现已|目前已)")
_TOWARDS = re.compile(r"围绕|对照|按照|瞄准|锚定|聚焦|对标")
_ITEM = re.compile(r"[一二三四五六七八九]是")
_SEEN = ("看", "来看", "而言")
_ONE_AGO = re.compile(
    r"(?:这一|该|此项|同口径)?[^,，。;:\d]{0,6}?(?:还|仅|只|则)?(?:为|是|有|仅|只|才|不到|不足|达)(?:约|近|第)?(?=\d)"
)
"""上年为2.3%, 上年这一比例还不到20%: said beside the figure of this year."""
_PLAN_OF_YEAR = re.compile(
    r"年度(?:计划)?(?:完成)?(?:总?投资|建设投资|计划|任务|目标|预算)(?:额|数|计划|任务|目标)?(?:合计|共计|总计|[为约共达是])*\Z"
    r"|全年[一-龥]{0,8}(?:目标|任务|计划)[为数约]*\Z"
)
"""年度计划6亿元, 完成全年任务9亿元的40%: amounts that are of the whole year."""
_AIM_OF_YEAR = re.compile(r"(?<![上前])年度(?!计划|任务|目标|投资|预算)")
_IN_YEAR = re.compile(r"(?<![今本去当前上明续\d一二两三四五六七八九十])年内(?!已|累计|到期|[次新最])")
_IS_DONE = re.compile(r"[已共]?(?:完成|实现|达到|新增|净增)")
_UP_TO = ("截至", "截止", "到", "至")
_FLOW = re.compile(r"增加值|产值|收入|税收|投资|投入|入库|新(?:入驻|认定|签|引|开工|增|投)|签约")
_COMPARED = re.compile(r"较|比(?!重)")
_FIRST = re.compile(r"一开始|起初|最初|当初|之初|建园时|成立时|投产时")
_AT_FIRST = ("之初的", "初期的", "当初的", "起初的", "最初的")
"""由建园之初的9家增到90家: of a time that nothing dates."""
_STILL = ("现有", ",现有", "，现有", "、现有", ";现有", "；现有")
_FOUNDED = re.compile(r"[^,，。;；\n\d]{0,14}?(?:设立|成立|创立|创办|创建|组建|建园|挂牌)")
_FROM = ("从", "由")
_TEN_DAYS = ("上旬", "中旬", "下旬")
_DAYS = re.compile(r"(?P<month>\d{1,2})月\d{1,2}日?(?:-|—|–|~|至|到)(?:(?P<last>\d{1,2})月)?\d{1,2}日(?=[,，])")
_TODAY = ("如今", "现在", "眼下", "现如今")
_SPANS = re.compile(
    r"(?P<since>以来)|(?:近|过去|最近)(?:\d{1,2}|[两二三四五六七八九十]{1,2})年(?!来?(?:同期|最|新))|(?<![今去前明上本当成周续历\d])(?:\d|[两三四五六七八九十])年(?:来|间|内)"
)
_NO_SPAN = re.compile(r"(?:今年|本年|年初|季度|月份?|入[春夏秋冬]|开年|\d{4}年)(?:以来)\Z")


_OF_THE_FIGURE_BEFORE = re.compile(r"[,，]?(?:其中)?(?:较|比|占|高于|低于|高出|低|高|多|少|同比|环比|增|下?降)")
"""What goes on about the figure in front of it: 贷款余额9亿元（9月末），占全市的2%."""
_NO_SPAN_OF_DOCUMENT = (Basis.POINT, None)


class Clock(Meanings):
    """The time of the figures of one line.

    `paragraph` holds from sentence to sentence, `lead` from semicolon to semicolon of the sentence that it began;
    `aside` says that a date stands for its own figure only (`beside`: that figure has been read).
    """

    def __init__(self, document: Document, plain: str, start: int) -> None:
        self.document, self.plain, self.start = document, plain, start
        self.this_year = self._told_this_year()
        self.year = self.this_year or self._base_year()
        self.paragraph: Period | None = document.running
        self.lead: Period | None = None
        self.said: Period | None = None
        self.came_from: tuple[Period | None] | None = None
        self.origin: tuple[Period | None, Period | None] | None = None
        self.behind: Period | None = None
        self.inside: Period | None = None
        self.towards: tuple[Period | None] | None = None
        self.event: int | None = None
        self.event_month: int | None = None
        self.event_told = False
        self.aside = self.beside = False
        self.place = self.passed = -1
        self.figures = False
        self.of_line = self.lead_of_item = self.of_now = self.of_stock = False

    def _told_this_year(self) -> int | None:
        """今年1—3月 … in the paragraph before, where it was the year behind the one that the text was first of: 4月 is of it too."""
        document, year = self.document, self._base_year()
        if year is None or document.titled or document.spoken or not document.readings:
            return None
        last = document.readings[-1].period
        later = last.end is not None and last.end.year == year + 1 and not is_year(last)
        return year + 1 if later else None

    # ------------------------------------------------------------ sentences
    def begin_clause(self, clause: Clause, end: int, scope: Scope) -> None:
        """Before the tokens of a clause; `end`: where its first figure stands, or it ends."""
        plain, start = self.plain, clause.start
        if clause.opened == "(":
            scope.period, self.inside = self.inside or scope.period, None
        else:
            self.inside = None
            if self.came_from is not None:
                (scope.period,), self.came_from = self.came_from, None
            if self.towards is not None:
                (scope.period,), self.towards = self.towards, None
        if clause.opened == "。" and self.said is not None and self._goes_on(clause):
            scope.period = self.said
        if scope.period is not None and plain.startswith(_TODAY, start) and self._is_past(scope.period):
            scope.period = self.paragraph = None
        if plain.find("年", start, end) < 0 and plain.find("以来", start, end) < 0:
            return
        if end == clause.end and _IN_YEAR.search(plain, start, end):
            scope.period = self._whole_year(scope, "年内")
        for found in _SPANS.finditer(plain, start, end):
            if found["since"] is None or self._spans(found.end(), clause, end):
                if scope.period is None or scope.period.basis is not Basis.POINT:
                    scope.period = unknown_period(found[0])
                    self.place = found.start()
                return

    def _goes_on(self, clause: Clause) -> bool:
        """其中, 同期 and 入驻企业中: whether a sentence is of the time of the one before it."""
        if self.plain.startswith(_GOES_ON, clause.start):
            return True
        if not self.plain.startswith("中", clause.end - 1):
            return False
        whole = self.plain[clause.start : clause.end - 1]
        sentence = max(self.start, self.plain.rfind("。", self.start, clause.start - 1))
        return 3 < len(whole) < 16 and self.plain.find(whole, sentence, clause.start) >= 0

    def _spans(self, end: int, clause: Clause, stop: int) -> bool:
        """Whether 以来 is since something came to be (自开工以来), and speaks of the figures behind it."""
        if _NO_SPAN.search(self.plain, clause.start, end):
            return False
        return stop < clause.end or end == clause.end

    def pass_semicolon(self, scope: Scope) -> None:
        """Another item of the sentence: the period that the sentence began with, or that of the paragraph."""
        self.came_from = self.towards = self.behind = None
        if self.lead_of_item:
            self.lead, self.lead_of_item = None, False
        scope.period = self.lead or self.paragraph
        self.aside = False
        self._settle(scope.period)

    def end_sentence(self, scope: Scope) -> None:
        self.said, self.lead, self.figures, self.aside, self.event_told = scope.period, None, False, False, False
        self.came_from = self.towards = self.behind = self.origin = None
        self.of_now = False
        last = self.said.end if self.said is not None else None
        self._settle(self.said if last is not None and last.year == self.this_year else self.paragraph)

    def _settle(self, held: Period | None) -> None:
        """The year of 9月 in what follows: that of what holds there; where nothing does, the year that 今年 was said to be."""
        spoken = self.this_year or self._base_year()
        self.year = (held.end.year if held is not None and held.end is not None else spoken) or self.year

    def before_figure(self, scope: Scope, words: str, own: str, named: bool) -> None:
        """`own`: the words of a level that is no part; `named`: of somebody named with it."""
        section = self.document.section.period
        if section is not None and scope.period is not None and _DONE.match(words) and not is_year(section):
            held = self.paragraph if self.paragraph is None or not is_year(self.paragraph) else None
            scope.period = held if is_year(scope.period) else scope.period  # 全年计划50个，已开工43个
        self._hear_words(scope, words)
        if self.origin is not None and self.came_from is None and words.endswith(_FROM):
            self.came_from, scope.period = (scope.period,), self.origin[0]
        if self.aside and not self.beside:
            self.of_stock = leading.is_stock(own)
        elif self.aside and own.strip(",，、;； ") and not (self.of_stock and leading.is_stock(own)):
            scope.period, self.aside = self.lead or self.paragraph, False
        elif named and self.lead is not None and self.place < self.passed:
            scope.period = self.lead
        self.beside = True
        if self.behind is not None:
            if _OF_THE_FIGURE_BEFORE.match(words):
                self.came_from = (scope.period,)
                scope.period = self.behind
            else:
                self.behind = None

    def _hear_words(self, scope: Scope, words: str) -> None:
        """累计, 期末, 现有, 一开始: words of a figure that say its time."""
        if "累计" in words and not words.endswith("的"):
            scope.period = self._since_january(scope.period)
        if self.event_told and self.event is not None and _FIRST.search(words):
            self.came_from = (scope.period,)
            scope.period = year_period(self.event)
        if "初" in words and words.endswith(_AT_FIRST):
            self.came_from, scope.period = (scope.period,), unknown_period(words[-4:])
        if "期末" in words or "同日" in words:
            self._hear_end(scope, words)
        if scope.period is not None and scope.period.basis is _POINT and self._is_flow(words, scope.period):
            scope.period = self.paragraph
        if words.startswith(_STILL) and scope.period is not None and self._is_past(scope.period):
            scope.period = None

    def _since_january(self, spoken: Period | None) -> Period | None:
        """累计 in a report on a month, and behind 2024年4月 where nothing says what time the text is of."""
        if self._is_monthly(spoken):
            return self._this_year("今年以来", 0)
        alone = self.document.section.period is None and spoken is not None and spoken.basis is Basis.MONTH
        if not alone or spoken is None or spoken.end is None or _YEAR.match(spoken.text) is None:
            return spoken
        span = ytd_period(spoken.end.year, spoken.end.month)
        return Period(span.start, span.end, span.basis, PeriodStatus.INFERRED, spoken.text)

    def _is_monthly(self, spoken: Period | None) -> bool:
        """Whether the time spoken of is the month that the report is on."""
        section = self.document.section.period
        return section is not None and section.basis is Basis.MONTH and (spoken is None or spoken.key == section.key)

    def _is_past(self, period: Period) -> bool:
        """Whether a time is before that of the report, or none at all."""
        year = self._base_year()
        return period.end is None or (year is not None and period.end.year < year and self.document.titled)

    def _is_flow(self, words: str, date: Period) -> bool:
        """年末企业90家，新入驻12家: what happens in a span, behind what is said of a date."""
        if self.passed < self.place or date.text.startswith(_UP_TO):
            return False
        return _FLOW.search(words) is not None and _COMPARED.search(words) is None

    def _hear_end(self, scope: Scope, words: str) -> None:
        """期末员工90人: at the end of the span of the report; 同日: at the date that was said."""
        said = self.said if "同日" in words else self.document.section.period or self.document.default
        if said is not None and said.end is not None and (said.basis is Basis.POINT or "期末" in words):
            scope.period = Period(said.end, said.end, Basis.POINT, PeriodStatus.INFERRED, words[-8:])

    def after_figure(self, scope: Scope, end: int) -> None:
        self.figures = self.of_line = True
        self.passed = end
        if self.came_from is not None:
            (scope.period,), self.came_from = self.came_from, None

    # ------------------------------------------------------------ periods
    def hear(self, token: Token, clause: Clause, begin: int, has_figures: bool, scope: Scope, bracketed: bool) -> None:
        """A period of a clause; `begin`: the end of the figure before it, or where the clause begins."""
        words = self.plain[token.start : token.end]
        if token.rule != "日期" and (ground := when.ground(self.plain, token)) and not when.is_base(self.plain, token):
            if ground == "figure":
                ago = when.year_before(self._around(scope), words) if words.endswith("同期") else None
                self.came_from, scope.period = (scope.period,), ago or self.meant(words, scope)
            return
        bracket = token.rule != "日期" and self.plain.startswith("(", token.start - 1)
        if bracket and self._is_of_figure(token, begin):
            ago = when.year_before(self._around(scope), words) if when.AGO_WORDS.fullmatch(words) else None
            self.behind = ago or self.meant(words, scope)
            self.document.readings[-1].period = self.behind or self.document.readings[-1].period
            return
        origin = when.is_origin(self.plain, token)
        if when.is_ago(self.plain, token) or (origin and words.endswith("同期")):
            self._hear_ago(scope, words)
            return
        if token.rule == "日期" and self._hear_days(token, clause):
            return
        if token.rule == "日期" or (when.is_base(self.plain, token) and not origin):
            if token.rule != "日期" and self.plain.startswith("(", token.end):
                self.inside = self.meant(words, scope)  # 较一季度（1.8%）提高2个百分点
            return
        if self.plain.startswith(_TEN_DAYS, token.end) and not words.endswith("月中旬") and self._is_spanned():
            return
        if not origin and when.is_measure(self.plain, token):
            return
        if self.plain.startswith("同月", token.end):
            self.came_from = (scope.period,)
            scope.period = when.year_before(self._this_month("当月", scope))
            return
        if self.plain.startswith("起", token.end) and not self.plain.startswith(("起来", "起步"), token.end):
            return  # 5月起开展检查
        stated = _YEAR.search(words)
        if when.is_event(self.plain, token.start, token.end) and not self._is_ahead(stated, words):
            came = self.meant(words, scope) if stated is None and words.startswith(OF_THE_SPEAKER) else None
            month = _LAST_MONTH.search(words)
            if stated is not None or (came is not None and came.end is not None):
                self.event = int(stated[1]) if stated is not None else came.end.year  # type: ignore[union-attr]
            elif month is not None and not self.document.masked:
                self.event = self._base_year()
            self.event_month = int(month[1]) if month is not None else None
            self.event_told = True
            if self.document.year is not None or not when.is_deed(self.plain, token.start, token.end):
                return
            if _FOUNDED.match(self.plain, token.end):
                return
        of_task = self.plain.startswith(_TASKS, token.end) and _TASK_OF_YEAR.search(self.plain[begin : token.start])
        if words == "全年" and (of_task or self.plain.startswith(_SEEN, token.end)):
            return
        if self.plain.startswith("前", token.end):  # a deadline, 确保年底前竣工
            return
        one_ago = origin or self._is_one_ago(words, token)
        if one_ago or when.is_attribute(self.plain, token):  # of the one figure behind it
            self.came_from = (scope.period,)
            scope.period = when.resolve(words, self.year) if words == "年初" else self.meant(words, scope, token.end)
            self.origin = (scope.period, None) if origin else self.origin
            return
        self.year = int(stated[1]) if stated is not None and not words.endswith(("以来", "至今")) else self.year
        before, scope.period = scope.period, self.meant(words, scope, token.end)
        self._count_on(words, scope.period, stated is not None)
        self.place = token.start
        if words.startswith("明年"):
            scope.target = scope.target or "plan"
        if not bracketed:
            self._spread(token, clause, words, has_figures, before, scope.period)

    def _count_on(self, words: str, period: Period | None, stated: bool) -> None:
        """The year that 9月 is of behind a time: 今年前4个月, 24年6月, 2024Q1."""
        self._reach(period)
        if not stated and period is not None and period.end is not None:
            if words.startswith(THIS_YEAR) and not is_year(period):
                self.year = self.this_year = period.end.year
            elif period.status is PeriodStatus.STATED:
                self.year = period.end.year

    def _spread(
        self, token: Token, clause: Clause, words: str, has_figures: bool, before: Period | None, period: Period | None
    ) -> None:
        """Whether a time is of more than its clause: of its sentence's other items, of the paragraph."""
        if period is not None and self._is_back(period):
            self.paragraph = None
        of_item = _ITEM.match(self.plain, clause.start) is not None
        if _TOWARDS.match(self.plain, clause.start) and self.plain.startswith(_TASKS, clause.end - 2):
            self.towards, self.lead_of_item = (before,), False
            return
        front = token.start <= clause.start + 1
        alone = front and token.end == clause.end
        led_in = leading.led_in(self.plain, self.start, clause.start) if front and not (alone or self.figures) else None
        begun = words not in THIS_YEAR_SO_FAR or token.start - clause.start <= 3
        opens = not self.figures and begun and self._leads(clause, period, alone or led_in is not None)
        if opens or (front and self.of_now and words[:4].isdecimal() and self._is_span(period)):
            self.lead, self.lead_of_item = period, of_item and opens
            self.of_now = words in NOW
        elif words in NOW or (words.startswith(_UP_TO) and alone):
            self.lead = None if words in NOW else period
        self.aside = self.figures and period is not None and _is_aside(words, period)
        self.beside = False
        led = alone or (led_in is not None and led_in["aspect"] is None)
        begins = clause.opened in _OPENS or (not self.of_line and (self._is_told(clause) or (led and not self.figures)))
        room = _OF_SOMEBODY if self._is_left_open() else 3
        leads = begins and not of_item and (token.start - clause.start <= room or not has_figures)
        leads = leads and self._holds(period, token.end == clause.end)
        if leads and self.plain.startswith("在", token.start - 1) and self.plain.startswith("中", clause.end - 1):
            leads = False  # 在2023年度考核中，
        if _AS_FOLLOWS.search(self.plain, clause.start, clause.end):
            leads, self.document.section.period = True, period
        if leads or self._is_spoken_year(period):
            self._hold(period)

    def _is_span(self, period: Period | None) -> bool:
        """截至目前，企业90家，2023年1—9月产值5亿元；税收1亿元: some months of a year, which what follows is of too."""
        return period is not None and period.end is not None and period.basis is not _POINT and not is_year(period)

    def _reach(self, period: Period | None) -> None:
        """由2019年的2亿元增到2023年的8亿元，占比从3%提高到9%: what the first figure is of, the next that comes from one is of too."""
        if self.origin is not None:
            self.origin = (self.origin[0], period) if self.origin[1] is None else None

    def _leads(self, clause: Clause, period: Period | None, led: bool) -> bool:
        """Whether a period is said where the sentence begins, or behind what leads in, and is of its other items too."""
        if clause.opened in _OPENS or led or self._is_told(clause):
            return True
        return clause.opened in (":", "：", ";", "；") and (period is None or period.basis is not Basis.POINT)

    def _is_of_figure(self, token: Token, begin: int) -> bool:
        """用工820人（3月末）: said of the figure in front of the bracket."""
        readings = self.document.readings
        if begin != token.start - 1 or not readings or readings[-1].token.end != begin:
            return False
        return self.plain.startswith((")", "数)"), token.end)

    def _is_back(self, period: Period) -> bool:
        """2021年收入2亿元，2023年增至4亿元。员工71人: the year of the report is spoken of again."""
        held, section = self.paragraph, self.document.section.period
        if held is not None and section is not None and not is_year(section) and period.key == section.key:
            return held.key != section.key
        if held is None or not is_year(held) or self.document.spoken or not self.document.titled:
            return False
        return period.end is not None and period.end.year == self._base_year() != held.end.year  # type: ignore[union-attr]

    def _is_told(self, clause: Clause) -> bool:
        """会议指出，一季度产值…: the clause before only says who tells it."""
        return _TELLS.search(self.plain, max(self.start, clause.start - 12), clause.start) is not None

    def _hear_ago(self, scope: Scope, words: str) -> None:
        """去年同期产值为80亿元: the span spoken of, a year before, for one figure."""
        self.came_from = (scope.period,)
        scope.period = when.year_before(self._around(scope), words)

    def _around(self, scope: Scope) -> Period:
        return scope.period or self.paragraph or self.document.section.period or self.document.default

    def _is_spanned(self) -> bool:
        """Whether the text is of some months; some days of them are no time of its figures."""
        section = self.document.section.period
        return section is not None and not is_year(section) and section.basis is not Basis.MONTH

    def _hear_days(self, token: Token, clause: Clause) -> bool:
        """6月3日至18日，举办…: a text that begins with the days of what it is about is of their month."""
        document = self.document
        if document.readings or document.section.period is not None or token.start > clause.start + 1:
            return False
        found, year = _DAYS.match(self.plain, token.start), self._base_year()
        if found is None or year is None or found["last"] not in (None, found["month"]) or document.masked:
            return False
        if clause.opened not in _OPENS or not 1 <= int(found["month"]) <= 12:
            return False
        month = month_period(year, int(found["month"]))
        document.section.period = Period(month.start, month.end, month.basis, PeriodStatus.INFERRED, found[0])
        return True

    def _is_ahead(self, stated: re.Match[str] | None, words: str) -> bool:
        """A year to come: 2025年投产后年产值8亿元 in a report on 2024 is of 2025."""
        if words == "明年":
            return True
        return stated is not None and self.document.year is not None and int(stated[1]) > self.document.year

    def _hold(self, period: Period | None) -> None:
        """A period that the paragraph is of; where the document has none, the first span is that of the document."""
        self.paragraph = period
        document = self.document
        if period is None or period.end is None:
            return
        if document.spoken and is_year(period):
            document.running = period
            self.year = period.end.year
        first = not document.readings or document.readings[0].token.start >= self.start
        story = document.section.period is None and not document.titled and period.status is PeriodStatus.STATED
        if (
            (document.told or (document.reports and first) or (story and _YEAR.match(period.text)))
            and not document.masked
            and self._is_open(document.section.period, period)
            and period.basis not in _NO_SPAN_OF_DOCUMENT
            and not is_year(period)
        ):
            document.section.period = period

    def _is_open(self, section: Period | None, period: Period) -> bool:
        """Whether the text has said no span yet; a title that only names the year leaves it open (2024年项目进展: 1—8月，…)."""
        if section is None:
            return True
        return (
            is_year(section)
            and period.basis is Basis.YTD
            and section.end is not None
            and period.end is not None
            and (section.end.year == period.end.year)
        )

    def _is_spoken_year(self, period: Period | None) -> bool:
        """In a speech a year holds until another is named, wherever it stands in front of the figures of its sentence."""
        return self.document.spoken and not self.figures and period is not None and is_year(period)

    def _holds(self, period: Period | None, alone: bool) -> bool:
        """`alone`: the period is a clause (10月，…).

        Whether what a sentence begins with is of the sentences behind it too.

        A date is not, unless the text says no other time; nor is a part of the span that the paragraph is of.
        """
        if period is None:
            return True
        section = self.document.section.period
        around = self.paragraph or section
        beside = section is not None and not is_year(section) and not alone and period.basis is not Basis.POINT
        if (self.of_line or beside) and section is not None and section.end is not None and period.end is not None:
            if is_year(period) and not is_year(section) and period.end.year == section.end.year:  # 全年计划开工50个
                return False
            if (
                period.end.year < section.end.year and not self.document.spoken
            ):  # a year before, beside those of the report
                return False
        if period.basis is Basis.POINT:
            return (
                around is None
                and not self.of_line
                and (self._is_dated_here() or (self._is_left_open() and period.text.startswith(_UP_TO)))
            )
        if section is not None and period.key == section.key:
            return True  # 2024年，安排项目42项。1—9月，… in a report on these months
        if around is not None and around.text.startswith(THIS_YEAR) and period.basis is Basis.YTD:
            return True  # 今年安排项目42项。1—9月，…
        if alone and not self.of_line and period.basis is Basis.MONTH:
            return True
        return not (around is not None and self._within(period, around))

    def of_year(self, scope: Scope, begin: int, token: Token, found: Period) -> Period:
        """年度计划投资16亿元 is of the year where the report is of some months; so is 年内, but for what is done (年内完成9亿元)."""
        if found.end is None or self.plain.find("年", begin, token.start) < 0:
            return found
        words = self.plain[begin : token.start]
        share = self.plain.startswith("%", token.end - 1)
        in_year = _IN_YEAR.search(words)
        if in_year is not None and (
            scope.target
            or self.document.section.plan
            or (self.paragraph or self.document.section.period) is None
            or _IS_DONE.match(words, in_year.end()) is None
        ):
            scope.period = _whole(found, words)
            return scope.period
        aimed = scope.target and "年度" in words and _AIM_OF_YEAR.search(words)
        return _whole(found, words) if aimed or (not share and _PLAN_OF_YEAR.search(words)) else found

    def _whole_year(self, scope: Scope, words: str) -> Period | None:
        """The year of the time spoken of."""
        around = self._around(scope)
        return scope.period if around.end is None else _whole(around, words)

    def _is_left_open(self) -> bool:
        """Whether nothing says what time a paragraph is of: the document's year stands in a sentence of one before it."""
        return self.start > self.document.until

    def _within(self, period: Period, around: Period) -> bool:
        if None in (period.start, period.end, around.start, around.end) or period.key == around.key:
            return False
        if around.basis is Basis.MONTH and period.basis is Basis.YTD:  # 1—5月累计 in a report on May
            return period.end == around.end
        if around.start > period.start or period.end > around.end:  # type: ignore[operator]
            return False
        return self.of_line or (period.basis is Basis.MONTH and around.basis is Basis.YTD and period.end == around.end)

    def _is_one_ago(self, words: str, token: Token) -> bool:
        if not words.startswith(("去年", "上年")) or not (self.figures or self.of_line):
            return False
        around = self.paragraph
        if self.document.spoken and (around is None or around.end is None or around.end.year != self.document.year):
            return False
        return _ONE_AGO.match(self.plain, token.end) is not None


def _whole(period: Period, words: str) -> Period:
    """The year that a period ends in."""
    whole = year_period(period.end.year)  # type: ignore[union-attr]
    return Period(whole.start, whole.end, whole.basis, PeriodStatus.INFERRED, words)


def _is_aside(words: str, period: Period) -> bool:
    """12月底 in the middle of a sentence; 截至9月底 counts up to there, and what goes with it does too."""
    return period.basis is Basis.POINT and not words.startswith(_UP_TO)
