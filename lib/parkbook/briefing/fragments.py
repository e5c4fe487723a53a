"""Blocks as HTML fragments and as plain text: the one implementation behind JupyterLab's preview and the HTML page.

Everything that comes from data is escaped here. A figure (a run with a `ref`) becomes a button that opens its provenance:

    <button popovertarget=3>1769.6亿元</button>
    <ol class="src">… <li popover id=3>工业总产值 <b>1769.6亿元</b><p>2025年（累计）；已公布<dl><dt>来源<dd>…</dl> …</ol>

The panels are collected by `Sources`, numbered in the order they are met, each provenance once. Alone in JupyterLab a
block brings its panels along; the page prints them all at its end, where a browser that knows no `popover` (and paper)
shows them as the numbered list of notes that they are. The page's style sheet decides which of the two is seen; `STYLE`
is the least that JupyterLab needs. A full briefing has over a thousand panels, so their markup is kept short:
end tags that HTML leaves to the parser (li, p, dt, dd, tr, th, td) are not written there and in tables, numbers stand without quotes, and `bdi`, the shortest
element without a meaning for Chinese, holds together what must not be parted at the end of a line.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from parkbook.briefing.blocks import (
    Appendix,
    Block,
    Bullets,
    Column,
    Cover,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Provenance,
    Run,
    Runs,
    Table,
    Workbook,
)
from parkbook.briefing.inline_svg import Shapes, inline_svg
from parkbook.briefing.origin import origin_lines
from parkbook.errors import RenderError

STATE_ZH = {"draft": "草稿", "reviewed": "已审核", "final": "已定稿"}
SYNTHETIC_NOTICE = "示例数据"
TONE_MARKS = {"good": "✓", "bad": "!", "neutral": "–", "unknown": "?"}
"""Signs that stand before a verdict, so that no meaning hangs on colour alone."""

STYLE = (
    ".parkbook [popovertarget]{all:unset;cursor:pointer;border-bottom:1px dotted}"
    ".parkbook [popovertarget]:focus-visible{outline:2px solid}.parkbook ol.src{margin:0;padding:0;list-style:none}"
    ".parkbook [popover]{max-width:30em;padding:1em;border:1px solid #999;border-radius:6px}"
    ".parkbook .key-figures{display:flex;flex-wrap:wrap;gap:8px;list-style:none;padding:0}"
    ".parkbook .key{border:1px solid #9996;border-radius:6px;padding:8px 14px}.parkbook .key p{margin:2px 0}"
    ".parkbook .value{font-size:150%;font-weight:600}.parkbook td{text-align:right}.parkbook td.t{text-align:left}"
    ".parkbook td.mid{text-align:center}.parkbook svg{width:100%}"
)

# Bidirectional controls could turn the rest of a line round; they say nothing in a Chinese document.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_NOT_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ARROWS = re.compile("[▲▼]")
_CLOSING = re.compile("[，。；：、）》”’」』！？…]+")
_OPENING = re.compile("[（《“‘「『]+$")


def clean_text(text: str) -> str:
    """Text without control characters and bidirectional controls; what is no character at all becomes U+FFFD."""
    return _NOT_TEXT.sub("\ufffd", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def escaped(text: str) -> str:
    """Text, clean and safe in HTML content and in quoted attributes."""
    return escape(clean_text(text), quote=True)


@dataclass(slots=True)
class Sources:
    """The provenances met so far, each once, numbered from 1; `prefix` keeps the ids of two fragments apart."""

    prefix: str = ""
    numbers: dict[Provenance, int] = field(default_factory=dict)
    shapes: Shapes = field(default_factory=dict)
    """Outlines that drawings share: the glyphs of their labels."""

    def number(self, provenance: Provenance) -> int:
        """The number of a provenance, a new one when it is met for the first time."""
        return self.numbers.setdefault(provenance, len(self.numbers) + 1)

    def panels(self) -> str:
        """The panels of all provenances, in order: a list whose numbers are theirs. Empty when there is none."""
        panels = "".join(self._panel(provenance, number) for provenance, number in self.numbers.items())
        return f'<ol class="src">{panels}</ol>' if panels else ""

    def _panel(self, provenance: Provenance, number: int) -> str:
        said = "；".join(text for text in (provenance.period, provenance.basis, provenance.status) if text)
        what = f"<p>{escaped(said)}" if said else ""
        head = f"{escaped(provenance.label)} <b>{escaped(provenance.value)}</b>{what}"
        return f"<li popover id={self.prefix}{number}>{head}{_definitions(provenance)}"


def _definitions(provenance: Provenance) -> str:
    """Where a figure comes from, line by line."""
    lines = ((label, [f"<dd>{escaped(text)}" for text in texts]) for label, texts in origin_lines(provenance))
    shown = "".join(f"<dt>{label}{''.join(texts)}" for label, texts in lines)
    return f"<dl>{shown}</dl>" if shown else ""


def block_html(block: Block) -> str:
    """A block that stands alone, with its own panels and the least of style: what JupyterLab shows."""
    content = json.dumps(block.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
    sources = Sources(prefix=f"pb{hashlib.sha256(content.encode()).hexdigest()[:10]}-")
    body = fragment(block, sources)
    return f'<div class="parkbook"><style>{STYLE}</style>{body}{sources.panels()}</div>'


def fragment(block: Block, sources: Sources, *, number: int = 0, anchor: str = "") -> str:
    """The HTML of a block. `number` is that of a table or figure (0: none), `anchor` the id of what can be linked to."""
    match block:
        case Cover():
            return _cover(block)
        case Heading():
            return _heading(block, anchor)
        case Paragraph():
            return f'<p class="{block.role}">{_runs(block.runs, block, sources)}</p>'
        case Bullets():
            return _bullets(block, sources)
        case KeyFigures():
            return '<ul class="key-figures">' + "".join(_key(item, block, sources) for item in block.items) + "</ul>"
        case Table():
            return _table(block, sources, number, anchor)
        case Figure():
            return _figure(block, sources, number, anchor)
        case Appendix():
            return f'<h2{_id(anchor)} class="appendix">{escaped(appendix_label(block))}</h2>'
        case Workbook():
            return f'<p class="note">{escaped(workbook_label(block))}</p>'
    raise RenderError(f"不认识的内容块 {block.kind}", remedy="升级 parkbook，或改用 blocks 中已有的内容块")


def state_label(cover: Cover) -> str:
    """草稿, 已审核 or 已定稿, the last two with who reviewed it and the checksum of the data it was made from."""
    facts = (("审核人", cover.reviewer), ("数据校验码", cover.input_hash))
    told = "，".join(f"{name}：{clean_text(text)}" for name, text in facts if text)
    return STATE_ZH[cover.state] + (f"（{told}）" if told and cover.state != "draft" else "")


def page_notices(cover: Cover) -> tuple[str, ...]:
    """The lines for every page; a synthetic park's always say so."""
    marked = any(SYNTHETIC_NOTICE in notice for notice in cover.notices)
    return cover.notices if marked or not cover.synthetic else (SYNTHETIC_NOTICE, *cover.notices)


