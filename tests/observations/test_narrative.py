"""A narrative report in a park's folder: read, and held against what was transcribed from it."""

from __future__ import annotations

import hashlib

import pytest

from parkbook.observations.narrative import compare_with_transcript, read_reports
from parkbook.sources.park import Park
from parkbook.sources.text.extract import extract_text

TEXT = "示例园区2024年工作总结\n全年完成工业总产值120.5亿元，同比下降3.2%；新引进项目16个，落地率*%。\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "总结.txt").write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path


def park(sha256=""):
    sources = (
        [{"id": "p-2024", "kind": "report", "title": "二四年总结", "sha256": sha256, "grade": "official"}]
        if sha256
        else []
    )
    return Park.model_validate({"id": "p", "name": "示例", "relation": "third_party", "sources": sources})


def digest():
    return hashlib.sha256(TEXT.encode()).hexdigest()


def test_figures_of_a_report_are_observations_with_their_span(folder):
    observations, findings = read_reports(folder, park(), [])
    shown = [(str(o.obs_value), str(o.unit), o.transformation.value, o.obs_status.value) for o in observations]
    assert shown == [
        ("120.5", "亿元", "level", "reported"),
        ("-3.2", "%", "growth", "reported"),
        ("16", "个", "level", "reported"),
        ("None", "%", "level", "masked"),
    ]
    assert [finding for finding in findings if finding.severity == "error"] == []
    for o in observations:
        start, end = map(int, o.locator.rsplit(" ", 1)[-1].split("-"))
        assert TEXT[start:end] in o.source_text
        assert o.source.sha256 == digest()
        assert o.period.time_period == "2024"


def test_a_known_document_brings_its_title(folder):
    observations, _ = read_reports(folder, park(digest()), [])
    assert {o.source.title for o in observations} == {"二四年总结"}


def test_the_same_source_and_span_is_one_observation(folder):
    transcribed, _ = read_reports(folder, park(digest()), [])
    again, findings = read_reports(folder, park(digest()), transcribed)
    assert again == []
    assert [finding for finding in findings if finding.code == "transcription"] == []


def test_a_difference_between_the_two_is_a_finding(observe):
    figures = extract_text(TEXT).figures
    wrong = observe("102.5", period="2024", locator=figures[0].observation.locator)
    finding, extra = compare_with_transcript(figures, [wrong], "总结.txt")
    assert "102.5亿元" in finding.expected and "120.5亿元" in finding.found and "总结.txt" in finding.where
    assert "转录中没有" in extra.what


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_go_on(folder):
    (folder / "reports" / "a.docx").write_bytes(b"no zip")
    observations, findings = read_reports(folder, park(), [])
    assert len(observations) >= 3
    assert any("a.docx" in finding.where for finding in findings)


def test_a_review_decision_is_applied_and_refused_when_the_text_changed(folder):
    figure = extract_text(TEXT).figures[2]
    o = figure.observation
    header = "file,start,end,words,source_text,reason,label,value,unit,transformation,decision,set_label,set_value,set_unit,indicator_id,by\n"
    row = f"总结.txt,{figure.start},{figure.end},{TEXT[figure.start : figure.end]},{o.source_text},,,,,,剔除,,,,,张三\n"
    (folder / "review.csv").write_text(header + row, encoding="utf-8")
    observations, _ = read_reports(folder, park(), [])
    assert "16" not in [str(o.obs_value) for o in observations]
    (folder / "reports" / "总结.txt").write_text(TEXT.replace("16个", "18个"), encoding="utf-8", newline="")
    _, findings = read_reports(folder, park(), [])
    assert any("原文已变动" in finding.what for finding in findings)


HEADER = "file,start,end,words,source_text,reason,label,value,unit,transformation,decision,set_label,set_value,set_unit,indicator_id,by\n"


def test_a_decision_on_a_report_that_was_renamed_is_a_finding(folder):
    (folder / "review.csv").write_text(
        HEADER + "旧名.txt,1,3,5家,新增5家,,,,,,采用\n总结.txt,1,3,5家,新增5家,,,,,,\n", "utf-8"
    )
    _, findings = read_reports(folder, park(), [])
    [finding] = [finding for finding in findings if finding.code == "review" and "复核意见" in finding.what]
    assert (finding.what, finding.found) == ("1条复核意见没有对应的文件，未采用", "旧名.txt")
    assert finding.where.endswith("review.csv")


def test_a_broken_list_is_a_finding_and_no_report_is_read_without_its_decisions(folder):
    (folder / "review.csv").write_bytes(bytes(range(256)) * 20)
    observations, findings = read_reports(folder, park(), [])
    assert observations == []
    assert {finding.what for finding in findings} == {"复核清单不是文字，或编码无法识别"}
    assert len(findings) == 2


def test_a_list_in_the_encoding_of_excel_is_read(folder):
    figure = extract_text(TEXT).figures[2]
    o = figure.observation
    row = f"总结.txt,{figure.start},{figure.end},{TEXT[figure.start : figure.end]},{o.source_text},,,,,,剔除\n"
    (folder / "review.csv").write_text(HEADER + row, encoding="gb18030")
    observations, findings = read_reports(folder, park(), [])
    assert "16" not in [str(o.obs_value) for o in observations]
    assert findings == []
