"""What the words before a figure make of it: a table of rules, first match wins.

    "...产值同比下降" 8.8%      growth yoy, -8.8        "完成年度任务的" 112.5%   completion
    "占全区" 19.4%              share                    "高于全市" 4.2个百分点     change against a region
    "全年任务为" 75亿元         target                   "提升至" 88.5%            the level it arrived at

A rule names the unit classes it is for and a pattern that must end where the figure begins (after `trim` took 约, 达, 为 and
the like). What it matched is the cue; the words before the cue are the head, from which the indicator is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parkbook.model import Comparison, Qualifier, Transformation
from parkbook.sources.text import synonyms
from parkbook.sources.text.values import COUNT, UnitClass
from parkbook.sources.text.wordlists import at_end

WINDOW = 44
"""How many characters before a figure the rules see."""

_UP = r"回升|增长|增加|增|上升|提高|提升|上涨|攀升|抬升|上调|上浮|扩大|升|涨|多|高|快|前移|进位|跃升|提速|加快|拉高|好"
_DOWN = (
    r"负增长|下降|下滑|下跌|下调|降低|减少|缩减|回落|放缓|萎缩|收窄|后移|拉低|压降|滞后|落后|欠|降|减|跌|低|少|慢|差"
    r"|后退|倒退|退步|退了?\Z|掉|滑了?\Z|优惠"
)
DIRECTION = re.compile(rf"(?P<down>降幅|跌幅|{_DOWN})|(?P<up>增幅|增速|涨幅|升幅|{_UP})")
_FALLING = re.compile(r"降幅|跌幅")
_NARROWED = re.compile(r"(?P<fall>降幅|跌幅)?[^增涨]{0,8}?收窄|(?P<widened>降幅|跌幅)[^,，。]{0,8}扩大")

_QUALIFIERS: tuple[tuple[Qualifier, str], ...] = (
    (Qualifier.ABOUT, r"大约|大概|约合|约为|约占|约达|约"),
    (Qualifier.BELOW, r"不足|不到|不超过|低于|少于|接近|将近|近|控制在"),
    (Qualifier.ABOVE, r"超过|突破|不低于|不少于|高于|至少|逾|超|首破|破|上|过"),
)
_QUALIFIER = re.compile("|".join(f"(?P<{kind.value}>{words})" for kind, words in _QUALIFIERS))
TRIM = at_end(
    r"""
    \s “ 《 : 大约 大概 约合 约为 约达 (?<![签节])约 不足 不到 不超过 低于 接近 将近 近 控制在 超过 突破 不低于 不少于 高于 至少 逾 超 首破 破 达到
    可达 已达 达 为 是 共计 共 合计 总计 (?<![平年人户亩日月])均 也 都 已经 已 将 了 分别 依次 各 在 (?<![规限四线以])上 写作 (?<!目)的 仅 还 再
    又 就 则 各为 折合 可 幅度 约占 (?<![认固评制确稳核规设议协约商选拟鉴指法限特决审测])定 (?<![国拥])有 左右 全部
    不能 不得 必须 (?<!船)只 (?<![人英天奇成])才
    港币 港元 (?<!金)美元 美金 欧元 英镑 日元 人民币 新元 澳元 加元 瑞士法郎 卢布 韩元 \$ € £ ¥ ￥ US HK USD HKD EUR RMB
    """,
    "+",
)
SUFFIX = re.compile(r"(?P<above>及?以上|之多|开外)|(?P<below>以下|以内)|(?P<about>左右|上下|许)")
SUFFIX_STARTS = frozenset("及以之开左上许")


@dataclass(frozen=True, slots=True)
class Rule:
    """`keep`: the cue belongs to the label (占全区, 完成年度任务); `ends`: the last characters of all it can match, "" any."""

    name: str
    units: frozenset[UnitClass]
    pattern: re.Pattern[str]
    transformation: Transformation
    comparison: Comparison | None = None
    keep: bool = False
    ends: str = ""


def _rule(
    name: str,
    units: str,
    pattern: str,
    transformation: Transformation,
    comparison: Comparison | None = None,
    keep: bool = False,
    ends: str = "",
) -> Rule:
    kinds = {
        "%": UnitClass.PERCENT,
        "p": UnitClass.POINT,
        "x": UnitClass.TIMES,
        "a": UnitClass.AMOUNT,
        "c": UnitClass.COUNT,
        "r": UnitClass.RANK,
        "n": UnitClass.NONE,
    }
    return Rule(
        name,
        frozenset(kinds[letter] for letter in units),
        re.compile(rf"(?:{pattern})\Z"),
        transformation,
        comparison,
        keep,
        ends,
    )


_REGION = (
    r"(?:全[国省市区县州]|[省市县]内?|所在[一-龥]{1,4}|周边|同类|平均|均值|大市"
    r"|[一-龥]{0,4}平均(?:水平|增速|增幅)?|目标|预期|序时进度|时序进度|时间进度|均衡进度|规上工业|GDP|[一-龥]{2,4}[省市区])"
)
_TASK = r"(?:任务|计划|目标|预算|指标|总工程量|工程量|考核|全年|年度|预期)"
_WHOLE_OF_WORK = r"(?:总?工程量|总量|总长度?|全长|总里程|总面积|总方量|总体量|总户数|设计[一-龥]{1,4})"
_WORK = r"(?:架梁|吊装|安装|浇筑|摊铺|铺装|掘进|砌筑|铺设|敷设|开挖|回填|调试|焊接|场平|支护|贯通)"
"""Works of a building: right before a percentage, how much of them is done (架梁68%)."""
_PLAN = r"(?:预算|计划|目标|任务|预期|概算|目标任务|任务目标)[数额值]?"
_GROWTH_NOUN = r"(?:增长率|增幅|增速|涨幅|升幅|降幅|跌幅|降速|增长幅度)"
_WITH = r"[与同和跟](?:去年|上年|前年|往年|年初|同期|上月|上个月|上季度|(?:19|20)\d\d年)[^,，。]{0,6}?相?比较?"
_AGAINST = (
    r"(?:(?:(?<![占环同对正])比(?![重例])|较(?![快大好高强多]))[^,，。]{1,14}?"
    rf"|{_WITH})?"
)
_GROWTH_VERB = (
    r"(?:同比|环比|(?<![占对])比|较|相比|略有?|稳中有|显著|恢复性|按|同口径|可比口径|自然口径|可比价|不变价|现价|名义|实际|累计|年均|平均|逆势|大幅|微|净|仍|又|再|共|总体|也|小幅|稳步|快速|继续|预计|可|将|持续|双双|均|分别|依次|各|逐步)*"
    r"(?:负增长|增长|增加|增|下降|下滑|下跌|降低|减少|缩减|回落|萎缩|上升|提高|提升|上涨|攀升|回升|降|减|升|涨|跌|掉(?<![去拆关卖解]掉)|扩大|放缓)(?:幅度?|了)?"
)
_STEP = r"(?:多|少|高|低|快|慢)(?<![最至].)(?:了|出)?"
_STEPPED = "多少高低快慢了出"
"""How a step can end."""
_GROWN = "长加增降滑跌低少减落缩升高涨大缓幅度了掉"
"""How a verb of growth can end."""
YIELD = "增收"
"""What comes in or goes out more or less: an amount of its own (户均增收2000元), a change where it is compared (同比增收2亿元)."""
_AGO = r"(?:同比|环比|(?:比|较)(?:上年|去年|前年|上月|上季度|上半年|上期|年初|往年|同期)[^,，。多少]{0,6}?)"
T, C = Transformation, Comparison

RULES: tuple[Rule, ...] = (
    # --- contributions
    _rule("拉动百分点", "p%", r"(?:拉动|带动|拉低|拉高|下拉)[^,，。]{0,20}?", T.CONTRIBUTION, keep=True),
    _rule("贡献率", "%p", r"[^,，。]{0,14}贡献率(?:[^,，。]{0,6})", T.CONTRIBUTION, keep=True),
    # --- gaps to the schedule: how far ahead of or behind it, not how much is completed
    _rule(
        "快于进度",
        "p%",
        r"(?:超(?:过|前|出)?|快于|慢于|滞后于?|落后于?|领先于?|高于|低于|欠)(?:序时|时序|时间|均衡|计划|目标|年度|预期|节点)*进度",
        T.CHANGE,
        C.VS_REGION,
        keep=True,
        ends="度",
    ),
    # --- gaps to a plan: what is above it or below it, no completion
    _rule(
        "高于目标",
        "%pac",
        rf"(?:较|比)[^,，。]{{0,6}}?{_PLAN}(?:多|少|高|低|超|快|慢)?(?:了|出)?|超(?:出|过|额)?(?:完成)?(?:年度|全年|年初|既定|原定)*{_PLAN}",
        T.CHANGE,
        C.VS_REGION,
        keep=True,
        ends="算划标务期额值数多少高低超快慢了出",
    ),
    # --- percentage points
    _rule(
        "高于他处",
        "p%",
        rf"(?:增速|增幅)?(?:比|较)[^,，。]{{0,8}}{_REGION}[^,，。]{{0,12}}?(?:{_STEP}|高出|快出)",
        T.CHANGE,
        C.VS_REGION,
        keep=True,
        ends=_STEPPED,
    ),
    _rule(
        "高于他处",
        "ac",
        rf"(?:比|较)[^,，。]{{1,18}}?(?:[区园市县镇省城谷港]|街道|我们|人家|对方)(?:高出|{_STEP})",
        T.CHANGE,
        C.VS_REGION,
        keep=True,
        ends=_STEPPED,
    ),
    _rule("高于他处", "p", r"超[^,，。]{2,12}", T.CHANGE, C.VS_REGION, keep=True),
    _rule(
        "高于他处",
        "p%ac",
        r"(?:增速|增幅)?(?:高于|快于|低于|慢于|好于|优于|高出|高过|领先|超过|超出|落后(?!产能|工艺|设备|生产|技术|装备|机型|产品))[^,，。]{0,16}",
        T.CHANGE,
        C.VS_REGION,
        keep=True,
    ),
    _rule("增至", "p", r"差距(?:仍|已|又|逐步|进一步)?(?:收窄|扩大)[至到]", T.LEVEL, keep=True, ends="至到"),
    _rule(
        "百分点增减",
        "p",
        rf"(?:增速|增幅|降幅|涨幅)?(?:同比|环比|(?:(?<![占环同对])比(?!重|例)|较|同)[^,，。]{{0,12}}?)?(?:{_GROWTH_VERB}|{_STEP}|收窄|扩大|加快|前移|抬升|上调|下调|优惠|让利)",
        T.CHANGE,
    ),
    _rule("百分点增减", "p", r"(?:同比|环比|(?:(?<![占环同对])比(?!重|例)|较)[^,，。]{0,12})?", T.CHANGE),
    # --- rates of completion
    _rule(
        "完成率",
        "%",
        rf"(?:完成|占|为|达到?|是|已完成|实现|相当于|[只仅才](?!完成|[为占达是])|不到|不足|刚过)[^,，。增降]{{0,10}}?{_TASK}(?:数|量|值|额|任务|目标|计划|投资|指标)*(?:的|进度)*",
        T.COMPLETION,
        keep=True,
        ends="务划标算量核年度期数值额资的",
    ),
    _rule(
        "完成率",
        "%",
        r"(?:[一-龥]{0,2}完成率|完成进度|完成比例|投资进度|总进度|进度|任务完成[一-龥]{0,2})",
        T.COMPLETION,
        keep=True,
    ),
    _rule(
        "完成率",
        "%",
        r"(?:累计|已|共|总体|整体)*完成(?:全年|年度)?(?:投资)?(?:比例)?",
        T.COMPLETION,
        keep=True,
        ends="成年度资例",
    ),
    _rule(
        "完成率",
        "%n",
        rf"完成[^,，。增降占]{{0,10}}?{_WHOLE_OF_WORK}|占(?:设计|合同|应[征拆迁搬签收缴]|概算)[^,，。]{{0,6}}|超额|{_WORK}(?:工程|施工|作业)?[已才仅]?过?",
        T.COMPLETION,
        keep=True,
    ),
    # --- shares
    _rule("占比", "%n", rf"贡献了?(?:{_REGION})?", T.SHARE, keep=True),
    _rule("占比", "%n", r"(?:约占|占到|占据|占比(?=[一-龥])(?![由从])|占(?!比))[^,，。占]{0,16}", T.SHARE, keep=True),
    _rule(
        "占比",
        "%n",
        rf"(?:(?<!地){_REGION})?(?:占比|比重|份额|比例)(?:升至|提高到|提升至|达到|降至|上升至|上升到)?",
        T.SHARE,
        keep=True,
        ends="比重额例至到",
    ),
    # --- losses: the amount by which they shrink or grow; a rate of them
    _rule("减亏", "ac", r"(?:同比|环比)?(?:减亏|增亏)", T.LEVEL, ends="亏"),
    _rule("减亏", "%x", rf"{_AGAINST}(?:同比|环比)?(?:减亏|增亏)", T.GROWTH, ends="亏"),
    # --- growth
    _rule(
        "增速变至",
        "%",
        rf"{_GROWTH_NOUN}(?:比|较|由|从)?[^,，。]{{0,12}}?(?:收窄|扩大|回升|回落|加快|放缓|提高|提升|上升|下降|升|降)(?:至|到|为)",
        T.GROWTH,
        ends="至到为",
    ),
    _rule(
        "增至",
        "%xpacn",
        rf"{_AGAINST}(?:{_GROWTH_VERB}|收窄|扩|变|转变?|调整|调减|调增|核减|核增|进位|推进)(?:至|到|为|成)",
        T.LEVEL,
        ends="至到为成",
    ),
    _rule(
        "增速",
        "%xn",
        rf"(?:同比|环比|平均|年均|预期|总体|名义|可比|复合)*{_GROWTH_NOUN}(?:目标|预期|计划|控制|保持|介于|维持|稳定?|均|由|从|要|需|力争|确保|争取)*",
        T.GROWTH,
        ends="率幅速度标期划制持于定均由从要需争保取稳",
    ),
    _rule(
        "率",
        "x",
        r"(?:返投|投入产出|产出|求人|供需|流动|速动|杠杆|认购|撬动)比|(?<!放大)倍数|倍率|系数",
        T.LEVEL,
        keep=True,
        ends="比数率",
    ),
    _rule("增长", "%xn", rf"{_AGAINST}{_GROWTH_VERB}", T.GROWTH, ends=_GROWN),
    _rule("增长", "%x", rf"{_AGAINST}(?:同比|环比)?收窄了?", T.GROWTH, ends="窄了"),
    _rule("增减量", "ac", rf"{_AGAINST}(?:同比|环比)?(?:扩大|收窄)了?", T.CHANGE, ends="大窄了"),
    _rule("增长", "%x", rf"(?:比|较|同比)[^,，。]{{0,12}}{_STEP}|{_STEP}", T.GROWTH, ends=_STEPPED),
    _rule(
        "增长",
        "%",
        r"(?:压缩|缩短|节约|节省|降低|减少|压减|压降)(?P<of>[^,，。、的占至到\d]{2,8}(?<![^效]率))",
        T.GROWTH,
    ),
    _rule("增长", "%x", r"(?:年均|平均每年)(?:增资|增收|增产|递增|递减|压减)", T.GROWTH, ends="资收产增减"),
    _rule("同比", "%xn", r"同比|环比|(?:[一二两三四五六]年)?(?:平均|年均)", T.GROWTH, ends="比均"),
    _rule(
        YIELD,
        "ac",
        r"(?:同比|环比|(?:比|较)[^,，。普]{1,8}?)?(?:增收|减收|增支|减支|增产|减产|少收|多收)",
        T.CHANGE,
        keep=True,
        ends="收支产",
    ),
    _rule("增减量", "ac", rf"{_AGO}[又也还则]?[多少][一-龥]{{1,6}}", T.CHANGE),
    _rule(
        "增减量",
        "ac",
        rf"(?:{_WITH}|比|较|同比|环比|较之|相比)[^,，。]{{0,16}}?(?:{_STEP}|净增|{_GROWTH_VERB})",
        T.CHANGE,
        ends=_GROWN + "多快慢出",
    ),
    _rule(
        "增减量",
        "ac",
        r"(?:增加|减少|增长|下降|降低|回落|上升|提高|上涨|下跌)了?|[多少](?<![最至].)了?|[涨跌]了?|(?<=[量额值价速率入数润])掉了?|[降升增减]了",
        T.CHANGE,
        ends="加少长降低落升高多了涨跌掉",
    ),
    _rule("增减量", "ac", r"净(?:增加|减少)(?P<of>[一-龥]{2,6})", T.CHANGE),
    _rule("位次变化", "c", rf"{_AGAINST}(?:前移|后移|前进|后退|进位|跃升)了?", T.CHANGE, ends="移进退位升了"),
    # --- ranks
    _rule("位次变化", "r", rf"{_AGAINST}(?:前移|后移|上升|下降|提升|前进|后退|进位|跃升)了?", T.CHANGE),
    _rule(
        "位次",
        "r",
        r"(?:均|也|都|仍|还)?(?:位居|稳居|跃居|居|位列|名列|列|位|排名|排位|排在|排到|排|跃升至?|进入|跻身|评为|获评)[^,，。]{0,16}",
        T.RANK,
        keep=True,
    ),
    _rule("位次", "r", r"(?:全[国省市区县州]|同类)[^,，。]{0,10}", T.RANK, keep=True),
    # --- targets
    _rule(
        "倍数",
        "x",
        rf"(?:是|为|相当于|达到?|完成)[^,，。]{{0,6}}?{_PLAN}",
        T.MULTIPLE,
        C.VS_REGION,
        ends="算划标务期额值数",
    ),
    _rule(
        "任务",
        "acpx%",
        r"(?:(?<!完成)(?:全年|年度|年初|本年|预期|招商|总|责任|考核|工作|增长)*(?:任务|目标|目标值|计划|指标任务|预期目标)|(?:任务|目标|计划|预算)数)(?:是|为|定在|定为|设定为|:)?",
        T.TARGET,
        keep=True,
        ends="务数标值划是为在:",
    ),
    # --- multiples
    _rule("倍数", "x", r"(?:(?:是|为|相当于|达到?)[^,，。]{0,18})?", T.MULTIPLE),
)
_RULES_BY_UNIT = {kind: tuple(rule for rule in RULES if kind in rule.units) for kind in UnitClass}


@dataclass(slots=True)
class Cue:
    """What the words before a figure say; `head` and `cue` are those words in two parts."""

    rule: str
    transformation: Transformation | None
    comparison: Comparison | None
    direction: int
    qualifier: Qualifier | None
    head: str
    cue: str
    keep: bool


@lru_cache(maxsize=20000)
def _rules_for(unit: UnitClass, last: str) -> tuple[Rule, ...]:
    """The rules that can match words with a last character."""
    return tuple(rule for rule in _RULES_BY_UNIT[unit] if not rule.ends or last in rule.ends)


_SUCH = re.compile(
    r"(?:增长|下降|增加|减少|下滑|回落|萎缩|亏损|盈利|上升|提高)的(?:仅|只|共|达|约|还|就|才|也)*有?\Z|[正负零]增长(?:的?有?|企业)\Z"
    r"|[幅速比](?:均|都)?(?:超过?|达到?|高于|低于|不足|逾)[^,，。]{1,6}的(?:仅|只|也)?有?\Z"
)
"""产值下降的有28家, 负增长53家, 降幅超过三成的14家: enterprises of a kind, no change."""
_CHANGED_INTO = re.compile(r"(?:[上下]调|调整|压缩|缩短|[降升减]|上升|提升|压减|缩减)\Z")
"""由268元下调为245元: what it arrives at."""


@lru_cache(maxsize=20000)
def read_words(words: str, unit: UnitClass) -> Cue:
    """The cue at the end of the words before a figure; transformation None when no rule speaks."""
    trimmed, qualifier = _trim(words)
    if words.startswith("为", len(trimmed)) and _CHANGED_INTO.search(trimmed) is not None:
        trimmed += "为"
    if unit is COUNT and _SUCH.search(words, len(trimmed) - 4 if len(trimmed) > 4 else 0):
        return Cue("", None, comparison_of(words), 0, qualifier, trimmed, "", False)
    usual = synonyms.usual(trimmed, unit)
    for rule in _rules_for(unit, usual[-1:]):
        found = rule.pattern.search(usual)
        if found is None:
            continue
        cue = found[0]
        of = found["of"] if found.re.groups else ""
        return Cue(
            rule.name,
            rule.transformation,
            comparison_of(words) or rule.comparison,
            _direction(usual, cue, unit),
            None if rule.name == "高于目标" and words.endswith("超") else qualifier,
            trimmed[: found.start()] + of,
            trimmed[found.start() :].removesuffix(of) if of else trimmed[found.start() :],
            rule.keep,
        )
    return Cue("", None, comparison_of(words), 0, qualifier, trimmed, "", False)


def _trim(words: str) -> tuple[str, Qualifier | None]:
    """The words without 约, 达到, 为 … at their end, and the qualifier among those."""
    tail = TRIM.search(words)
    if tail is None:
        return words, None
    found = _QUALIFIER.search(tail[0])
    qualifier = Qualifier(found.lastgroup) if found is not None and found.lastgroup else None
    return words[: tail.start()], qualifier


def _direction(words: str, cue: str, unit: UnitClass) -> int:
    """+1 or -1 by the last direction word of the cue; a fall that narrows is a rise of the rate."""
    if cue.endswith(("至", "到", "为")):
        return -1 if _FALLING.search(cue) else 1
    narrowed = _NARROWED.search(words) if "收窄" in words or "扩大" in words else None
    if narrowed is not None and (narrowed["widened"] or narrowed["fall"] or not synonyms.of_itself(words, unit)):
        if narrowed["widened"]:
            return -1
        return -1 if re.search(r"增幅|涨幅|增速", words) else 1
    if "拉低" in cue or "下拉" in cue:
        return -1
    directions = list(DIRECTION.finditer(cue))
    if not directions:
        return 0
    return -1 if directions[-1]["down"] else 1


_COMPARING = re.compile("[年比较同与复期]")
_COMPARISONS: tuple[tuple[Comparison, re.Pattern[str]], ...] = (
    (Comparison.AVG_N, re.compile(r"[两二三四五六七八九十\d]年(?:平均|年均|复合)|年均|年平均|平均每年|复合增")),
    (
        Comparison.MOM,
        re.compile(
            r"环比|[比较与同](?:\d{1,2}月|上个?月|上个?季度|[一二三]季度|1月?[-—–~至到]\d{1,2}月|前\d个?月|前[两二三]个?(?:月|季度)|上半年|上期|上旬)"
        ),
    ),
    (
        Comparison.VS_BASE,
        re.compile(
            r"[比较同与](?:\d{4}年|年初|.{0,4}成立|建园|初期|.{0,6}之初|“?十[一二三四]五|前年|疫情前|疫前|[去上]年年?[底末])"
        ),
    ),
    (Comparison.YOY, re.compile(r"同比|[比较同与于](?:上年|去年|同期)|上年同期|去年同期|比增")),
    (Comparison.VS_BASE, re.compile(r"年(?:(?<=[两二三四五六七八九十]年)|(?<=[^\d]\d年))(?:以来|来|间)")),
)


@lru_cache(maxsize=20000)
def comparison_of(words: str) -> Comparison | None:
    """What words before a figure compare it with."""
    if _COMPARING.search(words) is None:
        return None
    return next((comparison for comparison, pattern in _COMPARISONS if pattern.search(words)), None)
