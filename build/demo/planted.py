"""Errors put into finished ledgers, as offices make them. The truth keeps what each cell should say.

Every function plants one error and says what it did: what the ledger says, what is true, and how a reader has to report
it. `report` is the code of the finding that is due; none where the figure is simply to be read with its status.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from demo.book import Book, Page, plain
from demo.systems import Line, quarter_words, system_page


@dataclass(frozen=True)
class Planted:
    """One planted error."""

    id: str
    kind: str
    file: str
    sheet: str
    cells: tuple[str, ...]
    says: str
    truth: str
    report: str
    expected: str
    corrected: bool = False

    def as_entry(self) -> dict[str, Any]:
        return {**asdict(self), "cells": list(self.cells)}


Pages = dict[tuple[str, str], Page]


def plant_all(books: Sequence[Book], lines: dict[str, list[Line]]) -> list[Planted]:
    """Plant every error; `lines` are the quarterly lines by ledger."""
    pages: Pages = {(book.file, name): page for book in books for name, page in book.pages.items()}
    steps: tuple[Callable[[Pages], Planted], ...] = (
        inserted_column,
        swapped_columns,
        corrected_slip,
        open_slip,
        thousands,
        full_width,
        percent_format,
        revised_target,
        revised_base,
        broken_cumulative,
        part_above_total,
        wrong_total,
        renamed_row,
        masked,
        unreported,
        division_by_zero,
        formula,
        hidden_row,
        weights_off,
    )
    land = next(book for book in books if book.file == "07土地与载体.xlsx")
    return [*(step(pages) for step in steps), hidden_sheet(land, lines["07土地与载体"])]


def number(page: Page, cell: str) -> str:
    value = page.truth[cell].figure.value
    return "" if value is None else plain(value)


def inserted_column(pages: Pages) -> Planted:
    page = pages["02商贸.xlsx", "2025年5月"]
    cells = page.unread("inserted-column")
    return Planted(
        "inserted-column",
        "drifted_header",
        page.file,
        page.name,
        tuple(cells),
        "“当月”下多出一列“环比增长（%）”",
        "其他月份没有这一列",
        "layout",
        "整张表未读，指出 C4 多出的列",
    )


def swapped_columns(pages: Pages) -> Planted:
    page = pages["02规上服务业.xlsx", "2025年8月"]
    cells = page.unread("swapped-columns")
    return Planted(
        "swapped-columns",
        "drifted_header",
        page.file,
        page.name,
        tuple(cells),
        "“累计”两列排在“当月”两列之前",
        "当月在前，累计在后",
        "layout",
        "整张表未读，逐列指出应为与实为",
    )


def slip(page: Page, cell: str, planted: str, *, corrected: bool) -> Planted:
    value = page.truth[cell].figure.value or Decimal(0)
    wrong = plain(value * 10000)
    page.spoil(cell, int(value * 10000), planted, as_read=wrong)
    return Planted(
        planted,
        "unit_slip",
        page.file,
        page.name,
        (cell,),
        f"{wrong}（该行以亿元计）",
        f"{plain(value)}亿元",
        "unit_slip",
        "疑似错了 10^4 倍" + ("；由 corrections.yaml 更正后不再报" if corrected else ""),
        corrected,
    )


def corrected_slip(pages: Pages) -> Planted:
    page = pages["01主要经济指标2025.xlsx", "4月"]
    return slip(
        page,
        page.where(indicator="total_trade", period="2025-04", transformation="level"),
        "trade-in-wan",
        corrected=True,
    )


def open_slip(pages: Pages) -> Planted:
    page = pages["04固定资产投资2025.xlsx", "9月"]
    return slip(
        page,
        page.where(indicator="industrial_investment", period="2025-09", transformation="level"),
        "investment-in-wan",
        corrected=False,
    )


def thousands(pages: Pages) -> Planted:
    page = pages["03重点企业.xlsx", "2025年2季度"]
    cells = [
        page.where(subject=name, indicator="operating_revenue", period="2025-S1", transformation="level")
        for name in ("示例精工", "示例重工", "演示电子")
    ]
    for cell in cells:
        page.spoil(cell, f"{int(number(page, cell)):,}", "thousands-as-text")
    return Planted(
        "thousands-as-text",
        "text_number",
        page.file,
        page.name,
        tuple(cells),
        "以文本存储、带千位分隔符的数",
        "同一数，数值型",
        "text_number",
        "按数读入，并注明以文本存储",
    )


def full_width(pages: Pages) -> Planted:
    page = pages["01主要经济指标2024.xlsx", "11月"]
    cells = [
        page.where(indicator=name, period="2024-M1-11", transformation="level")
        for name in ("tax_revenue", "fiscal_revenue")
    ]
    for cell in cells:
        page.spoil(
            cell,
            number(page, cell).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."}) + " ",
            "full-width-digits",
        )
    return Planted(
        "full-width-digits",
        "text_number",
        page.file,
        page.name,
        tuple(cells),
        "全角数字，末尾带空格",
        "同一数，数值型",
        "text_number",
        "按数读入，并注明以文本存储",
    )


def percent_format(pages: Pages) -> Planted:
    page = pages["13绿色.xlsx", "2025年4季度"]
    cell = page.where(indicator="energy_diagnosis_coverage", period="2025")
    page.spoil(cell, float(Decimal(number(page, cell)) / 100), "percent-format")
    page.sheet[cell].number_format = "0.0%"
    return Planted(
        "percent-format",
        "percent_format",
        page.file,
        page.name,
        (cell,),
        "存储 0.905，显示 90.5%",
        "90.5%",
        "",
        "读作 90.5，单位 %",
    )


def revised_target(pages: Pages) -> Planted:
    sheets = [pages["04固定资产投资2025.xlsx", f"{month}月"] for month in range(7, 13)]
    cells = [page.where(indicator="fixed_asset_investment", transformation="target") for page in sheets]
    for page, cell in zip(sheets, cells, strict=True):
        page.restate(cell, "target-changed-in-july")
    before = pages["04固定资产投资2025.xlsx", "6月"]
    old = number(before, before.where(indicator="fixed_asset_investment", transformation="target"))
    return Planted(
        "target-changed-in-july",
        "revised_target",
        sheets[0].file,
        "7月",
        (cells[0],),
        f"年度目标由 {old} 亿元改为 {number(sheets[0], cells[0])} 亿元",
        "两个都对：上半年用原目标，7月起用调整后目标",
        "revision",
        "两版都保留，采用新版，注明修订",
    )


def revised_base(pages: Pages) -> Planted:
    page = pages["09政策兑现与服务.xlsx", "2025年1季度"]
    cell = page.where(indicator="enterprise_visits", period="2024-Q1")
    growth = page.where(indicator="enterprise_visits", transformation="growth")
    before = number(page, cell)
    old = Decimal(before) - 12
    new = page.truth[
        page.where(indicator="enterprise_visits", period="2025-Q1", transformation="level")
    ].figure.value or Decimal(0)
    page.restate(cell, "base-revised", value=old)
    page.restate(growth, "base-revised", value=((new / old - 1) * 100).quantize(Decimal("0.1")))
    return Planted(
        "base-revised",
        "revised_base",
        page.file,
        page.name,
        (cell, growth),
        f"上年同期 {plain(old)} 次",
        f"上年一季度报表为 {before} 次；核减后为 {plain(old)} 次",
        "revision",
        "两版都保留，采用新版，注明修订",
    )


def broken_cumulative(pages: Pages) -> Planted:
    page = pages["01主要经济指标2025.xlsx", "6月"]
    cell = page.where(indicator="general_public_budget_revenue", period="2025-S1", transformation="level")
    wrong = (page.truth[cell].figure.value or Decimal(0)) + Decimal("0.30")
    true = number(page, cell)
    page.spoil(cell, float(wrong), "cumulative-off", as_read=plain(wrong))
    return Planted(
        "cumulative-off",
        "broken_identity",
        page.file,
        page.name,
        (cell,),
        f"1—6月累计 {plain(wrong)} 亿元",
        f"{true} 亿元",
        "month_ytd",
        "上月止累计加本月不等于本月止累计（6月、7月各报一次）",
    )


def part_above_total(pages: Pages) -> Planted:
    page = pages["15信访.xlsx", "2025年3季度"]
    cell = page.where(indicator="petitions_transferred", period="2025-M1-9", transformation="level")
    true = number(page, cell)
    page.spoil(cell, 240, "part-above-total", as_read="240")
    return Planted(
        "part-above-total",
        "broken_identity",
        page.file,
        page.name,
        (cell,),
        "信访交办类 240 件",
        f"{true} 件",
        "part_total",
        "其中项大于来信来访受理数",
    )


def wrong_total(pages: Pages) -> Planted:
    page = pages["17基金登记.xlsx", "基金名录"]
    cell = page.where(indicator="fund_size", subject="")
    true = number(page, cell)
    page.spoil(cell, 50.2, "total-transposed", as_read="50.2")
    return Planted(
        "total-transposed",
        "broken_identity",
        page.file,
        page.name,
        (cell,),
        "合计 50.2 亿元（数字颠倒）",
        f"{true} 亿元",
        "conflict",
        "合计不等于各行之和，且与 17基金.xlsx 的基金规模不一致",
    )


def renamed_row(pages: Pages) -> Planted:
    page = pages["19党建群团.xlsx", "2024年3季度"]
    row = int(page.where(indicator="party_activities", transformation="growth")[1:])
    page.sheet.cell(row, 1).value = "党建活动次数"
    cells = page.unread("row-renamed", page.row(row))
    return Planted(
        "row-renamed",
        "renamed_row",
        page.file,
        page.name,
        (f"A{row}", *cells),
        "行名“党建活动次数”",
        "党群活动场次",
        "unknown_row",
        "行名未登记，该行未读，不猜测",
    )


def masked(pages: Pages) -> Planted:
    page = pages["03重点企业.xlsx", "2025年4季度"]
    cells = [
        page.where(subject="演示新能源", indicator="tax_revenue", transformation=kind, period="2025")
        for kind in ("level", "growth")
    ]
    for cell in cells:
        page.restate(cell, "enterprise-masked", value=None, sentinel="*")
    return Planted(
        "enterprise-masked",
        "masked",
        page.file,
        page.name,
        tuple(cells),
        "*",
        "企业要求隐去",
        "",
        "状态为 masked，不是数，也不是零",
    )


def unreported(pages: Pages) -> Planted:
    page = pages["14安全.xlsx", "2024年2季度"]
    cells = [
        page.where(indicator="safety_fines", period="2024-S1", transformation=kind) for kind in ("level", "growth")
    ]
    page.restate(cells[0], "fines-unreported", value=None, sentinel="缺报")
    page.restate(cells[1], "fines-unreported", value=None)
    return Planted(
        "fines-unreported",
        "missing",
        page.file,
        page.name,
        tuple(cells),
        "缺报、—",
        "没有数",
        "",
        "状态为 missing，不是零",
    )


def division_by_zero(pages: Pages) -> Planted:
    page = pages["01主要经济指标2024.xlsx", "3月"]
    cell = page.where(indicator="nev_output", period="2024-03", transformation="growth")
    true = number(page, cell)
    page.spoil(cell, "#DIV/0!", "division-by-zero", read_status="error")
    return Planted(
        "division-by-zero",
        "error_cell",
        page.file,
        page.name,
        (cell,),
        "#DIV/0!",
        f"{true}%",
        "cell",
        "状态为 error，指出单元格",
    )


def formula(pages: Pages) -> Planted:
    page = pages["12研发专利.xlsx", "2025年2季度"]
    cell = page.where(indicator="patents_filed", transformation="growth")
    row, true = cell[1:], number(page, cell)
    page.spoil(cell, f"=ROUND((C{row}/D{row}-1)*100,1)", "formula-without-value", read_status="error")
    return Planted(
        "formula-without-value",
        "uncached_formula",
        page.file,
        page.name,
        (cell,),
        "公式，没有保存计算结果",
        f"{true}%",
        "cell",
        "状态为 error，不当作空白",
    )


def hidden_row(pages: Pages) -> Planted:
    page = pages["10科创企业.xlsx", "2025年2季度"]
    row = int(page.where(indicator="provincial_tech_smes_new", transformation="growth")[1:])
    page.sheet.row_dimensions[row].hidden = True
    cells = page.row(row)
    for cell in cells:
        page.restate(cell, "row-hidden")
    return Planted(
        "row-hidden",
        "hidden_row",
        page.file,
        page.name,
        tuple(cells),
        f"第 {row} 行被隐藏",
        "数字有效",
        "hidden",
        "读入，并注明该行被隐藏",
    )


def weights_off(pages: Pages) -> Planted:
    page = pages["04形象进度.xlsx", "2025年4季度"]
    cell = page.where(subject="一标段室外工程", parent="样本食品冷链项目", indicator="component_weight")
    true = number(page, cell)
    page.spoil(cell, 5, "weights-off", as_read="5")
    return Planted(
        "weights-off",
        "broken_identity",
        page.file,
        page.name,
        (cell,),
        "权重 5%，各部位合计 97%",
        f"{true}%",
        "",
        "照读；形象进度按权重加总时指出权重合计不是 100%",
    )


def hidden_sheet(book: Book, lines: list[Line]) -> Planted:
    """An old version of a sheet, hidden and forgotten."""
    page = book.page("2024年4季度（旧）")
    system_page(page, "土地出让与载体使用情况（初报）", lines, 2024, 4)
    page.sheet.sheet_state = "hidden"
    cells = page.unread("old-sheet-hidden")
    return Planted(
        "old-sheet-hidden",
        "hidden_sheet",
        page.file,
        page.name,
        tuple(cells),
        f"{quarter_words(2024, 4)}旧表",
        "已作废",
        "hidden",
        "隐藏的工作表未读，并指出",
    )
