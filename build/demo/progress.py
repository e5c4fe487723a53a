"""04 形象进度 (lots and components of the projects under construction) and 04 项目节点 (milestones), a sheet a quarter."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from demo.book import Book, Column, Figure, Page
from demo.components import Component, components, position
from demo.plan import PARK
from demo.projects import Project, day_of, last_month, listed, office, projects, quarter_end
from demo.series import point_code
from demo.systems import QUARTERS, quarter_words

IMAGE_FILE = "04形象进度.xlsx"
NODE_FILE = "04项目节点.xlsx"
NODES = ("拿地", "开工", "纳统", "封顶", "竣工", "投产")


@dataclass(frozen=True)
class Part:
    """One component of one project at the end of a quarter."""

    project: Project
    component: Component
    done: Decimal


@dataclass(frozen=True)
class Node:
    """One milestone of one project: the plan, what happened by the end of the quarter, and what its office expects."""

    project: str
    name: str
    office: str
    planned: datetime.date
    actual: datetime.date | None
    expected: datetime.date | None


def build_progress() -> list[Book]:
    image, nodes = Book(IMAGE_FILE), Book(NODE_FILE)
    for year, quarter in QUARTERS:
        image_page(image.page(f"{year}年{quarter}季度"), year, quarter)
        if year == 2025:  # the milestones have been followed since then
            node_page(nodes.page(f"{year}年{quarter}季度"), year, quarter)
    return [image, nodes]


# -- components -------------------------------------------------------------------------------------------------------


def parts_at(year: int, quarter: int) -> list[Part]:
    month = last_month(year, quarter)
    building = [p for p in projects() if p.started(month) and not p.completed(month)]
    return [Part(p, one, one.done(position(p, month))) for p in building for one in components(p)]


def image_page(page: Page, year: int, quarter: int) -> None:
    rows = parts_at(year, quarter)
    end = point_code(year, 3 * quarter)

    def figure(indicator: str, value: Decimal, row: Part) -> Figure:
        return Figure(indicator, end, value, "%", subject=row.component.name, parent=row.project.name)

    columns: list[Column[Part]] = [
        Column(("项目名称",), lambda row: row.project.name, 26),
        Column(("标段部位",), lambda row: row.component.name, 16),
        Column(("标段",), lambda row: row.component.lot, 9),
        Column(("部位",), lambda row: row.component.part, 12),
        Column(("部位工作量权重（%）",), lambda row: figure("component_weight", row.component.weight, row), 10),
        Column(("部位完成比例（%）",), lambda row: figure("component_progress", row.done, row), 10),
    ]
    page.head(f"{PARK}{quarter_words(year, quarter)}重点项目形象进度分部位情况", "", len(columns))
    free = page.table(3, columns, rows)
    merge_names(page, [row.project.name for row in rows], 4)
    page.notes(
        free, ["注：1.工作量权重为占本项目全部工作量的比重，各部位合计为100%。2.只列在建项目。", "填报人：示例己"]
    )


def merge_names(page: Page, names: Sequence[str], first_row: int) -> None:
    """One cell for the name of a project, over all its rows."""
    begin = 0
    for place in range(1, len(names) + 1):
        if place == len(names) or names[place] != names[begin]:
            if place - begin > 1:
                page.sheet.merge_cells(
                    start_row=first_row + begin, end_row=first_row + place - 1, start_column=1, end_column=1
                )
            begin = place


# -- milestones -------------------------------------------------------------------------------------------------------


def moments_of(project: Project) -> dict[str, tuple[datetime.date, int, int]]:
    """Planned day, and true month and day, of each milestone that the project has; the register has the same dates."""
    moments = {
        "拿地": (day_of(project.planned_start - 4, 12), project.start - 4, 12),
        "开工": (day_of(project.planned_start, 15), project.start, 18),
        "纳统": (day_of(project.planned_start + 1, 15), project.start + 1, 10),
    }
    if project.kind != "基础设施":
        planned = day_of(project.planned_start + round(project.months * 0.7), 25)
        moments["封顶"] = (planned, project.start + round((project.end - project.start) * 0.7), 20)
    moments["竣工"] = (day_of(project.planned_end, 28), project.end, 25)
    if project.kind == "工业":
        moments["投产"] = (day_of(project.planned_end + 3, 15), project.end + 3, 8)
    return moments


def nodes_at(year: int, quarter: int) -> list[Node]:
    end = last_month(year, quarter)
    made = []
    for project in listed(year):
        for name, (planned, true, day) in moments_of(project).items():
            happened = project.pace > 0 and true <= end
            hoped = max(true - (1 if project.delay else 0), end + 1)  # those who are late hope to be less so
            made.append(
                Node(
                    project.name,
                    name,
                    office(project),
                    planned,
                    day_of(true, day) if happened else None,
                    day_of(hoped, day) if project.pace > 0 and not happened else None,
                )
            )
    return made


def node_page(page: Page, year: int, quarter: int) -> None:
    rows = nodes_at(year, quarter)
    end = point_code(year, 3 * quarter)
    columns: list[Column[Node]] = [
        Column(("项目名称",), lambda row: row.project, 26),
        Column(
            ("节点",),
            lambda row: Figure(
                "project_milestones", end, Decimal(1), "个", subject=row.name, parent=row.project, words=row.name
            ),
            9,
        ),
        Column(("责任单位",), lambda row: row.office, 14),
        Column(("时间", "计划"), lambda row: row.planned, 12),
        Column(("时间", "实际"), lambda row: row.actual, 12),
        Column(("时间", "预计"), lambda row: row.expected, 12),
    ]
    page.head(f"{PARK}{quarter_words(year, quarter)}重点项目节点计划与完成情况", "", len(columns))
    free = page.table(3, columns, rows)
    merge_names(page, [row.project for row in rows], 5)
    page.notes(
        free,
        [
            f"注：1.预计时间由责任单位填报，截至{quarter_end(year, quarter)}；空格为尚不能预计。2.纳统指项目入库。",
            "填报人：示例己",
        ],
    )
