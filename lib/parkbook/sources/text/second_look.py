"""A second look at figures whose cue alone does not say all: rates named elsewhere, losses, verbs that no rule knows.

"产值增速由正转负，为" -0.3%        growth of 产值
"下降5%，较上月收窄" 1.2个百分点     a rise of the rate
"净利润减亏" 0.5亿元               level 净利润减亏额
"利润陡落" 3%                    carried over from the growth before, and doubtful
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parkbook.model import Comparison, Transformation
from parkbook.sources.text import phrases
from parkbook.sources.text.grammar import Cue
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.values import PERCENT, Quantity

T = Transformation
_LEVEL, _GROWTH, _SHARE, _COMPLETION = T.LEVEL, T.GROWTH, T.SHARE, T.COMPLETION
LOOKED_AT = frozenset({"增长（承前）", "减亏", "高于目标", "率", "完成率", "占比", "倍数"})
"""Rules of figures that need it."""
SHIFTS = frozenset({"百分点增减", "增至", "增至（承前）"})
"""Rules whose sign the growth before may say."""


UNKNOWN_VERB = "不认得前面的动词，升降须人工核对"
_MOVES = frozenset("落泻陷崩坍塌挫衰退滑坠缓弱强暖软疲冷旺损耗缩滞沉倾挺窜蹿跃弹飞涌腾")
"""How verbs of rise and fall end, and names of things do not."""
_OF_THINGS = re.compile(
    r"(?:收入|产值|投资|税收|利润|增加值|总额|销售额|营收|产量|进出口|出口|进口|消费|零售额|用电量|价格|订单|存款|贷款)"
    r"(?P<rest>[一-龥]{2,4})\Z"
)
_NOUNS = re.compile(
    r"(?:业|品|链|园|区|额|量|率|数|价|面|费|积|方面|部分|总量|规模|企业|项目|产业|收入|投资|贸易|服务|设备|材料|制造|电子|医药)\Z"
)


def verb_is_unknown(words: str) -> bool:
    """利润陡落 3%: whether words that a growth is carried over to end with what seems to be a verb of its own."""
    plain = words.rstrip("了至到")
    if plain[-1:] in _MOVES or plain.endswith(("同比", "环比")):
        return True
    found = _OF_THINGS.search(words)
    return found is not None and _NOUNS.search(found["rest"]) is None


_SHIFTING = re.compile(r"(?:收窄|扩大|缩小|加深|减小|拉大|加剧)[了至到为]*\Z")
_SPAN = re.compile(r"[增降涨跌升]幅|增速|差|缺口|亏损|面|率|比")


def shifted(before: Reading | None, cue: Cue) -> int:
    """下降5%，较上月收窄1.2个百分点: the sign by the growth before, where the words say of nothing else; 0 where they do."""
    if before is None or before.transformation is not _GROWTH or _SHIFTING.search(cue.cue) is None:
        return 0
    if _SPAN.search(cue.cue) or cue.head.strip(",，、;； "):
        return 0
    falls = before.direction < 0 or before.quantity.negative
    if cue.rule.startswith("增至"):
        return -1 if falls else 1
    return -1 if falls == ("扩大" in cue.cue or "加" in cue.cue or "拉" in cue.cue) else 1


_NAMED_BY = (
    (re.compile(r"(?P<fall>降幅|跌幅)\Z|(?:增速|增幅|增长率|涨幅|升幅)\Z"), _GROWTH),
    (re.compile(r"(?:占比|比重|份额)\Z"), _SHARE),
    (re.compile(r"(?:完成率|完成进度|完成比例)\Z"), _COMPLETION),
)


_NAMING = frozenset("幅速率比重额度例")
"""How all that these find ends."""


def named_rate(label: str) -> tuple[Transformation, int, str] | None:
    """产值增速由正转负，为 -0.3%: what a percentage is whose label says so, its sign, and the label without the rate's name."""
    if label[-1:] not in _NAMING:
        return None
    for pattern, transformation in _NAMED_BY:
        found = pattern.search(label)
        if found is not None:
            grown = transformation is _GROWTH
            falls = grown and found["fall"] is not None
            return transformation, -1 if falls else 1, label[: found.start()] if grown else label
    return None


_OF_A_YEAR = re.compile(
    r"(?:相当于|为|是|占|达到?|仅)(?P<year>去年|上年|前年|\d{4}年)(?:同期|全年|度)?(?:总量|水平|总额|[一-龥]{0,4})的\Z"
)


def of_a_year(around: str) -> Comparison | None:
    """相当于去年全年的| 75%: the year that a figure is a multiple of."""
    found = _OF_A_YEAR.search(around)
    if found is None:
        return None
    return Comparison.YOY if found["year"] in ("去年", "上年") else Comparison.VS_BASE


@dataclass(slots=True)
class Look:
    """What is to be said of a figure; `label` and `base` are those of its words."""

    transformation: Transformation
    comparison: Comparison | None
    rule: str
    direction: int
    label: str
    base: str
    doubtful: str = ""


def look(look: Look, cue: Cue, quantity: Quantity, around: str) -> None:
    """Corrects what the rule of a figure said; `around`: the words before it as written."""
    rule = look.rule
    if rule == "增长（承前）":
        look.doubtful = UNKNOWN_VERB if verb_is_unknown(cue.head) else look.doubtful
    elif rule == "减亏":
        _look_at_loss(look, cue)
    elif rule == "高于目标":
        whole = quantity.unit.kind is PERCENT and quantity.value is not None and quantity.value >= 100
        if whole and "超额" in cue.cue:  # 超额完成目标105%
            look.transformation, look.comparison, look.rule = _COMPLETION, None, "完成率"
    elif around.endswith("的") and (year := of_a_year(around)) is not None:
        look.transformation, look.comparison, look.rule = T.MULTIPLE, year, "倍数"
        look.label = look.base if cue.keep else look.label
    elif rule == "率":
        _look_at_rate(look, cue)


def _look_at_loss(look: Look, cue: Cue) -> None:
    """净利润减亏0.5亿元 is what the loss shrank by; 亏损额0.8亿元，同比减亏0.5亿元 a change of the loss."""
    of_what = phrases.split_head(cue.head)[1] if cue.head.strip(",，、") else ""
    lost = of_what or look.base
    if look.transformation is _LEVEL and lost.endswith(("亏损", "亏损额")):
        look.transformation, look.comparison = T.CHANGE, Comparison.YOY
        look.label, look.base = lost + phrases.strip_lead(cue.cue), lost
        return
    look.label = look.base = of_what + (cue.cue[-2:] + "额" if look.transformation is _LEVEL else "亏损额")


def _look_at_rate(look: Look, cue: Cue) -> None:
    """A percentage without a cue: its label may name the rate, its words may end with a verb that no rule knows."""
    named = named_rate(look.label)
    if named is not None:
        look.transformation, look.direction, look.label = named[0], named[1], named[2] or look.label
        if named[0] is _GROWTH:
            look.comparison, look.rule = look.comparison or Comparison.YOY, "增速（承前）"
    elif cue.head and verb_is_unknown(cue.head):
        look.doubtful = UNKNOWN_VERB
