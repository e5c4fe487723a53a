"""What speaks of things to come: sections and paragraphs of plans, words of intention, and what is named a target behind it.

"下一步，新引进项目40个，其中外资项目5个"      both targets: a paragraph that looks ahead; 现有企业90家 in it is a fact
"税收增长8%、投资增长10%这两个目标"            named behind them        "复评率61%，未达到70%的要求"   only the second
"2025年，我们想引进项目40个。盘活土地100亩"    a year to come and an intention: the paragraph looks ahead
"""

from __future__ import annotations

import re

from parkbook.model import Transformation
from parkbook.sources.text import when
from parkbook.sources.text.lex import Token
from parkbook.sources.text.meanings import is_year
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Clause, Scope, Section, number_level
from parkbook.sources.text.values import AMOUNT, COUNT, UnitClass

T = Transformation
_LEVEL, _GROWTH, _TARGET = T.LEVEL, T.GROWTH, T.TARGET

# ---------------------------------------------------------------- sections
_AIM = (
    r"(?:目标(?:任务)?|打算|安排|计划|思路|设想|部署|举措|措施|重点|工作|任务|要点|展望)"
    r"(?:[(（].{1,12}[)）])?[】\]》”:：]?\s*\Z"
)
_AHEAD_HEADING = re.compile(
    rf"(?:下一?步|下[一个]?阶段|下半年|下季度|下个?月|明年|来年|今后|未来)[^,，。]{{0,14}}?{_AIM}|(?:下一?步|下[一个]?阶段|明年)[】\]]?\s*\Z"
    rf"|(?<!完成)(?:\d年度?|全年|年度|季度|月份?|总体|主要|预期|发展|工作|今年)(?:总体|主要|预期|发展|工作|奋斗)*(?:目标(?:任务)?|打算|安排|思路|设想)"
    rf"[】\]》”:：]?\s*\Z"
)
"""六、2024年目标, 【下步安排】, 三、明年重点工作."""
_PLAN_TITLE = re.compile(r"20\d\d年[^,，。]{0,16}(?:工作要点|工作计划|工作思路|工作安排|行动计划|工作打算)\s*\Z")
_OF_RESULTS = re.compile(r"情况|回顾|总结|成效|完成|问题|困难|不足|短板|现状|基础|形势|背景|进展|成绩|做法|差距|评估")


def hear_heading(section: Section, line: str, title: bool) -> None:
    """Whether what stands under a heading looks ahead; it ends with the next heading of its level."""
    level = number_level(line)
    if _OF_RESULTS.search(line) is not None:
        if section.aims is not None and level <= max(section.aims, 1):
            section.aims = None
    elif title and _PLAN_TITLE.search(line) is not None:
        section.aims, section.plans = 0, True
    elif _AHEAD_HEADING.search(line) is not None:
        section.aims = level
    else:
        leave(section, level, len(line.strip()) < 20)


def leave(section: Section, level: int, heading: bool = True) -> None:
    """A heading of a level, or a numbered line, ends the sections of that level and below."""
    if section.aims is None:
        section.aims = 0 if section.plans and level == 1 else None
    elif (heading and level < 2 and not section.aims) or (level and level <= section.aims):
        section.aims = 0 if section.plans else None


