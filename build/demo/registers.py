"""08 地块, 17 融资事件 and 基金名录, 18 荣誉登记, 23 年度目标: one plot, event, fund, title or target a row."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from demo.book import Book, Column, Figure
from demo.economy import annual_target, series_of, sum_of
from demo.enterprises import roster
from demo.plan import ECONOMY, INVESTMENT, PARK, PROMOTION, REVISED
from demo.projects import count_line, quarter_end
from demo.series import Flow, Series, point_code, rounded
from demo.systems import Line

PLOT_FILE = "08地块.xlsx"
CAPITAL_FILE = "17基金登记.xlsx"
HONOUR_FILE = "18荣誉登记.xlsx"
TARGET_FILE = "23年度目标.xlsx"


# -- plots ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plot:
    """An industrial plot in one year."""

    code: str
    user: str
    district: str
    sector: str
    land: Decimal
    tax: Decimal
    output: Decimal
    invested: Decimal
    floor: Decimal
    energy: Decimal
    grade: str
    value_added: Decimal
    sales: Decimal
    research: Decimal
    employees: Decimal
    emissions: Decimal | None
    idle_floor: Decimal
    remark: str

    def per_mu(self, amount: Decimal) -> Decimal:
        return rounded(amount / self.land, 2)

    @property
    def floor_area_ratio(self) -> Decimal:
        return rounded(self.floor / (self.land * 2000 / 3), 2)


def plots(year: int) -> list[Plot]:
    """36 plots; three of them hardly used, one of a user who moved out in 2025."""
    users = [one for one in roster() if one.industrial]
    return [
        plot(number, users[number % len(users)].name, users[number % len(users)].sector, year) for number in range(36)
    ]


def plot(number: int, user: str, sector: str, year: int) -> Plot:
    chance = random.Random(f"demo plot {number}")
    land = rounded(chance.uniform(18, 160), 1)
    idle = number in (11, 23, 31) or (user == "范例纺织" and year == 2025)
    strength = (0.06 if idle else chance.uniform(0.4, 2.2)) * (1.04 if year == 2025 else 1.0)
    tax, output = rounded(float(land) * 18 * strength, 0), rounded(float(land) * 310 * strength, 0)
    grade = "A" if strength > 1.7 else "B" if strength > 0.9 else "C" if strength > 0.35 else "D"
    return Plot(
        f"示例-{'东西南'[number % 3]}{number + 1:02d}",
        user,
        f"{'东西南'[number % 3]}片区",
        sector,
        land,
        tax,
        output,
        rounded(float(land) * chance.uniform(180, 460), 0),
        rounded(float(land) * 667 * chance.uniform(0.5, 1.9), 0),
        rounded(float(land) * 42 * max(strength, 0.2) * chance.uniform(0.6, 1.6), 0),
        grade,
        *plot_effects(number, float(output), float(land), idle, year),
    )


def plot_effects(
    number: int, output: float, land: float, idle: bool, year: int
) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal | None, Decimal, str]:
    """Value added, sales, research, employees, emissions (of some never measured), idle floor, and why it is not graded."""
    chance = random.Random(f"demo plot effects {number}")
    value_added = output * chance.uniform(0.16, 0.3)
    sales = output * chance.uniform(0.9, 1.02)
    research = sales * chance.uniform(0.008, 0.062)
    employees = max(value_added / chance.uniform(24, 58), 12)
    emissions = value_added * 10000 / chance.uniform(2600, 9800) / 10000
    floor = land * 667 * chance.uniform(0.32, 0.58) if idle else chance.choice((0, 0, 0, 0, 1)) * land * 90
    remark = {7: "新供地未满三年", 20: "新供地未满三年", 28: "公用设施用地"}.get(number, "")
    return (
        rounded(value_added, 0),
        rounded(sales, 0),
        rounded(research, 0),
        rounded(employees, 0),
        None if number % 9 == 4 else rounded(emissions, 2),
        rounded(floor * (1.15 if year == 2025 and idle else 1.0), 0),
        remark,
    )


def build_plots() -> Book:
    book = Book(PLOT_FILE)
    for year in (2024, 2025):
        page = book.page(f"{year}年")
        columns = plot_columns(year)
        page.head(f"{PARK}{year}年度工业地块绩效评价基础数据", "单位：万元", len(columns))
        free = page.table(3, columns, plots(year))
        page.notes(free, ["注：1.本表列36宗重点地块，不是全部地块。2.用地面积为土地证载面积。", "填报人：示例壬"])
    return book


def plot_columns(year: int) -> list[Column[Plot]]:
    whole, end = str(year), point_code(year, 12)

    def column(header: tuple[str, ...], indicator: str, period: str, unit: str, name: str) -> Column[Plot]:
        def say(one: Plot) -> Figure:
            return Figure(indicator, period, getattr(one, name), unit, subject=one.code)

        return Column(header, say, 11)

    def per_mu(header: str, indicator: str, name: str) -> Column[Plot]:
        def say(one: Plot) -> Figure:
            return Figure(indicator, whole, one.per_mu(getattr(one, name)), "万元/亩", subject=one.code)

        return Column(("亩均效益（万元/亩）", header), say, 10)

    return [
        Column(("地块编号",), lambda one: one.code, 12),
        Column(("使用企业",), lambda one: one.user, 18),
        Column(("所属片区",), lambda one: one.district, 9),
        Column(("所属行业",), lambda one: one.sector, 12),
        column(("用地面积（亩）",), "plot_land_area", end, "亩", "land"),
        column(("当年效益", "税收"), "tax_revenue", whole, "万元", "tax"),
        column(("当年效益", "工业总产值"), "gross_industrial_output", whole, "万元", "output"),
        per_mu("税收", "tax_per_mu", "tax"),
        per_mu("产值", "output_per_mu", "output"),
        per_mu("投资强度", "investment_intensity", "invested"),
        column(("容积率",), "floor_area_ratio", whole, "无量纲", "floor_area_ratio"),
        column(("综合能耗（吨标准煤）",), "energy_consumption", whole, "吨标准煤", "energy"),
        Column(("上年评价档次",), lambda one: one.grade, 8),
        column(("工业增加值",), "industrial_value_added", whole, "万元", "value_added"),
        column(("工业销售收入",), "industrial_sales_revenue", whole, "万元", "sales"),
        column(("研发经费投入",), "rd_spending", whole, "万元", "research"),
        column(("年平均从业人员（人）",), "average_employees", whole, "人", "employees"),
        column(("主要污染物排放量（吨）",), "pollutant_emissions", whole, "吨", "emissions"),
        column(("闲置厂房面积（平方米）",), "idle_floor_area", end, "平方米", "idle_floor"),
        Column(("不定等级原因",), lambda one: one.remark or None, 14),
    ]


def plot_lines(tax: Series, output: Series, land: Line) -> list[Line]:
    """亩均 of the park: its tax and output over all its plots, of which the register lists only some."""

    def per_mu(series: Series, year: int, quarter: int) -> Decimal:
        return rounded(sum_of(series, year) * 10000 / land.quarters[year, 4], 2) if quarter == 4 else Decimal(0)

    lines = [
        count_line("tax_per_mu", "亩均税收", "rate", lambda y, q: per_mu(tax, y, q), "万元/亩"),
        count_line("output_per_mu", "亩均产值", "rate", lambda y, q: per_mu(output, y, q), "万元/亩"),
    ]
    for line in lines:
        line.annual = True
    return lines


# -- financing and funds ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """An enterprise's financing round."""

    enterprise: str
    round: str
    amount: Decimal
    valuation: Decimal | None
    day: datetime.date


