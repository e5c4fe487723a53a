"""Outlines of glyphs in few bytes: the same shape by relative steps on a grid of whole numbers.

matplotlib writes a glyph in absolute 64ths of a font's pixel, 100 px to the em:

    d="M1453 3494L4934 3494L4934 3053Q…z" transform="scale(0.015625)"     ->   d="M91 218h218v-27q…z" transform="scale(0.25)"

A quarter of that pixel is a fortieth of a point in a label of 9 pt: nothing that can be seen. Only outlines of M, L, Q, C
and Z in absolute coordinates are shortened; any other is left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

COARSER: Final = 16
"""Steps of the font's grid that become one."""
SCALE: Final = "scale(0.015625)"
_TOKENS = re.compile(r"([MLQCZz])|(-?\d+(?:\.\d+)?)|[\s,]+|(.)")
_POINTS: Final = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}

Point = tuple[int, int]


@lru_cache(maxsize=4096)
def shortened_outline(path: str) -> str:
    """The outline on the coarser grid; empty when it is of another kind."""
    steps = _steps(path)
    if steps is None:
        return ""
    pieces: list[str] = []
    here = start = (0, 0)
    last = ""
    for letter, points in steps:
        if letter == "Z":
            here, piece = start, "z"
        elif letter == "M":
            here = start = points[0]
            piece = "M" + _numbers(*here)
        else:
            piece, here = _relative(letter, points, here), points[-1]
        if not piece:
            continue
        same = piece[0] == last and piece[0] not in "Mz"
        pieces.append((piece[1:] if piece[1] == "-" else " " + piece[1:]) if same else piece)
        last = piece[0]
    return "".join(pieces)


def _relative(letter: str, points: list[Point], here: Point) -> str:
    """A command by its distance from where the pen is; a line along an axis by one number, one to the spot not at all."""
    flat = [coordinate for x, y in points for coordinate in (x - here[0], y - here[1])]
    if letter != "L":
        return letter.lower() + _numbers(*flat)
    across, up = flat
    if not up:
        return f"h{across}" if across else ""
    return _numbers("l", across, up) if across else f"v{up}"


def _numbers(*values: int | str) -> str:
    """Numbers beside each other, a space only where no minus parts them."""
    text = ""
    for value in values:
        piece = str(value)
        text += piece if not text or piece.startswith("-") or not text[-1].isdigit() else f" {piece}"
    return text


def _steps(path: str) -> list[tuple[str, list[Point]]] | None:
    """The commands with their points on the coarser grid; None when there is anything else."""
    tokens = list(_tokens(path))
    steps: list[tuple[str, list[Point]]] = []
    at = 0
    while at < len(tokens):
        letter = tokens[at].upper()
        if letter not in _POINTS:
            return None
        wanted = 2 * _POINTS[letter]
        values = tokens[at + 1 : at + 1 + wanted]
        if len(values) < wanted or any(value.isalpha() or value == "?" for value in values):
            return None
        grid = [_coarse(value) for value in values]
        steps.append((letter, list(zip(grid[::2], grid[1::2], strict=True))))
        at += 1 + wanted
    return steps


def _coarse(value: str) -> int:
    """The nearest line of the grid."""
    return int(float(value) / COARSER // 1) + (float(value) / COARSER % 1 >= 0.5)


def _tokens(path: str) -> Iterator[str]:
    for letter, number, other in _TOKENS.findall(path):
        if letter or number:
            yield letter or number
        elif other:
            yield "?"
