"""The page of GB/T 9704-2012: its margins and grid, the lines at its head, the number at its foot, the draft's watermark.

Lengths in twips (1/1440 inch; 1 mm = 56.7). The type area is 156 x 225 mm: 22 lines of 28 characters. 225 mm / 22 is 579.8
twips; 579 (固定值 28.95 磅) is the largest pitch at which 22 lines fit. 28 characters of 16 points are 5.8 points too wide
for 156 mm, so each is set 0.207 points narrower (charSpace, in 1/4096 point).

The grid is what 页面设置 shows, and what text of other styles keeps to. Our styles hold lines and characters by themselves
(exact lines of 579, characters closer by 5 twips): LibreOffice 7 gives two cells to a character that is wider than its
cell, and a line that keeps to the grid takes two of its lines in faces that are higher than 仿宋.
"""

from __future__ import annotations

from typing import Final

from parkbook.briefing.blocks import Cover
from parkbook.briefing.fragments import page_notices, state_label
from parkbook.export.word.package import StyleIds
from parkbook.export.word.words import NAMESPACES, field, paragraph, run

TEXT_TWIPS: Final = 8845
"""156 mm."""
CELL_TWIPS: Final = TEXT_TWIPS / 28
SIZE_AND_MARGINS: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="1361" w:footer="1417" w:gutter="0"/>'
)
GRID: Final = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/>'
WATERMARK: Final = "草稿"


def section(relations: dict[str, str]) -> str:
    """The one section; `relations` are the ids of header, header-even, footer and footer-even."""
    ends = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{relations[part + suffix]}"/>'
        for part in ("header", "footer")
        for kind, suffix in (("even", "-even"), ("default", ""))
    )
    notes = '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
    return f'<w:sectPr {NAMESPACES}>{ends}{notes}{SIZE_AND_MARGINS}<w:cols w:space="425"/>{GRID}</w:sectPr>'


def header(cover: Cover, styles: StyleIds, number: int) -> str:
    """What a page says above its text: the notices, the state, and behind the text of a draft its watermark."""
    mark = _watermark(number) if cover.state == "draft" else ""
    notices = run("　".join(page_notices(cover)))
    tab = '<w:tabs><w:tab w:val="clear" w:pos="4153"/><w:tab w:val="clear" w:pos="8306"/>'
    tabs = f'{tab}<w:tab w:val="right" w:pos="{TEXT_TWIPS}"/></w:tabs>'
    line = paragraph(styles["header"], mark, notices, "<w:r><w:tab/></w:r>", run(state_label(cover)), properties=tabs)
    return f"<w:hdr {NAMESPACES}>{line}</w:hdr>"


def footer(styles: StyleIds, *, odd: bool) -> str:
    """— 1 —: on odd pages one character in from the right, on even ones from the left."""
    side = "right" if odd else "left"
    place = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    line = paragraph(styles["footer"], run("— "), field("PAGE", "1"), run(" —"), properties=place)
    return f"<w:ftr {NAMESPACES}>{line}</w:ftr>"


def _watermark(number: int) -> str:
    """A shape as Word itself makes it, so that 设计 › 水印 › 删除水印 finds it."""
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
        '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
        '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
        '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" alt="{WATERMARK}" '
        'style="position:absolute;margin-left:0;margin-top:0;width:380pt;height:190pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" '
        'o:allowincell="f" fillcolor="#e3e3e3" stroked="f"><v:fill opacity=".6"/>'
        f'<v:textpath style="font-family:\'黑体\';font-size:1pt" string="{WATERMARK}"/></v:shape></w:pict></w:r>'
    )
