"""`parkbook check` and `parkbook new-park` on a small project."""

import csv
import shutil
from pathlib import Path

import pytest

from parkbook.batch.check import Report, check_all, report_lines
from parkbook.cli import main
from parkbook.errors import Severity
from parkbook.sources.published import COLUMNS
from parkbook.sources.text.review_list import write_list

SOURCES = "parameters: {}\nsources:\n  - {id: doc, kind: publication, grade: official, address: 'https://example.org/'}"
ROW = {
    "source": "doc", "reported_label": "收入合计", "indicator_id": "revenue", "period": "2016-S1", "period_status": "stated",
    "transformation": "level", "value": "18.5", "unit": "亿元", "obs_status": "reported", "qualifier": "exact", "locator": "表1",
    "source_text": "收入合计 18.5亿元",
}  # fmt: skip


def publish(home: Path, *rows: dict[str, str], park: str = "qilu") -> None:
    """Give a park figures."""
    folder = home / "data" / "parks" / park
    text = (folder / "park.yaml").read_text(encoding="utf-8").replace("sources: []\nparameters: {}", SOURCES)
    (folder / "park.yaml").write_text(text, encoding="utf-8")
    with (folder / "published.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)


@pytest.fixture
def sound(home: Path) -> Path:
    """A project in which everything is in order."""
    publish(home, {})
    (home / "data" / "layouts").mkdir()
    assert check_all().ok
    return home


def errors(report: Report) -> list[str]:
    return [str(item.finding) for item in report.of(Severity.ERROR)]


def test_all_in_order(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert (
        capsys.readouterr().out.splitlines()[-1]
        == "检查了 3 个园区、1 条观测值、1 个指标：0 项错误，0 项警告，0 项已知。通过。"
    )


def test_an_indicator_that_nothing_carries(sound: Path) -> None:
    (sound / "data" / "parks" / "qilu" / "published.csv").unlink()
    (error,) = errors(check_all())
    assert error.startswith("指标“收入合计”（revenue）没有任何观测值；位置：data/catalogue/economy.yaml 第 1 项")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"indicator_id": "revenu"}, ("revenu", "revenue")),
        ({"unit": "亿圆"}, ("亿圆", "units.csv")),
        ({"source": "dok"}, ("dok", "doc")),
        ({"obs_status": "guessed"}, ("guessed", "published.csv")),
        ({"value": "1O"}, ("1O", "published.csv")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_wrong_row_names_file_and_row(sound: Path, row: dict[str, str], words: tuple[str, ...]) -> None:
    publish(sound, {}, {"locator": "表2"} | row)
    found = [error for error in errors(check_all()) if all(word in error for word in words)]
    assert found
    assert "data/parks/qilu/published.csv" in found[0]
    assert "3" in found[0]


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("parks/qilu/notes.yaml", "problems: [{txt: x}]", "notes.yaml"),
        ("parks/qilu/corrections.yaml", "- {id: a}", "corrections.yaml 第 1 项"),
        ("parks/wangchun/park.yaml", "id: wangchun\nname: 望春\nrelation: mine\n", "relation"),
        ("parks/wangchun/park.yaml", "id: wangchun\nname: 望春\nrelation: own\npeers: [quli]\n", "您是不是要用 qilu"),
        (
            "parks/wangchun/park.yaml",
            "id: wangchun\nname: 望春\nrelation: own\nparameters: {audiense: external}\n",
            "您是不是要用 audience",
        ),
        (
            "comparisons.yaml",
            "comparisons: [{id: a, title: x, parks: [qilu, wangchum], period: '2016'}]",
            "您是不是要用 wangchun",
        ),
        (
            "comparisons.yaml",
            "comparisons: [{id: a, title: x, parks: [qilu, wangchun], period: 上半年}]",
            "没有写明年月",
        ),
        ("comparisons.yaml", "comparisons: [{id: a, title: x, parks: [qilu], period: '2016'}]", "comparisons.yaml"),
        ("context/areas.yaml", "areas: [{id: a}]", "areas.yaml 第 1 项"),
        ("frameworks/x.yaml", "a: [", "frameworks/x.yaml"),
        ("layouts/quli/a.yaml", "id: a", "没有对应的园区"),
        (
            "codelists/units.csv",
            "unit,aliases,dimension,base_unit,factor,label_en\n元,,money,元,1,yuan\n元,,other,元,1,yuan\n",
            "登记了两次",
        ),
    ],
)
def test_a_broken_file_is_named(sound: Path, file: str, content: str, words: str) -> None:
    path = sound / "data" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    from parkbook.units import parse_unit, unit_definitions

    unit_definitions.cache_clear()
    parse_unit.cache_clear()
    try:
        assert any(words in error for error in errors(check_all()))
    finally:
        unit_definitions.cache_clear()
        parse_unit.cache_clear()


