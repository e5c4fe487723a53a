"""The naming pass: whether the words before a figure begin with a name, and what is left of them.

"恒睿光电完成营业收入" 3亿元        name 恒睿光电, rest 完成营业收入
"A3地块占地" 86亩                 name A3地块, rest 占地
"、拓源药业" 2.7亿元              name 拓源药业, nothing left: of what is listed
"其中先进制造类" 21个             opens parts, no name: 先进制造类 is a kind of thing
"博远生物、嘉禾精工分别获得补助"   names 博远生物, 嘉禾精工, rest 分别获得补助

A candidate begins where a clause, a list item or a heading begins, and ends where a verb of doing, a measure, a period or the
value itself follows; `names` says whether it is a name. Whole and region words (园区, 全市, 合计) are no names: they end the
subject that is in force.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters

from parkbook.sources.text import agents, goods, introduced, quoted, typed, verbs
from parkbook.sources.text.kinds import BUSINESSES, KINDS_OF_BUSINESS, THINGS
from parkbook.sources.text.names import (
    DIRECTION,
    PRECEDED,
    WHOLE,
    WHOLE_BEGINS,
    Follows,
    could_be,
    district,
    is_brand,
    is_known,
    is_name,
    is_typed,
    is_venue,
    named,
    verbs_of_two,
)
from parkbook.sources.text.vocabulary import unspelled
from parkbook.sources.text.wordlists import SPACES, alternatives


@dataclass(slots=True)
class Heard:
    """`opens`: 其中, 包括 and the like began the words; `whole`: 园区, 合计 did; `names`: those of a 分别 list."""

    name: str
    rest: str
    opens: bool = False
    whole: bool = False
    names: tuple[str, ...] = ()
    doing: bool = False


NOTHING = Heard("", "")
_LEAD = re.compile(
    r"(?:—+|(?:旁边|一旁|对面|不远处)的(?=[^,，。]{4})|【[^【】\n]{1,12}】|[●■◆•▲★▶][^\s,，。;；:：、]{2,8}\s+|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[\s、，,;；:：。”》)(●■◆•·#①-⑳★▲▶○□➢✓-]|唯独|唯有|以及|和(?!利时)|与|及|并(?!购)|而且?|但是?|不过|反观|相比之下[,，]?|同期(?![全,，增较比])|同时|另外|此外|还有|此前|(?:其|集团|公司)?(?:旗下|下属|所属|另一家(?=[^,，。企公子单]{3})|(?:另一家|另外一家|首家|其|一家)?(?:全资|控股|参股)?子公司)|特别是|尤其是|例如|比如|再如"
    r"|[一二三四五六七八九十]{1,3}[、是]|第[一二三四五六七八九十]+部分|\d{1,2}[.、]|年内)+"
)
_LEADS = SPACES | frozenset(
    "#(),-:;·”•①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳■□▲▶◆○●★✓➢、。》【一七三下不与九二五以但例全八公六其再十参及反另同旁对和唯四子尤年并所控旗此比特相第而还集首，：；—0123456789"
)
"""What the lead begins with; so for what opens."""
_OPENING = frozenset("主之从依全其具内分包含投按来构流涵用这重集")
OPENS = re.compile(
    r"(?:其中|之中|这中间|包括|包含|内含|含(?![量税氧硫])|涵盖|分别为|分别是|依次为|主要为|主要是由|主要是|主要有|主要由|主要包括|分布在|分布为|构成为|(?:主要|重点|分别|全部)?(?:用于|投向|来自(?![^,，。\d]{2,10}的[^,，。\d等]{3})|来源于|分布于|集中在|流向)(?!园区|全区)|具体为|具体是"
    r"|分[一-龥]{2,5}?来?看(?:[,，:：]|\Z)|分(?:行业|产业|区域|领域|类型|类别|片区|园区|门类|来源|级别|性质|用途|区县|国别|季度)(?:来?看|统计)?(?:[,，:：]|\Z)|(?:按|从)[^,，。:：;；]{1,8}(?:分(?:类|档|级|组)?|来?看|划分|统计)(?:[,，:：]|\Z))[:：,，、]?(?:由|"
    r"有|包括)?"
)
_BY_KIND = re.compile(
    r"(?:分|按|从)?(?:主[要体导]|重点|各|支柱)?(?:细分)?(?:行业|产业|领域|来源地?|客源地?|投资方|地区分布|类别|品类|商品|产品|税种|业态|贸易方式|产业板块)(?:产量|产值|收入)?(?:结构|分布|划分|类别|分类)?(?:方面|上|来?看|分|中|[:：,，]|\Z)"
)
_INTRODUCED = re.compile(
    r".{0,16}?(?:企业|项目|单位|机构|平台|税源|大户|载体|片区|地块|街道|园区)(?:主要)?(?:有|是|为|包括|依次为|分别为|分别是)(?=[^,，。]{2})"
)
_FOR = re.compile(
    r"由[^,，。]{2,16}的|(?:园区|我区|全区|累计|共|先后|已|成功|积极|大力)*(?:为|向|给|帮助|协助|推动|支持|促成|依托|通过|借助|(?:全力|着力|重点)?(?:服务(?!中心|业|外包|平台|站)|督促|引导|盯紧|力争|确保|抓好|指导|保障(?!性|房|中心))|(?:直接)?影响)(?=[^,，。]{3})|(?:[^,，。]{0,4}度)?考核中[,，]?"
)
"""Who did it, or for whom: the name behind it is what the figure is of (为恒睿光电协调贷款)."""
_CUE = re.compile(
    r"同比|环比|增长|下降|增加|减少|上升|回落|增至|降至|达到|达|突破|超过|超|约|为|占(?!地)|居|位居|位列|排名|贡献率|拉动|较|比(?=上年|去年|年初)|"
    r"则|也|仅|只|就|竟|分别|各|均|由|从|预计|有望|力争|计划|已|还|近|逾|不足"
)
_PLACE_FRONT = re.compile(
    r"[^,，。、]{2,8}?(?:高新区|经开区|开发区|软件园|产业园|物流园区|工业园区|保税区|综保区|示范区|集聚区|集中区)"
    r"(?=[^,，。])(?!项目|工程|管委会|公司|集团|管理|发展|[一二三四]期|基金|平台|学校|学院|[东西南北A-Z]|招商局|公共|中心|企业服务|内)"
)
_COUNTED = re.compile(r"(?:项目|工程|平台|中心|基地|公司|集团|机构|实验室|研究院|园区|企业|地块|工厂)\Z")
_EACH = re.compile(r"分别|依次|各(?=[获完实缴])")
_AFTER_LIST = re.compile(
    "等|双双|均|都(?!市)|[两二三四五六七八九十](?:家|大|个)|集中|同时|同步|相继|陆续|成功|顺利|共同|合计|累计"
)
_JOINING = ("和", "与", "及")
_JOINTS = re.compile("以及|和|与|及")
_PULLS = re.compile("[拉带推]动(?!力)")
_CAME = re.compile(r"(?:新增|净增|建成|新建|建设|改造|投用|获批|认定|培育|新)*")
"""市民文化中心建成 6个: such things are counted."""
_COUNTED_ONLY = frozenset({"项目", "工程", "公司", "机构", "企业", "地块"})
_ADVERB = re.compile(r"(?:近|若|如|将|拟|也|则|又|还|已|仅|预计|计划|力争|有望|要)\Z")
_AREA_OF = re.compile(r"\A(?![较比占低高快慢其该])[^,，。]{1,10}(?:[区园镇县市谷城港]|街道)\Z")
_BUILT_BY = re.compile(
    r"(?:计划|独立|全资|联合|合资|参与)?(?:投资|投建|承建|建设|打造|开发|牵头|独资|领衔|主导|共建|合建|合作|合资|控股|参股|运营|发起|设立|组建|实施)(?:建设|打造|设立|组建|实施|开发)*的"
)
_SCHOOL = re.compile(r"(?:学院|实验室|研究院|研究中心|联合体)\Z")
_WILL = re.compile(r"(?:也|均)?(?:要|将|须|应|拟|预计|计划|力争|已)\Z")
_PLACE_BEHIND = re.compile(r"\((?![一二三四]期|[^()]*上市)[一-龥]{2,4}\)(?=.)")
_SCHOOL_NAME = re.compile(r"[^,，。;；、的\d]{3,16}?(?:学院|实验室|研究院|研究中心|联合体)(?=[^,，。]|\Z)")
_WORKS_OF = re.compile(
    r"(?P<firm>[^\d,，。、;:]{0,12}?)(?:(?P<makes>[年日](?:产|处理|加工))\d[\d.]*[万亿]?[一-龥]{1,3}|\d[\d.]*[万亿]?(?:吨|千瓦|[兆吉]瓦|[GM]W|英寸|套|台|片|辆|只|平方米|立方米|米))[^的和及\d,，。、;:/]{1,16}?(?:项目|产线|生产线|装置|工程|基地|熟料线)"
)
"""祁丰年产10万吨铜箔项目."""
_WORKS = re.compile(r"建设|改造|提升|扩建|新建|迁建|续建|扩能|修缮|修复|整治|治理|配套|安装|装修")
"""What works are called after: 梧州路学校建设工程."""
_MAYBE = re.compile(
    alternatives(
        r"""
        基金 计划 贷 专项 资金 券 公寓 空间 工程 行动 大赛 平台 片区 组团 [园区岛谷镇城厦街局廊站] 综合体 驿站 海关 大队 法院 工会 委 党委 支部 团委 妇联
        残联 商联 科协 文联 (?:服务|调解|举报|指挥|受理|交易|文化|活动|创业)中心 [图书文化科技博物美术体育]馆 (?:资源|人才)市场 审判点
        (?:双创|创业|实训)基地 大学 学院 [招商工作攻坚]组 [一二三四]期 仲裁院 [检监][测验督]所 [*×○某“"《]
        """
        + " ".join(ascii_letters)
    )
)
"""What a name can be made of that common words spell."""
_INSERT = re.compile(
    r"(?<=[一-龥]{2})\((?:(?P<aside>[^()]{0,8}上市|[三二]级?甲[^()]{0,2}|以下简称[^()]*|简称[^()]*|含[^()]*|原[^()]*)|[^()\d]{1,12})\)"
)
"""What stands inside a name, or right behind it."""


@lru_cache(maxsize=20000)
def split(words: str, period_at: int, listed: bool, unit: str = "", first: bool = False) -> Heard:
    """What words before a figure begin with; `period_at`: where a period was taken out of them, or 0; `unit`: money, count or none.

    `first`: whether the line begins with them; then 和 and 与 join nothing (和丰制药).
    """
    joined = first and words.startswith(_JOINING) and "的" not in words
    body, opens, begun = (words, False, 0) if joined else _begun(words)
    period_at -= begun
    listed = listed or opens or words.startswith("、")
    dealt = _dealt(body)
    if dealt is not None:
        return dealt
    works = _WORKS_OF.match(body) if not body.isalpha() else None
    if works is not None and (unspelled(works["firm"])[1] > 1 or (works["makes"] and not works["firm"])):
        return Heard(works[0], body[works.end() :], opens, doing=True)
    found = (_presented(body, unit) or _with_insert(body, period_at, listed, unit)) if _may_name(body) else None
    if found is not None and unit in ("count", "pieces") and not found[1] and _is_counted(found[0], unit, listed):
        end = typed.end_of_name(body, listed)
        found = (body[:end], body[end:], True) if end and THINGS.of(body[:end]) else None
    if found is None and _may_name(body):
        found = _introduced(body, period_at, unit)
    if found is None and first and (end := _brand(body)) and not (body[end:] == "" and THINGS.of(body)):
        found = body[:end], body[end:], True  # 上马项目22个 counts
    if found is not None and (built := _BUILT_BY.match(found[1])) is not None:  # 恒睿氢能投资的云溪制氢项目
        behind = found[1][built.end() :]
        of_two = _SCHOOL_NAME.match(behind)
        inner = _candidate(behind, 0, True, unit) or (of_two and (of_two[0], behind[of_two.end() :], True))
        school = inner is not None and _SCHOOL.search(inner[0]) is not None
        if inner is not None and (school or (inner[1] and unspelled(inner[0])[1] > 1)):
            found = inner
    if found is not None and not found[1] and not listed and unit != "money" and found[0].endswith(("厂房", "用房")):
        found = None  # 花园式厂房3万平方米
    if found is not None and not found[1] and body.endswith("”") and body[0] != "“" and unit in ("count", "pieces"):
        found = None  # 完成企业“退二进三”19家
    if found is None and opens and unit == "money" and (end := district(body)):
        found = body[:end], body[end:], True  # 其中高新区协议注册外资
    if found is not None and "动" in found[0] and _PULLS.search(found[0], 2) is not None:  # 软件业拉动园区营收增长
        found = None
    if found is not None and unit and period_at < 2 and goods.own_nothing(found[0], unled(found[1]), unit):
        found = None
    if found is not None and unit and is_venue(found[0]) and _CAME.fullmatch(unled(found[1])) is not None:
        found = None
    if found is not None:
        name, rest, doing = _without_measure(*found)
        place = _PLACE_BEHIND.match(rest) if rest[:1] == "(" and KINDS_OF_BUSINESS.of(name) else None
        if place is not None:  # 捷沛电子(沧港)一枝独秀
            name, rest = name + place[0], rest[place.end() :]
        return Heard(name, rest, opens, False, (), doing)
    whole = not opens and body[:1] in WHOLE_BEGINS and WHOLE.match(body) is not None
    return Heard("", words, opens, whole, (), body[:1] in verbs.BEGINNING and verbs.BEGINS.match(body) is not None)


def _without_measure(name: str, rest: str, doing: bool) -> tuple[str, str, bool]:
    """海豚优品|仓储面积: what begins a measure ends no name."""
    store = typed.STORES.search(name)
    if store is None or not rest.startswith(typed.OF_STORES) or not could_be(name[: store.start()]):
        return name, rest, doing
    return name[: store.start()], store[0] + rest, doing


def _is_counted(name: str, unit: str, listed: bool) -> bool:
    """回迁项目9个 counts, 西江园区9家 can be one of a list."""
    counted = _COUNTED.search(name)
    if name[0].isdigit() and name.endswith("站"):  # 220千伏变电站2座
        return True
    return counted is not None and (not listed or (unit == "pieces" and counted[0] in _COUNTED_ONLY))


def _with_insert(body: str, period_at: int, listed: bool, unit: str) -> tuple[str, str, bool] | None:
    """A candidate that may have a bracket in it: 赤岭新苑(三期)交付."""
    insert = _INSERT.search(body) if "(" in body else None
    if insert is None:
        return _candidate(body, period_at, listed, unit)
    begin, size = insert.start(), len(insert[0])
    cut = period_at - size if period_at >= insert.end() else period_at if period_at <= begin else 0
    found = _candidate(body[:begin] + body[insert.end() :], cut, listed, unit)
    if found is None:
        return _candidate(body, period_at, listed, unit)
    name, rest, doing = found
    if len(name) + len(rest) != len(body) - size or len(name) < begin:
        inside = begin - (body[:begin] + body[insert.end() :]).find(name)
        if 1 < inside < len(name):
            return name[:inside] + insert[0] + name[inside:], rest, doing
        return found if len(name) >= begin else _candidate(body, period_at, listed, unit)
    if insert["aside"] and len(name) == begin:
        return name, rest, doing
    return body[: len(name) + size], rest, doing


def _brand(body: str) -> int:
    """Where a name ends that only what it does shows to be one, at the beginning of a sentence: 绍川织造投入 8600万元; 0 without."""
    if not body[:4].isalpha() or body[:4].isascii() or unspelled(body[:4])[1] < 2:
        return 0
    end = typed.end_by_ending(body)
    if end or is_known(body):
        return end
    for place in range(4, min(10, len(body) - 1)):
        if agents.goes_on(body, place) or verbs.DOING.match(body, place) is not None:
            return place if is_brand(body[:place]) else 0
    return 0


def _presented(body: str, unit: str) -> tuple[str, str, bool] | None:
    """游戏出海企业橙子引力海外流水: the name behind words that stand before names only, and where it ends."""
    begin = introduced.presented(body) if unspelled(body)[0] > 1 or "“" in body else 0
    if not begin:
        return None
    named_so = body[begin:]
    found = _candidate(named_so, 0, True, unit)
    if found is not None and (found[1] or len(found[0]) < 7):
        return found
    end = introduced.unknown_name(named_so)
    return (named_so[:end].strip("“”"), named_so[end:], True) if end else None


def _introduced(body: str, period_at: int, unit: str) -> tuple[str, str, bool] | None:
    """重点企业如恒睿光电…, 为恒睿光电协调…: the name behind an introduction."""
    behind = _FOR.match(body)
    if behind is not None and (found := _candidate(body[behind.end() :], max(period_at - behind.end(), 0), True, unit)):
        return found if found[1] else None
    front = _INTRODUCED.match(body) or PRECEDED.match(body)
    if front is None or front.end() >= len(body):
        if unspelled(body)[0] < 2:
            return None
        begin = introduced.apposed(body) or introduced.said_of(body) or introduced.in_region(body)
        found = _with_insert(body[begin:], 0, True, unit) if begin else None
        return found if found is not None and found[1] else None
    return _with_insert(body[front.end() :], 0, True, unit)


@lru_cache(maxsize=20000)
def _begun(words: str) -> tuple[str, bool, int]:
    """The words without separators and 其中, whether there was 其中, and how many characters are gone."""
    position, opens = 0, False
    while True:
        if words[position : position + 1] in _LEADS and (lead := _LEAD.match(words, position)) is not None:
            position = lead.end()
        opened = OPENS.match(words, position) if words[position : position + 1] in _OPENING else None
        if opened is None:
            return words[position:], opens, position
        position, opens = opened.end(), True


def opens(words: str) -> bool:
    """Whether words begin with 其中 and deal nothing out to names."""
    body, opened, _ = _begun(words)
    return opened and _dealt(body) is None


def is_kind(name: str) -> bool:
    """五金刀具, 农机装备: whether words are a line of business, and no name."""
    return unspelled(name)[0] == 0 or name[:2] in BUSINESSES or name[:3] in BUSINESSES


def by_kind(words: str) -> bool:
    """从行业看, 主要行业中: whether words say that kinds of business, goods or taxes follow."""
    return _BY_KIND.match(words) is not None


def unnumbered(words: str) -> str:
    """A heading without its number and bullet."""
    return _begun(words)[0].strip(" ：:")


def acts(words: str) -> bool:
    """Whether a verb of doing is among the words."""
    return verbs.DOING.search(words) is not None


def unled(words: str) -> str:
    """Words before a figure without separators before them and 达, 约, 共 behind them."""
    return typed.UNTRAILED.cut(_begun(words)[0])


def alike(words: str, subject: str) -> Heard | None:
    """青禾计划入选5人；首席技师计划入选9人: common words name a thing where one of its kind was named before."""
    body = _begun(words)[0]
    kind = THINGS.of(subject)
    if len(kind) < 2:
        return None
    end = body.find(kind, 2)
    if end < 0 or end > 10:
        return None
    rest = body[end + len(kind) :]
    if verbs.DOING.match(rest) is None and not typed.is_measure(unled(rest)):
        return None
    end += len(kind)
    return Heard(body[:end], body[end:], doing=True)


def parallel(words: str, said: str) -> Heard | None:
    """甲公司纳税5亿元；万家乐纳税3亿元: what no word list knows is a name where the same is said of it as of the name before."""
    body = _begun(words)[0]
    end = body.find(said[:2], 2) if len(said) > 1 else -1
    if not 2 <= end <= 14 or unspelled(body[:end])[1] < 2 or not could_be(body[:end]):
        return None
    return Heard(body[:end], body[end:], doing=True)


def alongside(words: str, following: str, named: bool) -> Heard | None:
    """其中中科瑞声46件、思诺半导体39件: what no word list knows is a name where the item before (`named`) or `following` is one."""
    body = unled(words)
    missing = unspelled(body)[0]
    unknown = 3 <= len(body) <= 6 and missing == len(body) and could_be(body) and _MEASURED.search(body) is None
    if not unknown and not (named and is_venue(body)):
        return None
    if not named and (not is_typed(following) or not is_name(following, Follows.VALUE, True)):
        return None
    return Heard(body, "", _begun(words)[1])


def owner_behind(after: str) -> str:
    """The name that stands behind a figure: 总投资5亿元|的竹海冷链分拨中心设计库容."""
    return introduced.behind(after) or split(introduced.words_behind(after), 0, False).name


def is_part_of(name: str) -> bool:
    """裂解装置, 屋顶光伏: words of a dictionary that name a part of the one that is spoken of."""
    return is_known(name) and _PART_WORD.search(name) is None


_PART_WORD = re.compile(
    r"[局院校园区镇乡村县市馆所站队社]\Z|公司|集团|中心|基金|街道|小镇|医院|学校|银行|基地|平台|[A-Z“]|[一二三四]期"
)
_MEASURED = re.compile(r"[量率数值额价积重比度]\Z|比例\Z")


def strange(words: str) -> bool:
    """Whether words begin with what is no common word: a name that was not understood."""
    body = _begun(words)[0]
    return unspelled(body)[1] >= 4 and could_be(body) and typed.QUANTITY.search(unled(body)) is None


def listing(words: str) -> tuple[str, ...]:
    """甲、乙、丙等 and 甲、乙获评先进: the names in a row that words begin with."""
    if "、" not in words:
        return ()
    body = _begun(words)[0]
    if "、" not in body or not _may_name(body):
        return ()
    items = _items(body)
    items[0] = items[0][max(items[0].rfind("有"), items[0].rfind("为")) + 1 :]
    last = _AFTER_LIST.split(items[-1], maxsplit=1)[0]
    verb = next(
        (
            found.start()
            for found in verbs.DOING.finditer(last, 2)
            if is_name(last[: found.start()], Follows.DOING, True)
        ),
        len(last),
    )
    items[-1] = last[:verb]
    return (
        tuple(items)
        if len(items) > 1
        and not DIRECTION.fullmatch(items[0])
        and all(is_name(item, Follows.DOING, True) for item in items)
        else ()
    )


def _items(words: str) -> list[str]:
    """甲、乙和丙 as three; the 和 of 景和能源 joins nothing."""
    *first, last = re.split(r"[、，,]|(?<=”)(?=“)", words)
    for joint in _JOINTS.finditer(last, 2):
        if is_name(last[: joint.start()], Follows.DOING, True):
            return [*first, last[: joint.start()], last[joint.end() :]]
    return [*first, last]


def _dealt(body: str) -> Heard | None:
    """甲、乙、丙分别 …: the names, and the words from 分别 on."""
    mark = _EACH.search(body) if "各" in body or "分别" in body or "依次" in body else None
    if mark is None or mark.start() < 4:
        return None
    front = _WILL.sub("", body[: mark.start()])
    front = front[introduced.said_of(front) :]
    *first, last = _items(front)
    measured = typed.measure_at_end(front) if front[-1:] not in "、，," and not THINGS.of(last) else ""
    last = last.removesuffix(measured).removesuffix("的")
    if not is_name(_begun(last)[0], Follows.DOING, True) and (parted := _candidate(last + measured, 0, True, "")):
        last, measured, _ = parted
    alike = len(first[-1]) if first else 0
    if not is_name(last, Follows.DOING, True) and alike < len(last) and not unspelled(last[alike:])[0]:
        last, measured = last[:alike], last[alike:] + measured
    names = [_unquoted(_begun(name)[0]) for name in (*first, last)]
    names[0] = named(names[0], Follows.HEADING) or names[0]
    marked = [name.startswith("“") for name in (*first, last)]
    if len(names) < 2 or DIRECTION.fullmatch(names[0]) or not all(map(_is_listed, names, marked)):
        return None
    return Heard(names[0], measured + body[mark.start() :], False, False, tuple(names), True)


def _is_listed(name: str, marked: bool) -> bool:
    return (marked and 2 < len(name) < 13) or is_name(name, Follows.DOING, True)


def _unquoted(name: str) -> str:
    """“科创贷” as 科创贷; “双百”工程 stays."""
    return name[1:-1] if name.startswith("“") and name.find("”") == len(name) - 1 else name


@lru_cache(maxsize=20000)
def _may_name(body: str) -> bool:
    """Whether words have anything that names are made of."""
    return unspelled(body)[0] > 1 or _MAYBE.search(body) is not None or agents.KIND.search(body, 2) is not None


def _candidate(body: str, period_at: int, listed: bool, unit: str) -> tuple[str, str, bool] | None:
    """(name, rest, whether a verb of doing follows) of the shortest name that the words begin with."""
    if len(body) < 2 or not _may_name(body):
        return None
    if period_at >= 2 and (name := _before_period(body[:period_at], listed)):
        return name, body[period_at:], True
    end = typed.end_of_name(body, listed)
    in_quotes = quoted.found(body)
    if in_quotes and len(body) - len(in_quotes[1]) >= end:
        return in_quotes
    whole = body.rstrip(" :：“《")
    value = Follows.MONEY if unit == "money" else Follows.VALUE
    deed = verbs.DOING.search(whole, 2)
    plain = deed is None and not (end and agents.acts_on(body, end))
    if plain and (THINGS.of(whole) or KINDS_OF_BUSINESS.of(whole)) and (name := named(whole, value, listed)):
        acting = agents.agent(body, unit in ("count", "pieces"), listed)
        acting = 0 if _WORKS.match(body, acting) else acting
        return (body[:acting], body[acting:], True) if acting else (name, "", False)
    owned = body.find("的", 3, 12)
    if end <= owned and _AREA_OF.search(body, 0, owned) and unspelled(body[owned + 1 : owned + 8])[1] > 1:
        inner = _candidate(body[owned + 1 :], 0, True, unit)  # 云溪新区的恒睿石化一家
        if inner is not None and inner[1] and is_typed(inner[0]):
            return inner
    if end:
        name = body[:end].removeprefix("“") if "”" not in body[:end] else body[:end]
        return name, body[end:], verbs.DOING.match(body, end) is not None
    if owned > 0 and is_typed(body[:owned]) and named(body[:owned], Follows.MEASURE) == body[:owned]:
        return body[:owned], body[owned:], True
    place = _PLACE_FRONT.match(body) if "区" in body or "园" in body else None
    if place is not None and is_name(place[0], Follows.MEASURE) and unspelled(unled(body[place.end() :]))[0] <= 1:
        return place[0], body[place.end() :], True
    begin = deed.start() if deed is not None else max(len(whole) - 2, 2)
    for verb in verbs.DOING.finditer(body, begin) if deed is not None or whole != body else ():
        follows = Follows.DOING if verbs.FIRMS_DO.match(verb[0]) else Follows.ACT
        name = named(body[: verb.start()], follows, listed)
        if name and not _straddled(body, verb.start()):
            return name, body[verb.start() :], True
    for cue in _CUE.finditer(body, 2):
        if name := named(body[: cue.start()], Follows.CUE, listed):
            return name, body[cue.start() :], False
    ending = typed.measure_at_end(body)
    if ending and (name := named(body[: -len(ending)], Follows.MEASURE, listed)):
        return name, ending, True
    acting = agents.agent(body, unit in ("count", "pieces"), listed)
    name = named(whole, value, listed) if not ending and (not acting or _WORKS.match(body, acting)) else ""
    if not name and acting:
        return body[:acting], body[acting:], True
    return (name, "", False) if name else None


def before_period(words: str) -> str:
    """The name that stands before a period, behind what tells of it: 邻县的云溪经开区近|两年."""
    body = unnumbered(words)
    begin = introduced.said_of(body) if "的" in body else introduced.apposed(body)
    return _before_period(body[begin:], False)


def _before_period(words: str, listed: bool) -> str:
    """The name that stands before a period: 恒睿光电若|7月复产, 恒睿光电计划|2023年."""
    end = _ADVERB.search(words, 2)
    if end is not None and (name := named(words[: end.start()], Follows.PERIOD, listed)) and is_typed(name):
        return name
    return named(words, Follows.PERIOD, listed)


def _straddled(body: str, place: int) -> bool:
    """Whether a place is inside what is measured at the end (归母净|利润), or inside another verb (协|调解决)."""
    if body[place - 1 : place + 1] in verbs_of_two():
        return True
    plain = typed.UNTRAILED.cut(body)
    return len(plain) - len(typed.measure_at_end(plain)) < place < len(plain)
