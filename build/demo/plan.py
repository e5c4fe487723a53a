"""The park's story: what its monthly indicators did. Everything here is made up.

Output rose through 2024 and fell from the summer of 2025 (由增转降) after one key enterprise lost orders; investment fell
and recovered; software and exports ran ahead of the year's plan, retail and 实际利用外资 behind it.
"""

from __future__ import annotations

from demo.series import Flow

PARK = "示例高新技术产业园"

ECONOMY = [
    Flow(
        "gross_industrial_output", "工业总产值", "亿元", 56.3, (5.0, 6.1, 6.8, 6.3), (5.9, 2.9, -4.2, -7.4), joint=True
    ),
    Flow(
        "industrial_output_above_size",
        "规上工业总产值",
        "亿元",
        51.6,
        (5.2, 6.4, 7.1, 6.6),
        (6.2, 3.1, -4.6, -7.9),
        joint=True,
        target=6.5,
    ),
    Flow(
        "pillar_industries_output",
        "支柱产业总产值",
        "亿元",
        38.4,
        (6.3, 7.2, 7.6, 7.0),
        (7.4, 4.4, -4.0, -7.2),
        joint=True,
    ),
    Flow(
        "industrial_value_added_above_size",
        "规上工业增加值",
        "亿元",
        10.3,
        (5.0, 5.8, 6.2, 6.0),
        (5.8, 3.4, -2.1, -4.4),
        joint=True,
        comparable=0.6,
        price_basis="constant",
        target=6.0,
    ),
    Flow(
        "hightech_manufacturing_value_added",
        "规上高新技术制造业增加值",
        "亿元",
        5.2,
        (8.1, 9.0, 9.2, 8.8),
        (9.0, 6.2, 1.4, -1.8),
        joint=True,
        parent="industrial_value_added_above_size",
    ),
    Flow("hightech_manufacturing_share", "规上高新技术制造业增加值占规上工业比重", "%", 0, joint=True),
    Flow(
        "output_above_size_enterprises",
        "规上企业产值",
        "亿元",
        71.2,
        (6.0, 7.0, 7.9, 7.6),
        (7.3, 5.0, 0.8, -1.6),
        joint=True,
    ),
    Flow("nev_output", "新能源汽车产量", "万辆", 0.42, (22, 26, 31, 30), (33, 24, 11, 4), decimals=3),
    Flow("total_income", "总收入", "亿元", 68.9, (5.8, 6.2, 6.6, 6.8), (7.2, 5.1, 1.6, -0.4)),
    Flow("main_business_revenue", "主营业务收入", "亿元", 64.0, (5.5, 6.0, 6.5, 6.6), (7.0, 4.8, 1.2, -0.9)),
    Flow("total_profit", "利润总额", "亿元", 3.6, (4.0, 5.2, 7.5, 8.1), (3.6, -4.0, -12.5, -17.0)),
    Flow("tax_revenue", "税收", "亿元", 4.35, (3.8, 4.2, 4.0, 4.4), (5.1, 4.8, 3.2, 2.4), target=4.0),
    Flow("taxes_and_fees_paid", "实缴税费", "亿元", 5.02, (3.5, 4.0, 3.9, 4.1), (4.9, 4.5, 3.0, 2.1)),
    Flow("fiscal_revenue", "财政收入", "亿元", 4.62, (3.4, 3.8, 3.9, 4.0), (4.7, 4.3, 2.9, 2.0)),
    Flow("general_fiscal_income", "一般财政收入", "亿元", 2.48, (3.1, 3.4, 3.8, 3.7), (4.5, 4.0, 2.7, 1.9)),
    Flow(
        "general_public_budget_revenue",
        "一般公共预算收入",
        "亿元",
        2.31,
        (3.2, 3.5, 3.9, 3.6),
        (4.4, 4.1, 2.9, 2.2),
        target=4.0,
    ),
    Flow(
        "budget_tax_revenue",
        "一般公共预算税收收入",
        "亿元",
        1.96,
        (3.0, 3.2, 3.6, 3.5),
        (4.2, 3.9, 2.6, 1.9),
        parent="general_public_budget_revenue",
    ),
    Flow(
        "general_public_budget_expenditure",
        "一般公共预算支出",
        "亿元",
        1.88,
        (4.1, 2.6, 3.0, 3.3),
        (1.2, 2.0, 2.8, 3.4),
    ),
    Flow("total_trade", "进出口总额", "亿元", 9.85, (2.1, 3.4, 4.8, 5.5), (7.9, 9.6, 10.4, 11.2), target=5.0),
    Flow("exports", "出口总额", "亿元", 6.72, (3.1, 4.0, 5.9, 6.4), (9.1, 11.4, 12.8, 13.0), parent="total_trade"),
    Flow("imports", "进口总额", "亿元", 3.13, parent="total_trade"),
    Flow(
        "bonded_goods_value", "进出区货物总值", "亿美元", 0.58, (1.8, 2.6, 3.9, 4.4), (6.0, 8.1, 9.2, 9.9), decimals=3
    ),
    Flow(
        "electricity_consumption", "用电量", "万千瓦时", 6120, (5.5, 6.0, 6.2, 5.9), (4.8, 2.4, -1.9, -3.6), decimals=0
    ),
]
INVESTMENT = [
    Flow(
        "fixed_asset_investment",
        "固定资产投资",
        "亿元",
        9.1,
        (7.5, 4.0, -1.0, -4.5),
        (-9.5, -4.0, 6.5, 13.0),
        joint=True,
        comparable=1.4,
        target=6.0,
    ),
    Flow(
        "industrial_investment",
        "工业投资",
        "亿元",
        5.3,
        (9.0, 6.5, 2.0, -1.0),
        (-6.0, 1.0, 11.0, 16.5),
        joint=True,
        target=8.0,
        parent="fixed_asset_investment",
    ),
    Flow(
        "construction_installation_investment",
        "建安投资",
        "亿元",
        4.6,
        (6.8, 3.2, -2.1, -5.6),
        (-11.0, -5.2, 4.8, 10.5),
        joint=True,
        target=6.0,
        parent="fixed_asset_investment",
    ),
    Flow(
        "real_estate_investment",
        "房地产投资",
        "亿元",
        1.5,
        (-6.0, -9.0, -12.0, -14.0),
        (-18.0, -15.0, -12.0, -8.0),
        joint=True,
        parent="fixed_asset_investment",
    ),
    Flow(
        "infrastructure_investment",
        "基础设施投资",
        "亿元",
        1.1,
        (5.0, 4.0, 6.0, 8.0),
        (12.0, 15.0, 18.0, 16.0),
        joint=True,
        parent="fixed_asset_investment",
    ),
    Flow("construction_installation_share", "建安投资占比", "%", 0, joint=True),
]
COMMERCE = [
    Flow(
        "retail_sales_of_consumer_goods",
        "社会消费品零售总额",
        "亿元",
        3.6,
        (4.4, 3.8, 3.2, 2.6),
        (1.4, -0.6, -2.2, -3.0),
        joint=True,
    ),
    Flow(
        "wholesale_sales_above_quota",
        "限上批发业销售额",
        "亿元",
        21.4,
        (8.2, 9.1, 7.4, 6.8),
        (9.6, 11.2, 8.8, 7.1),
        joint=True,
    ),
    Flow(
        "retail_sales_above_quota",
        "限上零售业销售额",
        "亿元",
        2.1,
        (5.1, 4.2, 3.0, 2.1),
        (0.8, -1.9, -4.1, -5.2),
        joint=True,
    ),
    Flow(
        "accommodation_turnover_above_quota",
        "限上住宿业营业额（万元）",
        "万元",
        412,
        (12.0, 9.5, 7.2, 5.0),
        (4.1, 3.2, 5.5, 6.8),
        decimals=0,
        joint=True,
    ),
    Flow(
        "catering_turnover_above_quota",
        "限上餐饮业营业额（万元）",
        "万元",
        655,
        (14.0, 11.2, 8.3, 6.1),
        (5.2, 4.4, 6.1, 7.5),
        decimals=0,
        joint=True,
    ),
]
SERVICES = [
    Flow(
        "services_revenue_above_size",
        "规上服务业营业收入",
        "亿元",
        16.9,
        (9.1, 9.8, 10.6, 11.0),
        (11.4, 12.0, 12.8, 13.5),
        joint=True,
    ),
    Flow(
        "software_revenue_above_size",
        "规上软件企业营业收入",
        "亿元",
        10.4,
        (11.0, 12.0, 12.6, 13.0),
        (13.5, 14.2, 15.1, 15.8),
        joint=True,
    ),
    Flow(
        "other_profit_services_output",
        "其他营利性服务业产值",
        "亿元",
        3.2,
        (7.0, 7.6, 8.4, 8.8),
        (9.0, 8.6, 9.4, 9.9),
        joint=True,
    ),
    Flow(
        "profit_services_revenue_above_quota",
        "限上营利性服务业营业收入（万元）",
        "万元",
        8640,
        (8.0, 8.8, 9.0, 9.6),
        (10.2, 9.6, 8.8, 8.2),
        decimals=0,
        joint=True,
    ),
]
PROMOTION = [
    Flow(
        "domestic_investment_received", "到位内资", "亿元", 5.8, (8.0, 7.2, 6.0, 5.1), (3.0, 1.2, 4.6, 7.8), target=10.0
    ),
    Flow("domestic_investment_attracted", "国内招商引资", "亿元", 7.1, (7.0, 6.6, 6.1, 5.4), (3.6, 2.0, 4.2, 7.1)),
    Flow(
        "domestic_investment_outside_city",
        "市外内资",
        "亿元",
        3.9,
        (9.1, 8.0, 6.4, 5.0),
        (2.2, 0.6, 5.1, 9.0),
        target=10.0,
    ),
    Flow(
        "fdi_received",
        "实际利用外资",
        "万美元",
        410,
        (-4.0, -2.0, 1.0, 2.0),
        (-12.0, -18.0, -15.0, -9.0),
        decimals=0,
        target=8.0,
    ),
    Flow("fdi_contracted", "合同外资", "万美元", 760, (6.0, 9.0, 4.0, 2.0), (-20.0, -14.0, -6.0, 3.0), decimals=0),
    Flow(
        "strong_projects_submitted",
        "招强引优提报项目数",
        "个",
        3,
        (10.0, 10.0, 10.0, 10.0),
        (20.0, 20.0, 20.0, 20.0),
        decimals=0,
        target=20.0,
    ),
    Flow("projects_introduced", "引进项目数", "个", 9, (8.0, 8.0, 8.0, 8.0), (12.0, 12.0, 12.0, 12.0), decimals=0),
    Flow("outbound_visits", "外出拜访次数", "次", 14, (6.0, 6.0, 6.0, 6.0), (15.0, 15.0, 15.0, 15.0), decimals=0),
    Flow("receptions", "接待客商次数", "次", 26, (5.0, 5.0, 5.0, 5.0), (9.0, 9.0, 9.0, 9.0), decimals=0),
    Flow("promotion_events", "招商推介活动场次", "场", 2, (0.0, 0.0, 0.0, 0.0), (30.0, 30.0, 30.0, 30.0), decimals=0),
]
DIFFERENCES = {"imports": ("total_trade", "exports")}
"""A flow that is a total less a part."""
SHARES = {
    "hightech_manufacturing_share": ("hightech_manufacturing_value_added", "industrial_value_added_above_size"),
    "construction_installation_share": ("construction_installation_investment", "fixed_asset_investment"),
}
"""A rate that is a part of a total."""
REVISED = {"fixed_asset_investment": 2.0}
REVISION_MONTH = 7
"""In July 2025 the plan of these was changed to another growth; ledgers from then on carry the changed target."""
DRIFTS = {("02商贸.xlsx", "2025年5月"): "inserted", ("02规上服务业.xlsx", "2025年8月"): "swapped"}
"""Sheets whose columns one month's office arranged differently."""
