"""The park that a document is about, by its title, and the names that it goes by further on.

"云泽高新技术产业开发区2023年工作总结"    云泽高新区, 高新区 and 开发区 are it; 云泽软件园 is not
"泽雁镇工业功能区运行情况报告"            功能区 is it; 泽雁镇 is the town
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.sources.text.wordlists import alternatives

_PARK_TYPES = """
    高新技术产业开发区 高新技术产业园区 经济技术开发区 先进制造业开发区 经济开发区 产业开发区 高新区 经开区 农高区 高开区 开发区 综合保税区 综保区 保税区 自贸区
    自由贸易试验区 工业功能区 功能区 产业集中发展区 集中发展区 集中区 集聚区 示范区 合作区 试验区 工业区 产业区 科创区
    软件园区 软件园 高新技术产业园 产业园区 产业园
    科技园区 科技园 工业园区 工业园 物流园区 物流园 创业园 科学城 科技城 新区 经济区 化工园区 化工园 园区 港区 基地
"""
_TYPES = alternatives(f"{_PARK_TYPES} 集团有限公司 有限公司 集团公司 集团")
_ELSE = (
    r"(?!丨|关于|我|各|与|和|从|到|比|较|对标|对照|周边|邻|相邻|隔壁|学习|借鉴|考察|参观|走访|赴|推[动进]|支持|加快|建设|打造|优化|加强|促进|全力|聚焦|深化|提升|助力"
    r"|全[国省市区县]|(?:国家|[省市县部])级|其|该|这|先进|一流|优秀|重点|是|为|现将|将|把|由|被|居|占|来自|以及|作为|通过)"
)
"""What a park's own name does not begin with."""
_PARK = re.compile(
    rf"(?:(?:^|[^一-龥]|丨)(?:关于|走进|在|对)?|关于){_ELSE}(?P<park>(?:[“”][一-龥]{{1,6}}[“”])?(?:(?!与|和|及|对)[一-龥]){{1,14}}?{_TYPES})"
)
_TYPE_AT_END = re.compile(rf"{_TYPES}\Z")
_TYPE_FIRST = re.compile(rf"[一-龥]{{0,4}}?{_TYPES}(?!招商|分局|[一-龥]{{2,6}}(?:局|公司|集团|中心|医院|学校))")
_FIRST = frozenset("高经先开产综保自工功集示合试软科物创新化园港基")
"""What kinds of parks begin with."""
_SELF = ("本公司", "我公司", "我司", "本集团", "本园", "我园", "本镇", "我镇", "本街道", "我街道", "本孵化器", "本基地")
_ADMINISTRATIVE = tuple("镇乡县市省州区旗")
_ABOUT = re.compile(
    r"(?:关于|走进|在|对(?!标|照|比))?(?P<about>(?!我|各|全|周边|我们|本|从|学习|借鉴|赴|对标|对照)[一-龥“”]{3,24}?)(?:\d|二〇|[一二三四五六七八九十]{2,4}五|年度?|上半年|下半年|[前一二三四]季度|[一二三四五六七八九十]{1,2}月|今年|当前|近期"
    r"|(?:工作|发展|运行|建设|运营|经营|经济|基本|有关|主要)*(?:情况|总结|报告|汇报|简介|简报|概况|计划|要点|通报|掠影|侧记)|[\s—(（:：]|\Z)"
)
_IN_PROVINCE = re.compile(
    r"\A(?:(?:河[北南]|山[西东]|辽宁|吉林|黑龙江|江[苏西]|浙江|安徽|福建|湖[北南]|广[东西]|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|西藏|宁夏|新疆|北京|上海|天津|重庆)"
    r"(?:[省市]|(?:壮族|回族|维吾尔)?自治区)?|[一-龥]{2,3}(?<![园新])[省市](?=[一-龥]{4}))(?=[一-龥]{4})"
)
"""The province or city in front of a park's name."""
_OWNERS = re.compile(
    r"(?:基金|众创空间|孵化器|加速器|平台|中心|公司|集团|医院|学校|学院|大学|研究院|研究所|协会|联盟|银行|支行|办事处|街道|镇|乡|局|[区园港谷城])\Z"
)
"""What a document can be about."""


