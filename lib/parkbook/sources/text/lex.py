"""Tokens of a narrative report: what every digit run, mask and Chinese numeral of it is.

    今年1-9月完成产值*亿元，同比增长-3.2%，居全市第四
    period "1-9月", mask "*亿元", number "-3.2%", rank "第四"

The lexicon is a table. A rule names the characters it can start with, a pattern and what it makes; at each place the first
rule that matches wins, so their order is the first principle of the grammar: PERIOD, then MASK, then NUMBER. A token that
holds a mask glyph can therefore never become a number. Patterns see the text with full-width signs made half-width one for
one, so positions are those of the text as read. What no rule knows becomes a token too: the coverage ledger must close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from parkbook.sources.text import composed as c
from parkbook.sources.text import patterns as p


class Kind(StrEnum):
    """What a token is. The rule of one that is no figure says why it is none."""

    NUMBER = "number"
    MASK = "mask"
    RANK = "rank"
    WORDS = "words"
    PERIOD = "period"
    NAME = "name"
    EXCLUDED = "excluded"


FIGURES = frozenset({Kind.NUMBER, Kind.MASK, Kind.RANK, Kind.WORDS})


@dataclass(slots=True)
class Token:
    """A stretch of the text; `found` is the match of the rule's pattern, with its groups."""

    kind: Kind
    start: int
    end: int
    rule: str
    found: re.Match[str]
    is_figure: bool


@dataclass(frozen=True, slots=True)
class LexRule:
    """`starts`: the characters a match can begin with. `before`: what the words just before must (or must not) be."""

    name: str
    kind: Kind
    starts: str
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    is_figure: bool = False


DIGITS = "0123456789"
MASKS = "*xX×○□某"
UNEVEN = "不同数量级的范围"
NUMERALS = "〇零一二三四五六七八九十百千万亿两"
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
GUARD = 16
"""How many characters before a place `before` and `unless` see."""
_SPELT_MONTHS = r"(?:(?:19|20)\d\d年|今年|去年|上年)?(?<!提)前(?:十[一二]?|[二两三四五六七八九])个?月(?!内|度)"


def _rule(name: str, kind: Kind, starts: str, pattern: str, before: str = "", unless: str = "") -> LexRule:
    return LexRule(
        name,
        kind,
        starts,
        re.compile(pattern, re.MULTILINE),
        re.compile(before + r"\Z") if before else None,
        re.compile(unless + r"\Z") if unless else None,
        kind in FIGURES,
    )


