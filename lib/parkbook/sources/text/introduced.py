"""What stands around a name that is not at the beginning of the words: kinds of things, relative clauses, figures before it.

"园区国有平台公司龙腾集团资产"   龙腾集团 begins behind the kind
"同期开工的银河路工程总投资"     … behind 的
"总投资5亿元|的恒睿光电项目开工"  … behind the figure
"""

from __future__ import annotations

import re
from collections.abc import Callable

from parkbook.sources.text import typed
from parkbook.sources.text.agents import does, goes_on
from parkbook.sources.text.kinds import KINDS_OF_BUSINESS
from parkbook.sources.text.names import WHOLE, WHOLE_BEGINS, Follows, could_be, is_brand, is_typed, named, verbs_of_two
from parkbook.sources.text.vocabulary import common_words, strange_within, unspelled
from parkbook.sources.text.wordlists import alternatives

_IS = re.compile(
    alternatives(
        r"""
        是(?!由) 系(?!统) 作为(?!由) 被认定 被评 被列 被授予 被纳入 被确定 被命名 获评 获批 荣获 荣膺
        获得?[^,，]{0,16}(?:称号|认定|奖|荣誉) 入选 入围 跻身 上榜 晋级 位于 坐落 地处
        通过[^,，]{2,16}(?:认定|验收|评审|认证) 正式成立 成立(?!以来) 创建 组建 设立 始建 创立 隶属 专注 主要从事 主营 深耕 前身
        为(?=[^,，。]{0,14}(?:企业|平台|公司|基地|中心|机构|院校|高校|工厂|冠军|小巨人”?))
        """
    )
)
_CAME_ABOUT = re.compile(
    r"于?(?:(?:建设)?(?:进展|推进|运行|运转)(?:总体|整体)?(?:顺利|良好|平稳|正常|有序)|已?(?:正式|顺利|全面|全部|如期|成功|提前)?"
    r"(?:开工|竣工|投产|投用|封顶|交付|开园|开业|落户|签约|上市|建成|启用|投入使用|通车|贯通|通水|通气|投运|试?运行|亮相|挂牌|揭牌|获批)"
    r"(?:建设|投产|投用|使用|运营|通车|运行|启用|交付)*)\Z"
)
_HAPPENING = """
    顺利 良好 平稳 正常 有序 开工 竣工 投产 投用 封顶 交付 开园 开业 落户 签约 上市 建成 启用 使用 通车 贯通 通水 通气 投运 运行 亮相 挂牌 揭牌 获批
    建设 运营
"""
_HAPPENS = tuple(_HAPPENING.split())
_LEANS = ("依托", "通过", "借助", "由", "以", "在", "主要依托")
_LEANING = re.compile(
    r"(?:主要)?(?:依托|通过|借助|由|以|在)(?P<name>[^,，。;；:：()《》]{3,22}?)(?:等?(?:平台|载体)?(?:建设)?|为(?:载体|依托|平台|核心|主体))\Z"
)
BUILDS = ("建设", "承建", "运营", "投资", "开发", "代建", "打造")
_VISITS = ("在", "走进", "来到", "步入", "探访", "走访")
_VISITED = re.compile(
    r"(?:\A|[者组们])(?P<went>(?:走进|来到|步入|探访|走访(?!组))了?|(?<=[者组们])在|(?<=[者组们])(?:走进|来到)了?)?在?(?P<name>[^,，。的在了]{3,18}?)"
    r"(?:的[^的]{2,8}|[总一二]装车间|生产车间|生产基地)?(?:里|内)?(?:看到|了解到|获悉|发现)?\Z"
)
_TO_SIGN = re.compile(r"[^,，。;；、:()]{0,24}")
_MENTIONS = re.compile(
    r"\A|[,，。;；、由经在与的为是向给对同较比如于]|来自|[给予]|联系|来到|走进|走访|引进|依赖|委托|依托|聘请|带动|拖累|携手|盯紧|紧盯|加快|确保|推动|支持|帮助|服务"
)
_ITSELF = re.compile(r"[^,，。;；:：()《》、]{3,20}\Z")
_BROUGHT = re.compile(
    r"[^,，。;；:：()《》]{0,12}?(?:引进|引入|签约|招引|落户|落地|开工|组建|设立|成立|建设|建成|启动|实施|投产|迎来|推进|推动)(?:了|落户|落地|建设|开工|投产|投用|成立|实施)*"
    r"(?P<name>[^的,，。;；:：()《》、]{3,22}?)(?:成功|顺利|正式|如期)?(?:落户|落地|开工|签约|投产|建设|入驻|投用|增资|扩产|竣工|上市)*\Z"
)
_ITS_ATTRIBUTE = re.compile(
    r"[,，](?:该?(?:项目|公司|企业|工程|基金|平台))?(?:计划|协议|预计|建成|达产|投产|满产|全部|一期|拟|合同|其)*(?:后|时)?(?:预计|可|将|年|实现)*"
    r"(?:总投资|投资|占地|用地|注册资[金本]|总?建筑面积|规划|年产|总规模|设计|建设|产能|营业?收|年?产值|税收|总面积|员工|首期)"
)
"""What a project that was brought has; behind anything else the park speaks on."""
_RANKED = re.compile(r"前[一二三四五六七八九十\d]{1,2}[名位家大强]")
_KIND_OF_FIRM = re.compile(
    alternatives(
        r"""
        企业 公司 单位 机构 平台 院校 高校 医院 载体 龙头 项目 集团 冠军 小巨人[”"]? 主体 载体 代表 为主的 [国央民外台名纺车药房]企(?!业)
        """
    )
)
_PRESENTS = re.compile(
    alternatives(
        r"""
        企业 (?<![一-龥])(?:龙头|重点|主要|最大|新|老)(?:租户|大?客户|商户) (?<![一-龥])(?:租户|大客户|客户|商户) 巨头 老字?号 [国央民外台]企(?!业)
        连锁 新锐 新秀 黑马 独角兽 瞪羚 小巨人[”"]? 链主 龙头 冠军 品牌商? 运营商 供应商 生产商 制造商 服务商 开发商 大厂 老厂(?![区房]) 房企(?!业)
        车企(?!业) 药企(?!业) (?:运营|平台|开发|物业|管理|资产)公司 上游的 下游的 本土的
        """
    )
    + r"(?=[^,，。、\d()])"
)
"""What stands before a name where unknown words follow."""
_SAYING = re.compile(
    r"问题|现象|情况|模式|机制|格局|局面|态势|理念|要求|改革|难题|困境|短板|会?战|攻坚|特派员|服务队|活动|推介会|招商会|对接会|招聘会|座谈会"
)
_IN_QUOTES = re.compile(r"[“\"][^“”\"]{2,14}[”\"]")
_MEASURED = re.compile(r"[率量额数值价比度]\Z")
_FUNCTION_SIGNS = frozenset("的因在正仅已尚只未将拟由为")
_HAS = re.compile(r"[A-Za-z]|[年月日]均?|营业?收|产值|收入|新|注册|用户|门店|销")
_PART_OF_NAME = re.compile(r"家|数|总|户|群|类|法人|单位|中(?=[,，的])|的")
_BEHIND = re.compile(
    r"(?:规模|[一-龥]{0,4}(?:建设|打造|兴建|新建|建成|改造|设立|组建|成立|实施))?的(?P<name>[^,，。;；:：、()《》的]{3,26})"
)
_HAPPENED = re.compile(
    r"[春夏秋冬]季|设计|规划|总|占|可|年[产内]|日|配套|[一二三四]期(?=厂房|主体|工程|建设)|\d|于|在|已|正式|成功|顺利|全面|今年|去年|年内|即将|正在|相继|落户|签约|开工|竣工|投产|投用|启动|落地|开建|通过|获批|入驻|完成|主体|进展|加快|进入|建成|建设|也|等|开业|开园|开街|开馆|开市|奠基|揭牌|封顶|通车|亮相|试|预计|计划"
)


