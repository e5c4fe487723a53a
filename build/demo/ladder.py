"""10 梯次培育库: enterprises below and above size with their titles at the end of each year, one a row.

The library lists some of the park's enterprises, not all: newcomers, climbers, a few that lose a title, and some whose
revenue comes near the threshold of the statistics (升规).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from demo.book import Book, Column, Figure
from demo.plan import PARK
from demo.series import point_code, rounded

FILE = "10梯次培育库.xlsx"
SHARE_FILE = "10科创企业占比.xlsx"
SHARES = (
    ("高新技术企业数", "hightech_enterprises", {2024: 22.8, 2025: 23.4}),
    ("专精特新中小企业数", "specialised_smes", {2024: 25.2, 2025: 26.1}),
    ("专精特新“小巨人”企业数", "little_giants", {2024: 28.6, 2025: 30.0}),
    ("规上企业数", "enterprises_above_size", {2024: 31.3, 2025: 31.8}),
)
SHEETS = (2023, 2024, 2025)
KINDS = (
    ("工业",) * 28
    + ("信息传输、软件和信息技术服务业",) * 10
    + ("科学研究和技术服务业",) * 6
    + ("批发业",) * 5
    + ("零售业",) * 3
)
THRESHOLDS = {
    "工业": 2000,
    "信息传输、软件和信息技术服务业": 2000,
    "科学研究和技术服务业": 1000,
    "批发业": 2000,
    "零售业": 500,
}
LAPSED = (11, 31)
"""Let 高企 lapse in 2025."""
REMOVED = (12, 33)
"""Moved away in 2025."""
TITLES = ("科小", "创新型", "高企", "专精特新", "小巨人")
WORDS = (
    "微纳 精雕 轻合金 热控 激光 视觉 伺服 磁材 纤维 涂层 封装 滤光 储热 逆变 电驱 试剂 检验 耗材 植介 包装 "
    "仪表 阀门 密封 刀具 减速 冲压 铸造 模组 云桥 数联 图谱 智检 码流 网盾 协同 仿真 低代码 语音 检测 设计 标准 中试 "
    "计量 咨询 供应链 机电贸易 化工贸易 电商 集采 生鲜 图书 数码"
)
PREFIXES = ("示例", "演示", "样例", "范例", "样本")


@dataclass(frozen=True)
class Climber:
    """An enterprise at the end of one year."""

    name: str
    kind: str
    titles: frozenset[str]
    above_size: bool
    revenue: Decimal | None


def climbers(year: int) -> list[Climber]:
    return [one for number in range(len(KINDS)) if (one := climber(number, year)) is not None]


def climber(number: int, year: int) -> Climber | None:
    """None before it was taken into the library, and after it was taken out."""
    chance = random.Random(f"demo climber {number}")
    since = chance.choice((2023, 2023, 2023, 2024, 2025))
    if year < since or (year == 2025 and number in REMOVED):
        return None
    kind = KINDS[number]
    base = THRESHOLDS[kind] * chance.uniform(0.3, 1.25)
    growth = [1.0, 1 + chance.uniform(-0.1, 0.35)]
    growth.append(growth[1] * (1 + chance.uniform(-0.15, 0.4)))
    revenues = [base * factor for factor in growth]
    above = any(value >= THRESHOLDS[kind] * 1.02 for value in revenues[: year - 2023])  # in the statistics a year later
    revenue = None if chance.random() < 0.05 and year == 2025 else rounded(revenues[year - 2023], 0)
    return Climber(f"{PREFIXES[number % 5]}{WORDS.split()[number]}", kind, titles(chance, number, year), above, revenue)


def titles(chance: random.Random, number: int, year: int) -> frozenset[str]:
    """Won one after the other; a few let 高企 lapse."""
    won: set[str] = set()
    when = 2019 + chance.choice((0, 1, 1, 2, 3, 4))
    for title, likely in zip(TITLES, (0.92, 0.8, 0.78, 0.62, 0.4), strict=True):
        if chance.random() > likely:
            break
        if when <= year:
            won.add(title)
        when += chance.choice((0, 1, 1, 2))
    if number in LAPSED and year == 2025:
        won.discard("高企")
    return frozenset(won)


def build_ladder() -> Book:
    book = Book(FILE)
    for year in SHEETS:
        page = book.page(f"{year}年")
        columns = ladder_columns(year)
        page.head(f"{PARK}{year}年度企业梯次培育库", "单位：万元", len(columns))
        free = page.table(3, columns, climbers(year))
        page.notes(free, ["注：1.本表为培育库在库企业，不是全部企业。2.企业名称均为虚构。", "填报人：示例寅"])
    return book


def ladder_columns(year: int) -> list[Column[Climber]]:
    def title(name: str) -> Column[Climber]:
        return Column(("资质", name), lambda one: "√" if name in one.titles else None, 8)

    return [
        Column(("企业名称",), lambda one: one.name, 18),
        Column(("统计行业",), lambda one: one.kind, 24),
        *(title(name) for name in TITLES),
        Column(("是否纳入规上",), lambda one: "是" if one.above_size else "否", 9),
        Column(
            ("主营业务收入",),
            lambda one: Figure(
                "main_business_revenue", str(year), one.revenue, "万元", subject=one.name, sentinel="缺报"
            ),
            12,
        ),
    ]


def build_shares() -> Book:
    """What the park makes up of its district."""
    book = Book(SHARE_FILE)
    for year in (2024, 2025):
        page = book.page(f"{year}年末")
        columns = share_columns(year)
        page.head(f"{PARK}{year}年末科技型企业占全区比重", "", len(columns))
        free = page.table(3, columns, SHARES)
        page.notes(free, ["注：全区数由区主管部门通报。", "填报人：示例寅"])
    return book


def share_columns(year: int) -> list[Column[tuple[str, str, dict[int, float]]]]:
    end = point_code(year, 12)
    return [
        Column(("指标名称",), lambda row: row[0], 28),
        Column(("占全区比重（%）",), lambda row: Figure(row[1], end, rounded(row[2][year], 1), "%", "share"), 14),
    ]
