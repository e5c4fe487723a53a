"""Whose figure one is, and which whole it is part of: opens and closes the parts of the scope as figures are read.

"完成投资" 6亿元 "，其中土建" 4亿元 "、安装" 2亿元 "；税收" 1亿元     the middle two are parts of 完成投资
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from parkbook.model import Transformation as T
from parkbook.sources.text import grammar, heads, phrases
from parkbook.sources.text.heads import Heard
from parkbook.sources.text.kinds import KINDS_OF_BUSINESS
from parkbook.sources.text.naming import Namer
from parkbook.sources.text.parts import (
    Parts,
    Whole,
    alike,
    ended,
    family,
    is_bare,
    item_read,
    outward,
    own_words,
    whole_name,
)
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.scope import Scope
from parkbook.sources.text.values import Quantity, UnitClass

_MONEY = frozenset({"元", "美元", "欧元", "港元", "日元"})
_LEVELS = frozenset({UnitClass.AMOUNT, UnitClass.COUNT})
_WHOLES = frozenset({T.LEVEL, T.TARGET})
_ONLY_OF = 4
"""年初预算15亿元的80%, 的近三成: with so few words between, a figure only says of what the next is a share."""
_IN_A_WAY = ("以", "对")
"""以加工贸易方式进出口, 对东盟出口: a part itself."""
_FURTHER = 16
"""So many figures back a whole may stand."""
_ADDED = re.compile(r"净增|增加|减少|新增(?=\Z)")


_FUND = re.compile(r"(?:基金|贷|券|专项|资金池)\Z")
_OF_FUND = re.compile(
    r"(?:累计|已|共|先后|实际|新增|新|完成)*(?:投出|投资(?=项目|企业|金额|额|\Z)|投放|放款|发放|募集|实缴|认缴|撬动|带动|支持|惠及|扶持|退出|返投)"
)
_BUILT = re.compile(r"(?:项目|工程|厂房|公寓|大厦|管廊|水厂)(?:[一二三四]期)?\Z")
_OF_BUILT = re.compile(r"(?:累计|已|共|实际)*(?:完成投资\Z|完成总投资|完成工程量|已?安装|浇筑|敷设|铺设|封顶|完成年度)")


_ANAPHOR = re.compile(
    r"(?P<this>[该其本](?=公司|企业|集团|项目|工程|基金|平台|中心|院|校|学校|医院|基地|园(?!区)|所|馆|站|厂|孵化器|研究院|机构|行|社|计划|单位))?"
    r"(?P<kind>公司|企业|集团|项目|工程|基金|平台|中心|学校|医院|基地|学院|研究院|研究所|实验室|孵化器|机构|计划|院|校|园|所|馆|站|厂|行|社|单位)"
    r"(?=产|销|因|去|上|下|前|\d|反|生|受|负|户|累|完成|实现|总|计划|拥有|现有|共|已|累计|预计|投|占|年|全|建|员|研|营|缴|纳|获|新|现|注册|资产|在|目前|主|引|培|孵|承|服|接|收|发|规|设)"
)
_THIS = re.compile(
    r"[该本](?P<kind>分局|支局|局|镇|乡|街道|村|社区|片区|组团|板块|部|办|委|支行|分行|银行|港|码头|市场|商场|酒店|景区|街区|小镇|大队|协会|联盟|合作社|农场|电厂|公寓|大厦|园区|综合体|专班|组|公司|企业|集团|项目|工程|基金"
    r"|平台|中心|学校|医院|基地|学院|研究院|研究所|实验室|孵化器|机构|院|校|园|所|馆|站|厂|行|社)"
)
"""该局, 该镇: the one named last, whose name ends so."""
_MAY_MEAN = frozenset("该其本公企集项工基平中学医研实孵机计院校园所馆站厂行社单")
"""What either begins with."""
_TAKEN_UP = re.compile(
    r"[,，]?(?:目前|至今|如今)?(?:该(?P<kind>公司|企业|集团|厂|园|区|镇|县|村|街道|项目|工程|港|城|中心|医院|学院|学校|院|校|基金|平台|合作社|银行|机构|研究院|所|站)|后者)"
)
_SAME_SENTENCE = frozenset("、，,")
"""Signs behind which a name among the parts has more that is measured (其中恒睿项目装机42兆瓦、发电量3900万千瓦时)."""
_FIRM = frozenset({"公司", "企业", "集团", "单位"})
_OF_THINGS = re.compile(r"(?:项目|工程|计划|基金|公寓|大厦|片区|地块|街道|镇|乡)(?:[一二三四]期)?\Z")
_OF_AREA = re.compile(
    r"(?:[园区谷港城镇乡县岛湾里]|街道|组团|板块|小镇|孵化器|加速器|众创空间|基地)(?:[一二三四]期)?\Z"
)
_THE_PARK = ("园区", "全园", "该园")
"""What a park that the line is about may be called again."""
_OF_PARK = re.compile(
    r"(?:全年|累计|共|新|已|当年|年内|先后|全部|本年|实际|大力|成功|加快)*(?:地区生产总值|GDP|规上|规模以上|限上|限额以上|固定资产|固投|工业(?:投资|总产值|增加值|用电)|招商|签约|"
    r"(?:引进|招引|引育|集聚|新增|新设|净增|培育|认定|入库|储备|申报|拥有|现有|有)[^,，。]{0,10}(?:企业|项目|主体|外资|内资|平台|载体|机构|孵化器)|外资|内资|到位|财政|一般公共预算|社零|社会消费|实际利用|"
    r"高新技术|科技型|专精特新|市场主体|经营主体|登记|注册企业|闲置土地|低效用地|主导产业|[一-龥]{2,8}产业(?:产值|营收|实现|完成)|出让|供地|供应|征收|拆迁|开工|竣工|投产|在建|省级|市级|国家级|重点|各类|走访|兑现|"
    r"发放|举办|组织|开展|检查|排查|受理|办结|办理|处理|接待|安全|信访|热线|协助|帮助|服务企业|城镇|居民|农村|合计|总计|其余|其他)"
)
"""What the park does and has: in a new sentence it speaks of itself again."""


_ONLY_OF_PARK = re.compile(
    r"(?:全年|上半年|下半年|累计|共|新|年内|力争|完成|实现|确保|实际使用|实际利用)*(?:地区生产总值|GDP|规上|规模以上|限上|限额以上|固定资产|固投|工业投资|工业总产值|签约项目|引进项目|招商(?!局|中心|公司)|外资(?![科局办处企])|内资(?![科局办处企])|财政(?![科局办处所])|一般公共预算|社零|进出口|高新技术企业|科技型|专精特新|"
    r"市场主体|经营主体|保障性|人才公寓|城镇|居民|危险废物|空气|主导产业|[一-龥]{2,8}产业(?:产值|营收|实现|完成)|全局|链主|科技人员|省级|国家级|重点项目|各类|全部|政府)"
)


_INDUSTRY = re.compile(
    r"(?:全区|全市|园区)?(?!其)[一-龥]{2,6}产业(?:链|集群)?(?:实现|完成)?(?:总?产值|营收|营业收入|增加值|总收入|规模)"
)
"""其中沂星光伏产值20亿元，光伏产业总产值34亿元: what no firm is said to have."""


_VENUE = re.compile(
    r"(?:创业|科技|软件|工业|物流|众创|双创|创新|孵化|产业|科创|加速)(?:园区?|中心|孵化器|加速器|空间|基地|港|城|谷|大厦)(?=[引入孵集培新现已累有聚吸签落盘共内全])"
)
"""创业园引进企业30家 behind a sentence on a firm: a place of the park speaks."""


def host(sentence: list[Reading]) -> str:
    """Whose all figures of a sentence were; empty when there were several, or one of nobody's."""
    subjects = {reading.subject for reading in sentence}
    return subjects.pop() if len(subjects) == 1 else ""


