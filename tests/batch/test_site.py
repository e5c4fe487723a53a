"""The landing page: what it says of a run, and that it is one static file."""

import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest

from parkbook.export.inlined import script_text
from parkbook.export.site import Document, ParkEntry, Site, render_site

DONE = Document(label="简报", files=("parks/a b/briefing.ipynb", "parks/a b/briefing.pdf", "parks/a b/briefing.html"))
FAILED = Document(
    label="园区分析",
    files=("parks/x/park.ipynb",),
    failed=True,
    stage="运行分析本",
    cell=7,
    message='KeyError: "<b>列</b>"',
)
PARKS = (
    ParkEntry(
        park_id="demo",
        name="示例园",
        relation="本单位",
        kind="高新区",
        level="省级",
        synthetic=True,
        figures=12,
        numbers=9,
        periods="2023—2025",
        documents=(DONE,),
    ),
    ParkEntry(park_id="y", name="别处园", relation="其他单位", kind="经开区", figures=0, documents=(DONE,)),
    ParkEntry(park_id="z", name="未运行园", relation="其他单位", kind="经开区", figures=3, numbers=3),
    ParkEntry(park_id="x", name="坏园 & 园", problem="没有 park.yaml", documents=(FAILED,)),
)


class _Balance(HTMLParser):
    """Every element that is opened is closed in order."""

    VOID = frozenset({"meta", "br", "link", "img", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(page: str) -> _Balance:
    balance = _Balance()
    balance.feed(page)
    assert balance.open == []
    return balance


def test_the_page_is_sound_and_static() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS, across=(DONE,), tables=[("表", "observations.parquet")]))
    assert '<html lang="zh-CN">' in page
    assert re.findall("<script>(.*?)</script>", page, flags=re.DOTALL) == [
        script_text("page.js"),
        script_text("site.js"),
    ]
    assert not re.search(r"(?:src|href)=\"(?:https?:|//|/)", page)
    assert "default-src 'none'" in page and "unsafe" not in page
    ids = [attrs["id"] for _, attrs in parsed(page).tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert (
        render_site(Site(title="园区分析结果", parks=PARKS, across=(DONE,), tables=[("表", "observations.parquet")]))
        == page
    )


def test_failures_come_first_with_cell_and_message() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS, problems=["观测值表没有写成"]))
    failures, parks = page.split('<h2 id="parks">')
    assert failures.index('<h2 id="failures">') < failures.index('<h2 id="map">')
    assert "坏园 &amp; 园：园区分析" in failures
    assert "运行分析本，单元 [7]" in failures
    assert "KeyError: &#34;&lt;b&gt;列&lt;/b&gt;&#34;" in failures
    assert "观测值表没有写成" in failures
    assert '3 份结果，<span class="bad-word">其中 1 份失败' in page
    assert "数据未能读取" in parks


def test_a_park_that_cannot_be_read_is_said_once() -> None:
    """By the document that failed over it, or by itself when no document was asked for."""
    alone = ParkEntry(park_id="x", name="坏园", problem="没有 park.yaml")
    page = render_site(Site(title="园区分析结果", parks=(alone,)))
    failures = page.split('<h2 id="failures">')[1].split("</section>")[0]
    assert "坏园：数据未能读取" in failures and "没有 park.yaml" in failures
    assert "全部完成" not in page
    assert "没有 park.yaml" not in render_site(Site(title="园区分析结果", parks=PARKS)).split('<h2 id="map">')[0]


def test_the_map_groups_parks_by_how_they_stand() -> None:
    site = Site(title="园区分析结果", parks=PARKS)
    assert [(group, [park.park_id for park in parks]) for group, parks in site.groups] == [
        ("失败", ["x"]),
        ("示例数据", ["demo"]),
        ("其他单位", ["y"]),
        ("本次没有运行", ["z"]),
    ]
    own = ParkEntry(park_id="o", name="本园", relation="本单位", documents=(DONE,))
    assert own.group == "本单位"
    page = render_site(site)
    assert re.findall(r"<h3>([^<]+)</h3>", page) == [
        "失败（1个）",
        "示例数据（1个）",
        "其他单位（1个）",
        "本次没有运行（1个）",
    ]
    assert re.findall(r'<tr id="park-(\w+)"', page) == ["x", "demo", "y", "z"]


