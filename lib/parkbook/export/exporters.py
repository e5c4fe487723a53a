"""The exporters that nbconvert knows by name.

    jupyter nbconvert --to parkbook-html out.ipynb
    jupyter nbconvert --to parkbook-pdf out.ipynb

JupyterLab lists both under Save and Export Notebook As. A notebook without blocks is exported too.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from parkbook.export.document import Document, notebook_document
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
