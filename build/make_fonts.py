"""Make the fonts of the package from their published sources, byte for byte the same every time.

    python build/make_fonts.py characters --sources DIR     writes build/fonts/characters.txt
    python build/make_fonts.py fonts --sources DIR          writes lib/parkbook/fonts/

DIR holds the archives of SOURCES, as `npm pack NAME@VERSION` and `apt-get download NAME=VERSION` leave them; nothing is
downloaded here, and an archive with another sha256 is refused. Needs fonttools[woff] (the `dev` extra).

What is done to each font: subset to the character list, turned into static TrueType (quadratic) outlines where the
source is CFF, hints, layout features and vertical metrics removed, dashes, quotes and the middle dot made one em wide
where the source has them narrower (Chinese text sets them so), digits made one width, names replaced, timestamps fixed.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import io
import lzma
import sys
import tarfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

ROOT = Path(__file__).resolve().parent.parent
CHARACTERS = ROOT / "build" / "fonts" / "characters.txt"
OUTPUT = ROOT / "lib" / "parkbook" / "fonts"

SOURCES = {
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz": "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz": "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    "expo-google-fonts-tinos-0.4.2.tgz": "5ebc8f9f3ee14e9425b1a14391c713f8228be49a9127a21f60b06c482f4a844a",
    "fontsource-lxgw-wenkai-5.3.0.tgz": "e796ef6dd20f4eea37625222872095a7d049fa6bfdd6fe80a15dfa22fdf2c7ca",
    "texlive-lang-chinese_2022.20230122-1_all.deb": "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
    "unicode-data_15.0.0-1_all.deb": "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
}
SERIF, SANS, TINOS, WENKAI, TEXLIVE, UNICODE = SOURCES
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"

# 2026-11-22T00:00:00Z in seconds since 1904, for head.created and head.modified
TIMESTAMP = 3_878_150_400
CHANGED = "Modified 2026-11-22 for Parkbook: subset, reduced to static TrueType outlines, renamed."
OFL = ("This Font Software is licensed under the SIL Open Font License, Version 1.1.", "https://openfontlicense.org")
GPL = ("GNU General Public License, version 3, with the font exception.", "https://www.gnu.org/licenses/gpl-3.0.html")

# How a glyph narrower than an em is put into the em: an opening quote stands at its right, a closing one at its left.
FULL_WIDTH = {"“": 1.0, "‘": 1.0, "”": 0.0, "’": 0.0, "·": 0.5}
CUBIC_TO_QUADRATIC_ERROR = 1.0  # font units, of 1000 to the em


@dataclass(frozen=True)
class Recipe:
    """One font of the package and what it is made of."""

    family: str
    style: str
    archive: str
    member: str
    licence: tuple[str, str]
    keep: str = "list"  # list: the character list; all: everything; latin: LATIN
    stretch_dash: bool = False
    features: tuple[str, ...] = field(default=())

    @property
    def stem(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.style}"


RECIPES = (
    Recipe("Parkbook Song", "Regular", SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf", OFL, stretch_dash=True),
    Recipe("Parkbook Song", "Bold", SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf", OFL, stretch_dash=True),
    Recipe("Parkbook Hei", "Regular", SANS, "package/400Regular/NotoSansSC_400Regular.ttf", OFL, "all", True),
    Recipe("Parkbook Hei", "Bold", SANS, "package/700Bold/NotoSansSC_700Bold.ttf", OFL, stretch_dash=True),
    Recipe("Parkbook Kai", "Regular", WENKAI, "package/files/lxgw-wenkai-latin-500-normal.woff2", OFL),
    Recipe("Parkbook Fang", "Regular", TEXLIVE, FANDOL, GPL),
    Recipe(
        "Parkbook Latin", "Regular", TINOS, "package/400Regular/Tinos_400Regular.ttf", OFL, "latin", features=("kern",)
    ),
    Recipe("Parkbook Latin", "Bold", TINOS, "package/700Bold/Tinos_700Bold.ttf", OFL, "latin", features=("kern",)),
)

LICENCES = {
    "LICENSE-ParkbookSong.txt": (SERIF, "package/LICENSE_FONT"),
    "LICENSE-ParkbookHei.txt": (SANS, "package/LICENSE_FONT"),
    "LICENSE-ParkbookKai.txt": (WENKAI, "package/LICENSE"),
    "LICENSE-ParkbookFang.txt": (TEXLIVE, "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"),
    "LICENSE-ParkbookLatin.txt": (TINOS, "package/LICENSE_FONT"),
}

# --- characters -------------------------------------------------------------------------------------------------------

# Blocks taken whole, but for NOWHERE, beside GB 2312 and the general standard.
RANGES = (
    (0x0020, 0x007E, "Basic Latin"),
    (0x00A0, 0x017F, "Latin-1, Latin Extended-A"),
    (0x0391, 0x03C9, "Greek"),
    (0x0401, 0x0451, "Cyrillic"),
    (0x2000, 0x203B, "General punctuation"),
    (0x2070, 0x208E, "Superscripts and subscripts"),
    (0x2150, 0x217F, "Fractions, Roman numerals"),
    (0x2460, 0x24FF, "Enclosed numbers and letters"),
    (0x2500, 0x257F, "Box drawing"),
    (0x2776, 0x277F, "Dark circled numbers"),
    (0x3000, 0x303F, "CJK symbols and punctuation"),
    (0x3220, 0x32CF, "Enclosed CJK"),
    (0x3380, 0x33DF, "CJK units"),
    (0xFE30, 0xFE4F, "CJK compatibility forms"),
    (0xFF01, 0xFFEE, "Halfwidth and fullwidth forms"),
)
SYMBOLS = "€™℃℅℉№℡Ω←↑→↓↔↖↗↘↙⇒⇔∀∂∃∅∆∈∑−∕√∝∞∠∧∨∩∪∫∴∵≈≌≠≡≤≥≦≧⊕⊙⊥⋯▁█■□▲△▶▷▼▽◀◁◆◇○◎●◢◣◤◥◯☆★☎♀♂✓⸺"
# Of the blocks above, what none of the fonts has.
NOWHERE = frozenset("\u2000\u2001\uffa0‗‛‟‣․‱‴‶‷‸⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟ⅬⅭⅮⅯⅼⅽⅾⅿ")
# Used in names of people and firms; outside the general standard or easily thought to be. A few of many: the full Hei
# has the rest.
NAMES = (
    "镕玥垚昇翀喆堃淼叡珺曌頔赟犇骉燚鑫晟昊玘琎珩祎禕彧旻旸暘晞晢晧煜燊甯皛睿祺禛竑筠綦羿翯翾茜菡"
    "蕤蘅諴譞贇鋆鋐錡鎏鏊鐘鑒闓陞陽隽霈靓韡飏馦馫驎鹍麒麟黎龑龘䶮"
)

LATIN = (
    *((low, high) for low, high in ((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x1E00, 0x1EFF))),
    *((low, high) for low, high in ((0x2002, 0x2011), (0x2012, 0x2013), (0x202F, 0x2030), (0x2070, 0x209C))),
    *((ord(c), ord(c)) for c in "€™−√∞≈≠≤≥"),
)
# One em wide in Chinese text: never taken from the Latin face, which may stand first in a list of fonts.
NOT_LATIN = frozenset("·¨“”‘’—…")


def gb2312() -> set[str]:
    """GB/T 2312-80, 7445 characters, from Python's own codec."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {text for pair in pairs if (text := pair.decode("gb2312", "ignore"))}


