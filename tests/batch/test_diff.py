"""Two runs side by side: which values changed, by how much, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from parkbook import cli
from parkbook.batch.diff import Cause, Kind, compare_runs, diff_lines, find_run, read_run
from parkbook.batch.shown import Document, shown_values
from parkbook.catalogue import catalogue
from parkbook.codelists import Audience
from parkbook.errors import DataError, ParameterError, UnknownCodeError
from parkbook.indicators.formulas import completion, published
from parkbook.indicators.store import Shown, write_indicators
from parkbook.model import ObsStatus, Transformation
from parkbook.observations.read import ParkData
from parkbook.observations.store import write_observations
from parkbook.sources.park import Park

INDICATOR = catalogue().get("gross_industrial_output")


@pytest.fixture
def run_of(tmp_path):
    """A run folder: its figures, its values, and of the manifest what is compared."""

    def make(name, observations, values, *, notebooks=("park",), parameters=None, library="1", files=None, status="ok"):
        folder = tmp_path / "outputs" / name
        folder.mkdir(parents=True)
        shown = [Shown(n, "p", value, "", parameters or {}) for n in notebooks for value in values]
        write_observations(observations, folder / "observations.parquet")
        write_indicators(shown, folder / "indicators.parquet")
        given = {key: {"value": value, "origin": "批量命令"} for key, value in (parameters or {}).items()}
        jobs = {f"{n}/p": {"notebook": n, "subject": "p", "status": status, "parameters": given} for n in notebooks}
        content = {"library": library, "inputs": files or {}, "jobs": jobs}
        (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
        return read_run(folder)

    return make


def levels(*observations):
    return [published(o, INDICATOR) for o in observations]


def only(difference):
    (change,) = difference.changes
    return change


def test_nothing_changed(observe, run_of):
    o = observe("12.3")
    difference = compare_runs(run_of("a", [o], levels(o)), run_of("b", [o], levels(o)))
    assert (difference.changes, difference.unchanged) == ((), 1)
    assert list(diff_lines(difference)) == ["a → b：指标值没有变化，未变1项"]


def test_a_changed_figure_is_told_with_its_place(observe, run_of):
    old, new = observe("12.3"), observe("15")
    difference = compare_runs(
        run_of("a", [old], levels(old), files={"data/x.csv": "1", "data/y.csv": "1"}),
        run_of("b", [new], levels(new), files={"data/x.csv": "2", "data/y.csv": "1", "data/z.csv": "1"}),
    )
    change = only(difference)
    assert (change.kind, change.difference) == (Kind.CHANGED, Decimal("2.7"))
    assert [(why.cause, why.words) for why in change.why] == [(Cause.DATA, "s1 表1 工业总产值由12.3亿元改为15亿元")]
    assert difference.files == ("data/x.csv（内容不同）", "data/z.csv（新增）")
    lines = list(diff_lines(difference))
    assert "  变化  2025 工业总产值  12.3亿元 → 15亿元（+2.7亿元，+21.9512%）" in lines


def test_a_file_saved_again_changes_nothing(observe, run_of):
    old = observe("12.3")
    new = replace(old, source=replace(old.source, sha256="f" * 64))
    assert old.obs_id != new.obs_id
    difference = compare_runs(run_of("a", [old], levels(old)), run_of("b", [new], levels(new)))
    assert difference.changes == ()


def test_a_changed_input_of_a_computed_value(observe, run_of):
    done = observe("50", locator="D1")
    targets = [
        observe(value, locator="D2", reported_label="目标", transformation=Transformation.TARGET)
        for value in ("100", "80")
    ]
    runs = [
        run_of(name, [done, target], [completion(INDICATOR, done, target)])
        for name, target in zip("ab", targets, strict=True)
    ]
    change = only(compare_runs(*runs))
    assert change.difference == Decimal("12.5")
    assert [why.words for why in change.why] == ["s1 D2 目标由100亿元改为80亿元"]
    assert "50% → 62.5%（+12.5个百分点）" in "".join(diff_lines(compare_runs(*runs)))


def test_a_changed_formula(observe, run_of):
    o = observe("12.3")
    (old,) = levels(o)
    new = replace(old, computed=True, value=Decimal("13"), formula="另一种算法")
    change = only(compare_runs(run_of("a", [o], [old]), run_of("b", [o], [new])))
    assert [(why.cause, why.words) for why in change.why] == [(Cause.FORMULA, "公式由“公布数”改为“另一种算法”")]


def test_a_changed_parameter(observe, run_of):
    o = observe("12.3")
    (old,) = levels(o)
    new = replace(old, value=Decimal("11"))
    before = run_of("a", [o], [old], parameters={"park": "p"})
    change = only(compare_runs(before, run_of("b", [o], [new], parameters={"park": "p", "exclude": ["甲", "乙"]})))
    assert [(why.cause, why.words) for why in change.why] == [(Cause.PARAMETER, "参数 exclude 由 未设 改为 甲、乙")]


@pytest.mark.parametrize(("library", "cause"), [("2", Cause.PROGRAM), ("1", Cause.UNKNOWN)])
def test_what_nothing_explains(observe, run_of, library, cause):
    o = observe("12.3")
    (old,) = levels(o)
    new = replace(old, value=Decimal("11"))
    change = only(compare_runs(run_of("a", [o], [old]), run_of("b", [o], [new], library=library)))
    assert [why.cause for why in change.why] == [cause]


def test_new_and_gone(observe, run_of):
    first, second = observe("1", period="2024"), observe("2", period="2025", locator="表2")
    before, after = run_of("a", [first], levels(first)), run_of("b", [second], levels(second))
    changes = {change.kind: change for change in compare_runs(before, after).changes}
    assert [why.words for why in changes[Kind.NEW].why] == ["新增s1 表2 工业总产值的2亿元"]
    assert [why.words for why in changes[Kind.GONE].why] == ["删去s1 表1 工业总产值的1亿元"]
    assert changes[Kind.NEW].difference is None


def test_a_document_the_other_run_does_not_have(observe, run_of):
    o = observe("1")
    before = run_of("a", [o], levels(o), notebooks=("briefing",))
    after = run_of("b", [o], levels(o, replace(o, period=observe("1", period="2024").period)), notebooks=("park",))
    change = only(compare_runs(before, after))
    assert [why.words for why in change.why] == ["另一次运行没有 park/p"]
    failed = run_of("c", [o], [], status="failed")
    assert [why.words for why in only(compare_runs(failed, run_of("d", [o], levels(o)))).why] == [
        "另一次运行的 park/p 没有完成"
    ]


def test_a_masked_figure_that_is_published_now(observe, run_of):
    old, new = observe(None, obs_status=ObsStatus.MASKED), observe("3")
    difference = compare_runs(run_of("a", [old], levels(old)), run_of("b", [new], levels(new)))
    assert only(difference).difference is None
    assert "原文隐去 → 3亿元" in "".join(diff_lines(difference))


def test_the_same_value_of_two_notebooks_is_told_once(observe, run_of):
    old, new = observe("1"), observe("2")
    both = ("park", "briefing")
    difference = compare_runs(
        run_of("a", [old], levels(old), notebooks=both), run_of("b", [new], levels(new), notebooks=both)
    )
    assert only(difference).notebooks == ("briefing", "park")


def test_the_same_place_of_two_parks_is_two_places(observe, run_of):
    def run(name, second):
        figures = [observe("1", ref_area="p"), observe(second, ref_area="q")]
        return run_of(name, figures, levels(*figures))

    change = only(compare_runs(run("a", "5"), run("b", "6")))
    assert (change.row["ref_area"], [why.words for why in change.why]) == ("q", ["s1 表1 工业总产值由5亿元改为6亿元"])


def test_as_json(observe, run_of):
    old, new = observe("12.3"), observe("15")
    difference = compare_runs(run_of("a", [old], levels(old)), run_of("b", [new], levels(new)))
    content = json.loads("".join(diff_lines(difference, "json")))
    assert (content["before"], content["after"], content["unchanged"]) == ("a", "b", 0)
    (change,) = content["changes"]
    assert (change["kind"], change["difference"], change["why"][0]["cause"]) == ("changed", "2.7", "data")
    assert change["key"]["indicator_id"] == "gross_industrial_output"
    with pytest.raises(ParameterError, match="不支持的格式“yaml”"):
        diff_lines(difference, "yaml")


def test_the_command(observe, run_of, tmp_path, capsys):
    o = observe("1")
    run_of("a", [o], levels(o))
    run_of("b", [o], levels(o))
    outputs = tmp_path / "outputs"
    assert cli.main(["diff", str(outputs / "a"), str(outputs / "b")]) == 0
    assert "未变1项" in capsys.readouterr().out
    (outputs / "a" / "indicators.parquet").unlink()
    assert cli.main(["diff", str(outputs / "a"), str(outputs / "b")]) == 2
    assert "指标值文件无法读取" in capsys.readouterr().err


def test_runs_by_name(observe, run_of, home, tmp_path):
    folder = home / "outputs" / "run-1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    (home / "outputs" / "latest.txt").write_text("run-1\n", encoding="utf-8")
    assert find_run("run-1") == folder == find_run("latest") == find_run(str(folder))
    with pytest.raises(UnknownCodeError, match=r"没有名为“run-2”的运行结果.*run-1"):
        find_run("run-2")


# --- the values of a run --------------------------------------------------------------------------------------------


def park_data(park_id, observations):
    park = Park.model_validate({"id": park_id, "name": park_id, "relation": "third_party"})
    return ParkData(park, tuple(observations), ())


def document(notebook, **parameters):
    given = {name: {"value": value, "origin": "批量命令"} for name, value in parameters.items()}
    return Document(notebook, parameters.get("park", "selection"), given)


def test_shown_values_of_a_park_and_a_comparison(observe):
    parks = {
        "qilu": park_data("qilu", [observe("1", ref_area="qilu"), observe("9", ref_area="qilu", subject="某企业")]),
        "teda": park_data("teda", [observe("2", ref_area="teda")]),
    }
    park = document("park", park="qilu", period="2025", title="标题", state="draft", indicators=[])
    shown = shown_values([park], parks.__getitem__, Audience.INTERNAL)
    assert [(s.notebook, s.document, s.value.value, s.value.subject) for s in shown] == [
        ("park", "qilu", 1, ""),
        ("park", "qilu", 9, "某企业"),
    ]
    assert shown[0].parameters == {"park": "qilu", "period": "2025"}
    both = document("comparison", parks=["qilu", "teda"], period="2025")
    compared = shown_values([both], parks.__getitem__, Audience.INTERNAL)
    assert {(s.value.ref_area, s.value.value) for s in compared} == {("qilu", 1), ("teda", 2)}


def test_a_run_for_outside_names_no_subject(observe):
    data = park_data("qilu", [observe("1", ref_area="qilu"), observe("9", ref_area="qilu", subject="某企业")])
    shown = shown_values([document("park", park="qilu", period="2025")], lambda _: data, Audience.EXTERNAL)
    assert {s.value.subject for s in shown} == {""}


def test_a_park_that_cannot_be_read_leaves_the_others(observe):
    def read(park_id):
        if park_id == "teda":
            raise DataError("坏了")
        return park_data("qilu", [observe("1", ref_area="qilu")])

    documents = [document("park", park=name, period="2025") for name in ("teda", "qilu")]
    assert [s.document for s in shown_values([*documents, document("coverage")], read, Audience.INTERNAL)] == ["qilu"]
