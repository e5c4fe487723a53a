"""Layouts inferred from headers: forms of many kinds, and the ledgers of the synthetic park with their layouts hidden."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from parkbook.catalogue import catalogue
from parkbook.model import NUMERIC, Observation
from parkbook.sources.extract_ledger import LedgerExtract, extract_ledger
from parkbook.sources.files import read_workbook
from parkbook.sources.infer import propose
from parkbook.sources.infer_columns import guess_column
from parkbook.sources.infer_names import Names, without_unit
from parkbook.sources.layout import Layout, read_layout

ROOT = Path(__file__).resolve().parents[2]
LEDGERS = ROOT / "data" / "parks" / "demo" / "ledgers"
TRUTH = ROOT / "tests" / "specimens" / "demo" / "truth.csv"
Lines = Sequence[Sequence[Any]]


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., LedgerExtract]:
    """Write rows into a workbook and read them without a layout."""

    def make(
        lines: Lines,
        merged: Sequence[str] = (),
        name: str = "a.xlsx",
        sheet: str = "Sheet1",
        at: tuple[int, int] = (1, 1),
    ) -> LedgerExtract:
        book = Workbook()
        page = book.worksheets[0]
        page.title = sheet
        for row, line in enumerate(lines, start=at[0]):
            for column, value in enumerate(line, start=at[1]):
                page.cell(row, column, value)
        for area in merged:
            page.merge_cells(area)
        book.save(tmp_path / name)
        return extract_ledger(tmp_path / name)

    return make


def said(found: LedgerExtract) -> dict[str, tuple[str, ...]]:
    return {
        observation.locator.rpartition("!")[2]: (
            observation.indicator_id,
            observation.period.time_period,
            observation.transformation.value,
            f"{'' if observation.obs_value is None else observation.obs_value}{observation.unit}",
        )
        for observation in found.observations
    }


# -- forms ------------------------------------------------------------------------------------------------------------


def test_a_monthly_form_that_begins_at_c5(form: Callable[..., LedgerExtract]) -> None:
    found = form(
        [
            ["示例园区2025年9月主要经济指标"],
            [None, None, None, None, None, "单位：亿元"],
            ["序号", "指标名称", "本月", None, "1—本月累计", None],
            [None, None, "绝对量", "同比（%）", "绝对量", "同比（%）"],
            ["一", "一、工业"],
            [1, "规模以上工业总产值", "１２．５", 0.123, 100.5, -3.2],
            [2, "  其中：高新技术制造业增加值（万元）", "*", None, 1234, 5],
            [3, "神秘指标", 1, 1, 1, 1],
            ["注：本表为快报"],
        ],
        ["C3:D3", "E3:F3", "A3:A4", "B3:B4"],
        at=(1, 1),
    )
    values = said(found)
    assert values["C6"] == ("industrial_output_above_size", "2025-09", "level", "12.5亿元")
    assert values["F6"] == ("industrial_output_above_size", "2025-M1-9", "growth", "-3.2%")
    assert values["E7"] == ("hightech_manufacturing_value_added", "2025-M1-9", "level", "1234万元")
    assert next(o for o in found.observations if o.locator.endswith("C7")).obs_status == "masked"
    assert next(o for o in found.observations if o.locator.endswith("E7")).parent == "规模以上工业总产值"
    assert not any(address.endswith("8") for address in values)
    assert found.proposal is not None and "未读：神秘指标" in found.proposal


@pytest.mark.parametrize("at", [(1, 1), (5, 3)])
def test_columns_named_by_their_periods(form: Callable[..., LedgerExtract], at: tuple[int, int]) -> None:
    found = form(
        [
            ["单位：亿元"],
            ["指标", "2024年", "2025年1-9月", "比上年增长(%)"],
            ["地区生产总值", 100, 110, 7],
            ["固定资产投资", 20, 21, 5],
        ],
        at=at,
    )
    assert sorted(said(found).values()) == [
        ("fixed_asset_investment", "2024", "level", "20亿元"),
        ("fixed_asset_investment", "2025-M1-9", "level", "21亿元"),
        ("gdp", "2024", "level", "100亿元"),
        ("gdp", "2025-M1-9", "level", "110亿元"),
    ]
    assert "本列没有" in (found.proposal or "")


def test_rows_that_are_months(form: Callable[..., LedgerExtract]) -> None:
    lines = [["主要指标（单位：万元）"], ["月份", "工业总产值", "税收收入"], ["1-2月", 100, 20], ["3月", 50, 10]]
    values = said(form(lines, name="月度 2025年.xlsx"))
    assert values["B3"] == ("gross_industrial_output", "2025-M1-2", "level", "100万元")
    assert values["C4"] == ("tax_revenue", "2025-03", "level", "10万元")


def test_rows_that_are_enterprises(form: Callable[..., LedgerExtract]) -> None:
    lines = [
        ["2025年1—9月重点企业情况"],
        ["填报单位：某园区", None, None, "单位：万元"],
        ["序号", "企业名称", "营业收入", "工业总产值", "联系电话"],
        ["甲", "乙", 1, 2, 3],
        [1, "甲公司", "1,200", 5, "0000"],
        [2, "合计", 1200, 5, None],
    ]
    found = form(lines)
    assert [(o.subject, o.indicator_id, o.obs_value) for o in found.observations] == [
        ("甲公司", "operating_revenue", Decimal(1200)),
        ("", "operating_revenue", Decimal(1200)),
    ]
    assert "规上工业总产值" in (found.proposal or ""), "which output the list means is left to the analyst"


def test_groups_merged_downwards(form: Callable[..., LedgerExtract]) -> None:
    lines = [
        ["2025年三季度前期手续"],
        ["项目名称", "环节", "在办天数（天）"],
        ["甲项目", "立项", 3],
        [None, "环评", 5],
        ["乙项目", "立项", 1],
    ]
    found = form(lines, ["A3:A4"])
    assert [(o.parent, o.subject, o.indicator_id) for o in found.observations] == [
        ("甲项目", "立项", "days_in_stage"),
        ("甲项目", "环评", "days_in_stage"),
        ("乙项目", "立项", "days_in_stage"),
    ]


def test_growth_is_of_the_months_beside_it(form: Callable[..., LedgerExtract]) -> None:
    lines = [
        ["2025年9月完成情况"],
        ["指标", "单位", "本月", "累计", "上年同期", "同比（%）", "排名"],
        ["到位内资", "亿元", 5, 70, 60, 16.7, 3],
    ]
    found = form(lines)
    values = said(found)
    assert values["E3"][1:] == ("2024-M1-9", "level", "60亿元")
    assert values["F3"][1:3] == ("2025-M1-9", "growth")
    assert "G3" not in values, "a rank that may be the month's or cumulative is not read"
    assert {o.locator[-2:]: str(o.confidence) for o in found.observations} == {
        "C3": "0.6",
        "D3": "0.6",
        "E3": "0.4",
        "F3": "0.4",
    }


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        ([["指标名称", "本期"], ["税收", 1]], "报告期"),
        ([["2025年9月"], ["名称", "值"], ["丙", 1]], "指标"),
        ([["2025年9月"], ["指标", "本月", "本月"], ["税收", 1, 2]], "出现两次"),
        ([["2025年9月"], ["说明"], ["文字"]], "找不到表头"),
        ([["2025年9月"], ["指标", "单位", "本月"], ["税收", "家", 1]], "没有一行"),
    ],
)
def test_what_is_not_understood_is_said_and_not_read(
    form: Callable[..., LedgerExtract], lines: Lines, cause: str
) -> None:
    found = form(lines)
    assert (found.observations, found.proposal) == ([], None)
    [finding] = found.findings
    assert cause in finding.cause
    assert finding.remedy


def test_an_unconfirmed_layout_is_said_and_weighed(form: Callable[..., LedgerExtract]) -> None:
    found = form([["2025年9月"], ["指标", "单位", "本月"], ["税收", "亿元", 1]])
    [observation] = found.observations
    assert (observation.rule, observation.confidence < Decimal("0.7")) == ("inferred:inferred_1", True)
    [finding] = [finding for finding in found.findings if finding.code == "unconfirmed_layout"]
    assert "尚未确认" in finding.what
    assert "data/layouts" in finding.remedy


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (("本月", "绝对量"), {"basis": "month"}),
        (("本月止累计", "同比增长（%）"), {"transformation": "growth", "comparison": "yoy", "basis": "ytd"}),
        (("环比增长（%）",), {"transformation": "growth", "comparison": "mom"}),
        (("年度目标",), {"transformation": "target", "target_kind": "base", "basis": "year"}),
        (("年度目标", "力争"), {"transformation": "target", "target_kind": "stretch", "basis": "year"}),
        (
            ("年度目标", "增长（%）"),
            {"transformation": "target", "target_kind": "growth", "unit": "%", "basis": "year"},
        ),
        (("完成年度目标（%）",), {"transformation": "completion", "basis": "ytd"}),
        (("上年同期",), {"year_offset": -1}),
        (("上年实绩",), {"year_offset": -1, "basis": "year"}),
        (("上年末",), {"basis": "last_year_end"}),
        (("期末数",), {"basis": "point"}),
        (("增速全市位次",), {"transformation": "rank", "comparison": "yoy", "rank_scope": "全市"}),
    ],
)
def test_what_headers_say(words: tuple[str, ...], fields: dict[str, Any]) -> None:
    guess = guess_column(words)
    assert guess.known
    assert guess.fields == fields


@pytest.mark.parametrize(
    "word",
    [
        "两年平均增长（%）",
        "拉动（百分点）",
        "占比（%）",
        "同比增减额",
        "全年预计",
        "开工以来累计",
        "完成比例（%）",
        "杂项",
        "其中：建安",
        "比2019年增长（%）",
    ],
)
def test_headers_that_do_not_say_it_all_are_not_read(word: str) -> None:
    guess = guess_column((word,))
    assert not guess.known
    assert guess.doubt


def test_names_are_exact_or_doubtful_or_nothing() -> None:
    names = Names(catalogue())
    exact, other, none = names.find("工业产值（万元）"), names.find("专精特新小巨人企业 数"), names.find("工业产值增速")
    assert (exact.indicator and exact.indicator.id, exact.unit, exact.doubt) == ("gross_industrial_output", "万元", "")
    assert other.indicator is not None
    assert none.indicator is None
    assert names.find("“四上”企业数").indicator is not None
    assert without_unit("进出口总额（美元计）") == ("进出口总额（美元计）", "")


# -- the synthetic park with its layouts hidden --------------------------------------------------------------------------


def described(observation: Observation) -> tuple[str, ...]:
    return (
        observation.indicator_id,
        observation.subject,
        observation.parent,
        observation.period.time_period,
        observation.transformation.value,
        observation.comparison or "",
        observation.target_kind or "",
        str(observation.unit),
        observation.obs_status.value,
        str(observation.obs_value.normalize()) if observation.obs_value is not None else "",
    )


def due(row: dict[str, str]) -> tuple[str, ...]:
    status = row["read_status"] or row["obs_status"]
    value = str(Decimal(row["as_read"] or row["value"]).normalize()) if status in NUMERIC else ""
    names = ("indicator_id", "subject", "parent", "period", "transformation", "comparison", "target_kind", "unit")
    return (*(row[name] for name in names), status, value)


def test_the_demo_ledgers_are_read_without_their_layouts(tmp_path: Path) -> None:
    """Of some 18,200 figures at least 85% are read, all right; what is not sure is not read."""
    with TRUTH.open(encoding="utf-8-sig", newline="") as file:
        truth = {
            (row["file"], row["sheet"], row["cell"]): row for row in csv.DictReader(file) if not row["expected_unread"]
        }
    counts: Counter[str] = Counter()
    for path in sorted(LEDGERS.glob("*.xlsx")):
        found = extract_ledger(path)
        for observation in found.observations:
            sheet, _, cell = observation.locator.rpartition("!")
            row = truth.get((path.name, sheet, cell))
            if (
                row is not None
            ):  # the sheets whose headers drifted have no truth: under their own headers they are right
                counts["right" if described(observation) == due(row) else "wrong"] += 1
    assert counts["wrong"] == 0
    assert counts["right"] >= 0.85 * len(truth), counts


@pytest.mark.parametrize("name", ["01主要经济指标2025.xlsx", "04重点项目.xlsx", "05前期手续.xlsx", "23年度目标.xlsx"])
def test_a_proposal_is_a_layout_file(tmp_path: Path, name: str) -> None:
    proposals, _ = propose(read_workbook(LEDGERS / name))
    for proposal in proposals:
        path = tmp_path / f"{proposal.layout.id}.yaml"
        path.write_text(proposal.text, encoding="utf-8")
        assert read_layout(path).model_copy(update={"place": ""}) == proposal.layout
        assert proposal.text.startswith("# 按表头推断的版式，尚未确认")
        Layout.model_validate(yaml.safe_load(proposal.text))
