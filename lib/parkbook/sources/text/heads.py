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

from parkbook.sources.text import attach
from parkbook.sources.text.names import (
    BUSINESS_WORDS,
    DIRECTION,
    KINDS_OF_BUSINESS,
    PRECEDED,
    THING_WORDS,
    THINGS,
    WHOLE,
    Follows,
    could_be,
    is_name,
    named,
)
from parkbook.sources.text.vocabulary import common_words, unspelled
from parkbook.sources.text.wordlists import alternatives, at_end


@dataclass(frozen=True, slots=True)
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
    r"(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[\s、，,;；:：。”》)(●■◆•·#①-⑳★▲▶○□➢✓-]|以及|和(?!利时)|与|及|并(?!购)|同时|另外|此外|还有|此前|(?:其|集团|公司)?(?:旗下|下属|所属|(?:全资|控股|参股)?子公司)|特别是|尤其是|例如|比如|再如"
    r"|[一二三四五六七八九十]{1,3}[、是]|第[一二三四五六七八九十]+部分|\d{1,2}[.、]|年内)+"
)
OPENS = re.compile(
    r"(?:其中|之中|这中间|包括|包含|内含|含(?![量税氧硫])|涵盖|分别为|分别是|依次为|主要为|主要是由|主要是|主要有|主要由|主要包括|分布在|分布为|构成为|(?:主要|重点|分别|全部)?(?:用于|投向|来自|来源于|分布于|集中在|流向)(?!园区|全区)|具体为|具体是"
    r"|分(?:行业|产业|区域|领域|类型|类别|片区|园区|门类|来源|级别|性质|用途|区县|国别|季度)(?:来?看|统计)?(?:[,，:：]|\Z)|(?:按|从)[^,，。:：;；]{1,8}(?:分类?|来?看|划分|统计)(?:[,，:：]|\Z))[:：,，、]?(?:由|"
    r"有|包括)?"
)
_INTRODUCED = re.compile(
    r".{0,16}?(?:企业|项目|单位|机构|平台|税源|大户|载体|片区|地块|街道|园区)(?:主要)?(?:有|是|为|包括|依次为|分别为|分别是)(?=[^,，。]{2})"
)
_FOR = re.compile(
    r"由[^,，。]{2,16}的|(?:园区|我区|全区|累计|共|先后|已)*(?:为|向|给|帮助|协助|推动|支持|促成|依托|通过|借助)(?=[^,，。]{3})|(?:[^,，。]{0,4}度)?考核中[,，]?"
)
"""Who did it, or for whom: the name behind it is what the figure is of (为恒睿光电协调贷款)."""
_DOING = re.compile(
    alternatives(
        r"""
        完成(?!率|量|度) 实现(?!率) 达成 获得 获批 获评 获奖 获补 获(?!批|得|评|奖|补) 取得 荣获 新增(?!长) 净增 缴税 缴纳 纳税 上缴 贡献
        投资(?!集团|公司|基金|管理|控股|有限|平台|发展|促进|服务|银行|类|额的) 总投资 计划总投资 计划投资 协议投资 概算 占地 用地(?!项目)
        规划(?=用地|建筑|面积|总|占|建设) 建筑面积
        入住 入驻 吸引 集聚 在孵 承担 承接 承办 服务(?!中心|公司|集团|平台|站|业|有限|类|园|大厅|出口|外包|贸易|协会|商|机构|网|局|器) 资助
        发放 支持 惠及 带动 拥有 持有 现有 已有 共有 在册 年内 全年 当年 今年 本年 目前
        累计 共(?=[一-龥]) 计划(?=总?投资|年|新|完成|建设|占|用|引|总|招) 预计 到账 到位 到资 增资 出资 出动 拆迁 征收 征地 引入 引进 引育
        招引 招募 引荐 培育(?!中心|基地|平台|库|园|计划|工程)
        孵化(?!器|园|基地|中心|平台|型) 建成 建设(?!集团|公司|投资|银行|工程|项目|有限|指挥部|类|发展|局|基金|中心|计划|开发|用地) 开工 竣工
        投产 签约(?!项目|类) 成交 中标 募集 融资(?!担保|租赁|类|平台|中心) 贷款(?!公司|类)
        投出 投放 投入 接待 举办 申报 入选 申请 授权 招收 招聘 招录 培训(?!中心|学校|学院|基地|类|计划) 缴存 吸纳 提供 解决
        安置(?!房|点|小区|区) 供地 摘得 竞得 拿地 出让 回购 清退 腾退 盘活 去化 出租 租赁(?=面积|率) 销售(?!公司|中心|有限)
        产出 产值 营收 营业收入 主营业务收入 销售收入 税收(?!协) 利润 研发(?=投入|费用|经费|人员|支出) 年产 年处理 日处理 处理能力 供应 排查
        检查(?!站) 整改 受理 办结 调解 化解 办理
        支出 兑现 拨付 使用(?=资金|率|面积) 总规模 规模(?=[达为]) 注册资本 从业 就业(?!中心|服务) 用工 吞吐量 用电 用水 开展 组织(?=[^部])
        新建 改造(?!工程|项目|提升工程|类|基金) 修复(?!项目|工程) 铺设 敷设 绿化(?!工程|项目|公司) 兑付 遴选 牵头 试飞 开行 配租
        已(?=[一-龥]) 通车 贯通 封顶 发电 装机
        评为 认定为 认缴 实缴 认购 管理(?=基金|资产|规模|资金) 相继 首发 估值 市值 分红 回升 实施(?!方案) 走访 签订 转化 上线 上架 交付 交易
        订单 发行 授信 放款 担保 核发 批复 受益 覆盖 转移 开通 开行 运营(?=里程|收入|总|面积|线) 运行 满意 成立 设立 组建 安排 推荐 报名
        参展 观展 参会 主导 参与
        消化 压减 节约 节水 节电 减排 减少 处置 收集 清运 回收 利用(?=率|外资|率) 空置 闲置 招商面积 租金 在园 在建 在职 在岗 在校 毕业 招生
        处理 收案 结案 立案 审结 受案 接警 出警 出具 运送 运输 转运 监管 征收 交付 配送 生产(?!线|基地|车间|总值|中心|设备|服务|厂) 加工(?!厂|园|区|业|中心|基地|车间|项目|集聚)
        诊疗 门诊量? 保障(?!房|性|中心|基地|局) 起降 执飞 开航 开班 授课 演出 展出 售出 采购(?!中心|平台) 供货 出栏 存栏 种植(?!园|基地|业) 养殖(?!场|园|基地|业|区) 供水(?!厂|公司|工程|管网|项目)
        供气(?!站) 供热(?!公司|中心|站|管网) 供汽 供电(?!所|公司|局|工程|站) 供暖 排水(?!公司|工程|管网|泵站|系统) 抽排 发车 发送 到发 掘进 浇筑 架设 安装(?!公司|工程) 拆除 抢修 收购 收纳
        收取 征集 孵育 培养 选派 输送 输出 输入 采集 检测(?!中心|站|公司|基地|平台|认证|院|所|技术|集团) 检验(?!中心|站|公司|所|院|检测) 检定 鉴定 认证(?!中心|公司) 查验 验放 通关 报关(?!公司|行) 揽收 投递 分拣
        发售 预售 售票 预订 承保 投保 理赔 代偿 管护 巡护 播种 收割 捕捞 造林 制造(?!基地|业|中心|项目|集团|公司|园) 量产 下线 出厂 装配 组装 试产 复产 停产 搬迁 迁入 落户 落地 落成
        疏散 救助(?!站) 调处 救治 接种 体检(?!中心) 住院 出院 手术 随访 借阅 到馆 放映 观影 播出 注册(?=企业|用户|会员|资本|商户) 下载 上牌 挂牌 揭牌 摘牌 摘得 斩获 夺得 捧回 跻身 位列
        参保 登记(?!中心) 备案(?!系统) 审批(?!局|大厅|中心) 核准 招引(?!中心) 对接(?!会|中心|平台) 推介(?!会) 路演 促成 撮合 撬动 退出 返投 募资 备付 代办 帮办 承载 容纳 可容纳 设有 设置 设计 配备 配建
        配套(?!区|园|厂|用房|工程|设施|项目) 汇聚 汇集 云集 落子 驻有 辖 下辖 管辖 常住 户籍 登记企业 现有 尚有 还有
        开设 录取 就诊 接诊 收治 服务(?=企业|群众|居民|客户|人|项目|对象)
        新(?=发展|栽|种|改造|铺|添|购|聘|评|晋|成立|组建|立项|获批|上线|培育|引进|认定|签约|入驻|开工|投产|注册|设立|获|招|落户|入库|孵化|备案|发放|发行|签) 在研 开行 接诊 收费 收储 放款
        """
    )
)
_BEGINS = re.compile(
    r"完成|实现|达成|获(?!批率)|取得|新[增建设签开竣引]|净增|累计|引[进入育]|签[约订](?!项目)|开工|竣工|投产|建成|受理|办[结理]|发放|"
    r"兑现|拨付|支持|惠及|带动|吸[纳引]|举办|组织|开展|培训|检查|排查|发现|整改(?!率)|入驻(?!率|企业)"
    r"|拥有|共|现有|安排|争取|盘活|出让|征收|拆迁|促成|服务(?!业|类|型)|接待|转化|孵化(?!器)|减免|投入|募集|处置|聚集|集聚|走访|解决|提供|"
    r"核发|取缔|查[处封]|化解|调解"
)
"""Verbs that begin a statement about the whole."""
_FIRMS_DO = re.compile(
    r"完成|实现|达成|获|取得|荣获|缴|纳税|上缴|贡献|投资|总投资|计划总?投资|到[账位资]|增资|出资|税收|产值|营收|营业收入|销售收入|主营|"
    r"利润|研发|年产|摘得|竞得|中标|募集|融资|估值|市值|分红|上市|注册资本|用电|用工"
)
_CUE = re.compile(
    r"同比|环比|增长|下降|增加|减少|上升|回落|增至|降至|达到|达|突破|超过|超|约|为|占(?!地)|居|位居|位列|排名|贡献率|拉动|较|比(?=上年|去年|年初)|"
    r"则|也|仅|分别|各|均|由|从|预计|有望|力争|计划|已|还|近|逾|不足"
)
_PLACE_FRONT = re.compile(
    r"[^,，。、]{2,8}?(?:高新区|经开区|开发区|软件园|产业园|物流园区|工业园区|保税区|综保区|示范区|集聚区|集中区)"
    r"(?=[^,，。])(?!项目|工程|管委会|公司|集团|管理|发展|[一二三四]期|基金|平台|学校|学院|[东西南北A-Z]|招商局|公共|中心|企业服务|内)"
)
_COUNTED = re.compile(r"(?:项目|工程|平台|中心|基地|公司|集团|机构|实验室|研究院|园区|企业|地块)\Z")
_EACH = re.compile(r"分别|依次|各(?=[获完实缴])")
_AFTER_LIST = re.compile("等|双双|均|都(?!市)|[两二三四五六七八九十](?:家|大|个)|集中|同时|同步|相继|陆续|成功|顺利|共同|合计|累计")
_JOINTS = re.compile("以及|和|与|及")
_COUNTED_ONLY = frozenset({"项目", "工程", "公司", "机构", "企业", "地块"})
_UNTRAILED = at_end(r"达到 达 约 共计 共 (?<!行)为 是 超过 超 近 逾 累计 合计 总计 已 均 : ： “ \s 突破 至 到", "+")
_ENDS = re.compile(
    "(?=("
    + alternatives(
        " ".join(
            sorted(
                {
                    *BUSINESS_WORDS.split(),
                    *(re.sub(r"\(\?<!.*?\)", "", word) for word in THING_WORDS.split()),
                    *"局 海关 大队 法院 总工会 团区委 团市委 团县委 妇联 残联 工商联 科协 国资委".split(),
                },
                key=len,
                reverse=True,
            )
        )
    )
    + "(?:[一二三四]期)?))"
)
"""At every place, the longest ending that begins there."""
_SUFFIXES_OF_FIRMS = frozenset(
    """
    科技 股份 集团 公司 实业 控股 技术 智能 电子 信息 工业 材料 新材料 新材 装备 设备 机械 智造 制造 能源 新能源 生物 医药 国际 投资 网络 软件 数据
    智能装备 股份公司 重工 重科 动力 电气 环保 医疗 器械 光电 物流 供应链 贸易 商贸 文化 传媒 建设 建筑 工程 食品 化工 化学 精密
    """.split()
)
"""What may stand behind another line of business (恒睿汽车电子, 恒睿铝业科技)."""
_QUANTITY = re.compile(r"(?:量|率|数|额|值|面积|收入)\Z")
_MAYBE = re.compile(
    r"基金|计划|贷|专项|资金|券|公寓|空间|工程|行动|大赛|平台|片区|组团|[园区岛谷镇城厦街局廊站]|综合体|驿站|海关|大队|法院|工会|委|妇联|残联|商联|科协|文联|(?:服务|调解|举报|指挥|受理|交易)中心|仲裁院|[检监][测验督]所|[A-Za-z*×○某“\"《]"
)
"""What a name can be made of that common words spell."""
_OFFICE_WORDS = frozenset({"局", "海关", "大队", "法院", "总工会", "团区委", "团市委", "团县委", "妇联", "残联", "工商联", "科协", "国资委"})
_OFFICE_IN = re.compile(r"局|海关|大队|法院|工会|[区市县省]委|妇联|残联|工商联|科协")
_BETWEEN = re.compile(r"年度|本年|当年|累计|总(?!部)|新|平均|人均|亩均|的")
_GLUED = re.compile(
    r"等|、|和|与|及|业(?!务)|类|型|产业|行业|企业|产品|生产|用品|设备|领域|人才|人员|专业|技术|服务业|零售|制造"
)
_PART_OF = re.compile(r"[A-Z\d]{1,3}(?:栋|座|区|号楼|幢|楼)")
_OF_WORDS = frozenset("量额率值数度者性型")
"""Signs that make one word with what stands before them: no name ends there."""
_STRONG = at_end("项目 工程 基金 公司 集团 医院 学校 研究院 实验室 孵化器 产业园 科技园 软件园 大厦 基地 银行 交易所 法院 海关 商圈")
"""A name ends there even where the next words are none that we know."""
_QUOTED = re.compile(r"(?P<kind>[一-龥]{0,10})[“\"](?P<name>[^“”\"]{2,14})[”\"]")
_KIND_OF_QUOTED = re.compile(
    r"(?:孵化器|加速器|众创空间|园区?|中心|基地|基金|计划|品牌|项目|企业|公司|平台|实验室|小镇|公寓|街区|工程|行动)\Z"
)
_MEASURES = re.compile(
    alternatives(
        r"""
        研发投入 研发经费 研发费用 入驻率 入住率 出租率 空置率 合格率 满意度 总投资 完成投资 投资额 投资 营业收入 营收 产值 总产值 增加值
        利润 利润总额 净利润 税收 税收贡献 税额 入库税收 缴税 纳税 销售额 销售收入 交易额 成交额 成交价 成交价款
        进出口 进出口额 出口 出口额 进口 用电量 用水量 能耗 产量 销量 面积 建筑面积 占地面积 总建筑面积 用地面积 可租面积 就业人数 从业人员
        从业人数 员工 职工 在校生 床位 注册资本 到位资金 实到资金 贷款余额 授信额度 总规模 管理规模 基金规模 规模 资产 总资产
        吞吐量 货运量 客流量 日均客流 发电量 装机容量 产能 年产能 亩均税收 亩均产值 客商 企业 团队 专利 发明专利 授权专利 有效专利 合同额
        订单 订单额 回款 容积率 绿地率 工位 车位 房源 总户数 户数 得分 泊位 里程 全长 长度 投资强度 余额 销售 份额 市值 估值 满意率 投资完成率 项目开工率 达产率 就业率 病床使用率 租金
        """
    )
    + r"\Z"
)


