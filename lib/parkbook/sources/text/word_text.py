"""The words of a Word paragraph as its reader sees them.

Inserted words that nobody has accepted yet (修订) are read, deleted ones are not; hidden words are left out; superscript
digits are superscript characters. Words that are struck through are no longer valid and are left out too. What was left out,
and that there are revisions, is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from parkbook.errors import Finding, Severity
from parkbook.sources.marks import raised

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOLDERS = frozenset(
    W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")
)
"""What stands between a paragraph and its runs."""
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
_OFF = frozenset({"0", "false", "off"})
_STRIKES = ("strike", "dstrike")
_BOX = W + "txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass
class WordText:
    """The reader of one document's paragraphs, and what it noticed. `hidden`, `struck`: styles whose words are so."""

    hidden: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    left_out: list[str] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)

    def words(self, paragraph: Any) -> str:
        """The words of a `w:p`."""
        style = self._style(paragraph, "pPr", "pStyle")
        return "".join(self._words(paragraph, False, style in self.hidden, style in self.struck))

    def boxes(self, paragraph: Any) -> Iterator[Any]:
        """The contents of the text boxes that hang on a paragraph, without those inside them."""
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            if element.tag == _BOX:
                yield element
            elif element.tag != _FALLBACK or not _has_choice(element):
                waiting += reversed(element)

    def _words(self, holder: Any, inserted: bool, unseen: bool, crossed: bool) -> Iterator[str]:
        for child in holder:
            if child.tag == W + "r":
                words = self._run(child)
                if not words:
                    continue
                if unseen or self._is_hidden(child):
                    self.left_out.append(words)
                    continue
                if self._is_struck(child, crossed):
                    self.crossed.append(words)
                    continue
                if inserted:
                    self.inserted.append(words)
                yield words
            elif child.tag in _HOLDERS:
                yield from self._words(child, inserted or child.tag in (W + "ins", W + "moveTo"), unseen, crossed)

    def _run(self, run: Any) -> str:
        words = "".join(
            child.text or "" if child.tag == W + "t" else self._sign(child) for child in run if child.tag != W + "rPr"
        )
        properties = run.find(W + "rPr")
        small = properties.find(W + "vertAlign") if properties is not None else None
        return raised(words) if small is not None and small.get(W + "val") == "superscript" else words

    @staticmethod
    def _sign(child: Any) -> str:
        """A tab or a line's end; breaks of pages and columns are none, as they are to python-docx."""
        if child.tag == W + "br" and child.get(W + "type", "textWrapping") != "textWrapping":
            return ""
        return _SIGNS.get(child.tag, "")

    def _is_hidden(self, run: Any) -> bool:
        properties = run.find(W + "rPr")
        vanish = properties.find(W + "vanish") if properties is not None else None
        if vanish is not None:
            return vanish.get(W + "val", "1") not in _OFF
        return self._style(run, "rPr", "rStyle") in self.hidden

    def _is_struck(self, run: Any, crossed: bool) -> bool:
        """By its own setting; else by its style or its paragraph's."""
        properties = run.find(W + "rPr")
        marks = [properties.find(W + name) for name in _STRIKES] if properties is not None else []
        if set_here := [mark for mark in marks if mark is not None]:
            return any(mark.get(W + "val", "1") not in _OFF for mark in set_here)
        return crossed or self._style(run, "rPr", "rStyle") in self.struck

    @staticmethod
    def _style(element: Any, properties: str, name: str) -> str:
        found = element.find(f"{W}{properties}/{W}{name}")
        return str(found.get(W + "val", "")) if found is not None else ""

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
                self.crossed,
                "文中有划去的文字（删除线），未读入",
                name,
                "作废的内容划去而没有删除",
                "核对划去的内容是否作废；仍有效的请取消删除线",
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


def styles_with(document: Any, *names: str) -> frozenset[str]:
    """The styles of a document that set one of these (vanish, strike)."""
    found = set()
    for style in document.styles.element.iter(W + "style"):
        marks = [style.find(f"{W}rPr/{W}{name}") for name in names]
        if any(mark is not None and mark.get(W + "val", "1") not in _OFF for mark in marks):
            found.add(str(style.get(W + "styleId", "")))
    return frozenset(found)


def _has_choice(fallback: Any) -> bool:
    """Whether the other form of the same drawing is there: its words would be said twice."""
    holder = fallback.getparent()
    return any(child is not fallback and child.tag != _FALLBACK for child in holder)