# ---------------------------------------------------------------- paragraphs and sentences
_OPENS = re.compile(
    r"[\s,，、▲△●■◆◇★·—【\[\d.(（)）一二三四五六七八九十]*"
    r"(?:(?:下一?步|下[一个]?阶段|接下来|今后|下个?月|下季度|未来一段|明年|来年|下一年)(?!效率|的是))"
)
"""What a paragraph that looks ahead begins with."""
_HOW = ("怎么干", "如何干", "怎么办")
_HEADED = re.compile(
    r"[\s▲△●■◆◇★·—【\[\d.(（)）一二三四五六七八九十、]*[^,，。;；:\d问题及与和]{0,6}(?:工作)?(?:打算|安排|思路|部署|计划)[】\]]?\Z"
)
"""11月工作安排：, （三）下步打算。 in front of what is planned."""
_BEGINS = ("", "。", "!", "?", ")", "\n")
_YEAR = re.compile(r"(?P<up>到)?(?P<year>20\d\d)年")
_TELLS = re.compile(r"(?:据悉|了解|介绍|同时|此外|指出|表示|透露)[,，]\Z")
_INTENDS = re.compile(r"[将拟想要]|打算|准备|力争|确保|目标|计划|安排|争取|必须")
_FUTURE = ("明年", "下半年", "来年", "下季度")
_UP_TO_NOW = ("截至", "截止", "目前", "当前", "去年", "上年", "现在", "今年以来", "前年")
_FACT = re.compile(
    r"现有|现已|已(?!签约|建成的)|尚有|还有|仍有|仅|只有|如今|眼下|才(?=\d|\Z)|实际(?!利用|使用|到[位账])|累计|剩余|存量"
)


def hear_time(scope: Scope, plain: str, token: Token, clause: Clause, section: Section, year: int | None) -> None:
    """A time to come, or one that is over: 2025年 in a report on 2024 looks ahead, 截至目前 tells what is."""
    words = plain[token.start : token.end]
    if plain[token.start - 1 : token.start] in ("由", "从", "比", "较", "与", "同") or words.endswith("同期"):
        return
    stated = _YEAR.match(words)
    _hear_date(scope, plain, token, year)
    if words.startswith(_FUTURE) or (stated is not None and (int(stated["year"]) > year if year else stated["up"])):
        scope.fact = False
        begins = clause.opened in _BEGINS or _TELLS.search(plain, max(clause.start - 6, 0), clause.start) is not None
        scope.coming = scope.coming or (begins and token.start - clause.start < 3)
    elif words.startswith(_UP_TO_NOW) or (stated is not None and year is not None and int(stated["year"]) < year):
        scope.fact, scope.coming = True, False
    elif stated is not None and int(stated["year"]) == year:
        scope.fact = False
    elif (scope.target or scope.ahead) and _is_over(words, section, year):
        scope.fact, scope.target = True, ""


_MASKED_YEAR = re.compile(r"到20\d?[*xX×○]{1,2}年(?![底末])")
_DATED = re.compile(
    r"(?:[底末])?[,，]?[^,，。;；]{0,18}?(?:达到?|突破|超过|控制在|保持在|稳定在|提高[到至]|提升[到至]|[降增升压]低?[到至]|扩大[到至]|翻|进入|跻身|建成|形成|实现|培育|力争)"
    r"(?!了)"
)
"""What is to be arrived at behind 到2025年."""


def _hear_date(scope: Scope, plain: str, token: Token, year: int | None) -> None:
    """到2025年，产值达到50亿元；企业达到200家 in a report on 2023, or with its year masked: targets up to the full stop."""
    words = plain[token.start : token.end]
    stated = _YEAR.match(words)
    if scope.estimated or not words.startswith("到"):
        return
    scope.due = scope.due or stated is not None
    later = stated is not None and year is not None and int(stated["year"]) > year
    masked = stated is None and _MASKED_YEAR.match(words) is not None and _DATED.match(plain, token.end) is not None
    if later or masked:
        scope.target, scope.due = scope.target or "base", True


def _is_over(words: str, section: Section, year: int | None) -> bool:
    """1—9月 in a report on these months, 上半年 under a heading of the second half."""
    period = section.period
    found = when.resolve(words, section.year or year) if period is not None and not is_year(period) else None
    if found is None or found.end is None or period is None or period.start is None or period.end is None:
        return False
    return found.end < period.start if section.aims is not None else found.end <= period.end


def hear(scope: Scope, words: str, clause: Clause, alone: bool) -> None:
    """Whether the words open a paragraph that looks ahead; `alone`: they are a clause without figures."""
    headed = alone and clause.closed in (":", "。", "") and _HEADED.match(words) is not None
    if clause.opened in _BEGINS and (headed or words.endswith(_HOW) or _OPENS.match(words) is not None):
        scope.ahead = scope.ahead or "paragraph"
    elif scope.coming and _INTENDS.search(words) is not None and "总结" not in words:
        scope.ahead, scope.coming = scope.ahead or "paragraph", False


