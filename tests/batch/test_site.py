"""The landing page: what it says of a run, and that it is one static file."""

import re
from html.parser import HTMLParser

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
        synthetic=True,
        figures=12,
        periods="2023—2025",
        documents=(DONE,),
    ),
    ParkEntry(park_id="x", name="坏园 & 园", problem="没有 park.yaml", documents=(FAILED,)),
)


class _Balance(HTMLParser):
    """Every element that is opened is closed in order."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_sound_and_static() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS, across=(DONE,), tables=[("表", "observations.parquet")]))
    balance = _Balance()
    balance.feed(page)
    assert balance.open == []
    assert '<html lang="zh-CN">' in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?:https?:|//|/)", page)
    assert "default-src 'none'" in page


def test_failures_come_first_with_cell_and_message() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS, problems=["观测值表没有写成"]))
    failures, parks = page.split('<h2 id="parks">')
    assert "坏园 &amp; 园：园区分析" in failures
    assert "运行分析本，单元 [7]" in failures
    assert "KeyError: &#34;&lt;b&gt;列&lt;/b&gt;&#34;" in failures
    assert "观测值表没有写成" in failures
    assert '2 份结果，<span class="bad-word">其中 1 份失败' in page
    assert "数据未能读取" in parks


def test_links_lead_to_the_files_the_readable_first() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS))
    row = page.split('<h2 id="parks">')[1].split("</tr>")[1]
    assert re.findall(r'href="([^"]+)"', row) == [
        f"parks/a%20b/briefing.{suffix}" for suffix in ("html", "pdf", "ipynb")
    ]
    assert "示例数据" in row
    assert "12" in row


def test_a_run_without_failures() -> None:
    page = render_site(Site(title="园区分析结果", parks=PARKS[:1]))
    assert "全部完成" in page
    assert "未完成" not in page
