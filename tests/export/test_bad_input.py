"""Documents from poor data, through every renderer: nothing invented, nothing lost, nothing broken."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from lxml import html as lxml_html

from parkbook.briefing.blocks import Block, Bullets, Cover, Figure, Heading, Paragraph, Run
from parkbook.briefing.charts import Bar, cumulative_trend, ranked_bars
from parkbook.errors import UnknownCodeError
from parkbook.export.document import Document
from parkbook.export.docx import render_docx
from parkbook.export.html import render_html
from parkbook.export.pdf import render_pdf
from parkbook.model import Comparison, ObsStatus, Transformation
from parkbook.observations.read import ParkData
from parkbook.parameters import read_parameters
from parkbook.sources.park import Park
from parkbook.workbook import ParkBook, park_book

Make = Callable[..., Document]


def html_words(document: Document) -> str:
    page = lxml_html.fromstring(render_html(document))
    for element in page.xpath("//script|//style"):
        element.drop_tree()
    return str(page.text_content())


def pdf_words(document: Document) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render_pdf(document))).pages)


def docx_words(document: Document) -> str:
    opened = docx.Document(io.BytesIO(render_docx(document)))
    return "".join(element.text or "" for element in opened.element.body.iter(qn("w:t")))


RENDERERS = {"html": html_words, "pdf": pdf_words, "docx": docx_words}


@pytest.fixture(params=RENDERERS.values(), ids=RENDERERS.keys())
def words_of(request: pytest.FixtureRequest) -> Callable[[Document], str]:
    """The words of the document as one format has them, without spaces."""
    render: Callable[[Document], str] = request.param
    return lambda document: re.sub(r"[\s\u200b]", "", render(document))


def book(observations: Iterable[Any], period: str = "2025", **park: Any) -> ParkBook:
    """A briefing about a park that has no file but these observations."""
    known = {"id": "p", "name": "某某园区", "relation": "third_party", "type": "high_tech", "level": "national"}
    data = ParkData(Park.model_validate(known | park), tuple(observations), ())
    parameters = read_parameters("briefing", {"park": "qilu", "period": period})
    return park_book("briefing", parameters, data)


def blocks_of(shown: ParkBook) -> list[Block]:
    return [*shown.cover(), *shown.opening(), *shown.front(), *shown.body(), *shown.annex()]


def test_a_section_without_data_is_left_out_and_listed(make: Make, observe: Any, words_of: Any) -> None:
    blocks = blocks_of(book([observe("12.5")], relation="own"))
    headings = "".join(block.text for block in blocks if isinstance(block, Heading))
    assert "经济运行" in headings and "科技创新" not in headings
    told = words_of(make(blocks))
    assert "12.5亿元" in told
    assert "科技创新与人才" in told.partition("现有来源中没有以下方面的数据，正文从略：")[2]


def test_without_notes_nothing_of_the_analyst_is_shown(make: Make, observe: Any, words_of: Any) -> None:
    told = words_of(make(blocks_of(book([observe("12.5")], relation="own"))))
    assert "12.5亿元" in told and "分析人员" not in told


@pytest.mark.parametrize("relation", ["own", "third_party"])
def test_a_park_with_nothing_at_all_is_refused_by_name(relation: str) -> None:
    with pytest.raises(UnknownCodeError, match="某某园区没有2025年的数据"):
        book([], relation=relation)


@pytest.mark.parametrize("relation", ["own", "third_party"])
def test_figures_that_are_all_masked_are_named_and_not_guessed(
    make: Make, observe: Any, words_of: Any, relation: str
) -> None:
    masked = {"obs_status": ObsStatus.MASKED, "source_text": "工业总产值xx亿元"}
    growth = masked | {"transformation": Transformation.GROWTH, "unit": "%", "locator": "表2"}
    observations = [observe(None, **masked), observe(None, **growth)]
    told = words_of(make(blocks_of(book(observations, relation=relation))))
    assert "工业总产值" in told and "原文隐去" in told and "不作推测" in told and "不计为零" in told
    assert not re.search(r"\d[\d.]*(亿元|%|个百分点)", told)


def test_a_name_of_forty_characters_is_whole(make: Make, observe: Any, words_of: Any) -> None:
    name = "一座拥有四十个汉字名称的高新技术产业开发区软件与信息服务业示范基地管理委员会综合办"
    name = name[:40].ljust(40, "园")
    assert name in words_of(make(blocks_of(book([observe("12.5")], name=name))))


def test_three_hundred_rows_are_all_there(make: Make, samples: SimpleNamespace, words_of: Any) -> None:
    rows = tuple(((Run(text=f"企业{place:03d}号"),), (Run(text="1.0"),), (Run(text="—"),)) for place in range(300))
    told = words_of(make([samples.cover(), samples.table(rows=rows)]))
    assert list(re.findall(r"企业\d{3}号", told)) == [f"企业{place:03d}号" for place in range(300)]


SPECIAL = r"甲#set[乙]$x$@丙<b>丁</b>]\戊*己*_庚_`辛`~壬&amp;//癸=={{子}}%丑{寅}|卯^"


def test_special_characters_are_words_everywhere(make: Make, samples: SimpleNamespace, words_of: Any) -> None:
    run = (Run(text=SPECIAL),)
    told = words_of(make([
        Cover(title=f"题{SPECIAL}", notebook="briefing", relation="own", signature=f"署{SPECIAL}", signature_date=f"日{SPECIAL}"),
        Heading(level=2, text=f"章{SPECIAL}"), Paragraph(runs=(Run(text="段"), *run)), Bullets(items=((Run(text="列"), *run),)),
        samples.table(caption=f"表{SPECIAL}", rows=((run, run, run),)), samples.figure(caption=f"图{SPECIAL}"),
    ]))  # fmt: skip
    missing = [mark for mark in "题署日章段列表图" if mark + SPECIAL not in told]
    assert not missing, missing


@pytest.mark.parametrize("words", [pdf_words, docx_words])
def test_special_characters_in_the_head_are_words(make: Make, samples: SimpleNamespace, words: Any) -> None:
    short = r"#[甲]$@<b>\*_`"
    head = {
        "letterhead": f"头{SPECIAL}",
        "document_number": f"号{short}",
        "signer": f"签{short}",
        "addressee": f"主{SPECIAL}",
    }
    box = Bullets(items=((Run(text=SPECIAL),),), title=f"框{SPECIAL}")
    told = re.sub(r"[\s\u200b]", "", words(make([samples.cover(relation="own", **head), box])))
    wanted = [f"头{SPECIAL}", f"号{short}", f"签{short}", f"主{SPECIAL}：", f"框{SPECIAL}"]
    assert [one for one in wanted if one not in told] == []


def test_a_series_of_one_point_is_a_sentence_and_no_chart(make: Make, observe: Any, words_of: Any) -> None:
    """One month of a year tells no course; a chart that is asked for all the same is drawn."""
    rate = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%", "locator": "表2"}
    shown = book(
        [observe("12.5", period="2025年1-9月"), observe("5", period="2025年1-9月", **rate)], period="2025年1-9月"
    )
    blocks = blocks_of(shown)
    assert not any(isinstance(block, Figure) for block in blocks)
    assert "12.5亿元，同比增长5%" in words_of(make(blocks))


def test_a_chart_of_one_point_is_not_drawn() -> None:
    assert cumulative_trend("某指标累计", ["1—9月"], [Decimal("12.5")], "亿元", [Decimal("5")]) is None
    assert ranked_bars("某指标", [Bar("甲", Decimal("12.5"), "12.5亿元")]) is None