@lru_cache(maxsize=1)
def lexicon() -> tuple[LexRule, ...]:
    """All rules, first wins. Built on first use: the units come from the code list."""
    unit, mag = p.unit_pattern(), p.MAGNITUDE
    number, mask, chinese = p.NUMBER, p.MASK, p.CHINESE
    return (
        _rule("报告期", Kind.PERIOD, DIGITS + "’‘'一二三上", p.MORE_PERIODS),
        # --- what only looks like a period or a number
        _rule("过长的数", Kind.EXCLUDED, DIGITS, p.TOO_LONG),
        _rule("序号", Kind.EXCLUDED, DIGITS + "(" + NUMERALS, p.LIST_NUMBER),
        _rule(
            "文号",
            Kind.EXCLUDED,
            "〔[(" + DIGITS,
            r"[〔\[(](?:19|20)\d\d[〕\])]\s?(?:第?\d+号)?|\d+号(?!楼|地块|线|码头)",
        ),
        _rule(
            "电话号码", Kind.EXCLUDED, DIGITS, r"0\d{2,3}-\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|\d{3,4}-\d{3,4}-\d{4}(?!\d)"
        ),
        _rule("冠以年份的名称", Kind.NAME, DIGITS, p.YEAR_AS_NAME),
        _rule("图表的编号", Kind.EXCLUDED, DIGITS, c.OF_A_PICTURE, unless=c.NO_PICTURE),
        _rule(
            "每若干",
            Kind.EXCLUDED,
            "每",
            r"每(?:\d[\d,.]*|(?=[十百千万亿]))(?:[百千]?万|[十百千]|亿)?(?:人次?|元|户|家|亩|名|平方公里|平方米|公里|吨|件|个|台|辆|块)",
        ),
        # --- PERIOD
        _rule("日期", Kind.PERIOD, DIGITS + MASKS + NUMERALS + "元", p.DATE),
        _rule("报告期", Kind.PERIOD, DIGITS + MASKS + NUMERALS + p.PERIOD_STARTS, rf"{_SPELT_MONTHS}|{p.PERIOD}"),
        _rule("规划期", Kind.EXCLUDED, "“" + NUMERALS, p.PLAN_PERIOD),
        _rule(
            "时长",
            Kind.NUMBER,
            DIGITS,
            rf"(?P<num>{number})(?P<inf>余|多)?(?P<unit>个?工作日|天|个月|小时|分钟)",
            before=p.TIME_MATTERS,
        ),
        _rule("时长", Kind.EXCLUDED, DIGITS + MASKS + NUMERALS, p.DURATION),
        _rule("会议届次", Kind.EXCLUDED, "一二三四五六七八九十", p.SESSION, before=p.SESSION_BEFORE),
        _rule("会议届次", Kind.EXCLUDED, "一二三四五六七八九十", p.SESSION_OF),
        _rule(
            "门槛",
            Kind.EXCLUDED,
            DIGITS + MASKS + "一二三四五六七八九十百千万亿两几",
            rf"(?:{number}|[*×○xX]{{1,6}}|[一二两三四五六七八九几])?(?:万亿|千亿|百亿|十亿|亿|千万|百万)元?级(?!别差)",
        ),
        _rule(
            "门槛",
            Kind.EXCLUDED,
            DIGITS + MASKS + "一二三四五六七八九十百千万亿两几",
            rf"(?:{number}|[*×○xX]{{1,6}}|[一二两三四五六七八九几])?(?:千亿|百亿|十亿|亿|千万|百万|万)(?=企业|项目|楼宇)",
            before=r"[税收值资额金入利][^,，。\d]{0,3}(?:超过?|逾|过|满|达到?)",
        ),
        _rule("时刻", Kind.EXCLUDED, DIGITS, r"(?:[01]?\d|2[0-4])(?:时[0-5]?\d分|点[0-5]\d分)(?![之位])"),
        _rule(
            "比分或比例",
            Kind.EXCLUDED,
            DIGITS,
            r"\d{1,3}:\d{1,3}(?![\d:.])|\d{1,3}(?:\.\d+)?(?:[:：∶]\d{1,3}(?:\.\d+)?){1,3}(?![\d:.])",
        ),
        _rule(
            "全天候服务", Kind.EXCLUDED, DIGITS, r"(?:7[×xX*]24|24[×xX*]7|5[×xX*]8)(?![\d×xX*万亿元家个项人%])(?:小时)?"
        ),
        _rule("温度", Kind.EXCLUDED, "-零" + DIGITS, rf"(?:-|零下)?{number}\s?(?:℃|°C|摄氏度)"),
        _rule("字母与数字组成的名称", Kind.NAME, "xX", r"[xX]\d{2,3}(?=架构|系列|平台|处理器|服务器|指令|芯片|电脑)"),
        _rule("范围", Kind.EXCLUDED, DIGITS, rf"{number}(?:公里|千米|米)(?:半径)?(?=范围|以内的?[一-龥])"),
        _rule(
            "文件中的条款",
            Kind.NAME,
            DIGITS + NUMERALS,
            r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})条(?=”|(?:政策|措施|意见|新政)|[,，。、;])",
            before="(?:增长|创新|人才|营商|惠企|政策|措施|新政|科技|金融)",
        ),
        _rule("隐去的名称", Kind.NAME, MASKS, rf"{mask}片(?=\d)"),
        # --- MASK
        _rule("隐去的位次", Kind.MASK, "第", rf"第(?P<num>{mask})(?P<unit>位|名)?(?=\W|[,，。;、)]|$)"),
        _rule("隐去的序数", Kind.NAME, "第", rf"第{mask}"),
        _rule(
            _MASKED,
            Kind.MASK,
            "-" + DIGITS + MASKS,
            rf"(?P<sign>{p.MINUS})?(?P<num>(?>{mask})){p.LINK_MASK}?(?:(?P<inf>余|多|几)?\s?(?P<unit>{unit}|{mag}(?=[,，。;、)\s以的]|$))"
            rf"|(?P<inf2>余|多)(?=[一-龥]))(?P<tail>多|余)?",
        ),
        _rule("隐去的成数", Kind.MASK, MASKS, rf"(?P<num>{mask})成(?=[,，。;；、)的]|以[上下]|左右|$)"),
        _rule("隐去的名称", Kind.NAME, DIGITS + MASKS, mask),
        # --- names with digits
        _rule(
            "字母与数字组成的名称",
            Kind.NAME,
            LATIN,
            c.letters_before()
            + r"|[A-Za-z][A-Za-z0-9]*(?:[-/+.&][A-Za-z0-9]+)*(?:\s\d{3,}(?:[-:]\d+)?(?=标准|认证|体系|和|、))?",
        ),
        _rule("字母与数字组成的名称", Kind.NAME, DIGITS, p.DIGIT_NAME),
        _rule(
            "名称中的产能", Kind.NAME, DIGITS, rf"{number}{mag}?{p.CAPACITY_UNIT}{p.WORKS_BEHIND}", before=p.capacity()
        ),
        # --- RANK
        _rule(
            "位次",
            Kind.RANK,
            "第",
            rf"第(?P<num>\d{{1,9}}|{chinese})(?P<unit>名(?!单|录)|位)(?!书记|次|同志|发言|补充|上台|[访游旅顾乘]客|用户|客户|市民|会员|读者|观众)",
        ),
        _rule(
            "位次", Kind.RANK, "第", rf"第(?P<num>\d{{1,9}}|{chinese})(?=[,，。;、:)”》\s的和]|$)", before=p.RANK_WORDS
        ),
        _rule(
            "位次",
            Kind.RANK,
            "第",
            rf"第(?P<num>\d{{1,9}}|{chinese})(?=[,，。;、)”》!?！？]|$|[,，]?(?:升|降|下滑|退|跃|前移|掉|滑|提升|上升|进位))",
            before=p.PLACED_AT,
        ),
        _rule("序数", Kind.NAME, "第", rf"第(?:\d+|{chinese})[届批轮期代支章条款项次个家笔种号年天编阶季方类]?"),
        _rule("位次", Kind.RANK, "首榜", r"(?P<num>首)(?P<unit>位)|榜(?P<num2>首)", before=p.FIRST_PLACE),
        _rule(
            "位次",
            Kind.RANK,
            "前",
            rf"前(?!一位?的)(?P<high>\d+|{chinese})(?P<unit>名|位|强)?(?=[,，。;、:)”\s]|的(?!园区|企业|县|区|城市|单位|开发区|项目|行业|产品|集群)|$|以内|之列|行列|左右)",
            before=p.RANK_WORDS,
        ),
        _rule(
            "排名靠前的若干",
            Kind.EXCLUDED,
            "前",
            rf"前(?:\d+|{chinese})(?:(?:名|位|强|家|大)(?=[一-龥])|(?=的[一-龥]))",
        ),
        # --- NUMBER
        _rule("年龄", Kind.EXCLUDED, DIGITS, rf"{number}周?岁(?!(?:及)?以[上下])"),
        _rule("人均数", Kind.NUMBER, "人", rf"人均(?P<num>{number})(?P<inf>余|多)?\s?(?P<unit>{unit})"),
        _rule(
            "数",
            Kind.NUMBER,
            DIGITS,
            rf"(?P<num>{number})(?P<inf>余|多)?(?P<unit>期)(?![间内限货待望])",
            before=p.SERIES,
        ),
        _rule(
            "口语的钱",
            Kind.NUMBER,
            DIGITS,
            rf"(?P<num>{number})(?P<inf>余|多|来)?(?P<unit>{mag}?块)(?=钱|[,，。;、)多]|$|照|左右|一)",
            before=p.MONEY_WORDS,
        ),
        _rule("口语的钱", Kind.NUMBER, DIGITS, rf"(?P<num>{number})(?P<inf>余|多|来)?(?P<unit>{mag}?块)(?=多?钱)"),
        _rule("铭牌数值", Kind.EXCLUDED, DIGITS, rf"{number}{mag}?{p.RATED}{p.MACHINE}", before=p.SO_MANY),
        _rule(
            "铭牌数值",
            Kind.EXCLUDED,
            DIGITS,
            rf"{number}{mag}?{p.RATED}{p.MACHINE}(?=[\d一二两三四五六七八九十]+[台座套组艘辆只]|的|项目|采购|招标)",
        ),
        _rule(
            "数",
            Kind.NUMBER,
            DIGITS,
            rf"(?P<num>{number})\s?(?P<unit>个(?P<inf>多)?(?:万亿|亿|千万|百万))(?P<tail>多)?(?![元级人家户万美次条吨平千立])",
        ),
        _rule(UNEVEN, Kind.NUMBER, DIGITS, p.uneven_range(number)),
        _rule(
            "数",
            Kind.NUMBER,
            "-—–负" + DIGITS,
            p.quantity(number, unit) + r"(?P<tail>[多余↓▼⬇])?",
        ),
        _rule(
            "数",
            Kind.NUMBER,
            "-—–负" + DIGITS,
            p.quantity(number, mag) + p.MAGNITUDE_ENDS,
        ),
        _rule(c.ODD, Kind.NUMBER, DIGITS + ".", c.odd(unit, mag), unless=rf"(?:{c.IN_A_LIST}|{c.NUMBERED})"),
        _rule("小数点多于一个", Kind.EXCLUDED, DIGITS, c.POINTS),
        _rule(
            "指数",
            Kind.NUMBER,
            DIGITS,
            rf"(?P<num>{number})(?:{p.INDEX_LINK}(?P<num2>\d+(?:\.\d+)?))?{p.INDEX_ENDS}",
            before=p.INDEXES,
        ),
        _rule("分数", Kind.WORDS, DIGITS, r"(?P<over>\d{1,2})/(?P<under>\d{1,2})(?!\d|/)", before="[占近约超过达的]"),
        _rule("无单位的数", Kind.EXCLUDED, "-" + DIGITS, rf"(?P<sign>{p.MINUS})?(?P<num>{number})"),
        _rule("数字", Kind.EXCLUDED, DIGITS, r"\d+"),
        # --- words for numbers
        _rule(
            "词语中的数字", Kind.EXCLUDED, "一二", "(?<=唯)一|二次(?=招商|开发|创业|供水|装修|污染|分配|利用|转型|能源)"
        ),
        _rule(c.PERCENTS, Kind.WORDS, "百", c.percents(chinese), unless="[由从]"),
        _rule(
            "百分之", Kind.WORDS, "百", rf"百分之(?P<percent>{chinese}(?:点[〇零一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
        ),
        _rule("分之", Kind.WORDS, NUMERALS + DIGITS, rf"(?P<bottom>{chinese})分之(?P<top>{chinese})"),
        _rule("几成", Kind.WORDS, NUMERALS, c.TENTHS),
        _rule("翻番", Kind.WORDS, "翻", r"翻了?(?:近|约|将近|接近|超|不止)?(?P<times>[一两二三四])?番"),
        _rule(
            "一半",
            Kind.WORDS,
            "一半过",
            r"(?P<part>一半|半数|过半)(?!径|途)",
            before=r"(?:占|比重|占比|近|超|超过|达|的|总数)[^,，。]{0,4}",
        ),
        _rule(
            "十几",
            Kind.WORDS,
            "二三四五六七八九十",
            rf"(?P<tens>[二三四五六七八九])?十几(?P<unit>(?:亿|万)?(?:{p.STRICT})|个)",
        ),
        _rule("两位数", Kind.WORDS, "两二三", r"(?P<places>[两二三])位数"),
        _rule("概数", Kind.WORDS, "数几", rf"[数几](?P<vague>[十百千万亿]+)(?P<unit>{unit})"),
        _rule("序号", Kind.EXCLUDED, NUMERALS, r"[一二三四五六七八九十]{1,2}(?=[是要则]|方面)"),
        _rule(
            "引号中的名称",
            Kind.NAME,
            NUMERALS,
            r"[一二三四五六七八九十百千万亿两]+(?=[^“”\n]{0,12}”)",
            before=r"“[^“”\n]{0,13}",
        ),
        _rule(
            "位次的进退",
            Kind.WORDS,
            NUMERALS,
            r"(?P<cn>[一二两三四五六七八九十]{1,3})(?P<unit>位|个?位次|个名次)(?![数院领副教博专代])",
            before=p.MOVED,
        ),
        _rule("泛指的数", Kind.EXCLUDED, NUMERALS, p.SAID_AGAIN, before=p.AGAIN),
        _rule(
            "列举的主体",
            Kind.EXCLUDED,
            NUMERALS,
            rf"{chinese}[家个户项处座栋宗块](?=[一-龥]{{0,6}}(?:分别|依次|合计|共计))",
        ),
        _rule("除外的数", Kind.EXCLUDED, NUMERALS, rf"{chinese}[家个户项幢栋](?=[一-龥]{{0,6}}外)", before="除"),
        _rule("中文数", Kind.WORDS, "一", r"(?P<cn>一)(?P<unit>倍)(?!化)"),
        _rule(
            "中文数",
            Kind.WORDS,
            NUMERALS,
            rf"(?:(?P<long>{c.CHINESE_LONG})|(?P<decimal>{c.CHINESE_POINT})|{c.PAIR}|(?P<cn>{p.CHINESE_BIG}))(?P<inf>余|多|来)?"
            rf"(?P<unit>(?:(?:万亿|亿|万)[余多]?)?(?:{p.STRICT})|{c.FOREIGN}|(?(pair){c.OF_PAIRS}|(?(decimal){c.OF_DECIMALS}|(?!))))"
            r"(?P<tail>多(?<=倍多))?(?![,，:：;；](?:一是|其一|首先))",
            unless=p.OF_KNOWN,
        ),
        _rule(
            "中文数",
            Kind.WORDS,
            NUMERALS,
            rf"(?P<cn>{p.CHINESE_BIG})(?P<inf>余|多|来)?(?P<unit>{p.PLACED}){p.PLACED_BEHIND}",
            before=p.PLACED_BEFORE,
        ),
        _rule(
            "中文数",
            Kind.WORDS,
            NUMERALS,
            rf"(?P<cn>[二两三四五六七八九])(?P<unit>位)(?={p.PERSONS})",
            unless="[这那前后]",
        ),
        _rule("中文数", Kind.WORDS, "一", p.ONE, before=p.ONE_BEFORE),
        _rule(
            "中文数",
            Kind.WORDS,
            "一两二三四五六七八九十",
            r"(?P<cn>[一两二三四五六七八九十百]+)(?P<unit>个(?P<inf>多)?(?:亿|千万|百万))(?![元级人家户万美])",
        ),
        _rule("中文数", Kind.WORDS, "百千万亿", rf"(?P<cn>[百千])(?P<inf>余|多|来)(?P<unit>万?(?:{p.STRICT}|个))"),
        _rule(
            "中文数",
            Kind.WORDS,
            "百千万亿",
            rf"(?P<cn>[百千万]|百万|千万)(?P<unit>(?![亿万]?(?:元|美元))(?:{p.STRICT}|个))",
            before="(?<!以)(?:[上近超逾约成破达]|超过)",
        ),
        _rule(
            "中文数",
            Kind.WORDS,
            "百千",
            rf"(?P<cn>[百千])(?P<unit>家)(?=(?:重点|规上|骨干|优质|中小|科技|入[驻园])?(?:企业|单位|机构|商户|门店)(?!{p.CAMPAIGN}))",
            unless="[一二三四五六七八九两数几双十百千万“]",
        ),
        _rule(
            "不写数的门槛",
            Kind.WORDS,
            "亿千百万十",
            r"(?P<unit>(?:千亿|百亿|十亿|亿|千万|百万)元)(?=及?以上|企业|园区|项目|楼宇)",
        ),
        _rule(
            "不写数的门槛",
            Kind.WORDS,
            "亿千百万十",
            r"(?P<unit>(?:千亿|百亿|十亿|亿|千万|百万|万(?=元))美?元)(?!级|大关|俱乐部|户|村|田|楼)",
            before="[超逾近约上过破达]",
        ),
        _rule(
            "中文数",
            Kind.WORDS,
            NUMERALS,
            rf"(?P<cn>{p.CHINESE_TEN})(?P<inf>余|多|来)?(?P<unit>个)(?!百分点|月|百|方面|字|民族)",
        ),
        _rule(
            "中文数", Kind.WORDS, NUMERALS, rf"(?P<cn>[二两三四五六七八九])(?P<unit>个)(?={p.COUNTED})", unless=p.SELDOM
        ),
        _rule(
            "零",
            Kind.WORDS,
            "零",
            r"(?P<cn>零)(?=[,，。;；、)\s]|$)",
            before=r"(?:增速|增幅|增长率|涨幅)(?:为|是|降至|回落至)",
        ),
        _rule("词语中的数字", Kind.EXCLUDED, NUMERALS, r"[〇零一二三四五六七八九十百千万亿两]+"),
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """The rules of a starting character; the usual ones are tried alone where what stands there looks `plain`, and where
    `first`, all those before them in one, fails."""

    rules: tuple[LexRule, ...]
    usual: tuple[LexRule, ...] = ()
    plain: re.Pattern[str] | None = None
    first: re.Pattern[str] | None = None

    def at(self, text: str, position: int) -> tuple[LexRule, ...]:
        if self.plain is None:
            return self.rules
        if self.plain.match(text, position) or (self.first is not None and not self.first.match(text, position)):
            return self.usual
        return self.rules


