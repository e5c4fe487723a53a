"""04 重点项目 and 05 前期手续: registers of projects, a sheet a quarter, and what is counted from them.

A project advances along an S from its start to its completion; `pace` below 1 is behind its plan. The plan of a year is
what its planned dates ask for, so that a project that starts late or advances slowly misses it.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from demo.book import Book, Column, Content, Figure, Page
from demo.components import image, part_progress
from demo.plan import PARK
from demo.series import YEARS, point_code, rounded, ytd_code
from demo.systems import QUARTERS, Line, Quarter, quarter_words, share_of

FILE = "04重点项目.xlsx"
PROCEDURE_FILE = "05前期手续.xlsx"
ALL_QUARTERS = [(year, quarter) for year in YEARS for quarter in (1, 2, 3, 4)]
OFFICES = ("示例建设局", "示例投促中心", "示例经发局", "示例公用公司")
OBSTACLES = {
    "用地": "用地报批未完成，无法交地",
    "资金": "业主资金未到位，进度款支付滞后",
    "管线": "高压线迁改方案未定",
    "设计": "方案调整，施工图重新审查",
}
# name, level, type, sector, land, total, planned start, months, delay in months, pace, obstacle
PLAN = [
    ("示例精工智能装备产业园", "省级", "工业", "高端装备", 186, 24.5, "2023-04", 30, 0, 1.0, ""),
    ("演示电子封测基地二期", "省级", "工业", "电子信息", 142, 18.6, "2023-09", 26, 1, 0.97, ""),
    ("样例储能电池项目", "省级", "工业", "新能源", 205, 32.0, "2024-03", 30, 0, 1.05, ""),
    ("范例光电显示模组项目", "省级", "工业", "电子信息", 118, 15.2, "2024-08", 24, 5, 0.72, "资金"),
    ("样本新材料中试基地", "省级", "工业", "新材料", 96, 9.8, "2025-02", 22, 0, 1.0, ""),
    ("示例工业互联网创新中心", "市级", "服务业", "软件和信息服务", 42, 6.4, "2023-03", 22, 0, 1.0, ""),
    ("演示医疗器械加速器", "市级", "工业", "生物医药", 66, 7.2, "2023-10", 24, 2, 0.95, ""),
    ("样例芯片设计大厦", "市级", "服务业", "软件和信息服务", 28, 8.5, "2024-02", 28, 0, 0.9, ""),
    ("范例精密传动扩产项目", "市级", "工业", "高端装备", 58, 5.6, "2024-05", 18, 0, 1.08, ""),
    ("样本膜科技净水项目", "市级", "工业", "新材料", 74, 6.1, "2024-09", 20, 7, 0.7, "管线"),
    ("示例智慧物流枢纽", "市级", "服务业", "现代物流", 132, 8.8, "2025-01", 24, 3, 0.8, "用地"),
    ("演示算力中心一期", "市级", "基础设施", "数据算力", 46, 11.4, "2025-03", 16, 0, 1.1, ""),
    ("样例通信设备总部", "市级", "服务业", "电子信息", 35, 7.9, "2025-06", 26, 12, 0.0, "用地"),
    ("范例制药无菌车间", "区级", "工业", "生物医药", 40, 3.4, "2023-06", 18, 0, 1.0, ""),
    ("样本液压件技改项目", "区级", "工业", "高端装备", 22, 1.8, "2024-01", 12, 0, 1.0, ""),
    ("示例园区东片道路及管网", "区级", "基础设施", "市政", 88, 4.6, "2023-11", 22, 1, 0.95, ""),
    ("演示污水处理厂提标工程", "区级", "基础设施", "市政", 31, 2.7, "2024-04", 14, 0, 1.0, ""),
    ("样例人才公寓二期", "区级", "房地产", "房地产", 47, 6.9, "2024-03", 26, 2, 0.85, "资金"),
    ("范例陶瓷基板项目", "区级", "工业", "新材料", 52, 3.9, "2024-10", 18, 0, 1.02, ""),
    ("样本食品冷链项目", "区级", "工业", "食品", 64, 2.9, "2025-02", 14, 4, 0.85, "设计"),
    ("示例数字创意街区更新", "区级", "服务业", "软件和信息服务", 25, 2.2, "2025-03", 15, 0, 1.0, ""),
    ("演示电控系统产业化项目", "区级", "工业", "新能源", 38, 3.1, "2025-04", 16, 0, 1.05, ""),
    ("样例检测认证平台", "区级", "服务业", "检测认证", 18, 1.5, "2025-05", 12, 9, 0.0, "设计"),
    ("示例氢能装备项目", "省级", "工业", "新能源", 128, 16.8, "2026-03", 28, 0, 1.0, ""),
    ("演示先进封装材料项目", "市级", "工业", "新材料", 72, 6.6, "2026-05", 22, 0, 1.0, ""),
    ("样例低空经济试验基地", "市级", "服务业", "高端装备", 110, 5.8, "2026-02", 20, 4, 1.0, "管线"),
    ("范例智能机床改扩建项目", "区级", "工业", "高端装备", 57, 4.2, "2025-09", 18, 9, 0.0, "用地"),
]
STAGES = (
    ("可研批复", 20, "示例发改窗口"),
    ("土地规划调整", 60, "示例自规窗口"),
    ("规划设计条件", 15, "示例自规窗口"),
    ("征地报批", 90, "示例自规窗口"),
    ("施工许可", 10, "示例住建窗口"),
)


def month_number(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def day_of(number: int, day: int) -> datetime.date:
    return datetime.date(number // 12, number % 12 + 1, day)


def curve(position: float) -> float:
    """The S of a project: slow, fast, slow, from 0 to 1."""
    place = min(max(position, 0.0), 1.0)
    return place * place * (3 - 2 * place)


@dataclass(frozen=True)
class Project:
    """One project with its plan and what became of it; months are counted from the year 0."""

    name: str
    level: str
    kind: str
    sector: str
    land: int
    total: float
    planned_start: int
    months: int
    delay: int
    pace: float
    obstacle: str

    @property
    def start(self) -> int:
        return self.planned_start + self.delay

    @property
    def planned_end(self) -> int:
        return self.planned_start + self.months

    @property
    def end(self) -> int:
        """When it is completed, as far as anyone knows: far away where it does not advance."""
        return self.start + (round(self.months / self.pace) if self.pace else 120)

    def planned_share(self, month: int) -> float:
        return curve((month + 1 - self.planned_start) / self.months)

    def share(self, month: int) -> float:
        return curve((month + 1 - self.start) / (self.end - self.start)) if self.pace else 0.0

    def done(self, month: int) -> Decimal:
        """Invested from the start to the end of this month."""
        return rounded(self.total * self.share(month), 2)

    def done_in_year(self, year: int, quarter: int) -> Decimal:
        return self.done(year * 12 + 3 * quarter - 1) - self.done(year * 12 - 1)

    def plan(self, year: int) -> Decimal:
        return rounded(self.total * (self.planned_share(year * 12 + 11) - self.planned_share(year * 12 - 1)), 2)

    def started(self, month: int) -> bool:
        return self.pace > 0 and self.start <= month

    def completed(self, month: int) -> bool:
        return self.end <= month

    def commissioned(self, month: int) -> bool:
        return self.end + 3 <= month

    def in_register(self, year: int) -> bool:
        """Listed from the year of its planned start until the year of its completion."""
        return self.planned_start <= year * 12 + 11 and self.end >= year * 12

    def stuck(self, month: int) -> bool:
        return bool(self.obstacle) and self.planned_start <= month and not self.completed(month)


def projects() -> list[Project]:
    return [Project(*row[:6], month_number(row[6]), *row[7:]) for row in PLAN]


def last_month(year: int, quarter: int) -> int:
    return year * 12 + 3 * quarter - 1


def listed(year: int) -> list[Project]:
    return [project for project in projects() if project.in_register(year)]


# -- the register ---------------------------------------------------------------------------------------------------


def build_projects() -> list[Book]:
    book = Book(FILE)
    for year, quarter in QUARTERS:
        project_page(book.page(f"{year}年{quarter}季度"), year, quarter)
    book.explain(["填报说明", "一、项目级别分省级、市级、区级。", "二、全年预计完成为责任单位预计数。"])
    return [book, build_procedures()]


def project_page(page: Page, year: int, quarter: int) -> None:
    columns = project_columns(year, quarter)
    page.head(f"{PARK}{quarter_words(year, quarter)}重点项目进展情况", "单位：亿元", len(columns))
    rows: list[Project | None] = [*listed(year), None]
    free = page.table(3, columns, rows)
    page.notes(free, ["注：1.形象进度由责任单位按月填报。2.项目名称均为虚构。", "填报人：示例己"])


def project_columns(year: int, quarter: int) -> list[Column[Project | None]]:
    month = last_month(year, quarter)
    total, end, whole = ytd_code(year, 3 * quarter), point_code(year, 3 * quarter), str(year)
    rows = listed(year)
    columns: list[Column[Project | None]] = [Column(("序号",), lambda p: rows.index(p) + 1 if p else None, 6)]
    columns += word_columns(
        (
            ("项目名称", lambda p: p.name, 26),
            ("项目级别", lambda p: p.level, 8),
            ("项目类型", lambda p: p.kind, 9),
            ("所属行业", lambda p: p.sector, 12),
            ("责任单位", lambda p: office(p), 14),
            ("建设性质", lambda p: "新开工" if p.planned_start // 12 == year else "续建", 8),
        ),
        first="合计",
    )
    columns += [
        sum_column(("用地面积（亩）",), "project_land_area", end, "亩", lambda p: Decimal(p.land), rows),
        sum_column(("总投资",), "project_total_investment", end, "亿元", lambda p: rounded(p.total, 2), rows),
        sum_column(("年度计划投资",), "project_annual_plan", whole, "亿元", lambda p: p.plan(year), rows),
        sum_column(
            ("本年完成投资", "累计完成"),
            "project_investment_done",
            total,
            "亿元",
            lambda p: p.done_in_year(year, quarter),
            rows,
        ),
        sum_column(
            ("本年完成投资", "其中：建安"),
            "project_construction_installation",
            total,
            "亿元",
            lambda p: built(p, year, quarter),
            rows,
        ),
        Column(("本年完成投资", "占年度计划（%）"), lambda p: plan_share(p, rows, year, quarter, total), 11),
        sum_column(("开工以来累计完成",), "project_investment_cumulative", end, "亿元", lambda p: p.done(month), rows),
        sum_column(
            ("全年预计完成",),
            "project_investment_done",
            whole,
            "亿元",
            lambda p: expected(p, year, month),
            rows,
            estimated=True,
        )
        if quarter < 4
        else Column(("全年预计完成",), lambda p: None),
        Column(("形象进度", "进度描述"), lambda p: image_words(p, month) if p else None, 18),
        Column(
            ("形象进度", "完成比例（%）"),
            lambda p: percent_of(p, "image_progress", end, image(p, month)) if p else None,
            10,
        ),
        Column(("形象进度", "底板（%）"), lambda p: building_part(p, "bottom_slab_progress", end, month, "底板"), 9),
        Column(
            ("形象进度", "主体结构（%）"),
            lambda p: building_part(p, "main_structure_progress", end, month, "主体结构"),
            9,
        ),
    ]
    columns += date_columns(month)
    columns.append(Column(("卡点问题",), lambda p: OBSTACLES[p.obstacle] if p and p.stuck(month) else None, 24))
    columns.append(
        sum_column(("未解决卡点（个）",), "project_obstacles_open", end, "个", lambda p: Decimal(p.stuck(month)), rows)
    )
    return columns


def word_columns(
    specs: Sequence[tuple[str, Callable[[Project], str], int]], first: str
) -> list[Column[Project | None]]:
    def column(place: int, header: str, say: Callable[[Project], str], width: int) -> Column[Project | None]:
        return Column((header,), lambda p: say(p) if p else (first if place == 0 else None), width)

    return [column(place, *spec) for place, spec in enumerate(specs)]


def sum_column(
    header: tuple[str, ...],
    indicator: str,
    period: str,
    unit: str,
    value: Callable[[Project], Decimal],
    rows: Sequence[Project],
    *,
    estimated: bool = False,
) -> Column[Project | None]:
    """A column of levels with their sum in the total row."""

    def say(project: Project | None) -> Content:
        amount = value(project) if project else sum((value(one) for one in rows), Decimal(0))
        return Figure(indicator, period, amount, unit, subject=project.name if project else "", estimated=estimated)

    return Column(header, say, 11)


def office(project: Project) -> str:
    return OFFICES[3] if project.kind == "基础设施" else OFFICES[sum(map(ord, project.name)) % 3]


def built(project: Project, year: int, quarter: int) -> Decimal:
    """建安: about two thirds of the year's investment."""
    share = 0.55 + random.Random(f"demo built {project.name}").random() * 0.25
    return rounded(float(project.done_in_year(year, quarter)) * share, 2)


