"""A document as one HTML file: to mail, to put on a share, to print.

    render_html(document) -> str

The file asks for nothing from outside: style, drawings and one small script stand in it, the content security policy names
style and script by their hashes and forbids all else. Nothing needs the script to be read; it sorts tables, marks the
section one is in, and changes between light and dark. Fonts are named, not embedded. Each figure opens its provenance;
where the browser does not know the `popover` attribute, and on paper, the provenances are a numbered list at the end.
Words from data are escaped in `briefing.fragments`, or here by the template.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from parkbook.briefing.blocks import Appendix, Bullets, Cover, Figure, Heading, KeyFigures, Paragraph, Table, Workbook
from parkbook.briefing.fragments import (
    Sources,
    appendix_label,
    clean_text,
    escaped,
    fragment,
    page_notices,
    plain,
    state_label,
)
from parkbook.errors import RenderError
from parkbook.export.document import Document, Failure, Item
from parkbook.export.inlined import TEMPLATES, policy, script_text, style_text
from parkbook.export.markdown import Picture, Preformatted


class Entry(NamedTuple):
    """A line of the contents list."""

    anchor: str
    text: str
    level: int


def render_html(document: Document) -> str:
    """The document as one HTML page."""
    cover, sources = document.cover, Sources()
    start = next(
        (at for at, item in enumerate(document.items) if isinstance(item.content, Appendix)), len(document.items)
    )
    contents = list(_contents(document))
    body = _items(document, sources, slice(None, start))
    appendices = _items(document, sources, slice(start, None))
    signed = cover.relation == "own"
    style, script = f"{style_text('page.css')}\n{_print_style(cover)}", script_text("page.js")
    text = _template().render(
        title=clean_text(cover.title), state=cover.state, state_label=state_label(cover), synthetic=cover.synthetic,
        notices=[clean_text(notice) for notice in page_notices(cover)], style=Markup(style), script=Markup(script),
        policy=Markup(policy([style], [script])),
        contents=contents, contents_list=_contents_list(contents), cover=Markup(fragment(cover, sources)),
        body=Markup(body), appendices=Markup(appendices), panels=Markup(sources.panels()),
        signature=clean_text(cover.signature) if signed else "", signature_date=clean_text(cover.signature_date) if signed else "",
    )  # fmt: skip
    return "\n".join(line for line in text.split("\n") if line.strip()) + "\n"


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("page.html")


def _print_style(cover: Cover) -> str:
    """The notices in the margin of every printed page, where the browser knows margin boxes."""
    running = "　".join((*page_notices(cover), state_label(cover)))
    return (
        "@page{size:A4;margin:25mm 22mm 25mm 25mm;"
        f'@top-center{{content:"{_css_string(running)}";font:9pt serif}}@bottom-center{{content:"— " counter(page) " —";font:10pt serif}}}}'
    )


def _css_string(text: str) -> str:
    """Text for a quoted CSS string; whatever is not a letter or digit is escaped by number."""
    return "".join(char if char.isalnum() else f"\\{ord(char):06x}" for char in clean_text(text))


def _anchor(place: int) -> str:
    return f"p{place}"


def _contents(document: Document) -> Iterator[Entry]:
    """Headings down to the third level, and attachments."""
    for place, item in enumerate(document.items):
        if isinstance(item.content, Heading) and item.content.level <= 3:
            yield Entry(_anchor(place), clean_text(item.content.text), item.content.level)
        elif isinstance(item.content, Appendix):
            yield Entry(_anchor(place), clean_text(appendix_label(item.content)), 1)


def _contents_list(contents: list[Entry]) -> Markup:
    lines = (
        f'<li class="l{entry.level}"><a href="#{entry.anchor}">{escaped(entry.text)}</a></li>' for entry in contents
    )
    return Markup(f"<ol>{''.join(lines)}</ol>")


def _items(document: Document, sources: Sources, part: slice) -> str:
    numbered = list(enumerate(document.items))[part]
    return "\n".join(_item(item, place, sources, document.name) for place, item in numbered)


def _item(item: Item, place: int, sources: Sources, name: str) -> str:
    match item.content:
        case Preformatted(text=text):
            return f"<pre>{escaped(text)}</pre>"
        case Picture() as picture:
            return _picture(picture)
        case Failure(name=error, message=message):
            return (
                f'<div class="failure" role="alert"><p><b>第 {item.cell} 个单元格出错：{escaped(error)}</b></p>'
                f"<p>{escaped(message)}</p></div>"
            )
        case Figure(alt=alt, caption=caption) if not alt.strip():
            raise RenderError(
                "图形没有替代文字",
                where=f"{name}，图“{caption}”",
                expected="由数据写成的 alt",
                remedy="生成图形时给出 alt",
            )
        case Workbook():
            return ""  # its sheets are a file of their own
        case Heading() | Paragraph() | Bullets() | KeyFigures() | Table() | Figure() | Appendix() | Cover() as block:
            empty = isinstance(block, Paragraph) and not plain(block.runs).strip()
            return "" if empty else fragment(block, sources, number=item.number, anchor=_anchor(place))


def _picture(picture: Picture) -> str:
    encoded = base64.b64encode(picture.content).decode("ascii")
    return f'<p><img class="picture" src="data:{picture.mime};base64,{encoded}" alt="{escaped(picture.alt)}"></p>'
