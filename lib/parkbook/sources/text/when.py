"""Reporting periods of a report: from its clause to its sentence, its paragraph, its section, the whole document.

"2023年工作总结 … 上半年完成…"   2023-S1, inferred       "*-*月"    masked
"目前", "近年来"                 unknown                 "比2019年"  the base of a comparison, no period of a figure
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.errors import PeriodError
from parkbook.periods import (
    Basis,
    Month,
    Period,
    PeriodStatus,
    parse_period,
    point_period,
    span_period,
    unknown_period,
)
from parkbook.sources.text.lex import Token

_BASE_BEFORE = re.compile(r"(?:比|较|同|与|相比|和|高于|低于|快于|好于|超|超过|恢复[至到]?|相当于)\Z")
_BASE_SIGNS = frozenset("比较同与和于超过至到复")
_BASE_WORDS = re.compile(r"(?:上年|去年)(?:同期|度)?\Z|上月\Z|同期\Z")
_MASKED_MONTHS = re.compile(r"[*xX×○]{1,2}月?(?:-|—|–|~|至|到)[*xX×○]{1,2}月")
_SHIFTS = {"今年": 0, "本年": 0, "当年": 0, "本年度": 0, "去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1}
_SHIFTED = re.compile(r"(?P<word>今年|本年度|本年|当年|去年|上年度|上年|前年|明年)(?P<rest>.*)")
_YEARS = re.compile(r"(?P<first>\d{4})年?(?:-|—|–|~|至|到|、)(?P<last>\d{4})年")
_TO_MONTH = re.compile(r"前(\d{1,2})个?月")
_VAGUE = frozenset(
    {"目前", "当前", "截至目前", "截止目前", "近年来", "近年", "当月", "本月", "单月", "上月", "次年", "头一年", "同年"}
)


def is_base(plain: str, token: Token) -> bool:
    """Whether a period is what a figure is compared with (比2019年, 上年同期), not what it speaks of."""
    start = token.start
    words = plain[start : token.end]
    if plain[start - 1 : start] in _BASE_SIGNS and _BASE_BEFORE.search(plain[max(0, start - 3) : start]):
        return not (plain[start - 1] in "和与同" and _is_last_of_row(plain, token))
    if words.endswith("同期"):
        return not (is_ago(plain, token) or ground(plain, token))
    return _BASE_WORDS.search(words) is not None and plain.startswith("相", token.end)


_AGO = re.compile(
    r"(?!的|相比|相|增加|增多|减少|多|少|高|低|基数|水平|(?:仅|只|还|才)?(?:为|是|有|列第?|居第?|排第?)?[-—–+]?\d)[^,，。;；:\d]{1,14}(?=\d)"
)


def _is_last_of_row(plain: str, token: Token) -> bool:
    """2021、2022和2023年税收分别为…: a time as the others before it."""
    return plain[token.start - 2 : token.start - 1] in _ENDS_TIME and _DEALT.match(plain, token.end) is not None


_ENDS_TIME = frozenset("年月度末底0123456789")
_DEALT = re.compile(r"[^。；;\n\d]{0,24}?(?:分别|依次)")
AGO_WORDS = re.compile(r"(?:去年|上年|(?:19|20)\d\d年)同期")


def is_ago(plain: str, token: Token) -> bool:
    """去年同期产值为80亿元, 上年同期增长4%: of the same span a year ago; not 比去年同期."""
    if AGO_WORDS.fullmatch(plain, token.start, token.end) is None:
        return False
    before = plain[max(0, token.start - 2) : token.start]
    return (before[-1:] in (*",，。;；:(而但因\n", "") or before in ("要是", "由于")) and _AGO.match(
        plain, token.end
    ) is not None


def year_before(period: Period, words: str = "") -> Period:
    """The same span a year ago (去年同期为13亿元), or that of the year said (2021年同期)."""
    years = period.end.year - int(words[:4]) if period.end is not None and words[:4].isdigit() else 1
    start, end = (month and Month(month.year - years, month.month) for month in (period.start, period.end))
    return Period(start, end, period.basis, period.status, period.text)


def is_origin(plain: str, token: Token) -> bool:
    """Whether a year is what something came from: 由2022年的3.8%提高到4.2% has one figure of 2022, 比2021年末的260户 one of 2021."""
    before, after = plain[token.start - 1 : token.start], plain[token.end : token.end + 2]
    if before in ("比", "较"):
        return after[:1] == "的" and after[1:].isdigit()
    if before not in ("由", "从"):
        return False
    return after[:1] in ("的", "末", "底") or _TURNS.match(plain, token.end) is not None


_TURNS = re.compile(
    r"[^,，。;；、\d]{0,8}[-—–]?\d[\d.,]*[^,，。;；\d]{1,6}?(?:转|变|提[高升]|[回上攀跃]?升|下?降|增|扩|收窄|回落|减|缩|跌)"
)
"""由上年下降9%转为增长4%."""
_GROUND = re.compile(
    r"(?P<figured>[^,，。;；\n]{0,36}?)(?:基础|基数)(?:之?[上下]|[^,，。;；\n\d]{0,6}(?:[上下]|背景|影响|前提))(?![年半])"
)
_LEADS_GROUND = ("在", "于", "受", "因", "对", "、", "和")
_BASE_BEHIND = re.compile(r"\d|[一二三四五六七八九十两]+[成倍]")


def ground(plain: str, token: Token) -> str:
    """What of a time is only the ground of what follows: 在去年增长9%的基础上 has a `figure` of last year, 在去年的基础上 is `bare`."""
    if plain.find("基", token.end, token.end + 40) < 0:
        return ""
    led = plain[token.start - 1 : token.start] in _LEADS_GROUND
    found = _GROUND.match(plain, token.end) if led else None
    if found is None:
        return ""
    return "figure" if _BASE_BEHIND.search(found["figured"]) else "bare"


_MEASURE = re.compile(
    r"的(?:约|近|将近|接近|超过?|逾)?(?:(?:[\d.]+|[一两二三四五六七八九十]{1,3})[多余]?(?P<share>%)?倍?(?<=[倍%])|(?P<part>一半|[一二三四五六七八九]成))"
)
_OF_PLAN = ("预算", "计划", "目标", "任务")
_DONE_THEN = re.compile(r"(?:确定|下达|安排|提出|制定|部署|排定)|[一-龥]{1,4}的(?!\d)")
_FULL_UNTIL = re.compile(r"(?:排|延|推迟)[^,，。;；\d]{0,4}\Z")


def is_measure(plain: str, token: Token) -> bool:
    """Whether a time only belongs to what is spoken of: 是2019年的2倍, 年初预算的40%, 订单排到10月."""
    start, end = token.start, token.end
    words = plain[start:end]
    if words.startswith("前年"):
        return plain.startswith("以", start - 1)
    if words == "年初" and not plain.startswith("以来", end):
        return plain.startswith(_OF_PLAN, end) or _DONE_THEN.match(plain, end) is not None
    if words[0] in "到至" and _FULL_UNTIL.search(plain, max(0, start - 8), start):
        return True
    if not plain.startswith("的", end):
        return False
    measure = _MEASURE.match(plain, end)
    part = measure is not None and (measure["share"] or measure["part"])
    return measure is not None and (not part or plain[start - 1 : start] in ("是", "为"))


def has_masked_months(plain: str) -> bool:
    """A report that hides its months does not say what span it covers."""
    return _MASKED_MONTHS.search(plain) is not None


_MONTHS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
    "两": 2,
}
_SPELT_MONTHS = re.compile(r"前(十[一二]?|[二两三四五六七八九])个?月")


@lru_cache(maxsize=8192)
def resolve(words: str, year: int | None) -> Period:
    """The period of words as they stand in a report whose year is `year` (None when it states none)."""
    plain = _SPELT_MONTHS.sub(lambda found: f"前{_MONTHS[found[1]]}个月", re.sub(r"\s", "", words))
    try:
        found = _resolve(plain, year)
    except (PeriodError, ValueError):
        found = unknown_period(words)
    return Period(found.start, found.end, found.basis, found.status, words)


def _resolve(plain: str, year: int | None) -> Period:
    pointed = plain.startswith(("截至", "截止"))
    plain = re.sub(r"^(?:截至|截止到?|[到至])", "", plain).replace("年年", "年")
    if plain in _VAGUE or plain.endswith(("以来", "以前", "之前", "至今")):
        return unknown_period(plain)
    if plain[0] in "’‘'0123456789" and (short := _SHORT.match(plain)) is not None:
        full = 2000 + int(short[1])
        if year is None or abs(full - year) > _NEAR_YEARS:
            return unknown_period(plain)
        plain = f"{full}{plain[short.end(1) :]}"
    whole = _WHOLE_MONTHS.fullmatch(plain) if "至" in plain or plain[-1] in "日月" else None
    if whole is not None:
        return _whole_months(whole, year)
    shifted = _SHIFTED.fullmatch(plain)
    if shifted is not None:
        if year is None:
            return unknown_period(plain)
        year += _SHIFTS[shifted["word"]]
        rest = shifted["rest"].replace("同期", "") or "全年"
        found = _dated("年" + rest if rest in ("末", "底") else rest, year)
        return Period(found.start, found.end, found.basis, PeriodStatus.INFERRED, plain)
    years = _YEARS.match(plain)
    if years is not None:
        return Period(Month(int(years["first"]), 1), Month(int(years["last"]), 12), Basis.PERIOD)
    found = _dated(plain, year)
    if pointed and found.basis in (Basis.MONTH, Basis.YTD) and found.end is not None:
        return Period(found.end, found.end, Basis.POINT, found.status)
    return found


_SHORT = re.compile(r"['’‘]?(\d\d)(?=年|[QqHh])")
_NEAR_YEARS = 10
"""24年6月 is 2024 in a text on 2023, 95年 in none."""
_WHOLE_MONTHS = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<first>\d{1,2})月?(?:1日起?)?(?:-|—|–|~|至|到)(?:(?P<last_year>\d{4})年)(?P<last>\d{1,2})月(?:\d\d日)?"
    r"|(?:(?P<year2>\d{4})年)?(?P<first2>\d{1,2})月1日起?(?:-|—|–|~|至|到)(?P<last2>\d{1,2})月\d\d日"
)


def _whole_months(found: re.Match[str], default: int | None) -> Period:
    """2024年1月1日至6月30日, 2023年7月至2024年6月: the months from the first to the last."""
    stated = found["year"] or found["year2"]
    year = int(stated) if stated else default
    if year is None:
        return unknown_period(found[0])
    first, last = int(found["first"] or found["first2"]), int(found["last"] or found["last2"])
    last_year = int(found["last_year"]) if found["last_year"] else year
    if not (1 <= first <= 12 and 1 <= last <= 12) or (last_year, last) < (year, first):
        return unknown_period(found[0])
    status = PeriodStatus.STATED if stated else PeriodStatus.INFERRED
    if last_year == year:
        span = span_period(year, first, last)
        return Period(span.start, span.end, span.basis, status)
    return Period(Month(year, first), Month(last_year, last), Basis.PERIOD, status)


_LIST_OF_QUARTERS = re.compile(r"(\d{4}年)?([一二三])[一二三、和及与]*([二三四])季度")
_LIST_ITEM = re.compile(r"(\d{4}年)?(?:(\d{1,2})|([一二三])|上)")
_CODE = re.compile(r"(\d{4})(?:年(?=[QqHh])|[./](?=\d\d\Z))")
_DOTTED = re.compile(r"(\d{4})\.(\d{1,2}[-—–~至]\d{1,2})月?\Z")
_QUARTER_END = re.compile(r"([一二三四])季度末")
_CHINESE_SPAN = re.compile(r"(?<![前第])([一二三四五六七八九]|十一?)(至|到|-)(?=[一二三四五六七八九十]{1,2}月)")


def _dated(plain: str, year: int | None) -> Period:
    """Words without 今年 and 去年, in the spelling that `parse_period` knows."""
    item = _LIST_ITEM.fullmatch(plain)
    if item is not None:  # of 一、二季度, 1、2月 and 上、下半年
        plain += "月" if item[2] else "季度" if item[3] else "半年"
    quarters = _LIST_OF_QUARTERS.fullmatch(plain) if plain.endswith("季度") else None
    if quarters is not None:
        first, last = _MONTHS[quarters[2]], _MONTHS[quarters[3]]
        listed = sum(sign in "一二三四" for sign in quarters[0]) == last - first + 1
        if not listed:
            return unknown_period(plain)
        plain = f"{quarters[1] or ''}{first * 3 - 2}-{last * 3}月"
    plain = re.sub(r"上、下半年\Z", "全年", plain)
    plain = _DOTTED.sub(r"\1年\2月", _CODE.sub(r"\1-", plain))
    plain = _CHINESE_SPAN.sub(lambda m: f"{_MONTHS[m[1]]}{m[2]}", plain)
    plain = plain.replace("元至", "1至").replace("元月", "1月").replace("月中旬", "月").replace("年度", "年")
    plain = re.sub(r"首季度?", "一季度", plain)
    plain = re.sub(r"^半年", "上半年", plain)
    plain = re.sub(r"(?<=[\d月])、(?=\d)", "-", plain)
    plain = re.sub(r"(?:当月|单月)$", "", plain)
    plain = _TO_MONTH.sub(lambda m: "1月" if m[1] == "1" else f"1-{m[1]}月", plain)
    plain = _QUARTER_END.sub(lambda m: f"{_MONTHS[m[1]] * 3}月底", plain)
    start_of_year = re.fullmatch(r"(\d{4})?年初", plain)
    if start_of_year is not None:
        stated = int(start_of_year[1]) if start_of_year[1] else year
        return point_period(stated - 1, 12) if stated else unknown_period(plain)
    return parse_period(plain, year)


_CAME_TO_BE = re.compile(
    r"年?(?:\d{1,2}月)?(?:正式)?(?:(?:成立|创立|创办|建园|建校|建院|始建)|(?:组建|设立|开园|建成|投用|启动|运营|运行|挂牌|获批|开业|投产|实施)以来)"
)
_CAME_TO_BE_IN = re.compile(
    r"(?:成立|创建|始建|创立|创办|建成|注册|落户|组建|设立|诞生|起步|投产|投用|[筹新]?建)(?:于|时间为?|日期为?)\Z"
)
_DEED = (
    r"(?:参投|批准|通线|试生产|投资|签约|签订|签署|引进|招引|引入|落户|落地|入驻|入选|入库|入列|开工|动工|破土|奠基|投产|试产|试运行|试运营|投用|投运|建成|竣工|完工|交付|封顶|认定|获批|批复|获评|授牌|挂牌|上市|过会|"
    r"收购|并购|摘牌|拿地|供地|出让|中标|立项|备案|注册|设立|组建|创办|创建|成立|启用|启动|开园|开业|开馆|开诊|开学|开通|通车|运营|运行|搬迁|迁入|投放市场|下线|问世|完成(?=[一-龥]{2,6}的[一-龥]))"
)
_EVENT = re.compile(
    rf"(?:\d{{1,2}}月(?:份|底|末|[上中下]旬)?)?(?:\d{{1,2}}日)?(?:正式|全面|顺利|如期|整体|首批|已|就|便|才|新|份|初|底|末|[上中下]旬)*(?:[经由被获在][一-龥]{{2,9}}?)?(?:{_DEED}){{1,3}}(?:建设|运营|运行|使用|生产|试产|投产|入驻|成功|落户|落地|并网|验收|协议|合同|上市|园区|本园|我区)*"
    rf"(?:(?<=签约|引进|完成|获批|获评|入选|认定|落户|入驻|建成|成立|收购|中标)[一-龥“”]{{1,10}}?[,，;；。]|[,，;；。)、]|\Z|后|至今|(?:的|了)(?!项目|企业|工程|公司|平台|园区|\d|[一-龥]{{1,2}}项目\d)[一-龥“])"
)
"""2022年投产，; 2019年参投的某某: a date with nothing but a deed, in front of which no figure stands."""
_EVENT_OF_ONE = re.compile(r"[,，][^,，。;；、\d]{2,16}(?:开工|动工|奠基|破土|签约|揭牌)[,，;；。]")
"""9月，恒睿三期中试线动工，…"""
_ATTRIBUTE = re.compile(rf"(?:正式|全面|新|已|份|初|底|末)*(?:{_DEED}){{1,3}}的\d")
_AHEAD = re.compile(r"(?:预计|计划|力争|将于|拟于|争取|确保|可于|[到至])\Z")
_SINCE = re.compile(r"[^,，。;；\n\d]{1,16}以来")


def is_event(plain: str, start: int, end: int) -> bool:
    """Whether a date is when something came to be or since when it is: no period of a figure."""
    if _CAME_TO_BE.match(plain, end) is not None or is_deed(plain, start, end):
        return True
    if plain.find("以来", end, end + 18) > end and _SINCE.match(plain, end) is not None:
        return True
    return (
        plain[start - 1 : start] in ("于", "为", "间", "期")
        and _CAME_TO_BE_IN.search(plain[max(0, start - 6) : start]) is not None
    )


def is_attribute(plain: str, token: Token) -> bool:
    """一季度开工的19个项目: a time of these projects only."""
    return _ATTRIBUTE.match(plain, token.end) is not None


def is_deed(plain: str, start: int, end: int) -> bool:
    """Whether a date only says when something was done; 预计2025年投产 looks ahead, and what follows is of then."""
    of_one = plain[end - 1 : end] in ("月", "底") and _EVENT_OF_ONE.match(plain, end) is not None
    if not (of_one or _EVENT.match(plain, end) is not None) or _SINCE.match(plain, end) is not None:
        return False
    return (
        not plain[start:end].startswith(("19", "20", "明年")) or _AHEAD.search(plain, max(0, start - 3), start) is None
    )


_ISSUE = re.compile(
    r"[^。]*(?:办公室|[办局处科委部会组署]|中心|公司|集团)[)]?[^\S\n]+(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[)]?\s*"
)
_ANNOUNCES = re.compile(r"现(?:将|就)[^,，。\n]{2,60}如下[。:]?\s*\Z")


def is_issue_line(line: str) -> bool:
    """Whether a line of the letterhead says who wrote and when (管委会办公室 2024年10月)."""
    return "月" in line and _ISSUE.fullmatch(line) is not None


_NUMBER = re.compile(r"第?\d+[期号]")


def is_number(plain: str, end: int) -> bool:
    """2023年第3期: the number of an issue, no span."""
    return _NUMBER.match(plain, end) is not None


def announced(plain: str, start: int, end: int) -> int | None:
    """Where a line says of what time the text is (现将1—9月情况报告如下); None where it does not."""
    if plain.find("如下", start, end) < 0:
        return None
    found = _ANNOUNCES.search(plain, start, end)
    return found.start() if found is not None else None


_SPEECH = re.compile(r"讲话|致辞|发言稿?|主持词|讲稿")
_REPORT = re.compile(r"情况|运行|报告|汇报|通报|简报|快报|月报|季报|分析|总结|进展|调度|专报|纪要")
_TOLD = re.compile(r"记者|本报(?!告)|通讯员")


def is_spoken(title: str) -> bool:
    """Whether a text is a speech: its date is when it was held, and a year holds until another is named."""
    return _SPEECH.search(title) is not None


def is_report(title: str) -> bool:
    """Whether a title heads a report on a time."""
    return _REPORT.search(title) is not None


def is_told(head: str) -> bool:
    """Whether a text is a newspaper's: its date is of no figure."""
    return _TOLD.search(head) is not None
