"""Words around a figure cut down to the phrase that names it.

"推动园区完成规上工业总产值"  subject "园区", phrase "规上工业总产值"
"个科技类项目成功落地"        counted thing "科技类项目成功落地"
"""

from __future__ import annotations

import re
from functools import lru_cache

from parkbook.sources.text.wordlists import SPACES, alternatives, at_end


def _words(words: str, ending: str = "") -> re.Pattern[str]:
    """A pattern of alternatives set out as words (each may look around itself), with what follows the group."""
    return re.compile(alternatives(words) + ending)


_LEAD = _words(
    r"""
    [,，、;；:：\s“”》。.)(·•●■◆▲★○▶—] 以上(?=[、,，]) 以下(?=[、,，]) 左右(?=[、,，]) 其中 另外 另 此外 同时 并且 以及 和 与 及(?!时) 且 而且 而 但 则 还 又
    再(?!生|融|投) 已经 已 均(?![价值衡线等分匀]) 共计 (?:累计) 目前 主要是由 主要是 主要 特别是 尤其是 尤其 包括 分别是 分别 依次 一方面 一是 二是 三是
    四是 五是 是由 由于 对(?![接口外内标华台]) 按(?![揭期时]) 据 在(?![线岗册建库孵园校谈手研编职营学产租施批训途审保押用逃读站办案飞航售租地]) 从(?![业事])
    由 将 把 为 了 的 等(?!级) 因此 如果 今年 当年 现有 现(?![价金代场货状行役房汇]) 有(?![效色机限息轨线偿害毒关望无组]) 即 也就是 是 方面 全年 年内 期末
    年末 当月 共(?![享建有同用管性]) 新的 大力 积极 成功(?!率) 高质量 全面 进一步 抓紧 及时 持续 不断 精准
    有效(?!发明|专利|期|投资|需求|供给|信息|线索|率|商标|注册|灌溉|利用) 充分(?!就业) 切实 深入 推动(?!力) 组织 坚持 确保 力争 争取 预计 有望 计划 预期 目标
    建议(?:[县市区]级?财政)?(?:年内|今年|每年)? 要(?=确保|力争|实现|完成|达到) 将(?=达)
    虽 这些 该 其(?![他它余]) 先后 陆续 连续 累计共 到(?=[一-龥]{3})(?![位账港期岗资场发货户])
    """,
    "+",
)
_NUMBERED = re.compile(
    r"\s*(?:\(?\d{1,2}\)|\d{1,2}(?:[.、．](?!\s?\d)|\s*\.\s)|\(?[一二三四五六七八九十]{1,3}(?:\)|、)|[①-⑳⑴-⒇㈠-㈩]|[*+-]\s)[\s、.]*(?=[^\s\d])"
)
"""The number of an item: 1.营业收入, ①营业收入, （一）税收."""
_NUMBERS = SPACES | frozenset("*+-(0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
_LEADS = SPACES | frozenset(
    "(),.:;“”、。》·•●■◆▲★○▶—一三不与且为主也了争二五今从以但依充先全共其再分切则力包即又及另同和四因在均坚大如对将尤已年并当成把抓持按据推新方是有期此深特现由的目到确积等精累组而虽要建计该还这进连陆预高，：；"
)
"""What the lead begins with."""
_TAIL = at_end(
    r"""
    , ， 、 ; ； : ： “ 《 \( \s 完成 实现 达成 达到 (?<!下)达 为 是 (?<![国拥])有 共 (?<![签节])约 (?<![附临])近 超 逾 (?<!目)的
    了 (?<![平年人户亩日月])均 也 都 已 将 累计 合计 共计 总计 分别 依次 各自 各 预计 有望 首次 首破 做到 写作
    一项 这一块 要?稳定 要?保持 要?维持 (?<!人)才 只有 稳步 逆势 再 又 (?<![存])在 由 从 等 及 和 与 以及 到 至 (?<![新净])增 (?<![跃提攀])升
    (?<![下])降 较 连续 (?<![占环同对贷均])比 同比 环比 超过 突破 则 却 仍 还 且 可 仅 只 就 虽 (?<![最至])多 (?<![最至])少 成功 目前
    每天 每日 每月 每年 将达 当前 全年 年内 介于 折合 占 其中 出现 要达 (?<![规限四线以])上 变为 变 扩 转
    """,
    "+",
)
_SPLIT = _words(
    r"""
    增资到位(?!资金|率|额|内资|外资) 到位(?!资金|率|额|内资|外资) 完成(?!率|量|进度|额|比例) 实现(?!率) 达成 取得 获得 录得 贡献
    获(?!批|授权) 主办 拥有(?!量|率) 做到 收获 引来 带来 共有 拟(?=迁|引|建|投) 推进 推动
    """
)
VERB_ONLY = _words(
    r"""
    成功 公开 挂牌 拍卖 招拍挂 先后 共 累计 新 又 再 全年 已 全部 正式 集中 顺利 陆续 申报 提报 落地 签约 开工
    竣工 投产 入库 入选 获批 获授权 办结 受理 新增 净增 引进 建立 建成 举办 组织 开展 拨付 协助 吸引 推动 完成
    实施 储备 培育 新建 通过 盘活 整合 拥有 集聚 走访 减免 发放 投放 选派 培训 处理 腾退 召开 接待 跟踪 拜访
    慰问 争取 兑现 下达 投入 获得 获 为 与 对 有 现有 共有 对接 洽谈 引育 征收 出让 排查 检查 立案 调节 上报
    新批 归集 发运 达标 新设 落户 在 等 惠及 带动 可 首笔 全市 全省 全区 的 笔 由 [省市区县国家]级 [省市区县国家][省市区县国家]级 增资
    到位 新一轮 一批 首批 签 引 闲置 好 用 专项
    """,
    "+",
)
_AFTER_STOP = _words(
    r"""
    全部(?=封顶|开工|竣工|投产|完成|建成|交付|通车) [,，。;；:：()\n] 、(?![省市县区镇]级?重点) 同比 环比 增长 增加 增幅
    增速(?!较|最|领) 增至 升至 降至
    减至 压缩 缩短 压减 提升至 变为 扩到
    扩大 提高到 下降 减少 占 较 比 居 列
    完成(?=\d|全|年|投资) 相比 相较 在(?=全[国省市县区]) 分别 其中 均为 合计
    """
)
_AFTER_LEAD = re.compile(r"(?:的|左右|及?以上|以下|以内|之多|上下|多|“|是|为)+")
_AFTER_TAIL = _words(
    r"""
    (?<=企业)中 (?<=园区)中 (?<=项目)中 (?<=开发区)中 (?<=单位)中 (?<=机构)中
    和 与 及 以及 、 , ， (?<![签节])约 近 超 逾 达 共 为 的 其中 总计 累计 在 从 由 对 把 将 达到 完成 实现
    """,
    "+\\Z",
)
COUNTED_NOUN = at_end(
    r"""
    企业 项目 人才 机构 园区 平台 中心 公司 单位 户 人员 专利 工厂 载体 基地 团队 面积 宗地 土地 合同 纠纷 品牌
    讲座 活动 会 课题 标准 主体 来信 来访 信访 劳动 问题 事项 隐患 会议 议题 奖项 荣誉 案件 线索 企业数 总数
    数量 个数 “小巨人” 冠军 车间 楼宇 厂房 岗位 就业
    """
)
GENERIC = _words(
    r"""
    [国省市区县]家?级 园区 全园 全区 我区 本区 全市 我市 全县 全省 全国 开发区 高新区 经开区 自贸区 示范区 新区
    管委会 软件园 工业园区 中心 发展中心 全年 各园区 企业 全口径 大市 单位 公司 集团 我园 片区 产业园 项目 总
    本地 同期 各类 有关 重点
    """,
    "*",
)


_BRACKET = re.compile(r"\([^()]*\)")
_OF_ORIGIN = frozenset("前初末底时期")
COMPARED_WITH = re.compile(
    r"[,，]?(?:与|同|跟|比|较(?![大小高低多少快慢好强]))(?![^,，。]*(?:要求|目标|计划|任务|预期|预算))[^,，。]{1,10}的"
)
"""与上次调查的2553家相比, 比2022年的268家: what a figure stands for that is compared with."""
_ORIGIN = re.compile(
    r"(?<=[一-龥]{2})(?:[由从][一-龥“”]{0,9}[前初末底时期]|(?:[比较](?:去年|上年|往年|原?计划|预[计期])(?:同期)?)?提前)\Z"
)
"""土地面积由整合前的1000亩, 进出口额比去年提前8个月突破100亿元: when it was so much."""
_MARKS = ",，;；:：。()"
_MARK = re.compile(f"[{_MARKS}]")


@lru_cache(maxsize=20000)
def split_head(head: str) -> tuple[str, str]:
    """(words before the last verb such as 完成, phrase after it), both stripped of fillers."""
    plain = _BRACKET.sub("", head) if "(" in head else head
    cut = max(map(plain.rfind, _MARKS)) if _MARK.search(plain) else -1
    plain = plain[cut + 1 :] if cut >= 0 and len(plain) - cut > 2 else plain
    if plain[-1:] in _OF_ORIGIN:
        plain = _ORIGIN.sub("", plain)
    phrase = _TAIL.cut(plain)
    subject = ""
    first = _SPLIT.search(phrase)
    if first is not None:
        verbs = list(_SPLIT.finditer(phrase, first.start()))
        begin = verbs[-2].end() if len(verbs) > 1 else 0
        subject, phrase = _around_verb(phrase[begin : verbs[-1].start()], verbs[-1][0], phrase[verbs[-1].end() :])
    phrase = _shortened(_strip_lead_but(phrase))
    if "”" in phrase and phrase.find("“") not in range(phrase.index("”")):
        phrase = "“" + phrase
    return strip_lead(_TAIL.cut(subject)) if subject else "", phrase


_SO_FAR = frozenset({"实际", "累计", "当年", "当月"})
"""实际到位: no name of who got it."""


def _around_verb(before: str, verb: str, rest: str) -> tuple[str, str]:
    """Subject and phrase around the last verb: who 完成 what; or what 完成 so much, when nothing follows."""
    if not rest:
        if "到位" in verb and (before in _SO_FAR or not may_be_name(before)):
            return "", before + verb
        return (before, "") if verb in ("获得", "获", "取得", "拥有") else ("", before)
    if len(rest) <= 2 and not MEASURED.search(rest) and before:
        return "", _TAIL.cut(before) + rest
    return before, "完成" + rest if verb == "完成" and rest == "投资" else rest


_PARTICLE = re.compile(r"[的与为在对将把以向从由使让被](?=[一-龥]{2})")


def _shortened(phrase: str) -> str:
    """A phrase of more than twenty characters begins after its last particle."""
    if len(phrase) <= 20:
        return phrase
    particles = [mark.end() for mark in _PARTICLE.finditer(phrase) if mark.end() < len(phrase) - 3]
    return phrase[particles[-1] :] if particles else phrase


def _strip_lead_but(phrase: str) -> str:
    """Without its fillers, unless nothing but a verb would stay (累计开发)."""
    stripped = strip_lead(phrase)
    return stripped if len(stripped) > 2 or not phrase.startswith("累计") else phrase


@lru_cache(maxsize=20000)
def strip_lead(words: str) -> str:
    words = strip_number(words) if words[:1] in _NUMBERS else words
    lead = _LEAD.match(words) if words[:1] in _LEADS else None
    return words if lead is None else words[lead.end() :]


def strip_number(words: str) -> str:
    """Words without the number of the item that they begin."""
    found = _NUMBERED.match(words) if words[:1] in _NUMBERS else None
    return words[found.end() :] if found is not None else words


_SET_TASK = re.compile(r"(?:目标)?(?:任务|目标|计划)的?")
"""完成全年170家|任务的71.8%: no thing."""
THEY_DID = ("实现", "完成", "缴纳", "上缴")
"""纺织鞋服13户|实现产值: what stands behind is what they did."""


@lru_cache(maxsize=20000)
def counted_thing(after: str) -> str:
    """The words behind a unit, up to the first stop: 个科技类项目成功落地."""
    lead = _AFTER_LEAD.match(after)
    words = after[lead.end() :] if lead else after
    if words.startswith(THEY_DID) or _SET_TASK.fullmatch(words) is not None:
        return ""
    stop = _AFTER_STOP.search(words)
    words = words[: stop.start()] if stop else words
    return _AFTER_TAIL.sub("", words).strip(" “”")[:22]


_ITS_MEASURE = re.compile(
    r"(?<=[一-龥]{2})的?(?:(?:计划|协议|合同)?总?投资额?|投资总额|(?:总|建筑|占地|用地)面积|营业收入|营收|(?:工业)?总?产值|税收|纳税|占地"
    r"|装机(?:容量)?|产能|地区生产总值|(?:工业)?增加值|进出口(?:总[值额])?|利润(?:总额)?|固定资产投资|用电量|实际利用外资)\Z"
)


_RANKED_AMONG = re.compile(
    r"(?P<who>(?:(?!增速|增幅|位居|位列|名列)[^,，。;、\d]){2,14}?)(?:第\Z|中[^,，。;]{0,6}?(?:排名?|位居|位列|名列|居|列)[^,，。;]{0,4}\Z|的?前列)"
)


def ranked_among(after: str) -> str:
    """进出口值在15个|副省级城市中排名第|9位, 居54个|开发区前列: among which there is a rank; empty where there is none."""
    found = _RANKED_AMONG.match(after) if "列" in after or "中" in after or after.endswith("第") else None
    return found["who"] if found is not None else ""


_WHAT_THEY_DO = re.compile(
    r"(?P<who>[^,，。]{0,12}?(?:企业|项目|园区|开发区|高新区|经开区|公司|单位|机构|平台|行业|农户|商户|产业))"
    r"(?:(?:共|累计|已|均|全年|当年|年内)*(?:实现|完成|达到|创造|贡献|缴纳|上缴)|(?P<when>(?:19|20)\d\d年|今年|上年|去年))"
)
"""56户规上工业企业|实现工业总产值, 26个试点园区|2021年…; but 15家企业完成数据资产入表: that is what is counted."""


def without_measure(thing: str) -> str:
    """13个项目总投资5亿元: 项目 are counted, what is measured of them, or what they do, comes next."""
    doing = _WHAT_THEY_DO.match(thing)
    if doing is not None and (doing["when"] or MEASURED.search(thing)):
        thing = doing["who"]
    found = _ITS_MEASURE.search(thing)
    return thing[: found.start()] if found is not None else thing


def is_verb_only(phrase: str) -> bool:
    return VERB_ONLY.fullmatch(phrase) is not None


def noun_tail(phrase: str) -> str:
    """The counted noun at the end of a phrase, that an ellipsis leaves out (申报项目31个、获批19个)."""
    found = COUNTED_NOUN.search(phrase)
    return found[0] if found else ""


_NO_NAME = _words(
    r"""
    已 拟 加快 立足 推进 开展 选址 进入 开进 办理 整合 以东 以西 合作 期间 工作 可为 组建 全面 等 成效 举措
    建设(?!集团|公司) 发展(?!集团|公司|中心) 减免 引进 招商 引资 征收 新增 投资(?!集团|公司)
    开发(?!区|公司|集团) 报批 协议 盘活 服务(?!中心|业|公司) 其中 一是 二是 三是 四是 五是 因此 对接 帮助 针对
    为了 通过 实施 培育 签约 围绕 依托 目前 今年 重点(?!实验室) 同比 环比 入园 在园 入驻 发行 发放 争取 募集
    筹集 投放 安排 落实 拨付 支持 化解 压减 购置 改造 提供 促成 拆除 拆迁 腾退 在建 累计 新建 处罚 安全 清洁
    节水 申报 入选 立案
    """
)


LEADING_THING = re.compile(r"(?:土地|用地|厂房|楼宇|绿地|资金|债券|贷款)")
COMMON_WORD = _words(
    r"""
    [的了其个元年月日] 土地 面积 厂房 资产 工程 管道 道路 手续 奖励 奖补 规划 房 劳 运 产 耗 排放 处理 注册 合同
    技术 交易
    """
)


@lru_cache(maxsize=20000)
def may_be_name(words: str) -> bool:
    """Whether words without a measured thing can be the name of one of several in a list (远图数据5亿元、明川软件3亿元)."""
    return (
        2 <= len(words) <= 12
        and not _NO_NAME.search(words)
        and not COUNTED_NOUN.search(words)
        and not GENERIC.fullmatch(words)
    )


ATTRIBUTE = re.compile(
    r"(?:年度|年内|全年|当年)?(?:计划|协议|合同|项目|完成|实际)?(?:总投资额?|占地|用地|投资总?额?|投资|注册资[金本](?:总额)?|总注册资金|资金|金额|总?面积|到位资金|合同额)"
)
"""What a list of projects or enterprises has: its phrase completes theirs (项目137个，总投资4334亿元)."""
MEASURED = at_end(
    r"""
    收入 产值 投资 资金 需求 税收 税 税金 税费 内资 外资 总额 增加值 利润 面积 销售额 营收 产量 进出口 出口 进口 补助
    投入 经费 估值 融资 贷款 余额 规模 总投 固投 社零 GDP 总值 用电 能耗 吞吐量 用量 金额 额 值 量 费 款
    (?<!基)金 率 比重 占比 强度 劳动生产率 用地 占地 土地 绿地 道路 管网 亩 损失 收益 支出 预算 总价 均价 价款 成交价 存款 成本 价格 租金 回归 增速
    指数 得分 消费 零售 薪酬 工资 单价 质量 面 起数
    """
)
ASPECT = _words(
    r"""
    (?:最高|最低|总量|总数|增速|增幅|规模|完成率|占比|净增数|总体|均值|总额|比重|人均|降幅|数量|完成量)(?:和|、|与)?
    该占比 其 该 名义 按?(?:自然口径|可比口径|同口径|现价|不变价|可比价)
    (?:扣除|剔除)[^,，]{0,8}(?:因素|影响)?(?:后|外)?
    """,
    "+",
)
"""An aspect of what was named before (总量占全市…): the phrase before stays in force."""
ASPECTS = frozenset("最不人其净剔占可同名均增完总扣按数比现自规该降")
"""What it begins with."""
PRONOUN = re.compile(
    r"(?:[一二两三四]个季度|该|其|这|这一|二者|两者|三者|前者|后者|[一二两三四五六七八九十]{1,2}[处家个项户]?|各项|四项指标|这些|同期|比重)"
)
LEVEL_WORD = re.compile(r"国家级|省级|市级|区级|县级|区县级")
KIND_OF = re.compile(r"[^,，]{0,10}(?:产业|业|企业|项目|单位|主体|机构|平台|板块|经济|贸易|领域|集群|产业链)\Z")
"""Who 实现 a measured thing without being a name: part of what is measured (主导产业实现产值: 主导产业产值)."""
SECTOR = re.compile(
    r".{0,8}(?:业|产业|工业|批零|商贸|出口|进口|制造|房地产等?|部分|[一二三]产|电子信息|生物医药|新材料|新能源|化工|纺织|汽车|食品|软件)"
)


PLACE = re.compile(
    r"(?P<place>(?:[一-龥]{2,7}?)(?:高新区|经开区|开发区|集聚区|集中区|软件园|产业园|物流园|综保区|自贸区|示范区|科技园|园区|片区|小镇|新城))(?:的|内)?(?P<rest>[一-龥“][^,，]+)"
)
"""A place in front of what is measured there (泰安高新区财政总收入)."""
PLACES = frozenset("园区城镇")
"""One of these is in all that the two patterns of places find."""
DOING = re.compile(r"出让|引进|新增|签约|开工|投产|征收|入驻|盘活|腾退")
GENERIC_PLACE = re.compile(
    r"(?:[*×○某]*园区|全园|全区|我区|我园|本区|开发区|高新区|经开区|软件园|综保区|保税区|自贸区|示范区|集聚区|集中区)(?:的|内)?(?=[一-龥“]{2})(?!企业|规划|总|入驻|面积|内|干部)"
)
CHANGING = _words(
    r"""
    重回 迈上 逐[季月年步] 加快 放缓 较快 由[负降正亏] 逆势 稳步 快速 持续 保持 再创 再上 大幅 双双 企稳 平稳
    稳中 止跌 回升 回落 增长 下降 扭亏 实现 呈 首次
    """
)


_CORE = re.compile(
    r"(?:增加值|总?产值|(?:营业|业务|销售|技工贸总|总)?收入|营收|销售额|税收|税金|利润(?:总额)?|进出口(?:总[值额])?|[出进]口额?"
    r"|固定资产投资|投资|用电量|[产销]量|总?面积|吞吐量|能耗)\Z"
)


def core(measure: str) -> str:
    """What is measured, without of whom: 产值 of 海洋工程装备产值; the whole where no such word ends it."""
    found = _CORE.search(measure)
    return found[0] if found is not None else measure


_LIST = re.compile(r"、|和|与|及|以及")
_IN_ALL = re.compile(
    r"(?<=[一-龥]{2})[一二三四五六七八九十两\d]大[一-龥]{0,4}(?:产业|行业|领域|板块|集群)(?=[一-龥]{2})"
)
"""汽车、电子、装备制造三大支柱产业产值: 三大支柱产业 are all of them."""
_DEALT_IN = re.compile(r"(?<=[一-龥]{2})(?:分别|依次)(?:完成|实现)?(?=[一-龥]{2,8}\Z)")
"""对日本、欧盟、韩国分别进出口: of each of them."""
_DEALT_TO = re.compile(r"(?:[一二两三四五六七八九]地)?(?:分别|依次)\Z")
_COMMON = re.compile(
    r"(?:(?:产业|行业|企业)?(?:占比|比重)|产值|增加值|面积|收入|投资|增速|企业|产业|人数|数量|总额|销售额|税收|营收|利润|产量|销量|进出口|出口|进口|用电量|完成额|额|值)\Z"
)


def listed(phrase: str, count: int) -> tuple[str, ...]:
    """工业、服务业、建筑业产值 as three phrases, when there are as many as figures; each gets the last one's common noun."""
    phrase = _IN_ALL.sub("", _DEALT_IN.sub("", phrase, count=1), count=1)
    items = [strip_lead(item) for item in _LIST.split(_DEALT_TO.sub("", phrase)) if item]
    if len(items) != count or count < 2 or any(not item for item in items):
        return ()
    common = _COMMON.search(items[-1])
    if common is None or len(common[0]) == len(items[-1]):
        return tuple(items)
    return tuple(item if MEASURED.search(item) or item.endswith(common[0]) else item + common[0] for item in items)
