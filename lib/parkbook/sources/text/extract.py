"""A narrative report to observations, with the coverage ledger of its text.

python -m parkbook.sources.text.extract FILE --format jsonl      one observation a line
python -m parkbook.sources.text.extract FILE --coverage          what became of every number-like stretch
python -m parkbook.sources.text.extract FILE --review LIST.csv   adds what is doubtful to the analyst's list
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from parkbook.errors import Finding, ParkbookError
from parkbook.model import Observation, ObsStatus, Qualifier, Source, SourceKind, TargetKind, Transformation
from parkbook.sources.jsonl import json_line, observation_record
from parkbook.sources.text import ledger, memory, review, tables, when
from parkbook.sources.text.attach import NOTHING, Attachment, attach
from parkbook.sources.text.emphasis import EMPHASIS
from parkbook.sources.text.grid import Grid, grid_of
from parkbook.sources.text.inline import read_inline
from parkbook.sources.text.invisible import Visible, visible
from parkbook.sources.text.lex import Token, tokenise
from parkbook.sources.text.patterns import half_width
from parkbook.sources.text.quick import quick
from parkbook.sources.text.read import Document, Table, read_report
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.values import AMOUNT, COUNT, Quantity, printed_unit
from parkbook.sources.text.walk import Walker
from parkbook.units import dimension

_SOURCE_TEXT = 30
_SURE, _READ, _DOUBTED = Decimal("0.95"), Decimal("0.8"), Decimal("0.4")
_MASKED, _THRESHOLD = ObsStatus.MASKED, Transformation.THRESHOLD
_LEVELS = frozenset({Transformation.LEVEL, Transformation.TARGET})
_MOVING = frozenset({Transformation.GROWTH, Transformation.CHANGE, Transformation.CONTRIBUTION})
_STOP = re.compile(r".*[。；;！？!?\n]", re.DOTALL)
_TURNING, _CUTTING = r"\u202a-\u202e\u2066-\u2069\u200e\u200f", r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_DIRECTION, _CONTROLS = re.compile(f"[{_TURNING}]"), f"[{_CUTTING}]"
_UNSAFE = re.compile(f"[{_TURNING}{_CUTTING}]")
_CUT = re.compile(rf"[0-9０-９.．,，]{_CONTROLS}+\Z")


@dataclass(frozen=True, slots=True)
class TextFigure:
    """An observation and where its words stand: a span of the text, or a cell of a table. `unit` is as printed."""

    start: int | None
    end: int | None
    unit: str
    observation: Observation
    doubtful: str = ""
    cell: str = ""

    def record(self) -> dict[str, object]:
        """The line of `--format jsonl`."""
        return observation_record(
            self.observation,
            start=self.start,
            end=self.end,
            cell=self.cell,
            unit=self.unit,
            doubtful=self.doubtful,
        )


_observation, _text_figure = quick(Observation), quick(TextFigure)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All figures of a report in order, what became of everything number-like, and what was noticed."""

    figures: tuple[TextFigure, ...]
    coverage: tuple[ledger.Entry, ...]
    text: str = ""
    findings: tuple[Finding, ...] = field(default=())

    @property
    def observations(self) -> tuple[Observation, ...]:
        return tuple(figure.observation for figure in self.figures)

    def jsonl(self) -> Iterator[str]:
        for figure in self.figures:
            yield json_line(figure.record())


_NO_SOURCE = Source(source_id="text", kind=SourceKind.REPORT)


def extract_text(
    text: str,
    source: Source = _NO_SOURCE,
    ref_area: str = "",
    gridded: bool = True,
    known: Sequence[Table] | None = None,
    markdown: bool = False,
) -> Extraction:
    """Every figure of a text, its tables included; positions are code points of `text` as given.

    `gridded`: whether lines with pipes and tabs may be tables; `known`: the tables of a docx or pdf, which stand in its text;
    `markdown`: whether the file is one, so that **12亿元** is no mask.
    """
    memory.of_this_project()
    seen = visible(text, markdown)
    grids = [] if not gridded else None if known is None else [grid_of(table, text, seen) for table in known]
    if seen is None:
        return _extract(text, source, ref_area, grids)
    found = _extract(seen.text, source, ref_area, grids)
    coverage = tuple(_entries_as_given(found.coverage, seen, text))
    return replace(
        found, figures=tuple(_as_given(figure, seen, text) for figure in found.figures), coverage=coverage, text=text
    )


