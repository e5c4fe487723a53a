"""The plain table of `parkbook score`: columns, marks, units, and what is refused."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from parkbook.comparison.scoring import get_framework, score_table
from parkbook.comparison.scoring.values import parse_values, read_values, read_weights, with_weights
from parkbook.errors import DataError, ParameterError

D = Decimal
HUANGYAN = get_framework("huangyan-2022")


def parse(text, framework=HUANGYAN):
    return parse_values(csv.reader(text.strip().splitlines()), framework, "表.csv")


def test_a_table_is_read_with_marks_as_missing_and_never_as_zero() -> None:
    values = parse(
        """
park,indicator,value,type
甲,亩均税收,"1,024.5",规上
甲,亩均增加值,***,
甲,单位能耗增加值,--,
甲,单位排放增加值,,
甲,劳产率,0,
乙,亩均税收,12,规下
"""
    )
    cells = values.table["甲"]
    assert cells["tax_per_mu"].value == D("1024.5")
    assert [(cells[name].value, cells[name].status) for name in list(cells)[1:]] == [
        (None, "原文隐去"),
        (None, "未公布"),
        (None, "缺报"),
        (D(0), ""),
    ]
    assert values.types == {"甲": "规上", "乙": "规下"}


@pytest.mark.parametrize(
    ("value", "unit", "wanted"),
    [
        ("3.02%", "", "0.0302"),
        ("3.02", "%", "0.0302"),
        ("0.0302", "", "0.0302"),
        ("０．０３０２", "", "0.0302"),
        ("−1", "", "-1"),
    ],
)
def test_a_per_cent_becomes_the_fraction_that_the_base_is(value, unit, wanted) -> None:
    values = parse(f"park,indicator,value,unit\n甲,R&D占比,{value},{unit}")
    assert values.table["甲"]["rd_share"].value == D(wanted)


def test_units_convert_and_the_score_does_not_depend_on_them() -> None:
    first = parse("park,indicator,value,unit\n甲,亩均税收,30,万元/亩")
    second = parse("park,indicator,value,unit\n甲,亩均税收,450,万元/公顷")
    third = parse("park,indicator,value,unit\n甲,亩均税收,300000,元/亩")
    scores = [score_table(HUANGYAN, v.table).unit("甲").item("tax_per_mu").score for v in (first, second, third)]
    assert [score.quantize(D("1e-20")) for score in scores] == [(D(30) / D("24.097") * 30).quantize(D("1e-20"))] * 3


def test_chinese_headers_codes_and_numbers_of_items_are_understood() -> None:
    table = parse(
        "园区,指标,数值,基数\n甲,5,110,100\n甲,工业总产值 增速,12,\n乙,output_growth,9,", get_framework("银川")
    ).table
    assert table["甲"]["industrial_investment"].base == 100
    assert set(table["甲"]) == {"industrial_investment", "output_growth"}
    assert table["乙"]["output_growth"].value == 9


@pytest.mark.parametrize(
    ("said", "exempt"),
    [("是", True), ("四星", True), ("5★", True), ("三星", False), ("否", False), ("", False), ("0", False)],
)
def test_who_is_exempt(said, exempt) -> None:
    values = parse(f"park,indicator,value,exempt\n甲,总分,80,{said}", get_framework("wenzhou-parks"))
    assert values.exempt == (("甲",) if exempt else ())


def test_a_type_says_who_is_alike_where_there_are_no_columns() -> None:
    values = parse("park,indicator,value,type\n甲,①②,80,制造", get_framework("wenzhou-parks"))
    assert values.groups == {"甲": "制造"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "数据表是空的"),
        ("park,indicator,value\n", "没有数据行"),
        ("park,indicator\n甲,亩均税收", "缺少列 value"),
        ("park,indicator,value,wieght\n甲,亩均税收,1,2", "您是不是要用 weight"),
        ("park,indicator,value\n甲,亩均税收,约30", "表.csv 第 2 行 value 列"),
        ("park,indicator,value\n甲,亩均税,30", "您是不是要用 亩均税收"),
        ("park,indicator,value\n甲,亩均税收,30\n甲,tax_per_mu,31", "给了两次"),
        ("park,indicator,value\n,亩均税收,30", "没有写单位名称"),
        ("park,indicator,value,unit\n甲,亩均税收,30,吨", "不能换算"),
        ("park,indicator,value,type\n甲,亩均税收,30,规上\n甲,亩均增加值,1,规下", "前后不一"),
        ("park,indicator,value,value\n甲,亩均税收,30,1", "重复"),
        ("park,indicator,value\n甲,亩均税收,1e", "不是数字"),
        ("park,indicator,value\n甲,亩均税收,1e400000", "不是数字"),
        ("park,indicator,value\n甲,亩均税收,nan", "不是数字"),
        ("park,indicator,value,weight\n甲,亩均税收,3,-1", "权重小于零"),
        ("park,indicator,value\n甲,亩均税收," + "9" * 140_000, "不是 CSV"),
    ],
)
def test_what_does_not_fit_names_the_place_and_the_remedy(text, words) -> None:
    with pytest.raises((DataError, ParameterError), match=words):
        parse(text)


def test_files_of_office_machines_are_read(tmp_path) -> None:
    text = "park,indicator,value\n甲,亩均税收,30\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        assert read_values(path, HUANGYAN).table["甲"]["tax_per_mu"].value == 30
    with pytest.raises(DataError, match="读不出来"):
        read_values(tmp_path / "none.csv", HUANGYAN)


def test_own_weights_fill_what_the_source_leaves_open(tmp_path) -> None:
    jingde = get_framework("jingde-2022")
    path = tmp_path / "w.csv"
    names = [item.label_zh for item in jingde.items_of("below")]
    path.write_text(
        "indicator,weight\n" + "\n".join(f"{name},{w}" for name, w in zip(names, (60, 30, 10), strict=True))
    )
    rows = "\n".join(
        f"{unit},{name},{value},规下" for unit, value in (("甲", 1), ("乙", 2), ("丙", 3)) for name in names
    )
    values = with_weights(parse("park,indicator,value,type\n" + rows, jingde), read_weights(path, jingde))
    scores = score_table(jingde, values.table, types=values.types)
    assert [u.total for u in scores.units] == [20, 60, 100]
    path.write_text("indicator,weight\n亩均税收,-3\n")
    with pytest.raises(DataError, match="不小于零"):
        read_weights(path, jingde)


def test_a_published_place_counts_as_it_is() -> None:
    yinchuan = get_framework("银川")
    values = parse("park,indicator,value,unit\n甲,工业总产值增速,3,名次\n乙,工业总产值增速,1,位次", yinchuan)
    scores = score_table(yinchuan, values.table)
    assert [u.item("output_growth").score for u in scores.units] == [D("2.6"), 3]
    half = parse("park,indicator,value,unit\n甲,工业总产值增速,2.5,名次", yinchuan)
    assert "不是正整数" in score_table(yinchuan, half.table).unit("甲").item("output_growth").reason
    with pytest.raises(DataError, match="只有按位次计分"):
        parse("park,indicator,value,unit\n甲,工业投资,3,名次", yinchuan)
