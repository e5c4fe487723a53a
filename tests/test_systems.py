"""Every system of data/catalogue/systems.yaml, from the cells of a ledger of `demo` and the words of the reports to the park page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

import nbformat.v4
import pytest
import python_calamine

from parkbook.briefing.alarm_words import rule_name
from parkbook.briefing.alarms_part import found_alarms
from parkbook.briefing.blocks import Block, Bullets, Figure, Heading, KeyFigures, Paragraph, Provenance, Run, Table
from parkbook.briefing.contribution_part import decompositions
from parkbook.briefing.format import value_text
from parkbook.briefing.problems_part import problems
from parkbook.briefing.provenance import place, reference
from parkbook.briefing.sections import SECTIONS
from parkbook.briefing.view import ParkView
from parkbook.catalogue import SYSTEMS, catalogue
from parkbook.codelists import label_zh
from parkbook.errors import DataError, UnknownCodeError
from parkbook.export.document import Document, notebook_document
from parkbook.export.docx import render_docx
from parkbook.export.html import render_html
from parkbook.export.pdf import render_pdf
from parkbook.indicators.alarms import ParkAlarms, alarm_ids, rule_sets
from parkbook.indicators.alarms.items import items
from parkbook.indicators.compute import page_rows
from parkbook.indicators.families import FAMILIES, derived_indicators
from parkbook.indicators.figures import FigureIndex
from parkbook.indicators.forecast import forecast
from parkbook.indicators.formulas import IMPLIED_NOTE
from parkbook.indicators.rounding import decimals, half_up
from parkbook.model import (
    STRENGTH,
    IndicatorValue,
    Observation,
    ObsStatus,
    Source,
    SourceKind,
    Transformation,
)
from parkbook.observations.read import ParkData, read_park
from parkbook.parameters import read_parameters
from parkbook.periods import parse_period
from parkbook.project import data_directory
from parkbook.sources.text.extract import extract_text
from parkbook.systems import Operation, System, SystemKind, read_systems, systems
from parkbook.units import convert, dimension, parse_unit
from parkbook.workbook import ComparisonBook, ParkBook, comparison_book, open_audit, park_book

FIGURES = [system for system in systems() if system.kind is SystemKind.FIGURES]
PROCESSES = [system.id for system in systems() if system.kind is SystemKind.PROCESS]
BY_ID = {system.id: system for system in systems()}
COMPUTED_FROM_ROWS = [s for s in FIGURES if s.by_hand is not None and s.by_hand.place != "contributions"]
"""Contributions of enterprises rest on a register, which a report does not have."""
THIRD_PARTY = ("ningbo-software", "qilu", "wangchun", "hohhot-science-city", "anonymous-2021")


def each(chosen: list[System]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("system", chosen, ids=[system.id for system in chosen])


# -- what a page holds --------------------------------------------------------------------------------------------------


@cache
def data_of(park: str) -> ParkData:
    return read_park(park)


@lru_cache(maxsize=16)
def book_of(park: str, period: str = "", notebook: str = "park") -> ParkBook:
    asked = {"park": park} | ({"period": period} if period else {})
    return park_book(notebook, read_parameters(notebook, asked), data_of(park))


@lru_cache(maxsize=64)
def blocks_of(park: str, part: str, period: str = "") -> tuple[Block, ...]:
    """A section or part of the park page, or its annex, by id."""
    book = book_of(park, period)
    if part == "annex":
        return tuple(book.annex())
    return tuple(book.section(part) if part in {section.id for section in SECTIONS} else book._blocks(part))


@lru_cache(maxsize=8)
def whole_page(park: str) -> tuple[Block, ...]:
    book = book_of(park)
    made = [blocks_of(park, section.id) for section in book.view.sections]
    made += [blocks_of(park, "annex"), *(blocks_of(park, part) for part in book._parts)]
    return tuple(block for blocks in made for block in blocks)


def refs_of(blocks: tuple[Block, ...]) -> dict[str, Provenance]:
    return {key: told for block in blocks for key, told in block.refs.items()}


def printed_refs(blocks: tuple[Block, ...]) -> set[str]:
    """Keys of the figures that are printed, not only carried along."""
    return {run.ref for block in blocks for run in runs_of(block) if run.ref}


def runs_of(block: Block) -> Iterator[Run]:
    match block:
        case Table():
            yield from (run for row in block.rows for cell in row for run in cell)
            yield from (Run(text=column.label) for column in block.columns)
        case Paragraph():
            yield from block.runs
        case Bullets():
            yield from (run for item in block.items for run in item)
        case KeyFigures():
            yield from (run for item in block.items for run in (Run(text=item.label), item.value, *item.details))


def text_of(blocks: tuple[Block, ...]) -> str:
    return "\n".join("".join(run.text for run in runs_of(block)) for block in blocks)


@pytest.fixture(scope="module")
def view() -> ParkView:
    return book_of("demo").view


@lru_cache(maxsize=1)
def lamps_of_demo() -> ParkAlarms:
    return found_alarms(book_of("demo").view)


@pytest.fixture(scope="module")
def lamps():
    return lamps_of_demo()


@lru_cache(maxsize=64)
def sheet_cells(file: str, sheet: str) -> dict[str, object]:
    """Cells by address, read by another reader than the program's own."""
    path = data_directory() / "parks" / "demo" / "ledgers" / file
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return {f"{column_name(x)}{y}": value for y, row in enumerate(rows, 1) for x, value in enumerate(row)}