def _entries_as_given(entries: Iterable[ledger.Entry], seen: Visible, text: str) -> Iterator[ledger.Entry]:
    """The ledger of the visible text at its places in the text as given, with the signs that only emphasise in between."""
    signs = list(reversed(seen.signs))
    for entry in entries:
        start, end = seen.span(entry.start, entry.end)
        while signs and signs[-1][0] < end:
            begin, stop = signs.pop()
            if stop <= start:
                yield ledger.Entry(begin, stop, text[begin:stop], "excluded", EMPHASIS)
        yield entry._replace(start=start, end=end, text=text[start:end])
    for begin, stop in reversed(signs):
        yield ledger.Entry(begin, stop, text[begin:stop], "excluded", EMPHASIS)


def _as_given(figure: TextFigure, seen: Visible, text: str) -> TextFigure:
    """A figure of the visible text at its place in the text as given; doubtful when a footnote's mark was left out."""
    if figure.start is None or figure.end is None:
        return figure
    start, end = seen.span(figure.start, figure.end)
    locator = figure.observation.locator.replace(f"字符 {figure.start}-{figure.end}", f"字符 {start}-{end}")
    observation = replace(figure.observation, locator=locator)
    if not figure.cell:
        observation = replace(observation, source_text=phrase_around(text, start, end))
    doubt = seen.doubt(start, end)
    if not doubt:
        return replace(figure, start=start, end=end, observation=observation)
    doubted = replace(observation, confidence=_DOUBTED)
    return replace(figure, start=start, end=end, observation=doubted, doubtful=figure.doubtful or doubt)


def _extract(text: str, source: Source, ref_area: str, grids: Sequence[Grid] | None) -> Extraction:
    plain = half_width(text)
    inline = read_inline(text, plain, grids)
    tokens = tokenise(inline.prose)
    walker = Walker(text, inline.prose, tokens, when.document_year(inline.prose, tokens))
    walker.walk()
    turned = _UNSAFE.search(text) is not None
    stated = [reading for reading in walker.readings if reading.transformation is not _THRESHOLD]
    figures = tuple(_figure(reading, text, plain, source, ref_area, turned) for reading in stated)
    rules = {reading.token.start: reading.rule for reading in stated}
    limits = {reading.token.start: reading.rule for reading in walker.readings if reading.token.start not in rules}
    if not inline.cells and not inline.tokens:
        return Extraction(figures, ledger.coverage(plain, text, tokens, rules, limits), text)
    figures = tuple(sorted((*figures, *_cell_figures(inline.cells, source, ref_area)), key=lambda one: one.start or 0))
    rules |= {cell.span[0]: cell.rule for cell in inline.cells if cell.span is not None}
    stretches: list[Token | ledger.Taken] = [*tokens, *inline.tokens]
    taken = sorted(stretches, key=lambda stretch: stretch.start)
    return Extraction(figures, ledger.coverage(plain, text, taken, rules, limits), text, inline.findings())


def extract_file(path: Path, ref_area: str = "", decisions: Path | None = None) -> Extraction:
    """Every figure of a report file, its tables included, after the analyst's decisions in `decisions` (review.csv)."""
    memory.of_this_project()
    document = read_report(path)
    source = Source(source_id=path.stem, kind=SourceKind.REPORT, sha256=document.sha256)
    known = document.tables if document.blocks else None
    extraction = extract_text(document.text, source, ref_area, known=known, markdown=path.suffix.lower() == ".md")
    figures = [_placed(figure, document) for figure in extraction.figures]
    if decisions is not None:
        figures = review.apply_decisions(figures, document.text, review.read_decisions(decisions, path.name))
    findings = (*document.findings, *(finding.at(document.name) for finding in extraction.findings))
    places = [document.place_of(entry.start) for entry in extraction.coverage] if document.blocks else []
    coverage = (
        tuple(entry._replace(place=place) for entry, place in zip(extraction.coverage, places, strict=True))
        if places
        else extraction.coverage
    )
    return Extraction(tuple(figures), coverage, document.text, findings)


