"""Blocks as HTML for JupyterLab, and as plain text."""

from __future__ import annotations

import re

import pytest

from parkbook.briefing.blocks import (
    Appendix,
    Block,
    Bullets,
    Column,
    Cover,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Provenance,
    Run,
    Table,
)
from parkbook.briefing.fragments import Sources, block_html, block_text, clean_text, fragment, page_notices
from parkbook.briefing.inline_svg import inline_svg
from parkbook.errors import RenderError

SOURCE = Provenance(label="产值", value="12亿元", source="示例月报")
CITED = Run(text="12亿元", ref="a")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8pt" height="4pt"><g id="a"><use href="#a" fill="url(#a)"/></g></svg>'
BLOCKS: dict[str, tuple[Block, str]] = {
    "cover": (Cover(title="题", subtitle="副", notebook="x", notices=("注",)), "题\n副\n注"),
    "heading": (Heading(level=2, text="（一）甲"), "（一）甲"),
    "paragraph": (Paragraph(runs=(Run(text="产值"), CITED), refs={"a": SOURCE}), "产值12亿元"),
    "bullets": (Bullets(items=((Run(text="甲"),), (Run(text="乙"),)), ordered=True), "1. 甲\n2. 乙"),
    "key figures": (
        KeyFigures(items=(KeyFigure(label="产值", value=CITED, details=(Run(text="同比▲3%"),), verdict="持平"),), refs={"a": SOURCE}),
        "产值：12亿元（同比▲3%） 持平",
    ),
    "table": (
        Table(caption="表", columns=(Column(label="甲"), Column(label="乙", group="组")), rows=(((Run(text="一"),), (CITED,)),), refs={"a": SOURCE}),
        "表\n甲 | 组·乙\n一 | 12亿元",
    ),
    "figure": (Figure(caption="图", alt="说明", svg=SVG), "[图] 图：说明"),
    "appendix": (Appendix(title="来源", number=2), "附件2　来源"),
}  # fmt: skip


@pytest.mark.parametrize(("block", "text"), BLOCKS.values(), ids=BLOCKS.keys())
def test_each_kind_has_text_and_html(block: Block, text: str) -> None:
    assert block_text(block) == text
    html = block_html(block)
    assert html.startswith('<div class="parkbook">') and html.endswith("</div>")
    assert block_html(block) == html
    assert set(block._repr_mimebundle_()) == {"application/vnd.parkbook.block+json", "text/html", "text/plain"}


def test_a_figure_opens_its_provenance_also_alone() -> None:
    block = Paragraph(runs=(CITED, Run(text="，"), CITED), refs={"a": SOURCE})
    (name,) = set(re.findall(r"popovertarget=([\w-]+)>", block_html(block)))
    assert block_html(block).count(f"<li popover id={name}>") == 1
    other = Paragraph(runs=(Run(text="又"), CITED), refs={"a": SOURCE})
    assert name not in block_html(other)


def test_one_provenance_is_one_source_over_blocks() -> None:
    sources = Sources()
    for words in ("甲", "乙"):
        fragment(Paragraph(runs=(Run(text=words), CITED), refs={"a": SOURCE}), sources)
    assert sources.numbers == {SOURCE: 1}
    assert sources.panels().count("<li popover") == 1 and "<dt>来源<dd>示例月报" in sources.panels()


def test_a_panel_says_what_the_figure_is_before_where_it_comes_from() -> None:
    source = Provenance(
        label="产值", value="12亿元", period="2025年（累计）", basis="现价", status="已公布", source="示例月报"
    )
    sources = Sources()
    sources.number(source)
    assert sources.panels() == (
        '<ol class="src"><li popover id=1>产值 <b>12亿元</b><p>2025年（累计）；现价；已公布<dl><dt>来源<dd>示例月报</dl></ol>'
    )
    assert Sources().panels() == ""


def test_punctuation_stays_with_its_figure() -> None:
    html = fragment(Paragraph(runs=(Run(text="产值（"), CITED, Run(text="），增长")), refs={"a": SOURCE}), Sources())
    assert re.search(r"产值<bdi>（<button.*</button>），</bdi>增长", html)


def test_a_figure_without_provenance_is_refused() -> None:
    with pytest.raises(RenderError, match="数字“12亿元”没有出处；位置：内容块 paragraph，引用 a"):
        block_html(Paragraph(runs=(CITED,)))