ROUNDS = ("天使轮", "Pre-A轮", "A轮", "B轮", "C轮", "战略投资")
FUNDS = (
    ("示例天使种子基金", "种子期", 2.0, "2021-06-18"),
    ("示例科创成长基金", "成长期", 8.0, "2021-11-05"),
    ("演示产业并购基金", "成熟期", 10.0, "2022-09-22"),
    ("样例数字经济基金", "成长期", 4.0, "2023-03-30"),
    ("范例人才创投基金", "初创期", 2.0, "2023-10-12"),
    ("示例专精特新基金", "成长期", 6.5, "2024-05-20"),
    ("演示新材料基金", "初创期", 6.0, "2024-11-08"),
    ("样例算力基金", "成长期", 8.5, "2025-04-16"),
    ("范例接力基金", "成熟期", 5.0, "2025-09-26"),
)
HONOURS = {
    2024: (
        ("示例省绿色工业园区", "省级", "省示例厅局", "2024-03-20"),
        ("示例市改革创新先进集体", "市级", "示例市", "2024-06-11"),
        ("示例省数字化转型标杆园区", "省级", "省示例厅局", "2024-09-02"),
        ("示例市五四红旗团组织", "市级", "示例市团委", "2024-05-04"),
    ),
    2025: (
        ("示例省优质开发区", "省级", "省示例厅局", "2025-02-18"),
        ("示例省智慧园区试点", "省级", "省示例厅局", "2025-05-23"),
        ("国家级示范类称号（示例）", "国家级", "示例部委", "2025-08-14"),
        ("示例市招商引资先进单位", "市级", "示例市", "2025-01-22"),
        ("示例市安全生产先进集体", "市级", "示例市", "2025-11-30"),
    ),
}