def _placed(figure: TextFigure, document: Document) -> TextFigure:
    """The locator with its paragraph, page or cell."""
    place = document.place_of(figure.start or 0)
    if not place or figure.cell:
        return figure
    return replace(figure, observation=replace(figure.observation, locator=f"{place} {figure.observation.locator}"))


# ---------------------------------------------------------------- one figure
def _figure(reading: Reading, text: str, plain: str, source: Source, ref_area: str, turned: bool) -> TextFigure:
    token, quantity = reading.token, reading.quantity
    attached = _attached(reading)
    value, low, high = signed(quantity, reading.transformation, reading.direction, reading.status)
    doubtful = reading.doubtful or (_turned(text, token) if turned else "")
    observation = _observation(
        ref_area=ref_area,
        reported_label=reading.label,
        period=reading.period,
        source=source,
        locator=f"字符 {token.start}-{token.end}",
        indicator_id=attached.indicator_id,
        subject=_as_written(reading.subject, text, plain, token.start),
        parent=reading.parent,
        transformation=reading.transformation,
        comparison=reading.comparison,
        base_period=reading.base_period,
        target_kind=reading.target_kind,
        rank_scope=reading.rank_scope,
        price_basis=reading.price_basis,
        scope_basis=reading.scope_basis,
        fiscal_basis=reading.fiscal_basis,
        obs_value=value,
        value_low=low,
        value_high=high,
        unit_measure=quantity.unit.unit.measure,
        unit_mult=quantity.unit.unit.mult,
        unit_inferred=quantity.unit.inferred,
        obs_status=reading.status,
        qualifier=Qualifier.RANGE if low is not None else reading.qualifier,
        source_text=phrase_around(text, token.start, token.end),
        rule=reading.rule,
        confidence=_confidence(doubtful, reading.label, attached),
        attributes=(("indicator_label", attached.label_zh),) if attached.label_zh else (),
    )
    return _text_figure(token.start, token.end, quantity.unit.text, observation, doubtful)


def _as_written(name: str, text: str, plain: str, before: int) -> str:
    """A name with the signs of the text: 贝朗（青州）公司 was read as 贝朗(青州)公司."""
    if not name or name.isalpha():
        return name
    place = plain.rfind(name, 0, before)
    return text[place : place + len(name)] if place >= 0 else name


def _attached(reading: Reading) -> Attachment:
    """By the whole label where the catalogue has it (智能算力占比), else by the phrase that the figure is of."""
    whole = attach(reading.label)
    found = whole if whole.exact or reading.label == reading.base else attach(reading.base)
    if found.indicator_id and reading.transformation in _LEVELS and not _fits(reading.quantity, found):
        return NOTHING
    return found


def _fits(quantity: Quantity, attached: Attachment) -> bool:
    """Whether a figure can be the indicator by its unit: 亿元 is no number of enterprises, 个 and 家 both count."""
    kind, wanted = quantity.unit.kind, printed_unit(attached.unit)
    if COUNT in (kind, wanted.kind) or not quantity.unit.unit.measure:
        return kind is wanted.kind or not quantity.unit.unit.measure
    return kind is not AMOUNT or dimension(quantity.unit.unit) == dimension(wanted.unit)


