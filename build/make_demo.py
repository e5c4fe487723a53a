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

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "build"))

from demo.book import Book, Truth, plain  # noqa: E402
from demo.economy import build_economy, series_of  # noqa: E402
from demo.enterprises import build_enterprises, growing_share  # noqa: E402
from demo.ladder import build_ladder, build_shares  # noqa: E402
from demo.leads import build_leads, funnel_lines  # noqa: E402
from demo.plan import ECONOMY  # noqa: E402
from demo.planted import Planted, plant_all  # noqa: E402
from demo.progress import build_progress  # noqa: E402
from demo.projects import build_projects, procedure_lines, project_lines  # noqa: E402
from demo.registers import (  # noqa: E402
    build_capital,
    build_honours,
    build_plots,
    build_targets,
    capital_lines,
    honour_lines,
    plot_lines,
)
from demo.systems import Ledgers, Line, build_systems, read_lines  # noqa: E402

FIELDS = (
    "file",
    "sheet",
    "cell",
    "indicator_id",
    "subject",
    "parent",
    "period",
    "transformation",
    "comparison",
    "target_kind",
    "scope_basis",
    "price_basis",
    "value",
    "unit",
    "obs_status",
    "as_read",
    "read_status",
    "expected_unread",
    "planted",
)
"""as_read and read_status: what the cell itself says, only where a planted error makes it differ from value and obs_status."""


def all_lines() -> Ledgers:
    """The quarterly lines of every ledger: the planned ones, and those counted from the registers."""
    ledgers = read_lines()
    by_name = {ledger: lines for (ledger, _), lines in ledgers.items()}
    economy = {series.flow.indicator: series for series in series_of(ECONOMY)}
    land = line_of(ledgers, "plot_land_area")
    by_name["06招商漏斗"][:0] = funnel_lines()
    by_name["08地块评价"] += plot_lines(economy["tax_revenue"], economy["gross_industrial_output"], land)
    by_name["17基金"][:0] = capital_lines()
    by_name["18荣誉考评"] += honour_lines()
    by_name["22市场主体"].append(growing_share(line_of(ledgers, "operating_revenue")))
    return {
        **ledgers,
        ("04项目调度", "重点项目调度情况"): project_lines(),
        ("05前期手续汇总", "重点项目前期手续汇总情况"): procedure_lines(),
    }


def line_of(ledgers: Ledgers, indicator: str) -> Line:
    return next(line for lines in ledgers.values() for line in lines if line.indicator == indicator)


def build_books() -> tuple[list[Book], list[Planted]]:
    """Every ledger, with the errors planted in them."""
    ledgers = all_lines()
    books = [
        *build_economy(),
        build_enterprises(line_of(ledgers, "operating_revenue")),
        *build_projects(),
        *build_progress(),
        build_leads(),
        build_ladder(),
        build_shares(),
        build_plots(),
        build_capital(),
        build_honours(),
        build_targets(),
        *build_systems(ledgers),
    ]
    return books, plant_all(books, {ledger: lines for (ledger, _), lines in ledgers.items()})


def truth_row(truth: Truth) -> tuple[str, ...]:
    figure = truth.figure
    value = "" if figure.value is None else plain(figure.value)
    return (
        truth.file,
        truth.sheet,
        truth.cell,
        figure.indicator,
        figure.subject,
        figure.parent,
        figure.period,
        figure.transformation,
        figure.comparison,
        figure.target_kind,
        figure.scope_basis,
        figure.price_basis,
        value,
        figure.unit,
        figure.status,
        truth.as_read,
        truth.read_status,
        "true" if truth.expected_unread else "",
        truth.planted,
    )


def write_truth(books: list[Book], path: Path) -> int:
    rows = [truth_row(truth) for book in books for page in book.pages.values() for truth in page.truth.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(rows)
    return len(rows)


def write_planted(planted: list[Planted], path: Path) -> None:
    """Written by build/make_demo.py: `says` is what the ledger says, `report` the code of the finding that is due."""
    text = yaml.safe_dump(
        [error.as_entry() for error in planted], allow_unicode=True, sort_keys=False, width=160, default_flow_style=None
    )
    path.write_text(f"# {write_planted.__doc__}\n{text}", encoding="utf-8", newline="\n")


def make(ledgers: Path, specimens: Path) -> int:
    """Write everything; the number of truth rows."""
    ledgers.mkdir(parents=True, exist_ok=True)
    specimens.mkdir(parents=True, exist_ok=True)
    for old in ledgers.glob("*.xlsx"):
        old.unlink()
    books, planted = build_books()
    for book in books:
        book.write(ledgers)
    write_planted(planted, specimens / "planted_errors.yaml")
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