def events(year: int) -> list[Event]:
    chance = random.Random(f"demo events {year}")
    names = [
        f"{word}科技"
        for word in (
            "示例芯微",
            "演示智算",
            "样例光子",
            "范例云图",
            "样本医检",
            "示例储氢",
            "演示机器视觉",
            "样例工软",
            "范例膜材",
            "样本星链",
            "示例数安",
            "演示空天",
            "样例医工",
            "范例低空",
        )
    ]
    chosen = chance.sample(names, {2023: 9, 2024: 11, 2025: 12}[year])
    days = sorted(datetime.date(year, 1, 8) + datetime.timedelta(days=chance.randint(0, 350)) for _ in chosen)
    made = []
    for name, day in zip(chosen, days, strict=True):
        amount = rounded(chance.uniform(0.08, 1.6), 2)
        known = chance.random() < 0.6
        made.append(
            Event(
                name,
                chance.choice(ROUNDS),
                amount,
                rounded(float(amount) * chance.uniform(5, 12), 1) if known else None,
                day,
            )
        )
    return made


def build_capital() -> Book:
    book = Book(CAPITAL_FILE)
    for year in (2024, 2025):
        page = book.page(f"{year}年融资事件")
        columns = event_columns(year)
        page.head(f"{PARK}{year}年度企业融资事件登记表", "单位：亿元", len(columns))
        free = page.table(3, columns, events(year))
        page.notes(free, ["注：未披露估值的填“—”。", "填报人：示例癸"])
    page = book.page("基金名录")
    page.head(f"{PARK}基金名录（截至2025年12月底）", "单位：亿元", 4)
    page.table(3, fund_columns(), [*FUNDS, ("合计", "", sum(fund[2] for fund in FUNDS), "")])
    return book


def event_columns(year: int) -> list[Column[Event]]:
    whole, end = str(year), point_code(year, 12)
    return [
        Column(("企业名称",), lambda one: one.enterprise, 20),
        Column(("轮次",), lambda one: one.round, 10),
        Column(
            ("融资金额",), lambda one: Figure("financing_amount", whole, one.amount, "亿元", subject=one.enterprise)
        ),
        Column(("投后估值",), lambda one: Figure("valuation", end, one.valuation, "亿元", subject=one.enterprise)),
        Column(("完成时间",), lambda one: one.day, 12),
    ]


def fund_columns() -> list[Column[tuple[str, str, float, str]]]:
    return [
        Column(("基金名称",), lambda fund: fund[0], 22),
        Column(("投资阶段",), lambda fund: fund[1] or None),
        Column(
            ("认缴规模",),
            lambda fund: Figure(
                "fund_size", "2025-12-31", rounded(fund[2], 1), "亿元", subject="" if fund[0] == "合计" else fund[0]
            ),
        ),
        Column(("设立时间",), lambda fund: fund[3] or None, 12),
    ]


def capital_lines() -> list[Line]:
    def until(year: int, quarter: int) -> list[Event]:
        return [event for event in events(year) if event.day <= quarter_end(year, quarter)]

    def founded(year: int, quarter: int) -> list[float]:
        return [fund[2] for fund in FUNDS if fund[3] <= quarter_end(year, quarter).isoformat()]

    return [
        count_line("financing_events", "企业融资事件数", "flow", lambda y, q: len(until(y, q)), "笔"),
        count_line(
            "financing_amount",
            "企业融资金额",
            "flow",
            lambda y, q: sum((event.amount for event in until(y, q)), Decimal(0)),
            "亿元",
        ),
        count_line("funds_established", "设立基金数", "stock", lambda y, q: len(founded(y, q)), "支"),
        count_line("fund_size", "基金规模", "stock", lambda y, q: sum(founded(y, q)), "亿元"),
    ]


# -- honours ------------------------------------------------------------------------------------------------------------