def plan_share(project: Project | None, rows: Sequence[Project], year: int, quarter: int, period: str) -> Figure:
    some = [project] if project else rows
    plan = sum((one.plan(year) for one in some), Decimal(0))
    done = sum((one.done_in_year(year, quarter) for one in some), Decimal(0))
    value = rounded(done / plan * 100, 1) if plan else None
    return Figure("project_investment_done", period, value, "%", "completion", subject=project.name if project else "")


def expected(project: Project, year: int, month: int) -> Decimal:
    """The office's own hope for the year: what is done, and nine tenths of what the plan still asks for."""
    done = project.done(month) - project.done(year * 12 - 1)
    return rounded(done + max(project.plan(year) - done, Decimal(0)) * Decimal("0.9"), 2)


def percent_of(project: Project, indicator: str, period: str, value: Decimal) -> Figure:
    return Figure(indicator, period, value, "%", subject=project.name)


def building_part(project: Project | None, indicator: str, period: str, month: int, part: str) -> Figure | None:
    if project is None or project.kind == "基础设施" or not project.started(month):
        return None
    return percent_of(project, indicator, period, part_progress(project, month, part))


def image_words(project: Project, month: int) -> str:
    if not project.started(month):
        return "前期工作"
    position = (month + 1 - project.start) / (project.end - project.start)
    words = (
        (0.1, "场地平整、桩基施工"),
        (0.25, "基础及底板施工"),
        (0.7, "主体结构施工"),
        (0.9, "安装及装饰装修"),
        (1.0, "收尾及验收准备"),
    )
    return "已竣工" if project.completed(month) else next((t for limit, t in words if position < limit), words[-1][1])


