"""One table of a ledger under one layout: from matched columns and labelled rows to observations with their addresses.

A row or cell that cannot be read becomes a finding with its address; the other rows go on. What is missing, masked or in
error stays an observation with that status. Nothing here knows a particular form: the layout says what everything means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from parkbook.errors import Finding, ParkbookError, UnitError
from parkbook.model import Observation, ObsStatus, Source, Transformation
from parkbook.periods import Period, parse_period
from parkbook.sources.cells import Reading, read_figure, shown
from parkbook.sources.grid import Cell, Grid
from parkbook.sources.headers import Headers, Matched, shown_path
from parkbook.sources.layout import (
    PERCENT_TRANSFORMATIONS,
    Blank,
    Layout,
    Origin,
    RowIndicator,
    RowKind,
    WordsRule,
    normal_words,
)
from parkbook.sources.rows import Family, Label, read_label
from parkbook.sources.sheet_names import ends_alike, named_period
from parkbook.sources.table_end import table_rows
from parkbook.sources.table_log import TableLog
from parkbook.sources.title_period import find_period
from parkbook.sources.words import (
    as_vintage,
    cell_period,
    derived_period,
    find_unit,
    header_unit,
    sheet_period,
    words_of,
    year_of,
)
from parkbook.units import Unit, parse_unit

SOURCE_TEXT_LENGTH = 30
PERCENT_UNITS = frozenset({"%", "百分点"})
RANK_UNIT, MULTIPLE_UNIT = "名次", "倍"
HIDDEN_NOTE = "所在行或列在原表中被隐藏"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures: what it is about, and what else it says."""

    number: int
    label: Label
    subject: str = ""
    parent: str = ""
    meaning: RowIndicator | None = None
    period: Period | None = None
    vintage: str = ""
    unit: Unit | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass
