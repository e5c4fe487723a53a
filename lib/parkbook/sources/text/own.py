"""The park that a document is about, by its title, and the names that it goes by further on.

"云泽高新技术产业开发区2023年工作总结"    云泽高新区, 高新区 and 开发区 are it; 云泽软件园 is not
"泽雁镇工业功能区运行情况报告"            功能区 is it; 泽雁镇 is the town
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.sources.text.wordlists import alternatives

_TYPES = alternatives(
    """
    高新技术产业开发区 高新技术产业园区 经济技术开发区 先进制造业开发区 经济开发区 产业开发区 高新区 经开区 开发区 综合保税区 综保区 保税区 自贸区
    自由贸易试验区 工业功能区 功能区 产业集中发展区 集中发展区 集中区 集聚区 示范区 合作区 试验区 软件园区 软件园 高新技术产业园 产业园区 产业园
    科技园区 科技园 工业园区 工业园 物流园区 物流园 创业园 科学城 科技城 新区 经济区 化工园区 化工园 园区 港区 基地 集团有限公司 有限公司 集团公司 集团
    """
)
_PARK = re.compile(
    rf"(?:(?:^|[^一-龥]|丨)(?:关于|走进|在|对)?|关于)(?!丨|关于|我|各|与|周边)(?P<park>(?:[“”][一-龥]{{1,6}}[“”])?(?:(?!与|和|及|对)[一-龥]){{1,14}}?{_TYPES})"
)
_TYPE_AT_END = re.compile(rf"{_TYPES}\Z")
_TYPE_FIRST = re.compile(rf"[一-龥]{{0,4}}?{_TYPES}(?!管委会|招商|分局|[一-龥]{{2,6}}(?:局|公司|集团|中心|医院|学校))")
_FIRST = frozenset("高经先开产综保自工功集示合试软科物创新化园港基")
"""What kinds of parks begin with."""
_ADMINISTRATIVE = tuple("镇乡县市省州区旗")
_ABOUT = re.compile(
    r"(?:关于|走进|在|对)?(?P<about>(?!我|各|全|周边|我们|本)[一-龥“”]{3,24}?)(?:\d|二〇|[一二三四五六七八九十]{2,4}五|年度?|上半年|下半年|[前一二三四]季度|[一二三四五六七八九十]{1,2}月|今年|当前|近期"
    r"|(?:工作|发展|运行|建设|运营|经营|经济|基本|有关|主要)*(?:情况|总结|报告|汇报|简介|简报|概况|计划|要点|通报|掠影|侧记)|[\s—(（:：]|\Z)"
)
_OWNERS = re.compile(
    r"(?:基金|众创空间|孵化器|加速器|平台|中心|公司|集团|医院|学校|学院|大学|研究院|研究所|协会|联盟|银行|支行|办事处|街道|镇|乡|局|[区园港谷城])\Z"
)
"""What a document can be about."""


def park_of(title: str) -> str:
    """The park that a title names; empty when it names none."""
    about = _ABOUT.match(title)
    if about is not None and _OWNERS.search(about["about"]):
        return about["about"]
    found = _PARK.search(title)
    return found["park"] if found is not None else ""


@lru_cache(maxsize=4096)
def is_own(subject: str, park: str) -> bool:
    """Whether a name is the park's: whole, short, or only what kind of park it is."""
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
    return named in ("", place) and _abbreviates(short, kind)


def begins(words: str, park: str) -> bool:
    """Whether words begin with the park by a short name: 综保区卡口 in a text about a 综合保税区."""
    words = words.lstrip(",，、；;")
    if not park or not words or (words[0] not in _FIRST and words[0] not in park):
        return False
    found = _TYPE_FIRST.match(words)
    return found is not None and is_own(found[0], park)


def _parted(name: str) -> tuple[str, str]:
    """云泽高新区 as 云泽 and 高新区."""
    found = _TYPE_AT_END.search(name)
    return (name, "") if found is None else (name[: found.start()], found[0])


def _abbreviates(short: str, kind: str) -> bool:
    """Whether the characters of one stand in the other, in order: 综保区 in 综合保税区."""
    rest = iter(kind)
    return all(character in rest for character in short)
