"""The documents tell the truth: the tutorial is run as it stands, examples and messages are those of the code, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import nbformat
import pytest
from openpyxl import Workbook

from parkbook.cli import parser
from parkbook.indicators.rounding import half_up
from parkbook.periods import parse_period

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
TUTORIAL = ROOT / "docs" / "add-a-park.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`(data/[^`*]+\.\w+)`")
LARGEST_PICTURE = 250_000


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- the tutorial ---------------------------------------------------------------------------------------------------


def steps(text: str) -> list[tuple[str, str, str]]:
    """Fenced blocks and tables in order: kind, content, and the data file that the words before it name last."""
    table = r"(?P<table>(?:^\|[^\n]*\n)+)"
    fence = r"^```(?P<kind>\w+)\n(?P<content>.*?)^```$"
    found: list[tuple[str, str, str]] = []
    name = ""
    last = 0
    for match in re.finditer(f"{table}|{fence}", text, re.MULTILINE | re.DOTALL):
        name = next(reversed(FILE.findall(text[last : match.start()])), name)
        last = match.end()
        found.append((match["kind"] or "table", match["content"] or match["table"], name))
    return found


def write_sheet(table: str, path: Path) -> None:
    """The Markdown picture of a sheet, as a workbook: row and column heads off, numbers as numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "6月"
    for line in table.splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")][1:]
        sheet.append([float(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell or None for cell in cells])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def run(home: Path, commands: str) -> str:
    """What the commands of a block print."""
    environment = os.environ | {"PARKBOOK_HOME": str(home), "PYTHONUTF8": "1"}
    printed = ""
    for line in commands.splitlines():
        program, *arguments = shlex.split(line)
        assert program == "parkbook"
        command = [sys.executable, "-m", "parkbook.cli", *arguments]
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, encoding="utf-8", timeout=300)
        printed += done.stdout + done.stderr
        assert done.returncode in (0, 1), printed
    return printed


def assert_printed(wanted: str, printed: str) -> None:
    """Every line of a block is there; … stands for anything."""
    for line in wanted.splitlines():
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        assert re.search(pattern, printed), f"{line}\nnot in:\n{printed}"


def spoken(notebook: Path) -> str:
    """The plain text of an executed notebook."""
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "\n".join("".join(output.get("data", {}).get("text/plain", "")) for output in outputs)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's data and notebooks, in a folder with a space and Chinese characters."""
    root = tmp_path_factory.mktemp("docs") / "园区 工作簿"
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns(".*", "~$*"))
    return root


def test_the_tutorial_works_as_it_stands(home: Path) -> None:
    printed = ""
    for kind, content, name in steps(read(TUTORIAL)):
        target = home / name
        if kind == "sh":
            printed = run(home, content)
        elif kind == "text":
            notebook = home / "outputs" / "hubin" / "parks" / "hubin" / "briefing.ipynb"
            assert_printed(content, printed + (spoken(notebook) if notebook.is_file() else ""))
        elif kind == "table":
            write_sheet(content, target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")
    briefing = home / "outputs" / "hubin" / "parks" / "hubin"
    assert (briefing / "briefing.pdf").read_bytes().startswith(b"%PDF")
    page = read(briefing / "briefing.html")
    assert "2025年上半年工作情况汇报" in page
    assert "示例数据" in page
    assert "原表隐去" in page
    data = run(home, "parkbook run briefing --park hubin --out outputs/hubin")  # once more, now with notes.yaml
    assert "0 份失败" in data
    assert "部分地块净地交付滞后" in read(briefing / "briefing.html")


# --- what the documents quote ---------------------------------------------------------------------------------------


def commands(text: str) -> list[str]:
    """The parkbook commands of all sh and powershell blocks."""
    lines = [
        line for kind, content in FENCE.findall(text) if kind in ("sh", "powershell") for line in content.splitlines()
    ]
    plain = [
        line.partition("  #")[0].strip().replace(".venv\\Scripts\\", "").replace(".venv/bin/", "") for line in lines
    ]
    return [line for line in plain if line.startswith("parkbook ")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_is_one(path: Path) -> None:
    for line in commands(read(path)):
        parser().parse_args(shlex.split(line)[1:])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", read(path))) <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_are_there(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", read(path)):
        if not target.startswith("https://"):
            assert (path.parent / target).exists(), target


def test_pictures_are_small() -> None:
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert all(picture.stat().st_size < LARGEST_PICTURE for picture in pictures)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_absolute_path(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work|usr|Users)/|[A-Z]:\\", read(path))


def table_after(heading: str, path: Path) -> list[list[str]]:
    """The cells of the first table under a heading."""
    part = read(path).split(f"\n{heading}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", part, re.MULTILINE)
    assert lines is not None
    return [
        [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")] for line in lines[0].splitlines()[2:]
    ]


def test_the_periods_of_numbers_md() -> None:
    for words, shown, basis, _ in table_after("## Periods", ROOT / "docs" / "numbers.md"):
        for text in words.split("、"):
            period = parse_period(text)
            assert (period.time_period or "—", period.basis or "—") == (shown, basis), text


def test_the_roundings_of_numbers_md() -> None:
    for exact, places, shown in table_after("## Rounding", ROOT / "docs" / "numbers.md"):
        assert format(half_up(Decimal(exact), int(places)), "f") == shown


def test_the_messages_of_the_chinese_readme_are_real() -> None:
    """Each quoted message, piece by piece between the places where names and numbers stand (…), is in the code."""
    code = "\n".join(read(path) for path in (ROOT / "lib" / "parkbook").rglob("*.py"))
    rows = table_after("## 常见提示怎么办", ROOT / "README.zh-CN.md")
    assert len(rows) > 10
    for message, *_ in rows:
        for piece in message.split("…"):
            assert piece in code, message