def words_behind(after: str) -> str:
    """总投资5亿元|的恒睿光电项目开工: the words behind a figure that may begin with a name."""
    found = _BEHIND.match(after)
    return found["name"] if found is not None else ""


def behind(after: str) -> str:
    """总投资5亿元|的恒睿光电项目开工: the name that stands behind a figure; empty when none does."""
    words = words_behind(after)
    if not words:
        return ""
    for end in _HAPPENED.finditer(words, 3):
        if name := named(words[: end.start()], Follows.HEADING):
            return name
    return named(words, Follows.HEADING)


def apposed(body: str) -> int:
    """Where the name begins behind 园区国有平台公司; 0 when no kind of thing stands in front of one."""
    if "(" in body:
        return 0
    for kind in _KIND_OF_FIRM.finditer(body, 0, 20):
        if strange_within(body, kind.end()) < 2:
            return 0
        if unspelled(_RANKED.sub("", body[: kind.end()]))[0]:
            return 0
        if unspelled(body[kind.end() : kind.end() + 6])[1] >= 2:
            return kind.end()
    return 0


def presented(body: str) -> int:
    """Where a name begins behind words that only stand before names: 游戏出海企业|橙子引力海外流水; 0 without."""
    for kind in _PRESENTS.finditer(body, 0, 16):
        begin = kind.end()
        if body.rfind("“", 0, begin) > body.rfind("”", 0, begin):
            continue
        quoted = _IN_QUOTES.match(body, begin)
        if quoted is not None and is_saying(body, quoted.end()):
            return 0
        if quoted is not None and (does(body, quoted.end()) or has(body, quoted.end())):
            return begin
        if (
            _PART_OF_NAME.match(body, begin) is None
            and not goes_on(body, begin)
            and unspelled(body[begin : begin + 6])[1] > 1
        ):
            return begin
    return 0


