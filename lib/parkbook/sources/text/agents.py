"""Institutions that common words spell, told by what they do: a sentence about the park has a verb where they have their name.

"投资促进局组建小分队" 6支         投资促进局: its kind is said, and it does something
"区科技成长基金全年投放" 3亿元      区科技成长基金
"公共服务平台" 5个                nothing: such things are counted
"公共服务平台建成" 5个             nothing: they came about
"各街道办举办活动" 5场             nothing: a class

A name ends where its kind does (局, 中心, 基金) and a verb, or a word that begins what is done with whom or where, follows.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.sources.text import verbs
from parkbook.sources.text.names import DIRECTION, says_no_name, verbs_of_two
from parkbook.sources.text.wordlists import alternatives

KIND = re.compile(
    alternatives(
        """
        (?<=[一-龥]{2}[商资业目融政计务划设展保化])[一二三四五]科(?![技学创研普幻目室级教员])
        (?<=[一-龥]{2}[商资业目融政计务划设展保化])科(?![技学创研普幻目室级教员]) 委员会 办公室 (?<!管)委
        (?<![内外东西南北中总全局本支分头])部(?![门分队件委长级署位落]) 党委 党支部 党总支 工会 总工会 团委 妇联 局 处(?![理置于])
        (?<![举承主协创开督筹兴合申代帮停])办(?![理公结学好事件]) 中心 专用线 卫生院 处理站 研究所 派出所 税务所 供电所 管理所 研究院 医院 设计院 检察院
        仲裁院 法院 学院 大学 学校 中学 小学 职校 技校 中专 幼儿园 公司 集团(?!公司) 银行 支行 分行 基金(?!公司|管理) 资金池 协会 商会 联盟 联合会
        分队 大队 支队 中队 消防站 工作站 服务站 监测站 气象站 变电站 车站 电站 客运站 货运站 处理厂 水厂 电厂 热源厂 处置场 填埋场 焚烧厂 码头 港区
        机场 海关 口岸 平台 实验室 基地(?!建设) 装置 公寓 市场 商场 博物馆 图书馆 文化馆 展览馆 体育馆 科技馆 展示馆 孵化器 加速器 加工区 片区 组团
        区块 街道 社区 合作社 联社 小镇 景区 指挥部 停车场 充电站 加油站 游客中心 院区 校区 专班 工作组 招商组 驻点组 工作队 服务队 志愿队 分会 分局 分公司
        子公司 事务所 交易所 供销社 督查室 办公室 调研室 (?<![场会交])所(?![有以属在需得]) 农商行 信用社 保税仓 冷库 物流园 产业园 科技园 软件园
        创业园 工业园 (?<!专)项目部 服务大厅 法庭 一期 二期 三期 四期
        (?<=[房心地厂网廊路桥园校院站台])(?:建设|改造|提升|提标|扩建|新建|迁建|续建|扩能|配套|[一二三四]期)(?:建设|改造|提升|提标|扩建|新建|迁建|续建|扩能|配套|[一二三四]期)*(?:项目|工程)
        (?<=[房心地厂网廊路桥园校院站台])(?:项目|工程)
        """
    )
)
_HOUSES = frozenset(("局", "处", "医院", "海关"))
_SHORT = frozenset("部局办处")
"""审计部, 招商办: one sign before them is enough."""
_ADVERBS = re.compile(
    r"(?:全年|新增|今年|年内|当年|本年|去年|上半年|下半年|前三季度|全月|当月|本月|累计|共计|共|已经|已|先后|还|也|则|又|再|正在|正|将|拟|计划|预计|现场|临时|现|均|都|同步|首次|"
    r"顺利|成功|积极|主动|牵头|联合|持续|全力|率先|全面|集中|重点|新|应|可|仅|为主|主要|公开|就|负责|统一|专门|组织|独立|自主|直接|均?要|须|需|窗口|每[年月日周]|日均|月均|年均)*"
)
_WITH = re.compile(
    r"(?:会同|与|由|据此|因此|同(?=[^比期])|向|对(?!外|口)|为(?!主)|围绕|针对|依托|通过(?!率)|按照?|根据|因|受(?!益)|以(?!上|下|内|来)|距(?!离)|从(?!业)|凭(?=借)|更(?=[要应须是])|于|把|将|自|另|新上|只|仅|(?<!人)才|竟|就|在(?![线建岗职校园手编册库研售])|虽|则|却|尚|未|仍|一[家户企]|一个[镇县村]|首期)(?:\Z|(?=[^,，。]{2}))"
)
_ALONE = re.compile(
    r"[区县市镇]财政(?![局所厅金评投]|[一-龥]{0,4}[局科中心])|海关(?![总署税]|监管[货车场区])|边检站|仲裁院|督查室|信访[局办]|招商[局办]|财政所|国土所|派出所|司法所|税务所|供电所|市监所|人社所|消防站|卫生院|文化站"
)
"""Institutions of which each place has one."""
_ONE_SIGN = re.compile(r"[获办接设跑抓驻抽巡督收建发投派训修治引签审评管用产销供运交付缴赴聘招帮查测]")
_COMES_ABOUT = re.compile(
    r"(?:累计|已|共|全部|新|现有|达到?|增加?[至到]?|新增|净增|建成|建设|新建|设立|组建|成立|引进|引入|获批|认定|备案|入选|入围|建立|布局|落户|落地|竣工|投用|投产|启用|挂牌|共有|拥有|开工|"
    r"通过验收|验收|评定|获评|获得|培育|储备|签约|注册|入驻|改造|完工|封顶|交付|开业|运营|为|有|是|约|近|超过?|突破|总数|数量|合计|全覆盖)*"
)
_MEASURED = re.compile(
    r"(?:全年|累计|目前|年末|期末)*(?:总?投资|计划总?投资|完成投资|资产总额|总资产|净资产|注册资[本金]|营业?收入?|产值|利润|总?规模|管理规模|认缴|占地|总?建筑面积|用地|设计|藏书|床位|在校|在职|员工|职工|形象进度"
    r"|[一-龥]{2,4}率|[一-龥]{0,4}(?:收入|面积|总额|余额|资金|规模))"
)
_HAS_MANY = re.compile(r"藏书|馆藏|床位|编制|在[校职编岗]|员工|职工|教职工|医护|工位|车位")
_ITS = re.compile(r"(?!所属|下属|旗下|所辖|直属)[一-龥]{2,3}的|窗口")
"""建设管理局包保的项目: what is behind is its own."""
_CLASS = re.compile(
    r"上市公司|各|(?<!安)全(?![球聚])|每|多[家个]|所有|部分|其[他它余中]|相关|有关|[两三四五六七八九十几数](?:家|个|大|座|所)|(?:国家|[省市区县部])级|众创|一批|该|本|这|那|辖|我|此|新(?:建|设|增)|在(?:建|园|孵)|拟建|"
    r"公司(?=[一-龥])|[重主]点|主要|上述|以上|园内|区内|县内|市内|高校|院校|企业[^,，。]{0,2}\Z|乡镇|镇街|村级|类|型|等|和|与|及|、|的|\d"
)
"""What is said of many, or of any."""
_MAKES = re.compile(
    r"新建|扩建|改建|迁建|续建|在建|建成|建设(?!局|集团|银行|公司|发展|投资|管理|交通|环保)|引进|引入|招引|设立|组建|打造|搭建|推动|推进|支持|协助|帮助|促进|促成|依托|联合|成立|启动|完成|实施|申报|"
    r"盘活|改造|提升|整治|新增|获批|获评|认定|培育|举办|组织(?!人才|部)|开展|建立|构建|围绕|走访|对接|拜访"
)
"""What is done to things of a kind."""
_TOOL_WORDS = """
    挖掘机 推土机 压路机 收割机 播种机 切割机 清洗机 检测仪 过滤器 变压器 集中区 集聚区 示范区 示范园 试验区 合作区 服务区 开发区 加工区 保税区
