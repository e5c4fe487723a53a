"""The committed examples are whole, say what they are, and are the ones the READMEs show."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "outputs" / "examples"


def text(name: str) -> str:
    return "".join(page.extract_text() for page in PdfReader(EXAMPLES / f"{name}.pdf").pages).replace("\n", "")


@pytest.mark.parametrize(
    ("name", "title", "notice"),
    [
        ("qilu-overview", "齐鲁软件园公开数据概览", "根据公开资料整理，非官方文件"),
        ("demo-work-report", "示例高新技术产业园2025年工作情况汇报", "示例数据，不反映任何真实园区"),
        ("beijing-comparison", "北京市六大高端产业功能区", "根据公开资料整理，非官方文件"),
    ],
)
def test_an_example_says_what_it_is(name, title, notice):
    said = text(name)
    assert title in said and said.count(notice) == len(PdfReader(EXAMPLES / f"{name}.pdf").pages)


def test_figures_of_a_real_park_are_those_of_its_report():
    said = text("qilu-overview")
    for figure in ("1769.6亿元", "1083.7亿元", "39577万美元", "316.6%", "22.6%"):
        assert figure in said


def test_the_examples_are_three_documents_and_name_no_place_of_a_machine():
    assert {path.stem for path in EXAMPLES.iterdir()} == {"qilu-overview", "demo-work-report", "beijing-comparison"}
    for path in EXAMPLES.iterdir():
        content = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        assert not re.search(rb"/(home|root|tmp|Users|work)/", content), path.name


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_show_pages_of_each_example(readme):
    said = (ROOT / readme).read_text(encoding="utf-8")
    for path in sorted({path.stem for path in EXAMPLES.iterdir()}):
        assert f"docs/images/{path}.png" in said
        assert (ROOT / "docs" / "images" / f"{path}.png").stat().st_size < 200_000


@pytest.mark.parametrize("name", ["qilu-overview", "demo-work-report"])
def test_a_leaders_document_does_not_print_the_parameters(name):
    assert "本次运行的参数" not in text(name)