def general_standard(sources: Path) -> set[str]:
    """The 8105 characters of 通用规范汉字表 (2013): property kTGH of the Unihan database."""
    lines = bz2.decompress(read_member(sources, UNICODE, UNIHAN)).decode("utf-8").splitlines()
    found = {chr(int(line.split("\t")[0][2:], 16)) for line in lines if "\tkTGH\t" in line}
    if len(found) != 8105:
        raise SystemExit(f"Unihan kTGH: {len(found)} characters, expected 8105")
    return found


def extras() -> set[str]:
    """Punctuation, forms, numbers, units, letters and characters of names."""
    blocks = {chr(code) for low, high, _ in RANGES for code in range(low, high + 1)}
    listed = {char for char in blocks if unicodedata.category(char) not in ("Cn", "Cc", "Cf", "Zl", "Zp")}
    return (listed - NOWHERE) | set(SYMBOLS) | set(NAMES) | set("—…·〇")


def write_characters(sources: Path) -> None:
    """Write the character list, in sections, each character once."""
    seen: set[str] = set()
    parts = [CHARACTERS_HEADER]
    for title, chars in (
        ("GB/T 2312-80", gb2312()),
        ("通用规范汉字表 (8105), those not above", general_standard(sources)),
        ("extras of build/make_fonts.py, those not above", extras()),
    ):
        new = sorted(chars - seen, key=ord)
        seen |= chars
        parts.append(f"## {title}: {len(new)}")
        parts.extend(f"{ord(new[at]):05X} " + "".join(new[at : at + 50]) for at in range(0, len(new), 50))
    CHARACTERS.parent.mkdir(parents=True, exist_ok=True)
    CHARACTERS.write_text("\n".join(parts) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(seen)} characters")


