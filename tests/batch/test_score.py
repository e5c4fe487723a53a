"""`parkbook score`: from a file to JSON and to words."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from parkbook.cli import main

TABLE = """park,indicator,value,type
甲企业,亩均税收,30,规上
甲企业,亩均增加值,136.16,规上
甲企业,单位能耗增加值,2.694,规上
甲企业,单位排放增加值,,规上
甲企业,全员劳动生产率,18.14,规上
甲企业,R&D占比,3.02%,规上
乙企业,亩均税收,24.097,规上
乙企业,亩均增加值,***,规上
乙企业,单位能耗增加值,2.694,规上
乙企业,单位排放增加值,4929.81,规上
乙企业,全员劳动生产率,18.14,规上
乙企业,R&D占比,0.0302,规上
丙企业,亩均税收,11.5932,规下
丙企业,单位用电税收,0.2352,规下
"""


@pytest.fixture
def values(tmp_path):
    path = tmp_path / "values.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def score(capsys, *arguments):
    code = main(["score", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json_has_every_item_with_rule_formula_and_what_is_missing(capsys, values) -> None:
    code, out, _ = score(capsys, "huangyan-2022", "--values", values, "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert found["framework"]["version"] == "2022年度"
    above, below = found["columns"]
    first, second = above["parks"]
    assert Decimal(first["total"]) == Decimal(30) / Decimal("24.097") * 30 + 70
    assert (first["rank"], first["ranked_of"]) == (1, 1)
    emission = first["items"][3]
    assert (emission["value"], emission["score"], emission["by_missing_rule"]) == (None, "10", True)
    assert first["items"][0]["formula"] == "30 ÷ 24.097 × 30 = 37.349分"
    assert first["items"][0]["rule"] == "ratio"
    assert second["total"] is None
    assert second["scored"] == "80"
    assert second["items"][1]["missing"] == "缺数（原文隐去）"
    assert below["parks"][0]["total"] == "100"


def test_words_for_a_reader(capsys, values) -> None:
    code, out, _ = score(capsys, "黄岩2022", "--values", values)
    assert code == 0
    for words in (
        "数据年份：未载明",
        "甲企业  107.35",
        "1项不可计算：亩均增加值",
        "按1个单位本项平均得分计10分",
        "【规下】",
    ):
        assert words in out


def test_list_describe_and_template(capsys) -> None:
    _, listed, _ = score(capsys, "--list")
    assert "huangyan-2022" in listed and "miit-htz-2024" in listed
    _, told, _ = score(capsys, "旌德", "--describe")
    assert "权重待补；权重 × [20 + 80 × （值 − 最小值）÷（最大值 − 最小值）] ÷ 100" in told
    _, template, _ = score(capsys, "huangyan-2022", "--template")
    lines = template.splitlines()
    assert lines[0] == "park,indicator,value,unit,type"
    assert "规上单位名称,亩均税收,,万元/亩,规上" in lines
    assert {line.count(",") for line in lines} == {4}


@pytest.mark.parametrize(
    "framework", ["huangyan-2022", "wanjiang-2010", "wenzhou-parks", "smart-park", "anhui-city-mu"]
)
def test_a_template_is_a_table_that_can_be_scored(capsys, tmp_path, framework) -> None:
    _, template, _ = score(capsys, framework, "--template")
    path = tmp_path / "filled.csv"
    path.write_text(template, encoding="utf-8")
    code, out, err = score(capsys, framework, "--values", path, "--format", "json")
    assert code == 0, err
    assert all(park["total"] is None for column in json.loads(out)["columns"] for park in column["parks"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "没有说明用哪个评价体系"),
        (("huangyan-2020",), "您是不是要用 huangyan-2022"),
        (("huangyan-2022",), "没有给出数据表"),
        (("huangyan-2022", "--values", "none.csv"), "读不出来"),
        (("huangyan-2022", "--values", "VALUES", "--format", "jsn"), "您是不是要用 json"),
        (("wanjiang-2010", "--values", "VALUES"), "没有指标“亩均税收”"),
    ],
)
def test_a_wrong_command_says_what_to_do(capsys, values, arguments, words) -> None:
    code, _, err = score(capsys, *(values if argument == "VALUES" else argument for argument in arguments))
    assert code == 2
    assert words in err
