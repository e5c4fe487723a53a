"""Parameters: types, precedence, and which assignments count, in JupyterLab's order of cells, by papermill, and plain."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from papermill.exceptions import PapermillExecutionError

from parkbook.codelists import Audience, DocumentState
from parkbook.errors import ParameterError, ParkbookError, PeriodError, UnknownCodeError
from parkbook.parameters import (
    NOTEBOOK_PARAMETERS,
    assigned_parameters,
    check_notebook,
    park_defaults,
    read_parameters,
    resolve,
    resolve_for_park,
)

ROOT = Path(__file__).resolve().parents[1]
CELL = '# 参数\npark: str = "qilu"  # 园区代码\nperiod: str | None = None  # 报告期'
CHECK = """\
from parkbook.parameters import read_parameters

parameters = read_parameters("park", globals())
print(parameters.park, parameters.period, *parameters.origins.values())"""


def refused(kind: type[ParkbookError], assigned: dict[str, Any], notebook: str = "park") -> str:
    """The text of the error that `assigned` is refused with."""
    with pytest.raises(kind) as caught:
        resolve(notebook, {"park": "qilu"} | assigned if notebook == "park" else assigned, {})
    return str(caught.value)


# --- precedence -----------------------------------------------------------------------------------------------------


def test_the_stronger_layer_wins() -> None:
    effective = resolve(
        "park", {"park": "qilu", "period": "2024", "state": None}, {"period": "2025", "audience": "external"}
    )
    assert str(effective.period) == "2024"
    assert effective.audience is Audience.EXTERNAL
    assert effective.state is DocumentState.DRAFT
    assert effective.table()[:2] == [("park", "qilu", "参数单元"), ("period", "2024年", "参数单元")]
    assert effective.origins == dict.fromkeys(NOTEBOOK_PARAMETERS["park"], "默认值") | {
        "park": "参数单元",
        "period": "参数单元",
        "audience": "park.yaml",
    }


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_means_as_park_yaml_says(blank: object) -> None:
    effective = resolve("park", {"park": "qilu", "period": blank}, {"period": "2025"})
    assert (str(effective.period), effective.origins["period"]) == ("2025", "park.yaml")


def test_origins_of_the_batch_are_kept() -> None:
    assert resolve("park", {"park": "qilu"}, {}, {"park": "批量命令"}).origins["park"] == "批量命令"


def test_park_yaml_gives_period_and_parameters() -> None:
    assert park_defaults("qilu") == {"period": "2025"}
    assert str(resolve_for_park("park", {"park": "qilu"}).period) == "2025"


def test_a_name_in_park_yaml_that_no_notebook_has() -> None:
    with pytest.raises(ParameterError, match=r"“audiense”.*您是不是要用 audience"):
        resolve("park", {"park": "qilu"}, {"audiense": "external"})


# --- types ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "time_period"),
    [
        (2025, "2025"),
        ("2025", "2025"),
        ("2025.10", "2025-10"),
        ("2025.1-9", "2025-M1-9"),
        ("2016-S1", "2016-S1"),
        ("2022年上半年", "2022-S1"),
    ],
)
def test_periods(given: object, time_period: str) -> None:
    assert resolve("park", {"park": "qilu", "period": given}, {}).plain("period") == time_period


def test_a_float_period_names_the_form_that_works() -> None:
    text = refused(ParameterError, {"period": 2025.10})
    assert "2025.1 是小数" in text
    assert "-r period 2025.10" in text


@pytest.mark.parametrize("given", ["去年某时", 12, "2025年13月"])
def test_words_that_are_no_period(given: object) -> None:
    assert "参数 period" in refused(PeriodError, {"period": given})


@pytest.mark.parametrize("given", ["上半年", "202X年", "近年来"])
def test_a_period_without_a_year(given: str) -> None:
    assert "没有写明年月" in refused(PeriodError, {"period": given})


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("park", 12),
        ("park", True),
        ("period", True),
        ("period", ["2025"]),
        ("title", 5),
        ("indicators", 3),
        ("indicators", [1]),
        ("state", 1),
    ],
)
def test_wrong_types(name: str, given: object) -> None:
    text = refused(ParameterError, {name: given})
    assert f"参数 {name}" in text
    assert type(given).__name__ in text


@pytest.mark.parametrize(
    "given", ["qilu,wangchun", "qilu，wangchun", ["qilu", "wangchun"], ("qilu", "wangchun"), "qilu、 wangchun,"]
)
def test_lists_are_also_read_from_text(given: object) -> None:
    assert resolve("comparison", {"parks": given}, {}).parks == ("qilu", "wangchun")


@pytest.mark.parametrize(
    ("given", "hint"), [("quli", "qilu"), ("QILU", "qilu"), ("齐鲁软件园", "qilu"), ("zhongguanchun", "zhongguancun")]
)
def test_an_unknown_park_suggests_the_nearest(given: str, hint: str) -> None:
    assert f"您是不是要用 {hint}" in refused(UnknownCodeError, {"park": given})


def test_an_unknown_park_in_a_list() -> None:
    assert "您是不是要用 wangchun" in refused(UnknownCodeError, {"parks": "qilu,wangchum"}, "comparison")


@pytest.mark.parametrize("given", ["external", "对外公开"])
def test_codes_by_code_or_label(given: str) -> None:
    assert resolve("park", {"park": "qilu", "audience": given}, {}).audience is Audience.EXTERNAL


def test_an_unknown_code() -> None:
    assert "您是不是要用 external" in refused(ParameterError, {"audience": "extern"})


def test_an_unknown_indicator() -> None:
    assert "data/catalogue" in refused(UnknownCodeError, {"indicators": "no_such_indicator"})


def test_a_reviewed_state_needs_a_reviewer() -> None:
    assert "审核人" in refused(ParameterError, {"state": "reviewed"})
    assert resolve("park", {"park": "qilu", "state": "已定稿", "reviewer": "张三"}, {}).state is DocumentState.FINAL


def test_no_park() -> None:
    with pytest.raises(ParameterError, match="没有指定园区"):
        resolve("park", {"period": "2025"}, {})


@pytest.mark.parametrize(("name", "hint"), [("parc", "park"), ("Period", "period"), ("indicator", "indicators")])
def test_a_mistyped_name(name: str, hint: str) -> None:
    assert f"您是不是要用 {hint}" in refused(ParameterError, {name: "x"})


def test_an_unknown_notebook() -> None:
    with pytest.raises(UnknownCodeError, match="您是不是要用 briefing"):
        check_notebook("briefings.ipynb")


def test_stored_notebooks_have_just_these_parameters() -> None:
    for name, parameters in NOTEBOOK_PARAMETERS.items():
        notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        cells = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
        source = "".join(cells[0]["source"])
        assert len(cells) == 1
        assert source.startswith("# 参数\n")
        assert tuple(re.findall(r"^(\w+)\s*:", source, re.MULTILINE)) == parameters


# --- which assignments count ----------------------------------------------------------------------------------------


def history(*cells: str, **variables: object) -> dict[str, Any]:
    """A namespace as IPython has it."""
    return {"In": ["", *cells], "get_ipython": None, **variables}


def test_the_cell_and_the_injected_cell_after_it() -> None:
    found = assigned_parameters(history(CELL, '# Parameters\npark = "wangchun"\n', CHECK))
    assert found == {"park": "wangchun", "period": None}


def test_the_cell_run_again_forgets_the_injected_cell() -> None:
    found = assigned_parameters(history(CELL, '# Parameters\nperiod = "2024"\n', CHECK, CELL, CHECK))
    assert found == {"park": "qilu", "period": None}


def test_only_the_injected_cell_was_run() -> None:
    assert assigned_parameters(history('# Parameters\npark = "wangchun"\n', CHECK)) == {"park": "wangchun"}


def test_names_of_other_cells_do_not_count() -> None:
    exploring = "parc = 1\nfor park in ('wangchun', 'demo'):\n    period = 2025.1"
    found = assigned_parameters(history(CELL, CHECK, exploring, CHECK, park="demo", period=2025.1, parc=1))
    assert found == {"park": "qilu", "period": None}


def test_a_value_that_is_no_literal_comes_from_the_namespace() -> None:
    cell = '# 参数\nimport os\npark = os.environ["PARK"]\nother = [name for name in "ab"]'
    found = assigned_parameters(history(cell, CHECK, park="wangchun", other=["a", "b"], os=1, name="z"))
    assert found == {"park": "wangchun", "other": ["a", "b"]}


def test_a_cell_that_lost_its_mark_is_still_the_parameter_cell() -> None:
    edited = 'park: str = "wangchun"  # 园区代码'
    assert assigned_parameters(history(CELL, CHECK, edited, CHECK)) == {"park": "wangchun"}


def test_a_declaration_without_a_value_assigns_nothing() -> None:
    assert assigned_parameters(history('# 参数\npark: str = "qilu"\nperiod: str', CHECK)) == {"park": "qilu"}


def test_no_parameter_cell_was_run() -> None:
    with pytest.raises(ParameterError, match="还没有运行参数单元"):
        assigned_parameters(history("x = 1", CHECK))


def test_the_latest_parameter_cell_is_broken() -> None:
    with pytest.raises(ParameterError, match="语法错误"):
        assigned_parameters(history(CELL, '# 参数\npark = "qilu', CHECK))


def test_without_ipython() -> None:
    assert assigned_parameters({"park": "qilu", "parc": 1}) == {"park": "qilu", "parc": 1}
    assert assigned_parameters({"__name__": "__main__", "park": "qilu", "json": json}) == {"park": "qilu"}
    with pytest.raises(ParameterError, match="您是不是要用 park"):
        read_parameters("park", {"park": "qilu", "parc": "wangchun"})


# --- in real kernels ------------------------------------------------------------------------------------------------


def notebook_of(*cells: str) -> nbformat.NotebookNode:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.cells[0].metadata["tags"] = ["parameters"]
    return notebook


def printed(notebook: nbformat.NotebookNode) -> list[str]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs).splitlines()


@pytest.fixture
def kernels_find_parkbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "lib"))


@pytest.mark.usefixtures("kernels_find_parkbook")
def test_an_analyst_explores_edits_and_runs_again() -> None:
    exploring = "parc = 'mine'\nfor park in ['demo']:\n    pass"
    edited = CELL.replace("qilu", "wangchun")
    notebook = notebook_of(CELL, CHECK, exploring, CHECK, edited, CHECK, edited.replace("park:", "parc:"), CHECK)
    with pytest.raises(CellExecutionError, match="您是不是要用 park"):
        NotebookClient(notebook).execute()
    assert [line.split()[0] for line in printed(notebook)] == ["qilu", "qilu", "wangchun"]


@pytest.mark.usefixtures("kernels_find_parkbook")
def test_papermill_injects_and_a_mistyped_name_is_refused(tmp_path: Path) -> None:
    stored, out = tmp_path / "park.ipynb", tmp_path / "out.ipynb"
    nbformat.write(notebook_of(CELL, CHECK), stored)
    done = papermill.execute_notebook(stored, out, {"park": "wangchun", "period": 2024}, progress_bar=False)
    rest = ["默认值"] * (len(NOTEBOOK_PARAMETERS["park"]) - 2)
    assert printed(done) == [" ".join(["wangchun 2024 papermill 命令 papermill 命令", *rest])]
    with pytest.raises(PapermillExecutionError, match="您是不是要用 park"):
        papermill.execute_notebook(stored, out, {"parc": "wangchun"}, progress_bar=False)


@pytest.mark.usefixtures("kernels_find_parkbook")
def test_the_papermill_command_from_another_folder(tmp_path: Path) -> None:
    stored = tmp_path / "park.ipynb"
    nbformat.write(notebook_of(CELL, CHECK), stored)
    command = [
        sys.executable,
        "-m",
        "papermill",
        "park.ipynb",
        "out.ipynb",
        "-p",
        "park",
        "wangchun",
        "-r",
        "period",
        "2025.10",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert printed(done)[0].startswith("wangchun 2025-10 papermill 命令")
