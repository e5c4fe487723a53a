"""The command line: exit codes, messages in Chinese, and nothing started when the command is wrong."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from parkbook import __version__
from parkbook.batch import pool
from parkbook.batch import run as run_module
from parkbook.cli import COMMANDS, main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def no_kernels(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every attempt to start a worker; workers are what starts kernels."""
    started: list[str] = []

    def refuse(workers: int) -> None:
        started.append(str(workers))
        raise AssertionError("a worker was started")

    monkeypatch.setattr(pool, "new_pool", refuse)
    monkeypatch.setattr(run_module, "new_pool", refuse)
    return started


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--park", "quli"], "您是不是要用 qilu"),
        (["run", "breifing", "--park", "qilu"], "您是不是要用 briefing"),
        (["run", "--park", "qilu", "-p", "parc=wangchun"], "您是不是要用 park"),
        (["run", "--all", "-p", "perod=2025"], "您是不是要用 period"),
        (["run", "--all", "-p", "park=qilu"], "改用 --park"),
        (["run", "--park", "qilu", "--period", "明年"], "无法识别的报告期"),
        (["run", "--park", "qilu", "--period", "上半年"], "没有写明年月"),
        (["run", "--park", "qilu", "--period", "2025", "-p", "period=2024"], "给了两次"),
        (["run", "--park", "qilu", "-p", "period"], "-p 名称=值"),
        (["run", "--park", "qilu", "-p", "title=a", "-p", "title=b"], "给了两次"),
        (["run", "--park", "qilu", "--formats", "doc"], "不支持的导出格式"),
        (["run", "--park", "qilu", "--jobs", "0"], "至少为 1"),
        (["run", "--park", "qilu", "--jobs", "two"], "不是整数"),
        (["run"], "--all 或 --park"),
        (["run", "briefing"], "--all 或 --park"),
        (["run", "--all", "--park", "qilu"], "不能同时使用"),
        (["rum"], "您是不是要用 run"),
        ([], "缺少"),
        (["run", "--al1"], "不认识"),
        (["extract", "总结.docx", "--format", "csv"], "没有名为“csv”的格式，可用：jsonl"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_command_starts_nothing(
    home: Path, no_kernels: list[str], capsys: Capture, arguments: list[str], words: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("错误：")
    assert words in captured.err
    assert "Traceback" not in captured.err
    assert no_kernels == []
    assert list((home / "outputs").iterdir()) == []


def test_an_unwritable_folder_is_a_failure_in_words(home: Path, no_kernels: list[str], capsys: Capture) -> None:
    (home / "file").write_text("", encoding="utf-8")
    assert main(["run", "--park", "qilu", "--out", str(home / "file" / "run")]) == 1
    assert "无法写入结果" in capsys.readouterr().err


def test_a_run_reports_its_progress_and_fails_with_one(home: Path, capsys: Capture) -> None:
    (home / "data" / "parks" / "wangchun" / "park.yaml").unlink()
    assert main(["run", "park", "--all", "--formats", "html", "--out", str(home / "out")]) == 1
    captured = capsys.readouterr()
    lines = captured.err.splitlines()
    assert len(lines) == 3
    assert any("失败 park/wangchun" in line and "没有 park.yaml" in line for line in lines)
    assert captured.out.splitlines()[0].startswith("2 份完成，1 份失败，用时")
    assert (home / "out" / "parks" / "qilu" / "park.html").is_file()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_chinese(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "显示本说明" in text
    assert "optional" not in text
    assert "show this" not in text


def test_version(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"parkbook {__version__}\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp936", "latin-1"])
def test_chinese_on_any_console(home: Path, encoding: str) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "lib"),
        "PYTHONIOENCODING": encoding,
        "LC_ALL": "C",
    }
    environment.pop("PYTHONUTF8", None)
    done = subprocess.run(
        [sys.executable, "-m", "parkbook.cli", "run", "--park", "镕𠮷"],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "没有园区“镕𠮷”" in done.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a signal")
def test_a_run_that_is_stopped_leaves_nothing_behind_and_can_be_started_again(
    home: Path, tmp_path: Path, set_cells: Callable[..., Path]
) -> None:
    (tmp_path / "t").mkdir()
    mark = tmp_path / "running"
    set_cells("park", f"import pathlib, time\npathlib.Path({str(mark)!r}).touch()\ntime.sleep(120)")
    library = str(Path(__file__).resolve().parents[2] / "lib")
    command = [
        sys.executable,
        "-m",
        "parkbook.cli",
        "run",
        "park",
        "--park",
        "qilu",
        "--formats",
        "",
        "--out",
        str(home / "out"),
    ]
    running = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": library, "TMPDIR": str(tmp_path / "t")}, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not mark.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    running.terminate()
    _, errors = running.communicate(timeout=30)
    assert (running.returncode, errors.decode("utf-8")) == (130, "已中断\n")
    assert list((tmp_path / "t").iterdir()) == []
    assert not list(home.glob(".parkbook-*"))
    set_cells("park")
    assert main(command[3:]) == 0


def test_parks_lists_what_each_has(home: Path, capsys: Capture) -> None:
    assert main(["parks"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["代码", "名称", "关系", "类型", "数据条数", "其中数值", "年份", "台账", "报告"]
    assert lines[1].split() == ["qilu", "齐鲁软件园", "其他单位", "软件园", "0", "0", "0", "0"]
    (home / "data" / "parks" / "xian-htz" / "park.yaml").write_text("id: [", encoding="utf-8")
    assert main(["parks"]) == 1
    assert "xian-htz 未能读取" in capsys.readouterr().out


REPORT = "示例园区2024年工作总结\n全年完成工业总产值120.5亿元，同比下降3.2%；新引进项目16个。\n"


def test_extract_prints_one_figure_a_line(home: Path, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "总结.txt"
    path.write_text(REPORT, encoding="utf-8", newline="")
    assert main(["extract", str(path), "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["value"], line["unit"], line["transformation"], line["comparison"]) for line in lines] == [
        (120.5, "亿元", "level", None),
        (-3.2, "%", "growth", "yoy"),
        (16, "个", "level", None),
    ]
    assert [REPORT[line["start"] : line["end"]] for line in lines] == ["120.5亿元", "3.2%", "16个"]
    assert {line["time_period"] for line in lines} == {"2024"}


def test_a_layout_is_written_into_the_folder_that_it_is_for(home: Path, capsys: Capture) -> None:
    """`parkbook extract a.csv --layout > data/layouts/P/a.yaml`: the shell has made the empty file before the command runs."""
    ledgers, layouts = home / "data" / "parks" / "qilu" / "ledgers", home / "data" / "layouts" / "qilu"
    ledgers.mkdir(parents=True)
    layouts.mkdir(parents=True)
    (ledgers / "a.csv").write_text("2025年6月,\n单位：亿元,\n指标,当月\n收入合计,5\n", encoding="utf-8")
    (layouts / "a.yaml").write_text("", encoding="utf-8")
    assert main(["extract", str(ledgers / "a.csv"), "--layout"]) == 0
    printed = capsys.readouterr()
    assert "indicators:" in printed.out
    assert "版式文件是空的" in printed.err


def test_extract_coverage_closes(home: Path, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "总结.txt"
    path.write_text(REPORT, encoding="utf-8", newline="")
    assert main(["extract", str(path), "--coverage"]) == 0
    printed = capsys.readouterr().out
    for words in ("2024年", "120.5", "3.2", "16"):
        assert words in printed


@pytest.mark.parametrize(
    ("name", "words"),
    [("没有.txt", "找不到文件"), ("旧.doc", ".docx"), ("台账.et", ".xlsx"), ("空.xlsx", "空.xlsx")],
)
def test_extract_refuses_in_one_sentence(home: Path, tmp_path: Path, name: str, words: str, capsys: Capture) -> None:
    if not name.startswith("没有"):
        (tmp_path / name).write_bytes(b"x")
    assert main(["extract", str(tmp_path / name)]) != 0
    output = capsys.readouterr()
    assert words in output.err and output.out == ""


@pytest.mark.parametrize("name", ["图.png", "台账.et", "网页.html"])
def test_what_is_refused_is_refused_alike_with_coverage(home: Path, tmp_path: Path, name: str, capsys: Capture) -> None:
    (tmp_path / name).write_bytes(b"x")
    said = []
    for option in ([], ["--coverage"], ["--review", str(tmp_path / "review.csv")]):
        assert main(["extract", str(tmp_path / name), *option]) == 1
        said.append(capsys.readouterr().err)
    assert said[0] == said[1] == said[2]
    assert "不能读取" in said[0]


def test_audit_says_what_is_implied(capsys: Capture) -> None:
    """Qilu 2025: 2,275 at 74.4 % of the district, 39,577 at 316.6 % of the target."""
    assert main(["audit", "qilu"]) == 0
    printed = capsys.readouterr().out
    assert "3056—3059家" in printed
    assert "12498.7—12502.6万美元" in printed
    assert "7人" in printed
