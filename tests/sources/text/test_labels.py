"""What a figure is called when its sentence leaves words out: the whole label, word for word."""

from __future__ import annotations

import pytest

from parkbook.sources.text.extract import extract_text

LABELS = (
    ("收集企业诉求217件，办结209件，办结率96.3%。", ("收集企业诉求", "办结企业诉求", "企业诉求办结率")),
    ("排查隐患243处，整改到位238处。", ("排查隐患", "整改隐患")),
    ("签约项目46个，新开工21个，竣工13个，开工率67%。", ("签约项目", "新开工项目", "竣工项目", "项目开工率")),
    ("13个项目总投资5亿元。", ("项目", "项目总投资")),
    ("签约31个项目总投资5亿元。", ("签约项目", "签约项目总投资")),
    (
        "28栋商务楼宇总面积134万平方米，平均入住率74.6%，较年初上升1.8个百分点。",
        ("商务楼宇", "商务楼宇总面积", "商务楼宇平均入住率", "商务楼宇平均入住率"),
    ),
    ("海洋工程装备产值126亿元，增长22%；新型显示88亿元，增长4%。", ("海洋工程装备产值",) * 2 + ("新型显示产值",) * 2),
    (
        "规上工业增加值增长6.6%，其中采矿业下降4.3%、制造业增长7.2%。",
        ("规上工业增加值", "采矿业增加值", "制造业增加值"),
    ),
    ("亩均税收11.4万元/亩，在全省经开区中排第58位。", ("亩均税收", "亩均税收排")),
    ("在全省开发区综合考评中列第9位。", ("全省开发区综合考评中列",)),
    ("磷铵均价3280元/吨，环比上涨1.5%。", ("磷铵均价", "磷铵均价")),
    ("在谈项目77个；在手订单63亿元；有息负债118亿元。", ("在谈项目", "在手订单", "有息负债")),
    ("有效发明专利512件，对外贸易额31亿元。", ("有效发明专利", "对外贸易额")),
    ("年初确定的10件民生实事。", ("确定民生实事",)),
)


@pytest.mark.parametrize(("text", "labels"), LABELS)
def test_label(text: str, labels: tuple[str, ...]) -> None:
    assert tuple(figure.record()["label"] for figure in extract_text(text).figures) == labels


def test_a_rate_keeps_its_own_entry() -> None:
    """项目开工率 is called after its projects, and is still the catalogue's 开工率."""
    rate = extract_text("签约项目46个，开工率67%。").figures[-1]
    assert (rate.observation.reported_label, rate.observation.indicator_id) == ("项目开工率", "project_start_rate")