"""
_TOOLS = tuple(_TOOL_WORDS.split())
"""No deeds: called after what they do, or after what is done there."""
_OF_PARK = re.compile(r"管委|管理委员会|工委|园区(?:产业园|工业园|物流园|科技园)?\Z|开发区\Z|[市县区]委\Z")


@lru_cache(maxsize=20000)
def agent(body: str, counts: bool, listed: bool) -> int:
    """Where the institution ends that words begin with; 0 when none does.

    `counts`: whether the figure behind them counts things; `listed`: whether they are one item of a list, in which a verb alone
    is what was measured (创新平台补助).
    """
    alone = _ALONE.match(body)
    if alone is not None and _acts(body, alone.end(), counts, listed):
        return alone.end()
    ends: list[int] = []
    for kind in KIND.finditer(body, 1, 26):
        if kind.end() < 4 and kind[0] not in _SHORT and DIRECTION.fullmatch(body, 0, kind.end()) is None:
            continue
        if ends and kind.start() - ends[-1] > 6:
            break
        if _acts(body, kind.end(), counts, listed) or (not counts and _has(body, kind)):
            ends.append(kind.end())
    return next((end for end in reversed(ends) if _is_one(body[:end])), 0)


def _is_one(words: str) -> bool:
    """Whether words can be one institution, no class of them and no statement."""
    return not (_CLASS.search(words) or _OF_PARK.search(words) or says_no_name(words) or _MAKES.match(words))


def _has(body: str, kind: re.Match[str]) -> bool:
    """产业区建设投资集团资产总额: whether the rest is what is measured of an institution that has a name of its own."""
    return kind.end() > (3 if kind[0] in _HOUSES else 5) and _MEASURED.match(body, kind.end()) is not None


def _acts(body: str, end: int, counts: bool, listed: bool) -> bool:
    """Whether what stands behind a name is what it does, and not how many of its kind there are."""
    if counts and _COMES_ABOUT.fullmatch(body, end):
        return False
    if counts and end > 4 and _HAS_MANY.match(body, end):
        return True
    return does(body, end, len(body) - (2 if listed else 0))


def does(body: str, end: int, before: int = 99) -> bool:
    """Whether a verb stands behind a name and before a place, with or without adverbs between."""
    adverbs = _ADVERBS.match(body, end)
    places = (end, adverbs.end() if adverbs is not None else end)
    return any(place < before and begins_deed(body, place) for place in places)


def acts_on(body: str, end: int) -> bool:
    """Whether a verb of two characters, or with whom, where or why, stands behind a name and adverbs."""
    adverbs = _ADVERBS.match(body, end)
    return goes_on(body, end) or (adverbs is not None and goes_on(body, adverbs.end()))


def begins_deed(body: str, place: int) -> bool:
    """Whether a verb stands at a place, or what begins a deed: with whom, where, why."""
    if _ITS.match(body, place) is not None or goes_on(body, place) or _ONE_SIGN.match(body, place) is not None:
        return True
    return not body.startswith("规模", place) and verbs.DOING.match(body, place) is not None


def goes_on(body: str, place: int) -> bool:
    """Whether a verb of two characters stands at a place, or with whom, where or why something was done."""
    if body.startswith(_TOOLS, place):
        return False
    return body[place : place + 2] in verbs_of_two() or _WITH.match(body, place) is not None
