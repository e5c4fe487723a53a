"""填报表.xlsx: made, filled in by a clerk, read like any ledger; each wrong cell is named and nothing else is lost."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from parkbook.batch.check import check_all
from parkbook.batch.new_park import new_park
from parkbook.codelists import AdminLevel, ParkType, Relation
from parkbook.errors import DataError, Finding, ParameterError, Severity
from parkbook.model import ObsStatus, SourceKind, TargetKind, Transformation
from parkbook.observations.read import ParkData, read_park
from parkbook.periods import parse_period
from parkbook.sources.extract_ledger import extract_ledger
from parkbook.sources.form.locator import plain_locator
from parkbook.sources.form.parts import CODE_SHEET, EXAMPLE_ROW, FIELDS, FIRST_ROW, FORM_FILE, LIST_SHEETS, PARK_SHEET
from parkbook.sources.form.read import Form, read_form
from parkbook.sources.form.write import form_bytes, write_form
from parkbook.sources.notes import read_notes
from parkbook.sources.park import Park, read_park_file

PLACE = f"data/parks/alpha/{FORM_FILE}"
ROWS = {field.key: FIRST_ROW + number for number, field in enumerate(FIELDS)}
TARGET = ("工业总产值", 2026, "确保", 120, "亿元", "经济发展局", "2026-01", "工作要点")
CORRECTION = ("01.xlsx", "9月!B2", "工业总产值", 123456, "亿元", 12.3456, None, None, "单位填错", "张某", "2026-05-08")


@pytest.fixture
def park(home: Path) -> Path:
    """The folder of a new park, as `parkbook new-park` makes it."""
    return new_park("alpha", name="甲园", relation="own")


def fill(park: Path, **sheets: Any) -> Form:
    """Type into the form's sheets: rows of cells from row 5 on, or {address: value}; then read it."""
    path = park / FORM_FILE
    book = openpyxl.load_workbook(path)
    for name, content in sheets.items():
        sheet = book[name]
        if isinstance(content, dict):
            for address, value in content.items():
                sheet[address] = value
            continue
        for number, row in enumerate(content, start=FIRST_ROW):
            for column, value in enumerate(row, start=2):
                sheet.cell(number, column).value = value
    book.save(path)
    return read_form(path)


def only(form: Form) -> Finding:
    (finding,) = form.findings
    return finding


# -- writing ----------------------------------------------------------------------------------------------------------


def test_an_untouched_form_says_what_park_yaml_says_and_passes_the_check(park: Path) -> None:
    form = read_form(park / FORM_FILE)
    assert {key: item.value for key, item in form.fields.items()} == {
        "id": "alpha",
        "name": "甲园",
        "relation": Relation.OWN,
    }
    assert (form.targets, form.corrections, form.names, form.findings) == ((), (), (), ())
    assert read_park("alpha").findings == ()
    assert [item for item in check_all().items if item.subject == "alpha"] == []


def test_all_fields_of_a_park_make_the_round_trip(home: Path, tmp_path: Path) -> None:
    for peer in ("beta", "gamma"):
        new_park(peer, name=f"{peer}园")
    folder = tmp_path / "alpha"
    folder.mkdir()
    said = {
        "id": "alpha",
        "name": "甲园",
        "relation": "third_party",
        "type": "software",
        "level": "national",
        "area": "山东省济南市",
        "period": "2025年1-9月",
        "peers": ["beta", "gamma"],
        "synthetic": True,
        "note": "说明",
    }
    park = Park.model_validate(said)
    write_form(folder / FORM_FILE, park, [("beta", "beta园")])
    form = read_form(folder / FORM_FILE)
    assert form.findings == ()
    read = {key: item.value for key, item in form.fields.items() if not key.startswith("peer")}
    assert Park.model_validate(read | {"peers": ["beta", "gamma"]}) == park
    assert (form.fields["peer1"].value, form.fields["peer2"].value) == ("beta", "gamma")


