"""Which names mean the park that a document is about."""

from __future__ import annotations

import pytest

from parkbook.sources.text.extract import extract_text
from parkbook.sources.text.own import is_own, park_of


@pytest.mark.parametrize(
    ("title", "park"),
    [
        ("云泽高新技术产业开发区2023年工作总结", "云泽高新技术产业开发区"),
        ("泽雁镇工业功能区2023年度运行情况报告", "泽雁镇工业功能区"),
        ("关于青岩经开区运行情况的报告", "青岩经开区"),
        ("2023年全市工业经济运行情况", ""),
    ],
)
def test_the_park_of_a_title(title: str, park: str) -> None:
    assert park_of(title) == park


@pytest.mark.parametrize(
    ("subject", "park", "own"),
    [
        ("云泽高新区", "云泽高新技术产业开发区", True),
        ("高新区", "云泽高新技术产业开发区", True),
        ("云泽", "云泽高新技术产业开发区", True),
        ("云泽软件园", "云泽高新技术产业开发区", False),
        ("青岩高新区", "云泽高新技术产业开发区", False),
        ("综保区", "巴陵港综合保税区", True),
        ("功能区", "泽雁镇工业功能区", True),
        ("泽雁镇", "泽雁镇工业功能区", False),
        ("恒睿光电", "", False),
        ("", "云泽高新区", False),
    ],
)
def test_names_of_the_park(subject: str, park: str, own: bool) -> None:
    assert is_own(subject, park) is own


def test_figures_of_the_park_by_its_short_name_have_no_subject() -> None:
    text = "泽雁镇工业功能区2023年工作报告\n功能区入驻企业426家。泽雁镇服务业税收3亿元。"
    assert extract_text(text).figures[0].record()["subject"] == ""
