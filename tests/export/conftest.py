"""Notebooks made in memory: a realistic one, and what the tests hang into it. All figures are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from parkbook.briefing.blocks import (
    Appendix,
    Block,
    Bullets,
    Column,
    Cover,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Provenance,
    Run,
    Table,
)
from parkbook.export.document import Document, notebook_document

SVG = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100pt" height="50pt">'
    '<metadata>made by someone at some time</metadata><defs><style type="text/css">*{stroke-linejoin: round}</style>'
    '<path id="bar" d="M 1.234567 2 L 30 40 z"/><clipPath id="clip"><rect width="90" height="40"/></clipPath></defs>'
    '<g clip-path="url(#clip)"><use xlink:href="#bar" style="fill: #336699"/></g></svg>'
)
SOURCE = Provenance(
    label="规上工业总产值", value="676.2亿元", period="2024年1—9月", status="公布数", basis="累计；现价", source="示例园区《经济指标月报》",
    grade="官方发布", locator="经济指标.xlsx，9月!D17", headers="本月止累计 › 绝对量", source_text="1—9月累计676.2亿元", formula="直接引用",
    inputs=("D17",), notes=("快报数",),
)  # fmt: skip


def cover(**changes: Any) -> Cover:
    fields: dict[str, Any] = {
        "title": "示例园区2024年前三季度主要经济指标概览", "subtitle": "2024年1—9月", "notebook": "park", "park_name": "示例园区",
        "state": "final", "period": "2024年1—9月", "notices": ("根据公开资料整理，非官方文件",),
    }  # fmt: skip
    return Cover(**(fields | changes))


def table(**changes: Any) -> Table:
    fields: dict[str, Any] = {
        "caption": "主要指标", "unit_line": "单位：亿元、%", "notes": ("注：快报数。",), "source_line": "来源：示例。", "refs": {"a": SOURCE},
        "columns": (Column(label="指标"), Column(label="绝对量", align="right", group="累计"), Column(label="同比", align="right", group="累计")),
        "rows": (((Run(text="规上工业总产值"),), (Run(text="676.2", ref="a"),), (Run(text="▲12.4"),)),),
    }  # fmt: skip
    return Table(**(fields | changes))


def figure(**changes: Any) -> Figure:
    return Figure(
        **({"caption": "同比增速", "alt": "同比增速：12.4%", "svg": SVG, "source_line": "来源：同上。"} | changes)
    )


def everything(**cover_changes: Any) -> list[Block]:
    """A block of each kind."""
    return [
        cover(**cover_changes),
        Paragraph(runs=(Run(text="完成规上工业总产值"), Run(text="676.2亿元", ref="a"), Run(text="，同比增长12.4%。")), refs={"a": SOURCE}),
        KeyFigures(
            items=(KeyFigure(label="总产值", value=Run(text="676.2亿元", ref="a"), verdict="快于序时进度", tone="good"),
                   KeyFigure(label="投资", value=Run(text="未公布"), details=(Run(text="▼3.1%"),), verdict="慢于序时进度", tone="bad")),
            refs={"a": SOURCE},
        ),
        Heading(level=1, text="一、工作开展情况"),
        table(),
        Heading(level=3, text="1.小标题"),
        Bullets(items=((Run(text="第一项"),), (Run(text="第二项", strong=True),))),
        figure(),
        table(caption="另一张表"),
        figure(caption="另一张图"),
        Paragraph(runs=(Run(text="提示语。"),), role="warning"),
        Appendix(title="数据来源"),
        Paragraph(runs=(Run(text="附件正文。"),), role="note"),
    ]  # fmt: skip


def notebook(blocks: Iterable[Block], cells: Iterable[NotebookNode] = ()) -> NotebookNode:
    shown = [
        new_code_cell("", outputs=[new_output("display_data", data=block._repr_mimebundle_())]) for block in blocks
    ]
    return new_notebook(cells=[*shown, *cells])


@pytest.fixture
def make() -> Callable[..., Document]:
    """A document from blocks, and from further cells."""

    def made(blocks: Iterable[Block] = (), cells: Iterable[NotebookNode] = (), name: str = "park") -> Document:
        return notebook_document(notebook(blocks, cells), name)

    return made


@pytest.fixture(scope="session")
def samples() -> SimpleNamespace:
    """The builders above, for tests: importlib mode knows no modules beside a test."""
    return SimpleNamespace(
        SVG=SVG, SOURCE=SOURCE, cover=cover, table=table, figure=figure, everything=everything, notebook=notebook
    )


HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "closing": "</style></title></svg>]]>--><b>",
    "typst": "#set page(width: 1cm) $x^2$ @label *b* _i_ `r` \\ ] [ <l> // /* ~ ==",
    "quotes": "\"'&amp;&#x3c;“”‘’",
    "controls": "甲\x00乙\x07丙\u202e丁\u2066戊\ufeff己\x1b[31m庚\r\n辛",
    "long word": "https://example.org/" + "abcdefghij" * 30,
    "long name": "一座拥有四十个汉字名称的高新技术产业开发区软件与信息服务业示范基地管理委员会综合办公室某某处",
    "rare": "镕玥垚昇翀",
    "empty": "",
    "spaces": " \t　 ",
}


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def hostile(request: pytest.FixtureRequest) -> str:
    """A string that has broken a renderer somewhere."""
    text: str = request.param
    return text


@pytest.fixture
def hostile_blocks(hostile: str) -> list[Block]:
    """Every field that holds words, holding a hostile string."""
    run = Run(text=hostile)
    words = {name: hostile for name in Provenance.model_fields if name not in ("inputs", "notes")}
    source = Provenance(**words, inputs=(hostile,), notes=(hostile,))
    strong, cited = Run(text=hostile, strong=True), Run(text=hostile, ref=hostile)
    refs = {hostile: source} if hostile else {"": source}
    column = Column(label=hostile, group=hostile, align="right")
    return [
        Cover(title=hostile, subtitle=hostile, notebook=hostile, park_id=hostile, park_name=hostile, relation="own", synthetic=True,
              period=hostile, as_of=hostile, notices=(hostile, hostile), signature=hostile, signature_date=hostile,
              letterhead=hostile, document_number=hostile, signer=hostile, addressee=hostile),
        Heading(level=4, text=hostile),
        *(Paragraph(runs=(run, strong, cited), refs=refs, role=role) for role in ("lead", "body", "note", "warning")),
        Bullets(items=((run, cited), ()), refs=refs),
        Bullets(items=((run, cited),), refs=refs, ordered=True),
        Bullets(items=((run, cited), (run,)), refs=refs, title=hostile or "框"),
        KeyFigures(items=(KeyFigure(label=hostile, value=cited, details=(run, strong), verdict=hostile, tone="unknown"),), refs=refs),
        Table(caption=hostile, columns=(Column(label=hostile), column, column), rows=(((run,), (cited,), (strong,)), ((run,),)),
              unit_line=hostile, notes=(hostile,), source_line=hostile, refs=refs),
        Figure(caption=hostile, alt=hostile.strip() or "图", svg=SVG, source_line=hostile),
        Appendix(title=hostile),
    ]  # fmt: skip
