"""The lines of a figure's panel: where it comes from, each word said once.

    台账　06招商任务2025.xlsx 12月!F8          an office's own ledger is named by the label of its line
    表头　F3 1—本月累计；F4 绝对量；A8              a header whose words stand in the panel's title, by its address
    依据　04重点项目.xlsx 2025年4季度：2025年完成投资：甲 8.44亿元（K16）；乙 5.02亿元（K17）

A page holds thousands of panels, and a computed figure may rest on a hundred cells of one sheet. Nothing is left out that
the panel does not say elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from parkbook.briefing.blocks import Provenance

LEDGER_GRADE: Final = "内部统计台账"
FACTORED: Final = 3
"""Inputs from one sheet of which what they share is said once."""
_HEADER = re.compile(r"([A-Z]{1,3}\d+) (.+)", re.DOTALL)
_INPUT = re.compile(r"(.+) (\S+)（([^（）]+)!(\$?[A-Z]{1,3}\$?\d+)）", re.DOTALL)

_TIME = re.compile(r"\d{4}年(?:末|(?:\d+—)?\d+月末?|[一二三四]季度末?|[上下]半年末?|前三季度)?")
"""How the names of inputs begin: the display form of a period."""


class _Input(NamedTuple):
    """An input as `provenance.observation_text` writes it."""

    name: str
    value: str
    sheet: str
    cell: str


def origin_lines(provenance: Provenance) -> list[tuple[str, list[str]]]:
    """(label, lines) of all that is known, in the order it is read."""
    source, place, grade = provenance.source, provenance.locator, provenance.grade
    if source and "!" in place:  # a cell: document and address are one place
        source, place = f"{source} {place}", ""
    if provenance.inputs and all(title in " ".join(provenance.inputs) for title in _titles(source)):
        source = ""  # each input names its own
    label = "来源"
    if source and grade == LEDGER_GRADE:
        label, grade, source = "台账", "", source.replace("《", "", 1).replace("》", "", 1)
    graded = f"{source}（{grade}）" if source and grade and source != grade else source or grade
    groups = (
        (label, [graded]),
        ("位置", [place]),
        ("表头", [_headers(provenance)]),
        ("原文", [_quoted(provenance)]),
        ("公式", [provenance.formula]),
        ("依据", _inputs(provenance.inputs)),
        ("说明", list(provenance.notes)),
    )
    filled = ((name, [text for text in texts if text]) for name, texts in groups)
    return [(name, texts) for name, texts in filled if texts]


def _titles(source: str) -> list[str]:
    """The documents of a computed figure, as its inputs name them; what is no list of titles is one of its own."""
    return [part.removeprefix("《").removesuffix("》") for part in source.split("；")]


def _headers(provenance: Provenance) -> str:
    """The header cells; those whose words the title has, by their addresses."""
    if not provenance.headers:
        return ""
    own, titled = [], []
    for text in provenance.headers.split("；"):
        found = _HEADER.fullmatch(text)
        if found and found[2] in provenance.label:
            titled.append(found[1])
        else:
            own.append(text)
    return "；".join([*own, "、".join(titled)] if titled else own)


def _quoted(provenance: Provenance) -> str:
    """The words around the figure, unless all of them stand in its name, value and headers: a cell has no other."""
    said = f"{provenance.label} {provenance.value} {provenance.headers}"
    return "" if all(word in said for word in provenance.source_text.split()) else provenance.source_text


def _inputs(inputs: Sequence[str]) -> list[str]:
    """The inputs of a formula, a line each; many from one sheet in one line, sheet and shared words said once."""
    parsed = [(text, _parsed(text)) for text in inputs]
    sheets = Counter(found.sheet for _, found in parsed if found)
    lines: dict[str, str] = {}
    for text, found in parsed:
        if found is None or sheets[found.sheet] < FACTORED:
            lines[text] = text
        elif found.sheet not in lines:
            lines[found.sheet] = _factored(found.sheet, [one for _, one in parsed if one and one.sheet == found.sheet])
    named = all(found is None for _, found in parsed) and len(parsed) >= FACTORED
    return ["；".join(lines.values())] if named else list(lines.values())


def _parsed(text: str) -> _Input | None:
    found = _INPUT.fullmatch(text)
    return _Input(found[1], found[2], found[3], found[4]) if found else None


def _factored(sheet: str, cells: Sequence[_Input]) -> str:
    """Inputs of one sheet: the time and the words at the end that their names share, once, then each value and cell."""
    times = [found[0] if (found := _TIME.match(cell.name)) else "" for cell in cells]
    rests = [cell.name.removeprefix(time) for cell, time in zip(cells, times, strict=True)]
    time = times[0] if len(set(times)) == 1 else ""
    end = _common_end(rests)
    listed = "；".join(
        f"{own.removeprefix(time)}{rest.removesuffix(end)} {cell.value}（{cell.cell}）".strip()
        for own, rest, cell in zip(times, rests, cells, strict=True)
    )
    return "：".join(part for part in (sheet, f"{time}{end}", listed) if part)


def _common_end(texts: Sequence[str]) -> str:
    """The characters that all texts end with; a single one is no word and does not count."""
    backwards = zip(*(reversed(text) for text in texts), strict=False)
    same = [characters[0] for characters in takewhile(lambda characters: len(set(characters)) == 1, backwards)]
    return "".join(reversed(same)) if len(same) > 1 else ""