# ---------------------------------------------------------------- one figure
_ARRIVES = re.compile(
    r"(?:达到?|[提升增降压](?:高|升|到|至|低)?[到至]|突破|超过|不低于|不少于|不高于|不超过|控制在|保持在?|稳定在|力争|确保|争取|按)[约近超逾了]*\Z"
)
"""A share that is to be arrived at; 占 alone says what part of a plan something is."""
_ARRIVES_AT = re.compile(r"(?:进入|跻身|进位|挺进|迈入|冲进|排名|位居|列)[^,，。]{0,16}\Z")
_ATTRIBUTES = re.compile(
    r"(?:总投资|投资总额|总用地|(?:\A|[,，、目])(?:规划)?(?:用地|占地)|占地面积|建筑面积|总面积|注册资[本金]|红线宽|全长|项目投资|[年设]产能?|产能)(?:面积)?(?:约|为|达|超|近)*\Z"
)
_OF_WHAT_IS = re.compile(r"(?:围绕|聚焦|紧盯|针对|依托|对照|面向|关于)[^,，、]{0,8}\Z|对[^,，、]{0,8}的\Z")
"""紧盯12户企业: what a deed to come is about."""
_ORIGIN = re.compile(
    r"[^,，。;；]{0,4}?(?:提高|提升|增加|增长|降低|下降|压减|压降|扩大|缩短|拓展|下调|上调|回升|回落|[升降增减扩])(?:到|至|为)"
)
_FROM = re.compile(r"[由从][^,，]{0,8}\Z")
_NAMED_BEHIND = re.compile(
    r"(?:以[上下内]|左右)?的(?:年度|全年|年初|预期|既定|增长|考核|奋斗|约束性|计划|工作|规划|底线)*(?:目标|任务|要求(?![,，]?[的是])|考核线|红线|底线|指标线)"
)
_NAMED_AT_ONCE = re.compile(r"(?:以[上下内]|左右)?(?:年度|全年)*(?:目标|任务)(?![书单])")
_LISTED_BEHIND = re.compile(
    r"[^,，。;；:]{0,70}?(?:[这等][一二两三四五六几\d]?[个项大]?|[几两三四五六]项)(?:硬|主要|核心|预期|年度|约束性|刚性)*(?:目标|硬指标|指标任务)"
)
_HARDLY_DONE = re.compile(
    r"[^,，。;；\d]{0,8}[,，](?:现在|目前|至今|到现在|到目前|截至目前|眼下)?(?:才|仅|只|刚刚?)(?:完成|处置|到位|实现|收回|盘活|拆除|征收)了?(?=[\d一二三四五六七八九十百])"
)
_OF_YEAR = re.compile(r"(?:今年|全年|年内|本年度?|年度|年初)[^,，。]{0,14}\Z")
"""今年处置1200亩，现在才完成310亩: what was to be done."""
_DUE_BEHIND = re.compile(
    r"[^,，。;；\d]{0,8}?(?:要|须|必须|力争|确保|务必)(?:在|于)?[^,，。;；]{0,10}?[前内][^,，。;；]{0,6}?(?:完成|消化|到位|清零|交付|开工|拨付|办结|整改)"
)
_SET = re.compile(
    r"(?:要求|下达|确定|核定|规定|分解|承诺|签订)的(?:任务|目标)?(?:是|为)?(?:约|近)?\Z"
    r"|(?:不低于|不少于|不高于|不得(?:低于|少于|高于|超过)|不能(?:低于|少于|高于|超过|突破))\s*\Z"
    r"|(?<!完成)(?<!占)(?<!为)(?:年度|全年)计划(?:完成|总|建设)*投资额?(?:约|为|达)?\Z|预算安排(?:资金)?(?:约|为|达)?\Z"
    r"|控制在[^,，]{0,4}(?:预算|概算|目标|指标)\Z|(?<!缓)冲[刺击]?[过到上]?\Z|(?:恳请|建议)[^,，]{0,4}(?:设立|给予|安排|增加|新增|拨付|支持)[^,，]{0,6}\Z"
    r"|(?:特|现|拟|恳请|再)申请[^,，]{0,14}\Z"
)
"""Words right before a figure that make a target of it, and of no other."""
_GRANTED = re.compile(r"给予|奖励|补助|补贴|资助|奖补|罚|注册资|规模")
_DESIGNED = ("设计", "规划")
_WIDENED = ("提升到", "扩大到", "提高到", "增至", "扩建到", "扩至")
_SETTABLE = frozenset({_LEVEL, _GROWTH, T.SHARE})
_SET_ENDS = frozenset("的务标是为约近于过破达资额排金算冲刺击到上")
_STOPS = frozenset(",，。;；")
_NEVER = frozenset({T.THRESHOLD, T.RANK, T.CONTRIBUTION})
_COMPARING = re.compile("比|较|同|快于|慢于|高于|低于|高出|领先|落后|超")
_OF_PLAN = re.compile(r"(?:任务|计划|目标|预期|预算|全年|年度)的?[约近超]*\Z")
_STRONG = re.compile("力争|争取|确保|必须|要|务必|须")
_IS_BEHIND = re.compile(r"[^,，。;；\d]{0,6}(?:均|全部)?已(?!签约)")