@lru_cache(maxsize=20000)
def split(words: str, period_at: int, listed: bool, unit: str = "") -> Heard:
    """What words before a figure begin with; `period_at`: where a period was taken out of them, or 0; `unit`: money, count or none."""
    body, opens, begun = _begun(words)
    period_at -= begun
    listed = listed or opens or words.startswith("、")
    dealt = _dealt(body)
    if dealt is not None:
        return dealt
    found = _candidate(body, period_at, listed, unit)
    if found is not None and unit in ("count", "pieces") and not found[1] and _is_counted(found[0], unit, listed):
        end = _typed_end(body, listed)
        found = (body[:end], body[end:], True) if end and THINGS.search(body[:end]) is not None else None
    if found is None:
        found = _introduced(body, period_at, unit)
    if found is not None:
        name, rest, doing = found
        return Heard(name, rest, opens, False, (), doing)
    return Heard("", words, opens, not opens and WHOLE.match(body) is not None, (), _BEGINS.match(body) is not None)


def _is_counted(name: str, unit: str, listed: bool) -> bool:
    """回迁项目9个 counts, 西江园区9家 can be one of a list."""
    counted = _COUNTED.search(name)
    return counted is not None and (not listed or (unit == "pieces" and counted[0] in _COUNTED_ONLY))