def carries_on(host: str, own: str, sole: bool) -> bool:
    """产业基金总规模20亿元。累计投出9亿元: whether a new sentence is of the one that the sentence before was of.

    It is where only such a subject does what it says, and where the paragraph has spoken of nobody else (`sole`) and the words
    are not those of a park.
    """
    if not host:
        return False
    if _VENUE.match(own) is not None and not host.startswith(own[:2]):
        return False
    if (_FUND.search(host) and _OF_FUND.match(own)) or (_BUILT.search(host) and _OF_BUILT.match(own)):
        return True
    return sole and (_OF_AREA.search(host) is not None or _OF_PARK.match(own) is None)


def meant(own: str, scope: Scope) -> str:
    """Whom 该公司, 公司 and 项目 at the beginning of a figure's words stand for: the one named last, if it is of that kind."""
    if own.startswith("后者"):
        return scope.last_subject
    if own[:1] not in _MAY_MEAN:
        return ""
    found = _ANAPHOR.match(own) or _THIS.match(own)
    if found is not None and found.re is _THIS and found["kind"] not in _FIRM:
        last = scope.last_subject or scope.place
        return last if last.endswith(found["kind"]) else ""
    if found is None or (found.re is _ANAPHOR and found["this"] is None and len(found["kind"]) == 1):
        return ""
    last = scope.last_subject
    if found["kind"] in _FIRM:
        last = last or scope.place
        return last if _OF_THINGS.search(last) is None else ""
    fits = last.endswith(found["kind"]) or (found["kind"] in ("项目", "工程") and _BUILT.search(last) is not None)
    return last if fits else ""


