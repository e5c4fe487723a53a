"""The quarterly ledgers of the smaller systems: a sheet a quarter, one indicator a row.

systems.csv holds each indicator's totals (flow), year ends (stock) or levels (rate) of 2023 to 2025; quarters lie
between them. A share is its parts, never a number of its own. Figures that follow from a register (projects, leads,
plots, events) are not in the csv: the register's module counts them and hands them over as lines.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from demo.book import Book, Column, Figure, Page
from demo.plan import PARK
from demo.series import YEARS, percent, point_code, rounded, ytd_code

PLAN = Path(__file__).with_name("systems.csv")
QUARTERS = [(year, quarter) for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
SHARES = (0.21, 0.475, 0.72, 1.0)
Quarter = tuple[int, int]


@dataclass
class Line:
    """One indicator over quarters: cumulative for a flow, at the end for a stock, of the cumulative period for a rate."""

    indicator: str
    label: str
    unit: str
    kind: str
    quarters: dict[Quarter, Decimal] = field(default_factory=dict)
    annual: bool = False
    part_of: str = ""

    def at(self, year: int, quarter: int) -> Decimal | None:
        return self.quarters.get((year, quarter))


Ledgers = dict[tuple[str, str], list[Line]]


def read_lines() -> Ledgers:
    """The planned lines of each ledger and title."""
    ledgers: Ledgers = {}
    with PLAN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines = ledgers.setdefault((row["ledger"], row["title"]), [])
            lines.append(share_line(row, lines) if row["kind"] == "share" else planned_line(row))
    return ledgers


def build_systems(ledgers: Ledgers) -> list[Book]:
    return [system_book(f"{ledger}.xlsx", title, lines) for (ledger, title), lines in ledgers.items()]


def planned_line(row: dict[str, str]) -> Line:
    totals = [float(row[f"v{year}"]) for year in YEARS]
    decimals = int(row["decimals"])
    make = flow_quarters if row["kind"] == "flow" else level_quarters
    quarters = {key: rounded(value, decimals) for key, value in make(row["ledger"], totals).items()}
    return Line(
        row["indicator"], row["label"], row["unit"], row["kind"], quarters, row["every"] == "annual", row["part_of"]
    )


def flow_quarters(seed: str, totals: Sequence[float]) -> dict[Quarter, float]:
    """Cumulatives of each quarter; a ledger's flows share one profile, so that parts stay below their totals."""
    chance = random.Random(f"demo flow {seed}")
    quarters = {}
    for year, total in zip(YEARS, totals, strict=True):
        for quarter, share in enumerate(SHARES, start=1):
            quarters[year, quarter] = total * (share * chance.uniform(0.985, 1.015) if quarter < 4 else 1.0)
    return quarters


def level_quarters(seed: str, ends: Sequence[float]) -> dict[Quarter, float]:
    """On straight lines between the ends of years."""
    del seed
    quarters = {}
    before = ends[0] - (ends[1] - ends[0])
    for year, end in zip(YEARS, ends, strict=True):
        for quarter in (1, 2, 3, 4):
            quarters[year, quarter] = max(before + (end - before) * quarter / 4, 0.0)
        before = end
    return quarters


def share_line(row: dict[str, str], lines: Iterable[Line]) -> Line:
    known = {line.indicator: line for line in lines}
    return share_of(row["indicator"], row["label"], known[row["numerator"]], known[row["denominator"]], row["unit"])


def share_of(indicator: str, label: str, part: Line, total: Line, unit: str = "%") -> Line:
    """Part in per cent of total, to one decimal, where the total is not zero."""
    quarters = {
        key: rounded(part.quarters[key] / value * 100, 1)
        for key, value in total.quarters.items()
        if value and key in part.quarters
    }
    return Line(
        indicator,
        label,
        unit,
        "stock_rate" if total.kind == part.kind == "stock" else "rate",
        quarters,
        part.annual or total.annual,
    )


def system_book(file: str, title: str, lines: Sequence[Line]) -> Book:
    book = Book(file)
    for year, quarter in QUARTERS:
        if quarter < 4 and all(line.annual for line in lines):
            continue
        system_page(book.page(f"{year}年{quarter}季度"), title, lines, year, quarter)
    return book


def quarter_words(year: int, quarter: int) -> str:
    return f"{year}年" + ("一季度", "上半年", "1—9月", "1—12月")[quarter - 1]


def system_page(page: Page, title: str, lines: Sequence[Line], year: int, quarter: int) -> None:
    rows = [line for line in lines if quarter == 4 or not line.annual]
    columns = system_columns(year, quarter, rows)
    page.head(f"{PARK}{quarter_words(year, quarter)}{title}", "", len(columns))
    free = page.table(3, columns, rows)
    page.notes(
        free, ["注：本表为示例数据；“其中”项不完全列举，分项之和可小于合计。", "填报人：示例丙    审核人：示例丁"]
    )


def system_columns(year: int, quarter: int, rows: Sequence[Line]) -> list[Column[Line]]:
    labels = printed_labels(rows)
    total, before, end = ytd_code(year, 3 * quarter), ytd_code(year - 1, 3 * quarter), point_code(year, 3 * quarter)
    parents = parents_of(rows)

    def say(line: Line, period: str, value: Decimal | None, *, growth: bool = False) -> Figure:
        return Figure(
            line.indicator,
            period,
            value,
            "%" if growth else line.unit,
            "growth" if growth else "level",
            "yoy" if growth else "",
            parent=parents[line.indicator],
        )

    return [
        Column(("指标名称",), lambda line: labels[line.indicator], 34),
        Column(("计量单位",), lambda line: line.unit),
        Column(("本年累计", "本期"), lambda line: None if at_end(line) else say(line, total, line.at(year, quarter))),
        Column(
            ("本年累计", "上年同期"),
            lambda line: None if at_end(line) else say(line, before, line.at(year - 1, quarter)),
        ),
        Column(
            ("本年累计", "同比（%）"),
            lambda line: say(line, total, growth_of(line, year, quarter), growth=True) if line.kind == "flow" else None,
        ),
        Column(("期末数",), lambda line: say(line, end, line.at(year, quarter)) if at_end(line) else None),
    ]


def at_end(line: Line) -> bool:
    return line.kind in ("stock", "stock_rate")


def growth_of(line: Line, year: int, quarter: int) -> Decimal | None:
    new, old = line.at(year, quarter), line.at(year - 1, quarter)
    return None if new is None or old is None else percent(new, old)


def lineage(rows: Sequence[Line]) -> dict[str, tuple[str, ...]]:
    """The rows each row is a part of, outermost first: its total has to stand above it in the table."""
    chains: dict[str, tuple[str, ...]] = {}
    for line in rows:
        inside = line.part_of in chains
        chains[line.indicator] = (*chains[line.part_of], line.part_of) if inside else ()
    return chains


def parents_of(rows: Sequence[Line]) -> dict[str, str]:
    """The label of the row that each row is a part of."""
    names = {line.indicator: line.label for line in rows}
    return {indicator: names[chain[-1]] if chain else "" for indicator, chain in lineage(rows).items()}


def printed_labels(rows: Sequence[Line]) -> dict[str, str]:
    """Labels with 其中 before the first part of each total, and indented by depth."""
    labels: dict[str, str] = {}
    begun: set[str] = set()
    for line in rows:
        chain = lineage(rows)[line.indicator]
        words = "其中：" if chain and chain[-1] not in begun else ""
        begun.update(chain[-1:])
        labels[line.indicator] = "  " * len(chain) + words + line.label
    return labels
