"""Every page of every park, read by rules: what no page may say, and what every number must have."""

from __future__ import annotations

import re

import nbformat
import pytest
from pypdf import PdfReader

from parkbook.briefing.blocks import (
    Appendix,
    Bullets,
    Cover,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    parse_block,
)
from parkbook.briefing.sections import SECTIONS
from parkbook.catalogue import SYSTEMS, catalogue
from parkbook.export.document import notebook_document
from parkbook.export.files import write_pdf
from parkbook.model import SourceGrade
from parkbook.observations.read import read_park
from parkbook.sources.park import list_parks
from parkbook.workbook import open_park

PARTS = ("summary", "sparse", "work", "trends", "problems", "measures", "targets", "history")
PERIOD = r"\d{4}年(?:上半年|下半年|[一二三四]季度|\d{1,2}月末|\d{1,2}—\d{1,2}月|\d{1,2}月|末)?|\d{1,2}—\d{1,2}月|(?<=其中)\d{1,2}月"


@pytest.fixture(scope="module", params=list_parks())
def book(request):
    return open_park({"park": request.param}, "briefing")


@pytest.fixture(scope="module")
def blocks(book):
    parts = [block for part in PARTS for block in book.part(part)]
    return [*book.cover(), *book.opening(), *parts, *book.annex()]


def runs_of(block):
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Bullets):
        yield from (run for item in block.items for run in item)
    elif isinstance(block, KeyFigures):
        for item in block.items:
            yield from (item.value, *item.details)
    elif isinstance(block, Table):
        yield from (run for row in block.rows for cell in row for run in cell)


def text_of(block):
    return "".join(run.text for run in runs_of(block))


def test_no_sentence_says_what_an_office_never_writes(blocks):
    for block in blocks:
        text = text_of(block)
        for wrong in (
            "增长-",
            "下降-",
            "增长▼",
            "None",
            "NaN",
            "Decimal",
            "。。",
            "，，",
            "；；",
            "；。",
            "，。",
            "E+",
            "增长0%",
        ):
            assert wrong not in text, text


def test_every_number_of_a_sentence_is_a_figure_with_its_source(book, blocks):
    """Digits outside a figure are periods, counts the page makes of itself, or part of a name the source or analyst gives."""
    names = sorted(
        {
            word
            for o in book.view.data.observations
            for word in (o.reported_label, o.subject, o.parent, o.rank_scope)
            if word
        }
        | {name for indicator in catalogue() for name in indicator.names},
        key=len,
        reverse=True,
    )
    own = re.compile(
        r"\d+(?=份来源)|\d+(?=条)|(?<=[共等])\d+(?=项)|(?<=其中)\d+(?=条)|(?<=共)\d+(?=个）)|(?<=参评)\d+(?=个）)|\d+(?=月(?:当月|[^，；、\d]+表))"
    )
    for block in blocks:
        if not isinstance(block, Paragraph | Bullets) or (
            block.kind == "bullets" and any("分析人员" in run.text for run in runs_of(block))
        ):
            continue
        for run in runs_of(block):
            if run.ref:
                assert run.ref in block.refs
                continue
            rest = own.sub("", re.sub(PERIOD, "", run.text))
            for name in names:
                rest = rest.replace(name, "")
            if book.view.data.park.note not in run.text:
                assert not re.search(r"\d", rest), (run.text, rest)


def test_shown_text_and_provenance_say_the_same_number(blocks):
    for block in blocks:
        for run in runs_of(block):
            if run.ref:
                shown = re.findall(r"\d+(?:\.\d+)?", re.sub(r"/\d+$", "", run.text))  # a rank and its denominator
                source = block.refs[run.ref]
                assert source.label and source.source
                for number in shown:
                    assert number in source.value or float(number) * 100 == pytest.approx(
                        float(re.findall(r"[\d.]+", source.value)[0]), rel=0.05
                    )


def test_a_third_party_page_speaks_for_nobody(book, blocks):
    cover = next(block for block in blocks if isinstance(block, Cover))
    if book.view.own:
        assert cover.signature == book.view.name
        return
    assert "根据公开资料整理，非官方文件" in cover.notices
    assert cover.signature == "" and "公开数据概览" in cover.title
    spoken = "".join(text_of(block) for block in blocks if isinstance(block, Paragraph | Bullets))
    headings = "".join(block.text for block in blocks if isinstance(block, Heading))
    assert not re.search("存在问题|下一步|举措|汇报", headings)
    assert not re.search("我们|我园|我区|本园", spoken)


