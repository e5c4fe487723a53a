"""The review list: doubtful figures go in, decisions come back, and a changed text refuses them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from parkbook.errors import CorrectionError
from parkbook.sources.text import review
from parkbook.sources.text.extract import extract_file, extract_text

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
        ({"decision": "采用", "start": "?"}, "位置不是数字"),
    ],
)
def test_a_wrong_list_is_refused(files: tuple[Path, Path], columns: dict[str, str], sentence: str) -> None:
    report, listed = files
    decide(listed, **columns)
    with pytest.raises(CorrectionError, match=sentence):
        extract_file(report, decisions=listed)


def test_nothing_doubtful() -> None:
    figures = extract_text("园区完成税收5亿元。").figures
    assert not any(map(review.is_doubtful, figures))