CHARACTERS_HEADER = """\
# Characters of the package's fonts (build/make_fonts.py characters writes this file; do not edit by hand).
# A line: the code point of its first character, one space, up to 50 characters.
# Sources: GB/T 2312-80 from Python's gb2312 codec; 通用规范汉字表 (2013, 8105 characters) from the property kTGH of
# Unihan_OtherMappings.txt, Unicode 15.0, as in Debian's package unicode-data 15.0.0-1 (Unicode licence);
# extras chosen by the project (RANGES, SYMBOLS and NAMES in the script).
# Song, Song bold, Hei bold, Kai and Fang hold what their source font has of this list; Hei regular is not subset."""


def read_characters() -> set[int]:
    """The code points of the committed list."""
    lines = CHARACTERS.read_text(encoding="utf-8").split("\n")
    return {ord(char) for line in lines if line and not line.startswith("#") for char in line.partition(" ")[2]}


# --- archives ---------------------------------------------------------------------------------------------------------


def read_member(sources: Path, archive: str, member: str) -> bytes:
    """One file of an npm tarball or a Debian package."""
    data = checked(sources / archive)
    if archive.endswith(".deb"):
        data = lzma.decompress(dict(ar_members(data))["data.tar.xz"])
        member = f"./{member}"
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        file = tar.extractfile(member)
        if file is None:
            raise SystemExit(f"{archive}: no file {member}")
        content = file.read()
    return gzip.decompress(content) if member.endswith(".gz") else content


def checked(path: Path) -> bytes:
    """The bytes of an archive, when they are the ones this script was written for."""
    if not path.is_file():
        raise SystemExit(f"{path.name} is missing from the folder of sources")
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SOURCES[path.name]:
        raise SystemExit(f"{path.name}: sha256 {found}, expected {SOURCES[path.name]}")
    return data


def ar_members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of an `ar` archive, which a Debian package is."""
    at = 8
    while at < len(data):
        name, size = data[at : at + 16].decode("ascii").strip().rstrip("/"), int(data[at + 48 : at + 58])
        yield name, data[at + 60 : at + 60 + size]
        at += 60 + size + size % 2


# --- fonts ------------------------------------------------------------------------------------------------------------


def make_font(recipe: Recipe, sources: Path, characters: set[int]) -> TTFont:
    """One font, ready to be saved."""
    font = TTFont(io.BytesIO(read_member(sources, recipe.archive, recipe.member)), recalcTimestamp=False)
    font.flavor = None
    copyright_notice = font["name"].getDebugName(0)
    version = font["name"].getDebugName(5)
    reduce(font, wanted(recipe, font, characters), recipe.features)
    if "CFF " in font:
        to_truetype(font)
    if recipe.keep != "latin":
        widen(font, recipe.stretch_dash)
        even_digits(font)
    else:
        unkern_digits(font)
    rename(font, recipe, copyright_notice, version)
    settle(font, recipe)
    return font


def wanted(recipe: Recipe, font: TTFont, characters: set[int]) -> set[int]:
    """The code points to keep."""
    have = set(font.getBestCmap())
    if recipe.keep == "all":
        return {code for code in have if unicodedata.category(chr(code)) != "Co"}
    if recipe.keep == "latin":
        listed = {code for low, high in LATIN for code in range(low, high + 1)}
        return (have & listed) - {ord(char) for char in NOT_LATIN}
    return have & characters


def reduce(font: TTFont, codes: Iterable[int], features: tuple[str, ...]) -> None:
    """Keep the glyphs of `codes` and the tables a static horizontal font needs."""
    options = subset.Options()
    options.layout_features = list(features)
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = []
    options.legacy_kern = False
    options.recalc_timestamp = False
    options.recalc_bounds = True
    options.drop_tables += [
        "BASE",
        "STAT",
        "DSIG",
        "FFTM",
        "VORG",
        "vhea",
        "vmtx",
        "morx",
        "feat",
        "prop",
        "bsln",
        "gasp",
    ]
    if not features:
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def to_truetype(font: TTFont) -> None:
    """Replace cubic (CFF) outlines with quadratic ones."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, CUBIC_TO_QUADRATIC_ERROR, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), glyf
    del font["CFF "]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, name, 1 if name == "maxZones" else 0)
    font.sfntVersion = "\000\001\000\000"
    for name in order:
        glyf.glyphs[name].recalcBounds(glyf)
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyf.glyphs[name], "xMin", 0))