def test_bytes_are_equal_and_carry_no_time(home: Path) -> None:
    park = Park.model_validate({"id": "alpha", "name": "甲园", "relation": "own"})
    content = form_bytes(park, [("beta", "乙园")])
    assert content == form_bytes(park, [("beta", "乙园")])
    (home / "a.xlsx").write_bytes(content)
    with zipfile.ZipFile(home / "a.xlsx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(datetime.date.today().year) not in archive.read("docProps/core.xml").decode()


def test_headers_are_locked_and_inputs_are_open(park: Path) -> None:
    book = openpyxl.load_workbook(park / FORM_FILE)
    for declared in LIST_SHEETS:
        sheet = book[declared.name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for column in declared.columns:
            letter = declared.letter(column.key)
            assert sheet[f"{letter}3"].value == column.header
            assert sheet[f"{letter}3"].comment is not None
            assert sheet[f"{letter}3"].protection.locked
            assert sheet[f"{letter}{EXAMPLE_ROW}"].protection.locked
            assert not sheet[f"{letter}{FIRST_ROW}"].protection.locked
            assert not sheet[f"{letter}{FIRST_ROW + declared.rows - 1}"].protection.locked
        assert sheet["A4"].value.startswith("示例")
        assert sheet.freeze_panes == "C4"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == (
            9,
            "landscape",
            1,
        )
        assert sheet.print_title_rows == "$3:$3"
    assert book[PARK_SHEET].protection.sheet
    assert book[PARK_SHEET][f"B{ROWS['id']}"].protection.locked
    assert not book[PARK_SHEET][f"B{ROWS['name']}"].protection.locked
    assert book[CODE_SHEET].sheet_state == "hidden"


def test_coded_cells_have_lists_and_every_input_a_prompt(park: Path) -> None:
    book = openpyxl.load_workbook(park / FORM_FILE)
    codes = book[CODE_SHEET]
    for declared in LIST_SHEETS:
        rules = {str(rule.sqref).split(":")[0]: rule for rule in book[declared.name].data_validations.dataValidation}
        for column in declared.columns:
            rule = rules[f"{declared.letter(column.key)}{FIRST_ROW}"]
            assert rule.prompt
            if column.choice is not None:
                assert rule.type == "list"
                area = rule.formula1.split("!")[1].replace("$", "")
                assert codes[area.split(":")[0]].offset(row=-1).value == column.choice.value
                assert all(cell.value for line in codes[area] for cell in line)
    indicators = next(column for column in codes.columns if column[0].value == "指标目录")
    assert "工业总产值" in [cell.value for cell in indicators]


def test_words_stay_words_in_excel(park: Path) -> None:
    book = openpyxl.load_workbook(park / FORM_FILE)
    assert {book["年度目标"][address].number_format for address in ("B5", "F5", "H5", "I5")} == {"@"}
    assert book["年度目标"]["E5"].number_format == "General"
    assert book[PARK_SHEET][f"B{ROWS['period']}"].number_format == "@"


# -- 年度目标 ---------------------------------------------------------------------------------------------------------


def test_a_target_is_an_observation_with_its_cell(park: Path) -> None:
    form = fill(park, 年度目标=[TARGET])
    assert form.findings == ()
    (target,) = form.targets
    assert (target.ref_area, target.indicator_id, target.reported_label) == ("alpha", "output", "工业总产值")
    assert target.period.key == parse_period("2026").key
    assert (target.transformation, target.target_kind) == (Transformation.TARGET, TargetKind.BASE)
    assert (target.obs_value, str(target.unit), target.vintage) == (Decimal(120), "亿元", "2026-01")
    assert (target.locator, target.header_cells) == ("年度目标!E5", ("B5 工业总产值", "C5 2026", "D5 确保"))
    assert (target.source.kind, target.source.source_id) == (SourceKind.LEDGER, FORM_FILE)
    assert len(target.source.sha256) == 64
    assert (target.attribute("责任单位"), target.note, target.source_text) == (
        "经济发展局",
        "工作要点",
        "工业总产值 120亿元",
    )
    assert target in read_park("alpha").observations


def test_the_example_row_is_never_read(park: Path) -> None:
    assert fill(park, 年度目标=[TARGET]).targets[0].locator == "年度目标!E5"
    assert len(fill(park, 年度目标={"A4": None}).targets) == 1
    form = fill(park, 年度目标={"A4": "示例（不读取）", "E4": 999})
    assert len(form.targets) == 1
    assert (only(form).what, only(form).where) == ("在示例行中填了内容，示例行不读取", f"{PLACE} 年度目标!E4")


@pytest.mark.parametrize(
    ("typed", "value"), [("１２３．５", "123.5"), ("1,234.5", "1234.5"), ("12 3", "123"), (0.1 + 0.2, "0.3")]
)
def test_a_target_typed_as_text(park: Path, typed: Any, value: str) -> None:
    form = fill(park, 年度目标=[("工业总产值", "２０２６年", "力争", typed, "亿元")])
    assert (form.targets[0].obs_value, form.targets[0].target_kind) == (Decimal(value), TargetKind.STRETCH)
    assert form.targets[0].period.time_period == "2026"
    assert {finding.severity for finding in form.findings} <= {Severity.NOTE}
    assert len(form.findings) == isinstance(typed, str)


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"D5": "增长", "E5": 8, "F5": None}, "unit_measure", "%"),
        ({"D5": "增长目标", "E5": "8%", "F5": None}, "obs_value", Decimal(8)),
        ({"E5": "约120"}, "qualifier", "about"),
        ({"E5": "未报"}, "obs_status", ObsStatus.MISSING),
        ({"E5": "*"}, "obs_status", ObsStatus.MASKED),
        ({"H5": datetime.datetime(2026, 1, 15)}, "vintage", "2026-01-15"),
        ({"H5": "2026年3月"}, "vintage", "2026-03"),
        ({"B5": " 工业 总产值"}, "indicator_id", "output"),
        ({"C5": "2026年"}, "reported_label", "工业总产值"),
        ({"G5": "无"}, "attributes", ()),
    ],
)
def test_what_a_target_may_say(park: Path, cells: dict[str, Any], field: str, value: Any) -> None:
    fill(park, 年度目标=[TARGET])
    form = fill(park, 年度目标=cells)
    assert [finding for finding in form.findings if finding.severity is Severity.ERROR] == []
    assert getattr(form.targets[0], field) == value


