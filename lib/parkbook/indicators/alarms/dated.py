"""Items that are judged by dates: starts, 入库, open milestones, approvals. All dates are read as printed in a register's row.

Each is judged as at the date of its own register, which may be earlier than the page's period: what happened since is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from parkbook.indicators.alarms import measures
from parkbook.indicators.alarms.item import Item, attribute, counted, latest
from parkbook.indicators.compute import IndicatorRow
from parkbook.model import IndicatorValue
from parkbook.periods import Month
from parkbook.units import Unit

DAYS, MONTHS = Unit("天"), Unit("个月")
DAYS_IN_STAGE, MILESTONES = "days_in_stage", "project_milestones"
START_NODE, ENTRY_NODES = "开工", ("纳统", "入库")
"""The nodes of a project's row of milestones that say when it started and when it entered the statistics."""


def dated_items(subjects: Sequence[IndicatorRow]) -> Iterator[Item]:
    """Everything with a planned or promised date."""
    yield from _starts(subjects)
    nodes = _nodes(subjects)
    yield from _entries(nodes)
    yield from _delays(nodes)
    yield from _approvals(subjects)


def _starts(subjects: Sequence[IndicatorRow]) -> Iterator[Item]:
    """Projects whose planned start has come, by the dates in their row of the register."""
    by_project: dict[str, list[IndicatorRow]] = {}
    for row in subjects:
        if row.indicator.system == "S7":
            by_project.setdefault(row.key.subject, []).append(row)
    listed = {name: latest(rows) for name, rows in by_project.items()}
    newest = max((row.period.end for rows in listed.values() for row in rows if row.period.end), default=None)
    for name, rows in listed.items() if newest is not None else ():
        dated = [row for row in rows if attribute(row, "planned_start") and row.period.end == newest]
        planned = measures.read_month(attribute(dated[0], "planned_start")) if dated else None
        if newest is None or planned is None or planned > newest:
            continue
        started = measures.read_month(attribute(dated[0], "started"))
        count = Decimal(measures.months_due(planned, started, newest))
        words = f"计划开工 {attribute(dated[0], 'planned_start')}，实际开工 {attribute(dated[0], 'started') or '未填'}，截至 {newest}"
        due = counted(dated, count, MONTHS, f"应开未开月数（首尾月份均计）：{words}")
        if due is not None:
            yield Item(
                kind="project_start",
                name=name,
                system="S7",
                indicator_id="projects_started",
                figure=due,
                period=dated[0].period,
                measures={"months_due": due},
                subject=True,
                office=attribute(dated[0], "office"),
                due=attribute(dated[0], "planned_start"),
            )


def _approvals(subjects: Sequence[IndicatorRow]) -> Iterator[Item]:
    """Stages with a promised date that are not finished."""
    for row in latest([row for row in subjects if row.indicator.id == DAYS_IN_STAGE]):
        due = measures.read_day(attribute(row, "due"))
        if due is None or row.level is None or row.period.end is None:
            continue
        end = measures.last_day(row.period.end)
        late = measures.days_overdue(due, measures.read_day(attribute(row, "finished")), end)
        if late is None:
            continue
        formula = f"逾期天数：承诺办结 {due.isoformat()}，实际办结 未填，截至 {end.isoformat()}"
        value = counted([row], Decimal(late), DAYS, formula)
        parent = row.level.inputs[0].parent
        stage = row.key.subject.removeprefix(f"{parent}·")
        if value is not None:
            yield Item(
                kind="approval",
                name=f"{parent}{stage}",
                system=row.indicator.system,
                indicator_id=row.indicator.id,
                figure=value,
                period=row.period,
                measures={"days_overdue": value},
                subject=True,
                office=attribute(row, "office"),
                due=attribute(row, "due"),
            )


# -- milestones -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Node:
    """One row of a register of milestones."""

    project: str
    name: str
    row: IndicatorRow
    end: Month

    def month(self, which: str) -> Month | None:
        return measures.read_month(attribute(self.row, which))

    @property
    def reached(self) -> bool:
        actual = self.month("actual")
        return actual is not None and actual <= self.end


def _nodes(subjects: Sequence[IndicatorRow]) -> list[_Node]:
    nodes = []
    for row in latest([row for row in subjects if row.indicator.id == MILESTONES]):
        if row.level is not None and row.period.end is not None:
            project = row.level.inputs[0].parent
            nodes.append(_Node(project, row.key.subject.removeprefix(f"{project}·"), row, row.period.end))
    return nodes


def _entries(nodes: Sequence[_Node]) -> Iterator[Item]:
    """Started projects by the months since their start without having entered the statistics."""
    started = {
        node.project: measures.read_day(attribute(node.row, "actual"))
        for node in nodes
        if node.name == START_NODE and node.reached
    }
    for node in nodes:
        start = started.get(node.project)
        if node.name not in ENTRY_NODES or start is None:
            continue
        months = Decimal(0) if node.reached else measures.months_elapsed(start, measures.last_day(node.end))
        words = (
            f"实际开工 {start.isoformat()}，实际{node.name} {attribute(node.row, 'actual') or '未填'}，截至 {node.end}"
        )
        value = counted([node.row], months, MONTHS, f"开工后未{node.name}月数：{words}")
        if value is not None:
            yield _item(node, "project_entry", node.project, "months_unentered", value)


def _delays(nodes: Sequence[_Node]) -> Iterator[Item]:
    """Open milestones whose planned day has passed."""
    for node in nodes:
        planned, end = measures.read_day(attribute(node.row, "planned")), measures.last_day(node.end)
        if node.reached or planned is None or planned >= end:
            continue
        words = f"计划{node.name} {planned.isoformat()}，实际 未填，截至 {end.isoformat()}"
        value = counted([node.row], Decimal((end - planned).days), DAYS, f"滞后天数：{words}")
        if value is not None:
            item = _item(node, "project_delay", f"{node.project}{node.name}", "days_late", value)
            yield replace(item, expected=attribute(node.row, "expected"))


def _item(node: _Node, kind: str, name: str, measure: str, value: IndicatorValue) -> Item:
    """What rules judge of a milestone: one measure, the office it is of and the day it was planned for."""
    return Item(
        kind=kind,
        name=name,
        system=node.row.indicator.system,
        indicator_id=node.row.indicator.id,
        figure=value,
        period=node.row.period,
        measures={measure: value},
        subject=True,
        office=attribute(node.row, "office"),
        due=attribute(node.row, "planned"),
    )
