"""Whose figures are: names told by their endings and by what stands around them, in sentences of our own."""

from __future__ import annotations

import pytest

from parkbook.sources.text.extract import extract_text

NOBODY = ""


def own(case: str, text: str, *subjects: str) -> object:
    return pytest.param(text, list(subjects), id=case)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        own("ending alone", "帆楚激光二十年造一台机器，去年营收38亿元。", "帆楚激光"),
        own("two endings", "鹭凌货运航空飞机12架。", "鹭凌货运航空"),
        own(
            "kinds of business under 从行业看",
            "规上产值27亿元。\n从行业看，五金刀具12亿元，竹木家具8亿元。",
            "",
            "",
            "",
        ),
        own("kind of firm in front", "平台企业鲸岚国际备货230万件。", "鲸岚国际"),
        own("tenant", "租户齐沂机床租用2万平方米。", "齐沂机床"),
        own("state firm in front", "老牌国企红岭阀门利润2600万元。", "红岭阀门"),
        own("leading firm in front", "炼化龙头汐江石化营收487亿元。", "汐江石化"),
        own("no cause in the name", "泽中风电叶片受交付影响，产值5亿元，下降8%。", *["泽中风电叶片"] * 2),
        own("turned to a loss", "锦沂己内酰胺由盈转亏，亏损1亿元。", "锦沂己内酰胺"),
        own("其中 before a clause", "产值186亿元。其中，皖沂压缩机受出口提振，产值达41亿元。", "", "皖沂压缩机"),
        own("behind a part with a name", "产值9亿元，其中甲沂光电3亿元，纳税2000万元。", "", "甲沂光电", "甲沂光电"),
        own("built by another", "绿沂氢能投资的白岭制氢项目配置电解槽12台。", "白岭制氢项目"),
        own("school of two", "与江沂理工大学共建的澜岭软件学院在校生1850人。", "澜岭软件学院"),
        own("next to it", "一河之隔的鹤岭科技城全年营收512亿元。", "鹤岭科技城"),
        own("firm within an area", "沧岭临港新区的大沂石化一家纳税6亿元。", "大沂石化"),
        own("firm before another firm's thing", "顺岭冷链的三号库新增库容4万立方米。", "顺岭冷链"),
        own("capacity in a name", "祁岭年产10万吨铁锂项目完成投资11亿元。", "祁岭年产10万吨铁锂项目"),
        own("service named in quotes", "人才服务中心“一站办”窗口办理事项2万件。", "人才服务中心"),
        own("saying in quotes", "企业“小散弱”问题突出，小微企业占92%。", ""),
        own("platform in quotes", "安置小区“渭岭佳苑”交付住房2916套。", "渭岭佳苑"),
        own("branch of a bank", "星岭农商银行高新支行发放贷款2亿元。", "星岭农商银行高新支行"),
        own("section of an office", "招商一科签约项目17个；外资科签约项目2个。", "招商一科", "外资科"),
        own("alone in its place", "仲裁院立案598件。", "仲裁院"),
        own("institution before a verb", "区生产力促进中心组织企业申报项目274项。", "区生产力促进中心"),
        own("hall of a hospital", "市第七人民医院沂阳院区设床位800张。", "市第七人民医院沂阳院区"),
        own("seen on a visit", "记者在楚沂航宇的数控车间看到，机床满负荷运转。该公司上半年订单额7亿元。", "楚沂航宇"),
        own(
            "firm mentioned before",
            "柳岭镇种植辣椒2100亩，全部由鼎沂轩食品公司收购，该公司支付收购款1430万元。",
            "柳岭镇",
            "鼎沂轩食品公司",
        ),
        own("the latter", "低于邻近的航沂高新区，后者为18万元。", "航沂高新区"),
        own("items do not go on", "一是链岭重卡产值28亿元；二是闲置厂房18万平方米。", "链岭重卡", ""),
        own(
            "park behind a semicolon",
            "青岭科技园2023年总结\n临沂水务力争盈利200万元；固定资产投资不低于29亿元。",
            "临沂水务",
            "",
        ),
        own(
            "park by its short name",
            "岭北综合保税区2024年总结\n岭北海关减单2万票。综保区卡口核放率92%。",
            "岭北海关",
            "",
        ),
        own("city and province", "青岭科技园2023年总结\n全市、全省分别增长7%和8%。", "全市", "全省"),
        own("growth of the city", "青岭科技园2023年总结\n同期全市进出口164亿元，增长15%。", "全市", "全市"),
        own("districts counted", "青岭科技园2023年总结\n总量在全市11个园区中列第2位。", "全市", ""),
        own("difference to another", "青岭科技园2023年总结\n产值比邻近的沂南经开区少86亿元。", ""),
        own("average of the province", "青岭科技园2023年总结\n亩均税收11万元，低于全省平均的14万元。", "", "全省"),
        own("no topic", "一、产业发展\n（一）功能平台\n新增平台13家。", ""),
        own("places of origin", "从来源地看，粤港澳大湾区22个，占41%。", "", ""),
        own("inside the park", "园内的鹤榕电机投入设备64台。", "鹤榕电机"),
        own("firm inside the park", "园内恒固紧固件集团开票11亿元。", "恒固紧固件集团"),
        own(
            "built by, under a heading",
            "二、重点项目\n2．鄱岭冷链物流港\n由沂右供应链集团投资建设，总投资15亿元。",
            "鄱岭冷链物流港",
        ),
        own("market is no name", "岸沂机器人交付机器人5600台，其中海外市场贡献了35%。", "岸沂机器人", "岸沂机器人"),
        own("new orders are no name", "沂桅配件公司产值2亿元，公司新接海外订单1亿元。", "沂桅配件公司", "沂桅配件公司"),
        own("letting is a verb", "配租人才公寓1120套。", ""),
        own("store and its area", "鲸岚优品仓储面积扩至7万平方米。", "鲸岚优品"),
        own("signed with the park", "管委会与岭田乳业签订协议，该公司拟新建牧场2座。", "岭田乳业"),
        own("aim with a name", "力争驰沂光电产值达到150亿元。", "驰沂光电"),
        own("plan of the year", "完成投资28亿元，为年计划的103%。", "", ""),
        own("no statement", "工业总产值仅为相邻澧沂县工业园区的63%。", ""),
        own("no comparison", "租金比省城核心区低40%。", ""),
        own("no time ago", "十年前这里还是果园；如今入驻企业已有640家。", ""),
        own("no batches", "组织申报高新技术企业三批共187家。", ""),
        own("two words for firms", "沂帆船舶配件因订单大增，产能利用率达96%。", "沂帆船舶配件"),
        own("part of a project", "凯沂光伏支架项目设备安装过半，贡献产值1亿元。", "凯沂光伏支架项目"),
        own("left the station", "森沂环境博士后工作站出站3人。", "森沂环境博士后工作站"),
        own(
            "facility as a heading",
            "二、功能区\n（一）铁路集装箱中心站。全年开行班列412列。\n（四）保税物流中心（B型）。进出口货值11亿元。",
            "铁路集装箱中心站",
            "保税物流中心（B型）",
        ),
        own("beside it", "旁边的省材料基因工程研究院拥有仪器240台。", "省材料基因工程研究院"),
        own("from elsewhere", "来自浙江海宁的锦沂家纺计划投资5亿元。", "锦沂家纺"),
        own("sold to", "地块转让给沂平锻造有限公司，该公司已开工，计划投资3亿元。", "沂平锻造有限公司"),
        own("tool, no deed", "长沂智能挖掘机关键部件产业园完成投资9亿元。", "长沂智能挖掘机关键部件产业园"),
        own(
            "plan is no place",
            "三、降本增效与2024年计划\n2024年，完成吞吐量2050万吨。",
            "",
        ),
        own("bullet", "青岭软件园2024年上半年简报\n· 园区实现收入218亿元，增长11%。", "", ""),
        own("newly approved firms", "新批侨资企业8家，新盖仓储厂房3栋，新育瞪羚企业5家。", *[""] * 3),
        own("brand that sounds new", "新拓光电产值3亿元；新沂精工纳税2000万元。", "新拓光电", "新沂精工"),
        own("what came of a deed", "谈妥项目9个，铺完管廊6公里，腾空仓房2万平方米，花掉经费300万元。", *[""] * 4),
        own("firms that grew", "新批港资企业6家，扩股企业2家。", "", ""),
        own("inside", "片区内有规上服务业企业77家、商贸企业12家。", "", ""),
        own("time in front", "最近两年规上工业增加值年均增长9%。头三项指标完成过半，占60%。", "", ""),
        own("counted works", "上马技改项目15个，落成厂房6栋，固废处置场项目4个。", *[""] * 3),
        own("no firm has firms", "葛粉加工企业17家，批建外资企业6家。", "", ""),
        own("a place has firms", "沂江产业园企业98家，青岭镇企业210家。", "沂江产业园", "青岭镇"),
        own("ore", "保税铜矿进口9亿元，镍精矿占全区进口的80%。", "", ""),
        own("mine", "云岭铁矿产量312万吨，完成产值12亿元。", "云岭铁矿", "云岭铁矿"),
        own("products", "商品混凝土产量90万立方米，夹层玻璃产量3万平方米，动力锂电池出口6亿元。", *[""] * 3),
        own("chemicals and parts", "己内酯产能9万吨，液晶面片产量30万片，印制电路板产量6万平方米。", *[""] * 3),
        own("vehicles", "电动载货汽车出口33亿元，家用电器出口6亿元。", "", ""),
        own("gardens and breeders", "有机茶园面积2万亩，乌骨山鸡养殖基地3个，育秧工厂6座。", *[""] * 3),
        own("houses to let", "花园式厂房3万平方米；前些年投资9亿元。", "", ""),
        own("layout", "“一主三副”园区产值62亿元，“两园一带”投资32亿元。", "", ""),
        own("rank of cities", "副省级市进口62亿元，地级市进口12亿元。", "", ""),
        own("parks among the parts", "全县税收26亿元，其中化工园区上缴税收9亿元，占35%。", "", "化工园区", "化工园区"),
        own(
            "concentrated is a verb too",
            "绵岭生态工业集中区45亿元，岭阴现代林业示范园区税收2亿元。",
            "绵岭生态工业集中区",
            "岭阴现代林业示范园区",
        ),
        own("firms with products", "沂味食品出口3亿元，沂城玻璃产量5万吨。", "沂味食品", "沂城玻璃"),
        own("crops", "高寒富锌茶种植面积2万亩，雪莲果产业基地面积900亩，天麻种植基地2600亩。", *[""] * 3),
        own("firm that grows", "沂丰茶业种植面积4800亩，云岭产业基地面积1200亩。", "沂丰茶业", "云岭产业基地"),
        own("what is done, no brand", "笋干加工产值2亿元；地税开票销售收入91亿元。", "", ""),
        own("product of one firm", "沂锂新能：1—10月磷酸铁锂产量5万吨，产值40亿元。", "沂锂新能", "沂锂新能"),
        own("customs and what they watch", "海关监管货值80亿元。\n海关查验货物3万票。", "", "海关"),
        own("listed companies", "上市公司投资项目6个，其中直接利用外资900万美元。", "", ""),
        own("part of parks", "一区三园协议外资4亿美元，“五好”产业投资增长6%。", "", ""),
        own("fund in quotes", "“双百”产业基金规模10亿元。", "“双百”产业基金"),
        own("saying counted", "完成企业“退二进三”19家。", ""),
        own(
            "district before a measure",
            "东郊县引进内资48亿元，占全市的12%。滨湾市进出口698亿元。",
            "东郊县",
            "东郊县",
            "滨湾市",
        ),
        own("no district", "老城区改造投资2亿元。大城市引进人才9人。地块获准上市2宗。", "", "", ""),
        own(
            "district among the parts",
            "全市协议外资9亿美元；其中经济开发区协议注册外资3亿美元，到账外资1亿美元，分别占全市的33%和41%。",
            "",
            *["经济开发区"] * 4,
        ),
        own("industry behind a firm", "其中沂星光伏年产值2亿元，光伏产业总产值34亿元。", "沂星光伏", ""),
        own("firms just counted", "投产66家台资企业，完成的产值占全区的38%，用工3万人。", "", "台资企业", "台资企业"),
        own(
            "park by its long name",
            "沂岭现代林业示范园区总结\n沂岭现代林业示范园区规划面积9平方公里。现代林业示范园区税收1亿元。",
            *["", ""],
        ),
        own("another one of the park's name", "沂岭软件园总结\n沂岭软件园运营公司营收3亿元。", "沂岭软件园运营公司"),
    ],
)
def test_owner(text: str, expected: list[str]) -> None:
    assert [figure.record()["subject"] for figure in extract_text(text).figures] == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("新批侨资企业8家。", "新批侨资企业"),
        ("保税铜矿进口9亿元。", "保税铜矿进口"),
        ("雪莲果产业基地面积900亩。", "雪莲果产业基地面积"),
        ("上市公司投资项目6个。", "上市公司投资项目"),
        ("省“五好”产业投资占比60%。", "省“五好”产业投资占比"),
        ("东郊县引进内资48亿元。", "引进内资"),
        ("沂岭现代林业示范园区总结\n现代林业示范园区规划面积9平方公里。", "规划面积"),
    ],
)
def test_what_owns_nothing_stays_in_the_label(text: str, label: str) -> None:
    (figure,) = extract_text(text).figures
    assert figure.record()["label"] == label


def test_a_capacity_in_a_name_is_no_figure() -> None:
    figures = extract_text("祁岭年产10万吨铁锂项目总投资28亿元，达产后年产铁锂10万吨。").figures
    assert [figure.record()["source_text"][-4:] for figure in figures] == ["28亿元", "10万吨"]


def test_a_difference_to_another_area_is_compared_with_it() -> None:
    (figure,) = extract_text("青岭科技园2023年总结\n产值比邻近的沂南经开区少86亿元。").figures
    assert (figure.record()["transformation"], figure.record()["comparison"]) == ("change", "vs_region")
    assert figure.record()["value"] == -86


@pytest.mark.parametrize(
    ("text", "unit"),
    [("出货5.1GWh，", "GWh"), ("日处理6万方。", "万方"), ("窖池320口。", "口"), ("35万克拉。", "万克拉")],
)
def test_units_of_works(text: str, unit: str) -> None:
    (figure,) = extract_text(f"2024年，{text}").figures
    assert figure.record()["unit"] == unit


def test_two_legs_are_no_figure() -> None:
    assert not extract_text("坚持以商招商、基金招商两条腿走路。").figures