@pytest.mark.parametrize(
    ("cells", "address", "words"),
    [
        ({"B5": "工业产值"}, "B5", ("不是指标目录中的名称", "工业总产值")),
        ({"B5": None}, "B5", ("没有填写",)),
        ({"C5": "明年"}, "C5", ("不是年份", "2026")),
        ({"C5": "2026年1-9月"}, "C5", ("不是年份",)),
        ({"C5": None}, "C5", ("没有填写",)),
        ({"D5": "必保"}, "D5", ("不在下拉列表中", "确保、力争")),
        ({"D5": None}, "D5", ("没有填写",)),
        ({"E5": "120亿元"}, "E5", ("是文字，不是数", "单位填在单位列")),
        ({"E5": None}, "E5", ("没有填写",)),
        ({"E5": "=1/0"}, "E5", ("公式没有保存计算结果",)),
        ({"E5": "#REF!"}, "E5", ("公式错误值",)),
        ({"E5": "12%"}, "E5", ("百分号",)),
        ({"F5": "亿圆"}, "F5", ("未知的计量单位", "亿元")),
        ({"F5": None}, "F5", ("没有填写", "亿元")),
        ({"D5": "增长"}, "F5", ("增长目标的单位不对", "%")),
    ],
)
def test_a_wrong_cell_is_named_and_the_other_rows_are_read(
    park: Path, cells: dict[str, Any], address: str, words: tuple[str, ...]
) -> None:
    fill(park, 年度目标=[TARGET, TARGET])
    form = fill(park, 年度目标=cells)
    assert [target.locator for target in form.targets] == ["年度目标!E6"]
    finding = next(finding for finding in form.findings if finding.severity is Severity.ERROR)
    assert finding.where == f"{PLACE} 年度目标!{address}"
    assert all(word in str(finding) for word in words)
    assert finding.remedy
    assert finding.expected


def test_the_check_reports_wrong_cells(park: Path) -> None:
    form = fill(park, 年度目标=[("工业产值", "明年")], 问题与举措=[("困难", "企业少")])
    assert len(form.findings) == 6
    report = check_all()
    assert [item.finding for item in report.of(Severity.ERROR) if item.subject == "alpha"] == list(form.findings)