def column_name(index: int) -> str:
    return (column_name(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


# -- the table itself ---------------------------------------------------------------------------------------------------


def test_every_row_of_the_map_has_an_entry():
    assert tuple(system.id for system in systems()) == SYSTEMS
    assert PROCESSES == ["S22", "S23", "S24", "S25", "S26", "S27"]


def test_an_entry_stands_in_the_section_that_holds_its_system():
    held = {system: section.id for section in SECTIONS for system in section.systems}
    assert {system.id: system.section for system in FIGURES} == held


def entry(**changes: object) -> str:
    """A file with S1 alone, as it is but for the changes."""
    import yaml

    told = yaml.safe_load((data_directory() / "catalogue" / "systems.yaml").read_text(encoding="utf-8"))
    return yaml.safe_dump({"systems": [told["systems"][0] | changes]}, allow_unicode=True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "系统清单不全或次序不对"),
        ({"indicators": ["tax_revenue", "total_trade", "fixed_asset_investment"]}, "指标不足3项"),
        ({"alarm_none": "no"}, "alarm 与 alarm_none 须有且只有一项"),
        ({"by_hand": None}, "须有 ledgers、by_hand 和 phrase"),
        ({"phrase": {"text": "税收1亿元", "indicator": "tax_revenue", "value": 1, "unit": "亿元"}}, "写成带引号的文字"),
    ],
)
def test_faults_of_the_file_are_told(tmp_path: Path, changes: dict[str, object], words: str):
    path = tmp_path / "systems.yaml"
    path.write_text(entry(**changes), encoding="utf-8")
    with pytest.raises(DataError, match=words):
        read_systems(path, catalogue())


def test_an_indicator_nobody_knows_is_told(tmp_path: Path):
    path = tmp_path / "systems.yaml"
    path.write_text(entry(indicators=["tax_revenue", "total_trade", "taxes"]), encoding="utf-8")
    with pytest.raises(UnknownCodeError, match=r"未知的指标代码“taxes”"):
        read_systems(path, catalogue())


# -- ledger -------------------------------------------------------------------------------------------------------------


def from_place(view: ParkView, file: str, sheets: str) -> list[Observation]:
    return [
        o
        for o in view.data.observations
        if o.source.title == file and re.fullmatch(sheets, o.locator.partition("!")[0])
    ]