def test_a_tile_says_how_many_figures_are_numbers() -> None:
    assert [park.share for park in PARKS] == [Decimal("75.0"), None, Decimal("100.0"), None]
    assert [park.share_words for park in PARKS] == ["12条，9条有数值", "没有数据", "3条，3条有数值", "数据未能读取"]
    page = render_site(Site(title="园区分析结果", parks=PARKS))
    assert re.findall(r'class="known" width="([\d.]+)"', page) == ["75.0", "100.0"]


def test_filters_offer_what_tells_parks_apart() -> None:
    assert Site(title="园区分析结果", parks=PARKS).choices == [
        ("kind", "类型", ["经开区", "高新区"]),
        ("relation", "关系", ["其他单位", "本单位"]),
        ("status", "状态", ["失败", "完成", "没有运行"]),
    ]
    tags = parsed(render_site(Site(title="园区分析结果", parks=PARKS))).tags
    rows = [attrs for tag, attrs in tags if tag == "tr" and "data-park" in attrs]
    tiles = [attrs for tag, attrs in tags if tag == "li" and "data-park" in attrs]
    wanted = [
        (park.group, f"{park.name} {park.park_id}", park.kind, park.status)
        for park in Site(title="", parks=PARKS).ordered
    ]
    for shown in (rows, tiles):
        assert [(a["data-park"], a["data-kind"], a["data-status"]) for a in shown] == [item[1:] for item in wanted]


def test_links_lead_to_the_files_the_readable_first() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS))
    row = page.split('<tr id="park-demo"')[1].split("</tr>")[0]
    assert re.findall(r'href="([^"]+)"', row) == [
        f"parks/a%20b/briefing.{suffix}" for suffix in ("html", "pdf", "ipynb")
    ]
    assert "示例数据" in row
    assert "12" in row


def test_every_format_has_its_link_also_one_that_is_new() -> None:
    names = ("b.odt", "b.xlsx", "b.ipynb", "b.docx", "b.html", "b.pdf")
    assert Document(label="简报", files=names).links == [
        ("网页", "b.html"),
        ("PDF", "b.pdf"),
        ("Word", "b.docx"),
        ("Excel", "b.xlsx"),
        ("分析本", "b.ipynb"),
        ("ODT", "b.odt"),
    ]


def test_a_run_without_failures() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS[:1]))
    assert "全部完成" in page
    assert "未完成" not in page


def test_a_run_of_nothing_is_a_page() -> None:
    page = render_site(Site(title="园区分析结果"))
    parsed(page)
    assert "0 份结果。" in page and "<form" not in page


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}{% raw %}",
        "]]>--></style>",
        "'&amp;",
        "名" * 40,
    ],
    ids=["script", "attribute", "template", "closing", "quotes", "40 characters"],
)
def test_hostile_words_do_no_harm(words: str) -> None:
    document = Document(label=words, files=(f"parks/{words}/x.html",), failed=True, stage=words, cell=1, message=words)
    park = ParkEntry(park_id=words, name=words, relation=words, kind=words, level=words, figures=1, numbers=1, periods=words,
                     problem=words, documents=(document,))  # fmt: skip
    page = render_site(
        Site(title=words, parks=(park, *PARKS), across=(document,), tables=[(words, words)], problems=[words])
    )
    tags = parsed(page).tags
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on") or name == "style"]
    assert not {tag for tag, _ in tags} & {"img", "iframe", "b"}
    assert page.count("<script>") == 2 and page.count("</style>") == 1
    assert words in unescape(page) and "49" not in page.split("</style>")[1].split("<script>")[0]
    assert len({attrs["id"] for _, attrs in tags if "id" in attrs}) == len([1 for _, attrs in tags if "id" in attrs])
