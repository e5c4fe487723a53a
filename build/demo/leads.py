"""06 招商项目台账: every lead with its dates, as it stands at the end of 2025, and the funnel counted from the dates.

About a third of the leads lands, months after the first talk: the landed and the negotiated projects of one year are not
the same ones, so that their ratio is no conversion rate.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from demo.book import Book, Column, Figure
from demo.plan import PARK
from demo.projects import count_line, quarter_end
from demo.series import rounded
from demo.systems import Line, share_of

FILE = "06招商项目台账.xlsx"
AS_OF = datetime.date(2025, 12, 31)
PERIOD = "2025-12-31"
CHANNELS = ("外出招商", "接待客商", "以商招商", "中介机构", "基金招商")
SECTORS = ("高端装备", "电子信息", "新材料", "新能源", "生物医药", "软件和信息服务", "现代物流", "数据算力")
TECHNOLOGY = ("电子信息", "生物医药", "软件和信息服务", "数据算力")
ORIGINS = ("长三角", "珠三角", "京津冀", "中西部", "境外", "本地增资")
WORDS = (
    "控制器",
    "传感器",
    "电机",
    "轴承",
    "模具",
    "涂料",
    "靶材",
    "光模块",
    "机器人",
    "激光器",
    "检测仪",
    "无人机",
    "云平台",
    "数据库",
    "工业软件",
    "疫苗",
)
STEPS = ("签约", "落地", "开工", "投产")
CHANCES = (0.52, 0.66, 0.7, 0.6)
DAYS = ((25, 150), (20, 120), (40, 160), (150, 330))


@dataclass(frozen=True)
class Lead:
    """One lead: where it came from, what it would be, and when it took each step."""

    name: str
    channel: str
    sector: str
    origin: str
    amount: Decimal
    area: Decimal
    dates: tuple[datetime.date | None, ...]

    def on(self, step: int) -> datetime.date | None:
        """The day of a step by the end of 2025; step 0 is the first talk."""
        day = self.dates[step]
        return day if day and day <= AS_OF else None

    def by(self, step: int, when: datetime.date) -> bool:
        day = self.dates[step]
        return day is not None and day <= when

    @property
    def state(self) -> str:
        reached = max(step for step in range(5) if self.on(step))
        idle = (AS_OF - (self.on(reached) or AS_OF)).days
        return "已搁置" if reached == 0 and idle > 300 else ("在谈", "已签约", "已落地", "已开工", "已投产")[reached]


def leads() -> list[Lead]:
    chance = random.Random("demo leads")
    days = sorted(datetime.date(2023, 1, 5) + datetime.timedelta(days=chance.randint(0, 1085)) for _ in range(198))
    return [lead(number, day, chance) for number, day in enumerate(days, start=1)]


def lead(number: int, day: datetime.date, chance: random.Random) -> Lead:
    dates: list[datetime.date | None] = [day]
    for likely, (least, most) in zip(CHANCES, DAYS, strict=True):
        before = dates[-1]
        taken = chance.random() < likely
        wait = datetime.timedelta(days=chance.randint(least, most))
        dates.append(before + wait if before and taken else None)
    sector = chance.choice(SECTORS)
    amount, area = rounded(chance.uniform(0.3, 9.5), 2), rounded(chance.uniform(0.1, 3.2), 2)
    return Lead(
        f"示例{chance.choice(WORDS)}项目{number:03d}",
        chance.choice(CHANNELS),
        sector,
        chance.choice(ORIGINS),
        amount,
        area,
        tuple(dates),
    )


def build_leads() -> Book:
    book = Book(FILE)
    page = book.page("在册项目")
    rows = leads()
    columns = lead_columns(rows)
    page.head(f"{PARK}招商在册项目台账（截至2025年12月底）", "单位：亿元", len(columns))
    free = page.table(3, columns, rows)
    page.notes(free, ["注：1.协议投资额以签约文本为准，未签约的不填。2.项目名称均为虚构。", "填报人：示例辛"])
    return book


def lead_columns(rows: list[Lead]) -> list[Column[Lead]]:
    def when(step: int) -> Callable[[Lead], datetime.date | None]:
        return lambda one: one.on(step)

    columns: list[Column[Lead]] = [
        Column(("序号",), lambda one: rows.index(one) + 1, 6),
        Column(
            ("项目名称",),
            lambda one: Figure("projects_negotiated", PERIOD, Decimal(1), "个", subject=one.name, words=one.name),
            24,
        ),
        Column(("来源渠道",), lambda one: one.channel),
        Column(("所属行业",), lambda one: one.sector, 14),
        Column(("投资方来源地",), lambda one: one.origin),
        Column(
            ("协议投资额",),
            lambda one: (
                Figure("agreed_investment", PERIOD, one.amount, "亿元", subject=one.name) if one.on(1) else None
            ),
        ),
        Column(
            ("意向需求面积（万平方米）",),
            lambda one: Figure("intended_demand_area", PERIOD, one.area, "万平方米", subject=one.name),
            13,
        ),
        Column(("进展", "首次对接"), when(0), 12),
    ]
    columns += [Column(("进展", words), when(step), 12) for step, words in enumerate(STEPS, start=1)]
    return [*columns, Column(("状态",), lambda one: one.state, 10)]


def funnel_lines() -> list[Line]:
    """What took place from January to the end of each quarter, and what is open at its end."""
    everyone = leads()

    def reached(step: int, year: int, quarter: int) -> list[Lead]:
        begin, end = datetime.date(year, 1, 1), quarter_end(year, quarter)
        return [one for one in everyone if (day := one.dates[step]) is not None and begin <= day <= end]

    def open_at(year: int, quarter: int, channel: str = "") -> list[Lead]:
        end = quarter_end(year, quarter)
        fresh = end - datetime.timedelta(days=300)
        return [
            one
            for one in everyone
            if one.by(0, end) and not one.by(1, end) and not one.by(0, fresh) and channel in ("", one.channel)
        ]

    talks = count_line("projects_negotiated", "对接洽谈项目数", "flow", lambda y, q: len(reached(0, y, q)))
    landed = count_line("projects_landed", "落地项目数", "flow", lambda y, q: len(reached(2, y, q)))
    return [
        talks,
        count_line("projects_signed", "签约项目数", "flow", lambda y, q: len(reached(1, y, q))),
        count_line(
            "agreed_investment",
            "协议投资额",
            "flow",
            lambda y, q: sum((one.amount for one in reached(1, y, q)), Decimal(0)),
            "亿元",
        ),
        landed,
        count_line(
            "technology_projects_landed",
            "落地科技类项目数",
            "flow",
            lambda y, q: sum(one.sector in TECHNOLOGY for one in reached(2, y, q)),
            part_of="projects_landed",
        ),
        share_of("landed_to_negotiated_ratio", "同期落地洽谈比", landed, talks),
        count_line("leads_in_reserve", "储备意向项目数", "stock", lambda y, q: len(open_at(y, q))),
        count_line(
            "leads_tracked_outbound", "外出招商跟踪意向项目数", "stock", lambda y, q: len(open_at(y, q, "外出招商"))
        ),
        count_line(
            "leads_tracked_received", "接待客商跟踪意向项目数", "stock", lambda y, q: len(open_at(y, q, "接待客商"))
        ),
        count_line(
            "intended_demand_area",
            "意向需求面积",
            "stock",
            lambda y, q: sum((one.area for one in open_at(y, q)), Decimal(0)),
            "万平方米",
        ),
    ]