@each([system for system in systems() if system.ledgers])
def test_the_ledger_has_the_sheets_and_columns(view, system):
    for ledger in system.ledgers:
        read = from_place(view, ledger.file, ledger.sheets)
        assert read, f"{ledger.file}: no figure read from sheets {ledger.sheets}"
        headers = {words for o in read for header in o.header_cells for words in [header.partition(" ")[2]]}
        assert set(ledger.columns) <= headers, ledger.file


@each([system for system in systems() if system.ledgers])
def test_every_indicator_is_read_from_a_ledger_of_the_entry(view, system):
    if system.kind is SystemKind.PROCESS:  # it uses what the others read
        read = {o.indicator_id for o in view.data.observations if o.source.kind is SourceKind.LEDGER}
    else:
        read = {o.indicator_id for ledger in system.ledgers for o in from_place(view, ledger.file, ledger.sheets)}
    assert set(system.indicators) <= read


# -- page ---------------------------------------------------------------------------------------------------------------


@each(FIGURES)
def test_every_indicator_reaches_its_section_with_its_source(view, system):
    blocks = blocks_of("demo", system.section)
    text, carried, printed = text_of(blocks), refs_of(blocks), printed_refs(blocks)
    files = {ledger.file for ledger in system.ledgers}
    for indicator_id in system.indicators:
        rows = [row for row in (*view.rows, *view.subject_rows) if row.indicator.id == indicator_id and row.is_numeric]
        assert rows, indicator_id
        assert any(row.label in text for row in rows), indicator_id
        levels = [row.level for row in rows if row.level is not None and row.level.is_number]
        keys = {reference(level) for level in levels} & printed
        assert keys, f"{indicator_id}: no figure printed in {system.section}"
        assert any(file in carried[key].source for key in keys for file in files), indicator_id


@each(FIGURES)
def test_its_tables_and_charts_are_on_the_page(system):
    for shown in system.shows:
        kind = Table if shown.kind == "table" else Figure
        captions = [block.caption for block in blocks_of("demo", shown.place) if isinstance(block, kind)]
        assert any(shown.caption in caption for caption in captions), (shown, captions)


# -- alarm --------------------------------------------------------------------------------------------------------------


@each([system for system in systems() if system.alarm is not None])
def test_its_alarm_judges_a_figure_of_demo(lamps, system):
    assert system.alarm is not None
    assert system.alarm.rule in alarm_ids()
    judged = [a for a in lamps.alarms if a.key == system.alarm.rule and a.item.indicator_id == system.alarm.indicator]
    assert judged
    assert all(a.judgement.lamp or a.judgement.undefined or a.judgement.unknown for a in judged)
    assert any(a.judgement.lamp for a in judged)
    page = text_of(blocks_of("demo", "alarms"))
    assert rule_name(judged[0].rules, judged[0].rule) in page
    assert all(a.item.name in page for a in judged if a.lit)


def test_only_what_is_never_judged_has_no_alarm(lamps):
    silent = {system.id for system in systems() if system.alarm is None}
    assert silent == {"S21", "S24", "S25", "S26", "S27"}
    assert "S21" not in {alarm.item.system for alarm in lamps.alarms}


# -- one value computed by hand -----------------------------------------------------------------------------------------


def by_hand(operation: Operation, printed: list[Decimal], months_left: int) -> Decimal:
    """The arithmetic anew, from nothing but the printed numbers."""
    match operation, printed:
        case Operation.SHARE, [a, b]:
            return a / b * 100
        case Operation.RATIO, [a, b]:
            return a / b
        case Operation.DIFFERENCE, [a, b]:
            return a - b
        case Operation.GROWTH, [a, b]:
            return (a - b) / b * 100
        case Operation.GAP, [a]:
            return a - 100
        case Operation.PULL, [a, b, c]:
            return (a - b) / 10000 / c * 100
        case Operation.PACE, [a, b]:
            return (a - b) / months_left
    raise AssertionError(operation)


