"""Common words of park reports: what a name is told apart from, because they cannot spell it.

恒睿光电   恒睿 is no word of this list    a name
先进制造类  先进 + 制造 + 类               a kind of thing
The list says nothing about meaning; a word that is missing makes a kind of thing look like a name, one too many hides a name.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import Any

import ahocorasick

from parkbook.catalogue import catalogue

_SECTORS = """
    第一 第二 第三 一产 二产 三产 产业 行业 工业 农业 林业 牧业 渔业 矿业 采矿 制造 制造业 建筑 建筑业 服务 服务业 批发 零售 批零 住宿 餐饮 物流
    仓储 运输 交通 邮政 快递 金融 保险 银行 证券 房地产 地产 租赁 商务 科技 技术 科学 研究 教育 卫生 医疗 健康 文化 体育 娱乐 旅游 文旅 会展
    养老 家政 电商 电子 信息 通信 通讯 软件 硬件 集成 电路 集成电路 芯片 半导体 显示 面板 光电 光电子 光学 激光 光伏 风电 储能 氢能 核电 电池
    锂电 动力 能源 新能源 清洁 节能 环保 环境 生态 循环 绿色 低碳 材料 新材料 新材 金属 有色 黑色 冶金 钢铁 钢材 铝材 铜 化工 石化 精细 医药
    药品 制药 中药 生物 器械 医疗器械 食品 饮料 烟草 酒类 纺织 服装 服饰 鞋帽 家具 家居 家电 造纸 印刷 印染 塑料 橡胶 玻璃 陶瓷 水泥 建材 机械
    装备 设备 仪器 仪表 汽车 整车 零部件 零部 轨道 船舶 航空 航天 航空航天 海洋 低空 无人机 机器人 自动化 智能 智慧 数字 数据 大数据 云计算
    区块链 人工智能 物联网 互联网 网络 平台 算力 安全 信创 元宇宙 动漫 游戏 影视 创意 设计 广告 咨询 检测 检验 认证 计量 法律 会计 人力 资源
    人力资源 供应链 冷链 跨境 贸易 商贸 外贸 内贸 进口 出口 进出口 消费 零售业 经济 数字经济 平台经济 民营 国有 集体 外资 内资 外商 港澳台 股份
    合资 独资 央企 国企 民企 量子 脑机 基因 细胞 疫苗 种业 种植 养殖 畜牧 水产 粮食 粮油 果蔬 蔬菜 茶叶 乡村 农村 城镇 城市 社区 街道 居民 高端
    中端 低端 先进 传统 新兴 战略 战略性 未来 支柱 主导 特色 优势 现代 生产 生活 生产性 生活性 营利性 非营利性 营利 专业 通用 专用 综合 其他
    其它 其余 相关 配套 上游 中游 下游 核心 关键 基础 重点 一般 主要 普通 特殊 特种 大型 中型 小型 微型 中小 中小微 小微 大中型