def date_columns(month: int) -> list[Column[Project | None]]:
    """Milestones: planned ones always, actual ones once they have happened."""

    def happened(number: int, day: int) -> datetime.date | None:
        return day_of(number, day) if number <= month else None

    def when(header: str, say: Callable[[Project], datetime.date | None]) -> Column[Project | None]:
        return Column(("时间节点", header), lambda p: say(p) if p else None, 12)

    return [
        when("拿地", lambda p: happened(p.start - 4, 12) if p.pace else None),
        when("计划开工", lambda p: day_of(p.planned_start, 15)),
        when("实际开工", lambda p: happened(p.start, 18) if p.pace else None),
        when(
            "封顶",
            lambda p: (
                happened(p.start + round((p.end - p.start) * 0.7), 20) if p.pace and p.kind != "基础设施" else None
            ),
        ),
        when("计划竣工", lambda p: day_of(p.planned_end, 28)),
        when("实际竣工", lambda p: happened(p.end, 25)),
        when("投产", lambda p: happened(p.end + 3, 8) if p.kind == "工业" else None),
    ]


# -- procedures before the start --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One stage of one project's procedures."""

    project: str
    stage: str
    office: str
    accepted: datetime.date
    promised: int
    days: int

    @property
    def finished(self) -> datetime.date:
        return self.accepted + datetime.timedelta(days=self.days)

    @property
    def due(self) -> datetime.date:
        return self.accepted + datetime.timedelta(days=self.promised)

    def state(self, when: datetime.date) -> str:
        if self.finished <= when:
            return "已办结" if self.finished <= self.due else "逾期办结"
        return "在办" if when <= self.due else "逾期在办"


