"""Whole runs over tiny notebooks: isolation of failures, files in place, equal bytes, worker crashes."""

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from parkbook.batch import folder as folder_module
from parkbook.batch import pool
from parkbook.batch import run as run_module
from parkbook.batch.folder import RunFolder
from parkbook.batch.plan import plan
from parkbook.batch.run import Outcome, run
from parkbook.errors import OutputError


@pytest.fixture(scope="module")
def outcome(shared_home: Path) -> Outcome:
    """A run of everything, two at a time; wangchun fails."""
    (shared_home / "data" / "parks" / "empty").mkdir()
    return run(
        plan(["park", "briefing", "coverage"], None, {"reviewer": "张三"}), shared_home / "outputs" / "一", workers=2
    )


def manifest_of(outcome: Outcome) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((outcome.folder / "manifest.json").read_text(encoding="utf-8"))
    return content


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


# --- one run --------------------------------------------------------------------------------------------------------


def test_failures_stay_alone(outcome: Outcome) -> None:
    ended = {result.job.job_id: result.ok for result in outcome.results}
    failed = {"park/wangchun", "briefing/wangchun", "park/empty", "briefing/empty"}
    assert {job for job, ok in ended.items() if not ok} == failed
    assert len(ended) == 7
    assert not outcome.ok


def test_the_failing_cell_and_its_message(outcome: Outcome) -> None:
    failure = next(result.failure for result in outcome.results if result.job.job_id == "park/wangchun")
    assert failure is not None
    assert (failure.stage, failure.cell, failure.message) == ("execute", 4, "KeyError: '没有这一列'")


def test_a_park_without_park_yaml(outcome: Outcome) -> None:
    failure = next(result.failure for result in outcome.results if result.job.job_id == "briefing/empty")
    assert failure is not None
    assert (failure.stage, "没有 park.yaml" in failure.message) == ("plan", True)


def test_every_file_is_in_place(outcome: Outcome) -> None:
    files = files_of(outcome.folder)
    assert {"index.html", "manifest.json", "timings.json", "observations.parquet", "indicators.parquet"} <= set(files)
    assert {"coverage/coverage.html", "tables.xlsx"} <= set(files)
    assert {name for name in files if name.startswith("parks/qilu/")} == {
        "parks/qilu/park.ipynb",
        "parks/qilu/park.html",
        "parks/qilu/briefing.ipynb",
        "parks/qilu/briefing.html",
        "parks/qilu/briefing.pdf",
        "parks/qilu/briefing.docx",
    }
    assert [name for name in files if name.startswith("parks/wangchun/")] == [
        "parks/wangchun/briefing.ipynb",
        "parks/wangchun/park.ipynb",
    ]
    assert not list(outcome.folder.parent.glob(".parkbook-*"))
    assert not list(outcome.folder.rglob(".*"))


def test_the_kept_notebook_has_the_error_and_no_papermill_cells(outcome: Outcome) -> None:
    notebook = json.loads((outcome.folder / "parks" / "wangchun" / "park.ipynb").read_text(encoding="utf-8"))
    assert [cell["id"] for cell in notebook["cells"]] == ["cell-0", "injected-parameters", "cell-1", "cell-2", "cell-3"]
    assert notebook["cells"][3]["outputs"][0]["ename"] == "KeyError"
    assert notebook["cells"][4]["outputs"] == []


def test_each_park_is_its_own(outcome: Outcome, printed: Callable[[Path], str]) -> None:
    for park in ("qilu", "wangchun"):
        assert printed(outcome.folder / "parks" / park / "park.ipynb").startswith(f"park|{park}|批量命令\n")


def test_the_manifest(outcome: Outcome) -> None:
    content = manifest_of(outcome)
    entry = content["jobs"]["park/wangchun"]
    assert (entry["status"], entry["error"]["cell"], entry["files"]) == ("failed", 4, ["parks/wangchun/park.ipynb"])
    assert content["jobs"]["park/qilu"]["parameters"]["reviewer"] == {"origin": "批量命令", "value": "张三"}
    assert content["jobs"]["park/qilu"]["parameters"]["period"] == {"origin": "park.yaml", "value": "2025"}
    assert {"data/parks/qilu/park.yaml", "data/codelists/units.csv", "notebooks/park.ipynb"} <= set(content["inputs"])
    assert "papermill" in content["packages"]
    assert set(json.loads((outcome.folder / "timings.json").read_text(encoding="utf-8"))["jobs"]) == set(
        content["jobs"]
    )


def test_the_table_is_there_though_parks_failed(outcome: Outcome) -> None:
    assert pq.read_table(outcome.folder / "observations.parquet").num_rows == 0


