"""The landing page of a run: `index.html`, one static file that works from a file share and needs no script.

The batch says what there is (a Site); this renders it: what failed, the map of parks by how they stand, their documents in
every format, tables. Links are relative. Search and filter come with a script, which the page does without when it must
not run. Nothing of the moment or the machine goes in, so that an unchanged run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from parkbook.export.inlined import TEMPLATES, policy, script_text, style_text
from parkbook.indicators.rounding import half_up

FORMAT_LABELS: Final = {"html": "网页", "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "ipynb": "分析本"}
"""What the files of a job are called, in the order they are offered; others follow under their ending."""
GROUPS: Final = ("失败", "本单位", "示例数据", "其他单位", "本次没有运行")
"""The parts of the map, in the order they are shown."""


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
        order = {suffix: place for place, suffix in enumerate(FORMAT_LABELS)}
        found = [(name.rpartition(".")[2], name) for name in self.files]
        found.sort(key=lambda item: (order.get(item[0], len(order)), item[1]))
        return [(FORMAT_LABELS.get(suffix, suffix.upper()), quote(name)) for suffix, name in found]

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
    level: str = ""
    synthetic: bool = False
    figures: int | None = None
    numbers: int = 0
    """How many of the figures are numbers; the others are masked, missing or said in words."""
    periods: str = ""
    problem: str = ""
    documents: tuple[Document, ...] = ()

    @property
    def failures(self) -> list[Document]:
        return [document for document in self.documents if document.failed]

    @property
    def failed(self) -> bool:
        return bool(self.failures or self.problem)

    @property
    def status(self) -> str:
        """In a word: whether the run brought what it should."""
        return "失败" if self.failed else "完成" if self.documents else "没有运行"

    @property
    def group(self) -> str:
        """Where the park stands on the map."""
        if self.failed or not self.documents:
            return "失败" if self.failed else "本次没有运行"
        return "示例数据" if self.synthetic else "本单位" if self.relation == "本单位" else "其他单位"

    @property
    def anchor(self) -> str:
        return f"park-{self.park_id}"

    @property
    def share(self) -> Decimal | None:
        """The percentage of figures that are numbers; None when there are no figures."""
        return half_up(Decimal(100 * self.numbers) / self.figures, 1) if self.figures else None

    @property
    def share_words(self) -> str:
        if self.figures is None:
            return "数据未能读取"
        return f"{self.figures}条，{self.numbers}条有数值" if self.figures else "没有数据"


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
    def unread(self) -> list[ParkEntry]:
        """Parks that could not be read and for which no document failed that would say so."""
        return [park for park in self.parks if park.problem and not park.failures]

    @property
    def groups(self) -> list[tuple[str, list[ParkEntry]]]:
        """The parts of the map that hold a park."""
        found = [(group, [park for park in self.parks if park.group == group]) for group in GROUPS]
        return [(group, members) for group, members in found if members]

    @property
    def ordered(self) -> list[ParkEntry]:
        """All parks as the map has them, failures first."""
        return [park for _, members in self.groups for park in members]

    @property
    def choices(self) -> list[tuple[str, str, list[str]]]:
        """(field, label, values) of each filter that would tell parks apart."""
        fields = (("kind", "类型"), ("level", "级别"), ("relation", "关系"), ("status", "状态"))
        found = [(name, label, sorted({getattr(park, name) for park in self.parks} - {""})) for name, label in fields]
        return [(name, label, values) for name, label, values in found if len(values) > 1]

    @property
    def documents(self) -> int:
        return sum(len(park.documents) for park in self.parks) + len(self.across)


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
    style = f"{style_text('page.css')}\n{style_text('site.css')}"
    scripts = [script_text("page.js"), script_text("site.js")]
    shown = [Markup(script) for script in scripts]  # the package's own files
    return _template().render(
        site=site, style=Markup(style), scripts=shown, policy=Markup(policy([style], scripts))
    ) + "\n"  # fmt: skip
