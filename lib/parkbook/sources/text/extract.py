"""A narrative report to observations, with the coverage ledger of its text.

python -m parkbook.sources.text.extract FILE --format jsonl      one observation a line
python -m parkbook.sources.text.extract FILE --coverage          what became of every number-like stretch
python -m parkbook.sources.text.extract FILE --review LIST.csv   adds what is doubtful to the analyst's list
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from parkbook.errors import Finding, ParkbookError
from parkbook.model import Observation, ObsStatus, Qualifier, Source, SourceKind, TargetKind, Transformation
from parkbook.sources.jsonl import json_line, observation_record, plain_number
from parkbook.sources.text import ledger, memory, review, tables
from parkbook.sources.text.attach import NOTHING, Attachment, attach
from parkbook.sources.text.composed import arrows_as_words
from parkbook.sources.text.document_year import document_year, name_by_years
from parkbook.sources.text.emphasis import EMPHASIS
from parkbook.sources.text.grid import Grid, grid_of
from parkbook.sources.text.inline import Inline, read_inline
from parkbook.sources.text.invisible import Visible, visible
from parkbook.sources.text.lex import Token, tokenise
from parkbook.sources.text.patterns import half_width
from parkbook.sources.text.quick import draft, quick
from parkbook.sources.text.read import Document, Table, read_report
from parkbook.sources.text.reading import Reading
from parkbook.sources.text.values import AMOUNT, COUNT, Quantity, printed_unit
from parkbook.sources.text.walk import Walker
from parkbook.units import dimension

_SOURCE_TEXT = 30
_SURE, _READ, _DOUBTED = Decimal("0.95"), Decimal("0.8"), Decimal("0.4")
_MASKED, _THRESHOLD, _RANK = ObsStatus.MASKED, Transformation.THRESHOLD, Transformation.RANK
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

    @property
    def printed(self) -> Decimal | None:
        """The value in the printed unit, as printed: 翻两番 is 2 (番), 前十 is 10; the observation has 4 (倍), and 1 to 10."""
        o = self.observation
        if self.unit == "番" and o.obs_value is not None:
            return Decimal(int(o.obs_value).bit_length() - 1)
        return o.value_high if o.obs_value is None and self.is_rank else o.obs_value

    @property
    def is_rank(self) -> bool:
        """A rank, or one that is aimed at."""
        return self.observation.transformation is _RANK or self.unit == "位"

    def record(self) -> dict[str, object]:
        """The line of `--format jsonl`."""
        record = observation_record(
            self.observation,
            start=self.start,
            end=self.end,
            cell=self.cell,
            unit=self.unit,
            doubtful=self.doubtful,
        )
        if self.unit == "番" or self.is_rank:
            record["value"] = plain_number(self.printed)
        return record


_observation, _text_figure = quick(Observation), quick(TextFigure)
_draft = draft(Observation)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All figures of a report in order, what became of everything number-like, and what was noticed.

    `account` makes the coverage: only who asks for it waits for it.
    """

    figures: tuple[TextFigure, ...]
    account: Callable[[], tuple[ledger.Entry, ...]] = field(compare=False, repr=False)
    text: str = ""
    findings: tuple[Finding, ...] = field(default=())

    @property
    def coverage(self) -> tuple[ledger.Entry, ...]:
        return self.account()

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
    figures = tuple(_as_given(figure, seen, text) for figure in found.figures)
    return Extraction(figures, partial(_account_as_given, found, seen, text), text, found.findings)


def _account_as_given(found: Extraction, seen: Visible, text: str) -> tuple[ledger.Entry, ...]:
    """The coverage of the visible text, at its places in the text as given, with the signs that only emphasise in between."""
    entries: list[ledger.Entry] = []
    signs = list(reversed(seen.signs))
    for entry in found.coverage:
        start, end = seen.span(entry.start, entry.end)
        while signs and signs[-1][0] < end:
            begin, stop = signs.pop()
            if stop <= start:
                entries.append(ledger.Entry(begin, stop, text[begin:stop], "excluded", EMPHASIS))
        entries.append(entry._replace(start=start, end=end, text=text[start:end]))
    entries += [ledger.Entry(begin, stop, text[begin:stop], "excluded", EMPHASIS) for begin, stop in reversed(signs)]
    return tuple(entries)


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
    inline.prose = arrows_as_words(inline.prose)
    tokens = tokenise(inline.prose)
    name_by_years(inline.prose, tokens)
    walker = Walker(text, inline.prose, tokens, document_year(inline.prose, tokens))
    walker.walk()
    turned = _UNSAFE.search(text) is not None
    figures = tuple(
        _figure(reading, text, plain, source, ref_area, turned)
        for reading in walker.readings
        if reading.transformation is not _THRESHOLD
    )
    account = partial(_account, plain, text, tokens, walker.readings, inline)
    if inline.cells:
        cells = _cell_figures(inline.cells, source, ref_area)
        figures = tuple(sorted((*figures, *cells), key=lambda one: one.start or 0))
    return Extraction(figures, account, text, inline.findings())