def test_the_landing_page_shows_failures_first(outcome: Outcome) -> None:
    page = (outcome.folder / "index.html").read_text(encoding="utf-8")
    assert page.index("未完成") < page.index("单元 [4]") < page.index('<h2 id="parks">')
    assert "KeyError: &#39;没有这一列&#39;" in page
    assert 'href="parks/qilu/briefing.pdf"' in page and 'href="parks/qilu/briefing.docx"' in page
    assert "没有 park.yaml" in page


def test_no_output_names_this_machine(outcome: Outcome, shared_home: Path) -> None:
    for name, content in files_of(outcome.folder).items():
        assert str(shared_home).encode() not in content, name
        assert str(Path.home()).encode() + b"/" not in content, name
        assert b"start_time" not in content, name


def test_latest_names_the_run(outcome: Outcome, shared_home: Path) -> None:
    assert (shared_home / "outputs" / "latest.txt").read_text(encoding="utf-8") == "一\n"


def test_another_order_and_one_worker_give_equal_bytes(outcome: Outcome, shared_home: Path) -> None:
    jobs = plan(["park", "briefing", "coverage"], None, {"reviewer": "张三"})
    again = run(jobs[::-1], shared_home / "outputs" / "二", workers=1)
    first, second = files_of(outcome.folder), files_of(again.folder)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == ["timings.json"]


def test_one_job_again_into_the_same_folder(outcome: Outcome, shared_home: Path) -> None:
    before = files_of(outcome.folder)
    again = run(plan(["briefing"], ["qilu"], {"reviewer": "张三"}), outcome.folder)
    assert again.ok
    assert [name for name, content in files_of(outcome.folder).items() if before.get(name) != content] == [
        "timings.json"
    ]


# --- crashes --------------------------------------------------------------------------------------------------------


def test_a_dying_worker_takes_no_other_job_down(set_cells: Callable[..., Path], home: Path) -> None:
    set_cells("park", "import os, signal\nif parameters.park == 'wangchun':\n    os.kill(os.getppid(), signal.SIGTERM)")
    ended = run(plan(["park"], ["qilu", "wangchun"], {}, []), home / "out", workers=2)
    failures = [(result.job.subject, result.failure.stage) for result in ended.failures if result.failure]
    assert failures == [("wangchun", "worker")]
    assert [result.job.subject for result in ended.results if result.ok] == ["qilu"]


def test_every_platform_spawns() -> None:
    with pool.new_pool(1) as workers:
        assert workers._mp_context.get_start_method() == "spawn"  # type: ignore[attr-defined]


# --- folders that cannot be written ---------------------------------------------------------------------------------


@pytest.fixture
def no_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(workers: int) -> None:
        raise AssertionError(f"{workers} workers were started")

    monkeypatch.setattr(pool, "new_pool", refuse)
    monkeypatch.setattr(run_module, "new_pool", refuse)


@pytest.mark.usefixtures("no_pool")
def test_a_folder_that_cannot_be_made(home: Path) -> None:
    (home / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"无法写入结果.*路径中有一段不是目录"):
        run(plan(["park"], ["qilu"], {}), home / "file" / "run")


@pytest.mark.usefixtures("no_pool")
def test_a_folder_of_something_else_is_left_alone(home: Path) -> None:
    with pytest.raises(OutputError, match="不是空的，也不是一次运行的结果"):
        run(plan(["park"], ["qilu"], {}), home / "data")


@pytest.mark.usefixtures("no_pool")
def test_a_full_disk_at_the_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folder_module.tempfile, "mkdtemp", full)
    with pytest.raises(OutputError, match="磁盘空间不足"):
        run(plan(["park"], ["qilu"], {}), home / "out")


@pytest.mark.usefixtures("no_pool")
def test_a_final_document_is_never_overwritten(home: Path) -> None:
    entry = {"status": "ok", "parameters": {"state": {"value": "final"}}, "parks": ["qilu"], "notebook": "briefing"}
    out = home / "out"
    out.mkdir()
    (out / "manifest.json").write_text(json.dumps({"jobs": {"briefing/qilu": entry}}), encoding="utf-8")
    with pytest.raises(OutputError, match="已定稿，不能覆盖"):
        run(plan(["briefing"], ["qilu"], {}), out)


def test_a_disk_that_fills_up_fails_the_job_in_words(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: RunFolder, result: object) -> None:
        raise OutputError("无法写入结果", where="out/parks/qilu", cause="磁盘空间不足")

    monkeypatch.setattr(RunFolder, "take", full)
    ended = run(plan(["park"], ["qilu"], {}, []), home / "out")
    assert [result.failure.message for result in ended.failures if result.failure] == [
        "无法写入结果；位置：out/parks/qilu；可能原因：磁盘空间不足"
    ]
    assert (home / "out" / "index.html").is_file()
