"""Whether words are a name: of an enterprise, a project, a plot, a programme.

恒睿光电     yes: 恒睿 is no common word, 光电 a line of business
A3地块      yes: a thing with a number of its own
先进制造类   no: a kind of thing

A name is what the common words (`vocabulary`) cannot spell and whose ending says what it is: a line of business (光电, 重工), a
thing with a name of its own (项目, 地块, 公寓), a programme (引导基金, 扶持计划). How much is asked of it depends on what follows.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from parkbook.sources.text import verbs
from parkbook.sources.text.kinds import BUSINESSES, KINDS_OF_BUSINESS, THINGS
from parkbook.sources.text.vocabulary import common_words, unspelled
from parkbook.sources.text.wordlists import alternatives

VERBS: Final = Path(__file__).with_name("words") / "verbs.txt"


class Follows(StrEnum):
    """What ends a candidate, from the surest to the least sure."""

    HEADING = "heading"
    PERIOD = "period"
    DOING = "doing"
    ACT = "act"
    MEASURE = "measure"
    CUE = "cue"
    MONEY = "money"
    VALUE = "value"


_SURE = frozenset({Follows.HEADING, Follows.PERIOD, Follows.DOING, Follows.ACT, Follows.MEASURE})
_FIRMS = frozenset({Follows.HEADING, Follows.PERIOD, Follows.DOING, Follows.MEASURE})
"""Where a brand and two more characters are enough (禾川伺服产值)."""
_BY_ENDING = frozenset({Follows.ACT, Follows.CUE, Follows.VALUE})
"""Where nothing but the ending of words shows that they are a name."""


PRECEDED = re.compile(
    r"(?:重点|龙头|骨干|代表性?|头部|上市|本土|链主|规上|标志性|在建|续建|新建|典型)*(?:企业|公司|项目|工程|如|有)(?=[^,，。\d]{3})"
)
WHOLE = re.compile(
    r"(?:(?:[园区]区?)?管委会|党工委|区内|园内|新区(?!人民|教育|图书|城投|建设|发展|投资|管理|[一二三第东西南北区])|我[局委办院校所部处]|本[局委办院校所部处]|本公司|本集团|园区|全园|全区|我区|我园|本区|全市|我市|全县|全省|开发区|高新区|经开区|合计|总计|共计|两项合计|三项合计|上述|以上|同期|(?:整体|总体)(?:来?看|上|[,，])|各园区|各项|全部|全[镇乡村]|产区|辖内)"
)
WHOLE_BEGINS = frozenset("三上两产以全党共区各合同园开总我整新本管经辖高")
_PROGRAMME = re.compile(r"(?:基金|计划|贷|专项资金|引导资金|行动|公寓|众创空间|工程|专项债|大赛|班列|平台)\Z")
_PLAIN_PROGRAMME = re.compile(
    r".{0,6}(?:(?:引导|(?<=..)母|(?<=..)子|创投|产业|风险|担保|扶持|天使|种子)基金|扶持计划|培育计划|科技贷|人才贷|园区贷|税易贷|引导资金|人才公寓(?:[一二三四]期)?|(?:[一-龥]{4,8})(?:资金|专项)|[一-龥]{2,6}券)\Z"
)
DIRECTION = re.compile(r"[东南西北中](?:[东南西北部])?(?:园|园区|区|片区|组团|分园|板块|厂区|城)\Z")
_CORE = re.compile(r"(?:核心|启动|起步|先导|先行|(?:[东南西北]翼)?(?:拓展|协同|辐射|延伸))区")
"""Where a park begins or ends: its own, where only its size is said."""
_NUMBERED = re.compile(
    r"[A-Za-z]{1,4}-?\d|[A-Z]{1,6}\Z|\d{1,4}号|[A-Z](?:区|座|栋|楼|地块|标段)|[“”《》]|[*×○某]|[xX]{2}|(?<=\d)-\d"
)
_MASKED = re.compile(r"(?:[*×○某]|[xX]{2,})[^,，。]{1,12}\Z")
_BAD = re.compile(
    alternatives(
        r"""
        [,，。;；:：!\?？！、\n=/] [的了着把将被让给从于至到是已] (?<![转定方导])向(?![阳荣]) [内外中前后偏较更很最由受要若继总]\Z (?<!基)因\Z
        (?<=..)受(?![益托])
        (?<=[器司区园厂目心])里\Z 女士 先生 总经理 董事长 副总 负责人 告诉 表示 记者 共建 多个 及其 之一 (?<=[组局院会])对(?![外口]) 反映 盘活 列入 负责
        [日晚时商]报(?![告表送酬销价]) “[^”]*\Z (?<=[一-龥]{2})联合(?![体会社院国大集公网])
        (?:问卷|数据|调查|统计|监测|结果|资料|报告|通报|分析|测算|评估)显示 规划\Z [仍还也又] 即(?!时) 全部 他们 拟 政府性
        (?<=..)新建(?!路|村|镇) (?<!自)由 搬[进入至] 与园区 (?<!天)使 (?<!基)因 在(?!线) [也则仅达依]\Z (?<![家民宜安])居\Z 完成 实现 推进
        开展 加快 增长 下降 新增 其中 累计 围绕 依托 落实 获得 协助 协调 拨付 召开 以来 同比 环比 今年 现有 去年 明年 全年 当年 力争 确保
        方面 情况 以上 以下 左右 分别 合计 总计 共计 人均 平均 应当 必须 需要 可以 通过 为了 以及 不断 进一步 持续 深入 积极 统筹 聚焦 坚持
        强化 成为 属于 位于 涉及 占全 占比 期间 较 超[百千万] [一二三四五六七八九十百千][件项个家] 区[和与及] 位列 名列 可为 各类 未有 没有
        对接 洽谈 占地 签约 出让 排名 居全 位居 建有 重点发展 主要发展 腾出 投产后 达产后 年产 反馈 (?<=..)占 (?<=..)距(?!离)
        (?<=..)以(?!岭) 总投资 这里 仅为 撬动 [批次]共 [出进到]站\Z (?<=[一-龥]{2})(?<!高)比(?![亚尔利克特]) —\Z [去回]程班列\Z
        (?:海外|国[内外]|国际|境外|本地|内地|全球|省[内外]|东盟|欧美|欧洲|北美|东南亚|同类)市场\Z
        (?:[区园城县市镇]|公司|企业)计划\Z ”(?:产业|企业|行业)(?!基金|园|基地|联盟|学院|大厦|集团)
        """
    )
)
VERB_FIRST = re.compile(
    r"(?:督促|争取|力争|确保|加快|抓好|盯紧)|(?:成功|积极|大力|全力)?(?:引进|引入|签约|推动|支持|协助|推进|服务|帮助|联合|新建|续建|在建|建设|建成|投资|启动|实施|开工|入驻|培育|盘活|处置|拟建|规划|打造|组建|设立|走访|拜访|接待|落户|落地|注册)"
)
_STARTS_BADLY = re.compile(
    r"[一二三四五六七八九两多][区园][一二三四五六七八九两多][区园镇]|[一二三四]期|[A-Z\d]{1,3}[级类]|世界|全球|国[内外]|片区|[园区港镇市县境街厂]内|专职|年(?=计|处理|加工)|配[租售]|距(?!离)|投后|园[内外]客户|单个|首期|要(?!塞)|高[于出]|低于|[快慢少多优差]于|超过|落后|不及|实有|其|此|后者|前者|两者|受(?!益)|较|仅|只|才|却|仍|须|应(?!急|用)|将|全行业|全系统|全社会|先后|预计|储备|落户|查[出获]|集聚|聚集|全部|新添|新(?:接|落户|筹集|筹建|引进|引育|签约|开工|设立|建成|认定|获批|培育|注册|投产|入驻|上市|招引|备案|入库|入规|纳入|晋级|评)|纳税|安商|利用|安排|拨付|争取|稳链|度专|为|由|即|他|她|主动|星级|一[道起同直并批些次]|单[家户个]|金额|届时|预期|另|连锁|高频|企业(?!服务[局中办科])|毕业生|所(?=持|属)|账面|上“|初步|建议|尽快|抓紧|如今|就地|高峰期|中反映|中有|开复工|组团参加|中央(?![路街]|商务|大街|公园|厨房|创新)|复制|推广|整顿|正式|发挥|梯度|上门|年可|连续|实行|节[前后]|甲级|坚决|分类|分[两三四]|以(?!色列|岭)|以购|与(?!众)|[东南西北](?=[临靠接依邻至距倚])|行政村|下设|随迁|追发|盯紧|单场|累计|中期票据|凭借|按|根据|按照|依据|[一二三特]等奖|我们|我[区市县园镇乡街村]|全[镇乡村]|产区|辖[内区]|征收|征地|参加|"
    r"参与|出席|建立|联合|参股|子基金|直投|早期|首贷|遴选|其研|增速|增幅|对|用(?!友)|比(?!亚)|分销|牵涉|批回|批准|供应(?!链)|"
    r"测绘|折合|总[数量额]|归集|汇聚|共享|开放(?!大学)|州里|新入|入园|亮点|国地|人均|户均|亩均|本年|带动|接入|做[大强优实]|发放|提报|"
    r"申报|入选|争取|抓[好紧实]|办理|受理|查处|投[入放出](?!资)|拉动|吸引|惠及|支付|组织(?!人才)|举办|承接|承担|筹集|募集|发行|销售|出口|进口|"
    r"获|拥有|达成|取得|总投资|占|居|列|不含|其[他它余]|直接|间接|副省级|[地县]级市|直辖市"
    r"|(?:公司|企业|项目|孵化器|学校|医院|平台|集群|园区)(?=可|已|现|共|拥|有|在|年|总|内)|资助|奖励|扶持|补助|培训|新签|签订|出动|联合执法|年内|年底|年末|期末|当前|目前|日均|月均|年均|每|各|该|这|某(?=类|种|些)|已|拟|"
    r"据|可|再|又|均|也|还|共|约|超|近|无|未|不|多(?![式维元肽晶层功])|少数?|一批|一个|多个|首[个批家]|第(?![一二三四五六七八九十]{1,2}[^季次名位批个届轮期]{0,6}[厂学院园馆站所组队])"
)
"""What begins a statement, not a name."""
_TOGETHER = re.compile(r"(?:[一-龥]{0,6}管委会|[园全我]区|开发区|高新区|经开区)(?:与|和|同|携手|联合)(?=[^,，。]{3})")
"""管委会与花田乳业签订协议: with whom the park did something."""
_GOING = re.compile(r"(?:在建|续建|拟建|新建成|已建|待建|停工)的?(?=[^,，。]{4})")
"""How far a thing has come, in front of its name."""
_GOES = frozenset("在续拟新已待停")
_VERB_WORDS = """
    援助 支援 捐助 捐赠 结对 帮困 招生 到达 发送 开设 开展 开办 开工 开通 开行 开出 举办 组织 承办 召开 完成 实现 新增 净增 引进 引入 引育 招引 招聘
    招录 招收 招募 培育 培养 培训 建设 建成 新建 扩建 改建 续建 改造 修复 修缮 铺设 敷设 架设 安置 安排 征收 拆除 拆迁 腾退 清退 盘活 收储 出让 出租
    出动 检查 排查 巡查 查处 整改 整治 治理 处置 处理 受理 办理 办结 调解 化解 答复 回复 走访 慰问 接待 接收 接到 收到 发放 兑付 兑现 拨付 下达 争取
    申请 申报 申领 推荐 推动 推进 推广 推出 促进 促成 协助 协调 帮助 帮扶 支持 扶持 资助 奖励 补助 补贴 减免 减征 缓缴 退还 返还 提供 解决 落实 实施
    启动 参加 参与 参展 主办 主持 主导 牵头 承担 承接 转化 转移 转让 孵化 集聚 聚集 吸引 吸纳 带动 拉动 撬动 惠及 覆盖 服务 保障 供应 供给 生产 销售
    出口 进口 采购 投入 投放 投资 募集 筹集 融资 授信 贷款 放款 缴纳 上缴 征缴 入库 退库 纳入 列入 入选 入围 获批 获评 获得 取得 荣获 评选 评定 认定
    遴选 选派 选拔 录取 录用 聘用 输送 转运 运送 运输 收治 救治 救助 清运 清理 收集 回收 消化 消纳 压减 压降 压缩 节约 节省 减少 增加 提高 提升 降低
    下降 上升 增长 达到 超过 突破 占用 利用 使用 应用 推介 宣传 宣讲 印发 出台 制定 修订 编制 发布 签订 签署 签约 对接 洽谈 考察 调研 拜访 邀请 联系
    挂牌 上市 上线 上云 下线 投产 投用 竣工 封顶 通车 交付 验收 通过 注册 登记 备案 核发 核准 审批 审核 审结 立案 结案 侦破 抓获 处罚 罚款 追缴 追回
    绿化 植树 造林 种植 养殖 出栏 存栏 收割 播种 捕捞 研发 研制 攻克 攻关 设立 成立 组建 搭建 构建 打造 创建 配备 配套 配置 购置 购买 更新 更换 淘汰
    关停 壮大 管好 提标 扩容 卖出 进驻 代理 复工 下发 挂点 委托 组卷 报批 爆仓 入社 责令 自查 焚烧 导入 下拉 拉低 拖累 影响 深耕 专注 转产 反映 补缴
    配置 凭借 取缔 搬迁 迁入 配租 返投 追加 增设 落户 落地 入驻 入园 裁员 停产 复产 减产 搭上 抽测 抽检 查封 改制 重组 承租 推行 搬进 再建
