"""A document as a Word file that an office can go on editing, on the page of GB/T 9704-2012.

    render_docx(document) -> bytes
    render_docx(document, template=Path("data/templates/default.docx"))

Headings are heading styles, tables tables, captions and page numbers fields, pictures have their alt text, and the sources
of the figures stand in endnotes (`word.notes`). The file carries no author, no time and no path and is the same, byte for
byte, whenever it is made again. Faces are named as office machines have them (仿宋_GB2312, 方正小标宋简体, 楷体_GB2312, 黑体) and
not embedded; a machine without them takes the next of its own. Word cannot mark 续表 on its own: its header repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml

from parkbook.briefing.blocks import Appendix, Bullets, Figure, Heading, KeyFigures, Paragraph, Run, Table
from parkbook.briefing.fragments import appendix_label, caption_label, clean_text, plain
from parkbook.briefing.inline_svg import parse_svg
from parkbook.errors import RenderError
from parkbook.export.document import Document, Failure, Item
from parkbook.export.markdown import Picture, Preformatted
from parkbook.export.measure import TEXT_WIDTH, text_width, title_lines
from parkbook.export.tables import table_parts
from parkbook.export.word import page
from parkbook.export.word.notes import Notes, cited, paragraph_note, table_note
from parkbook.export.word.package import Package
from parkbook.export.word.pictures import bitmap, drawing, size_of
from parkbook.export.word.tables import key_figures_table, table, words
from parkbook.export.word.words import NAMESPACES, field, listed, paragraph, run
from parkbook.project import data_directory

NOTES_HEADING: Final = "数据出处"
TITLE_SIZE: Final = 22
_UNTITLED: Final = "无标题"
_PLAIN_PARAGRAPH: Final = re.compile(r'\A(<w:p><w:pPr><w:pStyle w:val="[^"]*"/>)(?!<w:keepNext/>)')


def render_docx(document: Document, template: Path | None = None) -> bytes:
    """The document as a Word file; an office's `template` gives its styles."""
    return _Writer(document, Package(template)).file()


def office_template(park_id: str) -> Path | None:
    """The template for a park's documents: data/templates/<park>.docx, else default.docx there, else none."""
    folder = data_directory() / "templates"
    names = ([f"{park_id}.docx"] if park_id and Path(park_id).name == park_id else []) + ["default.docx"]
    return next((folder / name for name in names if (folder / name).is_file()), None)


