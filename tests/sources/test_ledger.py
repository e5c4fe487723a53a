"""Ledgers to observations, on forms made here: every figure with its cell, every oddity with its address."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.errors import Finding, Severity
from parkbook.model import Comparison, Observation, ObsStatus, TargetKind, Transformation
from parkbook.sources.layout import Layout
from parkbook.sources.ledger import LedgerReading, read_ledger, read_ledgers

Fill = Callable[[Worksheet], None]


def at(reading: LedgerReading, locator: str) -> Observation:
    found = [observation for observation in reading.observations if observation.locator == locator]
    assert len(found) == 1, f"{locator}: {len(found)}"
    return found[0]


def only(reading: LedgerReading, code: str) -> Finding:
    found = [finding for finding in reading.findings if finding.code == code]
    assert len(found) == 1, [str(finding) for finding in reading.findings]
    return found[0]


def rows(*lines: tuple[Any, ...], formats: dict[str, str] | None = None) -> Fill:
    """A sheet of plain rows from A1 on."""

    def fill(sheet: Worksheet) -> None:
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line, start=1):
                sheet.cell(number, column, value)
        for address, number_format in (formats or {}).items():
            sheet[address].number_format = number_format

    return fill


def subjects(**changes: Any) -> Layout:
    base = {
        "id": "firms",
        "file": "02*.xlsx",
        "period": "2025年1-9月",
        "unit": "万元",
        "header_rows": [1],
        "first_row": 2,
        "rows": "subjects",
        "key": {"header": ["企业名称"]},
        "total_rows": ["合计"],
        "ignore_columns": [["序号"]],
        "columns": [{"header": ["产值"], "indicator": "output"}, {"header": ["状态"], "attribute": "status"}],
    }
    return Layout.model_validate(base | changes)


# -- one indicator a row ----------------------------------------------------------------------------------------------


@pytest.fixture
def monthly(ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill) -> LedgerReading:
    path = ledger("01经济.xlsx", **{"9月": monthly_form, "说明": rows(("填报说明",))})
    return read_ledger(
        path,
        "alpha",
        [
            economy(
                indicators={
                    "工业总产值": {"indicator": "output", "scope_basis": "comparable"},
                    "高新技术产业产值": "high_tech_output",
                    "固定资产投资": "investment",
                }
            )
        ],
    )


def test_a_figure_leads_back_to_its_cell(monthly: LedgerReading) -> None:
    figure = at(monthly, "9月!E5")
    assert (figure.obs_value, str(figure.obs_value), str(figure.unit)) == (Decimal("900.25"), "900.250", "万元")
    assert (figure.indicator_id, figure.reported_label, figure.period.time_period) == (
        "output",
        "工业总产值",
        "2025-M1-9",
    )
    assert figure.header_cells == ("E3 本月止累计", "E4 绝对量", "A5 一、工业总产值")
    assert figure.source_text == "工业总产值 900.250万元"
    assert (figure.rule, figure.vintage, figure.ref_area) == ("layout:economy", "2025-09", "alpha")
    assert (figure.source.source_id, figure.source.title, figure.source.kind, len(figure.source.sha256)) == (
        "01经济.xlsx",
        "01经济.xlsx",
        "ledger",
        64,
    )


def test_columns_say_kind_period_and_unit(monthly: LedgerReading) -> None:
    target, month, growth = at(monthly, "9月!B5"), at(monthly, "9月!C5"), at(monthly, "9月!D5")
    assert (target.transformation, target.target_kind, target.period.time_period) == (
        Transformation.TARGET,
        TargetKind.BASE,
        "2025",
    )
    assert (month.transformation, month.period.time_period, month.scope_basis) == (
        Transformation.LEVEL,
        "2025-09",
        None,
    )
    assert (growth.transformation, growth.comparison, str(growth.unit), growth.scope_basis) == (
        Transformation.GROWTH,
        Comparison.YOY,
        "%",
        "comparable",
    )


def test_percent_formats_are_undone_exactly(monthly: LedgerReading) -> None:
    assert at(monthly, "9月!D5").obs_value == Decimal("12.3")
    assert at(monthly, "9月!D5").source_text == "工业总产值 12.3%"


def test_parts_name_their_total(monthly: LedgerReading) -> None:
    part = at(monthly, "9月!E6")
    assert (part.indicator_id, part.parent, part.obs_value) == ("high_tech_output", "工业总产值", Decimal("1234.5"))
    assert part.header_cells[-1] == "A6 其中：高新技术产业产值"


def test_sentinels_and_blanks_are_statuses_not_zeros(monthly: LedgerReading) -> None:
    statuses = {cell: at(monthly, f"9月!{cell}").obs_status for cell in ("B6", "B7", "C7", "D7", "F7")}
    assert statuses == {
        "B6": ObsStatus.MISSING,
        "B7": ObsStatus.MASKED,
        "C7": ObsStatus.MISSING,
        "D7": ObsStatus.ERROR,
        "F7": ObsStatus.ERROR,
    }
    assert all(at(monthly, f"9月!{cell}").obs_value is None for cell in statuses)


def test_error_cells_and_words_are_reported_with_their_address(monthly: LedgerReading) -> None:
    found = [(finding.where, finding.found) for finding in monthly.findings if finding.code == "cell"]
    assert found == [("01经济.xlsx 9月!D7", "#DIV/0!"), ("01经济.xlsx 9月!F7", "详见附件")]


def test_numbers_stored_as_text_are_read_and_noted_by_column(monthly: LedgerReading) -> None:
    assert at(monthly, "9月!C6").obs_value == Decimal("123.5")
    notes = [finding for finding in monthly.findings if finding.code == "text_number"]
    assert [(note.where, note.severity) for note in notes] == [
        (f"01经济.xlsx 9月!{cell}", Severity.NOTE) for cell in ("C6", "E6", "F6")
    ]
    assert notes[0].what.startswith("数字以文本存储")


def test_formats_that_differ_within_a_column_are_doubtful(
    monthly: LedgerReading, ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    assert not [finding for finding in monthly.findings if finding.code == "mixed_formats"]

    def mixed(sheet: Worksheet) -> None:
        monthly_form(sheet)
        sheet["D6"] = 5.1
        sheet["D6"].number_format = "0.0"

    reading = read_ledger(ledger("01.xlsx", **{"9月": mixed}), "alpha", [economy()])
    assert only(reading, "mixed_formats").where == "01.xlsx 9月!D5"


def test_reading_stops_at_the_notes(monthly: LedgerReading) -> None:
    assert {observation.locator for observation in monthly.observations} == {
        f"9月!{column}{row}" for column in "BCDEF" for row in (5, 6, 7)
    }


def test_unknown_rows_are_reported_not_dropped(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    def fill(sheet: Worksheet) -> None:
        monthly_form(sheet)
        sheet["A7"] = "固定资产投资额"
        sheet["A8"] = "二、其他"
        sheet["A9"] = "注"

    reading = read_ledger(ledger("01.xlsx", **{"9月": fill}), "alpha", [economy()])
    unknown = [finding for finding in reading.findings if finding.code == "unknown_row"]
    assert [(finding.where, finding.found, finding.severity) for finding in unknown] == [
        ("01.xlsx 9月!A7", "固定资产投资额", Severity.ERROR),
        ("01.xlsx 9月!A8", "二、其他", Severity.NOTE),
    ]
    assert "固定资产投资" in unknown[0].cause
    quiet = read_ledger(
        ledger("01.xlsx", **{"9月": fill}), "alpha", [economy(ignore_rows=["固定资产投资额"], headings=["二、其他"])]
    )
    assert not [finding for finding in quiet.findings if finding.code == "unknown_row"]


def test_one_label_under_two_parents(ledger: Callable[..., Path], economy: Callable[..., Layout]) -> None:
    layout = economy(
        header_rows=[1],
        first_row=2,
        period="2025年9月",
        unit="亿元",
        columns=[{"header": ["本月"]}],
        indicators={"总产值": "output", "投资": "investment", "投资>工业": "firms", "总产值>工业": "high_tech_output"},
    )
    fill = rows(("指标名称", "本月"), ("总产值", 5), ("其中：工业", 3), ("投资", 2), ("其中：工业", 1))
    reading = read_ledger(ledger("01.xlsx", **{"9月": fill}), "alpha", [layout])
    assert [observation.indicator_id for observation in reading.observations] == [
        "output",
        "high_tech_output",
        "investment",
        "firms",
    ]
    assert reading.findings == []


def test_unit_of_each_row(ledger: Callable[..., Path], economy: Callable[..., Layout]) -> None:
    layout = economy(
        header_rows=[1],
        first_row=2,
        period="2025年9月",
        unit={"from": "column", "header": ["计量单位"]},
        columns=[{"header": ["本月"]}],
    )
    fill = rows(
        ("指标名称", "计量单位", "本月"),
        ("工业总产值", "亿元", 5),
        ("固定资产投资", "亿圆", 3),
        ("高新技术产业产值", None, 2),
    )
    reading = read_ledger(ledger("01.xlsx", **{"9月": fill}), "alpha", [layout])
    assert [(str(o.unit), o.obs_value) for o in reading.observations] == [("亿元", 5)]
    assert [(f.where, f.code) for f in reading.findings] == [("01.xlsx 9月!A3", "unit"), ("01.xlsx 9月!C4", "unit")]


def test_a_sheet_without_its_unit_is_one_finding_for_all_cells(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    def fill(sheet: Worksheet) -> None:
        monthly_form(sheet)
        sheet["F2"] = "单位：万元、家"

    reading = read_ledger(ledger("01.xlsx", **{"9月": fill}), "alpha", [economy()])
    assert {str(observation.unit) for observation in reading.observations} == {"%"}
    found = [(finding.where, finding.found or finding.what) for finding in reading.findings if finding.code == "unit"]
    assert [where for where, _ in found] == ["01.xlsx 9月!F2", "01.xlsx 9月!B5、C5、E5、B6、C6、E6、B7、C7、E7"]


def test_a_title_without_a_period_stops_the_sheet(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    def fill(sheet: Worksheet) -> None:
        monthly_form(sheet)
        sheet["A1"] = "主要经济指标"

    reading = read_ledger(ledger("01.xlsx", **{"9月": fill}), "alpha", [economy()])
    assert reading.observations == []
    assert (only(reading, "period").where, only(reading, "period").found) == ("01.xlsx 9月!A1", "主要经济指标")


def test_months_and_years_of_sheet_and_file_names(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    path = ledger("01经济2025.xlsx", **{"8月": monthly_form})
    reading = read_ledger(path, "alpha", [economy(period={"from": "sheet", "year": "file"})])
    assert at(reading, "8月!C5").period.time_period == "2025-08"


def test_when_the_form_was_filled_in(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    def fill(sheet: Worksheet) -> None:
        monthly_form(sheet)
        sheet["A2"] = "报送日期：2025年10月12日"

    reading = read_ledger(
        ledger("01.xlsx", **{"9月": fill}), "alpha", [economy(vintage={"from": "cell", "cell": "A2"})]
    )
    assert at(reading, "9月!C5").vintage == "2025-10-12"


def test_per_cent_in_a_column_of_amounts_is_an_error(ledger: Callable[..., Path]) -> None:
    reading = read_ledger(
        ledger("02.xlsx", 表=rows(("企业名称", "产值", "状态"), ("甲", 0.5, ""), formats={"B2": "0%"})),
        "alpha",
        [subjects()],
    )
    assert (at(reading, "表!B2").obs_status, at(reading, "表!B2").obs_value) == (ObsStatus.ERROR, None)
    assert only(reading, "cell").where == "02.xlsx 表!B2"


def test_a_format_that_hides_thousands_is_doubtful(ledger: Callable[..., Path]) -> None:
    reading = read_ledger(
        ledger("02.xlsx", 表=rows(("企业名称", "产值", "状态"), ("甲", 12345, ""), formats={"B2": "#,##0,"})),
        "alpha",
        [subjects()],
    )
    assert only(reading, "cell").severity is Severity.WARNING


# -- one subject a row ------------------------------------------------------------------------------------------------


def test_subjects_totals_and_attributes(ledger: Callable[..., Path]) -> None:
    fill = rows(
        ("序号", "企业名称", "产值", "状态"),
        (1, "甲公司", 10, "已投产"),
        (2, "其中：乙公司", "*", datetime.datetime(2025, 3, 5)),
        (None, "合计", 10, None),
    )
    reading = read_ledger(ledger("02.xlsx", 表=fill), "alpha", [subjects()])
    first, second, total = reading.observations
    assert (first.subject, first.attributes, first.reported_label) == ("甲公司", (("status", "已投产"),), "产值")
    assert (second.subject, second.parent, second.obs_status, second.attribute("status")) == (
        "乙公司",
        "甲公司",
        ObsStatus.MASKED,
        "2025-03-05",
    )
    assert (total.subject, total.obs_value, total.locator) == ("", 10, "表!C4")
    assert first.period.time_period == "2025-M1-9"
    assert reading.findings == []


def test_a_row_of_figures_without_a_name_is_reported(ledger: Callable[..., Path]) -> None:
    fill = rows(("企业名称", "产值", "状态"), (None, 12, None), ("甲", 1, None), (None, None, "附记"))
    reading = read_ledger(ledger("02.xlsx", 表=fill), "alpha", [subjects()])
    assert [(f.where, f.severity, f.found) for f in reading.findings] == [
        ("02.xlsx 表!B2", Severity.ERROR, "12"),
        ("02.xlsx 表!C4", Severity.NOTE, "附记"),
    ]


def test_group_column_is_filled_downwards(ledger: Callable[..., Path]) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("类别", "企业名称", "产值", "状态"), ("制造业", "甲", 1, None), (None, "乙", 2, None))(sheet)
        sheet.merge_cells("A2:A3")

    reading = read_ledger(ledger("02.xlsx", 表=fill), "alpha", [subjects(group={"header": ["类别"]})])
    assert [(o.subject, o.parent) for o in reading.observations] == [("甲", "制造业"), ("乙", "制造业")]


def test_a_register_counts_its_rows(ledger: Callable[..., Path]) -> None:
    layout = subjects(
        columns=[{"header": ["级别"], "attribute": "level"}],
        count_rows={"indicator": "honours"},
        ignore_columns=[],
        total_rows=["合计"],
    )
    reading = read_ledger(
        ledger("02.xlsx", 表=rows(("企业名称", "级别"), ("甲", "国家级"), ("合计", None))), "alpha", [layout]
    )
    assert [(o.subject, o.obs_value, str(o.unit), o.attribute("level"), o.locator) for o in reading.observations] == [
        ("甲", 1, "项", "国家级", "表!A2")
    ]


def test_blank_may_mean_nothing_to_report(ledger: Callable[..., Path]) -> None:
    column = {"header": ["产值"], "indicator": "output", "blank": "skip"}
    fill = rows(("企业名称", "产值"), ("甲", None), ("乙", "—"))
    reading = read_ledger(ledger("02.xlsx", 表=fill), "alpha", [subjects(columns=[column], ignore_columns=[])])
    assert [(o.subject, o.obs_status) for o in reading.observations] == [("乙", ObsStatus.MISSING)]


# -- one period a row, one period a column ----------------------------------------------------------------------------


def test_rows_of_months(ledger: Callable[..., Path]) -> None:
    month = {"header": ["月份"]}
    layout = subjects(
        rows="periods",
        key=month,
        period={"from": "column", "year": 2025} | month,
        total_rows=[],
        ignore_columns=[],
        columns=[{"header": ["产值（亿元）"], "indicator": "output"}],
        unit={"from": "header"},
    )
    reading = read_ledger(
        ledger("02.xlsx", 表=rows(("月份", "产值（亿元）"), ("1-2月", 5), (3, 4), ("X月", 1), ("合计", 9))),
        "alpha",
        [layout],
    )
    assert [(o.period.time_period, o.obs_value, str(o.unit)) for o in reading.observations] == [
        ("2025-M1-2", 5, "亿元"),
        ("2025-03", 4, "亿元"),
        ("", 1, "亿元"),
    ]
    assert only(reading, "period").where == "02.xlsx 表!A5"


def test_columns_of_months(ledger: Callable[..., Path], economy: Callable[..., Layout]) -> None:
    layout = economy(
        header_rows=[1], first_row=2, period={"from": "header"}, unit="亿元", columns=[{"header": ["{period}"]}]
    )
    fill = rows(("指标名称", "2025年1—2月", "2025年1—3月"), ("工业总产值", 1, 2))
    reading = read_ledger(ledger("01.xlsx", **{"9月": fill}), "alpha", [layout])
    assert [(o.period.time_period, o.obs_value) for o in reading.observations] == [("2025-M1-2", 1), ("2025-Q1", 2)]


# -- files and sheets -------------------------------------------------------------------------------------------------


def test_hidden_sheets_rows_and_columns_are_reported(ledger: Callable[..., Path]) -> None:
    def hidden_parts(sheet: Worksheet) -> None:
        rows(("企业名称", "产值", "状态"), ("甲", 1, "在"), ("乙", 2, "在"))(sheet)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    def hidden_sheet(sheet: Worksheet) -> None:
        hidden_parts(sheet)
        sheet.sheet_state = "hidden"

    reading = read_ledger(ledger("02.xlsx", 表=hidden_parts, 旧表=hidden_sheet), "alpha", [subjects()])
    assert [(o.locator, o.note) for o in reading.observations] == [("表!B2", ""), ("表!B3", "所在行或列在原表中被隐藏")]
    assert [(f.where, f.severity) for f in reading.findings if f.code == "hidden"] == [
        ("02.xlsx 表!3:3", Severity.WARNING),
        ("02.xlsx 表!C1", Severity.WARNING),
        ("02.xlsx 旧表", Severity.WARNING),
    ]


def test_a_drifted_sheet_is_not_read_and_the_others_are(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    def drifted(sheet: Worksheet) -> None:
        monthly_form(sheet)
        sheet["F4"] = "比上年增长（%）"

    reading = read_ledger(ledger("01.xlsx", **{"8月": monthly_form, "9月": drifted}), "alpha", [economy()])
    assert {observation.locator[:2] for observation in reading.observations} == {"8月"}
    assert only(reading, "layout").where == "01.xlsx 9月!F4"


def test_sheets_and_files_without_a_layout_are_reported(
    ledger: Callable[..., Path], economy: Callable[..., Layout], monthly_form: Fill
) -> None:
    path = ledger("01.xlsx", **{"9月": monthly_form, "附表": rows(("甲",)), "说明": rows(("乙",))})
    ledger("99.xlsx", 表=rows(("甲",)))
    (path.parent / "~$01.xlsx").write_bytes(b"")
    (path.parent / "01旧.xls").write_bytes(b"<html>")
    reading = read_ledgers(path.parent, "alpha", [economy(file="01*"), subjects()])
    found = {(finding.what, finding.where) for finding in reading.findings if finding.code in ("layout", "file")}
    assert found == {
        ("工作表未在版式中登记，未读", "01.xlsx 附表"),
        ("台账文件没有对应的版式，未读", "99.xlsx"),
        ("网页文件中没有表格", "01旧.xls"),
        ("版式“firms”没有对应的台账文件", ""),
    }
    assert len(reading.observations) == 15


def test_a_layout_without_its_sheet_is_reported(ledger: Callable[..., Path], economy: Callable[..., Layout]) -> None:
    reading = read_ledger(ledger("01.xlsx", 说明=rows(("甲",))), "alpha", [economy()])
    assert only(reading, "layout").what == "文件中没有版式“economy”的工作表"


def test_observation_ids_are_stable_and_unique(monthly: LedgerReading) -> None:
    ids = [observation.obs_id for observation in monthly.observations]
    assert len(set(ids)) == len(ids)


def test_the_mark_of_a_footnote_is_left_out_and_said(ledger: Callable[..., Path]) -> None:
    path = ledger(
        "02企业.xlsx", 清单=rows(("企业名称", "产值", "状态"), ("甲公司", "100①", "在营"), ("乙公司", "①", "在营"))
    )
    reading = read_ledger(path, "alpha", [subjects()])
    assert at(reading, "清单!B2").obs_value == Decimal(100)
    assert (at(reading, "清单!B3").obs_value, at(reading, "清单!B3").obs_status) == (None, ObsStatus.ERROR)
    left_out, unread = [finding for finding in reading.findings if finding.code == "cell"]
    assert str(left_out).startswith("单元格数后带注码“①”，已按去掉注码的数读入；位置：02企业.xlsx 清单!B2")
    assert left_out.severity is Severity.WARNING
    assert (unread.where, unread.severity) == ("02企业.xlsx 清单!B3", Severity.ERROR)


def test_a_per_cent_in_a_column_of_amounts_is_not_said_to_be_read(ledger: Callable[..., Path]) -> None:
    path = ledger(
        "02企业.xlsx", 清单=rows(("企业名称", "产值", "状态"), ("甲公司", "5.6%", "在营"), ("乙公司", "7", "在营"))
    )
    reading = read_ledger(path, "alpha", [subjects()])
    assert at(reading, "清单!B2").obs_status is ObsStatus.ERROR
    assert only(reading, "cell").where == "02企业.xlsx 清单!B2"
    assert only(reading, "text_number").where == "02企业.xlsx 清单!B3"


def test_a_masked_month_is_said_and_never_a_period(ledger: Callable[..., Path]) -> None:
    path = ledger("02企业.xlsx", 清单=rows(("2025年*月名录",), ("企业名称", "产值", "状态"), ("甲公司", 100, "在营")))
    layout = subjects(period={"from": "title", "cell": "A1"}, header_rows=[2], first_row=3)
    reading = read_ledger(path, "alpha", [layout])
    assert (at(reading, "清单!B3").period.time_period, at(reading, "清单!B3").period.status) == ("", "masked")
    finding = only(reading, "undated")
    assert (finding.where, finding.found) == ("02企业.xlsx 清单!A1", "2025年*月名录")
    assert finding.what == "报告期被隐去或没有填写，1 个数按“报告期未载明”列出，不参与比较"


def test_a_month_of_a_year_is_not_read(ledger: Callable[..., Path]) -> None:
    path = ledger("02企业.xlsx", 清单=rows(("企业名称", "产值", "状态"), ("甲公司", 100, "在营")))
    month = {"header": ["产值"], "indicator": "output", "basis": "month"}
    reading = read_ledger(
        path, "alpha", [subjects(period="2025年", columns=[month, {"header": ["状态"], "ignore": True}])]
    )
    assert reading.observations == []
    assert only(reading, "period").where == "02企业.xlsx 清单!B2"