"""
_THINGS = """
    企业 公司 集团 单位 机构 主体 市场 个体 工商户 个体户 商户 门店 店铺 工厂 车间 厂房 楼宇 写字楼 园区 载体 基地 中心 平台 实验室 工作站
    研究院 研究所 研究 技术中心 工程中心 众创 空间 众创空间 孵化器 孵化 加速器 加速 园 项目 工程 标段 地块 土地 用地 工业用地 商业 商服 住宅
    商铺 公寓 住房 宿舍 商品房 安置房 保障房 仓库 道路 路网 桥梁 管网 管廊 管线 绿地 绿化 景观 水利 供水 排水 污水 供电 供气 供热 燃气 电力 用电
    用水 用能 市政 公用 公共 设施 基础设施 设备购置 购置 装修 土建 安装 建安 建筑安装 主体 结构 主体结构 基坑 桩基 地下室 顶板 底板 屋面 幕墙
    机电 外立面 消防 监理 勘察 设计费 人 人员 人才 职工 员工 从业 就业 岗位 劳动力 用工 农民工 博士 硕士 本科 大专 专科 高中 中专 研究生 毕业生
    大学生 高校生 留学生 海归 海外 院士 专家 教授 学者 领军 骨干 青年 妇女 退役 军人 残疾人 团队 高层次 高技能 技能 技师 高级 中级 初级 职称
    工程师 党员 干部 企业家 创业者 创业 创新 创新创业 初创 初创期 成长 成长期 成熟 成熟期 种子 种子期 天使 人数 人次 户 户数 专利 发明 发明专利
    实用新型 外观 外观设计 授权 申请 商标 版权 著作权 软件著作权 论文 标准 国际 国家 地方 团体 品牌 名牌 奖项 成果 转化 合同 登记 知识产权 质押
    信用 担保 抵押 订单 产品 新产品 贷款 存款 融资 股权 债权 债券 基金 资金 资本 社会资本 财政 预算 支出 收入 出资 自筹 银行贷款 补助 补贴 奖励
    奖补 扶持 专项 经费 资助 租金 房租 税 税收 增值税 所得税 企业所得税 个人所得税 消费税 契税 土地税 房产税 印花税 城建税 费用 成本 利润 减税
    降费 减免 退税 工资 社保 公积金 研发 研发费用 后补助 人才引进 人才引育 引才 成果转化 科研 试验 中试 产业化 技改 技术改造 改造 更新 扩建 新建
    续建 改建 迁建 在建 拟建 前期 储备 谋划 签约 开工 竣工 投产 达产 入库 入统 入规 落地 注册 入驻 在园 在孵 毕业 上市 挂牌 拟上市 备案 认定
    评价 培育 申报 入选 获批 立项 验收 通过 新增 新设 新签 新引进 存量 增量 总量 本地 外地 本市 本省 本区 市外 省外 境外 境内 区内 区外 县外
    国内 国外 海内外 全国 全省 全市 全区 全县 国家级 省级 市级 区级 县级 部级 省部级 国家 省 市 区 县 乡镇 镇 村 街道 大市 内 外 单体 高新
    高新技术 科技型 技术型 创新型 专精特新 小巨人 “小巨人” 单项冠军 冠军 独角兽 瞪羚 雏鹰 龙头 链主 规上 规下 规模 规模以上 规模以下 限上 限下
    限额以上 四上 亿元 亿元以上 千万元以上 百强 头部 骨干企业 出让 租赁住房 保障性 标准 标准厂房 标准化 定制 自建 自有 闲置 低效 盘活 征收 拆迁
    腾退 储备 收储 供地 存量土地 双创 城乡 社区 国资 机房 总部 公建 城乡社区 农林水 社会保障 住房保障 公共安全 公共服务 自然资源 交通运输
