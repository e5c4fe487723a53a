"""The fonts of the package: what they are, what they cover, and that Typst and matplotlib use them and no others."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from parkbook import fonts
from parkbook.errors import GlyphError

ROOT = Path(__file__).resolve().parent.parent
CHARACTERS = ROOT / "build" / "fonts" / "characters.txt"
NAMES = "镕玥垚昇翀喆堃淼叡珺"
MARKS = "〔〕《》“”‘’…—·▲▼△▽●○◆◇■□★☆√×÷±≥≤≈％‰℃㎡㎞↑↓→←①②⑨⑩⑳〇−　！（），：；？"
NOBODY = "\U0002a6d6"  # the last character of Extension B
ONLY_HEI = "㐀"  # Extension A, outside the general standard
RESERVED = re.compile(r"noto|source|adobe|fandol|lxgw|wenkai|klee|tinos|思源|霞鹜", re.IGNORECASE)


def gb2312() -> str:
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


def general_standard_and_more() -> set[str]:
    lines = CHARACTERS.read_text(encoding="utf-8").split("\n")
    return {char for line in lines if line and not line.startswith("#") for char in line.partition(" ")[2]}


@pytest.fixture(scope="module", params=fonts.FACES)
def face(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def font(face: str) -> Iterator[TTFont]:
    with TTFont(fonts.font_path(face), lazy=True) as opened:
        yield opened


def test_each_face_is_static_truetype_that_may_be_embedded(face: str, font: TTFont) -> None:
    assert font.sfntVersion == "\x00\x01\x00\x00"
    assert "glyf" in font and "loca" in font
    assert not {"fvar", "gvar", "CFF ", "CFF2", "STAT"} & set(font.keys())
    assert font["OS/2"].fsType == 0
    assert font["OS/2"].usWeightClass == fonts.FACES[face].weight


def test_each_face_is_named_as_declared_and_carries_no_reserved_name(face: str, font: TTFont) -> None:
    names = {record.nameID: str(record) for record in font["name"].names}
    assert names[1] == fonts.FACES[face].family
    assert names[2] == ("Bold" if face.endswith("-bold") else "Regular")
    for number in (1, 2, 3, 4, 6, 16, 17, 18, 21, 22, 25):
        assert not RESERVED.search(names.get(number, ""))
    assert names[0] and names[10] and names[13] and names[14]  # copyright, what was changed, licence


def test_coverage_file_equals_the_character_map(face: str, font: TTFont) -> None:
    assert fonts.coverage(face) == frozenset(font.getBestCmap())


def test_all_files_together_are_small_enough() -> None:
    assert sum(path.stat().st_size for path in fonts.font_directory().rglob("*") if path.is_file()) < 40_000_000


def test_folder_holds_exactly_the_declared_fonts_with_licences_and_sources() -> None:
    folder = fonts.font_directory()
    assert {path.name for path in folder.glob("*.ttf")} == {face.file for face in fonts.FACES.values()}
    sources = (folder / "SOURCES.md").read_text(encoding="utf-8")
    for face in fonts.FACES.values():
        assert face.file in sources
        licence = (folder / f"LICENSE-{face.family.replace(' ', '')}.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License" in licence or "GNU GENERAL PUBLIC LICENSE" in licence
    fang = (folder / "LICENSE-ParkbookFang.txt").read_text(encoding="utf-8")
    assert "special exception" in fang and "embed" in fang


def test_sources_name_every_archive_the_script_pins() -> None:
    script = (ROOT / "build" / "make_fonts.py").read_text(encoding="utf-8")
    sources = (fonts.font_directory() / "SOURCES.md").read_text(encoding="utf-8")
    pinned = re.findall(r'"([\w.-]+)": "([0-9a-f]{64})"', script)
    assert len(pinned) == 6
    for archive, sha256 in pinned:
        assert archive in sources and sha256 in sources


def test_character_list_holds_both_standards() -> None:
    listed = general_standard_and_more()
    assert set(gb2312()) | set(NAMES) | set(MARKS) <= listed
    text = CHARACTERS.read_text(encoding="utf-8")
    assert "8105" in text and "kTGH" in text


@pytest.mark.parametrize("face", ["song", "song-bold", "hei", "hei-bold", "kai"])
def test_gb2312_and_the_general_standard_are_in_the_face_itself(face: str) -> None:
    han = {char for char in general_standard_and_more() if unicodedata.name(char, "").startswith("CJK UNIFIED")}
    needed = {ord(char) for char in {*gb2312(), *han}}
    assert len(han) > 8105
    assert not needed - fonts.coverage(face)


def test_fang_has_the_letters_of_gb2312() -> None:
    lacking = [char for char in gb2312() if ord(char) not in fonts.coverage("fang")]
    assert lacking == ["―"]  # U+2015; Song has it


def test_chain_draws_what_offices_write(face: str) -> None:
    text = "".join(sorted(general_standard_and_more() - {" "})) + NAMES + MARKS + ONLY_HEI
    assert fonts.missing_characters(text, face) == []


@pytest.mark.parametrize("char", [*"镕玥垚昇翀"])
def test_names_resolve_in_body_and_titles(char: str) -> None:
    for face in fonts.FACES:
        assert fonts.resolve(char, face) is not None


def test_resolve_takes_the_first_face_of_the_chain_that_has_the_character() -> None:
    assert fonts.resolve("园", "fang") == "fang"
    assert fonts.resolve("镕", "fang") == "song"
    assert fonts.resolve(ONLY_HEI, "fang") == "hei"
    assert fonts.resolve(ONLY_HEI, "song-bold") == "hei"
    assert fonts.resolve("园", "latin") == "song"
    assert fonts.resolve("ł", "fang") == "latin"
    assert fonts.resolve(NOBODY, "fang") is None


def test_chains_name_faces_only_and_begin_with_the_face() -> None:
    assert set(fonts.FALLBACK_CHAIN) == set(fonts.FACES)
    for face, chain in fonts.FALLBACK_CHAIN.items():
        assert chain[0] == face and set(chain) <= set(fonts.FACES) and "hei" in chain


def test_an_unknown_face_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="fangsong"):
        fonts.font_path("fangsong")


def test_space_and_invisible_characters_need_no_glyph() -> None:
    assert fonts.missing_characters("甲\n乙\t丙\u200b\ufeff\u00a0\u2003\u3000\ufe0f\U000e0100", "fang") == []


def test_a_character_nobody_has_is_an_error_naming_character_field_and_file() -> None:
    with pytest.raises(GlyphError) as caught:
        fonts.require_glyphs(f"示例{NOBODY}科技\ue000有限公司", field="企业名称", source="企业.xlsx Sheet1!B7")
    said = str(caught.value)
    for part in (NOBODY, "U+2A6D6", "CJK UNIFIED IDEOGRAPH-2A6D6", "U+E000", "企业名称", "企业.xlsx Sheet1!B7"):
        assert part in said


def test_a_character_that_falls_back_is_logged_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="parkbook.fonts"):
        fonts.require_glyphs("张镕", field="负责人", source="项目.xlsx")
    assert [("U+9555" in record.message, "Parkbook Song" in record.message) for record in caplog.records] == [
        (True,) * 2
    ]


def kerned_pairs(font: TTFont) -> set[tuple[str, str]]:
    lookups = font["GPOS"].table.LookupList.Lookup if "GPOS" in font else []
    tables = [table for lookup in lookups for table in lookup.SubTable]
    rows = [row for table in tables for row in zip(table.Coverage.glyphs, table.PairSet, strict=True)]
    return {(first, record.SecondGlyph) for first, pairs in rows for record in pairs.PairValueRecord}


def test_figures_have_one_width_and_do_not_kern(font: TTFont) -> None:
    digits = {font.getBestCmap()[ord(char)] for char in "0123456789"}
    assert not [pair for pair in kerned_pairs(font) if digits & set(pair)]
    assert len({font["hmtx"][name][0] for name in digits}) == 1


def test_chinese_punctuation_is_one_em_wide(face: str, font: TTFont) -> None:
    for char in "“”‘’—…·，。":
        if face.startswith("latin"):
            assert ord(char) not in fonts.coverage(face)
        else:
            assert font["hmtx"][font.getBestCmap()[ord(char)]][0] == font["head"].unitsPerEm, char


def compile_typst(source: str, tmp_path: Path) -> tuple[bytes, list[str]]:
    """The PDF and the warnings, with the package's fonts alone."""
    import typst

    main = tmp_path / "main.typ"
    main.write_text(source, encoding="utf-8")
    pdf, found = typst.compile_with_warnings(main, font_paths=[fonts.font_directory()], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf, [str(warning) for warning in found]


def embedded(pdf: bytes) -> dict[str, str]:
    """Fonts of a PDF: base name without its subset tag, and the subtype of its descendant."""
    from pypdf import PdfReader

    found = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for reference in page["/Resources"]["/Font"].values():
            resource = reference.get_object()
            descendant = resource["/DescendantFonts"][0].get_object() if "/DescendantFonts" in resource else resource
            assert resource["/Subtype"] != "/Type3"
            assert "/FontFile2" in descendant["/FontDescriptor"]
            found[resource["/BaseFont"].split("+")[-1].removesuffix("-Identity-H")] = descendant["/Subtype"]
    return found


def test_typst_embeds_exactly_these_faces_as_truetype(tmp_path: Path) -> None:
    lines = [
        f'#text(font: "{face.family}", weight: {face.weight}, fallback: false)[{"Park 2025" if "latin" in role else "园区 2025"}]'
        for role, face in fonts.FACES.items()
    ]
    pdf, found = compile_typst("\n\n".join(lines), tmp_path)
    assert found == []
    assert embedded(pdf) == {Path(face.file).stem: "/CIDFontType2" for face in fonts.FACES.values()}


def test_typst_draws_rare_characters_through_the_chain(tmp_path: Path) -> None:
    listed = ", ".join(f'"{family}"' for family in fonts.families("fang"))
    source = f'#set text(font: ({listed}), lang: "zh")\n张镕{ONLY_HEI}\n\n#strong[张镕{ONLY_HEI}]'
    pdf, found = compile_typst(source, tmp_path)
    assert found == []
    assert set(embedded(pdf)) == {
        "ParkbookFang-Regular",
        "ParkbookSong-Regular",
        "ParkbookSong-Bold",
        "ParkbookHei-Regular",
    }


def test_matplotlib_draws_chinese_from_the_package(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    import matplotlib
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    before = list(font_manager.fontManager.ttflist)
    try:
        fonts.register_with_matplotlib()
        once = len(font_manager.fontManager.ttflist)
        fonts.register_with_matplotlib()
        assert len(font_manager.fontManager.ttflist) == once
        for role, face in fonts.FACES.items():
            wanted = font_manager.FontProperties(family=face.family, weight=face.weight)
            assert Path(font_manager.findfont(wanted, fallback_to_default=False)) == fonts.font_path(role)
        with warnings.catch_warnings(), matplotlib.rc_context({"svg.fonttype": "path"}):
            warnings.simplefilter("error")
            figure = Figure()
            canvas = FigureCanvasAgg(figure)
            for at, role in enumerate(fonts.FACES):
                figure.text(
                    0.1,
                    0.1 * at,
                    f"园区 2025年 −8.8% 镕垚{ONLY_HEI}",
                    family=fonts.matplotlib_families(role),
                    weight=fonts.FACES[role].weight,
                )
            canvas.draw()
            figure.savefig(tmp_path / "chart.svg")
        assert (tmp_path / "chart.svg").stat().st_size > 10_000
        assert not [record for record in caplog.records if record.name.startswith("matplotlib")]
    finally:
        font_manager.fontManager.ttflist[:] = before
