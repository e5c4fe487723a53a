"""Does a sheet have the headers its layout declares, and where? Compared cell by cell; nothing is guessed.

A column's header is its path: the words of the header rows from top to bottom, merged areas filled. Every column with a
header must be declared, and the declared ones must be there once each, in the declared order, from `first_column` on.
One difference refuses the whole table, because a form that changed in one place may have changed in others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from openpyxl.utils import column_index_from_string, get_column_letter

from parkbook.errors import Finding, LayoutError, PeriodError
from parkbook.periods import Period, parse_period
from parkbook.sources.grid import Grid, position
from parkbook.sources.layout import PERIOD_PLACE, ColumnSpec, Layout, normal_words

CODE = LayoutError.code
REMEDY = "请报送单位按原表式重报；确为新表式的，另建一个版式文件（edition），不要改动原表"
LONGEST_SHIFT = 10
"""How many rows up or down a displaced header is looked for, to name the cause."""


@dataclass(frozen=True, slots=True)
class Header:
    """A column as it stands in the sheet: its words from top to bottom, and their cells."""

    column: int
    words: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(normal_words(word) for word in self.words)

    @property
    def cells_with_words(self) -> tuple[str, ...]:
        return tuple(f"{cell} {word}" for cell, word in zip(self.cells, self.words, strict=True))


@dataclass(frozen=True, slots=True)
class Declared:
    """A column as the layout has it. `order` counts the columns that have a place; the others may stand anywhere."""

    words: tuple[str, ...]
    order: int | None = None
    spec: ColumnSpec | None = None
    at: str = ""
    optional: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        return _normal(self.words)


@dataclass(frozen=True, slots=True)
class Matched:
    """A column of figures or words: what the layout says of it, where it is, and the period its header names."""

    spec: ColumnSpec
    header: Header
    period_words: str = ""


@dataclass(frozen=True)
class Headers:
    """All columns of a table that fits its layout."""

    columns: tuple[Matched, ...]
    places: dict[tuple[str, ...], int]

    def column_of(self, reference: Sequence[str]) -> int:
        """Where the column of a declared path is; 0 for an optional one that is absent."""
        return self.places.get(_normal(reference), 0)


def _normal(path: Iterable[str]) -> tuple[str, ...]:
    return tuple(normal_words(word) for word in path)


def shown_path(path: Iterable[str]) -> str:
    return "/".join(" ".join(word.split()) for word in path)


def read_headers(grid: Grid, layout: Layout, shift: int = 0) -> list[Header]:
    """The columns that have header words, left to right; `shift` looks that many rows further down."""
    rows = [row + shift for row in layout.header_rows if row + shift >= 1]
    headers = (_header(grid, layout, rows, column) for column in range(1, grid.last_column + 1))
    return [header for header in headers if header.words]


def _header(grid: Grid, layout: Layout, rows: list[int], column: int) -> Header:
    words: list[str] = []
    cells: list[str] = []
    for row in rows:
        cell = grid.filled(row, column)
        if not cell.text and layout.header_fill == "left" and row != rows[-1] and grid.filled(rows[-1], column).text:
            cell = next((grid.filled(row, left) for left in range(column, 0, -1) if grid.filled(row, left).text), cell)
        if cell.text and cell.address not in cells and cell.address not in _rule_cells(layout):
            words.append(cell.text)
            cells.append(cell.address)
    return Header(column, tuple(words), tuple(cells))


def _rule_cells(layout: Layout) -> set[str]:
    return {rule.cell for rule in (layout.period, layout.unit, layout.vintage) if rule is not None and rule.cell}


def declared_columns(layout: Layout) -> list[Declared]:
    """What the layout expects: the key and its like anywhere, the columns in their order."""
    specs = {_normal(spec.header): (number, spec) for number, spec in enumerate(layout.columns)}
    letters = {_normal(reference.header): reference.at for reference in (layout.key, layout.group) if reference}
    ignored = {_normal(path) for path in layout.ignore_columns}
    declared: list[Declared] = []
    for reference in layout.references():
        path = _normal(reference)
        order, spec = specs.get(path, (None, None))
        declared.append(
            Declared(
                tuple(reference),
                order,
                spec,
                spec.at if spec else letters.get(path, ""),
                path in ignored or bool(spec and spec.optional),
            )
        )
    return declared


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(re.escape(part) for part in word.split(PERIOD_PLACE)) + r"\Z")


def _fits(declared: Declared, header: Header) -> str | None:
    """Whether a header is the declared one: the period's words it carries (mostly none), or None."""
    if len(declared.path) != len(header.path):
        return None
    period_words = ""
    for wanted, word, printed in zip(declared.path, header.path, header.words, strict=True):
        if PERIOD_PLACE not in wanted:
            if wanted != word:
                return None
            continue
        found = _pattern(wanted).match(normal_words(printed))
        if found is None or not _is_period(found[1]):
            return None
        period_words = found[1]
    return period_words


