"""What is met while a table is read: findings at their cells, and one finding for many cells that have the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parkbook.errors import Finding, ParkbookError, Severity, did_you_mean
from parkbook.model import ObsStatus
from parkbook.periods import Period
from parkbook.sources.cells import Reading, shown
from parkbook.sources.grid import Cell, Grid
from parkbook.sources.headers import Headers, shown_path
from parkbook.sources.layout import normal_words
from parkbook.sources.rows import Label
from parkbook.units import Unit


@dataclass
class TableLog:
    """The findings of one table; `where` is its file and sheet. What holds for many cells is collected until `close`."""

    where: str
    findings: list[Finding] = field(default_factory=list)
    _unread: dict[Finding, list[str]] = field(default_factory=dict)
    _as_text: dict[str, list[str]] = field(default_factory=dict)
    _formats: dict[int, dict[bool, list[str]]] = field(default_factory=dict)

    def report(
        self,
        what: str,
        address: str,
        *,
        severity: Severity = Severity.ERROR,
        code: str = "ledger",
        expected: str = "",
        found: str = "",
        cause: str = "",
        remedy: str = "核对原表该单元格",
    ) -> None:
        self.findings.append(
            Finding(
                what=what,
                where=self._place(address),
                expected=expected,
                found=found,
                cause=cause,
                remedy=remedy,
                code=code,
                severity=severity,
            )
        )

    def report_error(self, error: ParkbookError, address: str) -> None:
        self.findings.append(replace(error.finding, where=self._place(address)))

    def _place(self, address: str) -> str:
        return f"{self.where}!{address}"

    def other_period(self, cell: str, grid: Grid, taken: Period, named: Period) -> None:
        """The title says another period than the sheet's name."""
        self.report(
            "表名与工作表名的报告期不同，按表名读入",
            cell,
            severity=Severity.WARNING,
            code="period",
            expected=f"与工作表名“{grid.name}”相同（{named.time_period}）",
            found=f"{_short(shown(grid.at(cell)), 30)}（{taken.time_period}）",
            cause="多为复制上期的表后漏改表名或工作表名",
            remedy="核对本表是哪一期的数，改正原表的表名或工作表名后重报；以工作表名为准的，版式 period 写 {from: sheet}",
        )

    # -- rows and cells -----------------------------------------------------------------------------------------------

    def row_without_key(self, cells: Sequence[Cell], figures: Sequence[Cell], key: Sequence[str]) -> None:
        """A row in which the column of names is blank: bad where it has figures."""
        self.report(
            "这一行没有名称，未读" if figures else "无法识别的行，未读",
            cells[0].address,
            found="、".join(shown(cell) for cell in (figures or cells)[:6]),
            severity=Severity.ERROR if figures else Severity.NOTE,
            expected=f"“{shown_path(key)}”列有名称",
            remedy="在原表补上名称，或在版式 stop_at 中写明表尾",
        )

    def unknown_row(self, key: Cell, label: Label, figures: Sequence[Cell], known: Iterable[str]) -> None:
        self.report(
            "行名未在版式中登记，未读" if figures else "行名未在版式中登记，本行无数",
            key.address,
            code="unknown_row",
            severity=Severity.ERROR if figures else Severity.NOTE,
            found=label.printed,
            expected="版式 indicators 中的行名",
            cause=did_you_mean(normal_words(label.bare), known),
            remedy="在版式 indicators 中写明该行的指标代码；小标题写入 headings，不读的行写入 ignore_rows",
        )

    def rows_below(self, end: Cell, rows: Sequence[Sequence[Cell]]) -> None:
        """Rows with figures below the one that ends the table."""
        self.report(
            f"表尾以下还有 {len(rows)} 行带数，未读",
            listed([cells[0].address for cells in rows]),
            severity=Severity.WARNING,
            code="below_end",
            found="；".join(" ".join(shown(cell) for cell in cells[:6]) for cells in rows[:6]),
            expected="表尾以下没有数",
            cause=f"{end.address}“{_short(end.text)}”是表尾：与版式 stop_at 相符，或另起一张表的单位、表头",
            remedy="属于本表的，把 stop_at 写完整（如“注：”）；是另一张表的，移到单独的工作表，或另建版式；不必读的可不处理",
        )

    def broken_cell(self, cell: Cell, reading: Reading) -> None:
        if reading.status is not ObsStatus.ERROR:
            self.report(
                f"单元格{reading.problem}，已按去掉注码的数读入",
                cell.address,
                severity=Severity.WARNING,
                found=shown(cell),
                expected="只有数的单元格",
                code="cell",
                cause="上标或带圈的数字是脚注的编号",
                remedy="核对该数，把注码移到备注栏",
            )
            return
        self.report(
            f"单元格{reading.problem}",
            cell.address,
            found=shown(cell),
            code="cell",
            expected="数、空白或“—”“*”等符号",
            remedy="在原表中重新计算或填写该格后重报",
        )

    def scaled(self, cell: Cell, reading: Reading) -> None:
        self.report(
            "数字格式缩小了显示的数",
            cell.address,
            severity=Severity.WARNING,
            found=f"存储 {reading.value}，格式 {cell.number_format}",
            expected="存储的数与显示的数相同",
            code="cell",
            remedy="核对单位，改用普通数字格式",
        )

    def percent_elsewhere(self, cell: Cell, unit: Unit) -> None:
        for header, addresses in list(self._as_text.items()):  # it is not taken as a number
            self._as_text[header] = [address for address in addresses if address != cell.address]
        self.report(
            "百分数出现在不是百分数的列",
            cell.address,
            found=shown(cell),
            expected=f"以{unit}计的数",
            code="cell",
            remedy="核对版式中该列的单位，或原表的数字格式",
        )

    # -- what is said once for many cells -----------------------------------------------------------------------------

    def not_read(self, error: ParkbookError, address: str) -> None:
        """A cell that could not be read, for a reason that other cells may share."""
        self._unread.setdefault(replace(error.finding, where=""), []).append(address)

    def number_as_text(self, header: str, address: str) -> None:
        self._as_text.setdefault(header, []).append(address)

    def formatted(self, column: int, percent: bool, address: str) -> None:
        """Whether a number of a column of percentages has the format of one."""
        self._formats.setdefault(column, {}).setdefault(percent, []).append(address)

    def close(self) -> None:
        """Reports what was collected."""
        for finding, addresses in self._unread.items():
            self.findings.append(replace(finding, where=self._place(listed(addresses))))
        for header, addresses in self._as_text.items():
            if not addresses:
                continue
            self.report(
                "数字以文本存储，已按数读入",
                listed(addresses),
                severity=Severity.NOTE,
                code="text_number",
                found=f"“{header}”列 {len(addresses)} 格",
                remedy="在原表中转换为数字，以免求和时漏计",
            )
        for kinds in self._formats.values():
            if len(kinds) == 2:
                fewer = min(kinds.values(), key=len)
                self.report(
                    "同一列混用百分比格式和普通数",
                    listed(fewer),
                    severity=Severity.WARNING,
                    code="mixed_formats",
                    cause="同样显示的数可能相差 100 倍",
                    remedy="统一该列的数字格式，并核对这些格",
                )

    def report_hidden(self, grid: Grid, headers: Headers, first_row: int) -> None:
        """Rows and columns that are read although the sheet hides them."""
        rows = sorted(row for row in grid.hidden_rows.intersection(grid.row_numbers) if row >= first_row)
        columns = [column.header.cells[0] for column in headers.columns if column.header.column in grid.hidden_columns]
        if rows:
            self.report(
                "表中有隐藏的行，已读入并注明",
                f"{rows[0]}:{rows[-1]}",
                severity=Severity.WARNING,
                code="hidden",
                found=f"第 {'、'.join(map(str, rows[:20]))} 行",
                remedy="核对是否为作废数据，作废的请删除后重报",
            )
        if columns:
            self.report(
                "表中有隐藏的列，已读入并注明",
                listed(columns),
                severity=Severity.WARNING,
                code="hidden",
                remedy="核对是否为作废数据，作废的请删除后重报",
            )


def _short(words: str, most: int = 20) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[:most]}…"


def listed(addresses: Sequence[str], most: int = 24) -> str:
    """Addresses as words: D5、D6、D7, shortened only when they are many."""
    return "、".join(addresses[:most]) + (f" 等 {len(addresses)} 格" if len(addresses) > most else "")