@lru_cache(maxsize=20000)
def whose(words: str) -> str:
    """The name that words are, with or without its kind before it (龙头企业恒睿光电); empty when they are none."""
    body = _begun(words)[0]
    name = named(body, Follows.HEADING)
    return name or named(body[_apposed(body) :], Follows.HEADING)


_BEHIND = re.compile(r"(?:[一-龥]{0,4}(?:建设|打造|兴建|新建|建成|改造|设立|组建|成立|实施))?的(?P<name>[^,，。;；:：、()《》的]{3,26})")


@lru_cache(maxsize=20000)
def behind(after: str) -> str:
    """总投资5亿元|的恒睿光电项目开工: the name that stands behind a figure; empty when none does."""
    found = _BEHIND.match(after)
    if found is None:
        return ""
    words = found["name"]
    for end in _HAPPENED.finditer(words, 3):
        if name := named(words[: end.start()], Follows.HEADING):
            return name
    return named(words, Follows.HEADING)


_HAPPENED = re.compile(
    r"于|在|已|正式|成功|顺利|全面|今年|去年|年内|即将|正在|相继|落户|签约|开工|竣工|投产|投用|启动|落地|开建|通过|获批|入驻|完成|主体|进展|加快|进入|建成|建设|也|等|开业|开园|开街|开馆|开市|奠基|揭牌|封顶|通车|亮相|试|预计|计划"
)


