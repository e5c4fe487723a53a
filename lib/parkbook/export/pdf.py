"""A document as PDF, on the page of GB/T 9704-2012, by Typst.

    render_pdf(document) -> bytes

The document becomes one JSON text, which `templates/document.typ` sets; every word of it is passed as a string and
never read as markup. The file is tagged and carries its fonts (PDF/UA-1 and PDF/A-2a, both checked by Typst), holds no
path and no time, and is the same, byte for byte, whenever it is made again. Fonts come from the package only; a
character that none has is a `GlyphError` that names it, the field and the notebook. 版头 stands where the cover names an issuer.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from parkbook import fonts
from parkbook.briefing.blocks import (
    Appendix,
    Bullets,
    Cover,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Runs,
    Table,
)
from parkbook.briefing.fragments import (
    appendix_label,
    caption_label,
    clean_text,
    column_groups,
    page_notices,
    plain,
    provenance_of,
    state_label,
    table_rows,
)
from parkbook.briefing.inline_svg import parse_svg
from parkbook.errors import RenderError
from parkbook.export.document import Document, Failure, Item
from parkbook.export.keeping import kept_with_closing, row_spans, whole_pieces
from parkbook.export.markdown import Picture, Preformatted
from parkbook.export.measure import (
    CELL_INSET,
    TEXT_WIDTH,
    breakable,
    column_widths,
    greatest_width,
    header_lines,
    text_width,
    title_lines,
)
from parkbook.export.tables import column_contents, table_parts

STANDARDS: Final[list[Any]] = ["ua-1", "a-2a"]
TEMPLATE: Final = Path(__file__).parent / "templates" / "document.typ"

_FACES = ("fang", "kai", "hei", "song", "song-bold")
_LINE = 27.0
"""What a Latin word may take of a line of 28 characters before it may be broken."""


def render_pdf(document: Document) -> bytes:
    """The document as PDF."""
    made = _compiled(document, format="pdf", pdf_standards=STANDARDS, timestamp=0)
    if not isinstance(made, bytes):
        raise RenderError("排版没有产生文件", where=document.name, remedy="检查 typst 的版本")
    return made


def page_images(document: Document, ppi: float) -> list[bytes]:
    """The pages of the PDF as PNG."""
    made = _compiled(document, format="png", ppi=ppi)
    return [page for page in made if page is not None] if isinstance(made, list) else [made]


def _compiled(document: Document, **options: Any) -> Any:
    """What Typst makes of the document; RenderError where it cannot."""
    content = _Content(document)
    data = content.whole()
    content.require_glyphs()
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    try:
        return _compiler().compile(input=_template(), sys_inputs=inputs, **options)
    except typst.TypstError as problem:
        raise RenderError(
            "排版失败",
            where=document.name,
            found=problem.message,
            cause="；".join(problem.hints),
            remedy="检查文档内容；若内容无误，请把该笔记本附给维护者",
        ) from None


@cache
def _compiler() -> typst.Compiler:
    folder = str(fonts.font_directory())
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return typst.Compiler(_template(), root=TEMPLATE.parent, font_paths=faces, ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


class _Content:
    """The document as the template's data; remembers each text with its face and field, to look for missing glyphs."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts: list[tuple[str, str, str]] = []
        self.depth = 0

    # -- words

    def words(self, text: str, field: str, face: str = "fang", width: float = _LINE) -> str:
        """A text, clean, breakable to `width` em, and remembered."""
        cleaned = clean_text(text)
        self.texts.append((face, field, cleaned))
        return breakable(cleaned.replace("\t", "    "), width)

    def runs(
        self, runs: Runs, block: Any, field: str, face: str = "fang", width: float = _LINE
    ) -> list[dict[str, Any]]:
        for run in runs:
            if run.ref:
                provenance_of(block, run.ref, run.text)
        return whole_pieces([(self.words(run.text, field, face, width), run.strong) for run in runs], width)

    def require_glyphs(self) -> None:
        """Raise for a character without glyph. Most documents have none that is even rare, so each face is asked once."""
        for face in _FACES:
            union = "".join(dict.fromkeys("".join(text for used, _, text in self.texts if used == face)))
            if fonts.missing_characters(union, face) or fonts.substituted_characters(union, face):
                for used, field, text in self.texts:
                    if used == face:
                        fonts.require_glyphs(text, face=face, field=field, source=f"{self.document.name}.ipynb")

    # -- the whole

    def whole(self) -> dict[str, Any]:
        cover = self.document.cover
        return {
            "fonts": _font_lists(), "title": clean_text(cover.title).strip() or "无标题",
            "title_lines": self.title(cover.title, cover, "标题"), "subtitle": self.subtitle(cover),
            "notices": self.words("　".join(page_notices(cover)), "页首说明", "kai"),
            "state": self.words(state_label(cover), "状态", "kai"), "draft": cover.state == "draft", "compact": cover.compact, "watermark": "草稿",
            "signature": self.words(cover.signature, "署名"), "signature_date": self.words(cover.signature_date, "成文日期"),
            "letterhead": self.words(cover.letterhead, "版头", "song-bold", 60),
            "document_number": self.words(cover.document_number, "发文字号"), "signer": self.words(cover.signer, "签发人", "kai"),
            "addressee": self.words(_addressed(cover.addressee), "主送机关"),
            "attachments": self.attachments(), "items": list(self.items()),
        }  # fmt: skip

    def title(self, title: str, cover: Cover, field: str) -> list[str]:
        cleaned = " ".join(clean_text(title).split())
        self.texts.append(("song-bold", field, cleaned))
        names = [name for name in (cover.park_name, cover.period) if name]
        return title_lines(cleaned, TEXT_WIDTH / 22, names)

    def subtitle(self, cover: Cover) -> list[str]:
        """Period and date below the title; a document of the own office says them in its title and first words."""
        if cover.relation == "own" and cover.notebook == "briefing" and not cover.subtitle:
            return []
        facts = "　".join(
            f"{name}{text}" for name, text in (("报告期：", cover.period), ("数据截至：", cover.as_of)) if text
        )
        shown = [line for line in (cover.subtitle, "" if cover.subtitle else facts) if line]
        return [self.words(line, "副标题", "kai") for line in shown]

    def attachments(self) -> list[str]:
        """The names of the attachments, listed before the signature."""
        blocks = [item.content for item in self.document.items if isinstance(item.content, Appendix)]
        return [self.words(block.title, "附件名称") for block in blocks]

    def items(self) -> Iterator[dict[str, Any]]:
        """The items; list of attachments and signature stand before the first attachment, or at the end."""
        items = self.document.items
        end = next((at for at, item in enumerate(items) if isinstance(item.content, Appendix)), len(items))
        body = [entry for place, item in enumerate(items[:end]) for entry in self.item(item, place)]
        closing = list(self.closing())
        yield from kept_with_closing(body) if closing else body
        yield from closing
        for place, item in enumerate(items[end:], start=end):
            yield from self.item(item, place)

    def closing(self) -> Iterator[dict[str, Any]]:
        cover = self.document.cover
        if any(isinstance(item.content, Appendix) for item in self.document.items):
            yield {"kind": "attachments"}
        if cover.relation == "own" and (cover.signature or cover.signature_date):
            yield {"kind": "signature"}

    # -- items

    def item(self, item: Item, place: int) -> Iterator[dict[str, Any]]:
        match item.content:
            case Heading() as block:
                if clean_text(block.text).strip():
                    yield self.heading(block)
            case Paragraph() as block:
                yield from self.paragraph(block)
            case Bullets() as block:
                entries = [self.runs(entry, block, "列表", width=24) for entry in block.items]
                if entries:
                    title = self.words(block.title, "方框标题", "hei", 40)
                    yield {"kind": "bullets", "items": entries, "ordered": block.ordered, "title": title}
            case KeyFigures() as block:
                if block.items:
                    yield {"kind": "key_figures", "items": [self.key(entry, block) for entry in block.items]}
            case Table() as block:
                yield from self.tables(block, item.number, place)
            case Figure() as block:
                yield self.figure(block, item.number)
            case Appendix() as block:
                yield self.appendix(block)
            case Preformatted() as block:
                yield {"kind": "preformatted", "text": self.words(block.text, "输出", "song", 44)}
            case Picture() as block:
                yield self.picture(block, item.cell)
            case Failure() as block:
                yield self.failure(block, item.cell)

    def heading(self, block: Heading) -> dict[str, Any]:
        """`depth` is the level in the outline, where none may be left out."""
        self.depth = min(block.level, self.depth + 1)
        face = ("hei", "kai", "fang", "fang")[block.level - 1]
        return {
            "kind": "heading",
            "level": block.level,
            "depth": self.depth,
            "text": self.words(block.text, "小标题", face),
        }

    def paragraph(self, block: Paragraph) -> Iterator[dict[str, Any]]:
        face = "kai" if block.role in ("note", "warning") else "fang"
        if plain(block.runs).strip():
            yield {"kind": "paragraph", "role": block.role, "runs": self.runs(block.runs, block, "正文", face)}

    def key(self, entry: KeyFigure, block: KeyFigures) -> dict[str, Any]:
        field = f"关键指标“{entry.label}”"
        return {
            "label": self.words(entry.label, field, "hei", 16), "value": self.runs((entry.value,), block, field, "song-bold", 10),
            "details": self.runs(entry.details, block, field, width=16), "bad": entry.tone == "bad",
            "verdict": self.words(entry.verdict, field, "kai", 16),
        }  # fmt: skip

    def tables(self, block: Table, number: int, place: int) -> Iterator[dict[str, Any]]:
        """A table; one too wide for the page comes in parts, each with the first column."""
        for at, part in enumerate(table_parts(block)):
            yield self.table(part, number, f"{place}-{at}")

    def table(self, block: Table, number: int, place: str) -> dict[str, Any]:
        name = caption_label(block, number) or "无题表格"
        size, widths = column_widths(column_contents(block))
        rows = [self.table_row(row, block, name, at, widths) for at, row in enumerate(table_rows(block), start=1)]
        notes = [note for note in (*block.notes, block.source_line) if note]
        heights = [_row_lines(row, widths) for row in table_rows(block)]
        return {
            "kind": "table", "place": place, "caption": self.words(caption_label(block, number), name, "hei"),
            "continued": self.words(f"续表{number}" if number else "续表", name, "hei"), "size": size, "widths": widths,
            "align": [column.align for column in block.columns], "head": self.table_head(block, name, widths),
            "rows": rows, "kept": row_spans(heights, [text_width(note) * 10.5 / TEXT_WIDTH for note in notes]),
            "unit": self.words(block.unit_line, f"{name}的单位"),
            "notes": [self.words(note, f"{name}的注", "kai", 40) for note in notes],
        }  # fmt: skip

    def table_head(self, block: Table, name: str, widths: list[float]) -> list[list[dict[str, Any]]]:
        groups = column_groups(block.columns)
        two = any(group for group, _ in groups)
        top: list[dict[str, Any]] = []
        low: list[dict[str, Any]] = []
        place = 0
        for group, members in groups:
            room = sum(widths[place : place + len(members)]) - CELL_INSET
            labels = [
                _head_cell(self.header(member.label, name, widths[place + at] - CELL_INSET))
                for at, member in enumerate(members)
            ]
            if group:
                top.append(_head_cell(self.header(group, name, room), colspan=len(members), group=True))
                low += labels
            else:
                top.append(labels[0] | {"rowspan": 2 if two else 1})
            place += len(members)
        return [top, low] if low else [top]

    def header(self, text: str, name: str, room: float) -> str:
        return header_lines(self.words(text, f"{name}的表头", "hei", room), room)

    def table_row(
        self, row: tuple[Runs, ...], block: Table, name: str, place: int, widths: list[float]
    ) -> dict[str, Any]:
        """A row; one that may be higher than a page can be broken, the others stay in one piece. A row that is sure to be
        one line high is set without being measured, its plain cells as one text."""
        cells: list[Any] = []
        for runs, column, width in zip(row, block.columns, widths, strict=True):
            field = f"{name}第 {place} 行“{column.label}”"
            cells.append(self.runs(runs, block, field, width=width - CELL_INSET))
        texts = [plain(runs) for runs in row]
        single = all(_one_line(text, width - CELL_INSET) for text, width in zip(texts, widths, strict=True))
        return {
            "cells": [_joined(pieces) for pieces in cells] if single else cells,
            "breakable": any(text_width(text) > 8 * width for text, width in zip(texts, widths, strict=True)),
            "single": single,
        }

    def figure(self, block: Figure, number: int) -> dict[str, Any]:
        name = caption_label(block, number) or "无题图"
        alt = clean_text(block.alt).strip()
        if not alt:
            raise RenderError(
                "图形没有替代文字",
                where=f"{self.document.name}，{name}",
                expected="由数据写成的 alt",
                remedy="生成图形时给出 alt",
            )
        drawing = parse_svg(block.svg, name)
        return {
            "kind": "figure",
            "caption": self.words(caption_label(block, number), name, "hei"),
            "alt": alt,
            "svg": block.svg,
            "width": max(block.width_mm, 10),
            "ratio": _ratio(drawing.get("viewBox", "")),
            "source": self.words(block.source_line, f"{name}的来源", "kai", 40),
        }

    def appendix(self, block: Appendix) -> dict[str, Any]:
        self.depth = 1
        label = appendix_label(block.model_copy(update={"title": ""}))
        return {
            "kind": "appendix",
            "label": self.words(label, "附件", "hei"),
            "title": clean_text(block.title).strip(),
            "lines": self.title(block.title, self.document.cover, "附件标题"),
        }

    def picture(self, block: Picture, cell: int) -> dict[str, Any]:
        from PIL import Image, UnidentifiedImageError

        try:
            width, height = Image.open(io.BytesIO(block.content)).size
        except (UnidentifiedImageError, OSError):
            return self.failure(Failure("图片无法读取", block.alt), cell)
        encoded = base64.b64encode(block.content).decode("ascii")
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f'<image href="data:{block.mime};base64,{encoded}" width="{width}" height="{height}"/></svg>'
        )
        return {
            "kind": "figure",
            "caption": "",
            "alt": clean_text(block.alt),
            "svg": svg,
            "width": min(150.0, width / 96 * 25.4),
            "ratio": height / width,
            "source": "",
        }

    def failure(self, block: Failure, cell: int) -> dict[str, Any]:
        where = f"第 {cell} 个单元格"
        return {
            "kind": "failure",
            "title": self.words(f"{where}出错：{block.name}", where, "fang", 34),
            "message": self.words(block.message, where, width=34),
        }


