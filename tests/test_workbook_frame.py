"""The figures of a page as a table for an analyst who goes on working in JupyterLab."""

from __future__ import annotations

import math

import pytest

from parkbook.errors import UnknownCodeError
from parkbook.workbook import open_park


@pytest.fixture(scope="module")
def book():
    return open_park({"park": "qilu"}, "park")


def test_a_figure_has_its_words_and_its_place(book):
    table = book.frame()
    row = table[(table["指标"] == "工业产值") & (table["项目"] == "数值")].iloc[0]
    assert (row["数值"], row["计量单位"], row["位置"]) == (1769.6, "亿元", "字符 588-596")
    growth = table[(table["指标"] == "工业产值") & (table["项目"] == "同比")].iloc[0]
    assert (growth["数值"], growth["计量单位"]) == (38.8, "%")


def test_numbers_are_numbers_and_what_is_none_is_not_zero(book):
    hidden = open_park({"park": "demo"}, "park").frame("未公布")
    assert book.frame()["数值"].dtype.kind == "f"
    assert len(hidden) and all(math.isnan(value) for value in hidden["数值"])


def test_an_unknown_table_is_refused_with_the_names_there_are(book):
    with pytest.raises(UnknownCodeError, match=r"没有名为“指標”的数据表.*指标、观测值、未公布"):
        book.frame("指標")
