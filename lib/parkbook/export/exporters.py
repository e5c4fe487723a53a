"""The exporters that nbconvert knows by name.

    jupyter nbconvert --to parkbook-html out.ipynb
    jupyter nbconvert --to parkbook-pdf out.ipynb
    jupyter nbconvert --to parkbook-docx out.ipynb
    jupyter nbconvert --to parkbook-xlsx out.ipynb        # the figures of a briefing

JupyterLab lists them under Save and Export Notebook As. A notebook without blocks is exported too, but to xlsx.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from parkbook.export.annex import render_xlsx
from parkbook.export.document import Document, notebook_document
from parkbook.export.docx import office_template, render_docx
from parkbook.export.html import render_html
from parkbook.export.pdf import render_pdf


def _document(notebook: NotebookNode, resources: dict[str, Any]) -> Document:
    return notebook_document(notebook, str(resources.get("metadata", {}).get("name") or ""))


class ParkbookHTMLExporter(Exporter):
    """A notebook as one HTML page for reading, mailing and printing."""

    file_extension = ".html"
    output_mimetype = "text/html"
    export_from_notebook = "园区简报 HTML"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        return render_html(_document(notebook, found)), found


class ParkbookPDFExporter(Exporter):
    """A notebook as PDF on the page of GB/T 9704-2012."""

    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "园区简报 PDF"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        return render_pdf(_document(notebook, found)), found


class ParkbookDocxExporter(Exporter):
    """A notebook as a Word file on the page of GB/T 9704-2012, to go on editing."""

    file_extension = ".docx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    export_from_notebook = "园区简报 Word"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        document = _document(notebook, found)
        return render_docx(document, office_template(document.cover.park_id)), found


class ParkbookXlsxExporter(Exporter):
    """The figures of a briefing as an Excel file, with formulas, inputs and sources."""

    file_extension = ".xlsx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    export_from_notebook = "园区简报附表 Excel"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        return render_xlsx(_document(notebook, found)), found
