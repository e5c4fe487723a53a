"""How long a ledger of 100,000 x 20 cells takes to read, against pandas: `python build/bench_ledger.py`.

Both read the same file, each in a process of its own: seconds of the reading alone, and the most memory the process
had. The file has texts, numbers, percentages, dates, error cells, formulas without results, hidden rows and merged
headers, so that what is compared is not a file of plain numbers.

    python build/bench_ledger.py            100,000 rows
    python build/bench_ledger.py 20000      fewer
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import tempfile
from pathlib import Path

COLUMNS = 20
STARTS = datetime.date(2020, 1, 1)

TIMED = """
import json, resource, sys, time
{imports}
begun, started = time.perf_counter(), time.process_time()
{work}
seconds = time.perf_counter() - begun
print(json.dumps({{"seconds": round(seconds, 2), "processor": round(time.process_time() - started, 2), "cells": cells,
                   "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}}))
"""
READERS = {
    "pandas.read_excel(engine='openpyxl')": (
        "import pandas",
        "frame = pandas.read_excel(sys.argv[1], engine='openpyxl', header=None, dtype=object, keep_default_na=False)\n"
        "cells = int(frame.size)",
    ),
    "parkbook read_workbook": (
        "from pathlib import Path; from parkbook.sources.files import read_workbook",
        "grid = read_workbook(Path(sys.argv[1])).grids[0]\ncells = grid.size",
    ),
    "parkbook, every cell made": (
        "from pathlib import Path; from parkbook.sources.files import read_workbook",
        "grid = read_workbook(Path(sys.argv[1])).grids[0]\ncells = sum(1 for _ in grid.cells())",
    ),
}


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="parkbook-bench-") as folder:
        path = Path(folder) / "ledger.xlsx"
        make_ledger(path, rows)
        print(f"{rows} x {COLUMNS} cells, {path.stat().st_size / 1e6:.1f} MB")
        base = 0.0
        for name, (imports, work) in READERS.items():
            script = TIMED.format(imports=imports, work=work)
            done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, check=True, text=True)
            found = json.loads(done.stdout)
            base = base or found["processor"]
            print(
                f"{name:40} {found['seconds']:7.2f} s, processor {found['processor']:7.2f} s, {found['processor'] / base:5.0%}, "
                f"{found['megabytes']} MB, {found['cells']} cells"
            )
        print_kept(path)
    return 0


def print_kept(path: Path) -> None:
    """What a reader of plain values drops."""
    from parkbook.sources.files import read_workbook

    grid = read_workbook(path).grids[0]
    cells = list(grid.cells())
    print(
        f"kept: {sum(cell.value == '#DIV/0!' for cell in cells)} error cells, {sum(cell.uncached for cell in cells)} formulas "
        f"without results, {sum('%' in cell.number_format for cell in cells)} percentages, {len(grid.hidden_rows)} hidden rows"
    )


def make_ledger(path: Path, rows: int) -> None:
    """A ledger with everything the reader must keep."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("2025年9月")
    for hidden in range(50, rows, 997):
        sheet.row_dimensions[hidden].hidden = True

    def shown(value: object, number_format: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = number_format
        return cell

    sheet.append(["示例园区2025年9月企业台账"])
    sheet.append([f"指标{column}" for column in range(1, COLUMNS + 1)])
    for row in range(rows - 2):
        cells: list[object] = [
            row + 1,
            f"示例企业{row % 5000:04d}",
            "高端装备",
            shown(STARTS + datetime.timedelta(row % 2000), "yyyy-mm-dd"),
        ]
        cells += [shown(round(row * 0.00137 % 1, 4), "0.0%"), "#DIV/0!" if row % 50 == 0 else row % 977 / 7]
        cells += ["=A3*2" if row % 100 == 0 else row % 13, "—" if row % 20 == 0 else 1.5]
        cells += [round((row * column) % 99991 / 100, 2) for column in range(9, COLUMNS + 1)]
        sheet.append(cells)
    book.save(path)


if __name__ == "__main__":
    sys.exit(main())
