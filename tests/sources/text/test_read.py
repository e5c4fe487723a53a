"""Files: encodings, Word, PDF, and what is refused in one sentence that names the file and the remedy."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from parkbook.project import HOME_VARIABLE, project_root
from parkbook.sources.text import office, read
from parkbook.sources.text.extract import extract_file, extract_text, main
from parkbook.sources.text.read import ReportError, read_report

WORDS = "全年实现营业收入312.6亿元，同比增长８.５％。\r\n引进企业46家。\n"


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("gb18030", b""),
        ("gbk", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, bom: bytes) -> None:
    path = tmp_path / "总结.txt"
    path.write_bytes(bom + WORDS.encode(encoding))
    document = read_report(path)
    assert document.text.removeprefix("\ufeff") == WORDS
    assert len(extract_file(path).figures) == 3


def test_positions_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "总结.md"
    path.write_bytes(WORDS.encode())
    with path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    figures = extract_file(path).figures
    assert [text[figure.start : figure.end] for figure in figures] == ["312.6亿元", "８.５％", "46家"]
    assert figures[0].observation.locator == f"字符 {text.index('312')}-{text.index('312') + 7}"


@pytest.mark.parametrize("ending", [".doc", ".wps", ".et", ".ofd", ".xlsx", ".jpg"])
def test_other_formats_are_refused_by_name(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"汇报{ending}"
    path.write_bytes(b"anything")
    with pytest.raises(ReportError, match=f"不能直接读取 {ending} 文件；位置：汇报{ending}；处理办法："):
        read_report(path)


def test_unknown_ending(tmp_path: Path) -> None:
    path = tmp_path / "汇报"
    path.write_text(WORDS, encoding="utf-8")
    with pytest.raises(ReportError, match="无法识别的报告格式；位置：汇报；"):
        read_report(path)


# ---------------------------------------------------------------- hostile text
def _random_bytes() -> bytes:
    return random.Random(7).randbytes(40_000)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "文件是空的", id="empty"),
        pytest.param(b" \n\t ", "文件是空的", id="blank"),
        pytest.param(b"PK\x03\x04" + b"\0" * 100, "文件内容不是纯文本", id="zip renamed"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 100, "文件内容不是纯文本", id="old office renamed"),
        pytest.param(b"\x89PNG\r\n" + b"\1\2" * 90, "文件内容不是纯文本", id="picture renamed"),
        pytest.param(_random_bytes(), "文件内容不是文字", id="random bytes"),
        pytest.param(b"\0\1\2\3" * 5000, "文件内容不是文字", id="control bytes"),
        pytest.param(b"\xff\xff\xff\xff" * 400, "文件内容不是文字", id="no encoding"),
    ],
)
def test_no_text(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "总结.txt"
    path.write_bytes(content)
    with pytest.raises(ReportError, match=f"{sentence}.*总结.txt.*处理办法"):
        read_report(path)


def test_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(ReportError, match=r"文件过大.*大\.txt.*50 MB.*处理办法"):
        read_report(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"文件无法打开；位置：无\.txt"):
        read_report(tmp_path / "无.txt")


def test_turned_and_control_characters_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "总结.txt"
    path.write_text("产值\u202e21\u202c亿元。\n税收5亿元。\x07", encoding="utf-8")
    extraction = extract_file(path)
    assert [finding.what[:14] for finding in extraction.findings] == [
        "文中有改变文字方向的控制字符"[:14],
        "文中有不可见的控制字符",
    ]
    assert all(figure.doubtful for figure in extraction.figures if figure.start is not None and figure.start < 10)
    assert extraction.figures[-1].observation.obs_value == 5
    assert not extraction.figures[-1].doubtful


def test_a_number_is_read_through_characters_of_no_width(tmp_path: Path) -> None:
    path = tmp_path / "总结.txt"
    text = "2025年，固定资产投资\u200b3\u200b4.\u20605亿元，税收5亿元。"
    path.write_text(text, encoding="utf-8")
    extraction = extract_file(path)
    first, second = extraction.figures
    assert (first.observation.obs_value, first.observation.reported_label, first.doubtful) == (
        Decimal("34.5"),
        "固定资产投资",
        "",
    )
    assert (first.start, first.end) == (13, 21)
    assert text[13:21] == "3\u200b4.\u20605亿元"
    assert first.observation.locator == "字符 13-21"
    assert text[second.start : second.end] == "5亿元"
    assert [entry.text for entry in extraction.coverage] == ["2025年", text[13:21], "5亿元"]
    assert extraction.findings[0].what == "文中有不占位置的不可见字符，读数时已略过"
    assert extraction.findings[0].found == "U+200B"


def test_a_number_cut_by_a_control_character_is_doubtful() -> None:
    cut, whole = extract_text("2025年，工业总产值12\x1b3亿元，利润5亿元。").figures
    assert (cut.doubtful, whole.doubtful) == ("数中有不可见的控制字符", "")


@pytest.mark.parametrize(
    ("words", "value"), [("利润3²亿元", "3"), ("利润3①亿元", "3"), ("利润12.5③④亿元", "12.5"), ("利润１２¹万元", "12")]
)
def test_the_mark_of_a_footnote_is_no_digit(words: str, value: str) -> None:
    (figure,) = extract_text(f"2025年，{words}。").figures
    assert figure.observation.obs_value == Decimal(value)
    assert figure.doubtful == "数后有上标或带圈的注码，已按去掉注码的数读入"
    assert figure.observation.confidence < Decimal("0.5")
    assert figure.observation.source_text == f"2025年，{words}"


def test_a_power_of_ten_is_not_cut() -> None:
    assert extract_text("2025年，产量3×10⁴吨。").figures == ()


# ---------------------------------------------------------------- Word
def _word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("2024年工作总结", level=1)
    document.add_paragraph("全年完成固定资产投资30亿元，其中工业投资18亿元。")
    table = document.add_table(rows=3, cols=4)
    for row, cells in zip(
        table.rows,
        [
            ("指标", "单位", "1-9月", "同比增长（%）"),
            ("规上工业总产值", "亿元", "512.3", "-6.4"),
            ("税收", "亿元", "*", "３.１"),
        ],
        strict=True,
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_paragraph("引进企业46家。")
    path = tmp_path / "总结.docx"
    document.save(str(path))
    return path


def test_word(tmp_path: Path) -> None:
    extraction = extract_file(_word(tmp_path))
    found = [
        (figure.observation.locator.split(" ")[0], figure.observation.reported_label, figure.record()["value"])
        for figure in extraction.figures
    ]
    assert found == [
        ("第2段", "固定资产投资", 30),
        ("第2段", "工业投资", 18),
        ("表1!C2", "规上工业总产值", 512.3),
        ("表1!D2", "规上工业总产值", -6.4),
        ("表1!C3", "税收", None),
        ("表1!D3", "税收", 3.1),
        ("第4段", "引进企业", 46),
    ]
    assert [extraction.text[figure.start : figure.end] for figure in extraction.figures[2:6]] == [
        "512.3",
        "-6.4",
        "*",
        "３.１",
    ]
    cells = {figure.cell: figure.record() for figure in extraction.figures if figure.cell}
    assert cells["表1!C2"]["unit"] == "亿元"
    assert cells["表1!C2"]["time_period"] == "2024-M1-9"
    assert (cells["表1!D2"]["unit"], cells["表1!D2"]["transformation"], cells["表1!D2"]["comparison"]) == (
        "%",
        "growth",
        "yoy",
    )
    assert cells["表1!C3"]["obs_status"] == "masked"


def _package(path: Path, parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_truncated_word(tmp_path: Path) -> None:
    path = _word(tmp_path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(ReportError, match=r"Word 文件已损坏或不完整；位置：总结\.docx"):
        read_report(path)


def test_encrypted_word(tmp_path: Path) -> None:
    path = tmp_path / "密.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(ReportError, match=r"已加密.*密\.docx.*取消密码"):
        read_report(path)


def test_zip_bomb(tmp_path: Path) -> None:
    path = _package(tmp_path / "弹.docx", {"word/document.xml": b" " * 40_000_000, "[Content_Types].xml": b"<Types/>"})
    with pytest.raises(ReportError, match=r"压缩炸弹.*弹\.docx"):
        read_report(path)


def test_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MAX_PARTS", 3)
    path = _package(tmp_path / "多.docx", {f"word/{number}.xml": b"<a/>" for number in range(5)})
    with pytest.raises(ReportError, match="异常巨大"):
        read_report(path)


def test_entity_bomb(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    path = _package(tmp_path / "实体.docx", {"word/document.xml": bomb, "[Content_Types].xml": b"<Types/>"})
    with pytest.raises(ReportError, match=r"实体定义.*实体\.docx.*word/document\.xml"):
        read_report(path)


@pytest.mark.parametrize(
    "parts", [{"xl/workbook.xml": b"<a/>"}, {"word/document.xml": b"<broken"}, {"word/document.xml": b""}]
)
def test_no_word_file(tmp_path: Path, parts: dict[str, bytes]) -> None:
    path = _package(tmp_path / "假.docx", parts)
    with pytest.raises(ReportError, match=r"Word 文件.*假\.docx"):
        read_report(path)


def test_word_without_words(tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    docx.Document().save(str(path))
    with pytest.raises(ReportError, match=r"没有文字.*空\.docx"):
        read_report(path)


def test_word_table_under_a_unit_line(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("表1 2024年1-9月主要指标")
    document.add_paragraph("单位：万元")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, [("片区", "税收", "同比（%）"), ("东片区", "860", "-1.2")], strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    path = tmp_path / "表.docx"
    document.save(str(path))
    records = [figure.record() for figure in extract_file(path).figures]
    assert [(record["value"], record["unit"], record["label"], record["subject"]) for record in records] == [
        (860, "万元", "税收", "东片区"),
        (-1.2, "%", "税收", "东片区"),
    ]
    assert {record["period_text"] for record in records} == {"2024年1-9月"}


def _run(words: str, properties: str = "", kind: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{kind} xml:space="preserve">{words}</w:{kind}></w:r>'


def _revised(path: Path, *pieces: str, table: str = "") -> Path:
    """A document of one paragraph with these runs, and of one table with one cell."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph._p.append(parse_xml(piece.replace(">", f" {nsdecls('w')}>", 1)))
    if table:
        cells = document.add_table(rows=2, cols=2)
        cells.rows[0].cells[1].text = "产值（亿元）"
        cells.rows[1].cells[0].text = "东片区"
        for piece in (_run("6"), f"<w:ins>{_run(table)}</w:ins>"):
            cells.rows[1].cells[1].paragraphs[0]._p.append(parse_xml(piece.replace(">", f" {nsdecls('w')}>", 1)))
    document.save(str(path))
    return path


