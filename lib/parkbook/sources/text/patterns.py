"""The building blocks of the lexicon: numbers, masks, units, periods and their neighbours, as regular expressions.

All are written for text that `half_width` has normalised: one character stays one character, so positions hold.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.sources.text.kinds import BUSINESS_WORDS
from parkbook.sources.text.wordlists import alternatives
from parkbook.units import unit_definitions

_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94) if 0xFF01 + i != ord("，")}
_HALF_WIDTH |= {
    ord(old): ord(new) for old, new in {"−": "-", "﹣": "-", "﹪": "%", "\u3000": " ", "\xa0": " ", "⁃": "-"}.items()
}

_WIDE = re.compile("[" + re.escape("".join(map(chr, _HALF_WIDTH))) + "]")


_EMPHASIS = re.compile(
    r"(?m)^([ \t>#-]*)\*\*((?:\d{1,2}[.、．)）]|[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)?"
    r"[一-龥“][^*\n|\t]{1,40}?(?:[。:;!?](?=\*\*)|(?=\*\*(?:[。:]|\s*$))))\*\*"
)
"""Bold words of Markdown that begin a line (**大气环境。**); other stars are masks."""


_NUMBERED_YEAR = re.compile(r"(?m)^([ \t]*\d{1,2})\.(?=20\d\d年)")
"""6.2024年计划: the number of a heading, and a year."""


_TITLED = re.compile(r"(?m)^([ \t]*(?:[-*·•●][ \t]*)?)【([^【】\n\d]{1,20})】(?=[:：]|(?:完成|实现|达到?|累计|约|为|共)*\d(?!\d*(?:[年月日季]|[-—–~至]\d+月)))")
"""【营业收入】120亿元: what an item is about."""


def _titled(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]}" + (" " if found.string.startswith((":", "："), found.end()) else ":")


def half_width(text: str) -> str:
    """Full-width digits, letters and signs made half-width, one for one; the full-width comma stays (5，300家 are two things).

    The stars around bold words at the beginning of a line become spaces, brackets around its title a colon.
    """
    plain = _WIDE.sub(lambda found: chr(_HALF_WIDTH[ord(found[0])]), text)
    plain = _TITLED.sub(_titled, plain) if "【" in plain else plain
    plain = _NUMBERED_YEAR.sub(r"\1、", plain) if ".20" in plain else plain
    return _EMPHASIS.sub(lambda found: f"{found[1]}  {found[2]}  ", plain) if "**" in plain else plain


# ---------------------------------------------------------------- numbers
_BREAK = r"\s{0,2}\n\s{0,4}"
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d ])|\d+"
    + _BREAK
    + r"\d+(?=\.?\d*\s?(?:[%‰万亿元个家户项亩人]))|\d+)"
    r"(?:\s?\.\s?\d+|" + _BREAK + r"\.\d+|\." + _BREAK + r"\d+)?"
)
"""1234, 1,234.5, 1 280, ８．５ and numbers that a space or a line end has broken."""
MASK = r"(?<![A-Za-z])[0-9.]{0,16}[*xX×○□某](?:[0-9*xX×○□.某]|,(?=[0-9*xX×○□]{3})){0,60}(?![A-Za-z])"
MINUS = r"(?:(?<![0-9A-Za-z%])-|(?<=[长比幅速])[—–])"
MAGNITUDE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|万)"
_MAGNITUDE_OR_LESS = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_DASH = r"(?:—|——|-|–|~|至|到)"
_NEAR = "(?=[^—~至到–-]{0,24}+[—~至到–-])"
"""A range is looked for only where a sign of one is near."""
_SECOND = r"(?P<num2>-?\d+(?:,\d{3})*(?:\.\d+)?)(?!\d*[年月])"
LINK_MASK = rf"(?:%?{_DASH}[0-9*xX×○.]{{1,16}})"
CHINESE = r"[〇零一二三四五六七八九十百千万两]+"
CHINESE_BIG = r"(?:[二两三四五六七八九][十百千万一二两三四五六七八九零]*?|[一十][十百千万一二两三四五六七八九零]+?|十(?![百千万亿几足字]))"
CHINESE_TEN = r"(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九][百千][一二三四五六七八九十百零]*)"
"""Ten and above: smaller ones before 个 count only where a counted thing follows (两个维护 is no figure)."""
COUNTED = r"(?:[一-龥]{0,6})(?:集群|项目|企业|园区|平台|基地|实验室|品牌|团队|中心(?!城|工作|任务|环节)|研究院|工作站|车间|厂房|地块|标段|小区)"
STRICT = (
    r"平方公里|平方米|公里|万元|亿元|美元|元(?!宇宙|素|旦|月)|人次|家次|家(?!喻|庭)|户(?!外)|宗(?!旨|教)|名(?!优|牌|词|副|称)|人(?!民|工|才)"
    r"|场(?!所|地|馆|景|面|域)|件(?!套|民生|大事|实事)|起(?!来|步|点|到|草)|亩|栋|幢|座|所(?!有|在|需|以|属)|艘|辆|台(?!账|阶|前)|笔|吨"
    r"|次(?!方|元|产)|轮(?!驱动|动|换)|份|倍|张|期?班次|支(?!柱|撑|持|点|部)|条(?!腿|例|主|线|块|件|战线|措施)|项(?!目|指标|制度|机制|任务|工作|措施|行动|政策|举措|改革|重点|整治|清单|承诺|规定|基本|内容|要求|职责|条件|监督|主要|核心|约束|关键|国家战略|中心)"
)
"""Measures that make a figure of a Chinese numeral."""


def quantity(number: str, unit: str) -> str:
    """A number with its unit, or a range whose first half has no unit or the same (8%-10%, 5亿元-8亿元)."""
    start = rf"(?P<sign>{MINUS})?(?P<num>{number})(?P<inf>余|多|几)?"
    link = rf"(?:{_NEAR}(?P<mid>{unit})?\s?{_DASH}\s?{_SECOND})?"
    return rf"{start}{link}\s?(?P<unit>(?(mid)(?P=mid)|{unit}))"


def uneven_range(number: str) -> str:
    """A range both halves of which say their power of ten, the first with or without the unit (5000万元—1亿元, 10亿—20亿元)."""
    return (
        rf"(?P<num>{number})(?=[^\d\s—–~,，。;、()-]{{1,6}}\s?[—–~至-])(?P<size>{_MAGNITUDE_OR_LESS})?(?P<base>{measures()})?\s?(?:—|——|-|–|~|至)\s?{_SECOND}"
        rf"\s?(?P<unit>{_MAGNITUDE_OR_LESS}(?(base)(?P=base)|{measures()}))"
    )


_SPECIAL = {
    "块",
    "分",
    "年",
    "天",
    "日",
    "度",
    "方",
    "m",
    "t",
    "ha",
    "L",
    "P",
    "P Flops",
    "kg",
    "km",
    "层",
    "成",
    "元钱",
    "小时",
    "分钟",
    "无量纲",
    "人员",
}
"""Spellings that also are ordinary words or letters: read only with the company `_AFTER` asks for."""
_AFTER = {
    "元": r"(?!宇宙|素|旦|月)",
    "项": r"(?!目)",
    "人": r"(?!民|均|工|才)",
    "次": r"(?!新|月|年|日)",
    "名": r"(?!牌|称|录|优)",
    "条": r"(?!例|款)",
    "场": r"(?!所|地|馆|景|平)",
    "部": r"(?!门|分|委|长|署)",
    "门": r"(?!类|槛)",
    "班": r"(?!子)",
    "对": r"(?![一-龥])",
    "间": r"(?![接隔])",
    "组": r"(?![织建合团])",
    "处": r"(?![理罚置于级])",
    "头": r"(?!部)",
    "道": r"(?!路)",
    "台": r"(?![账湾风州])",
    "份": r"(?!额)",
    "起": r"(?![步来到草点])",
    "本": r"(?![地土园区市级年月科硕])",
    "批": r"(?![准复发量评])",
    "款": r"(?!项)",
    "种": r"(?![植子业质])",
    "位": r"(?![于居列置次])",
    "例": r"(?![如会行外])",
    "支": r"(?![持付撑出行柱])",
    "列": r"(?![入为全第出名在])",
    "升": r"(?![级至到值格规高幅])",
    "户": r"(?![均籍外])",
    "亩": r"(?![均产])",
    "类": r"(?!似)",
    "所": r"(?![有在需以属])",
    "套": r"(?!餐)",
    "单": r"(?![位个月季人价独纯向日笔次一元点体列选项身])",
    "片": r"(?![区段面头])",
    "根": r"(?![据本])",
    "具": r"(?![有体备])",
    "箱": r"(?![体包])",
    "票": r"(?![据价房])",
    "瓶": r"(?!颈)",
    "尾": r"(?![矿气款部])",
    "口": r"(?![径岸味碑感号述服头罩人粮])",
    "件": r"",
    "轮": r"(?![换动])",
    "百分比": r"",
    "组织": r"",
}
_TO_TAIL = {
    "P": r"P(?![A-Za-z])",
    "层": r"层(?![次级面高])",
    "km": r"km(?!²|2)",
    "kg": r"kg",
    "分": r"分(?![别布为之钟公局行校店院解享类工])",
    "度": r"(?<=[万亿])度",
    "方": r"(?<=[万亿])方(?![面向案式米便位])",
}


@lru_cache(maxsize=1)
def measures() -> str:
    """Every spelling of units.csv, longest first."""
    spellings = sorted((name for name in unit_definitions() if name not in _SPECIAL), key=_usual_first)
    plain = [re.escape(name).replace(r"\ ", r"\s?") + _AFTER.get(name, "") for name in spellings]
    return alternatives(" ".join([*plain, *_TO_TAIL.values()]))


def unit_pattern() -> str:
    """Every spelling of units.csv behind an optional power of ten."""
    return rf"{_MAGNITUDE_OR_LESS}?[余多]?{measures()}"


_USUAL = "元%个家户项人亩平件吨"


def _usual_first(spelling: str) -> tuple[int, int]:
    """Longest first among those that begin alike; what is printed most is tried before all others."""
    place = _USUAL.find(spelling[0])
    return (place if place >= 0 else len(_USUAL)), -len(spelling)


# ---------------------------------------------------------------- periods
_YEAR = r"(?:(?:19|20)\d\d|20[*xX×○]{2}|[*xX×○]{1,4}|[二一][〇○零一二三四五六七八九]{3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|元|十[一二]?|[一二三四五六七八九]|[*xX×○]{1,2})"
_QUARTER = r"(?:前[二两三四234]个?季度|第?[一二三四1-4]季度|首季度?)"
_SPAN = rf"{_MONTH}月?份?(?:-|—|–|~|至|到|、){_MONTH}月份?"
_PART = (
    rf"(?:[一二三四]季度末|{_QUARTER}|{_SPAN}|前\d{{1,2}}个?月|[上下]半年|全年|半年(?!报|度)|{_MONTH}月(?:份|底|末|中旬)?(?:当月|单月)?"
    r"|[年季]?[底末初](?![次级]))"
)
PERIOD_STARTS = "第截到今去本当上下全前年近目首半明次翌同头至近此"
PERIOD = (
    rf"(?:截至|截止到?|到|至)?(?:"
    rf"{_YEAR}年?(?:-|—|–|~|至|到){_YEAR}年(?:间|期间|末|底)?|(?:19|20)\d\d(?=、(?:19|20)\d\d年)"
    rf"|{_YEAR}(?:年度?(?!级|版|份额)|(?=[上下]半年|全年|年))\s?(?:{_PART})?(?:以来|以前|之前)?"
    rf"|(?:今年|去年|上年|本年|当年|明年|前年|次年|翌年|头一年|第二年(?!度)|同年|本年度|上年度)(?:{_PART}|同期|以来|年?[底末])?(?:以来)?"
    rf"|[一二三四]季度末|{_QUARTER}|{_SPAN}|前\d{{1,2}}个?月|[上下]半年|半年(?=完成|实现)|全年|{_MONTH}月(?:份|底|末|中旬)?(?:当月|单月)?"
    rf"|截至目前|截止目前|目前|当前|近年来?|年[底末初]|[当单本上]月(?!球)|[本当]季度?(?![一-龥]?节)"
    rf")"
)
DATE = (
    rf"(?:{_YEAR}年)?{_MONTH}月\d{{1,2}}日|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}日?|(?:{_YEAR}年)?[*xX×○]{{1,2}}月[*xX×○\d]{{1,2}}日"
    rf"|(?<!\d)\d{{1,2}}日(?![均元])|(?:19|20)\d\d\.\d{{1,2}}(?=[-—至])|\d{{1,2}}:\d{{2}}(?!\d)"
)
_ORGANISATION = r"(?:科技城|商会|[一-龥]{0,6}局(?!面)|[一-龥]{0,4}研究院|[一-龥]{0,3}银行|发改委|经信委|[一-龥]{0,3}大学|源文化|企业区域)"
YEAR_AS_NAME = rf"(?<=[一-龥])(?:19|20)\d\d年(?={_ORGANISATION})"
PLAN_PERIOD = (
    r"“?(?:十[一二三四五六]|[一二三四五六七八九])五”?(?=规划|期间|时期|末|收官|开局|以来|”|、)|“十[一二三四五六]五”"
)
DURATION = (
    r"(?:\d+|[*xX×○]|[一二两三四五六七八九十]+)(?:多|余|几)?"
    r"(?:年(?!级|度|底|末|初)|个月|个工作日|个?小时|分钟|秒|天(?!然|津)|周(?!年|边)|日(?=内|期))(?:间|来|里|内|多|以?上)?"
)
TIME_MATTERS = r"(?:用时|时限|耗时|压缩|缩短|提速|天数|时间)(?:至|到|了|为|约|在|不超过)*"
LIST_NUMBER = (
    r"(?:^[ \t]*|(?<=[。;:\s]))(?:\d{1,2}(?:[.、](?![\d\s]*\d)|\.\s(?=[一-龥]))|[一二三四五六七八九十]{1,3}、)|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)"
    r"|^[ \t]*[一二三四五六七八九十]{1,3}[、.]"
)


@lru_cache(maxsize=1)
def capacity() -> str:
    """What stands before a capacity that is part of a name: 年产, or what a firm is called (恒睿光电8英寸特色产线)."""
    return rf"(?:[年日](?:产|处理|加工)|[一-龥]{{2}}(?<![全园新各我](?:区|园))(?:{alternatives(BUSINESS_WORDS)}))"


CAPACITY_UNIT = "(?:吨|[千兆吉]瓦时?|[GM]Wh?|英寸|套|台|片|辆|只|吉焦)"
WORKS_BEHIND = r"(?=[^的和及\d\s,，。、;:()/]{2,16}?(?:项目|产线|生产线|装置|工程|基地|熟料线))"
"""年产20万吨铜箔项目: what a works is called after."""
DIGIT_NAME = (
    r"\d+(?:\.\d+)?(?=[A-Za-z])(?!(?:PFlops|PFLOPS|EFlops|P|GB|TB|PB|GWh|GW|MWh|MWp|MW|kW|km|kg|m2|m3|m²|m³|tce|TEU|t|ha|USD|EUR|L|kl|pct|kWh)(?![A-Za-z]))[A-Za-z0-9]*"
    r"|\d+\+[0-9NXnx+]+(?:\+[0-9A-Za-z]+)*|\d+强|\d{3}国道|\d+(?=程序员节|晚会|大促|计划|热线|工程)"
)
SERIES = (
    r"(?:举办|开办|开班|举行|编发|编印|班|培训|活动|讲座|讲堂|课堂|学堂|沙龙|简报|专刊|论坛|路演|课程|夜校|下午茶|节目|专栏|通报|内参|刊物|直播|训练营|研修"
    r"|研讨会|读书会)[”》]?(?:共|累计|达|约|了)*"
)
"""What is held or issued so many times: 培训班96期 counts, 一期 is a part of a project."""
INDEXES = (
    r"(?:指数|得分|评分|总分|系数|容积率|均值|PMI|PUE)(?:值)?(?:同比)?(?:达到?|为|是|升至|降至|提高到|由|从|至|到|:)*"
)
"""What is printed without a unit and is a figure all the same."""
RANK_WORDS = r"(?:居|列|排|位|名|跃|获|进|入|全国|全省|全市|全区|全县|全州|全球|世界|同类|全盟|全系统|中部|西部|东部|苏[南中北]|[省市区县])[^,，。;]{0,8}?"
FIRST_PLACE = r"(?:居|列|占|排|位|名)[^,，。;]{0,10}"
