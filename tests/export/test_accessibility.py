"""What WCAG 2.2 AA asks of a page that can be read off its source: contrast from the palette, names, order, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from types import SimpleNamespace

import pytest

from parkbook.briefing.blocks import Heading
from parkbook.export.document import Document
from parkbook.export.html import render_html
from parkbook.export.inlined import script_text, style_text
from parkbook.export.site import Document as Result
from parkbook.export.site import ParkEntry, Site, render_site

Make = Callable[..., Document]
Palette = dict[str, str]

SITE = Site(
    title="园区分析结果",
    parks=(
        ParkEntry(park_id="a", name="甲园", kind="高新区", relation="本单位", figures=3, numbers=2,
                  documents=(Result(label="简报", files=("parks/a/briefing.html",)),)),
        ParkEntry(park_id="b", name="乙园", kind="经开区", problem="没有 park.yaml"),
    ),
)  # fmt: skip


# -- contrast ----------------------------------------------------------------------------------------------------------


def palette(block: str) -> Palette:
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})[;}]", block))


def blocks() -> tuple[Palette, Palette, Palette]:
    """The colours by light, in the dark and on paper."""
    style = style_text("page.css")
    light = palette(style[style.index(":root{") : style.index("@media")])
    dark = style[style.index("(prefers-color-scheme:dark){:root{") :]
    paper = style[style.index("@media print{") :]
    return light, light | palette(dark[: dark.index("}}")] + "}"), light | palette(paper[: paper.index("}")] + "}")


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(char * 2 for char in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("#000", "#ffffff") == 21
    assert round(contrast("#767676", "#fff"), 2) == 4.54


@pytest.mark.parametrize("which", [0, 1, 2], ids=["light", "dark", "paper"])
@pytest.mark.parametrize("words", ["ink", "soft", "accent", "good", "bad", "unknown"])
@pytest.mark.parametrize("ground", ["paper", "ground", "accent-soft", "warn"])
def test_words_stand_out_from_every_ground(which: int, words: str, ground: str) -> None:
    colours = blocks()[which]
    assert contrast(colours[words], colours[ground]) >= 4.5, (colours[words], colours[ground])


@pytest.mark.parametrize("which", [0, 1, 2], ids=["light", "dark", "paper"])
def test_banner_and_outlines_of_controls_stand_out(which: int) -> None:
    colours = blocks()[which]
    assert contrast(colours["banner-ink"] if which < 2 else "#000", colours["banner"]) >= 4.5
    for edge in ("soft", "accent", "strong-line"):  # fields, focus, panels: 1.4.11
        assert contrast(colours[edge], colours["paper"]) >= 3


# -- what the page is made of ------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """(tag, attributes) in order, and the words of each element that holds only words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, *tags: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.found if tag in tags]


@pytest.fixture(params=["document", "landing page"])
def page(request: pytest.FixtureRequest, make: Make, samples: SimpleNamespace) -> str:
    return render_html(make(samples.everything(synthetic=True))) if request.param == "document" else render_site(SITE)


def test_language_title_and_width(page: str) -> None:
    elements = Elements(page)
    assert elements.of("html") == [{"lang": "zh-CN"}]
    assert re.search("<title>[^<]+</title>", page)
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in elements.of("meta")


def test_the_first_stop_skips_to_the_text(page: str) -> None:
    first = next(attrs for tag, attrs in Elements(page).found if tag in ("a", "button", "input") or "tabindex" in attrs)
    assert first["class"] == "skip" and [attrs["id"] for attrs in Elements(page).of("main")] == [first["href"][1:]]


def levels(page: str) -> list[int]:
    return [int(tag[1]) for tag, _ in Elements(page).found if re.fullmatch(r"h[1-6]", tag)]


def test_one_title_stands_before_all_headings(page: str) -> None:
    assert levels(page)[0] == 1 and levels(page).count(1) == 1


def test_headings_go_down_step_by_step(make: Make, samples: SimpleNamespace) -> None:
    """No level is left out by the renderer; a document's own order is the writer's."""
    headings = [Heading(level=level, text="标题") for level in (1, 2, 3, 4, 2, 1)]
    assert levels(render_html(make([samples.cover(), *headings]))) == [1, 2, 3, 4, 5, 3, 2]
    site = levels(render_site(SITE))
    assert all(after - before <= 1 for before, after in pairwise(site))


