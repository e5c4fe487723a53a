"""Figures of any unit that only say which enterprises, projects or things are meant; amounts of money are `modality`'s.

"单笔" 500万元 "以上融资18起"        "员工不少于" 100人 "的企业20家"        "增速" 20% "以上企业35家"
"排名前" 20% "的企业"               "10兆瓦以上光伏电站6座"               but 300家以上企业, 80%以上的企业盈利
"""

from __future__ import annotations

import re

from parkbook.sources.text.values import AMOUNT, COUNT, PERCENT, POINT, Quantity

INCLUDING = re.compile(r"\((?:不?含(?:本数)?)\)")
"""5000万元（含）以上."""
_LIMIT = re.compile(r"(?:及?以[上下]|以内)")
_WHO = r"(?:企业|单位|公司|机构|行业|产业(?!链)|项目|园区|地区|县区|产品|工厂|车间|团队|商户|楼宇|平台|市场主体)(?!员工|职工|人员|人才|家属|用工|就业|奖|补)"
_FIRMS = (
    r"(?:企业|单位|公司|机构|工厂|车间|团队|商户|园区|集群|平台|市场主体)(?!员工|职工|人员|人才|家属|用工|就业|奖|补)"
)
_SO_MANY = r"(?:已|约|近|超过?|逾|达到?|共计?|有|为|占比?|仅|只|还|分别|新增|增至|增加|合计|数量?)*(?:\d|[*×○]|[一二两三四五六七八九十百几]+[家个户项])"
_PIECES = (
    r"(?:余|多)?(?:家|个(?!百分点|月|工作日)|户|宗|项|笔|起|件|只|份|支|单|批|栋|座|幢|艘|台|套|处|条|所|块|辆|人|名)"
)
_DOING = re.compile(
    r"带动|推动|拉动|支持|帮助|助力|服务|吸引|惠及|用于|新增|增加|实现|完成|形成|达成|促进|撬动|发放|获得|取得|举办|开展|组织|引进|培育|新建|建成|签约|促成|解决|覆盖|其中"
)
_THING = re.compile(rf"的?(?P<thing>[^,，。;:、()\d*×○]{{2,12}}?)(?:有|达到?|为|共计?|仅|只)*(?:\d+|[*×○]+){_PIECES}")
_MEANT = re.compile(rf"的?[^,，。;:、()\d*×○的占]{{0,6}}?{_WHO}{_SO_MANY}")
_MEANT_FIRMS = re.compile(rf"的?[^,，。;:、()\d*×○的占]{{0,6}}?{_FIRMS}")
_OF_FIRMS = re.compile(rf"[^,，。;:、()\d的]{{1,10}}的{_FIRMS}")
_RATED = re.compile(
    r"(?:占比|比重|比例|率|增速|增幅|涨幅|降幅|增长|下降|强度|面|度|高于[^,，。]{2,6}|低于[^,，。]{2,6})(?:在|达到?|均)*\Z"
)
_BEFORE = re.compile(
    r"(?P<head>.*?)(?:不少于|不低于|不足|不到|不超过|超过?|超出|多于|少于|高于|低于|大于|小于|至少|逾|达到?|满)\Z"
)
_EXCEEDING = frozenset("于足到过出少逾达满")
"""How all that it can match ends."""
_PLACED = re.compile(r"(?:排名|排位|位居|居|列|位列)?(?:前|后|末尾)\Z")
_AVERAGE = re.compile(r"平均|均值|人均")
_CLASSIFIERS = frozenset("家户个项宗笔批")


def says_which(words: str, after: str, quantity: Quantity) -> bool:
    """Whether a figure that a limit stands behind or before says which ones are meant."""
    limit = _LIMIT.match(after)
    if limit is not None:
        return _limits(words, after[limit.end() :], quantity)
    kind = quantity.unit.kind
    if kind is AMOUNT:
        return _EACH_OF.match(after) is not None
    if kind is PERCENT and words[-1:] in ("前", "后", "尾") and _PLACED.search(words):
        return _WHO_NEXT.match(after) is not None
    before = _BEFORE.match(words) if words[-1:] in _EXCEEDING and after.startswith(("的", "企业")) else None
    if before is None:
        return False
    if kind in (PERCENT, POINT):
        meant = _WHO_NEXT.match(after) is not None
        return meant and (_RATED.search(before["head"]) is not None or _MEANT.match(after) is not None)
    return kind is COUNT and not _CLASSIFIERS.intersection(quantity.unit.text) and _MEANT_FIRMS.match(after) is not None


_EACH_OF = re.compile(r"的?(?:企业|项目|园区|基地|集群|楼宇)(?:达到?|有|共|为|数)*(?:\d+|[*×○]+)[家户个项]")
_WHO_NEXT = re.compile(rf"的?[^,，。;:、()\d的]{{0,4}}?{_WHO}")


def _limits(words: str, rest: str, quantity: Quantity) -> bool:
    """以上 and 以下 with what stands behind them."""
    unit = quantity.unit
    if unit.text.endswith("岁"):
        return _AVERAGE.search(words) is None
    if unit.kind is AMOUNT:
        found = _THING.match(rest)
        return found is not None and _DOING.search(found["thing"]) is None
    if unit.kind in (PERCENT, POINT):
        if _MEANT.match(rest) is not None:
            return True
        return _WHO_NEXT.match(rest) is not None and _RATED.search(words) is not None
    if unit.kind is not COUNT:
        return False
    if _OF_FIRMS.match(rest) is not None:
        return True
    return not _CLASSIFIERS.intersection(unit.text) and _MEANT_FIRMS.match(rest) is not None
