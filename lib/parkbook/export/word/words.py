"""WordprocessingML as text: runs, paragraphs and fields. Whatever comes from data passes `text` or `attribute` here.

Elements stand in the order of the schema (ECMA-376, CT_PPr, CT_RPr), which Word insists on.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from parkbook.briefing.fragments import clean_text

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)

_EITHER: Final = re.compile("[\u00a0-\u2e7f]")
"""Quotes, dashes, arrows: Word takes them for Latin unless it is told that they are Chinese."""


def text(words: str) -> str:
    """Words as the content of an element: clean, and without any character that XML forbids."""
    return escape(clean_text(words), quote=False)


def attribute(words: str) -> str:
    """Words as the value of an attribute, on one line."""
    return escape(clean_text(words).replace("\n", " ").replace("\t", " ").strip(), quote=True)


def run(words: str, *, strong: bool = False, style: str = "") -> str:
    """Words in one format; line ends and tabs become elements. Empty for no words."""
    if not words:
        return ""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += '<w:rFonts w:hint="eastAsia"/>' if _EITHER.search(words) else ""
    properties += "<w:b/><w:bCs/>" if strong else ""
    lines = (
        "<w:tab/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "" for piece in line.split("\t"))
        for line in text(words).split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(lines)}</w:r>"


def field(instruction: str, shown: str, *, style: str = "") -> str:
    """A field with the result that is shown until Word computes it anew."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{text(shown)}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{properties}{piece}</w:r>" for piece in pieces)


def listed(number: int) -> str:
    """The property of a paragraph of a list."""
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def paragraph(style: str, *content: str, properties: str = "") -> str:
    """A paragraph; `properties` are those that stand behind the style, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(content)}</w:p>'