def build_honours() -> Book:
    book = Book(HONOUR_FILE)
    for year, rows in HONOURS.items():
        page = book.page(f"{year}年")
        columns = honour_columns(year)
        page.head(f"{PARK}{year}年度所获荣誉登记表", "", len(columns))
        free = page.table(3, columns, rows)
        page.notes(free, ["注：荣誉名称均为虚构。"])
    return book


def honour_columns(year: int) -> list[Column[tuple[str, str, str, str]]]:
    return [
        Column(
            ("荣誉名称",),
            lambda row: Figure("honours", str(year), Decimal(1), "项", subject=row[0], words=row[0]),
            30,
        ),
        Column(("级别",), lambda row: row[1]),
        Column(("授予单位",), lambda row: row[2], 18),
        Column(("获得时间",), lambda row: row[3], 12),
    ]


def honour_lines() -> list[Line]:
    rows = {
        **HONOURS,
        2023: (
            ("示例市文明单位", "市级", "示例市", "2023-04-12"),
            ("示例省特色产业园区", "省级", "省示例厅局", "2023-10-19"),
        ),
    }
    return [
        count_line(
            "honours",
            "荣誉称号",
            "flow",
            lambda y, q: sum(row[3] <= quarter_end(y, q).isoformat() for row in rows[y]),
            "项",
        )
    ]


# -- targets ------------------------------------------------------------------------------------------------------------

OFFICES = {
    "fixed_asset_investment": "建设局",
    "industrial_investment": "建设局",
    "construction_installation_investment": "建设局",
    "fdi_received": "投促中心",
    "domestic_investment_received": "投促中心",
    "domestic_investment_outside_city": "投促中心",
    "strong_projects_submitted": "投促中心",
    "tax_revenue": "财政局",
    "general_public_budget_revenue": "财政局",
}


@dataclass(frozen=True)
class Goal:
    """The year's goal of one indicator."""

    series: Series
    year: int
    asked: float

    @property
    def flow(self) -> Flow:
        return self.series.flow

    def amount(self, asked: float) -> Decimal:
        return annual_target(self.series, self.year, asked)


def goals(year: int, *, revised: bool = False) -> list[Goal]:
    made = [series for flows in (ECONOMY, INVESTMENT, PROMOTION) for series in series_of(flows) if series.flow.target]
    return [
        Goal(series, year, REVISED.get(series.flow.indicator, series.flow.target) if revised else series.flow.target)
        for series in made
    ]


def build_targets() -> Book:
    """The plan of the year, the plan as changed in July, and next year's as proposed."""
    book = Book(TARGET_FILE)
    target_page(book, "2025年", 2025, goals(2025), "制表时间：2025年1月20日")
    target_page(book, "2025年调整", 2025, goals(2025, revised=True), "制表时间：2025年7月18日")
    target_page(book, "2026年建议", 2026, goals(2026), "制表时间：2026年1月5日")
    return book


def target_page(book: Book, name: str, year: int, rows: Sequence[Goal], made_on: str) -> None:
    page = book.page(name)
    columns = target_columns(year)
    page.head(f"{PARK}{year}年度主要目标任务分解表", made_on, len(columns))
    free = page.table(3, columns, rows)
    page.notes(free, ["注：确保目标为考核依据，力争目标为自加压力。", "填报人：示例子"])


def target_columns(year: int) -> list[Column[Goal]]:
    whole = str(year)
    return [
        Column(("指标名称",), lambda goal: goal.flow.label, 22),
        Column(("计量单位",), lambda goal: goal.flow.unit),
        Column(
            ("上年实绩",),
            lambda goal: Figure(goal.flow.indicator, str(year - 1), sum_of(goal.series, year - 1), goal.flow.unit),
        ),
        Column(
            ("年度目标", "确保"),
            lambda goal: Figure(
                goal.flow.indicator, whole, goal.amount(goal.asked), goal.flow.unit, "target", target_kind="base"
            ),
        ),
        Column(
            ("年度目标", "力争"),
            lambda goal: Figure(
                goal.flow.indicator, whole, goal.amount(goal.asked + 2), goal.flow.unit, "target", target_kind="stretch"
            ),
        ),
        Column(
            ("年度目标", "增长（%）"),
            lambda goal: Figure(
                goal.flow.indicator, whole, rounded(goal.asked, 1), "%", "target", target_kind="growth"
            ),
        ),
        Column(("责任单位",), lambda goal: f"示例{OFFICES.get(goal.flow.indicator, '经发局')}", 14),
    ]