def is_saying(body: str, end: int) -> bool:
    """企业“小散弱”问题: whether what is quoted is no name but said of things."""
    return _SAYING.match(body, end) is not None


def has(body: str, end: int) -> bool:
    """Whether what is measured of a name stands behind it."""
    return _HAS.match(body, end) is not None


def unknown_name(body: str) -> int:
    """Where a name ends that nothing says the kind of, at the next word that is known; 0 when words begin with none."""
    quoted = _IN_QUOTES.match(body)
    if quoted is not None:
        return quoted.end()
    for end in range(2, min(9, len(body))):
        if body[end] in _FUNCTION_SIGNS or body[end : end + 2] in common_words() or goes_on(body, end):
            end = _to_business(body, end)
            return end if could_be(body[:end]) else 0
    return len(body) if 3 <= len(body) <= 6 and could_be(body) and _MEASURED.search(body) is None else 0


def _to_business(body: str, end: int) -> int:
    """鲸淘|国际: what a firm is called may go on with its line of business."""
    for size in (4, 3, 2):
        called = body[: end + size]
        kind = KINDS_OF_BUSINESS.of(called)
        if len(called) - len(kind) <= end < len(called):
            return end + size
    return end


def in_region(body: str) -> int:
    """Where words begin behind 我区 and 园区 that common words cannot spell."""
    whole = WHOLE.match(body) if body[:1] in WHOLE_BEGINS else None
    if whole is None or strange_within(body, whole.end()) < 2:
        return 0
    begin = whole.end() + body.startswith(("与", "同", "和"), whole.end())
    return begin if unspelled(body[begin : begin + 6])[1] >= 2 else 0