def appendix_label(block: Appendix) -> str:
    """附件1　主要指标表."""
    return f"附件{block.number or ''}　{block.title}".rstrip("　")


def workbook_label(block: Workbook) -> str:
    """What the Excel file holds: 指标 120 行、观测值 300 行."""
    sheets = "、".join(f"{sheet.name} {len(sheet.rows)} 行" for sheet in block.sheets)
    return f"随附 Excel 附表：{sheets or '无内容'}"


def caption_label(block: Table | Figure, number: int) -> str:
    """表1　主要指标: the caption behind its number, when it has one."""
    word = "表" if isinstance(block, Table) else "图"
    return f"{word}{number}　{block.caption}" if number else block.caption


def table_rows(table: Table) -> list[tuple[Runs, ...]]:
    """The rows of a table, each as long as there are columns; a row with more cells than columns is an error."""
    width = len(table.columns)
    for place, row in enumerate(table.rows, start=1):
        if len(row) > width:
            raise RenderError(
                "表格的一行多于表头的列数",
                where=f"表“{table.caption}”第 {place} 行",
                expected=f"{width} 列",
                found=f"{len(row)} 列",
                remedy="检查生成该表的代码",
            )
    return [row + ((),) * (width - len(row)) for row in table.rows]


def column_groups(columns: tuple[Column, ...]) -> list[tuple[str, list[Column]]]:
    """Neighbouring columns under one spanning header; a column without a group stands alone under an empty name."""
    groups = groupby(enumerate(columns), key=lambda pair: (pair[1].group, 0 if pair[1].group else pair[0]))
    return [(name, [column for _, column in members]) for (name, _), members in groups]


