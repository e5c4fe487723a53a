"""The words of a Word paragraph as its reader sees them.

Inserted words that nobody has accepted yet (修订) are read, deleted ones are not; hidden words are left out; superscript
digits are superscript characters. What was left out, and that there are revisions, is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from parkbook.errors import Finding, Severity
from parkbook.sources.marks import raised

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOLDERS = frozenset(
    _W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")
)
"""What stands between a paragraph and its runs."""
_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": "\t"}
_OFF = frozenset({"0", "false", "off"})


@dataclass
class WordText:
    """The reader of one document's paragraphs, and what it noticed. `hidden`: styles whose words are hidden."""

    hidden: frozenset[str] = frozenset()
    left_out: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)

    def words(self, paragraph: Any) -> str:
        """The words of a `w:p`."""
        return "".join(self._words(paragraph, False, self._style(paragraph, "pPr", "pStyle") in self.hidden))

    def _words(self, holder: Any, inserted: bool, unseen: bool) -> Iterator[str]:
        for child in holder:
            if child.tag == _W + "r":
                words = self._run(child)
                if not words:
                    continue
                if unseen or self._is_hidden(child):
                    self.left_out.append(words)
                    continue
                if inserted:
                    self.inserted.append(words)
                yield words
            elif child.tag in _HOLDERS:
                yield from self._words(child, inserted or child.tag in (_W + "ins", _W + "moveTo"), unseen)

    def _run(self, run: Any) -> str:
        words = "".join(
            child.text or "" if child.tag == _W + "t" else self._sign(child) for child in run if child.tag != _W + "rPr"
        )
        properties = run.find(_W + "rPr")
        small = properties.find(_W + "vertAlign") if properties is not None else None
        return raised(words) if small is not None and small.get(_W + "val") == "superscript" else words

    @staticmethod
    def _sign(child: Any) -> str:
        """A tab or a line's end; breaks of pages and columns are none, as they are to python-docx."""
        if child.tag == _W + "br" and child.get(_W + "type", "textWrapping") != "textWrapping":
            return ""
        return _SIGNS.get(child.tag, "")

    def _is_hidden(self, run: Any) -> bool:
        properties = run.find(_W + "rPr")
        vanish = properties.find(_W + "vanish") if properties is not None else None
        if vanish is not None:
            return vanish.get(_W + "val", "1") not in _OFF
        return self._style(run, "rPr", "rStyle") in self.hidden

    @staticmethod
    def _style(element: Any, properties: str, name: str) -> str:
        found = element.find(f"{_W}{properties}/{_W}{name}")
        return str(found.get(_W + "val", "")) if found is not None else ""

    def findings(self, name: str) -> tuple[Finding, ...]:
        """What a reader of the figures has to know of the document."""
        return (
            *_finding(
                self.left_out,
                "文中有隐藏文字，未读入",
                name,
                "作废或备用的内容设成了隐藏",
                "在 Word 中显示隐藏文字核对；需要读入的请取消隐藏",
            ),
            *_finding(
                self.inserted,
                "文中有尚未接受的修订，插入的文字已读入，删除的未读",
                name,
                "文件仍在修改",
                "在 Word 中接受或拒绝修订后另存",
            ),
        )


def _finding(pieces: list[str], what: str, name: str, cause: str, remedy: str) -> Iterator[Finding]:
    pieces = list(dict.fromkeys(pieces))  # a merged cell says its words in each place it covers
    if pieces:
        found = "；".join(piece.strip()[:20] for piece in pieces[:4]) + (
            f" 等 {len(pieces)} 处" if len(pieces) > 4 else ""
        )
        yield Finding(
            what=what, where=name, found=found, cause=cause, remedy=remedy, code="report", severity=Severity.WARNING
        )


def hidden_styles(document: Any) -> frozenset[str]:
    """The styles of a document whose words are hidden."""
    hidden = set()
    for style in document.styles.element.iter(_W + "style"):
        vanish = style.find(f"{_W}rPr/{_W}vanish")
        if vanish is not None and vanish.get(_W + "val", "1") not in _OFF:
            hidden.add(str(style.get(_W + "styleId", "")))
    return frozenset(hidden)