def taken_up(words: str, scope: Scope) -> Callable[[str], bool] | None:
    """What 该公司 and 后者 at the beginning of words ask of the one they stand for; None where whoever is spoken of fits."""
    found = _TAKEN_UP.match(words)
    if found is None:
        return None
    kind = found["kind"]
    if kind is None:
        return lambda name: True
    fits = _is_firm if kind in _FIRM else lambda name: name.endswith(kind)
    return None if scope.subject and fits(scope.subject) else fits


def _is_firm(name: str) -> bool:
    return _OF_THINGS.search(name) is None


def hear(namer: Namer, heard: Heard, cue: grammar.Cue, quantity: Quantity, separator: str) -> bool:
    """Opens and closes parts, and says whose figure it is; whether it is one of the parts."""
    scope, measure = namer.scope, quantity.unit.unit.measure
    namer.doubt = ""
    own = own_words(cue.head)
    level = quantity.unit.kind in _LEVELS and not cue.rule
    if heard.whole and separator == "、" and scope.parts is not None and scope.parts.of(measure) is not None:
        heard = replace(heard, whole=False)
    if heard.whole and separator in (":", "：") and scope.parts is not None and not scope.parts.items:
        heard = replace(heard, whole=False)  # 由四块构成：园区开发…
    if scope.left is not None and scope.parts is None and level and own:
        _take_up_again(scope, heard, own, measure, separator)
    if heard.opens or scope.parts is not None:
        _open_or_close(scope, heard, cue, own, measure, separator, level)
    _say_whose(namer, heard, own, quantity, separator, level)
    if scope.parts is None:
        return False
    if level:
        whole = scope.parts.of(measure, own) or _further_back(namer, scope.parts, own, measure)
        counted = quantity.unit.kind is UnitClass.COUNT
        if counted and (_is_no_thing(whole) if whole is not None else dimension_differs(scope.parts, measure)):
            scope.parent = ""
        elif whole is not None:
            scope.parent = whole.base
    return level


def _further_back(namer: Namer, parts: Parts, own: str, measure: str) -> Whole | None:
    """全市进出口90亿元。有实绩的企业80家。其中民营企业进出口40亿元: a level of the sentences before that measures the same."""
    if parts.items or not own:
        return None
    names = [
        reading.base
        for reading in namer.earlier[-_FURTHER:]
        if reading.token.start >= namer.line_start
        and reading.transformation is T.LEVEL
        and not reading.base.startswith(_IN_A_WAY)
        and reading.quantity.unit.unit.measure == measure
        and not reading.parent
        and alike(own, reading.base)
    ]
    if not names:
        return None
    whole = Whole(whole_name(min(reversed(names), key=len)), measure)  # 进出口 before 加工贸易进出口
    namer.scope.parts = replace(parts, wholes=(whole, *parts.wholes))
    return whole


def _is_no_thing(whole: Whole) -> bool:
    """工业投资下降6%，其中在建项目9个: what is measured without a unit has no things for parts."""
    return not whole.measure and bool(family(whole.base))


def dimension_differs(parts: Parts, measure: str) -> bool:
    """Whether things are counted where all wholes are money (完成投资9亿元，其中新建学校3所)."""
    return bool(measure) and all(whole.measure in _MONEY for whole in parts.wholes)


def _take_up_again(scope: Scope, heard: Heard, own: str, measure: str, separator: str) -> None:
    """其中内资31个，总投资9亿元；外资7个: the parts go on behind what was said of the first."""
    left, first = scope.left, scope.left.bare if scope.left is not None else None
    if left is None or first is None or heard.name or heard.opens or first.measure != measure:
        scope.left = left if separator not in (";", "；") else None
        return
    if is_bare(own, measure) and left.of(measure) is not None and (separator in (";", "；") or alike(own, first.base)):
        scope.parts = replace(left, outer=scope.subject, passed=True)
    scope.left = None


