"""Whom a document is about: by the lines in front of its text, and by its first sentences.

"工作简报" / "云泽高新区管委会办公室"                云泽高新区
"2023年工作总结" / "2023年，云泽高新区完成…"            云泽高新区
"云泽镇工业园工作总结" / "一季度，云泽镇完成…"         云泽镇工业园, and 云泽镇 as well
"""

from __future__ import annotations

import re

from parkbook.sources.text.own import CLAUSE, is_kind, is_own, issuer_of, park_of

_STATED = re.compile(
    r"\s*(?:申报|申请|填报|报送|编报|编制|实施|依托|运营|主办|承办|被评价?|参评)?(?P<what>单位|机构|主体|企业|公司|园区|孵化器|众创空间|基地|平台|载体)(?:名称|全称)?[:：]\s*(?P<name>[^\s,，。:：;；]{3,30})\s*\Z"
)
"""申报单位：…, 孵化器名称：…"""
_APPLIED_FOR = re.compile(r"(?:申[报请]|推荐|自评|评价|复核|认定|备案)(?:材料|书|表|报告)")
_OF_OTHERS = re.compile(r"考察|学习|对标|借鉴|经验|案例|考[评核]|排名|综述|全[国省市县]|[我各][省市县]")
"""Titles of documents whose first sentences speak of other parks."""
_PRESENTED = re.compile(
    r"(?P<park>[一-龥“”·]{3,24}?)[”\"]?\((?:以下|下)?(?:统一)?简称(?:为|[:：])?[“\"]?(?P<short>[^()“”\"]{2,12})[”\"]?\)"
)
_OURS = re.compile(r"我(?:[区园镇县街局司]|公司|集团)\((?:即|以下简称)?[“\"]?(?P<park>[一-龥]{3,20})[”\"]?\)")
_TOWN = re.compile(r"[镇乡]|街道|[县区]")
_TOWN_SAYS = re.compile(
    r"(?=[^,，。;；:：]{0,12}(?:完成|实现|规上|规模|坚持|紧|围绕|按照|以|认真|全面|工业|经济|共有|现有|辖))"
)
_SENTENCES = 3


def owners(title: list[str], opening: str) -> tuple[str, ...]:
    """The names of the one that a document is about, the surest first; `opening`: the text that its title lines head."""
    stated = tuple(found["name"] for line in title if (found := _STATED.match(line)) is not None)
    named = ""
    for number, line in sorted(enumerate(title), key=lambda numbered: _APPLIED_FOR.search(numbered[1]) is not None):
        if _STATED.match(line) is None:
            named = (issuer_of(line) if number else "") or park_of(line)
        if named:
            break
    if stated or (named and not is_kind(named)):
        names = stated or (named,)
        return names + _other_names(names[0], opening)
    opened = _opened(opening) if title and not any(map(_OF_OTHERS.search, title)) else ""
    names = tuple(name for name in (opened, named) if name)
    return names + _other_names(opened, opening) if opened else names


def _opened(opening: str) -> str:
    """The park that first sentences are about."""
    ours = _OURS.search(opening)
    if ours is not None:
        return ours["park"]
    for sentence in opening.split("。")[:_SENTENCES]:
        if found := CLAUSE.search(sentence):
            return found["park"]
    return ""


def _other_names(own: str, opening: str) -> tuple[str, ...]:
    """What the first sentences call it: a name in brackets, and the town that its name begins with."""
    names = []
    for found in _PRESENTED.finditer(opening):
        if found["park"].endswith(own) or is_own(found["park"], own):
            names.append(found["short"])
    for found in _TOWN.finditer(own, 2, len(own) - 1):
        town = own[: found.end()]
        place = opening.find(town)
        if place >= 0 and not opening.startswith(own, place) and _TOWN_SAYS.match(opening, place + len(town)):
            names.append(town)
    return tuple(names)
