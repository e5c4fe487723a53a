"""The place of a figure as an office writes it, in the form in which observations carry it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CELL: Final = re.compile(r"(?P<sheet>.+?)\s*[!！]\s*\$?(?P<column>[A-Za-zＡ-Ｚａ-ｚ]{1,3})\$?(?P<row>[0-9０-９]+)\Z")
_SPAN: Final = re.compile(r"字符\s*(?P<start>\d+)\s*[-—–－~～至到]\s*(?P<end>\d+)\Z")


def plain_locator(text: str) -> str:
    """`4月！d23`, `'4月'!$D$23` and `4月!D23` are one cell, `字符588—596` is `字符 588-596`; other words stay."""
    cell = _CELL.match(text.strip())
    if cell is not None:
        address = unicodedata.normalize("NFKC", cell["column"] + cell["row"]).upper()
        return f"{cell['sheet'].strip(chr(39))}!{address}"
    span = _SPAN.match(unicodedata.normalize("NFKC", text.strip()))
    return f"字符 {span['start']}-{span['end']}" if span is not None else text.strip()