def _is_period(words: str) -> bool:
    try:
        period: Period = parse_period(words, 2000)
    except PeriodError:
        return False
    return period.known


def match_headers(grid: Grid, layout: Layout, where: str) -> tuple[Headers | None, list[Finding]]:
    """The columns of a table, or one finding for each column that is not where the layout says."""
    headers = read_headers(grid, layout)
    declared = declared_columns(layout)
    fits = _assign(headers, declared)
    findings = _differences(headers, declared, fits, where)
    if findings:
        moved = _moved_as_a_whole(grid, layout, declared, where)
        return None, [moved] if moved else [_with_cause(finding, grid) for finding in findings]
    shifted = _starts_elsewhere(headers, layout, where)
    if shifted:
        return None, [shifted]
    columns = tuple(
        Matched(item.spec, header, _fits(item, header) or "")
        for header in headers
        for item in [fits[header.column]]
        if item.spec is not None and not item.spec.ignore
    )
    return Headers(columns, {fits[header.column].path: header.column for header in headers}), []


def _assign(headers: list[Header], declared: list[Declared]) -> dict[int, Declared]:
    """The declared column of each header, where there is one; words as they are before words with a period."""
    exact = {item.path: item for item in declared}
    found: dict[int, Declared] = {}
    for header in headers:
        item = exact.get(header.path) or next((item for item in declared if _fits(item, header) is not None), None)
        if item is not None:
            found[header.column] = item
    return found


def _differences(
    headers: list[Header], declared: list[Declared], fits: dict[int, Declared], where: str
) -> list[Finding]:
    unknown = {header.column: header for header in headers if header.column not in fits}
    findings: list[Finding] = []
    for item in declared:
        if item in fits.values() or item.optional:
            continue
        column = _expected_column(item, fits, set(unknown))
        findings.append(_missing(item, column, unknown.pop(column, None), where))
    findings += [_unexpected(header, where) for header in unknown.values()]
    return findings + _repeated(headers, fits, where) + _misplaced(headers, fits, where)


def _expected_column(item: Declared, fits: dict[int, Declared], unknown: set[int]) -> int:
    """Where a missing column should stand: by its letter, beside its neighbours, or at the first unknown header."""
    if item.at:
        return column_index_from_string(item.at)
    places = {found.order: column for column, found in fits.items() if found.order is not None}
    if item.order is None:
        free = sorted(unknown)
        return free[0] if free else 1
    before = max((order for order in places if order < item.order), default=None)
    if before is not None:
        return places[before] + item.order - before
    after = min((order for order in places if order > item.order), default=None)
    if after is not None:
        return max(1, places[after] - (after - item.order))
    free = sorted(unknown)
    return free[min(item.order, len(free) - 1)] if free else item.order + 1


def _missing(item: Declared, column: int, found: Header | None, where: str) -> Finding:
    row_cell = _first_difference(item, found) if found else f"{get_column_letter(column)}"
    return Finding(
        what="表头与版式不符，整张表未读",
        where=f"{where}!{row_cell}",
        expected=shown_path(item.words),
        found=shown_path(found.words) if found else "（没有这一列）",
        remedy=REMEDY,
        code=CODE,
    )


def _first_difference(item: Declared, header: Header) -> str:
    """The address of the first header cell that is not as declared, in the header's own column."""
    level = next(
        (number for number, (wanted, word) in enumerate(zip(item.path, header.path, strict=False)) if wanted != word),
        min(len(item.path), len(header.path)) - 1,
    )
    return f"{get_column_letter(header.column)}{position(header.cells[level])[0]}"


def _unexpected(header: Header, where: str) -> Finding:
    return Finding(
        what="表头有版式未登记的列，整张表未读",
        where=f"{where}!{header.cells[-1]}",
        expected="（没有这一列）",
        found=shown_path(header.words),
        remedy=REMEDY,
        code=CODE,
    )