def test_table_headers_say_what_they_head(page: str) -> None:
    elements = Elements(page)
    assert elements.of("th") and {attrs.get("scope") for attrs in elements.of("th")} <= {"col", "colgroup", "row"}
    assert len(elements.of("table")) == len(elements.of("thead")) == len(elements.of("tbody"))


def test_nothing_jumps_the_queue_and_every_panel_has_its_button(page: str) -> None:
    elements = Elements(page)
    assert {attrs["tabindex"] for _, attrs in elements.found if "tabindex" in attrs} <= {"0"}
    panels = [attrs["id"] for _, attrs in elements.found if "popover" in attrs]
    opened = [attrs["popovertarget"] for attrs in elements.of("button")]
    assert set(panels) == set(opened)


def test_what_scrolls_can_be_reached_and_has_a_name(page: str) -> None:
    scrolling = [attrs for attrs in Elements(page).of("div") if "scroll" in attrs.get("class", "").split()]
    assert all(attrs["tabindex"] == "0" and attrs["role"] == "region" and attrs["aria-label"] for attrs in scrolling)


def test_landmarks_of_one_kind_have_names(page: str) -> None:
    elements = Elements(page)
    for attrs in (*elements.of("nav", "section", "aside", "form"),):
        assert attrs.get("aria-label") or attrs.get("aria-labelledby") in {own.get("id") for _, own in elements.found}


def test_fields_have_labels_and_wait_for_the_script(page: str) -> None:
    for field in re.findall(r"<(?:input|select)[^>]*>", page):
        assert re.search(r"<label[^>]*>[^<]+" + re.escape(field), page)
    assert all("hidden" in attrs for attrs in Elements(page).of("form"))


# -- style -------------------------------------------------------------------------------------------------------------


def test_focus_is_seen_and_motion_can_be_stopped() -> None:
    style = style_text("page.css")
    assert re.search(r":focus-visible\{outline:2px solid", style)
    assert not re.search(r"outline:(0|none)", style)
    assert "@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}" in style
    assert not re.search(r"animation|transition", style + style_text("site.css"))


def test_targets_are_large_enough() -> None:
    """2.5.8: 24 px, but for figures in a sentence, which the standard leaves out."""
    style = style_text("page.css") + style_text("site.css")
    for selector in (r"td \[popovertarget\],th \[popovertarget\]", r"\.sort", r"\.theme", r"\.files a"):
        found = re.search(selector + r"\{[^}]*min-height:(\d+)px", style)
        assert found and int(found[1]) >= 24, selector


def test_only_a_browser_with_popovers_hides_the_notes() -> None:
    """Browsers that do not know `selector()` apply neither of the two rules: what stands outside must be enough."""
    style = style_text("page.css")
    known = style.index("@supports selector(:popover-open)")
    assert "@supports not selector(:popover-open)" in style
    number = '[popovertarget]::after{content:"[" attr(popovertarget) "]"'
    assert style.index(number) < known < style.index("[popovertarget]::after{content:none}")
    assert '.src li::marker{content:"[" counter(list-item)' in style[:known]
    assert "@media not print" in style[known : known + 80]
    assert ".src li{display:list-item!important" in style[style.index("@media print") :]


def test_figures_lead_to_the_notes_where_there_are_no_popovers() -> None:
    assert 'if (!("popover" in HTMLElement.prototype))' in script_text("page.js")


def test_the_dark_colours_follow_the_system_and_one_rule_turns_them() -> None:
    assert style_text("page.css").count("prefers-color-scheme") == 1
    assert "prefers-color-scheme" in script_text("page.js")
    assert '<meta name="color-scheme" content="light dark">' in render_site(SITE)


def test_a_long_table_scrolls_under_its_header(make: Make, samples: SimpleNamespace) -> None:
    row = samples.table().rows[0]
    long, short = (render_html(make([samples.table(rows=(row,) * rows)])) for rows in (300, 40))
    assert 'class="scroll long"' in long and 'class="scroll long"' not in short
    assert re.search(r"thead\{position:sticky;top:0", style_text("page.css"))
    assert len(long.encode()) < 100_000
