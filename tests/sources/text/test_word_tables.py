"""Tables, boxes and notes of Word files: all of their words are read or reported, each with its place; so are those of PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
import typst
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from parkbook.sources.text import ledger, read
from parkbook.sources.text.extract import Extraction, extract_file
from parkbook.sources.text.inline import MERGED
from parkbook.sources.text.patterns import half_width
from parkbook.sources.text.review import write_review

_BOX = (
    '<w:r {w} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def box(words: str) -> Any:
    """A run with a text box, in both forms that Word writes."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    return parse_xml(_BOX.format(w=nsdecls("w"), box=content))


def add_table(holder: Any, rows: Sequence[Sequence[str]]) -> Any:
    table = holder.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return table


def saved(tmp_path: Path, document: Any) -> Extraction:
    path = tmp_path / "总结.docx"
    document.save(str(path))
    extraction = extract_file(path)
    assert ledger.is_closed(half_width(extraction.text), extraction.coverage)
    return extraction


def found(extraction: Extraction) -> list[tuple[str, Any, str, str]]:
    """(place, value, label, subject) of every figure."""
    return [
        (
            figure.observation.locator.split(" ")[0],
            figure.record()["value"],
            figure.observation.reported_label,
            figure.observation.subject,
        )
        for figure in extraction.figures
    ]