"""
_AFFAIRS = """
    安全 安全生产 消防 电气 危化品 危险 化学品 有限空间 特种设备 燃气 交通 食品安全 职业 卫生 环境 环保 生态 大气 水 土壤 噪声 扬尘 固废 危废
    扰民 排放 排污 违章 违建 违规 违法 违纪 行为 动火 占用 通道 无证 上岗 隐患 重大隐患 一般隐患 整改 检查 执法 处罚 立案 督办 巡查 排查 投诉
    举报 咨询 求助 建议 意见 信访 来信 来访 来电 来信来访 集体 个人 个访 群众 市民 热线 工单 诉求 纠纷 劳动 劳资 劳动争议 争议 工伤 欠薪 物业
    停车 环卫 招商 招商引资 引资 咨询类 政策 政务 审批 许可 证照 登记 办事 党群 党建 党组织 支部 工会 团 妇联 志愿 志愿者 活动 会议 培训 讲座
    论坛 大赛 路演 沙龙 宣传 宣讲 走访 调研 服务 帮扶 慰问 对接 接待 考察 案件 事故 事项 事件 问题 线索 矛盾 口头 书面 线上 线下 网上 现场 电话
    网络 媒体 微信 招投标 采购 合同纠纷 民事 刑事 治安 综治 疫情 防控 应急 救援 防汛 抗旱 建设 发展 管理 运营 运维 维护 养护 治理 修复 整治 提升
    推进 实施 开展 支持 合作 交流 协同 对外 开放 改革 转型 升级 数字化 智能化 网络化 绿色化 智能化改造 数字化转型 上云 赋能 示范 试点 应用 场景
    首台套 首批次 首版次 揭榜挂帅 重大 重要 民生 社会 事业 专题 主题 系列 年度 季度 月度 全年 年 一期 二期 三期 四期 五期 一季度 二季度 三季度
    四季度 当年 当期 本期 同期 上年 累计 合计 总计 小计 平均 人均 地均 亩均 单位面积 单位 每万人 每 万元 以上 以下 以内 及以上 部分 方面 领域
    板块 环节 阶段 区域 片区 范围 类 型 级 性 业 率 额 量 值 数 费 款 等 间 起 件 条 处 项 个 家 次 所 名 幢 栋 座 宗 亩 台 套 辆 份 企业持有
    持有 高校 院校 高校院所 科研院所 院所 大学 学校 中小学 医院 政府 部门 机关 事业单位 社会组织 协会 商会 联盟 组织 团体 银行机构 金融机构
    投资机构 服务机构 中介 律师 会所 经济体 东部 西部 南部 北部 中部 东片 西片 南片 北片 自主 自然 实际 实到 到位 到账 协议 计划 规划 目标 任务
    完成 实现 占 比 总 净 增 减 新 老 旧 大 小 高 低 多 少 长 短 优 良 好 差 前 后 上 下 中 左 右 各 全 每 该 其 本 我 此 另 及 和 与 或 的 在
    为 是 有 由 按 以 对 从 向 经 未 已 正 再 又 均 也 都 固定资产 固定 资产 投资 民间 基建 工业投资 总投资 营业 销售 销售额 营收 主营 业务
    主营业务 营业收入 产值 总产值 增加值 生产总值 面积 建筑面积 占地 户型 产量 销量 吞吐量 货物 旅客 集装箱 流量 用电量 能耗 能源消费 煤炭 电 气
    热 油 天然气 成品油 原油
