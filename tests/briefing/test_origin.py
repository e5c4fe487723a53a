"""The lines of a panel: nothing is said twice, nothing is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from parkbook.briefing.blocks import Provenance
from parkbook.briefing.origin import origin_lines

CELL = Provenance(
    label="实际利用外资", value="4259万美元", source="《06招商任务2025.xlsx》", grade="内部统计台账", locator="12月!F8",
    headers="F3 1—本月累计；F4 绝对量；A8 实际利用外资", source_text="实际利用外资 4259万美元",
)  # fmt: skip
WORDS = Provenance(
    label="实际利用外资", value="39577万美元", source="某园区年度总结", grade="官方发布", locator="字符 941-949",
    source_text="外资招商实现突破,实际利用外资39577万美元", notes=("预计数", "原文如此"),
)  # fmt: skip


def test_a_cell_is_one_place_and_its_title_is_not_repeated() -> None:
    assert origin_lines(CELL) == [
        ("台账", ["06招商任务2025.xlsx 12月!F8"]),
        ("表头", ["F3 1—本月累计；F4 绝对量；A8"]),
    ]


def test_a_headline_made_of_headers_leaves_their_addresses() -> None:
    cell = CELL.model_copy(
        update={"label": "甲企业 用电量/本年累计", "headers": "S3 用电量；S4 本年累计；B12 甲企业", "source_text": "甲企业 本年累计 4259万美元"}
    )  # fmt: skip
    assert origin_lines(cell)[1:] == [("表头", ["S3、S4、B12"])]


def test_published_words_are_quoted_with_source_grade_and_place() -> None:
    assert origin_lines(WORDS) == [
        ("来源", ["某园区年度总结（官方发布）"]),
        ("位置", ["字符 941-949"]),
        ("原文", ["外资招商实现突破,实际利用外资39577万美元"]),
        ("说明", ["预计数", "原文如此"]),
    ]


def test_what_is_not_known_has_no_line() -> None:
    assert origin_lines(Provenance(label="产值", value="未公布")) == []
    assert origin_lines(Provenance(label="产值", value="未公布", grade="官方发布")) == [("来源", ["官方发布"])]


def computed(*inputs: str, source: str = "《甲.xlsx》；《乙.xlsx》") -> Provenance:
    return Provenance(label="投资", value="5亿元", formula="各项之和", source=source, inputs=inputs)


def test_two_inputs_stand_in_full_and_name_their_documents() -> None:
    inputs = ("2025年投资 3亿元（甲.xlsx 12月!F5）", "2024年投资 2亿元（乙.xlsx 12月!E5）")
    assert origin_lines(computed(*inputs)) == [("公式", ["各项之和"]), ("依据", list(inputs))]


def test_a_document_that_no_input_names_is_kept() -> None:
    lines = origin_lines(computed("2025年投资 3亿元（甲.xlsx 12月!F5）"))
    assert lines[0] == ("来源", ["《甲.xlsx》；《乙.xlsx》"])


def test_many_inputs_of_one_sheet_say_sheet_time_and_indicator_once() -> None:
    inputs = [f"2025年{name}完成投资 {value}亿元（甲.xlsx 4季度!K{row}）" for name, value, row in
              (("新材料项目", "8.44", 16), ("算力中心", "5.02", 17), ("检测平台", "0", 18))]  # fmt: skip
    odd = "2024年全区完成投资 2亿元（乙.xlsx 4季度!K20）"
    assert origin_lines(computed(inputs[0], odd, *inputs[1:]))[1] == (
        "依据",
        ["甲.xlsx 4季度：2025年完成投资：新材料项目 8.44亿元（K16）；算力中心 5.02亿元（K17）；检测平台 0亿元（K18）", odd],
    )  # fmt: skip


def test_the_same_indicator_over_time_keeps_its_periods() -> None:
    inputs = [f"2025年1—{month}月投资 {month}亿元（甲.xlsx 汇总!F{month}）" for month in (3, 6, 9)]
    assert origin_lines(computed(*inputs, source=""))[1] == (
        "依据",
        ["甲.xlsx 汇总：投资：2025年1—3月 3亿元（F3）；2025年1—6月 6亿元（F6）；2025年1—9月 9亿元（F9）"],
    )


def test_names_that_are_no_cells_stand_in_one_line() -> None:
    assert origin_lines(computed("地区生产总值", "工业总产值", "税收", source=""))[1] == (
        "依据",
        ["地区生产总值；工业总产值；税收"],
    )


names = st.text("甲乙丙丁投资额产值（%）/ ", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(names, st.integers(0, 999), st.integers(1, 99), st.sampled_from("甲乙")), min_size=1, max_size=9)
)
def test_no_value_and_no_cell_is_lost(found: list[tuple[str, int, int, str]]) -> None:
    """Each value still stands before its cell, in the line of its sheet, as often as it was given."""
    given_inputs = tuple(
        dict.fromkeys(f"2025年{name} {value}亿元（{sheet}.xlsx 表!K{row}）" for name, value, row, sheet in found)
    )
    (lines,) = [texts for label, texts in origin_lines(computed(*given_inputs, source="")) if label == "依据"]
    shown = []
    for line in lines:
        sheet = line[0] if re.match(r"[甲乙]\.xlsx 表：", line) else ""
        for value, own, cell in re.findall(r"(\d+)亿元（(?:([甲乙])\.xlsx 表!)?K(\d+)）", line):
            shown.append((int(value), int(cell), own or sheet))
    wanted = [
        (int(v), int(c), s)
        for text in given_inputs
        for v, s, c in re.findall(r" (\d+)亿元（([甲乙])\.xlsx 表!K(\d+)）", text)
    ]
    assert sorted(shown) == sorted(wanted)