def test_words_in_a_cell_are_read_with_its_address(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2024年工作总结")
    rows = [("项目", "说明"), ("华光项目", "总投资12亿元，已完成8亿元，完成率66.7%"), ("星禾项目", "占地120亩")]
    add_table(document, rows)
    document.add_paragraph("引进企业46家。")
    extraction = saved(tmp_path, document)
    assert [one[:2] + one[3:] for one in found(extraction)] == [
        ("表1!B2", 12, "华光项目"),
        ("表1!B2", 8, "华光项目"),
        ("表1!B2", 66.7, "华光项目"),
        ("表1!B3", 120, "星禾项目"),
        ("第3段", 46, ""),
    ]
    texts = [extraction.text[figure.start : figure.end] for figure in extraction.figures]
    assert texts == ["12亿元", "8亿元", "66.7%", "120亩", "46家"]


def test_a_box_of_one_cell_and_a_table_inside_a_cell(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "专栏：2024年全区出口35亿美元。\n进口5亿美元。"
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "附表"
    add_table(outer.cell(0, 1), [("指标", "2024年"), ("税收（亿元）", "7.7")])
    places = [(place, value) for place, value, _, _ in found(saved(tmp_path, document))]
    assert places == [("表1!A1", 35), ("表1!A1", 5), ("表2!B1内表1!B2", 7.7)]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2024年运行情况。")._p.append(box("园区税收9亿元。"))
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0]._p.append(box("园区利润3亿元。"))
    places = [(place, value) for place, value, _, _ in found(saved(tmp_path, document))]
    assert places == [("第1段文本框", 9), ("表1!A1", 3)]


def test_what_a_content_control_holds(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2024年运行情况。")
    contents = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    for before, words in (("", "园区税收9亿元。"), (contents, "一、园区税收9亿元 3")):
        control = f"<w:sdt {nsdecls('w')}>{before}<w:sdtContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        document.element.body.insert(1, parse_xml(control))
    assert [value for _, value, _, _ in found(saved(tmp_path, document))] == [9]


def test_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(
        document,
        [
            ("企业", "2024年上半年", "", "2024年全年", ""),
            ("", "税收（万元）", "增速", "税收（万元）", "增速"),
            ("青禾公司", "120", "5.6%", "250", "-3.2%"),
            ("蓝汀公司", "80", "2%", "170", "9"),
            ("云岫公司", "70", "1%", "", "9"),
        ],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(0, 4))
    table.cell(3, 3).merge(table.cell(4, 3))
    extraction = saved(tmp_path, document)
    values = [(one.cell, one.record()["value"], one.record()["time_period"]) for one in extraction.figures]
    assert values == [
        ("表1!B3", 120, "2024-S1"),
        ("表1!C3", 5.6, "2024-S1"),
        ("表1!D3", 250, "2024"),
        ("表1!E3", -3.2, "2024"),
        ("表1!B4", 80, "2024-S1"),
        ("表1!C4", 2, "2024-S1"),
        ("表1!D4", 170, "2024"),
        ("表1!E4", 9, "2024"),
        ("表1!B5", 70, "2024-S1"),
        ("表1!C5", 1, "2024-S1"),
        ("表1!E5", 9, "2024"),
    ]
    assert [one.cell for one in extraction.figures if one.doubtful == MERGED] == ["表1!D4"]


def test_the_ledger_has_every_cell(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2024年运行情况。")
    add_table(
        document,
        [("指标", "1-9月", "备注"), ("税收（亿元）", "12.5", "12/15"), ("企业（家）", "*", "电话 0531-88886666")],
    )
    extraction = saved(tmp_path, document)
    rows = ledger.as_csv(extraction.coverage).splitlines()
    assert rows[0] == "start,end,text,outcome,reason,place"
    assert [row.split(",", 2)[2] for row in rows[1:]] == [
        "2024年,period,报告期,第1段",
        "1-9月,period,报告期,表1!B1",
        "亿,excluded,词语中的数字,表1!A2",
        "12.5,figure,表格,表1!B2",
        "12,excluded,表格中读不出的数,表1!C2",
        "15,excluded,表格中读不出的数,表1!C2",
        "*,figure,表格,表1!B3",
        "0531-88886666,excluded,电话号码,表1!C3",
    ]
    (finding,) = extraction.findings
    assert (finding.what, finding.where, finding.found) == ("表格中有1格的数没有读出", "总结.docx", "表1!C2 12/15")


def test_words_struck_through_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("2024年，利润")
    paragraph.add_run("3亿元").font.strike = True
    paragraph.add_run("4亿元，税收")
    paragraph.add_run("5亿元").font.double_strike = True
    again = paragraph.add_run("6亿元")
    again.font.strike = False
    cell = add_table(document, [("指标", "本期"), ("出口（亿元）", "")]).cell(1, 1)
    cell.paragraphs[0].add_run("8").font.strike = True
    cell.paragraphs[0].add_run("9")
    extraction = saved(tmp_path, document)
    assert [figure.record()["value"] for figure in extraction.figures] == [4, 6, 9]
    assert [str(finding) for finding in extraction.findings] == [
        "文中有划去的文字（删除线），未读入；位置：总结.docx；实为：3亿元；5亿元；8；可能原因：作废的内容划去而没有删除；"
        "处理办法：核对划去的内容是否作废；仍有效的请取消删除线"
    ]


def test_a_style_that_strikes_through(tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style("作废", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.strike = True
    document.add_paragraph("2024年，利润3亿元。", style="作废")
    document.add_paragraph("2024年，利润4亿元。")
    assert [value for _, value, _, _ in found(saved(tmp_path, document))] == [4]


def test_footnotes_are_reported(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2024年，利润4亿元。")
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>其中快报数3亿元。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    extraction = saved(tmp_path, document)
    assert [value for _, value, _, _ in found(extraction)] == [4]
    assert [(finding.what, finding.found) for finding in extraction.findings] == [
        ("脚注中有数字，未读入", "其中快报数3亿元。")
    ]


def test_a_table_without_a_year_does_not_take_that_of_the_one_before(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [("企业", "税收（万元）"), ("青禾公司", "860"), ("合计", "860")]
    document.add_paragraph("2024年1-9月主要指标")
    add_table(document, rows)
    document.add_paragraph("企业情况")
    add_table(document, rows)
    extraction = saved(tmp_path, document)
    periods = [(one.cell, one.record()["time_period"], one.record()["period_status"]) for one in extraction.figures]
    assert periods == [
        ("表1!B2", "2024-M1-9", "stated"),
        ("表1!B3", "2024-M1-9", "stated"),
        ("表2!B2", "", "unknown"),
        ("表2!B3", "", "unknown"),
    ]
    assert [one.observation.subject for one in extraction.figures] == ["青禾公司", "", "青禾公司", ""]


def test_cells_that_are_doubtful_reach_the_review_list(tmp_path: Path) -> None:
    document = docx.Document()
    add_table(document, [("1", "青禾公司", "12.5亿元"), ("2", "蓝汀公司", "3.2亿元")])
    extraction = saved(tmp_path, document)
    listed = tmp_path / "review.csv"
    assert write_review(listed, "总结.docx", extraction.text, extraction.figures) == 2
    lines = listed.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == ["12.5亿元", "3.2亿元"]
    start, end = lines[1].split(",")[1:3]
    decided = lines[1].split(",")
    decided[10] = "剔除"
    listed.write_text("\n".join([lines[0], ",".join(decided)]), encoding="utf-8")
    kept = extract_file(tmp_path / "总结.docx", decisions=listed)
    assert extraction.text[int(start) : int(end)] == "12.5亿元"
    assert [figure.record()["value"] for figure in kept.figures] == [3.2]


# ---------------------------------------------------------------- PDF
@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    markup = """
#set page(width: 14cm, height: 18cm)
#set text(font: ("Noto Sans SC", "LXGW WenKai"), size: 11pt)
2024年，园区完成固定资产投资30亿元，同比增长12.5%，其中工业投资18亿元，技改投资6亿元。

单位：万元

#table(columns: 3, [企业], [1-9月税收], [同比（%）], [青禾公司], [512.3], [▼6.4], [合计], [(1.2)], [8/9])

1. 引进企业46家
2. 新增上市公司2家
"""
    fonts = Path(read.__file__).parents[2] / "fonts"
    path = tmp_path_factory.mktemp("pdf") / "总结.pdf"
    path.write_bytes(typst.compile(markup.encode(), font_paths=[str(fonts)], ignore_system_fonts=True))
    return extract_file(path)


def test_pdf_tables_stand_in_their_place(pdf: Extraction) -> None:
    assert found(pdf)[3:] == [
        ("第1页", 6, "技改投资", ""),
        ("第1页表1!B2", 512.3, "税收", "青禾公司"),
        ("第1页表1!C2", -6.4, "税收", "青禾公司"),
        ("第1页表1!B3", 1.2, "税收", ""),
        ("第1页", 46, "引进企业", ""),
        ("第1页", 2, "新增上市公司", ""),
    ]
    assert [figure.unit for figure in pdf.figures[4:6]] == ["万元", "%"]


def test_the_ledger_has_the_cells_of_a_pdf(pdf: Extraction) -> None:
    assert ledger.is_closed(half_width(pdf.text), pdf.coverage)
    cells = [(entry.place, entry.text, entry.reason) for entry in pdf.coverage if "!" in entry.place]
    assert cells == [
        ("第1页表1!B1", "1-9月", "报告期"),
        ("第1页表1!B2", "512.3", "表格"),
        ("第1页表1!C2", "▼6.4", "表格"),
        ("第1页表1!B3", "(1.2)", "表格"),
        ("第1页表1!C3", "8", "表格中读不出的数"),
        ("第1页表1!C3", "9", "表格中读不出的数"),
    ]
