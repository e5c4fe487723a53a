"""Charts as bitmaps: Word before 2016 and WPS show no SVG, and Word draws its hatches wrong.

Typst sets the drawing on a page of its own size; equal drawings give equal bytes.
"""

from __future__ import annotations

import io
import json
from functools import cache, lru_cache
from typing import Final, NamedTuple

import typst

from parkbook.briefing.fragments import clean_text
from parkbook.errors import RenderError
from parkbook.export.word.words import attribute

PPI: Final = 200
"""Sharp on an office printer; a chart of 150 mm is 1,180 pixels wide."""
EMU_PER_MM: Final = 36_000
MOST_WIDTH: Final = 156.0
MOST_HEIGHT: Final = 205.0
"""Millimetres: the type area, less a line for the caption."""
_WHITE: Final = 250
"""A tone from which on the palette's mean of whites is white again: paper has no shade."""
_TEMPLATE: Final = b"""
#let drawing = json(bytes(sys.inputs.drawing))
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(drawing.svg), format: "svg", width: drawing.width * 1mm)
"""


class Size(NamedTuple):
    """Width and height in millimetres."""

    width: float
    height: float


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(_TEMPLATE, ignore_system_fonts=True)


@lru_cache(maxsize=64)
def bitmap(svg: str, width_mm: float, name: str) -> bytes:
    """A drawing as PNG of so many millimetres."""
    content = json.dumps({"svg": svg, "width": width_mm}, ensure_ascii=False)
    try:
        made = _compiler().compile(input=_TEMPLATE, format="png", ppi=PPI, sys_inputs={"drawing": content})
    except typst.TypstError as problem:
        raise RenderError(
            "图形无法转为图片", where=name, found=problem.message, remedy="检查图形的 SVG；若无误，请交给维护者"
        ) from None
    pages = [made] if isinstance(made, bytes) else made or []
    if len(pages) != 1:
        raise RenderError(
            "图形没有转成一张图片", where=name, found=f"{len(pages)} 张", remedy="检查图形的 SVG 和 typst 的版本"
        )
    return _smaller(pages[0])


def _smaller(png: bytes) -> bytes:
    """The same picture without its alpha channel and with a palette, as a chart has few colours: half the bytes."""
    from PIL import Image

    buffer = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(colors=128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([255 if tone >= _WHITE else tone for tone in few.getpalette() or []])
    few.save(buffer, format="PNG", compress_level=6)
    return buffer.getvalue()


def size_of(content: bytes, width_mm: float | None = None) -> Size:
    """The size at which a bitmap is shown: so wide (else by 96 points an inch), but within the type area."""
    from PIL import Image

    wide, high = Image.open(io.BytesIO(content)).size
    width = min(width_mm or wide / 96 * 25.4, MOST_WIDTH)
    height = width * high / wide
    scale = min(1.0, MOST_HEIGHT / height)
    return Size(width * scale, height * scale)


def drawing(relation: str, number: int, size: Size, alt: str) -> str:
    """A picture in its line. `relation` is the id of its part, `number` its own in the document, from 1."""
    wide, high = (max(int(length * EMU_PER_MM), 1) for length in size)
    said = attribute(clean_text(alt)) or "图片"
    name = f"图片 {number}"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{said}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