def test_a_folder_without_park_yaml(sound: Path) -> None:
    (sound / "data" / "parks" / "new").mkdir()
    assert any("没有 park.yaml" in error and "new" in error for error in errors(check_all()))


def test_a_file_that_nothing_reads_is_a_warning(sound: Path) -> None:
    (sound / "data" / "parks" / "qilu" / "correction.yaml").write_text("[]", encoding="utf-8")
    report = check_all()
    assert report.ok
    assert "您是不是要用 corrections.yaml" in str(report.of(Severity.WARNING)[0].finding)


def test_a_review_list_is_read_or_is_a_finding_of_its_park(sound: Path) -> None:
    listed = sound / "data" / "parks" / "qilu" / "review.csv"
    write_list(listed, [])
    assert check_all().items == ()
    listed.write_bytes(listed.read_bytes().replace(b"decision,", b""))
    report = check_all()
    (error,) = errors(report)
    assert "复核清单的表头缺列" in error
    assert "data/parks/qilu/review.csv" in error
    assert report.observations == 1


def test_known_findings_are_listed_and_do_not_fail(sound: Path) -> None:
    publish(sound, {}, {"locator": "表2", "unit": "亿圆"})
    (broken,) = (item.finding for item in check_all().of(Severity.ERROR))
    known = sound / "data" / "parks" / "qilu" / "known_findings.yaml"
    known.write_text(f"- {{code: {broken.code}, where: published.csv*, reason: 有意写错的单位}}\n", encoding="utf-8")
    report = check_all()
    assert report.ok
    assert [
        line
        for line in report_lines(report)
        if line.startswith("已知 [qilu]") and line.endswith("说明：有意写错的单位")
    ]


def test_a_known_finding_that_is_gone(sound: Path) -> None:
    known = sound / "data" / "parks" / "qilu" / "known_findings.yaml"
    known.write_text("- {code: unit, where: published.csv, reason: 有意写错的单位}\n", encoding="utf-8")
    assert any("声明为已知的问题没有出现" in error for error in errors(check_all()))
    known.write_text("- {code: unit}\n", encoding="utf-8")
    assert any("known_findings.yaml" in error for error in errors(check_all()))


def test_a_missing_font(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parkbook.fonts.font_directory", lambda: tmp_path)
    assert any("缺少字体文件" in error for error in errors(check_all()))


# --- new-park -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["我的园区", 'a: "b" # c', "镕𠮷高新区", ""])
def test_a_new_park_passes_the_check(sound: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-park", "my-park", "--name", name, "--relation", "own"]) == 0
    assert "data/parks/my-park" in capsys.readouterr().out
    assert errors(check_all()) == []
    assert main(["parks"]) == 0
    assert (name or "my-park") in capsys.readouterr().out


@pytest.mark.parametrize("park", ["My-Park", "园区", "a_b", "-a", "a-", "", "a/b", "..", "con", "com1", "a" * 41])
def test_ids_that_cannot_be(home: Path, park: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted((home / "data" / "parks").iterdir())
    assert main(["new-park", "--name", "x", "--", park]) == 2
    assert "不能作园区代码" in capsys.readouterr().err
    assert sorted((home / "data" / "parks").iterdir()) == before


def test_an_existing_park_is_left_alone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (home / "data" / "parks" / "qilu" / "park.yaml").read_bytes()
    assert main(["new-park", "qilu"]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert (home / "data" / "parks" / "qilu" / "park.yaml").read_bytes() == before


def test_an_unknown_relation(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-park", "my-park", "--relation", "mine"]) == 2
    assert "third_party" in capsys.readouterr().err
    assert not (home / "data" / "parks" / "my-park").exists()


def test_a_data_folder_that_cannot_be_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(home / "data" / "parks")
    (home / "data" / "parks").write_text("", encoding="utf-8")
    assert main(["new-park", "my-park"]) == 1
    assert "无法写入" in capsys.readouterr().err