@each([system for system in systems() if system.by_hand is not None])
def test_the_hand_took_what_is_printed_and_reckoned_right(system):
    done = system.by_hand
    assert done is not None
    for cell in done.inputs:
        sheet, _, address = cell.cell.partition("!")
        assert Decimal(repr(sheet_cells(cell.file, sheet)[address])) == cell.value, cell
    end = parse_period(done.period).end
    assert end is not None
    reckoned = by_hand(done.operation, [cell.value for cell in done.inputs], 12 - end.month)
    assert half_up(reckoned, decimals(done.value)) == done.value


def candidates(system: System, view: ParkView) -> list[IndicatorValue]:
    """Computed values of the page that may be the one computed by hand."""
    done = system.by_hand
    assert done is not None
    if done.place == "contributions":
        parts = [part for one in decompositions(view) for part in one.parts if part.name == done.subject]
        return [part.pull for part in parts]
    if done.place == "forecast":
        made = [forecast(view.index, row) for row in view.rows if row.indicator.id == done.indicator]
        return [one.pace.needed for one in made if one is not None and one.pace is not None]
    if done.place == "alarms":
        return [a.measure for a in lamps_of_demo().alarms if a.measure and a.item.indicator_id == done.indicator]
    rows = [value for row in view.rows if row.indicator.id == done.indicator for value in row.values]
    derived = [d.value for d in derived_indicators(view.index, view.catalogue, view.period) if d.value is not None]
    return [*rows, *(value for value in derived if value.indicator_id == done.indicator)]


def assert_status_is_carried(value: IndicatorValue) -> None:
    """The weakest of the inputs; what is 推算 without a published rate is an estimate even of published figures."""
    weakest = min(STRENGTH[o.obs_status] for o in value.inputs)
    implied = value.transformation is Transformation.GROWTH or IMPLIED_NOTE in value.flags
    assert STRENGTH[value.status] == weakest or (implied and value.status is ObsStatus.ESTIMATED and weakest >= 1)


def found_value(system: System, view: ParkView) -> IndicatorValue:
    done = system.by_hand
    assert done is not None
    wanted = {(cell.file, cell.cell) for cell in done.inputs}
    unit = parse_unit(done.unit)
    matching = [
        value
        for value in candidates(system, view)
        if value.computed
        and value.transformation is done.transformation
        and dimension(value.unit) == dimension(unit)
        and wanted <= {(o.source.title, o.locator) for o in value.inputs}
    ]
    assert matching, f"nothing computed from {sorted(wanted)}"
    return matching[0]


@each([system for system in systems() if system.by_hand is not None])
def test_the_page_computes_what_the_hand_did(system):
    done = system.by_hand
    assert done is not None
    period = "" if done.period == "2025" else done.period
    view = book_of(done.park, period).view
    value = found_value(system, view)
    assert value.value is not None and value.formula
    assert half_up(convert(value.value, value.unit, parse_unit(done.unit)), decimals(done.value)) == done.value
    assert_status_is_carried(value)
    if done.place == "row":  # held against the published rate, which is the one that is printed
        row = next(row for row in view.rows if row.implied is value)
        assert row.growth is not None and row.growth.value == half_up(value.value, 1)
        return
    if done.place == "alarms" and value_text(value) not in text_of(blocks_of("demo", "alarms")):
        alarm = next(a for a in lamps_of_demo().alarms if a.measure is value)
        assert alarm.judgement.lamp is not None and alarm.judgement.lamp.weight == 0  # green: judged and not listed
        return
    blocks = blocks_of(done.park, done.place, period)
    told = refs_of(blocks)[reference(value)]
    assert reference(value) in printed_refs(blocks)
    assert told.formula == value.formula
    for cell in done.inputs:
        assert any(f"{cell.file} {cell.cell}" in line for line in told.inputs)


