"""The Word file: the page of GB/T 9704-2012, real styles, tables and notes, the schema's order, the same bytes every time."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pdfplumber
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

from parkbook.briefing.blocks import (
    Appendix,
    Block,
    Bullets,
    Column,
    Cover,
    Heading,
    Paragraph,
    Provenance,
    Run,
)
from parkbook.briefing.claims import Sentence
from parkbook.errors import RenderError
from parkbook.export.document import Document, Failure, Item
from parkbook.export.docx import office_template, render_docx
from parkbook.export.markdown import Picture, Preformatted
from parkbook.export.word.notes import paragraph_note

Make = Callable[..., Document]
NOTICE = "根据公开资料整理，非官方文件"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# The order of child elements in the transitional schema of ISO/IEC 29500-4 (wml.xsd).
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
    "divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tbl": "tblPr tblGrid tr",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "pBdr": "top left bottom right between bar",
    "numbering": "abstractNum num",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "endnotePr": "pos numFmt numStart numRestart endnote",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "settings": "writeProtection view zoom removePersonalInformation mirrorMargins attachedTemplate documentProtection "
    "defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr themeFontLang "
    "clrSchemeMapping shapeDefaults decimalSymbol listSeparator",
    "compat": "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn "
    "adjustLineHeightInTable useFELayout compatSetting",
}


def opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def roots(content: bytes) -> Iterator[tuple[str, Any]]:
    """Every XML part, parsed: a part that is not well-formed fails here."""
    for name, part in parts(content).items():
        if name.endswith((".xml", ".rels")):
            yield name, parse_xml(part)


def local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def misplaced(root: Any) -> list[str]:
    """Children that stand where the schema does not want them, or that it does not know there."""
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(f"{{{W}}}") or local(element) not in ORDERS:
            continue
        order = ORDERS[local(element)].split()
        names = [local(child) for child in element if isinstance(child.tag, str)]
        unknown = [name for name in names if name not in order]
        places = [order.index(name) for name in names if name in order]
        if unknown or places != sorted(places):
            found.append(f"{local(element)}: {' '.join(names)}")
    return found


def text_of(document: WordDocument) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def notes(content: bytes) -> list[str]:
    """The words of the endnotes, the separators left out."""
    part = parts(content).get("word/endnotes.xml")
    if part is None:
        return []
    return [
        "".join(text.text or "" for text in note.iter(qn("w:t")))
        for note in parse_xml(part).findall(qn("w:endnote"))
        if note.get(qn("w:type")) is None
    ]


@pytest.fixture
def full(make: Make, samples: SimpleNamespace) -> bytes:
    return render_docx(
        make(samples.everything(relation="own", signature="示例园区管理委员会", signature_date="2024年10月20日"))
    )


# -- the page ----------------------------------------------------------------------------------------------------------


def test_the_page_is_that_of_the_standard(full: bytes) -> None:
    (section,) = opened(full).sections
    assert (section.page_width, section.page_height) == (
        pytest.approx(Mm(210), abs=400),
        pytest.approx(Mm(297), abs=400),
    )
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for margin, wanted in zip(margins, (37, 35, 28, 26), strict=True):
        assert margin == pytest.approx(Mm(wanted), abs=Mm(0.1))
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(Mm(156), abs=Mm(0.1))


def test_the_grid_has_22_lines_of_28_characters(full: bytes) -> None:
    section = opened(full).sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch, space = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
    high = (section.page_height - section.top_margin - section.bottom_margin) / 635  # twips
    wide = (section.page_width - section.left_margin - section.right_margin) / 12700  # points
    assert high // pitch == 22
    assert wide // (16 + space / 4096) == 28


def test_the_lines_of_the_text_keep_to_the_grid_by_themselves(full: bytes) -> None:
    normal = opened(full).styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    assert normal.font.size == Pt(16)
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 8845 / 20 // (16 + closer) == 28


def test_page_numbers_change_sides(full: bytes) -> None:
    word = opened(full)
    assert word.settings.odd_and_even_pages_header_footer
    for footer, side in ((word.sections[0].footer, "right"), (word.sections[0].even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert line.text == "— 1 —" and line._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert [code.text.strip() for code in line._p.iter(qn("w:instrText"))] == ["PAGE"]
    face = word.styles["footer"].element.rPr.find(qn("w:rFonts"))
    assert face.get(qn("w:eastAsia")) == face.get(qn("w:ascii")) == "宋体" and word.styles["footer"].font.size == Pt(14)


def test_the_notice_and_the_state_stand_above_every_page(make: Make, samples: SimpleNamespace) -> None:
    section = opened(render_docx(make([samples.cover(state="reviewed", reviewer="张三", synthetic=True)]))).sections[0]
    for header in (section.header, section.even_page_header):
        (line,) = header.paragraphs
        assert all(words in line.text for words in (NOTICE, "示例数据", "已审核（审核人：张三）"))


@pytest.mark.parametrize(("state", "marks"), [("draft", 1), ("reviewed", 0), ("final", 0)])
def test_only_a_draft_has_a_watermark_on_every_page(
    make: Make, samples: SimpleNamespace, state: str, marks: int
) -> None:
    content = parts(render_docx(make([samples.cover(state=state)])))
    for name in ("word/header1.xml", "word/header2.xml"):
        assert content[name].decode().count('string="草稿"') == marks
    if marks:
        assert all(b"PowerPlusWaterMarkObject" in content[f"word/header{number}.xml"] for number in (1, 2))


# -- styles ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "face", "size"), [
    ("Normal", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22), ("heading 1", "黑体", None), ("heading 2", "楷体_GB2312", None),
])  # fmt: skip
def test_faces_are_those_of_the_standard(full: bytes, style: str, face: str, size: int | None) -> None:
    found = next(one for one in opened(full).styles if one.name.lower() == style.lower())
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == face
    assert found.font.size == (Pt(size) if size else None)
    if style == "Normal":
        assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}


def test_headings_are_heading_styles_with_their_levels(make: Make, samples: SimpleNamespace) -> None:
    blocks = [
        samples.cover(),
        *(Heading(level=level, text=f"第{level}级") for level in (1, 2, 3, 4)),
        Appendix(title="来源"),
    ]
    word = opened(render_docx(make(blocks)))
    outline = {}
    for paragraph in word.paragraphs:
        for properties in (paragraph._p.pPr, paragraph.style.element.pPr):
            level = properties.find(qn("w:outlineLvl")) if properties is not None else None
            if level is not None:
                outline[paragraph.text] = (paragraph.style.name, int(level.get(qn("w:val"))))
                break
    assert outline == {
        "第1级": ("Heading 1", 0), "第2级": ("Heading 2", 1), "第3级": ("Heading 3", 2), "第4级": ("Heading 4", 3), "来源": ("附件标题", 0),
    }  # fmt: skip


def test_text_begins_two_characters_in(full: bytes) -> None:
    indent = opened(full).styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_a_red_head_stands_above_the_title_and_the_addressee_below(make: Make, samples: SimpleNamespace) -> None:
    words = {
        "letterhead": "示例园区管理委员会文件",
        "document_number": "示管〔2025〕1号",
        "signer": "张三",
        "addressee": "市政府",
    }
    content = render_docx(make([samples.cover(relation="own", **words), Paragraph(runs=(Run(text="正文"),))]))
    shown = [(one.style.name, one.text) for one in opened(content).paragraphs if one.text]
    assert shown[:2] == [("发文机关标志", "示例园区管理委员会文件"), ("发文字号", "\t示管〔2025〕1号\t签发人：张三")]
    assert shown[2][0] == "Title" and ("Normal", "市政府：") in shown
    assert shown.index(("Normal", "市政府：")) < shown.index(("Body Text", "正文"))
    assert {name: misplaced(root) for name, root in roots(content) if misplaced(root)} == {}
    plain = opened(render_docx(make([samples.cover(relation="own", **(words | {"letterhead": "", "addressee": ""}))])))
    assert plain.paragraphs[0].style.name == "Title" and "示管" not in text_of(plain)


def test_a_long_title_is_in_even_lines(make: Make, samples: SimpleNamespace) -> None:
    name = "一座拥有四十个汉字名称的高新技术产业开发区软件与信息服务业示范基地管委会办公室"
    first = opened(render_docx(make([samples.cover(title=f"{name}工作情况汇报", park_name=name)]))).paragraphs[0]
    assert first.style.name == "Title"
    lines = first.text.split("\n")
    assert "".join(lines) == f"{name}工作情况汇报" and 2 <= len(lines) <= 4 and max(map(len, lines)) <= 20


def test_chinese_quotes_are_set_in_the_chinese_face(make: Make, samples: SimpleNamespace) -> None:
    content = parts(render_docx(make([samples.cover(), Paragraph(runs=(Run(text="“招强引优”项目"),))])))
    (run,) = (
        one for one in parse_xml(content["word/document.xml"]).iter(qn("w:r")) if "招强" in "".join(one.itertext())
    )
    assert run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:hint")) == "eastAsia"


# -- blocks ------------------------------------------------------------------------------------------------------------


def test_every_block_is_there_in_order(full: bytes) -> None:
    word = opened(full)
    wanted = ["示例园区2024年前三季度", "完成规上工业总产值", "一、工作开展情况", "表1　主要指标", "1.小标题", "第一项", "图1　同比增速", "表2　另一张表",
              "图2　另一张图", "提示语。", "附件：数据来源", "示例园区管理委员会", "2024年10月20日", "附件", "数据来源", "附件正文。", "数据出处"]  # fmt: skip
    text = text_of(word)
    places = []
    start = 0
    for words in wanted:
        start = text.index(words, start)
        places.append(start)
    assert places == sorted(places)
    assert len(word.tables) == 3 and len(word.inline_shapes) == 2


def test_tables_repeat_their_header_and_keep_their_rows(make: Make, samples: SimpleNamespace) -> None:
    rows = tuple(((Run(text=f"企业{place}"),), (Run(text=f"{place}.0"),), (Run(text="—"),)) for place in range(300))
    word = opened(render_docx(make([samples.cover(), samples.table(rows=rows)])))
    (table,) = word.tables
    assert len(table.rows) == 302
    kept = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert all(kept) and heads == [True, True] + [False] * 300
    assert table.cell(0, 1).text == "累计" and table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc and table.cell(0, 0).text == "指标"
    assert table.cell(301, 0).text == "企业299"
    sides = [cell.paragraphs[0]._p.pPr.find(qn("w:jc")) for cell in table.rows[5].cells]
    assert [side.get(qn("w:val")) if side is not None else None for side in sides] == [None, "right", "right"]
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert sum(grid) == 8845
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "表1　主要指标"


def test_a_table_too_wide_for_the_page_comes_in_parts(make: Make, samples: SimpleNamespace) -> None:
    columns = (Column(label="园区"), *(Column(label=f"第{place}项指标", align="right") for place in range(24)))
    rows = (((Run(text="示例园区"),), *((Run(text="12345.67亿元"),) for _ in range(24))),)
    word = opened(render_docx(make([samples.cover(), samples.table(columns=columns, rows=rows, refs={})])))
    assert len(word.tables) > 1
    captions = [paragraph for paragraph in word.paragraphs if paragraph.style.name == "Caption"]
    assert [one.text for one in captions] == [
        f"表1　主要指标（第{place + 1}部分，共{len(captions)}部分）" for place in range(len(captions))
    ]
    codes = ["".join(code.text for code in one._p.iter(qn("w:instrText"))).split() for one in captions]
    assert codes[0] == ["SEQ", "表", "\\*", "ARABIC"] and all(code == ["SEQ", "表", "\\c"] for code in codes[1:])
    assert all(table.cell(0, 0).text == "园区" for table in word.tables)


def test_key_figures_are_a_table(full: bytes) -> None:
    table = opened(full).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指标", "数值", "情况"], ["总产值", "676.2亿元", "快于序时进度"], ["投资", "未公布", "▼3.1%\n慢于序时进度"],
    ]  # fmt: skip


def test_lists_are_real_lists_and_each_begins_with_one(make: Make, samples: SimpleNamespace) -> None:
    entries = ((Run(text="甲"),), (Run(text="乙"),))
    blocks = [samples.cover(), *(Bullets(items=entries, ordered=ordered) for ordered in (True, False, True))]
    word = opened(render_docx(make(blocks)))
    listed = [paragraph for paragraph in word.paragraphs if paragraph.text in ("甲", "乙")]
    numbers = [int(one._p.pPr.numPr.numId.val) for one in listed]
    assert [one.style.name for one in listed] == ["List Number"] * 2 + ["List Bullet"] * 2 + ["List Number"] * 2
    assert numbers == [1, 1, 2, 2, 3, 3]
    root = word.part.numbering_part.element
    assert all(num.find(qn("w:lvlOverride")) is not None for num in root.findall(qn("w:num")))


def test_a_titled_list_stands_in_a_box(make: Make, samples: SimpleNamespace) -> None:
    block = Bullets(title="与上期相比", items=((Run(text="新增一项"),),))
    word = opened(render_docx(make([samples.cover(), block])))
    assert [one.text for one in word.paragraphs if one.style.name == "提示"] == ["与上期相比", "• 新增一项"]


def test_a_note_names_what_was_counted_but_is_no_list_of_a_hundred_names() -> None:
    names = [f"指标{place}" for place in range(1, 26)]
    counted = Sentence().count(3, "项", "完成目标的指标", names[:3]).count(25, "项", "同比好转的指标", names)
    note = paragraph_note(list(counted.refs.values())).text
    assert note == (
        "本文计数：完成目标的指标3项（指标1；指标2；指标3）。"
        f"本文计数：同比好转的指标25项（{'；'.join(names[:12])}等，逐项名单见网页版）。"
    )


def test_pictures_are_bitmaps_with_alt_text(full: bytes) -> None:
    word = opened(full)
    for shape in word.inline_shapes:
        assert shape._inline.docPr.get("descr") == "同比增速：12.4%"
        assert shape.width == pytest.approx(Mm(150), abs=Mm(0.1)) and shape.height == pytest.approx(Mm(75), rel=0.02)
    pictures = [part for name, part in parts(full).items() if name.startswith("word/media/")]
    assert len(pictures) == 1 and pictures[0].startswith(b"\x89PNG")  # equal drawings are one part


def test_a_bitmap_has_the_drawings_colours_on_white_paper(make: Make, samples: SimpleNamespace) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="50" height="50" fill="#1f2a44"/></svg>'
    content = parts(render_docx(make([samples.cover(), samples.figure(svg=svg)])))
    drawn = Image.open(io.BytesIO(next(part for name, part in content.items() if "media" in name))).convert("RGB")
    assert drawn.size == (1181, 591) and drawn.getpixel((1170, 580)) == (255, 255, 255)
    ink = drawn.getpixel((10, 10))
    assert isinstance(ink, tuple) and all(
        abs(tone - wanted) <= 4 for tone, wanted in zip(ink, (0x1F, 0x2A, 0x44), strict=True)
    )


def test_a_figure_without_alt_text_is_refused(make: Make, samples: SimpleNamespace) -> None:
    with pytest.raises(RenderError, match=r"图形没有替代文字；位置：park，图1　同比增速"):
        render_docx(make([samples.cover(), samples.figure(alt=" ")]))


def test_a_drawing_that_is_none_is_refused(samples: SimpleNamespace) -> None:
    item = Item(samples.figure(svg="<svg"), number=1)
    with pytest.raises(RenderError, match=r"图形不是有效的 SVG；位置：图1　同比增速"):
        render_docx(Document(name="x", cover=samples.cover(), items=(item,)))


def test_the_signature_stands_as_for_documents_without_a_seal(full: bytes) -> None:
    name, date = (one for one in opened(full).paragraphs if one.style.name == "署名和日期")
    cell = Mm(156) / 28
    left = name.paragraph_format.left_indent
    # the nine characters of the name end two before the edge; the date begins two behind the name's first
    assert left is not None and date.paragraph_format.left_indent is not None
    assert (Mm(156) - left) / cell == pytest.approx(11, abs=0.6)
    assert (date.paragraph_format.left_indent - left) / cell == pytest.approx(2, abs=0.02)


def test_a_signature_does_not_stand_on_a_page_alone(make: Make, samples: SimpleNamespace) -> None:
    cover = samples.cover(relation="own", signature="某园区", signature_date="2025年1月1日")
    word = opened(render_docx(make([cover, Paragraph(runs=(Run(text="最后一段。"),))])))
    last, name, date = word.paragraphs[-3:]
    assert [last.text, name.text, date.text] == ["最后一段。", "某园区", "2025年1月1日"]
    assert last.paragraph_format.keep_with_next and name.paragraph_format.keep_with_next
    assert not date.paragraph_format.keep_with_next


@pytest.mark.parametrize("relation", ["third_party"])
def test_a_third_party_park_never_signs(make: Make, samples: SimpleNamespace, relation: str) -> None:
    word = opened(
        render_docx(make([samples.cover(relation=relation, signature="某某管委会", signature_date="2024年1月1日")]))
    )
    assert "某某管委会" not in text_of(word)


def test_attachments_begin_a_page_and_are_listed_before_the_signature(make: Make, samples: SimpleNamespace) -> None:
    word = opened(render_docx(make([samples.cover(), Appendix(title="指标表"), Appendix(title="来源")])))
    assert [one.text for one in word.paragraphs if one.style.name == "附件名称"] == ["附件：1.\t指标表", "2.\t来源"]
    labels = [one for one in word.paragraphs if one.style.name == "附件标识"]
    assert [one.text for one in labels] == ["附件1", "附件2"]
    assert word.styles["附件标识"].paragraph_format.page_break_before


def test_text_output_pictures_and_errors_are_shown(make: Make, samples: SimpleNamespace) -> None:
    png = next(
        part for name, part in parts(render_docx(make([samples.cover(), samples.figure()]))).items() if "media" in name
    )
    items = (
        Item(Preformatted("a  b\n  c")), Item(Picture("image/png", png, "走势")), Item(Picture("image/png", b"no", "坏"), cell=3),
        Item(Failure("LayoutError", "表头不符"), cell=4),
    )  # fmt: skip
    word = opened(render_docx(Document(name="x", cover=samples.cover(), items=items)))
    text = text_of(word)
    assert (
        "a  b\n  c" in text
        and "第 4 个单元格出错：LayoutError\n表头不符" in text
        and "第 3 个单元格出错：图片无法读取\n坏" in text
    )
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["走势"]


def test_an_empty_document_has_a_title(make: Make, samples: SimpleNamespace) -> None:
    word = opened(render_docx(Document(name="x", cover=Cover(title=" ", notebook=""), items=())))
    assert word.paragraphs[0].text == "无标题" and word.core_properties.title == "无标题"


# -- where the figures come from ----------------------------------------------------------------------------------------


def published(label: str = "总产值", value: str = "676.2亿元", **changes: Any) -> Provenance:
    fields: dict[str, Any] = {
        "period": "2024年1—9月（累计）", "status": "已公布", "source": "《月报.xlsx》", "grade": "内部统计台账", "locator": "9月!D17",
    }  # fmt: skip
    return Provenance(**({"label": label, "value": value} | fields | changes))


def cited(*figures: Provenance) -> Paragraph:
    refs = {str(place): one for place, one in enumerate(figures)}
    runs = [run for ref, one in refs.items() for run in (Run(text=one.value, ref=ref), Run(text="；"))]
    return Paragraph(runs=tuple(runs), refs=refs)


def test_a_paragraph_has_one_note_for_all_its_figures(make: Make, samples: SimpleNamespace) -> None:
    figures = (
        published(), published(value="-1.2%", basis="增速", locator="9月!F17"), published("税收", "56.6亿元", locator="9月!D21", status="预计或推算"),
        published("完成率", "98%", formula="完成数 ÷ 目标数", inputs=("总产值 676.2亿元（月报.xlsx 9月!D17）", "目标 690亿元"), status="据公布数计算"),
    )  # fmt: skip
    content = render_docx(make([samples.cover(), cited(*figures)]))
    assert notes(content) == [
        "《月报.xlsx》（内部统计台账），2024年1—9月（累计）：总产值 676.2亿元（9月!D17）、增速 −1.2%（9月!F17）、税收 56.6亿元（9月!D21；预计或推算）。"
        "计算所得：完成率 98% = 完成数 ÷ 目标数，依据总产值 676.2亿元（月报.xlsx 9月!D17）、目标 690亿元。"
    ]
    marks = list(parse_xml(parts(content)["word/document.xml"]).iter(qn("w:endnoteReference")))
    assert [mark.get(qn("w:id")) for mark in marks] == ["1"]


def test_a_note_that_says_the_same_is_not_made_again(make: Make, samples: SimpleNamespace) -> None:
    content = render_docx(make([samples.cover(), cited(published()), cited(published("税收")), cited(published())]))
    assert len(notes(content)) == 2
    body = parse_xml(parts(content)["word/document.xml"])
    codes = [code.text.split() for code in body.iter(qn("w:instrText"))]
    assert codes == [["NOTEREF", "_RefNote1", "\\h"]]
    assert [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))] == ["_RefNote1", "_RefNote2"]


def test_a_long_name_of_a_document_stands_in_one_note(make: Make, samples: SimpleNamespace) -> None:
    name = "《一份题名很长的工作总结》，发布地址未载明；文本校验码 c7be19733136"
    first, second = notes(
        render_docx(make([samples.cover(), cited(published(source=name)), cited(published("税收", source=name))]))
    )
    assert first.startswith(name) and second.startswith("文件同注1，2024年1—9月") and name not in second


def test_what_a_value_is_stands_before_it_and_its_basis_behind(make: Make, samples: SimpleNamespace) -> None:
    figure = published(value="3位", basis="位次；计量单位为推断，原表未见单位行")
    (note,) = notes(render_docx(make([samples.cover(), cited(figure)])))
    assert note.endswith("：总产值 位次 3位（9月!D17；计量单位为推断，原表未见单位行）。")


def test_words_of_a_report_are_quoted(make: Make, samples: SimpleNamespace) -> None:
    figure = published(locator="字符 588-596", source_text="全年实现工业产值676.2亿元")
    (note,) = notes(render_docx(make([samples.cover(), cited(figure)])))
    assert "（字符 588-596；原文“全年实现工业产值676.2亿元”）" in note


def test_a_table_has_one_note_with_the_ranges_of_its_cells(make: Make, samples: SimpleNamespace) -> None:
    refs = {f"{letter}{row}": published(locator=f"9月!{letter}{row}") for row in range(5, 15) for letter in ("D", "F")}
    refs["x"] = published(locator="附表!B2", source="《另一份.xlsx》", status="预计或推算", value="3亿元")
    refs["c"] = published(formula="部分 ÷ 总体 × 100%", inputs=("甲", "乙"), status="据公布数计算")
    rows = tuple(((Run(text=ref),), (Run(text="1", ref=ref),), ()) for ref in refs)
    content = render_docx(make([samples.cover(), samples.table(rows=rows, refs=refs)]))
    assert notes(content) == [
        "《月报.xlsx》（内部统计台账）：9月!D5:F14 内 20 个单元格。《另一份.xlsx》（内部统计台账）：附表!B2。"
        "由以上公布数计算：部分 ÷ 总体 × 100%（1个数）。预计或推算：总产值 3亿元。"
    ]


def test_without_figures_there_are_no_notes(make: Make, samples: SimpleNamespace) -> None:
    content = render_docx(make([samples.cover(), Paragraph(runs=(Run(text="没有数字。"),))]))
    assert "word/endnotes.xml" not in parts(content) and "数据出处" not in text_of(opened(content))


def test_a_figure_without_provenance_is_refused(make: Make, samples: SimpleNamespace) -> None:
    with pytest.raises(RenderError, match=r"数字“1”没有出处"):
        render_docx(make([samples.cover(), Paragraph(runs=(Run(text="1", ref="none"),))]))


# -- the file ----------------------------------------------------------------------------------------------------------


def test_elements_stand_in_the_order_of_the_schema(full: bytes) -> None:
    assert {name: misplaced(root) for name, root in roots(full) if misplaced(root)} == {}


def test_the_order_test_sees_what_is_wrong() -> None:
    wrong = f'<w:pPr xmlns:w="{W}"><w:jc w:val="left"/><w:keepNext/></w:pPr>'
    assert misplaced(parse_xml(wrong)) == ["pPr: jc keepNext"]


def test_every_style_and_relation_that_is_used_is_there(full: bytes) -> None:
    content = parts(full)
    styles = {style.get(qn("w:styleId")) for style in parse_xml(content["word/styles.xml"]).findall(qn("w:style"))}
    for name, root in roots(full):
        used = {
            e.get(qn("w:val"))
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
            for e in root.iter(qn(f"w:{tag}"))
        }
        assert used <= styles, name
    targets = {e.get("Id"): e.get("Target") for e in parse_xml(content["word/_rels/document.xml.rels"])}
    body = content["word/document.xml"].decode()
    assert set(re.findall(r'r:(?:id|embed)="(\w+)"', body)) <= set(targets)
    assert all(f"word/{target}" in content for target in targets.values())


def test_ids_are_unique(full: bytes) -> None:
    body = parse_xml(parts(full)["word/document.xml"])
    for tag, key in ((qn("wp:docPr"), "id"), (qn("w:bookmarkStart"), qn("w:id"))):
        ids = [element.get(key) for element in body.iter(tag)]
        assert len(ids) == len(set(ids)) > 0


def test_it_is_the_same_twice_and_tells_nothing_of_the_moment(make: Make, samples: SimpleNamespace) -> None:
    document = make(samples.everything())
    content = render_docx(document)
    assert content == render_docx(document)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.namelist()[0] == "[Content_Types].xml"
    properties = opened(content).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (samples.cover().title, "", "")
    assert (
        properties.created is not None and properties.created == properties.modified and properties.created.year == 2000
    )


def test_hostile_words_stay_words(make: Make, hostile_blocks: list[Block], hostile: str) -> None:
    content = render_docx(make(hostile_blocks))
    assert {name: misplaced(root) for name, root in roots(content) if misplaced(root)} == {}
    word = opened(content)
    shown = " ".join(hostile.replace("\x1b", "").split())[:20]
    if shown.isprintable():
        everything = " ".join(
            (text_of(word), *(cell.text for table in word.tables for cell in table._cells), *notes(content))
        )
        assert shown in " ".join(everything.split())


@pytest.mark.parametrize("code", [0x0, 0x1, 0xB, 0x1F, 0x7F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x10FFFF])
def test_characters_that_xml_forbids_break_nothing(make: Make, samples: SimpleNamespace, code: int) -> None:
    text = f"甲{chr(code)}乙"
    document = Document(name="x", cover=samples.cover(title=text), items=(Item(Paragraph(runs=(Run(text=text),))),))
    shown = opened(render_docx(document)).paragraphs[0].text
    assert shown in ("甲乙", "甲\ufffd乙", text)


# -- an office's template -----------------------------------------------------------------------------------------------


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """An office's file: its own title and first heading, text and headers that are not to be taken over, no other style."""
    word = docx.Document()
    word.styles["Title"].font.size = Pt(26)
    word.styles["Heading 1"].font.name = "华文行楷"
    for name in ("Heading 3", "Caption", "Body Text"):
        word.styles.element.remove(word.styles[name].element)
    word.add_paragraph("模板中的正文")
    word.sections[0].header.paragraphs[0].text = "模板的页眉"
    path = tmp_path / "default.docx"
    word.save(str(path))
    return path