def test_a_synthetic_park_says_so(book, blocks):
    cover = next(block for block in blocks if isinstance(block, Cover))
    assert any("示例数据" in notice for notice in cover.notices) == (book.view.data.park.id == "demo")


def test_an_unlocated_figure_never_stands_on_the_first_page(book):
    for row in book.view.headline_rows:
        assert all(o.source.grade is not SourceGrade.UNLOCATED for value in row.values for o in value.inputs)
    summary = book.part("summary")
    if any(isinstance(block, KeyFigures) for block in summary):
        assert len(next(block for block in summary if isinstance(block, KeyFigures)).items) <= 8


def test_masked_figures_are_listed_and_never_shown_as_numbers(book, blocks):
    hidden = {f"o{o.obs_id}" for o in book.view.hidden}
    for block in blocks:
        for run in runs_of(block):
            if run.ref in hidden:
                assert not re.search(r"\d", run.text)
    listed = [block for block in blocks if isinstance(block, Table) and block.caption == "未以数字公布的指标"]
    named = [block for block in blocks if isinstance(block, Heading) and "原文隐去或未公布的指标" in block.text]
    assert bool(named if book.view.sparse else listed) == bool(book.view.hidden)


def test_every_block_survives_its_json(blocks):
    for block in blocks:
        bundle = block._repr_mimebundle_()
        assert parse_block(bundle["application/vnd.parkbook.block+json"]) == block


def test_charts_carry_their_glyphs_and_their_numbers_in_words(blocks):
    for block in blocks:
        if isinstance(block, Figure):
            assert "<text" not in block.svg
            assert re.search(r"\d", block.alt) and block.caption.split("（")[0] in block.alt


def test_numbered_parts_follow_one_another(blocks):
    firsts = [block.text[0] for block in blocks if isinstance(block, Heading) and block.level == 1]
    assert firsts == list("一二三四五六七八九十")[: len(firsts)]


def test_every_system_of_figures_has_a_section():
    """S22 to S27 are the page itself: problems, targets, the document, masks, checks and comparison."""
    placed = [system for part in SECTIONS for system in part.systems]
    assert len(placed) == len(set(placed))
    assert set(SYSTEMS) - set(placed) == {"S22", "S23", "S24", "S25", "S26", "S27"}
    assert {indicator.system for indicator in catalogue()} <= set(placed)


def test_key_figures_of_a_real_park_are_those_of_its_source():
    """Qilu 2025, read off the report by hand."""
    items = next(
        block for block in open_park({"park": "qilu"}, "briefing").part("summary") if isinstance(block, KeyFigures)
    ).items
    shown = [(item.label, item.value.text, "".join(run.text for run in item.details)) for item in items]
    assert shown[:4] == [
        ("工业产值", "1769.6亿元", "同比▲38.8%"),
        ("进出口总额", "1083.7亿元", "同比▲33.3%"),
        ("实际利用外资", "39577万美元", "完成年度任务的316.6%"),
        ("市级重点项目完成投资（预计）", "62.3亿元", "投资完成率140%（预计）"),
    ]


def test_external_readers_see_no_enterprise_and_no_cell():
    internal, external = (
        open_park({"park": "demo", "audience": audience}, "briefing") for audience in ("internal", "external")
    )
    subjects = {o.subject for o in read_park("demo").observations if len(o.subject) > 3}
    text = "".join(str(block.model_dump()) for part in PARTS for block in external.part(part)) + str(
        [b.model_dump() for b in external.annex()]
    )
    assert any(subject in "".join(str(b.model_dump()) for b in internal.annex()) for subject in subjects)
    assert not [subject for subject in subjects if subject in text]
    assert ".xlsx" not in text and "!" not in text


def test_a_park_with_hardly_any_number_gets_one_page(book, blocks, tmp_path):
    """Printed as the exporter prints the executed notebook; the lists stand behind it, in the annex."""
    if not book.view.sparse:
        assert sum(o.is_number for o in book.view.data.observations) >= 5
        return
    before = blocks[: next(at for at, block in enumerate(blocks) if isinstance(block, Appendix))]
    shown = [nbformat.v4.new_output("display_data", data=block._repr_mimebundle_()) for block in before]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=shown)])
    printed = write_pdf(notebook_document(notebook, "page"), tmp_path / "page.pdf")
    assert len(PdfReader(printed).pages) == 1
