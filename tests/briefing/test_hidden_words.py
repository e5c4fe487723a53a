"""What is there and is no number: named once, with why, of which months and of how many."""

from __future__ import annotations

import pytest

from parkbook.briefing import annex_lists, hidden_states
from parkbook.briefing.hidden_words import hidden_sentence, listed_in
from parkbook.briefing.sections import SECTIONS
from parkbook.briefing.unread_part import unread_line, unread_notes
from parkbook.briefing.view import park_view
from parkbook.catalogue import catalogue
from parkbook.model import ObsStatus, Source, SourceKind
from parkbook.observations.disclosure import disclosable
from parkbook.observations.read import read_park
from parkbook.observations.unread import UnreadSheet, theme_of
from parkbook.periods import Month, parse_period
from parkbook.workbook import open_park


def said(period="", *, outside=False):
    data = read_park("demo")
    view = park_view(
        disclosable(data, catalogue()) if outside else data, catalogue(), parse_period(period) if period else None
    )
    return {part.id: text for part in SECTIONS if (text := hidden_sentence(view, part, spoken=True).text)}


def words_of(blocks):
    return ["".join(run.text for run in block.runs) for block in blocks]


def view_of(period):
    return park_view(read_park("demo"), catalogue(), parse_period(period))


def test_a_doubted_month_is_not_the_years_total():
    """50.16亿元 of January to September stands; the cell of September alone says 65300."""
    assert said("2025年1-9月")["investment"] == "另有9月当月工业投资存疑，不作推测，清单见附件。"


def test_a_doubted_cumulative_is_one():
    assert said("2025-S1")["economy"] == "另有上半年一般公共预算收入的累计数存疑，不作推测，清单见附件。"


def test_enterprises_are_counted_and_an_empty_cell_is_no_hidden_one():
    """10梯次培育库.xlsx lacks the revenue of 3 enterprises; 03重点企业.xlsx has * for the tax of one; 17基金登记.xlsx — for 9."""
    told = said("2025")
    assert told["economy"] == "另有3家企业主营业务收入缺报；1家企业税收及其增速原表隐去，不作推测，清单见附件。"
    assert "另有9家企业估值原表未填数，不作推测，清单见附件。" in told.values()
    assert "另有4宗地块主要污染物排放量原表未填数，不作推测，清单见附件。" in told.values()


def test_outside_an_indicator_is_named_once_and_not_called_unpublished():
    told = said("2025", outside=True)
    assert "另有企业融资金额及其增速按保密规定不对外列示，清单见附件。" in told.values()
    assert all("未公布" not in text for text in told.values())


@pytest.mark.parametrize(
    ("states", "title", "note"),
    [
        ([ObsStatus.MASKED], "未以数字公布的指标", "上述各项原文未给出数字，本文不作推测，也不计为零。"),
        ([ObsStatus.CONFIDENTIAL], "不对外列示的指标", "按保密规定不对外列示的各项不列数字，也不由其他数推出。"),
        (
            [ObsStatus.DOUBTFUL, ObsStatus.MISSING],
            "没有可用数字的指标",
            "存疑的数台账已填，经核对不成立，核实前不采用；其余各项原文未给出数字，本文不作推测，也不计为零。",
        ),
    ],
)
def test_only_what_the_source_leaves_out_is_said_to_be_left_out(observe, states, title, note):
    hidden = [observe(None, obs_status=state) for state in states]
    assert (hidden_states.hidden_title(hidden), hidden_states.hidden_note(hidden)) == (title, note)


def test_a_cell_and_a_report_hide_in_their_own_words(observe):
    cell = observe(None, obs_status=ObsStatus.MASKED, source=Source(source_id="a.xlsx", kind=SourceKind.LEDGER))
    assert hidden_states.states_said([cell, observe(None, obs_status=ObsStatus.MASKED)]) == "原表隐去、原文隐去"


# -- sheets that were not read ----------------------------------------------------------------------------------------


def test_the_theme_of_a_ledger():
    assert [theme_of(name) for name in ("02商贸.xlsx", "01主要经济指标2025.xlsx", "商贸")] == [
        "商贸",
        "主要经济指标",
        "商贸",
    ]
    assert UnreadSheet(Month(2025, 5), "商贸").label == "5月商贸表"


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2025-S1", ["5月商贸表因版式变动未读入，社会消费品零售总额、限上批发业销售额等5项与1—4月比较。"]),
        ("2025年1-4月", []),
        ("2025年1-7月", []),
    ],
)
def test_a_changed_base_of_comparison_is_told(period, told):
    """02商贸.xlsx has no readable May: June is held against April, July against June again."""
    view = view_of(period)
    assert words_of(unread_notes(view, view.numeric_rows)) == told


def test_a_row_that_stops_short_is_told():
    view = view_of("2025年1-8月")
    (line,) = words_of(unread_notes(view, view.numeric_rows))
    assert line.startswith("8月规上服务业表因版式变动未读入，") and line.endswith("为1—7月数。")
    assert words_of(unread_line(view)) == ["5月商贸表、8月规上服务业表因版式变动未读入，该月数据未取得，不作推测。"]
    assert words_of(unread_line(view, {"商贸"})) == ["5月商贸表因版式变动未读入，该月数据未取得，不作推测。"]


# -- the lists of a document ------------------------------------------------------------------------------------------


def test_an_annex_lists_what_its_document_is_about():
    """招商专报: four ledgers of the demo park, none of its gaps, and one line for the rest."""
    book = open_park({"park": "demo", "kind": "promotion"}, "briefing")
    title, blocks = annex_lists.of_document(book.view, book._told())
    (table,) = (block for block in blocks if block.kind == "table")
    names = {row[0][0].text for row in table.rows}
    assert title == "数据来源" and {"《06招商漏斗.xlsx》", "《17基金.xlsx》"} <= names and len(names) < 6
    assert table.notes == ("各来源均为内部统计台账",)
    every = len({o.source.title for o in book.view.data.observations})
    assert words_of(b for b in blocks if b.kind == "paragraph") == [
        f"另有{every - len(names)}个来源、{len(book.view.hidden)}条没有数字的数据正文未涉及，见Excel附表。"
    ]


def test_an_annex_lists_the_gaps_that_the_text_names():
    book = open_park({"park": "demo", "kind": "half_year"}, "briefing")
    _, blocks = annex_lists.of_document(book.view, book._told())
    gaps = next(block for block in blocks if block.kind == "table" and block.caption == "没有可用数字的指标")
    assert [row[0][0].text for row in gaps.rows] == ["一般公共预算收入", "专利申请数"]


def test_a_gap_is_listed_under_the_words_of_the_text():
    """9家企业估值 is 企业估值 of nine enterprises."""
    view = view_of("2025")
    values = [o for o in view.hidden if o.indicator_id == "valuation"]
    assert len(values) == 9 and all(listed_in(view, o, said("2025")["promotion"]) for o in values)
    assert not any(listed_in(view, o, "企业家活动9场") for o in values)


# -- what changed -----------------------------------------------------------------------------------------------------


def test_what_has_no_january_is_not_new_in_february():
    """1—2月 are published together: nothing of them was missing in January, which is no span of months."""
    book = open_park({"park": "demo", "kind": "monthly", "period": "2025年1-2月"}, "briefing")
    text = str([block.model_dump(exclude={"refs"}) for block in (*book.front(), *book.body())])
    assert "新有数据" not in text and "1—1月" not in text
    assert parse_period("2025年1-1月").label_zh == "2025年1月"