def _open_or_close(
    scope: Scope, heard: Heard, cue: grammar.Cue, own: str, measure: str, separator: str, level: bool
) -> None:
    """Whether parts begin here, or have ended before this figure."""
    parts = scope.parts
    if heard.opens:
        scope.open_parts()
    elif parts is None:
        return
    elif heard.whole or (level and parts.items):
        scope.parts = parts = outward(parts, own) if own else parts
        if ended(parts, heard, own, measure, separator):
            scope.close_parts()
            scope.left = parts if parts.bare and not (parts.passed or parts.named or heard.whole) else None
    elif parts.items and not heard.name:
        listed = parts.separator == "、" and separator in ("，", ",")
        other = parts.passed and own and phrases.MEASURED.search(own) is not None
        if (own and not cue.rule) or other or (listed and not own and cue.transformation in (T.GROWTH, T.SHARE)):
            scope.base = scope.base if own else parts.wholes[-1].base
            said = scope.subject
            scope.close_parts()
            if said and separator in _SAME_SENTENCE and parts.of(measure) is None:
                scope.subject = said


def _say_whose(namer: Namer, heard: Heard, own: str, quantity: Quantity, separator: str, level: bool) -> None:
    """The subject: the name heard, the one outside the parts, or none."""
    scope, measure = namer.scope, quantity.unit.unit.measure
    if level and not heard.name and "产业" in own[:8] and _INDUSTRY.match(own) and KINDS_OF_BUSINESS.of(scope.subject):
        scope.close_parts()
        scope.subject = ""
    parts = scope.parts
    if heard.name:
        scope.subject = _in_full(heard.name, scope)
        if not own and level:
            scope.base = (parts.of(measure) or parts.wholes[-1]).base if parts else namer.listed_base(quantity)
    elif heard.whole:
        if not (own.startswith(_THE_PARK) and _OF_AREA.search(scope.subject) and namer.spoke_only_of(scope.subject)):
            scope.subject = ""
        if not (own.startswith(_THE_PARK) and _OF_AREA.search(scope.place)):
            scope.place = ""
    elif parts is not None and level and own and (heard.opens or _is_another_part(parts, own, measure, separator)):
        if heard.opens or not scope.just_said:  # 其中，恒睿光电受益于出口，产值…
            scope.subject = parts.outer
    elif parts is None and level and own:
        listed = scope.separator == "、" and separator in ("，", ",", ";")
        if listed or (
            separator in (";", "；") and (heads.strange(own) or scope.rival or _is_of_park(own, scope.subject))
        ):
            scope.subject = ""
    if not (scope.subject or heard.whole or heard.name):
        scope.subject = meant(own, scope)
        if (
            scope.host
            and not (namer.sentence or scope.subject)
            and carries_on(scope.host, own, namer.spoke_only_of(scope.host))
        ):
            scope.subject = scope.host
    if heard.name or (own and level):
        scope.separator = separator if heard.name else ""


def _in_full(name: str, scope: Scope) -> str:
    """文创园 behind 云溪谷文创园 is the same one."""
    if not 3 <= len(name) <= 4:
        return name
    if scope.subject.endswith(name):
        return scope.subject
    return scope.last_subject if scope.last_subject.endswith(name) else name


def _is_of_park(own: str, subject: str) -> bool:
    """甲公司扭亏为盈；固定资产投资不低于29亿元: behind a semicolon, what only parks have."""
    return _OF_AREA.search(subject) is None and _ONLY_OF_PARK.match(own) is not None


def _is_another_part(parts: Parts, own: str, measure: str, separator: str) -> bool:
    """Whether a figure with words of its own is a part like those before; behind names, only where a whole in its unit was said."""
    if parts.named and separator in ("，", ",") and phrases.MEASURED.search(own) is not None:
        return False  # 其中恒睿光电21亿元，纳税1亿元
    whole = parts.of(measure)
    return whole is not None and not (parts.named and not whole.measure)


def remember(
    scope: Scope, reading: Reading, heard: Heard, item: bool, separator: str, after: str = "", limited: bool = False
) -> None:
    """A level is a whole that parts can follow, or one more of the parts; a task that its share is told of (任务90亿元的80%) is none."""
    if reading.transformation not in _WHOLES or reading.quantity.unit.kind not in _LEVELS:
        return
    measure = reading.quantity.unit.unit.measure
    if scope.parts is not None and item:
        scope.parts = item_read(scope.parts, heard, reading.base, measure, separator)
    elif after[:1] == "的" and scope.stated and (reading.transformation is T.TARGET or len(after) < _ONLY_OF):
        return
    elif scope.parts is None and _ADDED.match(reading.base) is None:
        words = "" if limited else heard.rest
        scope.stated = (*scope.stated[-7:], (words, reading.base, measure))