def set_by_itself(
    said: str, around: str, after: str, rest: str, kind: UnitClass, transformation: Transformation, base: str
) -> bool:
    """Whether the words right around a figure make it a target, whatever stands before them.

    `said`: the words before it, `around`: the same as written; `after`: those up to the next figure; `rest`: the text behind it;
    `base`: the phrase of the figure before it.
    """
    if transformation not in _SETTABLE:
        return False
    if (
        ("目标" in rest or "要求" in rest or "指标" in rest or "任务" in rest or "线" in after)
        and after[:1] not in _STOPS
        and (
            _NAMED_BEHIND.match(after) or (kind is AMOUNT and _NAMED_AT_ONCE.match(after)) or _LISTED_BEHIND.match(rest)
        )
    ):
        return True
    if (said[-1:] in _SET_ENDS or "请" in said or "建议" in said) and _SET.search(said) is not None:
        return _GRANTED.search(said) is None
    if transformation is not _LEVEL:
        return False
    if said.endswith(_WIDENED):
        return base.startswith(_DESIGNED)
    if "年" in around and _HARDLY_DONE.match(rest) is not None and _OF_YEAR.search(around) is not None:
        return True
    return ("前" in after or "内" in after) and _DUE_BEHIND.match(after) is not None


def looked_ahead(scope: Scope, words: str, before: Reading | None) -> bool:
    """Whether a figure of a paragraph that looks ahead is one of what is to come."""
    if not scope.ahead or scope.fact or _FACT.search(words) is not None:
        return False
    attribute = _ATTRIBUTES.search(words)
    if attribute is None:
        return True
    counted = before is not None and before.transformation is _TARGET and before.quantity.unit.kind is COUNT
    return counted and not words[: attribute.start()].strip(",， ")


def is_open(transformation: Transformation, words: str, after: str, aimed: bool) -> bool:
    """Whether a figure among targets is one itself; `aimed`: by its own words or its paragraph's, not by those before it.

    A part or a change is none because the amount is; what a target starts from is none.
    """
    if transformation is T.RANK:
        return aimed and _ARRIVES_AT.search(words) is not None
    if transformation in _NEVER or _OF_WHAT_IS.search(words) is not None:
        return False
    if _FROM.search(words) is not None and _ORIGIN.match(after) is not None:
        return False
    if transformation is T.SHARE:
        return _ARRIVES.search(words) is not None
    if transformation is T.CHANGE:
        return aimed and _COMPARING.search(words) is None
    if transformation is T.COMPLETION:
        return aimed and (_OF_PLAN.search(words) is None or _STRONG.search(words) is not None)
    return not (after.startswith("的") and _ATTRIBUTES.search(words)) and _IS_BEHIND.match(after) is None
