"""Small and circled numbers: the marks of footnotes (100①, 12.5²), which are no digits of the number before them.

A file that says “superscript” of a plain digit (<sup>1</sup>, vertAlign) gives it as the superscript character, so that the
readers of cells and of reports meet one form only.
"""

from __future__ import annotations

import re
import unicodedata

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE = re.compile(r"\s*[\[(（〔［【]?\d+(?:\s*[,，、]\s*\d+)*[\])）〕］】]?\s*", re.ASCII)


def is_mark(character: str) -> bool:
    """Whether a character is a small or circled number (², ①, ㉑), which in one width would be a digit; ½ is a number."""
    return unicodedata.category(character) == "No" and "fraction" not in unicodedata.decomposition(character)


def raised(text: str) -> str:
    """Superscript words as characters: 1 and [1] are ¹; others (th, ①) as they stand."""
    if _NOTE.fullmatch(text) is None:
        return text
    return "".join(re.findall(r"\d", text)).translate(_RAISED)