REPORT = Source(source_id="report", kind=SourceKind.REPORT, title="园区年度工作总结")


@each(COMPUTED_FROM_ROWS)
def test_the_same_comes_from_figures_of_a_report_and_its_weakest_status(view, system):
    """The inputs said in a report instead, the first of them as an estimate."""
    done = system.by_hand
    assert done is not None
    from_ledger = found_value(system, view)
    keys = {(o.source.title, o.locator): o.obs_id for o in from_ledger.inputs}
    ids = [keys[cell.file, cell.cell] for cell in done.inputs]
    said = [
        replace(
            o,
            source=REPORT,
            locator=f"字符 {10 * number}-{10 * number + 5}",
            source_text="完成年度目标的" if o.transformation is Transformation.COMPLETION else o.source_text,
            parent=o.parent or catalogue().get(o.indicator_id).part_of,  # a sentence says 其中, and of what
            obs_status=ObsStatus.ESTIMATED if o.obs_id == ids[0] else o.obs_status,
        )
        for number, o in enumerate(o for o in view.data.observations if o.obs_id in ids)
    ]
    index = FigureIndex(said)
    rows = page_rows(index, view.catalogue, view.period)
    assert view.period is not None
    made = [value for row in rows for value in row.values]
    made += [d.value for d in derived_indicators(index, view.catalogue, view.period) if d.value is not None]
    made += [value for item in items(index, rows, [], view.period) for value in item.measures.values()]
    same = [v for v in made if v.computed and v.transformation is done.transformation and v.value == from_ledger.value]
    [value, *_] = [value for value in same if value.formula == from_ledger.formula]
    assert value.status is ObsStatus.ESTIMATED
    assert {o.source.kind for o in value.inputs} == {SourceKind.REPORT}


@pytest.mark.parametrize("park", ["demo", *THIRD_PARTY])
def test_all_that_a_page_computes_has_formula_inputs_and_the_weakest_status(park):
    found = book_of(park).view
    computed = [value for row in (*found.rows, *found.subject_rows) for value in row.values if value.computed]
    computed += [d.value for d in derived_indicators(found.index, found.catalogue, found.period) if d.value is not None]
    assert park != "demo" or len(computed) > 200
    for value in computed:
        assert value.formula and value.inputs
        assert_status_is_carried(value)


def test_every_family_of_the_catalogue_is_computed_for_demo(view):
    made = [d for d in derived_indicators(view.index, view.catalogue, view.period) if d.value is not None]
    families = {d.indicator.formula.family for d in made if d.indicator.formula is not None}
    assert families == set(FAMILIES)
    named = {indicator.id for indicator in catalogue() if indicator.formula is not None}
    left = {
        d.indicator.id: d.absent for d in derived_indicators(view.index, view.catalogue, view.period) if not d.value
    }
    assert named - {d.indicator.id for d in made} == set(left)


# -- specimen phrase ----------------------------------------------------------------------------------------------------


@each([system for system in systems() if system.phrase is not None])
def test_the_phrase_is_read_to_its_indicator(system):
    phrase = system.phrase
    assert phrase is not None
    read = [
        figure
        for figure in extract_text(phrase.text).figures
        if figure.observation.indicator_id == phrase.indicator
        and figure.observation.transformation is phrase.transformation
    ]
    assert len(read) == 1, phrase.text
    [figure] = read
    o = figure.observation
    assert not figure.doubtful
    assert (o.obs_value, o.unit, o.obs_status) == (phrase.value, parse_unit(phrase.unit), phrase.status)


# -- reports ------------------------------------------------------------------------------------------------------------


def concerns(system: System, o: Observation) -> bool:
    """Figures of the system's own indicators, and those of single enterprises or projects by another's (S4: 营业收入 of a firm)."""
    if o.indicator_id not in catalogue():
        return False
    return catalogue().get(o.indicator_id).system == system.id or bool(
        o.subject and o.indicator_id in system.indicators
    )