def _id(anchor: str) -> str:
    return f' id="{escaped(anchor)}"' if anchor else ""


def _runs(runs: Runs, block: Block, sources: Sources) -> str:
    """Runs in order. A browser may break a line on either side of a button, so the mark that clings to a figure is kept."""
    texts = [clean_text(run.text) for run in runs]
    pieces = []
    for at, run in enumerate(runs):
        if not run.ref:
            continue
        before = _OPENING.search(texts[at - 1]) if at and not runs[at - 1].ref else None
        after = _CLOSING.match(texts[at + 1]) if at + 1 < len(runs) and not runs[at + 1].ref else None
        if before:
            texts[at - 1] = texts[at - 1][: before.start()]
        if after:
            texts[at + 1] = texts[at + 1][after.end() :]
        shown = _button(texts[at], run, block, sources)
        kept = f"<bdi>{_words(before)}{shown}{_words(after)}</bdi>" if before or after else shown
        pieces.append((at, kept))
    shown_figures = dict(pieces)
    return "".join(
        shown_figures.get(at) or _spoken(_marked(text, run.strong), run.spoken)
        for at, (text, run) in enumerate(zip(texts, runs, strict=True))
    )


def _spoken(shown: str, words: str) -> str:
    """A sign with its words, for who hears the page and for who points at the sign."""
    return f'<span role="img" aria-label="{escaped(words)}" title="{escaped(words)}">{shown}</span>' if words else shown


def _words(found: re.Match[str] | None) -> str:
    return escaped(found[0]) if found else ""


def _marked(text: str, strong: bool) -> str:
    words = escaped(text).replace("\n", "<br>")
    words = _ARROWS.sub(lambda m: f'<i class="{"up" if m[0] == "▲" else "down"}">{m[0]}</i>', words)
    return f"<strong>{words}</strong>" if strong and words else words


def _button(text: str, run: Run, block: Block, sources: Sources) -> str:
    number = sources.number(provenance_of(block, run.ref, text))
    target = f"{sources.prefix}{number}"
    return f"<button popovertarget={target}>{_marked(text, run.strong)}</button>"


def provenance_of(block: Block, ref: str, text: str) -> Provenance:
    """The provenance a run names; a figure without one is an error, for it could not be defended."""
    if ref not in block.refs:
        raise RenderError(
            f"数字“{text}”没有出处",
            where=f"内容块 {block.kind}，引用 {ref}",
            expected="refs 中有同名出处",
            remedy="用 workbook 的函数生成数字，不要手写 ref",
        )
    return block.refs[ref]


