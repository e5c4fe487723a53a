"""The layout of a ledger: where a form keeps its headers, rows, periods and units, declared as data.

One YAML file per form and edition under `data/layouts/<park>/`; a new year's form is a new file, never a branch in code.
The models below are the format; docs/architecture.md shows it by example. What a layout does not say is not read:
an unknown field is refused here, an unknown sheet, column or row becomes a finding in `parkbook.sources.ledger`.

Header words are compared without spaces and line breaks, full-width and half-width alike (同比增长（％） is 同比增长(%)).
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

from openpyxl.utils import column_index_from_string
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from parkbook.datafiles import read_model
from parkbook.errors import DataError, Finding, ParkbookError, Severity
from parkbook.model import Comparison, FiscalBasis, ObsStatus, PriceBasis, ScopeBasis, TargetKind, Transformation
from parkbook.periods import parse_period
from parkbook.project import data_directory, relative_name
from parkbook.units import parse_unit

PERIOD_PLACE = "{period}"
"""Inside a header word: any words there that are a period, so that one entry describes a column for every month."""

PERCENT_TRANSFORMATIONS = frozenset(
    {Transformation.GROWTH, Transformation.SHARE, Transformation.COMPLETION, Transformation.CONTRIBUTION}
)
"""Columns of these are in per cent unless the layout says otherwise."""


class RowKind(StrEnum):
    """What one row of the table is about."""

    INDICATORS = "indicators"
    SUBJECTS = "subjects"
    PERIODS = "periods"


class ColumnBasis(StrEnum):
    """Which months a column speaks of, counted from the last month of the row's or sheet's period.

    stated: the period as it stands; month: that month alone; quarter: the three months that end with it;
    ytd: January to it; year: the whole year; point: as at its end; last_year_end: as at the end of the year before.
    """

    STATED = "stated"
    MONTH = "month"
    QUARTER = "quarter"
    YTD = "ytd"
    YEAR = "year"
    POINT = "point"
    LAST_YEAR_END = "last_year_end"


class Origin(StrEnum):
    """Where a rule finds its words."""

    TITLE = "title"
    CELL = "cell"
    SHEET = "sheet"
    FILE = "file"
    COLUMN = "column"
    HEADER = "header"
    FIXED = "fixed"


class Blank(StrEnum):
    """What an empty cell under a column means: a figure not reported, or nothing to report."""

    MISSING = "missing"
    SKIP = "skip"


@lru_cache(maxsize=8192)
def normal_words(text: str) -> str:
    """Words as headers and labels are compared: one width, no white space, one kind of dash."""
    return re.sub(r"[—–－]", "-", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


def _path(value: object) -> object:
    return [value] if isinstance(value, str) else value


HeaderPath = Annotated[tuple[str, ...], BeforeValidator(_path), Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class HeaderRef(_Strict):
    """A column, by its header path from top to bottom; `at` also fixes its letter."""

    header: HeaderPath
    at: str = ""


class WordsRule(_Strict):
    """Where words that hold for a sheet, a row or a column are found.

    `{from: title, cell: A1}` and `{from: cell, cell: F2}` are the words in a cell, `{from: sheet}` the sheet's name,
    `{from: file}` the file's name, `{from: column, header: [...]}` a cell in each row, `{from: header}` the column's own
    header, `{fixed: 2025}` words that the form does not print.
    """

    origin: Origin = Field(alias="from")
    cell: str = ""
    header: Annotated[tuple[str, ...], BeforeValidator(_path)] = ()
    text: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if isinstance(value, str | int):
            return {"from": Origin.FIXED, "text": str(value)}
        if isinstance(value, dict) and "fixed" in value:
            rest = {key: item for key, item in value.items() if key != "fixed"}
            return {**rest, "from": Origin.FIXED, "text": str(value["fixed"])}
        return value

    @field_validator("text", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {
            Origin.TITLE: ("cell", self.cell),
            Origin.CELL: ("cell", self.cell),
            Origin.COLUMN: ("header", self.header),
            Origin.FIXED: ("text", self.text),
        }
        name, given = needs.get(self.origin, ("", "-"))
        if not given:
            raise ValueError(f"from: {self.origin} 须同时写明 {name}")
        if self.cell and not re.fullmatch(r"[A-Z]{1,3}[1-9]\d*", self.cell):
            raise ValueError(f"单元格地址“{self.cell}”不成立，应如 A1")
        return self


class PeriodRule(WordsRule):
    """The period of a sheet, or of each row or column.

    `year` completes words without a year (9月, 1-9月): a year, `file` for the year in the file's name,
    `sheet`, or a cell's address.
    """

    year: Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)] = ""


class RowIndicator(_Strict):
    """What a row label means, where the id alone does not say it all."""

    indicator: str
    unit: str = ""
    scope: str = ""
    price_basis: PriceBasis | None = None
    scope_basis: ScopeBasis | None = None
    fiscal_basis: FiscalBasis | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"indicator": value} if isinstance(value, str) else value


class ColumnSpec(_Strict):
    """One column of figures, or with `attribute` of words and dates, or with `ignore` one that is known and not read.

    Under `rows: subjects` and `rows: periods` a column of figures names its `indicator`; under `rows: indicators` the row
    does. A header word with `{period}` stands for every column whose words there are a period.
    """

    header: HeaderPath
    at: str = ""
    indicator: str = ""
    attribute: str = ""
    ignore: bool = False
    optional: bool = False
    transformation: Transformation = Transformation.LEVEL
    comparison: Comparison | None = None
    basis: ColumnBasis = ColumnBasis.STATED
    year_offset: int = 0
    period: str = ""
    unit: str = ""
    unit_inferred: bool = False
    base_period: str = ""
    price_basis: PriceBasis | None = None
    scope_basis: ScopeBasis | None = None
    fiscal_basis: FiscalBasis | None = None
    target_kind: TargetKind | None = None
    rank_scope: str = ""
    rank_denominator: int | None = None
    obs_status: ObsStatus = ObsStatus.REPORTED
    scope: str = ""
    vintage: str = ""
    subject: str = ""
    blank: Blank = Blank.MISSING

    @field_validator("period", "base_period", "vintage", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | Decimal) else value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if sum((bool(self.indicator), bool(self.attribute), self.ignore)) > 1:
            raise ValueError("indicator、attribute、ignore 只能写其一")
        if self.unit:
            _checked(parse_unit, self.unit)
        if self.period:
            _checked(parse_period, self.period)
            if not parse_period(self.period).known:
                raise ValueError(f"报告期“{self.period}”没有写明年月")
        return self

    @property
    def is_figure(self) -> bool:
        return not self.attribute and not self.ignore


class RowCount(_Strict):
    """A register without figures of its own: every row of a subject is one figure, 1, that carries its attributes."""

    indicator: str
    unit: str = "项"
    basis: ColumnBasis = ColumnBasis.STATED


def _checked(read: Any, text: str) -> None:
    try:
        read(text)
    except ParkbookError as error:
        raise ValueError(str(error)) from error


def _patterns(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Layout(_Strict):
    """One form: its file and sheet patterns, its geometry, and what its rows and columns mean."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    file: str
    edition: Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)] = ""
    sheets: Annotated[tuple[str, ...], BeforeValidator(_patterns), Field(min_length=1)] = ("*",)
    ignore: Annotated[tuple[str, ...], BeforeValidator(_patterns)] = ()
    period: PeriodRule
    unit: WordsRule | None = None
    vintage: WordsRule | None = None
    header_rows: Annotated[tuple[int, ...], Field(min_length=1)]
    header_fill: Annotated[str, Field(pattern="^(merged|left)$")] = "merged"
    first_column: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")] = "A"
    first_row: Annotated[int, Field(ge=1)]
    stop_at: tuple[str, ...] = ()
    rows: RowKind
    key: HeaderRef
    group: HeaderRef | None = None
    total_rows: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    indicators: dict[str, RowIndicator] = Field(default_factory=dict)
    ignore_rows: tuple[str, ...] = ()
    count_rows: RowCount | None = None
    scope: str = ""
    columns: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)]
    ignore_columns: tuple[HeaderPath, ...] = ()
    note: str = ""
    place: str = Field(default="", exclude=True)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if list(self.header_rows) != sorted(set(self.header_rows)) or self.header_rows[-1] >= self.first_row:
            raise ValueError("header_rows 须由上到下，且都在 first_row 之上")
        if self.rows is RowKind.INDICATORS and not self.indicators:
            raise ValueError("rows: indicators 须写明 indicators（行名对应的指标代码）")
        if self.count_rows is not None and self.rows is not RowKind.SUBJECTS:
            raise ValueError("count_rows 只用于 rows: subjects")
        if self.rows is RowKind.PERIODS and (
            self.period.origin is not Origin.COLUMN or self.period.header != self.key.header
        ):
            raise ValueError("rows: periods 的 period 须为 {from: column, header: 与 key 相同}")
        for column in self.columns:
            named = bool(column.indicator)
            if column.is_figure and named is (self.rows is RowKind.INDICATORS):
                wanted = "不写 indicator（由行名决定）" if named else "写明 indicator、attribute 或 ignore"
                raise ValueError(f"rows: {self.rows} 的列“{'/'.join(column.header)}”须{wanted}")
        self._paths_are_unique()
        return self

    def _paths_are_unique(self) -> None:
        seen: set[tuple[str, ...]] = set()
        for reference in self.references():
            path = tuple(normal_words(word) for word in reference)
            if path in seen:
                raise ValueError(f"表头“{'/'.join(reference)}”写了两次")
            seen.add(path)

    def references(self) -> list[tuple[str, ...]]:
        """Every header path the form has, each once."""
        paths = [self.key.header]
        paths += [self.group.header] if self.group else []
        paths += [
            rule.header
            for rule in (self.period, self.unit, self.vintage)
            if rule is not None and rule.origin is Origin.COLUMN and rule.header != self.key.header
        ]
        return [*paths, *(column.header for column in self.columns), *self.ignore_columns]

    @property
    def first_column_index(self) -> int:
        return column_index_from_string(self.first_column)

    def reads_file(self, name: str) -> bool:
        return fnmatch.fnmatchcase(name, self.file)

    def reads_sheet(self, name: str) -> bool:
        return not self.ignores_sheet(name) and any(fnmatch.fnmatchcase(name, pattern) for pattern in self.sheets)

    def ignores_sheet(self, name: str) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self.ignore)

    def indicator_ids(self) -> list[str]:
        """Every catalogue code the layout uses."""
        used = [row.indicator for row in self.indicators.values()]
        used += [column.indicator for column in self.columns if column.indicator]
        return used + ([self.count_rows.indicator] if self.count_rows else [])