@pytest.mark.parametrize(
    ("cells", "address", "code"),
    [({"H5": "年初"}, "H5", "form"), ({"E5": -5}, "E5", "range"), ({"F5": "家"}, "E5", "unit")],
)
def test_a_doubtful_cell_leaves_the_target(park: Path, cells: dict[str, Any], address: str, code: str) -> None:
    fill(park, 年度目标=[TARGET])
    form = fill(park, 年度目标=cells)
    assert len(form.targets) == 1
    assert (only(form).where, only(form).code) == (f"{PLACE} 年度目标!{address}", code)


# -- 问题与举措 -------------------------------------------------------------------------------------------------------


def test_notes_of_form_and_yaml_are_united(park: Path) -> None:
    rows = [
        ("问题", "用地报批慢", "投资科", "前期手续"),
        ("举措", "每周会商", None, None),
        ("亮点", "软件收入增长", None, "S1"),
        ("问题", "企业少", None, None),
    ]
    form = fill(park, 问题与举措=rows)
    assert form.findings == ()
    said = {"problems": [{"text": "企业少", "by": "甲"}, {"text": "人才缺"}]}
    (park / "notes.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    notes = read_notes("alpha")
    assert [(note.text, note.by, note.system) for note in notes.problems] == [
        ("企业少", "甲", ""),
        ("人才缺", "", ""),
        ("用地报批慢", "投资科", "S8"),
    ]
    assert [note.text for note in (*notes.measures, *notes.highlights)] == ["每周会商", "软件收入增长"]


@pytest.mark.parametrize(
    ("row", "address"),
    [
        (("困难", "内容"), "B5"),
        ((None, "内容"), "B5"),
        (("问题", None, "甲"), "C5"),
        (("问题", "内容", None, "经济"), "E5"),
    ],
)
def test_wrong_notes(park: Path, row: tuple[Any, ...], address: str) -> None:
    form = fill(park, 问题与举措=[row, ("问题", "企业少")])
    assert [note.text for note in form.notes.problems] == ["企业少"]
    assert only(form).where == f"{PLACE} 问题与举措!{address}"


def test_notes_about_other_parks_are_said_not_to_be_shown(home: Path) -> None:
    folder = new_park("alpha", name="甲园")
    fill(folder, 问题与举措=[("问题", "企业少")])
    (finding,) = read_park("alpha").findings
    assert (finding.what, finding.severity) == ("其他单位的园区不显示问题与举措", Severity.NOTE)


# -- 更正 -------------------------------------------------------------------------------------------------------------

LAYOUT = """id: economy
file: "01*.xlsx"
period: "2025年9月"
unit: 亿元
header_rows: [1]
first_row: 2
rows: indicators
key: {header: [指标名称]}
indicators: {工业总产值: output, 企业数: {indicator: firms, unit: 家}}
columns: [{header: [本月]}]
"""


def ledger(park: Path, home: Path, *rows: tuple[str, Any]) -> None:
    folder = home / "data" / "layouts" / "alpha"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "economy.yaml").write_text(LAYOUT, encoding="utf-8")
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "9月"
    for row in (("指标名称", "本月"), *rows):
        sheet.append(row)
    book.save(park / "ledgers" / "01.xlsx")


def errors(data: ParkData) -> list[Finding]:
    return [finding for finding in data.findings if finding.severity is Severity.ERROR]


