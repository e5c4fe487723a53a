"""The blocks a page is made of, as plain data, and the display object that carries them out of a notebook.

A block is declared once and rendered by whoever shows it: JupyterLab and the HTML page through
`briefing.fragments`, the PDF through `export.pdf`. Its JSON travels in the output's MIME bundle as
`application/vnd.parkbook.block+json`; no renderer parses HTML.

A `Run` is a piece of text; a run with a `ref` is a figure, whose provenance stands in the block's `refs` under that key.
Tables and figures are numbered by the renderer (表1 above, 图1 below) in document order, so a caption holds no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MIME_TYPE = "application/vnd.parkbook.block+json"

Tone = Literal["good", "bad", "neutral", "unknown"]
Align = Literal["left", "right", "center"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Run(_Part):
    """A piece of text; `ref` names its provenance when it is a figure, `spoken` says in words what a sign stands for."""

    text: str
    ref: str = ""
    strong: bool = False
    spoken: str = ""


Runs = tuple[Run, ...]


class Provenance(_Part):
    """Where a figure comes from, in the reader's words. Empty fields are not known and not shown."""

    label: str
    value: str
    period: str = ""
    status: str = ""
    basis: str = ""
    source: str = ""
    grade: str = ""
    locator: str = ""
    headers: str = ""
    source_text: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Block(_Part):
    """Base of all blocks; shown in JupyterLab by its HTML fragment."""

    kind: str
    refs: dict[str, Provenance] = Field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        from parkbook.briefing.fragments import block_html, block_text

        content = self.model_dump(mode="json", exclude_defaults=True) | {"kind": self.kind}
        return {MIME_TYPE: content, "text/html": block_html(self), "text/plain": block_text(self)}


class Cover(Block):
    """Who and what the document is about; the first block of every notebook's output."""

    kind: Literal["cover"] = "cover"
    title: str
    subtitle: str = ""
    notebook: str
    park_id: str = ""
    park_name: str = ""
    relation: Literal["own", "third_party"] = "third_party"
    synthetic: bool = False
    state: Literal["draft", "reviewed", "final"] = "draft"
    reviewer: str = ""
    input_hash: str = ""
    """Of a reviewed or final document: what its data files were, as the first characters of one sha256 over them."""
    audience: Literal["internal", "external"] = "internal"
    period: str = ""
    as_of: str = ""
    notices: tuple[str, ...] = ()
    """Lines for every page, e.g. 根据公开资料整理，非官方文件."""
    signature: str = ""
    signature_date: str = ""
    letterhead: str = ""
    """发文机关名称 of the red head; empty: no red head."""
    document_number: str = ""
    signer: str = ""
    addressee: str = ""
    """主送机关, above the text."""
    compact: bool = False
    """A document that must fit one page: smaller type."""


class Heading(Block):
    """level 1: 一、 · 2: （一） · 3: 1. ; the renderer does not add numbers, the text has them."""

    kind: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=4)
    text: str


class Paragraph(Block):
    kind: Literal["paragraph"] = "paragraph"
    runs: Runs
    role: Literal["lead", "body", "note", "warning"] = "body"


class Bullets(Block):
    kind: Literal["bullets"] = "bullets"
    items: tuple[Runs, ...]
    ordered: bool = False
    title: str = ""
    """With a title, the list stands in a box."""


class KeyFigure(_Part):
    """One figure of the first page."""

    label: str
    value: Run
    details: Runs = ()
    verdict: str = ""
    tone: Tone = "neutral"


class KeyFigures(Block):
    kind: Literal["key_figures"] = "key_figures"
    items: tuple[KeyFigure, ...]


class Column(_Part):
    label: str
    align: Align = "left"
    group: str = ""
    """Neighbouring columns with one group share a spanning header."""
    weight: float = 1.0
    """Relative width on paper."""
    narrow: bool = False
    """A column of signs; its label may be set upright, one character under the other."""


class Table(Block):
    kind: Literal["table"] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    unit_line: str = ""
    notes: tuple[str, ...] = ()
    source_line: str = ""


class Figure(Block):
    """A chart as SVG whose glyphs are outlines, with alt text made from the data."""

    kind: Literal["figure"] = "figure"
    caption: str
    alt: str
    svg: str
    width_mm: float = 150
    source_line: str = ""


class Appendix(Block):
    """Starts the attachments: on paper a new page headed 附件."""

    kind: Literal["appendix"] = "appendix"
    title: str
    number: int = 0


class SheetColumn(_Part):
    """A column of a workbook sheet; `width` in characters, `number`: its cells hold numbers or nothing."""

    label: str
    width: int = 14
    number: bool = False


class Sheet(_Part):
    """A sheet of a workbook: cells as text, numbers as decimals in full, an empty text where there is none.

    A row is one text, its cells parted by tabs: a notebook writes each entry of a list on a line of its own.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[str, ...]

    @classmethod
    def of(cls, name: str, columns: tuple[SheetColumn, ...], rows: Iterable[Sequence[str]]) -> Sheet:
        """A sheet from its cells; line ends and tabs in them become spaces."""
        return cls(name=name, columns=columns, rows=tuple("\t".join(map(_one_line, row)) for row in rows))

    def cells(self) -> Iterator[list[str]]:
        """The cells of each row."""
        return (row.split("\t") for row in self.rows)


def _one_line(text: str) -> str:
    return " ".join(text.split()) if any(mark in text for mark in "\t\n\r") else text


class Workbook(Block):
    """What goes into the Excel file beside the document, and is shown nowhere else."""

    kind: Literal["workbook"] = "workbook"
    sheets: tuple[Sheet, ...]


def present(*made: Block | None) -> list[Block]:
    """The blocks that there is something to show in; a table without rows, a chart without points is None."""
    return [block for block in made if block is not None]


AnyBlock = Cover | Heading | Paragraph | Bullets | KeyFigures | Table | Figure | Appendix | Workbook


class _Parsed(BaseModel):
    block: AnyBlock = Field(discriminator="kind")


def parse_block(content: dict[str, Any]) -> AnyBlock:
    """A block from its JSON."""
    return _Parsed.model_validate({"block": content}).block
