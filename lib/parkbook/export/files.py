"""Documents written to files.

export_html("out.ipynb", "out.html")
write_html(document, path), write_pdf(document, path)     # read once, render both

A Word file takes its styles from data/templates/<park>.docx, else from default.docx there, when there is one.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from parkbook.errors import OutputError
from parkbook.export.annex import render_xlsx
from parkbook.export.document import Document, read_document
from parkbook.export.docx import office_template, render_docx
from parkbook.export.html import render_html
from parkbook.export.pdf import render_pdf


def export_html(notebook: Path | str, out: Path | str) -> Path:
    """Read a notebook and write it as HTML; returns the file."""
    return write_html(read_document(notebook), out)


def export_pdf(notebook: Path | str, out: Path | str) -> Path:
    """Read a notebook and write it as PDF; returns the file."""
    return write_pdf(read_document(notebook), out)


def export_docx(notebook: Path | str, out: Path | str) -> Path:
    """Read a notebook and write it as a Word file; returns the file."""
    return write_docx(read_document(notebook), out)


def export_xlsx(notebook: Path | str, out: Path | str) -> Path:
    """Read a notebook and write the Excel file of its figures; returns the file."""
    return write_xlsx(read_document(notebook), out)


def write_html(document: Document, out: Path | str) -> Path:
    """Write a document as HTML."""
    return _written(Path(out), render_html(document).encode("utf-8"))


def write_pdf(document: Document, out: Path | str) -> Path:
    """Write a document as PDF."""
    return _written(Path(out), render_pdf(document))


def write_docx(document: Document, out: Path | str) -> Path:
    """Write a document as a Word file."""
    return _written(Path(out), render_docx(document, office_template(document.cover.park_id)))


def write_xlsx(document: Document, out: Path | str) -> Path:
    """Write the Excel file of a document."""
    return _written(Path(out), render_xlsx(document))


def _written(path: Path, content: bytes) -> Path:
    """Write beside the place and move into it, so that no half file is ever seen."""
    waiting = path.with_name(f".{path.stem[:40]}-{os.getpid()}.part")
    try:
        waiting.write_bytes(content)
        waiting.replace(path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise OutputError(
            "无法写入文件",
            where=path.name,
            cause=problem.strerror or type(problem).__name__,
            remedy="检查文件夹是否存在、是否可写、磁盘是否已满，文件是否正被其他程序打开",
        ) from None
    return path