def test_a_correction_is_applied_and_remembered(park: Path, home: Path) -> None:
    ledger(park, home, ("工业总产值", 123456), ("企业数", "未报"))
    fill(park, 更正=[CORRECTION, ("01.xlsx", "'9月'！$b$3", None, None, None, 35, None, None, "漏报")])
    data = read_park("alpha")
    assert errors(data) == []
    first, second = data.observations
    assert (first.obs_value, first.corrected_from) == (Decimal("12.3456"), "123456亿元（单位填错）")
    assert first.note == "更正：单位填错（张某，2026-05-08）"
    assert (second.obs_value, second.obs_status) == (Decimal(35), ObsStatus.REPORTED)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((123456, "亿元", None, "万元", None), {"unit_mult": 4}),
        ((123456, None, None, None, "高新技术产业产值"), {"indicator_id": "high_tech_output"}),
        ((123456, None, "保密", None, None), {"obs_value": None, "obs_status": ObsStatus.WITHHELD}),
        (("１２３,４５６", None, "12.3", None, None), {"obs_value": Decimal("12.3")}),
    ],
)
def test_what_may_be_corrected(park: Path, home: Path, row: tuple[Any, ...], expected: dict[str, Any]) -> None:
    ledger(park, home, ("工业总产值", 123456))
    form = fill(park, 更正=[(*CORRECTION[:3], *row, "理由")])
    assert [finding for finding in form.findings if finding.severity is Severity.ERROR] == []
    (figure,) = read_park("alpha").observations
    assert {name: getattr(figure, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("changes", "what", "words"),
    [
        ({3: 123457}, "更正的前提不再成立", ("原值=123457", "原值=123456")),
        ({3: None}, "更正的前提不再成立", ("原值=空",)),
        ({4: "万元"}, "更正的前提不再成立", ("原单位=万元", "原单位=亿元")),
        ({1: "9月!B7"}, "更正找不到对应的数", ("9月!B7",)),
        ({0: "01.xls"}, "更正找不到对应的数", ("没有“01.xls”这个文件或来源", "01.xlsx")),
    ],
)
def test_a_correction_that_does_not_hold_is_not_applied(
    park: Path, home: Path, changes: dict[int, Any], what: str, words: tuple[str, ...]
) -> None:
    ledger(park, home, ("工业总产值", 123456))
    fill(park, 更正=[[changes.get(number, value) for number, value in enumerate(CORRECTION)]])
    data = read_park("alpha")
    assert data.observations[0].obs_value == Decimal(123456)
    (finding,) = errors(data)
    assert finding.what.startswith(what)
    assert finding.where == f"{PLACE} 更正!B5"
    assert all(word in str(finding) for word in words)
    assert "expect" not in str(finding)


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({0: None}, "B5"),
        ({1: None}, "C5"),
        ({3: "十二万"}, "E5"),
        ({4: "亿圆"}, "F5"),
        ({5: "12亿"}, "G5"),
        ({5: None}, "G5"),
        ({5: "1-2"}, "G5"),
        ({6: "亿圆"}, "H5"),
        ({7: "工业产值"}, "I5"),
        ({8: None}, "J5"),
    ],
)
def test_wrong_cells_of_a_correction(park: Path, changes: dict[int, Any], address: str) -> None:
    form = fill(park, 更正=[[changes.get(number, value) for number, value in enumerate(CORRECTION)]])
    assert form.corrections == ()
    assert only(form).where == f"{PLACE} 更正!{address}"


def test_a_correction_of_a_ledger_that_could_not_be_read_says_so(park: Path, home: Path) -> None:
    ledger(park, home, ("工业总产值", 123456))
    fill(park, 更正=[CORRECTION])
    (park / "ledgers" / "01.xlsx").write_bytes(b"PK\3\4")
    finding = next(finding for finding in errors(read_park("alpha")) if finding.code == "correction")
    assert finding.what == "要更正的文件没有读入，更正未采用"
    assert finding.found == "“01.xlsx”在 ledgers 中，但没有读出任何数"
    assert "没有“01.xlsx”" not in str(finding)


def test_corrections_of_form_and_yaml_are_united_and_the_yaml_wins(park: Path, home: Path) -> None:
    ledger(park, home, ("工业总产值", 123456), ("企业数", 350))
    entry = {
        "id": "c1",
        "source": "01.xlsx",
        "locator": "9月!B2",
        "reported_label": "工业总产值",
        "expect": {"value": "123456"},
        "set": {"value": "12.3456"},
        "reason": "误填",
    }
    path = park / "corrections.yaml"
    path.write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    fill(park, 更正=[CORRECTION, ("01.xlsx", "9月!B3", None, 350, "家", 35, None, None, "多一个零")])
    data = read_park("alpha")
    assert errors(data) == []
    assert [figure.obs_value for figure in data.observations] == [Decimal("12.3456"), Decimal(35)]
    path.write_text(yaml.safe_dump([entry | {"set": {"value": "12.4"}}], allow_unicode=True), encoding="utf-8")
    data = read_park("alpha")
    assert data.observations[0].obs_value == Decimal("12.4")
    (finding,) = (finding for finding in data.findings if finding.code == "precedence")
    assert finding.where == f"{PLACE} 更正!B5"
    assert "corrections.yaml（c1）：value=12.4" in finding.expected
    assert f"{FORM_FILE}：value=12.3456" in finding.found


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("4月!D23", "4月!D23"),
        ("'1 季度'!$d$7", "1 季度!D7"),
        ("4月！Ｄ２３", "4月!D23"),
        ("字符588—596", "字符 588-596"),
        ("表1 第3行", "表1 第3行"),
    ],
)
def test_places_as_offices_write_them(typed: str, plain: str) -> None:
    assert plain_locator(typed) == plain