def _cover(cover: Cover) -> str:
    notices = "".join(f"<p>{escaped(notice)}</p>" for notice in page_notices(cover))
    facts = (("报告期", cover.period), ("数据截至", cover.as_of))
    meta = "".join(f"<div><dt>{name}</dt><dd>{escaped(text)}</dd></div>" for name, text in facts if text)
    subtitle = f'<p class="subtitle">{escaped(cover.subtitle)}</p>' if cover.subtitle else ""
    return (
        f'<header class="cover"><div class="notices{" synthetic" if cover.synthetic else ""}">{notices}</div>{_letterhead(cover)}'
        f"<h1>{_title(cover)}</h1>{subtitle}"
        f'<dl class="meta"><div class="state {cover.state}"><dt>状态</dt><dd>{escaped(state_label(cover))}</dd></div>{meta}</dl></header>{_addressee(cover)}'
    )


def _letterhead(cover: Cover) -> str:
    """版头: who issues the document, its number and who signs it; only an own park has one."""
    if not cover.letterhead or cover.relation != "own":
        return ""
    signer = f"<span>签发人：{escaped(cover.signer)}</span>" if cover.signer else ""
    number = f'<p class="number"><span>{escaped(cover.document_number)}</span>{signer}</p>'
    return f'<div class="letterhead"><p class="issuer">{escaped(cover.letterhead)}</p>{number}</div>'


def _addressee(cover: Cover) -> str:
    """主送机关 with its colon."""
    if not cover.addressee or cover.relation != "own":
        return ""
    return f'<p class="addressee">{escaped(cover.addressee).rstrip("：:")}：</p>'


def _title(cover: Cover) -> str:
    """The title; the park's name in it is not broken over two lines."""
    name = escaped(cover.park_name)
    title = escaped(cover.title)
    return title.replace(name, f'<span class="keep">{name}</span>', 1) if name and len(name) <= 12 else title


def _heading(heading: Heading, anchor: str) -> str:
    tag = f"h{heading.level + 1}"
    return f"<{tag}{_id(anchor)}>{escaped(heading.text)}</{tag}>"


def _bullets(bullets: Bullets, sources: Sources) -> str:
    tag = "ol" if bullets.ordered else "ul"
    items = "".join(f"<li>{_runs(item, bullets, sources)}</li>" for item in bullets.items)
    if not bullets.title:
        return f"<{tag}>{items}</{tag}>"
    return f'<section class="box"><p class="box-title">{escaped(bullets.title)}</p><{tag}>{items}</{tag}></section>'


def _key(item: KeyFigure, block: KeyFigures, sources: Sources) -> str:
    value = _runs((item.value,), block, sources)
    details = f'<p class="details">{_runs(item.details, block, sources)}</p>' if item.details else ""
    mark = f'<span aria-hidden="true">{TONE_MARKS[item.tone]}</span> '
    verdict = f'<p class="verdict">{mark}{escaped(item.verdict)}</p>' if item.verdict else ""
    return f'<li class="key {item.tone}"><p class="label">{escaped(item.label)}</p><p class="value">{value}</p>{details}{verdict}</li>'


_ALIGN = {"left": " class=t", "right": "", "center": " class=mid"}
"""Most cells hold numbers: to the right is how a cell stands that says nothing else."""

LONG_TABLE = 40
"""Rows from which on a table scrolls in a window of its own, under its header."""


def _table(table: Table, sources: Sources, number: int, anchor: str) -> str:
    caption = escaped(caption_label(table, number))
    above = f"<figcaption>{caption}</figcaption>" if caption else ""
    unit = f'<p class="unit">{escaped(table.unit_line)}</p>' if table.unit_line else ""
    body = "".join(_row(row, table, sources) for row in table_rows(table))
    notes = "".join(f"<p>{escaped(note)}</p>" for note in (*table.notes, table.source_line) if note)
    below = f'<div class="table-notes">{notes}</div>' if notes else ""
    shape = "scroll long" if len(table.rows) > LONG_TABLE else "scroll"
    return (
        f'<figure class="table"{_id(anchor)}>{above}{unit}'
        f'<div class="{shape}" role="region" tabindex="0" aria-label="{caption or "表格"}">'
        f"<table>{_head(table.columns)}<tbody>{body}</table></div>{below}</figure>"
    )


