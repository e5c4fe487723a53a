"""The sheets of figures beside a briefing: every shown figure, what it rests on, and what is there but is no number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from parkbook.briefing.annex_sheets import ABOUT, HIDDEN, INDICATORS, OBSERVATIONS, observation_sheet
from parkbook.briefing.blocks import Block, Bullets, Cover, KeyFigures, Paragraph, Run, Sheet, Table, Workbook
from parkbook.model import NUMERIC, ObsStatus, Qualifier, Transformation
from parkbook.workbook import ParkBook, open_park


def records(sheet: Sheet) -> list[dict[str, str]]:
    """The rows by the labels of their columns."""
    labels = [column.label for column in sheet.columns]
    return [dict(zip(labels, row, strict=True)) for row in sheet.cells()]


def sheets_of(book: ParkBook) -> dict[str, Sheet]:
    (found,) = (block for block in book.annex() if isinstance(block, Workbook))
    return {sheet.name: sheet for sheet in found.sheets}


@pytest.fixture(scope="module")
def qilu() -> ParkBook:
    return open_park({"park": "qilu", "period": "2025"}, "briefing")


@pytest.fixture(scope="module")
def sheets(qilu: ParkBook) -> dict[str, Sheet]:
    return sheets_of(qilu)


def test_the_sheets_and_their_order(sheets: dict[str, Sheet]) -> None:
    assert list(sheets) == [INDICATORS, OBSERVATIONS, HIDDEN, ABOUT]


def test_a_published_figure_is_told_whole(sheets: dict[str, Sheet]) -> None:
    (row,) = (one for one in records(sheets[INDICATORS]) if one["指标"] == "工业产值" and one["项目"] == "数值")
    assert (row["数值"], row["计量单位"], row["文中写法"], row["报告期"]) == (
        "1769.6",
        "亿元",
        "1769.6亿元",
        "2025年（累计）",
    )
    assert (row["状态"], row["取得方式"], row["公式"]) == ("已公布", "公布", "")
    assert row["位置"] == "字符 588-596" and "1769.6亿元" in row["原文"] and "足迹2025" in row["来源"]


def test_a_computed_figure_has_formula_inputs_and_ids(sheets: dict[str, Sheet]) -> None:
    rows = records(sheets[INDICATORS])
    computed = [row for row in rows if row["取得方式"] == "计算"]
    assert computed and all(row["公式"] and row["依据"] and row["观测值编号"] for row in computed)
    (gap,) = (row for row in computed if row["项目"] == "与序时进度之差" and row["指标"] == "实际利用外资")
    assert gap["数值"] == "216.6" and gap["计量单位"] == "个百分点"  # 316.6 - 100
    assert gap["公式"] == "完成率 − 序时进度（12/12）" and "316.6%（字符 957-963）" in gap["依据"]


def test_every_input_is_in_the_sheet_of_observations(sheets: dict[str, Sheet]) -> None:
    ids = {row["观测值编号"] for row in records(sheets[OBSERVATIONS])}
    used = {one for row in records(sheets[INDICATORS]) for one in row["观测值编号"].split("、")}
    assert used == ids and len(ids) == len(sheets[OBSERVATIONS].rows)


def test_numbers_are_decimals_or_absent(sheets: dict[str, Sheet]) -> None:
    for sheet in sheets.values():
        numeric = [column.label for column in sheet.columns if column.number]
        for row in records(sheet):
            assert all(Decimal(row[label]).is_finite() for label in numeric if row[label])


def figures_of(block: Block) -> Iterator[Run]:
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Bullets):
        yield from (run for item in block.items for run in item)
    elif isinstance(block, KeyFigures):
        yield from (run for item in block.items for run in (item.value, *item.details))
    elif isinstance(block, Table):
        yield from (run for row in block.rows for cell in row for run in cell)


def test_every_published_figure_of_the_text_can_be_looked_up(qilu: ParkBook, sheets: dict[str, Sheet]) -> None:
    ids = {row["观测值编号"] for row in records(sheets[OBSERVATIONS])}
    blocks = [*qilu.part("summary", "work", "history"), *qilu.annex()]
    shown = {run.ref[1:] for block in blocks for run in figures_of(block) if run.ref.startswith("o")}
    assert shown and shown - ids == set()


def test_masked_figures_are_listed_and_are_no_numbers() -> None:
    book = open_park({"park": "hohhot-science-city"}, "briefing")
    rows = records(sheets_of(book)[HIDDEN])
    assert len(rows) == len(book.view.hidden) == 23
    assert all(not row["数值"] and row["状态"] == "原文隐去" for row in rows)


def test_the_file_says_what_it_is(qilu: ParkBook, sheets: dict[str, Sheet]) -> None:
    (cover,) = (block for block in qilu.cover() if isinstance(block, Cover))
    told = [row[1] for row in sheets[ABOUT].cells()]
    assert f"{cover.title}（附表）" in told and "草稿" in told and "根据公开资料整理，非官方文件" in told
    assert any(f"共 {len(sheets[INDICATORS].rows)} 行" in text for text in told)


@pytest.mark.parametrize("status", list(ObsStatus))
def test_every_status_has_a_row(observe, status: ObsStatus) -> None:  # type: ignore[no-untyped-def]
    (row,) = records(
        observation_sheet([observe("1" if status in NUMERIC else None, obs_status=status)], {"p": "甲园区"})
    )
    assert row["状态"] and (row["数值"] == "1") == (status in NUMERIC)


@pytest.mark.parametrize("qualifier", list(Qualifier))
def test_every_qualifier_has_a_row(observe, qualifier: Qualifier) -> None:  # type: ignore[no-untyped-def]
    low = {"value_low": Decimal("10"), "value_high": Decimal("20")}
    (row,) = records(observation_sheet([observe(None, qualifier=qualifier, **low)], {"p": "甲园区"}))
    assert (row["数值"], row["下限"], row["上限"]) == ("", "10", "20")


@pytest.mark.parametrize("kind", list(Transformation))
def test_every_transformation_has_a_row(observe, kind: Transformation) -> None:  # type: ignore[no-untyped-def]
    (row,) = records(observation_sheet([observe("1.50", transformation=kind)], {"p": "甲园区"}))
    assert row["项目"] and row["数值"] == "1.50" and row["园区"] == "甲园区"
