"""The HTML page: self-contained, escaped, accessible, the same every time."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from parkbook.briefing.blocks import Block, Bullets, Cover, Run
from parkbook.errors import RenderError
from parkbook.export.document import Document
from parkbook.export.html import render_html
from parkbook.export.inlined import script_text

Make = Callable[..., Document]
VOID = {"meta", "br", "img", "link", "input", "hr"}
IMPLIED_END = {"dt", "dd", "li", "p", "tr", "th", "td", "thead", "tbody"}


class Page(HTMLParser):
    """Tags with their attributes, and whether they are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID | IMPLIED_END:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in IMPLIED_END:
            return
        assert self.open and self.open.pop() == tag, f"</{tag}> out of place"

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.words.append(data)

    def attributes(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]


@pytest.fixture
def page(make: Make, samples: SimpleNamespace) -> str:
    return render_html(make(samples.everything()))


def assert_harmless(text: str) -> Page:
    """Balanced, no script but the package's, no handler, no style attribute, no address that is loaded, all ids unique
    and all targets there."""
    parsed = Page(text)
    assert parsed.open == []
    assert not {tag for tag, _ in parsed.tags} & {"iframe", "object", "link", "form", "base"}
    assert re.findall(r"<script.*?</script>", text, flags=re.DOTALL) == [f"<script>{script_text('page.js')}</script>"]
    assert not [name for _, attrs in parsed.tags for name in attrs if name.startswith("on") or name == "style"]
    assert all(address.startswith("data:image/") for address in parsed.attributes("src"))
    assert all(address.startswith("#") for address in parsed.attributes("href"))
    assert not re.search(r"url\((?!['\"]?#)|@import", text)
    ids = Counter(parsed.attributes("id"))
    assert not [name for name, count in ids.items() if count > 1]
    targets = parsed.attributes("popovertarget") + [address[1:] for address in parsed.attributes("href")]
    assert set(targets) <= set(ids)
    return parsed


def test_the_page_is_self_contained_and_chinese(page: str) -> None:
    parsed = assert_harmless(page)
    assert ("html", {"lang": "zh-CN"}) in parsed.tags
    policies = [
        attrs["content"]
        for tag, attrs in parsed.tags
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1 and "unsafe" not in str(policies[0])
    style, script = (re.search(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL) for tag in ("style", "script"))
    assert style and script
    for directive, text in (("style-src", style[1]), ("script-src", script[1])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in str(policies[0])
    assert ("meta", {"charset": "utf-8"}) in parsed.tags
    assert "viewport" in parsed.attributes("name")


def test_figures_open_their_provenance(page: str, samples: SimpleNamespace) -> None:
    assert page.count("<button popovertarget=1>") == 4
    assert page.count("<li popover id=1>") == 1
    for words in (
        "规上工业总产值 <b>676.2亿元</b><p>2024年1—9月；累计；现价；公布数<dl>",
        "来源<dd>示例园区《经济指标月报》 经济指标.xlsx，9月!D17（官方发布）",
        "表头<dd>本月止累计 › 绝对量",
        "原文<dd>1—9月累计676.2亿元",
        "公式<dd>直接引用",
        "依据<dd>D17",
        "说明<dd>快报数",
    ):
        assert words in page


def test_the_same_document_gives_the_same_bytes(page: str, make: Make, samples: SimpleNamespace) -> None:
    assert render_html(make(samples.everything())) == page


def test_tables_and_drawings_are_accessible(page: str) -> None:
    parsed = Page(page)
    assert {"col", "row", "colgroup"} <= set(parsed.attributes("scope"))
    drawings = [attrs for tag, attrs in parsed.tags if tag == "svg"]
    assert [drawing["aria-label"] for drawing in drawings] == ["同比增速：12.4%"] * 2
    assert all(drawing["role"] == "img" and "viewbox" in drawing for drawing in drawings)
    assert "表1　主要指标" in page and "图2　另一张图" in page
    assert page.index("表1　主要指标") < page.index("<table>") and page.index("图1　同比增速") > page.index("</svg>")


def test_drawings_do_not_share_ids(page: str) -> None:
    assert_harmless(page)
    # the outline is kept once, the clip of each drawing stays its own
    assert re.findall(r'<path[^>]* id="([^"]+)"', page) == ["p6-0"]
    assert re.findall(r'<use href="#([^"]+)"', page) == ["p6-0", "p6-0"]
    assert re.findall(r'<clipPath id="([^"]+)"', page) == ["p6-1", "p8-1"]
    assert "made by someone" not in page


def test_notices_and_state_stand_above_and_below(make: Make, samples: SimpleNamespace) -> None:
    page = render_html(make([samples.cover(state="draft")]))
    assert page.count("<p>根据公开资料整理，非官方文件</p>") == 2
    assert page.count("草稿") >= 3
    assert 'class="banner"' not in page


@pytest.mark.parametrize(("state", "words"), [("draft", "草稿"), ("reviewed", "已审核"), ("final", "已定稿")])
def test_the_state_is_shown(make: Make, samples: SimpleNamespace, state: str, words: str) -> None:
    assert f"<dd>{words}</dd>" in render_html(make([samples.cover(state=state)]))


def test_a_synthetic_park_is_marked(make: Make, samples: SimpleNamespace) -> None:
    page = render_html(make([samples.cover(synthetic=True)]))
    assert 'class="banner"' in page and page.count("示例数据") >= 3


def test_only_own_documents_are_signed(make: Make, samples: SimpleNamespace) -> None:
    fields = {"signature": "某某管理委员会", "signature_date": "2024年10月28日"}
    assert "某某管理委员会" not in render_html(make([samples.cover(**fields)]))
    page = render_html(make([*samples.everything(relation="own", **fields)]))
    assert page.index("某某管理委员会") < page.index('class="appendix"')


def test_the_contents_list_leads_to_the_headings(page: str) -> None:
    assert re.findall(r'<li class="l\d"><a href="#(p\d+)">([^<]+)</a>', page)[:3] == [
        ("p2", "一、工作开展情况"), ("p4", "1.小标题"), ("p10", "附件　数据来源"),
    ]  # fmt: skip
    assert '<h2 id="p2">' in page


def test_hostile_words_do_no_harm(make: Make, hostile_blocks: list[Block], hostile: str) -> None:
    page = render_html(make(hostile_blocks))
    parsed = assert_harmless(page)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page)
    if hostile.startswith(("<script", "#set")):
        assert hostile in "".join(parsed.words)


def test_hostile_markdown_outputs_and_errors_do_no_harm(make: Make, hostile: str) -> None:
    outputs = [
        new_output("stream", name="stdout", text=hostile), new_output("error", ename=hostile, evalue=hostile, traceback=[hostile]),
        new_output("display_data", data={"text/html": hostile, "text/plain": hostile}), new_output("display_data", data={"text/markdown": hostile}),
    ]  # fmt: skip
    assert_harmless(render_html(make(cells=[new_markdown_cell(hostile), new_code_cell("", outputs=outputs)])))


def test_notices_cannot_break_out_of_the_style_sheet(make: Make, samples: SimpleNamespace) -> None:
    page = render_html(make([samples.cover(notices=('"}</style><b>x',))]))
    assert page.count("</style>") == 1
    assert_harmless(page)


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", '<a href="https://example.org/"><rect/></a>', '<image href="https://example.org/x.png"/>',
                                 '<rect onclick="x()" style="fill:url(https://example.org/x)"/>', "<foreignObject><p/></foreignObject>"])  # fmt: skip
