"""Make the synthetic park `demo`: its ledgers, the truth about every figure in them, and the list of planted errors.

    python build/make_demo.py [--ledgers FOLDER] [--specimens FOLDER]

Shape
    demo/plan.py, demo/roster.py …  the story: what each indicator, enterprise, project and plot did (all made up)
    demo/series.py                  months, cumulatives, growth and targets that agree with each other
    demo/book.py                    tables under merged headers; a figure written is a line of truth
    demo/economy.py …               the ledgers, one module per kind of form
    demo/planted.py                 errors put into finished ledgers; the truth stays, and says how each is to be reported
    this file                       writes ledgers/*.xlsx, truth.csv and planted_errors.yaml

Nothing of parkbook is imported: the tests hold parkbook's reading against this truth, never against itself. Everything
comes from seeds and fixed dates, so a second run gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "build"))

from demo.book import Book, Truth, plain  # noqa: E402
from demo.economy import build_economy  # noqa: E402
from demo.enterprises import build_enterprises  # noqa: E402
from demo.systems import build_systems, read_lines  # noqa: E402

FIELDS = ("file", "sheet", "cell", "indicator_id", "subject", "parent", "period", "transformation", "comparison",
          "target_kind", "scope_basis", "price_basis", "value", "unit", "obs_status", "as_read", "read_status",
          "expected_unread", "planted")
"""as_read and read_status: what the cell itself says, only where a planted error makes it differ from value and obs_status."""


def build_books() -> list[Book]:
    ledgers = read_lines()
    revenue = next(line for lines in ledgers.values() for line in lines if line.indicator == "operating_revenue")
    return [*build_economy(), build_enterprises(revenue), *build_systems(ledgers)]


def truth_row(truth: Truth) -> tuple[str, ...]:
    figure = truth.figure
    value = "" if figure.value is None else plain(figure.value)
    return (truth.file, truth.sheet, truth.cell, figure.indicator, figure.subject, figure.parent, figure.period,
            figure.transformation, figure.comparison, figure.target_kind, figure.scope_basis, figure.price_basis, value,
            figure.unit, figure.status, truth.as_read, truth.read_status, "true" if truth.expected_unread else "", truth.planted)


def write_truth(books: list[Book], path: Path) -> int:
    rows = [truth_row(truth) for book in books for page in book.pages.values() for truth in page.truth.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(rows)
    return len(rows)


def make(ledgers: Path, specimens: Path) -> int:
    """Write everything; the number of truth rows."""
    ledgers.mkdir(parents=True, exist_ok=True)
    specimens.mkdir(parents=True, exist_ok=True)
    for old in ledgers.glob("*.xlsx"):
        old.unlink()
    books = build_books()
    for book in books:
        book.write(ledgers)
    return write_truth(books, specimens / "truth.csv")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledgers", type=Path, default=ROOT / "data/parks/demo/ledgers")
    parser.add_argument("--specimens", type=Path, default=ROOT / "tests/specimens/demo")
    arguments = parser.parse_args()
    rows = make(arguments.ledgers, arguments.specimens)
    print(f"{rows} figures in {len(list(arguments.ledgers.glob('*.xlsx')))} files")


if __name__ == "__main__":
    main()