def test_styles_come_from_the_template(make: Make, samples: SimpleNamespace, template: Path) -> None:
    word = opened(render_docx(make(samples.everything()), template))
    assert word.styles["Title"].font.size == Pt(26) and word.styles["Heading 1"].font.name == "华文行楷"
    assert word.paragraphs[0].style.name == "Title"
    everything = text_of(word) + "".join(one.text for one in word.sections[0].header.paragraphs)
    assert "模板" not in everything and NOTICE in everything
    assert word.sections[0].left_margin == pytest.approx(Mm(28), abs=Mm(0.1))


def test_styles_that_a_template_lacks_are_added_and_said(
    make: Make, samples: SimpleNamespace, template: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = render_docx(make(samples.everything()), template)
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith("模板 default.docx 缺少样式：")
    for name in ("正文文本（Body Text）", "标题 3（heading 3）", "题注（caption）", "尾注文本（endnote text）"):
        assert name in record.getMessage()
    assert "标题 1" not in record.getMessage() and "三线表" not in record.getMessage()
    added = next(style for style in opened(content).styles if style.name == "Body Text")
    assert added.element.rPr is None and added.base_style.name == "Normal"
    theirs = ("word/styles.xml", "word/settings.xml")
    assert {name: misplaced(root) for name, root in roots(content) if misplaced(root) and name not in theirs} == {}
    settings = [local(child) for child in parse_xml(parts(content)["word/settings.xml"])]
    assert settings.index("evenAndOddHeaders") < settings.index("endnotePr") == settings.index("compat") - 1
    ids = [style.get(qn("w:styleId")) for style in parse_xml(parts(content)["word/styles.xml"]).findall(qn("w:style"))]
    assert len(ids) == len(set(ids))
    assert content == render_docx(make(samples.everything()), template)


def test_a_complete_template_says_nothing(
    make: Make, samples: SimpleNamespace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(render_docx(make(samples.everything())))  # what this program made can be its template
    again = render_docx(make(samples.everything()), path)
    assert not caplog.records
    assert text_of(opened(again)) == text_of(opened(path.read_bytes()))
    assert len(notes(again)) == len(notes(path.read_bytes()))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_template_that_cannot_be_opened_is_named(
    make: Make, samples: SimpleNamespace, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "default.docx"
    path.write_bytes(content)
    with pytest.raises(RenderError, match=r"模板无法打开；位置：default.docx.*另存为 .docx") as caught:
        render_docx(make([samples.cover()]), path)
    assert str(tmp_path) not in str(caught.value)


def test_another_kind_of_file_is_no_template(make: Make, samples: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "default.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "x")
    with pytest.raises(RenderError, match="模板无法打开"):
        render_docx(make([samples.cover()]), path)


def test_a_parks_own_template_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("parkbook.export.docx.data_directory", lambda: tmp_path)
    assert office_template("demo") is None
    folder = tmp_path / "templates"
    folder.mkdir()
    for name in ("default.docx", "demo.docx", "secret.docx"):
        (folder / name).touch()
    assert office_template("demo") == folder / "demo.docx"
    assert (
        office_template("qilu")
        == office_template("")
        == office_template("../templates/secret")
        == folder / "default.docx"
    )


# -- other programs -----------------------------------------------------------------------------------------------------

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


no_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is no Python package: this machine has none to open the file with"
)


def converted(content: bytes, folder: Path, target: str) -> Path:
    """What LibreOffice makes of a Word file."""
    (folder / "a.docx").write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [str(OFFICE), home, "--headless", "--convert-to", target, "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"a.{target.partition(':')[0]}"


@no_office
def test_libreoffice_opens_it(full: bytes, tmp_path: Path) -> None:
    text = converted(full, tmp_path, "txt:Text (encoded):UTF8").read_text(encoding="utf-8-sig")
    assert all(
        words in text for words in ("示例园区2024年前三季度", "一、工作开展情况", "676.2", "表1　主要指标", "数据出处")
    )


@no_office
def test_every_page_has_notice_and_number_and_tables_break_well(
    make: Make, samples: SimpleNamespace, tmp_path: Path
) -> None:
    """24 tables of nine rows come to every line of a page."""
    rows = tuple(((Run(text=f"甲行{at}"),), (Run(text="1.0"),), (Run(text="—"),)) for at in range(9))
    tables = [samples.table(rows=rows, caption=f"表名{at}", notes=("尾注",), source_line="") for at in range(24)]
    content = render_docx(make([samples.cover(), *tables]))
    with pdfplumber.open(converted(content, tmp_path, "pdf")) as pdf:
        found = ["".join((page.extract_text() or "").split()) for page in pdf.pages]
    pages = [page for page in found if "表名" in page or "甲行" in page]
    assert len(pages) > 8
    for number, page in enumerate(pages, start=1):
        assert NOTICE in page and f"—{number}—" in page
    broken = 0
    for page in pages:
        seen = re.findall(r"甲行\d|表名\d+|尾注", page)
        runs = "".join(
            piece[-1] if piece.startswith("甲行") else "T" if piece.startswith("表") else "N" for piece in seen
        )
        lengths = [len(run) for run in re.findall(r"\d+", runs)]
        assert min(lengths, default=9) >= 3, runs
        broken += min(lengths, default=9) < 9
        assert not runs.startswith("N") and not runs.endswith(("T", "8")), runs
    assert broken > 1