def test_word_revisions_and_hidden_words(tmp_path: Path) -> None:
    path = _revised(
        tmp_path / "总结.docx",
        _run("2025年上半年，工业总产值完成"),
        f"<w:del>{_run('99亿元', kind='delText')}</w:del>",
        f"<w:ins>{_run('12.3')}</w:ins>",
        _run("亿元"),
        _run("，税收收入5亿元", "<w:vanish/>"),
        _run("，投资7亿元。", '<w:vanish w:val="0"/>'),
        table="8",
    )
    extraction = extract_file(path)
    assert extraction.text.split("\n")[0] == "2025年上半年，工业总产值完成12.3亿元，投资7亿元。"
    assert [figure.record()["value"] for figure in extraction.figures] == [12.3, 7, 68]
    assert [str(finding) for finding in extraction.findings] == [
        "文中有隐藏文字，未读入；位置：总结.docx；实为：，税收收入5亿元；可能原因：作废或备用的内容设成了隐藏；"
        "处理办法：在 Word 中显示隐藏文字核对；需要读入的请取消隐藏",
        "文中有尚未接受的修订，插入的文字已读入，删除的未读；位置：总结.docx；实为：12.3；8；可能原因：文件仍在修改；"
        "处理办法：在 Word 中接受或拒绝修订后另存",
    ]