def widen(font: TTFont, stretch_dash: bool) -> None:
    """Give quotes and the middle dot one em; let two dashes (——) meet."""
    cmap, em = font.getBestCmap(), font["head"].unitsPerEm
    for char, share in FULL_WIDTH.items():
        name = cmap.get(ord(char))
        if name and (gap := em - font["hmtx"][name][0]) > 0:
            move(font, name, em, round(gap * share))
    if stretch_dash:
        name = cmap[ord("—")]
        glyph = font["glyf"][name]
        factor = em / (glyph.xMax - glyph.xMin)
        move(font, name, em, -glyph.xMin * factor, factor)


def even_digits(font: TTFont) -> None:
    """Give the ten digits one width, that of the widest: figures of a column stay below each other."""
    names = [font.getBestCmap()[ord(char)] for char in "0123456789"]
    widths = {name: font["hmtx"][name][0] for name in names}
    widest = max(widths.values())
    for name, width in widths.items():
        if width != widest:
            move(font, name, widest, (widest - width) // 2)


def move(font: TTFont, name: str, advance: int, shift: float, factor: float = 1) -> None:
    """Stretch a glyph, shift it, and set its advance."""
    glyph = font["glyf"][name]
    if glyph.isComposite():
        raise SystemExit(f"{name} is a composite glyph")
    for at, (x, y) in enumerate(glyph.coordinates):
        glyph.coordinates[at] = (round(x * factor + shift), y)
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, glyph.xMin)


def unkern_digits(font: TTFont) -> None:
    """Take digits out of the kerning pairs: figures of a column stay below each other."""
    cmap = font.getBestCmap()
    digits = {cmap[ord(char)] for char in "0123456789"}
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.Format != 1:
                raise SystemExit("kerning by class: digits cannot be taken out")
            for first, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
                pairs.PairValueRecord = [
                    record
                    for record in pairs.PairValueRecord
                    if first not in digits and record.SecondGlyph not in digits
                ]
                pairs.PairValueCount = len(pairs.PairValueRecord)


def rename(font: TTFont, recipe: Recipe, copyright_notice: str, version: str) -> None:
    """Names of our own: no reserved font name is carried on; the copyright notice is."""
    table = newTable("name")
    table.names = []
    postscript = recipe.stem
    full = recipe.family if recipe.style == "Regular" else f"{recipe.family} {recipe.style}"
    source = version.split(";")[0].removeprefix("Version ")
    names = {
        0: " ".join(copyright_notice.split()),
        1: recipe.family,
        2: recipe.style,
        3: f"Parkbook 1;{postscript}",
        4: full,
        5: f"Version 1.000; source {source}",
        6: postscript,
        10: CHANGED,
        13: recipe.licence[0],
        14: recipe.licence[1],
    }
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    font["name"] = table


def settle(font: TTFont, recipe: Recipe) -> None:
    """Weight, style bits, embedding permission and fixed timestamps."""
    bold = recipe.style == "Bold"
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = 700 if bold else 400
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if bold else 0x40)
    os2.fsType = 0
    head.macStyle = 1 if bold else 0
    head.created = head.modified = TIMESTAMP
    font["post"].formatType = 3.0


def ranges(codes: Iterable[int]) -> str:
    """Code points as lines `4E00-9FA5` or `3007`."""
    lines: list[list[int]] = []
    for code in sorted(codes):
        if lines and lines[-1][1] == code - 1:
            lines[-1][1] = code
        else:
            lines.append([code, code])
    return "".join(f"{low:04X}\n" if low == high else f"{low:04X}-{high:04X}\n" for low, high in lines)


def write_fonts(sources: Path, output: Path) -> None:
    """Write the fonts, their coverage and their licences."""
    characters = read_characters()
    for recipe in RECIPES:
        font = make_font(recipe, sources, characters)
        target = output / f"{recipe.stem}.ttf"
        font.save(target, reorderTables=True)
        codes = TTFont(target).getBestCmap()
        (output / f"{recipe.stem}.coverage.txt").write_text(ranges(codes), encoding="ascii", newline="\n")
        print(f"{target.name}: {len(codes)} characters, {target.stat().st_size / 1e6:.2f} MB")
    for name, (archive, member) in LICENCES.items():
        (output / name).write_bytes(read_member(sources, archive, member))


def main(arguments: list[str]) -> None:
    """Run one of the two steps."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("step", choices=("characters", "fonts"))
    parser.add_argument("--sources", type=Path, required=True, help="folder with the downloaded archives")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder of the fonts")
    given = parser.parse_args(arguments)
    if given.step == "characters":
        write_characters(given.sources)
    else:
        given.output.mkdir(parents=True, exist_ok=True)
        write_fonts(given.sources, given.output)


if __name__ == "__main__":
    main(sys.argv[1:])