def steps() -> list[Step]:
    """Every project's stages, one after the other, to end about when it starts; the stuck ones take much longer."""
    made: list[Step] = []
    for project in projects():
        chance = random.Random(f"demo steps {project.name}")
        slow = {"用地": "征地报批", "设计": "规划设计条件", "管线": "土地规划调整"}.get(project.obstacle, "")
        day = day_of(project.planned_start - 9, chance.randint(2, 26))
        for stage, promised, window in STAGES:
            days = round(promised * chance.uniform(0.6, 1.08)) + (project.delay * 30 if stage == slow else 0)
            made.append(Step(project.name, stage, window, day, promised, days))
            day = made[-1].finished + datetime.timedelta(days=chance.randint(1, 9))
    return made


def quarter_end(year: int, quarter: int) -> datetime.date:
    first_of_next = datetime.date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return first_of_next - datetime.timedelta(days=1)


def steps_at(year: int, quarter: int) -> list[Step]:
    """What the sheet of a quarter lists: projects with a stage open at its end, or closed in the quarter."""
    end = quarter_end(year, quarter)
    begin = end - datetime.timedelta(days=91)
    active = {step.project for step in steps() if step.accepted <= end and step.finished > begin}
    return [step for step in steps() if step.project in active and step.accepted <= end]