def test_word_superscripts_are_no_digits(tmp_path: Path) -> None:
    small = '<w:vertAlign w:val="superscript"/>'
    pieces = (
        _run("2025年增长5%"),
        _run("1", small),
        _run("，利润3"),
        _run("2", small),
        _run("亿元。面积5km"),
        _run("2", small),
    )
    extraction = extract_file(_revised(tmp_path / "总结.docx", *pieces))
    assert extraction.text.strip() == "2025年增长5%¹，利润3²亿元。面积5km²"
    assert [(one.record()["value"], one.record()["unit"]) for one in extraction.figures] == [
        (5, "%"),
        (3, "亿元"),
        (5, "km²"),
    ]
    assert [one.doubtful for one in extraction.figures] == ["", "数后有上标或带圈的注码，已按去掉注码的数读入", ""]


# ---------------------------------------------------------------- PDF
def _pdf(tmp_path: Path) -> Path:
    markup = """
#set page(width: 12cm, height: 14cm)
#set text(font: ("Noto Sans SC", "LXGW WenKai"), size: 11pt)
2024年，园区完成固定资产投资30亿元，同比增长12.5%，其中工业投资18亿元，技改投资6亿元，新引进企业46家，新增上市公司2家。

#table(columns: 3, [指标], [1-9月（亿元）], [同比增长（%）], [规上工业总产值], [512.3], [-6.4])
"""
    fonts = Path(read.__file__).parents[2] / "fonts"
    path = tmp_path / "总结.pdf"
    path.write_bytes(typst.compile(markup.encode(), font_paths=[str(fonts)], ignore_system_fonts=True))
    return path


