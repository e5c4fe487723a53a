"""A level in running text as a person writes it, and every phrase of the catalogue."""

from dataclasses import replace
from functools import cache

import pytest

from parkbook.briefing.blocks import KeyFigures, Paragraph, Table
from parkbook.briefing.claims import paragraph
from parkbook.briefing.lint import lint
from parkbook.briefing.section_words import speak
from parkbook.briefing.wording import row_sentence
from parkbook.catalogue import SLOT, IndicatorBasis, catalogue, read_catalogue
from parkbook.errors import DataError
from parkbook.indicators.compute import page_rows
from parkbook.indicators.figures import FigureIndex
from parkbook.model import Comparison, ObsStatus, Qualifier, Source, SourceGrade, SourceKind, Transformation
from parkbook.periods import parse_period
from parkbook.units import dimension
from parkbook.workbook import open_park

LEDGER = Source(source_id="l1", kind=SourceKind.LEDGER, address="example", grade=SourceGrade.OFFICIAL)
GROWTH = {"transformation": Transformation.GROWTH, "comparison": Comparison.YOY, "unit": "%"}
COMPLETION = {"transformation": Transformation.COMPLETION, "unit": "%"}
RANK = {"transformation": Transformation.RANK, "unit": "名次", "rank_scope": "全市", "rank_denominator": 12}
YEAR = parse_period("2025")
PHRASED = [indicator for indicator in catalogue() if indicator.phrase]
COUNTED_OR_MEASURED = {
    *("enterprise", "item", "item_listed", "person", "person_time", "event", "session", "case", "incident", "lot"),
    *("copy", "record", "transaction", "building", "institution", "area", "length", "currency_cny"),
}
RATES = ("率", "比重", "占比", "平均", "人均", "亩均", "地均", "增速", "排名", "位次")


@pytest.fixture
def said(observe):
    """Figures of a ledger as a clause: `said("tech_smes_applied", "家", ("214", {}), ("11.5", GROWTH))`."""

    def say(indicator_id, unit, *figures, subjects=False, **common):
        listed = [
            observe(
                value,
                **{
                    "indicator_id": indicator_id,
                    "reported_label": catalogue().get(indicator_id).label_zh,
                    "source": LEDGER,
                    "unit": unit,
                }
                | common
                | fields,
            )
            for value, fields in figures
        ]
        (row,) = page_rows(FigureIndex(listed), catalogue(), YEAR, subjects=subjects)
        return row_sentence(row, YEAR).text

    return say


@pytest.mark.parametrize(
    ("indicator_id", "unit", "figures", "words"),
    [
        ("tech_smes_applied", "家", [("214", {})], "申报科技型中小企业214家"),
        ("tech_smes_applied", "家", [("214", {}), ("11.5", GROWTH)], "申报科技型中小企业214家，同比增长11.5%"),
        ("petitions_received", "件", [("118", {}), ("-3.2", GROWTH)], "受理来信来访118件，同比下降3.2%"),
        ("roads_built", "公里", [("2.5", {})], "新建改造道路2.5公里"),
        ("land_requisitioned", "亩", [("610", {})], "征收土地610亩"),
        ("doctors_recruited", "人", [("47", {})], "引进博士47人"),
        (
            "projects_started",
            "个",
            [("8", {}), ("102", COMPLETION)],
            "新开工项目8个，完成目标的102%",
        ),
        ("policy_fund_paid", "万元", [("14650", {}), ("0", GROWTH)], "兑付政策资金14650万元，同比持平"),
        ("tech_smes_applied", "家", [("214", {}), ("3", RANK)], "申报科技型中小企业214家，居全市第3位（参评12个）"),
        ("data_records_pooled", "万条", [("5960", {})], "汇聚数据5960万条"),
    ],
)
def test_a_level_is_said_with_its_verb(said, indicator_id, unit, figures, words):
    assert said(indicator_id, unit, *figures) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"qualifier": Qualifier.ABOUT}, "申报科技型中小企业约214家"),
        ({"qualifier": Qualifier.BELOW}, "申报科技型中小企业近214家"),
        ({"qualifier": Qualifier.ABOVE}, "申报科技型中小企业超214家"),
        ({"qualifier": Qualifier.ABOVE, "source_text": "214家以上"}, "申报科技型中小企业214家以上"),
        ({"obs_status": ObsStatus.ESTIMATED}, "申报科技型中小企业预计214家"),
    ],
)
def test_qualifiers_stand_before_the_figure(said, fields, words):
    assert said("tech_smes_applied", "家", ("214", fields)) == words


def test_a_figure_of_another_time_says_when(observe):
    figure = observe(
        "198",
        period="2025年1-11月",
        unit="家",
        indicator_id="tech_smes_applied",
        reported_label="科技型中小企业申报数",
        source=LEDGER,
    )
    (row,) = page_rows(FigureIndex([figure]), catalogue(), parse_period("2025年1-11月"))
    assert row_sentence(row, YEAR).text == "申报科技型中小企业（2025年1—11月）198家"