@each([system for system in FIGURES if system.reports])
def test_figures_of_the_reports_reach_the_pages_of_their_parks(system):
    for park in system.reports:
        found = book_of(park).view
        said = [o for o in found.data.observations if o.source.kind is SourceKind.REPORT and concerns(system, o)]
        assert said, f"{park}: its report has no figure of {system.id}"
        printed = printed_refs(whole_page(park))
        listed = text_of(
            tuple(b for b in whole_page(park) if isinstance(b, Table) and b.caption == "未以数字公布的指标")
        )
        hidden = {o.obs_id for o in found.hidden}
        for o in said:
            if o.is_number or o.value_low is not None:
                continue
            assert o.obs_id in hidden and place(o) in listed, (park, o.reported_label)
        numbers = [o for o in said if o.is_number or o.value_low is not None]
        left_out = [o.reported_label for o in numbers if f"o{o.obs_id}" not in printed]
        assert not left_out, (park, left_out)


def test_no_report_is_left_out():
    """Every system of which the transcription of a report has a figure names that park."""
    have = {
        (system.id, park)
        for park in THIRD_PARTY
        for o in data_of(park).observations
        for system in FIGURES
        if o.source.kind is SourceKind.REPORT and concerns(system, o)
    }
    assert have == {(system.id, park) for system in FIGURES for park in system.reports}


# -- the rows of process ------------------------------------------------------------------------------------------------


def test_s22_problems_are_drafted_with_their_figures_for_an_own_park_only():
    blocks = problems(book_of("demo").view)
    [listed] = [block for block in blocks if isinstance(block, Bullets)]
    drafted = [item for item in listed.items if "分析人员补充" not in item[-1].text]
    added = [item for item in listed.items if "分析人员补充" in item[-1].text]
    assert len(drafted) >= 5 and added
    for item in drafted:
        assert any(run.ref in listed.refs for run in item if run.ref), "".join(run.text for run in item)
    text = text_of((listed,))
    for words in ("完成年度计划投资的86.2%", "政策资金兑付率81.4%", "发生安全生产事故1起", "企业融资金额同比下降22.6%"):
        assert words in text
    for park in THIRD_PARTY:
        assert not {"problems", "measures"} & set(book_of(park, notebook="briefing")._parts)


def test_s23_targets_and_forecasts_stand_apart_from_results():
    targets = text_of(blocks_of("demo", "targets"))
    assert "692.5亿元" in targets and "705.5亿元" in targets  # 23年度目标 2026年建议: 确保, 力争 of the first line
    blocks = blocks_of("demo", "forecast", "2025年1-9月")
    [table] = [block for block in blocks if isinstance(block, Table) and "全年预计" in block.caption]
    assert {"预计全年", "80%区间", "完成目标的可能性"} <= {column.label for column in table.columns}
    told = [told for told in table.refs.values() if told.label.endswith("全年预计")]
    assert told and {entry.status for entry in told} == {label_zh(ObsStatus.ESTIMATED)}
    assert "8000亩" in text_of(blocks_of("anonymous-2021", "targets"))  # a target of 2022 in a report on 2021
    expected = [o for o in data_of("qilu").observations if o.obs_status is ObsStatus.ESTIMATED]
    carried = refs_of(whole_page("qilu"))
    assert expected and {carried[f"o{o.obs_id}"].status for o in expected} == {label_zh(ObsStatus.ESTIMATED)}
    looked_back = [b.caption for b in blocks_of("demo", "forecast") if isinstance(b, Table)]
    assert looked_back == ["年中预计与全年实际对照"]


def document() -> Document:
    book = book_of("demo", notebook="briefing")
    blocks = [*book.cover(), *book.opening(), Heading(level=1, text="一、存在问题"), *book._blocks("problems")]
    cells = [
        nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data=block._repr_mimebundle_())])
        for block in blocks
    ]
    return notebook_document(nbformat.v4.new_notebook(cells=cells), "briefing")


