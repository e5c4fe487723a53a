"""The audit page: every figure leads back to its source, every part says what it has to, and nothing where it has nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parkbook import workbook
from parkbook.briefing import audit_findings, audit_page
from parkbook.briefing.audit_view import AuditView, audit_view
from parkbook.briefing.blocks import Block, Paragraph, Run, Table
from parkbook.catalogue import catalogue
from parkbook.errors import ParkbookError, Severity
from parkbook.observations.read import read_park
from parkbook.periods import parse_period

PARKS = ("qilu", "demo", "wangchun", "xian-htz", "ningbo-software")
PARTS = (
    audit_page.sources_part,
    audit_page.reading_part,
    audit_findings.scope_part,
    audit_findings.findings_part,
    audit_findings.implied_part,
    audit_page.coverage_part,
)


@pytest.fixture(scope="module")
def views() -> dict[str, AuditView]:
    return {park: audit_view(read_park(park), catalogue()) for park in PARKS}


def blocks(view: AuditView) -> list[Block]:
    return [*audit_page.audit_lead(view), *(block for part in PARTS for block in part(view))]


def runs(block: Block) -> list[Run]:
    if isinstance(block, Table):
        return [run for row in block.rows for cell in row for run in cell]
    return list(block.runs) if isinstance(block, Paragraph) else []


def text(found: list[Block]) -> str:
    return "\n".join("".join(run.text for run in runs(block)) for block in found)


def tables(found: list[Block]) -> dict[str, Table]:
    return {block.caption: block for block in found if isinstance(block, Table)}


@pytest.mark.parametrize("park", PARKS)
def test_every_figure_leads_back(views: dict[str, AuditView], park: str) -> None:
    for block in blocks(views[park]):
        refs = {run.ref for run in runs(block) if run.ref}
        assert refs <= set(block.refs)
        assert all(block.refs[ref].source for ref in refs)


@pytest.mark.parametrize("park", PARKS)
def test_the_words_are_words(views: dict[str, AuditView], park: str) -> None:
    said = text(blocks(views[park]))
    assert not re.search(r"None|Decimal|[0-9]E[+-]?[0-9]|<|；；|。。|，，", said)


@pytest.mark.parametrize("park", PARKS)
def test_rows_are_as_wide_as_their_table(views: dict[str, AuditView], park: str) -> None:
    for block in blocks(views[park]):
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} == {len(block.columns)}


def test_the_lead_of_a_report_that_fits(views: dict[str, AuditView]) -> None:
    assert text(audit_page.audit_lead(views["qilu"])).startswith("共读取1份来源的57条数据，其中57条为数字。共核对")
    assert "未发现不符；由已有的数推算出10个未公布的数，均以区间表示。" in text(audit_page.audit_lead(views["qilu"]))


def test_implied_figures_show_their_inputs_and_formula(views: dict[str, AuditView]) -> None:
    found = tables(audit_findings.implied_part(views["qilu"]))
    assert list(found) == ["推算的总数、目标和分项", "推算的上年同期数"]
    table = found["推算的总数、目标和分项"]
    [row] = [row for row in table.rows if row[0][0].text == "实际利用外资（目标）"]
    assert ["".join(run.text for run in cell) for cell in row[1:]] == [
        "2025年",
        "12498.7—12502.6万美元",
        "39577万美元，完成率316.6%",
        "完成数 ÷ 完成率",
    ]
    shown = table.refs[row[2][0].ref]
    assert (shown.value, shown.status, shown.formula) == ("12498.7—12502.6万美元", "预计或推算", "完成数 ÷ 完成率")
    assert len(shown.inputs) == 2


def test_a_finding_shows_both_sides_with_their_places(views: dict[str, AuditView]) -> None:
    found = tables(audit_findings.findings_part(views["demo"]))
    caption = next(name for name in found if name.startswith("不符的数据"))
    cells = [["".join(run.text for run in cell) for cell in row] for row in found[caption].rows]
    [row] = [row for row in cells if row[0].startswith("信访交办类受理数 2025年1—9月 大于其总数")]
    assert row[1:5] == ["240件（15信访.xlsx 2025年3季度!C8）", "181件（15信访.xlsx 2025年3季度!C5）", "多 59件", "确定"]


def test_the_surest_findings_stand_first(views: dict[str, AuditView]) -> None:
    order = [item.certainty.value for item in views["demo"].doubts]
    assert order == sorted(order, key=["certain", "likely", "possible"].index)
    assert all(item.finding.severity is Severity.NOTE for item in views["demo"].notes)


def test_notes_of_many_periods_are_listed_once(views: dict[str, AuditView]) -> None:
    found = tables(audit_findings.findings_part(views["demo"]))
    caption = next(name for name in found if name.startswith("提示"))
    names = ["".join(run.text for run in row[0]) for row in found[caption].rows]
    assert sum(name.startswith("规上工业增加值") for name in names) == 1
    assert any("只列最近一期" in note for note in found[caption].notes)


def test_findings_of_the_reading_are_not_said_twice(views: dict[str, AuditView]) -> None:
    reading = {finding.code for finding in views["demo"].reading}
    assert {"layout", "cell", "hidden", "text_number", "unknown_row"} <= reading
    assert not reading & {"month_ytd", "part_total", "unit_slip", "conflict", "revision", "table_total"}


def test_a_masked_report_lists_what_it_hides(views: dict[str, AuditView]) -> None:
    said = text(audit_page.coverage_part(views["wangchun"]))
    assert said.startswith("原文没有给出数字的共102条：原文隐去102条。")
    assert "无法核对" in text(audit_findings.findings_part(views["wangchun"]))


def test_a_period_narrows_what_is_listed() -> None:
    data = read_park("xian-htz")
    narrowed = audit_view(data, catalogue(), parse_period("2022"))
    assert [item.finding.what[:13] for item in narrowed.findings] == [
        "新能源汽车产量 2023年",
        "GDP 2022年上半年 ",
        "GDP 2023年上半年 ",
    ]
    assert all("2021" in o.period.label_zh for o in narrowed.implied)
    assert "只列与2022年有关的部分" in text(audit_page.audit_lead(narrowed))


def test_the_review_list_is_empty_until_there_is_one() -> None:
    assert audit_page.review_part(()) == []
    assert audit_page.review_rows("qilu") == []


def test_the_review_list_says_what_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    park = tmp_path / "data" / "parks" / "alpha"
    park.mkdir(parents=True)
    (tmp_path / "data" / "catalogue").mkdir()
    (park / "review.csv").write_text(
        "file,start,end,words,source_text,reason,label,value,unit,transformation,decision,set_label,set_value,set_unit,indicator_id,by\n"
        "总结.txt,10,13,75,全年任务75亿元,目标还是结果,任务,75,亿元,,\n总结.txt,20,23,9家,新增9家,名称不明,新增,9,家,,采用\n",
        encoding="gb18030",
    )
    monkeypatch.setenv("PARKBOOK_HOME", str(tmp_path))
    [table] = tables(audit_page.review_part(audit_page.review_rows("alpha"))).values()
    assert table.caption == "复核清单（2条，待复核1条）"
    assert ["".join(run.text for run in cell) for cell in table.rows[0]] == [
        "全年任务75亿元",
        "任务 75亿元",
        "目标还是结果",
        "总结.txt 字符 10-13",
        "待复核",
    ]


def test_a_review_list_that_cannot_be_read_is_left_to_the_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    park = tmp_path / "data" / "parks" / "alpha"
    park.mkdir(parents=True)
    (tmp_path / "data" / "catalogue").mkdir()
    (park / "review.csv").write_text("file,start,end\n总结.txt,10,13\n", encoding="utf-8")
    monkeypatch.setenv("PARKBOOK_HOME", str(tmp_path))
    assert audit_page.review_rows("alpha") == []


def test_the_book_covers_all_periods_unless_one_is_named() -> None:
    book = workbook.open_audit({"park": "qilu"})
    assert [block.subtitle for block in book.cover()] == ["全部报告期"]
    named = workbook.open_audit({"park": "qilu", "period": "2025"})
    assert [block.subtitle for block in named.cover()] == ["2025年"]
    assert named.cover()[0].notices == ("根据公开资料整理，非官方文件",)


def test_readers_outside_see_no_subject_and_no_cell() -> None:
    book = workbook.open_audit({"park": "demo", "audience": "external"})
    said = text([block for part in ("sources", "reading", "findings", "implied") for block in book.part(part)])
    assert "xlsx" not in said
    assert "范例纺织" not in said
    assert not re.search(r"![A-Z]+\d", said)


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ParkbookError, match="没有名为“indicators”的参数"):
        workbook.open_audit({"park": "qilu", "indicators": "gdp"})