def build_procedures() -> Book:
    book = Book(PROCEDURE_FILE)
    for year, quarter in QUARTERS:
        page = book.page(f"{year}年{quarter}季度")
        rows = steps_at(year, quarter)
        columns = step_columns(year, quarter)
        page.head(f"{PARK}{quarter_words(year, quarter)}重点项目前期手续办理情况", "单位：天", len(columns))
        free = page.table(3, columns, rows)
        merge_projects(page, rows)
        page.notes(free, ["注：未办结的环节，在办天数算至报告期末。", "填报人：示例庚"])
    return book


def merge_projects(page: Page, rows: Sequence[Step]) -> None:
    """One cell for the name of a project, over all its stages."""
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place].project != rows[first].project:
            if place - first > 1:
                page.sheet.merge_cells(start_row=5 + first, end_row=4 + place, start_column=1, end_column=1)
            first = place


def step_columns(year: int, quarter: int) -> list[Column[Step]]:
    end = quarter_end(year, quarter)
    return [
        Column(("项目名称",), lambda step: step.project, 26),
        Column(("环节",), lambda step: step.stage, 14),
        Column(("办理窗口",), lambda step: step.office, 14),
        Column(("时间", "受理"), lambda step: step.accepted, 12),
        Column(("时间", "承诺办结"), lambda step: step.due, 12),
        Column(("时间", "实际办结"), lambda step: step.finished if step.finished <= end else None, 12),
        Column(("在办天数",), lambda step: days_figure(step, point_code(year, 3 * quarter), end)),
        Column(("状态",), lambda step: step.state(end), 10),
    ]


def days_figure(step: Step, period: str, end: datetime.date) -> Figure:
    days = (min(step.finished, end) - step.accepted).days
    return Figure("days_in_stage", period, Decimal(days), "天", subject=step.stage, parent=step.project)


# -- what the registers count ---------------------------------------------------------------------------------------


def count_line(
    indicator: str,
    label: str,
    kind: str,
    count: Callable[[int, int], float | Decimal],
    unit: str = "个",
    part_of: str = "",
) -> Line:
    quarters: dict[Quarter, Decimal] = {
        (year, quarter): Decimal(str(count(year, quarter))) for year, quarter in ALL_QUARTERS
    }
    return Line(indicator, label, unit, kind, quarters, part_of=part_of)


def investment_of(level: str, year: int, quarter: int) -> Decimal:
    return sum((p.done_in_year(year, quarter) for p in listed(year) if p.level == level), Decimal(0))