def _apposed(body: str) -> int:
    """Where the name begins behind 园区国有平台公司; 0 when no kind of thing stands in front of one."""
    if "(" in body:
        return 0
    for kind in _KIND_OF_FIRM.finditer(body, 0, 20):
        if unspelled(_RANKED.sub("", body[: kind.end()]))[0]:
            return 0
        if unspelled(body[kind.end() : kind.end() + 6])[1] >= 2:
            return kind.end()
    return 0


_RANKED = re.compile(r"前[一二三四五六七八九十\d]{1,2}[名位家大强]")
_KIND_OF_FIRM = re.compile(
    r"企业|公司|单位|机构|平台|院校|高校|医院|载体|龙头|项目|集团|冠军|小巨人[”\"]?|主体|载体|代表|为主的"
)


def _in_region(body: str) -> int:
    """Where words begin behind 我区 and 园区 that common words cannot spell."""
    whole = WHOLE.match(body)
    return whole.end() if whole is not None and unspelled(body[whole.end() : whole.end() + 6])[1] >= 2 else 0


def _said_of(body: str) -> int:
    """Where the name begins behind 同期开工的 and 我园引进的; 0 where none does."""
    end = body.find("的", 2, 16) + 1
    return end if end and not unspelled(body[: end - 1])[0] and unspelled(body[end : end + 8])[0] >= 2 else 0