def _repeated(headers: list[Header], fits: dict[int, Declared], where: str) -> list[Finding]:
    """Two equally good headers: neither is taken."""
    findings = []
    for header in headers:
        item = fits.get(header.column)
        twins = [other for other in headers if other.path == header.path]
        if item is not None and item.spec is not None and len(twins) > 1 and twins[0] is header:
            findings.append(
                Finding(
                    what="同一表头出现两次，整张表未读",
                    where=f"{where}!{header.cells[-1]}",
                    expected=f"{shown_path(item.words)} 只出现一次",
                    found="、".join(twin.cells[-1] for twin in twins),
                    remedy=REMEDY,
                    code=CODE,
                )
            )
    return findings


def _misplaced(headers: list[Header], fits: dict[int, Declared], where: str) -> list[Finding]:
    """Columns in another order than declared, or not at the letter that the layout fixes."""
    found = [(header, fits[header.column]) for header in headers if header.column in fits]
    ordered = [(header, item) for header, item in found if item.order is not None]
    wanted = sorted((item for _, item in ordered), key=lambda item: item.order or 0)
    findings = [
        _order_finding(header, expected, where)
        for (header, item), expected in zip(ordered, wanted, strict=True)
        if item.path != expected.path
    ]
    for header, item in found:
        if item.at and column_index_from_string(item.at) != header.column:
            findings.append(
                Finding(
                    what="表头不在版式规定的列，整张表未读",
                    where=f"{where}!{header.cells[-1]}",
                    expected=f"{shown_path(item.words)} 在 {item.at} 列",
                    found=header.cells[-1],
                    remedy=REMEDY,
                    code=CODE,
                )
            )
    return findings


def _order_finding(header: Header, expected: Declared, where: str) -> Finding:
    return Finding(
        what="表头列次与版式不符，整张表未读",
        where=f"{where}!{header.cells[-1]}",
        expected=shown_path(expected.words),
        found=shown_path(header.words),
        cause="列的次序变了",
        remedy=REMEDY,
        code=CODE,
    )


def _fits_whole(headers: list[Header], declared: list[Declared]) -> bool:
    fits = _assign(headers, declared)
    return not _differences(headers, declared, fits, "")


def _moved_as_a_whole(grid: Grid, layout: Layout, declared: list[Declared], where: str) -> Finding | None:
    """One finding for a header that stands, complete, some rows higher or lower."""
    for distance in range(1, LONGEST_SHIFT + 1):
        for shift in (distance, -distance):
            headers = read_headers(grid, layout, shift) if layout.header_rows[0] + shift >= 1 else []
            if headers and _fits_whole(headers, declared):
                first, last = layout.header_rows[0], layout.header_rows[-1]
                return Finding(
                    what="表头与版式不符，整张表未读",
                    where=f"{where}!{headers[0].cells[0]}",
                    expected=f"表头在第 {first}—{last} 行",
                    found=f"表头在第 {first + shift}—{last + shift} 行",
                    cause=f"整个表头{'下' if shift > 0 else '上'}移了 {distance} 行",
                    remedy=REMEDY,
                    code=CODE,
                )
    return None


def _starts_elsewhere(headers: list[Header], layout: Layout, where: str) -> Finding | None:
    """A header that is complete but begins in another column."""
    moved = headers[0].column - layout.first_column_index if headers else 0
    if not moved:
        return None
    return Finding(
        what="表头与版式不符，整张表未读",
        where=f"{where}!{headers[0].cells[0]}",
        expected=f"表头从 {layout.first_column} 列开始",
        found=f"表头从 {get_column_letter(headers[0].column)} 列开始",
        cause=f"整个表头{'右' if moved > 0 else '左'}移了 {abs(moved)} 列",
        remedy=REMEDY,
        code=CODE,
    )


def _with_cause(finding: Finding, grid: Grid) -> Finding:
    """The finding with the address where the expected words stand instead."""
    if finding.cause or not finding.expected or finding.expected.startswith("（"):
        return finding
    wanted = normal_words(finding.expected.split("/")[-1])
    elsewhere = [
        cell.address for cell in grid.cells() if isinstance(cell.value, str) and normal_words(cell.value) == wanted
    ]
    if not elsewhere or finding.where.endswith(tuple(f"!{address}" for address in elsewhere)):
        return finding
    return replace(finding, cause=f"“{wanted}”在 {'、'.join(elsewhere[:4])}")
