"""What stands around a name that is not at the beginning of the words: kinds of things, relative clauses, figures before it.

"园区国有平台公司龙腾集团资产"   龙腾集团 begins behind the kind
"同期开工的银河路工程总投资"     … behind 的
"总投资5亿元|的恒睿光电项目开工"  … behind the figure
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.sources.text.names import WHOLE, Follows, named
from parkbook.sources.text.vocabulary import unspelled

_RANKED = re.compile(r"前[一二三四五六七八九十\d]{1,2}[名位家大强]")
_KIND_OF_FIRM = re.compile(
    r"企业|公司|单位|机构|平台|院校|高校|医院|载体|龙头|项目|集团|冠军|小巨人[”\"]?|主体|载体|代表|为主的"
)
_BEHIND = re.compile(
    r"(?:[一-龥]{0,4}(?:建设|打造|兴建|新建|建成|改造|设立|组建|成立|实施))?的(?P<name>[^,，。;；:：、()《》的]{3,26})"
)
_HAPPENED = re.compile(
    r"于|在|已|正式|成功|顺利|全面|今年|去年|年内|即将|正在|相继|落户|签约|开工|竣工|投产|投用|启动|落地|开建|通过|获批|入驻|完成|主体|进展|加快|进入|建成|建设|也|等|开业|开园|开街|开馆|开市|奠基|揭牌|封顶|通车|亮相|试|预计|计划"
)


@lru_cache(maxsize=20000)
def behind(after: str) -> str:
    """总投资5亿元|的恒睿光电项目开工: the name that stands behind a figure; empty when none does."""
    found = _BEHIND.match(after)
    if found is None:
        return ""
    words = found["name"]
    for end in _HAPPENED.finditer(words, 3):
        if name := named(words[: end.start()], Follows.HEADING):
            return name
    return named(words, Follows.HEADING)


def apposed(body: str) -> int:
    """Where the name begins behind 园区国有平台公司; 0 when no kind of thing stands in front of one."""
    if "(" in body:
        return 0
    for kind in _KIND_OF_FIRM.finditer(body, 0, 20):
        if unspelled(_RANKED.sub("", body[: kind.end()]))[0]:
            return 0
        if unspelled(body[kind.end() : kind.end() + 6])[1] >= 2:
            return kind.end()
    return 0


def in_region(body: str) -> int:
    """Where words begin behind 我区 and 园区 that common words cannot spell."""
    whole = WHOLE.match(body)
    return whole.end() if whole is not None and unspelled(body[whole.end() : whole.end() + 6])[1] >= 2 else 0


def said_of(body: str) -> int:
    """Where the name begins behind 同期开工的 and 我园引进的; 0 where none does."""
    end = body.find("的", 2, 16) + 1
    return end if end and not unspelled(body[: end - 1])[0] and unspelled(body[end : end + 8])[0] >= 2 else 0