_WHEN = (
    r"(?:(?:\d{4}|二[〇○零][一二三四五六七八九〇○零]{2})年度?|[今去上明]年|[上下]半年|[前一二三四]{1,2}个?季度|前?[\d一二三四五六七八九十]{1,3}(?:个月|月份?)|\d{1,2}[-—–~至到]\d{1,2}月份?"
    r"|“?十[一二三四五]五”?(?:时期|期间|末)?|年度|当月|近年|近期|近日|日前|以来|中共|(?:报送|印发|呈报|上报|公布|发布|转发|下达|做好)《?|[，,、])"
)
_BEFORE = re.compile(rf"[\s—\-*#·◆●■【】《》]*(?:\([^()]*\))?(?:{_WHEN})*")
"""Marks and times in front of what a title says."""
_OFFICE_OF = re.compile(r"[一-龥]{6,30}(?:局|室|科|处|委员会|中心|部|专班)(?:[\s(（\d]|\Z)")
_FROM_TO = re.compile(r"从[^\s—]{2,}?[到向]")
_AT_MEETING = re.compile(r"在(?=[^\s]{4,30}?会[^\s]{0,6}上的?(?:讲话|报告|发言|致辞|主持))")
_LOOSE = re.compile(
    rf"(?:中国\([一-龥]+\)自由贸易试验区)?{_ELSE}(?P<park>(?:(?!与|和|及|对|在)[一-龥“”·]){{2,16}}?(?<![全城乡老新片社县市辖商街厂校库景灾])(?:小镇|新城|[汽车纺织陶瓷家居建材]{{2}}城|产业[城谷港带]|[园港谷镇乡]|(?<!分)片区|街道|[众双]创空间|创[客新]空间|·[一-龥]{{2,6}}?(?:空间|[工坊]场|工坊|社|[汇谷里坊营])|孵化器|加速器|[开保高经创工产业空港发展技术]区))"
    r"(?=重点|工作|发展|经济|工业|农业|外贸|运[行营]|建设|金融|安全|环境|生态|产业|项目|招商|投资|企业|科技|创新|人才|人力|财政|税收|土地|就业|统计|党|优化|服务|月|季|年|\d|[前上下第]|简[报介况析]|概况|见闻|纪实|侧记|掠影|回顾"
    r"|情况|通报|专报|信息|动态|跑出|交出|[迈驶按走唱扛再奋力打做引跃崛开]|实现|完成|突破|以|“|[，,—\s(（:：]|管|\Z)"
)
"""Kinds of park that only what a title goes on with shows to be one: 装备园, 汽车城, 镇."""
CLAUSE = re.compile(
    rf"(?:(?:\A|[\s，,！!？?；;:：)])(?:{_WHEN})*|走进|来到|莅临|记者从|现将|对)(?:{_WHEN})*{_ELSE}"
    rf"(?P<park>(?:(?!与|和(?!平|田)|及|对|的|在|位于|来到|走进|坐落|地处|赴|同|跟)[一-龥“”·]){{2,16}}?(?:{alternatives(_PARK_TYPES)}|国际陆港|[汽车纺织陶瓷家居建材]{{2}}城|产业[城谷港带]|小镇|科创[谷港城]|装备[园港谷]|众创空间|孵化器)|[一-龥]{{2,3}}(?:镇|街道))"
    rf"(?![:：]|(?:企业)?的|等|平均|党工委书记|[与和及、]|[一-龥]{{2,6}}(?:公司|集团|项目)|相比|比)"
)
"""A park that a clause begins with, or that someone walks into."""
_JOINT = re.compile("[与和及、]")
_PARKS = re.compile(rf"(?:{alternatives(_PARK_TYPES)}|[区园港谷城镇乡]|街道|基地|孵化器|加速器|众创空间)\Z")


def issuer_of(line: str) -> str:
    """The park of an office that a line below the masthead names: 云泽高新区 for 云泽高新区投资促进局 2024年6月."""
    plain = _BEFORE.sub("", line, count=1) if line.strip() else ""
    found = _PARK.search(plain) if _OFFICE_OF.match(plain) is not None else None
    return found["park"] if found is not None else ""