_ITS_OWN = re.compile(
    r"(?:其|该(?:基金|公司|平台|机构|中心|企业|集团|孵化器|院|园))(?:所投|参投|领投|参股|控股|投资|设立|发起|管理|运营|旗下|下属|所属|牵头|孵化|引进|培育)的"
)
_COMPARES = ("其", "该", "比", "较", "低于", "高于", "快于", "慢于", "少于", "多于", "超过", "不及")
_AGAINST = re.compile(r"比|较(?![晚早大小快慢好高低多强差])")
_TELLS = re.compile(
    r"来自|熟悉|所属|下属|旗下|所辖|直属|合作|共建|合资|联合|共同|相当|相近|毗|接壤|之隔|隔壁|沿[江海河湖]|同市|同在|同处|齐名|同类|居首|第一|领先|[投领参跟]投|[做搞干]|[较最]|近|邻|[侧边郊面部畔岸]\Z|相望|对口|大难|开[发办设]|位于|坐落|入驻|新|引进|落户|建|打造|孵化|培育|上市|主[营打攻]|专[注门攻]|从事|生产|牵头|控股|参股|收购"
)
"""Words of a relative clause."""


def said_of(body: str) -> int:
    """Where the name begins behind 同期开工的 and 我园引进的; 0 where none does."""
    end = body.find("的", 2, 16) + 1
    if not end or (body.startswith(_COMPARES) and _ITS_OWN.match(body) is None) or strange_within(body, end) < 2:
        return 0
    front = body[: end - 1]
    if _AGAINST.search(front) is not None:
        return 0
    told = not unspelled(front)[0] or front[-2:] in verbs_of_two() or _TELLS.search(front) is not None
    return end if told and unspelled(body[end : end + 8])[0] >= 2 else 0


def _visited_brand(visited: re.Match[str]) -> str:
    """走进微脉介入: what no word list has, where only firms are gone to."""
    name = visited["name"]
    return name if visited["went"] and len(name) < 9 and is_brand(name) else ""


def mentioned(words: str, fits: Callable[[str], bool]) -> str:
    """The last name that words mention, where one can begin: 全部由恒睿食品公司收购; of those that fit, empty when none does."""
    for place in reversed([found.end() for found in _MENTIONS.finditer(words)]):
        rest = _TO_SIGN.match(words, place)[0]  # type: ignore[index]
        if unspelled(rest)[1] < 2:
            continue
        name = rest[: typed.end_of_name(rest, True)] or named(rest, Follows.HEADING)
        if name and is_typed(name) and fits(name):
            return name
    return ""


def whose(words: str) -> str:
    """The name that words are, with or without its kind before it (龙头企业恒睿光电); empty when they are none."""
    return named(words, Follows.HEADING) or named(words[apposed(words) :], Follows.HEADING)


def about(words: str, plain: str, end: int) -> str:
    """Whom a clause without figures introduces: 恒睿光电是…, 依托青禾科技园, 位于西区的青禾项目, 引进了恒睿光电.

    `end` is where the clause ends in the text `plain`: what follows says whether the words go on about what was brought.
    """
    if len(words) > 40 or (unspelled(words)[0] < 2 and "“" not in words):
        return ""
    if unspelled(words[:10])[0] > 1 or "“" in words[:10]:
        came_about = _CAME_ABOUT.search(words, 2) if words.endswith(_HAPPENS) else None
        for found in (_IS.search(words, 2, 24), came_about):
            if found is not None and found.start() <= 22 and (name := whose(words[: found.start()])):
                return name
    if words.startswith("是") and plain.startswith("。", end) and (name := whose(words[1:])):
        return name  # 再往里走，是云溪超算中心。该中心…
    if words.startswith("由") and words.endswith(BUILDS):  # 由恒睿集团投资建设，面积…: of what was built
        return ""
    if words.startswith(_LEANS) and (leaning := _LEANING.match(words)) is not None and (name := whose(leaning["name"])):
        return name
    visited = _VISITED.search(words) if words.startswith(_VISITS) or "记者" in words or "组" in words else None
    if visited is not None and (name := whose(visited["name"]) or _visited_brand(visited)):
        return name
    last = max(words.rfind("的"), words.rfind("—"))
    if last >= 0 and strange_within(words, last + 1) > 1:
        itself = _ITSELF.match(words, last + 1 + words.startswith(("是", "为"), last + 1))
        if itself is not None and (name := whose(itself[0])):
            return name
    if _ITS_ATTRIBUTE.match(plain, end) is None:
        return ""
    brought = _BROUGHT.match(words)
    return whose(brought["name"]) if brought is not None else ""
