"""A Markdown cell as blocks, so that words typed into a notebook look like those the library writes.

Headings, paragraphs, lists, quotes, tables, code and pictures that the cell carries (attachments, data addresses) are
taken over; emphasis becomes bold, a link its words and its address. Raw HTML is text. Formulas are left as typed.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import mistune

from parkbook.briefing.blocks import AnyBlock, Bullets, Column, Heading, Paragraph, Run, Runs, Table

Node = Mapping[str, Any]
PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif")

_DATA_ADDRESS = re.compile(r"data:(image/\w+);base64,(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose spaces and line breaks stay as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A bitmap that a notebook carries."""

    mime: str
    content: bytes
    alt: str


Content = AnyBlock | Preformatted | Picture


def markdown_blocks(text: str, attachments: Mapping[str, Mapping[str, str]] | None = None) -> list[Content]:
    """The blocks of a Markdown text. Headings keep their level (`#` is 1); tables have no caption."""
    return [block for node in _parser()(text) for block in _blocks(node, attachments or {})]


@cache
def _parser() -> Callable[[str], Iterable[Node]]:
    return mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough"])  # type: ignore[return-value]


def _blocks(node: Node, attachments: Mapping[str, Mapping[str, str]]) -> Iterator[Content]:
    match node["type"]:
        case "heading":
            words = _words(node)
            if words:
                yield Heading(level=min(node["attrs"]["level"], 4), text=words)
        case "paragraph" | "block_text":
            yield from _paragraph(node, attachments)
        case "list":
            yield Bullets(items=tuple(_items(node)), ordered=bool(node["attrs"]["ordered"]))
        case "block_quote":
            for child in node["children"]:
                for block in _blocks(child, attachments):
                    yield block.model_copy(update={"role": "note"}) if isinstance(block, Paragraph) else block
        case "block_code":
            yield Preformatted(node["raw"].rstrip("\n"))
        case "block_html":
            yield Paragraph(runs=(Run(text=node["raw"].strip()),))
        case "table":
            yield _table(node)


def _paragraph(node: Node, attachments: Mapping[str, Mapping[str, str]]) -> Iterator[Content]:
    """A paragraph, cut where a picture stands in it."""
    waiting: list[Node] = []
    for child in node["children"]:
        picture = _picture(child, attachments) if child["type"] == "image" else None
        if picture is None:
            waiting.append(child)
            continue
        yield from _text(waiting)
        waiting = []
        yield picture
    yield from _text(waiting)


def _text(nodes: list[Node]) -> Iterator[Paragraph]:
    runs = _runs(nodes)
    if any(run.text.strip() for run in runs):
        yield Paragraph(runs=runs)


def _picture(node: Node, attachments: Mapping[str, Mapping[str, str]]) -> Picture | None:
    """A picture the notebook carries itself; one that lies elsewhere is never fetched."""
    address = str(node["attrs"]["url"])
    found = _DATA_ADDRESS.fullmatch(address)
    carried = attachments.get(address.removeprefix("attachment:"), {})
    pairs = [(found[1], found[2])] if found else list(carried.items())
    for mime, encoded in pairs:
        content = decoded(encoded)
        if mime in PICTURE_TYPES and content:
            return Picture(mime, content, _words(node) or "图片")
    return None


def decoded(encoded: str) -> bytes:
    """Base64 as bytes; empty when it is none."""
    try:
        return base64.b64decode(encoded, validate=False)
    except (binascii.Error, ValueError):
        return b""


def _items(node: Node, depth: int = 0) -> Iterator[Runs]:
    """The items of a list; those of lists inside follow their parent behind a dash."""
    for item in node["children"]:
        lists = [child for child in item["children"] if child["type"] == "list"]
        texts = [child for child in item["children"] if child["type"] != "list"]
        runs = tuple(run for child in texts for run in _runs(child.get("children", [child])))
        yield ((Run(text="　" * (depth - 1) + "— "), *runs) if depth else runs)
        for inner in lists:
            yield from _items(inner, depth + 1)


def _table(node: Node) -> Table:
    head, *bodies = node["children"]
    rows = [row["children"] for body in bodies for row in body["children"]]
    cells = tuple(tuple(_runs(cell["children"]) for cell in row) for row in rows)
    return Table(caption="", columns=tuple(_column(cell) for cell in head["children"]), rows=cells)


def _column(cell: Node) -> Column:
    return Column(label=_words(cell), align=cell["attrs"].get("align") or "left")


def _words(node: Node) -> str:
    return "".join(run.text for run in _runs(node.get("children", ()))).strip()


def _runs(nodes: Iterable[Node], strong: bool = False) -> Runs:
    return tuple(run for node in nodes for run in _run(node, strong))


def _run(node: Node, strong: bool) -> Iterator[Run]:
    match node["type"]:
        case "strong" | "emphasis":
            yield from _runs(node["children"], strong=True)
        case "link":
            yield from _runs(node["children"], strong)
            address = str(node["attrs"]["url"])
            if address != _words(node) and not address.startswith("#"):
                yield Run(text=f"（{address}）", strong=strong)
        case "image":
            yield Run(text=f"［图：{_words(node) or node['attrs']['url']}］", strong=strong)
        case "linebreak":
            yield Run(text="\n")
        case "softbreak":
            yield Run(text=" ")
        case "text":
            yield Run(text=html.unescape(node["raw"]), strong=strong)
        case _ if "raw" in node:
            yield Run(text=node["raw"], strong=strong)
        case _:
            yield from _runs(node.get("children", ()), strong)