class _Writer:
    """Writes the items one by one; counts pictures and lists, and gathers the notes."""

    def __init__(self, document: Document, package: Package) -> None:
        self.document, self.package, self.styles = document, package, package.styles
        self.notes = Notes(self.styles)
        self.pictures = 0
        self.lists: tuple[int, int] | None = None

    def file(self) -> bytes:
        cover = self.document.cover
        content = "".join(self._content())
        if self.notes.numbers:
            content += self._notes_heading()
            self.package.add_part("endnotes", "endnotes", RT.ENDNOTES, self.notes.part())
            self.package.use_endnotes()
        self._fill(content)
        return self.package.saved(clean_text(cover.title).strip() or _UNTITLED)

    def _fill(self, content: str) -> None:
        """Put the text into the document, and its page behind it."""
        cover, styles = self.document.cover, self.styles
        add = self.package.add_part
        relations = {
            "header": add("header1", "header", RT.HEADER, page.header(cover, styles, 1)),
            "header-even": add("header2", "header", RT.HEADER, page.header(cover, styles, 2)),
            "footer": add("footer1", "footer", RT.FOOTER, page.footer(styles, odd=True)),
            "footer-even": add("footer2", "footer", RT.FOOTER, page.footer(styles, odd=False)),
        }
        self.package.word.settings.odd_and_even_pages_header_footer = True
        body = self.package.word.element.body
        for child in list(body):
            body.remove(child)
        for child in parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>"):
            body.append(child)
        body.append(parse_xml(page.section(relations)))

    # -- the whole

    def _content(self) -> Iterator[str]:
        """Title, items, and before the first attachment (or at the end) the list of attachments and the signature."""
        cover = self.document.cover
        yield from self._red_head()
        yield paragraph(self.styles["title"], run("\n".join(self._title(cover.title)) or _UNTITLED))
        yield from self._subtitle()
        yield paragraph(self.styles["body"])
        if addressee := clean_text(cover.addressee).strip().rstrip("：:"):
            yield paragraph(self.styles["normal"], run(f"{addressee}："))
        before, after = self._parted()
        written = [piece for item in before for piece in self._item(item)]
        closing = list(self._closing())
        if written and closing:
            written[-1] = _with_next(written[-1])  # a signature does not stand on a page alone
        yield from (*written, *closing)
        for item in after:
            yield from self._item(item)

    def _parted(self) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """The items before the first attachment, and from it on."""
        items = self.document.items
        start = next((at for at, item in enumerate(items) if isinstance(item.content, Appendix)), len(items))
        return items[:start], items[start:]

    def _red_head(self) -> Iterator[str]:
        """版头: the office's name in red, below it 发文字号 (with 签发人 at the right: sent upwards) over a red line."""
        cover = self.document.cover
        if not cover.letterhead.strip():
            return
        letters = max(text_width(cover.letterhead), 1)
        size = int(min(58, 420 / letters) * 2)  # half-points: one line of 148 mm, at most 58 points
        sized = f'<w:r><w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        yield paragraph(self.styles["letterhead"], run(cover.letterhead).replace("<w:r>", sized, 1))
        style, number, signer = self.styles["document-number"], cover.document_number.strip(), cover.signer.strip()
        if not signer:
            yield paragraph(style, run(number))
            return
        cell = int(page.CELL_TWIPS + 0.5)
        tabs = "".join(
            f'<w:tab w:val="{side}" w:pos="{place}"/>'
            for side, place in (("left", cell), ("right", page.TEXT_TWIPS - cell))
        )
        sides = f'<w:tabs>{tabs}</w:tabs><w:jc w:val="left"/>'  # no indents: the line is as wide as the text
        signed = run(signer, style=self.styles["signer"])
        yield paragraph(style, run(f"\t{number}\t签发人："), signed, properties=sides)

    def _title(self, title: str) -> list[str]:
        """A title in even lines."""
        cover = self.document.cover
        cleaned = " ".join(clean_text(title).split())
        names = [name for name in (cover.park_name, cover.period) if name]
        return title_lines(cleaned, TEXT_WIDTH / TITLE_SIZE, names)

    def _subtitle(self) -> Iterator[str]:
        cover = self.document.cover
        facts = "　".join(
            f"{name}{text}" for name, text in (("报告期：", cover.period), ("数据截至：", cover.as_of)) if text
        )
        shown = cover.subtitle.strip() or facts
        if shown:
            yield paragraph(self.styles["subtitle"], run(shown))

    def _closing(self) -> Iterator[str]:
        titles = [item.content.title for item in self.document.items if isinstance(item.content, Appendix)]
        cover = self.document.cover
        signed = cover.relation == "own" and bool(cover.signature.strip() or cover.signature_date.strip())
        yield from self._attachments(titles, signed=signed)
        if signed:
            yield from self._signature(cover.signature, cover.signature_date)

    def _attachments(self, titles: list[str], *, signed: bool) -> Iterator[str]:
        """附件：1.…, a line below the text, two characters in; a name that needs more lines goes on below its beginning."""
        several = len(titles) > 1
        for place, title in enumerate(titles, start=1):
            name, hang = (5 + several, 3 + several) if place == 1 else (6, 1)
            label = ("附件：" if place == 1 else "") + (f"{place}.\t" if several else "")
            before = '<w:spacing w:beforeLines="100" w:before="579"/>' if place == 1 else ""
            keep = "<w:keepNext/>" if signed or place < len(titles) else ""
            yield paragraph(
                self.styles["attachments"], run(label + title), properties=keep + before + _indent(name, hang)
            )

    def _signature(self, name: str, date: str) -> Iterator[str]:
        """署名 two characters from the right edge; the date begins two characters right of it (GB/T 9704-2012, 7.3.5.2)."""
        name, date = clean_text(name).strip(), clean_text(date).strip()
        behind = 2 if name else 0
        left = max(0.0, 26 - max(text_width(name), text_width(date) + behind if date else 0))
        before = '<w:spacing w:beforeLines="200" w:before="1158"/>'
        if name:
            keep = "<w:keepNext/>" if date else ""
            yield paragraph(self.styles["signature"], run(name), properties=keep + before + _indent(left))
        if date:
            space = "" if name else before
            yield paragraph(self.styles["signature"], run(date), properties=space + _indent(left + behind))

    def _notes_heading(self) -> str:
        """What stands before the endnotes, which end the document."""
        shown = '<w:pageBreakBefore w:val="0"/><w:spacing w:before="579"/><w:outlineLvl w:val="0"/>'
        heading = paragraph(self.styles["appendix"], run(NOTES_HEADING), properties=shown)
        said = "正文中的数字按注号列出处，数据表按注号列所在文件和单元格；计算所得的数列公式和依据。"
        return heading + paragraph(self.styles["note"], run(said), properties="<w:keepNext/>")

    # -- items

    def _item(self, item: Item) -> Iterator[str]:
        match item.content:
            case Heading() as block:
                if clean_text(block.text).strip():
                    yield paragraph(self.styles[f"heading{block.level}"], run(block.text))
            case Paragraph() as block:
                yield from self._paragraph(block)
            case Bullets() as block:
                yield from self._bullets(block)
            case KeyFigures() as block:
                yield from self._key_figures(block)
            case Table() as block:
                yield from self._table(block, item.number)
            case Figure() as block:
                yield from self._figure(block, item.number)
            case Appendix() as block:
                yield from self._appendix(block)
            case Preformatted() as block:
                yield paragraph(self.styles["output"], run(block.text.expandtabs(4)))
            case Picture() as block:
                yield self._picture(block, item.cell)
            case Failure() as block:
                yield self._failure(block, item.cell)

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        if plain(block.runs).strip():
            style = self.styles[block.role if block.role in ("note", "warning") else "body"]
            yield paragraph(style, words(block.runs), self._cite(block.runs, block))

    def _cite(self, runs: tuple[Run, ...], block: Paragraph | Bullets) -> str:
        return self.notes.mark(paragraph_note(cited([runs], block)))

    def _bullets(self, block: Bullets) -> Iterator[str]:
        if block.title.strip():
            yield from self._box(block)
        elif block.items:
            yield from self._list(block)

    def _box(self, block: Bullets) -> Iterator[str]:
        """A titled list stands in a box: paragraphs with one border, which Word joins."""
        style = self.styles["warning"]
        yield paragraph(style, run(block.title, strong=True), properties="<w:keepNext/>")
        for place, entry in enumerate(block.items, start=1):
            sign = f"{place}. " if block.ordered else "• "
            yield paragraph(style, run(sign), words(entry), self._cite(entry, block))

    def _list(self, block: Bullets) -> Iterator[str]:
        number = self._new_list(block.ordered)
        style = self.styles["number" if block.ordered else "bullet"]
        for entry in block.items:
            yield paragraph(style, words(entry), self._cite(entry, block), properties=listed(number))

    def _new_list(self, kind: int) -> int:
        """The number of a list that begins with 1; kinds as `Package.add_lists` gives them."""
        if self.lists is None:
            self.lists = self.package.add_lists()
        return self.package.new_list(self.lists[kind])

    def _key_figures(self, block: KeyFigures) -> Iterator[str]:
        if not block.items:
            return
        yield table(key_figures_table(block), self.styles, description="主要指标", noted=True)
        figures = cited((runs for entry in block.items for runs in ((entry.value,), entry.details)), block)
        mark = self.notes.mark(paragraph_note(figures))
        if mark:
            yield paragraph(self.styles["table-note"], run("以上数字的出处见文后注"), mark, run("。"))
        else:
            yield paragraph(self.styles["table-note"])

    def _table(self, block: Table, number: int) -> Iterator[str]:
        mark = self.notes.mark(table_note(cited((runs for row in block.rows for runs in row), block)))
        for place, part in enumerate(table_parts(block)):
            title = clean_text(part.caption).strip()
            if title:
                label = _numbered("表", number, again=bool(place))
                yield paragraph(self.styles["caption"], label, run(title), mark, properties="<w:keepNext/>")
            if clean_text(part.unit_line).strip():
                yield paragraph(self.styles["unit"], run(part.unit_line))
            notes = [note for note in (*part.notes, part.source_line) if clean_text(note).strip()]
            yield table(part, self.styles, description=caption_label(part, number) or "表格", noted=bool(notes))
            for place, note in enumerate(notes, start=1):
                keep = "<w:keepNext/>" if place < len(notes) else ""
                yield paragraph(self.styles["table-note"], run(note), properties=keep)
            if not title or not notes:  # two tables that follow each other would be taken for one
                yield paragraph(self.styles["table-note"], "" if title else mark)

    def _figure(self, block: Figure, number: int) -> Iterator[str]:
        name = caption_label(block, number) or "无题图"
        if not clean_text(block.alt).strip():
            raise RenderError(
                "图形没有替代文字",
                where=f"{self.document.name}，{name}",
                expected="由数据写成的 alt",
                remedy="生成图形时给出 alt",
            )
        parse_svg(block.svg, name)
        width = min(max(block.width_mm, 10), 156)
        yield self._drawn(bitmap(block.svg, width, name), block.alt, width)
        if clean_text(block.caption).strip():
            below = "<w:keepNext/>" if block.source_line else ""
            yield paragraph(self.styles["caption"], _numbered("图", number), run(block.caption), properties=below)
        if clean_text(block.source_line).strip():
            yield paragraph(self.styles["table-note"], run(block.source_line), properties='<w:jc w:val="center"/>')

    def _drawn(self, content: bytes, alt: str, width: float | None = None) -> str:
        size = size_of(content, width)
        relation = self.package.add_picture(content)
        self.pictures += 1
        return paragraph(self.styles["figure"], drawing(relation, self.pictures, size, alt))

    def _appendix(self, block: Appendix) -> Iterator[str]:
        """附件1 at the head of a page, its title below; the title is what the outline shows."""
        label = appendix_label(block.model_copy(update={"title": ""}))
        lines = self._title(block.title)
        shown = '<w:outlineLvl w:val="0"/>'
        yield paragraph(self.styles["appendix"], run(label), properties="" if lines else shown)
        if lines:
            yield paragraph(self.styles["appendix-title"], run("\n".join(lines)), properties=shown)

    def _picture(self, block: Picture, cell: int) -> str:
        from PIL import Image, UnidentifiedImageError

        try:
            return self._drawn(block.content, block.alt)
        except (UnidentifiedImageError, UnrecognizedImageError, OSError, ValueError, Image.DecompressionBombError):
            return self._failure(Failure("图片无法读取", block.alt), cell)

    def _failure(self, block: Failure, cell: int) -> str:
        title = run(f"第 {cell} 个单元格出错：{block.name}\n", strong=True)
        return paragraph(self.styles["warning"], title, run(block.message))


def _numbered(word: str, number: int, *, again: bool = False) -> str:
    """表1: a field, so that Word numbers anew when a table is added; the second part of a table repeats its number."""
    if not number:
        return ""
    switch = "\\c" if again else "\\* ARABIC"
    return run(word) + field(f"SEQ {word} {switch}", str(number)) + run("　")


def _indent(left: float, hanging: float = 0) -> str:
    """Indents in characters of the text."""
    twips = int(left * page.CELL_TWIPS + 0.5)
    hang = f' w:hanging="{int(hanging * page.CELL_TWIPS + 0.5)}"' if hanging else ""
    return f'<w:ind w:left="{twips}"{hang}/>'


def _with_next(piece: str) -> str:
    """A paragraph that stays on one page with what follows; anything else as it is."""
    return _PLAIN_PARAGRAPH.sub(r"\1<w:keepNext/>", piece, count=1)
