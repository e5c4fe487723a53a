"""01 主要经济指标, 02 商贸, 02 规上服务业 and 04 固定资产投资: a sheet a month, one indicator a row.

The form of 2024 has months and cumulatives; the form of 2025 has the year's target and its completion beside them, and
other words in its header. Services lag a month, so that their ledger ends in November.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from demo.book import Book, Column, Figure, Page
from demo.plan import (
    COMMERCE,
    DIFFERENCES,
    DRIFTS,
    ECONOMY,
    INVESTMENT,
    PARK,
    PROMOTION,
    REVISED,
    REVISION_MONTH,
    SERVICES,
    SHARES,
)
from demo.series import (
    Flow,
    Series,
    Share,
    difference,
    make_series,
    month_code,
    month_words,
    percent,
    rounded,
    ytd_code,
)


@dataclass(frozen=True)
class Form:
    """A kind of monthly ledger: the words of its headers, and whether it carries targets."""

    month: str
    ytd: str
    level: str
    growth: str
    targets: bool = False
    ranks: bool = False
    unit: str = ""


FORM_2024 = Form("本月", "本月止累计", "绝对量", "同比增长（%）")
FORM_2025 = Form("本月", "1—本月累计", "绝对量", "同比（%）", targets=True)
FORM_ECONOMY_2025 = replace(FORM_2025, ranks=True)
FORM_COMMERCE = Form("当月", "累计", "完成额", "同比增长（%）", unit="亿元")


def build_economy() -> list[Book]:
    books = []
    for year, form in ((2024, FORM_2024), (2025, FORM_2025)):
        economy_form = FORM_ECONOMY_2025 if year == 2025 else form
        books.append(monthly_book(f"01主要经济指标{year}.xlsx", "主要经济指标完成情况", ECONOMY, year, economy_form))
        books.append(monthly_book(f"04固定资产投资{year}.xlsx", "固定资产投资完成情况", INVESTMENT, year, form))
        books.append(monthly_book(f"06招商任务{year}.xlsx", "招商引资任务完成情况", PROMOTION, year, FORM_2025))
    books.append(two_year_book("02商贸.xlsx", "商贸经济运行情况", COMMERCE, range(1, 13)))
    books.append(two_year_book("02规上服务业.xlsx", "规模以上服务业运行情况", SERVICES, range(2, 12)))
    return books


def series_of(flows: Sequence[Flow]) -> list[Series]:
    """The series of a ledger; `part_of` names a total by its label, as the printed table does."""
    labels = {flow.indicator: flow.label for flow in flows}
    made: dict[str, Series] = {}
    for flow in flows:
        part_of = labels.get(flow.parent, "")
        if flow.indicator in DIFFERENCES:
            total, part = (made[name] for name in DIFFERENCES[flow.indicator])
            made[flow.indicator] = difference(flow, total, part, part_of)
        elif flow.indicator in SHARES:
            part, total = (made[name] for name in SHARES[flow.indicator])
            made[flow.indicator] = Share(flow, part_of, part=part, total=total)
        else:
            made[flow.indicator] = make_series(flow, part_of)
    return list(made.values())


def monthly_book(file: str, subject: str, flows: Sequence[Flow], year: int, form: Form) -> Book:
    book = Book(file)
    all_series = series_of(flows)
    for month in range(1, 13):
        if any(series.has(month) for series in all_series):
            monthly_page(book.page(f"{month}月"), subject, all_series, year, month, form)
    book.explain(
        [
            "填报说明",
            "一、本表由经济发展局按月汇总，数据均为示例数据。",
            "二、1月份规模以上工业、固定资产投资免报，1—2月合并报送。",
        ]
    )
    return book


def two_year_book(file: str, subject: str, flows: Sequence[Flow], months: range) -> Book:
    """Both years in one file; sheets are named by year and month."""
    book = Book(file)
    all_series = series_of(flows)
    for year in (2024, 2025):
        for month in months:
            if any(series.has(month) for series in all_series):
                monthly_page(book.page(f"{year}年{month}月"), subject, all_series, year, month, FORM_COMMERCE)
    return book


def monthly_page(page: Page, subject: str, all_series: Sequence[Series], year: int, month: int, form: Form) -> None:
    columns = drifted(
        DRIFTS.get((page.file, page.name), ""), monthly_columns(year, month, form), month_code(year, month)
    )
    page.head(f"{PARK}{month_words(year, month)}{subject}", f"单位：{form.unit or '见各行'}", len(columns))
    free = page.table(3, columns, all_series)
    page.notes(free, monthly_notes(all_series, month))


def drifted(drift: str, columns: list[Column[Series]], period: str) -> list[Column[Series]]:
    """The columns as one month's office arranged them: as ever, exchanged, or with one more."""
    if drift == "swapped":
        return [columns[0], *columns[3:5], *columns[1:3]]
    if drift == "inserted":
        return [*columns[:2], Column(("当月", "环比增长（%）"), lambda s: on_month_before(s, period)), *columns[2:]]
    return columns