def test_pdf(tmp_path: Path) -> None:
    records = [figure.record() for figure in extract_file(_pdf(tmp_path)).figures]
    prose = [(record["value"], record["unit"]) for record in records if record["cell"] is None]
    assert prose == [(30, "亿元"), (12.5, "%"), (18, "亿元"), (6, "亿元"), (46, "家"), (2, "家")]
    cells = [
        (record["label"], record["value"], record["unit"], record["transformation"])
        for record in records
        if record["cell"]
    ]
    assert cells == [("规上工业总产值", 512.3, "亿元", "level"), ("规上工业总产值", -6.4, "%", "growth")]
    assert str(records[0]["locator"]).startswith("第1页 字符")


def test_scanned_pdf(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    path = tmp_path / "扫描.pdf"
    with path.open("wb") as stream:
        writer.write(stream)
    with pytest.raises(ReportError, match=r"扫描件.*扫描\.pdf.*OCR"):
        read_report(path)


def test_pdf_with_a_password(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf(tmp_path).read_bytes())))
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "密.pdf"
    with path.open("wb") as stream:
        writer.write(stream)
    with pytest.raises(ReportError, match=r"PDF 文件有密码；位置：密\.pdf"):
        read_report(path)


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing", b"no pdf at all"])
def test_broken_pdf(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(content)
    with pytest.raises(ReportError, match=r"PDF.*坏\.pdf"):
        read_report(path)


# ---------------------------------------------------------------- command
def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "总结.txt"
    path.write_text(WORDS, encoding="utf-8")
    assert main([str(path), "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert main([str(path), "--coverage"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "start,end,text,outcome,reason"


def test_command_says_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "总结.wps")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "不能直接读取 .wps 文件；位置：总结.wps；处理办法：在 WPS 文字中另存为 .docx"
    ]


def test_another_project_folder_is_read_with_its_own_catalogue(tmp_path, monkeypatch):
    """What is remembered of phrases under one catalogue must not answer under another."""
    said = "税收3亿元，同比增长5%。"
    assert extract_text(said).figures[0].observation.indicator_id == "tax_revenue"
    root = project_root()
    shutil.copytree(root / "data" / "codelists", tmp_path / "data" / "codelists")
    (tmp_path / "data" / "catalogue").mkdir()
    shutil.copy(root / "data" / "catalogue" / "party.yaml", tmp_path / "data" / "catalogue")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert extract_text(said).figures[0].observation.indicator_id == ""
    monkeypatch.delenv(HOME_VARIABLE)
    assert extract_text(said).figures[0].observation.indicator_id == "tax_revenue"