def _introduced(body: str, period_at: int, unit: str) -> tuple[str, str, bool] | None:
    """重点企业如恒睿光电…, 为恒睿光电协调…: the name behind an introduction."""
    behind = _FOR.match(body)
    if behind is not None and (found := _candidate(body[behind.end() :], max(period_at - behind.end(), 0), True, unit)):
        return found if found[1] else None
    introduced = _INTRODUCED.match(body) or PRECEDED.match(body)
    if introduced is None or introduced.end() >= len(body):
        if unspelled(body)[0] < 2:
            return None
        begin = _apposed(body) or _said_of(body) or _in_region(body)
        found = _candidate(body[begin:], 0, True, unit) if begin else None
        return found if found is not None and found[1] else None
    return _candidate(body[introduced.end() :], 0, True, unit)


@lru_cache(maxsize=20000)
def _begun(words: str) -> tuple[str, bool, int]:
    """The words without separators and 其中, whether there was 其中, and how many characters are gone."""
    position, opens = 0, False
    while True:
        lead = _LEAD.match(words, position)
        if lead is not None and lead.end() > position:
            position = lead.end()
        opened = OPENS.match(words, position)
        if opened is None:
            return words[position:], opens, position
        position, opens = opened.end(), True


def opens(words: str) -> bool:
    """Whether words begin with 其中 and deal nothing out to names."""
    body, opened, _ = _begun(words)
    return opened and _dealt(body) is None