"""
_VERBS = frozenset(_VERB_WORDS.split())
"""What begins a statement, not a name, however it goes on."""
_KIND_BEFORE = re.compile(
    r"(?:前[一二三四五六七八九十\d]{1,2}[名位家大强])?(?:[A-Z]{1,3}[类级])?[^,，。、\d“”]{0,8}?(?:企业|公司|单位|大户|龙头|巨头|机构|项目|主体|兄弟园区|俱乐部|平台|租户|客户|商户|团队|邻[省市县]|[国央民外台名纺车药房]企)(?=[^,，。、]{3})"
)
_RANKED = re.compile(r"前[一二三四五六七八九十\d]{1,2}[名位家大强]|\A[A-Z]{1,3}[类级]")
_PHASE = re.compile(r"(?:[一二三四]期(?:工程)?|[A-Z]区|[东南西北]区)\Z")
_EVERYWHERE = re.compile(r"全[国省市区县局园镇盟旗州]|各园区|各县|各区")
_PROSE = re.compile(
    r"[抓促稳保](?![^,，。]{1,6}(?:资金|专项|券|贷)\Z)|工作(?:总结|计划|报告|汇报|思路|安排|要点|打算|推进|开展)|加强|推动|利用|开进|强化|打造|全力|多措|大力|深化|优化|完善|健全|筑牢|引领|赋能|助力|攻坚|扎实|切实|有效|着力|突出|"
    r"注重|发挥|激发|凝聚|压实|规范|精准|围绕|锚定|瞄准|提高|提升(?!工程|改造|项目)|做|建立|制定|紧|全面|主动|强力|奋力|勇|敢|拓展|拓宽|"
    r"搭建|营造"
    r"|推介|召开|举行|组织|联合|邀请|前往|走进|入选|评选|获|成|到|以|对|和谐|优先|领先"
)
"""Words of a statement; a heading that has one names nothing."""
_PUBLIC = re.compile(
    r"(?:[新园]|开发|高新|经开)?[区县市省州](?![级内外域场属直委里辖])[一-龥]{0,7}(?:医院|疾控中心|急救中心|保健院|卫生院|中学|小学|学校|幼儿园|图书馆|博物馆|文化馆|档案馆|科技馆|美术馆|体育馆"
    r"|少年宫|法院|检察院|仲裁院|福利院|养老院|公共资源交易中心|政务服务中心|行政服务中心|融媒体中心|人才中心|就业中心|血站|党校|动物园|植物园|电视台|供销社)"
)
"""县疾控中心, 区人民医院: of a region, and the only one there."""
_ORGAN = re.compile(
    r"(?!非公|基层|两新|下属|所属|各|每|全|新|村级|企业党)(?:园区|机关|[一-龥]{2,8}?)(?:综合|联合|联席)?(?:第[一二三四五六七八九十]{1,2})?(?:党委|党总支|党支部|团委|团支部)|[一-龥]{2,8}(?:招商|工作|攻坚|专项|走访|服务|驻点)组|(?:北京|上海|深圳|广州|杭州|苏州|成都|武汉|西安|长三角|珠三角|京津冀|粤港澳|大湾区|日韩|欧美|华[东南北中])(?:招商)?(?:组|分队|联络处|办事处)|[一-龥]{2,6}(?:小分队)|(?:招商|外资|内资|产业|项目|金融|财政|统计|企业|规划|综合|工业|投资|安全|环保)[一二三四五]?科|[一-龥]{2,10}(?:专班|服务部|事业部|营业部|管理部|投资部|招商部|审计部|工作部|项目部)"
)
"""园区综合党委, 机关第二党支部, 高端制造招商组: organs, of which each place has one."""
_VENUE = re.compile(
    r"(?!各|该|每|全|[新在续扩改]建|(?:国家|[省市区县部])级|第[一二三四]方|本|多|首|一|两|上述|以上|这|那|重点|新型|其|共有|建有|设有|拥有)[一-龥]{2,9}(?<![级类型批个家座所])"
    r"(?:图书馆|博物馆|美术馆|体育馆|文化馆|科技馆|展览馆|文化中心|活动中心|人力资源市场|人才市场|审判点|公共服务平台|双创基地|创业基地|创业中心|实训基地)"
)
"""园区图书馆, 市民文化中心: a venue with words of its own before its kind, which does something or is measured."""
_UNIVERSITY = re.compile(
    r"(?:华[东中南北]|[东西][南北]|中国|北京|上海|天津|重庆|南京|武汉|西安)[一-龥]{1,6}(?:大学|学院)"
)
_SERVICE = re.compile(
    r"(?![各该每省市县级新建本全一])[一-龥]{2,8}(?:服务中心|保障中心|统计中心|审批中心|招商中心|调解中心|举报中心|指挥中心|受理中心|交易中心|仲裁院|巡回法庭|检测所|检验所|监督所|消防站|救援站|派出所|税务所|事务所|办事大厅|服务大厅)"
)
"""政务服务中心 and the like: the only one of its kind, and it acts."""
_MASKED_REGION = re.compile(r"(?:[*×○某]|[xX]{2,})+(?:园区|开发区|高新区|经开区|[省市区县州])\Z")
"""*市, 某园区: the region that is spoken of, whatever its name."""
_DISTRICTS = re.compile(
    r"高新区|经开区|(?:经济|产业|经济技术|高新技术产业)?开发区|保税区|综保区|自贸区|新区|主城区|老城区|工业园区?|化工园区|产业园区|(?:工业|产业)集[中聚]区|科技园|物流园"
)
_WITHIN_IT = re.compile(
    r"[区园内东西南北一二三四A-Z\d]|企业|项目|公司|集团|管委|建设|发展|平台|规划|总(?!产值|收入|投资|额|量)|\Z"
)
"""What is of something else, behind a kind of park: 高新区企业, 开发区建设."""
_OFFICES = re.compile(
    r"团[省市区县州]委|[一-龥]{1,10}(?:团[省市区县州]委|妇联|残联|工商联|科协|文联|红十字会|纪委监委|组织部|宣传部|统战部|政法委|国资委|(?<![举承主协创开督筹兴合申代帮停])办|办公室|招商办|金融办|信访办|总工会|局|委员会|发改委|经信委|科技委|总队|支队|大队|海关|法院|检察院|税务所|派出所|办事处)\Z"
)
_OFFICE_ENDS = frozenset("委联协会部办室局队关院所处支组科班")
"""The last signs of organs and offices."""
_AREAS = re.compile(r"[一-龥]{2,6}(?:片区|组团|景区|校区|厂区|港区)\Z")
_PART_OF_FIRM = re.compile(
    r"(?<=[园区港城谷司团目地期])(?:首批|首期|首条|主体?|高标准)(?:标准)?(?:厂房|产线|生产线|主体结构)\Z|(?:首条|[一二三四五]期|[新老]|\d{1,2}号|[一二三四]号)?(?:厂房|车间|生产线|产线|熟料线|仓库|门店|窗口|总装车间)\Z|(?<=项目|工程|产线)(?:设备|土建|主体|厂房)\Z|(?<=公司|集团)[一二三四五]期\Z"
)
"""What a firm has that has no name of its own."""
_PARTS_OF_FIRMS = ("房", "线", "结构", "车间", "仓库", "门店", "窗口", "设备", "土建", "主体", "期")
"""How that ends."""
_PART_ALONE = re.compile(
    r"(?:[^,，。]{0,4}(?:车间|生产线|产线)|[^,，。]{0,4}(?:机组|产线|镀锌线|轧机)|[^,，。]{0,4}(?:安装|装修|土建|桩基|主体|机电|幕墙|外立面|室外|配套)工程|(?:\d{1,2}|[一二三四五])号(?:厂房|楼|库|仓库|线|车间|机组)?|[一二三四]期)\Z"
)
"""What is a part of the one that is spoken of."""
_PART_ENDS = frozenset("间线组机程号房楼库期")
_SECTORS = frozenset(
    [
        "工业",
        "外贸",
        "医药",
        "农业",
        "旅游",
        "物流",
        "能源",
        "食品",
        "汽车",
        "服务",
        "商贸",
        "制造",
        "电子",
        "信息",
        "软件",
    ]
)
_PLACE_AT_END = re.compile(r"(?:[区园镇乡岛]|组团|街道)\Z")
"""邕江综保区外贸: a place, and a sector that is measured there."""
_ASIDE = re.compile(r"([^()]{2,})(\([^()\d]{1,12}\))")
_OR_SO = re.compile(r"(?<=[一-龥]{2})及(?=[一-龥]{2})")
_FIRM = ("公司", "集团", "股份")
_CALLED_SO = re.compile(
    r"[^“”,，。]{0,10}(?:企业|公司|团队|品牌)“(?P<name>[^“”]{2,14})”(?:建设|建成|新建|扩建|投资|投产|开工|完成|实现|获|推出|研发)[^“”]*"
)
"""微显示企业“见微科技”建设第二工厂"""
_TRAINS = ("班列", "专列", "快线", "专线", "航线")
_WITHIN = "里"
_BOUGHT = ("投资", "设备", "管道", "建设", "网")
"""Lines of business that are as often what is bought or built."""
_DISTRICT = re.compile(
    r"(?!城(?![东西南北中]区)|[新老旧大中小远近全各本我该多每一两三主核园市区县省乡农郊山库景街社])[一-龥]{2}"
    r"(?<![心内部分工上超夜都股菜集园社小街片地灾景辖厂校院新特老库矿林牧灌港疫禁专])[区市县]"
)
"""东郊区, 滨城市: also where its last two signs are a word (郊区, 城市)."""
_ACTIVITIES = frozenset(
    {"加工", "开票", "种植", "养殖", "融合", "流通", "采摘", "申报", "入库", "收购", "交易", "消费"}
)
"""笋干加工, 地税开票: what is done, no brand."""
_REGIONS = frozenset(["园区", "镇", "乡", "县", "市", "区", "村", "州", "街道", "社区"])
_PLACES = re.compile(r"(?:岛|谷|小镇|走廊|驿站|邻里中心|大厦|综合体|街区|科技城|产业城|大学城)\Z")
_KIND = re.compile(
    r"(?:类|型|级|性|率|额|量|值|数|业|产业|行业|领域|部分|工作|行为|事件|事项|人员|人才|企业|单位|机构|主体|项目数|收入|支出|费用|存款|投资|补助|补贴|贷款|用房|面积|产品|制品|贸易|经济|问题|案件|专利|商标)\Z"
)


def is_name(words: str, follows: Follows, listed: bool = False) -> bool:
    """Whether words are a name where `follows` comes next; `listed` when they stand where one item of a list does."""
    if listed and _DISTRICTS.fullmatch(words):
        return True
    sure, thing, business = follows in _SURE, THINGS.of(words), KINDS_OF_BUSINESS.of(words)
    by_ending = follows in _BY_ENDING or (follows is Follows.MONEY and not listed)
    ending = thing or business or (sure and words[-1:] in _OFFICE_ENDS)
    if not ending and (by_ending or not 3 <= len(words) <= 6 or unspelled(words)[1] < 2):
        return False
    if not 2 <= len(words) <= 26 or _BAD.search(words) or _STARTS_BADLY.match(words):
        return False
    if words[0] in WHOLE_BEGINS and WHOLE.fullmatch(words):
        return False
    if words[-1] in _PART_ENDS and _PART_ALONE.fullmatch(words):
        return False
    if words[:2] in verbs_of_two() and not (_is_plainly_typed(words) and (follows is not Follows.VALUE or listed)):
        return False
    if verbs.is_done(words) or (verbs.may_be_newly(words) and _is_newly(words, business)):
        return False
    if words[:2] in _VERBS and follows is not Follows.PERIOD and not business:
        return False
    if _MASKED_REGION.match(words) is not None:
        return False
    if follows is Follows.HEADING and (_PROSE.search(words) or len(words) > 18):
        return False
    if thing and len(words) == 2 and "一" <= words[0] <= "龥" and words[0] not in "东西南北中":
        return False
    if (
        sure
        and follows is not Follows.HEADING
        and words[-1] in _OFFICE_ENDS
        and (_OFFICES.fullmatch(words) is not None or _ORGAN.fullmatch(words) is not None)
    ):
        return True
    if thing and not (len(thing) == 1 and len(business) > 1):
        return _is_named_thing(words, words.removesuffix(thing), thing, follows, listed)
    missing, leading = unspelled(words)
    if business:
        before = words.removesuffix(business)
        if not thing and _OR_SO.search(words) and not words.endswith(_FIRM):  # 白酒及饮料
            return False
        if business in _SECTORS and _PLACE_AT_END.search(before):
            return False
        leading = max(leading, unspelled(before)[1]) if missing else 0
        return 4 <= len(words) <= 14 and (
            leading >= 2
            or missing >= 3
            or (listed and missing > 0 and words.endswith("公司"))
            or _MASKED.match(words) is not None
        )
    if _KIND.search(words) or (words[-2:] in _VERBS and follows is not Follows.HEADING):
        return False
    if leading < 2 or (follows is not Follows.DOING and _MASKED.match(words) is not None):
        return False
    if missing < len(words):
        return (
            4 <= len(words) <= 6
            and words[-2:] not in _ACTIVITIES
            and (follows in _FIRMS or (listed and follows is Follows.MONEY))
        )
    if follows in (Follows.DOING, Follows.PERIOD):
        return 4 <= len(words) <= 6 or (listed and 3 <= len(words) <= 6)
    return (
        follows is Follows.MONEY
        and listed
        and 3 <= len(words) <= 6
        and words[-1] not in "税费款额值量率金收入投资业价比度回"
    )


def _is_plainly_typed(words: str) -> bool:
    """启明孵化器, 驰骋汽车, 大成砖厂: what begins like a verb is a name by its ending; 稳居园区, 当好全镇 are statements."""
    business = KINDS_OF_BUSINESS.of(words)
    if not business:
        thing = THINGS.of(words)
        return thing != "" and thing not in _REGIONS
    return len(words) - len(business) == 2 and words[:2] not in _usual_verbs() and business not in _REGIONS


def _is_newly(words: str, business: str) -> bool:
    """新育瞪羚 before 企业, and not 新拓光电, 新立成机械: a common word follows, and no line of business alone."""
    firm = business not in ("", *_BOUGHT) and len(words) - len(business) == 2
    return not firm and not unspelled(words[2:])[1]


def district(words: str) -> int:
    """Where 高新区 or 经济开发区 ends that words begin with and that something is measured of; 0 without."""
    found = _DISTRICTS.match(words) if words[-1:] not in "区园" else None
    return found.end() if found is not None and _WITHIN_IT.match(words, found.end()) is None else 0


def is_typed(words: str) -> bool:
    """Whether the ending of words says what kind of thing they are."""
    return THINGS.of(words) != "" or KINDS_OF_BUSINESS.of(words) != "" or words.endswith("培训")


def _ends_as_name(words: str) -> bool:
    """Whether words end as names do whose ending alone shows them to be some; what is quoted or in brackets is not looked at."""
    return words[-1:] in _OFFICE_ENDS or "”" in words or ")" in words or is_typed(words)


def _without_part(name: str) -> str:
    """恒睿光电 for 恒睿光电二期厂房: what a firm has is the firm's."""
    part = _PART_OF_FIRM.search(name) if name.endswith(_PARTS_OF_FIRMS) else None
    if part is not None and part[0].startswith(("首", "主", "高")) and not KINDS_OF_BUSINESS.of(name[: part.start()]):
        return name[: part.start()]
    if part is not None and part[0] in ("设备", "土建", "主体"):
        return name[: part.start()]
    if part is None or not KINDS_OF_BUSINESS.of(name[: part.start()]):
        return name
    firm = name[: part.start()]
    return firm if len(firm) > 3 and unspelled(firm)[1] > 1 else name


