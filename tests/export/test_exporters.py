"""Files on disk and nbconvert's names."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_markdown_cell, new_notebook

from parkbook.briefing.blocks import Sheet, SheetColumn, Workbook
from parkbook.errors import OutputError
from parkbook.export.exporters import (
    ParkbookDocxExporter,
    ParkbookHTMLExporter,
    ParkbookPDFExporter,
    ParkbookXlsxExporter,
)
from parkbook.export.files import export_docx, export_html, export_pdf, export_xlsx


@pytest.fixture
def stored(tmp_path: Path, samples: SimpleNamespace) -> Path:
    path = tmp_path / "out.ipynb"
    book = Workbook(sheets=(Sheet.of("指标", (SheetColumn(label="指标"),), [("甲",)]),))
    nbformat.write(samples.notebook([*samples.everything(), book]), path)
    return path


def test_files_are_written_whole_and_the_same_twice(stored: Path, tmp_path: Path) -> None:
    exports = {"html": export_html, "pdf": export_pdf, "docx": export_docx, "xlsx": export_xlsx}
    made = [export(stored, tmp_path / f"园区 1.{suffix}") for suffix, export in exports.items()]
    before = [path.read_bytes() for path in made]
    for content, start in zip(before, (b"<!DOCTYPE html>", b"%PDF", b"PK", b"PK"), strict=True):
        assert content.startswith(start)
    for path, export in zip(made, exports.values(), strict=True):
        export(stored, path)
    assert [path.read_bytes() for path in made] == before
    assert {path.name for path in tmp_path.iterdir()} == {"out.ipynb", *(f"园区 1.{suffix}" for suffix in exports)}
    assert all(str(tmp_path).encode() not in content for content in before)


@pytest.mark.parametrize(
    ("exporter", "start", "ending"),
    [
        (ParkbookHTMLExporter, "<!DOCTYPE html>", ".html"),
        (ParkbookPDFExporter, b"%PDF", ".pdf"),
        (ParkbookDocxExporter, b"PK", ".docx"),
        (ParkbookXlsxExporter, b"PK", ".xlsx"),
    ],
)
def test_nbconvert_drives_them(stored: Path, exporter: type, start: str | bytes, ending: str) -> None:
    made, resources = exporter().from_filename(str(stored))
    assert made.startswith(start) and resources["output_extension"] == ending


def test_nbconvert_knows_them_by_name() -> None:
    for name in ("html", "pdf", "docx", "xlsx"):
        assert get_exporter(f"parkbook-{name}").file_extension == f".{name}"  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("exporter", [ParkbookHTMLExporter, ParkbookPDFExporter, ParkbookDocxExporter])
def test_a_notebook_without_blocks_is_exported(exporter: type) -> None:
    assert exporter().from_notebook_node(new_notebook(cells=[new_markdown_cell("# 随手分析\n\n正文")]))[0]


def test_a_folder_that_is_not_there_is_said(stored: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"无法写入文件；位置：x.html.*检查文件夹是否存在"):
        export_html(stored, tmp_path / "none" / "x.html")