def unnumbered(words: str) -> str:
    """A heading without its number and bullet."""
    return _begun(words)[0].strip(" ：:")


def acts(words: str) -> bool:
    """Whether a verb of doing is among the words."""
    return _DOING.search(words) is not None


@lru_cache(maxsize=20000)
def unled(words: str) -> str:
    """Words before a figure without separators before them and 达, 约, 共 behind them."""
    return _UNTRAILED.cut(_begun(words)[0])


@lru_cache(maxsize=20000)
def alike(words: str, subject: str) -> Heard | None:
    """青禾计划入选5人；首席技师计划入选9人: common words name a thing where one of its kind was named before."""
    body = _begun(words)[0]
    kind = THINGS.search(subject)
    if kind is None or len(kind[0]) < 2:
        return None
    end = body.find(kind[0], 2)
    if end < 0 or end > 10:
        return None
    rest = body[end + len(kind[0]) :]
    if _DOING.match(rest) is None and not _is_measure(unled(rest)):
        return None
    end += len(kind[0])
    return Heard(body[:end], body[end:], doing=True)


@lru_cache(maxsize=20000)
def parallel(words: str, said: str) -> Heard | None:
    """甲公司纳税5亿元；万家乐纳税3亿元: what no word list knows is a name where the same is said of it as of the name before."""
    body = _begun(words)[0]
    end = body.find(said[:2], 2) if len(said) > 1 else -1
    if not 2 <= end <= 14 or unspelled(body[:end])[1] < 2 or not could_be(body[:end]):
        return None
    return Heard(body[:end], body[end:], doing=True)