def _addressed(text: str) -> str:
    """主送机关 with its colon."""
    return f"{text.rstrip('：:')}：" if text.strip() else ""


def _one_line(text: str, room: float) -> bool:
    return greatest_width(text) <= room and not any(mark in text for mark in "\n\r\t")


def _ratio(view_box: str) -> float:
    """Height to width of a drawing; 0 where it does not say."""
    try:
        _, _, width, height = (float(number) for number in view_box.replace(",", " ").split())
    except ValueError:
        return 0.0
    return height / width if width > 0 else 0.0


def _row_lines(row: tuple[Runs, ...], widths: list[float]) -> float:
    """About how many lines of its table a row takes."""
    return max(text_width(plain(runs)) / (width - CELL_INSET) for runs, width in zip(row, widths, strict=True))


def _joined(pieces: list[dict[str, Any]]) -> str | list[dict[str, Any]]:
    """Pieces of a line that is not broken, as one text unless some are strong."""
    return pieces if any(piece["strong"] for piece in pieces) else "".join(piece["text"] for piece in pieces)


def _head_cell(text: str, colspan: int = 1, group: bool = False) -> dict[str, Any]:
    return {"text": text, "colspan": colspan, "rowspan": 1, "group": group}


@cache
def _font_lists() -> dict[str, list[str]]:
    """The families of each face, Latin first: it has no Chinese punctuation, so that comes from the Chinese face."""
    return {face: _ordered(fonts.families(face)) for face in ("fang", "kai", "hei", "song", "song-bold")}


def _ordered(families: Iterable[str]) -> list[str]:
    latin = fonts.FACES["latin"].family
    return [latin, *(family for family in families if family != latin)]
