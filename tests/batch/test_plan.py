"""The plan: which jobs, and everything that is refused before any kernel starts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from parkbook.batch.plan import Job, plan
from parkbook.errors import ParameterError, ParkbookError, PeriodError, UnknownCodeError

COMPARISONS = """\
comparisons:
  - {id: first, title: 两园比较, parks: [qilu, wangchun], period: 2016-S1, indicators: [revenue]}
"""


@pytest.fixture(autouse=True)
def project(home: Path) -> Path:
    (home / "data" / "comparisons.yaml").write_text(COMPARISONS, encoding="utf-8")
    return home


def ids(jobs: Sequence[Job]) -> list[str]:
    return [job.job_id for job in jobs]


def test_everything() -> None:
    jobs = plan([], None, {})
    assert ids(jobs) == [
        "comparison/first",
        "coverage/all",
        "park/qilu",
        "briefing/qilu",
        "audit/qilu",
        "park/wangchun",
        "briefing/wangchun",
        "audit/wangchun",
        "park/xian-htz",
        "briefing/xian-htz",
        "audit/xian-htz",
    ]
    formats = ("ipynb", "html", "pdf", "docx", "xlsx")
    assert jobs[3].names == tuple(f"parks/qilu/briefing.{suffix}" for suffix in formats)
    assert jobs[0].names == tuple(f"comparison/first.{suffix}" for suffix in formats[:-1])
    assert jobs[1].names == ("coverage/coverage.ipynb", "coverage/coverage.html")


def test_named_parks_get_park_and_briefing() -> None:
    assert ids(plan([], ["wangchun", "wangchun"], {})) == ["park/wangchun", "briefing/wangchun"]


def test_what_is_injected_and_what_it_comes_to() -> None:
    (job,) = plan(["park"], ["qilu"], {"period": "2024"})
    assert job.parameters == {"park": "qilu", "period": "2024"}
    assert job.effective["period"] == {"value": "2024", "origin": "批量命令"}
    assert job.effective["state"] == {"value": "draft", "origin": "默认值"}
    assert plan(["park"], ["qilu"], {})[0].effective["period"] == {"value": "2025", "origin": "park.yaml"}


def test_a_parameter_goes_to_the_notebooks_that_have_it() -> None:
    jobs = {job.notebook: job for job in plan([], None, {"reviewer": "张三"})}
    assert jobs["briefing"].parameters["reviewer"] == "张三"
    assert "reviewer" not in jobs["coverage"].parameters


def test_a_declared_comparison_keeps_its_period_unless_asked_for_by_name() -> None:
    def period(jobs: Sequence[Job]) -> tuple[Any, str]:
        job = next(job for job in jobs if job.notebook == "comparison")
        return job.parameters["period"], job.origins["period"]

    assert period(plan([], None, {"period": "2025"})) == ("2016-S1", "data/comparisons.yaml")
    assert period(plan(["comparison"], None, {"period": "2025"})) == ("2025", "批量命令")


def test_a_comparison_of_named_parks() -> None:
    (job,) = plan(["comparison"], ["qilu", "xian-htz"], {"period": "2025"})
    assert (job.job_id, job.parameters["parks"]) == ("comparison/selection", ["qilu", "xian-htz"])
    with pytest.raises(ParameterError, match="至少要两个园区"):
        plan(["comparison"], ["qilu"], {"period": "2025"})


def test_formats() -> None:
    assert plan(["park"], ["qilu"], {}, ["pdf"])[0].formats == ("pdf",)
    assert plan(["park"], ["qilu"], {}, [])[0].formats == ()
    assert plan(["park"], ["qilu"], {}, ["docx", "xlsx"])[0].formats == ("docx",)
    assert plan(["briefing"], ["qilu"], {}, ["docx", "xlsx"])[0].formats == ("docx", "xlsx")
    with pytest.raises(ParameterError, match="“docs”"):
        plan(["park"], ["qilu"], {}, ["docs"])


@pytest.mark.parametrize(
    ("notebooks", "parks", "parameters", "kind", "words"),
    [
        (["breifing"], ["qilu"], {}, UnknownCodeError, "您是不是要用 briefing"),
        (["park"], ["quli"], {}, UnknownCodeError, "您是不是要用 qilu"),
        (["park"], ["西安高新区"], {}, UnknownCodeError, "您是不是要用 xian-htz"),
        (["park"], ["qilu"], {"perod": "2025"}, ParameterError, "您是不是要用 period"),
        (["park"], None, {"perod": "2025"}, ParameterError, "您是不是要用 period"),
        (["park"], None, {"parc": "qilu"}, ParameterError, "您是不是要用 park"),
        (["park"], ["qilu"], {"park": "wangchun"}, ParameterError, "改用 --park"),
        (["park"], ["qilu"], {"period": "明年"}, PeriodError, "无法识别的报告期"),
        (["park"], None, {"period": 2025.1}, ParameterError, "是小数"),
        (["park"], ["qilu"], {"state": "done"}, ParameterError, "draft（草稿）"),
        (["park"], ["qilu"], {"state": "final"}, ParameterError, "审核人"),
        (["coverage"], None, {"period": "2025"}, ParameterError, "没有名为“period”的参数"),
    ],
)
def test_refused(
    notebooks: list[str], parks: list[str] | None, parameters: dict[str, Any], kind: type[ParkbookError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        plan(notebooks, parks, parameters)


def test_a_broken_park_fails_alone_with_all_and_is_refused_by_name(home: Path) -> None:
    (home / "data" / "parks" / "xian-htz" / "park.yaml").unlink()
    jobs = plan(["park"], None, {})
    assert [bool(job.problem) for job in jobs] == [False, False, True]
    assert "没有 park.yaml" in jobs[2].problem
    with pytest.raises(ParkbookError, match=r"没有 park\.yaml"):
        plan(["park"], ["xian-htz"], {})


def test_a_wrong_parameter_in_park_yaml_fails_that_park(home: Path) -> None:
    path = home / "data" / "parks" / "qilu" / "park.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("parameters: {}", "parameters: {audience: public}"), encoding="utf-8"
    )
    assert ["audience" in job.problem for job in plan(["park"], None, {})] == [True, False, False]


def test_a_missing_notebook(home: Path) -> None:
    (home / "notebooks" / "coverage.ipynb").unlink()
    with pytest.raises(UnknownCodeError, match=r"coverage\.ipynb"):
        plan(["coverage"], None, {})
