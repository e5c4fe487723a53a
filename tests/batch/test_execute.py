"""One notebook in one kernel: transports, restarts, timeouts, and what is kept of a notebook that did not end."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from parkbook.batch import execute as execute_module
from parkbook.batch import kernels
from parkbook.batch.execute import execute
from parkbook.batch.plan import plan
from parkbook.batch.result import Limits
from parkbook.batch.worker import run_job


def errors_of(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        output["evalue"] for cell in cells for output in cell.get("outputs", []) if output["output_type"] == "error"
    ]


# --- transports -----------------------------------------------------------------------------------------------------


def test_ipc_where_it_is(home: Path) -> None:
    with kernels.new_kernel({}, home) as manager:
        assert manager.transport == ("tcp" if sys.platform == "win32" else "ipc")
        assert manager.is_alive()


def test_two_kernels_share_nothing(home: Path) -> None:
    with kernels.new_kernel({}, home) as one, kernels.new_kernel({}, home) as other:
        assert one.ip != other.ip
        assert one.connection_file != other.connection_file


@pytest.mark.parametrize("platform", ["win32", "cygwin"])
def test_windows_has_no_ipc(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels.sys, "platform", platform)
    assert not kernels.ipc_possible()


def test_a_job_over_tcp(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: Callable[[Path], str]
) -> None:
    monkeypatch.setattr(kernels, "ipc_possible", lambda: False)
    (job,) = plan(["park"], ["wangchun"], {}, [])
    result = run_job(job, tmp_path / "job", Limits())
    assert result.ok
    assert printed(tmp_path / "job" / "park.ipynb").startswith("park|wangchun|批量命令")


def test_a_temporary_folder_too_long_for_a_socket(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("长" * 40)
    long.mkdir()
    monkeypatch.setattr(kernels.tempfile, "tempdir", str(long))
    with kernels.new_kernel({}, home) as manager:
        assert len(manager.ip.encode()) <= kernels.SOCKET_PATH_LIMIT or manager.transport == "tcp"


def test_nothing_is_left_behind(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_short_folder", lambda: _made(tmp_path / "k"))
    with kernels.new_kernel({}, home) as manager:
        process = manager.provisioner.process  # type: ignore[union-attr]
    assert process.poll() is not None or process.wait(10) is not None
    assert not (tmp_path / "k").exists()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


# --- starts ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def failing_starts(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[int]]:
    """Let the first n kernels fail to start; a list that counts the attempts."""

    def install(failures: int) -> list[int]:
        attempts: list[int] = []
        real = execute_module.new_kernel

        @contextmanager
        def flaky(environment: Mapping[str, str], cwd: Path) -> Iterator[kernels.BatchKernelManager]:
            attempts.append(1)
            if len(attempts) <= failures:
                raise RuntimeError("Kernel died before replying to kernel_info")
            with real(environment, cwd) as manager:
                yield manager

        monkeypatch.setattr(execute_module, "new_kernel", flaky)
        return attempts

    return install


def test_a_failed_start_is_tried_once_more(
    home: Path, tmp_path: Path, failing_starts: Callable[[int], list[int]]
) -> None:
    attempts = failing_starts(1)
    done = execute(home / "notebooks" / "park.ipynb", tmp_path / "out.ipynb", {"park": "qilu"}, {})
    assert (done.failure, done.starts, len(attempts)) == (None, 2, 2)


def test_two_failed_starts_are_a_failure(
    home: Path, tmp_path: Path, failing_starts: Callable[[int], list[int]]
) -> None:
    failing_starts(2)
    done = execute(home / "notebooks" / "park.ipynb", tmp_path / "out.ipynb", {"park": "qilu"}, {})
    assert done.failure is not None
    assert (done.failure.stage, done.failure.message) == (
        "start",
        "内核没有启动：Kernel died before replying to kernel_info",
    )
    assert (tmp_path / "out.ipynb").is_file()


# --- notebooks that do not end --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "limits", "message"),
    [
        ("import time\ntime.sleep(60)", Limits(cell=1), "单元运行超过 1 秒，已停止"),
        ("import time\ntime.sleep(60)", Limits(notebook=2), "整个分析本运行超过 2 秒，已停止"),
        ("import os\nos._exit(1)", Limits(), "内核意外退出，可能是内存不足"),
    ],
    ids=["cell", "wall clock", "dead"],
)
def test_the_notebook_is_kept(
    home: Path, tmp_path: Path, set_cells: Callable[..., Path], cell: str, limits: Limits, message: str
) -> None:
    out = tmp_path / "out.ipynb"
    done = execute(set_cells("park", cell), out, {"park": "qilu"}, {}, limits)
    assert done.failure is not None
    assert (done.failure.stage, done.failure.message) == ("execute", message)
    assert errors_of(out) == [message]


def test_a_mistyped_name_that_reaches_a_kernel_is_refused_there(home: Path, tmp_path: Path) -> None:
    done = execute(home / "notebooks" / "park.ipynb", tmp_path / "out.ipynb", {"parc": "qilu"}, {})
    assert done.failure is not None
    assert done.failure.cell == 3
    assert "您是不是要用 park" in done.failure.message


# --- what is taken out ----------------------------------------------------------------------------------------------


def test_paths_of_this_machine_are_taken_out(home: Path, tmp_path: Path, set_cells: Callable[..., Path]) -> None:
    cells = (
        "import os, json, warnings\nprint(os.getcwd())\nprint(json.__file__, os.path.expanduser('~/x'))",
        "warnings.warn('注意')",
        "json.loads('{')",
    )
    out = tmp_path / "out.ipynb"
    execute(set_cells("park", *cells), out, {"park": "qilu"}, {})
    text = out.read_text(encoding="utf-8")
    for path in (str(home), str(Path.home()) + "/", sys.prefix, "ipykernel_"):
        assert path not in text
    assert "JSONDecodeError" in text
    assert '"notebooks\\n"' in text


def test_streams_in_pieces_become_one(home: Path, tmp_path: Path, set_cells: Callable[..., Path]) -> None:
    out = tmp_path / "out.ipynb"
    execute(
        set_cells("park", "import time\nfor i in range(3):\n    print(i, flush=True)\n    time.sleep(0.3)"),
        out,
        {"park": "qilu"},
        {},
    )
    assert len(nbformat.read(out, as_version=4).cells[-1].outputs) == 1
