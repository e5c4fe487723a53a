"""Names between quotation marks: “青禾行动”引进, 孵化器“创想谷”在孵; not what only is said so (“小散弱”问题) or offered (“科创贷”)."""

from __future__ import annotations

import re

from parkbook.sources.text import agents, introduced, verbs

_PRODUCTS = ("贷", "券", "险", "码")
_QUOTED = re.compile(r"(?P<kind>[一-龥]{0,10})[“\"](?P<name>[^“”\"]{2,14})[”\"]")
_PRODUCT = re.compile(r"增加|扩展|窗口|专窗|产品|机制|模式|系统|小程序|服务(?!中心|站|平台)|活动|品牌")
_NO_KIND = re.compile(r"[为上以把将按对向在从]|推出|发放|举办|开展|擦亮|发布|首创|推行|获评|获得|入选")
_KIND_OF_QUOTED = re.compile(
    r"(?:孵化器|加速器|众创空间|园区?|中心|基地|基金|计划|品牌|项目|企业|公司|平台|实验室|小镇|小区|社区|俱乐部|班列|公寓|街区|工程|行动)\Z"
)


def found(body: str) -> tuple[str, str, bool] | None:
    """“青禾行动”引进 …, 孵化器“创想谷”在孵 …: the name between quotation marks, where its kind is said."""
    mark = _QUOTED.match(body) if "“" in body or '"' in body else None
    if mark is None or not mark.end() < len(body) or "、" in mark["name"] or introduced.is_saying(body, mark.end()):
        return None
    kind = mark["kind"]
    if mark["name"].endswith(_PRODUCTS):  # “科创贷”放款: what a bank or office offers
        return None
    if kind and _NO_KIND.match(kind) is not None:
        return None
    named_kind = _KIND_OF_QUOTED.search(kind) is not None
    doing = verbs.DOING.match(body, mark.end()) is not None
    acts = agents.does(body, mark.end()) or introduced.has(body, mark.end())
    if named_kind and _PRODUCT.match(body, mark.end()) is not None:  # 人才服务中心“一件事”窗口
        return kind, body[len(kind) :], True
    if (named_kind and (acts or not mark["kind"].endswith(("企业", "项目")))) or (
        not kind and (doing or agents.does(body, mark.end())) and len(mark["name"]) > 3
    ):
        return mark["name"], body[mark.end() :], doing
    return None
