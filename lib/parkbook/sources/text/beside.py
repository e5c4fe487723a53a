"""What stands beside a figure: the sign and the thing of the figure before it, and the areas it is compared with."""

from __future__ import annotations

import re

from parkbook.model import Comparison, TargetKind, Transformation
from parkbook.sources.text import areas, phrases
from parkbook.sources.text.around import Place
from parkbook.sources.text.grammar import Cue
from parkbook.sources.text.parts import Whole, whole_name
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.values import AMOUNT, COUNT, PERCENT, Quantity

_LEVEL, _GROWTH, _THRESHOLD = Transformation.LEVEL, Transformation.GROWTH, Transformation.THRESHOLD
_SHARE, _COMPLETION, _TARGET = Transformation.SHARE, Transformation.COMPLETION, Transformation.TARGET
_YEAR = re.compile(r"(\d{4})年")
_WITHIN = re.compile(r"(?P<thing>[^,，。;；:\d]{0,10}?)当?中\Z")
_AND_SO_MANY = re.compile(r"[、和及与](?:约|近|超|超过)?\Z")
_REGION_IS = re.compile(r"[,，、;；]?全[国省市](?:平均)?(?:为|仅|只)")
"""，全省为 1.05%: beside a figure of the park."""


def separator(words: str, place: Place) -> str:
    """The sign between a figure and the one before it."""
    return place.clause.opened if place.begin == place.clause.start else words.lstrip()[:1]


def belongs_before(previous: Reading | None, words: str, after: str, place: Place, quantity: Quantity) -> bool:
    """Whether the words up to a figure are the thing that the figure before counts (3家企业2个项目, 5家认定和2家申报)."""
    if previous is None or previous.token.end != place.begin or not after or not phrases.counted_thing(after):
        return False
    kind = quantity.unit.kind
    if previous.transformation is _THRESHOLD or kind not in (COUNT, AMOUNT, PERCENT):
        return False
    if _AND_SO_MANY.search(words):
        return kind is not PERCENT or after.startswith("的")
    return kind is COUNT and phrases.COUNTED_NOUN.pattern.fullmatch(words) is not None


def dealt_before(sentence: list[Reading], pending: tuple[str, ...]) -> bool:
    """分别完成投资1亿元、2亿元，占计划的50%、60%: the run before was dealt out to the names, so this one is."""
    count = len(pending)
    if count < 2 or len(sentence) < count:
        return False
    return tuple(reading.subject for reading in sentence[-count:]) == pending


def compared(plain: str, start: int, words: str, place: Place) -> str:
    """低于云陵经开区（9.2%）, 少于云陵经开区的52个: whose figure is said for comparison."""
    if not words and place.clause.opened == "(" and place.begin == place.clause.start:
        return areas.compared(plain[max(start, place.begin - 24) : place.begin - 1], True)
    return areas.compared(words[-24:], False) if words.endswith("的") else ""


def larger(parks: tuple[str, ...], words: str, transformation: Transformation) -> str:
    """同期全市增长, 而全市仅为: the area around the park that a figure is of; empty when it is none's."""
    if transformation is _GROWTH and (region := areas.growing(words)):
        return region
    told = bool(parks) or "而全" in words or "同期全" in words or _REGION_IS.match(words) is not None
    return areas.larger(words, parks) if told and transformation in (_LEVEL, _GROWTH) else ""


def set_base_year(reading: Reading, words: str) -> None:
    """比2019年 is a comparison with that year; with the year before it is a growth on a year ago."""
    year = _YEAR.search(words)
    reading.base_period = year[1] if year is not None else ""
    end = reading.period.end
    if year is not None and end is not None and int(year[1]) == end.year - 1:
        reading.comparison = Comparison.YOY


def counted_within(reading: Reading, after: str) -> Whole | None:
    """规上企业156家中，…; 42个产业项目中，…: what was just counted, when what follows is of it."""
    within = _WITHIN.match(after)
    if within is None:
        return None
    return Whole(whole_name(within["thing"]) or whole_name(reading.base), reading.quantity.unit.unit.measure)