def test_drawings_are_cleaned(make: Make, samples: SimpleNamespace, bad: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{bad}</svg>'
    page = render_html(make([samples.figure(svg=svg)]))
    assert_harmless(page)
    assert "example.org" not in page and "alert" not in page


@pytest.mark.parametrize(("svg", "words"), [("<svg", "图形不是有效的 SVG"), ("<p/>", "图形不是 SVG")])
def test_what_is_no_drawing_is_refused(make: Make, samples: SimpleNamespace, svg: str, words: str) -> None:
    with pytest.raises(RenderError, match=words):
        render_html(make([samples.figure(svg=svg)]))


def test_a_drawing_without_alt_text_is_refused(make: Make, samples: SimpleNamespace) -> None:
    with pytest.raises(RenderError, match="图形没有替代文字"):
        render_html(make([samples.figure(alt=" ")]))


def test_a_notebook_without_anything_is_a_page(make: Make) -> None:
    page = render_html(make(name="explore"))
    assert_harmless(page)
    assert "<title>explore</title>" in page


def test_a_long_table_stays_small(make: Make, samples: SimpleNamespace) -> None:
    row = ((Run(text="某某企业名称"),), (Run(text="676.2", ref="a"),), (Run(text="▲12.4", ref="a"),))
    page = render_html(make([samples.table(rows=(row,) * 300)]))
    assert page.count("<tr>") == 302
    assert len(page.encode()) < 150_000


def test_everything_masked_is_a_page(make: Make, samples: SimpleNamespace) -> None:
    rows = tuple(((Run(text=f"指标{place}"),), (Run(text="未公布"),), (Run(text="—"),)) for place in range(5))
    assert render_html(make([Cover(title="某园区", notebook="park"), samples.table(rows=rows)])).count("未公布") == 5


def test_a_boxed_list_keeps_its_title_and_a_red_head_its_words(make: Make, samples: SimpleNamespace) -> None:
    cover = samples.cover(
        relation="own",
        letterhead="某某园区管理委员会文件",
        document_number="某管发〔2026〕1号",
        signer="张三",
        addressee="市人民政府",
    )
    page = render_html(make([cover, Bullets(items=((Run(text="由降转增"),),), title="与上期相比的变化")]))
    for words in ("某某园区管理委员会文件", "某管发〔2026〕1号", "签发人：张三", "市人民政府：", "与上期相比的变化"):
        assert words in page
    third = render_html(make([cover.model_copy(update={"relation": "third_party"})]))
    assert "某某园区管理委员会文件" not in third and "市人民政府" not in third