def test_a_row_with_too_many_cells_is_refused_a_short_one_is_filled() -> None:
    cell = (Run(text="一"),)
    with pytest.raises(RenderError, match="位置：表“表”第 1 行；应为：1 列；实为：2 列"):
        block_html(Table(caption="表", columns=(Column(label="甲"),), rows=((cell, cell),)))
    short = Table(caption="表", columns=(Column(label="甲"), Column(label="乙")), rows=((cell,),))
    assert block_html(short).count("<th scope=row>一<td class=t></table>") == 1


def test_an_empty_first_cell_heads_nothing() -> None:
    columns = (Column(label="甲"), Column(label="乙", align="right"))
    html = block_html(Table(caption="表", columns=columns, rows=(((), (Run(text="1"),)),)))
    assert "<tbody><tr><td class=t><td>1</table>" in html


def test_grouped_columns_share_a_header() -> None:
    columns = (
        Column(label="名"),
        Column(label="量", group="累计"),
        Column(label="比", group="累计"),
        Column(label="注"),
    )
    html = block_html(Table(caption="", columns=columns, rows=()))
    assert '<th scope="colgroup" colspan="2" class="group">累计<' in html
    assert html.count('rowspan="2"') == 2


def test_verdicts_do_not_hang_on_colour() -> None:
    for tone, mark in {"good": "✓", "bad": "!", "neutral": "–", "unknown": "?"}.items():
        item = KeyFigure(label="产值", value=Run(text="12"), verdict="快", tone=tone)  # type: ignore[arg-type]
        assert f'<span aria-hidden="true">{mark}</span> 快' in block_html(KeyFigures(items=(item,)))


def test_drawings_lose_size_and_style_and_keep_proportion() -> None:
    styled = SVG.replace("<g", "<style>*{fill:red}</style><g", 1)
    html = inline_svg(styled, '图"<', "f1")
    assert 'viewBox="0 0 8 4"' in html and "8pt" not in html and "fill:red" not in html
    assert 'id="f1-0"' in html and 'href="#f1-0"' in html and "url(#f1-0)" in html
    assert 'aria-label="图&quot;&lt;"' in html


def test_style_attributes_become_attributes_of_their_own() -> None:
    """The page's policy forbids style attributes; what is no presentation attribute is left out."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="8pt" height="4pt"><rect fill="blue" '
        'style="fill: #112233; stroke-width: .5; position: fixed; font: 700 9px serif"/></svg>'
    )
    html = inline_svg(svg, "图", "f1")
    assert '<rect fill="#112233" stroke-width=".5" font-size="9px" font-family="serif"/>' in html
    assert "style=" not in html and "position" not in html


def test_groups_that_say_nothing_and_paths_without_colour_are_left_out() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="8pt" height="4pt"><g><g><path d="M0 0L1 1" style="fill: none"/></g>'
        '<g stroke="red"><path d="M2 2L3 3" style="fill: none"/></g><path d="M4 4L5 5"/></g></svg>'
    )
    html = inline_svg(svg, "图", "f1")
    assert html.endswith('<g stroke="red"><path d="M2 2L3 3" fill="none"/></g><path d="M4 4L5 5"/></svg>')


def test_a_hatching_is_drawn_once_for_the_page() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="8pt" height="4pt"><defs><pattern id="h" width="9"><path d="M0 0L9 9"/>'
        '</pattern></defs><rect style="fill: url(#h)"/></svg>'
    )
    sources = Sources()
    first, second = (inline_svg(svg, "图", prefix, sources.shapes) for prefix in ("f1", "f2"))
    assert first.count("<pattern") == 1 and second.count("<pattern") == 0
    assert 'fill="url(#f1-0)"' in first and 'fill="url(#f1-0)"' in second


def test_an_entity_bomb_is_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
    with pytest.raises(RenderError, match="SVG"):
        inline_svg(bomb, "x", "f")


def test_synthetic_parks_are_always_marked() -> None:
    assert page_notices(Cover(title="题", notebook="x", synthetic=True, notices=("甲",))) == ("示例数据", "甲")
    assert page_notices(Cover(title="题", notebook="x", synthetic=True, notices=("示例数据，虚构",))) == (
        "示例数据，虚构",
    )


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("甲\x00\u202e乙\r\n丙", "甲乙\n丙"), ("\ud800", "\ufffd"), ("a\tb", "a\tb"), ("\u200b甲", "甲")],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned
