"""The landing page of a run: `index.html`, one static file that works from a file share and needs no script.

The batch says what there is (a Site); this renders it. Links are relative. Nothing of the moment or the machine goes in,
so that an unchanged run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

FORMAT_LABELS: Final = {"html": "网页", "pdf": "PDF", "ipynb": "分析本"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One notebook's results: the files that are there, or why they are not."""

    label: str
    files: tuple[str, ...] = ()
    failed: bool = False
    stage: str = ""
    cell: int = 0
    message: str = ""

    @property
    def links(self) -> list[tuple[str, str]]:
        """(label, address) of each file, the readable ones first."""
        order = list(FORMAT_LABELS)
        found = [(name.rpartition(".")[2], name) for name in self.files]
        return [
            (FORMAT_LABELS[suffix], quote(name))
            for suffix, name in sorted(found, key=lambda item: order.index(item[0]))
        ]

    @property
    def place(self) -> str:
        return f"{self.stage}，单元 [{self.cell}]" if self.cell else self.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkEntry:
    """One park's row."""

    park_id: str
    name: str
    relation: str = ""
    kind: str = ""
    synthetic: bool = False
    figures: int | None = None
    periods: str = ""
    problem: str = ""
    documents: tuple[Document, ...] = ()

    @property
    def failures(self) -> list[Document]:
        return [document for document in self.documents if document.failed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that the landing page shows."""

    title: str
    parks: Sequence[ParkEntry] = ()
    across: Sequence[Document] = ()
    """Documents over several parks."""
    tables: Sequence[tuple[str, str]] = ()
    problems: Sequence[str] = ()
    """What concerns the run as a whole, such as a table that could not be written."""

    @property
    def failures(self) -> list[tuple[str, Document]]:
        """(whose, what) of everything that failed."""
        found = [(park.name, document) for park in self.parks for document in park.failures]
        return found + [("", document) for document in self.across if document.failed]

    @property
    def documents(self) -> int:
        return sum(len(park.documents) for park in self.parks) + len(self.across)


TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("site.html.j2")


def render_site(site: Site) -> str:
    """The landing page as HTML, in the style of the pages it leads to."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return _template().render(site=site, page_style=style) + "\n"