@lru_cache(maxsize=20000)
def strange(words: str) -> bool:
    """Whether words begin with what is no common word: a name that was not understood."""
    body = _begun(words)[0]
    return unspelled(body)[1] >= 4 and could_be(body) and _QUANTITY.search(unled(body)) is None


@lru_cache(maxsize=20000)
def listing(words: str) -> tuple[str, ...]:
    """甲、乙、丙等 and 甲、乙获评先进: the names in a row that words begin with."""
    if "、" not in words:
        return ()
    body = _begun(words)[0]
    if "、" not in body:
        return ()
    items = _items(body)
    items[0] = items[0][max(items[0].rfind("有"), items[0].rfind("为")) + 1 :]
    last = _AFTER_LIST.split(items[-1], maxsplit=1)[0]
    verb = next(
        (found.start() for found in _DOING.finditer(last, 2) if is_name(last[: found.start()], Follows.DOING, True)),
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
    mark = _EACH.search(body)
    if mark is None or mark.start() < 4:
        return None
    front = body[: mark.start()]
    *first, last = _items(front)
    measured = _measure_at_end(front) if front[-1:] not in "、，," and THINGS.search(last) is None else ""
    last = last.removesuffix(measured).removesuffix("的")
    if not is_name(_begun(last)[0], Follows.DOING, True) and (parted := _candidate(last + measured, 0, True, "")):
        last, measured, _ = parted
    alike = len(first[-1]) if first else 0
    if not is_name(last, Follows.DOING, True) and alike < len(last) and not unspelled(last[alike:])[0]:
        last, measured = last[:alike], last[alike:] + measured
    names = [_unquoted(_begun(name)[0]) for name in (*first, last)]
    if len(names) < 2 or DIRECTION.fullmatch(names[0]) or not all(is_name(name, Follows.DOING, True) for name in names):
        return None
    return Heard(names[0], measured + body[mark.start() :], False, False, tuple(names), True)


def _unquoted(name: str) -> str:
    """“科创贷” as 科创贷; “双百”工程 stays."""
    return name[1:-1] if name.startswith("“") and name.find("”") == len(name) - 1 else name


def _candidate(body: str, period_at: int, listed: bool, unit: str) -> tuple[str, str, bool] | None:
    """(name, rest, whether a verb of doing follows) of the shortest name that the words begin with."""
    if len(body) < 2 or (_MAYBE.search(body) is None and unspelled(body)[0] < 2 and unspelled(body[:2])[0] < 2):
        return None
    if period_at >= 2 and (name := named(body[:period_at], Follows.PERIOD, listed)):
        return name, body[period_at:], True
    quoted = _quoted(body)
    if quoted:
        return quoted
    whole = body.rstrip(" :：“《")
    value = Follows.MONEY if unit == "money" else Follows.VALUE
    plain = _DOING.search(whole, 2) is None
    if plain and (THINGS.search(whole) or KINDS_OF_BUSINESS.search(whole)) and (name := named(whole, value, listed)):
        return name, "", False
    typed = _typed_end(body, listed)
    if typed:
        return (
            body[:typed].removeprefix("“") if "”" not in body[:typed] else body[:typed],
            body[typed:],
            _DOING.match(body, typed) is not None,
        )
    place = _PLACE_FRONT.match(body)
    if place is not None and is_name(place[0], Follows.MEASURE) and unspelled(unled(body[place.end() :]))[0] <= 1:
        return place[0], body[place.end() :], True
    for verb in _DOING.finditer(body, 2):
        follows = Follows.DOING if _FIRMS_DO.match(verb[0]) else Follows.ACT
        if name := named(body[: verb.start()], follows, listed):
            return name, body[verb.start() :], True
    for cue in _CUE.finditer(body, 2):
        if name := named(body[: cue.start()], Follows.CUE, listed):
            return name, body[cue.start() :], False
    ending = _measure_at_end(body)
    if ending and (name := named(body[: -len(ending)], Follows.MEASURE, listed)):
        return name, ending, True
    name = named(whole, value, listed)
    return (name, "", False) if name else None


def _quoted(body: str) -> tuple[str, str, bool] | None:
    """“青禾行动”引进 …, 孵化器“创想谷”在孵 …: the name between quotation marks, where its kind is said."""
    found = _QUOTED.match(body)
    if found is None or not found.end() < len(body):
        return None
    kind = found["kind"]
    named_kind = _KIND_OF_QUOTED.search(kind) is not None and unspelled(kind)[0] == 0
    doing = _DOING.match(body, found.end()) is not None
    if named_kind or (not kind and doing and THINGS.search(found["name"])):
        return found["name"], body[found.end() :], doing
    return None


def _typed_end(body: str, listed: bool) -> int:
    """Where a name ends whose ending says what it is, with more words behind it (西江智谷园区|新入驻企业); 0 when there is none."""
    if unspelled(body[:16])[0] < 2 and unspelled(body[:2])[0] < 2 and _OFFICE_IN.search(body, 2, 12) is None:
        return 0
    best = maybe = 0
    known = common_words()
    for ending in _ENDS.finditer(body):
        end = ending.end(1)
        if body[end : end + 1] in _OF_WORDS:
            continue
        if end >= len(body) or (best and _BETWEEN.search(body, best, ending.start())):
            break
        if end <= best or (best and not _extends(body, best, ending)):
            continue
        if body[end - 1 : end + 1] in known or body[end - 1 : end + 2] in known:
            continue
        if best and len(ending[1]) == 1 and body[end - 3 : end] in known:
            continue
        doing = _does(body, end)
        joined = bool(best) and ending.start() == best and len(ending[1]) > 1 and THINGS.search(body[:end]) is not None
        if not (doing or joined) and unspelled(body[end : end + 6])[1] and _QUANTITY.search(unled(body[end:])) is None:
            strong = len(ending[1]) > 1 and THINGS.search(body[:end]) is not None
            if not maybe and (strong or _STRONG.search(body[:end])) and named(body[:end], Follows.CUE, listed) == body[:end]:
                maybe = end
            continue
        if named(body[:end], Follows.ACT if doing else Follows.CUE, listed) == body[:end]:
            best = end
            if doing:
                break
    best = best or maybe
    if best and "、" in body[best:] and _DOING.match(body, best) is None:
        return 0
    if best and (part := _PART_OF.match(body, best)) is not None:
        return part.end()
    return 0 if best and _GLUED.match(body, best) else best


def _extends(body: str, best: int, ending: re.Match[str]) -> bool:
    """Whether a name goes on to another ending: to a thing (恒睿光电|屋顶项目), or right to what firms are called (铝业|科技)."""
    if ending[1] in _OFFICE_WORDS or THINGS.search(body[: ending.end(1)]) is not None:
        return True
    if ending.start() > best:
        return False
    return ending[1] in _SUFFIXES_OF_FIRMS or KINDS_OF_BUSINESS.search(body[:best]) is None


def _does(body: str, end: int) -> bool:
    """Whether a verb of doing stands at a place, and no thing that is called after one (招聘会, 建设工程)."""
    if _DOING.match(body, end) is None:
        return False
    named_so = _ENDS.match(body, end)
    return named_so is None or len(named_so[1]) < 3


def _is_measure(words: str) -> bool:
    return 2 <= len(words) <= 8 and (_QUANTITY.search(words) is not None or _measure_at_end(words) == words)


def _measure_at_end(body: str) -> str:
    known = attach.name_at_end(body)
    found = _MEASURES.search(body)
    return max(known, found[0] if found else "", key=len)
