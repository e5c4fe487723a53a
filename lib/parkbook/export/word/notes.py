"""Where the figures come from, as endnotes: one to a paragraph, an item or a table, so that the page stays readable.

A note names each figure of its paragraph with value, place and status, the documents each once. That of a table names the
ranges of its cells. A note that would say the same as an earlier one is not made again; its mark refers to the earlier one.
A long name of a document stands in the first note that has it; later ones say 同注 with its number, a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from parkbook.briefing.blocks import Block, Provenance, Runs
from parkbook.briefing.claims import COUNTED
from parkbook.briefing.fragments import clean_text, provenance_of
from parkbook.codelists import label_zh
from parkbook.export.word.package import StyleIds
from parkbook.export.word.words import NAMESPACES, field, paragraph, run
from parkbook.model import Transformation

PUBLISHED: Final = ("已公布", "据公布数计算", "公布数")
"""The status that goes without saying in a note."""
LONG: Final = 24
"""Characters from which the name of a document is not repeated."""
MOST_NAMED: Final = 20
FEW_NAMED: Final = 12
"""Of more counted indicators than the former only the latter are named: a note is no list of a hundred names."""
FEW: Final = 4
"""Places of one sheet that are named one by one."""
_KINDS: Final = frozenset(label_zh(kind) for kind in Transformation)
"""增速, 完成率, 占比 …: what stands before a value; the rest of its basis stands behind it."""
_CELL: Final = re.compile(r"(.*!)?([A-Z]{1,3})([0-9]{1,7})")
_SPAN: Final = re.compile(r"字符 ([0-9]+)-([0-9]+)")


class Note(NamedTuple):
    """The words of a note, and the documents that are named in it; no words: no note."""

    text: str
    documents: tuple[str, ...] = ()


class Notes:
    """The notes of a document, in the order of their marks."""

    def __init__(self, styles: StyleIds) -> None:
        self.styles = styles
        self.numbers: dict[Note, int] = {}

    def mark(self, note: Note) -> str:
        """The mark of a note: a reference, or a field that repeats the number of the note that says the same."""
        if not note.text:
            return ""
        style = self.styles["endnote-mark"]
        if note in self.numbers:
            number = self.numbers[note]
            inner = _reference(number, style)
        else:
            number = self.numbers[note] = len(self.numbers) + 1
            inner = (
                f'<w:bookmarkStart w:id="{number}" w:name="{_bookmark(number)}"/>'
                f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:endnoteReference w:id="{number}"/></w:r>'
                f'<w:bookmarkEnd w:id="{number}"/>'
            )
        return run("[", style=style) + inner + run("]", style=style)

    def part(self) -> str:
        """The part that holds the notes, with the two separators that Word wants."""
        separators = "".join(
            f'<w:endnote w:type="{kind}" w:id="{number}">{paragraph(self.styles["normal"], f"<w:r><w:{kind}/></w:r>")}</w:endnote>'
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        named: dict[str, int] = {}
        notes = "".join(self._note(number, note, named) for note, number in self.numbers.items())
        return f"<w:endnotes {NAMESPACES}>{separators}{notes}</w:endnotes>"

    def _note(self, number: int, note: Note, named: dict[str, int]) -> str:
        """A note; `named` are the long names of documents with the notes in which they stand."""
        label = "<w:r><w:endnoteRef/></w:r><w:r><w:tab/></w:r>"
        known = [name for name in note.documents if name in named]
        named |= {name: number for name in note.documents if len(name) > LONG and name not in named}
        words = _referring(note.text, known, named)
        return f'<w:endnote w:id="{number}">{paragraph(self.styles["endnote"], label, words)}</w:endnote>'


def _referring(text: str, known: list[str], named: dict[str, int]) -> str:
    """The words of a note as runs, the documents that an earlier note names replaced by its number."""
    if not known:
        return run(text)
    first, *rest = known
    pieces = (_referring(piece, rest, named) for piece in text.split(first))
    return (run("文件同注") + _reference(named[first])).join(pieces)


def _reference(number: int, style: str = "") -> str:
    return field(f"NOTEREF {_bookmark(number)} \\h", str(number), style=style)


def _bookmark(number: int) -> str:
    return f"_RefNote{number}"


def cited(runs: Iterable[Runs], block: Block) -> list[Provenance]:
    """The provenances of the figures in some runs, each once, in order."""
    found = (provenance_of(block, one.ref, one.text) for some in runs for one in some if one.ref)
    return list(dict.fromkeys(found))


# -- a paragraph -------------------------------------------------------------------------------------------------------


def paragraph_note(figures: Sequence[Provenance]) -> Note:
    """Each figure with its place, grouped by document and period, then the computed ones with formula and inputs."""
    groups: dict[str, list[Provenance]] = {}
    for one in figures:
        if not one.formula or not one.inputs:
            groups.setdefault(_document(one, period=True), []).append(one)
    parts = [f"{head}：{_listed(group)}" if head else _listed(group) for head, group in groups.items()]
    parts += [_computed(one) for one in figures if one.formula and one.inputs]
    return Note(_sentence(parts), _named(figures))


def _named(figures: Sequence[Provenance]) -> tuple[str, ...]:
    """The documents as a note names them, but those of computed figures, whose inputs are named instead."""
    found = (_flat(_document(one, period=False)) for one in figures if not (one.formula and one.inputs))
    return tuple(name for name in dict.fromkeys(found) if name)


def _document(one: Provenance, *, period: bool) -> str:
    graded = f"{one.source}（{one.grade}）" if one.source and one.grade else one.source or one.grade
    return "，".join(part for part in (graded, one.period if period else "") if part)


def _listed(group: list[Provenance]) -> str:
    """工业总产值1769.6亿元（9月!D17）、增速38.8%（9月!F17）: a label is said once for neighbours that share it."""
    labels = ["", *(one.label for one in group)]
    said = [_figure(one, repeated=before == now) for (before, now), one in zip(pairwise(labels), group, strict=True)]
    return "、".join(said)


def _figure(one: Provenance, *, repeated: bool) -> str:
    kinds = [part for part in one.basis.split("；") if part in _KINDS]
    basis = [part for part in one.basis.split("；") if part not in _KINDS]
    place = [one.locator, *basis, _status(one), f"原文“{one.source_text}”" if _says_more(one) else "", *one.notes]
    where = "；".join(part for part in place if part)
    label = "" if repeated else f"{one.label} "
    kind = "".join(f"{part} " for part in kinds)
    value = f"−{one.value[1:]}" if one.value.startswith("-") else one.value  # a hyphen would end a line
    return f"{label}{kind}{value}{f'（{where}）' if where else ''}"


def _status(one: Provenance) -> str:
    return "" if one.status in PUBLISHED else one.status


def _says_more(one: Provenance) -> bool:
    """The words of a report or publication; a cell of a ledger has none of its own."""
    return bool(one.source_text) and not _CELL.fullmatch(one.locator) and one.source_text != f"{one.label} {one.value}"


def _computed(one: Provenance) -> str:
    if one.formula == COUNTED:
        listed = one.inputs if len(one.inputs) <= MOST_NAMED else one.inputs[:FEW_NAMED]
        rest = "" if len(listed) == len(one.inputs) else "等，逐项名单见网页版"
        return f"本文计数：{one.label}{one.value}（{'；'.join(listed)}{rest}）"
    more = "；".join(part for part in (_status(one), *one.notes) if part)
    said = f"计算所得：{one.label} {one.value} = {one.formula}，依据{'、'.join(one.inputs)}"
    return said + (f"（{more}）" if more else "")


# -- a table -----------------------------------------------------------------------------------------------------------


def table_note(figures: Sequence[Provenance]) -> Note:
    """The documents with the ranges of their cells, the formulas with how often each was used, what is no final figure."""
    documents: dict[str, list[str]] = {}
    formulas: dict[str, int] = {}
    for one in figures:
        if one.formula and one.inputs:
            formulas[one.formula] = formulas.get(one.formula, 0) + 1
        else:
            documents.setdefault(_document(one, period=False), []).append(one.locator)
    parts = [f"{head}：{'、'.join(ranges(places))}" if any(places) else head for head, places in documents.items()]
    if formulas:
        parts.append("由以上公布数计算：" + "；".join(f"{text}（{count}个数）" for text, count in formulas.items()))
    weak: dict[str, list[str]] = {}
    for one in figures:
        if _status(one):
            weak.setdefault(_status(one), []).append(f"{one.label} {one.value}")
    parts += [f"{status}：{'、'.join(dict.fromkeys(names))}" for status, names in weak.items()]
    return Note(_sentence(parts), _named(figures))


def ranges(places: Iterable[str]) -> list[str]:
    """Places, each once; many of one sheet, or of one text, as the range they lie in and how many they are."""
    groups: dict[tuple[str, str], list[str]] = {}
    for place in dict.fromkeys(places):
        cell, span = _CELL.fullmatch(place), _SPAN.fullmatch(place)
        key = ("cell", cell[1] or "") if cell else ("span", "") if span else ("", place)
        if place:
            groups.setdefault(key, []).append(place)
    return [text for (kind, sheet), found in groups.items() for text in _ranged(kind, sheet, found)]


def _ranged(kind: str, sheet: str, places: list[str]) -> list[str]:
    if len(places) <= FEW:
        return places
    if kind == "cell":
        cells = [found for place in places if (found := _CELL.fullmatch(place))]
        columns = sorted((found[2] for found in cells), key=lambda letters: (len(letters), letters))
        rows = sorted(int(found[3]) for found in cells)
        return [f"{sheet}{columns[0]}{rows[0]}:{columns[-1]}{rows[-1]} 内 {len(places)} 个单元格"]
    spans = [found for place in places if (found := _SPAN.fullmatch(place))]
    ends = [int(found[group]) for found in spans for group in (1, 2)]
    return [f"字符 {min(ends)}-{max(ends)} 之间 {len(places)} 处"]


def _sentence(parts: Iterable[str]) -> str:
    text = "。".join(_flat(part) for part in parts if part.strip())
    return f"{text}。" if text and not text.endswith("。") else text


def _flat(text: str) -> str:
    return clean_text(text).replace("\n", " ").strip()
