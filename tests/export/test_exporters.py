"""Files on disk and nbconvert's names."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from parkbook.errors import OutputError
from parkbook.export.exporters import ParkbookHTMLExporter, ParkbookPDFExporter
from parkbook.export.files import export_html, export_pdf


@pytest.fixture
def stored(tmp_path: Path, samples: SimpleNamespace) -> Path:
    path = tmp_path / "out.ipynb"
    nbformat.write(samples.notebook(samples.everything()), path)
    return path


def test_files_are_written_whole_and_the_same_twice(stored: Path, tmp_path: Path) -> None:
    page, paper = export_html(stored, tmp_path / "园区 1.html"), export_pdf(stored, tmp_path / "园区 1.pdf")
    before = page.read_bytes(), paper.read_bytes()
    assert before[0].startswith(b"<!DOCTYPE html>") and before[1].startswith(b"%PDF")
    export_html(stored, page)
    export_pdf(stored, paper)
    assert (page.read_bytes(), paper.read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.ipynb", "园区 1.html", "园区 1.pdf"]
    assert str(tmp_path).encode() not in before[0] + before[1]


@pytest.mark.parametrize(
    ("exporter", "start", "ending"),
    [(ParkbookHTMLExporter, "<!DOCTYPE html>", ".html"), (ParkbookPDFExporter, b"%PDF", ".pdf")],
)
def test_nbconvert_drives_them(stored: Path, exporter: type, start: str | bytes, ending: str) -> None:
    made, resources = exporter().from_filename(str(stored))
    assert made.startswith(start) and resources["output_extension"] == ending


@pytest.mark.parametrize("exporter", [ParkbookHTMLExporter, ParkbookPDFExporter])
def test_a_notebook_without_blocks_is_exported(exporter: type) -> None:
    assert exporter().from_notebook_node(new_notebook(cells=[new_markdown_cell("# 随手分析\n\n正文")]))[0]


def test_a_folder_that_is_not_there_is_said(stored: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"无法写入文件；位置：x.html.*检查文件夹是否存在"):
        export_html(stored, tmp_path / "none" / "x.html")
