"""The stored notebooks: thin, typed, without outputs; and as typed on a command line."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from parkbook.parameters import NOTEBOOK_PARAMETERS

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param.stem, nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_notebook_of_the_parameters_table_is_there_and_no_other():
    assert {path.stem for path in NOTEBOOKS} == set(NOTEBOOK_PARAMETERS)


def test_it_is_thin_and_stored_without_outputs(notebook):
    _, stored = notebook
    cells = code_cells(stored)
    assert 6 <= len(cells) <= 15
    for cell in cells:
        assert cell.outputs == [] and cell.execution_count is None
        assert not any(isinstance(node, ast.FunctionDef | ast.Lambda) for node in ast.walk(ast.parse(cell.source)))
    assert stored.metadata.kernelspec.name == "python3"
    assert len({cell.id for cell in stored.cells}) == len(stored.cells)


def test_one_cell_holds_the_parameters_typed_and_explained(notebook):
    name, stored = notebook
    tagged = [cell for cell in code_cells(stored) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    statements = [node for node in ast.parse(tagged[0].source).body if not isinstance(node, ast.ImportFrom)]
    assert all(isinstance(node, ast.AnnAssign) for node in statements)
    assert [node.target.id for node in statements] == list(NOTEBOOK_PARAMETERS[name])
    lines = [line for line in tagged[0].source.splitlines() if "=" in line]
    assert all("  # " in line for line in lines)


def papermill(*arguments, cwd):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PARKBOOK")}
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)


def test_papermill_from_another_folder_runs_the_park_asked_for(tmp_path):
    out = tmp_path / "out.ipynb"
    run = papermill(ROOT / "notebooks/park.ipynb", out, "-p", "park", "teda", "-p", "period", "2014", cwd=tmp_path)
    assert run.returncode == 0, run.stderr[-2000:]
    texts = [str(o.data) for cell in nbformat.read(out, 4).cells for o in cell.get("outputs", []) if "data" in o]
    assert any("天津开发区" in text for text in texts)
    assert any("8900" in text for text in texts)
    assert "Passed unknown parameter" not in run.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-p", "parc", "qilu"], ["parc", "park"]),
        (["-p", "period", "2025.10"], ["小数", "-r period"]),
        (["-p", "period", "2031"], ["没有2031年的数据"]),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, list) and value[0] == "-p" else "",
)
def test_a_mistyped_parameter_stops_papermill_and_says_what_was_meant(tmp_path, arguments, words):
    run = papermill(ROOT / "notebooks/briefing.ipynb", tmp_path / "out.ipynb", *arguments, cwd=tmp_path)
    assert run.returncode != 0
    for word in words:
        assert word in run.stderr


def test_running_again_after_exploring_works(tmp_path):
    """The analyst's own names in the kernel are no parameters, and edits of the parameter cell count."""
    from nbclient import NotebookClient

    stored = nbformat.read(ROOT / "notebooks/park.ipynb", as_version=4)
    cells = code_cells(stored)
    explore = nbformat.v4.new_code_cell(
        "parc = 'x'\nperiode = 1\npark_name = book.view.name\nfor park in ('a', 'b'):\n    pass"
    )
    again = nbformat.v4.new_code_cell(cells[0].source.replace('"qilu"', '"teda"'))
    stored.cells = [
        *cells[:2],
        explore,
        again,
        nbformat.from_dict(dict(cells[1], id="again")),
        nbformat.v4.new_code_cell("book.view.name"),
    ]
    NotebookClient(
        stored, kernel_name="python3", timeout=120, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert stored.cells[-1].outputs[0].data["text/plain"] == "'天津开发区'"
