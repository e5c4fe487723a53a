"""The fonts of PDF and charts: which face draws which character, and what to do about one that none can draw.

The files lie in this folder (SOURCES.md says where they come from); the system's fonts are never used. A character is
drawn by the first face of its chain that has it: the face asked for, then Song, then the full Hei. One rare name must
never stop a briefing, so only a character that no face has is an error.

The coverage of each font is kept in a small text file beside it (`4E00-9FA5`, hexadecimal, one range a line), so that
no font is parsed to answer whether it has a character.
"""

from __future__ import annotations

import logging
import unicodedata
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from parkbook.errors import GlyphError

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)


class Face(NamedTuple):
    """One font file: its family name, its file in this folder, its weight."""

    family: str
    file: str
    weight: int


FACES: Final[Mapping[str, Face]] = MappingProxyType(
    {
        "song": Face("Parkbook Song", "ParkbookSong-Regular.ttf", 400),
        "song-bold": Face("Parkbook Song", "ParkbookSong-Bold.ttf", 700),
        "hei": Face("Parkbook Hei", "ParkbookHei-Regular.ttf", 400),
        "hei-bold": Face("Parkbook Hei", "ParkbookHei-Bold.ttf", 700),
        "kai": Face("Parkbook Kai", "ParkbookKai-Regular.ttf", 400),
        "fang": Face("Parkbook Fang", "ParkbookFang-Regular.ttf", 400),
        "latin": Face("Parkbook Latin", "ParkbookLatin-Regular.ttf", 400),
        "latin-bold": Face("Parkbook Latin", "ParkbookLatin-Bold.ttf", 700),
    }
)

# "latin" comes last because it has letters (Vietnamese, historic Cyrillic) that the Chinese fonts lack.
FALLBACK_CHAIN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "song": ("song", "hei", "latin"),
        "song-bold": ("song-bold", "hei-bold", "hei", "latin"),
        "hei": ("hei", "song", "latin"),
        "hei-bold": ("hei-bold", "song-bold", "hei", "latin"),
        "kai": ("kai", "song", "hei", "latin"),
        "fang": ("fang", "song", "hei", "latin"),
        "latin": ("latin", "song", "hei"),
        "latin-bold": ("latin-bold", "song-bold", "hei-bold", "hei"),
    }
)

# The name under which matplotlib finds the full Hei at any weight: it takes one file per family, so in bold text
# "Parkbook Hei" would be the bold file only, which is not the full one.
LAST_RESORT_FAMILY: Final = "Parkbook Hei Full"


def font_directory() -> Path:
    """The folder of the fonts, for Typst's `font_paths`."""
    return Path(__file__).resolve().parent


def font_path(face: str) -> Path:
    """The file of a face."""
    return font_directory() / _face(face).file


def _face(face: str) -> Face:
    try:
        return FACES[face]
    except KeyError:
        raise KeyError(f"no face {face!r}; there are {', '.join(FACES)}") from None


def families(face: str) -> list[str]:
    """The family names of a face's chain, in order, for Typst's `font:`."""
    _face(face)
    return list(dict.fromkeys(FACES[link].family for link in FALLBACK_CHAIN[face]))


def matplotlib_families(face: str) -> list[str]:
    """The family names of a face's chain, in order, for matplotlib's `family=` or `font.family`."""
    return [*families(face), LAST_RESORT_FAMILY]


@cache
def coverage(face: str) -> frozenset[int]:
    """The code points a face has a glyph for."""
    lines = font_path(face).with_suffix(".coverage.txt").read_text(encoding="ascii").split()
    bounds = [[int(bound, 16) for bound in line.split("-")] for line in lines]
    return frozenset(code for bound in bounds for code in range(bound[0], bound[-1] + 1))


def resolve(character: str, face: str) -> str | None:
    """The face that draws a character in text set in `face`, or None when no face has it."""
    code = ord(character)
    _face(face)
    return next((link for link in FALLBACK_CHAIN[face] if code in coverage(link)), None)


def missing_characters(text: str, face: str) -> list[str]:
    """The characters of a text that no face of the chain has, each once, in the order met."""
    distinct = (char for char in dict.fromkeys(text) if _has_ink(char))
    return [char for char in distinct if resolve(char, face) is None]


def substituted_characters(text: str, face: str) -> dict[str, str]:
    """The characters of a text that another face than `face` draws, and which."""
    drawn = ((char, resolve(char, face)) for char in dict.fromkeys(text) if _has_ink(char))
    return {char: link for char, link in drawn if link is not None and link != face}


def _has_ink(character: str) -> bool:
    """False for white space, control and format characters and variation selectors, which need no glyph."""
    code = ord(character)
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return not (character.isspace() or selector or unicodedata.category(character) in ("Cc", "Cf"))


def require_glyphs(text: str, *, face: str = "fang", field: str, source: str) -> None:
    """Raise `GlyphError` when a character of `text` has no glyph in any face; log the ones that fall back.

    `field` is the name of what holds the text (企业名称, a parameter), `source` the file, sheet and cell it came from.
    """
    for char, link in substituted_characters(text, face).items():
        log.info("%s %s: %s in %s instead of %s", source, field, describe(char), FACES[link].family, FACES[face].family)
    missing = missing_characters(text, face)
    if missing:
        raise GlyphError(
            f"字体无法显示字符{'、'.join(describe(char) for char in missing)}",
            where=f"{source}，字段 {field}",
            found=_around(text, missing[0]),
            cause="随包字体（仿宋、楷体、宋体、黑体）都没有这个字形，可能是生僻字、私用区造字或从 PDF 复制出的错码",
            remedy="在来源文件中改为标准汉字，或用括注写法（如“王（左火右华）”）代替",
        )


def describe(character: str) -> str:
    """A character with its code point and, where Unicode has one, its name."""
    name = unicodedata.name(character, "")
    return f"“{character}”（U+{ord(character):04X}{'，' if name else ''}{name}）"


def _around(text: str, character: str, reach: int = 8) -> str:
    at = text.index(character)
    start, end = max(0, at - reach), at + reach + 1
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def register_with_matplotlib() -> None:
    """Make the faces known to matplotlib, from this folder; doing it again changes nothing."""
    from matplotlib.font_manager import FontEntry, fontManager

    known = {(entry.fname, entry.name) for entry in fontManager.ttflist}
    full = str(font_path("hei"))
    if (full, LAST_RESORT_FAMILY) not in known:
        # at both weights, or matplotlib warns that it found another weight than the one asked for
        fontManager.ttflist += [
            FontEntry(fname=full, name=LAST_RESORT_FAMILY, weight=weight, size="scalable") for weight in (400, 700)
        ]
    for role, face in FACES.items():
        if (str(font_path(role)), face.family) not in known:
            fontManager.addfont(font_path(role))