def is_organ(words: str) -> bool:
    """经济发展局, 招商服务中心, 机关党委: one that a heading can call to account."""
    organ = _OFFICES.fullmatch(words) or _ORGAN.fullmatch(words) or _SERVICE.fullmatch(words)
    return organ is not None and _BAD.search(words) is None and words[:2] not in _VERBS


def is_venue(words: str) -> bool:
    """市民文化中心: a venue with words of its own before its kind."""
    return _VENUE.fullmatch(words) is not None and could_be(words)


def says_no_name(words: str) -> bool:
    """Whether words have anything of a statement."""
    return _BAD.search(words) is not None or _STARTS_BADLY.match(words) is not None


def could_be(words: str) -> bool:
    """Whether nothing speaks against words being a name."""
    return not says_no_name(words) and words[:2] not in _VERBS


@lru_cache(maxsize=1)
def verbs_of_two() -> frozenset[str]:
    """Verbs of two characters."""
    return _VERBS.union(*_listed_verbs())


@lru_cache(maxsize=1)
def _other_words() -> frozenset[str]:
    text = VERBS.with_name("others.txt").read_text(encoding="utf-8")
    return frozenset(text.partition("\n")[2].split())


def load_words() -> None:
    """Reads the lists of words before the first text needs them."""
    verbs_of_two()
    _usual_verbs()
    _other_words()


