"""The 其中 scope: which whole a figure is part of, when the list of parts ends, and whose figures come next.

完成投资6亿元，其中土建4亿元、安装2亿元；税收1亿元      土建, 安装 of 完成投资; 税收 of nothing
签约38个、计划总投资126亿元。其中A项目投资30亿元        30亿元 of 计划总投资, for the unit says which whole is meant
其中：研发3亿元；平台2亿元                             semicolons separate parts where the first one did
其中甲公司21亿元，增长5%，税收1亿元                    what follows a named part is of that part

The parts close at a full stop, at a semicolon that does not separate parts, after the last of a 、 list, when a verb begins a new
whole (完成税收12亿元), and when the unit is that of no whole. Then the subject before them is in force again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from parkbook.sources.text import heads, phrases
from parkbook.sources.text.heads import Heard
from parkbook.sources.text.names import WHOLE
from parkbook.sources.text.vocabulary import unspelled

_TRIMMED = re.compile(
    rf"(?:[*×○某]*{WHOLE.pattern}(?:管委会)?|[该本](?:项目|公司|企业|工程|中心|基金|平台|院|校)|(?:公司|企业|集团)(?=完成|实现|总|营|研)|累计|共(?:排查(?=隐患))?(?=[一-龥])|完成(?!投资\Z|出资\Z|率|量)|实现|达到|拥有|有(?!效|色|限|机)|获得|涉及|引进(?=[一-龥]{4})|梳理出|排查出|收集到?|征集到?|全年|年内|现有|计划(?=新[建增设]|建设|实施|开工|铺排)|本年|已(?![投建开签入落挂])|还|并|另|其(?=[一-龥]{2})|，|,|、|\s)+"
)
_DEED = re.compile(
    r"(?:(?:获得?(?!批|奖)|建成(?!区|面)|集聚|聚集|汇集|接待|登记(?!失业|在册)|收到|收集|安排|承担|查出|发现|吸纳|举办|开展|组织|实施(?!方案)|走访|化解|调处"
    r"|下达|落实|盘活|腾退|兴办|承接|累计|梳理|对接|办理|产生|获批|孵化(?!器|企业\Z|场)|投入(?=[一-龥]{2})(?!资金占)|促成|腾出|铺排|派驻|为企业争取|争取|建设(?=厂房|标准)|受理|排查|选派|兑现|培训|销售(?=[一-龥]{3})(?!收入|额))(?:到|了|出|完)?)?(?:各类|各级|群众|全社会|全行业|全口径)?"
)
"""What is done to the thing that a figure counts: the whole is named by the thing."""
_OVER = re.compile(r"(?:首次|完成|达到?|共有?|实现|累计|合计)+\Z")
_BRACKET = re.compile(r"\([^()]*\)?")
_HEAD = re.compile(r"\A(?:【[^】]*】|▲|●|■)?(?:季度内|月内|期内)?")
_WHO = re.compile(
    r"[^,，。]{0,12}?(?:企业|产业|产业链|行业|集群|单位|机构|业)(?:合计|累计|共)?(?:完成|实现|达到|取得)(?=[^,，。]{2})|[^,，。]{2,30}?(?:合计|共计)(?=[一-龥]{2})"
)
"""规上工业企业实现 before 营业收入."""
_SAYS_WHO = frozenset("完实达取计")
"""One of these is in all that it finds."""
_SECTOR = re.compile(r"(?<!企)业\Z|领域\Z|类\Z|板块\Z|方向\Z")
"""Parts of one kind: behind a semicolon 电子信息业 goes on after 装备制造业."""
_FAMILY = re.compile(
    r"(?P<tax>税收|税金|税额|[\w]税)|(?P<profit>利润总?额?)|(?P<revenue>营业收入|营收|销售额|销售收入)|(?P<output>总?产值)|(?P<added>增加值)"
    r"|(?P<investment>投资额?)|(?P<trade>进出口总?额?|出口额?|进口额?)|(?P<research>研发投入|研发经费\w{0,2})|(?P<budget>财政\w{0,4}收入)"
)


@dataclass(slots=True)
class Whole:
    """A figure that parts can be of: its phrase and the measure of its unit; an empty measure fits every unit."""

    base: str
    measure: str


Stated = tuple[str, str, str]
"""A level that parts may follow: its words behind a name, its phrase, its measure. Most are followed by none and stay unnamed."""


def named_wholes(stated: tuple[Stated, ...]) -> tuple[Whole, ...]:
    """The levels as wholes, each by what its own words say where its phrase agrees."""
    return tuple(Whole(_spoken_or(spoken, base), measure) for spoken, base, measure in stated)


def _spoken_or(words: str, phrase: str) -> str:
    spoken, base = whole_name(heads.unled(words)), whole_name(phrase)
    return spoken if spoken and (spoken[-2:] in base or base[-2:] in spoken) else base


@dataclass(slots=True)
class Parts:
    """Open parts.

    `outer`: the subject before them; `separator`: the sign between the first two; `passed`: a semicolon since; `bare`: the
    last of which no measure was said (其中内资31个); `around`: the parts of whose last these are.
    """

    wholes: tuple[Whole, ...]
    outer: str
    separator: str = ""
    items: int = 0
    named: bool = False
    doing: bool = False
    passed: bool = False
    colon: bool = False
    bare: Whole | None = None
    last: Whole | None = None
    around: Parts | None = None

    def of(self, measure: str, own: str = "") -> Whole | None:
        """The last whole in a unit; of several, the one that is measured as the words of the part say."""
        fitting = [whole for whole in self.wholes if whole.measure in (measure, "")]
        if not fitting:
            return None
        if own and len(fitting) > 1:
            return max(reversed(fitting), key=lambda whole: alike(own, whole.base))
        return fitting[-1]


def alike(words: str, phrase: str) -> int:
    """How many characters two phrases end in alike: 民营企业进出口 and 外贸进出口 in three; one alone says nothing."""
    size, most = 0, min(len(words), len(phrase))
    while size < most and words[-size - 1] == phrase[-size - 1]:
        size += 1
    return size if size > 1 else 0


@lru_cache(maxsize=20000)
def whole_name(base: str) -> str:
    """园区实现税收 as 税收, 接待游客 as 游客: without region, adverbs and what is done to it."""
    base = (_BRACKET.sub("", base) if "(" in base else base).split("出的")[-1]
    base = base[head.end() :] if (head := _HEAD.match(base)) is not None and head.end() < len(base) else base
    who = _WHO.match(base) if not _SAYS_WHO.isdisjoint(base) else None
    base = base[who.end() :] if who is not None else base
    if "、" in base:
        heard = heads.split(base.rsplit("、", 1)[1], 0, True)
        base = heard.rest if heard.name and heard.rest else base
    trimmed = _TRIMMED.match(base)
    base = base[trimmed.end() :] if trimmed is not None and len(base) - trimmed.end() > 1 else base
    done = _DEED.match(base)
    base = base[done.end() :] if done is not None and len(base) - done.end() > 1 else base
    over = _OVER.search(base, 2)
    return base[: over.start()] if over is not None else base


def opened(parts: Parts | None, wholes: tuple[Whole, ...], subject: str) -> Parts:
    """Parts of the last wholes; inside open parts, of the last of these; after a semicolon, of the same wholes again."""
    if parts is None:
        return Parts(wholes, subject)
    if not parts.items:
        return parts
    if parts.passed or parts.last is None:
        return replace(parts, passed=False, separator="")
    return Parts((parts.last,), subject, around=parts)


def outward(parts: Parts, own: str) -> Parts:
    """第二产业9亿元，其中工业6亿元；第三产业5亿元: behind a semicolon, the parts around where a figure is one more of those."""
    around = parts.around
    if around is None or not parts.passed or around.last is None or parts.last is None:
        return parts
    like = alike(own, around.last.base)
    return replace(around, passed=True) if like and like >= alike(own, parts.last.base) else parts


def ended(parts: Parts, heard: Heard, own: str, measure: str, separator: str) -> bool:
    """Whether a figure with words of its own after at least one part is none of the parts."""
    if heard.whole:
        return True
    whole = parts.of(measure, own)
    fits = whole is not None and not _is_measured_otherwise(parts, whole, own, measure)
    begins_whole = not heard.name and (
        (heard.doing and not parts.doing) or _is_new_whole(parts, own) or _is_of_other(parts, own, measure)
    )
    if parts.passed:
        return (
            parts.separator == "、"
            or (not heard.name and not _goes_on(parts, own, measure))
            or (bool(heard.name) and bool(own) and not parts.named)
            or not fits
            or begins_whole
        )
    if heard.name:
        return parts.separator == "、" and separator in ",，" and not parts.named
    if not own:
        return False
    after_list = parts.separator == "、" and separator in ",，"
    if not fits:
        return not parts.named or after_list
    return after_list or (begins_whole and not parts.named)


def _is_measured_otherwise(parts: Parts, whole: Whole, own: str, measure: str) -> bool:
    """实际利用外资…，其中直接利用外资3万美元，引进内资9亿元: in another unit than the part before, and not as the whole in that unit."""
    if parts.last is None or (parts.last.measure == measure if whole.measure else not parts.passed):
        return False
    if phrases.MEASURED.search(own) is None or alike(own, whole.base):
        return False
    return bool(whole.measure) or phrases.core(own) not in whole.base


def _goes_on(parts: Parts, own: str, measure: str) -> bool:
    """Whether an unnamed figure behind a semicolon is another part: 其中：甲1；乙2, or what is measured stays the same."""
    if parts.colon or parts.separator in (";", "；"):
        return True
    if parts.bare is not None and parts.bare.measure == measure and (is_bare(own, measure) or own.endswith("的")):
        return True
    if parts.last is None:
        return False
    kinds = _SECTOR.search(own), _SECTOR.search(parts.last.base)
    if kinds[0] is not None and kinds[1] is not None and kinds[0][0] == kinds[1][0]:
        return True
    kind = family(own)
    return bool(kind) and kind == family(parts.last.base)


def is_bare(own: str, measure: str) -> bool:
    """高端装备, 国家级, and 内资 where projects are counted: says which part, not what is measured or done."""
    words = phrases.strip_lead(own)
    if measure in _PIECES and words.endswith(_CAPITAL):
        return True
    return bool(words) and phrases.MEASURED.search(words) is None and unspelled(words)[0] < 3 and not heads.acts(words)


_PIECES = ("个", "家", "户", "项")
_CAPITAL = ("内资", "外资", "民资", "台资", "国资", "合资", "独资")


def _is_new_whole(parts: Parts, own: str) -> bool:
    """税收 after parts of 产值: a whole of its own; not 进口 after 进出口, nor 房地产投资 after 投资."""
    kind = family(own)
    return bool(kind) and all(family(whole.base) not in ("", kind) for whole in parts.wholes)


def _is_of_other(parts: Parts, own: str, measure: str) -> bool:
    """销售额 behind 其中未成年人24万人次: in another unit than the parts so far, and of no whole's kind."""
    kind = family(own)
    if not kind or parts.last is None or parts.last.measure == measure:
        return False
    return all(family(whole.base) != kind for whole in parts.wholes)


def family(phrase: str) -> str:
    """What the end of a phrase says is measured."""
    found = list(_FAMILY.finditer(phrase))
    return found[-1].lastgroup or "" if found and found[-1].end() == len(phrase) else ""


def item_read(parts: Parts, heard: Heard, base: str, measure: str, separator: str) -> Parts:
    """The parts after one more."""
    bare = not heard.name and is_bare(heads.unled(heard.rest), measure)
    new = heard.name or base != (parts.last.base if parts.last is not None else "")
    between = parts.separator or (separator if parts.items and new else "")
    return Parts(
        parts.wholes,
        parts.outer,
        separator=between,
        items=parts.items + 1,
        named=parts.named or bool(heard.name),
        doing=parts.doing or heard.doing,
        colon=parts.colon,
        bare=Whole(base, measure) if bare and measure else parts.bare,
        last=Whole(base, measure),
        around=parts.around,
    )


def own_words(head: str) -> str:
    """The words of a figure that are more than separators and fillers."""
    return phrases.strip_lead(head).strip()