def test_parts_follow_with_their_own_verb(observe):
    def figure(value, indicator_id, **fields):
        label = catalogue().get(indicator_id).label_zh
        return observe(value, unit="家", indicator_id=indicator_id, reported_label=label, source=LEDGER, **fields)

    listed = [figure("96", "hightech_applied"), figure("47", "hightech_new_applied", parent="高新技术企业申报数")]
    rows = page_rows(FigureIndex(listed), catalogue(), YEAR)
    told = speak(rows, YEAR, dated=True)
    assert told.text == "2025年，申报高新技术企业96家，其中新增高企申报47家。"
    assert lint([paragraph(told)]) == []


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ([("11.5", GROWTH)], "科技型中小企业申报数同比增长11.5%"),
        ([("93", COMPLETION)], "科技型中小企业申报数完成目标的93%"),
        ([("3", RANK)], "科技型中小企业申报数居全市第3位（参评12个）"),
        ([(None, {"obs_status": ObsStatus.MASKED}), ("11.5", GROWTH)], "科技型中小企业申报数同比增长11.5%"),
        ([("0", {})], "科技型中小企业申报数0家"),
        ([("214", {"unit": "个"})], "科技型中小企业申报数214个"),
    ],
    ids=["growth", "completion", "rank", "masked", "zero", "counted in another thing"],
)
def test_the_label_stands_where_no_level_is_told(said, figures, words):
    assert said("tech_smes_applied", "家", *figures) == words


def test_words_of_a_source_subjects_and_scopes_stay(said, observe):
    figure = {"indicator_id": "tech_smes_applied", "unit": "家"}
    published = observe("214", reported_label="科技型中小企业申报数", **figure)
    (row,) = page_rows(FigureIndex([published]), catalogue(), YEAR)
    assert row_sentence(row, YEAR).text == "科技型中小企业申报数214家"
    printed = replace(published, reported_label="科小申报")
    (row,) = page_rows(FigureIndex([printed]), catalogue(), YEAR)
    assert row_sentence(row, YEAR).text == "科小申报214家"
    assert (
        said("tech_smes_applied", "家", ("214", {}), subject="示例街道", subjects=True) == "科技型中小企业申报数214家"
    )
    assert said("tech_smes_applied", "家", ("214", {}), scope="软件园") == "科技型中小企业申报数（软件园）214家"


@cache
def briefing(**given):
    book = open_park({"park": "demo"} | given, "briefing")
    return [*book.cover(), *book.opening(), *book.front(), *book.body(), *book.annex()]


def spoken_words(blocks):
    return "\n".join("".join(run.text for run in block.runs) for block in blocks if isinstance(block, Paragraph))


def test_the_sentences_of_a_report():
    told = spoken_words(briefing())
    for words in (
        "新增高新技术企业34家",
        "提报招强引优项目47个，同比增长23.7%，完成年度目标的102.2%",
        "竣工项目6个，比上年增加5个",
        "入选人才工程10人，比上年减少1人",
        "受理来信来访251件，同比增长10.1%",
    ):
        assert words in told


def test_tables_and_cards_keep_the_labels():
    blocks = briefing(kind="quarterly")
    first = [
        *(
            "".join(run.text for run in cell)
            for block in blocks
            if isinstance(block, Table)
            for row in block.rows
            for cell in row
        ),
        *(item.label for block in blocks if isinstance(block, KeyFigures) for item in block.items),
    ]
    assert "招强引优提报项目数" in first
    assert "提报招强引优项目" not in first


@pytest.mark.parametrize("indicator", PHRASED, ids=lambda indicator: indicator.id)
def test_a_phrase_of_the_catalogue_can_be_read_aloud(indicator, said):
    head, slot, tail = indicator.phrase.partition(SLOT)
    assert slot and SLOT not in tail and head
    assert not any(char.isdigit() or char.isascii() for char in head + tail)
    assert indicator.basis is not IndicatorBasis.RATE
    assert dimension(indicator.parsed_unit) in COUNTED_OR_MEASURED
    assert not any(word in indicator.label_zh + head + tail for word in RATES)
    assert not head.endswith(("数", "额", "人数", "次数"))
    assert head + tail != indicator.label_zh
    assert said(indicator.id, indicator.unit, ("12", {})) == f"{head}12{indicator.unit}{tail}"


def test_phrases_are_told_apart():
    phrases = [indicator.phrase for indicator in PHRASED]
    assert len(set(phrases)) == len(phrases) >= 150
    labels = {name for indicator in catalogue() for name in indicator.names}
    others = {
        indicator.id: words
        for indicator in PHRASED
        if (words := indicator.phrase.replace(SLOT, "")) in labels and words not in indicator.names
    }
    assert others == {}  # none says the name of another entry


@pytest.mark.parametrize(
    ("fields", "cause"),
    [
        ({"phrase": "申报企业"}, "写且只写一个"),
        ({"phrase": "申报{}企业{}"}, "写且只写一个"),
        ({"phrase": "申报{0}企业{}"}, "写且只写一个"),
        ({"phrase": "申报2025年企业{}"}, "不写数字"),
        ({"phrase": "{}企业"}, "前要有"),
        ({"phrase": "入驻率{}", "unit": "%", "basis": "rate"}, "没有 phrase"),
        ({"phrase": "亩均税收{}", "unit": "万元/亩", "basis": "flow"}, "没有 phrase"),
        ({"phrase": "考评{}", "unit": "名次", "basis": "stock"}, "没有 phrase"),
    ],
)
def test_a_phrase_that_cannot_be_said_is_refused(project, fields, cause):
    root = project([{"id": "applied", "label_zh": "企业申报数", "unit": "家"} | fields])
    with pytest.raises(DataError, match=cause):
        read_catalogue(root / "data" / "catalogue")


def test_an_entry_needs_no_phrase(project):
    root = project([{"id": "applied", "label_zh": "企业申报数", "unit": "家"}])
    assert read_catalogue(root / "data" / "catalogue").get("applied").phrase == ""
