"""A small project of its own (PARKBOOK_HOME) with tiny notebooks, so that runs here take seconds."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
PARKS = {"qilu": "齐鲁软件园", "wangchun": "望春工业园区", "xian-htz": "西安高新区"}

CHECK = """\
from parkbook.parameters import read_parameters

parameters = read_parameters("{notebook}", globals())
for row in parameters.table():
    print(*row, sep="|")"""
CELLS = {
    "park": '# 参数\npark: str = "qilu"  # 园区代码\nperiod: str | None = None  # 报告期',
    "briefing": '# 参数\npark: str = "qilu"  # 园区代码\nperiod: str | None = None  # 报告期',
    "comparison": '# 参数\nparks: list[str] | None = ["qilu", "wangchun"]\nperiod: str | None = None',
    "coverage": "# 参数\nparks: list[str] | None = None",
    "audit": '# 参数\npark: str = "qilu"  # 园区代码\nperiod: str | None = None  # 报告期',
}


def write_notebook(path: Path, cells: Sequence[str], *, parameters: int = 0) -> Path:
    """A notebook of code cells as the stored ones are: fixed ids, kernel python3, the parameter cell tagged."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number, source in enumerate(cells):
        cell = nbformat.v4.new_code_cell(source)
        cell["id"] = f"cell-{number}"
        if number == parameters:
            cell.metadata["tags"] = ["parameters"]
        notebook.cells.append(cell)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def write_park(home: Path, park: str, name: str, extra: str = "") -> Path:
    folder = home / "data" / "parks" / park
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "park.yaml").write_text(
        f"id: {park}\nname: {name}\nrelation: third_party\ntype: software\nlevel: unstated\narea: ''\nsynthetic: false\n"
        f"period: '2025'\npeers: []\nnote: ''\nsources: []\n{extra or 'parameters: {}'}\n",
        encoding="utf-8",
    )
    return folder


def make_home(root: Path) -> Path:
    """A project with three parks, the five notebooks, the real code lists and one indicator."""
    (root / "outputs").mkdir(parents=True)
    (root / "data" / "catalogue").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "codelists", root / "data" / "codelists")
    (root / "data" / "catalogue" / "economy.yaml").write_text(
        "indicators:\n  - {id: revenue, label_zh: 收入合计, label_en: Revenue, system: S1, unit: 亿元, basis: flow,\n"
        "     direction: higher, release: quarterly, comparability: level}\n",
        encoding="utf-8",
    )
    for park, name in PARKS.items():
        write_park(root, park, name)
    for notebook, cell in CELLS.items():
        write_notebook(root / "notebooks" / f"{notebook}.ipynb", [cell, CHECK.format(notebook=notebook)])
    return root


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of the test's own, which it may change."""
    root = make_home(tmp_path / "园区 工作簿")
    monkeypatch.setenv("PARKBOOK_HOME", str(root))
    return root


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project for all tests of a module, in which wangchun's notebooks fail."""
    root = make_home(tmp_path_factory.mktemp("shared") / "园区 工作簿")
    shutil.rmtree(root / "data" / "parks" / "xian-htz")
    failing = 'if parameters.park == "wangchun":\n    raise KeyError("没有这一列")'
    for notebook in ("park", "briefing"):
        write_notebook(
            root / "notebooks" / f"{notebook}.ipynb",
            [CELLS[notebook], CHECK.format(notebook=notebook), failing, "1 + 1"],
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARKBOOK_HOME", str(root))
        yield root


@pytest.fixture
def set_cells(home: Path) -> Callable[..., Path]:
    """Replace what follows the parameter cells of a notebook in `home`."""

    def write(notebook: str, *cells: str) -> Path:
        return write_notebook(
            home / "notebooks" / f"{notebook}.ipynb", [CELLS[notebook], CHECK.format(notebook=notebook), *cells]
        )

    return write


@pytest.fixture
def printed() -> Callable[[Path], str]:
    """What an executed notebook printed."""

    def text(path: Path) -> str:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        return "".join("".join(output.get("text", "")) for output in outputs)

    return text