def on_month_before(series: Series, period: str) -> Figure:
    year, month = (int(part) for part in period.split("-"))
    new, old = series.month(year, month), series.month(year, month - 1)
    value = None if new is None or old is None else percent(new, old)
    return Figure(series.flow.indicator, period, value, "%", "growth", "mom", parent=series.part_of)


def monthly_notes(rows: Sequence[Series], month: int) -> list[str]:
    lines = ["注：1.本表为示例数据。2.“—”表示本期无数据或免报。"]
    comparable = [series.flow.label for series in rows if series.flow.comparable]
    if comparable:
        lines.append(f"注：3.{'、'.join(comparable)}增速按可比口径计算，与按绝对量直接计算的结果不一致。")
    return [*lines, f"填报人：示例甲    审核人：示例乙    报送日期：次月{10 + month % 5}日"]


def monthly_columns(year: int, month: int, form: Form) -> list[Column[Series]]:
    now, total = month_code(year, month), ytd_code(year, month)
    columns: list[Column[Series]] = [Column(("指标名称",), row_label, 30)]
    if not form.unit:
        columns.append(Column(("计量单位",), lambda s: s.flow.unit))
    if form.targets:
        columns.append(Column(("年度目标",), lambda s: target_figure(s, year, month)))
    columns += [
        Column((form.month, form.level), lambda s: level(s, now, s.month(year, month))),
        Column((form.month, form.growth), lambda s: growth(s, now, s.month_growth(year, month))),
        Column((form.ytd, form.level), lambda s: level(s, total, s.ytd(year, month))),
        Column((form.ytd, form.growth), lambda s: growth(s, total, s.ytd_growth(year, month))),
    ]
    if form.ranks:
        columns.append(Column(("增速全市位次",), lambda s: rank(s, year, month), 9))
    if form.targets:
        columns.append(Column(("完成年度目标（%）",), lambda s: completion(s, year, month)))
    return columns


def row_label(series: Series) -> str:
    return ("  其中：" if series.part_of else "") + series.flow.label


def level(series: Series, period: str, value: Decimal | None) -> Figure:
    flow = series.flow
    return Figure(flow.indicator, period, value, flow.unit, parent=series.part_of)


def growth(series: Series, period: str, value: Decimal | None) -> Figure | None:
    flow = series.flow
    if isinstance(series, Share):
        return None
    return Figure(
        flow.indicator,
        period,
        value,
        "%",
        "growth",
        "yoy",
        parent=series.part_of,
        price_basis=flow.price_basis,
        scope_basis="comparable" if flow.comparable else "",
    )


def rank(series: Series, year: int, month: int) -> Figure | None:
    """Where the growth of the year so far stands among the city's twelve parks, for what has a target."""
    rate = series.ytd_growth(year, month)
    if not series.flow.target or rate is None:
        return None
    luck = random.Random(f"demo rank {series.flow.indicator} {year} {month}").choice((-1, 0, 0, 1))
    place = min(max(round(7 - float(rate) / 2) + luck, 1), 12)
    return Figure(
        series.flow.indicator, ytd_code(year, month), Decimal(place), "名次", "rank", "yoy", parent=series.part_of
    )


def asked_growth(flow: Flow, year: int, month: int) -> float:
    """What the plan in force in this month asks for."""
    return REVISED.get(flow.indicator, flow.target) if (year, month) >= (2025, REVISION_MONTH) else flow.target


def annual_target(series: Series, year: int, asked: float) -> Decimal:
    """Last year's total with the growth the plan asks for."""
    return rounded(sum_of(series, year - 1) * (1 + Decimal(repr(asked)) / 100), 0 if series.flow.decimals == 0 else 1)


def sum_of(series: Series, year: int) -> Decimal:
    return sum((series.months[year, month] for month in range(1, 13)), Decimal(0))


def target_figure(series: Series, year: int, month: int) -> Figure | None:
    flow = series.flow
    if not flow.target:
        return None
    value = annual_target(series, year, asked_growth(flow, year, month))
    return Figure(flow.indicator, str(year), value, flow.unit, "target", target_kind="base", parent=series.part_of)


def completion(series: Series, year: int, month: int) -> Figure | None:
    flow = series.flow
    if not flow.target:
        return None
    done, target = series.ytd(year, month), annual_target(series, year, asked_growth(flow, year, month))
    value = None if done is None else rounded(done / target * 100, 1)
    return Figure(flow.indicator, ytd_code(year, month), value, "%", "completion", parent=series.part_of)
