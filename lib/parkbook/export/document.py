"""What a notebook shows, in order: the one reading behind HTML and PDF.

An executed notebook becomes a `Document`: its cover and a list of items. Blocks come from the outputs' MIME bundles,
Markdown cells become blocks too, other outputs become preformatted text or pictures, an error a visible box. Code is
never shown; nothing parses or passes on the HTML of an output. Tables and figures are numbered in the order they stand in.

- Cells tagged `parameters`, `injected-parameters`, `hide`, `remove-cell` or `remove_cell` are left out, source and output;
  `remove-output`, `remove_output` leave out a cell's output.
- Markdown: `##` is the first level (一、). A `#` is the document's title, and dropped where a cover gives one; further
  ones count as first level.
- Absolute paths in outputs and error messages are cut to the file's name: no output names a folder of the machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from parkbook.briefing.blocks import MIME_TYPE, Appendix, Cover, Figure, Heading, Sheet, Table, Workbook, parse_block
from parkbook.errors import RenderError
from parkbook.export.markdown import PICTURE_TYPES, Content, Picture, Preformatted, decoded, markdown_blocks

HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "hide", "remove-cell", "remove_cell"})
SILENT_TAGS = frozenset({"remove-output", "remove_output"})
UNTITLED = "未命名文档"

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_PATH = re.compile(r"(?<![\w/:.])(?:[A-Za-z]:[\\/]|\\\\|~?/)(?:[^\s:'\"<>|/\\]+[/\\])+([^\s:'\"<>|/\\]*)")
_WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True, slots=True)
class Failure:
    """A cell that stopped with an error."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to show. `number` is that of a table or figure with a caption (0: none), `cell` its cell, from 1."""

    content: Content | Failure
    number: int = 0
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A notebook's content; `name` is the notebook's file name without its ending, for messages. `sheets` are those of the
    Excel file beside it."""

    name: str
    cover: Cover
    items: tuple[Item, ...]
    sheets: tuple[Sheet, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a cell stopped with an error."""
        return any(isinstance(item.content, Failure) for item in self.items)


def read_document(path: Path | str) -> Document:
    """The document in a notebook file."""
    path = Path(path)
    try:
        notebook = _parsed(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise RenderError(
            "无法读取笔记本", where=path.name, cause=problem.strerror or "", remedy="检查路径和权限"
        ) from None
    except ValueError as problem:
        raise RenderError(
            "不是有效的 Jupyter 笔记本",
            where=path.name,
            found=str(problem),
            remedy="重新执行笔记本，再导出生成的 .ipynb",
        ) from None
    return notebook_document(notebook, path.stem)


def _parsed(text: str) -> Mapping[str, Any]:
    """A notebook of format 4; ValueError for anything else. (Importing nbformat would take longer than all the rest.)"""
    notebook = json.loads(text)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and "cell_type" in cell for cell in cells):
        raise ValueError("没有单元格（仅支持第 4 版格式）")
    return notebook  # type: ignore[no-any-return]


def notebook_document(notebook: Mapping[str, Any], name: str = "") -> Document:
    """The document in a notebook that is already read."""
    items = [item for number, cell in enumerate(notebook["cells"], start=1) for item in _cell_items(cell, number)]
    cover, rest = _take_cover(items, notebook, name)
    books = [item.content for item in rest if isinstance(item.content, Workbook)]
    shown = [item for item in rest if not isinstance(item.content, Workbook)]
    sheets = tuple(sheet for book in books for sheet in book.sheets)
    return Document(name=name, cover=cover, items=tuple(_numbered(_spread(shown))), sheets=sheets)


# -- cells -------------------------------------------------------------------------------------------------------------


def _cell_items(cell: Mapping[str, Any], number: int) -> Iterator[Item]:
    tags = set(cell.get("metadata", {}).get("tags", ()))
    if tags & HIDDEN_TAGS:
        return
    if cell["cell_type"] == "markdown":
        blocks = markdown_blocks(_joined(cell.get("source", "")), cell.get("attachments"))
        yield from (Item(_below_title(block), cell=number) for block in blocks)
    elif cell["cell_type"] == "code" and not tags & SILENT_TAGS:
        for output in _merged(cell.get("outputs", ())):
            yield from (Item(content, cell=number) for content in _output(output, number))


def _below_title(block: Content) -> Content:
    """Markdown levels as those of the document, 0 being a title (no block has it: it is marked by `_Title`)."""
    if not isinstance(block, Heading):
        return block
    return _Title(level=1, text=block.text) if block.level == 1 else Heading(level=block.level - 1, text=block.text)


class _Title(Heading):
    """A Markdown `#`, until it is known whether it is the document's title."""


