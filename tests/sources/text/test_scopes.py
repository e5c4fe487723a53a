"""Subject, 其中 parent and period: labelled on sentences of our own, and on the reports by their transcriptions (offsets and values only)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from parkbook.sources.text.extract import extract_text

TEXTS = yaml.safe_load((Path(__file__).parent / "scopes.yaml").read_text(encoding="utf-8"))
BARS = {"subject": 0.85, "parent": 0.80, "time_period": 0.95}


@pytest.mark.parametrize("column", range(3), ids=list(BARS))
def test_rates(column: int) -> None:
    name = list(BARS)[column]
    found = [
        (text, labels[column], figure.record()[name], index)
        for text, rows in TEXTS
        for index, (figure, labels) in enumerate(zip(extract_text(text).figures, rows, strict=True))
    ]
    wrong = [row for row in found if row[1] != row[2]]
    assert 1 - len(wrong) / len(found) >= BARS[name], wrong


def test_every_figure_is_labelled() -> None:
    assert all(len(extract_text(text).figures) == len(rows) for text, rows in TEXTS)


FRESH = {
    "scopes_a.yaml": (0.99, 0.97, 0.99),
    "scopes_b.yaml": (0.99, 0.98, 0.98),
    "scopes_c.yaml": (0.99, 0.98, 0.99),
    "scopes_d.yaml": (0.99, 0.99, 0.99),
    "scopes_e.yaml": (0.99, 0.98, 0.98),
    "scopes_f.yaml": (0.94, 0.94, 0.96),
    "scopes_g.yaml": (0.95, 0.96, 0.99),
    "scopes_h.yaml": (0.80, 0.81, 0.81),
}
"""Sentences labelled before the rules had been tried on them; the rules were improved on all of them since, so the rates say nothing
of other texts (e, when it was first read: 0.858, 0.985 and 0.954; f: 0.786, 0.942 and 0.958, figures paired as far as they go;
h, twelve whole documents of which two have a figure that is not read and so count for nothing here: 0.752, 0.955 and 0.879
when its figures were paired by their places; g: see its head). These are floors: a change may only raise them. In b and g wholes were named with their verb
(受理信访事项) until the reader left it out, as the labels of the whole documents do; those labels were brought in line."""


def rates(file: str) -> list[float]:
    """The shares of labels met; a text in which the figures found are not those labelled has none of its labels met."""
    met, total = [0, 0, 0], 0
    for text, rows in yaml.safe_load((Path(__file__).parent / file).read_text(encoding="utf-8")):
        figures = [figure.record() for figure in extract_text(text).figures]
        total += len(rows)
        if len(figures) == len(rows):
            for column, name in enumerate(BARS):
                met[column] += sum(record[name] == labels[column] for record, labels in zip(figures, rows, strict=True))
    return [count / total for count in met]


@pytest.mark.parametrize("file", FRESH)
def test_rates_on_sentences_the_rules_were_not_written_for(file: str) -> None:
    for name, rate, floor in zip(BARS, rates(file), FRESH[file], strict=True):
        assert rate >= floor, (name, rate)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("2024年前十个月，园区产值3亿元。", "time_period", ["2024-M1-10"]),
        ("科创基金总规模20亿元。2023年累计投出9亿元。园区产值3亿元。", "subject", ["科创基金", "科创基金", ""]),
        (
            "产值100亿元，其中德诺精工60亿元、汉岳涂料40亿元，分别占60%、40%。",
            "subject",
            ["", "德诺精工", "汉岳涂料", "德诺精工", "汉岳涂料"],
        ),
        ("景和能源、亨泰热电供汽量分别为12万吨、9万吨。", "subject", ["景和能源", "亨泰热电"]),
        ("税收26亿元，由增值税14亿元、所得税12亿元构成。", "parent", ["", "税收", "税收"]),
        ("青禾计划入选118人；首席技师计划入选30人。", "subject", ["青禾计划", "首席技师计划"]),
        ("市场监管局新培育企业30家。", "subject", ["市场监管局"]),
        ("鲸跃科技是链主企业，员工1260人。2022年，公司营业收入14亿元。", "subject", ["鲸跃科技", "鲸跃科技"]),
        ("总投资56亿元的晶泰封测产业园项目开工，占地320亩。", "subject", ["晶泰封测产业园项目"] * 2),
        ("恒睿光电、拓源药业分别增长5%、下降3%。", "subject", ["恒睿光电", "拓源药业"]),
        ("引进了骏德自动化项目，总投资3亿元。", "subject", ["骏德自动化项目"]),
        ("引进了骏德自动化项目，全年签约项目30个。", "subject", [""]),
        ("园区国有平台公司龙腾开发集团资产总额达380亿元。", "subject", ["龙腾开发集团"]),
        ("博远数字、天枢信安获得专利72件、58件。", "subject", ["博远数字", "天枢信安"]),
        ("恒睿光电项目完成投资5亿元。新签约项目12个。", "subject", ["恒睿光电项目", ""]),
        ("富通线缆纳税1.6亿元；石百乐厨电纳税0.8亿元。", "subject", ["富通线缆", "石百乐厨电"]),
        ("云溪谷文创园租金收入2600万元；文创园举办市集36场。", "subject", ["云溪谷文创园", "云溪谷文创园"]),
        ("云岭高新区2024年工作总结\n云岭高新区完成营业收入5亿元。", "subject", [""]),
        ("其中高端装备201亿元，增长9%；新能源128亿元。", "parent", ["", "", ""]),
        ("产值412亿元，其中高端装备201亿元，增长9%；新能源128亿元。", "parent", ["", "产值", "产值", "产值"]),
        ("2021年成立以来，青创汇孵化器孵化项目230个。", "time_period", [""]),
        ("鹭岛数字港项目总投资9亿元，2023年完成投资3亿元。", "time_period", ["", "2023"]),
        ("2024年三季度末，贷款余额2亿元。", "time_period", ["2024-09-30"]),
        ("2023年总结\n研发强度由2022年的3.8%提高到4.2%，企业达到9家。", "time_period", ["2022", "2023", "2023"]),
        (
            "2024年1—8月，产值702亿元；8月当月完成95亿元。税收增长7.0%。",
            "time_period",
            ["2024-M1-8", "2024-08", "2024-M1-8"],
        ),
        ("2024年总结\n确保年底前竣工，新招引项目60个。", "time_period", ["2024"]),
        ("园区简介\n2023年，产值9亿元，税收2亿元。\n园区建有变电站3座。", "time_period", ["2023", "2023", ""]),
        ("2023年园区简介\n产值9亿元。\n园区建有变电站3座。", "time_period", ["2023", "2023"]),
        ("产值6亿元，其中2021年2亿元、2022年4亿元。", "time_period", ["", "2021", "2022"]),
        ("我们园区工业产值5亿元；全镇现有工业企业12家。", "subject", ["", ""]),
        ("瑞昌股份营业收入21亿元；归母净利润2亿元。", "subject", ["瑞昌股份", "瑞昌股份"]),
        ("链式发展提速。集聚企业92家。", "subject", [""]),
        ("（一）经济发展局。入库企业39家。", "subject", ["经济发展局"]),
        ("税收突出企业：\n天硕玻璃2亿元\n和丰制药1亿元", "subject", ["天硕玻璃", "和丰制药"]),
        ("市民文化中心举办展览36场。", "subject", ["市民文化中心"]),
        ("社区文化中心建成6个。", "subject", [""]),
        ("凤栖机场航空货运量3万吨。", "subject", ["凤栖机场"]),
        ("园区产值增长7%，同期全市增长5%；投资增长3%。", "subject", ["", "全市", ""]),
        ("其中，中科瑞声46件、思诺半导体39件。", "subject", ["中科瑞声", "思诺半导体"]),
        ("2024年1-5月税收5亿元，去年同期为4亿元，增长25%。", "time_period", ["2024-M1-5", "2023-M1-5", "2024-M1-5"]),
        ("会上通报，2024年1-5月税收5亿元。其中，增值税2亿元。", "time_period", ["2024-M1-5", "2024-M1-5"]),
        ("投资发展局组建招商小队6支。", "subject", ["投资发展局"]),
        ("公共服务平台建成5个。", "subject", [""]),
        ("康养产业引导基金全年投放2亿元。", "subject", ["康养产业引导基金"]),
        ("游戏出海企业柠果引力海外流水1亿元。", "subject", ["柠果引力"]),
        (
            "沐阳高新区2024年总结\n税收8亿元，增长5%，低于临潭经开区（9.2%）。企业60家，少于临潭经开区的75家。",
            "subject",
            ["", "", "临潭经开区", "", "临潭经开区"],
        ),
        ("沐阳高新区2024年总结\n产值增长9%，而全市仅增长4%。", "subject", ["", "全市"]),
        ("德朗科技（沐阳）有限公司产值5亿元。", "subject", ["德朗科技（沐阳）有限公司"]),
        ("2024年项目进展\n一、启泽片区\n入驻企业20家。", "subject", ["启泽片区"]),
        ("恒岳铸造产值5亿元，该公司员工300人。", "subject", ["恒岳铸造", "恒岳铸造"]),
        ("沐阳科技园2024年总结\n**创新提速。**云岳生物营业收入3亿元。", "subject", ["云岳生物"]),
        ("绍岭织造投入8600万元。", "subject", ["绍岭织造"]),
        ("恒岳铸造二期厂房封顶，新增产能3万吨。", "subject", ["恒岳铸造"]),
        ("某镇上半年经济运行分析\n完成产值5亿元。\n2024年7月12日", "time_period", ["2024-S1"]),
        ("园区1—8月运行情况\n产值5亿元。\n2025年力争产值9亿元。", "time_period", ["2024-M1-8", "2025"]),
        ("2023年总结\n2019年引进的华屿电子产值3亿元。", "time_period", ["2023"]),
        ("园区简介\n2023年产值9亿元。\n华屿电子2021年投产，第二年产值3亿元。", "time_period", ["2023", "2022"]),
        (
            "2024年上半年运行情况\n6月末，企业90家，员工3万人。税收5亿元。",
            "time_period",
            ["2024-06-30", "2024-06-30", "2024-S1"],
        ),
        ("2023年总结\n公寓房源90套，12月末出租率94%，租金收入800万元。", "time_period", ["2023", "2023-12-31", "2023"]),
        ("2024年二季度通报\n投诉23件；6月份投诉仅2件。处罚5起。", "time_period", ["2024-Q2", "2024-06", "2024-Q2"]),
        ("2024年5月月报\n1—5月，吞吐量90万吨。集装箱当月3万标箱。", "time_period", ["2024-M1-5", "2024-05"]),
        ("2023年总结\n占有率由上年的6%提高到11%。", "time_period", ["2022", "2023"]),
        ("2023年总结\n不良率1.8%，上年为2.3%，贷款5亿元。", "time_period", ["2023", "2022", "2023"]),
        (
            "在大会上的讲话\n（2024年2月19日）\n华屿电子去年产值5亿元。利润1亿元。\n今年怎么干？\n新增企业90家。",
            "time_period",
            ["2023", "2023", "2024"],
        ),
        ("2024年上半年情况\n检测中心自投用以来累计服务企业390家。税收5亿元。", "time_period", ["", "2024-S1"]),
        ("2024年二季度通报\n闲置土地去年末还有90亩。", "time_period", ["2023-12-31"]),
        ("2024年1—8月情况\n华屿项目今年计划投资9亿元，已完成5亿元。", "time_period", ["2024", "2024-M1-8"]),
        ("2024年上半年情况\n产值9亿元。去年同期产值为8亿元。", "time_period", ["2024-S1", "2023-S1"]),
        ("2024年情况\n四季度完成税收5亿元，全年19亿元；招商9批次。", "time_period", ["2024-Q4", "2024", "2024-Q4"]),
        (
            "2024年三季度情况\n用工由90人（2023年）增到120人；存款9亿元（9月末），占全区的5%。",
            "time_period",
            ["2023", "2024-Q3", "2024-09-30", "2024-09-30"],
        ),
        ("2024年1—8月情况\n年度计划9亿元，完成全年任务6亿元的40%。", "time_period", ["2024", "2024", "2024-M1-8"]),
        ("2024年上半年情况\n设备到货率70%，年内还将添置8台。", "time_period", ["2024-S1", "2024"]),
        ("2024年1—8月情况\n华屿项目年内完成投资3亿元。", "time_period", ["2024-M1-8"]),
        ("2024年上半年情况\n出口由去年同期的3亿元增到5亿元。", "time_period", ["2023-S1", "2024-S1"]),
        ("2023年总结\n产量6万台，是2020年的2倍，出口1万台。", "time_period", ["2023", "2023", "2023"]),
        ("2024年上半年情况\n收入为年初预算的53%，增长4%。", "time_period", ["2024-S1", "2024-S1"]),
        ("2024年1—10月情况\n华屿二期8月投产，当月产值2亿元。", "time_period", ["2024-08"]),
        ("2023年总结\n华屿电子3月签约、5月拿地，当年投资2亿元。", "time_period", ["2023"]),
        ("2023年工作总结\n园区1996年经省政府批准设立，规划面积9平方公里。", "time_period", ["2023"]),
        ("2024年上半年情况\n一季度开工的7个项目进展缓慢，投资2亿元。", "time_period", ["2024-Q1", "2024-S1"]),
        ("2024年一季度情况\n订单已排到8月，产值3亿元。", "time_period", ["2024-Q1"]),
        ("2024年一季度情况\n问题：一是去年签约项目90个；二是在谈项目11个。", "time_period", ["2023", "2024-Q1"]),
        ("2024年上半年情况\n下半年，围绕全年产值80亿元的目标，安排贴息6亿元。", "time_period", ["2024", "2024-S2"]),
        ("2023年总结\n2021年收入2亿元，2023年增到4亿元。员工71人。", "time_period", ["2021", "2023", "2023"]),
        ("2024年三季度情况通报\n现将1—9月情况通报如下。\n产值5亿元。", "time_period", ["2024-M1-9"]),
        ("某园区办公室 2023年10月\n2023年三季度情况\n一、总体\n产值5亿元。", "time_period", ["2023-Q3"]),
        (
            "安全简报\n2023年第3期\n三季度，检查90家。1—9月检查200家。\n本季度处罚6起。\n隐患50条。",
            "time_period",
            ["2023-Q3", "2023-M1-9", "2023-Q3", "2023-Q3"],
        ),
        ("小镇见闻\n2024年上半年，园区产值5亿元。\n企业90家。", "time_period", ["2024-S1", "2024-S1"]),
        (
            "信息专报\n2024年7月24日\n7月6日至21日，园区办展，成交9亿元。\n补贴8万元。",
            "time_period",
            ["2024-07", "2024-07"],
        ),
        ("2024年一季度走访报告\n3月下旬，走访企业62家。", "time_period", ["2024-Q1"]),
        ("2023年年报\n利润2亿元。期末员工90人。", "time_period", ["2023", "2023-12-31"]),
        ("2023年总结\n年末企业90家，新认定小巨人6家。", "time_period", ["2023-12-31", "2023"]),
        ("2023年总结\n华屿项目年底前累计投资9亿元。", "time_period", ["2023"]),
        ("2024年上半年情况\n产值增速较一季度（1.8%）提高2个百分点。", "time_period", ["2024-Q1", "2024-S1"]),
        ("上半年情况\n产值5亿元，员工90人（6月末）。", "time_period", ["", ""]),
        ("2023年总结\n2022年还只有企业40家。如今，企业90家。", "time_period", ["2022", "2023"]),
        ("2024年上半年情况\n用工120人（上年同期）降到90人。", "time_period", ["2023-S1", "2024-S1"]),
        (
            "2024年上半年情况\n2022年签约项目96个，目前开工71个；终止协议6个。",
            "time_period",
            ["2022", "2024-S1", "2024-S1"],
        ),
        ("共排查隐患67项，其中重大隐患5项。", "parent", ["", "隐患"]),
        ("华屿电子产值9亿元，占全区工业总产值的6%。", "parent", ["", "工业总产值"]),
        ("规上企业156家中，亏损的有43家。", "parent", ["", "规上企业"]),
        ("营业收入由三大板块构成：园区开发12亿元，贸易10亿元。", "parent", ["营业收入", "营业收入"]),
        ("吞吐量完成41万吨，增长3%。分港区看，北港23万吨。", "parent", ["", "", "吞吐量"]),
        ("在册员工1043人，硕士学历占11%。", "parent", ["", "在册员工"]),
        ("工作简报\n2023年，青岚高新区完成产值3亿元。", "subject", [""]),
        (
            "青岚经开区2023年工作总结\n青岚经济技术开发区完成产值3亿元，本公司负责青岚港，货运3万吨。",
            "subject",
            ["", ""],
        ),
        (
            "云溪高新区工作总结\n一看产业。产值30亿元。\n五、下步计划\n产值达40亿元。\n六、服务大局\n办理3件。",
            "subject",
            [""] * 3,
        ),
        (
            "云溪高新区工作总结\n一、建设局\n绿化3公顷。\n二、投资与企业服务局\n签约8个。\n三、国有资产运营集团\n营收3亿元。",
            "subject",
            ["建设局", "投资与企业服务局", "国有资产运营集团"],
        ),
        ("云溪高新区工作总结\n（二）山海飞地园（与临海市共建）\n产值27亿元。", "subject", ["山海飞地园"]),
        (
            "云溪高新区工作总结\n（二）岫山菌菇及健康食品园\n占地350亩。\n（三）盘活存量与优化增量\n盘活300亩。",
            "subject",
            ["岫山菌菇及健康食品园", ""],
        ),
        (
            "云溪高新区工作总结\n（三）启航片区\n1．产业发展\n产值3亿元。\n一、二期共投资2亿元。\n（四）保障措施\n投入1亿元。",
            "subject",
            ["启航片区", "启航片区", ""],
        ),
        (
            "云溪高新区工作总结\n案例2：蓝鲸数造\n员工86人。\n案例3：盘活闲置厂房\n盘活3万平方米。",
            "subject",
            ["蓝鲸数造", ""],
        ),
        (
            "云溪高新区工作总结\n2．“岫云一号”封测产线\n完成投资3亿元。\n3．“一网通办”改革\n办件3000件。",
            "subject",
            ["“岫云一号”封测产线", ""],
        ),
        (
            "云溪高新区工作总结\n4．霁川农化搬迁。新厂区用地240亩。\n5．企业技改。完成投资3亿元。",
            "subject",
            ["霁川农化", ""],
        ),
        (
            "云溪高新区工作总结\n2.霁川年产20万吨再生铝项目。已完成年度投资的93%。\n3.加快推进30万平方米厂房工程。完成投资3亿元。",
            "subject",
            ["霁川年产20万吨再生铝项目", "", ""],
        ),
        (
            "云溪高新区工作总结\n（1）ZORA卓然户外：销售额3亿元，复购率18%。\n2.泽岭数娱：贷款8亿元。",
            "subject",
            ["ZORA卓然户外"] * 2 + ["泽岭数娱"],
        ),
        (
            "云溪高新区工作总结\n霁川医药港：B区交付厂房3万平方米，入驻企业8家。\n霁川铜箔项目：2号车间设备安装完成70%。",
            "subject",
            ["霁川医药港"] * 2 + ["霁川铜箔项目"],
        ),
        (
            "云岚开发区到2015年末批准项目80个。\n截至2016年末，累计产值86亿元。已投产企业60家。",
            "time_period",
            ["2015-12-31", "2016-12-31", "2016-12-31"],
        ),
        ("云岚开发区2015年产值5亿元。\n2016年末企业86家。建有道路9公里。", "time_period", ["2015", "2016-12-31", ""]),
        ("2016年通报\n受需求回落影响，3月份，到位外资90万美元；出口20万美元。", "time_period", ["2016-03", "2016-03"]),
        (
            "2016年通报\n面对压力，二季度产值9亿元；税收2亿元。用电3万千瓦时。",
            "time_period",
            ["2016-Q2", "2016-Q2", "2016-Q2"],
        ),
        (
            "2016年通报\n招商方面，二季度签约9个；开工2个。预计税收3亿元。",
            "time_period",
            ["2016-Q2", "2016-Q2", "2016"],
        ),
        ("2016年通报\n青岚光电扩产，二季度产值9亿元；华屿电子产值2亿元。", "time_period", ["2016-Q2", "2016"]),
        (
            "云岚开发区2015年产值5亿元。\n一区两园全年引资3亿元，占全市的2%。实施项目80个。",
            "time_period",
            ["2015", "2015", "2015", "2015"],
        ),
        (
            "2023年总结\n出口由2019年的2亿元增到2022年的8亿元，占比也从3%升到9%，2023年占比8%。",
            "time_period",
            ["2019", "2022", "2019", "2022", "2023"],
        ),
        (
            "2023年总结\n出口由2019年的2亿元增到8亿元；企业由3家增到9家。税收由1亿元增到2亿元。",
            "time_period",
            ["2019", "2023", "2019", "2023", "2023", "2023"],
        ),
        (
            "2022年，产值60亿元。今年1—4月，税收5亿元。截至4月末，企业31家。",
            "time_period",
            ["2022", "2023-M1-4", "2023-04-30"],
        ),
        ("2021年产值8亿元，今年上半年产值5亿元。6月末员工90人。", "time_period", ["2021", "2022-S1", "2022-06-30"]),
        (
            "区外到位资金70亿元，完成市定任务90亿元的78%，其中省外到位资金50亿元。",
            "parent",
            ["", "", "", "区外到位资金"],
        ),
        ("年度任务90亿元，其中工业投资50亿元。", "parent", ["", "年度任务"]),
        ("合同外资5亿美元，到账外资2亿美元，其中两园合同外资3亿美元。", "parent", ["", "", "合同外资"]),
        ("全市出口90亿元。有实绩的企业80家。其中，民营企业出口40亿元，占44%。", "parent", ["", "", "出口", "出口"]),
        ("签约项目90个，其中内资70个，总投资6亿元；外资20个。", "parent", ["", "签约项目", "", "签约项目"]),
        (
            "培训30场，其中线上12场，参训3000人；线下18场，参训900人；发放补贴2万元。",
            "parent",
            ["", "培训", "", "培训", "", ""],
        ),
        ("税收9亿元，其中两园税收3亿元。", "parent", ["", "税收"]),
        (
            "进出口占同期全市总值的（下同）52%；出口30亿元，占24%。",
            "label",
            ["进出口占同期全市总值", "出口", "出口占同期全市总值"],
        ),
        (
            "出口30亿元，占全市外贸（按人民币计，下同）的7%；进口9亿元，占3%。",
            "parent",
            ["", "全市外贸", "", "全市外贸"],
        ),
        ("出口占全市外贸的比重也从2.8%升到9%。", "parent", ["全市外贸", "全市外贸"]),
        ("出口占产值的比重由上年的3%升到9%。", "label", ["出口占产值的比重", "出口占产值的比重"]),
        ("员工90人，本科以上占71%，研发人员占9%。", "parent", ["", "员工", "员工"]),
        ("引进项目60个，高新技术项目占总数的38%。", "parent", ["", "引进项目"]),
        ("企业60家，其中外资企业9家，占总数的15%。", "parent", ["", "企业", "企业"]),
        ("外资企业占总数的15%。", "parent", ["总数"]),
        (
            "生产总值24亿元。其中：第一产业增加值6亿元；第二产业增加值7亿元，其中工业增加值4亿元；第三产业增加值11亿元。",
            "parent",
            ["", "生产总值", "生产总值", "第二产业增加值", "生产总值"],
        ),
        (
            "财政收入5亿元，到位外资8000万美元，其中新设企业外资4900万美元，引进内资24亿元。",
            "parent",
            ["", "", "到位外资", ""],
        ),
        ("社零总额90亿元。营业收入增长61%，其中商务服务业营业收入9亿元。", "parent", ["", "", "营业收入"]),
        ("投资下降6%，其中工业投资增长3%；在建项目9个。", "parent", ["", "", ""]),
        ("员工占园区职工总数54%。产值37亿元，其中旅游占23%，贸易占12%。", "parent", ["职工总数", "", "产值", "产值"]),
        ("财政收入累计完成8亿元，其中税收7亿元。", "parent", ["", "财政收入"]),
        (
            "签约项目32个，其中工业项目16个，总投资6亿元，文旅项目9个，新开工工业项目2个。",
            "parent",
            ["", "签约项目", "", "签约项目", ""],
        ),
        ("新签约亿元以上项目21个，其中外资项目9个。", "parent", ["", "新签约亿元以上项目"]),
        ("受访企业18家中，有废水的9家，占50%；有废气的4家。", "parent", ["", "受访企业", "受访企业", "受访企业"]),
        ("研发人员占从业人员的58%，占全区的比重由上年的3%升到5%。", "parent", ["从业人员", "全区", "全区"]),
        ("用地900亩，工业用地占总量的70%，绿地占8%。", "parent", ["", "用地", "用地"]),
    ],
    ids=[
        "months in words",
        "carried on",
        "dealt to names before",
        "joint in a name",
        "made up of",
        "alike",
        "department",
        "copula and 公司",
        "behind the figure",
        "dealt out with verbs between",
        "brought",
        "brought, and the park speaks on",
        "kind before the name",
        "dealt without 分别",
        "a park's words in the next sentence",
        "the same said of a name unknown",
        "short form",
        "park of the title",
        "no whole",
        "parts behind a semicolon",
        "since",
        "before its year",
        "end of a quarter",
        "came from a year",
        "its last month",
        "deadline",
        "year of a paragraph",
        "year of the title",
        "years of parts",
        "areas and pronouns",
        "not cut out of a measure",
        "slogan",
        "organ in a heading",
        "no joint where a line begins",
        "venue",
        "venues counted",
        "thing and what is measured there",
        "a larger area grows",
        "unknown beside a name",
        "a year ago",
        "parts in a sentence of their own",
        "institution that acts",
        "institutions counted",
        "fund",
        "behind what stands before names",
        "compared areas",
        "the city around",
        "brackets as written",
        "heading in a line of its own",
        "firm of the sentence",
        "bold lead words",
        "brand that no dictionary has",
        "what a firm has",
        "months of a title, year of the date",
        "year aimed at",
        "deed of a year",
        "deed and the year behind it",
        "date of a sentence",
        "date of a figure",
        "month behind a semicolon",
        "this month",
        "came from the year before",
        "beside, the year before",
        "speech",
        "since its beginning",
        "end of the year before",
        "planned for this year",
        "a year ago, with what",
        "back to the beginning",
        "bracket behind a figure",
        "plan of the year",
        "by the end of the year",
        "done within the year",
        "the same span a year ago",
        "times a year",
        "budget of the beginning",
        "month of a deed",
        "year of a deed",
        "founded",
        "things of a quarter",
        "full until",
        "items of an enumeration",
        "towards a goal",
        "back to the year of the report",
        "as follows",
        "letterhead",
        "number of an issue",
        "story",
        "days at the beginning",
        "ten days of a quarter",
        "end of the span",
        "flow beside a date",
        "what is done by a deadline",
        "span compared with, in brackets",
        "no year at all",
        "today",
        "a year ago, in brackets",
        "of an earlier year, till now",
        "thing counted",
        "measure of a share",
        "so many, of whom",
        "made up of kinds",
        "seen by kinds",
        "share of what was counted",
        "opening names the park",
        "long name of the park",
        "topic and plan in headings",
        "offices in headings",
        "aside of a heading",
        "joint in a heading",
        "headings below a name",
        "case",
        "quoted in a heading",
        "what befalls a firm",
        "capacity in a name",
        "item before a colon",
        "part of the place",
        "date of a paragraph that nothing else dates",
        "date of one sentence",
        "time behind circumstances",
        "time at the head of a clause behind circumstances",
        "time of an aspect",
        "time of a deed",
        "time behind a name",
        "from one to the other, again",
        "from one to the other, behind a semicolon",
        "this year in what follows",
        "this year at the end of a sentence",
        "task beside a share of it",
        "parts of a task",
        "whole that measures the same",
        "whole of a sentence further back",
        "parts behind what is said of the first",
        "parts behind an attribute",
        "part in the words of its whole",
        "read likewise below",
        "whole with an aside",
        "share from one to the other",
        "label of a share from one to the other",
        "two shares of what was counted",
        "share of the total",
        "share of the total of the parts",
        "total of nothing said",
        "parts of a part, and back",
        "main item behind a part in another unit",
        "whole of which a rate was told",
        "rates are no parts",
        "share behind 其中",
        "whole without 累计完成",
        "parts behind an attribute, commas only",
        "whole with a threshold",
        "parts that end alike",
        "从 that is no preposition",
        "two shares of a total",
    ],
)
def test_rule(text: str, column: str, expected: list[str]) -> None:
    assert [figure.record()[column] for figure in extract_text(text).figures] == expected


def test_a_name_is_not_of_a_smaller_whole() -> None:
    """494亿元 is no part of 348亿元: the name is of the figure before that, and the reading is doubtful."""
    figures = extract_text(
        "主营业务收入1524亿元；工业增加值348亿元。过百亿园区2个：松溪经开区494亿元；柳城经开区125亿元。"
    ).figures
    assert [figure.record()["label"] for figure in figures[-2:]] == ["主营业务收入"] * 2
    assert figures[-2].doubtful