def _head(columns: tuple[Column, ...]) -> str:
    groups = column_groups(columns)
    if not any(name for name, _ in groups):
        return "<thead><tr>" + "".join(_header(column) for column in columns)
    top = "".join(
        f'<th scope="colgroup" colspan="{len(members)}" class="group">{escaped(name)}'
        if name
        else _header(members[0], ' rowspan="2"')
        for name, members in groups
    )
    low = "".join(_header(column) for name, members in groups if name for column in members)
    return f"<thead><tr>{top}<tr>{low}"


def _header(column: Column, more: str = "") -> str:
    kind = "upright" if column.narrow else "short" if len(column.label) <= 5 else ""
    shown = f' class="{kind}"' if kind else ""
    label = f"<span>{escaped(column.label)}</span>" if column.narrow else escaped(column.label)
    return f'<th scope="col"{more}{shown}>{label}'


def _row(row: tuple[Runs, ...], table: Table, sources: Sources) -> str:
    cells = []
    for place, (column, runs) in enumerate(zip(table.columns, row, strict=True)):
        heads = place == 0 and column.align == "left" and len(row) > 1 and bool(plain(runs).strip())
        tag, scope = ("th", " scope=row") if heads else ("td", "")
        shape = "" if heads else " class=sign" if column.narrow else _ALIGN[column.align]
        cells.append(f"<{tag}{scope}{shape}>{_runs(runs, table, sources)}")
    return f"<tr>{''.join(cells)}"


def _figure(figure: Figure, sources: Sources, number: int, anchor: str) -> str:
    prefix = anchor or f"{sources.prefix}f{number}"
    drawing = inline_svg(figure.svg, clean_text(figure.alt), prefix, sources.shapes, width_mm=figure.width_mm)
    source = f'<p class="table-notes">{escaped(figure.source_line)}</p>' if figure.source_line else ""
    return (
        f'<figure class="chart"{_id(anchor)}>{drawing}'
        f"<figcaption>{escaped(caption_label(figure, number))}</figcaption>{source}</figure>"
    )


# -- plain text --------------------------------------------------------------------------------------------------------


def block_text(block: Block) -> str:
    """A block as plain text: for terminals, for search, and for who reads a notebook without the package."""
    match block:
        case Cover():
            return "\n".join(clean_text(line) for line in (block.title, block.subtitle, *page_notices(block)) if line)
        case Heading():
            return clean_text(block.text)
        case Paragraph():
            return plain(block.runs)
        case Bullets():
            return "\n".join(
                f"{f'{place}.' if block.ordered else '·'} {plain(item)}" for place, item in enumerate(block.items, 1)
            )
        case KeyFigures():
            return "\n".join(_key_text(item) for item in block.items)
        case Table():
            return _table_text(block)
        case Figure():
            return clean_text(f"[图] {block.caption}：{block.alt}")
        case Appendix():
            return clean_text(appendix_label(block))
        case Workbook():
            return clean_text(workbook_label(block))
    raise RenderError(f"不认识的内容块 {block.kind}", remedy="升级 parkbook，或改用 blocks 中已有的内容块")


def plain(runs: Runs) -> str:
    """The words of some runs."""
    return clean_text("".join(run.text for run in runs))


def _key_text(item: KeyFigure) -> str:
    details = f"（{plain(item.details)}）" if item.details else ""
    return f"{clean_text(item.label)}：{plain((item.value,))}{details}{clean_text(item.verdict and f' {item.verdict}')}"


def _table_text(table: Table) -> str:
    head = " | ".join(f"{column.group}·{column.label}" if column.group else column.label for column in table.columns)
    rows = (" | ".join(plain(cell) for cell in row) for row in table_rows(table))
    lines = (table.caption, table.unit_line, head, *rows, *table.notes, table.source_line)
    return "\n".join(clean_text(line) for line in lines if line)
