"""03 重点企业: a sheet a quarter, one enterprise a row, with the park's own figures in 合计.

The enterprises' figures add up to the park's exactly: each quarter the park's cumulative is divided among them by their
weights, and what rounding leaves goes to the largest. The park's story comes from here: 示例重工, a fifth of the output,
loses orders in the summer of 2025; 演示新能源 more than doubles; 范例纺织 moves out; 样例储能 has no figure of last year.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from demo.book import Book, Column, Figure, Page
from demo.plan import ECONOMY, PARK, SERVICES
from demo.series import Series, make_series, percent, rounded, ytd_code
from demo.systems import QUARTERS, Line, quarter_words

FILE = "03重点企业.xlsx"
OTHERS = "其他企业"
SECTORS = {
    "高端装备": "精工 重工 机床 液压 智能装备 传动",
    "电子信息": "电子 光电 芯片封测 传感 通信设备 显示",
    "新材料": "新材料 化工 陶瓷 膜科技",
    "新能源": "新能源 储能 电控",
    "生物医药": "生物 制药 医疗器械",
    "纺织服装": "纺织 服饰",
    "食品": "食品",
}
SOFTWARE = (
    "软件 数据科技 云计算 信息技术 工业互联网 人工智能 网络安全 数字创意 智慧物流 检测认证 设计研究院 物联网 区块链"
)
PREFIXES = ("示例", "演示", "样例", "范例", "样本")
PATHS = {
    "示例重工": (3.0, -8.0, -27.0, -38.0),
    "演示新能源": (96.0, 128.0, 155.0, 181.0),
    "范例纺织": (-35.0, -62.0, -78.0, -86.0),
}
NEWCOMER = "样例储能"


@dataclass(frozen=True)
class Enterprise:
    """One enterprise: its weight among its kind, and its growth in each quarter of 2025."""

    name: str
    sector: str
    industrial: bool
    weight: float
    growth_2024: float
    path_2025: tuple[float, float, float, float]
    above_size: bool
    tech_sme: bool
    hightech: bool
    specialised: bool
    little_giant: bool

    @property
    def size(self) -> str:
        return "大型" if self.weight > 0.08 else "中型" if self.weight > 0.025 else "小型"

    def index(self, year: int, quarter: int) -> float:
        """Its weight, grown; the newcomer has none before 2025."""
        if self.name == NEWCOMER and year < 2025:
            return 0.0
        grown = self.weight * (1 + self.growth_2024 / 100 if year > 2023 else 1)
        return grown * (1 + self.path_2025[quarter - 1] / 100) if year == 2025 else grown


def roster() -> list[Enterprise]:
    """25 industrial enterprises and 13 of software and services, largest first in each kind."""
    names = [(word, sector) for sector, words in SECTORS.items() for word in words.split()]
    industrial = [enterprise(number, word, sector, True) for number, (word, sector) in enumerate(names)]
    software = [enterprise(number, word, "软件和信息服务", False) for number, word in enumerate(SOFTWARE.split())]
    return [*industrial, *software]


def enterprise(number: int, word: str, sector: str, industrial: bool) -> Enterprise:
    chance = random.Random(f"demo enterprise {word}")
    name = special_name(word) or PREFIXES[number % len(PREFIXES)] + word
    weight = 0.2 if word == "重工" else (0.045 if number else 0.09) * chance.uniform(0.5, 1.5)
    drift = chance.uniform(-6, 9)
    path = PATHS.get(name) or tuple(round(drift + chance.uniform(-4, 4), 1) for _ in range(4))
    return Enterprise(
        name,
        sector,
        industrial,
        weight,
        round(chance.uniform(-5, 14), 1),
        (path[0], path[1], path[2], path[3]),
        True,
        chance.random() < 0.35,
        chance.random() < 0.6,
        chance.random() < 0.35,
        chance.random() < 0.12,
    )


def special_name(word: str) -> str:
    return {"重工": "示例重工", "新能源": "演示新能源", "纺织": "范例纺织", "储能": NEWCOMER}.get(word, "")


@dataclass(frozen=True)
class Measure:
    """A quantity of each enterprise: which indicator, whose park total it adds up to, in which unit."""

    key: str
    indicator: str
    label: str
    unit: str
    scale: int
    industrial: bool | None
    others: float
    growth: bool = True


MEASURES = (
    Measure("output", "industrial_output_above_size", "工业总产值", "万元", 4, True, 0.0),
    Measure("revenue", "operating_revenue", "营业收入", "万元", 4, None, 0.18),
    Measure("tax", "tax_revenue", "税收", "万元", 4, None, 0.31),
    Measure("power", "electricity_consumption", "用电量", "万千瓦时", 0, None, 0.24),
)
Table = dict[tuple[str, str, int, int], Decimal | None]


def divide(total: Decimal, weights: Sequence[float]) -> list[Decimal]:
    """Whole numbers in these proportions that add up to the total."""
    whole = sum(weights)
    parts = [rounded(float(total) * weight / whole, 0) for weight in weights]
    largest = max(range(len(parts)), key=lambda place: parts[place])
    parts[largest] += total - sum(parts)
    return parts


def park_total(measure: Measure, year: int, quarter: int, revenue: Line) -> Decimal:
    """What the other ledgers say of the park, in this ledger's unit."""
    if measure.key == "revenue":
        value = revenue.quarters[year, quarter]
    else:
        value = park_series()[measure.indicator].ytd(year, 3 * quarter) or Decimal(0)
    return value.scaleb(measure.scale)