def _merged(outputs: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Outputs, neighbouring pieces of one stream joined."""
    last: dict[str, Any] | None = None
    for output in outputs:
        if output["output_type"] == "stream" and last and last.get("name") == output["name"]:
            last["text"] = _joined(last["text"]) + _joined(output["text"])
            continue
        if last:
            yield last
        last = dict(output)
        if last["output_type"] != "stream":
            yield last
            last = None
    if last:
        yield last


def _output(output: Mapping[str, Any], cell: int) -> Iterator[Content | Failure]:
    match output["output_type"]:
        case "stream":
            yield from _preformatted(_joined(output["text"]))
        case "error":
            yield Failure(output["ename"], _presentable(_joined(output["evalue"])))
        case "display_data" | "execute_result":
            yield from _bundle(output.get("data", {}), output.get("metadata", {}), cell)


def _bundle(data: Mapping[str, Any], metadata: Mapping[str, Any], cell: int) -> Iterator[Content]:
    if MIME_TYPE in data:
        yield _block(data[MIME_TYPE], cell)
        return
    if _WIDGET in data:
        return
    for mime in PICTURE_TYPES:
        content = decoded(_joined(data[mime])) if mime in data else b""
        if content:
            yield Picture(mime, content, str(metadata.get(mime, {}).get("alt") or "笔记本输出的图片"))
            return
    if "image/svg+xml" in data:
        alt = str(metadata.get("image/svg+xml", {}).get("alt") or "笔记本输出的图形")
        yield Figure(caption="", alt=alt, svg=_joined(data["image/svg+xml"]))
    elif "text/markdown" in data:
        yield from (_below_title(block) for block in markdown_blocks(_joined(data["text/markdown"])))
    else:
        yield from _preformatted(_joined(data.get("text/plain", "")))


def _block(content: Any, cell: int) -> Content:
    try:
        return parse_block(content)
    except ValidationError as problem:
        first = problem.errors()[0]
        raise RenderError(
            "内容块无法识别",
            where=f"第 {cell} 个单元格",
            expected="blocks 中声明的内容块",
            found=f"{'.'.join(str(part) for part in first['loc'])}：{first['msg']}",
            remedy="用同一版本的 parkbook 重新执行笔记本",
        ) from None


def _preformatted(text: str) -> Iterator[Preformatted]:
    shown = _presentable(text).rstrip()
    if shown.strip():
        yield Preformatted(shown)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _presentable(text: str) -> str:
    """Text without colour codes and without the machine's folders."""
    return _PATH.sub(lambda found: found[1] or "…", _ANSI.sub("", text))


# -- the whole ---------------------------------------------------------------------------------------------------------


def _take_cover(items: list[Item], notebook: Mapping[str, Any], name: str) -> tuple[Cover, list[Item]]:
    """The cover, and the items without what it says: its own block, the Markdown title."""
    covers = [item for item in items if isinstance(item.content, Cover)]
    titles = [item for item in items if isinstance(item.content, _Title)]
    if covers:
        given = covers[0].content
        taken = [item for item in titles if item.cell <= covers[0].cell][:1]
        cover = given if isinstance(given, Cover) else _plain_cover(UNTITLED)
    else:
        taken = titles[:1]
        heading = taken[0].content if taken else None
        stored = str(notebook.get("metadata", {}).get("title", ""))
        cover = _plain_cover(heading.text if isinstance(heading, Heading) else stored or name)
    if not cover.title.strip():
        cover = cover.model_copy(update={"title": UNTITLED})
    left_out = {id(item) for item in (*covers[:1], *taken)}
    return cover, [item for item in items if id(item) not in left_out]


def _plain_cover(title: str) -> Cover:
    return Cover(title=title or UNTITLED, notebook="")


def _spread(items: Iterable[Item]) -> Iterator[Item]:
    """Items in their final form: a second cover is a heading, so is a Markdown title that was not the document's."""
    for item in items:
        content = item.content
        if isinstance(content, Cover):
            yield replace(item, content=Heading(level=1, text=content.title))
        elif isinstance(content, _Title):
            yield replace(item, content=Heading(level=1, text=content.text))
        else:
            yield item


def _numbered(items: Iterable[Item]) -> Iterator[Item]:
    """Tables and figures with a caption count from 1, each for itself; attachments too, where the block has no number."""
    tables = figures = 0
    spread = list(items)
    appendices = [item.content for item in spread if isinstance(item.content, Appendix)]
    for item in spread:
        content = item.content
        if isinstance(content, Table) and content.caption:
            tables += 1
            yield replace(item, number=tables)
        elif isinstance(content, Figure) and content.caption:
            figures += 1
            yield replace(item, number=figures)
        elif isinstance(content, Appendix) and not content.number and len(appendices) > 1:
            number = 1 + next(place for place, other in enumerate(appendices) if other is content)
            yield replace(item, content=content.model_copy(update={"number": number}))
        else:
            yield item