"""


_PROSE = """
    全面 超额 如期 顺利 圆满 高质量 高质 高效 提前 率先 成功 基本 同步 抓紧 有序 加快 稳步 扎实 积极 深入 持续 不断 进一步 力争 确保 预计 有望
    共同 联合 首次 首批 新一轮 陆续 先后 连续 正式 已经 目前 现有 截至 大力 全力 着力 切实 有效 充分 及时 精准 吸引 引进 引入 引育 招引 带动
    推动 促进 促成 协助 协调 帮助 指导 组织 举办 承办 主办 开通 开展 发放 发行 拨付 兑现 落实 下达 争取 募集 筹集 筹措 办理 受理 办结 调解 化解
    处置 查处 查封 排除 消除 整合 优化 完善 健全 强化 深化 细化 制定 出台 印发 编制 修订 建立 建成 搭建 打造 形成 构建 成立 设立 组建 创建 启动
    推出 推广 发布 上报 提报 向上 对上 报送 提交 签订 签署 洽谈 跟踪 拜访 邀请 接洽 促 稳 保 做优 做强 做大 壮大 扩大 拓展 拓宽 提高 提升 增强
    改善 保持 维持 突破 达到 超过 高于 低于 位居 排名 跃升 进入 纳入 列入 评为 评选 荣获 授予 命名 认可 满意 满意度 覆盖 惠及 受益 参与 参加
    出席 报名 参展 参会 观展 参观 体验 学习 教育 阅读 成交 成交价 成交额 成交价款 总价 单价 均价 起拍 溢价 保证金 违约金 罚款 罚没 追缴 欠缴
    清欠 回款 回收 结余 结转 收支 赤字 负债 净资产 资产负债 流动 周转 应收 应付 垫层 侧墙 防水 路基 路面 桩基础 地面 地下 挖土 土方 浇筑 砌体
    封顶 配套用房 用房 食堂 车位 停车位 充电桩 充电 换电 进展 回迁 税种 床位 座位 席位 展位 工位 机位 泊位 土地出让 出让金 出让合同 税费 社会投资 社会资金
    民间资本 自有资金 债务 偿债 利息 本金 贴息 保费 赔付 养老金 失业 低保 医保 生育 抚恤 救助 慰问金 助学 奖学 学费 书籍 图书 设备费 材料费
    人工费 差旅 办公 会议费 运行费 维修 维保 绿化养护 保洁 保安 垃圾 餐厨 渣土 可回收 再生 再生资源 中水 雨水 自来水 地表水 饮用水 空气 细颗粒物
    臭氧 男性 女性 男 女 老年 中年 少年 儿童 学龄前 户籍 常住 流动 外来 返乡 本科及 研究生及 大专及 高中及 以上学历 学历 副高 正高 中高级 博士后
    双一流 985 211 首席 特聘 柔性 全职 兼职 临时 派遣 实习 见习 学徒 应届 往届 归国 归侨 侨商 台商 港商 浙商 徽商 豫商 商会 校友 老乡 纯电 混动
    燃油 客车 货车 卡车 专用车 摩托 电动车 自行车 飞机 直升 火箭 卫星 雷达 发动机 变速 电机 电控 电驱 传感器 控制器 存储 逻辑 模拟 功率 射频
    封装 封测 晶圆 硅片 组件 逆变 整机 终端 手机 平板 笔记本 穿戴 服务器 路由 交换机 摄像 打印 工控 数控 机床 模具 铸造 锻造 轴承 齿轮 阀门 泵
    管材 板材 型材 线材 棒材 玻纤 碳纤维 石墨 磁材 稀土 陶瓷材料 膜 树脂 涂料 染料 农药 化肥 肥料 饲料 种子 种苗 花卉 苗木 肉类 禽蛋 乳制品 乳品
    调味品 酒 茶 饮用 烘焙 预制菜 粮食加工 农副 农产品 加工 深加工 初加工 精深加工 原料 原料药 制剂 仿制药 创新药 生物药 化学药 中成药 诊断 试剂
    影像 耗材 植入 康复 护理 体检 口腔 眼科 美容 中医 西医 综合楼 办公楼 研发楼 宿舍楼 教学楼 主楼 裙楼 新区 老区 中欧 中亚 中长期 长期 短期
    普惠 早期 后期 首贷 遴选 生命健康 分布式 首发 募资 试飞 架次 整机 牵头 达成 意向 兑付 实缴 认缴 游客 授信 额度 放款 景区 古镇 商铺 增速 增幅
    降幅 涨幅 增长 增长率 下降 同比 环比 太阳能 改装 分销 禽类 屠宰 千兆 万兆 光网 防疫 一线 卡点 值守 归集 汇聚 共享 公共 履约 开工率 投产率
    县域 批次 地形图 摸底 腾退 预约 接手 折合 人民币 外汇 总数 成立 之初 期初 期末 年初 年末 通车 里程 里程数 全长 教学 科普 出版 报刊 广播 电视
    电影 演艺 演出 展览 博物 非遗 文物 景区 酒店 民宿 餐厅 夜间 夜经济 首店 直播 网红 社群 团购 外卖 到家 便利店 商超 超市 百货 专卖 批发市场
    农贸 菜市场 集市 早市 维修店 美发 洗浴 洗衣 家装 房屋 中介 保姆 月嫂 托育 幼教 职教 高教 成教 远程 在线 云端 端侧 边缘 大模型 模型 算法 标注
    训练 推理 智算 超算 通算 机柜 机架 带宽 基站 光纤 宽带 专网 卫星网
"""
_PLACES = """
    香港 澳门 台湾 新加坡 日本 韩国 美国 德国 法国 英国 意大利 西班牙 荷兰 瑞士 瑞典 丹麦 芬兰 比利时 以色列 俄罗斯 印度 越南 泰国 马来西亚
    印度尼西亚 菲律宾 澳大利亚 新西兰 加拿大 墨西哥 巴西 南非 中东 非洲 拉美 欧洲 欧盟 东盟 北美 东南亚 一带一路 开曼 维尔京 北京 上海 天津 重庆
    长三角 珠三角 京津冀 大湾区 东北 华北 华东 华南 华中 西北 西南 中西部 沿海 内陆 境外 主板 创业板 科创板 北交所 新三板 纳斯达克 港交所 沪市
    深市 四板 区域性