def _account(
    plain: str, text: str, tokens: list[Token], readings: list[Reading], inline: Inline
) -> tuple[ledger.Entry, ...]:
    """The coverage of a text: of its sentences and of its tables."""
    rules = {reading.token.start: reading.rule for reading in readings if reading.transformation is not _THRESHOLD}
    limits = {reading.token.start: reading.rule for reading in readings if reading.token.start not in rules}
    if not inline.tokens:
        return ledger.coverage(plain, text, tokens, rules, limits)
    rules |= {cell.span[0]: cell.rule for cell in inline.cells if cell.span is not None}
    stretches: list[Token | ledger.Taken] = [*tokens, *inline.tokens]
    return ledger.coverage(plain, text, sorted(stretches, key=lambda stretch: stretch.start), rules, limits)


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
    return Extraction(tuple(figures), partial(_account_placed, extraction, document), document.text, findings)


def _account_placed(extraction: Extraction, document: Document) -> tuple[ledger.Entry, ...]:
    """The coverage with the paragraph, page or cell of every entry, where the file has such."""
    if not document.blocks:
        return extraction.coverage
    return tuple(entry._replace(place=document.place_of(entry.start)) for entry in extraction.coverage)


def _placed(figure: TextFigure, document: Document) -> TextFigure:
    """The locator with its paragraph, page or cell."""
    place = document.place_of(figure.start or 0)
    if not place or figure.cell:
        return figure
    return replace(figure, observation=replace(figure.observation, locator=f"{place} {figure.observation.locator}"))


# ---------------------------------------------------------------- one figure
def _figure(reading: Reading, text: str, plain: str, source: Source, ref_area: str, turned: bool) -> TextFigure:
    token, quantity = reading.token, reading.quantity
    start, end, printed = token.start, token.end, quantity.unit
    attached = _attached(reading)
    value, low, high = signed(quantity, reading.transformation, reading.direction, reading.status)
    doubtful = reading.doubtful or (_turned(text, token) if turned else "")
    made = _draft()
    made.ref_area = ref_area
    made.reported_label = reading.label
    made.period = reading.period
    made.source = source
    made.locator = f"字符 {start}-{end}"
    made.indicator_id = attached.indicator_id
    made.subject = _as_written(reading.subject, text, plain, start) if reading.subject else ""
    made.parent = reading.parent
    made.transformation = reading.transformation
    made.comparison = reading.comparison
    made.base_period = reading.base_period
    made.price_basis = reading.price_basis
    made.scope_basis = reading.scope_basis
    made.fiscal_basis = reading.fiscal_basis
    made.seasonally_adjusted = False
    made.target_kind = reading.target_kind
    made.rank_scope = reading.rank_scope
    made.rank_denominator = None
    made.obs_value, made.value_low, made.value_high = value, low, high
    made.unit_measure = printed.unit.measure
    made.unit_mult = printed.unit.mult
    made.unit_inferred = printed.inferred
    made.obs_status = reading.status
    made.qualifier = Qualifier.RANGE if low is not None else reading.qualifier
    made.scope = made.vintage = made.note = made.corrected_from = ""
    made.header_cells = ()
    made.source_text = phrase_around(text, start, end)
    made.rule = reading.rule
    made.confidence = _confidence(doubtful, reading.label, attached)
    made.attributes = (("indicator_label", attached.label_zh),) if attached.label_zh else ()
    made.__class__ = Observation
    return _text_figure(start, end, printed.text, made, doubtful)


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
    below = low is not None and low < 0  # -5%至-3%: a range with its own signs
    if below or not (quantity.negative or (direction < 0 and transformation in _MOVING)):
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
    begin = end - _SOURCE_TEXT if end > _SOURCE_TEXT else 0
    if begin > start:
        return text[start:end].strip()[-_SOURCE_TEXT:]
    stop = _STOP.match(text, begin, start)
    return text[begin if stop is None else stop.end() : end].strip()


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