def park_series() -> dict[str, Series]:
    return {flow.indicator: make_series(flow) for flow in (*ECONOMY, *SERVICES) if not flow.parent}


def weight_of(measure: Measure, one: Enterprise, year: int, quarter: int) -> float:
    chance = random.Random(f"demo {measure.key} {one.name}")
    if measure.industrial and not one.industrial:
        return 0.0
    share = one.index(year, quarter) * (1.0 if one.industrial else 0.45)
    lean = 0.15 if measure.key == "power" and not one.industrial else 1.0
    return share * lean * (1.0 if measure.key == "output" else chance.uniform(0.7, 1.3))


def divided(enterprises: Sequence[Enterprise], revenue: Line) -> Table:
    table: Table = {}
    for measure in MEASURES:
        for year in (2023, 2024, 2025):
            for quarter in (1, 2, 3, 4):
                weights = [weight_of(measure, one, year, quarter) for one in enterprises]
                weights.append(sum(weights) * measure.others / (1 - measure.others))
                total = park_total(measure, year, quarter, revenue)
                for name, part in zip(
                    [*(one.name for one in enterprises), OTHERS], divide(total, weights), strict=True
                ):
                    table[measure.key, name, year, quarter] = part or None
                table[measure.key, "合计", year, quarter] = total
    return table


def growing_share(revenue: Line) -> Line:
    """The share of enterprises whose output grew, among those with output in both years."""
    enterprises = roster()
    table = divided(enterprises, revenue)
    line = Line("growing_enterprise_share", "企业增长面", "%", "rate")
    for year, quarter in QUARTERS:
        pairs = [
            (table["output", one.name, year, quarter], table["output", one.name, year - 1, quarter])
            for one in enterprises
        ]
        grown = [new > old for new, old in pairs if new and old]
        line.quarters[year, quarter] = rounded(sum(grown) * 100 / len(grown), 1)
    return line


@dataclass(frozen=True)
class EnterpriseRow:
    """A row of the sheet: an enterprise, the rest, or the total."""

    number: int | None
    name: str
    enterprise: Enterprise | None


def build_enterprises(revenue: Line) -> Book:
    book = Book(FILE)
    enterprises = roster()
    table = divided(enterprises, revenue)
    rows = [EnterpriseRow(number, one.name, one) for number, one in enumerate(enterprises, start=1)]
    rows += [EnterpriseRow(None, OTHERS, None), EnterpriseRow(None, "合计", None)]
    for year, quarter in QUARTERS:
        enterprise_page(book.page(f"{year}年{quarter}季度"), rows, table, year, quarter)
    return book


def enterprise_page(page: Page, rows: Sequence[EnterpriseRow], table: Table, year: int, quarter: int) -> None:
    columns = enterprise_columns(table, year, quarter)
    page.head(f"{PARK}{quarter_words(year, quarter)}重点企业主要指标", "单位：万元", len(columns))
    free = page.table(3, columns, rows)
    page.notes(
        free,
        ["注：1.企业名称均为虚构。2.“其他企业”为未单列企业合并数。3.空格表示该企业不涉及此项指标。", "填表：示例戊"],
    )


def enterprise_columns(table: Table, year: int, quarter: int) -> list[Column[EnterpriseRow]]:
    columns: list[Column[EnterpriseRow]] = [
        Column(("序号",), lambda row: row.number, 6),
        Column(("企业名称",), lambda row: row.name, 20),
        Column(("所属行业",), lambda row: row.enterprise.sector if row.enterprise else None, 14),
        Column(("企业规模",), lambda row: row.enterprise.size if row.enterprise else None, 8),
    ]
    for words, name in (
        ("规上", "above_size"),
        ("科小", "tech_sme"),
        ("高企", "hightech"),
        ("专精特新", "specialised"),
        ("小巨人", "little_giant"),
    ):
        columns.append(Column(("资质标签", words), flag(name), 7))
    for measure in MEASURES:
        columns += measure_columns(measure, table, year, quarter)
    return columns


def flag(name: str) -> Callable[[EnterpriseRow], str | None]:
    return lambda row: "√" if row.enterprise and getattr(row.enterprise, name) else None


def measure_columns(measure: Measure, table: Table, year: int, quarter: int) -> list[Column[EnterpriseRow]]:
    head = f"{measure.label}（{measure.unit}）" if measure.unit != "万元" else measure.label

    def figure(row: EnterpriseRow, when: int, *, growth: bool = False) -> Figure | None:
        new, old = (table[measure.key, row.name, at, quarter] for at in (year, year - 1))
        value = (percent(new, old) if new and old else None) if growth else (new if when == year else old)
        if new is None and old is None:
            return None
        subject = "" if row.name == "合计" else row.name
        return Figure(
            measure.indicator,
            ytd_code(when, 3 * quarter),
            value,
            "%" if growth else measure.unit,
            "growth" if growth else "level",
            "yoy" if growth else "",
            subject=subject,
        )

    return [
        Column((head, "本年累计"), lambda row: figure(row, year), 12),
        Column((head, "上年同期"), lambda row: figure(row, year - 1), 12),
        Column((head, "同比（%）"), lambda row: figure(row, year, growth=True), 9),
    ]