# ---------------------------------------------------------------- words in front of a colon or a bracket
_RATE_NAMED = re.compile(
    r"[^,，。;；:()\d]{0,14}(?:增速|增幅|增长率|涨幅|升幅|降幅|跌幅|占比|比重|份额|完成率|完成比例|完成进度|同比|环比|同比增长|环比增长|同比下降|环比下降)\s*\Z"
)
_CLAUSE = re.compile(r"[^,，。;；:()\n\d]{1,24}\Z")
_WHOLE = re.compile(r"占到?(?P<area>全[国省市区县州]|[一-龥]{2,6}[省市县](?=[总的]|\Z))?(?P<what>[^占]*)\Z")
_OF_PLAN = re.compile(
    r"(?:已|累计|共)*(?:完成|占|达到?|为|相当于)?(?:全年|年度|年初|本年)*(?:目标任务|任务目标|目标|任务|计划|预算)[数额值]?\Z"
)


def words_in_front(plain: str, start: int, words: str, place: Place) -> int:
    """Where the words begin that a figure goes on with: 营收增速：|-5.6%, 占全市（350亿元）的|10%; -1 without any."""
    sign = place.clause.start - 1
    if place.begin != place.clause.start or sign <= start:
        return -1
    if place.clause.opened == ":":
        found = _RATE_NAMED.search(plain, max(start, sign - 20), sign) if not words.strip() else None
    elif place.clause.opened == ")" and words == "的":
        bracket = plain.rfind("(", start, sign)
        found = _CLAUSE.search(plain, max(start, bracket - 24), bracket) if bracket > start else None
    else:
        return -1
    return -1 if found is None else found.start()


def set_whole(reading: Reading, plain: str, start: int, place: Place) -> None:
    """占全市（|350亿元）的10%: the whole's own; 完成年度目标（|1200亿元）的51.7%: a target."""
    bracket = place.clause.start - 1
    front = _CLAUSE.search(plain, max(start, bracket - 24), bracket)
    if front is None or reading.transformation is not _LEVEL:
        return
    plan = _OF_PLAN.search(front[0])
    whole = _WHOLE.search(front[0]) if plan is None else None
    if plan is None and whole is None:
        return
    head = phrases.split_head(front[0][: (plan or whole).start()])[1]
    if whole is not None:
        what = whole["what"] if phrases.MEASURED.search(whole["what"]) and len(whole["what"]) > 2 else ""
        reading.subject, reading.parent = whole["area"] or reading.subject, ""
        reading.label = reading.base = what or head or reading.base
        return
    reading.transformation, reading.target_kind, reading.rule = _TARGET, TargetKind.BASE, "任务"
    reading.label = reading.base = head or reading.base


# ---------------------------------------------------------------- verbs
UNKNOWN_VERB = "不认得前面的动词，升降须人工核对"
_MOVES = re.compile(
    r"(?:[落泻陷崩坍塌挫衰退滑坠缓弱强暖软疲冷旺损耗缩滞沉倾挺窜蹿跃弹飞涌腾]|同比|环比)[了至到]?\Z"
)
_OF_THINGS = re.compile(
    r"(?:收入|产值|投资|税收|利润|增加值|总额|销售额|营收|产量|进出口|出口|进口|消费|零售额|用电量|价格|订单|存款|贷款)"
    r"(?P<rest>[一-龥]{2,4})\Z"
)
_NOUNS = re.compile(r"(?:业|品|链|园|区|额|量|率|方面|部分|总量|规模|企业|项目|产业|收入|投资|贸易|服务|设备|材料|制造|电子|医药)\Z")


def verb_is_unknown(words: str) -> bool:
    """利润陡落 3%: whether words that a growth is carried over to end with what seems to be a verb of its own."""
    if _MOVES.search(words):
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


def named_rate(label: str) -> tuple[Transformation, int, str] | None:
    """产值增速由正转负，为 -0.3%: what a percentage is whose label says so, its sign, and the label without the rate's name."""
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
