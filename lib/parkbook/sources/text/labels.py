"""Words of a phrase that are no part of what is measured, and names put together from two places of a sentence.

"在全省30个开发区中" / "市下达任务"       among whom, and by whom a task was set
"占全市的" / "带动周边63%的" "农户"       the whole of a share, and what there is a share of
"综合" + "排名由"                        综合排名
"""

from __future__ import annotations

import re

from parkbook.sources.text import grammar, phrases

SHARE_OF = re.compile(
    r"(?:占比|占(?!比|有率|份额|地(?!区)))(?:到|据)?了?(?!提升|提高|上升|下降|[升降达]|[也仍则便就已均]?(?:由|从(?!业)))([^占]{2,14}?)"
    r"(?:的|比重|比例|份额|(?<=全[国省市区县州园])(?:总量|总数)|达|(?:依次|分别)?为|[也仍则便就已]|[从由](?:[上去前]年(?:同期|末|底)?|同期|年初)?|(?:上升|提升|提高|下降|降|升)[至到])*\Z"
)
_REGION = re.compile(r"(全[国省市区县州]|所在[一-龥]{1,4})")
_SHARE_IN = re.compile(r"(全[国省市区县州])")
_OF_WHOM = re.compile(
    r"其(?!他|它|余|中)|(?:所在的?)?[一-龥]{0,3}?(?:(?<=全)[国省市区县州镇园]|(?<=[一-龥]{2})[省市县](?=进出口|规上|工业|税收|生产))的?|园区(?=[一-龥]{3})|[一-龥]{2,10}?[区园镇县市](?=规上|规模以上|工业(?!园|区)|固定资产|税收|财政|进出口|地区生产|一般公共)"
)
_SET = re.compile(
    r"(?:[国省市县州区]|上级|管委会)?(?:年初|全?年|年度)?(?:(?:下达|下发|分解|核定|交办|(?<=[省市县区州])定)的?)?(?:全?年|年度)?(?:目标|任务|计划|指标)*"
)
_ARRIVED = re.compile(
    r"[也仍则便就已]?[由从](?:[上去前]年(?:同期|末|底)?|同期|年初)?\Z|(?:上升|提升|提高|下降|升|降)?[至到达]+\Z"
)
_AMONG = re.compile(
    r"(?:在|于)?(?:[^,，。]{0,16}(?:中|里|内)|(?:全[国省市区县州]|同类|[国省市]级)[^,，。]{0,12}?"
    r"(?:开发区|高新区|经开区|园区|软件园|产业园|综保区|保税区|新区|乡镇|镇街|区县|县区|街道|县市|城市|片区|平台|功能区)?)"
)
_JUDGED = re.compile("考核|考评|评价|评比|评估|测评|排名|排行|榜|竞赛|比武|中心|镇中|(?<!城)市中|县中")
_ATTRIBUTES = ("占地面积", "占地", "用地", "建筑面积", "总投资额", "总投资", "计划投资", "协议投资")
JUDGEMENTS = frozenset({"综合", "总", "总体", "整体", "考核", "评价", "绩效", "考评"})
"""综合排名: no name without the second word."""
BARE_MEASURE = re.compile(
    r"(?:完成|工业|总)?产值|增加值|营业收入|营收|(?:产品)?销售收入|主营业务收入|销售额|利润(?:总额)?|税收|进?出口"
)
"""What a line of business whose course was told has, unless another is named."""
_WITHIN = frozenset("内中里")
PLACED = re.compile(
    r"(?:在?参评的?|(?:在|位居|居|位列|名列|列|跻身|进入|排在?)(?:全[国省市区县州])?|\A全[国省市区县州])\Z"
)
OWN_AREA = re.compile(r"(?:[我本]|园|全)区|[我全本]园|(?:我[市县省])?(?:高新区|经开区|开发区|园区)")
OF_AREA = re.compile(r"全[国省市区县州](?=[一-龥]{2})")
FOR_PLACE = re.compile(r"(?:可|将|能)?(?:为|给|向|对|在|使|让|带动|推动|助力)")
AREAS = re.compile(
    r"(?:[国省市县]家?级|全[国省市县])?(?:的)?[一-龥]{0,4}(?:经开区|高新区|开发区|园区|综保区|保税区|新区|乡镇|街道|县区|区县)"
)
"""12家省级开发区: areas that are counted, and whose figures are not the park's."""


def of_attribute(base: str) -> str:
    """竹木项目 for 竹木项目占地: what has an attribute that was just told; empty where none was."""
    attribute = next((one for one in _ATTRIBUTES if base.endswith(one)), "")
    thing = base.removesuffix(attribute)
    return thing if attribute and phrases.COUNTED_NOUN.search(thing) else ""


def of_some(phrase: str, after: str) -> str:
    """孵化器内90%的|企业, 带动周边63%的|农户: what there is a share of."""
    thing = phrases.without_measure(phrases.counted_thing(after))
    if phrase.startswith("带动"):
        return phrase[:2] + thing
    if phrase.startswith(("使", "让", "有")):
        return thing
    if phrase[-1:] not in _WITHIN:
        return phrase
    return phrase[:-1] if phrase[:-1].endswith(thing) else phrase[:-1] + thing


def is_set(phrase: str) -> bool:
    """市下达, 年度目标: words of who set a task, and no name of it."""
    return len(phrase) < 12 and _SET.fullmatch(phrase) is not None


def is_scope_of_rank(phrase: str) -> bool:
    """在全省经开区中 (排第58位): among whom, not what is ranked."""
    return _AMONG.fullmatch(phrase) is not None and _JUDGED.search(phrase) is None


def region_of(cue: str) -> re.Match[str] | None:
    """The whole that a cue names: 占全区, 高于全市."""
    found = SHARE_OF.search(cue) if "占" in cue else None
    if found is None and ("全" in cue or "所在" in cue):
        found = _SHARE_IN.match(cue) or _REGION.search(cue)
    return found


def whole_of(words: str) -> str:
    """全区规上工业总产值 and 其销售收入 as what is measured; 全区 alone stays."""
    found = _OF_WHOM.match(words)
    return words[found.end() :] if found is not None and len(words) - found.end() > (words[0] != "其") + 1 else words


def is_kind(subject: str) -> bool:
    """新材料产业, 规上企业: who has a measure without being a name."""
    return phrases.KIND_OF.fullmatch(subject) is not None and phrases.GENERIC.fullmatch(subject) is None


def with_cue(base: str, cue: grammar.Cue) -> str:
    """完成投资 with 投资完成率: 完成投资完成率; what both say is said once."""
    words = _ARRIVED.sub("", phrases.strip_lead(cue.cue))
    if base.endswith(words):
        return base
    shared = next((size for size in range(min(len(words), 4), 1, -1) if base.endswith(words[:size])), 0)
    return base + words[shared:]