class Table:
    """The reading of one table. `read` fills `observations` and `log`."""

    grid: Grid
    layout: Layout
    headers: Headers
    source: Source
    ref_area: str
    observations: list[Observation] = field(default_factory=list)
    family: Family = field(default_factory=Family)
    next_table: int | None = None
    """The row from which on another layout reads the sheet."""

    def __post_init__(self) -> None:
        self.log = TableLog(f"{self.source.source_id} {self.grid.name}")

    @property
    def findings(self) -> list[Finding]:
        return self.log.findings

    # -- what holds for the whole sheet ------------------------------------------------------------------------------

    @cached_property
    def meanings(self) -> dict[str, RowIndicator]:
        return {
            ">".join(normal_words(part) for part in name.split(">")): meaning
            for name, meaning in self.layout.indicators.items()
        }

    @cached_property
    def sheet_unit(self) -> Unit | None:
        rule = self.layout.unit
        if rule is None or rule.origin in (Origin.COLUMN, Origin.HEADER):
            return None
        words = words_of(rule, self.grid, self.source.source_id)
        try:
            return find_unit(words)
        except UnitError as error:
            self.log.report_error(error, rule.cell)
            return None

    @cached_property
    def year(self) -> int | None:
        return year_of(self.layout.period, self.grid, self.source.source_id)

    @cached_property
    def period(self) -> Period | None:
        """The sheet's period; None where rows or columns have their own."""
        if self.layout.period.origin in (Origin.COLUMN, Origin.HEADER):
            return None
        return sheet_period(self.layout.period, self.grid, self.source.source_id)

    @cached_property
    def vintage(self) -> str:
        """When the form was filled in; unless stated, the last month it speaks of."""
        rule = self.layout.vintage
        if rule is not None and rule.origin is not Origin.COLUMN:
            return as_vintage(words_of(rule, self.grid, self.source.source_id))
        return str(self.period.end) if self.period is not None and self.period.end is not None else ""

    def read(self) -> None:
        """All rows, from the first to the one that ends the table."""
        try:
            self.period, self.year  # noqa: B018  a sheet without its period is not read
        except ParkbookError as error:
            self.log.report_error(error, self.layout.period.cell)
            return
        self._compare_sheet_name()
        for number, cells in table_rows(
            self.grid, self.layout, self.headers, self.sheet_unit, self.next_table, self.log
        ):
            row = self._row(number, cells)
            if row is not None:
                self._read_row(row)
        self.log.close()
        self.log.report_hidden(self.grid, self.headers, self.layout.first_row)

    def _compare_sheet_name(self) -> None:
        """A sheet 9月 whose title still says 1—8月: copied, and one of the two forgotten. The rule of the layout holds."""
        rule, taken = self.layout.period, self.period
        if rule.origin not in (Origin.TITLE, Origin.CELL) or taken is None or taken.end is None:
            return
        named = named_period(self.grid.name, taken.end.year)
        if named is not None and named.end is not None and not ends_alike(named, taken):
            self.log.other_period(rule.cell, self.grid, taken, named)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _row(self, number: int, cells: Sequence[Cell]) -> Row | None:
        key = self._key(number)
        if not key.text:
            self.log.row_without_key(cells, self._figures(number), self.layout.key.header)
            return None
        label = read_label(key)
        if label.is_one_of(self.layout.headings):
            self.family.clear()
            return None
        if label.is_one_of(self.layout.ignore_rows):
            return None
        parent = self._group(number) or self.family.parent_of(label)
        row = Row(number, label, parent=parent, attributes=self._attributes(number))
        try:
            row = replace(
                row, period=self._row_period(number), vintage=self._row_vintage(number), unit=self._row_unit(number)
            )
        except ParkbookError as error:
            self.log.report_error(error, key.address)
            return None
        return self._identified(row)

    def _group(self, number: int) -> str:
        if self.layout.group is None:
            return ""
        return self.grid.filled(number, self.headers.column_of(self.layout.group.header)).text

    def _identified(self, row: Row) -> Row | None:
        """The row with its subject, or with the indicator that its label means."""
        if self.layout.rows is RowKind.SUBJECTS:
            total = row.label.is_one_of(self.layout.total_rows)
            return replace(row, subject="" if total else row.label.bare, parent="" if total else row.parent)
        if self.layout.rows is RowKind.PERIODS:
            return row
        meaning = self._meaning(row)
        if meaning is None:
            self.log.unknown_row(self._key(row.number), row.label, self._figures(row.number), self.meanings)
            return None
        return replace(row, meaning=meaning, unit=parse_unit(meaning.unit) if meaning.unit else row.unit)

    def _meaning(self, row: Row) -> RowIndicator | None:
        for name in row.label.names:
            found = self.meanings.get(f"{normal_words(row.parent)}>{name}") or self.meanings.get(name)
            if found is not None:
                return found
        return None

    def _row_period(self, number: int) -> Period | None:
        if self.layout.period.origin is not Origin.COLUMN:
            return self.period
        return cell_period(self.grid.filled(number, self.headers.column_of(self.layout.period.header)), self.year)

    def _row_vintage(self, number: int) -> str:
        rule = self.layout.vintage
        if rule is None or rule.origin is not Origin.COLUMN:
            return self.vintage
        return as_vintage(shown(self.grid.filled(number, self.headers.column_of(rule.header))))

    def _row_unit(self, number: int) -> Unit | None:
        rule: WordsRule | None = self.layout.unit
        if rule is None or rule.origin is not Origin.COLUMN:
            return self.sheet_unit
        text = self.grid.filled(number, self.headers.column_of(rule.header)).text
        return find_unit(text) if text else None

    def _attributes(self, number: int) -> tuple[tuple[str, str], ...]:
        pairs = (
            (column.spec.attribute, shown(self.grid.cell(number, column.header.column)))
            for column in self.headers.columns
            if column.spec.attribute
        )
        return tuple((name, words) for name, words in pairs if words)

    def _key(self, number: int) -> Cell:
        return self.grid.cell(number, self.headers.column_of(self.layout.key.header))

    def _figures(self, number: int) -> list[Cell]:
        columns = (column.header.column for column in self.headers.columns if column.spec.is_figure)
        return [cell for cell in (self.grid.cell(number, column) for column in columns) if cell.text or cell.uncached]

    # -- cells --------------------------------------------------------------------------------------------------------

    def _read_row(self, row: Row) -> None:
        for column in self.headers.columns:
            if column.spec.is_figure:
                self._read_cell(row, column)
        if self.layout.count_rows is not None and row.subject:
            self._count_row(row)

    def _read_cell(self, row: Row, column: Matched) -> None:
        cell = self.grid.cell(row.number, column.header.column)
        reading = read_figure(cell)
        if reading.blank and column.spec.blank is Blank.SKIP:
            return
        try:
            period, unit = self._column_period(row, column), self._column_unit(row, column)
        except ParkbookError as error:
            self.log.not_read(error, cell.address)
            return
        reading = self._checked(cell, column, reading, unit)
        self.observations.append(self._observation(row, column, cell, reading, period, unit))

    def _column_period(self, row: Row, column: Matched) -> Period:
        spec = column.spec
        if spec.period:
            return parse_period(spec.period)
        period = row.period
        if self.layout.period.origin is Origin.HEADER:
            words = column.period_words or " ".join(column.header.words)
            period = (
                parse_period(column.period_words, self.year) if column.period_words else find_period(words, self.year)
            )
        if period is None:
            raise UnitError("没有报告期", expected="版式 period 说明的报告期")
        return derived_period(period, spec.basis, spec.year_offset)

    def _column_unit(self, row: Row, column: Matched) -> Unit:
        spec = column.spec
        if spec.unit:
            return parse_unit(spec.unit)
        if spec.transformation in PERCENT_TRANSFORMATIONS:
            return Unit("%")
        if spec.transformation is Transformation.RANK:
            return parse_unit(RANK_UNIT)
        if spec.transformation is Transformation.MULTIPLE:
            return parse_unit(MULTIPLE_UNIT)
        if self.layout.unit is not None and self.layout.unit.origin is Origin.HEADER:
            return header_unit(column.header.words)
        if row.unit is None:
            raise UnitError(
                "没有计量单位，该数未读",
                expected="版式 unit 说明的单位",
                remedy="在原表写明单位，或在版式中写明该列的 unit",
            )
        return row.unit

    def _checked(self, cell: Cell, column: Matched, reading: Reading, unit: Unit) -> Reading:
        """The reading, after what is odd about the cell has been reported."""
        if reading.problem:
            self.log.broken_cell(cell, reading)
        if reading.as_text and not self.grid.textual:
            self.log.number_as_text(shown_path(column.header.words), cell.address)
        if reading.scaled:
            self.log.scaled(cell, reading)
        if unit.measure in PERCENT_UNITS and reading.value is not None and (reading.percent or not reading.as_text):
            self.log.formatted(column.header.column, reading.percent, cell.address)
        if reading.percent and unit.measure not in PERCENT_UNITS:
            self.log.percent_elsewhere(cell, unit)
            return Reading(status=ObsStatus.ERROR)
        return reading

    def _observation(
        self, row: Row, column: Matched, cell: Cell, reading: Reading, period: Period, unit: Unit
    ) -> Observation:
        spec, meaning = column.spec, row.meaning
        growth = spec.transformation is Transformation.GROWTH
        status = reading.status if reading.status is not ObsStatus.REPORTED else spec.obs_status
        return Observation(
            ref_area=self.ref_area,
            source=self.source,
            locator=f"{self.grid.name}!{cell.address}",
            period=period,
            reported_label=row.label.bare if meaning else shown_path(column.header.words),
            indicator_id=meaning.indicator if meaning else spec.indicator,
            subject=row.subject or spec.subject,
            parent=row.parent,
            transformation=spec.transformation,
            comparison=spec.comparison,
            base_period=spec.base_period,
            price_basis=spec.price_basis or (meaning.price_basis if meaning and growth else None),
            scope_basis=spec.scope_basis or (meaning.scope_basis if meaning and growth else None),
            fiscal_basis=spec.fiscal_basis or (meaning.fiscal_basis if meaning else None),
            target_kind=spec.target_kind,
            rank_scope=spec.rank_scope,
            rank_denominator=spec.rank_denominator,
            obs_value=reading.value,
            value_low=reading.low,
            value_high=reading.high,
            unit_measure=unit.measure,
            unit_mult=unit.mult,
            unit_inferred=spec.unit_inferred,
            obs_status=status,
            qualifier=reading.qualifier,
            scope=spec.scope or (meaning.scope if meaning else "") or self.layout.scope,
            vintage=spec.vintage or row.vintage,
            header_cells=self._header_cells(row, column),
            source_text=self._source_text(row, column, cell, unit),
            note=self._hidden_note(row.number, column.header.column),
            rule=f"layout:{self.layout.id}",
            attributes=row.attributes,
        )

    def _header_cells(self, row: Row, column: Matched) -> tuple[str, ...]:
        key = self._key(row.number)
        return (*column.header.cells_with_words, f"{key.address} {row.label.printed}")

    def _source_text(self, row: Row, column: Matched, cell: Cell, unit: Unit) -> str:
        value = shown(cell) or "（空白）"
        sign = "" if not cell.text or value.endswith(str(unit)) else str(unit)
        name = row.label.bare if row.meaning else f"{row.label.bare} {column.header.words[-1]}"
        room = SOURCE_TEXT_LENGTH - len(value) - len(sign) - 1
        return f"{name[: max(room, 0)]} {value}{sign}"[:SOURCE_TEXT_LENGTH]

    def _hidden_note(self, row: int, column: int) -> str:
        return HIDDEN_NOTE if row in self.grid.hidden_rows or column in self.grid.hidden_columns else ""

    def _count_row(self, row: Row) -> None:
        count = self.layout.count_rows
        if count is None or row.period is None:
            return
        key = self._key(row.number)
        unit = parse_unit(count.unit)
        self.observations.append(
            Observation(
                ref_area=self.ref_area,
                source=self.source,
                locator=f"{self.grid.name}!{key.address}",
                reported_label=row.label.printed,
                period=derived_period(row.period, count.basis),
                indicator_id=count.indicator,
                subject=row.subject,
                parent=row.parent,
                obs_value=Decimal(1),
                unit_measure=unit.measure,
                unit_mult=unit.mult,
                vintage=row.vintage,
                header_cells=(f"{key.address} {row.label.printed}",),
                source_text=row.label.bare[:SOURCE_TEXT_LENGTH],
                note="登记表中的一行计为一项",
                rule=f"layout:{self.layout.id}",
                attributes=row.attributes,
                scope=self.layout.scope,
            )
        )
