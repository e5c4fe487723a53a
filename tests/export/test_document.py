"""A notebook read: what is shown, in which order, under which number; what is hidden."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from parkbook.briefing.blocks import MIME_TYPE, Appendix, Bullets, Figure, Heading, Paragraph, Run, Table
from parkbook.errors import RenderError
from parkbook.export.document import Document, Failure, notebook_document, read_document
from parkbook.export.markdown import Picture, Preformatted

Make = Callable[..., Document]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

FAR = "/" + "home"  # a folder of some machine


def contents(document: Document) -> list[object]:
    return [item.content for item in document.items]


def test_blocks_come_in_order_and_tables_and_figures_are_numbered_apart(make: Make, samples: SimpleNamespace) -> None:
    document = make(samples.everything())
    numbered = [
        (item.content.caption, item.number) for item in document.items if isinstance(item.content, Table | Figure)
    ]
    assert numbered == [("主要指标", 1), ("同比增速", 1), ("另一张表", 2), ("另一张图", 2)]
    assert document.cover.title == "示例园区2024年前三季度主要经济指标概览"
    assert not any(content == document.cover for content in contents(document))


def test_several_attachments_are_numbered_one_is_not(make: Make) -> None:
    one, two = Appendix(title="甲"), Appendix(title="乙")
    assert [block.number for block in contents(make([one]))] == [0]  # type: ignore[attr-defined]
    assert [block.number for block in contents(make([one, two]))] == [1, 2]  # type: ignore[attr-defined]
    assert [block.number for block in contents(make([Appendix(title="丙", number=7), two]))] == [7, 2]  # type: ignore[attr-defined]


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "hide", "remove-cell", "remove_cell"])
def test_tagged_cells_are_hidden(make: Make, tag: str) -> None:
    output = new_output("stream", name="stdout", text="secret")
    cell = new_code_cell("park = 1", metadata={"tags": [tag]}, outputs=[output])
    assert contents(make(cells=[cell, new_markdown_cell("see", metadata={"tags": [tag]})])) == []


def test_code_is_never_shown(make: Make) -> None:
    assert contents(make(cells=[new_code_cell("print('x')")])) == []


def test_markdown_becomes_blocks(make: Make) -> None:
    text = "## 一、标题\n\n正文**粗**，见[网](https://example.org)。\n\n- 甲\n  - 乙\n\n1. 子\n\n> 引\n\n| 项 | 值 |\n|---|--:|\n| 税 | 1 |\n\n    code\n"
    heading, body, bullets, ordered, quote, table, code = contents(make(cells=[new_markdown_cell(text)]))
    assert heading == Heading(level=1, text="一、标题")
    assert isinstance(body, Paragraph) and Run(text="粗", strong=True) in body.runs
    assert "".join(run.text for run in body.runs) == "正文粗，见网（https://example.org）。"
    assert isinstance(bullets, Bullets) and ["".join(run.text for run in item) for item in bullets.items] == [
        "甲",
        "— 乙",
    ]
    assert isinstance(ordered, Bullets) and ordered.ordered
    assert isinstance(quote, Paragraph) and quote.role == "note"
    assert (
        isinstance(table, Table)
        and [column.align for column in table.columns] == ["left", "right"]
        and not table.caption
    )
    assert code == Preformatted("code")


def test_raw_html_is_text(make: Make) -> None:
    (block,) = contents(make(cells=[new_markdown_cell("<div onclick='x'>raw</div>")]))
    assert isinstance(block, Paragraph) and block.runs[0].text == "<div onclick='x'>raw</div>"


def test_pictures_of_markdown_are_taken_only_from_the_notebook(make: Make) -> None:
    cell = new_markdown_cell(
        "前![一](attachment:a.png)后![二](https://example.org/b.png)", attachments={"a.png": {"image/png": PNG}}
    )
    before, picture, after = contents(make(cells=[cell]))
    assert isinstance(picture, Picture) and picture.alt == "一" and picture.content == base64.b64decode(PNG)
    assert isinstance(before, Paragraph) and isinstance(after, Paragraph)
    assert "".join(run.text for run in after.runs) == "后［图：二］"


def test_the_first_markdown_title_is_the_documents_without_a_cover(make: Make) -> None:
    document = make(cells=[new_markdown_cell("# 我的分析\n\n# 第二"), new_markdown_cell("## 小节")], name="x")
    assert document.cover.title == "我的分析"
    assert contents(document) == [Heading(level=1, text="第二"), Heading(level=1, text="小节")]
    assert make(name="explore").cover.title == "explore"
    assert make().cover.state == "draft"


def test_a_markdown_title_before_the_cover_is_dropped(make: Make, samples: SimpleNamespace) -> None:
    document = notebook_document(
        new_notebook(cells=[new_markdown_cell("# 工作簿"), *samples.notebook([samples.cover()]).cells]), "x"
    )
    assert document.cover.title.startswith("示例园区") and document.items == ()


def test_a_second_cover_is_a_heading(make: Make, samples: SimpleNamespace) -> None:
    assert contents(make([samples.cover(), samples.cover(title="另一个")])) == [Heading(level=1, text="另一个")]


def test_an_empty_title_gets_words(make: Make, samples: SimpleNamespace) -> None:
    assert make([samples.cover(title=" ")]).cover.title == "未命名文档"


def test_other_outputs_become_text_or_pictures_never_html(make: Make) -> None:
    outputs = [
        new_output("stream", name="stdout", text="一\n"),
        new_output("stream", name="stdout", text="\x1b[31m二\x1b[0m\n"),
        new_output(
            "execute_result", data={"text/plain": "   a\n0  1", "text/html": "<table onload=x><tr><td>1</table>"}
        ),
        new_output(
            "display_data", data={"image/png": PNG, "text/plain": "<Figure>"}, metadata={"image/png": {"alt": "走势"}}
        ),
        new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()"}),
        new_output("display_data", data={"text/markdown": "### 题"}),
    ]
    stream, frame, picture, heading = contents(make(cells=[new_code_cell("", outputs=outputs)]))
    assert stream == Preformatted("一\n二")
    assert frame == Preformatted("   a\n0  1")
    assert isinstance(picture, Picture) and picture.alt == "走势"
    assert heading == Heading(level=2, text="题")


@pytest.mark.parametrize(("text", "shown"), [
    (f"FileNotFoundError: {FAR}/someone/data/parks/x.csv", "FileNotFoundError: x.csv"),
    (r"C:\Users\someone\data\x.csv: no", "x.csv: no"),
    ("读取 /srv/园区/台账.xlsx 完成", "读取 台账.xlsx 完成"),
    ("见 https://example.org/a/b，亿元/亩，1/2", "见 https://example.org/a/b，亿元/亩，1/2"),
])  # fmt: skip
def test_folders_of_the_machine_are_cut(make: Make, text: str, shown: str) -> None:
    cell = new_code_cell("", outputs=[new_output("stream", name="stderr", text=text)])
    assert contents(make(cells=[cell])) == [Preformatted(shown)]


def test_an_error_is_a_visible_box(make: Make) -> None:
    error = new_output(
        "error", ename="LayoutError", evalue=f"表头不符：{FAR}/u/a.xlsx", traceback=[f"{FAR}/u/secret.py"]
    )
    document = make(cells=[new_code_cell("x"), new_code_cell("y", outputs=[error])])
    assert document.failed and document.items[0].cell == 2
    assert contents(document) == [Failure("LayoutError", "表头不符：a.xlsx")]


def test_a_block_of_another_version_is_refused(make: Make) -> None:
    cell = new_code_cell(
        "", outputs=[new_output("display_data", data={MIME_TYPE: {"kind": "heading", "level": 9, "text": "x"}})]
    )
    with pytest.raises(RenderError, match=r"内容块无法识别；位置：第 1 个单元格.*level"):
        make(cells=[cell])


@pytest.mark.parametrize("content", ["", "not json", "{}", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "out.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RenderError, match=r"不是有效的 Jupyter 笔记本；位置：out.ipynb") as caught:
        read_document(path)
    assert str(tmp_path) not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"无法读取笔记本；位置：none.ipynb"):
        read_document(tmp_path / "none.ipynb")


def test_reading_a_file_gives_the_same_as_reading_a_notebook(tmp_path: Path, samples: SimpleNamespace) -> None:
    notebook = samples.notebook(samples.everything())
    nbformat.write(notebook, tmp_path / "园区 一.ipynb")
    assert read_document(tmp_path / "园区 一.ipynb") == notebook_document(notebook, "园区 一")
