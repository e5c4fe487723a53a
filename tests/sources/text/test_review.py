"""The review list: doubtful figures go in, decisions come back, and a changed text refuses them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from parkbook.errors import CorrectionError, DataError
from parkbook.model import ObsStatus, Qualifier
from parkbook.sources.text import review, review_list
from parkbook.sources.text.extract import TextFigure, extract_file, extract_text

WORDS = "东区、西区、南区产值分别为12亿元、8亿元。税收5亿元。\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    report, listed = tmp_path / "总结.txt", tmp_path / "review.csv"
    report.write_text(WORDS, encoding="utf-8")
    review.write_review(listed, report.name, WORDS, extract_file(report).figures)
    return report, listed


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def decide(path: Path, **columns: str) -> None:
    entries = rows(path)
    entries[0] |= columns
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, review.COLUMNS)
        writer.writeheader()
        writer.writerows(entries)


def test_doubtful_figures_are_listed(files: tuple[Path, Path]) -> None:
    assert [(row["words"], row["reason"]) for row in rows(files[1])] == [
        ("12亿元", "“分别”所列的项数与数据个数不一致"),
        ("8亿元", "“分别”所列的项数与数据个数不一致"),
    ]


def test_a_decision_is_applied_and_kept(files: tuple[Path, Path]) -> None:
    report, listed = files
    decide(
        listed, decision="更正", set_label="东区产值", set_value="12.5", indicator_id="gross_industrial_output", by="甲"
    )
    figure = extract_file(report, decisions=listed).figures[0]
    assert figure.observation.reported_label == "东区产值"
    assert str(figure.observation.obs_value) == "12.5"
    assert figure.observation.corrected_from == "12"
    assert figure.observation.indicator_id == "gross_industrial_output"
    assert figure.observation.note == "人工复核：更正（甲）"
    review.write_review(listed, report.name, WORDS, extract_file(report, decisions=listed).figures)
    assert rows(listed)[0]["decision"] == "更正"


def test_adopted_and_dropped(files: tuple[Path, Path]) -> None:
    report, listed = files
    decide(listed, decision="采用")
    assert extract_file(report, decisions=listed).figures[0].observation.confidence == 1
    decide(listed, decision="剔除")
    assert len(extract_file(report, decisions=listed).figures) == 2


def test_a_changed_text_is_refused(files: tuple[Path, Path]) -> None:
    report, listed = files
    decide(listed, decision="采用")
    report.write_text(WORDS.replace("12亿元", "13亿元"), encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"原文已变动；位置：review\.csv 第 2 行；应为：.*12亿元；实为：.*13亿元"):
        extract_file(report, decisions=listed)
    report.write_text("新加一段话。" + WORDS, encoding="utf-8")
    with pytest.raises(CorrectionError, match="原文已变动"):
        extract_file(report, decisions=listed)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"decision": "也许"}, "复核意见无法识别"),
        ({"decision": "更正", "set_value": "很多"}, "更正的数值不是数字"),
        ({"decision": "更正", "set_value": "NaN"}, "不是数字；位置：review.csv 第 2 行 set_value 列"),
        ({"decision": "更正", "set_value": "Infinity"}, "更正的数值不是数字"),
        ({"decision": "更正", "set_value": "1e99999"}, "更正的数值不是数字"),
        ({"decision": "更正", "set_value": "1.2E+10"}, "更正的数值不是数字"),
        ({"decision": "更正", "set_value": "9" * 5000}, "更正的数值不是数字"),
        ({"decision": "更正", "set_unit": "哈哈"}, "未知的计量单位“哈哈”；位置：review.csv 第 2 行 set_unit 列"),
        ({"decision": "更正", "set_unit": "%"}, "亿元 → %"),
        ({"decision": "更正", "indicator_id": "gdp", "set_unit": "%"}, "亿元 → %"),
        ({"decision": "采用", "start": "?"}, "位置不是数字"),
        ({"decision": "采用", "start": "²"}, "位置不是数字"),
        ({"decision": "采用", "start": "9" * 5000}, "位置不是数字"),
        ({"decision": "更正"}, "没有填更正为什么"),
        ({"decision": "采用", "set_value": "9"}, "意见是“采用”，却填了更正的内容.*set_value"),
        ({"decision": "剔除", "set_unit": "万元"}, "意见是“剔除”，却填了"),
        ({"set_value": "9"}, "没有填复核意见"),
    ],
)
def test_a_wrong_list_is_refused(files: tuple[Path, Path], columns: dict[str, str], sentence: str) -> None:
    report, listed = files
    decide(listed, **columns)
    before = listed.read_bytes()
    with pytest.raises(CorrectionError, match=sentence):
        extract_file(report, decisions=listed)
    assert listed.read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_is_read_as_office_programs_save_it(files: tuple[Path, Path], encoding: str, separator: str) -> None:
    report, listed = files
    decide(listed, decision="更正", set_value="12.5", by="甲")
    entries = rows(listed)
    with listed.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, review.COLUMNS, delimiter=separator)
        writer.writeheader()
        writer.writerows(entries)
    figures = extract_file(report, decisions=listed).figures
    assert str(figures[0].observation.obs_value) == "12.5"
    assert review.write_review(listed, report.name, WORDS, figures) == 1
    assert listed.read_bytes().startswith(b"\xef\xbb\xbffile,start")
    assert rows(listed) == entries


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("decision,", "", "表头缺列，未采用；位置：review.csv 第 1 行；应为：decision；"),
        ("decision,", ",", "表头缺列"),
        ("decision", "意见", "表头缺列.*意见"),
        (",by", ",by,by", "重复的列"),
        ("采用,", "采用,,,,,,多", "没有列名的内容"),
        ("采用", '"采用', "无法拆分成单元格"),
        ("file,", "", "表头缺列"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_and_left_alone(
    files: tuple[Path, Path], old: str, new: str, sentence: str
) -> None:
    report, listed = files
    decide(listed, decision="采用")
    listed.write_text(listed.read_text("utf-8-sig").replace(old, new, 1), encoding="utf-8")
    before = listed.read_bytes()
    with pytest.raises(DataError, match=sentence):
        extract_file(report, decisions=listed)
    with pytest.raises(DataError, match=sentence):
        review.write_review(listed, report.name, WORDS, extract_file(report).figures)
    assert listed.read_bytes() == before


def test_a_list_that_is_no_text_is_refused_and_left_alone(files: tuple[Path, Path]) -> None:
    report, listed = files
    listed.write_bytes(bytes(range(256)) * 20)
    for name in (listed, listed.parent):
        with pytest.raises(DataError, match="复核清单"):
            extract_file(report, decisions=name)
    assert listed.read_bytes() == bytes(range(256)) * 20


def test_what_an_analyst_wrote_is_kept(files: tuple[Path, Path]) -> None:
    report, listed = files
    entries = rows(listed)
    with listed.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, (*review.COLUMNS, "备注"), restval="")
        writer.writeheader()
        writer.writerows([entries[0] | {"备注": "问过财政"}, entries[1] | {"file": "别的.txt", "decision": "采用"}])
    figures = extract_file(report, decisions=listed).figures
    assert review.write_review(listed, report.name, WORDS, figures) == 2
    assert [(row["file"], row["words"], row["备注"]) for row in rows(listed)] == [
        ("总结.txt", "12亿元", "问过财政"),
        ("别的.txt", "8亿元", ""),
        ("总结.txt", "8亿元", ""),
    ]


def test_two_decisions_for_one_place(files: tuple[Path, Path]) -> None:
    report, listed = files
    decide(listed, decision="采用")
    line = listed.read_text("utf-8-sig").splitlines()[1]
    listed.write_text(listed.read_text("utf-8-sig") + line + "\n", encoding="utf-8")
    assert extract_file(report, decisions=listed).figures[0].observation.confidence == 1
    listed.write_text(listed.read_text("utf-8-sig") + line.replace("采用", "剔除") + "\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"第 2 行，review\.csv 第 5 行.*采用；剔除"):
        extract_file(report, decisions=listed)


def test_decisions_on_a_file_that_is_not_there(files: tuple[Path, Path]) -> None:
    report, listed = files
    assert review.decisions_without_file(listed, report.parent) == []
    decide(listed, decision="采用")
    assert review.decisions_without_file(listed, report.parent) == []
    [finding] = review.decisions_without_file(listed, report.parent / "别处")
    assert (finding.what, finding.found) == ("1条复核意见没有对应的文件，未采用", "总结.txt")


HIDDEN = "某园区2025年上半年总结\n本期某事项**万元。预计全年达到8%至10%。\n"


def hidden(tmp_path: Path, place: int, **columns: str) -> TextFigure:
    """The figure of HIDDEN at a place, after a decision on it."""
    report, listed = tmp_path / "总结.txt", tmp_path / "review.csv"
    report.write_text(HIDDEN, encoding="utf-8")
    figure = extract_file(report).figures[place]
    row = dict.fromkeys(review.COLUMNS, "") | {
        "file": report.name,
        "start": str(figure.start),
        "end": str(figure.end),
        "words": HIDDEN[figure.start : figure.end],
        "source_text": figure.observation.source_text,
    }
    review_list.write_list(listed, [row | columns])
    return extract_file(report, decisions=listed).figures[place]


def test_a_hidden_figure_is_given_no_number(tmp_path: Path) -> None:
    adopted = hidden(tmp_path, 0, decision="采用").observation
    assert (adopted.obs_status, adopted.obs_value, adopted.confidence) == (ObsStatus.MASKED, None, 1)
    with pytest.raises(CorrectionError, match=r"原文没有给出这个数.*第 2 行 set_value 列.*corrections\.yaml"):
        hidden(tmp_path, 0, decision="更正", set_value="5")
    named = hidden(tmp_path, 0, decision="更正", set_label="税收").observation
    assert (named.reported_label, named.obs_value, named.corrected_from) == ("税收", None, "")


def test_a_range_corrected_to_a_number_is_no_range(tmp_path: Path) -> None:
    observation = hidden(tmp_path, 1, decision="更正", set_value="９.5").observation
    assert (str(observation.obs_value), observation.value_low, observation.value_high) == ("9.5", None, None)
    assert (observation.qualifier, observation.corrected_from) == (Qualifier.EXACT, "8至10")
    with pytest.raises(CorrectionError, match="% → 亿元"):
        hidden(tmp_path, 1, decision="更正", set_unit="亿元")


def test_a_corrected_unit_remembers_the_old_one(files: tuple[Path, Path]) -> None:
    report, listed = files
    decide(listed, decision="更正", set_unit="万元")
    observation = extract_file(report, decisions=listed).figures[0].observation
    assert (str(observation.unit), observation.corrected_from) == ("万元", "12亿元")


def test_nothing_doubtful() -> None:
    figures = extract_text("园区完成税收5亿元。").figures
    assert not any(map(review.is_doubtful, figures))
