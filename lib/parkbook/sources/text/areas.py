"""Figures of another area than the one that a text is about, said beside it or for comparison.

"同期全市增长" 5%                    全市
"，而全市仅为" 26件                  全市, in a text about a park
"低于云陵经开区（" 9.2%              云陵经开区
"少于云陵经开区的" 52个              云陵经开区
"高于全市平均水平" 0.9个百分点         nobody else's: the difference is the park's
"""

from __future__ import annotations

import re

from parkbook.sources.text.heads import unnumbered
from parkbook.sources.text.names import could_be

_GROWS = re.compile(
    r"(?:[而但在]|同期|其间|期间)*(?P<region>全[国省市县州盟旗](?:综合保税区|综保区|国家级?高新区|高新区|经开区|开发区)?)(?:平均|总体|整体|同期)*(?:同比|环比)?(?:仅|只|才)?(?:增长?|下降|增速)"
)
_LARGER = re.compile(
    r"(?:同期|其间|期间)*(?P<region>全[国省市县州镇乡区盟旗])(?!重点|优秀|先进|示范|首|率先|第|前|领先|各|年)"
)
_THAN = re.compile(
    r"(?:仅?相当于|为|好于|低于|高于|快于|慢于|少于|多于|不及|落后于|领先于|仅次于|逊于|优于|大于|小于|超过|[和与及、较比])(?:[^,，。、的]{1,6}的)?"
    r"(?P<area>全[国省市县州]|[一-龥]{2,12}?(?:开发区|高新区|经开区|新区|示范区|保税区|综保区|园区?|新城|城区|市区|[市县省州镇]))(?:平均(?:水平|值)?)?(?P<of>的)?\Z"
)
_ROW = re.compile(
    r"(?P<areas>全[国省市县州](?:[、和与及]全[国省市县州])+)(?:平均|整体|总体)?(?:同期)?(?:增速|增幅)?(?:分别|依次)"
)
_JOINTS = re.compile("[、和与及]")
_AROUND = re.compile(r"(?P<region>全[国省市县州区盟旗])(?:的)?\Z")
_ITS_PARTS = re.compile(
    r"[^,，。;的]{0,6}?(?:县市区|县区|市县|区县|开发区|高新区|经开区|园区|乡镇|镇街|街道|功能区|集聚区|集中区|综保区|孵化器)(?![一-龥]*(?:企业|项目))"
)
_IS = ("为", "相当于", "仅相当于")
_WITHIN_DISTRICTS = ("街道", "镇", "乡", "社区", "街道办事处")
"""What lies in a 区: there 全区 is the area around."""


def growing(words: str) -> str:
    """同期全市增长: the larger area that grows, in words before a rate of growth; empty when none does."""
    found = _GROWS.match(unnumbered(words))
    return found["region"] if found is not None else ""


def larger(words: str, parks: tuple[str, ...]) -> str:
    """全市税收: the area around the park (of the names `parks`) that a sentence is about; empty when it is about the park."""
    found = _LARGER.match(unnumbered(words))
    if found is None or any(park.endswith(found["region"][1]) for park in parks):
        return ""
    if found["region"] == "全区" and not any(park.endswith(_WITHIN_DISTRICTS) for park in parks):
        return ""
    return found["region"]


def row(words: str) -> tuple[str, ...]:
    """全市、全省分别增长: the areas that figures are dealt out to."""
    found = _ROW.search(words)
    return tuple(_JOINTS.split(found["areas"])) if found is not None else ()


def around(words: str, after: str, parks: tuple[str, ...]) -> str:
    """在全市|12个县区中: the area whose parts are counted; empty where it is the park or no parts are."""
    found = _AROUND.search(words)
    if found is None or any(park.endswith(found["region"][1]) for park in parks) or _ITS_PARTS.match(after) is None:
        return ""
    return found["region"]


def compared(words: str, bracket: bool) -> str:
    """The other area whose figure follows words that compare; `bracket`: whether the figure stands in one behind the words."""
    found = _THAN.search(words)
    if found is None or (found["of"] is None) is not bracket:
        return ""
    if not bracket and found[0].startswith(_IS):  # 为全省平均水平的81%
        return ""
    area = found["area"]
    return area if area.startswith("全") or could_be(area) else ""
