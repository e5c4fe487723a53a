"""The generator of the synthetic park: independent of parkbook, deterministic, and complete about what it wrote."""

from __future__ import annotations

import ast
import csv
import subprocess
import sys
import zipfile
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "build" / "make_demo.py"
SPECIMENS = ROOT / "tests" / "specimens" / "demo"
LEDGERS = ROOT / "data" / "parks" / "demo" / "ledgers"
REMEDY = "run `python build/make_demo.py` and commit data/parks/demo and tests/specimens/demo"
KINDS = {
    "drifted_header", "unit_slip", "text_number", "percent_format", "revised_target", "revised_base", "broken_identity",
    "renamed_row", "masked", "missing", "error_cell", "uncached_formula", "hidden_row", "hidden_sheet",
}  # fmt: skip
CODES = {
    "transformation": {"level", "growth", "completion", "target", "rank", "share"},
    "comparison": {"", "yoy", "mom"},
    "target_kind": {"", "base", "stretch", "growth"},
    "obs_status": {"reported", "estimated", "missing", "masked"},
}


def made_in(folder: Path) -> Path:
    """A folder with everything that one run of the script writes."""
    command = [
        sys.executable,
        str(SCRIPT),
        "--ledgers",
        str(folder / "ledgers"),
        "--specimens",
        str(folder / "specimens"),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_in(tmp_path_factory.mktemp("示例 one"))


@pytest.fixture(scope="module")
def truth() -> list[dict[str, str]]:
    with (SPECIMENS / "truth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def planted() -> list[dict[str, Any]]:
    errors: list[dict[str, Any]] = yaml.safe_load((SPECIMENS / "planted_errors.yaml").read_text(encoding="utf-8"))
    return errors


@pytest.fixture(scope="module")
def cells() -> dict[tuple[str, str, str], object]:
    """Every filled cell of the committed ledgers."""
    found: dict[tuple[str, str, str], object] = {}
    for path in sorted(LEDGERS.glob("*.xlsx")):
        for sheet in load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                found.update(
                    {(path.name, sheet.title, cell.coordinate): cell.value for cell in row if cell.value is not None}
                )
    return found


def contents(path: Path) -> dict[str, bytes]:
    """What is in a workbook: how it is packed may differ between versions of zlib."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_second_run_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again = made_in(tmp_path)
    first = {path.relative_to(made): path.read_bytes() for path in sorted(made.rglob("*.*"))}
    second = {path.relative_to(again): path.read_bytes() for path in sorted(again.rglob("*.*"))}
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


def test_what_is_committed_is_what_the_script_writes(made: Path) -> None:
    assert {path.name for path in LEDGERS.iterdir()} == {path.name for path in (made / "ledgers").iterdir()}, REMEDY
    differing = [
        path.name for path in sorted(LEDGERS.iterdir()) if contents(path) != contents(made / "ledgers" / path.name)
    ]
    assert differing == [], REMEDY
    for name in ("truth.csv", "planted_errors.yaml"):
        assert (SPECIMENS / name).read_bytes() == (made / "specimens" / name).read_bytes(), f"{name}: {REMEDY}"


def test_nothing_of_parkbook_is_imported() -> None:
    for path in (SCRIPT, *(ROOT / "build" / "demo").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "parkbook"], f"{path.name} imports parkbook"


def test_the_ledgers_are_small() -> None:
    assert sum(path.stat().st_size for path in LEDGERS.iterdir()) < 3_000_000


def test_every_sheet_with_figures_is_in_the_truth(
    truth: list[dict[str, str]], cells: dict[tuple[str, str, str], object]
) -> None:
    assert {(row["file"], row["sheet"]) for row in truth} == {
        (file, sheet) for file, sheet, _ in cells if sheet != "说明"
    }


def test_a_cell_has_one_truth(truth: list[dict[str, str]]) -> None:
    places = [(row["file"], row["sheet"], row["cell"]) for row in truth]
    assert len(places) == len(set(places)) > 15_000


def test_every_truth_is_what_its_cell_says(
    truth: list[dict[str, str]], cells: dict[tuple[str, str, str], object]
) -> None:
    """But for planted errors, a number in a cell is its truth, and words stand where there is none or a row is counted."""
    wrong = []
    for row in truth:
        said = cells.get((row["file"], row["sheet"], row["cell"]))
        if row["planted"] or isinstance(said, str):
            continue
        if said is None or Decimal(repr(said)) != Decimal(row["value"]):
            wrong.append((row["file"], row["sheet"], row["cell"], said, row["value"]))
    assert wrong == []


def test_a_figure_without_a_number_shows_a_sentinel(
    truth: list[dict[str, str]], cells: dict[tuple[str, str, str], object]
) -> None:
    for row in truth:
        said = cells.get((row["file"], row["sheet"], row["cell"]))
        if not row["value"]:
            assert said in ("—", "*", "缺报"), row
            assert row["obs_status"] in ("missing", "masked"), row


def test_every_number_in_a_ledger_is_in_the_truth(
    truth: list[dict[str, str]], cells: dict[tuple[str, str, str], object]
) -> None:
    """序号 is the only number that is none."""
    known = {(row["file"], row["sheet"], row["cell"]) for row in truth}
    numbers = {place for place, value in cells.items() if isinstance(value, int | float)}
    others = {place for place in numbers - known if not place[2].startswith("A")}
    assert others == set()


@pytest.mark.parametrize("field", CODES)
def test_truth_uses_known_codes(truth: list[dict[str, str]], field: str) -> None:
    assert {row[field] for row in truth} == CODES[field]


def test_truth_values_are_plain_decimals(truth: list[dict[str, str]]) -> None:
    for row in truth:
        for text in filter(None, (row["value"], row["as_read"])):
            try:
                assert format(Decimal(text), "f") == text, row
            except InvalidOperation:
                pytest.fail(f"{text} is no number: {row}")


def test_every_kind_of_error_is_planted(planted: list[dict[str, Any]]) -> None:
    assert {error["kind"] for error in planted} == KINDS
    assert len({error["id"] for error in planted}) == len(planted)


def test_one_unit_slip_is_corrected_and_one_is_left(planted: list[dict[str, Any]]) -> None:
    slips = [error for error in planted if error["kind"] == "unit_slip"]
    assert sorted(error["corrected"] for error in slips) == [False, True]
    corrections = yaml.safe_load((ROOT / "data/parks/demo/corrections.yaml").read_text(encoding="utf-8"))
    places = {(entry["source"], entry["locator"]) for entry in corrections}
    assert places == {(error["file"], f"{error['sheet']}!{error['cells'][0]}") for error in slips if error["corrected"]}


def test_planted_errors_and_truth_name_the_same_cells(
    planted: list[dict[str, Any]], truth: list[dict[str, str]]
) -> None:
    marked: dict[str, set[str]] = {}
    for row in truth:
        if row["planted"]:
            marked.setdefault(row["planted"], set()).add(row["cell"])
    assert marked.keys() == {error["id"] for error in planted}
    for error in planted:
        assert marked[error["id"]] <= set(error["cells"]), error["id"]


@pytest.mark.parametrize("kind", ["drifted_header", "renamed_row", "hidden_sheet"])
def test_what_cannot_be_read_is_expected_unread(
    planted: list[dict[str, Any]], truth: list[dict[str, str]], kind: str
) -> None:
    ids = {error["id"] for error in planted if error["kind"] == kind}
    rows = [row for row in truth if row["planted"] in ids]
    assert rows
    assert all(row["expected_unread"] == "true" for row in rows)


def test_months_add_up_to_cumulatives(truth: list[dict[str, str]]) -> None:
    """上月止累计 + 本月 = 本月止累计, for every flow of the monthly ledger that has a January."""
    level = {
        (row["indicator_id"], row["period"]): Decimal(row["value"])
        for row in truth
        if row["file"].startswith("01主要") and row["transformation"] == "level" and row["unit"] != "%" and row["value"]
    }
    until = {3: "Q1", 6: "S1", 12: ""}
    codes = {month: f"2025-{until.get(month, f'M1-{month}')}".rstrip("-") for month in range(1, 13)}
    for (indicator, period), value in level.items():
        month = int(period[5:]) if period.startswith("2025-") and period[5:].isdigit() else 0
        before = level.get((indicator, codes[month - 1])) if month > 1 else Decimal(0)
        if month and before is not None:
            assert before + value == level[indicator, codes[month]], (indicator, period)