_PLAIN_UNIT = r"(?:[%元家户项人件平亩倍场次所宗处起座栋名]|(?:万亿|[万亿])(?!元?级|企业|项目|楼宇|亿|[吨千套台片辆兆吉只块])|个(?![月工小亿千百多]))"
_PLAIN = re.compile(rf"(?<![产理工])\d{{1,10}}(?:\.\d+)?{_PLAIN_UNIT}")
"""512.3亿元, 37家: what most numbers look like. No rule before those of plain numbers takes one (`first` says so slowly)."""
_PLAIN_MASK = re.compile(rf"[*xX×○]{{1,6}}{_PLAIN_UNIT}")
"""**亿元: what most masks look like. No rule before those of masks takes one."""
_MASKED = "隐去的数"


def _tried(rules: tuple[LexRule, ...]) -> _Tried:
    """The usual rules are those from plain numbers on, or from masks; where most of what begins is something else, nothing is
    gained."""
    names = [rule.name for rule in rules]
    if UNEVEN in names:
        split = names.index(UNEVEN)
        nameless = (_GROUP_NAME.sub("(?:", rule.pattern.pattern) for rule in rules[:split])
        return _Tried(rules, rules[split:], _PLAIN, re.compile("|".join(nameless), re.MULTILINE))
    if _MASKED in names:
        return _Tried(rules, rules[names.index(_MASKED) :], _PLAIN_MASK)
    return _Tried(rules)