# -- 名称对照 ---------------------------------------------------------------------------------------------------------


def test_a_name_reads_a_row_that_the_layout_does_not_know(park: Path, home: Path) -> None:
    ledger(park, home, ("工业总产值", 100), ("其中：高新产值", 20))
    assert [finding.code for finding in errors(read_park("alpha"))] == ["unknown_row"]
    fill(park, 名称对照=[("高新产值", "高新技术产业产值", "统计科确认")])
    data = read_park("alpha")
    assert errors(data) == []
    total, part = data.observations
    assert (total.rule, total.note) == ("layout:economy", "")
    assert (part.indicator_id, part.obs_value, part.rule) == (
        "high_tech_output",
        Decimal(20),
        "layout:economy+名称对照",
    )
    assert part.note == f"名称对照：“高新产值”即“高新技术产业产值”（{FORM_FILE} 名称对照!B5，统计科确认）"


def test_a_name_reads_a_published_figure_without_an_indicator(park: Path, home: Path) -> None:
    text = (park / "park.yaml").read_text(encoding="utf-8")
    text = text.replace("sources: []", "sources: [{id: doc, kind: report}]")
    (park / "park.yaml").write_text(text, encoding="utf-8")
    header = (park / "published.csv").read_text(encoding="utf-8").strip()
    row = {
        "source": "doc",
        "reported_label": "规上产值",
        "period": "2025",
        "period_status": "stated",
        "value": "-3",
        "unit": "亿元",
        "locator": "字符 1-4",
    }
    line = ",".join(row.get(name, "") for name in header.split(","))
    (park / "published.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    fill(park, 名称对照=[("规上产值", "工业总产值")])
    data = read_park("alpha")
    assert [(figure.indicator_id, figure.rule) for figure in data.observations] == [("output", "transcribed+名称对照")]
    assert [finding.code for finding in data.findings] == ["range"]


def test_a_name_that_the_layout_reads_otherwise(park: Path, home: Path) -> None:
    ledger(park, home, ("工业总产值", 100))
    fill(park, 名称对照=[("工业总产值", "固定资产投资")])
    data = read_park("alpha")
    assert data.observations[0].indicator_id == "output"
    (finding,) = (finding for finding in data.findings if finding.code == "precedence")
    assert finding.where == f"{PLACE} 名称对照!B5"
    assert "data/layouts/alpha/economy.yaml：output" in finding.expected
    assert "investment" in finding.found


def test_names_that_are_wrong_twice_or_not_used(park: Path, home: Path) -> None:
    ledger(park, home, ("工业总产值", 100), ("高新产值", 20))
    rows = [
        ("高新产值", "高新技术产业产值"),
        ("高新产值", "工业总产值"),
        ("高新产出", "没有这个"),
        ("高新产量", "工业总产值"),
        (None, "工业总产值"),
    ]
    form = fill(park, 名称对照=rows)
    assert [(name.name, name.indicator_id) for name in form.names] == [
        ("高新产值", "high_tech_output"),
        ("高新产量", "output"),
    ]
    assert [finding.where.removeprefix(f"{PLACE} 名称对照!") for finding in form.findings] == ["C7", "B9", "B6"]
    unused = [finding for finding in read_park("alpha").findings if "没有用到" in finding.what]
    assert [(finding.where, finding.severity) for finding in unused] == [(f"{PLACE} 名称对照!B8", Severity.NOTE)]


# -- 园区信息 ---------------------------------------------------------------------------------------------------------


def cell(key: str) -> str:
    return f"B{ROWS[key]}"


def test_what_only_the_form_says_counts(park: Path, home: Path) -> None:
    new_park("beta", name="乙园")
    new_park("gamma", name="丙园")
    typed = {
        cell("type"): "软件园",
        cell("level"): "省级",
        cell("area"): "山东省济南市",
        cell("period"): 2025,
        cell("peer1"): "beta 乙园",
        cell("peer2"): "丙园",
        cell("synthetic"): "是",
        cell("note"): "—",
    }
    assert fill(park, 园区信息=typed).findings == ()
    data = read_park("alpha")
    assert data.findings == ()
    assert (data.park.type, data.park.level, data.park.area) == (
        ParkType.SOFTWARE,
        AdminLevel.PROVINCIAL,
        "山东省济南市",
    )
    assert (data.park.period, data.park.peers, data.park.synthetic) == ("2025", ("beta", "gamma"), True)
    assert data.park.default_period is not None


def test_where_they_differ_park_yaml_wins_and_both_are_named(park: Path) -> None:
    fill(park, 园区信息={cell("name"): "甲工业园", cell("relation"): "其他单位", cell("type"): "软件园"})
    data = read_park("alpha")
    assert (data.park.name, data.park.relation, data.park.type) == ("甲园", Relation.OWN, ParkType.SOFTWARE)
    assert [(finding.where, finding.expected, finding.found) for finding in data.findings] == [
        (f"{PLACE} 园区信息!{cell('name')}", "park.yaml 的 name：甲园", f"{FORM_FILE}：甲工业园"),
        (f"{PLACE} 园区信息!{cell('relation')}", "park.yaml 的 relation：本单位", f"{FORM_FILE}：其他单位"),
    ]
    assert {(finding.code, finding.severity) for finding in data.findings} == {("precedence", Severity.WARNING)}


def test_a_name_that_only_repeats_the_code_says_nothing(home: Path) -> None:
    folder = new_park("alpha", relation="own")
    fill(folder, 园区信息={cell("name"): "甲园"})
    data = read_park("alpha")
    assert (data.park.name, data.findings) == ("甲园", ())


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("relation", "自己的", ("不在下拉列表中", "本单位、其他单位")),
        ("type", "软件圆", ("不在下拉列表中", "软件园")),
        ("level", "国家", ("不在下拉列表中", "国家级")),
        ("period", "去年", ("不是报告期",)),
        ("period", "上半年", ("没有写明年份",)),
        ("peer1", "乙圆", ("没有这个园区",)),
        ("synthetic", "真", ("是、否",)),
        ("area", "=A1", ("公式没有保存计算结果",)),
    ],
)
def test_a_wrong_field_is_not_taken(park: Path, key: str, typed: str, words: tuple[str, ...]) -> None:
    form = fill(park, 园区信息={cell(key): typed, cell("note"): "说明"})
    assert only(form).where == f"{PLACE} 园区信息!{cell(key)}"
    assert all(word in str(only(form)) for word in words)
    assert key not in form.fields
    assert form.fields["note"].text == "说明"