def signed(
    quantity: Quantity, transformation: Transformation, direction: int, status: ObsStatus
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, low and high with the sign that their words give: 下降8.8% is -8.8; a printed minus stays."""
    if status is _MASKED:
        return None, None, None
    value, low, high = quantity.value, quantity.low, quantity.high
    if not (quantity.negative or (direction < 0 and transformation in _MOVING)):
        return value, low, high
    return -value if value is not None else None, -high if high is not None else None, -low if low is not None else None


def _confidence(doubtful: str, label: str, attached: Attachment) -> Decimal:
    """How sure the reading is; below one half it goes to the review list."""
    if doubtful or not label:
        return _DOUBTED
    return _SURE if attached.exact else _READ


def _turned(text: str, token: Token) -> str:
    """Why invisible characters make a figure doubtful: they turn the direction of its line, or cut its number in two."""
    if _CUT.search(text, max(0, token.start - 4), token.start) or re.search(_CONTROLS, text[token.start : token.end]):
        return "数中有不可见的控制字符"
    begin, end = text.rfind("\n", 0, token.start) + 1, text.find("\n", token.end)
    return "所在行有改变文字方向的控制字符" if _DIRECTION.search(text, begin, end if end >= 0 else len(text)) else ""


def phrase_around(text: str, start: int, end: int) -> str:
    """The words around a figure, at most thirty characters, from the start of its sentence where that fits."""
    begin = max(end - _SOURCE_TEXT, 0)
    stop = _STOP.match(text, begin, start)
    begin = stop.end() if stop is not None else begin
    return text[min(begin, start) : end].strip()[-_SOURCE_TEXT:]


# ---------------------------------------------------------------- tables
def _cell_figures(cells: Iterable[tables.Cell], source: Source, ref_area: str) -> Iterator[TextFigure]:
    """The observations of a table; in a plain text a cell is a span of it too."""
    for cell in cells:
        status = ObsStatus.MASKED if cell.quantity.masked else ObsStatus.REPORTED
        value, low, high = signed(cell.quantity, cell.transformation, cell.direction, status)
        attached = attach(cell.label)
        observation = _observation(
            ref_area=ref_area,
            reported_label=cell.label,
            period=cell.period,
            source=source,
            locator=cell.address if cell.span is None else f"{cell.address} 字符 {cell.span[0]}-{cell.span[1]}",
            indicator_id=attached.indicator_id,
            subject=cell.subject,
            parent=cell.parent,
            transformation=cell.transformation,
            comparison=cell.comparison,
            target_kind=TargetKind.BASE if cell.transformation is Transformation.TARGET else None,
            obs_value=value,
            value_low=low,
            value_high=high,
            unit_measure=cell.quantity.unit.unit.measure,
            unit_mult=cell.quantity.unit.unit.mult,
            unit_inferred=cell.quantity.unit.inferred,
            obs_status=status,
            qualifier=Qualifier.RANGE if low is not None else cell.quantity.qualifier,
            source_text=f"{cell.label} {cell.words}"[:_SOURCE_TEXT],
            rule=cell.rule,
            confidence=_confidence(cell.doubtful, cell.label, attached),
            attributes=(("indicator_label", attached.label_zh),) if attached.label_zh else (),
        )
        start, end = cell.span or (None, None)
        yield _text_figure(start, end, cell.quantity.unit.text, observation, cell.doubtful, cell.address)


# ---------------------------------------------------------------- command
def main(arguments: list[str] | None = None) -> int:
    """The command; errors are one sentence on stderr."""
    parser = argparse.ArgumentParser(prog="parkbook extract", description="读出一份报告中的全部数据")
    parser.add_argument("file", type=Path)
    parser.add_argument("--format", choices=["jsonl"], default="jsonl")
    parser.add_argument("--coverage", action="store_true", help="列出每个数字、掩码和中文数的去向")
    parser.add_argument("--review", type=Path, help="复核清单：采用其中的意见，并补入存疑的数据")
    options = parser.parse_args(arguments)
    try:
        extraction = extract_file(options.file, decisions=options.review)
        findings = [*extraction.findings]
        if options.review is not None:
            review.write_review(options.review, options.file.name, extraction.text, extraction.figures)
            findings += review.decisions_without_file(options.review, options.file.parent)
    except ParkbookError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for finding in findings:
        sys.stderr.write(f"{finding}\n")
    lines = [ledger.as_csv(extraction.coverage)] if options.coverage else [line + "\n" for line in extraction.jsonl()]
    sys.stdout.writelines(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
