"""Texts inside the XML of a workbook, taken from its bytes: references resolved, Excel's own escapes undone.

    a&lt;b&#20013;      a<b中            _x000D_      a carriage return
What these functions do not understand raises `Unusual`, and the XML parser takes it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from parkbook.sources.marks import raised
from parkbook.sources.package import local

MAX_CELL_TEXT = 200_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Unusual(Exception):
    """The sheet is not written as the fast scan expects; the XML parser takes it."""


def text_of(words: bytes) -> str:
    """The characters of an XML text: references resolved, line ends and _x000D_ as Excel means them."""
    text = words.decode("utf-8")
    if "&" in text:
        if text.count("&") != len(_REFERENCE.findall(text)):
            raise Unusual
        text = _REFERENCE.sub(_resolved, text)
    return unescaped(text)


def _resolved(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1]) if found[1] else int(found[2], 16)
    if code in (0, 0xFFFE, 0xFFFF) or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise Unusual
    return chr(code)


def unescaped(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text if len(text) <= MAX_CELL_TEXT else text[:MAX_CELL_TEXT]


def rich_text(element: ElementTree.Element) -> str:
    """The words of a string with formatting, without its phonetic reading; superscript digits are superscript characters."""
    return "".join(_runs(element))


def _runs(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        name = local(child.tag)
        if name == "t":
            yield child.text or ""
        elif name == "r":
            words = "".join(_runs(child))
            yield raised(words) if _is_superscript(child) else words


def _is_superscript(run: ElementTree.Element) -> bool:
    return any(local(item.tag) == "vertAlign" and item.get("val") == "superscript" for item in run.iter())