def test_a_form_of_another_park_is_not_read(park: Path) -> None:
    form = fill(park, 园区信息={cell("id"): "beta"}, 年度目标=[TARGET])
    assert (form.targets, form.fields) == ((), {})
    assert (only(form).what, only(form).expected, only(form).found) == (
        "填报表是另一个园区的，全部未读",
        "alpha",
        "beta",
    )


# -- the file ---------------------------------------------------------------------------------------------------------


def test_a_moved_header_refuses_its_sheet_only(park: Path) -> None:
    form = fill(park, 年度目标={"D3": "类别", "B5": "工业总产值"}, 问题与举措=[("问题", "企业少")])
    assert (only(form).where, only(form).expected, only(form).found) == (f"{PLACE} 年度目标!D3", "目标类别", "类别")
    assert len(form.notes.problems) == 1


def change(park: Path, edit: Callable[[Workbook], object]) -> Form:
    book = openpyxl.load_workbook(park / FORM_FILE)
    edit(book)
    book.save(park / FORM_FILE)
    return read_form(park / FORM_FILE)


def test_missing_hidden_and_additional_sheets(park: Path) -> None:
    def edit(book: Workbook) -> None:
        book["更正"].title = "更正表"
        book["年度目标"].sheet_state = "hidden"

    assert [(finding.what, finding.code) for finding in change(park, edit).findings] == [
        ("填报表缺少工作表“更正”，该部分未读", "form"),
        ("填报表的工作表被隐藏，未读", "hidden"),
        ("不是填报表的工作表，未读", "form"),
    ]


