"""Whatever the text: no exception but the project's own, spans inside the text, a ledger that closes, no mask read as a number."""

from __future__ import annotations

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from parkbook.sources.text import ledger
from parkbook.sources.text.extract import extract_text
from parkbook.sources.text.invisible import visible
from parkbook.sources.text.patterns import half_width

WORDS = """
同比 增长 下降 占全市 完成 全年任务 其中 分别 依次 产值 营业收入 企业 项目 比上年 - — 至 、
， , 。 ； （ ） ( ) 第 位 首位 约 近 超 余 多 以上 % ％ 个百分点 亿元 万元 家 个
倍 元 亩 人 万 亿 * ** x XX × ○ 某 1 23 4.5 2023 １２ 1,234 年 月
上半年 1-9月 截至 今年 去年 目前 十 三 百 千 成 分之 百分之 翻一番 两位数 5G TOP30
〔2024〕3号 “ ” ： 其他 力争 预计 前者 后者 一、 2022年工作计划 万亩千亿 . / 〇 零
两 计划 实际 级
前两个月 前十二个月 头三个月 一至二月 元至十月 三季度末 年初 前两月 首季 十一月份 〇
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\u200b", "\u202e"])
CELL_WORDS = """
指标 单位：亿元 亿元 同比（%） 1-9月 2024 规上工业总产值 其中：税收 512.3 -6.4 ** **12.5** xx 约3亿元 5%-8% 第3
完成投资3亿元，增长5% 500万元以上企业 √ 1,280 2000万元及以上 东片区 排名 a\\|b 1 ２３ 〇 *.* 12家（新增3家） 一、
"""
CELLS = st.sampled_from([*CELL_WORDS.split(), "", " ", "12\n", "增长 3%"])


@st.composite
def grids(draw: st.DrawFn) -> str:
    """A table of two to five columns: pipes (with or without a delimiter row) or tabs, now and then a row too short."""
    width = draw(st.integers(2, 5))
    lines = draw(
        st.lists(st.lists(CELLS, min_size=width - draw(st.booleans()), max_size=width), min_size=2, max_size=5)
    )
    if draw(st.booleans()):
        return "\n".join("\t".join(row) for row in lines)
    words = ["|" + "|".join(row) + "|" for row in lines]
    return "\n".join([words[0], *(["|---" * width + "|"] if draw(st.booleans()) else []), *words[1:]])


TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))
AROUND = st.lists(PIECES, max_size=9).map("".join)
TABLES = st.tuples(AROUND, grids(), AROUND).map("\n".join)


@seed(20260101)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text(text: str) -> None:
    sound(text)


@seed(20260103)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_any_table(text: str) -> None:
    sound(text)


def test_tables_are_drawn() -> None:
    """The tables above are not all refused: a third of them is read."""
    drawn: list[bool] = []

    @seed(20260104)
    @settings(max_examples=60, deadline=None, database=None)
    @given(grids())
    def draw(text: str) -> None:
        drawn.append(any(figure.cell for figure in extract_text(text).figures))

    draw()
    assert sum(drawn) >= 0.3 * len(drawn)


def sound(text: str) -> None:
    extraction = extract_text(text)
    assert ledger.is_closed(half_width(text), extraction.coverage)
    seen = visible(text)
    letters = {place for start, end in (seen.signs if seen is not None else ()) for place in range(start, end)}
    ends = [0]
    for figure in extraction.figures:
        assert figure.start is not None and figure.end is not None
        assert ends[-1] <= figure.start < figure.end <= len(text)
        ends.append(figure.end)
        record = figure.record()
        words = half_width("".join("+" if place in letters else sign for place, sign in enumerate(text)))
        words = words[figure.start : figure.end]
        if any(glyph in words for glyph in "*×○某"):
            assert record["value"] is None
            assert record["obs_status"] == "masked"
    assert sum(entry.outcome == "figure" for entry in extraction.coverage) == len(extraction.figures)


@seed(20260102)
@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["亿元", "家", "%", "万平方米", "个百分点"]), st.booleans())
def test_numbers_come_back(number: int, unit: str, grouped: bool) -> None:
    printed = f"{number:,}" if grouped else str(number)
    (figure,) = extract_text(f"园区指标为{printed}{unit}。").figures
    assert figure.observation.obs_value == number
    assert figure.unit == unit