def is_brand(words: str) -> bool:
    """绍川织造, 翠羽货运航空: whether words begin with what no dictionary has, and may be a name."""
    front = words[:2]
    if (
        any(sign.isascii() for sign in words)
        or front in common_words()
        or front in verbs_of_two()
        or front in _other_words()
        or words[-2:] in _VERBS
        or words[-2:] in _ACTIVITIES
    ):
        return False
    return unspelled(words)[1] > 1 and could_be(words) and _KIND.search(words) is None


def is_known(words: str) -> bool:
    """Whether words begin with a word that a dictionary has."""
    return words[:2] in common_words() or words[:2] in _other_words() or words[:2] in verbs_of_two()


@lru_cache(maxsize=1)
def _usual_verbs() -> frozenset[str]:
    """Those that no brand is called by (实行); 启明, 驰骋 are seldom said as verbs."""
    return _VERBS | _listed_verbs()[0]


@lru_cache(maxsize=1)
def _listed_verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Verbs said often and seldom."""
    text = VERBS.read_text(encoding="utf-8")
    often, seldom = (part.partition("\n")[2] for part in text.split("#")[1:])
    return frozenset(often.split()), frozenset(seldom.split())


def _is_named_thing(words: str, core: str, thing: str, follows: Follows, listed: bool) -> bool:
    """项目, 中心, 公寓: a name when something of its own stands before it."""
    sure = follows in _SURE
    if VERB_FIRST.match(core) and unspelled(core)[1] == 0 and not sure:
        return False
    if _CORE.fullmatch(words):
        return follows in (Follows.ACT, Follows.DOING, Follows.PERIOD, Follows.HEADING, Follows.MEASURE)
    if DIRECTION.fullmatch(words):
        return sure or listed
    if sure and _DISTRICT.fullmatch(words) and words not in common_words() and words[:2] not in common_words():
        return True
    if len(thing) == 1 and (words[-2:] in common_words() or words[-3:] in common_words()):
        return False
    if _NUMBERED.search(words):
        return True
    if not core or len(core) + len(thing) < 3:
        return False
    if follows in (Follows.ACT, Follows.DOING, Follows.PERIOD) and _SERVICE.fullmatch(words) is not None:
        return True
    if sure and (_PUBLIC.fullmatch(words) or (follows is not Follows.HEADING and _VENUE.fullmatch(words))):
        return True
    if _UNIVERSITY.fullmatch(words) is not None and (sure or listed):
        return True
    if sure and len(thing) > 3 and thing[-1] == "期" and len(core) > 1 and VERB_FIRST.match(core) is None:
        return True
    if thing in ("资金", "专项", "券"):
        return follows in (Follows.PERIOD, Follows.HEADING) and len(core) >= 4
    missing, leading = unspelled(_PHASE.sub("", words) if len(_PHASE.sub("", thing)) == 1 else core)
    missing = min(missing, unspelled(words)[0])
    joined = sure and leading == 1 == missing and len(thing) > 1 and words[:2] not in common_words()
    if (
        missing >= 2
        or (joined and words[1] in "新大高原全优实现")
        or (_AREAS.fullmatch(words) is not None and (sure or listed))
    ):
        return True
    if sure and _PLACES.search(thing) is not None and len(core) >= 2:
        return True
    return ((sure or listed) and _PLAIN_PROGRAMME.fullmatch(words) is not None) or (
        sure and missing >= 1 and _PROGRAMME.search(thing) is not None
    )


def _is_generic(kind: str) -> bool:
    """Whether common words spell a kind of firm, or a line of business does (炼化龙头)."""
    return unspelled(kind)[0] == 0 or kind[:-2] in BUSINESSES or (len(kind) == 4 and kind.endswith("资企业"))


@lru_cache(maxsize=20000)
def named(words: str, follows: Follows, listed: bool = False) -> str:
    """The name that the words are, without a verb or 企业 in front of it; empty when they are none."""
    plain = words.strip(" ：:").removesuffix("的")
    if plain.startswith("【"):
        plain = plain.partition("】")[2]
    if ")" in plain and "(" not in plain:
        plain = plain[plain.rindex(")") + 1 :]
    if ("“" in plain or "”" in plain) and not (plain.startswith("“") and "”" in plain[1:-1]):
        plain = plain.strip("“”") if plain.count("“") != 1 or plain.startswith("“") else plain
    if plain.endswith(_WITHIN) and is_typed(plain[:-1]):
        plain = plain[:-1]
    if follows in _BY_ENDING and not _ends_as_name(plain):
        return ""
    kind = _KIND_BEFORE.match(plain) if len(plain) > 4 else None
    if kind is not None and _is_generic(_RANKED.sub("", kind[0])) and is_name(plain[kind.end() :], follows, True):
        return plain[kind.end() :]
    going = _GOING.match(plain) if plain[:1] in _GOES else None
    plain = plain[going.end() :] if going is not None else plain
    together = _TOGETHER.match(plain) if len(plain) > 5 else None
    plain = plain[together.end() :] if together is not None else plain
    called = _CALLED_SO.fullmatch(plain) if "”" in plain else None
    if called is not None:
        return called["name"]
    aside = _ASIDE.fullmatch(plain) if plain.endswith(")") else None
    if aside is not None:
        inner = named(aside[1], follows, listed)
        if not inner and aside[1].endswith(_TRAINS) and aside[2].endswith("号)"):  # 中欧班列(甬川号)
            return plain
        return inner + aside[2] if inner else ""
    if follows is Follows.PERIOD and plain.endswith("计划") and is_name(plain[:-2], Follows.DOING, listed):
        plain = plain[:-2]  # 乐瓷小家电计划|7月投产
    if is_name(plain, follows, listed):
        front = PRECEDED.match(plain) or VERB_FIRST.match(plain)
        if front is not None and is_name(plain[front.end() :], follows, listed):
            plain = plain[front.end() :]
        return "" if _EVERYWHERE.search(plain) else _without_part(plain)
    return ""