_GROUP_NAME = re.compile(r"\(\?P<\w+>")


@lru_cache(maxsize=1)
def _by_character() -> tuple[re.Pattern[str], dict[str, _Tried]]:
    """Where a token can start, and the rules to try at each starting character."""
    rules = lexicon()
    characters = sorted({character for rule in rules for character in rule.starts})
    made: dict[tuple[LexRule, ...], _Tried] = {}
    table: dict[str, _Tried] = {}
    for character in characters:
        own = tuple(rule for rule in rules if character in rule.starts)
        if own not in made:
            made[own] = _tried(own)
        table[character] = made[own]
    followed = "".join(_FOLLOWED)
    ways = "|".join(f"(?<={first})(?=[{second}])" for first, second in _FOLLOWED.items())
    return re.compile(f"[{re.escape(''.join(characters))}](?:(?<![{followed}])|{ways})"), table


_FOLLOWED = {
    "全": "年",
    "今": "年",
    "去": "年",
    "明": "年",
    "次": "年",
    "同": "年",
    "近": "年",
    "半": "年数",
    "上": "年半月、",
    "下": "半",
    "本": "年月季",
    "当": "年前月季",
    "年": "底末初",
    "目": "前",
    "头": "一",
    "截": "至止",
    "首": "位季",
    "人": "均",
    "元": "月",
    "过": "半",
    "翻": "了一两二三四番近约将接超不",
    "每": DIGITS + "十百千万亿",
    "负": DIGITS + "的",
    ".": DIGITS,
}
"""What stands behind words' usual characters where they begin a token: 全年, 上半年, 人均; all other places are passed over at once."""


def load() -> None:
    """Makes the rules before the first text needs them."""
    _by_character()


def tokenise(plain: str) -> list[Token]:
    """The tokens of a half-width text, in order and without overlap."""
    start, table = _by_character()
    tokens: list[Token] = []
    position = 0
    while (place := start.search(plain, position)) is not None:
        position = place.start()
        for rule in table[plain[position]].at(plain, position):
            found = rule.pattern.match(plain, position)
            if found is None:
                continue
            end = found.end()
            if end == position or not (
                (rule.before is None and rule.unless is None) or _admitted(rule, plain, position)
            ):
                continue
            tokens.append(Token(rule.kind, position, end, rule.name, found, rule.is_figure))
            position = end
            break
        else:
            position += 1
    return tokens


def _admitted(rule: LexRule, plain: str, position: int) -> bool:
    """Whether the words before a place are those that the rule asks for."""
    words = plain[max(0, position - GUARD) : position]
    if rule.before is not None and rule.before.search(words) is None:
        return False
    return rule.unless is None or rule.unless.search(words) is None