def test_s24_one_document_as_html_pdf_and_word():
    made = document()
    html, pdf, word = render_html(made), render_pdf(made), render_docx(made)
    assert "示例高新技术产业园" in html and "存在问题" in html
    assert pdf.startswith(b"%PDF-") and word.startswith(b"PK")


@pytest.mark.parametrize("park", BY_ID["S25"].reports)
def test_s25_a_hidden_figure_is_listed_and_is_no_number(park):
    found = book_of(park).view
    assert found.hidden
    assert all(o.obs_value is None and o.value_low is None for o in found.hidden)
    [table] = [b for b in blocks_of(park, "annex") if isinstance(b, Table) and b.caption == "未以数字公布的指标"]
    assert len(table.rows) == len(found.hidden)
    state = [column.label for column in table.columns].index("状态")
    words = {label_zh(status) for status in ObsStatus if status not in (ObsStatus.REPORTED, ObsStatus.ESTIMATED)}
    assert {row[state][0].text for row in table.rows} <= words
    assert not table.refs
    shown = printed_refs(whole_page(park))
    assert not any(
        f"o{o.obs_id}" in shown and o.transformation is Transformation.LEVEL and o.is_number for o in found.hidden
    )


def test_s26_what_figures_imply_is_an_interval():
    """2275 ÷ 0.7445 = 3055.7 and ÷ 0.7435 = 3059.9; 39577 ÷ 3.1665 = 12498.7 and ÷ 3.1655 = 12502.6."""
    audit = open_audit({"park": "qilu"})
    tables = [block for block in audit.part("implied") if isinstance(block, Table)]
    rows = [[cell[0].text for cell in row] for table in tables for row in table.rows]
    assert ["全区科技型中小企业评价通过", "2025年", "3056—3059家"] in [row[:3] for row in rows]
    assert ["实际利用外资（目标）", "2025年", "12498.7—12502.6万美元"] in [row[:3] for row in rows]
    assert all(o.obs_value is None and o.obs_status is ObsStatus.ESTIMATED for o in audit.view.implied)


def compared(parks: str, period: str, indicator: str) -> ComparisonBook:
    asked = {"parks": parks, "period": period, "indicators": indicator}
    return comparison_book(read_parameters("comparison", asked), data_of)


SIX = "zhongguancun,beijing-etda,beijing-finance-street,beijing-cbd,beijing-airport,beijing-olympic"


def test_s27_only_the_comparable_are_ranked_and_the_rest_have_a_reason():
    book = compared(SIX, "2016-S1", "income_total")
    [table] = [block for block in book.indicators() if isinstance(block, Table)]
    rows = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    parks = SIX.split(",")
    printed = {
        book.view.name(park): o.obs_value
        for park in parks
        for o in book.view.indexes[park].of_indicator("income_total", Transformation.LEVEL)
        if o.period.time_period == "2016-S1"
    }
    by_size = sorted(printed, key=lambda name: -printed[name])
    assert [(row[0], row[2]) for row in rows[1:]] == [(name, f"{n}/6") for n, name in enumerate(by_size, 1)]
    assert rows[0][2] == "—" and rows[0][-1] == "公布的合计，不参与排名"


def test_s27_masked_figures_are_shown_as_masked_and_not_ranked():
    book = compared("qilu,wangchun,demo", "2025", "fdi_received")
    [table] = [block for block in book.indicators() if isinstance(block, Table)]
    rows = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    assert len(rows) == 3
    assert all(
        row[2] == "—" and row[-1] not in ("", "可比") for row in rows
    )  # demo is synthetic, wangchun of another year


def test_rule_sets_are_all_named_by_their_files():
    assert {rules.id for rules in rule_sets()} >= {
        system.alarm.rule.partition(".")[0] for system in systems() if system.alarm
    }