def test_missing_and_unknown_fields_and_hidden_rows(park: Path) -> None:
    def edit(book: Workbook) -> None:
        book[PARK_SHEET][f"A{ROWS['area']}"] = "所在城市"
        for column, value in enumerate(TARGET, start=2):
            book["年度目标"].cell(7, column).value = value
        book["年度目标"].row_dimensions[7].hidden = True

    form = change(park, edit)
    assert [finding.what for finding in form.findings] == [
        "园区信息缺少“所在地”一行",
        "园区信息中没有这一项，未读",
        "填报表中有隐藏的行，已读入",
    ]
    assert len(form.targets) == 1


def test_rows_below_the_prepared_ones_are_read(park: Path) -> None:
    last = FIRST_ROW + 300
    form = fill(park, 年度目标={f"{letter}{last}": value for letter, value in zip("BCDEF", TARGET[:5], strict=True)})
    assert [target.locator for target in form.targets] == [f"年度目标!E{last}"]


def test_a_damaged_form_is_one_finding(park: Path) -> None:
    (park / FORM_FILE).write_bytes(b"PK\x03\x04 broken")
    form = read_form(park / FORM_FILE)
    assert only(form).where == PLACE
    assert read_park("alpha").findings == form.findings


def test_no_form_is_no_finding(park: Path) -> None:
    (park / FORM_FILE).unlink()
    assert read_form(park / FORM_FILE) == Form()
    assert read_park("alpha").findings == ()


# -- new-park ---------------------------------------------------------------------------------------------------------


def test_a_folder_with_a_form_only_says_how_to_go_on_and_new_park_completes_it(park: Path, home: Path) -> None:
    fill(park, 年度目标=[TARGET])
    form = (park / FORM_FILE).read_bytes()
    (park / "park.yaml").unlink()
    with pytest.raises(DataError, match=r"没有 park\.yaml.*parkbook new-park alpha"):
        read_park("alpha")
    new_park("alpha", name="甲园", relation="own")
    assert (park / FORM_FILE).read_bytes() == form
    assert len(read_park("alpha").observations) == 1
    with pytest.raises(ParameterError, match="已经存在"):
        new_park("alpha")


def test_peers_to_choose_from_are_the_other_parks(park: Path, home: Path) -> None:
    (home / "data" / "parks" / "broken").mkdir()
    (home / "data" / "parks" / "broken" / "park.yaml").write_text("id: [", encoding="utf-8")
    codes = openpyxl.load_workbook(new_park("beta", name="乙园") / FORM_FILE)[CODE_SHEET]
    column = next(column for column in codes.columns if column[0].value == "园区")
    assert [item.value for item in column if item.value][1:] == ["alpha 甲园", "broken"]
    assert read_park_file(home / "data" / "parks" / "beta").peers == ()


# -- parkbook extract -------------------------------------------------------------------------------------------------


def test_a_form_is_recognised_by_its_sheets_and_gives_its_targets(park: Path, tmp_path: Path) -> None:
    fill(park, 年度目标=[TARGET], 更正=[CORRECTION])
    loose = tmp_path / "甲园报送.xlsx"
    loose.write_bytes((park / FORM_FILE).read_bytes())
    for path in (park / FORM_FILE, loose):
        found = extract_ledger(path)
        assert [(o.obs_value, o.locator, o.rule) for o in found.observations] == [
            (Decimal(120), "年度目标!E5", "form:年度目标")
        ]
        assert found.proposal is None
        [finding] = found.findings
        assert (finding.what, finding.severity) == ("这是填报表，列出其中的年度目标 1 条", Severity.NOTE)
        assert "更正 1 条" in finding.found
        assert "parkbook check" in finding.remedy


def test_a_form_in_the_folder_of_another_park_is_refused_by_extract_too(park: Path) -> None:
    fill(park, 年度目标=[TARGET])
    other = park.parent / "beta"
    other.mkdir()
    (other / FORM_FILE).write_bytes((park / FORM_FILE).read_bytes())
    found = extract_ledger(other / FORM_FILE)
    assert found.observations == []
    assert any(finding.severity is Severity.ERROR for finding in found.findings)