"""
_PREFIXES = frozenset("新老旧大小高低优总净实各全每非省市区县国现原")
_SUFFIXES = frozenset("类型级业性化率额量值数费款等间区部层内外上下中人户者商品物用源端方面含占为")
_LONGEST = 8


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Every word of the lists above and every name of the catalogue, of two characters and more."""
    words = set((_SECTORS + _THINGS + _AFFAIRS + _PROSE + _PLACES).split())
    words.update(name for indicator in catalogue() for name in indicator.names)
    return frozenset(word for word in words if len(word) > 1)


@lru_cache(maxsize=1)
def _automaton() -> Any:
    """The common words, ready to be found at every place of a phrase in one pass.

    With each word, its length and those of the words that it ends with, shortest first: all words that end where it does.
    """
    automaton = ahocorasick.Automaton()
    words = {word for word in common_words() if len(word) <= _LONGEST}
    for word in words:
        automaton.add_word(word, tuple(size for size in range(1, len(word) + 1) if word[-size:] in words))
    automaton.make_automaton()
    return automaton


def load() -> None:
    """Reads the words before the first text does."""
    _automaton()


_LEFT = 1 << 16
"""What a character left over costs; a word costs one, so the fewest left over win, then the fewest words."""


class _Spelling:
    """The best spelling of every beginning of a phrase: what it costs, and how many characters are left over at the start.

    A common word may have a common sign before or behind it (新项目, 先进制造类).
    """

    __slots__ = ("costs", "leading", "words")

    def __init__(self, words: str) -> None:
        self.words = words
        ending: dict[int, tuple[int, ...]] = {}
        latest = -1
        for last, sizes in _automaton().iter(words):
            if last != latest:  # the longest word that ends here comes first, and speaks for the others
                latest, ending[last] = last, sizes
        self.costs = costs = [0]
        self.leading = leading = [0]
        before: tuple[int, ...] | None = None
        least = 0
        for place, sign in enumerate(words):
            least, taken = least + _LEFT + 1, 0
            sizes = ending.get(place)
            if sizes is None and (before is None or sign not in _SUFFIXES):  # no word ends here
                before = None
                costs.append(least)
                leading.append(place + 1 if leading[place] == place else leading[place])
                continue
            if sizes is not None:
                for size in sizes:
                    begin = place + 1 - size
                    if costs[begin] + 1 < least:
                        least, taken = costs[begin] + 1, size
                    if begin and costs[begin - 1] + 1 < least and words[begin - 1] in _PREFIXES:
                        least, taken = costs[begin - 1] + 1, size + 1
            if before is not None and sign in _SUFFIXES:
                for size in before:
                    if costs[place - size] + 1 < least:
                        least, taken = costs[place - size] + 1, size + 1
            costs.append(least)
            if taken:
                leading.append(leading[place + 1 - taken])
            else:
                leading.append(place + 1 if leading[place] == place else leading[place])
            before = sizes

    def of(self, size: int) -> tuple[int, int]:
        """The characters left over of a beginning, and those at the start."""
        return self.costs[size] // _LEFT, self.leading[size]


@lru_cache(maxsize=1)
def _recent() -> deque[_Spelling]:
    """The phrases spelled last: what is asked next is often a beginning of one."""
    return deque([_Spelling("")], maxlen=3)


@lru_cache(maxsize=20000)
def unspelled(words: str) -> tuple[int, int]:
    """(how many characters the common words cannot spell, how many of these stand at the start)."""
    recent = _recent()
    for spelling in recent:
        if spelling.words.startswith(words):
            return spelling.of(len(words))
    spelling = _Spelling(words)
    recent.appendleft(spelling)
    return spelling.of(len(words))
