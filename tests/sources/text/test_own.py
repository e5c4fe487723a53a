"""Which names mean the park that a document is about."""

from __future__ import annotations

import pytest

from parkbook.sources.text.extract import extract_text
from parkbook.sources.text.opening import owners
from parkbook.sources.text.own import is_own, park_of
from parkbook.sources.text.patterns import half_width


@pytest.mark.parametrize(
    ("title", "park"),
    [
        ("云泽高新技术产业开发区2023年工作总结", "云泽高新技术产业开发区"),
        ("泽雁镇工业功能区2023年度运行情况报告", "泽雁镇工业功能区"),
        ("关于青岩经开区运行情况的报告", "青岩经开区"),
        ("2023年全市工业经济运行情况", ""),
        ("从“百亩荒坡”到“一座新城”——青岩光学产业园见闻", "青岩光学产业园"),
        ("——青岩经开区产业发展侧记", "青岩经开区"),
        ("从一处渔村到临港产业园", ""),
        ("前5个月外贸开门红 青岩综保区跑出加速度", "青岩综保区"),
        ("1—8月青岩化工园区运行简析", "青岩化工园区"),
        ("“十三五”以来青岩汽车城发展回顾", "青岩汽车城"),
        ("青岩科创区金融服务专报", "青岩科创区"),
        ("在青岩镇工业大会上的讲话", "青岩镇"),
        ("关于印发《青岩高新区2024年工作要点》的通知", "青岩高新区"),
        ("市政协经济委关于青岩石化园区发展情况的调研报告", "青岩石化园区"),
        ("青岩新区财政局关于2024年1—8月财政收支情况的分析", "青岩新区财政局"),
        ("云泽高新区管委会关于青岩光电股份有限公司扩产情况的报告", "云泽高新区"),
        ("云泽高新区管委会关于赴青岩工业园区考察情况的报告", "云泽高新区"),
        ("云泽高新区与青岩高新区2023年主要指标对比", "云泽高新区"),
        ("学习借鉴青岩工业园区经验", ""),
        ("关于我区与周边开发区2024年上半年指标对比的报告", ""),
        ("国家级科技企业孵化器申报材料", ""),
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
        ("云泽高新技术产业开发区", "云泽高新区", True),
        ("江苏云泽高新区", "云泽高新区", True),
        ("云泽经开区", "安徽云泽经济技术开发区", True),
        ("安徽云泽高新区", "云泽经开区", False),
        ("本公司负责青岩物流港", "", True),
        ("恒睿光电", "", False),
        ("", "云泽高新区", False),
    ],
)
def test_names_of_the_park(subject: str, park: str, own: bool) -> None:
    assert is_own(subject, park) is own


@pytest.mark.parametrize(
    ("title", "opening", "names"),
    [
        ("工作简报|（第3期）|云泽经开区党政办 2024年7月", "税收3亿元。", ("云泽经开区",)),
        (
            "申报材料|申报单位：云泽创客服务有限公司|孵化器名称：拾阶·造物社",
            "",
            ("云泽创客服务有限公司", "拾阶·造物社"),
        ),
        ("2023年工作总结", "2023年，云泽高新区实现税收3亿元。", ("云泽高新区",)),
        ("2023年工作总结", "现将云泽高新区2023年情况报告如下。", ("云泽高新区",)),
        ("乘风破浪", "入夏以来，江风阵阵。记者来到云泽临港产业园，机器轰鸣。", ("云泽临港产业园",)),
        ("上半年工作汇报", "与我区（云泽经开区）相关的数据如下。", ("云泽经开区",)),
        ("走访情况报告", "我办对云泽工业集中区企业进行了走访。", ("云泽工业集中区",)),
        ("云泽综合保税区分析", "云泽综合保税区（以下简称“综保区”）平稳。", ("云泽综合保税区", "综保区")),
        ("泽雁镇工业集中区运行分析", "一季度，泽雁镇完成产值3亿元。", ("泽雁镇工业集中区", "泽雁镇")),
        ("泽雁镇工业集中区运行分析", "泽雁镇工业集中区位于泽雁镇东。", ("泽雁镇工业集中区",)),
        ("先进园区经验摘编", "云泽工业园区面积278平方公里。", ()),
        ("重点企业运行情况", "恒睿光电股份有限公司位于云泽高新区。", ()),
        ("重点企业运行情况", "云泽高新区的恒睿光电产值3亿元。", ()),
        ("绩效通报", "云泽孵化器：在孵企业92家。", ()),
    ],
)
def test_whom_a_document_is_about(title: str, opening: str, names: tuple[str, ...]) -> None:
    lines = [half_width(line) for line in title.split("|")]
    assert owners(lines, half_width(opening)) == names


def test_figures_of_the_park_by_its_short_name_have_no_subject() -> None:
    text = "泽雁镇工业功能区2023年工作报告\n功能区入驻企业426家。泽雁镇服务业税收3亿元。"
    assert extract_text(text).figures[0].record()["subject"] == ""