class EmptyLayout(DataError):
    """A layout file without content, such as the one that is just being written."""


def layouts_folder(park_id: str) -> Path:
    return data_directory() / "layouts" / park_id


def layout_files(park_id: str) -> list[Path]:
    return sorted(layouts_folder(park_id).glob("*.yaml"))


def read_layout(path: Path) -> Layout:
    """The layout of one file; EmptyLayout when nothing is in it, DataError with file and field when it is not one."""
    if _is_empty(path):
        raise EmptyLayout(
            "版式文件是空的，未用",
            where=relative_name(path),
            expected="以 id、file、columns 等字段开头的 YAML",
            found="没有内容，或只有注释",
            cause="如 parkbook extract … --layout > 版式文件：命令运行之前，空文件已经建好",
            remedy="写入版式，或删去该文件",
        )
    layout = read_model(
        Layout,
        path,
        what="版式文件不合规则",
        expected="以 id、file、columns 等字段开头的 YAML",
        remedy="按 docs/architecture.md 的版式格式修改所列字段",
    )
    return layout.model_copy(update={"place": relative_name(path)})


def _is_empty(path: Path) -> bool:
    return not re.sub(r"(?m)^\s*(?:#|---).*$", "", path.read_text(encoding="utf-8", errors="replace")).strip()


def read_layouts(park_id: str, empty: list[Finding] | None = None) -> list[Layout]:
    """The layouts of a park, in file order, ids unique. A file without content is refused, or a finding in `empty`."""
    layouts: list[Layout] = []
    places: dict[str, str] = {}
    for path in layout_files(park_id):
        try:
            layout = read_layout(path)
        except EmptyLayout as error:
            if empty is None:
                raise
            empty.append(replace(error.finding, severity=Severity.WARNING))
            continue
        if layout.id in places:
            raise DataError(
                f"版式代码“{layout.id}”重复",
                where=layout.place,
                found=f"已用于 {places[layout.id]}",
                remedy="为其中一个版式另取代码",
            )
        places[layout.id] = layout.place
        layouts.append(layout)
    return layouts
