"""The PDF, measured: the page of GB/T 9704-2012, its fonts, its tags, its bytes."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from parkbook.briefing.blocks import (
    Appendix,
    Block,
    Bullets,
    Column,
    Cover,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Run,
)
from parkbook.errors import GlyphError, RenderError
from parkbook.export.document import Document, Item, notebook_document
from parkbook.export.pdf import render_pdf

Make = Callable[..., Document]
MM = 72 / 25.4
NOTICE = "根据公开资料整理，非官方文件"


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in reader(content).pages)


def lines_of(page: Any, size: float) -> list[list[dict[str, Any]]]:
    """The characters of one size, line by line from the top, each from left to right."""
    lines = defaultdict(list)
    for char in page.chars:
        if abs(char["size"] - size) < 0.05:
            lines[round(char["matrix"][5], 1)].append(char)
    return [sorted(lines[height], key=lambda char: char["x0"]) for height in sorted(lines, reverse=True)]


def body(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),))


def faces_of(page: Any, words: str) -> set[tuple[str, int]]:
    """Font family and size of the first occurrence of some words."""
    place = "".join(char["text"] for char in page.chars).index(words)
    chars = page.chars[place : place + len(words)]
    return {(char["fontname"].partition("+")[2], round(char["size"])) for char in chars}


@pytest.fixture(scope="module")
def full() -> Any:
    """Three pages of nothing but text."""
    blocks = [
        Cover(title="测量", notebook="x", state="final", notices=(NOTICE,)),
        Paragraph(runs=(Run(text="园区发展情况总体平稳" * 160),)),
    ]
    cells = [
        new_code_cell("", outputs=[new_output("display_data", data=block._repr_mimebundle_())]) for block in blocks
    ]
    with pdfplumber.open(io.BytesIO(render_pdf(notebook_document(new_notebook(cells=cells), "full")))) as pdf:
        yield pdf


def test_the_page_is_a4(full: Any) -> None:
    assert [(round(float(page.width) / MM), round(float(page.height) / MM)) for page in full.pages] == [(210, 297)] * 3


def test_a_full_page_has_22_lines_of_28_characters(full: Any) -> None:
    lines = lines_of(full.pages[1], 16)
    assert [len(line) for line in lines] == [28] * 22


def test_the_text_fills_the_type_area(full: Any) -> None:
    page = full.pages[1]
    lines = lines_of(page, 16)
    height = float(page.height)
    assert lines[0][0]["x0"] == pytest.approx(28 * MM, abs=0.1)
    assert lines[0][-1]["x1"] == pytest.approx((210 - 26) * MM, abs=0.5)
    assert height - lines[0][0]["matrix"][5] - 0.88 * 16 == pytest.approx(37 * MM, abs=0.2)
    baselines = [line[0]["matrix"][5] for line in lines]
    assert {round(upper - lower, 1) for upper, lower in pairwise(baselines)} <= {28.9, 29.0}
    assert 255 * MM < height - baselines[-1] < 262 * MM


def test_a_paragraph_begins_two_characters_in(full: Any) -> None:
    first = lines_of(full.pages[0], 16)[0]
    assert first[0]["x0"] == pytest.approx(28 * MM + 2 * 156 * MM / 28, abs=0.3)


def test_page_numbers_change_sides(full: Any) -> None:
    for number, page in enumerate(full.pages, start=1):
        (line,) = lines_of(page, 14)
        assert "".join(char["text"] for char in line) == f"— {number} —"
        left, right = line[0]["x0"] - 28 * MM, 184 * MM - line[-1]["x1"]
        assert (right if number % 2 else left) == pytest.approx(14, abs=0.2)
        assert "ParkbookSong" in line[0]["fontname"]
        dash = float(page.height) - line[0]["matrix"][5] - 0.293 * 14
        assert dash == pytest.approx((262 + 7) * MM, abs=0.3)


def test_the_notice_and_the_state_are_on_every_page(make: Make, samples: SimpleNamespace) -> None:
    rows = tuple(((Run(text=f"企业{place}"),), (Run(text="1.0"),), (Run(text="—"),)) for place in range(80))
    content = render_pdf(make([samples.cover(state="reviewed"), samples.table(rows=rows), Appendix(title="来源")]))
    pages = [page.extract_text() for page in reader(content).pages]
    assert len(pages) >= 3
    assert all(NOTICE in page and "已审核" in page for page in pages)


def test_a_synthetic_park_is_marked_on_every_page(make: Make, samples: SimpleNamespace) -> None:
    content = render_pdf(make([*samples.everything(synthetic=True)]))
    assert all("示例数据" in page.extract_text() for page in reader(content).pages)


def test_only_a_draft_has_a_watermark(make: Make, samples: SimpleNamespace) -> None:
    def marks(state: str) -> int:
        with pdfplumber.open(io.BytesIO(render_pdf(make([samples.cover(state=state)])))) as pdf:
            return sum(char["size"] > 100 for char in pdf.pages[0].chars)

    assert marks("draft") == 2 and marks("reviewed") == marks("final") == 0


def test_it_is_tagged_titled_and_outlined(make: Make, samples: SimpleNamespace) -> None:
    found = reader(render_pdf(make(samples.everything())))
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None and found.metadata.title == samples.cover().title
    marks = [entry.title for entry in found.outline if not isinstance(entry, list)]
    assert marks == ["一、工作开展情况", "附件数据来源"]
    metadata = root["/Metadata"].get_data().decode()
    assert (
        "<pdfuaid:part>1</pdfuaid:part>" in metadata
        and "<pdfaid:part>2</pdfaid:part>" in metadata
        and "<pdfaid:conformance>A" in metadata
    )
    assert "同比增速：12.4%".encode("utf-16-be") in b"".join(_alternatives(found))


def _alternatives(found: pypdf.PdfReader) -> list[bytes]:
    """The alternative texts of the structure tree."""
    texts = []
    for number in range(1, len(found.xref_objStm) + len(found.xref.get(0, {})) + 1):
        entry = found.get_object(number)
        if isinstance(entry, dict) and "/Alt" in entry:
            texts.append(str(entry["/Alt"]).encode("utf-16-be"))
    return texts


def test_its_fonts_are_truetype_and_the_packages(make: Make, samples: SimpleNamespace) -> None:
    found = reader(render_pdf(make(samples.everything(state="draft"))))
    names = set()
    for page in found.pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"]
            assert descendant.get_object()["/Subtype"] == "/CIDFontType2" and "/FontFile2" in descriptor
            names.add(descriptor["/FontName"].partition("+")[2])
    assert names and all(name.startswith("Parkbook") for name in names)


def test_the_same_document_gives_the_same_bytes(make: Make, samples: SimpleNamespace) -> None:
    content = render_pdf(make(samples.everything()))
    assert render_pdf(make(samples.everything())) == content
    assert b"/home" not in content and b"/tmp" not in content and b"CreationDate(D:2026" not in content


def test_every_block_reaches_the_page(make: Make, samples: SimpleNamespace) -> None:
    text = "".join(text_of(render_pdf(make(samples.everything()))).split())
    for words in ("示例园区2024年前三季度", "676.2亿元，同比增长12.4%", "快于序时进度", "一、工作开展情况", "表1主要指标", "单位：亿元、%", "▲12.4",
                  "注：快报数。", "1.小标题", "第二项", "图1同比增速", "来源：同上。", "表2另一张表", "提示语。", "附件：数据来源", "附件正文。"):  # fmt: skip
        assert words in text, words


def test_long_tables_continue_with_their_header(make: Make, samples: SimpleNamespace) -> None:
    rows = tuple(((Run(text=f"企业{place:03d}"),), (Run(text="1.0"),), (Run(text="—"),)) for place in range(300))
    pages = [
        "".join(page.extract_text().split())
        for page in reader(render_pdf(make([samples.cover(), samples.table(rows=rows)]))).pages
    ]
    assert "表1主要指标" in pages[0] and "续表" not in pages[0]
    assert all("续表1" in page and "绝对量" in page for page in pages[1:])
    assert all(f"企业{place:03d}" in "".join(pages) for place in range(300))


def test_numbers_in_cells_are_not_broken_or_cut(make: Make, samples: SimpleNamespace) -> None:
    wide = tuple(
        (
            (Run(text="名称很长需要折行的指标，其口径为规模以上工业企业"),),
            (Run(text="123456789.12"),),
            (Run(text="-98765.4"),),
        )
        for _ in range(3)
    )
    with pdfplumber.open(io.BytesIO(render_pdf(make([samples.cover(), samples.table(rows=wide)])))) as pdf:
        words = pdf.pages[0].extract_words()
        assert [word["text"] for word in words].count("123456789.12") == 3
        assert all(word["x0"] >= 28 * MM - 0.5 and word["x1"] <= 184 * MM + 0.5 for word in words)


def test_a_table_too_wide_for_the_page_comes_in_parts(make: Make, samples: SimpleNamespace) -> None:
    columns = (Column(label="指标"), *(Column(label=f"某某园区{place}") for place in range(24)))
    rows = tuple(((Run(text=f"指标{row}"),), *((Run(text="已公布2025年"),) for _ in range(24))) for row in range(3))
    content = render_pdf(make([samples.cover(), samples.table(columns=columns, rows=rows)]))
    text = "".join(text_of(content).split())
    parts = int(re.findall(r"共(\d+)部分", text)[0])
    assert parts > 1 and text.count("指标2") == parts and text.count("来源：示例。") == 1
    assert all(f"某某园区{place}" in text for place in range(24))


def test_hostile_words_are_set_as_they_are(make: Make, hostile_blocks: list[Block], hostile: str) -> None:
    content = render_pdf(make(hostile_blocks))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        # the empty half of a Chinese mark may stand over the edge
        seen = [
            char
            for page in pdf.pages
            for char in page.chars
            if char["size"] < 100 and char["text"].strip().strip("\u200b”’）》」")
        ]
        outside = [char for char in seen if not 27.5 * MM <= char["x0"] <= char["x1"] <= 184.6 * MM]
    assert not outside, "".join(char["text"] for char in outside)[:80]
    if hostile.startswith("#set"):
        assert hostile.replace(" ", "") in re.sub(r"\s", "", text_of(content))


def test_hostile_markdown_outputs_and_errors_are_set(make: Make, hostile: str) -> None:
    outputs = [
        new_output("stream", name="stdout", text=hostile),
        new_output("error", ename=hostile, evalue=hostile, traceback=[hostile]),
    ]
    assert render_pdf(make(cells=[new_markdown_cell(hostile), new_code_cell("", outputs=outputs)])).startswith(b"%PDF")


def test_a_missing_glyph_names_character_field_and_file(make: Make, samples: SimpleNamespace) -> None:
    rows = (((Run(text="某\U0001f389公司"),), (Run(text="1.0"),), (Run(text="—"),)),)
    with pytest.raises(GlyphError, match=r"U\+1F389.*位置：qilu.ipynb，字段 表1　主要指标第 1 行“指标”"):
        render_pdf(make([samples.cover(), samples.table(rows=rows)], name="qilu"))


def test_rare_characters_fall_back(make: Make, samples: SimpleNamespace) -> None:
    content = render_pdf(
        make([samples.cover(title="镕玥垚昇翀园区概览"), Paragraph(runs=(Run(text="朱镕基，玥垚昇翀，Ångström"),))])
    )
    assert "玥垚昇翀" in text_of(content)


def test_a_drawing_without_alt_text_is_refused(make: Make, samples: SimpleNamespace) -> None:
    with pytest.raises(RenderError, match="图形没有替代文字；位置：park，图1　同比增速"):
        render_pdf(make([samples.figure(alt="")]))


def test_a_figure_without_provenance_is_refused(make: Make, samples: SimpleNamespace) -> None:
    document = make([samples.cover()])
    naked = Item(Paragraph(runs=(Run(text="12", ref="gone"),)))
    with pytest.raises(RenderError, match="数字“12”没有出处"):
        render_pdf(Document(name="x", cover=document.cover, items=(naked,)))


def test_headings_may_begin_and_skip_anywhere(make: Make, samples: SimpleNamespace) -> None:
    levels = (3, 1, 4, 2, 4)
    assert render_pdf(
        make([samples.cover(), *(Heading(level=level, text=f"第{level}级") for level in levels)])
    ).startswith(b"%PDF")


def test_the_signature_stands_before_the_attachments(make: Make, samples: SimpleNamespace) -> None:
    fields = {"relation": "own", "signature": "某某园区管理委员会", "signature_date": "2024年10月28日"}
    content = render_pdf(make([samples.cover(**fields), Paragraph(runs=(Run(text="正文。"),)), Appendix(title="来源")]))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        words = {word["text"]: word for word in pdf.pages[0].extract_words()}
        name, date = words["某某园区管理委员会"], words["2024年10月28日"]
        assert date["x0"] - name["x0"] == pytest.approx(2 * 156 * MM / 28, abs=0.5)
        assert max(name["x1"], date["x1"]) == pytest.approx(184 * MM - 2 * 156 * MM / 28, abs=0.5)
        assert "附件：来源" in words and "附件" in pdf.pages[1].extract_text()
    third = samples.cover(signature="某某园区管理委员会", signature_date="2024年10月28日")
    assert "某某园区管理委员会" not in text_of(render_pdf(make([third])))


def test_a_broken_picture_is_shown_as_an_error(make: Make) -> None:
    output = new_output("display_data", data={"image/png": "AAAA"})
    assert "图片无法读取" in text_of(render_pdf(make(cells=[new_code_cell("", outputs=[output])])))


def test_a_notebook_without_anything_is_a_page(make: Make) -> None:
    assert "explore" in text_of(render_pdf(make(name="explore")))


# -- faces -----------------------------------------------------------------------------------------------------------


def test_each_level_has_its_face(make: Make, samples: SimpleNamespace) -> None:
    levels = ("一、甲级", "（一）乙级", "1.丙级", "（1）丁级")
    headings = [Heading(level=level, text=text) for level, text in enumerate(levels, start=1)]
    content = render_pdf(make([samples.cover(title="标题", state="final"), *headings, body("正文增长12.4%，GDP。")]))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        assert faces_of(page, "标题") == {("ParkbookSong-Bold", 22)}
        assert faces_of(page, "甲级") == {("ParkbookHei-Regular", 16)}
        assert faces_of(page, "乙级") == {("ParkbookKai-Regular", 16)}
        assert (
            faces_of(page, "丙级")
            == faces_of(page, "丁级")
            == faces_of(page, "正文增长")
            == {("ParkbookFang-Regular", 16)}
        )
        assert faces_of(page, "12.4%") == faces_of(page, "GDP") == {("ParkbookLatin-Regular", 16)}


def test_no_line_begins_or_ends_with_the_wrong_mark(make: Make, samples: SimpleNamespace) -> None:
    pieces = (
        "同比增长",
        "11.3%",
        "；下降",
        "3.4%",
        "，（",
        "共12个",
        "），为",
        "38.5亿元",
        "。比1—8月回落",
        "7.1个百分点",
        "、",
    )
    runs = tuple(Run(text=text) for place in range(60) for text in ("长" * place, *pieces))
    with pdfplumber.open(io.BytesIO(render_pdf(make([samples.cover(state="final"), Paragraph(runs=runs)])))) as pdf:
        lines = ["".join(char["text"] for char in line) for page in pdf.pages for line in lines_of(page, 16)]
    assert len(lines) > 60
    assert not [line for line in lines if line[0] in "，。；：、）”%" or line[-1] in "（“"]


def test_marks_beside_numbers_are_as_wide_as_others(make: Make, samples: SimpleNamespace) -> None:
    runs = tuple(Run(text=text) for text in ("增长", "11.3%", "；下降（", "3.4%", "），其中"))
    with pdfplumber.open(io.BytesIO(render_pdf(make([samples.cover(state="final"), Paragraph(runs=runs)])))) as pdf:
        line = lines_of(pdf.pages[0], 16)[-1]
    steps = {char["text"]: behind["x0"] - char["x0"] for char, behind in pairwise(line)}
    assert {mark: steps[mark] for mark in "；（，"} == pytest.approx(dict.fromkeys("；（，", 156 * MM / 28), abs=0.3)


# -- 版头 ------------------------------------------------------------------------------------------------------------

HEAD = {
    "title": "示例园区2025年1—9月经济运行情况分析", "relation": "own", "state": "final", "letterhead": "示例园区管理委员会文件",
    "document_number": "示管发〔2025〕12号", "addressee": "市人民政府", "subtitle": "",
}  # fmt: skip


@pytest.mark.parametrize("signer", ["", "张某某"])
def test_the_red_head_is_where_the_standard_has_it(make: Make, samples: SimpleNamespace, signer: str) -> None:
    content = render_pdf(make([samples.cover(**HEAD, signer=signer), body("正文。")]))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        (line,) = page.lines
        assert (line["x0"], line["x1"]) == pytest.approx((28 * MM, 184 * MM), abs=0.1)
        assert line["stroking_color"] == pytest.approx((0xD7 / 255, 0, 0x0F / 255), abs=0.01)
        issuer = [char for char in page.chars if char["non_stroking_color"] == line["stroking_color"]]
        assert "".join(char["text"] for char in issuer) == HEAD["letterhead"]
        assert _top_of_red(content) == pytest.approx((37 + 35) * MM, abs=0.7)
        number = next(char for char in page.chars if char["text"] == "〔")
        baseline = float(page.height) - number["matrix"][5]
        assert line["top"] - (baseline + 0.12 * 16) == pytest.approx(4 * MM, abs=0.5)
        title = next(char for char in page.chars if round(char["size"]) == 22)
        assert float(page.height) - title["matrix"][5] - 0.88 * 22 - line["top"] == pytest.approx(
            2 * 225 / 22 * MM, abs=1
        )
        words = {word["text"]: word for word in page.extract_words()}
        shown = words["示管发〔2025〕12号"]
        if signer:
            assert shown["x0"] == pytest.approx((28 + 156 / 28) * MM, abs=0.5)
            assert words["签发人：张某某"]["x1"] == pytest.approx((184 - 156 / 28) * MM, abs=0.5)
            assert faces_of(page, "张某某") == {("ParkbookKai-Regular", 16)}
        else:
            assert (shown["x0"] + shown["x1"]) / 2 == pytest.approx((28 + 78) * MM, abs=1)
        assert words["市人民政府："]["x0"] == pytest.approx(28 * MM, abs=0.1)


def _top_of_red(content: bytes) -> float:
    """Points from the top of the first page to its first red dot."""
    dots = pypdfium2.PdfDocument(content)[0].render(scale=4).to_numpy()[:, :, :3].astype(int)
    blue, green, red = dots[:, :, 0], dots[:, :, 1], dots[:, :, 2]
    return float(((red > 180) & (green < 90) & (blue < 90)).any(axis=1).argmax()) / 4


def test_without_an_issuer_there_is_no_red(make: Make, samples: SimpleNamespace) -> None:
    content = render_pdf(make([samples.cover(**(HEAD | {"letterhead": ""})), body("正文。")]))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert not pdf.pages[0].lines and "示管发" not in text_of(content)


def test_a_long_issuer_fits_and_title_is_even(make: Make, samples: SimpleNamespace) -> None:
    head = HEAD | {
        "letterhead": "国" * 40,
        "title": "示例高新技术产业园2025年1—9月经济运行情况分析",
        "period": "2025年1—9月",
    }
    with pdfplumber.open(io.BytesIO(render_pdf(make([samples.cover(**head), body("正文。")])))) as pdf:
        issuer = [char for char in pdf.pages[0].chars if char["text"] == "国"]
        assert len(issuer) == 40 and issuer[0]["x0"] >= 28 * MM - 1 and issuer[-1]["x1"] <= 184 * MM + 1
        lines = ["".join(char["text"] for char in line) for line in lines_of(pdf.pages[0], 22)]
        assert lines == ["示例高新技术产业园", "2025年1—9月经济运行情况分析"]


# -- pages that end well -----------------------------------------------------------------------------------------------


def test_no_heading_ends_a_page(make: Make, samples: SimpleNamespace) -> None:
    """23 lines to a part: the heading comes to every line of the page once."""
    parts = [[Heading(level=1, text=f"章{place}"), *(body("行文") for _ in range(22))] for place in range(24)]
    content = render_pdf(make([samples.cover(state="final"), *(block for part in parts for block in part)]))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        last = ["".join(char["text"] for char in lines_of(page, 16)[-1]) for page in pdf.pages]
    assert len(last) > 20 and not any(line.startswith("章") for line in last)


@pytest.mark.parametrize("lines", range(13, 24, 2))
@pytest.mark.parametrize("kind", ["paragraphs", "list", "boxed", "table"])
def test_the_signature_is_never_without_text(make: Make, samples: SimpleNamespace, lines: int, kind: str) -> None:
    entries = tuple((Run(text="行文"),) for _ in range(lines))
    rows = tuple(((Run(text="行文"),), (Run(text="1.0"),), (Run(text="—"),)) for _ in range(8))
    last: list[Block] = {
        "paragraphs": [body("行文") for _ in range(lines)],
        "list": [Bullets(items=entries, ordered=True)],
        "boxed": [*(body("行文") for _ in range(lines - 3)), Bullets(items=entries[:3], title="行文")],
        "table": [*(body("行文") for _ in range(lines - 8)), samples.table(rows=rows)],
    }[kind]
    cover = samples.cover(
        relation="own", signature="某某园区管理委员会", signature_date="2024年10月28日", state="final"
    )
    blocks = [cover, *last, samples.figure(), Appendix(title="来源"), Appendix(title="方法")]
    pages = [page.extract_text() for page in reader(render_pdf(make(blocks))).pages]
    (signed,) = (page for page in pages if "某某园区管理委员会" in page)
    assert "2024年10月28日" in signed and "附件：" in signed
    assert "行文" in signed or "来源：同上" in signed
    if kind == "list":
        assert f"{lines}." in "".join(pages)


def test_key_figures_are_not_cut_between_pages(make: Make, samples: SimpleNamespace) -> None:
    items = tuple(
        KeyFigure(label=f"指标{place:02d}", value=Run(text="1.0亿元"), verdict=f"判断{place:02d}")
        for place in range(40)
    )
    pages = [page.extract_text() for page in reader(render_pdf(make([samples.cover(), KeyFigures(items=items)]))).pages]
    assert len(pages) > 2
    assert all(any(f"指标{place:02d}" in page and f"判断{place:02d}" in page for page in pages) for place in range(40))


# -- figures stand between blocks ----------------------------------------------------------------------------------------


def test_figures_are_read_where_they_stand(make: Make, samples: SimpleNamespace) -> None:
    blocks: list[Block] = [samples.cover(), body("甲文。"), samples.figure(), body("乙文。" * 200), samples.figure()]
    blocks += [body("丙文。"), Appendix(title="来源"), body("附件文。")]
    content = render_pdf(make(blocks))
    tags = [
        tag for tag in _tags(reader(content).trailer["/Root"]["/StructTreeRoot"]) if tag in ("/P", "/Figure", "/H1")
    ]
    # the second has no room behind the long text, the short one fills its page
    assert tags[:6] == ["/P", "/Figure", "/P", "/P", "/Figure", "/H1"]
    pages = [page.extract_text() for page in reader(content).pages]
    assert "图2" not in pages[-1] and "附件文" in pages[-1]


@pytest.mark.parametrize("lines", [4, 7, 11, 15, 18])
def test_figures_cut_no_sentence_and_leave_no_half_empty_page(make: Make, samples: SimpleNamespace, lines: int) -> None:
    """Text, figure, text …: a page ends with a full one, and a figure follows the end of a block."""
    text = "行" * (28 * lines - 4) + "毕。"
    blocks = [block for _ in range(12) for block in (body(text), samples.figure())]
    with pdfplumber.open(io.BytesIO(render_pdf(make([samples.cover(state="final"), *blocks, body(text)])))) as pdf:
        pages = pdf.pages
        shown = [re.findall(r"图\d+|毕|行+", "".join(page.extract_text().split())) for page in pages]
        ends = [max(char["bottom"] for char in page.chars if round(char["size"]) != 14) for page in pages]
    whole = [piece for page in shown for piece in page]
    assert all(before == "毕" or before.startswith("图") for before, now in pairwise(whole) if now.startswith("图"))
    assert sorted(piece for piece in whole if piece.startswith("图")) == sorted(f"图{at}" for at in range(1, 13))
    most = 3 if lines < 15 else 11  # lines that are left free: a figure waits for two pages at most
    loose = [at for at, end in enumerate(ends) if end < (297 - 35 - most * 225 / 22) * MM]
    assert all(at >= len(ends) - 2 for at in loose), (loose, len(ends))


def test_tables_keep_header_end_and_notes(make: Make, samples: SimpleNamespace) -> None:
    """A line more between the tables each time: they come to every place of a page."""
    rows = tuple(((Run(text=f"甲行{at}"),), (Run(text="1.0"),), (Run(text="—"),)) for at in range(9))
    blocks: list[Block] = [samples.cover()]
    for at in range(24):
        blocks += [body("行文"), samples.table(rows=rows, caption=f"表名{at}", notes=("尾注",), source_line="")]
    pages = [page.extract_text() for page in reader(render_pdf(make(blocks))).pages]
    broken = 0
    for page in pages:
        seen = re.findall(r"甲行\d|表名\d+|尾注", page)
        kinds = "".join(piece[-1] if piece[0] == "甲" else "T" if piece[0] == "表" else "N" for piece in seen)
        lengths = [len(run) for run in re.findall(r"\d+", kinds)]
        assert min(lengths, default=9) >= 3, kinds
        assert not kinds.startswith("N") and not kinds.endswith(("T", "8")), kinds
        broken += min(lengths, default=9) < 9
    assert broken > 2


def test_a_short_table_is_not_broken(make: Make, samples: SimpleNamespace) -> None:
    rows = tuple(((Run(text=f"甲行{at}"),), (Run(text="1.0"),), (Run(text="—"),)) for at in range(5))
    blocks = [samples.cover(), *(block for _ in range(20) for block in (body("行文"), samples.table(rows=rows)))]
    pages = [page.extract_text() for page in reader(render_pdf(make(blocks))).pages]
    assert len(pages) > 4 and all(
        page.count("甲行0") == page.count("甲行4") == page.count("来源：示例") for page in pages
    )


@pytest.mark.parametrize(("count", "size"), [(5, 12), (20, 12), (31, 10.5), (45, 8.5)])
def test_a_document_of_one_page_uses_its_room(make: Make, samples: SimpleNamespace, count: int, size: float) -> None:
    rows = tuple(((Run(text=f"指标{at}"),), (Run(text="1.0"),), (Run(text="—"),)) for at in range(count))
    content = render_pdf(make([samples.cover(compact=True), body("正文。"), samples.table(rows=rows)]))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        (page,) = pdf.pages
        sizes = {char["size"] for char in page.chars if char["text"] == "标"} - {22.0, 9.0}
    assert size in sizes


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, dict):
        yield from ([node["/S"]] if "/S" in node else [])
        yield from _tags(node["/K"]) if "/K" in node else []


# -- tables ----------------------------------------------------------------------------------------------------------


def test_no_table_is_set_smaller_than_9_points(make: Make, samples: SimpleNamespace) -> None:
    columns = (Column(label="指标"), *(Column(label=f"列{place}", align="right") for place in range(9)))
    rows = tuple(((Run(text=f"行{row}"),), *((Run(text="123456.78亿元"),) for _ in range(9))) for row in range(4))
    with pdfplumber.open(
        io.BytesIO(render_pdf(make([samples.cover(), samples.table(columns=columns, rows=rows)])))
    ) as pdf:
        assert min(char["size"] for page in pdf.pages for char in page.chars) >= 9
        text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert text.count("123456.78亿元") == 36