def number_in_year(moment: Callable[[Project], int], year: int, quarter: int) -> int:
    """How many projects reached this moment between January and the end of the quarter."""
    return sum(1 for p in projects() if p.pace and year * 12 <= moment(p) <= last_month(year, quarter))


def project_lines() -> list[Line]:
    planned = count_line(
        "projects_planned_to_start",
        "计划开工项目数",
        "stock",
        lambda y, q: sum(p.planned_start // 12 == y for p in projects()),
    )
    started = count_line("projects_started", "开工项目数", "flow", lambda y, q: number_in_year(lambda p: p.start, y, q))
    return [
        count_line("key_projects", "重点项目数", "stock", lambda y, q: len(listed(y))),
        count_line(
            "provincial_key_projects",
            "省级重点项目数",
            "stock",
            lambda y, q: sum(p.level == "省级" for p in listed(y)),
            part_of="key_projects",
        ),
        count_line(
            "municipal_key_projects",
            "市级重点项目数",
            "stock",
            lambda y, q: sum(p.level == "市级" for p in listed(y)),
            part_of="key_projects",
        ),
        count_line(
            "provincial_key_project_investment",
            "省级重点项目完成投资",
            "flow",
            lambda y, q: investment_of("省级", y, q),
            "亿元",
        ),
        count_line(
            "municipal_key_project_investment",
            "市级重点项目完成投资",
            "flow",
            lambda y, q: investment_of("市级", y, q),
            "亿元",
        ),
        planned,
        started,
        share_of("project_start_rate", "开工率", started, planned),
        count_line(
            "projects_under_construction",
            "在建项目数",
            "stock",
            lambda y, q: sum(p.started(last_month(y, q)) and not p.completed(last_month(y, q)) for p in projects()),
        ),
        count_line("projects_completed", "竣工项目数", "flow", lambda y, q: number_in_year(lambda p: p.end, y, q)),
        count_line(
            "projects_commissioned", "投产项目数", "flow", lambda y, q: number_in_year(lambda p: p.end + 3, y, q)
        ),
        *start_lines(),
    ]


def start_lines() -> list[Line]:
    """Starts due by the end of the quarter (carried over ones too), those that are late, and those before their time:
    due - late + early = started this year."""

    def due(year: int, quarter: int) -> list[Project]:
        end = last_month(year, quarter)
        return [p for p in projects() if p.planned_start <= end and not p.started(year * 12 - 1)]

    def late(year: int, quarter: int) -> int:
        return sum(not p.started(last_month(year, quarter)) for p in due(year, quarter))

    def early(year: int, quarter: int) -> int:
        end = last_month(year, quarter)
        return sum(p.started(end) and p.start >= year * 12 and p.planned_start > end for p in projects())

    return [
        count_line("projects_due_to_start", "截至本期计划开工项目数", "stock", lambda y, q: len(due(y, q))),
        count_line("projects_not_started_as_planned", "未按计划开工项目数", "stock", late),
        count_line("projects_started_early", "提前开工项目数", "flow", early),
    ]


def procedure_lines() -> list[Line]:
    def open_steps(year: int, quarter: int) -> list[Step]:
        end = quarter_end(year, quarter)
        return [step for step in steps() if step.accepted <= end < step.finished]

    return [
        count_line(
            "projects_in_pre_approval",
            "前期手续在办项目数",
            "stock",
            lambda y, q: len({step.project for step in open_steps(y, q)}),
        ),
        count_line(
            "overdue_procedures",
            "逾期手续数",
            "stock",
            lambda y, q: sum(step.due < quarter_end(y, q) for step in open_steps(y, q)),
            "项",
        ),
        count_line(
            "procedures_completed",
            "办结前期手续数",
            "flow",
            lambda y, q: sum(datetime.date(y, 1, 1) <= step.finished <= quarter_end(y, q) for step in steps()),
            "项",
        ),
        count_line(
            "land_approval_projects",
            "用地报批项目数",
            "stock",
            lambda y, q: sum(step.stage == "征地报批" for step in open_steps(y, q)),
        ),
    ]