def is_kind(name: str) -> bool:
    """Whether a name says only what kind of park it is: 集中区."""
    return _TYPE_AT_END.fullmatch(name) is not None


def park_of(title: str) -> str:
    """The park that a title names; empty when it names none."""
    before, about, behind = title.partition("关于")
    if about and before.strip():  # 某局关于某园区2023年运行情况的报告
        found = _named(behind)
        return found if _PARKS.search(found) is not None else _named(before)
    for part in re.split(r"——|\s{2,}", title):
        if found := _named(part.removeprefix("关于")):
            return found
    return ""


def _named(title: str) -> str:
    title = _BEFORE.sub("", title, count=1) if (begun := _BEFORE.match(title)) is not None and begun[0] else title
    if _FROM_TO.match(title) is not None:
        return ""
    title = _AT_MEETING.sub("", title, count=1)
    about = _ABOUT.match(title)
    if about is not None and _OWNERS.search(about["about"]):
        return _first_of_two(about["about"])
    found = (_PARK.search(title) if not title.startswith("中国(") else None) or _LOOSE.match(title)
    return found["park"] if found is not None else ""


def _first_of_two(name: str) -> str:
    """云泽高新区 for 云泽高新区与青岩高新区: a title that compares names its own park first."""
    for joint in _JOINT.finditer(name, 2):
        if _PARKS.search(name[: joint.start()]) is not None:
            return name[: joint.start()]
    return name


@lru_cache(maxsize=4096)
def is_own(subject: str, park: str) -> bool:
    """Whether a name is the park's: whole, short, long, or only what kind of park it is."""
    if subject.startswith(_SELF):
        return True
    if not park or not subject:
        return False
    if subject == park or (len(subject) > 2 and park.endswith(subject)):
        return True
    if park.startswith(subject) and _TYPE_AT_END.search(subject):
        return True
    alike = subject[:2] == park[:2] or len(subject) == 3
    if len(subject) > 2 and subject[-1] == park[-1] and alike and _abbreviates(subject, park):
        return True
    place, kind = _parted(park)
    named, short = _parted(subject)
    if not short:
        return named == place and not place.endswith(_ADMINISTRATIVE)
    if named in ("", place) and _abbreviates(short, kind):
        return True
    if named and named == place and _abbreviates(kind, short):
        return True
    if short == "园区" and len(named) > 1 and named in place:  # 凤岭园区 for the 粤东凤岭产业转移工业园
        return True
    bare, around = _IN_PROVINCE.sub("", subject), _IN_PROVINCE.sub("", park)
    return (bare != subject or around != park) and len(bare) > 4 and is_own(bare, around)


def begins(words: str, parks: tuple[str, ...]) -> bool:
    """Whether words begin with the park (of these names) by a short name: 综保区卡口 in a text about a 综合保税区."""
    words = words.lstrip(",，、；;")
    if not parks or not words or (words[0] not in _FIRST and not any(words[0] in park for park in parks)):
        return False
    found = _TYPE_FIRST.match(words)
    return found is not None and any(is_own(found[0], park) for park in parks)


_BEYOND_WORDS = "管 党 内 项目 企业 公司 集团 招商 分局 投资 建设 核心 一期 二期 三期 人民"
_BEYOND = tuple(_BEYOND_WORDS.split())
"""What makes another one's name of the park's."""


def end_of_own(words: str, parks: tuple[str, ...]) -> int:
    """Where the park's long name ends that words begin with, whole or without its place: 现代农业示范园区|规划面积; 0 without."""
    for park in parks:
        if words[:1] not in park:
            continue
        for begin in range(len(park) - 4):
            if words.startswith(park[begin:]):
                end = len(park) - begin
                return end if end < len(words) and not words.startswith(_BEYOND, end) else 0
    return 0


def _parted(name: str) -> tuple[str, str]:
    """云泽高新区 as 云泽 and 高新区."""
    found = _TYPE_AT_END.search(name)
    return (name, "") if found is None else (name[: found.start()], found[0])


def _abbreviates(short: str, kind: str) -> bool:
    """Whether the characters of one stand in the other, in order: 综保区 in 综合保税区."""
    rest = iter(kind)
    return all(character in rest for character in short)
